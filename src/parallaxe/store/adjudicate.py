"""Settling what two layers do not agree on: a queue in files, decisions in the same files, a gold layer from both."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from parallaxe.compare.adjudication import Settler, resolve
from parallaxe.compare.decisions import decision_lines, parse_decisions
from parallaxe.compare.disagreements import queue
from parallaxe.core.errors import UsageError
from parallaxe.store.annotations import read_layers, write_layer
from parallaxe.store.jsonl import read_rows, write_rows
from parallaxe.store.project import Project
from parallaxe.store.texts import local_texts
from parallaxe.text.tokens import tokenize


class Outcome(NamedTuple):
    """What became of one article: claims in gold, claims decided against, disagreements that still wait."""

    article_id: str
    claims: int
    left_out: int
    waiting: int


def adjudicate(project: Project, a: str, b: str, settler: Settler) -> list[Outcome]:
    """Write the queue of each article that both layers annotate, and the layer that its decisions make.

    The queue stands in `annotations/decisions/`: whoever settles a line writes `keep` and `why` into it, and calls this
    again. Decisions already made are kept; what waits is told. Pairs are found by tokens, where the text is here.

    Raises:
        UsageError: if the layers share no article.
        ProjectError: if a file is broken or a decision is about nothing in the queue.
    """
    sides = {
        name: {file.layer.article_id: file.layer for file in read_layers(project.layers, [name])} for name in (a, b)
    }
    both = sorted(set(sides[a]) & set(sides[b]))
    if not both:
        raise UsageError(f"{a}, {b}", "no article has both layers", "name two layers of annotations/layers/")
    texts = local_texts(project, both)
    outcomes = []
    for article_id in both:
        text = texts[article_id]
        waiting = queue(sides[a][article_id], sides[b][article_id], tokenize(text) if text is not None else None)
        path = decisions_file(project, article_id)
        decisions = parse_decisions(read_rows(path), str(path)) if path.is_file() else {}
        resolution = resolve(waiting, decisions, settler)
        write_rows(path, decision_lines(waiting, decisions))
        write_layer(project.layers, resolution.gold)
        left = len(resolution.unresolved) + len(resolution.waiting)
        outcomes.append(Outcome(article_id, len(resolution.gold.claims), len(resolution.left_out), left))
    return outcomes


def decisions_file(project: Project, article_id: str) -> Path:
    """Where the queue and the decisions of an article stand."""
    return project.root / "annotations" / "decisions" / f"{article_id}.jsonl"
