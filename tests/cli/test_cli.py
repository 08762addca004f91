"""Commands as people call them: what is printed, and which code they end with."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from command_line import run, run_installed
from parallaxe.cli.app import app
from raw_articles import article, write_articles


def test_every_command_has_help() -> None:
    """Each command says what it does and shows how it is called."""
    for command in app.registered_commands:
        assert command.callback is not None
        assert "xample" in (command.callback.__doc__ or ""), command.callback.__name__


def test_a_folder_becomes_a_dataset(tmp_path: Path) -> None:
    """`build RAW --out DIR` ends with 0 and tells configs, splits and digest."""
    write_articles(tmp_path / "raw", 2)

    done = run_installed("build", "raw", "--out", "jeu", folder=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert "articles" in done.stdout
    assert "2 articles → jeu" in done.stdout
    assert run_installed("validate", "jeu", folder=tmp_path).stdout == (
        "jeu: no rule of the gate is broken (built dataset, public profile, 6 configs)\n"
    )


def test_wrong_data_ends_with_1(tmp_path: Path) -> None:
    """Broken files are named on standard error, a line each, without a traceback."""
    write_articles(tmp_path / "raw", 1)
    (tmp_path / "raw" / "vide.txt").write_bytes(b"")
    (tmp_path / "raw" / "image.txt").write_bytes(b"\x00\x01")

    done = run("build", "raw", "--out", "jeu", folder=tmp_path)

    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 2
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "jeu").exists()


def test_what_a_check_finds_ends_with_1(tmp_path: Path) -> None:
    """A stale file under `render --check`, a broken dataset under `validate`: CI must see it in the code."""
    run("init", "projet", folder=tmp_path)
    with (tmp_path / "projet" / "schemas" / "REFERENCE.md").open("a", encoding="utf-8") as page:
        page.write("Fin.\n")

    assert run("render", "--check", folder=tmp_path / "projet").returncode == 1
    assert run("validate", folder=tmp_path / "projet").returncode == 1
    assert run("render", folder=tmp_path / "projet").returncode == 0
    assert run("validate", folder=tmp_path / "projet").returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "rien", "--out", "jeu"),
        ("build",),
        ("build", "raw"),
        ("build", "raw", "--out", "jeu", "--profile", "secret"),
        ("build", "raw", "--out", "jeu", "--rights", "mine"),
        ("build", "--size-limit", "0"),
        ("bluid",),
        ("normalize", "rien.txt"),
        ("validate", "raw"),
        ("validate", "rien"),
        ("validate", "--explain", "text-hsh"),
    ],
)
def test_wrong_calls_end_with_2(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """What the caller can mend in the call ends with 2."""
    write_articles(tmp_path / "raw", 1)

    done = run(*arguments, folder=tmp_path)

    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_surroundings_that_fail_end_with_3(tmp_path: Path) -> None:
    """A place that cannot be written ends with 3 and says so."""
    write_articles(tmp_path / "raw", 1)
    (tmp_path / "fichier").write_text("", "utf-8")

    done = run("build", "raw", "--out", "fichier/jeu", folder=tmp_path)

    assert done.returncode == 3
    assert "choose another place with --out" in done.stderr


def test_an_article_is_shown_and_printed_as_json(tmp_path: Path) -> None:
    """`normalize` shows roles and text; `--json` gives offsets that slice the text."""
    (tmp_path / "a.txt").write_text(article(0), "utf-8")

    shown = run_installed("normalize", "a.txt", "--plan", folder=tmp_path)
    printed = json.loads(run("normalize", "a.txt", "--json", folder=tmp_path).stdout)

    assert "title  Le port attend ses grues" in shown.stdout
    assert "apostrophes: " in shown.stdout
    first = printed["blocks"][0]
    assert printed["text"][first["start"] : first["end"]] == "Le port attend ses grues"


def test_text_can_be_piped(tmp_path: Path) -> None:
    """`normalize -` reads plain text from standard input."""
    printed = json.loads(run("normalize", "-", "--json", folder=tmp_path, text="L’été.").stdout)

    assert printed["text"] == "L'été."


def test_a_project_from_nothing(tmp_path: Path) -> None:
    """`init`, `add`, `build`, `validate`, `render --check` work one after the other, without an editor between them."""
    write_articles(tmp_path / "raw", 2)
    declared = ("--rights", "open", "--license", "CC0-1.0")

    assert run_installed("init", "projet", folder=tmp_path).returncode == 0
    project = tmp_path / "projet"
    added = run_installed("add", "../raw/article-000.txt", "../raw/article-001.txt", *declared, folder=project)
    assert added.stdout.splitlines()[0] == "added article-000 (open) as seeds/open/article-000.txt"
    assert run("build", folder=project).returncode == 0
    assert run("validate", folder=project).returncode == 0
    assert run("render", folder=project).returncode == 0
    assert run_installed("render", "--check", folder=project).returncode == 0


def test_a_full_disk_ends_with_3_and_leaves_the_old_dataset(tmp_path: Path) -> None:
    """Where no more bytes can be written (a limit stands in for the disk) the old dataset is whole."""
    write_articles(tmp_path / "raw", 2)
    assert run("build", "raw", "--out", "jeu", folder=tmp_path).returncode == 0
    before = (tmp_path / "jeu" / "manifest.json").read_bytes()
    write_articles(tmp_path / "raw", 30)
    limited = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096));"
        "from parallaxe.cli import main; main()"
    )
    command = [sys.executable, "-c", limited, "build", "raw", "--out", "jeu"]

    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert done.returncode == 3
    assert done.stderr == f"parallaxe: {tmp_path / 'jeu'}: file too large; free some space and run it again\n"
    assert (tmp_path / "jeu" / "manifest.json").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["jeu", "raw"]
