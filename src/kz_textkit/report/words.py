"""The words of a corpus, numbered: which term stands where, in which section and part.

DuckDB reads the Parquet files and keeps no more than four numbers a word, on disk where memory does not suffice, so that the size of a
corpus does not matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from tempfile import gettempdir

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd

from kz_textkit.corpus.reader import UNCOUNTED_BLOCKS, UNCOUNTED_SECTIONS, Corpus

__all__ = ["Words"]

Codes = npt.NDArray[np.int64]


class Words:
    """The words of `corpus` in text order, without tables of contents; `part_of_section` gives the part of each row of its sections.

    A term is a lemma where the corpus has lemmas, else a form in lower case; a word that was not analysed stands under its form.
    """

    def __init__(self, corpus: Corpus, part_of_section: Sequence[int]) -> None:
        self._db = duckdb.connect(config={"temp_directory": gettempdir()})
        self._db.execute("SET enable_progress_bar = false")
        files = [str(path) for path in sorted((corpus.path / "tokens").glob("*.parquet"))]
        sections = corpus.sections[["doc_id", "section_id", "kind"]].assign(
            section=np.arange(len(corpus.sections)), part=np.asarray(part_of_section, dtype=np.int64)
        )
        self._db.register("sections", sections[~sections["kind"].isin(UNCOUNTED_SECTIONS)])
        entries = corpus.blocks.loc[corpus.blocks["kind"].isin(UNCOUNTED_BLOCKS), ["doc_id", "block_id"]]
        self._db.register("entries", entries)
        self._db.from_parquet(files).create_view("tokens")
        self.by_lemma = bool(self._value("SELECT EXISTS (SELECT 1 FROM tokens WHERE lemma != '')"))
        self._number()
        self.size = int(self._value("SELECT count(*) FROM words"))
        """Words in all."""

    def _number(self) -> None:
        self._db.execute(
            """
            CREATE TEMP TABLE spelled AS
            WITH numbered AS (
                SELECT row_number() OVER () AS n, doc_id, section_id, block_id, is_stop,
                    CASE WHEN lemma != '' THEN lemma ELSE replace(lower(form), 'i\u0307', 'i') END AS term
                FROM tokens WHERE regexp_matches(form, '[\\p{L}\\p{N}]')
            )
            SELECT n, term, is_stop, section, part
            FROM numbered JOIN sections USING (doc_id, section_id) ANTI JOIN entries USING (doc_id, block_id)
            """
        )
        self._db.execute(
            """
            CREATE TEMP TABLE terms AS
            SELECT row_number() OVER (ORDER BY count DESC, term) - 1 AS code, * FROM (
                SELECT term, count(*) AS count, avg(is_stop::INT) >= 0.5 AS is_stop FROM spelled GROUP BY term
            )
            """
        )
        self._db.execute(
            """
            CREATE TEMP TABLE words AS
            SELECT row_number() OVER (ORDER BY n) - 1 AS place, code, section, part FROM spelled JOIN terms USING (term)
            """
        )
        self._db.execute("DROP TABLE spelled")

    def terms(self) -> pd.DataFrame:
        """All terms, the commonest first, indexed by their code: the columns term, count and is_stop."""
        return self._db.execute("SELECT * FROM terms ORDER BY code").df().set_index("code")

    def codes(self) -> Codes:
        """The code of each word in text order."""
        return self._db.execute("SELECT code FROM words ORDER BY place").fetchnumpy()["code"]

    def by_section(self) -> pd.Series[int]:
        """Number of words by row of the sections table."""
        return self._db.execute("SELECT section, count(*) AS words FROM words GROUP BY section").df().set_index("section")["words"]

    def by_part(self) -> pd.DataFrame:
        """How often each term occurs in each part: the columns part, code and count."""
        return self._db.execute("SELECT part, code, count(*) AS count FROM words WHERE part >= 0 GROUP BY ALL ORDER BY ALL").df()

    def part_borders(self) -> pd.DataFrame:
        """Where each part begins and ends: the columns first and last (numbers of words), indexed by part."""
        query = "SELECT part, min(place) AS first, max(place) AS last FROM words WHERE part >= 0 GROUP BY part ORDER BY part"
        return self._db.execute(query).df().set_index("part")

    def spread(self, codes: Sequence[int], bins: int) -> dict[int, Codes]:
        """How often each of the terms `codes` stands in each of `bins` stretches of the text of equal length."""
        counts = {code: np.zeros(bins, dtype=np.int64) for code in codes}
        wanted = pd.DataFrame({"code": np.asarray(codes, dtype=np.int64)})
        self._db.register("wanted", wanted)
        rows = self._db.execute(
            "SELECT code, place * $bins // $size AS bin, count(*) AS count FROM words SEMI JOIN wanted USING (code) GROUP BY ALL",
            {"bins": bins, "size": max(self.size, 1)},
        ).fetchall()
        for code, bin, count in rows:
            counts[code][int(bin)] = count
        return counts

    def _value(self, query: str) -> object:
        row = self._db.execute(query).fetchone()
        return row[0] if row else None
