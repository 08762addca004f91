"""Names in old newspapers: PER and LOC of HIPE-2022, NewsEye French (dev), a text that nothing here was tuned on.

The text is built again from the tokens, words cut at the end of a line made whole, and takes the way of any article:
normalize, blocks, mentions. What it is not is news of today: OCR of 1854–1948, and persons with their titles in them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from parallaxe.annotate.article import Article
from parallaxe.compare.comparison import compare_layers
from parallaxe.compare.entity_figures import mention_measures, nested_part
from parallaxe.compare.nesting import nesting
from parallaxe.core.claims import Entity, Layer, Span
from parallaxe.text.extraction import Extraction
from parallaxe.text.read import read_document

HIPE = Path(__file__).resolve().parents[2] / "shared" / "data" / "HIPE-2022-v2.1-newseye-dev-fr.tsv"

LABELS = ("PER", "LOC")
"""The labels that HIPE's coarse ones and ours have in common without question."""

_CUT = "¬"
# The columns of a newspaper have no other roles.
_ROLE = "paragraph"


class Page(NamedTuple):
    """A text and its names: `(start, end, label)` in code points of it."""

    text: str
    names: tuple[tuple[int, int, str], ...]


def pages(path: Path = HIPE) -> list[Page]:
    """The documents of a file, in order."""
    rows: list[tuple[str, str, str]] = []
    read: list[Page] = []
    for line in path.read_text("utf-8").splitlines()[1:]:
        if line.startswith("# hipe2022:document_id"):
            read += [_page(rows)] if rows else []
            rows = []
        elif line and not line.startswith("# "):
            cells = line.split("\t")
            rows.append((cells[0], cells[1], cells[9]))
    return [*read, _page(rows)] if rows else read


def _page(rows: Iterable[tuple[str, str, str]]) -> Page:
    """A page from its tokens; a word that was cut is one word, though the file may begin a name anew within it."""
    parts: list[str] = []
    names: list[tuple[int, int, str]] = []
    position, in_name, is_cut = 0, False, False
    for token, tag, layout in rows:
        goes_on = in_name and (tag.startswith("I-") or (is_cut and tag != "O"))
        is_cut = "EndOfLine" in layout and token.endswith(_CUT)
        word = token.removesuffix(_CUT) if is_cut else token
        if goes_on:
            start, _, label = names.pop()
            names.append((start, position + len(word), label))
        elif tag != "O":
            names.append((position, position + len(word), tag[2:]))
        in_name = tag != "O"
        blank = "NoSpaceAfter" not in layout or "EndOfSentence" in layout
        parts.append(f"{word} " if blank else word)
        position += len(parts[-1])
    return Page("".join(parts), tuple(names))


def f1(propose: Callable[[Article], Sequence[Entity]], read: Iterable[Page]) -> float:
    """F1 of outer mentions of `LABELS` together, one label and a token IoU of .5 or more."""
    compared = [compare_layers(ours, gold, text) for ours, gold, text in _layers(propose, read)]
    parts = [(article, nested_part(article, nested=False)) for article in compared]
    measure = next(m for m in mention_measures("outer", parts, ()) if m.name == "F1 outer, IoU .5")
    return float(measure.statistic(np.ones((1, len(compared))))[0])


def _layers(propose: Callable[[Article], Sequence[Entity]], read: Iterable[Page]) -> Iterator[tuple[Layer, Layer, str]]:
    for page in read:
        document = read_document(page.text, Extraction(), "HIPE")
        text = str(document.text)
        blocks = [block._replace(role=_ROLE) for block in document.blocks]
        mentions = propose(Article.of(text, blocks, document.sentences, {_ROLE}))
        inner = nesting(mentions)
        ours = [mention for mention in mentions if mention.label in LABELS and mention.id not in inner]
        names = ((document.alignment.to_text(start, end), label) for start, end, label in page.names)
        gold = [Entity(f"g{n}", (Span(*span),), label) for n, (span, label) in enumerate(names) if label in LABELS]
        yield _layer("machine", ours), _layer("gold", gold), text


def _layer(name: str, mentions: Iterable[Entity]) -> Layer:
    return Layer(name, "page", "", "", None, name, "rule", ("entity",), tuple(mentions))
