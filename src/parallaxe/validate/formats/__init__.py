"""A report in the forms that people, CI and editors read; each form is a function from a report to one string."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from parallaxe.validate.findings import Subject
from parallaxe.validate.formats.github import as_github
from parallaxe.validate.formats.json import as_json
from parallaxe.validate.formats.junit import as_junit
from parallaxe.validate.formats.sarif import as_sarif
from parallaxe.validate.gate import Report

FORMS: Mapping[str, Callable[[Subject, Report], str]] = {
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
    "junit": as_junit,
}
"""Forms for programs; the text for people is made by the command line, which knows the width of the terminal."""
