"""The machine, opened once in a process, and the layer that it makes of a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from parallaxe.annotate.article import Article as Read
from parallaxe.annotate.notices import Notice
from parallaxe.annotate.proposals import ANNOTATOR, LAYER, Machine, propose
from parallaxe.core.claims import Layer
from parallaxe.core.knowledge import KnownEntity
from parallaxe.core.labels import LabelSet
from parallaxe.dataset.annotation_rows import Annotated
from parallaxe.dataset.article import Article
from parallaxe.store.annotations import read_knowledge_base
from parallaxe.store.machine.equipment import USUAL, Equipment
from parallaxe.store.machine.models import SHIPPED, component_name, component_stamp, load_component, station
from parallaxe.store.machine.stance_training import STANCES_FILE, stance_scorer_of
from parallaxe.store.project import Project
from parallaxe.store.schemas import load_schemas
from parallaxe.text.document import Document


def machine_of(project: Project | None, equipment: Equipment = USUAL) -> Machine:
    """The machine with the labels and the knowledge base of a project; outside of one, built-in labels and no names.

    Raises:
        ProjectError: if schemas or knowledge base are broken.
        UsageError, SurroundingsError: if some of the equipment cannot be loaded.
    """
    if project is None:
        return default_machine(equipment)
    equipment = equipment._replace(component=equipment.component or component_name(project))
    return _project_machine(project.root, equipment, f"{_stamp(project)} {component_stamp(str(equipment.component))}")


@lru_cache(1)
def default_machine(equipment: Equipment) -> Machine:
    """The machine for texts of no project.

    Raises:
        UsageError, SurroundingsError: if some of the equipment cannot be loaded.
    """
    return _equipped(load_schemas().labels, {}, equipment)


@lru_cache(1)
def _project_machine(root: Path, equipment: Equipment, _stamp: str) -> Machine:
    project = Project(root)
    machine = _equipped(project.schemas.labels, read_knowledge_base(project.knowledge_base), equipment)
    return replace(machine, stance_model=stance_scorer_of(project))


def _equipped(labels: Mapping[str, LabelSet], known: Mapping[str, KnownEntity], equipment: Equipment) -> Machine:
    scorer = None
    if equipment.stance_scorer is not None:
        from parallaxe.store.machine.scorers import load_scorer

        scorer = load_scorer(equipment.stance_scorer, labels["polarities"])
    component = load_component(equipment.component or SHIPPED)
    return Machine.of(labels, known, component=component, stance_scorer=scorer)


def _stamp(project: Project) -> str:
    """Of what else the machine of a project is made; another one is opened where it has changed."""
    files = (project.root / "schemas" / "labels.toml", project.knowledge_base, station(project) / STANCES_FILE)
    return " ".join(sha256(path.read_bytes()).hexdigest() for path in files if path.is_file())


def machine_layer(
    article_id: str, document: Document, machine: Machine, *, name: str = LAYER, guidelines: str | None = None
) -> tuple[Layer, tuple[Notice, ...]]:
    """The layer that the machine makes of a document whose text is here, and what is unusual about the text."""
    proposed = propose(_read(document, machine), machine, language=document.language, seed=name)
    layer = Layer(
        layer=name,
        article_id=article_id,
        text_sha256=document.text_sha256,
        normalizer=document.normalizer,
        guideline_version=guidelines,
        annotator=ANNOTATOR,
        annotator_type=machine.annotator_type,
        complete=proposed.complete,
        claims=proposed.claims,
    )
    return layer, proposed.warnings


def annotated(article: Article, machine: Machine) -> tuple[Annotated, tuple[Notice, ...]]:
    """What the machine says of an article whose text is here, as tables are made of it."""
    document = article.document
    layer, notices = machine_layer(article.article_id, document, machine)
    return Annotated(layer, document.text, document.sentences, _read(document, machine).annotated), notices


def _read(document: Document, machine: Machine) -> Read:
    """A document as proposers read it."""
    assert document.text is not None
    roles = {label.name for label in machine.labels["block_roles"].labels if label.annotated}
    return Read.of(document.text, document.blocks, document.sentences, roles)
