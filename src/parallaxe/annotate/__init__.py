"""Proposals of a machine: entities, links, quotations and stances of any French article, each with its reason."""
