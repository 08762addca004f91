"""A pass may ask for some kinds of claims only: a page with three hundred marks is slow, one of mentions is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from parallaxe.core.errors import UsageError
from parallaxe.core.layer_format import kind_of
from parallaxe.store.annotations import read_layer
from synced_project import World, name


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Two articles with mentions that a machine proposes."""
    return World.of(tmp_path, 2)


def test_a_pass_of_one_kind_shows_and_gives_that_kind(world: World) -> None:
    """Its page has no other control, its tasks no other proposal, and its layers say what was looked for."""
    world.push(pass_name="noms", kinds=("entity",))
    [project] = world.fake.projects.values()
    assert 'value="Propos"' not in project["label_config"]
    assert "metonymic" in project["label_config"]
    world.options = world.options._replace(pass_name="noms")
    world.submit(name(0), list(world.layer(name(0), "machine").values()))

    world.pull()

    [path] = world.project.layers.glob("noms-*/*.jsonl")
    layer = read_layer(path).layer
    assert (("entity",), {"accepted"}) == (layer.complete, {claim.provenance.origin for claim in layer.claims})


def test_proposals_of_other_kinds_do_not_go_over(world: World) -> None:
    """The machine sees mentions here, so a pass of quotations has no proposals; another push changes nothing."""
    world.push(pass_name="propos", kinds=("quote", "stance"))

    assert {0} == {len(one["result"]) for task in world.fake.tasks.values() for one in task["predictions"]}
    assert {"entity"} == {kind_of(claim) for claim in world.layer(name(0), "machine").values()}
    assert not world.push(pass_name="propos").changed


@pytest.mark.parametrize(
    ("kinds", "what"),
    [(("stance",), "stances are chosen on quotations"), (("mention",), "`mention` is no kind of claim")],
)
def test_kinds_that_cannot_be_asked_for(world: World, kinds: tuple[str, ...], what: str) -> None:
    """One line, and no pass is begun."""
    with pytest.raises(UsageError, match=what):
        world.push(pass_name="propos", kinds=kinds)
    assert {} == world.fake.projects


def test_a_pass_keeps_the_kinds_it_was_begun_with(world: World) -> None:
    """A pass is one question to all its annotators."""
    world.push(pass_name="noms", kinds=("entity",))

    with pytest.raises(UsageError, match="pass `noms` was begun with entity"):
        world.push(pass_name="noms", kinds=("quote",))
