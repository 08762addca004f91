"""What the repository says of itself is true: its tasks, its licences, its pins, and what it must never hold."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import parallaxe
from parallaxe.store.release.changelog import newest_released

RUN = 12  # words in a row that no tracked file may share with a restricted article

# In halves, so that this file does not name them itself.
_FORBIDDEN = re.compile(
    "|".join(
        re.escape(first + second)
        for first, second in (
            ("/wo", "rk/"), ("/ro", "ot/"), ("/ho", "me/"), ("/Us", "ers/"),
            ("py", "pi.org"), ("python", "hosted"), ("registry.", "npmjs"), ("deb.", "debian.org"),
        )
    )
)  # fmt: skip
_MAKE = re.compile(r"(?:^|`|\$ )make ([a-z]+)\b", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)")


@cache
def _tracked(repository: Path) -> tuple[Path, ...]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=repository, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    paths = [repository / name for name in listed.stdout.split("\0") if name]
    return tuple(path for path in paths if path.is_file())


def _words(text: str) -> list[str]:
    text = unicodedata.normalize("NFC", text.replace("\N{SOFT HYPHEN}", "")).lower()
    return re.findall(r"\w+", text)


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = _words(text)
    return zip(*(words[start:] for start in range(RUN)), strict=False)


def _texts(path: Path) -> Iterator[str]:
    """All that a person could read in a file: every string of a Parquet file; else its characters."""
    if path.suffix == ".parquet":
        for column in pq.read_table(path).itercolumns():
            yield from _strings(column.combine_chunks())
    else:
        yield _decoded(path.read_bytes())


def _decoded(raw: bytes) -> str:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _strings(values: pa.Array) -> Iterator[str]:
    if isinstance(values, pa.ChunkedArray):
        for chunk in values.chunks:
            yield from _strings(chunk)
    elif pa.types.is_struct(values.type):
        for field in values.flatten():
            yield from _strings(field)
    elif pa.types.is_list(values.type) or pa.types.is_large_list(values.type):
        yield from _strings(values.flatten())
    elif pa.types.is_string(values.type) or pa.types.is_large_string(values.type):
        yield from values.drop_null().to_pylist()


def test_no_tracked_file_repeats_a_restricted_article(repository: Path, seed_folder: Path) -> None:
    """No tracked file, Parquet included, shares twelve words in a row with a restricted article."""
    seeds = {run: seed.name for seed in seed_folder.glob("00*.txt") for run in _runs(seed.read_text("utf-8"))}
    leaks = {
        f"{path.relative_to(repository)} repeats {seeds[run]}"
        for path in _tracked(repository)
        for text in _texts(path)
        for run in _runs(text)
        if run in seeds
    }

    assert set() == leaks


def test_runs_are_found_inside_parquet(tmp_path: Path) -> None:
    """The search sees strings in lists of structs, past soft hyphens and letter case."""
    sentence = "un deux trois quatre cinq six sept huit neuf dix onze dou\N{SOFT HYPHEN}ze"
    table = pa.table({"rows": [[{"text": sentence.upper()}]], "n": [1]})
    pq.write_table(table, tmp_path / "t.parquet")

    found = [run for text in _texts(tmp_path / "t.parquet") for run in _runs(text)]

    assert [tuple("un deux trois quatre cinq six sept huit neuf dix onze douze".split())] == found


def test_no_tracked_file_names_a_machine_or_a_registry(repository: Path) -> None:
    """No tracked file holds a path of somebody's machine or the host of a package registry."""
    named = {
        f"{path.relative_to(repository)}: {found.group()}"
        for path in _tracked(repository)
        for text in _texts(path)
        if (found := _FORBIDDEN.search(text))
    }

    assert set() == named


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "requirements/README.md", ".ci/run"])
def test_every_task_that_is_named_exists(repository: Path, page: str) -> None:
    """Every `make WORD` in the documentation and in CI is a target of the Makefile."""
    targets = set(re.findall(r"^([a-z]+):", (repository / "Makefile").read_text(), re.MULTILINE))
    named = set(_MAKE.findall((repository / page).read_text("utf-8")))

    assert set() == named - targets
    assert named, f"{page} names no task: does the pattern still match?"


def test_contributing_names_every_task(repository: Path) -> None:
    """Every target of the Makefile but `help` is told in CONTRIBUTING.md."""
    targets = set(re.findall(r"^([a-z]+):.*##", (repository / "Makefile").read_text(), re.MULTILINE))
    named = set(_MAKE.findall((repository / "CONTRIBUTING.md").read_text("utf-8")))

    assert set() == targets - named - {"help"}


def test_links_lead_somewhere(repository: Path) -> None:
    """Every relative link of a Markdown file leads to a file or folder of the repository."""
    dead = {
        f"{page.relative_to(repository)}: {target}"
        for page in _tracked(repository)
        if page.suffix == ".md" and "seeds" not in page.relative_to(repository).parts
        for target in _LINK.findall(page.read_text("utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    }

    assert set() == dead


def test_the_map_of_the_readme_is_complete(repository: Path) -> None:
    """Every directory of the top level that git knows stands in the README's map."""
    folders = {path.relative_to(repository).parts[0] for path in _tracked(repository) if path.parent != repository}
    readme = (repository / "README.md").read_text("utf-8")

    assert set() == {folder for folder in folders if not folder.startswith(".") and f"{folder}/" not in readme}


def test_versions_agree(repository: Path) -> None:
    """The package has one version; so have the data: card, citation, dataset, newest release of the changelog."""
    project = tomllib.loads((repository / "pyproject.toml").read_text())["project"]
    card = re.search(r"^version: (\S+)$", (repository / "DATASET_CARD.md").read_text("utf-8"), re.MULTILINE)
    citation = re.search(r"^version: (\S+)$", (repository / "CITATION.cff").read_text(), re.MULTILINE)
    manifest = json.loads((repository / "corpus" / "manifest.json").read_text("utf-8"))

    assert project["version"] == parallaxe.__version__
    assert card is not None
    assert citation is not None
    assert card[1] == citation[1] == manifest["version"]
    assert card[1] == str(newest_released((repository / "CHANGELOG.md").read_text("utf-8")))


def test_releases_tell_code_and_data_apart(repository: Path) -> None:
    """Each release of the changelog has the headings Code and Data, in this order, or Data alone; and no others."""
    releases = re.split(r"^## ", (repository / "CHANGELOG.md").read_text("utf-8"), flags=re.MULTILINE)[1:]
    headings = [re.findall(r"^### (.+)$", release, re.MULTILINE) for release in releases]

    assert [] == [found for found in headings if found not in (["Code", "Data"], ["Data"])]


def _pins(path: Path) -> dict[str, str]:
    """Requirements by name and marker, each with the rest of its entry."""
    entries = re.split(r"^(?=[A-Za-z0-9])", path.read_text(), flags=re.MULTILINE)[1:]
    return {re.sub(r"\s*\\\n.*", "", entry, flags=re.DOTALL).strip(): entry for entry in entries}


@pytest.mark.parametrize("name", ["base.txt", "dev.txt"])
def test_requirements_are_pinned_and_hashed(repository: Path, name: str) -> None:
    """Every requirement has one exact version and a hash, and none says where to fetch it."""
    path = repository / "requirements" / name
    pins = _pins(path)

    assert [] == [pin for pin in pins if "==" not in pin]
    assert [] == [pin for pin, entry in pins.items() if "--hash=sha256:" not in entry]
    assert "://" not in path.read_text()
    assert not re.search(r"^-", path.read_text(), re.MULTILINE), "an option of pip stands in the file"


def test_both_requirements_agree(repository: Path) -> None:
    """Whoever installs only what the package needs gets the versions it is tested with."""
    base, dev = (_pins(repository / "requirements" / name) for name in ("base.txt", "dev.txt"))

    assert set() == set(base) - set(dev)


def test_every_dependency_is_pinned(repository: Path) -> None:
    """What pyproject.toml asks for stands in requirements/dev.txt."""
    project = tomllib.loads((repository / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    asked = [*project["dependencies"], *extras["studio"], *extras["dev"]]
    names = {re.match(r"[\w.-]+", requirement)[0].lower() for requirement in asked}  # type: ignore[index]
    pinned = {pin.split("==")[0].lower() for pin in _pins(repository / "requirements" / "dev.txt")}

    assert set() == names - pinned - {"parallaxe"}


def _imported(source: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_every_import_is_declared(repository: Path) -> None:
    """The package imports nothing that pyproject.toml does not ask for by name: what others bring along may go."""
    project = tomllib.loads((repository / "pyproject.toml").read_text())["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["studio"]]
    names = [re.split(r"[^\w-]", requirement)[0].replace("-", "_") for requirement in asked]
    modules_of = {"pyyaml": "yaml", "pyahocorasick": "ahocorasick", "scikit_learn": "sklearn"}
    declared = {modules_of.get(name, name) for name in names}
    modules = {module.split(".")[0] for source in (repository / "src").rglob("*.py") for module in _imported(source)}

    assert set() == modules - declared - sys.stdlib_module_names - {"parallaxe"}


def test_ci_does_what_a_stranger_does(repository: Path) -> None:
    """The workflow runs `.ci/run` and nothing of its own, and that file can be run."""
    workflow = (repository / ".github" / "workflows" / "ci.yml").read_text()

    assert [".ci/run"] == re.findall(r"- run: (.+)", workflow)
    assert (repository / ".ci" / "run").stat().st_mode & 0o111


def test_licences_are_all_there(repository: Path) -> None:
    """Each licence that a row of the catalogue or the project names has its text in LICENSES/."""
    texts = {path.stem for path in (repository / "LICENSES").glob("*.txt")}
    catalogue = (repository / "seeds" / "catalogue.jsonl").read_text("utf-8")
    named = set(re.findall(r'"license": "([^"]+)"', catalogue))

    assert set() == named - texts
    assert {"Apache-2.0", "CC-BY-4.0", "CC0-1.0"} == texts
    assert (repository / "LICENSE").read_text() == (repository / "LICENSES" / "Apache-2.0.txt").read_text()


def test_no_lock_file_names_a_registry(repository: Path) -> None:
    """Lock files that name registries are not tracked: requirements/*.txt are the pins."""
    locks = {"uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "package-lock.json", "yarn.lock"}

    assert set() == locks & {path.name for path in _tracked(repository)}
