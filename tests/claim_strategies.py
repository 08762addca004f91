"""Hypothesis strategies for layers: claims as annotators make them, and a second layer that differs a little."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from parallaxe.core.claims import AUTHOR, Claim, Entity, Layer, Provenance, Quote, Span, Stance

TEXT = " ".join(f"mot{number:02d}" for number in range(16))
LABELS = ("PER", "ORG", "LOC")
TYPES = ("direct", "indirect")
POLARITIES = ("favor", "against", "neutral")
TARGETS = ("russia", "ukraine", "sanctions")
HOLDERS = ("moscou", "NIL:diplomate", "kim-jong-un")

_starts = st.integers(0, len(TEXT) - 25)
_spans = st.builds(lambda start, length: Span(start, start + length), _starts, st.integers(1, 24))
_one = _spans.map(lambda span: (span,))
_two = _spans.map(lambda span: (span, Span(span.end + 3, span.end + 7)) if span.end < len(TEXT) - 7 else (span,))
fragments = _one | _two
maybe_fragments = st.just(()) | fragments

entities = st.builds(
    Entity,
    st.just(""),
    fragments,
    st.sampled_from(LABELS),
    st.sampled_from([None, None, "ORG"]),
    st.sampled_from([None, "russie", "moscou", "NIL:sources"]),
)
quotes = st.builds(
    Quote, st.just(""), st.sampled_from(TYPES), fragments, maybe_fragments, st.lists(_spans, max_size=2).map(tuple)
)
own_stances = st.builds(
    Stance,
    st.just(""),
    st.just("article"),
    st.just(AUTHOR),
    st.sampled_from(TARGETS),
    st.sampled_from(POLARITIES),
    st.integers(-3, 3),
    maybe_fragments,
)
attributed_stances = st.builds(
    Stance,
    st.just(""),
    st.just("attributed"),
    st.sampled_from(HOLDERS),
    st.sampled_from(TARGETS),
    st.sampled_from(POLARITIES),
    st.integers(-3, 3),
    fragments,
)


def layer_of(claims: tuple[Claim, ...], name: str = "pass-a", article: str = "un") -> Layer:
    """A layer that is complete in everything."""
    return Layer(name, article, "0" * 64, "n/1", "1.2", name, "model", ("entity", "quote", "stance"), claims)


@st.composite
def layers(draw: st.DrawFn, name: str = "pass-a") -> Layer:
    """A layer whose references hold: a quotation lies in an earlier one, a stance is carried by one of its layer."""
    mentions = [replace(c, id=f"{name}-e{n}") for n, c in enumerate(draw(st.lists(entities, max_size=6)))]
    said: list[Quote] = []
    for n, quote in enumerate(draw(st.lists(quotes, max_size=5))):
        outer = draw(st.sampled_from([None, *(other.id for other in said)]))
        said.append(replace(quote, id=f"{name}-q{n}", inside=outer))
    own = draw(st.lists(own_stances, max_size=3, unique_by=lambda stance: stance.target))
    carried = draw(st.lists(attributed_stances, max_size=4)) if said else []
    stances = [replace(c, quote=draw(st.sampled_from([q.id for q in said]))) for c in carried]
    held = [replace(c, id=f"{name}-s{n}") for n, c in enumerate([*own, *stances])]
    return layer_of((*mentions, *said, *held), name)


@st.composite
def layer_pairs(draw: st.DrawFn) -> tuple[Layer, Layer]:
    """Two layers about one text, the second either made alone or a copy of the first in which some things changed."""
    a = draw(layers("pass-a"))
    if draw(st.booleans()):
        return a, draw(layers("pass-b"))
    lost = draw(st.sets(st.sampled_from([c.id for c in a.claims] or [""]), max_size=2))
    kept = tuple(_changed(draw, claim) for claim in a.claims if claim.id not in lost)
    return a, layer_of(tuple(_of_b(claim, lost) for claim in kept), "pass-b")


def _changed(draw: st.DrawFn, claim: Claim) -> Claim:
    change = draw(st.integers(0, 3))
    match claim:
        case Entity() if change == 1:
            return replace(claim, label=draw(st.sampled_from(LABELS)))
        case Entity() if change == 2:
            return replace(claim, fragments=draw(fragments))
        case Quote() if change == 1:
            return replace(claim, content=draw(fragments))
        case Stance() if change == 1:
            return replace(claim, polarity=draw(st.sampled_from(POLARITIES)))
        case _:
            return claim


def _of_b(claim: Claim, lost: set[str]) -> Claim:
    """The same claim under ids of the second layer; what lay in a quotation that is lost lies in none."""
    match claim:
        case Quote(inside=str(outer)):
            inside = None if outer in lost else _renamed(outer)
            return replace(claim, id=_renamed(claim.id), inside=inside, provenance=Provenance())
        case Stance(quote=str(quote)):
            return replace(claim, id=_renamed(claim.id), quote=None if quote in lost else _renamed(quote))
        case _:
            return replace(claim, id=_renamed(claim.id))


def _renamed(name: str) -> str:
    return name.replace("pass-a", "pass-b")
