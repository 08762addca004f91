"""A second opinion on stances: heard about what words show, weighed with the proposal, told in its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pytest

from parallaxe.annotate.article import Article
from parallaxe.annotate.stance_opinions import with_opinions
from parallaxe.core.claims import AUTHOR, Provenance, Quote, Span, Stance
from parallaxe.core.labels import Label
from parallaxe.store.schemas import load_schemas
from parallaxe.text.document import Block, Sentence

LABELS = load_schemas().labels
FIRST, SECOND = "Le port a peur de ses voisins.", "« Moscou livre trop tard », dit le docker."
TEXT = f"{FIRST} {SECOND}"
BORDER = len(FIRST)
ARTICLE = Article(
    TEXT,
    (Block("paragraph", 0, len(TEXT)),),
    (Sentence(0, BORDER, 0), Sentence(BORDER + 1, len(TEXT), 0)),
    frozenset({0}),
)


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


QUOTE = Quote("q1", "direct", (at("Moscou livre trop tard"),), (at("dit"),), (at("le docker"),), None)
PROPOSED = Provenance(origin=None, tool="parallaxe-stance/1", score=0.7, why="condemns")
SAID = Stance("s1", "attributed", "NIL:docker", "russia", "against", -2, (at("trop tard"),), "q1", PROPOSED)
WRITTEN = Stance("s2", "article", AUTHOR, "russia", "against", -2, (at("a peur"),), None, PROPOSED)


@dataclass
class Judge:
    """A scorer that says the same of whatever it is asked, and remembers what that was."""

    says: Mapping[str, float]
    tool: str = "juge/1"
    asked: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    def score(self, texts: Sequence[str], target: Label, names: Sequence[str]) -> Sequence[Mapping[str, float]]:
        """The same for each text."""
        assert set(names) == set(self.says)
        self.asked.append((target.name, tuple(texts)))
        return [self.says for _ in texts]


FAVOR = {"favor": 0.9, "against": 0.05, "neutral": 0.05}
AGAINST = {"favor": 0.05, "against": 0.9, "neutral": 0.05}
NEUTRAL = {"favor": 0.0, "against": 0.0, "neutral": 1.0}


@pytest.mark.parametrize(
    ("says", "polarity", "score", "tool"),
    [
        (AGAINST, "against", 0.8, "parallaxe-stance/1"),
        (FAVOR, "favor", 0.525, "juge/1"),
    ],
)
@pytest.mark.parametrize("stance", [SAID, WRITTEN])
def test_an_opinion_confirms_or_turns_round(
    stance: Stance, says: Mapping[str, float], polarity: str, score: float, tool: str
) -> None:
    """Both have an equal share; strength stays, the reason names both, the tool is that of whoever prevailed."""
    [heard] = with_opinions(ARTICLE, [stance], [QUOTE], Judge(says), LABELS)

    provenance = replace(PROPOSED, score=score, tool=tool, why="condemns + juge/1")
    intensity = 2 if polarity == "favor" else -2
    assert replace(stance, polarity=polarity, intensity=intensity, provenance=provenance) == heard


def test_a_judgement_that_is_taken_away() -> None:
    """Of a source nothing is left; the writer still takes the target up, and is neutral, without words for it."""
    heard = with_opinions(ARTICLE, [SAID, WRITTEN], [QUOTE], Judge(NEUTRAL), LABELS)

    assert [("s2", "neutral", 0, ())] == [(one.id, one.polarity, one.intensity, one.evidence) for one in heard]


def test_the_sentences_of_the_words_are_what_is_judged() -> None:
    """A target is asked about once, with the sentences of evidence and quotation, and no others."""
    judge = Judge(AGAINST)
    with_opinions(ARTICLE, [SAID, WRITTEN], [QUOTE], judge, LABELS)

    assert [("russia", (SECOND, FIRST))] == judge.asked


def test_nobody_is_asked_about_what_no_words_show() -> None:
    """A neutral stance, or one without evidence, is as it was."""
    neutral = replace(WRITTEN, polarity="neutral", intensity=0, evidence=())
    judge = Judge(FAVOR)

    assert [neutral] == with_opinions(ARTICLE, [neutral], [], judge, LABELS)
    assert [] == judge.asked
