"""A row of the catalogue becomes the document that its gold annotates, or an error that names the file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from parallaxe.core.errors import ProjectError
from parallaxe.store.annotations import read_layers
from parallaxe.store.project import Project
from parallaxe.store.reading import read_row
from trained_project import make_project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return make_project(tmp_path_factory.mktemp("reading"))


def test_a_row_gives_the_text_that_its_gold_annotates(project: Project) -> None:
    """Restricted or open, with gold or without: the text is that of the layer."""
    gold = {file.layer.article_id: file for file in read_layers(project.layers, ["gold"])}

    for row in project.catalogue:
        document = read_row(project, row, gold[row.id])

        assert gold[row.id].layer.text_sha256 == document.text_sha256
        assert read_row(project, row).text == document.text


@pytest.mark.parametrize("changed", [{"text_sha256": "0" * 64}, {"normalizer": "parallaxe-text/0"}])
def test_gold_of_another_text_is_refused(project: Project, changed: dict[str, Any]) -> None:
    """Offsets into another text, or into the same one made otherwise, point anywhere; the line names the layer."""
    row = project.catalogue[0]
    gold = next(file for file in read_layers(project.layers, ["gold"]) if file.layer.article_id == row.id)

    with pytest.raises(ProjectError, match=f"{Path(gold.path).name}:1: it annotates another text; migrate the layer"):
        read_row(project, row, gold._replace(layer=replace(gold.layer, **changed)))


def test_a_file_that_is_not_the_one_in_the_catalogue_is_refused(project: Project) -> None:
    """What was annotated is known by its hash."""
    row = replace(project.catalogue[0], sha256="0" * 64)

    with pytest.raises(ProjectError, match=f"{Path(row.file).name}: the file is not the one in the catalogue"):
        read_row(project, row)
