"""An adversary with every file of a clone rebuilds too little of a restricted text, and the gate says so if not."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from parallaxe.core.claims import Entity, Layer, Span
from parallaxe.store.annotations import write_layer
from parallaxe.store.project import Project
from parallaxe.store.reading import read_row
from parallaxe.store.rights.exposure import exposed_texts, public_files
from parallaxe.store.validation import validate_path
from parallaxe.validate.exposure import LARGEST_SHARE, LONGEST_RUN, Exposure
from rule_examples import sample_project

SECRET = "Le convoi est parti avant l'aube, dit un cheminot."


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An open article and a restricted one, which says SECRET."""
    return sample_project(tmp_path / "projet")


def exposure_of(project: Project) -> Exposure:
    """What can be rebuilt of the restricted article."""
    [exposure], absent = exposed_texts(Project(project.root))
    assert () == absent
    return exposure


def test_no_seed_can_be_rebuilt(repository: Path, seed_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of each seed fewer than twelve words in a row and less than a quarter of the words, with every tracked file."""
    if not (repository / "seeds" / "restricted").is_dir():
        pytest.skip(f"the seeds are in {seed_folder.name}, not in the project; `parallaxe hydrate` brings them in")
    exposures, _ = exposed_texts(Project(repository))

    with capsys.disabled():
        print("\narticle               words  exposed  share  longest row  longest copy")
        for one in exposures:
            row = f"{one.words:6}  {one.exposed:7}  {one.share:5.1%}  {one.longest_run:11}  {one.longest_copy:12}"
            print(f"{one.article_id:21}{row}")
    assert 5 == len(exposures)
    assert [] == [one for one in exposures if max(one.longest_run, one.longest_copy) >= LONGEST_RUN]
    assert [] == [one for one in exposures if one.share >= LARGEST_SHARE]
    assert all(one.placed for one in exposures), "mentions place some words: does the attack still run?"


def as_text(project: Project) -> None:
    (project.root / "notes.md").write_text(f"Il écrit : {SECRET.upper()}", "utf-8")


def as_cells(project: Project) -> None:
    cells = pa.table({"x": [[{"y": SECRET}]]})
    pq.write_table(cells, project.root / "corpus" / "x.parquet")


def as_escapes(project: Project) -> None:
    (project.root / "x.json").write_text(SECRET.replace("a", "\\u0061"), "utf-8")


def as_entities(project: Project) -> None:
    (project.root / "x.html").write_text(SECRET.replace("é", "&eacute;").replace("'", "&rsquo;"), "utf-8")


def as_old_text(project: Project) -> None:
    (project.root / "x.txt").write_bytes(SECRET.encode("utf-16"))


@pytest.mark.parametrize("copy", [as_text, as_cells, as_escapes, as_entities, as_old_text])
def test_a_copy_is_found_in_any_form(project: Project, copy: Callable[[Project], None]) -> None:
    """The words of the article are found in a page, in nested cells, behind escapes, in another encoding."""
    assert 7 == exposure_of(project).longest_copy  # in an example of the schemas
    copy(project)

    assert 10 == exposure_of(project).longest_copy


def test_mentions_place_their_names(project: Project) -> None:
    """A layer that links a span to an entity tells the words of its name there, and rows between two are filled."""
    row = next(row for row in project.catalogue if row.id == "la-gare")
    document = read_row(project, row)
    assert document.text is not None
    spans = [Span(document.text.index(word), document.text.index(word) + len(word)) for word in ("gare", "cheminot")]
    claims = tuple(
        Entity(str(n), (span,), "ORG", None, f"NIL:{document.text[slice(*span)]}") for n, span in enumerate(spans)
    )
    layer = Layer("gold", row.id, document.text_sha256, document.normalizer, None, "l", "human", ("entity",), claims)
    write_layer(project.layers, layer)

    assert (2, 0) == exposure_of(project)[2:4]
    (project.root / "notes.md").write_text("l'aube, dit un cheminot", "utf-8")
    assert (2, 0) == exposure_of(project)[2:4]
    (project.root / "notes.md").write_text(f"Une gare attend. {SECRET}", "utf-8")
    assert (2, 10) == exposure_of(project)[2:4]  # all that stands between the two


def test_git_says_what_is_public(project: Project) -> None:
    """In a repository files that git ignores are not read, and a restricted article that it tracks is."""
    ignored = project.root / "ignored.txt"
    ignored.write_text(SECRET, "utf-8")
    assert ignored in public_files(project)
    (project.root / ".gitignore").write_text("ignored.txt\nseeds/restricted/\n", "utf-8")
    subprocess.run(["git", "init", "-q", project.root], check=True)

    assert ignored not in public_files(project)
    assert 10 > exposure_of(project).longest_copy
    subprocess.run(["git", "-C", project.root, "add", "-f", "seeds/restricted"], check=True)
    assert exposure_of(project).is_too_much


def test_the_gate_asks_only_what_is_here(project: Project) -> None:
    """Without the restricted text the rule says that it was not asked; with it, where the row stands, without words."""
    (project.root / "notes.md").write_text(f"La gare attend. {SECRET}", "utf-8")
    failures = validate_path(project.root)[1].failures
    assert [("text-exposed", "la-gare")] == failures.select("rule", "article_id").rows()
    assert "convoi" not in str(failures.rows())

    (project.root / "seeds" / "restricted" / "la-gare.txt").unlink()
    report = validate_path(project.root)[1]
    assert report.ok
    assert any(line.startswith("text-exposed: 1 restricted text is not here") for line in report.skipped)
