"""The scorer of the writer's stance, trained on the open gold of a project and kept beside its other component.

It is small and takes seconds: weights of named features as one JSON file, which a person can read.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from parallaxe.annotate.article import Article
from parallaxe.annotate.stance_model import Example, StanceModel, train
from parallaxe.compare.evaluation_known import cut_knowledge
from parallaxe.core.errors import ProjectError
from parallaxe.dataset.splits import TRAIN
from parallaxe.store.annotations import LayerFile, read_knowledge_base, read_layers
from parallaxe.store.atomic import write_text
from parallaxe.store.building.annotated import GOLD, settled
from parallaxe.store.catalogue import CatalogueRow
from parallaxe.store.dataset_files import read_manifest, read_splits
from parallaxe.store.machine.models import station
from parallaxe.store.project import Project
from parallaxe.store.reading import read_row
from parallaxe.store.text_files import read_json

STANCES_FILE = "stances.json"


def train_stance_scorer(project: Project) -> StanceModel | None:
    """Train on the open articles of `train` whose stances are settled, with the names that these made known.

    Outlets are kept apart. Null where fewer than two polarities of the writer are known: nothing to tell apart.

    Raises:
        UsageError: if the project has no built dataset.
        ProjectError: if there is no such article, or gold is of another text.
    """
    splits = read_splits(project.corpus, read_manifest(project.corpus))
    gold = {
        name: file for name, file in settled(read_layers(project.layers)).items() if "stance" in file.layer.complete
    }
    rows = [row for row in project.catalogue if splits.get(row.id) == TRAIN and row.is_open and row.id in gold]
    if not rows:
        what = f"split `{TRAIN}` has no open article with stances in layer `{GOLD}`, or by one person"
        raise ProjectError(str(project.corpus), what, "annotate some; a corpus of ten open articles has all splits")
    examples = [_example(project, row, gold[row.id]) for row in rows]
    polarities = {stance.polarity for example in examples for stance in example.stances if stance.quote is None}
    if len(polarities) < 2:
        return None
    texts = [example.article.text for example in examples]
    return train(examples, cut_knowledge(read_knowledge_base(project.knowledge_base), [row.id for row in rows], texts))


def _example(project: Project, row: CatalogueRow, gold: LayerFile) -> Example:
    document, layer = read_row(project, row, gold), gold.layer
    labels = project.schemas.labels
    roles = {label.name for label in labels["block_roles"].labels if label.annotated}
    usual = {own: name for name, own in labels["polarities"].proposed.items()}
    stances = [replace(stance, polarity=usual.get(stance.polarity, stance.polarity)) for stance in layer.stances]
    article = Article.of(str(document.text), document.blocks, document.sentences, roles)
    return Example(row.outlet or row.id, article, layer.entities, layer.quotes, stances)


def write_stance_scorer(folder: Path, model: StanceModel) -> Path:
    """Write it as a file of a folder of components; its path.

    Raises:
        SurroundingsError: if the place cannot be written.
    """
    path = folder / STANCES_FILE
    write_text(path, json.dumps(model.to_json(), ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    return path


def stance_scorer_of(project: Project) -> StanceModel | None:
    """The scorer that a project has trained; null where it has none.

    Raises:
        ProjectError: if the file is damaged.
    """
    path = station(project) / STANCES_FILE
    if not path.is_file():
        return None
    return StanceModel.from_json(read_json(path, "make it again with `parallaxe train`"), str(path))
