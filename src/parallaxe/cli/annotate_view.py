"""An annotated article as people see it on a terminal, and as JSON.

On a terminal mentions bear the colour of their label, and quotations that of their type; in a pipe the same is said by
brackets. Numbers tie a quotation to its source and to the stances that it carries, which stand below its block: a line
of the article is never wider than what an annotation needs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from parallaxe.core.claims import Entity, Provenance, Quote, Span, Stance
from parallaxe.core.knowledge import UNLINKED, is_unlinked
from parallaxe.core.layer_format import layer_lines
from parallaxe.core.wording import counted
from parallaxe.text.language import language_in_words

if TYPE_CHECKING:
    from parallaxe.annotate.notices import Notice
    from parallaxe.core.labels import LabelSet
    from parallaxe.store.machine.annotate import Annotation, ProjectRun
    from parallaxe.text.document import Block

_FAINT = "bright_black"
_LONGEST_SHOWN = 60


class Mark(NamedTuple):
    """What stands out in a text: a span with its style, and what is printed before and behind it."""

    span: Span
    style: Style
    before: Text
    behind: Text


def marked(text: str, start: int, end: int, marks: Iterable[Mark], base: Style) -> Text:
    """`text[start:end]` with its marks; of marks that begin together the longest is the outermost.

    >>> plain = Style.null()
    >>> marks = [Mark(Span(0, 3), plain, Text("["), Text("]")), Mark(Span(0, 8), plain, Text("{"), Text("}"))]
    >>> marked("Kim part.", 0, 9, marks, plain).plain
    '{[Kim] part}.'
    """
    inside = [mark for mark in marks if start <= mark.span.start and mark.span.end <= end]
    opening = sorted(inside, key=lambda mark: (mark.span.start, -mark.span.end))
    borders = sorted({start, end, *(place for mark in inside for place in mark.span)})
    result, active, waiting = Text(style=base), list[Mark](), iter([*opening])
    following = next(waiting, None)
    for border, until in zip(borders, [*borders[1:], end], strict=True):
        for mark in reversed([mark for mark in active if mark.span.end == border]):
            active.remove(mark)
            result.append_text(mark.behind)
        while following is not None and following.span.start == border:
            active.append(following)
            result.append_text(following.before)
            following = next(waiting, None)
        result.append(text[border:until], Style.combine([Style.null(), *(mark.style for mark in active)]))
    return result


class _Look:
    """How labels look: in colour on a terminal, as brackets in a pipe."""

    def __init__(self, labels: Mapping[str, LabelSet], *, colour: bool) -> None:
        self.colour = colour
        self._colours = {
            (name, label.name): label.colour for name in labels for label in labels[name].labels if label.colour
        }

    def style(self, label_set: str, label: str) -> Style:
        """The colour of a label as that of letters."""
        return Style.parse(self._colours.get((label_set, label), "default"))

    def chip(self, label_set: str, label: str, words: str) -> Text:
        """A few words on the colour of a label; its borders are half blocks, at which no line is broken."""
        own = self.style(label_set, label)
        return Text.assemble(("▐", own), (words, own + Style(reverse=True, bold=True)), ("▌", own))

    def number(self, quotation_type: str, number: int) -> Text:
        """The number of a quotation, in the colour of its type."""
        return self.chip("quotation_types", quotation_type, str(number)) if self.colour else Text(str(number))

    def mention(self, mention: Entity) -> Iterator[Mark]:
        """A mention, its label behind its last fragment; an arrow leads to what it stands for."""
        label = _label(mention)
        style = self.style("entity_labels", mention.label) + Style(bold=True, italic=False)
        chip = self.chip("entity_labels", mention.label, label)
        for fragment in mention.fragments:
            is_last = fragment == mention.fragments[-1]
            if self.colour:
                yield Mark(fragment, style, Text(), chip if is_last else Text())
            else:
                yield _bracketed(fragment, "[", f"]{label}" if is_last else "]")

    def quotation(self, quote: Quote, number: int) -> Iterator[Mark]:
        """A quotation: its number before each fragment of its content and behind each source, its cue underlined."""
        style = self.style("quotation_types", quote.type)
        chip = self.number(quote.type, number)
        for span in quote.content:
            coloured = Mark(span, Style(italic=True), chip, Text("▌", style + Style(italic=False)))
            yield coloured if self.colour else _bracketed(span, f"{number}{{", "}")
        for span in quote.cue:
            coloured = Mark(span, style + Style(underline=True), Text(), Text())
            yield coloured if self.colour else _bracketed(span, "_", "_")
        for span in quote.sources:
            coloured = Mark(span, Style(bold=True), Text(), Text(f"◂{number}", style + Style(bold=True)))
            yield coloured if self.colour else _bracketed(span, "<", f">{number}")


def _label(mention: Entity) -> str:
    return mention.label + (f"→{mention.metonymic}" if mention.metonymic else "")


def _bracketed(span: Span, before: str, behind: str) -> Mark:
    return Mark(span, Style.null(), Text(before), Text(behind))


def show_annotation(annotation: Annotation, *, why: bool, console: Console | None = None) -> None:
    """The article with all that is proposed about it; with `why`, the reason of each proposal below its block."""
    console = console or Console(highlight=False)
    look = _Look(annotation.labels, colour=console.is_terminal)
    console.print(Text(_summary(annotation), style=_FAINT))
    console.print()
    table = Table(box=None, show_header=False, padding=(0, 2, 1, 0), pad_edge=False)
    table.add_column(justify="right", style=_FAINT, no_wrap=True)
    table.add_column(overflow="fold")
    for name, lines in _View(annotation, look).rows(why=why):
        table.add_row(name, Group(*lines))
    console.print(table)


class _View:
    """An annotation by the blocks of its article."""

    def __init__(self, annotation: Annotation, look: _Look) -> None:
        document, layer = annotation.document, annotation.layer
        self._look, self._labels = look, annotation.labels
        self._text, self._blocks = document.text or "", document.blocks
        self._starts = [block.start for block in document.blocks]
        self._stances, self._mentions = layer.stances, layer.entities
        self._types = {quote.id: quote.type for quote in layer.quotes}
        self._numbers = {quote.id: number for number, quote in enumerate(layer.quotes, 1)}
        self._marks: defaultdict[int, list[Mark]] = defaultdict(list)
        self._below: defaultdict[int, list[Stance]] = defaultdict(list)
        self._reasons: defaultdict[int, list[Entity | Quote]] = defaultdict(list)
        self._place(layer.entities, layer.quotes)

    def _place(self, mentions: Sequence[Entity], quotes: Sequence[Quote]) -> None:
        """Sort everything by the block that it belongs to: that of its words, of a stance that of its quotation."""
        home = {quote.id: self._block(quote.content[0]) for quote in quotes}
        marks = [mark for quote in quotes for mark in self._look.quotation(quote, self._numbers[quote.id])]
        marks += [mark for mention in mentions for mark in self._look.mention(mention)]
        for mark in marks:
            self._marks[self._block(mark.span)].append(mark)
        for stance in self._stances:
            if stance.quote is not None:
                self._below[home[stance.quote]].append(stance)
        claims: list[Entity | Quote] = [*mentions, *quotes]
        for claim in claims:
            self._reasons[self._block(claim.fragments[0])].append(claim)

    def _block(self, span: Span) -> int:
        return bisect_right(self._starts, span.start) - 1

    def rows(self, *, why: bool) -> Iterator[tuple[str, Iterable[RenderableType]]]:
        """The article block by block, then how the writer presents what, then who is named."""
        for index, block in enumerate(self._blocks):
            yield block.role, self._body(index, block, why=why)
        if own := [self._stance_line(stance) for stance in self._stances if stance.quote is None]:
            yield "the writer", own
        if named := list(self._linked()):
            yield "named", named

    def _body(self, index: int, block: Block, *, why: bool) -> Iterator[RenderableType]:
        roles = {label.name for label in self._labels["block_roles"].labels if label.annotated}
        base = Style(bold=block.role == "title") if block.role in roles else Style.parse(_FAINT)
        yield marked(self._text, block.start, block.end, self._marks[index], base)
        for stance in self._below[index]:
            yield Padding(Text.assemble(("↳ ", _FAINT), self._stance_line(stance)), (0, 0, 0, 2))
        for claim in self._reasons[index] if why else ():
            yield Padding(self._reason(claim), (0, 0, 0, 2))

    def _stance_line(self, stance: Stance) -> Text:
        """Number of the quotation, holder, polarity and target, evidence, reason."""
        line = Text()
        if stance.quote is not None:
            line.append_text(self._look.number(self._types[stance.quote], self._numbers[stance.quote]))
            line.append(f" {stance.holder} ")
        said = f"{stance.polarity} {stance.intensity:+d}" if stance.intensity else stance.polarity
        line.append(said, self._look.style("polarities", stance.polarity) + Style(bold=True))
        line.append(f" {stance.target}", Style(bold=True))
        if words := self._words(stance.evidence):
            line.append(f" « {words} »", Style(italic=True))
        return line.append(f" · {_history(stance.provenance)}", _FAINT)

    def _reason(self, claim: Entity | Quote) -> Text:
        if isinstance(claim, Quote):
            return Text(f"{self._numbers[claim.id]} {claim.type} · {_history(claim.provenance)}", _FAINT)
        link = f" {claim.kb_id}" if claim.kb_id else ""
        return Text(f"{self._words(claim.fragments)} {_label(claim)}{link} · {_history(claim.provenance)}", _FAINT)

    def _words(self, spans: Sequence[Span]) -> str:
        words = " … ".join(self._text[span.start : span.end] for span in spans)
        return words if len(words) <= _LONGEST_SHOWN else f"{words[:_LONGEST_SHOWN]}…"

    def _linked(self) -> Iterator[Text]:
        """Who or what is named, label by label, the most often named first, with how often."""
        links = {name.name: Counter[str]() for name in self._labels["entity_labels"].labels}
        for mention in self._mentions:
            if mention.kb_id is not None:
                links[mention.label][mention.kb_id] += 1
        for label, named in links.items():
            if named:
                style = self._look.style("entity_labels", label) + Style(bold=True)
                told = [self._link(*own) for own in sorted(named.items(), key=lambda own: (-own[1], own[0]))]
                yield Text.assemble((f"{label} ", style), Text(", ").join(told))

    def _link(self, kb_id: str, times: int) -> Text:
        """A row of the knowledge base, or faintly a cluster that it does not hold."""
        prefix = UNLINKED if is_unlinked(kb_id) else ""
        often = f"\N{MULTIPLICATION SIGN}{times}" if times > 1 else ""
        return Text.assemble((prefix, _FAINT), kb_id.removeprefix(prefix), (often, _FAINT))


def _summary(annotation: Annotation) -> str:
    layer = annotation.layer
    counts = {"mention": layer.entities, "quotation": layer.quotes, "stance": layer.stances}
    told = [counted(len(claims), name) for name, claims in counts.items()]
    language = language_in_words(annotation.document.language)
    return " · ".join([language, *told, f"{layer.annotator} ({layer.annotator_type})"])


def _history(provenance: Provenance) -> str:
    """Why a proposal was made, and how sure its tool is."""
    score = "" if provenance.score is None else f"{provenance.score:.2f}"
    return " ".join(part for part in (provenance.why or provenance.tool, score) if part)


def annotation_as_json(annotation: Annotation) -> dict[str, Any]:
    """An annotated article as one JSON object; offsets are code points, claims as lines of a layer with their words."""
    document, layer = annotation.document, annotation.layer
    text = document.text or ""
    header, *lines = layer_lines(layer)
    return {
        **header,
        "language": document.language,
        "text": text,
        "blocks": [block._asdict() for block in document.blocks],
        "claims": [_with_words(line, text) for line in lines],
        "warnings": [notice._asdict() for notice in annotation.warnings],
    }


def _with_words(line: Mapping[str, Any], text: str) -> dict[str, Any]:
    """A line of a layer with the words that it stands on, and what a layer leaves out because it is the usual."""
    spans = line.get("fragments") or line.get("content") or line.get("evidence") or []
    words = " … ".join(text[start:end] for start, end in spans)
    return {"id": line["id"], "kind": line["kind"], "words": words or None, "status": Provenance().status, **line}


def show_warnings(warnings: Iterable[Notice]) -> None:
    """What a reader should know, a line each, on standard error."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    for code, what, where in warnings:
        console.print(f"warning: {code}: {where}: {what}", markup=False)


def show_run(run: ProjectRun) -> None:
    """What became of the layer of a project: how many files were written, and what was odd."""
    show_warnings(run.warnings)
    for outcome in run.outcomes:
        show_warnings(notice._replace(where=f"{outcome.article_id} {notice.where}") for notice in outcome.warnings)
    states = Counter(outcome.state for outcome in run.outcomes)
    told = ", ".join(f"{count} {state}" for state, count in sorted(states.items(), reverse=True))
    claims = sum(outcome.claims for outcome in run.outcomes)
    console = Console(highlight=False, soft_wrap=True)
    console.print(f"layer {run.layer}: {told or 'no article'}; {counted(claims, 'claim')}", markup=False)


def run_as_json(run: ProjectRun) -> dict[str, Any]:
    """The same as one JSON object."""
    outcomes = [
        {**outcome._asdict(), "warnings": [notice._asdict() for notice in outcome.warnings]} for outcome in run.outcomes
    ]
    return {"layer": run.layer, "articles": outcomes, "warnings": [notice._asdict() for notice in run.warnings]}
