"""Every file has a licence, said as programs read it (REUSE), and it is the one that the documentation tells."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="module")
def lint(repository: Path) -> dict[str, Any]:
    """What `reuse lint` finds, on a machine without libmagic."""
    command = [sys.executable, "-m", "reuse", "lint", "--json"]
    environment = {**os.environ, "REUSE_ENCODING_MODULE": "charset_normalizer"}
    done = subprocess.run(command, cwd=repository, env=environment, capture_output=True, text=True, check=False)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_every_file_has_a_licence(lint: dict[str, Any]) -> None:
    """No file lacks licence or owner, no licence lacks its text, no text lacks a file."""
    assert {name: [] for name in lint["non_compliant"]} == {
        name: list(found) for name, found in lint["non_compliant"].items()
    }
    assert lint["summary"]["compliant"]


@pytest.mark.parametrize(
    ("start", "licence"),
    [
        ("src/", {"Apache-2.0"}),
        ("schemas/", {"Apache-2.0"}),
        ("annotations/", {"CC-BY-4.0"}),
        ("seeds/catalogue.jsonl", {"CC-BY-4.0"}),
        ("seeds/open/", {"CC0-1.0"}),
        ("corpus/", {"CC-BY-4.0 AND CC0-1.0"}),
    ],
)
def test_code_texts_and_annotations_apart(lint: dict[str, Any], start: str, licence: set[str]) -> None:
    """Each station has the licence that docs/rights.md tells."""
    found = {
        expression["value"]
        for file in lint["files"]
        if file["path"].startswith(start)
        for expression in file["spdx_expressions"]
    }

    assert licence == found
