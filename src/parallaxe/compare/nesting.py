"""What lies in what: mentions within mentions, and the mention that a source names.

Layers do not say it, so that no file can contradict another; the tables and the figures of agreement derive it here.
All pairs come from one sweep over the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from parallaxe.compare.footprints import footprint, inside, size
from parallaxe.core.claims import Entity, Span


def nesting(mentions: Sequence[Entity]) -> dict[str, str]:
    """For each mention of which every code point lies within a longer one, the id of the shortest such, by its id.

    >>> kremlin = Entity("x", (Span(20, 27),), "ORG")
    >>> nesting([kremlin, Entity("y", (Span(0, 27),), "ORG"), Entity("z", (Span(24, 30),), "LOC")])
    {'x': 'y'}
    """
    covered = [footprint(mention.fragments, None) for mention in mentions]
    sizes = [size(own) for own in covered]
    pairs = ((inner, outer) for inner, outer in inside(covered, covered) if sizes[inner] < sizes[outer])
    longest_first = sorted(pairs, key=lambda pair: (sizes[pair[1]], mentions[pair[1]].id), reverse=True)
    return {mentions[inner].id: mentions[outer].id for inner, outer in longest_first}


def linked_mentions(sources: Iterable[Span], mentions: Iterable[Entity]) -> dict[Span, Entity]:
    """The mention that each source names: of the linked ones in its noun phrase the first, of these the longest.

    >>> kremlin = Entity("x", (Span(17, 24),), "ORG", None, "kremlin")
    >>> russie = Entity("y", (Span(30, 36),), "LOC", None, "russie")
    >>> linked_mentions([Span(0, 40)], [Entity("z", (Span(3, 8),), "DATE"), russie, kremlin])[Span(0, 40)].id
    'x'
    """
    spans = [*dict.fromkeys(sources)]
    linked = (mention for mention in mentions if mention.kb_id is not None)
    ordered = sorted(linked, key=lambda mention: (mention.fragments[0].start, -mention.fragments[-1].end, mention.id))
    covered = [footprint(mention.fragments, None) for mention in ordered]
    last_first = sorted(inside(covered, [(span,) for span in spans]), reverse=True)
    return {spans[source]: ordered[mention] for mention, source in last_first}
