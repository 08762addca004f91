"""How a dataset is to be cited: `CITATION.cff` (Citation File Format 1.2.0) as BibTeX and APA, for the card.

The file is the one place where authors, title and day of release stand; version and licence stand in the card, and the
two are held to each other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from parallaxe.dataset.card import Card


class Citation(NamedTuple):
    """What is cited. Authors are names as BibTeX has them, organizations in braces; `released` is a day, 2024-06-19."""

    title: str
    authors: tuple[str, ...]
    version: str | None = None
    released: str | None = None
    address: str | None = None
    licenses: tuple[str, ...] = ()


def parse_citation(told: object) -> Citation | None:
    """A citation from the YAML of `CITATION.cff`; null where it lacks a title or authors."""
    if not isinstance(told, Mapping) or not isinstance(told.get("authors"), list):
        return None
    authors = tuple(name for author in told["authors"] if (name := _author(author)))
    if not authors or not told.get("title"):
        return None
    doi = told.get("doi")
    address = f"https://doi.org/{doi}" if doi else told.get("url") or told.get("repository-code")
    released, version = told.get("date-released"), told.get("version")
    license_ = told.get("license") or []
    return Citation(
        " ".join(str(told["title"]).split()),
        authors,
        str(version) if version else None,
        str(released) if released else None,
        str(address) if address else None,
        tuple(map(str, license_ if isinstance(license_, list) else [license_])),
    )


def _author(author: object) -> str:
    if not isinstance(author, Mapping):
        return ""
    if author.get("name"):
        return f"{{{author['name']}}}"
    return ", ".join(str(author[key]) for key in ("family-names", "given-names") if author.get(key))


def citation_markdown(citation: Citation, card: Card) -> str:
    """The citation of what a card describes, as BibTeX and as APA; the version is that of the card."""
    name, version = card.front["pretty_name"], card.front["version"]
    return f"**BibTeX:**\n\n```bibtex\n{_bibtex(citation, name, version)}\n```\n\n**APA:** {_apa(citation, version)}"


def _bibtex(citation: Citation, name: str, version: str) -> str:
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    key = re.sub(r"[^a-z0-9]+", "-", ascii_name.lower()).strip("-")
    fields: dict[str, str | None] = {
        "title": f"{{{citation.title}}}",
        "author": " and ".join(citation.authors),
        "version": version,
        "date": citation.released,
        "url": citation.address,
        "note": "Data set",
    }
    lines = [f"  {field} = {{{value}}}" for field, value in fields.items() if value]
    return f"@misc{{{key}-{version},\n" + ",\n".join(lines) + "\n}"


def _apa(citation: Citation, version: str) -> str:
    authors = _listed([author.strip("{}") for author in citation.authors])
    year = citation.released[:4] if citation.released else "n.d."
    address = f" {citation.address}" if citation.address else ""
    return f"{authors}. ({year}). *{citation.title}* (Version {version}) [Data set].{address}"


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])}, & {names[-1]}"


def citation_faults(citation: Citation, card: Card) -> Iterator[str]:
    """Where a citation says another version, name or licence than the card."""
    version, name = card.front["version"], card.front["pretty_name"]
    if citation.version not in (None, version):
        yield f"cites version {citation.version}, the card has {version}"
    if name.casefold() not in citation.title.casefold():
        yield f"its title does not name {name}, as the card does"
    known = _names(card.front.get("license"))
    for license_ in citation.licenses:
        if license_.casefold() not in known:
            yield f"names the licence {license_}, which the card does not"


def _names(value: object) -> set[str]:
    return {str(item).casefold() for item in (value if isinstance(value, list) else [value])}
