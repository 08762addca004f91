"""Names that the interface gives its parts, in the one place where both its writer and its reader look them up.

Whatever a project may rename (labels, targets, polarities) stands in `schemas/labels.toml`; what stands here is the
structure of the mapping, which an annotation on a server outlives only if it never changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from parallaxe.core.labels import LabelSet

TEXT = "text"
"""The object that everything is said of, and the key of the task's data that holds its words."""

MARK = "mark"
"""The control that marks words, with all labels of all kinds: a region has one label, and a new one replaces it.

With a control for each kind a region got a label of each whose key was pressed (measured: `3`, then `t`).
"""

ENTITY = "entity"
"""The kind of a region that is a mention; all others are called by their label."""

CONTENT = "CONTENT"
CUE = "CUE"
SOURCE = "SOURCE"
VOICED_EVIDENCE = "VOICED"
OWN_EVIDENCE = "OWN"
"""Evidence says by its label whose it is: a quotation that is deleted would else leave its evidence to the author."""

PARTS = (CONTENT, CUE, SOURCE, VOICED_EVIDENCE, OWN_EVIDENCE)
"""Labels that are structure; all others are of mentions."""

METONYMIC = "metonymic"
LINK = "link"
LINK_OTHER = "link_other"
TYPE = "type"
HOLDER = "holder"
EVIDENCE_TARGETS = "evidence_targets"
CONFIDENCE = "confidence"
NOTE = "note"

CONTINUES = "continues"
CUE_OF = "cue"
SOURCE_OF = "source"
INSIDE = "inside"
EVIDENCE_OF = "evidence"
RELATIONS = (CUE_OF, SOURCE_OF, EVIDENCE_OF, INSIDE, CONTINUES)

ABSENT = "not-taken-up"
"""On the scale of the whole article: the target is not taken up, so there is no row."""

LARGEST = 3
"""The largest intensity of a stance, either way."""

NOTHING = "—"
"""What takes a choice from a list back: to choose the same again does not (measured)."""

NO_KEY = "f19"
"""The hotkey of choices in a list: no keyboard has it. Without one the interface gives each a letter that nobody sees,
and to press it would choose it (measured: `0` made the mention that was selected stand for an organization)."""

_VOICED = "stance_"
_OWN = "article_"


class Step(NamedTuple):
    """A step of the scale: a polarity with its intensity, which are one fact to an annotator."""

    polarity: str
    intensity: int

    @property
    def name(self) -> str:
        """What a result calls it: `against-2`, `neutral`, `favor+1`."""
        return f"{self.polarity}{self.intensity:+d}" if self.intensity else self.polarity


def voiced(target: str) -> str:
    """The control that holds what the source of a quotation thinks of a target."""
    return _VOICED + target


def own(target: str) -> str:
    """The control that holds what the author thinks of a target, over the whole article."""
    return _OWN + target


def scale(labels: Mapping[str, LabelSet]) -> tuple[Step, ...]:
    """The steps of the scale from most against to most in favour; polarities without a sign stand in between.

    Its length is three for each polarity with a sign, and one for each without.
    """
    signed = {sign: [label.name for label in labels["polarities"].labels if label.sign == sign] for sign in (-1, 0, 1)}
    against = (Step(name, -size) for name in signed[-1] for size in range(LARGEST, 0, -1))
    between = (Step(name, 0) for name in signed[0])
    favour = (Step(name, size) for name in signed[1] for size in range(1, LARGEST + 1))
    return (*against, *between, *favour)


def choices(labels: Mapping[str, LabelSet]) -> dict[str, tuple[str, ...]]:
    """What each control with a closed list may hold; links are of the task, so `link` is not among them."""
    steps = tuple(step.name for step in scale(labels))
    targets = labels["targets"].names
    return {
        MARK: (*labels["entity_labels"].names, *PARTS),
        METONYMIC: labels["entity_labels"].names,
        TYPE: labels["quotation_types"].names,
        EVIDENCE_TARGETS: targets,
        CONFIDENCE: labels["confidences"].names,
        **{voiced(target): steps for target in targets},
        **{own(target): (*steps, ABSENT) for target in targets},
    }


def names(labels: Mapping[str, LabelSet]) -> Iterator[str]:
    """Every control of the interface."""
    return chain(choices(labels), (LINK, LINK_OTHER, HOLDER, NOTE))
