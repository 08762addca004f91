"""The clean article as a value: text, alignment to its source, blocks with roles, sentences, declared columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from parallaxe.core.alignment import Alignment
from parallaxe.core.edits import Step


class Block(NamedTuple):
    """`text[start:end]` plays `role` in the article; roles are named in `schemas/labels.toml`."""

    role: str
    start: int
    end: int


class Sentence(NamedTuple):
    """`text[start:end]` is a sentence of the block with index `block`."""

    start: int
    end: int
    block: int


@dataclass(frozen=True, slots=True)
class Document:
    """One article after the text layer. Offsets are code points into `text`; `alignment` leads back to the source.

    `text` is null where only the stand-off layer of a restricted article is at hand; all else is then still known.
    `plan` is empty in that case.
    """

    text: str | None
    text_sha256: str
    normalizer: str
    alignment: Alignment
    plan: tuple[Step, ...]
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    n_tokens: int
    language: str
    title: str | None
    byline: str | None
    dateline: str | None
    published: date | None
    outlet: str | None


def text_digest(text: str) -> str:
    """SHA-256 of a text in UTF-8: what layers name the text by that they were made for."""
    return sha256(text.encode("utf-8")).hexdigest()
