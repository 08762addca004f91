"""A sync that is killed at any point, between any two of its effects, is finished by running it again."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest

from parallaxe.core.claims import Claim, Entity
from parallaxe.store import atomic
from parallaxe.store.add import Declared, add
from parallaxe.store.sync import light
from raw_articles import write_articles
from synced_project import World, insert, mention, name


class Killed(BaseException):
    """The process is gone: nothing catches it."""


@contextmanager
def killed_at(number: int, world: World) -> Iterator[list[str]]:
    """Count effects (a file written, a request sent, its answer received) and die at one of them; 0: at none."""
    effects: list[str] = []

    def effect(what: str) -> None:
        effects.append(what)
        if len(effects) == number:
            raise Killed(what)

    write, put = atomic.write_bytes, light._put
    unlink = Path.unlink

    def counted_write(path: Path, content: bytes) -> None:
        effect(f"before {path.name}")
        write(path, content)
        effect(f"after {path.name}")

    def counted_put(path: Path, content: bytes) -> None:
        effect(f"before {path.name}")
        put(path, content)
        effect(f"after {path.name}")

    def counted_unlink(path: Path, *, missing_ok: bool = False) -> None:
        if path.suffix == ".json":
            effect(f"drop {path.name}")
        unlink(path, missing_ok=missing_ok)

    with (
        patch.object(atomic, "write_bytes", counted_write),
        patch.object(light, "_put", counted_put),
        patch.object(Path, "unlink", counted_unlink),
        patch.object(os, "fsync", lambda _handle: None),
    ):
        world.fake.around = effect
        try:
            yield effects
        finally:
            world.fake.around = str


def prepared(folder: Path) -> World:
    """Work to do in every way: an article comes, texts and proposals change, both sides moved, some of it apart."""
    world = World.of(folder, 4)
    world.push()
    annotations = {}
    for number in range(4):
        claims = [mention(*span, f"x{n}") for n, span in enumerate(world.openings(name(number)))]
        annotations[number] = world.submit(name(number), claims, user=number % 2 + 1)
        world.submit(name(number), claims[:2], user=5)
    world.pull()
    for number in range(3):
        claims = [mention(*span, f"x{n}", "PER" if n else "ORG") for n, span in enumerate(world.openings(name(number)))]
        world.rework(name(number), annotations[number], claims[:-1])
        world.edit(name(number), relabelled, f"annotateur-{number % 2 + 1}")
    world.revise(name(0), insert(0, "Vingt ans plus tard,"))
    world.propose(name(0))
    world.propose(name(1), label="ORG")
    world.fake.delete_annotation(annotations[3])
    raw = write_articles(folder / "more", 1, start=7)
    add(world.project, sorted(raw.glob("*.txt")), Declared("open", "press"))
    world.propose(name(7))
    return world


def relabelled(claim: Claim) -> Claim:
    return replace(claim, label="EVENT") if claim.id == "x0" and isinstance(claim, Entity) else claim


def copied(world: World, folder: Path) -> World:
    """The same world elsewhere."""
    shutil.copytree(world.root, folder)
    fake = deepcopy(world.fake)
    return World(folder, world.options, fake)


def synced(world: World) -> None:
    world.push()
    world.pull()


def test_killed_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever effect is the last one, running again ends where one run would have ended."""
    monkeypatch.setattr("parallaxe.store.sync.passes.uuid4", FixedToken)
    world = prepared(tmp_path)
    whole = copied(world, tmp_path / "whole")
    with killed_at(0, whole) as effects:
        synced(whole)
    expected = whole.agreed()
    assert not whole.push().changed

    for number in range(1, len(effects) + 1):
        again = copied(world, tmp_path / f"killed-{number}")
        with pytest.raises(Killed), killed_at(number, again):
            synced(again)
        synced(again)
        assert expected == again.agreed(), f"killed at {number}: {effects[number - 1]}"
        shutil.rmtree(again.root)


class FixedToken:
    """A token that is the same whenever it is asked for."""

    hex = "0" * 32
