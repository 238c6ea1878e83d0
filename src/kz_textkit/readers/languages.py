"""Languages that files declare for their text, which are right only now and then."""

from __future__ import annotations

from kz_textkit.alphabet import KAZAKH_SPECIAL

__all__ = ["declared_language"]

KAZAKH_LETTERS = KAZAKH_SPECIAL - frozenset("іІ")
"""Letters that Kazakh has and Russian has not; `і` is left out for the sake of Ukrainian."""
LEAST_LETTERS = 40
"""Letters from which Kazakh text has some of its own."""
CYRILLIC_LANGUAGES = frozenset(("kk", "ru", "ky", "uk", "be", "bg", "sr", "mk", "mn", "tt", "ba", "tg", "sah", "cv", "uz", "az"))
"""Languages that may be written in Cyrillic letters."""


def declared_language(code: str, text: str) -> str:
    """The ISO 639-1 code that a file declares for a text, where the text may be in that language, else an empty string.

    Office programs write down the keyboard or the default of the machine, so that most Kazakh documents say Russian or English.

    >>> declared_language("ru-RU", "Қазақ тілі"), declared_language("ru-RU", "Казахский язык, как и другие языки тюркской семьи")
    ('', 'ru')
    """
    language = code.replace("_", "-").partition("-")[0].lower()
    letters = [c for c in text if c.isalpha()]
    if not 2 <= len(language) <= 3 or language in ("und", "zxx", "mul", "non") or not letters:
        return ""
    cyrillic = sum("\u0400" <= c <= "\u052f" for c in letters)
    if cyrillic > 0.5 * len(letters) and language not in CYRILLIC_LANGUAGES:
        return ""
    if cyrillic < 0.5 * len(letters) and language in ("ru", "uk", "be", "bg", "mk", "ky", "ba", "sah"):
        return ""
    if language != "kk" and cyrillic and (len(letters) < LEAST_LETTERS or any(c in KAZAKH_LETTERS for c in letters)):
        return ""
    return language
