"""What every proposer reads: a clean text with its blocks and sentences, and nothing of where it came from."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from parallaxe.text.document import Block, Sentence
from parallaxe.text.tokens import tokenize


@dataclass(frozen=True)
class Article:
    """A text in blocks and sentences; offsets are code points into `text`.

    `annotated` are the indexes of the blocks that the guidelines annotate: nothing is proposed outside them.
    """

    text: str
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    annotated: frozenset[int]

    @classmethod
    def of(
        cls, text: str, blocks: Sequence[Block], sentences: Sequence[Sentence], annotated_roles: Collection[str]
    ) -> Article:
        """The article of a text; roles that are annotated come from the label set `block_roles`."""
        annotated = frozenset(index for index, block in enumerate(blocks) if block.role in annotated_roles)
        return cls(text, tuple(blocks), tuple(sentences), annotated)

    @property
    def body(self) -> Iterator[Block]:
        """The blocks that are annotated, in order."""
        return (block for index, block in enumerate(self.blocks) if index in self.annotated)

    @property
    def body_sentences(self) -> Iterator[Sentence]:
        """The sentences of these blocks, in order."""
        return (sentence for sentence in self.sentences if sentence.block in self.annotated)

    @cached_property
    def tokens(self) -> tuple[tuple[int, int], ...]:
        """The tokens of these blocks as spans of the text, in order."""
        return tuple(span for block in self.body for span in tokenize(self.text, block.start, block.end))
