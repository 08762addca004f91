"""Proposals as they were pushed, by their version: only against them can it be told what an annotator accepted.

The layer that they come from is written anew at every `annotate`, while tasks on the server go on showing the old ones.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from parallaxe.core.claims import Claim
from parallaxe.core.errors import ProjectError
from parallaxe.core.layer_format import KINDS, kind_of
from parallaxe.store.annotations import read_layer
from parallaxe.store.jsonl import read_rows
from parallaxe.store.sync.light import write_lightly
from parallaxe.store.sync.local import claims_text, proposals_version
from parallaxe.store.sync.places import Places
from parallaxe.store.sync.records import parse_claims

_PLAIN = re.compile(r"[a-z0-9_-]+")


def keep_proposals(places: Places, version: str, lines: str) -> None:
    """Remember what was pushed under a version: the lines of its claims."""
    path = _path(places, version)
    if not path.is_file():
        write_lightly(path, lines)


def known_proposals(
    places: Places, article_id: str, version: str, layer: str, kinds: Collection[str] = KINDS
) -> tuple[Claim, ...]:
    """The claims of a version: those remembered, else those of the layer if it is at that version, else none.

    `kinds` are those that the pass asks for, and so that were proposed.
    """
    path = _path(places, version)
    try:
        if _PLAIN.fullmatch(version) and path.is_file():
            return parse_claims(read_rows(path), str(path))
    except ProjectError:  # damaged; it can be done without
        return ()
    proposed = places.project.layers / layer / f"{article_id}.jsonl"
    if not proposed.is_file() or proposals_version(layer, claims_text(proposed, kinds)) != version:
        return ()
    return tuple(claim for claim in read_layer(proposed).layer.claims if kind_of(claim) in kinds)


def _path(places: Places, version: str) -> Path:
    return places.state / "proposals" / f"{version}.jsonl"
