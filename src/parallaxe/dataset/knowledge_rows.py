"""The knowledge base as a table."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from parallaxe.core.knowledge import KnownEntity
from parallaxe.core.schema import Schemas
from parallaxe.dataset.rows import Nested, table_from_columns

_PLAIN = ("kb_id", "type", "name", "description", "wikidata", "wikidata_source", "actor", "first_seen")


def knowledge_base_table(entities: Sequence[KnownEntity], schemas: Schemas) -> pa.Table:
    """The table `knowledge_base`, sorted by id."""
    entities = sorted(entities, key=lambda entity: entity.kb_id)
    relations = [relation for entity in entities for relation in entity.relations]
    fields = {"relation": [name for name, _ in relations], "kb_id": [kb_id for _, kb_id in relations]}
    columns = {
        **{name: [getattr(entity, name) for entity in entities] for name in _PLAIN},
        "aliases": [list(entity.aliases) for entity in entities],
        "relations": Nested([len(entity.relations) for entity in entities], fields),
    }
    return table_from_columns(columns, schemas.table("knowledge_base"))
