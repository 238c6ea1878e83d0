"""Which language each block of a document is in, and what to say where the whole is not Kazakh."""

from __future__ import annotations

from collections.abc import Iterable

from kz_textkit.document import Block
from kz_textkit.repair.language import language_of

__all__ = ["language_of_all", "language_warnings", "with_languages"]

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


def language_of_all(blocks: Iterable[Block]) -> str:
    """ISO 639 code of the language that most of the blocks' text is in, `und` where it is not clear."""
    return language_of(_sample("\n".join(block.text for block in blocks)))


def with_languages(blocks: Iterable[Block], whole: str) -> list[Block]:
    """The blocks, each with its language: what its words say, else what its format says, else that of the `whole` document.

    >>> from kz_textkit.alignment import Alignment
    >>> text = "Настоящий закон регулирует отношения в области обороны."
    >>> with_languages([Block("paragraph", text, Alignment.identity(len(text)))], "kk")[0].language
    'ru'
    """
    rest = "" if whole == "und" else whole
    found = []
    for block in blocks:
        text = block.text[:LOOKED_AT]
        told = "kk" if whole == "kk" and _is_plainly_kazakh(text) else language_of(text) if len(text) >= ENOUGH else "und"
        language = told if told != "und" else block.language or rest
        found.append(Block(block.kind, block.text, block.alignment, block.page, block.block_id, language))
    return found


def language_warnings(language: str) -> tuple[str, ...]:
    """What to say of a document in this language."""
    if language == "kk":
        return ()
    if language == "und":
        return ("the text does not look Kazakh",)
    return (f"the text is not Kazakh: it looks {LANGUAGE_NAMES.get(language, language)}",)


def _is_plainly_kazakh(text: str) -> bool:
    """What is cheapest to see of a block of a Kazakh document: the letters that Russian lacks are as many as they are in Kazakh."""
    own = sum(map(text.count, OWN_LETTERS))
    return own >= SHARE * len(text)


def _sample(text: str) -> str:
    """Enough of a text to tell its language: beginning, middle and end of a long one."""
    if len(text) <= SAMPLE:
        return text
    third = SAMPLE // 3
    middle = len(text) // 2 - third // 2
    return " ".join((text[:third], text[middle : middle + third], text[-third:]))
