"""What a release says of itself, in a changelog and in the message of its commit and tag."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from parallaxe.compare.versioning import Bump, Implied, Kind, Reason, Version
from parallaxe.dataset.card import Part
from parallaxe.store.dataset_files import Manifest
from parallaxe.store.release.history import TRAILER
from parallaxe.store.versions.diff import Diff

_LONGEST = 60
"""Lines of a diff that a changelog takes."""


def first_lines(manifest: Manifest) -> Iterator[str]:
    """What a changelog says of the first release."""
    rows = _by_config(manifest.parts)
    articles = rows.get("articles", 0)
    yield f"- The first release: {articles:,} {_plural('article', articles)}, {len(rows)} configs."
    yield f"- Logical digest `sha256:{manifest.digest}`."


def later_lines(
    before: Version, implied: Implied, manifest: Manifest, diff: Diff, told: Sequence[str]
) -> Iterator[str]:
    """What a changelog says of a release after another.

    Args:
        before: the version before.
        implied: what changed in the rows.
        manifest: of the new version.
        diff: what changed in articles and layers.
        told: the diff, line by line.
    """
    rows = "no row and no file of the data changed" if implied.bump is Bump.NONE else f"**{implied.bump.word}**"
    yield f"Since {before}, by the rule of versions: {rows}."
    yield ""
    yield from (f"- {line}." for line in reason_lines(implied.reasons))
    layers = _layer_counts(diff)
    for layer, counts in layers.items() if len(layers) > 1 else ():
        yield f"- Claims in `{layer}`: {', '.join(f'{number:,} {kind}' for kind, number in counts.items())}."
    yield from told if len(told) <= _LONGEST else _without_details(told)
    if len(told) > _LONGEST:
        yield f"- Each of the changes: `parallaxe diff v{before} v{manifest.version}`."
    yield f"- Logical digest `sha256:{manifest.digest}`."


def _without_details(told: Sequence[str]) -> Sequence[str]:
    """The first lines of a long diff, which tell counts and articles, without those of single claims."""
    return [line for line in told if not line.startswith(" ")][:_LONGEST]


def reason_lines(reasons: Sequence[Reason]) -> Iterator[str]:
    """A line for each kind of reason, with every place and number.

    >>> list(reason_lines([Reason("rows edited", "quotes/test", 2), Reason("rows edited", "quotes/train", 1)]))
    ['Rows edited: `quotes/test` 2, `quotes/train` 1']
    """
    for kind in dict.fromkeys(reason.kind for reason in reasons):
        places = [_place(kind, reason) for reason in reasons if reason.kind == kind]
        yield f"{kind.capitalize()}: {', '.join(places)}"


def _place(kind: Kind, reason: Reason) -> str:
    number = f" {reason.number:,}" if kind.split()[0] in ("rows", "files") else ""
    return f"`{reason.where}`{number}{f' ({reason.detail})' if reason.detail else ''}"


def message(version: Version, digest: str, implied: Implied | None, before: Version | None) -> str:
    """The message of a release's commit and of its tag."""
    lines = [f"Data {version}{_subject(implied)}", ""]
    if implied is not None and implied.reasons:
        lines += [f"Since {before}:", *(f"- {line}" for line in reason_lines(implied.reasons)), ""]
    return "\n".join([*lines, f"{TRAILER}: {version}", f"Data-Digest: sha256:{digest}", ""])


def _subject(implied: Implied | None) -> str:
    if implied is None:
        return ": the first release"
    kinds = dict.fromkeys(reason.kind for reason in implied.reasons)
    return f" ({implied.bump.word}): {', '.join(kinds)}" if kinds else ": no row changed"


def _by_config(parts: Sequence[Part]) -> Counter[str]:
    rows: Counter[str] = Counter()
    for part in parts:
        rows[part.config] += part.rows
    return rows


def _layer_counts(diff: Diff) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = {}
    for layer in diff.changes.layers:
        counts.setdefault(layer.layer, Counter()).update(kind for change in layer.claims for kind in change.kinds)
    return {name: told for name, told in sorted(counts.items()) if told}


def _plural(noun: str, number: int) -> str:
    return noun if number == 1 else f"{noun}s"
