"""A page as its elements, and the runs of text between block borders.

Elements nest by an open-element stack that knows the omissions HTML allows (`</p>`, `</li>`, `</td>` …) and ignores
end tags that close nothing. Where an element of a name stands on the stack is kept per name, so that a tag costs the
same at any depth; nothing recurses.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from parallaxe.text.formats.elements import (
    BLOCKS,
    CLOSES_PARAGRAPH,
    HEADINGS,
    IMPLIED,
    IN_HEAD,
    SCOPES,
    SILENT,
    TABLE_PARTS,
    VOID,
)
from parallaxe.text.formats.markup import BLANK_TEXT, WHITE_SPACE, Kind, attributes, tokens

_NO_ATTRIBUTES: Mapping[str, str] = {}
_HIDING = re.compile(r"display\s*+:\s*+none", re.IGNORECASE)
_NEVER_HIDDEN = frozenset({"html", "body", "main", "article"})


class Event(NamedTuple):
    """A token; `element` is the innermost element open around it, for a start tag the one it opens."""

    kind: Kind
    start: int
    end: int
    name: str
    element: int

    @property
    def opens(self) -> bool:
        """True for the start tag of an element that can hold others."""
        return self.kind == "start" and self.name not in VOID


@dataclass(slots=True)
class Element:
    """`events[first:last]`, `source[start:end]`, its tags included; `block` is the nearest block at or above it.

    `link` is the link it stands in, or 0; `closed` is true where an end tag closes it: text after a link that somebody
    forgot to close is no link text.
    """

    name: str
    parent: int
    block: int
    start: int
    first: int
    attributes: Mapping[str, str]
    silent: str
    link: int = 0
    end: int = -1
    last: int = -1
    closed: bool = False


class Run(NamedTuple):
    """Text between two block borders: `events[first:last]`, which begins and ends with text that can be seen.

    `length` and `in_link` count its characters without the white space at the ends of tokens.
    """

    block: int
    first: int
    last: int
    length: int
    in_link: int


@dataclass(frozen=True, slots=True)
class Page:
    """Elements in the order of their start tags, so that a parent comes before its children; element 0 is the root."""

    source: str
    events: list[Event]
    elements: list[Element]

    def text(self, first: int, last: int) -> str:
        """What is written in `events[first:last]`, references and white space as in the source."""
        return "".join(
            self.source[event.start : event.end] for event in self.events[first:last] if event.kind == "text"
        )


def read_page(source: str) -> Page:
    """The page that an HTML source describes."""
    builder = _Builder()
    for token in tokens(source):
        if token.kind == "start":
            builder.open(token.name, token.attributes, token.start, token.end)
        elif token.kind == "end":
            builder.close(token.name, token.start, token.end)
        else:
            if token.kind == "text" and builder.top.name == "head" and source[token.start : token.end].strip():
                builder.pop_to(builder.depth - 1, token.start)
            builder.note(token.kind, token.start, token.end, token.name)
    builder.pop_to(0, len(source))
    return Page(source, builder.events, builder.elements)


@dataclass
class _Builder:
    """The open-element stack while a page is read."""

    events: list[Event] = field(default_factory=list)
    elements: list[Element] = field(default_factory=lambda: [Element("", -1, 0, 0, 0, _NO_ATTRIBUTES, "")])
    stack: list[int] = field(default_factory=lambda: [0])
    depths: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    scopes: list[int] = field(default_factory=lambda: [0])
    blocks: list[int] = field(default_factory=lambda: [0])

    @property
    def depth(self) -> int:
        return len(self.stack) - 1

    @property
    def top(self) -> Element:
        return self.elements[self.stack[-1]]

    def note(self, kind: Kind, start: int, end: int, name: str) -> None:
        self.events.append(Event(kind, start, end, name, self.stack[-1]))

    def open(self, name: str, written: str, start: int, end: int) -> None:
        self._close_implied(name, start)
        if name in VOID:
            self.note("start", start, end, name)
            return
        above, index = self.top, len(self.elements)
        found = attributes(written) if written else _NO_ATTRIBUTES
        block = index if name in BLOCKS else above.block
        silent = SILENT.get(name) or _hidden(name, found)
        link = index if name == "a" and "href" in found else above.link
        self.elements.append(Element(name, self.stack[-1], block, start, len(self.events), found, silent, link))
        self.stack.append(index)
        self._push(name)
        self.note("start", start, end, name)
        if name in SILENT and written.endswith("/"):
            self.pop_to(self.depth - 1, end)

    def close(self, name: str, start: int, end: int) -> None:
        depths = self.depths.get(name)
        if name in TABLE_PARTS:
            limit = self._last("table") - (name == "table")
        else:
            limit = self.scopes[-1] - (name in SCOPES) if name in BLOCKS or name in SILENT else self.blocks[-1]
        if depths and depths[-1] > limit and name not in ("html", "body"):
            self.pop_to(depths[-1], start)
            self.note("end", start, end, name)
            self.top.closed = True
            self.pop_to(depths[-1] - 1, end)
        else:
            self.note("end", start, end, name)

    def pop_to(self, depth: int, offset: int) -> None:
        """Close all that is open below `depth` at a place of the source."""
        while self.depth > depth:
            element = self.elements[self.stack.pop()]
            element.end, element.last = offset, len(self.events)
            self.depths[element.name].pop()
            for held in (self.scopes, self.blocks):
                if held[-1] > self.depth:
                    held.pop()
        if not depth:
            self.elements[0].end, self.elements[0].last = offset, len(self.events)

    def _push(self, name: str) -> None:
        self.depths[name].append(self.depth)
        if name in SCOPES:
            self.scopes.append(self.depth)
        if name in BLOCKS:
            self.blocks.append(self.depth)

    def _last(self, name: str) -> int:
        depths = self.depths.get(name)
        return depths[-1] if depths else 0

    def _close_implied(self, name: str, offset: int) -> None:
        if self.top.name == "head" and name not in IN_HEAD:
            self.pop_to(self.depth - 1, offset)
        if name in CLOSES_PARAGRAPH and self._last("p") > self.scopes[-1]:
            self.pop_to(self._last("p") - 1, offset)
        if name in HEADINGS and self.top.name in HEADINGS:
            self.pop_to(self.depth - 1, offset)
        if name == "a" and self._last("a") > self.blocks[-1]:
            self.pop_to(self._last("a") - 1, offset)
        if name in IMPLIED:
            closed, barriers = IMPLIED[name]
            limit = max(self._last(barrier) for barrier in (*barriers, "template"))
            if name not in TABLE_PARTS:
                limit = max(limit, self.scopes[-1])
            open_depths = [self._last(each) for each in closed if self._last(each) > limit]
            if open_depths:
                self.pop_to(min(open_depths) - 1, offset)


def _hidden(name: str, found: Mapping[str, str]) -> str:
    hides = "hidden" in found or ("style" in found and _HIDING.search(found["style"]))
    return "hidden" if hides and name not in _NEVER_HIDDEN else ""


def runs(page: Page) -> list[Run]:
    """All text that can be seen, cut at block borders (block tags, `<hr>`, two `<br>` in a row), in order."""
    found: list[Run] = []
    index = breaks = 0
    open_run: list[int] = []  # block, first, last, length, in_link
    while index < len(page.events):
        event = page.events[index]
        if event.kind == "text":
            written = page.source[event.start : event.end]
            length = len(written.strip(WHITE_SPACE))
            if length and not BLANK_TEXT.fullmatch(written):
                element = page.elements[event.element]
                if breaks > 1 or not open_run:
                    _finish(open_run, found)
                    open_run = [element.block, index, index, 0, 0]
                open_run[2] = index + 1
                open_run[3] += length
                open_run[4] += length * page.elements[element.link].closed
                breaks = 0
        elif event.kind in ("start", "end"):
            breaks += event.name == "br"
            if event.name in BLOCKS:
                _finish(open_run, found)
                open_run = []
            if event.opens and page.elements[event.element].silent:
                index = page.elements[event.element].last
                continue
        index += 1
    _finish(open_run, found)
    return found


def _finish(open_run: list[int], found: list[Run]) -> None:
    if open_run:
        found.append(Run(*open_run))
