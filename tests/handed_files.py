"""Every kind of file that a person hands to the program, and the commands that read it: the targets of fuzzing.

A target names a file of the sample project and calls. Whatever the file holds, each call must end as `watched_calls`
says, write nothing outside of its project, and leave nothing half done.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from parallaxe.store.sync import connection
from sample_project import OPEN, RESTRICTED
from synced_project import World
from watched_calls import FaultError, call, check_inside, unfinished

Calls = tuple[tuple[str, ...], ...]

_PROJECT = ("-p", "projet")
_RENDER = ("render", "--check", *_PROJECT)
_VALIDATE = ("validate", "projet")
_BUILD = ("build", *_PROJECT, "--jobs", "1")
_PLAIN = ("--no-annotate", "--jobs", "1", "--out", "neuf")
_ADJUDICATE = ("adjudicate", "pass-a", "pass-b", "--annotator", "lecteur-1", *_PROJECT)
_CONFLICTS = ("adjudicate", "--conflicts", *_PROJECT)
_STATUS = ("studio", "status", *_PROJECT)
_EFFORT = ("effort", *_PROJECT)
_AGREEMENT = ("agreement", "pass-a", "pass-b", "--resamples", "3", *_PROJECT)
_DIFF = ("diff", "avant", "projet", *_PROJECT)
_LAYERS = "projet/annotations/layers"
_SYNC = "projet/annotations/sync"


class Target(NamedTuple):
    """A file of the sample, relative to its folder, the calls that read it, and what must be gone for it to be read.

    `example` is where its valid content stands, if that is not the file itself.
    """

    name: str
    file: str
    calls: Calls
    without: tuple[str, ...] = ()
    example: str = ""

    @property
    def suffix(self) -> str:
        """What kind of file it is."""
        return Path(self.file).suffix


def _raw(name_: str, file: str) -> Target:
    path = f"raw/{file}"
    return Target(
        name_,
        path,
        (
            ("normalize", path, "--json"),
            ("annotate", path, "--json", *_PROJECT),
            ("add", path, *_PROJECT),
            ("build", "raw", *_PLAIN),
        ),
    )


TARGETS: tuple[Target, ...] = (
    _raw("raw-text", "article-004.txt"),
    _raw("raw-html", "page.html"),
    _raw("raw-markdown", "note.md"),
    Target("raw-jsonl", "raw/depeches.jsonl", (("build", "raw", *_PLAIN),)),
    Target(
        "catalogue",
        "projet/seeds/catalogue.jsonl",
        (_VALIDATE, _RENDER, _BUILD, ("hydrate", "raw", *_PROJECT), ("add", "raw/note.md", *_PROJECT), _STATUS, _DIFF),
    ),
    Target(
        "layer",
        f"{_LAYERS}/pass-a/{OPEN}.jsonl",
        (
            _VALIDATE,
            ("validate", f"{_LAYERS}/pass-a/{OPEN}.jsonl"),
            ("validate", f"{_LAYERS}/pass-a/{OPEN}.jsonl", "--format", "sarif"),
            ("show-layer", f"{_LAYERS}/pass-a/{OPEN}.jsonl", *_PROJECT),
            _AGREEMENT,
            _EFFORT,
            _DIFF,
            _BUILD,
            _ADJUDICATE,
        ),
    ),
    Target(
        "machine-layer",
        f"{_LAYERS}/machine/{OPEN}.jsonl",
        (_STATUS, _EFFORT, ("annotate", "--json", *_PROJECT), _BUILD),
    ),
    Target(
        "text-layer",
        f"{_LAYERS}/text/{RESTRICTED}.jsonl",
        (_VALIDATE, _BUILD, _STATUS, _DIFF),
        without=(f"projet/seeds/restricted/{RESTRICTED}.txt",),
    ),
    Target("stale-text-layer", f"{_LAYERS}/text/{RESTRICTED}.jsonl", (_BUILD, ("hydrate", "raw", *_PROJECT))),
    Target(
        "knowledge-base",
        "projet/annotations/knowledge_base.jsonl",
        (_VALIDATE, _BUILD, ("annotate", "raw/note.md", "--json", *_PROJECT)),
    ),
    Target("guidelines", "projet/annotations/GUIDELINES.md", (_RENDER, _VALIDATE, ("annotate", *_PROJECT))),
    Target("labels", "projet/schemas/labels.toml", (_VALIDATE, _RENDER, _AGREEMENT, ("annotate", *_PROJECT), _BUILD)),
    Target("table", "projet/schemas/tables/entities.yaml", (_VALIDATE, _RENDER, _BUILD)),
    Target("table-of-articles", "projet/schemas/tables/articles.yaml", (_VALIDATE, _RENDER, _BUILD)),
    Target("group-of-columns", "projet/schemas/tables/_provenance.yaml", (_VALIDATE, _RENDER, _BUILD)),
    Target("severities", "projet/schemas/validate.toml", (_VALIDATE, ("validate", "--rules", "projet"), _BUILD)),
    Target("card", "projet/DATASET_CARD.md", (_RENDER, _VALIDATE, _BUILD)),
    Target("agreement", "projet/annotations/agreement.jsonl", (_RENDER, _VALIDATE)),
    Target("floors", "projet/annotations/evaluation/floors.toml", (("evaluate", "--check", *_PROJECT), _RENDER)),
    Target("decisions", f"projet/annotations/decisions/{OPEN}.jsonl", (_ADJUDICATE, _VALIDATE)),
    Target("record", f"{_SYNC}/main/{OPEN}.jsonl", (_STATUS, _EFFORT, ("studio", "pull", *_PROJECT))),
    Target("conflicts", f"{_SYNC}/main/conflicts.jsonl", (_CONFLICTS, _STATUS, ("studio", "pull", *_PROJECT))),
    Target("passes", f"{_SYNC}/passes.jsonl", (_STATUS, _EFFORT, ("studio", "pull", *_PROJECT))),
    Target("annotators", f"{_SYNC}/annotators.jsonl", (_STATUS, _EFFORT, ("studio", "pull", "--full", *_PROJECT))),
    Target("cursor", "projet/.parallaxe/studio/sync/main.json", (("studio", "pull", *_PROJECT), _STATUS)),
    Target(
        "manifest", "projet/corpus/manifest.json", (("validate", "projet/corpus"), ("evaluate", "--check", *_PROJECT))
    ),
    Target("readme", "projet/corpus/README.md", (("validate", "projet/corpus"),)),
    Target("articles.parquet", "projet/corpus/data/articles/train.parquet", (("validate", "projet/corpus"), _VALIDATE)),
    Target("entities.parquet", "projet/corpus/data/entities/train.parquet", (("validate", "projet/corpus"),)),
    Target(
        "journal",
        f"projet/.parallaxe/studio/sync/journal/main/{OPEN}.json",
        (("studio", "pull", *_PROJECT), _STATUS, ("studio", "push", *_PROJECT)),
        example="exemples/journal.json",
    ),
    Target(
        "figures",
        "projet/annotations/evaluation/validation.jsonl",
        (_RENDER, _VALIDATE, ("evaluate", "--check", *_PROJECT)),
        example="exemples/validation.jsonl",
    ),
    Target(
        "looks",
        "projet/annotations/evaluation/looks.jsonl",
        (_RENDER, ("evaluate", "--check", *_PROJECT)),
        example="exemples/looks.jsonl",
    ),
    Target(
        "takedowns",
        "projet/annotations/takedowns.jsonl",
        (("add", "raw/note.md", *_PROJECT), _VALIDATE, _BUILD, ("takedown", OPEN, *_PROJECT)),
        example="exemples/takedowns.jsonl",
    ),
    Target("migration", "exemples/lieux.toml", (("migrate", "--labels", "exemples/lieux.toml", *_PROJECT),)),
    Target("foreign-card", "jeu/README.md", (("validate", "jeu"),)),
    Target("foreign-rows", "jeu/train.jsonl", (("validate", "jeu"),)),
)
"""What is fuzzed as a file."""

BY_NAME = {target.name: target for target in TARGETS}


@contextmanager
def copied(sample: Path) -> Iterator[Path]:
    """A copy of the sample as the working directory, with a folder of its own for temporary files."""
    with tempfile.TemporaryDirectory() as folder:
        place, temporary = Path(folder) / "ici", Path(folder) / "temporaire"
        temporary.mkdir()
        shutil.copytree(sample, place, symlinks=True)
        with patch.object(tempfile, "tempdir", str(temporary)):
            yield place


def run_target(target: Target, content: bytes, sample: Path, calls: Sequence[tuple[str, ...]] | None = None) -> None:
    """Put content where the target's file stands in a copy of the sample, and make its calls.

    Raises:
        FaultError: as `watched_calls` does, for a write outside of the copy, and for what is left half done.
    """
    with copied(sample) as place:
        (place / target.file).parent.mkdir(parents=True, exist_ok=True)
        (place / target.file).write_bytes(content)
        for gone in target.without:
            (place / gone).unlink()
        run_calls(target.calls if calls is None else calls, place)


def run_calls(calls: Sequence[tuple[str, ...]], place: Path) -> None:
    """Make calls in a copy of the sample.

    Raises:
        FaultError: as `run_target` does.
    """
    with _in(place), _no_server():
        for arguments in calls:
            check_inside(call(*arguments), place)
            if left := unfinished(place):
                raise FaultError(f"parallaxe {' '.join(arguments)}: left {left[0].name} behind")


@contextmanager
def _in(place: Path) -> Iterator[None]:
    import contextlib

    with contextlib.chdir(place):
        yield


@contextmanager
def _no_server(world: World | None = None) -> Iterator[None]:
    """A sync speaks to a Label Studio of memory."""
    found = World(Path(), fake=_empty()) if world is None else world
    with patch.object(connection, "connect", lambda _project: found.server):
        yield


def _empty() -> Any:
    from fake_label_studio import FakeLabelStudio

    return FakeLabelStudio()


def base_of(target: Target, sample: Path) -> bytes:
    """The valid content of a target's file."""
    return (sample / (target.example or target.file)).read_bytes()
