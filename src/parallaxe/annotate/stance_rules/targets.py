"""How a text shows that it speaks of a target: the words that a project lists for it.

An actor is recognised by the entities that the knowledge base rolls up to it, and by the words of its `cues`
(adjectives, which are no mentions). An issue is recognised by its `cues` alone, by one of its `things` in a sentence
with all of `between`, and, once an article takes up all of `between`, by its things alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from parallaxe.annotate.stance_rules.lexicon import LEXICON
from parallaxe.annotate.stance_rules.phrases import Phrases


@dataclass(frozen=True, slots=True)
class Target:
    """A target as it is recognised.

    `general` is the issue to which concern goes that names no object.
    """

    name: str
    is_actor: bool
    cues: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    general: bool = False


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

    @cached_property
    def phrases(self) -> Phrases:
        """The lexicon and the words of all targets, under `cue:<target>` and `thing:<target>`."""
        cues = {f"cue:{target.name}": target.cues for target in self.targets}
        things = {f"thing:{target.name}": target.things for target in self.targets}
        return Phrases({**LEXICON, **cues, **things})

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
