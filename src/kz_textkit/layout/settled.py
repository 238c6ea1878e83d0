"""Text that is clean already: one block a line, an empty line before each heading, and nothing else that white space could say.

That is how `Document.text` and the files of `text/` are written, and how many a program writes what it has cleaned. Such a text is to
be left as it is: its lines are its blocks, and what the tagger would take for a running head on a page (a name above a review, a line
of a program, a row of a table) stands in a text that has no pages any more. The form alone does not say so much, since poems and pages
of the web part other things by empty lines, so the tagger has the last word: its labels are held against the best labels that agree
with the form, and where those are nearly as likely they are taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from kz_textkit.document import Mark
from kz_textkit.layout.joins import has_spaced_words
from kz_textkit.layout.own_titles import OwnTitle
from kz_textkit.layout.page import PageLines, read_page_lines
from kz_textkit.layout.paging import shows_pages
from kz_textkit.layout.tagger import LABELS, NEVER_JOINED, Weights, decode, forbid, score_lines, total

__all__ = ["Disagreement", "disagreement", "is_settled_form", "read_settled"]

JOINED, FURNITURE = 0.108, 2.591
"""How far the labels of clean text may be from the likeliest ones (`Disagreement`), as `tools/layout/settle.py` finds it in
training and development documents; the weights are theirs, so both are to be found anew together."""
HEADINGS, HEADINGS_APART = 1.783, 4.921
"""The same of headings, and where at most half of the lines stand apart, so that the form says more."""

_OTHER_SPACE = re.compile(r"[^\S\n ]")
_OTHER_FORM = ("  ", "\n\n\n", "\n ", " \n")
_HEADING = LABELS.index("heading")
_FURNITURE = LABELS.index("furniture")
_JOINING = [k for k, label in enumerate(LABELS) if label.endswith("_cont") and label not in NEVER_JOINED]


def is_settled_form(text: str) -> bool:
    """Whether a text of several sections has the form of clean text: single spaces and line feeds, never two empty lines.

    >>> is_settled_form("Зат есім\\nЗат есім заттың атын білдіреді.\\n\\nСын есім\\nСын есім заттың сынын білдіреді.")
    True
    >>> is_settled_form("Зат есім\\n\\n\\nСын есім"), is_settled_form("Зат есім заттың атын білдіреді.")
    (False, False)
    """
    if "\n\n" not in text or any(form in text for form in _OTHER_FORM) or text[0].isspace() or text.endswith((" ", "\n\n")):
        return False
    return _OTHER_SPACE.search(text) is None and not has_spaced_words(text)


def read_settled(
    text: str, damaged: Sequence[tuple[int, int]], marks: Sequence[Mark], titles: Sequence[OwnTitle], weights: Weights
) -> tuple[PageLines, list[str]] | None:
    """The lines of a text that is clean already, and the label of each; None where it is not. Parameters as in `read_page_lines`.

    Of what could show pages only their numbers with the signs of such (`5 | бет`) are asked for: where lines are paragraphs the rest
    says little.
    """
    if not is_settled_form(text):
        return None
    page = read_page_lines(text, damaged, marks, titles, paged=False)
    if page.furniture.removals or page.together.any() or shows_pages(page.lines):
        return None
    found = disagreement(page, weights)
    apart = 2 * sum(line.blank_before > 0 for line in page.lines) <= len(page.lines)
    if found.joined > JOINED or found.furniture > FURNITURE or found.headings > (HEADINGS_APART if apart else HEADINGS):
        return None
    return page, [label.removesuffix("_cont") for label in found.labels]


class Disagreement(NamedTuple):
    """How far the likeliest labels of lines are from those that agree with the form of clean text."""

    joined: float
    """Share of lines that go on from the line before."""
    furniture: float
    """By how much it is less likely that no line is furniture, for each line that is likely to be: a sum of weights."""
    headings: float
    """By how much it is less likely that lines after empty ones are headings and no others are, for each heading."""
    labels: list[str]
    """The likeliest labels that agree."""


def disagreement(page: PageLines, weights: Weights) -> Disagreement:
    """The labels of lines that agree with the form of clean text, and how far they are from the likeliest ones."""
    lines = page.lines
    scores = score_lines(page.signs, weights, apart=page.apart, together=page.together, known=page.known, alike=page.alike)
    labels = decode(scores, weights)
    free = {0, *(i for table in page.contents for i in (table.first, table.last))}
    begun = {i for i, line in enumerate(lines) if line.blank_before} - free
    goes_on = sum(label.endswith("_cont") and label not in NEVER_JOINED for label in labels)
    joinless = forbid(scores, range(len(lines)), _JOINING)
    scores = forbid(joinless, range(len(lines)), [_FURNITURE])
    furniture = 0.0
    if goes_on or "furniture" in labels:
        labels = decode(scores, weights)
        taken = decode(joinless, weights)
        furniture = (total(joinless, weights, taken) - total(scores, weights, labels)) / max(1, taken.count("furniture"))
    joined = goes_on / max(1, len(lines))
    headings = {i for i, label in enumerate(labels) if label == "heading"} - free
    if headings == begun:
        return Disagreement(joined, furniture, 0.0, labels)
    inside = sorted(set(range(len(lines))) - begun - free)
    others = np.setdiff1d(np.arange(len(LABELS)), [_HEADING])
    agreeing = decode(forbid(forbid(scores, inside, [_HEADING]), sorted(begun), others.tolist()), weights)
    loss = total(scores, weights, labels) - total(scores, weights, agreeing)
    return Disagreement(joined, furniture, loss / (1 + max(len(begun), len(headings))), agreeing)
