"""The command line: `kz-textkit COMMAND`. Commands parse, call one library function and print.

What a command needs of the library is imported when the command runs: `kz-textkit --help` must not wait for spaCy and pandas.
"""

from __future__ import annotations

from kz_textkit.cli.application import app
from kz_textkit.cli.composition import composition, subcorpus
from kz_textkit.cli.corpora import merge, run, verify
from kz_textkit.cli.exporting import export
from kz_textkit.cli.morphology import analyze, evaluate, spell
from kz_textkit.cli.report import report
from kz_textkit.cli.review import review
from kz_textkit.cli.scripts import transliterate
from kz_textkit.cli.search import concordance
from kz_textkit.cli.sketch import sketch
from kz_textkit.cli.statistics import collocates, freq, keywords, ngrams, terms, vocabulary
from kz_textkit.cli.texts import explain, fix, outline
from kz_textkit.cli.usage import dispersion, trend
from kz_textkit.cli.web import dedup, lines, signals
from kz_textkit.cli.workbench import open_workbench

__all__ = [
    "analyze",
    "app",
    "collocates",
    "composition",
    "concordance",
    "dedup",
    "dispersion",
    "evaluate",
    "explain",
    "export",
    "fix",
    "freq",
    "keywords",
    "lines",
    "merge",
    "ngrams",
    "open_workbench",
    "outline",
    "report",
    "review",
    "run",
    "signals",
    "sketch",
    "spell",
    "subcorpus",
    "terms",
    "transliterate",
    "trend",
    "verify",
    "vocabulary",
]
