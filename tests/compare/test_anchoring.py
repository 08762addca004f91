"""Claims follow their words to another version of the text, and none is dropped in silence."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claim_strategies import TEXT, layers
from parallaxe.compare.anchoring import Reanchored, Version, reanchor
from parallaxe.compare.text_diff import matches
from parallaxe.core.alignment import Alignment, Segment
from parallaxe.core.claims import Claim, Entity, Layer, Quote, Span, Stance
from parallaxe.core.layer_format import canonical_order
from parallaxe.text.normalize import normalize

ARTICLE = (
    "Le ministre Arnal reçoit la presse à Lormont. Il promet un pont neuf avant l'hiver.\n\n"
    "« Nous tiendrons parole », assure le ministre Arnal. La maire de Lormont en doute.\n\n"
    "Selon la maire, le pont du ministre Arnal coûtera trop cher. Arnal n'a pas répondu.\n\n"
    "Les riverains attendent depuis six ans ; aucun chantier n'a commencé à Lormont."
)
BLOCKS = ARTICLE.split("\n\n")

words = st.text("abcdefghij", min_size=1, max_size=8)
texts = st.lists(st.lists(words, min_size=1, max_size=9).map(" ".join), min_size=1, max_size=6).map(". ".join)


def mention(words: str, text: str = ARTICLE, nth: int = 0, name: str = "e") -> Entity:
    """A mention of words where they stand for the nth time."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Entity(name, (Span(start, start + len(words)),), "PER")


def words_of(claim: Claim | None, text: str) -> str | None:
    return None if claim is None else " | ".join(text[slice(*span)] for span in claim.fragments)


@given(texts, texts)
def test_matches_are_in_both_texts(old: str, new: str) -> None:
    """Matches are equal stretches, in the order of both texts, and none is empty."""
    found = matches(old, new)

    for match in found:
        assert 0 < match.length
        assert old[match.old_start : match.old_end] == new[match.new_start : match.new_end]
    for one, other in pairwise(found):
        assert one.old_end <= other.old_start
        assert one.new_end <= other.new_start


@given(layers())
def test_the_same_text_keeps_all(layer: Layer) -> None:
    """Nothing moves where nothing changed."""
    found = reanchor(layer.claims, Version(TEXT), Version(TEXT))

    assert canonical_order(layer.claims) == found.claims
    assert {"kept"} >= {fate.status for fate in found.fates}


@given(layers(), st.text("xyz. \n", min_size=1, max_size=60))
def test_an_insertion_before_shifts(layer: Layer, inserted: str) -> None:
    """What comes before the text shifts every span by its length, and no word is another."""
    found = reanchor(layer.claims, Version(TEXT), Version(f"{inserted} {TEXT}"))

    shifted = tuple(_shifted(claim, len(inserted) + 1) for claim in canonical_order(layer.claims))
    assert shifted == tuple(fate.new for fate in found.fates)
    assert {"moved", "kept"} >= {fate.status for fate in found.fates}


def _shifted(claim: Claim, by: int) -> Claim:
    def moved(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(Span(start + by, end + by) for start, end in spans)

    match claim:
        case Entity():
            return replace(claim, fragments=moved(claim.fragments))
        case Quote():
            return replace(claim, content=moved(claim.content), cue=moved(claim.cue), sources=moved(claim.sources))
        case Stance():
            return replace(claim, evidence=moved(claim.evidence))


@given(layers(), st.integers(0, 15), st.integers(1, 5))
def test_claims_keep_their_words_unless_an_edit_lies_inside(layer: Layer, place: int, count: int) -> None:
    """After new words between two words, whoever did not span that place has its words; who did is `changed`."""
    at = 6 * place
    inserted = " ".join(["neuf"] * count) + " "
    new = TEXT[:at] + inserted + TEXT[at:]
    layer = replace(layer, claims=tuple(claim for claim in layer.claims if not _on_white(claim)))

    for fate in reanchor(layer.claims, Version(TEXT), Version(new)).fates:
        for span in fate.spans:
            assert span.new is not None
            is_inside = span.old.start < at < span.old.end
            assert is_inside == (span.status == "changed")
            if not is_inside:
                assert TEXT[slice(*span.old)] == new[slice(*span.new)]


def _on_white(claim: Claim) -> bool:
    """Whether a span begins or ends with a space, which nobody annotates, or within a word."""
    spans = [*claim.fragments, *((*claim.cue, *claim.sources) if isinstance(claim, Quote) else ())]
    return any(span.start % 6 != 0 or span.end % 6 != 5 for span in spans)


@pytest.mark.parametrize("number", range(16))
def test_deleting_exactly_the_span_loses_it(number: int) -> None:
    """A claim whose words are gone is lost, with its reason; its neighbours are not."""
    claims = [Entity(f"e{n}", (Span(6 * n, 6 * n + 5),), "PER") for n in range(16)]
    gone = claims[number].fragments[0]

    found = reanchor(claims, Version(TEXT), Version(TEXT[: gone.start] + TEXT[gone.end :]))
    assert [f"e{number}"] == [fate.old.id for fate in found.lost]
    assert "none of the words of its fragments is left" == found.lost[0].why
    assert 15 == len(found.claims)


@given(layers(), texts)
def test_every_claim_has_a_fate(layer: Layer, new: str) -> None:
    """Whatever the new text: each claim once, lost ones with a reason, others inside the text with whole references."""
    found = reanchor(layer.claims, Version(TEXT), Version(new))

    assert sorted(claim.id for claim in layer.claims) == sorted(fate.old.id for fate in found.fates)
    for fate in found.fates:
        assert (fate.new is None) == (fate.status == "lost")
        assert fate.why is not None or fate.status in ("kept", "moved")
    quotes = {claim.id for claim in found.claims if isinstance(claim, Quote)}
    assert {c.inside for c in found.claims if isinstance(c, Quote)} <= {None, *quotes}
    assert {c.quote for c in found.claims if isinstance(c, Stance)} <= {None, *quotes}
    assert all(0 <= s.start < s.end <= len(new) for claim in found.claims for s in claim.fragments)


@pytest.mark.parametrize(
    ("claim", "new", "status", "expected"),
    [
        pytest.param(
            mention("Arnal", nth=2), ARTICLE.replace("reçoit", "a reçu hier"), "moved", "Arnal", id="an edit before"
        ),
        pytest.param(
            mention("ministre Arnal"),
            ARTICLE.replace("Arnal", "Arnaud"),
            "changed",
            "ministre Arnaud",
            id="an edit inside",
        ),
        pytest.param(
            mention("Le ministre Arnal"),
            ARTICLE.replace("Le ministre Arnal", "La ministre Arnal"),
            "changed",
            "La ministre Arnal",
            id="its first word was replaced",
        ),
        pytest.param(
            mention("un pont neuf"),
            ARTICLE.replace("un pont neuf", "un pont neufs"),
            "changed",
            "un pont neufs",
            id="a letter more at its end",
        ),
        pytest.param(
            mention("Arnal", nth=1),
            "\n\n".join([*BLOCKS[2:], BLOCKS[0], BLOCKS[1]]),
            "moved",
            "Arnal",
            id="blocks changed places",
        ),
        pytest.param(
            mention("La maire de Lormont en doute"),
            "\n\n".join([BLOCKS[1], BLOCKS[0], *BLOCKS[2:]]),
            "moved",
            "La maire de Lormont en doute",
            id="its block is the shorter of two that changed places",
        ),
        pytest.param(mention("six ans"), "\n\n".join(BLOCKS[:3]), "lost", None, id="its block is gone"),
        pytest.param(
            mention("Arnal", nth=3),
            ARTICLE.replace("Arnal n'a pas répondu.", "Nul n'a répondu."),
            "lost",
            None,
            id="its words stand elsewhere, but those are others'",
        ),
        pytest.param(
            mention("Arnal", nth=0),
            "Arnal. Le ministre Arnal reçoit. " + ARTICLE,
            "moved",
            "Arnal",
            id="an inserted sentence that begins alike",
        ),
        pytest.param(
            mention("Nous tiendrons parole"),
            "\n\n".join([BLOCKS[0], BLOCKS[2], BLOCKS[3], BLOCKS[1], "Rappel.", BLOCKS[1]]),
            "ambiguous",
            "Nous tiendrons parole",
            id="its block moved, and stands there twice",
        ),
    ],
)
def test_where_words_go(claim: Entity, new: str, status: str, expected: str | None) -> None:
    """What becomes of a mention when the article is edited."""
    fate = reanchor([claim], Version(ARTICLE), Version(new)).fates[0]

    assert (status, expected) == (fate.status, words_of(fate.new, new))


def test_an_insertion_that_begins_alike_takes_nothing_over() -> None:
    """The mention is still the one that it was, not that of the sentence which was put before it."""
    inserted = "Le ministre Arnal parle. "
    found = reanchor([mention("Arnal")], Version(ARTICLE), Version(inserted + ARTICLE))

    assert (Span(12 + len(inserted), 17 + len(inserted)),) == found.claims[0].fragments


SAID = Quote("q", "direct", mention("Nous tiendrons parole").fragments, mention("assure").fragments)
WITHIN = Quote("p", "direct", mention("tiendrons parole").fragments, inside="q")
VIEW = Stance("s", "attributed", "arnal", "pont", "favor", 2, mention("tiendrons").fragments, "q")
OWN = Stance("a", "article", "author", "pont", "neutral", 0)


def fates(new: str, *claims: Claim) -> dict[str, tuple[str, str | None]]:
    found = reanchor(claims, Version(ARTICLE), Version(new))
    return {fate.old.id: (fate.status, fate.why) for fate in found.fates}


def test_a_stance_is_lost_with_its_quotation() -> None:
    """It is told, with the reason; a stance of the article, which stands on no words, is kept."""
    new = ARTICLE.replace("« Nous tiendrons parole », assure le ministre Arnal. ", "")
    told = fates(new, SAID, replace(VIEW, evidence=()), OWN)

    assert ("lost", "none of the words of its content is left") == told["q"]
    assert ("lost", "its quotation `q` is lost") == told["s"]
    assert ("kept", None) == told["a"]


def test_a_quotation_that_loses_its_cue_is_changed() -> None:
    """The claim stays, without the part that is not left, and says so."""
    told = fates(ARTICLE.replace(", assure le ministre Arnal", ""), SAID, VIEW)

    assert {"q": ("changed", "part of its cue is not left"), "s": ("kept", None)} == told


def test_what_lay_in_a_lost_quotation_lies_outside() -> None:
    """The inner quotation stays where its words are, and is told to lie in none."""
    other = mention("Il promet un pont neuf avant l'hiver")
    outer = Quote("q", "indirect", other.fragments)
    found = reanchor(
        [outer, WITHIN], Version(ARTICLE), Version(ARTICLE.replace(" Il promet un pont neuf avant l'hiver.", ""))
    )

    inner = next(fate for fate in found.fates if fate.old.id == "p")
    assert ("changed", "the quotation `q` in which it lay is lost") == (inner.status, inner.why)
    assert [None] == [claim.inside for claim in found.claims if isinstance(claim, Quote)]


def test_two_normalizations_of_one_file_are_tied_exactly() -> None:
    """Through the raw file a span is found where no diff could tell which of many equal words it was."""
    raw = "ah  ah   ah ah"
    old = Version(
        "ah ah ah ah",
        Alignment(
            (Segment(0, 3, 0, 3), Segment(3, 3, 3, 4), Segment(3, 6, 4, 7), Segment(6, 6, 7, 9), Segment(6, 11, 9, 14))
        ),
        "r",
    )
    new = Version("ah ah", Alignment((Segment(0, 0, 0, 9), Segment(0, 5, 9, 14))), "r")
    claims = [Entity(f"e{n}", (Span(3 * n, 3 * n + 2),), "PER") for n in range(4)]

    assert 14 == len(raw)
    found = reanchor(claims, old, new)
    assert [None, None, (Span(0, 2),), (Span(3, 5),)] == [fate.new and fate.new.fragments for fate in found.fates]


@given(st.text("aé œ\u00a0'’\n\tx«», .", max_size=80), st.data())
def test_what_a_normalizer_left_alone_keeps_its_words(raw: str, data: st.DataObject) -> None:
    """From the raw text to the normalized one: a span that nothing changed keeps its words, at the aligned place."""
    normalized = normalize(raw)
    old = Version(raw, Alignment.identity(len(raw)), "r")
    new = Version(normalized.text, normalized.alignment, "r")
    if not raw.strip():
        return
    start = data.draw(st.integers(0, len(raw) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(raw))))

    fate = reanchor([Entity("e", (span,), "PER")], old, new).fates[0]
    place = normalized.alignment.to_text(*span)
    if raw[slice(*span)] == new.text[slice(*place)]:
        assert fate.new is not None
        assert (Span(*place),) == fate.new.fragments


def test_a_claim_outside_of_its_text_is_refused() -> None:
    """Offsets of another text are not carried anywhere."""
    with pytest.raises(ValueError, match="claim e leaves a text of 4 characters"):
        reanchor([mention("Lormont")], Version("Rien"), Version("Rien"))
    with pytest.raises(ValueError, match="alignment of 3 characters, text of 4"):
        reanchor([], Version("Rien", Alignment.identity(3)), Version("Rien"))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text.replace("neuf", "ancien"), id="a word in every sentence"),
        pytest.param(lambda text: text.replace("'", "’"), id="every apostrophe"),
        pytest.param(lambda text: text[::-1], id="backwards"),
        pytest.param(lambda text: "a " * (len(text) // 2), id="another text of one word"),
        pytest.param(lambda text: text.replace("\n", " ").replace(".", ""), id="one block without sentences"),
    ],
)
@pytest.mark.parametrize(
    "old", [(ARTICLE + "\n\n") * 580, "a " * 100_000, "".join(f"mot{n} neuf. " for n in range(14_000))]
)
def test_a_long_text_takes_seconds(old: str, change: object) -> None:
    """200,000 characters with 300 claims, whatever the edit; a quadratic step would take hours."""
    assert callable(change)
    new = change(old)
    step = len(old) // 300
    claims = [Entity(f"e{n:03}", (Span(n * step, n * step + 5),), "PER") for n in range(300)]

    begin = perf_counter()
    found: Reanchored = reanchor(claims, Version(old), Version(new))
    assert 300 == len(found.fates)
    assert perf_counter() - begin < 30
