"""What a migration of labels did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Renamed(NamedTuple):
    """Values of a set that became others, and how many of them stand in layers and decisions."""

    set: str
    old: str
    new: str
    times: int


class Mentioned(NamedTuple):
    """A file by hand that still has an old name in it: the lines."""

    path: str
    lines: tuple[int, ...]


@dataclass(frozen=True)
class LabelReport:
    """What a migration of labels did: `applied`, `reversed`, or `there already`.

    `retired` are labels out of use; `others` counts values that somebody has changed since, which a reversal leaves;
    `files` counts those written; `completed` those of an earlier run that was cut short.
    """

    name: str
    what: str
    changes: tuple[Renamed, ...] = ()
    retired: tuple[str, ...] = ()
    layers: int = 0
    files: int = 0
    others: int = 0
    mentioned: tuple[Mentioned, ...] = ()
    is_synced: bool = False
    completed: int = 0
