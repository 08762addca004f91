"""What every form of a review says alike: a line for each thing that a reviewer asks first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from parallaxe.cli.diff_words import counts
from parallaxe.compare.agreement_change import FigureChange
from parallaxe.compare.changes import KINDS, Changes
from parallaxe.compare.figure_lines import coefficient
from parallaxe.compare.versioning import Bump
from parallaxe.core.wording import counted
from parallaxe.store.versions.review import AgreementReview, Review, VersionReview
from parallaxe.validate.finding_changes import FindingChanges

_UNBUILT = "the dataset is older than its layers, or not there: the bump is the least that follows from the claims"
_RECOMPUTED = "the figures of agreement that are kept are older than their layers: both sides were computed anew"


def answers(review: Review) -> Iterator[tuple[str, str]]:
    """What is asked, and the answer."""
    told = dict(counts(review.diff.changes))
    yield from ((what.capitalize(), told.get(what, "unchanged")) for what in ("articles", "claims", "entities"))
    yield "Agreement", _agreement(review.agreement)
    yield "Rules", rules(review.findings)
    yield "Version", version(review.version)


def remarks(review: Review) -> Iterator[str]:
    """What a reader must know of how the answers were found."""
    if review.version.bump is not Bump.NONE and not review.version.is_built:
        yield _UNBUILT
    if review.agreement is not None and review.agreement.is_recomputed:
        yield _RECOMPUTED


def rules(findings: FindingChanges) -> str:
    """New findings by severity, and how many are gone."""
    errors, all_new = findings.new_errors, len(findings.new)
    told = [counted(errors, "new error")] if errors else []
    told += [counted(all_new - errors, "new warning")] if all_new > errors else []
    told += [f"{counted(len(findings.gone), 'finding')} gone"] if findings.gone else []
    return ", ".join(told) or "nothing new"


def _agreement(review: AgreementReview | None) -> str:
    if review is None:
        return "none kept"
    changed = [change for change in review.figures if change.is_changed]
    if not changed:
        return f"unchanged ({counted(len(review.figures), 'headline figure')})"
    most = max(changed, key=lambda change: abs(change.difference or 0.0))
    return (
        f"{len(changed)} of {counted(len(review.figures), 'headline figure')} changed, most {most.words} {signed(most)}"
    )


def signed(change: FigureChange) -> str:
    """A difference with its sign, as coefficients are written."""
    difference = change.difference
    if difference is None or not difference:
        return "–" if difference is None else "="
    return f"+{coefficient(difference)}" if difference > 0 else coefficient(difference)


def version(review: VersionReview) -> str:
    """The bump implied, and what the card must say."""
    if review.bump is Bump.NONE:
        return f"{review.new or 'none'}: no bump implied"
    if review.old is None:
        return f"{review.new or 'none'}: the first"
    told = f"{review.bump.word}: {review.old} → {review.least}"
    return f"{told}{'' if review.is_built else ' at least'}{_card(review)}"


def _card(review: VersionReview) -> str:
    return f" (the card says {review.new})" if review.new not in (None, review.old, review.least) else ""


def layer_rows(changes: Changes) -> list[tuple[str, list[str]]]:
    """How many claims of each layer changed in each way; a dot where none did."""
    by_layer: dict[str, Counter[str]] = {}
    for layer in changes.layers:
        own = by_layer.setdefault(layer.layer, Counter())
        own.update(kind for change in layer.claims for kind in change.kinds)
    return [(name, [f"{own[kind]:,}" if own[kind] else "·" for kind in KINDS]) for name, own in by_layer.items()]


def reasons_by_kind(review: VersionReview) -> Mapping[str, str]:
    """The places of each kind of reason, with their numbers, those that ask for most first."""
    told: dict[str, list[str]] = {}
    for reason in review.reasons:
        count = f" {reason.number:,}" if reason.kind.startswith("rows") else ""
        told.setdefault(f"{reason.kind} ({reason.bump.word})", []).append(f"{reason.where}{count}")
    return {kind: ", ".join(places) for kind, places in told.items()}
