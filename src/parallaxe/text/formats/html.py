r"""HTML → edits that leave the text of the article, a blank line at each block border.

Every text block of the article's part of the page is kept, in source order: no extractor decides what is worth
reading (trafilatura alone loses titles, leads, bylines and captions). The page is cut into passages that tile it
(`article.passages`); between two characters that stay lies a *gap* of tags, white space and what is left out, and
only when the next character comes is it known whether the gap is a block border, one space, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal, NamedTuple

from parallaxe.core.edits import Edit
from parallaxe.text.extraction import Extraction
from parallaxe.text.formats.article import Passage, article_part, passages
from parallaxe.text.formats.declared import clean_value, read_declared, trafilatura_lines
from parallaxe.text.formats.elements import BLOCKS
from parallaxe.text.formats.markup import INVISIBLE, REFERENCE, WHITE_SPACE, reference
from parallaxe.text.formats.page import Page, Run, read_page, runs
from parallaxe.text.formats.roles import hints

BORDER = "\n\n"

# Whatever in a text may not stay as it stands: references, white space other than one space between words, and
# characters that show nothing, which at the border of a block are no text.
_ATOM = re.compile(
    rf"{REFERENCE}|[{INVISIBLE}]++|[{WHITE_SPACE}]{{2,}}+|[\t\n\f\r]| (?=[&{INVISIBLE}])|(?<=[;{INVISIBLE}]) |\A | \Z"
)
_INVISIBLE_ONLY = re.compile(f"[{INVISIBLE}]++")


class Piece(NamedTuple):
    """`source[start:end]` and what it is to the text; `replacement` is what it becomes where it stays and changes.

    `text` shows; `space` is white space, `blank` shows nothing but is no white space either; `tag` stands inside a
    line, `break` is `<br>`, `border` the tag of a block; `dropped` is left out, `outside` is not in the article.
    """

    start: int
    end: int
    kind: Literal["text", "space", "blank", "tag", "break", "border", "dropped", "outside"]
    reason: str
    replacement: str | None = None


def extract(source: str) -> Extraction:
    r"""The edits that lead from the decoded source of a page to the text of its article.

    Tags go, references are decoded, white space collapses as in a browser, blocks are separated by a blank line. Edits
    carry a reason: `tag`, `entity`, `white-space` inside the article; `navigation`, `footer`, `cookie-banner`,
    `script`, `style`, `comment`, `head`, `header`, `aside`, `form`, `hidden`, `outside-article` … for what is left out.

    Raises:
        RawFileError: if the page holds no article text.

    >>> from parallaxe.core.edits import apply_edits
    >>> page = "<nav>Une</nav><h1>Le train</h1>\n<article><p>Parti de l&rsquo;est, il va à la <em>mer</em>.</article>"
    >>> apply_edits(page, extract(page).edits)[0]
    'Le train\n\nParti de l’est, il va à la mer.'
    """
    page = read_page(source)
    declared, all_runs = read_declared(page), runs(page)
    part = article_part(page, all_runs, declared)
    kept = [
        step.event
        for step in passages(page, part)
        if step.kind == "kept" and (step.event.opens or step.event.kind == "text")
    ]
    starts = {event.start for event in kept}
    kept_runs = [run for run in all_runs if page.events[run.first].start in starts]
    kept_elements = [event.element for event in kept if event.opens]
    metadata = declared.metadata
    if metadata.title is None:
        metadata = replace(metadata, title=_heading(page, kept_runs))
    lines = trafilatura_lines(page)
    edits = tuple(_edits(_pieces(source, passages(page, part))))
    return Extraction(edits, hints(page, kept_elements, kept_runs, declared, lines), metadata)


def _heading(page: Page, kept: Iterable[Run]) -> str | None:
    headings = (run for run in kept if page.elements[run.block].name == "h1")
    return next((clean_value(page.text(run.first, run.last)) for run in headings), None)


def _pieces(source: str, steps: Iterable[Passage]) -> Iterator[Piece]:
    """The whole source in order, as pieces that tile it."""
    for step in steps:
        kind, name = step.event.kind, step.event.name
        if step.kind == "dropped":
            if name in BLOCKS:  # an empty border would be an insertion, so the border is a property of what is dropped
                yield Piece(step.start, step.end, "dropped", step.reason, BORDER)
            else:
                yield Piece(step.start, step.end, "dropped", step.reason)
        elif kind in ("comment", "declaration", "unclosed-tag"):
            yield Piece(step.start, step.end, "dropped", kind)
        elif step.kind == "outside":
            shows = source[step.start : step.end].strip(WHITE_SPACE)
            reason = "tag" if kind != "text" else "outside-article" if shows else "white-space"
            yield Piece(step.start, step.end, "outside", reason)
        elif kind == "text":
            yield from _text_pieces(source[step.start : step.end], step.start)
        elif name == "br":
            yield Piece(step.start, step.end, "break", "tag", " ")
        else:
            yield Piece(step.start, step.end, "border" if name in BLOCKS else "tag", "tag")


def _text_pieces(written: str, offset: int) -> Iterator[Piece]:
    """The pieces of a text token, which starts at `offset` of the source."""
    told = 0
    for match in _ATOM.finditer(written):
        decoded = reference(match[0]) if match[0][0] == "&" else None
        if match[0][0] == "&" and decoded is None:
            continue
        yield from _plain_pieces(written, told, match.start(), offset)
        told = match.start() + decoded[1] if decoded else match.end()
        yield _atom_piece(match[0], decoded[0] if decoded else None, offset + match.start(), offset + told)
    yield from _plain_pieces(written, told, len(written), offset)


def _plain_pieces(written: str, start: int, end: int, offset: int) -> Iterator[Piece]:
    if start < end and written[start] == " ":  # after a reference without semicolon
        yield Piece(offset + start, offset + start + 1, "space", "white-space")
        start += 1
    if start < end:
        yield Piece(offset + start, offset + end, "text", "")


def _atom_piece(written: str, decoded: str | None, start: int, end: int) -> Piece:
    if decoded is None:
        if _INVISIBLE_ONLY.fullmatch(written):
            return Piece(start, end, "blank", "white-space")
        return Piece(start, end, "space", "white-space", None if written == " " else " ")
    if not decoded:
        return Piece(start, end, "tag", "entity")
    if not decoded.strip(WHITE_SPACE):
        return Piece(start, end, "space", "entity", " ")
    return Piece(start, end, "blank" if _INVISIBLE_ONLY.fullmatch(decoded) else "text", "entity", decoded)


def _edits(pieces: Iterable[Piece]) -> Iterator[Edit]:
    """The edits that pieces come to: each gap is closed when the text after it, or the end, is reached."""
    gap: list[Piece] = []
    begun = False
    for piece in pieces:
        if piece.kind != "text":
            gap.append(piece)
            continue
        if gap:
            yield from _within_line(gap) if begun and not _is_border(gap) else _between_blocks(gap, BORDER * begun)
            gap = []
        begun = True
        if piece.replacement is not None:
            yield Edit(piece.start, piece.end, piece.replacement, piece.reason)
    yield from _between_blocks(gap, "")


def _is_border(gap: Iterable[Piece]) -> bool:
    breaks = 0
    for piece in gap:
        breaks += piece.kind == "break"
        if breaks > 1 or piece.kind in ("border", "outside") or (piece.kind == "dropped" and piece.replacement):
            return True
    return False


def _within_line(gap: Iterable[Piece]) -> Iterator[Edit]:
    """A gap inside a block: of white space, across tags, one space is left; what shows nothing stays as it is."""
    spaced = False
    held: Edit | None = None
    for start, end, kind, reason, replacement in gap:
        stays = kind == "blank" or (kind in ("space", "break") and not spaced)
        spaced = kind in ("space", "break") or (spaced and kind != "blank")
        if stays and replacement is None:
            continue
        edit = Edit(start, end, replacement or "" if stays else "", reason)
        if held is not None and held.end == start and held.reason == reason and not held.replacement + edit.replacement:
            edit = Edit(held.start, end, "", reason)
        elif held is not None:
            yield held
        held = edit
    if held is not None:
        yield held


_RANK = {"outside-article": 0, "tag": 1, "entity": 2, "white-space": 3}


def _between_blocks(gap: Iterable[Piece], border: str) -> Iterator[Edit]:
    """A gap between blocks: deleted, but for the border, which takes the place of the first tags that are in it."""
    stretches: list[Edit] = []
    mergeable: str | None = None
    for piece in gap:
        group = None if piece.kind == "dropped" else "outside" if piece.kind == "outside" else "inside"
        if group and group == mergeable:
            held = stretches.pop()
            reason = min(held.reason, piece.reason, key=_RANK.__getitem__)
            stretches.append(Edit(held.start, piece.end, "", reason))
        else:
            stretches.append(Edit(piece.start, piece.end, "", piece.reason))
        mergeable = group
    place = next((index for index, edit in enumerate(stretches) if edit.reason == "tag"), 0) if border else -1
    for index, edit in enumerate(stretches):
        yield edit._replace(replacement=border) if index == place else edit
