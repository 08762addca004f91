"""Break a copy of this corpus, and record what the gate says: `python tools/gate_session.py`.

What `parallaxe validate` prints goes between the marks `broken` of `docs/validation.md`, its first screen to
`docs/pictures/validate.svg`.
"""

from __future__ import annotations

import re
from pathlib import Path

from picture import picture
from session import DOCS, PICTURES, session_in_copy

GOLD = "annotations/layers/gold"


def main() -> None:
    """Record, and write what was recorded."""
    with session_in_copy() as session:
        session.run("parallaxe validate")
        session.note(
            "six slips: a label, an offset and a link in layers; a raw file, a figure of the card, a data file"
        )
        break_it(session.project)
        (PICTURES / "validate.svg").write_text(picture(["parallaxe", "validate"], "validate", session.project), "utf-8")
        session.run("parallaxe validate", exit_code=1)
        session.run("git checkout --quiet . && parallaxe validate")
        session.keep(DOCS / "validation.md", "broken")


def break_it(project: Path) -> None:
    """Slips that people make: in a layer, in a raw file, in the knowledge base, in the card, in the dataset."""
    edit(project / GOLD / "courrier-rail-train-blinde.jsonl", '"label": "LOC"', '"label": "PLACE"')
    edit(
        project / GOLD / "boreale-kim-quitte-pyongyang.jsonl",
        r'"fragments": \[\[(\d+), \d+\]\]',
        r'"fragments": [[\1, 99999]]',
    )
    edit(project / GOLD / "meridien-onu-veto-comite.jsonl", '"kb_id": "onu"', '"kb_id": "o.n.u."')
    edit(project / "seeds" / "open" / "etabli-obus-contre-satellites.txt", "obus", "missiles")
    edit(project / "DATASET_CARD.md", r"\| an article \| 16 \|", "| an article | 17 |")
    (project / "corpus" / "data" / "quotes" / "test.parquet").write_bytes(b"")


def edit(file: Path, pattern: str, by: str) -> None:
    """Put something in the place of what a pattern finds first."""
    text, found = re.subn(pattern, by, file.read_bytes().decode("utf-8"), count=1)
    assert found, f"{file.name} has no {pattern}"
    file.write_bytes(text.encode("utf-8"))


if __name__ == "__main__":
    main()
