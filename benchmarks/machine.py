"""The machine beside spaCy: speed from raw text to rows of annotation, and names in a text that nobody tuned on.

All on one core and in processes that have seen no text. spaCy is given the clean text of the same articles.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.corpus import articles, raw_files
from benchmarks.measure import Row, in_fresh_process, seconds, taking_turns
from benchmarks.text_layer import spacy_sentences
from parallaxe.store.project import Project
from parallaxe.text.normalize import normalize

if TYPE_CHECKING:
    from parallaxe.annotate.proposals import Machine
    from parallaxe.annotate.trained.proposals import Component

REPOSITORY = Path(__file__).resolve().parents[1]

# spaCy's pipeline is made before its clock starts as well.
_LOADING = (
    "Le port attend\n\n« Nous irons à Séoul lundi », a déclaré M. Roche, selon l'agence, qui dénonce les sanctions."
)


def rows(megabytes: float) -> Iterator[Row]:
    """Speed on a fixed text of so many megabytes, without and with the trained component, then F1 on HIPE."""
    size = int(megabytes * 1e6)
    yield _speed("raw text to annotation rows, first pass", size, trained=False)
    if in_fresh_process(has_component):
        yield _speed("… with the trained component", size, trained=True)
    else:
        yield Row("… with the trained component", "skipped", "the machine holds none", "–", "≥ 0.5")
    yield from _names()


def _speed(what: str, size: int, *, trained: bool) -> Row:
    peer, name = (
        (spacy_names, "spaCy with the same NER") if trained else (spacy_sentences, "spaCy tokenizer + sentencizer")
    )
    ours, theirs = taking_turns(
        lambda: in_fresh_process(our_rows, size, trained=trained), lambda: in_fresh_process(peer, size)
    )
    raw = sum(map(len, raw_files(size))) / 1e6
    return Row(what, f"{raw / ours:.2f} MB/s", f"{name}: {raw / theirs:.2f} MB/s", f"{theirs / ours:.2f}", "≥ 0.5")


def our_rows(size: int, *, trained: bool) -> float:
    """Seconds from raw bytes to tables of mentions, quotations and stances; what is loaded once is loaded before."""
    from parallaxe.dataset.annotation_rows import Annotated, entities_table, quotes_table, stances_table
    from parallaxe.store.machine.machine import machine_layer
    from parallaxe.store.reading import read_raw_document
    from parallaxe.store.sources import Item

    machine, schemas = _machine(trained=trained), Project(REPOSITORY).schemas
    raws = raw_files(size)

    def annotated(number: int, raw: bytes) -> Annotated:
        name = f"article-{number}"
        document, _ = read_raw_document(raw, Item(name, f"{name}.txt", None))
        layer, _ = machine_layer(name, document, machine)
        return Annotated(layer, document.text, document.sentences, frozenset(range(len(document.blocks))))

    def rows_of(raws: Sequence[bytes]) -> int:
        held = [annotated(number, raw) for number, raw in enumerate(raws)]
        tables = entities_table(held, schemas), quotes_table(held, schemas), stances_table(held, machine.known, schemas)
        return sum(table.num_rows for table in tables)

    rows_of([_LOADING.encode()])
    return seconds(lambda: rows_of(raws))


def spacy_names(size: int) -> float:
    """Seconds that spaCy takes for sentences and, with the component of the machine, for names of the same articles."""
    import spacy

    component = _component(_machine(trained=True))
    assert component is not None
    texts = [normalize(article).text for article in articles(size)]
    cutter: Any = spacy.blank("fr", vocab=component.pipeline.vocab)
    cutter.add_pipe("sentencizer")
    cutter.tokenizer.max_cache_size = 10_000_000
    list(component.pipeline.pipe([cutter(_LOADING)]))
    return seconds(lambda: [len(document.ents) for document in component.pipeline.pipe(cutter.pipe(texts))])


def has_component() -> bool:
    """Whether the machine of this repository holds a trained component."""
    return _component(_machine(trained=True)) is not None


def _machine(*, trained: bool) -> Machine:
    """The machine of this repository, as it is or with nothing in it that was trained."""
    from parallaxe.annotate.proposals import Machine
    from parallaxe.store.machine.machine import machine_of

    machine = machine_of(Project(REPOSITORY))
    return machine if trained else Machine.of(machine.labels, machine.known)


def _component(machine: Machine) -> Component | None:
    from parallaxe.annotate.trained.proposals import Component

    held = (getattr(machine, field.name) for field in fields(machine))
    return next((value for value in held if isinstance(value, Component)), None)


def _names() -> Iterator[Row]:
    from benchmarks import hipe
    from parallaxe.annotate.entities import propose_entities
    from parallaxe.annotate.gazetteer import Gazetteer
    from parallaxe.store.annotations import read_knowledge_base

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
