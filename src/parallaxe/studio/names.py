"""Names of labels on a server: those that a project has renamed go on as they were when their tasks were made.

A server holds names in annotations that nobody but their authors may touch, in drafts, and in pages that are open. So a
rename changes what the page shows and nothing that the server stores: whatever goes out bears the name that a label was
first known by, whatever comes in the one that it has now. A label that was merged into another stays on the page, so
that what is said of its regions still can be, and is read as the other. One that was split is read as itself: only its
author, or a person who reads the diff, can say which of its successors was meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from parallaxe.core.claims import Claim, Entity, Quote
from parallaxe.core.labels import Label, LabelSet

_HUSHED = "#d1d5db"


def server_labels(labels: Mapping[str, LabelSet]) -> Mapping[str, LabelSet]:
    """Label sets under the names that servers hold; `known_as` is then what people are shown.

    A label that is out of use has no key, a faint colour, and says what to use instead.
    """
    return {
        name: replace(of_set, labels=tuple(map(_server_label, of_set.labels))) if _has_moved(of_set) else of_set
        for name, of_set in labels.items()
    }


def _has_moved(of_set: LabelSet) -> bool:
    return any(label.known_as or label.replaced_by for label in of_set.labels)


def _server_label(label: Label) -> Label:
    if label.replaced_by:
        said = f"{label.name} hors d'usage : {' ou '.join(label.replaced_by)}. {label.fr}"
        label = replace(label, fr=said, colour=_HUSHED if label.colour else "", hotkey="")
    return replace(label, name=label.known_as, known_as=label.name) if label.known_as else label


def to_server(claims: Iterable[Claim], labels: Mapping[str, LabelSet]) -> tuple[Claim, ...]:
    """Claims under the names that servers hold."""
    return _named(claims, {name: _known(of_set) for name, of_set in labels.items()})


def from_server(claims: Iterable[Claim], labels: Mapping[str, LabelSet]) -> tuple[Claim, ...]:
    """Claims of a server under the names of the project; a label that one other has replaced is that one."""
    return _named(claims, {name: _read(of_set) for name, of_set in labels.items()})


def _known(of_set: LabelSet) -> dict[str, str]:
    return {label.name: label.known_as for label in of_set.labels if label.known_as}


def _read(of_set: LabelSet) -> dict[str, str]:
    """The name in the project of each name on a server that is another there, and of those out of use."""
    ends = {label.name: of_set.successors(label.name) for label in of_set.labels if label.replaced_by}
    merged = {name: into[0] for name, into in ends.items() if len(into) == 1}
    known = {label.known_as: merged.get(label.name, label.name) for label in of_set.labels if label.known_as}
    return {**{name: into for name, into in merged.items() if name not in known}, **known}


def _named(claims: Iterable[Claim], names: Mapping[str, Mapping[str, str]]) -> tuple[Claim, ...]:
    if not any(names.values()):
        return tuple(claims)
    return tuple(_renamed(claim, names) for claim in claims)


def _renamed(claim: Claim, names: Mapping[str, Mapping[str, str]]) -> Claim:
    def now(set_name: str, name: str) -> str:
        return names[set_name].get(name, name)

    confidence = claim.provenance.confidence
    if confidence is not None:
        claim = replace(claim, provenance=replace(claim.provenance, confidence=now("confidences", confidence)))
    if isinstance(claim, Entity):
        stands_for = None if claim.metonymic is None else now("entity_labels", claim.metonymic)
        return replace(claim, label=now("entity_labels", claim.label), metonymic=stands_for)
    if isinstance(claim, Quote):
        return replace(claim, type=now("quotation_types", claim.type))
    return replace(
        claim,
        level=now("stance_levels", claim.level),
        target=now("targets", claim.target),
        polarity=now("polarities", claim.polarity),
    )
