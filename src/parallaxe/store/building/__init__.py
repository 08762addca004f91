"""The main job: raw articles, and what is said of them, become a dataset directory."""
