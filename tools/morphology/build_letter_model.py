"""Builds the table of letter sequences that `letter_model` reads, from the UNILEX word list of Kazakh.

    python tools/morphology/build_letter_model.py ../shared/data/unilex/kk.txt

The list (21,000 word forms of a news crawl with their frequencies, Unicode licence) is counted in sequences of four letters, where a
word begins with three `^` and ends with one `$`. A word counts as often as the square root of its frequency: the model is to know what
Kazakh words look like, not which words are frequent in the news.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from kz_textkit.repair.letter_model import ORDER, TABLE, ends_marked, is_kazakh_spelling
from paths import REPAIR

HEADER = """\
# Sequences of letters in Kazakh words: three letters (^ before the word), then each letter that follows ($ at the end) with its count.
# Built by tools/morphology/build_letter_model.py from the UNILEX word list of Kazakh (kk.txt).
# SPDX-License-Identifier: Unicode-3.0
# Copyright © 2017-2024 Unicode, Inc.
"""


def words_of(lines: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Word forms and frequencies of a UNILEX list (form, tab, frequency; comments and the head are skipped).

    >>> list(words_of(["Form\\tFrequency", "# SPDX", "", "Абай\\t111146", "NATO\\t9"]))
    [('абай', 111146)]
    """
    for line in lines:
        form, tab, frequency = line.rstrip("\n").partition("\t")
        form = form.lower()
        if tab and frequency.isdigit() and is_kazakh_spelling(form):
            yield form, int(frequency)


def count_sequences(words: Iterable[tuple[str, int]]) -> Counter[str]:
    """Counts of all sequences of `ORDER` letters, each word weighted by the root of its frequency in units of the lowest one."""
    frequencies: Counter[str] = Counter()
    for form, frequency in words:
        frequencies[form] += frequency
    unit = min(frequencies.values())
    counts: Counter[str] = Counter()
    for form, frequency in frequencies.items():
        weight = round(math.sqrt(frequency / unit))
        for part in form.split("-"):
            marked = ends_marked(part)
            for i in range(len(marked) - ORDER + 1):
                counts[marked[i : i + ORDER]] += weight
    return counts


def as_table(counts: Counter[str]) -> str:
    """The text of the table file."""
    followers: dict[str, list[str]] = defaultdict(list)
    for sequence, count in sorted(counts.items()):
        followers[sequence[:-1]].append(f"{sequence[-1]}{count}")
    return HEADER + "".join(f"{context}\t{' '.join(after)}\n" for context, after in followers.items())


def main() -> None:
    """Reads the word list, writes the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("unilex", type=Path, help="the UNILEX list kk.txt")
    parser.add_argument("-o", "--output", type=Path, default=REPAIR / TABLE)
    arguments = parser.parse_args()
    with arguments.unilex.open(encoding="utf-8") as lines:
        table = as_table(count_sequences(words_of(lines)))
    arguments.output.write_text(table, encoding="utf-8", newline="\n")
    print(f"{arguments.output}: {len(table.encode())} bytes")


if __name__ == "__main__":
    main()
