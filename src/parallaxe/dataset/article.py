"""An article of the corpus: its document, where its raw form stands, and who may read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from parallaxe.text.document import Document

OPEN, RESTRICTED = "open", "restricted"


@dataclass(frozen=True, slots=True)
class Article:
    """One row of `articles` before it is one; names as in `schemas/tables/articles.yaml`.

    What the catalogue says of outlet and date goes before what the raw file declares.
    """

    article_id: str
    document: Document
    raw_file: str
    raw_record: int | None
    raw_encoding: str
    raw_sha256: str
    text_origin: str
    rights: str
    license: str | None
    outlet: str | None
    published: date | None
    event: str | None
