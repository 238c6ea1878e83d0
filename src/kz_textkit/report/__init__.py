"""The report on a corpus: one HTML file for people, in English, Kazakh or Russian.

`parts` finds what is compared with what, `words` counts, `contents` gathers what the report says, `charts` draws, and `page` puts it
into the template. The messages stand in `messages.tsv`, which a linguist can correct.
"""

from kz_textkit.report.page import render, write_report

__all__ = ["render", "write_report"]
