"""Texts as they were when they were pushed, by their hash, with where each character stood in the raw file.

They lie in the state folder, where texts of restricted articles may be; a machine that lacks one takes it from the task
on the server, which holds the whole text, and then knows no alignment.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from parallaxe.core.alignment import Alignment, Segment
from parallaxe.core.errors import ParallaxeError
from parallaxe.dataset.article import Article
from parallaxe.store.sync.light import write_lightly
from parallaxe.store.sync.places import Places
from parallaxe.store.text_files import read_json
from parallaxe.text.document import Block, text_digest


class KnownText(NamedTuple):
    """A text with what a task shows of its article; only the text itself where only the server knew it."""

    text: str
    blocks: tuple[Block, ...] = ()
    alignment: Alignment | None = None
    raw_sha256: str | None = None
    normalizer: str | None = None
    title: str | None = None
    outlet: str | None = None
    published: str | None = None


def of_article(article: Article) -> KnownText:
    """The text of an article that is here."""
    document = article.document
    assert document.text is not None
    return KnownText(
        document.text,
        document.blocks,
        document.alignment,
        article.raw_sha256,
        document.normalizer,
        document.title,
        article.outlet or document.outlet,
        _iso(article.published or document.published),
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def keep_text(places: Places, known: KnownText) -> None:
    """Remember a text; one that is known with its alignment is not overwritten."""
    path = _path(places, text_digest(known.text))
    if not path.is_file():
        write_lightly(path, json.dumps(_plain(known), ensure_ascii=False))


def known_text(places: Places, digest: str) -> KnownText | None:
    """The text with a hash; null where it is not remembered, or what is remembered is damaged."""
    try:
        known = _parsed(read_json(_path(places, digest)))
    except (ParallaxeError, ValueError, TypeError, KeyError):
        return None
    return known if text_digest(known.text) == digest else None


def _path(places: Places, digest: str) -> Path:
    return places.texts / f"{digest}.json"


def _plain(known: KnownText) -> dict[str, Any]:
    segments = known.alignment.segments if known.alignment is not None else None
    return {**known._asdict(), "alignment": segments}


def _parsed(kept: dict[str, Any]) -> KnownText:
    segments = kept.pop("alignment")
    blocks = tuple(Block(*block) for block in kept.pop("blocks"))
    alignment = None if segments is None else Alignment(tuple(Segment(*segment) for segment in segments))
    return KnownText(**kept, blocks=blocks, alignment=alignment)
