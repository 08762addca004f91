"""Rules that find mentions: each module knows one kind of thing, and `entities` puts together what they propose."""
