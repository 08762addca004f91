"""Files: the only layer that reads and writes a project, its raw articles and its dataset."""
