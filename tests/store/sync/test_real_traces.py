"""Tasks that are deleted, skipped, begun or taken as the truth on a real server, and what a sync makes of them.

Label Studio gives numbers of deleted tasks and annotations again, and a draft does not move the date of its task.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from parallaxe.core.errors import UsageError
from parallaxe.store.add import Declared, add
from parallaxe.store.sync.reports import Told
from raw_articles import write_articles
from real_project import Person, RealProject, people, real_project
from studio_server import StudioServer
from synced_project import A1, mention, name

pytestmark = pytest.mark.studio


@pytest.fixture
def world(studio_server: StudioServer, tmp_path: Path) -> Iterator[RealProject]:
    """Two articles, pushed."""
    with real_project(studio_server, tmp_path, 2) as world:
        world.push()
        yield world


@pytest.fixture
def anne(studio_server: StudioServer) -> Iterator[Person]:
    """A person with an account."""
    with people(studio_server, "anne") as [person]:
        yield person


def submitted(world: RealProject, person: Person, article: str, **more: object) -> int:
    """One mention of an article's task, submitted; the id of the annotation."""
    claims = [mention(*world.openings(article)[0], "x0")]
    return person.submit(world.task(article)["id"], world.result(article, claims), **more)


def another_article(world: RealProject, folder: Path) -> str:
    """An article more, with proposals; its id."""
    add(world.project, sorted(write_articles(folder / "more", 1, start=7).glob("*.txt")), Declared("open", "press"))
    world.propose(name(7))
    return name(7)


def last(world: RealProject) -> tuple[str, int]:
    """The article whose task has the highest number, and that number."""
    task = world.tasks()[-1]
    return task["data"]["article_id"], task["id"]


def test_a_deleted_task_leaves_its_layer(world: RealProject, anne: Person) -> None:
    """Pull and status tell of it, the layer stays, a push leaves it at that, and makes the task again when asked to."""
    submitted(world, anne, name(1))
    world.pull()
    layer = world.layer(name(1))
    anne.delete_task(world.task(name(1))["id"])

    told = world.pull().orphaned
    kept, status = world.push(), world.status()

    assert {name(1)} == {one.article_id for one in told} == {one.article_id for one in status.orphaned}
    assert ((name(1),), False, layer) == (kept.orphaned, kept.changed, world.layer(name(1)))
    assert (name(1),) == world.push(restore=True).imported
    assert 2 == len(world.tasks())
    assert () == world.push().orphaned
    world.pull()
    assert layer == world.layer(name(1))


def test_a_number_that_is_given_again_is_another_task(world: RealProject, anne: Person, tmp_path: Path) -> None:
    """The last task is deleted and a new article gets its number: neither takes the other's place."""
    article, number = last(world)
    submitted(world, anne, article)
    world.pull()
    layer = world.layer(article)
    anne.delete_task(number)
    fresh = another_article(world, tmp_path)

    pushed = world.push()
    told = world.pull().orphaned

    assert ((fresh,), (fresh, number)) == (pushed.imported, last(world))
    assert {article} == {one.article_id for one in told}
    assert (None, number) == (world.record(article).header.task, world.record(fresh).header.task)
    assert (layer, {}) == (world.layer(article), world.layer(fresh))
    submitted(world, anne, fresh)
    assert [(A1, fresh)] == [(change.layer, change.article_id) for change in world.pull().layers]
    assert layer == world.layer(article)


def test_a_number_that_is_given_again_before_anything_is_pulled(
    world: RealProject, anne: Person, tmp_path: Path
) -> None:
    """The same where nobody has looked at the deleted task since it was made."""
    article, number = last(world)
    anne.delete_task(number)
    fresh = another_article(world, tmp_path)
    world.push()

    told = world.pull().orphaned

    assert (fresh, number) == last(world)
    assert [Told(article, "", f"task {number}")] == [*told]
    assert (article,) == world.push().orphaned


def test_a_deleted_annotation_leaves_its_layer(world: RealProject, anne: Person) -> None:
    """It is told as orphaned; what somebody else submits then, under its number perhaps, is theirs."""
    annotation = submitted(world, anne, name(0))
    world.pull()
    layer = world.layer(name(0))
    anne.delete(annotation)

    [told] = world.pull().orphaned

    assert (name(0), A1, layer) == (told.article_id, told.who, world.layer(name(0)))
    with people(world.studio, "basile") as [basile]:
        basile.submit(world.task(name(0))["id"], [])
        world.pull()
    assert (layer, {}) == (world.layer(name(0)), world.layer(name(0), "annotateur-2"))
    assert ["orphaned", "submitted"] == [seen.state for seen in world.record(name(0)).annotations]


def test_a_skipped_task_makes_no_layer(world: RealProject, anne: Person) -> None:
    """It is told with its annotator; what they submit when they come back to it is read."""
    annotation = submitted(world, anne, name(0), was_cancelled=True)

    report = world.pull()

    assert [Told(name(0), A1, "")] == [*report.skipped] == [*world.status().skipped]
    assert ((), {}) == (report.layers, world.layer(name(0)))
    anne.client.sdk.annotations.update(annotation, was_cancelled=False)
    assert [(A1, 1)] == [(change.layer, change.added) for change in world.pull().layers]
    assert () == world.status().skipped


def test_a_layer_outlives_that_its_task_is_skipped(world: RealProject, anne: Person) -> None:
    """Somebody submits, and later skips the same task: what they said stays in git, and it is told."""
    annotation = submitted(world, anne, name(0))
    world.pull()
    layer = world.layer(name(0))
    anne.client.sdk.annotations.update(annotation, was_cancelled=True)

    report = world.pull()

    assert ([Told(name(0), A1, "")], layer) == ([*report.skipped], world.layer(name(0)))


def test_a_draft_is_told_and_not_read(world: RealProject, anne: Person) -> None:
    """Work that nobody submitted makes no layer; pull and status tell where it is, though no date has moved."""
    world.pull()
    task = world.task(name(0))
    anne.begin(task["id"], world.result(name(0), [mention(*world.openings(name(0))[0], "x0")]))

    report, status = world.pull(), world.status()

    assert task["updated_at"] == world.task(name(0))["updated_at"]
    assert [Told(name(0), "", "1 draft")] == [*report.drafts] == [*status.to_pull.drafts]
    assert ((), {}) == (report.layers, world.layer(name(0)))


def test_ground_truth_is_a_layer_and_told(world: RealProject, anne: Person) -> None:
    """An annotation that is marked as the truth is read as any other, and told apart."""
    submitted(world, anne, name(0), ground_truth=True)

    report = world.pull()

    assert [Told(name(0), A1, "")] == [*report.ground_truth]
    assert ({"x0"}, "ground_truth") == (set(world.layer(name(0))), world.record(name(0)).annotations[0].state)


def test_a_deleted_project_is_made_again(world: RealProject, anne: Person) -> None:
    """A pull says that the pass is not on the server; a push makes it anew, and no layer is lost by it."""
    submitted(world, anne, name(0))
    world.pull()
    layer = world.layer(name(0))
    world.client.sdk.projects.delete(world.number)

    with pytest.raises(UsageError, match="not on the server"):
        world.pull()
    report = world.push()

    assert {name(0), name(1)} == {*report.imported}
    submitted(world, anne, name(0))
    world.pull()
    assert (set(layer), 2) == (set(world.layer(name(0))), len(world.tasks()))
    assert not world.push().changed


def test_data_that_somebody_changes_on_the_server_are_not_read(world: RealProject, anne: Person) -> None:
    """A text that is edited there moves all offsets, so the task is told and left, and the layer stays."""
    annotation = submitted(world, anne, name(0))
    world.pull()
    layer, task = world.layer(name(0)), world.task(name(0))
    world.client.update_task_data(task["id"], {**task["data"], "text": "Autre chose. " + task["data"]["text"]})
    anne.update(annotation, [])

    report = world.pull()

    assert ([name(0)], layer) == ([one.article_id for one in report.left], world.layer(name(0)))
    world.client.update_task_data(task["id"], task["data"])
    assert [1] == [change.deleted for change in world.pull().layers]
