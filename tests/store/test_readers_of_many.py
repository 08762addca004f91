"""Readers of files that people and tools write: four times the rows are about four times the work, not sixteen."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from counted_work import calls
from parallaxe.compare.decisions import parse_decisions
from parallaxe.store.annotations import read_knowledge_base, read_layer, scan_layer_file
from parallaxe.store.catalogue import read_catalogue, scan_catalogue
from parallaxe.store.jsonl import read_rows
from parallaxe.store.sync.records import parse_record
from parallaxe.store.text_layer import read_text_layer

REPOSITORY = Path(__file__).parents[2]
NAME = "24fil-brief-forum-economique"
GOLD = REPOSITORY / "annotations" / "layers" / "gold" / f"{NAME}.jsonl"
TEXT = ("annotations", "layers", "text", "001_4f95c76a08eb6d0f.jsonl")
HEADER, *CLAIMS = (json.loads(line) for line in GOLD.read_text("utf-8").splitlines())
ENTITY, QUOTE = (next(claim for claim in CLAIMS if claim["kind"] == kind) for kind in ("entity", "quote"))
RECORD = {
    "pass": "main", "article_id": NAME, "text_sha256": "0" * 64, "task": 7, "created_at": None, "proposals": None,
    "blind": False,
}  # fmt: skip
SEEN = {
    "annotation": 1, "created_at": "2024-01-01", "task": 7, "user": 1, "text_sha256": "0" * 64, "updated_at": None,
    "state": "submitted", "lead_time": 1.5, "findings": [],
}  # fmt: skip

Rows = Iterator[dict[str, Any]]


def first_row(*parts: str) -> dict[str, Any]:
    """The first row of a file of this repository."""
    with REPOSITORY.joinpath(*parts).open(encoding="utf-8") as file:
        return dict(json.loads(file.readline()))


def claims(size: int) -> Rows:
    yield HEADER
    for number in range(size):
        yield {**ENTITY, "id": f"e{number:06}", "fragments": [[20 + number, 40 + number]]}


def chain(size: int) -> Rows:
    """Quotations each inside the one before."""
    yield HEADER
    for number in range(size):
        outer = {"inside": f"q{number - 1:06}"} if number else {}
        plain = {key: value for key, value in QUOTE.items() if key != "inside"}
        yield {**plain, **outer, "id": f"q{number:06}", "content": [[number, 9_000 - number]]}


def pieces(size: int) -> Rows:
    """One claim of very many fragments."""
    yield HEADER
    yield {**ENTITY, "fragments": [[3 * number, 3 * number + 2] for number in range(size)]}


def catalogue(size: int) -> Rows:
    row = first_row("seeds", "catalogue.jsonl")
    return ({**row, "id": f"a{number:06}", "file": f"restricted/a{number:06}.txt"} for number in range(size))


def entities(size: int) -> Rows:
    row = first_row("annotations", "knowledge_base.jsonl")
    relations = [{"relation": "leader_of", "kb_id": "e000000"}]
    for number in range(size):
        yield {**row, "kb_id": f"e{number:06}", "name": f"Nom {number}", "relations": relations if number else []}


def decisions(size: int) -> Rows:
    row = first_row("annotations", "decisions", f"{NAME}.jsonl")
    return ({**row, "key": f"{number:08x}~{row['key'].split('~')[1]}"} for number in range(size))


def blocks(size: int) -> Rows:
    """A text layer of paragraphs of one sentence."""
    yield first_row(*TEXT)
    yield from ({"kind": "block", "role": "paragraph", "start": 9 * n, "end": 9 * n + 7} for n in range(size))
    yield from ({"kind": "sentence", "block": n, "start": 9 * n, "end": 9 * n + 7} for n in range(size))


def annotated(size: int) -> Rows:
    """A record of a sync: each annotation before its claims."""
    yield RECORD
    for number in range(size):
        yield {**SEEN, "annotation": number + 1}
        yield ENTITY


READERS: dict[str, tuple[Callable[[int], Rows], Callable[[Path], object]]] = {
    "layer": (claims, read_layer),
    "layer that may be broken": (claims, scan_layer_file),
    "quotations in quotations": (chain, read_layer),
    "fragments": (pieces, read_layer),
    "catalogue": (catalogue, read_catalogue),
    "catalogue that may be broken": (catalogue, lambda path: list(scan_catalogue(path))),
    "knowledge base": (entities, read_knowledge_base),
    "decisions": (decisions, lambda path: parse_decisions(read_rows(path), str(path))),
    "record of a sync": (annotated, lambda path: parse_record(read_rows(path), str(path))),
    "text layer": (blocks, read_text_layer),
}


@pytest.mark.parametrize("name", READERS)
def test_four_times_the_rows_are_about_four_times_the_work(name: str, tmp_path: Path) -> None:
    """Counted in calls, of 200 rows and of 800."""
    rows, reader = READERS[name]

    def written(size: int) -> Path:
        path = tmp_path / str(size) / "gold" / f"{NAME}.jsonl"
        path.parent.mkdir(parents=True)
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(size)), "utf-8")
        return path

    few, many = written(200), written(800)
    reader(few)

    once, fourfold = (calls(partial(reader, path)) for path in (few, many))

    assert fourfold < 5 * once + 2_000
