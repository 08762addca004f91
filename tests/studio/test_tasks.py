"""What a task shows of an article, and under which key."""

from __future__ import annotations

import json
from datetime import date

from parallaxe.core.claims import Entity, Span
from parallaxe.core.knowledge import KnownEntity
from parallaxe.store.schemas import load_schemas
from parallaxe.studio import controls
from parallaxe.studio.tasks import TaskArticle, link_candidates, task_data, task_key
from parallaxe.text.document import Block

LABELS = load_schemas().labels
TEXT = "Le port & ses <grues>\n\nPartager"
ARTICLE = TaskArticle(
    article_id="port",
    text=TEXT,
    text_sha256="ab" * 32,
    blocks=(Block("title", 0, 21), Block("noise", 23, 31)),
    published=date(2031, 3, 4),
)


def _known(kb_id: str, name: str, *aliases: str) -> KnownEntity:
    return KnownEntity(kb_id, "ORG", name, aliases, "Un port.", None, None, (), None, None)


def test_a_key_names_article_and_text() -> None:
    """Another text of the same article is another task."""
    assert "port@abababababab" == task_key("port", "ab" * 32)


def test_the_data_of_a_task_is_whole_and_plain() -> None:
    """All keys are there, in JSON, because a server that is sent a part forgets the rest."""
    data = task_data(ARTICLE, LABELS, link_candidates(TEXT, (), {}), rank=3)
    assert data == json.loads(json.dumps(data))
    keys = "key article_id text_sha256 text title outlet published preview candidates blind rank"
    assert keys.split() == list(data)
    assert ("2031-03-04", "port", 3, False) == (data["published"], data["title"], data["rank"], data["blind"])


def test_the_preview_greys_what_is_not_annotated() -> None:
    """The text of every block is there, escaped; those that are skipped say so."""
    title, noise = task_data(ARTICLE, LABELS, ())["preview"].split("</p>")[:2]
    assert "Le port &amp; ses &lt;grues&gt;" in title
    assert "Ne pas annoter" not in title
    assert "Ne pas annoter" in noise


def test_links_are_those_of_claims_and_of_names_in_the_text() -> None:
    """A link that was proposed can be chosen, and so can an entity that the text names; clusters are written."""
    claims = [Entity("a", (Span(3, 7),), "ORG", kb_id="riga"), Entity("b", (Span(3, 7),), "LOC", kb_id="NIL:grues")]
    known = {"port": _known("port", "Grand Port", "port"), "quai": _known("quai", "Quai")}
    offered = link_candidates(TEXT, claims, known)
    assert [controls.NOTHING, "port", "riga"] == [candidate["value"] for candidate in offered]
    assert "Grand Port (ORG). Un port." == offered[1]["hint"]


def test_links_have_no_key() -> None:
    """A letter that is pressed must not choose a link."""
    offered = link_candidates(TEXT, (), {"port": _known("port", "port")})
    assert {controls.NO_KEY} == {candidate["hotkey"] for candidate in offered}
