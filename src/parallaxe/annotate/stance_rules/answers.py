"""A long answer, as of an interview: what each of its sentences judges."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from parallaxe.annotate.stance_rules import lexicon
from parallaxe.annotate.stance_rules.judgements import Judgement
from parallaxe.annotate.stance_rules.phrases import Hit
from parallaxe.annotate.stance_rules.reading import HINT
from parallaxe.annotate.stance_rules.said import Said

_SIGNS = {lexicon.NEGATIVE: -1, lexicon.POSITIVE: 1, lexicon.CONCERN: -1, lexicon.CONDEMN: -1}


def judged_in_answer(said: Said) -> Iterator[Judgement]:
    """The targets of the sentences in which the answer judges, or of the sentence before; else the general issue."""
    judging = [hit for hit in said.hits if hit.label in _SIGNS]
    for sentence, hits in groupby(judging, key=lambda hit: said.reading.sentence_of(hit.first)):
        yield from _judged(said, sentence, list(hits))


def _judged(said: Said, sentence: range, hits: list[Hit]) -> Iterator[Judgement]:
    sign = sum(_SIGNS[hit.label] for hit in hits)
    about = _about(said, sentence)
    if sign and about:
        yield Judgement(about, 1 if sign > 0 else -1, 1, "judges-in-an-answer", (hits[0].first, hits[0].last))


def _about(said: Said, sentence: range) -> str | None:
    """The issue that the sentence means, else the one before it; else the actor that the sentence means first."""
    near = [one for one in said.inside if one.how != HINT and one.first < sentence.stop]
    issues = [one for one in near if not said.labels.by_name[one.target].is_actor]
    here = [one.target for one in issues if one.first in sentence]
    actors = [one.target for one in near if one.first in sentence and one.target != said.own]
    before = [one.target for one in issues[-1:]]
    general = [said.labels.general.name] if said.labels.general else []
    return next(iter([*here, *actors, *before, *general]), None)
