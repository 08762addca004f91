"""Three versions become one: one side's moves apply, equal ones collapse, and no claim is ever lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from parallaxe.compare.merge import Merged, merge
from parallaxe.core.claims import Claim, Entity, Provenance, Quote, Span, Stance
from version_strategies import Three, around, needs, threes


def words(claims: Iterable[Claim | None], all_of: Iterable[Claim | None]) -> Counter[object]:
    """What claims say, whatever their ids: references by the content of the quotation that they name."""
    content = {claim.id: claim.content for claim in all_of if isinstance(claim, Quote)}

    def one(claim: Claim) -> object:
        history = (claim.provenance.confidence, claim.provenance.note)
        match claim:
            case Quote():
                return (
                    replace(claim, id="", inside=None, provenance=Provenance()),
                    content.get(claim.inside or ""),
                    history,
                )
            case Stance():
                return (
                    replace(claim, id="", quote=None, provenance=Provenance()),
                    content.get(claim.quote or ""),
                    history,
                )
        return replace(claim, id="", provenance=Provenance()), None, history

    return Counter(one(claim) for claim in claims if claim is not None)


@given(threes())
def test_one_sided_moves_apply(three: Three) -> None:
    """Where one side left all as it was, the result is the other side, ids and history included."""
    assert Merged(three.theirs, ()) == merge(three.base, three.base, three.theirs)
    assert Merged(three.ours, ()) == merge(three.base, three.ours, three.base)


@given(threes())
def test_equal_moves_collapse(three: Three) -> None:
    """Where both sides moved alike, the result is that."""
    assert Merged(three.ours, ()) == merge(three.base, three.ours, three.ours)


@given(threes())
def test_a_merge_is_settled(three: Three) -> None:
    """After a merge the server's version is the new base: nothing moves again, and no conflict is raised again."""
    merged = merge(*three)

    assert Merged(merged.claims, ()) == merge(three.theirs, merged.claims, three.theirs)


@given(threes())
def test_references_of_the_result_are_whole(three: Three) -> None:
    """Ids are unique, `inside` and `quote` name quotations of the result, and none lies in itself."""
    claims = merge(*three).claims
    nests = {claim.id: claim.inside for claim in claims if isinstance(claim, Quote)}

    assert len(claims) == len({claim.id for claim in claims})
    assert {needs(claim) for claim in claims} <= {None, *nests}
    assert not [name for name, outer in nests.items() if name in around(outer, nests)]


@given(threes())
def test_no_claim_is_lost(three: Three) -> None:
    """A claim of either side is in the result, in a conflict, or the other side deleted it as the base had it."""
    merged = merge(*three)
    kept = words([*merged.claims, *(v for c in merged.conflicts for v in (c.base, c.ours, c.theirs))], _all(merged))
    base = words(three.base, three.base)

    for side in (three.ours, three.theirs):
        missing = words(side, side).keys() - kept.keys()
        assert missing <= base.keys()


def _all(merged: Merged) -> list[Claim | None]:
    return [*merged.claims, *(version for c in merged.conflicts for version in (c.base, c.theirs, c.ours))]


@given(threes())
def test_what_was_added_is_never_deleted(three: Three) -> None:
    """A claim whose id the base does not have is in the result or in a conflict, as often as it was added."""
    merged = merge(*three)
    disputed = words([c.theirs for c in merged.conflicts], _all(merged)) | words(
        [c.ours for c in merged.conflicts], _all(merged)
    )

    for side in (three.ours, three.theirs):
        added = words([c for c in side if not c.id.startswith("base")], side) - words(three.base, three.base)
        assert added <= words(merged.claims, _all(merged)) + disputed


@given(threes())
def test_neither_side_is_preferred(three: Three) -> None:
    """With the sides changed about, the same claims are in conflict and all others are merged to the same."""
    one, other = merge(*three), merge(three.base, three.theirs, three.ours)

    assert sides_of(one, turned=False) == sides_of(other, turned=True)
    assert undisputed(one) == undisputed(other)


def sides_of(merged: Merged, *, turned: bool) -> Counter[object]:
    found: Counter[object] = Counter()
    for conflict in merged.conflicts:
        pair = (conflict.theirs, conflict.ours) if turned else (conflict.ours, conflict.theirs)
        found[conflict.reason, *(tuple(words([claim], [])) for claim in pair)] += 1
    return found


def undisputed(merged: Merged) -> Counter[object]:
    disputed = {conflict.id for conflict in merged.conflicts}
    return words((claim for claim in merged.claims if claim.id not in disputed), [])


KIEV = Entity("e", (Span(0, 4),), "LOC", None, "kiev", Provenance("reviewed", "accepted", "regles/1", 0.9))
OUTER = Quote("q", "indirect", (Span(10, 60),), (Span(5, 9),))
INNER = Quote("p", "direct", (Span(20, 40),), inside="q")
VIEW = Stance("s", "attributed", "kiev", "russia", "against", -2, (Span(22, 25),), "p")
BASE: tuple[Claim, ...] = (KIEV, OUTER, INNER, VIEW)

Change = dict[str, dict[str, Any] | Claim | None]
"""By id: other fields, a new claim, or None for a claim that is deleted."""


def after(change: Change) -> tuple[Claim, ...]:
    claims: dict[str, Claim] = {claim.id: claim for claim in BASE}
    for name, new in change.items():
        match new:
            case None:
                claims.pop(name)
            case dict():
                claims[name] = replace(claims[name], **new)
            case claim:
                claims[name] = claim
    return tuple(claims.values())


def merged_after(ours: Change, theirs: Change) -> tuple[dict[str, Claim], dict[str, str]]:
    """The result by id, and the reasons of its conflicts by id."""
    merged = merge(BASE, after(ours), after(theirs))
    return {claim.id: claim for claim in merged.claims}, {c.id: c.reason for c in merged.conflicts}


NOTED = replace(KIEV.provenance, note="ou l'État")
AGAIN = Entity("e2", (Span(0, 4),), "LOC", None, "kiev")
MINE = Stance("s2", "attributed", "kiev", "sanctions", "favor", 1, (), "p")
VIEWED_AGAIN = replace(VIEW, id="s9", quote="p9")


@pytest.mark.parametrize(
    ("ours", "theirs", "ids", "reasons"),
    [
        pytest.param({"e": {"label": "ORG"}}, {"q": {"type": "mixed"}}, "epqs", {}, id="different claims"),
        pytest.param({"e": {"label": "ORG"}}, {"e": {"label": "ORG"}}, "epqs", {}, id="alike"),
        pytest.param({"e": {"label": "ORG"}}, {"e": {"label": "PER"}}, "epqs", {"e": "changed"}, id="differently"),
        pytest.param({"e": {"label": "ORG"}}, {"e": {"provenance": NOTED}}, "epqs", {"e": "changed"}, id="a note"),
        pytest.param({"e": None}, {}, "pqs", {}, id="deleted, left as it was"),
        pytest.param({"e": None}, {"e": {"label": "ORG"}}, "pqs", {"e": "deleted"}, id="deleted and changed"),
        pytest.param({"e": {"label": "ORG"}}, {"e": None}, "epqs", {"e": "deleted"}, id="changed and deleted"),
        pytest.param({"e": None}, {"e": None}, "pqs", {}, id="deleted on both sides"),
        pytest.param({}, {"e": None, "e2": AGAIN}, ["e2", "p", "q", "s"], {}, id="drawn again"),
        pytest.param(
            {"e": {"kb_id": "moscou"}},
            {"e": None, "e2": AGAIN},
            ["e2", "p", "q", "s"],
            {},
            id="changed, and drawn again as it was: the id of one side, the words of the other",
        ),
        pytest.param(
            {"e": {"kb_id": "moscou"}},
            {"e": None, "e2": replace(AGAIN, label="ORG")},
            "epqs",
            {"e": "changed"},
            id="changed, and drawn again with another label",
        ),
        pytest.param(
            {"x": replace(AGAIN, id="x", fragments=(Span(70, 75),))},
            {"y": replace(AGAIN, id="y", fragments=(Span(70, 75),), label="ORG")},
            "epqsx",
            {"x": "added"},
            id="added differently in one place",
        ),
        pytest.param({"s": {"holder": "moscou"}}, {}, "epqs", {}, id="another holder"),
        pytest.param(
            {"s": {"intensity": -3}},
            {"s": None, "s7": replace(VIEW, id="s7", holder="moscou")},
            "epqs",
            {"s": "changed"},
            id="a stance whose id follows its holder is still the same",
        ),
        pytest.param(
            {"s7": replace(MINE, id="s7")},
            {"s8": replace(MINE, id="s8", polarity="against", intensity=-1)},
            ["e", "p", "q", "s", "s7"],
            {"s7": "added"},
            id="stances are matched by quotation, holder and target",
        ),
        pytest.param(
            {"s7": replace(MINE, id="s7")},
            {"s8": replace(MINE, id="s8", holder="moscou")},
            ["e", "p", "q", "s", "s7", "s8"],
            {},
            id="two holders of one quotation are two stances",
        ),
        pytest.param(
            {"s2": MINE},
            {"p": None, "s": None},
            ["e", "p", "q", "s", "s2"],
            {"p": "depends", "s": "depends", "s2": "depends"},
            id="a stance added to a quotation that they deleted",
        ),
        pytest.param(
            {"p": None, "s": None},
            {"s": {"intensity": -3}},
            "eq",
            {"p": "depends", "s": "deleted"},
            id="a stance changed whose quotation we deleted",
        ),
        pytest.param(
            {"p": {"type": "mixed"}},
            {"p": None, "s": None},
            "epqs",
            {"p": "deleted", "s": "depends"},
            id="what fell with a quotation is in question with it",
        ),
        pytest.param(
            {"p9": Quote("p9", "direct", (Span(62, 70),), inside="q")},
            {"q": None, "p": {"inside": None}},
            ["e", "p", "p9", "q", "s"],
            {"q": "depends", "p": "depends", "p9": "depends"},
            id="a quotation put into one that they deleted",
        ),
        pytest.param(
            {"p": {"inside": None}, "q": {"inside": "p"}},
            {"x": Quote("x", "direct", (Span(11, 19),), inside="q"), "q": {"inside": None}},
            "epqsx",
            {},
            id="nested the other way round",
        ),
        pytest.param(
            {"e": {"fragments": (Span(70, 74),)}},
            {"x": replace(AGAIN, id="x", fragments=(Span(70, 74),))},
            "epqs",
            {"e": "repeated", "x": "repeated"},
            id="moved to where they added the same",
        ),
        pytest.param(
            {},
            {"p": None, "p9": replace(INNER, id="p9"), "s": None, "s9": VIEWED_AGAIN},
            ["e", "p9", "q", "s9"],
            {},
            id="a quotation drawn again takes its stances with it",
        ),
        pytest.param(
            {"s2": MINE},
            {"p": None, "p9": replace(INNER, id="p9"), "s": None, "s9": VIEWED_AGAIN},
            ["e", "p9", "q", "s2", "s9"],
            {},
            id="and those that the other side added",
        ),
        pytest.param(
            {"x": replace(OUTER, id="x", content=(Span(80, 90),)), "y": replace(MINE, id="y", quote="x")},
            {"v": replace(OUTER, id="v", content=(Span(80, 90),)), "w": replace(VIEW, id="w", quote="v")},
            "epqswxy",
            {},
            id="a quotation added on both sides carries the stances of both",
        ),
    ],
)
def test_what_becomes_of_moves(ours: Change, theirs: Change, ids: Sequence[str], reasons: dict[str, str]) -> None:
    """Which claims are in the result, and which are in conflict and why."""
    claims, found = merged_after(ours, theirs)

    assert (sorted(ids), reasons) == (sorted(claims), found)
    assert {needs(claim) for claim in claims.values()} <= {None, *claims}


def test_the_stances_of_both_hang_on_the_id_that_is_kept() -> None:
    """Both sides add a quotation, each with a stance: one quotation, ours, which carries both."""
    added = Quote("x", "direct", (Span(80, 90),))
    ours: Change = {"x": added, "y": replace(MINE, id="y", quote="x")}
    theirs: Change = {"v": replace(added, id="v"), "w": replace(VIEW, id="w", quote="v")}

    claims, _ = merged_after(ours, theirs)
    assert ["x", "x"] == [needs(claims["w"]), needs(claims["y"])]


def test_history_comes_from_the_side_that_moved() -> None:
    """Who decided tells how: status, origin, tool and score are those of the version that is taken."""
    history = Provenance("reviewed", "changed", "regles/1", 0.9)
    claims, _ = merged_after({"q": {"type": "mixed"}}, {"e": {"label": "ORG", "provenance": history}})

    assert (history, "ORG") == (claims["e"].provenance, getattr(claims["e"], "label", None))


def test_a_conflict_shows_all_versions_under_the_ids_of_the_result() -> None:
    """The stance of the other side names the quotation that the layer has, although it was drawn under another id."""
    theirs = after({"p": None, "p9": replace(INNER, id="p9", type="mixed"), "s": None, "s9": VIEWED_AGAIN})
    conflicts = {c.id: c for c in merge(BASE, after({"p": {"type": "free"}, "s": {"intensity": -3}}), theirs).conflicts}

    assert ["p"] == list(conflicts)
    assert ("quote", INNER) == (conflicts["p"].kind, conflicts["p"].base)
    assert (replace(INNER, type="free"), replace(INNER, type="mixed")) == (conflicts["p"].ours, conflicts["p"].theirs)


def test_quotations_put_inside_each_other_are_in_conflict() -> None:
    """Each side nests two quotations, one this way, one that way: ours stays, and both are asked about."""
    first, second = Quote("a", "direct", (Span(0, 9),)), Quote("b", "direct", (Span(0, 8),))
    merged = merge([first, second], [first, replace(second, inside="a")], [replace(first, inside="b"), second])

    assert {"a": "circular", "b": "circular"} == {c.id: c.reason for c in merged.conflicts}
    assert (first, replace(second, inside="a")) == tuple(sorted(merged.claims, key=lambda claim: claim.id))


def test_a_fault_that_one_side_has_alone_is_not_asked_about() -> None:
    """What an annotator drew twice is for the gate; the merge takes it over as it is."""
    twice = (KIEV, AGAIN)

    assert Merged(twice, ()) == merge([], [], twice)
