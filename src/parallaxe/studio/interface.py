"""The page on which annotators work, rendered from the labels of a project.

All labels, targets, colours, hotkeys and definitions come from `schemas/labels.toml`; what is written here is the order
of the page and its French. One `Text` holds the whole article, because only there the server counts code points.
Controls of a region stand beside the text and show themselves when such a region is selected; when none is, the
questions about the whole article stand in their place.

Measured on interface 1.23.2: what is said of a region by a control that is not for its label is not submitted, if the
control says for which it is; the value of an alias is what results hold; lists whose choices come from the task keep
them by region, and can be searched; relations keep their arrows but show their names only where one is pointed at, or a
hundred of them would hide the text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from hashlib import sha256
from typing import NamedTuple
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element, SubElement

from parallaxe.core.errors import ProjectError
from parallaxe.core.labels import LABELS_FILE, Label, LabelSet
from parallaxe.core.layer_format import KINDS
from parallaxe.studio import controls
from parallaxe.studio.names import server_labels

_GREY = "#6b7280"


_SAID = frozenset({"quote"})
_STANCE = frozenset({"stance"})


class _Part(NamedTuple):
    """A label that is structure: what it is called in results and on the page, and what it is."""

    label: str
    kinds: frozenset[str]
    shown: str
    colour: str
    hint: str


_PARTS = (
    _Part(
        controls.CONTENT,
        _SAID | _STANCE,
        "Propos",
        "#00798c",
        "Les mots ou l'idée que le texte attribue à quelqu'un.",
    ),
    _Part(
        controls.CUE,
        _SAID,
        "Amorce",
        "#b5651d",
        "Ce qui attribue le propos : a déclaré, selon, promesse.",
    ),
    _Part(
        controls.SOURCE,
        _SAID,
        "Source",
        "#6d597a",
        "Qui parle : tout le groupe nominal, ou le pronom.",
    ),
    _Part(
        controls.VOICED_EVIDENCE,
        _STANCE,
        "Indice",
        "#bc4749",
        "Les mots du propos ou de l'amorce qui jugent la cible.",
    ),
    _Part(
        controls.OWN_EVIDENCE,
        _STANCE,
        "Indice de l'auteur",
        "#386641",
        "Les mots de l'auteur qui jugent la cible.",
    ),
)

_HELP = (
    "Marquer : choisir une étiquette (ou sa touche), puis les mots.",
    "Relier : choisir l'amorce, la source ou l'indice, alt+R, puis cliquer le propos. Ni sens ni nom à donner.",
    "inside : ce propos est dans l'autre. continues : la suite d'une mention ou d'un propos coupé ; à nommer.",
    "Reprendre un choix : —. Désélectionner : échap ou u. Ce qui est grisé ci-dessous ne s'annote pas.",
)

_FREE_KEYS = "tyiopbn0"
"""Keys for structure, in this order, as far as no label of the project has them; `u` is Label Studio's own."""

_STYLE = """
.px-page { display: grid; grid-template-columns: minmax(0, 1fr) 380px; gap: 0 16px; align-items: start; }
.px-bar { grid-column: 1 / -1; position: sticky; top: 0; z-index: 101; background: #fff;
  border-bottom: 1px solid #ddd; padding: 4px 0; }
.px-bar .lsf-labels { margin: 2px 0 !important; }
.px-marks { display: flex; flex-wrap: wrap; margin-bottom: 2px; }
.px-text { padding-top: 12px; max-width: 48em; }
.px-side { position: sticky; top: 84px; max-height: calc(100vh - 210px); overflow: auto; padding-right: 6px; }
.px-side h4 { font-size: 13px !important; line-height: 1.25 !important; margin: 8px 0 4px !important; }
.px-side .lsf-choices { margin: 0 !important; }
.px-side .lsf-choice__item { line-height: 1.3 !important; margin: 0 0 3px !important; }
.px-side .lsf-choice__item label, .px-side .lsf-choice__item span { font-weight: 400 !important; font-size: 12px; }
.px-row { display: grid; grid-template-columns: 150px minmax(0, 1fr); align-items: center; gap: 6px;
  margin-bottom: 3px; }
.px-row h4 { font-weight: 400 !important; font-size: 12px !important; margin: 0 !important; }
.px-row button { height: 26px !important; min-height: 26px !important; padding: 0 8px !important;
  font-size: 12px !important; }
.relations-overlay g path { opacity: .4; }
.relations-overlay g g { visibility: hidden; }
.relations-overlay g[class*="highlighted"] g { visibility: visible; }
"""


def interface(labels: Mapping[str, LabelSet], kinds: Collection[str] = KINDS) -> str:
    """The configuration of a project as XML; `kinds` are the kinds of claims that its tasks ask for.

    Raises:
        ProjectError: if two labels on the page have one hotkey, or one has a key or name of the page itself.
    """
    labels = server_labels(labels)
    keys = _hotkeys(labels)
    page = Element("View", {"className": "px-page"})
    SubElement(page, "Style").text = _STYLE
    _labels(SubElement(page, "View", {"className": "px-bar"}), labels, keys, kinds)
    text = {"name": controls.TEXT, "value": f"${controls.TEXT}", "granularity": "symbol", "showLabels": "true"}
    SubElement(SubElement(page, "View", {"className": "px-text"}), "Text", text)
    side = SubElement(page, "View", {"className": "px-side"})
    if "entity" in kinds:
        _entity(side, labels)
    if "quote" in kinds:
        _quotation(side, labels)
    if "stance" in kinds:
        _voices(side, labels)
        _evidence(side, labels)
        _article(side, labels)
    _doubt(side, labels)
    _help(side)
    _preview(side)
    _relations(page)
    ET.indent(page)
    return ET.tostring(page, encoding="unicode")


def interface_digest(labels: Mapping[str, LabelSet], kinds: Collection[str] = KINDS) -> str:
    """What names an interface: the first 12 digits of its SHA-256."""
    return sha256(interface(labels, kinds).encode()).hexdigest()[:12]


def _hotkeys(labels: Mapping[str, LabelSet]) -> dict[str, str]:
    """The key of each label on the page: its own, or a free one where it is structure."""
    for name in set(labels["entity_labels"].names) & set(controls.PARTS):
        raise ProjectError(LABELS_FILE, f"entity label `{name}` is a label of the page", "call it something else")
    taken = {"u": "the page itself"}
    for name in ("entity_labels", "quotation_types", "targets"):
        for label in labels[name].labels:
            if label.hotkey and label.hotkey in taken:
                what = f"{name}.{label.name} and {taken[label.hotkey]} have one hotkey, `{label.hotkey}`"
                raise ProjectError(LABELS_FILE, what, "give one of them another: they stand on one page")
            if label.hotkey:
                taken[label.hotkey] = f"{name}.{label.name}"
    free = (key for key in _FREE_KEYS if key not in taken)
    return {part.label: key for part, key in zip(_PARTS, free, strict=False)}


def _labels(bar: Element, labels: Mapping[str, LabelSet], keys: Mapping[str, str], kinds: Collection[str]) -> None:
    """The labels that mark words: those of mentions in one row, those of quotations and stances in another."""
    marks = SubElement(bar, "Labels", {"name": controls.MARK, "toName": controls.TEXT})
    if "entity" in kinds:
        row = SubElement(marks, "View", {"className": "px-marks"})
        for label in labels["entity_labels"].labels:
            alias = label.name if label.known_as else ""
            _label(row, _shown(label), label.fr, alias=alias, background=label.colour or _GREY, hotkey=label.hotkey)
    row = SubElement(marks, "View", {"className": "px-marks"})
    for part in _PARTS:
        if part.kinds & set(kinds):
            key = keys.get(part.label, "")
            _label(row, part.shown, part.hint, alias=part.label, background=part.colour, hotkey=key)


def _label(parent: Element, name: str, hint: str, **told: str) -> None:
    SubElement(parent, "Label", {"value": name, "hint": hint} | {key: value for key, value in told.items() if value})


def _entity(side: Element, labels: Mapping[str, LabelSet]) -> None:
    """What is said of a mention: what it stands for, and whom or what it names."""
    names = labels["entity_labels"].names
    box = _box(side, "Mention", names)
    row = _row(box, "Métonymie")
    metonymic = _choices(row, controls.METONYMIC, names, layout="select")
    _choice(metonymic, "", controls.NOTHING, "ne vaut que pour ce qu'elle nomme", controls.NO_KEY)
    for label in labels["entity_labels"].labels:
        _choice(metonymic, label.name, f"vaut pour {_shown(label)}", label.fr, controls.NO_KEY)
    row = _row(box, "Lien")
    _choices(row, controls.LINK, names, layout="select", value="$candidates")
    _textarea(box, controls.LINK_OTHER, names, "autre lien : kim-jong-un, NIL:un-diplomate", maxSubmissions="1")


def _quotation(side: Element, labels: Mapping[str, LabelSet]) -> None:
    """What is said of a quotation: how the words are reported."""
    on = (controls.CONTENT,)
    types = _choices(_box(side, "Propos", on), controls.TYPE, on)
    for label in labels["quotation_types"].labels:
        _choice(types, label.name, f"{_shown(label)} — {_first_words(label)}", label.fr, label.hotkey)


def _voices(side: Element, labels: Mapping[str, LabelSet]) -> None:
    """What the source of a quotation thinks of each target, and who that is."""
    on = (controls.CONTENT,)
    box = _box(side, "Position de la source envers…", on)
    for target in labels["targets"].labels:
        _scale(_row(box, _first_words(target)), controls.voiced(target.name), labels, on)
    speaking = (controls.CONTENT, controls.VOICED_EVIDENCE)
    hint = "s'il n'est pas le lien de la source : NIL:un-diplomate"
    _textarea(_box(side, "Porteur", speaking), controls.HOLDER, speaking, hint)


def _evidence(side: Element, labels: Mapping[str, LabelSet]) -> None:
    """What is said of evidence: which targets it tells of."""
    on = (controls.VOICED_EVIDENCE, controls.OWN_EVIDENCE)
    box = _box(side, "Indice : de quelles cibles ?", on)
    targets = _choices(box, controls.EVIDENCE_TARGETS, on, choice="multiple")
    for label in labels["targets"].labels:
        _choice(targets, label.name, _first_words(label), label.fr, label.hotkey)


def _doubt(side: Element, labels: Mapping[str, LabelSet]) -> None:
    """How sure the annotator is of a mention or a quotation."""
    on = (*labels["entity_labels"].names, controls.CONTENT)
    box = _box(side, "Doute", on)
    sure = _choices(box, controls.CONFIDENCE, on, layout="inline")
    for label in labels["confidences"].labels:
        _choice(sure, label.name, _first_words(label), label.fr)
    _textarea(box, controls.NOTE, on, "note : pourquoi ce doute ?", rows="2", maxSubmissions="1")


def _article(side: Element, labels: Mapping[str, LabelSet]) -> None:
    """What the author thinks of each target, over the whole article."""
    box = SubElement(side, "View", {"visibleWhen": "no-region-selected"})
    _header(box, "Position de l'auteur, dans tout l'article, envers…")
    for target in labels["targets"].labels:
        _scale(_row(box, _first_words(target)), controls.own(target.name), labels)


def _scale(row: Element, name: str, labels: Mapping[str, LabelSet], on: tuple[str, ...] | None = None) -> None:
    polarities = {label.name: label for label in labels["polarities"].labels}
    steps = _choices(row, name, on, layout="select")
    if on is None:
        _choice(steps, controls.ABSENT, "absent de l'article", "L'article ne traite pas de la cible.", controls.NO_KEY)
    else:
        _choice(steps, "", controls.NOTHING, "Aucune position envers la cible.", controls.NO_KEY)
    for step in controls.scale(labels):
        polarity = polarities[step.polarity]
        shown = f"{step.intensity:+d} {_first_words(polarity)}" if step.intensity else _first_words(polarity)
        _choice(steps, step.name, shown.replace("-", "−"), polarity.fr, controls.NO_KEY)


def _help(side: Element) -> None:
    fold = SubElement(SubElement(side, "Collapse"), "Panel", {"value": "Aide"})
    for line in _HELP:
        SubElement(fold, "Header", {"value": line, "size": "6"})


def _preview(side: Element) -> None:
    fold = SubElement(side, "Collapse", {"open": "true"})
    panel = SubElement(fold, "Panel", {"value": "L'article (lecture seule)"})
    SubElement(
        panel, "HyperText", {"name": "preview", "value": "$preview", "inline": "true", "selectionEnabled": "false"}
    )


def _relations(page: Element) -> None:
    relations = SubElement(page, "Relations", {"choice": "single"})
    for name in controls.RELATIONS:
        SubElement(relations, "Relation", {"value": name})


def _box(side: Element, title: str, on: tuple[str, ...]) -> Element:
    """A part of the page that shows itself when a region with one of some labels is selected."""
    box = SubElement(side, "View", {"visibleWhen": "region-selected", "whenLabelValue": ",".join(on)})
    _header(box, title)
    return box


def _header(box: Element, title: str) -> None:
    SubElement(box, "Header", {"value": title, "size": "5"})


def _row(box: Element, title: str) -> Element:
    row = SubElement(box, "View", {"className": "px-row"})
    SubElement(row, "Header", {"value": title, "size": "6"})
    return row


def _choices(parent: Element, name: str, on: tuple[str, ...] | None, **told: str) -> Element:
    about = {"name": name, "toName": controls.TEXT, "choice": "single", **told}
    if on is not None:
        about |= {"perRegion": "true", "whenLabelValue": ",".join(on)}
    return SubElement(parent, "Choices", about)


def _choice(parent: Element, name: str, shown: str, hint: str, hotkey: str = "") -> None:
    told = {"value": shown, "alias": name, "hint": hint, "hotkey": hotkey}
    SubElement(parent, "Choice", {key: value for key, value in told.items() if value})


def _textarea(parent: Element, name: str, on: tuple[str, ...], placeholder: str, **told: str) -> None:
    about = {"name": name, "toName": controls.TEXT, "perRegion": "true", "whenLabelValue": ",".join(on)}
    SubElement(parent, "TextArea", {**about, "placeholder": placeholder, "rows": "1", "editable": "true", **told})


def _shown(label: Label) -> str:
    """The name of a label in the project, where the server holds another."""
    return label.known_as or label.name


def _first_words(label: Label) -> str:
    """The definition of a label up to its first mark of punctuation, in small letters but for a determiner's noun."""
    words = re.split(r"[,;:.(]", label.fr, maxsplit=1)[0].strip()
    return words[:1].lower() + words[1:]
