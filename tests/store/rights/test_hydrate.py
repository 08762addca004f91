"""Copies of restricted articles come in: exact ones as they are, near ones as editions, from folders and archives."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path

import datasets
import pytest

from command_line import run_installed
from parallaxe.core.claims import Entity, Layer, Quote, Span
from parallaxe.core.errors import CombinedError, RawFileError, UsageError
from parallaxe.store.add import Declared, add
from parallaxe.store.annotations import write_layer
from parallaxe.store.commands import Options, build_project
from parallaxe.store.init import init_project
from parallaxe.store.project import Project
from parallaxe.store.reading import read_row
from parallaxe.store.rights.hydrate import Match, hydrate
from parallaxe.store.rights.offered import offered_files

BODY = (
    "Le chalutier a quitté le quai avant l'aube, et personne à bord n'a voulu dire combien de temps il y resterait.",
    "« Nous irons jusqu'au bout », a déclaré Jeanne Kerbrat, qui compte les voix de ceux qui veulent bien la suivre.",
    "La préfecture a répondu par un long communiqué que les pêcheurs ont lu debout, sans un mot, devant la porte.",
    "Personne ne sait encore quand le vote aura lieu, ni qui pourra y prendre part parmi ceux qui vivent de la pêche.",
)
ORIGINAL = "La mer attend\n\n{}\n\n{}\n\n{}\n\n{}\n".format(*BODY)
EDITION = (
    "<!DOCTYPE html><html lang='fr'><head><title>Au port</title></head><body><article><h1>Au port, on attend</h1>"
    "<p>{}</p><p>Lire aussi : la saison des filets</p><p>{}</p><p>{}</p></article></body></html>"
).format(BODY[1].replace("'", "&rsquo;"), BODY[2], BODY[3])


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An article whose raw file is gone, with a layer about it."""
    (tmp_path / "la-mer.txt").write_text(ORIGINAL, "utf-8")
    root = init_project(tmp_path / "projet", "Projet").root
    add(Project(root), [tmp_path / "la-mer.txt"], Declared("restricted", "press"))
    project = Project(root)
    document = read_row(project, project.catalogue[0])
    text = document.text or ""

    def span(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    claims = (
        Entity("e1", (span("Jeanne Kerbrat"),), "PER", None, "NIL:kerbrat"),
        Entity("e2", (span("chalutier"),), "ORG"),
        Quote("q1", "direct", (span("Nous irons jusqu'au bout"),), (span("a déclaré"),), (span("Jeanne Kerbrat"),)),
    )
    made = (document.text_sha256, document.normalizer, "0.1", "lecteur-1", "human", ("entity", "quote"))
    write_layer(project.layers, Layer("gold", "la-mer", *made, claims))
    shutil.rmtree(project.seeds / "restricted")
    return Project(root)


def offered(folder: Path, files: Mapping[str, str]) -> Path:
    """A folder with files."""
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def states(matches: list[Match]) -> dict[str, str]:
    """What became of each article and file."""
    return {match.name: match.state for match in matches}


def test_another_edition_is_kept_and_told(project: Project, tmp_path: Path) -> None:
    """A page with another title, without the lead and with other apostrophes is taken, and what it lacks is told."""
    [match] = hydrate(project, offered(tmp_path / "copies", {"page.html": EDITION}))

    assert ("la-mer", "near", "page.html") == (match.name, match.state, match.file)
    assert match.likeness is not None
    assert pytest.approx(sum(map(len, BODY[1:])) / sum(map(len, BODY)), abs=1e-4) == match.likeness.share
    assert {"gold": (2, 1)} == match.likeness.claims
    assert [BODY[0]] == [ORIGINAL[slice(*span)] for span in match.likeness.missing]
    assert not (project.seeds / "restricted").exists()
    [again] = hydrate(project, offered(tmp_path / "nothing", {}))
    assert ("near", match.likeness) == (again.state, again.likeness)


def test_the_full_dataset_is_built_with_the_edition(project: Project, tmp_path: Path) -> None:
    """Its text, under a name of its own, with the claims that have a place in it; the public one does not change."""
    public = build_project(project.root, None, Options()).digest
    with pytest.raises(CombinedError, match="is not here"):
        build_project(project.root, None, Options(profile="full"))
    hydrate(project, offered(tmp_path / "copies", {"page.html": EDITION}))

    assert public == build_project(Project(project.root).root, None, Options()).digest
    out = build_project(project.root, tmp_path / "full", Options(profile="full")).out
    [article] = datasets.load_dataset("parquet", data_files=str(out / "data/articles/*.parquet"))["train"]
    entities = datasets.load_dataset("parquet", data_files=str(out / "data/entities/*.parquet"))["train"]
    assert "editions/la-mer.html" == article["raw_file"]
    assert article["text"].startswith("Au port, on attend")
    assert ["Jeanne Kerbrat"] == [row["text"] for row in entities]


def test_an_exact_copy_takes_the_place_of_an_edition(project: Project, tmp_path: Path) -> None:
    """Whoever finds the article itself has it from then on, and the edition goes."""
    hydrate(project, offered(tmp_path / "copies", {"page.html": EDITION}))
    [match] = hydrate(project, offered(tmp_path / "exact", {"autre.txt": ORIGINAL}))

    assert "copied" == match.state
    assert [] == list((project.state / "editions").glob("*"))


def test_the_nearest_of_several_is_taken(project: Project, tmp_path: Path) -> None:
    """Of two editions the one with more of the text; a worse one later does not take its place."""
    better = ORIGINAL.replace("La mer attend", "On attend")
    copies = offered(tmp_path / "copies", {"a.html": EDITION, "b.txt": better, "c.txt": "Tout autre chose ici."})

    assert {"la-mer": "near", "a.html": "unused", "c.txt": "unused"} == states(hydrate(project, copies))
    (copies / "b.txt").unlink()
    assert 1.0 == hydrate(project, copies)[0].likeness.share  # type: ignore[union-attr]


def test_too_little_is_refused_with_its_share(project: Project, tmp_path: Path) -> None:
    """One sentence of four is a quotation and no edition."""
    copies = offered(tmp_path / "copies", {"note.txt": f"Notes\n\nIl cite : bref.\n\n{BODY[2]}\n"})
    done = run_installed("hydrate", str(copies), folder=project.root)

    assert 1 == done.returncode
    assert ["refused  la-mer: note.txt: 24% of the text is in it, 60% are asked of another edition"] == (
        done.stdout.splitlines()
    )
    assert not (project.state / "editions").exists()


def test_the_right_name_with_another_text_is_wrong(project: Project, tmp_path: Path) -> None:
    """It is told and not taken."""
    [match] = hydrate(project, offered(tmp_path / "copies", {"la-mer.txt": "Tout autre chose, et rien de plus."}))

    assert ("wrong", "la-mer.txt") == (match.state, match.file)


def zipped(path: Path, members: Mapping[str, str | bytes]) -> Path:
    """An archive with members of these names."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_an_archive_is_read_where_it_lies(project: Project, tmp_path: Path) -> None:
    """Members are known by their bytes, in any folder, and names that lead out of it lead nowhere."""
    names = ("../../dehors.txt", "/racine.txt", "C:\\windows\\x.txt", "dossier/", "dossier/sous/a.txt", "\x1b[2J.txt")
    archive = zipped(tmp_path / "copies.zip", {**dict.fromkeys(names, "Rien ici."), "un/deux/la.txt": ORIGINAL})
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    found = states(hydrate(project, archive))

    assert "copied" == found["la-mer"]
    assert {"../../dehors.txt", "dossier/sous/a.txt", "�[2J.txt"} < set(found)
    new = {path for path in tmp_path.rglob("*") if path.is_file()} - before
    assert {project.seeds / "restricted" / "la-mer.txt"} == new


def test_what_is_no_article_in_an_archive_is_told(project: Project, tmp_path: Path) -> None:
    """A link, a member that is too large, one that is damaged: each is told with its reason, the rest is read."""
    link = zipfile.ZipInfo("lien.txt")
    link.external_attr = 0o120777 << 16
    path = tmp_path / "copies.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("bombe.txt", b"0" * 6_000_000)
        archive.writestr("x.txt", b"Une phrase et puis une autre, sans rien de plus." * 9, zipfile.ZIP_STORED)
        archive.writestr("la.txt", ORIGINAL)
    path.write_bytes(path.read_bytes().replace(b"Une phrase et", b"Une phrase ET", 1))
    told = {match.name: match.why for match in hydrate(project, path)}

    assert "a link, and no file; pack the file itself" == told["lien.txt"]
    assert told["bombe.txt"].startswith("6,000,000 bytes unpacked")
    assert "it cannot be unpacked; pack it again" == told["x.txt"]
    assert "from la.txt, hash verified" == told["la-mer"]


def test_an_encrypted_member_is_told(tmp_path: Path) -> None:
    """A member with a password is none that could be read."""
    path = zipped(tmp_path / "c.zip", {"a.txt": "secret"})
    raw = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(mark) + at] |= 1
    path.write_bytes(raw)

    with offered_files(path) as [file], pytest.raises(RawFileError, match="it is encrypted"):
        file.read()


def test_what_is_neither_folder_nor_archive_is_refused(project: Project, tmp_path: Path) -> None:
    """A wrong place ends with 2, a file that is no archive with 1, each in one line."""
    (tmp_path / "x.zip").write_text("rien", "utf-8")

    with pytest.raises(UsageError, match="no such folder or archive"):
        hydrate(project, tmp_path / "nulle-part")
    with pytest.raises(RawFileError, match="no zip archive that can be read"):
        hydrate(project, tmp_path / "x.zip")
