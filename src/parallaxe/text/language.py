"""Which language a text is in, by py3langid, which is small, needs no network and always answers the same.

It reads byte by byte, which would cost an article more than its sentences do. So five short samples are asked first:
where they are surely French, as nearly all that is read here is, that is the answer; any other text is read on.
"""

from __future__ import annotations

import math

UNDETERMINED = "und"
"""The code of ISO 639-2 for a text without letters."""

# Beyond this the answer hardly ever changes.
_CHARACTERS_READ = 2_000
_USUAL = "fr"
_SAMPLES = 5
_SAMPLE_LENGTH = 100
# Of the logarithms of odds, which py3langid divides by the root of the length: 55 to one.
_SURE = 4.0


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
    if len(beginning) == _CHARACTERS_READ and _is_surely_usual(beginning):
        return _USUAL
    from py3langid.langid import classify

    code, _ = classify(beginning)
    return str(code)


def _is_surely_usual(beginning: str) -> bool:
    from py3langid.langid import rank

    step = len(beginning) // _SAMPLES
    sample = " ".join(beginning[start : start + _SAMPLE_LENGTH] for start in range(0, len(beginning), step))
    (code, best), (_, second), *_ = rank(sample)
    return bool(code == _USUAL and best - second > _SURE * math.sqrt(len(sample.encode(errors="surrogatepass"))))
