"""A quotation as the rules of stance read it: the act of speech, and what stands in and around the content."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from parallaxe.annotate.stance_rules import lexicon
from parallaxe.annotate.stance_rules.phrases import Hit, fold
from parallaxe.annotate.stance_rules.reading import HINT, PAIR, THING, Meant, Reading
from parallaxe.annotate.stance_rules.targets import StanceLabels, Target
from parallaxe.core.claims import Quote, Span
from parallaxe.core.knowledge import is_unlinked

_HIDE = ("cach", "dissimul", "masqu", "decoler", "exclu", "ecart")
_INFINITIVES = ("er", "ir", "re")
_BEFORE_INFINITIVES = frozenset("a de d y en se s ne n pas le la les l lui leur".split())
_OWN_WORDS = ("direct", "mixed")
_PERFORMED = frozenset({lexicon.CONCERN, lexicon.CONDEMN, lexicon.PRAISE, lexicon.DEMAND, lexicon.COMMIT, lexicon.WANT})
_EVALUATING = frozenset(lexicon.MOST_TELLING) - {lexicon.TELL, lexicon.JUDGE}
# Who is cited has said it, who cites him has not.
_CITED = frozenset(("cité", "citée", "cités", "citées"))
_SMALL = 3
_FIRST_PERSON = frozenset("je j ai avons".split())
_VOICES = frozenset(map(fold, lexicon.VOICES))
_SHORTEST_VERB = 5
# Between a pronoun and its verb stand at most « ne » and another pronoun, or an auxiliary.
_CLITICS = 2
_SIDES = 2
_DENIED = frozenset("rien pas aucun aucune nullement".split())
# How far back a reader still has in mind what was spoken of: a sentence or so, in words.
_RECENT = 25
_TIMES = frozenset("mois annee semaine journee printemps automne hiver siecle trimestre decennie ete".split())
_VERBAL = frozenset("se s etre ne n y en".split())
_DEGREES = frozenset("tres fort plus aussi bien tout toute trop si extremement".split())
# A negation or a preposition reaches over an article and an adjective.
_NEAR = 4
_GIVING = ("donn", "livr", "fourni", "envoy", "aid", "arm", "proteg", "accord", "equip", "pret")
_MORE = frozenset("autres davantage plus nouvelles nouveaux renforcement durcissement".split())
_FEW = 3
_LONG = 60
_LONGEST_PHRASE = 8


@dataclass(frozen=True)
class Said:
    """One quotation in its surroundings. All lists are in the order of the text."""

    quote: Quote
    labels: StanceLabels
    reading: Reading
    holders: tuple[str, ...]
    own: str | None
    """The target that the first holder belongs to."""
    alarmed: str | None = None
    """The target whose side warned, demanded or condemned last before the quotation."""
    nested: tuple[Span, ...] = ()
    """The contents of the quotations inside it."""
    relayed: tuple[Span, ...] = ()
    """Contents, cues and sources of those inside it that others hold."""

    @cached_property
    def content(self) -> list[range]:
        """The words of the content."""
        return [found for found in self.reading.words_of(self.quote.content) if found]

    @cached_property
    def hits(self) -> list[Hit]:
        """Phrases of the lexicon in the content; in words as they were said, what others say in them is theirs."""
        found = [hit for part in self.content for hit in self.reading.hits_in(part) if not self._is_idle(hit)]
        if self.quote.type != "direct" or not self.nested:
            return found
        theirs = {word for part in self.reading.words_of(self.nested) for word in part}
        return [hit for hit in found if hit.first not in theirs]

    def _is_idle(self, hit: Hit) -> bool:
        """« la fin *du mois* » ends nothing, « le régime *de sanctions* » and « plein régime » rule nobody."""
        forms = self.reading.words.forms
        after = forms[hit.last + 1 : hit.last + 3]
        if hit.label == lexicon.STOP:
            return bool(_TIMES.intersection(after))
        return (
            hit.label == lexicon.NEGATIVE
            and forms[hit.first] == "regime"
            and (after[1:] in (("sanctions",), ("sanction",)) or forms[hit.first - 1] == "plein")
        )

    @cached_property
    def count(self) -> Counter[str]:
        """How many of each kind of phrase the content has."""
        return Counter(hit.label for hit in self.hits)

    @cached_property
    def cue(self) -> list[Hit]:
        """Phrases of the lexicon in the cue; those of the source, where the cue is empty, are none."""
        return [hit for part in self.reading.words_of(self.quote.cue) for hit in self.reading.hits_in(part)]

    @cached_property
    def relays(self) -> bool:
        """Who says it only passes on what another said: of « …, a lancé X, *citée* par Y » Y holds nothing.

        So does who tells no more than what the quotations of others in the content hold, but for small words.
        """
        text = self.reading.article.text
        if self.quote.cue and all(text[start:end].lower() in _CITED for start, end in self.quote.cue):
            return True
        if not self.relayed or any(hit.label in _EVALUATING for hit in self.cue):
            return False
        theirs = {word for part in self.reading.words_of(self.relayed) for word in part}
        forms = self.reading.words.forms
        return all(word in theirs or len(forms[word]) <= _SMALL for part in self.content for word in part)

    @cached_property
    def act(self) -> str:
        """The most telling act that the cue performs, or the empty string."""
        if self.relays:
            return lexicon.TELL
        found = {hit.label for hit in self.cue}
        if self._stands_by:
            return lexicon.PRAISE
        act = next((act for act in lexicon.MOST_TELLING if act in found), "")
        return act if act not in ("", lexicon.TELL) else self._named_act or self._own_act or act

    @property
    def _stands_by(self) -> bool:
        """« soutenir » somebody, not that something is so."""
        part = self.reading.words_of(self.quote.cue[-1:])[0] if self.quote.cue else range(0)
        after = self.reading.words.forms[part.stop : part.stop + 1]
        return bool(part) and self._forms(part)[-1].startswith("sout") and not {"que", "qu"}.intersection(after)

    @cached_property
    def _named_act(self) -> str:
        """The feeling or will with which the content begins: « fait part de *sa crainte* », « dit *vouloir* »."""
        for hit in self.hits:
            before = [form for form in self._forms(range(self.content[0].start, hit.first)) if form not in _DEGREES]
            before = [form for form in before if not form.endswith("ment")]
            if hit.label in lexicon.FELT and _VERBAL.issuperset(before):
                return hit.label
            if hit.label.startswith("noun:") and hit.first <= self.content[0].start + _NEAR:
                return hit.label.removeprefix("noun:")
        return ""

    @cached_property
    def _own_act(self) -> str:
        """The act that the speaker performs in the first person: « Nous *condamnons* ces tirs », « Je *salue* … »."""
        if self.quote.type not in _OWN_WORDS:
            return ""
        if self.asks_to_be_given:
            return lexicon.DEMAND
        found = {hit.label for hit in self.hits if hit.label in _PERFORMED and self._is_first_person(hit)}
        return next((act for act in lexicon.MOST_TELLING if act in found), "")

    def _is_first_person(self, hit: Hit) -> bool:
        before = self._forms(range(max(0, hit.first - _CLITICS), hit.first))
        form = self.reading.words.forms[hit.first]
        is_verb = form.endswith("ons") and not form.endswith("ions") and len(form) > _SHORTEST_VERB
        return is_verb or bool(_FIRST_PERSON.intersection(before))

    @cached_property
    def act_negated(self) -> bool:
        """The cue says that the act is not performed: « ne craint pas »; who does not hide it performs it."""
        if any(form.startswith(_HIDE) for part in self.reading.words_of(self.quote.cue) for form in self._forms(part)):
            return False
        return any(hit.label == lexicon.NEGATION for hit in self.cue) or any(
            form in ("n", "ne") for part in self.reading.words_of(self.quote.cue) for form in self._forms(part)
        )

    def _forms(self, words: range) -> Sequence[str]:
        return self.reading.words.forms[words.start : words.stop]

    @property
    def turned(self) -> bool:
        """The content asks or promises that something ends or does not come about."""
        return bool(self.count[lexicon.STOP] or self.count[lexicon.NEGATION])

    @property
    def negates(self) -> bool:
        """The content says that something ends, or that somebody does not do it."""
        verbal = any(
            hit.label == lexicon.NEGATION and self.reading.words.forms[hit.first] in ("ne", "n") for hit in self.hits
        )
        return bool(self.count[lexicon.STOP]) or verbal

    @cached_property
    def inside(self) -> list[Meant]:
        """Targets that the content means; things of an issue count where the holder is one of its actors."""
        found = [meant for part in self.content for meant in self.reading.meant_in(part) if meant.how != PAIR]
        found += self._pairs(found)
        around = {meant.target for meant in (*found, *self.around) if meant.how != HINT} | {self.own}
        return [self._heightened(meant, around) for meant in found]

    def _pairs(self, found: Sequence[Meant]) -> list[Meant]:
        """Issues whose actors all stand in the content."""
        actors = {meant.target for meant in found}
        last = {meant.target: meant for meant in found}
        return [
            last[issue.between[-1]]._replace(target=issue.name, how=PAIR)
            for issue in self.labels.issues
            if issue.general and issue.between and issue.name not in actors and actors.issuperset(issue.between)
        ]

    def _heightened(self, meant: Meant, around: set[str | None]) -> Meant:
        needed = self.labels.by_name[meant.target].between
        return meant._replace(how=THING) if meant.how == HINT and around.issuperset(needed) else meant

    @cached_property
    def around(self) -> list[Meant]:
        """Targets that are meant in the sentence of the content, outside of it."""
        if not self.content:
            return []
        sentence = self.reading.sentence_of(self.content[0].start)
        return [
            meant for meant in self.reading.meant_in(sentence) if not any(meant.first in part for part in self.content)
        ]

    @cached_property
    def issues(self) -> list[Target]:
        """Issues that the content means: particular ones before the general one, surer ones before others."""
        found = [one for one in self.inside if one.how != HINT and not self.labels.by_name[one.target].is_actor]
        names = dict.fromkeys(one.target for one in sorted(found, key=lambda one: (one.how == PAIR, one.first)))
        if self.count[lexicon.BOTH] and self.labels.general:
            names.setdefault(self.labels.general.name)
        return sorted((self.labels.by_name[name] for name in names), key=lambda issue: issue.general)

    @cached_property
    def topic(self) -> Target | None:
        """The issue that a content speaks of that names none: one of its things, else the issue named last before it.

        A thing alone means its issue where the article takes up all the actors of that issue.
        """
        if not self.content:
            return None
        start = self.content[0].start
        before = [one for one in self.reading.meant_in(range(max(0, start - _RECENT), start)) if one.how != PAIR]
        rest = self.reading.meant_in(range(start, self.reading.sentence_of(start).stop))
        inside = sorted(self.inside, key=lambda one: self.labels.by_name[one.target].general)
        near = [self.labels.by_name[one.target] for one in (*inside, *reversed(before), *rest)]
        return next((one for one in near if not one.is_actor and self.reading.targets.issuperset(one.between)), None)

    @cached_property
    def aside(self) -> Target | None:
        """The issue nearest around the content that the holder's side is no party to."""
        found = [self.labels.by_name[one.target] for one in self.around if one.how != HINT]
        return next((issue for issue in reversed(found) if not issue.is_actor and self.own not in issue.between), None)

    @cached_property
    def partner(self) -> str | None:
        """The other actor of the general issue, where the holder is one of its two."""
        general = self.labels.general
        if general is None or self.own not in general.between:
            return None
        others = [name for name in general.between if name != self.own]
        return others[0] if len(others) == 1 else None

    @cached_property
    def addressed(self) -> list[Meant]:
        """Actors between the cue and the content, who are asked or promised something."""
        if not self.content or not self.quote.cue:
            return []
        start = self.reading.words_of(self.quote.cue[-1:])[0].stop
        stop = self.content[0].start
        return [
            meant
            for meant in self.reading.meant_in(range(start, max(start, stop)))
            if self.labels.by_name[meant.target].is_actor and meant.target != self.own
        ]

    @cached_property
    def just_named(self) -> Meant | None:
        """The actor who is named right before the cue: « les Occidentaux, qu'il traitait de … »."""
        if not self.quote.cue:
            return None
        start = self.reading.words_of(self.quote.cue[:1])[0].start
        sentence = self.reading.sentence_of(start)
        near = self.reading.meant_in(range(max(sentence.start, start - _NEAR), start))
        named = [one for one in near if self.labels.by_name[one.target].is_actor and one.target != self.own]
        return named[-1] if named else None

    @cached_property
    def actors(self) -> list[Meant]:
        """Places where the content names an actor other than the holder's own; adjectives of it name none."""
        return [
            one
            for one in self.inside
            if self.labels.by_name[one.target].is_actor
            and one.target != self.own
            and not self.reading.is_adjective(one)
        ]

    @cached_property
    def at_stake(self) -> Target | None:
        """What talks are about that name no object: the issue between the actors of the general one, else this.

        The first particular issue counts that the article means at all, by its things alone even.
        """
        general = self.labels.general
        if general is None:
            return None
        between = set(general.between)
        particular = (one for one in self.labels.issues if not one.general and set(one.between) == between)
        return next((one for one in particular if one.name in self.reading.targets), general)

    @cached_property
    def object(self) -> Target | None:
        """The issue that the content is about, where it names one; of mere talks what they are about."""
        named = next(iter(self.issues), None)
        is_vague = named is None or named.general
        return self.at_stake if is_vague and self.count[lexicon.TALKS] else named

    @cached_property
    def hinted(self) -> Target | None:
        """An issue of the holder's own side that the content means by one of its things alone."""
        names = [one.target for one in self.inside if not self.labels.by_name[one.target].is_actor]
        targets = [self.labels.by_name[name] for name in names]
        ours = [target for target in targets if self.own in target.between and len(target.between) > 1]
        return min(ours, key=lambda target: target.general, default=None)

    @property
    def things_alone(self) -> bool:
        """The content names things of an exchange that the holder is no party to, and says not whose they are."""
        return any(one.how == HINT and self.own not in self.labels.by_name[one.target].between for one in self.inside)

    @property
    def gives_to_partner(self) -> bool:
        """The content names the partner as the one to whom something goes."""
        return any(one.target == self.partner and self.follows(one, lexicon.TOWARDS, 2) for one in self.actors)

    @property
    def seeks_contact(self) -> bool:
        """The content is about ties of the holder's side with its partner, whom it names."""
        return bool(self.count[lexicon.CONTACT]) and self.partner in {one.target for one in self.actors}

    @property
    def takes_up_general(self) -> bool:
        """The article speaks of all the actors of the general issue."""
        return self.labels.general is not None and self.reading.targets.issuperset(self.labels.general.between)

    @cached_property
    def threatens(self) -> bool:
        """The act is a threat: what is announced is to hurt."""
        return any(self.reading.words.forms[hit.first].startswith("menac") for hit in self.cue)

    @cached_property
    def shields(self) -> bool:
        """Harm is only spoken of as what others might do: « *quiconque* attaquera Pyongyang trouvera … »."""
        conditions = [hit.first for hit in self.hits if hit.label == lexicon.CONDITION]
        return any(
            hit.label == lexicon.HARM and any(hit.first - _NEAR <= first <= hit.first for first in conditions)
            for hit in self.hits
        )

    @property
    def own_matter(self) -> Target | None:
        """An issue of the content that is the holder's own affair, or nobody's in particular: exercises, sanctions."""
        here = [self.labels.by_name[one.target] for one in self.inside]
        return next((one for one in here if not one.is_actor and (len(one.between) < _SIDES)), None)

    @property
    def helps(self) -> bool:
        """The content tells of help that is more than ties which are to grow: « renforcer » is both."""
        ties = {hit.first for hit in self.hits if hit.label == lexicon.CONTACT}
        return any(hit.label == lexicon.HELP and hit.first not in ties for hit in self.hits)

    @cached_property
    def receives(self) -> bool:
        """The content names the holder's side as the one to whom something goes."""
        return any(one.target == self.own and self.follows(one, lexicon.TOWARDS, 2) for one in self.inside)

    @property
    def feels_only(self) -> bool:
        """« s'est dit *gravement préoccupé* »: the content names the feeling, and not what it is about."""
        return bool(self._named_act) and sum(map(len, self.content)) <= _FEW

    @property
    def partner_is_near(self) -> bool:
        """The other side of the holder's affair is named in the content or in its sentence."""
        return any(one.target == self.partner for one in (*self.inside, *self.around))

    @property
    def asks_to_be_given(self) -> bool:
        """« *Donnez*-nous des obus »: who speaks is to get something, whatever else he does not want."""
        opening = next((self._forms(part)[0] for part in self.content), "")
        return self.quote.type == "direct" and opening.endswith("ez") and opening.startswith(_GIVING)

    @property
    def asks_for_more(self) -> bool:
        """« en réclame *d'autres* »: the content only takes up what was named before."""
        forms = [form for part in self.content for form in self._forms(part)]
        return len(forms) <= _FEW and bool(_MORE.intersection(forms))

    @cached_property
    def begins_with_infinitive(self) -> bool:
        """The content says what the holder is to do, rather than what he is to get."""
        forms = [form for part in self.content[:1] for form in self._forms(part)[:3]]
        rest = [form for form in forms if form not in _BEFORE_INFINITIVES]
        return bool(rest) and rest[0].endswith(_INFINITIVES)

    @property
    def excuses(self) -> bool:
        """What is bad is said not to be there: « il n'y a *rien de honteux* », « ce n'est *pas un crime* »."""
        forms = self.reading.words.forms
        return any(
            _DENIED.intersection(forms[max(0, hit.first - 3) : hit.first])
            for hit in self.hits
            if hit.label in (lexicon.NEGATIVE, lexicon.SAID_NEGATIVE)
        )

    @property
    def is_infinitive(self) -> bool:
        """A content that « de » joins to its cue: what is promised or demanded, and not what is so."""
        start = self.content[0].start if self.content else 0
        return self.reading.words.forms[max(0, start - 1) : start] in (("de",), ("d",))

    @property
    def is_outsider(self) -> bool:
        """The holder belongs to no actor: an expert, a diplomat, somebody in the street."""
        return self.own is None

    @property
    def is_official(self) -> bool:
        """Whether an institution or somebody known speaks: « le gouvernement japonais », « Tokyo »."""
        sources = [form for part in self.reading.words_of(self.quote.sources) for form in self._forms(part)]
        return not is_unlinked(self.holders[0]) or bool(_VOICES.intersection(sources))

    def follows(self, meant: Meant, label: str, reach: int = _NEAR) -> Hit | None:
        """The last phrase of `label` that ends at most `reach` words before a target, in the content."""
        start = bisect_left(self.hits, (meant.first - reach - _LONGEST_PHRASE,))
        for hit in reversed(self.hits[start : bisect_left(self.hits, (meant.first,))]):
            if hit.label == label and meant.first <= hit.last + reach:
                return hit
        return None

    @property
    def is_long(self) -> bool:
        """An answer of an interview, or a statement of several sentences."""
        return sum(map(len, self.content)) > _LONG
