"""Hashes of rows have one digest, in memory or on disk."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallaxe.dataset.digest import HASH_SIZE, digest_of
from parallaxe.store.building import row_hashes
from parallaxe.store.building.row_hashes import RowHashes

hashes = st.binary(min_size=HASH_SIZE, max_size=HASH_SIZE)


@given(st.lists(st.lists(hashes, max_size=9).map(b"".join), max_size=9))
def test_on_disk_as_in_memory(parts: list[bytes]) -> None:
    """However they come, and however few are held, they give the digest of all of them; none is lost."""
    with TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(row_hashes, "_BYTES_HELD", 4 * HASH_SIZE)
        spilling = RowHashes(Path(name) / "hashes")
        for part in parts:
            spilling.add(part)

        assert spilling.hexdigest() == digest_of([b"".join(parts)])
        assert len(spilling) == len(b"".join(parts)) // HASH_SIZE
