"""Two sets of claims side by side: paired once, then read as agreement, as disagreements to settle, as differences."""
