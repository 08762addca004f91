"""What layers and server disagree on, put where `adjudicate` finds it, once until the annotator moves again."""

from __future__ import annotations

from collections.abc import Sequence

from parallaxe.compare.conflicts import renewed
from parallaxe.store.conflicts import read_conflicts, write_conflicts
from parallaxe.store.sync.merging import Dispute
from parallaxe.store.sync.places import Places


def keep_disputes(places: Places, disputes: Sequence[Dispute]) -> None:
    """Write new conflicts in place of those about the same claims; a file that would not change is not touched."""
    if not any(dispute.conflicts or dispute.moved for dispute in disputes):
        return
    before = read_conflicts(places.project, places.pass_name)
    after = before
    for dispute in disputes:
        after = renewed(after, (dispute.layer, dispute.article_id), dispute.conflicts, dispute.moved)
    if after != before:
        write_conflicts(places.project, places.pass_name, after)
