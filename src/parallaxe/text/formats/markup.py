r"""HTML source → tokens that tile it, in one pass.

The standard library's `html.parser` is not used, and that is measured. In Python 3.11.7 it stops with an
`AssertionError` at `<![foo `, turns every tag after a second `&#` into text, and needs 19 s for 60 kB of `<a `; how it
reads comments, CDATA and scripts differs between patch releases, so a corpus would differ with the machine that built
it. Here the rules are those of the HTML standard (§ 13.2.5, tokenization): what is text is what a browser shows. Every
regular expression is possessive where it could backtrack, and whatever lacks its end takes the rest of the source, so
the time is linear on any input. On tidy pages the tokens are those of `html.parser`: a test holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5
from typing import Literal, NamedTuple

Kind = Literal["text", "start", "end", "comment", "declaration", "unclosed-tag", "raw"]

WHITE_SPACE = " \t\n\f\r"

# Elements whose content is not markup: it ends at their end tag alone.
RAW_TEXT = frozenset({"script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"})

_MARK = re.compile(r"<(?=[a-zA-Z!?/])")
_TAG_OPEN = re.compile(r"</?[a-zA-Z]")
_TAG = re.compile(
    rf"</?([a-zA-Z][^{WHITE_SPACE}/>]*+)"
    rf"((?:[^>\"'=]++|=[{WHITE_SPACE}]*+(?:\"[^\"]*+\"|'[^']*+'|(?![\"'])[^{WHITE_SPACE}>]*+)|[\"'])*+)>"
)
_ATTRIBUTE = re.compile(
    rf"([^{WHITE_SPACE}/>=\"'][^{WHITE_SPACE}/>=]*+)"
    rf"(?:[{WHITE_SPACE}]*+=[{WHITE_SPACE}]*+(?:\"([^\"]*+)\"|'([^']*+)'|([^{WHITE_SPACE}>]*+)))?+"
)
_COMMENT_END = re.compile(r"--!?>")
_EMPTY_COMMENT = re.compile(r"<!--(?:-?>)")
_RAW_END = {name: re.compile(rf"</{name}(?=[{WHITE_SPACE}/>])", re.IGNORECASE) for name in RAW_TEXT}

REFERENCE = r"&(?:#[0-9]++;?|#[xX][0-9a-fA-F]++;?|[a-zA-Z][a-zA-Z0-9]{0,40};?)"
# Characters and references that leave nothing to see, and so make no block of text by themselves.
INVISIBLE = (
    "\N{NO-BREAK SPACE}\N{OGHAM SPACE MARK}\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff\N{SOFT HYPHEN}"
)
BLANK_TEXT = re.compile(rf"(?:[{WHITE_SPACE}{INVISIBLE}]|&(?:nbsp|ensp|emsp|thinsp|shy|#0?160|#[xX]0*+[aA]0);?)*+")

_LONGEST_NAME = max(map(len, html5))


class Token(NamedTuple):
    """`source[start:end]` is text or markup of a `kind`; tags have a `name` in lower case, `attributes` as written."""

    kind: Kind
    start: int
    end: int
    name: str = ""
    attributes: str = ""


def tokens(source: str) -> Iterator[Token]:
    """The tokens of a page, in order, without gap or overlap; offsets are code points.

    >>> [source_token[:4] for source_token in tokens("<P>Séoul<br>")]
    [('start', 0, 3, 'p'), ('text', 3, 8, ''), ('start', 8, 12, 'br')]
    """
    position, length = 0, len(source)
    while position < length:
        mark = _MARK.search(source, position)
        start = mark.start() if mark else length
        if start > position:
            yield Token("text", position, start)
        if mark is None:
            return
        token = _markup(source, start)
        yield token
        position = token.end
        if token.kind == "start" and token.name in RAW_TEXT and not token.attributes.endswith("/"):
            closing = _RAW_END[token.name].search(source, position)
            end = closing.start() if closing else length
            if end > position:
                yield Token("raw", position, end, token.name)
            position = end


def attributes(written: str) -> dict[str, str]:
    """The attributes of a tag, names in lower case, references decoded; of two with one name the first counts.

    >>> attributes(' class="chapo" hidden href=/a?b=1')
    {'class': 'chapo', 'hidden': '', 'href': '/a?b=1'}
    """
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(written):
        found.setdefault(name.lower(), unescape(double or single or bare))
    return found


def reference(written: str) -> tuple[str, int] | None:
    """What a character reference stands for, and how much of `written` it takes; None where it stands for itself.

    As in the HTML standard a name without semicolon is a reference where a known one begins so.

    >>> reference("&eacute;"), reference("&eacutet"), reference("&#8217;"), reference("&D;")
    (('é', 8), ('é', 7), ('’', 7), None)
    """
    if written[1] == "#":
        return unescape(written if len(written) < 16 else "&#0;"), len(written)
    for length in range(min(len(written), _LONGEST_NAME + 1), 2, -1):
        if (character := html5.get(written[1:length])) is not None:
            return character, length
    return None


def _markup(source: str, start: int) -> Token:
    """The token at a `<` that opens markup; what lacks its end reaches to the end of the source."""
    if source.startswith("<!--", start):
        return Token("comment", start, _comment_end(source, start))
    tag = _TAG.match(source, start)
    if tag is not None:
        return Token("end" if source[start + 1] == "/" else "start", start, tag.end(), tag[1].lower(), tag[2])
    if _TAG_OPEN.match(source, start):
        return Token("unclosed-tag", start, len(source))
    end = source.find(">", start) + 1 or len(source)
    return Token("comment" if source[start + 1] == "/" else "declaration", start, end)


def _comment_end(source: str, start: int) -> int:
    empty = _EMPTY_COMMENT.match(source, start)
    closing = empty or _COMMENT_END.search(source, start + 4)
    return closing.end() if closing else len(source)
