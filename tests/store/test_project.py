"""A project from its first file to its dataset, with and without its restricted articles."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from parallaxe.core.errors import CombinedError, ParallaxeError, ProjectError, UsageError
from parallaxe.store.add import Declared, add
from parallaxe.store.catalogue import read_catalogue
from parallaxe.store.commands import Options, build_project
from parallaxe.store.init import init_project
from parallaxe.store.project import Project, find_project
from parallaxe.store.rights.hydrate import hydrate
from raw_articles import article, write_articles

OPEN = Declared("open", "synthetic", "CC0-1.0", "Le Phare (fictif)", "2023-09-05", "sommet")
CLOSED = Declared("restricted", "press")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Two open articles and one restricted, whose raw file is here."""
    raw = write_articles(tmp_path / "raw", 3)
    project = init_project(tmp_path / "projet", "Projet")
    add(project, [raw / "article-000.txt", raw / "article-001.txt"], OPEN)
    add(Project(project.root), [raw / "article-002.txt"], CLOSED)
    return Project(project.root)


def digest(project: Project, **options: object) -> str:
    return build_project(project.root, None, Options(**options)).digest  # type: ignore[arg-type]


def test_a_project_is_found_from_inside(project: Project) -> None:
    """Any directory below the root leads to it; outside there is none."""
    assert find_project(project.root / "seeds" / "open").root == project.root
    with pytest.raises(UsageError, match="no corpus project here"):
        find_project(project.root.parent)


def test_init_refuses_a_directory_that_is_not_empty(tmp_path: Path) -> None:
    """Nothing of anybody's is overwritten."""
    (tmp_path / "notes.txt").write_text("à garder", "utf-8")

    with pytest.raises(UsageError, match="not empty"):
        init_project(tmp_path, "Projet")


def test_a_project_without_articles_builds_no_dataset(tmp_path: Path) -> None:
    """`load_dataset` refuses splits without rows: it is said before anything is written."""
    project = init_project(tmp_path / "vide", "Vide")
    with pytest.raises(ProjectError) as raised:
        build_project(project.root, None, Options())

    assert f"{project.catalogue_file}: no article in it to build a dataset of" in str(raised.value)
    assert [] == [path.name for path in project.corpus.iterdir()]


def test_added_articles_are_catalogued_and_built(project: Project) -> None:
    """A row says where the file is, what it is, and what was declared; the dataset repeats it."""
    rows = {row.id: row for row in project.catalogue}

    assert rows["article-000"].file == "open/article-000.txt"
    assert rows["article-000"].outlet == "Le Phare (fictif)"
    assert rows["article-002"].file == "restricted/article-002.txt"
    built = build_project(project.root, None, Options())
    assert {(part.config, part.split): part.rows for part in built.parts}["articles", "press"] == 1


def test_without_the_restricted_file_the_public_dataset_is_the_same(project: Project) -> None:
    """A clone that lacks the restricted article builds the same rows from its text layer."""
    with_file = digest(project)
    shutil.rmtree(project.seeds / "restricted")

    assert digest(project) == with_file
    with pytest.raises(CombinedError, match="is not here"):
        digest(project, profile="full")


def test_the_text_layer_holds_no_words(project: Project) -> None:
    """What git sees of a restricted article has none of its words."""
    layer = project.text_layer("article-002").read_text("utf-8")

    assert not any(word in layer for word in ("pêcheurs", "chalutier", "réunions", "vote"))


def test_hydrate_brings_the_file_back_and_reports(project: Project, tmp_path: Path) -> None:
    """A copy under any name is recognised by its hash; the rest is told with its reason."""
    shutil.rmtree(project.seeds / "restricted")
    copies = tmp_path / "copies"
    copies.mkdir()
    (copies / "autre nom.txt").write_text(article(2), "utf-8")
    (copies / "liste.txt").write_text("courses", "utf-8")

    states = {match.name: match.state for match in hydrate(project, copies)}

    assert states == {"article-002": "copied", "liste.txt": "unused"}
    assert (project.seeds / "restricted" / "article-002.txt").read_text("utf-8") == article(2)
    assert next(match.state for match in hydrate(project, copies)) == "present"
    assert digest(project, profile="full") != digest(project)


def test_a_copy_with_another_hash_is_not_taken(project: Project, tmp_path: Path) -> None:
    """The right name with the wrong bytes is told, and nothing is copied."""
    shutil.rmtree(project.seeds / "restricted")
    copies = tmp_path / "copies"
    copies.mkdir()
    (copies / "article-002.txt").write_text("Tout autre chose.", "utf-8")

    [match] = hydrate(project, copies)

    assert match.state == "wrong"
    assert "SHA-256" in match.why
    assert not (project.seeds / "restricted").exists()


def test_a_file_that_changed_is_refused(project: Project) -> None:
    """An open file must be the one in the catalogue."""
    (project.seeds / "open" / "article-000.txt").write_text(article(5), "utf-8")

    with pytest.raises(CombinedError, match="not the one in the catalogue"):
        digest(project)


def test_rows_and_files_must_match(project: Project) -> None:
    """A row without file and a file without row are both named in one run."""
    (project.seeds / "open" / "article-000.txt").unlink()
    (project.seeds / "open" / "perdu.txt").write_text(article(6), "utf-8")

    with pytest.raises(CombinedError) as raised:
        digest(project)

    assert "article-000.txt: the catalogue names it" in str(raised.value)
    assert "perdu.txt: a file without a row" in str(raised.value)


def test_an_edited_restricted_file_with_its_row_is_asked_to_be_hydrated(project: Project) -> None:
    """A text layer that is not that of the file would make two different public datasets; the build says what to do."""
    layer = project.text_layer("article-002")
    layer.write_text(layer.read_text("utf-8").replace('"role": "title"', '"role": "label"'), "utf-8")

    with pytest.raises(CombinedError, match="hydrate` writes it anew"):
        digest(project)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": "../evil"}, "is no id"),
        ({"file": "../../etc/passwd"}, "leaves the folder"),
        ({"file": "/etc/passwd"}, "leaves the folder"),
        ({"sha256": "abc"}, "is no SHA-256"),
        ({"rights": "free"}, "write `open` or `restricted`"),
        ({"date": "5 septembre"}, "is no date"),
        ({"license": "CC BY 4.0"}, "write one like CC-BY-4.0, or null"),
        ({"titre": "x"}, "unknown key `titre`"),
    ],
)
def test_broken_catalogue_rows_name_their_line(project: Project, change: dict[str, str], message: str) -> None:
    """Each complaint about the catalogue has file, line and what to do."""
    lines = project.catalogue_file.read_text("utf-8").splitlines()
    lines[1] = json.dumps(json.loads(lines[1]) | change)
    project.catalogue_file.write_text("\n".join(lines), "utf-8")

    with pytest.raises(ProjectError, match=r"catalogue\.jsonl:2: ") as raised:
        read_catalogue(project.catalogue_file)

    assert message in str(raised.value)


def test_a_broken_line_of_json_is_named(project: Project) -> None:
    """Invalid JSON in the catalogue is told with its line."""
    with project.catalogue_file.open("a", encoding="utf-8") as file:
        file.write("{broken\n")

    with pytest.raises(ProjectError, match=r"catalogue\.jsonl:4: not valid JSON"):
        read_catalogue(project.catalogue_file)


@pytest.mark.parametrize(
    ("declared", "refused"),
    [(Declared("free", "press"), UsageError), (Declared("open", "press", "domaine public"), CombinedError)],
)
def test_what_no_row_may_say_is_not_added(
    project: Project, tmp_path: Path, declared: Declared, refused: type[ParallaxeError]
) -> None:
    """Rights or a licence that the catalogue could not be read with are refused before anything is written."""
    before = project.catalogue_file.read_bytes()
    with pytest.raises(refused, match=r"use one|write"):
        add(project, [write_articles(tmp_path / "neuf", 1, start=7) / "article-007.txt"], declared)

    assert before == project.catalogue_file.read_bytes()
    assert not (project.seeds / "open" / "article-007.txt").exists()


def test_known_articles_are_not_added_twice(project: Project, tmp_path: Path) -> None:
    """Same bytes or same id: nothing is added, also not the good file beside it."""
    (tmp_path / "raw" / "copie.txt").write_text(article(0), "utf-8")
    (tmp_path / "raw" / "neuf.txt").write_text(article(8), "utf-8")
    before = project.catalogue_file.read_bytes()

    with pytest.raises(CombinedError, match="are in the project as `article-000`"):
        add(project, [tmp_path / "raw" / "neuf.txt", tmp_path / "raw" / "copie.txt"], OPEN)

    assert project.catalogue_file.read_bytes() == before
    assert not (project.seeds / "open" / "neuf.txt").exists()
