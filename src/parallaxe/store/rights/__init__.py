"""Restricted texts: brought in by whoever has them, tried to be rebuilt from what is public, taken down."""
