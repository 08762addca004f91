"""A component that is trained: how it learns from gold, what it proposes, and how that joins what the rules say."""
