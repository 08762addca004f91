"""`parallaxe publish`: a built dataset goes to the Hub as one commit and a tag, or not at all.

What has to be sent is told by comparing hashes with what is there, so it may be run again at any time: after a failure
it goes on, after a success it finds nothing to do. The commit names the one that was looked at as its parent, so that
the Hub refuses it where somebody else was faster. A published version does not change: a tag is never moved.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

from huggingface_hub import CommitOperationAdd, CommitOperationDelete, HfApi

from parallaxe.core.errors import SurroundingsError, UsageError
from parallaxe.core.wording import counted
from parallaxe.store.atomic import surroundings
from parallaxe.store.publishing.hub import DATASET
from parallaxe.store.publishing.hub_client import LOG_IN, checked_name, current_token, hub_api, hub_errors, quiet, told
from parallaxe.store.publishing.plan import Plan, Wanted, make_plan
from parallaxe.store.publishing.publication import Publication, read_publication

_SMALL = 1 << 20
"""Files up to so many bytes are read before anything is sent, so that a build meanwhile cannot mix two versions."""

_PART = 64 << 20
"""Beyond so many bytes, files are sent a part at a time, and each is told."""

Say: TypeAlias = Callable[[str], object]
"""Told what is being done, a line at a time."""


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


def _carry_out(plan: Plan, publication: Publication, wanted: Wanted, api: HfApi, say: Say) -> Published:
    if not plan.exists:
        say(f"making {told(plan.repo)}")
        api.create_repo(plan.repo, repo_type=DATASET, private=wanted.private)
        plan = make_plan(publication, wanted, api)._replace(exists=False)
    commit = plan.head
    if plan.changed:
        say(f"sending {counted(len(plan.changed), 'file')}")
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
