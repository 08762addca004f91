"""A command that is killed at any point leaves a project that is whole, and ends right when it is run again.

`PARALLAXE_KILLS=100` kills each command a hundred times; by default four times, spread over its life. Only a kill that
has landed counts: one that came when the command had ended is drawn again, within the life that was then measured.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from killing import Killer, State, is_begun, state, torn
from parallaxe.store.project import Project
from raw_articles import write_articles
from released_project import committed_project, git, known_to_git

KILLS = int(os.environ.get("PARALLAXE_KILLS", "4"))


class Scenario(NamedTuple):
    """A command in a folder that was prepared for it, the directory that it replaces as one, and how it may end anew.

    `again` are the codes of a second run, which may find that all is done.
    """

    arguments: tuple[str, ...]
    prepare: Callable[[Path], object]
    whole: str | None = None
    again: tuple[int, ...] = (0,)


def _one_more(folder: Path) -> None:
    """An article more than the dataset knows."""
    from parallaxe.store.add import Declared, add

    raw = write_articles(folder / "more", 1, start=9)
    add(Project(folder / "projet"), sorted(raw.iterdir()), Declared("open", "press"))


def _dried(folder: Path) -> None:
    """Five restricted articles of which a folder holds copies, and the project neither text nor layer."""
    from parallaxe.store.add import Declared, add

    raw = write_articles(folder / "copies", 5, start=5)
    add(Project(folder / "projet"), sorted(raw.iterdir()), Declared("restricted", "press"))
    project = Project(folder / "projet")
    for row in project.catalogue:
        if not row.is_open and row.id != "article-002":
            (project.seeds / row.file).unlink()
            project.text_layer(row.id).unlink()


def _edited(folder: Path) -> None:
    """An article that somebody has corrected, to whose text no layer fits any more."""
    path = folder / "projet" / "seeds" / "open" / "article-000.txt"
    path.write_text(path.read_text("utf-8").replace("Trois réunions", "Depuis mai, quatre réunions"), "utf-8")


def _relabelled(folder: Path) -> None:
    """A file that gives a label another name."""
    rename = '[[rename]]\nset = "entity_labels"\nold = "LOC"\nnew = "PLACE"\n'
    (folder / "lieux.toml").write_text(f'why = "essai"\n\n{rename}', "utf-8")


def _committed(folder: Path) -> None:
    """A repository in which all is committed, and nothing released."""
    for path in folder.iterdir():
        shutil.rmtree(path)
    committed_project(folder)


SCENARIOS = {
    "build": Scenario(("build", "-p", "projet", "--jobs", "1"), _one_more, "projet/corpus/"),
    "hydrate": Scenario(("hydrate", "copies", "-p", "projet"), _dried),
    "add": Scenario(("add", "raw/note.md", "raw/page.html", "-p", "projet", "--rights", "open"), str, again=(0, 1)),
    "migrate": Scenario(("migrate", "-p", "projet"), _edited),
    "migrate-labels": Scenario(("migrate", "--labels", "lieux.toml", "-p", "projet"), _relabelled, again=(0, 1, 2)),
    "takedown": Scenario(("takedown", "article-001", "--reason", "essai", "-p", "projet"), str, again=(0, 2)),
    "release": Scenario(
        ("release", "--date", "2026-01-02", "-p", "projet"), _committed, "projet/corpus/", again=(0, 2)
    ),
    "annotate": Scenario(("annotate", "-p", "projet", "--layer", "essai"), str),
}


@pytest.fixture(scope="module", autouse=True)
def somebody() -> Iterator[None]:
    """Git knows who commits, and nothing of whoever runs this."""
    with pytest.MonkeyPatch.context() as patch:
        known_to_git(patch)
        yield


def looked_at(folder: Path) -> State:
    """All files of a folder but a lock's, which names who held it last, and those of git, which are its own affair."""
    return state(folder, lambda name: name.endswith("/lock") or name.startswith(".git/"))


def visible(files: State) -> State:
    """Those outside of the state folder: there stands what a command has begun, and what the next one finishes."""
    return {name: digest for name, digest in files.items() if "/.parallaxe/" not in name}


@pytest.mark.parametrize("name", SCENARIOS)
def test_killed_anywhere_a_project_is_whole(name: str, sample: Path, forked: Killer, tmp_path: Path) -> None:
    """Each file is as it was or as it will be, a dataset one of both as a whole; a second run leaves nothing stray."""
    scenario = SCENARIOS[name]
    start = shutil.copytree(sample, tmp_path / "start")
    scenario.prepare(start)
    before = looked_at(start)
    done = shutil.copytree(start, tmp_path / "ici")
    whole = forked.run(*scenario.arguments, folder=done)
    after = looked_at(done)
    assert (whole.code, before != after) == (0, True), whole.said
    shutil.rmtree(done)

    landed = asked = 0
    chance, life = Random(6), whole.seconds
    effects = sorted({1 + number * whole.effects // (KILLS // 2) for number in range(KILLS // 2)})
    while landed < KILLS and asked < 10 * KILLS:
        at = effects[asked] if asked < len(effects) else None
        moment = chance.random() * life if at is None else None
        here = shutil.copytree(start, tmp_path / "ici")
        ended = forked.run(*scenario.arguments, folder=here, at=at, after=moment)
        asked += 1
        landed += ended.code == -9
        life = life if ended.code == -9 else min(life, ended.seconds)
        assert [] == torn(visible(looked_at(here)), visible(before), visible(after), whole=scenario.whole), (at, moment)
        again = forked.run(*scenario.arguments, folder=here)
        assert again.code in scenario.again, (at, moment, again.said)
        assert after == looked_at(here), (at, moment)
        if name == "release":
            _check_release(here)
        shutil.rmtree(here)

    effects_tried = f"{len(effects)} of {whole.effects} effects, the rest at moments of {whole.seconds:.2f} s"
    print(f"{name}: {asked} kills asked, {landed} landed ({effects_tried}), nothing torn")
    assert landed == KILLS


def _check_release(folder: Path) -> None:
    """One commit, one tag, nothing left to commit, and a repository without fault."""
    git(folder, "fsck", "--strict", "--no-dangling")
    assert ("2", "") == (git(folder, "rev-list", "--count", "v0.1.0"), git(folder, "status", "--porcelain"))
    assert git(folder, "rev-parse", "HEAD") == git(folder, "rev-parse", "v0.1.0^{commit}")


def test_no_worker_outlives_a_build_that_is_killed(sample: Path, forked: Killer, tmp_path: Path) -> None:
    """The processes that a build shares its articles among end with it."""
    here = shutil.copytree(sample, tmp_path / "ici")
    write_articles(here / "raw", 40, start=10)

    ended = forked.run("build", "raw", "--out", "neuf", "--jobs", "2", folder=here, after=4)

    assert ended.code in (-9, 0)
    for _ in range(100):
        if not (left := _in_folder(here)):
            break
        time.sleep(0.1)
    assert [] == left


def _in_folder(folder: Path) -> list[str]:
    """The processes that work in a folder."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if (path / "cwd").resolve() == folder.resolve():
                found.append((path / "cmdline").read_bytes().decode("utf-8", "replace"))
        except OSError:
            continue
    return found


def test_what_is_torn_is_seen() -> None:
    """The judge of these tests tells a file that is half written, one that is lost, and a dataset of two states."""
    before, after = {"a": "1", "d/x": "1", "d/y": "1"}, {"a": "2", "d/x": "2", "d/y": "2"}

    assert ["a"] == torn({**before, "a": "half"}, before, after)
    assert ["a is gone"] == torn({"d/x": "1", "d/y": "1"}, before, after)
    assert ["d/ is neither old nor new"] == torn({"a": "1", "d/x": "1", "d/y": "2"}, before, after, whole="d/")
    assert is_begun(".corpus.building/data/x.parquet")
