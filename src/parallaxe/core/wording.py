"""Words that messages of every station say alike."""

from __future__ import annotations


def counted(count: int, noun: str) -> str:
    """A count with its noun.

    >>> counted(1, "claim"), counted(0, "claim"), counted(2000, "claim")
    ('1 claim', '0 claims', '2,000 claims')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
