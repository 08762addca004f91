"""A citation file becomes BibTeX and APA, and agrees with its card."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from parallaxe.dataset.card import Card, parse_card
from parallaxe.dataset.citation import Citation, citation_faults, citation_markdown, parse_citation

FILE = """
cff-version: 1.2.0
title: "Le port : un corpus"
authors:
  - {family-names: Kerbrat, given-names: Jeanne}
  - {name: Les gens du port}
version: 1.2.0
date-released: 2031-05-04
doi: 10.1234/port
license: CC-BY-4.0
"""
CARD = Card({"pretty_name": "Le port", "version": "1.2.0", "license": "cc-by-4.0"}, "")


def read(text: str) -> Citation:
    citation = parse_citation(yaml.safe_load(text))
    assert citation is not None
    return citation


def test_bibtex_and_apa() -> None:
    """People are cited by their names, organizations in braces; version, day and address follow."""
    expected = """**BibTeX:**

```bibtex
@misc{le-port-1.2.0,
  title = {{Le port : un corpus}},
  author = {Kerbrat, Jeanne and {Les gens du port}},
  version = {1.2.0},
  date = {2031-05-04},
  url = {https://doi.org/10.1234/port},
  note = {Data set}
}
```

**APA:** Kerbrat, Jeanne, & Les gens du port. (2031). *Le port : un corpus* (Version 1.2.0) [Data set]. \
https://doi.org/10.1234/port"""

    assert expected == citation_markdown(read(FILE), CARD)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("version: 1.2.0\ndate", "version: 1.3.0\ndate", "cites version 1.3.0, the card has 1.2.0"),
        ("Le port : un", "La gare : un", "its title does not name Le port, as the card does"),
        ("CC-BY-4.0", "[CC-BY-4.0, MIT]", "names the licence MIT, which the card does not"),
    ],
)
def test_what_disagrees_with_the_card_is_told(old: str, new: str, fault: str) -> None:
    """Version, name and licences are those of the card, or the difference is told."""
    assert [] == list(citation_faults(read(FILE), CARD))
    assert [fault] == list(citation_faults(read(FILE.replace(old, new)), CARD))


@pytest.mark.parametrize("told", [None, "un texte", {}, {"title": "Le port"}, {"authors": [None]}])
def test_what_is_no_citation(told: object) -> None:
    """Without a title and authors there is nothing to cite."""
    assert parse_citation(told) is None


def test_ours_agrees(repository: Path) -> None:
    """The file of this corpus cites the version, name and licence of its card."""
    card = parse_card((repository / "DATASET_CARD.md").read_text("utf-8"), "card")

    assert [] == list(citation_faults(read((repository / "CITATION.cff").read_text("utf-8")), card))
