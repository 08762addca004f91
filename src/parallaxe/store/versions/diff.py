"""Two versions of a corpus, read as far as they differ, and what changed between them.

Layers that are the same in both are not parsed; the others are read, compared and let go one after another, so that
memory holds no more than what changed. Only texts that a change is about are kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from parallaxe.compare.changes import Changes, LayerChange
from parallaxe.compare.corpus_diff import diff_articles, diff_knowledge
from parallaxe.compare.layer_diff import diff_layers
from parallaxe.core.claims import Layer
from parallaxe.core.errors import UsageError
from parallaxe.core.schema import Schemas
from parallaxe.store.project import Project, find_project
from parallaxe.store.schemas import load_schemas
from parallaxe.store.versions.dataset_version import DatasetVersion
from parallaxe.store.versions.opening import open_version
from parallaxe.store.versions.project_version import ProjectVersion
from parallaxe.store.versions.reduced import ReducedVersion
from parallaxe.store.versions.revisions import HEAD
from parallaxe.store.versions.version import Key, Version

_TOGETHER = 512
"""Layers that are brought from git at once."""


class Diff(NamedTuple):
    """What changed between two versions, by name; the texts at hand by their hash, and which may not be passed on."""

    old: str
    new: str
    changes: Changes
    texts: Mapping[str, str]
    restricted: frozenset[str]


def diff_versions(
    start: Path, old: str | None = None, new: str | None = None, layers: Collection[str] | None = None
) -> Diff:
    """What changed from a version (null: HEAD) to another (null: the work tree), in all layers or some.

    A version is a directory of a project or of a built dataset, a revision of the repository, or a dataset on a Hub.

    Raises:
        UsageError: if a version or layer is not there.
        ProjectError: if a catalogue or a layer that differs is broken.
        SurroundingsError: if git, the network or the disk fails.
    """
    try:
        project = find_project(start)
    except UsageError:
        project = None
    with ExitStack() as stack:
        before = stack.enter_context(open_version(old or HEAD, project))
        after = stack.enter_context(open_version(new, project))
        return diff_between(*_alike(before, after), _schemas(project, after, before), layers)


def _alike(before: Version, after: Version) -> tuple[Version, Version]:
    """Both as one kind: of a project and a dataset, the project is seen as a dataset tells it."""
    if isinstance(before, ProjectVersion) and isinstance(after, DatasetVersion):
        return ReducedVersion(before, after), after
    if isinstance(before, DatasetVersion) and isinstance(after, ProjectVersion):
        return before, ReducedVersion(after, before)
    return before, after


def _schemas(project: Project | None, *versions: Version) -> Schemas:
    """Those of the project that the command runs in, else of a version that is one."""
    own = (version.files.project for version in versions if isinstance(version, ProjectVersion))
    found = project or next(own, None)
    return found.schemas if found is not None else load_schemas()


def diff_between(before: Version, after: Version, schemas: Schemas, layers: Collection[str] | None = None) -> Diff:
    """What changed between two open versions of one kind."""
    keys = _differing(before, after, layers)
    raw = (before.raw_digests(), after.raw_digests())
    edited = {name for name in raw[0].keys() & raw[1].keys() if raw[0][name] != raw[1][name]}
    signs = {label.name: label.sign for label in schemas.labels["polarities"].labels}
    texts: dict[str, str] = {}
    changes = Changes(
        diff_articles(before.articles(edited), after.articles(edited)),
        tuple(_layer_changes(before, after, keys, texts, signs)),
        diff_knowledge(before.known(), after.known()),
    )
    return Diff(before.name, after.name, changes, texts, frozenset({*before.restricted, *after.restricted}))


def _differing(before: Version, after: Version, names: Collection[str] | None) -> list[Key]:
    """The layers that are not known to be the same in both."""
    old, new = before.layers, after.layers
    known = sorted({layer for layer, _ in (*old, *new)})
    for name in names or ():
        if name not in known:
            remedy = f"name one of {', '.join(known) or 'those you have'}"
            raise UsageError("--layer", f"no layer `{name}` in either version", remedy)
    return sorted(
        key for key in old.keys() | new.keys() if old.get(key) != new.get(key) and (not names or key[0] in names)
    )


def _layer_changes(
    before: Version, after: Version, keys: Sequence[Key], texts: dict[str, str], signs: Mapping[str, int]
) -> Iterator[LayerChange]:
    """What changed in each of some layers; the texts that its changes are about are added to `texts`."""
    waiting = iter(keys)
    while some := list(islice(waiting, _TOGETHER)):
        before.prepare(some)
        after.prepare(some)
        for key in some:
            old, new = before.layer(key), after.layer(key)
            own = dict(_texts(before, after, texts, old, new)) if _is_edited(old, new) else {}
            if (change := diff_layers(old, new, own, signs)) is None:
                continue
            if not change.is_whole:
                texts.update(own or _texts(before, after, texts, old, new))
            yield change


def _is_edited(old: Layer | None, new: Layer | None) -> bool:
    return old is not None and new is not None and old.text_sha256 != new.text_sha256


def _texts(
    before: Version, after: Version, known: Mapping[str, str], *layers: Layer | None
) -> Iterator[tuple[str, str]]:
    """The texts that layers of one article are about, as far as they are at hand; those that are known, as such."""
    wanted = {layer.text_sha256: layer.article_id for layer in layers if layer is not None}
    for digest in [digest for digest in wanted if digest in known]:
        del wanted[digest]
        yield digest, known[digest]
    for version in (before, after):
        for article_id in set(wanted.values()):
            found = version.text(article_id)
            if found is not None and wanted.pop(found.digest, None) is not None:
                yield found
