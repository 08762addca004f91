"""Mentions that a trained component proposes, and how they join those of the rules.

The rules know the names of a corpus and the grammar of dates and materiel; a component knows the contexts in which
names stand. Which of them is asked about what is data: a policy by label, chosen on the validation split by `choosing`
and kept with the component.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from parallaxe.annotate.article import Article
from parallaxe.annotate.entity_rules.folding import fold_name, slug
from parallaxe.annotate.entity_rules.memory import short_forms
from parallaxe.annotate.trained.examples import outermost, sentence_tokens
from parallaxe.core.claims import Entity, Provenance, Span
from parallaxe.core.knowledge import UNLINKED
from parallaxe.core.layer_format import mint

if TYPE_CHECKING:
    from spacy.language import Language

_ASKED_AT_ONCE = 128
_EDGES = " \t\n\u00a0\u202f«»\"“”‘’'"
_UNLINKED_LABELS = frozenset({"DATE", "PRODUCT"})
"""Labels whose mentions have no link unless the knowledge base has a row (guidelines §1)."""


@dataclass(frozen=True)
class Policy:
    """Who is asked about which label.

    Args:
        adds: labels of which the component's mentions are taken where no rule has found anything.
        vetoes: by label, the score of a rule's mention below which the component must have seen one there too.
    """

    adds: frozenset[str] = frozenset()
    vetoes: Mapping[str, float] = field(default_factory=dict)


RULES_ALONE = Policy()
"""The component is not asked."""

USUAL_LABELS: Mapping[str, str] = {
    "PER": "PER",
    "PERSON": "PER",
    "LOC": "LOC",
    "GPE": "LOC",
    "FAC": "LOC",
    "ORG": "ORG",
    "NORP": "NORP",
    "EVENT": "EVENT",
    "PRODUCT": "PRODUCT",
    "LAW": "LAW",
    "DATE": "DATE",
}
"""Labels of the pipelines that spaCy publishes to those of the rules; `MISC` is none of them."""

USUAL_POLICY = Policy(adds=frozenset({"PER", "LOC", "ORG"}))
"""For a pipeline of which nothing is known: the kinds of names that every annotator means the same by."""


@dataclass(frozen=True, eq=False)
class Component:
    """A spaCy pipeline that finds mentions, and what is known of it.

    Args:
        opened: gives the pipeline, which gives `doc.ents`; called when it is first asked, since many articles leave it
            nothing to say and spaCy takes longer to load than most articles take to read.
        tool: its name and version, for the provenance of what it proposes.
        labels: its labels to those that the rules know; mentions with another one are dropped.
        precision: by label, the share of its mentions that were right on the validation split; empty: not known.
        policy: how its mentions join those of the rules.
        own_tokens: it reads sentences as the text layer cuts them into tokens; otherwise it cuts blocks itself.
    """

    opened: Callable[[], Language]
    tool: str
    labels: Mapping[str, str]
    precision: Mapping[str, float] = field(default_factory=dict)
    policy: Policy = RULES_ALONE
    own_tokens: bool = False

    @cached_property
    def pipeline(self) -> Language:
        """The pipeline, opened once.

        Raises:
            SurroundingsError: if this spaCy cannot read it.
        """
        return self.opened()


def trained_mentions(article: Article, component: Component, near: Sequence[Span] | None = None) -> list[Entity]:
    """What a component finds in the annotated blocks of an article, in order and disjoint.

    With `near`, only what it finds in the sentences that share a code point with one of these spans, or in the blocks
    where it cuts words for itself.

    A spaCy recognizer gives no probabilities: the score of a mention is the share of mentions of its label that were
    right on the validation split, and `why` says so; it is null where that is not known. Names of the kinds that have
    links bear `NIL:` and the slug of their words.
    """
    taken: set[str] = set()
    return [
        _claim(article.text[start:end], label, Span(start, end), component, taken)
        for start, end, label in _found(article, component, None if near is None else _Cover(near))
    ]


def _found(article: Article, component: Component, near: _Cover | None) -> Iterator[tuple[int, int, str]]:
    """Start, end and our label of each mention; the vocabulary of the pipeline does not grow by what it reads."""
    with component.pipeline.memory_zone():
        find = _in_sentences if component.own_tokens else _in_blocks
        spans = find(article, component, near)
        for start, end, label in spans:
            own = component.labels.get(label)
            first, last = _trimmed(article.text, start, end)
            if own is not None and first < last:
                yield first, last, own


def _in_sentences(article: Article, component: Component, near: _Cover | None) -> Iterator[tuple[int, int, str]]:
    from spacy.tokens import Doc

    pipeline = component.pipeline
    sentences = (tokens for span, tokens in sentence_tokens(article) if near is None or near.touches(span))
    docs = ((Doc(pipeline.vocab, words=[article.text[a:b] for a, b in tokens]), tokens) for tokens in sentences)
    for doc, tokens in pipeline.pipe(docs, as_tuples=True, batch_size=_ASKED_AT_ONCE):
        for span in doc.ents:
            yield tokens[span.start][0], tokens[span.end - 1][1], span.label_


def _in_blocks(article: Article, component: Component, near: _Cover | None) -> Iterator[tuple[int, int, str]]:
    pipeline = component.pipeline
    longest = pipeline.max_length
    pieces = (
        (article.text[start : min(start + longest, block.end)], start)
        for block in article.body
        if near is None or near.touches(Span(block.start, block.end))
        for start in range(block.start, block.end, longest)
    )
    for doc, start in pipeline.pipe(pieces, as_tuples=True, batch_size=_ASKED_AT_ONCE):
        for span in doc.ents:
            yield start + span.start_char, start + span.end_char, span.label_


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without white space and quotation marks at its ends (guidelines §0)."""
    while start < end and text[start] in _EDGES:
        start += 1
    while start < end and text[end - 1] in _EDGES:
        end -= 1
    return start, end


def _claim(surface: str, label: str, span: Span, component: Component, taken: set[str]) -> Entity:
    precision = component.precision.get(label)
    why = "trained-component" if precision is None else f"trained-component; score: precision of {label} on validation"
    name = slug(surface)
    return Entity(
        mint(f"{label}:{span.start}:{span.end}", taken),
        (span,),
        label,
        kb_id=f"{UNLINKED}{name}" if name and label not in _UNLINKED_LABELS else None,
        provenance=Provenance(
            origin=None, tool=component.tool, score=None if precision is None else round(precision, 3), why=why
        ),
    )


def with_trained(article: Article, rules: Sequence[Entity], component: Component) -> list[Entity]:
    """Mentions of the rules, and those of a component as its policy says.

    A name that is added and stands elsewhere in the article, or is the family name of somebody named in full there,
    links to what the rules say that is. A component that adds nothing is asked about what it may veto alone, and not
    opened where there is none.
    """
    policy = component.policy
    doubted = [span for mention in _doubted(rules, policy) for span in mention.fragments]
    if not (doubted or policy.adds):
        return list(rules)
    joined = combine(rules, trained_mentions(article, component, None if policy.adds else doubted), policy)
    own = {mention.id for mention in rules}
    links = _links(article.text, rules)
    return [mention if mention.id in own else _linked(mention, article.text, links) for mention in joined]


def _links(text: str, mentions: Iterable[Entity]) -> dict[tuple[str, str], str]:
    """What names link to, by label and folded words; the words themselves come before short forms of others."""
    links: dict[tuple[str, str], str] = {}
    short: dict[tuple[str, str], str] = {}
    for label, kb_id, words in ((m.label, m.kb_id, _folded(m, text)) for m in mentions):
        if kb_id is not None:
            links.setdefault((label, words), kb_id)
            for form in short_forms(words) if label == "PER" else ():
                short.setdefault((label, form), kb_id)
    return short | links


def _linked(mention: Entity, text: str, links: Mapping[tuple[str, str], str]) -> Entity:
    link = links.get((mention.label, _folded(mention, text)))
    return mention if link is None else replace(mention, kb_id=link)


def _folded(mention: Entity, text: str) -> str:
    return " ".join(fold_name(text[start:end]) for start, end in mention.fragments)


def combine(rules: Sequence[Entity], trained: Sequence[Entity], policy: Policy) -> list[Entity]:
    """Mentions of the rules and of a component as one list in the order of the text, as a policy says.

    A mention of the component is added where its label may be and no rule has found anything. A rule's outer mention
    goes where its label has a veto, its score is below that, and the component has seen nothing of the label there;
    what lay in it stays.
    """
    kept = list(_agreed(rules, trained, policy)) if policy.vetoes else list(rules)
    covered = _Cover(span for mention in kept for span in mention.fragments)
    taken = {mention.id for mention in kept}
    added = [
        _with_free_id(mention, taken)
        for mention in trained
        if mention.label in policy.adds and not any(covered.touches(span) for span in mention.fragments)
    ]
    return sorted([*kept, *added], key=_place) if added else kept


def _place(mention: Entity) -> tuple[int, int, str]:
    return (mention.fragments[0].start, -mention.fragments[-1].end, mention.id)


def _with_free_id(mention: Entity, taken: set[str]) -> Entity:
    return replace(mention, id=mint(mention.id, taken)) if mention.id in taken else mention


def _doubted(rules: Sequence[Entity], policy: Policy) -> list[Entity]:
    """The outer mentions of the rules that stay only where a component has seen one of their label."""
    scored = ((mention, mention.provenance.score) for mention in outermost(rules))
    return [mention for mention, score in scored if score is not None and score < policy.vetoes.get(mention.label, 0.0)]


def _agreed(rules: Sequence[Entity], trained: Sequence[Entity], policy: Policy) -> Iterator[Entity]:
    doubted = {mention.id for mention in _doubted(rules, policy)}
    seen = {
        label: _Cover(mention.fragments[0] for mention in trained if mention.label == label) for label in policy.vetoes
    }
    for mention in rules:
        if mention.id not in doubted or any(seen[mention.label].touches(span) for span in mention.fragments):
            yield mention


class _Cover:
    """A set of spans that can be asked whether any of them shares a code point with another span."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def touches(self, span: Span) -> bool:
        index = bisect_right(self._starts, span.end - 1) - 1
        return index >= 0 and self._ends[index] > span.start
