"""Counting words and comparing counts: terms, keyness, collocation, n-grams, dispersion, vocabulary, and queries (`cql`)."""
