"""The machine of a project is scored split by split; floors hold, looks are remembered, what is not here is told."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from parallaxe.compare.evaluation_floors import CUT, FULL, Floor
from parallaxe.compare.evaluation_lines import Evaluation
from parallaxe.core.claims import AUTHOR, Claim, Entity, Layer, Provenance, Quote, Span, Stance
from parallaxe.core.errors import CombinedError, ProjectError, UsageError
from parallaxe.core.knowledge import KnownEntity
from parallaxe.core.layer_format import KINDS
from parallaxe.store.add import Declared, add
from parallaxe.store.annotations import read_layer, write_layer
from parallaxe.store.commands import Options, build_project
from parallaxe.store.dataset_files import read_manifest, read_splits
from parallaxe.store.init import init_project
from parallaxe.store.jsonl import write_rows
from parallaxe.store.machine.evaluate import Proposer, check_floors, evaluate
from parallaxe.store.machine.evaluation_files import (
    kept_evaluations,
    kept_report,
    read_floors,
    read_looks,
    station,
    write_evaluations,
)
from parallaxe.store.project import Project
from parallaxe.store.reading import read_row
from parallaxe.text.document import Document
from raw_articles import write_articles

FEW = 20
MENTIONS = "F1 mentions, exact"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve open articles and a restricted one, with gold and a knowledge base, built."""
    scratch = tmp_path_factory.mktemp("evaluation")
    raw = write_articles(scratch / "raw", 13)
    project = Project(init_project(scratch / "projet", "Projet").root)
    files = sorted(raw.iterdir())
    add(project, files[:12], Declared("open", "press", "CC0-1.0"))
    add(Project(project.root), files[12:], Declared("restricted", "press"))
    build_project(project.root, None, Options())
    project = Project(project.root)
    splits = read_splits(project.corpus, read_manifest(project.corpus))
    for row in project.catalogue:
        document = read_row(project, row)
        write_layer(project.layers, layer(row.id, document, gold(document)))
    write_rows(project.knowledge_base, knowledge(splits))
    return project.root


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Project:
    """A copy of it to change."""
    return Project(Path(shutil.copytree(built, tmp_path / "projet")))


def layer(name: str, document: Document, claims: Iterable[Claim], called: str = "gold") -> Layer:
    return Layer(called, name, document.text_sha256, document.normalizer, "1.2", "m", "model", KINDS, tuple(claims))


def gold(document: Document) -> list[Claim]:
    """The noun after « Le dossier », what is declared between guillemets, and a stance."""
    text = document.text or ""
    number = text.index("dossier numéro")
    start, end = text.index("« ") + 2, text.index(" »")
    said = text.index("a déclaré")
    return [
        Entity("e1", (Span(number, number + 7),), "ORG", None, "dossier"),
        Entity("e2", (Span(0, text.index("\n")),), "EVENT", None, "titre"),
        Quote("q1", "direct", (Span(start, end),), (Span(said, said + 9),)),
        Stance("s1", "article", AUTHOR, "russia", "neutral", 0),
    ]


def knowledge(splits: Mapping[str, str]) -> list[dict[str, object]]:
    """One name seen in `train`, and one seen elsewhere."""
    first = {split: next(name for name, own in sorted(splits.items()) if own == split) for split in splits.values()}
    empty: dict[str, object] = {
        "type": "ORG",
        "aliases": [],
        "description": "",
        "wikidata": None,
        "relations": [],
        "actor": None,
    }
    return [
        {**empty, "kb_id": "dossier", "name": "dossier", "first_seen": first["train"]},
        {**empty, "kb_id": "titre", "name": "vote", "first_seen": first["test"]},
    ]


def repeats_gold(_: Project, known: Mapping[str, KnownEntity]) -> Proposer:
    """A machine that finds what gold says, of mentions those alone whose names it was given."""

    def propose(_name: str, document: Document) -> list[Claim]:
        told = [c for c in gold(document) if not isinstance(c, Entity) or c.kb_id in known]
        return [replace(claim, provenance=Provenance(tool="faux/1")) for claim in told]

    return propose


def finds_nothing(_project: Project, _known: Mapping[str, KnownEntity]) -> Proposer:
    return lambda *_: ()


def value(evaluation: Evaluation, knowledge_base: str, name: str) -> float | None:
    figure = evaluation.figure(knowledge_base, "entities", name)
    assert figure is not None
    return figure.value


def test_what_training_did_not_see_is_not_given(project: Project) -> None:
    """With the cut knowledge base one of two names is there, with the full one both are; they are told apart."""
    [found] = evaluate(project, ["validation"], FEW, repeats_gold).evaluations

    assert {CUT: 1, FULL: 2} == found.knowledge
    assert (2 / 3, 1.0) == (value(found, CUT, MENTIONS), value(found, FULL, MENTIONS))
    assert (1.0, 0.0) == (value(found, CUT, "F1 known, exact"), value(found, CUT, "recall unknown, exact"))
    assert ("faux/1",) == found.tools


def test_the_machine_of_the_project_is_scored(project: Project) -> None:
    """Without another opener it is what `annotate` uses, but for the names: those of the split alone, then all."""
    [found] = evaluate(project, ["validation"], FEW).evaluations

    assert all(tool.startswith("parallaxe-") for tool in found.tools)
    assert (0.0, 1.0) == (value(found, CUT, "recall unknown, exact"), value(found, FULL, "recall known, exact"))


def test_figures_are_kept_split_by_split_and_told_together(project: Project) -> None:
    """A later run of one split leaves what was kept of another; what is read is what was written, to six places."""
    write_evaluations(project, evaluate(project, ["validation"], FEW, repeats_gold).evaluations)
    path = write_evaluations(project, evaluate(project, ["test"], FEW, repeats_gold).evaluations)

    report = path.read_text("utf-8")
    assert ["validation", "test"] == [evaluation.split for evaluation in kept_evaluations(station(project))]
    assert "\n## validation\n" in report
    assert "\n## test\n" in report
    again = write_evaluations(project, kept_evaluations(station(project)), project.root / "ailleurs")
    assert report == again.read_text("utf-8")
    assert report == kept_report(project)


def test_lowest_figures_are_read_first(project: Project) -> None:
    """In front of the report and in each of its tables values ascend."""
    path = write_evaluations(project, evaluate(project, ["validation", "test"], FEW, repeats_gold).evaluations)

    for table in path.read_text("utf-8").split("| figure | ")[1:]:
        column = 3 if table.startswith("split") else 2
        rows = table.partition("\n\n")[0].splitlines()[2:]
        cells = [line.removeprefix("| ").split(" | ")[column] for line in rows]
        told = [float(cell.replace("−", "-")) for cell in cells if cell != "–"]
        assert sorted(told) == told


def test_looks_at_test_are_remembered_once_for_each_machine(project: Project) -> None:
    """Validation is looked at freely; test leaves a row, the same machine no second one, another machine its own."""
    evaluate(project, ["validation"], FEW, repeats_gold)
    assert () == read_looks(project)

    evaluate(project, ["test", "press"], FEW, repeats_gold)
    evaluate(project, ["test"], FEW, repeats_gold)
    assert ["test", "press"] == [look.split for look in read_looks(project)]

    before = (station(project) / "looks.jsonl").read_bytes()
    write_evaluations(project, evaluate(project, ["test"], FEW, finds_nothing).evaluations)
    after = (station(project) / "looks.jsonl").read_bytes()
    assert after.startswith(before)
    machines = [look.machine[:12] for look in read_looks(project)]
    assert 3 == len({*machines})
    assert machines == [row.split(" | ")[3] for row in report_rows(project)]


def report_rows(project: Project) -> list[str]:
    report = (project.root / "annotations" / "EVALUATION.md").read_text("utf-8")
    return [line for line in report.split("looked at")[1].splitlines() if line.startswith("| 2")]


def test_a_split_whose_texts_are_not_here_is_told_and_passed_over(project: Project) -> None:
    """Without the restricted article `press` is one line, and the rest is scored."""
    for path in (project.seeds / "restricted").iterdir():
        path.unlink()

    found = evaluate(project, ["press", "validation"], FEW, repeats_gold)

    assert ("press: not scored, 1 of 1 texts are not here; `parallaxe hydrate DIR` brings them in",) == found.untold
    assert ["validation"] == [evaluation.split for evaluation in found.evaluations]
    assert () == read_looks(project)


def test_a_split_that_is_not_there_lists_those_there_are(project: Project) -> None:
    """The message names the splits of the dataset."""
    with pytest.raises(UsageError, match=r"no split `dev`; use one of .*validation"):
        evaluate(project, ["dev"], FEW, repeats_gold)


def test_an_article_without_gold_is_told(project: Project) -> None:
    """What was not annotated is left out of the figures, by name; a split without any gold is a line."""
    splits = read_splits(project.corpus, read_manifest(project.corpus))
    names = sorted(name for name, split in splits.items() if split == "validation")
    for name in names:
        (project.layers / "gold" / f"{name}.jsonl").unlink()
    assert ("validation: not scored, no article has a layer `gold`",) == evaluate(
        project, ["validation"], FEW, repeats_gold
    ).untold

    name = next(name for name, split in sorted(splits.items()) if split == "train")
    (project.layers / "gold" / f"{name}.jsonl").unlink()
    [found] = evaluate(project, ["train"], FEW, repeats_gold).evaluations
    assert [(name, "all", "no layer `gold`")] == list(found.skipped)


def test_gold_of_another_text_is_refused(project: Project) -> None:
    """Offsets into another text would be scored as mistakes of the machine."""
    splits = read_splits(project.corpus, read_manifest(project.corpus))
    name = next(name for name, split in splits.items() if split == "validation")
    path = project.layers / "gold" / f"{name}.jsonl"
    write_layer(project.layers, replace(read_layer(path).layer, text_sha256="1" * 64))

    with pytest.raises(ProjectError, match=f"{name}.jsonl:1: it annotates another text"):
        evaluate(project, ["validation"], FEW, repeats_gold)


def floors(project: Project, entry: str, split: str = "validation") -> None:
    path = station(project) / "floors.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"[{split}.cut.entities]\n{entry}\n", "utf-8")


def test_floors_are_held(project: Project) -> None:
    """A figure on its floor passes; one below, one undefined and one that does not exist are a line each."""
    floors(project, '"F1 mentions, exact" = 0.66\n"F1 known, exact · ORG" = 1')
    checked = check_floors(project, opener=repeats_gold)
    assert ((), 2) == (checked.broken, len(checked.floors))

    floors(project, '"F1 mentions, exact" = 0.67\n"F1 mentions, exact · LAW" = 0.5\n"F1 mentoins" = 0')
    at = "validation, knowledge base cut, entities"
    assert (
        f"{at}, F1 mentions, exact: .667 is below its floor .670",
        f"{at}, F1 mentions, exact · LAW: – is below its floor .500",
        f"{at}, F1 mentoins: there is no such figure, but its floor is .000",
    ) == check_floors(project, opener=repeats_gold).broken


def test_a_floor_is_not_lowered_in_silence(project: Project) -> None:
    """Lower or gone since figures were kept is a complaint, and nothing is kept, until the file says why."""
    found = evaluate(project, ["validation"], FEW, repeats_gold).evaluations
    floors(project, '"F1 mentions, exact" = 0.6')
    write_evaluations(project, evaluate(project, ["validation"], FEW, repeats_gold).evaluations)
    at = "validation, knowledge base cut, entities, F1 mentions, exact"

    floors(project, '"F1 mentions, exact" = 0.5')
    assert (f"{at}: lowered from .600 to .500 without a `why`",) == check_floors(project, opener=repeats_gold).broken
    with pytest.raises(CombinedError, match="without a `why`"):
        write_evaluations(project, found)

    floors(project, '"F1 known, exact" = 0.5')
    assert (f"{at}: its floor .600 is gone; keep a row that says `why`",) == check_floors(
        project, opener=repeats_gold
    ).broken

    floors(project, '"F1 mentions, exact" = { least = 0.5, why = "gold was mended" }')
    assert () == check_floors(project, opener=repeats_gold).broken
    write_evaluations(project, evaluate(project, ["validation"], FEW, repeats_gold).evaluations)
    [kept] = kept_evaluations(station(project))
    assert (Floor("validation", CUT, "entities", MENTIONS, "all", 0.5, "gold was mended"),) == kept.floors


def test_a_check_asks_what_is_here(project: Project) -> None:
    """Floors of splits that are not here are not asked; a report of another machine is told, and writes nothing."""
    floors(project, '"F1 mentions, exact" = 0.6', "press")
    write_evaluations(project, evaluate(project, ["press"], FEW, finds_nothing).evaluations)
    before = (station(project) / "press.jsonl").read_bytes()

    checked = check_floors(project, opener=repeats_gold)
    assert ((), 1) == (checked.broken, len(checked.floors))
    assert "press: the report is of another machine or other gold" in checked.untold[0]
    assert before == (station(project) / "press.jsonl").read_bytes()

    shutil.rmtree(project.seeds / "restricted")
    assert ((), ()) == check_floors(project, opener=repeats_gold)[:2]


@pytest.mark.parametrize(
    "entry", ['"F1 mentions, exact" = "much"', '"F1 mentions, exact" = 80', '"F1" = { lest = 1 }', '"F1" = true']
)
def test_a_floor_that_is_none_is_refused(project: Project, entry: str) -> None:
    """What is no number in -1–1 is named, with what to write."""
    floors(project, entry)

    with pytest.raises(ProjectError, match=r"floors.toml: `F1.*` has no floor; write a number in -1–1"):
        check_floors(project, opener=repeats_gold)


@pytest.mark.parametrize("table", ["tset.cut.entities", "test.entities"])
def test_a_floor_that_nobody_would_ask_is_refused(project: Project, table: str) -> None:
    """A misspelt split, or a knowledge base left out, is named with those there are."""
    station(project).mkdir(exist_ok=True)
    (station(project) / "floors.toml").write_text(f'[{table}]\n"F1 mentions, exact" = 0.8\n', "utf-8")

    with pytest.raises(ProjectError, match=r"floors.toml: `\w+` is never scored; use one of "):
        check_floors(project, opener=repeats_gold)


def test_the_floors_of_this_corpus_can_be_asked(repository: Path) -> None:
    """Its file is read, and what is kept of its figures names every floor."""
    here = Project(repository)
    figures = {evaluation.split: evaluation.figure for evaluation in kept_evaluations(station(here))}

    assert read_floors(here)
    assert [] == [f for f in read_floors(here) if f.split in figures and figures[f.split](*f.place[1:]) is None]


def test_broken_files_are_named_with_their_line(project: Project) -> None:
    """A kept figure, a look and a file of floors that are broken are one line each."""
    write_evaluations(project, evaluate(project, ["test"], FEW, repeats_gold).evaluations)
    kept, looks = station(project) / "test.jsonl", station(project) / "looks.jsonl"
    lines = kept.read_text("utf-8").splitlines()
    kept.write_text("\n".join([lines[0], json.dumps({"value": 1})]), "utf-8")
    with pytest.raises(ProjectError, match=r"test.jsonl:2: no line of an evaluation .*writes it anew"):
        kept_evaluations(station(project))
    looks.write_text('{"date": "2024-06-19"}\n', "utf-8")
    with pytest.raises(ProjectError, match=r"looks.jsonl:1: no row of a look .*only ever grows"):
        read_looks(project)
    (station(project) / "floors.toml").write_text("[test", "utf-8")
    with pytest.raises(ProjectError, match=r"floors.toml: not valid TOML"):
        check_floors(project, opener=repeats_gold)
