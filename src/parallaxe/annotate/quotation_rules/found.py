"""What a rule finds: an attribution in indexes of words, before it becomes a claim."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from parallaxe.annotate.quotation_rules.reading import Reading

Range: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """Content, cue and sources of an attribution as ranges of words; `type` is null where guillemets tell it.

    `implicit` where the cue is an infinitive whose subject stands nowhere.
    """

    content: tuple[Range, ...]
    cue: tuple[Range, ...]
    sources: tuple[Range, ...]
    why: str
    score: float
    type: str | None = None
    implicit: bool = False


def told(reading: Reading, found: Iterable[Found]) -> bytearray:
    """Which words stand in a content, as flags."""
    flags = bytearray(len(reading.words) + 1)
    for one in found:
        for first, last in one.content:
            flags[first:last] = b"\x01" * (last - first)
    return flags
