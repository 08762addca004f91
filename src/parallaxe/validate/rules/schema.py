"""What the rules of the table schemas (level 2) mean; `validate.frames` makes them from `schemas/tables/`.

A rule of that level is an expression for each column that asks for it, so there is no function to carry its words. The
examples give some columns of a table; `expected` names those that the schema has, where they are others.
"""

from __future__ import annotations

from inspect import cleandoc

from parallaxe.validate.documentation import Described
from parallaxe.validate.frames import LEVEL

_PAGES = {
    "column-missing": """A table has every column of its schema.

        Rules that read the column are skipped, each with a word about it.

        Fails:
            expected ["article_id", "sentence_id", "start"]
            sentences {"article_id": "le-port", "sentence_id": 0}

        Passes:
            expected ["article_id", "sentence_id", "start"]
            sentences {"article_id": "le-port", "sentence_id": 0, "start": 0}
        """,
    "column-unexpected": """A table has no column that its schema does not have.

        Define it in `schemas/tables/`, or leave it out: whoever loads the dataset should find it in the reference.

        Fails:
            expected ["article_id", "sentence_id"]
            sentences {"article_id": "le-port", "sentence_id": 0, "couleur": "bleu"}

        Passes:
            expected ["article_id", "sentence_id"]
            sentences {"article_id": "le-port", "sentence_id": 0}
        """,
    "column-order": """The columns of a table stand in the order of its schema.

        Fails:
            sentences {"sentence_id": 0, "article_id": "le-port"}

        Passes:
            sentences {"article_id": "le-port", "sentence_id": 0}
        """,
    "column-type": """A column has the type of its schema.

        Fails:
            sentences {"article_id": "le-port", "sentence_id": "un"}

        Passes:
            sentences {"article_id": "le-port", "sentence_id": 1}
        """,
    "column-null": """A column holds no null where its schema does not call it `nullable`; neither do lists and fields.

        Fails:
            sentences {"article_id": "le-port", "sentence_id": 0, "start": null}

        Passes:
            sentences {"article_id": "le-port", "sentence_id": 0, "start": 0}
        """,
    "column-unique": """No two rows have the same value in a column that its schema calls `unique`.

        Nulls are passed over.

        Fails:
            key ["kb_id", "name"]
            knowledge_base {"kb_id": "seoul", "name": "Séoul"}
            knowledge_base {"kb_id": "seoul", "name": "Corée du Sud"}

        Passes:
            key ["kb_id", "name"]
            knowledge_base {"kb_id": "seoul", "name": "Séoul"}
            knowledge_base {"kb_id": "coree-du-sud", "name": "Corée du Sud"}
        """,
    "column-empty": """A value that its schema calls `non_empty` is neither an empty string nor an empty list.

        Fails:
            knowledge_base {"kb_id": "seoul", "name": ""}

        Passes:
            knowledge_base {"kb_id": "seoul", "name": "Séoul"}
        """,
    "label-range": """The id of a label is the position of a name in its set.

        `datasets` loads other ids without a word, and fails where somebody asks for the name.

        Fails:
            sentences {"article_id": "le-port", "sentence_id": 0, "role": 99}

        Passes:
            sentences {"article_id": "le-port", "sentence_id": 0, "role": 0}
        """,
    "column-range": """A number lies between `min` and `max` of its schema, and is a number.

        Fails:
            sentences {"article_id": "le-port", "sentence_id": 0, "start": -4}

        Passes:
            sentences {"article_id": "le-port", "sentence_id": 0, "start": 4}
        """,
    "column-pattern": """A string matches the `pattern` of its schema.

        Fails:
            knowledge_base {"kb_id": "Corée du Sud"}

        Passes:
            knowledge_base {"kb_id": "coree-du-sud"}
        """,
    "column-choice": """A string is a label of the sets that its schema names under `one_of`.

        Fails:
            entities {"article_id": "le-port", "entity_id": "e1", "metonymic": "VILLE"}

        Passes:
            entities {"article_id": "le-port", "entity_id": "e1", "metonymic": "ORG"}
        """,
    "key-unique": """No two rows have the same key.

        Fails:
            sentences {"article_id": "le-port", "sentence_id": 0}
            sentences {"article_id": "le-port", "sentence_id": 0}

        Passes:
            sentences {"article_id": "le-port", "sentence_id": 0}
            sentences {"article_id": "la-gare", "sentence_id": 0}
        """,
    "frame-schema": """Nothing is wrong that only pandera can tell.

        The schema is checked by pandera, and what it objects to is told by the rules above. Should they ever differ,
        its own words are reported under this id rather than nothing. No table that breaks it is known.
        """,
}

TABLE_PAGES: tuple[Described, ...] = tuple(
    Described(name, LEVEL, "tables", "error", cleandoc(page)) for name, page in _PAGES.items()
)
