"""Rules of the stations of a project: the catalogue and its raw files, text layers, schemas, what is rendered, corpus.

Whoever reads the disk (`store.facts`) makes values of it; the rules here only judge them. All paths are as a reader of
the report would type them. The examples are done to a small project: an open article `le-port`, a restricted one
`la-gare`, a gold layer of the first, and the dataset built from them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from parallaxe.validate.exposure import LARGEST_SHARE, LONGEST_RUN, Exposure
from parallaxe.validate.failures import Complaint
from parallaxe.validate.rule import Question, Unchecked, question

Complaints: TypeAlias = Iterator[Complaint]


class RawFile(NamedTuple):
    """A row of the catalogue beside what stands at its place.

    `found_sha256` is null where there is no file. `unreadable` says why it cannot become a text, `leaving` why a link
    is none that may be followed, `text_layer` what is wrong with the text layer of a restricted article.
    """

    article_id: str
    file: str
    line: int
    is_open: bool
    sha256: str
    found_sha256: str | None = None
    leaving: str | None = None
    unreadable: str | None = None
    text_layer: str | None = None


class Sources(NamedTuple):
    """What a dataset is made of: the hash of each article's text, and the number of claims by layer and article."""

    texts: Mapping[str, str]
    claims: Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class Stations:
    """A project as it stands on the disk.

    `broken_rows` are of the catalogue, `broken_entities` of the knowledge base. `rendered` are files, and `figures`
    tables between marks, that are not what their sources say; `unrendered` says why they could not be compared.
    `prompts` are places of the card where nobody has written yet, `citation` what disagrees with it.
    `built` is null where there is no dataset. Articles that are `unknown` could not be read, which is told apart.
    `taken_down` are rows and layers of articles that were taken down, `exposures` of restricted articles that are here,
    `absent` the ids of those that are not.
    """

    catalogue: str
    corpus: str
    broken_rows: tuple[Complaint, ...] = ()
    raw_files: tuple[RawFile, ...] = ()
    strays: tuple[str, ...] = ()
    schemas: tuple[Complaint, ...] = ()
    broken_entities: tuple[Complaint, ...] = ()
    rendered: tuple[str, ...] = ()
    figures: tuple[Complaint, ...] = ()
    prompts: tuple[Complaint, ...] = ()
    citation: tuple[Complaint, ...] = ()
    unrendered: Complaint | None = None
    sources: Sources | None = None
    built: Sources | None = None
    unknown: frozenset[str] = field(default=frozenset())
    taken_down: tuple[Complaint, ...] = ()
    exposures: tuple[Exposure, ...] = ()
    absent: tuple[str, ...] = ()


@question(level=1, about="project")
def catalogue_row(stations: Stations) -> Complaints:
    """Every line of `seeds/catalogue.jsonl` is a row: all keys and no others, ids and files once, hash, rights, date.

    Fails:
        row seeds/catalogue.jsonl
            {"id": "le-quai"}

    Passes:
        replace seeds/catalogue.jsonl
            "date": null
            "date": "2024-03-03"
    """
    yield from stations.broken_rows


@question(level=1, about="project")
def raw_file_missing(stations: Stations) -> Complaints:
    """The file of a row is there; of a restricted article its text layer is enough.

    Fails:
        remove seeds/open/le-port.txt

    Passes:
        remove seeds/restricted/la-gare.txt
    """
    for raw in stations.raw_files:
        if raw.found_sha256 is None and raw.leaving is None:
            if raw.is_open:
                message = "the catalogue names a file that is not there; restore the file, or take its row away"
                yield _about(raw, message)
            elif raw.text_layer is not None:
                message = "a restricted article has neither file nor text layer; `parallaxe hydrate DIR` with a copy"
                yield _about(raw, message)


@question(level=1, about="project")
def raw_file_inside(stations: Stations) -> Complaints:
    """No link leads out of `seeds/`, or nowhere.

    A clone would not hold what it leads to, and a dataset could publish a file that nobody meant to.

    Fails:
        link seeds/open/le-port.txt ../../../ailleurs.txt

    Passes:
        link seeds/open/le-port.txt ../le-port-bis.txt
        write seeds/le-port-bis.txt
            Le port attend

            Jeanne Kerbrat parle. « On verra bien », dit-elle.
    """
    for raw in stations.raw_files:
        if raw.leaving is not None:
            yield _about(raw, raw.leaving)


@question(level=1, about="project")
def raw_file_hash(stations: Stations) -> Complaints:
    """A raw file has the bytes that the catalogue names by their SHA-256.

    Offsets of layers count in the text of these bytes. An editor that converts line ends changes them, and so does
    git without `.gitattributes`.

    Fails:
        append seeds/open/le-port.txt
            Rien de neuf.

    Passes:
        write seeds/open/le-port.txt
            Le port attend

            Jeanne Kerbrat parle. « On verra bien », dit-elle.
    """
    for raw in stations.raw_files:
        if raw.found_sha256 is not None and raw.found_sha256 != raw.sha256:
            remedy = "restore it, or `parallaxe migrate` if an open article was edited on purpose"
            yield _about(raw, f"the file is not the one in the catalogue; {remedy}")


@question(level=1, about="project")
def raw_file_readable(stations: Stations) -> Complaints:
    """A raw file becomes a text: it is not empty, its encoding can be told, a page holds an article.

    Fails:
        write seeds/open/vide.txt
        row seeds/catalogue.jsonl
            {"id": "vide", "file": "open/vide.txt", "size": 0,
             "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
             "language": null, "outlet": null, "date": null, "rights": "open", "license": null,
             "text_origin": "press", "event": null}

    Passes:
        write seeds/notes.txt
    """
    for raw in stations.raw_files:
        if raw.unreadable is not None:
            yield _about(raw, raw.unreadable)


@question(level=1, about="project")
def raw_file_stray(stations: Stations) -> Complaints:
    """Every file below `seeds/open` and `seeds/restricted` has a row in the catalogue.

    Fails:
        write seeds/open/le-quai.txt
            Le quai est vide.

    Passes:
        write seeds/LISEZMOI.txt
            Le quai est vide.
    """
    for file in stations.strays:
        yield Complaint("a file without a row in the catalogue; `parallaxe add` it, or take it away", file)


@question(level=1, about="project")
def text_layer_current(stations: Stations) -> Complaints:
    """The text layer of a restricted article says what its file gives today.

    A clone without the article builds from its text layer: were it stale, two people would build two datasets.

    Fails:
        remove annotations/layers/text/la-gare.jsonl

    Passes:
        remove seeds/restricted/la-gare.txt
    """
    for raw in stations.raw_files:
        if raw.text_layer is not None and raw.found_sha256 == raw.sha256:
            yield _about(raw, raw.text_layer)


def _about(raw: RawFile, message: str) -> Complaint:
    return Complaint(message, raw.file, None, None, raw.article_id)


@question(level=1, about="project")
def taken_down(stations: Stations) -> Complaints:
    """An article that was taken down has no row, by its id or by its bytes, and no layer.

    A merge of a branch that was begun before brings it back in silence; so does a takedown that was cut short.

    Fails:
        row annotations/takedowns.jsonl
            {"id": "le-port", "date": "2024-03-01", "reason": null,
             "sha256": "0000000000000000000000000000000000000000000000000000000000000000"}

    Passes:
        row annotations/takedowns.jsonl
            {"id": "le-phare", "date": "2024-03-01", "reason": "son auteur l'a demandé",
             "sha256": "0000000000000000000000000000000000000000000000000000000000000000"}
    """
    yield from stations.taken_down


@question(level=2, about="project")
def schema_readable(stations: Stations) -> Complaints:
    """The files in `schemas/` can be read, and agree with each other.

    All else is built from them, so little is asked until they can.

    Fails:
        append schemas/labels.toml
            [polarities

    Passes:
        append schemas/labels.toml
            # Fin.
    """
    yield from stations.schemas


@question(level=2, about="project")
def knowledge_base_row(stations: Stations) -> Complaints:
    """Every line of `annotations/knowledge_base.jsonl` is an entity, with labels of `schemas/`, and no id comes twice.

    Fails:
        row annotations/knowledge_base.jsonl
            {"kb_id": "seoul"}

    Passes:
        row annotations/knowledge_base.jsonl
            {"kb_id": "seoul", "type": "LOC", "name": "Séoul", "aliases": [], "description": "Une capitale.",
             "wikidata": null, "relations": [], "actor": null}
    """
    yield from stations.broken_entities


@question(level=2, about="project")
def rendered_file(stations: Stations) -> Complaints:
    """What is rendered from `schemas/` is what they say: JSON Schemas, the reference, tables of the guidelines.

    Fails:
        append schemas/REFERENCE.md
            Fin.

    Passes:
        append schemas/README.md
            Fin.
    """
    if stations.unrendered is not None:
        yield stations.unrendered
    for file in stations.rendered:
        yield Complaint("is not what its sources say; run `parallaxe render`", file)


@question(level=5, about="project", severity="warning")
def card_figures(stations: Stations) -> Complaints:
    """Figures between marks, in card and README, are those of the data.

    After a build they are those of the one before, until `parallaxe render`; `render --check` refuses them.

    Fails:
        replace DATASET_CARD.md
            | `articles` | an article | 1 |
            | `articles` | an article | 300 |

    Passes:
        append DATASET_CARD.md
            Trois cents articles suivront.
    """
    yield from stations.figures


@question(level=5, about="project", severity="warning")
def card_unfinished(stations: Stations) -> Complaints:
    """No prompt is left in the card: every `[…]` of a new project is answered, or taken away with its section.

    Who uses a dataset has only the card to know who is named in it, what it was made for, and what it must not be used
    for. A section that holds a prompt alone is left out of `croissant.json`.

    Fails:
        append DATASET_CARD.md
            [Who wrote the texts…]

    Passes:
        append DATASET_CARD.md
            La suite […] manque.
    """
    yield from stations.prompts


@question(level=2, about="project")
def citation_agrees(stations: Stations) -> Complaints:
    """`CITATION.cff`, where there is one, cites the version and the name of the card, and a licence that it has.

    Fails:
        write CITATION.cff
            cff-version: 1.2.0
            message: Citez ce corpus.
            title: Projet, un corpus
            version: 9.0.0
            authors: [{name: Le port}]

    Passes:
        write CITATION.cff
            cff-version: 1.2.0
            message: Citez ce corpus.
            title: Projet, un corpus
            version: 0.1.0
            authors: [{name: Le port}]
    """
    yield from stations.citation


@question(level=5, about="project")
def corpus_current(stations: Stations) -> Iterator[Complaint | Unchecked]:
    """The dataset in `corpus/` was built from the articles and layers that stand in the project now.

    Told by the hashes of texts and the number of claims of each layer, without building again; `make corpus` in CI
    compares every byte.

    Fails:
        remove annotations/layers/gold/le-port.jsonl

    Passes:
        append annotations/GUIDELINES.md
            Fin.
    """
    if stations.built is None or stations.sources is None:
        yield Unchecked(f"no dataset in {stations.corpus}; `parallaxe build` makes it")
        return
    is_empty = not stations.sources.texts
    remedy = "delete it, the project has no article" if is_empty else "build it again (`parallaxe build`)"
    # An article without a row may be one whose row is broken.
    lost = set(stations.built.texts) - set(stations.sources.texts) if stations.broken_rows else set()
    unknown = stations.unknown | lost
    for article_id in sorted({*stations.sources.texts, *stations.built.texts} - unknown):
        ours, theirs = stations.sources.texts.get(article_id), stations.built.texts.get(article_id)
        if ours != theirs:
            state = "lacks an article" if theirs is None else "holds an article that is gone" if ours is None else "has"
            told = "another text of an article" if state == "has" else ""
            yield _stale(stations, f"{state} {told}".strip() + f"; {remedy}", article_id)
    for layer, article_id in sorted({*stations.sources.claims, *stations.built.claims}):
        counts = [sources.claims.get((layer, article_id), 0) for sources in (stations.sources, stations.built)]
        if counts[0] != counts[1] and article_id not in unknown:
            value = f"{layer}: {counts[0]} claims, built {counts[1]}"
            yield _stale(stations, f"has other claims than the layers; {remedy}", article_id, value)


@question(level=5, about="project")
def text_exposed(stations: Stations) -> Iterator[Complaint | Unchecked]:
    """Nobody can rebuild a restricted text from the files that a clone holds.

    Fewer than 12 of its words in a row stand in any file, and fewer than a quarter of its words can be placed: by
    mentions whose entity has a name, and by rows of words that are found elsewhere and fit between those. It is asked
    where the restricted texts are at hand, of all files that git tracks or would add; `parallaxe exposure` shows the
    figures of every article. Offsets in the report are those of the longest row, whose words are not repeated.

    Fails:
        write annotations/NOTES.md
            La gare attend : le convoi est parti avant l'aube, dit un cheminot.

    Passes:
        write annotations/NOTES.md
            Le convoi est parti.
    """
    if stations.absent:
        count = len(stations.absent)
        yield Unchecked(f"{count} restricted {'text is' if count == 1 else 'texts are'} not here; `parallaxe hydrate`")
    for exposure in stations.exposures:
        if exposure.is_too_much:
            yield Complaint(_exposed(exposure), stations.catalogue, None, None, exposure.article_id, *exposure.run)


def _exposed(exposure: Exposure) -> str:
    remedy = "`parallaxe exposure` tells more"
    if exposure.longest_copy >= LONGEST_RUN:
        return f"{exposure.longest_copy} words in a row stand in {exposure.copied_from}; take them out there; {remedy}"
    if exposure.longest_run >= LONGEST_RUN:
        return f"{exposure.longest_run} words in a row can be rebuilt, {LONGEST_RUN} are too many; {remedy}"
    return f"{exposure.share:.0%} of the words can be rebuilt, {LARGEST_SHARE:.0%} are too many; {remedy}"


def _stale(stations: Stations, message: str, article_id: str, value: str | None = None) -> Complaint:
    return Complaint(message, stations.corpus, None, value, article_id)


STATION_RULES: tuple[Question[Stations], ...] = (
    catalogue_row,
    raw_file_missing,
    raw_file_inside,
    raw_file_hash,
    raw_file_readable,
    raw_file_stray,
    text_layer_current,
    taken_down,
    schema_readable,
    knowledge_base_row,
    rendered_file,
    citation_agrees,
    card_figures,
    card_unfinished,
    corpus_current,
    text_exposed,
)
