"""The main job: raw articles become a dataset directory that `load_dataset` opens.

Articles are read in chunks, by several processes, and wait on disk as Arrow files until all are known: only then can
groups of near-duplicates, and with them splits, be told. A second pass writes the tables split by split. Memory is
bounded by the size of a chunk and by a few numbers for each article. No model runs here unless somebody asks for it:
what the machine says of a project is read from its layers, and of a folder is made while its articles are read.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from parallaxe.core.schema import Schemas
from parallaxe.dataset.agency_copy import agency_copy
from parallaxe.dataset.card import Card, Part, composition_table, dataset_readme, parse_card
from parallaxe.dataset.card_figures import card_figures
from parallaxe.dataset.croissant import CROISSANT_FILE, croissant_text
from parallaxe.dataset.digest import dataset_digest
from parallaxe.dataset.features import schema_with_features
from parallaxe.dataset.knowledge_rows import knowledge_base_table
from parallaxe.dataset.reference import label_sets_table
from parallaxe.dataset.same_event import Appearance, appearances, same_events
from parallaxe.dataset.same_quotation import same_quotations, utterances
from parallaxe.dataset.splits import SPLITS, TRAIN, Membership, assign_splits
from parallaxe.dataset.withhold import withhold
from parallaxe.store.atomic import building
from parallaxe.store.building.annotated import NOTHING, Annotations
from parallaxe.store.building.card_counts import count_files
from parallaxe.store.building.gate import Gate
from parallaxe.store.building.parquet import ParquetPart, file_digest
from parallaxe.store.building.pool import Pool, in_chunks, read_chunk
from parallaxe.store.building.sayings import Sayings
from parallaxe.store.building.workers import MACHINE, in_order, lean_memory
from parallaxe.store.dataset_files import Manifest
from parallaxe.store.machine.equipment import Equipment
from parallaxe.store.sources import Item
from parallaxe.text.duplicates import groups
from parallaxe.text.normalize import NORMALIZER
from parallaxe.validate.gate import Report, join_reports
from parallaxe.validate.layers import check_layer
from parallaxe.validate.severity import Severities
from parallaxe.validate.tables import Profile

PUBLIC: Profile = "public"
FULL: Profile = "full"
PROFILES = (PUBLIC, FULL)

Progress: TypeAlias = Callable[[int, int], None]
"""Told how many articles are done, and of how many."""


def untold(_done: int, _total: int) -> None:
    """A progress that nobody watches."""


class Build(NamedTuple):
    """What was built: where, of how many articles, with what digest, and what a reader should know."""

    out: Path
    articles: int
    parts: tuple[Part, ...]
    digest: str
    version: str
    warnings: tuple[str, ...]


def build(  # noqa: PLR0913 -- one job, each thing it is made of named once
    items: Sequence[Item],
    schemas: Schemas,
    card: Card,
    out: Path,
    *,
    annotations: Annotations = NOTHING,
    annotate: Equipment | None = None,
    profile: Profile = PUBLIC,
    jobs: int = 1,
    severities: Severities | None = None,
    progress: Progress = untold,
) -> Build:
    """Build the dataset of some raw articles at `out`; what stood there is replaced in one step, or not at all.

    With `annotate`, `entities`, `quotes` and `stances` are what the machine of that equipment proposes. `severities`
    are those of a project: what it has turned off refuses nothing.

    Raises:
        CombinedError: if raw files are broken; each is named, and nothing is written.
        GateError: if the tables break rules of the gate; nothing is written.
        SurroundingsError: if `out` cannot be written.
    """
    items = sorted(items, key=lambda item: item.article_id)
    with building(out) as new, lean_memory():
        pool = Pool(new / ".pool")
        work = partial(read_chunk, schemas=schemas, annotate=annotate)
        for chunk in in_order(work, in_chunks(items), jobs, () if annotate is None else MACHINE):
            pool.add(chunk)
            progress(pool.articles, len(items))
        pool.close()
        _check_layers(annotations, pool, schemas, severities or {})
        parts, found = _write_tables(pool, new, schemas, profile, annotations)
        report = found.judged(severities or {})
        report.raise_for_errors("dataset")
        shutil.rmtree(pool.folder)
        digest = dataset_digest({(part.config, part.split): part.digest for part in parts})
        version = str(card.front["version"])
        manifest = Manifest(card.front["pretty_name"], version, profile, digest, NORMALIZER, tuple(parts))
        _describe(new, card, manifest, schemas)
    warnings = (*(line.removeprefix("warning: ") for line in report.lines()), *_told(pool))
    return Build(out, pool.articles, manifest.parts, digest, version, warnings)


def _told(pool: Pool) -> Iterator[str]:
    """What the machine had to tell of texts, a line for each kind of thing."""
    for code, (first, articles) in sorted(pool.told.items()):
        more = f" (and in {articles - 1} more)" if articles > 1 else ""
        yield f"{code}: {first}{more}"


def _write_tables(
    pool: Pool, new: Path, schemas: Schemas, profile: Profile, annotations: Annotations
) -> tuple[list[Part], Report]:
    """Second pass: groups, splits, the gate, and a Parquet file for each config and split that has rows."""
    pairs = pool.candidate_pairs()
    copied = agency_copy(pairs, pool.texts({name for pair in pairs for name in pair}, schemas), schemas)
    group_of = groups(pool.is_open, [*pool.near_duplicates(), *_joined(copied)])
    split_of = assign_splits({name: Membership(group_of[name], is_open) for name, is_open in pool.is_open.items()})
    restricted = {name for name, is_open in pool.is_open.items() if not is_open} if profile == PUBLIC else set()
    writer = _Writer(new, pool.folder / "hashes", schemas, split_of)
    gate = Gate(schemas, profile, split_of, annotations.known)

    def publish(tables: Mapping[str, pa.Table]) -> None:
        shown = {name: withhold(rows, schemas.table(name), restricted) for name, rows in tables.items()}
        gate.add(shown)
        writer.write(shown)

    said, told = Sayings(pool.folder / "sayings"), dict[str, Appearance]()
    are_open = {name for name, is_open in pool.is_open.items() if is_open}
    for chunk in _grouped(pool.chunks(), group_of):
        gold = annotations.gold(chunk, schemas)
        tables = {**chunk, **annotations.tables(chunk, gold, schemas)}
        said.add(utterances(tables, are_open, schemas))
        told |= appearances(tables["articles"])
        publish(tables)
    alike = pool.alike({name: appearance.published for name, appearance in told.items()})
    parallels = [copied, same_quotations(said.alike(), schemas), same_events(told, alike, schemas)]
    publish({"parallels": pa.concat_tables(parallels).sort_by("parallel_id")})
    if annotations.known:
        publish({"knowledge_base": knowledge_base_table(list(annotations.known.values()), schemas)})
    return writer.close(), gate.report()


def _check_layers(annotations: Annotations, pool: Pool, schemas: Schemas, severities: Severities) -> None:
    """Refuse layers that do not fit their articles, all of them at once, before a table is made of any."""
    if annotations.layers:
        contexts = [context for tables in pool.chunks() for context in annotations.contexts(tables, schemas)]
        contexts += annotations.strays(pool.is_open, schemas)
        report = join_reports(Report(check_layer(context)) for context in contexts)
        report.judged(severities).raise_for_errors("annotations")


def _joined(parallels: pa.Table) -> list[tuple[str, str]]:
    return sorted(zip(parallels["article_a"].to_pylist(), parallels["article_b"].to_pylist(), strict=True))


def _grouped(chunks: Iterator[dict[str, pa.Table]], group_of: Mapping[str, str]) -> Iterator[dict[str, pa.Table]]:
    for tables in chunks:
        articles = tables["articles"]
        group = pa.array([group_of[name] for name in articles["article_id"].to_pylist()], pa.string())
        position = articles.schema.get_field_index("near_duplicate_group")
        yield tables | {"articles": articles.set_column(position, articles.schema.field(position), group)}


class _Writer:
    """A Parquet file for each config and split, written side by side as chunks come."""

    def __init__(self, folder: Path, scratch: Path, schemas: Schemas, split_of: Mapping[str, str]) -> None:
        self._folder, self._scratch, self._schemas, self._split_of = folder, scratch, schemas, split_of
        self._open: dict[tuple[str, str], ParquetPart] = {}

    def write(self, tables: Mapping[str, pa.Table]) -> None:
        """Divide the rows of some tables among the files of their splits; the first article of a row decides.

        Rows about no article are in `train`.
        """
        for name, rows in tables.items():
            article = next(
                (rows[column] for column in ("article_id", "article_a") if column in rows.column_names), None
            )
            ids = article.to_pylist() if article is not None else [None] * len(rows)
            split = pa.array([self._split_of.get(article_id or "", TRAIN) for article_id in ids], pa.string())
            for wanted in SPLITS:
                chosen = rows.filter(pc.equal(split, wanted))
                if len(chosen):
                    self._part(name, wanted).write(chosen)

    def close(self) -> list[Part]:
        """Finish all files and say what they hold, in the order of configs and splits."""
        order = [(name, split) for name in self._schemas.tables for split in SPLITS]
        return [self._closed(key) for key in order if key in self._open]

    def _part(self, config: str, split: str) -> ParquetPart:
        key = (config, split)
        if key not in self._open:
            schema = schema_with_features(self._schemas.table(config))
            self._open[key] = ParquetPart(self._folder / _file(*key), schema, self._scratch / "-".join(key))
        return self._open[key]

    def _closed(self, key: tuple[str, str]) -> Part:
        part = self._open[key]
        part.close()
        file = _file(*key)
        return Part(*key, file, len(part.hashes), part.hashes.hexdigest(), file_digest(self._folder / file))


def _file(config: str, split: str) -> str:
    """Where the rows of a config and split stand, relative to the dataset."""
    return f"data/{config}/{split}.parquet"


def _describe(folder: Path, card: Card, manifest: Manifest, schemas: Schemas) -> None:
    """Write README.md, croissant.json and manifest.json beside the data."""
    figures = card_figures(count_files(folder, manifest.parts, schemas), schemas)
    tables = {"composition": composition_table(manifest.parts, schemas), "label-sets": label_sets_table(schemas)}
    readme = dataset_readme(card, manifest.parts, manifest.digest, schemas, tables | figures)
    (folder / "README.md").write_text(readme, "utf-8", newline="\n")
    croissant = croissant_text(parse_card(readme, "README.md"), manifest.parts, schemas)
    (folder / CROISSANT_FILE).write_text(croissant, "utf-8", newline="\n")
    parts = [part._asdict() for part in manifest.parts]
    text = json.dumps({**manifest._asdict(), "parts": parts}, indent=2, ensure_ascii=False)
    (folder / "manifest.json").write_text(f"{text}\n", "utf-8", newline="\n")
