"""The gate in front of the dataset: every rule is asked, and what is wrong comes back as one report.

A corpus goes by in chunks of whole articles (`scope="article"`), and once more with few columns of all its articles
(`scope="corpus"`, of what `narrowed` keeps); `join_reports` makes one report of them. A small one is checked in one
call. Warnings are told; errors refuse.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from parallaxe.core.errors import GateError
from parallaxe.core.schema import Schemas
from parallaxe.validate.failures import FINDING, join_failures
from parallaxe.validate.frames import LEVEL, check_frame
from parallaxe.validate.register import SEVERITIES_BY_DEFAULT
from parallaxe.validate.rule import Rule
from parallaxe.validate.rules import RULES
from parallaxe.validate.severity import Severities, Severity
from parallaxe.validate.survey import SURVEY
from parallaxe.validate.tables import Profile, Scope, Tables

SHOWN_LINES = 10
SHOWN_EXAMPLES = 3


@dataclass(frozen=True, eq=False)
class Report:
    """What the gate found (`failures.FAILURE_SCHEMA`), and which rules it could not ask, each with the reason.

    `severities` are those that a project has chosen; rules that they do not name have their own.
    """

    failures: pl.DataFrame
    skipped: tuple[str, ...] = ()
    severities: Severities = field(default_factory=dict)

    def severity(self, rule: str) -> Severity:
        """How much a rule matters here."""
        return self.severities.get(rule) or SEVERITIES_BY_DEFAULT.get(rule, "error")

    def judged(self, severities: Severities) -> Report:
        """The same by the severities of a project: what it has turned off is left out."""
        off = [rule for rule, severity in severities.items() if severity == "off"]
        kept = tuple(line for line in self.skipped if line.partition(":")[0] not in off)
        return Report(self.failures.filter(~pl.col("rule").is_in(off)), kept, severities)

    @property
    def errors(self) -> pl.DataFrame:
        """Failures for which the dataset is refused."""
        return self._of("error")

    @property
    def warnings(self) -> pl.DataFrame:
        """Failures that people should know of."""
        return self._of("warning")

    def _of(self, severity: Severity) -> pl.DataFrame:
        rules = [rule for rule in self.failures["rule"].unique() if self.severity(rule) == severity]
        return self.failures.filter(pl.col("rule").is_in(rules))

    @property
    def ok(self) -> bool:
        """True where no rule is broken but such as only warn; skipped rules do not count."""
        return self.errors.is_empty()

    def lines(self, limit: int = SHOWN_LINES) -> tuple[str, ...]:
        """A line for each finding: rule, how often, where, what to do, the first examples; errors first, by level.

        At most `limit` findings are told, a last line then says how many more there are.
        """
        return _lines(self.errors, "", limit) + _lines(self.warnings, "warning: ", limit)

    def raise_for_errors(self, where: str) -> None:
        """Let pass what may be published.

        Args:
            where: the dataset or the folder that was checked.

        Raises:
            GateError: if there are errors, with the lines that tell them.
        """
        errors = self.errors
        if errors.is_empty():
            return
        names = errors["rule"].unique(maintain_order=True).to_list()
        what = f"{len(names)} {'rule of the gate is' if len(names) == 1 else 'rules of the gate are'} broken"
        raise GateError(
            where, f"{what} ({', '.join(names)})", "mend what the lines name", _lines(errors, "", SHOWN_LINES)
        )


def check(  # noqa: PLR0913 -- all but the first two are by name, and most calls need one
    tables: Mapping[str, pl.DataFrame],
    schemas: Schemas,
    *,
    profile: Profile,
    splits: Mapping[str, str] | None = None,
    known: Mapping[str, Collection[str]] | None = None,
    scope: Scope | None = None,
    rows_before: Mapping[str, int] | None = None,
) -> Report:
    """What is wrong with the tables of a dataset.

    Args:
        tables: frames by the name of their table; labels as ids. Articles come with all their rows.
        schemas: what the tables must look like.
        profile: "public", which holds no restricted text, or "full".
        splits: the split of each article; without it, rules about splits are skipped.
        known: ids of rows outside the frames, by `table.column` (`articles.article_id`, `knowledge_base.kb_id`).
        scope: "article" for a chunk of articles, "corpus" for what holds between all of them; None for both, where the
            tables are whole. The schemas are checked in all scopes but "corpus", whose frames may lack columns.
        rows_before: rows of each table that went by in earlier chunks, so that `row` counts in the whole.

    Raises:
        UsageError: if a table is none of the schemas.
    """
    examined = Tables(tables, schemas, profile, scope, splits, known or {})
    failures = [] if scope == "corpus" else [check_frame(schemas.table(name), frame) for name, frame in tables.items()]
    verdicts = [rule.judge(examined) for rule in _asked(examined)]
    failures += [verdict.failures for verdict in verdicts]
    skipped = tuple(line for verdict in verdicts for line in verdict.skipped)
    return Report(_moved(join_failures(failures), rows_before or {}), skipped)


def survey(
    tables: Mapping[str, pl.DataFrame],
    schemas: Schemas,
    *,
    profile: Profile,
    splits: Mapping[str, str] | None = None,
) -> Report:
    """What is to be said of a whole corpus beside `check`: leakage measured on texts, balance of labels, drift."""
    examined = Tables(tables, schemas, profile, None, splits)
    verdicts = [rule.judge(examined) for rule in SURVEY]
    skipped = tuple(line for verdict in verdicts for line in verdict.skipped)
    return Report(join_failures([verdict.failures for verdict in verdicts]), skipped)


def _asked(tables: Tables) -> Iterator[Rule]:
    """The rules of the scope; none where a chunk holds no table of single articles."""
    if tables.scope == "article" and not any(tables.examined()):
        return
    for rule in RULES:
        if tables.scope is None or rule.scope in (None, tables.scope):
            yield rule


def narrowed(tables: Mapping[str, pl.DataFrame], schemas: Schemas) -> dict[str, pl.DataFrame]:
    """What to keep of a chunk for the scope "corpus": tables between articles whole, few columns of the others."""
    columns = columns_read("corpus")
    between = {name for name in tables if "article_id" not in schemas.table(name).key}
    return {
        name: frame if name in between else frame.select(columns[name])
        for name, frame in tables.items()
        if name in between or name in columns
    }


def columns_read(scope: Scope) -> dict[str, tuple[str, ...]]:
    """The columns of each table that the rules of a scope name; `narrowed` keeps them.

    Tables between articles are read whole beside: some rules take from the schemas which columns to look at.
    """
    read: dict[str, dict[str, None]] = {}
    for rule in RULES:
        if rule.scope in (None, scope):
            for table, columns in rule.reads.items():
                read.setdefault(table, {}).update(dict.fromkeys(columns))
    return {table: tuple(columns) for table, columns in read.items()}


def join_reports(reports: Iterable[Report]) -> Report:
    """The reports on the parts of a corpus as one on the whole."""
    kept = list(reports)
    skipped = dict.fromkeys(line for report in kept for line in report.skipped)
    return Report(join_failures([report.failures for report in kept]), tuple(skipped))


def _moved(failures: pl.DataFrame, rows_before: Mapping[str, int]) -> pl.DataFrame:
    if not rows_before:
        return failures
    before = pl.col("table").replace_strict(rows_before, default=0, return_dtype=pl.Int64)
    return failures.with_columns(row=pl.col("row") + before)


def _lines(failures: pl.DataFrame, prefix: str, limit: int) -> tuple[str, ...]:
    findings = [
        group for _, group in failures.sort("level", maintain_order=True).group_by(FINDING, maintain_order=True)
    ]
    lines = [prefix + _line(finding) for finding in findings[:limit]]
    if len(findings) > limit:
        lines.append(f"{prefix}… and {len(findings) - limit} more")
    return tuple(lines)


def _line(finding: pl.DataFrame) -> str:
    first = finding.row(0, named=True)
    if first["file"] is not None and first["column"] is None:
        return _file_line(first)
    column = f"{first['table']}.{first['column']}" if first["column"] else first["table"]
    remedy = f"; correct it, or schemas/tables/{first['table']}.yaml" if first["level"] == LEVEL else ""
    told = f"{first['rule']}: {column} {first['message']}{remedy}"
    examples = list(_examples(finding, first["count"]))
    return f"{told} ({first['count']}: {', '.join(examples)})" if examples else told


def _file_line(first: Mapping[str, Any]) -> str:
    """What is wrong in a file: the first place, and how many more there are."""
    place = first["file"] if first["line"] is None else f"{first['file']}:{first['line']}"
    more = f" (and {first['count'] - 1} more)" if first["count"] > 1 else ""
    return f"{first['rule']}: {place}: {first['message']}{more}"


def _examples(finding: pl.DataFrame, count: int) -> Iterator[str]:
    for failure in finding.head(SHOWN_EXAMPLES).iter_rows(named=True):
        if example := _example(failure):
            yield example
    if count > SHOWN_EXAMPLES:
        yield "…"


def _example(failure: Mapping[str, Any]) -> str:
    """Article, row, offsets and value of a failure, as far as it has them."""
    parts = [failure["article_id"] or ""]
    if failure["row"] is not None:
        parts.append(f"row {failure['row']}")
    if failure["start"] is not None:
        parts.append(f"[{failure['start']}, {failure['end']})")
    if failure["value"] is not None:
        parts.append(f"`{_on_one_line(failure['value'])}`")
    return " ".join(part for part in parts if part)


def _on_one_line(value: str) -> str:
    return " ".join(value.split())
