"""Which claims of several layers speak of the same thing.

A claim that was made of others names them, and that settles it. A layer that nobody made anything of (a machine's, a
pass that was not adjudicated) is paired with the layer that was made of others, else with the first, as agreement
pairs them: by what the claims say and by how far they overlap.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from parallaxe.compare.pairing import pair_claims
from parallaxe.core.claims import Layer
from parallaxe.text.duplicates import groups


def pair_ids(layers: Sequence[Layer]) -> Mapping[tuple[str, str], str]:
    """For each claim (name of its layer, id), the id that all claims of the article about that thing share.

    Overlap is counted in code points, so that a clone without the text of a restricted article says the same.
    """
    holder = {claim.id: layer.layer for layer in layers for claim in layer.claims}
    pairs = [*_derived(layers, holder), *_overlapping(layers)]
    shared = groups(holder, pairs)
    return {(holder[claim_id], claim_id): pair_id for claim_id, pair_id in shared.items()}


def _derived(layers: Sequence[Layer], holder: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Claims that replace others, each with one that it replaces; claims of `gold` replace those of passes."""
    return (
        (before, claim.id)
        for layer in layers
        for claim in layer.claims
        for before in claim.provenance.derived_from
        if before in holder
    )


def _overlapping(layers: Sequence[Layer]) -> Iterator[tuple[str, str]]:
    """Claims of layers that stand alone, each with that of the reference which it is about."""
    used = {before for layer in layers for claim in layer.claims for before in claim.provenance.derived_from}
    settled = [layer for layer in layers if any(claim.provenance.derived_from for claim in layer.claims)]
    for reference in (settled or layers)[:1]:
        for layer in layers:
            if layer not in (reference, *settled) and used.isdisjoint(claim.id for claim in layer.claims):
                found = pair_claims(reference.claims, layer.claims, None, by_id=False)
                yield from ((pair.a.id, pair.b.id) for pair in found.pairs)
