"""A result of Label Studio as values: regions with what was said of each, relations, answers about the whole text.

A result is a flat list in which a region is spread over several items that share its id, and a server stores whatever
it is sent. Here items are sorted into parts; whether a part is sound is for `borders` to say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

from parallaxe.core.claims import Claim, Span
from parallaxe.core.labels import LabelSet
from parallaxe.studio import controls
from parallaxe.text.document import Block


@dataclass(frozen=True)
class TaskContext:
    """What a result is read against: the text of the task, its blocks, the labels, and what was proposed in it."""

    text: str
    blocks: Sequence[Block]
    labels: Mapping[str, LabelSet]
    proposals: tuple[Claim, ...] = ()
    task: str = ""


class Finding(NamedTuple):
    """What a rule says of a result: in which task and region (null for the whole text), and whether it was refused."""

    rule: str
    task: str
    region: str | None
    message: str
    refused: bool


class Attribute(NamedTuple):
    """What one per-region control says of a region."""

    region: str
    control: str


@dataclass(frozen=True)
class Region:
    """Marked words. `said` holds what per-region controls say of them, `quoted` the words as the server has them."""

    id: str
    control: str
    labels: tuple[str, ...]
    start: int
    end: int
    quoted: str | None = None
    said: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    meta: Mapping[str, Any] = field(default_factory=dict)

    @property
    def span(self) -> Span:
        """Where it lies, in code points."""
        return Span(self.start, self.end)

    @property
    def kind(self) -> str:
        """What it is in the mapping: `entity`, or the label that is structure."""
        return self.labels[0] if self.labels and self.labels[0] in controls.PARTS else controls.ENTITY

    def trimmed(self, text: str) -> Region:
        """The same region without white space at its edges."""
        words = text[self.start : self.end]
        start = self.start + len(words) - len(words.lstrip())
        return self if words == words.strip() else replace(self, start=start, end=start + len(words.strip()))

    def one(self, control: str) -> str | None:
        """What a control says, where it says anything."""
        return next(iter(self.said.get(control, ())), None)


class Relation(NamedTuple):
    """`first` stands in a relation to `second`; `label` is null where the annotator chose none."""

    first: str
    second: str
    label: str | None


class Answer(NamedTuple):
    """What a control says of the whole text."""

    id: str
    control: str
    value: str
    meta: Mapping[str, Any]


@dataclass(frozen=True)
class Broken:
    """An item that is no part of a result: what is wrong with it."""

    region: str | None
    why: str


Part: TypeAlias = Region | Attribute | Relation | Answer | Broken


_MEANINGS = {
    (controls.CUE, controls.CONTENT): (controls.CUE_OF,),
    (controls.SOURCE, controls.CONTENT): (controls.SOURCE_OF,),
    (controls.VOICED_EVIDENCE, controls.CONTENT): (controls.EVIDENCE_OF,),
    (controls.CONTENT, controls.CONTENT): (controls.INSIDE, controls.CONTINUES),
    (controls.ENTITY, controls.ENTITY): (controls.CONTINUES,),
}


@dataclass(frozen=True)
class Parts:
    """The parts of a result in their order there; regions by id, of which each has one."""

    regions: Mapping[str, Region] = field(default_factory=dict)
    relations: tuple[Relation, ...] = ()
    answers: tuple[Answer, ...] = ()
    broken: tuple[Broken, ...] = ()

    def meant(self, relation: Relation) -> Relation | None:
        """The relation as it must be meant, null where the two cannot be related so.

        Most pairs of kinds have only one relation, so neither its direction nor its label needs to be given.
        """
        if not {relation.first, relation.second} <= self.regions.keys():
            return None
        for one in (relation, Relation(relation.second, relation.first, relation.label)):
            kinds = (self.regions[one.first].kind, self.regions[one.second].kind)
            labels = _MEANINGS.get(kinds, ())
            if relation.label in labels or (relation.label is None and len(labels) == 1):
                return one._replace(label=relation.label or labels[0])
        return None

    @cached_property
    def roots(self) -> Mapping[str, str]:
        """The first fragment that each region continues, by way of others or not; itself where it continues none."""
        onward = {one.first: one.second for one in self._meant if one.label == controls.CONTINUES}
        roots: dict[str, str] = {}
        for name in self.regions:
            way = dict.fromkeys([name])
            while (last := next(reversed(way))) in onward and last not in roots and onward[last] not in way:
                way[onward[last]] = None
            root = roots.get(last, last)
            roots |= dict.fromkeys(way, root)
        return roots

    @cached_property
    def fragments(self) -> Mapping[str, tuple[Region, ...]]:
        """By the id of each first fragment all fragments, in the order of the text."""
        found: dict[str, list[Region]] = {}
        for name, root in self.roots.items():
            found.setdefault(root, []).append(self.regions[name])
        return {root: tuple(sorted(regions, key=lambda region: region.span)) for root, regions in found.items()}

    def roots_of(self, kind: str) -> Iterator[Region]:
        """The first fragments of a kind, in the order of the result; what is said of another fragment counts too."""
        return (region for region in self._whole if region.kind == kind)

    @cached_property
    def _whole(self) -> tuple[Region, ...]:
        whole = []
        for root, fragments in self.fragments.items():
            region = self.regions[root]
            said = {name: values for fragment in fragments for name, values in fragment.said.items()}
            whole.append(replace(region, said={**said, **region.said}) if len(fragments) > 1 else region)
        return tuple(whole)

    def spans(self, region: Region) -> tuple[Span, ...]:
        """Where a region and its further fragments lie."""
        return tuple(fragment.span for fragment in self.fragments[region.id])

    def related(self, label: str) -> Iterator[tuple[Region, Region]]:
        """Pairs of regions in a relation; where one is a fragment, the first fragment stands for it."""
        for one in self._meant:
            if one.label == label:
                yield self.regions[self.roots[one.first]], self.regions[self.roots[one.second]]

    @cached_property
    def _meant(self) -> tuple[Relation, ...]:
        return tuple(one for relation in self.relations if (one := self.meant(relation)) is not None)

    def without(self, parts: Collection[Part]) -> Parts:
        """All but some parts and what hangs on them alone: relations, fragments, cues, sources and evidence."""
        gone = self._hanging_on({part.id for part in parts if isinstance(part, Region)})
        hushed = {part for part in parts if isinstance(part, Attribute)}
        unrelated = {part for part in parts if isinstance(part, Relation)}
        unanswered = {part.control for part in parts if isinstance(part, Answer)}
        return Parts(
            {name: _hushed(region, hushed) for name, region in self.regions.items() if name not in gone},
            tuple(one for one in self.relations if one not in unrelated and not gone & {one.first, one.second}),
            tuple(answer for answer in self.answers if answer.control not in unanswered),
        )

    def trimmed(self, text: str) -> Parts:
        """The same regions without white space at their edges."""
        return replace(self, regions={name: region.trimmed(text) for name, region in self.regions.items()})

    def _hanging_on(self, names: set[str]) -> set[str]:
        """Some regions with all that hang on them alone."""
        if not names:
            return names
        held: dict[str, set[str]] = {}
        holding: dict[str, list[str]] = {}
        for one in self._meant:
            if one.label != controls.INSIDE:
                held.setdefault(one.first, set()).add(one.second)
                holding.setdefault(one.second, []).append(one.first)
        gone, todo = set(names), list(names)
        while todo:
            name = todo.pop()
            for hanging in holding.get(name, ()):
                held[hanging].discard(name)
                if not held[hanging] and hanging not in gone:
                    gone.add(hanging)
                    todo.append(hanging)
        return gone


def _hushed(region: Region, hushed: Collection[Attribute]) -> Region:
    if not any(Attribute(region.id, control) in hushed for control in region.said):
        return region
    return replace(
        region, said={name: v for name, v in region.said.items() if Attribute(region.id, name) not in hushed}
    )


def parse_result(result: Iterable[object]) -> Parts:
    """The parts of a result; items that are none are kept apart as broken. Linear in the items."""
    gathered = _Gathered()
    for item in result:
        gathered.add(item)
    return gathered.parts()


class _Gathered:
    """The parts as far as they have been seen."""

    def __init__(self) -> None:
        self.regions: dict[str, Region] = {}
        self.said: dict[str, dict[str, tuple[str, ...]]] = {}
        self.meta: dict[str, Mapping[str, Any]] = {}
        self.relations: dict[Relation, None] = {}
        self.answers: dict[str, Answer] = {}
        self.broken: list[Broken] = []

    def add(self, item: object) -> None:
        """Sort one item in."""
        if not isinstance(item, Mapping):
            self.broken.append(Broken(None, "an item of the result is no object"))
        elif item.get("type") == "relation":
            self._relation(item)
        else:
            self._value(item)

    def parts(self) -> Parts:
        """What has been gathered; what was said of a region that is not there is broken."""
        lost = [
            Broken(name, "a choice or text about a region that is not there")
            for name in self.said
            if name not in self.regions
        ]
        regions = {
            name: replace(region, said=self.said.get(name, {}), meta=self.meta.get(name, {}))
            for name, region in self.regions.items()
        }
        return Parts(regions, tuple(self.relations), tuple(self.answers.values()), (*self.broken, *lost))

    def _relation(self, item: Mapping[str, Any]) -> None:
        ends = (item.get("from_id"), item.get("to_id"))
        if not all(isinstance(end, str) for end in ends):
            self.broken.append(Broken(None, "a relation without two regions"))
            return
        first, second = reversed(ends) if item.get("direction") == "left" else ends
        labels = _strings(item.get("labels"))
        self.relations[Relation(str(first), str(second), labels[0] if labels else None)] = None

    def _value(self, item: Mapping[str, Any]) -> None:
        name, control, value = item.get("id"), item.get("from_name"), item.get("value")
        if not (isinstance(name, str) and isinstance(control, str) and isinstance(value, Mapping)):
            self.broken.append(Broken(name if isinstance(name, str) else None, "an item without id, control or value"))
        elif item.get("type") == "labels":
            self._region(name, control, value)
            self._remember(name, item)
        elif "start" in value:
            self.said.setdefault(name, {})[control] = _strings(value.get("choices") or value.get("text"))
            self._remember(name, item)
        else:
            said = _strings(value.get("choices") or value.get("text"))
            if said:
                self.answers[control] = Answer(name, control, said[0], _mapping(item.get("meta")))

    def _region(self, name: str, control: str, value: Mapping[str, Any]) -> None:
        start, end = value.get("start"), value.get("end")
        if type(start) is not int or type(end) is not int:
            self.broken.append(Broken(name, f"offsets {start!r}, {end!r} are no whole numbers"))
        elif name in self.regions:
            self.broken.append(Broken(name, "two regions have this id; the first was read"))
        else:
            quoted = value.get("text")
            labels = _strings(value.get("labels"))
            self.regions[name] = Region(name, control, labels, start, end, quoted if isinstance(quoted, str) else None)

    def _remember(self, name: str, item: Mapping[str, Any]) -> None:
        if meta := _mapping(item.get("meta")):
            self.meta.setdefault(name, meta)


def _strings(value: object) -> tuple[str, ...]:
    listed = value if isinstance(value, list | tuple) else [value]
    texts = (text.strip() for text in listed if isinstance(text, str))
    return tuple(text for text in texts if text not in ("", controls.NOTHING))


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
