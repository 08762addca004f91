r"""Where French sentences end: one regular expression finds every place that might be a border, look-ups decide.

Borders are told by typography alone: nothing is trained, and every decision can be read. Three kinds of place are
looked at.

1. *A stop* (`.` `!` `?` `…` and the closing marks behind it) ends a sentence unless the word before it is an
   abbreviation, an initial or the number of a list item, or unless the text goes on in small letters.
2. *A word that French capitalizes only at the beginning of a sentence* (`Il`, `Cette`, `Dans`), without a stop before
   it: so a heading shows where a page has lost its line ends. Articles (`Le`, `Les`, `L'`) begin names and titles of
   works as well; they count only before a small letter. Neither counts behind a word that cannot end a sentence.
3. *A list item* (`- `, `1. `, `a) `) behind a colon or a semicolon.

A newline is always a border, since blocks and lines never share a sentence. Each step looks a bounded way back, so the
time is linear in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from enum import Enum

from parallaxe.text import abbreviations

Span = tuple[int, int]

# How far back a word, and the beginning of a quotation, is looked for.
_LONGEST_WORD = 16
_LONGEST_QUOTATION = 600
# A list number stands within this many characters of the beginning of its item, bullet and guillemet included.
_LONGEST_ITEM_LEAD = 16

_DASHES = r"\-–—"
_SMALL = "a-zß-öø-ÿœ"
_CAPITAL = "A-ZÀ-ÖØ-ÞŒ"
_BULLETS = "•*▪‣◦·→►■●"

_ABBREVIATIONS = abbreviations.TITLES | abbreviations.NUMBERED | abbreviations.LINKING | abbreviations.CLOSING

_LINE = re.compile(r"[^\n]+")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_WORD = re.compile(r"[^\W\d_]{2}")
_WORD_BEFORE = re.compile(r"[\w.°§-]*[\w°§]\Z")
_INITIAL = re.compile(rf"(?:[{_CAPITAL}]\.?-)*[{_CAPITAL}]")
_DOTTED = re.compile(rf"(?:[{_CAPITAL}][{_SMALL}]?\.-?)+[{_CAPITAL}][{_SMALL}]?")
_ITEM_NUMBER = re.compile(rf"[\s{_DASHES}{_BULLETS}«“\"(]*(?:\d{{1,3}}(?:\.\d{{1,3}})*|[IVXLivx]{{1,5}}|[A-Za-z])")
_BEFORE_CHRIST = re.compile(r"\b(?:av|apr|avant|après)\.?\s?J\.-C\Z")
_NUMBER_OR_CODE = re.compile(rf"[(\[]?[0-9]|[IVXLCDM]+\b|[{_CAPITAL}][.)]")
_OMISSION = re.compile(r"[(\[](?:\.{3}|…)[)\]]\s*+")
# A straight quotation mark between spaces, which may open or close, and the end of `(…)`.
_LOOSE_MARK = re.compile(r'\s"\Z|[.…][)\]]\Z')
_LEAD = re.compile(rf"[\s{_DASHES}]*+[«“‘(\[\"'¿¡\s]*+")


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _opening_words(first: str = "") -> str:
    """A pattern for a word that opens a sentence; given its first letter, for the rest of the word behind it."""
    anywhere, before_small = (
        [word.removeprefix(first) for word in words if word.startswith(first)]
        for words in (abbreviations.OPENERS, abbreviations.ARTICLES)
    )
    word_ends = r"(?:(?<=')|(?![\w'-]))"
    patterns = [rf"(?:{_alternatives(anywhere)}){word_ends}"] if anywhere else []
    patterns += [rf"(?:{_alternatives(before_small)}){word_ends}\s?(?=[{_SMALL}0-9])"] if before_small else []
    return f"(?:{'|'.join(patterns)})"


_OPENING_WORD = re.compile(_opening_words())
_FIRST_LETTERS = sorted({word[0] for word in abbreviations.OPENERS + abbreviations.ARTICLES})
_REST_OF_OPENING_WORD = "|".join(f"(?<={letter}){_opening_words(letter)}" for letter in _FIRST_LETTERS)
# What may stand before a border that no stop marks: no comma, no opening mark, no dash.
_BEFORE = rf"[^\s.!?…,:«“‘(\[/&'•{_DASHES}]"

# All alternatives begin with one character of one set, which is what makes the search fast; what may repeat is
# possessive, which is what makes it linear.
_CANDIDATE = re.compile(
    rf"""[.!?…:;{"".join(_FIRST_LETTERS)}]
    (?: (?<=[.!?…]) (?P<more> [.!?…]*+ )
        (?P<closing> (?: \s?[»”] | ["’')\]] | \s\[\d{{1,3}}\] )*+ ) (?P<quote> \s"(?=\s|\Z) )?+
        (?P<space> \s*+ )
      | (?: (?<={_BEFORE}\s.) | (?<={_BEFORE}\s[-•]\s.) ) (?: {_REST_OF_OPENING_WORD} )
      | (?<=[:;]) (?<!\d:) (?<!\d\s:) (?P<item> \s ) (?= [{_DASHES}•]\s | \d{{1,2}}[.)]\s | [a-z]\)\s )
    )""",
    re.VERBOSE,
)


class _Next(Enum):
    """How a text goes on behind a stop."""

    CAPITAL = "a capital, a quotation, a bullet, a pictogram"
    SMALL = "a small letter"
    DIGIT = "a digit"
    NOTHING = "a comma, a closing mark, a symbol"


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """French sentences of `text[start:end]`.

    Spans are half-open, in code points of `text`, in order and disjoint; none begins or ends with white space, and
    together they hold every other character of the stretch. A line without a stop is one sentence, and what has neither
    letter nor digit stays with its neighbour.

    >>> text = "M. Kim a dit : « Je viendrai. Vous aussi ? » L'O.N.U. attend le 3 janv. 2024. Et puis…"
    >>> for start, end in split_sentences(text):
    ...     print(text[start:end])
    M. Kim a dit : « Je viendrai.
    Vous aussi ? »
    L'O.N.U. attend le 3 janv. 2024.
    Et puis…
    """
    stretch = text[start:end]
    return [span for line in _LINE.finditer(stretch) for span in _line_sentences(line.group(), start + line.start())]


def _line_sentences(line: str, offset: int) -> Iterator[Span]:
    start, end = len(line) - len(line.lstrip()), len(line.rstrip())
    if start >= end:
        return
    for border, opening in _borders(line, start, end):
        yield offset + start, offset + border
        start = opening
    yield offset + start, offset + end


def _borders(line: str, start: int, end: int) -> Iterator[Span]:
    """(end of a sentence, start of the next), in order; there is a letter or a digit on both sides of each."""
    last = _last_letter_or_digit(line, end)
    seen = start
    for candidate in _CANDIDATE.finditer(line, start, end):
        if candidate.end() > last:
            return
        border = _border(line, start, candidate)
        if border is None:
            continue
        if _LETTER_OR_DIGIT.search(line, seen, border[0]):
            yield border
            start = border[1]
        seen = border[1]


def _last_letter_or_digit(line: str, end: int) -> int:
    while end > 0 and not line[end - 1].isalnum():
        end -= 1
    return end - 1


def _border(line: str, start: int, candidate: re.Match[str]) -> Span | None:
    """The border at a candidate, if it is one; `start` is where the sentence begins so far."""
    if candidate["space"] is not None:
        return _border_after_stop(line, start, candidate)
    if candidate["item"] is not None:
        return candidate.start("item"), candidate.end("item")
    return _border_without_stop(line, start, candidate)


def _border_without_stop(line: str, start: int, opening: re.Match[str]) -> Span | None:
    """Before a word of a closed class with a capital, and before the dash of a list item that begins with one."""
    end, following = opening.start() - 1, opening.start()
    if line[end - 1] in "-•":
        end, following = end - 2, end - 1
        if line[end - 1] == ")" or line[max(start, end - 3) : end].isupper():
            return None
    word = _word_before(line, end)
    if word.lower() in abbreviations.BINDING or not _WORD.search(line, max(start, end - _LONGEST_QUOTATION), end):
        return None
    if word[:1].isupper() and _goes_on_as_name(line, opening, is_first=end - len(word) <= start):
        return None
    return None if _LOOSE_MARK.search(line, end - 3, end) else (end, following)


def _goes_on_as_name(line: str, opening: re.Match[str], *, is_first: bool) -> bool:
    """Whether the capital behind a capitalized word belongs to the same name: `Kim Il Sung`, `Kim Jong Un a dit`."""
    following = line[opening.end() : opening.end() + 2].strip()
    return following.istitle() or (opening[0].rstrip() in abbreviations.NAMELIKE and not is_first)


def _border_after_stop(line: str, start: int, stop: re.Match[str]) -> Span | None:
    end, following = stop.start("space"), stop.end()
    if stop["quote"] and not _closes_quotation(line, stop.start("quote")):
        end, following = stop.start("quote"), stop.start("quote") + 1
    if end == following:
        return (end, end) if _lost_space(line, stop) else None
    if stop["closing"][:1] in (")", "]") and line[stop.start() - 1 : stop.start()] in ("(", "["):
        return None
    if stop[0][0] == "." and not stop["more"]:
        ends = _full_stop_ends(line, start, stop, following)
    else:
        ends = _other_stop_ends(line, stop, following)
    return (end, following) if ends else None


def _closes_quotation(line: str, mark: int) -> bool:
    """Whether a straight quotation mark between two spaces closes: an odd number of them stands before it."""
    return line.count('"', max(0, mark - _LONGEST_QUOTATION), mark) % 2 == 1


def _lost_space(line: str, stop: re.Match[str]) -> bool:
    """`fin.Le début`: two small letters, a stop, a word that opens sentences."""
    before = line[max(0, stop.start() - 2) : stop.start()]
    return len(before) == 2 and before.isalpha() and before.islower() and bool(_OPENING_WORD.match(line, stop.end()))


def _other_stop_ends(line: str, stop: re.Match[str], following: int) -> bool:
    """Whether `!`, `?`, `…` or a run of stops ends a sentence; `(vraiment ?) Paul` goes on."""
    goes_on = _next(line, following)
    if goes_on is _Next.DIGIT:
        return stop[0][0] in "!?"
    if goes_on is _Next.CAPITAL and ")" in stop["closing"]:
        return bool(_OPENING_WORD.match(line, following))
    return goes_on is _Next.CAPITAL


def _full_stop_ends(line: str, start: int, stop: re.Match[str], following: int) -> bool:
    """Whether one `.` ends a sentence. Behind a whole word it does so even before a small letter."""
    goes_on = _next(line, following)
    tail = line[max(start, stop.start() - 6) : stop.start()]
    if goes_on is _Next.NOTHING:
        return False
    if stop["closing"]:
        return goes_on is not _Next.SMALL
    if len(tail) == 6 and tail.isalpha() and tail.islower():
        return True
    word = _word_before(line, stop.start())
    if goes_on is _Next.SMALL:
        return len(word) >= 4 and word.isalpha() and word not in _ABBREVIATIONS
    return not _is_item_number(line, start, stop.start()) and _word_ends(line, word, stop.start(), following)


def _next(line: str, position: int) -> _Next:
    """How the text goes on; behind an opening guillemet any letter may begin a sentence."""
    character, quoted = line[position], False
    if not character.isalnum():
        character, quoted = _behind_opening_marks(line, position)
    if character.isalpha():
        return _Next.SMALL if character.islower() and not quoted else _Next.CAPITAL
    if character.isdigit():
        return _Next.CAPITAL if quoted else _Next.DIGIT
    is_sign = bool(character) and (character in _BULLETS or unicodedata.category(character) == "So")
    return _Next.CAPITAL if is_sign else _Next.NOTHING


def _behind_opening_marks(line: str, position: int) -> tuple[str, bool]:
    """The first character behind dashes and opening marks, or "", and whether one of them opens a quotation."""
    omission = _OMISSION.match(line, position)
    lead = _LEAD.match(line, omission.end() if omission else position)
    assert lead is not None
    return line[lead.end() : lead.end() + 1], any(mark in lead[0] for mark in '«“"')


def _word_before(line: str, position: int) -> str:
    found = _WORD_BEFORE.search(line[max(0, position - _LONGEST_WORD) : position])
    return found.group() if found else ""


def _is_item_number(line: str, start: int, position: int) -> bool:
    """`1.`, `2.3.`, `IV.`, `a.` at the beginning of a sentence number it."""
    return position - start <= _LONGEST_ITEM_LEAD and _ITEM_NUMBER.fullmatch(line, start, position) is not None


def _word_ends(line: str, word: str, position: int, following: int) -> bool:
    """Whether a full stop at `position` ends a sentence, by the word before it; no small letter follows."""
    if word in abbreviations.TITLES:
        return False
    if word in abbreviations.NUMBERED:
        return not _NUMBER_OR_CODE.match(line, following)
    if word == "J.-C" and _BEFORE_CHRIST.search(line, max(0, position - _LONGEST_WORD), position):
        return True
    opens = line[following] in '«“"-–—•' or _OPENING_WORD.match(line, following) is not None
    if word in abbreviations.CLOSING:
        return not line[following].isdigit()
    if _INITIAL.fullmatch(word):
        return opens or _word_before(line, position - len(word) - 1).lower() in abbreviations.LETTERED
    return opens or not (word in abbreviations.LINKING or _DOTTED.fullmatch(word))
