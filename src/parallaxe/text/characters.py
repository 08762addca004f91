r"""Which characters mean what to the normalizer, and the regular expressions built from them, compiled once.

Only here are characters named; `fixes` says what becomes of them.
"""

from __future__ import annotations

import re

# Unicode category Zs and the tab: all stand for one space between words.
HORIZONTAL_SPACES = (
    "\t\N{NO-BREAK SPACE}\N{OGHAM SPACE MARK}\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\N{NARROW NO-BREAK SPACE}\u205f\N{IDEOGRAPHIC SPACE}"
)

# Ends of lines other than LF; CR LF counts as one.
LINE_ENDS = "\r\v\f\x1c-\x1e\N{NEXT LINE}\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}"

# Nothing to see: C0 and C1 controls that end no line, soft hyphen, zero-width and bidirectional controls, byte order
# mark, invisible operators, interlinear annotation marks, lone surrogates (which no encoding can write), noncharacters.
INVISIBLE = (
    "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\N{SOFT HYPHEN}\N{MONGOLIAN VOWEL SEPARATOR}\u200b\u200c\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
)

ZERO_WIDTH_JOINER = "\N{ZERO WIDTH JOINER}"
# A joiner between two of these makes one pictogram (a family, a profession): there it is part of a character.
PICTOGRAPHS = "\u2190-\u2bff\U0001f000-\U0001faff\ufe0f"

APOSTROPHES = "\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}"
OPENING_SINGLE_QUOTE = "\N{LEFT SINGLE QUOTATION MARK}"
CLOSING_SINGLE_QUOTE = "\N{RIGHT SINGLE QUOTATION MARK}"

HYPHENS = "\N{HYPHEN}\N{NON-BREAKING HYPHEN}"

LATIN_LIGATURES = {
    "\N{LATIN SMALL LIGATURE FF}": "ff",
    "\N{LATIN SMALL LIGATURE FI}": "fi",
    "\N{LATIN SMALL LIGATURE FL}": "fl",
    "\N{LATIN SMALL LIGATURE FFI}": "ffi",
    "\N{LATIN SMALL LIGATURE FFL}": "ffl",
    "\N{LATIN SMALL LIGATURE LONG S T}": "st",
    "\N{LATIN SMALL LIGATURE ST}": "st",
}

# A UTF-8 sequence read as cp1252 or Latin-1: what a lead byte C2–F4 becomes, then what a continuation byte 80–BF does.
_CONTINUATION = (
    "\x80-\xbf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201a\u201c-\u201e"
    "\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122"
)
# The same read as Mac Roman (√© for é); and what is left where a decoder has given up.
_MAC_ROMAN = "\N{SQUARE ROOT}[\xa9\xae\xb4\xa2\xa7\xc2\xe0\xe2\xe4\xf9\xfb]"
# A cheap test before ftfy is asked; `Ã` before a space is `à` whose no-break space was collapsed by somebody.
MOJIBAKE = re.compile(f"[\xc2-\xf4][{_CONTINUATION}]|\xc3 |{_MAC_ROMAN}|\ufffd")
# The characters that a repair may touch; ASCII around them stays where it is.
MOJIBAKE_RUN = re.compile("(?:[^\x00-\x7f]|(?<=\xc3) )+")

LINE_END = re.compile(f"\r\n|[{LINE_ENDS}]")
INVISIBLE_RUN = re.compile(f"[{INVISIBLE}]+")
STRAY_JOINER = re.compile(f"(?<![{PICTOGRAPHS}]){ZERO_WIDTH_JOINER}|{ZERO_WIDTH_JOINER}(?![{PICTOGRAPHS}])")
LIGATURE = re.compile(f"[{''.join(LATIN_LIGATURES)}]")
HYPHEN = re.compile(f"[{HYPHENS}]")
HORIZONTAL_SPACE = re.compile(f"[{HORIZONTAL_SPACES}]")
SPACE_RUN = re.compile(" {2,}")
# Both begin with the character that is rare, so that the engine leaps from one to the next.
SPACE_BEFORE_LINE_END = re.compile(r"\n(?<= \n)")
SPACE_AFTER_LINE_END = re.compile(r"\n +")
APOSTROPHE = re.compile(f"[{APOSTROPHES}]")
QUOTED = re.compile(f"{OPENING_SINGLE_QUOTE}[^{OPENING_SINGLE_QUOTE}\n]*?{CLOSING_SINGLE_QUOTE}(?!\\w)")
# A stretch whose composed form does not depend on what stands around it. No character below U+0300, and none from
# U+2002 to U+20CF, is ever changed by NFC or composes with the character before it (UAX #15), so those are borders.
COMPOSABLE = re.compile("[^\u0300-\u2001\u20d0-\U0010ffff]?[\u0300-\u2001\u20d0-\U0010ffff]+")
BLOCK_BREAK = re.compile(r"\n\n*")  # not `\n+`: a literal first character lets the engine leap

# The letters that mojibake leaves behind but French hardly uses, and the euro sign, because `â` alone is French and
# `â€` begins most spoilt punctuation.
_MOJIBAKE_LETTERS = "\x80-\x9f\xbf\xc2-\xc6\xcb-\xcd\xcf-\xd3\xd5-\xd8\xdd-\xdf\xec\xed\xf0\u20ac\u221a\ufffd"
MOJIBAKE_TRIGGER = re.compile(f"[{_MOJIBAKE_LETTERS}]")
INVISIBLE_TRIGGER = re.compile(f"[{INVISIBLE}{ZERO_WIDTH_JOINER}]")


def _beyond(suspects: str) -> re.Pattern[str]:
    """The class of `suspects` and of everything beyond the Basic Multilingual Plane, written as what it is not.

    The engine tests a class of characters up to U+FFFF by one table, but adds a comparison for each range above; the
    complement has none above, so it is scanned half as fast again.
    """
    allowed, start = [], 0
    for found in re.finditer(f"[{suspects}]+", "".join(map(chr, range(0x10000)))):
        if start < found.start():
            allowed.append(f"\\u{start:04x}-\\u{found.start() - 1:04x}")
        start = found.end()
    return re.compile(f"[^{''.join(allowed)}]")


# The gate of the fast path: any character that some fix might touch, in one class, because one class is scanned five
# times as fast as an alternative. It holds all that NFC could change.
SUSPECT = _beyond(
    f"{HORIZONTAL_SPACES}{LINE_ENDS}{INVISIBLE}{ZERO_WIDTH_JOINER}{APOSTROPHES}{HYPHENS}{''.join(LATIN_LIGATURES)}"
    f"{_MOJIBAKE_LETTERS}\u0300-\u2001\u20d0-\uffff"
)
