"""Values that every layer speaks of: edits, alignments, schemas, errors. Nothing here touches a file."""
