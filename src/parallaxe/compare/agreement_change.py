"""How an agreement changed between two versions, in the few figures that a card tells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from parallaxe.compare.bootstrap import Figure


class FigureChange(NamedTuple):
    """A figure by the words of the card, as it was and as it is; null where a side lacks it."""

    words: str
    old: Figure | None
    new: Figure | None

    @property
    def difference(self) -> float | None:
        """How much higher it is now, to the three places in which it is told; null where a side is not defined."""
        if self.old is None or self.new is None or self.old.value is None or self.new.value is None:
            return None
        return round(round(self.new.value, 3) - round(self.old.value, 3), 3)

    @property
    def is_changed(self) -> bool:
        """True where it is told otherwise than before."""
        return self.difference != 0 if self.difference is not None else _value(self.old) != _value(self.new)


def _value(figure: Figure | None) -> float | None:
    return figure.value if figure is not None else None


def figure_changes(old: Mapping[str, Figure], new: Mapping[str, Figure]) -> tuple[FigureChange, ...]:
    """All figures of two sides, those that fell most first, then as they are told; equal ones stand last."""
    changes = [FigureChange(words, old.get(words), new.get(words)) for words in dict.fromkeys((*new, *old))]
    return tuple(sorted(changes, key=lambda change: (not change.is_changed, change.difference or 0.0)))
