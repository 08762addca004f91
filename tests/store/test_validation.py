"""What stands at a path is recognised, and everything that is wrong with it comes back at once."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import datasets
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parallaxe.core.errors import ProjectError, UsageError
from parallaxe.store.commands import Options, build_project
from parallaxe.store.project import Project
from parallaxe.store.validation import recognise, validate_path
from parallaxe.validate.documentation import Line
from rule_examples import change, sample_project

TEXT = "Le port attend ses grues, dit Jeanne Kerbrat."


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project of the rules' examples, built once."""
    return sample_project(tmp_path_factory.mktemp("projets") / "projet")


@pytest.fixture
def project(made: Project, tmp_path: Path) -> Project:
    """A copy of it to change."""
    return Project(shutil.copytree(made.root, tmp_path / "projet", symlinks=True))


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A dataset in Parquet that carries features, with an id that none of them names, and a CSV beside it."""
    datasets.disable_progress_bars()
    folder = tmp_path / "autre"
    (folder / "data").mkdir(parents=True)
    features = {"text": {"dtype": "string", "_type": "Value"}, "ton": {"names": ["calme"], "_type": "ClassLabel"}}
    metadata = {"huggingface": json.dumps({"info": {"features": features}})}
    for split, ids in (("train", [0, 0]), ("test", [0, 9])):
        texts = [f"{TEXT} {split} {number}" for number in range(2)]
        rows = pa.table({"text": texts, "ton": pa.array(ids, pa.int64())}).replace_schema_metadata(metadata)
        pq.write_table(rows, folder / "data" / f"{split}.parquet")
    return folder


def broken(path: Path, **options: str) -> dict[str, int]:
    """Rules that are broken, and how often."""
    failures = validate_path(path, **options)[1].failures
    return dict(failures.select("rule", "count").unique(maintain_order=True).rows())


def test_each_kind_of_thing_is_recognised(project: Project, foreign: Path, tmp_path: Path) -> None:
    """A project, its dataset, a layer, a folder of layers of one kind or all, and a dataset of others."""
    layers = project.layers
    places = [project.root, project.corpus, layers / "gold" / "le-port.jsonl", layers / "gold", layers, foreign]
    kinds = ["project", "dataset", "layer", "layers", "layers", "foreign"]

    assert kinds == [recognise(place).kind for place in places]
    assert "project of 2 articles, 1 layer file, its dataset" == validate_path(project.root)[0].what
    assert "built dataset, public profile, 8 configs" == validate_path(project.corpus)[0].what
    for nothing in (tmp_path / "rien", project.root / "seeds" / "open" / "le-port.txt", project.seeds):
        with pytest.raises(UsageError):
            recognise(nothing)


def test_without_a_path_the_project_around_is_meant(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """From any directory of a project; in its dataset, the dataset."""
    for folder, kind in ((project.root, "project"), (project.seeds, "project"), (project.corpus, "dataset")):
        monkeypatch.chdir(folder)

        assert kind == recognise(None).kind


def test_one_call_finds_all_that_is_wrong(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files, layers, claims, rendered files and the card, each with its file as one would type it, and its line."""
    change(
        project.root,
        [
            Line("write", "seeds/open/le-quai.txt\nLe quai est vide."),
            Line("append", "annotations/layers/gold/le-port.jsonl\n{broken"),
            Line("row", 'annotations/layers/gold/le-port.jsonl\n{"id": "x", "kind": "entity", "fragments": [[0, 2]]}'),
            Line("replace", 'annotations/layers/gold/le-port.jsonl\n"label": "PER"\n"label": "PERSONNE"'),
            Line("append", "schemas/REFERENCE.md\nFin."),
        ],
    )
    monkeypatch.chdir(project.root)
    failures = validate_path()[1].failures
    places = {rule: (file, line) for rule, file, line in failures.select("rule", "file", "line").rows()}
    layer = "annotations/layers/gold/le-port.jsonl"

    assert {
        "raw-file-stray": ("seeds/open/le-quai.txt", None),
        "layer-line": (layer, 4),
        "claim-form": (layer, 5),
        "claim-vocabulary": (layer, 2),
        "rendered-file": ("schemas/REFERENCE.md", None),
    } == places


def test_a_layer_is_judged_by_the_project_around_it(project: Project, tmp_path: Path) -> None:
    """Against its text and the knowledge base; alone, by what can be told without them, and the rest is named."""
    layer = project.layers / "gold" / "le-port.jsonl"
    change(project.root, [Line("replace", "annotations/layers/gold/le-port.jsonl\n[[16, 30]]\n[[16, 3000]]")])
    (tmp_path / "gold").mkdir()
    alone = Path(shutil.copy(layer, tmp_path / "gold" / "le-port.jsonl"))

    assert {"span-in-annotated-block": 1} == broken(layer)
    assert {} == broken(alone)
    assert "span-in-annotated-block: no project around" in validate_path(alone)[1].skipped


def test_a_dataset_is_judged_by_the_profile_that_is_asked_for(project: Project) -> None:
    """What was built with all texts is refused as public; of a project, `full` is what its state folder holds."""
    build_project(project.root, None, Options(profile="full", jobs=1))
    full = project.state / "full"

    assert {} == broken(full)
    assert {"restricted-text-public"} == set(broken(full, profile="public"))
    assert {} == broken(project.root, profile="full")
    with pytest.raises(UsageError, match="--profile"):
        validate_path(full, "secret")


def test_severities_of_the_project_are_followed(project: Project) -> None:
    """By `validate` of the project and of its dataset, and by a build; an unknown id is one line."""
    change(project.root, [Line("replace", 'seeds/catalogue.jsonl\n"press"\n"synthetic"')])
    project = Project(project.root)
    with pytest.raises(Exception, match="fictional-outlet"):
        build_project(project.root, None, Options(jobs=1))
    settings = project.root / "schemas" / "validate.toml"
    settings.write_text('[severity]\nfictional-outlet = "warning"\n', "utf-8")

    built = build_project(project.root, None, Options(jobs=1))

    assert any(line.startswith("fictional-outlet") for line in built.warnings)
    assert validate_path(project.corpus)[1].ok
    settings.write_text('[severity]\nfictional-outlet = "off"\n', "utf-8")
    assert {} == broken(project.corpus)
    settings.write_text('[severity]\nfictional-outlets = "off"\n', "utf-8")
    with pytest.raises(ProjectError, match=r"validate.toml: .*did you mean `fictional-outlet`\?"):
        validate_path(project.corpus)


def test_ids_that_load_dataset_lets_pass_are_found(foreign: Path, tmp_path: Path) -> None:
    """`datasets` loads the Parquet file without a word; here the row is named, in its file."""
    loaded = datasets.load_dataset(str(foreign), split="test", cache_dir=str(tmp_path / "cache"))
    failures = validate_path(foreign)[1].failures

    assert 9 == loaded[1]["ton"]
    assert [("class-label-known", str(foreign / "data" / "test.parquet"), 1, "9")] == failures.select(
        "rule", "file", "row", "value"
    ).rows()


def test_nothing_outside_a_dataset_of_others_is_read(foreign: Path, tmp_path: Path) -> None:
    """A card that names a file elsewhere, or on the network, is told so."""
    (tmp_path / "secret.jsonl").write_text('{"text": "Secret."}\n', "utf-8")
    for name in ("../secret.jsonl", str(tmp_path / "secret.jsonl")):
        card = f"---\nconfigs:\n- config_name: default\n  data_files: {json.dumps(name)}\n---\n"
        (foreign / "README.md").write_text(card, "utf-8")

        assert {"dataset-opens": 1} == broken(foreign)


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("train.csv", b'text,ton\nLe port,calme\n"La gare', "data-file-opens"),
        ("train.parquet", b"PAR1", "data-file-opens"),
        ("train.jsonl", b'{"text": "Le port"}\n\xff\xfe\n', "data-file-opens"),
        ("train.json", b"[{", "data-file-opens"),
        ("README.md", b"---\nconfigs: [\n---\n", "dataset-opens"),
    ],
)
def test_whatever_stands_in_a_directory_is_answered(tmp_path: Path, name: str, content: bytes, rule: str) -> None:
    """A file that cannot be read, or a card, is a failure that names it, never a traceback."""
    folder = tmp_path / "jeu"
    folder.mkdir()
    (folder / "a.jsonl").write_text('{"text": "Le port attend."}\n', "utf-8")
    (folder / name).write_bytes(content)

    assert rule in broken(folder)


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"null", b"\xff", b'{"parts": [{"file": "../x"}]}'])
def test_a_broken_manifest_is_told(project: Project, content: bytes) -> None:
    """Whatever it holds."""
    (project.corpus / "manifest.json").write_bytes(content)

    assert {"manifest-readable": 1} == broken(project.corpus)
    assert "manifest-readable" in broken(project.root)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = ("id", "kind", "fragments", "label", "metonymic", "kb_id", "content", "quote", "intensity", "score", "created")
claim_lines = st.fixed_dictionaries(
    {"id": st.just("x") | anything, "kind": st.sampled_from(["entity", "quote", "stance"]) | anything},
    optional={name: anything | st.just([[0, 3]]) for name in KEYS[2:]},
)


@given(
    st.binary(max_size=200)
    | st.lists(claim_lines, max_size=3).map(lambda lines: "\n".join(map(json.dumps, lines)).encode())
)
@settings(deadline=None, max_examples=50)
def test_whatever_a_layer_holds_is_answered(made: Project, content: bytes) -> None:
    """Any bytes, any JSON in any key: failures that name the file, never a traceback."""
    layer = made.layers / "gold" / "le-port.jsonl"
    before = layer.read_bytes()
    header = before.split(b"\n")[0]
    try:
        for text in (content, header + b"\n" + content):
            layer.write_bytes(text)
            report = validate_path(layer)[1]

            assert set(report.failures["file"]) <= {str(layer)}
    finally:
        layer.write_bytes(before)


@given(
    st.binary(max_size=200)
    | st.lists(anything, max_size=3).map(lambda lines: "\n".join(map(json.dumps, lines)).encode())
)
@settings(deadline=None, max_examples=20)
def test_whatever_a_catalogue_holds_is_answered(made: Project, content: bytes) -> None:
    """Rows that are none are told one by one, beside those that are."""
    before = made.catalogue_file.read_bytes()
    try:
        made.catalogue_file.write_bytes(before + content)
        failures = validate_path(made.root)[1].failures
    finally:
        made.catalogue_file.write_bytes(before)

    assert set(failures["rule"]) <= {"catalogue-row"}


def test_a_string_that_is_no_utf8_is_told(project: Project) -> None:
    """A damaged data file is one that cannot be read."""
    path = project.corpus / "data" / "ner" / "train.parquet"
    rows = pq.read_table(path)
    ids = pa.array([b"\xff"] * len(rows), pa.binary()).view(pa.string())
    pq.write_table(rows.set_column(0, "article_id", ids), path)

    assert {"data-file-readable": 1} == broken(project.corpus)
