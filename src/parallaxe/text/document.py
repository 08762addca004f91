"""The clean article as a value: text, alignment to its source, blocks with roles, sentences, declared columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple

from parallaxe.core.alignment import Alignment
from parallaxe.core.edits import Step
from parallaxe.text.tokens import count_tokens


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


@dataclass(frozen=True)
class Document:
    """One article after the text layer. Offsets are code points into `text`; `alignment` leads back to the source.

    `text` is null where only the stand-off layer of a restricted article is at hand; all else is then still known.
    `plan` is empty in that case. `counted_tokens` is null where nobody has counted them yet.
    """

    text: str | None
    text_sha256: str
    normalizer: str
    alignment: Alignment
    plan: tuple[Step, ...]
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    counted_tokens: int | None = field(compare=False)
    language: str
    title: str | None
    byline: str | None
    dateline: str | None
    published: date | None
    outlet: str | None

    @cached_property
    def n_tokens(self) -> int:
        """How many tokens the blocks hold, counted when first asked: to load spaCy takes longer than an article."""
        if self.counted_tokens is not None:
            return self.counted_tokens
        return count_tokens(self.text or "", [(block.start, block.end) for block in self.blocks])


def text_digest(text: str) -> str:
    """SHA-256 of a text in UTF-8: what layers name the text by that they were made for."""
    return sha256(text.encode("utf-8")).hexdigest()
