"""Rules of a built dataset as files: what the manifest names is there, and is what it says.

Whoever reads the disk (`store.facts`) makes values of it; the rules here only judge them. The examples are done to a
dataset of one article.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from parallaxe.validate.failures import Complaint
from parallaxe.validate.rule import Question, question

Complaints: TypeAlias = Iterator[Complaint]


class PartFile(NamedTuple):
    """A Parquet file as the manifest names it, and as it is.

    `broken` says why it cannot be read. The digest of its rows, which takes long, is told where the bytes are others.
    """

    file: str
    sha256: str
    digest: str
    found_sha256: str | None
    found_digest: str | None = None
    broken: str | None = None


@dataclass(frozen=True)
class DatasetFiles:
    """The files of a dataset. `digest` is what the manifest says, `found_digest` what follows from its parts."""

    manifest: str
    parts: tuple[PartFile, ...]
    digest: str
    found_digest: str
    strays: tuple[str, ...] = ()
    readme: tuple[Complaint, ...] = ()
    figures: tuple[Complaint, ...] = ()
    croissant: tuple[Complaint, ...] = ()
    broken_manifest: tuple[Complaint, ...] = ()


@question(level=1, about="dataset")
def manifest_readable(dataset: DatasetFiles) -> Complaints:
    """`manifest.json` can be read and says what the dataset holds.

    Nothing else is asked until it can.

    Fails:
        write manifest.json
            {}

    Passes:
        replace manifest.json
            "profile": "public"
            "profile": "full"
    """
    yield from dataset.broken_manifest


@question(level=1, about="dataset")
def data_file_readable(dataset: DatasetFiles) -> Complaints:
    """Every file that the manifest names is there, and is Parquet.

    Fails:
        write data/alignment/train.parquet
            Le port attend.

    Passes:
        append README.md
            Le port attend.
    """
    for part in dataset.parts:
        if part.broken is not None:
            yield Complaint(f"{part.broken}; build the dataset again", part.file)


@question(level=1, about="dataset")
def data_file_rows(dataset: DatasetFiles) -> Complaints:
    """A data file holds the rows that the manifest names by their digest, in any order.

    Whoever cites the digest means these rows. Correct the sources, and build again.

    Fails:
        drop-row data/ner/train.parquet 0

    Passes:
        append README.md
            Le port attend.
    """
    for part in dataset.parts:
        if part.found_digest not in (None, part.digest):
            yield Complaint("holds other rows than were built; mend the sources, then build again", part.file)


@question(level=1, about="dataset", severity="warning")
def data_file_bytes(dataset: DatasetFiles) -> Complaints:
    """A data file has the bytes that the manifest names by their SHA-256.

    The same rows in other bytes are the same data, saved by another program or another compression.

    Fails:
        save-again data/ner/train.parquet

    Passes:
        append README.md
            Le port attend.
    """
    for part in dataset.parts:
        if part.found_sha256 not in (None, part.sha256) and part.found_digest == part.digest:
            yield Complaint("holds the right rows in other bytes; build it again with the pinned libraries", part.file)


@question(level=1, about="dataset")
def data_file_named(dataset: DatasetFiles) -> Complaints:
    """The manifest names every Parquet file below `data/`.

    Fails:
        copy data/ner/train.parquet data/ner/extra.parquet

    Passes:
        write data/NOTES.md
            Le port attend.
    """
    for file in dataset.strays:
        yield Complaint("is in no part of the manifest; remove it, or build the dataset again", file)


@question(level=1, about="dataset")
def manifest_digest(dataset: DatasetFiles) -> Complaints:
    """The digest of a dataset follows from those of its parts.

    Fails:
        replace manifest.json
            "digest": "
            "digest": "0

    Passes:
        append README.md
            Le port attend.
    """
    if dataset.digest != dataset.found_digest:
        yield Complaint("`digest` does not follow from the parts; build the dataset again", dataset.manifest)


@question(level=1, about="dataset")
def readme_configs(dataset: DatasetFiles) -> Complaints:
    """The YAML of `README.md` has the configs, splits and files of the manifest, and its digest in every config.

    `load_dataset` reads the YAML and nothing else, and serves rows from its cache where version and description are as
    they were, whatever the files hold.

    Fails:
        replace README.md
            data/ner/train.parquet
            data/ner/test.parquet

    Passes:
        append README.md
            Le port attend.
    """
    yield from dataset.readme


@question(level=1, about="dataset")
def croissant_current(dataset: DatasetFiles) -> Complaints:
    """`croissant.json` is there, and says what README, manifest and schemas say: files with hashes, columns, prose.

    Whoever loads by it checks the hashes, and searches by the words. Who changes the README by hand changes the card
    of the project instead, and builds again.

    Fails:
        replace croissant.json
            "sha256": "
            "sha256": "0

    Passes:
        append README.md
            Le port attend.
    """
    yield from dataset.croissant


@question(level=5, about="dataset")
def readme_figures(dataset: DatasetFiles) -> Complaints:
    """Figures between marks in the README of a dataset are those of its data.

    Fails:
        replace README.md
            | `articles` | an article | 1 |
            | `articles` | an article | 300 |

    Passes:
        append README.md
            Trois cents articles suivront.
    """
    yield from dataset.figures


FILE_RULES: tuple[Question[DatasetFiles], ...] = (
    manifest_readable,
    data_file_readable,
    data_file_rows,
    data_file_bytes,
    data_file_named,
    manifest_digest,
    readme_configs,
    croissant_current,
    readme_figures,
)
