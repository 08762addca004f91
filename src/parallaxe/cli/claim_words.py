"""Claims in words: what a span covers between the words around it, and what was decided, on one line.

Where the text is not at hand, or the layer is not about it, offsets stand in for words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import NamedTuple

from parallaxe.core.claims import Claim, Layer, Provenance, Span
from parallaxe.core.layer_format import kind_of

AROUND = 24
"""Code points of context on either side of what a claim stands on."""

_NEAR = 12
"""The same for its cue and its sources."""

_LONGEST = 120
"""Words of a span that are longer are cut in the middle: what changes is at the borders."""

SPANS = ("fragments", "content", "evidence", "cue", "sources")
_BARE = ("label", "type", "level")


class Piece(NamedTuple):
    """A stretch of text on one line; `meant` where the claim covers it."""

    words: str
    meant: bool


def in_context(spans: Sequence[Span], text: str | None, around: int = AROUND) -> list[Piece]:
    """Spans with the words around and between them, or their offsets where there is no text that holds them.

    >>> plain(in_context([Span(3, 7)], "Le port attend ses grues", 6))
    'Le [port] atten…'
    >>> plain(in_context([Span(3, 7)], None))
    '[3, 7]'
    """
    if text is None or any(span.end > len(text) for span in spans):
        return [Piece(" + ".join(f"[{start}, {end}]" for start, end in spans), False)] if spans else []
    return [piece for piece in _pieces(sorted(spans), text, around) if piece.words]


def _pieces(spans: Sequence[Span], text: str, around: int) -> Iterator[Piece]:
    told = 0
    for number, (start, end) in enumerate(spans):
        if start - told > around * (2 if number else 1):
            before = one_line(text[told : told + around]) if number else ""
            yield Piece(f"{before}…{one_line(text[max(start - around, 0) : start])}", False)
        else:
            yield Piece(one_line(text[told:start]), False)
        yield Piece(_short(text[start:end]), True)
        told = max(end, told)
    if spans:
        yield Piece(f"{one_line(text[told : told + around])}{'…' if told + around < len(text) else ''}", False)


def plain(pieces: Sequence[Piece]) -> str:
    """Pieces as a string, what is meant in square brackets."""
    return "".join(f"[{piece.words}]" if piece.meant else piece.words for piece in pieces)


def one_line(words: str) -> str:
    r"""Words without line breaks, and without anything that a terminal would obey.

    >>> one_line("Titre\n\nTexte\x1b[31m")
    'Titre ¶ Texte [31m'
    """
    return "".join(c if c.isprintable() else " " for c in words.replace("\n\n", " ¶ "))


def _short(words: str) -> str:
    words = one_line(words)
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST // 2]} … {words[-_LONGEST // 2 :]}"


def value(told: object) -> str:
    """A field as people read it.

    >>> value(None), value(("a", "b"))
    ('–', 'a, b')
    """
    if isinstance(told, tuple):
        return ", ".join(map(value, told)) or "–"
    return "–" if told is None else one_line(str(told))


def decided(claim: Claim) -> str:
    """The kind of a claim and what was decided, but for its spans.

    >>> from parallaxe.core.claims import Entity
    >>> decided(Entity("e", (Span(0, 3),), "PER", None, "kim-jong-un"))
    'entity PER kb_id=kim-jong-un'
    """
    told = ((field.name, getattr(claim, field.name)) for field in fields(claim) if field.name not in SPANS)
    kept = ((name, said) for name, said in told if name not in ("id", "provenance") and said is not None)
    return " ".join(
        (kind_of(claim), *(value(said) if name in _BARE else f"{name}={value(said)}" for name, said in kept))
    )


def remarks(claim: Claim) -> str:
    """How a claim came to be, as far as it is not the usual."""
    usual = Provenance()
    told = ((field.name, getattr(claim.provenance, field.name)) for field in fields(Provenance))
    return " ".join(f"{name}={value(said)}" for name, said in told if said != getattr(usual, name))


def claim_line(claim: Claim, text: str | None) -> str:
    """A claim on one line: what was decided, its words, how it came to be, its id."""
    own = [plain(in_context(claim.fragments, text))]
    for name in ("cue", "sources"):
        own += [f"{name} {plain(in_context([span], text, _NEAR))}" for span in getattr(claim, name, ())]
    return " · ".join(part for part in (decided(claim), *own, remarks(claim), value(claim.id)) if part)


_HEADER = ("layer", "article_id", "text_sha256", "normalizer", "guideline_version", "annotator", "annotator_type")


def layer_words(layer: Layer, text: str | None) -> str:
    """A layer as lines: its header, a line for each key, and its claims in the order of the file."""
    header = [f"{name}: {value(getattr(layer, name))}" for name in (*_HEADER, "complete")]
    return "\n".join((*header, "", *(claim_line(claim, text) for claim in layer.claims)))
