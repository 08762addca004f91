"""The page follows the labels of a project, and has a control for all that a result may say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from parallaxe.core.errors import ProjectError
from parallaxe.core.labels import Label, LabelSet
from parallaxe.store.schemas import load_schemas
from parallaxe.studio import controls
from parallaxe.studio.interface import interface, interface_digest

LABELS = load_schemas().labels
PAGE = ET.fromstring(interface(LABELS))


def _named(page: ET.Element) -> Iterator[ET.Element]:
    return (element for element in page.iter() if element.get("toName") == controls.TEXT)


def _with(label_set: str, **told: str) -> dict[str, LabelSet]:
    first, *others = LABELS[label_set].labels
    return {**LABELS, label_set: replace(LABELS[label_set], labels=(replace(first, **told), *others))}  # type: ignore[arg-type]


def test_every_control_is_there_once() -> None:
    """The page has exactly the controls that are written and read."""
    assert Counter(controls.names(LABELS)) == Counter(element.get("name") for element in _named(PAGE))


def test_every_choice_is_there() -> None:
    """What a control may hold is what can be chosen, and to choose nothing in a list."""
    for element in _named(PAGE):
        choices = [child for child in element.iter() if child.tag in {"Label", "Choice"}]
        offered = {choice.get("alias") or choice.get("value") for choice in choices} - {controls.NOTHING}
        closed = controls.choices(LABELS).get(str(element.get("name")), ())
        assert set(closed) == offered


def test_one_text_in_code_points() -> None:
    """There is one text, and it is marked symbol by symbol: all else counts otherwise."""
    (text,) = PAGE.iter("Text")
    assert ("$text", "symbol") == (text.get("value"), text.get("granularity"))


def test_no_attribute_is_empty() -> None:
    """An empty colour breaks the whole page (measured), so no attribute is empty."""
    assert [] == [element.attrib for element in PAGE.iter() if "" in element.attrib.values()]


def test_keys_do_not_collide() -> None:
    """No key stands for two things, nor for one of the page's own; lists share one that no keyboard has."""
    keys = Counter(key for element in PAGE.iter() if (key := element.get("hotkey")))
    assert {controls.NO_KEY} == {key for key, times in keys.items() if times > 1}
    assert "u" not in keys


def test_every_choice_in_a_list_has_a_key_that_cannot_be_pressed() -> None:
    """Without a key of its own a choice gets one, which nobody sees and anybody may press."""
    lists = [element for element in PAGE.iter("Choices") if element.get("layout") == "select"]
    assert {controls.NO_KEY} == {choice.get("hotkey") for element in lists for choice in element}


def test_controls_of_a_region_say_of_which() -> None:
    """A control of a region belongs to some labels: what was said in passing of others is not submitted."""
    marking = {controls.MARK}
    answering = {controls.own(target) for target in LABELS["targets"].names}
    for element in _named(PAGE):
        if element.get("name") not in marking | answering:
            assert "true" == element.get("perRegion")
            assert element.get("whenLabelValue")


@pytest.mark.parametrize("name", ["entity_labels", "targets", "polarities", "quotation_types", "confidences"])
def test_labels_may_be_renamed(name: str) -> None:
    """Names, colours, keys and French come from the labels of the project."""
    first = LABELS[name].labels[0]
    page = interface(_with(name, name="autrement", fr="Dit d'une autre façon, parfois."))
    assert "autrement" in page
    assert "Dit d'une autre façon" in page.replace("dit", "Dit")
    assert f'value="{first.name}"' not in page


def test_colours_and_keys_are_the_labels() -> None:
    """A colour or key that changes in the labels changes on the page."""
    page = ET.fromstring(interface(_with("entity_labels", colour="#123456", hotkey="9")))
    (label,) = [element for element in page.iter("Label") if element.get("background") == "#123456"]
    assert "9" == label.get("hotkey")


def test_two_labels_with_one_key_are_refused() -> None:
    """Sets that stand on one page share its keys."""
    with pytest.raises(ProjectError, match="have one hotkey, `1`"):
        interface(_with("targets", hotkey="1"))


def test_a_mention_is_not_called_like_structure() -> None:
    """All labels stand in one control, so that a region has one: no two may have one name."""
    with pytest.raises(ProjectError, match="`CUE` is a label of the page"):
        interface(_with("entity_labels", name="CUE"))


def test_structure_gives_way_to_labels() -> None:
    """A label may have the key that structure would else have."""
    keys = [element.get("hotkey") for element in ET.fromstring(interface(_with("targets", hotkey="t"))).iter()]
    assert 1 == keys.count("t")


def test_a_project_of_other_labels() -> None:
    """Labels without colour, key or group, and polarities of one sign, make a page."""
    small = {
        name: LabelSet(
            name, labels.fr, labels.en, (Label("un", "Premier.", "First."), Label("deux", "Second.", "Second."))
        )
        for name, labels in LABELS.items()
    }
    page = ET.fromstring(interface(small))
    assert {"article_un", "stance_deux"} <= {element.get("name") for element in page.iter()}


@pytest.mark.parametrize(
    ("kind", "there", "absent"),
    [
        ("entity", {"PER", controls.LINK}, {"CONTENT", "VOICED", controls.TYPE, "article_russia"}),
        ("quote", {"CONTENT", "CUE", controls.TYPE}, {"PER", "VOICED", "stance_russia"}),
        ("stance", {"CONTENT", "VOICED", "stance_russia", "article_russia"}, {"PER", "CUE", controls.TYPE}),
    ],
)
def test_a_task_may_ask_for_one_kind(kind: str, there: set[str], absent: set[str]) -> None:
    """A page for one kind has its controls, and none of the others."""
    page = ET.fromstring(interface(LABELS, (kind,)))
    named = {element.get("alias") or element.get("name") or element.get("value") for element in page.iter()}
    assert there <= named
    assert not absent & named


def test_the_digest_names_the_page() -> None:
    """The same labels give the same page; another label another."""
    assert interface_digest(LABELS) == interface_digest(dict(LABELS))
    assert interface_digest(LABELS) != interface_digest(_with("targets", name="autrement"))
