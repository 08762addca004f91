"""What the names of HTML elements mean to a reader of text: which nest, which end a line, which hold no text.

After the HTML standard (§ 13.1.2 elements, § 13.1.2.4 optional tags, § 15 rendering), without what only forms,
frames or scripts would notice.
"""

from __future__ import annotations


def names(written: str) -> frozenset[str]:
    """A set of names written in a row."""
    return frozenset(written.split())


VOID = names("area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr")
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

# A border stands at the start and the end tag of each of these; all other elements stand inside a line.
BLOCKS = HEADINGS | names(
    """address article aside blockquote body button caption center col colgroup dd details dialog dir div dl dt fieldset
    figcaption figure footer form head header hgroup hr html iframe label legend li main menu nav noscript ol optgroup
    option p picture pre search section select summary table tbody td template textarea tfoot th thead tr ul video
    """
)

# Elements that hold no text of the article wherever they stand, with the reason told in the plan.
SILENT = {
    "head": "head",
    "title": "head",
    "script": "script",
    "style": "style",
    "template": "template",
    "noscript": "noscript",
    "select": "form",
    "datalist": "form",
    "textarea": "form",
    "svg": "image",
    "canvas": "image",
    "iframe": "embed",
    "object": "embed",
    "audio": "embed",
    "video": "embed",
    "noembed": "embed",
    "noframes": "embed",
}

IN_HEAD = names("base basefont bgsound link meta noframes noscript script style template title head")
SCOPES = names("html table td th caption template object button")
TABLE_PARTS = names("table caption colgroup tbody thead tfoot tr td th")
CLOSES_PARAGRAPH = BLOCKS - names(
    "button col colgroup label legend option optgroup select textarea picture video iframe template noscript"
)

# A start tag closes the elements named first, unless one of those named second was opened since.
IMPLIED: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu", "dir"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "td": (frozenset({"td", "th"}), frozenset({"table"})),
    "th": (frozenset({"td", "th"}), frozenset({"table"})),
    "tr": (frozenset({"tr", "td", "th"}), frozenset({"table"})),
    "tbody": (frozenset({"tbody", "thead", "tfoot", "tr", "td", "th"}), frozenset({"table"})),
    "tfoot": (frozenset({"tbody", "thead", "tfoot", "tr", "td", "th"}), frozenset({"table"})),
    "option": (frozenset({"option"}), frozenset({"select"})),
}
