"""Random histories of people at work on both sides of a sync, and what those people know they did."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any, TypeAlias

from parallaxe.core.claims import Claim, Entity, Span
from parallaxe.core.labels import LabelSet
from parallaxe.store.annotations import read_layer
from parallaxe.store.sync.places import Places
from parallaxe.store.sync.texts import KnownText, known_text
from parallaxe.store.sync.theirs import one_block
from parallaxe.studio.reading import read_result
from parallaxe.studio.regions import TaskContext
from parallaxe.studio.writing import write_result
from synced_project import World, mention, name

Identity: TypeAlias = tuple[int, str]
"""The number of an annotation, which another may bear later, and when it was made."""

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
    """A world and what its people know they did.

    `gone` are claims that they took away, and those that syncs said were lost with the text. `holders` are, by claim,
    all annotations that ever had it, also those that were skipped or deleted since, and regions that were refused;
    `reworked` are those of them in which it was changed. `said` is which claims a person ever put on which words,
    with what label, and `git_words` are those under claims that git changed or deleted: where two claims say the same,
    the layer has one for both, under the id of one.
    """

    world: World
    gone: set[tuple[str, str]] = field(default_factory=set)
    git_touched: set[tuple[str, str]] = field(default_factory=set)
    git_words: set[tuple[str, str]] = field(default_factory=set)
    holders: dict[tuple[str, str], set[Identity]] = field(default_factory=lambda: defaultdict(set))
    reworked: dict[tuple[str, str], set[Identity]] = field(default_factory=lambda: defaultdict(set))
    said: dict[tuple[str, int], set[tuple[str, str, str]]] = field(default_factory=lambda: defaultdict(set))
    minted: int = 0

    def act(self, what: str, a: int, b: int, c: int) -> None:
        """One thing happens; nothing where there is nothing to do it to."""
        getattr(self, what)(a, b, c)
        for task, one in self.world.fake.annotations():
            for region in one["result"]:
                article, words = task["data"]["article_id"], region["value"]["text"]
                self.holders[article, region["id"]].add(identity(one))
                self.said[article, one["completed_by"]].add((region["id"], words, region["value"]["labels"][0]))

    def submit(self, a: int, b: int, c: int) -> None:
        """Somebody who has not done so hands in some mentions."""
        article, user = name(a % ARTICLES), USERS[b % 2]
        tasks = self._tasks(article)
        if tasks and all(one["completed_by"] != user for one in tasks[-1]["annotations"]):
            task = tasks[-1]
            claims = [self._new(task["data"]["text"], b + n) for n in range(1 + c % 3)]
            self.world.fake.submit(task["id"], user, self._result(task, claims))

    def rework(self, a: int, b: int, c: int) -> None:
        """Somebody changes an annotation: adds, relabels, moves or deletes a mention; their page keeps all others."""
        if chosen := self._annotation(a):
            task, one = chosen
            article, claims = task["data"]["article_id"], list(self.claims(task, one))
            refused = _without(one["result"], claims)
            place = b % (len(claims) + 1)
            if place == len(claims):
                claims.append(self._new(task["data"]["text"], c))
            elif c % 4 == 0:
                self.gone.add((article, claims.pop(place).id))
            else:
                claims[place] = self._changed(claims[place], task["data"]["text"], c)
                self.reworked[article, claims[place].id].add(identity(one))
            self.world.fake.change(one["id"], result=[*self._result(task, claims), *refused])

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
            span = self.world.layer(article, layer)[chosen].fragments[0]
            self.git_words.add((article, text_of_layer(self.world, article, layer).text[slice(*span)]))
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

    def claims(self, task: dict[str, Any], one: dict[str, Any]) -> tuple[Claim, ...]:
        """What an annotation says; regions that are refused say nothing."""
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


def identity(annotation: Mapping[str, Any]) -> Identity:
    """Which annotation of the server it is."""
    return annotation["id"], annotation["created_at"]


def text_of_layer(world: World, article: str, layer: str) -> KnownText:
    """The text that a layer is of."""
    known = known_text(
        Places(world.project), read_layer(world.project.layers / layer / f"{article}.jsonl").layer.text_sha256
    )
    assert known is not None
    return known


def whole(text: str, labels: Mapping[str, LabelSet]) -> TaskContext:
    """A text whose every word may be annotated."""
    return TaskContext(text, one_block(text, labels), labels)


def _words(text: str) -> list[tuple[int, int]]:
    return [found.span() for found in re.finditer(r"\w{4,}", text)]


def _without(result: Sequence[Mapping[str, Any]], claims: Sequence[Claim]) -> list[Mapping[str, Any]]:
    """The regions of a result that are no claims."""
    read = {claim.id for claim in claims}
    return [region for region in result if region["id"] not in read]
