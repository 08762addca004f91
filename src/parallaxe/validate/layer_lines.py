"""Rules of a layer file as a file: that its lines can be read, and that it stands where its header says.

What its claims say is for `validate.layers`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from parallaxe.core.layer_format import LineFault, ReadLayer
from parallaxe.validate.failures import Complaint
from parallaxe.validate.rule import Question, question

Complaints = Iterator[Complaint]


@dataclass(frozen=True)
class LayerLines:
    """What reading a layer file gave. `folder` and `stem` are where it stands; `broken` lines are no JSON objects."""

    path: str
    folder: str
    stem: str
    read: ReadLayer
    broken: tuple[LineFault, ...] = ()

    def faults(self, rule: str) -> Complaints:
        """Complaints about the lines that break a rule."""
        for fault in (*self.broken, *self.read.faults):
            if fault.rule == rule:
                yield Complaint(f"{fault.what}; {fault.remedy}", self.path, fault.line)


@question(level=1, about="layer")
def layer_line(file: LayerLines) -> Complaints:
    """Every line of a layer is a JSON object, in UTF-8.

    Blank lines are passed over.

    Fails:
        line {"id": "e1", "kind": "entity", "fragments": [[0, 7]]

    Passes:
        line {"id": "e1", "kind": "entity", "fragments": [[0, 7]], "label": "PER"}
    """
    yield from file.faults("layer-line")


@question(level=1, about="layer")
def layer_place(file: LayerLines) -> Complaints:
    """A layer file stands where its header says: `<layer>/<article_id>.jsonl`.

    A layer is found by its folder and its article by the name of the file, so a file in the wrong place would be read
    as another annotator's.

    Fails:
        path gold/la-gare.jsonl
        header {"layer": "gold", "article_id": "le-port"}

    Passes:
        path gold/le-port.jsonl
        header {"layer": "gold", "article_id": "le-port"}
    """
    layer = file.read.layer
    if layer is not None and (layer.layer, layer.article_id) != (file.folder, file.stem):
        what = f"the header says layer `{layer.layer}`, article `{layer.article_id}`; move the file, or mend the header"
        yield Complaint(what, file.path, 1)


@question(level=2, about="layer")
def layer_header(file: LayerLines) -> Complaints:
    """The first line of a layer has the keys of a header, all of them and no others.

    Without it nobody knows which text was annotated, by whom, and what it means that a kind of claim is absent.

    Fails:
        header {"annotateur": "lecteur-1"}

    Passes:
        header {"annotator": "lecteur-1"}
    """
    yield from file.faults("layer-header")


@question(level=2, about="layer")
def claim_kind(file: LayerLines) -> Complaints:
    """A claim is an `entity`, a `quote` or a `stance`.

    Fails:
        claim {"id": "e1", "kind": "mention", "fragments": [[0, 7]], "label": "PER"}

    Passes:
        claim {"id": "e1", "kind": "entity", "fragments": [[0, 7]], "label": "PER"}
    """
    yield from file.faults("claim-kind")


@question(level=2, about="layer")
def claim_keys(file: LayerLines) -> Complaints:
    """A claim has an id, and no key that its kind does not have.

    A misspelt key would be a decision that is lost without a word.

    Fails:
        claim {"id": "e1", "kind": "entity", "fragments": [[0, 7]], "label": "PER", "kb-id": "NIL:kerbrat"}

    Passes:
        claim {"id": "e1", "kind": "entity", "fragments": [[0, 7]], "label": "PER", "kb_id": "NIL:kerbrat"}
    """
    yield from file.faults("claim-keys")


@question(level=2, about="layer")
def claim_form(file: LayerLines) -> Complaints:
    """The values of a claim have their types: spans are `[start, end]` with 0 ≤ start < end, in code points.

    Fails:
        claim {"id": "e1", "kind": "entity", "fragments": [[7, 0]], "label": "PER"}

    Passes:
        claim {"id": "e1", "kind": "entity", "fragments": [[0, 7]], "label": "PER"}
    """
    yield from file.faults("claim-form")


@question(level=2, about="layer")
def id_unique(file: LayerLines) -> Complaints:
    """No two claims of a layer have the same id.

    Fails:
        claim {"id": "e1", "kind": "entity", "fragments": [[0, 6]], "label": "PER"}
        claim {"id": "e1", "kind": "entity", "fragments": [[7, 14]], "label": "PER"}

    Passes:
        claim {"id": "e1", "kind": "entity", "fragments": [[0, 6]], "label": "PER"}
        claim {"id": "e2", "kind": "entity", "fragments": [[7, 14]], "label": "PER"}
    """
    yield from file.faults("id-unique")


LINE_RULES: tuple[Question[LayerLines], ...] = (
    layer_line,
    layer_place,
    layer_header,
    claim_kind,
    claim_keys,
    claim_form,
    id_unique,
)
