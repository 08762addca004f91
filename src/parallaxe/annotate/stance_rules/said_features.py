"""What the trained scorer sees of a quotation and a target: properties of words and places, no names and no words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from parallaxe.annotate.stance_rules import lexicon
from parallaxe.annotate.stance_rules.judgements import Judgement
from parallaxe.annotate.stance_rules.reading import HINT, Meant
from parallaxe.annotate.stance_rules.said import Said
from parallaxe.annotate.stance_rules.targets import Target

_COUNTED = (
    lexicon.STOP,
    lexicon.NEGATION,
    lexicon.HELP,
    lexicon.HARM,
    lexicon.HARMFUL,
    lexicon.CONTACT,
    lexicon.WARLIKE,
    lexicon.OUGHT,
    lexicon.NEGATIVE,
    lexicon.POSITIVE,
)
_BEFORE = (lexicon.ENEMY, lexicon.HELP, lexicon.TOWARDS, lexicon.HARM)


def candidates(said: Said, judgements: Mapping[str, Judgement]) -> list[Target]:
    """The targets that a quotation could be about, in the order of the project's list."""
    names: set[str | None] = {one.target for one in (*said.inside, *said.around) if one.how != HINT}
    names |= set(judgements)
    names |= {said.own, said.partner, said.labels.general.name if said.labels.general else None}
    names |= {said.at_stake.name if said.at_stake else None} | said.earlier
    return [target for target in said.labels.targets if target.name in names]


def features(said: Said, target: Target) -> dict[str, float]:
    """The features of a pair that are not zero, by name.

    What the rules say is none of them: they were written with the same articles before the eyes that the model learns
    from, and a model that sees them believes them more than unseen articles bear out.
    """
    inside = [one for one in said.inside if one.target == target.name]
    where = _where(inside, [one for one in said.around if one.target == target.name])
    act = said.act.removeprefix("act:") or "none"
    kind = "actor" if target.is_actor else "general" if target.general else "issue"
    party = _party(said, target)
    names = [
        f"act={act}",
        f"type={said.quote.type}",
        f"kind={kind}",
        f"where={where}",
        f"party={party}",
        f"act={act}&kind={kind}&where={where}",
        f"act={act}&party={party}&kind={kind}",
        f"act={act}&kind={kind}",
        f"where={where}&kind={kind}",
        *(["negated", f"act={act}&negated"] if said.act_negated else []),
        *(["long"] if said.is_long else []),
        *(["inside"] if said.quote.inside else []),
        *(["addressed"] if any(one.target == target.name for one in said.addressed) else []),
        *(["first"] if said.issues and said.issues[0] == target else []),
        *_turns(said, act, where),
        *_before(said, inside),
    ]
    return dict.fromkeys(names, 1.0)


def _where(inside: list[Meant], around: list[Meant]) -> str:
    for place, meant in (("in", inside), ("by", around)):
        if any(one.how != HINT for one in meant):
            return place
    return "hint" if inside else "no"


def _party(said: Said, target: Target) -> str:
    if said.own == target.name:
        return "self"
    if said.own is None:
        return "unknown"
    if said.own in target.between or said.partner == target.name:
        return "party"
    return "other"


def _turns(said: Said, act: str, where: str) -> Iterator[str]:
    for label in _COUNTED:
        if said.count[label]:
            name = label.rpartition(":")[2]
            yield name
            yield f"{name}&{where}"
            yield f"{name}&act={act}"


def _before(said: Said, inside: list[Meant]) -> Iterator[str]:
    for label in _BEFORE:
        if any(said.follows(one, label) for one in inside):
            yield f"after-{label.rpartition(':')[2]}"
