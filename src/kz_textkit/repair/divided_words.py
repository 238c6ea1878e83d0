"""Words that a line once divided and that now stand in one line with hyphen and space: `прак- тика`, `ата- ана`.

Whoever joined the lines of a text left the hyphens in it. A hyphen with a space after it is also written on purpose (`екі- үш`, and
`оқу- тәрбие` by slip), so that nothing is changed: what the dictionary knows as one word is a *suggestion* to write it as one, and what
it knows with the hyphen to write it so. Repair knows no dictionary: the caller gives a function that says how common a word is.
"""

from __future__ import annotations

import re

from kz_textkit.alignment import Edit
from kz_textkit.repair.missing_letters import Commonness
from kz_textkit.repair.places import LONGEST_WORD, in_address

__all__ = ["divided_words"]

KNOWN = 0.06
"""How common a word is at least that counts as known."""
SCORE_OF_WORD, SCORE_OF_PAIR = 0.9, 0.8

_LETTERS = "[а-яёәғқңөұүһі]"
_DIVIDED = re.compile(
    rf"(?<![\w-])([А-ЯЁӘҒҚҢӨҰҮҺІа-яёәғқңөұүһі]{_LETTERS}{{1,{LONGEST_WORD}}})-( {{1,2}})({_LETTERS}{{2,{LONGEST_WORD}}})(?![\w-])"
)


def divided_words(text: str, known: Commonness) -> list[Edit]:
    """Suggestions for words with a hyphen and a space in them, by rule `hyphen_join`; offsets in `text`, in order.

    >>> words = {"практика": 3.0, "ата-ана": 4.0, "ата": 90.0, "ана": 900.0}
    >>> found = divided_words("Өндірістік прак- тика кезінде ата- ана келді.", lambda w: words.get(w, 0.0))
    >>> [(e.before, e.after, e.applied) for e in found]
    [('прак- тика', 'практика', False), ('ата- ана', 'ата-ана', False)]
    """
    edits = []
    for match in _DIVIDED.finditer(text):
        first, _, second = match.groups()
        pair, word = f"{first}-{second}", first + second
        parts_known = known(first.lower()) >= KNOWN and known(second) >= KNOWN
        if known(pair.lower()) >= KNOWN:
            after, score = pair, SCORE_OF_PAIR
        elif not parts_known and known(word.lower()) >= KNOWN:
            after, score = word, SCORE_OF_WORD
        else:
            continue
        if not in_address(text, *match.span()):
            edits.append(Edit(*match.span(), match.group(), after, "hyphen_join", applied=False, score=score))
    return edits
