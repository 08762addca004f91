"""A review for the summary of a pull request: answers first, then what must be mended, then every change by itself.

It is passed on: words of restricted articles are withheld.
"""

from __future__ import annotations

from collections.abc import Iterator

from parallaxe.cli.claim_words import decided, in_context, value
from parallaxe.cli.diff_markdown import article_line, claim_line, entity_line, escaped, is_told_one_by_one, marked
from parallaxe.cli.diff_words import passed_on
from parallaxe.cli.review_words import OLDER, answers, layer_rows, reasons_by_kind, signed
from parallaxe.cli.summary import LIMIT, Section, summary_lines, table
from parallaxe.compare.changes import KINDS, ClaimChange
from parallaxe.compare.figure_lines import coefficient, interval
from parallaxe.compare.versioning import Bump
from parallaxe.core.layer_format import kind_of
from parallaxe.store.review import AgreementReview, Review
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
    gone = (f"- `{finding.rule}`: {escaped(finding.sentence)}" for finding in review.findings.gone)
    yield _listed("### Rules kept again", gone, "findings gone")


def _answers(review: Review) -> Section:
    rows = [(f"**{what}**", escaped(answer)) for what, answer in answers(review)]
    title = f"## Corpus review: {escaped(review.diff.old)} → {escaped(review.diff.new)}"
    return Section((title, "", *table(("", "what this changes"), rows)))


def _notes(review: Review) -> Section:
    """What could not be told, and what the reader must not miss."""
    told = [f"> {escaped(note)}" for note in review.notes]
    if review.version.bump is not Bump.NONE and not review.version.is_built:
        told.append(f"> The bump is the least that follows from the claims: {OLDER}.")
    if review.agreement is not None and review.agreement.is_recomputed:
        told.append(
            "> The figures of agreement that are kept are older than their layers; both sides were computed anew."
        )
    return Section(("> [!NOTE]", *(line for one in told for line in (one, ">"))) if told else ())


def _listed(heading: str, lines: Iterator[str], noun: str) -> Section:
    items = tuple(lines)
    return Section((heading,), items, noun) if items else Section(())


def _findings(heading: str, found: tuple[Finding, ...]) -> Section:
    return _listed(heading, (_finding(finding) for finding in found), "findings")


def _finding(finding: Finding) -> str:
    times = f" ({finding.count:,} times)" if finding.count > 1 else ""
    places = [f"`{place.told().replace('`', '')}`" for place in finding.places[:_PLACES] if place.told()]
    where = f"<br>{', '.join(places)}{' …' if finding.count > len(places) else ''}" if places else ""
    remedy = f"<br>→ {escaped(finding.remedy)}" if finding.remedy else ""
    return f"- **{finding.severity}** `{finding.rule}`: {escaped(finding.sentence)}{times}{where}{remedy}"


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
        before, after = texts.get(layer.old_text or ""), texts.get(layer.new_text or "")
        told += [
            (KINDS.index(change.kinds[0]), f"- `{value(layer.article_id)}` {value(layer.layer)}: {line}")
            for change in layer.claims
            if is_told_one_by_one(change) and (line := claim_line(change, before, after))
        ]
    return (line for _, line in sorted(told, key=lambda item: item[0]))


def _one_sided(review: Review) -> Iterator[str]:
    """Claims of one version alone, but for layers that came or went whole."""
    for layer in review.diff.changes.layers:
        texts = passed_on(review.diff, layer)
        for change in layer.claims:
            if not layer.is_whole and (change.old is None or change.new is None):
                text = texts.get((layer.old_text if change.new is None else layer.new_text) or "")
                yield f"- `{value(layer.article_id)}` {value(layer.layer)}: {_coming_or_going(change, text)}"


def _coming_or_going(change: ClaimChange, text: str | None) -> str:
    words = marked(in_context(change.claim.fragments, text))
    return (
        f"{change.kinds[0]} {escaped(decided(change.claim))}{f': {words}' if words else f' ({kind_of(change.claim)})'}"
    )
