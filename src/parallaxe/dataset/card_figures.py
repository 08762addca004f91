"""Tables of the card that are counted in the data, each under the name of its marks.

Press and synthetic texts stand in rows or tables of their own: nothing here adds the one to the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from parallaxe.core.schema import LabelSet, Schemas
from parallaxe.dataset.card_counts import COUNTED, MADE_BY, Counts
from parallaxe.dataset.markdown import markdown_table
from parallaxe.dataset.splits import SPLITS

LONGEST = 20
"""More outlets or events than these are not listed one by one."""

NONE = "–"
NOTHING = "There is none in this dataset."


class Article(NamedTuple):
    """What is counted of an article; the fields are the columns, then its split."""

    article_id: str
    text_origin: int
    rights: int
    license: str | None
    outlet: str | None
    event: str | None
    near_duplicate_group: str | None
    published: date | None
    n_sentences: int
    n_tokens: int
    split: str


def card_figures(counts: Counts, schemas: Schemas) -> dict[str, str]:
    """Every table, by the name of its marks; empty where there is nothing to count."""
    articles = [
        Article._make((*key, split))
        for (config, split), counted in sorted(counts.items())
        if config == "articles"
        for key in sorted(counted, key=str)
    ]
    return {
        "texts": _texts(articles, schemas),
        "outlets": _outlets(articles, schemas),
        "events": _events(articles, schemas),
        "splits": _splits(articles, counts),
        "labels": _labels(counts, schemas),
        "stances": _stances(counts, articles, schemas),
        "layers": _layers(counts, schemas),
    }


def _texts(articles: Sequence[Article], schemas: Schemas) -> str:
    rows = []
    for key, own in _grouped(articles, lambda article: (article.text_origin, article.rights, article.license or NONE)):
        origin, rights, license_ = key
        days = sorted(article.published for article in own if article.published)
        period = f"{days[0]} to {days[-1]}" if days else "not known"
        counts = (len(own), _distinct(own, "outlet"), _distinct(own, "event"), *_sizes(own))
        names = _name(schemas, "articles", "text_origin", origin), _name(schemas, "articles", "rights", rights)
        rows.append((*names, license_, period, *map(_number, counts)))
    header = ("texts", "rights", "licence", "published", "articles", "outlets", "events", "sentences", "tokens")
    return _table(header, rows, 4)


def _outlets(articles: Sequence[Article], schemas: Schemas) -> str:
    named = [article for article in articles if article.outlet]
    rows = [
        (outlet, _name(schemas, "articles", "text_origin", origin), *map(_number, (len(own), *_sizes(own))))
        for (origin, outlet), own in _grouped(named, lambda article: (article.text_origin, article.outlet or ""))
    ]
    return _shortened(("outlet", "texts", "articles", "sentences", "tokens"), rows, 2)


def _events(articles: Sequence[Article], schemas: Schemas) -> str:
    origins = sorted({article.text_origin for article in articles})
    rows = []
    for event, own in _grouped([article for article in articles if article.event], lambda article: article.event or ""):
        counted = Counter(article.text_origin for article in own)
        rows.append((f"`{event}`", *(_number(counted[origin]) for origin in origins)))
    header = ("event", *(_name(schemas, "articles", "text_origin", origin) for origin in origins))
    return _shortened(header, rows, 1)


def _splits(articles: Sequence[Article], counts: Counts) -> str:
    present = [split for split in SPLITS if any(article.split == split for article in articles)]
    own = {split: [article for article in articles if article.split == split] for split in present}
    links = {split: _links(counts.get(("entities", split), Counter())) for split in present}
    rows: list[tuple[str, list[int]]] = [
        ("articles", [len(own[split]) for split in present]),
        ("groups of near-duplicates", [_distinct(own[split], "near_duplicate_group") for split in present]),
        ("events", [_distinct(own[split], "event") for split in present]),
        ("outlets", [_distinct(own[split], "outlet") for split in present]),
        ("sentences", [_sizes(own[split])[0] for split in present]),
        ("tokens", [_sizes(own[split])[1] for split in present]),
        ("mentions of an entity of the knowledge base", [links[split][0] for split in present]),
        ("entities mentioned", [links[split][1] for split in present]),
    ]
    told = [(name, *map(_number, numbers)) for name, numbers in rows if any(numbers)]
    return _table(("", *present), told, 1)


def _links(counted: Counter[tuple[Any, ...]]) -> tuple[int, int]:
    """Mentions that are linked into the knowledge base, and to how many entities."""
    linked = {key: count for key, count in counted.items() if key[1] and not key[1].startswith("NIL:")}
    return sum(linked.values()), len({key[1] for key in linked})


_LABELLED = (("entities", "label"), ("quotes", "type"), ("stances", "level"), ("stances", "polarity"))


def _labels(counts: Counts, schemas: Schemas) -> str:
    present = [split for split in SPLITS if any((config, split) in counts for config, _ in _LABELLED)]
    rows: list[tuple[str, ...]] = []
    for config, column in _LABELLED:
        if not any((config, split) in counts for split in present):
            continue
        place = COUNTED[config].index(column)
        by_split = {split: _by(counts.get((config, split), Counter()), place) for split in present}
        labels = _label_set(schemas, config, column)
        for number, name in enumerate(labels.names):
            if any(counted[number] for counted in by_split.values()):
                numbers = (_number(by_split[split][number]) for split in present)
                rows.append((f"`{config}.{column}`", f"`{name}`", *numbers))
    return _table(("column", "label", *present), rows, 2)


def _stances(counts: Counts, articles: Sequence[Article], schemas: Schemas) -> str:
    """Polarities by target, a table for the texts of each origin."""
    origin_of = {article.article_id: article.text_origin for article in articles}
    by_origin: dict[int, Counter[tuple[int, int]]] = {}
    for (config, _), counted in counts.items():
        for (article_id, _, target, polarity, *_), count in counted.items() if config == "stances" else ():
            if article_id in origin_of:
                by_origin.setdefault(origin_of[article_id], Counter())[target, polarity] += count
    if not by_origin:
        return NOTHING
    polarities, targets = (_label_set(schemas, "stances", name) for name in ("polarity", "target"))
    told = []
    for origin, found in sorted(by_origin.items()):
        rows = [
            (f"`{name}`", *(_number(found[target, polarity]) for polarity in range(len(polarities.names))))
            for target, name in enumerate(targets.names)
            if any(found[target, polarity] for polarity in range(len(polarities.names)))
        ]
        texts = _name(schemas, "articles", "text_origin", origin)
        header = (f"target, in {texts} texts", *(f"`{name}`" for name in polarities.names))
        told.append(markdown_table(header, rows, words=1))
    return "\n\n".join(told)


def _layers(counts: Counts, schemas: Schemas) -> str:
    """Who made how many claims: of every layer, or, where layers are not kept, of the rows."""
    kinds = _label_set(schemas, "annotations", "kind").names if _has(counts, "annotations") else ()
    made = (
        {kind: _made(counts, "annotations", number) for number, kind in enumerate(kinds)}
        if kinds
        else {config: _made(counts, config) for config in ("entities", "quotes", "stances") if _has(counts, config)}
    )
    rows = [
        (
            f"`{layer}`",
            annotator,
            _name(schemas, "annotations", "annotator_type", type_),
            *(_number(counted[layer, annotator, type_]) for counted in made.values()),
        )
        for layer, annotator, type_ in sorted({key for counted in made.values() for key in counted})
    ]
    return _table(("layer", "annotator", "which is a", *(f"`{name}`" for name in made)), rows, 3)


def _has(counts: Counts, wanted: str) -> bool:
    return any(config == wanted for config, _ in counts)


def _made(counts: Counts, wanted: str, kind: int | None = None) -> Counter[tuple[Any, ...]]:
    """Rows of a config by who made them; of one kind of claim, or all."""
    columns = COUNTED[wanted]
    places = [columns.index(column) for column in MADE_BY]
    found: Counter[tuple[Any, ...]] = Counter()
    for (config, _), counted in counts.items():
        for key, count in counted.items() if config == wanted else ():
            if kind is None or key[columns.index("kind")] == kind:
                found[tuple(key[place] for place in places)] += count
    return found


def _grouped(articles: Sequence[Article], key: Callable[[Article], Any]) -> Iterator[tuple[Any, Sequence[Article]]]:
    groups: dict[Any, list[Article]] = {}
    for article in articles:
        groups.setdefault(key(article), []).append(article)
    yield from sorted(groups.items())


def _by(counted: Mapping[tuple[Any, ...], int], place: int) -> Counter[Any]:
    found: Counter[Any] = Counter()
    for key, count in counted.items():
        found[key[place]] += count
    return found


def _distinct(articles: Sequence[Article], field: str) -> int:
    return len({getattr(article, field) for article in articles} - {None})


def _sizes(articles: Sequence[Article]) -> tuple[int, int]:
    return sum(article.n_sentences for article in articles), sum(article.n_tokens for article in articles)


def _label_set(schemas: Schemas, table: str, column: str) -> LabelSet:
    labels = schemas.table(table).column(column).labels
    assert labels is not None
    return labels


def _name(schemas: Schemas, table: str, column: str, number: int) -> str:
    names = _label_set(schemas, table, column).names
    return names[number] if number < len(names) else str(number)


def _number(count: int) -> str:
    return f"{count:,}" if count else NONE


def _shortened(header: Sequence[str], rows: Sequence[Sequence[str]], words: int) -> str:
    """A table of names, or how many there are where they would be too many to read."""
    if len(rows) > LONGEST:
        return f"{len(rows):,} different ones, too many to list."
    return _table(header, rows, words)


def _table(header: Sequence[str], rows: Sequence[Sequence[str]], words: int) -> str:
    return markdown_table(header, rows, words) if rows else NOTHING
