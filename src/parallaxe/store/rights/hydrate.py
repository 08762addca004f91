"""Bringing copies of restricted articles into a project: exact ones by their hash, other editions by fingerprints.

An exact copy becomes the raw file of its article, whatever its name. A near-copy that has enough of the text is kept as
an edition (`store.editions`), and what of it matched is told: how much, which claims have a place in it, which are
lost. Below the threshold it is refused, and the share told. An exact copy that comes later takes its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from parallaxe.compare.editions import Edition
from parallaxe.core.errors import ParallaxeError, RawFileError
from parallaxe.core.wording import counted
from parallaxe.store.annotations import layer_files, read_layer
from parallaxe.store.atomic import write_bytes
from parallaxe.store.catalogue import CatalogueRow
from parallaxe.store.jsonl import read_rows
from parallaxe.store.project import Project
from parallaxe.store.reading import read_article
from parallaxe.store.rights.editions import (
    LEAST_SHARE,
    Candidate,
    candidate,
    compare_with,
    drop_edition,
    keep_edition,
    still_kept,
)
from parallaxe.store.rights.offered import Offered, offered_files
from parallaxe.store.sources import Item
from parallaxe.store.text_layer import TextLayer, read_text_layer, text_layer_rows, write_text_layer
from parallaxe.text.read import FORMATS


class Likeness(NamedTuple):
    """How near a copy is: code points with fingerprints, and of these in the copy; sentences that it does not have.

    `claims` counts, for each layer, those that have a place in the copy and those that are lost.
    """

    share: float
    fingerprinted: int
    verified: int
    bridged: int
    missing: tuple[tuple[int, int], ...]
    claims: Mapping[str, tuple[int, int]]


class Match(NamedTuple):
    """What became of one restricted article or one file offered: `state` and why, in a sentence; how near it is.

    `file` is the one offered that it is about; null where there is none.
    """

    name: str
    state: str
    why: str
    file: str | None = None
    likeness: Likeness | None = None


PRESENT, COPIED, NEAR, REFUSED, WRONG, MISSING, UNUSED = (
    "present", "copied", "near", "refused", "wrong", "missing", "unused",
)  # fmt: skip
NOT_HERE = (REFUSED, WRONG, MISSING)
"""States of articles that are not here after all."""


@dataclass(frozen=True)
class _Offer:
    """What is offered: digests of the files that can be read, why others cannot, and those that may be editions."""

    files: Sequence[Offered]
    digests: Mapping[str, str]
    broken: Mapping[str, str]
    candidates: Mapping[str, Candidate]

    def with_hash(self, digest: str) -> Offered | None:
        return next((file for file in self.files if self.digests.get(file.name) == digest), None)

    def named(self, name: str) -> str | None:
        """The first file that has a name, whatever folder of an archive it is in."""
        return next((file.name for file in self.files if Path(file.name).name == name), None)

    def content(self, name: str) -> bytes:
        return next(file for file in self.files if file.name == name).read()


def hydrate(project: Project, place: Path) -> list[Match]:
    """Bring in the restricted articles that a folder or a zip archive holds, and report on every article and file.

    Exact copies go to `seeds/restricted/`, other editions to the state folder. One that bears the name of an article
    and has nothing of its text is `wrong`.

    Raises:
        UsageError: if there is no such folder or archive.
        RawFileError: if the archive cannot be read.
    """
    wanted = [row for row in project.catalogue if not row.is_open]
    with offered_files(place) as files:
        offer = _offer(files, {row.sha256 for row in wanted})
        matches = [_place(project, row, offer) for row in wanted]
    return [*matches, *_strays(matches, wanted, offer)]


def _strays(matches: Sequence[Match], wanted: Sequence[CatalogueRow], offer: _Offer) -> Iterator[Match]:
    """The files of which no article said anything."""
    known = {row.sha256 for row in wanted}
    told = {match.file for match in matches}
    for file in offer.files:
        if file.name not in told and offer.digests.get(file.name) not in known:
            unlike = "no restricted article has this hash, name or text"
            yield Match(file.name, UNUSED, offer.broken.get(file.name, unlike))


def _offer(files: Sequence[Offered], exact: set[str]) -> _Offer:
    digests: dict[str, str] = {}
    broken: dict[str, str] = {}
    candidates: dict[str, Candidate] = {}
    for file in files:
        try:
            content = file.read()
            digests[file.name] = sha256(content).hexdigest()
            if digests[file.name] not in exact and Path(file.name).suffix.lower() in FORMATS:
                candidates[file.name] = candidate(file.name, content)
        except RawFileError as error:
            broken[file.name] = f"{error.what}; {error.remedy}"
    return _Offer(files, digests, broken, candidates)


def _place(project: Project, row: CatalogueRow, offer: _Offer) -> Match:
    target = project.seeds / row.file
    if target.is_file() and sha256(target.read_bytes()).hexdigest() == row.sha256:
        _refresh_layer(project, row)
        return Match(row.id, PRESENT, "already there, hash verified")
    copy = offer.with_hash(row.sha256)
    if copy is not None:
        write_bytes(target, copy.read())
        _refresh_layer(project, row)
        drop_edition(project, row.id)
        return Match(row.id, COPIED, f"from {copy.name}, hash verified", copy.name)
    return _near(project, row, offer) or _absent(row, offer)


def _near(project: Project, row: CatalogueRow, offer: _Offer) -> Match | None:
    """The nearest of the candidates and of what was kept before; null where none has a sentence of the article."""
    layer = _layer(project, row)
    if layer is None or (project.seeds / row.file).exists():
        return None
    name, edition = _nearest(layer, offer.candidates.values())
    kept = still_kept(project, row)
    if kept is not None and (edition is None or kept.edition.share >= edition.share):
        likeness = _likeness(project, row, kept.edition)
        return Match(row.id, NEAR, f"an edition is there, {_told(likeness)}", None, likeness)
    if edition is None:
        return None
    likeness = _likeness(project, row, edition)
    if edition.share < LEAST_SHARE:
        why = f"{name}: {edition.share:.0%} of the text is in it, {LEAST_SHARE:.0%} are asked of another edition"
        return Match(row.id, REFUSED, why, name, likeness)
    keep_edition(project, row.id, name, offer.content(name))
    return Match(row.id, NEAR, f"{name}: another edition, {_told(likeness)}", name, likeness)


def _layer(project: Project, row: CatalogueRow) -> TextLayer | None:
    path = project.text_layer(row.id)
    try:
        return read_text_layer(path) if path.is_file() else None
    except ParallaxeError:
        return None


def _nearest(layer: TextLayer, candidates: Iterable[Candidate]) -> tuple[str, Edition | None]:
    wanted = {one.digest for one in layer.prints}
    likely = [one for one in candidates if wanted & {found.digest for found in one.prints}]
    compared = [(one.name, compare_with(layer, one)) for one in likely]
    return max(compared, key=lambda found: found[1].share, default=("", None))


def _likeness(project: Project, row: CatalogueRow, edition: Edition) -> Likeness:
    claims = {}
    for path in layer_files(project.layers):
        if path.stem == row.id:
            layer = read_layer(path).layer
            lost = len(edition.carry(layer.claims).lost)
            claims[layer.layer] = (len(layer.claims) - lost, lost)
    verified, bridged = (sum(one.end - one.start for one in part) for part in (edition.verified, edition.bridged))
    return Likeness(round(edition.share, 4), edition.length, verified, bridged, edition.missing, claims)


def _told(likeness: Likeness) -> str:
    placed = sum(found for found, _ in likeness.claims.values())
    lost = sum(gone for _, gone in likeness.claims.values())
    sentences = len(likeness.missing)
    told = f"{likeness.share:.0%} of the text verified, {counted(sentences, 'sentence')} not in it"
    return f"{told}; {placed} of {placed + lost} claims have a place" if placed + lost else told


def _absent(row: CatalogueRow, offer: _Offer) -> Match:
    name = offer.named(Path(row.file).name)
    if name is not None and name in offer.broken:
        return Match(row.id, WRONG, f"{name}: {offer.broken[name]}", name)
    if name is not None:
        why = f"{name} has SHA-256 {offer.digests[name][:12]}…, not {row.sha256[:12]}…, and no long sentence of it"
        return Match(row.id, WRONG, why, name)
    return Match(row.id, MISSING, "no file has its hash, its name or its text")


def _refresh_layer(project: Project, row: CatalogueRow) -> None:
    layer = project.text_layer(row.id)
    item = Item(row.id, row.file, project.seeds / row.file, layer=layer, raw_sha256=row.sha256)
    if not text_layer_is_current(item):
        article = read_article(item)
        write_text_layer(layer, row.id, article.document, article.raw_encoding)


def text_layer_is_current(item: Item) -> bool:
    """True where the text layer of an item says exactly what its file gives today."""
    if item.layer is None or not item.layer.is_file():
        return False
    article = read_article(item)
    wanted: list[dict[str, Any]] = list(text_layer_rows(item.article_id, article.document, article.raw_encoding))
    return [row for _, row in read_rows(item.layer)] == wanted
