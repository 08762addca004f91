"""Which targets a quotation evaluates, supports or opposes: the rules of the guidelines, one function for each act.

An act (concern, demand, promise, wish …) says what is done to its object; what stands in the content turns it round
(to cease, not to, against) and tells the object. Rules name the issue rather than the actor, as the guidelines do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from parallaxe.annotate.stance_rules import lexicon
from parallaxe.annotate.stance_rules.phrases import Hit
from parallaxe.annotate.stance_rules.reading import Meant
from parallaxe.annotate.stance_rules.said import Said
from parallaxe.annotate.stance_rules.targets import Target


class Judgement(NamedTuple):
    """The quotation is for (1) or against (-1) a target; `strength` is 1 to 3; `why` names the rule.

    `shown` are the words that carry it, where a rule knows them.
    """

    target: str
    sign: int
    strength: int
    why: str
    shown: tuple[int, int] | None = None


def judge(said: Said) -> list[Judgement]:
    """What the rules say of a quotation: at most one judgement for each target, the surest first."""
    rule = _RULES.get(said.act, _told)
    found = list(rule(said)) if said.content else []
    first: dict[str, Judgement] = {}
    for judgement in found:
        if judgement.target != said.own or judgement.why == "asks-for-itself":
            first.setdefault(judgement.target, judgement)
    return list(first.values())[:3]


def _enemies(said: Said) -> Iterator[Judgement]:
    """Whoever is to be fought, in what is promised, wished or demanded."""
    for actor in said.actors:
        enemy = said.follows(actor, lexicon.ENEMY, 3)
        if enemy:
            yield Judgement(actor.target, -1, 2, "against-an-enemy", (enemy.first, actor.last))


def _countered(said: Said) -> Iterator[Judgement]:
    """An issue that is to be countered or answered."""
    for meant in said.inside:
        enemy = said.follows(meant, lexicon.ENEMY)
        if enemy and not said.labels.by_name[meant.target].is_actor:
            yield Judgement(meant.target, -1, 2, "counters-issue", (enemy.first, meant.last))


def _helped(said: Said) -> Iterator[Judgement]:
    """Whoever is to be helped or harmed, in what is promised, wished, demanded or feared."""
    for actor in said.actors:
        if _issue_of_exchange(said, actor) or said.follows(actor, lexicon.ENEMY, 3):
            continue
        help_ = said.follows(actor, lexicon.HELP, 6)
        harm = said.follows(actor, lexicon.HARM, 3)
        towards = said.follows(actor, lexicon.TOWARDS, 2)
        if harm:
            yield Judgement(actor.target, -1, 2, "harm", (harm.first, actor.last))
        elif help_ and (towards or help_.last >= actor.first - 3):
            yield Judgement(actor.target, 1, 2, "help", (help_.first, actor.last))


def _issue_of_exchange(said: Said, actor: Meant) -> Target | None:
    """The issue of which an actor is one side and the holder the other, where its things are told of."""
    for issue in said.issues:
        if actor.target in issue.between and said.own in issue.between:
            return issue
    return None


def _demands(said: Said) -> Iterator[Judgement]:
    yield from _enemies(said)
    yield from _countered(said)
    if said.turned:
        yield from _stopped(said)
        return
    helped = list(_helped(said))
    yield from helped
    if not helped and said.own and said.count[lexicon.HELP]:
        yield Judgement(said.own, 1, 2, "asks-for-itself")
    if said.count[lexicon.REPLY] and said.labels.general:
        yield Judgement(said.labels.general.name, -1, 1, "asks-to-answer", _first(said, lexicon.REPLY))


def _stopped(said: Said) -> Iterator[Judgement]:
    """What is to end or not to be done: help to somebody, where those who are asked are no party to an issue."""
    issue = said.issues[0] if said.issues and not said.issues[0].general else said.particular
    outsiders = [one for one in said.addressed if issue and issue.between and one.target not in issue.between]
    helped = [one for one in _helped(said) if one.why == "help"]
    if outsiders and helped:
        yield helped[0]._replace(sign=-1, strength=1, why="asks-not-to-help")
    elif issue and not outsiders:
        yield Judgement(issue.name, -1, 2, "asks-to-stop")


def _commits(said: Said) -> Iterator[Judgement]:
    enemies = [*_enemies(said), *_countered(said)]
    yield from enemies
    if enemies:
        return
    if said.turned:
        if said.issues and not _swears(said):
            yield Judgement(said.issues[0].name, -1, 1, "promises-not-to")
        return
    yield from _helped(said)
    yield from _offered(said)


def _swears(said: Said) -> bool:
    """To swear that something is not so denies it; it promises nothing."""
    return any(said.reading.words.forms[hit.first].startswith("jur") for hit in said.cue)


def _offered(said: Said) -> Iterator[Judgement]:
    """Help that is promised to those who are addressed, or to the partner of the holder."""
    if said.addressed and (said.count[lexicon.HELP] or said.act == lexicon.COMMIT):
        yield Judgement(said.addressed[0].target, 1, 2, "promises-help")
    elif said.partner and not said.issues and (said.count[lexicon.HELP] or said.act == lexicon.COMMIT):
        yield Judgement(said.partner, 1, 1, "offers-to-partner")
    else:
        yield from (Judgement(issue.name, 1, 1, "promises") for issue in said.issues[:1])


def _worries(said: Said) -> Iterator[Judgement]:
    if said.act_negated:
        return
    general = said.labels.general
    helped = next((one for one in _helped(said) if one.why == "help"), None)
    if helped and not (general and helped.target in general.between):
        yield helped._replace(sign=-1, strength=1, why="fears-help")
        return
    sure = [issue.name for issue in said.issues if not issue.general]
    feared = sure[0] if sure else general.name if general else None
    if feared:
        yield Judgement(feared, -1, 1, "concern")


def _condemns(said: Said) -> Iterator[Judgement]:
    if not said.act_negated:
        yield from _objects(said, -1, "condemns")


def _approves(said: Said) -> Iterator[Judgement]:
    enemies = list(_enemies(said))
    yield from enemies
    if not enemies:
        yield from _objects(said, -1 if said.act_negated else 1, "approves")


def _objects(said: Said, sign: int, why: str) -> Iterator[Judgement]:
    strength = 2 if sign < 0 else 1
    if said.issues:
        yield Judgement(said.issues[0].name, sign, strength, why)
    elif said.actors:
        yield Judgement(said.actors[0].target, sign, strength, why)
    elif said.addressed:
        yield Judgement(said.addressed[0].target, sign, strength, why)
    elif sign < 0 and (near := [one for one in said.around if one.target != said.own]):
        yield Judgement(near[-1].target, sign, strength, why)
    elif sign > 0 and said.partner and said.labels.general:
        yield Judgement(said.labels.general.name, sign, strength, why)


def _wishes(said: Said) -> Iterator[Judgement]:
    enemies = [*_enemies(said), *_countered(said)]
    yield from enemies
    yield from (judgement for judgement in _helped(said) if judgement.why == "harm")
    if enemies:
        return
    sign = -1 if said.act_negated else 1
    if said.count[lexicon.STOP]:
        sign = -sign
    if said.issues:
        issue = said.issues[0]
        if said.own in issue.between or sign < 0:
            yield Judgement(issue.name, sign, 1, "wishes")
    elif said.act_negated and said.labels.general:
        yield Judgement(said.labels.general.name, -1, 1, "wishes-not")
    elif said.partner and said.count[lexicon.HELP] and not said.count[lexicon.CONTACT]:
        yield from _offered(said)
    elif said.partner in {one.target for one in said.actors} and said.count[lexicon.CONTACT] and said.labels.general:
        yield Judgement(said.labels.general.name, 1, 1, "wishes-contact")


def _judges(said: Said) -> Iterator[Judgement]:
    """What is called good or warlike; of those who are a party to the general issue this is meant."""
    negative = said.count[lexicon.NEGATIVE] + said.count[lexicon.WARLIKE]
    positive = said.count[lexicon.POSITIVE]
    if negative > positive and said.aside and said.aside.between:
        yield Judgement(said.aside.name, -1, 2, "calls-warlike")
    elif positive and said.partner and said.labels.general and not said.act_negated:
        yield Judgement(said.labels.general.name, 1, 1, "calls-good", _first(said, lexicon.POSITIVE))
        yield from _grounds(said)
    elif said.issues and (negative or positive):
        sign = 1 if positive > negative else -1
        yield Judgement(said.issues[0].name, -sign if said.count[lexicon.NEGATION] else sign, 1, "calls")


def _grounds(said: Said) -> Iterator[Judgement]:
    """What others do, given as the reason for what is called good."""
    for meant in said.inside:
        ground = said.follows(meant, lexicon.GROUND, 6)
        if ground and meant.target not in (said.own, said.partner):
            foreign = [one for one in said.labels.issues if meant.target in (one.name, *one.between)]
            if foreign and foreign[0] != said.labels.general:
                yield Judgement(foreign[0].name, -1, 1, "gives-as-ground", (ground.first, meant.last))
                return


def _told(said: Said) -> Iterator[Judgement]:
    if said.is_long:
        return
    if said.count[lexicon.OUGHT]:
        yield from _demands(said)
    if said.count[lexicon.HARMFUL] and said.issues:
        yield Judgement(said.issues[0].name, -1, 1, "harmful", _first(said, lexicon.HARMFUL))
    yield from _evaluated(said)
    if said.partner and said.count[lexicon.POSITIVE] and not said.count[lexicon.NEGATIVE] and said.act != lexicon.TELL:
        yield from _judges(said)
    yield from _grounds(said)


def _evaluated(said: Said) -> Iterator[Judgement]:
    """Values in the source's own words, said of a target that these words mean."""
    if said.quote.type not in ("direct", "mixed"):
        return
    negative, positive = said.count[lexicon.NEGATIVE], said.count[lexicon.POSITIVE]
    meant = said.issues[0].name if said.issues else said.actors[0].target if said.actors else None
    if meant and negative > positive:
        yield Judgement(meant, -1, 1, "evaluates", _first(said, lexicon.NEGATIVE))
    elif meant and positive > negative:
        turned = bool(said.count[lexicon.NEGATION])
        yield Judgement(meant, -1 if turned else 1, 1, "evaluates", _first(said, lexicon.POSITIVE))


def _first(said: Said, label: str) -> tuple[int, int] | None:
    hit: Hit | None = next((one for one in said.hits if one.label == label), None)
    return (hit.first, hit.last) if hit else None


def _nothing(_: Said) -> Iterator[Judgement]:
    return iter(())


_RULES: Mapping[str, Callable[[Said], Iterator[Judgement]]] = {
    lexicon.CONCERN: _worries,
    lexicon.CONDEMN: _condemns,
    lexicon.PRAISE: _approves,
    lexicon.DEMAND: _demands,
    lexicon.COMMIT: _commits,
    lexicon.WANT: _wishes,
    lexicon.JUDGE: _judges,
    lexicon.DENY: _nothing,
}
