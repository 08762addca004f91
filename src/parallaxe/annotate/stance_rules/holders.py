"""Who holds the stance of a quotation: the entity named in its source, or whom a pronoun or a description stands for.

A description (« le secrétaire d'État ») is matched with those of the knowledge base, among the persons whom the article
names; where it fits none, its words become the name of a cluster, as the guidelines ask.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from parallaxe.annotate.stance_rules.agreement import Form, form_of, is_person
from parallaxe.annotate.stance_rules.lexicon import PRONOUNS, VOICES
from parallaxe.annotate.stance_rules.phrases import fold
from parallaxe.core.claims import Entity, Quote, Span
from parallaxe.core.knowledge import UNLINKED, KnownEntity

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_PAUSE = re.compile(r"[.,;:!?«»()\n—–]")
_END = re.compile(r"[.!?;\n]")
_DETERMINERS = frozenset(
    "le la les l un une des du de d ce cet cette ces certains certaines plusieurs deux trois quelques"
    " son sa ses leur leurs notre nos".split()
)
_DEFINITE = frozenset("le la l ce cet cette".split())
_STATES = frozenset("pays capitale regime".split())
_STOP = frozenset(
    "de du des d en au aux a qui que dont pour par sur dans chez ayant cite interroge interrogee citee lie liee proche"
    " sous non".split()
)
_LONGEST_DESCRIPTION = 3
# « ministre » alone fits too many.
_LEAST_ALIKE = 2
_STEM = 4
_LEADS = frozenset("de du des d".split())
_HEADS = frozenset(map(fold, VOICES))
# As far as a pronoun reaches back, in code points; a source may be as long as a sentence.
_BEFORE = 200
# What is apposed to a name stands within so many code points of it, and its article within fewer.
_BESIDE = 60
_ARTICLE = 8
_AHEAD = 40
# Who is described so often is described elsewhere too.
_MANY = 20
_SPEAK = ("PER", "ORG", "NORP")
_ANYBODY = f"{UNLINKED}on"
_RULERS = frozenset(
    "president presidente dirigeant dirigeante leader maitre maitresse numero chef homme tyran dictateur autocrate"
    " hote souverain premier".split()
)
_LONGEST_SOURCE = 400


class Spoke(NamedTuple):
    """Who spoke last: where the content ended, the holders, and how a pronoun would stand for them."""

    end: int
    holders: list[str]
    form: Form


@dataclass(frozen=True)
class Holders:
    """Resolves sources; what was resolved before helps with pronouns, so quotations are asked for in their order."""

    text: str
    mentions: Sequence[Entity]
    known: Mapping[str, KnownEntity]
    _last: list[Spoke] = field(default_factory=list)
    _answering: list[str] = field(default_factory=list)

    @cached_property
    def _ordered(self) -> list[Entity]:
        return sorted(self.mentions, key=lambda mention: (mention.fragments[0].start, -mention.fragments[-1].end))

    @cached_property
    def _starts(self) -> list[int]:
        return [mention.fragments[0].start for mention in self._ordered]

    @cached_property
    def _people(self) -> dict[str, set[str]]:
        """By person the stems of his descriptions: those of the knowledge base, and what stands beside his name."""
        found: dict[str, set[str]] = {}
        for mention in self._ordered:
            if mention.label == "PER":
                name = self._name(mention)
                row = self.known.get(name)
                found.setdefault(name, _stems(row.description) if row else set()).update(self._apposed(mention))
        return found

    def _apposed(self, mention: Entity) -> set[str]:
        """The stems of the few words beside a name."""
        return {stem for start, end in self._beside(mention) for stem in _stems(self.text[start:end])}

    def _beside(self, mention: Entity) -> list[Span]:
        """The few words beside a name: « *le secrétaire d'État* X », « X, *ministre de la Défense* »."""
        start, end = mention.fragments[0].start, mention.fragments[-1].end
        before = _PAUSE.split(self.text[max(0, start - _BESIDE) : start].rstrip(" ,\n"))[-1]
        words = _WORD.findall(before)
        first = self.text.rfind(before, 0, start)
        found = [Span(first, first + len(before))] if words and fold(words[-1]) not in _STOP else []
        if self.text.startswith(",", end):
            after = _PAUSE.split(self.text[end + 1 : end + _BESIDE])[0]
            found.append(Span(end + 1, end + 1 + len(after)))
        return found

    def described(self, holder: str) -> list[Span]:
        """What stands beside the name of a person, wherever he is named."""
        return self._descriptions.get(holder, [])

    @cached_property
    def _descriptions(self) -> dict[str, list[Span]]:
        found: dict[str, list[Span]] = {}
        for mention in self._ordered:
            if mention.label == "PER":
                found.setdefault(self._name(mention), []).extend(self._beside(mention))
        return found

    @cached_property
    def _outlets(self) -> frozenset[str]:
        """Organisations that belong to no actor, as newspapers and agencies: a pronoun seldom stands for them."""
        names = {self._name(one) for one in self._ordered if one.label == "ORG"}
        return frozenset(name for name in names if not ((row := self.known.get(name)) and row.actor))

    @cached_property
    def _rulers(self) -> dict[str, str]:
        """By state its person whom the article names most often."""
        count = Counter(
            (row.actor, row.kb_id)
            for mention in self._ordered
            if mention.label == "PER" and (row := self.known.get(mention.kb_id or "")) is not None and row.actor
        )
        return {state: name for (state, name), _ in reversed(count.most_common()) if state}

    def of(self, quote: Quote, outer: Sequence[str]) -> list[str]:
        """The holders of a quotation, first named first; `outer` are those of the one that it stands inside.

        Never empty: where nothing tells, the holder is that of the last quotation, or `NIL:source`.
        """
        named = [(source, holder) for source in quote.sources if (holder := self._of_source(source, quote, outer))]
        holders = list(dict.fromkeys(holder for _, holder in named)) or self._unsaid(quote, outer)
        if len(holders) > 1:
            holders = [holder for holder in holders if holder != _ANYBODY]
        if holders and not quote.inside:
            form = form_of(self.text[slice(*named[0][0])]) if named else Form()
            end = max(quote.content[-1].end, *(source.end for source in quote.sources), 0)
            self._last[:] = [Spoke(end, holders, form)]
        return holders or [f"{UNLINKED}source"]

    def _of_source(self, source: Span, quote: Quote, outer: Sequence[str]) -> str | None:
        said = self.text[source.start : min(source.end, source.start + _LONGEST_SOURCE)]
        words = [fold(word) for word in _WORD.findall(said)]
        if words == ["on"]:
            return _ANYBODY
        if all(word in PRONOUNS or word in ("meme", "memes") for word in words) or _takes_up_the_last(words):
            return self._antecedent(source, form_of(said), quote.content if quote.type == "direct" else (), outer)
        inside = [mention for mention in self._between(source.start, source.end) if mention.label != "DATE"]
        chosen = _chosen(inside, source, self.text)
        if chosen:
            return self._name(chosen)
        return self._ruler(words, inside) or self._described(words, said, source) or description(words)

    def _ruler(self, words: Sequence[str], inside: Sequence[Entity]) -> str | None:
        """« le maître du Kremlin »: the person of that state of whom the article speaks."""
        if not words[1:] or words[0] not in _DEFINITE or words[1] not in _RULERS:
            return None
        actors = (row.actor for mention in inside if (row := self.known.get(mention.kb_id or "")) is not None)
        return next((self._rulers[actor] for actor in actors if actor in self._rulers), None)

    def _described(self, words: Sequence[str], said: str, source: Span) -> str | None:
        """Whom a definite description stands for: the state or person named last, or the person whom it fits best."""
        if not words or words[0] not in _DEFINITE:
            return None
        if _STATES & set(words[:2]):
            return self._nearest(source.start, lambda mention: mention.label == "LOC")
        if len(words) == 2 and is_person(words[1]):
            return self._nearest(source.start, lambda mention: mention.label == "PER")
        stems = _stems(said)
        fitting = {
            kb_id: len(stems & theirs)
            for kb_id, theirs in self._people.items()
            if stems <= theirs and self._fits_elsewhere(kb_id, stems, source)
        }
        best = max(fitting, key=lambda kb_id: fitting[kb_id], default=None)
        return best if best and len(stems) >= _LEAST_ALIKE else None

    def _fits_elsewhere(self, kb_id: str, stems: set[str], source: Span) -> bool:
        """Whether a description fits by more than itself: « la diplomatie russe a reçu *Kim* » describes nobody."""
        row = self.known.get(kb_id)
        if len(self.described(kb_id)) > _MANY:
            return True
        beside = [span for span in self.described(kb_id) if span.end <= source.start or span.start >= source.end]
        known = _stems(row.description) if row else set()
        return stems <= known.union(*(_stems(self.text[slice(*span)]) for span in beside))

    def _name(self, mention: Entity) -> str:
        start, end = mention.fragments[0].start, mention.fragments[-1].end
        return mention.kb_id or UNLINKED + slug(self.text[start:end])

    def _between(self, start: int, end: int) -> list[Entity]:
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [mention for mention in self._ordered[first:last] if mention.fragments[-1].end <= end]

    def _nearest(self, place: int, fits: Callable[[Entity], bool]) -> str | None:
        """The last mention that fits, shortly before a place."""
        near = [mention for mention in self._between(max(0, place - _BEFORE), place) if fits(mention)]
        return self._name(near[-1]) if near else None

    def _antecedent(self, source: Span, form: Form, said: Sequence[Span], outer: Sequence[str]) -> str | None:
        """The source of the quotation just before, else a person or state named before the pronoun, if they agree.

        Of « “Paul ment”, dit-il » Paul is not the speaker: nobody counts who is named in what is `said`.
        """
        for spoke in self._last:
            is_near = source.start - _BEFORE < spoke.end <= source.start or not outer
            same_paragraph = "\n" not in self.text[spoke.end : source.start]
            speaks = spoke.holders[0] not in outer and spoke.holders[0] not in self._outlets
            if is_near and same_paragraph and speaks and spoke.form.agrees(form):
                return spoke.holders[0]
        start = min((span.start for span in said if span.end <= source.start), default=source.start)
        near = self._before(start, form, outer)
        if near:
            return self._name(near)
        return next((holder for holder in outer if holder not in self._outlets), None) or self._spoke_last

    @property
    def _spoke_last(self) -> str | None:
        return self._last[0].holders[0] if self._last else None

    def _before(self, place: int, form: Form, outer: Sequence[str] = ()) -> Entity | None:
        """The last person named shortly before a place, or what else could speak there; none of `outer`."""
        named = self._between(max(0, place - _BEFORE), place)
        # Within what somebody says, a pronoun stands for him or for somebody whom he names.
        heard = set(outer) - self._outlets
        since = max((at for at, one in enumerate(named) if self._name(one) in heard), default=-1) + 1
        candidates = [
            one
            for one in named[since:]
            if (one.label in _SPEAK or one.metonymic)
            and self._name(one) not in self._outlets
            and self._name(one) not in outer
            and self._form(one).agrees(form)
        ]
        people = [one for one in candidates if one.label == "PER"]
        # Names of persons do not tell their gender; « la Chine » tells hers.
        feminine = [one for one in candidates if form.feminine and self._form(one).feminine]
        return next(iter([*feminine[-1:], *people[-1:], *candidates[-1:]]), None)

    def _form(self, mention: Entity) -> Form:
        start, end = mention.fragments[0].start, mention.fragments[-1].end
        if mention.label == "PER":
            return Form(plural=False)
        article = _WORD.findall(self.text[max(0, start - _ARTICLE) : start])[-1:]
        return form_of(" ".join([*article, self.text[start:end]]))

    def _unsaid(self, quote: Quote, outer: Sequence[str]) -> list[str]:
        if self._continues(quote):
            return list(self._last[0].holders)
        if ahead := self._behind_opening(quote):
            return [self._name(ahead)]
        if quote.cue:
            near = self._before(quote.cue[0].start, Form())
            if near:
                return [self._name(near)]
        if outer:
            return list(outer)
        if self._last:
            return self._goes_on(quote)
        person = next((mention for mention in self._ordered if mention.label == "PER"), None)
        return [self._name(person)] if person else []

    def _continues(self, quote: Quote) -> bool:
        """« X salue le pacte, *promettant* … »: a second act of the same sentence, and nobody named between."""
        if quote.inside or not quote.cue or not self._last:
            return False
        spoke, cue = self._last[0].end, quote.cue[0].start
        within = spoke <= cue <= spoke + _BEFORE and not _END.search(self.text, spoke, cue)
        return within and not self._between(spoke, cue)

    def _behind_opening(self, quote: Quote) -> Entity | None:
        """« Convaincu que le traité tiendra, *Berlin* … »: the subject of the clause that an opening belongs to."""
        if not quote.cue or quote.cue[0].start > quote.content[0].start:
            return None
        before = self.text[max(0, quote.cue[0].start - 2) : quote.cue[0].start].rstrip(" ")
        end = quote.content[-1].end
        if (before and not _END.search(before[-1:])) or not self.text.startswith(",", end):
            return None
        near = self._between(end, end + _AHEAD)
        return next((one for one in near if one.label in _SPEAK or one.metonymic), None)

    def _goes_on(self, quote: Quote) -> list[str]:
        """Who speaks without being named: he who spoke last; in an interview, he who answers."""
        last = self._last[0].holders
        if quote.type != "direct":
            return list(last)
        if self._answering and last[0] not in self._people:
            return list(self._answering)
        self._answering[:] = last
        return list(last)


def _stems(description: str) -> set[str]:
    """The beginnings of the words that tell, so that « russe » is as good as « de la Russie »."""
    words = (part for word in _WORD.findall(description) for part in fold(word).split("-"))
    return {word[:_STEM] for word in words if len(word) >= _STEM}


def _chosen(inside: Sequence[Entity], source: Span, text: str) -> Entity | None:
    """A person; else the entity that the phrase begins with, or that a voice of it speaks for."""
    people = [mention for mention in inside if mention.label == "PER"]
    if people:
        return people[0]
    for mention in inside:
        before = [fold(word) for word in _WORD.findall(text[source.start : mention.fragments[0].start])]
        rest = [word for word in before if word not in _DETERMINERS]
        if not rest or (rest[0] in _HEADS and len(rest) <= _LONGEST_DESCRIPTION):
            return mention
    return None


def slug(name: str) -> str:
    """A name as clusters are called.

    >>> slug("Maël Jourdren")
    'mael-jourdren'
    """
    return "-".join(fold(word) for word in _WORD.findall(name.replace("'", " ").replace("’", " ")))


def description(words: Sequence[str]) -> str:
    """The cluster of somebody who is only described, by two or three words of the description.

    >>> description(["un", "diplomate", "europeen", "en", "poste", "a", "seoul"])
    'NIL:diplomate-europeen'
    """
    return UNLINKED + ("-".join(_describing(_behind_voice(words))) or "source")


def _takes_up_the_last(words: Sequence[str]) -> bool:
    """« ce dernier », « cette derniere »: as a pronoun does."""
    return len(words) == 2 and words[0] in ("ce", "cette", "ces") and words[1].startswith("dernier")


def _behind_voice(words: Sequence[str]) -> Sequence[str]:
    """The words of the institution for which somebody without a name speaks: « un porte-parole *de la présidence* »."""
    for place, word in enumerate(words[:_LONGEST_DESCRIPTION]):
        if word == "porte-parole" and words[place + 1 : place + 2] and words[place + 1] in _LEADS:
            return words[place + 2 :]
    return words


def _describing(words: Sequence[str]) -> Iterator[str]:
    kept = 0
    for word in words:
        if not kept and word in _DETERMINERS:
            continue
        if word in _STOP or kept == _LONGEST_DESCRIPTION or word == "et":
            return
        kept += 1
        yield word
