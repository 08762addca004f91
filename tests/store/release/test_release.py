"""A release is one commit and one tag, of the version that the rows ask for; or it has not happened."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import yaml

from parallaxe.compare.versioning import Bump, Version
from parallaxe.core.errors import GateError, ProjectError, SurroundingsError, UsageError
from parallaxe.store.dataset_files import read_manifest
from parallaxe.store.project import Project
from parallaxe.store.release import finish
from parallaxe.store.release.changelog import newest_released
from parallaxe.store.release.git import Repository
from parallaxe.store.rights.takedown import takedown
from parallaxe.store.sync.lock import only_one
from parallaxe.store.validation import validate_path
from released_project import ARTICLE, DAY, add_article, commit, committed_project, git, known_to_git, relabel, release


@pytest.fixture(autouse=True)
def somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Git knows who commits in every test."""
    known_to_git(monkeypatch)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a project that is not released yet."""
    return committed_project(tmp_path_factory.mktemp("depot")).root.parent


@pytest.fixture(scope="module")
def made_and_released(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, released once."""
    project = copied(made, tmp_path_factory.mktemp("version"))
    with pytest.MonkeyPatch.context() as patch:
        known_to_git(patch)
        release(project)
    return project.root.parent


def copied(depot: Path, folder: Path) -> Project:
    """The project of a copy of a repository."""
    return Project(shutil.copytree(depot, folder / "depot", symlinks=True) / "projet")


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Project:
    """A copy of the project that is not released yet, to work in."""
    return copied(made, tmp_path)


@pytest.fixture
def released_project(made_and_released: Path, tmp_path: Path) -> Project:
    """A copy of the one that is released once, to work in."""
    return copied(made_and_released, tmp_path)


@pytest.fixture
def changed(released_project: Project) -> Project:
    """The same, in which somebody has edited a row since."""
    relabel(released_project)
    return released_project


def state(project: Project) -> tuple[str, ...]:
    """What a reader of the repository sees: the branch, the tags, what is not committed."""
    return git(project.root, "rev-parse", "HEAD"), git(project.root, "tag"), git(project.root, "status", "--porcelain")


def test_the_first_release_has_the_version_of_the_card(project: Project) -> None:
    """It dates the changelog and the citation, commits, and tags; the work tree is clean, the gate open."""
    released = release(project)
    manifest = read_manifest(project.corpus)

    assert (Version(0, 1, 0), None, "v0.1.0") == (released.version, released.before, released.tag)
    assert (
        released.commit == git(project.root, "rev-parse", "v0.1.0^{commit}") == git(project.root, "rev-parse", "HEAD")
    )
    assert f"Data-Digest: sha256:{manifest.digest}" in git(project.root, "cat-file", "tag", "v0.1.0")
    assert "" == git(project.root, "status", "--porcelain")
    assert "## [0.1.0] – 2026-11-21" in (project.root / "CHANGELOG.md").read_text("utf-8")
    assert "\nversion: 0.1.0\ndate-released: 2026-11-21\n" in (project.root / "CITATION.cff").read_text("utf-8")
    assert validate_path(project.root)[1].ok


def test_an_edited_row_is_a_major_version(changed: Project) -> None:
    """Card, README, manifest, citation, changelog and tag all name it; the changelog says what changed."""
    released = release(changed)
    readme = (changed.corpus / "README.md").read_text("utf-8")
    front = yaml.safe_load(readme.split("---\n")[1])

    assert released.implied is not None
    assert (Version(1, 0, 0), Version(0, 1, 0), Bump.MAJOR) == (
        released.version,
        released.before,
        released.implied.bump,
    )
    assert ["1.0.0"] * 3 == [read_manifest(changed.corpus).version, front["version"], front["configs"][0]["version"]]
    assert "version: 1.0.0\n" in changed.card.read_text("utf-8").split("---\n")[1]
    assert "cff-version: 1.2.0\n" in (changed.root / "CITATION.cff").read_text("utf-8")
    assert "label PER → LOC" in released.section
    assert ["v0.1.0", "v1.0.0"] == git(changed.root, "tag").split()
    assert "ailleurs.txt" in git(changed.root, "ls-tree", "-r", "--full-tree", "--name-only", "HEAD")


def test_additions_are_a_minor_version(released_project: Project) -> None:
    """A new article adds rows to tables that were there, and takes none away."""
    add_article(released_project)
    released = release(released_project)

    assert Version(0, 2, 0) == released.version
    assert "`le-quai`: added" in released.section
    assert released.section.startswith("## [0.2.0] – 2026-11-21\n")


def test_the_same_rows_in_other_bytes_are_a_patch(released_project: Project) -> None:
    """Files that another library wrote and a release committed are written anew."""
    path = released_project.corpus / "data" / "articles" / "train.parquet"
    pq.write_table(pq.read_table(path), path, compression="gzip")
    git(released_project.root, "commit", "-qam", "Un autre format")
    git(released_project.root, "tag", "--force", "v0.1.0")
    released = release(released_project)

    assert Version(0, 1, 1) == released.version
    assert "Files rewritten: `articles` 1" in released.section


def test_a_smaller_bump_is_refused(changed: Project) -> None:
    """The reasons are told, and the version that is due; a greater one is taken."""
    before = state(changed)
    with pytest.raises(
        UsageError, match=r"^0\.2\.0: too small a version after 0\.1\.0: Rows edited: .*release 1\.0\.0"
    ):
        release(changed, version="0.2.0")
    assert before == state(changed)

    assert Version(1, 2, 0) == release(changed, version="v1.2.0").version


def test_nothing_new_is_no_release(released_project: Project) -> None:
    """The data of the last release is not released again, unless somebody names a greater version for it."""
    before = state(released_project)
    with pytest.raises(UsageError, match="nothing to release"):
        release(released_project)
    with pytest.raises(UsageError, match="nothing to release"):
        release(released_project, version="0.1.0")
    assert before == state(released_project)

    assert Version(0, 1, 1) == release(released_project, version="0.1.1").version


def test_a_card_may_ask_for_more(released_project: Project) -> None:
    """A version that somebody wrote into the card is taken where it is not too small."""
    released_project.card.write_text(
        released_project.card.read_text("utf-8").replace("version: 0.1.0", "version: 2.0.0"), "utf-8"
    )
    add_article(released_project)

    assert Version(2, 0, 0) == release(released_project).version


def test_a_dry_run_writes_nothing(project: Project) -> None:
    """It tells the version and the section; the repository is as it was."""
    before = state(project)
    released = release(project, dry_run=True)

    assert (Version(0, 1, 0), None) == (released.version, released.commit)
    assert "The first release: 2 articles" in released.section
    assert before == state(project)


def test_what_people_wrote_stays(project: Project) -> None:
    """Prose under *Code* and *Data* of the unreleased version is kept; what is generated stands beside it."""
    changelog = "# Journal\n\n## [Unreleased]\n\n### Code\n\n- Un bouton.\n\n### Data\n\n- Deux dépêches.\n"
    (project.root / "CHANGELOG.md").write_text(changelog, "utf-8")
    commit(project)
    section = release(project).section

    assert "### Code\n\n- Un bouton.\n\n### Data\n\n- Deux dépêches.\n\n<!-- begin: data-changes -->\n" in section
    assert newest_released(section) == Version(0, 1, 0)


def test_what_is_not_committed_is_refused(project: Project) -> None:
    """Sources, card and changelog must be committed; other files of the repository need not."""
    (project.root.parent / "ailleurs.txt").write_text("changé\n", "utf-8")
    (project.seeds / "open" / "nouveau.txt").write_text(ARTICLE, "utf-8")
    with pytest.raises(ProjectError, match=r"projet/seeds/open/nouveau\.txt: not committed"):
        release(project)
    (project.seeds / "open" / "nouveau.txt").unlink()
    release(project)

    assert "M ailleurs.txt" == git(project.root, "status", "--porcelain")


def test_a_broken_source_is_no_release(project: Project) -> None:
    """What the gate refuses is told with the file as the project has it, and nothing is released."""
    layer = project.layers / "gold" / "le-port.jsonl"
    layer.write_text(layer.read_text("utf-8").replace('"PER"', '"PERSONNE"'), "utf-8")
    commit(project)
    before = state(project)
    with pytest.raises((ProjectError, GateError)) as raised:
        release(project)

    assert "annotations" in str(raised.value)
    assert "parallaxe-" not in str(raised.value) + str(getattr(raised.value, "issues", ""))
    assert before == state(project)


def test_restricted_articles_need_not_be_here(project: Project) -> None:
    """A clone without them releases what one with them would: the same digest."""
    digest = release(project, dry_run=True).digest
    shutil.rmtree(project.seeds / "restricted")

    assert digest == release(project).digest


def test_without_a_tag_the_commit_is_found(project: Project) -> None:
    """A release without a tag is the one before the next, by its message and the changelog."""
    assert release(project, tag=False).tag is None
    add_article(project)

    assert (Version(0, 1, 0), Version(0, 2, 0)) == release(project)[1::-1]


def test_a_release_that_is_lost_here_is_told(project: Project) -> None:
    """Where the changelog tells of a release that the clone does not have, no version is guessed."""
    (project.root / "CHANGELOG.md").write_text("# Journal\n\n## [0.4.0] – 2026-01-01\n", "utf-8")
    commit(project)
    with pytest.raises(SurroundingsError, match=r"release 0\.4\.0, but this clone has no tag v0\.4\.0"):
        release(project)


def test_where_no_release_can_be(project: Project) -> None:
    """Outside git, before a first commit, under a tag that is taken, or with no version: one line each."""
    with pytest.raises(UsageError, match="no version"):
        release(project, version="1.0")
    git(project.root, "tag", "v3.0.0", "-m", "prise", git(project.root, "commit-tree", "HEAD^{tree}", "-m", "autre"))
    with pytest.raises(UsageError, match="a tag of that name is there"):
        release(project, version="3.0.0")
    shutil.rmtree(project.root.parent / ".git")
    with pytest.raises(UsageError, match=r"git finds no work tree here \(fatal: not a git repository"):
        release(project)
    git(project.root, "init", "-q")
    with pytest.raises(UsageError, match="nothing is committed yet"):
        release(project)


def test_git_must_know_who_commits(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is asked before anything is built; a dry run needs nobody."""
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.delenv(f"GIT_{role}_NAME")
        monkeypatch.delenv(f"GIT_{role}_EMAIL")
    git(project.root, "config", "user.useConfigOnly", "true")
    with pytest.raises(SurroundingsError, match="git: it does not know who commits"):
        release(project)

    assert Version(0, 1, 0) == release(project, dry_run=True).version


def test_an_article_that_was_taken_down_is_told(released_project: Project) -> None:
    """Its rows are removed, which is a major version; the line of the takedown stays in the section."""
    takedown(Project(released_project.root), "la-gare", "à la demande du journal", DAY)
    commit(released_project)
    released = release(released_project)

    assert Version(1, 0, 0) == released.version
    assert "- `la-gare` was taken down on 2026-11-21: à la demande du journal.\n" in released.section
    assert "Split removed: `alignment/press`, `articles/press`" in released.section


def test_two_releases_at_once(project: Project) -> None:
    """The second says so and ends."""
    store = Repository.of(project.root).store
    with (
        only_one(store / "parallaxe-release.lock"),
        pytest.raises(SurroundingsError, match="another release is at work"),
    ):
        release(project)


def test_a_branch_that_moved_meanwhile_is_left(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever committed while the release was made keeps their commit; the release has not happened."""
    move = Repository.move

    def late(repository: Repository, *arguments: Any) -> None:
        git(project.root, "commit", "-q", "--allow-empty", "-m", "Entre-temps")
        move(repository, *arguments)

    monkeypatch.setattr(Repository, "move", late)
    with pytest.raises(SurroundingsError):
        release(project)

    assert "Entre-temps" == git(project.root, "log", "-1", "--format=%s")
    assert ("", "") == state(project)[1:]
    assert finish.unfinished(Repository.of(project.root)) is None


class Killed(BaseException):
    """Nobody catches it."""


EFFECTS: tuple[tuple[Any, str], ...] = (
    (Repository, "commit"),
    (Repository, "tag_object"),
    (Repository, "move"),
    (finish, "write_text"),
    (finish, "write_bytes"),
    (finish, "_bring_corpus"),
    (finish, "_bring_index"),
    (finish, "drop_note"),
)


@contextmanager
def killed_at(monkeypatch: pytest.MonkeyPatch, count: int) -> Iterator[None]:
    """Stop at the end of the side effect of that number."""
    done = 0

    def stopping(effect: Callable[..., Any]) -> Callable[..., Any]:
        def called(*arguments: Any, **more: Any) -> Any:
            nonlocal done
            result = effect(*arguments, **more)
            done += 1
            if done == count:
                raise Killed
            return result

        return called

    with monkeypatch.context() as patch:
        for owner, name in EFFECTS:
            patch.setattr(owner, name, stopping(getattr(owner, name)))
        yield


@pytest.mark.parametrize("count", range(1, 11))
def test_a_release_that_is_killed_ends_right(changed: Project, monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    """After any of its effects, the next call brings the same release; before git moves the branch, nothing shows."""
    before = state(changed)
    with killed_at(monkeypatch, count), pytest.raises(Killed):
        release(changed)
    if git(changed.root, "rev-parse", "HEAD") == before[0]:
        assert before == state(changed)
    if count < 10:  # the last effect ends it
        assert Version(1, 0, 0) == release(changed).version

    assert ("v0.1.0\nv1.0.0", "") == state(changed)[1:]
    assert "4" == git(changed.root, "rev-list", "--count", "HEAD")
    assert "1.0.0" == read_manifest(changed.corpus).version
    assert validate_path(changed.root)[1].ok


def test_an_edit_after_the_kill_is_left(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who edits the card between a kill and the next call keeps the edit, and is told of it."""
    with killed_at(monkeypatch, 4), pytest.raises(Killed):
        release(project)
    project.card.write_text("---\nversion: 0.1.0\n---\nUne autre.\n", "utf-8")
    citation = project.root / "CITATION.cff"
    citation.write_text("version: 9.9.9\n", "utf-8")
    resumed = release(project)

    assert (True, ["CITATION.cff"]) == (resumed.resumed, resumed.left)
    assert "version: 9.9.9\n" == citation.read_text("utf-8")
    assert "v0.1.0" == git(project.root, "tag")


@pytest.mark.parametrize("note", ["", "[]", "{}", '{"parent": 1}', "\udcff"])
def test_a_damaged_note_of_a_release_is_told(project: Project, note: str) -> None:
    """A note in git's folder that nobody can read stops a release with a line that names it."""
    store = Path(git(project.root, "rev-parse", "--absolute-git-dir"))
    (store / "parallaxe-release.json").write_text(note, "utf-8", errors="surrogateescape")

    with pytest.raises(ProjectError, match=r"parallaxe-release\.json"):
        release(project)
