"""A reader sees the old state or the new one, whole, whatever happens to the writer."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from parallaxe.core.errors import SurroundingsError
from parallaxe.store import atomic


def fill(folder: Path, content: str) -> None:
    for number in range(20):
        (folder / f"{number}.txt").write_text(content, "utf-8")


def contents(folder: Path) -> set[str]:
    return {file.read_text("utf-8") for file in folder.iterdir()}


@pytest.mark.parametrize("can_exchange", [True, False])
def test_a_directory_takes_the_place_of_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, can_exchange: bool
) -> None:
    """The new directory stands where the old one stood, and nothing else is left; by two renames where need be."""
    if not can_exchange:
        monkeypatch.setattr(atomic, "_exchange", lambda _one, _other: False)
    target = tmp_path / "corpus"
    for content in ("old", "new"):
        with atomic.building(target) as new:
            fill(new, content)

    assert contents(target) == {"new"}
    assert [path.name for path in tmp_path.iterdir()] == ["corpus"]


def test_an_error_leaves_the_old_directory(tmp_path: Path) -> None:
    """What fails on the way changes nothing."""
    target = tmp_path / "corpus"
    with atomic.building(target) as new:
        fill(new, "old")

    def fail() -> None:
        with atomic.building(target) as new:
            fill(new, "new")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert contents(target) == {"old"}
    assert [path.name for path in tmp_path.iterdir()] == ["corpus"]


def test_a_cut_between_two_renames_is_mended(tmp_path: Path) -> None:
    """A writer killed between the renames left `.old`; the next one puts it back before it begins."""
    old = tmp_path / ".corpus.old"
    old.mkdir()
    fill(old, "old")

    with pytest.raises(RuntimeError), atomic.building(tmp_path / "corpus"):
        raise RuntimeError

    assert contents(tmp_path / "corpus") == {"old"}


KILLED = """
import sys
from pathlib import Path
from parallaxe.store.atomic import building
target = Path(sys.argv[1])
while True:
    for content in ("old", "new"):
        with building(target) as new:
            for number in range(20):
                (new / f"{number}.txt").write_text(content, "utf-8")
"""


def test_killed_at_any_moment_the_directory_is_whole(tmp_path: Path) -> None:
    """Twelve writers killed with SIGKILL at different moments: twenty files of one state each time."""
    target = tmp_path / "corpus"
    with atomic.building(target) as new:
        fill(new, "old")
    for number in range(12):
        writer = subprocess.Popen([sys.executable, "-c", KILLED, str(target)])
        time.sleep(0.15 + number * 0.013)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        assert len(list(target.iterdir())) == 20
        assert len(contents(target)) == 1


def test_writers_of_one_target_wait_for_each_other(tmp_path: Path) -> None:
    """A second writer begins when the first has finished; its directory is the one that stays."""
    order: list[str] = []

    def write(content: str, seconds: float) -> None:
        with atomic.building(tmp_path / "corpus") as new:
            order.append(content)
            time.sleep(seconds)
            fill(new, content)

    first = threading.Thread(target=write, args=("first", 0.3))
    first.start()
    while not order:
        time.sleep(0.01)
    write("second", 0)
    first.join()

    assert order == ["first", "second"]
    assert contents(tmp_path / "corpus") == {"second"}


def test_a_full_disk_is_one_clear_line(tmp_path: Path) -> None:
    """ENOSPC is told with what to do, and the file that stood there stays."""
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    (tmp_path / "file").write_text("old", "utf-8")

    with (
        pytest.raises(SurroundingsError, match="no space left on device; free some space"),
        atomic.surroundings("file"),
        full.open("wb", buffering=0) as file,
    ):
        file.write(b"new")

    assert (tmp_path / "file").read_text("utf-8") == "old"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_an_unwritable_place_is_one_clear_line(tmp_path: Path) -> None:
    """EACCES names the place and what to do."""
    tmp_path.chmod(0o500)
    with pytest.raises(SurroundingsError, match="permission denied; make it writable"):
        atomic.write_text(tmp_path / "file", "text")


def test_a_place_below_a_file_is_one_clear_line(tmp_path: Path) -> None:
    """Nobody, not even root, can make a directory inside a file."""
    (tmp_path / "file").write_text("", "utf-8")

    with pytest.raises(SurroundingsError, match="choose another place"), atomic.building(tmp_path / "file" / "corpus"):
        pass
