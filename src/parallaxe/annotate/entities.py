"""Entities and links proposed by rules: names of the knowledge base, names French knows, grammars, and capitals in context.

The article is folded once; one lookup finds names and the words at which grammars begin, one search the words with
capitals. What is found is remembered over the article (`Memory`): a clear name is the same thing wherever it stands,
a family name alone the person named in full. Of what overlaps the longest stands, with full names inside (§1, §6).

A link is the id of a row of the knowledge base; where none is meant it is `NIL:` and the slug of the usual name, so that
all mentions of one thing in an article share a cluster. Types of materiel and dates have no link.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from parallaxe.annotate.article import Article
from parallaxe.annotate.entity_rules import dates, events, institutions, materiel
from parallaxe.annotate.entity_rules.candidates import Candidate, Placed, settle
from parallaxe.annotate.entity_rules.folding import fold, fold_name
from parallaxe.annotate.entity_rules.geography import ACTING, kinds
from parallaxe.annotate.entity_rules.grammar import opens
from parallaxe.annotate.entity_rules.lexicon import Entry
from parallaxe.annotate.entity_rules.memory import Memory
from parallaxe.annotate.entity_rules.metonymy import is_metonymic
from parallaxe.annotate.entity_rules.names import (
    CLEAR,
    Chain,
    Reading,
    acronym_after,
    as_candidate,
    chains,
    read,
    with_particle,
)
from parallaxe.annotate.entity_rules.peoples import adjectives
from parallaxe.annotate.entity_rules.small_words import OPENERS
from parallaxe.annotate.gazetteer import KNOWN, Gazetteer
from parallaxe.core.claims import Entity, Provenance, Span
from parallaxe.core.knowledge import UNLINKED
from parallaxe.core.layer_format import mint
from parallaxe.text.document import Block

TOOL = "parallaxe-entities/1"
"""Name and version of these rules, in the provenance of every mention."""


@dataclass
class _Reading:
    """One article as it is read: what was found, what still waits for evidence, where the acting places stand."""

    text: str
    plain: str
    folded: str
    gazetteer: Gazetteer
    found: list[Candidate] = field(default_factory=list)
    shared: list[tuple[int, int, tuple[Entry, ...]]] = field(default_factory=list)
    waiting: list[tuple[Chain, Candidate | None]] = field(default_factory=list)
    kinds: dict[tuple[int, int], str] = field(default_factory=dict)


def propose_entities(article: Article, gazetteer: Gazetteer) -> list[Entity]:
    """The mentions of an article's annotated blocks, nested ones too, in the order of the text.

    Each has a score, the rule that fired (`why`), a link where its type has links, and `metonymic` where a place stands
    for its government. Nothing is found in a text without annotated blocks, or in a language without French words;
    the time grows with the text.
    """
    plain = fold(article.text)
    reading = _Reading(article.text, plain, f" {plain} ", gazetteer)
    for block in article.body:
        _look_up(reading, block)
        _read_chains(reading, block)
    _settle_shared(reading)
    memory = _remember(reading)
    reading.found += _repeated(reading, memory)
    return _claims(reading, settle(reading.text, reading.found), article)


def _look_up(reading: _Reading, block: Block) -> None:
    """Names and words of grammars of a block, each given to its rule."""
    for start, end, entries in reading.gazetteer.hits(reading.folded, block.start, block.end):
        named = [entry for entry in entries if entry.rule == KNOWN and _has_capital(reading.text, start, entry)]
        if len(named) > 1 or any(entry.generic for entry in named):
            reading.shared.append((start, end, tuple(named)))
        for entry in entries if len(named) < 2 else entries[len(named) :]:
            if entry.rule == KNOWN and (entry.generic or entry not in named):
                continue
            reading.found.extend(_RULES[entry.rule](reading, entry, start, end, block))
    reading.found.extend(dates.years(reading.text, block.start, block.end))


def _has_capital(text: str, start: int, entry: Entry) -> bool:
    """True where the text has a capital in one of the places of the spelling, the first if it is one word."""
    return not entry.capitals or any(text[start + offset].isupper() for offset in entry.capitals)


def _inner_signs_fit(text: str, start: int, end: int) -> bool:
    """True where no sentence ends between the words of a name: folding makes a space of every sign."""
    if " " not in text[start:end] and text[start:end].isalnum():
        return True
    return not any(sign in text[start:end] for sign in _BREAKS)


_BREAKS = (", ", "; ", ": ", "! ", "? ", "(", ")", "«", "»", "\n", " – ", " — ", "… ")


def _name(reading: _Reading, entry: Entry, start: int, end: int, block: Block) -> Iterator[Candidate]:  # noqa: ARG001
    """A name of a row of the knowledge base."""
    if not _inner_signs_fit(reading.text, start, end) or _end_of_sentence_inside(reading.text, start, end):
        return
    if entry.kind == "family" and _in_longer_name(reading.text, start, end):
        return
    begin, end = _without_loose_words(reading, entry, start, end)
    if entry.label == "LAW" and not entry.capitals and _shortened(reading, entry, start, end):
        return
    if entry.label == "LOC":
        reading.kinds[begin, end] = entry.kind
    why = "knowledge-base-family-name" if entry.kind == "family" else "knowledge-base"
    score = 0.8 if entry.kind == "family" else 0.97
    yield Candidate(begin, end, entry.label, entry.name, score, why, known=True, full=_is_full(entry))


def _is_full(entry: Entry) -> bool:
    return entry.label in ("LOC", "ORG", "EVENT") and bool(entry.capitals)


def _end_of_sentence_inside(text: str, start: int, end: int) -> bool:
    stop = text.find(". ", start, end)
    return stop >= 0 and stop - start > 1 and text[stop - 2] not in " .-"


def _in_longer_name(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start] == "-" or text[end : end + 1] == "-"


# « agence X », « groupe X »: the name alone is the mention, where the rest is a name of the same row.
_LOOSE = frozenset(
    (
        "agence groupe cabinet quotidien journal chaine societe bombardiers bombardier missile missiles drone"
        " drones avion"
    ).split()
)


def _without_loose_words(reading: _Reading, entry: Entry, start: int, end: int) -> tuple[int, int]:
    """A name without a general word before it and an adjective of a people behind, if it is one without them too."""
    words = reading.plain[start:end]
    if " " not in words:
        return start, end
    head, _, rest = words.partition(" ")
    if head in _LOOSE and reading.text[start].islower() and _is_spelling(reading, entry, rest):
        return end - len(rest), end
    rest, _, last = words.rpartition(" ")
    if entry.label in ("ORG", "LOC") and last in adjectives() and _is_spelling(reading, entry, rest):
        return start, start + len(rest)
    return start, end


def _is_spelling(reading: _Reading, entry: Entry, words: str) -> bool:
    row = reading.gazetteer.rows[entry.name]
    return any(words == fold_name(name) for name in (row.name, *row.aliases))


def _shortened(reading: _Reading, entry: Entry, start: int, end: int) -> bool:
    """True for « l'accord de sécurité » where the full name says which: the short one is a common noun."""
    full = fold_name(reading.gazetteer.rows[entry.name].name)
    words = reading.plain[start:end]
    return len(words) < len(full) and not (" global" in words or _SIGNED.match(reading.text, end))


_SIGNED = re.compile(r" (?:signé|conclu)e? (?:par|entre) ")


def _organisation(reading: _Reading, entry: Entry, start: int, end: int, block: Block) -> Iterator[Candidate]:
    if not _has_capital(reading.text, start, entry) or not _inner_signs_fit(reading.text, start, end):
        return
    if entry.kind == "ordinary" and opens(reading.text, start, block.start):
        return
    short = end - start <= 4 and not reading.text[start:end].isupper() and reading.text[start + 1 : end].islower()
    if short and opens(reading.text, start, block.start):
        return
    yield _listed(reading, entry, start, end, 0.9, "organisation-of-the-world")


def _listed(reading: _Reading, entry: Entry, start: int, end: int, score: float, why: str) -> Candidate:
    """A name that French knows, with the row of the knowledge base that has its id, if one does."""
    row = reading.gazetteer.rows.get(entry.name)
    known = row is not None and row.type == entry.label
    return Candidate(start, end, entry.label, entry.name, score, why, known=known, full=entry.label in ("LOC", "ORG"))


def _place(reading: _Reading, entry: Entry, start: int, end: int, block: Block) -> Iterator[Candidate]:
    if not _has_capital(reading.text, start, entry) or not _inner_signs_fit(reading.text, start, end):
        return
    if entry.kind == "cardinal":
        if opens(reading.text, start, block.start) or not _is_bloc(reading.text, start, end):
            return
        reading.kinds.setdefault((start, end), entry.kind)
        yield _listed(reading, entry, start, end, 0.5, "cardinal-with-capital")._replace(full=False)
        return
    reading.kinds.setdefault((start, end), entry.kind)
    doubtful = _doubtful_place(reading.text, start, end, block)
    yield _listed(reading, entry, start, end, 0.4 if doubtful else 0.92, f"place-{entry.kind}")


def _is_bloc(text: str, start: int, end: int) -> bool:
    """« le Nord », « au Sud »; not « Nord-Est », « Corée du Nord »."""
    return (
        text[max(0, start - 3) : start].casefold().endswith(("le ", "au ", "du ", " l'", " l’"))
        and text[end : end + 1] != "-"
    )


def _doubtful_place(text: str, start: int, end: int, block: Block) -> bool:
    """True for one short word that opens a sentence: « Nice », « Tours »."""
    return (
        end - start <= 5
        and " " not in text[start:end]
        and opens(text, start, block.start)
        and text[end : end + 2] not in (", ", " —", " –")
    )


def _people(reading: _Reading, entry: Entry, start: int, end: int, block: Block) -> Iterator[Candidate]:
    text = reading.text
    if not text[start].isupper() or text[start:end].isupper():
        return
    plural = text[end - 1] in "sx"
    if not plural and not _DETERMINED(text[max(block.start, start - 6) : start].casefold()):
        return
    if opens(text, start, block.start) and text[end : end + 1] == " " and text[end + 1 : end + 2].isupper():
        return
    yield _listed(reading, entry, start, end, 0.9 if plural else 0.7, "people")


def _DETERMINED(before: str) -> bool:  # noqa: N802 - reads as a test on words
    return before.endswith(
        (" un ", " une ", " le ", " la ", " l'", " l’", " ce ", " cet ", " du ", " au ", " d'un ", "chaque ")
    )


def _named(reading: _Reading, entry: Entry, start: int, end: int, block: Block) -> Iterator[Candidate]:
    """An event that has one fixed name."""
    if not _has_capital(reading.text, start, entry) or not _inner_signs_fit(reading.text, start, end):
        return
    alone = " " not in reading.text[start:end] and "-" not in reading.text[start:end]
    if alone and opens(reading.text, start, block.start) and reading.text[end : end + 1] not in ",.":
        return
    yield _listed(reading, entry, start, end, 0.85, "named-event")


def _named_materiel(reading: _Reading, entry: Entry, start: int, end: int, block: Block) -> Iterator[Candidate]:
    if not reading.text[start].isupper() or opens(reading.text, start, block.start):
        return
    if materiel.is_risky(reading.plain[start:end]):
        return
    yield _listed(reading, entry, start, end, 0.85, "named-materiel")


def _date(reading: _Reading, entry: Entry, start: int, end: int, block: Block) -> Iterator[Candidate]:  # noqa: ARG001
    found = dates.date_at(reading.text, start, end, block.start)
    if found and found.end <= block.end:
        yield found


def _type(reading: _Reading, entry: Entry, start: int, end: int, block: Block) -> Iterator[Candidate]:  # noqa: ARG001
    yield from materiel.type_at(reading.text, start, end, block.start, block.end)


def _event(reading: _Reading, entry: Entry, start: int, end: int, block: Block) -> Iterator[Candidate]:  # noqa: ARG001
    found = events.event_at(reading.text, reading.plain, start, end, block.end)
    if found:
        rows = reading.gazetteer.rows
        name = next((name for name in events.other_ids(found.name or "") if name in rows), None)
        yield found._replace(name=name, known=True) if name else found


def _law(reading: _Reading, entry: Entry, start: int, end: int, block: Block) -> Iterator[Candidate]:  # noqa: ARG001
    yield from events.laws_at(reading.text, reading.plain, start, end, block.end)


def _institution(reading: _Reading, entry: Entry, start: int, end: int, block: Block) -> Iterator[Candidate]:  # noqa: ARG001
    opening = opens(reading.text, start, block.start)
    found = institutions.institution_at(reading.text, reading.plain, start, end, block.start, block.end, opens=opening)
    if found:
        yield found


def _place_head(reading: _Reading, entry: Entry, start: int, end: int, block: Block) -> Iterator[Candidate]:  # noqa: ARG001
    found = institutions.place_at(reading.text, reading.plain, start, end, block.end)
    if found:
        yield found


def _ministry(reading: _Reading, entry: Entry, start: int, end: int, block: Block) -> Iterator[Candidate]:  # noqa: ARG001
    found = institutions.ministry_at(reading.text, reading.plain, start, end, block.end)
    if found:
        yield found


_RULES: dict[str, Callable[[_Reading, Entry, int, int, Block], Iterable[Candidate]]] = {
    KNOWN: _name,
    "organisation": _organisation,
    "place": _place,
    "people": _people,
    "named-event": _named,
    "named-materiel": _named_materiel,
    "date": _date,
    "type": _type,
    "event": _event,
    "law": _law,
    "institution": _institution,
    "place-head": _place_head,
    "ministry": _ministry,
}


def _settle_shared(reading: _Reading) -> None:
    """Names that several rows have, or that name nothing alone, by what else the article names of these rows."""
    if not reading.shared:
        return
    named = Counter(candidate.name for candidate in reading.found if candidate.known)
    for start, end, entries in reading.shared:
        if not _inner_signs_fit(reading.text, start, end):
            continue
        entry = max(entries, key=lambda entry: (named[entry.name], entry.kind == "name"))
        if named[entry.name] == 0 and entry.generic:
            continue
        score = 0.8 if named[entry.name] else 0.4
        if entry.label == "LOC":
            reading.kinds[start, end] = entry.kind or "state"
        reading.found.append(
            Candidate(start, end, entry.label, entry.name, score, "knowledge-base-by-context", known=True)
        )


def _read_chains(reading: _Reading, block: Block) -> None:
    """Capital words of a block that no name covers, read in their context."""
    text = reading.text
    for short in chains(text, block.start, block.end):
        if _has_digits(text, short.start, short.end):
            reading.found.extend(materiel.designations(text, short.start, min(short.end + 6, block.end)))
        chain = with_particle(text, short)
        understood = read(text, chain)
        candidate = as_candidate(text, chain, understood) if understood.label else None
        reading.waiting.append((chain, candidate))


def _has_digits(text: str, start: int, end: int) -> bool:
    """True where capital words hold figures, or figures follow: « B-52 », « S 400 »."""
    return (not text[start:end].isalpha() and bool(_DIGIT.search(text, start, end))) or text[
        end + 1 : end + 2
    ].isdigit()


_DIGIT = re.compile(r"\d")


def _remember(reading: _Reading) -> Memory:
    """What the article says clearly: first the names that were found, then the chains that no longer name contains."""
    memory = Memory()
    memory.learn(reading.text, (found for found in reading.found if found.label in _NAMES))
    clear = [found for _, found in reading.waiting if found and found.score >= CLEAR]
    covered = {(found.start, found.end) for found in reading.found}
    memory.learn(reading.text, (found for found in clear if (found.start, found.end) not in covered))
    for found in [*reading.found, *clear]:
        if found.label == "ORG":
            acronym = acronym_after(reading.text, found.end)
            if acronym:
                memory.alias(fold_name(reading.text[slice(*acronym)]), found)
        elif found.why == institutions.PLACE_HEAD:
            short = institutions.short_place(reading.text[found.start : found.end])
            if short:
                memory.alias(short, found)
    return memory


_NAMES = frozenset({"PER", "ORG", "LOC", "PRODUCT", "EVENT"})


def _repeated(reading: _Reading, memory: Memory) -> Iterator[Candidate]:
    """The chains as candidates, each as what its words name elsewhere in the article, or as it was read."""
    spans = {(found.start, found.end): found for found in reading.found if found.label != "DATE"}
    starts = {found.start: found for found in sorted(reading.found, key=lambda found: found.end)}
    ends = {found.end: found for found in reading.found if found.name is not None}
    for chain, candidate in reading.waiting:
        if (chain.start, chain.end) in spans:
            yield from _rename(chain, spans[chain.start, chain.end], candidate)
            continue
        for found in _chain(reading, memory, chain, candidate, starts, ends):
            ends[found.end] = found
            yield found


def _rename(chain: Chain, found: Candidate, candidate: Candidate | None) -> Iterator[Candidate]:
    """A listed name that stands as a person after a title: « M. Lorraine »."""
    if candidate and candidate.label == "PER" and candidate.why == "courtesy" and not found.known:
        yield candidate._replace(score=0.97)


def _chain(
    reading: _Reading,
    memory: Memory,
    chain: Chain,
    candidate: Candidate | None,
    starts: dict[int, Candidate],
    ends: dict[int, Candidate],
) -> Iterator[Candidate]:
    text = reading.text
    words = fold_name(text[chain.start : chain.end])
    if _made_of_names(text, chain, starts):
        return
    remembered = memory.recall(words)
    if remembered and (
        candidate is None or candidate.score < CLEAR or remembered.known or candidate.label == remembered.label
    ):
        known = remembered.known
        own = candidate is not None and candidate.score >= CLEAR and candidate.label == remembered.label
        score, why = (
            (candidate.score, candidate.why) if candidate and own else (min(0.9, remembered.score), "named-before")
        )
        full = remembered.label in ("LOC", "ORG")
        yield Candidate(chain.start, chain.end, remembered.label, remembered.name, score, why, known=known, full=full)
        return
    if chain.end in ends and _name_after_first_word(text, chain, starts):
        return
    parts = _joined(text, chain, memory) if "-" in words or "-" in text[chain.start : chain.end] else []
    if parts:
        yield from parts
        return
    if candidate and candidate.score >= _LEAST:
        yield candidate
    elif candidate is None or candidate.why.startswith("article"):
        yield from _coordinated(text, chain, ends)


_LEAST = 0.45
"""Below this score a name is not proposed unless the article is clear about it elsewhere."""


def _made_of_names(text: str, chain: Chain, starts: dict[int, Candidate]) -> bool:
    """True for « Poutine-Kim » and « Moscou Pékin »: listed names one after the other."""
    position = chain.start
    count = 0
    while position < chain.end:
        found = starts.get(position)
        if not found or found.end > chain.end or not found.name:
            return False
        position = found.end + 1
        count += 1
    return count > 1 and position == chain.end + 1 and " " not in text[chain.start : chain.end]


def _name_after_first_word(text: str, chain: Chain, starts: dict[int, Candidate]) -> bool:
    """True where the first word only opens the sentence and a listed name is all the rest: « Reste Moscou »."""
    space = text.find(" ", chain.start, chain.end)
    found = starts.get(space + 1) if space >= 0 else None
    only_opens = chain.opening or fold_name(text[chain.start : space]) in OPENERS
    return bool(found and found.end == chain.end and only_opens)


def _coordinated(text: str, chain: Chain, ends: dict[int, Candidate]) -> Iterator[Candidate]:
    """« MM. Jaurès, Briand et Viviani »: what is joined to a person or place by a comma or « et » is one too."""
    if " " in text[chain.start : chain.end] or chain.opening:
        return
    for tie in (", ", " et ", " ou "):
        before = chain.start - len(tie)
        found = ends.get(before) if text[max(chain.block_start, before) : chain.start] == tie else None
        if found and found.label in ("PER", "LOC"):
            yield as_candidate(text, chain, Reading(found.label, 0.5, "coordination"))


def _joined(text: str, chain: Chain, memory: Memory) -> list[Candidate]:
    """« Poutine-Kim »: names of the article that a hyphen joins, each one a mention."""
    found: list[Candidate] = []
    position = chain.start
    for part in text[chain.start : chain.end].split("-"):
        remembered = memory.recall(fold_name(part))
        if not remembered or not part:
            return []
        what = remembered
        end = position + len(part)
        found.append(Candidate(position, end, what.label, what.name, 0.8, "named-before", known=what.known))
        position = end + 1
    return found


def _claims(reading: _Reading, placed: Sequence[Placed], article: Article) -> list[Entity]:
    """Placed candidates as claims; metonymy is asked of places that act, where they stand for themselves."""
    taken: set[str] = set()
    blocks = iter(article.body)
    block = next(blocks, None)
    claims = []
    for candidate, nested in placed:
        while block and block.end < candidate.end:
            block = next(blocks, None)
        if block is None:
            break
        claims.append(_claim(reading, candidate, block, taken, nested=nested))
    return claims


def _claim(reading: _Reading, found: Candidate, block: Block, taken: set[str], *, nested: bool) -> Entity:
    stands_for = None
    if found.label == "LOC" and not nested and _acts(reading, found):
        kind = _kind(reading, found)
        if is_metonymic(reading.text, found.start, found.end, kind, block.start, block.end):
            stands_for = "ORG"
    fragments = (*((Span(*found.head),) if found.head else ()), Span(found.start, found.end))
    seed = f"{found.label}:{found.start}:{found.end}"
    link = None if found.name is None else found.name if found.known else f"{UNLINKED}{found.name}"
    provenance = Provenance(origin=None, tool=TOOL, score=round(found.score, 3), why=found.why)
    return Entity(mint(seed, taken), fragments, found.label, stands_for, link, provenance)


def _kind(reading: _Reading, found: Candidate) -> str:
    kind = reading.kinds.get((found.start, found.end))
    return kind or kinds().get(fold_name(reading.text[found.start : found.end]), "")


def _acts(reading: _Reading, found: Candidate) -> bool:
    return _kind(reading, found) in ACTING
