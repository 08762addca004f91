"""Random histories of people at work on both sides, after which base, git and server agree and no claim is lost."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parallaxe.core.claims import Claim, Entity, Span
from parallaxe.core.labels import LabelSet
from parallaxe.store.conflicts import read_conflicts
from parallaxe.store.sync.annotators import read_annotators
from parallaxe.store.sync.given import given_task
from parallaxe.store.sync.places import Places
from parallaxe.store.sync.records import ORPHANED, SKIPPED
from parallaxe.store.sync.theirs import one_block
from parallaxe.studio.reading import decided, read_result
from parallaxe.studio.regions import TaskContext
from parallaxe.studio.writing import write_result
from synced_project import World, mention, name

ARTICLES, USERS = 2, (3, 8)
LABELS = ("PER", "ORG", "LOC", "EVENT")

ACTS = (
    "submit rework rework rework rework skip remove drop draft edit edit edit revise propose push push pull pull pull"
)


def history_of(seed: int) -> list[tuple[str, int, int, int]]:
    """Thirty acts after the first annotations; drawn evenly, for hypothesis itself would begin with dull ones."""
    draw = Random(seed)
    begun = [("submit", article, user, 2) for article in range(ARTICLES) for user in range(len(USERS))]
    acts = [(draw.choice(ACTS.split()), draw.randrange(8), draw.randrange(8), draw.randrange(8)) for _ in range(30)]
    return [*begun, ("pull", 1, 0, 0), *acts]


@dataclass
class History:
    """A world and what its people know they did: claims that they took away, and syncs said were lost with the text."""

    world: World
    gone: set[tuple[str, str]] = field(default_factory=set)
    git_touched: set[tuple[str, str]] = field(default_factory=set)
    minted: int = 0

    def act(self, what: str, a: int, b: int, c: int) -> None:
        """One thing happens; nothing where there is nothing to do it to."""
        getattr(self, what)(a, b, c)

    def submit(self, a: int, b: int, c: int) -> None:
        """Somebody who has not done so hands in some mentions."""
        article, user = name(a % ARTICLES), USERS[b % 2]
        tasks = self._tasks(article)
        if tasks and all(one["completed_by"] != user for one in tasks[-1]["annotations"]):
            task = tasks[-1]
            claims = [self._new(task["data"]["text"], b + n) for n in range(1 + c % 3)]
            self.world.fake.submit(task["id"], user, self._result(task, claims))

    def rework(self, a: int, b: int, c: int) -> None:
        """Somebody changes an annotation: adds, relabels, moves or deletes a mention."""
        if chosen := self._annotation(a):
            task, one = chosen
            article, claims = task["data"]["article_id"], list(self._claims(task, one))
            place = b % (len(claims) + 1)
            if place == len(claims):
                claims.append(self._new(task["data"]["text"], c))
            elif c % 4 == 0:
                self.gone.add((article, claims.pop(place).id))
            else:
                claims[place] = self._changed(claims[place], task["data"]["text"], c)
            self.world.fake.change(one["id"], result=self._result(task, claims))

    def skip(self, a: int, b: int, _c: int) -> None:
        """Somebody skips what they handed in, or takes it up again."""
        if chosen := self._annotation(a):
            self.world.fake.change(chosen[1]["id"], was_cancelled=bool(b % 2))

    def remove(self, a: int, b: int, _c: int) -> None:
        """Somebody deletes an annotation, which is rare."""
        if b % 3 == 0 and (chosen := self._annotation(a)):
            self.world.fake.delete_annotation(chosen[1]["id"])

    def drop(self, a: int, b: int, _c: int) -> None:
        """Somebody deletes a task, which is rarer."""
        tasks = self._tasks(name(a % ARTICLES))
        if b % 5 == 0 and tasks:
            self.world.fake.delete_task(tasks[-1]["id"])

    def draft(self, a: int, _b: int, _c: int) -> None:
        """Somebody begins and does not submit."""
        if tasks := self._tasks(name(a % ARTICLES)):
            self.world.fake.draft(tasks[-1]["id"])

    def edit(self, a: int, b: int, c: int) -> None:
        """Somebody edits a layer in git."""
        article, layer = name(a % ARTICLES), f"annotateur-{1 + b % 2}"
        claims = sorted(self.world.layer(article, layer))
        if claims:
            chosen = claims[c % len(claims)]
            self.git_touched.add((article, chosen))
            if b > 5:
                self.gone.add((article, chosen))
            self.world.edit(article, lambda claim: self._edited(claim, b, c) if claim.id == chosen else claim, layer)

    def _edited(self, claim: Claim, b: int, c: int) -> Claim | None:
        assert isinstance(claim, Entity)
        return None if b > 5 else replace(claim, label=LABELS[c % 4])

    def revise(self, a: int, b: int, _c: int) -> None:
        """Somebody corrects a text: words come in, or a sentence goes."""
        if b % 2:
            change = lambda text: text.replace("Trois réunions", f"{'Encore ' * b}trois réunions", 1)  # noqa: E731
        else:
            change = lambda text: text.replace(" Le vote aura lieu en juin.", "", 1)  # noqa: E731
        self.world.revise(name(a % ARTICLES), change)

    def propose(self, a: int, b: int, _c: int) -> None:
        """The machine has new proposals."""
        self.world.propose(name(a % ARTICLES), label=LABELS[b % 4])

    def push(self, a: int, _b: int, _c: int) -> None:
        """A push."""
        report = self.world.push(restore=a == 0)
        for carried in report.carried:
            self.gone |= {(carried.article_id, claim) for claim in carried.lost}

    def pull(self, a: int, _b: int, _c: int) -> None:
        """A pull."""
        report = self.world.pull(full=a == 0)
        for change in report.layers:
            self.gone |= {(change.article_id, claim) for claim in change.lost}

    def _tasks(self, article: str) -> list[dict[str, Any]]:
        tasks = self.world.fake.tasks.values()
        return [task for task in tasks if task["data"]["article_id"] == article and "superseded_by" not in task["data"]]

    def _annotation(self, a: int) -> tuple[dict[str, Any], dict[str, Any]] | None:
        known = list(self.world.fake.annotations())
        return known[a % len(known)] if known else None

    def _claims(self, task: dict[str, Any], one: dict[str, Any]) -> tuple[Claim, ...]:
        labels = self.world.project.schemas.labels
        return read_result(one["result"], whole(task["data"]["text"], labels)).claims

    def _result(self, task: dict[str, Any], claims: Sequence[Claim]) -> list[Any]:
        return list(write_result(claims, task["data"]["text"], self.world.project.schemas.labels))

    def _new(self, text: str, where: int) -> Entity:
        self.minted += 1
        span = _words(text)[(7 * where + 3 * self.minted) % len(_words(text))]
        return mention(*span, f"n{self.minted}", LABELS[where % 4])

    def _changed(self, claim: Claim, text: str, c: int) -> Claim:
        assert isinstance(claim, Entity)
        if c % 2:
            return replace(claim, label=LABELS[c % 4])
        return replace(claim, fragments=(Span(*_words(text)[c]),))


def whole(text: str, labels: Mapping[str, LabelSet]) -> TaskContext:
    """A text whose every word may be annotated."""
    return TaskContext(text, one_block(text, labels), labels)


def _words(text: str) -> list[tuple[int, int]]:
    return [found.span() for found in re.finditer(r"\w{4,}", text)]


@pytest.fixture(scope="module")
def template() -> Iterator[World]:
    """A world in which two articles were pushed."""
    with tempfile.TemporaryDirectory() as folder:
        world = World.of(Path(folder), ARTICLES)
        yield world


@given(seed=st.integers(0, 2**32))
@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_sides_agree_in_the_end(template: World, seed: int) -> None:
    """After a last push and pull, records say what the server has, layers hold it all, and nothing is left to do."""
    with tempfile.TemporaryDirectory() as folder, patch.object(os, "fsync", lambda _handle: None):
        root = Path(folder) / "projet"
        shutil.copytree(template.root, root)
        lived = History(World(root))
        lived.push(1, 0, 0)
        for act in history_of(seed):
            lived.act(*act)
        lived.push(1, 0, 0)
        lived.pull(1, 0, 0)
        lived.pull(0, 0, 0)

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
    """Each claim on the server is in its annotator's layer or in a conflict, unless somebody took it away."""
    world = lived.world
    rows = read_conflicts(world.project, "main")
    disputed = {(row.article_id, row.conflict.id) for row in rows}
    versions = [(row.article_id, claim) for row in rows for claim in (row.conflict.ours, row.conflict.theirs) if claim]
    argued = {(article, claim.fragments) for article, claim in versions}
    names = read_annotators(Places(world.project).annotators)
    for task, one in world.fake.annotations():
        article = task["data"]["article_id"]
        # Spans of an old text cannot be looked for among conflicts, which are about the new one.
        is_old_and_argued = "superseded_by" in task["data"] and article in {row.article_id for row in rows}
        if one["was_cancelled"] or is_old_and_argued:
            continue
        layer = world.layer(article, names[one["completed_by"]])
        stands = {(claim.fragments, claim.label) for claim in layer.values() if isinstance(claim, Entity)}
        for claim in lived._claims(task, one):
            assert isinstance(claim, Entity)
            if (article, claim.id) in lived.gone | disputed or (article, claim.fragments) in argued:
                continue
            assert claim.id in layer or (claim.fragments, claim.label) in stands, (article, claim.id, one["id"])


def check_values(lived: History) -> None:
    """A claim that one annotation alone holds, that git never touched and nobody disputes is the same on both sides."""
    world = lived.world
    rows = read_conflicts(world.project, "main")
    argued = {c.fragments for row in rows for c in (row.conflict.ours, row.conflict.theirs) if c is not None}
    names = read_annotators(Places(world.project).annotators)
    holders: dict[tuple[str, str], list[tuple[str, str, Claim]]] = {}
    for task, one in world.fake.annotations():
        article = task["data"]["article_id"]
        for claim in () if one["was_cancelled"] else lived._claims(task, one):
            held = (names[one["completed_by"]], str(task["data"]["text_sha256"]), claim)
            holders.setdefault((article, claim.id), []).append(held)
    for (article, claim_id), [(who, digest, claim), *more] in holders.items():
        here = world.layer(article, who).get(claim_id)
        is_same_text = world.record(article).header.text_sha256 == digest
        is_free = claim.fragments not in argued and (article, claim_id) not in lived.git_touched
        assert here is None or more or not (is_same_text and is_free) or decided(claim) == decided(here)
