"""The report as one JSON object: every failure a row, with the severity of its rule."""

from __future__ import annotations

import json

from parallaxe.validate.findings import Subject
from parallaxe.validate.gate import Report


def as_json(subject: Subject, report: Report) -> str:
    """`ok`, what was validated, `failures` as in `failures.FAILURE_SCHEMA` with `severity`, and what was `skipped`."""
    failures = [{**row, "severity": report.severity(row["rule"])} for row in report.failures.to_dicts()]
    told = {"ok": report.ok, "kind": subject.kind, "where": subject.where, "what": subject.what}
    return json.dumps({**told, "failures": failures, "skipped": report.skipped}, indent=2, ensure_ascii=False)
