"""What a function gave for words of a text, so that a word that was met is only looked up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Value = TypeVar("Value")


class Remembered(dict[str, Value]):
    """The values of a function by word; all are forgotten when there are too many.

    As `functools.lru_cache`, but it keeps no object for each word, which the garbage collector would go through again
    and again: texts have hundreds of thousands of words that are met once.

    >>> lengths = Remembered(len, most=2)
    >>> [lengths[word] for word in ("le", "quai", "le")], dict(lengths)
    ([2, 4, 2], {'le': 2, 'quai': 4})
    >>> lengths["port"], dict(lengths)
    (4, {'port': 4})
    """

    def __init__(self, function: Callable[[str], Value], most: int) -> None:
        super().__init__()
        self._function, self._most = function, most

    def __missing__(self, word: str) -> Value:
        value = self._function(word)
        if len(self) >= self._most:
            self.clear()
        self[word] = value
        return value
