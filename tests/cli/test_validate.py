"""What people see of `parallaxe validate`: one line where all is well, else one screen that says what to do."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parallaxe.cli.app import app
from parallaxe.cli.show_validation import SCREEN, report_lines
from parallaxe.store.project import Project
from parallaxe.validate.failures import Complaint, complained
from parallaxe.validate.findings import Subject
from parallaxe.validate.gate import Report, join_reports
from parallaxe.validate.register import ALL_RULES, BY_ID
from rule_examples import sample_project

SUBJECT = Subject("project", "projet", "project of 2 articles", tuple(BY_ID))


def report_of(*found: tuple[str, Complaint]) -> Report:
    """A report on one complaint for each rule."""
    return join_reports(Report(complained(rule, BY_ID[rule].level, "files", [told])) for rule, told in found)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project of the rules' examples, built once."""
    return sample_project(tmp_path_factory.mktemp("projets") / "projet")


@pytest.fixture
def root(made: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, to work in."""
    copy = shutil.copytree(made.root, tmp_path / "projet", symlinks=True)
    monkeypatch.chdir(copy)
    return copy


def called(*arguments: str) -> object:
    """The exit code of `validate`; null where it ends well."""
    return app(["validate", *arguments], standalone_mode=False)


def test_a_clean_project_is_one_line(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says what was validated, and that nothing is wrong."""
    code = called(str(root))

    assert None is code
    assert f"{root}: no rule of the gate is broken (project of 2 articles, 1 layer file, its dataset)\n" == (
        capsys.readouterr().out
    )


def test_a_broken_project_says_what_to_do(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Rule, place, remedy and page, worst first; the code is 1; plain in a pipe."""
    (root / "seeds" / "open" / "le-quai.txt").write_text("Le quai est vide.\n", "utf-8")
    code = called()

    assert 1 == code
    assert [
        f"{root}: 1 rule broken in 1 place (project of 2 articles, 1 layer file, its dataset)"[len(str(root)) :],
        "error raw-file-stray: a file without a row in the catalogue",
        "  seeds/open/le-quai.txt",
        "  → `parallaxe add` it, or take it away (docs/rules/raw-file-stray.md)",
        "`parallaxe validate --explain RULE` tells more of a rule",
    ] == [line.removeprefix(".").removeprefix(str(root)) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize("form", ["json", "github", "sarif", "junit"])
def test_forms_go_to_a_file_where_asked_for(root: Path, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`--out` writes what would be printed."""
    (root / "seeds" / "open" / "le-quai.txt").write_text("Le quai est vide.\n", "utf-8")
    codes = [called("--format", form, "--out", "rapport"), called("--format", form)]

    assert [1, 1] == codes
    assert (root / "rapport").read_text("utf-8") == capsys.readouterr().out
    assert "raw-file-stray" in (root / "rapport").read_text("utf-8")


def test_rules_are_listed_with_their_severity_here(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line for each; what the project chose is shown; `--json` has the same."""
    (root / "schemas" / "validate.toml").write_text('[severity]\nsplit-leak = "off"\n', "utf-8")
    called("--rules")
    lines = capsys.readouterr().out.splitlines()
    called("--rules", "--json")
    rows = {row["id"]: row for row in json.loads(capsys.readouterr().out)}

    assert [rule.id for rule in ALL_RULES] == [line.split()[2] for line in lines]
    assert list(BY_ID) == list(rows)
    assert "off" == rows["split-leak"]["severity"]
    assert "5 off     split-leak" in "\n".join(lines)


def test_a_rule_is_explained_by_its_page(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What `--explain` prints is the page in the docs."""
    called("--explain", "split-leak")

    page = (repository / "docs" / "rules" / "split-leak.md").read_text("utf-8")
    assert page.split() == capsys.readouterr().out.split()


def test_every_page_is_of_a_rule(repository: Path) -> None:
    """A rule that is gone leaves no page behind (that each is current, `render --check` says)."""
    pages = {path.stem for path in (repository / "docs" / "rules").glob("*.md")}

    assert {*BY_ID, "README"} == pages


@given(
    st.lists(
        st.tuples(
            st.sampled_from(list(BY_ID)),
            st.builds(
                Complaint,
                st.text("aé bc;", min_size=1, max_size=200).map(lambda text: f"{text}; mend it"),
                st.none() | st.text("abc/", max_size=150),
                st.none() | st.integers(1, 9),
                st.none() | st.text(max_size=80),
                start=st.none(),
                end=st.none(),
            ),
        ),
        max_size=30,
    ),
    st.integers(60, 160),
)
@settings(deadline=None)
def test_a_report_fits_on_one_screen(found: list[tuple[str, Complaint]], width: int) -> None:
    """Whatever is wrong: 24 lines at most, the worst finding first and whole, each other whole or counted."""
    report = report_of(*found)
    every = report_lines(SUBJECT, report, width, None)
    shown = report_lines(SUBJECT, report, width, SCREEN)

    assert len(shown) <= SCREEN
    assert shown[0] == every[0]
    assert every == shown or "more finding" in shown[-1].text
    assert [line for line in shown[:-1] if line not in every] == []
