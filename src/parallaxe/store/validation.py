"""`parallaxe validate`: what kind of thing stands at a path, and every rule that is asked of it, in one report."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

import polars as pl

from parallaxe.core.errors import UsageError
from parallaxe.core.schema import Schemas
from parallaxe.core.wording import counted
from parallaxe.store.annotations import layer_files, scan_layer_file
from parallaxe.store.dataset_facts import ReadDataset, read_dataset
from parallaxe.store.foreign import is_dataset, read_foreign
from parallaxe.store.project import Project, find_project
from parallaxe.store.schemas import load_schemas
from parallaxe.store.station_facts import (
    Articles,
    broken_schemas,
    layer_contexts,
    read_articles,
    read_stations,
    scan_layers,
)
from parallaxe.validate.dataset_files import FILE_RULES
from parallaxe.validate.documentation import Described
from parallaxe.validate.failures import in_files, join_failures, no_failures
from parallaxe.validate.findings import Subject
from parallaxe.validate.foreign import Foreign
from parallaxe.validate.foreign_rules import FOREIGN_RULES, read_as
from parallaxe.validate.formats import FORMS
from parallaxe.validate.gate import Report, check, join_reports, survey
from parallaxe.validate.layer_lines import LINE_RULES, LayerLines
from parallaxe.validate.layers import LayerContext, check_layer
from parallaxe.validate.pages import rule_page
from parallaxe.validate.register import ALL_RULES, ASKED_OF, BY_ID
from parallaxe.validate.rule import Asked, Question
from parallaxe.validate.severity import Severities
from parallaxe.validate.stations import (
    STATION_RULES,
    Sources,
    Stations,
    raw_file_missing,
    text_layer_current,
)
from parallaxe.validate.tables import Profile

PUBLIC: Profile = "public"
FULL: Profile = "full"
TEXT_LAYER = "text"

_LONGEST_HEADER = 1_000_000


class Target(NamedTuple):
    """What stands at a path: `project`, `dataset` (built here), `layer`, `layers` (a folder) or `foreign`."""

    kind: str
    path: Path
    project: Project | None


def recognise(path: Path | None) -> Target:
    """What stands at a path; without one, the dataset or project that the working directory is or belongs to.

    Raises:
        UsageError: if there is no such path, or nothing there that could be validated.
    """
    place = path or Path()
    if not place.exists():
        raise UsageError(str(place), "no such file or directory", "name a project, a dataset or a layer")
    project = _project_of(place)
    if place.is_file():
        if place.suffix == ".jsonl" and _is_layer(place):
            return Target("layer", place, project)
        what = "neither a layer nor a directory"
        raise UsageError(str(place), what, "name a project, a dataset, or a layer file (.jsonl)")
    if (place / "manifest.json").is_file():
        return Target("dataset", place, project)
    if project is not None and (path is None or project.root == place.resolve()):
        return Target("project", place if project.root == place.resolve() else project.root, project)
    if _is_layers(place):
        return Target("layers", place, project)
    if project is not None and any(place.resolve().is_relative_to(station) for station in _stations(project)):
        raise UsageError(str(place), "a part of a project, and no layers", f"validate {project.root}")
    if is_dataset(place):
        return Target("foreign", place, project)
    raise UsageError(
        str(place), "neither a project, nor a dataset, nor layers", "name one, or make one with `parallaxe init DIR`"
    )


def _stations(project: Project) -> tuple[Path, ...]:
    return project.seeds, project.layers.parent, project.root / "schemas"


def _project_of(place: Path) -> Project | None:
    try:
        return find_project(place)
    except UsageError:
        return None


def _is_layer(path: Path) -> bool:
    """True where the file stands among layers, or its first line names a layer and an article."""
    if not path.is_file():
        return False
    if path.resolve().parent.parent.name == "layers":
        return True
    try:
        with path.open(encoding="utf-8") as file:
            header = json.loads(file.readline(_LONGEST_HEADER))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(header, dict) and "layer" in header and "article_id" in header


def _is_layers(folder: Path) -> bool:
    files = [*sorted(folder.glob("*.jsonl")), *sorted(folder.glob("*/*.jsonl"))]
    return bool(files) and all(path.suffix == ".jsonl" for path in files) and _is_layer(files[0])


def validate_path(path: Path | None = None, profile: str | None = None) -> tuple[Subject, Report]:
    """Ask every rule of what stands at a path: what it is, and all that is wrong with it.

    Args:
        path: as `recognise` takes it.
        profile: judge a dataset as this one; by default as it was built. Of a project, `full` is the dataset that
            stands in its state folder.

    Raises:
        UsageError: if there is nothing to validate, or no such profile.
        ProjectError: if `schemas/validate.toml` is wrong.
    """
    judged = _profile(profile)
    target = recognise(path)
    severities = _severities(target.project)
    match target.kind:
        case "project":
            assert target.project is not None
            what, report = _validate_project(target.project, judged)
        case "dataset":
            what, report = _validate_dataset(target.path, _schemas(target.project), judged)
        case "foreign":
            what, report = _validate_foreign(target.path)
        case _:
            what, report = _validate_layers(target)
    kinds = ASKED_OF[target.kind]
    asked = tuple(rule.id for rule in ALL_RULES if rule.about in kinds and severities.get(rule.id) != "off")
    return Subject(target.kind, str(target.path), what, asked), _shown(report).judged(severities)


def _profile(name: str | None) -> Profile | None:
    if name not in (None, PUBLIC, FULL):
        raise UsageError("--profile", f"`{name}` is none of the choices", f"use one of {PUBLIC}, {FULL}")
    return PUBLIC if name == PUBLIC else FULL if name == FULL else None


def rendered_report(form: str, subject: Subject, report: Report) -> str | None:
    """A report in a form for programs; null for `text`.

    Raises:
        UsageError: if there is no such form.
    """
    if form == "text":
        return None
    if form not in FORMS:
        raise UsageError("--format", f"`{form}` is none of the choices", f"use one of text, {', '.join(FORMS)}")
    return FORMS[form](subject, report)


def listed_rules(path: Path | None) -> tuple[tuple[Described, ...], Severities]:
    """All rules, and the severities of the project that a path belongs to."""
    return ALL_RULES, _severities(_project_of(path or Path()))


def explained(rule: str) -> str:
    """The page of a rule, as Markdown.

    Raises:
        UsageError: if there is none; the message offers one that is like it.
    """
    if rule not in BY_ID:
        alike = get_close_matches(rule, BY_ID, 1)
        remedy = f"did you mean `{alike[0]}`?" if alike else "`parallaxe validate --rules` lists all rules"
        raise UsageError("--explain", f"no rule `{rule}`", remedy)
    return rule_page(BY_ID[rule])


def _severities(project: Project | None) -> Severities:
    return project.severities if project is not None else {}


def _schemas(project: Project | None) -> Schemas:
    return project.schemas if project is not None else load_schemas()


def _asked(rules: Iterable[Question[Asked]], subject: Asked, table: str) -> Report:
    verdicts = [rule.judge(subject, table) for rule in rules]
    skipped = tuple(line for verdict in verdicts for line in verdict.skipped)
    return Report(join_failures([verdict.failures for verdict in verdicts]), skipped)


def _validate_project(project: Project, profile: Profile | None) -> tuple[str, Report]:
    articles = read_articles(project)
    what = f"project of {counted(len(articles.rows), 'article')}"
    if broken := broken_schemas(project):
        stations = Stations(
            catalogue=str(project.catalogue_file),
            corpus=str(project.corpus),
            broken_rows=tuple(articles.broken_rows),
            raw_files=tuple(articles.raw_files),
            schemas=broken,
        )
        return what, _asked(STATION_RULES, stations, "stations")
    layers = scan_layers(project)
    folder = project.state / FULL if profile == FULL else project.corpus
    dataset = read_dataset(folder, project.schemas) if (folder / "manifest.json").is_file() else None
    stations = read_stations(project, articles, layers)
    if dataset is not None and dataset.manifest is not None:
        stations = replace(stations, corpus=str(folder), built=_built(dataset))
    reports = [_asked(STATION_RULES, stations, "stations"), _check_layers(layers, articles, project)]
    if dataset is not None:
        reports.append(_check_dataset(dataset, project.schemas, profile))
    told = f"{what}, {counted(len(layers), 'layer file')}, {'its dataset' if dataset else 'no dataset yet'}"
    return told, join_reports(reports)


def _check_layers(layers: Sequence[LayerLines], articles: Articles, project: Project) -> Report:
    reports = [_asked(LINE_RULES, file, "layers") for file in layers]
    reports += [Report(check_layer(context)) for context in layer_contexts(layers, articles, project)]
    return join_reports(reports)


def _built(dataset: ReadDataset) -> Sources:
    """The texts and claims that a dataset was made of."""
    texts: dict[str, str] = {}
    claims: dict[tuple[str, str], int] = {}
    for (config, _), frame in dataset.frames.items():
        if config == "articles" and {"article_id", "text_sha256"} <= set(frame.columns):
            texts |= dict(frame.select("article_id", "text_sha256").drop_nulls().rows())
        if config == "annotations" and {"layer", "article_id"} <= set(frame.columns):
            counts = frame.group_by("layer", "article_id").len()
            claims |= {(layer, article_id): count for layer, article_id, count in counts.rows()}
    return Sources(texts, claims)


def _validate_dataset(folder: Path, schemas: Schemas, profile: Profile | None) -> tuple[str, Report]:
    dataset = read_dataset(folder, schemas)
    if dataset.manifest is None:
        return "built dataset", _check_dataset(dataset, schemas, profile)
    told = profile or dataset.manifest.profile
    configs = len({part.config for part in dataset.manifest.parts})
    return f"built dataset, {told} profile, {counted(configs, 'config')}", _check_dataset(dataset, schemas, profile)


def _check_dataset(dataset: ReadDataset, schemas: Schemas, profile: Profile | None) -> Report:
    """The files of a dataset, its tables as a build asks of them, and what is measured on the whole."""
    files = _asked(FILE_RULES, dataset.files, "files")
    if dataset.manifest is None:
        return files
    parts: dict[str, list[pl.DataFrame]] = {}
    places: dict[str, list[tuple[str, int]]] = {}
    splits: dict[str, str] = {}
    for (config, split), frame in dataset.frames.items():
        parts.setdefault(config, []).append(frame)
        places.setdefault(config, []).append((dataset.place(config, split), frame.height))
        if config == "articles" and frame.schema.get("article_id") == pl.String:
            splits |= dict.fromkeys(frame["article_id"].drop_nulls().to_list(), split)
    known = {
        name: pl.concat(frames, how="diagonal_relaxed")
        for name, frames in parts.items()
        if name in schemas.tables and name not in dataset.torn
    }
    judged: Profile = profile or dataset.manifest.profile
    reports = [
        ask(known, schemas, profile=judged, splits=splits if "articles" in known else None) for ask in (check, survey)
    ]
    strange = tuple(
        f"column-missing: config {name} is no table of the schemas" for name in parts if name not in schemas.tables
    )
    tables = join_reports([*reports, Report(no_failures(), strange)])
    return join_reports([files, Report(in_files(tables.failures, places), tables.skipped)])


def _validate_foreign(folder: Path) -> tuple[str, Report]:
    dataset = read_foreign(folder)
    rows = sum(split.frame.height for split in dataset.splits)
    configs = len({split.config for split in dataset.splits})
    what = f"dataset that was not built here, {counted(configs, 'config')}, {counted(rows, 'row')}"
    return f"{what}{_spans_read(dataset)}", _asked(FOREIGN_RULES, dataset, "files")


def _spans_read(dataset: Foreign) -> str:
    """How spans were understood, each once: a wrong guess should be seen."""
    told = dict.fromkeys(read_as(spans) for spans in dataset.spans if spans.against is not None)
    return f"; {', '.join(told)}" if told else ""


def _validate_layers(target: Target) -> tuple[str, Report]:
    """One layer file or a folder of them, against the project that they stand in."""
    paths = (
        [target.path] if target.kind == "layer" else sorted({*target.path.glob("*.jsonl"), *layer_files(target.path)})
    )
    layers = [scan_layer_file(path) for path in paths if path.resolve().parent.name != TEXT_LAYER]
    what = "layer" if target.kind == "layer" else f"folder of {counted(len(paths), 'layer file')}"
    if target.project is None:
        return f"{what}, no project around", _check_alone(layers)
    only = paths[0].stem if target.kind == "layer" else None
    articles = read_articles(target.project, only)
    reports = [_check_layers(layers, articles, target.project)]
    if len(layers) < len(paths):
        about_text = {path.stem for path in paths if path.resolve().parent.name == TEXT_LAYER}
        raw_files = tuple(raw for raw in articles.raw_files if raw.article_id in about_text)
        reports.append(
            _asked([text_layer_current, raw_file_missing], Stations("", "", raw_files=raw_files), "stations")
        )
    return what, join_reports(reports)


def _check_alone(layers: Sequence[LayerLines]) -> Report:
    """Layers without a project: what can be told without their texts and without a knowledge base."""
    schemas = load_schemas()
    reports = [_asked(LINE_RULES, file, "layers") for file in layers]
    for layer, file in ((file.read.layer, file) for file in layers):
        if layer is not None:
            known = {*(claim.kb_id or "" for claim in layer.entities), *(stance.holder for stance in layer.stances)}
            context = LayerContext(layer, file.path, file.read.lines, layer.text_sha256, None, known, schemas.labels)
            reports.append(Report(check_layer(context)))
    unasked = ("layer-article-known", "layer-text-hash", "span-in-annotated-block", "entity-known")
    return join_reports([*reports, Report(no_failures(), tuple(f"{rule}: no project around" for rule in unasked))])


def _shown(report: Report) -> Report:
    """The same with files as somebody in the working directory would type them."""
    here = Path.cwd()
    names = {
        name: str(Path(name).relative_to(here))
        for name in report.failures["file"].unique().drop_nulls()
        if Path(name).is_relative_to(here)
    }
    return Report(report.failures.with_columns(pl.col("file").replace(names)), report.skipped, report.severities)
