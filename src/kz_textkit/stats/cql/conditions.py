r"""The conditions of a query as SQL on the columns of the tokens table.

Regular expressions go to RE2, which DuckDB has, after three changes: `\w`, `\d` and `\s` mean letters, digits and spaces of all scripts
(RE2 means ASCII, which has no Kazakh letter); in feats, `.` and negated classes stop at the bar between two features. RE2 has neither
look-around nor references back, so that its time is always in proportion to the text.
"""

from __future__ import annotations

import re

import duckdb

from kz_textkit.errors import QueryError
from kz_textkit.stats.cql.query import AnyOf, Comparison, Condition, Not, Query, comparisons_in, literal_value
from kz_textkit.stats.sql import sql_string

__all__ = ["check_expressions", "condition_sql", "re2_pattern"]

CLASSES = {"w": r"\p{L}\p{M}\p{N}_", "d": r"\p{Nd}", "s": r"\s\p{Z}"}
"""What `\\w`, `\\d` and `\\s` mean."""

_CYRILLIC = re.compile("[\u0400-\u052f]+")
_PLAIN = re.compile(r"(?:\w(?![?*{]))+")

LEMMA_OR_FORM = "CASE WHEN lemma = '' THEN lower(form) ELSE lemma END"
"""The lemma of a token; its form where it was not analysed, as in frequency lists."""


def re2_pattern(pattern: str, *, feature: bool = False) -> str:
    r"""A regular expression in the syntax of RE2; with `feature` one that stays inside one feature.

    >>> re2_pattern(r"\w+дан")
    '[\\p{L}\\p{M}\\p{N}_]+дан'
    >>> re2_pattern("Case=A.*", feature=True)
    'Case=A[^|]*'
    """
    pieces = []
    at, in_class = 0, False
    while at < len(pattern):
        piece = pattern[at : at + 2] if pattern[at] == "\\" else pattern[at]
        if not in_class and pattern.startswith("[^", at):
            piece = "[^"
        at += len(piece)
        if not in_class and piece in ("[", "[^"):
            in_class = True
            if pattern.startswith("]", at):  # Right after the opening bracket it is a letter like others.
                piece, at = piece + r"\]", at + 1
            pieces.append(piece.replace("^", "^|", 1) if feature else piece)
        elif in_class and pattern.startswith("[:", at - 1) and ":]" in pattern[at:]:
            end = pattern.index(":]", at) + 2
            pieces.append(pattern[at - 1 : end])
            at = end
        elif in_class:
            in_class = piece != "]"
            pieces.append(CLASSES[piece[1]] if len(piece) == 2 and piece[1] in CLASSES else piece)
        else:
            pieces.append(_outside(piece, feature))
    return "".join(pieces)


def _outside(piece: str, feature: bool) -> str:
    bar = "|" if feature else ""
    if len(piece) == 2 and piece[1] in CLASSES:
        return f"[{CLASSES[piece[1]]}]"
    if len(piece) == 2 and piece[1].lower() in CLASSES:
        return f"[^{CLASSES[piece[1].lower()]}{bar}]"
    return "[^|]" if feature and piece == "." else piece


def condition_sql(condition: Condition, *, lemmas: bool = True) -> str:
    """A condition as SQL. Without `lemmas` some tokens have none, and their forms stand for them.

    >>> condition_sql(Comparison("lemma", "билік"))
    "lemma = 'билік'"
    """
    if isinstance(condition, Comparison):
        sql = _comparison_sql(condition, lemmas)
        return f"NOT ({sql})" if condition.negated else sql
    if isinstance(condition, Not):
        return f"NOT ({condition_sql(condition.part, lemmas=lemmas)})"
    sign = " OR " if isinstance(condition, AnyOf) else " AND "
    return sign.join(f"({condition_sql(part, lemmas=lemmas)})" for part in condition.parts) or "true"


def _comparison_sql(test: Comparison, lemmas: bool) -> str:
    column = LEMMA_OR_FORM if test.attribute == "lemma" and not lemmas else test.attribute
    value = literal_value(test)
    if test.attribute == "is_stop":
        return "is_stop" if value == "true" else "NOT is_stop"
    if value is None:
        return _expression_sql(test, column)
    if test.attribute == "feats" and value:
        column, value = "'|' || feats || '|'", f"|{value}|"
        return f"contains({_folded(column, test)}, {_folded(sql_string(value), test)})"
    equals = f"{_folded(column, test)} = {_folded(sql_string(value), test)}"
    if test.ignore_case and _CYRILLIC.fullmatch(value):
        # Capitals and small letters of Cyrillic have the same length, which is quicker to compare.
        return f"strlen({column}) = {len(value.encode())} AND {equals}"
    return equals


def _folded(sql: str, test: Comparison) -> str:
    return f"lower({sql})" if test.ignore_case else sql


def _expression_sql(test: Comparison, column: str) -> str:
    options = "'is'" if test.ignore_case else "'s'"
    if test.attribute == "feats":
        pattern = rf"(?:^|\|)(?:{re2_pattern(test.value, feature=True)})(?:\||$)"
        return f"regexp_matches(feats, {sql_string(pattern)}, {options})"
    options_of_equals = _options(test)
    if options_of_equals and not test.ignore_case:
        return f"{column} IN ({', '.join(map(sql_string, options_of_equals))})"
    sql = f"regexp_full_match({column}, {sql_string(re2_pattern(test.value))}, {options})"
    prefix = "" if test.ignore_case else _prefix(test.value)
    if prefix:
        # A range is what Parquet files can be searched by.
        return f"{column} >= {sql_string(prefix)} AND {column} < {sql_string(prefix[:-1] + chr(ord(prefix[-1]) + 1))} AND {sql}"
    return sql


def _prefix(pattern: str) -> str:
    """What every match of a regular expression begins with.

    >>> _prefix("билі.*"), _prefix("билікт?і"), _prefix("билік|ел")
    ('билі', 'билік', '')
    """
    if "|" in pattern:
        return ""
    plain = _PLAIN.match(pattern)
    return plain[0] if plain else ""


def _options(test: Comparison) -> list[str]:
    """The strings of a regular expression that is nothing but alternatives, such as `билік|үкімет`."""
    values = [literal_value(Comparison(test.attribute, option)) for option in test.value.split("|")]
    return [value for value in values if value is not None] if None not in values and "\\|" not in test.value else []


def check_expressions(query: Query, conditions: list[Condition], connection: duckdb.DuckDBPyConnection) -> None:
    """Raise `QueryError` where RE2 does not take a regular expression of the query."""
    for test in (test for condition in conditions for test in comparisons_in(condition)):
        if literal_value(test) is None and test.attribute != "is_stop":
            pattern = re2_pattern(test.value, feature=test.attribute == "feats")
            try:
                connection.execute("SELECT regexp_full_match('', ?)", [pattern]).fetchall()
            except duckdb.Error as error:
                reason = str(error).splitlines()[0].partition(": ")[2]
                raise QueryError(f"this regular expression can't be used: {reason}", query.text, test.start) from None
