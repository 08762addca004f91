"""Claims as a result of Label Studio: what is proposed to an annotator, or posted under an annotator's name.

Whatever an annotator decides is in a control; the rest lies in the `meta` of a region (see `hidden`). Fragments, cues,
sources and evidence are regions of their own, and relations say what they belong to, because Label Studio knows neither
fragments nor parts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from parallaxe.core.claims import Claim, Entity, Quote, Span, Stance
from parallaxe.core.knowledge import is_unlinked
from parallaxe.core.labels import LabelSet
from parallaxe.studio import controls
from parallaxe.studio.controls import Step
from parallaxe.studio.hidden import write_meta
from parallaxe.studio.items import Item, Items, Mark
from parallaxe.studio.names import server_labels, to_server
from parallaxe.studio.voices import Linked, Voice, derived_holders, write_voice


def write_result(
    claims: Sequence[Claim],
    text: str,
    labels: Mapping[str, LabelSet],
    candidates: Collection[str] | None = None,
) -> list[Item]:
    """Claims about a text as the items of a result: regions, then relations, then answers about the whole text.

    Args:
        claims: valid ones; `borders.guarded` complains of others.
        text: that of the task; offsets are its code points.
        labels: those of the project, in whose order targets are written.
        candidates: links that the task offers, of which an annotator chooses; any other is written out as text. Null
            where it offers all but clusters.
    """
    items = Items(text)
    claims, labels = to_server(claims, labels), server_labels(labels)
    order = {target: place for place, target in enumerate(labels["targets"].names)}
    claims = sorted(claims, key=lambda claim: order.get(claim.target, 0) if isinstance(claim, Stance) else 0)
    entities = [claim for claim in claims if isinstance(claim, Entity)]
    carried: dict[str | None, list[Stance]] = defaultdict(list)
    for claim in claims:
        if isinstance(claim, Stance):
            carried[claim.quote].append(claim)
    for entity in entities:
        _entity(items, entity, _control_of_link(entity.kb_id, candidates))
    linked = Linked.of(entities)
    quotes = [claim for claim in claims if isinstance(claim, Quote)]
    for quote in quotes:
        _quote(items, quote, carried[quote.id], derived_holders(quote.sources, linked))
    _parts(items, quotes)
    for stance in carried[None]:
        _answer(items, stance)
    for carrier, held in carried.items():
        _evidence(items, carrier, held)
    return items.written()


def _control_of_link(kb_id: str | None, candidates: Collection[str] | None) -> str:
    if kb_id is None or is_unlinked(kb_id):
        return controls.LINK_OTHER
    return controls.LINK if candidates is None or kb_id in candidates else controls.LINK_OTHER


def _entity(items: Items, entity: Entity, link: str) -> None:
    history = entity.provenance
    mark = Mark(entity.id, controls.MARK, entity.label, history.score, write_meta(why=history.why))
    items.fragments(mark, entity.fragments)
    items.say(
        mark, entity.fragments[0], {controls.METONYMIC: [entity.metonymic], link: [entity.kb_id], **_doubt(entity)}
    )


def _doubt(claim: Claim) -> dict[str, Sequence[str | None]]:
    return {controls.CONFIDENCE: [claim.provenance.confidence], controls.NOTE: [claim.provenance.note]}


def _quote(items: Items, quote: Quote, held: Sequence[Stance], derived: Collection[str]) -> None:
    whys = [history.why for history in (quote.provenance, *(one.provenance for one in held)) if history.why]
    meta = write_meta(quote, held, " · ".join(dict.fromkeys(whys)))
    mark = Mark(quote.id, controls.MARK, controls.CONTENT, quote.provenance.score, meta)
    shared, voices = _voices(held)
    follows = set(derived) == {voice.holder for voice in voices} and all(voice.own is None for voice in voices)
    items.fragments(mark, quote.content)
    items.say(
        mark,
        quote.content[0],
        {
            controls.TYPE: [quote.type],
            **{controls.voiced(target): [step] for target, step in shared.items()},
            controls.HOLDER: [] if follows else [write_voice(voice) for voice in voices],
            **_doubt(quote),
        },
    )


def _voices(held: Iterable[Stance]) -> tuple[dict[str, str], list[Voice]]:
    """What is chosen for a quotation, and its holders, with what each thinks where that is something else."""
    rows: dict[str, dict[str, str]] = defaultdict(dict)
    shared: dict[str, str] = {}
    for stance in held:
        step = Step(stance.polarity, stance.intensity).name
        rows[stance.holder][stance.target] = step
        shared.setdefault(stance.target, step)
    return shared, [Voice(holder, None if row == shared else row) for holder, row in rows.items()]


def _parts(items: Items, quotes: Iterable[Quote]) -> None:
    """Cues and sources, of which one may serve several quotations, and which quotation lies in which."""
    marked: dict[tuple[str, Span], str] = {}
    for quote in quotes:
        parts = [(controls.CUE, controls.CUE_OF, span) for span in quote.cue]
        parts += [(controls.SOURCE, controls.SOURCE_OF, span) for span in quote.sources]
        for label, relation, span in parts:
            if (label, span) not in marked:
                mark = Mark(f"{relation}-{span.start}-{span.end}", controls.MARK, label)
                marked[label, span] = mark.id
                items.region(mark, span)
            items.relation(marked[label, span], quote.id, relation)
        if quote.inside is not None:
            items.relation(quote.id, quote.inside, controls.INSIDE)


def _answer(items: Items, stance: Stance) -> None:
    history = stance.provenance
    step = Step(stance.polarity, stance.intensity).name
    meta = write_meta(stances=[stance], why=history.why)
    items.answer(Mark(stance.id, controls.own(stance.target), step, history.score, meta))


def _evidence(items: Items, carrier: str | None, held: Sequence[Stance]) -> None:
    """The words that stances cite: one region for each stretch, however many targets it tells of."""
    label = controls.OWN_EVIDENCE if carrier is None else controls.VOICED_EVIDENCE
    for number, ((span, holders), targets) in enumerate(_cited(held).items()):
        mark = Mark(f"evidence-{carrier or 'article'}-{number}", controls.MARK, label)
        items.region(mark, span)
        items.say(mark, span, {controls.EVIDENCE_TARGETS: targets, controls.HOLDER: holders})
        if carrier is not None:
            items.relation(mark.id, carrier, controls.EVIDENCE_OF)


def _cited(held: Sequence[Stance]) -> dict[tuple[Span, tuple[str, ...]], list[str]]:
    """Targets by the words that tell of them, and by who alone cites them, which is nobody where all holders do."""
    holders: dict[str, set[str]] = defaultdict(set)
    citing: dict[tuple[Span, str], dict[str, None]] = defaultdict(dict)
    for stance in held:
        holders[stance.target].add(stance.holder)
        for span in stance.evidence:
            citing[span, stance.target][stance.holder] = None
    targets: dict[tuple[Span, tuple[str, ...]], list[str]] = defaultdict(list)
    for (span, target), who in citing.items():
        targets[span, () if set(who) == holders[target] else tuple(who)].append(target)
    return targets
