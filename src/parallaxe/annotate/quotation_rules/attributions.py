"""From cues and incises to attributions of one block: who said what, in which words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import accumulate

from parallaxe.annotate.quotation_rules.clauses import content_end, trimmed_end
from parallaxe.annotate.quotation_rules.conjugation import CONDITIONAL, FIRST, GERUND, PARTICIPLE
from parallaxe.annotate.quotation_rules.contents import Content, content_after
from parallaxe.annotate.quotation_rules.cues import Cue, anchors, find_cues
from parallaxe.annotate.quotation_rules.found import Found, Range, told
from parallaxe.annotate.quotation_rules.guillemets import Quoted
from parallaxe.annotate.quotation_rules.incises import LEADING_WORDS, Incise, according_to, incises_in, verb_incise
from parallaxe.annotate.quotation_rules.nominal import nouns, of_nouns
from parallaxe.annotate.quotation_rules.reading import Reading
from parallaxe.annotate.quotation_rules.sources import antecedent, may_speak, relies_on, source_after, subject_before
from parallaxe.annotate.quotation_rules.words import (
    ADVERB,
    BREAK,
    CLOSING,
    COLON,
    COMMA,
    COORDINATOR,
    DASH,
    DETERMINER,
    NAME,
    OPENING,
    QUE,
    RELATIVE,
    SEMICOLON,
    STOP,
    SUBJECT,
)
from parallaxe.annotate.quotation_rules.words_of_grammar import TONIC

_WRITER = frozenset(("je", "j'", "nous", "tu", "c'", "ce", "cela", "ça"))
_UNSAID = (("noun-phrase",), ("noun", "indirect", "judgement", "object", "estimate", "quoted", "colon"))
"""Constructions in which an infinitive, or a participle, of nobody tells of an act (« de condamner l'invasion »)."""
_WEAK = ("noun", "judgement", "indirect", "colon")
"""Constructions that things have too (« la loi prévoit une amende »): only who may speak says something by them."""
_FEWEST_QUOTED = 4
_FEWEST_ALONE = 6
_LONGEST_DATELINE = 7


def attributions(reading: Reading) -> list[Found]:
    """Every attribution of a block but free ones, in no order; each cue carries one."""
    watched = _watched()
    places = [place for place, form in enumerate(reading.words.forms) if form in watched]
    cues = list(find_cues(reading, places))
    by_verb = {cue: incise for cue in cues if (incise := verb_incise(reading, cue)) is not None}
    leading = list(according_to(reading, places))
    incises = sorted({*by_verb.values(), *leading})
    size = len(reading.words)
    # A verb in an incise ends whatever is attributed before it; « selon X » does so at the end of a sentence only.
    spans = {incise.first: size if _is_verb(incise) else incise.last for incise in incises}
    reading.jumps.update((incise.last, incise.first) for incise in incises if reading.bits(incise.last) & COMMA)
    reading.inserts.update((first, last) for last, first in reading.jumps.items())
    found = [*_of_incises(reading, incises)]
    taken = {part for one in found for part in one.cue}
    earlier: Found | None = None
    for cue in cues:
        one = None if cue in by_verb else _of_cue(reading, cue, spans, incises)
        if one is None or taken & set(one.cue):
            continue
        if (
            earlier is not None
            and earlier.sources
            and one.sources
            and cue.mood == "finite"
            and _shares_subject(reading, cue, earlier)
        ):
            one = replace(one, sources=earlier.sources)
        earlier = one
        found.append(one)
        chained = _chain_before(reading, cue, one)
        found += [chained] if chained is not None else []
    found += of_nouns(reading, places, spans)
    found += _after_relative_pour(reading, places, incises)
    found += _after_colon(reading, cues, found, incises)
    found += _going_on(reading, found)
    found += _alone(reading, found)
    return found


@cache
def _watched() -> frozenset[str]:
    """Every form at which an attribution may begin: what is looked up once for each word."""
    return anchors() | LEADING_WORDS | frozenset(nouns()) | _BEFORE_RELATIVES


def _shares_subject(reading: Reading, cue: Cue, earlier: Found) -> bool:
    """Whether a cue stands behind the content of the cue before and « et »: its subject is the same."""
    between = range(earlier.content[-1][1], cue.first)
    return 0 < len(between) <= 2 and all(reading.bits(at) & (COMMA | COORDINATOR) for at in between)


def _of_incises(reading: Reading, incises: Sequence[Incise]) -> Iterator[Found]:
    used: set[Quoted] = set()
    cited: set[Range] = set()
    for incise in incises:
        if incise.cue[0] in cited:
            # « …, a dit X, cité par Y, lundi »: the whole of what Y tells was found with the words of X.
            continue
        region = _region_of(reading, incise)
        if region is not None and region in used:
            continue
        if region is not None:
            used.add(region)
            content = _quoted_content(reading, region, incise, incises)
        else:
            content = _sentence_content(reading, incise, incises)
        if content:
            found = [*_chained(reading, incise, tuple(content))]
            cited.update(part for one in found[1:] for part in one.cue)
            yield from found


def _chained(reading: Reading, incise: Incise, content: tuple[Range, ...]) -> Iterator[Found]:
    """The attribution of an incise; with « citant Y » or « , cité par Y » behind its source, that of Y too."""
    place = incise.sources[-1][1]
    relied_on = relies_on(reading, place)
    whole = content
    if relied_on is not None and relied_on.within:
        whole = tuple(sorted((*content, (place, relied_on.sources[-1][1]))))
    yield Found(whole, incise.cue, incise.sources, incise.why, incise.score)
    if relied_on is not None:
        yield Found(content, (relied_on.cue,), relied_on.sources, "chain:citant", 0.8)
    cited = _cited_by(reading, place) if _is_verb(incise) else None
    if cited is not None:
        cue, sources = cited
        whole = tuple(sorted((*content, (incise.cue[0][0], incise.sources[-1][1]))))
        yield Found(whole, (cue,), tuple(sources), "chain:cité", 0.8)


def _cited_by(reading: Reading, place: int) -> tuple[Range, list[Range]] | None:
    """« , cité par Y » at a place: its cue and sources."""
    if reading.bits(place) & COMMA:
        place += 1
    if reading.form(place) in ("cité", "citée", "cités", "citées") and reading.form(place + 1) in ("par", "dans"):
        sources = source_after(reading, place + 2, reading.limits(place)[1], relatives=False)
        return ((place, place + 1), sources) if sources else None
    return None


def _region_of(reading: Reading, incise: Incise) -> Quoted | None:
    """The guillemets that an incise interrupts, or that close directly before it."""
    for region in reversed(reading.quoted_near(incise.first)):
        if region.outer and region.first < incise.first and incise.last <= region.last:
            return region if incise.why.startswith("incise") else None
        closing = region.last
        if closing in (incise.first, incise.first - 1) and incise.why.startswith("incise"):
            return region
        if closing == incise.first - 2 and reading.bits(incise.first - 1) & STOP:
            return region
    return None


def _quoted_content(reading: Reading, region: Quoted, incise: Incise, incises: Sequence[Incise]) -> list[Range]:
    within = incises_in(incises, region.first + 1, region.last)
    inner = [one for one in within if one.last <= region.last and _is_verb(one)]
    if inner:
        return _without(reading, region.first, region.last, inner)
    low = reading.sentence(region.first)[0]
    begin = region.first
    if low < region.first - 1 and not reading.bits(region.first - 2) & (STOP | COLON | CLOSING | SEMICOLON):
        begin = _clause_opening(reading, region.first - 2, low, closes=False)
        begin = begin if region.first - 1 - begin > 0 else region.first
    content = [(begin, region.last)]
    place = incise.last
    while reading.bits(place) & (COMMA | COLON):
        place += 1
    following = reading.quoted_after(place)
    if following is not None and reading.bits(incise.last) & (COMMA | COLON):
        content.append((following.first, following.last))
    return content


def _is_verb(incise: Incise) -> bool:
    return incise.why.startswith("incise")


def _without(reading: Reading, first: int, last: int, incises: Iterable[Incise]) -> list[Range]:
    """The stretch `[first, last)` without the incises in it and the marks around them."""
    content: list[Range] = []
    begin = first
    for incise in incises:
        if incise.first < begin:
            continue
        end = trimmed_end(reading, begin, incise.first)
        if end > begin:
            content.append((begin, end))
        begin = incise.last
        while begin < last and reading.bits(begin) & (BREAK & ~(OPENING | CLOSING)):
            begin += 1
    end = trimmed_end(reading, begin, last)
    if end > begin:
        content.append((begin, end))
    return content


def _sentence_content(reading: Reading, incise: Incise, incises: Sequence[Incise]) -> list[Range]:
    """What an incise outside of guillemets attributes: the clause before it and the one behind it."""
    low, high = reading.limits(incise.cue[0][0])
    closes = incise.last >= high or bool(reading.bits(incise.last) & (STOP | CLOSING))
    begin = _clause_opening(reading, incise.first - 1, low, closes=closes)
    begin = min(begin, incise.first)
    clause = begin
    if not _is_verb(incise) and incise.first > low:
        begin = _own_clause(reading, begin, incise)
    content: list[Range] = []
    before = trimmed_end(reading, begin, incise.first)
    if (before > begin and not _only_adverbs(reading, begin, before)) or (before > begin and _is_verb(incise)):
        content.append((begin, before))
    behind = incise.last
    cited = _cited_by(reading, behind)
    if cited is not None:
        behind = cited[1][-1][1]
    while behind < high and reading.bits(behind) & COMMA:
        behind += 1
    if reading.bits(behind) & RELATIVE and not content:
        behind = _past_relative(reading, behind, high)
    if behind < high and not reading.bits(behind) & (STOP | SEMICOLON | COLON | CLOSING):
        if begin > clause:
            end = content_end(reading, behind, high, "clause", {})
        else:
            end = _end_behind(reading, behind, high, [one.first for one in incises_in(incises, behind, high)])
        if end > behind and not (content and _writer_goes_on(reading, behind)):
            content.append((behind, end))
    elif behind < high and reading.bits(behind) & SEMICOLON and content and _told_on(reading, behind + 1, high):
        content.append((behind + 1, trimmed_end(reading, behind + 1, high)))
    return content


def _past_relative(reading: Reading, place: int, high: int) -> int:
    """Behind a relative clause between commas (« selon X, qui le tient de Y, … »)."""
    while place < high and not reading.bits(place) & COMMA:
        place += 1
    return min(place + 1, high)


def _own_clause(reading: Reading, begin: int, incise: Incise) -> int:
    """« …, liées selon eux à des contrats », « les pourparlers qu'il mène, selon elle, avec X »: the nearest clause."""
    if not reading.bits(incise.first) & COMMA and reading.bits(incise.first - 1) & PARTICIPLE:
        return incise.first - 1
    if reading.form(incise.sources[0][0]) not in TONIC and incise.why != "according:à yeux":
        return begin
    for place in range(incise.first - 1, begin, -1):
        bits = reading.bits(place)
        if bits & COMMA:
            return begin
        if bits & (RELATIVE | QUE) and not reading.finite[place - 1]:
            before = antecedent(reading, place, begin)
            return before[0][0] if before else begin
    return begin


def _end_behind(reading: Reading, first: int, high: int, others: Sequence[int]) -> int:
    """The end of the sentence, or where another attribution of the same kind begins behind a semicolon."""
    for place in range(first, high):
        if reading.bits(place) & COLON and reading.bits(place + 1) & OPENING and any(reading.finite[first:place]):
            return trimmed_end(reading, first, place)
        if reading.bits(place) & SEMICOLON and (
            any(place <= start for start in others) or not _told_on(reading, place + 1, high)
        ):
            return trimmed_end(reading, first, place)
    return trimmed_end(reading, first, high)


def _told_on(reading: Reading, first: int, high: int) -> bool:
    """Whether a clause behind a semicolon is told in the conditional, so that the source still speaks."""
    verb = next((place for place in range(first, high) if reading.finite[place]), None)
    return verb is not None and any(
        reading.bits(place) & CONDITIONAL for place in range(verb, high) if reading.finite[place]
    )


def _writer_goes_on(reading: Reading, behind: int) -> bool:
    if relies_on(reading, behind) is not None or (reading.bits(behind) & GERUND and reading.form(behind) in anchors()):
        return True
    return reading.form(behind) in ("qui", "dont", "tandis", "alors", "avant", "après", "citant", "cité", "sources")


def _only_adverbs(reading: Reading, first: int, last: int) -> bool:
    return all(
        reading.bits(place) & (ADVERB | COORDINATOR) and not reading.bits(place) & NAME for place in range(first, last)
    )


def _clause_opening(reading: Reading, place: int, low: int, *, closes: bool) -> int:
    """Where the clause begins that ends at a place: behind a semicolon or colon, past a conjunction.

    Where what follows it `closes` the sentence, what stands behind a semicolon without a verb is no clause of its own.
    """
    stop = place
    while place > low:
        bits = reading.bits(place - 1)
        if bits & SEMICOLON and (not closes or any(reading.finite[place : stop + 1])):
            break
        if bits & COLON and (
            reading.role == "title" or any(reading.finite[low:place]) or not any(reading.finite[place:stop])
        ):
            break
        if bits & DASH and place - low <= _LONGEST_DATELINE and low == 0 and not any(reading.finite[low:place]):
            break
        place -= 1
    if reading.form(place) in ("mais", "car", "or", "et", "donc", "certes") and not reading.bits(place + 1) & BREAK:
        place += 1
    return place


def _of_cue(reading: Reading, cue: Cue, spans: dict[int, int], incises: Sequence[Incise]) -> Found | None:
    low, high = reading.limits(cue.first)
    if cue.mood == "adjective" and cue.first == low:
        high = _main_clause(reading, cue.end, high)
    if cue.mood == "passive":
        return _of_passive(reading, cue, low, high, spans)
    content = None if _of_writer(reading, cue) else content_after(reading, cue, high, spans)
    if content is None or _is_question(reading, cue, high) or _tells_nothing(reading, cue, content):
        return None
    sources = _sources_of(reading, cue, low, incises)
    if sources is None or _anybody(reading, cue, sources):
        return None
    weak = content.why.startswith(_WEAK) and cue.kind not in ("will", "feeling", "hostile")
    if weak and sources and not any(may_speak(reading, source) for source in sources):
        return None
    judges = cue.mood == "gerund" and content.why.startswith(("object", "noun-after-contre", "noun-after-à"))
    quotes = cue.mood == "gerund" and _quotes_words(reading, content)
    if not sources and not judges and not quotes and content.why.startswith(_UNSAID[cue.mood == "gerund"]):
        return None
    implicit = cue.mood == "infinitive" and not _tells_too(reading, cue)
    return Found(
        ((content.first, content.last),), cue.parts, tuple(sources), content.why, content.score, implicit=implicit
    )


def _main_clause(reading: Reading, place: int, high: int) -> int:
    """The comma behind « Convaincu que … » at the head of a sentence, where the clause that it belongs to begins."""
    verbs = 0
    for comma in range(place, high):
        verbs += reading.finite[comma]
        opens = reading.bits(comma + 1) & (DETERMINER | NAME | SUBJECT)
        if verbs and opens and reading.bits(comma) & COMMA and not reading.bits(comma + 1) & RELATIVE:
            return comma
    return high


def _quotes_words(reading: Reading, content: Content) -> bool:
    return any(reading.bits(place) & OPENING for place in range(content.first - 1, content.last))


def _tells_too(reading: Reading, cue: Cue) -> bool:
    """« après avoir dit que », « avant d'appeler à », « sans relever que »: acts that did take place."""
    before = reading.form(cue.first - 1)
    led = before in ("de", "d'") and reading.form(cue.first - 2) == "avant"
    return led or before == "sans" or reading.form(cue.parts[0][0]) in ("avoir", "être")


_EMPTY = frozenset("rien tout grand-chose cela ça ceci tant autant davantage plus moins".split())
_SPEAKING = frozenset("commenter répondre réagir exprimer parler communiquer".split())


def _tells_nothing(reading: Reading, cue: Cue, content: Content) -> bool:
    """« refuse de commenter », « a entendu parler de »: somebody speaks or hears, but nothing is told."""
    if content.last - content.first == 1 and reading.form(content.first) in _EMPTY:
        return True
    if cue.mood != "finite" and content.why.startswith("colon"):
        return True
    if cue.lemma == "entendre":
        return reading.form(content.first) in ("parler", "dire")
    if cue.mood == "infinitive" and reading.form(cue.first - 1).startswith("entend"):
        return True
    unwilling = cue.lemma == "refuser" or (cue.negated and cue.lemma in ("souhaiter", "vouloir", "désirer"))
    return unwilling and any(
        reading.form(place) in _SPEAKING for place in range(content.first, min(content.first + 3, content.last))
    )


def _is_question(reading: Reading, cue: Cue, high: int) -> bool:
    return cue.inverted is not None and "?" in reading.words.forms[cue.end : min(high + 1, cue.end + 60)]


def _chain_before(reading: Reading, cue: Cue, one: Found) -> Found | None:
    """« X, citant Y, assure que Z », « X, qui cite Y, … »: Y told X so."""
    if not one.sources or one.sources[-1][1] >= cue.first:
        return None
    place = one.sources[-1][1]
    relied_on = relies_on(reading, place)
    if relied_on is None or relied_on.sources[-1][1] > cue.first:
        return None
    return Found(one.content, (relied_on.cue,), relied_on.sources, "chain:citant", 0.7)


def _of_writer(reading: Reading, cue: Cue) -> bool:
    """« je dis », « nous savons », « c'est dire », and imperatives (« disons »)."""
    if cue.inverted is not None:
        return reading.form(cue.inverted) in ("je", "nous", "ce")
    before = reading.form(cue.first - 1)
    if before in _WRITER and reading.bits(cue.first - 1) & SUBJECT:
        return True
    verb = cue.parts[0][1] - 1
    return cue.mood == "finite" and bool(reading.bits(verb) & FIRST) and reading.form(verb).endswith("ons")


_SAID_BY_ANYBODY = frozenset(
    "dire assurer affirmer prétendre objecter sommer annoncer reprocher raconter murmurer".split()
)
_GENERIC = frozenset("ceux celui celle celles quiconque".split())
_NOBODY = frozenset(("nul", "personne", "aucun", "aucune", "rien", "qui"))


def _anybody(reading: Reading, cue: Cue, sources: Sequence[Range]) -> bool:
    """« on craint », « on notera que »: the writer's voice; « on nous assure que » is somebody's. « nul » is nobody."""
    if len(sources) != 1:
        return False
    form = reading.form(sources[0][0])
    if _GENERIC & {form, reading.form(sources[0][0] + 1)} and sources[0][1] - sources[0][0] <= 2:
        return True
    if form == "il" and cue.lemma == "convenir":
        return True
    return form in _NOBODY or (form == "on" and cue.lemma not in _SAID_BY_ANYBODY)


def _sources_of(reading: Reading, cue: Cue, low: int, incises: Sequence[Incise]) -> list[Range] | None:
    """The sources of a cue; null where a finite verb has no subject that could speak."""
    if cue.mood in ("infinitive", "gerund"):
        return []
    if cue.inverted is not None:
        return [(cue.inverted, cue.inverted + 1)]
    if cue.mood == "adjective":
        return _voice_before(reading, cue.first, low, incises) if cue.first > low else []
    found = subject_before(reading, cue.first, low)
    return found or None


def _of_passive(reading: Reading, cue: Cue, low: int, high: int, spans: dict[int, int]) -> Found | None:
    """« X est accusé par Y de … »: the agent is the source; without one nobody speaks."""
    for place in range(cue.end, min(high, cue.end + 3)):
        if reading.form(place) == "par":
            sources = source_after(reading, place + 1, high)
            if not sources:
                return None
            behind = Cue(
                cue.lemma, cue.kind, cue.frames, cue.prepositions, cue.parts, cue.first, sources[-1][1], "passive"
            )
            content = content_after(reading, behind, high, spans)
            if content is not None and content.why.startswith(("que", "infinitive", "noun-after")):
                return Found(((content.first, content.last),), cue.parts, tuple(sources), f"passive:{cue.lemma}", 0.7)
            told = "n" in cue.frames and reading.bits(cue.parts[0][0]) & ~PARTICIPLE
            subject = subject_before(reading, cue.first, low) if told else []
            if subject:
                return Found(((subject[0][0], subject[-1][1]),), cue.parts, tuple(sources), f"passive:{cue.lemma}", 0.5)
            return None
    return None


_BEFORE_RELATIVES = frozenset(("pour", "selon", "d'après", "yeux"))


def _after_relative_pour(reading: Reading, places: Iterable[int], incises: Sequence[Incise]) -> Iterator[Found]:
    """« X, pour qui … », « X, selon lequel … »: the antecedent is the source."""
    for place in places:
        form = reading.form(place)
        if form not in _BEFORE_RELATIVES:
            continue
        first, pronoun = (place - 1, place + 2) if form == "yeux" else (place, place + 1)
        whose = ("qui",) if form in ("pour", "yeux") else ("qui", "lequel", "laquelle", "lesquels")
        if reading.form(pronoun) not in whose or (form == "yeux" and reading.form(first) != "aux"):
            continue
        low, high = reading.limits(place)
        sources = _voice_before(reading, first, low, incises)
        end = content_end(reading, pronoun + 1, high, "clause", {})
        if sources and end > pronoun + 1:
            yield Found(((pronoun + 1, end),), ((first, pronoun),), tuple(sources), "according:pour-qui", 0.8)


def _voice_before(reading: Reading, place: int, low: int, incises: Sequence[Incise]) -> list[Range]:
    """Who « pour qui » or « convaincu » takes up: the source of an incise just before, else the antecedent."""
    for incise in reversed(incises_in(incises, low - 2, place)):
        end = incise.sources[-1][1]
        if low <= end <= place and not any(reading.finite[at] for at in range(end, place)):
            return list(incise.sources)
    return antecedent(reading, place, low)


def _after_colon(
    reading: Reading, cues: Sequence[Cue], found: Sequence[Found], incises: Sequence[Incise]
) -> Iterator[Found]:
    """« X a répondu : “…” », « … d'une phrase : “…” »: the last cue before the colon attributes."""
    taken = {place for one in found for first, last in one.content for place in (first, last)}
    ends = list(accumulate((cue.end for cue in cues), max))
    for region in reading.quoted:
        if not region.outer or region.first in taken or region.last in taken:
            continue
        colon = region.first - 2
        if not reading.bits(colon) & COLON:
            continue
        low = max(reading.sentence(colon)[0], colon - 60)
        cue = _last_between(cues[: bisect_right(ends, colon)], low)
        if cue is None:
            continue
        sources = _sources_of(reading, cue, low, incises) or []
        if cue.mood == "infinitive":
            sources = subject_of_infinitive(reading, cue, low)
        if _of_writer(reading, cue) and not sources:
            continue
        yield Found(((region.first, region.last),), cue.parts, tuple(sources), f"colon:{cue.lemma}", 0.85)


def _last_between(cues: Sequence[Cue], low: int) -> Cue | None:
    """The last cue that begins behind a place."""
    for cue in reversed(cues):
        if cue.end <= low:
            return None
        if low <= cue.first and cue.mood != "passive":
            return cue
    return None


def subject_of_infinitive(reading: Reading, cue: Cue, low: int) -> list[Range]:
    """« j'ai entendu X le dire »: what stands between a verb of hearing and the infinitive."""
    for place in range(cue.first - 1, max(low, cue.first - 12), -1):
        if reading.form(place).startswith("entend") and place + 1 < cue.first:
            return [(place + 1, cue.first)]
    return []


def _going_on(reading: Reading, found: Sequence[Found]) -> Iterator[Found]:
    """Whole sentences in guillemets behind an attributed one of the same block: the same source still speaks."""
    direct = sorted((one for one in found if _starts_quoted(reading, one)), key=lambda one: one.content)
    attributed = {place for one in found for first, last in one.content for place in (first, last)}
    inside = told(reading, found)
    begins = [one.content[0][0] for one in direct]
    ends = {one.content[-1][1]: one for one in found}
    for region in reading.quoted:
        if not region.outer or region.first in attributed or region.last - region.first < _FEWEST_QUOTED:
            continue
        if not reading.bits(region.first - 2) & (STOP | CLOSING | COLON) or not _ends_sentence(reading, region):
            continue
        if inside[region.first]:
            continue
        earlier = reversed(direct[: bisect_right(begins, region.first)])
        before = next((one for one in earlier if one.content[-1][1] <= region.first), None)
        if reading.bits(region.first - 2) & COLON:
            before = ends.get(region.first - 2)
        if before is not None and before.sources:
            yield Found(((region.first, region.last),), (), before.sources, "same-speaker-goes-on", 0.6)


def _alone(reading: Reading, found: Sequence[Found]) -> Iterator[Found]:
    """Whole sentences in guillemets that nothing attributes: who was last told of in this block speaks."""
    inside = told(reading, found)
    attributed = {place for one in found for first, last in one.content for place in (first, last)}
    ordered = sorted((one for one in found if one.sources), key=lambda one: one.content[-1][1])
    ends = [one.content[-1][1] for one in ordered]
    for region in reading.quoted:
        if not region.outer or {region.first, region.last} & attributed or inside[region.first]:
            continue
        verbal = any(reading.finite[region.first : region.last]) and region.last - region.first >= _FEWEST_ALONE
        if not verbal or not reading.bits(region.first - 2) & STOP or not _ends_sentence(reading, region):
            continue
        before = bisect_right(ends, region.first)
        if before:
            yield Found(((region.first, region.last),), (), ordered[before - 1].sources, "quoted-sentence", 0.5)


def _starts_quoted(reading: Reading, one: Found) -> bool:
    return bool(reading.bits(one.content[0][0] - 1) & OPENING)


def _ends_sentence(reading: Reading, region: Quoted) -> bool:
    return bool(reading.bits(region.last - 1) & STOP or reading.bits(region.last + 1) & STOP)
