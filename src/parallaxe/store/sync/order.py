"""The order of new tasks, and which of them are blind: what is learned most from comes first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from parallaxe.core.claims import Claim
from parallaxe.store.annotations import read_layer
from parallaxe.store.jsonl import read_rows
from parallaxe.store.sync.payload import Placed, proposals_file, proposed
from parallaxe.store.sync.session import Session
from parallaxe.studio.ordering import Summary, order, summarize


def in_order_of_gain(session: Session, names: Sequence[str], *, blind: bool) -> list[Placed]:
    """Articles without a task in the order in which they should be annotated; some are blind, or all."""
    outlines = session.survey.outlines
    known = {name: outline.header.blind for name, outline in outlines.items()}
    seen = Counter(target for outline in outlines.values() for target in outline.targets)
    ranked = order((_summary(session, name) for name in names), seen, known)
    return [Placed(one.article_id, one.rank, blind or one.blind) for one in ranked]


def _summary(session: Session, article_id: str) -> Summary:
    other = _other_opinion(session, article_id)
    if other is not None:
        return summarize(article_id, proposed(session, article_id), other)
    if session.here[article_id].proposals is None:
        return Summary(article_id)
    lines = [line for _, line in read_rows(proposals_file(session, article_id))]
    scores = tuple(line["score"] for line in lines if "score" in line)
    return Summary(article_id, scores, None, tuple(sorted({line["target"] for line in lines if "target" in line})))


def _other_opinion(session: Session, article_id: str) -> Sequence[Claim] | None:
    """What another layer says of the text that an article has here, the first by name; null where there is none."""
    layers, own = session.places.project.layers, session.options.layer
    for path in sorted(layers.glob(f"*/{article_id}.jsonl")):
        if path.parent.name in (own, "text"):
            continue
        layer = read_layer(path).layer
        if layer.text_sha256 == session.here[article_id].text_sha256:
            return layer.claims
    return None
