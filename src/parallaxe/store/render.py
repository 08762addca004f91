"""Files that are rendered from schemas and data, each named here with what it is made of."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from parallaxe.compare.agreement_report import agreement_markdown, headlines
from parallaxe.compare.evaluation_report import by_split
from parallaxe.dataset.card import composition_table, render_marked
from parallaxe.dataset.card_figures import card_figures
from parallaxe.dataset.json_schema import json_schema
from parallaxe.dataset.reference import label_sets_table, label_tables, table_reference
from parallaxe.store.agreement import agreement_text, kept_agreement
from parallaxe.store.atomic import write_text
from parallaxe.store.building.card_counts import count_files
from parallaxe.store.citation import citation_table
from parallaxe.store.corpus import project_card
from parallaxe.store.dataset_files import read_manifest
from parallaxe.store.machine.evaluation_files import kept_evaluations, kept_report, report_path, station
from parallaxe.store.project import Project
from parallaxe.store.text_files import read_text
from parallaxe.validate.pages import rule_page, rules_index
from parallaxe.validate.register import ALL_RULES


def render_project(project: Project, *, write: bool) -> list[Path]:
    """Render everything; the files that differ from what stood there, relative to the project, written if asked for."""
    changed = stale_files(project)
    for path, text in changed if write else ():
        write_text(path, text)
    return [path.relative_to(project.root) for path, _ in changed]


def stale_files(project: Project, *, counted: bool = True) -> list[tuple[Path, str]]:
    """Files that do not hold what is rendered for them, each with what it should hold.

    With `counted` false, tables that are counted in the files of the dataset are left as they stand.
    """
    return [(path, text) for path, text in _rendered(project, counted=counted) if not _holds(path, text)]


def _rendered(project: Project, *, counted: bool) -> Iterator[tuple[Path, str]]:
    schemas = project.schemas
    yield project.root / "schemas" / "REFERENCE.md", f"# Tables and labels\n\n{table_reference(schemas).strip()}\n"
    for table in schemas.tables.values():
        text = json.dumps(json_schema(table), indent=2, ensure_ascii=False)
        yield project.root / "schemas" / "json" / f"{table.name}.schema.json", f"{text}\n"
    if (pages := project.root / "docs" / "rules").is_dir():
        yield pages / "README.md", rules_index(ALL_RULES)
        yield from ((pages / f"{rule.id}.md", rule_page(rule)) for rule in ALL_RULES)
    marked = {**label_tables(schemas), "label-sets": label_sets_table(schemas), **_citation(project)}
    if (agreement := kept_agreement(project)) is not None:
        yield project.agreement, agreement_text(agreement)
        yield project.agreement.with_name("AGREEMENT.md"), agreement_markdown(agreement)
        marked["agreement"] = headlines(agreement)
    if (report := kept_report(project)) is not None:
        yield report_path(project), report
        marked["evaluation"] = by_split(kept_evaluations(station(project)))
    if (project.corpus / "manifest.json").is_file():
        marked |= _figures(project, counted=counted)
    for page in (project.guidelines, project.card, project.root / "README.md"):
        if page.is_file():
            yield page, render_marked(read_text(page), marked)


def _figures(project: Project, *, counted: bool) -> dict[str, str]:
    """What is told of the dataset that stands in the project, and, where asked for, counted in its files."""
    parts = read_manifest(project.corpus).parts
    composition = {"composition": composition_table(parts, project.schemas)}
    if not counted:
        return composition
    return composition | card_figures(count_files(project.corpus, parts, project.schemas), project.schemas)


def _citation(project: Project) -> dict[str, str]:
    """How to cite the project, where it has a card and says so."""
    has_both = project.card.is_file() and project.citation.is_file()
    return citation_table(project, project_card(project)) if has_both else {}


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode("utf-8")
