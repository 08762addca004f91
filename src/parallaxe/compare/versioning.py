"""Which version a dataset must have, told from the rows of the version before and its own.

The rule is Croissant's, which follows Semantic Versioning (Croissant Format Specification 1.1, "Dataset
Versioning/Checkpoints", http://mlcommons.org/croissant/1.1): a patch holds the same data, serialised or packaged in
another way; in a minor version the data of the one before is the same and more stands beside it; a major version has
edited or removed it, or shuffled it across splits. New rows in a split that was there are an addition here: every older
row is still found under its key, and the split as it was under its tag. The rule knows no exception for 0.y.z.

Only columns that both versions have are compared, so that a new column changes no row. Of a row no more than two hashes
are held: of its key, which tells an edited row from one that came and one that went, and of its content.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl

_ROWS_AT_ONCE = 250_000
"""Rows that are compared at once, of both sides together."""

_VERSION = re.compile(r"(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})", re.ASCII)


class Bump(IntEnum):
    """How far a version is raised; ordered, so that the largest of several decides."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3

    @property
    def word(self) -> str:
        """Its name as people write it."""
        return self.name.lower()


class Version(NamedTuple):
    """MAJOR.MINOR.PATCH; ordered as versions are."""

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    def raised(self, bump: Bump) -> Version:
        """The least version that is that far above.

        >>> str(Version(1, 4, 2).raised(Bump.MINOR))
        '1.5.0'
        """
        match bump:
            case Bump.MAJOR:
                return Version(self.major + 1, 0, 0)
            case Bump.MINOR:
                return Version(self.major, self.minor + 1, 0)
            case Bump.PATCH:
                return Version(self.major, self.minor, self.patch + 1)
            case Bump.NONE:
                return self


def parse_version(text: str) -> Version | None:
    """The version that a text is, without a `v` before it; null where it is none.

    >>> parse_version("1.4.2")
    Version(major=1, minor=4, patch=2)
    """
    found = _VERSION.fullmatch(text)
    return Version(*map(int, found.groups())) if found else None


class PartKey(NamedTuple):
    """A part of a dataset: a split of a config."""

    config: str
    split: str

    def __str__(self) -> str:
        return f"{self.config}/{self.split}"


class ColumnType(NamedTuple):
    """What a column holds: the name of its type, and the names of its labels by id (none: no ClassLabel)."""

    type: str
    labels: tuple[str, ...] = ()


class RowPrints(NamedTuple):
    """The rows of a part, two numbers of 64 bits for each: hashes of its key and of its content."""

    keys: npt.NDArray[np.uint64]
    contents: npt.NDArray[np.uint64]


ReadPrints: TypeAlias = Callable[[Iterable[str], Iterable[str]], RowPrints]
"""Reads the rows of a part, given its key columns (none: the content is the key) and all columns that are compared."""


@dataclass(frozen=True)
class PartRows:
    """A part: its columns, those that make a row unique, and its rows.

    `digest` is the logical digest of the rows, `sha256` that of the bytes of the file. `prints` is asked only where the
    digest of a part is not the same in both versions.
    """

    columns: Mapping[str, ColumnType]
    key: tuple[str, ...]
    digest: str
    sha256: str
    rows: int
    prints: ReadPrints


Kind: TypeAlias = Literal[
    "config removed",
    "split removed",
    "column removed",
    "column retyped",
    "labels changed",
    "rows removed",
    "rows edited",
    "rows moved",
    "config added",
    "split added",
    "column added",
    "labels added",
    "rows added",
    "files rewritten",
]

BUMPS: Mapping[Kind, Bump] = {
    "config removed": Bump.MAJOR,
    "split removed": Bump.MAJOR,
    "column removed": Bump.MAJOR,
    "column retyped": Bump.MAJOR,
    "labels changed": Bump.MAJOR,
    "rows removed": Bump.MAJOR,
    "rows edited": Bump.MAJOR,
    "rows moved": Bump.MAJOR,
    "config added": Bump.MINOR,
    "split added": Bump.MINOR,
    "column added": Bump.MINOR,
    "labels added": Bump.MINOR,
    "rows added": Bump.MINOR,
    "files rewritten": Bump.PATCH,
}
"""What each kind of change asks for, in the order in which reasons are told."""

_ORDER = list(BUMPS)


class Reason(NamedTuple):
    """One thing that changed: its kind, where (`config`, `config/split`, `config.column`), and how many there are.

    `detail` says more in a few words: the splits between which rows moved, the types of a column, the labels.
    """

    kind: Kind
    where: str
    number: int
    detail: str = ""

    @property
    def bump(self) -> Bump:
        """What it asks for."""
        return BUMPS[self.kind]

    def __str__(self) -> str:
        noun, did = self.kind.split()
        if noun == "rows":
            told = f"{self.number:,} {'row' if self.number == 1 else 'rows'} {did}"
        elif noun == "files":
            told = f"{self.number:,} {'file' if self.number == 1 else 'files'} with the same rows in other bytes"
        else:
            told = self.kind
        return f"{self.where}: {told}{f' ({self.detail})' if self.detail else ''}"


class Implied(NamedTuple):
    """How far the version must be raised at least, and why; what asks for most comes first."""

    bump: Bump
    reasons: tuple[Reason, ...]


def implied_bump(old: Mapping[PartKey, PartRows], new: Mapping[PartKey, PartRows]) -> Implied:
    """How far the version must be raised from one dataset to the next.

    Args:
        old: the parts of the version before.
        new: the parts of the one that is to be released.
    """
    reasons = [*_config_reasons(old, new)]
    for config in sorted(_configs(old) & _configs(new)):
        before, after = _of(old, config), _of(new, config)
        reasons += [*_column_reasons(config, before, after), *_split_reasons(config, before, after)]
        reasons += _row_reasons(config, before, after)
    if not reasons:
        reasons += _byte_reasons(old, new)
    reasons.sort(key=lambda reason: _ORDER.index(reason.kind))
    return Implied(max((reason.bump for reason in reasons), default=Bump.NONE), tuple(reasons))


def _configs(parts: Iterable[PartKey]) -> set[str]:
    return {part.config for part in parts}


def _of(parts: Mapping[PartKey, PartRows], config: str) -> dict[str, PartRows]:
    return {key.split: part for key, part in parts.items() if key.config == config}


def _config_reasons(old: Mapping[PartKey, PartRows], new: Mapping[PartKey, PartRows]) -> Iterator[Reason]:
    for config in sorted(_configs(old) ^ _configs(new)):
        gone = config in _configs(old)
        rows = sum(part.rows for part in _of(old if gone else new, config).values())
        kind: Kind = "config removed" if gone else "config added"
        yield Reason(kind, config, rows, f"{rows:,} {'row' if rows == 1 else 'rows'}")


def _split_reasons(config: str, old: Mapping[str, PartRows], new: Mapping[str, PartRows]) -> Iterator[Reason]:
    yield from (Reason("split removed", f"{config}/{split}", old[split].rows) for split in old if split not in new)
    yield from (Reason("split added", f"{config}/{split}", new[split].rows) for split in new if split not in old)


def _columns(parts: Mapping[str, PartRows]) -> Mapping[str, ColumnType]:
    """The columns of a config; all its splits have the same."""
    return next(iter(parts.values())).columns


def _column_reasons(config: str, old: Mapping[str, PartRows], new: Mapping[str, PartRows]) -> Iterator[Reason]:
    before, after = _columns(old), _columns(new)
    for name in dict.fromkeys((*before, *after)):
        where = f"{config}.{name}"
        if name not in after:
            yield Reason("column removed", where, 1)
        elif name not in before:
            yield Reason("column added", where, 1, after[name].type)
        elif _retyped(before[name], after[name]):
            yield Reason("column retyped", where, 1, f"{before[name].type} → {after[name].type}")
        elif before[name].labels != after[name].labels:
            yield _label_reason(where, before[name].labels, after[name].labels)


def _retyped(old: ColumnType, new: ColumnType) -> bool:
    return old.type != new.type or bool(old.labels) != bool(new.labels)


def _label_reason(where: str, old: tuple[str, ...], new: tuple[str, ...]) -> Reason:
    """Labels appended at the end are additions; any other change gives an id another meaning."""
    if new[: len(old)] == old:
        return Reason("labels added", where, len(new) - len(old), ", ".join(new[len(old) :]))
    places = [place for place, name in enumerate(old) if new[place : place + 1] != (name,)]
    first = places[0]
    told = f"{first} was {old[first]}, is {new[first] if first < len(new) else 'none'}"
    return Reason("labels changed", where, len(places), told)


def _row_reasons(config: str, old: Mapping[str, PartRows], new: Mapping[str, PartRows]) -> Iterator[Reason]:
    before, after = _columns(old), _columns(new)
    shared = [name for name in before if name in after and not _retyped(before[name], after[name])]
    same_columns = len(shared) == len(before) == len(after)
    own_key = next(iter(new.values())).key
    key = own_key if set(own_key) <= set(shared) else ()
    unchanged = {split for split in old.keys() & new.keys() if same_columns and old[split].digest == new[split].digest}
    if not shared or unchanged == old.keys() | new.keys():
        return
    frames = [
        pl.concat(
            [
                _EMPTY,
                *(_frame(split, part.prints(key, shared)) for split, part in side.items() if split not in unchanged),
            ]
        )
        for side in (old, new)
    ]
    yield from row_reasons(config, *frames)


_EMPTY = pl.DataFrame(schema={"split": pl.String, "key": pl.UInt64, "content": pl.UInt64})


def _frame(split: str, rows: RowPrints) -> pl.DataFrame:
    frame = pl.DataFrame({"key": rows.keys, "content": rows.contents})
    return frame.select(pl.lit(split).alias("split"), "key", "content")


def row_reasons(config: str, old: pl.DataFrame, new: pl.DataFrame) -> Iterator[Reason]:
    """What became of the rows of a config, by split.

    Rows that both have in the same split are no change, however often each has them. Of the others, two of the same key
    are one row: moved where the split is another, edited where the content is; a row may be both.

    Args:
        config: its name.
        old: `split`, `key` and `content` of each row before, in any order.
        new: the same of each row after.
    """
    rest = _differing(old, new)
    gone = _numbered(rest.filter(pl.col("times") > 0))
    come = _numbered(rest.filter(pl.col("times") < 0).with_columns(-pl.col("times")))
    paired = gone.join(come, on=["key", "nth"], how="inner", suffix="_after")
    moved = paired.filter(pl.col("split") != pl.col("split_after"))
    edited = paired.filter(pl.col("content") != pl.col("content_after"))
    yield from _counted("rows removed", config, gone.join(come, on=["key", "nth"], how="anti"), "split")
    yield from _counted("rows edited", config, edited, "split_after")
    for origin, split, count in moved.group_by("split", "split_after").len().sort("split", "split_after").iter_rows():
        yield Reason("rows moved", f"{config}/{split}", count, f"from {origin}")
    yield from _counted("rows added", config, come.join(gone, on=["key", "nth"], how="anti"), "split")


def _differing(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Rows that one side has more often: in `times`, by how many; below zero where the new side does.

    Rows of a key are in one bucket, and buckets are compared one by one, so that little more than the rows is held.
    """
    buckets = 1 + (len(old) + len(new)) // _ROWS_AT_ONCE
    chosen = [pl.col("key") % buckets == number for number in range(buckets)]
    return pl.concat([_net(old.filter(bucket), new.filter(bucket)) for bucket in chosen])


def _net(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    sides = (old.with_columns(times=pl.lit(1, pl.Int32)), new.with_columns(times=pl.lit(-1, pl.Int32)))
    counted = pl.concat(sides).group_by("split", "key", "content").agg(pl.col("times").sum())
    return counted.filter(pl.col("times") != 0)


def _numbered(rows: pl.DataFrame) -> pl.DataFrame:
    """Each row as often as `times` says; `nth` counts those of a key, so that each is paired with one other."""
    each = rows.select(pl.exclude("times").repeat_by("times")).explode("split", "key", "content")
    return each.sort("split", "content").with_columns(nth=pl.int_range(pl.len()).over("key"))


def _counted(kind: Kind, config: str, rows: pl.DataFrame, by: str) -> Iterator[Reason]:
    for split, count in rows.group_by(by).len().sort(by).iter_rows():
        yield Reason(kind, f"{config}/{split}", count)


def _byte_reasons(old: Mapping[PartKey, PartRows], new: Mapping[PartKey, PartRows]) -> Iterator[Reason]:
    """Files that hold the same rows in other bytes: another library, compression, order of rows or of columns."""
    for config in sorted(_configs(new)):
        before, after = _of(old, config), _of(new, config)
        if count := sum(before[split].sha256 != after[split].sha256 for split in after):
            yield Reason("files rewritten", config, count)
