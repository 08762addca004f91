"""What a server may hold and we do not take: each rule broken once, and once nearly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import pytest

from parallaxe.core.claims import Entity, Quote, Span, Stance
from parallaxe.core.layer_format import kind_of
from parallaxe.store.schemas import load_schemas
from parallaxe.studio import controls
from parallaxe.studio.borders import RULES
from parallaxe.studio.guard import CARRIED, guarded
from parallaxe.studio.reading import read_result
from parallaxe.studio.regions import TaskContext
from parallaxe.text.document import Block

LABELS = load_schemas().labels
TEXT = "Le port attend\n\nNora Lind promet « des grues ». Elle blâme Moscou 🚢 mardi.\nPartager"
BLOCKS = (Block("title", 0, 14), Block("paragraph", 16, len(TEXT) - 9), Block("noise", len(TEXT) - 8, len(TEXT)))
TASK = TaskContext(TEXT, BLOCKS, LABELS, task="port@0123")

Item = dict[str, Any]


def marked(name: str, words: str, label: str = "PER", control: str = controls.MARK, **value: Any) -> Item:
    """A region on the first place where some words stand."""
    start = TEXT.index(words)
    whole = {"start": start, "end": start + len(words), "text": words, "labels": [label], **value}
    return {"id": name, "from_name": control, "to_name": "text", "type": "labels", "value": whole}


def said(name: str, control: str, *values: str, kind: str = "choices") -> Item:
    """Something that is said of a region."""
    key = "text" if kind == "textarea" else kind
    value = {"start": 0, "end": 1, key: list(values)}
    return {"id": name, "from_name": control, "to_name": "text", "type": kind, "value": value}


def written(name: str, control: str, *values: str) -> Item:
    """Something that is written about a region."""
    return said(name, control, *values, kind="textarea")


def answered(control: str, value: str) -> Item:
    """Something that is said of the whole text."""
    return {"id": "a", "from_name": control, "to_name": "text", "type": "choices", "value": {"choices": [value]}}


def related(first: str, second: str, *labels: str, direction: str = "right") -> Item:
    """A relation; without a label it has no key for one, as the interface writes it."""
    item: Item = {"type": "relation", "from_id": first, "to_id": second, "direction": direction}
    return item | ({"labels": list(labels)} if labels else {})


def part(name: str, words: str, label: str) -> Item:
    """A part of a quotation."""
    return marked(name, words, label)


def evidence(name: str, words: str, label: str, *targets: str) -> list[Item]:
    """Evidence with its targets."""
    told = [said(name, controls.EVIDENCE_TARGETS, *targets)] if targets else []
    return [marked(name, words, label), *told]


QUOTE = [part("q", "des grues", controls.CONTENT), said("q", controls.TYPE, "direct")]
VOICED = [*QUOTE, said("q", "stance_russia", "against-2")]
HELD = [*VOICED, written("q", controls.HOLDER, "nora-lind")]
LINKED = [marked("p", "Nora Lind"), written("p", controls.LINK_OTHER, "nora-lind")]


class Case(NamedTuple):
    """A result that breaks a rule, and one that nearly does."""

    rule: str
    label: str
    broken: Sequence[object]
    sound: Sequence[object]


CASES = (
    Case("item-read", "no object", ["région"], LINKED),
    Case(
        "item-read",
        "offsets that are no numbers",
        [marked("p", "Moscou", "LOC", start="16")],
        [marked("p", "Moscou", "LOC")],
    ),
    Case(
        "item-read",
        "two labels under one id",
        [marked("p", "Moscou", "LOC"), part("p", "Moscou", controls.CONTENT)],
        [marked("p", "Moscou", "LOC"), part("q", "Moscou", controls.CONTENT)],
    ),
    Case(
        "item-read",
        "an id twice",
        [marked("p", "Moscou", "LOC"), marked("p", "mardi", "DATE")],
        [marked("p", "Moscou", "LOC"), marked("d", "mardi", "DATE")],
    ),
    Case(
        "item-read",
        "said of nothing",
        [said("p", controls.CONFIDENCE, "low")],
        [*LINKED, said("p", controls.CONFIDENCE, "low")],
    ),
    Case("item-read", "a relation without an end", [{"type": "relation", "from_id": "p"}], [*HELD]),
    Case(
        "control-known",
        "a control of another project",
        [marked("p", "Moscou", "LOC", "ner")],
        [marked("p", "Moscou", "LOC")],
    ),
    Case("control-known", "a mark as a description", [*LINKED, said("p", controls.MARK, "CUE")], LINKED),
    Case(
        "control-known",
        "an answer about a target that is none",
        [answered("article_venus", "neutral")],
        [answered("article_russia", "neutral")],
    ),
    Case("label-known", "a label that nobody defined", [marked("p", "Moscou", "CITY")], [marked("p", "Moscou", "LOC")]),
    Case(
        "label-known",
        "two labels",
        [marked("p", "Moscou", labels=["LOC", "ORG"])],
        [marked("p", "Moscou", labels=["LOC"])],
    ),
    Case("label-known", "a step that the scale lacks", [*HELD[:-2], said("q", "stance_russia", "against-4")], HELD),
    Case(
        "label-known",
        "absent of a quotation",
        [*HELD, said("q", "stance_ukraine", "not-taken-up")],
        [*HELD, answered("article_ukraine", "not-taken-up")],
    ),
    Case(
        "offsets-in-text",
        "behind the end",
        [marked("p", "mardi", "DATE", end=len(TEXT) + 1)],
        [marked("p", "mardi", "DATE")],
    ),
    Case("offsets-in-text", "empty", [marked("p", "mardi", "DATE", start=70, end=70)], [marked("p", "mardi", "DATE")]),
    Case(
        "words-as-marked",
        "counted in UTF-16",
        [marked("p", "mardi", "DATE", text="ardi.")],
        [marked("p", "mardi", "DATE")],
    ),
    Case(
        "words-as-marked",
        "words of another text",
        [marked("p", "Moscou", "LOC", text="Riga")],
        [marked("p", "Moscou", "LOC", text=None)],
    ),
    Case(
        "span-in-annotated-block", "in a share button", [marked("p", "Partager", "ORG")], [marked("p", "port", "ORG")]
    ),
    Case(
        "span-in-annotated-block",
        "over two blocks",
        [marked("p", "attend\n\nNora", text="attend\\n\\nNora")],
        [marked("p", "attend", "ORG")],
    ),
    Case("span-edges", "white space", [marked("p", " Moscou ", "LOC")], [marked("p", "Moscou", "LOC")]),
    Case(
        "span-edges",
        "in quotation marks",
        [part("q", "« des grues »", controls.CONTENT), *QUOTE[1:]],
        [part("q", "promet « des grues »", controls.CONTENT), *QUOTE[1:]],
    ),
    Case(
        "region-repeated",
        "the same mention twice",
        [*LINKED, marked("z", "Nora Lind")],
        [*LINKED, marked("z", "Nora Lind", "ORG")],
    ),
    Case("relation-between-regions", "to nothing", [*LINKED, related("p", "gone", "continues")], LINKED),
    Case(
        "relation-fits",
        "a mention as a cue",
        [*LINKED, *HELD, related("p", "q", "cue")],
        [part("c", "promet", "CUE"), *HELD, related("c", "q", "cue")],
    ),
    Case(
        "relation-fits",
        "two contents without a label",
        [*HELD, part("r", "Elle blâme", "CONTENT"), said("r", controls.TYPE, "free"), related("r", "q")],
        [*HELD, part("r", "Elle blâme", "CONTENT"), related("r", "q", "continues")],
    ),
    Case(
        "relation-goes-round",
        "inside each other",
        [
            *HELD,
            part("r", "grues", "CONTENT"),
            said("r", controls.TYPE, "free"),
            related("r", "q", "inside"),
            related("q", "r", "inside"),
        ],
        [*HELD, part("r", "grues", "CONTENT"), said("r", controls.TYPE, "free"), related("r", "q", "inside")],
    ),
    Case(
        "relation-goes-round",
        "inside two",
        [
            *HELD,
            part("r", "grues", "CONTENT"),
            said("r", controls.TYPE, "free"),
            part("s", "des", "CONTENT"),
            said("s", controls.TYPE, "free"),
            related("r", "q", "inside"),
            related("r", "s", "inside"),
        ],
        [
            *HELD,
            part("r", "grues", "CONTENT"),
            said("r", controls.TYPE, "free"),
            part("s", "des", "CONTENT"),
            said("s", controls.TYPE, "free"),
            related("r", "q", "inside"),
            related("s", "q", "inside"),
        ],
    ),
    Case(
        "fragments-apart",
        "one over the other",
        [*LINKED, marked("p.2", "Lind"), related("p.2", "p", "continues")],
        [*LINKED, marked("p.2", "Elle"), related("p.2", "p", "continues")],
    ),
    Case(
        "fragments-apart",
        "of two labels",
        [*LINKED, marked("p.2", "Elle", "ORG"), related("p.2", "p", "continues")],
        [*LINKED, marked("p.2", "Elle"), related("p.2", "p", "continues")],
    ),
    Case("quotation-typed", "no type", QUOTE[:1], QUOTE),
    Case(
        "metonymy-differs",
        "for itself",
        [marked("p", "Moscou", "LOC"), said("p", controls.METONYMIC, "LOC")],
        [marked("p", "Moscou", "LOC"), said("p", controls.METONYMIC, "ORG")],
    ),
    Case("link-form", "a name", [*LINKED[:1], written("p", controls.LINK_OTHER, "Nora Lind")], LINKED),
    Case(
        "link-once",
        "two links",
        [*LINKED, said("p", controls.LINK, "lind")],
        [*LINKED, said("p", controls.LINK, "nora-lind")],
    ),
    Case(
        "part-related",
        "a cue of nothing",
        [*HELD, part("c", "promet", "CUE")],
        [*HELD, part("c", "promet", "CUE"), related("q", "c")],
    ),
    Case(
        "part-related",
        "evidence of nothing",
        [*HELD, *evidence("e", "blâme", "VOICED", "russia")],
        [*HELD, *evidence("e", "blâme", "VOICED", "russia"), related("e", "q")],
    ),
    Case("holder-form", "a name", [*VOICED, written("q", controls.HOLDER, "Nora Lind")], HELD),
    Case(
        "holder-form",
        "a step that the scale lacks",
        [*VOICED, written("q", controls.HOLDER, "nora-lind : russia -2")],
        [*VOICED, written("q", controls.HOLDER, "nora-lind : russia against-2")],
    ),
    Case("holder-known", "no source", VOICED, QUOTE),
    Case(
        "holder-known",
        "a source that names nobody",
        [*VOICED, part("s", "Elle", "SOURCE"), related("s", "q")],
        [*VOICED, *LINKED, part("s", "Nora Lind", "SOURCE"), related("s", "q")],
    ),
    Case(
        "stance-held",
        "by nobody",
        [*VOICED, written("q", controls.HOLDER, "nora-lind : china favor+1")],
        [*VOICED, written("q", controls.HOLDER, "nora-lind : russia favor+1", "kiev : china favor+1")],
    ),
    Case("evidence-cited", "no target", evidence("e", "blâme", "OWN"), evidence("e", "blâme", "OWN", "russia")),
    Case(
        "evidence-of-stance",
        "towards a target without a step",
        [*HELD, *evidence("e", "blâme", "VOICED", "ukraine"), related("e", "q")],
        [*HELD, *evidence("e", "blâme", "VOICED", "russia"), related("e", "q")],
    ),
    Case(
        "evidence-of-stance",
        "of an article that lacks the target",
        [*evidence("e", "blâme", "OWN", "russia"), answered("article_russia", "not-taken-up")],
        [*evidence("e", "blâme", "OWN", "russia"), answered("article_russia", "against-1")],
    ),
    Case(
        "judgement-shown",
        "a judgement without words",
        [answered("article_russia", "against-1")],
        [answered("article_russia", "neutral")],
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.label}")
def test_rule(case: Case) -> None:
    """The broken result breaks the rule, the other does not."""
    broken, sound = read_result(case.broken, TASK), read_result(case.sound, TASK)
    assert case.rule in {finding.rule for finding in broken.findings}
    assert case.rule not in {finding.rule for finding in sound.findings}


def test_every_rule_has_a_case() -> None:
    """A rule that no result breaks is no rule."""
    assert {rule.id for rule in RULES} == {case.rule for case in CASES}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rules_say_why(rule: Any) -> None:
    """The reason of a rule is one sentence."""
    assert rule.reason.endswith((".", ":"))


def test_a_finding_names_task_and_region() -> None:
    """Who mends it must find it."""
    (finding,) = read_result([marked("p", "Moscou", "CITY")], TASK).findings
    assert ("label-known", "port@0123", "p", True) == (finding.rule, finding.task, finding.region, finding.refused)


def test_what_hangs_on_a_refused_quotation_goes_with_it() -> None:
    """Evidence of a quotation that is refused is nobody's, least of all the author's; nothing else is lost."""
    result = [
        *QUOTE[:1],
        *evidence("e", "blâme", "VOICED", "russia"),
        related("e", "q"),
        *LINKED,
        answered("article_russia", "neutral"),
    ]
    read = read_result(result, TASK)
    assert ["quotation-typed"] == [finding.rule for finding in read.findings]
    assert ["p", None] == [getattr(claim, "kb_id", None) and claim.id for claim in read.claims]
    assert [()] == [claim.evidence for claim in read.claims if isinstance(claim, Stance)]


def test_relations_need_neither_direction_nor_label_where_the_kinds_say_both() -> None:
    """An annotator may draw a cue to its content or the content to its cue, and choose no label."""
    (quote,) = read_result([*QUOTE, part("c", "promet", "CUE"), related("q", "c", direction="left")], TASK).claims
    (other,) = read_result([*QUOTE, part("c", "promet", "CUE"), related("q", "c")], TASK).claims
    assert quote == other
    assert isinstance(quote, Quote)
    assert (Span(26, 32),) == quote.cue


def test_a_choice_may_be_taken_back() -> None:
    """A list has an entry that means nothing, because its choice cannot be unchosen."""
    read = read_result([*HELD[:-2], said("q", "stance_russia", controls.NOTHING)], TASK)
    assert ["quote"] == [kind_of(claim) for claim in read.claims]
    assert () == read.findings


def test_white_space_at_the_edges_is_cut_off() -> None:
    """What a double click takes along is told, and makes no difference."""
    (mention,) = read_result([marked("p", " Moscou ", "LOC")], TASK).claims
    assert "Moscou" == TEXT[slice(*mention.fragments[0])]


def test_claims_that_would_be_lost_are_not_sent_in_silence() -> None:
    """What we send passes the same border: a mention in a skipped block, and one whose words are not there."""
    skipped = Entity("a", (Span(TEXT.index("Partager"), len(TEXT)),), "ORG")
    beyond = Entity("b", (Span(len(TEXT), len(TEXT) + 4),), "ORG")
    told = guarded([skipped, beyond], TASK).findings
    assert {"span-in-annotated-block", "offsets-in-text"} <= {finding.rule for finding in told}
    assert {"a", "b"} == {finding.region for finding in told if finding.rule == CARRIED}


def test_one_claim_at_fault_takes_no_other_along() -> None:
    """However broken a result is, what is sound of it is read."""
    read = read_result([item for case in CASES for item in [*case.broken, *LINKED]], TASK)
    assert "nora-lind" in {claim.kb_id for claim in read.claims if isinstance(claim, Entity)}
