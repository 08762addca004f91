"""Labels that change while people work on a real server: they see the new names, and what is stored stays theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from annotator import Annotator, Words, at_work
from parallaxe.core.claims import Entity
from parallaxe.store.migration.labels import migrate_labels
from parallaxe.store.project import Project
from real_project import RealProject, real_project
from studio_server import StudioServer
from synced_project import name

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.studio

ARTICLE = name(0)
RENAME = """
[[rename]]
set = "entity_labels"
old = "LOC"
new = "PLACE"

[[rename]]
set = "entity_labels"
old = "ORG"
new = "BODY"
"""
MERGE = '[[merge]]\nset = "entity_labels"\nold = "ORG"\ninto = "NORP"\n'


class FreshProject(RealProject):
    """A project whose labels are read anew each time, for migrations change them."""

    @property
    def project(self) -> Project:
        """The project as its files are."""
        return Project(self.root)


@pytest.fixture
def world(studio_server: StudioServer, tmp_path: Path) -> Iterator[FreshProject]:
    """An article, pushed."""
    with real_project(studio_server, tmp_path) as made:
        world = FreshProject(made.root, made.options, studio=made.studio, client=made.client, wire=made.wire)
        world.push()
        yield world


@pytest.fixture
def person(studio_server: StudioServer, browser: Browser) -> Iterator[Annotator]:
    """Somebody before the screen."""
    with at_work(browser, studio_server.access) as person:
        yield person


def annotate(world: FreshProject, person: Annotator) -> dict[str, Entity]:
    """The person takes the proposals over, adds a mention, submits; what a pull makes of it."""
    person.open(world.number, world.task(ARTICLE)["id"])
    person.mark(Words("direction du port"), "ORG")
    person.submit()
    return pulled(world)


def pulled(world: FreshProject) -> dict[str, Entity]:
    """The mentions of the person's layer after a pull that had no conflict, by id."""
    report = world.pull()
    assert not any(change.conflicts or change.lost for change in report.layers)
    [layer] = [change.layer for change in report.layers]
    return {id_: claim for id_, claim in world.layer(ARTICLE, layer).items() if isinstance(claim, Entity)}


def migrate(world: FreshProject, text: str) -> None:
    """Apply a migration of labels."""
    path = world.root.parent / "labels.toml"
    path.write_text(text, "utf-8")
    migrate_labels(world.project, path)


def stored(world: FreshProject) -> Counter[str]:
    """How often each label stands in what people have on the server."""
    return Counter(
        label
        for one in world.task(ARTICLE)["annotations"]
        for item in one["result"]
        for label in item["value"].get("labels", ())
    )


def test_a_rename_is_shown_and_stores_nothing_anew(world: FreshProject, person: Annotator) -> None:
    """Old marks bear the new names on the page, new ones are drawn under them; all come back under them."""
    before = annotate(world, person)
    names = stored(world)
    migrate(world, RENAME)
    world.push()

    person.open(world.number, world.task(ARTICLE)["id"])
    person.mark(Words("juin"), "PLACE")
    person.submit()
    after = pulled(world)

    assert {"ORG": 1, "LOC": len(before) - 1} == dict(names)
    assert {"ORG": 1, "LOC": len(before)} == dict(stored(world))
    assert {"BODY": 1, "PLACE": len(before)} == dict(Counter(claim.label for claim in after.values()))
    assert {id_: claim.fragments for id_, claim in before.items()}.items() <= {
        id_: claim.fragments for id_, claim in after.items()
    }.items()


def test_what_was_said_of_a_merged_label_can_still_be_said(world: FreshProject, person: Annotator) -> None:
    """Its marks stay on the page with their questions; who answers one is read under the label that took it over."""
    before = annotate(world, person)
    migrate(world, MERGE)
    world.push()

    person.open(world.number, world.task(ARTICLE)["id"])
    person.select(Words("direction du port"))
    person.choose("Métonymie", "vaut pour PER")
    person.leave()
    person.submit()
    after = pulled(world)
    (merged,) = [claim for id_, claim in after.items() if before[id_].label == "ORG"]

    assert ("NORP", "PER") == (merged.label, merged.metonymic)
    assert len(before) == len(after)
