"""Migrations of many articles, beside half as many: time and memory should grow as the articles do, or less.

A project has an article of three kilobytes per row, with a layer of sixty claims. In one run every article was edited
and its old text is asked of the dataset that was built of it; in the other a label is renamed in all layers.
"""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.corpus import articles
from benchmarks.measure import Row, in_fresh_process
from parallaxe.core.claims import Entity, Layer, Span
from parallaxe.core.layer_format import layer_lines
from parallaxe.dataset.article import OPEN
from parallaxe.store.catalogue import CatalogueRow, write_catalogue
from parallaxe.store.init import init_project
from parallaxe.store.jsonl import rows_text
from parallaxe.store.migration.labels import migrate_labels
from parallaxe.store.migration.texts import migrate_texts
from parallaxe.store.project import Project
from parallaxe.store.reading import read_row

_TEXTS, _LENGTH, _CLAIMS = 1_000_000, 3_000, 60
_RENAME = '[[rename]]\nset = "{set}"\nold = "{old}"\nnew = "ANOTHER"\n'


class Cost(NamedTuple):
    """Processor seconds of a migration, which others at work do not change, and its peak memory in MB."""

    seconds: float
    megabytes: float


def rows(count: int) -> Iterator[Row]:
    """Four lines about `count` articles, each beside half as many: time and memory, of texts and of labels."""
    with tempfile.TemporaryDirectory() as name:
        sizes = {number: Path(name) / str(number) for number in (count, count // 2)}
        for number, folder in sizes.items():
            # In a process of its own: the peak of memory that a process has passes on to those it starts.
            in_fresh_process(write_project, folder, number)
        for what, migrate in (("texts edited", texts_cost), ("a label renamed", labels_cost)):
            whole, half = (in_fresh_process(migrate, folder) for folder in sizes.values())
            yield from _compared(f"migrate {count:,} articles, {what}", count // 2, whole, half)


def _compared(what: str, half_count: int, whole: Cost, half: Cost) -> Iterator[Row]:
    yield Row(what, f"{whole.seconds:.1f} s", f"{half_count:,}: {half.seconds:.1f} s",
              f"{whole.seconds / half.seconds:.2f}", "≈ 2, linear")  # fmt: skip
    yield Row("… its peak memory", f"{whole.megabytes:.0f} MB", f"{half_count:,}: {half.megabytes:.0f} MB",
              f"{whole.megabytes / half.megabytes:.2f}", "≤ 2")  # fmt: skip


def write_project(folder: Path, count: int) -> None:
    """A project whose articles were edited after they were annotated and built."""
    project = init_project(folder, "Mesure")
    label = project.schemas.labels["entity_labels"].names[0]
    texts = articles(_TEXTS)
    catalogued, built, aligned = [], [], []
    for number in range(count):
        name, text = f"article-{number:06}", f"{texts[number % len(texts)][:_LENGTH]}\n\nNuméro {number}.\n"
        row = _written(project, name, text)
        document = read_row(project, row)
        assert document.text is not None
        spans = [Span(start, start + 8) for start in range(0, 40 * _CLAIMS, 40)]
        claims = tuple(Entity(f"e{place}", (span,), label) for place, span in enumerate(spans))
        layer = Layer(
            "gold", name, document.text_sha256, document.normalizer, "1.2", "lecteur-1", "human", ("entity",), claims
        )
        (project.layers / "gold").mkdir(parents=True, exist_ok=True)
        (project.layers / "gold" / f"{name}.jsonl").write_text(rows_text(layer_lines(layer)), "utf-8")
        built.append((name, document.text, document.text_sha256, row.sha256))
        aligned.append((name, [segment._asdict() for segment in document.alignment.segments]))
        catalogued.append(_written(project, name, f"Corrigé.\n\n{text}"))
    write_catalogue(project.catalogue_file, catalogued)
    _table(project, "articles", ("article_id", "text", "text_sha256", "raw_sha256"), built)
    _table(project, "alignment", ("article_id", "segments"), aligned)


def _written(project: Project, name: str, text: str) -> CatalogueRow:
    path, raw = project.seeds / OPEN / f"{name}.txt", text.encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
    file, digest = f"{OPEN}/{name}.txt", sha256(raw).hexdigest()
    return CatalogueRow(name, file, digest, len(raw), "fr", None, None, OPEN, None, "synthetic", None)


def _table(project: Project, config: str, columns: tuple[str, ...], values: Sequence[tuple[object, ...]]) -> None:
    path = project.corpus / "data" / config / "train.parquet"
    path.parent.mkdir(parents=True)
    pq.write_table(pa.table(dict(zip(columns, map(list, zip(*values, strict=True)), strict=True))), path)


def texts_cost(folder: Path) -> Cost:
    """What it costs to carry every layer to the text that its article has now."""
    done: list[int] = []
    cost = _cost(lambda: done.append(len(migrate_texts(Project(folder)).layers)))
    assert done == [len(Project(folder).catalogue)], "every article is migrated"
    return cost


def labels_cost(folder: Path) -> Cost:
    """What it costs to rename a label in every layer."""
    labels = Project(folder).schemas.labels["entity_labels"]
    path = folder / "rename.toml"
    path.write_text(_RENAME.format(set=labels.name, old=labels.names[0]), "utf-8")
    return _cost(lambda: migrate_labels(Project(folder), path))


def _cost(work: Callable[[], object]) -> Cost:
    start = time.process_time()
    work()
    return Cost(time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
