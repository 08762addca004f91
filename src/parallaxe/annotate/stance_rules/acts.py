"""The act of a quotation: what a source does by saying it, and the phrases of the lexicon that stand in it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from parallaxe.annotate.stance_rules import lexicon
from parallaxe.annotate.stance_rules.phrases import Hit, fold
from parallaxe.annotate.stance_rules.reading import Meant, Reading
from parallaxe.annotate.stance_rules.targets import StanceLabels
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
CLITICS = 2
_DENIED = frozenset("rien pas aucun aucune nullement".split())
_TIMES = frozenset("mois annee semaine journee printemps automne hiver siecle trimestre decennie ete".split())
_VERBAL = frozenset("se s etre ne n y en".split())
_DEGREES = frozenset("tres fort plus aussi bien tout toute trop si extremement".split())
# A negation or a preposition reaches over an article and an adjective.
NEAR = 4
_GIVING = ("donn", "livr", "fourni", "envoy", "aid", "arm", "proteg", "accord", "equip", "pret")
_MORE = frozenset("autres davantage plus nouvelles nouveaux renforcement durcissement".split())
FEW = 3
"""A content of so many words names next to nothing."""
_LONG = 60
_LONGEST_PHRASE = 8
VALUES = frozenset({lexicon.NEGATIVE, lexicon.POSITIVE, lexicon.SAID_NEGATIVE, lexicon.SAID_POSITIVE})
"""Phrases that judge."""
_STRESSES = ("insist", "rappel")
_WARNS = ("previen", "preven", "averti", "alert", "mis", "met")


@dataclass(frozen=True)
class Act:
    """One quotation in its surroundings, as far as words tell of it. All lists are in the order of the text."""

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
        """Phrases of the lexicon in the content, but for what others say in it, which is theirs."""
        found = [hit for part in self.content for hit in self.reading.hits_in(part) if not self._is_idle(hit)]
        nested, relayed = (
            {word for part in self.reading.words_of(spans) for word in part}
            for spans in (self.nested if self.quote.type == "direct" else (), self.relayed)
        )
        return [
            hit for hit in found if hit.first not in nested and (hit.first not in relayed or hit.label not in VALUES)
        ]

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
        if act == lexicon.DENY and lexicon.OFFER in found:
            # « n'exclut pas »
            act = lexicon.OFFER
        if act == lexicon.COMMIT and self._named_act not in ("", lexicon.COMMIT):
            # « réaffirme *son opposition* »
            return self._named_act
        if act == lexicon.PRAISE and self.is_clause and self._only_claims:
            act = lexicon.TELL
        if act == lexicon.DEMAND and self._only_stresses:
            act = lexicon.TELL
        return act if act not in ("", lexicon.TELL) else self._named_act or self._own_act or act

    @property
    def _only_stresses(self) -> bool:
        """« insiste-t-il », « rappelle que »: nothing is demanded by whoever repeats what is so."""
        forms = [self.reading.words.forms[hit.first] for hit in self.cue if hit.label == lexicon.DEMAND]
        stresses = all(form.startswith(_STRESSES) for form in forms) and not self.count[lexicon.COMMIT]
        return stresses and (self.quote.type == "direct" or self.is_clause)

    @property
    def _only_claims(self) -> bool:
        """« défend l'idée que »: something is claimed, and nothing praised."""
        return all(self.reading.words.forms[hit.first].startswith("defend") for hit in self.cue)

    @property
    def is_clause(self) -> bool:
        """The content is a clause that « que » joins to its cue."""
        start = self.content[0].start if self.content else 0
        return self.reading.words.forms[max(0, start - 1) : start] in (("que",), ("qu",))

    @cached_property
    def warns(self) -> bool:
        """The act is a warning, which tells as often as it fears: « prévient-elle »."""
        return any(self.reading.words.forms[hit.first].startswith(_WARNS) for hit in self.cue)

    @cached_property
    def ends(self) -> bool:
        """The content is about the end of something: « *la fin* du mécanisme »."""
        start = self.focus
        return any(hit.label == lexicon.ENDING and start <= hit.first <= start + 2 for hit in self.hits)

    @property
    def _stands_by(self) -> bool:
        """« soutenir » somebody, not that something is so."""
        part = self.reading.words_of(self.quote.cue[-1:])[0] if self.quote.cue else range(0)
        after = self.reading.words.forms[part.stop : part.stop + 1]
        return (
            bool(part)
            and not self.comes_first
            and self._forms(part)[-1].startswith("sout")
            and not {"que", "qu"}.intersection(after)
        )

    @cached_property
    def _named_act(self) -> str:
        """The feeling or will with which the content begins: « fait part de *sa crainte* », « dit *vouloir* »."""
        for hit in self.hits:
            before = [form for form in self._forms(range(self.content[0].start, hit.first)) if form not in _DEGREES]
            before = [form for form in before if not form.endswith("ment")]
            if hit.label in lexicon.FELT and _VERBAL.issuperset(before):
                return hit.label
            if hit.label.startswith("noun:") and hit.first <= self.content[0].start + NEAR:
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
        before = self._forms(range(max(0, hit.first - CLITICS), hit.first))
        form = self.reading.words.forms[hit.last]
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

    def opens_with(self, label: str) -> bool:
        """A phrase of this label stands within the first words of the content."""
        return any(hit.label == label and hit.first <= self.content[0].start + 2 for hit in self.hits)

    @property
    def focus(self) -> int:
        """The word with which the object of the act begins."""
        performed = [hit for hit in self.hits if hit.label in _PERFORMED and self._is_first_person(hit)]
        if self._own_act and performed:
            return performed[0].last + 1
        return self.content[0].start

    @property
    def comes_first(self) -> bool:
        """The cue stands behind the content, or within it: « …, prévient-elle »."""
        return bool(self.quote.cue) and self.quote.cue[0].start > self.quote.content[0].start

    @cached_property
    def threatens(self) -> bool:
        """The act is a threat: what is announced is to hurt."""
        return any(self.reading.words.forms[hit.first].startswith("menac") for hit in self.cue)

    @cached_property
    def shields(self) -> bool:
        """Harm is only spoken of as what others might do: « *quiconque* attaquera Pyongyang trouvera … »."""
        return any(hit.label == lexicon.HARM and self.is_conditional(hit) for hit in self.hits)

    def is_conditional(self, hit: Hit) -> bool:
        """Whether a phrase stands behind « si », « quiconque », « en cas de »."""
        return any(
            other.label == lexicon.CONDITION and hit.first - NEAR <= other.first <= hit.first for other in self.hits
        )

    @property
    def feels_only(self) -> bool:
        """« s'est dit *gravement préoccupé* »: the content names the feeling, and not what it is about."""
        return bool(self._named_act) and sum(map(len, self.content)) <= FEW

    @property
    def asks_to_be_given(self) -> bool:
        """« *Donnez*-nous des obus »: who speaks is to get something, whatever else he does not want."""
        opening = next((self._forms(part)[0] for part in self.content), "")
        return self.quote.type == "direct" and opening.endswith("ez") and opening.startswith(_GIVING)

    @property
    def asks_for_more(self) -> bool:
        """« en réclame *d'autres* »: the content only takes up what was named before."""
        forms = [form for part in self.content for form in self._forms(part)]
        return len(forms) <= FEW and bool(_MORE.intersection(forms))

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

    def follows(self, meant: Meant, label: str, reach: int = NEAR) -> Hit | None:
        """The last phrase of `label` that ends at most `reach` words before a target, in the content."""
        start = bisect_left(self.hits, (meant.first - reach - _LONGEST_PHRASE,))
        for hit in reversed(self.hits[start : bisect_left(self.hits, (meant.first,))]):
            if hit.label == label and meant.first <= hit.last + reach:
                return hit
        return None

    @property
    def is_long(self) -> bool:
        """An answer of an interview, or a long statement: several sentences, each of which says its own."""
        answers = self.quote.type == "direct" and not self.quote.cue and self._sentences > 1
        return answers or sum(map(len, self.content)) > _LONG

    @property
    def _sentences(self) -> int:
        """How many sentences the content touches, two being counted for more."""
        ends = [self.reading.sentence_of(word).start for part in self.content for word in (part.start, part.stop - 1)]
        return len(set(ends))
