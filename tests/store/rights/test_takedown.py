"""An article that is taken down is gone, whenever the program was killed, and does not come back unknowingly."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from command_line import run_installed
from parallaxe.core.claims import Entity, Layer, Span
from parallaxe.core.errors import ProjectError, UsageError
from parallaxe.store import together
from parallaxe.store.add import Declared, add
from parallaxe.store.annotations import write_layer
from parallaxe.store.commands import Options, build_project
from parallaxe.store.init import init_project
from parallaxe.store.jsonl import write_rows
from parallaxe.store.project import Project
from parallaxe.store.reading import read_row
from parallaxe.store.rights.takedown import Takedown, read_takedowns, takedown, with_takedown
from parallaxe.store.sync.places import Places
from parallaxe.store.sync.push_plan import plan_push
from parallaxe.store.sync.records import Header, Record, Seen, read_record, write_record
from parallaxe.store.validation import validate_path
from raw_articles import article, write_articles

DAY = date(2024, 3, 1)
NAME, OTHER = "article-002", "article-000"
CLOSED = Declared("restricted", "press")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Two open articles and a restricted one, with everything that may be said of it."""
    raw = write_articles(tmp_path / "raw", 3)
    root = init_project(tmp_path / "projet", "Projet").root
    add(Project(root), [raw / "article-000.txt", raw / "article-001.txt"], Declared("open", "press"))
    add(Project(root), [raw / "article-002.txt"], CLOSED)
    project = Project(root)
    place: dict[str, object] = {
        "type": "LOC",
        "aliases": [],
        "description": "un lieu",
        "wikidata": None,
        "relations": [],
        "actor": None,
    }
    write_rows(project.knowledge_base, [{"kb_id": name, "name": name.title(), **place} for name in ("port", "quai")])
    for row in project.catalogue:
        document = read_row(project, row)
        linked = ["port", *(["quai"] if row.id == NAME else [])]
        claims = tuple(Entity(f"e{n}", (Span(4 * n, 4 * n + 3),), "LOC", None, name) for n, name in enumerate(linked))
        made = (document.text_sha256, document.normalizer, "0.1", "l", "human", ("entity",))
        write_layer(project.layers, Layer("gold", row.id, *made, claims))
    notes = [{"article_id": NAME, "minted": "a"}, {"article_id": OTHER, "minted": "b"}]
    write_rows(project.root / "annotations" / "renamed_ids.jsonl", notes)
    write_rows(project.root / "annotations" / "decisions" / f"{NAME}.jsonl", [{"key": "x"}])
    header = Header("main", NAME, "0" * 64, 7, None, None, blind=False)
    seen = Seen(1, "2024-01-01", 7, 1, "0" * 64, None, "submitted", claims=(Entity("x", (Span(0, 3),), "LOC"),))
    write_record(Places(project).record(NAME), Record(header, (seen,)))
    (project.root / "CHANGELOG.md").write_text(
        "# Changelog\n\n## [1.0.0] – 2024-01-01\n\n### Data\n\n- Deux.\n", "utf-8"
    )
    (project.state / "editions" / NAME).mkdir(parents=True)
    (project.state / "full").mkdir()
    return Project(root)


def files(project: Project) -> dict[str, bytes]:
    """Every file of the project, and folders of its state, but for the lock of a sync."""
    found = (path for path in project.root.rglob("*") if path.name not in ("lock", "studio"))
    return {
        path.relative_to(project.root).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in found
        if path.is_file() or path.parent.name in (".parallaxe", "editions")
    }


def test_all_of_it_goes_and_the_rest_stays(project: Project) -> None:
    """Text, row, layers, decisions and lines about it are gone; of others nothing is touched; the record says why."""
    before = files(project)
    [row] = [row for row in project.catalogue if row.id == NAME]
    done = takedown(project, NAME, "asked by its publisher", DAY)
    after = files(project)

    assert {name for name in before if NAME in name} - set(after) == {
        f"seeds/restricted/{NAME}.txt",
        f"annotations/layers/gold/{NAME}.jsonl",
        f"annotations/layers/text/{NAME}.jsonl",
        f"annotations/decisions/{NAME}.jsonl",
        f".parallaxe/editions/{NAME}",
    }
    assert {name for name in before if before[name] != after.get(name)} == {
        *(set(before) - set(after)),
        "seeds/catalogue.jsonl",
        "CHANGELOG.md",
        "annotations/renamed_ids.jsonl",
        f"annotations/sync/main/{NAME}.jsonl",
    }
    assert {"annotations/takedowns.jsonl"} == set(after) - set(before)
    assert [Takedown(NAME, "2024-03-01", "asked by its publisher", row.sha256)] == read_takedowns(project)
    assert ((("main", 7),), ("quai",)) == (done.tasks, done.unused)


def test_a_reason_of_several_lines_is_kept_as_one(project: Project) -> None:
    """A record is a line, and a reader of it sees one reason."""
    takedown(project, NAME, " asked by\r\n its publisher\t\n", DAY)

    assert ["asked by its publisher"] == [record.reason for record in read_takedowns(project)]


def test_a_push_goes_on_telling_of_its_task(project: Project) -> None:
    """Of the record of a sync the header stays, without a claim: the server still shows the text."""
    takedown(project, NAME, None, DAY)
    record = read_record(Places(project).record(NAME))

    assert record is not None
    assert () == record.annotations
    assert (NAME,) == plan_push([], {NAME: record.header}).dropped


def test_the_next_version_is_without_it(project: Project) -> None:
    """The dataset is built without the article, and the gate has nothing to say."""
    (project.root / "annotations" / "sync" / "main" / f"{NAME}.jsonl").unlink()
    takedown(project, NAME, None, DAY)

    assert 2 == build_project(project.root, None, Options()).articles
    assert [] == [one for one in validate_path(project.root)[1].failures["rule"] if "taken" in one or "raw" in one]


def test_after_the_last_article_the_dataset_is_to_be_deleted(project: Project) -> None:
    """The command and the gate say so, since no dataset is built without articles; then nothing is left to say."""
    build_project(project.root, None, Options())
    for name in (NAME, OTHER):
        takedown(project, name, None, DAY)
    done = run_installed("takedown", "article-001", folder=project.root)
    found = validate_path(project.root)[1].failures.rows(named=True)
    current = [row for row in found if row["rule"] == "corpus-current"]

    assert (0, "") == (done.returncode, done.stderr)
    assert done.stdout.endswith("next: delete corpus/ (no article is left), `parallaxe render`, and a commit\n")
    assert all("delete it, the project has no article" in row["message"] for row in current)
    assert {NAME, OTHER, "article-001"} == {row["article_id"] for row in current}
    shutil.rmtree(project.corpus)
    assert 0 == run_installed("render", folder=project.root).returncode
    assert 0 == run_installed("validate", folder=project.root).returncode


def test_a_dry_run_changes_nothing(project: Project) -> None:
    """It tells the same and touches no file."""
    before = files(project)
    told = takedown(project, NAME, None, DAY, dry_run=True)

    assert before == files(project)
    assert told == takedown(project, NAME, None, DAY)


def test_it_is_all_or_nothing_wherever_it_stops(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut before its journal is whole it has taken nothing that git has; cut later it is completed by the next run."""
    root = tmp_path / "whole"
    shutil.copytree(project.root, root)
    takedown(Project(root), NAME, None, DAY)
    whole, put, stops = files(Project(root)), together._put, 0
    for after in range(20):
        root = tmp_path / f"cut-{after}"
        shutil.copytree(project.root, root)
        left = iter(range(after))

        def cut(base: Path, entry: object, left: object = left) -> bool:
            if next(left, None) is None:  # type: ignore[call-overload]
                raise KeyboardInterrupt
            return put(base, entry)  # type: ignore[arg-type]

        monkeypatch.setattr(together, "_put", cut)
        try:
            takedown(Project(root), NAME, None, DAY)
        except KeyboardInterrupt:
            stops += 1
            monkeypatch.setattr(together, "_put", put)
            assert NAME == takedown(Project(root), NAME, None, DAY).article.id
        assert whole == files(Project(root))
        if stops <= after:
            break
    assert 8 <= stops


def test_it_does_not_come_back_unknowingly(project: Project, tmp_path: Path) -> None:
    """The same id or the same bytes are refused with date and reason, and taken with `again`."""
    takedown(project, NAME, "asked by its publisher", DAY)
    (tmp_path / "autre.txt").write_text(article(2), "utf-8")

    for path in (tmp_path / "raw" / f"{NAME}.txt", tmp_path / "autre.txt"):
        with pytest.raises(ProjectError, match=r"taken down on 2024-03-01 \(asked by its publisher\); .* --again"):
            add(Project(project.root), [path], CLOSED)
    add(Project(project.root), [tmp_path / "autre.txt"], CLOSED, again=True)
    assert [] == read_takedowns(project)


def test_the_gate_sees_what_came_back(project: Project) -> None:
    """A merge that restores row and layer is told at the row."""
    before = {name: content for name, content in files(project).items() if content}
    takedown(project, NAME, None, DAY)
    for name, content in before.items():
        (project.root / name).write_bytes(content)
    failures = validate_path(project.root)[1].failures

    assert [(NAME, 3)] == [
        (row["article_id"], row["line"]) for row in failures.rows(named=True) if row["rule"] == "taken-down"
    ]


def test_what_is_unknown_is_refused(project: Project) -> None:
    """An id that no row has, or one that was taken down, ends with 2 and one line."""
    with pytest.raises(UsageError, match="no article of the catalogue has this id"):
        takedown(project, "perdu", None, DAY)
    takedown(project, NAME, None, DAY)
    done = run_installed("takedown", NAME, folder=project.root)

    assert (2, "") == (done.returncode, done.stdout)
    assert f"parallaxe: {NAME}: it was taken down on 2024-03-01 already; there is nothing left to do\n" == done.stderr


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "# Changelog\n\n## [Unreleased]\n\n### Data\n\nLINE"),
        (
            "# C\n\n## [1.0.0] – 2024-01-01\n\n### Data\n\n- Un.\n",
            "# C\n\n## [Unreleased]\n\n### Data\n\nLINE\n## [1.0.0] – 2024-01-01\n\n### Data\n\n- Un.\n",
        ),
        (
            "# C\n\n## [1.0.0] – unreleased\n\n### Code\n\n- Un\n\n### Data\n\n- Deux\n\n## [0.9.0] – 2023-01-01\n",
            "# C\n\n## [1.0.0] – unreleased\n\n### Code\n\n- Un\n\n### Data\n\nLINE- Deux\n\n## [0.9.0] – 2023-01-01\n",
        ),
        (
            "# C\n\n## [1.0.0] – unreleased\n\n### Code\n\n- Un.\n\n## [0.9.0] – 2023-01-01\n",
            "# C\n\n## [1.0.0] – unreleased\n\n### Code\n\n- Un.\n\n### Data\n\nLINE\n## [0.9.0] – 2023-01-01\n",
        ),
    ],
)
def test_the_changelog_says_so_once(before: str, after: str) -> None:
    """Under *Data* of what is not released; a section or heading that is missing is made; twice is once."""
    expected = after.replace("LINE", "- `la-gare` was taken down on 2024-03-01.\n")
    gone = Takedown("la-gare", "2024-03-01", None, "0" * 64)

    assert expected == with_takedown(before, gone)
    assert expected == with_takedown(expected, gone)
