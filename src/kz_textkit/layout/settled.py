"""Text that is clean already: one block a line, an empty line before each heading, and nothing else that white space could say.

That is how `Document.text` and the files of `text/` are written, and how many a program writes what it has cleaned. Such a text is to
be left as it is: its lines are its blocks, and what the tagger would take for a running head on a page (a name above a review, a line
of a program, a row of a table) stands in a text that has no pages any more. The form alone does not say so much, since poems and pages
of the web part other things by empty lines, so the tagger has the last word: its labels are held against the best labels that agree
with the form, and where those are nearly as likely they are taken.
"""

from __future__ import annotations

import re

import numpy as np

from kz_textkit.layout.joins import has_spaced_words
from kz_textkit.layout.page import PageLines
from kz_textkit.layout.tagger import LABELS, NEVER_JOINED, Scores, Weights, decode, forbid, score_lines, total

__all__ = ["is_settled_form", "label_lines"]

LESS_LIKELY = 2.0
"""By how much the labels that agree with the form may be less likely than others, for each heading, and for each line that would else
be furniture: a sum of weights."""
JOINED = 0.1
"""Share of lines that go on from the line before from which a text is wrapped, whatever its form."""

_OTHER_FORM = re.compile(r"[^\S\n ]|  |\n\n\n|\n | \n|\A\s| \Z|\n\n\Z")
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
    return "\n\n" in text and _OTHER_FORM.search(text) is None and not has_spaced_words(text)


def label_lines(text: str, page: PageLines, weights: Weights) -> tuple[list[str], bool]:
    """The label of each line of a text, and whether the text is clean already, so that its lines are its blocks."""
    scores = score_lines(page.signs, weights, apart=page.apart, together=page.together, known=page.known, alike=page.alike)
    labels = decode(scores, weights)
    if page.furniture.removals or page.together.any() or not is_settled_form(text):
        return labels, False
    found = _settled(page, scores, labels, weights)
    return (labels, False) if found is None else ([label.removesuffix("_cont") for label in found], True)


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
    return agreeing if loss <= LESS_LIKELY * (1 + max(len(begun), len(headings))) else None
