"""JSON, TOML and YAML as people and other programs write them: a value, or one complaint about the file.

The parsers of Python and PyYAML raise errors of many kinds (of syntax, of depth, of numbers with thousands of digits,
of dates that no calendar has), and let through what can never be written again: halves of surrogate pairs, and numbers
of JSON that are none. Here all of that is one kind of error.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from typing import Any, NoReturn

import yaml

from parallaxe.core.errors import ProjectError

_DEEP = "nested too deep"
_HALVES = "half a surrogate pair, which is no character"


def parse_json(text: str, where: str, remedy: str = "mend the line") -> Any:  # noqa: ANN401 - JSON holds anything
    """The value that a text is in JSON; NaN and infinities are none.

    Raises:
        ProjectError: if it is no JSON, or nothing that can be kept.
    """
    value = _parsed("JSON", _DECODER.decode, text, where, remedy)
    if "\\u" in text and not _is_writable(value):
        raise ProjectError(where, f"not valid JSON: {_HALVES}", remedy)
    return value


def parse_toml(text: str, where: str) -> dict[str, Any]:
    """The table that a text is in TOML.

    Raises:
        ProjectError: if it is none.
    """
    table: dict[str, Any] = _parsed("TOML", tomllib.loads, text, where, "mend it")
    return table


def parse_yaml(text: str, where: str) -> Any:  # noqa: ANN401 - YAML holds anything
    """The value that a text is in YAML.

    Raises:
        ProjectError: if it is no YAML, or nothing that can be kept.
    """
    value = _parsed("YAML", yaml.safe_load, text, where, "mend it")
    if "\\" in text and not _is_writable(value):
        raise ProjectError(where, f"not valid YAML: {_HALVES}", "mend it")
    return value


def _parsed(form: str, parse: Callable[[str], Any], text: str, where: str, remedy: str) -> Any:  # noqa: ANN401
    try:
        return parse(text)
    except json.JSONDecodeError as error:
        what = error.msg if "\n" not in text else f"{error.msg} in line {error.lineno}"
        raise ProjectError(where, f"not valid {form}: {what}", remedy) from error
    except RecursionError as error:
        raise ProjectError(where, f"not valid {form}: {_DEEP}", remedy) from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise ProjectError(where, f"not valid {form}: {' '.join(str(error).split())}", remedy) from error


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


_DECODER = json.JSONDecoder(parse_constant=_refuse)


def _is_writable(value: object) -> bool:
    """True where UTF-8 has bytes for all that is said, keys too."""
    try:
        json.dumps(value, ensure_ascii=False, default=str, skipkeys=False).encode("utf-8")
    except UnicodeEncodeError:
        return False
    except (TypeError, ValueError, RecursionError):  # keys of YAML that JSON has not; what reads them says so
        return True
    return True
