"""The stances of an annotation, from what is chosen for each target, who holds it, and which words are cited."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from parallaxe.core.claims import AUTHOR, Provenance, Span, Stance
from parallaxe.core.labels import LabelSet
from parallaxe.core.layer_format import mint
from parallaxe.studio import controls
from parallaxe.studio.controls import scale
from parallaxe.studio.hidden import HiddenStance, read_stances
from parallaxe.studio.regions import Parts, Region, TaskContext
from parallaxe.studio.voices import Linked, derived_holders, read_voice


def holders_of(region: Region, sources: Sequence[Span], linked: Linked) -> dict[str, dict[str, str]]:
    """By each holder of a quotation the steps of the scale by target; empty where nobody knows who holds them."""
    shared = chosen(region)
    voices = [voice for row in region.said.get(controls.HOLDER, ()) if (voice := read_voice(row))]
    if voices:
        return {voice.holder: dict(shared if voice.own is None else voice.own) for voice in voices}
    return dict.fromkeys(derived_holders(sources, linked), shared) if shared else {}


def chosen(region: Region) -> dict[str, str]:
    """What is chosen for each target on the content of a quotation."""
    prefix = controls.voiced("")
    return {
        name.removeprefix(prefix): values[0]
        for name, values in region.said.items()
        if name.startswith(prefix) and values
    }


def targets_of(evidence: Region) -> tuple[str, ...]:
    """The targets that words are cited for."""
    return evidence.said.get(controls.EVIDENCE_TARGETS, ())


@dataclass(frozen=True)
class Cited:
    """Words that are cited for a target in a quotation (null: by the author), and by which holders alone."""

    words: Mapping[tuple[str | None, str], Sequence[tuple[Span, Collection[str]]]]

    @classmethod
    def of(cls, parts: Parts) -> Cited:
        """The evidence of all stances; what is related to no quotation is the author's."""
        carriers: dict[str, list[str | None]] = defaultdict(list)
        for evidence, content in parts.related(controls.EVIDENCE_OF):
            carriers[evidence.id].append(content.id)
        words: dict[tuple[str | None, str], list[tuple[Span, Collection[str]]]] = defaultdict(list)
        for region in parts.regions.values():
            own = region.kind == controls.OWN_EVIDENCE
            if own or region.kind == controls.VOICED_EVIDENCE:
                for carrier, target in product([None] if own else carriers[region.id], targets_of(region)):
                    words[carrier, target].append((region.span, region.said.get(controls.HOLDER, ())))
        return cls(words)

    def by(self, carrier: str | None, target: str, holder: str) -> tuple[Span, ...]:
        """The words that a holder cites, in the order of the text."""
        cited = self.words.get((carrier, target), ())
        return tuple(sorted({span for span, holders in cited if not holders or holder in holders}))


class StanceReader:
    """Makes stances, and gives each the id that it had before it was shown, or one that follows from what it says."""

    def __init__(self, parts: Parts, task: TaskContext) -> None:
        self._cited = Cited.of(parts)
        self._steps = {step.name: step for step in scale(task.labels)}
        self._levels = _levels(task.labels)
        self._proposed: dict[str | None, list[HiddenStance]] = defaultdict(list)
        for claim in task.proposals:
            if isinstance(claim, Stance):
                self._proposed[claim.quote].append(HiddenStance.of(claim))
        self._taken = {*parts.regions, *(claim.id for claim in task.proposals)}
        self._used: set[str] = set()

    def of_quote(self, region: Region, sources: Sequence[Span], linked: Linked) -> Iterator[Stance]:
        """The stances that a quotation carries."""
        rows = [
            (holder, target, step)
            for holder, steps in holders_of(region, sources, linked).items()
            for target, step in steps.items()
        ]
        known = [*read_stances(region.meta), *self._proposed[region.id]]
        yield from self._stances(region.id, rows, known)

    def of_article(self, parts: Parts) -> Iterator[Stance]:
        """The stances of the author."""
        prefix = controls.own("")
        rows = [
            (AUTHOR, answer.control.removeprefix(prefix), answer.value)
            for answer in parts.answers
            if answer.control.startswith(prefix) and answer.value != controls.ABSENT
        ]
        known = [row for answer in parts.answers for row in read_stances(answer.meta)]
        yield from self._stances(None, rows, [*known, *self._proposed[None]])

    def _stances(
        self, carrier: str | None, rows: Sequence[tuple[str, str, str]], known: Iterable[HiddenStance]
    ) -> Iterator[Stance]:
        for (holder, target, name), before in zip(rows, _recalled(rows, known, self._used), strict=True):
            step = self._steps[name]
            stands = before is not None and (before.holder, before.step) == (holder, name)
            yield Stance(
                id=before.id if before else mint(f"{carrier or AUTHOR}:{holder}:{target}", self._taken),
                level=before.level if before else self._levels[carrier is not None],
                holder=holder,
                target=target,
                polarity=step.polarity,
                intensity=step.intensity,
                evidence=self._cited.by(carrier, target, holder),
                quote=carrier,
                provenance=Provenance(
                    confidence=before.confidence if before and stands else None,
                    note=before.note if before and stands else None,
                ),
            )


def _levels(labels: Mapping[str, LabelSet]) -> tuple[str, str]:
    """The level of the author's stances, and the first of those that are of others."""
    levels = labels["stance_levels"].labels
    return next(one.name for one in levels if one.own), next(one.name for one in levels if not one.own)


def _recalled(
    rows: Sequence[tuple[str, str, str]], known: Iterable[HiddenStance], used: set[str]
) -> list[HiddenStance | None]:
    """For each row the stance that it was before, null where it was none; ids that are given are added to those used.

    A stance whose holder was corrected is the same one, if nothing else could be meant.
    """
    left: dict[tuple[str, str], HiddenStance] = {}
    for one in known:
        if one.id not in used:
            left.setdefault((one.holder, one.target), one)
    found = [left.pop((holder, target), None) for holder, target, _ in rows]
    wanted = Counter(target for (_, target, _), one in zip(rows, found, strict=True) if one is None)
    spare = Counter(target for _, target in left)
    alone = {target: one for (_, target), one in left.items() if wanted[target] == spare[target] == 1}
    found = [one or alone.get(target) for one, (_, target, _) in zip(found, rows, strict=True)]
    used.update(one.id for one in found if one is not None)
    return found
