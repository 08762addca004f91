"""A page for each rule, and their index, made of their docstrings: for `docs/rules/` and `validate --explain`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from parallaxe.validate.documentation import Described, Line

LEVELS: Mapping[int, str] = {
    1: "files and encoding",
    2: "table schema",
    3: "spans and references",
    4: "annotation scheme",
    5: "corpus",
}

_ABOUT: Mapping[str, str] = {
    "project": "a project: its stations and files",
    "dataset": "the files of a dataset that was built here",
    "layer": "layer files, by `validate` and by `build`",
    "tables": "the tables of a dataset, by `validate` and by `build`",
    "survey": "a dataset as a whole, by `validate` alone",
    "foreign": "a dataset that was not built here",
}

_HOW: Mapping[str, str] = {
    "project": "What is done to a small project: an open article `le-port`, a restricted one `la-gare`, a gold layer "
    "of the first, and the dataset built from them.",
    "dataset": "What is done to the dataset of a small project.",
    "layer": "Lines of a layer; what is not said is as it should be. `known` is the knowledge base. The text is "
    "« Jeanne Kerbrat parle. On verra bien, dit-elle. » unless another is given.",
    "tables": "Rows of tables, with the columns that the rule reads.",
    "survey": "Rows of tables, with the columns that the rule reads; `labelled 30` stands for thirty such rows.",
    "foreign": "Rows of data files, and the card where it matters; `repeat 200` stands for two hundred such rows.",
}

_INTRODUCTION = """# Rules of the gate

What `parallaxe validate` asks of data, and `parallaxe build` before it writes any. Every rule has an id that does not
change, a level, and a severity:

- levels: 1 files and encoding, 2 table schema, 3 spans and references, 4 annotation scheme, 5 corpus;
- severities: an `error` refuses the data, a `warning` tells of it. A project chooses otherwise in
  `schemas/validate.toml`: below `[severity]`, `duplicate-text = "warning"`, or `"off"`.

Pages are rendered from the docstrings of the rules by `parallaxe render`; their examples run as tests.
`parallaxe validate --rules` lists the rules on a terminal, `--explain RULE` shows a page.
"""


def rule_page(rule: Described) -> str:
    """The page of a rule, as Markdown: its claim, what it is asked of, an example that fails and one that passes."""
    facts = f"Level {rule.level} ({LEVELS[rule.level]}) · {rule.severity} · asked of {_ABOUT[rule.about]}"
    parts = [f"# {rule.id}", rule.reason, facts, rule.explanation]
    if rule.fails:
        parts += ["## Examples", _HOW[rule.about], "Fails:", _fenced(rule.fails), "Passes:", _fenced(rule.passes)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _fenced(example: Sequence[Line]) -> str:
    joined = (f"{line.name} {_indented(line.content)}" for line in example)
    lines = "\n".join(line.replace(" \n", "\n", 1).rstrip() for line in joined)
    return f"```text\n{lines}\n```"


def _indented(content: str) -> str:
    return content.replace("\n", "\n    ").replace("\n    \n", "\n\n")


def rules_index(rules: Sequence[Described]) -> str:
    """The index of all pages: a table for each level."""
    parts = [_INTRODUCTION.rstrip()]
    for level, title in LEVELS.items():
        rows = [_row(rule) for rule in rules if rule.level == level]
        table = ["| rule | what good data does | of | severity |", "|---|---|---|---|", *rows]
        parts += [f"## {level}: {title}", "\n".join(table)]
    return "\n\n".join(parts) + "\n"


def _row(rule: Described) -> str:
    reason = rule.reason.replace("|", "\\|")
    return f"| [`{rule.id}`]({rule.id}.md) | {reason} | {rule.about} | {rule.severity} |"
