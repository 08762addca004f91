"""No word of a restricted article passes but what the schema lets through."""

from __future__ import annotations

import pyarrow as pa

from parallaxe.core.claims import Claim, Entity, Provenance, Quote, Span, Stance
from parallaxe.dataset.arrow import empty_table
from parallaxe.dataset.withhold import withhold, withhold_claims
from schema_tables import SCHEMAS


def articles(*ids: str) -> pa.Table:
    table = SCHEMAS.table("articles")
    columns = {
        column.name: pa.nulls(len(ids), empty_table(table).schema.field(column.name).type) for column in table.columns
    }
    texts = {"article_id": ids, "text": [f"Texte de {name}." for name in ids], "title": ["Titre"] * len(ids)}
    return pa.table(columns | {name: pa.array(values, pa.string()) for name, values in texts.items()})


def test_withheld_columns_of_restricted_rows_become_null() -> None:
    """Text and title go, the id and the row stay; open rows are untouched, order kept."""
    shown = withhold(articles("ouvert", "ferme"), SCHEMAS.table("articles"), {"ferme"})

    assert shown["article_id"].to_pylist() == ["ouvert", "ferme"]
    assert shown["text"].to_pylist() == ["Texte de ouvert.", None]
    assert shown["title"].to_pylist() == ["Titre", None]


def test_nothing_restricted_nothing_withheld() -> None:
    """Without restricted articles a table is as it was."""
    rows = articles("un", "deux")

    assert withhold(rows, SCHEMAS.table("articles"), set()).equals(rows)


REMARK = Provenance(origin=None, tool="m/1", score=0.5, note="« secret »", why="secret")
HERE = (Span(0, 3),)


def test_remarks_never_enter_a_layer() -> None:
    """`why` and `note` of a claim may repeat the text, so they go; tool and score stay."""
    claims: list[Claim] = [
        Entity("e", HERE, "PER", None, "kim", REMARK),
        Quote("q", "direct", HERE, provenance=REMARK),
        Stance("s", "article", "author", "russia", "neutral", 0, provenance=REMARK),
    ]

    kept = withhold_claims(claims, SCHEMAS)

    assert [Provenance(origin=None, tool="m/1", score=0.5)] * 3 == [claim.provenance for claim in kept]
    assert ["kim", "author"] == [kept[0].kb_id, kept[2].holder]  # type: ignore[union-attr]


def test_clusters_are_named_by_what_may_be_shown() -> None:
    """The name of a cluster stays for short names of persons, organizations, places and peoples, and is a hash else."""
    claims: list[Claim] = [
        Entity("a", HERE, "PER", None, "NIL:jeanne-kerbrat"),
        Entity("b", HERE, "ORG", None, "NIL:un-deux-trois-quatre-cinq-six"),
        Entity("c", HERE, "LAW", None, "NIL:pacte-des-quais"),
        Stance("d", "attributed", "NIL:pacte-des-quais", "russia", "favor", 1, HERE, "q"),
        Stance("e", "attributed", "NIL:diplomate-europeen", "russia", "favor", 1, HERE, "q"),
    ]

    short, long, law, same, voice = (
        str(getattr(claim, "kb_id", None) or getattr(claim, "holder", None))
        for claim in withhold_claims(claims, SCHEMAS)
    )

    assert ("NIL:jeanne-kerbrat", "NIL:diplomate-europeen") == (short, voice)
    assert law == same
    assert all(name.startswith("NIL:") and "-" not in name for name in (long, law))
