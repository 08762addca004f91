"""A release dates its section of the changelog and says under *Data* what changed; all else stays as it was written."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallaxe.compare.versioning import Version
from parallaxe.store.release.changelog import newest_released, release_section, with_release

DAY = date(2026, 11, 21)
TWO = Version(0, 2, 0)
BLOCK = "<!-- begin: data-changes -->\n- Une ligne.\n<!-- end: data-changes -->\n"
OLD = "## [0.1.0] – 2026-01-05\n\n### Data\n\n- Trente articles.\n"


@pytest.mark.parametrize(
    ("changelog", "section"),
    [
        (f"# Journal\n\n{OLD}", f"### Data\n\n{BLOCK}"),
        (f"# Journal\n\n## [Unreleased]\n\n{OLD}", f"### Data\n\n{BLOCK}"),
        (f"# Journal\n\n## [0.2.0] – unreleased\n\n### Data\n\n{OLD}", f"### Data\n\n{BLOCK}"),
        (
            f"# Journal\n\n## Unreleased\n\n### Data\n\n- Un lieu.\n\n### Code\n\n- Un bouton.\n\n{OLD}",
            f"### Data\n\n- Un lieu.\n\n{BLOCK}\n### Code\n\n- Un bouton.\n",
        ),
        (
            f"# Journal\n\n## [Unreleased]\n\n### Code\n\n- Un bouton.\n\n{OLD}",
            f"### Code\n\n- Un bouton.\n\n### Data\n\n{BLOCK}",
        ),
        (
            f"# Journal\n\n## [Unreleased]\n\n### Data\n\n{BLOCK.replace('Une ligne', 'Vieux')}\n{OLD}",
            f"### Data\n\n{BLOCK}",
        ),
    ],
)
def test_the_unreleased_section_is_released(changelog: str, section: str) -> None:
    """It gets version and date; what people wrote in it stays, and so does every older section."""
    expected = f"# Journal\n\n## [0.2.0] – 2026-11-21\n\n{section}\n{OLD}"

    assert expected == with_release(changelog, TWO, DAY, ["- Une ligne."])


def test_a_new_changelog_begins_with_what_it_is() -> None:
    """Where there is none yet, one is made."""
    made = with_release("", TWO, DAY, ["- Une ligne."])

    assert made.startswith("# Changelog\n")
    assert f"## [0.2.0] – 2026-11-21\n\n### Data\n\n{BLOCK}" == release_section(made, TWO)


@pytest.mark.parametrize(
    ("changelog", "version"),
    [
        ("", None),
        ("# Journal\n\n## [0.3.0] – unreleased\n", None),
        (f"# Journal\n\n## [Unreleased]\n\n{OLD}", Version(0, 1, 0)),
        ("## 1.2.0 (2026-02-01)\n\n## 1.1.0 (2026-01-01)\n", Version(1, 2, 0)),
        ("## v1.2.0 - 2026-02-01\n", Version(1, 2, 0)),
        ("## Notes of 2026-02-01\n", None),
    ],
)
def test_the_newest_release_is_the_first_with_a_date(changelog: str, version: Version | None) -> None:
    """Of several forms that people use."""
    assert version == newest_released(changelog)


prose = st.lists(st.sampled_from(["- Un lieu.", "", "Texte.", "- Deux [liens](a.md)."]), max_size=4).map("\n".join)


@given(prose, prose)
def test_releases_follow_each_other(first: str, second: str) -> None:
    """Each release has its section, the newest on top; no line that people wrote is lost."""
    one = with_release(f"# Journal\n\n## [Unreleased]\n\n### Data\n\n{first}\n", Version(0, 1, 0), DAY, ["- A."])
    two = with_release(one.replace("# Journal\n", f"# Journal\n\n## [Unreleased]\n\n{second}\n"), TWO, DAY, ["- B."])

    assert TWO == newest_released(two)
    assert [release_section(one, Version(0, 1, 0))] == [release_section(two, Version(0, 1, 0))]
    assert {*first.split("\n"), *second.split("\n")} <= set(two.split("\n"))
