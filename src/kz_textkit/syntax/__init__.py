"""Dependency syntax: the head and the universal relation of every word, as a parser, and as the spaCy component `kk_parser`."""
