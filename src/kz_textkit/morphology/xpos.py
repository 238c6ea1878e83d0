"""Tags of Apertium for words: what UD_Kazakh-KTB has as XPOS, the first tag of Apertium's analysis of the word.

With them `token.tag_` is filled, so that spaCy's own tagger can be trained on our annotation. The table is the treebank's, by majority.
"""

from __future__ import annotations

__all__ = ["XPOS", "xpos_of"]

XPOS: dict[str, str] = {
    "ADJ": "adj",
    "ADP": "post",
    "ADV": "adv",
    "AUX": "vaux",
    "CCONJ": "cnjcoo",
    "DET": "det",
    "INTJ": "ij",
    "NOUN": "n",
    "NUM": "num",
    "PART": "mod",
    "PRON": "prn",
    "PROPN": "np",
    "PUNCT": "sent",
    "SCONJ": "cnjadv",
    "SYM": "sym",
    "VERB": "v",
    "X": "x",
}
"""Tag by part of speech, where the lemma does not say more."""

LEMMAS: dict[tuple[str, str], str] = {
    ("AUX", "е"): "cop",
    ("SCONJ", "егер"): "cnjsub",
    ("PART", "ма"): "qst",
    ("PART", "ше"): "qst",
    ("PART", "ғой"): "mod_ass",
    ("PART", "ау"): "mod_emo",
    **{("ADV", lemma): "postadv" for lemma in ("да", "ғана", "-ақ", "қана", "сайын")},
    **{("PUNCT", mark): "cm" for mark in ",;"},
    **{("PUNCT", mark): "guio" for mark in "-–—―−"},
    **{("PUNCT", mark): "lquot" for mark in "«“„‹"},
    **{("PUNCT", mark): "rquot" for mark in "»”›"},
    **{("PUNCT", mark): "lpar" for mark in "([{"},
    **{("PUNCT", mark): "rpar" for mark in ")]}"},
}


def xpos_of(lemma: str, upos: str, feats: str) -> str:
    """The tag of a word; empty for an unknown part of speech.

    >>> xpos_of("бала", "NOUN", "Case=Nom"), xpos_of("е", "AUX", ""), xpos_of("т.б.", "NOUN", "")
    ('n', 'cop', 'abbr')
    """
    found = LEMMAS.get((upos, lemma))
    if found is None and upos == "NOUN" and not feats and (lemma.endswith(".") or (lemma.isupper() and lemma.isalpha())):
        return "abbr"
    return XPOS.get(upos, "") if found is None else found
