"""The machine over a project, as a layer of files, and over a folder, on the way of its build."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import datasets
import pytest

from parallaxe.annotate.proposals import ANNOTATOR
from parallaxe.core.claims import Entity, Layer, Provenance, Span
from parallaxe.core.errors import CombinedError, SurroundingsError, UsageError
from parallaxe.store.add import Declared, add
from parallaxe.store.annotations import read_layer, write_layer
from parallaxe.store.building.build import Build
from parallaxe.store.commands import Folder, Options, build_folder, build_project, normalize_file
from parallaxe.store.init import init_project
from parallaxe.store.machine.annotate import ABSENT, UNCHANGED, WRITTEN, annotate_file, annotate_project
from parallaxe.store.machine.models import MANIFEST_FILE, station
from parallaxe.store.project import Project
from parallaxe.store.validation import validate_path
from parallaxe.text.document import text_digest
from raw_articles import article, write_articles

NEWS = (
    "Séoul s'inquiète\n\n"
    "« Nous irons jusqu'au bout », a déclaré lundi Jeanne Kerbrat à Moscou. Selon elle, Séoul « exagère ».\n\n"
    "Moscou dénonce les sanctions décidées par Washington et promet de livrer des obus à la Corée du Nord, selon le "
    "pacte de Brassac signé en mars.\n"
)
ENGLISH = "The harbour waits for its cranes, said the mayor of Moscow on Monday. " * 6


def known(kb_id: str, type_: str, name: str, *aliases: str) -> dict[str, Any]:
    fields = {"kb_id": kb_id, "type": type_, "name": name, "aliases": aliases, "description": "essai"}
    return {**fields, "wikidata": None, "relations": [], "actor": None}


MOSCOW, KERBRAT = known("moscou", "LOC", "Moscou"), known("jeanne-kerbrat", "PER", "Jeanne Kerbrat", "Kerbrat")
ODD = known("yves-kerbrat", "PER", "Yves Kerbrat", "Kerbrat", " ")


def know(project: Project, *rows: dict[str, Any]) -> None:
    project.knowledge_base.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    datasets.disable_progress_bars()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Two open articles, a restricted one, and a knowledge base of two rows."""
    raw = write_articles(tmp_path / "raw", 1)
    (raw / "depeche.txt").write_text(NEWS, "utf-8")
    (raw / "reserve.txt").write_text(NEWS.replace("Séoul", "Tokyo"), "utf-8")
    root = init_project(tmp_path / "projet", "Projet").root
    add(Project(root), [raw / "article-000.txt", raw / "depeche.txt"], Declared("open", "press"))
    add(Project(root), [raw / "reserve.txt"], Declared("restricted", "press"))
    know(Project(root), MOSCOW, KERBRAT)
    return Project(root)


def layer_files(project: Project, name: str = "machine") -> dict[str, bytes]:
    return {path.stem: path.read_bytes() for path in (project.layers / name).glob("*.jsonl")}


def rows(folder: Path, config: str) -> list[dict[str, Any]]:
    return [row for split in datasets.load_dataset(str(folder), config).values() for row in split]


# A project


def test_a_component_that_cannot_be_opened_is_told_once(project: Project, repository: Path, tmp_path: Path) -> None:
    """It is opened at the first doubtful name, and is one line however many articles have any; nothing is written."""
    models = Path(shutil.copytree(repository / "src" / "parallaxe" / "models", station(project)))
    manifest = json.loads((models / MANIFEST_FILE).read_text("utf-8"))
    (models / MANIFEST_FILE).write_text(json.dumps(manifest | {"spacy": ">=2.0,<2.1"}), "utf-8")
    for number in range(2):
        path = tmp_path / f"quai-{number}.txt"
        path.write_text(f"Le quai\n\nLe quai {number} est vide. On attend Kervadec Morvan.\n", "utf-8")
        add(Project(project.root), [path], Declared("open", "press"))

    with pytest.raises(SurroundingsError, match=r"made for spaCy >=2.0,<2.1, and [^\n]*\Z"):
        annotate_project(Project(project.root), jobs=1)
    assert not layer_files(project)


def test_a_project_gets_a_layer_of_the_machine(project: Project) -> None:
    """A file for each article, with everything that a layer says of itself, linked to the project's knowledge base."""
    run = annotate_project(project)

    assert [WRITTEN] * 3 == [outcome.state for outcome in run.outcomes]
    layer = read_layer(project.layers / "machine" / "depeche.jsonl").layer
    assert (ANNOTATOR, "0.1", ("entity", "quote", "stance")) == (
        layer.annotator, layer.guideline_version, layer.complete
    )  # fmt: skip
    assert layer.annotator_type in {"rule", "model"}
    assert {"moscou", "jeanne-kerbrat"} <= {mention.kb_id for mention in layer.entities}
    assert layer.quotes
    assert layer.stances
    assert {("proposed", None)} == {(c.provenance.status, c.provenance.origin) for c in layer.claims}
    assert () == run.warnings


def test_names_that_name_two_or_nothing_are_told(project: Project) -> None:
    """A knowledge base with an ambiguous and an empty alias gives layers, and a row for each of the two."""
    know(project, MOSCOW, KERBRAT, ODD)

    run = annotate_project(project)

    assert {"empty-alias", "ambiguous-alias"} == {notice.code for notice in run.warnings}
    assert {WRITTEN} == {outcome.state for outcome in run.outcomes}


def test_a_second_run_writes_nothing(project: Project) -> None:
    """Unchanged files are not touched; where an article has changed, its file alone is written."""
    annotate_project(project)
    times = {path: path.stat().st_mtime_ns for path in project.layers.rglob("*.jsonl")}

    again = annotate_project(project)

    assert [UNCHANGED] * 3 == [outcome.state for outcome in again.outcomes]
    assert times == {path: path.stat().st_mtime_ns for path in project.layers.rglob("*.jsonl")}
    stale = project.layers / "machine" / "depeche.jsonl"
    stale.write_text(stale.read_text("utf-8").replace("moscou", "moscov"), "utf-8")
    states = Counter(outcome.state for outcome in annotate_project(project).outcomes)
    assert {WRITTEN: 1, UNCHANGED: 2} == states


def test_the_knowledge_base_is_read_at_each_run(project: Project) -> None:
    """A row that is added links at the next run, in one process too."""
    annotate_project(project)
    know(project, MOSCOW, KERBRAT, known("seoul", "LOC", "Séoul"))

    run = annotate_project(project)

    assert {"depeche"} == {outcome.article_id for outcome in run.outcomes if outcome.state == WRITTEN}
    assert b'"seoul"' in layer_files(project)["depeche"]


def test_one_process_and_two_write_the_same(project: Project) -> None:
    """Files do not depend on how articles are shared among processes."""
    for number in range(40):
        name = project.root.parent / "raw" / f"suite-{number}.txt"
        name.write_text(article(number + 20), "utf-8")
        add(Project(project.root), [name], Declared("open", "press"))
    project = Project(project.root)
    annotate_project(project, "machine", jobs=1)
    one = layer_files(project)

    states = {outcome.state for outcome in annotate_project(project, "machine", jobs=2).outcomes}

    assert {UNCHANGED} == states
    assert 43 == len(one)


def test_restricted_articles_leave_no_word_behind(project: Project) -> None:
    """No remark of a claim about a restricted article, and no name of a treaty or a weapon, enters git."""
    annotate_project(project)

    closed = read_layer(project.layers / "machine" / "reserve.jsonl").layer
    opened = read_layer(project.layers / "machine" / "depeche.jsonl").layer
    assert {(None, None)} == {(c.provenance.why, c.provenance.note) for c in closed.claims}
    assert any(claim.provenance.why for claim in opened.claims)
    assert len(closed.claims) > 10
    secret = [m.kb_id for m in closed.entities if m.label in {"LAW", "EVENT", "PRODUCT", "DATE"} and m.kb_id]
    assert all("-" not in kb_id for kb_id in secret)


def test_what_is_not_here_keeps_its_layer(project: Project) -> None:
    """A clone without the restricted text leaves the layer that was made with it as it is."""
    annotate_project(project)
    before = layer_files(project)
    (project.seeds / "restricted" / "reserve.txt").unlink()

    run = annotate_project(project)

    assert {"reserve": ABSENT} == {o.article_id: o.state for o in run.outcomes if o.state != UNCHANGED}
    assert before == layer_files(project)


def test_broken_files_are_told_and_nothing_is_written(project: Project) -> None:
    """One article that is not what the catalogue promised: a line for it, and no file of any other."""
    (project.seeds / "open" / "depeche.txt").write_text("Autre chose.", "utf-8")

    with pytest.raises(CombinedError, match="the file is not the one in the catalogue"):
        annotate_project(project)

    assert {} == layer_files(project)


@pytest.mark.parametrize("name", ["text", "../gold", "", "Machine", "a b"])
def test_names_that_no_layer_has_are_refused(project: Project, name: str) -> None:
    """The name is that of a folder, and not the one of the text layers."""
    with pytest.raises(UsageError, match="no name of a layer"):
        annotate_project(project, name)


def test_the_work_of_others_is_never_overwritten(project: Project) -> None:
    """A layer that somebody else made is refused before anything is written."""
    write_layer(project.layers, gold(project))
    before = layer_files(project, "gold")

    with pytest.raises(UsageError, match="was made by lecteur-1"):
        annotate_project(project, "gold")

    assert before == layer_files(project, "gold")


def gold(project: Project) -> Layer:
    """A layer of a person that has one mention, and names the pass it was taken from."""
    text = normalize_file(project.seeds / "open" / "depeche.txt").text or ""
    place = text.index("Moscou")
    history = Provenance("adjudicated", "accepted", derived_from=("p1",))
    mention = Entity("g1", (Span(place, place + 6),), "LOC", None, "moscou", history)
    return Layer("gold", "depeche", text_digest(text), "n/1", "1.2", "lecteur-1", "human", ("entity",), (mention,))


def test_the_layer_is_one_more_in_the_dataset(project: Project) -> None:
    """A build reads the files and runs no model: `annotations` has the machine's claims, `entities` those of gold."""
    write_layer(project.layers, gold(project))
    annotate_project(project)
    for path in (project.layers / "machine").glob("article*"):
        path.unlink()

    build_project(project.root, None, Options())

    told = rows(project.corpus, "annotations")
    assert {"gold", "machine"} == {row["layer"] for row in told}
    assert {"depeche", "reserve"} == {row["article_id"] for row in told}
    assert ["g1"] == [row["entity_id"] for row in rows(project.corpus, "entities")]
    same = [row for row in told if row["pair_id"] == next(r["pair_id"] for r in told if r["claim_id"] == "g1")]
    assert {("gold", "moscou"), ("machine", "moscou")} == {(row["layer"], row["kb_id"]) for row in same}
    assert validate_path(project.corpus)[1].ok


# A folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    raw = write_articles(tmp_path / "raw", 11)
    (raw / "depeche.txt").write_text(NEWS, "utf-8")
    (raw / "english.txt").write_text(ENGLISH, "utf-8")
    (raw / "guillemet.txt").write_text(f"{article(30)}\n« Encore un mot.\n", "utf-8")
    return raw


def build(folder: Path, out: Path, **options: Any) -> Build:
    return build_folder(Folder(folder), out, Options(**options))


def test_a_folder_is_annotated_on_the_way(tmp_path: Path, folder: Path) -> None:
    """Mentions, quotations and stances are there, as proposals of the machine that pass the gate."""
    build(folder, tmp_path / "out")

    types = datasets.load_dataset(str(tmp_path / "out"), "entities", split="train").features
    for config in ("entities", "quotes", "stances"):
        found = rows(tmp_path / "out", config)
        assert {("machine", ANNOTATOR, types["status"].str2int("proposed"))} == {
            (row["layer"], row["annotator"], row["status"]) for row in found
        }
        assert {"depeche"} <= {row["article_id"] for row in found}
    assert "english" not in {row["article_id"] for row in rows(tmp_path / "out", "entities")}
    assert "annotations" not in datasets.get_dataset_config_names(str(tmp_path / "out"))
    assert validate_path(tmp_path / "out")[1].ok


def test_a_build_tells_what_is_odd_once_for_each_kind(tmp_path: Path, folder: Path) -> None:
    """One line for each code, with the first article; the others are counted."""
    (folder / "guillemet2.txt").write_text(f"{article(31)}\n« Encore un mot, dit-on.\n", "utf-8")

    told = [line for line in build(folder, tmp_path / "out").warnings if "guillemet" in line]

    assert 1 == len(told)
    assert told[0].startswith("unbalanced-guillemets: guillemet [")
    assert told[0].endswith("(and in 1 more)")


def test_no_annotation_where_nobody_wants_it(tmp_path: Path, folder: Path) -> None:
    """With `annotate` off, only what the text layer knows is built."""
    build(folder, tmp_path / "out", annotate=False)

    assert {"articles", "alignment", "sentences"} <= set(datasets.get_dataset_config_names(str(tmp_path / "out")))
    assert "entities" not in datasets.get_dataset_config_names(str(tmp_path / "out"))


def test_two_processes_propose_the_same(tmp_path: Path) -> None:
    """The same folder gives the same bytes, whoever read which article."""
    raw = write_articles(tmp_path / "raw", 40)

    one, two = build(raw, tmp_path / "one", jobs=1), build(raw, tmp_path / "two", jobs=2)

    assert one.digest == two.digest


def test_restricted_folders_show_no_word_in_any_table(tmp_path: Path, folder: Path) -> None:
    """Declared restricted: surfaces, reasons and evidence are null in the public profile, offsets stay."""
    build_folder(Folder(folder, rights="restricted"), tmp_path / "out", Options())

    for config in ("entities", "quotes", "stances"):
        found = rows(tmp_path / "out", config)
        assert found
        assert {(None, None, None)} == {(row["text"], row["why"], row["note"]) for row in found}
    files = [path.read_bytes() for path in (tmp_path / "out").rglob("*.parquet")]
    assert not any(b"Nous irons" in content for content in files)


def test_a_text_without_claims_is_no_trouble(tmp_path: Path) -> None:
    """Where nothing is proposed at all, the tables of annotations are left out, and the dataset loads."""
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "emoji.txt").write_text("🥳🚀\n", "utf-8")

    build(raw, tmp_path / "out")

    assert "entities" not in datasets.get_dataset_config_names(str(tmp_path / "out"))
    assert validate_path(tmp_path / "out")[1].ok


# A file


def test_a_file_outside_a_project_has_built_in_labels(tmp_path: Path) -> None:
    """HTML, Markdown and text are read alike; without a knowledge base all links are clusters."""
    pages = {
        "a.html": "<article><h1>Séoul s'inquiète</h1><p>Kim attend à Moscou.</p></article>",
        "b.md": "# Séoul s'inquiète\n\nKim attend à Moscou.\n",
        "c.txt": "Séoul s'inquiète\n\nKim attend à Moscou.\n",
    }
    for name, page in pages.items():
        (tmp_path / name).write_text(page, "utf-8")

    shown = [annotate_file(tmp_path / name, tmp_path) for name in pages]

    assert 1 == len({tuple(claim.fragments for claim in one.layer.claims) for one in shown})
    links = {mention.kb_id for mention in shown[0].layer.entities if mention.kb_id}
    assert links
    assert all(link.startswith("NIL:") for link in links)


def test_a_file_is_read_with_the_names_of_a_project(project: Project) -> None:
    """Inside a project its knowledge base links, and what is odd about it is told where the article is about it."""
    know(
        project, MOSCOW, KERBRAT, ODD, known("yves-colin", "PER", "Yves Colin", "Colin"), known("colin", "PER", "Colin")
    )
    (project.root / "breve.txt").write_text("Titre\n\nMme Kerbrat est à Moscou.\n", "utf-8")

    shown = annotate_file(project.root / "breve.txt", project.root)

    assert "moscou" in {mention.kb_id for mention in shown.layer.entities}
    assert [("empty-alias", "yves-kerbrat"), ("ambiguous-alias", "jeanne-kerbrat, yves-kerbrat")] == [
        (notice.code, notice.where) for notice in shown.warnings
    ]


@pytest.mark.parametrize(("name", "message"), [("rien.txt", "no such file"), ("lot.jsonl", "no format of one article")])
def test_files_that_are_no_article_are_one_line(tmp_path: Path, name: str, message: str) -> None:
    """A file that is not there, and a file of many articles."""
    (tmp_path / "lot.jsonl").write_text('{"text": "Un article."}\n', "utf-8")

    with pytest.raises(UsageError, match=message):
        annotate_file(tmp_path / name, tmp_path)


def test_a_place_that_cannot_be_written_is_one_line(project: Project) -> None:
    """Where the folder of the layer cannot be made: told as a failure of the surroundings."""
    (project.layers / "machine").write_text("", "utf-8")

    with pytest.raises(SurroundingsError, match="machine"):
        annotate_project(project)
