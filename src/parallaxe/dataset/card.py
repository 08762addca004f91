"""The card of a dataset: prose by hand, YAML and tables from the data.

Between `<!-- begin: NAME -->` and `<!-- end: NAME -->` stands what is rendered; all else is somebody's prose. The
README of a built dataset is the card with the YAML that `datasets` reads.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import yaml

from parallaxe.core.errors import ProjectError
from parallaxe.core.parsing import parse_yaml
from parallaxe.core.schema import Schemas, Table
from parallaxe.dataset.features import yaml_features
from parallaxe.dataset.splits import SPLITS

_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_MARKED = re.compile(r"(<!-- begin: ([a-z-]+) -->\n).*?(<!-- end: \2 -->)", re.DOTALL)
_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))


class Card(NamedTuple):
    """A card: its front matter, and the Markdown below it."""

    front: Mapping[str, Any]
    body: str


class Part(NamedTuple):
    """One split of one config: the Parquet file, relative to the dataset, and what is in it."""

    config: str
    split: str
    file: str
    rows: int
    digest: str
    sha256: str


def parse_card(text: str, where: str) -> Card:
    """The front matter of a card and its body.

    Raises:
        ProjectError: if there is no front matter with a version and a name.
    """
    found = _FRONT_MATTER.match(text)
    front = parse_yaml(found.group(1), where) if found else None
    told = front if isinstance(front, dict) else {}
    if not found or not all(isinstance(told.get(name), str) for name in ("version", "pretty_name")):
        raise ProjectError(
            where,
            "no YAML front matter with a `version` and a `pretty_name`",
            "begin it with `---`, `pretty_name: …`, `version: 0.1.0`, `---`",
        )
    return Card(told, text[found.end() :])


def render_marked(body: str, rendered: Mapping[str, str]) -> str:
    """The body with what stands between marks written anew; marks that name nothing rendered are left alone."""

    def write(found: re.Match[str]) -> str:
        return f"{found[1]}{rendered[found[2]].strip()}\n{found[3]}" if found[2] in rendered else found[0]

    return _MARKED.sub(write, body)


def dataset_readme(
    card: Card, parts: Sequence[Part], digest: str, schemas: Schemas, rendered: Mapping[str, str]
) -> str:
    """The README.md of a built dataset: `configs:` and `dataset_info:` that `datasets` reads, and the card.

    `version` and the digest stand in every config, because `datasets` keys its cache by them and by nothing in the
    files: a dataset rebuilt in place would otherwise be served from the cache as it was.
    """
    tables = [table for name, table in schemas.tables.items() if any(part.config == name for part in parts)]
    front = {
        **card.front,
        "size_categories": [_size(table, parts) for table in tables if table.default],
        "configs": [_config(table, parts, str(card.front["version"]), digest) for table in tables],
        "dataset_info": [_info(table) for table in tables],
    }
    text = yaml.safe_dump(front, sort_keys=False, allow_unicode=True, width=10_000)
    return f"---\n{text}---\n{render_marked(card.body, rendered)}"


def _size(table: Table, parts: Sequence[Part]) -> str:
    """The Hub's word for the number of articles; rows of other configs would make the dataset look larger."""
    rows = sum(part.rows for part in _of(table, parts))
    return next((name for limit, name in _SIZES if rows < limit), "n>1M")


def _of(table: Table, parts: Sequence[Part]) -> list[Part]:
    mine = [part for part in parts if part.config == table.name]
    return sorted(mine, key=lambda part: SPLITS.index(part.split))


def _config(table: Table, parts: Sequence[Part], version: str, digest: str) -> dict[str, Any]:
    config = {
        "config_name": table.name,
        "version": version,
        "description": f"sha256:{digest}",
        "data_files": [{"split": part.split, "path": part.file} for part in _of(table, parts)],
    }
    return config | ({"default": True} if table.default else {})


def _info(table: Table) -> dict[str, Any]:
    """Features alone: sizes of splits would need bytes, which differ between versions of `datasets`."""
    return {"config_name": table.name, "features": yaml_features(table)}


def composition_table(parts: Sequence[Part], schemas: Schemas) -> str:
    """Rows of each config by split, as a Markdown table."""
    splits = [split for split in SPLITS if any(part.split == split for part in parts)]
    lines = [f"| config | a row is | {' | '.join(splits)} |", f"|---|---|{'---:|' * len(splits)}"]
    for table in schemas.tables.values():
        counts = {part.split: f"{part.rows:,}" for part in _of(table, parts)}
        if counts:
            cells = " | ".join(counts.get(split, "–") for split in splits)
            lines.append(f"| `{table.name}` | {table.row} | {cells} |")
    return "\n".join(lines)
