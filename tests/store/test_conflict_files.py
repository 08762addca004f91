"""What a pull could not merge is settled in files of the project: whole, once, and wherever it was cut short."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from command_line import run, run_installed
from parallaxe.compare.conflicts import Row
from parallaxe.compare.merge import merge
from parallaxe.core.claims import Claim, Entity, Layer, Quote, Span, Stance
from parallaxe.core.errors import CombinedError, SurroundingsError, UsageError
from parallaxe.store import conflicts as store
from parallaxe.store.add import Declared, add
from parallaxe.store.annotations import read_layer, write_layer
from parallaxe.store.commands import normalize_file
from parallaxe.store.conflicts import read_conflicts, settle_conflicts, write_conflicts
from parallaxe.store.init import init_project
from parallaxe.store.project import Project
from parallaxe.store.sync.lock import only_one
from parallaxe.store.sync.places import Places
from parallaxe.text.document import text_digest
from raw_articles import write_articles

NAME = "article-000"
WHO = "annotateur-1"
PORT = Entity("e", (Span(3, 7),), "LOC", None, "NIL:port")
GRUES = Quote("q", "indirect", (Span(3, 24),))
VIEW = Stance("s", "attributed", "NIL:port", "sanctions", "favor", 1, (), "q")
BASE: tuple[Claim, ...] = (PORT, GRUES, VIEW)
OURS = (replace(PORT, label="ORG"), GRUES, VIEW)
THEIRS = (replace(PORT, label="PER"), GRUES, VIEW)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with one article, its layer after a merge, and the conflict that waits."""
    raw = write_articles(tmp_path / "raw", 1)
    project = Project(init_project(tmp_path / "projet", "Projet").root)
    add(project, [raw / f"{NAME}.txt"], Declared("open", "press"))
    text = normalize_file(project.seeds / "open" / f"{NAME}.txt").text or ""
    merged = merge(BASE, OURS, THEIRS)
    write_layer(
        project.layers, Layer(WHO, NAME, text_digest(text), "n/1", "1.2", WHO, "human", ("entity",), merged.claims)
    )
    write_conflicts(project, "main", [Row(WHO, NAME, conflict) for conflict in merged.conflicts])
    return Project(project.root)


def decide(project: Project, **change: Any) -> Path:
    path = project.root / "annotations" / "sync" / "main" / "conflicts.jsonl"
    lines = [json.loads(line) | change for line in path.read_text("utf-8").splitlines()]
    path.write_text("".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines), "utf-8")
    return path


def label_in(project: Project) -> str:
    return read_layer(project.layers / WHO / f"{NAME}.jsonl").layer.entities[0].label


def test_what_waits_changes_nothing(project: Project) -> None:
    """Without a decision the layer keeps ours and the row stays, with the text to show it by."""
    found = settle_conflicts(project)

    assert ("ORG", 0, 1) == (label_in(project), len(found.settled), len(found.waiting))
    assert (found.texts[NAME] or "").startswith("Le port")


def test_a_decision_is_applied_and_remembered(project: Project) -> None:
    """The layer has theirs, the row is taken out, and stands in `settled.jsonl`."""
    path = decide(project, keep="theirs", why="un équipage")

    found = settle_conflicts(project, "main")
    [line] = [json.loads(line) for line in path.with_name("settled.jsonl").read_text("utf-8").splitlines()]
    assert ("PER", 1, 0) == (label_in(project), len(found.settled), len(found.waiting))
    assert ("", "theirs", "un équipage", "e") == (path.read_text("utf-8"), line["keep"], line["why"], line["id"])
    assert 0 == len(settle_conflicts(project).settled)


def test_a_dry_run_tells_and_writes_nothing(project: Project) -> None:
    """It says what would be settled; layer and file stay as they are."""
    path = decide(project, keep="theirs")
    before = path.read_bytes()

    found = settle_conflicts(project, dry_run=True)

    assert (1, "ORG", before) == (len(found.settled), label_in(project), path.read_bytes())


def test_a_run_that_was_cut_short_is_repeated(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed behind the layer, or behind what is remembered: the next run ends in the same place, remembered once."""
    path = decide(project, keep="theirs")
    for step in ("_take_out", "write_conflicts"):
        with monkeypatch.context() as cut:
            cut.setattr(store, step, _killed)
            with pytest.raises(KeyboardInterrupt):
                settle_conflicts(project)

    assert 1 == len(settle_conflicts(project).settled)
    assert ("PER", "") == (label_in(project), path.read_text("utf-8"))
    assert 1 == len(path.with_name("settled.jsonl").read_text("utf-8").splitlines())


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_nothing_is_written_where_one_decision_cannot_be_applied(project: Project) -> None:
    """A complaint for each, with file and line; files are as they were."""
    path = decide(project, keep="edit", fields={"label": "PER", "lable": "x"})
    before = path.read_bytes()

    with pytest.raises(CombinedError, match=r"annotations/sync/main/conflicts\.jsonl:1.*unknown key `lable`"):
        settle_conflicts(project)
    assert ("ORG", before) == (label_in(project), path.read_bytes())
    assert not path.with_name("settled.jsonl").exists()


def test_a_row_about_a_layer_that_is_gone_is_told(project: Project) -> None:
    """And so is a pass that there is not."""
    decide(project, keep="theirs", layer="annotateur-9")

    with pytest.raises(CombinedError, match="no layer `annotateur-9` of article `article-000`"):
        settle_conflicts(project)
    with pytest.raises(UsageError, match="no pass `double`; name one of main"):
        settle_conflicts(project, "double")


def test_rows_are_kept_in_one_order(project: Project) -> None:
    """By article, layer and id, so that a diff shows what came and what went."""
    [row] = read_conflicts(project, "main")
    write_conflicts(project, "main", [row._replace(article_id="b"), row._replace(layer="a"), row])

    assert [("a", NAME), (WHO, NAME), (WHO, "b")] == [row.place for row in read_conflicts(project, "main")]


def test_the_command_shows_what_waits(project: Project) -> None:
    """Where, why, the words in their place, and what either side says; no field that all agree on."""
    done = run_installed("adjudicate", "--conflicts", folder=project.root)

    assert 0 == done.returncode
    lines = done.stdout.splitlines()
    assert f"annotations/sync/main/conflicts.jsonl:1  entity e  {WHO}, {NAME}" == lines[0]
    assert "  both sides changed it, differently" == lines[1]
    assert "  Le [port] attend ses grues" in lines[2]
    assert ["label", "LOC", "ORG", "PER"] == lines[4].split()
    assert "0 settled, 1 waiting" in lines
    assert "NIL:port" not in done.stdout


def test_without_the_text_the_rest_is_shown(project: Project) -> None:
    """Of a restricted article that is not here there are offsets and labels, and no words."""
    (project.seeds / "open" / f"{NAME}.txt").unlink()
    [row] = read_conflicts(project, "main")
    moved = row._replace(conflict=replace(row.conflict, theirs=replace(PORT, fragments=(Span(3, 9),))))
    write_conflicts(project, "main", [moved])

    done = run("adjudicate", "--conflicts", folder=project.root)
    assert ["fragments", "[3,", "7]", "[3,", "7]", "[3,", "9]"] in [line.split() for line in done.stdout.splitlines()]
    assert "port" not in done.stdout


def test_the_command_prints_json(project: Project) -> None:
    """What waits, as its rows."""
    decide(project, keep=None)
    printed = json.loads(run("adjudicate", "--conflicts", "--pass", "main", "--json", folder=project.root).stdout)

    assert (0, ["e"]) == (printed["settled"], [row["id"] for row in printed["waiting"]])


@pytest.mark.parametrize(
    "arguments", [("--conflicts", "a", "b"), ("a",), (), ("a", "b"), ("a", "b", "--annotator", "x", "--pass", "main")]
)
def test_wrong_calls_are_told(project: Project, arguments: tuple[str, ...]) -> None:
    """The command is about two layers, or about conflicts."""
    done = run("adjudicate", *arguments, folder=project.root)

    assert (2, 1) == (done.returncode, len(done.stderr.splitlines()))


def test_a_decision_that_is_none_ends_with_1(project: Project) -> None:
    """One line: file, line, what it says, what it may say."""
    decide(project, keep="mine")
    done = run("adjudicate", "--conflicts", folder=project.root)

    assert 1 == done.returncode
    [line] = done.stderr.splitlines()
    assert line.endswith("conflicts.jsonl:1: keep: 'mine'; use one of ours, theirs, both, neither, edit")


def test_nothing_is_settled_while_a_sync_is_at_work(project: Project) -> None:
    """Both write the same files: whoever comes second is told, and nothing changes."""
    decide(project, keep="theirs")

    with only_one(Places(project).lock), pytest.raises(SurroundingsError, match="another sync is at work"):
        settle_conflicts(project)
    assert "ORG" == label_in(project)
