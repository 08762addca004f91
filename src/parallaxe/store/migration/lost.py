"""What a migration could not carry: a line for each thing, as it was, with the words that it stood on.

The lines of restricted articles are in git without those words, and whole where git does not look.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from parallaxe.core.claims import Claim, Layer
from parallaxe.store.jsonl import read_rows, rows_text
from parallaxe.store.project import Project

_AROUND = 80
"""Code points of the old text that are kept on either side of what was lost."""


def lost_file(project: Project) -> Path:
    """What no layer could keep: a line for each claim, as it was, with the words that it stood on."""
    return project.root / "annotations" / "migrations" / "lost.jsonl"


def withheld_lost_file(project: Project) -> Path:
    """The same of restricted articles, outside of git: there their words may stand."""
    return project.state / "migrations" / "lost.jsonl"


def lost_line(
    layer: Layer, new: str, claim: Mapping[str, Any] | None, why: str | None, context: str | None
) -> dict[str, Any]:
    """The line of something that a layer could not keep: where it was, why it is not, and what it was."""
    return {
        "article_id": layer.article_id,
        "layer": layer.layer,
        "old": layer.text_sha256,
        "new": new,
        "why": why,
        "claim": claim,
        "context": context,
    }


def context(claim: Claim, text: str) -> str | None:
    """The words that a claim stood on, in square brackets, with what stood around them."""
    spans = sorted(claim.fragments)
    if not spans:
        return None
    told = [text[max(spans[0].start - _AROUND, 0) : spans[0].start]]
    for number, (start, end) in enumerate(spans):
        until = spans[number + 1].start if number + 1 < len(spans) else end + _AROUND
        told.append(f"[{text[start:end]}]{text[end:until]}")
    return "".join(told)


def with_lines(path: Path, lines: Collection[Mapping[str, Any]]) -> str:
    """A file of lines with those added that it lacks."""
    known = [line for _, line in read_rows(path)] if path.is_file() else []
    return rows_text([*known, *(line for line in lines if line not in known)])
