"""Random histories of people at work on both sides, after which base, git and server agree and no claim is lost."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lived_history import ARTICLES, History, history_of, identity, text_of_layer, whole
from parallaxe.compare.anchoring import reanchor
from parallaxe.core.claims import Claim, Entity, Span
from parallaxe.store.conflicts import read_conflicts
from parallaxe.store.sync.annotators import read_annotators
from parallaxe.store.sync.given import given_task
from parallaxe.store.sync.places import Places
from parallaxe.store.sync.records import ORPHANED, SKIPPED
from parallaxe.store.sync.session import version_of
from parallaxe.store.sync.texts import known_text
from parallaxe.studio.reading import decided, read_result
from synced_project import A1, World, mention, name

PUSH, PULL, FULL_PULL = ("push", 1, 0, 0), ("pull", 1, 0, 0), ("pull", 0, 0, 0)


@pytest.fixture(scope="module")
def template() -> Iterator[World]:
    """A world in which two articles were pushed."""
    with tempfile.TemporaryDirectory() as folder:
        world = World.of(Path(folder), ARTICLES)
        yield world


@given(seed=st.integers(0, 2**32))
@settings(
    max_examples=50,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_sides_agree_in_the_end(template: World, seed: int) -> None:
    """After a last push and pull, records say what the server has, layers hold it all, and nothing is left to do.

    The same fifty histories in every run, so that a change is judged by what it changes; take `derandomize` out to see
    others.
    """
    with tempfile.TemporaryDirectory() as folder, patch.object(os, "fsync", lambda _handle: None):
        root = Path(folder) / "projet"
        shutil.copytree(template.root, root)
        lived = History(World(root))
        for act in (PUSH, *history_of(seed), PUSH, PULL, FULL_PULL):
            lived.act(*act)

        check_records(lived.world)
        check_claims(lived)
        check_values(lived)
        before = lived.world.snapshot()
        assert not lived.world.push().changed
        assert not [
            change for change in lived.world.pull().layers if change != change._replace(added=0, changed=0, deleted=0)
        ]
        assert before == lived.world.snapshot()


def check_records(world: World) -> None:
    """Each annotation that is on the server is in its article's record as it is, and none other as if it were.

    Of regions that were refused (two that say the same) the record keeps what it had.
    """
    labels = world.project.schemas.labels
    for number in range(ARTICLES):
        seen = {
            one.identity: {claim.id: decided(claim) for claim in one.claims}
            for one in world.record(name(number)).annotations
            if one.state not in (ORPHANED, SKIPPED)
        }
        there = {}
        for raw in world.fake.tasks.values():
            task = given_task(raw)
            for one in task.annotations if task.article_id == name(number) else ():
                reading = read_result(one.result, whole(task.text, labels))
                refused = {str(finding.region) for finding in reading.findings}
                for name_of_refused in refused & seen.get(one.identity, {}).keys():
                    del seen[one.identity][name_of_refused]
                if one.state != SKIPPED:
                    there[one.identity] = {
                        claim.id: decided(claim) for claim in reading.claims if claim.id not in refused
                    }
        assert there == seen


def check_claims(lived: History) -> None:
    """Each claim on the server is in its annotator's layer or in a conflict, unless somebody took it away.

    It may be there under another id: that of a claim which the layer had already, and which says the same. What is on
    the server about an old text is looked for where it stands in the text that the layer is of. Where its annotator has
    several annotations with it, as after a text that changed, and went on with another one, what that one says counts.
    """
    world = lived.world
    names = read_annotators(Places(world.project).annotators)
    rows = read_conflicts(world.project, "main")
    for task, one in world.fake.annotations():
        if one["was_cancelled"]:
            continue
        article, who = task["data"]["article_id"], names[one["completed_by"]]
        layer = world.layer(article, who)
        argued = [row.conflict for row in rows if row.place == (who, article)]
        places = {claim.fragments for row in argued for claim in (row.ours, row.theirs) if claim}
        stands = {(claim.fragments, claim.label) for claim in layer.values() if isinstance(claim, Entity)}
        for claim, words in _about_layer(world, who, task, lived.claims(task, one)):
            assert isinstance(claim, Entity)
            known = article, claim.id
            is_there = claim.id in layer or (claim.fragments, claim.label) in stands
            is_argued = claim.fragments in places or claim.id in {row.id for row in argued}
            is_taken = known in lived.gone or (article, words) in lived.git_words
            assert is_there or is_argued or is_taken or lived.reworked[known] - {identity(one)}, (known, one["id"])


def _about_layer(world: World, who: str, task: dict[str, Any], claims: Sequence[Claim]) -> Iterator[tuple[Claim, str]]:
    """Claims of a task where they stand in the text of a layer, or as they were where it has lost them; their words."""
    data = task["data"]
    old = known_text(Places(world.project), data["text_sha256"])
    assert old is not None
    new = text_of_layer(world, data["article_id"], who)
    for fate in reanchor(claims, version_of(old), version_of(new)).fates:
        yield fate.new or fate.old, old.text[slice(*fate.old.fragments[0])]


def check_values(lived: History) -> None:
    """A claim that one annotation alone ever held, that git never touched and nobody disputes is as it is there.

    A claim that several have held, as after a text that changed, is as it was left in any of them, also in one that was
    skipped or deleted since: the layer keeps what somebody did there, and nobody's annotation is changed to say so too.
    So no label comes from nowhere: its annotator has given it to this claim, or to these words, some time.
    """
    world = lived.world
    rows = read_conflicts(world.project, "main")
    argued = {c.fragments for row in rows for c in (row.conflict.ours, row.conflict.theirs) if c is not None}
    names = read_annotators(Places(world.project).annotators)
    for task, one in world.fake.annotations():
        article = task["data"]["article_id"]
        is_old = world.record(article).header.text_sha256 != task["data"]["text_sha256"]
        if is_old or one["was_cancelled"]:
            continue
        who = names[one["completed_by"]]
        layer, text = world.layer(article, who), text_of_layer(world, article, who).text
        for claim in lived.claims(task, one):
            known = article, claim.id
            if claim.id not in layer or claim.fragments in argued or known in lived.git_touched:
                continue
            here = layer[claim.id]
            assert isinstance(here, Entity)
            words = text[slice(*here.fragments[0])]
            said = {
                saying for saying in lived.said[article, one["completed_by"]] if claim.id in saying or words in saying
            }
            is_alone = len(lived.holders[known]) == 1 and {id_ for id_, _, _ in said} == {claim.id}
            assert here.label in {label for _, _, label in said}, (article, here, said)
            assert not is_alone or decided(claim) == decided(here), (article, claim, here)


@pytest.fixture
def lived(template: World, tmp_path: Path) -> History:
    """A history that has only begun: two articles were pushed."""
    root = tmp_path / "projet"
    shutil.copytree(template.root, root)
    history = History(World(root))
    history.act(*PUSH)
    return history


RELABEL_FIRST = ("rework", 0, 0, 3)
SAME, OTHER = Span(19, 24), Span(29, 36)


def said(lived: History) -> dict[str, tuple[str, str]]:
    """The words and the label of each claim of the first article's first annotator."""
    text = text_of_layer(lived.world, name(0), A1).text
    claims = lived.world.layer(name(0)).items()
    return {id_: (text[slice(*c.fragments[0])], c.label) for id_, c in claims if isinstance(c, Entity)}


def finish(lived: History) -> None:
    """Sync both ways until nothing is left to do, and look whether all is there."""
    for act in (PUSH, PULL, FULL_PULL):
        lived.act(*act)
    check_records(lived.world)
    check_claims(lived)
    check_values(lived)


def test_what_is_there_under_another_id_goes_to_a_new_text(lived: History) -> None:
    """Somebody skips an annotation and makes another of the same mention: one claim, before and after a new text."""
    world, article = lived.world, name(0)
    first = world.submit(article, [mention(*OTHER, "a", "EVENT")])
    lived.act(*PULL)
    world.fake.change(first, was_cancelled=True)
    lived.act(*PULL)
    world.submit(article, [mention(*OTHER, "b", "EVENT")])
    lived.act(*PULL)
    before = said(lived)

    lived.act("revise", 0, 1, 0)
    finish(lived)

    assert ["a"] == list(before)
    assert before == said(lived)


def test_a_refused_region_that_is_mended_is_read_again(lived: History) -> None:
    """A region that says what another says changes nothing, and is a claim as soon as it says something else."""
    world, article = lived.world, name(0)
    made = world.submit(article, [mention(*SAME, "a", "PER"), mention(*OTHER, "b", "PER")])
    lived.act(*PULL)
    before = said(lived)
    world.rework(article, made, [mention(*SAME, "a", "PER"), mention(*SAME, "b", "PER")])
    [told] = world.pull().findings
    refused = said(lived)
    world.rework(article, made, [mention(*SAME, "a", "ORG"), mention(*SAME, "b", "PER")])

    finish(lived)

    assert name(0) == told.article_id
    assert before == refused
    assert {"a": (before["a"][0], "ORG"), "b": (before["a"][0], "PER")} == said(lived)


@pytest.mark.parametrize("known_as", ["a", "b"])
def test_work_on_an_old_text_stays_once_it_is_skipped(lived: History, known_as: str) -> None:
    """What was changed in the task of an old text is in the layer, also where that has the claim under another id."""
    world, article = lived.world, name(0)
    first = world.submit(article, [mention(*OTHER, known_as, "LOC")])
    lived.act(*PULL)
    world.fake.delete_annotation(first)
    old = world.submit(article, [mention(*OTHER, "b", "LOC")])
    lived.act("revise", 0, 1, 0)
    lived.act(*PUSH)
    lived.act(*RELABEL_FIRST)
    lived.act(*PULL)
    before = said(lived)
    world.fake.change(old, was_cancelled=True)

    finish(lived)

    assert ["EVENT"] == [label for _, label in before.values()]
    assert before == said(lived)
