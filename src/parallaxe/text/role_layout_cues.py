"""Cues in the place of a block: each function looks at one block of running text and what stands around it.

Only shape and place are asked, so most of these cues weigh less than markup: in a plain text they decide, in a web
page they give way.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from parallaxe.text import role_words
from parallaxe.text.french import places
from parallaxe.text.names import is_initials, is_name_alone
from parallaxe.text.role_layout import Layout, tokens
from parallaxe.text.role_votes import (
    BYLINE,
    CAPTION,
    CREDIT,
    DATELINE,
    HEADING,
    LABEL,
    LEAD,
    LIKELY,
    NOISE,
    PARAGRAPH,
    RELATED,
    STATED,
    SUGGESTED,
    TITLE,
    Passage,
    Vote,
)
from parallaxe.text.role_word_cues import is_rubric

_LONGEST_HEADING, _MOST_WORDS_OF_A_HEADING, _MOST_WORDS_OF_A_QUESTION = 120, 18, 12
_LONGEST_LEAD, _LONGEST_UNMARKED_CAPTION = 450, 160
# Three lines in a row are a list, not headings.
_LONGEST_RUN_OF_HEADINGS = 2

LayoutCue: TypeAlias = Callable[[Layout, int], Vote | None]
"""A cue that looks at one block of running text and what stands around it."""


def title_on_top(layout: Layout, i: int) -> Vote | None:
    """The line on top of the text is its title."""
    return Vote(TITLE, SUGGESTED, "line on top of the text") if i == layout.title else None


def over_the_title(layout: Layout, i: int) -> Vote | None:
    """What stands over the title: the name of a section in capitals is page furniture, a country or genre a label."""
    if layout.title < 0 or i > layout.title or i == layout.title or not layout.passages[i].is_line:
        return None
    role = NOISE if layout.passages[i].is_all_capitals else LABEL
    return Vote(role, SUGGESTED, "line over the title")


def rubric_on_top(layout: Layout, i: int) -> Vote | None:
    """« Analyse » before the text is a label; between paragraphs it is a heading like any other."""
    on_top = i < layout.first_prose and i != layout.title
    return Vote(LABEL, LIKELY, "genre or section") if on_top and is_rubric(layout.passages[i]) else None


def place_on_top(layout: Layout, i: int) -> Vote | None:
    """« Séoul » between title and text is a dateline."""
    is_between = 0 <= layout.title < i < layout.first_prose
    known = layout.passages[i].text.strip(" —–-.").casefold() in places()
    return Vote(DATELINE, LIKELY, "place alone under the title") if is_between and known else None


def words_of_the_title(layout: Layout, i: int) -> Vote | None:
    """A line of key words taken from the title, without any small word: an image slug that was printed."""
    if i > layout.first_prose or i == layout.title or not layout.title_words or layout.passages[i].ends_in_stop:
        return None
    printed = tokens(layout.passages[i].text[:200])
    repeated = sum(token in layout.title_words for token in printed)
    is_slug = len(printed) >= 3 and repeated >= 0.75 * len(printed) and not role_words.FUNCTION_WORDS & set(printed)
    return Vote(NOISE, STATED, "key words of the title") if is_slug and set(printed) < layout.title_words else None


def name_alone(layout: Layout, i: int) -> Vote | None:
    """A name alone signs, under the title or after the last sentence; a country or who the title speaks of does not."""
    passage = layout.passages[i]
    under_title = 0 <= layout.title < i < layout.first_prose
    at_end = 0 <= layout.last_prose < i
    if not (under_title or at_end) or i == layout.title or layout.roles[i] != PARAGRAPH:
        return None
    if at_end and is_initials(passage.text):
        return Vote(BYLINE, LIKELY, "initials at the end")
    is_topic = set(tokens(passage.text)) <= layout.title_words or passage.text.casefold() in places()
    return Vote(BYLINE, LIKELY, "name alone") if is_name_alone(passage.text) and not is_topic else None


def over_the_signature(layout: Layout, i: int) -> Vote | None:
    """One block of sentences between title and signature is set apart from the text: a lead."""
    if not 0 <= layout.title < i == layout.first_prose or len(layout.passages[i].text) > _LONGEST_LEAD:
        return None
    following = layout.next_copy(i)
    signed = any(layout.roles[between] == BYLINE for between in range(i + 1, following))
    return Vote(LEAD, SUGGESTED, "between title and signature") if signed else None


def announced_lead(layout: Layout, i: int) -> Vote | None:
    """A lead says so: « L'essentiel » in front or above, or all of it bold or in capitals, before the text."""
    passage = layout.passages[i]
    if i > layout.first_prose or i in (layout.last_prose, layout.title) or not passage.is_prose:
        return None
    above = layout.passages[i - 1].text.strip(" :.") if i else ""
    mark = role_words.LEAD_MARK.match(passage.bare)
    in_front = mark is not None and passage.bare[mark.end() :].lstrip()[:1] in {":", "—", "–", "-", "|"}
    bold = re.fullmatch(r"(\*\*|__)[^*_].*\1", passage.text) is not None
    if in_front or bold or passage.is_all_capitals or role_words.LEAD_MARK.fullmatch(above):
        return Vote(LEAD, LIKELY, "announced lead")
    return None


def over_a_photo_credit(layout: Layout, i: int) -> Vote | None:
    """A short block right above « Photo : X », inside the text, describes the picture."""
    below = i + 1
    is_inside = layout.first_prose < i < layout.last_prose and below < len(layout.passages)
    if not is_inside or layout.roles[below] != CREDIT or len(layout.passages[i].text) > _LONGEST_UNMARKED_CAPTION:
        return None
    is_photo = layout.passages[below].bare.casefold().startswith(("photo", "©", "crédit"))
    return Vote(CAPTION, 2 * SUGGESTED, "above a photo credit") if is_photo else None


def under_related(layout: Layout, i: int) -> Vote | None:
    """A line in the list under « Sur le même sujet »."""
    return Vote(RELATED, LIKELY, "in a list of related articles") if i in layout.related_items else None


def heading_between(layout: Layout, i: int) -> Vote | None:
    """A line between title or text before and sentences after; a question of an interview is no heading."""
    passage = layout.passages[i]
    before, after = layout.previous_copy(i), layout.next_copy(i)
    if before < 0 or after < 0 or not _is_heading_like(layout, passage) or layout.passages[before].last in {":", ","}:
        return None
    if layout.line_runs.get(i, 0) > _LONGEST_RUN_OF_HEADINGS:
        return None
    while after >= 0 and layout.line_runs.get(after):
        after = layout.next_copy(after)
    follows_text = before == layout.title or layout.first_prose < i or 0 <= layout.title < i
    is_heading = follows_text and after >= 0 and layout.passages[after].is_prose
    return Vote(HEADING, SUGGESTED, "line between paragraphs") if is_heading else None


def _is_heading_like(layout: Layout, passage: Passage) -> bool:
    asks = passage.last == "?"
    return (
        passage.is_line
        and len(passage.text) <= _LONGEST_HEADING
        and len(passage.words) <= (_MOST_WORDS_OF_A_QUESTION if asks else _MOST_WORDS_OF_A_HEADING)
        and not (asks and layout.is_interview)
    )


LAYOUT_CUES: tuple[LayoutCue, ...] = (
    title_on_top, over_the_title, rubric_on_top, place_on_top, words_of_the_title, name_alone,
    over_the_signature, announced_lead, over_a_photo_credit, under_related, heading_between,
)  # fmt: skip
