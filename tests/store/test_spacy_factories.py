"""The machine in somebody else's pipeline: documents in, entities, spans and rows out, stored and loaded again."""

from __future__ import annotations

import json
import tomllib
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span

from parallaxe.core.errors import SurroundingsError, UsageError
from parallaxe.store.spacy_factories import BLOCKS, CUES, ENTITIES, QUOTATIONS, SOURCES, STANCES

NAMES = (ENTITIES, QUOTATIONS, STANCES)
TEXT = (
    "Séoul s’inquiète\n\n"
    "« Nous irons jusqu’au bout »,  a déclaré lundi Jeanne Kerbrat à Moscou.\n \n\n"
    "Selon la Compagnie des Grues, l’agence Polaris dénonce les sanctions."
)
KERBRAT = {
    "kb_id": "jeanne-k", "type": "PER", "name": "Jeanne Kerbrat", "aliases": ["Kerbrat"], "description": "essai",
    "wikidata": None, "relations": [{"relation": "member_of", "kb_id": "polaris"}], "actor": None,
}  # fmt: skip


def pipeline(*names: str, **config: Any) -> Language:
    nlp = spacy.blank("fr")
    for name in names or NAMES:
        nlp.add_pipe(name, config={"component": "none", **config})
    return nlp


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """A knowledge base of one row."""
    path = tmp_path / "known.jsonl"
    path.write_text(f"{json.dumps(KERBRAT)}\n", "utf-8")
    return path


def said(doc: Doc) -> dict[str, Any]:
    """Everything that the components have left in a document."""
    ents = [(span.start_char, span.end_char, span.label_, span.kb_id_) for span in doc.ents]
    groups = {
        name: [(span.start, span.end, span.label_, span.id_) for span in group] for name, group in doc.spans.items()
    }
    return {"ents": ents, "spans": groups, "rows": [doc._.get(name) for name in NAMES]}


def test_a_document_gets_entities_spans_and_rows() -> None:
    """Outer mentions in `doc.ents`, everything in groups of spans, and rows whose offsets slice the text as it came."""
    doc = pipeline()(TEXT)

    assert {("Séoul", "LOC", "NIL:seoul"), ("lundi", "DATE", ""), ("Jeanne Kerbrat", "PER", "NIL:jeanne-kerbrat")} <= {
        (span.text, span.label_, span.kb_id_) for span in doc.ents
    }
    assert "Nous irons jusqu’au bout" in {span.text for span in doc.spans[QUOTATIONS]}
    assert {"a déclaré", "Selon"} <= {span.text for span in doc.spans[CUES]}
    assert {span.id_ for span in doc.spans[SOURCES]} <= {row["id"] for row in doc._.get(QUOTATIONS)}
    rows = [row for name in NAMES for row in doc._.get(name)]
    spans = [row.get("fragments") or row.get("content") or row.get("evidence") or () for row in rows]
    assert [row["text"] or "" for row in rows] == [" … ".join(TEXT[start:end] for start, end in own) for own in spans]


def test_stances_name_their_quotation() -> None:
    """A stance of a source has the id of a row of the quotations, its evidence is a span."""
    doc = pipeline()(TEXT)

    [stance] = [row for row in doc._.get(STANCES) if row["target"] == "sanctions"]
    assert stance["quote"] in {row["id"] for row in doc._.get(QUOTATIONS)}
    assert ("dénonce", stance["polarity"]) in {(span.text, span.label_) for span in doc.spans[STANCES]}


@pytest.mark.parametrize("name", NAMES)
def test_each_component_works_alone(name: str) -> None:
    """What it needs of the others it finds itself, and says the same as beside them."""
    alone, together = pipeline(name)(TEXT), pipeline()(TEXT)

    assert alone._.get(name) == together._.get(name)
    assert alone._.get(name)


def test_a_pipeline_is_stored_and_loaded(tmp_path: Path, knowledge: Path) -> None:
    """From disk and from bytes it says the same; the knowledge base goes with it, its file is not needed again."""
    nlp = pipeline(knowledge_base=str(knowledge))
    before = said(nlp(TEXT))
    nlp.to_disk(tmp_path / "nlp")
    content = nlp.to_bytes()
    knowledge.unlink()

    assert before == said(spacy.load(tmp_path / "nlp")(TEXT))
    assert before == said(pipeline(knowledge_base=str(knowledge)).from_bytes(content)(TEXT))
    assert "jeanne-k" in {kb_id for _, _, _, kb_id in before["ents"]}


def test_a_pipeline_comes_from_its_configuration() -> None:
    """`nlp.config` is enough to make it again."""
    nlp = pipeline()

    assert said(nlp(TEXT)) == said(spacy.util.load_model_from_config(nlp.config)(TEXT))
    assert NAMES == tuple(nlp.pipe_names)


def test_many_documents_are_as_one() -> None:
    """`nlp.pipe` gives what calls one by one give, in order, an empty document too; in processes as well."""
    texts = [TEXT, "", "Kim part.\n\nKim revient de Séoul.", "🥳"]
    nlp = pipeline()

    assert [said(nlp(text)) for text in texts] == [said(doc) for doc in nlp.pipe(texts)]
    assert [said(nlp(text)) for text in texts] == [said(doc) for doc in nlp.pipe(texts, n_process=2)]


def test_rows_travel_with_their_document() -> None:
    """Through bytes and `DocBin`."""
    nlp = pipeline()
    doc = nlp(TEXT)
    packed = DocBin(docs=[doc], store_user_data=True).to_bytes()

    assert said(doc) == said(Doc(nlp.vocab).from_bytes(doc.to_bytes()))
    unpacked = said(next(DocBin().from_bytes(packed).get_docs(nlp.vocab)))
    assert json.dumps(said(doc)["rows"]) == json.dumps(unpacked["rows"])


def test_blocks_come_with_a_document() -> None:
    """What a document says of its blocks holds: nothing is proposed in a byline, or outside of them."""
    nlp = pipeline()
    doc = nlp.make_doc("Séoul attend.\n\nMoscou dort.\n\nTokyo rit.")
    doc._.set(BLOCKS, [["byline", 0, 13], ["paragraph", 15, 27]])

    assert ["Moscou"] == [span.text for span in nlp(doc).ents]


@pytest.mark.parametrize("blocks", [3, [["paragraph", 0]], [["paragraph", 5, 2]], [["paragraph", 0, 99]]], ids=str)
def test_blocks_that_are_none_are_one_line(blocks: object) -> None:
    """Not a list, without an end, backwards, beyond the text."""
    nlp = pipeline()
    doc = nlp.make_doc("Séoul attend.")
    doc._.set(BLOCKS, blocks)

    with pytest.raises(UsageError, match=r"doc\._\.parallaxe_blocks: "):
        nlp(doc)


def recognized(nlp: Language) -> Doc:
    doc = nlp.make_doc("« Partons », a déclaré Roche.")
    doc.set_ents([Span(doc, 6, 7, "PERSON", kb_id="Q1")])
    assert doc.ents[0].text == "Roche"
    return doc


def test_mentions_of_another_recognizer_are_used() -> None:
    """Quotations take `doc.ents` where no component of ours has looked, under their own labels and links."""
    nlp = pipeline(QUOTATIONS)

    [row] = nlp(recognized(nlp))._.get(QUOTATIONS)

    assert ["Roche"] == ["« Partons », a déclaré Roche."[start:end] for start, end in row["sources"]]


def test_entities_of_others_stay_unless_told_otherwise() -> None:
    """`overwrite` says whose mentions stand in `doc.ents` where both have some."""
    kept, dropped = pipeline(ENTITIES), pipeline(ENTITIES, overwrite=True)

    assert ["PERSON"] == [span.label_ for span in kept(recognized(kept)).ents if span.text == "Roche"]
    assert "PERSON" not in {span.label_ for span in dropped(recognized(dropped)).ents}


def test_a_text_in_another_language_has_no_mentions() -> None:
    """Rules for French are not asked about a pipeline of English texts."""
    nlp = spacy.blank("en")
    nlp.add_pipe(ENTITIES, config={"component": "none"})

    assert () == nlp("The harbour waits for its cranes, said the mayor of Moscow on Monday. " * 6).ents


def test_the_trained_component_may_be_named() -> None:
    """By default the shipped one is asked; one that is not there is told when the first document comes."""
    nlp = spacy.blank("fr")
    assert nlp.add_pipe(ENTITIES).machine.component is not None  # type: ignore[attr-defined]
    with pytest.raises(SurroundingsError, match="fr_nowhere_lg: the spaCy pipeline is not installed"):
        pipeline(ENTITIES, component="fr_nowhere_lg")(TEXT)


def test_a_knowledge_base_must_be_there(tmp_path: Path) -> None:
    """A file that is not there is a wrong call."""
    with pytest.raises(UsageError, match="no such file"):
        pipeline(knowledge_base=str(tmp_path / "rien.jsonl"))(TEXT)


def test_entry_points_lead_to_the_factories(repository: Path) -> None:
    """What pyproject.toml tells spaCy is a function that is registered under this name."""
    points = tomllib.loads((repository / "pyproject.toml").read_text())["project"]["entry-points"]["spacy_factories"]

    assert set(NAMES) == set(points)
    for name, point in points.items():
        module, _, function = point.partition(":")
        assert callable(getattr(import_module(module), function))
        assert name == Language.get_factory_meta(name).factory
