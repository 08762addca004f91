"""A project that holds one of every file that people hand in, made once and copied: what tests of robustness damage."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from parallaxe.compare.adjudication import Settler
from parallaxe.core.claims import AUTHOR, Claim, Entity, Layer, Quote, Span, Stance
from parallaxe.core.layer_format import KINDS
from parallaxe.store.add import Declared, add
from parallaxe.store.adjudicate import adjudicate
from parallaxe.store.agreement import compare_layers_of, write_agreement
from parallaxe.store.annotations import write_layer
from parallaxe.store.commands import Options, build_project, normalize_file
from parallaxe.store.jsonl import write_rows
from parallaxe.store.machine.annotate import annotate_project
from parallaxe.store.project import Project
from parallaxe.store.render import render_project
from parallaxe.store.rights.takedown import Takedown
from parallaxe.store.sync import pull
from parallaxe.store.sync.journal import write_entry
from parallaxe.store.sync.places import Places
from raw_articles import write_articles
from synced_project import World, mention, name

OPEN, OTHER, RESTRICTED = "article-000", "article-001", "article-002"

_ENTITY = {
    "kb_id": "pays-sans-nom",
    "type": "LOC",
    "name": "Pays sans nom",
    "aliases": ["le pays"],
    "description": "institution fictive : un pays",
    "wikidata": None,
    "relations": [{"relation": "capital_of", "kb_id": "ville-haute"}],
    "actor": None,
    "first_seen": None,
}
_FOREIGN = [
    {"id": "a", "text": "Le port attend ses grues.", "spans": [{"start": 3, "end": 7, "label": "LOC"}], "label": 1},
    {"id": "b", "text": "La gare renaît.", "spans": [], "label": 0},
]
_RESTRICTED = """\
Les pêcheurs s’inquiètent

Au large, les filets restent vides depuis trois semaines ; un patron de chalutier parle d’un printemps perdu.

« On attend la sardine », a déclaré ce patron, dont le bateau ne sort plus qu’un jour sur deux.
"""
"""Shares no run of words with the open articles: what is withheld must not stand elsewhere."""

_CARD = """\
---
configs:
- config_name: default
  data_files:
  - split: train
    path: train.jsonl
---
# Un jeu
"""


def make_sample(folder: Path) -> Path:
    """A folder with `projet`, `raw` (articles of every format), `jeu` (of somebody else), `exemples`; the folder."""
    root = _synced(folder)
    project = Project(root)
    write_rows(project.knowledge_base, [_ENTITY, {**_ENTITY, "kb_id": "ville-haute", "relations": []}])
    (folder / "more").mkdir()
    (folder / "more" / f"{RESTRICTED}.txt").write_text(_RESTRICTED, "utf-8")
    add(
        project,
        sorted((folder / "more").iterdir()),
        Declared("restricted", "press", outlet="Le Quai", date="2024-05-01"),
    )
    project = Project(root)
    shutil.rmtree(project.layers / "machine")
    annotate_project(project)
    for article_id in (OPEN, OTHER):
        for number, annotator in enumerate(("pass-a", "pass-b")):
            write_layer(project.layers, _pass(project, article_id, annotator, number))
    adjudicate(project, "pass-a", "pass-b", Settler("gold", "lecteur-1", "human"))
    _settle(root / "annotations" / "decisions" / f"{OPEN}.jsonl")
    adjudicate(project, "pass-a", "pass-b", Settler("gold", "lecteur-1", "human"))
    write_agreement(project.agreement, compare_layers_of(project, "pass-a", "pass-b", 10))
    _figures(root)
    render_project(project, write=True)
    build_project(root, None, Options())
    render_project(Project(root), write=True)
    _raw_articles(folder / "raw")
    _foreign(folder / "jeu")
    shutil.rmtree(folder / "more")
    _examples(folder / "exemples")
    shutil.copytree(root, folder / "avant", ignore=shutil.ignore_patterns("corpus", ".parallaxe"))
    return folder


def _synced(folder: Path) -> Path:
    """A project of two articles that was pushed, corrected, pulled, and has a conflict.

    What the server said last stands in `exemples/journal.json`, as a pull that was cut short leaves it.
    """
    world = World.of(folder, 2)
    shutil.rmtree(folder / "raw")
    world.push()
    claims = [mention(*span, f"x{number}") for number, span in enumerate(world.openings(name(0)))]
    annotation = world.submit(name(0), claims)
    world.pull()
    world.edit(name(0), lambda claim: replace(claim, label="EVENT") if isinstance(claim, Entity) else claim)
    world.rework(
        name(0), annotation, [mention(*span, f"x{n}", "PER") for n, span in enumerate(world.openings(name(0)))]
    )
    (folder / "exemples").mkdir()

    def keep(places: Places, article_id: str, tasks: Sequence[Mapping[str, Any]]) -> None:
        shutil.copyfile(write_entry(places, article_id, tasks), folder / "exemples" / "journal.json")

    with patch.object(pull, "write_entry", keep):
        world.pull()
    return world.root


def _examples(folder: Path) -> None:
    """Files that a project has at times: figures, a list of what was taken down, names that labels shall have."""
    kept = Path(__file__).parents[1] / "annotations" / "evaluation"
    for name_ in ("validation.jsonl", "looks.jsonl"):
        shutil.copyfile(kept / name_, folder / name_)
    write_rows(folder / "takedowns.jsonl", [Takedown("article-009", "2026-01-02", "essai", "0" * 64)._asdict()])
    rename = '[[rename]]\nset = "entity_labels"\nold = "LOC"\nnew = "PLACE"\n'
    (folder / "lieux.toml").write_text(f'why = "essai"\n\n{rename}', "utf-8")


def _pass(project: Project, article_id: str, annotator: str, number: int) -> Layer:
    row = next(row for row in project.catalogue if row.id == article_id)
    document = normalize_file(project.seeds / row.file)
    text = document.text or ""
    claims = tuple(_claims(text, number))
    header = (document.text_sha256, document.normalizer, project.guideline_version, annotator, "human")
    return Layer(annotator, article_id, *header, KINDS, claims)


def _claims(text: str, number: int) -> Iterable[Claim]:
    place = text.index("Nous irons")
    content, cue = Span(place, place + 24), Span(text.index("a déclaré"), text.index("a déclaré") + 9)
    yield Entity(f"e{number}", (Span(0, 7),), "LOC" if number else "ORG", kb_id="pays-sans-nom")
    yield Quote(f"q{number}", "direct", (content,), (cue,), ())
    yield Stance(f"s{number}", "attributed", "pays-sans-nom", "sanctions", "favor", 2, (content,), f"q{number}")
    yield Stance(f"t{number}", "article", AUTHOR, "russia", "against", -1 - number, (Span(0, 7),))


def _settle(path: Path) -> None:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    rows[0] |= {"keep": "edit", "why": "lu deux fois", "fields": {"label": "LOC"}}
    write_rows(path, rows)


def _figures(root: Path) -> None:
    """Floors as somebody writes them."""
    floors = root / "annotations" / "evaluation" / "floors.toml"
    floors.parent.mkdir()
    floors.write_text('[validation.cut.entities]\n"F1 mentions, exact" = { least = 0.5, why = "essai" }\n', "utf-8")


def _raw_articles(folder: Path) -> None:
    write_articles(folder, 1, start=4)
    (folder / "page.html").write_text(
        '<html lang="fr"><head><title>Un pont</title><meta property="article:published_time" content="2024-05-02">'
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Un pont", "datePublished": '
        '"2024-05-02T10:00:00+02:00"}</script></head><body><article><h1>Un pont</h1><p>Le pont est trop étroit, dit le '
        "préfet de la région, qui attend depuis des mois une réponse du ministère.</p><p>« Nous irons jusqu’au bout », "
        "a déclaré la maire, après une réunion de trois heures.</p></article></body></html>",
        "utf-8",
    )
    (folder / "note.md").write_text(
        "---\ntitle: Un marché\ndate: 2024-05-03\noutlet: Le Quai\n---\n# Un marché\n\n## Sur la place\n\n"
        "Le marché *change* de place, dit [une maraîchère](https://exemple.example) du quartier.\n\n> Une citation.\n",
        "utf-8",
    )
    rows = [
        {"id": str(number), "title": f"Titre {number}", "text": f"La dépêche numéro {number} est courte, dit-on ici."}
        for number in range(2)
    ]
    write_rows(folder / "depeches.jsonl", rows)


def _foreign(folder: Path) -> None:
    folder.mkdir()
    write_rows(folder / "train.jsonl", _FOREIGN)
    (folder / "README.md").write_text(_CARD, "utf-8")
