"""The quotations of an article, read one after the other: who holds them, and what was said before each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from parallaxe.annotate.stance_rules import lexicon
from parallaxe.annotate.stance_rules.holders import Holders
from parallaxe.annotate.stance_rules.reading import Reading
from parallaxe.annotate.stance_rules.said import Said
from parallaxe.annotate.stance_rules.targets import StanceLabels
from parallaxe.core.claims import Entity, Quote, Span
from parallaxe.core.knowledge import KnownEntity

_ALARMING = (lexicon.CONCERN, lexicon.DEMAND, lexicon.CONDEMN)
# A description tells whose somebody is in its first words; later ones tell what he saw.
_DESCRIPTION = 6
_SOURCE = 40
_STUDY = (
    "expert", "specialist", "analyst", "cherch", "histori", "professeur", "politolog", "connaisseu", "econom",
    "universit", "institut", "observat", "correspondan", "journalist", "centre", "habitant",
)  # fmt: skip
_POSSESSIVES = frozenset("son sa ses leur leurs".split())
# What a state has: who speaks for it, and not for a neighbour.
_OFFICES = (
    "ministre", "ministere", "vice-ministre", "porte-parole", "diplomat", "ambassad", "president", "presse", "agence",
    "gouvernement", "armee", "general", "etat-major", "dirigeant", "chancell", "representant", "emissaire",
    "negociateur",
    "media", "televis", "parlement", "depute", "consul", "autorite", "envoye", "chef",
)  # fmt: skip
_RECALLED = 40
_OF = frozenset("de du des d".split())
_PLACE = frozenset("a au aux en dans sur contre pour vers chez".split())


def said_in(
    reading: Reading,
    mentions: Sequence[Entity],
    quotes: Sequence[Quote],
    known: Mapping[str, KnownEntity],
    labels: StanceLabels,
) -> Iterator[Said]:
    """Every quotation in its surroundings, in the order of the text, outer ones first."""
    holders = Holders(reading.article.text, mentions, known)
    resolved: dict[str, list[str]] = {}
    belongs: dict[str, str | None] = {}
    alarmed: str | None = None
    # A holder may be described thousands of times, and be quoted as often.
    described: dict[str, str | None] = {}
    ordered = sorted(quotes, key=lambda quote: (quote.content[0].start, -quote.content[-1].end))
    for quote in ordered:
        resolved[quote.id] = holders.of(quote, resolved.get(quote.inside or "", ()))
    nested: dict[str, list[Span]] = {}
    relayed: dict[str, list[Span]] = {}
    for quote in quotes:
        outer = quote.inside or ""
        nested.setdefault(outer, []).extend(quote.content)
        if quote.sources and set(resolved[quote.id]).isdisjoint(resolved.get(outer, ())):
            relayed.setdefault(outer, []).extend((*quote.content, *quote.cue, *quote.sources))
    for quote in ordered:
        holder = resolved[quote.id][0]
        if holder not in described:
            described[holder] = _own(holders.described(holder), reading, labels)
        entity = known.get(holder)
        told = _own(quote.sources, reading, labels) or _of_last_named(quote.sources, reading, labels)
        told = told or described[holder] or belongs.get(holder)
        own = entity.actor if entity else told
        belongs[holder] = own
        inside, of_others = (tuple(spans.get(quote.id, ())) for spans in (nested, relayed))
        said = Said(quote, labels, reading, tuple(resolved[quote.id]), own, alarmed, inside, of_others)
        yield said
        alarmed = own if own and said.act in _ALARMING else alarmed


def _of_last_named(sources: Sequence[Span], reading: Reading, labels: StanceLabels) -> str | None:
    """Whose « *son* ministre » or « *sa* presse » is: the actor who is named last before it."""
    for part in reading.words_of(sources[:1]):
        forms = reading.words.forms[part.start : part.stop]
        if forms[:1] and forms[0] in _POSSESSIVES and any(form.startswith(_OFFICES) for form in forms[1:_DESCRIPTION]):
            before = reading.meant_in(range(max(0, part.start - _RECALLED), part.start))
            actors = [one.target for one in before if labels.by_name[one.target].is_actor]
            return actors[-1] if actors else None
    return None


def _own(described: Iterable[Span], reading: Reading, labels: StanceLabels) -> str | None:
    """The actor to whom a description ties a source: « les forces *russes* », « le porte-parole *du Kremlin* ».

    Who studies an actor, or stands in a place, belongs to nobody.
    """
    for part in reading.words_of(described):
        if any(form.startswith(_STUDY) for form in reading.words.forms[part.start : part[:_SOURCE].stop]):
            continue
        for meant in reading.meant_in(part[:_DESCRIPTION]):
            before = reading.words.forms[max(part.start, meant.first - 2) : meant.first]
            belongs = reading.is_small(meant) or _OF.intersection(before) or meant.first == part.start
            if labels.by_name[meant.target].is_actor and belongs and not _PLACE.intersection(before):
                return meant.target
    return None
