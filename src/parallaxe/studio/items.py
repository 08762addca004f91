"""The items that a result of Label Studio is made of, each as its interface writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from parallaxe.core.claims import Span
from parallaxe.studio import controls

Item: TypeAlias = dict[str, Any]

_TEXTS = frozenset({controls.LINK_OTHER, controls.HOLDER, controls.NOTE})


class Mark(NamedTuple):
    """A label on some words: under which id, by which control, how sure the proposer was, and what is kept with it."""

    id: str
    control: str
    label: str
    score: float | None = None
    meta: Mapping[str, Any] = {}

    @property
    def bare(self) -> Mark:
        """The same label without what is said of it."""
        return Mark(self.id, self.control, self.label, self.score)


class Items:
    """The items of a result as far as they are written; regions come first, then relations, then answers."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._regions: list[Item] = []
        self._relations: list[Item] = []
        self._answers: list[Item] = []

    def written(self) -> list[Item]:
        """All items."""
        return [*self._regions, *self._relations, *self._answers]

    def region(self, mark: Mark, span: Span) -> None:
        """Mark some words."""
        value = {**self._value(span), "labels": [mark.label]}
        self._regions.append(_item(mark.id, mark.control, "labels", value, mark))

    def fragments(self, mark: Mark, spans: Sequence[Span]) -> None:
        """Mark words with gaps: each stretch after the first is a region of its own, related to the first."""
        self.region(mark, spans[0])
        for number, span in enumerate(spans[1:], start=2):
            part = mark.bare._replace(id=f"{mark.id}.{number}")
            self.region(part, span)
            self.relation(part.id, mark.id, controls.CONTINUES)

    def say(self, mark: Mark, span: Span, said: Mapping[str, Sequence[str | None]]) -> None:
        """Say something of a region, for each control that has something to say."""
        for control, values in said.items():
            told = [value for value in values if value is not None]
            if told:
                written = {"text": told} if control in _TEXTS else {"choices": told}
                kind = "textarea" if control in _TEXTS else "choices"
                self._regions.append(_item(mark.id, control, kind, {**self._value(span), **written}, mark))

    def relation(self, first: str, second: str, label: str) -> None:
        """Relate two regions."""
        self._relations.append(
            {"type": "relation", "from_id": first, "to_id": second, "direction": "right", "labels": [label]}
        )

    def answer(self, mark: Mark) -> None:
        """Say something of the whole text."""
        self._answers.append(_item(mark.id, mark.control, "choices", {"choices": [mark.label]}, mark))

    def _value(self, span: Span) -> Item:
        return {"start": span.start, "end": span.end, "text": self._text[span.start : span.end]}


def _item(name: str, control: str, kind: str, value: Item, mark: Mark) -> Item:
    item: Item = {"id": name, "from_name": control, "to_name": controls.TEXT, "type": kind, "value": value}
    if mark.score is not None:
        item["score"] = mark.score
    if mark.meta:
        item["meta"] = dict(mark.meta)
    return item
