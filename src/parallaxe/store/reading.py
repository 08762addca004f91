"""One item of work becomes an article: read, decode, extract, normalize. Runs in worker processes.

Whoever works with gold rather than with items asks for the document of a row of the catalogue (`read_row`).
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from parallaxe.core.errors import ProjectError, RawFileError
from parallaxe.dataset.article import Article
from parallaxe.store.annotations import LayerFile
from parallaxe.store.atomic import surroundings
from parallaxe.store.catalogue import CatalogueRow
from parallaxe.store.project import Project
from parallaxe.store.sources import Item
from parallaxe.store.text_files import NO_FILE
from parallaxe.store.text_layer import read_text_layer
from parallaxe.text.decode import decode
from parallaxe.text.document import Document
from parallaxe.text.formats import jsonl
from parallaxe.text.read import FORMATS, read_document


def read_article(item: Item) -> Article:
    """The article that an item describes.

    Raises:
        RawFileError: if its file cannot become a text.
        ProjectError: if the file is not the one that was promised.
    """
    if item.path is None:
        return _from_layer(item)
    raw = read_raw(item.path, item.size_limit) if item.record is None else _read_slice(item)
    digest = sha256(raw).hexdigest() if item.record is None else str(item.raw_sha256)
    if item.raw_sha256 not in (None, digest):
        remedy = "restore it, or `parallaxe migrate` if an open article was edited on purpose"
        raise ProjectError(item.where, "the file is not the one in the catalogue", remedy)
    document, encoding = read_raw_document(raw, item)
    return _article(item, document, encoding, digest)


def read_row(project: Project, row: CatalogueRow, gold: LayerFile | None = None) -> Document:
    """The document of a row of the catalogue whose raw file is here; with `gold`, it is the text that this annotates.

    Raises:
        RawFileError: if the file cannot become a text.
        ProjectError: if the file is not the one in the catalogue, or `gold` annotates another text.
    """
    document = read_article(Item(row.id, row.file, project.seeds / row.file, raw_sha256=row.sha256)).document
    made = (document.text_sha256, document.normalizer)
    if gold is not None and (gold.layer.text_sha256, gold.layer.normalizer) != made:
        raise ProjectError(f"{gold.path}:1", "it annotates another text", "migrate the layer, or restore the file")
    return document


def read_raw(path: Path, size_limit: int) -> bytes:
    """The bytes of a raw file.

    Raises:
        RawFileError: if it is larger than the limit, or no file.
    """
    with surroundings(path):
        size = path.stat().st_size
        if not path.is_file():
            raise RawFileError(str(path), NO_FILE, "name a file")
        if size > size_limit:
            raise RawFileError(str(path), f"the file has {size:,} bytes", f"raise --size-limit above {size_limit:,}")
        return path.read_bytes()


def read_raw_document(raw: bytes, item: Item) -> tuple[Document, str]:
    """The document in the bytes of an item, and the encoding they were read in."""
    if item.record is not None:
        return _record_document(raw.decode("utf-8"), item), "utf-8"
    decoded = decode(raw, item.where)
    extract = FORMATS[Path(item.raw_file).suffix.lower()]
    try:
        extraction = extract(decoded.text)
    except RawFileError as error:
        raise RawFileError(item.where, error.what, error.remedy) from error
    if item.language:
        extraction = replace(extraction, metadata=replace(extraction.metadata, language=item.language))
    return read_document(decoded.text, extraction, item.where), decoded.encoding


def _record_document(line: str, item: Item) -> Document:
    """The document of one JSONL record, aligned to the whole decoded file."""
    assert item.record is not None
    try:
        record = next(iter(jsonl.records(line)))
    except RawFileError as error:
        raise RawFileError(item.where, error.what.removeprefix("line 1: "), error.remedy) from error
    document = read_document(line, jsonl.extraction(record, len(line)), item.where)
    return replace(document, alignment=document.alignment.within(item.record.text_start, item.record.text_length))


def _read_slice(item: Item) -> bytes:
    assert item.path is not None
    assert item.record is not None
    with surroundings(item.path), item.path.open("rb") as file:
        file.seek(item.record.byte_start)
        return file.read(item.record.byte_end - item.record.byte_start)


def _from_layer(item: Item) -> Article:
    assert item.layer is not None
    layer = read_text_layer(item.layer)
    return _article(item, layer.document, layer.raw_encoding, str(item.raw_sha256))


def _article(item: Item, document: Document, encoding: str, digest: str) -> Article:
    return Article(
        article_id=item.article_id,
        document=document,
        raw_file=item.raw_file,
        raw_record=item.record.line if item.record else None,
        raw_encoding=encoding,
        raw_sha256=digest,
        text_origin=item.text_origin,
        rights=item.rights,
        license=item.license,
        outlet=item.outlet,
        published=item.published,
        event=item.event,
    )
