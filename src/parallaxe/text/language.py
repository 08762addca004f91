"""Which language a text is in, by py3langid, which is small, needs no network and always answers the same."""

from __future__ import annotations

UNDETERMINED = "und"
"""The code of ISO 639-2 for a text without letters."""

# Beyond this the answer hardly ever changes.
_CHARACTERS_READ = 2_000


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
    from py3langid.langid import classify

    code, _ = classify(text[first : first + _CHARACTERS_READ])
    return str(code)
