"""Damage to files that people hand in: what editors, disks, other programs and enemies make of a valid one.

Every kind is a function of the bytes and of a source of chance, so that hypothesis, a coverage-guided fuzzer and a
plain loop draw from one place. Structure is kept where that leads deeper: a value of JSON or YAML is replaced by one
of a wrong type, and the rest of the file still parses.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from copy import deepcopy
from io import BytesIO
from random import Random
from typing import Any, TypeAlias

import pyarrow as pa
import pyarrow.parquet as pq
import yaml

Damage: TypeAlias = Callable[[bytes, Random], bytes]
"""From the content of a file to what has become of it."""

HOSTILE: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 2, 7, 2**31 - 1, 2**31, -(2**31) - 1, 2**63, 2**64, 10**30, 0.5, -0.0, 1e308,
    float("nan"), float("inf"), float("-inf"), "", " ", "x", "\0", "a\nb", "a\r\nb", "\u2028", "\x1b[31m", "\ufeff",
    "\ud800", "\udc80", "🥳", "e\u0301", "../../dehors", "/etc/passwd", "open/../../x", "C:\\x", "~", "-x", "--out",
    "9999-99-99", "0000-00-00", "2024-02-30", "10000-01-01", "2024-01-01T00:00:00Z", "a" * 5000, "(" * 200, "(a+)+$",
    "article", "text", "none", "null", "NaN", "1", [], {}, [[]], [None], [{}], [1], ["x"], [[0, 0]], [[5, 1]],
    [[-1, 5]], [[0, 10**9]], [[0, 2**31]], [[0, 5], [2, 8]], [[0, 1, 2]], [["a", "b"]], [[0.5, 1.5]], [[True, 3]],
    {"x": 1}, {"": None}, {"text": {}}, {"least": "x"},
)  # fmt: skip
"""Values that no field, or hardly any, should have; those a field may have lead on to the next check."""

_TOKENS = (
    b"\x00", b"\xef\xbb\xbf", b"\xff", b"\xff\xfe", b"\xed\xa0\x80", b"\r\n", b"\r", b"\n", b"\n\n\n", b"\t",
    b" ", b"\x1b[2J", b"\x85", b"\xe2\x80\xa8", b"---\n", b"---", b"```", b"<", b">", b"</p>", b"<p>", b"<div>",
    b"<!--", b"<![CDATA[", b"&#0;", b"&#xD800;", b"&#99999999;", b"[", b"]", b"{", b"}", b'"', b"'", b"\\", b"\\u",
    b"\\ud800", b":", b": ", b"- ", b"&a", b"*a", b"!!python/object/apply:os.system", b"<<: *a", b"=", b"[[", b"]]",
    b"#", b"|", b"=1e999", b"1e999", b"-1", b"9" * 30, b"0x", b"nan", b"inf", b"null", b"true", b"../", b"/",
    b"*" * 50, b"_" * 50, b"[" * 60, b"(" * 60, b">" * 60, b"\xc2\xab", b"\xc2\xbb", b"<!-- begin: labels -->",
    b"version 99999999999999999999.1",
)  # fmt: skip


def flip_bits(content: bytes, chance: Random) -> bytes:
    """Some bytes are others."""
    damaged = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        if damaged:
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def cut_off(content: bytes, chance: Random) -> bytes:
    """The end is missing, or the beginning."""
    place = chance.randint(0, len(content))
    return content[:place] if chance.random() < 0.8 else content[place:]


def lose_a_part(content: bytes, chance: Random) -> bytes:
    """A stretch is missing."""
    start = chance.randint(0, len(content))
    return content[:start] + content[start + chance.randint(1, 40) :]


def insert_a_token(content: bytes, chance: Random) -> bytes:
    """Something that a parser may stumble over stands somewhere, once or in thousands."""
    start, times = chance.randint(0, len(content)), chance.choice((1, 1, 1, 3, 2000))
    return content[:start] + chance.choice(_TOKENS) * times + content[start:]


def repeat_a_line(content: bytes, chance: Random) -> bytes:
    """A line stands twice, or at another place."""
    lines = content.splitlines(keepends=True) or [b""]
    lines.insert(chance.randint(0, len(lines)), chance.choice(lines))
    return b"".join(lines)


def lose_a_line(content: bytes, chance: Random) -> bytes:
    """A line is missing."""
    lines = content.splitlines(keepends=True) or [b""]
    del lines[chance.randrange(len(lines))]
    return b"".join(lines)


def save_as_another_encoding(content: bytes, chance: Random) -> bytes:
    """An editor saved it in another encoding, or with other line ends."""
    text = content.decode("utf-8", "replace")
    encoding = chance.choice(("utf-8-sig", "utf-16", "utf-16-le", "cp1252", "crlf", "cr"))
    if encoding in ("crlf", "cr"):
        return text.replace("\n", "\r\n" if encoding == "crlf" else "\r").encode()
    return text.encode(encoding, "replace")


def replace_a_word(content: bytes, chance: Random) -> bytes:
    """A string, number or word is a hostile value, as JSON writes it."""
    found = list(re.finditer(rb'"(?:[^"\\\n]|\\.)*"|[-\w.]+', content))
    if not found:
        return content
    one = chance.choice(found)
    written = json.dumps(chance.choice(HOSTILE), ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")
    return content[: one.start()] + written + content[one.end() :]


def change_json(content: bytes, chance: Random) -> bytes:
    """In a line that is JSON (or in the file, where it is one), values are hostile, keys missing, unknown or double."""
    lines = content.splitlines() or [b""]
    place = chance.randrange(len(lines))
    whole = _parsed(content)
    if len(lines) > 1 and whole is not None:
        return _changed(whole, chance)
    value = _parsed(lines[place])
    if value is None:
        return replace_a_word(content, chance)
    lines[place] = _changed(value, chance)
    return b"\n".join(lines) + b"\n"


def change_yaml(content: bytes, chance: Random) -> bytes:
    """The same in YAML, also between the marks of a card."""
    head, middle, tail = content.partition(b"\n---\n") if content.startswith(b"---\n") else (content, b"", b"")
    try:
        value = yaml.safe_load(head.removeprefix(b"---\n"))
        _change(value, chance)
        written = yaml.safe_dump(value, allow_unicode=True, sort_keys=False).encode("utf-8", "surrogatepass")
    except (yaml.YAMLError, ValueError):
        return replace_a_word(content, chance)
    return (b"---\n" if middle else b"") + written + middle + tail


def nest_deeply(content: bytes, chance: Random) -> bytes:
    """A line, a value or a tag within thousands of others."""
    depth = chance.choice((50, 2000, 100_000))
    opening, closing = chance.choice(
        ((b"[", b"]"), (b'{"a":', b"}"), (b"<div>", b"</div>"), (b"> ", b""), (b"- ", b""))
    )
    start = chance.randint(0, len(content))
    return content[:start] + opening * depth + b"1" + closing * depth + content[start:]


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def _changed(value: Any, chance: Random) -> bytes:
    text = ""
    for _ in range(chance.choice((1, 1, 1, 2))):
        value = deepcopy(value)
        _change(value, chance)
        text = json.dumps(value, ensure_ascii=chance.random() < 0.5)
    if chance.random() < 0.05 and text.startswith('{"'):
        text = text.replace('{"', f'{{"{chance.choice(("id", "kind", "x"))}": 1, "', 1)
    return text.encode("utf-8", "surrogatepass")


def _change(value: Any, chance: Random) -> None:
    """Change one place of a tree of lists and mappings, chosen with equal chance among all of them."""
    places = list(_places(value))
    if not places:
        return
    holder, key = chance.choice(places)
    kind = chance.random()
    if kind < 0.7:
        holder[key] = chance.choice(HOSTILE)
    elif kind < 0.8:
        del holder[key]
    elif kind < 0.9:
        other, name = chance.choice(places)  # as it is now: a tree must not hold itself
        holder[key] = deepcopy(other[name])
    elif isinstance(holder, dict):
        holder[chance.choice(("", "x", "id", "kind", "text", "é"))] = chance.choice(HOSTILE)
    else:
        holder.insert(0, chance.choice(HOSTILE))


def _places(value: Any) -> Sequence[tuple[Any, Any]]:
    own: list[tuple[Any, Any]] = []
    if isinstance(value, dict | list):
        own = [(value, key) for key in (value if isinstance(value, dict) else range(len(value)))]
    return own + [place for holder, key in own for place in _places(holder[key])]


def change_rows(content: bytes, chance: Random) -> bytes:
    """A Parquet file in which a column has another type, other values or another name, or rows stand twice."""
    try:
        table = pq.read_table(BytesIO(content))
    except (pa.ArrowException, OSError):
        return flip_bits(content, chance)
    if not table.num_columns:
        return content
    index = chance.randrange(table.num_columns)
    name = table.column_names[index]
    other = chance.choice((name, name, name, "x", "text", "start", "label", "#row", "#file", ""))
    changed = chance.choice((_retyped, _hostile_column, _without, _twice))(table, index, other, chance)
    out = BytesIO()
    pq.write_table(changed, out)
    return out.getvalue()


def _retyped(table: pa.Table, index: int, name: str, chance: Random) -> pa.Table:
    type_ = chance.choice((pa.string(), pa.int64(), pa.uint64(), pa.float64(), pa.binary(), pa.date32(), pa.null()))
    try:
        values = table.column(index).cast(type_)
    except (pa.ArrowException, NotImplementedError):
        values = pa.nulls(len(table), type_)
    return table.set_column(index, name, values)


def _hostile_column(table: pa.Table, index: int, name: str, chance: Random) -> pa.Table:
    values = table.column(index).to_pylist()
    for _ in range(chance.randint(1, 3)):
        if values:
            values[chance.randrange(len(values))] = chance.choice(HOSTILE)
    try:
        return table.set_column(index, name, pa.array(values, table.column(index).type))
    except (pa.ArrowException, TypeError, ValueError, OverflowError, UnicodeError):
        return _without(table, index, name, chance)


def _without(table: pa.Table, index: int, _name: str, _chance: Random) -> pa.Table:
    return table.remove_column(index)


def _twice(table: pa.Table, _index: int, _name: str, chance: Random) -> pa.Table:
    return chance.choice((pa.concat_tables([table, table]), table.slice(0, 0), table.slice(1)))


ANY_FILE: tuple[Damage, ...] = (
    flip_bits,
    cut_off,
    lose_a_part,
    insert_a_token,
    repeat_a_line,
    lose_a_line,
    save_as_another_encoding,
    replace_a_word,
    nest_deeply,
)
"""Kinds that make sense of any text."""

BY_SUFFIX: dict[str, tuple[Damage, ...]] = {
    ".jsonl": (*ANY_FILE, *[change_json] * 12),
    ".json": (*ANY_FILE, *[change_json] * 12),
    ".yaml": (*ANY_FILE, *[change_yaml] * 12),
    ".toml": (*ANY_FILE, *[replace_a_word] * 8),
    ".md": (*ANY_FILE, *[change_yaml] * 5),
    ".parquet": (flip_bits, cut_off, *[change_rows] * 8),
}
"""Kinds by what a file is; what stands more often comes more often."""


def damaged(content: bytes, suffix: str, chance: Random) -> bytes:
    """What has become of a file after one to three damages."""
    for _ in range(chance.choice((1, 1, 2, 3))):
        content = chance.choice(BY_SUFFIX.get(suffix, ANY_FILE))(content, chance)
    return content
