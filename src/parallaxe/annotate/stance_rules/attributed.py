"""Which targets a quotation evaluates, supports or opposes: the rules of the guidelines, one function for each act.

An act (concern, demand, promise, wish …) says what is done to its object; what stands in the content turns it round
(to cease, not to, against) and tells the object. Rules name the issue rather than the actor, as the guidelines do.
Statements without such an act are told apart by who speaks: a side that calls its own affair sensible stands for it,
an outsider who belittles it stands against it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from parallaxe.annotate.stance_rules import lexicon
from parallaxe.annotate.stance_rules.answers import judged_in_answer
from parallaxe.annotate.stance_rules.judgements import Judgement, shown
from parallaxe.annotate.stance_rules.parties import asked_for_itself, blamed, countered, enemies, harmed, helped, upheld
from parallaxe.annotate.stance_rules.reading import Meant
from parallaxe.annotate.stance_rules.said import Said
from parallaxe.annotate.stance_rules.telling import DEFENDS_ITSELF, evaluated, told

_SHORT = 5
"""Words of a content that is no more than a refusal to speak."""


def judge(said: Said) -> list[Judgement]:
    """What the rules say of a quotation: at most one judgement for each target, the surest first."""
    if not said.content or said.relays or (said.count[lexicon.SILENCE] and len(said.content[0]) <= _SHORT):
        return []
    rule = judged_in_answer if said.is_long else _RULES.get(said.act, told)
    first: dict[str, Judgement] = {}
    for judgement in rule(said):
        if judgement.target != said.own or judgement.why in ("asks-for-itself", DEFENDS_ITSELF):
            first.setdefault(judgement.target, judgement)
    return list(first.values())[:3]


def _demands(said: Said) -> Iterator[Judgement]:
    opposed = [*countered(said), *enemies(said)]
    yield from opposed
    if said.asks_to_be_given:
        yield from asked_for_itself(said)
        return
    if said.turned:
        yield from list(upheld(said)) or _stopped(said)
        return
    favoured = list(helped(said))
    yield from favoured
    if not favoured:
        yield from _asked_for(said)
    if not opposed:
        yield from _answered(said)


def _answered(said: Said) -> Iterator[Judgement]:
    """Who wants the general issue answered, and is no side of it, is against it."""
    general = said.labels.general
    if said.count[lexicon.REPLY] and general and said.own not in general.between:
        yield Judgement(general.name, -1, 1, "asks-to-answer", shown(said, lexicon.REPLY))


def _asked_for(said: Said) -> Iterator[Judgement]:
    """An exchange that one of its two sides asks for, an issue that has no sides, or help."""
    if said.hinted and not said.hinted.general:
        yield Judgement(said.hinted.name, 1, 2, "asks-for-exchange")
    elif said.object and not said.object.between:
        yield Judgement(said.object.name, 1, 2, "asks-for-issue")
    elif said.asks_for_more and said.topic and not said.topic.between:
        yield Judgement(said.topic.name, 1, 2, "asks-for-issue")
    else:
        yield from asked_for_itself(said)


def _stopped(said: Said) -> Iterator[Judgement]:
    """What is to end or not to be done: help to somebody, where those who are asked are no party to an issue."""
    issue = said.object or said.at_stake
    outsiders = [one for one in said.addressed if issue and issue.between and one.target not in issue.between]
    favoured = [one for one in helped(said) if one.sign > 0]
    if favoured and (outsiders or not issue or favoured[0].target not in issue.between):
        yield favoured[0]._replace(sign=-1, strength=1, why="asks-not-to-help")
    elif issue and not outsiders:
        yield Judgement(issue.name, -1, 2, "asks-to-stop", shown(said, lexicon.STOP))


def _commits(said: Said) -> Iterator[Judgement]:
    opposed = [*countered(said), *enemies(said)]
    yield from opposed
    if opposed:
        return
    if kept := list(upheld(said)):
        yield from kept
    elif said.threatens:
        yield from _threatened(said)
    elif said.turned:
        yield from _forsworn(said)
    elif said.shields:
        yield from helped(said)
    else:
        yield from helped(said)
        yield from _offered(said)


def _threatened(said: Said) -> Iterator[Judgement]:
    """Who is to suffer by a threat; where no harm is named, what is threatened to be helped or to be done."""
    favoured = list(helped(said))
    yield from favoured
    matter = said.own_matter
    if not favoured and matter:
        yield Judgement(matter.name, -1 if said.turned else 1, 1, "threatens-with")
    elif not favoured and said.topic:
        yield Judgement(said.topic.name, -1, 1, "threatens")


def _forsworn(said: Said) -> Iterator[Judgement]:
    """What is promised not to be done; to swear that something is not so denies it, and promises nothing."""
    swears = any(said.reading.words.forms[hit.first].startswith("jur") for hit in said.cue) and not said.is_infinitive
    favoured = [one for one in helped(said) if one.sign > 0]
    if swears:
        return
    if favoured and said.at_stake and said.own not in said.at_stake.between:
        yield favoured[0]._replace(sign=-1, strength=1, why="promises-not-to-help")
    elif said.object:
        yield Judgement(said.object.name, -1, 1, "promises-not-to", shown(said, lexicon.NEGATION))
    elif said.at_stake and said.count[lexicon.HELP]:
        yield Judgement(said.at_stake.name, -1, 1, "promises-not-to-help", shown(said, lexicon.NEGATION))


def _offered(said: Said) -> Iterator[Judgement]:
    """Help that is promised to those who are addressed, or to the partner of the holder."""
    gives = bool(said.count[lexicon.HELP]) or said.act == lexicon.COMMIT or said.gives_to_partner
    if said.seeks_contact and said.labels.general and not said.helps:
        yield Judgement(said.labels.general.name, 1, 1, "offers-contact", shown(said, lexicon.CONTACT))
        return
    if said.addressed and gives:
        yield Judgement(said.addressed[0].target, 1, 2, "promises-help")
    elif said.hinted and not (said.hinted.general and said.count[lexicon.HELP]):
        yield Judgement(said.hinted.name, 1, 1, "offers-exchange")
    elif said.partner and gives and (said.count[lexicon.HELP] or said.partner_is_near):
        yield Judgement(said.partner, 1, 1, "offers-to-partner", shown(said, lexicon.HELP))
    elif said.issues:
        yield Judgement(said.issues[0].name, 1, 1, "promises")
    elif said.act == lexicon.COMMIT and len({one.target for one in said.actors}) == 1:
        yield Judgement(said.actors[0].target, 1, 1, "promises-to")


def _offers(said: Said) -> Iterator[Judgement]:
    opposed = [*countered(said), *enemies(said)]
    yield from opposed
    if opposed or said.act_negated:
        return
    if said.turned:
        yield from _stopped(said)
    else:
        yield from _offered(said)


def _worries(said: Said) -> Iterator[Judgement]:
    if said.act_negated:
        return
    general = said.labels.general
    in_own_words = [one for one in told(said) if one.sign < 0] if said.quote.type == "direct" else []
    yield from in_own_words
    opposed = list(enemies(said)) if said.own else []
    yield from opposed
    favoured = next((one for one in helped(said) if one.sign > 0), None)
    if in_own_words or opposed:
        return
    if favoured and not (general and favoured.target in general.between):
        yield favoured._replace(sign=-1, strength=1, why="fears-help")
        return
    feared = said.object or (None if _is_elsewhere(said) else general)
    if feared:
        yield Judgement(feared.name, -1, 1, "concern")


def _is_elsewhere(said: Said) -> bool:
    """What is feared is no matter of the general issue, or nobody says that it is.

    An outsider who names no target fears for himself, unless an institution says no more than that it is worried.
    """
    general = said.labels.general
    if said.inside:
        return general is not None and not _near_general(said) and said.is_outsider
    if said.feels_only and said.is_official:
        return False
    about = said.topic is not None and bool(said.topic.between)
    return said.is_outsider and (said.quote.type == "direct" or not (about or said.is_official))


def _near_general(said: Said) -> bool:
    """A side of the general issue, or an issue, is named in the content."""
    general = said.labels.general
    between = general.between if general else ()
    return any(one.target in between or not said.labels.by_name[one.target].is_actor for one in said.inside)


def _condemns(said: Said) -> Iterator[Judgement]:
    if said.count[lexicon.ACCUSATION] and not said.actors:
        return
    if not said.act_negated or said.reading.words_of(said.quote.cue)[0].start in {hit.first for hit in said.cue}:
        yield from _objects(said, -1, "condemns")


def _approves(said: Said) -> Iterator[Judgement]:
    opposed = list(enemies(said))
    yield from opposed
    if said.seeks_contact and said.labels.general:
        yield Judgement(said.labels.general.name, 1, 1, "approves-contact", shown(said, lexicon.CONTACT))
    elif not opposed:
        yield from _objects(said, -1 if said.act_negated else 1, "approves")


def _objects(said: Said, sign: int, why: str) -> Iterator[Judgement]:
    strength = 2 if sign < 0 else 1
    if said.object:
        yield Judgement(said.object.name, sign, strength, why)
    elif said.addressed:
        yield Judgement(said.addressed[0].target, sign, strength, why)
    elif actor := blamed(said) if sign < 0 else next(iter(said.actors), None):
        yield Judgement(actor.target, sign, strength, why)
    elif sign < 0 and said.just_named:
        yield Judgement(said.just_named.target, sign, strength, why)
    elif issue := said.topic or (said.labels.general if sign < 0 or said.partner else None):
        yield Judgement(issue.name, sign, strength, why)


def _wishes(said: Said) -> Iterator[Judgement]:
    """What is wanted: an exchange or closer ties by one of their sides, somebody's harm, the end of something.

    Who wants to get something of a partner takes no stance on him; who wants to give does.
    """
    opposed = [*countered(said), *enemies(said), *harmed(said)]
    yield from opposed
    yield from _answered(said)
    sign = -1 if said.act_negated != said.negates else 1
    if sign < 0:
        yield from _unwanted(said)
    elif said.hinted and not said.count[lexicon.REPLY]:
        yield Judgement(said.hinted.name, 1, 1, "wishes")
    elif said.count[lexicon.BOTH] and said.labels.general and not said.turned:
        yield Judgement(said.labels.general.name, 1, 1, "wishes-for-both", shown(said, lexicon.BOTH))
    elif issue := said.own_matter:
        yield Judgement(issue.name, 1, 1, "wishes-issue")
    elif said.receives:
        yield from asked_for_itself(said)
    elif favoured := [one for one in helped(said) if one.sign > 0]:
        yield favoured[0]
    elif not opposed and said.begins_with_infinitive:
        yield from _wishes_to_do(said)


def _unwanted(said: Said) -> Iterator[Judgement]:
    """What is not to be: somebody's defeat, which stands for him; « *entendre parler* de lui », which does not."""
    named = [one for one in said.inside if said.labels.by_name[one.target].is_actor and one.target != said.own]
    if said.count[lexicon.SHUNNED]:
        yield from (Judgement(one.target, -1, 2, "shuns", shown(said, lexicon.SHUNNED)) for one in named)
        return
    spared = next((one for one in named if _defeat(said, one)), None)
    if spared:
        yield Judgement(spared.target, 1, 1, "wishes-no-defeat", shown(said, lexicon.DEFEAT))
        return
    issue = said.object or said.topic or (said.labels.general if said.own else None)
    if issue:
        yield Judgement(issue.name, -1, 1, "wishes-not")


def _defeat(said: Said, actor: Meant) -> bool:
    return said.follows(actor, lexicon.DEFEAT, 3) is not None


def _wishes_to_do(said: Said) -> Iterator[Judgement]:
    if said.seeks_contact and said.labels.general:
        yield Judgement(said.labels.general.name, 1, 1, "wishes-contact", shown(said, lexicon.CONTACT))
    elif said.count[lexicon.HELP] and not said.count[lexicon.REPLY]:
        yield from _offered(said)


def _judges(said: Said) -> Iterator[Judgement]:
    """What is called warlike by those who look on; else as what is said without an act."""
    negative = said.count[lexicon.NEGATIVE] + said.count[lexicon.WARLIKE]
    foreign = said.object if said.object and said.own not in said.object.between else said.aside
    if negative > said.count[lexicon.POSITIVE] and foreign and foreign.between:
        yield Judgement(foreign.name, -1, 2, "calls-warlike", shown(said, lexicon.WARLIKE))
    else:
        yield from told(said)
        yield from evaluated(said)


def _nothing(_: Said) -> Iterator[Judgement]:
    return iter(())


_RULES: Mapping[str, Callable[[Said], Iterator[Judgement]]] = {
    lexicon.CONCERN: _worries,
    lexicon.CONDEMN: _condemns,
    lexicon.PRAISE: _approves,
    lexicon.DEMAND: _demands,
    lexicon.COMMIT: _commits,
    lexicon.OFFER: _offers,
    lexicon.WANT: _wishes,
    lexicon.JUDGE: _judges,
    lexicon.DENY: _nothing,
}
