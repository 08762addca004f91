"""Conflicts are lines that a person fills in; what was decided is applied whole, or told why it cannot be."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from claim_strategies import layer_of
from parallaxe.compare.conflicts import Keep, Row, conflict_line, parse_conflicts, renewed, settle
from parallaxe.compare.merge import Merged, merge
from parallaxe.core.claims import Claim, Entity, Layer, Provenance, Quote, Span, Stance
from parallaxe.core.errors import CombinedError
from parallaxe.core.layer_format import layer_lines, parse_layer
from version_strategies import Three, threes

KIEV = Entity("e", (Span(0, 4),), "LOC", None, "kiev", Provenance("reviewed", "accepted", "regles/1", 0.9))
SAID = Quote("q", "direct", (Span(10, 60),))
VIEW = Stance("s", "attributed", "kiev", "russia", "against", -2, (Span(22, 25),), "q")
BASE: tuple[Claim, ...] = (KIEV, SAID, VIEW)
OURS, THEIRS = replace(KIEV, label="ORG"), replace(KIEV, label="PER")


def settled(layer: Layer, *rows: Row) -> dict[str, Claim]:
    return {claim.id: claim for claim in settle(layer, rows).claims}


def rows_of(merged: Merged, **decided: Any) -> list[Row]:
    return [Row("pass-a", "un", conflict, **decided) for conflict in merged.conflicts]


def complaints(layer: Layer, *rows: Row) -> list[str]:
    with pytest.raises(CombinedError) as raised:
        settle(layer, rows)
    return [str(error) for error in raised.value.errors]


@given(threes())
def test_a_row_is_read_as_it_was_written(three: Three) -> None:
    """Conflicts, written as JSON lines and read, are the same, decisions included."""
    rows = [
        row._replace(keep="theirs", why="vu", where=f"c.jsonl:{n}") for n, row in enumerate(rows_of(merge(*three)), 1)
    ]

    lines = [json.loads(json.dumps(conflict_line(row))) for row in rows]
    assert rows == parse_conflicts(enumerate(lines, 1), "c.jsonl")


@given(threes(), st.data())
def test_a_settled_layer_is_whole_and_settled_again_the_same(three: Three, data: st.DataObject) -> None:
    """Whatever is decided: an error, or a layer with whole references that the same decisions do not change."""
    merged = merge(*three)
    assume(merged.conflicts)
    layer = layer_of(merged.claims)
    keeps = st.sampled_from([None, *get_args(Keep)])
    rows = [row._replace(keep=data.draw(keeps), why="vu") for row in rows_of(merged)]

    try:
        after = settle(layer, rows)
    except CombinedError:
        return
    quotes = {quote.id for quote in after.quotes}
    assert {quote.inside for quote in after.quotes} <= {None, *quotes}
    assert {stance.quote for stance in after.stances} <= {None, *quotes}
    assert after == settle(after, rows)
    assert after == parse_layer(enumerate(json.loads(json.dumps(list(layer_lines(after)))), 1), "a.jsonl")[0]


@given(threes())
def test_what_was_settled_is_not_asked_again(three: Three) -> None:
    """After ours or theirs was kept, a merge with the same version of the annotator raises nothing."""
    merged = merge(*three)
    assume(merged.conflicts)
    for keep in ("ours", "theirs"):
        try:
            after = settle(layer_of(merged.claims), rows_of(merged, keep=keep, why="vu"))
        except CombinedError:
            continue
        assert Merged(after.claims, ()) == merge(three.theirs, after.claims, three.theirs)


@pytest.mark.parametrize(
    ("keep", "labels"),
    [
        ("ours", ["ORG"]),
        ("theirs", ["PER"]),
        ("both", ["ORG", "PER"]),
        ("neither", []),
        ("edit", ["LOC"]),
        (None, ["ORG"]),
    ],
)
def test_each_decision_does_what_it_says(keep: Keep | None, labels: list[str]) -> None:
    """One relabelled mention, settled in each way; history stays that of the version, an edit is `changed`."""
    merged = merge(BASE, (OURS, SAID, VIEW), (THEIRS, SAID, VIEW))
    fields = {"label": "LOC", "kb_id": None} if keep == "edit" else {}
    after = settled(layer_of(merged.claims), *rows_of(merged, keep=keep, why="§4", fields=fields))

    mentions = [claim for claim in after.values() if isinstance(claim, Entity)]
    assert labels == sorted(mention.label for mention in mentions)
    assert {"changed" if keep == "edit" else "accepted"} >= {mention.provenance.origin for mention in mentions}
    assert {"regles/1"} >= {mention.provenance.tool for mention in mentions}


NEW = Stance("n", "attributed", "kiev", "sanctions", "favor", 1, (), "q")
FALLEN = merge(BASE, (KIEV,), (KIEV, SAID, VIEW, NEW))
"""We deleted a quotation to which they added a stance."""


def test_a_quotation_comes_back_with_its_stances() -> None:
    """What depends on each other is settled together."""
    assert {"n": "depends", "q": "depends", "s": "depends"} == {one.id: one.reason for one in FALLEN.conflicts}
    after = settled(layer_of(FALLEN.claims), *rows_of(FALLEN, keep="theirs"))

    assert {"e", "n", "q", "s"} == after.keys()


def test_a_stance_cannot_come_back_alone() -> None:
    """The complaint names the row, the stance and what it needs."""
    rows = [row._replace(where=f"c.jsonl:{n}") for n, row in enumerate(rows_of(FALLEN), 1)]
    rows = [row._replace(keep="theirs") if row.conflict.id == "n" else row for row in rows]

    assert [
        "c.jsonl:1: `n` would be left without its quotation `q`; bring `q` back, or decide on `n` too"
    ] == complaints(layer_of(FALLEN.claims), *rows)


ASKED = Row("pass-a", "un", merge((KIEV,), (OURS,), (THEIRS,)).conflicts[0], where="c.jsonl:1")


@pytest.mark.parametrize(
    ("row", "claims", "message"),
    [
        (ASKED._replace(keep="theirs"), (), "claim `e` is no longer in the layer"),
        (ASKED._replace(keep="theirs"), (replace(OURS, kb_id="moscou"),), "claim `e` is another in the layer now"),
        (ASKED._replace(keep="neither"), (OURS,), "keep `neither` leaves `e` out without a reason; say `why`"),
        (ASKED._replace(keep="edit", fields={"lable": "PER"}), (OURS,), "claim-keys: unknown key `lable`"),
        (ASKED._replace(keep="edit", fields={"fragments": [[4, 2]]}), (OURS,), "claim-form: [4, 2] is no span"),
        (
            ASKED._replace(keep="theirs"),
            (OURS, replace(THEIRS, id="f")),
            "`e` and `f` would say the same; keep one, or edit one",
        ),
    ],
)
def test_a_decision_that_cannot_be_applied_is_told(row: Row, claims: tuple[Claim, ...], message: str) -> None:
    """One clear line each, with the place of the row."""
    [complaint] = complaints(layer_of(claims), row)

    assert complaint.startswith("c.jsonl:1")
    assert message in complaint


def test_all_complaints_come_at_once() -> None:
    """One run is enough to mend them all."""
    assert 2 == len(complaints(layer_of(()), ASKED._replace(keep="theirs"), ASKED._replace(keep="both")))


def test_quotations_are_not_settled_into_each_other() -> None:
    """Each side nested two quotations the other way: the wishes of both cannot be kept together."""
    first, second = Quote("a", "direct", (Span(0, 9),)), Quote("b", "direct", (Span(0, 8),))
    merged = merge([first, second], [first, replace(second, inside="a")], [replace(first, inside="b"), second])
    rows = [
        row._replace(keep="theirs" if row.conflict.id == "a" else "ours", where="c.jsonl:1") for row in rows_of(merged)
    ]

    assert any("would lie inside itself" in line for line in complaints(layer_of(merged.claims), *rows))


GOOD = conflict_line(ASKED)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"keep": "mine"}, "c.jsonl:1: keep: 'mine'; use one of ours, theirs, both, neither, edit"),
        ({"keeps": "ours"}, "c.jsonl:1: wrong key `keeps`"),
        ({"fields": ["label"]}, "fields: ['label']"),
        ({"fields": {"label": "PER"}, "keep": "ours"}, "only with keep `edit`"),
        ({"why": 3}, "why: 3"),
        ({"id": None}, "`id` cannot be None"),
        ({"ours": {**GOOD["ours"], "id": "f"}}, "a version is not of claim `e`"),
        ({"ours": {**GOOD["ours"], "lable": "PER"}}, "c.jsonl:1, ours: claim-keys: unknown key `lable`"),
        ({"ours": "LOC"}, "c.jsonl:1, ours: no claim: 'LOC'"),
        ({"ours": None, "theirs": None}, "neither side has the claim"),
        ({"kind": "quote"}, "kind: 'quote'"),
        ({"reason": "because"}, "reason: 'because'"),
    ],
)
def test_a_broken_line_is_named(change: dict[str, Any], message: str) -> None:
    """Every fault of the file is told with its line, and what to do."""
    with pytest.raises(CombinedError) as raised:
        parse_conflicts([(1, {**GOOD, **change})], "c.jsonl")

    assert message in str(raised.value)


def test_one_claim_has_one_row() -> None:
    """Two lines about one claim are refused, with both places."""
    with pytest.raises(CombinedError, match=r"c\.jsonl:2: the same claim as in c\.jsonl:1"):
        parse_conflicts([(1, GOOD), (2, GOOD)], "c.jsonl")


def test_new_conflicts_take_the_place_of_old_ones() -> None:
    """A row about a version that is gone goes, decided or not; those of other layers and claims stay."""
    other = ASKED._replace(layer="pass-b")
    new = replace(ASKED.conflict, theirs=replace(THEIRS, kb_id="moscou"))
    decided = ASKED._replace(keep="theirs")

    assert [other, Row("pass-a", "un", new)] == renewed([decided, other], ("pass-a", "un"), [new])
    assert [other] == renewed([decided, other], ("pass-a", "un"), [], moved={"e"})
    assert [decided, other] == renewed([decided, other], ("pass-a", "un"), [], moved={"x"})
    assert {"ours", "theirs", "both", "neither", "edit"} == {*get_args(Keep)}
