"""A decoded source becomes a document: extract → normalize → blocks with roles → sentences.

The source may be a whole file or a record inside one; offsets of the alignment count in what is given here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from parallaxe.core.alignment import Alignment
from parallaxe.core.edits import Step, apply_edits
from parallaxe.core.errors import RawFileError
from parallaxe.text.description import describe
from parallaxe.text.document import Block, Document, Sentence, text_digest
from parallaxe.text.extraction import Extraction, Hint
from parallaxe.text.formats import html, markdown, plain
from parallaxe.text.language import detect_language
from parallaxe.text.normalize import NORMALIZER, normalize
from parallaxe.text.roles import assign_roles
from parallaxe.text.sentences import split_sentences

Extract: TypeAlias = Callable[[str], Extraction]
"""A format: from a decoded source to the edits and hints that it holds."""

FORMATS: Mapping[str, Extract] = {
    ".txt": plain.extract,
    ".text": plain.extract,
    ".html": html.extract,
    ".htm": html.extract,
    ".xhtml": html.extract,
    ".md": markdown.extract,
    ".markdown": markdown.extract,
}
"""Formats of one article by the extension of its file, in lower case; a JSONL file holds many (`formats.jsonl`)."""


def read_document(source: str, extraction: Extraction, where: str) -> Document:
    """The document that a source holds; `where` names it in errors.

    Raises:
        RawFileError: if nothing but blanks is left of the source.
    """
    text, alignment, plan = _clean(source, extraction)
    if not text:
        raise RawFileError(where, "no text is left after normalization", "put the article in it or remove it")
    spans = block_spans(text)
    blocks = assign_roles(text, spans, _mapped(extraction.hints, alignment), extraction.metadata)
    sentences = block_sentences(text, blocks)
    description = describe(text, blocks, extraction.metadata)
    return Document(
        text=text,
        text_sha256=text_digest(text),
        normalizer=NORMALIZER,
        alignment=alignment,
        plan=plan,
        blocks=blocks,
        sentences=sentences,
        counted_tokens=None,
        language=extraction.metadata.language or detect_language(text),
        title=description.title,
        byline=description.byline,
        dateline=description.dateline,
        published=description.published,
        outlet=extraction.metadata.outlet,
    )


def _clean(source: str, extraction: Extraction) -> tuple[str, Alignment, tuple[Step, ...]]:
    extracted, alignment = apply_edits(source, extraction.edits)
    normalized = normalize(extracted)
    first = (Step("extract", extraction.edits),) if extraction.edits else ()
    return normalized.text, alignment.then(normalized.alignment), (*first, *normalized.plan)


def block_spans(text: str) -> list[tuple[int, int]]:
    r"""The blocks of a clean text, which are joined by blank lines, as code points.

    >>> block_spans("En direct\n\nKim part.")
    [(0, 9), (11, 20)]
    """
    spans, start = [], 0
    for block in text.split("\n\n"):
        spans.append((start, start + len(block)))
        start += len(block) + 2
    return spans


def block_sentences(text: str, blocks: Sequence[Block]) -> tuple[Sentence, ...]:
    """The sentences of each block, in order; none crosses the border of a block."""
    return tuple(
        Sentence(start, end, index)
        for index, block in enumerate(blocks)
        for start, end in split_sentences(text, block.start, block.end)
    )


def _mapped(hints: Sequence[Hint], alignment: Alignment) -> list[Hint]:
    """Hints moved from the source to the clean text; those of which nothing is left are dropped."""
    moved = []
    for hint in hints:
        start, end = alignment.to_text(hint.start, hint.end)
        if start < end:
            moved.append(hint._replace(start=start, end=end))
    return moved
