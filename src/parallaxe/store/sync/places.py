"""Where a sync keeps what it knows: in git what any clone needs, in the state folder what this machine can lose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from parallaxe.core.errors import UsageError
from parallaxe.store.project import Project

MAIN = "main"
"""The pass of whoever names none; its layers bear the names of their annotators alone."""

_NO_ARTICLES = ("conflicts", "settled")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")


def check_pass_name(name: str) -> str:
    """The name of a pass, where it can be one.

    Raises:
        UsageError: if it has other characters than those of a layer's name.
    """
    if not _NAME.fullmatch(name):
        raise UsageError("--pass", f"`{name}` is no name of a pass", "use a-z, 0-9, `_` and `-`")
    return name


@dataclass(frozen=True)
class Places:
    """The files of one pass of a project."""

    project: Project
    pass_name: str = MAIN

    @property
    def tracked(self) -> Path:
        """In git: a record for each article, and the conflicts of the pass."""
        return self.project.root / "annotations" / "sync" / self.pass_name

    @property
    def annotators(self) -> Path:
        """In git: the pseudonym of each user of the server, for all passes."""
        return self.project.root / "annotations" / "sync" / "annotators.jsonl"

    @property
    def state(self) -> Path:
        """Outside of git: what belongs to this machine."""
        return self.project.state / "studio" / "sync"

    @property
    def lock(self) -> Path:
        """Held by the one sync that is at work."""
        return self.state / "lock"

    @property
    def articles(self) -> Path:
        """What the articles here come to, so that files that have not changed are not read again."""
        return self.state / "articles.json"

    @property
    def texts(self) -> Path:
        """Texts as they were pushed, by their hash: spans of an old one are carried to a new one."""
        return self.state / "texts"

    @property
    def cursor(self) -> Path:
        """How far the server was read."""
        return self.state / f"{self.pass_name}.json"

    @property
    def journal(self) -> Path:
        """What the server said and no record says yet, a file for each article."""
        return self.state / "journal" / self.pass_name

    def record(self, article_id: str) -> Path:
        """What was last seen of an article.

        Raises:
            UsageError: if the article has the name of another file of the pass.
        """
        if article_id in _NO_ARTICLES:
            raise UsageError(article_id, "an article of this name cannot be synced", "give it another id")
        return self.tracked / f"{article_id}.jsonl"

    def record_files(self) -> list[Path]:
        """The records there are, by name."""
        return sorted(path for path in self.tracked.glob("*.jsonl") if path.stem not in _NO_ARTICLES)

    def layer_name(self, annotator: str) -> str:
        """The layer of an annotator in this pass."""
        return annotator if self.pass_name == MAIN else f"{self.pass_name}-{annotator}"
