"""Two dataset directories, and what their files ask of the version."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from parallaxe.compare.versioning import Bump, PartKey
from parallaxe.core.errors import ProjectError, UsageError
from parallaxe.dataset.digest import rows_digest
from parallaxe.store.release.parts import column_types, compare_datasets, dataset_parts
from schema_tables import SCHEMAS


@pytest.fixture
def copy(repository: Path, tmp_path: Path) -> Path:
    """A copy of the corpus of this repository."""
    return Path(shutil.copytree(repository / "corpus", tmp_path / "corpus"))


def _other_compression(path: Path) -> None:
    pq.write_table(pq.read_table(path), path, compression="gzip", row_group_size=7)


def _other_order(path: Path) -> None:
    rows = pq.read_table(path)
    pq.write_table(rows.take(list(reversed(range(len(rows))))), path)


def _other_order_of_columns(path: Path) -> None:
    rows = pq.read_table(path)
    pq.write_table(rows.select(list(reversed(rows.column_names))), path)


def _other_library(path: Path) -> None:
    pl.read_parquet(path).write_parquet(path)


@pytest.mark.parametrize("rewrite", [_other_compression, _other_order, _other_order_of_columns])
def test_another_serialisation_is_a_patch(repository: Path, copy: Path, rewrite: Callable[[Path], None]) -> None:
    """Compression, row groups, order of rows and columns: the digest of the rows is the same, the bytes are not."""
    for path in copy.rglob("*.parquet"):
        rewrite(path)
        expected = rows_digest(pq.read_table(repository / "corpus" / path.relative_to(copy)))
        assert expected == rows_digest(pq.read_table(path))

    assert Bump.PATCH is compare_datasets(repository / "corpus", copy, SCHEMAS).bump


def test_the_digest_does_not_depend_on_the_library(copy: Path) -> None:
    """What polars writes has the rows and types that pyarrow wrote; the digest of each part is that of the manifest."""
    for part in json.loads((copy / "manifest.json").read_text("utf-8"))["parts"]:
        path = copy / part["file"]
        before = {name: column.type for name, column in column_types(pq.read_schema(path)).items()}
        _other_library(path)

        assert part["digest"] == rows_digest(pq.read_table(path))
        assert before == {name: column.type for name, column in column_types(pq.read_schema(path)).items()}


def test_the_corpus_is_its_own_version(repository: Path, copy: Path) -> None:
    """The same files ask for nothing, whatever version README and manifest name."""
    manifest = json.loads((copy / "manifest.json").read_text("utf-8"))
    (copy / "manifest.json").write_text(json.dumps({**manifest, "version": "9.9.9"}), "utf-8")

    assert Bump.NONE is compare_datasets(repository / "corpus", copy, SCHEMAS).bump


def test_an_edited_row_is_found_by_its_key(repository: Path, copy: Path) -> None:
    """One cell of one row: the reason names the split, and no other part is read."""
    path = copy / "data" / "entities" / "test.parquet"
    rows = pl.read_parquet(path)
    place = pl.int_range(pl.len()) == 3
    changed = rows.with_columns(pl.when(place).then(pl.lit("nouveau")).otherwise("text").alias("text"))
    pq.write_table(changed.to_arrow().cast(pq.read_schema(path)), path)

    implied = compare_datasets(repository / "corpus", copy, SCHEMAS)
    assert (Bump.MAJOR, ["entities/test: 1 row edited"]) == (implied.bump, [str(reason) for reason in implied.reasons])


def test_labels_are_those_that_datasets_reads(repository: Path) -> None:
    """The names of a ClassLabel, alone or in a list; other columns have none."""
    types = dataset_parts(repository / "corpus", SCHEMAS)[PartKey("ner", "train")].columns
    entities = dataset_parts(repository / "corpus", SCHEMAS)[PartKey("entities", "train")].columns

    assert "O" == types["ner_tags"].labels[0]
    assert SCHEMAS.labels["entity_labels"].names == entities["label"].labels
    assert () == types["tokens"].labels
    assert () == column_types(pa.schema([("un", pa.int32())]))["un"].labels


def test_a_broken_dataset_is_told(copy: Path) -> None:
    """A file that is no Parquet, and a directory that is no dataset, each in one line."""
    (copy / "data" / "ner" / "train.parquet").write_bytes(b"PAR1")
    with pytest.raises(ProjectError, match=r"train\.parquet: missing or no Parquet"):
        dataset_parts(copy, SCHEMAS)
    with pytest.raises(UsageError, match="no dataset"):
        dataset_parts(copy / "data", SCHEMAS)
