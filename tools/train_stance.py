"""Train the scorer of stance that comes with the package, on the gold of the split `train`, and write its weights.

    python tools/train_stance.py && ruff format src/parallaxe/annotate/stance_weights.py

The same gold gives the same file; run it again when features, lexicon or gold have changed.
"""

from __future__ import annotations

import json
from pathlib import Path

from parallaxe.store.machine.stance_training import train_stance_scorer
from parallaxe.store.project import find_project

_WEIGHTS = Path(__file__).resolve().parents[1] / "src" / "parallaxe" / "annotate" / "stance_weights.py"
_HEAD = '''"""What the scorer of stance has learnt from `train`: written by `tools/train_stance.py`, not edited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

WEIGHTS: Mapping[str, Any] = '''


if __name__ == "__main__":
    model = train_stance_scorer(find_project(Path.cwd()))
    assert model is not None
    _WEIGHTS.write_text(_HEAD + json.dumps(model.to_json(), indent=4, sort_keys=True) + "\n", "utf-8")
