"""The machine beside spaCy: speed from raw text to rows of annotation, and names in a text that nobody tuned on.

All on one core and in processes that have seen no text. spaCy is given the clean text of the same articles.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.corpus import raw_files
from benchmarks.measure import Row, in_fresh_process, seconds, taking_turns
from benchmarks.text_layer import spacy_sentences

REPOSITORY = Path(__file__).resolve().parents[1]

# spaCy's pipeline is made before its clock starts as well.
_LOADING = (
    "Le port attend\n\n« Nous irons à Séoul lundi », a déclaré M. Roche, selon l'agence, qui dénonce les sanctions."
)


def rows(megabytes: float) -> Iterator[Row]:
    """Speed on a fixed text of so many megabytes, then F1 on HIPE."""
    yield _speed(int(megabytes * 1e6))
    yield from _names()


def _speed(size: int) -> Row:
    ours, theirs = taking_turns(
        lambda: in_fresh_process(our_rows, size), lambda: in_fresh_process(spacy_sentences, size), repeats=2
    )
    raw = sum(map(len, raw_files(size))) / 1e6
    return Row(
        "raw text to annotation rows, first pass",
        f"{raw / ours:.2f} MB/s",
        f"spaCy tokenizer + sentencizer: {raw / theirs:.2f} MB/s",
        f"{theirs / ours:.2f}",
        "≥ 0.5",
    )


def our_rows(size: int) -> float:
    """Seconds from raw bytes to tables of mentions, quotations and stances; what is loaded once is loaded before."""
    from parallaxe.dataset.annotation_rows import Annotated, entities_table, quotes_table, stances_table
    from parallaxe.store.machine import machine_layer, machine_of
    from parallaxe.store.project import Project
    from parallaxe.store.reading import read_raw_document
    from parallaxe.store.sources import Item

    project = Project(REPOSITORY)
    machine, schemas = machine_of(project), project.schemas
    raws = raw_files(size)

    def annotated(number: int, raw: bytes) -> Annotated:
        name = f"article-{number}"
        document, _ = read_raw_document(raw, Item(name, f"{name}.txt", None))
        layer, _ = machine_layer(name, document, machine)
        return Annotated(layer, document.text, document.sentences, frozenset(range(len(document.blocks))))

    def work() -> int:
        held = [annotated(number, raw) for number, raw in enumerate(raws)]
        tables = entities_table(held, schemas), quotes_table(held, schemas), stances_table(held, machine.known, schemas)
        return sum(table.num_rows for table in tables)

    annotated(-1, _LOADING.encode())
    return seconds(work)


def _names() -> Iterator[Row]:
    from benchmarks import hipe
    from parallaxe.annotate.entities import propose_entities
    from parallaxe.annotate.gazetteer import Gazetteer
    from parallaxe.store.annotations import read_knowledge_base
    from parallaxe.store.project import Project

    what = "PER + LOC, F1 at IoU .5 on HIPE (no tuning)"
    if not hipe.HIPE.is_file():
        yield Row(what, "skipped", f"{hipe.HIPE.name} is not in ../shared/data", "–", "≥ 0.55")
        return
    pages = hipe.pages()
    known = read_knowledge_base(Project(REPOSITORY).knowledge_base).values()
    bare, full = (
        hipe.f1(partial(propose_entities, gazetteer=gazetteer), pages)
        for gazetteer in (Gazetteer.of(()), Gazetteer.of(known))
    )
    yield Row(what, f"{full:.3f}", f"no knowledge base: {bare:.3f}", f"{100 * (full - bare):+.1f} points", "≥ 0.55")
