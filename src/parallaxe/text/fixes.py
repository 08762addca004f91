"""The fixes: each is one small function from a text to the edits that mend one thing in it.

French typography is data here, so these leave alone what a general cleaner flattens: « », “ ”, paired ‘ ’, œ, …,
dashes. Each fix first asks a cheap question, since most texts need most fixes not at all. A fix never inserts out of
nothing: every edit covers at least one character of its input.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from parallaxe.core.edits import Edit, Substitution
from parallaxe.text import characters

Fix: TypeAlias = Callable[[str], Sequence[Edit]]
"""The one extension point of the normalizer: edits in order and disjoint, over the text as the fixes before left it."""

NOTHING: tuple[Edit, ...] = ()

# Beyond this a line is no longer compared character by character (the comparison is quadratic).
_LONGEST_COMPARED = 2_000


def mojibake(text: str) -> Sequence[Edit]:
    """UTF-8 that was read in a single-byte encoding becomes what it was; ftfy decides, line by line.

    >>> source = "L'Ã©tÃ© Ã\N{NO-BREAK SPACE} Séoul"
    >>> apply_edits(source, mojibake(source))[0]
    "L'été à Séoul"
    >>> list(mojibake("MÂCON, « déjà… », œuvre"))
    []
    """
    if not (characters.MOJIBAKE_TRIGGER.search(text) and characters.MOJIBAKE.search(text)):
        return NOTHING
    edits: list[Edit] = []
    start = 0
    for line in text.splitlines(keepends=True):
        if characters.MOJIBAKE.search(line):
            edits += _repair_line(line, start)
        start += len(line)
    return edits


def _repair_line(line: str, offset: int) -> Iterator[Edit]:
    from ftfy import fix_encoding

    repaired = fix_encoding(line)
    if repaired == line:
        return
    runs = [
        (match.start(), match.end(), fix_encoding(match.group())) for match in characters.MOJIBAKE_RUN.finditer(line)
    ]
    if _with_runs(line, runs) != repaired:
        runs = list(_differences(line, repaired))
    for start, end, replacement in runs:
        if line[start:end] != replacement:
            yield _narrowed(Edit(start, end, replacement), line, offset)


def _narrowed(edit: Edit, line: str, offset: int) -> Edit:
    """The edit without the characters that it leaves as they are at its ends, moved by `offset`."""
    start, end, replacement, _ = edit
    while replacement and end - start > 1 and line[start] == replacement[0]:
        start, replacement = start + 1, replacement[1:]
    while replacement and end - start > 1 and line[end - 1] == replacement[-1]:
        end, replacement = end - 1, replacement[:-1]
    return Edit(offset + start, offset + end, replacement)


def _with_runs(line: str, runs: Sequence[tuple[int, int, str]]) -> str:
    pieces, kept = [], 0
    for start, end, replacement in runs:
        pieces += [line[kept:start], replacement]
        kept = end
    return "".join([*pieces, line[kept:]])


def _differences(before: str, after: str) -> Iterator[tuple[int, int, str]]:
    """Where two versions of a line differ, insertions widened by one character so that each span covers something."""
    if len(before) > _LONGEST_COMPARED:
        yield 0, len(before), after
        return
    for tag, start, end, new_start, new_end in difflib.SequenceMatcher(None, before, after, False).get_opcodes():
        if tag == "insert":
            yield 0, len(before), after
            return
        if tag != "equal":
            yield start, end, after[new_start:new_end]


def line_ends(text: str) -> Sequence[Edit]:
    r"""Every end of line becomes LF: CR LF, CR, vertical tab, form feed, NEL, U+2028, U+2029.

    >>> line_ends("Séoul\r\nPyongyang")
    [Edit(start=5, end=7, replacement='\n', reason='')]
    """
    return [Edit(found.start(), found.end(), "\n") for found in characters.LINE_END.finditer(text)]


def invisible_characters(text: str) -> Sequence[Edit]:
    """Controls, byte order marks, soft hyphens, zero-width and bidirectional marks go.

    A zero-width joiner stays between two pictographs (👨‍👩‍👧), because there it is part of a character.

    >>> invisible_characters("muni\N{SOFT HYPHEN}tions")
    [Edit(start=4, end=5, replacement='', reason='')]
    """
    edits = [Edit(found.start(), found.end(), "") for found in characters.INVISIBLE_RUN.finditer(text)]
    if characters.ZERO_WIDTH_JOINER in text:
        edits += [Edit(found.start(), found.end(), "") for found in characters.STRAY_JOINER.finditer(text)]
        edits.sort()
    return edits


def latin_ligatures(text: str) -> Sequence[Edit]:
    """Typographic ligatures are spelt out (ﬁ → fi); œ and æ are letters of French and stay.

    >>> latin_ligatures("conﬂit, œuvre")
    [Edit(start=3, end=4, replacement='fl', reason='')]
    """
    return [
        Edit(found.start(), found.end(), characters.LATIN_LIGATURES[found.group()])
        for found in characters.LIGATURE.finditer(text)
    ]


def composition(text: str) -> Sequence[Edit]:
    r"""Canonical composition, Unicode NFC (UAX #15): e + U+0301 → é.

    >>> composition("Core\u0301e")
    [Edit(start=3, end=5, replacement='é', reason='')]
    """
    if unicodedata.is_normalized("NFC", text):
        return NOTHING
    stretches = [(*found.span(), found.group()) for found in characters.COMPOSABLE.finditer(text)]
    composed = [unicodedata.normalize("NFC", stretch) for _, _, stretch in stretches]
    return [
        Edit(start, end, after)
        for (start, end, before), after in zip(stretches, composed, strict=True)
        if before != after
    ]


def apostrophes(text: str) -> Sequence[Edit]:
    """Typographic apostrophes become `'`; a ’ that closes a ‘ is a quotation mark and stays.

    >>> apply_edits("l’accord ‘d’amitié’", apostrophes("l’accord ‘d’amitié’"))[0]
    "l'accord ‘d'amitié’"
    """
    if characters.OPENING_SINGLE_QUOTE not in text:
        return _each_becomes(text, characters.APOSTROPHES, "'")
    closing = {match.end() - 1 for match in characters.QUOTED.finditer(text)}
    found = characters.APOSTROPHE.finditer(text)
    return [Edit(match.start(), match.end(), "'") for match in found if match.start() not in closing]


def _each_becomes(text: str, replaced: str, replacement: str) -> Sequence[Edit]:
    present = "".join([character for character in replaced if character in text])
    return Substitution(text, present, replacement) if present else NOTHING


def hyphens(text: str) -> Sequence[Edit]:
    """Non-breaking and typographic hyphens become `-`; dashes stay dashes.

    >>> list(hyphens("nord\N{NON-BREAKING HYPHEN}coréen — sud"))
    [Edit(start=4, end=5, replacement='-', reason='')]
    """
    return _each_becomes(text, characters.HYPHENS, "-")


def horizontal_spaces(text: str) -> Sequence[Edit]:
    """Every horizontal space (no-break, narrow, thin, em, tab …) becomes U+0020.

    >>> list(horizontal_spaces("«\N{NO-BREAK SPACE}paix\N{NARROW NO-BREAK SPACE}»"))
    [Edit(start=1, end=2, replacement=' ', reason=''), Edit(start=6, end=7, replacement=' ', reason='')]
    """
    return _each_becomes(text, characters.HORIZONTAL_SPACES, " ")


def space_runs(text: str) -> Sequence[Edit]:
    """Several spaces become one.

    >>> space_runs("Kim  Jong-un")
    [Edit(start=3, end=5, replacement=' ', reason='')]
    """
    if "  " not in text:
        return NOTHING
    return [Edit(found.start(), found.end(), " ") for found in characters.SPACE_RUN.finditer(text)]


def line_edges(text: str) -> Sequence[Edit]:
    r"""No line begins or ends with a space.

    >>> line_edges("Séoul \n Tokyo")
    [Edit(start=5, end=6, replacement='', reason=''), Edit(start=7, end=8, replacement='', reason='')]
    """
    if not any(line[:1] == " " or line[-1:] == " " for line in text.split("\n")):
        return NOTHING
    edits = []
    if text[:1] == " ":
        edits.append(Edit(0, len(text) - len(text.lstrip(" ")), ""))
    if "\n " in text:
        edits += [Edit(found.start() + 1, found.end(), "") for found in characters.SPACE_AFTER_LINE_END.finditer(text)]
    if " \n" in text:
        edits += [_space_before(text, found.start()) for found in characters.SPACE_BEFORE_LINE_END.finditer(text)]
    if text[-1:] == " ":
        edits.append(_space_before(text, len(text)))
    return sorted(set(edits))


def _space_before(text: str, end: int) -> Edit:
    start = end
    while start and text[start - 1] == " ":
        start -= 1
    return Edit(start, end, "")


def block_breaks(text: str) -> Sequence[Edit]:
    r"""Blocks are joined by one blank line; none stands before the first or after the last.

    >>> source = "En direct\nKim\n\n\nPoutine\n"
    >>> apply_edits(source, block_breaks(source))[0]
    'En direct\n\nKim\n\nPoutine'
    """
    end = len(text.rstrip("\n"))
    if text[:1] != "\n" and text.count("\n", 0, end) == 2 * text.count("\n\n", 0, end) and "\n\n\n" not in text[:end]:
        return [Edit(end, len(text), "")] if 0 < end < len(text) else NOTHING
    edits = []
    for found in characters.BLOCK_BREAK.finditer(text):
        start, end = found.span()
        wanted = "\n\n" if start > 0 and end < len(text) else ""
        if found.group() != wanted:
            edits.append(Edit(start, end, wanted))
    return edits
