"""Who the users of the server are in this project: pseudonyms, which people may change in the file.

Names and addresses stay on the server. A user who is renamed keeps what was annotated where the folder of the layer is
renamed with the row; the number is the server's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from parallaxe.core.errors import ProjectError
from parallaxe.store.jsonl import read_rows, write_rows

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
_KEYS = {"user", "annotator"}


def read_annotators(path: Path) -> dict[int, str]:
    """The pseudonym of each user; empty where there is no file.

    Raises:
        ProjectError: if a row is broken, or two users bear one name.
    """
    names: dict[int, str] = {}
    for number, row in read_rows(path) if path.is_file() else ():
        where, user, name = f"{path}:{number}", row.get("user"), row.get("annotator")
        if set(row) != _KEYS or type(user) is not int or not isinstance(name, str) or not _NAME.fullmatch(name):
            raise ProjectError(where, "no row of annotators", 'write {"user": 1, "annotator": "annotateur-1"}')
        if user in names or name in names.values():
            raise ProjectError(where, f"user {user} or `{name}` comes twice", "keep one row, one name for each")
        names[user] = name
    return names


def with_users(names: Mapping[int, str], users: Iterable[int]) -> dict[int, str]:
    """The names, and a new pseudonym for each user who has none, in the order of their numbers.

    >>> with_users({4: "marie"}, [9, 4, 7])
    {4: 'marie', 7: 'annotateur-1', 9: 'annotateur-2'}
    """
    known = dict(names)
    for user in sorted(set(users) - set(known)):
        taken = set(known.values())
        numbers = range(1, len(known) + 2)
        known[user] = next(name for n in numbers if (name := f"annotateur-{n}") not in taken)
    return known


def write_annotators(path: Path, names: Mapping[int, str]) -> None:
    """Write the rows by user; a file that would not change is not touched."""
    if read_annotators(path) != dict(names):
        write_rows(path, ({"user": user, "annotator": names[user]} for user in sorted(names)))
