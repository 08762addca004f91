"""A table in Markdown, as the reference, the guidelines and the card have it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def markdown_table(header: Sequence[str], rows: Iterable[Sequence[str]], words: int | None = None) -> str:
    r"""A Markdown table; a bar inside a cell is escaped, in code spans too, as GitHub wants it.

    With `words`, columns after as many hold numbers, and stand to the right.

    >>> print(markdown_table(("mot", "fois"), [("a|b", "3")], words=1))
    | mot | fois |
    | --- | ---: |
    | a\|b | 3 |
    """
    rule = ["---" if words is None or place < words else "---:" for place in range(len(header))]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in (header, rule, *rows)
    )
