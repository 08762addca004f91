"""Gold against the machine: gathers what is at hand, and has it scored.

The machine is run twice over each split: with the knowledge base as the split trained on made it known, and with all
of it. A split is scored whole or not at all, since half of one is another corpus: where texts are missing, a line says
so. Before anybody sees figures of a split that nothing may be tuned on, a row of `looks.jsonl` tells of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeAlias

from parallaxe.compare.agreement import fingerprint, side
from parallaxe.compare.evaluation import Reference, evaluation_figures
from parallaxe.compare.evaluation_floors import CUT, FULL, Floor, broken_floors
from parallaxe.compare.evaluation_known import Familiar, cut_knowledge, familiar_from
from parallaxe.compare.evaluation_lines import Evaluation
from parallaxe.compare.matches import ALL
from parallaxe.compare.sections import Skipped
from parallaxe.core.claims import Claim, Layer
from parallaxe.core.errors import UsageError
from parallaxe.core.knowledge import KnownEntity
from parallaxe.core.layer_format import KINDS
from parallaxe.dataset.splits import SPLITS, TRAIN, VALIDATION
from parallaxe.store.annotations import LayerFile, read_knowledge_base, read_layers
from parallaxe.store.building.annotated import GOLD
from parallaxe.store.building.build import Progress, untold
from parallaxe.store.dataset_files import read_manifest, read_splits
from parallaxe.store.machine.evaluation_files import kept_evaluations, lowered, read_floors, remember, station
from parallaxe.store.project import Project
from parallaxe.store.reading import read_row
from parallaxe.text.document import Document

MACHINE = "machine"
"""The layer that proposals are compared as."""

Proposer: TypeAlias = Callable[[str, Document], Iterable[Claim]]
"""From the id of an article and its document to what is proposed of it."""

Opener: TypeAlias = Callable[[Project, Mapping[str, KnownEntity]], Proposer]
"""Opens a proposer for a project, with the knowledge base that it may use."""


class Evaluated(NamedTuple):
    """What was scored, and a line for whatever was not."""

    evaluations: tuple[Evaluation, ...]
    untold: tuple[str, ...]


class Checked(NamedTuple):
    """The floors that were asked, a line for each that is broken or lowered, and a line for whatever was not asked."""

    floors: tuple[Floor, ...]
    broken: tuple[str, ...]
    untold: tuple[str, ...]


def open_machine(project: Project, known: Mapping[str, KnownEntity]) -> Proposer:
    """The machine of a project as `parallaxe annotate` uses it, but for the knowledge base."""
    from parallaxe.annotate.gazetteer import Gazetteer
    from parallaxe.store.machine.machine import machine_layer, machine_of

    machine = replace(machine_of(project), known=known, gazetteer=Gazetteer.of(known.values()))
    return lambda name, document: machine_layer(name, document, machine)[0].claims


def evaluate(
    project: Project,
    splits: Sequence[str] = (VALIDATION,),
    resamples: int = 1000,
    opener: Opener = open_machine,
    progress: Progress = untold,
) -> Evaluated:
    """Score the machine on splits of the project; looks at others than `validation` are remembered.

    Raises:
        UsageError: if the project has no dataset (the splits stand in it), or no such split.
        ProjectError: if a file is broken, or a layer of gold is of another text.
    """
    bench = _Bench.of(project, splits)
    lines = {split: line for split in splits if (line := bench.obstacle(split)) is not None}
    ready = [split for split in splits if split not in lines]
    rounds = _Rounds(progress, 2 * sum(len(bench.members[split]) for split in ready))
    evaluations = [bench.score(split, resamples, opener, rounds) for split in ready]
    remember(project, evaluations)
    return Evaluated(tuple(evaluations), tuple(lines.values()))


class _Rounds:
    """Counts articles, so that progress is told over all splits and both runs."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def one(self) -> None:
        self._done += 1
        self._progress(self._done, self._total)


@dataclass(frozen=True)
class _Bench:
    """All that scoring reads: ids of articles by split, gold, texts that are here, the knowledge base whole and cut."""

    project: Project
    members: Mapping[str, tuple[str, ...]]
    gold: Mapping[str, Layer]
    documents: Mapping[str, Document]
    knowledge: Mapping[str, Mapping[str, KnownEntity]]

    @classmethod
    def of(cls, project: Project, splits: Iterable[str]) -> _Bench:
        """The bench for some splits and the one that is trained on."""
        members = _members(project, (TRAIN, *splits))
        files = {file.layer.article_id: file for file in read_layers(project.layers, [GOLD])}
        documents = _documents(project, {name for names in members.values() for name in names}, files)
        gold = {name: file.layer for name, file in files.items()}
        known = read_knowledge_base(project.knowledge_base)
        texts = [str(documents[name].text) for name in members[TRAIN] if name in documents]
        return cls(project, members, gold, documents, {CUT: cut_knowledge(known, members[TRAIN], texts), FULL: known})

    def obstacle(self, split: str) -> str | None:
        """Why a split cannot be scored, in a line; null where it can."""
        missing = [name for name in self.members[split] if name not in self.documents]
        if missing:
            remedy = "`parallaxe hydrate DIR` brings them in"
            return f"{split}: not scored, {len(missing)} of {len(self.members[split])} texts are not here; {remedy}"
        if not self._annotated(split):
            return f"{split}: not scored, no article has a layer `{GOLD}`"
        return None

    def score(self, split: str, resamples: int, opener: Opener, rounds: _Rounds) -> Evaluation:
        """Both runs over a split."""
        gold = self._annotated(split)
        proposed = {
            knowledge: self._proposed(gold, opener(self.project, known), rounds)
            for knowledge, known in self.knowledge.items()
        }
        reference = Reference(gold, self._texts(gold), self._familiar())
        return Evaluation(
            split=split,
            articles=tuple(sorted(gold)),
            machine=_digest(proposed),
            tools=_tools(proposed),
            gold=fingerprint(gold, {}),
            gold_types=side(gold.values()).annotator_types,
            knowledge={name: len(known) for name, known in self.knowledge.items()},
            resamples=resamples,
            skipped=tuple(_skipped(self.members[split], gold)),
            floors=tuple(floor for floor in read_floors(self.project) if floor.split == split),
            runs={
                name: evaluation_figures(reference, layers, self.project.schemas, resamples)
                for name, layers in proposed.items()
            },
        )

    def _annotated(self, split: str) -> dict[str, Layer]:
        return {name: self.gold[name] for name in self.members[split] if name in self.gold}

    def _texts(self, names: Iterable[str]) -> dict[str, str]:
        return {name: str(self.documents[name].text) for name in names if name in self.documents}

    def _familiar(self) -> Familiar:
        gold = self._annotated(TRAIN)
        return familiar_from(self.knowledge[CUT], gold, self._texts(gold))

    def _proposed(self, gold: Mapping[str, Layer], proposer: Proposer, rounds: _Rounds) -> dict[str, Layer]:
        layers = {}
        for name in gold:
            document = self.documents[name]
            layers[name] = _layer(name, document, proposer(name, document))
            rounds.one()
        return layers


def _members(project: Project, splits: Iterable[str]) -> dict[str, tuple[str, ...]]:
    manifest = read_manifest(project.corpus)
    by_split: dict[str, list[str]] = {}
    for name, split in read_splits(project.corpus, manifest).items():
        by_split.setdefault(split, []).append(name)
    unknown = [split for split in splits if split not in by_split]
    if unknown:
        raise UsageError("--split", f"the dataset has no split `{unknown[0]}`", f"use one of {', '.join(by_split)}")
    return {split: tuple(sorted(by_split[split])) for split in splits}


def _documents(project: Project, names: Collection[str], gold: Mapping[str, LayerFile]) -> dict[str, Document]:
    """The documents of those articles whose raw files are here; gold of another text is refused."""
    return {
        row.id: read_row(project, row, gold.get(row.id))
        for row in project.catalogue
        if row.id in names and (project.seeds / row.file).is_file()
    }


def _layer(name: str, document: Document, claims: Iterable[Claim]) -> Layer:
    """Proposals as a layer that is complete in everything: what a machine does not look for counts as not found."""
    return Layer(MACHINE, name, document.text_sha256, document.normalizer, None, MACHINE, "rule", KINDS, tuple(claims))


def _digest(proposed: Mapping[str, Mapping[str, Layer]]) -> str:
    return fingerprint(proposed[CUT], proposed[FULL])


def _tools(proposed: Mapping[str, Mapping[str, Layer]]) -> tuple[str, ...]:
    claims = (claim for layers in proposed.values() for layer in layers.values() for claim in layer.claims)
    return tuple(sorted({claim.provenance.tool for claim in claims if claim.provenance.tool is not None}))


def _skipped(members: Iterable[str], gold: Mapping[str, Layer]) -> Iterator[Skipped]:
    for name in members:
        if name not in gold:
            yield Skipped(name, ALL, f"no layer `{GOLD}`")
        else:
            yield from (
                Skipped(name, kind, f"not complete in {GOLD}") for kind in KINDS if kind not in gold[name].complete
            )


def check_floors(
    project: Project, splits: Sequence[str] = (), opener: Opener = open_machine, progress: Progress = untold
) -> Checked:
    """Ask whether the machine still reaches its floors, on some splits or on all that have any and are here.

    Raises:
        UsageError, ProjectError: as `evaluate` does.
    """
    floors = [floor for floor in read_floors(project) if not splits or floor.split in splits]
    asked = [split for split in SPLITS if split in {floor.split for floor in floors}]
    evaluated = evaluate(project, asked, 1, opener, progress) if asked else Evaluated((), ())
    lines = lowered(project, splits or SPLITS)
    for evaluation in evaluated.evaluations:
        lines += broken_floors([floor for floor in floors if floor.split == evaluation.split], evaluation.figure)
    scored = {evaluation.split for evaluation in evaluated.evaluations}
    asked_floors = tuple(floor for floor in floors if floor.split in scored)
    return Checked(asked_floors, tuple(lines), (*evaluated.untold, *_outdated(project, evaluated.evaluations)))


def _outdated(project: Project, evaluations: Iterable[Evaluation]) -> Iterator[str]:
    kept = {
        evaluation.split: (evaluation.machine, evaluation.gold) for evaluation in kept_evaluations(station(project))
    }
    for evaluation in evaluations:
        if kept.get(evaluation.split) != (evaluation.machine, evaluation.gold):
            remedy = f"`parallaxe evaluate --split {evaluation.split}` writes it anew"
            yield f"{evaluation.split}: the report is of another machine or other gold; {remedy}"
