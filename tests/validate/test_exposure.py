"""What can be rebuilt of a withheld text is counted in words, for the worst, and a copy is always found."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from parallaxe.core.claims import Span
from parallaxe.validate.exposure import LONGEST_RUN, Exposure, Placed, Said, Withheld, exposures

TEXT = "Le convoi a quitté Vladivostok avant l'aube, puis il a gagné Séoul sans s'arrêter une seule fois."
ARTICLE = Withheld("la-gare", TEXT)
WORDS = st.sampled_from("le la convoi train de du nord sud est parti hier".split())
SENTENCES = st.lists(WORDS, min_size=1, max_size=40)


def place(words: str, said: str | None = None) -> Placed:
    """A claim that says of these words what they are, or something else."""
    start = TEXT.index(words)
    return Placed("la-gare", (Span(start, start + len(words)),), words if said is None else said)


def told(*files: str, placed: tuple[Placed, ...] = ()) -> Exposure:
    """What can be rebuilt of the article from some files and claims."""
    [exposure] = exposures([ARTICLE], [Said(f"page {number}", text) for number, text in enumerate(files)], placed)
    return exposure


def test_nothing_is_known_from_nothing() -> None:
    """Without files and claims no word is exposed."""
    assert told() == Exposure("la-gare", 19, 0, 0, 0, Span(0, 0), 0, "")


def test_a_claim_places_the_words_that_it_says() -> None:
    """A word of the span counts if the claim says it, in any letter case and with any accents; others do not."""
    claims = (place("Vladivostok"), place("Séoul sans", "la ville de SEOUL"), place("convoi", "train"))

    assert (2, 0, 1) == told(placed=claims)[2:5]


def test_a_gap_is_filled_between_two_anchors() -> None:
    """Words that stand elsewhere between two placed ones count; without both anchors, or beyond them, they do not."""
    page = "Hier Vladivostok avant l'aube, puis il a gagné Séoul sans retard"
    both = (place("Vladivostok"), place("Séoul"))

    assert 0 == told(page, placed=both[:1]).filled
    assert 7 == told(page, placed=both).filled
    assert "Vladivostok avant l'aube, puis il a gagné Séoul" == TEXT[slice(*told(page, placed=both).run)]


def test_three_anchors_tell_the_sentence() -> None:
    """Where three placed words fit at their distances, what stands before and after them elsewhere counts too."""
    page = "On a quitté Vladivostok avant l'aube, puis il a gagné Séoul sans retard"

    assert 9 == told(page, placed=(place("Vladivostok"), place("aube"), place("Séoul"))).filled


def test_a_copy_is_told_with_its_file() -> None:
    """The longest row in one file is told whatever its letter case, punctuation, hyphens and escapes."""
    page = "il A GAGNE: s\\u00e9oul; sans s’arr\N{SOFT HYPHEN}êter"

    assert (7, "page 1") == told("Le convoi", page)[-2:]


def test_files_are_not_joined() -> None:
    """A row that begins in one file and ends in another stands in none."""
    assert 3 == told("Le convoi a", "quitté Vladivostok avant").longest_copy


def test_other_articles_keep_their_words() -> None:
    """Words are counted for the article whose they are; rows do not run over from one to the next."""
    one, two = exposures([Withheld("a", "un deux"), Withheld("b", "trois quatre")], [Said("page", "deux trois quatre")])

    assert (1, 2) == (max(one.longest_copy, 1), two.longest_copy)


@given(SENTENCES, SENTENCES, SENTENCES)
def test_the_longest_copy_is_that_of_a_plain_search(text: list[str], before: list[str], page: list[str]) -> None:
    """It is the longest row of words that both have, as found by comparing all rows."""
    [exposure] = exposures([Withheld("x", " ".join(text))], [Said("a", " ".join(before)), Said("b", " ".join(page))])
    rows = {tuple(one[i:j]) for one in (before, page) for i in range(len(one)) for j in range(i + 2, len(one) + 1)}
    expected = [j - i for i in range(len(text)) for j in range(i + 2, len(text) + 1) if tuple(text[i:j]) in rows]

    assert max(expected, default=0) == exposure.longest_copy


@given(SENTENCES.filter(lambda words: len(words) >= LONGEST_RUN), st.integers(0, 30))
def test_a_whole_copy_is_too_much(text: list[str], before: int) -> None:
    """A file that repeats an article of at least twelve words is always found, wherever in the file it stands."""
    [exposure] = exposures([Withheld("x", " ".join(text))], [Said("a", "autre " * before + " ".join(text) + " fin")])

    assert exposure.is_too_much
    assert len(text) == exposure.longest_copy
