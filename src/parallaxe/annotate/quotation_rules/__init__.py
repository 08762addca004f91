"""Rules by which quotations are found: a light grammar of reported speech in French, each concern a module."""
