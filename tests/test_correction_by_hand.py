"""What a person corrects in a real browser, on a real server, is what layer, dataset and `load_dataset` then hold."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from annotator import Words, at_work
from parallaxe.store.annotations import read_layer
from parallaxe.store.project import find_project
from parallaxe.store.texts import local_texts
from studio_server import StudioServer

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ARTICLE = """Le port retient son souffle

🚂🇰🇵 Un train est parti de Brest mardi. La mairie de Vannes attend un signe d'Oslo.

« La Russie est un partenaire sûr », a déclaré le ministre norvégien Olav Brekke.

Selon un docker, la Chine observe. Dans la bouche d'un cheminot de Lorient, la grue devient un oiseau.
"""


def parallaxe(project: Path, *arguments: str, server: StudioServer) -> str:
    """What the command prints; it fails the test where it fails."""
    environment = {**os.environ, "LABEL_STUDIO_URL": server.url, "LABEL_STUDIO_API_KEY": server.access.api_key}
    done = subprocess.run(
        [str(Path(sys.executable).with_name("parallaxe")), *arguments],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (0, "") == (done.returncode, done.stderr if done.returncode else ""), done.stdout
    return done.stdout


@pytest.fixture
def project(tmp_path: Path, studio_server: StudioServer) -> Path:
    """A corpus of one open article, with the machine's proposals, on the server."""
    raw = tmp_path / "le-port.txt"
    raw.write_text(ARTICLE, "utf-8")
    root = tmp_path / "essai"
    parallaxe(tmp_path, "init", str(root), server=studio_server)
    parallaxe(root, "add", str(raw), "--rights", "open", "--license", "CC0-1.0", server=studio_server)
    parallaxe(root, "annotate", "--component", "none", server=studio_server)
    parallaxe(root, "studio", "push", server=studio_server)
    return root


def claims(file: Path) -> list[dict[str, Any]]:
    """The claims of a layer file, as its lines."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()[1:]]


def spans_of(claim: Mapping[str, Any]) -> list[list[int]]:
    spans: list[list[int]] = claim.get("fragments") or claim.get("content") or claim.get("evidence") or []
    return spans


@pytest.mark.studio
def test_a_correction_comes_back_as_it_was_made(project: Path, studio_server: StudioServer, browser: Browser) -> None:
    """A person relabels, draws after an emoji, sets stances, relates, submits; pull, build, load_dataset show that."""
    found = find_project(project)
    text = local_texts(found, ["le-port"])["le-port"]
    assert text is not None
    machine = {json.dumps(spans_of(one)): one for one in claims(project / "annotations/layers/machine/le-port.jsonl")}
    with studio_server.client() as server:
        on_server = server.projects()[0]
        [task] = list(server.tasks(on_server.id))

    with at_work(browser, studio_server.access) as person:
        person.open(on_server.id, int(task["id"]))
        person.select(Words("Vannes"))
        person.label("ORG")
        person.leave()
        person.mark(Words("train"), "PRODUCT")
        person.select(Words("partenaire"))
        person.choose("Russie", "+2")
        person.leave()
        person.mark(Words("la grue devient un oiseau"), "Propos")
        person.select(Words("devient"))
        person.tick("indirect")
        person.leave()
        person.mark(Words("Dans la bouche"), "Amorce")
        person.relate(Words("bouche"), Words("devient"))
        person.choose("l'Ukraine", "traite de la cible sans")
        saved = person.submit()
    assert saved["result"]

    told = parallaxe(project, "studio", "pull", "--json", server=studio_server)
    [change] = json.loads(told)["layers"]
    layer = project / "annotations" / "layers" / change["layer"] / "le-port.jsonl"
    kept = read_layer(layer).layer
    by_words = {text[one.fragments[0].start : one.fragments[-1].end]: one for one in kept.entities}
    quotes = {text[one.content[0].start : one.content[-1].end]: one for one in kept.quotes}

    assert "human" == kept.annotator_type
    assert ("ORG", "changed", "reviewed") == (
        by_words["Vannes"].label,
        by_words["Vannes"].provenance.origin,
        by_words["Vannes"].provenance.status,
    )
    assert ("PRODUCT", "manual") == (by_words["train"].label, by_words["train"].provenance.origin)
    assert machine[json.dumps([list(span) for span in by_words["Vannes"].fragments])]["id"] == by_words["Vannes"].id
    drawn = quotes["la grue devient un oiseau"]
    assert ("indirect", ["Dans la bouche"]) == (drawn.type, [text[start:end] for start, end in drawn.cue])
    [stance] = [one for one in kept.stances if one.quote == quotes["La Russie est un partenaire sûr"].id]
    assert ("NIL:olav-brekke", "russia", "favor", 2) == (
        stance.holder,
        stance.target,
        stance.polarity,
        stance.intensity,
    )
    assert [("ukraine", "neutral", "manual")] == [
        (one.target, one.polarity, one.provenance.origin)
        for one in kept.stances
        if one.quote is None and one.target == "ukraine"
    ]
    untouched = [one for one in kept.claims if one.provenance.origin == "accepted"]
    assert {"Brest", "Oslo"} <= {text[one.fragments[0].start : one.fragments[-1].end] for one in untouched}

    assert [] == json.loads(parallaxe(project, "studio", "pull", "--json", server=studio_server))["layers"]
    parallaxe(project, "build", server=studio_server)
    shown = (
        "import datasets\n"
        "rows = datasets.load_dataset('corpus', 'entities', split='train')\n"
        "label, made = rows.features['label'], rows.features['annotator_type']\n"
        "print([(label.int2str(row['label']), made.int2str(row['annotator_type']), row['layer'])"
        " for row in rows if row['text'] == 'Vannes'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", shown], cwd=project, capture_output=True, text=True, check=True, env={**os.environ}
    )
    assert f"[('ORG', 'human', {change['layer']!r})]" == done.stdout.strip().splitlines()[-1]
