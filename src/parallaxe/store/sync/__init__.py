"""Two-way sync with Label Studio: what goes over, what comes back, and how both are joined without losing anything."""
