"""Parallaxe: one event as several newsrooms tell it.

The package moves data between the stations of a corpus project: raw articles in `seeds/` become an annotated,
versioned dataset in `corpus/` that `datasets.load_dataset` opens.

Layers, each importing only from those to its right:
`cli → store → (dataset | studio | report | exchange) → validate → compare → annotate → text → core`.
"""

from importlib.metadata import version

__all__ = ["__version__"]
__version__ = version("parallaxe")
