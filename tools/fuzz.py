"""Fuzz one kind of file that people hand in, guided by coverage: `python tools/fuzz.py layer --minutes 5`.

The targets are those of the suite (`tests/handed_files.py`), and so is the damage: atheris chooses what to damage
further by the code of this package that it reaches. Without atheris this says so and ends with 3. An input that breaks
the program is kept, and belongs into `tests/cases/handed_files.json` with the mend.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import warnings
from importlib import import_module
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

SECONDS_PER_INPUT = 30
MEGABYTES = 4000


def main() -> None:
    """Fuzz the target that is named."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("target", help="a target, or `list`")
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--found", type=Path, default=Path("fuzzed"), help="a folder for inputs that break the program")
    asked = parser.parse_args()
    try:
        atheris = import_module("atheris")
    except ImportError:
        print("atheris is not installed here: `python -m pip install atheris` (CPython 3.11 to 3.13)", file=sys.stderr)
        sys.exit(3)
    # What commands import when they are called is imported, and instrumented, by making the sample.
    with atheris.instrument_imports(include=["parallaxe"]), tempfile.TemporaryDirectory() as folder:
        from handed_files import BY_NAME, base_of, run_target
        from sample_project import make_sample

        make_sample(Path(folder))
    if asked.target not in BY_NAME:
        print(*BY_NAME, sep="\n")
        sys.exit(0 if asked.target == "list" else 2)
    from damage import damaged

    warnings.simplefilter("ignore")
    target = BY_NAME[asked.target]
    asked.found.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        sample = make_sample(Path(folder))
        corpus = Path(folder) / "inputs"
        corpus.mkdir()
        (corpus / "valid").write_bytes(base_of(target, sample))

        def one_input(content: bytes) -> None:
            run_target(target, content, sample, [target.calls[len(content) % len(target.calls)]])

        def damage(content: bytes, most: int, seed: int) -> bytes:
            changed: bytes = damaged(content, target.suffix, Random(seed))[:most]  # noqa: S311 -- no secret
            return changed

        options = [
            f"-max_total_time={round(asked.minutes * 60)}",
            f"-timeout={SECONDS_PER_INPUT}",
            f"-rss_limit_mb={MEGABYTES}",
            "-max_len=300000",
            "-len_control=0",
            f"-artifact_prefix={asked.found}/{target.name}-",
            "-print_final_stats=1",
        ]
        atheris.Setup([sys.argv[0], *options, str(corpus)], one_input, custom_mutator=damage)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
