"""Proposals against gold: laws, each figure on an example done by hand, and what a machine may know beforehand."""

from __future__ import annotations

from dataclasses import replace
from itertools import cycle
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claim_strategies import TEXT, layer_of, layer_pairs, layers
from parallaxe.compare.bootstrap import Figure
from parallaxe.compare.comparison import compare_layers
from parallaxe.compare.evaluation import Reference, evaluation_figures, holders_as_clusters
from parallaxe.compare.evaluation_known import Familiar, cut_knowledge, familiar_from, words_of
from parallaxe.compare.evaluation_stances import Polarities, macro_f1
from parallaxe.compare.score_figures import SECTION as SCORES
from parallaxe.core.claims import AUTHOR, Claim, Entity, Layer, Provenance, Quote, Span, Stance
from parallaxe.core.knowledge import KnownEntity, Relation
from parallaxe.store.schemas import load_schemas

FEW = 20
SCHEMAS = load_schemas()
NOTHING = Familiar(frozenset(), frozenset())


def score(
    gold: Layer, proposed: Layer, familiar: Familiar = NOTHING, text: str = TEXT
) -> dict[tuple[str, str, str], float | None]:
    """The values of all figures of one article."""
    found = evaluation_figures(Reference({"un": gold}, {"un": text}, familiar), {"un": proposed}, SCHEMAS, FEW)
    return {(figure.section, figure.name, figure.group): figure.value for figure in found}


@settings(deadline=None)
@given(layers())
def test_gold_proposed_is_perfect(layer: Layer) -> None:
    """What repeats gold has 1 wherever a figure is defined; only the gain over all-neutral may be less.

    All proposals are right, however sure their tools were.
    """
    found = score(layer, layer)

    assert all(
        value is None or value == pytest.approx(1.0, abs=1e-12)
        for (section, name, _), value in found.items()
        if "all neutral" not in name and (section != SCORES or name == "share right")
    )


@settings(deadline=None)
@given(layers())
def test_nothing_proposed_finds_nothing(layer: Layer) -> None:
    """An empty layer has no precision, and a recall of 0 wherever gold holds anything."""
    found = score(layer, replace(layer, claims=()))

    assert all(not value for (_, name, _), value in found.items() if name.startswith(("F1", "recall", "precision")))


@settings(deadline=None)
@given(layer_pairs())
def test_known_and_unknown_names_make_up_all(pair: tuple[Layer, Layer]) -> None:
    """Each mention of gold, and each proposal, is counted as known or as unknown, and never as both."""
    gold, proposed = pair
    familiar = Familiar(frozenset({"russie"}), frozenset({"mot03"}))
    figures = evaluation_figures(Reference({"un": gold}, {"un": TEXT}, familiar), {"un": proposed}, SCHEMAS, FEW)
    counts = {figure.name: figure.n for figure in figures if (figure.section, figure.group) == ("entities", "all")}

    assert counts["F1 mentions, exact"] == counts["F1 known, exact"] + counts["F1 unknown, exact"]


def entity(name: str, start: int, end: int, label: str = "LOC", **fields: Any) -> Entity:
    return Entity(name, (Span(start, end),), label, **fields)


# Tokens of TEXT are five characters long with one space between: mot00 mot01 …
GOLD: tuple[Claim, ...] = (
    entity("g1", 0, 5, kb_id="russie"),
    entity("g2", 6, 11, kb_id="busan"),
    entity("g3", 12, 17, "PER", kb_id="lankov"),
    entity("g4", 18, 23, "DATE"),
    entity("g5", 24, 29, "DATE"),
    entity("g6", 30, 35, "PER", kb_id="lankov"),
    Quote("q1", "direct", (Span(36, 53),), (Span(54, 59),), (Span(30, 35),)),
    Stance("s1", "article", AUTHOR, "russia", "against", -2, (Span(0, 5),)),
    Stance("s2", "article", AUTHOR, "ukraine", "neutral", 0),
    Stance("s3", "article", AUTHOR, "china", "neutral", 0),
    Stance("s4", "article", AUTHOR, "sanctions", "mixed", 0, (Span(0, 5),)),
    Stance("s5", "attributed", "lankov", "russia", "against", -1, (Span(36, 41),), "q1"),
)
PROPOSED: tuple[Claim, ...] = (
    entity("p1", 0, 5, kb_id="russie"),
    entity("p3", 12, 17, "PER", kb_id="NIL:andrei"),
    entity("p4", 18, 23, "DATE"),
    entity("p6", 30, 35, "PER", kb_id="NIL:andrei"),
    entity("p7", 60, 65, "LOC"),
    entity("p8", 66, 71, "LOC", kb_id="russie"),
    Quote("r1", "direct", (Span(36, 53),), (Span(54, 59),), (Span(30, 35),)),
    Stance("t1", "article", AUTHOR, "russia", "against", -1, (Span(0, 5),)),
    Stance("t2", "article", AUTHOR, "ukraine", "favor", 1, (Span(0, 5),)),
    Stance("t4", "article", AUTHOR, "sanctions", "neutral", 0),
    Stance("t6", "article", AUTHOR, "us-exercises", "neutral", 0),
    Stance("t5", "attributed", "NIL:andrei", "russia", "against", -1, (Span(36, 41),), "r1"),
)
FAMILIAR = Familiar(frozenset({"russie"}), frozenset({"mot03"}))

OWN = "stance of the article"
# Of four targets in gold (against, neutral twice, mixed) one is right, one neutral is called favor, the mixed one
# neutral, and one is not taken up: F1 of against is 1, of neutral 0, and gold has no favor.
MACRO = (1 + 0) / 2
# Who calls all four neutral has 2 · 2 / (4 + 2) for neutral, and 0 for against.
ALL_NEUTRAL = (2 * 2 / (4 + 2) + 0) / 2
# Of the three that both take up, gold has one neutral: 2 · 1 / (3 + 1), halved.
ALL_NEUTRAL_FOUND = 2 * 1 / (3 + 1) / 2


@pytest.mark.parametrize(
    ("section", "name", "group", "expected"),
    [
        ("entities", "precision mentions, exact", "all", 4 / 6),
        ("entities", "recall mentions, exact", "all", 4 / 6),
        ("entities", "precision known, exact", "all", 2 / 3),
        ("entities", "recall known, exact", "all", 1.0),
        ("entities", "precision unknown, exact", "all", 2 / 3),
        ("entities", "recall unknown, exact", "all", 2 / 4),
        ("entities", "recall unknown, exact", "PER", 1.0),
        ("entities", "recall unknown, exact", "LOC", 0.0),
        ("entities", "F1 links, B³", "all", 1.0),
        ("entities", "equal links of known names", "all", 1.0),
        ("quotations", "F1 outermost source, IoU .8", "all", 1.0),
        ("quotations", "F1 source links", "all", 1.0),
        (OWN, "precision targets taken up", "all", 3 / 4),
        (OWN, "recall targets taken up", "all", 3 / 4),
        (OWN, "recall targets taken up", "china", 0.0),
        (OWN, "F1 polarity", "against", 1.0),
        (OWN, "F1 polarity", "neutral", 0.0),
        (OWN, "precision polarity", "favor", 0.0),
        (OWN, "macro-F1 polarity", "all", MACRO),
        (OWN, "macro-F1 polarity, all neutral", "all", ALL_NEUTRAL),
        (OWN, "macro-F1 polarity, above all neutral", "all", MACRO - ALL_NEUTRAL),
        (OWN, "macro-F1 polarity of found targets", "all", MACRO),
        (OWN, "macro-F1 polarity of found targets, all neutral", "all", ALL_NEUTRAL_FOUND),
        ("attributed stance", "F1 tuples without holder", "all", 1.0),
        ("attributed stance", "F1 tuples with holder", "all", 0.0),
        ("attributed stance", "F1 tuples with holder as cluster", "all", 1.0),
    ],
)
def test_each_figure_is_what_a_hand_computes(section: str, name: str, group: str, expected: float) -> None:
    """The small example above, figure by figure."""
    found = score(layer_of(GOLD, "gold"), layer_of(PROPOSED, "machine"), FAMILIAR)

    assert found[section, name, group] == pytest.approx(expected)


def scored(claim: Claim, score: float | None) -> Claim:
    """The claim as a tool proposes it."""
    return replace(claim, provenance=Provenance(origin=None, tool="machine/1", score=score))


def test_scores_are_held_against_what_gold_confirms() -> None:
    """Of each kind: the share that is right, the mean of scores, and how far these are apart, band by band.

    Of the mentions that have a score three of four are right; the wrong one shares its band with a right one.
    """
    gold = layer_of(
        (
            *(entity(f"g{n}", 6 * n, 6 * n + 5) for n in range(3)),
            Quote("r1", "direct", (Span(36, 53),), (Span(54, 59),), (Span(30, 35),)),
            Stance("t1", "article", AUTHOR, "russia", "against", -1, (Span(0, 5),)),
            Stance("t2", "attributed", "NIL:andrei", "russia", "against", -1, (Span(36, 41),), "r1"),
        ),
        "gold",
    )
    proposed = layer_of(
        (
            scored(entity("p0", 0, 5), 0.9),
            scored(entity("p1", 6, 11), 0.6),
            scored(entity("p2", 12, 17), 0.94),
            scored(entity("p3", 18, 23), 0.64),
            scored(entity("p4", 24, 29), None),
            scored(Quote("q1", "direct", (Span(36, 53),), (), ()), 1.0),
            scored(Stance("s1", "article", AUTHOR, "russia", "favor", 1, (Span(0, 5),)), 0.7),
            scored(Stance("s2", "attributed", "NIL:andrei", "russia", "against", -1, (Span(36, 41),), "q1"), 0.4),
            scored(Stance("s3", "attributed", "NIL:boris", "russia", "against", -1, (Span(36, 41),), "q1"), 0.4),
        ),
        "machine",
    )
    found = {(name, kind): value for (section, name, kind), value in score(gold, proposed).items() if section == SCORES}

    assert found == pytest.approx(
        {
            ("share right", "mentions"): 3 / 4,
            ("mean score", "mentions"): (0.9 + 0.6 + 0.94 + 0.64) / 4,
            ("Brier score", "mentions"): (0.1**2 + 0.4**2 + 0.06**2 + 0.64**2) / 4,
            ("calibration error", "mentions"): (0.16 + 0.24) / 4,
            ("share right", "quotations"): 1.0,
            ("mean score", "quotations"): 1.0,
            ("Brier score", "quotations"): 0.0,
            ("calibration error", "quotations"): 0.0,
            ("share right", "stances of the article"): 0.0,
            ("mean score", "stances of the article"): 0.7,
            ("Brier score", "stances of the article"): 0.7**2,
            ("calibration error", "stances of the article"): 0.7,
            ("share right", "attributed stances"): 1 / 2,
            ("mean score", "attributed stances"): 0.4,
            ("Brier score", "attributed stances"): (0.6**2 + 0.4**2) / 2,
            ("calibration error", "attributed stances"): 0.2 / 2,
        }
    )


@settings(deadline=None)
@given(layer_pairs(), st.lists(st.floats(0, 1), min_size=1))
def test_errors_of_scores_are_no_less_than_their_mean_is_off(pair: tuple[Layer, Layer], scores: list[float]) -> None:
    """A calibration error is never less than the mean is off, a Brier score never less than the square of that."""
    gold, other = pair
    proposed = replace(other, claims=tuple(map(scored, other.claims, cycle(scores))))
    found = {(name, kind): value for (section, name, kind), value in score(gold, proposed).items() if section == SCORES}
    for kind in {kind for _, kind in found}:
        right, mean = found["share right", kind], found["mean score", kind]
        brier, error = found["Brier score", kind], found["calibration error", kind]
        if right is None or mean is None or brier is None or error is None:
            assert right is mean is brier is error is None
        else:
            assert abs(right - mean) <= error + 1e-9
            assert (right - mean) ** 2 <= brier + 1e-9


def test_precision_is_of_proposals() -> None:
    """One right proposal among two, where gold has one claim: precision one half, recall 1."""
    gold = layer_of((entity("g1", 0, 5),), "gold")
    proposed = layer_of((entity("p1", 0, 5), entity("p2", 6, 11)), "machine")
    found = score(gold, proposed)

    assert (0.5, 1.0) == (
        found["entities", "precision mentions, exact", "all"],
        found["entities", "recall mentions, exact", "all"],
    )


def test_a_proposal_of_another_extent_is_no_strict_match() -> None:
    """Two tokens of three: found at IoU .5, not at .8, and not exactly."""
    gold = layer_of((entity("g1", 0, 17),), "gold")
    found = score(gold, layer_of((entity("p1", 0, 11),), "machine"))

    at = [found["entities", f"F1 mentions, {level}", "all"] for level in ("exact", "IoU .3", "IoU .5", "IoU .8")]
    assert [0.0, 1.0, 1.0, 0.0] == at


def test_kinds_that_gold_does_not_hold_are_not_asked() -> None:
    """Gold of entities alone gives figures of entities alone."""
    gold = replace(layer_of(GOLD[:6], "gold"), complete=("entity",))
    found = score(gold, layer_of(PROPOSED, "machine"), FAMILIAR)

    assert {"entities", SCORES} == {section for section, _, _ in found}
    assert {"mentions"} == {group for section, _, group in found if section == SCORES}


def test_intervals_are_over_articles() -> None:
    """Of two articles, one found whole and one not at all, resamples reach from one to the other."""
    gold = {name: layer_of((entity("g1", 0, 5),), "gold", name) for name in ("un", "deux")}
    proposed = {"un": gold["un"], "deux": replace(gold["deux"], claims=())}
    figures = evaluation_figures(Reference(gold, dict.fromkeys(gold, TEXT), NOTHING), proposed, SCHEMAS, 200)
    recall = next(f for f in figures if (f.name, f.group) == ("recall mentions, exact", "all"))

    assert Figure("entities", "recall mentions, exact", "all", 0.5, 0.0, 1.0, 2) == recall


def test_a_holder_follows_the_majority_of_its_mentions() -> None:
    """Mentions that the machine calls one are renamed to what gold calls most of them; others keep their name."""
    gold = layer_of((*GOLD[:4], entity("g9", 66, 71, "PER", kb_id="autre"), *GOLD[5:]), "gold")
    more = entity("p9", 66, 71, "PER", kb_id="NIL:andrei")
    renamed = holders_as_clusters(compare_layers(layer_of((*PROPOSED[:5], more, *PROPOSED[6:])), gold, TEXT))

    assert [AUTHOR] * 4 + ["lankov"] == [stance.holder for stance in renamed.a.stances]


def test_polarities_follow_from_their_properties() -> None:
    """Scored are those with a sign and the one that needs no evidence; a project may call them otherwise."""
    labels = tuple(replace(label, name=f"x-{label.name}") for label in SCHEMAS.labels["polarities"].labels)

    assert Polarities(
        ("x-favor", "x-against", "x-neutral", "x-mixed"), ("x-favor", "x-against", "x-neutral"), "x-neutral"
    ) == Polarities.of(labels)
    assert Polarities.of(labels[:2]).neutral is None


def test_a_macro_score_asks_for_classes_of_gold_alone() -> None:
    """A class that gold lacks neither helps nor harms; with none of them the score is undefined."""
    perfect = np.diag([2.0, 0.0, 3.0])[None]

    assert [1.0] == macro_f1(perfect, [0, 1, 2]).tolist()
    assert np.isnan(macro_f1(perfect, [1])).all()


def row(
    kb_id: str, name: str, *aliases: str, first_seen: str = "un", relations: tuple[Relation, ...] = ()
) -> KnownEntity:
    return KnownEntity(kb_id, "PER", name, aliases, "dit tout", None, None, relations, "russia", first_seen)


def test_the_knowledge_base_is_cut_to_what_training_tells() -> None:
    """Rows of other articles go, names that stand in no text go, and a name that stands there takes the first place."""
    rows = {
        "a": row("a", "Anna Lindqvist", "Lindqvist", "Mme Lindqvist", relations=(Relation("allié", "b"),)),
        "b": row("b", "Boris Ferrand", first_seen="deux"),
        "c": row("c", "Carla Ostrow", relations=(Relation("voisin", "a"),)),
        "d": row("d", "Dina Roche"),
        "e": row("e", "  "),
    }
    cut = cut_knowledge(rows, {"un"}, ["Mme LINDQVIST part, dit Carla-Ostrow. Boris Ferrand reste. Dinah Roche aussi."])

    assert {"a", "c"} == set(cut)
    assert ("Lindqvist", ("Mme Lindqvist",), ()) == (cut["a"].name, cut["a"].aliases, cut["a"].relations)
    assert (Relation("voisin", "a"),) == cut["c"].relations
    assert {""} == {entity.description for entity in cut.values()}


def test_cutting_reads_each_text_once_for_each_length() -> None:
    """Ten thousand names and a text of ten thousand words are cut in the time of one, not of a hundred million."""
    rows = {f"n{n}": row(f"n{n}", f"nom{n} propre") for n in range(10_000)}
    text = " ".join(f"nom{n} propre" for n in range(0, 10_000, 2))

    assert 5_000 == len(cut_knowledge(rows, {"un"}, [text]))


def test_names_are_compared_as_words() -> None:
    """Case, hyphens and apostrophes aside, but not accents: those are letters."""
    assert words_of("Kim Jong-un") == words_of("KIM JONG UN")
    assert words_of("Évry") != words_of("Evry")


def test_what_gold_of_training_has_is_familiar() -> None:
    """Ids come from the cut knowledge base, surfaces from gold; a layer without a text gives none."""
    gold = {"un": layer_of(GOLD[:2], "gold"), "deux": layer_of(GOLD[2:4], "gold", "deux")}

    assert Familiar(frozenset({"russie"}), frozenset({"mot00", "mot01"})) == familiar_from(
        ["russie"], gold, {"un": TEXT}
    )
