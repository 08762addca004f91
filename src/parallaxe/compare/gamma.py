"""γ (Mathet, Widlöcher & Métivier 2015), where the extra `gamma` is installed: aligns units and compares at once.

It says what neither F1 nor α_U does, agreement on borders and categories in one number, by sampling chance annotations.
That needs a solver and a compiler, so it is asked for by name, an article at a time, and never part of the report.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

import numpy as np

from parallaxe.compare.footprints import Interval
from parallaxe.core.errors import SurroundingsError


def gamma(
    a: Iterable[tuple[Interval, str]], b: Iterable[tuple[Interval, str]], samples: int = 30, seed: int = 0
) -> float | None:
    """γ of two annotators' units (span in code points, category) in one text; None where either has none.

    Raises:
        SurroundingsError: if pygamma-agreement is not installed.
    """
    try:
        pygamma, pyannote = import_module("pygamma_agreement"), import_module("pyannote.core")
    except ImportError as error:
        raise SurroundingsError("γ", "pygamma-agreement is missing", "pip install 'parallaxe[gamma]'") from error
    units = {"a": list(a), "b": list(b)}
    if not (units["a"] and units["b"]):
        return None
    continuum = pygamma.Continuum()
    for annotator, own in units.items():
        for (start, end), category in own:
            continuum.add(annotator, pyannote.Segment(start, end), category)
    np.random.seed(seed)  # chance annotations are drawn from the global generator
    return float(continuum.compute_gamma(pygamma.CombinedCategoricalDissimilarity(), n_samples=samples).gamma)
