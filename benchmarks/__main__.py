"""`make bench`: every comparison, a line of one table each, printed as soon as it is known."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence

from benchmarks import dataset, diff, gate, machine, migrate, text_layer
from benchmarks.help import rows as help_rows
from benchmarks.measure import Row

_WIDTHS = (48, 18, 42, 11, 8)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what is asked for."""
    options = _parser().parse_args(arguments)
    measures: Mapping[str, Callable[[], Iterator[Row]]] = {
        "text": lambda: text_layer.rows(options.megabytes),
        "dataset": lambda: dataset.rows(options.articles),
        "gate": lambda: gate.rows(options.mentions),
        "diff": lambda: diff.rows(options.claims),
        "migrate": lambda: migrate.rows(options.articles),
        "help": help_rows,
        "sentences": _sentence_rows,
        "machine": lambda: machine.rows(options.megabytes / 10),
        "studio": _studio_rows,
    }
    _print(Row("what", "ours", "peer", "ratio", "wanted"))
    _print(["─" * width for width in _WIDTHS])
    for name, measure in measures.items():
        if options.only in (None, name):
            for row in measure():
                _print(row)


def _sentence_rows() -> Iterator[Row]:
    """One line for each peer, where the treebank is at hand; `python benchmarks/sentences.py` says more."""
    from benchmarks import sentences

    if not sentences.SEQUOIA.is_file():
        return
    treebank = sentences.sentences_of(sentences.SEQUOIA)
    scores = {name: sentences.scores(splitter, treebank)[0].f1 for name, splitter in sentences.splitters().items()}
    ours = scores.pop("parallaxe")
    for peer, theirs in scores.items():
        points = f"{100 * (ours - theirs):+.1f} points"
        yield Row("borders of sentences, F1 on Sequoia", f"{ours:.3f}", f"{peer}: {theirs:.3f}", points, "≥ +5")


def _studio_rows() -> Iterator[Row]:
    """Three lines about a sync with a real server; its libraries are loaded for them alone."""
    from benchmarks import studio

    yield from studio.rows()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Speed and memory beside peers.")
    parser.add_argument(
        "--only",
        choices=("text", "dataset", "gate", "diff", "migrate", "help", "sentences", "machine", "studio"),
        help="measure one group",
    )
    parser.add_argument("--megabytes", type=float, default=50, help="size of the text (default: %(default)s)")
    parser.add_argument(
        "--articles", type=int, default=10_000, help="articles to build, or to migrate (default: %(default)s)"
    )
    parser.add_argument("--mentions", type=int, default=1_000_000, help="rows of the gate (default: %(default)s)")
    parser.add_argument("--claims", type=int, default=1_000_000, help="claims to compare (default: %(default)s)")
    return parser


def _print(cells: Sequence[str]) -> None:
    print("  ".join(f"{cell:<{width}}" for cell, width in zip(cells, _WIDTHS, strict=True)).rstrip(), flush=True)


if __name__ == "__main__":
    main()
