"""γ is asked of pygamma-agreement where it is installed, and its absence is one clear line."""

from __future__ import annotations

import sys

import pytest

from parallaxe.compare.gamma import gamma
from parallaxe.core.errors import SurroundingsError

UNITS = [((0, 5), "PER"), ((10, 14), "LOC"), ((20, 30), "ORG")]


def test_a_missing_package_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra, the error names the package and how to install it."""
    monkeypatch.setitem(sys.modules, "pygamma_agreement", None)

    with pytest.raises(SurroundingsError, match=r"pygamma-agreement is missing; .*\[gamma\]"):
        gamma(UNITS, UNITS)


def test_gamma_of_the_same_units_is_one() -> None:
    """Identical units agree; from either side γ is the same; without units there is none."""
    pytest.importorskip("pygamma_agreement", reason="the extra `gamma` is not installed")
    other = [((0, 5), "PER"), ((10, 15), "LOC"), ((22, 30), "LOC")]

    assert gamma(UNITS, UNITS) == 1.0
    assert gamma(UNITS, other) == gamma(other, UNITS)
    assert gamma(UNITS, []) is None
