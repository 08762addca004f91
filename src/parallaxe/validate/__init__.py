"""The gate in front of the dataset: rules that say what is wrong, where, and why. Failures are rows of a table."""
