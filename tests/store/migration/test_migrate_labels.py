"""Labels of a project under other names: everywhere at once, checked first, taken back byte by byte."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from parallaxe.compare.decisions import claim_line
from parallaxe.core.claims import Claim, Entity, Quote, Span, Stance
from parallaxe.core.errors import CombinedError, ProjectError, UsageError
from parallaxe.store.annotations import read_knowledge_base, read_layer, write_layer
from parallaxe.store.commands import normalize_file
from parallaxe.store.jsonl import write_rows
from parallaxe.store.machine.machine import machine_layer, machine_of
from parallaxe.store.migration.label_reports import LabelReport
from parallaxe.store.migration.labels import migrate_labels
from parallaxe.store.project import Project
from stopping import stopped_after
from synced_project import SyncedProject, name

ARTICLE = name(0)
KIM = {
    "kb_id": "kim", "type": "PER", "name": "Kim", "aliases": [], "description": "un homme", "wikidata": None,
    "relations": [{"relation": "represents", "kb_id": "etat"}], "actor": None, "first_seen": None,
}  # fmt: skip
STATE = {**KIM, "kb_id": "etat", "type": "LOC", "name": "Moscou", "relations": [], "actor": "russia"}
RENAME = '[[rename]]\nset = "entity_labels"\nold = "PER"\nnew = "PERSON"\n'
TARGET = '[[rename]]\nset = "targets"\nold = "russia"\nnew = "moscow"\n'
KNOWN = '[[rename]]\nset = "knowledge_base"\nold = "kim"\nnew = "kim-il"\n'
MERGE = '[[merge]]\nset = "entity_labels"\nold = ["LAW"]\ninto = "PRODUCT"\n'
SPLIT = '[[split]]\nset = "entity_labels"\nold = "EVENT"\n'
BY_WORDS = '[[split.rules]]\nlabel = "NORP"\nwords = "dossier"\n'


@pytest.fixture
def world(tmp_path: Path) -> SyncedProject:
    """Two articles with two layers each, decisions and a knowledge base."""
    world = SyncedProject.of(tmp_path, 2)
    write_rows(world.project.knowledge_base, [STATE, KIM])
    for number in range(2):
        layer = world.layer_of(name(number), "gold", claims())
        write_layer(world.project.layers, layer)
        line = {
            "key": "p~-", "kind": "entity", "differs": ["missing"], "a": claim_line(layer, claims()[0]), "b": None,
            "keep": "edit", "why": "nommé", "fields": {"label": "LAW"},
        }  # fmt: skip
        write_rows(world.root / "annotations" / "decisions" / f"{name(number)}.jsonl", [line])
    return world


def claims() -> list[Claim]:
    """A claim for each thing that a migration may change."""
    return [
        Entity("p", (Span(0, 2),), "PER", None, "kim"),
        Entity("l", (Span(3, 7),), "LAW"),
        Entity("m", (Span(8, 14),), "LOC", "ORG"),
        Entity("v", (Span(29, 36),), "EVENT"),
        Entity("w", (Span(15, 18),), "EVENT", None, "kim"),
        Quote("q", "indirect", (Span(26, 40),)),
        Stance("s", "attributed", "kim", "russia", "neutral", 0, (Span(26, 30),), "q"),
    ]


def write(world: SyncedProject, *parts: str, file: str = "people.toml") -> Path:
    """A file of a migration."""
    path = world.root.parent / file
    path.write_text("\n".join(parts), "utf-8")
    return path


def migrate(world: SyncedProject, *parts: str) -> LabelReport:
    """Apply a migration."""
    return migrate_labels(Project(world.root), write(world, *parts))


def gold(world: SyncedProject) -> dict[str, Claim]:
    """The claims of the gold layer by id."""
    return world.layer(ARTICLE, "gold")


def of(claim: Claim) -> str:
    """The label of a mention."""
    assert isinstance(claim, Entity)
    return claim.label


def test_a_rename_is_everywhere(world: SyncedProject) -> None:
    """In layers, decisions, the knowledge base and the labels; claims are otherwise what they were."""
    before = gold(world)
    report = migrate(world, RENAME, TARGET, KNOWN)
    after, known = gold(world), read_knowledge_base(world.project.knowledge_base)
    (decision,) = [json.loads(line) for line in _file(world, "decisions").read_text("utf-8").splitlines()]

    assert Entity("p", (Span(0, 2),), "PERSON", None, "kim-il") == after["p"]
    assert Stance("s", "attributed", "kim-il", "moscow", "neutral", 0, (Span(26, 30),), "q") == after["s"]
    assert (before["l"], before["q"]) == (after["l"], after["q"])
    assert ("PERSON", "moscow") == (known["kim-il"].type, known["etat"].actor)
    assert ("PERSON", "kim-il") == (decision["a"]["label"], decision["a"]["kb_id"])
    assert "PERSON" in Project(world.root).schemas.labels["entity_labels"].names
    assert {"PER", "russia", "kim"} == {change.old for change in report.changes}


def _file(world: SyncedProject, folder: str) -> Path:
    return world.root / "annotations" / folder / f"{ARTICLE}.jsonl"


def test_a_merge_takes_claims_over(world: SyncedProject) -> None:
    """Also what somebody wrote into a decision; the label stays at its position, out of use."""
    report = migrate(world, MERGE)
    (decision,) = [json.loads(line) for line in _file(world, "decisions").read_text("utf-8").splitlines()]

    assert ("PRODUCT", "PRODUCT") == (of(gold(world)["l"]), decision["fields"]["label"])
    assert ("LAW",) == report.retired


def test_a_split_follows_its_rules(world: SyncedProject) -> None:
    """The first rule that fits a claim decides: by its words, its link, or itself; else the default."""
    by_link = '[[split.rules]]\nlabel = "DATE"\nkb_id = "kim"\n'
    migrate(world, SPLIT + 'default = "EVENT"\n', BY_WORDS, by_link)

    assert ("NORP", "DATE") == (of(gold(world)["v"]), of(gold(world)["w"]))


def test_what_no_rule_settles_is_refused(world: SyncedProject) -> None:
    """Without a default each such claim is told, and nothing is written; named in a rule, it is settled."""
    before = world.snapshot()
    with pytest.raises(CombinedError, match="`w`: label EVENT, and no rule says") as raised:
        migrate(world, SPLIT, BY_WORDS)
    assert before == world.snapshot()
    assert {f"{name(number)}.jsonl" for number in range(2)} == {Path(one.where).name for one in raised.value.errors}

    by_hand = f'[[split.rules]]\nlabel = "EVENT"\nclaims = ["{name(0)}/w", "gold/{name(1)}/w", "{name(1)}/v"]\n'
    migrate(world, SPLIT, BY_WORDS, by_hand)
    assert ("NORP", "EVENT") == (of(gold(world)["v"]), of(gold(world)["w"]))


@pytest.mark.parametrize(
    "parts",
    [(RENAME,), (RENAME, TARGET, KNOWN), (MERGE,), (SPLIT + 'default = "EVENT"\n', BY_WORDS), (RENAME, MERGE)],
)
def test_it_goes_back_byte_by_byte(world: SyncedProject, parts: tuple[str, ...]) -> None:
    """Renamed, merged, split, and taken back: every file of the project is what it was."""
    before = world.snapshot()
    path = write(world, *parts)
    migrate_labels(Project(world.root), path)
    assert before != world.snapshot()
    report = migrate_labels(Project(world.root), path, reverse=True)

    assert ("reversed", 0) == (report.what, report.others)
    assert before == world.snapshot()


def test_what_was_made_since_stays(world: SyncedProject) -> None:
    """A merge is taken back for the claims that it took over, not for those made or changed after it."""
    migrate(world, MERGE)
    layer = read_layer(world.project.layers / "gold" / f"{ARTICLE}.jsonl").layer
    changed = [Entity("l", claim.fragments, "ORG") if claim.id == "l" else claim for claim in layer.claims]
    new = Entity("n", (Span(50, 54),), "PRODUCT")
    write_layer(world.project.layers, replace(layer, claims=(*changed, new)))
    report = migrate_labels(Project(world.root), write(world, MERGE), reverse=True)

    assert ("ORG", "PRODUCT") == (of(gold(world)["l"]), of(gold(world)["n"]))
    assert "LAW" == of(world.layer(name(1), "gold")["l"])
    assert 1 == report.others


def test_two_runs_are_one(world: SyncedProject) -> None:
    """The same file again has been applied already."""
    migrate(world, RENAME)
    before = world.snapshot()

    assert "there already" == migrate(world, RENAME).what
    assert before == world.snapshot()


def test_only_the_last_goes_back(world: SyncedProject) -> None:
    """One that others came after would take back names that mean something else by now."""
    first = write(world, RENAME, file="first.toml")
    migrate_labels(Project(world.root), first)
    second = write(world, TARGET, file="second.toml")
    migrate_labels(Project(world.root), second)
    with pytest.raises(UsageError, match="0002-second"):
        migrate_labels(Project(world.root), first, reverse=True)
    with pytest.raises(UsageError, match="not applied"):
        migrate_labels(Project(world.root), write(world, MERGE), reverse=True)


def test_a_dry_run_writes_nothing(world: SyncedProject) -> None:
    """It tells what would be done."""
    before = world.snapshot()
    told = migrate_labels(Project(world.root), write(world, RENAME), dry_run=True)

    assert before == world.snapshot()
    assert told == migrate(world, RENAME)


@pytest.mark.parametrize(
    ("part", "complaint"),
    [
        ('[[rename]]\nset = "rights"\nold = "open"\nnew = "libre"\n', "given by the program"),
        ('[[rename]]\nset = "entity_labels"\nold = "PER"\nnew = "ORG"\n', "label `ORG` comes twice"),
        ('[[rename]]\nset = "entity_labels"\nold = "PER"\nnew = "deux mots"\n', "one word"),
        ('[[rename]]\nset = "knowledge_base"\nold = "paul"\nnew = "kim-il"\n', "no row `paul`"),
        ('[[rename]]\nset = "knowledge_base"\nold = "kim"\nnew = "etat"\n', "is a row"),
        ("[[rename]\n", "not valid TOML"),
        (MERGE.replace("PRODUCT", "PER").replace("LAW", "LOC"), "claim-repeated"),
        ('[[merge]]\nset = "entity_labels"\nold = ["ORG"]\ninto = "LOC"\n', "metonymy-of-places"),
    ],
)
def test_what_would_be_wrong_is_refused(world: SyncedProject, part: str, complaint: str) -> None:
    """Names that are not there or taken, and layers that the gate would refuse; nothing is written."""
    if complaint == "claim-repeated":
        layer = read_layer(world.project.layers / "gold" / f"{ARTICLE}.jsonl").layer
        twin = Entity("t", (Span(8, 14),), "PER")
        write_layer(world.project.layers, replace(layer, claims=(*layer.claims, twin)))
    before = world.snapshot()
    with pytest.raises((ProjectError, CombinedError), match=complaint):
        migrate(world, part)

    assert before == world.snapshot()


def test_lines_that_do_not_change_keep_their_bytes(world: SyncedProject) -> None:
    """A file that a person has laid out otherwise changes where a label does, and nowhere else."""
    path = world.project.layers / "gold" / f"{ARTICLE}.jsonl"
    loose = path.read_text("utf-8").replace('"id": "q"', '"id":   "q"')
    path.write_text(loose, "utf-8")
    migrate(world, RENAME)

    assert loose.replace('"PER"', '"PERSON"') == path.read_text("utf-8")


@pytest.mark.parametrize("number", [0, 1, 3, 6])
def test_stopped_anywhere_the_next_run_completes_it(world: SyncedProject, number: int) -> None:
    """Some files have the new names and some the old ones; the same call again ends as one whole run does."""
    whole = SyncedProject(shutil.copytree(world.root, world.root.parent / "autre"))
    migrate(whole, RENAME, MERGE)
    with stopped_after(number):
        migrate(world, RENAME, MERGE)
    report = migrate(world, RENAME, MERGE)

    assert "there already" == report.what
    assert report.completed
    assert whole.snapshot() == world.snapshot()


RENAMES = (RENAME, TARGET, '[[rename]]\nset = "quotation_types"\nold = "direct"\nnew = "cited"\n')
RENAMED = {"PER": "PERSON", "russia": "moscow", "direct": "cited"}


def test_the_machine_proposes_what_a_migrated_layer_would_say(world: SyncedProject) -> None:
    """Its rules know labels by their first names: what it proposes after renames is what it proposed, renamed."""
    before = proposed(world)
    migrate(world, *RENAMES)

    assert {"PER", "russia", "direct"} <= {value for claim in before for value in claim}
    assert {tuple(RENAMED.get(value, value) for value in claim) for claim in before} == proposed(world)


def proposed(world: SyncedProject) -> set[tuple[str, ...]]:
    """What the machine of the project says of a text: what was decided, and the spans."""
    project = Project(world.root)
    text = "Kim salue Moscou. « La Russie a raison de tenir bon », a déclaré Kim. Moscou remercie Kim."
    (world.root.parent / "essai.txt").write_text(f"Le port\n\n{text}\n", "utf-8")
    layer, _ = machine_layer("essai", normalize_file(world.root.parent / "essai.txt"), machine_of(project))
    told = ("label", "kb_id", "type", "target", "polarity", "fragments")
    return {tuple(str(getattr(claim, field_, "")) for field_ in told) for claim in layer.claims}
