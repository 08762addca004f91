"""What the rules of a project's stations want to know, read without stopping at what is wrong.

All that can be read is read, and what cannot becomes a value; nothing here judges. An article that cannot be read is
told of once: rules about its layers and its rows in the dataset are then not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from parallaxe.core.errors import DataError, ParallaxeError, ProjectError, RawFileError
from parallaxe.dataset.citation import citation_faults
from parallaxe.dataset.sections import prompts
from parallaxe.store.annotations import layer_files, scan_knowledge_base, scan_layer_file
from parallaxe.store.catalogue import CatalogueRow, scan_catalogue
from parallaxe.store.citation import read_citation
from parallaxe.store.corpus import project_card, stray_files
from parallaxe.store.jsonl import read_rows
from parallaxe.store.project import Project
from parallaxe.store.reading import read_article
from parallaxe.store.render import stale_files
from parallaxe.store.rights.exposure import exposed_texts
from parallaxe.store.rights.takedown import read_takedowns, takedowns_file
from parallaxe.store.sources import SIZE_LIMIT, Item, check_inside
from parallaxe.store.text_layer import text_layer_rows
from parallaxe.text.document import Block, Document
from parallaxe.validate.failures import Complaint
from parallaxe.validate.layer_lines import LayerLines
from parallaxe.validate.layers import LayerContext
from parallaxe.validate.stations import RawFile, Sources, Stations

_PLACE = re.compile(r"(.+):([0-9]{1,9})", re.DOTALL)

STALE_TEXT_LAYER = "the text layer is not that of the article; `parallaxe hydrate` writes it anew"


class Text(NamedTuple):
    """What layers need of an article: the hash of its text, and its blocks."""

    sha256: str
    blocks: tuple[Block, ...]


@dataclass
class Articles:
    """The articles of a project: rows of the catalogue, files, texts; `unread` are those without a text."""

    rows: list[CatalogueRow] = field(default_factory=list)
    broken_rows: list[Complaint] = field(default_factory=list)
    raw_files: list[RawFile] = field(default_factory=list)
    texts: dict[str, Text] = field(default_factory=dict)

    @property
    def unread(self) -> frozenset[str]:
        """Articles that have a row and no text."""
        return frozenset(row.id for row in self.rows) - set(self.texts)


def complaint_of(error: ParallaxeError, line: int | None = None) -> Complaint:
    """An error of the store as a complaint about its file, at the line that the error names."""
    place = _PLACE.fullmatch(error.where)
    file, number = (place[1], int(place[2])) if place else (error.where, line)
    return Complaint(f"{error.what}; {error.remedy}", file, number)


def broken_schemas(project: Project) -> tuple[Complaint, ...]:
    """What keeps the schemas of a project from being read; empty where they can be."""
    try:
        _ = project.schemas
    except ParallaxeError as error:
        complaint = complaint_of(error)
        # Schemas name their files as a project does.
        is_inside = (project.root / error.where).is_file()
        return (complaint._replace(file=str(project.root / error.where)) if is_inside else complaint,)
    return ()


def read_articles(project: Project, only: str | None = None) -> Articles:
    """All articles of a project, or one of them."""
    articles = Articles()
    for line, row in scan_catalogue(project.catalogue_file):
        if isinstance(row, ProjectError):
            articles.broken_rows.append(complaint_of(row, line))
            continue
        articles.rows.append(row)
        if only in (None, row.id):
            raw, text = _raw_file(project, row, line or 1)
            articles.raw_files.append(raw)
            if text is not None:
                articles.texts[row.id] = text
    return articles


def _raw_file(project: Project, row: CatalogueRow, line: int) -> tuple[RawFile, Text | None]:
    """The file of a row as it is, and the text in it or in the text layer that stands for it."""
    path, layer = project.seeds / row.file, project.text_layer(row.id)
    raw = RawFile(row.id, str(path), line, row.is_open, row.sha256)
    if not (path.is_symlink() or path.exists()):
        return _standing_for(raw, row, layer)
    try:
        check_inside(path, project.seeds)
        raw = raw._replace(found_sha256=sha256(path.read_bytes()).hexdigest())
    except RawFileError as error:
        return raw._replace(leaving=f"{error.what}; {error.remedy}"), None
    except OSError as error:
        return raw._replace(leaving=f"it cannot be read ({error.strerror}); make it readable"), None
    if raw.found_sha256 != row.sha256:
        return raw, None
    try:
        article = read_article(Item(row.id, row.file, path, SIZE_LIMIT, layer, rights=row.rights))
    except DataError as error:
        return raw._replace(unreadable=f"{error.what}; {error.remedy}"), None
    is_stale = not row.is_open and not _is_current(layer, row.id, article.document, article.raw_encoding)
    return raw._replace(text_layer=STALE_TEXT_LAYER if is_stale else None), _text(article.document)


def _standing_for(raw: RawFile, row: CatalogueRow, layer: Path) -> tuple[RawFile, Text | None]:
    if row.is_open:
        return raw, None
    try:
        article = read_article(Item(row.id, row.file, None, SIZE_LIMIT, layer, raw_sha256=row.sha256))
    except (DataError, OSError):
        return raw._replace(text_layer=STALE_TEXT_LAYER), None
    return raw, _text(article.document)


def _text(document: Document) -> Text:
    return Text(document.text_sha256, document.blocks)


def _is_current(layer: Path, article_id: str, document: Document, encoding: str) -> bool:
    if not layer.is_file():
        return False
    try:
        return [row for _, row in read_rows(layer)] == list(text_layer_rows(article_id, document, encoding))
    except DataError:
        return False


def read_stations(project: Project, articles: Articles, layers: Sequence[LayerLines]) -> Stations:
    """A project as it stands on the disk, but for the dataset that was built from it."""
    named = {row.file for row in articles.rows}
    knowledge = scan_knowledge_base(project.knowledge_base, project.schemas)
    exposures, absent = ((), ()) if articles.broken_rows else exposed_texts(project)
    unrendered = None
    try:
        rendered, figures = _stale_pages(project)
    except ParallaxeError as error:
        rendered, figures, unrendered = (), (), complaint_of(error)
    return Stations(
        catalogue=str(project.catalogue_file),
        corpus=str(project.corpus),
        broken_rows=tuple(articles.broken_rows),
        raw_files=tuple(articles.raw_files),
        # Behind a broken row its file would look like a stray.
        strays=() if articles.broken_rows else tuple(str(path) for path in stray_files(project, named)),
        broken_entities=tuple(complaint_of(row, line) for line, row in knowledge if isinstance(row, ProjectError)),
        rendered=rendered,
        figures=figures,
        unrendered=unrendered,
        prompts=tuple(_prompts(project)),
        citation=tuple(_citation_faults(project)),
        sources=_sources(articles, layers),
        unknown=articles.unread,
        taken_down=tuple(_back(project, articles, layers)),
        exposures=exposures,
        absent=absent,
    )


def _sources(articles: Articles, layers: Sequence[LayerLines]) -> Sources:
    texts = {article_id: text.sha256 for article_id, text in articles.texts.items()}
    claims = {
        (file.read.layer.layer, file.read.layer.article_id): len(file.read.layer.claims)
        for file in layers
        if file.read.layer is not None
    }
    return Sources(texts, claims)


def _back(project: Project, articles: Articles, layers: Sequence[LayerLines]) -> Iterator[Complaint]:
    """Where articles that were taken down are back; a record of takedowns that cannot be read."""
    try:
        taken = {one.id: one for one in read_takedowns(project)}
    except ParallaxeError as error:
        yield complaint_of(error)
        return
    digests = {one.sha256: one for one in taken.values()}
    for raw in articles.raw_files:
        one = taken.get(raw.article_id) or digests.get(raw.sha256)
        if one is not None:
            remedy = f"`parallaxe takedown {raw.article_id}`, or take its line out of {takedowns_file(project).name}"
            message = f"the article was taken down on {one.date} and is back; {remedy}"
            yield Complaint(message, str(project.catalogue_file), raw.line, None, raw.article_id)
    catalogued = {row.id for row in articles.rows}
    for file in layers:
        name = Path(file.path).stem
        if name in taken and name not in catalogued:
            yield Complaint("a layer of an article that was taken down; remove it", file.path, None, None, name)


def _stale_pages(project: Project) -> tuple[tuple[str, ...], tuple[Complaint, ...]]:
    """Files rendered from schemas that are stale, and pages of figures that are, each with its first line."""
    rendered: list[str] = []
    figures: list[Complaint] = []
    try:
        stale = stale_files(project)
    except ProjectError as error:
        if not Path(error.where).is_relative_to(project.corpus / "data"):
            raise
        # What is wrong with a file of the dataset is told of that file; here it would hide slips in pages.
        stale = stale_files(project, counted=False)
    for path, text in stale:
        if path.is_relative_to(project.root / "schemas") or path == project.guidelines or "docs" in path.parts:
            rendered.append(str(path))
        else:
            line = _first_difference(path.read_text("utf-8", errors="replace") if path.is_file() else "", text)
            figures.append(Complaint("is not what the data says; run `parallaxe render`", str(path), line))
    return tuple(rendered), tuple(figures)


def _prompts(project: Project) -> Iterator[Complaint]:
    """Places of the card where nobody has written yet."""
    text = project.card.read_text("utf-8", errors="replace") if project.card.is_file() else ""
    for number, line in prompts(text):
        yield Complaint("nobody has written this yet; answer it, or take it away", str(project.card), number, line)


def _citation_faults(project: Project) -> Iterator[Complaint]:
    """Where `CITATION.cff` disagrees with the card; either of them that cannot be read is told apart."""
    try:
        citation, card = read_citation(project), project_card(project)
    except (ParallaxeError, UnicodeDecodeError):
        return
    for fault in citation_faults(citation, card) if citation is not None else ():
        yield Complaint(f"{fault}; make them agree", str(project.citation))


def _first_difference(one: str, other: str) -> int:
    """The first line (from 1) in which two texts differ."""
    pairs = zip_longest(one.split("\n"), other.split("\n"))
    return next((number for number, (left, right) in enumerate(pairs, 1) if left != right), 1)


def scan_layers(project: Project) -> list[LayerLines]:
    """Every layer file of a project, in order."""
    return [scan_layer_file(path) for path in layer_files(project.layers)]


def layer_contexts(layers: Sequence[LayerLines], articles: Articles, project: Project) -> list[LayerContext]:
    """Layers with what their claims must fit; those of articles that could not be read are left out."""
    known = {
        entity.kb_id
        for _, entity in scan_knowledge_base(project.knowledge_base)
        if not isinstance(entity, ProjectError)
    }
    contexts = []
    for file in layers:
        layer = file.read.layer
        if layer is None or layer.article_id in articles.unread:
            continue
        if articles.broken_rows and layer.article_id not in articles.texts:
            continue  # its row may be the one that is broken
        text = articles.texts.get(layer.article_id)
        blocks, digest = (text.blocks, text.sha256) if text else (None, None)
        contexts.append(LayerContext(layer, file.path, file.read.lines, digest, blocks, known, project.schemas.labels))
    return contexts
