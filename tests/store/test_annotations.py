"""The knowledge base as a file that people write: what is wrong with a row is told of the row."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from parallaxe.core.errors import ProjectError
from parallaxe.store.annotations import read_knowledge_base
from parallaxe.store.schemas import load_schemas

ROW: dict[str, Any] = {
    "kb_id": "port-clair",
    "type": "LOC",
    "name": "Port-Clair",
    "aliases": [],
    "description": "Un port qui n’existe pas.",
    "wikidata": None,
    "relations": [{"relation": "capital_of", "kb_id": "port-clair"}],
    "actor": None,
}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"type": "LIEU"}, r"kb\.jsonl:2: `type` cannot be `LIEU`; use one of .*`LOC`"),
        (
            {"relations": [{"relation": "port_of", "kb_id": "port-clair"}]},
            r"kb\.jsonl:2: `relation` cannot be `port_of`",
        ),
    ],
)
def test_a_label_of_no_schema_is_told_of_its_row(tmp_path: Path, changed: dict[str, Any], told: str) -> None:
    """A type or a relation that the schemas do not have is told of the row that bears it; without them it is read."""
    path = tmp_path / "kb.jsonl"
    rows = [ROW, {**ROW, "kb_id": "port-noir", **changed}]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")

    assert ["port-clair", "port-noir"] == list(read_knowledge_base(path))
    with pytest.raises(ProjectError, match=told):
        read_knowledge_base(path, load_schemas())
