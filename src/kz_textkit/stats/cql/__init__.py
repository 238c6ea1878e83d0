"""Corpus queries in CQL: the language, the conditions on tokens, matching, and concordances."""
