"""Layers on the way of a build: checked with file and line, and as tables that follow from what was decided."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import datasets
import pytest

from parallaxe.core.claims import Claim, Entity, Layer, Provenance, Quote, Span, Stance
from parallaxe.core.errors import GateError, ProjectError
from parallaxe.store.add import Declared, add
from parallaxe.store.annotations import read_layer, write_layer
from parallaxe.store.commands import Options, build_project, normalize_file
from parallaxe.store.init import init_project
from parallaxe.store.project import Project
from parallaxe.text.document import text_digest
from raw_articles import write_articles

ARTICLE = "article-000"
KINDS = ("entity", "quote", "stance")
KNOWN = [
    {"kb_id": "le-port", "type": "LOC", "name": "Le Port", "aliases": [], "description": "lieu", "wikidata": None,
     "relations": [{"relation": "capital_of", "kb_id": "russie"}], "actor": "russia"},
    {"kb_id": "russie", "type": "LOC", "name": "Russie", "aliases": ["Fédération de Russie"], "description": "pays",
     "wikidata": None, "relations": [], "actor": "russia"},
]  # fmt: skip


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """An open and a restricted article, a knowledge base, and a gold layer of the first."""
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    datasets.disable_progress_bars()
    raw = write_articles(tmp_path / "raw", 2)
    root = init_project(tmp_path / "projet", "Projet").root
    add(Project(root), [raw / "article-000.txt"], Declared("open", "press"))
    add(Project(root), [raw / "article-001.txt"], Declared("restricted", "press"))
    project = Project(root)
    project.knowledge_base.write_text("".join(f"{json.dumps(row)}\n" for row in KNOWN), "utf-8")
    write_layer(project.layers, gold(project, *claims(text(project))))
    return Project(root)


def text(project: Project, name: str = "open/article-000.txt") -> str:
    return normalize_file(project.seeds / name).text or ""


def at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def claims(text: str) -> tuple[Claim, ...]:
    return (
        Entity("e1", (at(text, "direction du port"),), "ORG", None, "NIL:direction"),
        Entity("e2", (at(text, "port,"),) if "port," in text else (at(text, "port"),), "LOC", "ORG", "le-port"),
        Quote("q1", "direct", (at(text, "Nous irons jusqu'au bout"),), (at(text, "a déclaré"),),
              (Span(text.rindex("la direction du port"), text.rindex("la direction du port") + 20),)),
        Stance("s1", "article", "author", "russia", "favor", 1, (at(text, "Trois réunions"),)),
        Stance("s2", "attributed", "le-port", "russia", "favor", 2, (at(text, "bout"),), "q1"),
    )  # fmt: skip


def gold(project: Project, *claims: Claim, **changed: Any) -> Layer:
    fields = {
        "layer": "gold", "article_id": ARTICLE, "text_sha256": text_digest(text(project)), "normalizer": "n/1",
        "guideline_version": "1.2", "annotator": "language-model", "annotator_type": "model", "complete": KINDS,
    }  # fmt: skip
    return Layer(**{**fields, **changed}, claims=claims)


def rows(project: Project, config: str) -> list[dict[str, Any]]:
    build_project(project.root, None, Options())
    return [row for split in datasets.load_dataset(str(project.corpus), config).values() for row in split]


def test_every_config_has_rows(project: Project) -> None:
    """One gold layer is enough to fill every table of annotations."""
    build_project(project.root, None, Options())

    filled = set(datasets.get_dataset_config_names(str(project.corpus)))
    assert filled >= {"entities", "quotes", "stances", "annotations", "ner", "stance_classification"}
    assert filled >= {"attributed_stance", "knowledge_base"}


def test_without_gold_the_one_person_who_corrected_counts(project: Project) -> None:
    """Where an article has no gold, a person's layer fills the tables; where two people did, neither does."""
    (project.layers / "gold" / f"{ARTICLE}.jsonl").unlink()
    person: dict[str, Any] = {"annotator_type": "human", "layer": "annotateur-1", "annotator": "annotateur-1"}
    write_layer(project.layers, gold(project, *claims(text(project)), **person))
    write_layer(project.layers, gold(project, *claims(text(project)), layer="machine"))

    assert {"annotateur-1"} == {row["layer"] for row in rows(project, "entities")}

    other = {**person, "layer": "annotateur-2", "annotator": "annotateur-2"}
    write_layer(project.layers, gold(project, *claims(text(project)), **other))
    build_project(project.root, None, Options())
    assert "entities" not in datasets.get_dataset_config_names(str(project.corpus))


def test_surfaces_and_nesting_are_derived(project: Project) -> None:
    """The words of a mention, and the mention around it, follow from its span."""
    found = {row["entity_id"]: row for row in rows(project, "entities")}

    assert found["e1"]["text"] == "direction du port"
    assert found["e2"]["metonymic"] == "ORG"
    assert found["e2"]["nested_in"] in {None, "e1"}


def test_holders_roll_up_to_actors(project: Project) -> None:
    """A stance names the state of its holder, and is keyed by quotation, holder and target."""
    found = {row["stance_id"]: row for row in rows(project, "stances")}

    assert found["q1:le-port:russia"]["holder_actor"] == "russia"
    assert found["gold:russia"]["holder"] == "author"


def test_targets_not_taken_up_are_absent(project: Project) -> None:
    """`stance_classification` has every target of the article, `absent` where no stance says otherwise."""
    found = rows(project, "stance_classification")

    labels = {row["target"]: row["label"] for row in found}
    assert len(labels) == len(project.schemas.labels["targets"].names)
    assert sorted(set(labels.values())) == [0, 1]


def test_tags_follow_the_tokens(project: Project) -> None:
    """`ner` has a tag for each token, and the mention begins with B."""
    names = project.schemas.labels["ner_tags"].names
    tagged = [
        (token, names[tag])
        for row in rows(project, "ner")
        for token, tag in zip(row["tokens"], row["ner_tags"], strict=True)
    ]

    assert ("direction", "B-ORG") in tagged
    assert len({tag for _, tag in tagged}) > 1


WRONG = [
    ({"claim": Entity("x", (Span(0, 5),), "PERSONNE")}, "claim-vocabulary", "`PERSONNE` is none of entity_labels"),
    ({"claim": Entity("x", (Span(0, 99_999),), "PER")}, "span-in-annotated-block", "lies in no block"),
    ({"claim": Entity("x", (Span(0, 5),), "PER", None, "inconnu")}, "entity-known", "`inconnu` is no row"),
    ({"claim": Quote("x", "direct", (Span(0, 5),), inside="rien")}, "quotation-known", "inside `rien`"),
    ({"claim": Stance("x", "attributed", "russie", "russia", "favor", 1, (), "rien")}, "quotation-known", "`rien`"),
    ({"claim": Stance("x", "article", "author", "lune", "neutral", 0)}, "claim-vocabulary", "none of targets"),
    ({"claim": Stance("x", "article", "author", "china", "favor", -1, (Span(0, 5),))}, "intensity-fits", "-1"),
    (
        {"claim": Stance("x", "article", "russie", "russia", "neutral", 0, provenance=Provenance("adjudicated"))},
        "holder-mentioned", "no mention links to holder `russie`",
    ),
    ({"text_sha256": "0" * 64}, "layer-text-hash", "made for another text"),
    ({"annotator_type": "human"}, "model-is-no-human", "is a program, annotator_type says human"),
    (
        {"annotator_type": "human", "annotator": "lecteur-1",
         "claim": Entity("x", (Span(0, 5),), "PER", None, None, Provenance(score=0.9))},
        "model-is-no-human", "has a tool or score",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "rule", "message"), WRONG, ids=[f"{rule}-{n}" for n, (_, rule, _) in enumerate(WRONG)]
)
def test_wrong_claims_are_refused_with_file_and_line(
    project: Project, wrong: dict[str, Any], rule: str, message: str
) -> None:
    """Each fault of the scheme has a coded rule, names file and line, and the build refuses it."""
    claim = wrong.pop("claim", None)
    write_layer(project.layers, gold(project, *([claim] if claim else []), **wrong))

    with pytest.raises(GateError) as raised:
        build_project(project.root, None, Options())

    [line] = [line for line in raised.value.issues if line.startswith(f"{rule}:")]
    assert f"gold/{ARTICLE}.jsonl:{2 if claim else 1}: " in line
    assert message in line
    assert not (project.corpus / "manifest.json").exists()


def test_a_broken_line_names_file_and_line(project: Project) -> None:
    """A line that is no JSON is told before anything is built."""
    path = project.layers / "gold" / f"{ARTICLE}.jsonl"
    path.write_text(f"{path.read_text('utf-8')}{{broken\n", "utf-8")

    with pytest.raises(ProjectError, match=rf"{ARTICLE}\.jsonl:7: not valid JSON"):
        read_layer(path)


def test_a_layer_of_no_article_is_refused(project: Project) -> None:
    """A layer whose article the project does not have is named."""
    write_layer(project.layers, gold(project, article_id="absent"))

    with pytest.raises(GateError, match="layer-article-known"):
        build_project(project.root, None, Options())


def test_nothing_of_a_restricted_article_is_shown(project: Project) -> None:
    """Surfaces, quotations and evidence of restricted articles are null, and they have no row for training."""
    words = text(project, "restricted/article-001.txt")
    layer = gold(project, *claims_of_restricted(), article_id="article-001", text_sha256=text_digest(words))
    write_layer(project.layers, layer)

    shown = [row for row in rows(project, "entities") if row["article_id"] == "article-001"]
    assert [row["text"] for row in shown] == [None]
    assert "article-001" not in {row["article_id"] for row in rows(project, "ner")}
    assert not any(words[40:70].encode() in path.read_bytes() for path in project.corpus.rglob("*.parquet"))


def claims_of_restricted() -> tuple[Claim, ...]:
    return (Entity("e1", (Span(0, 8),), "PER", None, "NIL:x"), Quote("q1", "direct", (Span(20, 60),)))


RENAMED = {
    "favor": "pour", "against": "contre", "neutral": "neutre", "direct": "cite", "mixed": "mele",
    "article": "redaction", "attributed": "source", "absent": "rien", "LOC": "LIEU", "ORG": "GROUPE",
}  # fmt: skip


def test_a_project_has_names_of_its_own_for_its_labels(project: Project) -> None:
    """Polarities, levels, types and classes under other names: rules and tables work as before."""
    labels = project.root / "schemas" / "labels.toml"
    written = labels.read_text("utf-8")
    for old, new in RENAMED.items():
        written = written.replace(f'name = "{old}"', f'name = "{new}"')
    labels.write_text(written, "utf-8")
    known = project.knowledge_base.read_text("utf-8")
    project.knowledge_base.write_text(known.replace('"LOC"', '"LIEU"'), "utf-8")
    project = Project(project.root)
    mine = [renamed(claim) for claim in claims(text(project))]
    write_layer(project.layers, gold(project, *mine))

    assert {"rien", "pour"} == {names(project, row) for row in rows(project, "stance_classification")}

    for rule, wrong in {"intensity-fits": {"polarity": "contre"}, "stance-level-fits": {"level": "source"}}.items():
        spoilt = [replace(claim, **wrong) if claim.id == "s1" else claim for claim in mine]  # type: ignore[arg-type]
        write_layer(project.layers, gold(project, *spoilt))
        with pytest.raises(GateError) as refused:
            build_project(project.root, None, Options())
        assert refused.value.issues[0].startswith(rule)


def renamed(claim: Claim) -> Claim:
    """A claim under the labels of the other project."""
    keys = ("label", "metonymic", "type", "level", "polarity")
    return replace(claim, **{key: RENAMED.get(value, value) for key in keys if (value := getattr(claim, key, None))})


def names(project: Project, row: dict[str, Any]) -> str:
    """The name of the class of a row."""
    label: int = row["label"]
    return project.schemas.labels["stance_classes"].names[label]


def test_a_role_that_the_project_lacks_is_told_once(project: Project) -> None:
    """A label of `block_roles` taken away: one line with the file, the set and what to do; nothing crashes."""
    labels = project.root / "schemas" / "labels.toml"
    labels.write_text(labels.read_text("utf-8").replace('name = "credit"', 'name = "agence"'), "utf-8")

    with pytest.raises(ProjectError) as refused:
        build_project(project.root, None, Options())

    assert str(labels) == refused.value.where
    assert "block_roles: no label `credit`" == refused.value.what
    assert "[[block_roles.labels]]" in refused.value.remedy
