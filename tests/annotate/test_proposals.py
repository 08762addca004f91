"""All that the machine proposes of an article: a result for whatever text there is, fit for a layer, in linear time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from counted_work import calls
from parallaxe.annotate.article import Article
from parallaxe.annotate.entities import propose_entities
from parallaxe.annotate.proposals import ANNOTATOR, Machine, Proposals, propose
from parallaxe.annotate.quotations import propose_quotes
from parallaxe.annotate.stances import propose_stances
from parallaxe.core.claims import Claim, Entity, Layer, Quote, Stance
from parallaxe.core.knowledge import KnownEntity
from parallaxe.core.labels import LabelSet
from parallaxe.core.layer_format import KINDS, canonical_order
from parallaxe.store.schemas import load_schemas
from parallaxe.text.document import Block, text_digest
from parallaxe.text.read import block_sentences, block_spans
from parallaxe.validate.layers import LayerContext, check_layer
from strategies import texts

LABELS = load_schemas().labels
ROLES = {label.name for label in LABELS["block_roles"].labels if label.annotated}


def known(kb_id: str, type_: str, name: str, *aliases: str, actor: str | None = None) -> KnownEntity:
    return KnownEntity(kb_id, type_, name, aliases, "", None, None, (), actor, None)


ROWS = (
    known("jeanne-kerbrat", "PER", "Jeanne Kerbrat", "Kerbrat"),
    known("yves-kerbrat", "PER", "Yves Kerbrat", "Kerbrat", "", " "),
    known("moscou", "LOC", "Moscou", actor="russia"),
    known("seoul", "LOC", "Séoul", "…", actor="south-korea"),
)
MACHINE = Machine.of(LABELS, {row.kb_id: row for row in ROWS})

ARTICLE = (
    "Séoul s'inquiète\n\n"
    "« Nous irons jusqu'au bout », a déclaré lundi Jeanne Kerbrat à Moscou. Selon elle, Séoul « exagère ».\n\n"
    "Moscou dénonce les sanctions décidées par Washington et promet de livrer des obus à la Corée du Nord."
)
# Pieces that set the rules off, to be put together in any order.
PIECES = (
    "« ", " »", "“", "”", '"', " a déclaré ", " selon ", " d'après ", "Jeanne Kerbrat", "M. Kerbrat", "Moscou", "l'",
    "Corée du Nord", "le président Kim Jong-un", ", a-t-il ajouté", " que ", " dénonce ", " le 4 septembre 2023", ". ",
    ", ", " : ", "\n\n", " aurait livré des obus de 155 mm", "guerre en Ukraine", "🥳", " n'a pas ", "SÉOUL — ", "À ",
    "résolutions 1718 et 1874", "— Non. ", "Qui ? ", "(", ")", " du 10 au 13 septembre", "ONU", "x" * 40,
    " l'Organisation des Nations unies (ONU)",
)  # fmt: skip
patchworks = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
roles = st.sampled_from([label.name for label in LABELS["block_roles"].labels])


def article(text: str, *others: str) -> Article:
    """A text by its blank lines; roles of its first blocks, all others being paragraphs."""
    spans = [(start, end) for start, end in block_spans(text) if start < end]
    names = [*others, *["paragraph"] * len(spans)]
    blocks = [Block(role, start, end) for role, (start, end) in zip(names, spans, strict=False)]
    return Article.of(text, blocks, block_sentences(text, blocks), ROLES)


def complaints(read: Article, claims: Sequence[Claim], machine: Machine = MACHINE) -> list[str]:
    """What the gate says of a layer of these claims."""
    digest = text_digest(read.text)
    layer = Layer("machine", "un", digest, "n/1", None, ANNOTATOR, machine.annotator_type, KINDS, tuple(claims))
    lines = {claim.id: number for number, claim in enumerate(claims, 2)}
    context = LayerContext(layer, "un.jsonl", lines, digest, read.blocks, machine.known, LABELS)
    found: list[str] = check_layer(context)["message"].to_list()
    return found


def test_an_article_gets_mentions_quotations_and_stances() -> None:
    """Every kind is proposed, links lead into the knowledge base, each claim says its tool, score and reason."""
    found = propose(article(ARTICLE, "title"), MACHINE)

    assert {Entity, Quote, Stance} == {type(claim) for claim in found.claims}
    assert {"moscou", "seoul", "jeanne-kerbrat"} <= {c.kb_id for c in found.claims if isinstance(c, Entity)}
    for claim in found.claims:
        history = claim.provenance
        assert ("proposed", None) == (history.status, history.origin)
        assert history.tool
        assert history.tool.startswith("parallaxe-")
        assert history.why
        assert history.score is not None
        assert 0 <= history.score == round(history.score, 3) <= 1


@settings(max_examples=200, deadline=None)
@given(texts | patchworks, st.lists(roles, max_size=3))
@example("00,a-T-IL AJOUTÉ,a-T-IL AJOUTÉ<0,<00000000", [])  # two quotations of one extent: their ids tell the order
def test_whatever_is_proposed_passes_every_rule(text: str, others: list[str]) -> None:
    """Of any text in any roles: spans in blocks, keys unique, labels known, intensities and evidence that fit."""
    read = article(text, *others)

    found = propose(read, MACHINE)

    assert [] == complaints(read, found.claims)
    assert canonical_order(found.claims) == found.claims


@settings(max_examples=100, deadline=None)
@given(patchworks)
def test_the_parts_propose_nothing_that_must_be_thrown_away(text: str) -> None:
    """With labels that know all the rules, no claim of a part is lost on the way into the layer."""
    read = article(text)
    mentions = propose_entities(read, MACHINE.gazetteer)
    quotes = propose_quotes(read, mentions)
    stances = propose_stances(read, mentions, quotes, MACHINE.known, MACHINE.stance_model)

    kept = propose(read, MACHINE).claims

    made = Counter(type(claim).__name__ for claim in (*mentions, *quotes, *stances))
    assert made == Counter(type(claim).__name__ for claim in kept)


def test_a_quarrel_elsewhere_is_none_about_the_general_issue() -> None:
    """Concern that names no object goes to the issue of the corpus only in articles that name a side of it."""
    elsewhere = article("La directrice du port a dénoncé lundi une grève « irresponsable ».")

    assert [] == [claim for claim in propose(elsewhere, MACHINE).claims if isinstance(claim, Stance)]


@given(patchworks)
def test_the_same_text_gets_the_same_claims(text: str) -> None:
    """Two machines of one knowledge base say the same, whatever its order."""
    other = Machine.of(LABELS, {row.kb_id: row for row in reversed(ROWS)})

    assert propose(article(text), MACHINE) == propose(article(text), other)


ENGLISH = "The harbour waits for its cranes, said the mayor of Moscow on Monday. " * 6
ODD = [
    ("no-body", "Par Jeanne Kerbrat", ("byline",), None, {"no-body-block"}),
    ("english", ENGLISH, (), "en", {"other-language"}),
    ("emoji", "🥳🚀👩\u200d🚀 🇰🇵", (), "und", {"other-language"}),
    ("empty", "", (), None, {"no-body-block"}),
    ("open-guillemet", "« Moscou attend. " * 50, (), "fr", {"unbalanced-guillemets"}),
    ("closing-guillemets", "Moscou attend ». " * 50, (), "fr", {"unbalanced-guillemets"}),
    ("long-block", "Moscou dénonce les sanctions. " * 7_000, (), "fr", {"long-block"}),
]


@pytest.mark.parametrize(("text", "others", "language", "codes"), [case[1:] for case in ODD], ids=[c[0] for c in ODD])
def test_odd_texts_get_a_result_and_a_row(
    text: str, others: tuple[str, ...], language: str | None, codes: set[str]
) -> None:
    """No body, another language, only emoji, lone guillemets, 200,000 characters: claims that fit, and why to doubt."""
    read = article(text, *others)

    found = propose(read, MACHINE, language=language)

    assert codes == {notice.code for notice in found.warnings}
    assert [] == complaints(read, found.claims[:500])


def test_another_language_is_not_read() -> None:
    """Nothing is proposed in a text that is surely not French, and no kind counts as looked for; a headline is read."""
    assert Proposals((), propose(article(ENGLISH), MACHINE, language="en").warnings, ()) == propose(
        article(ENGLISH), MACHINE, language="en"
    )
    assert KINDS == propose(article("Moscou attend"), MACHINE, language="ca").complete


def test_names_that_name_two_or_nothing_are_told_once() -> None:
    """An alias of two rows and an alias without letters are rows of the machine, not of each article."""
    assert [("empty-alias", "yves-kerbrat"), ("empty-alias", "yves-kerbrat"), ("empty-alias", "seoul"),
            ("ambiguous-alias", "jeanne-kerbrat, yves-kerbrat")] == [
        (notice.code, notice.where) for notice in MACHINE.notices
    ]  # fmt: skip
    assert () == propose(article("Kerbrat attend. Mme Kerbrat arrive."), MACHINE).warnings


def test_labels_that_a_project_has_not_are_not_proposed() -> None:
    """Without places and without a target, none of them is proposed, and what is left passes every rule."""
    labels = {
        **LABELS,
        "entity_labels": _without("entity_labels", "LOC"),
        "targets": _without("targets", "sanctions"),
        "quotation_types": _without("quotation_types", "indirect"),
    }
    all_of_it = propose(article(ARTICLE, "title"), MACHINE).claims

    less = propose(article(ARTICLE, "title"), replace(MACHINE, labels=labels)).claims

    assert "LOC" in {c.label for c in all_of_it if isinstance(c, Entity)}
    assert "LOC" not in {c.label for c in less if isinstance(c, Entity)}
    assert "sanctions" in {c.target for c in all_of_it if isinstance(c, Stance)}
    assert "sanctions" not in {c.target for c in less if isinstance(c, Stance)}
    assert "indirect" not in {c.type for c in less if isinstance(c, Quote)}
    assert [] == complaints(article(ARTICLE, "title"), less)


def _without(name: str, label: str) -> LabelSet:
    labels = tuple(own for own in LABELS[name].labels if own.name != label)
    return replace(LABELS[name], labels=labels)


LONG = {
    "prose": "Moscou dénonce lundi les sanctions. « Nous irons au bout », a déclaré Jeanne Kerbrat. ",
    "opening": "« ",
    "closing": " »",
    "nested": "« a “b ",
    "one-word": "x",
    "capitals": "Jean Kim ",
    "acronyms": "ONU (OTAN) ",
    "cues": "selon a déclaré que ",
    "dates": "du 10 au 13 septembre 2023 ",
    "emoji": "🥳",
    "commas": "Kim, dit Kim, ",
    "hyphens": "Kim-",
    "apostrophes": "l'",
    "questions": "Qui ? — Non. ",
    "blocks": "Kim dit.\n\n",
}


@pytest.mark.parametrize("piece", LONG.values(), ids=LONG)
def test_twice_the_text_takes_twice_the_work(piece: str) -> None:
    """From 10,000 characters to 40,000 there are about four times as many calls, not sixteen."""
    short, long = (article((piece * (size // len(piece))).strip()) for size in (10_000, 40_000))
    propose(short, MACHINE)

    once, fourfold = (calls(partial(propose, replace(read), MACHINE)) for read in (short, long))

    assert fourfold < 6 * once + 5_000
