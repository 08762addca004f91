"""Laws and cases of the JSON Lines reader."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from parallaxe.core.edits import apply_edits
from parallaxe.core.errors import RawFileError
from parallaxe.text.extraction import Metadata
from parallaxe.text.formats.jsonl import extraction, records

any_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=3)
)
fields = st.dictionaries(st.text(max_size=5).filter(lambda name: name not in ("text", "id")), any_values, max_size=3)
articles = st.text(min_size=1).filter(str.strip)


@given(
    st.lists(st.tuples(fields, articles, fields), min_size=1, max_size=4),
    st.booleans(),
    st.sampled_from(["\n", "\r\n", "\n\n \n"]),
)
def test_round_trip(
    rows: list[tuple[dict[str, object], str, dict[str, object]]], ascii_only: bool, line_end: str
) -> None:
    """What `json.dumps` writes comes back, with and without escapes, wherever the field stands in its object."""
    objects = [{**before, "text": text, **after} for before, text, after in rows]
    source = line_end.join(json.dumps(each, ensure_ascii=ascii_only) for each in objects) + line_end
    found = list(records(source))

    assert [row[1] for row in rows] == [apply_edits(source, extraction(each, len(source)).edits)[0] for each in found]
    assert [{**before, **after} for before, _, after in rows] == [each.fields for each in found]


@given(st.text(alphabet='a"\\\n\t/é🦦\u2028\x7f\ud83d\ude00', min_size=1), st.booleans())
@example("\ud83d", True)
@example("\\ud83d\ude00", True)
def test_escapes_lead_back(text: str, ascii_only: bool) -> None:
    """Each character of the text is the one in the source, or an escape that stands for it."""
    assume(text.strip())
    source = json.dumps({"id": "a", "text": text}, ensure_ascii=ascii_only)
    [record] = records(source)
    found, alignment = apply_edits(source, extraction(record, len(source)).edits)

    assert json.loads(source)["text"] == found
    for index, character in enumerate(found):
        start, end = alignment.to_raw(index, index + 1)
        assert source[start:end] == character or json.loads(f'"{source[start:end]}"') == character


def test_lines_keys_and_metadata() -> None:
    """Blank lines are skipped but counted; the key is the field `id`; other fields become metadata."""
    source = (
        '\ufeff{"id": 7, "text": "Le bac repart.", "title": "Le  bac", "author": ["N. Barbelet", "T. Vassieux"],'
        ' "date": "2031-04-12T07:30", "language": "fr-FR", "outlet": "Le Phare"}\n'
        ' \t\r\n{"text": "Sans clef.\u2028Suite", "published": "hier"}'
    )
    first, second = records(source)

    assert [(each.line, each.key) for each in (first, second)] == [(1, "7"), (3, None)]
    assert extraction(first, len(source)).metadata == Metadata(
        "Le bac", "N. Barbelet, T. Vassieux", "Le Phare", date(2031, 4, 12), "fr"
    )
    assert extraction(second, len(source)).metadata == Metadata()


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("[1]", "invalid JSON, Expecting an object at column 1"),
        ("{}", "no field 'text'"),
        ('{"text": 3}', "'text' is no string"),
        ('{"text": null}', "'text' is no string"),
        ('{"text": " \\n"}', "'text' is empty"),
        ('{"text": "a", "text": "b"}', "'text' is given twice"),
        ('{"text": "a"', "Expecting ',' or '}' at column 13"),
        ('{"text": "a",}', "Expecting a field name in double quotes at column 14"),
        ('{"text": "a"} b', "Extra data at column 15"),
        ('{"text": "a', "Unterminated string"),
        ('{"text": "a\tb"}', "Invalid control character"),
        ('{"a": tru, "text": "b"}', "Expecting value at column 7"),
        ('{"id": 1.5, "text": "a"}', "'id' is neither a string nor an integer"),
        pytest.param('{"a": ' + "[" * 200_000, "nested too deeply", id="deep"),
        pytest.param('{"a": ' + "1" * 5_000 + ', "text": "b"}', "number is too long", id="long"),
    ],
)
def test_a_bad_line_is_named(line: str, complaint: str) -> None:
    """The error names the line and what is wrong with it."""
    with pytest.raises(RawFileError, match="line 3") as caught:
        list(records(f'{{"text": "a"}}\n\n{line}\n'))

    assert complaint in str(caught.value)
