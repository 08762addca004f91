"""What is unusual about a text or a knowledge base is told in rows, without a word of the text."""

from __future__ import annotations

import pytest
from hypothesis import given

from parallaxe.annotate.article import Article
from parallaxe.annotate.notices import article_notices, knowledge_notices, lone_guillemet
from parallaxe.core.knowledge import KnownEntity
from parallaxe.text.document import Block
from parallaxe.text.read import block_spans
from strategies import texts


def article(text: str, role: str = "paragraph") -> Article:
    return Article.of(text, [Block(role, *span) for span in block_spans(text)], (), {"paragraph"})


ENGLISH = "The harbour waits for its cranes. " * 10


@pytest.mark.parametrize(
    ("text", "role", "language", "codes"),
    [
        ("Le port attend.", "paragraph", "fr", []),
        ("Le port attend.", "paragraph", None, []),
        ("Le port attend.", "byline", "fr", ["no-body-block"]),
        (ENGLISH, "paragraph", "en", ["other-language"]),
        ("En direct", "paragraph", "ca", ["other-language"]),
        ("🥳🥳", "paragraph", "und", ["other-language"]),
        ("« Le port attend.", "paragraph", "fr", ["unbalanced-guillemets"]),
        ("Le port » attend.", "paragraph", "fr", ["unbalanced-guillemets"]),
        ("« Le port « attend » ses » grues.", "paragraph", "fr", []),
        ("« Le port attend.\n\n« Il attend encore. »", "paragraph", "fr", []),
        ("mot " * 6000, "paragraph", "fr", ["long-block"]),
        ("« " * 20_000, "byline", "en", ["other-language", "no-body-block"]),
        ("« " * 20_000, "paragraph", "fr", ["long-block", "unbalanced-guillemets"]),
    ],
)
def test_each_oddity_is_a_row(text: str, role: str, language: str | None, codes: list[str]) -> None:
    """Language, blocks, length and guillemets each have a code of their own, once for an article."""
    assert codes == [notice.code for notice in article_notices(article(text, role), language)]


def test_a_text_without_letters_is_told_in_words() -> None:
    """Nobody who reads a warning has to know the codes of ISO 639."""
    told = [notice.what for notice in article_notices(article("🥳🥳"), "und")]

    assert told == ["no letter tells the language, the rules read French; it is read as French"]


@given(texts)
def test_rows_hold_no_word_of_the_text(text: str) -> None:
    """What is told of any two texts of one length and shape is the same: places and numbers, never words."""
    masked = "".join("x" if character.isalnum() else character for character in text)

    told = [list(article_notices(article(each), "de")) for each in (text, masked)]

    assert told[0] == told[1]


def test_a_lone_guillemet_is_found_where_it_stands() -> None:
    """The first one without another is told."""
    assert 4 == lone_guillemet(article("«a» » «"))
    assert 0 == lone_guillemet(article("« a « b »"))
    assert lone_guillemet(article("« a » « b »")) is None


def known(kb_id: str, name: str, *aliases: str) -> KnownEntity:
    return KnownEntity(kb_id, "PER", name, aliases, "", None, None, (), None, None)


def test_names_that_find_nothing_or_too_much_are_told() -> None:
    """Empty aliases and aliases of several entities are rows, by the ids of these; case and accents do not matter."""
    rows = [known("a", "Léa Kerbrat", "Kerbrat", " "), known("b", "Jean KERBRAT", "kerbrat", "—"), known("c", "Jo-El")]

    found = [(notice.code, notice.where) for notice in knowledge_notices({row.kb_id: row for row in rows})]

    assert [("empty-alias", "a"), ("empty-alias", "b"), ("ambiguous-alias", "a, b")] == found


def test_one_entity_may_have_one_name_twice() -> None:
    """The same name in two spellings of one row is nothing to tell."""
    assert [] == list(knowledge_notices({"a": known("a", "Jo-El", "jo el", "Jo El")}))
