"""Lines of terms and places of edits, kept in the page up to a size: what a click on a term and on a rule shows."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kz_textkit.corpus.reader import Corpus
from kz_textkit.corpus.search import cited_places
from kz_textkit.stats.terms import FOLDED, IS_WORD, TERM

__all__ = ["EditPlace", "Line", "lines_of_terms", "places_of_edits"]

LINES_PER_TERM = 8
LINES_SIZE = 150_000
"""Characters of lines that a page keeps."""
CONTEXT = 70
"""Characters on each side of a term."""
EDITS_PER_RULE = 8
EDIT_CONTEXT, LONGEST_EDIT = 30, 80
"""Characters around an edit, and of an edit, that are shown."""

CHOSEN = """
WITH numbered AS (SELECT *, {term} AS term FROM kz_report_tokens WHERE {is_word}),
turns AS (
    SELECT term, doc_id, block_id, sentence_id, token_id, form, start, "end", raw_start,
        row_number() OVER (PARTITION BY term ORDER BY hash(doc_id || token_id), doc_id, token_id) AS turn
    FROM numbered SEMI JOIN kz_report_lines_of USING (term)
)
SELECT t.term, t.doc_id AS document, t.raw_start, b.page, s.text, t.start - s.start AS first, t."end" - s.start AS last
FROM (SELECT * FROM turns WHERE turn <= {most}) t JOIN kz_report_sentences s USING (doc_id, block_id, sentence_id)
    JOIN kz_report_blocks b USING (doc_id, block_id)
ORDER BY t.term, t.doc_id, t.token_id
"""
EDITS = """
SELECT e.doc_id AS document, e.start AS raw_start, e."end", e.before, e.after, e.rule, min(b.page) AS page FROM (
    SELECT *, row_number() OVER (PARTITION BY rule ORDER BY hash(doc_id || start), doc_id, start) AS turn
    FROM kz_report_edits WHERE applied = {applied}
) e LEFT JOIN kz_report_blocks b ON b.doc_id = e.doc_id AND e.start >= b.raw_start AND e.start < b.raw_end
WHERE turn <= {most} GROUP BY ALL ORDER BY e.rule, e.doc_id, e.start, e.before
"""
AROUND = """
SELECT c.number, t.form, t.space_after OR lead(t.block_id) OVER (ORDER BY c.number, t.raw_start) <> t.block_id, t.raw_start, t.raw_end
FROM kz_report_tokens t JOIN kz_report_chosen c
ON t.doc_id = c.document AND t.raw_end > c.raw_start - {reach} AND t.raw_start < c."end" + {reach}
ORDER BY c.number, t.raw_start
"""


@dataclass(frozen=True, slots=True)
class Line:
    """A term in its sentence."""

    left: str
    node: str
    right: str
    place: str


@dataclass(frozen=True, slots=True)
class EditPlace:
    """An edit where it stands in the raw text."""

    document: str
    start: int
    place: str
    left: str
    before: str
    after: str
    right: str


def lines_of_terms(corpus: Corpus, terms: Sequence[str]) -> dict[str, list[Line]]:
    """Lines of `terms`, as they are counted and shown in tables, some of each, drawn the same way every time and in text order; in the
    order of `terms`, as many as `LINES_SIZE` has room for.

    The tokens of the corpus are those of the view `kz_report_tokens` (`kz_textkit.report.words.Words`).
    """
    by = corpus.default_terms
    counted = {term: term.lower() if by == "form" else term for term in terms}
    corpus.connection.register("kz_report_lines_of", pd.DataFrame({"term": list(counted.values())}, dtype=object))
    corpus.relation("sentences").create_view("kz_report_sentences", replace=True)
    corpus.relation("blocks").create_view("kz_report_blocks", replace=True)
    term = FOLDED if by == "form" else TERM[by]
    rows = corpus.connection.execute(CHOSEN.format(term=term, is_word=IS_WORD, most=LINES_PER_TERM)).df()
    rows["place"] = _places(corpus, rows)
    found: dict[str, list[Line]] = {}
    for row in rows.to_dict("records"):
        text, first, last = row["text"], row["first"], row["last"]
        line = Line(text[max(0, first - CONTEXT) : first], text[first:last], text[last : last + CONTEXT], row["place"])
        found.setdefault(row["term"], []).append(line)
    kept: dict[str, list[Line]] = {}
    room = LINES_SIZE
    for shown, term in counted.items():
        lines = found.get(term, [])
        room -= sum(len(line.left) + len(line.node) + len(line.right) + len(line.place) for line in lines)
        if room < 0:
            break
        if lines:
            kept[shown] = lines
    return kept


def places_of_edits(corpus: Corpus, *, applied: bool) -> Mapping[str, list[EditPlace]]:
    """Some edits of each rule, or with `applied` false suggestions, with where they stand: drawn the same way every time, in text
    order. The words around an edit are those of the clean text.
    """
    corpus.relation("edits").create_view("kz_report_edits", replace=True)
    corpus.relation("blocks").create_view("kz_report_blocks", replace=True)
    rows = corpus.connection.execute(EDITS.format(applied=str(applied).lower(), most=EDITS_PER_RULE)).df()
    rows["place"] = _places(corpus, rows)
    corpus.connection.register("kz_report_chosen", rows[["document", "raw_start", "end"]].assign(number=range(len(rows))))
    before, after = [""] * len(rows), [""] * len(rows)
    edits = rows.to_dict("records")
    for number, form, space_after, start, end in corpus.connection.execute(AROUND.format(reach=EDIT_CONTEXT)).fetchall():
        left, right = _sides((form or "") + " " * bool(space_after), start, end, edits[number])
        before[number] += left
        after[number] += right
    found: dict[str, list[EditPlace]] = {}
    for number, row in enumerate(edits):
        left, right = before[number][-EDIT_CONTEXT:], after[number][:EDIT_CONTEXT]
        edit = EditPlace(row["document"], row["raw_start"], row["place"], left, _cut(row["before"]), _cut(row["after"]), right)
        found.setdefault(row["rule"], []).append(edit)
    return found


def _sides(form: str, start: int, end: int, edit: Mapping[Hashable, Any]) -> tuple[str, str]:
    """What of a token stands before an edit, and what after it. Where the edit is inside of it, its letters stand one by one for those
    of the raw text, or it is left out."""
    if end <= edit["raw_start"]:
        return form, ""
    if start >= edit["end"]:
        return "", form
    first, last = edit["raw_start"] - start, edit["end"] - start
    if len(form.rstrip()) != end - start or len(edit["before"]) != len(edit["after"]):
        return "", ""
    return form[: max(first, 0)], form[last:]


def _places(corpus: Corpus, rows: pd.DataFrame) -> pd.Series[str]:
    """The page of each row as printed, or that of its block; else its paragraph, or nothing."""
    cited = cited_places(corpus.tables, rows).str.removeprefix("p. ")
    pages = pd.Series(["" if pd.isna(page) else str(int(page)) for page in rows["page"]], index=rows.index, dtype=object)
    return cited.where(cited != "", pages)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_EDIT else f"{text[:LONGEST_EDIT]}…"
