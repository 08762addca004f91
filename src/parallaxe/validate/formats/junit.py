"""JUnit XML, which CI servers show as tests: a suite for each level, a case for each rule that was asked.

A rule that is broken is a failed case with its places in the text; where it only warns, the case passes and says so in
its output. One that could not be asked is skipped, with the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from parallaxe.validate.findings import Finding, Subject, findings
from parallaxe.validate.gate import Report
from parallaxe.validate.register import BY_ID

_LEVELS = {
    1: "1 files and encoding",
    2: "2 table schema",
    3: "3 spans and references",
    4: "4 annotation scheme",
    5: "5 corpus",
}


def as_junit(subject: Subject, report: Report) -> str:
    """The whole document, in UTF-8 once it is written."""
    found = findings(report)
    rules = list(dict.fromkeys((*subject.asked, *(finding.rule for finding in found))))
    root = ET.Element("testsuites", name=f"parallaxe validate {_clean(subject.where)}")
    for level, title in _LEVELS.items():
        cases = [_case(rule, found, report.skipped) for rule in rules if BY_ID[rule].level == level]
        if cases:
            root.append(_suite(title, cases))
    for count in ("tests", "failures", "errors", "skipped"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in root)))
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}'


def _suite(name: str, cases: Sequence[ET.Element]) -> ET.Element:
    counts = {
        "tests": len(cases),
        "failures": sum(case.find("failure") is not None for case in cases),
        "errors": 0,
        "skipped": sum(case.find("skipped") is not None for case in cases),
    }
    suite = ET.Element("testsuite", {"name": name} | {key: str(count) for key, count in counts.items()})
    suite.extend(cases)
    return suite


def _case(rule: str, found: Sequence[Finding], skipped: Sequence[str]) -> ET.Element:
    case = ET.Element("testcase", classname=f"parallaxe.level{BY_ID[rule].level}", name=rule)
    broken = [finding for finding in found if finding.rule == rule]
    text = _clean("\n".join(line for finding in broken for line in _lines(finding)))
    reasons = [line.partition(": ")[2] for line in skipped if line.partition(":")[0] == rule]
    if any(finding.severity == "error" for finding in broken):
        ET.SubElement(case, "failure", message=_clean(broken[0].message), type=rule).text = text
    elif broken:
        ET.SubElement(case, "system-out").text = text
    elif reasons:
        ET.SubElement(case, "skipped", message=_clean("; ".join(reasons)))
    return case


def _lines(finding: Finding) -> list[str]:
    places = [f"  {place.told()}" for place in finding.places if place.told()]
    return [f"{finding.severity}: {finding.message} ({finding.count})", *places, f"  see {finding.page}"]


def _clean(text: str) -> str:
    """Text without what XML 1.0 cannot hold, not even escaped: controls, surrogates, U+FFFE and U+FFFF."""
    return "".join(character if _is_allowed(ord(character)) else "\N{REPLACEMENT CHARACTER}" for character in text)


def _is_allowed(code: int) -> bool:
    return code in (0x9, 0xA, 0xD) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000
