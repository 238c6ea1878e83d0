"""Which language each block of a document is in, and what to say where the whole is not Kazakh."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from kz_textkit.repair.language import language_of

__all__ = ["language_of_all", "language_warnings", "languages_of"]

SAMPLE = 30_000
"""Characters that are looked at to tell the language of a text."""

ENOUGH = 40
"""Characters of the shortest block whose words tell its language against the rest of the document."""

LOOKED_AT = 600
"""Characters of a block that are looked at."""

OWN_LETTERS = "іқңғүұөәһ"
"""Letters of the Kazakh alphabet that the Russian one lacks, commonest first."""

SHARE = 0.08
"""Share of them in what is plainly Kazakh: they are an eighth of Kazakh text, signs and spaces counted."""

LANGUAGE_NAMES = {
    "ba": "Bashkir",
    "be": "Belarusian",
    "bg": "Bulgarian",
    "en": "English",
    "ky": "Kyrgyz",
    "mk": "Macedonian",
    "mn": "Mongolian",
    "ru": "Russian",
    "sah": "Sakha",
    "sr": "Serbian",
    "tg": "Tajik",
    "tt": "Tatar",
    "uk": "Ukrainian",
    "uz": "Uzbek",
}


def language_of_all(texts: Iterable[str]) -> str:
    """ISO 639 code of the language that most of the blocks' texts are in, `und` where it is not clear."""
    return language_of(_sample("\n".join(texts)))


def languages_of(texts: Sequence[str], known: Sequence[str], whole: str) -> list[str]:
    """The language of each block: what its words say, else what its format says (`known`), else that of the `whole` document.

    >>> languages_of(["Настоящий закон регулирует отношения в области обороны.", "1."], ["", ""], "kk")
    ['ru', 'kk']
    """
    rest = "" if whole == "und" else whole
    looked_at = [text[:LOOKED_AT] for text in texts]
    plain = _are_plainly_kazakh(looked_at) if whole == "kk" else [False] * len(texts)
    told = [
        "kk" if is_plain else language_of(text) if len(text) >= ENOUGH else "und"
        for text, is_plain in zip(looked_at, plain, strict=True)
    ]
    return [language if language != "und" else of_format or rest for language, of_format in zip(told, known, strict=True)]


def language_warnings(language: str) -> tuple[str, ...]:
    """What to say of a document in this language."""
    if language == "kk":
        return ()
    if language == "und":
        return ("the text does not look Kazakh",)
    return (f"the text is not Kazakh: it looks {LANGUAGE_NAMES.get(language, language)}",)


def _are_plainly_kazakh(texts: Sequence[str]) -> list[bool]:
    """What is cheapest to see of the blocks of a Kazakh document: the letters that Russian lacks are as many as they are in Kazakh."""
    points = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.dtype("<u4"))
    own = np.concatenate(([0], np.cumsum(_IS_OWN[np.minimum(points, len(_IS_OWN) - 1)])))
    lengths = np.fromiter(map(len, texts), np.intp, len(texts))
    ends = np.cumsum(lengths)
    return (own[ends] - own[ends - lengths] >= SHARE * lengths).tolist()


_IS_OWN = np.zeros(max(map(ord, OWN_LETTERS)) + 2, np.bool_)
_IS_OWN[[ord(letter) for letter in OWN_LETTERS]] = True


def _sample(text: str) -> str:
    """Enough of a text to tell its language: beginning, middle and end of a long one."""
    if len(text) <= SAMPLE:
        return text
    third = SAMPLE // 3
    middle = len(text) // 2 - third // 2
    return " ".join((text[:third], text[middle : middle + third], text[-third:]))
