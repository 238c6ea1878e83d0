"""Languages for spaCy."""
