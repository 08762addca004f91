"""How a proposal came to be, in the words that all proposers share."""

from __future__ import annotations

from functools import lru_cache

from parallaxe.core.claims import Provenance


@lru_cache(10_000)
def proposed_by(tool: str, score: float, why: str | None, note: str | None = None) -> Provenance:
    """The history of a proposal: its tool, how sure that is (to three places), the rule that fired, and a note.

    The proposals of a corpus have few histories, so each is made once.

    >>> proposed_by("rules/1", 0.91234, "title").score
    0.912
    """
    return Provenance(origin=None, tool=tool, score=round(score, 3), note=note, why=why)
