"""Numbers and names of columns as people read them, the same on a terminal and in a notebook."""

from __future__ import annotations

from math import isnan
from typing import Any

__all__ = ["SHORT", "is_text", "shown_number"]

DECIMALS = {
    **dict.fromkeys(("per_million", "reference_per_million", "diff_percent", "low", "high", "slope"), 0),
    **dict.fromkeys(("dp", "dp_norm", "juilland_d", "tau"), 3),
    **dict.fromkeys(("dice", "coverage", "value"), 4),
    "tf_idf": 5,
}
"""Decimals of a column, where they are not two."""
SHORT = {
    "reference_count": "ref.",
    "reference_per_million": "ref. per m.",
    "log_ratio_low": "from",
    "log_ratio_high": "to",
    "log_likelihood": "LL",
    "diff_percent": "%diff",
    "bayes_factor": "Bayes",
    "p_value": "p",
    "chi_square_p_value": "p of χ²",
}
"""Names of columns, where theirs are too long."""
TEXTS = (
    *(
        "side",
        "form",
        "lemma",
        "upos",
        "forms",
        "term",
        "title",
        "ngram",
        "collocate",
        "measure",
        "pattern",
        "at",
        "category",
        "citation",
    ),
    *("section_id", "doc_id", "source", "target", "left", "node", "right", "document", "lecture", "section", "place"),
)
"""Columns that are no numbers, though some values may look like some."""
P_VALUES = ("p_value", "chi_square_p_value")
HUGE = 1e12


def is_text(name: str, values: Any) -> bool:
    """Whether a column is set to the left: it is known for a text, or its values (a pandas Series) are no numbers."""
    return (name in TEXTS and values.dtype.kind not in "iuf") or values.dtype.kind not in "iufb"


def shown_number(name: str, value: Any) -> Any:
    """A number of the column `name` as it is read; other values as they are.

    >>> shown_number("per_million", 8579.16), shown_number("p_value", 1e-9), shown_number("log_ratio", 3.1699)
    ('8,579', '<0.001', '3.17')
    """
    if not isinstance(value, float):
        return value
    if isnan(value):
        return ""
    if name in P_VALUES:
        return f"{value:.3f}" if value >= 0.001 else "<0.001"
    if name == "value" and value.is_integer():
        return int(value)
    if abs(value) >= HUGE:
        return ">10¹²" if value > 0 else "<-10¹²"
    return f"{value:,.{DECIMALS.get(name, 2)}f}"
