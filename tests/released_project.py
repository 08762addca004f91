"""A small project in a repository of git, and what people do before they release it."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from parallaxe.cli.show_release import changelog_lines
from parallaxe.store.add import Declared, add
from parallaxe.store.annotations import read_layer, write_layer
from parallaxe.store.project import Project
from parallaxe.store.release.candidate import ReleaseOptions
from parallaxe.store.release.making import Release, release_project
from rule_examples import sample_project

DAY = date(2026, 11, 21)
CITATION = """\
cff-version: 1.2.0
title: Projet
authors:
  - name: La rédaction
version: 0.1.0
type: dataset
"""
ARTICLE = "Le quai attend\n\nLa criée rouvre lundi, assure une mareyeuse. « On recommence », dit-elle.\n"


def git(folder: Path, *arguments: str) -> str:
    """What git prints in a folder."""
    done = subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def known_to_git(monkeypatch: pytest.MonkeyPatch) -> None:
    """Git knows who commits, and reads no settings of this machine."""
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Lectrice")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "lectrice@example.org")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)


def committed_project(folder: Path) -> Project:
    """The project of the rules' examples below the top of a repository, with a citation; committed, not released."""
    root = sample_project(folder / "projet").root
    (root / "CITATION.cff").write_text(CITATION, "utf-8")
    (root.parent / "ailleurs.txt").write_text("hors du projet\n", "utf-8")
    shutil.rmtree(root.parent / "raw")
    who = ["-c", "user.name=Lectrice", "-c", "user.email=lectrice@example.org"]
    git(root.parent, "init", "-q")
    git(root.parent, "add", "-A")
    git(root.parent, *who, "commit", "-qm", "Un projet")
    return Project(root)


def release(project: Project, **options: Any) -> Release:
    """Release as the command does."""
    return release_project(project.root, ReleaseOptions(**{"day": DAY, **options}), changelog_lines)


def commit(project: Project, message: str = "Un changement") -> None:
    """Commit all that is there."""
    git(project.root, "add", "-A")
    git(project.root, "commit", "-qm", message)


def relabel(project: Project) -> None:
    """Make the mention of the gold layer a place, and commit it: a row is edited."""
    layer = read_layer(project.layers / "gold" / "le-port.jsonl").layer
    write_layer(project.layers, replace(layer, claims=(replace(layer.entities[0], label="LOC"), *layer.claims[1:])))
    commit(project)


def add_article(project: Project) -> None:
    """Add an open article and commit it: rows are added."""
    raw = project.root.parent.parent / "le-quai.txt"
    raw.write_text(ARTICLE, "utf-8")
    add(Project(project.root), [raw], Declared("open", "press"))
    commit(project)
