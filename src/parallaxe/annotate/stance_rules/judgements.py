"""What a rule says of a quotation and a target."""

from __future__ import annotations

from typing import NamedTuple

from parallaxe.annotate.stance_rules.said import Said


class Judgement(NamedTuple):
    """The quotation is for (1) or against (-1) a target; `strength` is 1 to 3; `why` names the rule.

    `shown` are the first and last word that carry it, where a rule knows them.
    """

    target: str
    sign: int
    strength: int
    why: str
    shown: tuple[int, int] | None = None


def shown(said: Said, label: str) -> tuple[int, int] | None:
    """The first phrase of this label in the content."""
    hit = next((one for one in said.hits if one.label == label), None)
    return (hit.first, hit.last) if hit else None
