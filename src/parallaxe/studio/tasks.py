"""Tasks: an article as Label Studio shows it, under a key that no server can reuse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from parallaxe.core.claims import AUTHOR, Claim, Entity, Stance
from parallaxe.core.knowledge import KnownEntity, is_unlinked
from parallaxe.core.labels import LabelSet
from parallaxe.studio import controls
from parallaxe.studio.preview import preview
from parallaxe.text.document import Block


@dataclass(frozen=True)
class TaskArticle:
    """What a task shows of an article; its text is there, or there is no task."""

    article_id: str
    text: str
    text_sha256: str
    blocks: Sequence[Block]
    title: str | None = None
    outlet: str | None = None
    published: date | None = None


def task_key(article_id: str, text_sha256: str) -> str:
    """What a task is known by: its article and the text that the article had.

    >>> task_key("port-grues", "0123456789abcdef")
    'port-grues@0123456789ab'
    """
    return f"{article_id}@{text_sha256[:12]}"


def task_data(
    article: TaskArticle,
    labels: Mapping[str, LabelSet],
    candidates: Iterable[Mapping[str, str]],
    *,
    blind: bool = False,
    rank: int = 0,
) -> dict[str, Any]:
    """The data of a task: all of it, because a server that is sent a part forgets the rest.

    Args:
        article: what is shown.
        labels: those of the project; the roles of blocks are in them.
        candidates: the links that are offered, as `link_candidates` makes them.
        blind: whether no proposals are shown.
        rank: place in the order of expected gain, 0 first.
    """
    return {
        "key": task_key(article.article_id, article.text_sha256),
        "article_id": article.article_id,
        "text_sha256": article.text_sha256,
        "text": article.text,
        "title": article.title or article.article_id,
        "outlet": article.outlet or "",
        "published": article.published.isoformat() if article.published else "",
        "preview": preview(article.text, article.blocks, labels),
        "candidates": [dict(candidate) for candidate in candidates],
        "blind": blind,
        "rank": rank,
    }


def link_candidates(text: str, claims: Iterable[Claim], known: Mapping[str, KnownEntity]) -> list[dict[str, str]]:
    """The links that a task offers, by id: those that claims have, and entities that the text names.

    `value` is the id, `hint` what the knowledge base says of it; the first takes a link back. Clusters (`NIL:…`) are
    written by hand.
    """
    linked = {kb_id for claim in claims if (kb_id := _link(claim)) and kb_id != AUTHOR and not is_unlinked(kb_id)}
    named = {kb_id for kb_id, entity in known.items() if any(name in text for name in (entity.name, *entity.aliases))}
    hints = {controls.NOTHING: "aucun lien", **{kb_id: _hint(known.get(kb_id)) for kb_id in sorted(linked | named)}}
    return [{"value": name, "hint": hint, "hotkey": controls.NO_KEY} for name, hint in hints.items()]


def _link(claim: Claim) -> str | None:
    match claim:
        case Entity(kb_id=link) | Stance(holder=link):
            return link
        case _:
            return None


def _hint(entity: KnownEntity | None) -> str:
    return f"{entity.name} ({entity.type}). {entity.description}" if entity else "absent de la base de connaissances"
