"""From bytes to a clean text that can be undone: decode → extract → normalize → blocks with roles → sentences."""
