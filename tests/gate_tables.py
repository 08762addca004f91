"""Two French articles with all their tables, consistent; and tables for any raw texts.

Rows are dictionaries with the names of labels, so that a test breaks one thing by one assignment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import date
from typing import Any, TypeAlias

import polars as pl
from hypothesis import strategies as st

from parallaxe.text.document import text_digest
from parallaxe.text.normalize import normalize
from schema_tables import SCHEMAS, frame_of
from strategies import texts

Rows: TypeAlias = dict[str, list[dict[str, Any]]]
"""The rows of each table, by its name."""

PORT = (
    "Le port attend ses grues\n\n"
    "Le convoi est parti avant l’aube. « Nous partirons demain », annonce Jeanne Kerbrat.\n\n"
    "Par Luc Morin\n"
)
GARE = (
    "La gare sous surveillance\r\n\r\nLe convoi est parti avant l’aube,\u00a0dit un cheminot. "
    "Hélène Vasseur arrive à Vladivostok 🥳."
)
ROLES = ("title", "paragraph", "byline")


def two_articles() -> Rows:
    """An open article written for the corpus, and one of the press that may not be redistributed."""
    rows = tables_of([("la-gare", GARE), ("le-port", PORT)])
    gare, port = rows["articles"]
    gare |= {"outlet": "Le Courrier", "text_origin": "press", "rights": "restricted", "license": None}
    port |= {"outlet": "Le Quai (fictif)"}
    said = span(port, "Nous partirons demain")
    woman = span(port, "Jeanne Kerbrat")
    rows["entities"] = [
        mention(gare, "e1", "Hélène Vasseur", "PER", "helene-vasseur"),
        mention(gare, "e2", "Vladivostok", "LOC", "NIL:vladivostok"),
        mention(port, "e1", "Jeanne Kerbrat", "PER", "jeanne-kerbrat"),
    ]
    source = {**woman, "entity_id": "e1", "kb_id": "jeanne-kerbrat"}
    rows["quotes"] = [
        {
            "article_id": "le-port", "quote_id": "q1", "type": "direct", "content": [said],
            "cue": [span(port, "annonce")], "sources": [source], "inside": None, "text": "Nous partirons demain",
        } | provenance(),
    ]  # fmt: skip
    rows["stances"] = [
        {
            "article_id": "le-port", "stance_id": "q1:jeanne-kerbrat:russia", "level": "attributed",
            "holder": "jeanne-kerbrat", "holder_actor": None, "target": "russia", "polarity": "neutral", "intensity": 0,
            "evidence": [], "quote_id": "q1", "text": None,
        } | provenance(),
    ]  # fmt: skip
    rows["parallels"] = [
        {
            "parallel_id": "p1", "kind": "agency_copy", "article_a": "la-gare",
            "fragments_a": [span(gare, "Le convoi est parti avant l'aube")], "article_b": "le-port",
            "fragments_b": [span(port, "Le convoi est parti avant l'aube")],
        } | provenance(),
    ]  # fmt: skip
    rows["knowledge_base"] = [entity("helene-vasseur"), entity("jeanne-kerbrat", relation="helene-vasseur")]
    rows["ner"] = [{"article_id": "le-port", "sentence_id": 0, "tokens": ["Le", "port"], "ner_tags": ["O", "O"]}]
    return rows


def tables_of(sources: Sequence[tuple[str, str]]) -> Rows:
    """Articles, alignment and sentences of raw texts by id; a block's role is by turns one of `ROLES`."""
    rows: Rows = {"articles": [], "alignment": [], "sentences": []}
    for article_id, source in sources:
        normalized = normalize(source)
        blocks = list(blocks_of(normalized.text))
        sentences = list(sentences_of(article_id, normalized.text, blocks))
        rows["articles"].append(article(article_id, normalized.text, blocks, len(sentences)))
        segments = [segment._asdict() for segment in normalized.alignment.segments]
        rows["alignment"].append({"article_id": article_id, "segments": segments})
        rows["sentences"] += sentences
    return rows


def blocks_of(text: str) -> Iterator[dict[str, Any]]:
    """The stretches between blank lines."""
    start = 0
    for number, block in enumerate(text.split("\n\n")):
        yield {"role": ROLES[number % len(ROLES)], "start": start, "end": start + len(block)}
        start += len(block) + 2


def sentences_of(article_id: str, text: str, blocks: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """A block is cut behind each full stop before a blank."""
    number = 0
    for block in blocks:
        start = block["start"]
        while start < block["end"]:
            stop = text.find(". ", start, block["end"])
            end = block["end"] if stop < 0 else stop + 1
            place = {"start": start, "end": end, "role": block["role"]}
            yield {"article_id": article_id, "sentence_id": number, **place, "text": text[start:end]}
            start, number = end + 1, number + 1


def article(article_id: str, text: str, blocks: list[dict[str, Any]], n_sentences: int) -> dict[str, Any]:
    """An open article written for the corpus."""
    return {
        "article_id": article_id,
        "text": text,
        "title": text[blocks[0]["start"] : blocks[0]["end"]] or None,
        "byline": None,
        "dateline": None,
        "outlet": "Le Phare (fictif)",
        "published": date(2024, 3, 3),
        "language": "fr",
        "text_origin": "synthetic",
        "rights": "open",
        "license": "CC0-1.0",
        "raw_file": f"{article_id}.txt",
        "raw_record": None,
        "raw_encoding": "utf-8",
        "raw_sha256": "0" * 64,
        "text_sha256": text_digest(text),
        "normalizer": "parallaxe-normalizer/1",
        "blocks": blocks,
        "n_sentences": n_sentences,
        "n_tokens": 9,
        "event": None,
        "near_duplicate_group": article_id,
    }


def provenance() -> dict[str, Any]:
    """What every table of annotations ends with."""
    return {
        "layer": "or",
        "annotator": "a1",
        "annotator_type": "human",
        "status": "reviewed",
        "origin": "manual",
        "guideline_version": "1.0",
        "tool": None,
        "score": None,
        "confidence": "high",
        "note": None,
        "why": None,
        "created": date(2024, 3, 4),
        "derived_from": [],
    }


def span(article: Mapping[str, Any], words: str) -> dict[str, Any]:
    """Where words stand first in the text of an article."""
    start = article["text"].index(words)
    return {"start": start, "end": start + len(words)}


def mention(article: Mapping[str, Any], entity_id: str, words: str, label: str, kb_id: str) -> dict[str, Any]:
    """A mention of one fragment."""
    place = span(article, words)
    return {
        "article_id": article["article_id"], "entity_id": entity_id, "fragments": [place], **place, "text": words,
        "label": label, "metonymic": None, "nested_in": None, "kb_id": kb_id,
    } | provenance()  # fmt: skip


def entity(kb_id: str, relation: str | None = None) -> dict[str, Any]:
    """A row of the knowledge base."""
    relations = [] if relation is None else [{"relation": "leader_of", "kb_id": relation}]
    return {
        "kb_id": kb_id, "type": "PER", "name": kb_id, "aliases": [], "description": "Personnage inventé.",
        "wikidata": None, "wikidata_source": None, "relations": relations, "actor": None, "first_seen": None,
    }  # fmt: skip


def withheld(rows: Rows) -> Rows:
    """What the public profile shows: no text of restricted articles but short names."""
    hidden = {row["article_id"] for row in rows["articles"] if row["rights"] == "restricted"}
    public = deepcopy(rows)
    for name, listed in public.items():
        columns = [column.name for column in SCHEMAS.table(name).columns if column.withheld]
        for row in listed:
            if hidden & {row.get("article_id"), row.get("article_a"), row.get("article_b")}:
                row |= {column: None for column in columns if (name, column) != ("entities", "text")}
    return public


def frames(rows: Rows) -> dict[str, pl.DataFrame]:
    """The tables of rows, in the types of their schemas."""
    return {name: frame_of(SCHEMAS.table(name), listed) for name, listed in rows.items()}


def changed(rows: Rows, change: Callable[[Rows], object]) -> Rows:
    """A copy of rows to which something was done."""
    copy = deepcopy(rows)
    change(copy)
    return copy


corpora = (
    st.lists(texts.filter(lambda source: normalize(source).text != ""), min_size=1, max_size=3)
    .filter(lambda sources: len({normalize(source).text for source in sources}) == len(sources))
    .map(lambda sources: tables_of([(f"a{number}", source) for number, source in enumerate(sources)]))
)
"""Consistent rows of one to three articles whose texts differ."""
