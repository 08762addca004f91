"""What a release needs of git: revisions as folders, a commit and a tag made from a folder, both or neither.

Nothing here touches the work tree or its index. A commit is put together in an index of its own, and branch and tag are
moved in one transaction of references, which git refuses whole where somebody else has moved the branch meanwhile.
Names and letters go through git's own filters, so that attributes such as `eol` hold; links of a revision become files.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from parallaxe.core.errors import SurroundingsError, UsageError
from parallaxe.store.atomic import surroundings

_NO_LINKS = ("-c", "core.symlinks=false", "-c", "core.quotePath=false")


_OF_OTHER_REPOSITORIES = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"}
"""What git tells its hooks; here the folder says which repository is meant."""


class GitError(SurroundingsError):
    """A git command failed; `what` is the last line that it wrote."""


@dataclass(frozen=True)
class Repository:
    """The repository of a project.

    `top` is the top of the work tree, `inside` the path of the project below it (empty: the top itself), `store` the
    folder of this work tree's own state.
    """

    top: Path
    inside: PurePosixPath
    store: Path

    @classmethod
    def of(cls, root: Path) -> Repository:
        """The repository that a project stands in.

        Raises:
            UsageError: if it stands in none.
            SurroundingsError: if git is missing.
        """
        found = _run(["git", "-C", str(root), "rev-parse", "--show-toplevel", "--absolute-git-dir"])
        if found.returncode:
            told = found.stderr.decode("utf-8", "replace").strip().splitlines() or ["no work tree"]
            what = f"a release is a commit and a tag, and git finds no work tree here ({told[0]})"
            raise UsageError(str(root), what, "`git init`, and commit the project first")
        top, store = (Path(line) for line in found.stdout.decode("utf-8", "surrogateescape").splitlines())
        return cls(top, PurePosixPath(root.resolve().relative_to(top.resolve()).as_posix()), store)

    def path(self, *names: str) -> str:
        """A path of the project as git names it, from the top."""
        return self.inside.joinpath(*names).as_posix()

    def specs(self, paths: Iterable[str]) -> list[str]:
        """Paths of the project as git commands take them: literally, from the top; empty names the project itself."""
        named = (self.path(path) for path in paths)
        return [":(top)" if name == "." else f":(top,literal){name}" for name in named]

    def git(self, *arguments: str, asked: bytes = b"", index: Path | None = None, tree: Path | None = None) -> str:
        """What a git command prints, without the last line break.

        Args:
            arguments: the command.
            asked: its standard input.
            index: another index than that of the work tree.
            tree: another work tree.

        Raises:
            GitError: if it fails.
        """
        done = self.tried(*arguments, asked=asked, index=index, tree=tree)
        if done.returncode:
            lines = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["it failed"]
            raise GitError(f"git {arguments[0]}", lines[-1].strip(), "mend that and run it again")
        return done.stdout.decode("utf-8", "surrogateescape").removesuffix("\n")

    def tried(
        self, *arguments: str, asked: bytes = b"", index: Path | None = None, tree: Path | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        """A git command with what it printed, whether it failed or not."""
        place = tree or self.top
        command = ["git", "-C", str(place), f"--git-dir={self.store}", f"--work-tree={place}", *_NO_LINKS, *arguments]
        return _run(command, asked, {"GIT_INDEX_FILE": str(index)} if index is not None else {})

    def check_identity(self) -> None:
        """Ask whether git knows who commits.

        Raises:
            SurroundingsError: if it does not.
        """
        for role in ("AUTHOR", "COMMITTER"):
            if self.tried("var", f"GIT_{role}_IDENT").returncode:
                remedy = "`git config user.name NAME` and `git config user.email ADDRESS`"
                raise SurroundingsError("git", "it does not know who commits", remedy)

    def commit_of(self, revision: str) -> str | None:
        """The commit that a revision names; null where it names none."""
        found = self.tried("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        return found.stdout.decode().strip() if found.returncode == 0 else None

    def has(self, revision: str, path: str) -> bool:
        """Whether a revision of the project has a file."""
        return self.tried("cat-file", "-e", f"{revision}:{self.path(path)}").returncode == 0

    def changed(self, paths: Iterable[str]) -> list[str]:
        """Files at or below some paths of the project that are not as they are committed, new ones among them."""
        asked = self.specs(paths)
        told = self.git("status", "--porcelain", "-z", "--untracked-files=all", "--no-renames", "--", *asked)
        return [entry[3:] for entry in told.split("\0") if entry]

    def export(self, revision: str, folder: Path, within: Sequence[str] = ()) -> None:
        """Write the files of a revision of the project into a folder: all, or those at or below some paths."""
        with _own_index() as index:
            self.git("read-tree", "--end-of-options", f"{revision}^{{tree}}", index=index)
            asked = self.specs(within or ("",))
            listed = self.git("ls-files", "-z", "--", *asked, index=index).encode("utf-8", "surrogateescape")
            with TemporaryDirectory(prefix=".parallaxe-", dir=folder) as scratch:
                self.git("checkout-index", "-z", "--stdin", f"--prefix={scratch}/", asked=listed, index=index)
                _move_into(Path(scratch) / self.inside, folder)

    def commit(self, parent: str, folder: Path, paths: Iterable[str], message: str) -> str:
        """A commit that no branch has yet: its parent with some paths of the project as they are in a folder.

        Args:
            parent: the commit that it follows.
            folder: the top of a work tree; a path that it does not have is taken away.
            paths: from the root of the project; a folder is taken as a whole.
            message: of the commit.
        """
        asked = self.specs(paths)
        with _own_index() as index:
            self.git("read-tree", parent, index=index)
            self.git("add", "--all", "--force", "--", *asked, index=index, tree=folder)
            tree = self.git("write-tree", index=index)
        return self.git("commit-tree", tree, "-p", parent, "-F", "-", asked=message.encode())

    def tag_object(self, name: str, commit: str, message: str) -> str:
        """An annotated tag that no name has yet."""
        tagger = self.git("var", "GIT_COMMITTER_IDENT")
        head = f"object {commit}\ntype commit\ntag {name}\ntagger {tagger}\n\n{message.strip()}\n"
        return self.git("mktag", asked=head.encode("utf-8", "surrogateescape"))

    def move(self, commit: str, parent: str, tag: tuple[str, str] | None, why: str) -> None:
        """Move the branch from its parent to a commit and give a tag its name, or neither.

        Raises:
            GitError: if the branch is no longer at the parent, or the tag has a name that is taken.
        """
        named = [f"create refs/tags/{tag[0]} {tag[1]}"] if tag is not None else []
        lines = ["start", f"update HEAD {commit} {parent}", *named, "prepare", "commit", ""]
        asked = "\n".join(lines).encode()
        self.git("update-ref", "-m", why, "--stdin", asked=asked)


def _run(
    command: list[str], asked: bytes = b"", more: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    environment = {name: value for name, value in os.environ.items() if name not in _OF_OTHER_REPOSITORIES}
    environment |= {"LC_ALL": "C.UTF-8", **(more or {})}
    try:
        return subprocess.run(command, input=asked, capture_output=True, env=environment, check=False)  # noqa: S603
    except OSError as error:
        raise SurroundingsError("git", "it cannot be run", "install git") from error


@contextmanager
def _own_index() -> Iterator[Path]:
    with surroundings("temporary folder"), TemporaryDirectory(prefix="parallaxe-") as folder:
        yield Path(folder) / "index"


def _move_into(source: Path, target: Path) -> None:
    with surroundings(target):
        for path in sorted(source.iterdir()) if source.is_dir() else ():
            path.rename(target / path.name)
