"""placeholder until compare.conflicts is there"""

from __future__ import annotations

from collections.abc import Sequence

from parallaxe.store.jsonl import read_rows, write_rows
from parallaxe.store.sync.merging import Dispute
from parallaxe.store.sync.places import Places
from parallaxe.store.sync.records import claim_lines


def keep_disputes(places: Places, disputes: Sequence[Dispute]) -> None:
    rows = [row for _, row in read_rows(places.conflicts)] if places.conflicts.is_file() else []
    old = list(rows)
    for d in disputes:
        ids = d.settled | {c.id for c in d.conflicts}
        rows = [
            r
            for r in rows
            if (r["article_id"], r["layer"]) != (d.article_id, d.layer) or r["id"] not in ids or r["keep"]
        ]
        rows += [
            {
                "article_id": d.article_id,
                "layer": d.layer,
                "id": c.id,
                "reason": c.reason,
                **{n: claim_lines([v])[0] if (v := getattr(c, n)) else None for n in ("base", "ours", "theirs")},
                "keep": None,
                "why": None,
            }
            for c in d.conflicts
        ]
    if rows != old:
        write_rows(places.conflicts, rows)
