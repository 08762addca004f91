"""New findings are those that the version before did not have."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from parallaxe.validate.finding_changes import FindingChanges, finding_changes
from parallaxe.validate.findings import Finding, Place


def finding(rule: str, count: int, *values: str, severity: str = "error") -> Finding:
    """A finding at places that are told apart by their values, each on a line of its own."""
    places = tuple(Place("couche.jsonl", line, None, "un", None, None, value) for line, value in enumerate(values, 1))
    return Finding(rule, severity, 3, None, "is wrong", "mend it", count, places)  # type: ignore[arg-type]


_FINDINGS = st.lists(
    st.builds(finding, st.sampled_from("abc"), st.integers(1, 5), st.sampled_from("xy")), unique_by=lambda own: own.rule
)


@given(_FINDINGS)
def test_nothing_is_new_beside_itself(found: list[Finding]) -> None:
    """Nor gone."""
    assert FindingChanges() == finding_changes(found, found)


@given(_FINDINGS, _FINDINGS)
def test_what_is_new_is_gone_from_the_other_side(one: list[Finding], other: list[Finding]) -> None:
    """And the numbers add up, rule by rule."""
    changes, mirrored = finding_changes(one, other), finding_changes(other, one)

    assert (changes.new, changes.gone) == (mirrored.gone, mirrored.new)
    for rule in "abc":
        before, after, new, gone = (
            sum(own.count for own in found if own.rule == rule) for found in (one, other, *changes)
        )
        assert after - before == new - gone


def test_a_finding_of_more_places_is_told_by_those_that_came() -> None:
    """Wherever its old places moved to."""
    before, after = finding("a", 2, "x", "y"), finding("a", 3, "new", "x", "y")

    assert (replace(after, count=1, places=after.places[:1]),) == finding_changes([before], [after]).new


def test_warnings_are_no_errors() -> None:
    """Only errors fail a check."""
    assert 1 == finding_changes([], [finding("a", 1), finding("b", 1, severity="warning")]).new_errors
