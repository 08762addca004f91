"""Reading `CITATION.cff`, which a project may have."""

from __future__ import annotations

from parallaxe.core.errors import ProjectError
from parallaxe.dataset.card import Card
from parallaxe.dataset.citation import Citation, citation_markdown, parse_citation
from parallaxe.store.project import Project
from parallaxe.store.text_files import read_yaml


def read_citation(project: Project) -> Citation | None:
    """How a project is to be cited; null where it does not say.

    Raises:
        ProjectError: if the file is there, and is no YAML that names a title and authors.
        SurroundingsError: if it cannot be read.
    """
    path = project.citation
    if not path.is_file():
        return None
    citation = parse_citation(read_yaml(path))
    if citation is None:
        raise ProjectError(str(path), "no title and authors", "give it both (Citation File Format 1.2.0)")
    return citation


def citation_table(project: Project, card: Card) -> dict[str, str]:
    """How to cite what a card describes, under the name of its marks; nothing where a project does not say.

    Raises:
        ProjectError, SurroundingsError: as `read_citation` does.
    """
    citation = read_citation(project)
    return {} if citation is None else {"citation": citation_markdown(citation, card)}
