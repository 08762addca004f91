"""Whatever a person hands in, no traceback, no hang, no write outside of the project, and nothing half done.

Each target is damaged with a few seeds here, with more of them where `PARALLAXE_EXAMPLES` says so; `tools/fuzz.py` goes
on for as long as somebody likes, guided by coverage.
What once broke the program stands in `tests/cases/handed_files.json`.
"""

from __future__ import annotations

import base64
import json
import os
import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from types import FrameType

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from damage import damaged
from handed_files import BY_NAME, TARGETS, Target, base_of, copied, run_calls, run_target
from watched_calls import FaultError, call, check_inside

EXAMPLES = int(os.environ.get("PARALLAXE_EXAMPLES", "2"))
EVERY = EXAMPLES > 2
"""True where somebody wants all combinations, which take many minutes."""

PATIENCE = 60
"""Seconds after which a call hangs; the slowest takes two."""

MEMORY = 8 << 30
"""Bytes of address space that a call may take: reading a device without end must not take those of the machine."""

CASES = json.loads((Path(__file__).parents[1] / "cases" / "handed_files.json").read_text("utf-8"))


@contextmanager
def patience(seconds: int = PATIENCE) -> Iterator[None]:
    """Raise FaultError in whatever takes longer, and MemoryError in whatever takes more than `MEMORY`."""

    def lose(_signal: int, _frame: FrameType | None) -> None:
        raise FaultError(f"no answer after {seconds} s")

    before = signal.signal(signal.SIGALRM, lose)
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard), hard))
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("target", TARGETS, ids=[target.name for target in TARGETS])
def test_undamaged_files_break_nothing(target: Target, sample: Path) -> None:
    """The sample itself is sound: a call that fails on it would hide what damage does."""
    with patience():
        run_target(target, base_of(target, sample), sample)


@pytest.mark.parametrize("target", TARGETS, ids=[target.name for target in TARGETS])
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(seed=st.integers(0, 2**32))
def test_damaged_files_break_nothing(target: Target, sample: Path, seed: int) -> None:
    """A damaged file is read, or refused in a line that a person understands."""
    chance = Random(f"{target.name} {seed}")
    content = damaged(base_of(target, sample), target.suffix, chance)
    with patience():
        run_target(target, content, sample, [chance.choice(target.calls)])


@pytest.mark.parametrize("case", CASES, ids=[case["what"] for case in CASES])
def test_what_once_broke(case: dict[str, str], sample: Path) -> None:
    """Files that ended in a traceback, and do no more."""
    target = BY_NAME[case["target"]]
    content = base_of(target, sample)
    if "base64" in case:
        content = base64.b64decode(case["base64"])
    elif "replace" in case:
        content = content.decode("utf-8").replace(case["replace"], case["by"], 1).encode("utf-8", "surrogatepass")
        assert content != base_of(target, sample)
    else:
        content = case["content"].encode("utf-8", "surrogatepass")
    with patience():
        run_target(target, content, sample)


def _folder(path: Path) -> None:
    path.mkdir()


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _dangling(path: Path) -> None:
    path.symlink_to("nulle-part")


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


def _outside(path: Path) -> None:
    path.symlink_to(os.devnull)


def _endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _empty(path: Path) -> None:
    path.touch()


KINDS: tuple[Callable[[Path], None], ...] = (_folder, _pipe, _dangling, _loop, _outside, _endless, _empty)
SPECIAL = [target for target in TARGETS if target.name not in ("stale-text-layer", "table-of-articles")]


@pytest.mark.parametrize("kind", KINDS, ids=[kind.__name__.strip("_") for kind in KINDS])
def test_what_is_no_file(kind: Callable[[Path], None], sample: Path) -> None:
    """A folder, a named pipe, a device or a link that leads nowhere or round in circles, where a file should stand."""
    faults = []
    for number, target in enumerate(SPECIAL):
        with copied(sample) as place:
            path = place / target.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            kind(path)
            for gone in target.without:
                (place / gone).unlink()
            first = (number + KINDS.index(kind)) % len(target.calls)
            for arguments in target.calls if EVERY else target.calls[first : first + 1]:
                try:
                    with patience(20):
                        run_calls([arguments], place)
                except FaultError as fault:
                    faults.append(f"{target.name}: {fault}")

    assert [] == faults


@pytest.mark.parametrize(
    "station",
    [
        "seeds",
        "seeds/open",
        "annotations",
        "annotations/layers",
        "annotations/layers/machine",
        "schemas",
        "corpus",
        ".parallaxe",
    ],
)
def test_nothing_is_written_through_a_link(station: str, sample: Path) -> None:
    """A folder of a project that is a link to another place takes no write there, whatever is called."""
    with copied(sample) as place:
        outside = place.parent / "dehors"
        (place / "projet" / station).rename(outside)
        (place / "projet" / station).symlink_to(outside)
        before = {path: path.read_bytes() for path in outside.rglob("*") if path.is_file()}
        for arguments in _EVERY_WRITER:
            run_calls([arguments], place)

        assert before == {path: path.read_bytes() for path in outside.rglob("*") if path.is_file()}


_EVERY_WRITER = (
    ("build", "-p", "projet"),
    ("annotate", "-p", "projet", "--layer", "essai"),
    ("render", "-p", "projet"),
    ("hydrate", "raw", "-p", "projet"),
    ("add", "raw/note.md", "-p", "projet"),
    ("adjudicate", "pass-a", "pass-b", "--annotator", "lecteur-1", "-p", "projet"),
    ("adjudicate", "--conflicts", "-p", "projet"),
    ("studio", "pull", "-p", "projet"),
)

HOSTILE_WORDS = (
    "", " ", "../x", "/etc/passwd", "-x", "--", "a\nb", "\x1b[31m", "é", "0", "HEAD", "..", "HEAD:x", "--output=x",
    "--upload-pack=touch x", "@{-1}", "x" * 5000, "\udcff", "2024-13-45", "2024-02-30", "null", "NaN",
)  # fmt: skip

CALLS_WITH_WORDS = (
    ("diff", "{}", "-p", "projet"),
    ("diff", "{}", "{}", "-p", "projet"),
    ("diff", "--layer", "{}", "-p", "projet"),
    ("add", "raw/note.md", "-p", "projet", "--rights", "{}"),
    ("add", "raw/note.md", "-p", "projet", "--text-origin", "{}"),
    ("add", "raw/note.md", "-p", "projet", "--date", "{}"),
    ("add", "raw/note.md", "-p", "projet", "--license", "{}", "--outlet", "{}", "--event", "{}"),
    ("add", "{}", "-p", "projet"),
    ("annotate", "-p", "projet", "--layer", "{}"),
    ("annotate", "raw/note.md", "--component", "{}", "--json"),
    ("agreement", "{}", "pass-b", "-p", "projet", "--resamples", "3"),
    ("adjudicate", "pass-a", "pass-b", "-p", "projet", "--annotator", "{}", "--layer", "{}"),
    ("adjudicate", "pass-a", "pass-b", "-p", "projet", "--annotator", "x", "--annotator-type", "{}"),
    ("adjudicate", "--conflicts", "--pass", "{}", "-p", "projet"),
    ("effort", "--pass", "{}", "-p", "projet"),
    ("studio", "status", "--pass", "{}", "-p", "projet"),
    ("studio", "pull", "--pass", "{}", "-p", "projet"),
    ("studio", "push", "--pass", "{}", "--kind", "{}", "-p", "projet", "--dry-run"),
    ("validate", "{}"),
    ("validate", "projet", "--profile", "{}"),
    ("validate", "--explain", "{}"),
    ("build", "raw", "--out", "neuf", "--rights", "{}", "--no-annotate"),
    ("evaluate", "--split", "{}", "-p", "projet"),
    ("show-layer", "{}", "-p", "projet"),
    ("normalize", "{}"),
    ("hydrate", "{}", "-p", "projet"),
    ("render", "--check", "-p", "{}"),
)


@pytest.mark.parametrize(
    "pattern", CALLS_WITH_WORDS, ids=[" ".join(call[:2]) + f" {n}" for n, call in enumerate(CALLS_WITH_WORDS)]
)
def test_hostile_words(pattern: tuple[str, ...], sample: Path) -> None:
    """Words that somebody pastes into a call end it with 2 or with a line; the project stays one that can be read."""
    faults = []
    first = CALLS_WITH_WORDS.index(pattern)
    for word in HOSTILE_WORDS if EVERY else HOSTILE_WORDS[first % 6 :: 6]:
        arguments = tuple(part.replace("{}", word) for part in pattern)
        with copied(sample) as place:
            try:
                with patience(20):
                    run_calls([arguments], place)
                    run_calls([("studio", "status", "-p", "projet")], place)
                    ended = call("validate", str(place / "projet"), "--format", "json") if "add" in pattern else None
                assert ended is None or ended.code in (0, 1), ended
                if ended is not None and "catalogue" in ended.out:
                    faults.append(f"{arguments}: the catalogue is broken")
            except FaultError as fault:
                faults.append(str(fault)[:300])

    assert [] == faults


def test_a_write_outside_is_seen(tmp_path: Path) -> None:
    """The judge of these tests tells what is written elsewhere."""
    (tmp_path / "ici").mkdir()
    outcome = call("init", str(tmp_path / "projet"))

    check_inside(outcome, tmp_path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tempfile.tempdir", str(tmp_path / "ici"))
        with pytest.raises(FaultError, match="outside"):
            check_inside(outcome, tmp_path / "ici")
