"""Claims about one version of a text, carried to another; what cannot be carried is told, with its reason.

Three ways, the surest first. Two texts that were made of one raw file are tied through it, exactly. Otherwise a diff
tells where the words of a span went. Words that the diff lost are looked for, with what stood around them, in what is
new: a paragraph that moved. A span goes where its words went, and never takes in what was inserted at its borders.

No claim is dropped in silence: each has a fate. A claim falls where none of the words that it stood on is left, and a
stance with its quotation; a claim that lost some of its words, or its cue, or what it lay in, is `changed`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, NamedTuple, TypeAlias

from parallaxe.compare.text_diff import Match, matches
from parallaxe.core.alignment import Alignment
from parallaxe.core.claims import Claim, Entity, Quote, Span, Stance
from parallaxe.core.layer_format import canonical_order

Status: TypeAlias = Literal["kept", "moved", "changed", "ambiguous", "lost"]
"""`kept`: same offsets, same words; `moved`: same words; `changed`: other words, or not all of them; `ambiguous`: the
same words, but they stand in several places that look alike, and it went to the nearest; `lost`: not carried."""

_WORST_LAST: tuple[Status, ...] = ("kept", "moved", "changed", "ambiguous", "lost")

_CONTEXT = 32
"""Code points before and after a span by which it is told from others with its words."""

_ENOUGH = 24
"""Code points of span and agreeing context together that say that a place is the one that was meant."""

_MOST_PLACES = 1000
"""Places that are looked at for one span; a text with more of them is no article."""


class Version(NamedTuple):
    """A text; its alignment and the hash of its raw file tie it to other versions made of the same file."""

    text: str
    alignment: Alignment | None = None
    raw_sha256: str | None = None


class SpanFate(NamedTuple):
    """Where a span of the old text went: `new` is null where it is lost; `part` is the field of the claim."""

    part: str
    old: Span
    new: Span | None
    status: Status


class Fate(NamedTuple):
    """What became of a claim: as it was, as it is (null where it is lost), why, and span by span."""

    old: Claim
    new: Claim | None
    status: Status
    why: str | None
    spans: tuple[SpanFate, ...]


@dataclass(frozen=True)
class Reanchored:
    """The fate of every claim, in the canonical order of the old ones."""

    fates: tuple[Fate, ...]

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The claims about the new text, in canonical order; those that are ambiguous are among them."""
        return canonical_order(fate.new for fate in self.fates if fate.new is not None)

    def of(self, status: Status) -> tuple[Fate, ...]:
        """The fates of one status."""
        return tuple(fate for fate in self.fates if fate.status == status)

    @property
    def moved(self) -> tuple[Fate, ...]:
        """Claims whose words stand elsewhere now."""
        return self.of("moved")

    @property
    def changed(self) -> tuple[Fate, ...]:
        """Claims that stand on other words now, or on fewer."""
        return self.of("changed")

    @property
    def ambiguous(self) -> tuple[Fate, ...]:
        """Claims that a person must look at: their words stand in several places."""
        return self.of("ambiguous")

    @property
    def lost(self) -> tuple[Fate, ...]:
        """Claims that are not about the new text."""
        return self.of("lost")


def reanchor(claims: Sequence[Claim], old: Version, new: Version) -> Reanchored:
    """Carry claims from one version of a text to another.

    Raises:
        ValueError: if a claim has a span that leaves the old text, or an alignment is that of another text.

    >>> kim = Entity("x", (Span(0, 3),), "PER")
    >>> reanchor([kim], Version("Kim part."), Version("Hier, Kim part.")).claims[0].fragments
    (Span(start=6, end=9),)
    """
    _check(claims, old, new)
    carry = _Carrier.between(old, new)
    drafts = {claim.id: _draft(claim, carry) for claim in canonical_order(claims)}
    return Reanchored(tuple(_with_references(fate, drafts) for fate in drafts.values()))


def _check(claims: Sequence[Claim], old: Version, new: Version) -> None:
    for version in (old, new):
        if version.alignment is not None and version.alignment.text_length != len(version.text):
            raise ValueError(f"alignment of {version.alignment.text_length} characters, text of {len(version.text)}")
    for claim in claims:
        for _, spans in _parts(claim):
            if any(not 0 <= span.start < span.end <= len(old.text) for span in spans):
                raise ValueError(f"claim {claim.id} leaves a text of {len(old.text)} characters")


def _parts(claim: Claim) -> tuple[tuple[str, tuple[Span, ...]], ...]:
    """The fields of a claim that hold spans; what it stands on is the first."""
    match claim:
        case Entity():
            return (("fragments", claim.fragments),)
        case Quote():
            return ("content", claim.content), ("cue", claim.cue), ("sources", claim.sources)
        case Stance():
            return (("evidence", claim.evidence),)


def _draft(claim: Claim, carry: _Carrier) -> Fate:
    """What becomes of a claim by itself."""
    parts = _parts(claim)
    fates = tuple(SpanFate(part, span, *carry.span(span)) for part, spans in parts for span in spans)
    left = {part: tuple(fate.new for fate in fates if fate.part == part and fate.new is not None) for part, _ in parts}
    own, stood_on = parts[0]
    left[own] = _in_order(left[own])
    if stood_on and not left[own]:
        return Fate(claim, None, "lost", f"none of the words of its {own} is left", fates)
    gone = [part for part, spans in parts if len(left[part]) < len(spans)]
    status = max((fate.status for fate in fates if fate.new), key=_WORST_LAST.index, default=_WORST_LAST[0])
    if gone and status != "ambiguous":
        status = "changed"
    why = f"part of its {' and '.join(gone)} is not left" if gone else _REASONS.get(status)
    return Fate(claim, _standing_on(claim, left), status, why, fates)


_REASONS: Mapping[Status, str] = {
    "changed": "its words were edited",
    "ambiguous": "its words stand in several places",
}


def _standing_on(claim: Claim, spans: Mapping[str, tuple[Span, ...]]) -> Claim:
    """The claim with other spans, by field."""
    match claim:
        case Entity():
            return replace(claim, fragments=spans["fragments"])
        case Quote():
            return replace(claim, content=spans["content"], cue=spans["cue"], sources=spans["sources"])
        case Stance():
            return replace(claim, evidence=spans["evidence"])


def _in_order(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans in order, without those that begin within another: words can come nearer each other, or change places."""
    kept: list[Span] = []
    for span in sorted(spans):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)


def _with_references(fate: Fate, drafts: Mapping[str, Fate]) -> Fate:
    """The fate of a claim once that of what it refers to is known."""
    match fate.new:
        case Stance(quote=str(name)) if name in drafts and drafts[name].new is None:
            return fate._replace(new=None, status="lost", why=f"its quotation `{name}` is lost")
        case Quote(inside=str(name)) as quote if name in drafts and drafts[name].new is None:
            why = f"the quotation `{name}` in which it lay is lost"
            status: Status = "ambiguous" if fate.status == "ambiguous" else "changed"
            return fate._replace(new=replace(quote, inside=_outer(name, drafts)), status=status, why=why)
    return fate


def _outer(name: str | None, drafts: Mapping[str, Fate]) -> str | None:
    """The nearest quotation around a lost one that is not lost."""
    passed: set[str] = set()
    while name is not None and name in drafts and drafts[name].new is None:
        if name in passed:
            return None
        passed.add(name)
        around = drafts[name].old
        name = around.inside if isinstance(around, Quote) else None
    return name


@dataclass(frozen=True)
class _Carrier:
    """Carries spans from one version to another; `raw` is whether both were made of one file."""

    old: Version
    new: Version
    raw: bool

    @classmethod
    def between(cls, old: Version, new: Version) -> _Carrier:
        aligned = old.alignment is not None and new.alignment is not None
        return cls(old, new, aligned and old.raw_sha256 is not None and old.raw_sha256 == new.raw_sha256)

    def span(self, span: Span) -> tuple[Span | None, Status]:
        """Where a span went, and what that means for it."""
        if self.old.text == self.new.text:
            return span, "kept"
        carried = self._through_raw(span) if self.raw else self._through_diff(span)
        if carried is not None:
            return self._told(span, carried)
        return self._by_context(span)

    def _told(self, span: Span, carried: Span) -> tuple[Span, Status]:
        if self.new.text[slice(*carried)] != self.old.text[slice(*span)]:
            return carried, "changed"
        return carried, "kept" if carried == span else "moved"

    def _through_raw(self, span: Span) -> Span | None:
        """Through the raw file; where its segments are coarser than the span, its own words within them."""
        assert self.old.alignment is not None
        assert self.new.alignment is not None
        start, end = self.new.alignment.to_text(*self.old.alignment.to_raw(*span))
        words = self.old.text[slice(*span)]
        if self.new.text.count(words, start, end) == 1:
            start = self.new.text.index(words, start, end)
            end = start + len(words)
        return self._trimmed(span, start, end)

    def _through_diff(self, span: Span) -> Span | None:
        """From the first of its characters that are left to the last, where at least half of them are."""
        first = bisect_right(self._old_ends, span.start)
        last = bisect_left(self._old_starts, span.end)
        left = self.matches[first:last]
        shared = sum(min(match.old_end, span.end) - max(match.old_start, span.start) for match in left)
        if 2 * shared < span.end - span.start or not left:
            return None
        start = left[0].new_start + max(span.start - left[0].old_start, 0)
        end = left[-1].new_end - max(left[-1].old_end - span.end, 0)
        if left[0].old_start > span.start:
            start = self._replaced_start(first, span.start, start)
        if left[-1].old_end < span.end:
            end = self._replaced_end(last, span.end, end)
        return self._trimmed(span, *self._whole_words(span, start, end))

    def _replaced_start(self, first: int, start: int, found: int) -> int:
        """Where the first words were replaced, what came for them belongs to the span, if nothing else was."""
        before = self.matches[first - 1] if first else Match(0, 0, 0)
        return before.new_end if before.old_end == start else found

    def _replaced_end(self, last: int, end: int, found: int) -> int:
        after = self.matches[last] if last < len(self.matches) else Match(len(self.old.text), len(self.new.text), 0)
        return after.new_start if after.old_start == end else found

    def _whole_words(self, span: Span, start: int, end: int) -> tuple[int, int]:
        """A span that cut no word does not cut the one that its last word became."""
        text = self.new.text
        if not _cuts(self.old.text, span.start):
            while _cuts(text, start):
                start -= 1
        if not _cuts(self.old.text, span.end):
            while _cuts(text, end):
                end += 1
        return start, end

    def _trimmed(self, span: Span, start: int, end: int) -> Span | None:
        """Where a span went, without white space at its borders that it did not have; None where nothing is left."""
        text = self.new.text
        if not self.old.text[span.start].isspace():
            while start < end and text[start].isspace():
                start += 1
        if not self.old.text[span.end - 1].isspace():
            while start < end and text[end - 1].isspace():
                end -= 1
        return Span(start, end) if start < end else None

    def _by_context(self, span: Span) -> tuple[Span | None, Status]:
        """Where its words stand again in what is new, with what stood around them."""
        words = self.old.text[slice(*span)]
        scored = [(self._agreement(span, start) + len(words), start) for start in {*self._places(words)}]
        good = [found for found in scored if found[0] >= _ENOUGH]
        if not good:
            return None, "lost"
        best = max(score for score, _ in good)
        expected = self._expected(span.start)
        places = sorted((start for score, start in good if score == best), key=lambda start: abs(start - expected))
        carried = Span(places[0], places[0] + len(words))
        return carried, "ambiguous" if len(places) > 1 else self._told(span, carried)[1]

    def _places(self, words: str) -> Iterator[int]:
        """Where words begin that the diff did not find in full: they touch what is new in the text."""
        found = 0
        for start, end in self._inserted:
            at = self.new.text.find(words, max(start - len(words) + 1, 0), end + len(words) - 1)
            while at != -1 and found < _MOST_PLACES:
                found += 1
                yield at
                at = self.new.text.find(words, at + 1, end + len(words) - 1)

    def _agreement(self, span: Span, start: int) -> int:
        """How many code points before and after agree, up to the first that do not."""
        end = start + span.end - span.start
        old, new = self.old.text, self.new.text
        before = _same_start(
            old[max(span.start - _CONTEXT, 0) : span.start][::-1], new[max(start - _CONTEXT, 0) : start][::-1]
        )
        return before + _same_start(old[span.end : span.end + _CONTEXT], new[end : end + _CONTEXT])

    def _expected(self, start: int) -> int:
        """Where a place would be if nothing had moved but what was inserted and deleted before it."""
        position = bisect_right(self._old_starts, start)
        match = self.matches[position - 1] if position else Match(0, 0, 0)
        return match.new_start + start - match.old_start

    @cached_property
    def matches(self) -> tuple[Match, ...]:
        """What both texts have in common; where one raw file ties them, the diff is only asked for what that lost."""
        return matches(self.old.text, self.new.text)

    @cached_property
    def _old_starts(self) -> list[int]:
        return [match.old_start for match in self.matches]

    @cached_property
    def _old_ends(self) -> list[int]:
        return [match.old_end for match in self.matches]

    @cached_property
    def _inserted(self) -> list[tuple[int, int]]:
        """What the new text has beyond the matches."""
        borders = [
            0,
            *(place for match in self.matches for place in (match.new_start, match.new_end)),
            len(self.new.text),
        ]
        return [(start, end) for start, end in zip(borders[::2], borders[1::2], strict=True) if start < end]


def _cuts(text: str, place: int) -> bool:
    """True where a place lies within a word."""
    return 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum()


def _same_start(a: str, b: str) -> int:
    shorter = min(len(a), len(b))
    return next((n for n in range(shorter) if a[n] != b[n]), shorter)
