"""Variants of a sentence: the same context, other names.

What stands in for a name must fit its place, or the model learns from French that nobody writes: a city where a city
stood (no determiner before it), « la » before a feminine country, `d'` before a vowel only, a full name where a full
name stood. So a name is replaced by one of its kind, and kinds are told by the words of the name and the word before
it. What has no kind here stays as it is. Adjectives of nationality around the names change too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from random import Random

from parallaxe.annotate.trained import invented
from parallaxe.annotate.trained.examples import Example, Mention
from parallaxe.text.tokens import tokenize

Names = Mapping[str, Sequence[str]]
"""Lists of names by kind."""

_VOWELS = frozenset("aeiouyhàâäéèêëîïôöùûüœæ")
_TRIES = 8
_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY_OF_MONTH = re.compile(r"\d{1,2} \w+")


def learned() -> Names:
    """The part of the lists that a model may learn from."""
    return _parts()[0]


def unseen() -> Names:
    """The part that is kept to ask a model about names that it has never met."""
    return _parts()[1]


@cache
def _parts() -> tuple[Names, Names]:
    divided = {
        kind: (tuple(names), tuple(names)) if kind in invented.CLOSED else invented.halves(names)
        for kind, names in invented.FAMILY.items()
    }
    first, second = ({kind: parts[half] for kind, parts in divided.items()} for half in (0, 1))
    return first, second


def varied(example: Example, names: Names, random: Random, share: float) -> Example:
    """The sentence with a share of its names, and of its adjectives of nationality, replaced by others of their kind.

    >>> poutine = Example(("Poutine", "arrive", "lundi", "."), (Mention(0, 1, "PER"), Mention(2, 3, "DATE")))
    >>> other = varied(poutine, unseen(), Random(3), 1.0)
    >>> other.words[-3:], [mention.label for mention in other.mentions]
    (('arrive', 'jeudi', '.'), ['PER', 'DATE'])
    """
    words: list[str] = []
    mentions: list[Mention] = []
    position = 0
    for mention in example.mentions:
        words += (_adjective(word, random, share) for word in example.words[position : mention.start])
        before = words[-1] if words else ""
        own = example.words[mention.start : mention.end]
        other = stand_in(mention.label, own, before, names, random) if random.random() < share else None
        new = _words(other) if other else own
        mentions.append(Mention(len(words), len(words) + len(new), mention.label, None if other else mention.kb_id))
        words += new
        position = mention.end
    words += (_adjective(word, random, share) for word in example.words[position:])
    return Example(tuple(words), tuple(mentions))


def begun_later(example: Example, random: Random) -> Example:
    """The sentence from a later word on, which takes its capital: any word may open a sentence, and few are names.

    >>> later = begun_later(Example(("Hier", "une", "enquête", "accuse", "Kim"), (Mention(4, 5, "PER"),)), Random(1))
    >>> later.words, later.mentions[0][:3]
    (('Une', 'enquête', 'accuse', 'Kim'), (3, 4, 'PER'))
    """
    inside = {position for mention in example.mentions for position in range(mention.start, mention.end)}
    places = [
        position
        for position, word in enumerate(example.words)
        if position not in inside and word.isalpha() and word.islower() and len(word) > 1
    ]
    if not places:
        return example
    first = random.choice(places)
    words = (example.words[first].capitalize(), *example.words[first + 1 :])
    kept = (mention for mention in example.mentions if mention.start >= first)
    return Example(words, tuple(m._replace(start=m.start - first, end=m.end - first) for m in kept))


@cache
def _words(name: str) -> tuple[str, ...]:
    return tuple(name[start:end] for start, end in tokenize(name))


def stand_in(label: str, own: Sequence[str], before: str, names: Names, random: Random) -> str | None:
    """Another name of the kind of this one, in the case of its first letter; None where it has no kind here."""
    kind = _KINDS.get(label)
    make = kind(own, before.casefold(), random) if kind else None
    if make is None:
        return None
    elided = before.endswith(("'", "’"))
    for _ in range(_TRIES):
        name = make(names, random)
        if name.startswith(_DETERMINED) and before.casefold() in _DETERMINERS:
            continue
        if (name[0].casefold() in _VOWELS) == elided or before.casefold() not in _ELIDING:
            return name.upper() if _shouted(own) else _cased(name, own[0], before)
    return None


def eliding(before: str) -> str:
    """The word before a name where it decides over what may stand there, else nothing."""
    small = before.casefold()
    return small if small in _ELIDING | _DETERMINERS else ""


# Words that lose their vowel before another, and what they become.
_ELIDING = frozenset("de le la du au l' d' l’ d’ que qu' qu’".split())

_DETERMINED = ("Le ", "La ", "Les ", "The ")
_DETERMINERS = frozenset("le la les l' l’ du au des aux un une".split())

Make = Callable[[Names, Random], str]


def _shouted(own: Sequence[str]) -> bool:
    text = "".join(own)
    return len(text) > 4 and text.isupper() and text.isalpha()


def _cased(name: str, own: str, before: str) -> str:
    """With a capital where the name that was replaced had one for want of anything before it."""
    opens = not any(character.isalnum() for character in before)
    return name[0].upper() + name[1:] if opens and own[:1].isupper() else name


def _one_of(kind: str) -> Make:
    return lambda names, random: random.choice(names[kind])


def _full_name(names: Names, random: Random) -> str:
    if random.random() < 0.2:
        return random.choice(names["eastern"])
    return f"{random.choice(names['first'])} {_family_name(names, random)}"


def _family_name(names: Names, random: Random) -> str:
    return random.choice(names["family"])


def _person(own: Sequence[str], _before: str, random: Random) -> Make:
    if len(own) > 1:
        return _full_name
    return _one_of("first") if random.random() < 0.05 else _family_name


_LANDS = {"la": "feminine-land", "le": "masculine-land", "du": "masculine-land", "au": "masculine-land"}
_PLURALS = frozenset("les des aux ces".split())


def _place(own: Sequence[str], before: str, random: Random) -> Make | None:
    if own[0].islower():
        return _one_of("place")
    if before in _PLURALS:
        return _one_of("plural-land")
    if before in _LANDS:
        return _one_of(_LANDS[before])
    if before in ("l'", "l’", "en"):
        return _one_of("feminine-land" if random.random() < 0.8 or before == "en" else "masculine-land")
    return _one_of("city")


def _body(own: Sequence[str], before: str, random: Random) -> Make | None:
    if own[0].islower():
        return _named_school if own[0].casefold() in invented.SCHOOLS or len(own) > 2 else _national_body
    if len(own) == 1 and own[0].isupper():
        return _one_of(random.choice(("acronym", "acronym", "newsroom")))
    if len(own) > 2 and random.random() < 0.6:
        return _made_body
    return _one_of("newsroom" if before not in ("la", "les") and random.random() < 0.5 else "body")


def _made_body(names: Names, random: Random) -> str:
    return f"{random.choice(names['body-head'])} {random.choice(names['body-tail'])}"


def _named_school(names: Names, random: Random) -> str:
    name = random.choice((_family_name(names, random), f"de {random.choice(names['city'])}"))
    return f"{random.choice(names['school'])} {name}"


def _national_body(names: Names, random: Random) -> str:
    head = random.choice(names["armed"])
    adjective = random.choice(names["nationality"])
    feminine = head.split()[0] in ("armée", "Marine", "police", "aviation", "diplomatie", "présidence")
    return f"{head} {_agree(adjective, feminine=feminine, plural=False)}"


def _event(_own: Sequence[str], _before: str, random: Random) -> Make:
    return _event_in_a_land if random.random() < 0.35 else _one_of("event")


def _event_in_a_land(names: Names, random: Random) -> str:
    return f"{random.choice(names['event-in'])} {random.choice(names['feminine-land'])}"


def _materiel(own: Sequence[str], before: str, random: Random) -> Make:
    if any(character.isdigit() or character.isupper() for character in "".join(own)[1:]) or random.random() < 0.1:
        return _one_of("materiel-name")
    plural = any(word.endswith(("s", "x")) for word in own[:3]) and before not in (
        "un",
        "une",
        "le",
        "la",
        "l'",
        "ce",
        "cette",
        "d'un",
    )
    return _one_of("materiel-plural" if plural else "materiel-singular")


def _date(own: Sequence[str], _before: str, _random: Random) -> Make | None:
    text = " ".join(own).casefold()
    if text in invented.WEEKDAYS:
        return _one_of("weekday")
    if text in invented.MONTHS:
        return lambda names, random: f"{random.choice(names['month'])}{_year(random) if random.random() < 0.3 else ''}"
    if _YEAR.fullmatch(text):
        return lambda _names, random: _year(random).strip()
    if _DAY_OF_MONTH.fullmatch(text):
        return lambda names, random: f"{random.randint(2, 31)} {random.choice(names['month'])}"
    if own[0].casefold() in ("ce", "cet", "cette", "ces", "il", "la", "quelques", "un", "voilà", "hier"):
        return _one_of("date")
    return None


def _year(random: Random) -> str:
    return f" {random.randint(1900, 2030)}"


_KINDS: Mapping[str, Callable[[Sequence[str], str, Random], Make | None]] = {
    "PER": _person,
    "LOC": _place,
    "ORG": _body,
    "NORP": lambda _own, _before, _random: _one_of("people"),
    "EVENT": _event,
    "PRODUCT": _materiel,
    "LAW": lambda _own, _before, _random: _one_of("treaty"),
    "DATE": _date,
}


def _adjective(word: str, random: Random, share: float) -> str:
    """Another adjective of nationality in the same form, where the word is one."""
    form = _forms().get(word)
    if form is None or random.random() >= share:
        return word
    return _agree(random.choice(invented.NATIONALITIES), feminine=form[0], plural=form[1])


@cache
def _forms() -> Mapping[str, tuple[bool, bool]]:
    """Whether a form of an adjective is feminine, and plural; the masculine one where forms are the same."""
    kinds = [(feminine, plural) for feminine in (True, False) for plural in (True, False)]
    return {
        _agree(adjective, feminine=feminine, plural=plural): (feminine, plural)
        for adjective in invented.NATIONALITIES
        for feminine, plural in kinds
    }


def _agree(adjective: str, *, feminine: bool, plural: bool) -> str:
    """The form of an adjective, by the rules that those listed follow.

    >>> [_agree(word, feminine=True, plural=True) for word in ("chinois", "russe", "turc", "coréen", "européen")]
    ['chinoises', 'russes', 'turques', 'coréennes', 'européennes']
    """
    stem = adjective
    if feminine and not adjective.endswith("e"):
        stem = _FEMININE.get(adjective) or (f"{adjective}ne" if adjective.endswith("en") else f"{adjective}e")
    return stem if not plural or stem.endswith("s") else f"{stem}s"


_FEMININE = {"turc": "turque", "grec": "grecque"}
