"""What a layer may hold: whatever is proposed, no rule of the gate is broken by what is left of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from parallaxe.annotate.article import Article
from parallaxe.annotate.fitting import Mould, with_ids
from parallaxe.core.claims import AUTHOR, Claim, Entity, Layer, Provenance, Quote, Span, Stance
from parallaxe.core.labels import LabelSet
from parallaxe.core.layer_format import KINDS, canonical_order
from parallaxe.store.schemas import load_schemas
from parallaxe.text.document import Block, text_digest
from parallaxe.validate.layers import LayerContext, check_layer

LABELS = load_schemas().labels
KNOWN = frozenset({"kremlin", "seoul"})
TEXT = "Le port attend\n\nSéoul s'inquiète.\n\nPar Jeanne Kerbrat\n\n« Non », dit le Kremlin."
BLOCKS = (Block("title", 0, 14), Block("paragraph", 16, 33), Block("byline", 35, 53), Block("paragraph", 55, len(TEXT)))
ROLES = {label.name for label in LABELS["block_roles"].labels if label.annotated}
ARTICLE = Article.of(TEXT, BLOCKS, (), ROLES)

spans = st.builds(Span, st.integers(0, len(TEXT)), st.integers(0, len(TEXT) + 2))
fragments = st.lists(spans, max_size=3).map(tuple)
ids = st.sampled_from("abcde")
links = st.sampled_from([None, "kremlin", "seoul", "lune", "NIL:dockers", "NIL:", "Séoul"])
histories = st.builds(
    Provenance,
    status=st.sampled_from(["proposed", "reviewed", "x"]),
    origin=st.sampled_from([None, "manual"]),
    score=st.none() | st.floats(-1, 2),
)
labels = st.sampled_from(["PER", "LOC", "ORG", "LIEU"])
entities = st.builds(Entity, ids, fragments, labels, st.none() | labels, links, histories)
types = st.sampled_from(["direct", "free", "parfum"])
quotes = st.builds(Quote, ids, types, fragments, fragments, fragments, st.none() | ids, histories)
stances = st.builds(
    Stance,
    ids,
    st.sampled_from(["article", "attributed", "autre"]),
    st.sampled_from([AUTHOR, "kremlin", "lune", "NIL:dockers"]),
    st.sampled_from(["russia", "china", "lune"]),
    st.sampled_from(["favor", "against", "neutral", "mixed", "tiède"]),
    st.integers(-4, 4),
    fragments,
    st.none() | ids,
    histories,
)


def mould(known: frozenset[str] = KNOWN) -> Mould:
    return Mould(ARTICLE, LABELS, known)


def complaints(claims: Sequence[Claim]) -> list[str]:
    """What the gate says of a layer of these claims."""
    layer = Layer("machine", "un", text_digest(TEXT), "n/1", None, "m/1", "rule", KINDS, tuple(claims))
    lines = {claim.id: number for number, claim in enumerate(claims, 2)}
    context = LayerContext(layer, "un.jsonl", lines, text_digest(TEXT), BLOCKS, KNOWN, LABELS)
    found: list[str] = check_layer(context)["message"].to_list()
    return found


@given(st.lists(entities | quotes | stances, max_size=14))
def test_whatever_is_proposed_passes_every_rule(claims: list[Claim]) -> None:
    """Wrong labels, spans, links, holders, levels, repetitions, quotations around themselves: nothing of it is left."""
    kept = with_ids(mould().fitting(claims), "machine")

    assert [] == complaints(kept)
    assert len(kept) == len({claim.id for claim in kept})
    assert all(claim.provenance.status == "proposed" and claim.provenance.origin is None for claim in kept)


@given(st.lists(entities | quotes | stances, max_size=14))
def test_what_fits_is_left_as_it_is(claims: list[Claim]) -> None:
    """A second time nothing changes, so that nothing is thrown away that could have stayed."""
    once = mould().fitting(claims)

    assert once == mould().fitting(once)


GOOD: tuple[Claim, ...] = (
    Entity("e1", (Span(16, 21),), "LOC", "ORG", "seoul"),
    Entity("e2", (Span(70, 77),), "ORG", None, "kremlin"),
    Quote("q1", "direct", (Span(57, 60),), (Span(64, 67),), (Span(68, 77),)),
    Stance("s1", "article", AUTHOR, "russia", "neutral", 0),
    Stance("s2", "attributed", "kremlin", "china", "against", -1, (Span(64, 67),), "q1"),
)


def test_good_claims_all_stay() -> None:
    """Claims without fault are all kept, with their links, metonymy and evidence."""
    made = [replace(claim, provenance=Provenance(origin=None)) for claim in GOOD]

    assert canonical_order(made) == mould().fitting(made)


def test_a_link_to_nothing_is_taken_off() -> None:
    """A mention stays where the knowledge base has not what it links to; a stance of such a holder does not."""
    kept = mould(frozenset({"kremlin"})).fitting(GOOD)

    assert [None, "kremlin"] == [claim.kb_id for claim in kept if isinstance(claim, Entity)]
    assert 5 == len(kept)
    assert 4 == len(mould(frozenset({"seoul"})).fitting(GOOD))


def test_what_lay_in_a_lost_quotation_lies_in_the_next() -> None:
    """A quotation inside one that does not fit lies in what that one lay in, and stances go with their quotation."""
    outer, middle = Quote("o", "direct", (Span(55, 77),)), Quote("m", "parfum", (Span(56, 70),), inside="o")
    inner = Quote("i", "free", (Span(57, 60),), inside="m")
    lost = Stance("s", "attributed", "kremlin", "china", "against", -1, (), "m")

    kept = mould().fitting([outer, middle, inner, lost])

    assert {("o", None), ("i", "o")} == {(q.id, q.inside) for q in kept if isinstance(q, Quote)}
    assert 2 == len(kept)


def test_ids_follow_from_the_words() -> None:
    """The same words have the same id when score or link change; another layer has other ids."""
    one = with_ids(GOOD, "machine")
    other = with_ids([replace(c, provenance=Provenance(score=0.1)) for c in GOOD], "machine")

    assert [c.id for c in one] == [c.id for c in other]
    assert set() == {c.id for c in one} & {c.id for c in with_ids(GOOD, "machine-2")}


def test_labels_are_those_of_the_project() -> None:
    """What a project calls otherwise is proposed under its name; what it has no label for is not proposed."""
    mixed = Stance("s3", "attributed", "kremlin", "russia", "mixed", 0, (), "q1")
    own = {
        **LABELS,
        "entity_labels": _renamed("entity_labels", LOC="LIEU", ORG=""),
        "polarities": _renamed("polarities", against="contre", mixed=""),
        "stance_levels": _renamed("stance_levels", article="rédaction"),
    }

    named = list(Mould(ARTICLE, own, KNOWN).named([*GOOD, mixed]))

    assert ["LIEU"] == [claim.label for claim in named if isinstance(claim, Entity)]
    assert [("rédaction", "neutral"), ("attributed", "contre")] == [
        (claim.level, claim.polarity) for claim in named if isinstance(claim, Stance)
    ]


def _renamed(name: str, **names: str) -> LabelSet:
    """A label set in which some labels have another name, or are not there."""
    labels = (
        replace(label, name=names.get(label.name, label.name), proposed_as=label.name) for label in LABELS[name].labels
    )
    return replace(LABELS[name], labels=tuple(label for label in labels if label.name))
