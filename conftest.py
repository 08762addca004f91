"""Names that doctests in `src/` may use without importing them."""

from __future__ import annotations

from typing import Any

import pytest

from parallaxe.core.edits import apply_edits


@pytest.fixture(autouse=True)
def _doctest_names(doctest_namespace: dict[str, Any]) -> None:
    doctest_namespace["apply_edits"] = apply_edits
