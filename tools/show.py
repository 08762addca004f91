"""Show what `load_dataset` finds in a dataset directory: configs, splits, columns, and the first rows of one table."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterable, Mapping


def main(directory: str) -> None:
    """Print it, for a person."""
    from datasets import disable_progress_bars, get_dataset_config_names, load_dataset

    disable_progress_bars()
    for config in get_dataset_config_names(directory):
        splits = load_dataset(directory, config)
        sizes = ", ".join(f"{name} {rows.num_rows}" for name, rows in splits.items())
        print(f"\nload_dataset({directory!r}, {config!r})  # {sizes}")
        columns = next(iter(splits.values())).features
        print(textwrap.fill(", ".join(columns), 118, initial_indent="  ", subsequent_indent="  "))
    first = next(iter(load_dataset(directory).values()))
    _print_rows(first.select(range(min(2, first.num_rows))))


def _print_rows(rows: Iterable[Mapping[str, object]]) -> None:
    for row in rows:
        print()
        for column, value in row.items():
            print(f"  {column:<21}{textwrap.shorten(repr(value), 95, placeholder=' …')}")


if __name__ == "__main__":
    main(*sys.argv[1:])
