"""Records: what was last seen on the server of an article, a file each, as lines without a word of its text.

A record is the common ancestor of every merge: the claims of each annotation as the server had them when they were last
merged into a layer. A header tells the task, then each annotation stands before its own claims, written as in a layer.
Reading is strict: a claim that a misspelt key hides would look like one that somebody deleted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from parallaxe.core.claims import Claim, Layer
from parallaxe.core.errors import ProjectError
from parallaxe.core.layer_format import layer_lines, parse_layer
from parallaxe.store.jsonl import read_rows, rows_text, write_rows
from parallaxe.store.sync.light import write_lightly

SUBMITTED, SKIPPED, GROUND_TRUTH, ORPHANED = "submitted", "skipped", "ground_truth", "orphaned"
STATES = (SUBMITTED, SKIPPED, GROUND_TRUTH, ORPHANED)
"""What an annotation is: handed in, handed in as skipped, marked as the truth, or no longer on the server."""


class Seen(NamedTuple):
    """An annotation as it was last seen; its id alone tells nothing, since the server gives ids again: `identity` does.

    `user` is the server's number of who made it, `text_sha256` the text that its claims stand in. `updated_at` is null
    where it was made here and not looked at since. `lead_time` are the seconds that the person had it open. `findings`
    are rule and region of what was refused of it.
    """

    annotation: int
    created_at: str
    task: int
    user: int
    text_sha256: str
    updated_at: str | None
    state: str
    lead_time: float | None = None
    findings: tuple[tuple[str, str], ...] = ()
    claims: tuple[Claim, ...] = ()

    @property
    def identity(self) -> tuple[int, str]:
        """What tells it from every other annotation of the server, also from a later one with its id."""
        return self.annotation, self.created_at


class Header(NamedTuple):
    """The task of an article: the text that it shows, its id (null where it was deleted), and when it was made.

    `created_at` is null until the task is first seen. `proposals` is the version that was pushed last, null where none
    was; a `blind` task never has any. `pass_name` is where the record belongs.
    """

    pass_name: str
    article_id: str
    text_sha256: str
    task: int | None
    created_at: str | None
    proposals: str | None
    blind: bool


class Record(NamedTuple):
    """A header and the annotations that were seen, oldest first, also those of tasks that others have superseded."""

    header: Header
    annotations: tuple[Seen, ...] = ()

    def of(self, annotation: int, created_at: str) -> Seen | None:
        """The annotation with that identity; null where it was never seen."""
        return next((seen for seen in self.annotations if seen.identity == (annotation, created_at)), None)

    def with_seen(self, seen: Seen) -> Record:
        """The record after an annotation was seen, in place of what was known of it."""
        others = [other for other in self.annotations if other.identity != seen.identity]
        ordered = sorted([*others, seen], key=lambda one: (one.created_at, one.annotation))
        return self._replace(annotations=tuple(ordered))


_HEADER_KEYS = {"pass": "pass_name", **{name: name for name in Header._fields if name != "pass_name"}}
_SEEN_KEYS = ("annotation", "created_at", "task", "user", "text_sha256", "updated_at", "state", "lead_time", "findings")
_HEADER_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "pass": str,
    "article_id": str,
    "text_sha256": str,
    "task": (int, type(None)),
    "created_at": (str, type(None)),
    "proposals": (str, type(None)),
    "blind": bool,
}
_SEEN_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "annotation": int,
    "created_at": str,
    "task": int,
    "user": int,
    "text_sha256": str,
    "updated_at": (str, type(None)),
    "state": str,
    "lead_time": (int, float, type(None)),
    "findings": list,
}


def record_lines(record: Record) -> Iterator[dict[str, Any]]:
    """The lines of a record as JSON objects: the header, then each annotation before its claims."""
    yield {key: getattr(record.header, name) for key, name in _HEADER_KEYS.items()}
    for seen in record.annotations:
        yield {**{name: getattr(seen, name) for name in _SEEN_KEYS}, "findings": [list(one) for one in seen.findings]}
        yield from claim_lines(seen.claims)


def claim_lines(claims: Iterable[Claim]) -> list[dict[str, Any]]:
    """Claims as lines, as they stand in a layer."""
    return list(layer_lines(_layer_of(tuple(claims))))[1:]


def parse_claims(lines: Iterable[tuple[int, Mapping[str, Any]]], where: str) -> tuple[Claim, ...]:
    """The claims of lines (number and object) as they stand in a layer.

    Raises:
        ProjectError: if a line is broken, or an id comes twice.
    """
    header = next(layer_lines(_layer_of(())))
    return parse_layer(chain([(0, header)], lines), where)[0].claims


def _layer_of(claims: tuple[Claim, ...]) -> Layer:
    return Layer("", "", "", "", None, "", "human", (), claims)


def parse_record(lines: Iterable[tuple[int, Mapping[str, Any]]], where: str) -> Record:
    """A record from its lines (number and object).

    Raises:
        ProjectError: if a line has a wrong key or value; `where` names the file, and the message the line.
    """
    numbered = iter(lines)
    header = parse_header(*next(numbered, (1, {})), where)
    sections: list[tuple[int, Mapping[str, Any], list[tuple[int, Mapping[str, Any]]]]] = []
    for number, line in numbered:
        if "annotation" in line:
            sections.append((number, line, []))
        elif sections:
            sections[-1][2].append((number, line))
        else:
            raise ProjectError(f"{where}:{number}", "a claim before any annotation", _RESTORE)
    return Record(header, tuple(_seen(*section, where) for section in sections))


_RESTORE = "restore the file from git, or delete it and `parallaxe studio pull --full`"


def parse_header(number: int, line: Mapping[str, Any], where: str) -> Header:
    """The header of a record from its first line.

    Raises:
        ProjectError: if it has a wrong key or value.
    """
    _check(line, _HEADER_TYPES, f"{where}:{number}")
    return Header(**{name: line[key] for key, name in _HEADER_KEYS.items()})


def _seen(number: int, line: Mapping[str, Any], claims: Sequence[tuple[int, Mapping[str, Any]]], where: str) -> Seen:
    _check(line, _SEEN_TYPES, f"{where}:{number}")
    if line["state"] not in STATES:
        raise ProjectError(f"{where}:{number}", f"unknown state {line['state']!r}", f"use one of {', '.join(STATES)}")
    findings = tuple((str(rule), str(region)) for rule, region in line["findings"])
    return Seen(**{**line, "findings": findings, "claims": parse_claims(claims, where)})


def _check(line: Mapping[str, Any], types: Mapping[str, type | tuple[type, ...]], where: str) -> None:
    if wrong := sorted(set(line) ^ set(types)):
        raise ProjectError(where, f"wrong key `{wrong[0]}`", _RESTORE)
    for name, wanted in types.items():
        value = line[name]
        if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is not bool):
            raise ProjectError(where, f"`{name}` cannot be {value!r}", _RESTORE)


def read_record(path: Path) -> Record | None:
    """The record in a file; null where there is none, or a power cut left it empty.

    Raises:
        ProjectError: if it is broken, or does not stand where its header says.
    """
    if not is_there(path):
        return None
    record = parse_record(read_rows(path), str(path))
    _check_place(record.header, path)
    return record


def is_there(path: Path) -> bool:
    """True where there is a record, and not an empty file."""
    return path.is_file() and path.stat().st_size > 0


class Outline(NamedTuple):
    """A record in short: its header, of each annotation its user, its id and its state, and all targets of stances."""

    header: Header
    annotations: tuple[tuple[int, int, str], ...] = ()
    targets: tuple[str, ...] = ()


def read_outline(path: Path) -> Outline:
    """What a record is about.

    Raises:
        ProjectError: if its header is broken, or does not stand where it says.
    """
    rows = list(read_rows(path))
    header = parse_header(*next(iter(rows), (1, {})), str(path))
    _check_place(header, path)
    told = tuple(_told(row, f"{path}:{line}") for line, row in rows[1:] if "annotation" in row)
    targets = tuple(str(row["target"]) for _, row in rows[1:] if "target" in row)
    return Outline(header, told, targets)


def _told(row: Mapping[str, Any], where: str) -> tuple[int, int, str]:
    user, annotation, state = (row.get(name) for name in ("user", "annotation", "state"))
    if not (isinstance(user, int) and isinstance(annotation, int) and isinstance(state, str)):
        raise ProjectError(where, "an annotation without user, id or state", "restore the record as git has it")
    return user, annotation, state


def _check_place(header: Header, path: Path) -> None:
    if (header.pass_name, header.article_id) != (path.parent.name, path.stem):
        what = f"the header says pass `{header.pass_name}`, article `{header.article_id}`"
        raise ProjectError(f"{path}:1", what, "move the file, or mend the header")


def write_record(path: Path, record: Record) -> None:
    """Write a record whole or not at all; a file that would not change is not touched.

    One without annotations can be made again from the server, so nobody waits for the disk.
    """
    if read_record(path) == record:
        return
    if record.annotations:
        write_rows(path, record_lines(record))
    else:
        write_lightly(path, rows_text(record_lines(record)))
