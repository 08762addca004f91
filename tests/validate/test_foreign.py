"""Datasets that were not built here: how their spans and labels are found, and what is told of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parallaxe.validate.foreign import Features, Foreign, ForeignSplit
from parallaxe.validate.foreign_rules import FOREIGN_RULES, read_as

SENTENCE = "« Été », dit Jeanne Kerbrat à la tribune 🥳 du port."


def split_of(
    rows: Sequence[Mapping[str, Any]], config: str = "default", split: str = "train", features: Features | None = None
) -> ForeignSplit:
    """A split as reading its one file gives it."""
    frame = pl.DataFrame(list(rows), infer_schema_length=None)
    placed = {"#file": pl.lit(f"{split}.jsonl"), "#row": pl.int_range(pl.len(), dtype=pl.Int64)}
    return ForeignSplit(config, split, frame.with_columns(**placed), features)


def told(*splits: ForeignSplit) -> dict[str, list[str]]:
    """The messages of each rule that some splits break, without what to do."""
    dataset = Foreign(splits)
    failures = pl.concat([rule.judge(dataset, "files").failures for rule in FOREIGN_RULES])
    found: dict[str, list[str]] = {}
    for rule, message in failures.select("rule", "message").unique(maintain_order=True).rows():
        found.setdefault(rule, []).append(message.rpartition("; ")[0])
    return found


def shapes(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The same spans as people store them: in rows, structs, lists side by side, pairs; and joined by an id."""
    words = [text[start:end] for start, end in spans]
    yield "rows", [{"text": text, "start": start, "end": end} for start, end in spans]
    yield (
        "rows with words",
        [
            {"sentence": text, "begin": start, "end": end, "mention": word}
            for (start, end), word in zip(spans, words, strict=True)
        ],
    )
    yield "structs", [{"text": text, "entities": [{"start": start, "end": end} for start, end in spans]}]
    yield "lists", [{"context": text, "answers": {"answer_start": [start for start, _ in spans], "text": words}}]
    yield "pairs", [{"document": text, "spans": [list(span) for span in spans]}]
    yield (
        "structs with pairs",
        [
            {
                "text": text,
                "mentions": [{"id": str(number), "offsets": [list(span)]} for number, span in enumerate(spans)],
            }
        ],
    )


spans_in_text = st.lists(
    st.tuples(st.integers(0, len(SENTENCE) - 8), st.integers(1, 8)).map(lambda pair: (pair[0], sum(pair))),
    min_size=1,
    max_size=5,
)


@given(spans_in_text)
@settings(deadline=None)
def test_spans_that_lie_in_their_text_pass(spans: list[tuple[int, int]]) -> None:
    """However they are stored, in code points, with characters beyond the BMP."""
    for name, rows in shapes(SENTENCE, spans):
        assert {} == told(split_of(rows)), name


@given(spans_in_text)
@settings(deadline=None)
def test_a_span_that_leaves_its_text_is_found(spans: list[tuple[int, int]]) -> None:
    """One among others that fit, however they are stored."""
    good = [*spans, *spans]
    for name, rows in shapes(SENTENCE, [*good, (0, len(SENTENCE) + 1)]):
        if name == "lists":  # these tell no end, but the words are then others than those at the offset
            continue

        assert ["offsets-in-text"] == list(told(split_of(rows))), name


@pytest.mark.parametrize(
    ("unit", "cut"),
    [
        ("they count bytes of UTF-8", lambda text, place: len(text[:place].encode())),
        ("they count UTF-16 units", lambda text, place: len(text[:place].encode("utf-16-le")) // 2),
        ("they count from 1", lambda _, place: place + 1),
    ],
)
def test_another_unit_is_named(unit: str, cut: Any) -> None:
    """Offsets that are right in another way of counting are told so, where the words beside them show it."""
    text = f"🥳🥳 {SENTENCE} {SENTENCE}"
    words = ("Jeanne", "Kerbrat", "tribune", "port")
    spans = [(text.index(word), text.index(word) + len(word), word) for word in words]
    entities = [{"start": cut(text, start), "end": cut(text, end), "text": word} for start, end, word in spans]

    [message] = told(split_of([{"text": text, "entities": entities}]))["offsets-match-words"]
    assert f"({unit})" in message


def test_spans_find_their_text_by_an_id() -> None:
    """In a config of its own, whose texts are named once; the surface beside a span is not taken for its text."""
    articles = split_of([{"article_id": "un", "text": SENTENCE}, {"article_id": "deux", "text": "Rien."}], "articles")
    mentions = [{"article_id": "un", "start": 13, "end": 19, "text": "Jeanne"}]
    dataset = Foreign((articles, split_of(mentions, "mentions")))

    assert ["mentions/train: start in articles.text by article_id"] == [read_as(spans) for spans in dataset.spans]
    assert {} == told(*dataset.splits)
    assert ["offsets-match-words"] == list(told(articles, split_of([mentions[0] | {"start": 14, "end": 20}], "m")))
    assert ["text-of-span-known"] == list(
        told(articles, split_of([mentions[0], mentions[0] | {"article_id": "trois"}], "m"))
    )


def test_what_stands_in_a_list_beside_a_text_is_about_it() -> None:
    """Even where nothing fits; a row of its own may be about a text that is elsewhere."""
    wrong = [{"start": 700, "end": 709}]

    assert ["offsets-in-text"] == list(told(split_of([{"text": SENTENCE, "entities": wrong}])))
    assert {} == told(split_of([{"text": SENTENCE, **wrong[0]}]))


def test_spans_without_a_text_are_told_as_unasked() -> None:
    """Nothing to hold them against is no pass."""
    dataset = Foreign((split_of([{"start": 3, "end": 9}]),))
    skipped = [line for rule in FOREIGN_RULES for line in rule.judge(dataset, "files").skipped]

    assert ["offsets-in-text: default/train: no text found for start, neither in its row nor by an id"] == skipped


NAMES = {"names": ["calme", "vif"], "_type": "ClassLabel"}


@pytest.mark.parametrize(
    ("column", "feature", "good", "bad"),
    [
        ("ton", NAMES, 1, 2),
        ("ton", NAMES, 0, -1),
        ("ton", NAMES, "vif", "gai"),
        ("tons", {"feature": NAMES, "_type": "List"}, [0, 1], [0, 7]),
        ("mots", {"feature": {"ton": NAMES}, "_type": "List"}, [{"ton": 1}], [{"ton": 2}]),
        ("mots", [{"ton": NAMES}], [{"ton": 1}], [{"ton": 2}]),
        ("mots", {"feature": {"ton": NAMES}, "_type": "Sequence"}, {"ton": [1, 0]}, {"ton": [1, 2]}),
    ],
)
def test_ids_of_class_labels_are_looked_at_however_deep(column: str, feature: Any, good: Any, bad: Any) -> None:
    """In rows, lists, structs and lists of either; null is no label."""
    features = {column: feature, "n": {"dtype": "int64", "_type": "Value"}}
    right = split_of([{column: good, "n": 1}, {column: None, "n": 2}], features=features)
    wrong = split_of([{column: good, "n": 1}, {column: bad, "n": 2}], features=features)

    assert {} == told(right)
    assert ["class-label-known"] == list(told(wrong))


def test_hidden_labels_of_a_test_set_pass() -> None:
    """-1 in every row is how a test set hides its labels."""
    features = {"ton": NAMES}

    assert {} == told(split_of([{"ton": -1}, {"ton": -1}], features=features))


def test_the_same_text_in_two_splits_is_told_once_for_each() -> None:
    """With the split it stands in as well, and only in the same config."""
    train = split_of([{"text": SENTENCE}, {"text": "Rien de neuf."}])
    test = split_of([{"text": f" {SENTENCE}"}, {"text": SENTENCE}], split="test")
    other = split_of([{"text": SENTENCE}], config="autre")

    assert ["stands in default/train too"] == told(train, test)["text-in-one-split"]
    assert {} == told(train, other)
