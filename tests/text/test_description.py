"""Claims about what an article says of itself."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallaxe.text.description import Description, describe, opening_dateline
from parallaxe.text.document import Block
from parallaxe.text.extraction import Metadata
from parallaxe.text.role_votes import ROLES

NOTHING = Metadata()


def described(*blocks: tuple[str, str], metadata: Metadata = NOTHING) -> Description:
    """The description of an article of (role, text) pairs."""
    spans, start = [], 0
    for role, text in blocks:
        spans.append(Block(role, start, start + len(text)))
        start += len(text) + 2
    return describe("\n\n".join(text for _, text in blocks), spans, metadata)


def test_printed_before_declared() -> None:
    """What is printed comes first; only the date is believed where it is declared."""
    declared = Metadata(title="Le port | L'Écho", byline="L'Écho", published=date(2023, 9, 6))
    article = ("title", "Le port"), ("byline", "Par Jean Dupont"), ("label", "Publié le 5 septembre 2023")

    assert Description("Le port", "Jean Dupont", None, date(2023, 9, 6)) == described(*article, metadata=declared)


def test_declared_where_nothing_is_printed() -> None:
    """Metadata fill what the text leaves open."""
    declared = Metadata(title="Le port", byline="Jean Dupont")

    assert Description("Le port", "Jean Dupont", None, None) == described(("paragraph", "Voilà."), metadata=declared)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Par Ghislain d'Arvert", "Ghislain d'Arvert"),
        ("Propos recueillis par Étienne Marsac", "Étienne Marsac"),
        ("Propos recueillis et traduits par Étienne Marsac, à Tokyo", "Étienne Marsac"),
        ("Par Jean Dupont et Marie-Claude Lê", "Jean Dupont et Marie-Claude Lê"),
        ("Par Jean Dupont, envoyé spécial à Séoul", "Jean Dupont"),
        ("Par Jean Dupont (avec AFP)", "Jean Dupont"),
        ("Par Jean Dupont | Publié le 5 septembre 2023", "Jean Dupont"),
        ("L'éditorial de Soizic Mahéo", "Soizic Mahéo"),
        ("Clémence de La Tour", "Clémence de La Tour"),
        ("De notre correspondante à Tokyo, Jeanne Lemoine", "Jeanne Lemoine"),
        ("De notre correspondant à Séoul", None),
        ("Par la rédaction", "la rédaction"),
        ("J.-P. D.", "J.-P. D."),
    ],
)
def test_byline(printed: str, expected: str | None) -> None:
    """A byline is the names alone, as they stand."""
    assert expected == described(("byline", printed)).byline


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("SÉOUL — Les ventes d'armes", "SÉOUL"),
        ("SÉOUL – « Rien », dit-on.", "SÉOUL"),
        ("WASHINGTON, 31 août (Agence) - La Maison-Blanche", "WASHINGTON, 31 août (Agence)"),
        ("Séoul (AFP) - Le port", "Séoul (AFP)"),
        ("SÉOUL (Corée du Sud), 5 septembre 2023 — Le port", "SÉOUL (Corée du Sud), 5 septembre 2023"),
        ("NEW YORK — Le Conseil", "NEW YORK"),
        ("LA HAYE — La Cour", "LA HAYE"),
        ("Saint-Corentin-sur-Rade, le 5 septembre — Le port", "Saint-Corentin-sur-Rade, le 5 septembre"),
        ("De notre correspondant à Séoul — Le port", None),
        ("H. V. — L'argument est usé.", None),
        ("Hélène Vasseur. — Du volume.", None),
        ("Mai Doan — Oui.", None),
        ("LA RUSSIE — Elle seule — refuse.", None),
        ("SÉOUL — et elle seule — refuse.", None),
        ("Les Nord-Coréens - Kim en tête - refusent.", None),
        ("Moscou, Pékin et Pyongyang sont offusqués.", None),
    ],
)
def test_dateline_in_its_paragraph(paragraph: str, expected: str | None) -> None:
    """What stands before the dash is a dateline where it is a place, never where it is a speaker or a thought."""
    assert expected == opening_dateline(paragraph)
    assert expected == described(("title", "Le port"), ("paragraph", paragraph), ("paragraph", "TOKYO — Non.")).dateline


def test_dateline_of_its_own() -> None:
    """A block of its own is taken whole, without its dash."""
    assert described(("dateline", "SÉOUL, 5 septembre 2023 —")).dateline == "SÉOUL, 5 septembre 2023"


@pytest.mark.parametrize(
    ("role", "printed", "expected"),
    [
        ("label", "Publié le 12 septembre 2023 à 14h", date(2023, 9, 12)),
        ("dateline", "Séoul, 1er août 2024", date(2024, 8, 1)),
        ("byline", "Par Jean Dupont | 05/09/2023", date(2023, 9, 5)),
        ("label", "2023-09-05 · 14h32", date(2023, 9, 5)),
        ("label", "Publié le 4 févr. 2024", date(2024, 2, 4)),
        ("label", "PUBLIÉ LE 4 AOUT 2024", date(2024, 8, 4)),
        ("label", "Mis à jour le 13 septembre 2023, publié le 12 septembre 2023", date(2023, 9, 12)),
        ("label", "Mis à jour le 13 septembre 2023", None),
        ("dateline", "SÉOUL, 5 septembre", None),
        ("label", "31 juin 2023", None),
        ("label", "5 septembre 23", None),
        ("paragraph", "Il est né le 5 septembre 2003.", None),
        ("paragraph", "SÉOUL, 5 septembre 2023 — Kim est parti.", date(2023, 9, 5)),
    ],
)
def test_published(role: str, printed: str, expected: date | None) -> None:
    """Only a full date, printed where articles print theirs, dates an article; a year is never guessed."""
    assert expected == described((role, printed)).published


@given(st.lists(st.tuples(st.sampled_from(ROLES), st.text(min_size=1, max_size=80)), max_size=6))
def test_columns_stand_in_the_text(blocks: list[tuple[str, str]]) -> None:
    """Whatever is described without metadata stands in the text, word for word."""
    text = "\n\n".join(block for _, block in blocks)
    title, byline, dateline, _ = described(*blocks)

    assert all(column in text for column in (title, byline, dateline) if column is not None)


@pytest.mark.parametrize("paragraph", ["A-" * 100_000, "SÉOUL, " * 30_000, "Aa " * 70_000, "(" * 200_000])
def test_long_paragraphs(paragraph: str) -> None:
    """Only the opening of a paragraph is read, however long it is."""
    assert opening_dateline(paragraph) is None
