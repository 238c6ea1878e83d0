"""The words of a corpus, numbered: which term stands where, in which section and part.

DuckDB reads the tables and keeps no more than four numbers a word, on disk where memory does not suffice, so that the size of a corpus
does not matter.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from kz_textkit.corpus.reader import Corpus
from kz_textkit.stats.collation import alphabetical_sql
from kz_textkit.stats.terms import IS_WORD, TERM

__all__ = ["Words"]

Codes = npt.NDArray[np.int64]

CLOSED_CLASSES = ("ADP", "AUX", "CCONJ", "DET", "INTJ", "NUM", "PART", "PRON", "PUNCT", "SCONJ", "SYM")
"""Parts of speech whose words say little about what a text is about."""

SPELLED = """
CREATE OR REPLACE TEMP TABLE kz_report_spelled AS
WITH numbered AS (
    SELECT row_number() OVER () - 1 AS place, doc_id, section_id, is_stop OR upos IN {closed} AS is_stop, {term} AS term
    FROM kz_report_tokens WHERE {is_word}
)
SELECT place, term, is_stop, section, part FROM numbered JOIN kz_report_sections USING (doc_id, section_id)
"""
TERMS = """
CREATE OR REPLACE TEMP TABLE kz_report_terms AS
SELECT row_number() OVER (ORDER BY count DESC, {order}) - 1 AS code, term, count,
    function_share >= 0.5 OR NOT regexp_matches(term, '\\p{{L}}') AS is_stop
FROM (SELECT term, count(*) AS count, avg(is_stop::INT) AS function_share FROM kz_report_spelled GROUP BY term)
"""
WORDS = """
CREATE OR REPLACE TEMP TABLE kz_report_words AS
SELECT place, code, section, part FROM kz_report_spelled JOIN kz_report_terms USING (term)
"""


class Words:
    """The counted words of `corpus` in text order; `part_of_section` gives the part of each row of its sections.

    A term is a lemma where the corpus has lemmas, else a form in lower case; a word that was not analysed stands under its form.
    """

    def __init__(self, corpus: Corpus, part_of_section: Sequence[int]) -> None:
        self._db = corpus.connection
        corpus.relation("tokens", contents=False).create_view("kz_report_tokens", replace=True)
        sections = corpus.sections[["doc_id", "section_id"]].assign(
            section=np.arange(len(corpus.sections)), part=np.asarray(part_of_section, dtype=np.int64)
        )
        self._db.register("kz_report_sections", sections)
        self.by_lemma = corpus.default_terms == "lemma"
        self._spellings = corpus.spellings
        self._db.execute(SPELLED.format(closed=CLOSED_CLASSES, term=TERM[corpus.default_terms], is_word=IS_WORD))
        self._db.execute(TERMS.format(order=alphabetical_sql("term")))
        self._db.execute(WORDS)
        self._db.execute("DROP TABLE kz_report_spelled")
        self.size = int(self._value("SELECT count(*) FROM kz_report_words"))
        """Words in all."""

    def terms(self) -> pd.DataFrame:
        """All terms, the commonest first, indexed by their code.

        The columns are term, count, spelling (as it is shown) and is_stop (true for function words and for what has no letter).
        """
        table = self._db.execute("SELECT * FROM kz_report_terms ORDER BY code").df().set_index("code")
        shown = {} if self.by_lemma else self._spellings
        return table.assign(spelling=[shown.get(term, term) for term in table["term"]])

    def codes(self) -> Codes:
        """The code of each word in text order."""
        return np.asarray(self._db.execute("SELECT code FROM kz_report_words ORDER BY place").fetchnumpy()["code"])

    def by_section(self) -> pd.Series[int]:
        """Number of words by row of the sections table."""
        query = "SELECT section, count(*) AS words FROM kz_report_words GROUP BY section"
        return self._db.execute(query).df().set_index("section")["words"]

    def by_part(self) -> pd.DataFrame:
        """How often each term occurs in each part: the columns part, code and count."""
        query = "SELECT part, code, count(*) AS count FROM kz_report_words WHERE part >= 0 GROUP BY ALL ORDER BY ALL"
        return self._db.execute(query).df()

    def part_borders(self) -> pd.DataFrame:
        """Where each part begins and ends: the columns first and last (numbers of words), indexed by part."""
        query = "SELECT part, min(place) AS first, max(place) AS last FROM kz_report_words WHERE part >= 0 GROUP BY part ORDER BY part"
        return self._db.execute(query).df().set_index("part")

    def spread(self, codes: Sequence[int], bins: int) -> dict[int, Codes]:
        """How often each of the terms `codes` stands in each of `bins` stretches of the text of equal length."""
        counts = {code: np.zeros(bins, dtype=np.int64) for code in codes}
        self._db.register("kz_report_wanted", pd.DataFrame({"code": np.asarray(codes, dtype=np.int64)}))
        rows = self._db.execute(
            "SELECT code, place * $bins // $size AS bin, count(*) AS count FROM kz_report_words SEMI JOIN kz_report_wanted USING (code)"
            " GROUP BY ALL",
            {"bins": bins, "size": max(self.size, 1)},
        ).fetchall()
        for code, bin, count in rows:
            counts[code][int(bin)] = count
        return counts

    def _value(self, query: str) -> int:
        row = self._db.execute(query).fetchone()
        return int(row[0]) if row else 0
