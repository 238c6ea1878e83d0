"""The Kazakh alphabet, and letters of other alphabets and fonts that are printed or typed in place of its letters.

Facts: the alphabet is that of the law of 1940 with its 42 letters; vowel classes after K. K. Musaev, *Kazakhskii iazyk* (2008). The
look-alikes follow the letter shapes of common book faces (the confusables of Unicode Technical Standard 39 have most of them), and
what Kazakh texts on the web and in print really contain. Everything here is a table; nothing here decides whether a text is damaged.
"""

from __future__ import annotations

__all__ = [
    "BACK_VOWELS",
    "CONSONANTS",
    "CYRILLIC_TO_LATIN",
    "DIGIT_TO_CYRILLIC",
    "FRONT_VOWELS",
    "GREEK_TO_CYRILLIC",
    "GREEK_TO_LATIN",
    "KAZAKH_LETTERS",
    "KAZAKH_LOWER",
    "KAZAKH_SPECIAL",
    "KAZAKH_UPPER",
    "LATIN_TO_CYRILLIC",
    "LATIN_TO_CYRILLIC_LOOSE",
    "LEGACY_LETTERS",
    "LOANWORD_LETTERS",
    "NEUTRAL_VOWELS",
    "RUSSIAN_LETTERS",
    "VOWELS",
]

KAZAKH_LOWER = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
"""The 42 small letters in alphabetical order."""

KAZAKH_UPPER = "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ"
"""The 42 capital letters in alphabetical order."""

KAZAKH_LETTERS = frozenset(KAZAKH_LOWER + KAZAKH_UPPER)

KAZAKH_SPECIAL = frozenset("әғқңөұүһіӘҒҚҢӨҰҮҺІ")
"""The letters that Kazakh has and Russian has not."""

RUSSIAN_LETTERS = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ")

LOANWORD_LETTERS = frozenset("ёцчщъьэЁЦЧЩЪЬЭ")
"""Letters that occur in loanwords alone."""

BACK_VOWELS = frozenset("аоұыАОҰЫ")
FRONT_VOWELS = frozenset("әеөүіӘЕӨҮІ")
NEUTRAL_VOWELS = frozenset("иуэёюяИУЭЁЮЯ")
"""Vowel letters that stand in words of either harmony."""

VOWELS = BACK_VOWELS | FRONT_VOWELS | NEUTRAL_VOWELS
CONSONANTS = KAZAKH_LETTERS - VOWELS - frozenset("ъьЪЬ")

LATIN_TO_CYRILLIC = {
    # Small letters of one shape in both alphabets.
    "a": "а",
    "c": "с",
    "e": "е",
    "h": "һ",
    "i": "і",
    "o": "о",
    "p": "р",
    "x": "х",
    "y": "у",
    "ə": "ә",  # U+0259 schwa, as in Azerbaijani
    "ǝ": "ә",  # U+01DD turned e
    "ɵ": "ө",  # U+0275 barred o
    # Capitals.
    "A": "А",
    "B": "В",
    "C": "С",
    "E": "Е",
    "H": "Н",
    "I": "І",
    "K": "К",
    "M": "М",
    "O": "О",
    "P": "Р",
    "T": "Т",
    "X": "Х",
    "Y": "У",
    "Ə": "Ә",  # U+018F
    "Ɵ": "Ө",  # U+019F
}
"""Latin letters that look exactly like a Cyrillic one, with that one."""

LATIN_TO_CYRILLIC_LOOSE = {
    # Typed for a Kazakh letter that a keyboard or a font lacks; the first candidate is the likeliest.
    "y": "үу",
    "Y": "ҮУҰ",
    "h": "һ",
    "H": "НҺ",
    "i": "і",
    "ä": "ә",
    "Ä": "Ә",
    "ö": "ө",
    "Ö": "Ө",
    "ü": "ү",
    "Ü": "Ү",
    "ÿ": "ү",
    "ı": "і",
    "ì": "і",
    "í": "і",
    "ï": "і",
    "Ì": "І",
    "Í": "І",
    "İ": "І",
    "¥": "Ұ",
    "k": "к",
    "m": "м",
    "n": "п",
    "t": "т",
    "u": "и",
    "b": "ь",
    "r": "г",
    "l": "І",
    "|": "І",
}
"""Latin letters and signs that stand for a Cyrillic letter of a like shape or sound, with the candidates."""

GREEK_TO_CYRILLIC = {
    "Α": "А",
    "Β": "В",
    "Ε": "Е",
    "Η": "Н",
    "Ι": "І",
    "Κ": "К",
    "Μ": "М",
    "Ο": "О",
    "Ρ": "Р",
    "Τ": "Т",
    "Υ": "Ү",
    "Χ": "Х",
    "Γ": "Г",
    "Π": "П",
    "Φ": "Ф",
    "Θ": "Ө",
    "ϴ": "Ө",
    "α": "а",
    "γ": "ү",
    "θ": "ө",
    "ι": "і",
    "κ": "к",
    "ο": "о",
    "ρ": "р",
    "χ": "х",
    "ϵ": "е",
}
"""Greek letters that look like a Kazakh one, with that one."""

GREEK_TO_LATIN = {
    "Α": "A",
    "Β": "B",
    "Ε": "E",
    "Ζ": "Z",
    "Η": "H",
    "Ι": "I",
    "Κ": "K",
    "Μ": "M",
    "Ν": "N",
    "Ο": "O",
    "Ρ": "P",
    "Τ": "T",
    "Υ": "Y",
    "Χ": "X",
    "ο": "o",
    "ν": "v",
    "ϵ": "e",
}
"""Greek letters that look like a Latin one, with that one."""

CYRILLIC_TO_LATIN = {
    "а": "a",
    "е": "e",
    "і": "i",
    "о": "o",
    "р": "p",
    "с": "c",
    "у": "y",
    "ү": "y",
    "х": "x",
    "һ": "h",
    "ә": "ə",
    "ө": "ɵ",
    "ј": "j",
    "ѕ": "s",
    "ԁ": "d",
    "ԛ": "q",
    "ԝ": "w",
    "А": "A",
    "В": "B",
    "Е": "E",
    "І": "I",
    "К": "K",
    "М": "M",
    "Н": "H",
    "О": "O",
    "Р": "P",
    "С": "C",
    "Т": "T",
    "У": "Y",
    "Ү": "Y",
    "Х": "X",
    "Ј": "J",
    "Ѕ": "S",
    "Ԛ": "Q",
    "Ԝ": "W",
}
"""Cyrillic letters that look exactly like a Latin one, with that one."""

DIGIT_TO_CYRILLIC = {"0": "оО", "3": "зЗ", "6": "б", "1": "і", "4": "ч", "8": "в"}
"""Digits typed or recognised in place of a letter, with the candidates; the first is the likeliest."""

LEGACY_LETTERS = {"ӛ": "ө", "ҧ": "ұ", "ҥ": "ү", "Ӛ": "Ө", "Ҧ": "Ұ", "Ҥ": "Ү"}
"""Letters that a family of misbuilt Kazakh fonts, made before Unicode fonts had the Kazakh letters, has at the place of others.

Text that was typed with such a font, or extracted from a PDF that embeds it, has the letter on the left where the page shows the one on
the right.
"""
