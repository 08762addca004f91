"""How a text shows that it speaks of a target: the words that a project lists for it.

An actor is recognised by the entities that the knowledge base rolls up to it, and by the words of its `cues`
(adjectives, which are no mentions). An issue is recognised by its `cues` alone, by one of its `things` in a sentence
with all of `between`, and, once an article takes up all of `between`, by its things alone. Words that have other
senses (« des sanctions » may be a headmaster's) count in the company of states only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from parallaxe.annotate.stance_rules.lexicon import LEXICON
from parallaxe.annotate.stance_rules.phrases import Phrases

CUES, THINGS, AMONG, ECHO, UNLIKE, STATES = OWN = ("cue:", "thing:", "among:", "echo:", "unlike:", "states")
"""How the labels begin of phrases that are words of a target, whose name follows, or of states."""


@dataclass(frozen=True, slots=True)
class Target:
    """A target as it is recognised.

    `general` is the issue to which concern goes that names no object. Of words that have other senses, those `among`
    states mean it in an article that speaks of states, an `echo` where other words of the article mean it; what is
    `unlike` it holds one of its words, and means something else.
    """

    name: str
    is_actor: bool
    cues: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    general: bool = False
    among: tuple[str, ...] = ()
    echo: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()


@dataclass(frozen=True)
class StanceLabels:
    """The targets of a project, and its names of levels and polarities."""

    targets: tuple[Target, ...]
    own: str = "article"
    attributed: str = "attributed"
    favor: str = "favor"
    against: str = "against"
    neutral: str = "neutral"
    mixed: str = "mixed"
    states: tuple[str, ...] = ()
    """Words that tell that an article speaks of states, beside its actors and the places that act."""

    @cached_property
    def phrases(self) -> Phrases:
        """The lexicon, and under labels of their own, which begin with one of `OWN`, the words of all targets."""
        own = {
            f"{kind}{target.name}": words
            for target in self.targets
            for kind, words in (
                (CUES, target.cues),
                (THINGS, target.things),
                (AMONG, target.among),
                (ECHO, target.echo),
                (UNLIKE, target.unlike),
            )
        }
        return Phrases({**LEXICON, STATES: self.states, **own})

    @cached_property
    def by_name(self) -> dict[str, Target]:
        """Targets by name."""
        return {target.name: target for target in self.targets}

    @cached_property
    def general(self) -> Target | None:
        """The issue to which concern without a named object goes."""
        return next((target for target in self.targets if target.general), None)

    def polarity(self, sign: int) -> str:
        """The polarity of a sign, neutral for none."""
        return (self.neutral, self.favor, self.against)[sign]

    @property
    def issues(self) -> Sequence[Target]:
        """The targets that are no actors."""
        return [target for target in self.targets if not target.is_actor]
