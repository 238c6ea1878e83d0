"""How unlikely the labels that agree with the form of clean text may be: the numbers of `layout/settled.py`, set by what is known.

    python tools/layout/settle.py [--made 120]

Texts that have the form of clean text come from two sides: clean texts of documents (`clean` of labelled ones), which must stay as they
are, and documents that have the form by chance (lines go on, titles stand elsewhere than after empty lines, furniture is left). All are
training and development documents, read ones and ones that code set; none is held out. For each text the measures of `disagreement` are
taken; the limits are those that together cost least, the middle where several are as good.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import pairwise

import numpy as np
from texts import LabelledText, development_texts, read_texts, training_texts

from kz_textkit.cleaning.clean import clean
from kz_textkit.document import RawDocument
from kz_textkit.layout.page import read_page_lines
from kz_textkit.layout.settled import Disagreement, disagreement, is_settled_form
from kz_textkit.layout.tagger import load_weights
from kz_textkit.repair import repair

CHANGED = 50
"""Texts that are laid out although they are no clean ones: one clean text that does not stay as it is counts as much, for it is
promised that clean texts stay."""
FREE = ("verse_cont", "code_cont")
FURNITURE = ("page_number", "running_head", "url")


def settled(text: LabelledText) -> bool | None:
    """Whether a labelled text in the form of clean text is clean; None where its labels don't say."""
    rows = [(label, i == 0 or not above) for i, (above, label) in enumerate(pairwise(["", *text.labels])) if label]
    if any(label == "?" for label, _ in rows):
        return None
    joined = any((label.endswith("_cont") and label not in FREE) or label in FURNITURE for label, _ in rows)
    return not joined and all((label == "heading") == apart for label, apart in rows[1:])


def measured(count: int) -> Iterator[tuple[bool, bool, Disagreement]]:
    """For each text in the form of clean text whether it is, and by how much its labels disagree with that."""
    weights = load_weights()
    seen: set[str] = set()
    for text in (*read_texts(), *training_texts(count), *development_texts(count // 4)):
        raw = RawDocument("а", "а.txt", sha256(text.text.encode()).hexdigest(), "utf-8", text.text, marks=text.marks)
        for candidate, is_clean in ((clean(raw).text, True), (repair(text.text).text, settled(text))):
            if is_clean is None or candidate in seen or not is_settled_form(candidate):
                continue
            seen.add(candidate)
            page = read_page_lines(candidate, (), (), paged=False)
            if not page.furniture.removals and not page.together.any():
                apart = 2 * sum(line.blank_before > 0 for line in page.lines) <= len(page.lines)
                yield is_clean, apart, disagreement(page, weights)


def best_limits(found: Sequence[tuple[bool, bool, Disagreement]]) -> tuple[dict[str, float], int]:
    """The limits that together cost least, and what they cost; a text is taken for clean that is over none of its limits."""
    clean_ones = np.array([is_clean for is_clean, _, _ in found])
    apart = np.array([is_apart for _, is_apart, _ in found])
    joined, furniture, headings = np.array([one[:3] for _, _, one in found], float).T
    measures = {
        "JOINED": joined,
        "FURNITURE": furniture,
        "HEADINGS": np.where(apart, 0, headings),
        "HEADINGS_APART": np.where(apart, headings, 0),
    }
    costs = np.where(clean_ones, CHANGED, 1)
    limits = dict.fromkeys(measures, np.inf)
    errors = int(costs.sum()) + 1
    while True:
        before = errors
        for name, values in measures.items():
            others = np.all([own <= limits[other] for other, own in measures.items() if other != name], axis=0)
            tried = np.unique(values)
            wrong = [int((costs * (((values <= limit) & others) != clean_ones)).sum()) for limit in tried]
            errors = min(wrong)
            good = [k for k, count in enumerate(wrong) if count == errors]
            low, high = tried[good[0]], tried[min(good[-1] + 1, len(tried) - 1)]
            limits[name] = float(low + high) / 2
        if errors == before:
            return limits, errors


def main() -> None:
    """Measures, and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--made", type=int, default=120)
    found = list(measured(parser.parse_args().made))
    limits, errors = best_limits(found)
    print(
        sum(is_clean for is_clean, _, _ in found), "clean texts,", sum(not is_clean for is_clean, _, _ in found), "others in their form"
    )
    print(*(f"{name} {limit:.3f}" for name, limit in limits.items()), f"cost {errors}")


if __name__ == "__main__":
    main()
