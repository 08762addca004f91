"""Reading a directory that `load_dataset` opens and that was not built here: configs, splits, files as it finds them.

Which file belongs to which split is for `datasets` to say, since it is what a reader will call; the rows are read as
they stand, before `datasets` casts or caches anything. Nothing outside the directory is read, and no network is asked.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from parallaxe.core.errors import ParallaxeError
from parallaxe.store.jsonl import BrokenLine, scan_rows
from parallaxe.store.sources import is_inside
from parallaxe.store.text_files import NO_FILE, read_json
from parallaxe.validate.failures import Complaint
from parallaxe.validate.foreign import Features, Foreign, ForeignSplit

DATA_FILES = (".parquet", ".csv", ".tsv", ".jsonl", ".ndjson", ".json")
"""Files that can be read here."""


class _Layout(NamedTuple):
    """The files of a split, and what the card says of its columns."""

    config: str
    split: str
    files: tuple[str, ...]
    features: Features | None


_TELLING = (".parquet", ".csv", ".tsv", ".jsonl", ".ndjson")
_DEPTHS = ("*", "*/*", "*/*/*")


def is_dataset(folder: Path) -> bool:
    """True for a directory with a data file in it, or at most two folders below; JSON alone may be anything."""
    return any(path.suffix.lower() in _TELLING for depth in _DEPTHS for path in folder.glob(depth))


def read_foreign(folder: Path) -> Foreign:
    """A directory as a dataset; whatever cannot be opened or read is told in it."""
    reader = _Reader(folder)
    if odd := [path for path in sorted(folder.rglob("*")) if not (path.is_file() or path.is_dir())]:
        # `datasets` would wait for ever for what a pipe has to say.
        return Foreign(unopened=tuple(Complaint(f"{NO_FILE}; remove it", str(path)) for path in odd))
    try:
        layout = _layout(folder)
    except Exception as error:  # noqa: BLE001 -- anything may stand in a directory that somebody else made
        what = " ".join(str(error).split()).replace(str(folder.resolve()), str(folder))[:300]
        message = f"`datasets` cannot open it ({what}); mend README.md, or name the files that are there"
        readme = folder / "README.md"
        return Foreign(unopened=(Complaint(message, str(readme if readme.is_file() else folder)),))
    splits = [split for part in layout if (split := reader.split(part)) is not None]
    return Foreign(tuple(splits), tuple(reader.leaving), tuple(reader.unread), tuple(reader.passed_over))


def _layout(folder: Path) -> list[_Layout]:
    """Configs, splits and files as `datasets` finds them, offline, with a cache that is thrown away."""
    import datasets

    was_offline, datasets.config.HF_HUB_OFFLINE = datasets.config.HF_HUB_OFFLINE, True
    try:
        with tempfile.TemporaryDirectory() as cache:
            found: list[_Layout] = []
            for config in datasets.get_dataset_config_names(str(folder)):
                builder = datasets.load_dataset_builder(str(folder), config, cache_dir=cache)
                features = builder.info.features.to_dict() if builder.info.features is not None else None
                for split, files in (builder.config.data_files or {}).items():
                    found.append(_Layout(config, str(split), tuple(str(file) for file in files), features))
            return found
    finally:
        datasets.config.HF_HUB_OFFLINE = was_offline


@dataclass
class _Reader:
    """Reads the files of splits, and keeps what is wrong with them."""

    folder: Path
    leaving: list[Complaint] = field(default_factory=list)
    unread: list[Complaint] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)

    def split(self, part: _Layout) -> ForeignSplit | None:
        """The rows of a split; null where a file of it cannot be read, since nothing then holds of it as a whole."""
        files = [path for name in part.files if (path := self._inside(name)) is not None]
        frames = [frame for file in files if (frame := self._frame(file)) is not None]
        if len(frames) < len(part.files):
            return None
        empty = pl.DataFrame(schema={"#file": pl.String, "#row": pl.Int64})
        frame = pl.concat(frames, how="diagonal_relaxed") if frames else empty
        return ForeignSplit(part.config, part.split, frame, part.features or _stored_features(files))

    def _inside(self, name: str) -> Path | None:
        path = Path(name)
        if "://" not in name and is_inside(path, self.folder):
            return self.folder / path.resolve().relative_to(self.folder.resolve())
        message = "names a data file outside the directory; copy it in, or take it out of README.md"
        self.leaving.append(Complaint(message, str(self.folder / "README.md"), value=name))
        return None

    def _frame(self, path: Path) -> pl.DataFrame | None:
        if path.suffix.lower() not in DATA_FILES:
            self.passed_over.append(f"{path}: not looked into, no {', '.join(DATA_FILES)}")
            return None
        try:
            frame = _read(path)
        except (pl.exceptions.PolarsError, pa.ArrowException, OSError, ValueError, ParallaxeError) as error:
            self.unread.append(_unreadable(path, error))
            return None
        return frame.with_columns(**{"#file": pl.lit(str(path)), "#row": pl.int_range(pl.len(), dtype=pl.Int64)})


def _read(path: Path) -> pl.DataFrame:
    if path.stat().st_size == 0:
        return pl.DataFrame()
    match path.suffix.lower():
        case ".parquet":
            return pl.read_parquet(path, use_pyarrow=False)
        case ".csv" | ".tsv" as suffix:
            return pl.read_csv(path, separator="," if suffix == ".csv" else "\t", infer_schema_length=None)
        case ".json":
            rows = read_json(path)
            return pl.DataFrame(rows if isinstance(rows, list) else [rows], infer_schema_length=None)
        case _:
            return pl.read_ndjson(path, infer_schema_length=None)


def _unreadable(path: Path, error: Exception) -> Complaint:
    """What is wrong with a file, with its line where one can be told."""
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        for row in scan_rows(path):
            if isinstance(row, BrokenLine):
                return Complaint(f"{row.what}; {row.remedy}", str(path), row.line)
    what = " ".join(str(error).split())[:200]
    return Complaint(f"cannot be read ({what}); save it again", str(path))


def _stored_features(files: Sequence[Path]) -> Features | None:
    """What the metadata of the first Parquet file says of its columns, as `datasets` writes it."""
    for path in files:
        if path.suffix.lower() == ".parquet":
            try:
                stored = (pq.read_schema(path).metadata or {}).get(b"huggingface")
                features: Features | None = json.loads(stored)["info"]["features"] if stored else None
            except (pa.ArrowException, OSError, ValueError, KeyError, TypeError):
                return None
            return features
    return None
