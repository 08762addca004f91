"""Show what `load_dataset` finds in a dataset directory: configs, splits, columns, and the first rows of one table."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Mapping
from typing import Any


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
    for row in first.select(range(min(2, first.num_rows))):
        _print_row(row, first.features)


def _print_row(row: Mapping[str, Any], features: Mapping[str, Any]) -> None:
    """One line for each column: its value, and what a label stands for."""
    print()
    for column, value in row.items():
        shown = textwrap.shorten(repr(value), 95, placeholder=" …")
        names = getattr(features[column], "names", None)
        print(f"  {column:<21}{shown}{f' ({names[value]})' if names else ''}")


if __name__ == "__main__":
    main(*sys.argv[1:])
