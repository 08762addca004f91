"""Label sets: closed lists of names that `schemas/labels.toml` defines.

The id of a label is its position, so that a set only ever grows at its end. A set may extend another: its own labels
come first and the inherited part grows, so that ids of neither ever move.

What the program does with a label follows from its properties (`sign`, `quoted`, `own` …), never from its name, so that
a project may have labels of its own. The few names that the program itself writes or asks for stand in `STRUCTURE`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from parallaxe.core.entries import Place, check_unique, flag, listed, mapping_of, number, text, texts
from parallaxe.core.errors import ProjectError

LABELS_FILE = "schemas/labels.toml"


STRUCTURE: Mapping[str, tuple[str, ...]] = {
    "rights": ("open", "restricted"),
    "text_origins": ("press", "synthetic"),
    "claim_kinds": ("entity", "quote", "stance"),
    "annotator_types": ("human", "model", "rule"),
    "statuses": ("proposed", "adjudicated"),
    "origins": ("manual", "accepted", "changed"),
    "confidences": ("low",),
    "parallel_kinds": ("same_quotation", "agency_copy"),
    "block_roles": (),
    "entity_labels": (),
    "quotation_types": (),
    "polarities": (),
    "targets": (),
    "stance_levels": (),
    "stance_classes": (),
    "ner_tags": (),
}
"""Sets that the program reads, and the labels in them that it writes or asks for by name; a project may add others."""

_WITH_DEFAULT = ("stance_classes", "ner_tags")


@dataclass(frozen=True, slots=True)
class Label:
    """A name with its definition in French and English, an example in French, and how Label Studio shows it.

    `such_as` and `is_not` are Markdown for the guidelines: what bears the label, and what looks as if it did.
    All else is what the program does with it; each property belongs to labels of one set, and is at its default in the
    others:

    - block roles: `annotated` is False where the guidelines leave the text out;
    - targets: `group` divides them (`actor`, `issue`);
    - entity labels: `shown` where the words of a mention may be shown of a restricted article, where they are few;
    - quotation types: `quoted` where words stand in quotation marks;
    - polarities: `sign` (−1, 0, 1) is that of the intensity, `evidence` is False where a stance needs to cite no words;
    - levels of stance: `own` for the writer's voice, all others are those of sources;
    - classes for training: `default` for whatever no claim speaks of;
    - what the machine proposes (entity labels, types, polarities, targets): `proposed_as`, the name that its rules
      know the label by, where the project has given it another;
    - what a migration leaves behind, in any set: `known_as`, the name that servers go on holding for a label that was
      renamed; `replaced_by`, the labels to use instead of one that is out of use and keeps its position, the usual
      first.
    """

    name: str
    fr: str
    en: str
    example: str = ""
    such_as: str = ""
    is_not: str = ""
    colour: str = ""
    hotkey: str = ""
    annotated: bool = True
    group: str = ""
    shown: bool = False
    quoted: bool = False
    sign: int = 0
    evidence: bool = True
    own: bool = False
    default: bool = False
    proposed_as: str = ""
    known_as: str = ""
    replaced_by: tuple[str, ...] = ()


LONGEST_SHOWN_NAME = 5
"""Words that a mention may have whose label is `shown`, to be shown of a restricted article."""


@dataclass(frozen=True)
class LabelSet:
    """A closed list of labels; the id of a label is its position, so that a set only ever grows at its end."""

    name: str
    fr: str
    en: str
    labels: tuple[Label, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names in the order of their ids."""
        return tuple(label.name for label in self.labels)

    @cached_property
    def in_use(self) -> tuple[str, ...]:
        """The names that claims may bear, in the order of their ids: all but those that others have replaced."""
        return tuple(label.name for label in self.labels if not label.replaced_by)

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {name: position for position, name in enumerate(self.names)}

    def index(self, name: str) -> int:
        """The id of a label.

        Raises:
            ProjectError: if the set has no such label; the message lists those it has.
        """
        if name not in self._positions:
            raise ProjectError(LABELS_FILE, f"{self.name} has no label `{name}`", f"use one of {listed(self.names)}")
        return self._positions[name]

    @cached_property
    def proposed(self) -> Mapping[str, str]:
        """Labels of this set by the names that the rules of the machine know them by; it proposes no other.

        For a label that is out of use its usual successor stands; labels in use come last, so that they win where the
        mapping is turned round.
        """
        ordered = sorted(self.labels, key=lambda label: not label.replaced_by)
        return {label.proposed_as or label.name: self.successors(label.name)[0] for label in ordered}

    def rule_name(self, name: str) -> str:
        """What the rules of the machine call a label; the name itself where the project has given it no other."""
        return next((label.proposed_as for label in self.labels if label.name == name and label.proposed_as), name)

    def successors(self, name: str) -> tuple[str, ...]:
        """The labels in use that stand for one, the usual first; itself where it is in use."""
        replaced_by = self.labels[self.index(name)].replaced_by
        found = (last for next_name in replaced_by for last in self.successors(next_name))
        return tuple(dict.fromkeys(found)) or (name,)

    @property
    def default(self) -> str:
        """The label of whatever no claim speaks of.

        Raises:
            ProjectError: if no label of the set is the default.
        """
        for label in self.labels:
            if label.default:
                return label.name
        raise ProjectError(LABELS_FILE, f"no label of {self.name} is the default", "set `default = true` in one")


def parse_labels(mapping: Mapping[str, Any], where: str = LABELS_FILE) -> dict[str, LabelSet]:
    """All label sets of a project, by name, in the order of the file.

    A set with `extends` has its own labels first and then those of the set it names, once for each of `prefixes`:
    the inherited part alone grows, so that ids stay. That is how `ner_tags` follows `entity_labels`.

    Raises:
        ProjectError: if a key is unknown, missing or of the wrong kind, a name or hotkey comes twice, or a set extends
            one that does not exist or is itself an extension.
    """
    own = {name: _own_labels(name, entry, Place(where, name)) for name, entry in mapping.items()}
    return {name: _extended(own[name], mapping, own, Place(where, name)) for name in mapping}


def check_structure(sets: Mapping[str, LabelSet], roles: Iterable[str] = (), where: str = LABELS_FILE) -> None:
    """Complain of the first set or label without which the program cannot work; `roles` are those that it gives blocks.

    Raises:
        ProjectError: if a set of `STRUCTURE` or a label that it names is missing, `stance_levels` has not one level of
            the writer's own and one of others, or a set of classes has not exactly one default.
    """
    for name, labels in {**STRUCTURE, "block_roles": tuple(roles)}.items():
        place = Place(where, name)
        if name not in sets:
            raise place.error(
                "the set is missing", f"add [{name}] and its labels; `parallaxe init` makes a file with all"
            )
        missing = [label for label in labels if label not in sets[name].names]
        if missing:
            remedy = f"add a [[{name}.labels]] for each; rename none, the program gives them by name"
            raise place.error(f"no label {listed(missing)}", remedy)
    if {level.own for level in sets["stance_levels"].labels} != {True, False} or _count(
        sets, "stance_levels", "own"
    ) > 1:
        raise Place(where, "stance_levels").error(
            "not exactly one level is the writer's own", "set `own = true` in one of two or more"
        )
    for name in _WITH_DEFAULT:
        if _count(sets, name, "default") != 1:
            raise Place(where, name).error("not exactly one label is the default", "set `default = true` in one")


def _count(sets: Mapping[str, LabelSet], name: str, quality: str) -> int:
    return sum(bool(getattr(label, quality)) for label in sets[name].labels)


def _own_labels(name: str, value: object, place: Place) -> LabelSet:
    entry = mapping_of(value, ("fr", "en", "labels", "extends", "prefixes"), place)
    if "labels" in entry and not isinstance(entry["labels"], list):
        raise place.error("`labels` is no list", f"write [[{name}.labels]]")
    if not entry.get("labels") and "extends" not in entry:
        raise place.error("the set has no labels", f"add a [[{name}.labels]]")
    labels = tuple(_label(label, place) for label in entry.get("labels", ()))
    check_unique((label.hotkey for label in labels if label.hotkey), "hotkey", place)
    if any(label.known_as for label in labels):
        check_unique((label.known_as or label.name for label in labels), "name on servers", place)
    _check_successors(labels, place)
    return LabelSet(name, text(entry, "fr", place), text(entry, "en", place), labels)


def _check_successors(labels: Sequence[Label], place: Place) -> None:
    """Whatever replaces a label comes to labels in use in the end."""
    replaced = {label.name: label.replaced_by for label in labels}
    remedy = f"name labels in use: {listed(name for name, by in replaced.items() if not by)}"
    for name in replaced:
        left, passed = [name], set()
        while left:
            one = left.pop()
            if one not in replaced or one in passed:
                raise place.within(name).error(f"`replaced_by` comes to `{one}`", remedy)
            passed |= {one} if replaced[one] else set()
            left += replaced[one]


def _label(value: object, place: Place) -> Label:
    entry = mapping_of(value, tuple(Label.__dataclass_fields__), place)
    name = text(entry, "name", place)
    place = place.within(name)
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", name):
        raise place.error("a label must be one word", "use letters, digits, `_` and `-`")
    colour = text(entry, "colour", place, default="")
    if colour and not re.fullmatch(r"#[0-9a-f]{6}", colour):
        raise place.error(f"`{colour}` is no colour", "write it as #rrggbb, in lower case")
    return Label(
        name=name,
        fr=text(entry, "fr", place),
        en=text(entry, "en", place),
        example=text(entry, "example", place, default=""),
        such_as=text(entry, "such_as", place, default=""),
        is_not=text(entry, "is_not", place, default=""),
        colour=colour,
        hotkey=text(entry, "hotkey", place, default=""),
        annotated=flag(entry, "annotated", place, default=True),
        group=text(entry, "group", place, default=""),
        shown=flag(entry, "shown", place, default=False),
        quoted=flag(entry, "quoted", place, default=False),
        sign=_sign(entry, place),
        evidence=flag(entry, "evidence", place, default=True),
        own=flag(entry, "own", place, default=False),
        default=flag(entry, "default", place, default=False),
        proposed_as=text(entry, "proposed_as", place, default=""),
        known_as=text(entry, "known_as", place, default=""),
        replaced_by=texts(entry, "replaced_by", place, default=()),
    )


def _sign(entry: Mapping[str, Any], place: Place) -> int:
    sign = number(entry, "sign", place)
    if sign not in (None, -1, 0, 1):
        raise place.error(f"`sign` is {sign}", "write -1, 0 or 1")
    return int(sign or 0)


def _extended(own: LabelSet, mapping: Mapping[str, Any], sets: Mapping[str, LabelSet], place: Place) -> LabelSet:
    entry = mapping[own.name]
    base_name = entry.get("extends")
    if base_name is None:
        inherited: tuple[Label, ...] = ()
    elif base_name not in sets or "extends" in mapping[base_name]:
        plain = [name for name in sets if "extends" not in mapping[name]]
        raise place.error(f"it extends `{base_name}`", f"name a set with labels of its own: {listed(plain)}")
    else:
        prefixes = texts(entry, "prefixes", place, default=("",))
        inherited = tuple(
            replace(label, name=prefix + label.name, hotkey="", default=False, known_as="", replaced_by=())
            for label in sets[base_name].labels
            for prefix in prefixes
        )
    labels = own.labels + inherited
    check_unique((label.name for label in labels), "label", place)
    return replace(own, labels=labels)
