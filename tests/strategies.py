"""Hypothesis strategies that several tests share: texts as newsrooms spoil them, edits, alignments."""

from __future__ import annotations

from hypothesis import strategies as st

from parallaxe.core.edits import Edit

# Characters of which every fix has something to say, beside ordinary French and what must be left alone.
NASTY = (
    "aeoéàœæÉ L' «»“”‘’…—-.,;!?\n\r\t\x0b\x0c\x85\u2028\u00a0\u202f\u2009\u3000"
    "\u00ad\u200b\u200d\ufeff\u2060\u0301\u0327\u0300"
    "ﬁﬂﬀ\u2011\u2010Ã©Ã¨â€™Â\u0080\x00\x1f🇰🇵🇷🇺👩\u200d🚀🏴\ufe0f\u1100\u1161\u11a8가\u212b\u2126\ufffd"
)

nasty_texts = st.text(alphabet=st.sampled_from(NASTY), max_size=60)
any_texts = st.text(max_size=60)
texts = nasty_texts | any_texts


@st.composite
def edits_of(draw: st.DrawFn, text: str) -> list[Edit]:
    """Edits over a text: in order, disjoint, each covering at least one character."""
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=12)))
    replacements = st.text(alphabet="xyz", max_size=4)
    spans = zip(cuts[::2], cuts[1::2], strict=False)
    return [Edit(start, end, draw(replacements)) for start, end in spans]


@st.composite
def edited_texts(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text and edits over it."""
    text = draw(st.text(alphabet="abcdefgh", max_size=30))
    return text, draw(edits_of(text))
