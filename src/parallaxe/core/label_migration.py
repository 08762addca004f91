"""A migration of labels: names of a set that become others, as a TOML file says it.

```toml
why = "Readers took PER for percent."

[[rename]]                      # one name for another; the label keeps its position
set = "entity_labels"
old = "PER"
new = "PERSON"

[[merge]]                       # the claims of some labels go to another that exists
set = "entity_labels"
old = ["WORK"]
into = "PRODUCT"

[[split]]                       # the claims of a label go to several that exist
set = "entity_labels"
old = "EVENT"
default = "EVENT"               # without one, whatever no rule names is listed and refused
[[split.rules]]                 # the first rule that fits decides
label = "SUMMIT"
kb_id = ["sommet-de-seoul"]     # all that a rule names must hold: kb_id, words (a regular expression),
words = "sommet.*"              # metonymic (labels, or true / false), claims ("article/id" or "layer/article/id")
```

All operations happen at once: `old` are names as they are now. The set `knowledge_base` stands for its ids, of which
each can be renamed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from parallaxe.core.entries import Place, listed, mapping_of, pattern, text, texts
from parallaxe.core.errors import ProjectError

KNOWLEDGE_BASE = "knowledge_base"
"""The set whose names are the ids of the knowledge base."""

_RULE_KEYS = ("label", "kb_id", "words", "metonymic", "claims")


@dataclass(frozen=True, slots=True)
class Rule:
    """Claims of a split label that become `label`; whatever is null is not asked.

    `metonymic` is a set of labels that the mention stands for, or whether it stands for anything; `claims` are
    `article/id` or `layer/article/id`.
    """

    label: str
    kb_id: tuple[str, ...] | None = None
    words: str | None = None
    metonymic: tuple[str, ...] | bool | None = None
    claims: tuple[str, ...] | None = None

    def fits(self, facts: Facts) -> bool:
        """True where all that the rule names holds of a claim; words that are not known fit nothing."""
        return (
            (self.kb_id is None or facts.kb_id in self.kb_id)
            and (self.words is None or (facts.words is not None and bool(re.search(self.words, facts.words))))
            and self._fits_metonymy(facts.metonymic)
            and (self.claims is None or not facts.names.isdisjoint(self.claims))
        )

    def _fits_metonymy(self, metonymic: str | None) -> bool:
        if isinstance(self.metonymic, tuple):
            return metonymic in self.metonymic
        return self.metonymic is None or self.metonymic == (metonymic is not None)


class Facts(NamedTuple):
    """What a rule may ask of a claim: its names, its link (that of a holder, of a stance), its words where known."""

    names: frozenset[str]
    kb_id: str | None
    words: str | None
    metonymic: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one label: its only successor, or several with the rules that choose and a default or null."""

    set_name: str
    old: str
    into: tuple[str, ...]
    rules: tuple[Rule, ...] = ()
    default: str | None = None
    is_rename: bool = False

    def successor(self, facts: Facts) -> str | None:
        """What a claim is called now; null where a person has to say."""
        if not self.rules:
            return self.default
        return next((rule.label for rule in self.rules if rule.fits(facts)), self.default)

    @property
    def retires(self) -> bool:
        """True where the label is out of use afterwards and keeps its position."""
        return not self.is_rename and self.old not in self.into

    @property
    def asks_words(self) -> bool:
        """True where a rule asks for the words of a claim."""
        return any(rule.words is not None for rule in self.rules)


@dataclass(frozen=True)
class LabelMigration:
    """All changes of a file, and why they are made."""

    changes: tuple[Change, ...]
    why: str = ""

    def of(self, set_name: str) -> Mapping[str, Change]:
        """The changes of a set by the name that each begins with."""
        return self._by_set.get(set_name, {})

    @cached_property
    def _by_set(self) -> dict[str, dict[str, Change]]:
        found: dict[str, dict[str, Change]] = {}
        for change in self.changes:
            found.setdefault(change.set_name, {})[change.old] = change
        return found

    @property
    def sets(self) -> tuple[str, ...]:
        """The sets that change, in the order of the file."""
        return tuple(dict.fromkeys(change.set_name for change in self.changes))

    @property
    def reversed(self) -> LabelMigration:
        """The renames taken back; what merges and splits did is no function of names alone."""
        renames = (change for change in self.changes if change.is_rename)
        return LabelMigration(tuple(_renamed(change.set_name, change.into[0], change.old) for change in renames))


def parse_label_migration(mapping: Mapping[str, Any], where: str) -> LabelMigration:
    """A migration from the mapping of its file.

    Raises:
        ProjectError: if a key is unknown, missing or of the wrong kind, nothing is to do, or one name has two fates.
    """
    place = Place(where, "migration")
    mapping_of(mapping, ("why", "rename", "merge", "split"), place)
    changes = (*_renames(mapping, where), *_merges(mapping, where), *_splits(mapping, where))
    if not changes:
        raise place.error("it changes nothing", "add [[rename]], [[merge]] or [[split]]")
    seen: set[tuple[str, str]] = set()
    for change in changes:
        if (change.set_name, change.old) in seen:
            raise place.error(f"{change.set_name}.{change.old} has two fates", "keep one of them")
        seen.add((change.set_name, change.old))
    _check_ends(changes, place)
    return LabelMigration(changes, text(mapping, "why", place, default=""))


def _check_ends(changes: tuple[Change, ...], place: Place) -> None:
    """Where claims go, nothing else may happen in the same file: its outcome would hang on an order."""
    touched = {(change.set_name, change.old): change for change in changes}
    for change in changes:
        for name in change.into:
            other = touched.get((change.set_name, name))
            if other is not None and other is not change and not change.is_rename:
                raise place.error(f"{change.set_name}.{name} takes claims and changes itself", "make two files of it")


def _listed(mapping: Mapping[str, Any], kind: str, where: str) -> Iterator[tuple[Mapping[str, Any], Place]]:
    entries = mapping.get(kind, [])
    if not isinstance(entries, list):
        raise ProjectError(where, f"`{kind}` is no list", f"write [[{kind}]]")
    for number, entry in enumerate(entries, 1):
        yield entry, Place(where, f"{kind} {number}")


def _renames(mapping: Mapping[str, Any], where: str) -> Iterator[Change]:
    taken: set[tuple[str, str]] = set()
    for entry, place in _listed(mapping, "rename", where):
        mapping_of(entry, ("set", "old", "new"), place)
        change = _renamed(text(entry, "set", place), text(entry, "old", place), text(entry, "new", place))
        if change.old == change.into[0]:
            raise place.error(f"`{change.old}` is called so already", "take the entry out")
        if (change.set_name, change.into[0]) in taken:
            raise place.error(f"two names become `{change.into[0]}`", "write a [[merge]]")
        taken.add((change.set_name, change.into[0]))
        yield change


def _renamed(set_name: str, old: str, new: str) -> Change:
    return Change(set_name, old, (new,), default=new, is_rename=True)


def _merges(mapping: Mapping[str, Any], where: str) -> Iterator[Change]:
    for entry, place in _listed(mapping, "merge", where):
        mapping_of(entry, ("set", "old", "into"), place)
        set_name, into = _label_set(entry, place), text(entry, "into", place)
        for old in texts(entry, "old", place):
            if old == into:
                raise place.error(f"`{old}` goes into itself", "name in `old` the others alone")
            yield Change(set_name, old, (into,), default=into)


def _splits(mapping: Mapping[str, Any], where: str) -> Iterator[Change]:
    for entry, place in _listed(mapping, "split", where):
        mapping_of(entry, ("set", "old", "default", "rules"), place)
        rules = tuple(_rules(entry, place))
        default = text(entry, "default", place) if "default" in entry else None
        ends = dict.fromkeys(([default] if default else []) + [rule.label for rule in rules])
        yield Change(_label_set(entry, place), text(entry, "old", place), tuple(ends), rules, default)


def _label_set(entry: Mapping[str, Any], place: Place) -> str:
    set_name = text(entry, "set", place)
    if set_name == KNOWLEDGE_BASE:
        raise place.error("ids of the knowledge base can only be renamed", "merge or split rows by hand")
    return set_name


def _rules(entry: Mapping[str, Any], place: Place) -> Iterator[Rule]:
    rules = entry.get("rules", [])
    if not isinstance(rules, list) or not rules:
        raise place.error("no rule says which claims go where", "add [[split.rules]]")
    for number, rule in enumerate(rules, 1):
        here = place.within(f"rule {number}")
        mapping_of(rule, _RULE_KEYS, here)
        if not set(rule) - {"label"}:
            raise here.error("it asks for nothing", f"name one of {listed(_RULE_KEYS[1:])}")
        yield Rule(
            text(rule, "label", here),
            texts(rule, "kb_id", here) if "kb_id" in rule else None,
            pattern(rule, "words", here),
            _metonymic(rule, here),
            texts(rule, "claims", here) if "claims" in rule else None,
        )


def _metonymic(rule: Mapping[str, Any], place: Place) -> tuple[str, ...] | bool | None:
    value = rule.get("metonymic")
    return value if value is None or isinstance(value, bool) else texts(rule, "metonymic", place)
