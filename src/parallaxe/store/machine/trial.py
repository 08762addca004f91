"""What a component is judged by: the open gold of two splits, the rules, and the figures of both sides and of both.

Only articles of the splits `train` and `validation` are read, and only those whose text is open: a model must not carry
words that may not be passed on. Which split an article is in stands in the built dataset. The rules have the knowledge
base as the split trained on made it known, as in an evaluation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

from parallaxe.annotate.article import Article
from parallaxe.annotate.entities import propose_entities
from parallaxe.annotate.gazetteer import Gazetteer
from parallaxe.annotate.trained.choosing import Opinions, choose_policy
from parallaxe.annotate.trained.examples import Mention, examples_of
from parallaxe.annotate.trained.material import Case, Material, examples
from parallaxe.annotate.trained.proposals import Component, Policy, combine, trained_mentions
from parallaxe.annotate.trained.scoring import Counts, Known, count, count_unknown, total
from parallaxe.compare.agreement import fingerprint
from parallaxe.compare.evaluation_known import cut_knowledge
from parallaxe.core.claims import Entity, Layer
from parallaxe.core.errors import ProjectError
from parallaxe.dataset.splits import TRAIN, VALIDATION
from parallaxe.store.annotations import read_knowledge_base, read_layers
from parallaxe.store.building.annotated import GOLD, settled
from parallaxe.store.dataset_files import Manifest, read_manifest, read_splits
from parallaxe.store.project import Project
from parallaxe.store.reading import read_row

Rules: TypeAlias = Callable[[Article], Sequence[Entity]]
"""From an article to the mentions that the rules propose."""


class _Split(NamedTuple):
    """The articles of a split with their gold, by id."""

    cases: Mapping[str, Case]
    layers: Mapping[str, Layer]


@dataclass(frozen=True)
class Trial:
    """All that a component is trained with, chosen on and judged by."""

    manifest: Manifest
    train: _Split
    validation: _Split
    rules: Rules

    @classmethod
    def of(cls, project: Project) -> Trial:
        """The trial of a project.

        Raises:
            UsageError: if the project has no built dataset.
            ProjectError: if a split has no open article with gold, or gold is of another text.
        """
        manifest = read_manifest(project.corpus)
        train, validation = (_read_split(project, manifest, split) for split in (TRAIN, VALIDATION))
        return cls(manifest, train, validation, _rules(project, train))

    @cached_property
    def material(self) -> Material:
        """What is learned from and judged on; the same each time."""
        return Material.of(tuple(self.train.cases.values()), tuple(self.validation.cases.values()))

    @property
    def gold(self) -> str:
        """The digest of the gold of both splits."""
        return fingerprint(self.train.layers, self.validation.layers)

    def trained_on(self) -> dict[str, Any]:
        """What a manifest says of all this."""
        return {
            "dataset": self.manifest.name,
            "version": self.manifest.version,
            "digest": self.manifest.digest,
            "gold": self.gold,
            "articles": sorted(self.train.cases),
            "chosen_on": sorted(self.validation.cases),
        }

    def policy(self, component: Component) -> Policy:
        """How the component should join the rules, by the validation split as it is and under other names."""
        material, labels = self.material, component.labels.values()
        plain, renamed = (self._opinions(cases, component) for cases in (material.validation, material.renamed))
        return choose_policy(plain, renamed, set(labels))

    def _opinions(self, cases: Sequence[Case], component: Component) -> list[Opinions]:
        return [Opinions(gold, self.rules(article), trained_mentions(article, component)) for article, gold in cases]

    def figures(self, component: Component) -> dict[str, Any]:
        """F1 of the component, of the rules, and of both: as it is, of unknown names, with names kept from training."""
        sides: dict[str, Rules] = {
            "trained": lambda article: trained_mentions(article, component),
            "rules": self.rules,
            "combined": lambda article: combine(
                self.rules(article), trained_mentions(article, component), component.policy
            ),
        }
        return {name: self._figures(propose) for name, propose in sides.items()}

    def _figures(self, propose: Rules) -> dict[str, Any]:
        material = self.material
        plain, found = examples(material.validation), _proposed(material.validation, propose)
        by_label = count(plain, found)
        renamed = count(examples(material.renamed), _proposed(material.renamed, propose))
        return {
            "overall": _plain(total(by_label.values())),
            "unknown": _plain(count_unknown(plain, found, Known.of(material.train))),
            "renamed": _plain(total(renamed.values())),
            "labels": {label: round(by_label[label].f1, 3) for label in sorted(by_label)},
        }


def _proposed(cases: Sequence[Case], propose: Rules) -> list[tuple[Mention, ...]]:
    return [example.mentions for article, _ in cases for example in examples_of(article, propose(article))]


def _plain(counts: Counts) -> dict[str, float]:
    return {
        "f1": round(counts.f1, 3),
        "precision": round(counts.precision, 3),
        "recall": round(counts.recall, 3),
        **counts._asdict(),
    }


def _rules(project: Project, split: _Split) -> Rules:
    """What the rules propose, with the names that the split trained on made known."""
    known = read_knowledge_base(project.knowledge_base)
    cut = cut_knowledge(known, set(split.cases), [case.article.text for case in split.cases.values()])
    gazetteer = Gazetteer.of(cut.values())
    return lambda article: propose_entities(article, gazetteer)


def _read_split(project: Project, manifest: Manifest, split: str) -> _Split:
    """The open articles of a split whose mentions are settled; labels are those that the rules know."""
    members = {name for name, own in read_splits(project.corpus, manifest).items() if own == split}
    gold = {
        name: file for name, file in settled(read_layers(project.layers)).items() if "entity" in file.layer.complete
    }
    roles = {label.name for label in project.schemas.labels["block_roles"].labels if label.annotated}
    labels = {own: usual for usual, own in project.schemas.labels["entity_labels"].proposed.items()}
    cases, layers = {}, {}
    for row in project.catalogue:
        if row.id not in members or not row.is_open or row.id not in gold:
            continue
        document, layer = read_row(project, row, gold[row.id]), gold[row.id].layer
        article = Article.of(str(document.text), document.blocks, document.sentences, roles)
        mentions = tuple(replace(mention, label=labels[mention.label]) for mention in layer.entities)
        cases[row.id], layers[row.id] = Case(article, mentions), layer
    if not any(case.mentions for case in cases.values()):
        what = f"split `{split}` has no open article with mentions in layer `{GOLD}`, or by one person"
        raise ProjectError(str(project.corpus), what, "annotate some; a corpus of ten open articles has all splits")
    return _Split(cases, layers)
