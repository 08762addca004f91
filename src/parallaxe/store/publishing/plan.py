"""What publishing a dataset would do to a repository on the Hub: its files are compared by hash with what is there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

from huggingface_hub import HfApi
from huggingface_hub.errors import GatedRepoError, RepositoryNotFoundError

from parallaxe.core.errors import ProjectError, UsageError
from parallaxe.store.publishing.hub import DATASET, Hashes, RemoteFile, remote_files
from parallaxe.store.publishing.hub_client import current_token, told
from parallaxe.store.publishing.publication import BESIDE, Publication

Change: TypeAlias = Literal["add", "replace", "delete", "keep"]
"""What happens to a file on the Hub; `keep` where it is there already as it is here."""

_DATA = "data/"


class Wanted(NamedTuple):
    """Where a dataset shall be, and how.

    Args:
        repo: OWNER/NAME.
        private: to whom it is shown, where it is made.
        tag: whether its version is tagged.
        do: false for a plan alone.
    """

    repo: str
    private: bool = False
    tag: bool = True
    do: bool = False


class FileChange(NamedTuple):
    """What happens to a file on the Hub; its size in bytes, of a deleted one as it was."""

    path: str
    change: Change
    size: int


class Plan(NamedTuple):
    """What there is to do, and what was found.

    Args:
        repo: OWNER/NAME.
        exists: false where it has to be made, or does not show itself.
        is_anonymous: true where no token was sent, so that a private one was not seen.
        private: as it is, or as it will be made.
        head: the commit that was looked at; null where there is none.
        files: what happens to which file, by path; nothing where the tag says that this version is published.
        others: files there that are not ours and stay.
        tag: the tag to be set; null where it is there already, or none is wanted.
        published: true where the tag of this version is there, on these files.
        has_moved: true where the main branch has other files than this published version.
    """

    repo: str
    exists: bool
    is_anonymous: bool
    private: bool
    head: str | None
    files: tuple[FileChange, ...]
    others: tuple[str, ...]
    tag: str | None
    published: bool
    has_moved: bool = False

    @property
    def changed(self) -> tuple[FileChange, ...]:
        """Files that the commit is about."""
        return tuple(file for file in self.files if file.change != "keep")

    @property
    def is_done(self) -> bool:
        """True where there is nothing to do."""
        return self.exists and not self.changed and self.tag is None


def planned(ours: Mapping[str, Hashes], theirs: Mapping[str, RemoteFile]) -> tuple[FileChange, ...]:
    """What makes the files of a dataset on the Hub those that are here, by path; files that are not ours stay."""
    changes = [FileChange(path, _change(hashes, theirs.get(path)), hashes.size) for path, hashes in ours.items()]
    gone = [path for path in theirs if path not in ours and is_ours(path)]
    return tuple(sorted([*changes, *(FileChange(path, "delete", theirs[path].size) for path in gone)]))


def _change(hashes: Hashes, remote: RemoteFile | None) -> Change:
    return "add" if remote is None else "keep" if remote.is_same(hashes) else "replace"


def is_ours(path: str) -> bool:
    """True for what a dataset consists of; what else stands in a repository (.gitattributes, pictures) is not."""
    return path in BESIDE or path.startswith(_DATA)


def make_plan(publication: Publication, wanted: Wanted, api: HfApi) -> Plan:
    """Look at the repository, and say what there is to do.

    Raises:
        ProjectError: if the tag of this version is there, on other files.
        UsageError: if it shall be private and is public.
    """
    tag = publication.tag if wanted.tag else None
    try:
        info = api.dataset_info(wanted.repo)
    except RepositoryNotFoundError as error:
        if isinstance(error, GatedRepoError):
            raise
        files, is_anonymous = planned(publication.files, {}), current_token(api) is None
        return Plan(wanted.repo, False, is_anonymous, wanted.private, None, files, (), tag, published=False)
    if wanted.private and not info.private:
        raise UsageError(
            told(wanted.repo), "it is public already", "make it private in its settings, or leave --private"
        )
    theirs = remote_files(wanted.repo, info.sha, api) if info.sha else {}
    plan = Plan(
        wanted.repo,
        exists=True,
        is_anonymous=current_token(api) is None,
        private=bool(info.private),
        head=info.sha,
        files=planned(publication.files, theirs),
        others=tuple(sorted(path for path in theirs if not is_ours(path))),
        tag=tag,
        published=False,
    )
    if tag is not None and _is_published(publication, wanted.repo, api):
        return plan._replace(files=(), tag=None, published=True, has_moved=bool(plan.changed))
    return plan


def _is_published(publication: Publication, repo: str, api: HfApi) -> bool:
    """True where the tag of the version is there, on the same files."""
    tags = {ref.name: ref.target_commit for ref in api.list_repo_refs(repo, repo_type=DATASET).tags}
    if publication.tag not in tags:
        return False
    theirs = remote_files(repo, publication.tag, api)
    if any(file.change != "keep" for file in planned(publication.files, theirs)):
        what = f"{publication.tag} is published with other files (commit {tags[publication.tag][:8]})"
        raise ProjectError(told(repo), what, "a published version does not change: raise the version, and build")
    return True
