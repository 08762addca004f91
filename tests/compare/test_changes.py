"""What changed between two states: laws, and each way in which a claim can change."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claim_strategies import TEXT, layer_of, layer_pairs, layers
from parallaxe.compare.anchoring import Version, reanchor
from parallaxe.compare.changes import Changes, ClaimChange, EntityChange, LayerChange
from parallaxe.compare.corpus_diff import Source, diff_articles, diff_knowledge
from parallaxe.compare.layer_diff import diff_layers
from parallaxe.core.claims import AUTHOR, Claim, Entity, Layer, Provenance, Quote, Span, Stance
from parallaxe.core.knowledge import KnownEntity, Relation
from parallaxe.core.layer_format import kind_of

SIGNS = {"favor": 1, "against": -1, "neutral": 0}
OLD = "Le port attend. Jeanne Kerbrat parle de Brest et de la gare de Brest."
NEW = "Mardi matin, Jeanne Kerbrat parle de Brest et de la gare de Brest. Le quai dort."
TEXTS = {"old": OLD, "new": NEW}


def layer(*claims: Claim, text: str = "old") -> Layer:
    """A layer about the old or the new text."""
    return replace(layer_of(claims), text_sha256=text)


def mention(words: str, text: str = OLD, name: str = "e", label: str = "PER", nth: int = 0) -> Entity:
    """A mention of words of a text."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Entity(name, (Span(start, start + len(words)),), label)


def changed(old: Layer, new: Layer) -> tuple[ClaimChange, ...]:
    """The claims that changed."""
    found = diff_layers(old, new, TEXTS, SIGNS)
    return found.claims if found else ()


def mirrored(change: ClaimChange) -> ClaimChange:
    """The change seen from the other side."""
    turned = {"added": "removed", "removed": "added"}
    kinds = tuple(turned.get(kind, kind) for kind in change.kinds)
    return ClaimChange(change.new, change.old, kinds, change.fields)  # type: ignore[arg-type]


def counted(changes: tuple[ClaimChange, ...]) -> Counter[str]:
    """Changes as a multiset, fields in whatever order."""
    return Counter(repr((change.old, change.new, change.kinds, sorted(change.fields))) for change in changes)


@given(layers())
def test_nothing_changed(one: Layer) -> None:
    """A layer does not differ from itself."""
    assert None is diff_layers(one, one, {}, SIGNS)


@given(layer_pairs())
def test_the_other_side_sees_the_mirror(pair: tuple[Layer, Layer]) -> None:
    """What was added here was removed there, and all else is the same change turned around."""
    a, b = pair[0], replace(pair[1], layer=pair[0].layer, annotator=pair[0].annotator)

    assert counted(tuple(map(mirrored, changed(a, b)))) == counted(changed(b, a))


@given(layer_pairs())
def test_counts_add_up(pair: tuple[Layer, Layer]) -> None:
    """The claims of old, with those added and without those removed, are as many as the new, kind by kind."""
    a, b = pair
    found = changed(a, b)

    for kind in ("entity", "quote", "stance"):
        count = sum(kind_of(claim) == kind for claim in a.claims)
        count += sum(change.old is None for change in found if kind_of(change.claim) == kind)
        count -= sum(change.new is None for change in found if kind_of(change.claim) == kind)
        assert sum(kind_of(claim) == kind for claim in b.claims) == count


@given(layer_pairs())
def test_changes_tell_all(pair: tuple[Layer, Layer]) -> None:
    """Whoever applies the changes to the old layer has the new one."""
    a, b = pair
    found = changed(a, b)
    claims = {claim.id: claim for claim in a.claims}
    for change in found:
        if change.old is not None:
            del claims[change.old.id]
    claims |= {change.new.id: change.new for change in found if change.new is not None}

    assert {claim.id: claim for claim in b.claims} == claims


@given(layers(), st.integers(0, len(TEXT)), st.integers(0, 40), st.text("ab \n", max_size=30))
def test_text_that_is_edited_changes_no_claim(one: Layer, start: int, length: int, words: str) -> None:
    """Where claims go with an edit of their text nothing changed, but those whose words are gone are removed."""
    texts = {"old": TEXT, "new": f"{TEXT[:start]}{words}{TEXT[start + length :]}"}
    went = reanchor(one.claims, Version(TEXT), Version(texts["new"]))
    a, b = replace(one, text_sha256="old"), replace(one, text_sha256="new", claims=went.claims)
    found = diff_layers(a, b, texts, SIGNS)

    assert Counter((fate.old.id, ("removed",)) for fate in went.lost) == Counter(
        (change.claim.id, change.kinds) for change in (found.claims if found else ())
    )


def test_an_entity_relabelled_relinked_and_moved() -> None:
    """One mention that changed in three ways is one change of three kinds, with its fields."""
    old = mention("Brest", label="LOC")
    new = replace(mention("de Brest", label="ORG"), kb_id="brest")

    assert (ClaimChange(old, new, ("relabelled", "relinked", "moved"), ("fragments", "label", "kb_id")),) == (
        changed(layer(old), layer(new))
    )


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [("favor", "against", "flipped"), ("against", "favor", "flipped"), ("favor", "neutral", "relabelled")],
)
def test_a_stance_is_flipped_where_its_sign_is(before: str, after: str, kind: str) -> None:
    """From favour to against is a flip; to neutral is another label."""
    old = Stance("s", "article", AUTHOR, "russia", before, 1)

    assert [(kind,)] == [change.kinds for change in changed(layer(old), layer(replace(old, polarity=after)))]


def test_a_change_without_a_name_tells_its_fields() -> None:
    """A note or another cue is a change, and the fields are named."""
    old = Quote("q", "direct", (Span(0, 7),))
    new = replace(old, cue=(Span(8, 14),), provenance=Provenance(note="à revoir"))

    assert [(("changed",), ("cue", "note"))] == [
        (change.kinds, change.fields) for change in changed(layer(old), layer(new))
    ]


def test_what_goes_with_a_flip_is_no_second_change() -> None:
    """A stance that flips has another intensity, and somebody who flipped it: all fields are named, under one kind."""
    old = Stance("s", "article", AUTHOR, "russia", "favor", 1)
    new = replace(old, polarity="against", intensity=-2, provenance=Provenance(status="reviewed"))

    assert [(("flipped",), ("polarity", "intensity", "status"))] == [
        (change.kinds, change.fields) for change in changed(layer(old), layer(new))
    ]


def test_a_quotation_drawn_again_relinks_nothing() -> None:
    """A stance of a quotation that has a new id hangs on the same quotation."""
    quote = Quote("q", "direct", (Span(0, 7),))
    stance = Stance("s", "attributed", "kerbrat", "russia", "favor", 1, (Span(0, 7),), "q")
    again = (replace(quote, id="r"), replace(stance, quote="r"))

    assert [("r", ("changed",), ("id",))] == [
        (change.claim.id, change.kinds, change.fields) for change in changed(layer(quote, stance), layer(*again))
    ]


def test_only_what_was_decided_anew_counts_in_a_new_text() -> None:
    """Of mentions that all stand elsewhere, the relabelled one is told, and the one whose words are gone."""
    old = layer(mention("Le port", name="p", label="LOC"), mention("Jeanne Kerbrat"), mention("Brest", name="b"))
    new = layer(mention("Jeanne Kerbrat", NEW), mention("Brest", NEW, "b", "LOC"), text="new")

    assert [("p", ("removed",)), ("b", ("relabelled",))] == sorted(
        ((change.claim.id, change.kinds) for change in changed(old, new)), key=lambda told: told[1][0] != "removed"
    )


def test_a_claim_that_found_other_words_under_its_id_is_moved() -> None:
    """A mention whose words are gone and that stands on others now is the same one, moved."""
    old, new = layer(mention("Le port attend")), layer(mention("Le quai dort", NEW), text="new")

    assert [("moved",)] == [change.kinds for change in changed(old, new)]


def test_without_the_text_places_are_not_compared() -> None:
    """Where a text is withheld claims are compared by id, and the layer says that places were not."""
    old = replace(layer(mention("Brest"), mention("Jeanne Kerbrat", name="k")), text_sha256="withheld")
    new = layer(mention("Brest", NEW), mention("Jeanne Kerbrat", NEW, "k", "ORG"), text="new")
    found = diff_layers(old, new, TEXTS, SIGNS)

    assert found is not None
    assert found.unanchored
    assert [("k", ("relabelled",))] == [(change.claim.id, change.kinds) for change in found.claims]


def test_a_layer_that_came_or_went_is_whole() -> None:
    """All its claims are added or removed, and only one side has a text."""
    removed = ClaimChange(mention("Brest"), None, ("removed",))
    found = diff_layers(layer(mention("Brest")), None, TEXTS, SIGNS)

    assert LayerChange("pass-a", "un", "old", None, False, (), (removed,)) == found
    assert found.is_whole


def test_articles_come_and_go() -> None:
    """Articles are told by hash and facts; where both texts are known, they decide and not the raw files."""
    kept = Source("1", "a", {"outlet": "Le Quai"})
    old = {"kept": kept, "edited": kept, "saved": kept, "gone": kept, "moved": kept, "renormalized": kept}
    new = {
        "kept": kept,
        "edited": Source("2", "b", kept.facts),
        "saved": Source("2", "a", kept.facts),
        "moved": Source("1", "a", {"outlet": "La Jetée"}),
        "renormalized": Source("1", "b", kept.facts),
        "new": kept,
    }
    found = Changes(diff_articles(old, new))

    assert {"text": 2, "changed": 2, "added": 1, "removed": 1} == found.article_counts
    assert [
        ("edited", ()), ("gone", ()), ("moved", ("outlet",)), ("new", ()), ("renormalized", ()),
        ("saved", ("raw file",)),
    ] == [(change.article_id, change.fields) for change in found.articles]  # fmt: skip


def test_an_edited_raw_file_whose_text_is_unknown_is_another_text() -> None:
    """Without both texts the raw files decide."""
    found = diff_articles({"un": Source("1", None)}, {"un": Source("2", "b")})

    assert ["text"] == [change.kind for change in found]


PORT = KnownEntity("le-port", "LOC", "Le Port", ("le port", "Port"), "Un port.", None, None, (), None, None)


@pytest.mark.parametrize(
    ("new", "fields"),
    [
        (PORT, None),
        (replace(PORT, aliases=("Port", "le port")), None),
        (replace(PORT, name="Port-Neuf", wikidata="Q1"), ("name", "wikidata")),
        (replace(PORT, relations=(Relation("part_of", "la-ville"),)), ("relations",)),
    ],
)
def test_an_entity_changes_by_columns(new: KnownEntity, fields: tuple[str, ...] | None) -> None:
    """The columns that differ are named; aliases in another order are the same."""
    found = diff_knowledge({"le-port": PORT}, {"le-port": new})

    assert ([EntityChange(PORT, new, fields)] if fields else []) == list(found)


def test_entities_come_and_go() -> None:
    """By their ids, in order."""
    other = replace(PORT, kb_id="la-ville")
    found = diff_knowledge({"le-port": PORT}, {"la-ville": other})

    assert [("la-ville", "added"), ("le-port", "removed")] == [(change.entity.kb_id, change.kind) for change in found]
    assert {"added": 1, "removed": 1} == Changes(entities=found).entity_counts


def test_no_change_is_false() -> None:
    """Nothing changed is falsy."""
    assert not Changes()
