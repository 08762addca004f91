"""The machine as components of any spaCy pipeline: `parallaxe_entities`, `parallaxe_quotations`, `parallaxe_stances`.

Each reads a `Doc` and leaves rows (`annotate.parts`) in an extension of its own name, spans in `doc.spans`, and the
mentions in `doc.ents`. What an earlier component has left is used: quotations take the mentions of
`parallaxe_entities`, or else those of whatever recognizer set `doc.ents`, or else they find them themselves. Rows are
plain JSON, so that a document goes through `to_bytes`, `DocBin` and worker processes with all of it.

The module stays where it is: entry points name it, and so does every release that is built again by its own program.

A document that came with no blocks (`doc._.parallaxe_blocks`, a list of role, start and end) is one body of paragraphs
split at blank lines. All offsets are code points of `doc.text`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup
from spacy.util import filter_spans

from parallaxe.annotate.entity_rules.folding import slug
from parallaxe.annotate.parts import Row, claims_of, entity_rows, quotation_rows, stance_rows
from parallaxe.annotate.proposals import Machine
from parallaxe.annotate.trained.proposals import USUAL_LABELS
from parallaxe.core import claims as core
from parallaxe.core.errors import UsageError
from parallaxe.core.knowledge import UNLINKED, KnownEntity
from parallaxe.store.annotations import known_entity, read_knowledge_base
from parallaxe.store.jsonl import rows_text
from parallaxe.store.machine.models import SHIPPED, load_component
from parallaxe.store.schemas import load_schemas
from parallaxe.text.document import Block

ENTITIES, QUOTATIONS, STANCES = "parallaxe_entities", "parallaxe_quotations", "parallaxe_stances"
CUES, SOURCES = "parallaxe_cues", "parallaxe_sources"
BLOCKS = "parallaxe_blocks"

_KNOWLEDGE_FILE = "knowledge_base.jsonl"
_CONFIG = {"component": SHIPPED, "knowledge_base": None}
_UNKNOWN_LANGUAGES = ("", "xx")

for _name in (BLOCKS, ENTITIES, QUOTATIONS, STANCES):
    Doc.set_extension(_name, default=None, force=True)


class Part:
    """One part of the machine as a component of spaCy; the machine is opened when the first document comes.

    Args:
        annotate: what is done to a document.
        component: the trained component that is asked beside the rules (`store.models.load_component`).
        knowledge_base: a file of rows to link to; it is read once, and stored with the pipeline.
    """

    def __init__(self, annotate: Callable[[Doc, Machine], None], component: str, knowledge_base: str | None) -> None:
        self._annotate, self._component, self._file = annotate, component, knowledge_base
        self._known: Mapping[str, KnownEntity] | None = None
        self._machine: Machine | None = None

    def __call__(self, doc: Doc) -> Doc:
        """The document, annotated."""
        self._annotate(doc, self.machine)
        return doc

    @property
    def machine(self) -> Machine:
        """The machine with the labels of the package and the knowledge base of the component.

        Raises:
            UsageError, SurroundingsError, ProjectError: if the component or the knowledge base cannot be read.
        """
        if self._machine is None:
            component = load_component(self._component)
            self._machine = Machine.of(load_schemas().labels, self.known, component=component)
        return self._machine

    @property
    def known(self) -> Mapping[str, KnownEntity]:
        """The rows of the knowledge base by id."""
        if self._known is None:
            self._known = {} if self._file is None else _read_known(Path(self._file))
        return self._known

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:  # noqa: ARG002 -- as spaCy calls it
        """The knowledge base; everything else stands in the configuration."""
        return rows_text(map(_row, self.known.values())).encode()

    def from_bytes(self, content: bytes, *, exclude: Iterable[str] = ()) -> Part:  # noqa: ARG002
        """Take a knowledge base that `to_bytes` gave in place of the file that the configuration names."""
        lines = enumerate(content.decode().splitlines(), 1)
        rows = (known_entity(json.loads(line), f"{_KNOWLEDGE_FILE}:{number}") for number, line in lines)
        self._known, self._machine = {row.kb_id: row for row in rows}, None
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the knowledge base into a folder."""
        Path(path).mkdir(parents=True, exist_ok=True)
        (Path(path) / _KNOWLEDGE_FILE).write_bytes(self.to_bytes(exclude=exclude))

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Part:
        """Read it again."""
        return self.from_bytes((Path(path) / _KNOWLEDGE_FILE).read_bytes(), exclude=exclude)


def _row(entity: KnownEntity) -> dict[str, Any]:
    """An entity as its line in a knowledge base."""
    return {**asdict(entity), "relations": [relation._asdict() for relation in entity.relations]}


def _read_known(path: Path) -> Mapping[str, KnownEntity]:
    if not path.is_file():
        raise UsageError(str(path), "no such file", "name a knowledge base: a row as JSON on each line")
    return read_knowledge_base(path)


@Language.factory(
    ENTITIES, assigns=["doc.ents", "doc.spans", f"doc._.{ENTITIES}"], default_config={**_CONFIG, "overwrite": False}
)
def entities(
    nlp: Language,  # noqa: ARG001 -- spaCy gives every factory pipeline and name
    name: str,  # noqa: ARG001
    component: str,
    knowledge_base: str | None,
    overwrite: bool,
) -> Part:
    """Mentions as `doc.ents` (the outer ones), `doc.spans` (all) and rows; `overwrite` drops what was in `doc.ents`."""

    def annotate(doc: Doc, machine: Machine) -> None:
        rows = entity_rows(doc.text, _blocks(doc), machine, _language(doc))
        doc._.set(ENTITIES, rows)
        _group(doc, ENTITIES, rows, "fragments", "label")
        whole = {row["id"] for row in rows if len(row["fragments"]) == 1}
        found = [span for span in doc.spans[ENTITIES] if span.id_ in whole]
        doc.ents = _outer(found, () if overwrite else doc.ents)

    return Part(annotate, component, knowledge_base)


def _outer(found: Sequence[Span], before: Sequence[Span]) -> list[Span]:
    """Mentions that no other one holds, none where one was before."""
    taken = {token.i for span in before for token in span}
    free = [span for span in found if taken.isdisjoint(range(span.start, span.end))]
    return [*before, *filter_spans(free)]


@Language.factory(QUOTATIONS, assigns=["doc.spans", f"doc._.{QUOTATIONS}"], default_config=_CONFIG)
def quotations(nlp: Language, name: str, component: str, knowledge_base: str | None) -> Part:  # noqa: ARG001
    """Quotations as rows, and as spans of contents, cues and sources, each with the id of its quotation."""

    def annotate(doc: Doc, machine: Machine) -> None:
        rows = quotation_rows(doc.text, _blocks(doc), machine, _mentions(doc))
        doc._.set(QUOTATIONS, rows)
        for group, spans in ((QUOTATIONS, "content"), (CUES, "cue"), (SOURCES, "sources")):
            _group(doc, group, rows, spans, "type")

    return Part(annotate, component, knowledge_base)


@Language.factory(STANCES, assigns=["doc.spans", f"doc._.{STANCES}"], default_config=_CONFIG)
def stances(nlp: Language, name: str, component: str, knowledge_base: str | None) -> Part:  # noqa: ARG001
    """Stances as rows, and their evidence as spans, each with the id of its stance."""

    def annotate(doc: Doc, machine: Machine) -> None:
        blocks, mentions, quotes = _blocks(doc), _mentions(doc), doc._.get(QUOTATIONS)
        if mentions is None:
            mentions = _claims(entity_rows(doc.text, blocks, machine, _language(doc)), core.Entity)
        if quotes is None:
            quotes = quotation_rows(doc.text, blocks, machine, mentions)
        rows = stance_rows(doc.text, blocks, machine, [*mentions, *_claims(quotes, core.Quote)])
        doc._.set(STANCES, rows)
        _group(doc, STANCES, rows, "evidence", "polarity")

    return Part(annotate, component, knowledge_base)


def _blocks(doc: Doc) -> tuple[Block, ...] | None:
    """The blocks that a document came with, or null.

    Raises:
        UsageError: if they are none, or lie outside the text, or overlap.
    """
    came = doc._.get(BLOCKS)
    if came is None:
        return None
    try:
        blocks = tuple(Block(str(role), int(start), int(end)) for role, start, end in came)
    except (TypeError, ValueError) as error:
        raise UsageError(
            f"doc._.{BLOCKS}", f"no list of blocks ({error})", "give role, start and end of each"
        ) from error
    borders = [0, *(border for _, start, end in blocks for border in (start, end)), len(doc.text)]
    if borders != sorted(borders):
        raise UsageError(f"doc._.{BLOCKS}", "blocks overlap or leave the text", "give them in order, in code points")
    return blocks


def _mentions(doc: Doc) -> list[core.Entity] | None:
    """The mentions that earlier components have found, or null where none has looked."""
    rows = doc._.get(ENTITIES)
    if rows is not None:
        return _claims(rows, core.Entity)
    return _of_recognizer(doc) if doc.has_annotation("ENT_IOB") else None


def _of_recognizer(doc: Doc) -> list[core.Entity]:
    """`doc.ents` under the labels that the rules know, each linked as its recognizer says or to its own words."""
    return [
        core.Entity(
            str(number),
            (core.Span(span.start_char, span.end_char),),
            USUAL_LABELS[span.label_],
            kb_id=span.kb_id_ or f"{UNLINKED}{slug(span.text)}",
        )
        for number, span in enumerate(doc.ents)
        if span.label_ in USUAL_LABELS
    ]


_Kind = TypeVar("_Kind", core.Entity, core.Quote)


def _claims(rows: Sequence[Row], kind: type[_Kind]) -> list[_Kind]:
    return [claim for claim in claims_of(rows) if isinstance(claim, kind)]


def _language(doc: Doc) -> str | None:
    return None if doc.lang_ in _UNKNOWN_LANGUAGES else doc.lang_


def _group(doc: Doc, group: str, rows: Sequence[Row], spans: str, label: str) -> None:
    """The tokens that the spans of rows touch, each span with the id of its row, and its link where it has one."""
    found = [
        doc.char_span(
            start, end, label=row[label], kb_id=row.get("kb_id") or "", span_id=row["id"], alignment_mode="expand"
        )
        for row in rows
        for start, end in row.get(spans, ())
    ]
    doc.spans[group] = SpanGroup(doc, name=group, spans=[span for span in found if span is not None])
