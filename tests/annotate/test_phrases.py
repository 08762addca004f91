"""Phrases are found as somebody would who tried each of them at each word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from parallaxe.annotate.stance_rules.phrases import Hit, Phrases, Words

WORDS = st.sampled_from(["mis", "mise", "misère", "en", "garde", "gardes", "fin", "a", "à", "Été"])
ELEMENTS = st.tuples(st.sampled_from(["mis", "mi", "en", "gard", "garde", "fin", "a", "ete"]), st.booleans())
PHRASES = st.dictionaries(st.sampled_from("xyz"), st.lists(st.lists(ELEMENTS, min_size=1, max_size=3), max_size=4))


def tried(phrases: dict[str, list[list[tuple[str, bool]]]], forms: tuple[str, ...]) -> set[Hit]:
    """Of each label and first word the longest phrase that stands there."""
    longest: dict[tuple[str, int], int] = {}
    for label, own in phrases.items():
        for elements in own:
            for first in range(len(forms) - len(elements) + 1):
                here = zip(forms[first:], elements, strict=False)
                if all(form.startswith(word) if is_stem else form == word for form, (word, is_stem) in here):
                    last = first + len(elements) - 1
                    longest[label, first] = max(last, longest.get((label, first), last))
    return {Hit(first, last, label) for (label, first), last in longest.items()}


@given(PHRASES, st.lists(WORDS, max_size=12))
def test_hits_are_those_of_trying_each_phrase_at_each_word(
    phrases: dict[str, list[list[tuple[str, bool]]]], words: list[str]
) -> None:
    """Words and stems, alone and in a row; none is missed because its first word begins nothing else."""
    text = " ".join(words)
    written = {
        label: [" ".join(word + "*" * is_stem for word, is_stem in elements) for elements in own]
        for label, own in phrases.items()
    }
    read = Words.of(text, [(0, len(text))])

    found = Phrases(written).hits(read)

    assert tried(phrases, read.forms) == set(found)
    assert len(found) == len(set(found))
