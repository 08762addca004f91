"""Alignment: where every character of a clean text stood in its raw source, both ways.

An alignment is a complete, ordered list of segments that tile text and raw source alike. A segment whose two sides
have the same length maps 1:1; any other maps at its borders only. A deletion is a segment with an empty text side.
All offsets are Unicode code points, half-open.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple, TypeAlias


class Segment(NamedTuple):
    """`text[text_start:text_end]` came from `raw[raw_start:raw_end]`."""

    text_start: int
    text_end: int
    raw_start: int
    raw_end: int

    @property
    def is_linear(self) -> bool:
        """True where both sides have the same length, so that characters correspond one to one."""
        return self.text_end - self.text_start == self.raw_end - self.raw_start


Segments: TypeAlias = tuple[Segment, ...]


@dataclass(frozen=True)
class Alignment:
    """Segments that tile a text and its raw source, in order, without gap or overlap.

    >>> alignment = Alignment((Segment(0, 2, 0, 2), Segment(2, 2, 2, 5), Segment(2, 4, 5, 7)))
    >>> alignment.to_raw(1, 3)
    (1, 6)
    >>> alignment.to_text(2, 5)
    (2, 2)
    """

    segments: tuple[Segment, ...]

    @classmethod
    def identity(cls, length: int) -> Alignment:
        """A text of `length` characters that was left as it is."""
        return cls((Segment(0, length, 0, length),) if length else ())

    @property
    def text_length(self) -> int:
        """Length of the text side, in code points."""
        return self.segments[-1].text_end if self.segments else 0

    @property
    def raw_length(self) -> int:
        """Length of the raw side, in code points."""
        return self.segments[-1].raw_end if self.segments else 0

    @property
    def is_identity(self) -> bool:
        """True where no length changed anywhere: offsets are the same on both sides."""
        return all(segment.is_linear for segment in self.segments)

    @cached_property
    def _with_text(self) -> tuple[list[int], list[Segment]]:
        kept = [segment for segment in self.segments if segment.text_end > segment.text_start]
        return [segment.text_start for segment in kept], kept

    @cached_property
    def _raw_starts(self) -> list[int]:
        return [segment.raw_start for segment in self.segments]

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """The smallest raw span that covers `text[start:end]`; an empty span maps to an empty one.

        Raises:
            ValueError: if the span leaves the text.
        """
        if not 0 <= start <= end <= self.text_length:
            raise ValueError(f"span [{start}, {end}) leaves a text of {self.text_length} characters")
        starts, segments = self._with_text
        if not segments:
            return 0, 0
        first = segments[max(bisect_right(starts, start) - 1, 0)]
        raw_start = first.raw_start + (start - first.text_start) if first.is_linear else first.raw_start
        if start == end:
            return raw_start, raw_start
        last = segments[bisect_right(starts, end - 1) - 1]
        raw_end = last.raw_start + (end - last.text_start) if last.is_linear else last.raw_end
        return raw_start, raw_end

    def to_text(self, start: int, end: int) -> tuple[int, int]:
        """The smallest text span that covers what is left of `raw[start:end]`; empty where all of it was deleted.

        Raises:
            ValueError: if the span leaves the raw source.
        """
        if not 0 <= start <= end <= self.raw_length:
            raise ValueError(f"span [{start}, {end}) leaves a source of {self.raw_length} characters")
        if not self.segments:
            return 0, 0
        first = self.segments[max(bisect_right(self._raw_starts, start) - 1, 0)]
        text_start = first.text_start + (start - first.raw_start) if first.is_linear else first.text_start
        if start == end:
            return text_start, text_start
        last = self.segments[bisect_right(self._raw_starts, end - 1) - 1]
        text_end = last.text_start + (end - last.raw_start) if last.is_linear else last.text_end
        return text_start, text_end

    def within(self, start: int, length: int) -> Alignment:
        """The same text aligned to a longer source of `length` characters, in which the old one begins at `start`.

        What stands around the old source counts as deleted.

        >>> [segment.raw_end for segment in Alignment.identity(3).within(2, 9).segments]
        [2, 5, 9]
        """
        moved = [
            Segment(segment.text_start, segment.text_end, segment.raw_start + start, segment.raw_end + start)
            for segment in self.segments
        ]
        before = Segment(0, 0, 0, start)
        after = Segment(self.text_length, self.text_length, start + self.raw_length, length)
        around = [*([before] if start else []), *moved, *([after] if after.raw_start < length else [])]
        return Alignment(tuple(_coalesce(around)))

    def then(self, following: Alignment) -> Alignment:
        """This alignment (raw → middle) followed by another (middle → text): raw → text.

        Where a segment of either side cannot be cut, the segments it overlaps are joined with it.

        Raises:
            ValueError: if the two do not meet in the same middle text.
        """
        if self.text_length != following.raw_length:
            raise ValueError(f"alignments meet in texts of {self.text_length} and {following.raw_length} characters")
        if following.is_identity:
            return self
        if self.is_identity:
            return following
        done, upper, lower = _kept_prefix(self.segments, following.segments)
        return Alignment(tuple(_coalesce(chain(done, _compose(upper, lower)))))


def _kept_prefix(upper: Segments, lower: Segments) -> tuple[Segments, Segments, Segments]:
    """The upper segments before anything that the lower ones change, and what is left to compose of both.

    Most fixes touch little, often the last line end alone: what stands before is taken over as it is.
    """
    first = lower[0]
    count = len(upper) if first.is_linear else 0
    while count and upper[count - 1].text_end > first.raw_end:
        count -= 1
    if not count:
        return (), upper, lower
    start = upper[count - 1].text_end
    rest = (Segment(start, first.text_end, start, first.raw_end),) if start < first.raw_end else ()
    return upper[:count], upper[count:], (*rest, *lower[1:])


def _compose(upper: Segments, lower: Segments) -> Iterable[Segment]:
    """Walk the middle text from cut to cut; a cut is a place where both sides can be divided."""
    i = j = 0
    # everything before these three is already told
    middle, raw = (upper[0].text_start, upper[0].raw_start) if upper else (0, 0)
    text = lower[0].text_start if lower else 0
    while i < len(upper) or j < len(lower):
        if i < len(upper) and upper[i].text_end == upper[i].text_start:  # deleted before the middle text
            yield Segment(text, text, raw, upper[i].raw_end)
            raw, i = upper[i].raw_end, i + 1
            continue
        above, below = upper[i], lower[j]
        if above.is_linear and below.is_linear:
            cut = min(above.text_end, below.raw_end)
            length = cut - middle
            yield Segment(text, text + length, raw, raw + length)
            middle, raw, text = cut, raw + length, text + length
        else:
            cut, i, j, raw_end, text_end = _next_cut(upper, lower, i, j)
            yield Segment(text, text_end, raw, raw_end)
            middle, raw, text = cut, raw_end, text_end
        while i < len(upper) and upper[i].text_start < upper[i].text_end <= middle:
            i += 1
        while j < len(lower) and lower[j].raw_end <= middle:
            j += 1


def _next_cut(upper: Segments, lower: Segments, i: int, j: int) -> tuple[int, int, int, int, int]:
    """The first place at or after the segments i and j, one of which is not linear, where both can be cut."""
    above, below = upper[i], lower[j]
    cut = above.text_end if not above.is_linear else below.raw_end
    if not above.is_linear and not below.is_linear:
        cut = max(above.text_end, below.raw_end)
    while True:
        while upper[i].text_end < cut:
            i += 1
        while lower[j].raw_end < cut:
            j += 1
        wanted = cut
        if not upper[i].is_linear:
            wanted = max(wanted, upper[i].text_end)
        if not lower[j].is_linear:
            wanted = max(wanted, lower[j].raw_end)
        if wanted == cut:
            break
        cut = wanted
    above, below = upper[i], lower[j]
    raw_end = above.raw_end if above.text_end == cut else above.raw_start + (cut - above.text_start)
    text_end = below.text_end if below.raw_end == cut else below.text_start + (cut - below.raw_start)
    return cut, i, j, raw_end, text_end


def _coalesce(segments: Iterable[Segment]) -> Iterable[Segment]:
    """Neighbours that say the same thing become one: 1:1 beside 1:1, deletion beside deletion."""
    held: Segment | None = None
    for segment in segments:
        if held is None:
            held = segment
        elif (held.is_linear and segment.is_linear) or (
            held.text_start == held.text_end and segment.text_start == segment.text_end
        ):
            held = Segment(held.text_start, segment.text_end, held.raw_start, segment.raw_end)
        else:
            yield held
            held = segment
    if held is not None:
        yield held
