"""Bytes → characters, with the name of the encoding that was found.

`bytes.decode(encoding)` of the recorded name gives exactly the string that raw offsets count in. UTF-8 is tried
first because a text in another encoding is valid UTF-8 only by a rare accident; only then is charset-normalizer
asked, and only between the two single-byte encodings that French newsrooms used.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from parallaxe.core.errors import RawFileError

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SINGLE_BYTE = ("cp1252", "latin_1")
# Tab, LF, VT, FF, CR are text; any other C0 control in quantity is not.
_CONTROLS = bytes(range(9)) + bytes(range(14, 32))
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_NOT_ASCII = re.compile(rb"[\x80-\xff]")


class Decoded(NamedTuple):
    """`text`, and the Python codec name that leads to it from the bytes."""

    text: str
    encoding: str


def decode(raw: bytes, where: str = "raw file") -> Decoded:
    """Decode a raw article; `where` names it in errors.

    Raises:
        RawFileError: if it is empty, binary, or in no encoding that French press uses.

    >>> decode("déjà".encode("cp1252"))
    Decoded(text='déjà', encoding='cp1252')
    """
    if not raw or raw.isspace():
        raise RawFileError(where, "the file is empty", "put the article in it or remove it")
    for mark, encoding in _BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return _strictly(raw, encoding, where)
    if b"\x00" in raw:
        raise _binary(where)
    try:
        return Decoded(raw.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if _has_controls(raw):
            raise _binary(where) from error
        if _is_damaged_utf8(raw):
            raise _undecodable(where, error) from error
        return _detected(raw, where, error)


def _strictly(raw: bytes, encoding: str, where: str) -> Decoded:
    try:
        return Decoded(raw.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(where, error) from error


def _has_controls(raw: bytes) -> bool:
    controls = len(raw) - len(raw.translate(None, _CONTROLS))
    return controls > max(2, len(raw) // 200)


def _binary(where: str) -> RawFileError:
    return RawFileError(where, "this is a binary file, not text", "export the article as UTF-8 text or HTML")


def _is_damaged_utf8(raw: bytes) -> bool:
    """True where most bytes beyond ASCII are parts of UTF-8 sequences: reading them as cp1252 would hide a fault."""
    inside = sum(found.end() - found.start() for found in _MULTIBYTE.finditer(raw))
    return 2 * inside > len(_NOT_ASCII.findall(raw))


def _detected(raw: bytes, where: str, error: UnicodeDecodeError) -> Decoded:
    from charset_normalizer import from_bytes

    match = from_bytes(raw, cp_isolation=list(_SINGLE_BYTE), threshold=0.4).best()
    if match is None:
        raise _undecodable(where, error) from error
    # Latin-1 reads 80–9F as controls that no article holds; where cp1252 can read them it is what was meant.
    for encoding in _SINGLE_BYTE:
        try:
            return Decoded(raw.decode(encoding), encoding)
        except UnicodeDecodeError:
            continue
    raise _undecodable(where, error) from error


def _undecodable(where: str, error: UnicodeDecodeError) -> RawFileError:
    return RawFileError(
        where,
        f"byte {error.object[error.start]:#04x} at offset {error.start} is no {error.encoding}",
        "save the article as UTF-8",
    )
