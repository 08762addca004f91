"""`croissant.json`: the dataset as Croissant 1.1 with RAI 1.0 tells it, to whoever does not read our card.

It is made of what is told elsewhere: prose and front matter of the README, the parts of the manifest, the schemas. So
no sentence is written twice, and the gate can ask whether it is what would be rendered. A section that nobody has
written yet is left out. The specifications: https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html and
https://docs.mlcommons.org/croissant/docs/croissant-rai-spec.html.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from parallaxe.core.schema import Schemas
from parallaxe.dataset.card import Card, Part
from parallaxe.dataset.croissant_records import Node, files_id, record_sets
from parallaxe.dataset.sections import plain, sections, without_prompts

CROISSANT_FILE = "croissant.json"

_CONFORMS_TO = ["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"]

_CONTEXT: Mapping[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "name": {"@container": "@language"},
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}

RAI_SECTIONS: Mapping[str, tuple[str, ...]] = {
    "rai:dataCollection": ("Data Collection and Processing",),
    "rai:dataCollectionRawData": ("Who are the source data producers?",),
    "rai:dataCollectionMissingData": ("Missing Data",),
    "rai:dataPreprocessingProtocol": ("Normalization",),
    "rai:dataAnnotationProtocol": ("Annotation process",),
    "rai:dataAnnotationAnalysis": ("Agreement",),
    "rai:annotationsPerItem": ("Annotations per Item",),
    "rai:annotatorDemographics": ("Who are the annotators?",),
    "rai:machineAnnotationTools": ("Machine Annotation",),
    "rai:personalSensitiveInformation": ("Personal and Sensitive Information",),
    "rai:dataBiases": ("Biases",),
    "rai:dataSocialImpact": ("Risks",),
    "rai:dataLimitations": ("Limitations", "Out-of-Scope Use"),
    "rai:dataUseCases": ("Direct Use",),
    "rai:dataReleaseMaintenancePlan": ("Maintenance",),
}
"""The sections of a card that say what a property of the RAI vocabulary asks for, by heading."""

_ONE_TEXT = {
    "rai:dataCollection",
    "rai:dataCollectionRawData",
    "rai:dataCollectionMissingData",
    "rai:annotationsPerItem",
    "rai:dataSocialImpact",
    "rai:dataReleaseMaintenancePlan",
}
"""Properties that have one value; the others have as many as there are things to tell."""

_SPDX = {"apache-2.0": "Apache-2.0", "mit": "MIT", "etalab-2.0": "etalab-2.0"}
_BIBTEX = re.compile(r"```bibtex\n(.*?)\n```", re.DOTALL)


def croissant_text(card: Card, parts: Sequence[Part], schemas: Schemas) -> str:
    """The file as it is written: keys in a fixed order, accents as they are, a line end at its end."""
    return json.dumps(croissant(card, parts, schemas), indent=2, ensure_ascii=False) + "\n"


def croissant(card: Card, parts: Sequence[Part], schemas: Schemas) -> Node:
    """The dataset as JSON-LD; `card` is what stands in its README, rendered."""
    told = sections(without_prompts(card.body))
    summary = plain(next(iter(told.values()), ""))
    node = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": _CONFORMS_TO,
        "name": card.front["pretty_name"],
        "description": summary,
        "version": card.front["version"],
        "license": [_license(name) for name in _listed(card.front.get("license"))],
        "keywords": _listed(card.front.get("tags")),
        "inLanguage": _listed(card.front.get("language")),
        **_citation(told.get("Citation", "")),
        **{name: _told(name, told, headings) for name, headings in RAI_SECTIONS.items()},
        "distribution": _distribution(parts, schemas),
        "recordSet": record_sets(parts, schemas),
    }
    return {key: value for key, value in node.items() if value}


def _told(name: str, told: Mapping[str, str], headings: Sequence[str]) -> str | list[str]:
    """The prose of some sections; where a property may have many values, each paragraph and item is one."""
    paragraphs = [line for heading in headings for line in plain(told.get(heading, "")).split("\n") if line]
    if name in _ONE_TEXT:
        return "\n".join(paragraphs)
    return [line.removeprefix("- ") for line in paragraphs]


def _listed(value: object) -> list[str]:
    """YAML of the Hub writes one value alone, or a list."""
    if value is None:
        return []
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


def _license(name: str) -> str:
    """The address of a licence that the Hub names; its own name where SPDX has none."""
    spdx = _SPDX.get(name, name.upper() if name.startswith("cc") and name != "cc" else None)
    return f"https://spdx.org/licenses/{spdx}.html" if spdx else name


def _citation(section: str) -> Node:
    """What the BibTeX entry of the card says: itself, its authors, the day of publication, the address."""
    found = _BIBTEX.search(section)
    if found is None:
        return {}
    entry = found[1]
    authors = _entry_value(entry, "author")
    return {
        "citeAs": entry,
        "creator": [_creator(name.strip()) for name in re.split(r"\s+and\s+", authors)] if authors else [],
        "datePublished": _entry_value(entry, "date") or _entry_value(entry, "year"),
        "url": _entry_value(entry, "url"),
    }


def _entry_value(entry: str, name: str) -> str:
    found = re.search(rf"^\s*{name}\s*=\s*\{{(.*)\}},?\s*$", entry, re.MULTILINE)
    return found[1] if found else ""


def _creator(name: str) -> Node:
    """In BibTeX a name in braces of its own is that of an organization."""
    bare = name.strip("{}")
    if bare != name:
        return {"@type": "sc:Organization", "name": bare}
    family, _, given = name.partition(", ")
    return {"@type": "sc:Person", "name": f"{given} {family}".strip()}


def _distribution(parts: Sequence[Part], schemas: Schemas) -> list[Node]:
    """Every file with its hash, and the files of each config as the set that its records are read from."""
    files: list[Node] = [
        {
            "@type": "cr:FileObject",
            "@id": part.file,
            "name": part.file,
            "description": f"Config `{part.config}`, split `{part.split}`: {part.rows:,} rows.",
            "contentUrl": part.file,
            "encodingFormat": "application/x-parquet",
            "sha256": part.sha256,
        }
        for part in parts
    ]
    present = {part.config for part in parts}
    sets: list[Node] = [
        {
            "@type": "cr:FileSet",
            "@id": files_id(name),
            "name": files_id(name),
            "description": f"The files of the config `{name}`, one for each split.",
            "encodingFormat": "application/x-parquet",
            "includes": f"data/{name}/*.parquet",
        }
        for name in schemas.tables
        if name in present
    ]
    return [*files, *sets]
