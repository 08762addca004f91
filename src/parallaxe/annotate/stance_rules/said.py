"""A quotation as the rules of stance read it: which targets its content is about, and who is meant around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from parallaxe.annotate.stance_rules import lexicon
from parallaxe.annotate.stance_rules.acts import CLITICS, FEW, NEAR, VALUES, Act
from parallaxe.annotate.stance_rules.reading import HINT, PAIR, THING, Meant
from parallaxe.annotate.stance_rules.targets import Target

_SIDES = 2
# How far back a reader still has in mind what was spoken of: a sentence or so, in words.
_RECENT = 25
# What is broken stands behind an article and a noun: « une atteinte directe au régime de sanctions ».
_BROKEN = 5
# The first words of a content that name what it is about, and what leads from them to something else.
_HEAD = 6
_LINKS = frozenset("qui que qu dont ou lequel laquelle lesquels lesquelles et".split())
_OF_SOMEBODY = frozenset({lexicon.JUDGE, lexicon.CONDEMN, lexicon.PRAISE})
_ALLIES = ("allie", "partenaire", "voisin", "ennemi", "rivaux", "rival", "adversaire")
_POINTING = frozenset("ce cet cette ces cela ca c celui-ci celle-ci".split())
_ARTICLES = frozenset("le la l les leur son sa ses leurs".split())
_OWN_DEEDS = frozenset({lexicon.COMMIT, lexicon.WANT, lexicon.OFFER})


@dataclass(frozen=True)
class Said(Act):
    """One quotation and the targets that it means."""

    @cached_property
    def is_of_something_else(self) -> bool:
        """The content opens with a noun that means no target: « *les Européens* sont naïfs », not « *cela* … »."""
        if not self.content or self.head or self._named_act:
            return False
        part = self.content[0]
        opening = self.reading.words.forms[part.start]
        judges = any(hit.first == part.start + 1 and hit.label in VALUES for hit in self.hits)
        means = bool(self.reading.meant_in(part[:NEAR])) or bool(self.issues)
        return opening in _ARTICLES and len(part) > 1 and not judges and not means

    @cached_property
    def is_of_the_situation(self) -> bool:
        """The content points to what the article told of: « *cela* », « *une évolution* préoccupante », « sa colère ».

        So it does where it holds a thing of an issue; another noun is what is condemned, and no target.
        """
        if not self.content:
            return False
        part = self.content[0]
        points = self.reading.words.forms[part.start] in _POINTING or bool(self._named_act)
        labels = (*VALUES, lexicon.HARMFUL, lexicon.BREACH)
        judges = any(hit.label in labels and hit.first <= part.start + NEAR for hit in self.hits)
        return points or judges or any(not self.labels.by_name[one.target].is_actor for one in self.inside)

    @cached_property
    def inside(self) -> list[Meant]:
        """Targets that the content means; things of an issue count where the holder is one of its actors."""
        found = [meant for part in self.content for meant in self.reading.meant_in(part) if meant.how != PAIR]
        found += self._pairs(found)
        found += [noun for part in self.content for noun in self.reading.nouns_in(part) if self._stands_alone(noun)]
        found = [meant for meant in found if not self._is_broken(meant)]
        around = {meant.target for meant in (*found, *self.around) if meant.how != HINT} | {self.own}
        return [self._heightened(meant, around) for meant in found]

    def _stands_alone(self, noun: Meant) -> bool:
        """What takes up an issue that no actors make: « le comité d'experts » of sanctions."""
        return not self.labels.by_name[noun.target].between

    def _is_broken(self, meant: Meant) -> bool:
        """« au mépris *des sanctions* »: what is broken is not what the speaker judges, unless he means to break it."""
        target = self.labels.by_name[meant.target]
        if target.is_actor:
            return False
        if "par" in self._forms(range(max(0, meant.first - 2), meant.first)):
            # « justifie le tir *par les manœuvres* »: what brings it about.
            return True
        if target.between or self.act in _OWN_DEEDS:
            return False
        return self.follows(meant, lexicon.BREACH, _BROKEN) is not None

    @cached_property
    def head(self) -> Target | None:
        """The issue that the content is about by its first words, or by those behind what the speaker does in it.

        « *ces livraisons*, qui violent … », « Nous condamnons *ce pacte* », « *le traité* entre X et Y »: what comes
        later tells more of it. A thing or a noun that takes it up is enough, where the article speaks of its sides.
        """
        if not self.content:
            return None
        start = self.focus
        part = next((part for part in self.content if start in part), self.content[0])
        reach = _HEAD if start == part.start else _HEAD + 2
        words = range(start, min(part.stop, start + reach))
        for place in words:
            if self.reading.words.forms[place] in _LINKS and place > start:
                words = range(start, place)
                break
        near = sorted((*self.reading.meant_in(words), *self.reading.nouns_in(words)))
        for one in near:
            target = self.labels.by_name[one.target]
            if one.how == PAIR:
                continue
            if target.is_actor and not self.reading.is_adjective(one):
                return None
            if not target.is_actor and self._is_at_hand(target) and not self._is_broken(one):
                same = [other for other in near if other.first == one.first and other.how != PAIR]
                return self._of_one_word(same)
        return None

    def _of_one_word(self, same: Sequence[Meant]) -> Target:
        """Of the issues that one noun may mean a particular one: « exercices »."""
        general = self.labels.general
        issues = [self.labels.by_name[one.target] for one in same]
        if (
            general in issues
            and self.own in general.between
            and (self.partner in {one.target for one in self.inside} or not any(one.how == THING for one in same))
        ):
            return general
        fitting = [issue for issue in issues if not issue.is_actor and self._is_at_hand(issue)]
        return min(fitting, key=lambda issue: issue.general)

    def _is_at_hand(self, target: Target) -> bool:
        return self.reading.targets.issuperset(target.between or (target.name,))

    @property
    def ties(self) -> Target | None:
        """The general issue, where the content begins with ties of its sides and names nobody else.

        Who belongs to another side speaks of ties of his own.
        """
        general = self.labels.general
        if general is None or self.own not in (None, *general.between):
            return None
        nouns = {one.target for part in self.content for one in self.reading.nouns_in(part)}
        if self.head != general and (self.head or general.name not in nouns or not self._is_at_hand(general)):
            return None
        return general if all(one.target in general.between for one in self.actors) else None

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
        if self.opens_with_actor:
            found = [one for one in found if one.how != PAIR]
        names = dict.fromkeys(one.target for one in sorted(found, key=lambda one: (one.how == PAIR, one.first)))
        if self.count[lexicon.BOTH] and self.labels.general:
            names.setdefault(self.labels.general.name)
        return sorted((self.labels.by_name[name] for name in names), key=lambda issue: issue.general)

    @property
    def topic(self) -> Target | None:
        """The issue that a content speaks of that names none: one of its things, else the issue named last before it.

        A thing alone means its issue where the article takes up all the actors of that issue.
        """
        return next(iter(self._topics), None)

    @property
    def affair(self) -> Target | None:
        """The same of issues that have two sides: sanctions and exercises are not meant unless they are named."""
        return next((one for one in self._topics if len(one.between) >= _SIDES), None)

    @cached_property
    def _topics(self) -> list[Target]:
        if not self.content:
            return []
        start = self.content[0].start
        before = [one for one in self.reading.meant_in(range(max(0, start - _RECENT), start)) if one.how != PAIR]
        rest = self.reading.meant_in(range(start, self.reading.sentence_of(start).stop))
        inside = sorted(self.inside, key=lambda one: self.labels.by_name[one.target].general)
        near = [self.labels.by_name[one.target] for one in (*inside, *reversed(before), *rest)]
        return [one for one in near if not one.is_actor and self.reading.targets.issuperset(one.between)]

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
        near = self.reading.meant_in(range(max(sentence.start, start - NEAR), start))
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
            and not self._is_of_kin(one)
        ]

    def _is_of_kin(self, one: Meant) -> bool:
        """« les alliés *de Pyongyang* » are not Pyongyang."""
        forms = self._forms(range(max(0, one.first - 2), one.first))
        return len(forms) == CLITICS and forms[1] in ("de", "d", "du") and forms[0].startswith(_ALLIES)

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
        subject = self.head if self.is_clause else None
        named = (
            self.seen
            or subject
            or min(filter(None, (self.head, *self.issues)), key=lambda issue: issue.general, default=None)
        )
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

    @cached_property
    def opens_with_actor(self) -> bool:
        """« *Moscou* de recruter des Nord-Coréens », « *Kim* d'ami de la Russie »: he is judged, and not the two."""
        start = self.content[0].start if self.content else 0
        first = next(iter(self.reading.meant_in(range(start, start + 2))), None)
        if first is None or self.act not in _OF_SOMEBODY or not self.labels.by_name[first.target].is_actor:
            return False
        if self.reading.is_adjective(first):
            return False
        return self.reading.words.forms[first.last + 1 : first.last + 2] != ("et",)

    @property
    def seen(self) -> Target | None:
        """The issue in which something is seen: « voit dans *le pacte* un défi »."""
        if self.act != lexicon.JUDGE or self.comes_first or not self.quote.cue or not self.content:
            return None
        start = self.reading.words_of(self.quote.cue[-1:])[0].stop
        between = range(start, max(start, self.content[0].start))
        near = sorted((*self.reading.meant_in(between), *self.reading.nouns_in(between)))
        issues = [self.labels.by_name[one.target] for one in near if one.how != PAIR]
        return next((one for one in issues if not one.is_actor and self._is_at_hand(one)), None)

    @property
    def is_at_issue(self) -> bool:
        """The content speaks of a target or of talks at all, or says next to nothing: « cesser »."""
        return bool(self.inside or self.count[lexicon.TALKS]) or sum(map(len, self.content)) <= FEW

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
    def partner_is_near(self) -> bool:
        """The other side of the holder's affair is named in the content or in its sentence."""
        return any(one.target == self.partner for one in (*self.inside, *self.around))
