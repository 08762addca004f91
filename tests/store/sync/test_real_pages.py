"""What people see of a sync on the pages of a real server, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from annotator import Annotator, Words, at_work
from parallaxe.store.sync.reports import Told
from real_project import RealProject, real_project
from studio_server import StudioServer
from synced_project import A1, insert, name

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.studio

MARKED = ".px-text [class*=htx-highlight]"


@pytest.fixture
def world(studio_server: StudioServer, tmp_path: Path) -> Iterator[RealProject]:
    """An article, pushed."""
    with real_project(studio_server, tmp_path) as world:
        world.push()
        yield world


@pytest.fixture
def person(studio_server: StudioServer, browser: Browser) -> Iterator[Annotator]:
    """Somebody before the screen."""
    with at_work(browser, studio_server.access) as person:
        yield person


def test_a_blind_pass_shows_no_proposals(world: RealProject, person: Annotator) -> None:
    """The same article bears the machine's marks in the main pass, and none in a blind one."""
    blind = world.push(pass_name="aveugle", blind=True).project
    assert blind is not None

    person.open(world.number, world.task(name(0))["id"])
    shown = person.page.locator(MARKED).count()
    person.open(blind, world.task(name(0), "aveugle")["id"])

    assert (True, 0) == (shown >= len(world.openings(name(0))), person.page.locator(MARKED).count())


def test_what_a_person_only_began_is_a_draft(world: RealProject, person: Annotator) -> None:
    """Some seconds after a mark was drawn the page has kept it: status and pull tell of it, and no layer is made."""
    person.open(world.number, world.task(name(0))["id"])
    with person.page.expect_response(lambda one: "/drafts" in one.url and one.request.method == "POST"):
        person.mark(Words("direction du port"), "ORG")

    report = world.pull()

    assert [Told(name(0), "", "1 draft")] == [*report.drafts] == [*world.status().to_pull.drafts]
    assert {} == world.layer(name(0))


def test_the_page_says_what_was_lost_with_the_old_text(world: RealProject, person: Annotator) -> None:
    """On the task of the new text the person finds their marks, and above the text what could not be taken over."""
    person.open(world.number, world.task(name(0))["id"])
    person.mark(Words("direction du port"), "ORG")
    person.submit()
    world.pull()
    change = insert(0, "🚢 Vingt ans plus tard,")
    world.revise(name(0), lambda text: change(text).replace("Trois réunions", "Rien"))
    world.push()

    person.open(world.number, world.task(name(0))["id"])

    told = person.page.get_by_text("Le texte a changé").first.locator("..").inner_text()
    assert "Trois réunions" in told
    assert A1 in told
    assert "direction du port" in person.page.locator(MARKED).all_inner_texts()
    world.pull()
    text = world.text(name(0))
    assert "direction du port" in {text[slice(*claim.fragments[0])] for claim in world.layer(name(0)).values()}
