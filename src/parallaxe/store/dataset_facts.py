"""What the rules of a built dataset want to know of its files, read without stopping at what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from parallaxe.core.errors import ParallaxeError, ProjectError
from parallaxe.core.parsing import parse_yaml
from parallaxe.core.schema import Schemas
from parallaxe.dataset.card import Card, Part, composition_table, parse_card, render_marked
from parallaxe.dataset.card_figures import card_figures
from parallaxe.dataset.croissant import CROISSANT_FILE, croissant_text
from parallaxe.dataset.digest import dataset_digest, rows_digest
from parallaxe.dataset.splits import SPLITS
from parallaxe.store.building.card_counts import count_frames
from parallaxe.store.building.parquet import file_digest
from parallaxe.store.dataset_files import Manifest, read_manifest
from parallaxe.store.parquet_frames import frame_of
from parallaxe.store.sources import is_inside
from parallaxe.store.text_files import read_text
from parallaxe.validate.dataset_files import DatasetFiles, PartFile
from parallaxe.validate.failures import Complaint


class ReadDataset(NamedTuple):
    """A dataset: its manifest (null where it is broken), its files as facts, and the frames that could be read."""

    manifest: Manifest | None
    files: DatasetFiles
    frames: dict[tuple[str, str], pl.DataFrame]

    @property
    def torn(self) -> set[str]:
        """Configs of which a file could not be read: nothing can be said of their rows as a whole."""
        parts = self.manifest.parts if self.manifest is not None else ()
        return {part.config for part in parts if (part.config, part.split) not in self.frames}

    def place(self, config: str, split: str) -> str:
        """The file of a config and split."""
        parts = self.manifest.parts if self.manifest is not None else ()
        files = {(part.config, part.split): fact.file for part, fact in zip(parts, self.files.parts, strict=True)}
        return files[config, split]


def read_dataset(folder: Path, schemas: Schemas) -> ReadDataset:
    """A built dataset with all its rows."""
    path = folder / "manifest.json"
    try:
        manifest = _checked(read_manifest(folder), path)
    except ParallaxeError as error:
        broken = (Complaint(f"{error.what}; {error.remedy}", str(path)),)
        return ReadDataset(None, DatasetFiles(str(path), (), "", "", broken_manifest=broken), {})
    parts, frames = [], {}
    for part in manifest.parts:
        fact, frame = _part(folder, part)
        parts.append(fact)
        if frame is not None:
            frames[part.config, part.split] = frame
    digest = dataset_digest({(part.config, part.split): part.digest for part in manifest.parts})
    named = {part.file for part in manifest.parts}
    found = sorted(path.relative_to(folder).as_posix() for path in (folder / "data").rglob("*.parquet"))
    files = DatasetFiles(
        manifest=str(path),
        parts=tuple(parts),
        digest=manifest.digest,
        found_digest=digest,
        strays=tuple(str(folder / name) for name in found if name not in named),
        readme=tuple(_readme_faults(folder, manifest, digest)),
        figures=tuple(_stale_figures(folder, manifest, parts, frames, schemas)),
        croissant=tuple(_croissant_faults(folder, manifest, schemas)),
    )
    return ReadDataset(manifest, files, frames)


def _checked(manifest: Manifest, path: Path) -> Manifest:
    """The manifest itself, if each of its parts is a file inside the dataset."""
    for part in manifest.parts:
        names: tuple[object, ...] = (part.config, part.split, part.file, part.digest, part.sha256)
        if not is_inside(path.parent / str(part.file), path.parent) or not all(isinstance(name, str) for name in names):
            raise ProjectError(str(path), f"a part is {part.file!r}, which is no file of the dataset", "build it again")
    if manifest.profile not in ("public", "full"):
        raise ProjectError(str(path), f"the profile is {manifest.profile!r}", "build it again")
    return manifest


def _part(folder: Path, part: Part) -> tuple[PartFile, pl.DataFrame | None]:
    path = folder / part.file
    fact = PartFile(str(path), part.sha256, part.digest, None)
    if not path.is_file():
        return fact._replace(broken="the manifest names it, but it is not there"), None
    try:
        fact = fact._replace(found_sha256=file_digest(path))
        rows = pq.read_table(path)
        frame = frame_of(rows)
        if fact.found_sha256 != part.sha256:
            fact = fact._replace(found_digest=rows_digest(rows))  # a TypeError: values of a type that no config has
    except (OSError, pa.ArrowException, pl.exceptions.PolarsError, ValueError, TypeError):
        return fact._replace(broken="is no Parquet file that can be read"), None
    return fact, frame


def _readme_faults(folder: Path, manifest: Manifest, digest: str) -> Iterator[Complaint]:
    """Where the YAML that `load_dataset` reads says other things than the manifest."""
    path = folder / "README.md"
    remedy = "build the dataset again"
    front = _front_matter(path)
    configs = front.get("configs") if isinstance(front, dict) else None
    if not isinstance(configs, list):
        yield Complaint(f"has no YAML with `configs`; {remedy}", str(path))
        return
    told = {str(config.get("config_name")): config for config in configs if isinstance(config, dict)}
    for name in dict.fromkeys(part.config for part in manifest.parts):
        config = told.pop(name, {})
        files = {part.split: part.file for part in manifest.parts if part.config == name}
        if _files_of(config) != files:
            yield Complaint(f"names other splits or files than the manifest; {remedy}", str(path), value=name)
        elif config.get("description") != f"sha256:{digest}":
            yield Complaint(
                f"does not carry the digest, so `datasets` may load rows from its cache; {remedy}",
                str(path),
                value=name,
            )
    for name in told:
        yield Complaint(f"names a config that the manifest lacks; {remedy}", str(path), value=str(name))


def _files_of(config: dict[str, Any]) -> dict[str, str] | None:
    entries = config.get("data_files")
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        return None
    return {str(entry.get("split")): str(entry.get("path")) for entry in entries}


def _front_matter(path: Path) -> object:
    """The YAML of a card; null where there is none."""
    try:
        parts = read_text(path).split("---\n", 2)
        return parse_yaml(parts[1], str(path)) if len(parts) == 3 and not parts[0] else None
    except ParallaxeError:
        return None


def _stale_figures(
    folder: Path,
    manifest: Manifest,
    facts: Sequence[PartFile],
    frames: dict[tuple[str, str], pl.DataFrame],
    schemas: Schemas,
) -> Iterator[Complaint]:
    """Tables between marks of the README that are not those of the rows; where these are others, that is told apart."""
    path = folder / "README.md"
    is_whole = all((part.config, part.split) in frames for part in manifest.parts)
    if not path.is_file() or not is_whole or any(fact.found_digest not in (None, fact.digest) for fact in facts):
        return
    counted = [part._replace(rows=frames[part.config, part.split].height) for part in manifest.parts]
    if not _is_ours(counted, schemas):
        return
    text = path.read_text("utf-8", errors="replace")
    figures = card_figures(count_frames(frames, schemas), schemas)
    rendered = render_marked(text, {"composition": composition_table(counted, schemas), **figures})
    for number, (stands, follows) in enumerate(zip_longest(text.split("\n"), rendered.split("\n")), 1):
        if stands != follows:
            told = "is not what the data says; build the dataset again"
            yield Complaint(told, str(path), number, (stands or "")[:60])
            return


def _is_ours(parts: Sequence[Part], schemas: Schemas) -> bool:
    """True where every config and split is one that a dataset of these schemas may have."""
    return all(part.config in schemas.tables and part.split in SPLITS for part in parts)


def _croissant_faults(folder: Path, manifest: Manifest, schemas: Schemas) -> Iterator[Complaint]:
    """Where `croissant.json` says other things than README, manifest and schemas."""
    path = folder / CROISSANT_FILE
    remedy = "build the dataset again"
    if not path.is_file():
        yield Complaint(f"is not there; {remedy}", str(path))
        return
    text = path.read_text("utf-8", errors="replace")
    if not _is_ours(manifest.parts, schemas) or (card := _card(folder / "README.md")) is None:
        return
    expected = croissant_text(card, manifest.parts, schemas)
    for number, (stands, follows) in enumerate(zip_longest(text.split("\n"), expected.split("\n")), 1):
        if stands != follows:
            told = f"is not what README, manifest and schemas say; {remedy}"
            yield Complaint(told, str(path), number, (stands or "").strip()[:60])
            return


def _card(path: Path) -> Card | None:
    """The README as a card; null where it is none, which is told apart."""
    try:
        return parse_card(read_text(path), str(path))
    except ParallaxeError:
        return None
