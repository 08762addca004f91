"""All files of a project that name labels of claims, and what each becomes when labels turn into others.

A file is read line by line; a line that does not change keeps its bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from parallaxe.compare.migration_labels import Place
from parallaxe.core.errors import ProjectError
from parallaxe.core.label_migration import KNOWLEDGE_BASE
from parallaxe.store.annotations import layer_files
from parallaxe.store.jsonl import read_rows
from parallaxe.store.migration.label_turns import Turn
from parallaxe.store.project import Project
from parallaxe.store.sync.places import Places
from parallaxe.store.texts import local_texts
from parallaxe.text.document import text_digest

_Line: TypeAlias = dict[str, Any]
_SPANS = ("fragments", "content", "evidence")


class Changed(NamedTuple):
    """A file that names labels, and its text under other names."""

    path: Path
    text: str


class Sites:
    """The files of a project that name labels; texts are read only where a rule asks for words."""

    def __init__(self, project: Project, turn: Turn) -> None:
        self._project, self._turn, self.migration = project, turn, turn.migration
        self._asks_words = any(change.asks_words for change in turn.migration.changes)

    def knowledge(self) -> Iterator[Changed]:
        """The knowledge base, and the ids that annotators minted for its rows."""
        yield from self._changed(self._project.knowledge_base, self._turn.row)
        names = self._turn.migration.of(KNOWLEDGE_BASE)
        renamed_ids = self._project.root / "annotations" / "renamed_ids.jsonl"
        yield from self._changed(
            renamed_ids,
            lambda line: {**line, "kb_id": names[line["kb_id"]].into[0]} if line.get("kb_id") in names else line,
        )

    def layers(self) -> Iterator[Changed]:
        """Layers of every annotator."""
        for path in layer_files(self._project.layers):
            layer, article_id = path.parent.name, path.stem
            text: str | None = None

            def claim(line: _Line, place: tuple[str, str] = (layer, article_id)) -> _Line:
                nonlocal text
                if "kind" not in line:
                    text = self._text(place[1], line.get("text_sha256"))
                    return line
                return self._turn.claim(line, Place(*place, lambda one: words(one, text)))

            yield from self._changed(path, claim)

    def decisions(self) -> Iterator[Changed]:
        """Decisions about disagreements: both claims, and what somebody wrote in their place."""
        for path in sorted((self._project.root / "annotations" / "decisions").glob("*.jsonl")):
            text = self._text(path.stem, None)
            place = Place("decisions", path.stem, lambda one, text=text: words(one, text))  # type: ignore[misc]
            yield from self._changed(path, lambda line, place=place: self._decision(line, place))  # type: ignore[misc]

    def _decision(self, line: _Line, place: Place) -> _Line:
        after = dict(line)
        for side in ("a", "b"):
            if line.get(side):
                after[side] = self._turn.claim(line[side], place, f"{line.get('key')} {side}")
        if line.get("fields"):
            told = self._turn.claim({"kind": line.get("kind"), **line["fields"]}, place, f"{line.get('key')} fields")
            after["fields"] = {name: value for name, value in told.items() if name != "kind"}
        return after

    def synced(self) -> Iterator[Changed]:
        """What was last seen on servers, conflicts that wait, and proposals as they were pushed."""
        for path in sorted(Places(self._project).tracked.parent.glob("*/*.jsonl")):
            yield from self._changed(path, self._conflict if path.stem in ("conflicts", "settled") else self._seen)
        for path in sorted((Places(self._project).state / "proposals").glob("*.jsonl")):
            yield from self._changed(path, self._seen)

    def _seen(self, line: _Line) -> _Line:
        return self._turn.seen(line) if "kind" in line else line

    def _conflict(self, line: _Line) -> _Line:
        sides = {side: self._turn.seen(line[side]) for side in ("base", "ours", "theirs") if line.get(side)}
        told = self._turn.seen({"kind": line.get("kind"), **(line.get("fields") or {})})
        return {**line, **sides, "fields": {name: value for name, value in told.items() if name != "kind"}}

    def waiting(self) -> Iterator[tuple[Path, int, _Line]]:
        """Conflicts that nobody has settled: file, number and line."""
        for path in sorted(Places(self._project).tracked.parent.glob("*/conflicts.jsonl")):
            for number, line in read_rows(path):
                yield path, number, line

    def _text(self, article_id: str, digest: object) -> str | None:
        """The text of an article, if a rule asks for words and it is the one that is meant."""
        if not self._asks_words:
            return None
        text = local_texts(self._project, [article_id]).get(article_id)
        return text if text is not None and digest in (None, text_digest(text)) else None

    def _changed(self, path: Path, turned: Callable[[_Line], Mapping[str, Any]]) -> Iterator[Changed]:
        if not path.is_file():
            return
        before = _read(path)
        after = "\n".join(_lines(path, before, turned))
        if after != before:
            yield Changed(path, after)

    @cached_property
    def is_synced(self) -> bool:
        """True where a server may hold names of the project."""
        return (Places(self._project).tracked.parent / "passes.jsonl").is_file()


def words(line: Mapping[str, Any], text: str | None) -> str | None:
    """The words that the line of a claim stands on; null where the text is not at hand, empty where it has none."""
    if text is None:
        return None
    spans = next((line[name] for name in _SPANS if line.get(name)), ())
    return " ".join(text[start:end] for start, end in spans)


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProjectError(str(path), f"byte {error.start} is no UTF-8", "save it as UTF-8") from error


def _lines(path: Path, text: str, turned: Callable[[_Line], Mapping[str, Any]]) -> Iterator[str]:
    for number, line in enumerate(text.split("\n"), 1):
        yield _line(f"{path}:{number}", line, turned) if line.strip() else line


def _line(where: str, line: str, turned: Callable[[_Line], Mapping[str, Any]]) -> str:
    try:
        before = json.loads(line)
        after = turned(before)
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
        what = f"no line of annotations ({type(error).__name__})"
        raise ProjectError(where, what, "mend it; `parallaxe validate` says more") from error
    return line if after == before else json.dumps(after, ensure_ascii=False)
