"""The clean article as a value: text, alignment to its source, blocks with roles, sentences, declared columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
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
    """One article after the text layer. Offsets are code points into `text`; `alignment` leads back to the source."""

    text: str
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
