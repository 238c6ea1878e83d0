"""Compiles `data/usage.txt`: how lemmas are used in text that nobody has annotated (`usage`), from the data sets beside the repository.

    python tools/morphology/compile_usage.py ../shared/data

Counted are the plain sentences (`plain/`), the tokens of KazNERD and the list of UNILEX, none of them with the annotation of anybody. A
form that can be read in several ways counts for each by the share that the analyser gives it, without the stems of the treebanks, so
that nothing here knows what they say. The weights must be trained anew after a change (`train.py`).
"""

from __future__ import annotations

import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from kz_textkit.morphology.analyzer import MorphAnalyzer
from kz_textkit.morphology.phonology import attach
from kz_textkit.morphology.usage import BARE, CAPITAL, FILE
from paths import MORPHOLOGY

PLAIN = ("abai", "classics", "common_voice", "tatoeba", "wikipedia")
OPENINGS = frozenset('.!?…:"«“–—-(')
"""What a sentence, or what is said in it, may begin after."""
UNIT = 1684
"""What UNILEX counts a form that was met once as."""
MOST, GROWTH = 20, 3
"""A form of UNILEX counts at most this, and this many times the root of its count more: texts at hand have the greater say."""
LEAST_SHARE = 0.02
LEAST = {BARE: 3.5, CAPITAL: 2.0, "gerund": 4.0}
"""So many forms must have been met."""
EDGES = {
    BARE: (0.1, 0.25, 0.4, 0.55, 0.7, 0.85, 0.95),
    CAPITAL: (0.03, 0.1, 0.3, 0.6, 0.9, 0.99),
    "gerund": (0.1, 0.2, 0.35, 0.5, 0.7, 0.9),
}
"""Where one class of a share ends and the next begins."""
_token = re.compile(r"\w+(?:-\w+)*|[^\w\s]")


class Forms(NamedTuple):
    """Counts of forms in small letters."""

    every: Counter[str]
    capital: Counter[str]
    """Those with a capital where no sentence begins."""
    small: Counter[str]
    """Those without one there."""


def sentences_of(data: Path) -> Iterator[list[str]]:
    """The tokens of the plain sentences and of KazNERD."""
    for name in PLAIN:
        for line in (data / "plain" / f"{name}.txt").read_text(encoding="utf-8").splitlines():
            yield _token.findall(line)
    for block in (data / "kaznerd" / "IOB2_valid.txt").read_text(encoding="utf-8").split("\n\n"):
        yield [line.split()[0] for line in block.splitlines() if line.strip()]


def counted(sentences: Iterable[Sequence[str]], listed: Iterable[tuple[str, int]]) -> Forms:
    """Counts of the forms of sentences and of a list.

    >>> forms = counted([["Бала", "Абайды", "оқыды", "."]], [("Абай", 3)])
    >>> forms.every["абайды"], forms.capital["абайды"], forms.capital["бала"], forms.small["оқыды"], forms.capital["абай"]
    (1, 1, 0, 1, 3)
    """
    forms = Forms(Counter(), Counter(), Counter())
    for tokens in sentences:
        begins = True
        for token in tokens:
            if not token[:1].isalpha():
                begins = begins or token in OPENINGS
                continue
            low = token.lower()
            forms.every[low] += 1
            if not begins or token[0].islower():
                (forms.capital if token[0].isupper() else forms.small)[low] += 1
            begins = False
    for form, count in listed:
        low = form.lower()
        forms.every[low] += count
        (forms.capital if form[:1].isupper() else forms.small)[low] += count
    return forms


def listed_forms(path: Path) -> Iterator[tuple[str, int]]:
    """The forms of UNILEX, and what they count."""
    for line in path.read_text(encoding="utf-8").splitlines():
        form, _, number = line.partition("\t")
        if number.isdecimal():
            count = max(1, round(int(number) / UNIT))
            yield form, round(min(count, MOST + math.sqrt(count) * GROWTH))


def classes(forms: Forms, analyzer: MorphAnalyzer) -> dict[tuple[str, str], list[str]]:
    """The lemmas of each class of each kind."""
    parts = {name: (Counter[str](), Counter[str]()) for name in (BARE, CAPITAL, "gerund")}
    for form, count in forms.every.items():
        if not form.replace("-", "").isalpha():
            continue
        ranked = analyzer.ranked(form)
        for reading, share in ranked:
            if not reading.known or share < LEAST_SHARE or reading.words:
                continue
            weight, low = count * share, reading.lemma.lower()
            if reading.upos in ("NOUN", "ADJ", "ADV"):
                parts[BARE][form == low][low] += weight
            elif reading.upos == "VERB":
                gerund = "VerbForm=Ger" in reading.feats and "Tense" not in reading.feats
                parts["gerund"][gerund][attach(reading.lemma, "у", verb=True)] += weight
        written = analyzer.ranked(form.capitalize()) if forms.capital[form] else ranked
        for low, share in {reading.lemma.lower(): share for reading, share in reversed(written) if share >= LEAST_SHARE}.items():
            parts[CAPITAL][True][low] += forms.capital[form] * share
            parts[CAPITAL][False][low] += forms.small[form] * share
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    gerunds = {
        lemma for lemma in {*parts["gerund"][0], *parts["gerund"][1]} if sum(c[lemma] for c in parts["gerund"]) >= LEAST["gerund"]
    }
    for kind, (others, these) in parts.items():
        for lemma in sorted({*others, *these} - (gerunds if kind == BARE else set())):
            total = others[lemma] + these[lemma]
            if total >= LEAST[kind]:
                number = sum(these[lemma] / total >= edge for edge in EDGES[kind])
                found[(BARE, f"g{number}") if kind == "gerund" else (kind, str(number))].append(lemma)
    return found


def main(data: Path) -> None:
    """Command line of the module."""
    forms = counted(sentences_of(data), listed_forms(data / "unilex" / "kk.txt"))
    found = classes(forms, MorphAnalyzer(without=("ktb", "apertium")))
    lines = [
        "# How lemmas are used in text without annotation (src/kz_textkit/morphology/usage.py), by tools/morphology/compile_usage.py"
    ]
    lines += [" ".join((kind, name, *lemmas)) for (kind, name), lemmas in sorted(found.items())]
    (MORPHOLOGY / FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data"))
