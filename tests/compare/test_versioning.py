"""The version that a dataset must have follows from its rows, whatever order or split they are read in."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any, TypeAlias

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parallaxe.compare import versioning
from parallaxe.compare.versioning import (
    Bump,
    ColumnType,
    Implied,
    PartKey,
    PartRows,
    RowPrints,
    Version,
    implied_bump,
    parse_version,
)

Rows: TypeAlias = Sequence[Mapping[str, Any]]
Dataset: TypeAlias = Mapping[str, Rows]

TYPES = {"id": ColumnType("string"), "texte": ColumnType("string"), "type": ColumnType("int64", ("PER", "LOC"))}
A, B, C = ({"id": name, "texte": f"La ville de {name}", "type": 1} for name in ("Brest", "Nantes", "Rennes"))


def number(value: object) -> int:
    """A hash of 64 bits."""
    return int.from_bytes(sha256(repr(value).encode()).digest()[:8])


def part(
    rows: Rows, types: Mapping[str, ColumnType] = TYPES, key: tuple[str, ...] = ("id",), saved: str = ""
) -> PartRows:
    """A part with some rows; `saved` says how its bytes were written."""

    def prints(names: Iterable[str], columns: Iterable[str]) -> RowPrints:
        contents = [number([row[name] for name in columns]) for row in rows]
        keys = [number([row[name] for name in names]) for row in rows] if names else contents
        return RowPrints(np.array(keys, np.uint64), np.array(contents, np.uint64))

    digest = str(sorted(number(sorted(row.items())) for row in rows))
    return PartRows(types, key, digest, f"{digest}{saved}", len(rows), prints)


def dataset(parts: Dataset, types: Mapping[str, ColumnType] = TYPES) -> dict[PartKey, PartRows]:
    """A dataset of one config, `villes`, by split."""
    return {PartKey("villes", split): part(rows, types) for split, rows in parts.items()}


def told(implied: Implied) -> list[str]:
    """The reasons as people read them."""
    return [str(reason) for reason in implied.reasons]


@pytest.mark.parametrize(
    ("old", "new", "bump", "reasons"),
    [
        ({"train": [A, B]}, {"train": [B, A]}, Bump.NONE, []),
        ({"train": [A]}, {"train": [A, B]}, Bump.MINOR, ["villes/train: 1 row added"]),
        (
            {"train": [A]},
            {"train": [A], "test": [B, C]},
            Bump.MINOR,
            ["villes/test: split added", "villes/test: 2 rows added"],
        ),
        ({"train": [A, B]}, {"train": [A]}, Bump.MAJOR, ["villes/train: 1 row removed"]),
        ({"train": [A]}, {"train": [{**A, "type": 0}]}, Bump.MAJOR, ["villes/train: 1 row edited"]),
        (
            {"train": [A, B], "test": [C]},
            {"train": [A], "test": [B, C]},
            Bump.MAJOR,
            ["villes/test: 1 row moved (from train)"],
        ),
        (
            {"train": [A, B], "test": [C]},
            {"train": [A], "test": [C, {**B, "texte": "?"}]},
            Bump.MAJOR,
            ["villes/test: 1 row edited", "villes/test: 1 row moved (from train)"],
        ),
        (
            {"train": [A], "test": [B]},
            {"train": [A, B]},
            Bump.MAJOR,
            ["villes/test: split removed", "villes/train: 1 row moved (from test)"],
        ),
        ({"train": [A, A]}, {"train": [A]}, Bump.MAJOR, ["villes/train: 1 row removed"]),
        ({"train": [A]}, {"train": [A, A]}, Bump.MINOR, ["villes/train: 1 row added"]),
    ],
)
def test_rows_decide(old: Dataset, new: Dataset, bump: Bump, reasons: list[str]) -> None:
    """Only additions are a minor version; what is edited, withdrawn or in another split makes it a major one."""
    implied = implied_bump(dataset(old), dataset(new))

    assert (bump, reasons) == (implied.bump, told(implied))


@pytest.mark.parametrize(
    ("types", "bump", "reason"),
    [
        ({**TYPES, "pays": ColumnType("string")}, Bump.MINOR, "villes.pays: column added (string)"),
        ({name: TYPES[name] for name in ("id", "type")}, Bump.MAJOR, "villes.texte: column removed"),
        ({**TYPES, "type": ColumnType("string")}, Bump.MAJOR, "villes.type: column retyped (int64 → string)"),
        ({**TYPES, "type": ColumnType("int64")}, Bump.MAJOR, "villes.type: column retyped (int64 → int64)"),
        (
            {**TYPES, "type": ColumnType("int64", ("PER", "LOC", "ORG"))},
            Bump.MINOR,
            "villes.type: labels added (ORG)",
        ),
        (
            {**TYPES, "type": ColumnType("int64", ("PER", "GPE"))},
            Bump.MAJOR,
            "villes.type: labels changed (1 was LOC, is GPE)",
        ),
        (
            {**TYPES, "type": ColumnType("int64", ("LOC", "PER"))},
            Bump.MAJOR,
            "villes.type: labels changed (0 was PER, is LOC)",
        ),
        (
            {**TYPES, "type": ColumnType("int64", ("PER",))},
            Bump.MAJOR,
            "villes.type: labels changed (1 was LOC, is none)",
        ),
    ],
)
def test_columns_decide(types: Mapping[str, ColumnType], bump: Bump, reason: str) -> None:
    """A new column or label adds; rows are compared on the columns that both have, and are the same."""
    rows = [{**A, "pays": "France"}, {**B, "pays": "France"}]
    implied = implied_bump(dataset({"train": [A, B]}), dataset({"train": rows}, types))

    assert (bump, [reason]) == (implied.bump, told(implied))


def test_configs_decide() -> None:
    """A new config adds, one that is gone withdraws."""
    one, two = dataset({"train": [A]}), {PartKey("ports", "train"): part([A, B])}
    come, gone = implied_bump(one, one | two), implied_bump(one | two, one)

    assert (Bump.MINOR, ["ports: config added (2 rows)"]) == (come.bump, told(come))
    assert (Bump.MAJOR, ["ports: config removed (2 rows)"]) == (gone.bump, told(gone))


def test_other_bytes_are_a_patch() -> None:
    """The same rows in another serialisation change the version least, and are no change beside one of rows."""
    key = PartKey("villes", "train")
    rewritten, added = {key: part([A], saved="gzip")}, {key: part([A, B], saved="gzip")}
    implied = implied_bump({key: part([A])}, rewritten)

    assert (Bump.PATCH, ["villes: 1 file with the same rows in other bytes"]) == (implied.bump, told(implied))
    assert ["villes/train: 1 row added"] == told(implied_bump({key: part([A])}, added))


def test_without_a_key_no_row_is_edited() -> None:
    """Rows that nothing names come and go; they still may move."""
    old = {PartKey("villes", "train"): part([A, B], key=()), PartKey("villes", "test"): part([C], key=())}
    new = {
        PartKey("villes", "train"): part([{**A, "type": 0}], key=()),
        PartKey("villes", "test"): part([B, C], key=()),
    }
    expected = [
        "villes/train: 1 row removed",
        "villes/test: 1 row moved (from train)",
        "villes/train: 1 row added",
    ]

    assert expected == told(implied_bump(old, new))


places = st.dictionaries(
    st.integers(0, 12), st.tuples(st.sampled_from(["train", "test", "press"]), st.integers(0, 2)), min_size=1
)


def _laid_out(rows: Mapping[int, tuple[str, int]]) -> dict[PartKey, PartRows]:
    splits = {split for split, _ in rows.values()}
    return dataset(
        {
            split: [
                {"id": str(key), "texte": str(text), "type": 0} for key, (where, text) in rows.items() if where == split
            ]
            for split in splits
        }
    )


@settings(deadline=None)
@given(places, places)
def test_every_row_is_counted_once(old: dict[int, tuple[str, int]], new: dict[int, tuple[str, int]]) -> None:
    """Counts are those of a plain comparison by key; none is told where nothing changed."""
    implied = implied_bump(_laid_out(old), _laid_out(new))
    counted = {
        "rows removed": len(old.keys() - new.keys()),
        "rows added": len(new.keys() - old.keys()),
        "rows edited": sum(old[key][1] != new[key][1] for key in old.keys() & new.keys()),
        "rows moved": sum(old[key][0] != new[key][0] for key in old.keys() & new.keys()),
    }
    found = {kind: sum(reason.number for reason in implied.reasons if reason.kind == kind) for kind in counted}

    assert counted == found
    assert (old == new) == (implied.bump is Bump.NONE)


@settings(deadline=None)
@given(places, places)
def test_buckets_do_not_matter(old: dict[int, tuple[str, int]], new: dict[int, tuple[str, int]]) -> None:
    """Rows that are compared a few at a time give the same reasons."""
    expected = implied_bump(_laid_out(old), _laid_out(new))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(versioning, "_ROWS_AT_ONCE", 3)
        assert expected == implied_bump(_laid_out(old), _laid_out(new))


@settings(deadline=None)
@given(places, st.randoms())
def test_order_is_no_change(rows: dict[int, tuple[str, int]], chance: random.Random) -> None:
    """The same rows in another order ask for nothing."""
    shuffled = chance.sample(list(rows.items()), len(rows))

    assert Implied(Bump.NONE, ()) == implied_bump(_laid_out(rows), _laid_out(dict(shuffled)))


@settings(deadline=None)
@given(places, places)
def test_what_one_direction_adds_the_other_removes(
    old: dict[int, tuple[str, int]], new: dict[int, tuple[str, int]]
) -> None:
    """A minor version seen backwards is a major one: going back always breaks what was built on it."""
    if implied_bump(_laid_out(old), _laid_out(new)).bump is Bump.MINOR:
        assert Bump.MAJOR is implied_bump(_laid_out(new), _laid_out(old)).bump


@given(st.tuples(*[st.integers(0, 10**8)] * 3), st.sampled_from([Bump.PATCH, Bump.MINOR, Bump.MAJOR]))
def test_a_raised_version_is_above(numbers: tuple[int, int, int], bump: Bump) -> None:
    """Versions survive being written, and a raised one is greater; a larger bump gives a greater one."""
    version = Version(*numbers)

    assert version == parse_version(str(version))
    assert version < version.raised(bump)
    assert version.raised(Bump.PATCH) <= version.raised(bump)


@pytest.mark.parametrize(
    "text", ["", "1", "1.2", "1.2.3.4", "v1.2.3", "1.2.3-rc1", "01.2.3", "1.2.x", " 1.2.3", "１.2.3"]
)
def test_what_is_no_version(text: str) -> None:
    """Only three plain numbers are a version."""
    assert parse_version(text) is None
