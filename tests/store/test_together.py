"""Files written as one: all, or none, wherever the writer is stopped."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import pytest

from parallaxe.core.errors import ProjectError
from parallaxe.store import together as module
from parallaxe.store.sync import light
from parallaxe.store.together import finish, together
from stopping import StoppedError, stopped_after, stopping_at

OLD = {"a.txt": "un\n", "sous/b.txt": "deux\n", "c.txt": "trois\n"}
NEW = {"a.txt": "UN\n", "sous/b.txt": "DEUX é\n", "neuf/d.txt": "QUATRE\n"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with files."""
    for name, text in OLD.items():
        path = tmp_path / "projet" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path / "projet"


def journal(root: Path) -> Path:
    """Where the journal is."""
    return root / ".etat" / "journal.jsonl"


def write_all(root: Path) -> None:
    """Three files become others, one goes away."""
    with together(root, journal(root)) as made:
        for name, text in NEW.items():
            made.write(root / name, text)
        made.write(root / "c.txt", None)


def content(root: Path) -> dict[str, str]:
    """What stands in the folder, without the journal."""
    files = (path for path in root.rglob("*") if path.is_file() and ".etat" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in files}


def test_all_files_are_written(root: Path) -> None:
    """Each has its new text, one is gone, and no journal is left."""
    write_all(root)

    assert content(root) == NEW
    assert not any((root / ".etat").iterdir())


def test_an_error_writes_nothing(root: Path) -> None:
    """Whatever goes wrong before the end of the block leaves all files as they were."""
    with suppress(RuntimeError), together(root, journal(root)) as made:
        made.write(root / "a.txt", "UN\n")
        raise RuntimeError

    assert content(root) == OLD
    assert finish(root, journal(root)) == 0


def test_a_file_that_has_its_text_already_is_not_touched(root: Path) -> None:
    """Its time of change stays."""
    before = (root / "a.txt").stat().st_mtime_ns
    with together(root, journal(root)) as made:
        made.write(root / "a.txt", "un\n")

    assert (made.count, before) == (0, (root / "a.txt").stat().st_mtime_ns)


@pytest.mark.parametrize("number", range(14))
def test_stopped_at_any_side_effect_it_is_none_or_completed(
    root: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Before the journal stands nothing has changed; after it, who comes next completes it, and again is as good."""
    stop = stopping_at(number)
    with monkeypatch.context() as patch:
        for owner, name in ((os, "fsync"), (os, "sync"), (Path, "replace"), (Path, "unlink")):
            patch.setattr(owner, name, stop(getattr(owner, name)))
        for owner in (module, light):
            patch.setattr(owner, "write_lightly", stop(light.write_lightly))
        with suppress(StoppedError):
            write_all(root)
    begun = journal(root).is_file()
    if not begun:
        assert content(root) in (OLD, NEW)
    finish(root, journal(root))

    assert content(root) == NEW or not begun
    write_all(root)
    assert content(root) == NEW


def test_what_somebody_changed_in_between_is_not_overwritten(root: Path) -> None:
    """A run was cut short, a person edited one of its files: none of the others is written, and it is told."""
    with stopped_after(0):
        write_all(root)
    (root / "sous" / "b.txt").write_text("autre\n", "utf-8")
    with pytest.raises(ProjectError, match=r"b\.txt.*cut short"):
        finish(root, journal(root))

    assert content(root) == {**OLD, "sous/b.txt": "autre\n"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{", "["),
        ('"path": "a.txt"', '"path": "../a.txt"'),
        ('"path": "a.txt"', '"path": "/a.txt"'),
        ('"path": "a.txt"', '"path": 1'),
        ('"UN', '"XX'),
        ('"text"', '"texte"'),
        ("\\u00e9", "\udcff"),
    ],
)
def test_a_damaged_journal_is_told_and_writes_nothing(root: Path, old: str, new: str) -> None:
    """What somebody broke in a journal, also on its last line, is named by its line, before any file is written."""
    with stopped_after(0):
        write_all(root)
    lines = journal(root).read_text("utf-8")
    assert old in lines
    journal(root).write_text(lines.replace(old, new, 1), "utf-8", errors="surrogateescape")
    with pytest.raises(ProjectError, match=r"journal\.jsonl:\d.*delete .*journal\.jsonl"):
        finish(root, journal(root))

    assert content(root) == OLD
