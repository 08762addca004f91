"""Number and gender, as far as the first word of a phrase tells them: what a pronoun may stand for.

A name without an article tells nothing, and nothing agrees with everything.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from parallaxe.annotate.stance_rules.phrases import fold

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_PLURAL = frozenset(
    "les des aux ils elles eux leur leurs ces certains certaines plusieurs deux trois ceux-ci celles-ci".split()
)
_MASCULINE = frozenset("le du au il lui un celui-ci ce cet ils eux ceux-ci".split())
_FEMININE = frozenset("la elle une celle-ci cette elles celles-ci".split())
_SINGULAR = frozenset("son sa ses".split()) | (_MASCULINE | _FEMININE) - _PLURAL
_PERSONS = frozenset(
    "ministre president porte-parole diplomate responsable expert experte chef general specialiste secretaire emissaire"
    " hote interesse interessee homme femme colonel amiral depute capitaine analyste politologue economiste".split()
)
_OF_PERSONS = ("eur", "euse", "iste", "logue", "rice", "aire", "ien", "ienne", "ant", "ante")
_NO_PERSONS = frozenset("gouvernement journal quotidien hebdomadaire moniteur secteur seminaire auteur".split())


class Form(NamedTuple):
    """Number and gender; null where nothing tells."""

    plural: bool | None = None
    feminine: bool | None = None

    def agrees(self, other: Form) -> bool:
        """Whether one may stand for the other.

        >>> form_of("la Chine").agrees(form_of("elle")), form_of("les Etats-Unis").agrees(form_of("il"))
        (True, False)
        >>> form_of("Moscou").agrees(form_of("elle"))
        True
        """
        return all(a is None or b is None or a == b for a, b in zip(self, other, strict=True))


def form_of(phrase: str) -> Form:
    """The form of a noun phrase or a pronoun.

    >>> form_of("une diplomate asiatique"), form_of("leurs")
    (Form(plural=False, feminine=True), Form(plural=True, feminine=None))
    """
    found = _WORD.search(phrase)
    word = fold(found.group()) if found else ""
    plural = True if word in _PLURAL else False if word in _SINGULAR else None
    feminine = True if word in _FEMININE else False if word in _MASCULINE else None
    return Form(plural, feminine)


def is_person(word: str) -> bool:
    """Whether a folded noun is what a person is called: « visiteur », « analyste ».

    >>> is_person("visiteur"), is_person("gouvernement")
    (True, False)
    """
    return word in _PERSONS or (word.endswith(_OF_PERSONS) and word not in _NO_PERSONS)
