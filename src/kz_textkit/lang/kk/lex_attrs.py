"""Lexical attributes: which words are numbers; and quick ways to the attributes that cost spaCy most for each new word form.

Kazakh numerals are written as words (`отыз бес`, ordinals in `-ншы/-нші`, collectives in `-еу/-ау`), as figures with a suffix behind a
hyphen (`55-ші`, `35-те`) and as Roman numerals (`XIX`).
"""

import re

from spacy.attrs import IS_QUOTE, LIKE_NUM, LIKE_URL, SHAPE
from spacy.lang import lex_attrs as spacy_attrs

_num_words = [
    "нөл",
    "бір",
    "екі",
    "үш",
    "төрт",
    "бес",
    "алты",
    "жеті",
    "сегіз",
    "тоғыз",
    "он",
    "жиырма",
    "отыз",
    "қырық",
    "елу",
    "алпыс",
    "жетпіс",
    "сексен",
    "тоқсан",
    "жүз",
    "мың",
    "миллион",
    "миллиард",
    "триллион",
    "жарты",
    "жарым",
    "млн",
    "млн.",
    "млрд",
    "млрд.",
    "трлн",
    "трлн.",
]

_ordinal_words = [
    "бірінші",
    "екінші",
    "үшінші",
    "төртінші",
    "бесінші",
    "алтыншы",
    "жетінші",
    "сегізінші",
    "тоғызыншы",
    "оныншы",
    "жиырмасыншы",
    "отызыншы",
    "қырқыншы",
    "елуінші",
    "алпысыншы",
    "жетпісінші",
    "сексенінші",
    "тоқсаныншы",
    "жүзінші",
    "мыңыншы",
    "миллионыншы",
    "миллиардыншы",
]

_collective_words = ["біреу", "екеу", "үшеу", "төртеу", "бесеу", "алтау", "жетеу"]

_words = frozenset(_num_words + _ordinal_words + _collective_words)

# Ordinal, collective and case endings behind a figure; `-жылы`, `-бап` and other nouns make no number.
_ending = (
    r"(?:(?:[ыі]|с[ыі])?н?ш[ыі](?:с[ыі](?:н[ыіаеш]\w*)?|д?[ае]н|ден|дан)?"
    r"|[ае]у[ыі]?|с?[ыі]н?[ае]?н?"
    r"|[дтн][ыі](?:ң)?|[дт][ае](?:н|й|ғы|гі|ған|ген)?|н[ае]н|[ғқгк][ае]|[мпб]ен|ақ)"
)
_figures = re.compile(rf"[+±~-]?\d+(?:[.,:/]\d+)*(?:-{_ending})?").fullmatch
_roman = re.compile(
    rf"(?=[IVXLCDM])(?![CDLM](?:-|$))M{{0,3}}(?:CM|CD|D?C{{0,3}})(?:XC|XL|L?X{{0,3}})(?:IX|IV|V?I{{0,3}})(?:-{_ending})?"
).fullmatch


def like_num(text: str) -> bool:
    """Whether a token is a number in figures, words or Roman numerals.

    >>> [like_num(t) for t in ("3,5", "55-ші", "Жетінші", "XIX", "1990-жылдары", "бесік")]
    [True, True, True, True, False, False]
    """
    first = text[0]
    if first in "0123456789+-±~":
        return _figures(text) is not None
    if first in "IVXLCDM":
        return _roman(text) is not None
    return text.lower() in _words


def like_url(text: str) -> bool:
    """Whether a token looks like an address; plain words are not looked at twice.

    >>> [like_url(t) for t in ("egov.kz", "қала")]
    [True, False]
    """
    return not text.isalpha() and bool(spacy_attrs.like_url(text))


def word_shape(text: str) -> str:
    """The shape of a token, as in spaCy.

    >>> [word_shape(t) for t in ("Астана", "жер", "55-ші")]
    ['Xxxxx', 'xxx', 'dd-xx']
    """
    if text.isalpha() and text.islower():
        return "xxxx"[: len(text)] if len(text) < 100 else "LONG"
    shape: str = spacy_attrs.word_shape(text)
    return shape


def is_quote(text: str) -> bool:
    """Whether a token is a quotation mark."""
    return len(text) < 3 and bool(spacy_attrs.is_quote(text))


LEX_ATTRS = {LIKE_NUM: like_num, LIKE_URL: like_url, SHAPE: word_shape, IS_QUOTE: is_quote}
