"""The parts of the machine, each a function from a text and its blocks to rows: mentions, quotations, stances.

`propose` makes a layer of an article that the text layer has read; these functions take any text, as somebody else's
pipeline has it. It is cleaned as raw articles are, because the rules read clean French (one kind of apostrophe and of
space), and what they find is moved back: offsets of rows are code points of the text that was given.

A row is a line of a layer file (`core.layer_format`) with the words that it stands on as `text`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeAlias, TypeVar

from parallaxe.annotate.article import Article
from parallaxe.annotate.fitting import Mould
from parallaxe.annotate.notices import speaks_another_language
from parallaxe.annotate.proposals import ANNOTATOR, LAYER, Machine, propose_mentions
from parallaxe.annotate.quotations import propose_quotes
from parallaxe.annotate.stances import propose_stances
from parallaxe.core.alignment import Alignment
from parallaxe.core.claims import Claim, Entity, Layer, Quote, Span, Stance
from parallaxe.core.labels import LabelSet
from parallaxe.core.layer_format import KINDS, layer_lines, parse_layer
from parallaxe.text.document import Block
from parallaxe.text.normalize import is_clean, normalize
from parallaxe.text.read import block_sentences

Row: TypeAlias = dict[str, Any]
"""A claim as JSON: a line of a layer file, and its words as `text` (null where it stands on none)."""

_USUAL_ROLE = "paragraph"
_NO_LAYER = Layer(LAYER, "", "", "", None, ANNOTATOR, "model", KINDS)
_SPANS = {Entity: ("fragments",), Quote: ("content", "cue", "sources"), Stance: ("evidence",)}

Own = TypeVar("Own", bound=Claim)


def paragraphs(text: str) -> tuple[Block, ...]:
    r"""A text without blocks as a body of paragraphs, split at blank lines.

    >>> [text[start:end] for text in ["Kim part.\n \n\nSéoul attend.\n"] for _, start, end in paragraphs(text)]
    ['Kim part.', 'Séoul attend.']
    """
    spans: list[tuple[int, int]] = []
    position, goes_on = 0, False
    for line in text.split("\n"):
        first, last = position + len(line) - len(line.lstrip()), position + len(line.rstrip())
        position += len(line) + 1
        if first < last:
            spans.append((spans.pop()[0] if goes_on else first, last))
        goes_on = first < last
    return tuple(Block(_USUAL_ROLE, start, end) for start, end in spans)


@dataclass(frozen=True)
class Given:
    """A text as it was given, and the article that is read instead of it; `alignment` is null where they are one."""

    text: str
    article: Article
    alignment: Alignment | None

    def read(self, claims: Iterable[Own]) -> list[Own]:
        """Claims about the text as claims about the article; what is not there is left out."""
        return _moved(claims, self.alignment.to_text) if self.alignment else list(claims)

    def told(self, claims: Iterable[Own]) -> list[Own]:
        """Claims about the article as claims about the text."""
        return _moved(claims, self.alignment.to_raw) if self.alignment else list(claims)

    def rows(self, claims: Sequence[Claim]) -> list[Row]:
        """Claims about the article as rows about the text, in canonical order."""
        _, *lines = layer_lines(replace(_NO_LAYER, claims=tuple(self.told(claims))))
        return [line | {"text": _words(line, self.text)} for line in lines]


def _moved(claims: Iterable[Own], place: Callable[[int, int], tuple[int, int]]) -> list[Own]:
    """The claims in another text; one of which a part has gone is left out."""
    moved = []
    for claim in claims:
        spans: dict[str, Any] = {
            name: tuple(Span(*own) for span in getattr(claim, name) if (own := place(*span))[0] < own[1])
            for name in _SPANS[type(claim)]
        }
        if all(spans[name] or not getattr(claim, name) for name in spans):
            moved.append(replace(claim, **spans))
    return moved


def _words(row: Mapping[str, Any], text: str) -> str | None:
    spans = row.get("fragments") or row.get("content") or row.get("evidence") or ()
    return " … ".join(text[start:end] for start, end in spans) or None


def claims_of(rows: Iterable[Mapping[str, Any]]) -> tuple[Claim, ...]:
    """What rows say, as claims.

    Raises:
        ProjectError: if a row is none.
    """
    lines = ({key: value for key, value in row.items() if key != "text"} for row in rows)
    return parse_layer(enumerate([*layer_lines(_NO_LAYER), *lines]), "row")[0].claims


@lru_cache(2)
def given(text: str, blocks: tuple[Block, ...] | None, annotated: frozenset[str]) -> Given:
    """A text in its blocks (null: paragraphs, split at blank lines) as an article; `annotated` are roles.

    The last one is remembered: the parts of a pipeline ask for it one after the other.
    """
    blocks = paragraphs(text) if blocks is None else blocks
    if is_clean(text):
        return Given(text, _article(text, blocks, annotated), None)
    clean = normalize(text)
    spans = ((role, *clean.alignment.to_text(start, end)) for role, start, end in blocks)
    moved = tuple(Block(*block) for block in spans if block[1] < block[2])
    return Given(text, _article(clean.text, moved, annotated), clean.alignment)


def _article(text: str, blocks: Sequence[Block], annotated: Collection[str]) -> Article:
    return Article.of(text, blocks, block_sentences(text, blocks), annotated)


def annotated_roles(labels: Mapping[str, LabelSet]) -> frozenset[str]:
    """The roles of blocks that the machine reads."""
    return frozenset(label.name for label in labels["block_roles"].labels if label.annotated)


def entity_rows(text: str, blocks: Sequence[Block] | None, machine: Machine, language: str | None = None) -> list[Row]:
    """The mentions of a text, nested ones too, with labels, links and metonymy; none in a text that is not French."""
    source = _given(text, blocks, machine)
    found = [] if speaks_another_language(source.article, language) else propose_mentions(source.article, machine)
    mould = Mould(source.article, machine.labels, machine.known)
    return source.rows(mould.fitting(mould.named(found)))


def quotation_rows(
    text: str, blocks: Sequence[Block] | None, machine: Machine, mentions: Sequence[Entity] | None = None
) -> list[Row]:
    """The quotations of a text with cues and sources.

    `mentions` are those that somebody has found in the text, under the labels that the rules know; null: the machine
    finds them itself.
    """
    source = _given(text, blocks, machine)
    article = source.article
    known = propose_mentions(article, machine) if mentions is None else source.read(mentions)
    mould = Mould(article, machine.labels, machine.known)
    return source.rows(mould.fitting(mould.named(propose_quotes(article, known))))


def stance_rows(
    text: str, blocks: Sequence[Block] | None, machine: Machine, found: Sequence[Entity | Quote] | None = None
) -> list[Row]:
    """The stances of a text, of the writer and of sources; those of sources name their quotation by its id.

    `found` are mentions and quotations that somebody has found in the text; null: the machine finds them itself.
    """
    source = _given(text, blocks, machine)
    article = source.article
    if found is None:
        mentions = propose_mentions(article, machine)
        quotes = propose_quotes(article, mentions)
    else:
        held = source.read(found)
        mentions = [claim for claim in held if isinstance(claim, Entity)]
        quotes = [claim for claim in held if isinstance(claim, Quote)]
    stances = propose_stances(article, mentions, quotes, machine.known, machine.stance_model)
    mould = Mould(article, machine.labels, machine.known)
    fitting = mould.fitting(mould.named([*quotes, *stances]))
    return source.rows([claim for claim in fitting if isinstance(claim, Stance)])


def _given(text: str, blocks: Sequence[Block] | None, machine: Machine) -> Given:
    return given(text, None if blocks is None else tuple(blocks), annotated_roles(machine.labels))
