"""A changelog says what changed in a screen of lines, whatever the size of the change."""

from __future__ import annotations

from parallaxe.compare.changes import Changes, ClaimChange, LayerChange
from parallaxe.compare.versioning import Bump, Implied, Reason, Version
from parallaxe.core.claims import Entity, Span
from parallaxe.store.dataset_files import Manifest
from parallaxe.store.release.words import later_lines, message
from parallaxe.store.versions.diff import Diff

MANIFEST = Manifest("Projet", "0.2.0", "public", "5c79", "parallaxe-normalizer/1", ())
IMPLIED = Implied(
    Bump.MINOR,
    (Reason("rows added", "entities/train", 1200), Reason("labels added", "entities.label", 2, "WORK, TITLE")),
)
ADDED = ClaimChange(None, Entity("e", (Span(0, 3),), "PER"), ("added",))


def _diff(*layers: str) -> Diff:
    changed = (LayerChange(name, "le-port", "a", "a", False, (), (ADDED,)) for name in layers)
    return Diff("0.1.0", "0.2.0", Changes((), tuple(changed)), {}, frozenset())


def test_few_changes_are_told_one_by_one() -> None:
    """Reasons by kind with every place, layers where there are several, then the lines of the diff and the digest."""
    expected = [
        "Since 0.1.0, by the rule of versions: **minor**.",
        "",
        "- Rows added: `entities/train` 1,200.",
        "- Labels added: `entities.label` (WORK, TITLE).",
        "- Claims in `gold`: 1 added.",
        "- Claims in `machine`: 1 added.",
        "- `le-port`, gold: 1 added",
        "- Logical digest `sha256:5c79`.",
    ]

    assert expected == list(
        later_lines(Version(0, 1, 0), IMPLIED, MANIFEST, _diff("machine", "gold"), ["- `le-port`, gold: 1 added"])
    )


def test_many_changes_are_told_by_a_command() -> None:
    """Of a long diff single claims are left out, then what is beyond sixty lines; a command tells them, by tags."""
    told = [
        "- `le-quai`: added.",
        *["  - relabelled: **Brest**: label LOC → ORG"] * 50,
        *["- `le-port`, gold: 1 moved"] * 70,
    ]
    lines = list(later_lines(Version(0, 1, 0), IMPLIED, MANIFEST, _diff("gold"), told))

    assert "- Each of the changes: `parallaxe diff v0.1.0 v0.2.0`." == lines[-2]
    assert told[0] in lines
    assert told[1] not in lines
    assert 59 == lines.count(told[-1])


def test_a_release_without_a_change_says_so() -> None:
    """The commit of a release that somebody named, of the same data."""
    nothing = Implied(Bump.NONE, ())

    assert "Data 0.1.1: no row changed\n\nData-Version: 0.1.1\nData-Digest: sha256:5c79\n" == message(
        Version(0, 1, 1), "5c79", nothing, Version(0, 1, 0)
    )
    assert "no row and no file of the data changed" in next(
        later_lines(Version(0, 1, 0), nothing, MANIFEST, _diff(), [])
    )
