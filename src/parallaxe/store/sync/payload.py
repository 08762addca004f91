"""An article as the task that goes over: its text, what helps to annotate it, and, unless it is blind, proposals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from parallaxe.core.claims import Claim
from parallaxe.core.layer_format import kind_of
from parallaxe.store.annotations import read_layer
from parallaxe.store.sync.local import claims_text
from parallaxe.store.sync.proposals import keep_proposals
from parallaxe.store.sync.reports import Told
from parallaxe.store.sync.session import Session
from parallaxe.store.sync.texts import KnownText
from parallaxe.studio.guard import guarded
from parallaxe.studio.regions import TaskContext
from parallaxe.studio.tasks import TaskArticle, link_candidates, task_data


class Placed(NamedTuple):
    """An article with its place in the order of tasks, and whether its task is blind."""

    article_id: str
    rank: int
    blind: bool


class Payload(NamedTuple):
    """What is imported, the version of the proposals in it (null: none), and what of them was not sent as it is."""

    task: dict[str, Any]
    version: str | None
    findings: tuple[Told, ...]


def payload(session: Session, placed: Placed) -> Payload:
    """The task of an article whose text is here."""
    article_id = placed.article_id
    here = session.here[article_id]
    assert here.text_sha256 is not None
    known = session.text(article_id, here.text_sha256)
    assert known is not None
    claims = () if placed.blind else proposed(session, article_id)
    article = TaskArticle(
        article_id,
        known.text,
        here.text_sha256,
        known.blocks,
        known.title,
        known.outlet,
        date.fromisoformat(known.published) if known.published else None,
    )
    labels = session.places.project.schemas.labels
    candidates = link_candidates(known.text, claims, session.known)
    data = task_data(article, labels, candidates, blind=placed.blind, rank=placed.rank)
    if placed.blind or here.proposals is None:
        return Payload({"data": data}, None, ())
    prediction, findings = prediction_of(session, article_id, known, claims, _links(candidates))
    return Payload({"data": data, "predictions": [prediction]}, here.proposals, findings)


def proposed(session: Session, article_id: str) -> tuple[Claim, ...]:
    """What the layer of proposals says of the text that an article has here; nothing where it is of another text."""
    here = session.here[article_id]
    if here.proposals is None:
        return ()
    claims = read_layer(proposals_file(session, article_id)).layer.claims
    return tuple(claim for claim in claims if kind_of(claim) in session.options.kinds)


def proposals_file(session: Session, article_id: str) -> Path:
    """Where what is proposed of an article stands."""
    return session.places.project.layers / session.options.layer / f"{article_id}.jsonl"


def prediction_of(
    session: Session, article_id: str, known: KnownText, claims: tuple[Claim, ...], links: set[str] | None = None
) -> tuple[dict[str, Any], tuple[Told, ...]]:
    """Proposals as a prediction, remembered by their version, and what of them would not come back as it is."""
    version = session.here[article_id].proposals
    assert version is not None
    if not session.options.dry_run:
        keep_proposals(session.places, version, claims_text(proposals_file(session, article_id), session.options.kinds))
    context = TaskContext(known.text, known.blocks, session.places.project.schemas.labels)
    candidates = _links(link_candidates(known.text, claims, session.known)) if links is None else links
    checked = guarded(claims, context, candidates)
    findings = tuple(Told(article_id, one.region or "", one.rule) for one in checked.findings if one.refused)
    return {"model_version": version, "score": _score(claims), "result": checked.result}, findings


def _links(candidates: Iterable[Mapping[str, str]]) -> set[str]:
    return {candidate["value"] for candidate in candidates}


def _score(claims: Sequence[Claim]) -> float | None:
    """The mean of the scores that claims have; null where none has."""
    scores = [claim.provenance.score for claim in claims if claim.provenance.score is not None]
    return round(sum(scores) / len(scores), 4) if scores else None
