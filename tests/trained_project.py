"""A small corpus with gold that a component can learn in seconds: who, and when, by a word that no rule knows."""

from __future__ import annotations

from pathlib import Path

from parallaxe.annotate.trained.network import Settings
from parallaxe.annotate.trained.training import Schedule
from parallaxe.core.claims import Entity, Layer, Span
from parallaxe.core.layer_format import KINDS
from parallaxe.store.add import Declared, add
from parallaxe.store.annotations import write_layer
from parallaxe.store.commands import Options, build_project, normalize_file
from parallaxe.store.init import init_project
from parallaxe.store.machine.training import Plan
from parallaxe.store.project import Project
from parallaxe.text.document import text_digest
from parallaxe.text.normalize import NORMALIZER
from raw_articles import article

NAMES = ("Aubin", "Belval", "Corbier", "Dumas", "Estève", "Ferrand", "Grimal", "Hervieu", "Imbert", "Joly", "Kermadec")
TINY = Settings("tiny", width=32, rows=(200, 100, 200, 100), depth=1, hidden=16, dropout=0.1, copies=3, rate=0.01)
PLAN = Plan((TINY,), Schedule(epochs=12, patience=12))


DATES = ("juin", "mai", "brune")


def make_project(folder: Path) -> Project:
    """Twelve open articles with gold, a restricted one with gold, a built dataset."""
    raw = folder / "raw"
    raw.mkdir(parents=True)
    for number in range(13):
        name = NAMES[number % len(NAMES)]
        told = (
            f"{article(number)}\nM. {name} attend. Mme {name} part en juin, et M. {name} en mai.\n\n"
            f"À la brune, M. {name} compte {number + 20} lampes ; Mme {name} en a {number} à la brune.\n"
        )
        (raw / f"article-{number:03}.txt").write_text(told, "utf-8")
    project = Project(init_project(folder / "projet", "Projet").root)
    files = sorted(raw.iterdir())
    add(project, files[:12], Declared("open", "press", "CC0-1.0"))
    add(Project(project.root), files[12:], Declared("restricted", "press"))
    project = Project(project.root)
    for row in project.catalogue:
        write_layer(project.layers, gold(row.id, normalize_file(project.seeds / row.file).text or ""))
    build_project(project.root, None, Options())
    return Project(project.root)


def gold(article_id: str, text: str) -> Layer:
    """Names after a title, months, the time of day."""
    words = {**dict.fromkeys(NAMES, "PER"), **dict.fromkeys(DATES, "DATE")}
    claims = [_mention(text, word, label) for word, label in words.items()]
    found = tuple(claim for some in claims for claim in some)
    return Layer("gold", article_id, text_digest(text), NORMALIZER, "1.2", "m", "model", KINDS, found)


def _mention(text: str, words: str, label: str) -> list[Entity]:
    places = [place for place in range(len(text)) if text.startswith(words, place)]
    return [
        Entity(f"{label}{place}", (Span(place, place + len(words)),), label)
        for place in places
        if not text[place + len(words)].isalnum()
    ]
