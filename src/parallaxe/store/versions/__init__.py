"""Versions of a corpus wherever they stand, what changed from one to another, and what a pull request changes."""
