"""From documents to tables, and from tables to what `load_dataset` opens: all as values, nothing on disk."""
