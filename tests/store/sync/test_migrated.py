"""Syncs after a migration: what people made of old texts and under old names merges, and nothing is overwritten."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from parallaxe.core.claims import Entity
from parallaxe.core.errors import CombinedError
from parallaxe.store.migration.labels import migrate_labels
from parallaxe.store.migration.texts import migrate_texts
from parallaxe.store.project import Project
from synced_project import World, insert, mention, name

ARTICLE = name(0)
RENAME = '[[rename]]\nset = "entity_labels"\nold = "LOC"\nnew = "PLACE"\n'
MERGE = '[[merge]]\nset = "entity_labels"\nold = "LOC"\ninto = "ORG"\n'
SPLIT = (
    '[[split]]\nset = "entity_labels"\nold = "LOC"\ndefault = "LOC"\n'
    f'[[split.rules]]\nlabel = "EVENT"\nclaims = ["{ARTICLE}/m1"]\n'
)


class FreshWorld(World):
    """A world whose labels are read anew each time, for migrations change them."""

    @property
    def project(self) -> Project:
        """The project as its files are."""
        return Project(self.root)


@pytest.fixture
def world(tmp_path: Path) -> FreshWorld:
    """An article that one person has annotated, pulled."""
    world = FreshWorld.of(tmp_path, 1)
    world.push()
    world.submit(ARTICLE, made(world))
    world.pull()
    return world


def made(world: FreshWorld) -> list[Entity]:
    """Two mentions of the text of the task."""
    text = world.task(ARTICLE)["data"]["text"]
    starts = [text.index("Trois"), text.index("juin")]
    return [mention(starts[0], starts[0] + 5, "m1"), mention(starts[1], starts[1] + 4, "m2")]


def annotation(world: FreshWorld) -> int:
    """The annotation of the person."""
    return int(world.task(ARTICLE)["annotations"][0]["id"])


def labels(world: FreshWorld) -> dict[str, str]:
    """The labels of the person's layer by id."""
    return {name_: claim.label for name_, claim in world.layer(ARTICLE).items() if isinstance(claim, Entity)}


def migrate(world: FreshWorld, text: str, *, reverse: bool = False) -> None:
    """Apply a migration of labels, or take it back."""
    path = world.root.parent / "labels.toml"
    path.write_text(text, "utf-8")
    migrate_labels(world.project, path, reverse=reverse)


def stored(world: FreshWorld) -> list[object]:
    """What people have on the server."""
    return [one["result"] for _, one in world.fake.annotations()]


def test_a_text_that_was_migrated_merges_with_its_old_task(world: FreshWorld) -> None:
    """The layer is ahead of the task: what its annotator adds there comes into the layer, where its words are now."""
    world.revise(ARTICLE, insert(0, "Hier encore,"))
    assert not migrate_texts(world.project).left
    text = world.task(ARTICLE)["data"]["text"]
    start = text.index("réunions")
    world.rework(ARTICLE, annotation(world), [*made(world), mention(start, start + 8, "m3")])
    report = world.pull()
    words = {id_: world.text(ARTICLE)[slice(*claim.fragments[0])] for id_, claim in world.layer(ARTICLE).items()}

    assert {"m1": "Trois", "m2": "juin", "m3": "réunions"} == words
    assert not any(change.lost or change.conflicts for change in report.layers)


def test_a_push_after_a_migrated_text_makes_its_task(world: FreshWorld) -> None:
    """A new task with the annotation on it; the next pull finds nothing new, the next push nothing to do."""
    world.revise(ARTICLE, insert(0, "Hier encore,"))
    migrate_texts(world.project)
    before = world.layer(ARTICLE)
    report = world.push()

    assert (ARTICLE,) == report.replaced
    assert world.document(ARTICLE).text_sha256 == world.task(ARTICLE)["data"]["text_sha256"]
    world.pull()
    assert before == world.layer(ARTICLE)
    assert () == world.push().replaced


def test_a_rename_leaves_the_server_as_it_is(world: FreshWorld) -> None:
    """What is stored keeps its names, the page shows the new one, and a pull finds nothing that changed."""
    there = stored(world)
    migrate(world, RENAME)
    assert {"PLACE"} == set(labels(world).values())
    world.push()
    world.pull(full=True)

    assert there == stored(world)
    assert {"PLACE"} == set(labels(world).values())
    assert 'value="PLACE"' in world.fake.projects[1]["label_config"]
    assert 'alias="LOC"' in world.fake.projects[1]["label_config"]


def test_who_goes_on_after_a_rename_is_read_under_the_new_name(world: FreshWorld) -> None:
    """One mention is relabelled, one added, in a page that may be older than the rename: no conflict, all arrives."""
    result = made(world)
    migrate(world, RENAME)
    world.push()
    text = world.task(ARTICLE)["data"]["text"]
    start = text.index("réunions")
    changed = [
        replace(result[0], label="ORG"),
        replace(result[1], label="PLACE"),
        mention(start, start + 8, "m3", "PLACE"),
    ]
    world.rework(ARTICLE, annotation(world), changed)
    report = world.pull()

    assert {"m1": "ORG", "m2": "PLACE", "m3": "PLACE"} == labels(world)
    assert not any(change.conflicts for change in report.layers)


def test_a_rename_of_a_rename_goes_back_too(world: FreshWorld) -> None:
    """The server's name stays the first one, through two renames and both taken back."""
    before = world.snapshot()
    second = RENAME.replace("PLACE", "LIEU").replace('"LOC"', '"PLACE"')
    migrate(world, RENAME)
    migrate(world, second)
    assert {"LIEU"} == set(labels(world).values())
    world.pull(full=True)
    assert {"LIEU"} == set(labels(world).values())
    migrate(world, second, reverse=True)
    migrate(world, RENAME, reverse=True)

    assert before == world.snapshot()


def test_a_merged_label_is_read_as_what_replaced_it(world: FreshWorld) -> None:
    """It stays on the page, out of use; what is still said under it arrives as the other, without a conflict."""
    result = made(world)
    migrate(world, MERGE)
    world.push()
    assert "LOC hors d'usage" in world.fake.projects[1]["label_config"].replace("&#x27;", "'")
    text = world.task(ARTICLE)["data"]["text"]
    start = text.index("réunions")
    world.rework(ARTICLE, annotation(world), [result[0], mention(start, start + 8, "m3")])
    report = world.pull()

    assert {"m1": "ORG", "m3": "ORG"} == labels(world)
    assert not any(change.conflicts for change in report.layers)


def test_a_split_is_a_change_of_git(world: FreshWorld) -> None:
    """The server still says the old label of a claim that a rule moved: that is no news, and git's label stays."""
    result = made(world)
    migrate(world, SPLIT)
    world.push()
    text = world.task(ARTICLE)["data"]["text"]
    start = text.index("réunions")
    world.rework(ARTICLE, annotation(world), [*result, mention(start, start + 8, "m3")])
    report = world.pull()

    assert {"m1": "EVENT", "m2": "LOC", "m3": "LOC"} == labels(world)
    assert not any(change.conflicts for change in report.layers)


def test_a_conflict_that_waits_is_settled_before_labels_merge(world: FreshWorld) -> None:
    """A person has both sides before them as they were."""
    other = replace(made(world)[0], label="ORG")
    world.edit(ARTICLE, lambda claim: other if claim.id == "m1" else claim)
    first, second = made(world)
    world.rework(ARTICLE, annotation(world), [replace(first, label="EVENT"), second])
    assert any(change.conflicts for change in world.pull().layers)
    with pytest.raises(CombinedError, match="conflict about a label"):
        migrate(world, MERGE)
    migrate(world, RENAME)
