"""Imported, after `warm`, by the server that workers are forked from where they annotate: the machine, opened."""

from __future__ import annotations

import gc
from contextlib import suppress

from parallaxe.core.errors import SurroundingsError
from parallaxe.store.machine.equipment import USUAL
from parallaxe.store.machine.machine import default_machine, machine_layer
from parallaxe.text.read import FORMATS, read_document

# Every part has something to load at its first article: lexicons, patterns, names of countries.
_SOURCE = "Kim part\n\n« Nous irons à Séoul lundi », a déclaré M. Kim, selon l'agence TASS, qui dénonce les sanctions."

# Where the trained component is damaged, whoever asked for it has been told, and may do without.
with suppress(SurroundingsError):
    _MACHINE = default_machine(USUAL)
    machine_layer(__name__, read_document(_SOURCE, FORMATS[".txt"](_SOURCE), __name__), _MACHINE)
    # It opens when it is first asked, which would be in each worker.
    _PIPELINE = _MACHINE.component.pipeline if _MACHINE.component else None
gc.collect()
gc.freeze()
