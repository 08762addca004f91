"""YAML that was read once is not parsed again: a suite reads the same schemas a thousand times, for 0.1 s each."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
import yaml


@contextmanager
def yaml_read_once() -> Iterator[None]:
    """Let `yaml.safe_load` give equal values for equal texts without reading them again; each is the caller's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml, "safe_load", _remembering(yaml.safe_load))
        yield


def _remembering(parse: Callable[[Any], Any]) -> Callable[[Any], Any]:
    known: dict[str, bytes] = {}

    def parsed(text: Any) -> Any:
        if isinstance(text, str) and text in known:
            return pickle.loads(known[text])
        value = parse(text)
        if isinstance(text, str):
            with suppress(RecursionError):  # too deep to be kept, though not to be read
                known[text] = pickle.dumps(value)
        return value

    return parsed
