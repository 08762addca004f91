"""`parallaxe train`: from the gold of a project's open articles to a component on disk.

Only articles of the splits `train` and `validation` are read, and only those whose text is open: a model must not carry
words that may not be passed on. Which split an article is in stands in the built dataset, whose digest goes into the
manifest of the component. Settings are compared and the epoch is chosen on the validation split, and so is the policy
that says how the component joins the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple

from parallaxe.annotate.article import Article
from parallaxe.annotate.entities import propose_entities
from parallaxe.annotate.gazetteer import Gazetteer
from parallaxe.annotate.trained.choosing import Opinions, choose_policy
from parallaxe.annotate.trained.examples import Example, examples_of
from parallaxe.annotate.trained.material import Case, Material, examples
from parallaxe.annotate.trained.network import Settings
from parallaxe.annotate.trained.proposals import Component, Policy, combine, trained_mentions
from parallaxe.annotate.trained.scoring import Counts, Known, count, count_unknown, total
from parallaxe.annotate.trained.training import Schedule, Trained, train
from parallaxe.compare.agreement import fingerprint
from parallaxe.compare.evaluation_known import cut_knowledge
from parallaxe.core.claims import Entity, Layer
from parallaxe.core.errors import ProjectError
from parallaxe.dataset.splits import TRAIN, VALIDATION
from parallaxe.store.annotated import GOLD
from parallaxe.store.annotations import read_knowledge_base, read_layers
from parallaxe.store.build import Progress, untold
from parallaxe.store.dataset_files import Manifest, read_manifest, read_splits
from parallaxe.store.models import labels_of, packed_pipeline, station, write_component
from parallaxe.store.project import Project
from parallaxe.store.reading import read_article
from parallaxe.store.sources import Item

TOOL = "parallaxe-trained/1"
"""Name and version of the component, in the provenance of what it proposes."""

_WIDE = Settings("most-names", width=96, rows=(1000, 500, 1000, 500), dropout=0.35)
SETTINGS: tuple[Settings, ...] = (
    replace(_WIDE, name="every-name", copies=8, share=1.0, later=0.5),
    _WIDE,
    Settings("narrow", width=64, rows=(500, 250, 500, 250), depth=3, dropout=0.3, copies=8, share=1.0, later=0.5),
)
"""What is compared: how many variants of a sentence, how much of it is other names, how large the network is. The first
is as good as any and serves where only one is tried.
"""


class Plan(NamedTuple):
    """How to train: what is compared, how long, and the seed of all that is drawn."""

    settings: Sequence[Settings] = SETTINGS
    schedule: Schedule = Schedule()


class TrainedModel(NamedTuple):
    """A component on disk: its folder, and its manifest."""

    folder: Path
    manifest: dict[str, Any]


class _Split(NamedTuple):
    """The articles of a split with their gold, by id."""

    cases: Mapping[str, Case]
    layers: Mapping[str, Layer]


def train_component(
    project: Project, out: Path | None = None, plan: Plan | None = None, progress: Progress = untold
) -> TrainedModel:
    """Train on the open gold of a project, and write the component that the validation split likes best.

    Raises:
        UsageError: if the project has no built dataset.
        ProjectError: if a split has no open article with gold, or gold is of another text.
        SurroundingsError: if the place cannot be written.
    """
    plan = plan or Plan()
    begun = monotonic()
    manifest = read_manifest(project.corpus)
    splits = {split: _read_split(project, manifest, split) for split in (TRAIN, VALIDATION)}
    material = Material.of(tuple(splits[TRAIN].cases.values()), tuple(splits[VALIDATION].cases.values()))
    tried = [_train_one(material, settings, number, plan, progress) for number, settings in enumerate(plan.settings)]
    best = max(tried, key=lambda trained: trained.judgement.merit)
    labels = labels_of(best.pipeline, project.schemas.labels["entity_labels"].proposed)
    component = Component(best.pipeline, TOOL, {label: label for label in labels}, own_tokens=True)
    rules = _rules(project, splits[TRAIN])
    policy = choose_policy(
        _opinions(material.validation, rules, component), _opinions(material.renamed, rules, component), labels
    )
    written = {
        **_described(best, labels, policy),
        "seed": plan.schedule.seed,
        "trained_on": _trained_on(manifest, splits),
        "created": datetime.now(UTC).date().isoformat(),
        "seconds": round(monotonic() - begun),
        "tried": [_tried(trained) for trained in tried],
        "validation": _figures(material, rules, replace(component, policy=policy)),
    }
    folder = out or station(project)
    return TrainedModel(folder, write_component(folder, packed_pipeline(best.pipeline), written))


def _train_one(material: Material, settings: Settings, number: int, plan: Plan, progress: Progress) -> Trained:
    def told(done: int, of: int) -> None:
        progress(number * of + done, len(plan.settings) * of)

    return train(material, settings, plan.schedule, told)


def _read_split(project: Project, manifest: Manifest, split: str) -> _Split:
    """The open articles of a split that have gold; labels are those that the rules know, not the project's own."""
    members = {name for name, own in read_splits(project.corpus, manifest).items() if own == split}
    gold = {file.layer.article_id: file for file in read_layers(project.layers, [GOLD])}
    roles = {label.name for label in project.schemas.labels["block_roles"].labels if label.annotated}
    labels = {own: usual for usual, own in project.schemas.labels["entity_labels"].proposed.items()}
    cases, layers = {}, {}
    for row in project.catalogue:
        if row.id not in members or not row.is_open or row.id not in gold:
            continue
        item = Item(row.id, row.file, project.seeds / row.file, raw_sha256=row.sha256)
        document = read_article(item).document
        layer, path, _ = gold[row.id]
        if (layer.text_sha256, layer.normalizer) != (document.text_sha256, document.normalizer):
            raise ProjectError(f"{path}:1", "it annotates another text", "migrate the layer, or restore the file")
        article = Article.of(str(document.text), document.blocks, document.sentences, roles)
        mentions = tuple(replace(mention, label=labels[mention.label]) for mention in layer.entities)
        cases[row.id], layers[row.id] = Case(article, mentions), layer
    if not any(case.mentions for case in cases.values()):
        what = f"split `{split}` has no open article with mentions in layer `{GOLD}`"
        raise ProjectError(str(project.corpus), what, "annotate some; a corpus of ten open articles has all splits")
    return _Split(cases, layers)


Rules = Callable[[Article], Sequence[Entity]]


def _rules(project: Project, split: _Split) -> Rules:
    """What the rules propose, with the names that the split trained on made known."""
    known = read_knowledge_base(project.knowledge_base)
    cut = cut_knowledge(known, set(split.cases), [case.article.text for case in split.cases.values()])
    gazetteer = Gazetteer.of(cut.values())
    return lambda article: propose_entities(article, gazetteer)


def _opinions(cases: Sequence[Case], rules: Rules, component: Component) -> list[Opinions]:
    return [Opinions(mentions, rules(article), trained_mentions(article, component)) for article, mentions in cases]


def _described(best: Trained, labels: Sequence[str], policy: Policy) -> dict[str, Any]:
    from spacy.about import __version__ as version

    major, minor = version.split(".")[:2]
    # One right and one wrong mention more than were counted: a label that was never found has not proved to be bad.
    precision = {
        label: round((counts.right + 1) / (counts.found + 2), 3)
        for label in labels
        for counts in (best.judgement.labels.get(label, Counts()),)
    }
    return {
        "tool": TOOL,
        "labels": list(labels),
        "spacy": f">={major}.{minor},<{major}.{int(minor) + 1}",
        "precision": precision,
        "policy": {"adds": sorted(policy.adds), "vetoes": dict(policy.vetoes)},
        "settings": asdict(best.settings) | {"epoch": best.epoch},
    }


def _trained_on(manifest: Manifest, splits: Mapping[str, _Split]) -> dict[str, Any]:
    return {
        "dataset": manifest.name,
        "version": manifest.version,
        "digest": manifest.digest,
        "gold": fingerprint(splits[TRAIN].layers, splits[VALIDATION].layers),
        "articles": sorted(splits[TRAIN].cases),
        "chosen_on": sorted(splits[VALIDATION].cases),
    }


def _tried(trained: Trained) -> dict[str, Any]:
    judgement = trained.judgement
    return {
        "settings": trained.settings.name,
        "epoch": trained.epoch,
        "f1": round(judgement.overall.f1, 3),
        "f1_unknown": round(judgement.unknown.f1, 3),
        "f1_renamed": round(judgement.renamed.f1, 3),
    }


def _figures(material: Material, rules: Rules, component: Component) -> dict[str, Any]:
    """F1 of the component, of the rules, and of both: as it is, of unknown names, with names kept from training."""
    sides: dict[str, Callable[[Article], Sequence[Entity]]] = {
        "trained": lambda article: trained_mentions(article, component),
        "rules": rules,
        "combined": lambda article: combine(rules(article), trained_mentions(article, component), component.policy),
    }
    known = Known.of(material.train)
    figures = {}
    for name, propose in sides.items():
        plain, found = examples(material.validation), _proposed(material.validation, propose)
        by_label = count(plain, found)
        other = count(examples(material.renamed), _proposed(material.renamed, propose))
        figures[name] = {
            "overall": _plain(total(by_label.values())),
            "unknown": _plain(count_unknown(plain, found, known)),
            "renamed": _plain(total(other.values())),
            "labels": {label: round(by_label[label].f1, 3) for label in sorted(by_label)},
        }
    return figures


def _proposed(cases: Sequence[Case], propose: Callable[[Article], Sequence[Entity]]) -> list[Any]:
    found: list[Example] = [example for article, _ in cases for example in examples_of(article, propose(article))]
    return [example.mentions for example in found]


def _plain(counts: Counts) -> dict[str, float]:
    return {
        "f1": round(counts.f1, 3),
        "precision": round(counts.precision, 3),
        "recall": round(counts.recall, 3),
        **counts._asdict(),
    }
