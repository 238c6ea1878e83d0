"""The words on plots in their languages, from `labels.tsv`: a line a label, a column a language."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from kz_textkit.errors import UsageError

__all__ = ["LANGUAGE", "LANGUAGES", "label", "number"]

LANGUAGES = ("en", "kk", "ru")
LANGUAGE = "kk"
"""Language of the labels where nobody says."""

THIN_SPACE = "\u202f"


def label(key: str, language: str) -> str:
    """A label; the key itself where there is none.

    Raises `UsageError` where there is no such language.

    >>> label("words", "kk"), label("year", "kk")
    ('сөз саны', 'year')
    """
    if language not in LANGUAGES:
        raise UsageError(f"there are no plots in the language {language}: choose one of {', '.join(LANGUAGES)}")
    return _labels(language).get(key, key)


def number(value: float, language: str) -> str:
    """A number on an axis, as the language writes it.

    >>> number(12500, "kk").replace(THIN_SPACE, "_"), number(0.25, "en")
    ('12_500', '0.25')
    """
    written = f"{value:,.10g}"
    return written if language == "en" else written.replace(",", THIN_SPACE).replace(".", ",")


@cache
def _labels(language: str) -> dict[str, str]:
    lines = files("kz_textkit.plots").joinpath("labels.tsv").read_text("utf-8").splitlines()
    return {row["key"]: row[language] for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)}
