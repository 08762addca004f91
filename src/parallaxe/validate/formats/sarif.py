"""SARIF 2.1.0 (OASIS), which code scanning and editors read: the rules that were asked, and a result for each failure.

Columns of SARIF count characters of a line; our offsets count in the text of an article, so they stand in the
properties of a result, and its location is the file, with the line where there is one.
"""

from __future__ import annotations

import json
from typing import Any

from parallaxe import __version__
from parallaxe.validate.documentation import Described
from parallaxe.validate.findings import PAGES, Finding, Place, Subject, findings
from parallaxe.validate.gate import Report
from parallaxe.validate.register import BY_ID

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


_UNESCAPED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/!$&'()*+,;=@")
"""What a path of a URI may hold (RFC 3986, `pchar` and `/`), but for the colon, which could look like a scheme."""


def as_sarif(subject: Subject, report: Report) -> str:
    """One run: the rules that were asked, and those beside them that were broken; results worst first."""
    found = findings(report)
    rules = list(dict.fromkeys((*subject.asked, *(finding.rule for finding in found))))
    index = {rule: number for number, rule in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "parallaxe",
                "semanticVersion": __version__,
                "rules": [_rule(BY_ID[rule], report) for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, place, index) for finding in found for place in finding.places],
        "properties": {"kind": subject.kind, "where": subject.where, "skipped": list(report.skipped)},
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False)


def _rule(rule: Described, report: Report) -> dict[str, Any]:
    severity = report.severity(rule.id)
    configuration = {"enabled": severity != "off", "level": "none" if severity == "off" else severity}
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.reason},
        "fullDescription": {"text": " ".join(f"{rule.reason} {rule.explanation}".split())},
        "help": {"text": f"See {PAGES}/{rule.id}.md, or run `parallaxe validate --explain {rule.id}`."},
        "defaultConfiguration": configuration,
        "properties": {"level": rule.level, "about": rule.about},
    }


def _result(finding: Finding, place: Place, index: dict[str, int]) -> dict[str, Any]:
    names = ("row", "article_id", "start", "end", "value")
    told = {name: getattr(place, name) for name in names if getattr(place, name) is not None}
    return {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": finding.severity,
        "message": {"text": f"{finding.message} ({place.told()})" if place.told() else finding.message},
        "locations": _locations(finding, place),
        "properties": {**told, "count": finding.count},
    }


def _locations(finding: Finding, place: Place) -> list[dict[str, Any]]:
    if place.file is not None:
        physical: dict[str, Any] = {"artifactLocation": {"uri": uri(place.file)}}
        if place.line is not None:
            physical["region"] = {"startLine": place.line}
        return [{"physicalLocation": physical}]
    if finding.subject is not None:
        return [{"logicalLocations": [{"fullyQualifiedName": finding.subject}]}]
    return []


def uri(file: str) -> str:
    """A path as a URI reference: relative ones as they are, with what a URI may not hold escaped.

    >>> uri("seeds/open/l'été.txt")
    "seeds/open/l'%C3%A9t%C3%A9.txt"
    """
    octets = file.encode("utf-8", "surrogateescape")
    escaped = "".join(chr(octet) if chr(octet) in _UNESCAPED else f"%{octet:02X}" for octet in octets)
    return f"file://{escaped}" if file.startswith("/") else escaped
