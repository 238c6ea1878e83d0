"""Texts that arrive in Latin or Arabic letters become Cyrillic, so that they can be analysed; each word is an edit on record.

The tables of `scripts` write a word anew; where the alphabet leaves open what it stands for (Arabic ا is а or ә), the dictionary
chooses among its variants. A text counts as Kazakh in another script only by letters that Kazakh alone has there (`scripts.detection`).
"""

from __future__ import annotations

from functools import lru_cache

from kz_textkit.alignment import Edit
from kz_textkit.morphology.commonness import commonness
from kz_textkit.scripts.detection import alphabet_of
from kz_textkit.scripts.transliteration import transliterate as write_anew
from kz_textkit.scripts.transliteration import words_of
from kz_textkit.scripts.variants import variants

__all__ = ["script_edits", "transliterate"]

RULE = "script"


def transliterate(text: str, to: str = "cyrillic", *, source: str | None = None) -> str:
    """`text` in another alphabet: `cyrillic`, `latin-2021`, `latin-2018`, `latin-2017` or `arabic`; what is not a word stays.

    `source` is the alphabet that it is in; found from the text where it is None. What becomes Cyrillic is chosen by the dictionary
    where the letters leave it open. Raises `UsageError` for an alphabet that is not one of these.

    >>> transliterate("Қазақ тілі – ана тіліміз", "latin-2021"), transliterate("قازىرگى قازاق ٴتىلى")
    ('Qazaq tılı – ana tılımız', 'қазіргі қазақ тілі')
    """
    source = source or alphabet_of(text) or "cyrillic"
    if to != "cyrillic" or source == "cyrillic":
        return write_anew(text, to, source=source)
    return words_of(source).sub(lambda found: _cyrillic(found[0], source), text)


def script_edits(text: str) -> list[Edit]:
    """An edit for each word of a text that is Kazakh in Latin or Arabic letters; none for other texts. Offsets are those of `text`.

    >>> [(e.before, e.after) for e in script_edits("Qazaqstan – bızdıñ Otanymyz.")]
    [('Qazaqstan', 'Қазақстан'), ('bızdıñ', 'біздің'), ('Otanymyz', 'Отанымыз')]
    """
    source = alphabet_of(text)
    if source is None or source == "cyrillic":
        return []
    edits: list[Edit] = []
    for found in words_of(source).finditer(text):
        written = _cyrillic(found[0], source)
        if written != found[0]:
            edits.append(Edit(found.start(), found.end(), found[0], written, RULE))
    return edits


@lru_cache(maxsize=100_000)
def _cyrillic(word: str, source: str) -> str:
    """A word in Cyrillic letters: as the rules write it if the dictionary knows it so, else the commonest variant that it knows."""
    written = write_anew(word, "cyrillic", source=source)
    lower = written.lower()
    if commonness(lower) > 0:
        return written
    best = max(variants(lower, source), key=commonness, default=lower)
    if not commonness(best) > 0:
        return written
    return best.upper() if written.isupper() and len(written) > 1 else best[:1].upper() + best[1:] if written[:1].isupper() else best
