"""What a rule finds: an attribution in indexes of words, before it becomes a claim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

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
