"""What was released before: the tags of a repository, and where they are lost, its changelog."""

from __future__ import annotations

from typing import NamedTuple

from parallaxe.compare.versioning import Version, parse_version
from parallaxe.core.errors import SurroundingsError, UsageError
from parallaxe.store.release.changelog import newest_released
from parallaxe.store.release.git import Repository

CHANGELOG = "CHANGELOG.md"
CORPUS = "corpus"
MANIFEST = f"{CORPUS}/manifest.json"
TRAILER = "Data-Version"
"""Names the version in the message of a release's commit, so that a release without a tag is found."""


class Released(NamedTuple):
    """A version of the data that was released, and the tag or commit that holds it."""

    version: Version
    revision: str


def tag_name(version: Version) -> str:
    """The tag of a version of the data."""
    return f"v{version}"


def released_versions(repository: Repository, head: str) -> list[Released]:
    """The releases among the tags of a commit and those before it, newest version first.

    A tag counts where its name is `v` and a version, and a dataset with a manifest was committed there.
    """
    names = repository.git("tag", "--merged", head, "--list", "v*").splitlines()
    versions = {name: parse_version(name.removeprefix("v")) for name in names}
    found = [Released(version, name) for name, version in versions.items() if version is not None]
    return sorted((release for release in found if repository.has(release.revision, MANIFEST)), reverse=True)


def last_release(repository: Repository, head: str) -> Released | None:
    """The newest release before or at a commit; null where there was none yet.

    Raises:
        SurroundingsError: if the changelog tells of a newer one that this clone knows nothing of.
    """
    tagged = next(iter(released_versions(repository, head)), None)
    path = repository.path(CHANGELOG)
    changelog = repository.git("show", f"{head}:{path}") if repository.has(head, CHANGELOG) else ""
    told = newest_released(changelog)
    if told is None or (tagged is not None and told <= tagged.version):
        return tagged
    commit = repository.git("log", "-1", "--format=%H", f"--grep=^{TRAILER}: {told}$".replace(".", "\\."), head)
    if not commit:
        what = f"it tells of release {told}, but this clone has no tag {tag_name(told)}"
        raise SurroundingsError(CHANGELOG, what, "`git fetch --tags --unshallow`, or tag the commit of that release")
    return Released(told, commit)


def release_named(repository: Repository, name: str) -> Released:
    """A release by its version or tag, whatever branch it is on.

    Raises:
        UsageError: if there is none of that name.
    """
    version = parse_version(name.removeprefix("v"))
    if version is None or repository.commit_of(f"refs/tags/{tag_name(version)}") is None:
        raise UsageError(name, "no release of that name", "name a version that `git tag` lists, or none for all")
    if not repository.has(tag_name(version), MANIFEST):
        raise UsageError(name, f"no dataset is committed there ({MANIFEST})", "name a release of the data")
    return Released(version, tag_name(version))
