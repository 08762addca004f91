"""Which claims of several layers speak of the same thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from parallaxe.core.claims import Layer
from parallaxe.text.duplicates import groups


def pair_ids(layers: Sequence[Layer]) -> Mapping[tuple[str, str], str]:
    """For each claim that replaces others (name of layer, id), and for those it replaces, the id that they share.

    A claim of `gold` names in `derived_from` the claims of the passes that it was made of.
    """
    holder = {claim.id: layer.layer for layer in layers for claim in layer.claims}
    pairs = [
        (before, claim.id)
        for layer in layers
        for claim in layer.claims
        for before in claim.provenance.derived_from
        if before in holder
    ]
    shared = groups(holder, pairs)
    return {(holder[claim_id], claim_id): pair_id for claim_id, pair_id in shared.items()}
