"""What the trained scorer sees of the writer's own words about a target: counts and marks, no names and no words."""

from __future__ import annotations

from math import log1p

from parallaxe.annotate.stance_rules.author import Author
from parallaxe.annotate.stance_rules.targets import Target


def place_features(author: Author, target: Target) -> dict[str, float]:
    """What tells whether the writer takes the target up."""
    kind = {"actor": float(target.is_actor), "general": float(target.general)}
    return {name: value for name, value in {**author.place(target), **kind}.items() if value}


def polarity_features(author: Author, target: Target) -> dict[str, float]:
    """What tells how the writer presents it: values near it, and whether the text judges at all."""
    marks = {name: log1p(value) for name, value in author.marks.items()}
    opinion = author.opinion
    near = author.near(target)
    negative, positive = near["negative"], near["positive"]
    return {
        **{f"mark-{name}": value for name, value in marks.items()},
        "near-negative": negative,
        "near-positive": positive,
        "near": negative - positive,
        "opinion&negative": opinion * negative,
        "opinion&positive": opinion * positive,
        "opinion&near": opinion * (negative - positive),
        "near-backing": author.backed(target),
        "opinion&backing": opinion * author.backed(target),
    }
