"""Every rule lets pass what it should and tells what it should not, with place and value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from gate_tables import Rows, changed, entity, frames, two_articles, withheld
from parallaxe.text.document import text_digest
from parallaxe.validate.failures import FAILURE_SCHEMA
from parallaxe.validate.rule import Rule
from parallaxe.validate.rules import RULES
from parallaxe.validate.tables import Profile, Tables
from schema_tables import SCHEMAS

BY_ID = {rule.id: rule for rule in RULES}
SPLITS = {"la-gare": "press", "le-port": "train"}


@dataclass(frozen=True)
class Example:
    """What is done to the two articles, and the failures that follow: table, article, row, column, offsets, value."""

    label: str
    change: Callable[[Rows], object]
    expected: tuple[tuple[Any, ...], ...] = ()
    profile: Profile = "full"
    splits: Mapping[str, str] | None = field(default_factory=lambda: SPLITS)


def put(table: str, row: int, **values: Any) -> Callable[[Rows], object]:
    """Set columns of one row."""
    return lambda rows: rows[table][row].update(values)


def put_in(table: str, row: int, column: str, item: int, **values: Any) -> Callable[[Rows], object]:
    """Set fields of one element of a list."""
    return lambda rows: rows[table][row][column][item].update(values)


def drop(table: str, row: int) -> Callable[[Rows], object]:
    """Take one row away."""
    return lambda rows: rows[table].pop(row)


def drop_in(table: str, row: int, column: str, item: int) -> Callable[[Rows], object]:
    """Take one element of a list away."""
    return lambda rows: rows[table][row][column].pop(item)


def both(*changes: Callable[[Rows], object]) -> Callable[[Rows], object]:
    """Several changes, one after the other."""
    return lambda rows: [change(rows) for change in changes]


def nothing(rows: Rows) -> None:
    """Leave the two articles as they are."""


def hide(rows: Rows) -> None:
    """Take the text of restricted articles away, as the public profile does."""
    public = withheld(rows)
    rows.clear()
    rows.update(public)


def write(text: str) -> Callable[[Rows], object]:
    """Another text for the second article."""
    return put("articles", 1, text=text, text_sha256=text_digest(text))


LONG_NAME = "Union des dockers du grand port"
PASSING: dict[str, list[Example]] = {
    "article-id-unique": [Example("ids differ", nothing)],
    "article-id-safe": [Example("underscore and digits", put("articles", 1, article_id="le_port-2"))],
    "text-hash": [Example("withheld", put("articles", 0, text=None, text_sha256="0" * 64))],
    "text-normalized": [
        Example("emoji and guillemets stay", write("« 👩\u200d🚀 »\n\nŒuvre")),
        Example("rare letters are clean", write("𝔘n œuf — “deux” …")),
    ],
    "block-order": [Example("withheld", put("articles", 0, text=None))],
    "block-inside-text": [Example("the last block ends with the text", nothing)],
    "sentence-inside-block": [Example("a sentence that leaves out the end of its block", put("sentences", 0, end=20))],
    "sentence-order": [Example("rows in any order", lambda rows: rows["sentences"].reverse())],
    "sentence-count": [Example("rows in any order", lambda rows: rows["sentences"].reverse())],
    "sentence-text": [Example("withheld", hide), Example("emoji before it", nothing)],
    "alignment-covers-text": [
        Example("withheld", put("articles", 0, text=None)),
        Example("the raw file is longer", put_in("alignment", 1, "segments", -1, raw_end=999)),
    ],
    "span-inside-text": [
        Example("a source that is understood", put_in("quotes", 0, "sources", 0, start=None, end=None)),
        Example("up to the last character", put_in("entities", 1, "fragments", 0, end=116)),
    ],
    "reference-exists": [
        Example("what is outside the knowledge base", put_in("quotes", 0, "sources", 0, kb_id="NIL:un-docker")),
        Example("the author holds it", put("stances", 0, holder="author")),
        Example("nested mentions", put("entities", 1, nested_in="e1")),
    ],
    "token-tags": [Example("a tag for each", nothing)],
    "parallel-order": [Example("a whole article", put("parallels", 0, fragments_a=[]))],
    "fictional-outlet": [Example("the press may be unknown", put("articles", 0, outlet=None))],
    "non-french-text": [Example("French", nothing)],
    "near-duplicate-group-exists": [Example("a group of two", put("articles", 1, near_duplicate_group="la-gare"))],
    "duplicate-text": [Example("texts differ", nothing)],
    "split-complete": [Example("each has one", nothing)],
    "no-empty-split": [Example("each split has one", nothing)],
    "split-leak": [
        Example(
            "a group in one split",
            put("articles", 1, near_duplicate_group="la-gare"),
            splits={"la-gare": "press", "le-port": "press"},
        )
    ],
    "restricted-text-public": [
        Example("withheld, with short names", hide, profile="public"),
        Example("the full profile shows all", nothing),
    ],
}

FAILING: dict[str, list[Example]] = {
    "article-id-unique": [
        Example(
            "the same id again",
            put("articles", 1, article_id="la-gare"),
            (("articles", "la-gare", 1, "article_id", None, None, "la-gare"),),
        )
    ],
    "article-id-safe": [
        Example(
            "a path",
            put("articles", 1, article_id="../le-port"),
            (("articles", "../le-port", 1, "article_id", None, None, "../le-port"),),
        ),
        Example(
            "a line end",
            put("articles", 1, article_id="le-port\n"),
            (("articles", "le-port\n", 1, "article_id", None, None, "le-port\n"),),
        ),
    ],
    "text-hash": [
        Example(
            "the hash of another text",
            put("articles", 1, text_sha256="0" * 64),
            (("articles", "le-port", 1, "text_sha256", None, None, "0" * 59 + "…"),),
        )
    ],
    "text-normalized": [
        Example(
            "a typographic apostrophe",
            write("Le quai\n\nL’aube"),
            (("articles", "le-port", 1, "text", 10, 11, "apostrophes: '’'"),),
        ),
        Example("not NFC", write("Pe\u0301kin"), (("articles", "le-port", 1, "text", 1, 3, "composition: 'e\u0301'"),)),
        Example(
            "a control", write("a\x07b"), (("articles", "le-port", 1, "text", 1, 2, r"invisible-characters: '\x07'"),)
        ),
        Example(
            "two blank lines", write("a\n\n\nb"), (("articles", "le-port", 1, "text", 1, 4, r"block-breaks: '\n\n\n'"),)
        ),
    ],
    "block-order": [
        Example(
            "no blocks",
            both(put("articles", 0, text=None), put("articles", 0, blocks=[])),
            (("articles", "la-gare", 0, "blocks", None, None, None),),
        ),
        Example(
            "a block is missing",
            drop_in("articles", 1, "blocks", 1),
            (("articles", "le-port", 1, "blocks", 26, 110, None),),
        ),
        Example(
            "two blocks are exchanged",
            lambda rows: rows["articles"][0]["blocks"].reverse(),
            (("articles", "la-gare", 0, "blocks", 0, 25, None),),
        ),
        Example(
            "a block ends early",
            put_in("articles", 0, "blocks", 0, end=24),
            (("articles", "la-gare", 0, "blocks", 0, 24, None), ("articles", "la-gare", 0, "blocks", 0, 25, None)),
        ),
        Example(
            "two blocks are one",
            put("articles", 0, blocks=[{"role": "paragraph", "start": 0, "end": 116}]),
            (
                ("articles", "la-gare", 0, "blocks", 0, 116, None),
                ("articles", "la-gare", 0, "blocks", 0, 25, None),
                ("articles", "la-gare", 0, "blocks", 27, 116, None),
            ),
        ),
        Example(
            "a gap where the text is withheld",
            both(put("articles", 0, text=None), put_in("articles", 0, "blocks", 1, start=28)),
            (("articles", "la-gare", 0, "blocks", 28, 116, None),),
        ),
    ],
    "block-inside-text": [
        Example(
            "a block leaves the text",
            put_in("articles", 0, "blocks", 1, end=117),
            (("articles", "la-gare", 0, "blocks", 27, 117, None),),
        ),
        Example(
            "an empty block",
            put_in("articles", 0, "blocks", 0, end=0),
            (("articles", "la-gare", 0, "blocks", 0, 0, None),),
        ),
    ],
    "sentence-inside-block": [
        Example(
            "a sentence crosses a blank line",
            put("sentences", 0, end=30),
            (("sentences", "la-gare", 0, "start", 0, 30, "0"),),
        ),
        Example(
            "the role of another block",
            put("sentences", 1, role="title"),
            (("sentences", "la-gare", 1, "role", 27, 77, "title"),),
        ),
        Example(
            "beyond the last block of its article, where another one begins",
            put("sentences", 2, start=150, end=160),
            (("sentences", "la-gare", 2, "start", 150, 160, "2"),),
        ),
    ],
    "sentence-order": [
        Example(
            "the first is missing", drop("sentences", 0), (("sentences", "la-gare", 0, "sentence_id", 27, 77, "1"),)
        ),
        Example(
            "the same number twice",
            put("sentences", 1, sentence_id=0),
            (
                ("sentences", "la-gare", 1, "sentence_id", 27, 77, "0"),
                ("sentences", "la-gare", 2, "sentence_id", 78, 116, "2"),
            ),
        ),
        Example("an overlap", put("sentences", 2, start=76), (("sentences", "la-gare", 2, "start", 76, 116, "2"),)),
        Example("an empty one", put("sentences", 2, start=116), (("sentences", "la-gare", 2, "start", 116, 116, "2"),)),
    ],
    "sentence-count": [
        Example(
            "one is missing",
            drop("sentences", 2),
            (("articles", "la-gare", 0, "n_sentences", None, None, "3, listed 2"),),
        ),
        Example(
            "all are missing",
            lambda rows: rows["sentences"].clear(),
            (
                ("articles", "la-gare", 0, "n_sentences", None, None, "3, listed 0"),
                ("articles", "le-port", 1, "n_sentences", None, None, "4, listed 0"),
            ),
        ),
    ],
    "sentence-text": [
        Example(
            "one character late",
            put("sentences", 0, start=1),
            (("sentences", "la-gare", 0, "text", 1, 25, "La gare sous surveillance"),),
        ),
        Example(
            "offsets that Python would count from the end",
            put("sentences", 2, start=-1, end=116, text="."),
            (("sentences", "la-gare", 2, "text", -1, 116, "."),),
        ),
        Example("null", put("sentences", 0, text=None), (("sentences", "la-gare", 0, "text", 0, 25, None),)),
        Example(
            "the article is withheld, one of its sentences is not",
            both(hide, put("sentences", 0, text="La gare")),
            (("sentences", "la-gare", 0, "text", 0, 25, "La gare"),),
        ),
    ],
    "alignment-covers-text": [
        Example("no row", drop("alignment", 1), (("alignment", "le-port", None, "article_id", None, None, None),)),
        Example(
            "no segments",
            put("alignment", 1, segments=[]),
            (("alignment", "le-port", 1, "segments", None, None, None),),
        ),
        Example(
            "it begins late",
            put_in("alignment", 1, "segments", 0, text_start=1, raw_start=1),
            (("alignment", "le-port", 1, "segments", 1, 125, "text [1, 125) from raw [1, 125)"),),
        ),
        Example(
            "it ends early",
            put("alignment", 1, segments=[{"text_start": 0, "text_end": 9, "raw_start": 0, "raw_end": 9}]),
            (("alignment", "le-port", 1, "segments", 0, 9, "text [0, 9) from raw [0, 9)"),),
        ),
        Example(
            "a gap in the raw file",
            put_in("alignment", 0, "segments", 1, raw_start=26),
            (("alignment", "la-gare", 0, "segments", 25, 26, "text [25, 26) from raw [26, 27)"),),
        ),
        Example(
            "backwards",
            put_in("alignment", 0, "segments", 1, text_end=24),
            (
                ("alignment", "la-gare", 0, "segments", 26, 27, "text [26, 27) from raw [27, 29)"),
                ("alignment", "la-gare", 0, "segments", 25, 24, "text [25, 24) from raw [25, 27)"),
            ),
        ),
        Example(
            "the text is withheld, its last block ends elsewhere",
            both(put("articles", 0, text=None), put_in("articles", 0, "blocks", -1, end=99)),
            (("alignment", "la-gare", 0, "segments", 27, 116, "text [27, 116) from raw [29, 118)"),),
        ),
    ],
    "span-inside-text": [
        Example(
            "a mention leaves the text",
            put_in("entities", 1, "fragments", 0, end=117),
            (("entities", "la-gare", 1, "fragments", 102, 117, None),),
        ),
        Example(
            "half a source",
            put_in("quotes", 0, "sources", 0, end=None),
            (("quotes", "le-port", 0, "sources", 95, None, None),),
        ),
        Example(
            "the text is withheld",
            both(hide, put_in("entities", 1, "fragments", 0, end=117)),
            (("entities", "la-gare", 1, "fragments", 102, 117, None),),
        ),
    ],
    "reference-exists": [
        Example(
            "an unknown article",
            put("sentences", 0, article_id="le-pont"),
            (("sentences", "le-pont", 0, "article_id", 0, 25, "le-pont"),),
        ),
        Example(
            "a mention of another article",
            put("entities", 2, nested_in="e2"),
            (("entities", "le-port", 2, "nested_in", 95, 109, "e2"),),
        ),
        Example(
            "a source that cites no mention",
            put_in("quotes", 0, "sources", 0, entity_id="e9"),
            (("quotes", "le-port", 0, "sources.entity_id", None, None, "e9"),),
        ),
        Example(
            "an entity outside the knowledge base",
            put("entities", 0, kb_id="kim"),
            (("entities", "la-gare", 0, "kb_id", 78, 92, "kim"),),
        ),
        Example(
            "a relation to nobody",
            lambda rows: rows["knowledge_base"].append(entity("kim", relation="kim-2")),
            (("knowledge_base", None, 2, "relations.kb_id", None, None, "kim-2"),),
        ),
        Example(
            "a parallel to nothing",
            put("parallels", 0, article_b="le-quai"),
            (("parallels", None, 0, "article_b", None, None, "le-quai"),),
        ),
    ],
    "token-tags": [
        Example(
            "a tag too few",
            put("ner", 0, ner_tags=["O"]),
            (("ner", "le-port", 0, "ner_tags", None, None, "1 tags, 2 tokens"),),
        )
    ],
    "parallel-order": [
        Example(
            "the other way round",
            put("parallels", 0, article_a="le-port", article_b="la-gare"),
            (("parallels", "le-port", 0, "article_b", None, None, "la-gare"),),
        ),
        Example(
            "a passage leaves its text",
            put_in("parallels", 0, "fragments_b", 0, end=126),
            (("parallels", "le-port", 0, "fragments_b", 26, 126, None),),
        ),
        Example(
            "an article beside itself",
            put("parallels", 0, article_b="la-gare"),
            (("parallels", "la-gare", 0, "article_b", None, None, "la-gare"),),
        ),
    ],
    "fictional-outlet": [
        Example(
            "a synthetic text in a real outlet",
            put("articles", 1, outlet="Le Courrier"),
            (("articles", "le-port", 1, "outlet", None, None, "Le Courrier"),),
        ),
        Example(
            "a synthetic text in none",
            put("articles", 1, outlet=None),
            (("articles", "le-port", 1, "outlet", None, None, None),),
        ),
        Example(
            "a press text in a fictional outlet",
            put("articles", 0, outlet="Le Quai (fictif)"),
            (("articles", "la-gare", 0, "outlet", None, None, "Le Quai (fictif)"),),
        ),
    ],
    "non-french-text": [
        Example(
            "Breton", put("articles", 1, language="br"), (("articles", "le-port", 1, "language", None, None, "br"),)
        )
    ],
    "near-duplicate-group-exists": [
        Example(
            "no such article",
            put("articles", 1, near_duplicate_group="le-pont"),
            (("articles", "le-port", 1, "near_duplicate_group", None, None, "le-pont"),),
        ),
        Example(
            "each is in the group of the other",
            both(
                put("articles", 0, near_duplicate_group="le-port"), put("articles", 1, near_duplicate_group="la-gare")
            ),
            (
                ("articles", "la-gare", 0, "near_duplicate_group", None, None, "le-port"),
                ("articles", "le-port", 1, "near_duplicate_group", None, None, "la-gare"),
            ),
        ),
        Example(
            "named after its second article",
            put("articles", 0, near_duplicate_group="le-port"),
            (("articles", "la-gare", 0, "near_duplicate_group", None, None, "le-port"),),
        ),
    ],
    "duplicate-text": [
        Example(
            "the same text again",
            lambda rows: rows["articles"][1].update(text_sha256=rows["articles"][0]["text_sha256"]),
            (("articles", "le-port", 1, "text_sha256", None, None, "la-gare"),),
        )
    ],
    "split-complete": [
        Example(
            "an article without split",
            nothing,
            (("articles", "le-port", 1, "article_id", None, None, None),),
            splits={"la-gare": "press"},
        )
    ],
    "no-empty-split": [
        Example(
            "a split of articles that are gone",
            nothing,
            (("articles", None, None, "article_id", None, None, "test"),),
            splits={**SPLITS, "le-pont": "test"},
        )
    ],
    "split-leak": [
        Example(
            "press and train",
            put("articles", 1, near_duplicate_group="la-gare"),
            (
                ("articles", "la-gare", 0, "near_duplicate_group", None, None, "la-gare in press"),
                ("articles", "le-port", 1, "near_duplicate_group", None, None, "la-gare in train"),
            ),
        )
    ],
    "restricted-text-public": [
        Example(
            "a sentence is left",
            both(hide, put("sentences", 1, text="Le convoi")),
            (("sentences", "la-gare", 1, "text", 27, 77, "9 characters"),),
            profile="public",
        ),
        Example(
            "the title is left",
            both(hide, put("articles", 0, title="La gare")),
            (("articles", "la-gare", 0, "title", None, None, "7 characters"),),
            profile="public",
        ),
        Example(
            "a name of six words",
            both(hide, put("entities", 1, text=LONG_NAME, label="ORG")),
            (("entities", "la-gare", 1, "text", 102, 113, "31 characters"),),
            profile="public",
        ),
        Example(
            "a mention that is no name",
            both(hide, put("entities", 1, text="demain", label="DATE")),
            (("entities", "la-gare", 1, "text", 102, 113, "6 characters"),),
            profile="public",
        ),
        Example(
            "a note on two articles, one of them restricted",
            both(hide, put("parallels", 0, note="Le convoi")),
            (("parallels", "la-gare", 0, "note", None, None, "9 characters"),),
            profile="public",
        ),
        Example(
            "a row of a table made of text",
            both(hide, put("ner", 0, article_id="la-gare")),
            (("ner", "la-gare", 0, "article_id", None, None, None),),
            profile="public",
        ),
    ],
}


def cases(examples: Mapping[str, list[Example]]) -> list[Any]:
    """An example for each case of pytest, named after rule and label."""
    return [
        pytest.param(BY_ID[name], example, id=f"{name}: {example.label}")
        for name, listed in examples.items()
        for example in listed
    ]


def tables(example: Example) -> Tables:
    """The two articles, changed."""
    rows = changed(two_articles(), example.change)
    return Tables(frames(rows), SCHEMAS, profile=example.profile, splits=example.splits)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_has_examples(rule: Rule) -> None:
    """A rule that nobody has shown to pass and to fail is no rule."""
    assert PASSING[rule.id]
    assert FAILING[rule.id]


def test_ids_are_unique_and_reasons_are_sentences() -> None:
    """A rule can be cited by its id, and its first line says why it is there."""
    assert len(RULES) == len(BY_ID)
    assert all(rule.reason.endswith(".") for rule in RULES)
    assert all(rule.level in range(1, 6) for rule in RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_two_consistent_articles_pass(rule: Rule) -> None:
    """Nothing is wrong with them, and nothing is left out."""
    verdict = rule.judge(tables(Example("", nothing)))

    assert [] == verdict.failures.rows()
    assert () == verdict.skipped


@pytest.mark.parametrize(("rule", "example"), cases(PASSING))
def test_what_is_right_passes(rule: Rule, example: Example) -> None:
    """Cases that look wrong but are not."""
    assert [] == rule.judge(tables(example)).failures.rows()


@pytest.mark.parametrize(("rule", "example"), cases(FAILING))
def test_what_is_wrong_is_told_with_its_place(rule: Rule, example: Example) -> None:
    """A failure names article, row, offsets and value, and nothing else is reported."""
    failures = rule.judge(tables(example)).failures
    told = failures.select("table", "article_id", "row", "column", "start", "end", "value")

    assert list(example.expected) == told.rows()
    assert failures.schema == FAILURE_SCHEMA
    assert {(rule.id, rule.level)} == set(failures.select("rule", "level").rows())
    assert all("; " in message and "\n" not in message for message in failures["message"])


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.reads], ids=lambda rule: rule.id)
def test_a_rule_without_its_tables_is_skipped_and_says_so(rule: Rule) -> None:
    """An absent table, an absent column or one of a wrong type is never a pass."""
    whole = frames(two_articles())
    table, columns = next(iter(rule.reads.items()))
    frame = whole[table]
    for spoilt, why in (
        ({name: other for name, other in whole.items() if name != table}, f"table {table} is not given"),
        ({**whole, table: frame.drop(columns[0])}, f"column {table}.{columns[0]} is not given"),
        ({**whole, table: frame.with_columns(**{columns[0]: True})}, f"column {table}.{columns[0]} is of a wrong type"),
    ):
        verdict = rule.judge(Tables(spoilt, SCHEMAS, splits=SPLITS))

        assert (f"{rule.id}: {why}",) == verdict.skipped
        assert verdict.failures.is_empty()


def test_without_splits_their_rules_are_skipped() -> None:
    """Splits are drawn late; until then nothing is said of them."""
    given = Tables(frames(two_articles()), SCHEMAS)
    skipped = [line for rule in RULES for line in rule.judge(given).skipped]

    assert ["split-complete", "no-empty-split", "split-leak"] == [line.partition(":")[0] for line in skipped]


def test_references_to_what_is_not_at_hand_are_reported_as_unchecked() -> None:
    """Without the knowledge base, and without its ids, links are not looked up."""
    given = frames(two_articles())
    del given["knowledge_base"]
    rule = BY_ID["reference-exists"]
    known = {"knowledge_base.kb_id": ["helene-vasseur", "jeanne-kerbrat"]}

    assert rule.judge(Tables(given, SCHEMAS)).skipped == (
        "reference-exists: entities.kb_id not looked up, table knowledge_base is not given",
        "reference-exists: quotes.sources.kb_id not looked up, table knowledge_base is not given",
        "reference-exists: stances.holder not looked up, table knowledge_base is not given",
    )
    assert rule.judge(Tables(given, SCHEMAS, known=known)).skipped == ()
    assert (
        rule.judge(Tables(given, SCHEMAS, known={"knowledge_base.kb_id": ["helene-vasseur"]}))
        .failures["value"]
        .to_list()
        == ["jeanne-kerbrat"] * 3
    )
