"""Files that can be made again are written whole or not at all, but nobody waits until the disk has them.

Two thousand records of a first push would else wait for the disk two thousand times. A power cut may leave such a file
empty; whoever reads it takes that for a file that is not there.
"""

from __future__ import annotations

from pathlib import Path

from parallaxe.store.atomic import beside, surroundings


def write_lightly(path: Path, text: str) -> None:
    """Write a UTF-8 file with LF; its folder is made where it is missing."""
    content = text.encode("utf-8")
    with surroundings(path):
        try:
            _put(path, content)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            _put(path, content)


def _put(path: Path, content: bytes) -> None:
    with beside(path) as file:
        file.write(content)
