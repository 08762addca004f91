"""Runs the examples that stand in the docstrings of rules: which rules does an example break?

Each kind of rule has its own small language, told in the module of the rules and, in all, in docs/rules/README.md.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from made_once import copy_of
from parallaxe.core.claims import Entity, Layer, Quote, Span
from parallaxe.core.layer_format import LineFault, scan_layer
from parallaxe.core.schema import Column, Table
from parallaxe.dataset.sections import without_prompts
from parallaxe.store.add import Declared, add
from parallaxe.store.annotations import write_layer
from parallaxe.store.commands import Options, build_project, normalize_file
from parallaxe.store.init import init_project
from parallaxe.store.project import Project
from parallaxe.store.render import render_project
from parallaxe.text.document import Block, text_digest
from parallaxe.text.normalize import NORMALIZER
from parallaxe.validate.documentation import Described, Line
from parallaxe.validate.frames import LEVEL, check_frame, polars_type
from parallaxe.validate.layer_lines import LINE_RULES, LayerLines
from parallaxe.validate.layers import LayerContext, check_layer
from parallaxe.validate.rules import RULES
from parallaxe.validate.survey import SURVEY
from parallaxe.validate.tables import Profile, Tables
from schema_tables import SCHEMAS

TEXT = "Jeanne Kerbrat parle. On verra bien, dit-elle."
"""What layers of examples annotate, unless they give another text."""


def value_of(line: Line) -> Any:
    """The content of a line as JSON; it may go on over several lines."""
    return json.loads(line.content.replace("\n", " "))


def broken_by_tables(rule: Described, example: Sequence[Line]) -> set[str]:
    """Rules that the tables of an example break; those of the schemas are asked for their own examples alone."""
    rows, told = _rows_and_settings(example)
    frames = {name: _frame(name, listed) for name, listed in rows.items()}
    if rule.level == LEVEL:
        return {found for name, frame in frames.items() for found in _schema_failures(name, frame, told)}
    profile: Profile = "full" if told.get("profile") == "full" else "public"
    tables = Tables(frames, SCHEMAS, profile, splits=told.get("splits"))
    return {found for asked in (*RULES, *SURVEY) for found in asked.judge(tables).failures["rule"]}


def _rows_and_settings(example: Sequence[Line]) -> tuple[dict[str, list[dict[str, Any]]], dict[str, Any]]:
    rows: dict[str, list[dict[str, Any]]] = {}
    told: dict[str, Any] = {}
    for line in example:
        if line.name == "profile":
            told["profile"] = line.content
        elif line.name in ("splits", "expected", "key"):
            told[line.name] = value_of(line)
        elif line.name == "labelled":
            count, table, content = line.content.split(" ", 2)
            rows.setdefault(table, []).extend([value_of(Line("", content))] * int(count))
        else:
            rows.setdefault(line.name, []).append(value_of(line))
    return rows, told


def _schema_failures(name: str, frame: pl.DataFrame, told: Mapping[str, Any]) -> Iterator[str]:
    table = SCHEMAS.table(name)
    expected = told.get("expected") or [column for column in table.names if column in frame.columns]
    columns = tuple(table.column(column) for column in expected)
    key = tuple(told.get("key") or (column for column in table.key if column in expected))
    yield from check_frame(replace(table, columns=columns, key=key), frame)["rule"]


def _frame(name: str, rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """A frame with the columns that the rows have, in the types of their table where the values allow it."""
    table = SCHEMAS.table(name)
    return pl.DataFrame([_series(table, column, [row.get(column) for row in rows]) for column in rows[0]])


def _series(table: Table, name: str, values: Sequence[Any]) -> pl.Series:
    if name not in table.names:
        return pl.Series(name, values)
    column = table.column(name)
    plain = [_plain(column, value) for value in values]
    try:
        if column.type == "date":
            return pl.Series(name, plain).str.to_date()
        return pl.Series(name, plain, dtype=polars_type(column), strict=True)
    except (TypeError, pl.exceptions.PolarsError):
        return pl.Series(name, plain)


def _plain(column: Column, value: Any) -> Any:
    """Labels by name become ids, in lists and structs too."""
    if isinstance(value, list):
        return [_plain(column, item) for item in value]
    if isinstance(value, dict):
        return {field.name: _plain(field, value.get(field.name)) for field in column.fields}
    return column.labels.index(value) if column.labels is not None and isinstance(value, str) else value


def broken_by_layer(example: Sequence[Line]) -> set[str]:
    """Rules that the layer of an example breaks: as a file, and by what its claims say."""
    told = {line.name: line.content for line in example}
    text = json.loads(told.get("text", json.dumps(TEXT)))
    header = {
        "layer": "gold", "article_id": "le-port", "text_sha256": sha256(text.encode()).hexdigest(),
        "normalizer": "n/1", "guideline_version": "1.2", "annotator": "lecteur-1", "annotator_type": "human",
        "complete": ["entity", "quote", "stance"],
    }  # fmt: skip
    header |= json.loads(told.get("header", "{}").replace("\n", " "))
    folder, _, name = told.get("path", f"{header['layer']}/{header['article_id']}.jsonl").partition("/")
    lines: list[tuple[int, dict[str, Any]]] = [(1, header)]
    broken: list[LineFault] = []
    for number, line in enumerate((line for line in example if line.name in ("claim", "line")), 2):
        try:
            lines.append((number, value_of(line)))
        except json.JSONDecodeError:
            broken.append(LineFault(number, "layer-line", "not valid JSON", "mend the line"))
    read = scan_layer(lines)
    file = LayerLines(f"{folder}/{name}", folder, name.removesuffix(".jsonl"), read, tuple(broken))
    found = {item for rule in LINE_RULES for item in rule.judge(file, "layers").failures["rule"]}
    if read.layer is None:
        return found
    article = json.loads(told.get("article", json.dumps({"article_id": header["article_id"]})))
    is_there = article["article_id"] == header["article_id"]
    blocks = (Block("paragraph", 0, len(text)),) if is_there else None
    digest = sha256(text.encode()).hexdigest() if is_there else None
    context = LayerContext(
        read.layer, file.path, read.lines, digest, blocks, json.loads(told.get("known", "[]")), SCHEMAS.labels
    )
    return found | set(check_layer(context)["rule"])


def write_rows_of(folder: Path, example: Sequence[Line]) -> Path:
    """The files of an example of a foreign dataset: JSON Lines row by row, anything else as it stands."""
    for line in example:
        count, name, content = 1, line.name, line.content
        if name == "repeat":
            times, name, content = content.split(" ", 2)
            count = int(times)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            if path.suffix == ".jsonl":
                file.write(f"{content.replace(chr(10), ' ')}\n" * count if content else "")
            else:
                file.write(f"{content.lstrip(chr(10))}\n")
    return folder


def change(folder: Path, example: Sequence[Line]) -> Path:
    """Do to a project or a dataset what the lines of an example say."""
    for line in example:
        head, _, body = line.content.partition("\n")
        name, _, more = head.partition(" ")
        _CHANGES[line.name](folder, folder / name, more or body)
    return folder


def _write(_: Path, path: Path, body: str) -> None:
    path.write_text(f"{body}\n" if body else "", "utf-8")


def _append(_: Path, path: Path, body: str) -> None:
    path.write_text(f"{path.read_text('utf-8')}{body}\n", "utf-8")


def _row(_: Path, path: Path, body: str) -> None:
    before = path.read_text("utf-8") if path.exists() else ""
    path.write_text(f"{before}{json.dumps(json.loads(body), ensure_ascii=False)}\n", "utf-8")


def _replace(_: Path, path: Path, body: str) -> None:
    old, new = body.split("\n")
    text = path.read_text("utf-8")
    assert old in text, f"{old} is not in {path.name}"
    path.write_text(text.replace(old, new, 1), "utf-8")


def _link(_: Path, path: Path, target: str) -> None:
    path.unlink()
    path.symlink_to(target)


def _save_again(_: Path, path: Path, __: str) -> None:
    pq.write_table(pq.read_table(path), path, compression="snappy")


def _drop_row(_: Path, path: Path, number: str) -> None:
    rows = pq.read_table(path)
    pq.write_table(pa.concat_tables([rows.slice(0, int(number)), rows.slice(int(number) + 1)]), path)


_CHANGES: Mapping[str, Callable[[Path, Path, str], object]] = {
    "write": _write,
    "append": _append,
    "row": _row,
    "replace": _replace,
    "link": _link,
    "remove": lambda _, path, __: path.unlink(),
    "copy": lambda folder, path, target: shutil.copy(path, folder / target),
    "save-again": _save_again,
    "drop-row": _drop_row,
}


def sample_project(root: Path) -> Project:
    """The project of the examples: an open article, a restricted one, a gold layer of the first, and their dataset.

    It is made once in a run, and copied with the raw articles, which stand beside it; `root` is a folder `projet`.
    """
    copy_of(_make_sample, root.parent)
    return Project(root)


def _make_sample(folder: Path) -> None:
    root = folder / "projet"
    project = init_project(root, "Projet")
    card = without_prompts(project.card.read_text("utf-8"))
    project.card.write_text(f"{card}\n## Dataset Card Contact\n\nLe bureau du port.\n", "utf-8")
    raw = root.parent / "raw"
    raw.mkdir()
    (raw / "le-port.txt").write_text("Le port attend\n\nJeanne Kerbrat parle. « On verra bien », dit-elle.\n", "utf-8")
    (raw / "la-gare.txt").write_text("La gare attend\n\nLe convoi est parti avant l'aube, dit un cheminot.\n", "utf-8")
    add(project, [raw / "le-port.txt"], Declared("open", "press"))
    project = Project(root)
    add(project, [raw / "la-gare.txt"], Declared("restricted", "press"))
    text = normalize_file(root / "seeds" / "open" / "le-port.txt").text or ""
    start = text.index("Jeanne")
    claims = (
        Entity("e1", (Span(start, start + 14),), "PER", None, "NIL:kerbrat"),
        Quote("q1", "direct", (Span(text.index("On"), text.index("On") + 13),)),
    )
    layer = Layer("gold", "le-port", text_digest(text), NORMALIZER, "0.1", "lecteur-1", "human", ("entity",), claims)
    write_layer(project.layers, layer)
    build_project(root, None, Options(jobs=1))
    render_project(Project(root), write=True)
