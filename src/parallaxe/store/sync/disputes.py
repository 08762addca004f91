"""What layers and server disagree on, put where `adjudicate` finds it, once until the annotator moves again."""

from __future__ import annotations

from collections.abc import Sequence

from parallaxe.compare.conflicts import Row, renewed
from parallaxe.compare.migration_texts import carry_conflict
from parallaxe.store.conflicts import read_conflicts, write_conflicts
from parallaxe.store.sync.merging import Dispute
from parallaxe.store.sync.places import Places
from parallaxe.studio.reading import decided


def keep_disputes(places: Places, disputes: Sequence[Dispute]) -> None:
    """Write new conflicts in place of those about the same claims; a file that would not change is not touched."""
    if not any(dispute.conflicts or dispute.moved or dispute.old for dispute in disputes):
        return
    before = read_conflicts(places.project, places.pass_name)
    after = before
    for dispute in disputes:
        place = (dispute.layer, dispute.article_id)
        after = [carried for row in after if (carried := _carried(row, dispute)) is not None]
        after = renewed(after, place, dispute.conflicts, {row.conflict.id for row in after if _is_past(row, dispute)})
    if after != before:
        write_conflicts(places.project, places.pass_name, after)


def _is_past(row: Row, dispute: Dispute) -> bool:
    """True where a row is about what the annotator had said before they moved on."""
    found = row.conflict
    if row.place != (dispute.layer, dispute.article_id) or found.id not in dispute.moved:
        return False
    before = dispute.moved[found.id]
    return (before and decided(before)) == (found.theirs and decided(found.theirs))


def _carried(row: Row, dispute: Dispute) -> Row | None:
    """A row about the text that the layer is of now; null where neither side is about it any more."""
    if row.place != (dispute.layer, dispute.article_id) or dispute.old is None or dispute.new is None:
        return row
    return carry_conflict(row, dispute.old, dispute.new)
