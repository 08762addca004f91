"""Conflicts of a sync in files of the project: `conflicts.jsonl` of each pass waits, `settled.jsonl` remembers.

Layers are written first, then what was settled is remembered, and only then it is taken out of what waits: whenever the
run is cut short, running it again ends in the same place. A sync writes the same files, so only one of both is at work.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from parallaxe.compare.conflicts import Row, conflict_line, parse_conflicts, settle
from parallaxe.core.claims import Layer
from parallaxe.core.errors import CombinedError, ParallaxeError, ProjectError, UsageError
from parallaxe.store.annotations import read_layer, write_layer
from parallaxe.store.jsonl import read_rows, write_rows
from parallaxe.store.project import Project
from parallaxe.store.sync.lock import only_one
from parallaxe.store.sync.places import Places
from parallaxe.store.texts import local_texts


class Settled(NamedTuple):
    """What a run has done: decisions that were applied, rows that wait, and the texts that are here, by article."""

    settled: tuple[Row, ...]
    waiting: tuple[Row, ...]
    texts: dict[str, str | None]


def passes_with_conflicts(project: Project) -> list[str]:
    """The passes that have a file of conflicts, by name."""
    return [name for name in _passes(project) if _waiting(project, name).is_file()]


def read_conflicts(project: Project, pass_name: str) -> list[Row]:
    """The conflicts of a pass that wait, those with a decision that was not yet applied among them.

    Raises:
        CombinedError: if lines of the file are broken.
    """
    path = _waiting(project, pass_name)
    shown = path.relative_to(project.root).as_posix()
    return parse_conflicts(read_rows(path), shown) if path.is_file() else []


def write_conflicts(project: Project, pass_name: str, rows: Iterable[Row]) -> None:
    """Write the conflicts of a pass whole or not at all, by article, layer and id; no file where none ever was."""
    path = _waiting(project, pass_name)
    ordered = sorted(rows, key=lambda row: (row.article_id, row.layer, row.conflict.id))
    if ordered or path.is_file():
        write_rows(path, map(conflict_line, ordered))


def settle_conflicts(project: Project, pass_name: str | None = None, *, dry_run: bool = False) -> Settled:
    """Apply every decision of a pass, or of all, to its layer; nothing is written where any of them cannot be.

    A dry run tells the same, and writes nothing.

    Raises:
        UsageError: if the pass was never synced.
        CombinedError: if lines are broken or decisions cannot be applied: a line each.
        SurroundingsError: if a sync is at work.
    """
    if pass_name is not None and pass_name not in (known := _passes(project)):
        raise UsageError("--pass", f"no pass `{pass_name}`", f"name one of {', '.join(known) or 'those you pulled'}")
    with only_one(Places(project).lock):
        passes = passes_with_conflicts(project) if pass_name is None else [pass_name]
        rows = _settle(project, passes, dry_run=dry_run)
    waiting = tuple(row for row in rows if row.keep is None)
    settled = tuple(row for row in rows if row.keep is not None)
    return Settled(settled, waiting, local_texts(project, {row.article_id for row in waiting}))


def _settle(project: Project, passes: Iterable[str], *, dry_run: bool) -> list[Row]:
    """All rows of passes, as they were before those with a decision were applied and taken out."""
    rows = {name: read_conflicts(project, name) for name in passes}
    every = [row for of_pass in rows.values() for row in of_pass]
    layers = _settled_layers(project, every)
    if dry_run:
        return every
    for layer in layers:
        write_layer(project.layers, layer)
    for name, of_pass in rows.items():
        _take_out(project, name, of_pass)
    return every


def _settled_layers(project: Project, rows: Sequence[Row]) -> list[Layer]:
    """The layers that decisions change, after them."""
    layers: list[Layer] = []
    complaints: list[ParallaxeError] = []
    for place in sorted({row.place for row in rows if row.keep is not None}):
        own = [row for row in rows if row.place == place]
        path = project.layers / place[0] / f"{place[1]}.jsonl"
        if not path.is_file():
            what = f"no layer `{place[0]}` of article `{place[1]}`"
            complaints.append(ProjectError(own[0].where, what, "pull it again, or take the line out"))
            continue
        try:
            before = read_layer(path).layer
            after = settle(before, own)
        except CombinedError as error:
            complaints += error.errors
        except ParallaxeError as error:
            complaints.append(error)
        else:
            layers += [after] if after != before else []
    if complaints:
        raise CombinedError(complaints)
    return layers


def _take_out(project: Project, pass_name: str, rows: Sequence[Row]) -> None:
    settled = [conflict_line(row) for row in rows if row.keep is not None]
    if not settled:
        return
    path = Places(project, pass_name).tracked / "settled.jsonl"
    known = [line for _, line in read_rows(path)] if path.is_file() else []
    write_rows(path, [*known, *(line for line in settled if line not in known)])
    write_conflicts(project, pass_name, (row for row in rows if row.keep is None))


def _waiting(project: Project, pass_name: str) -> Path:
    return Places(project, pass_name).tracked / "conflicts.jsonl"


def _passes(project: Project) -> list[str]:
    return sorted(path.name for path in Places(project).tracked.parent.glob("*/"))
