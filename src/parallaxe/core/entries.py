"""Reading a hand-written mapping strictly: each value has the kind it must have, and no key is misspelt.

A schema with a misspelt key would otherwise be a check that silently never runs. Complaints name the file, and the
column or label in it; the functions take mappings as `yaml` and `tomllib` give them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from parallaxe.core.errors import ProjectError


class Place(NamedTuple):
    """Where a parser stands, for its complaints."""

    file: str
    subject: str

    def error(self, what: str, remedy: str) -> ProjectError:
        """The error that stands here, to be raised."""
        return ProjectError(self.file, f"{self.subject}: {what}", remedy)

    def within(self, subject: str) -> Place:
        """A place inside this one."""
        return Place(self.file, f"{self.subject}, {subject}" if self.subject else subject)


_REQUIRED: Any = object()


def mapping_of(entry: object, known: Sequence[str], place: Place, kind: str = "key") -> Mapping[str, Any]:
    """The entry itself, now known to be a mapping with no other keys than those known."""
    if not isinstance(entry, Mapping):
        raise place.error(f"expected a mapping, found {type(entry).__name__}", "write `key: value` pairs")
    unknown = [str(key) for key in entry if key not in known]
    if unknown:
        raise place.error(f"unknown {kind} {listed(unknown)}", f"use {listed(known)}")
    return entry


def _value(entry: Mapping[str, Any], key: str, place: Place, default: object) -> Any:  # noqa: ANN401 - files hold anything
    value = entry.get(key, default)
    if value is _REQUIRED:
        raise place.error(f"`{key}` is missing", "add it")
    return value


def text(entry: Mapping[str, Any], key: str, place: Place, default: object = _REQUIRED) -> str:
    """A string on one line; empty only where that is the default."""
    value = _value(entry, key, place, default)
    if not isinstance(value, str) or (key in entry and not value.strip()):
        raise place.error(f"`{key}` is no text", "write a string")
    return " ".join(value.split())


def texts(entry: Mapping[str, Any], key: str, place: Place, default: object = _REQUIRED) -> tuple[str, ...]:
    """A list of names; one name alone is a list of one."""
    value = _value(entry, key, place, default)
    values = (value,) if isinstance(value, str) else value
    if not isinstance(values, list | tuple) or not all(isinstance(item, str) for item in values):
        raise place.error(f"`{key}` is no list of names", "write `[name, name]`")
    if not values and key in entry:
        raise place.error(f"`{key}` is empty", "name at least one")
    return tuple(values)


def flag(entry: Mapping[str, Any], key: str, place: Place, *, default: bool) -> bool:
    """True or false."""
    value = entry.get(key, default)
    if not isinstance(value, bool):
        raise place.error(f"`{key}` is neither true nor false", "write true or false")
    return value


def number(entry: Mapping[str, Any], key: str, place: Place) -> float | None:
    """A number, whole where it is written so; None where there is none."""
    value = entry.get(key)
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
        raise place.error(f"`{key}` is no number", "write a number")
    return value


def position(entry: Mapping[str, Any], place: Place) -> int:
    """The whole number under `position`."""
    value = _value(entry, "position", place, _REQUIRED)
    if isinstance(value, bool) or not isinstance(value, int):
        raise place.error("`position` is no whole number", "write one, unlike that of every other table")
    return value


def pattern(entry: Mapping[str, Any], key: str, place: Place) -> str | None:
    """A regular expression that compiles; None where there is none."""
    if key not in entry:
        return None
    expression = text(entry, key, place)
    try:
        re.compile(expression)
    except re.error as error:
        raise place.error(f"`{key}` is no regular expression ({error})", "correct it") from error
    return expression


def check_unique(names: Iterable[str], kind: str, place: Place) -> None:
    """Complain of the first name that comes twice."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise place.error(f"{kind} `{name}` comes twice", "keep one")
        seen.add(name)


def listed(names: Iterable[str]) -> str:
    """Names for a message.

    >>> listed(["titre", "chapô"])
    '`titre`, `chapô`'
    """
    return ", ".join(f"`{name}`" for name in names)
