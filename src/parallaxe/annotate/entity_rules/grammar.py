"""Pieces of regular expressions that the rules share: what a word with a capital is, which small words tie a name.

All patterns are matched at a place that a lookup found, or search for a character class, and repeat single words with
a bound: none can run far back or forth, so that the time grows with the text alone.
"""

from __future__ import annotations


def _ranges(wanted: str) -> str:
    """The Latin letters of one case as a character class."""
    letters = [
        character for character in map(chr, [*range(0x250), *range(0x1E00, 0x1F00)]) if getattr(character, wanted)()
    ]
    return "".join(letters)


CAPITAL = f"[{_ranges('isupper')}]"
SMALL = f"[{_ranges('islower')}]"

# « Port-Liénard », « N'Djamena », « Saint-Corentin-sur-Rade », « B », « J. »; a search for it can look for the capital.
WORD = rf"{CAPITAL}(?:\.(?=[ -]{CAPITAL})|\w*(?:['’]{CAPITAL}\w*|-\w+){{0,8}})"
# A name of one to six such words; English names hold small words too.
CHAIN = rf"{WORD}(?: (?:(?:of|for|and|the|&|of the|for the) )?{WORD}){{0,5}}"
OF = r"(?:de la |de l['’]|du |des |de |d['’])"
THE = r"(?:l['’]|la |le |les )"

# Flags and other signs that live blogs put before words.
_SIGNS = "\U0001f000"
_OPENING = frozenset('.!?…:«“"•—–')


def opens(text: str, start: int, floor: int) -> bool:
    """True where a capital at `start` may be there because a sentence, a quotation or the block (`floor`) begins.

    >>> opens("Paris. Berlin", 7, 0), opens("À Paris", 2, 0)
    (True, False)
    """
    before = start - 1
    while before >= floor and (text[before] in " \N{NO-BREAK SPACE}(\n'’" or text[before] >= _SIGNS):
        before -= 1
    return before < floor or text[before] in _OPENING
