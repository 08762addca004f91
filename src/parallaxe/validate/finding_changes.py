"""Which findings are new: those that a version before did not have, whoever is to blame for the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeAlias

from parallaxe.validate.findings import Finding, Place

_Key: TypeAlias = tuple[str, str | None, str]


class FindingChanges(NamedTuple):
    """What is found now and was not before, worst first, and what was found before and is gone."""

    new: tuple[Finding, ...] = ()
    gone: tuple[Finding, ...] = ()

    @property
    def new_errors(self) -> int:
        """How many of the new findings refuse a dataset."""
        return sum(finding.severity == "error" for finding in self.new)


def finding_changes(before: Sequence[Finding], after: Sequence[Finding]) -> FindingChanges:
    """The findings that differ, each with the number and the places by which it does.

    A finding is the same where its rule, its subject and its words are. Lines and rows do not count: they move with
    whatever stands before them.
    """
    return FindingChanges(tuple(_only(after, before)), tuple(_only(before, after)))


def _only(some: Iterable[Finding], others: Iterable[Finding]) -> Iterable[Finding]:
    known = {_key(finding): finding for finding in others}
    for finding in some:
        other = known.get(_key(finding))
        if other is None:
            yield finding
        elif finding.count > other.count:
            elsewhere = {_spot(place) for place in other.places}
            own = tuple(place for place in finding.places if _spot(place) not in elsewhere)
            yield replace(finding, count=finding.count - other.count, places=own or finding.places)


def _key(finding: Finding) -> _Key:
    return finding.rule, finding.subject, finding.what


def _spot(place: Place) -> Place:
    return place._replace(line=None, row=None)
