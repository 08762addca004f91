"""What changed between two versions around the claims: which articles they speak of, which entities they know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, NamedTuple

from parallaxe.compare.changes import ArticleChange, EntityChange
from parallaxe.core.knowledge import KnownEntity


class Source(NamedTuple):
    """An article of a version: the hash of its raw file, that of its text (null where unknown), other facts by name."""

    raw_sha256: str
    text_sha256: str | None
    facts: Mapping[str, Any] = {}


def diff_articles(old: Mapping[str, Source], new: Mapping[str, Source]) -> tuple[ArticleChange, ...]:
    """The articles that changed, by id. The same raw file makes another text where another normalizer read it.

    >>> [change.kind for change in diff_articles({"un": Source("0", "a")}, {"un": Source("0", "b")})]
    ['text']
    """
    found = (_article(name, old.get(name), new.get(name)) for name in sorted({*old, *new}))
    return tuple(change for change in found if change is not None)


def _article(name: str, old: Source | None, new: Source | None) -> ArticleChange | None:
    if old is None or new is None:
        return ArticleChange(name, "added" if old is None else "removed")
    facts = tuple(
        fact for fact in dict.fromkeys((*old.facts, *new.facts)) if old.facts.get(fact) != new.facts.get(fact)
    )
    is_known = old.text_sha256 is not None and new.text_sha256 is not None
    if old.text_sha256 != new.text_sha256 if is_known else old.raw_sha256 != new.raw_sha256:
        return ArticleChange(name, "text", facts)
    facts = ("raw file", *facts) if old.raw_sha256 != new.raw_sha256 else facts
    return ArticleChange(name, "changed", facts) if facts else None


def diff_knowledge(old: Mapping[str, KnownEntity], new: Mapping[str, KnownEntity]) -> tuple[EntityChange, ...]:
    """The rows of the knowledge base that came, went or changed, by id; the order of aliases and relations is none."""
    found = (EntityChange(old.get(kb_id), new.get(kb_id)) for kb_id in sorted({*old, *new}))
    told = (change._replace(fields=_differing(change.old, change.new)) for change in found)
    return tuple(change for change in told if change.fields or change.kind != "changed")


def _differing(old: KnownEntity | None, new: KnownEntity | None) -> tuple[str, ...]:
    if old is None or new is None:
        return ()
    names = (field.name for field in fields(KnownEntity))
    return tuple(name for name in names if _unordered(getattr(old, name)) != _unordered(getattr(new, name)))


def _unordered(value: object) -> object:
    return frozenset(value) if isinstance(value, tuple) else value
