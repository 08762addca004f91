"""A review for the summary of a pull request: answers first, then what must be mended, then every change by itself.

It is passed on: words of restricted articles are withheld.
"""

from __future__ import annotations

from collections.abc import Iterator

from parallaxe.cli.claim_words import in_context, value
from parallaxe.cli.diff_markdown import (
    article_line,
    entity_line,
    escaped,
    field_change,
    is_told_one_by_one,
    marked,
    prose,
)
from parallaxe.cli.diff_words import HISTORY, passed_on
from parallaxe.cli.review_words import answers, layer_rows, reasons_by_kind, remarks, signed
from parallaxe.cli.summary import LIMIT, Section, summary_lines, table
from parallaxe.compare.changes import KINDS, ClaimChange, LayerChange
from parallaxe.compare.figure_lines import coefficient, interval
from parallaxe.core.claims import Claim, Entity, Quote, Stance
from parallaxe.store.versions.review import AgreementReview, Review
from parallaxe.validate.findings import Finding

_PLACES = 3


def review_markdown(review: Review, limit: int = LIMIT) -> Iterator[str]:
    """The lines of the summary; at most as many as `limit` bytes hold."""
    return summary_lines([section for section in _sections(review) if section.head], limit)


def _sections(review: Review) -> Iterator[Section]:
    yield _answers(review)
    yield _notes(review)
    yield _findings("### Newly broken rules", review.findings.new)
    yield _agreement(review.agreement)
    yield _version(review)
    yield _layers(review)
    changed = review.diff.changes
    yield _listed("### Articles", map(article_line, changed.articles), "articles changed")
    yield _listed("### Knowledge base", map(entity_line, changed.entities), "entities changed")
    yield _listed("### Claims decided anew", _decided_anew(review), "claims flipped, relabelled, relinked or moved")
    yield _listed("### Claims that came or went", _one_sided(review), "claims added or removed")
    gone = (f"- `{finding.rule}`: {prose(finding.sentence)}" for finding in review.findings.gone)
    yield _listed("### Rules kept again", gone, "findings gone")


def _answers(review: Review) -> Section:
    grave = {"Rules"} if review.findings.new_errors else set()
    rows = [
        (f"**{what}**", f"**{escaped(answer)}**" if what in grave else escaped(answer))
        for what, answer in answers(review)
    ]
    title = f"## Corpus review: {escaped(review.diff.old)} → {escaped(review.diff.new)}"
    return Section((title, "", *table(("", "what this changes"), rows)))


def _notes(review: Review) -> Section:
    """What could not be told, and what the reader must not miss."""
    told = (*review.notes, *remarks(review))
    return Section(("> [!NOTE]", *(f"> - {prose(note)}" for note in told)) if told else ())


def _listed(heading: str, lines: Iterator[str], noun: str) -> Section:
    items = tuple(lines)
    return Section((heading,), items, noun) if items else Section(())


def _findings(heading: str, found: tuple[Finding, ...]) -> Section:
    return _listed(heading, (_finding(finding) for finding in found), "findings")


def _finding(finding: Finding) -> str:
    times = f" ({finding.count:,} times)" if finding.count > 1 else ""
    places = [f"`{place.told().replace('`', '')}`" for place in finding.places[:_PLACES] if place.told()]
    where = f"<br>{', '.join(places)}{' …' if finding.count > len(places) else ''}" if places else ""
    remedy = f"<br>→ {prose(finding.remedy)}" if finding.remedy else ""
    return f"- **{finding.severity}** `{finding.rule}`: {prose(finding.sentence)}{times}{where}{remedy}"


def _agreement(review: AgreementReview | None) -> Section:
    if review is None or not any(change.is_changed for change in review.figures):
        return Section(())
    rows = [
        (
            escaped(change.words),
            coefficient(change.old.value if change.old else None),
            coefficient(change.new.value if change.new else None),
            interval(change.new) if change.new else "–",
            f"**{signed(change)}**" if change.is_changed else signed(change),
        )
        for change in review.figures
    ]
    sides = " and ".join(f"`{side}`" for side in review.sides)
    caution = (f"> {review.caution}", "") if review.caution else ()
    heading = ("### Agreement", "", f"Of {sides}; intervals of 95 % over articles.", "", *caution)
    return Section((*heading, *table(("figure", "before", "after", "interval", "difference"), rows, 4)))


def _version(review: Review) -> Section:
    reasons = reasons_by_kind(review.version)
    if not reasons:
        return Section(())
    return Section(("### Why this version", "", *table(("in the dataset", "where"), list(reasons.items()))))


def _layers(review: Review) -> Section:
    rows = [(f"`{value(name)}`", *cells) for name, cells in layer_rows(review.diff.changes)]
    return Section(("### Layers", "", *table(("layer", *KINDS), rows, len(KINDS)))) if rows else Section(())


def _decided_anew(review: Review) -> Iterator[str]:
    """Claims that are in both versions, what means most first."""
    told: list[tuple[int, str]] = []
    for layer in review.diff.changes.layers:
        texts = passed_on(review.diff, layer)
        sides = texts.get(layer.old_text or ""), texts.get(layer.new_text or "")
        told += [
            (KINDS.index(change.kinds[0]), _claim(layer, change, _fields(change, *sides), sides[1]))
            for change in layer.claims
            if is_told_one_by_one(change)
        ]
    return (line for _, line in sorted(told, key=lambda item: item[0]))


def _fields(change: ClaimChange, before: str | None, after: str | None) -> list[str]:
    if change.old is None or change.new is None:
        return []
    told = [name for name in change.fields if name not in HISTORY]
    return [field_change(change.old, change.new, name, before, after) for name in told]


def _one_sided(review: Review) -> Iterator[str]:
    """Claims of one version alone, but for layers that came or went whole."""
    for layer in review.diff.changes.layers:
        texts = passed_on(review.diff, layer)
        for change in layer.claims:
            if not layer.is_whole and (change.old is None or change.new is None):
                text = texts.get((layer.old_text if change.new is None else layer.new_text) or "")
                yield _claim(layer, change, [], text)


def _claim(layer: LayerChange, change: ClaimChange, fields: list[str], text: str | None) -> str:
    """A claim on two lines: how it changed, where, what it says; then its words."""
    place = f"`{value(layer.article_id)}` · {escaped(value(layer.layer))}"
    head = f"- **{' and '.join(change.kinds)}** · {_said(change.claim)} · {place}"
    words = marked(in_context(change.claim.fragments, text)) if "moved" not in change.kinds else ""
    return "<br>".join(part for part in (head, "; ".join(fields), words) if part)


def _said(claim: Claim) -> str:
    match claim:
        case Entity():
            return escaped(f"{claim.label} {value(claim.kb_id)}" if claim.kb_id else claim.label)
        case Quote():
            return escaped(f"{claim.type} quotation")
        case Stance():
            return escaped(f"{value(claim.holder)} on {claim.target}: {claim.polarity}")
