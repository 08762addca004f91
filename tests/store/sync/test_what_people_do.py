"""What people do to tasks and files that a sync must neither lose nor take for something else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from parallaxe.core.claims import Claim, Entity
from parallaxe.core.errors import SurroundingsError, UsageError
from parallaxe.store.conflicts import read_conflicts
from parallaxe.store.sync.lock import only_one
from parallaxe.store.sync.places import Places
from parallaxe.store.sync.push import push
from parallaxe.store.sync.reports import as_json, lines_of_pull, lines_of_push, lines_of_status
from synced_project import A1, World, insert, mention, name


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Three articles, pushed; the first annotated by user 1 and pulled."""
    world = World.of(tmp_path, 3)
    world.push()
    world.submit(name(0), first_mentions(world, name(0)))
    world.pull()
    return world


def first_mentions(world: World, article: str, label: str = "LOC") -> list[Entity]:
    return [mention(*span, f"x{n}", label) for n, span in enumerate(world.openings(article))]


def labels(world: World, article: str, layer: str = A1) -> dict[str, str]:
    return {id_: claim.label for id_, claim in world.layer(article, layer).items() if isinstance(claim, Entity)}


def annotation(world: World) -> int:
    [(_, one)] = world.fake.annotations()
    return int(one["id"])


def to_org(claim: Claim) -> Claim:
    return replace(claim, label="ORG") if claim.id == "x0" and isinstance(claim, Entity) else claim


def test_a_conflict_is_raised_once(world: World) -> None:
    """Both changed a label: git's stays, the conflict waits, and is not raised again until the annotator moves."""
    world.edit(name(0), to_org)
    claims = first_mentions(world, name(0))
    world.rework(name(0), annotation(world), [replace(claims[0], label="PER"), *claims[1:]])

    [change] = world.pull().layers
    again = world.pull(full=True)

    [row] = read_conflicts(world.project, "main")
    assert ("ORG", 1, ()) == (labels(world, name(0))["x0"], change.conflicts, again.layers)
    theirs = row.conflict.theirs
    assert isinstance(theirs, Entity)
    assert ("x0", "PER") == (row.conflict.id, theirs.label)
    world.rework(name(0), annotation(world), [replace(claims[0], label="ORG"), *claims[1:]])
    world.pull()
    assert [] == read_conflicts(world.project, "main")


def test_skipped_drafts_and_truth_are_told_apart(world: World) -> None:
    """A skipped task makes no layer, a draft is only told, ground truth is a layer and told."""
    world.submit(name(1), first_mentions(world, name(1)), was_cancelled=True)
    world.submit(name(2), first_mentions(world, name(2)), user=4, ground_truth=True)
    world.fake.draft(world.task(name(1))["id"])

    report = world.pull()

    assert [name(1)] == [told.article_id for told in report.skipped] == [told.article_id for told in report.drafts]
    assert [name(2)] == [told.article_id for told in report.ground_truth]
    assert {} == world.layer(name(1))
    assert {} != world.layer(name(2), "annotateur-2")


def test_a_deleted_annotation_leaves_its_layer(world: World) -> None:
    """The layer is kept, the annotation told as orphaned, offline too."""
    before = world.layer(name(0))
    world.fake.delete_annotation(annotation(world))

    report = world.pull()

    assert [name(0)] == [told.article_id for told in report.orphaned]
    assert before == world.layer(name(0))
    assert [name(0)] == [told.article_id for told in world.status(online=False).orphaned]


def test_an_id_that_is_given_again_is_not_the_old_annotation(world: World) -> None:
    """Somebody else's annotation bears the id of a deleted one: it takes nothing away from the first layer."""
    before = world.layer(name(0))
    used = annotation(world)
    world.fake.delete_annotation(used)
    again = world.submit(name(0), first_mentions(world, name(0))[:1], user=6)

    world.pull()

    assert used == again
    assert before == world.layer(name(0))
    assert {"x0"} == set(world.layer(name(0), "annotateur-2"))
    assert ["orphaned", "submitted"] == [seen.state for seen in world.record(name(0)).annotations]


def test_a_deleted_task_is_told_and_made_again_when_wanted(world: World) -> None:
    """The count of tasks tells; a push leaves it at that unless it is told to restore, and its id may serve another."""
    world.fake.delete_task(world.task(name(2))["id"])

    [told] = world.pull().orphaned
    kept = world.push()
    made = world.push(restore=True)

    assert (name(2), (name(2),), (name(2),)) == (told.article_id, kept.orphaned, made.imported)
    assert not kept.changed
    world.submit(name(2), first_mentions(world, name(2)))
    assert [name(2)] == [change.article_id for change in world.pull().layers]


def test_a_task_that_no_record_knows_is_found(world: World) -> None:
    """Records that were lost do not make tasks twice; what was annotated comes back without a conflict."""
    for path in Places(world.project).record_files():
        path.unlink()
    before = world.layer(name(0))

    report = world.push()
    world.pull()

    assert (3, 3) == (len(report.found), len(world.fake.tasks))
    assert before == world.layer(name(0))
    assert [] == read_conflicts(world.project, "main")


def test_every_clone_can_sync(world: World) -> None:
    """What git holds is enough: a clone without state merges what comes and finds nothing else to do."""
    claims = first_mentions(world, name(0))
    world.rework(name(0), annotation(world), claims[1:])
    world.edit(
        name(0), lambda claim: replace(claim, label="PER") if claim.id == "x1" and isinstance(claim, Entity) else claim
    )
    for path in sorted((world.root / ".parallaxe").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()

    world.pull()

    found = labels(world, name(0))
    assert ("PER", False) == (found["x1"], "x0" in found)
    assert not world.push().changed


def test_git_may_take_records_back(world: World) -> None:
    """An older record and layer from git are brought up to the server again, although the cursor is beyond."""
    old = {
        path: path.read_bytes() for path in [*Places(world.project).record_files(), *world.project.layers.glob("a*/*")]
    }
    world.rework(name(0), annotation(world), first_mentions(world, name(0), "PER"))
    world.pull()
    after = world.snapshot()
    for path, content in old.items():
        path.write_bytes(content)

    world.pull()

    assert after == world.snapshot()


def test_a_server_that_begins_anew(world: World) -> None:
    """The project is gone with all in it: everything is pushed again, layers stay, what was lost there is told."""
    before = world.layer(name(0))
    world.fake.projects.clear()
    world.fake.tasks.clear()

    report = world.push()
    world.pull()

    assert 3 == len(report.imported)
    assert before == world.layer(name(0))
    assert [name(0)] == [told.article_id for told in world.status().orphaned]
    world.submit(name(0), first_mentions(world, name(0), "PER"))
    world.pull()
    assert len(before) == len(read_conflicts(world.project, "main"))
    assert before == world.layer(name(0))


def test_new_proposals_go_to_tasks_that_lack_them(world: World) -> None:
    """Predictions of a new version are added once; annotations of the task are as they were."""
    before = [one["result"] for _, one in world.fake.annotations()]
    world.propose(name(0), label="PER")

    report = world.push()

    versions = [one["model_version"] for one in world.task(name(0))["predictions"]]
    assert ((name(0),), 2, 2) == (report.predicted, len(versions), len(set(versions)))
    assert before == [one["result"] for _, one in world.fake.annotations()]
    assert not world.push().changed


def test_accepted_is_told_against_what_was_shown(world: World) -> None:
    """The machine proposes anew after the task was pushed: what the annotator kept of the old proposals is accepted."""
    span = world.openings(name(1))[0]
    world.propose(name(1), label="PER")
    world.submit(name(1), [mention(*span, f"m{span[0]}")])

    world.pull()

    [claim] = world.layer(name(1)).values()
    assert ("accepted", "essai/1") == (claim.provenance.origin, claim.provenance.tool)


def test_late_work_on_a_superseded_task_comes_too(world: World) -> None:
    """Somebody still has the old task open, and saves there after the push: the layer gets it, in the new text."""
    old = annotation(world)
    world.revise(name(0), insert(0, "Vingt ans plus tard,"))
    text = world.task(name(0))["data"]["text"]
    before = set(labels(world, name(0)))
    late = [replace(claim, label="PER") for claim in world.layer(name(0)).values() if isinstance(claim, Entity)]
    results = world.result(name(0), late)
    world.push()
    world.pull()
    world.fake.change(old, result=results)

    world.pull()

    assert text != world.text(name(0))
    assert dict.fromkeys(before, "PER") == labels(world, name(0))


def test_a_correction_that_is_undone(world: World) -> None:
    """The old task is taken up again, with what was done meanwhile; nobody's work is there twice in the layer."""
    before = world.layer(name(0))
    first = world.task(name(0))["id"]
    row = next(row for row in world.project.catalogue if row.id == name(0))
    original = (world.project.seeds / row.file).read_text("utf-8")
    world.revise(name(0), insert(0, "Vingt ans plus tard,"))
    world.push()
    world.pull()
    world.revise(name(0), lambda _text: original)

    report = world.push()
    world.pull()

    assert ((name(0),), first) == (report.replaced, world.task(name(0))["id"])
    assert before == world.layer(name(0))
    assert not world.push().changed


def test_lost_spans_are_told_to_the_person(world: World) -> None:
    """A sentence goes, and with it a mention: the report names it, and the task quotes it."""
    world.revise(name(0), lambda text: text.replace(" Le vote aura lieu en juin.", ""))

    [carried] = world.push().carried
    world.pull()

    [lost] = carried.lost
    task = world.task(name(0))
    assert [lost] == [row["id"] for row in task["data"]["carried"][0]["lost"]]
    assert "Le vote" in task["data"]["preview"]
    assert lost not in world.layer(name(0))


def test_data_changed_on_the_server_is_not_read(world: World) -> None:
    """Somebody edits the text of a task there: its offsets mean nothing, so it is told and left."""
    task = world.task(name(0))
    task["data"]["text"] = "Autre chose. " + task["data"]["text"]
    world.rework(name(0), annotation(world), [])
    before = world.layer(name(0))

    [told] = world.pull().left

    assert "changed on the server" in told.what
    assert before == world.layer(name(0))


def test_a_refused_region_deletes_nothing(world: World) -> None:
    """A region that a script has moved out of the text is told; the layer keeps what it was."""
    before = world.layer(name(0))
    result = world.result(name(0), first_mentions(world, name(0)))
    for item in result:
        if item["id"] == "x1":
            item["value"] |= {"start": 90_000, "end": 90_007}
    world.fake.change(annotation(world), result=result)

    report = world.pull()

    assert any("x1" in told.what for told in report.findings)
    assert before == world.layer(name(0))


def test_restricted_articles(tmp_path: Path) -> None:
    """With the text here a task is made, and git sees no word of it; without the text it is listed and left out."""
    world = World.of(tmp_path, 2, rights="restricted")
    row = next(row for row in world.project.catalogue if row.id == name(1))
    (world.project.seeds / row.file).unlink()

    report = world.push()
    claims = first_mentions(world, name(0))
    words = "une remarque qui cite le texte"
    noted = replace(claims[0], provenance=replace(claims[0].provenance, note=words, confidence="low"))
    world.submit(name(0), [noted, replace(claims[1], kb_id="NIL:le-dossier-tres-long-de-la-direction-du-port")])
    world.pull()

    assert ((name(0),), (name(1),)) == (report.imported, report.withheld)
    seen = "".join(text for path, text in world.snapshot().items() if path.startswith("annotations"))
    assert words not in seen
    assert "dossier-tres-long" not in seen
    assert "low" == world.layer(name(0))["x0"].provenance.confidence
    assert () == world.pull(full=True).layers


def test_passes_are_apart(world: World) -> None:
    """A pass is a project of its own, a blind one shows no proposals, and its layers bear its name."""
    report = world.push(pass_name="relecture", blind=True)
    blind = [task for task in world.fake.tasks.values() if task["project"] == report.project]
    result = world.result(name(0), first_mentions(world, name(0))[:1])
    world.fake.submit(next(task["id"] for task in blind if task["data"]["article_id"] == name(0)), 4, result)

    pulled = world.pull(pass_name="relecture")

    assert (3, []) == (len(blind), [one for task in blind for one in task["predictions"]])
    assert ["relecture-annotateur-2"] == [change.layer for change in pulled.layers]
    assert not world.push(pass_name="relecture").changed
    with pytest.raises(UsageError, match="begun with proposals"):
        world.push(blind=True)


def test_every_tenth_is_blind_and_stays_so(tmp_path: Path) -> None:
    """Of twenty tasks two are controls; proposals that come later do not reach them."""
    world = World.of(tmp_path, 20)
    report = world.push()
    for number in range(20):
        world.propose(name(number), label="PER")

    later = world.push()

    assert 2 == len(report.blind)
    assert 18 == len(later.predicted)
    shown = {task["data"]["article_id"] for task in world.fake.tasks.values() if task["predictions"]}
    assert set() == shown & set(report.blind)


def test_a_dry_run_writes_nothing(world: World) -> None:
    """It tells what would be done, and neither git nor the server change."""
    world.revise(name(0), insert(0, "Vingt ans plus tard,"))
    world.propose(name(1), label="PER")
    world.rework(name(0), annotation(world), first_mentions(world, name(0)))
    before, moment = world.snapshot(), world.fake.moment

    pushed, pulled = world.push(dry_run=True), world.pull(dry_run=True)
    world.status()

    assert ((name(0),), (name(1),)) == (pushed.replaced, pushed.predicted)
    assert [name(0)] == [change.article_id for change in pulled.layers]
    assert (before, moment) == (world.snapshot(), world.fake.moment)


def test_status_reads_like_that_of_git(world: World) -> None:
    """To push, to pull, in draft, orphaned; without a server what is known, and that it is not all."""
    world.propose(name(1), label="PER")
    world.submit(name(2), first_mentions(world, name(2)))
    world.fake.draft(world.task(name(1))["id"])

    online, offline = world.status(), world.status(online=False)

    lines = list(lines_of_status(online))
    assert ["to push, new proposals (1):", f"    {name(1)}", "to pull (1):", f"    {A1}/{name(2)}"] == lines[1:5]
    assert f"    {name(1)}: 1 draft" in lines
    assert "offline" in next(lines_of_status(offline))
    assert (name(1),) == offline.to_push.predicted
    world.push()
    world.pull()
    assert "nothing to push, nothing to pull" == list(lines_of_status(world.status()))[-1]


def test_status_of_a_server_that_is_down(world: World) -> None:
    """It says why, and tells what is known."""

    def down(_request: str) -> None:
        raise_connect_error()

    world.fake.around = down
    assert "nobody answers" in (world.status().offline or "")


def raise_connect_error() -> None:
    raise httpx.ConnectError("refused")


def test_the_second_sync_waits_or_says_so(world: World) -> None:
    """One writer at a time, for pushes and pulls alike."""
    with only_one(Places(world.project).lock):
        for sync in (world.push, world.pull):
            with pytest.raises(SurroundingsError, match="another sync is at work"):
                sync()


def test_pull_before_push(tmp_path: Path) -> None:
    """There is nothing to pull from a pass that is not on the server."""
    with pytest.raises(UsageError, match="push"):
        World.of(tmp_path, 1).pull()


def test_reports_are_json_and_lines(world: World) -> None:
    """Whatever a report holds can be printed either way."""
    world.revise(name(0), lambda text: text.replace(" Le vote aura lieu en juin.", ""))
    pushed, pulled = world.push(), world.pull()

    assert [name(0)] == as_json(pushed)["replaced"]  # type: ignore[index]
    assert any("1 lost" in line for line in lines_of_push(pushed))
    assert any(A1 in line for line in lines_of_pull(pulled))


def test_progress_is_told(tmp_path: Path) -> None:
    """A caller hears how far a push is."""
    heard: list[tuple[int, int]] = []
    fresh = World.of(tmp_path / "autre", 2)
    push(fresh.project, fresh.server, fresh.options, lambda done, total: heard.append((done, total)))

    assert (2, 2) == heard[-1]
