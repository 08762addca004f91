"""Claims go to Label Studio and come back as they were."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claim_strategies import TEXT, layer_of, layers
from parallaxe.core.claims import Claim, Layer, Provenance, Quote, Span, Stance
from parallaxe.core.layer_format import canonical_order, layer_lines, parse_layer
from parallaxe.store.annotations import read_layers
from parallaxe.store.project import Project
from parallaxe.store.reading import read_raw, read_raw_document
from parallaxe.store.schemas import load_schemas
from parallaxe.store.sources import SIZE_LIMIT, Item
from parallaxe.studio.guard import guarded
from parallaxe.studio.reading import read_result
from parallaxe.studio.regions import TaskContext
from parallaxe.studio.writing import write_result
from parallaxe.text.document import Block, Document

LABELS = load_schemas().labels


def recorded_cases() -> list[dict[str, Any]]:
    """Annotations as a server kept them."""
    cases: list[dict[str, Any]] = json.loads(
        (Path(__file__).parents[1] / "cases/studio_annotations.json").read_text("utf-8")
    )
    return cases


TASK = TaskContext(TEXT, (Block("paragraph", 0, len(TEXT)),), LABELS)

doubts = st.builds(
    Provenance,
    confidence=st.sampled_from([None, "low", "high"]),
    note=st.sampled_from([None, "entretien", "deux lectures\npossibles"]),
)


@st.composite
def valid_claims(draw: st.DrawFn) -> tuple[Claim, ...]:
    """Claims as the gate lets them through: no blank edges, nothing said twice, intensities with their sign."""
    layer = draw(layers())
    mentions = {(_trimmed(one.fragments), one.label): one for one in layer.entities}
    entities = [
        replace(one, fragments=spans, metonymic=None if one.metonymic == label else one.metonymic)
        for (spans, label), one in mentions.items()
        if spans
    ]
    quotes = [_quote(one) for one in layer.quotes if _trimmed(one.content)]
    ids = {one.id for one in quotes}
    quotes = [one if one.inside in ids else replace(one, inside=None) for one in quotes]
    rows = {(one.quote, one.holder, one.target): one for one in layer.stances if one.quote is None or one.quote in ids}
    claims: list[Claim] = [*entities, *quotes, *(_stance(one) for one in rows.values())]
    return tuple(replace(one, provenance=draw(doubts)) for one in draw(st.permutations(claims)))


def _trimmed(spans: Iterable[Span]) -> tuple[Span, ...]:
    found = []
    for start, end in spans:
        words = TEXT[start:end]
        begin = start + len(words) - len(words.lstrip())
        found.append(Span(begin, begin + len(words.strip())))
    return tuple(span for span in found if span.start < span.end)


def _quote(quote: Quote) -> Quote:
    sources = tuple(dict.fromkeys(_trimmed(quote.sources)))
    return replace(quote, content=_trimmed(quote.content), cue=_trimmed(quote.cue), sources=sources)


def _stance(stance: Stance) -> Stance:
    sign = {label.name: label.sign for label in LABELS["polarities"].labels}[stance.polarity]
    return replace(stance, intensity=sign * max(1, abs(stance.intensity)), evidence=_trimmed(stance.evidence))


@given(valid_claims())
def test_what_is_written_is_read(claims: tuple[Claim, ...]) -> None:
    """Every decided field, confidence, note and id comes back, by the result alone."""
    read = read_result(write_result(claims, TEXT, LABELS), TASK).claims
    assert canonical_order(claims) == _told(read)


@given(valid_claims())
def test_a_result_survives_json(claims: tuple[Claim, ...]) -> None:
    """A result is plain JSON: a server gives back what it got."""
    result = write_result(claims, TEXT, LABELS)
    assert result == json.loads(json.dumps(result))


@given(valid_claims(), st.randoms())
def test_the_order_of_items_says_nothing(claims: tuple[Claim, ...], random: Random) -> None:
    """An interface may write items in any order: the claims are the same."""
    result = write_result(claims, TEXT, LABELS)
    random.shuffle(result)
    assert canonical_order(claims) == _told(read_result(result, TASK).claims)


@given(valid_claims())
def test_stances_are_known_again_by_what_was_proposed(claims: tuple[Claim, ...]) -> None:
    """Where `meta` is lost, ids of stances, their confidence and note come from the proposals of the task."""
    result = [
        {name: value for name, value in item.items() if name != "meta"} for item in write_result(claims, TEXT, LABELS)
    ]
    read = read_result(result, replace(TASK, proposals=claims)).claims
    assert {one.id: _plain(one) for one in claims} == {one.id: _plain(one) for one in _told(read)}


@given(valid_claims())
def test_what_is_left_alone_is_accepted(claims: tuple[Claim, ...]) -> None:
    """A proposal that comes back as it went is accepted and reviewed, and keeps its tool, score and reason."""
    proposals = tuple(
        replace(one, provenance=Provenance(tool="t/1", score=0.5, why="w", origin=None)) for one in claims
    )
    read = read_result(write_result(proposals, TEXT, LABELS), replace(TASK, proposals=proposals)).claims
    history = Provenance(status="reviewed", origin="accepted", tool="t/1", score=0.5, why="w")
    assert tuple(replace(one, provenance=history) for one in canonical_order(claims)) == read


@given(valid_claims())
def test_valid_claims_may_be_sent(claims: tuple[Claim, ...]) -> None:
    """The border refuses nothing of claims that the gate lets through."""
    assert [] == [finding for finding in guarded(claims, TASK).findings if finding.refused]


@pytest.mark.parametrize("case", recorded_cases(), ids=lambda case: case["label"])
def test_what_a_person_did_is_what_is_read(case: dict[str, Any]) -> None:
    """A result as the interface saved it says exactly what was done on the page."""
    given, expected = case["input"], case["expected"]
    proposals = tuple(_claims(given["proposals"]))
    task = TaskContext(given["text"], [Block(*block) for block in given["blocks"]], LABELS, proposals)
    read = read_result(given["result"], task)
    assert tuple(_claims(expected["claims"])) == read.claims
    assert [tuple(told) for told in expected["findings"]] == [
        (one.rule, one.region, one.refused) for one in read.findings
    ]


def _claims(lines: list[dict[str, Any]]) -> Iterator[Claim]:
    header: dict[str, Any] = next(layer_lines(layer_of(())))
    layer, _ = parse_layer(enumerate([header, *lines], start=1), "recorded")
    yield from layer.claims


def _told(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    return tuple(_with_doubt(one) for one in claims)


def _with_doubt(claim: Claim) -> Claim:
    history = claim.provenance
    return replace(claim, provenance=Provenance(confidence=history.confidence, note=history.note))


def _plain(claim: Claim) -> Claim:
    """A claim but for the order of its sources, which only `meta` keeps where it is not that of the text."""
    return replace(claim, sources=tuple(sorted(claim.sources))) if isinstance(claim, Quote) else claim


def _open_layers(repository: Path) -> Iterator[tuple[Layer, Document]]:
    project = Project(repository)
    rows = {row.id: row for row in project.catalogue}
    for file in read_layers(project.layers, ["gold", "machine"]):
        path = project.seeds / rows[file.layer.article_id].file
        if path.is_file():
            item = Item(file.layer.article_id, path.name, path)
            yield file.layer, read_raw_document(read_raw(path, SIZE_LIMIT), item)[0]


def test_the_layers_of_this_corpus_come_back(repository: Path) -> None:
    """Gold and machine layers of every open article: nothing is refused, nothing comes back otherwise."""
    told: list[tuple[str, str]] = []
    for layer, document in _open_layers(repository):
        task = TaskContext(document.text or "", document.blocks, LABELS, layer.claims, layer.article_id)
        findings = guarded(layer.claims, task).findings
        told += [(finding.rule, str(finding)) for finding in findings if finding.refused]
        read = read_result(write_result(layer.claims, task.text, LABELS), task).claims
        assert canonical_order(_told(layer.claims)) == _told(read)
    assert [] == told
