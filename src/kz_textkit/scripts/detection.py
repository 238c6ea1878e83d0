"""Which alphabet a Kazakh text is in, by letters that only one of them has."""

from __future__ import annotations

import numpy as np
import regex

__all__ = ["alphabet_of"]

SAMPLE = 20_000
"""Characters that are looked at."""

MOST = 0.5
"""Share of the letters that must be of the script."""

FEW = 0.02
"""Share of the letters of a Latin text that must be letters of the Kazakh alphabet alone."""

LEAST_Q = 0.015
"""Share of the letters of a Latin text that must be q."""

_SCRIPTS = {name: regex.compile(rf"\p{{Script={name.capitalize()}}}") for name in ("cyrillic", "latin", "arabic")}
_OWN = {
    "latin-2021": regex.compile("[äğñöūüşıÄĞÑÖŪÜŞİ]"),
    "latin-2018": regex.compile("[áǵńóúýÁǴŃÓÚÝ]"),
    # Without o' and g', which Uzbek has.
    "latin-2017": regex.compile("[anusyc]['’ʼ]", regex.IGNORECASE),
}
_KAZAKH_ARABIC = regex.compile(r"[ٴڭۋۇەۆى]")


def alphabet_of(text: str) -> str | None:
    """The Kazakh alphabet that most of `text` is in: `cyrillic`, `latin-2021`, `latin-2018`, `latin-2017`, `arabic`; None where it is
    in none of them, as English is.

    >>> alphabet_of("Qazaqstan – bızdıñ Otanymyz"), alphabet_of("Біздің тіл"), alphabet_of("Our language"), alphabet_of("قازاق ٴتىلى")
    ('latin-2021', 'cyrillic', None, 'arabic')
    """
    sample = text[:SAMPLE]
    if _is_mostly_cyrillic(sample):
        return "cyrillic"
    counts = {name: len(pattern.findall(sample)) for name, pattern in _SCRIPTS.items()}
    letters = sum(counts.values())
    script = max(counts, key=lambda name: counts[name])
    if not letters or counts[script] < MOST * letters:
        return None
    if script == "cyrillic":
        return script
    if script == "arabic":
        return script if len(_KAZAKH_ARABIC.findall(sample)) >= FEW * counts[script] else None
    own = {name: len(pattern.findall(sample)) for name, pattern in _OWN.items()}
    best = max(own, key=lambda name: own[name])
    return best if own[best] >= FEW * counts[script] and _looks_kazakh(sample, counts[script]) else None


def _is_mostly_cyrillic(sample: str) -> bool:
    """Whether more than half of all characters are Cyrillic letters of the usual blocks, so that nothing need be counted."""
    characters = np.frombuffer(sample.encode("utf-32-le", "surrogatepass"), "<u4")
    return 2 * int(
        np.count_nonzero((characters >= 0x48A) & (characters <= 0x52F) | (characters >= 0x400) & (characters < 0x482))
    ) > len(sample)


def _looks_kazakh(sample: str, letters: int) -> bool:
    """Whether a Latin text has as many of q as Kazakh has, and no more of ə (Azerbaijani) and w (Karakalpak) than names bring."""
    return len(regex.findall("[qQ]", sample)) >= LEAST_Q * letters and len(regex.findall("[əƏwW]", sample)) < FEW * letters
