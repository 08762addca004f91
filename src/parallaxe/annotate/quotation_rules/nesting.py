"""Which attribution lies in the content of which: one sweep, innermost holder first; the same one is kept once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from parallaxe.core.claims import Span

_OPEN = 64


@dataclass(frozen=True, slots=True)
class Attribution:
    """A found attribution in code points of the article; `implicit` where an infinitive has no subject."""

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    sources: tuple[Span, ...]
    type: str
    why: str
    score: float
    note: str | None = None
    implicit: bool = False


def with_outer(found: Iterable[Attribution]) -> list[tuple[Attribution, int | None]]:
    """Attributions in the order of the text, each with the position of the one whose content holds it, or null.

    One holds another where its content holds the other's cue and content, or the whole of a content without cue, and is
    longer. Of attributions with the same content and cue the first is kept.
    """
    ordered = sorted(dict.fromkeys(found), key=lambda one: (one.content[0].start, -one.content[-1].end, one.cue))
    kept: list[Attribution] = []
    seen: set[object] = set()
    for one in ordered:
        if (one.content, one.cue) not in seen:
            seen.add((one.content, one.cue))
            kept.append(one)
    kept = _without_unheld_infinitives(kept)
    outer: list[int | None] = []
    waiting: list[int] = []
    for position, one in enumerate(kept):
        start = min(one.content[0].start, one.cue[0].start if one.cue else one.content[0].start)
        waiting = [held for held in waiting if kept[held].content[-1].end > start][-_OPEN:]
        holders = [held for held in waiting if _holds(kept[held], one)]
        outer.append(min(holders, key=lambda held: (_size(kept[held]), held)) if holders else None)
        waiting.append(position)
    return list(zip(kept, outer, strict=True))


def _without_unheld_infinitives(kept: list[Attribution]) -> list[Attribution]:
    """Without infinitives of nobody that no content holds: « faut-il rappeler que » is the writer's voice."""
    farthest = -1
    left: list[Attribution] = []
    for one in kept:
        if not one.implicit or one.content[-1].end <= farthest:
            left.append(one)
            farthest = max(farthest, one.content[-1].end)
    return left


def _holds(outer: Attribution, inner: Attribution) -> bool:
    words = (*inner.content, *inner.cue)
    if inner.why == "chain:citant" and outer.content == inner.content:
        # « affirme le journal, qui cite X »: what X says is what the journal says.
        return True
    return all(any(a.start <= span.start and span.end <= a.end for a in outer.content) for span in words) and (
        _size(outer) > _size(inner)
    )


def _size(one: Attribution) -> int:
    return sum(span.end - span.start for span in one.content)
