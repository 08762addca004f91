"""A process that ends in the midst of its side effects, without the cost of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from parallaxe.store import together
from parallaxe.store.sync import light


class StoppedError(BaseException):
    """The process is gone: nothing after it runs, but what Python itself unwinds."""


def stopping_at(number: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A wrapper of side effects: the one with that number does not happen, and the process ends there."""
    calls = iter(range(10_000))

    def wrapped(effect: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            if next(calls) == number:
                raise StoppedError
            return effect(*arguments, **options)

        return call

    return wrapped


@contextmanager
def stopped_after(writes: int) -> Iterator[None]:
    """Of files that are written as one, so many come to their place; the next one must be asked for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(together, "write_lightly", stopping_at(writes)(light.write_lightly))
        with pytest.raises(StoppedError):
            yield
