"""Passes: each a project of its own on the server, for there everybody sees everybody's work.

A project is known by a token in its description, which is in git: titles can be changed, numbers begin anew on another
server, and one server may hold several corpora.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

from parallaxe.core.errors import ProjectError, UsageError
from parallaxe.core.layer_format import KINDS
from parallaxe.core.records import record
from parallaxe.store.jsonl import read_rows, write_rows
from parallaxe.store.sync.places import Places
from parallaxe.studio.client import Server, ServerError, ServerProject
from parallaxe.studio.interface import interface

_RESTORE = "restore the file from git"


class Pass(NamedTuple):
    """A pass of a project: its name, the token of its project on the server, whether it shows no proposals.

    `kinds` are the kinds of claims that it asks for, in the order of a layer.
    """

    name: str
    token: str
    blind: bool
    kinds: tuple[str, ...] = KINDS

    @property
    def wants_help(self) -> bool:
        """True where live help may propose: it proposes all kinds of claims, and to people who are not blind."""
        return not self.blind and self.kinds == KINDS


def _file(places: Places) -> Path:
    return places.tracked.parent / "passes.jsonl"


def read_passes(places: Places) -> dict[str, Pass]:
    """All passes by name; none where there is no file.

    Raises:
        ProjectError: if a row is broken.
    """
    path = _file(places)
    passes: dict[str, Pass] = {}
    for number, row in read_rows(path) if path.is_file() else ():
        try:
            one = record(Pass, {"name" if key == "pass" else key: value for key, value in row.items()})
        except TypeError as error:
            raise ProjectError(
                f"{path}:{number}", f"no row of passes ({error})", "restore the file from git"
            ) from error
        if one.name in passes or not one.token:
            raise ProjectError(f"{path}:{number}", "no row of passes", _RESTORE)
        passes[one.name] = one
    return passes


def known_pass(places: Places, *, blind: bool = False, kinds: Collection[str] = KINDS) -> Pass:
    """The pass of these places, a new one where it has no row yet.

    Raises:
        UsageError: if it is to be blind and was begun with proposals, if it was begun with other kinds, or if the kinds
            cannot be asked for.
    """
    known = read_passes(places).get(places.pass_name)
    if known is None:
        return Pass(places.pass_name, uuid4().hex, blind, _checked_kinds(kinds))
    if set(kinds) not in (set(KINDS), set(known.kinds)):
        told = ", ".join(known.kinds)
        raise UsageError("--kind", f"pass `{known.name}` was begun with {told}", "name another pass")
    if blind and not known.blind:
        raise UsageError("--blind", f"pass `{known.name}` was begun with proposals", "name another pass")
    return known


def _checked_kinds(kinds: Collection[str]) -> tuple[str, ...]:
    unknown = sorted(set(kinds) - set(KINDS))
    if unknown:
        raise UsageError("--kind", f"`{unknown[0]}` is no kind of claim", f"use {', '.join(KINDS)}")
    if "stance" in kinds and "quote" not in kinds:
        raise UsageError("--kind", "stances are chosen on quotations", "add `--kind quote`")
    return tuple(kind for kind in KINDS if kind in kinds)


def keep_pass(places: Places, one: Pass) -> None:
    """Write a pass into git's file, before its project is made: so a project that was made is always found again."""
    passes = read_passes(places)
    if one.name not in passes:
        rows = sorted([*passes.values(), one])
        write_rows(_file(places), map(_row, rows))


def _row(one: Pass) -> dict[str, Any]:
    return {"pass": one.name, "token": one.token, "blind": one.blind, "kinds": list(one.kinds)}


def find_project_of(server: Server, one: Pass, known_id: int | None) -> ServerProject | None:
    """The server's project of a pass, asked first by the number that it had; null where there is none."""
    if known_id is not None:
        try:
            project = server.project(known_id)
        except ServerError as error:
            if error.status != 404:
                raise
        else:
            if one.token in project.description:
                return project
    return next((project for project in server.projects() if one.token in project.description), None)


def make_project(server: Server, places: Places, one: Pass, label_config: str) -> ServerProject:
    """A new project for a pass."""
    corpus = places.project.root.name
    title = f"{corpus} · {one.name}"
    blind = ", sans propositions" if one.blind else ""
    description = f"Parallaxe, passe {one.name}{blind}. Ne pas effacer : {one.token}"
    return server.create_project(title, description, label_config)


def interface_of(places: Places, kinds: Collection[str]) -> str:
    """What annotators see, rendered from the labels of the project."""
    return interface(places.project.schemas.labels, kinds)
