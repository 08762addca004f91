"""What a sync may be told."""

from __future__ import annotations

from typing import NamedTuple

from parallaxe.annotate.proposals import LAYER
from parallaxe.core.layer_format import KINDS
from parallaxe.store.sync.places import MAIN


class SyncOptions(NamedTuple):
    """How to sync.

    `blind` begins a pass without proposals, `kinds` one that asks for some kinds of claims only; `dry_run` reads and
    tells and writes nothing, here or there; `full` compares all ids and all annotations; `restore` makes deleted tasks
    again; `layer` holds the proposals; `patience` are seconds to wait for another sync.
    """

    pass_name: str = MAIN
    blind: bool = False
    kinds: tuple[str, ...] = KINDS
    dry_run: bool = False
    full: bool = False
    restore: bool = False
    layer: str = LAYER
    patience: float = 0.0


USUAL = SyncOptions()
"""The pass `main`, as it is."""
