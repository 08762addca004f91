"""Fingerprints of sentences: whoever has a copy of a text can recognise it by them, and nobody else learns a word.

A copy of another edition (another site, another encoding, a lead cut off, a typo mended) has another hash as a file,
but most of its sentences are the same. Each long one has a fingerprint, which stands beside its offsets in the text
layer of a restricted article: a sentence of a copy that has it *is* that sentence, and its words stand at its offsets.

Why a fingerprint does not give its sentence away. It could only be guessed: by trying sentences until one fits. Who
tries knows how long the sentence is, on what it is, and the names in it, since mentions are linked to entities. So
names are not counted on at all: a sentence has a fingerprint only if `FEWEST_WORDS` of its words begin with a small
letter. French in context has about one bit in a letter (Shannon 1951 for English; large models come down to 0.7), a
word five of them with its space. Fourteen words are 70 bits at one bit, and 49 at 0.7; to know the length takes seven
away, to know the words between two names a few more. `ROUNDS` of the hash cost ten bits at each try. About 50 bits in
the very worst case, and 70 as a rule, are left, for one sentence, which is fewer than the words that may be quoted.
Short sentences, headings and single words, which a list of candidates would find, have none; there is no key to lose.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from hashlib import pbkdf2_hmac
from typing import NamedTuple

from parallaxe.text.document import Sentence

FEWEST_WORDS = 14
"""Words with a small first letter that a sentence must have to be given a fingerprint."""

ROUNDS = 1024
"""How often a fingerprint is hashed: a third of a millisecond for who has the sentence, ten bits for who guesses."""

_SALT = b"parallaxe sentence print/1"
_BYTES = 8
_WORD = re.compile(r"[^\W\d_]+")
_LIKE = {"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "‑": "-", "\xa0": " ", "\u202f": " "}


class Print(NamedTuple):
    """The fingerprint of `text[start:end]`, 16 hexadecimal digits."""

    start: int
    end: int
    digest: str


def sentence_prints(text: str, sentences: Iterable[Sentence]) -> tuple[Print, ...]:
    """The fingerprints of the sentences that are long enough, in their order."""
    return tuple(
        Print(one.start, one.end, fingerprint(text[one.start : one.end]))
        for one in sentences
        if is_long(text[one.start : one.end])
    )


def is_long(sentence: str) -> bool:
    """True where a sentence may have a fingerprint."""
    return sum(1 for word in _WORD.findall(sentence) if word[0].islower()) >= FEWEST_WORDS


def fingerprint(sentence: str) -> str:
    """What stands for a sentence: the same for those that only letter case, accents and typography tell apart."""
    return pbkdf2_hmac("sha256", plain(sentence).encode("utf-8", "surrogatepass"), _SALT, ROUNDS, _BYTES).hex()


def plain(text: str) -> str:
    """A text of the same length without case, accents, curly quotes, long dashes and hard spaces.

    >>> plain("« L’État »")
    "« l'etat »"
    """
    return "".join(map(_plain_character, text))


@cache
def _plain_character(character: str) -> str:
    base = unicodedata.normalize("NFD", _LIKE.get(character, character))[0].lower()
    return base if len(base) == 1 else character
