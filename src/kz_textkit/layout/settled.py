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

import numpy as np

from kz_textkit.document import Mark
from kz_textkit.layout.joins import has_spaced_words
from kz_textkit.layout.own_titles import OwnTitle
from kz_textkit.layout.page import PageLines, read_page_lines
from kz_textkit.layout.paging import shows_pages
from kz_textkit.layout.tagger import LABELS, NEVER_JOINED, Scores, Weights, decode, forbid, score_lines, total

__all__ = ["is_settled_form", "read_settled"]

LESS_LIKELY = 2.0
"""By how much the labels that agree with the form may be less likely than others, for each heading, and for each line that would else
be furniture: a sum of weights."""
LESS_LIKELY_APART = 3.5
"""The same for headings where fewer than half of the lines stand apart, so that the form says more. Clean texts, poems with titles
among them, stay below 2.3; poems parted by stanzas, and paragraphs parted from one another, are above 5."""
JOINED = 0.1
"""Share of lines that go on from the line before from which a text is wrapped, whatever its form."""

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
    scores = score_lines(page.signs, weights, apart=page.apart, together=page.together, known=page.known, alike=page.alike)
    labels = _settled(page, scores, decode(scores, weights), weights)
    return None if labels is None else (page, [label.removesuffix("_cont") for label in labels])


def _settled(page: PageLines, scores: Scores, labels: list[str], weights: Weights) -> list[str] | None:
    """The labels that agree with the form, where they are likely enough."""
    lines = page.lines
    free = {0, *(i for table in page.contents for i in (table.first, table.last))}
    begun = {i for i, line in enumerate(lines) if line.blank_before} - free
    goes_on = sum(label.endswith("_cont") and label not in NEVER_JOINED for label in labels)
    if goes_on > JOINED * len(lines):
        return None
    every = range(len(lines))
    joinless = forbid(scores, every, _JOINING)
    scores = forbid(joinless, every, [_FURNITURE])
    alone = labels
    if goes_on or "furniture" in labels:
        alone = decode(scores, weights)
        taken = decode(joinless, weights)
        if total(joinless, weights, taken) - total(scores, weights, alone) > LESS_LIKELY * taken.count("furniture"):
            return None
    headings = {i for i, label in enumerate(alone) if label == "heading"} - free
    if headings == begun:
        return alone
    inside = sorted(set(range(len(lines))) - begun - free)
    others = np.setdiff1d(np.arange(len(LABELS)), [_HEADING])
    agreeing = decode(forbid(forbid(scores, inside, [_HEADING]), sorted(begun), others.tolist()), weights)
    loss = total(scores, weights, alone) - total(scores, weights, agreeing)
    likely = LESS_LIKELY if 2 * len(begun) > len(lines) else LESS_LIKELY_APART
    return agreeing if loss <= likely * (1 + max(len(begun), len(headings))) else None
