"""The text layer of a restricted article: all that may be known of its text without its words.

A line says what the text is (hash, encoding, normalizer, counts), and each further line is a block, a sentence or a
segment of the alignment, as offsets, or the fingerprint of a long sentence. A clone without the article builds the same
public dataset from it; who has a copy of another edition recognises it by the fingerprints.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from parallaxe.core.alignment import Alignment, Segment
from parallaxe.core.errors import ProjectError
from parallaxe.core.records import record
from parallaxe.store.jsonl import read_rows, write_rows
from parallaxe.text.document import Block, Document, Sentence
from parallaxe.text.fingerprints import Print, sentence_prints

_LONGEST = 2**31 - 1  # what an offset may be in the tables that are made of layers
_Part: TypeAlias = Block | Sentence | Segment | Print
_KINDS: Mapping[str, Callable[..., _Part]] = {
    "block": Block, "sentence": Sentence, "segment": Segment, "print": Print,
}  # fmt: skip


class TextLayer(NamedTuple):
    """A document without its text and title, the encoding its file was read in, fingerprints of its sentences."""

    document: Document
    raw_encoding: str
    prints: tuple[Print, ...] = ()


class _Header(NamedTuple):
    """The first line of a text layer."""

    layer: str
    article_id: str
    text_sha256: str
    normalizer: str
    raw_encoding: str
    language: str
    n_tokens: int
    byline: str | None
    dateline: str | None
    published: str | None
    outlet: str | None


def text_layer_rows(article_id: str, document: Document, raw_encoding: str) -> Iterator[dict[str, Any]]:
    """The lines of a text layer: the header, then blocks, sentences, segments and prints in the order of the text."""
    yield {
        "layer": "text",
        "article_id": article_id,
        "text_sha256": document.text_sha256,
        "normalizer": document.normalizer,
        "raw_encoding": raw_encoding,
        "language": document.language,
        "n_tokens": document.n_tokens,
        "byline": document.byline,
        "dateline": document.dateline,
        "published": document.published.isoformat() if document.published else None,
        "outlet": document.outlet,
    }
    yield from ({"kind": "block", **block._asdict()} for block in document.blocks)
    yield from ({"kind": "sentence", **sentence._asdict()} for sentence in document.sentences)
    yield from ({"kind": "segment", **segment._asdict()} for segment in document.alignment.segments)
    if document.text is not None:
        prints = sentence_prints(document.text, document.sentences)
        yield from ({"kind": "print", **one._asdict()} for one in prints)


def write_text_layer(path: Path, article_id: str, document: Document, raw_encoding: str) -> None:
    """Write the layer of one article, whole or not at all."""
    write_rows(path, text_layer_rows(article_id, document, raw_encoding))


def read_text_layer(path: Path) -> TextLayer:
    """The document that a text layer describes; its text and title are null.

    Raises:
        ProjectError: if a line is broken or of an unknown kind.
    """
    rows = list(read_rows(path))
    if not rows:
        raise ProjectError(str(path), "the layer is empty", "write it anew with `parallaxe hydrate`")
    items: dict[str, list[Any]] = {kind: [] for kind in _KINDS}
    for number, row in rows[1:]:
        kind = row.pop("kind", None)
        try:
            items[kind].append(_checked(record(_KINDS[kind], row)))
        except (KeyError, TypeError) as error:
            raise ProjectError(f"{path}:{number}", "not a line of a text layer", "hydrate the article again") from error
    try:
        header = record(_Header, rows[0][1])
        document = _document(header, items)
    except (TypeError, ValueError) as error:
        raise ProjectError(f"{path}:1", f"broken header ({error})", "hydrate the article again") from error
    return TextLayer(document, header.raw_encoding, tuple(items["print"]))


def _checked(item: _Part) -> _Part:
    if not all(0 <= number <= _LONGEST for number in item if isinstance(number, int)):
        raise TypeError("an offset lies outside of any text")
    return item


def _document(header: _Header, items: dict[str, list[Any]]) -> Document:
    if not 0 <= header.n_tokens <= _LONGEST:
        raise ValueError(f"`n_tokens` cannot be {header.n_tokens}")
    return Document(
        text=None,
        text_sha256=header.text_sha256,
        normalizer=header.normalizer,
        alignment=Alignment(tuple(items["segment"])),
        plan=(),
        blocks=tuple(items["block"]),
        sentences=tuple(items["sentence"]),
        counted_tokens=header.n_tokens,
        language=header.language,
        title=None,
        byline=header.byline,
        dateline=header.dateline,
        published=date.fromisoformat(header.published) if header.published else None,
        outlet=header.outlet,
    )
