"""Label sets: closed lists of names that `schemas/labels.toml` defines.

The id of a label is its position, so that a set only ever grows at its end. A set may extend another: its own labels
come first and the inherited part grows, so that ids of neither ever move.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from parallaxe.core.entries import Place, check_unique, flag, listed, mapping_of, text, texts
from parallaxe.core.errors import ProjectError

LABELS_FILE = "schemas/labels.toml"


@dataclass(frozen=True, slots=True)
class Label:
    """A name with its definition in French and English, an example in French, and how Label Studio shows it.

    `annotated` is False for block roles whose text the guidelines leave out; `group` divides a set (`actor`, `issue`);
    `shown` is True for labels of mentions whose words may be shown of a restricted article, where they are few.
    """

    name: str
    fr: str
    en: str
    example: str = ""
    colour: str = ""
    hotkey: str = ""
    annotated: bool = True
    group: str = ""
    shown: bool = False


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


def _own_labels(name: str, value: object, place: Place) -> LabelSet:
    entry = mapping_of(value, ("fr", "en", "labels", "extends", "prefixes"), place)
    if "labels" in entry and not isinstance(entry["labels"], list):
        raise place.error("`labels` is no list", f"write [[{name}.labels]]")
    if not entry.get("labels") and "extends" not in entry:
        raise place.error("the set has no labels", f"add a [[{name}.labels]]")
    labels = tuple(_label(label, place) for label in entry.get("labels", ()))
    check_unique((label.hotkey for label in labels if label.hotkey), "hotkey", place)
    return LabelSet(name, text(entry, "fr", place), text(entry, "en", place), labels)


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
        colour=colour,
        hotkey=text(entry, "hotkey", place, default=""),
        annotated=flag(entry, "annotated", place, default=True),
        group=text(entry, "group", place, default=""),
        shown=flag(entry, "shown", place, default=False),
    )


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
            replace(label, name=prefix + label.name, hotkey="")
            for label in sets[base_name].labels
            for prefix in prefixes
        )
    labels = own.labels + inherited
    check_unique((label.name for label in labels), "label", place)
    return replace(own, labels=labels)
