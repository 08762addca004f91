"""A review as people and programs want it: as text, JSON or Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from rich.text import Text

from parallaxe.cli.diff_json import diff_as_json
from parallaxe.cli.diff_text import apart, change_lines
from parallaxe.cli.lines import print_lines
from parallaxe.cli.review_markdown import review_markdown
from parallaxe.cli.review_words import answers, reasons_by_kind, remarks, signed
from parallaxe.compare.figure_lines import coefficient
from parallaxe.store.versions.review import Review
from parallaxe.validate.findings import Finding

FORMATS = ("text", "json", "markdown")

_STYLES = {"error": "bold red", "warning": "yellow"}


def review_lines(review: Review) -> Iterator[Text]:
    """A review for a terminal: answers, what must be mended, figures that changed, then the diff."""
    yield Text(f"{review.diff.old} → {review.diff.new}", style="bold")
    width = max(len(what) for what, _ in answers(review))
    yield from (Text.assemble((f"{what:<{width}}  ", "bright_black"), answer) for what, answer in answers(review))
    yield from (Text(f"note: {note}", style="yellow") for note in (*review.notes, *remarks(review)))
    for finding in review.findings.new:
        times = f" ({finding.count:,} times)" if finding.count > 1 else ""
        yield Text.assemble(
            "\n", (f"{finding.severity} {finding.rule}", _STYLES[finding.severity]), f": {finding.message}{times}"
        )
        yield from (Text(f"  {place.told()}", style="cyan") for place in finding.places[:3])
    yield from apart(_figures(review))
    yield from apart(Text(f"{kind}: {places}") for kind, places in reasons_by_kind(review.version).items())
    yield from change_lines(review.diff)


def _figures(review: Review) -> Iterator[Text]:
    changed = [change for change in review.agreement.figures if change.is_changed] if review.agreement else []
    for change in changed:
        old, new = (coefficient(side.value if side else None) for side in (change.old, change.new))
        yield Text(f"agreement, {change.words}: {old} → {new} ({signed(change)})")


def review_as_json(review: Review) -> dict[str, Any]:
    """A review as one JSON object; its diff as `parallaxe diff --json` prints it."""
    agreement, version = review.agreement, review.version
    figures = [
        {
            "figure": change.words,
            "old": change.old.value if change.old else None,
            "new": change.new.value if change.new else None,
            "difference": change.difference,
        }
        for change in (agreement.figures if agreement is not None else ())
    ]
    return {
        "base": {"branch": review.branch, "commit": review.commit},
        "findings": {
            "new": [_finding(finding) for finding in review.findings.new],
            "gone": [_finding(finding) for finding in review.findings.gone],
        },
        "agreement": None if agreement is None else {"recomputed": agreement.is_recomputed, "figures": figures},
        "version": {
            "bump": version.bump.word,
            "old": version.old,
            "new": version.new,
            "least": version.least,
            "is_built": version.is_built,
            "reasons": [{**reason._asdict(), "bump": reason.bump.word} for reason in version.reasons],
        },
        "notes": review.notes,
        "diff": diff_as_json(review.diff),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return asdict(finding) | {"places": [place._asdict() for place in finding.places]}


def show_review(review: Review) -> None:
    """Print a review for people."""
    print_lines(review_lines(review))


def review_as(form: str, review: Review) -> str:
    """A review in one of the formats; a lone surrogate, which UTF-8 has not, stays the escape that it was."""
    told = {"text": _text, "json": _json, "markdown": _markdown}[form](review)
    return told.encode("utf-8", "backslashreplace").decode()


def _text(review: Review) -> str:
    return "\n".join(line.plain for line in review_lines(review))


def _json(review: Review) -> str:
    return json.dumps(review_as_json(review), ensure_ascii=False, indent=2, default=str)


def _markdown(review: Review) -> str:
    return "\n".join(review_markdown(review))
