"""Entities: invented press of many subjects as labelled cases, names that an article explains, laws for any text."""

from __future__ import annotations

import json
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counted_work import calls
from parallaxe.annotate.article import Article
from parallaxe.annotate.entities import propose_entities
from parallaxe.annotate.gazetteer import Gazetteer
from parallaxe.compare.nesting import nesting
from parallaxe.core.claims import Entity
from parallaxe.core.knowledge import KnownEntity
from parallaxe.text.document import Block

CASES = json.loads((Path(__file__).parents[1] / "cases" / "entities.json").read_text("utf-8"))
FEWEST_CASES = 40
NOTHING_KNOWN = Gazetteer.of(())

PIECES = (
    "Moscou Paris Kim Jean Le La M. Mme l' d' à au de en chez Stade Haute Autorité SNCF A9 B-52 Météo-France été «"
    " États-Unis président ministre américain usine missiles guerre lundi 2019 mai » ( ) , . : — - \n\n 🇰🇵".split(" ")
)
texts = st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join) | st.text(max_size=60)


def _article(text: str) -> Article:
    blocks, start = [], 0
    for block in text.split("\n\n"):
        blocks.append(Block("paragraph", start, start + len(block)))
        start += len(block) + 2
    return Article.of(text, blocks, (), {"paragraph"})


def _named(text: str) -> list[str]:
    """Outer mentions as « label words », with a star at the label where a place stands for its government."""
    mentions = propose_entities(_article(text), NOTHING_KNOWN)
    inner = nesting(mentions)
    return [_shown(text, mention) for mention in mentions if mention.id not in inner]


def _shown(text: str, mention: Entity) -> str:
    span = mention.fragments[-1]
    return f"{mention.label}{'*' if mention.metonymic else ''} {text[span.start : span.end]}"


def _case(case: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(strict=True)] if case.get("expect") == "fail" else []
    return pytest.param(case, id=case["label"], marks=marks)


@pytest.mark.parametrize("case", [_case(case) for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    """Names of any subject are found without a knowledge base; no persons of the cases, or their deeds, are real."""
    assert case["expected"] == _named(case["input"])


def test_cases_are_many_and_labelled_once() -> None:
    """The cases are a set of their own, not a sample."""
    labels = [case["label"] for case in CASES]

    assert len(labels) >= FEWEST_CASES
    assert len(set(labels)) == len(labels)


def test_a_row_of_the_knowledge_base_is_linked_in_every_spelling() -> None:
    """Case, accents and hyphens make no difference, and the family name alone is the same person."""
    row = KnownEntity("ines-vaubert", "PER", "Inès Vaubert", ("Vaubert",), "judge", None, None, (), None, None)
    text = "Ines Vaubert a parlé. INÈS VAUBERT aussi. Puis Vaubert est partie."
    mentions = propose_entities(_article(text), Gazetteer.of([row]))

    assert [mention.kb_id for mention in mentions] == ["ines-vaubert"] * 3


def test_what_is_explained_once_is_known_everywhere() -> None:
    """A name without evidence is what the article calls it elsewhere, before or after; an acronym is its expansion."""
    text = "Larzac s'est tu.\n\nLe juge Paul Larzac part.\n\nL'Institut des vents forts (IVF) ferme. Adieu IVF."
    mentions = propose_entities(_article(text), NOTHING_KNOWN)

    expected = ["NIL:paul-larzac"] * 2 + ["NIL:institut-des-vents-forts"] * 3
    assert [mention.kb_id for mention in mentions] == expected


def test_blocks_that_are_not_annotated_hold_no_mentions() -> None:
    """A byline names nobody for us."""
    article = Article.of("Paul Larzac", [Block("byline", 0, 11)], (), {"paragraph"})

    assert propose_entities(article, NOTHING_KNOWN) == []


@given(texts)
def test_outer_mentions_are_in_order_disjoint_and_inside_a_block(text: str) -> None:
    """They begin and end with a visible character."""
    article = _article(text)
    mentions = propose_entities(article, NOTHING_KNOWN)
    inner = nesting(mentions)
    spans = [mention.fragments[-1] for mention in mentions if mention.id not in inner]

    assert all(earlier.end <= later.start for earlier, later in pairwise(spans))
    assert all(any(block.start <= span.start < span.end <= block.end for block in article.blocks) for span in spans)
    assert all(text[span.start : span.end].strip() == text[span.start : span.end] for span in spans)


@pytest.mark.parametrize(
    "piece",
    [
        "Le Slovène Matej Vidmar a quitté Agen pour l'Institut des vents forts, lundi 3 mai 2021. ",
        "Jean-Paul-Marie-",
        "Moscou, Paris, Berlin et Séoul ",
        "« Guerre de la Haute Autorité de santé ",
        "🇰🇵",
    ],
)
def test_four_times_the_text_is_four_times_the_work(piece: str) -> None:
    """In one block, counted in calls: nothing looks back or forth over the whole text."""
    short, long = (calls(partial(propose_entities, _article(piece * times), NOTHING_KNOWN)) for times in (100, 400))

    assert long < 4.4 * short
