"""Releases of the data: the version that its rows ask for, made in one step, and made again from any tag."""
