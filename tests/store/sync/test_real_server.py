"""Syncs with a real server of Label Studio: what goes over, what people make of it, and what comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from command_line import run
from parallaxe.compare.conflicts import Keep
from parallaxe.core.claims import Claim, Entity, Provenance
from parallaxe.store.add import Declared, add
from parallaxe.store.conflicts import read_conflicts, write_conflicts
from parallaxe.store.init import init_project
from parallaxe.store.sync.annotators import read_annotators
from parallaxe.store.sync.places import Places
from parallaxe.studio.reading import decided
from real_project import Person, RealProject, connected, every_kind, people, place, real_project
from studio_server import StudioServer
from synced_project import A1, insert, mention, name

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


def mentions(world: RealProject, label: str = "LOC") -> list[Entity]:
    """A mention at each opening of a sentence of the first article."""
    return [mention(*span, f"x{n}", label) for n, span in enumerate(world.openings(name(0)))]


def with_label(claims: list[Entity], number: int, label: str) -> list[Entity]:
    """The mentions, one of them with another label."""
    return [replace(claim, label=label) if n == number else claim for n, claim in enumerate(claims)]


def labels(world: RealProject, layer: str = A1) -> dict[str, str]:
    return {id_: claim.label for id_, claim in world.layer(name(0), layer).items() if isinstance(claim, Entity)}


def test_push_twice_changes_nothing(world: RealProject) -> None:
    """The second push leaves project, tasks, predictions and their dates as they were, and every file of git."""
    server, git = world.page(), world.snapshot()
    world.wire.counted()

    report = world.push()

    assert not report.changed
    assert {"GET /api/projects/N/": 1} == world.wire.counted()
    assert server == world.page()
    assert git == world.snapshot()
    assert [1, 1] == [len(task["predictions"]) for task in server["tasks"]]


def test_a_dry_run_changes_nothing(studio_server: StudioServer, tmp_path: Path) -> None:
    """Before anything is pushed, a dry push and the status tell of it, and neither side has anything more for it."""
    with real_project(studio_server, tmp_path, 2) as world:
        files, projects = world.snapshot(), world.client.projects()

        report, status = world.push(dry_run=True), world.status()

        assert {name(0), name(1)} == {*report.imported} == {*status.to_push.imported}
        assert files == world.snapshot()
        assert projects == world.client.projects()


def test_two_people_have_layers_of_their_own(studio_server: StudioServer, world: RealProject) -> None:
    """Each person's work is a layer under a pseudonym; no address, no name of theirs is anywhere in the project."""
    text = world.text(name(0))
    with people(studio_server, "anne", "basile") as [anne, basile]:
        task = world.task(name(0))["id"]
        anne.submit(task, world.result(name(0), every_kind(text)), lead_time=61.5)
        basile.submit(task, world.result(name(0), mentions(world)[:1]), lead_time=8.0)

        report = world.pull()

        assert [(A1, 4), ("annotateur-2", 1)] == [(change.layer, change.added) for change in report.layers]
        assert {claim.id: decided(claim) for claim in every_kind(text)} == {
            id_: decided(claim) for id_, claim in world.layer(name(0)).items()
        }
        assert {"x0"} == set(world.layer(name(0), "annotateur-2"))
        assert {anne.id: A1, basile.id: "annotateur-2"} == read_annotators(Places(world.project).annotators)
        assert [61.5, 8.0] == [seen.lead_time for seen in world.record(name(0)).annotations]
        private = {word for person in (anne, basile) for word in (person.login, person.login.partition("@")[0])}
        told = [path for path, content in world.files().items() for word in private if word.encode() in content]
        assert [] == told
        assert () == world.pull(full=True).layers


def test_what_was_kept_of_proposals_is_accepted(world: RealProject, anne: Person) -> None:
    """Of the machine's mentions one is kept, one relabelled, one left out; ids are those of the proposals."""
    [prediction] = world.task(name(0))["predictions"]
    kept, other, *_ = (item for item in prediction["result"] if item["type"] == "labels")
    relabelled = {**other, "value": {**other["value"], "labels": ["PER"]}}
    anne.submit(world.task(name(0))["id"], [kept, relabelled], parent_prediction=prediction["id"])

    world.pull()

    layer = world.layer(name(0))
    assert {kept["id"]: "accepted", other["id"]: "changed"} == {
        id_: claim.provenance.origin for id_, claim in layer.items()
    }
    assert {"reviewed"} == {claim.provenance.status for claim in layer.values()}
    assert {("essai/1", 0.5)} == {(claim.provenance.tool, claim.provenance.score) for claim in layer.values()}


def test_what_one_side_changes_applies(world: RealProject, anne: Person) -> None:
    """Git and the annotator change other mentions, and one alike: all of it stands and nothing is in conflict."""
    claims = mentions(world)
    annotation = anne.submit(world.task(name(0))["id"], world.result(name(0), claims))
    world.pull()
    world.edit(name(0), relabelled({"x0": "ORG", "x2": "EVENT"}))
    theirs = with_label(with_label(claims, 1, "PER"), 2, "EVENT")[:-1]
    anne.update(annotation, world.result(name(0), theirs))

    [change] = world.pull().layers

    assert ("ORG", "PER", "EVENT") == tuple(labels(world)[id_] for id_ in ("x0", "x1", "x2"))
    assert (0, False) == (change.conflicts, claims[-1].id in labels(world))
    assert [] == read_conflicts(world.project, "main")
    before = world.snapshot()
    assert () == world.pull(full=True).layers
    assert before == world.snapshot()


def test_a_conflict_is_raised_once_and_again_when_its_annotator_moves(world: RealProject, anne: Person) -> None:
    """Both change a label: git's stays, a row waits, once; another move makes it anew, and a decision settles it."""
    claims = mentions(world)
    annotation = anne.submit(world.task(name(0))["id"], world.result(name(0), claims))
    world.pull()
    world.edit(name(0), relabelled({"x0": "ORG"}))
    anne.update(annotation, world.result(name(0), with_label(claims, 0, "PER")))

    [change] = world.pull().layers
    again = world.pull(full=True)

    assert ("ORG", 1, ()) == (labels(world)["x0"], change.conflicts, again.layers)
    assert [("ORG", "PER")] == sides(world)
    assert [(name(0), f"{A1}:x0")] == [*world.status().conflicts]

    anne.update(annotation, world.result(name(0), with_label(claims, 0, "EVENT")))
    [moved] = world.pull().layers
    assert ("ORG", 1, [("ORG", "EVENT")]) == (labels(world)["x0"], moved.conflicts, sides(world))

    decide(world, "theirs")
    assert ("EVENT", [], ()) == (labels(world)["x0"], sides(world), world.status().conflicts)
    before = world.snapshot()
    assert () == world.pull(full=True).layers
    assert not world.push().changed
    assert before == world.snapshot()


def relabelled(new: dict[str, str]) -> Callable[[Claim], Claim]:
    """An edit that gives mentions other labels, by id."""
    return lambda claim: replace(claim, label=new.get(claim.id, claim.label)) if isinstance(claim, Entity) else claim


def sides(world: RealProject) -> list[tuple[str | None, str | None]]:
    """The labels of both sides of each conflict that waits."""
    return [
        (getattr(row.conflict.ours, "label", None), getattr(row.conflict.theirs, "label", None))
        for row in read_conflicts(world.project, "main")
    ]


def decide(world: RealProject, keep: Keep) -> None:
    """A person fills the row in and runs the command."""
    rows = read_conflicts(world.project, "main")
    write_conflicts(world.project, "main", [row._replace(keep=keep, why="relu") for row in rows])
    done = run("adjudicate", "--conflicts", folder=world.root)
    assert (0, "") == (done.returncode, done.stderr)


def test_changed_text_takes_everybodys_work_along(studio_server: StudioServer, world: RealProject) -> None:
    """A text that changes gets a task of its own, each annotation goes over under its author, and the layers follow."""
    text = world.text(name(0))
    with people(studio_server, "anne", "basile") as [anne, basile]:
        old = world.task(name(0))
        anne.submit(old["id"], world.result(name(0), every_kind(text)))
        basile.submit(old["id"], world.result(name(0), mentions(world)))
        world.pull()
        ids = {layer: set(world.layer(name(0), layer)) for layer in (A1, "annotateur-2")}
        words = {claim.id: text[slice(*claim.fragments[0])] for claim in world.layer(name(0)).values()}
        world.revise(name(0), lambda raw: insert(0, "🚢 Vingt ans plus tard,")(raw).replace("Trois réunions", "Rien"))

        report = world.push()

        assert (name(0),) == report.replaced
        assert {A1: 0, "annotateur-2": 1} == {one.annotator: len(one.lost) for one in report.carried}
        new = world.task(name(0))
        before = next(task for task in world.tasks() if task["id"] == old["id"])
        assert new["data"]["key"] == before["data"]["superseded_by"]
        assert (2, old["data"]["text"]) == (len(before["annotations"]), before["data"]["text"])
        assert [anne.id, basile.id] == sorted(one["completed_by"] for one in new["annotations"])
        [lost] = next(row["lost"] for row in new["data"]["carried"] if row["annotator"] == "annotateur-2")
        assert "Trois réunions" == lost["words"]
        assert "Trois réunions" in new["data"]["preview"]

        world.pull()

        text = world.text(name(0))
        layer = world.layer(name(0))
        assert text == new["data"]["text"]
        assert words == {claim.id: text[slice(*claim.fragments[0])] for claim in layer.values()}
        assert {A1: ids[A1], "annotateur-2": ids["annotateur-2"] - {lost["id"]}} == {
            name_: set(world.layer(name(0), name_)) for name_ in ids
        }
        settled = world.page(), world.snapshot()
        assert not world.push().changed
        assert () == world.pull(full=True).layers
        assert settled == (world.page(), world.snapshot())


def test_late_work_on_a_superseded_task_is_not_lost(world: RealProject, anne: Person) -> None:
    """Somebody saves on the old task after the push: the layer has it, in the words of the new text."""
    claims = mentions(world)
    old = anne.submit(world.task(name(0))["id"], world.result(name(0), claims))
    late = world.result(name(0), with_label(claims, 1, "PER"))
    world.pull()
    world.revise(name(0), insert(0, "Vingt ans plus tard,"))
    world.push()
    world.pull()
    anne.update(old, late)

    world.pull()

    assert "PER" == labels(world)["x1"]
    assert {claim.id for claim in claims} == set(labels(world))


def test_restricted_text_is_on_the_server_alone(studio_server: StudioServer, tmp_path: Path, anne: Person) -> None:
    """The task shows the text; of what was quoted from it in a note, no tracked file has a word."""
    with real_project(studio_server, tmp_path, 1, rights="restricted") as world:
        world.push()
        words = "selon cette phrase que le texte contient presque mot pour mot"
        first = replace(mentions(world)[0], provenance=Provenance(note=words, confidence="low"))
        anne.submit(world.task(name(0))["id"], world.result(name(0), [first]))

        world.pull()

        tracked = {path: text for path, text in world.snapshot().items() if path.startswith("annotations/")}
        assert [] == [path for path, text in tracked.items() if words in text or "Trois réunions" in text]
        assert "low" == world.layer(name(0))["x0"].provenance.confidence


def test_a_blind_pass_shows_no_proposals(world: RealProject, anne: Person) -> None:
    """A blind pass is a project of its own, without a prediction, and its layers bear its name."""
    world.push(pass_name="aveugle", blind=True)
    tasks = world.tasks("aveugle")
    anne.submit(tasks[0]["id"], [])

    report = world.pull(pass_name="aveugle")

    assert [([], True), ([], True)] == [(task["predictions"], task["data"]["blind"]) for task in tasks]
    assert ["aveugle-annotateur-1"] == [change.layer for change in report.layers]
    for number in range(2):
        world.propose(name(number), label="PER")
    assert not world.push(pass_name="aveugle").changed
    assert [2, 2] == [len(task["predictions"]) for task in (world.push(), world.tasks())[1]]


def test_every_tenth_is_blind(studio_server: StudioServer, tmp_path: Path) -> None:
    """Of twenty tasks two are controls without proposals, and stay so when new proposals go over."""
    with real_project(studio_server, tmp_path, 20) as world:
        report = world.push()
        for number in range(20):
            world.propose(name(number), label="PER")
        world.push()

        found = {task["data"]["article_id"]: len(task["predictions"]) for task in world.tasks()}

        assert 2 == len(report.blind)
        assert {name(number): 0 if name(number) in report.blind else 2 for number in range(20)} == found


def test_signs_of_every_kind_keep_their_places(studio_server: StudioServer, tmp_path: Path, anne: Person) -> None:
    """Emoji, accents apart, markup, templates: the text on the server is that of here, and spans behind them hold."""
    raw = tmp_path / "signes.txt"
    raw.write_text(
        "Le quai <b>nord</b> & Cie\n\n"
        "s3://quai/objet {{$x}} $text \\n 👩‍🔬 e\u0301te\u0301 &amp; &#233; 🇫🇷 le\tport</i> %s Brest.\r\n\r\n"
        "« Le\u00a0Havre » l’emporte\u00ad.\n",
        "utf-8",
    )
    project = init_project(tmp_path / "projet", "Projet")
    add(project, [raw], Declared("open", "press"))
    with connected(studio_server, project.root) as world:
        world.push()
        [task] = world.tasks()
        text = task["data"]["text"]
        said = {words: mention(*place(text, words), f"x{n}") for n, words in enumerate(("Brest", "Le Havre", "été"))}
        # Two annotations of one person are one layer.
        for claim in said.values():
            anne.submit(task["id"], world.written(text, [claim]))

        report = world.pull()

        assert (world.text("signes"), (), ()) == (text, report.left, report.findings)
        assert {claim.id: claim.fragments for claim in said.values()} == {
            id_: claim.fragments for id_, claim in world.layer("signes").items()
        }


def test_an_interface_that_somebody_edits_is_put_right(world: RealProject, anne: Person) -> None:
    """Status and push tell that the interface is another one; the push brings ours, and nobody's work is touched."""
    anne.submit(world.task(name(0))["id"], world.result(name(0), mentions(world)))
    before = world.page()
    world.client.sdk.projects.update(world.number, label_config='<View><Text name="text" value="$text"/></View>')

    status, report = world.status(), world.push()

    assert (True, True) == (status.to_push.interface_changed, report.interface_changed)
    assert before["project"]["label_config"] == world.page()["project"]["label_config"]
    assert before["tasks"] == world.tasks()
    assert not world.push().changed


def test_people_may_be_renamed(world: RealProject, anne: Person) -> None:
    """A row of the annotators and the layers that bear it get another name: what comes next goes to that layer."""
    annotation = anne.submit(world.task(name(0))["id"], world.result(name(0), mentions(world)))
    world.pull()
    rename(world, A1, "marie")
    anne.update(annotation, world.result(name(0), with_label(mentions(world), 0, "ORG")))

    [change] = world.pull().layers

    assert ("marie", 1, 0, 0) == (change.layer, change.changed, change.added, change.conflicts)
    assert ("ORG", {}) == (labels(world, "marie")["x0"], world.layer(name(0)))


def rename(world: RealProject, old: str, new: str) -> None:
    """Somebody gives a person another name: in the table, and of their layers folder and headers."""
    for path in [Places(world.project).annotators, *(world.project.layers / old).glob("*.jsonl")]:
        path.write_text(path.read_text("utf-8").replace(f'"{old}"', f'"{new}"'), "utf-8")
    (world.project.layers / old).rename(world.project.layers / new)


def test_a_dry_pull_changes_nothing(world: RealProject, anne: Person) -> None:
    """A dry pull and the status tell what a pull would do, and write nothing, not even a pseudonym."""
    anne.submit(world.task(name(0))["id"], world.result(name(0), mentions(world)))
    page, files = world.page(), world.snapshot()

    dry, status = world.pull(dry_run=True), world.status()

    assert (page, files) == (world.page(), world.snapshot())
    assert dry.layers == status.to_pull.layers == world.pull().layers
