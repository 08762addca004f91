"""`parallaxe publish`: a built dataset goes to the Hub as one commit and a tag, or not at all.

What has to be sent is told by comparing hashes with what is there, so it may be run again at any time: after a failure
it goes on, after a success it finds nothing to do. The commit names the one that was looked at as its parent, so that
the Hub refuses it where somebody else was faster. A published version does not change: a tag is never moved.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from huggingface_hub import CommitOperationAdd, CommitOperationDelete, HfApi
from huggingface_hub.errors import GatedRepoError, RepositoryNotFoundError

from parallaxe.core.errors import ProjectError, SurroundingsError, UsageError
from parallaxe.store.atomic import surroundings
from parallaxe.store.hub import (
    DATASET,
    LOG_IN,
    Hashes,
    RemoteFile,
    checked_name,
    current_token,
    hub_api,
    hub_errors,
    quiet,
    remote_files,
    told,
)
from parallaxe.store.publication import BESIDE, Publication, read_publication

Change: TypeAlias = Literal["add", "replace", "delete", "keep"]
"""What happens to a file on the Hub; `keep` where it is there already as it is here."""

_DATA = "data/"
_SMALL = 1 << 20
"""Files up to so many bytes are read before anything is sent, so that a build meanwhile cannot mix two versions."""

_PART = 64 << 20
"""Beyond so many bytes, files are sent a part at a time, and each is told."""

Say: TypeAlias = Callable[[str], object]
"""Told what is being done, a line at a time."""


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


class Published(NamedTuple):
    """What was done, of what and by which plan: the commit that it is at, the tag that was set; null where none was."""

    publication: Publication
    plan: Plan
    commit: str | None = None
    tag: str | None = None


def publish(folder: Path, wanted: Wanted, say: Say = str, api: HfApi | None = None) -> Published:
    """Tell what publishing a dataset would do to a repository on the Hub, and do it where that is wanted.

    Args:
        folder: a built dataset.
        wanted: where it shall be, and how.
        say: told of each step before it is done.
        api: the client; by default as its environment sets it up.

    Raises:
        DataError: if the dataset breaks the gate, holds restricted texts, or its version is published otherwise.
        UsageError: if there is no dataset, the name is none, or the token is missing or may not do it.
        SurroundingsError: if the network or the server fails, or somebody else changes the repository meanwhile.
    """
    api = api or hub_api()
    wanted = wanted._replace(repo=checked_name(wanted.repo))
    if current_token(api) is None and wanted.do:
        raise UsageError("HF_TOKEN", "no token to publish with", LOG_IN)
    return publish_to(read_publication(folder), wanted, api, say)


def publish_to(publication: Publication, wanted: Wanted, api: HfApi, say: Say = str) -> Published:
    """The same for a dataset that may be published, and a call that was checked."""
    with hub_errors(told(wanted.repo), api), quiet(say):
        plan = make_plan(publication, wanted, api)
        if plan.is_done or not wanted.do:
            return Published(publication, plan)
        return _carry_out(plan, publication, wanted, api, say)


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


def _carry_out(plan: Plan, publication: Publication, wanted: Wanted, api: HfApi, say: Say) -> Published:
    if not plan.exists:
        say(f"making {told(plan.repo)}")
        api.create_repo(plan.repo, repo_type=DATASET, private=wanted.private)
        plan = make_plan(publication, wanted, api)._replace(exists=False)
    commit = plan.head
    if plan.changed:
        say(f"sending {len(plan.changed)} files")
        commit = _commit(plan, publication, api, say)
    if plan.tag is not None:
        say(f"setting the tag {plan.tag}")
        message = f"{publication.message}\n\nsha256:{publication.manifest.digest}"
        api.create_tag(plan.repo, tag=plan.tag, tag_message=message, revision=commit, repo_type=DATASET)
    return Published(publication, plan, commit, plan.tag)


def _commit(plan: Plan, publication: Publication, api: HfApi, say: Say) -> str:
    additions = [_addition(publication, file.path) for file in plan.changed if file.change != "delete"]
    deletions = [CommitOperationDelete(file.path) for file in plan.changed if file.change == "delete"]
    groups = _groups(additions)
    for number, group in enumerate(groups[:-1], 1):
        api.preupload_lfs_files(plan.repo, group, repo_type=DATASET)
        say(f"sent {number} of {len(groups)} parts")
    done = api.create_commit(
        plan.repo,
        [*additions, *deletions],
        commit_message=publication.message,
        commit_description=publication.description,
        repo_type=DATASET,
        parent_commit=plan.head,
    )
    return str(done.oid)


def _groups(additions: Sequence[CommitOperationAdd]) -> list[list[CommitOperationAdd]]:
    """Files in their order, as many at once as it pays to tell how far it is."""
    groups: list[list[CommitOperationAdd]] = [[]]
    size = 0
    for addition in additions:
        if groups[-1] and size + addition.upload_info.size > _PART:
            groups.append([])
            size = 0
        groups[-1].append(addition)
        size += addition.upload_info.size
    return groups


def _addition(publication: Publication, name: str) -> CommitOperationAdd:
    """A file to send, which is refused where it is no longer the one that was looked at."""
    path, hashes = publication.folder / name, publication.files[name]
    with surroundings(path):
        content = path.read_bytes() if hashes.size <= _SMALL else None
    if content is not None and hashlib.sha256(content).hexdigest() != hashes.sha256:
        raise SurroundingsError(str(path), "it changed while this ran", "run it again when the build has ended")
    addition = CommitOperationAdd(name, str(path) if content is None else content)
    # The Hub checks what comes against this hash.
    addition.upload_info.sha256 = bytes.fromhex(hashes.sha256)
    return addition
