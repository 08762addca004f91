"""Reviews of pull requests: what the work tree changes since it left a branch, asked the same on both sides."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from parallaxe.compare.versioning import Bump
from parallaxe.core.claims import Claim, Layer
from parallaxe.core.errors import UsageError
from parallaxe.store.agreement import compare_layers_of, write_agreement
from parallaxe.store.annotations import read_layer, write_layer
from parallaxe.store.commands import Options, build_project
from parallaxe.store.jsonl import write_rows
from parallaxe.store.project import Project
from parallaxe.store.reading import read_row
from parallaxe.store.render import render_project
from parallaxe.store.versions.review import Review, review_project
from parallaxe.text.document import text_digest
from rule_examples import sample_project


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder, as somebody."""
    somebody = ["-c", "user.name=Lectrice", "-c", "user.email=lectrice@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *somebody, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def commit(project: Project, message: str = "next") -> None:
    """Commit all that is there."""
    git(project.root, "add", "-A")
    git(project.root, "commit", "-qm", message)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project of the rules' examples with two passes and their agreement, on a branch that left main."""
    project = sample_project(tmp_path_factory.mktemp("revue") / "projet")
    git(project.root, "init", "-qb", "main")
    commit(project, "before")
    for name in ("pass-a", "pass-b"):
        layer = read_layer(project.layers / "gold" / "le-port.jsonl").layer
        layer = replace(layer, layer=name, annotator=name, annotator_type="model", complete=("entity", "quote"))
        write_layer(project.layers, layer)
    build_project(project.root, None, Options(jobs=1))
    write_agreement(project.agreement, compare_layers_of(project, "pass-a", "pass-b", 10))
    render_project(Project(project.root), write=True)
    commit(project, "passes")
    git(project.root, "checkout", "-qb", "couches")
    return project.root


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Project:
    """A copy of it, to work in."""
    return Project(shutil.copytree(made, tmp_path / "projet", symlinks=True))


def layer_of(project: Project, name: str) -> Layer:
    """A layer of the open article."""
    return read_layer(project.layers / name / "le-port.jsonl").layer


def relabel(project: Project, name: str) -> None:
    """Make the mention of a layer a place."""
    layer = layer_of(project, name)
    claims: tuple[Claim, ...] = (replace(layer.entities[0], label="LOC"), *layer.quotes)
    write_layer(project.layers, replace(layer, claims=claims))


def rules(review: Review) -> list[str]:
    """The rules that are newly broken."""
    return [finding.rule for finding in review.findings.new]


def test_a_branch_that_changed_nothing(project: Project) -> None:
    """Beside main, it changes nothing, breaks nothing and implies nothing."""
    found = review_project(project.seeds)

    assert ("main", git(project.root, "rev-parse", "main")) == (found.branch, found.commit)
    assert not found.diff.changes
    assert ((), (), ()) == (found.findings.new, found.findings.gone, found.notes)
    assert (Bump.NONE, True) == (found.version.bump, found.version.is_built)


def test_only_what_the_branch_itself_changed_is_told(project: Project) -> None:
    """What others brought to main since is not: the commit at which the branch left it is the base."""
    git(project.root, "checkout", "-q", "main")
    relabel(project, "gold")
    commit(project)
    git(project.root, "checkout", "-q", "couches")
    write_rows(project.knowledge_base, [])

    assert {} == review_project(project.root).diff.changes.claim_counts


def test_findings_of_the_base_are_not_new(project: Project) -> None:
    """Nor are those that only moved; those that are mended are told as gone."""
    stray = project.seeds / "open" / "le-quai.txt"
    stray.write_text("Le quai est vide.\n", "utf-8")
    commit(project)
    other = stray.with_name("la-rade.txt")
    stray.rename(other)
    moved = review_project(project.root, "HEAD")
    other.unlink()
    mended = review_project(project.root, "HEAD")

    assert [] == rules(moved)
    assert ([], ["raw-file-stray"]) == (rules(mended), [finding.rule for finding in mended.findings.gone])


def test_files_are_told_as_they_are_called_in_the_project(project: Project) -> None:
    """Also where the command runs elsewhere."""
    (project.seeds / "open" / "le-quai.txt").write_text("Le quai est vide.\n", "utf-8")
    found = review_project(project.root)

    assert ["seeds/open/le-quai.txt"] == [place.file for finding in found.findings.new for place in finding.places]


def test_restricted_articles_are_asked_the_same_on_both_sides(project: Project) -> None:
    """Whoever has one sees that its text layer is older than it; git does not hold it, and the base had that too."""
    row = next(row for row in project.catalogue if not row.is_open)
    layer = project.text_layer(row.id)
    layer.write_text(
        layer.read_text("utf-8").replace(text_digest(read_row(project, row).text or ""), "0" * 64), "utf-8"
    )
    new = rules(review_project(project.root))
    commit(project)

    assert "text-layer-current" in new
    assert [] == rules(review_project(project.root, "HEAD"))


def test_kept_figures_are_compared_as_they_are(project: Project) -> None:
    """Where both sides' figures are those of their layers."""
    relabel(project, "pass-a")
    write_agreement(project.agreement, compare_layers_of(project, "pass-a", "pass-b", 10))
    found = review_project(project.root).agreement

    assert found is not None
    assert (False, ("pass-a", "pass-b")) == (found.is_recomputed, found.sides)
    assert ("outer mentions, exact F1", -1.0) == (found.figures[0].words, found.figures[0].difference)


def test_figures_older_than_their_layers_are_computed_anew(project: Project) -> None:
    """On both sides, so that they rest on the same texts."""
    relabel(project, "pass-a")
    found = review_project(project.root).agreement

    assert found is not None
    assert (True, -1.0) == (found.is_recomputed, found.figures[0].difference)


def test_an_agreement_of_the_base_that_cannot_be_read_is_a_note(project: Project) -> None:
    """All else is told."""
    whole = project.agreement.read_text("utf-8")
    project.agreement.write_text('{"a": 1}\n', "utf-8")
    commit(project)
    project.agreement.write_text(whole, "utf-8")
    found = review_project(project.root, "HEAD")

    assert found.agreement is None
    assert "agreement: annotations/agreement.jsonl:1: no line of an agreement" in found.notes[-1]


def test_a_dataset_that_was_built_implies_the_bump(project: Project) -> None:
    """With its reasons; before it is built again, the claims imply the least."""
    relabel(project, "gold")
    before = review_project(project.root).version
    build_project(project.root, None, Options(jobs=1))
    after = review_project(project.root).version

    assert (Bump.MAJOR, False, ()) == (before.bump, before.is_built, before.reasons)
    assert (Bump.MAJOR, True, "0.1.0", "1.0.0") == (after.bump, after.is_built, after.old, after.least)
    assert "entities/train" in [reason.where for reason in after.reasons]


def test_a_pull_request_may_bring_the_project(project: Project) -> None:
    """Beside a commit without one, all is new."""
    git(project.root, "checkout", "-q", "--orphan", "vide")
    git(project.root, "rm", "-rq", "--cached", ".")
    git(project.root, "commit", "-qm", "nothing yet", "--allow-empty")
    found = review_project(project.root, "vide")

    assert {"added": 2} == found.diff.changes.article_counts
    assert {"added": 6} == found.diff.changes.claim_counts
    assert (None, None) == (found.agreement, found.version.old)


def test_a_base_whose_rules_cannot_be_asked_is_a_note(project: Project) -> None:
    """Its findings are then not known, and all are told as new."""
    (project.root / "schemas" / "validate.toml").write_text("[", "utf-8")
    commit(project)
    git(project.root, "rm", "-q", "schemas/validate.toml")
    found = review_project(project.root, "HEAD")

    assert ["schemas/validate.toml: not valid TOML" in note for note in found.notes] == [True]
    assert "All findings are told as new." in found.notes[0]


@pytest.mark.parametrize(
    ("branch", "told"),
    [
        ("absent", r"absent: no such branch or commit; fetch it \(in CI: `fetch-depth: 0`\), or name another"),
        ("seul", r"seul: no commit in common with HEAD; fetch the whole history \(in CI: `fetch-depth: 0`\)"),
        (None, r"review: no branch origin/main or main here; name one: `parallaxe review BRANCH`"),
    ],
)
def test_a_base_that_is_not_there(project: Project, branch: str | None, told: str) -> None:
    """One line, with what a workflow must say."""
    git(project.root, "branch", "-m", "main", "tronc")
    tree = git(project.root, "rev-parse", "HEAD^{tree}")
    git(project.root, "branch", "seul", git(project.root, "commit-tree", tree, "-m", "alone"))
    with pytest.raises(UsageError, match=told):
        review_project(project.root, branch)


def test_the_remote_says_which_branch_is_the_default(project: Project, tmp_path: Path) -> None:
    """Whatever it is called."""
    git(project.root, "branch", "-m", "main", "tronc")
    git(project.root, "checkout", "-q", "tronc")
    git(tmp_path, "clone", "-q", str(project.root), "clone")

    assert "origin/tronc" == review_project(tmp_path / "clone").branch


def test_a_review_leaves_nothing_behind(project: Project) -> None:
    """Neither in the work tree nor in the repository."""
    state = git(project.root, "status", "--porcelain", "--ignored"), git(project.root, "worktree", "list")
    review_project(project.root)

    assert state == (git(project.root, "status", "--porcelain", "--ignored"), git(project.root, "worktree", "list"))
