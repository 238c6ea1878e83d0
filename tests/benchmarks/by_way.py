"""A table of scores: a row a kind of pages that code makes, a column a way to set them."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from labelled import LabelledText, Split

__all__ = ["print_scores"]


def print_scores(
    description: str | None,
    head: str,
    kinds: Sequence[str],
    ways: Sequence[str],
    documents: Callable[[str, str, int, int, Split], Iterable[LabelledText]],
    counts_of: Callable[..., Counter[str]],
    cell: Callable[[Counter[str]], str],
    *,
    each: int,
    widths: tuple[int, int],
) -> dict[str, Counter[str]]:
    """Measures the documents of each kind and way, and prints; gives the sums of the ways. `widths` are those of names and of cells."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", type=int, default=each, help="documents of each kind and way")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--split", choices=("training", "development"), default="development")
    parser.add_argument("--show", default="", help="a kind alone, with the lines that came out wrong")
    arguments = parser.parse_args()
    name_width, width = widths
    print(f"{head:{name_width}.{name_width}}" + "".join(f"{way:>{width}}" for way in ways))
    total: dict[str, Counter[str]] = {way: Counter() for way in ways}
    for kind in [arguments.show] if arguments.show else kinds:
        row = f"{kind:{name_width}}"
        for way in ways:
            counts: Counter[str] = Counter()
            for text in documents(kind, way, arguments.each, arguments.seed, arguments.split):
                counts += counts_of(text, show=arguments.show == kind)
            total[way] += counts
            row += f"{cell(counts):>{width}}"
        print(row, flush=True)
    print(f"{'all':{name_width}}" + "".join(f"{cell(counts):>{width}}" for counts in total.values()))
    return total
