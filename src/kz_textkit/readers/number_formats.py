"""Numbers of lists as office programs print them: figures, letters of the Latin and Cyrillic alphabets, Roman numerals."""

from __future__ import annotations

__all__ = ["printed_number"]

LATIN = "abcdefghijklmnopqrstuvwxyz"
RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
"""The letters that Word numbers by in Russian: without ё, й, ъ, ы, ь."""
ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
MOST = 10_000
"""Numbers beyond are printed in figures."""
FORMATS = {
    # Word, HTML, OpenDocument
    "lowerLetter": ("letter", LATIN, False),
    "upperLetter": ("letter", LATIN, True),
    "lower-alpha": ("letter", LATIN, False),
    "upper-alpha": ("letter", LATIN, True),
    "a": ("letter", LATIN, False),
    "A": ("letter", LATIN, True),
    "russianLower": ("letter", RUSSIAN, False),
    "russianUpper": ("letter", RUSSIAN, True),
    "а": ("letter", RUSSIAN, False),
    "А": ("letter", RUSSIAN, True),
    "lowerRoman": ("roman", "", False),
    "upperRoman": ("roman", "", True),
    "lower-roman": ("roman", "", False),
    "upper-roman": ("roman", "", True),
    "i": ("roman", "", False),
    "I": ("roman", "", True),
    "decimalZero": ("zero", "", False),
    "decimal-leading-zero": ("zero", "", False),
}
"""Names of formats: Word's, those of CSS, those of HTML and OpenDocument; any other is figures."""


def printed_number(number: int, name: str = "decimal") -> str:
    """A number in a format by its name.

    >>> [printed_number(n, "russianLower") for n in (1, 10, 30)], printed_number(14, "upperRoman"), printed_number(27, "a")
    (['а', 'к', 'бб'], 'XIV', 'aa')
    """
    manner, letters, capital = FORMATS.get(name, ("figures", "", False))
    if not 0 < number < MOST or manner == "figures":
        return str(number)
    if manner == "zero":
        return f"{number:02}"
    if manner == "roman":
        text, left = "", number
        for value, sign in ROMAN:
            text += sign * (left // value)
            left %= value
    else:
        # Word doubles the letter after the last one: aa, bb; a list that long is rare.
        text = letters[(number - 1) % len(letters)] * ((number - 1) // len(letters) + 1)
    return text.upper() if capital else text
