"""What Label Studio stores without a word and we do not take: rules over the parts of a result, each with its code.

A server keeps offsets behind the end of a text, labels that nobody defined, relations to nothing, and words of a text
that has changed since. A rule is a named function from the parts to complaints; its id is its name in kebab case, its
reason the first line of its docstring. What a rule refuses is left out and told, with all that has no meaning without
it; nothing crashes. The same rules are asked of what we send.
"""

from __future__ import annotations

import inspect
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from parallaxe.studio import controls
from parallaxe.studio.mentions import entities_of
from parallaxe.studio.regions import Answer, Attribute, Broken, Finding, Part, Parts, Region, Relation, TaskContext
from parallaxe.studio.stances import chosen, holders_of, targets_of
from parallaxe.studio.voices import Linked, read_voice

_LINK = re.compile(r"(NIL:)?[a-z0-9][a-z0-9-]*")
_OPENING = '«“"‹'
_CLOSING = '»”"›'
_EVIDENCE = (controls.VOICED_EVIDENCE, controls.OWN_EVIDENCE)
_PARTS = (controls.CUE, controls.SOURCE, controls.VOICED_EVIDENCE)

Complaints: TypeAlias = Iterator[tuple[Part, str]]
Find: TypeAlias = Callable[[Parts, TaskContext], Complaints]


@dataclass(frozen=True)
class BorderRule:
    """A rule; what it complains of is left out where `refused`, else it is told only."""

    id: str
    reason: str
    refused: bool
    find: Find


def border(*, refused: bool = True) -> Callable[[Find], BorderRule]:
    """Make a rule of a function from the parts of a result, and the task they are of, to complaints."""

    def made(find: Find) -> BorderRule:
        reason = (inspect.getdoc(find) or "").partition("\n")[0]
        return BorderRule(find.__name__.replace("_", "-"), reason, refused, find)

    return made


@border()
def item_read(parts: Parts, _task: TaskContext) -> Complaints:
    """Every item of a result is a region, something said of a region or of the whole text, or a relation."""
    for broken in parts.broken:
        yield broken, broken.why


@border()
def control_known(parts: Parts, task: TaskContext) -> Complaints:
    """Every control is one of the interface, and is used for what it is made for."""
    marking = {controls.MARK}
    answering = {controls.own(target) for target in task.labels["targets"].names}
    describing = {*controls.names(task.labels)} - marking - answering
    for region in parts.regions.values():
        if region.control not in marking:
            yield region, f"no control `{region.control}` marks words"
        for control in region.said:
            if control not in describing:
                yield Attribute(region.id, control), f"no control `{control}` describes a region"
    for answer in parts.answers:
        if answer.control not in answering:
            yield answer, f"no control `{answer.control}` is about the whole text"


@border()
def label_known(parts: Parts, task: TaskContext) -> Complaints:
    """A region has exactly one label, and every label and choice is one of its control."""
    known = controls.choices(task.labels)
    for region in parts.regions.values():
        if len(region.labels) != 1 or region.labels[0] not in known[controls.MARK]:
            yield (
                region,
                f"label {' + '.join(region.labels) or 'missing'}; choose one of {', '.join(known[controls.MARK])}",
            )
        for control, values in region.said.items():
            wrong = [value for value in values if control in known and value not in known[control]]
            if wrong:
                yield Attribute(region.id, control), f"`{wrong[0]}` is no choice of {control}"
    for answer in parts.answers:
        if answer.value not in known[answer.control]:
            yield answer, f"`{answer.value}` is no choice of {answer.control}"


@border()
def offsets_in_text(parts: Parts, task: TaskContext) -> Complaints:
    """A region begins before it ends, and both within the text."""
    for region in parts.regions.values():
        if not 0 <= region.start < region.end <= len(task.text):
            yield region, f"[{region.start}, {region.end}) in a text of {len(task.text)} code points"


@border()
def words_as_marked(parts: Parts, task: TaskContext) -> Complaints:
    """The words that the server keeps with a region are those that stand there: else they are of another text.

    The interface writes a line break as a backslash and an n.
    """
    for region in parts.regions.values():
        here = task.text[region.start : region.end]
        if region.quoted is not None and region.quoted not in (here, here.replace("\n", "\\n")):
            yield region, f"marked « {_short(region.quoted)} », but « {_short(here)} » stands there; mark it again"


@border()
def span_in_annotated_block(parts: Parts, task: TaskContext) -> Complaints:
    """A region lies within one block of the text, and one of a role that is annotated (not greyed in the preview)."""
    annotated = {label.name for label in task.labels["block_roles"].labels if label.annotated}
    starts = [block.start for block in task.blocks]
    for region in parts.regions.values():
        place = bisect_right(starts, region.start) - 1
        block = task.blocks[place] if place >= 0 else None
        if block is None or region.end > block.end:
            yield region, "it leaves its paragraph; mark one region in each and relate them by `continues`"
        elif block.role not in annotated:
            yield region, f"it lies in a block of role {block.role}, which is not annotated"


@border(refused=False)
def span_edges(parts: Parts, task: TaskContext) -> Complaints:
    """A region has no white space at its edges (it is cut off), and does not stand in quotation marks."""
    for region in parts.regions.values():
        words = task.text[region.start : region.end]
        if words != words.strip():
            yield region, "white space at its edge was cut off"
        elif words[0] in _OPENING and words[-1] in _CLOSING:
            yield region, "it begins and ends with quotation marks; mark what stands between them"


@border()
def region_repeated(parts: Parts, _task: TaskContext) -> Complaints:
    """The same words have the same entity label once."""
    seen: set[tuple[str, tuple[tuple[int, int], ...]]] = set()
    for region in parts.roots_of(controls.ENTITY):
        key = (region.labels[0], parts.spans(region))
        if key in seen:
            yield region, f"marked as {region.labels[0]} twice; delete one"
        seen.add(key)


@border()
def relation_between_regions(parts: Parts, _task: TaskContext) -> Complaints:
    """Both ends of a relation are regions of the annotation."""
    for relation in parts.relations:
        for end in (relation.first, relation.second):
            if end not in parts.regions:
                yield relation, f"it leads to `{end}`, which is not there"
                break


@border()
def relation_fits(parts: Parts, _task: TaskContext) -> Complaints:
    """A relation is one that its two regions can have."""
    for relation in parts.relations:
        if parts.meant(relation) is None:
            first, second = (parts.regions[end].kind for end in (relation.first, relation.second))
            yield relation, f"{relation.label or 'no label'} between {first} and {second}"


@border()
def relation_goes_round(parts: Parts, _task: TaskContext) -> Complaints:
    """A region continues one other, a quotation lies inside one other, and neither comes back to itself."""
    for label in (controls.CONTINUES, controls.INSIDE):
        onward: dict[str, str] = {}
        drawn: dict[str, Relation] = {}
        for relation in parts.relations:
            one = parts.meant(relation)
            if one is not None and one.label == label:
                if one.first in onward:
                    yield relation, f"{label} a second time; delete one"
                onward.setdefault(one.first, one.second)
                drawn.setdefault(one.first, relation)
        for name in _circling(onward):
            yield drawn[name], f"{label} goes round in a circle; delete one"


@border()
def fragments_apart(parts: Parts, _task: TaskContext) -> Complaints:
    """The fragments of a mention or quotation have one label, and do not overlap."""
    for root, fragments in parts.fragments.items():
        for before, after in pairwise(fragments):
            if after.start < before.end or after.labels != before.labels:
                yield (before if after.id == root else after), "a fragment overlaps another, or has another label"


@border()
def quotation_typed(parts: Parts, task: TaskContext) -> Complaints:
    """A quotation says how the words are reported."""
    for region in parts.roots_of(controls.CONTENT):
        if region.one(controls.TYPE) is None:
            yield region, f"no type is chosen; choose one of {', '.join(task.labels['quotation_types'].names)}"


@border()
def metonymy_differs(parts: Parts, _task: TaskContext) -> Complaints:
    """A mention does not stand for what it is."""
    for region in parts.roots_of(controls.ENTITY):
        if region.one(controls.METONYMIC) == region.labels[0]:
            yield Attribute(region.id, controls.METONYMIC), f"a {region.labels[0]} that stands for a {region.labels[0]}"


@border()
def link_form(parts: Parts, _task: TaskContext) -> Complaints:
    """A link is an id of the knowledge base or `NIL:` with a name: small letters, digits and hyphens."""
    for region in parts.roots_of(controls.ENTITY):
        for control in (controls.LINK, controls.LINK_OTHER):
            kb_id = region.one(control)
            if kb_id is not None and not _LINK.fullmatch(kb_id):
                yield Attribute(region.id, control), f"`{kb_id}` is no id; write `kim-jong-un` or `NIL:un-diplomate`"


@border(refused=False)
def link_once(parts: Parts, _task: TaskContext) -> Complaints:
    """A link is chosen or written; where both are there and differ, what is written counts."""
    for region in parts.roots_of(controls.ENTITY):
        chosen_link, written = region.one(controls.LINK), region.one(controls.LINK_OTHER)
        if chosen_link and written and chosen_link != written:
            yield region, f"`{chosen_link}` is chosen and `{written}` is written, which counts"


@border()
def part_related(parts: Parts, _task: TaskContext) -> Complaints:
    """A cue, a source, and evidence of a quotation are related to a content, without which they say nothing."""
    labels = (controls.CUE_OF, controls.SOURCE_OF, controls.EVIDENCE_OF)
    related = {part.id for label in labels for part, _ in parts.related(label)}
    for region in parts.regions.values():
        if region.kind in _PARTS and region.id not in related:
            yield region, f"{region.kind} is related to no {controls.CONTENT}; draw the relation"


@border()
def holder_form(parts: Parts, task: TaskContext) -> Complaints:
    """A row of holders is an id, or an id with targets and steps; of evidence, an id alone."""
    steps = {step.name for step in controls.scale(task.labels)}
    targets = set(task.labels["targets"].names)
    for region in parts.regions.values():
        for row in region.said.get(controls.HOLDER, ()):
            voice = read_voice(row)
            own = (voice and voice.own) or {}
            if (
                voice is None
                or not _LINK.fullmatch(voice.holder)
                or not (set(own) <= targets and steps.issuperset(own.values()))
            ):
                for part in _voice_of(region):
                    yield part, f"holder `{_short(row)}`; write `moscou` or `moscou : russia favor+2`"
                break


@border()
def holder_known(parts: Parts, _task: TaskContext) -> Complaints:
    """A stance of a quotation has a holder: written, or the one entity that is marked and linked in each source."""
    linked = Linked.of(entities_of(parts))
    sources = defaultdict(list)
    for source, content in parts.related(controls.SOURCE_OF):
        sources[content.id].append(source.span)
    for region in parts.roots_of(controls.CONTENT):
        if chosen(region) and not holders_of(region, sources[region.id], linked):
            for part in _voice_of(region):
                yield part, "who holds this stance follows from no source; write the holder"


@border(refused=False)
def stance_held(parts: Parts, _task: TaskContext) -> Complaints:
    """What is chosen for a target is held by somebody: not every holder has a row of its own without it."""
    for region in parts.roots_of(controls.CONTENT):
        voices = [voice for row in region.said.get(controls.HOLDER, ()) if (voice := read_voice(row))]
        held = {target for voice in voices for target in voice.own or chosen(region)}
        if voices and not held >= chosen(region).keys():
            lost = ", ".join(sorted(chosen(region).keys() - held))
            yield region, f"a step is chosen for {lost}, but each holder has a row of its own without it"


@border()
def evidence_cited(parts: Parts, task: TaskContext) -> Complaints:
    """Evidence names the targets that it tells of."""
    for region in parts.regions.values():
        if region.kind in _EVIDENCE and not targets_of(region):
            yield region, f"no target is chosen; choose one of {', '.join(task.labels['targets'].names)}"


@border(refused=False)
def evidence_of_stance(parts: Parts, _task: TaskContext) -> Complaints:
    """Evidence is of a stance: a step is chosen for its target on the quotation, or for the whole text."""
    own = {answer.control for answer in parts.answers if answer.value != controls.ABSENT}
    carriers: dict[str, list[Region]] = defaultdict(list)
    for evidence, content in parts.related(controls.EVIDENCE_OF):
        carriers[evidence.id].append(content)
    for region in parts.regions.values():
        for target in targets_of(region) if region.kind in _EVIDENCE else ():
            said = (
                controls.own(target) in own
                if region.kind == controls.OWN_EVIDENCE
                else any(target in _spoken_of(content) for content in carriers[region.id])
            )
            if not said:
                yield region, f"it tells of {target}, towards which nobody has a stance; choose a step"


@border(refused=False)
def judgement_shown(parts: Parts, task: TaskContext) -> Complaints:
    """A judgement of the author's cites the words that show it."""
    unasked = {label.name for label in task.labels["polarities"].labels if not label.evidence}
    shown = {
        target
        for region in parts.regions.values()
        if region.kind == controls.OWN_EVIDENCE
        for target in targets_of(region)
    }
    for answer in parts.answers:
        target = answer.control.removeprefix(controls.own(""))
        if answer.value not in unasked | {controls.ABSENT} and target not in shown:
            yield answer, f"{answer.value} towards {target} without evidence; mark the author's words"


RULES: tuple[BorderRule, ...] = (
    item_read,
    control_known,
    label_known,
    offsets_in_text,
    words_as_marked,
    relation_between_regions,
    span_in_annotated_block,
    span_edges,
    relation_fits,
    relation_goes_round,
    fragments_apart,
    region_repeated,
    quotation_typed,
    metonymy_differs,
    link_form,
    link_once,
    part_related,
    holder_form,
    holder_known,
    stance_held,
    evidence_cited,
    evidence_of_stance,
    judgement_shown,
)
_REASONS = {rule.id: rule.reason for rule in RULES}


def told(rule: str, region: str | None) -> str:
    """A finding for people, without a word of the text: its code, its region, and what should be so.

    >>> told("offsets-in-text", "x1")
    'offsets-in-text, region x1: A region begins before it ends, and both within the text.'
    """
    reason = _REASONS.get(rule)
    return f"{rule}, region {region or 'none'}" + (f": {reason}" if reason else "")


"""In the order in which they are asked; each sees only what those before it have not refused."""


def sound(parts: Parts, task: TaskContext) -> tuple[Parts, tuple[Finding, ...]]:
    """What of a result can be read, without white space at edges, and what the rules say of the rest. Linear."""
    findings: list[Finding] = []
    for rule in RULES:
        found = list(rule.find(parts, task))
        findings += [Finding(rule.id, task.task, _place(part), message, rule.refused) for part, message in found]
        if rule.refused and found:
            parts = parts.without([part for part, _ in found])
    return parts.trimmed(task.text), tuple(dict.fromkeys(findings))


def _place(part: Part) -> str | None:
    match part:
        case Region() as region:
            return region.id
        case Attribute() | Broken():
            return part.region
        case Relation():
            return part.first
        case Answer():
            return None


def _voice_of(region: Region) -> Iterator[Attribute]:
    """All that is said of who thinks what: a stance without its holder would go to another."""
    for control in region.said:
        if control == controls.HOLDER or control.startswith(controls.voiced("")):
            yield Attribute(region.id, control)


def _spoken_of(content: Region) -> Mapping[str, str]:
    own = [voice.own or {} for row in content.said.get(controls.HOLDER, ()) if (voice := read_voice(row))]
    return {target: step for row in (chosen(content), *own) for target, step in row.items()}


def _circling(onward: Mapping[str, str]) -> Iterator[str]:
    """All that come back to themselves."""
    left: set[str] = set()
    for start in onward:
        way: dict[str, None] = {}
        name = start
        while name in onward and name not in left and name not in way:
            way[name] = None
            name = onward[name]
        if name in way:
            steps = list(way)
            yield from steps[steps.index(name) :]
        left.update(way)


def _short(words: str) -> str:
    return words if len(words) <= 40 else f"{words[:39]}…"
