"""Taking an article out of a project: its text, its row, and all that was said of it, at once or not at all.

What goes is everything that a next version would be made of: the raw file, the row of the catalogue, the text layer,
layers, decisions, lines about it in any other file of annotations, what people said on a server, and private copies in
the state folder. What stays is a record (`annotations/takedowns.jsonl`), so that nobody brings it back unknowingly, a
line in the changelog, and the entities that it named. Of a record of a sync the header stays: it is how a push knows of
the task on the server, which still shows the text and must be deleted there.

All of it is written as one (`store.together`): a run that is killed is completed by the next. Git and published
versions remember; that is told, and is for people to act on (docs/rights.md).
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import NamedTuple

from parallaxe.core.claims import Entity, Stance
from parallaxe.core.errors import ProjectError, UsageError
from parallaxe.core.records import record as read_as
from parallaxe.store.annotations import layer_files, read_layer
from parallaxe.store.atomic import surroundings
from parallaxe.store.catalogue import CatalogueRow
from parallaxe.store.jsonl import read_rows, rows_text, write_rows
from parallaxe.store.migration.texts import journal
from parallaxe.store.project import Project
from parallaxe.store.rights.editions import drop_edition
from parallaxe.store.sync.lock import only_one
from parallaxe.store.sync.places import Places
from parallaxe.store.sync.records import Record, read_record, record_lines
from parallaxe.store.text_files import read_text
from parallaxe.store.together import finish, together

_SECTION = re.compile(r"^## .*$", re.MULTILINE)
_DATA = re.compile(r"^### Data[ \t]*\n+", re.MULTILINE)


class Takedown(NamedTuple):
    """An article that was taken down: its id, when (YYYY-MM-DD), why (null where nobody said), the hash of its file."""

    id: str
    date: str
    reason: str | None
    sha256: str


class TakenDown(NamedTuple):
    """What a takedown did, or would do: files by their path in the project, and what people have to see to.

    `tasks` are those on a server that still show the text, as pass and number. `unused` are entities of the knowledge
    base that no other article links; they stay. `naming` are files that still name the article. `left` is how many
    articles the project has without it.
    """

    article: Takedown
    removed: tuple[str, ...]
    rewritten: tuple[str, ...]
    tasks: tuple[tuple[str, int], ...]
    unused: tuple[str, ...]
    naming: tuple[str, ...]
    left: int


def takedowns_file(project: Project) -> Path:
    """Which articles were taken down, a line each."""
    return project.root / "annotations" / "takedowns.jsonl"


def read_takedowns(project: Project) -> list[Takedown]:
    """All articles that were taken down, oldest first.

    Raises:
        ProjectError: if a line is broken.
    """
    path = takedowns_file(project)
    if not path.is_file():
        return []
    return [_takedown(row, f"{path}:{number}") for number, row in read_rows(path)]


def write_takedowns(project: Project, taken: Iterable[Takedown]) -> None:
    """Write which articles were taken down, whole or not at all."""
    write_rows(takedowns_file(project), (one._asdict() for one in taken))


def _takedown(row: Mapping[str, object], where: str) -> Takedown:
    try:
        return read_as(Takedown, row)
    except TypeError as error:
        raise ProjectError(where, f"no record of a takedown ({error})", "restore the line from git") from error


def takedown(project: Project, article_id: str, reason: str | None, day: date, *, dry_run: bool = False) -> TakenDown:
    """Take an article out of the project.

    Raises:
        UsageError: if the project has no such article.
        DataError: if a file that has to be read is broken; nothing is written then.
        SurroundingsError: if the disk fails, or a sync or migration is at work.
    """
    with only_one(Places(project).lock):
        completed = 0 if dry_run else finish(project.root, journal(project))
        project = Project(project.root)
        taken = next((one for one in read_takedowns(project) if one.id == article_id), None)
        row = next((row for row in project.catalogue if row.id == article_id), None)
        if row is None and taken is not None and completed:
            return _told(project, taken, {})
        if row is None:
            raise UsageError(article_id, *_unknown(taken))
        article = Takedown(article_id, day.isoformat(), " ".join((reason or "").split()) or None, row.sha256)
        contents = dict(_contents(project, row, article))
        done = _told(project, article, contents)
        if not dry_run:
            _forget(project, row)
            with together(project.root, journal(project)) as files:
                for path, text in contents.items():
                    files.write(path, text)
        return done


def _unknown(taken: Takedown | None) -> tuple[str, str]:
    if taken is not None:
        return f"it was taken down on {taken.date} already", "there is nothing left to do"
    return "no article of the catalogue has this id", "see seeds/catalogue.jsonl"


def _told(project: Project, article: Takedown, contents: Mapping[Path, str | None]) -> TakenDown:
    def named(path: Path) -> str:
        return path.relative_to(project.root).as_posix()

    return TakenDown(
        article=article,
        removed=tuple(named(path) for path, text in contents.items() if text is None),
        rewritten=tuple(named(path) for path, text in contents.items() if text is not None),
        tasks=tuple(_tasks(project, article.id)),
        unused=tuple(sorted(_linked(project, article.id, own=True) - _linked(project, article.id, own=False))),
        naming=tuple(named(path) for path in _naming(project, article.id) if path not in contents),
        left=sum(row.id != article.id for row in project.catalogue),
    )


def _contents(project: Project, row: CatalogueRow, article: Takedown) -> Iterator[tuple[Path, str | None]]:
    """What files get as their new text (null: they go), the record first and the catalogue last."""
    path = takedowns_file(project)
    before = [one for one in read_takedowns(project) if one.id != article.id]
    yield path, rows_text(one._asdict() for one in (*before, article))
    changelog = project.root / "CHANGELOG.md"
    yield changelog, with_takedown(read_text(changelog) if changelog.is_file() else "", article)
    if (raw := project.seeds / row.file).is_file():
        yield raw, None
    for file in sorted((project.root / "annotations").rglob("*.jsonl")):
        if file != path and (text := _without(file, project, row.id)) != read_text(file):
            yield file, text
    yield project.catalogue_file, rows_text(asdict(other) for other in project.catalogue if other.id != row.id)


def _without(file: Path, project: Project, article_id: str) -> str | None:
    """A file of annotations without an article: null where all of it is about that one."""
    if file.stem != article_id:
        return "".join(line for line in read_text(file).splitlines(keepends=True) if not _is_about(line, article_id))
    if not file.is_relative_to(Places(project).tracked.parent):
        return None
    seen = read_record(file)
    return rows_text(record_lines(Record(seen.header))) if seen is not None else None


def _is_about(line: str, article_id: str) -> bool:
    """True where a line is an object about the article; quick, since most do not even name it."""
    if f'"{article_id}"' not in line:
        return False
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(row, dict) and row.get("article_id") == article_id


def _tasks(project: Project, article_id: str) -> Iterator[tuple[str, int]]:
    for path in sorted(Places(project).tracked.parent.glob(f"*/{article_id}.jsonl")):
        seen = read_record(path)
        if seen is not None and seen.header.task is not None:
            yield path.parent.name, seen.header.task


def _linked(project: Project, article_id: str, *, own: bool) -> set[str]:
    """The entities that layers of the article link, or those of all others."""
    files = (path for path in layer_files(project.layers) if (path.stem == article_id) == own)
    claims = (claim for path in files for claim in read_layer(path).layer.claims)
    named = (
        claim.kb_id if isinstance(claim, Entity) else claim.holder if isinstance(claim, Stance) else None
        for claim in claims
    )
    rows = read_rows(project.knowledge_base) if project.knowledge_base.is_file() else ()
    known = {str(row.get("kb_id")) for _, row in rows}
    return {name for name in named if name in known}


def _naming(project: Project, article_id: str) -> Iterator[Path]:
    """Files of annotations that name the article in what they say of others, or of all."""
    for path in sorted((project.root / "annotations").rglob("*")):
        if path.is_file() and path != takedowns_file(project) and article_id in read_text(path):
            yield path


def _forget(project: Project, row: CatalogueRow) -> None:
    """Take away what the state folder holds of the text: an edition, what was pushed, the full dataset."""
    layer = project.text_layer(row.id)
    made_for = [path for path in (layer, *layer_files(project.layers)) if path.stem == row.id and path.is_file()]
    digests = {str(next(read_rows(path), (1, {}))[1].get("text_sha256")) for path in made_for}
    drop_edition(project, row.id)
    with surroundings(project.state):
        for digest in digests:
            (Places(project).texts / f"{digest}.json").unlink(missing_ok=True)
        shutil.rmtree(project.state / "full", ignore_errors=True)


def with_takedown(changelog: str, article: Takedown) -> str:
    """The changelog with a line under *Data* of what is not released yet; the same where it has that line.

    >>> print(with_takedown("", Takedown("la-gare", "2024-03-01", "asked by its publisher", "0" * 64)))
    # Changelog
    <BLANKLINE>
    ## [Unreleased]
    <BLANKLINE>
    ### Data
    <BLANKLINE>
    - `la-gare` was taken down on 2024-03-01: asked by its publisher.
    <BLANKLINE>
    """
    told = f": {article.reason.rstrip('.')}" if article.reason else ""
    line = f"- `{article.id}` was taken down on {article.date}{told}.\n"
    text = changelog or "# Changelog\n"
    if line in text:
        return text
    start, end = _unreleased(text)
    section = text[start:end] if end > start else "## [Unreleased]\n\n"
    return f"{text[:start].rstrip()}\n\n{_with_data(section, line)}{text[end:]}".rstrip() + "\n"


def _unreleased(text: str) -> tuple[int, int]:
    """Where the unreleased section stands; an empty place before the first section where there is none."""
    places = [found.start() for found in _SECTION.finditer(text)] + [len(text)]
    is_open = "unreleased" in text[places[0] :].partition("\n")[0].lower()
    return places[0], places[1] if is_open else places[0]


def _with_data(section: str, line: str) -> str:
    """A section with a line as the first under *Data*, and a blank line after it where another section follows."""
    found = _DATA.search(section)
    if found is not None:
        return f"{section[: found.end()]}{line}{section[found.end() :]}"
    return f"{section.rstrip()}\n\n### Data\n\n{line}\n"
