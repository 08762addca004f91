"""Figures of the card are counts of the rows, press and synthetic texts apart."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from parallaxe.dataset.card_counts import count_rows
from parallaxe.dataset.card_figures import LONGEST, NOTHING, card_figures
from schema_tables import SCHEMAS

PRESS, SYNTHETIC = (SCHEMAS.labels["text_origins"].index(name) for name in ("press", "synthetic"))
OPEN, RESTRICTED = (SCHEMAS.labels["rights"].index(name) for name in ("open", "restricted"))
LABELS, TARGETS, POLARITIES = (SCHEMAS.labels[name] for name in ("entity_labels", "targets", "polarities"))


def article(
    name: str, origin: int = SYNTHETIC, outlet: str | None = "Le Port (fictif)", **more: Any
) -> tuple[Any, ...]:
    """What is counted of an article."""
    fields = {"rights": OPEN, "license": "CC0-1.0", "event": "depart", "group": name, "published": date(2031, 5, 4)}
    told = {**fields, **more}
    return (
        name,
        origin,
        told["rights"],
        told["license"],
        outlet,
        told["event"],
        told["group"],
        told["published"],
        3,
        40,
    )


MADE = ("gold", "lecteur-1", 0)
LINKS = {(0, "kerbrat"): 2, (0, "NIL:x"): 1, (2, "brest"): 1, (2, None): 4}
COUNTS = {
    ("articles", "train"): Counter([article("a"), article("b", group="a"), article("c", outlet="Le Quai | (fictif)")]),
    ("articles", "press"): Counter(
        [article("d", PRESS, None, rights=RESTRICTED, license=None, published=None, event=None)]
    ),
    ("entities", "train"): Counter({(*key, *MADE): n for key, n in LINKS.items()}),
    ("stances", "train"): Counter({("a", 0, 1, 0, *MADE): 2, ("b", 0, 1, 1, *MADE): 1}),
    ("stances", "press"): Counter({("d", 0, 1, 0, *MADE): 5}),
    ("annotations", "train"): Counter({(*MADE, 0): 1_234}),
}


def table(name: str) -> list[list[str]]:
    """The rows of a table of figures, as cells."""
    return [
        [cell.strip() for cell in line.replace("\\|", "¦").strip("|").split("|")]
        for line in card_figures(COUNTS, SCHEMAS)[name].split("\n")
        if line and not line.startswith("| ---")
    ]


def test_texts_stand_apart_by_origin_rights_and_licence() -> None:
    """A row for the press, a row for synthetic texts; what is not known is told as such."""
    assert [
        ["press", "restricted", "–", "not known", "1", "–", "–", "3", "40"],
        ["synthetic", "open", "CC0-1.0", "2031-05-04 to 2031-05-04", "3", "2", "1", "9", "120"],
    ] == table("texts")[1:]


def test_splits_tell_groups_and_links() -> None:
    """Near-duplicates count once; a mention outside the knowledge base is no link."""
    rows = {row[0]: row[1:] for row in table("splits")}

    assert ["train", "press"] == rows[""]
    assert ["2", "1"] == rows["groups of near-duplicates"]
    assert ["3", "–"] == rows["mentions of an entity of the knowledge base"]
    assert ["2", "–"] == rows["entities mentioned"]


def test_labels_are_counted_by_split() -> None:
    """Every label that occurs, by its name; what never does is left out."""
    rows = [row[1:] for row in table("labels") if row[0] == "`entities.label`"]

    assert [[f"`{LABELS.names[0]}`", "3", "–"], [f"`{LABELS.names[2]}`", "5", "–"]] == rows


def test_stances_of_press_and_synthetic_texts_are_not_added_up() -> None:
    """A table for each, targets by polarity."""
    numbers = [row[1:3] for row in table("stances")]
    names = [f"`{name}`" for name in POLARITIES.names[:2]]

    assert [names, ["5", "–"], names, ["2", "1"]] == numbers
    assert f"`{TARGETS.names[1]}`" == table("stances")[1][0]


def test_layers_outlets_and_events() -> None:
    """Who made how many claims; a bar in a name does not break the table; events by origin."""
    assert ["`gold`", "lecteur-1", SCHEMAS.labels["annotator_types"].names[0], "1,234", "–", "–"] == table("layers")[1]
    assert [
        ["Le Port (fictif)", "synthetic", "2", "6", "80"],
        ["Le Quai ¦ (fictif)", "synthetic", "1", "3", "40"],
    ] == table("outlets")[1:]
    assert ["`depart`", "–", "3"] == table("events")[1]


def test_where_layers_are_not_kept_rows_tell_who_made_them() -> None:
    """A folder that was annotated on its way has no config of claims, but its rows name the annotator."""
    counts = {key: counted for key, counted in COUNTS.items() if key[0] != "annotations"}
    rows = card_figures(counts, SCHEMAS)["layers"].split("\n")

    assert "| layer | annotator | which is a | `entities` | `stances` |" == rows[0]
    assert f"| `gold` | lecteur-1 | {SCHEMAS.labels['annotator_types'].names[0]} | 8 | 8 |" == rows[2]


def test_where_there_is_nothing_that_is_told() -> None:
    """No rows, no table."""
    assert {NOTHING} == set(card_figures({}, SCHEMAS).values())


def test_long_lists_are_told_by_their_number() -> None:
    """A folder of many outlets does not drown the card."""
    counts = {("articles", "train"): Counter(article(f"a{n}", outlet=f"Titre {n}") for n in range(LONGEST + 1))}

    assert f"{LONGEST + 1} different ones, too many to list." == card_figures(counts, SCHEMAS)["outlets"]


ROWS = st.lists(st.tuples(st.none() | st.sampled_from("abc"), st.integers(0, 2)), max_size=20)


@settings(deadline=None)
@given(ROWS, st.integers(1, 5))
def test_counting_does_not_depend_on_batches(rows: list[tuple[str | None, int]], size: int) -> None:
    """Rows counted in batches of any size are as often there as rows in a list, nulls too."""
    schema = pa.schema({"x": pa.string(), "y": pa.int64()})
    batches = [
        pa.RecordBatch.from_pylist([{"x": x, "y": y} for x, y in rows[start : start + size]], schema)
        for start in range(0, len(rows), size)
    ]

    assert Counter(rows) == count_rows(batches, ("x", "y"))
