"""The station `annotations/`: layer files and the knowledge base, read whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from parallaxe.core.claims import Layer
from parallaxe.core.entries import listed
from parallaxe.core.errors import ProjectError
from parallaxe.core.knowledge import KnownEntity, Relation
from parallaxe.core.layer_format import LineFault, ReadLayer, layer_lines, parse_layer, scan_layer
from parallaxe.core.records import record
from parallaxe.core.schema import Column, Schemas
from parallaxe.store.jsonl import BrokenLine, read_rows, scan_rows, write_rows
from parallaxe.validate.layer_lines import LayerLines


class LayerFile(NamedTuple):
    """A layer, the file it stands in, and the line of each claim by its id."""

    layer: Layer
    path: str
    lines: Mapping[str, int]


def read_layers(folder: Path, names: Iterable[str] | None = None) -> list[LayerFile]:
    """Every layer file of a folder of layers, by name of layer and article; the text layers are no annotation.

    Raises:
        ProjectError: if a file is broken, or does not stand where its header says.
    """
    wanted = set(names) if names is not None else None
    return [read_layer(path) for path in layer_files(folder) if wanted is None or path.parent.name in wanted]


def layer_files(folder: Path) -> list[Path]:
    """The files of all layers of a folder of layers, in order; the text layers are no annotation."""
    return sorted(path for path in folder.glob("*/*.jsonl") if path.parent.name != "text")


def read_layer(path: Path) -> LayerFile:
    """One layer file.

    Raises:
        ProjectError: if it is broken, or does not stand where its header says.
    """
    layer, lines = parse_layer(read_rows(path), str(path))
    if (layer.layer, layer.article_id) != (path.parent.name, path.stem):
        what = f"layer-place: the header says layer `{layer.layer}`, article `{layer.article_id}`"
        raise ProjectError(f"{path}:1", what, "move the file, or mend the header")
    return LayerFile(layer, str(path), lines)


def scan_layer_file(path: Path) -> LayerLines:
    """One layer file without stopping at what is broken."""
    scanned = list(scan_rows(path))
    broken = [line for line in scanned if isinstance(line, BrokenLine)]
    rows = [line for line in scanned if not isinstance(line, BrokenLine)]
    faults = tuple(LineFault(line.line or 1, "layer-line", line.what, line.remedy) for line in broken)
    # Where the first line is no JSON, the header is lost by that: one complaint is enough.
    is_headless = bool(broken) and (not rows or (broken[0].line or 1) < rows[0][0])
    read = ReadLayer(None, {}, ()) if is_headless else scan_layer(rows)
    return LayerLines(str(path), path.parent.name, path.stem, read, faults)


def write_layer(folder: Path, layer: Layer) -> Path:
    """Write a layer below a folder of layers, in canonical order, whole or not at all; the file."""
    path = folder / layer.layer / f"{layer.article_id}.jsonl"
    write_rows(path, layer_lines(layer))
    return path


def read_knowledge_base(path: Path, schemas: Schemas | None = None) -> dict[str, KnownEntity]:
    """All rows of a knowledge base by their ids; empty where there is no file.

    Raises:
        ProjectError: if a row is broken, an id comes twice, or a label is none of those in `schemas`.
    """
    known: dict[str, KnownEntity] = {}
    for _, entity in scan_knowledge_base(path, schemas):
        if isinstance(entity, ProjectError):
            raise entity
        known[entity.kb_id] = entity
    return known


def scan_knowledge_base(
    path: Path, schemas: Schemas | None = None
) -> Iterator[tuple[int | None, KnownEntity | ProjectError]]:
    """The same without stopping at what is broken: the line (null: the whole file), and its row or what is wrong."""
    seen: set[str] = set()
    for line in scan_rows(path) if path.is_file() else ():
        if isinstance(line, BrokenLine):
            yield line.line, line.error(path)
            continue
        number, row = line
        try:
            entity = known_entity(row, f"{path}:{number}")
        except ProjectError as error:
            yield number, error
            continue
        if entity.kb_id in seen:
            yield number, ProjectError(f"{path}:{number}", f"kb_id `{entity.kb_id}` comes twice", "keep one row")
            continue
        seen.add(entity.kb_id)
        foreign = () if schemas is None else _foreign_labels(entity, schemas.table("knowledge_base").columns)
        faults = [ProjectError(f"{path}:{number}", what, remedy) for what, remedy in foreign]
        yield from ((number, one) for one in faults or (entity,))


def _foreign_labels(row: KnownEntity | Relation, columns: Iterable[Column]) -> Iterator[tuple[str, str]]:
    """What is wrong with each label of a row that its column has none of, and the remedy."""
    for column in columns:
        value = getattr(row, column.name, None)
        for inner in value or () if column.fields else ():
            yield from _foreign_labels(inner, column.fields)
        if column.labels is not None and value is not None and value not in column.labels.names:
            yield f"`{column.name}` cannot be `{value}`", f"use one of {listed(column.labels.names)}"


def known_entity(row: Mapping[str, Any], where: str) -> KnownEntity:
    """A row of a knowledge base.

    Raises:
        ProjectError: if it is none; `where` names its file and line.
    """
    try:
        fields = {"wikidata_source": None, "first_seen": None, **row}
        return record(KnownEntity, fields)
    except TypeError as error:
        raise ProjectError(
            where, f"no row of a knowledge base ({error})", "see schemas/tables/knowledge_base.yaml"
        ) from error
