"""Layers of a project follow its texts: wherever the old ones are, whatever else names claims, and as one."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from parallaxe.compare.decisions import claim_line
from parallaxe.core.alignment import Alignment, Segment
from parallaxe.core.claims import Claim, Layer, Quote, Span, Stance
from parallaxe.core.errors import ProjectError, UsageError
from parallaxe.store import reading
from parallaxe.store.annotations import read_layer, write_layer
from parallaxe.store.commands import Options, build_project
from parallaxe.store.jsonl import read_rows, write_rows
from parallaxe.store.migration.lost import lost_file, withheld_lost_file
from parallaxe.store.migration.texts import journal, migrate_texts
from parallaxe.store.reading import read_row
from parallaxe.store.sources import Item
from parallaxe.text.document import Document
from stopping import stopped_after
from synced_project import SyncedProject, insert, mention, name

ARTICLE = name(0)
LOST_SENTENCE = " Le vote aura lieu en juin."


@pytest.fixture
def world(tmp_path: Path) -> SyncedProject:
    """Two open articles, each with a layer of the machine and one of a person, in git."""
    return made(tmp_path, "open")


def git(folder: Path, *arguments: str) -> None:
    """Run git in a folder, as somebody."""
    somebody = ["-c", "user.name=Lectrice", "-c", "user.email=lectrice@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *somebody, *arguments], cwd=folder, check=True, capture_output=True)


def made(folder: Path, rights: str) -> SyncedProject:
    """A project in git whose person has mentions, a quotation and a stance."""
    world = SyncedProject.of(folder, 2, rights=rights)
    for number in range(2):
        write_layer(world.project.layers, world.layer_of(name(number), "gold", claims(world, name(number))))
    git(world.root, "init", "-q")
    git(world.root, "add", "-A")
    git(world.root, "commit", "-qm", "first")
    return world


def snapshot(world: SyncedProject) -> dict[str, bytes]:
    """Every file that git would see, by its path."""
    files = (path for path in sorted(world.root.rglob("*")) if path.is_file())
    kept = (path for path in files if not {".git", ".parallaxe"} & set(path.parts))
    return {path.relative_to(world.root).as_posix(): path.read_bytes() for path in kept}


def claims(world: SyncedProject, article_id: str) -> list[Claim]:
    """Two mentions, a quotation and its stance; all but the first mention stand in one sentence."""
    text = world.text(article_id)
    said = text.index("Le vote aura lieu")
    return [
        mention(text.index("Trois"), text.index("Trois") + 5, "e1"),
        mention(text.index("juin"), text.index("juin") + 4, "e2", "DATE"),
        Quote("q1", "indirect", (Span(said, said + 17),)),
        Stance("s1", "attributed", "NIL:conseil", "russia", "neutral", 0, (Span(said, said + 7),), "q1"),
    ]


def layer(world: SyncedProject, article_id: str = ARTICLE, layer_name: str = "gold") -> Layer:
    """A layer as it is now."""
    return read_layer(world.project.layers / layer_name / f"{article_id}.jsonl").layer


def words(world: SyncedProject, article_id: str = ARTICLE) -> dict[str, list[str]]:
    """The words of each claim of the gold layer by its id."""
    text = world.text(article_id)
    return {claim.id: [text[slice(*span)] for span in claim.fragments] for claim in layer(world, article_id).claims}


def test_nothing_changed(world: SyncedProject) -> None:
    """Where all layers are about today's texts no file is written."""
    before = snapshot(world)

    assert ([], [], 0) == (migrate_texts(world.project).layers, migrate_texts(world.project).left, 0)
    assert before == snapshot(world)


def test_claims_go_where_their_words_are(world: SyncedProject) -> None:
    """Words came in before them: every claim of both layers stands on the words that it stood on."""
    before = words(world)
    world.revise(ARTICLE, insert(0, "Hier encore,"))
    done = migrate_texts(world.project)

    assert before == words(world)
    assert (
        world.document(ARTICLE).text_sha256
        == layer(world).text_sha256
        == layer(world, layer_name="machine").text_sha256
    )
    assert {"gold", "machine"} == {one.layer for one in done.layers}
    assert set(done.counts) <= {"kept", "moved"}


def test_lost_claims_are_kept_with_their_words(world: SyncedProject) -> None:
    """A sentence goes: its claims leave the layer, and stand in a file with why, the claim, and what it stood on."""
    world.revise(ARTICLE, lambda text: text.replace(LOST_SENTENCE, "", 1))
    done = migrate_texts(world.project)
    lines = {line["claim"]["id"]: line for _, line in read_rows(lost_file(world.project)) if line["layer"] == "gold"}

    assert {"e1"} == set(words(world))
    assert {"e2", "q1", "s1"} == set(lines)
    assert "[juin]" in lines["e2"]["context"]
    assert {fate.old.id for one in done.layers if one.layer == "gold" for fate in one.told} >= set(lines)


def test_two_runs_are_one(world: SyncedProject) -> None:
    """The second run has nothing to do and writes nothing."""
    world.revise(ARTICLE, lambda text: text.replace(LOST_SENTENCE, "", 1))
    migrate_texts(world.project)
    before = snapshot(world)
    again = migrate_texts(world.project)

    assert ([], 0) == (again.layers, again.files)
    assert before == snapshot(world)


def test_there_and_back(world: SyncedProject) -> None:
    """A correction that is undone leaves what was not lost as it was, byte by byte."""
    before = (world.project.layers / "gold" / f"{ARTICLE}.jsonl").read_bytes()
    path = world.project.seeds / next(row.file for row in world.project.catalogue if row.id == ARTICLE)
    raw = path.read_text("utf-8")
    world.revise(ARTICLE, insert(0, "Hier encore,"))
    migrate_texts(world.project)
    git(world.root, "add", "-A")
    git(world.root, "commit", "-qm", "second")
    world.revise(ARTICLE, lambda _: raw)
    migrate_texts(world.project)

    assert before == (world.project.layers / "gold" / f"{ARTICLE}.jsonl").read_bytes()


def test_a_dry_run_tells_the_same_and_writes_nothing(world: SyncedProject) -> None:
    """Counts and fates are those of the run that follows."""
    world.revise(ARTICLE, lambda text: text.replace(LOST_SENTENCE, "", 1))
    before = snapshot(world)
    told = migrate_texts(world.project, dry_run=True)

    assert before == snapshot(world)
    assert told.layers == migrate_texts(world.project).layers


def test_an_edited_file_is_enough(world: SyncedProject) -> None:
    """Who edits an open article need not touch the catalogue: its row follows the file."""
    row = next(row for row in world.project.catalogue if row.id == ARTICLE)
    path = world.project.seeds / row.file
    path.write_text(path.read_text("utf-8").replace("Trois", "Hier, trois"), "utf-8")
    done = migrate_texts(world.project)

    assert [ARTICLE] == done.edited
    assert world.document(ARTICLE).text_sha256 == layer(world).text_sha256
    assert path.stat().st_size == next(row.size for row in world.project.catalogue if row.id == ARTICLE)


def test_an_article_whose_old_text_is_nowhere_is_left(world: SyncedProject) -> None:
    """Without git and dataset its layers stay, with a line that says so; other articles are migrated."""
    shutil.rmtree(world.root / ".git")
    before = layer(world)
    world.revise(ARTICLE, insert(0, "Hier encore,"))
    done = migrate_texts(world.project)

    assert before == layer(world)
    assert {ARTICLE} == {left.article_id for left in done.left}
    assert "nowhere" in done.left[0].why


def test_an_older_revision_is_named(world: SyncedProject) -> None:
    """The text was edited and committed without its layers: HEAD has it no more, a revision that is named has."""
    git(world.root, "tag", "v1")
    world.revise(ARTICLE, insert(0, "Hier encore,"))
    git(world.root, "add", "-A")
    git(world.root, "commit", "-qm", "second")

    assert migrate_texts(world.project, dry_run=True).left
    assert not migrate_texts(world.project, "v1").left
    assert world.document(ARTICLE).text_sha256 == layer(world).text_sha256


def test_an_unknown_revision_is_told(world: SyncedProject) -> None:
    """It is the call that is wrong."""
    with pytest.raises(UsageError, match="no such revision"):
        migrate_texts(world.project, "nowhere")


@pytest.fixture
def other_normalizer(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From when it is called, texts begin with a word more, and the normalizer is another."""
    usual = reading.read_raw_document

    def read(raw: bytes, item: Item) -> tuple[Document, str]:
        document, encoding = usual(b"Ainsi.\n\n" + raw, item)
        moved = [Segment(one[0], one[1], max(one[2] - 8, 0), max(one[3] - 8, 0)) for one in document.alignment.segments]
        alignment = Alignment(tuple(moved))
        return replace(document, normalizer="parallaxe-normalizer/99", alignment=alignment), encoding

    return lambda: monkeypatch.setattr(reading, "read_raw_document", read)


def test_a_dataset_that_was_built_holds_texts_of_older_normalizers(
    world: SyncedProject, other_normalizer: Callable[[], None]
) -> None:
    """No raw file gives the old text any more; the dataset of the last build does."""
    build_project(world.root, None, Options())
    before = words(world)
    other_normalizer()
    done = migrate_texts(world.project)
    text = read_row(world.project, world.project.catalogue[0]).text or ""
    after = {claim.id: [text[slice(*span)] for span in claim.fragments] for claim in layer(world).claims}

    assert not done.left
    assert ("parallaxe-normalizer/99", before) == (layer(world).normalizer, after)


def test_a_normalizer_that_reads_the_same_text_changes_headers_alone(
    world: SyncedProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hash is the same, so no old text is looked for; layers name the new normalizer."""
    shutil.rmtree(world.root / ".git")
    usual = reading.read_raw_document

    def read(raw: bytes, item: Item) -> tuple[Document, str]:
        document, encoding = usual(raw, item)
        return replace(document, normalizer="parallaxe-normalizer/99"), encoding

    monkeypatch.setattr(reading, "read_raw_document", read)
    before = layer(world)
    done = migrate_texts(world.project)

    assert replace(before, normalizer="parallaxe-normalizer/99") == layer(world)
    assert {"kept"} == set(done.counts)


def test_a_restricted_article_is_carried_by_its_alignment(tmp_path: Path, other_normalizer: Callable[[], None]) -> None:
    """No copy of the old text is anywhere: the text layer tells where it stood in the raw file, which is enough."""
    world = made(tmp_path, "restricted")
    shutil.rmtree(world.root / ".git")
    before = words(world)
    other_normalizer()
    done = migrate_texts(world.project)
    text = read_row(world.project, world.project.catalogue[0]).text or ""

    assert ([], [name(0), name(1)]) == (done.left, done.refreshed)
    assert before == {claim.id: [text[slice(*span)] for span in claim.fragments] for claim in layer(world).claims}


def test_words_of_restricted_articles_stay_out_of_git(tmp_path: Path) -> None:
    """What is lost of one is in git without its words, and whole in the folder that git ignores."""
    world = made(tmp_path, "restricted")
    shutil.rmtree(world.root / ".git")
    build_project(world.root, None, Options(profile="full"))
    world.revise(ARTICLE, lambda text: text.replace(LOST_SENTENCE, "", 1))
    done = migrate_texts(world.project)
    tracked, whole = (list(read_rows(place(world.project))) for place in (lost_file, withheld_lost_file))

    assert not done.left
    assert {None} == {line["context"] for _, line in tracked}
    assert any("[juin]" in (line["context"] or "") for _, line in whole)


def test_an_article_that_is_not_here_is_left(tmp_path: Path) -> None:
    """The raw file of a restricted article is missing, and a layer is about another text than is known."""
    world = made(tmp_path, "restricted")
    before = layer(world)
    write_layer(world.project.layers, replace(before, text_sha256="0" * 64))
    (world.project.seeds / world.project.catalogue[0].file).unlink()
    done = migrate_texts(world.project)

    assert [(ARTICLE, ("gold",))] == [(left.article_id, left.layers) for left in done.left]
    assert "hydrate" in done.left[0].remedy


def test_decisions_follow_and_lost_ones_are_kept(world: SyncedProject) -> None:
    """Decisions name claims by their ids: those of carried claims move, those of lost ones are in the lost file."""
    path = world.root / "annotations" / "decisions" / f"{ARTICLE}.jsonl"
    gold = layer(world)
    lines = [
        {"key": f"{claim.id}~-", "kind": "entity", "differs": ["missing"], "a": claim_line(gold, claim), "b": None,
         "keep": "a", "why": "nommé", "fields": {}}
        for claim in gold.entities
    ]  # fmt: skip
    write_rows(path, lines)
    world.revise(ARTICLE, lambda text: insert(0, "Hier encore,")(text).replace(LOST_SENTENCE, "", 1))
    done = migrate_texts(world.project)
    (kept,) = [line for _, line in read_rows(path)]

    assert ("e1", [list(layer(world).entities[0].fragments[0])]) == (kept["a"]["id"], kept["a"]["fragments"])
    assert 1 == done.decisions
    assert lines[1] in [line["claim"] for _, line in read_rows(lost_file(world.project))]


def test_a_broken_layer_stops_it_before_anything_is_written(world: SyncedProject) -> None:
    """One layer of the article cannot be read: it is told, and no other file has changed."""
    world.revise(ARTICLE, insert(0, "Hier encore,"))
    path = world.project.layers / "machine" / f"{ARTICLE}.jsonl"
    path.write_text(path.read_text("utf-8") + '{"id": "x", "kind": "mot"}\n', "utf-8")
    before = snapshot(world)
    with pytest.raises(ProjectError, match="claim-kind"):
        migrate_texts(world.project)

    assert before == snapshot(world)


@pytest.mark.parametrize("number", range(3))
def test_stopped_anywhere_the_next_run_completes_it(world: SyncedProject, number: int) -> None:
    """Stopped before any of its writes, it is completed by the next call: the end is that of one whole run."""
    world.revise(ARTICLE, lambda text: text.replace(LOST_SENTENCE, "", 1))
    whole = SyncedProject(shutil.copytree(world.root, world.root.parent / "autre"))
    migrate_texts(whole.project)
    with stopped_after(number):
        migrate_texts(world.project)
    assert journal(world.project).is_file()
    done = migrate_texts(world.project)

    assert snapshot(whole) == snapshot(world)
    assert not done.left
    assert not journal(world.project).exists()
