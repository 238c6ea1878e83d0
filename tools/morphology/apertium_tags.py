"""Apertium's annotation of Kazakh in terms of Universal Dependencies: which readings agree with an analysis of Apertium.

The treebank UD_Kazakh-KTB was made from this scheme, so most tags say what the features are. Where they don't (`num` is a cardinal or
an ordinal, `vaux` a verb or an auxiliary, `det qnt` an adjective of the treebank), an analysis stands for all readings that don't
contradict it. Lemmas are compared in the policy of the house, for Apertium has `қатыс` as a verb as we do, and `тан` with a
reciprocal as the treebank does. The scheme: Washington, Salimzyanov, Tyers, *Finite-state morphological transducers for three
Kypchak languages*, 2014.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from kz_textkit.morphology.candidate import Reading
from kz_textkit.morphology.policy import to_house

__all__ = ["ApertiumSentence", "ApertiumToken", "Part", "agrees", "article_stems", "lemmas_agree", "read_articles", "upos_agrees"]


class Part(NamedTuple):
    """A part of an analysis: the word itself, or a clitic after it."""

    lemma: str
    tags: tuple[str, ...]


class ApertiumToken(NamedTuple):
    """A token, and the analyses that are left: one in the articles, several in most of the novel, none where Apertium knew none."""

    form: str
    analyses: tuple[tuple[Part, ...], ...]

    def right(self, readings: Sequence[Reading]) -> list[bool]:
        """Which readings agree with some analysis."""
        return [any(agrees(reading, analysis) for analysis in self.analyses) for reading in readings]

    @property
    def is_word(self) -> bool:
        """Whether there is an analysis, and not of punctuation."""
        return bool(self.analyses) and self.analyses[0][0].tags[0] in UPOS


class ApertiumSentence(NamedTuple):
    """A sentence and the document that it is from."""

    document: str
    tokens: tuple[ApertiumToken, ...]


UPOS: dict[str, frozenset[str]] = {
    tag: frozenset(upos.split())
    for tag, upos in {
        "n": "NOUN",
        "np": "PROPN",
        "v": "VERB AUX",
        "vaux": "AUX VERB",
        "vbser": "AUX VERB",
        "cop": "AUX",
        "adj": "ADJ",
        "adv": "ADV",
        "prn": "PRON",
        "det": "DET",
        "num": "NUM",
        "post": "ADP",
        "postadv": "ADV PART",
        "cnjcoo": "CCONJ",
        "cnjadv": "SCONJ CCONJ",
        "cnjsub": "SCONJ",
        "ij": "INTJ",
        "mod": "PART",
        "mod_ass": "PART",
        "mod_emo": "PART",
        "qst": "PART",
        "abbr": "NOUN",
    }.items()
}
"""UPOS that a tag may be."""

POSTPOSITIONS = frozenset({"кейін", "дейін", "қарай", "сияқты", "арқылы"})
"""Words that Apertium has as adverbs here and there, and the treebank as postpositions."""

SAME = {
    ("тек", "cnjcoo"): "ADV",
    ("керек", "vaux"): "ADJ",
    ("бірге", "post"): "ADV",
    ("қатар", "post"): "ADV",
    ("арналған", "post"): "VERB",
    ("әрине", "ij"): "ADV",
    ("мысалы", "ij"): "ADV",
    ("мәселен", "ij"): "ADV",
    ("демек", "ij"): "SCONJ",
    ("неше", "num"): "DET",
}
"""Words of closed classes for which the treebank, or the policy of the house where the treebank has none, has one part of speech
wherever they stand, and Apertium several."""

SIMILATIVES = {"осы": "осындай", "бұл": "мұндай", "ол": "ондай", "сол": "сондай", "мына": "мынадай", "мынау": "мынадай"}
"""Demonstratives in -дай, which Apertium has now as forms of the pronoun, now as determiners."""

PLACES = frozenset(["ішінде", "арасында", "арасынан", "жүзінде", "мақсатында", "бойында", "арада"])
"""Forms of nouns that Apertium has as adverbs or postpositions here and there."""

AUXILIARIES = frozenset(
    [
        "бол",
        "ал",
        "кел",
        "қал",
        "бер",
        "отыр",
        "жат",
        "тұр",
        "жүр",
        "е",
        "кет",
        "түс",
        "шық",
        "бар",
        "таста",
        "жібер",
        "қой",
        "көр",
        "баста",
        "біл",
        "сал",
    ]
)
"""Verbs that may be auxiliaries."""

FEATURES: dict[str, str] = {
    "nom": "Case=Nom",
    "attr": "Case=Nom",
    "gen": "Case=Gen",
    "dat": "Case=Dat",
    "acc": "Case=Acc",
    "loc": "Case=Loc",
    "abl": "Case=Abl",
    "ins": "Case=Ins",
    "pl": "Number=Plur",
    "sg": "Number=Sing",
    "p1": "Person=1",
    "p2": "Person=2",
    "p3": "Person=3",
    "px1sg": "Number[psor]=Sing|Person[psor]=1",
    "px2sg": "Number[psor]=Sing|Person[psor]=2",
    "px1pl": "Number[psor]=Plur|Person[psor]=1",
    "px2pl": "Number[psor]=Plur|Person[psor]=2",
    "px3sp": "Number[psor]=Plur,Sing|Person[psor]=3",
    "px3sg": "Number[psor]=Plur,Sing|Person[psor]=3",
    "px3pl": "Number[psor]=Plur,Sing|Person[psor]=3",
    "card": "NumType=Card",
    "ord": "NumType=Ord",
    "pass": "Voice=Pass",
    "coop": "Voice=Rcp",
    "neg": "Polarity=Neg",
    "ifi": "Mood=Ind|Tense=Past|VerbForm=Fin",
    "past": "Mood=Ind|Tense=Past|VerbForm=Fin",
    "pih": "Mood=Ind|Tense=Past|VerbForm=Fin",
    "aor": "Aspect=Hab|Mood=Ind|Tense=Pres|VerbForm=Fin",
    "pres": "Mood=Ind|Tense=Pres|VerbForm=Fin",
    "fut": "Mood=Ind|Tense=Fut|VerbForm=Fin",
    "fut_plan": "Mood=Des|Tense=Fut|VerbForm=Fin",
    "imp": "Mood=Imp|VerbForm=Fin",
    "opt": "Mood=Opt|VerbForm=Fin",
    "gna_perf": "Aspect=Perf|VerbForm=Conv",
    "prc_perf": "Aspect=Perf|VerbForm=Inf",
    "gna_impf": "Aspect=Imp|VerbForm=Conv",
    "prc_impf": "Aspect=Imp|VerbForm=Inf",
    "gna_cond": "Mood=Cnd|VerbForm=Conv",
    "prc_cond": "Mood=Cnd|VerbForm=Conv",
    "gpr_past": "Tense=Past|VerbForm=Part",
    "gpr_impf": "Aspect=Imp|VerbForm=Part",
    "gpr_fut": "Tense=Fut|VerbForm=Part",
    "gpr_pot": "Mood=Pot|VerbForm=Part",
    "ger": "VerbForm=Ger",
    "ger_past": "Tense=Past|VerbForm=Ger",
    "ger_impf": "Aspect=Imp|VerbForm=Ger",
    "ger_fut": "Tense=Fut|VerbForm=Ger",
}
"""UD features of a tag."""

COMPARED = frozenset(
    [
        "Case",
        "Number",
        "Person",
        "Number[psor]",
        "Person[psor]",
        "Voice",
        "Polarity",
        "Mood",
        "Tense",
        "VerbForm",
        "Aspect",
    ]  # what tags tell of nouns and verbs
)
OPEN = frozenset(["gna_until", "gna_after", "ger_perf", "ger_abs", "ger_fut2", "gna_since", "evid"])
"""Tags whose features differ too much to be compared."""
CASES = frozenset(["nom", "gen", "dat", "acc", "loc", "abl", "ins", "sim"])
IGNORED = ("SELECT:", "REMOVE:", "MAP:", "ADD:", "SUBSTITUTE:", "@", "#")


@lru_cache(maxsize=65536)
def _features(tags: tuple[str, ...]) -> frozenset[str] | None:
    """UD features that a reading with these tags has, of those that are compared; None where they can't be told."""
    if not OPEN.isdisjoint(tags):
        return None
    values: dict[str, str] = {}
    for tag in tags:
        if tag == "attr" and "loc" in tags:
            continue
        for feature in FEATURES.get(tag, "").split("|"):
            if feature:
                name, _, value = feature.partition("=")
                values[name] = value
    if "subst" in tags and values.get("VerbForm") == "Part":
        values["VerbForm"] = "Ger"
    return frozenset(f"{name}={value}" for name, value in values.items())


@lru_cache(maxsize=65536)
def _compared(feats: str) -> frozenset[str]:
    return frozenset(f for f in feats.split("|") if f.partition("=")[0] in COMPARED)


def upos_agrees(reading: Reading, part: Part) -> bool:
    """Whether a reading has the part of speech of an analysis."""
    upos = UPOS.get(part.tags[0], frozenset())
    if part.tags[0] == "post" and reading.lemma == part.lemma == "мен":
        return reading.upos == "CCONJ"
    if part.tags[0] == "adv" and part.lemma in POSTPOSITIONS and reading.upos == "ADP":
        return True
    if SAME.get((part.lemma, part.tags[0])) == reading.upos or _is_place(reading, part):
        return True
    if part.tags[:2] == ("adj", "advl") and reading.upos == "ADV":
        # the treebank calls adjectives adverbs where they stand with verbs: жақсы оқиды
        return True
    if part.tags[0] == "abbr" and part.lemma.isupper() and len(part.lemma) > 1:
        # АҚШ, БҰҰ: names after the policy of the house
        return reading.upos in ("PROPN", "NOUN")
    if _is_attributive(reading, part):
        return True
    if part.tags[:2] == ("prn", "dem") and reading.upos == "DET" and SIMILATIVES.get(part.lemma) == reading.lemma:
        return True
    # `барлық` and a few more are adjectives of the treebank
    return reading.upos in upos or (part.tags[:2] == ("det", "qnt") and reading.upos == "ADJ")


def _is_place(reading: Reading, part: Part) -> bool:
    """Whether the adverb or postposition of Apertium is the form of a noun."""
    return part.tags[0] in ("adv", "post") and part.lemma in PLACES and reading.upos == "NOUN" and "Case=" in reading.feats


ATTRIBUTIVES = ("ғы", "гі", "қы", "кі")


def _is_attributive(reading: Reading, part: Part) -> bool:
    """Whether one has `қазіргі` as an adjective, and the other as a form of the adverb, which Apertium does by turns."""
    long, short = sorted((reading.lemma, part.lemma), key=len, reverse=True)
    if long[:-2] != short or not long.endswith(ATTRIBUTIVES) or reading.upos not in ("ADJ", "ADV", "ADP"):
        return False
    return part.tags[0] == "adj" or part.tags[:2] == ("adv", "attr")


_SUPERSCRIPTS = str.maketrans("²³", "23")


def lemmas_agree(reading: Reading, part: Part) -> bool:
    """Whether a reading has the lemma of an analysis, in the policy of the house."""
    lemma, wanted = reading.lemma, part.lemma.translate(_SUPERSCRIPTS)
    if lemma == wanted or _is_place(reading, part) or _is_attributive(reading, part):
        return True
    if part.lemma == "арналған":
        return lemma == "арна"
    if part.tags[0] == "num" and "coll" in part.tags:
        return "NumType=Coll" in reading.feats and lemma[:2] == wanted[:2]
    if part.tags[:2] == ("prn", "dem") and SIMILATIVES.get(wanted) == lemma:
        return True
    if part.tags[0] in ("num", "abbr"):
        # 12 of 12%, солт of солт.
        lemma, wanted = lemma.rstrip("%°."), wanted.rstrip("%°.СC")
    if part.tags[0] not in ("v", "vaux"):
        return part.tags[0] in ("prn", "det", "abbr", "num") and (lemma.lower() == wanted.lower() or (lemma, wanted) == ("олар", "ол"))
    voice = {"pass": "Pass", "coop": "Rcp"}.keys() & set(part.tags)
    house = to_house(lemma, "VERB", reading.feats).lemma
    if voice:
        apertium = to_house(wanted, "VERB", "Voice=Pass" if "pass" in part.tags else "Voice=Rcp").lemma
        return house == apertium
    if house == wanted:
        return True
    if "caus" in part.tags:
        return len(lemma) > len(wanted) and lemma.startswith(wanted[:-1])
    # Apertium's dictionary has the passive as a verb: созыл
    return "Voice=" in reading.feats and wanted[-1] in "лнс" and len(wanted) > len(lemma) and wanted.startswith(lemma[:-1])


def agrees(reading: Reading, analysis: tuple[Part, ...]) -> bool:
    """Whether a reading doesn't contradict an analysis of Apertium.

    >>> genitive = Reading("бала", "NOUN", "Case=Gen", "", 0.0, "dictionary")
    >>> agrees(genitive, (Part("бала", ("n", "gen")),)), agrees(genitive, (Part("бала", ("n", "acc")),))
    (True, False)
    """
    part = analysis[0]
    first = part.tags[0]
    if not upos_agrees(reading, part):
        return False
    if reading.upos == "AUX" and reading.lemma not in AUXILIARIES:
        return False
    if not lemmas_agree(reading, part):
        return False
    clitics = [p for p in analysis[1:] if not (p.tags[0] == "cop" and "aor" in p.tags and "p3" in p.tags)]
    if bool(clitics) != bool(reading.rest) or (clitics and not reading.rest.startswith(f"{clitics[0].lemma}/")):
        return False
    if first == "num" and not _is_number_of_kind(reading.feats, part.tags):
        return False
    if SAME.get((part.lemma, first)) == reading.upos or _is_place(reading, part) or _is_attributive(reading, part):
        return True
    if first == "prn" and reading.upos == "DET":
        return True
    return first in ("det", "num", "abbr", "adv", "cnjcoo", "cnjadv", "cnjsub", "post", "postadv", "ij") or _features_agree(
        reading, part
    )


def _is_number_of_kind(feats: str, tags: tuple[str, ...]) -> bool:
    """Whether a number is the cardinal or ordinal that the tags say, where they say it."""
    wanted = {FEATURES[tag] for tag in tags if tag in ("card", "ord")}
    return not wanted or not wanted.isdisjoint(feats.split("|"))


def _features_agree(reading: Reading, part: Part) -> bool:
    wanted = _features(part.tags)
    if wanted is None:
        return True
    own = _compared(reading.feats)
    if part.tags[0] == "prn":
        return {f for f in own if f.startswith("Case=")} == {f for f in wanted if f.startswith("Case=")}
    if part.tags[0] == "adj" or (part.tags[0] == "n" and CASES.isdisjoint(part.tags) and "attr" not in part.tags):
        return own - {"Case=Nom"} == wanted - {"Case=Nom"}
    if part.tags[0] in ("v", "vaux"):
        free = {"Voice=Pass", "Voice=Rcp", "Voice=Pass,Rcp"}
        return own - free == wanted - free
    return own == wanted


_analysis = re.compile(r'"(.*)"(?: (.*))?$')


def _part(line: str) -> Part | None:
    match = _analysis.match(line)
    if not match or match[1].startswith("*"):
        return None
    tags = tuple(t for t in (match[2] or "").split() if not t.startswith(IGNORED))
    return Part(match[1], tags) if tags else None


def _cohorts(text: str) -> Iterator[tuple[str, list[tuple[Part, ...]], bool]]:
    """Form, analyses that are left, and whether an empty line comes before."""
    form, analyses, parts, gap = "", list[tuple[Part, ...]](), list[Part](), False
    began = False
    for line in [*text.split("\n"), '"<>"']:
        if line.startswith('"<'):
            if parts:
                analyses.append(tuple(parts))
            if form:
                yield form, analyses, began
            form, analyses, parts, began, gap = line[2:].rstrip()[:-2], [], [], gap, False
        elif not line.strip():
            gap = True
        elif line.startswith("\t"):
            part = _part(line.strip())
            if line.startswith('\t"'):
                if parts:
                    analyses.append(tuple(parts))
                parts = [part] if part else []
            elif part and parts:
                parts.append(part)


def _split(form: str, analyses: list[tuple[Part, ...]]) -> Iterator[ApertiumToken]:
    """Tokens of a cohort: one with spaces is taken apart, and only its last word keeps an analysis."""
    words = form.split()
    if len(words) == 1:
        yield ApertiumToken(form, tuple(analyses))
        return
    for word in words[:-1]:
        yield ApertiumToken(word, ())
    last = []
    for parts in analyses:
        if len(parts) > 1 and parts[-1].lemma == words[-1].lower():
            last.append((parts[-1],))
        elif len(parts) == 1 and " " in parts[0].lemma:
            last.append((Part(parts[0].lemma.rpartition(" ")[2], parts[0].tags),))
    yield ApertiumToken(words[-1], tuple(last))


_FIGURES = re.compile(r"\d+([.,]\d+)*%?|[IVXLCІХ]+")
_YEAR = re.compile(r"1\d\d\d|20[0-2]\d")
_DATED = re.compile(r"(қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан|ғасыр|жыл.)")
"""What follows a figure that names one of a row: a month, a century, a form of `жыл` with an ending."""


def _numbered(tokens: Sequence[ApertiumToken]) -> Iterator[ApertiumToken]:
    """The tokens, where figures are said to be cardinals or ordinals, which the treebank decides by the word that follows.

    Years without the word `жыл` are left open, as in the treebank.
    """
    for i, token in enumerate(tokens):
        if _FIGURES.fullmatch(token.form) and any(parts[0].tags[0] == "num" for parts in token.analyses):
            following = tokens[i + 1].form.lower() if i + 1 < len(tokens) else ""
            year = bool(_YEAR.fullmatch(token.form))
            row = _DATED.match(following) and (year or not following.startswith("жыл"))
            kind = "ord" if row or not token.form[0].isdigit() else "" if year else "card"
            if kind:
                token = token._replace(analyses=tuple((_tagged(parts[0], kind), *parts[1:]) for parts in token.analyses))
        yield token


def _tagged(part: Part, tag: str) -> Part:
    return part._replace(tags=(*part.tags, tag)) if part.tags[0] == "num" else part


def read_articles(paths: Sequence[Path]) -> list[ApertiumSentence]:
    """Sentences of files in the format of constraint grammar; a document is a file."""
    sentences = []
    for path in paths:
        tokens: list[ApertiumToken] = []
        for form, analyses, began in _cohorts(path.read_text(encoding="utf-8")):
            if began and tokens:
                sentences.append(ApertiumSentence(path.name, tuple(_numbered(tokens))))
                tokens = []
            tokens.extend(_split(form, analyses))
        if tokens:
            sentences.append(ApertiumSentence(path.name, tuple(_numbered(tokens))))
    return sentences


STEMS = {"n": "NOUN", "adj": "ADJ", "adv": "ADV", "v": "VERB", "np": "PROPN"}
CYRILLIC = re.compile(r"[а-яёәғқңөұүһіА-ЯЁӘҒҚҢӨҰҮҺІ-]{2,}$")


def article_stems(sentences: Iterable[ApertiumSentence]) -> list[tuple[str, str, str, int]]:
    """Lemma, part of speech, flag (`lexicon.FLAGS`) and count of the stems of words that have one analysis alone.

    Verbs that Apertium has twice, with the last consonant as before vowels (`таб` beside `тап`), and what it took whole without knowing
    (a stem as long as the form) are left out.
    """
    counts: Counter[tuple[str, str, str]] = Counter()
    for sentence in sentences:
        for token in sentence.tokens:
            if len(token.analyses) != 1:
                continue
            part = token.analyses[0][0]
            upos = STEMS.get(part.tags[0])
            inflected = len(part.tags) > 2 and part.tags[1] not in ("nom", "attr")
            whole = part.lemma.lower() == token.form.lower() and (inflected or upos == "VERB")
            if upos is None or whole or not CYRILLIC.match(part.lemma) or (upos == "VERB" and part.lemma[-1] in "бгғ"):
                continue
            if upos == "PROPN" and not part.lemma[0].isupper():
                continue
            if upos != "PROPN" and part.lemma[0].isupper():
                continue
            flag = "" if upos != "PROPN" else "masc" if "m" in part.tags else "fem" if "f" in part.tags else ""
            counts[part.lemma, upos, flag] += 1
    return [(*key, count) for key, count in counts.items()]
