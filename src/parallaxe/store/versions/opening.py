"""What somebody means who names a version: a directory, a revision of the repository, a dataset on a Hub.

A directory is looked for first, and a name that says `hf://` is never anything else than a dataset on a Hub. Without
it, `OWNER/NAME@REVISION` is one too: git has no such revisions but with braces, as in `origin/main@{1}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from parallaxe.core.errors import UsageError
from parallaxe.store.atomic import surroundings
from parallaxe.store.project import Project
from parallaxe.store.schemas import load_schemas
from parallaxe.store.versions.dataset_version import MANIFEST, DatasetVersion
from parallaxe.store.versions.project_version import ProjectVersion
from parallaxe.store.versions.revisions import commit_of, is_project, version_files
from parallaxe.store.versions.version import Version

_HUB = "hf://"
_ON_HUB = re.compile(r"(?:datasets/)?(?P<repo>[\w.-]+/[\w.-]+)(?:@(?P<revision>[^{@\s][^@\s]*))?")


@contextmanager
def open_version(name: str | None, here: Project | None) -> Iterator[Version]:
    """The version of that name; null is the work tree of the project.

    Raises:
        UsageError: if there is none, or it holds neither a project nor a dataset that was built here.
        SurroundingsError: if there is no git, or the network fails.
    """
    if name is not None and (on_hub := _on_hub(name)) is not None:
        with _downloaded(*on_hub) as folder:
            yield _dataset(name, folder, here)
    elif name is not None and _is_dataset(Path(name), here):
        yield _dataset(name, Path(name), here)
    else:
        with version_files(name, here) as files:
            yield ProjectVersion(files, [here] if here is not None else [])


def _is_dataset(folder: Path, here: Project | None) -> bool:
    """True for a directory that is no project, and has a manifest or is at least no revision either."""
    with surroundings(folder):
        if not folder.is_dir() or is_project(folder):
            return False
        is_built = (folder / MANIFEST).is_file()
    return is_built or here is None or commit_of(here.root, str(folder)) is None


def _dataset(name: str, folder: Path, here: Project | None) -> DatasetVersion:
    schemas = here.schemas if here is not None else load_schemas()
    return DatasetVersion(name, folder, schemas.labels["stance_levels"])


def _on_hub(name: str) -> tuple[str, str | None] | None:
    """Repository and revision, where a name means a dataset on a Hub.

    >>> _on_hub("hf://parallaxe/corpus@v1"), _on_hub("parallaxe/corpus@v1"), _on_hub("origin/main@{1}")
    (('parallaxe/corpus', 'v1'), ('parallaxe/corpus', 'v1'), None)
    """
    found = _ON_HUB.fullmatch(name.removeprefix(_HUB))
    if not name.startswith(_HUB):
        is_meant = found is not None and found["revision"] is not None and not Path(name).exists()
        return (found["repo"], found["revision"]) if found is not None and is_meant else None
    if found is None:
        raise UsageError(name, "no dataset on a Hub is called so", "write hf://OWNER/NAME@REVISION")
    return found["repo"], found["revision"]


@contextmanager
def _downloaded(repo: str, revision: str | None) -> Iterator[Path]:
    from parallaxe.store.publishing.hub import snapshot

    with surroundings("temporary folder"):
        folder = TemporaryDirectory(prefix="parallaxe-")
    with folder as made:
        yield snapshot(repo, revision, Path(made) / "dataset")
