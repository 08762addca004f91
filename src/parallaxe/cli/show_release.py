"""A release as people see it: the version and why, what the changelog says, where it was written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markdown import Markdown
from rich.text import Text

from parallaxe.cli.diff_markdown import markdown_lines
from parallaxe.compare.versioning import Bump
from parallaxe.core.wording import counted

if TYPE_CHECKING:
    from parallaxe.store.release.check import Checked
    from parallaxe.store.release.making import Release
    from parallaxe.store.versions.diff import Diff

_out = Console(highlight=False, soft_wrap=True)
_errors = Console(stderr=True, highlight=False, soft_wrap=True)

_STYLES = {Bump.MAJOR: "bold red", Bump.MINOR: "bold yellow", Bump.PATCH: "bold green", Bump.NONE: "bold"}
_SHOWN = 12
"""Reasons that are told one by one."""


def show_release(made: Release) -> None:
    """What was released, or would be."""
    for path in made.left:
        _errors.print(f"warning: {path}: edited since the release began, left as it is; see `git diff`", markup=False)
    if made.implied is not None and made.before is not None:
        _show_reasons(made)
    elif not made.resumed:
        _out.print(f"{made.version}  the first release, by the version of the card", markup=False)
    if made.commit is None:
        _show_section(made.section)
        told = f"would release {made.version}"
    elif made.resumed:
        told = f"finished the release of {made.version}, which had been interrupted"
    else:
        told = f"released {made.version}"
    where = f": commit {made.commit[:12]}, {f'tag {made.tag}' if made.tag else 'no tag'}" if made.commit else ""
    _out.print(Text(f"{told}{where} (sha256:{made.digest[:12]})", style="bold"))


def _show_reasons(made: Release) -> None:
    assert made.implied is not None
    bump = made.implied.bump
    _out.print(Text.assemble(f"{made.before} → {made.version}  ", (bump.word, _STYLES[bump])))
    for reason in made.implied.reasons[:_SHOWN]:
        _out.print(Text.assemble("  ", (f"{reason.bump.word:5}", _STYLES[reason.bump]), f"  {reason}"))
    if (more := len(made.implied.reasons) - _SHOWN) > 0:
        _out.print(f"  and {more} more (--json tells all)", markup=False)


def _show_section(section: str) -> None:
    _out.print()
    if _out.is_terminal:
        _out.print(Markdown(section))
    else:
        _out.print(section, markup=False)


def changelog_lines(diff: Diff) -> Iterator[str]:
    """A diff as a list in a changelog, which has a heading of its own; no line where nothing changed."""
    if diff.changes:
        yield from (line for line in markdown_lines(diff) if line and not line.startswith("#"))


def release_as_json(made: Release) -> dict[str, Any]:
    """A release as one JSON object."""
    reasons = made.implied.reasons if made.implied is not None else ()
    return {
        "version": str(made.version),
        "before": str(made.before) if made.before is not None else None,
        "bump": made.implied.bump.word if made.implied is not None else None,
        "reasons": [{"bump": reason.bump.word, **reason._asdict()} for reason in reasons],
        "digest": made.digest,
        "commit": made.commit,
        "tag": made.tag,
        "resumed": made.resumed,
        "left": list(made.left),
        "changelog": made.section,
    }


def show_checked(found: Checked) -> None:
    """What a release gave that was built again."""
    by = "its own program" if found.own_program else "this program"
    files = counted(found.files, "file")
    if not found.is_same:
        told = Text.assemble(
            ("another dataset", "bold red"), f": it names {found.told[:12]}, its sources give {found.built[:12]}"
        )
    elif found.other:
        told = Text.assemble(("same rows", "yellow"), f", {len(found.other)} of {files} in other bytes")
    else:
        told = Text.assemble(("same rows, same bytes", "green"), f" in {files}")
    digest = f" (sha256:{found.told[:12]}, by {by})" if found.is_same else f" (by {by})"
    _out.print(Text.assemble((str(found.version), "bold"), "  ", told, digest))


def checked_as_json(found: Checked) -> dict[str, Any]:
    """A release that was built again as one JSON object."""
    return {**found._asdict(), "version": str(found.version), "same_rows": found.is_same, "same_bytes": not found.other}
