"""What the machine has beside its rules, by the names that a command line gives: each process opens it for itself."""

from __future__ import annotations

from typing import NamedTuple


class Equipment(NamedTuple):
    """Names of what is trained elsewhere.

    `component` finds names (`models.load_component`); null: the one of the project, or the shipped one.
    `stance_scorer` has a second opinion on stances (`scorers.load_scorer`); null: nobody is asked.
    """

    component: str | None = None
    stance_scorer: str | None = None


USUAL = Equipment()
"""What there is unless somebody asks for something else."""
