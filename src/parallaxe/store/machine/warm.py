"""Imported by the server that workers are forked from: what each of them would load, loaded once for all.

A tokenizer and a language model take more than half of the memory of a worker, and two seconds. Workers that are forked
after they are loaded share these pages, as long as nobody writes to them: so they are frozen for the garbage collector,
which writes to everything it looks at.
"""

from __future__ import annotations

import gc

import pyarrow as pa

from parallaxe.store.building.pool import read_chunk
from parallaxe.text.read import FORMATS, read_document

__all__ = ["read_chunk"]

_SOURCE = "Kim part."

# Arrow's own keeps what was freed.
pa.set_memory_pool(pa.system_memory_pool())
read_document(_SOURCE, FORMATS[".txt"](_SOURCE), __name__)
gc.collect()
gc.freeze()
