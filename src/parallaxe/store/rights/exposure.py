"""What an adversary has to rebuild a restricted text from: every file that git would publish, read as a person could.

Files are those that git tracks or would add; in a folder without git all but hidden ones. Of Parquet every string is
read, of XZ what is in it, pictures are passed over. Lines of JSON and rows of the dataset that name a restricted
article and some spans of it say what stands there: all their strings, and every name of the entities that they link.
The name of a cluster that was withheld as a hash counts as known too: it is short, so trying names finds it.
"""

from __future__ import annotations

import lzma
import os
import re
import subprocess
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from parallaxe.core.claims import Span
from parallaxe.core.errors import ParallaxeError, ProjectError
from parallaxe.core.knowledge import UNLINKED
from parallaxe.store.annotations import scan_knowledge_base
from parallaxe.store.jsonl import BrokenLine, scan_rows
from parallaxe.store.project import Project
from parallaxe.store.reading import read_row
from parallaxe.validate.exposure import Exposure, Placed, Said, Withheld, exposures

_PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".ico", ".pdf"}
_ARTICLES = ("article_id", "article_a", "article_b")
_LONGEST_PLACE = 80
"""Code points of a span in which a word that is said of it can be placed; in longer ones it may stand anywhere."""

_NO_WORDS = re.compile(r"id|(?!kb_)\w+_id|layer|annotator|annotator_type|tool|status|origin|confidence|\w+_version")
"""Keys whose values say who made a claim: the `a` of `pass-a` is no word of a text."""

_HASHED = re.compile(rf"{UNLINKED}[0-9a-f]{{8}}")
_BETWEEN = " \N{BULLET} "


def exposed_texts(project: Project) -> tuple[tuple[Exposure, ...], tuple[str, ...]]:
    """What can be rebuilt of each restricted article that is here, and the ids of those that are not here."""
    withheld, absent = _withheld(project)
    if not withheld:
        return (), absent
    files = public_files(project)
    restricted = {one.article_id: one.text for one in withheld}
    known = _Known(frozenset(restricted), _names(project), _open_texts(project) | restricted)
    placed = (claim for path in files for claim in _placed(path, known))
    said = (Said(path.relative_to(project.root).as_posix(), text) for path in files if (text := _text(path)))
    return exposures(withheld, said, placed), absent


def _withheld(project: Project) -> tuple[list[Withheld], tuple[str, ...]]:
    here, absent = [], []
    for row in project.catalogue:
        if row.is_open:
            continue
        try:
            here.append(Withheld(row.id, read_row(project, row).text or ""))
        except (ParallaxeError, OSError):
            absent.append(row.id)
    return here, tuple(absent)


def _open_texts(project: Project) -> dict[str, str]:
    """The texts that everybody has, by article."""
    texts = {}
    for row in project.catalogue:
        if row.is_open:
            with suppress(ParallaxeError, OSError):
                texts[row.id] = read_row(project, row).text or ""
    return texts


def public_files(project: Project) -> list[Path]:
    """The files of a project that a commit would hold, in order; links are none.

    A restricted article that git tracks is among them, as it is in every clone.
    """
    listed = _listed(project.root)
    paths = listed if project.catalogue_file in listed else _walked(project)
    return sorted(path for path in paths if path.is_file() and not path.is_symlink())


def _listed(root: Path) -> set[Path]:
    command = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(command, capture_output=True, env=environment, check=False)  # noqa: S603 -- it is ours
    except OSError:
        return set()
    return {root / os.fsdecode(name) for name in done.stdout.split(b"\0") if name}


def _walked(project: Project) -> set[Path]:
    private = (project.seeds / "restricted", project.state)
    return {
        path
        for path in project.root.rglob("*")
        if not any(part.startswith(".") for part in path.relative_to(project.root).parts)
        and not any(path.is_relative_to(folder) for folder in private)
    }


def _text(path: Path) -> str:
    """All that a person could read in a file; strings that are not one sentence are told apart."""
    if path.suffix.lower() in _PICTURES:
        return ""
    try:
        if path.suffix == ".parquet":
            return _BETWEEN.join(found for column in pq.read_table(path).itercolumns() for found in _strings(column))
        raw = path.read_bytes()
        return _decoded(lzma.decompress(raw) if path.suffix == ".xz" else raw)
    except (pa.ArrowException, lzma.LZMAError, OSError):
        return ""


def _decoded(raw: bytes) -> str:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace")
    try:
        return unescape(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return unescape(raw.decode("cp1252", "replace"))


def _strings(values: pa.Array | pa.ChunkedArray) -> Iterator[str]:
    """Every string in a column, in lists and structs too."""
    if isinstance(values, pa.ChunkedArray):
        for chunk in values.chunks:
            yield from _strings(chunk)
    elif pa.types.is_dictionary(values.type):
        yield from _strings(values.dictionary)
    elif pa.types.is_struct(values.type):
        for part in values.flatten():
            yield from _strings(part)
    elif pa.types.is_list(values.type) or pa.types.is_large_list(values.type):
        yield from _strings(values.flatten())
    elif pa.types.is_string(values.type) or pa.types.is_large_string(values.type):
        yield from values.drop_null().to_pylist()


class _Known(NamedTuple):
    """What claims are read with: ids of restricted articles, names by the id of an entity, texts by article."""

    restricted: frozenset[str]
    names: Mapping[str, str]
    texts: Mapping[str, str]


def _names(project: Project) -> dict[str, str]:
    return {
        entity.kb_id: " ".join((entity.name, *entity.aliases))
        for _, entity in scan_knowledge_base(project.knowledge_base)
        if not isinstance(entity, ProjectError)
    }


def _placed(path: Path, known: _Known) -> Iterator[Placed]:
    """What the lines or rows of a file say of spans of restricted articles."""
    if path.suffix == ".jsonl":
        rows = (row for line in scan_rows(path) if not isinstance(line, BrokenLine) for row in line[1:])
        article_id = path.stem
        for row in rows:
            article_id = str(row.get("article_id", article_id))
            yield from _of_row({"article_id": article_id, **row}, known)
    elif path.suffix == ".parquet":
        for row in _rows_about(path, known.restricted):
            yield from _of_row(row, known)


def _rows_about(path: Path, articles: Collection[str]) -> list[dict[str, Any]]:
    try:
        rows = pq.read_table(path)
    except (pa.ArrowException, OSError):
        return []
    concerned = pa.chunked_array([pa.array([False] * len(rows), pa.bool_())])
    for name in _ARTICLES:
        if name in rows.column_names and pa.types.is_string(rows.schema.field(name).type):
            concerned = pc.or_(concerned, pc.is_in(rows[name], value_set=pa.array(sorted(articles), pa.string())))
    found: list[dict[str, Any]] = rows.filter(concerned).to_pylist() if len(rows) else []
    return found


def _of_row(row: Mapping[str, Any], known: _Known) -> Iterator[Placed]:
    if "article_a" in row:
        yield from _of_pair(row, known)
    elif row["article_id"] in known.restricted:
        for spans, strings in _statements(row):
            told = [*strings, *(known.names.get(one, "") for one in strings)]
            if any(_HASHED.fullmatch(one) for one in strings):
                told += [known.texts[row["article_id"]][slice(*span)] for span in spans]
            yield Placed(row["article_id"], spans, _BETWEEN.join(told))


def _statements(value: object) -> Iterator[tuple[tuple[Span, ...], list[str]]]:
    """Of each object in a value its spans, and the strings that stand beside them."""
    for one in value if isinstance(value, list) else value.values() if isinstance(value, dict) else ():
        yield from _statements(one)
    if isinstance(value, dict):
        spans = tuple(span for span in _spans(value) if span.end - span.start <= _LONGEST_PLACE)
        strings = [one for name, one in value.items() if isinstance(one, str) and not _NO_WORDS.fullmatch(name)]
        if spans and strings:
            yield spans, strings


def _of_pair(row: Mapping[str, Any], known: _Known) -> Iterator[Placed]:
    """Of a pair of passages the words of the one whose text everybody has stand, as a guess, in the other."""
    for one, other in (("a", "b"), ("b", "a")):
        text = None if row[f"article_{other}"] in known.restricted else known.texts.get(row[f"article_{other}"])
        if row[f"article_{one}"] in known.restricted and text is not None:
            words = " ".join(text[slice(*span)] for span in _spans(row[f"fragments_{other}"]))
            yield Placed(row[f"article_{one}"], tuple(_spans(row[f"fragments_{one}"])), words)


def _spans(value: object) -> Iterator[Span]:
    """The spans of an object: its own, and those in its lists of which nothing else is said."""
    match value:
        case [int(start), int(end)] | {"start": int(start), "end": int(end)}:
            yield Span(start, end)
        case list():
            for one in value:
                if not isinstance(one, dict) or one.keys() == {"start", "end"}:
                    yield from _spans(one)
        case dict():
            for one in value.values():
                if isinstance(one, list):
                    yield from _spans(one)
