"""Who is helped, harmed or fought in what somebody promises, wishes, demands or fears."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parallaxe.annotate.stance_rules import lexicon
from parallaxe.annotate.stance_rules.judgements import Judgement, shown
from parallaxe.annotate.stance_rules.phrases import Hit
from parallaxe.annotate.stance_rules.reading import Meant
from parallaxe.annotate.stance_rules.said import Said
from parallaxe.annotate.stance_rules.targets import Target

_BESIDE = 2
_MEASURED = 6
_PASSIVE = 5
_REMEMBERED = 60
# « le retrait immédiat des *troupes* »: what the content is about stands within its first words.
_REACH = 4
_SUFFERED = ("invasion", "agression", "annexion", "occupation", "bombardement", "attaque")
_VAGUE = ("provocation", "escalade", "comportement", "attitude", "menaces", "agissements", "acte")
_AGAINST = frozenset("contre sur vers".split())
_OF = frozenset("de du des d".split())
_SINGLES_OUT = frozenset("un une ce cet cette ces".split())
_TO_BE = frozenset("soit soient etre sera seront fut".split())


def enemies(said: Said) -> Iterator[Judgement]:
    """Whoever is to be fought: « armer quiconque se bat contre *l'Amérique* »."""
    at_issue = {name for judgement in countered(said) for name in said.labels.by_name[judgement.target].between}
    for actor in said.actors:
        enemy = said.follows(actor, lexicon.ENEMY, 3)
        if enemy and actor.target not in at_issue and not _of_an_issue(said, enemy):
            yield Judgement(actor.target, -1, 2, "against-an-enemy", (enemy.first, actor.last))


def _of_an_issue(said: Said, enemy: Hit) -> bool:
    """« les sanctions contre Pyongyang »: the words are those of an issue, and fight nobody.

    What is taken against somebody may be described before: « des sanctions “ciblées et réversibles” contre … ».
    """
    against = said.reading.words.forms[enemy.first] == "contre"
    return any(
        meant.last < enemy.first <= meant.last + (_MEASURED if against and not target.between else _BESIDE)
        for meant in said.inside
        for target in [said.labels.by_name[meant.target]]
        if not target.is_actor
    )


def blamed(said: Said, among: Sequence[Meant]) -> Meant | None:
    """Who did what is condemned: « l'invasion *russe* de l'Ukraine », « … par *la Russie* », else who comes first."""
    forms = said.reading.words.forms
    actors = [one for one in among if said.labels.by_name[one.target].is_actor and one.target != said.own]
    agents = [one for one in actors if "par" in forms[max(0, one.first - 2) : one.first]]
    adjectives = [one for one in actors if said.reading.is_adjective(one)]
    return next(iter([*agents, *adjectives, *actors]), None)


def doer(said: Said) -> str | None:
    """The actor whose deed the content is about: « *ce tir* », « les frappes *russes* », « ses provocations ».

    He is named in the content, or is the one addressed, or the first one of the last sentence that names any. Where an
    issue is named, that is what is judged.
    """
    start = said.focus
    deed = next((hit for hit in said.hits if hit.label == lexicon.DEED and start <= hit.first <= start + _REACH), None)
    if deed is None or said.head or said.issues:
        return None
    suffers = said.reading.words.forms[deed.first].startswith(_SUFFERED)
    inside = [one for one in said.inside if said.labels.by_name[one.target].is_actor]
    named = [one for one in (*inside, *said.addressed) if not _is_patient(said, one, suffers=suffers)]
    agent = blamed(said, named)
    if agent or inside:
        return agent.target if agent else None
    if said.affair and said.reading.words.forms[deed.first].startswith(_VAGUE):
        # « une escalade »: what the article told of, where that is an issue.
        return None
    return next((one.target for one in (*_actors_before(said, start), *_actors_around(said))), None)


def _actors_around(said: Said) -> list[Meant]:
    """The actors, other than the holder's own, of the sentence in which a content stands."""
    return [one for one in said.around if said.labels.by_name[one.target].is_actor and one.target != said.own]


def taken_up(said: Said, sign: int) -> str | None:
    """The actor whom a noun takes up: « exaspéré par *ce voisin* », « vante *un partenaire* fiable ».

    He is the other side of the holder's affair where he is praised, else the one named last before.
    """
    if said.issues or said.actors or said.addressed or not said.content:
        return None
    kin = next((hit for hit in said.hits if hit.label == lexicon.KIN and hit.first <= said.focus + _REACH), None)
    before = said.reading.words.forms[max(0, kin.first - 2) : kin.first] if kin else ()
    if not _SINGLES_OUT.intersection(before):
        return None
    near = [one.target for one in _actors_before(said, said.focus)]
    return said.partner if sign > 0 and said.partner else next(iter(near), None)


def _is_patient(said: Said, actor: Meant, *, suffers: bool) -> bool:
    """« l'invasion *de l'Ukraine* », « les frappes *sur Kiev* »: who suffers the deed has not done it."""
    before = set(said.reading.words.forms[max(0, actor.first - 2) : actor.first])
    return bool(before & _AGAINST) or (suffers and bool(before & _OF) and not said.reading.is_adjective(actor))


def _actors_before(said: Said, start: int) -> list[Meant]:
    """The actors, other than the holder's own, of the last sentence before a word that names one."""
    near = [
        one
        for one in said.reading.meant_in(range(max(0, start - _REMEMBERED), start))
        if said.labels.by_name[one.target].is_actor and one.target != said.own
    ]
    last = said.reading.sentence_of(near[-1].first) if near else range(0)
    return [one for one in near if one.first in last]


def countered(said: Said) -> Iterator[Judgement]:
    """An issue that is to be countered or answered: « contrer *le duo* »."""
    for meant in said.inside:
        enemy = said.follows(meant, lexicon.ENEMY)
        if enemy and not said.labels.by_name[meant.target].is_actor:
            yield Judgement(meant.target, -1, 2, "counters-issue", (enemy.first, meant.last))


def harmed(said: Said) -> Iterator[Judgement]:
    """Whoever is to be crushed, punished or weakened."""
    yield from _both_harmed(said)
    for actor in said.actors:
        harm = _suffers(said, actor)
        if harm:
            yield Judgement(actor.target, -1, 2, "harm", _stretch(harm, actor))


def helped(said: Said) -> Iterator[Judgement]:
    """Whoever is to be helped, and whoever is to be harmed."""
    yield from _both_harmed(said)
    for actor in said.actors:
        if _issue_of_exchange(said, actor) or said.follows(actor, lexicon.ENEMY, 3):
            continue
        help_ = said.follows(actor, lexicon.HELP, 6)
        harm = _suffers(said, actor)
        towards = said.follows(actor, lexicon.TOWARDS, 3)
        if harm:
            shielded = said.is_conditional(harm) and not _is_agent(said, harm, actor)
            yield Judgement(actor.target, 1 if shielded else -1, 2, "harm", _stretch(harm, actor))
        elif help_ and (towards or help_.last >= actor.first - 3):
            yield Judgement(actor.target, 1, 2, "help", (help_.first, actor.last))


def _is_agent(said: Said, harm: Hit, actor: Meant) -> bool:
    """« toute attaque *de Pyongyang* »: who may do harm, and not who may suffer it."""
    forms = said.reading.words.forms
    return forms[harm.first].startswith(_SUFFERED) and bool(_OF.intersection(forms[harm.last + 1 : actor.first]))


def _stretch(hit: Hit, actor: Meant) -> tuple[int, int]:
    return min(hit.first, actor.first), max(hit.last, actor.last)


def upheld(said: Said) -> Iterator[Judgement]:
    """Who is not to be abandoned: « ne pas lâcher *Kiev* »."""
    for actor in said.actors:
        left = said.follows(actor, lexicon.ABANDON, 3)
        if left and said.count[lexicon.NEGATION]:
            yield Judgement(actor.target, 1, 2, "upholds", (left.first, actor.last))


def _suffers(said: Said, actor: Meant) -> Hit | None:
    """The harm of which an actor is to be the object: « punir *Moscou* », « que *Moscou* soit puni »."""
    forms = said.reading.words.forms
    after = (hit for hit in said.hits if hit.label == lexicon.HARM and actor.last < hit.first <= actor.last + _PASSIVE)
    passive = (hit for hit in after if _TO_BE.intersection(forms[actor.last : hit.first]))
    return said.follows(actor, lexicon.HARM, 3) or next(passive, None)


def _both_harmed(said: Said) -> Iterator[Judgement]:
    """« isoler *les deux régimes* »: both sides of the general issue."""
    general = said.labels.general
    if general and said.count[lexicon.HARM] and any(hit.label == lexicon.BOTH for hit in said.hits):
        yield from (Judgement(name, -1, 2, "harm", shown(said, lexicon.HARM)) for name in general.between)


def _issue_of_exchange(said: Said, actor: Meant) -> Target | None:
    """The issue of which an actor is one side and the holder the other, where its things are told of."""
    for issue in said.issues:
        if actor.target in issue.between and said.own in issue.between:
            return issue
    return None


def asked_for_itself(said: Said) -> Iterator[Judgement]:
    """Help that the holder's side is to get."""
    if said.own and (
        said.count[lexicon.HELP] or (said.things_alone and not said.actors and not said.begins_with_infinitive)
    ):
        yield Judgement(said.own, 1, 2, "asks-for-itself", shown(said, lexicon.HELP))
