"""A build of many articles: time, memory, growth, what annotating adds; and what `load_dataset` costs beside a read.

`load_dataset` spends a time on its cache that does not depend on the rows. That constant is what it takes to load a
dataset of one article; the ratio is of what is left.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpus import write_folder
from benchmarks.help import COMMAND
from benchmarks.measure import Row, Run, in_fresh_process, run, seconds, taking_turns


def rows(count: int) -> Iterator[Row]:
    """Five lines about a dataset of `count` articles."""
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        size = write_folder(scratch / "raw", count)
        write_folder(scratch / "raw-half", count // 2)
        write_folder(scratch / "raw-one", 1)
        half = _build(scratch / "raw-half", scratch / "half")
        whole = _build(scratch / "raw", scratch / "whole")
        _build(scratch / "raw-one", scratch / "one")
        yield Row(f"build of {count:,} articles", f"{whole.seconds:.1f} s", f"{size / 1e6:.0f} MB of text",
                  f"{size / 1e6 / whole.seconds:.2f} MB/s", "")  # fmt: skip
        yield Row(f"… its time beside {count // 2:,} articles", f"{whole.seconds:.1f} s", f"{half.seconds:.1f} s",
                  f"{whole.seconds / half.seconds:.2f}", "≈ 2")  # fmt: skip
        yield Row("… its peak memory, all processes", f"{whole.peak_megabytes:.0f} MB",
                  f"{half.peak_megabytes:.0f} MB", f"{whole.peak_megabytes / half.peak_megabytes:.2f}",
                  "< 600 MB")  # fmt: skip
        annotated = _build(scratch / "raw-half", scratch / "annotated", "--annotate")
        yield Row(f"build of {count // 2:,} articles, annotated", f"{annotated.seconds:.1f} s",
                  f"not annotated: {half.seconds:.1f} s", f"{annotated.seconds / half.seconds:.2f}",
                  f"{annotated.peak_megabytes:.0f} MB")  # fmt: skip
        yield _load(scratch / "whole", scratch / "one")


def _build(raw: Path, out: Path, annotate: str = "--no-annotate") -> Run:
    return run([COMMAND, "build", str(raw), "--out", str(out), annotate])


def _load(whole: Path, one: Path) -> Row:
    cold, constant, bare = taking_turns(
        lambda: in_fresh_process(load, whole),
        lambda: in_fresh_process(load, one),
        lambda: in_fresh_process(read, whole),
        repeats=5,
    )
    return Row("load_dataset, cold", f"{cold:.2f} s − {constant:.2f} s", f"pyarrow read_table: {bare:.3f} s",
               f"{(cold - constant) / bare:.2f}", "≤ 2")  # fmt: skip


def load(directory: Path) -> float:
    """Seconds that `load_dataset` takes for the default config, with an empty cache."""
    with tempfile.TemporaryDirectory() as cache:
        os.environ["HF_DATASETS_CACHE"] = cache
        os.environ["HF_DATASETS_OFFLINE"] = "1"
        os.environ["HF_DATASETS_DISABLE_PROGRESS_BARS"] = "1"
        from datasets import load_dataset

        return seconds(lambda: load_dataset(str(directory)))


def read(directory: Path) -> float:
    """Seconds that pyarrow takes to read every file of the default config into one table."""
    from datasets import load_dataset_builder
    from pyarrow import concat_tables
    from pyarrow.parquet import read_table

    splits = load_dataset_builder(str(directory)).config.data_files or {}
    files = [str(file) for split in splits.values() for file in split]
    return seconds(lambda: concat_tables([read_table(file) for file in files]))
