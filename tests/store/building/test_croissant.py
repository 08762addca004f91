"""`croissant.json` is valid under mlcroissant, which loads by it the rows that the Parquet files hold."""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import datasets
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from huggingface_hub import DatasetCard

from parallaxe.core.schema import Schemas
from parallaxe.dataset.croissant import RAI_SECTIONS
from parallaxe.store.add import Declared, add
from parallaxe.store.commands import Folder, Options, build_folder, build_project
from parallaxe.store.dataset_files import read_manifest
from parallaxe.store.init import init_project
from parallaxe.store.project import Project
from parallaxe.store.schemas import load_schemas
from raw_articles import write_articles
from rule_examples import sample_project

UNRELEASED = 'Property "https://schema.org/datePublished" is recommended, but does not exist.'
UNCITED = 'Property "http://mlcommons.org/croissant/citeAs" is recommended, but does not exist.'
UNLICENSED = 'Property "https://schema.org/license" is recommended, but does not exist.'

# mlcroissant parses with rdflib, and announces changes of its own dependencies.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")


@pytest.fixture(scope="module")
def ours(request: pytest.FixtureRequest) -> Path:
    """The dataset of this corpus, as it is committed."""
    return Path(request.getfixturevalue("repository")) / "corpus"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A small project with an open article, a restricted one and a layer; both profiles are built."""
    project = sample_project(tmp_path_factory.mktemp("croissant") / "projet")
    build_project(project.root, None, Options(profile="full", jobs=1))
    return project


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset built from a folder without a project, annotated on the way."""
    root = tmp_path_factory.mktemp("dossier")
    return build_folder(Folder(write_articles(root / "raw", 3)), root / "out", Options(jobs=1)).out


@pytest.fixture(params=["ours", "public", "full", "folder"])
def built(request: pytest.FixtureRequest) -> Path:
    """Datasets of all kinds that a build makes."""
    if request.param in ("public", "full"):
        project: Project = request.getfixturevalue("sample")
        return project.corpus if request.param == "public" else project.state / "full"
    return Path(request.getfixturevalue(request.param))


def node(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "croissant.json").read_text("utf-8")))


def opened(folder: Path) -> Any:
    """The dataset in mlcroissant, anew for each record set: version 1.1.1 gives what an object has read once."""
    return import_module("mlcroissant").Dataset(str(folder / "croissant.json"))


def plain(value: Any) -> Any:
    """A value of mlcroissant as Arrow gives it: text for bytes, days, lists, structs by the names of their fields."""
    match value:
        case bytes():
            return value.decode("utf-8")
        case np.generic():
            return value.item()
        case pd.Timestamp():
            return value.date()
        case list():
            return [plain(item) for item in value]
        case dict():
            return {name.rpartition("/")[2]: plain(item) for name, item in value.items()}
    return value


def rows_of(folder: Path, config: str) -> list[dict[str, Any]]:
    """The rows of a config with their splits, from the files that the manifest names."""
    parts = [part for part in read_manifest(folder).parts if part.config == config]
    return [{"split": part.split, **row} for part in parts for row in pq.read_table(folder / part.file).to_pylist()]


def counted(rows: list[dict[str, Any]]) -> Counter[str]:
    return Counter(json.dumps(row, default=str, sort_keys=True) for row in rows)


def test_it_is_valid(built: Path, caplog: pytest.LogCaptureFixture) -> None:
    """No error and no warning, but for a day of release, a citation and a licence that nobody has told."""
    with caplog.at_level(logging.WARNING):
        issues = opened(built).metadata.ctx.issues

    known = {UNRELEASED, UNCITED, UNLICENSED}
    assert set() == set(issues.errors)
    assert [] == [told for told in issues.warnings if not any(told.endswith(line) for line in known)]
    assert "not standard" not in caplog.text


def test_mlcroissant_loads_what_the_files_hold(built: Path) -> None:
    """Every row of every config: nested lists, days, nulls, numbers of labels, and its split."""
    configs = list(dict.fromkeys(part.config for part in read_manifest(built).parts))
    assert set(configs) >= {"articles", "alignment", "sentences"}
    for config in configs:
        loaded = [plain(row) for row in opened(built).records(config)]

        assert counted(rows_of(built, config)) == counted(loaded), config


def test_labels_are_told_by_number_and_name(ours: Path) -> None:
    """A label set is an enumeration of the numbers that stand in the data; a column refers to it."""
    schemas: Schemas = load_schemas(ours.parent / "schemas")
    labels = schemas.labels["polarities"]
    rows = [plain(row) for row in opened(ours).records("labels/polarities")]
    column = next(field for field in records(ours)["stances"]["field"] if field["name"] == "polarity")

    assert [(number, label.name, label.en) for number, label in enumerate(labels.labels)] == [
        (row["id"], row["name"], row["description"]) for row in rows
    ]
    assert {"field": {"@id": "labels/polarities/id"}} == column["references"]


def records(folder: Path) -> Mapping[str, dict[str, Any]]:
    return {record["@id"]: record for record in node(folder)["recordSet"]}


def test_configs_refer_to_each_other(ours: Path) -> None:
    """Where one column is a key, it refers to the row; half a key does not, for whoever joins by it gets rows twice."""
    fields = {field["name"]: field for field in records(ours)["entities"]["field"]}
    sources = next(field for field in records(ours)["quotes"]["field"] if field["name"] == "sources")

    assert {"field": {"@id": "articles/article_id"}} == fields["article_id"]["references"]
    assert {"field": {"@id": "knowledge_base/kb_id"}} == fields["kb_id"]["references"]
    assert "references" not in fields["nested_in"]
    assert {"kb_id"} == {field["name"] for field in sources["subField"] if "references" in field}


def test_the_prose_is_that_of_the_card(ours: Path) -> None:
    """Every property of the RAI vocabulary that we use is told, and creator and citation are those of the card."""
    told = node(ours)

    assert [] == [name for name in RAI_SECTIONS if not told.get(name)]
    assert "political opinions" in " ".join(told["rai:personalSensitiveInformation"]).casefold()
    assert [{"@type": "sc:Organization", "name": "The Parallaxe contributors"}] == told["creator"]
    assert told["citeAs"].startswith("@misc{parallaxe-")
    assert ["https://spdx.org/licenses/CC-BY-4.0.html", "https://spdx.org/licenses/CC0-1.0.html"] == told["license"]


def test_files_have_the_hashes_of_the_manifest(built: Path) -> None:
    """Each Parquet file is there with its SHA-256, and mlcroissant refuses others."""
    hashes = {file["contentUrl"]: file["sha256"] for file in node(built)["distribution"] if "sha256" in file}

    assert {part.file: part.sha256 for part in read_manifest(built).parts} == hashes


def test_what_nobody_has_written_is_not_told(folder: Path) -> None:
    """Of a folder without a card there are rows and figures, and no word that nobody said."""
    told = node(folder)

    assert ["rai:dataPreprocessingProtocol"] == [name for name in told if name.startswith("rai:")]
    assert "…]" not in (folder / "README.md").read_text("utf-8")


def test_load_dataset_does_not_mind(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A JSON file at the root is no data: configs and splits are those of the README."""
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    datasets.disable_progress_bars()
    parts = read_manifest(built).parts

    assert {part.config for part in parts} == set(datasets.get_dataset_config_names(str(built)))
    assert {part.split: part.rows for part in parts if part.config == "articles"} == {
        split: rows.num_rows for split, rows in datasets.load_dataset(str(built)).items()
    }


def test_the_hub_reads_the_front_matter(ours: Path) -> None:
    """The YAML is what the Hub knows: languages, licences, size, tasks, how annotations and texts came to be."""
    data = DatasetCard.load(ours / "README.md").data

    assert ["fr"] == data.language
    assert ["n<1K"] == data.size_categories
    assert ["machine-generated"] == data.annotations_creators
    for key in ("license", "multilinguality", "task_categories", "task_ids", "language_creators", "source_datasets"):
        assert getattr(data, key), key


def test_a_new_project_has_a_valid_one(tmp_path: Path) -> None:
    """Prompts are in its card, and in none of its metadata."""
    project = init_project(tmp_path / "projet", "Projet")
    raw = write_articles(tmp_path / "raw", 1)
    add(project, sorted(raw.iterdir()), Declared("open", "press"))
    built = build_project(project.root, None, Options(jobs=1)).out

    assert set() == set(opened(built).metadata.ctx.issues.errors)
    assert "…]" not in (built / "croissant.json").read_text("utf-8")
