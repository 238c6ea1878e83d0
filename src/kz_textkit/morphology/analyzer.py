"""The analyser: from a word to its ranked readings, and from a lemma and features to the word.

A chain of units, as in pymorphy: dictionary words with their suffixes, words with a hyphen, numbers, abbreviations, punctuation,
words of other alphabets, names, and last the guess from suffixes alone. Each reading says which unit found it.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from kz_textkit.morphology.lexicon import START_STATES, SURNAMES, Entry, Lexicon, load, name_lemma, surname_gender
from kz_textkit.morphology.morphotactics import Tail, arcs, follow, merge_feats, tails
from kz_textkit.morphology.phonology import BACK, UNVOICING_ENDS, VOICING, VOWELS, attach, contexts, detach, realize
from kz_textkit.morphology.user_words import UserWord, entry_of

__all__ = ["Analysis", "MorphAnalyzer", "Word"]


class Word(NamedTuple):
    """A syntactic word of a token that is more than one."""

    form: str
    lemma: str
    upos: str
    feats: str


class Analysis(NamedTuple):
    """One reading of a token."""

    form: str
    lemma: str
    upos: str
    feats: str
    """UD features, `Case=Nom|Number=Plur`; empty for none."""
    morphemes: tuple[tuple[str, str, str], ...]
    """(surface, tag, underlying form) of the stem and each suffix."""
    score: float
    """Share among the readings of the same token, 0 to 1."""
    known: bool
    """Whether the stem is in the dictionary."""
    unit: str
    """What found it: `dictionary`, `hyphen`, `number`, `abbreviation`, `name`, `foreign`, `punctuation`, `phrase`,
    `spelling` (a known stem with a suffix of the wrong row or shape), `guess`."""
    words: tuple[Word, ...] = ()
    """The syntactic words, where the token is more than one; lemma, upos and feats above are those of the first."""


class _Reading(NamedTuple):
    lemma: str
    upos: str
    feats: str
    morphemes: tuple[tuple[str, str, str], ...]
    weight: float
    known: bool
    unit: str
    words: tuple[Word, ...]


CHANGING = frozenset("аеыіуияю")
"""First letters of suffixes that may change the stem before them."""
VOWEL_LETTERS = frozenset("аеыіу")
LETTERS = re.compile(r"[^\W\d_]", re.UNICODE)
INITIAL = re.compile(r"[^\W\d_]\.$")
INITIALS = (("NOUN", "", 1.0), ("PROPN", "Case=Nom", 0.0))
"""Readings of initials."""
DIGITS = re.compile(r"\d")
FIRST_CYRILLIC = "\u0400"
CYRILLIC = re.compile(r"[\u0400-\u04FF]")
NUMBER = re.compile(r"[+-]?\d[\d\s.,:/%–-]*$|[IVXLCDM]+$")
NUMBER_HEAD = re.compile(r"(\d[\d.,/:]*(?:[%‰]|°[CСFК]?)?|[IVXLCDM]+)([-'’]?)(?=[^\d])")
QUOTED = re.compile(r"([^\W\d_][\w.-]*)['’ʼ`](\w+)$")
"""A name of other letters and its suffix after an apostrophe: `Google'дың`."""
CONSONANTS = frozenset("бвгғджзйкқлмнңпрстфхһцчшщ")
CASE_CONTEXTS = ("bT", "fT", "bV", "fV", "bM", "fM", "bR", "fR", "bL", "fL", "bZ", "fZ")
"""Ends of stems whose sound is not written: abbreviations, figures, names of other languages."""
PICTURES = frozenset({"So", "Sk", "Cf", "Mn"})
"""Categories of what emoji are made of."""
SYMBOLS = frozenset("+=<>$%№§©®°&*#@^~|/\\€₸£¥±×÷")
TO_BACK = str.maketrans("іегк", "ыағқ")
TO_FRONT = str.maketrans("ыағқ", "іегк")
NONSTANDARD = 4.0
"""Cost from which forms are read, but not generated."""
KAZAKH_LETTERS = frozenset("әіңғүұқөһ")
RUSSIAN_ENDS = (
    *("ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие", "ого", "его", "ому", "ему", "ыми", "ими", "ых", "их", "ую", "юю"),
    *("ть", "ться", "лся", "лась", "лись", "ется", "ются", "ние", "ния", "нии", "нием", "ости", "ость", "остью", "щих", "щий", "вший"),
    *("ами", "ями", "ах", "ях", "ов", "ого"),
)
"""Ends that unknown words without a Kazakh letter have in Russian: `приготовления`, `является`."""
POSTURES = frozenset({"отыр", "жат", "тұр", "жүр"})
LOOPS = frozenset({"OWN", "ATTR", "ADVATTR"})
"""States that lead round again: read, not generated."""


class MorphAnalyzer:
    """Kazakh morphological analyser.

    `without` names sources of the dictionary to leave out (`kz_textkit.morphology.lexicon.SOURCES`); `words` are the user's own.

    >>> morph = MorphAnalyzer()
    >>> best = morph.parse("балаларымызға")[0]
    >>> best.lemma, best.upos, best.feats
    ('бала', 'NOUN', 'Case=Dat|Number=Plur|Number[psor]=Plur|Person[psor]=1')
    """

    def __init__(self, *, without: Collection[str] = (), words: Iterable[UserWord] = ()) -> None:
        self.lexicon: Lexicon = load(without)
        for word in words:
            self.lexicon.add(word.lemma, entry_of(word))

    def parse(self, word: str) -> list[Analysis]:
        """Readings of a token, the likeliest first; never none.

        >>> [m[1] for m in MorphAnalyzer().parse("оқиды")[0].morphemes]
        ['VERB', 'PRES', '3']
        """
        readings = self._readings(word)
        best: dict[tuple[str, str, str, tuple[Word, ...]], _Reading] = {}
        for reading in readings:
            key = (reading.lemma, reading.upos, reading.feats, reading.words)
            other = best.get(key)
            if other is None or reading.weight > other.weight:
                best[key] = reading
        ranked = sorted(best.values(), key=lambda r: (-r.weight, r.upos, r.lemma, r.feats))
        top = ranked[0].weight
        shares = [math.exp(max(r.weight - top, -20.0)) for r in ranked]
        total = sum(shares)
        return [
            Analysis(word, r.lemma, r.upos, r.feats, r.morphemes, round(share / total, 6), r.known, r.unit, r.words)
            for r, share in zip(ranked, shares, strict=True)
        ]

    def _readings(self, word: str) -> list[_Reading]:
        if not (word.isalpha() and word[0] >= FIRST_CYRILLIC):
            special = self._special(word)
            if special:
                return special
        found = self.dictionary_readings(word)
        if "-" in word[1:-1]:
            found += self._hyphen(word, bool(found))
        if word[:1].isupper():
            found += self._name(word, found)
            if 1 < len(word) < 7 and word.isupper():
                # the treebank has abbreviations without features beside names
                found.append(_Reading(word, "NOUN", "", ((word, "NOUN", word),), 0.5, False, "abbreviation", ()))
        if not found or all(r.upos == "PROPN" and not r.known for r in found):
            found += self._misspelled(word)
            found += self._guess(word)
            if word.islower() and word.endswith(RUSSIAN_ENDS) and KAZAKH_LETTERS.isdisjoint(word):
                found.append(_Reading(word, "X", "", ((word, "FOREIGN", word),), 3.0, False, "foreign", ()))
        return found

    def _special(self, word: str) -> list[_Reading]:
        """Readings of what is not a Kazakh word: punctuation, numbers, tokens with a space, words of other alphabets; else none."""
        letters = LETTERS.search(word)
        digits = DIGITS.search(word)
        if not letters and not digits:
            return [*self.dictionary_readings(word), _plain(word)]
        if " " in word:
            return self._phrase(word)
        if digits or NUMBER.match(word):
            found = self._number(word)
            if found:
                return found
            if not letters:
                return [_Reading(word, "NUM", "NumType=Card", ((word, "NUM", word),), 0.0, True, "number", ())]
        if quoted := QUOTED.match(word):
            found = self._suffixed(word, quoted[1], word[: quoted.start(2)], quoted[2].lower(), "PROPN")
            if found:
                return found
        if INITIAL.match(word):
            return [_Reading(word, upos, feats, ((word, upos, word),), w, True, "abbreviation", ()) for upos, feats, w in INITIALS]
        if not CYRILLIC.search(word):
            upos, feats = ("X", "") if word.islower() else ("PROPN", "Case=Nom")
            return [_Reading(word, upos, feats, ((word, "FOREIGN", word),), 0.0, False, "foreign", ())]
        return []

    def dictionary_readings(self, word: str) -> list[_Reading]:
        """Readings of a word as a stem of the dictionary with suffixes; none if it has none."""
        low = word.lower()
        title = word[:1].isupper()
        stems, reduced = self.lexicon.stems, self.lexicon.reduced
        found: list[_Reading] = []
        for cut in range(1, len(low) + 1):
            head, rest = low[:cut], low[cut:]
            entries = stems.get(head)
            first = rest[:1]
            changing = bool(first) and first in CHANGING
            if entries is not None:
                self._inflect(
                    found, word, head, head, entries, rest, fused=False, vowel=changing and first in VOWEL_LETTERS, title=title
                )
            if not changing:
                continue
            for stem, letters in detach(head, rest)[1:]:
                entries = stems.get(stem)
                if entries is not None:
                    self._inflect(found, word, stem, head, entries, letters, fused=True, vowel=True, title=title)
            for stem in reduced.get(head, ()):
                entries = stems.get(stem)
                if entries is not None:
                    self._inflect(found, word, stem, head, entries, rest, fused=True, vowel=True, title=title)
        return found

    def _inflect(
        self,
        found: list[_Reading],
        word: str,
        stem: str,
        head: str,
        entries: Iterable[Entry],
        letters: str,
        *,
        fused: bool,
        vowel: bool,
        title: bool,
    ) -> None:
        """Adds the readings of a stem with these suffix letters to `found`."""
        penalty = 0.0
        if not fused and letters:
            last = stem[-1]
            if vowel and last in VOICING:
                penalty = 0.0 if stem.endswith(UNVOICING_ENDS) else 2.0
            elif last in "ыі" and letters[0] in "уй":
                return
        for entry in entries:
            state = entry.state
            if state == "WORD":
                if not letters:
                    morphemes = ((word, entry.upos, entry.lemma),)
                    found.append(_Reading(entry.lemma, entry.upos, entry.feats, morphemes, entry.weight, True, "dictionary", ()))
                continue
            weight = entry.weight - penalty
            if entry.upos == "PROPN" and not title:
                weight -= 6.0
            if len(head) > 1 and entry.lemma.isupper() and not word[: len(head)].isupper():
                # АҚ is not in Ақтар
                continue
            if vowel and not fused and stem in self.lexicon.reductions:
                weight -= 1.5
            for context in contexts(stem):
                for tail in tails(state, context, letters):
                    found.append(_reading(word, entry, stem, head, tail, weight, True, "dictionary"))
                weight -= 0.5

    def _number(self, word: str) -> list[_Reading]:
        match = NUMBER.match(word)
        if match:
            forms = ("NumType=Card", "NumType=Ord", "NumType=Card,Ord")
            roman = word[0] in "IVXLCDM"
            order = (1.0, 2.0, 0.0) if roman else (2.0, 1.5, 0.3)
            return [_Reading(word, "NUM", f, ((word, "NUM", word),), w, True, "number", ()) for f, w in zip(forms, order, strict=True)]
        match = NUMBER_HEAD.match(word)
        if not match:
            return []
        head, rest = match.group(1), word[match.end() :]
        low = rest.lower()
        found: list[_Reading] = []
        for context in CASE_CONTEXTS:
            for tail in tails("NUM", context, low):
                if not tail.upos:
                    entry = Entry(head, "NUM", "", "NUM", 1.0, "own")
                    found.append(_reading(word, entry, head, head, tail, 2.0, True, "number"))
        if low in ("ші", "шы", "інші", "ыншы", "нші", "ншы"):
            found.append(_Reading(head, "NUM", "NumType=Ord", ((head, "NUM", head), (rest, "ORD", "(I)ншI")), 4.0, True, "number", ()))
        if len(low) > 2 and match.group(2):
            for reading in self.dictionary_readings(rest) or self._guess(rest):
                if reading.upos in ("NOUN", "ADJ", "VERB", "ADV"):
                    lemma = f"{head}-{reading.lemma}"
                    found.append(
                        reading._replace(
                            lemma=lemma,
                            unit="hyphen",
                            weight=reading.weight - 2,
                            morphemes=((head + "-", "NUM", head), *reading.morphemes),
                        )
                    )
        return found

    def _hyphen(self, word: str, known: bool) -> list[_Reading]:
        first, _, last = word.rpartition("-")
        found: list[_Reading] = []
        low = last.lower()
        if low in ("ау", "ақ", "ай", "мыс", "міс", "шы", "ші", "ды", "ді", "ты", "ті"):
            tag = {"ау": ("ау", "PART", ""), "ақ": ("-ақ", "ADV", ""), "шы": ("шы", "PART", ""), "ші": ("шы", "PART", "")}.get(
                low, (low, "PART", "")
            )
            for reading in self._readings(first):
                clitic = Word(("-" + last) if low == "ақ" else last, *tag)
                words = reading.words or (Word(first, reading.lemma, reading.upos, reading.feats),)
                morphemes = (*reading.morphemes, ("-" + last, "CLITIC", tag[0]))
                found.append(reading._replace(words=(*words, clitic), unit="hyphen", morphemes=morphemes, weight=reading.weight - 2.0))
            if low in ("ау", "ақ"):
                return found
        # an abbreviation or a name with a suffix after the hyphen: АҚШ-тың, IT-дің
        upper = first.isupper() or not CYRILLIC.search(first)
        if upper or any(e.upos == "PROPN" for e in self.lexicon.stems.get(first.lower(), ())):
            found += self._suffixed(word, first, first + "-", low, "PROPN")
            if found and upper:
                return found
        elif first.islower() and len(first) < 4 and CONSONANTS.issuperset(first):
            # a unit of measurement: км-ге
            found += self._suffixed(word, first, first + "-", low, "NOUN")
            if found:
                return found
        if known:
            return found
        if first.lower() == low and self.lexicon.stems.get(low):
            morphemes = ((first + "-", "REDUPLICATION", low), (last, "ADV", low))
            found.append(_Reading(word.lower(), "ADV", "", morphemes, 1.5, True, "hyphen", ()))
        heads = self.dictionary_readings(first) if first else []
        for reading in self.dictionary_readings(last) or (self._guess(last) if not found else []):
            if reading.words or reading.upos in ("PUNCT", "AUX", "ADP", "PART", "CCONJ", "SCONJ"):
                continue
            head = first if reading.upos == "PROPN" else first.lower()
            upos = reading.upos
            both = bool(heads) and reading.known
            weight = reading.weight - 1.0 + (1.0 if any(h.upos == upos for h in heads) else 0.0)
            morphemes = ((first + "-", "COMPOUND", head), *reading.morphemes)
            found.append(
                reading._replace(lemma=f"{head}-{reading.lemma}", morphemes=morphemes, weight=weight, known=both, unit="hyphen")
            )
        return found

    def _suffixed(self, word: str, stem: str, head: str, letters: str, upos: str) -> list[_Reading]:
        """Readings of a stem whose sound is not written, with suffixes set off by a mark."""
        entry = Entry(stem, upos, "", "NOUN", 3.0, "own")
        return [
            _reading(word, entry, stem, head, tail, 3.0, True, "abbreviation")
            for context in CASE_CONTEXTS
            for tail in tails("NOUN", context, letters)
            if not tail.upos
        ]

    def _name(self, word: str, known: list[_Reading]) -> list[_Reading]:
        found: list[_Reading] = []
        base = -1.0 if known else 1.0
        have = any(r.upos == "PROPN" for r in known)
        if have:
            return found
        upper = word.isupper()
        low = word.lower()
        for reading in known:
            if reading.upos == "NOUN" and not reading.words and reading.known:
                lemma = reading.lemma.upper() if upper and len(reading.lemma) < 6 else reading.lemma[:1].upper() + reading.lemma[1:]
                found.append(reading._replace(lemma=lemma, upos="PROPN", weight=reading.weight - 4.0, known=True, unit="name"))
        for ending, gender in SURNAMES:
            # Назар -> Назарұлы, Назарова: the name inside is what the dictionary knows
            at = low.rfind(ending)
            if at > 2 and any(e.upos == "PROPN" for e in self.lexicon.stems.get(low[:at], ())):
                stem, feats, rest = word[: at + len(ending)], f"Gender={gender}", low[at + len(ending) :]
                entry = Entry(name_lemma(stem), "PROPN", feats, "NOUN", 2.0, "own")
                for tail in tails("NOUN", contexts(stem)[0], rest):
                    if not tail.upos and not tail.word:
                        found.append(_reading(word, entry, stem, stem, tail, 2.0, True, "name"))
                if found:
                    return found
        gender = surname_gender(word)
        if not any(r.lemma == word for r in found):
            found.append(
                _Reading(
                    name_lemma(word),
                    "PROPN",
                    merge_feats(gender, (("Case", "Nom"),)),
                    ((word, "PROPN", word),),
                    base,
                    False,
                    "name",
                    (),
                )
            )
        if not known:
            found += self._guess_stems(word, "PROPN", "NOUN", 0.5)
        return found

    def _misspelled(self, word: str) -> list[_Reading]:
        """Known stems with suffixes of the wrong row or after the wrong sound: `көрінмеді` (-бе-), `шешпедың` (-ің)."""
        low = word.lower()
        found: list[_Reading] = []
        for cut in range(3, len(low) - 1):
            head, rest = low[:cut], low[cut:]
            for entry in self.lexicon.stems.get(head, ()):
                if entry.state not in ("NOUN", "V", "ADJ") or entry.upos == "PROPN":
                    continue
                row = contexts(head)[0][0]
                letters = rest.translate(TO_BACK if row == BACK else TO_FRONT)
                for end in dict.fromkeys((contexts(head)[0][1], "V", "R", "M", "T")):
                    for tail in tails(entry.state, row + end, letters):
                        if not tail.upos and not tail.word:
                            found.append(_reading(word, entry, head, head, tail, entry.weight - 4.0, True, "spelling"))
        return found

    def _guess(self, word: str) -> list[_Reading]:
        low = word.lower()
        # an unknown word with a capital is a name unless it begins a sentence
        base = -3.0 if word[:1].isupper() and not word.isupper() else 0.0
        found = [_Reading(low, "NOUN", "Case=Nom", ((word, "NOUN", low),), base - 1.0, False, "guess", ())]
        found += self._guess_stems(low, "NOUN", "NOUN", base)
        found += self._guess_stems(low, "VERB", "V", base - 0.5)
        found.append(_Reading(low, "ADJ", "", ((word, "ADJ", low),), base - 2.0, False, "guess", ()))
        return found

    def _guess_stems(self, word: str, upos: str, state: str, weight: float) -> list[_Reading]:
        found: list[_Reading] = []
        low = word.lower()
        upper = word.isupper()
        for cut in range(2, len(low)):
            head, rest = low[:cut], low[cut:]
            if not any(ch in "аәеёиоөуұүыіэюя" for ch in head):
                continue
            for i, (stem, letters) in enumerate(detach(head, rest)):
                if i == 0 and letters[0] in VOWEL_LETTERS and stem[-1] in VOICING:
                    continue
                if i == 0 and stem[-1] in "ыі" and letters[0] in "уй":
                    continue
                shown = stem if upos != "PROPN" else (stem.upper() if upper else word[:1] + stem[1:])
                for context in contexts(stem)[:1]:
                    for tail in tails(state, context, letters):
                        if tail.upos or tail.word:
                            continue
                        short = 1.5 if len(stem) < 3 else 0.0
                        added = 0.7 if i > 0 and stem[-1] in "ыі" else 0.0
                        if letters[0] in VOWEL_LETTERS:
                            # native stems end in voiceless stops, and few in two consonants
                            added += 1.5 if stem[-1] in "ғг" else 0.7 if stem[-1] in "лдт" and stem[-2] not in VOWELS else 0.0
                        gain = 0.35 * len(letters) - 0.3 * len(tail.morphemes) - short - added
                        inherent = surname_gender(shown) if upos == "PROPN" else ""
                        entry = Entry(name_lemma(shown) if inherent else shown, upos, inherent, state, 0.0, "guess")
                        found.append(_reading(word, entry, stem, head, tail, weight + gain, False, "guess"))
        found.sort(key=lambda r: -r.weight)
        return found[:12]

    def _phrase(self, word: str) -> list[_Reading]:
        """Readings of a token with a space: an analytic verb form, or a compound whose last word is inflected."""
        first, _, last = word.rpartition(" ")
        found: list[_Reading] = []
        for second in self._readings(last):
            person = [f for f in second.feats.split("|") if f.startswith(("Number=", "Person=", "Polite="))]
            negative = last.lower() == "жоқ" or (second.lemma == "е" and "Polarity=Neg" in second.feats)
            evident = second.lemma == "е" and "Evident=Fh" in second.feats
            progressive = second.lemma in POSTURES and "Mood=Ind" in second.feats
            if not (negative or evident or progressive) or "VerbForm=Ger" in second.feats:
                continue
            for head in self._readings(first):
                if head.upos not in ("VERB", "AUX") or head.words:
                    continue
                if progressive:
                    # барып жүр, and with жату also бара жатыр
                    aspect = ("Aspect=Perf", "Aspect=Imp") if second.lemma == "жат" else ("Aspect=Perf",)
                    if "VerbForm=Conv" not in head.feats or not head.feats.startswith(aspect):
                        continue
                    feats = merge_feats(second.feats, (("Aspect", "Prog"),))
                elif "Mood=Ind" in head.feats and "Person=3" in head.feats and "Number=Sing" in head.feats:
                    changes = [("Polarity", "Neg")] if negative else [("Evident", "Fh")]
                    changes += [(name, value) for name, _, value in (f.partition("=") for f in person)]
                    feats = merge_feats(head.feats, tuple(changes))
                else:
                    continue
                weight = head.weight + second.weight
                found.append(head._replace(feats=feats, unit="phrase", weight=weight, morphemes=(*head.morphemes, *second.morphemes)))
        if not found or not any(r.known for r in found):
            found += [r._replace(lemma=f"{first.lower()} {r.lemma}", unit="phrase", weight=r.weight - 6) for r in self._readings(last)]
        return found

    def generate(self, lemma: str, upos: str, feats: str) -> list[str]:
        """Forms of a lemma with these features, the usual one first; empty where the paradigm has none.

        >>> MorphAnalyzer().generate("кітап", "NOUN", "Case=Nom|Number[psor]=Plur,Sing|Person[psor]=3")
        ['кітабы']
        """
        stems = [(stem, entry) for stem, entry in self.lexicon.of_lemma(lemma) if entry.upos == upos]
        if not stems:
            state = START_STATES.get(upos)
            if state is None:
                return []
            stems = [(lemma, Entry(lemma, upos, surname_gender(lemma) if upos == "PROPN" else "", state, 0.0, "guess"))]
        forms: dict[str, float] = {}
        for stem, entry in stems:
            for form, found, cost in self._forms(stem, entry):
                if found == feats and cost < forms.get(form, math.inf):
                    forms[form] = cost
        return _usual(forms)

    def paradigm(self, lemma: str, upos: str | None = None) -> list[tuple[str, str, str]]:
        """All forms of a lemma, as (form, UPOS, features); of each part of speech that the dictionary knows it as.

        >>> ("балаға", "NOUN", "Case=Dat") in MorphAnalyzer().paradigm("бала")
        True
        """
        cells: dict[tuple[str, str], dict[str, float]] = {}
        for stem, entry in self.lexicon.of_lemma(lemma):
            if upos in (None, entry.upos) and entry.upos != "X":
                for form, feats, cost in self._forms(stem, entry):
                    forms = cells.setdefault((entry.upos, feats), {})
                    forms[form] = min(cost, forms.get(form, math.inf))
        return [(form, found, feats) for (found, feats), forms in cells.items() for form in _usual(forms)]

    def _forms(self, stem: str, entry: Entry) -> list[tuple[str, str, float]]:
        """Forms of one reading of a stem: form, features, cost."""
        reduced = self.lexicon.reductions.get(stem, "")
        verb = entry.upos in ("VERB", "AUX")
        own = 0.0 if stem.lower() == entry.lemma.lower() else 0.5
        forms = list(_inflections(stem, entry.state, entry.feats, verb, reduced))
        if verb:
            # the passive of a stem with л in its last syllable is -н: белгіленді, алынды
            clumsy = tuple(
                stem + letters for letters in (("л",) if stem.endswith(("ла", "ле")) else ("ыл", "іл") if stem.endswith("л") else ())
            )
            forms = [(form, feats, cost + (clumsy != () and form.startswith(clumsy))) for form, feats, cost in forms]
        if stem in self.lexicon.keeps_vowel:
            forms = [(form, feats, cost + 0.5) for form, feats, cost in forms]
            forms += _inflections(stem, entry.state, entry.feats, verb, "")
        return [(form, feats, cost + own) for form, feats, cost in forms]


def _usual(forms: Mapping[str, float]) -> list[str]:
    """The forms of one cell of a paradigm by cost, without those that are read only."""
    best = min(forms.values(), default=0.0)
    return sorted((form for form in forms if forms[form] < max(NONSTANDARD, best + 1)), key=lambda form: (forms[form], form))


def _plain(word: str) -> _Reading:
    upos = "SYM" if word and all(ch in SYMBOLS or unicodedata.category(ch) in PICTURES for ch in word) else "PUNCT"
    return _Reading(word, upos, "", ((word, upos, word),), 0.0, True, "punctuation", ())


def _reading(word: str, entry: Entry, stem: str, head: str, tail: Tail, weight: float, known: bool, unit: str) -> _Reading:
    verb = entry.upos in ("VERB", "AUX")
    upos = tail.upos or entry.upos
    lemma = entry.lemma
    if tail.lemma:
        # қорқушы, not қорығушы: the stem has lost its vowel in this word, so it has in the lemma
        reduced = head if len(head) + 1 == len(stem) and head[-1:] == stem[-1:] and stem[-2] in "ыі" else ""
        lemma = attach(lemma, tail.lemma, verb=verb, reduced=reduced)
    if tail.upos and entry.upos == "PROPN":
        lemma = lemma.lower()
    feats = merge_feats("" if tail.upos else entry.feats, tail.feats)
    morphemes = ((word[: len(head)], entry.upos, entry.lemma), *tail.morphemes)
    words: tuple[Word, ...] = ()
    if tail.word:
        form, own, word_upos, word_feats = tail.word.split("/", 3)
        words = (Word(word[: len(word) - len(form)], lemma, upos, feats), Word(form, own, word_upos, word_feats))
    return _Reading(lemma, upos, feats, morphemes, weight - tail.cost, known, unit, words)


@lru_cache(maxsize=2048)
def _inflections(lemma: str, state: str, inherent: str, verb: bool, reduced: str) -> tuple[tuple[str, str, float], ...]:
    context = contexts(lemma)[0]
    return tuple(
        (attach(lemma, letters, verb=verb, reduced=reduced), merge_feats(inherent, feats), cost)
        for letters, feats, cost in _chains(state, context)
    )


@lru_cache(maxsize=4096)
def _chains(state: str, context: str) -> tuple[tuple[str, tuple[tuple[str, str], ...], float], ...]:
    """All inflectional suffix chains from a state on: letters, features, cost."""
    if state == "WORD":
        return (("", (), 0.0),)
    found: list[tuple[str, tuple[tuple[str, str], ...], float]] = []
    for arc in arcs()[state]:
        if (
            arc.upos
            or arc.next in LOOPS
            or not (arc.after == "*" or (context[1] != "V" if arc.after == "C" else context[1] in arc.after))
        ):
            continue
        letters = realize(arc.form, context)
        if arc.next == "END":
            found.append((letters, arc.feats, arc.cost))
        else:
            for more, feats, cost in _chains(arc.next, follow(context, letters)):
                joined = attach(letters, more) if letters else more
                found.append((joined, arc.feats + feats, arc.cost + cost))
    return tuple(found)
