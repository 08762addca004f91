"""Layers follow the texts that they are about: a raw file was edited, or another normalizer reads it.

A layer names its text by hash, so what has to be done follows from the files alone, and a second run has nothing to do.
Articles are looked at in chunks; whatever changes (layers, decisions, conflicts that wait, text layers, the catalogue,
the file of what was lost) is written as one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from parallaxe.compare.anchoring import Version
from parallaxe.compare.conflicts import Row, claim_as_line, conflict_line
from parallaxe.compare.migration_texts import (
    CarriedLayer,
    carry_conflict,
    carry_decisions,
    carry_layer,
    counted,
)
from parallaxe.core.claims import Layer
from parallaxe.core.errors import ParallaxeError
from parallaxe.core.layer_format import layer_lines
from parallaxe.dataset.article import Article
from parallaxe.store.adjudicate import decisions_file
from parallaxe.store.annotations import layer_files, read_layer
from parallaxe.store.atomic import surroundings
from parallaxe.store.building.build import PUBLIC, Progress, untold
from parallaxe.store.catalogue import CatalogueRow
from parallaxe.store.conflicts import passes_with_conflicts, read_conflicts
from parallaxe.store.corpus import item_of
from parallaxe.store.jsonl import read_rows, rows_text
from parallaxe.store.migration.lost import context, lost_file, lost_line, with_lines, withheld_lost_file
from parallaxe.store.migration.old_texts import OldTexts, Wanted
from parallaxe.store.migration.reports import LayerMigration, Left, TextMigration
from parallaxe.store.project import Project
from parallaxe.store.reading import read_article
from parallaxe.store.sources import SIZE_LIMIT
from parallaxe.store.sync.lock import only_one
from parallaxe.store.sync.places import Places
from parallaxe.store.text_layer import text_layer_rows
from parallaxe.store.together import Together, finish, together
from parallaxe.store.versions.revisions import Files, version_files

_TOGETHER = 256
"""Articles whose texts are in memory at once."""


def migrate_texts(
    project: Project,
    revision: str | None = None,
    *,
    dry_run: bool = False,
    in_full: bool = False,
    progress: Progress = untold,
) -> TextMigration:
    """Carry every layer whose text changed to the text that its article has now.

    Claims that only moved are counted; `in_full` they are told one by one, which takes memory for each.

    Old texts are looked for by their hash, in `revision` (null: HEAD, where there is git) and wherever the project
    keeps them. An article whose old text is nowhere is left as it is and told.

    Raises:
        UsageError: if there is no such revision.
        DataError: if a layer or a file of decisions is broken; nothing is written then.
        SurroundingsError: if the disk fails, or a sync is at work.
    """
    with only_one(Places(project).lock), ExitStack() as stack:
        completed = 0 if dry_run else finish(project.root, journal(project))
        project = Project(project.root)
        files = _revision(stack, project, revision)
        made = stack.enter_context(together(project.root, journal(project))) if not dry_run else None
        run = _Run(project, OldTexts(project, files), made, TextMigration(completed=completed), in_full)
        run.all(progress)
        return run.done


def journal(project: Project) -> Path:
    """What a migration has begun to write, until it is written."""
    return project.state / "migration.jsonl"


def _revision(stack: ExitStack, project: Project, name: str | None) -> Files | None:
    """The files of a revision; of HEAD where none is named, and nothing where there is no git, or no commit yet."""
    try:
        return stack.enter_context(version_files(name or "HEAD", project))
    except ParallaxeError:
        if name is not None:
            raise
        return None


class _Header(NamedTuple):
    """What the first line of a layer file says of its text."""

    path: Path
    layer: str
    text_sha256: str
    normalizer: str


class _Carried(NamedTuple):
    """A layer that is carried, with both texts, or only its header, where the texts are one."""

    before: Layer
    after: CarriedLayer
    old: Version
    new: Version


@dataclass
class _Run:
    """A migration under way; `made` is null in a dry run."""

    project: Project
    past: OldTexts
    made: Together | None
    done: TextMigration
    in_full: bool = False
    rows: list[CatalogueRow] = field(default_factory=list)
    lost: list[dict[str, Any]] = field(default_factory=list)
    conflicts: dict[str, list[Row]] = field(default_factory=dict)

    def all(self, progress: Progress) -> None:
        """Every article of the catalogue, then what is kept in one file for all of them."""
        self.done.restricted = {row.id for row in self.project.catalogue if not row.is_open}
        self.conflicts = {name: read_conflicts(self.project, name) for name in passes_with_conflicts(self.project)}
        headers = _headers(self.project)
        for chunk in _chunks(self.project.catalogue):
            self._chunk(chunk, headers)
            self.rows += [self._renewed(row) for row in chunk]
            progress(len(self.rows), len(self.project.catalogue))
        self._write_rest()
        self.done.files = self.made.count if self.made is not None else 0

    def _chunk(self, chunk: Sequence[CatalogueRow], headers: Mapping[str, Sequence[_Header]]) -> None:
        articles = {row.id: found for row in chunk if (found := self._article(row, headers.get(row.id, ())))}
        stale = {
            name: [header for header in headers.get(name, ()) if _is_stale(header, article)]
            for name, article in articles.items()
        }
        wanted = {
            Wanted(name, header.text_sha256)
            for name, found in stale.items()
            for header in found
            if header.text_sha256 != articles[name].document.text_sha256
        }
        texts = self.past.find(wanted)
        for name, article in articles.items():
            self._carry(article, stale[name], texts)
            self._refresh(article)

    def _article(self, row: CatalogueRow, headers: Sequence[_Header]) -> Article | None:
        """An article as it is now; null where it cannot be read, which matters only if a layer is about it."""
        try:
            return read_article(item_of(self.project, self._renewed(row), PUBLIC, SIZE_LIMIT))
        except ParallaxeError as error:
            if headers:
                names = tuple(header.layer for header in headers)
                self.done.left.append(Left(row.id, names, f"{error.where}: {error.what}", error.remedy))
            return None

    def _renewed(self, row: CatalogueRow) -> CatalogueRow:
        """The row of an open article whose file was edited; a restricted one is told from others by its hash."""
        path = self.project.seeds / row.file
        if not (row.is_open and path.is_file()):
            return row
        with surroundings(path):
            raw = path.read_bytes()
        digest = sha256(raw).hexdigest()
        return row if digest == row.sha256 else replace(row, sha256=digest, size=len(raw))

    def _carry(self, article: Article, stale: Sequence[_Header], texts: Mapping[Wanted, Version]) -> None:
        """All layers of an article that are about another text, and what was decided about their claims."""
        document = article.document
        if stale and document.text is None:
            why = "its text is not here, and the text layer is of another one"
            self._leave(article, stale, why, "`parallaxe hydrate DIR` with a copy, and run this again")
            return
        carried: list[_Carried] = []
        for header in stale:
            old = self._old(header, article, texts)
            if old is None:
                why = f"the text {header.text_sha256[:12]}… that it is about is nowhere"
                self._leave(article, [header], why, "name a revision that has it with --from")
                continue
            carried += self._layer(header, article, old)
        self._decisions(article.article_id, carried)
        self._conflicts(article.article_id, carried)

    def _old(self, header: _Header, article: Article, texts: Mapping[Wanted, Version]) -> Version | None:
        if header.text_sha256 == article.document.text_sha256:
            return _version(article)
        return texts.get(Wanted(article.article_id, header.text_sha256))

    def _layer(self, header: _Header, article: Article, old: Version) -> Iterator[_Carried]:
        layer, new = read_layer(header.path).layer, _version(article)
        try:
            carried = carry_layer(layer, old, new, article.document.normalizer)
        except ValueError as error:
            self._leave(article, [header], str(error), "mend the layer (`parallaxe validate` shows where)")
            return
        self._write(header.path, rows_text(layer_lines(carried.layer)))
        self._tell(layer, carried, old, new)
        yield _Carried(layer, carried, old, new)

    def _tell(self, layer: Layer, carried: CarriedLayer, old: Version, new: Version) -> None:
        counted_only = ("kept",) if self.in_full else ("kept", "moved")
        told = tuple(fate for fate in carried.fates if fate.status not in counted_only)
        after = carried.layer.text_sha256
        self.done.layers.append(
            LayerMigration(layer.article_id, layer.layer, layer.text_sha256, after, counted(carried.fates), told)
        )
        if any(fate.status != "moved" for fate in told):
            self.done.texts |= {layer.text_sha256: old.text, after: new.text}
        self.lost += [
            lost_line(layer, after, claim_as_line(fate.old), fate.why, context(fate.old, old.text))
            for fate in carried.lost
        ]

    def _decisions(self, article_id: str, carried: Sequence[_Carried]) -> None:
        """Decisions are about the text of the layers that they settle: that of which they name most claims."""
        path = decisions_file(self.project, article_id)
        moved = [one for one in carried if one.old.text != one.new.text]
        if not (moved and path.is_file()):
            return
        lines = [line for _, line in read_rows(path)]
        named = {claim["id"] for line in lines for claim in (line.get("a"), line.get("b")) if claim}
        settled = max(moved, key=lambda one: sum(claim.id in named for claim in one.before.claims))
        gone = {fate.old.id for one in moved for fate in one.after.lost}
        found = carry_decisions(lines, settled.old, settled.new, gone)
        self._write(path, rows_text(found.lines))
        self.done.decisions += len(found.lost)
        self.lost += [
            lost_line(
                settled.before, settled.after.layer.text_sha256, line, "a decision about a claim that is lost", None
            )
            for line in found.lost
        ]

    def _conflicts(self, article_id: str, carried: Sequence[_Carried]) -> None:
        """Conflicts that wait are about the text of their layer."""
        by_layer = {(one.before.layer, article_id): one for one in carried}
        for name, rows in self.conflicts.items():
            kept = []
            for row in rows:
                one = by_layer.get(row.place)
                after = row if one is None else carry_conflict(row, one.old, one.new)
                if after is not None:
                    kept.append(after)
                elif one is not None:
                    why = "a conflict about words that are lost"
                    self.lost.append(lost_line(one.before, one.after.layer.text_sha256, conflict_line(row), why, None))
            self.conflicts[name] = kept

    def _leave(self, article: Article, headers: Sequence[_Header], why: str, remedy: str) -> None:
        self.done.left.append(Left(article.article_id, tuple(header.layer for header in headers), why, remedy))

    def _refresh(self, article: Article) -> None:
        """The text layer of a restricted article that is here says what its file gives now."""
        if article.article_id not in self.done.restricted or article.document.text is None:
            return
        path = self.project.text_layer(article.article_id)
        text = rows_text(text_layer_rows(article.article_id, article.document, article.raw_encoding))
        if not path.is_file() or path.read_text("utf-8") != text:
            self.done.refreshed.append(article.article_id)
            self._write(path, text)

    def _write_rest(self) -> None:
        self.done.edited = [
            new.id for old, new in zip(self.project.catalogue, self.rows, strict=True) if old.sha256 != new.sha256
        ]
        if self.done.edited:
            rows = sorted(self.rows, key=lambda row: row.id)
            self._write(self.project.catalogue_file, rows_text(map(asdict, rows)))
        for name, found in self.conflicts.items():
            self._write(Places(self.project, name).tracked / "conflicts.jsonl", rows_text(map(conflict_line, found)))
        if self.lost:
            open_lines = [self._as_tracked(line) for line in self.lost]
            self._write(lost_file(self.project), with_lines(lost_file(self.project), open_lines))
            whole = [line for line in self.lost if line["article_id"] in self.done.restricted and line["context"]]
            if whole:
                self._write(withheld_lost_file(self.project), with_lines(withheld_lost_file(self.project), whole))

    def _as_tracked(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """What git may hold of something lost: the claim as its layer held it, without words of a restricted text."""
        return {**line, "context": None if line["article_id"] in self.done.restricted else line["context"]}

    def _write(self, path: Path, text: str) -> None:
        if self.made is not None:
            self.made.write(path, text)


def _headers(project: Project) -> dict[str, list[_Header]]:
    """The headers of all layers, by article."""
    found: dict[str, list[_Header]] = defaultdict(list)
    for path in layer_files(project.layers):
        _, header = next(read_rows(path), (1, {}))
        found[path.stem].append(
            _Header(path, path.parent.name, str(header.get("text_sha256")), str(header.get("normalizer")))
        )
    return found


def _is_stale(header: _Header, article: Article) -> bool:
    return (header.text_sha256, header.normalizer) != (article.document.text_sha256, article.document.normalizer)


def _version(article: Article) -> Version:
    assert article.document.text is not None
    return Version(article.document.text, article.document.alignment, article.raw_sha256)


def _chunks(rows: Iterable[CatalogueRow]) -> Iterator[list[CatalogueRow]]:
    left = iter(rows)
    while chunk := list(islice(left, _TOGETHER)):
        yield chunk
