"""Who is said to say what: constructions of French as cases, laws that hold for any text, work that grows with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counted_work import calls
from parallaxe.annotate.article import Article
from parallaxe.annotate.quotation_rules.conjugation import (
    CONDITIONAL,
    FINITE,
    FIRST,
    GERUND,
    INFINITIVE,
    PARTICIPLE,
    PLURAL,
    forms,
)
from parallaxe.annotate.quotation_rules.words import read_words
from parallaxe.annotate.quotations import propose_quotes
from parallaxe.core.claims import Quote, Span
from parallaxe.text.document import Block
from parallaxe.text.read import block_sentences, block_spans
from strategies import texts

CASES = json.loads((Path(__file__).parents[1] / "cases" / "quotations.json").read_text("utf-8"))
# Pieces that set the rules off, to be put together in any order.
PIECES = (
    "« ", " »", "“", "”", '"', " a déclaré ", "selon ", "d'après ", "Jeanne Kerbrat", "le maire", "Moscou", "l'", ", ",
    ", a-t-il ajouté", " que ", " dénonce ", ", cité par ", ", qui cite ", ". ", " : ", " ; ", "\n\n", " aurait livré ",
    "🥳", " n'a pas ", "SÉOUL — ", " et promis de ", " partir", "pour qui ", " dont ", "(", " sa promesse de ", "Qui ?",
)  # fmt: skip
patchworks = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def article(text: str) -> Article:
    """A text whose blocks are paragraphs."""
    blocks = [Block("paragraph", start, end) for start, end in block_spans(text) if start < end]
    return Article.of(text, blocks, block_sentences(text, blocks), {"paragraph"})


def told(text: str) -> list[dict[str, Any]]:
    """The quotations of a text in words; `inside` is the position of the one that holds it."""
    quotes = propose_quotes(article(text), ())
    positions = {quote.id: position for position, quote in enumerate(quotes)}

    def words(spans: tuple[Span, ...]) -> list[str]:
        return [text[start:end] for start, end in spans]

    def row(quote: Quote) -> dict[str, Any]:
        said = {"type": quote.type, "sources": words(quote.sources), "cue": words(quote.cue)}
        outer = {} if quote.inside is None else {"inside": positions[quote.inside]}
        return said | {"content": words(quote.content)} | outer

    return [row(quote) for quote in quotes]


def _cases() -> list[Any]:
    strict = pytest.mark.xfail(strict=True)
    return [
        pytest.param(case, id=case["label"], marks=[strict] if case.get("expect") == "fail" else []) for case in CASES
    ]


@pytest.mark.parametrize("case", _cases())
def test_constructions(case: dict[str, Any]) -> None:
    """Each construction has the quotations that a reader of the guidelines finds in it, without any mention known."""
    assert case["expected"] == told(case["input"])


@given(st.one_of(texts, patchworks))
def test_spans_are_words_of_one_block(text: str) -> None:
    """Contents, cues and sources begin and end with words, lie in one block, and a content's parts do not overlap."""
    read = article(text)

    for quote in propose_quotes(read, ()):
        spans = (*quote.content, *quote.cue, *quote.sources)
        assert quote.content
        assert all(text[start:end] == text[start:end].strip(" \n«»“”,;.") != "" for start, end in spans)
        assert any(all(b.start <= start and end <= b.end for start, end in spans) for b in read.body)
        assert all(one.end <= other.start for one, other in zip(quote.content, quote.content[1:], strict=False))


@given(patchworks)
def test_outer_quotations_are_there(text: str) -> None:
    """A quotation lies inside one that is proposed too, never inside itself, and ids are unlike."""
    quotes = propose_quotes(article(text), ())
    ids = [quote.id for quote in quotes]

    assert len(set(ids)) == len(ids)
    assert {quote.inside for quote in quotes} <= {None, *ids}
    assert all(quote.inside != quote.id for quote in quotes)


@given(st.one_of(texts, patchworks))
def test_words_lie_in_order(text: str) -> None:
    """Words follow one another and hold no white space."""
    words = read_words(text, 0, len(text))

    assert all(start < end for start, end in zip(words.starts, words.ends, strict=True))
    assert all(end <= start for end, start in zip(words.ends, words.starts[1:], strict=False))
    assert len(words.starts) == len(words.forms) == len(words.bits)


@pytest.mark.parametrize(
    ("verb", "form", "bits"),
    [
        ("dire", "dites", FINITE),
        ("prédire", "prédisez", FINITE),
        ("appeler", "appellent", FINITE | PLURAL),
        ("espérer", "espère", FINITE),
        ("annoncer", "annonçait", FINITE),
        ("exiger", "exigeant", GERUND),
        ("craindre", "craignent", FINITE | PLURAL),
        ("vouloir", "voudraient", FINITE | CONDITIONAL | PLURAL),
        ("soutenir", "soutint", FINITE),
        ("promettre", "promise", PARTICIPLE),
        ("avertir", "avertissons", FINITE | FIRST),
        ("écrire", "écrivirent", FINITE | PLURAL),
        ("envoyer", "enverra", FINITE),
        ("croire", "croire", INFINITIVE),
    ],
)
def test_conjugation(verb: str, form: str, bits: int) -> None:
    """Forms are those of a school grammar."""
    assert bits in {own for spelt, own in forms(verb) if spelt == form}


LONG = {
    "prose": "Le maire dénonce lundi les retards. « Nous irons au bout », a déclaré Jeanne Kerbrat. ",
    "opening": "« ",
    "closing": " »",
    "nested": "« a “b ",
    "cues": "selon a déclaré que ",
    "commas": "Kim, dit Kim, ",
    "inverted": "dit-il ",
    "cited": ", cité par Kim, ",
    "colons": "il dit : « oui » ; ",
    "conditional": "Il partirait. ",
    "emoji": "🥳",
    "letter": "x",
    "apostrophes": "l'",
}


@pytest.mark.parametrize("piece", LONG.values(), ids=LONG)
def test_twice_the_text_takes_twice_the_work(piece: str) -> None:
    """From 5,000 characters in one block to 20,000 there are about four times as many calls, not sixteen."""
    short, long = (article((piece * (size // len(piece))).strip()) for size in (5_000, 20_000))
    _calls(short)

    assert _calls(long) <= 6 * _calls(short) + 2_000


def _calls(read: Article) -> int:
    return calls(lambda: propose_quotes(read, ()))
