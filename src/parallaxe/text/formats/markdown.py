r"""Markdown → edits that leave the text: blocks by their lines here, marks inside a line in `markdown_inline`.

CommonMark as newsrooms write it, read line by line: front matter, headings, quotes, lists, fenced code, paragraphs.
What a mark says about a block (heading, picture) becomes a hint; the mark goes. Indented code is read as a paragraph,
for an indented line in an article is a paragraph far more often than a program.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple

import yaml

from parallaxe.core.edits import Edit
from parallaxe.core.errors import RawFileError
from parallaxe.text.extraction import Extraction, Hint, Metadata
from parallaxe.text.formats.declared import clean_value, day, language_code
from parallaxe.text.formats.markdown_inline import inline_edits

BORDER = "\n\n"

_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n|\Z)")
_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*+(?:\r\n|\r|\n)")
_FRONT_MATTER_END = re.compile(r"(?:---|\.\.\.)[ \t]*+(?:\r\n|\r|\n|\Z)")
_LONGEST_FRONT_MATTER = 50_000

# Marks at the start of a line, in any order and number: quotes and bullets. Numbers of ordered lists are text.
_PREFIX = re.compile(r"[ \t\ufeff]*+(?:(?:>|[-*+](?=[ \t]))[ \t]*+)*+")
_LIST_ITEM = re.compile(r"[ \t]*+(?:>[ \t]*+)*+(?:[-*+]|\d{1,9}[.)])[ \t]")
_HEADING = re.compile(r"(#{1,6})(?:[ \t]++|\Z)")
_HEADING_END = re.compile(r"(?<![^ \t])#++[ \t]*+\Z")
_RULE = re.compile(r"[ \t]*+(?:(?:-[ \t]*+){3,}+|(?:\*[ \t]*+){3,}+|(?:_[ \t]*+){3,}+)")
_UNDERLINE = re.compile(r"[ \t]*+(?:(=)=*+|--++)[ \t]*+")
_FENCE = re.compile(r"[ \t]*+(```++(?![^`]*`)|~~~++)")
_REFERENCE = re.compile(r"[ \t]*+\[(?!\^)([^\]]{1,300})\]:[ \t]*+\S")
_PICTURE = re.compile(r"!\[[^\]]*+\](?:\([^)]*+\)|\[[^\]]*+\])")


Kind = Literal["blank", "fence", "code", "heading", "underline", "rule", "reference", "item", "text"]


class Line(NamedTuple):
    """What a line is; `source[start:end]` what it says, without marks at its ends; `level` of a heading."""

    kind: Kind
    start: int
    end: int
    level: int = 0


class Block(NamedTuple):
    """Lines that make one block: the kind of the first of them, `spans` of the source, the level of a heading."""

    kind: Kind
    spans: list[tuple[int, int]]
    level: int = 0


def extract(source: str) -> Extraction:
    r"""The edits that lead from Markdown to text: marks go, wrapped lines are joined, a blank line between blocks.

    Front matter (`title`, `author` or `byline`, `outlet`, `date` or `published`, `language`) becomes metadata.

    Raises:
        RawFileError: if the front matter is no valid YAML.

    >>> source = "# Le train\n\nIl va *vite*,\n[dit-on](http://example.org).\n"
    >>> apply_edits(source, extract(source).edits)[0]
    'Le train\n\nIl va vite, dit-on.'
    """
    begin, metadata = _front_matter(source)
    lines = list(_lines(source, begin))
    labels = frozenset(source[line.start : line.end].casefold() for line in lines if line.kind == "reference")
    blocks = [(block, _inside(source, block, labels)) for block in _blocks(lines)]
    shown = [(block, edits) for block, edits in blocks if _shows(source, block, edits)]
    edits = [Edit(0, begin, "", "front-matter")] * bool(begin)
    edits.extend(_edits(source, begin, shown))
    return Extraction(tuple(edits), tuple(_hints(source, [block for block, _ in shown])), metadata)


def _front_matter(source: str) -> tuple[int, Metadata]:
    """Where the front matter ends (0 where there is none), and what it declares."""
    opening = _FRONT_MATTER.match(source)
    if opening is None:
        return 0, Metadata()
    position = opening.end()
    while position < min(len(source), _LONGEST_FRONT_MATTER):
        if closing := _FRONT_MATTER_END.match(source, position):
            said = _yaml(source[opening.end() : position])
            return (closing.end(), _metadata(said)) if isinstance(said, dict) else (0, Metadata())
        position = _line_end(source, position)
    return 0, Metadata()


def _yaml(written: str) -> object:
    """YAML with every scalar a string, so that no title becomes a date or a number."""
    try:
        return yaml.load(written, Loader=yaml.BaseLoader)  # noqa: S506 - the base loader builds strings, lists, dicts
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f" in line {mark.line + 2}" if mark else ""
        what = f"the front matter is no valid YAML{place}"
        raise RawFileError("Markdown source", what, "put values with a colon between quotation marks") from error
    except RecursionError as error:
        raise RawFileError("Markdown source", "the front matter is nested too deeply", "write plain values") from error


def _metadata(said: dict[Any, Any]) -> Metadata:
    return Metadata(
        title=clean_value(said.get("title")),
        byline=_joined(said.get("byline")) or _joined(said.get("author")) or _joined(said.get("authors")),
        outlet=clean_value(said.get("outlet")),
        published=day(said.get("published")) or day(said.get("date")),
        language=language_code(said.get("language") or said.get("lang")),
    )


def _joined(said: object) -> str | None:
    said = said if isinstance(said, list) else [said]
    return ", ".join(name for name in map(clean_value, said) if name) or None


def _line_end(source: str, start: int) -> int:
    match = _LINE.match(source, start)
    assert match is not None
    return match.end()


def _lines(source: str, begin: int) -> Iterator[Line]:
    """The lines from `begin` on, in order."""
    fence, position = "", begin
    while position < len(source):
        end = _line_end(source, position)
        written = source[position:end].rstrip("\r\n")
        opening = _FENCE.match(written)
        if fence:
            closes = opening is not None and opening[1].startswith(fence) and not written.strip().strip(fence[0])
            yield Line("fence" if closes else "code", position, position + len(written))
            fence = "" if closes else fence
        elif opening:
            fence = opening[1]
            yield Line("fence", position, position + len(written))
        else:
            yield _line(written, position)
        position = end


def _line(written: str, offset: int) -> Line:
    """A line outside fenced code: rules and underlines as they stand, the rest after quote marks and bullets."""
    if underline := _UNDERLINE.fullmatch(written):
        return Line("underline", offset, offset + len(written), 1 if underline[1] else 2)
    if _RULE.fullmatch(written):
        return Line("rule", offset, offset + len(written))
    if label := _REFERENCE.match(written):
        return Line("reference", offset + label.start(1), offset + label.end(1))
    prefix = _PREFIX.match(written)
    start = prefix.end() if prefix else 0
    kind: Kind = "item" if _LIST_ITEM.match(written) else "text"
    heading = _HEADING.match(written, start)
    if heading:
        start, kind = heading.end(), "heading"
    end = max(start, _content_end(written, start, is_heading=heading is not None))
    return Line(kind if start < end else "blank", offset + start, offset + end, len(heading[1]) if heading else 0)


def _content_end(written: str, start: int, *, is_heading: bool) -> int:
    """Where a line ends without white space, a heading's closing marks, or the backslash of a hard line break."""
    closing = _HEADING_END.search(written, start) if is_heading else None
    content = (written[: closing.start()] if closing else written).rstrip()
    if not is_heading and content.endswith("\\") and not content.endswith("\\\\"):
        content = content[:-1].rstrip()
    return len(content)


def _blocks(lines: Iterable[Line]) -> Iterator[Block]:
    """Lines to blocks; each has at least one span."""
    block: Block | None = None
    for line in lines:
        if block is not None and _joins(line, block):
            block.spans.append((line.start, line.end))
            continue
        if block is not None:
            yield block._replace(level=line.level) if _underlines(line, block) else block
        shows = line.kind in ("item", "text", "heading", "code")
        block = Block(line.kind, [(line.start, line.end)], line.level) if shows else None
    if block is not None:
        yield block


def _underlines(line: Line, block: Block) -> bool:
    """True where a line of `=` or `-` makes a heading of the line above it."""
    return line.kind == "underline" and block.kind == "text" and len(block.spans) == 1


def _joins(line: Line, block: Block) -> bool:
    return (line.kind == "text" and block.kind in ("text", "item")) or line.kind == block.kind == "code"


def _inside(source: str, block: Block, labels: frozenset[str]) -> list[Edit]:
    return [] if block.kind == "code" else inline_edits(source, block.spans, labels)


def _shows(source: str, block: Block, edits: list[Edit]) -> bool:
    """True where something is left to read: not so of a picture without words."""
    told, last = block.spans[0][0], block.spans[-1][1]
    for edit in edits:
        if edit.replacement.strip() or source[told : edit.start].strip():
            return True
        told = edit.end
    return bool(source[told:last].strip())


def _edits(source: str, begin: int, blocks: Iterable[tuple[Block, list[Edit]]]) -> Iterator[Edit]:
    """Marks inside the blocks, and what stands between their lines."""
    told, border = begin, ""
    for block, inside in blocks:
        waiting = deque(inside)
        for start, end in block.spans:
            if told < start and source[told:start] != border:
                yield Edit(told, start, border, "line-wrap" if border == " " else "block-mark")
            while waiting and waiting[0].start < end:
                yield waiting.popleft()
            told, border = end, source[end : _line_end(source, end)] if block.kind == "code" else " "
        border = BORDER
    if told < len(source):
        yield Edit(told, len(source), "", "block-mark")


def _hints(source: str, blocks: Iterable[Block]) -> Iterator[Hint]:
    titled = False
    for block in blocks:
        start, end = block.spans[0][0], block.spans[-1][1]
        if block.level == 1 and not titled:
            titled = True
            yield Hint(start, end, "title", 0.9, "#")
        elif block.level:
            yield Hint(start, end, "heading", 0.8, "#" * block.level)
        elif block.kind != "code" and _PICTURE.fullmatch(source, *block.spans[0]):
            yield Hint(start, end, "caption", 0.9, "![]")
