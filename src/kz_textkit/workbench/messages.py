"""The words of the workbench in its languages, from `messages.tsv`; what the report says too, it says in the report's words."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from kz_textkit.report.messages import LANGUAGES, Messages
from kz_textkit.report.messages import messages as report_messages

__all__ = ["LANGUAGES", "Messages", "workbench_messages"]


@cache
def workbench_messages(language: str) -> Messages:
    """The messages in `language`, one of `LANGUAGES`.

    Raises `UsageError` where there is no such language.

    >>> workbench_messages("kk")("nav_words"), workbench_messages("ru")("documents")
    ('Сөздер', 'Документы')
    """
    known = report_messages(language)
    lines = files("kz_textkit.workbench").joinpath("messages.tsv").read_text("utf-8").splitlines()
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return Messages(language, {**known.table, **{row["key"]: row[language] for row in rows}})
