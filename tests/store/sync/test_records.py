"""Records, and what else a sync remembers: written and read back as they were, and strict about anything else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claim_strategies import layers
from parallaxe.core.claims import Claim, Layer
from parallaxe.core.errors import ProjectError, SurroundingsError, UsageError
from parallaxe.store.project import Project
from parallaxe.store.sync.annotators import read_annotators, with_users, write_annotators
from parallaxe.store.sync.cursor import Cursor, read_cursor, write_cursor
from parallaxe.store.sync.local import Here
from parallaxe.store.sync.lock import only_one
from parallaxe.store.sync.places import Places, check_pass_name
from parallaxe.store.sync.push_plan import plan_push
from parallaxe.store.sync.records import (
    STATES,
    Header,
    Record,
    Seen,
    parse_record,
    read_outline,
    read_record,
    record_lines,
    write_record,
)

HEADER = Header("main", "un", "0" * 64, 12, "2026-11-21T08:00:00.000001Z", "machine-abc", blind=False)


def seen_with(number: int, claims: tuple[Claim, ...] = (), state: str = "submitted") -> Seen:
    date = f"2026-11-21T08:00:{number:02}.000000Z"
    return Seen(number, date, 12, 3, "0" * 64, None, state, 12.5, (("span-in-text", "x"),), claims)


@given(claims=st.lists(layers(), max_size=3), state=st.sampled_from(STATES))
def test_records_are_read_as_they_were_written(claims: list[Layer], state: str) -> None:
    """Lines of a record give the record."""
    record = Record(HEADER)
    for number, layer in enumerate(claims):
        record = record.with_seen(seen_with(number, layer.claims, state))
    lines = [json.loads(json.dumps(line)) for line in record_lines(record)]

    read = parse_record(enumerate(lines, 1), "essai")

    assert record.header == read.header
    assert [set(one.claims) for one in record.annotations] == [set(one.claims) for one in read.annotations]
    assert [one._replace(claims=()) for one in record.annotations] == [
        one._replace(claims=()) for one in read.annotations
    ]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda lines: lines[0].pop("blind"),
        lambda lines: lines[0].update(task="12"),
        lambda lines: lines[1].update(state="lost"),
        lambda lines: lines[1].update(annotation=True),
        lambda lines: lines[1].update(words="des mots"),
        lambda lines: lines.insert(1, {"id": "a", "kind": "entity"}),
        lambda lines: lines.append({"id": "a", "kind": "entity", "fragment": [[0, 1]], "label": "PER"}),
    ],
)
def test_a_broken_record_is_an_error(spoil: Callable[[list[dict[str, Any]]], object]) -> None:
    """A key or value that is not known could hide a claim, so it is refused, with the line."""
    lines = list(record_lines(Record(HEADER).with_seen(seen_with(1))))
    spoil(lines)

    with pytest.raises(ProjectError, match="essai:"):
        parse_record(enumerate(lines, 1), "essai")


def test_records_stand_where_they_say(tmp_path: Path) -> None:
    """A record of another article or pass is not read; one that stands right also gives its outline."""
    right, wrong = tmp_path / "main" / "un.jsonl", tmp_path / "main" / "deux.jsonl"
    write_record(right, Record(HEADER).with_seen(seen_with(4)))
    write_record(wrong.with_name("autre.jsonl"), Record(HEADER._replace(article_id="autre")))
    wrong.with_name("autre.jsonl").rename(wrong)

    assert (HEADER, ((3, 4, "submitted"),), ()) == read_outline(right)
    for read in (read_record, read_outline):
        with pytest.raises(ProjectError, match="the header says"):
            read(wrong)


def test_an_article_cannot_take_the_name_of_a_file(tmp_path: Path) -> None:
    """Records stand beside the conflicts of their pass."""
    with pytest.raises(UsageError):
        Places(Project(tmp_path)).record("conflicts")
    with pytest.raises(UsageError):
        check_pass_name("../ailleurs")


def test_an_annotation_with_a_used_id_is_another() -> None:
    """The server gives ids again; dates tell."""
    record = Record(HEADER).with_seen(seen_with(1))

    assert record.of(1, "2026-11-22T08:00:00.000000Z") is None
    assert 2 == len(record.with_seen(seen_with(1)._replace(created_at="2026-11-22T08:00:00.000000Z")).annotations)


def test_one_sync_at_a_time(tmp_path: Path) -> None:
    """The second says in one line who is at work; after the first it may."""
    path = tmp_path / "lock"
    with only_one(path), pytest.raises(SurroundingsError, match="another sync is at work"), only_one(path, 0.2):
        pass
    with only_one(path):
        pass


def test_names_of_annotators_are_kept(tmp_path: Path) -> None:
    """A row that somebody renamed stays, a broken one is an error."""
    path = tmp_path / "annotators.jsonl"
    write_annotators(path, with_users({7: "marie"}, [7, 2]))

    assert {7: "marie", 2: "annotateur-1"} == read_annotators(path)
    path.write_text('{"user": 2, "annotator": "marie"}\n{"user": 3, "annotator": "marie"}\n')
    with pytest.raises(ProjectError, match="twice"):
        read_annotators(path)


def test_cursor_reads_a_little_twice_then_settles(tmp_path: Path) -> None:
    """What was dated before it was committed is read by the next sync; later ones ask for what is newer alone."""
    first = Cursor(3).after("2026-11-21T08:00:10.500000Z", 100.0)
    soon, late = first.after(None, 101.0), first.after(None, 106.0)

    assert None is Cursor(3).since
    assert "2026-11-21T08:00:05.500000Z" == first.since == soon.since
    assert "2026-11-21T08:00:10.500000Z" == late.since
    assert "2026-11-21T08:00:15.000000Z" == late.after("2026-11-21T08:00:20Z", 200.0).since
    recent = first.with_recent({"7": "2026-11-21T08:00:05.400000Z", "8": "2026-11-21T08:00:09.000000Z"})
    assert {"8": "2026-11-21T08:00:09.000000Z"} == recent.recent
    assert {} == recent.after(None, 106.0).recent
    write_cursor(tmp_path / "main.json", first)
    assert first == read_cursor(tmp_path / "main.json", 3)
    assert Cursor(4) == read_cursor(tmp_path / "main.json", 4)


@pytest.mark.parametrize(
    ("here", "header", "restore", "expected"),
    [
        (Here("un", "b", "m-1"), None, False, "new"),
        (Here("un", None, None), None, False, "withheld"),
        (Here("un", "a", "m-1"), HEADER._replace(text_sha256="a", proposals="m-1"), False, "current"),
        (Here("un", "a", "m-2"), HEADER._replace(text_sha256="a", proposals="m-1"), False, "proposals"),
        (Here("un", "a", "m-2"), HEADER._replace(text_sha256="a", proposals=None, blind=True), False, "current"),
        (Here("un", "a", None), HEADER._replace(text_sha256="a", proposals="m-1"), False, "current"),
        (Here("un", "b", "m-1"), HEADER._replace(text_sha256="a"), False, "changed"),
        (Here("un", "b", "m-1"), HEADER._replace(text_sha256="a", task=None), False, "orphaned"),
        (Here("un", "b", "m-1"), HEADER._replace(text_sha256="a", task=None), True, "new"),
        (Here("un", None, None), HEADER._replace(text_sha256="a"), False, "withheld"),
    ],
)
def test_plan(here: Here, header: Header | None, restore: bool, expected: str) -> None:
    """What becomes of an article follows from what is here and what its record says."""
    plan = plan_push([here], {"un": header} if header else {}, restore=restore)

    assert ("un",) == getattr(plan, expected)
    assert (expected in {"new", "changed", "proposals"}) is not plan.is_empty
