"""`parallaxe train`: from the gold of a project's open articles to a component on disk.

Settings are compared and the epoch is chosen on the validation split, and so is the policy that says how the component
joins the rules. Rules change more often than gold: then the weights stay, and the policy alone is chosen anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple

from parallaxe.annotate.trained.material import Material
from parallaxe.annotate.trained.network import Settings
from parallaxe.annotate.trained.proposals import Component, Policy
from parallaxe.annotate.trained.scoring import Counts
from parallaxe.annotate.trained.training import Schedule, Trained, train
from parallaxe.core.errors import UsageError
from parallaxe.store.building.build import Progress, untold
from parallaxe.store.machine.models import (
    labels_of,
    open_component,
    packed_pipeline,
    read_component_manifest,
    station,
    write_component,
    write_component_manifest,
)
from parallaxe.store.machine.trial import Trial
from parallaxe.store.project import Project

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
    trial = Trial.of(project)
    tried = [_train_one(trial.material, plan, number, progress) for number in range(len(plan.settings))]
    best = max(tried, key=lambda trained: trained.judgement.merit)
    labels = labels_of(best.pipeline, project.schemas.labels["entity_labels"].proposed)
    component = Component(lambda: best.pipeline, TOOL, {label: label for label in labels}, own_tokens=True)
    described = {
        **_described(best, labels),
        "seed": plan.schedule.seed,
        "created": datetime.now(UTC).date().isoformat(),
        "seconds": round(monotonic() - begun),
        "tried": [_tried(trained) for trained in tried],
        **_joined(trial, component),
    }
    folder = out or station(project)
    return TrainedModel(folder, write_component(folder, packed_pipeline(best.pipeline), described))


def choose_again(project: Project, folder: Path | None = None) -> TrainedModel:
    """Choose anew how a component joins the rules as they are now; its weights stay, its manifest is written.

    Raises:
        UsageError: if the project has no built dataset, or its gold is not what the component was trained on.
        ProjectError: as `train_component` does.
        SurroundingsError: if the component cannot be loaded or written.
    """
    folder = folder or station(project)
    manifest = read_component_manifest(folder)
    trial = Trial.of(project)
    if manifest.get("trained_on", {}).get("gold") != trial.gold:
        raise UsageError(str(folder), "it was trained on other gold", "train it again, without --policy")
    written = manifest | _joined(trial, open_component(folder))
    return TrainedModel(folder, write_component_manifest(folder, written))


def _joined(trial: Trial, component: Component) -> dict[str, Any]:
    """What follows from the rules: the policy, and what all sides are worth."""
    policy = trial.policy(component)
    return {
        "trained_on": trial.trained_on(),
        "policy": _policy_row(policy),
        "validation": trial.figures(replace(component, policy=policy)),
    }


def _policy_row(policy: Policy) -> dict[str, Any]:
    return {"adds": sorted(policy.adds), "vetoes": dict(sorted(policy.vetoes.items()))}


def _train_one(material: Material, plan: Plan, number: int, progress: Progress) -> Trained:
    def told(done: int, of: int) -> None:
        progress(number * of + done, len(plan.settings) * of)

    return train(material, plan.settings[number], plan.schedule, told)


def _described(best: Trained, labels: Sequence[str]) -> dict[str, Any]:
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
        "settings": asdict(best.settings) | {"epoch": best.epoch},
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
