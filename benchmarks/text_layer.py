"""The text layer beside ftfy, a bare UTF-8 decoder, and spaCy's tokenizer with its sentencizer. One core."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.corpus import articles, raw_files
from benchmarks.measure import Row, in_fresh_process, seconds, taking_turns
from parallaxe.text.decode import decode
from parallaxe.text.extraction import Metadata
from parallaxe.text.normalize import normalize
from parallaxe.text.read import block_sentences, block_spans
from parallaxe.text.roles import assign_roles

_FTFY_BYTES = 1_000_000  # a sample: it works article by article, so its speed does not depend on how many there are


def rows(megabytes: float) -> Iterator[Row]:
    """Three comparisons on the same fixed text of so many megabytes."""
    size = int(megabytes * 1e6)
    raws = raw_files(size)
    yield _messy(raws)
    yield _clean([normalize(decode(raw).text).text.encode() for raw in raws])
    yield _through_sentences(size, sum(map(len, raws)))


def _messy(raws: list[bytes]) -> Row:
    from ftfy import fix_text

    sample, size = [], 0
    for raw in raws:
        if size < _FTFY_BYTES:
            sample.append(raw)
            size += len(raw)
    ours, theirs = taking_turns(
        lambda: seconds(lambda: [normalize(decode(raw).text) for raw in raws]),
        lambda: seconds(lambda: [fix_text(raw.decode()) for raw in sample]),
    )
    return _speeds(
        "decode + normalize + alignment, raw files", "ftfy.fix_text", sum(map(len, raws)) / ours, size / theirs, "≥ 20"
    )


def _clean(raws: list[bytes]) -> Row:
    size = sum(map(len, raws))
    ours, theirs = taking_turns(
        lambda: seconds(lambda: [normalize(decode(raw).text) for raw in raws]),
        lambda: seconds(lambda: [raw.decode() for raw in raws]),
        repeats=5,
    )
    return _speeds("decode + normalize + alignment, clean files", "bytes.decode", size / ours, size / theirs, "≥ 0.15")


def _through_sentences(size: int, raw_size: int) -> Row:
    ours, theirs = taking_turns(
        lambda: in_fresh_process(our_text_layer, size), lambda: in_fresh_process(spacy_sentences, size), repeats=2
    )
    return _speeds(
        "text layer through sentences, first pass", "spaCy tokenizer + sentencizer", raw_size / ours,
        raw_size / theirs, "≥ 1.5",
    )  # fmt: skip


def our_text_layer(size: int) -> float:
    """Seconds from raw bytes to sentences, in a process that has seen no text."""
    raws = raw_files(size)
    return seconds(lambda: [_sentences(raw) for raw in raws])


def _sentences(raw: bytes) -> int:
    text = normalize(decode(raw).text).text
    blocks = assign_roles(text, block_spans(text), (), Metadata())
    return len(block_sentences(text, blocks))


def spacy_sentences(size: int) -> float:
    """Seconds that spaCy takes for sentences of the same articles, clean already, with a cache as large as it likes."""
    import spacy

    texts = [normalize(article).text for article in articles(size)]
    pipeline: Any = spacy.blank("fr")
    pipeline.add_pipe("sentencizer")
    pipeline.tokenizer.max_cache_size = 10_000_000
    return seconds(lambda: [len(list(document.sents)) for document in pipeline.pipe(texts)])


def _speeds(what: str, peer: str, ours: float, theirs: float, wanted: str) -> Row:
    return Row(what, f"{ours / 1e6:.1f} MB/s", f"{peer}: {theirs / 1e6:.1f} MB/s", f"{ours / theirs:.2f}", wanted)
