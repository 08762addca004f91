"""A second opinion on stance: a scorer from outside is asked about what the machine proposes, and both are weighed.

Only judgements that words show are asked about, with the sentences that these words stand in. The opinion confirms a
judgement, turns it round or takes it away; it finds none of its own. The share of each side is equal because nothing
was at hand to choose another on: a model that is known to be good deserves more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from parallaxe.annotate.article import Article
from parallaxe.annotate.stance_scoring import Scores, StanceScorer
from parallaxe.core.claims import Quote, Span, Stance
from parallaxe.core.labels import Label, LabelSet

OPINION_SHARE = 0.5
"""What the opinion weighs beside the proposal."""


def with_opinions(
    article: Article,
    stances: Sequence[Stance],
    quotes: Sequence[Quote],
    scorer: StanceScorer,
    labels: Mapping[str, LabelSet],
) -> list[Stance]:
    """The stances after a scorer was heard, in their order.

    Of the writer, a judgement that is taken away leaves the target neutral; of a source it leaves nothing. Whatever
    was asked about bears the scorer's name in `why`, and its tool where the polarity is the scorer's.

    Args:
        article: the text that stances and quotations stand in.
        stances: as proposed; those without evidence, and of polarities without a sign, pass as they are.
        quotes: those that attributed stances name.
        scorer: asked once for each target, about all passages.
        labels: the label sets `targets`, `polarities` and `stance_levels`.

    Raises:
        ParallaxeError: if the scorer cannot answer.
    """
    polarities = {label.name: label for label in labels["polarities"].labels}
    contents = {quote.id: quote.fragments for quote in quotes}
    asked: defaultdict[str, list[int]] = defaultdict(list)
    for index, stance in enumerate(stances):
        if stance.evidence and polarities[stance.polarity].sign:
            asked[stance.target].append(index)
    result: list[Stance | None] = list(stances)
    own = {label.name for label in labels["stance_levels"].labels if label.own}
    choice = _choice(polarities)
    for target in labels["targets"].labels:
        places = asked[target.name]
        passages = [_passage(article, stances[place], contents) for place in places]
        for place, scores in zip(places, scorer.score(passages, target, choice) if places else (), strict=True):
            result[place] = _weighed(stances[place], scores, scorer.tool, polarities, own)
    return [stance for stance in result if stance is not None]


def _choice(polarities: Mapping[str, Label]) -> list[str]:
    """Each sign once: the first polarity that bears it, and the one that needs no words for none."""
    return [label.name for label in polarities.values() if label.sign or not label.evidence]


def _passage(article: Article, stance: Stance, contents: Mapping[str, tuple[Span, ...]]) -> str:
    """The sentences that a stance stands in: those of its evidence, and of the quotation that carries it."""
    spans = (*stance.evidence, *contents.get(stance.quote or "", ()))
    first, last = min(span.start for span in spans), max(span.end for span in spans)
    touched = [one for one in article.sentences if one.start < last and first < one.end]
    kept = [one for one in touched if any(one.start < span.end and span.start < one.end for span in spans)]
    return " ".join(article.text[one.start : one.end] for one in kept) or article.text[first:last]


def _weighed(
    stance: Stance, scores: Scores, tool: str, polarities: Mapping[str, Label], own: set[str]
) -> Stance | None:
    before = stance.provenance
    sure = 1.0 if before.score is None else before.score
    rest = (1 - sure) / max(1, len(scores) - 1)
    both = {
        name: (1 - OPINION_SHARE) * (sure if name == stance.polarity else rest) + OPINION_SHARE * share
        for name, share in scores.items()
    }
    polarity = max(both, key=lambda name: both[name])
    sign = polarities[polarity].sign
    provenance = replace(
        before,
        score=round(both[polarity], 3),
        tool=before.tool if polarity == stance.polarity else tool,
        why=" + ".join(filter(None, (before.why, tool))),
    )
    if sign:
        intensity = sign * max(1, abs(stance.intensity))
        return replace(stance, polarity=polarity, intensity=intensity, provenance=provenance)
    if stance.level not in own:
        return None
    return replace(stance, polarity=polarity, intensity=0, evidence=(), provenance=provenance)
