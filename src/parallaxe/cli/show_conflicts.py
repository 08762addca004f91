"""Conflicts as people see them: where in the text, and what either side says of it, field by field."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from parallaxe.compare.conflicts import Row, claim_as_line, conflict_line
from parallaxe.core.claims import Claim
from parallaxe.store.conflicts import Settled

_AROUND = 22
"""Code points of context on either side."""

_LONGEST = 46
"""Words of a span that are longer are cut in the middle."""

_WIDTH = 100

_REASONS = {
    "added": "both sides added it, differently",
    "changed": "both sides changed it, differently",
    "deleted": "one side deleted what the other changed",
    "depends": "it hangs on a quotation that is in conflict",
    "repeated": "together both sides say one thing twice",
    "circular": "together both sides put quotations inside each other",
}
_NOT_SHOWN = ("id", "kind", "status", "origin", "tool", "score", "why", "created", "derived_from")
_SPANS = ("fragments", "content", "cue", "sources", "evidence")


def show_conflicts(found: Settled, *, as_json: bool) -> None:
    """What was settled, and every conflict that waits, with the words it is about where the text is here."""
    out = Console(highlight=False)
    if as_json:
        waiting = [conflict_line(row) | {"where": row.where} for row in found.waiting]
        out.print_json(json.dumps({"settled": len(found.settled), "waiting": waiting}))
        return
    if not out.is_terminal:
        out = Console(highlight=False, width=_WIDTH)
    for row in found.waiting:
        _show(out, row, found.texts.get(row.article_id))
    out.print(f"{len(found.settled)} settled, {len(found.waiting)} waiting", markup=False)
    if found.waiting:
        out.print("write `keep` (ours, theirs, both, neither, edit) into a row, and run this again", markup=False)


def _show(out: Console, row: Row, text: str | None) -> None:
    conflict = row.conflict
    heading = Text.assemble((f"{row.where}  ", "bright_black"), (f"{conflict.kind} {conflict.id}", "bold"))
    out.print(heading.append(f"  {row.layer}, {row.article_id}", style="bright_black"))
    out.print(Text(f"  {_REASONS[conflict.reason]}", style="yellow"))
    if text is not None and (context := _context(conflict.ours or conflict.theirs, text)) is not None:
        out.print(Text("  ").append_text(context))
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for name in ("", "base", "ours", "theirs"):
        table.add_column(name, overflow="fold")
    for field, *values in _differences(row, text):
        table.add_row(Text(f"  {field}", style="bright_black"), *map(Text, values))
    out.print(table)
    out.print()


def _context(claim: Claim | None, text: str) -> Text | None:
    """The words that a claim stands on, in bold, between those around them; None where it stands on none."""
    if claim is None or not claim.fragments:
        return None
    start, end = claim.fragments[0].start, claim.fragments[-1].end
    before = ("…" if start > _AROUND else "") + text[max(start - _AROUND, 0) : start]
    behind = text[end : end + _AROUND] + ("…" if end + _AROUND < len(text) else "")
    return Text.assemble(_one_line(before), (f"[{_short(text[start:end])}]", "bold"), _one_line(behind))


def _one_line(words: str) -> str:
    return words.replace("\n\n", " ¶ ").replace("\n", " ")


def _differences(row: Row, text: str | None) -> Iterator[tuple[str, str, str, str]]:
    """Each field in which the versions differ: its name, and what each says."""
    versions = [claim_as_line(claim) for claim in (row.conflict.base, row.conflict.ours, row.conflict.theirs)]
    names = dict.fromkeys(name for version in versions if version for name in version if name not in _NOT_SHOWN)
    for name in names:
        values = [_value(version, name, text) for version in versions]
        if len(set(values)) > 1:
            yield name, values[0], values[1], values[2]


def _value(version: Mapping[str, Any] | None, name: str, text: str | None) -> str:
    """What a version says in a field; spans as words where the text is here."""
    if version is None:
        return "not there"
    value = version.get(name)
    if name in _SPANS and value:
        return " + ".join(f"[{start}, {end}] {_short(text[start:end]) if text else ''}".strip() for start, end in value)
    return "–" if value is None else str(value)


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST // 2]} … {words[-_LONGEST // 2 :]}"
