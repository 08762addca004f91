"""A rule is a named function from what it is asked of to failures; a decorator gives it its id, level and severity.

The id is the name of the function and the reason the first line of its docstring, so that what a report says, what the
docs say and what is run cannot drift apart. Rules of tables (`rule`) say which columns they read, and are skipped aloud
where those are absent; any other (`question`) is asked of one value that the caller has made.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

import polars as pl

from parallaxe.validate.documentation import Described
from parallaxe.validate.failures import Complaint, complained, no_failures
from parallaxe.validate.severity import Severity
from parallaxe.validate.tables import Scope, Tables

Asked = TypeVar("Asked")


class Unchecked(NamedTuple):
    """Something a rule could not look at, and why; it is reported, because silence would read as a pass."""

    why: str


Find: TypeAlias = Callable[[Tables], Iterable[pl.DataFrame | Unchecked]]
"""The one extension point of the gate: findings as `failures.offenders` makes them, an empty one where all is well.

Linear in the rows, by expressions over whole columns.
"""


class Verdict(NamedTuple):
    """What a rule found, and what it could not look at."""

    failures: pl.DataFrame
    skipped: tuple[str, ...]


@dataclass(frozen=True)
class Rule:
    """`reads` names the columns of each table without which the rule cannot be asked; scope None is both scopes."""

    id: str
    level: int
    reason: str
    documentation: str
    reads: Mapping[str, tuple[str, ...]]
    scope: Scope | None
    severity: Severity
    find: Find

    @property
    def described(self) -> Described:
        """The rule as people meet it."""
        return Described(self.id, self.level, "tables", self.severity, self.documentation)

    def judge(self, tables: Tables) -> Verdict:
        """What is wrong with the tables; where one is absent that the rule reads, that it was skipped, and why."""
        lacks = [lack for name, columns in self.reads.items() if (lack := tables.lack(name, columns))]
        if lacks:
            return Verdict(no_failures(), (f"{self.id}: {lacks[0]}",))
        try:
            found = list(self.find(tables))
        except pl.exceptions.PolarsError as error:
            return Verdict(no_failures(), (f"{self.id}: {unaskable(error)}",))
        frames = [item for item in found if isinstance(item, pl.DataFrame)]
        skipped = tuple(f"{self.id}: {item.why}" for item in found if isinstance(item, Unchecked))
        identity = {"rule": pl.lit(self.id), "level": pl.lit(self.level, pl.Int64)}
        return Verdict(pl.concat([no_failures(), *frames]).with_columns(**identity), skipped)


def unaskable(error: pl.exceptions.PolarsError) -> str:
    """Why a rule could not be asked of columns that have other types than it counts on; the schema tells which."""
    return f"a column is of a wrong type ({' '.join(str(error).split())[:120]})"


def rule(
    *,
    level: int,
    tables: Mapping[str, str] | None = None,
    scope: Scope | None = "article",
    severity: Severity = "error",
) -> Callable[[Find], Rule]:
    """Make a rule of a function.

    Args:
        level: 1 files and encoding, 2 table schema, 3 spans and references, 4 annotation scheme, 5 corpus.
        tables: columns that it reads, parted by blanks, by table.
        scope: "article" where the rows of one article are enough, "corpus" where all articles are needed at once,
            None where it depends on the table (`Tables.examined`).
        severity: whether a dataset that breaks it is refused.
    """

    def made(find: Find) -> Rule:
        documentation = inspect.getdoc(find) or ""
        return Rule(
            id=rule_id(find),
            level=level,
            reason=documentation.partition("\n")[0],
            documentation=documentation,
            reads={name: tuple(columns.split()) for name, columns in (tables or {}).items()},
            scope=scope,
            severity=severity,
            find=find,
        )

    return made


def rule_id(find: Callable[..., Any]) -> str:
    """The name of a function as the id of a rule."""
    return find.__name__.replace("_", "-")


@dataclass(frozen=True)
class Question(Generic[Asked]):
    """A rule that is asked of one value; what it yields are complaints, or failures where rows are looked at whole."""

    described: Described
    find: Callable[[Asked], Iterable[Complaint | pl.DataFrame | Unchecked]]

    @property
    def id(self) -> str:
        """The id in kebab case."""
        return self.described.id

    def judge(self, subject: Asked, table: str) -> Verdict:
        """What is wrong with the subject; complaints are told as of `table`, a word for what was looked at."""
        try:
            found = list(self.find(subject))
        except pl.exceptions.PolarsError as error:
            found = [Unchecked(unaskable(error))]
        complaints = [item for item in found if isinstance(item, Complaint)]
        frames = [item for item in found if isinstance(item, pl.DataFrame)]
        skipped = tuple(f"{self.id}: {item.why}" for item in found if isinstance(item, Unchecked))
        level = self.described.level
        identity = {"rule": pl.lit(self.id), "level": pl.lit(level, pl.Int64)}
        told = pl.concat([no_failures(), *frames]).with_columns(**identity)
        return Verdict(pl.concat([complained(self.id, level, table, complaints), told]), skipped)


def question(
    *, level: int, about: str, severity: Severity = "error"
) -> Callable[[Callable[[Asked], Iterable[Complaint | pl.DataFrame | Unchecked]]], Question[Asked]]:
    """Make a rule of a function of one value; `about` as in `documentation.Described`."""

    def made(find: Callable[[Asked], Iterable[Complaint | pl.DataFrame | Unchecked]]) -> Question[Asked]:
        return Question(Described(rule_id(find), level, about, severity, inspect.getdoc(find) or ""), find)

    return made
