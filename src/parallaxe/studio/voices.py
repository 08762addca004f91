"""Who holds the stances of a quotation, as an annotator writes it.

Nearly always every source of a quotation holds all its stances, and who that is follows from the mention inside the
source. So nothing is written where it follows. Where it does not, a row names a holder; where holders of one quotation
part ways, the row says what each of them thinks: `moscou : russia favor+2, sanctions against-1`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from parallaxe.core.claims import Entity, Span

_COLON = re.compile(r" ?: ")


class Voice(NamedTuple):
    """A holder; `own` is null where it thinks what is chosen for the quotation, else its steps by target."""

    holder: str
    own: Mapping[str, str] | None = None


def write_voice(voice: Voice) -> str:
    """A row of the control `holder`.

    >>> write_voice(Voice("moscou", {"russia": "favor+2", "sanctions": "against-1"}))
    'moscou : russia favor+2, sanctions against-1'
    """
    if voice.own is None:
        return voice.holder
    return f"{voice.holder} : {', '.join(f'{target} {step}' for target, step in voice.own.items())}"


def read_voice(row: str) -> Voice | None:
    """What a row says, null where it is in no form that says anything; whether targets and steps exist is not asked.

    >>> read_voice("NIL:diplomate : russia favor+2")
    Voice(holder='NIL:diplomate', own={'russia': 'favor+2'})
    """
    holder, *rest = _COLON.split(row.strip(), maxsplit=1)
    if not holder or len(holder.split()) != 1:
        return None
    if not rest:
        return Voice(holder)
    pairs = [pair.split() for pair in rest[0].split(",")]
    whole = all(len(pair) == 2 for pair in pairs)
    return Voice(holder, {pair[0]: pair[1] for pair in pairs}) if whole else None


class Linked(NamedTuple):
    """Mentions with a link in the order of the text, to be looked up by where they begin."""

    starts: Sequence[int]
    mentions: Sequence[Entity]

    @classmethod
    def of(cls, mentions: Iterable[Entity]) -> Linked:
        """The mentions that have a link; of two that begin together the longer comes first."""
        linked = sorted((m for m in mentions if m.kb_id), key=lambda m: (m.fragments[0].start, -m.fragments[-1].end))
        return cls([mention.fragments[0].start for mention in linked], linked)

    def within(self, span: Span) -> tuple[str, ...]:
        """The links of the outermost mentions inside some words, each once, in their order."""
        found: dict[str, None] = {}
        reached = span.start
        for index in range(bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)):
            mention = self.mentions[index]
            end = mention.fragments[-1].end
            if reached < end <= span.end:
                found[str(mention.kb_id)] = None
                reached = end
        return tuple(found)


def derived_holders(sources: Sequence[Span], linked: Linked) -> tuple[str, ...]:
    """Who speaks in a quotation, where every source names exactly one entity; none where one names none or several.

    « le porte-parole du Kremlin, Dmitri Peskov » names two, and only the annotator knows who holds what is said: to
    guess would be wrong one time in four, and nobody would see it.
    """
    named = [linked.within(source) for source in sources]
    return tuple(dict.fromkeys(names[0] for names in named)) if all(len(names) == 1 for names in named) else ()
