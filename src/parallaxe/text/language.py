"""Which language a text is in, by py3langid, which is small, needs no network and always answers the same.

It reads byte by byte, which costs an article more than its sentences do. So the small words of French are counted
first: where they stand all over the beginning, as in nearly all that is read here, there is nothing left to ask.
"""

from __future__ import annotations

UNDETERMINED = "und"
"""The code of ISO 639-2 for a text without letters."""

# Beyond this the answer hardly ever changes.
_CHARACTERS_READ = 2_000
_FRENCH = "fr"
# No other language has these all. Each quarter of what is read must hold some, or French is only a part of the text.
_SMALL_WORDS = frozenset(
    "au aux avait avec ces cette dans des elle les leur leurs il ils nous ont par pas plus pour après selon sont sur "
    "une été".split()
)
_LEAST_IN_A_QUARTER = 2


def language_in_words(code: str) -> str:
    """A language as people are told of it: its code, and of a text without letters that it has none.

    >>> language_in_words("fr"), language_in_words("und")
    ('fr', 'no language (no letters)')
    """
    return "no language (no letters)" if code == UNDETERMINED else code


def detect_language(text: str) -> str:
    """The ISO 639-1 code of the language of `text`, or `und` where it has no letter.

    The 2,000 characters from the first letter on decide. Of one or two words the answer is a guess (`En direct` is
    taken for Catalan), so ask for whole articles.

    >>> detect_language("Le dirigeant se rendra en Russie à bord de son train.")
    'fr'
    >>> detect_language("🥳 12 %")
    'und'
    """
    first = next((position for position, character in enumerate(text) if character.isalpha()), None)
    if first is None:
        return UNDETERMINED
    beginning = text[first : first + _CHARACTERS_READ]
    if len(beginning) == _CHARACTERS_READ and _is_plainly_french(beginning):
        return _FRENCH
    from py3langid.langid import classify

    code, _ = classify(beginning)
    return str(code)


def _is_plainly_french(beginning: str) -> bool:
    quarter = _CHARACTERS_READ // 4
    quarters = (beginning[start : start + quarter] for start in range(0, _CHARACTERS_READ, quarter))
    return all(sum(map(_SMALL_WORDS.__contains__, words.split())) >= _LEAST_IN_A_QUARTER for words in quarters)
