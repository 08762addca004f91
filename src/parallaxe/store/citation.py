"""Reading `CITATION.cff`, which a project may have."""

from __future__ import annotations

import yaml

from parallaxe.core.errors import ProjectError
from parallaxe.dataset.citation import Citation, parse_citation
from parallaxe.store.project import Project


def read_citation(project: Project) -> Citation | None:
    """How a project is to be cited; null where it does not say.

    Raises:
        ProjectError: if the file is there and names no title, version and authors.
    """
    path = project.citation
    if not path.is_file():
        return None
    try:
        citation = parse_citation(yaml.safe_load(path.read_text("utf-8")))
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise ProjectError(str(path), f"no YAML: {' '.join(str(error).split())}", "mend it") from error
    if citation is None:
        raise ProjectError(str(path), "no title, version and authors", "give it all three (Citation File Format 1.2.0)")
    return citation
