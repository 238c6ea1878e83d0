"""Units that make bad texts when they are repeated without end: what is slow for a rule, a regular expression or a tokenizer.

Each is here because some step looks at it: letters that may be restored, look-alikes, addresses, misread encodings, hyphens, labels of
lists and headings, page marks, contents, brackets, quotation marks, numbers, spaces of all kinds.
"""

from __future__ import annotations

__all__ = ["BAITS", "bait"]

BAITS = (
    *("а", "қ", "калалык", "ақ-", "а-а-", "-", "- ", "—", "— ", ".", "а.", "а. ", "а.\n", "а\n", " ", "\n", "\r\n", "\r", "\t", "\f"),
    *("қ\n\n", "қ\n\n\n\n", "кітап кітап кітап\n", "кітап 12\n\f", "\f12\nкітап кітап\n", "қа-\n", "қа-", "қа¬\n", "қа\u00ad\n"),
    *(
        "1",
        "1.",
        "1. ",
        "1 ",
        "1\n",
        "1.1.",
        "1.1 Тақырып\n",
        "1) ",
        "1)",
        "а) ",
        "а)\n",
        "(1) ",
        "[1]",
        "[1, 12-б.]",
        "I. ",
        "I",
        "XVIII ",
    ),
    *("1-бап. ", "1-бап\n", "Мазмұны\n", "........ 3\n", "а........3\n", "1 2 3 ", "1,5 ", "1000 000 ", "99%-ға ", "АҚШ-та ", "№", "$"),
    *("http://", "http://a.kz/", "http://a.kz/ ", "www.", "%D0%", "%D0%90", "@", "а@б.kz ", "a/", "\\", "ab12CD/+", "_", "~", "^"),
    *("«", "»", "(", ")", "((", "{", "}", "<b>", "&amp;", "&#", '"', '"а', "'", "ʼа", "`", "|", "| а ", "а |\n", "=", "==\n", "___\n"),
    *("# ", "> ", "*", "* а\n", "•", "• \n", "…", "!", "!? ", "Сұрақ?", "Сұрақ? ", "Сөйлем бар. ", "Сөйлем бар.", "Сөйлем бар.\n"),
    *("Ð°", "Ò£", "ÃÂ", "Ã", "њ", "ќ", "Ќазаќ ", "ҥ", "i", "ﬀ", "а\u0301", "\u0301", "е\u0308", "\u00ad", "\u200b", "\u200d", "\u202e"),
    *("\x00", "\x1d", "а\x1d", "\ufffd", "\u00a0", "\u2028", "\u0085", "\u3000", "😀", "中", "ا", "abc", "Aa", "x1", "ab "),
    *("а б в г ", "К І Р", "әә ", "ЖОҚ", "ЖОҚ ", "Қазақ елі", "т.б.", "т.б. ", "Ә.", "Ә. ", "казак тили ", "белуге ", "ху", "хуй-"),
)


def bait(unit: str, length: int) -> str:
    """A text of so many characters: a sentence, and the unit again and again.

    >>> bait("а.", 30)
    'Мұнда мәтін бар. а.а.а.а.а.а.а'
    """
    return ("Мұнда мәтін бар. " + unit * (length // len(unit) + 1))[:length]
