"""The logical digest knows the data and nothing of how it is stored."""

from __future__ import annotations

import random

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from parallaxe.dataset.digest import digest_of, hashed, rows_digest

rows = st.lists(st.fixed_dictionaries({"nom": st.text(max_size=5), "n": st.integers(0, 9)}), min_size=1, max_size=20)


@given(rows, st.randoms())
def test_order_and_chunks_do_not_matter(values: list[dict[str, object]], chance: random.Random) -> None:
    """Shuffled, or in other batches, rows have the same digest."""
    schema = pa.schema([("nom", pa.string()), ("n", pa.int32())])
    shuffled = chance.sample(values, len(values))
    hashes = b"".join(hashed(pa.Table.from_pylist([row], schema=schema)).hashes for row in shuffled)

    assert digest_of([hashes]) == rows_digest(pa.Table.from_pylist(values, schema=schema))


@given(rows)
def test_any_changed_row_is_seen(values: list[dict[str, object]]) -> None:
    """One row changed, doubled or dropped gives another digest."""
    table = pa.Table.from_pylist(values)

    changed = [{**values[0], "n": 10}, *values[1:]]
    assert rows_digest(pa.Table.from_pylist(changed)) != rows_digest(table)
    assert rows_digest(pa.concat_tables([table, table.slice(0, 1)])) != rows_digest(table)


@given(rows)
def test_the_size_of_a_row_does_not_depend_on_its_neighbours(values: list[dict[str, object]]) -> None:
    """It is told for each row, in order, and is the same for the row alone."""
    table = pa.Table.from_pylist(values)
    alone = [size for place in range(len(values)) for size in hashed(table.slice(place, 1)).sizes]

    assert alone == hashed(table).sizes
