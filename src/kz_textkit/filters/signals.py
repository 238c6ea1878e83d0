"""Signals of the quality of a text: plain measures, each with a name, nothing decided here.

The measures are those that curators of web corpora publish (Gopher, Rae and others 2021; FineWeb and FineWeb-2, Penedo and others 2024
and 2025; HPLT 2, Burchell and others 2025), computed on lines of clean text and on words, and four of our own for Kazakh: the share of
letters that Kazakh has and Russian has not, of words that the dictionary knows, of words of closed classes, and of text in Kazakh.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import islice

import regex

from kz_textkit.alphabet import KAZAKH_SPECIAL

__all__ = ["SIGNALS", "signals_of"]

_words = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}'’‑-]*+")
_cyrillic = regex.compile(r"\p{Script=Cyrillic}")
_special = regex.compile(f"[{''.join(sorted(KAZAKH_SPECIAL))}]")
_digits = regex.compile(r"\p{Nd}")

BULLETS = tuple("•●○■□▪▫–—-*·►▶‣")
ELLIPSES = ("…", "...")
ENDS = tuple(".!?…:;»”\"')]")
"""What a line of running text ends in."""

SHORT_LINE = 30
"""Characters of a short line, as FineWeb has it."""

LOOKED_UP = 1_000
"""Distinct words, the commonest of a text, that are looked up in the dictionary."""

STRETCH = 1_000
"""Words within which sequences repeat: over a whole book they do so the more the longer it is, in a law above all."""

TOP_NGRAMS, REPEATED_NGRAMS = (2, 3, 4), (5, 6, 7, 8, 9, 10)

SIGNALS = (
    "words",
    "word_length",
    "alphabetic_words",
    "stop_words",
    "known_words",
    "kazakh_letters",
    "kazakh",
    "digits",
    "symbols",
    "bullet_lines",
    "ellipsis_lines",
    "ended_lines",
    "short_lines",
    "repeated_lines",
    "repeated_line_characters",
    *(f"top_{n}gram" for n in TOP_NGRAMS),
    *(f"repeated_{n}grams" for n in REPEATED_NGRAMS),
)
"""The names of the signals; what each is stands in `bounds.tsv`."""


def signals_of(
    lines: Sequence[str], languages: Sequence[str] = (), *, is_known: Callable[[str], bool], stop_words: Collection[str]
) -> dict[str, float]:
    """The signals of a text whose blocks are `lines`, with the language of each; counts, means, and shares from 0 to 1.

    `is_known` says of a small-letter word whether the dictionary has it; `stop_words` are the words of closed classes. A text without
    words has a 0 for every signal.

    >>> lines = ["Бұл кітап балаларға арналған.", "Бұл кітап балаларға арналған.", "Оны бәрі оқиды."]
    >>> found = signals_of(lines, is_known=lambda word: word != "арналған", stop_words={"бұл", "оны", "бәрі"})
    >>> found["words"], round(found["repeated_lines"], 2), round(found["known_words"], 2), round(found["stop_words"], 2)
    (11, 0.33, 0.82, 0.36)
    """
    lines = [line for line in lines if line.strip()]
    words = [word.lower() for line in lines for word in _words.findall(line)]
    if not words:
        return dict.fromkeys(SIGNALS, 0)
    found = {**_of_words(words, is_known, stop_words), **_of_lines(lines), **_of_letters("".join(lines), len(words))}
    if languages:
        characters = sum(map(len, lines))
        found["kazakh"] = sum(len(line) for line, language in zip(lines, languages, strict=False) if language == "kk") / characters
    for n in TOP_NGRAMS:
        found[f"top_{n}gram"] = _top_share(words, n)
    for n in REPEATED_NGRAMS:
        found[f"repeated_{n}grams"] = _repeated_share(words, n)
    return {name: found.get(name, 1.0) for name in SIGNALS}


def _of_words(words: Sequence[str], is_known: Callable[[str], bool], stop_words: Collection[str]) -> dict[str, float]:
    counts = Counter(words)
    letters = {word: count for word, count in counts.items() if not word.isnumeric()}
    looked_up = Counter(letters).most_common(LOOKED_UP)
    known = sum(count for word, count in looked_up if is_known(word))
    return {
        "words": len(words),
        "word_length": sum(len(word) * count for word, count in counts.items()) / len(words),
        "alphabetic_words": sum(letters.values()) / len(words),
        "stop_words": sum(count for word, count in counts.items() if word in stop_words) / len(words),
        "known_words": known / max(1, sum(count for _, count in looked_up)),
    }


def _of_lines(lines: Sequence[str]) -> dict[str, float]:
    counts = Counter(line.strip() for line in lines)
    repeats = {line: count - 1 for line, count in counts.items() if count > 1}
    return {
        "bullet_lines": sum(line.startswith(BULLETS) for line in lines) / len(lines),
        "ellipsis_lines": sum(line.rstrip().endswith(ELLIPSES) for line in lines) / len(lines),
        "ended_lines": sum(line.rstrip().endswith(ENDS) for line in lines) / len(lines),
        "short_lines": sum(len(line) <= SHORT_LINE for line in lines) / len(lines),
        "repeated_lines": sum(repeats.values()) / len(lines),
        "repeated_line_characters": sum(len(line) * count for line, count in repeats.items()) / max(1, sum(map(len, lines))),
    }


def _of_letters(text: str, words: int) -> dict[str, float]:
    cyrillic = len(_cyrillic.findall(text))
    return {
        "kazakh_letters": len(_special.findall(text)) / cyrillic if cyrillic else 0.0,
        "digits": len(_digits.findall(text)) / len(text),
        "symbols": (text.count("#") + sum(map(text.count, ELLIPSES))) / words,
    }


def _ngrams(words: Sequence[str], n: int) -> Iterable[tuple[str, ...]]:
    return zip(*(islice(words, i, None) for i in range(n)), strict=False)


def _top_share(words: Sequence[str], n: int) -> float:
    """Share of the letters that are in the commonest sequence of `n` words, where it occurs more than once."""
    counts = Counter(_ngrams(words, n))
    if not counts:
        return 0.0
    ngram, count = max(counts.items(), key=lambda item: (item[1], sum(map(len, item[0]))))
    return min(1.0, sum(map(len, ngram)) * count / sum(map(len, words))) if count > 1 else 0.0


def _repeated_share(words: Sequence[str], n: int) -> float:
    """Share of the letters that are in sequences of `n` words which stood in the same stretch of the text before."""
    stretches = (words[i : i + STRETCH] for i in range(0, len(words), STRETCH))
    return sum(_repeated_letters(stretch, n) for stretch in stretches) / sum(map(len, words))


def _repeated_letters(words: Sequence[str], n: int) -> int:
    """Letters in sequences of `n` words which stood in `words` before; none is counted twice."""
    seen: set[tuple[str, ...]] = set()
    repeated = 0
    covered = 0
    for i, ngram in enumerate(_ngrams(words, n)):
        if ngram in seen:
            repeated += sum(map(len, words[max(i, covered) : i + n]))
            covered = i + n
        else:
            seen.add(ngram)
    return repeated
