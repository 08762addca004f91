"""`parallaxe migrate` as people call it: what it prints, and how it ends."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from command_line import run, run_installed
from parallaxe.store.annotations import write_layer
from synced_project import SyncedProject, mention, name

ARTICLE = name(0)
RENAME = '[[rename]]\nset = "entity_labels"\nold = "LOC"\nnew = "PLACE"\n'


@pytest.fixture
def world(tmp_path: Path) -> SyncedProject:
    """An article with a layer, in git."""
    world = SyncedProject.of(tmp_path, 1)
    text = world.text(ARTICLE)
    start = text.index("juin")
    claims = [mention(start, start + 4, "e1"), mention(text.index("Trois"), text.index("Trois") + 5, "e2")]
    write_layer(world.project.layers, world.layer_of(ARTICLE, "gold", claims))
    somebody = ["-c", "user.name=Lectrice", "-c", "user.email=lectrice@example.org", "-c", "commit.gpgsign=false"]
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "first"]):
        subprocess.run(["git", *somebody, *arguments], cwd=world.root, check=True, capture_output=True)
    return world


def test_nothing_to_do_is_one_line(world: SyncedProject) -> None:
    """And exit 0."""
    done = run_installed("migrate", folder=world.root)

    assert (0, 1) == (done.returncode, len(done.stdout.splitlines()))
    assert "nothing to migrate" in done.stdout


def test_what_is_lost_is_shown_with_its_words(world: SyncedProject) -> None:
    """Counts first, then the claim with the words around it; JSON tells the same of every claim that is not kept."""
    world.revise(ARTICLE, lambda text: text.replace(" Le vote aura lieu en juin.", "", 1))
    told = json.loads(run("migrate", "--dry-run", "--json", folder=world.root).stdout)
    done = run("migrate", folder=world.root)
    (gold,) = [layer for layer in told["layers"] if layer["layer"] == "gold"]

    assert 0 == done.returncode
    assert "lieu en [juin]." in done.stdout
    assert "annotations/migrations/lost.jsonl" in done.stdout
    assert [("e1", "lost", None)] == [(one["id"], one["status"], one["new"]) for one in gold["told"]]


def test_an_article_that_is_left_ends_with_1(world: SyncedProject) -> None:
    """Its old text is nowhere: one line says so, and what to do."""
    subprocess.run(["git", "commit", "--amend", "-qm", "x", "--allow-empty"], cwd=world.root, check=False)
    path = world.project.layers / "gold" / f"{ARTICLE}.jsonl"
    path.write_text(path.read_text("utf-8").replace(world.document(ARTICLE).text_sha256, "0" * 64), "utf-8")
    done = run("migrate", folder=world.root)

    assert 1 == done.returncode
    assert (
        "gold: the text 000000000000… that it is about is nowhere; name a revision that has it with --from"
        in done.stdout
    )


def test_labels_there_and_back(world: SyncedProject) -> None:
    """A rename is told with its figures, again it is there already, and it goes back."""
    (world.root.parent / "places.toml").write_text(RENAME, "utf-8")
    there, again, back = (
        run("migrate", "--labels", "../places.toml", *more, folder=world.root) for more in ((), (), ("--reverse",))
    )

    assert (0, 0, 0) == (there.returncode, again.returncode, back.returncode)
    assert "0001-places: applied" in there.stdout
    assert "LOC → PLACE" in there.stdout
    assert "applied already" in again.stdout
    assert "PLACE → LOC" in back.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "complaint"),
    [
        (("--reverse",), 2, "only labels go back"),
        (("--labels", "nowhere.toml"), 2, "no such file"),
        (("--labels", "../places.toml", "--from", "HEAD"), 2, "no older text"),
        (("--labels", "../places.toml", "--reverse"), 2, "was not applied"),
        (("--from", "nowhere"), 2, "no such revision"),
        (("--labels", "../wrong.toml"), 1, "label `LIEU` is not there"),
    ],
)
def test_a_wrong_call_is_one_line(world: SyncedProject, arguments: tuple[str, ...], code: int, complaint: str) -> None:
    """What is wrong, where, and what to do; nothing is printed beside it."""
    (world.root.parent / "places.toml").write_text(RENAME, "utf-8")
    (world.root.parent / "wrong.toml").write_text(RENAME.replace("LOC", "LIEU"), "utf-8")
    done = run("migrate", *arguments, folder=world.root)

    assert (code, "", 1) == (done.returncode, done.stdout, len(done.stderr.splitlines()))
    assert complaint in done.stderr
