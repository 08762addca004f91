"""Rules of the annotation scheme, asked of layer files, so that a complaint names file and line.

A rule is a named function from one layer and what it speaks of to complaints: the claim at fault (or null for the
header) and what to do about it. Its id is its name in kebab case, its reason the first line of its docstring. In the
examples the text is « Jeanne Kerbrat parle. On verra bien, dit-elle. », one paragraph, unless they give another.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TypeAlias

import polars as pl

from parallaxe.core.claims import AUTHOR, Claim, Entity, Layer, Provenance, Span, Stance
from parallaxe.core.knowledge import is_unlinked
from parallaxe.core.labels import LabelSet
from parallaxe.text.document import Block
from parallaxe.validate.documentation import Described
from parallaxe.validate.failures import Complaint, complained, no_failures
from parallaxe.validate.rule import rule_id

LEVEL = 4


@dataclass(frozen=True)
class LayerContext:
    """A layer with what its claims must fit: blocks of its text, known entities, label sets.

    `blocks` and `text_sha256` are null where the project has no such article.
    """

    layer: Layer
    path: str
    lines: Mapping[str, int]
    text_sha256: str | None
    blocks: tuple[Block, ...] | None
    known: Collection[str]
    labels: Mapping[str, LabelSet]

    def line(self, claim: Claim | None) -> int:
        """The line of a claim; of the header where it is null."""
        return self.lines[claim.id] if claim else 1

    def claims_of(self, kind: type[Claim]) -> Iterator[Claim]:
        """All claims of a kind."""
        return (claim for claim in self.layer.claims if isinstance(claim, kind))


Complaints: TypeAlias = Iterator[tuple[Claim | None, str]]
LayerRule: TypeAlias = Callable[[LayerContext], Complaints]
"""From a layer in its context to complaints: the claim at fault, and one line on what is wrong and what to do."""


def layer_article_known(context: LayerContext) -> Complaints:
    """The article of a layer is in the catalogue.

    Fails:
        article {"article_id": "la-gare"}
        header {"article_id": "le-port"}

    Passes:
        article {"article_id": "le-port"}
        header {"article_id": "le-port"}
    """
    if context.text_sha256 is None:
        yield None, f"article `{context.layer.article_id}` is not in the project; remove the layer or add the article"


def layer_text_hash(context: LayerContext) -> Complaints:
    """A layer was made for the text that the article has now.

    Fails:
        text "Jeanne Kerbrat se tait."
        header {"text_sha256":
            "9a4ed5ef4c69b14b1bfec3ea15c1e53ba8b7de3d6bf5e9e5b81b0dbdc1dba4e8"}

    Passes:
        text "Jeanne Kerbrat se tait."
        header {"text_sha256":
            "802daf7eea06bc0397bc5c083f6b5be5f6150a8cc84fe51f471d7d99187a50fa"}
    """
    if context.text_sha256 not in (None, context.layer.text_sha256):
        yield None, "the layer was made for another text; migrate it, or restore the text"


def layer_vocabulary(context: LayerContext) -> Complaints:
    """Header words (kind of annotator, kinds looked for) are labels of their sets.

    Fails:
        header {"complete": ["entity", "citation"]}

    Passes:
        header {"complete": ["entity", "quote"]}
    """
    yield from _unknown(None, context, "annotator_types", [context.layer.annotator_type])
    yield from _unknown(None, context, "claim_kinds", context.layer.complete)


def model_is_no_human(context: LayerContext) -> Complaints:
    """What a program made is never passed off as a person's work.

    A human layer names a person by pseudonym (no `tool/version`, no `model`), and none of its claims has a tool or a
    score unless it came from a proposal that the person accepted or changed.

    Fails:
        header {"annotator": "tagger/2.1", "annotator_type": "human"}

    Passes:
        header {"annotator": "tagger/2.1", "annotator_type": "model"}
    """
    if context.layer.annotator_type != "human":
        return
    if "/" in context.layer.annotator or "model" in context.layer.annotator:
        yield (
            None,
            f"annotator `{context.layer.annotator}` is a program, annotator_type says human; write model or rule",
        )
    for claim in context.layer.claims:
        history = claim.provenance
        if (history.tool or history.score is not None) and history.origin in (None, "manual"):
            yield claim, "the claim has a tool or score but says a person made it; set origin or annotator_type"


def claim_vocabulary(context: LayerContext) -> Complaints:
    """Every label of a claim is in its set: entity labels, quotation types, targets, polarities, levels, statuses.

    Fails:
        claim {"id": "e1", "kind": "entity", "fragments": [[0, 14]], "label": "PERSONNE"}

    Passes:
        claim {"id": "e1", "kind": "entity", "fragments": [[0, 14]], "label": "PER"}
    """
    for claim in context.layer.claims:
        for label_set, names in _labels_of(claim):
            yield from _unknown(claim, context, label_set, [name for name in names if name is not None])


def _labels_of(claim: Claim) -> Iterator[tuple[str, tuple[str | None, ...]]]:
    history = claim.provenance
    yield "statuses", (history.status,)
    yield "origins", (history.origin,)
    yield "confidences", (history.confidence,)
    if isinstance(claim, Entity):
        yield "entity_labels", (claim.label, claim.metonymic)
    elif isinstance(claim, Stance):
        yield "stance_levels", (claim.level,)
        yield "targets", (claim.target,)
        yield "polarities", (claim.polarity,)
    else:
        yield "quotation_types", (claim.type,)


def _unknown(claim: Claim | None, context: LayerContext, label_set: str, names: Collection[str]) -> Complaints:
    known = context.labels[label_set].in_use
    for name in names:
        if name not in known:
            yield claim, f"`{name}` is none of {label_set}; use one of {', '.join(known)}"


def span_in_annotated_block(context: LayerContext) -> Complaints:
    """Every span lies inside one block of a role that is annotated.

    Fails:
        claim {"id": "e1", "kind": "entity", "fragments": [[0, 99]], "label": "PER"}

    Passes:
        claim {"id": "e1", "kind": "entity", "fragments": [[0, 14]], "label": "PER"}
    """
    if context.blocks is None:
        return
    annotated = {label.name for label in context.labels["block_roles"].labels if label.annotated}
    for claim in context.layer.claims:
        for span in _spans(claim):
            block = next((block for block in context.blocks if block.start <= span.start < span.end <= block.end), None)
            if block is None:
                yield claim, f"[{span.start}, {span.end}) lies in no block of the text; locate it again"
            elif block.role not in annotated:
                yield claim, f"[{span.start}, {span.end}) lies in a block of role {block.role}, which is not annotated"


def _spans(claim: Claim) -> Iterator[Span]:
    if isinstance(claim, Entity | Stance):
        return iter(claim.fragments)
    return chain(claim.content, claim.cue, claim.sources)


def fragments_in_order(context: LayerContext) -> Complaints:
    """A mention and a content have at least one fragment; fragments are in order and do not overlap.

    Fails:
        claim {"id": "q1", "kind": "quote", "type": "direct", "content": [[30, 34], [22, 29]]}

    Passes:
        claim {"id": "q1", "kind": "quote", "type": "direct", "content": [[22, 29], [30, 34]]}
    """
    for claim in context.layer.claims:
        spans = claim.fragments
        if not spans and not isinstance(claim, Stance):
            yield claim, "no fragments; a claim stands on words"
        if any(after.start < before.end for before, after in pairwise(spans)):
            yield claim, "fragments overlap or are out of order; sort them"


def claim_repeated(context: LayerContext) -> Complaints:
    """No mention, quotation or stance is said twice.

    Fails:
        claim {"id": "e1", "kind": "entity", "fragments": [[0, 14]], "label": "PER"}
        claim {"id": "e2", "kind": "entity", "fragments": [[0, 14]], "label": "PER"}

    Passes:
        claim {"id": "e1", "kind": "entity", "fragments": [[0, 14]], "label": "PER"}
        claim {"id": "e2", "kind": "entity", "fragments": [[7, 14]], "label": "PER"}
    """
    seen: dict[tuple[object, ...], str] = {}
    for claim in context.layer.claims:
        key = _key(claim)
        if key in seen:
            yield claim, f"the same as `{seen[key]}`; keep one"
        seen.setdefault(key, claim.id)


def _key(claim: Claim) -> tuple[object, ...]:
    if isinstance(claim, Entity):
        return "entity", claim.fragments, claim.label
    if isinstance(claim, Stance):
        return "stance", claim.level, claim.quote, claim.holder, claim.target
    return "quote", claim.content, claim.cue, claim.sources


def quotation_known(context: LayerContext) -> Complaints:
    """A quotation that another claim cites is in the layer, and no quotation is inside itself.

    Fails:
        claim {"id": "q1", "kind": "quote", "type": "direct", "content": [[22, 35]], "inside": "q9"}

    Passes:
        claim {"id": "q1", "kind": "quote", "type": "direct", "content": [[22, 35]]}
    """
    inside = {quote.id: quote.inside for quote in context.layer.quotes}
    for quote in context.layer.quotes:
        if quote.inside is not None and quote.inside not in inside:
            yield quote, f"inside `{quote.inside}`, which is not in the layer"
        elif quote.id in _around(quote.id, inside):
            yield quote, "the quotation is inside itself"
    for stance in context.layer.stances:
        if stance.quote is not None and stance.quote not in inside:
            yield stance, f"quote `{stance.quote}` is not in the layer"


def _around(quote: str, inside: Mapping[str, str | None]) -> set[str]:
    around: set[str] = set()
    outer = inside.get(quote)
    while outer is not None and outer not in around:
        around.add(outer)
        outer = inside.get(outer)
    return around


def entity_known(context: LayerContext) -> Complaints:
    """Every link and holder is a row of the knowledge base, or a `NIL:` cluster.

    Fails:
        known ["seoul"]
        claim {"id": "e1", "kind": "entity", "fragments": [[0, 14]], "label": "PER", "kb_id": "kerbrat"}

    Passes:
        known ["kerbrat"]
        claim {"id": "e1", "kind": "entity", "fragments": [[0, 14]], "label": "PER", "kb_id": "kerbrat"}
    """
    for claim in context.layer.claims:
        kb_id = claim.kb_id if isinstance(claim, Entity) else claim.holder if isinstance(claim, Stance) else None
        if kb_id is not None and kb_id != AUTHOR and not is_unlinked(kb_id) and kb_id not in context.known:
            yield claim, f"`{kb_id}` is no row of annotations/knowledge_base.jsonl; add it, or use NIL:…"


def holder_mentioned(context: LayerContext) -> Complaints:
    """Who holds a settled stance is named in the article: some mention of the layer links to it, or it is a cluster.

    A pass may err here; what was reviewed or settled may not. Asked where mentions were looked for throughout.

    Fails:
        known ["kerbrat"]
        claim {"id": "e1", "kind": "entity", "fragments": [[0, 14]], "label": "PER", "kb_id": "NIL:kerbrat"}
        claim {"id": "q1", "kind": "quote", "type": "direct", "content": [[22, 35]]}
        claim {"id": "s1", "kind": "stance", "level": "attributed", "holder": "kerbrat", "target": "russia",
            "polarity": "neutral", "intensity": 0, "quote": "q1", "status": "reviewed"}

    Passes:
        known ["kerbrat"]
        claim {"id": "e1", "kind": "entity", "fragments": [[0, 14]], "label": "PER", "kb_id": "kerbrat"}
        claim {"id": "q1", "kind": "quote", "type": "direct", "content": [[22, 35]]}
        claim {"id": "s1", "kind": "stance", "level": "attributed", "holder": "kerbrat", "target": "russia",
            "polarity": "neutral", "intensity": 0, "quote": "q1", "status": "reviewed"}
    """
    if "entity" not in context.layer.complete:
        return
    named = {mention.kb_id for mention in context.layer.entities}
    for stance in context.layer.stances:
        if stance.provenance.status == Provenance().status or stance.holder == AUTHOR or is_unlinked(stance.holder):
            continue
        if stance.holder not in named:
            yield stance, f"no mention links to holder `{stance.holder}`; annotate the mention, or use NIL:…"


def metonymy_of_places(context: LayerContext) -> Complaints:
    """Only mentions of one label stand for something else: those that the guidelines allow (places).

    Fails:
        claim {"id": "e1", "kind": "entity", "fragments": [[7, 14]], "label": "LOC", "metonymic": "LOC"}

    Passes:
        claim {"id": "e1", "kind": "entity", "fragments": [[7, 14]], "label": "LOC", "metonymic": "ORG"}
    """
    for claim in context.layer.entities:
        if claim.metonymic == claim.label:
            yield claim, f"a {claim.label} that stands for a {claim.label}; leave metonymic out"


def stance_level_fits(context: LayerContext) -> Complaints:
    """A stance of the article is held by the author; an attributed one by somebody else, and cites its quotation.

    Fails:
        claim {"id": "s1", "kind": "stance", "level": "article", "holder": "NIL:kerbrat", "target": "russia",
            "polarity": "neutral", "intensity": 0}

    Passes:
        claim {"id": "s1", "kind": "stance", "level": "article", "holder": "author", "target": "russia",
            "polarity": "neutral", "intensity": 0}
    """
    own = {label.name for label in context.labels["stance_levels"].labels if label.own}
    for stance in context.layer.stances:
        is_article = stance.level in own
        if is_article != (stance.holder == AUTHOR) or is_article != (stance.quote is None):
            levels = " or ".join(sorted(own))
            yield stance, f"a stance of level {levels} has holder `{AUTHOR}` and no quote; any other has both its own"


def intensity_fits(context: LayerContext) -> Complaints:
    """Intensity lies in −3…+3 and has the sign of its polarity, which is at zero where the polarity has none.

    Fails:
        claim {"id": "s1", "kind": "stance", "level": "article", "holder": "author", "target": "russia",
            "polarity": "favor", "intensity": -2, "evidence": [[22, 35]]}

    Passes:
        claim {"id": "s1", "kind": "stance", "level": "article", "holder": "author", "target": "russia",
            "polarity": "favor", "intensity": 2, "evidence": [[22, 35]]}
    """
    signs = {label.name: label.sign for label in context.labels["polarities"].labels}
    for stance in context.layer.stances:
        sign = (stance.intensity > 0) - (stance.intensity < 0)
        if abs(stance.intensity) > 3 or sign != signs.get(stance.polarity, 0):
            yield stance, f"intensity {stance.intensity} does not go with {stance.polarity}"


def evidence_given(context: LayerContext) -> Complaints:
    """A stance of the writer's own that evaluates its target cites the writer's words.

    Fails:
        claim {"id": "s1", "kind": "stance", "level": "article", "holder": "author", "target": "russia",
            "polarity": "favor", "intensity": 2}

    Passes:
        claim {"id": "s1", "kind": "stance", "level": "article", "holder": "author", "target": "russia",
            "polarity": "favor", "intensity": 2, "evidence": [[22, 35]]}
    """
    unasked = {label.name for label in context.labels["polarities"].labels if not label.evidence}
    for stance in context.layer.stances:
        if stance.holder == AUTHOR and stance.polarity not in unasked and not stance.evidence:
            yield stance, "no evidence; cite one to five spans of the writer's words"


LAYER_RULES: tuple[LayerRule, ...] = (
    layer_article_known,
    layer_text_hash,
    layer_vocabulary,
    model_is_no_human,
    claim_vocabulary,
    span_in_annotated_block,
    fragments_in_order,
    claim_repeated,
    quotation_known,
    entity_known,
    holder_mentioned,
    metonymy_of_places,
    stance_level_fits,
    intensity_fits,
    evidence_given,
)


def described(rule: LayerRule) -> Described:
    """A rule of layers as people meet it."""
    return Described(rule_id(rule), LEVEL, "layer", "error", inspect.getdoc(rule) or "")


def check_layer(context: LayerContext) -> pl.DataFrame:
    """Every complaint about a layer as a row of failures, with file and line; the value is the id of the claim."""
    told = [
        complained(rule_id(rule), LEVEL, "layers", [_complaint(context, claim, message) for claim, message in found])
        for rule in LAYER_RULES
        if (found := list(rule(context)))
    ]
    return pl.concat([no_failures(), *told])


def _complaint(context: LayerContext, claim: Claim | None, message: str) -> Complaint:
    spans = claim.fragments if claim else ()
    return Complaint(
        message,
        context.path,
        context.line(claim),
        claim.id if claim else None,
        context.layer.article_id,
        spans[0].start if spans else None,
        spans[-1].end if spans else None,
    )
