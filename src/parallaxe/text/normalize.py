"""Normalization that can be undone: clean text, its alignment to the source, and the plan of what was done.

The order of the fixes is the tuple `STAGES`. It is run again until nothing changes, which makes the normalizer
idempotent by construction: a fix may expose work for one before it (removing a soft hyphen brings a letter and its
accent together). Nearly every text is clean after one round, and a clean text costs one scan. The scan
also tells which fixes have work: the others are not called.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from parallaxe.core.alignment import Alignment
from parallaxe.core.edits import Step, apply_edits
from parallaxe.text import characters, fixes
from parallaxe.text.fixes import Fix

NORMALIZER = "parallaxe-normalizer/1"
"""Name and version of what made a text; raised whenever the same raw file would give another text."""


class Stage(NamedTuple):
    """A fix, and the characters of which a text must hold one for the fix to have work; None: it is always asked.

    A fix `exposes` where its result may give work to a fix before it.
    """

    fix: Fix
    triggers: re.Pattern[str] | None
    exposes: bool = False


STAGES: tuple[Stage, ...] = (
    Stage(fixes.mojibake, characters.MOJIBAKE_TRIGGER, exposes=True),
    Stage(fixes.line_ends, characters.LINE_END),
    Stage(fixes.invisible_characters, characters.INVISIBLE_TRIGGER, exposes=True),
    Stage(fixes.latin_ligatures, characters.LIGATURE, exposes=True),
    Stage(fixes.composition, characters.COMPOSABLE, exposes=True),
    Stage(fixes.apostrophes, characters.APOSTROPHE),
    Stage(fixes.hyphens, characters.HYPHEN),
    Stage(fixes.horizontal_spaces, characters.HORIZONTAL_SPACE),
    Stage(fixes.space_runs, None),
    Stage(fixes.line_edges, None),
    Stage(fixes.block_breaks, None),
)

# Each round but the first mends what the round before exposed; real texts need one, adversarial ones two or three.
_MOST_ROUNDS = 10

_PRINTABLE = bytes(range(0x20, 0x7F))  # none of it is suspect
# The newlines come first and what stands before them is looked at last, so that the scan goes from newline to newline.
_BLOCK_BREAK = re.compile(r"\n\n(?<![ \n]\n\n)(?=[^ \n])")


@dataclass(frozen=True, slots=True)
class Normalized:
    """`text` is clean; `alignment` leads from it to the source; `replay(source, plan) == text`."""

    text: str
    alignment: Alignment
    plan: tuple[Step, ...]


def normalize(source: str) -> Normalized:
    r"""The clean form of a source, with the way back.

    NFC, LF, one blank line between blocks, U+0020 between words, straight apostrophes, nothing invisible.

    >>> normalize("l’été\N{NO-BREAK SPACE}\n").text
    "l'été"
    >>> [step.name for step in normalize("l’été\N{NO-BREAK SPACE}\n").plan]
    ['apostrophes', 'horizontal-spaces', 'line-edges', 'block-breaks']
    """
    text, alignment = source, Alignment.identity(len(source))
    plan: list[Step] = []
    for _ in range(_MOST_ROUNDS):
        present = "".join(_suspects(text))
        if not present and _is_laid_out(text):
            break
        # What ftfy thinks of an `Ã` depends on the spaces and quotation marks around it, which later fixes change.
        exposed, before = bool(characters.MOJIBAKE_TRIGGER.search(present)), len(plan)
        for fix, triggers, exposes in STAGES:
            edits = fix(text) if triggers is None or triggers.search(present) else ()
            if edits:
                text, step = apply_edits(text, edits)
                alignment = alignment.then(step)
                plan.append(Step(_name(fix), edits))
                exposed = exposed or exposes
        if not exposed or len(plan) == before:
            break
    return Normalized(text, alignment, tuple(plan))


def is_clean(text: str) -> bool:
    """True only where no fix would change anything; may be false on a clean text with rare characters."""
    return not _suspects(text) and _is_laid_out(text)


def _suspects(text: str) -> set[str]:
    """The characters that some fix might touch.

    Printable ASCII, of which French is made for the most part, is deleted first, because deleting bytes is three times
    as fast as looking at characters.
    """
    rest = text.encode("utf-8", "surrogatepass").translate(None, _PRINTABLE).decode("utf-8", "surrogatepass")
    return set(characters.SUSPECT.findall(rest))


def _is_laid_out(text: str) -> bool:
    """True where blocks are joined by exactly one blank line and spaces stand singly, between words only."""
    # From the end, because CPython finds two equal characters a third faster backwards.
    if text.rfind("  ") >= 0 or text[:1] in {" ", "\n"} or text[-1:] == " ":
        return False
    return text.count("\n") == 2 * len(_BLOCK_BREAK.findall(text))


def _name(fix: Fix) -> str:
    return fix.__name__.replace("_", "-")
