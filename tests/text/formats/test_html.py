"""Laws and cases of the HTML reader."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from parallaxe.core.alignment import Alignment
from parallaxe.core.edits import apply_edits
from parallaxe.core.errors import RawFileError
from parallaxe.text.extraction import Hint
from parallaxe.text.formats.html import extract
from parallaxe.text.formats.markup import tokens

FOLDER = Path(__file__).parents[2] / "cases" / "html"
CASES = json.loads((FOLDER / "cases.json").read_text("utf-8"))

ARTICLE = "<article><p>Le bac de l'île aux Loutres repart ce matin, après deux hivers passés à quai.</p></article>"
FRAGMENTS = [
    *(
        "<div>",
        "</div>",
        "<p>",
        "</p>",
        "<P CLASS=chapo>",
        "<br>",
        "<BR/>",
        "<em>",
        "</em>",
        "<a href='x>y'>",
        "</a>",
        "<li>",
    ),
    *(
        "<table><tr><td>",
        "</table>",
        "<h1>",
        "</h1>",
        "<h2>",
        "<nav>",
        "</nav>",
        "<aside class=lire-aussi>",
        "</aside>",
    ),
    *(
        "<script>",
        "</script>",
        "<!-- c -->",
        "<!--",
        "<!>",
        "<![CDATA[",
        "]]>",
        "<?x>",
        "<article>",
        "</article>",
        "<main>",
    ),
    *(
        "<p hidden>",
        "<span style='display:none'>",
        "</span>",
        "<title>",
        "</title>",
        "<svg>",
        "<button>",
        "<form>",
        "<head>",
    ),
    *(
        "&nbsp;",
        "&eacute",
        "&#8217;",
        "&#x1F1F0;",
        "&#32;",
        "&#0;",
        "&#1;",
        "&;",
        "&#",
        "&",
        "<",
        ">",
        "\r\n",
        "\t",
        " ",
        "\xa0",
    ),
    *(
        "Le bac repart ce matin, après deux hivers passés à quai. ",
        "é",
        "🇰🇵",
        "mot",
        "«",
        "<a ",
        '"',
        "</",
        "=",
        "'",
        "\ufeff",
    ),
]
soups = st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join)


def blocks_of(text: str, alignment: Alignment, hints: tuple[Hint, ...]) -> list[list[str]]:
    """Each block of a text with the role that has the strongest vote."""
    found, position = [], 0
    for block in text.split("\n\n"):
        start, end = alignment.to_raw(position, position + len(block))
        votes = [hint for hint in hints if hint.start < end and hint.end > start]
        found.append([max(votes, key=lambda hint: hint.weight).role if votes else "paragraph", block])
        position += len(block) + len("\n\n")
    return found


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_page(case: dict[str, Any]) -> None:
    """Each page gives the blocks, roles, metadata and reasons that are written down for it."""
    source = (FOLDER / case["input"]).read_bytes().decode("utf-8")
    extraction = extract(source)
    text, alignment = apply_edits(source, extraction.edits)
    metadata = extraction.metadata

    assert case["expected"]["blocks"] == blocks_of(text, alignment, extraction.hints)
    assert case["expected"]["reasons"] == sorted({edit.reason for edit in extraction.edits})
    assert case["expected"]["metadata"] == {
        "title": metadata.title,
        "byline": metadata.byline,
        "outlet": metadata.outlet,
        "published": metadata.published and metadata.published.isoformat(),
        "language": metadata.language,
    }


def test_what_is_left_out_is_one_edit_with_its_reason() -> None:
    """Each box outside the article is one edit, from its start tag to its end tag."""
    source = (FOLDER / "journal.html").read_text("utf-8")
    deleted = {edit.reason: source[edit.start : edit.end] for edit in extract(source).edits if not edit.replacement}

    assert deleted["cookie-banner"].startswith('<div id="bandeau-cookies"')
    assert deleted["cookie-banner"].endswith("</button></div>")
    assert deleted["header"].startswith("<header class=")
    assert deleted["header"].endswith("</nav></header>")
    assert deleted["aside"].startswith('<aside class="plus-lus">')
    assert deleted["aside"].endswith("</aside>")
    assert deleted["hidden"].startswith("<p hidden>")
    assert deleted["hidden"].endswith("</p>")
    assert deleted["comment"] == "<!-- relu par la rédaction -->"


@pytest.mark.parametrize(
    "page", ["", " ", "Bonjour", "<p>", "<!--", "<script>", (FOLDER / "accueil.html").read_text("utf-8")]
)
def test_a_page_without_article_is_refused(page: str) -> None:
    """A page without main text is no article, and the error says so."""
    with pytest.raises(RawFileError, match="holds no article text"):
        extract(page)


INLINE = ["em", "strong", "a href='/x?a=1&amp;b=>'", "SPAN class=mot", "i", "sup", "font size=2", "mark"]
SPACES = [" ", "\n", "\r\n", "  ", "\t", " \n\t ", "&#32;", "<br>", " <br/>\n", " <!-- c --> ", "<wbr> "]
BETWEEN = [
    "",
    "\n",
    "\r\n  ",
    "<!-- c -->",
    "<script>var a = '<p>';</script>",
    "<p>&nbsp;</p>",
    "<hr>",
    "<img src=a>",
    "<style>p{}</style>",
]
WRAPPERS = [
    ("<p>", "</p>"),
    ("<p class='a>b'>", ""),
    ("<P\n>", "</P >"),
    ("<div><section>", "</section></div>"),
    ("<h2>", "</h2>"),
    ("<ul><li>", "</ul>"),
    ("<ol><li><p>", "</ol>"),
    ("<table><tr><td>", "</table>"),
    ("<blockquote><p>", "</blockquote>"),
    ("<figure><figcaption>", "</figcaption></figure>"),
    ("<br><br>", "<br>\n<br />"),
]
NAMES = {
    "é": "&eacute;",
    "«": "&laquo;",
    "œ": "&oelig;",
    "\xa0": "&nbsp;",
    "’": "&rsquo;",
    "—": "&#8212;",
    "🦦": "&#x1f9a6;",
}
ESCAPES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}

words = st.text(alphabet="abLé«œ’—.;<>&#🦦🇰1", min_size=5, max_size=8) | st.just("mot\xa0:")
known_blocks = st.lists(words, min_size=30, max_size=40).map(" ".join)


@st.composite
def written(draw: st.DrawFn, block: str) -> str:
    """A block as some page might write it: references, inline tags, any white space."""
    pieces = []
    for word in block.split(" "):
        named = draw(st.booleans())
        coded = "".join(ESCAPES.get(each) or (NAMES.get(each, each) if named else each) for each in word)
        tag = draw(st.sampled_from(INLINE)) if draw(st.integers(0, 4)) == 0 else ""
        pieces.append(f"<{tag}>{coded}</{tag.split()[0]}>" if tag else coded)
    return "".join(piece + draw(st.sampled_from(SPACES)) for piece in pieces[:-1]) + pieces[-1]


@st.composite
def pages(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A page and the blocks of its article."""
    blocks = draw(st.lists(known_blocks, min_size=1, max_size=4))
    body = ""
    for block in blocks:
        before, after = draw(st.sampled_from(WRAPPERS))
        between = draw(st.sampled_from(BETWEEN))
        body += f"{between}{before}{draw(st.sampled_from(['', ' ', '&nbsp; ']))}{draw(written(block))}\n{after}"
        body += "" if after else "<p>"
    around = draw(st.sampled_from(["article", "div", "main", "td"]))
    navigation = "<nav><ul><li>Une<li>Monde</ul></nav>"
    opening, closing = ("<table><tr><td>", "</table>") if around == "td" else (f"<{around}>", f"</{around}>")
    return f"<!doctype html><head><title>t</title><body>{navigation}{opening}{body}{closing}<footer>©</footer>", blocks


@given(pages())
def test_known_blocks_come_back(page: tuple[str, list[str]]) -> None:
    """Whatever markup blocks are wrapped in, they are extracted as they were, in order."""
    source, blocks = page

    assert "\n\n".join(blocks) == apply_edits(source, extract(source).edits)[0]


@given(soups, st.booleans())
@example("<![foo x>", True)
@example("&# &# <p>", True)
@example("<p>a<br>&nbsp;<br>b", True)
@example("<a href=x>sans fin<p>", False)
def test_any_markup_gives_a_text_that_leads_back(soup: str, before: bool) -> None:
    """Edits are sorted, disjoint and not empty; each character of the text is in the source, or a reference is."""
    source = soup + ARTICLE if before else ARTICLE.replace("repart", "repart" + soup)
    try:
        extraction = extract(source)
    except RawFileError:
        assume(condition=False)
    text, alignment = apply_edits(source, extraction.edits)

    assert text == text.strip(" \t\r\n\xa0")
    assert not re.search(r"\n{3}|(?<!\n)\n(?!\n)|  |\t", text)
    assert len(source) == alignment.raw_length
    for index, character in enumerate(text):
        start, end = alignment.to_raw(index, index + 1)
        origin = source[start:end]
        assert character == origin or character in " \n" or origin[0] == "&"
    assert all(0 <= hint.start < hint.end <= len(source) and 0 <= hint.weight <= 1 for hint in extraction.hints)


@given(soups)
def test_tokens_tile_the_source(source: str) -> None:
    """Tokens follow each other without gap or overlap, from the first character to the last."""
    ends = [0, *(token.end for token in tokens(source))]

    assert ends[:-1] == [token.start for token in tokens(source)]
    assert len(source) == ends[-1]


class _Oracle(HTMLParser):
    """What the standard library reads: kind, name or text, place."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[tuple[str, str]] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - its signature
        self.found.append(("start", tag))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(("end", tag))


@given(pages())
def test_tags_of_tidy_pages_are_those_of_the_standard_library(page: tuple[str, list[str]]) -> None:
    """Where `html.parser` can read a page, the tags are the same."""
    source = page[0].replace("/>", ">")

    assert _Oracle(source).found == [
        (token.kind, token.name) for token in tokens(source) if token.name and token.kind != "raw"
    ]


@pytest.mark.parametrize(
    "hostile", ["<div>", "<a ", "<a href=x>", "<!", "<![", "<!--", "&#", "</p>", "<p><button><div>", "<b><p>", "<a b='"]
)
@pytest.mark.parametrize("before", [True, False])
def test_hostile_markup_is_read_in_linear_time(hostile: str, before: bool) -> None:
    """Neither depth nor what lacks its end makes the reader slow: a quadratic one would need minutes for this."""
    many = hostile * (100_000 // len(hostile))
    source = many + ARTICLE if before else ARTICLE + many
    try:
        text, _ = apply_edits(source, extract(source).edits)
    except RawFileError:
        text = ""

    assert not text or "Loutres" in text


def test_a_brief_is_an_article_where_the_markup_says_so() -> None:
    """One `<article>` of a few words is an article, the same words in a `<div>` or a link are none."""
    brief = "<nav><a href=/>Une</a></nav><article><h1>Bac</h1><p>Le bac repart.</article>"

    assert apply_edits(brief, extract(brief).edits)[0] == "Bac\n\nLe bac repart."
    for other in (brief.replace("article", "div"), "<article><a href=/bac>Le bac repart.</a></article>"):
        with pytest.raises(RawFileError):
            extract(other)


def test_a_link_that_is_never_closed_makes_no_link_of_the_article() -> None:
    """Text after a forgotten `</a>` still counts as prose."""
    source = '<body><a href="#contenu">Aller au contenu' + ARTICLE

    assert apply_edits(source, extract(source).edits)[0].startswith("Le bac")


def test_a_box_with_half_of_the_prose_is_not_left_out_for_its_class() -> None:
    """A class such as `menu` or `cookie` around the whole page is not believed."""
    source = f'<body class="cookie-consent"><div class="page menu-ouvert">{ARTICLE}</div>'

    assert apply_edits(source, extract(source).edits)[0].startswith("Le bac")
