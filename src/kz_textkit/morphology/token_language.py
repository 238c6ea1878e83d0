"""The language of a word in Kazakh text, as far as its letters and its annotation tell.

Latin letters are English or, with marks that English has not, another language; Cyrillic words are Kazakh unless the analysis took them
for foreign ones, which are Russian (`data/russian.txt`, and unknown words with Russian endings). Numbers and marks are of no language.
"""

from __future__ import annotations

import re

from kz_textkit.morphology.units.letters import RUSSIAN_ENDS

__all__ = ["LANGUAGES", "token_language"]

LANGUAGES = ("kk", "ru", "en", "other")
"""ISO 639 codes, and `other`."""

_letter = re.compile(r"[^\W\d_]")
_cyrillic = re.compile("[\u0400-\u04ff]")
_english = re.compile(r"[A-Za-z'’.-]+$")
_kazakh = re.compile("[әғқңөұүһіӘҒҚҢӨҰҮҺІ]")


def token_language(form: str, upos: str, feats: str) -> str:
    """The language of a token with this annotation, of `LANGUAGES`; empty for what is no word.

    >>> token_language("мектепке", "NOUN", "Case=Dat"), token_language("города", "X", "Foreign=Yes")
    ('kk', 'ru')
    """
    if upos != "X" and form.isalpha() and "\u0400" <= form[0] <= "\u04ff" and "Foreign" not in feats:
        return "kk"
    if not _letter.search(form):
        return ""
    if _cyrillic.search(form):
        foreign = "Foreign=Yes" in feats or (upos == "X" and not feats and form.endswith(RUSSIAN_ENDS) and not _kazakh.search(form))
        return "ru" if foreign else "kk"
    return "en" if _english.match(form) else "other"
