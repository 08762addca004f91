"""A report in each of its forms: what programs read from it is what was found."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parallaxe.validate.failures import FAILURE_SCHEMA, Complaint, complained
from parallaxe.validate.findings import Subject, findings
from parallaxe.validate.formats import FORMS
from parallaxe.validate.formats.github import escaped, escaped_property
from parallaxe.validate.formats.sarif import uri
from parallaxe.validate.gate import Report, join_reports
from parallaxe.validate.register import BY_ID

ASKED = ("raw-file-hash", "text-hash", "label-balance", "drift-by-date")
SUBJECT = Subject("project", "projet", "project of 2 articles", ASKED)

messages = st.text(min_size=1).map(lambda text: f"{text}; mend it")
complaints = st.builds(
    Complaint,
    messages,
    st.none() | st.text(min_size=1),
    st.none() | st.integers(1, 99),
    st.none() | st.text(),
    st.none() | st.text(),
    st.none() | st.integers(0, 2**31 - 1),
    st.none() | st.integers(0, 2**31 - 1),
)
rules = st.sampled_from([rule for rule in BY_ID.values() if rule.about != "survey"])


def report_of(*parts: tuple[str, list[Complaint]], skipped: tuple[str, ...] = ()) -> Report:
    """A report on complaints of some rules."""
    told = [Report(complained(rule, BY_ID[rule].level, "files", found)) for rule, found in parts]
    return join_reports([*told, Report(FAILURE_SCHEMA.to_frame(), skipped)])


BROKEN = report_of(
    ("label-balance", [Complaint("is mixed unlike the whole; look", value="test: 0.4 from the whole")]),
    ("text-hash", [Complaint("is not the hash; build again", "corpus/a.parquet", article_id="le-port")]),
    (
        "raw-file-hash",
        [
            Complaint("is not 100 % the file:\nin the catalogue; restore it", "seeds/l'été.txt", 3),
            Complaint("is not 100 % the file:\nin the catalogue; restore it", "seeds/b,c.txt"),
        ],
    ),
    skipped=("drift-by-date: no claim says when it was made",),
)


def test_findings_are_worst_first() -> None:
    """Errors before warnings, shallow levels before deep ones; what to do stands apart from what is wrong."""
    found = findings(BROKEN)

    assert ["raw-file-hash", "text-hash", "label-balance"] == [finding.rule for finding in found]
    assert [2, 1, 1] == [finding.count for finding in found]
    assert ("is not the hash", "build again") == (found[1].what, found[1].remedy)
    assert "docs/rules/text-hash.md" == found[1].page
    assert "corpus/a.parquet le-port" == found[1].places[0].told()


def test_github_gets_a_command_for_each_place() -> None:
    """File and line are properties, escaped as GitHub wants; the first place of each finding comes first."""
    lines = FORMS["github"](SUBJECT, BROKEN).splitlines()

    assert lines[0] == (
        "::error file=seeds/l'été.txt,line=3,title=raw-file-hash (level 1)::is not 100 %25 the file:%0A"
        "in the catalogue; restore it — docs/rules/raw-file-hash.md"
    )
    assert ["error", "error", "warning", "error"] == [line.split(" ")[0].strip(":") for line in lines]
    assert "file=seeds/b%2Cc.txt" in lines[3]
    assert "::notice::projet: no rule of the gate is broken" == FORMS["github"](SUBJECT, report_of())


@given(st.text())
def test_escapes_of_github_are_undone_by_it(text: str) -> None:
    """Whatever a message holds, it is one line, and the runner reads back what was meant."""
    for form, codes in ((escaped, ("%0D", "%0A")), (escaped_property, ("%0D", "%0A", "%3A", "%2C"))):
        told = form(text)
        characters = dict(zip(("%0D", "%0A", "%3A", "%2C"), "\r\n:,", strict=True))
        back = told
        for code in codes:
            back = back.replace(code, characters[code])

        assert not {"\r", "\n"} & set(told)
        assert text == back.replace("%25", "%")


def test_sarif_has_what_its_schema_requires() -> None:
    """Version, one run, its driver; each result has a message, a rule that is listed, a level and a relative place."""
    told = json.loads(FORMS["sarif"](SUBJECT, BROKEN))
    [run] = told["runs"]
    driver = run["tool"]["driver"]
    listed = [rule["id"] for rule in driver["rules"]]

    assert ("2.1.0", "parallaxe") == (told["version"], driver["name"])
    assert set(ASKED) <= set(listed)
    assert len(set(listed)) == len(listed)
    assert all(rule["shortDescription"]["text"] and rule["fullDescription"]["text"] for rule in driver["rules"])
    assert 4 == len(run["results"])
    for result in run["results"]:
        assert result["message"]["text"]
        assert listed[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note", "none"}
    first = run["results"][0]["locations"][0]["physicalLocation"]
    assert {"artifactLocation": {"uri": "seeds/l'%C3%A9t%C3%A9.txt"}, "region": {"startLine": 3}} == first


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
def test_places_of_sarif_are_uri_references(file: str) -> None:
    """No character is left that a URI may not hold, and nothing that looks like a scheme."""
    assert re.fullmatch(r"(file://)?([A-Za-z0-9._~/!$&'()*+,;=@-]|%[0-9A-F]{2})+", uri(file))


def test_junit_has_a_case_for_each_rule_that_was_asked() -> None:
    """Broken rules fail, with their places; warnings pass and tell; what could not be asked is skipped."""
    root = ET.fromstring(FORMS["junit"](SUBJECT, BROKEN))
    cases = {case.get("name"): case for case in root.iter("testcase")}
    failure = cases["raw-file-hash"].find("failure")

    assert set(ASKED) == set(cases)
    assert {"tests": "4", "failures": "2", "errors": "0", "skipped": "1"} == {
        name: root.get(name) for name in ("tests", "failures", "errors", "skipped")
    }
    assert failure is not None
    assert "seeds/l'été.txt:3" in (failure.text or "")
    assert cases["label-balance"].find("failure") is None
    assert "0.4 from the whole" in (cases["label-balance"].findtext("system-out") or "")
    assert cases["drift-by-date"].find("skipped") is not None


def test_json_holds_every_failure_with_its_severity() -> None:
    """Keys are those of the table of failures, and `severity`."""
    told: dict[str, Any] = json.loads(FORMS["json"](SUBJECT, BROKEN))

    assert (False, "project", "projet") == (told["ok"], told["kind"], told["where"])
    assert {*FAILURE_SCHEMA, "severity"} == set(told["failures"][0])
    assert ["drift-by-date: no claim says when it was made"] == told["skipped"]


@pytest.mark.parametrize("form", FORMS)
@settings(deadline=None)
@given(found=st.lists(st.tuples(rules, st.lists(complaints, min_size=1, max_size=3)), max_size=4))
def test_forms_hold_whatever_is_found(form: str, found: list[tuple[Any, list[Complaint]]]) -> None:
    """Any text, controls and surrogates too, gives a document that its reader reads, in UTF-8."""
    report = report_of(*((rule.id, listed) for rule, listed in found))
    text = FORMS[form](SUBJECT, report)

    if form == "junit":
        assert sum(1 for _ in ET.fromstring(text).iter("testcase")) >= len(ASKED)
    elif form == "github":
        assert all(line.startswith("::") for line in text.split("\n"))
    else:
        assert json.loads(text)
    assert text.encode("utf-8", "surrogatepass")
