"""Layer files: strict to read, canonical to write, one line for one claim."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallaxe.core.claims import Claim, Entity, Layer, Provenance, Quote, Span, Stance
from parallaxe.core.errors import ProjectError
from parallaxe.core.layer_format import canonical_order, layer_lines, mint, parse_layer

spans = st.lists(st.integers(0, 50), min_size=2, max_size=6, unique=True).map(
    lambda offsets: tuple(Span(a, b) for a, b in zip(sorted(offsets)[::2], sorted(offsets)[1::2], strict=False))
)
ids = st.text(alphabet="abcdef0123456789", min_size=4, max_size=8)
histories = st.builds(
    Provenance,
    status=st.sampled_from(["proposed", "reviewed", "adjudicated"]),
    origin=st.sampled_from([None, "manual", "accepted"]),
    score=st.none() | st.sampled_from([0.5, 0.875]),
    confidence=st.none() | st.just("low"),
    note=st.none() | st.text(max_size=8),
    created=st.none() | st.just(date(2026, 11, 21)),
    derived_from=st.lists(ids, max_size=2).map(tuple),
)
entities = st.builds(
    Entity, ids, spans, st.sampled_from(["PER", "LOC"]), st.sampled_from([None, "ORG"]), st.none() | ids, histories
)
quotes = st.builds(Quote, ids, st.just("direct"), spans, spans, spans, st.none() | ids, histories)
stances = st.builds(
    Stance, ids, st.just("article"), st.just("author"), st.just("russia"), st.just("favor"), st.integers(-3, 3), spans
)
claim_lists = st.lists(entities | quotes | stances, max_size=12, unique_by=lambda claim: claim.id)


def layer(claims: tuple[Claim, ...]) -> Layer:
    return Layer("a", "un", "0" * 64, "n/1", "1.2", "pass-a", "model", ("entity", "quote", "stance"), claims)


def round_trip(lines: list[dict[str, Any]]) -> Layer:
    return parse_layer(enumerate(json.loads(json.dumps(lines)), 1), "layer.jsonl")[0]


@given(claim_lists)
def test_writing_and_reading_gives_the_same_claims(claims: list[Claim]) -> None:
    """What is written is read back, in canonical order."""
    written = layer(tuple(claims))

    assert round_trip(list(layer_lines(written))) == layer(canonical_order(claims))


@given(claim_lists, st.randoms())
def test_the_file_does_not_depend_on_the_order_of_claims(claims: list[Claim], chance: Any) -> None:
    """Shuffled claims give the same lines."""
    shuffled = list(claims)
    chance.shuffle(shuffled)

    assert list(layer_lines(layer(tuple(shuffled)))) == list(layer_lines(layer(tuple(claims))))


def test_one_relabelled_mention_is_one_line() -> None:
    """A changed label changes the line of its claim and no other."""
    mentions = [Entity(f"id{n}", (Span(n * 10, n * 10 + 5),), "LOC", None, "kiev") for n in range(5)]
    changed = [*mentions[:2], Entity("id2", mentions[2].fragments, "ORG", None, "kiev"), *mentions[3:]]

    before, after = (list(layer_lines(layer(tuple(claims)))) for claims in (mentions, changed))
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1


HEADER = next(layer_lines(layer(())))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ({"id": "x", "kind": "entitee"}, "claim-kind"),
        ({"id": "x", "kind": "entity", "fragments": [[0, 3]], "lable": "PER"}, "unknown key `lable`"),
        ({"kind": "entity", "fragments": [[0, 3]], "label": "PER"}, "no id"),
        ({"id": "x", "kind": "entity", "fragments": [[3, 3]], "label": "PER"}, "is no span"),
        ({"id": "x", "kind": "entity", "fragments": [[-1, 3]], "label": "PER"}, "is no span"),
        ({"id": "x", "kind": "entity", "fragments": [["0", 3]], "label": "PER"}, "is no [start, end]"),
        ({"id": "x", "kind": "quote", "content": [[0, 3]]}, "claim-form"),
        ({"id": "seen", "kind": "entity", "fragments": [[0, 3]], "label": "PER"}, "stands in line 2 too"),
    ],
)
def test_broken_lines_are_named(line: dict[str, Any], message: str) -> None:
    """Every fault of form is told with file and line."""
    lines = [HEADER, {"id": "seen", "kind": "entity", "fragments": [[0, 3]], "label": "PER"}, line]

    with pytest.raises(ProjectError, match=r"layer\.jsonl:3: ") as raised:
        round_trip(lines)

    assert message in str(raised.value)


def test_a_header_must_be_whole() -> None:
    """A file without its header, or with a key too few or too many, is refused."""
    with pytest.raises(ProjectError, match=r"layer\.jsonl:1: layer-header: "):
        round_trip([{**HEADER, "annotateur": "x"}])


@given(st.lists(st.text(max_size=3), max_size=20))
def test_ids_are_never_given_twice(seeds: list[str]) -> None:
    """Minting from equal seeds gives different ids, and the same ones each time."""
    one: set[str] = set()
    other: set[str] = set()

    minted = [mint(seed, one) for seed in seeds]
    assert len(set(minted)) == len(seeds)
    assert [mint(seed, other) for seed in seeds] == minted
