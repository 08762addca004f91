"""The article as it looks, beside the text that is marked: an annotator sees titles as titles, and what to skip.

The text that is marked must be bare, because only in bare text Label Studio counts code points.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from parallaxe.core.labels import Label, LabelSet
from parallaxe.text.document import Block

_READ = "margin:0 0 .6em;white-space:pre-wrap;border-left:3px solid {colour};padding-left:.6em"
_SKIPPED = (
    "margin:0 0 .6em;white-space:pre-wrap;border-left:3px solid #ccc;padding-left:.6em;color:#999;background:#f3f3f3"
)
_TAG = "font-size:.7em;color:#888;display:block"


def preview(text: str, blocks: Sequence[Block], labels: Mapping[str, LabelSet]) -> str:
    """The blocks of a text as HTML, each with its role; those that are not annotated are greyed. Linear in the text."""
    roles = {label.name: label for label in labels["block_roles"].labels}
    return "".join(_paragraph(text[block.start : block.end], roles[block.role]) for block in blocks)


def _paragraph(words: str, role: Label) -> str:
    style = _READ.format(colour=role.colour or "#7f7f7f") if role.annotated else _SKIPPED
    tag = "" if role.annotated else f'<span style="{_TAG}">Ne pas annoter. {escape(role.fr)}</span>'
    return f'<p style="{style}" title="{escape(role.fr)}">{tag}{escape(words)}</p>'
