"""Readers of raw formats. Each turns a decoded source into edits over that source, and hints for the roles of blocks.

A reader never makes text: it only says which characters of the source to delete or to replace (tags, entities, marks
of emphasis, JSON escapes), so that the alignment to the raw file is exact whatever the format.
"""
