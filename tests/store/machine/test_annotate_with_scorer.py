"""`parallaxe annotate --stance-scorer`: a real server on this machine has a say in what is proposed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from chat_server import Reply, completion, serving, stated
from parallaxe.cli.app import app
from parallaxe.core.errors import SurroundingsError

WORDS = "Séoul dénonce « les essais criminels de Pyongyang ».\n"
YES = stated("favor", favor=0.98, against=0.01, neutral=0.01)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """A file of no project."""
    path = tmp_path / "essai.txt"
    path.write_text(f"Tokyo proteste\n\n{WORDS}", "utf-8")
    return path


def stances(article: Path, *options: str) -> list[tuple[str, str, str]]:
    """Target, polarity and reason of each stance that a source holds."""
    arguments = ["annotate", str(article), "--project", str(article.parent), "--component", "none", "--json", *options]
    done = CliRunner().invoke(app, arguments, catch_exceptions=False, standalone_mode=False)
    claims = json.loads(done.stdout)["claims"]
    return [(claim["target"], claim["polarity"], claim["why"]) for claim in claims if claim.get("quote")]


def test_a_server_is_heard(article: Path) -> None:
    """It is asked about the sentence of the judgement, and its name stands in the reason of what it turned round."""
    [(target, polarity, why)] = stances(article)
    assert ("north-korea", "against") == (target, polarity)

    with serving(lambda _: completion(YES)) as chat:
        heard = stances(article, "--stance-scorer", f"openai:{chat.url}#petit")

    assert [("north-korea", "favor", f"{why} + petit/1")] == heard
    assert [WORDS.strip()] == [request.passage for request in chat.requests]


def test_a_server_that_fails_is_one_line(article: Path) -> None:
    """Nothing is proposed without the opinion that somebody asked for: exit 3, with what the server said."""
    with (
        serving(lambda _: Reply(404, {})) as chat,
        pytest.raises(SurroundingsError, match="it answers 404") as caught,
    ):
        stances(article, "--stance-scorer", f"openai:{chat.url}#petit")

    assert 3 == caught.value.exit_code
