"""From a folder of raw files to a directory that `load_dataset` opens, never stale, never empty, always the same."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import datasets
import pyarrow.parquet as pq
import pytest

from parallaxe.core.alignment import Alignment, Segment
from parallaxe.core.errors import CombinedError, UsageError
from parallaxe.store.building.build import Build
from parallaxe.store.commands import Folder, Options, build_folder
from parallaxe.store.validation import validate_path
from raw_articles import article, write_articles


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`datasets` caches below the test's own folder, and says nothing on the way."""
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    datasets.disable_progress_bars()


def build(folder: Path, out: Path, **options: Any) -> Build:
    return build_folder(Folder(folder), out, Options(**options))


def load(folder: Path, config: str = "articles") -> datasets.DatasetDict:
    return datasets.load_dataset(str(folder), config)


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("count", "splits"), [(1, {"train"}), (3, {"train"}), (5, {"train"})])
def test_small_folders_have_one_split(tmp_path: Path, count: int, splits: set[str]) -> None:
    """One, three or five articles are `train` alone, and every config that is named loads."""
    build(write_articles(tmp_path / "raw", count), tmp_path / "out")

    for config in datasets.get_dataset_config_names(str(tmp_path / "out")):
        assert set(load(tmp_path / "out", config)) == splits
    assert load(tmp_path / "out")["train"].num_rows == count


def test_no_articles_is_a_wrong_call(tmp_path: Path) -> None:
    """An empty folder gives one line and no dataset."""
    with pytest.raises(UsageError, match="no article there"):
        build(write_articles(tmp_path / "raw", 0), tmp_path / "out")

    assert not (tmp_path / "out").exists()


def test_larger_folders_have_three_splits_and_none_is_empty(tmp_path: Path) -> None:
    """From ten groups on there are train, validation and test, each with rows in every config."""
    built = build(write_articles(tmp_path / "raw", 12), tmp_path / "out")

    assert {part.split for part in built.parts if part.config == "articles"} == {"train", "validation", "test"}
    assert all(part.rows > 0 for part in built.parts)
    assert sum(split.num_rows for split in load(tmp_path / "out").values()) == 12


def test_near_duplicates_never_straddle(tmp_path: Path) -> None:
    """Nearly equal articles share group and split, whatever their names."""
    raw = write_articles(tmp_path / "raw", 12)
    body = "\n\n".join(article(number).replace("\n\n", "\n") for number in range(4))
    for number in range(6):
        (raw / f"copie-{number * 7}.txt").write_text(f"{body}\n\nVersion {number}.", "utf-8")
    build(raw, tmp_path / "out")

    rows = [(row, split) for split, table in load(tmp_path / "out").items() for row in table]
    copies = {(row["near_duplicate_group"], split) for row, split in rows if row["article_id"].startswith("copie")}
    assert len(copies) == 1


def test_shared_passages_are_parallels_in_one_split(tmp_path: Path) -> None:
    """Agency copy becomes a row of `parallels` with the words they share; its articles stay together."""
    raw = write_articles(tmp_path / "raw", 12)
    wire = (
        "Le convoi a quitté la gare de Brassac avant l'aube, selon deux cheminots présents sur le quai, et personne "
        "n'a vu qui se trouvait dans les trois derniers wagons. La compagnie n'a pas souhaité commenter ce départ, "
        "qu'aucun horaire n'annonçait. Un communiqué est attendu dans la journée, a fait savoir son porte-parole."
    )
    (raw / "depeche.txt").write_text(f"Un train part\n\nIl pleuvait sur la ville.\n\n{wire}\n", "utf-8")
    (raw / "reprise.txt").write_text(f"À l'aube\n\n{wire.replace('quitté', 'laissé')}\n\nLa suite ici.\n", "utf-8")
    build(raw, tmp_path / "out")

    texts = {row["article_id"]: row for table in load(tmp_path / "out").values() for row in table}
    parallels = load(tmp_path / "out", "parallels")
    kind = parallels["train"].features["kind"].str2int("agency_copy")
    rows = [row for table in parallels.values() for row in table if row["kind"] == kind]
    assert [(row["article_a"], row["article_b"]) for row in rows] == [("depeche", "reprise")]
    [fragment] = rows[0]["fragments_a"]
    assert texts["depeche"]["text"][fragment["start"] : fragment["end"]] in wire
    assert fragment["end"] - fragment["start"] > 0.9 * len(wire)
    assert texts["depeche"]["near_duplicate_group"] == texts["reprise"]["near_duplicate_group"]


def test_two_builds_are_the_same_bytes(tmp_path: Path) -> None:
    """The same raw files give the same files, in one process or two, whatever the batches."""
    raw = write_articles(tmp_path / "raw", 12)

    one, two = build(raw, tmp_path / "one", jobs=1), build(raw, tmp_path / "two", jobs=2)

    assert one.digest == two.digest
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_a_rebuilt_directory_is_never_stale(tmp_path: Path) -> None:
    """`load_dataset` shows the new rows after a directory was rewritten in place."""
    raw = write_articles(tmp_path / "raw", 2)
    build(raw, tmp_path / "out")
    assert load(tmp_path / "out")["train"].num_rows == 2

    (raw / "article-001.txt").write_text(article(7), "utf-8")
    build(raw, tmp_path / "out")

    assert load(tmp_path / "out")["train"]["title"] == ["Le port attend ses grues", "Le marché change de place"]


def test_directories_of_one_name_are_told_apart(tmp_path: Path) -> None:
    """Two datasets in directories of the same name give each its own rows."""
    build(write_articles(tmp_path / "raw-x", 1), tmp_path / "x" / "ds")
    build(write_articles(tmp_path / "raw-y", 1, start=5), tmp_path / "y" / "ds")

    assert load(tmp_path / "x" / "ds")["train"]["title"] == ["Le port attend ses grues"]
    assert load(tmp_path / "y" / "ds")["train"]["title"] == ["La bibliothèque déménage"]


def test_added_articles_are_seen(tmp_path: Path) -> None:
    """More articles, and with them more splits and files, are all there at the next load."""
    raw = write_articles(tmp_path / "raw", 3)
    build(raw, tmp_path / "out")
    assert sum(split.num_rows for split in load(tmp_path / "out").values()) == 3

    write_articles(raw, 12)
    build(raw, tmp_path / "out")

    assert set(load(tmp_path / "out")) == {"train", "validation", "test"}
    assert sum(split.num_rows for split in load(tmp_path / "out").values()) == 12


def test_features_are_typed(tmp_path: Path) -> None:
    """ClassLabels keep their names, lists of structs are lists, the version is the card's."""
    build(write_articles(tmp_path / "raw", 1), tmp_path / "out")
    dataset = load(tmp_path / "out")["train"]

    assert dataset.features["rights"].names == ["open", "restricted"]
    assert isinstance(dataset.features["blocks"], datasets.List)
    assert dataset.features["blocks"].feature["role"].names[0] == "title"
    assert str(dataset.info.version) == "0.1.0"


def test_every_character_knows_where_it_stood(tmp_path: Path) -> None:
    """The alignment of a JSONL record leads into the decoded file, escapes and other records included."""
    raw = tmp_path / "raw"
    raw.mkdir()
    lines = [{"id": "un", "text": article(1)}, {"id": "deux", "text": article(2), "title": "Deux"}]
    source = "".join(f"{json.dumps(line)}\n" for line in lines)
    (raw / "lot.jsonl").write_text(source, "utf-8")
    build(raw, tmp_path / "out")

    texts = {row["article_id"]: row["text"] for row in load(tmp_path / "out")["train"]}
    assert set(texts) == {"lot-un", "lot-deux"}
    for row in load(tmp_path / "out", "alignment")["train"]:
        alignment = Alignment(tuple(Segment(**segment) for segment in row["segments"]))
        text = texts[row["article_id"]]
        place = text.index("irons")
        start, end = alignment.to_raw(place, place + 5)
        assert source[start:end] == "irons"
        assert alignment.raw_length == len(source)


def test_restricted_folders_withhold_their_texts(tmp_path: Path) -> None:
    """Declared restricted, the public profile keeps offsets and hashes and no text; the full one keeps all."""
    raw = write_articles(tmp_path / "raw", 2)
    for profile in ("public", "full"):
        build_folder(Folder(raw, rights="restricted"), tmp_path / profile, Options(profile=profile))

    public, full = load(tmp_path / "public")["press"], load(tmp_path / "full")["press"]
    assert public["text"] == [None, None]
    assert public["text_sha256"] == full["text_sha256"]
    assert public["blocks"] == full["blocks"]
    assert load(tmp_path / "public", "sentences")["press"]["text"][0] is None
    assert "l'été" in full["text"][0]
    assert not any(b"Trois r" in content for content in files(tmp_path / "public").values())


def test_what_is_built_passes_the_gate(tmp_path: Path) -> None:
    """A dataset read back from its files breaks no rule."""
    build(write_articles(tmp_path / "raw", 12), tmp_path / "out")

    _, report = validate_path(tmp_path / "out")

    assert report.lines() == ()


def test_parquet_is_zstd_with_features(tmp_path: Path) -> None:
    """Files are zstd Parquet that carry their features, so that they load without the README too."""
    build(write_articles(tmp_path / "raw", 1), tmp_path / "out")
    file = pq.ParquetFile(tmp_path / "out" / "data" / "articles" / "train.parquet")

    assert file.metadata.row_group(0).column(0).compression == "ZSTD"
    assert b"huggingface" in file.schema_arrow.metadata


def test_a_killed_build_leaves_the_old_dataset_or_the_new(tmp_path: Path) -> None:
    """Killed at six moments of a rebuild, the directory always holds one of the two datasets, whole."""
    raw, out = write_articles(tmp_path / "raw", 3), tmp_path / "out"
    wanted = {build(raw, out).digest}
    write_articles(raw, 12)
    wanted.add(build(raw, tmp_path / "reference").digest)
    command = [sys.executable, "-c", "from parallaxe.cli import main; main()", "build", str(raw), "--out", str(out)]
    for number in range(6):
        builder = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.4 + number * 0.5)
        builder.send_signal(signal.SIGKILL)
        builder.wait()
        manifest = json.loads((out / "manifest.json").read_text("utf-8"))
        assert manifest["digest"] in wanted
        assert all((out / part["file"]).is_file() for part in manifest["parts"])
        assert validate_path(out)[1].ok


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("vide.txt", b"", "the file is empty"),
        ("blanc.txt", b" \n\t\n", "the file is empty"),
        ("image.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "this is a binary file"),
        ("casse.txt", "Élysée, été, près".encode() * 3 + b"\xff", "is no utf-8"),
        ("page.html", b"<html><body><nav><a>Une</a></nav></body></html>", "holds no article text"),
        ("lot.jsonl", b'{"text": "Un article."}\n{"text": }\n', "lot.jsonl:2"),
        ("lot.jsonl", b'{"texte": "Un article."}\n', "no field 'text'"),
        ("lot.jsonl", b'{"id": "a/b", "text": "Un article."}\n', "is no id"),
        ("日本.txt", b"Un article.", "gives no id"),
        ("grand.txt", b"Un article. " * 1000, "raise --size-limit"),
        ("article_000.html", b"", "empty"),
    ],
)
def test_bad_files_are_one_line_each_and_nothing_is_written(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    """Each bad file is named with what is wrong and what to do; the dataset is not touched."""
    raw = write_articles(tmp_path / "raw", 2)
    (raw / name).write_bytes(content)

    with pytest.raises((CombinedError, UsageError)) as raised:
        build(raw, tmp_path / "out", size_limit=10_000)

    assert message in str(raised.value)
    assert name in str(raised.value)
    assert "\n" not in str(raised.value)
    assert not (tmp_path / "out").exists()


def test_all_bad_files_are_told_at_once(tmp_path: Path) -> None:
    """One run is enough to know everything that is to be mended."""
    raw = write_articles(tmp_path / "raw", 2)
    (raw / "vide.txt").write_bytes(b"")
    (raw / "double.txt").write_text(article(1), "utf-8")

    with pytest.raises(CombinedError) as raised:
        build(raw, tmp_path / "out")

    assert "vide.txt: the file is empty" in str(raised.value)
    assert "double.txt: its text is that of article-001.txt" in str(raised.value)


def test_ids_that_collide_get_their_extension(tmp_path: Path) -> None:
    """Two files of one stem are two articles; two of one name are an error that names both."""
    raw = write_articles(tmp_path / "raw", 1)
    (raw / "article-000.md").write_text(f"# Autre chose\n\n{article(3)}", "utf-8")
    build(raw, tmp_path / "out")
    assert load(tmp_path / "out")["train"]["article_id"] == ["article-000-md", "article-000-txt"]

    write_articles(raw / "encore", 1, start=0)
    with pytest.raises(CombinedError, match="is that of"):
        build(raw, tmp_path / "out")


def test_links_that_leave_the_folder_are_refused(tmp_path: Path) -> None:
    """A symbolic link to a file elsewhere is an error, a dead one too."""
    raw = write_articles(tmp_path / "raw", 1)
    (tmp_path / "secret.txt").write_text(article(2), "utf-8")
    (raw / "lien.txt").symlink_to(tmp_path / "secret.txt")
    (raw / "mort.txt").symlink_to(tmp_path / "rien.txt")

    with pytest.raises(CombinedError) as raised:
        build(raw, tmp_path / "out")

    assert "lien.txt: the link leaves the folder" in str(raised.value)
    assert "mort.txt: the link leaves the folder" in str(raised.value)


def test_names_that_no_table_could_hold_are_refused(tmp_path: Path) -> None:
    """A file name with bytes that are no UTF-8 is one line that shows them."""
    raw = write_articles(tmp_path / "raw", 1)
    try:
        Path(os.fsdecode(os.fsencode(raw) + b"/mauvais-\xff.txt")).write_text(article(2), "utf-8")
    except OSError:
        pytest.skip("this file system has UTF-8 names only")

    with pytest.raises(CombinedError, match=r"mauvais-\\udcff\.txt: the name of the file is no UTF-8; rename it"):
        build(raw, tmp_path / "out")


def test_other_languages_are_kept_and_flagged(tmp_path: Path) -> None:
    """A text that is not French stays, with its language, and the build says so."""
    raw = write_articles(tmp_path / "raw", 1)
    english = "The harbour waits for its cranes. Three meetings took place over the summer, and nobody left them angry."
    (raw / "english.txt").write_text(f"{english}\n\n{english.replace('summer', 'winter')}", "utf-8")

    built = build(raw, tmp_path / "out")

    assert load(tmp_path / "out")["train"]["language"] == ["fr", "en"]
    assert any("non-french-text" in line and "english" in line for line in built.warnings)


def test_the_raw_folder_is_never_overwritten(tmp_path: Path) -> None:
    """`--out` may not be the folder of raw articles or one above it."""
    raw = write_articles(tmp_path / "raw", 1)
    before = files(raw)

    for out in (raw, tmp_path):
        with pytest.raises(UsageError, match="would take the place of the raw articles"):
            build(raw, out)

    assert files(raw) == before


def test_a_dataset_moves_with_its_directory(tmp_path: Path) -> None:
    """Paths in the dataset are relative: a copy elsewhere loads."""
    build(write_articles(tmp_path / "raw", 1), tmp_path / "out")
    shutil.copytree(tmp_path / "out", tmp_path / "ailleurs" / "copie")

    assert load(tmp_path / "ailleurs" / "copie")["train"].num_rows == 1
