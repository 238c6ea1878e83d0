"""The rule `encoding`: letters that are not those that were written, because bytes were read in the wrong encoding.

Four things happen to Kazakh files. Bytes of KZ-1048 or PT154 are shown as windows-1251 (`misread_codepage`), 8-bit Cyrillic as
Latin-1 (`misread_latin`), UTF-8 is shown as an 8-bit encoding, once or twice (`misread_utf8`; what is not Cyrillic, by ftfy in
`misread_western`), and web pages and word processors leave HTML entities and control characters (`entities`). They come one on top of
the other, so the repairs are repeated until nothing is left to mend. This rule has to run before all others: a no-break space or a soft
hyphen can be half of a letter here.

`lost_letters` says what can't be mended.
"""

from __future__ import annotations

from kz_textkit.alignment import Edit, apply_edits, compose_edits
from kz_textkit.repair.characters import characters_of
from kz_textkit.repair.entities import CONTROLS, control_edits, entity_edits
from kz_textkit.repair.lost_letters import lost_letters
from kz_textkit.repair.misread_codepage import BETRAYING, misread_codepage_edits
from kz_textkit.repair.misread_latin import ACCENTED, misread_latin_edits
from kz_textkit.repair.misread_utf8 import TRACES, likeliest_codec, misread_utf8_edits, traces
from kz_textkit.repair.misread_western import LEADING, misread_western_edits

__all__ = ["RULE", "encoding_edits", "lost_letters"]

RULE = "encoding"
#: Layers of damage that are looked for, one under the other.
LAYERS = 12

_SUSPECT = BETRAYING | TRACES | ACCENTED | LEADING | CONTROLS | {"&"}


def encoding_edits(text: str) -> list[Edit]:
    """Edits that undo wrong decodings of `text`, ordered and without overlaps; none where nothing is known to be wrong.

    >>> [(e.start, e.before, e.after) for e in encoding_edits("Ќазаќстан &ndash; үлкен ел")]
    [(0, 'Ќ', 'Қ'), (4, 'ќ', 'қ'), (10, '&ndash;', '–')]
    """
    edits: list[Edit] = []
    current = text
    for _ in range(LAYERS):
        found = _layer(current)
        if not found:
            break
        edits = compose_edits(text, edits, found)
        current = apply_edits(current, found)
    return edits


def _layer(text: str) -> list[Edit]:
    # The uppermost layer of damage.
    characters = characters_of(text) & _SUSPECT
    if not characters:
        return []
    if "&" in characters and (found := entity_edits(text, RULE)):
        return found
    codecs = traces(characters)
    if codecs and (codec := likeliest_codec(text, codecs)) and (found := misread_utf8_edits(text, codec, RULE)):
        return found
    if not characters.isdisjoint(ACCENTED) and (found := misread_latin_edits(text, RULE)):
        return found
    if not characters.isdisjoint(BETRAYING) and (found := misread_codepage_edits(text, RULE)):
        return found
    if not characters.isdisjoint(LEADING) and (found := misread_western_edits(text, RULE)):
        return found
    return [] if characters.isdisjoint(CONTROLS) else control_edits(text, RULE)
