"""Statements without an act that evaluates: what their own words judge, and who says so."""

from __future__ import annotations

from collections.abc import Iterator

from parallaxe.annotate.stance_rules import lexicon
from parallaxe.annotate.stance_rules.judgements import Judgement, shown
from parallaxe.annotate.stance_rules.parties import asked_for_itself, countered, doer, enemies, helped
from parallaxe.annotate.stance_rules.phrases import Hit
from parallaxe.annotate.stance_rules.reading import Meant
from parallaxe.annotate.stance_rules.said import Said
from parallaxe.annotate.stance_rules.targets import Target

DEFENDS_ITSELF = "defends-itself"
"""Why a holder is for the side that he belongs to."""

_OWN_WORDS = ("direct", "mixed")
# « ne visent *personne* »: what is denied is that anybody is meant.
_NOBODY = frozenset("personne aucun aucune".split())
_HIMSELF = frozenset("il elle ils elles nous".split())
_TO_COME = ("ra", "ront", "rons", "rait", "raient")
_OF = frozenset("de du des d la le l les".split())


def told(said: Said) -> Iterator[Judgement]:
    """A statement: what ought to be, what does harm, what is sensible, what is belittled."""
    if said.count[lexicon.MUST]:
        yield from _of_what_must_be(said)
    defends = bool(said.partner) and bool(said.count[lexicon.GOOD_TERMS] or said.count[lexicon.SENSIBLE])
    if said.own and not defends:
        yield from enemies(said)
    yield from _of_effects(said)
    if said.count[lexicon.RETHINK]:
        # « reconsidérera les livraisons à Kiev »: what was refused is to be given.
        yield from (one for one in helped(said) if one.sign > 0)
    yield from _announced(said)
    yield from _of_own(said)
    if defends:
        return
    if near := _called_near(said):
        yield near
    elif said.quote.type in _OWN_WORDS:
        yield from _in_own_words(said)
    elif said.ends and said.object:
        yield from evaluated(said)
    elif failing := failing_told(said):
        yield failing


def _of_effects(said: Said) -> Iterator[Judgement]:
    """What a deed or an issue does: harm, or what it was made for."""
    harmed = said.object or (said.topic if not said.actors else None) or _at_issue(said)
    harmful = any(hit.label == lexicon.HARMFUL and not _is_ground(said, hit) for hit in said.hits)
    if harmful and (agent := doer(said)):
        yield Judgement(agent, -1, 1, "harmful-deed", shown(said, lexicon.HARMFUL))
        return
    if acts := _takes_effect(said):
        yield acts
        return
    if harmful and harmed:
        yield Judgement(harmed.name, -1, 1, "harmful", shown(said, lexicon.HARMFUL))


def _of_own(said: Said) -> Iterator[Judgement]:
    """What the holder says of his own side, of its affair, or of an issue that he calls sensible."""
    if said.own and said.count[lexicon.DUTIFUL] and not said.actors:
        yield Judgement(said.own, 1, 2, DEFENDS_ITSELF, shown(said, lexicon.DUTIFUL))
    elif said.partner and said.labels.general:
        yield from _of_own_affair(said, said.labels.general.name)
    elif _is_sensible(said) and said.object:
        yield Judgement(said.object.name, 1, 1, "calls-sensible", shown(said, lexicon.SENSIBLE))


def _is_ground(said: Said, hit: Hit) -> bool:
    """« nécessaires *face à la menace* »: what gives the reason does not judge what is reasoned for."""
    return any(other.label == lexicon.GROUND and hit.first - 4 <= other.last < hit.first for other in said.hits)


def _takes_effect(said: Said) -> Judgement | None:
    """Measures of which it is told whether they act: « les sanctions *n'ont rien empêché* », « … mordent »."""
    if said.head is None or said.head.between:
        return None
    effect = next((hit for hit in said.hits if hit.label == lexicon.EFFECT), None)
    if effect is None:
        return None
    without = any(hit.label == lexicon.NEGATION and 0 < effect.first - hit.first <= 4 for hit in said.hits)
    return Judgement(said.head.name, -1 if without else 1, 1, "takes-effect", (effect.first, effect.last))


def _is_sensible(said: Said) -> bool:
    """A particular issue is called what ought to be: « ces exercices sont *purement défensifs* »."""
    is_particular = said.object is not None and not said.object.general and said.object == said.head
    sensible = [hit for hit in said.hits if hit.label == lexicon.SENSIBLE]
    denies = {hit.first - 1 for hit in sensible if said.reading.words.forms[hit.last] in _NOBODY}
    negated = any(
        said.reading.words.forms[hit.first] in ("ne", "n") and hit.first not in denies
        for hit in said.hits
        if hit.label == lexicon.NEGATION
    )
    return is_particular and bool(sensible) and not negated


def _announced(said: Said) -> Iterator[Judgement]:
    """Help that somebody makes known he will give: « annonce *une aide à Kiev* », « dit qu'elle *livrera* … »."""
    forms = said.reading.words.forms
    announces = any(forms[hit.first].startswith("annonc") for hit in said.cue)
    opening = [form for part in said.content[:1] for form in forms[part.start : part.start + 4]]
    of_himself = bool(opening) and opening[0] in _HIMSELF and any(form.endswith(_TO_COME) for form in opening[1:])
    if announces and said.head and not said.head.between and not said.ends:
        yield Judgement(said.head.name, 1, 1, "announces")
    elif (announces or of_himself) and not said.turned:
        yield from (one._replace(why="announces-help") for one in helped(said) if one.sign > 0)


def _called_near(said: Said) -> Judgement | None:
    """« la Corée du Nord est *notre alliée* »: an actor whom the speaker calls his own."""
    kin = next((hit for hit in said.hits if hit.label == lexicon.KIN), None)
    actor = next(iter(said.actors), None)
    if kin is None or actor is None or actor.first > said.content[0].start + 3 or kin.first < actor.last:
        return None
    ours = said.reading.words.forms[kin.first - 1] in ("notre", "nos", "mon", "mes")
    return Judgement(actor.target, 1, 1, "calls-near", (actor.first, kin.last)) if ours else None


def _of_what_must_be(said: Said) -> Iterator[Judgement]:
    """« il faut armer *Kiev* », « il faut maintenir *les sanctions* »."""
    if not _is_turned(said):
        yield from countered(said)
        yield from helped(said)
        yield from asked_for_itself(said)
    if said.own_matter:
        yield Judgement(said.own_matter.name, -1 if said.turned else 1, 1, "ought", shown(said, lexicon.MUST))


def _is_turned(said: Said) -> bool:
    """What must be is negated or ended; « il nous faut des obus, *pas des mots* » is not."""
    must = min(hit.first for hit in said.hits if hit.label == lexicon.MUST)
    helps = [hit.first for hit in said.hits if hit.label == lexicon.HELP and hit.first > must]
    turns = [hit.first for hit in said.hits if hit.label in (lexicon.STOP, lexicon.NEGATION)]
    return any(not helps or turn < helps[0] for turn in turns)


def _at_issue(said: Said) -> Target | None:
    """What an outsider means who sees harm coming and names nobody: the affair of the article."""
    is_bare = said.is_outsider and not said.inside and said.takes_up_general
    return said.labels.general if is_bare else None


def _of_own_affair(said: Said, general: str) -> Iterator[Judgement]:
    """A side of the general issue calls it, or what belongs to it, good or sensible; others' deeds are its ground."""
    for label in (lexicon.GOOD_TERMS, lexicon.SENSIBLE):
        if said.count[label]:
            yield Judgement(general, 1, 1, "calls-sensible", shown(said, label))
            yield from grounds(said)
            return


def grounds(said: Said) -> Iterator[Judgement]:
    """What others do, given as the reason for what is called sensible: « vu *les manœuvres* de l'autre »."""
    for meant in said.inside:
        ground = said.follows(meant, lexicon.GROUND, 6)
        foreign = [one for one in said.labels.issues if meant.target in (one.name, *one.between)]
        if ground and meant.target not in (said.own, said.partner) and foreign and not foreign[0].general:
            yield Judgement(foreign[0].name, -1, 1, "gives-as-ground", (ground.first, meant.last))
            return


def _in_own_words(said: Said) -> Iterator[Judgement]:
    if said.is_outsider:
        yield from _belittled(said)
    yield from evaluated(said)


def evaluated(said: Said) -> Iterator[Judgement]:
    """What the content calls good or bad: the issue that it is about, else the actor whom it names first."""
    if failing := failing_told(said):
        yield failing
        return
    if said.opens_with(lexicon.ACCUSATION):
        return
    negative = len(_begun(said, lexicon.NEGATIVE, lexicon.SAID_NEGATIVE))
    praising = _begun(said, lexicon.POSITIVE, lexicon.SAID_POSITIVE)
    positive = len(praising)
    affair = (
        None
        if said.is_of_something_else
        else said.topic or (said.labels.general if said.act == lexicon.JUDGE and said.takes_up_general else None)
    )
    unnamed = [affair.name] if affair else []
    actors = [one.target for one in (*said.actors, *said.addressed, *_by_adjective(said))]
    heads = [said.head.name] if said.head else []
    about = next(iter([*heads, *(issue.name for issue in said.issues), *actors, *unnamed]), None)
    if about and negative > positive:
        excused = said.excuses or said.ends
        yield Judgement(about, 1 if excused else -1, 1, "evaluates", shown(said, lexicon.NEGATIVE))
    elif about and positive > negative:
        turned = said.ends or bool(_begun(said, lexicon.NEGATION) - praising)
        yield Judgement(about, -1 if turned else 1, 1, "evaluates", shown(said, lexicon.POSITIVE))


def failing_told(said: Said) -> Judgement | None:
    """Whose failing is told of: « l'isolement *de la Russie* », « l'arrogance *américaine* »."""
    if said.count[lexicon.NEGATION]:
        return None
    for one in said.inside:
        if said.labels.by_name[one.target].is_actor and one.target != said.own:
            failing = said.follows(one, lexicon.FAILING, 3)
            between = said.reading.words.forms[failing.last + 1 : one.first] if failing else ()
            if failing and not set(between) - _OF:
                return Judgement(one.target, -1, 1, "tells-a-failing", (failing.first, one.last))
    return None


def _begun(said: Said, *labels: str) -> set[int]:
    """The words with which phrases of these labels begin: one word that two lists have judges once.

    A word that means a target judges nothing: « cette *amitié* doit tout à la guerre ».
    """
    meaning = {meant.first for meant in said.inside if not said.labels.by_name[meant.target].is_actor}
    return {hit.first for hit in said.hits if hit.label in labels and not _is_ground(said, hit)} - meaning


def _belittled(said: Said) -> Iterator[Judgement]:
    """What an outsider makes light of: the warnings of those who warned last, or the affair itself."""
    if said.count[lexicon.ALARM] and said.alarmed and said.alarmed not in {one.target for one in said.actors}:
        yield Judgement(said.alarmed, -1, 1, "belittles-warnings", shown(said, lexicon.ALARM))
    elif said.count[lexicon.BELITTLING] and said.labels.general:
        yield Judgement(said.labels.general.name, -1, 1, "belittles", shown(said, lexicon.BELITTLING))
    elif said.count[lexicon.BOND] and said.count[lexicon.NEGATION] and said.labels.general and not said.actors:
        yield Judgement(said.labels.general.name, -1, 1, "denies-bond", shown(said, lexicon.BOND))


def _by_adjective(said: Said) -> list[Meant]:
    """Actors of whom an adjective alone speaks: « l'arrogance *américaine* »."""
    return [one for one in said.inside if said.labels.by_name[one.target].is_actor and one.target != said.own]
