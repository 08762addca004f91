"""Hand-written schemas are read as written, and every mistake in them is told with its file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from parallaxe.core.errors import ProjectError, UsageError
from parallaxe.core.schema import LabelSet, Table, parse_labels, parse_schemas, parse_table
from schema_tables import COLOURS, SCHEMAS, TABLES, labels_mapping, small_table, table_mappings

BLOCK_ROLES = (
    "title", "lead", "heading", "paragraph", "dateline", "caption",
    "byline", "pull_quote", "label", "related", "credit", "noise",
)  # fmt: skip

DESIGN = {
    "articles": "article_id text title byline dateline outlet published language text_origin rights license raw_file"
    " raw_record raw_encoding raw_sha256 text_sha256 normalizer blocks n_sentences n_tokens event near_duplicate_group",
    "alignment": "article_id segments",
    "sentences": "article_id sentence_id start end role text",
    "entities": "article_id entity_id fragments start end text label metonymic nested_in kb_id",
    "quotes": "article_id quote_id type content cue sources inside text",
    "stances": "article_id stance_id level holder holder_actor target polarity intensity evidence quote_id text",
    "parallels": "parallel_id kind article_a fragments_a article_b fragments_b score",
    "knowledge_base": "kb_id type name aliases description wikidata wikidata_source relations actor first_seen",
    "annotations": "article_id kind claim_id pair_id layer annotator annotator_type status fragments label kb_id holder"
    " target polarity intensity",
    "ner": "article_id sentence_id tokens ner_tags",
    "stance_classification": "article_id text target label",
    "attributed_stance": "article_id quote_id context quotation holder target label",
}
PROVENANCE = (
    "layer annotator annotator_type status origin guideline_version tool score confidence note why created derived_from"
)


def test_the_tables_are_those_of_the_design_in_its_order() -> None:
    """Configs appear everywhere in the order in which the design tells them."""
    assert tuple(DESIGN) == tuple(SCHEMAS.tables)


@pytest.mark.parametrize("name", DESIGN)
def test_a_table_has_the_columns_of_the_design(name: str) -> None:
    """Own columns come first, in the order of the design, and then those of provenance where the table has it."""
    own = tuple(DESIGN[name].split())
    history = () if "layer" not in SCHEMAS.table(name).names or name == "annotations" else tuple(PROVENANCE.split())

    assert own + tuple(column for column in history if column not in own) == SCHEMAS.table(name).names


@pytest.mark.parametrize("name", ["entities", "quotes", "stances", "parallels"])
def test_annotations_carry_their_history(name: str) -> None:
    """The tables of annotations include all columns of provenance."""
    assert set(PROVENANCE.split()) <= set(SCHEMAS.table(name).names)


def test_block_roles_keep_their_ids() -> None:
    """Ids are positions: a released corpus would change its meaning if a role moved."""
    assert SCHEMAS.labels["block_roles"].names == BLOCK_ROLES


def test_six_roles_are_annotated() -> None:
    """The guidelines (§0) annotate title, lead, heading, paragraph, dateline and caption alone."""
    annotated = tuple(label.name for label in SCHEMAS.labels["block_roles"].labels if label.annotated)

    assert BLOCK_ROLES[:6] == annotated


@pytest.mark.parametrize("name", ["block_roles", "entity_labels", "quotation_types", "polarities", "targets"])
def test_labels_that_people_choose_have_example_colour_and_hotkey(name: str) -> None:
    """The annotation interface and the guidelines show all three."""
    for label in SCHEMAS.labels[name].labels:
        assert label.example
        assert label.colour
        assert label.hotkey


def test_no_two_labels_share_a_hotkey() -> None:
    """All sets can stand in one interface."""
    hotkeys = [label.hotkey for labels in SCHEMAS.labels.values() for label in labels.labels if label.hotkey]

    assert sorted(set(hotkeys)) == sorted(hotkeys)


def test_tags_follow_the_entity_labels() -> None:
    """BIO tags begin with O, and a label appended to the entities appends two tags."""
    tags = SCHEMAS.labels["ner_tags"].names

    assert tags[:4] == ("O", "B-PER", "I-PER", "B-ORG")
    assert 1 + 2 * len(SCHEMAS.labels["entity_labels"].names) == len(tags)


def test_text_of_restricted_articles_is_withheld() -> None:
    """Title and text of an article, and every surface and remark, are blanked in the public profile."""
    withheld = {(table.name, column.name) for table in TABLES for column in table.columns if column.withheld}
    assert {("articles", "title"), ("articles", "text")} == {pair for pair in withheld if pair[0] == "articles"}
    assert {(name, "text") for name in ("sentences", "entities", "quotes", "stances")} <= withheld
    assert {("parallels", "note"), ("parallels", "why")} == {pair for pair in withheld if pair[0] == "parallels"}


def test_only_views_made_of_text_show_text_that_cannot_be_withheld() -> None:
    """A column of running text is either withheld or in a table without rows of restricted articles."""
    views = {table.name for table in TABLES if table.text_view}

    assert {"ner", "stance_classification", "attributed_stance"} == views


def test_a_label_knows_its_id() -> None:
    """The id of a label is its position."""
    assert [COLOURS["colours"].index(name) for name in ("rouge", "vert", "bleu")] == [0, 1, 2]


def test_an_unknown_label_is_told_with_those_there_are() -> None:
    """Whoever misspells a label sees the list."""
    with pytest.raises(ProjectError, match="no label `jaune`; use one of `rouge`, `vert`, `bleu`"):
        COLOURS["colours"].index("jaune")


def test_an_unknown_table_or_column_is_told_with_those_there_are() -> None:
    """Whoever misspells a config sees the list."""
    with pytest.raises(UsageError, match="no table `article`; use one of `articles`"):
        SCHEMAS.table("article")
    with pytest.raises(UsageError, match="no column `texte`; use one of `article_id`"):
        SCHEMAS.table("articles").column("texte")


def test_meanings_are_one_line() -> None:
    """Text folded over lines in YAML is one line in the docs."""
    assert small_table({"name": "mot", "type": "string", "meaning": "Un\n  mot."}).column("mot").meaning == "Un mot."


def test_a_group_is_included_without_what_is_excepted() -> None:
    """A table with a column of its own in place of a shared one leaves the shared one out."""
    shared = small_table({"name": "score", "type": "float32"}, {"name": "note", "type": "string"}).columns[1:]
    mapping = {"name": "t", "position": 1, "row": "a row", "meaning": "A test.", "key": "score", "sort": "score"}
    own = {"name": "score", "type": "int32", "meaning": "Rang."}
    table = parse_table(
        {**mapping, "columns": [own], "include": {"group": "history", "except": ["score"]}}, {}, {"history": shared}
    )

    assert table.names == ("score", "note")


COLUMN_MISTAKES: dict[str, tuple[dict[str, Any], str]] = {
    "unknown type": ({"type": "strng"}, "column mot: unknown type `strng`"),
    "struct inside nothing": ({"type": "struct"}, "unknown type `struct`"),
    "unknown label set": ({"type": "label", "labels": "tailles"}, "unknown label set `tailles`"),
    "label without set": ({"type": "label"}, "`labels` is missing"),
    "set without label": ({"type": "string", "labels": "colours"}, "`labels` with type `string`"),
    "nullable label": ({"type": "label", "labels": "colours", "nullable": True}, "a label may not be null"),
    "nullable labels": ({"type": "list<label>", "labels": "colours", "nullable": True}, "a label may not be null"),
    "duplicate column": ({"name": "id", "type": "string"}, "column `id` comes twice"),
    "unknown check": ({"type": "string", "checks": {"patern": "a"}}, "unknown check `patern`"),
    "misplaced check": ({"type": "string", "checks": {"min": 1}}, "check `min` on type `string`"),
    "unknown choices": ({"type": "string", "checks": {"one_of": "tailles"}}, "unknown label set `tailles`"),
    "broken pattern": ({"type": "string", "checks": {"pattern": "["}}, "no regular expression"),
    "no number": ({"type": "int32", "checks": {"min": "0"}}, "`min` is no number"),
    "unknown key": ({"type": "string", "nulable": True}, "unknown key `nulable`"),
    "no meaning": ({"type": "string", "meaning": " "}, "`meaning` is no text"),
    "no boolean": ({"type": "string", "nullable": "yes"}, "`nullable` is neither true nor false"),
    "fields without struct": ({"type": "string", "fields": [{"name": "a"}]}, "`fields` belong to"),
    "struct without fields": ({"type": "list<struct>"}, "`fields` belong to"),
    "withheld but never null": ({"type": "string", "withheld": True}, "a withheld column must be nullable"),
    "odd name": ({"name": "Mot clé", "type": "string"}, "a column must be one word"),
    "twice in a struct": (
        {"type": "list<struct>", "fields": [{"name": "a", "type": "bool", "meaning": "A."}] * 2},
        "field `a` comes twice",
    ),
    "null label in a struct": (
        {
            "type": "list<struct>",
            "fields": [{"name": "a", "type": "label", "labels": "colours", "nullable": True, "meaning": "A."}],
        },
        "column mot, column a: a label may not be null",
    ),
}


@pytest.mark.parametrize(("column", "complaint"), COLUMN_MISTAKES.values(), ids=COLUMN_MISTAKES)
def test_a_mistake_in_a_column_is_told(column: dict[str, Any], complaint: str) -> None:
    """The complaint names the file, the column and what is wrong with it."""
    with pytest.raises(ProjectError) as raised:
        small_table({"name": "mot", **column})

    assert raised.value.where == "schemas/tables/small.yaml"
    assert complaint in raised.value.what


TABLE_MISTAKES: dict[str, tuple[dict[str, Any], str]] = {
    "key not there": ({"key": "ide"}, "key or sort names `ide`"),
    "key may be null": ({"key": "mot"}, "key column `mot` may be null"),
    "sort by a list": ({"sort": "mots"}, "key or sort names `mots`"),
    "reference from nowhere": ({"references": {"mots.a": "articles.id"}}, "reference from `mots.a`"),
    "reference to nothing": ({"references": {"mot": "articles"}}, "no target"),
    "unknown group": ({"include": "history"}, "unknown group `history`"),
    "unknown key": ({"colums": []}, "unknown key `colums`"),
    "no position": ({"position": "1"}, "`position` is no whole number"),
}


@pytest.mark.parametrize(("more", "complaint"), TABLE_MISTAKES.values(), ids=TABLE_MISTAKES)
def test_a_mistake_in_a_table_is_told(more: dict[str, Any], complaint: str) -> None:
    """The complaint names the file and what is wrong with it."""
    word = {"name": "mot", "type": "string", "nullable": True}
    with pytest.raises(ProjectError) as raised:
        small_table(word, {"name": "mots", "type": "list<string>"}, **more)

    assert complaint in raised.value.what


LABEL_MISTAKES: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "unknown key": (lambda sets: sets["rights"].update(de="Rechte"), "rights: unknown key `de`"),
    "no English": (lambda sets: sets["rights"]["labels"][0].pop("en"), "rights, open: `en` is missing"),
    "name twice": (lambda sets: sets["rights"]["labels"][1].update(name="open"), "label `open` comes twice"),
    "two words": (lambda sets: sets["rights"]["labels"][1].update(name="non libre"), "must be one word"),
    "no colour": (lambda sets: sets["targets"]["labels"][1].update(colour="red"), "`red` is no colour"),
    "hotkey twice": (lambda sets: sets["targets"]["labels"][1].update(hotkey="a"), "hotkey `a` comes twice"),
    "no labels": (lambda sets: sets["rights"].update(labels=[]), "the set has no labels"),
    "extends nothing": (lambda sets: sets["ner_tags"].update(extends="entities"), "it extends `entities`"),
    "extends an extension": (lambda sets: sets["ner_tags"].update(extends="stance_classes"), "it extends"),
}


@pytest.mark.parametrize(("spoil", "complaint"), LABEL_MISTAKES.values(), ids=LABEL_MISTAKES)
def test_a_mistake_in_the_labels_is_told(spoil: Callable[[dict[str, Any]], Any], complaint: str) -> None:
    """The complaint names the file, the set and the label."""
    mapping = labels_mapping()
    spoil(mapping)
    with pytest.raises(ProjectError) as raised:
        parse_labels(mapping)

    assert raised.value.where == "schemas/labels.toml"
    assert complaint in raised.value.what


PROJECT_MISTAKES: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "file not named after its table": (lambda files: files["quotes"].update(name="quote"), "named `quote`"),
    "reference to no column": (
        lambda files: files["sentences"]["references"].update(article_id="articles.id"),
        "there is no `articles.id`",
    ),
    "two defaults": (lambda files: files["quotes"].update(default=True), "not exactly one table is the default"),
    "two in one position": (lambda files: files["quotes"].update(position=1), "position `1` comes twice"),
    "group column again": (
        lambda files: files["_provenance"]["columns"].append({"name": "text", "type": "string", "meaning": "Un mot."}),
        "column `text` comes twice",
    ),
}


@pytest.mark.parametrize(("spoil", "complaint"), PROJECT_MISTAKES.values(), ids=PROJECT_MISTAKES)
def test_schemas_that_contradict_each_other_are_told(spoil: Callable[[dict[str, Any]], Any], complaint: str) -> None:
    """Files are checked against each other, not only each in itself."""
    files = table_mappings()
    spoil(files)
    with pytest.raises(ProjectError) as raised:
        parse_schemas(labels_mapping(), files)

    assert complaint in raised.value.what


def test_schemas_are_values() -> None:
    """What is read twice is equal."""
    again = parse_schemas(labels_mapping(), table_mappings())

    assert again == SCHEMAS
    assert isinstance(again.labels["rights"], LabelSet)
    assert isinstance(again.tables["ner"], Table)
