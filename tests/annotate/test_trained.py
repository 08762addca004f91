"""What a component learns from, how its mentions join those of the rules, and how the policy is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallaxe.annotate.article import Article
from parallaxe.annotate.trained import invented
from parallaxe.annotate.trained.choosing import Opinions, choose_policy, count_mentions
from parallaxe.annotate.trained.examples import Example, Mention, examples_of, outermost
from parallaxe.annotate.trained.proposals import RULES_ALONE, Component, Policy, combine, trained_mentions, with_trained
from parallaxe.annotate.trained.renamed import renamed
from parallaxe.annotate.trained.scoring import Counts, Known, count, count_unknown
from parallaxe.annotate.trained.substitution import begun_later, learned, unseen, varied
from parallaxe.core.claims import Entity, Provenance, Span
from parallaxe.text.document import Block
from parallaxe.text.read import block_sentences, block_spans
from parallaxe.text.tokens import tokenize

if TYPE_CHECKING:
    from spacy.language import Language

LABELS = ("PER", "LOC", "ORG")


def read(text: str) -> Article:
    blocks = [Block("paragraph", *span) for span in block_spans(text) if span[0] < span[1]]
    return Article.of(text, blocks, block_sentences(text, blocks), {"paragraph"})


def mention(text: str, words: str, label: str, kb_id: str | None = None, score: float | None = 0.9) -> Entity:
    start = text.index(words)
    history = Provenance(origin=None, tool="essai/1", score=score)
    return Entity(f"{label}{start}", (Span(start, start + len(words)),), label, kb_id=kb_id, provenance=history)


@st.composite
def mentions(draw: st.DrawFn, prefix: str = "") -> list[Entity]:
    """Mentions anywhere in forty characters, overlapping or not."""
    places = draw(st.lists(st.tuples(st.integers(0, 38), st.integers(1, 8)), max_size=8))
    return [
        Entity(
            f"{prefix}{number}",
            (Span(start, start + length),),
            draw(st.sampled_from(LABELS)),
            provenance=Provenance(score=draw(st.sampled_from((0.3, 0.9)))),
        )
        for number, (start, length) in enumerate(places)
    ]


policies = st.builds(
    Policy,
    st.frozensets(st.sampled_from(LABELS)),
    st.dictionaries(st.sampled_from(LABELS), st.sampled_from((0.5, 0.8)), max_size=2),
)


# Joining


@given(mentions("r"), mentions(), policies)
def test_joined_mentions_are_those_of_either_side(rules: list[Entity], trained: list[Entity], policy: Policy) -> None:
    """Of the rules all that is not vetoed, of the component what it may add, where no rule has found anything."""
    trained = outermost(trained)
    joined = combine(rules, trained, policy)
    kept = [one for one in joined if one.id.startswith("r")]
    added = [one for one in joined if not one.id.startswith("r")]

    assert set(kept) <= set(rules)
    assert {one.label for one in added} <= policy.adds
    assert not any(a.fragments[0].start < b.fragments[0].end and b.fragments[0].start < a.fragments[0].end
                   for a in added for b in kept)  # fmt: skip
    dropped = set(rules) - set(kept)
    assert all((one.provenance.score or 0) < policy.vetoes.get(one.label, 0) for one in dropped)


@given(mentions("r"), mentions())
def test_rules_alone_stay_as_they_are(rules: list[Entity], trained: list[Entity]) -> None:
    """A policy that asks the component about nothing changes nothing."""
    assert rules == combine(rules, trained, RULES_ALONE)


def test_a_doubtful_name_needs_a_second_opinion() -> None:
    """Below the veto a rule's mention stays where the component saw one of its label, and goes where it saw none."""
    rules = [Entity(str(n), (Span(9 * n, 9 * n + 4),), "PER", provenance=Provenance(score=0.4)) for n in range(2)]
    trained = [Entity("t", (Span(0, 3),), "PER")]

    assert rules[:1] == combine(rules, trained, Policy(vetoes={"PER": 0.5}))
    assert rules == combine(rules, trained, Policy(vetoes={"PER": 0.4}))


class Finds:
    """A pipeline that finds the words that it was given, as spaCy's documents tell it."""

    def __init__(self, **labels: str) -> None:
        import spacy

        self.nlp = spacy.blank("fr")
        ruler = self.nlp.add_pipe("entity_ruler")
        ruler.add_patterns([{"label": label, "pattern": words} for words, label in labels.items()])  # type: ignore[attr-defined]

    def component(self, *adds: str) -> Component:
        """A component that may add some labels."""
        return Component(
            lambda: self.nlp, "essai/1", {label: label for label in LABELS}, policy=Policy(frozenset(adds))
        )


def test_an_added_family_name_links_to_the_whole_name() -> None:
    """As it does where a rule finds it; a name that stands nowhere else is a cluster of its own."""
    text = "Jeanne Kerbrat attend. Selon Kerbrat, le Bidule part."
    rules = [mention(text, "Jeanne Kerbrat", "PER", "jeanne-k")]

    joined = with_trained(read(text), rules, Finds(Kerbrat="PER", Bidule="ORG").component("PER", "ORG"))

    assert ["jeanne-k", "jeanne-k", "NIL:bidule"] == [one.kb_id for one in joined]


def test_an_added_name_links_to_what_the_rules_say_of_it() -> None:
    """The same words under the same label are the same thing."""
    text = "Bidule part. Bidule revient."
    rules = [mention(text, "Bidule", "ORG", "kb-bidule")]

    joined = with_trained(read(text), rules, Finds(Bidule="ORG").component("ORG"))

    assert [(0, "kb-bidule"), (13, "kb-bidule")] == [(one.fragments[0].start, one.kb_id) for one in joined]


def test_a_component_is_asked_only_about_what_it_may_veto() -> None:
    """It gives the same as if it had been asked about all of the text."""
    text = "Kerbrat attend. Morvan part.\n\nLozac revient, Jourdren aussi. Le Bidule est loin."
    rules = [
        mention(text, name, "PER", score=score) for name, score in (("Kerbrat", 0.9), ("Morvan", 0.4), ("Lozac", 0.4))
    ]
    policy = Policy(vetoes={"PER": 0.5})
    component = replace(Finds(Kerbrat="PER", Lozac="PER", Bidule="PER").component(), policy=policy)

    everywhere = trained_mentions(read(text), component)

    assert ["Kerbrat", "Lozac", "Bidule"] == [text[slice(*one.fragments[0])] for one in everywhere]
    assert combine(rules, everywhere, policy) == with_trained(read(text), rules, component)
    assert ["Kerbrat", "Lozac"] == [
        text[slice(*one.fragments[0])] for one in with_trained(read(text), rules, component)
    ]


def test_a_component_that_has_nothing_to_say_is_not_opened() -> None:
    """No name is doubtful, and it may add none."""

    def opened() -> Language:
        raise AssertionError

    component = Component(opened, "essai/1", {"PER": "PER"}, policy=Policy(vetoes={"PER": 0.5}))
    rules = [mention("Kerbrat attend.", "Kerbrat", "PER")]

    assert rules == with_trained(read("Kerbrat attend."), rules, component)


@pytest.mark.parametrize("own_tokens", [True, False])
def test_what_is_found_near_a_place_is_what_is_found_there(own_tokens: bool) -> None:
    """In whole sentences, or whole blocks where the component cuts words for itself."""
    text = "Kerbrat attend. Morvan part.\n\nLozac revient."
    component = replace(Finds(Kerbrat="PER", Morvan="PER", Lozac="PER").component(), own_tokens=own_tokens)

    near = trained_mentions(read(text), component, [Span(20, 21)])

    expected = ["Morvan"] if own_tokens else ["Kerbrat", "Morvan"]
    assert expected == [text[slice(*one.fragments[0])] for one in near]


# Learning


def test_examples_are_sentences_with_their_mentions() -> None:
    """Words and outer mentions of each sentence; one that crosses its border is left out."""
    text = "Kim part. La mairie de Séoul attend."
    gold = [mention(text, "Kim", "PER", "kim"), mention(text, "mairie de Séoul", "ORG"), mention(text, "Séoul", "LOC")]
    crossing = Entity("x", (Span(4, 12),), "EVENT")

    first, second = examples_of(read(text), [*gold, crossing][:3])

    assert (("Kim", "part", "."), (Mention(0, 1, "PER", "kim"),)) == first
    assert "mairie de Séoul" == second.surface(second.mentions[0])
    assert [] == [m for example in examples_of(read(text), [crossing]) for m in example.mentions]


def test_names_to_learn_from_and_names_to_ask_about_are_apart() -> None:
    """No name of an open list is in both halves, none of them is lost, and none is empty."""
    for kind, names in invented.FAMILY.items():
        first, second = set(learned()[kind]), set(unseen()[kind])
        assert set(names) == first | second
        assert kind in invented.CLOSED or not first & second
        assert all(name.strip() == name != "" for name in names)


EXAMPLE = Example(
    tuple("Hier , M. Roche a quitté la Zambie pour l' Otan , le 3 mai , en char .".split()),
    (Mention(0, 1, "DATE"), Mention(3, 4, "PER"), Mention(7, 8, "LOC"), Mention(10, 11, "ORG"), Mention(13, 15, "DATE"),
     Mention(17, 18, "PRODUCT")),
)  # fmt: skip


@given(st.integers(0, 10_000))
def test_variants_keep_context_and_labels(seed: int) -> None:
    """Between the mentions the words are the same, the labels too; places fit the words."""
    variant = varied(EXAMPLE, learned(), Random(seed), 1.0)

    assert [m.label for m in EXAMPLE.mentions] == [m.label for m in variant.mentions]
    assert _between(EXAMPLE) == _between(variant)
    later = begun_later(variant, Random(seed))
    assert later.words[1:] == variant.words[len(variant.words) - len(later.words) + 1 :]
    assert [variant.surface(m) for m in variant.mentions][-len(later.mentions) :] == [
        later.surface(m) for m in later.mentions
    ]


def _between(example: Example) -> list[str]:
    inside = {place for m in example.mentions for place in range(m.start, m.end)}
    return [word for place, word in enumerate(example.words) if place not in inside]


@given(st.integers(0, 10_000))
def test_a_renamed_article_is_an_article(seed: int) -> None:
    """Mentions are names of the other list, one for each name; blocks and sentences hold what they held."""
    text = "Jeanne Kerbrat attend à Lima.\n\nKerbrat part. À Lima, l'Otan rit."
    gold = [mention(text, "Jeanne Kerbrat", "PER"), mention(text, "Lima", "LOC"), mention(text, "Otan", "ORG")]
    last = text.rindex("Kerbrat"), text.rindex("Lima")
    gold += [Entity("k", (Span(last[0], last[0] + 7),), "PER"), Entity("l", (Span(last[1], last[1] + 4),), "LOC")]

    other, moved = renamed(read(text), gold, unseen(), Random(seed))
    words = [other.text[slice(*one.fragments[0])] for one in moved]

    assert words[0].endswith(words[2])
    assert words[1] == words[3]
    assert [one.label for one in moved] == [one.label for one in outermost(gold)]
    assert other.text == other.text.strip()
    assert [block_spans(other.text)[n] for n in (0, 1)] == [(block.start, block.end) for block in other.blocks]
    assert [True] * 5 == [any(s.start <= one.fragments[0].start < s.end for s in other.sentences) for one in moved]


def test_an_example_is_cut_as_texts_are() -> None:
    """A model is taught the tokens that it will be asked about."""
    text = "L'Otan attend aujourd'hui."

    [example] = examples_of(read(text), [])

    assert tuple(text[start:end] for start, end in tokenize(text)) == example.words


# Scoring and choosing


def test_unknown_names_are_those_never_met() -> None:
    """Neither their words nor their link stood in what was learned; a false find counts where its words are new."""
    known = Known.of([Example(("Kim", "part"), (Mention(0, 1, "PER", "kim"),))])
    example = Example(
        ("KIM", "Roche", "Jong-un"), (Mention(0, 1, "PER"), Mention(1, 2, "PER"), Mention(2, 3, "PER", "kim"))
    )
    found = [[Mention(0, 1, "LOC"), Mention(1, 2, "PER"), Mention(2, 3, "LOC")]]

    assert Counts(1, 2, 1) == count_unknown([example], found, known)
    assert {"PER": Counts(1, 1, 3), "LOC": Counts(0, 2, 0)} == count([example], found)


def opinions(gold: str, rules: str, trained: str, times: int = 1) -> list[Opinions]:
    """Each letter is a place: its label, or `.` for nothing; a small letter is one that a rule doubts."""
    labels = {"p": "PER", "l": "LOC", "o": "ORG"}

    def side(text: str) -> Sequence[Entity]:
        return [
            Entity(str(n), (Span(2 * n, 2 * n + 1),), labels[own.lower()],
                   provenance=Provenance(score=0.4 if own.islower() else 0.9))
            for n, own in enumerate(text) if own != "."
        ]  # fmt: skip

    return [Opinions(side(gold), side(rules), side(trained))] * times


def test_labels_that_help_are_added() -> None:
    """The component finds six persons that rules miss, and invents places: it may add persons alone."""
    plain = opinions("PPP.L..", "P...L..", "PPPLLLL", times=3)

    assert Policy(frozenset({"PER"})) == choose_policy(plain, [], LABELS)


def test_a_few_mentions_are_chance() -> None:
    """Three additions that are right may be luck, four are none; six right and one wrong are luck again."""
    assert RULES_ALONE == choose_policy(opinions("PP", "P.", "PP", times=3), [], LABELS)
    assert RULES_ALONE != choose_policy(opinions("PP", "P.", "PP", times=4), [], LABELS)
    assert RULES_ALONE == choose_policy(opinions("PPPPPPP.", "P.......", "PPPPPPPP"), [], LABELS)


def test_doubts_are_vetoed_where_that_helps() -> None:
    """Persons that a rule doubts and the component has not seen go, where they were wrong."""
    policy = choose_policy(opinions("P..P", "PppP", "P..P"), [], LABELS)

    assert {"PER": 0.5} == policy.vetoes


def test_articles_as_they_are_never_lose() -> None:
    """However much is won under other names, nothing may be lost on the articles themselves."""
    assert RULES_ALONE == choose_policy(opinions("P.", "P.", "PP"), opinions("PPPP", "....", "PPPP", 5), LABELS)


@given(mentions("g"), mentions("r"), mentions())
def test_the_chosen_policy_is_never_worse(gold: list[Entity], rules: list[Entity], trained: list[Entity]) -> None:
    """It makes no more errors than the rules alone on what it was chosen on."""
    given_ = [Opinions(gold, rules, outermost(trained))]
    policy = choose_policy(given_, given_, LABELS)

    def errors(chosen: Policy) -> int:
        counts = count_mentions(chosen, given_)
        return counts.found + counts.there - 2 * counts.right

    assert errors(policy) <= errors(RULES_ALONE)
