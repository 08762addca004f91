"""What can go wrong, split by who must act.

```
ParallaxeError
├── DataError           the data is wrong: mend the file named       exit code 1
│   ├── RawFileError    a raw article cannot become a text
│   ├── ProjectError    a station of the project contradicts another
│   ├── GateError       the dataset breaks rules of the gate
│   └── CombinedError   several of these at once, a line each
├── UsageError          the call is wrong: call again, corrected     exit code 2
└── SurroundingsError   disk, server, network failed: try later      exit code 3
```

Every error is one line for a person: where, what, and what to do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class ParallaxeError(Exception):
    """The root of the tree; never raised itself.

    Args:
        where: the file, table or option that is at fault, with line or row where there is one.
        what: what is wrong with it.
        remedy: what the reader can do about it.
    """

    exit_code: ClassVar[int]

    def __init__(self, where: str, what: str, remedy: str) -> None:
        super().__init__(where, what, remedy)
        self.where, self.what, self.remedy = where, what, remedy

    def __str__(self) -> str:
        return in_a_line(f"{self.where}: {self.what}; {self.remedy}")


def in_a_line(message: str) -> str:
    r"""A message on one line, whatever a file gave it: line breaks and characters that steer a terminal are spelt out.

    >>> in_a_line("id 'a\nb'")
    "id 'a\\nb'"
    """
    return _UNSEEN.sub(lambda found: ascii(found[0])[1:-1], message)


class DataError(ParallaxeError):
    """The data is wrong: somebody has to mend a file."""

    exit_code = 1


class RawFileError(DataError):
    """A raw article cannot become a text (empty, binary, undecodable, no article in the page …)."""


class ProjectError(DataError):
    """A station of the project contradicts another: a catalogue row without file, a wrong hash, a duplicate id."""


class GateError(DataError):
    """The dataset breaks rules of the gate and is not published.

    Args:
        issues: one line for each rule broken, worst first.
    """

    def __init__(self, where: str, what: str, remedy: str, issues: Sequence[str] = ()) -> None:
        super().__init__(where, what, remedy)
        self.issues = tuple(map(in_a_line, issues))


class UsageError(ParallaxeError):
    """The call is wrong: an option, an argument, a directory that is no project."""

    exit_code = 2


class SurroundingsError(ParallaxeError):
    """Disk, server or network failed: the data is as it was before the call."""

    exit_code = 3


class CombinedError(DataError):
    """Everything that one run found wrong, so that one run is enough to mend it all.

    Args:
        errors: at least one, in the order in which they were found.
    """

    def __init__(self, errors: Sequence[ParallaxeError]) -> None:
        first = errors[0]
        super().__init__(first.where, first.what, first.remedy)
        self.errors = tuple(errors)

    def __str__(self) -> str:
        return "\n".join(str(error) for error in self.errors)
