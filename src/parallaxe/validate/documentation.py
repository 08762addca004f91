"""The docstring of a rule, divided: the claim, what there is to say of it, and one example each that fails and passes.

One source for four readers: whoever reads the code, the page of the rule, `parallaxe validate --explain`, and the test
that runs both examples. In a docstring they stand like this; what is indented deeper goes on with its line:

    Fails:
        articles {"article_id": "le-port", "text": "Le port attend."}

    Passes:
        articles {"article_id": "le-port", "text": null}
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from parallaxe.validate.severity import Severity


class Line(NamedTuple):
    """One line of an example: a name (of a table, a file, or what is done to it), and what comes after it."""

    name: str
    content: str


@dataclass(frozen=True)
class Described:
    """A rule as people meet it, whatever it is asked of.

    `about` is what it is asked of: `project` (stations and files), `layer`, `dataset` (built here: its files), `tables`
    (its rows), `survey` (its rows as a whole), or `foreign` (datasets that were not built here). `severity` is the one
    it has where a project says nothing.
    """

    id: str
    level: int
    about: str
    severity: Severity
    documentation: str

    @property
    def reason(self) -> str:
        """What the rule claims of good data, in one line."""
        return self.documentation.partition("\n")[0]

    @property
    def explanation(self) -> str:
        """What more there is to say, as Markdown; empty where the reason says all."""
        return _SECTION.split(self.documentation)[0].partition("\n")[2].strip()

    @property
    def fails(self) -> tuple[Line, ...]:
        """An example that breaks this rule, and no other."""
        return self._example("Fails")

    @property
    def passes(self) -> tuple[Line, ...]:
        """An example much like it that breaks none."""
        return self._example("Passes")

    def as_row(self, severities: Mapping[str, Severity]) -> dict[str, object]:
        """The rule as one JSON object, with its severity where a project has these."""
        severity = severities.get(self.id, self.severity)
        return {"id": self.id, "level": self.level, "severity": severity, "of": self.about, "reason": self.reason}

    def _example(self, name: str) -> tuple[Line, ...]:
        parts = _SECTION.split(self.documentation)
        return example_lines(parts[parts.index(name) + 1]) if name in parts else ()


_SECTION = re.compile(r"^(Fails|Passes):\n", re.MULTILINE)


def example_lines(block: str) -> tuple[Line, ...]:
    r"""The lines of an example, each with those that are indented deeper than the first.

    >>> example_lines("    a {}\n    b [1,\n        2]\n")
    (Line(name='a', content='{}'), Line(name='b', content='[1,\n2]'))
    """
    lines = block.rstrip().splitlines()
    margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    found: list[Line] = []
    for line in (line[margin:] for line in lines):
        if line and not line.startswith(" "):
            name, _, content = line.partition(" ")
            found.append(Line(name, content))
        elif found:
            found[-1] = Line(found[-1].name, f"{found[-1].content}\n{line[4:]}")
    return tuple(found)
