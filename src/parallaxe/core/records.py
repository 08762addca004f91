"""Rows of files as the named tuples and dataclasses that the program works with, each value of its declared type.

Python does not look at types when a row is made: a number where words belong would only be found where it does harm,
under another file's name. What a field may be is written once, as its type hint.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

Row = TypeVar("Row")

_LEAST, _MOST = -(2**63), 2**63 - 1


def record(kind: Callable[..., Row], fields: Mapping[str, Any]) -> Row:
    """A named tuple or dataclass from the fields of a row; lists become tuples, whole numbers count as real ones.

    >>> from parallaxe.core.knowledge import Relation
    >>> record(Relation, {"relation": "leader_of", "kb_id": "coree-du-nord"}).kb_id
    'coree-du-nord'

    Raises:
        TypeError: if a field is unknown, missing, or of another type than its hint says; whole numbers have 64 bits.
    """
    hints = _hints(kind)
    return kind(
        **{name: _value(value, hints[name], name) if name in hints else value for name, value in fields.items()}
    )


@cache
def _hints(kind: Callable[..., object]) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _value(value: Any, hint: Any, name: str) -> Any:  # noqa: ANN401 - rows of files hold anything
    """The value itself, with lists as tuples and mappings as records where the hint says so."""
    if get_origin(hint) in (Union, types.UnionType):
        for choice in get_args(hint):
            if _fits(value, choice):
                return _value(value, choice, name)
    elif _fits(value, hint):
        if get_origin(hint) is tuple:
            return tuple(_value(item, get_args(hint)[0], name) for item in value)
        return record(hint, value) if _is_record(hint) else value
    raise TypeError(f"`{name}` cannot be {value!r:.60}")


def _fits(value: object, hint: Any) -> bool:  # noqa: ANN401 - a hint has no common type
    """True where a value has the outer form of a hint; items of lists are for whoever asks next."""
    origin = get_origin(hint)
    if hint is Any or hint is object:
        return True
    if hint is None or hint is type(None):
        return value is None
    if origin is Literal:
        return value in get_args(hint)
    if origin is tuple:
        return isinstance(value, list | tuple)
    if _is_record(hint) or (isinstance(origin, type) and issubclass(origin, Mapping)):
        return isinstance(value, Mapping)
    return _is_plain(value, hint)


def _is_plain(value: object, hint: type[object]) -> bool:
    if isinstance(value, bool) or hint is bool:
        return isinstance(value, bool) and hint is bool
    if isinstance(value, int):
        return hint in (int, float) and _LEAST <= value <= _MOST
    return isinstance(value, hint)


def _is_record(hint: Any) -> bool:  # noqa: ANN401 - a hint has no common type
    return isinstance(hint, type) and (hasattr(hint, "_fields") or hasattr(hint, "__dataclass_fields__"))
