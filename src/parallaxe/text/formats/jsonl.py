r"""JSON Lines → one record per line, each with the edits that make its string literal `text` the text it stands for.

The literal is found by decoding the object member by member with the standard library's decoder, so that every
character of the text knows where in the file it stood, escapes included. Lines end at LF alone: U+2028 and U+0085 may
stand inside a JSON string and are no line ends of the format.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from parallaxe.core.edits import Edit
from parallaxe.core.errors import RawFileError
from parallaxe.text.extraction import Extraction, Metadata
from parallaxe.text.formats.declared import clean_value, day, language_code

_WHITE_SPACE = re.compile(r"[ \t\n\r\ufeff]*+")
_ESCAPE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\[^u]",
)
_REMEDY = "write one JSON object per line, with the article in a string field 'text'"


@dataclass(frozen=True, slots=True)
class Record:
    """One article of a JSON Lines file; offsets are code points of the whole file.

    `source[start:end]` is what stands between the quotation marks of the field `text`, `text_edits` decode its
    escapes; `fields` are the other fields, `key` the field `id` as a string where there is one; lines count from 1.
    """

    line: int
    key: str | None
    fields: dict[str, Any]
    text_edits: tuple[Edit, ...]
    start: int
    end: int


def records(source: str) -> Iterator[Record]:
    r"""The records of a file, in order; blank lines are skipped.

    Raises:
        RawFileError: at the first line that is no JSON object with a non-empty string field `text`, named once.

    >>> [record.key for record in records('{"id": 7, "text": "Séoul"}\n\n{"text": "Tokyo"}\n')]
    ['7', None]
    """
    start, number = 0, 1
    while start < len(source):
        end = source.find("\n", start) + 1 or len(source)
        line = source[start:end]
        if _skip(line, 0) < len(line):
            yield _record(line.rstrip("\r\n"), number, start)
        start, number = end, number + 1


def extraction(record: Record, source_length: int) -> Extraction:
    r"""Edits over the whole file that leave the text of one record, and the metadata its other fields declare.

    Fields read: `title`, `byline` or `author`, `outlet`, `published` or `date` (ISO 8601), `language`.

    >>> source = '{"title": "Brève", "text": "Il a dit\\u00a0: \\"Non\\"."}'
    >>> [found] = records(source)
    >>> apply_edits(source, extraction(found, len(source)).edits)[0]
    'Il a dit\xa0: "Non".'
    """
    before, after = Edit(0, record.start, "", "json"), Edit(record.end, source_length, "", "json")
    fields = record.fields
    metadata = Metadata(
        title=clean_value(fields.get("title")),
        byline=_first_name(fields.get("byline")) or _first_name(fields.get("author")),
        outlet=clean_value(fields.get("outlet")),
        published=day(fields.get("published")) or day(fields.get("date")),
        language=language_code(fields.get("language")),
    )
    return Extraction((before, *record.text_edits, after), (), metadata)


def _first_name(said: object) -> str | None:
    """A string, or the strings of a list joined by commas."""
    said = said if isinstance(said, list) else [said]
    return ", ".join(name for name in map(clean_value, said) if name) or None


def _record(line: str, number: int, offset: int) -> Record:
    members = _read(line, number)
    start, end = _text_span(members, number)
    edits = tuple(_escapes(line, start, end, offset))
    if not _shows(line, edits, start, end, offset):
        raise _failure(number, "the field 'text' is empty")
    fields = {member.name: member.value for member in members if member.name != "text"}
    return Record(number, _key(fields.get("id"), number), fields, edits, offset + start, offset + end)


class _Member(NamedTuple):
    """A member of the object on a line; `line[start:end]` is its value as written."""

    name: str
    value: Any
    start: int
    end: int


def _read(line: str, number: int) -> list[_Member]:
    try:
        return list(_members(line))
    except json.JSONDecodeError as error:
        raise _failure(number, f"invalid JSON, {error.msg.removesuffix(' at')} at column {error.colno}") from error
    except RecursionError as error:
        raise _failure(number, "the JSON is nested too deeply") from error
    except ValueError as error:  # Python reads no integer of more than some thousand digits
        raise _failure(number, "a number is too long to be read") from error


def _members(line: str) -> Iterator[_Member]:
    """The object on a line, read member by member: `json` itself does not tell where a value stood."""
    decoder = json.JSONDecoder()
    position = _expect(line, 0, "{", "Expecting an object")
    more = not line.startswith("}", _skip(line, position))
    while more:
        opening = _expect(line, position, '"', "Expecting a field name in double quotes") - 1
        name, position = decoder.raw_decode(line, opening)
        start = _skip(line, _expect(line, position, ":", "Expecting ':'"))
        value, end = decoder.raw_decode(line, start)
        yield _Member(name, value, start, end)
        position = _skip(line, end)
        more = line.startswith(",", position)
        position += more
    position = _skip(line, _expect(line, position, "}", "Expecting ',' or '}'"))
    if position < len(line):
        raise json.JSONDecodeError("Extra data", line, position)


def _text_span(members: list[_Member], number: int) -> tuple[int, int]:
    """Where on the line the text stands, between its quotation marks."""
    texts = [member for member in members if member.name == "text"]
    if not texts:
        raise _failure(number, "there is no field 'text'")
    if len(texts) > 1:
        raise _failure(number, "the field 'text' is given twice")
    if not isinstance(texts[0].value, str):
        raise _failure(number, "the field 'text' is no string")
    return texts[0].start + 1, texts[0].end - 1


def _skip(line: str, position: int) -> int:
    match = _WHITE_SPACE.match(line, position)
    assert match is not None
    return match.end()


def _expect(line: str, position: int, character: str, message: str) -> int:
    """The place after `character`, which must follow but for white space."""
    position = _skip(line, position)
    if not line.startswith(character, position):
        raise json.JSONDecodeError(message, line, position)
    return position + 1


def _escapes(line: str, start: int, end: int, offset: int) -> Iterator[Edit]:
    for match in _ESCAPE.finditer(line, start, end):
        yield Edit(offset + match.start(), offset + match.end(), json.loads(f'"{match[0]}"'), "json-escape")


def _shows(line: str, edits: tuple[Edit, ...], start: int, end: int, offset: int) -> bool:
    """True where the text has a character that is no white space."""
    told = start
    for edit in edits:
        if edit.replacement.strip() or line[told : edit.start - offset].strip():
            return True
        told = edit.end - offset
    return bool(line[told:end].strip())


def _key(said: object, number: int) -> str | None:
    if said is None:
        return None
    if isinstance(said, bool) or not isinstance(said, str | int):
        raise _failure(number, "the field 'id' is neither a string nor an integer")
    return clean_value(said)


def _failure(number: int, what: str) -> RawFileError:
    return RawFileError("JSON Lines source", f"line {number}: {what}", _REMEDY)
