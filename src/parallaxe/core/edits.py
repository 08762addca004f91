"""Edits: what was done to a text, as a value that can be shown, counted and replayed.

An edit replaces `text[start:end]`, in code points, by another string. Edits of one step are in order and disjoint,
and each covers at least one character: nothing is ever inserted out of nothing, so every character of the result
knows where it stood before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple, overload

from parallaxe.core.alignment import Alignment, Segment


class Edit(NamedTuple):
    """`text[start:end]` becomes `replacement` (code points, half-open); `reason` where the step has several."""

    start: int
    end: int
    replacement: str
    reason: str = ""


class Substitution(Sequence[Edit]):
    """Edits that put one character in the place of others, wherever these stand in a text.

    Such edits move nothing, so the edited text is made without them, and they only when somebody looks: an article
    has hundreds, and most plans are never read.

    >>> list(Substitution("l’été", "’", "'"))
    [Edit(start=1, end=2, replacement="'", reason='')]
    """

    def __init__(self, text: str, replaced: str, replacement: str) -> None:
        """`replaced`: the characters, at least one, that stand in the text; `replacement`: one other character."""
        self._text, self._replaced, self._replacement = text, replaced, replacement

    def is_of(self, text: str) -> bool:
        """True where the edits were made for this very text."""
        return self._text is text

    def edited(self) -> str:
        """The text with the replacement in every place."""
        text = self._text
        for character in self._replaced:
            text = text.replace(character, self._replacement)
        return text

    @cached_property
    def _edits(self) -> tuple[Edit, ...]:
        places = re.finditer(f"[{re.escape(self._replaced)}]", self._text)
        return tuple(Edit(found.start(), found.end(), self._replacement) for found in places)

    def __len__(self) -> int:
        return len(self._edits)

    def __bool__(self) -> bool:
        return bool(self._replaced)

    @overload
    def __getitem__(self, index: int) -> Edit: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Edit]: ...
    def __getitem__(self, index: int | slice) -> Edit | Sequence[Edit]:
        return self._edits[index]


class Step(NamedTuple):
    """One step of a plan: the name of the fix and the edits it made, in the offsets of its own input."""

    name: str
    edits: Sequence[Edit]


def apply_edits(text: str, edits: Sequence[Edit]) -> tuple[str, Alignment]:
    """The edited text, and its alignment to the text before.

    Raises:
        ValueError: if edits overlap, are out of order, empty, or outside the text.

    >>> apply_edits("l’été", [Edit(1, 2, "'")])[0]
    "l'été"
    """
    if isinstance(edits, Substitution) and edits.is_of(text):
        return edits.edited(), Alignment.identity(len(text))
    pieces: list[str] = []
    segments: list[Segment] = []
    kept = linear = shift = 0  # end of what was read; start of the open 1:1 stretch; text offset minus raw offset
    for start, end, replacement, _ in edits:
        if not kept <= start < end:
            raise _misplaced(start, end, text)
        pieces += (text[kept:start], replacement)
        change = len(replacement) - (end - start)
        if change:
            if linear < start:
                segments.append(Segment(linear + shift, start + shift, linear, start))
            segments.append(Segment(start + shift, end + shift + change, start, end))
            linear, shift = end, shift + change
        kept = end
    if kept > len(text):
        raise _misplaced(kept, kept, text)
    if linear < len(text):
        segments.append(Segment(linear + shift, len(text) + shift, linear, len(text)))
    pieces.append(text[kept:])
    return "".join(pieces), Alignment(tuple(segments))


def _misplaced(start: int, end: int, text: str) -> ValueError:
    return ValueError(f"edit [{start}, {end}) overlaps, is empty, or leaves a text of {len(text)} characters")


def replay(text: str, plan: Iterable[Step]) -> str:
    """The text that a plan makes of its input: what was done can be done again.

    >>> replay("ﬁn", [Step("latin-ligatures", (Edit(0, 1, "fi"),))])
    'fin'
    """
    for step in plan:
        text, _ = apply_edits(text, step.edits)
    return text
