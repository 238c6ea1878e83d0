"""What may have been meant by a query that finds nothing."""

from __future__ import annotations

from collections.abc import Iterator

from kz_textkit.stats.cql.matching import conditions_in
from kz_textkit.stats.cql.query import Comparison, comparisons_in, literal_value, parse_query
from kz_textkit.stats.cql.search import SearchTables
from kz_textkit.stats.sql import sql_string
from kz_textkit.stats.terms import IS_WORD

__all__ = ["hints"]

NEAR = 2
"""Letters by which a word differs at most that is like another."""
SHOWN = 3
LOOKED_AT = 2_000_000
"""Tokens that hints are taken from, at least, where a corpus has more."""


def hints(tables: SearchTables, query: str) -> list[str]:
    """Queries that may have been meant by one without hits: other capitals, the lemma in place of the form, words spelled nearly so.

    >>> import pandas as pd
    >>> from kz_textkit.stats.tables import search_tables
    >>> tokens = pd.DataFrame({"form": ["Билік", "биліктің"], "lemma": ["билік", "билік"]})
    >>> hints(search_tables(tokens), '"билик"'), hints(search_tables(tokens), '"БИЛІКТІҢ"')
    (['[lemma="билік"]'], ['"БИЛІКТІҢ" %c'])
    """
    if not tables.parts:
        return []
    found: list[str] = []
    for condition in conditions_in(parse_query(query).pattern):
        for test in comparisons_in(condition):
            value = literal_value(test)
            if test.attribute in ("form", "lemma") and value and not test.negated:
                found += _hints_of(tables, test, value)
    return list(dict.fromkeys(found))[:SHOWN]


def _hints_of(tables: SearchTables, test: Comparison, value: str) -> Iterator[str]:
    """For one value, unless it occurs as it is."""
    lower = sql_string(value.lower())
    same = "lower({0})" if test.ignore_case else "{0}"
    wanted = lower if test.ignore_case else sql_string(value)
    columns = f"{same.format(test.attribute)} = {wanted}, lower(form) = {lower}, lower(lemma) = {lower}"
    words = f"SELECT form, lemma, count(*) AS n FROM ({_sample(tables)}) GROUP BY ALL"
    found = f"SELECT {', '.join(f'coalesce(bool_or({one}), false)' for one in columns.split(', '))} FROM ({words})"
    there, in_capitals, as_lemma = tables.connection.execute(found).fetchall()[0]
    if there:
        return
    if in_capitals:
        yield f'"{value}" %c'
    if as_lemma and test.attribute == "form":
        yield f'[lemma="{value.lower()}"]'
    if in_capitals or as_lemma or len(value) <= NEAR:
        return
    near = f"""
        WITH words AS (
            SELECT lower(CASE WHEN lemma = '' THEN form ELSE lemma END) AS word, sum(n) AS n
            FROM ({words}) WHERE {IS_WORD} GROUP BY word
        )
        SELECT word FROM words
        WHERE abs(length(word) - {len(value)}) <= {NEAR} AND damerau_levenshtein(word, {lower}) <= {NEAR}
        ORDER BY damerau_levenshtein(word, {lower}), n DESC, word LIMIT {SHOWN}
    """
    yield from (f'[lemma="{word}"]' for (word,) in tables.connection.execute(near).fetchall())


def _sample(tables: SearchTables) -> str:
    """The words of the first parts: of a large corpus they are enough for a hint."""
    parts, rows = [], 0
    for part in tables.parts:
        parts.append(f"SELECT form, lemma FROM {part.tokens}")
        rows += part.rows
        if rows >= LOOKED_AT:
            break
    return " UNION ALL ".join(parts)
