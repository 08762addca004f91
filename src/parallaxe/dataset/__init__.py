"""From documents to tables, and from tables to a directory that `load_dataset` opens: all as values, nothing on disk."""
