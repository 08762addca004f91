"""Borders of sentences against spaCy's sentencizer, pysbd and blingfire: F1 on Sequoia (UD dev), and speed.

The sentences are joined by single spaces and cut again; a border is the offset at which a sentence ends, the last one
included. Besides the whole file, both halves are scored (blocks of ten sentences in turn): the rules were written
while looking at the even one only.

    python benchmarks/sentences.py [path of a .conllu file]
"""

from __future__ import annotations

import importlib
import sys
import time
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import spacy

from parallaxe.text.sentences import split_sentences

SEQUOIA = Path(__file__).resolve().parents[2] / "shared" / "data" / "fr_sequoia-ud-dev.conllu"
_BLOCK = 10

Splitter = Callable[[str], list[int]]
"""From a text to the offsets where its sentences end."""


class Score(NamedTuple):
    """Agreement on borders; each value in 0–1."""

    f1: float
    precision: float
    recall: float


def sentences_of(treebank: Path) -> list[str]:
    """The sentences of a CoNLL-U file, in order."""
    prefix = "# text = "
    lines = treebank.read_text("utf-8").splitlines()
    return [line.removeprefix(prefix) for line in lines if line.startswith(prefix)]


def halves(sentences: list[str]) -> tuple[list[str], list[str]]:
    """Blocks of ten sentences, dealt in turn."""
    even = [sentence for index, sentence in enumerate(sentences) if index // _BLOCK % 2 == 0]
    odd = [sentence for index, sentence in enumerate(sentences) if index // _BLOCK % 2 == 1]
    return even, odd


def join(sentences: Iterable[str]) -> tuple[str, list[int]]:
    """The sentences joined by single spaces, and where each ends."""
    ends: list[int] = []
    position = 0
    texts = list(sentences)
    for text in texts:
        ends.append(position + len(text))
        position += len(text) + 1
    return " ".join(texts), ends


def score(found: Iterable[int], expected: Iterable[int]) -> Score:
    """F1, precision and recall of the borders found."""
    got, gold = set(found), set(expected)
    hits = len(got & gold)
    precision, recall = hits / len(got), hits / len(gold)
    return Score(2 * precision * recall / (precision + recall) if hits else 0.0, precision, recall)


def ours(text: str) -> list[int]:
    """Borders of `split_sentences`."""
    return [end for _, end in split_sentences(text)]


def spacy_splitter() -> Splitter:
    """Borders of spaCy's French tokenizer with its sentencizer."""
    pipeline = spacy.blank("fr")
    pipeline.add_pipe("sentencizer")
    pipeline.max_length = sys.maxsize
    return lambda text: [sentence.end_char for sentence in pipeline(text).sents]


def pysbd_splitter() -> Splitter:
    """Borders of pysbd for French, found again in the text."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        segmenter: Any = importlib.import_module("pysbd").Segmenter(language="fr", clean=False)
    return lambda text: _located(text, segmenter.segment(text))


def blingfire_splitter() -> Splitter:
    """Borders of blingfire."""
    blingfire: Any = importlib.import_module("blingfire")
    return lambda text: [end for _, end in blingfire.text_to_sentences_and_offsets(text)[1]]


def _located(text: str, pieces: Iterable[str]) -> list[int]:
    ends, position = [], 0
    for piece in filter(None, map(str.strip, pieces)):
        position = text.index(piece, position) + len(piece)
        ends.append(position)
    return ends


def splitters() -> dict[str, Splitter]:
    """All that are compared, by name."""
    return {
        "parallaxe": ours,
        "spaCy sentencizer": spacy_splitter(),
        "pysbd fr": pysbd_splitter(),
        "blingfire": blingfire_splitter(),
    }


def scores(splitter: Splitter, sentences: list[str]) -> list[Score]:
    """Scores on the whole, the half that was looked at, the half that was not."""
    parts = [join(part) for part in (sentences, *halves(sentences))]
    return [score(splitter(text), ends) for text, ends in parts]


def _megabytes_a_second(splitter: Splitter, text: str) -> float:
    splitter(text)
    began = time.perf_counter()
    splitter(text)
    return len(text.encode()) / (time.perf_counter() - began) / 1e6


def main() -> None:
    """Print the table."""
    sentences = sentences_of(Path(sys.argv[1]) if len(sys.argv) > 1 else SEQUOIA)
    text, _ = join(sentences)
    print(f"{'':18} {'F1':>6} {'P':>6} {'R':>6} {'even':>6} {'odd':>6} {'MB/s':>8}")
    for name, splitter in splitters().items():
        whole, even, odd = scores(splitter, sentences)
        figures = [*whole, even.f1, odd.f1]
        print(
            f"{name:18} {' '.join(f'{figure:6.3f}' for figure in figures)} {_megabytes_a_second(splitter, text):8.2f}"
        )


if __name__ == "__main__":
    main()
