"""A fixed French-like text of any size: the same bytes for the same request, on every machine.

Words follow Zipf's law over more than 100,000 types, because a tokenizer that caches words looks ten times faster on
a small vocabulary than it is on a newspaper. About half the words are real function words; the others are built from
French syllables, the frequent ones shorter. Sentences, paragraphs and articles (4–8 kB) have the lengths of the press.

`articles` is clean but for its typography; `raw_files` adds the mess of real files. All files are UTF-8: what
it costs to detect another encoding is charset-normalizer's figure, not ours.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

VOCABULARY = 120_000
"""Distinct content words, besides the function words."""

_SEED = 20231013
_ZIPF_EXPONENT = 1.05
_CONTENT_SHIFT = 30  # Mandelbrot's: no content word is as frequent as the law without it would have the first one
_FUNCTION_WORD_SHARE = 0.48
_FUNCTION_WORDS = (
    "de la le et les des à en du un une que dans pour est qui par au sur il plus a pas se ce avec ne son sa aux ont "
    "été cette mais ou leur elle sont on ses même comme y après entre deux aussi être avait depuis lors selon si sans "
    "ces était nous tout fait contre dont où lui ils encore bien avant trois sous alors peut face toute je vers déjà "
    "tous ainsi chez fois autre autres dès afin pourtant cependant désormais"
).split()
_ELIDED = re.compile(r"\b(l(?=[ea])|[dsncj](?=e)|qu(?=e))[ea] (?=[aeéèêiouâœ])")
_ONSETS = "b c ch d f g j l m n p qu r s t v br cr dr fr gr pr tr vr bl cl fl gl pl st sp gn".split()
_VOWELS = "a e i o u é è ê â ai au eau ou oi eu œ on an en in un ain ui ien".split()
_ENDINGS = [
    "",
    *"e é ée és er ent ait aient ant ement ment tion tions sion ique isme iste eur eurs euse eux age ais aise al aux "
    "ier ière el elle if ive oire té esse ure s".split(),
]
_OPENINGS = ("", "", "", "", "", "", "Pour autant, ", "Mardi, ", "À Séoul, ", "Selon Washington, ", "Le 13 septembre, ")
_CLOSINGS = (".",) * 12 + (" ?", " !", "…", " », a-t-il ajouté.", " (1 200 tonnes).", ", selon M. Vasseur.")


def articles(n_bytes: int) -> list[str]:
    """Articles in French typography (’, no-break spaces, « »), of `n_bytes` together or a little more."""
    taken, size = [], 0
    for article in _endless_articles():
        if size >= n_bytes:
            break
        taken.append(article)
        size += len(article.encode())
    return taken


def raw_files(n_bytes: int) -> list[bytes]:
    """The same articles as newsrooms store them.

    One in five knows no typography but that of a typewriter, two in five put no-break spaces; one in ten has CRLF, one
    in ten a BOM, one in twenty soft hyphens, one in fifty is NFD.
    """
    return [_as_file(index, article) for index, article in enumerate(articles(n_bytes))]


def write_folder(folder: Path, count: int) -> int:
    """Write `count` raw articles as `.txt` files; returns their bytes together."""
    folder.mkdir(parents=True)
    size = 0
    for index, article in enumerate(islice(_endless_articles(), count)):
        size += (folder / f"article-{index:05d}.txt").write_bytes(_as_file(index, article))
    return size


def _as_file(index: int, article: str) -> bytes:
    if index % 5 < 3:
        article = article.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
    if index % 5 == 0:
        article = article.replace("’", "'").replace("…", "...")
    if index % 10 == 6:
        article = article.replace("\n", "\r\n")
    if index % 10 == 8:
        article = "\N{ZERO WIDTH NO-BREAK SPACE}" + article
    if index % 20 == 7:
        article = article.replace("ement", "e\N{SOFT HYPHEN}ment")
    if index % 50 == 3:
        article = unicodedata.normalize("NFD", article)
    return article.encode()


def _endless_articles() -> Iterator[str]:
    random = Random(_SEED)
    sentences = _endless_sentences(random)
    while True:
        wanted, size, blocks = random.randint(3_900, 7_700), 0, [next(sentences).rstrip(".…!? ")]
        while size < wanted:
            block = " ".join(islice(sentences, random.randint(2, 5)))
            blocks.append(block)
            size += len(block)
        yield "\n\n".join(blocks) + "\n"


def _endless_sentences(random: Random) -> Iterator[str]:
    words = _endless_words(random)
    while True:
        drawn = list(islice(words, min(60, max(4, int(random.lognormvariate(3.0, 0.5))))))
        if len(drawn) > 14:
            drawn[len(drawn) // 2] += ","
        if random.random() < 0.3:
            place = random.randrange(1, len(drawn))
            drawn[place] = drawn[place].title()
        sentence = _ELIDED.sub(r"\1’", " ".join(drawn))
        closing = random.choice(_CLOSINGS)
        if "»" in closing:
            sentence = f"« {sentence}"
        opening = random.choice(_OPENINGS)
        sentence = f"{opening}{sentence}" if opening else _capitalized(sentence)
        yield (
            f"{sentence}{closing}".replace("« ", "«\N{NO-BREAK SPACE}")
            .replace(" »", "\N{NO-BREAK SPACE}»")
            .replace(" ?", "\N{NARROW NO-BREAK SPACE}?")
            .replace(" !", "\N{NARROW NO-BREAK SPACE}!")
        )


def _capitalized(sentence: str) -> str:
    start = 2 if sentence.startswith("«") else 0
    return sentence[:start] + sentence[start : start + 1].upper() + sentence[start + 1 :]


def _endless_words(random: Random) -> Iterator[str]:
    """Words drawn by rank: function words and content words, each list by Zipf's law of its own."""
    types = [*_FUNCTION_WORDS, *_content_words(random)]
    weights = np.concatenate(
        [
            _FUNCTION_WORD_SHARE * _zipf(len(_FUNCTION_WORDS)),
            (1 - _FUNCTION_WORD_SHARE) * _zipf(VOCABULARY, _CONTENT_SHIFT),
        ]
    )
    cumulative = np.cumsum(weights / weights.sum())
    generator = np.random.default_rng(_SEED)
    while True:
        draws = np.searchsorted(cumulative, generator.random(100_000)).clip(max=len(types) - 1)
        for draw in draws.tolist():
            yield types[draw]


def _zipf(count: int, shift: int = 0) -> NDArray[np.float64]:
    ranks = np.arange(1 + shift, count + shift + 1, dtype=np.float64)
    weights: NDArray[np.float64] = ranks**-_ZIPF_EXPONENT
    shares: NDArray[np.float64] = weights / weights.sum()
    return shares


def _content_words(random: Random) -> list[str]:
    """`VOCABULARY` distinct words; the first thousand have one or two syllables, the last four or five."""
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        syllables = 1 + int(len(words) > 1_000) + int(len(words) > 20_000) + random.randint(0, 1)
        stem = "".join(random.choice(_ONSETS) + random.choice(_VOWELS) for _ in range(syllables))
        words[stem + random.choice(_ENDINGS)] = None
    return list(words)
