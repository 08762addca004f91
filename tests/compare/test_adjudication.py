"""Two layers become one: what is agreed passes, what is not is decided, and no claim is ever lost."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claim_strategies import layer_of, layer_pairs, layers
from parallaxe.compare.adjudication import Resolution, Settler, resolve
from parallaxe.compare.decisions import Decision, Keep, decision_lines, parse_decisions
from parallaxe.compare.disagreements import Queue, queue
from parallaxe.core.claims import Claim, Entity, Layer, Provenance, Quote, Span, Stance
from parallaxe.core.errors import ProjectError
from parallaxe.core.layer_format import layer_lines, parse_layer

SETTLER = Settler("gold", "arbitre-1", "model")

decisions = st.builds(
    lambda keep: Decision(keep, "la règle §6", {"note": "relu"} if keep == "edit" else {}),
    st.sampled_from(get_args(Keep)),
)


@st.composite
def settled(draw: st.DrawFn) -> tuple[Queue, dict[str, Decision]]:
    """A queue, and decisions about some of its disagreements."""
    waiting = queue(*draw(layer_pairs()), None)
    keys = [one.key for one in waiting.disagreements]
    chosen = draw(st.sets(st.sampled_from(keys))) if keys else set()
    return waiting, {key: draw(decisions) for key in sorted(chosen)}


def names_in(layer: Layer) -> list[str]:
    return [name for claim in layer.claims for name in claim.provenance.derived_from]


def accounted(found: Resolution) -> list[str]:
    unresolved = [claim.id for one in found.unresolved for claim in (one.a, one.b) if claim is not None]
    return [*names_in(found.gold), *unresolved, *(c.id for c in found.waiting), *(name for _, name in found.left_out)]


@given(settled())
def test_no_claim_is_ever_lost(case: tuple[Queue, dict[str, Decision]]) -> None:
    """Every claim of both sides is in gold, decided against, or still to be settled: in one of them, and once."""
    waiting, made = case

    every = [claim.id for layer in (waiting.a, waiting.b) for claim in layer.claims]
    assert sorted(every) == sorted(accounted(resolve(waiting, made, SETTLER)))


@given(settled())
def test_gold_refers_to_gold(case: tuple[Queue, dict[str, Decision]]) -> None:
    """`inside` and `quote` name quotations of the gold layer, ids are new, and the layer can be written and read."""
    waiting, made = case

    gold = resolve(waiting, made, SETTLER).gold
    quotes = {quote.id for quote in gold.quotes}
    assert {quote.inside for quote in gold.quotes} <= {*quotes, None}
    assert {stance.quote for stance in gold.stances} <= {*quotes, None}
    assert not {claim.id for claim in gold.claims} & {c.id for layer in (waiting.a, waiting.b) for c in layer.claims}
    assert gold == parse_layer(enumerate(json.loads(json.dumps(list(layer_lines(gold)))), 1), "gold.jsonl")[0]


@given(settled())
def test_settling_more_changes_no_id(case: tuple[Queue, dict[str, Decision]]) -> None:
    """What stands in gold stays as it is when the rest is decided, unless a stance falls with its quotation."""
    waiting, made = case
    rest = {one.key: Decision("both") for one in waiting.disagreements if one.key not in made}

    before, after = resolve(waiting, made, SETTLER).gold, resolve(waiting, {**rest, **made}, SETTLER).gold
    assert {claim.id for claim in before.claims} <= {claim.id for claim in after.claims}


@given(settled())
def test_the_file_of_decisions_is_read_as_it_was_written(case: tuple[Queue, dict[str, Decision]]) -> None:
    """The queue with its decisions, written and read, gives the decisions."""
    waiting, made = case

    written = [json.loads(json.dumps(line)) for line in decision_lines(waiting, made)]
    assert made == parse_decisions(enumerate(written, 1), "queue.jsonl")
    assert len(waiting.disagreements) == len(written)


@given(layers())
def test_a_layer_agrees_with_its_copy(layer: Layer) -> None:
    """Nothing is to be settled between equal layers: all passes, and all is complete."""
    waiting = queue(layer, layer, None, by_id=True)

    found = resolve(waiting, {}, SETTLER)
    assert () == waiting.disagreements
    assert (len(layer.claims), layer.complete) == (len(found.gold.claims), found.gold.complete)


KIEV = Entity("a1", (Span(0, 4),), "LOC", None, "kiev", Provenance(note="ville"))
OUTER = Quote("a2", "indirect", (Span(10, 60),), (Span(5, 9),))
INNER = Quote("a3", "direct", (Span(20, 40),), inside="a2")
VIEW = Stance("a4", "attributed", "kiev", "russia", "against", -2, (Span(22, 25),), "a3")
A: tuple[Claim, ...] = (KIEV, OUTER, INNER, VIEW)
B: tuple[Claim, ...] = (
    replace(KIEV, id="b1", provenance=Provenance(confidence="low", note="ou l'État")),
    replace(OUTER, id="b2"),
    replace(INNER, id="b3", inside="b2"),
    replace(VIEW, id="b4", quote="b3"),
)


def queue_of(a: tuple[Claim, ...], b: tuple[Claim, ...]) -> Queue:
    return queue(layer_of(a), layer_of(b, "pass-b"), None)


@pytest.mark.parametrize(
    ("position", "change", "differs"),
    [
        (0, {"label": "ORG"}, {0: ("label",)}),
        (0, {"metonymic": "ORG", "kb_id": "NIL:x"}, {0: ("metonymic", "kb_id")}),
        (0, {"fragments": (Span(0, 5),)}, {0: ("span",)}),
        (2, {"content": (Span(20, 39),), "type": "mixed"}, {2: ("span", "type")}),
        (2, {"cue": (Span(1, 2),), "sources": (Span(3, 4),), "inside": None}, {2: ("cue", "source", "inside")}),
        (3, {"holder": "NIL:x", "intensity": -1}, {3: ("holder", "intensity")}),
        (3, {"target": "ukraine"}, {3: ("target",)}),
        (3, {"evidence": ()}, {3: ("evidence",)}),
        (3, {"provenance": Provenance(note="autre")}, {}),
    ],
)
def test_what_differs_is_named(position: int, change: dict[str, Any], differs: dict[int, tuple[str, ...]]) -> None:
    """A disagreement names the fields; history is none, and other ids of the same quotation are none."""
    changed = tuple(replace(claim, **change) if n == position else claim for n, claim in enumerate(B))

    waiting = queue_of(A, changed)
    assert [(f"{A[n].id}~{B[n].id}", names) for n, names in differs.items()] == [
        (one.key, one.differs) for one in waiting.disagreements
    ]
    assert 4 - len(differs) == len(waiting.agreed)


def test_what_is_agreed_keeps_the_doubt_of_both() -> None:
    """A gold claim is adjudicated, derives from both, is as doubtful as the more doubtful, and has both notes."""
    gold = resolve(queue_of(A, B), {}, SETTLER).gold

    history = Provenance(
        "adjudicated", "accepted", confidence="low", note="ville / ou l'État", derived_from=("a1", "b1")
    )
    assert history == gold.entities[0].provenance
    assert ("gold", "arbitre-1", "model") == (gold.layer, gold.annotator, gold.annotator_type)


LABELLED = (replace(KIEV, id="b1", label="ORG"), *B[1:])
KEY = "a1~b1"


@pytest.mark.parametrize(
    ("decision", "labels", "derived", "left_out"),
    [
        (Decision("a"), ["LOC"], [("a1", "b1")], {}),
        (Decision("b", "§6"), ["ORG"], [("a1", "b1")], {}),
        (Decision("both"), ["LOC", "ORG"], [("a1",), ("b1",)], {}),
        (Decision("neither", "un adjectif"), [], [], {("a", "a1"): "un adjectif", ("b", "b1"): "un adjectif"}),
        (Decision("edit", None, {"label": "PER", "kb_id": None}), ["PER"], [("a1", "b1")], {}),
    ],
)
def test_a_decision_does_what_it_says(
    decision: Decision, labels: list[str], derived: list[tuple[str, ...]], left_out: dict[tuple[str, str], str]
) -> None:
    """Each way to settle, on one relabelled mention."""
    found = resolve(queue_of(A, LABELLED), {KEY: decision}, SETTLER)

    assert labels == sorted(mention.label for mention in found.gold.entities)
    assert derived == sorted(mention.provenance.derived_from for mention in found.gold.entities)
    assert left_out == found.left_out
    assert {decision.why} | {None} >= {mention.provenance.why for mention in found.gold.entities}


def test_an_edited_claim_says_so() -> None:
    """What a decision wrote anew is `changed`, and a field that it sets to null is gone."""
    edit = Decision("edit", "§6", {"fragments": [[0, 3]], "kb_id": None})
    mention = resolve(queue_of(A, LABELLED), {KEY: edit}, SETTLER).gold.entities[0]

    assert ((Span(0, 3),), None, "changed", "§6") == (
        mention.fragments,
        mention.kb_id,
        mention.provenance.origin,
        mention.provenance.why,
    )


def test_a_claim_of_one_side_is_kept_or_not() -> None:
    """Where a has nothing, `b` keeps the claim of b, and `a` leaves it out, with a reason."""
    waiting = queue_of(A[1:], B)

    assert ["-~b1"] == [one.key for one in waiting.disagreements]
    assert 1 == len(resolve(waiting, {"-~b1": Decision("b")}, SETTLER).gold.entities)
    assert {("b", "b1"): "un titre"} == resolve(waiting, {"-~b1": Decision("a", "un titre")}, SETTLER).left_out


def test_an_open_disagreement_leaves_its_kind_incomplete() -> None:
    """Gold is complete in a kind only where nothing of it waits."""
    found = resolve(queue_of(A, LABELLED), {}, SETTLER)

    assert ("quote", "stance") == found.gold.complete
    assert [KEY] == [one.key for one in found.unresolved]


def test_what_stands_on_an_open_quotation_waits() -> None:
    """A stance that both share waits until its quotation is settled, and is listed."""
    typed = (B[0], B[1], replace(INNER, id="b3", inside="b2", type="mixed"), B[3])

    before = resolve(queue_of(A, typed), {}, SETTLER)
    after = resolve(queue_of(A, typed), {"a3~b3": Decision("a")}, SETTLER)
    assert (["a4", "b4"], 0) == ([claim.id for claim in before.waiting], len(before.gold.stances))
    assert ((), 1) == (after.waiting, len(after.gold.stances))


def test_a_stance_falls_with_its_quotation() -> None:
    """Where the quotation is none, the stance it carried is left out for the same reason."""
    found = resolve(queue_of(A, B), {"a3~b3": Decision("neither", "un fait")}, SETTLER)

    assert {"a3", "b3", "a4", "b4"} == {name for _, name in found.left_out}
    assert "its quotation was left out: un fait" == found.left_out["a", "a4"]


def test_what_lay_in_a_lost_quotation_lies_outside() -> None:
    """Where the outer quotation is left out, the inner one is outermost."""
    gold = resolve(queue_of(A, B), {"a2~b2": Decision("neither", "un fait")}, SETTLER).gold

    assert [None] == [quote.inside for quote in gold.quotes]


@pytest.mark.parametrize(
    ("made", "message"),
    [
        ({"x~y": Decision("a")}, "decision about `x~y`"),
        ({KEY: Decision("neither")}, "leaves `a1` out without a reason"),
        ({KEY: Decision("edit", None, {"lable": "PER"})}, "unknown key `lable`"),
        ({KEY: Decision("edit", None, {"id": "z"})}, "edits `id`"),
        ({KEY: Decision("edit", None, {"fragments": [[5, 3]]})}, "is no span"),
    ],
)
def test_a_wrong_decision_is_refused(made: dict[str, Decision], message: str) -> None:
    """A decision about nothing, without its reason, or with what no layer may hold."""
    with pytest.raises(ProjectError) as raised:
        resolve(queue_of(A, LABELLED), made, SETTLER)

    assert message in str(raised.value)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ({"key": KEY, "keep": "c"}, "queue.jsonl:2: keep: 'c'"),
        ({"key": KEY, "keeps": "a"}, "unknown key `keeps`"),
        ({"keep": "a"}, "no key"),
        ({"key": "seen", "keep": "a"}, "`seen` is settled twice"),
    ],
)
def test_a_broken_line_is_named(line: dict[str, Any], message: str) -> None:
    """Every fault of the file is told with its line."""
    with pytest.raises(ProjectError) as raised:
        parse_decisions([(1, {"key": "seen", "keep": "b"}), (2, line)], "queue.jsonl")

    assert message in str(raised.value)


def test_layers_of_different_texts_are_refused() -> None:
    """Offsets of two texts do not compare."""
    with pytest.raises(ProjectError, match="different texts"):
        queue(layer_of(A), replace(layer_of(B), text_sha256="1" * 64), None)


def test_one_id_for_two_things_is_refused() -> None:
    """An id that means one thing in a and another in b would make `derived_from` ambiguous."""
    with pytest.raises(ProjectError, match="id-unique: `a1`"):
        queue_of(A, (replace(KIEV, fragments=(Span(70, 74),)),))
