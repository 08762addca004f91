"""Train the scorer of stance that comes with the package, on the gold of the split `train`, and write its weights.

    python tools/train_stance.py && ruff format src/parallaxe/annotate/stance_weights.py

The same gold gives the same file; run it again when features, lexicon or gold have changed.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path

from parallaxe.annotate.article import Article
from parallaxe.annotate.stance_model import Example, train
from parallaxe.compare.evaluation_known import cut_knowledge
from parallaxe.core.claims import Layer
from parallaxe.core.knowledge import KnownEntity
from parallaxe.dataset.splits import TRAIN
from parallaxe.store.annotated import GOLD
from parallaxe.store.annotations import read_knowledge_base, read_layers
from parallaxe.store.catalogue import CatalogueRow
from parallaxe.store.dataset_files import read_manifest, read_splits
from parallaxe.store.project import Project, find_project
from parallaxe.store.reading import read_article
from parallaxe.store.sources import Item

_WEIGHTS = Path(__file__).resolve().parents[1] / "src" / "parallaxe" / "annotate" / "stance_weights.py"
_HEAD = '''"""What the scorer of stance has learnt from `train`: written by `tools/train_stance.py`, not edited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

WEIGHTS: Mapping[str, Any] = '''


def main() -> None:
    """Train, and write the module."""
    project = find_project(Path.cwd())
    model = train(*_material(project))
    _WEIGHTS.write_text(_HEAD + json.dumps(model.to_json(), indent=4, sort_keys=True) + "\n", "utf-8")


def _material(project: Project) -> tuple[list[Example], dict[str, KnownEntity]]:
    """The annotated articles of the split, outlets apart, and what the knowledge base knew of them."""
    splits = read_splits(project.corpus, read_manifest(project.corpus))
    members = [name for name, split in splits.items() if split == TRAIN]
    gold = {file.layer.article_id: file.layer for file in read_layers(project.layers, [GOLD])}
    roles = {label.name for label in project.schemas.labels["block_roles"].labels if label.annotated}
    rows = [row for row in project.catalogue if row.id in members and row.id in gold]
    examples = [_example(project, row, gold[row.id], roles) for row in rows]
    known = read_knowledge_base(project.knowledge_base)
    return examples, cut_knowledge(known, members, [example.article.text for example in examples])


def _example(project: Project, row: CatalogueRow, layer: Layer, roles: Collection[str]) -> Example:
    document = read_article(Item(row.id, row.file, project.seeds / row.file, raw_sha256=row.sha256)).document
    article = Article.of(str(document.text), document.blocks, document.sentences, roles)
    return Example(row.outlet or row.id, article, layer.entities, layer.quotes, layer.stances)


if __name__ == "__main__":
    main()
