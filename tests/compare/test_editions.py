"""Claims find their place in another edition of a text that nobody has, or are told to be lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claim_strategies import entities
from parallaxe.compare.editions import Edition, match_edition
from parallaxe.core.claims import AUTHOR, Entity, Quote, Span, Stance
from parallaxe.text.document import Sentence
from parallaxe.text.fingerprints import sentence_prints

LONG = (
    "Le premier convoi de la nuit a quitté la gare sans un mot pour ceux qui restaient sur le quai.",
    "Le deuxième convoi de la nuit a quitté la gare sans un mot pour ceux qui restaient sur le quai.",
    "Le troisième convoi de la nuit a quitté la gare sans un mot pour ceux qui restaient sur le quai.",
)
OURS = ("Titre court.", LONG[0], "Non.", LONG[1], "Oui.", LONG[2])


def text_of(sentences: tuple[str, ...]) -> tuple[str, list[Sentence]]:
    """Sentences as a text, with their places."""
    found, start = [], 0
    for words in sentences:
        found.append(Sentence(start, start + len(words), 0))
        start += len(words) + 1
    return " ".join(sentences), found


def edition_of(theirs: tuple[str, ...]) -> Edition:
    """How our text and another belong together."""
    (text, ours), (other, there) = text_of(OURS), text_of(theirs)
    return match_edition(sentence_prints(text, ours), ours, sentence_prints(other, there), there)


def followed(words: str, theirs: tuple[str, ...]) -> str | None:
    """What stands in the edition at the place of words of ours; null where they have none."""
    text, other = text_of(OURS)[0], text_of(theirs)[0]
    place = edition_of(theirs).place(Span(text.index(words), text.index(words) + len(words)))
    return None if place is None else other[slice(*place)]


def test_the_same_text_is_wholly_ours() -> None:
    """Every long sentence is verified, all between is bridged, every span stays where it is."""
    edition, text = edition_of(OURS), text_of(OURS)[0]

    assert (1.0, ()) == (edition.share, edition.missing)
    assert Span(0, len(text)) == edition.place(Span(0, len(text)))


@pytest.mark.parametrize(
    ("theirs", "words", "expected"),
    [
        ((OURS[0], "Publicité.", *OURS[1:]), "deuxième convoi", "deuxième convoi"),
        ((OURS[0], "Publicité.", *OURS[1:]), "Titre", None),
        ((*OURS[:2], "Bof.", *OURS[3:]), "Non", "Bof"),
        ((*OURS[:2], "Peut-être.", *OURS[3:]), "Non", None),
        ((*OURS[:2], "A. B.", *OURS[3:]), "Non", None),
        (OURS[3:], "premier", None),
        (OURS[3:], "Oui. Le troisième", "Oui. Le troisième"),
        ((*OURS[:3], LONG[1].replace("mot", "bruit"), *OURS[4:]), "deuxième", None),
        ((*OURS[:3], LONG[1].replace("mot", "cri"), *OURS[4:]), "Non", None),
        ((*OURS[:3], LONG[2], OURS[4], LONG[1]), "deuxième", "deuxième"),
        (tuple(words.replace("é", "e") for words in OURS), "quitté", "quitte"),
    ],
)
def test_words_are_followed(theirs: tuple[str, ...], words: str, expected: str | None) -> None:
    """Words of a verified sentence are found wherever it went; what lies between two is if it is cut the same way.

    What is bridged is not verified: a short word that was changed for one of its length is taken for the same.
    """
    assert expected == followed(words, theirs)


def test_the_share_counts_long_sentences() -> None:
    """It is the share of code points of sentences with a fingerprint that the edition has; what it lacks is told."""
    edition = edition_of((LONG[0], LONG[2]))

    assert pytest.approx(1 - len(LONG[1]) / sum(map(len, LONG))) == edition.share
    assert [LONG[1]] == [text_of(OURS)[0][slice(*span)] for span in edition.missing]
    assert 0.0 == edition_of(("Rien.",)).share


def test_a_claim_goes_over_whole_or_not_at_all() -> None:
    """A quotation whose source is gone is lost, with the stance that it carries and the quotation inside it."""
    text = text_of(OURS)[0]

    def span(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    kept = Entity("kept", (span("troisième convoi"),), "ORG")
    own = Stance("own", "article", AUTHOR, "russia", "against", -1)
    quote = Quote("quote", "direct", (span("deuxième convoi"),), (), (span("premier convoi"),))
    inner = Quote("inner", "direct", (span("deuxième"),), inside="quote")
    stance = Stance("stance", "attributed", "kim", "russia", "favor", 1, (span("deuxième"),), "quote")
    carried = edition_of(OURS[3:]).carry([kept, own, quote, inner, stance])

    shift = text.index(LONG[1])
    moved = replace(kept, fragments=(Span(kept.fragments[0].start - shift, kept.fragments[0].end - shift),))
    assert {own, moved} == set(carried.claims)
    assert (quote, inner, stance) == carried.lost


@given(st.lists(entities, max_size=6), st.permutations(range(6)), st.integers(0, 6))
def test_no_claim_is_lost_in_silence(claims: list[Entity], order: list[int], count: int) -> None:
    """Each is carried or lost, and one that is carried has the words that it had, if all it stands on is verified."""
    named = [replace(claim, id=str(number)) for number, claim in enumerate(claims)]
    theirs = tuple(OURS[number] for number in order[:count]) or ("Rien.",)
    carried = edition_of(theirs).carry(named)
    text, other = text_of(OURS)[0], text_of(theirs)[0]

    assert {claim.id for claim in named} == {claim.id for claim in (*carried.claims, *carried.lost)}
    assert len(named) == len(carried.claims) + len(carried.lost)
    before = {claim.id: [text[slice(*span)] for span in claim.fragments] for claim in named}
    after = {claim.id: [other[slice(*span)] for span in claim.fragments] for claim in carried.claims}
    assert after == {name: before[name] for name in after}
