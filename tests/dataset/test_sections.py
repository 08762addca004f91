"""What a card says under its headings, and where nobody has written yet."""

from __future__ import annotations

import re
from pathlib import Path

import huggingface_hub
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallaxe.dataset.card import parse_card
from parallaxe.dataset.croissant import RAI_SECTIONS
from parallaxe.dataset.sections import plain, prompts, sections, without_prompts
from parallaxe.dataset.templates import default_card

HUB_TEMPLATE = Path(huggingface_hub.__file__).parent / "templates" / "datasetcard_template.md"


def headings_of_the_hub() -> list[str]:
    """The headings of the Hub's template, but for the title."""
    template = HUB_TEMPLATE.read_text("utf-8")
    return [name.removesuffix("[optional]").strip() for name in re.findall(r"^##+ (.+)$", template, re.MULTILINE)]


@pytest.fixture(params=["ours", "default"])
def body(request: pytest.FixtureRequest, repository: Path) -> str:
    """The card of this corpus, and the one that a new project begins with."""
    text = (repository / "DATASET_CARD.md").read_text("utf-8") if request.param == "ours" else default_card("Projet")
    return parse_card(text, "card").body


def test_a_card_has_every_section_of_the_hub(body: str) -> None:
    """Of the Hub's template no heading is missing, and none is empty, but those above others."""
    told = sections(body)

    assert 20 <= len(headings_of_the_hub())
    assert [] == [name for name in headings_of_the_hub() if name not in told]


def test_a_card_has_every_section_that_croissant_asks_for(body: str) -> None:
    """The headings that RAI properties are taken from are those of the cards."""
    wanted = [heading for headings in RAI_SECTIONS.values() for heading in headings]

    assert [] == [heading for heading in wanted if heading not in sections(body)]


def test_our_card_has_no_prompt_left(repository: Path) -> None:
    """Each section of ours is written; a new project has all of its own to write."""
    assert [] == prompts((repository / "DATASET_CARD.md").read_text("utf-8"))
    assert len(prompts(default_card("Projet"))) > len(headings_of_the_hub())


def test_without_prompts_no_section_is_left_empty() -> None:
    """Of a card that nobody wrote in, what is told without anybody stays, and headings with nothing below go."""
    body = without_prompts(default_card("Projet"))

    assert [] == prompts(body)
    assert "## Uses" not in body
    assert "### Biases" not in body
    assert "#### Normalization\n\nFiles are decoded" in body
    assert "**Curated by:**" not in body


def test_headings_in_code_are_none() -> None:
    """A comment of a program is no heading."""
    told = sections("# Le port\n\n```bash\n# pas un titre\n```\n\n## La gare\n\nUn train.\n")

    assert {"Le port": "```bash\n# pas un titre\n```", "La gare": "Un train."} == told


def test_plain_has_words_alone() -> None:
    """Tables, rendered parts and code go, with the colon that announced them; lists keep theirs."""
    text = "Voici:\n\n<!-- begin: texts -->\nrendu\n<!-- end: texts -->\n\nLe port:\n\n| a |\n|---|\n\nDeux:\n\n- Un.\n"

    assert "Voici.\nLe port.\nDeux:\n- Un." == plain(text)


@given(st.text(st.sampled_from("ab #-|[]…*`\n:"), max_size=80))
def test_reading_a_card_never_fails(text: str) -> None:
    """Whatever somebody types, sections and prose are told, and without prompts none is left."""
    assert all("\n\n" not in plain(told) for told in sections(text).values())
    assert [] == prompts(without_prompts(text))
