"""Marks inside a Markdown block → edits: emphasis, links, pictures, code spans, escapes, references, HTML tags.

Nothing that a mark encloses is lost: a link leaves its text, a picture its alternative text, and a mark that closes
nothing is a character like any other. Every pattern stops at the next mark of its own kind or at a fixed length, so
that a block of marks that close nothing is read in linear time.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from parallaxe.core.edits import Edit
from parallaxe.text.formats.markup import REFERENCE, reference

_MARK = re.compile(
    r"(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<code>`++)"
    r"|(?P<emphasis>\*++|_++|~~)"
    r"|(?P<open>!?\[(?!\^))"
    r"|(?P<close>\](?:\((?:[^()\s]++|\([^()\s]*+\)){0,50}+(?:[ \t]++(?:\"[^\"]{0,300}\"|'[^']{0,300}'))?[ \t]*+\)"
    r"|\[[^\[\]]{0,300}\])?)"
    r"|(?P<autolink><(?:[a-zA-Z][a-zA-Z0-9+.-]{1,30}:[^\s<>]*+|[^\s<>@]{1,100}@[^\s<>@]++)>)"
    r"|(?P<comment><!--(?:[^-<]++|-(?!->)|<(?!!--))*+-->)"
    r"|(?P<tag></?[a-zA-Z][^<>]*+>)"
    rf"|(?P<entity>{REFERENCE})"
)
_LONGEST_LABEL = 300


def inline_edits(source: str, spans: Sequence[tuple[int, int]], labels: frozenset[str]) -> list[Edit]:
    """The edits inside one block, in order.

    Args:
        source: the whole source.
        spans: the block's lines, code points of the source.
        labels: the labels, case folded, that links of the form `[text][label]` may refer to.
    """
    reader = _Reader(source, labels)
    marks = [mark for start, end in spans for mark in _MARK.finditer(source, start, end)]
    fences: defaultdict[int, list[int]] = defaultdict(list)
    for mark in marks:
        if mark["code"]:
            fences[len(mark[0])].append(mark.start())
    literal_until = 0
    for mark in marks:
        if mark.start() < literal_until:
            continue
        if mark["code"]:
            literal_until = reader.code(mark, fences[len(mark[0])])
        else:
            reader.read(mark, spans)
    return sorted(reader.edits)


class _Reader:
    """What is open while the marks of a block are read: brackets, and runs of emphasis that may still be closed."""

    def __init__(self, source: str, labels: frozenset[str]) -> None:
        self.source, self.labels = source, labels
        self.edits: list[Edit] = []
        self.brackets: list[re.Match[str]] = []
        self.emphasis: defaultdict[str, list[list[int]]] = defaultdict(list)  # start and length of what is left

    def read(self, mark: re.Match[str], spans: Sequence[tuple[int, int]]) -> None:
        start, end = mark.span()
        match mark.lastgroup:
            case "escape":
                self.delete(start, start + 1, "escape")
            case "emphasis":
                self.emphasize(mark, spans)
            case "open":
                self.brackets.append(mark)
            case "close":
                self.close(mark)
            case "autolink":
                self.delete(start, start + 1, "link")
                self.delete(end - 1, end, "link")
            case "entity":
                self.decode(mark)
            case "comment":
                self.delete(start, end, "comment")
            case _:
                is_break = mark[0][1:3].lower() == "br"
                self.edits.append(Edit(start, end, " " if is_break else "", "tag"))

    def delete(self, start: int, end: int, reason: str) -> None:
        self.edits.append(Edit(start, end, "", reason))

    def code(self, mark: re.Match[str], fences: list[int]) -> int:
        """Where the code span that a run of backticks opens ends; the run is text where no equal one follows."""
        after = bisect_right(fences, mark.start())
        if after == len(fences):
            return mark.end()
        length = len(mark[0])
        self.delete(*mark.span(), "code")
        self.delete(fences[after], fences[after] + length, "code")
        return fences[after] + length

    def decode(self, mark: re.Match[str]) -> None:
        decoded = reference(mark[0]) if mark[0].endswith(";") else None
        if decoded and decoded[1] == len(mark[0]):
            self.edits.append(Edit(mark.start(), mark.end(), decoded[0], "entity"))

    def close(self, mark: re.Match[str]) -> None:
        """A closing bracket: the marks of a link or picture go, other brackets are text."""
        if not self.brackets:
            return
        opening = self.brackets.pop()
        target = mark[0][1:]
        if target[:1] != "(":
            said = target[1:-1] or self.source[opening.end() : min(mark.start(), opening.end() + _LONGEST_LABEL + 1)]
            if said.casefold() not in self.labels:
                return
        reason = "picture" if opening[0] == "![" else "link"
        self.delete(*opening.span(), reason)
        self.delete(*mark.span(), reason)

    def emphasize(self, mark: re.Match[str], spans: Sequence[tuple[int, int]]) -> None:
        """Close what an earlier run of the same character opened; what is left of the run may open."""
        start, end = mark.span()
        opens, closes = self.flanks(mark, spans)
        held = self.emphasis[mark[0][0]]
        while closes and held and start < end:
            opened, length = held[-1]
            count = min(length, end - start)
            self.delete(opened + length - count, opened + length, "emphasis")
            self.delete(start, start + count, "emphasis")
            start += count
            held[-1][1] -= count
            if not held[-1][1]:
                held.pop()
        if opens and start < end:
            held.append([start, end - start])

    def flanks(self, mark: re.Match[str], spans: Sequence[tuple[int, int]]) -> tuple[bool, bool]:
        """Whether a run may open and may close emphasis (CommonMark, left- and right-flanking delimiter runs)."""
        line_start, line_end = spans[bisect_right(spans, (mark.start(), len(self.source))) - 1]
        before = self.source[mark.start() - 1] if mark.start() > line_start else " "
        after = self.source[mark.end()] if mark.end() < line_end else " "
        left = not after.isspace() and (after.isalnum() or not before.isalnum())
        right = not before.isspace() and (before.isalnum() or not after.isalnum())
        if mark[0][0] == "_":
            return left and not (right and before.isalnum()), right and not (left and after.isalnum())
        return left, right
