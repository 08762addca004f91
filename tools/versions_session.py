"""Record two versions of this corpus, and what lies between them: `python tools/versions_session.py`.

What the commands print goes between the marks of `docs/two-versions.md`, the diff as it stands on a terminal to
`docs/pictures/diff.svg`. The two versions are releases of this repository, known by their tags.
"""

from __future__ import annotations

from picture import picture
from session import DOCS, PICTURES, ROOT, session_in_copy

from parallaxe.compare.versioning import Version
from parallaxe.dataset.card import render_marked
from parallaxe.store.release.changelog import release_section

OLD, NEW = "v0.1.0", "v1.0.0"
PAGE = DOCS / "two-versions.md"
LOAD = """python -c 'from datasets import load_dataset
articles = load_dataset("corpus")
print(articles["train"].info.version, articles["train"].num_rows, "articles to train on")'"""


def main() -> None:
    """Record, and write what was recorded."""
    diff = ["parallaxe", "diff", OLD, NEW, "--layer", "gold"]
    (PICTURES / "diff.svg").write_text(picture(diff, "diff", ROOT), "utf-8")
    with session_in_copy() as session:
        session.run(f"git diff --unified=0 {OLD} {NEW} -- DATASET_CARD.md | grep '^[-+]' | head -16")
        session.keep(PAGE, "card")
        session.run("parallaxe release --check")
        session.run(LOAD)
        session.keep(PAGE, "check")
    section = release_section((ROOT / "CHANGELOG.md").read_text("utf-8"), Version(*map(int, NEW[1:].split("."))))
    page = PAGE.read_text("utf-8")
    PAGE.write_text(render_marked(page, {"changelog": f"```markdown\n{section.strip()}\n```"}), "utf-8")


if __name__ == "__main__":
    main()
