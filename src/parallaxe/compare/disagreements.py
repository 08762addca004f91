"""What two layers agree on, and the queue of what they do not: each disagreement once, with what differs.

Paired claims that say the same pass. All others wait in a queue in the order of the text, under keys made of the ids of
both claims, so that a decision finds its disagreement again after others were settled.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from parallaxe.compare.footprints import Tokens
from parallaxe.compare.pairing import Pair, pair_claims
from parallaxe.core.claims import Claim, Entity, Layer, Quote, Stance
from parallaxe.core.errors import ProjectError
from parallaxe.core.layer_format import KINDS, kind_of


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One thing on which two layers differ; where one side has nothing, `differs` is (`missing`,)."""

    a: Claim | None
    b: Claim | None
    differs: tuple[str, ...]

    @property
    def kind(self) -> str:
        """The kind of claim it is about."""
        return kind_of(self.present)

    @property
    def key(self) -> str:
        """Its name in the file of decisions, the same as long as both claims keep their ids."""
        return f"{self.a.id if self.a else '-'}~{self.b.id if self.b else '-'}"

    @property
    def present(self) -> Claim:
        """The claim of a, or that of b where a has none."""
        claim = self.a or self.b
        assert claim is not None, "a disagreement has a claim of at least one side"
        return claim


@dataclass(frozen=True, slots=True)
class Queue:
    """Two layers about one article: what they agree on, and what has to be settled, in the order of the text."""

    a: Layer
    b: Layer
    agreed: tuple[Pair[Claim], ...]
    disagreements: tuple[Disagreement, ...]


def queue(a: Layer, b: Layer, tokens: Tokens, *, by_id: bool = False) -> Queue:
    """What two layers about one text agree on, and what has to be settled.

    Args:
        a: one layer.
        b: the other.
        tokens: tokens of the text in code points; None where it is withheld.
        by_id: whether equal ids mean one thing, as in layers of one lineage.

    Raises:
        ProjectError: if the layers are about different texts, or use one id for different things.
    """
    _check_same_text(a, b)
    pairing = pair_claims(a.claims, b.claims, tokens, by_id=by_id)
    _check_ids(a, b, {(pair.a.id, pair.b.id) for pair in pairing.pairs})
    same = {pair.b.id: pair.a.id for pair in pairing.pairs}
    found = [(pair, differences(pair.a, pair.b, same)) for pair in pairing.pairs]
    disagreements = [
        *(Disagreement(pair.a, pair.b, differs) for pair, differs in found if differs),
        *(Disagreement(claim, None, ("missing",)) for claim in pairing.only_a),
        *(Disagreement(None, claim, ("missing",)) for claim in pairing.only_b),
    ]
    disagreements.sort(key=lambda one: (KINDS.index(one.kind), one.present.fragments, one.key))
    return Queue(a, b, tuple(pair for pair, differs in found if not differs), tuple(disagreements))


def _check_same_text(a: Layer, b: Layer) -> None:
    if (a.article_id, a.text_sha256, a.normalizer) != (b.article_id, b.text_sha256, b.normalizer):
        what = f"layers {a.layer} and {b.layer} are about different texts"
        raise ProjectError(f"article {a.article_id}", what, "migrate one of them to the text of the other")


def _check_ids(a: Layer, b: Layer, paired: set[tuple[str, str]]) -> None:
    shared = sorted({claim.id for claim in a.claims} & {claim.id for claim in b.claims})
    for name in shared:
        if (name, name) not in paired:
            what = f"id-unique: `{name}` is one claim in {a.layer} and another in {b.layer}"
            raise ProjectError(f"article {a.article_id}", what, "mint ids with the name of the layer in the seed")


def differences(a: Claim, b: Claim, same: Mapping[str, str]) -> tuple[str, ...]:
    """Names of the fields in which two paired claims differ; `same` gives a's id of what b refers to.

    What they stand on is called `span`, whatever the field; the history of a claim is no part of what it says.

    >>> from parallaxe.core.claims import Span
    >>> kiev = Entity("x", (Span(0, 4),), "LOC", None, "kiev")
    >>> differences(kiev, Entity("y", (Span(0, 4),), "LOC", "ORG", "kiev"), {})
    ('metonymic',)
    """
    one, other = _said(a, {}), _said(b, same)
    return tuple(name for name in one if one[name] != other[name])


def _said(claim: Claim, same: Mapping[str, str]) -> dict[str, object]:
    """What a claim says, by the name of the field, references under the names of a."""
    match claim:
        case Entity():
            return {"span": claim.fragments, "label": claim.label, "metonymic": claim.metonymic, "kb_id": claim.kb_id}
        case Quote():
            said = {"span": claim.content, "type": claim.type, "cue": claim.cue, "source": claim.sources}
            return {**said, "inside": same.get(claim.inside or "", claim.inside)}
        case Stance():
            names = ("level", "holder", "target", "polarity", "intensity", "evidence")
            said = {name: getattr(claim, name) for name in names}
            return {**said, "quote": same.get(claim.quote or "", claim.quote)}
