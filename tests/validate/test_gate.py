"""The gate asks every rule, finds any single thing that is moved or lost, and says so in lines people can act on."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gate_tables import Rows, changed, corpora, frames, two_articles, withheld
from parallaxe.core.errors import GateError, UsageError
from parallaxe.validate.failures import FAILURE_SCHEMA, SHOWN_ROWS
from parallaxe.validate.frames import polars_type
from parallaxe.validate.gate import Report, check, join_reports, narrowed
from parallaxe.validate.rules import RULES
from schema_tables import SCHEMAS, TABLES, rows_of

SPLITS = {"la-gare": "press", "le-port": "train"}
LISTS = {"blocks": "articles", "segments": "alignment"}


def report_on(rows: Rows, **options: Any) -> Report:
    """The whole gate, over the full profile unless told otherwise."""
    return check(frames(rows), SCHEMAS, **{"profile": "full", **options})


def restricted(rows: Rows) -> Rows:
    """The same with all texts withheld."""
    return withheld(changed(rows, lambda copy: [row.update(rights="restricted") for row in copy["articles"]]))


def broken_rules(report: Report) -> set[str]:
    """Ids of the rules that are broken."""
    return set(report.failures["rule"])


def test_two_consistent_articles_pass() -> None:
    """Nothing is wrong and every rule was asked."""
    report = report_on(two_articles(), splits=SPLITS)

    assert report.failures.equals(FAILURE_SCHEMA.to_frame())
    assert report.skipped == ()


def test_their_public_profile_passes() -> None:
    """Without the restricted text all else still holds."""
    assert report_on(withheld(two_articles()), profile="public", splits=SPLITS).failures.rows() == []


def test_the_full_profile_is_not_public() -> None:
    """What may stay on this machine is refused where it would leave it."""
    assert {"restricted-text-public"} == broken_rules(report_on(two_articles(), profile="public"))


@given(corpora)
@settings(deadline=None, max_examples=50)
def test_consistent_corpora_pass(rows: Rows) -> None:
    """No rule objects to what the normalizer makes, with its texts or without."""
    assert report_on(rows).failures.rows() == []
    assert report_on(restricted(rows), profile="public").failures.rows() == []


@given(corpora, st.booleans(), st.data())
@settings(deadline=None, max_examples=60)
def test_whatever_is_lost_is_missed(rows: Rows, is_withheld: bool, data: st.DataObject) -> None:
    """Take one sentence, block or segment away, and some rule says so.

    But for a last segment that was deleted from the raw file: its length is in no table.
    """
    rows = restricted(rows) if is_withheld else rows
    kind = data.draw(st.sampled_from(["sentences", *LISTS]))
    if kind == "sentences":
        rows[kind].pop(data.draw(st.integers(0, len(rows[kind]) - 1)))
    else:
        row = data.draw(st.sampled_from(rows[LISTS[kind]]))
        last = row[kind][-1]
        is_unseen = kind == "segments" and last["text_start"] == last["text_end"]
        row[kind].pop(data.draw(st.integers(0, max(len(row[kind]) - 1 - is_unseen, 0))))

    assert not report_on(rows, profile="public" if is_withheld else "full").ok


@given(corpora, st.sampled_from([-3, -1, 1, 2]), st.data())
@settings(deadline=None, max_examples=60)
def test_whatever_is_moved_is_noticed(rows: Rows, distance: int, data: st.DataObject) -> None:
    """Move one border of a sentence, a block or a segment, and some rule says so; again but for the raw file's end."""
    kind = data.draw(st.sampled_from(["sentences", *LISTS]))
    moved = rows[kind] if kind == "sentences" else data.draw(st.sampled_from(rows[LISTS[kind]]))[kind]
    item = data.draw(st.sampled_from(moved))
    borders = [name for name in item if name.endswith(("start", "end"))]
    border = data.draw(st.sampled_from(borders).filter(lambda name: name != "raw_end" or item is not moved[-1]))
    item[border] += distance

    assert not report_on(rows).ok


@given(corpora, st.data())
@settings(deadline=None, max_examples=30)
def test_chunks_and_whole_say_the_same(rows: Rows, data: st.DataObject) -> None:
    """Article by article, and then the whole once more, finds what one call finds; the numbers of rows too."""
    for name in ("sentences", "articles", "articles"):
        row = data.draw(st.sampled_from(rows[name]))
        row |= data.draw(st.sampled_from([{"text": "Ah"}, {}] + ([{"language": "br"}] if name == "articles" else [])))
    whole = frames(rows)
    ids = whole["articles"]["article_id"]
    reports, before = [], dict.fromkeys(whole, 0)
    for article_id in ids:
        chunk = {name: frame.filter(pl.col("article_id") == article_id) for name, frame in whole.items()}
        reports.append(check(chunk, SCHEMAS, profile="full", scope="article", rows_before=before))
        before = {name: before[name] + frame.height for name, frame in chunk.items()}
    reports.append(check(narrowed(whole, SCHEMAS), SCHEMAS, profile="full", scope="corpus"))
    joined, once = join_reports(reports), check(whole, SCHEMAS, profile="full")
    order = ["rule", "table", "row", "column", "start", "end"]

    assert joined.failures.sort(order).equals(once.failures.sort(order))
    assert set(joined.skipped) == set(once.skipped)


@given(st.fixed_dictionaries({table.name: rows_of(table) for table in TABLES}), st.booleans())
@settings(deadline=None, max_examples=25)
def test_whatever_stands_in_the_tables_the_gate_answers(rows: Rows, has_splits: bool) -> None:
    """Values that are allowed one by one but make no sense together are failures, never errors of the program."""
    report = report_on(rows, splits=SPLITS if has_splits else None, profile="public")

    assert report.failures.schema == FAILURE_SCHEMA


def test_tables_of_nothing_but_nulls_are_told_by_their_schemas() -> None:
    """The rules leave nulls to level 2, which counts each."""
    nulls = {
        table.name: pl.DataFrame(
            {column.name: pl.Series([None], dtype=polars_type(column)) for column in table.columns}
        )
        for table in TABLES
    }
    report = check(nulls, SCHEMAS, profile="public", splits={})

    assert {"column-null"} == set(report.failures.filter(pl.col("level") == 2)["rule"])


def test_every_rule_has_its_scope() -> None:
    """Rules between articles are not asked of a chunk, nor rules about one article of the whole."""
    given = frames(
        changed(two_articles(), lambda rows: rows["articles"][1].update(text_sha256="0" * 64, language="br"))
    )
    given["articles"] = pl.concat([given["articles"], given["articles"].tail(1)])
    article = broken_rules(check(given, SCHEMAS, profile="full", scope="article"))
    corpus = broken_rules(check(given, SCHEMAS, profile="full", scope="corpus"))

    assert {"text-hash", "non-french-text", "column-unique", "key-unique"} == article
    assert {"article-id-unique", "duplicate-text"} == corpus


def test_a_schema_is_checked_first() -> None:
    """A column of a wrong type is a failure of level 2, and the rules that read it are skipped aloud."""
    given = frames(two_articles())
    given["articles"] = given["articles"].with_columns(pl.col("language").cast(pl.Categorical))
    report = check(given, SCHEMAS, profile="full", splits=SPLITS)

    assert [("column-type", 2, "articles", "language")] == report.failures.select(
        "rule", "level", "table", "column"
    ).rows()
    assert ("non-french-text: column articles.language is of a wrong type",) == report.skipped


def test_a_table_that_nobody_knows_is_refused() -> None:
    """The message lists those there are."""
    with pytest.raises(UsageError, match="no table `pictures`; use one of `articles`"):
        check({"pictures": pl.DataFrame()}, SCHEMAS, profile="full")


def test_warnings_do_not_refuse() -> None:
    """A text in another language is told and kept."""
    report = report_on(changed(two_articles(), lambda rows: rows["articles"][1].update(language="br")), splits=SPLITS)

    assert report.ok
    assert report.errors.is_empty()
    assert {"non-french-text"} == set(report.warnings["rule"])
    assert ["warning: non-french-text: articles.language is not `fr`"] == [
        line.split(";")[0] for line in report.lines()
    ]
    assert report.lines()[0].endswith("(1: le-port row 1 `br`)")
    report.raise_for_errors("corpus")


def test_lines_say_rule_place_value_and_what_to_do() -> None:
    """One line for each finding, with the first three rows that show it, the shallowest level first."""

    def break_much(rows: Rows) -> None:
        for row in rows["sentences"][2:6]:
            row["text"] = "Non.\n\nNon."
        rows["articles"][0]["n_tokens"] = -1

    report = report_on(changed(two_articles(), break_much), splits=SPLITS)

    column, sentence = report.lines()

    assert column == (
        "column-range: articles.n_tokens is below 0; correct it, or schemas/tables/articles.yaml "
        "(1: la-gare row 0 `-1`)"
    )
    assert sentence == (
        "sentence-text: sentences.text is not what stands at its offsets; split the sentences again "
        "(4: la-gare row 2 [78, 116) `Non. Non.`, le-port row 3 [0, 24) `Non. Non.`, "
        "le-port row 4 [26, 59) `Non. Non.`, …)"
    )
    assert report.lines(limit=1) == (column, "… and 1 more")


def test_errors_are_raised_with_their_lines() -> None:
    """The error names the place and the rules, and carries a line for each."""
    report = report_on(changed(two_articles(), lambda rows: rows["articles"][1].update(text_sha256="0" * 64)))

    with pytest.raises(GateError, match=r"^corpus: 1 rule of the gate is broken \(text-hash\); mend what") as raised:
        report.raise_for_errors("corpus")
    assert report.lines() == raised.value.issues


def test_many_failures_are_counted_and_the_first_shown() -> None:
    """A report does not grow with the corpus; parts add up."""
    given = frames(two_articles())
    given["sentences"] = pl.concat([given["sentences"].head(1)] * 1000).with_columns(text=pl.lit("Non."))
    part = check(given, SCHEMAS, profile="full", scope="article")
    joined = join_reports([part, part])

    for report, count in ((part, 1000), (joined, 2000)):
        shown = report.failures.filter(pl.col("rule") == "sentence-text")
        assert [count] * SHOWN_ROWS == shown["count"].to_list()


def test_joining_nothing_is_a_pass() -> None:
    """No parts, no failures."""
    assert join_reports([]).ok


def test_the_corpus_scope_needs_no_texts() -> None:
    """What is kept of all articles at once is small; tables between articles stay whole."""
    given = frames(two_articles())
    kept = narrowed(given, SCHEMAS)

    assert {"articles", "parallels", "knowledge_base"} == set(kept)
    assert not {"text", "title", "segments"} & set(kept["articles"].columns)
    assert kept["parallels"].equals(given["parallels"])
    assert {rule.scope for rule in RULES} == {"article", "corpus", None}


def test_a_note_on_restricted_text_is_found_between_articles() -> None:
    """A parallel belongs to two articles, so its rights are looked at when all are known."""
    rows = changed(withheld(two_articles()), lambda copy: copy["parallels"][0].update(note="Le convoi"))
    kept = narrowed(frames(rows), SCHEMAS)
    report = check(kept, SCHEMAS, profile="public", splits=SPLITS, scope="corpus")
    blind = check({**kept, "parallels": kept["parallels"].drop("note")}, SCHEMAS, profile="public", scope="corpus")

    assert [("restricted-text-public", "parallels", "note")] == report.failures.select("rule", "table", "column").rows()
    assert "restricted-text-public: column parallels.note is not given" in blind.skipped


def test_a_chunk_without_articles_asks_no_rule_about_articles() -> None:
    """A table between articles may go by on its own: its schema is checked, and nothing counts as skipped."""
    parallels = frames(two_articles())["parallels"].with_columns(score=pl.lit(2.0, pl.Float32))
    report = check({"parallels": parallels}, SCHEMAS, profile="full", scope="article")

    assert {"column-range"} == broken_rules(report)
    assert report.skipped == ()
