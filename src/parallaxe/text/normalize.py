"""Normalization that can be undone: clean text, its alignment to the source, and the plan of what was done.

The order of the fixes is the tuple `FIXES`. It is run again until nothing changes, which makes the normalizer
idempotent by construction: a fix may expose work for one before it (removing a soft hyphen brings a letter and its
accent together). Nearly every text is clean after one round, and a clean text costs one scan.
"""

from __future__ import annotations

from dataclasses import dataclass

from parallaxe.core.alignment import Alignment
from parallaxe.core.edits import Step, apply_edits
from parallaxe.text import characters, fixes
from parallaxe.text.fixes import Fix

NORMALIZER = "parallaxe-normalizer/1"
"""Name and version of what made a text; raised whenever the same raw file would give another text."""

FIXES: tuple[Fix, ...] = (
    fixes.mojibake,
    fixes.line_ends,
    fixes.invisible_characters,
    fixes.latin_ligatures,
    fixes.composition,
    fixes.apostrophes,
    fixes.hyphens,
    fixes.horizontal_spaces,
    fixes.space_runs,
    fixes.line_edges,
    fixes.block_breaks,
)

# Each round but the first mends what the round before exposed; real texts need one, adversarial ones two or three.
_MOST_ROUNDS = 10


@dataclass(frozen=True, slots=True)
class Normalized:
    """`text` is clean; `alignment` leads from it to the source; `replay(source, plan) == text`."""

    text: str
    alignment: Alignment
    plan: tuple[Step, ...]


def normalize(source: str) -> Normalized:
    """The clean form of a source, with the way back.

    NFC, LF, one blank line between blocks, U+0020 between words, straight apostrophes, nothing invisible.

    >>> normalize("l’été\N{NO-BREAK SPACE}\\n").text
    "l'été"
    >>> [step.name for step in normalize("l’été\N{NO-BREAK SPACE}\\n").plan]
    ['apostrophes', 'horizontal-spaces', 'line-edges', 'block-breaks']
    """
    text, alignment, plan = source, Alignment.identity(len(source)), []
    for _ in range(_MOST_ROUNDS):
        if is_clean(text):
            break
        before = len(plan)
        for fix in FIXES:
            edits = fix(text)
            if edits:
                text, step = apply_edits(text, edits)
                alignment = alignment.then(step)
                plan.append(Step(_name(fix), tuple(edits)))
        if len(plan) == before:
            break
    return Normalized(text, alignment, tuple(plan))


def is_clean(text: str) -> bool:
    """True only where no fix would change anything; may be false on a clean text with rare characters."""
    blocks = text.split("\n\n")
    return not (
        characters.SUSPECT.search(text)
        or "  " in text
        or characters.SUSPECT_PAIR in text
        or text.count("\n") != 2 * (len(blocks) - 1)
        or (text != "" and any(block == "" or block[0] in " \n" or block[-1] == " " for block in blocks))
    )


def _name(fix: Fix) -> str:
    return fix.__name__.replace("_", "-")
