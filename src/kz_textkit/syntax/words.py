"""What the parser sees of a word: numbers made of its form, lemma, part of speech and features.

Universal features come in many combinations; few of them say what a word can depend on in Kazakh: the case of a noun, whether it is
possessed, the form of a verb, the aspect of a converb. They are the `tag` of a word. The rest helps where there are examples enough.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

__all__ = ["PROPERTIES", "ROOT", "Word", "properties", "tag_of"]


class Word(NamedTuple):
    """A token as the morphology leaves it."""

    form: str
    lemma: str
    upos: str
    feats: str
    """Universal features as in CoNLL-U, empty for none."""


PROPERTIES = (
    *("form", "lemma", "pos", "tag", "full", "agreement", "ending", "case"),
    *("possessor", "finite", "verbal", "comma", "joins", "mark"),
)
"""What `properties` gives, in order; the last six are 0 or 1."""

ROOT = Word("<root>", "<root>", "<root>", "")
"""What the head of a sentence depends on."""

_MARKS = {",": "comma", ";": "comma", ":": "colon", ".": "stop", "!": "stop", "?": "stop", "…": "stop"}
_MARKS |= dict.fromkeys("-–—―−", "dash") | dict.fromkeys("«“„‹", "open") | dict.fromkeys("»”›", "close")
_MARKS |= dict.fromkeys("([{", "open bracket") | dict.fromkeys(")]}", "close bracket")


@lru_cache(maxsize=65536)
def _features(feats: str) -> dict[str, str]:
    return {name: value for name, _, value in (feature.partition("=") for feature in feats.split("|")) if name}


def tag_of(word: Word) -> str:
    """The part of speech with what matters for what a word depends on.

    >>> tag_of(Word("үйінің", "үй", "NOUN", "Case=Gen|Number[psor]=Plur,Sing|Person[psor]=3"))
    'NOUN Gen psor'
    """
    if word.upos == "PUNCT":
        return f"PUNCT {_MARKS.get(word.form[:1], 'mark')}"
    own = _features(word.feats)
    parts = [word.upos, own.get("Case", ""), "psor" if "Person[psor]" in own else "", own.get("VerbForm", "")]
    if own.get("VerbForm") in ("Conv", "Inf"):
        parts += [own.get("Aspect", ""), own.get("Mood", "")]
    elif own.get("VerbForm") == "Part" and own.get("Tense") != "Past":
        parts.append("unfinished")
    parts += [own.get("NumType", "") if word.upos in ("NUM", "ADJ") else "", own.get("PronType", "") if word.upos != "PRON" else ""]
    return " ".join(filter(None, parts))


@lru_cache(maxsize=65536)
def properties(word: Word) -> tuple[int, ...]:
    """One number for each of `PROPERTIES`: hashes of 32 bits, and small numbers."""
    own = _features(word.feats)
    tag = tag_of(word)
    pos = tag if word.upos == "PUNCT" else word.upos
    form = word.form.lower()
    agreement = "|".join(own.get(name, "") for name in ("Number", "Person", "Polite"))
    verb_form = own.get("VerbForm", "")
    names = (form, word.lemma, pos, tag, f"{word.upos} {word.feats}", agreement, form[-3:], own.get("Case", ""))
    verbal = word.upos in ("VERB", "AUX")
    return (
        *(crc32(name.encode()) for name in names),
        int("Person[psor]" in own),
        int(verbal and verb_form == "Fin"),
        int(verbal),
        int(pos == "PUNCT comma"),
        int(word.upos in ("CCONJ", "SCONJ")),
        int(word.upos == "PUNCT"),
    )
