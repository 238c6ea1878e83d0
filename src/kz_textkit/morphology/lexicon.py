"""The dictionary: which lemmas there are, of which part of speech, how frequent, and from which source each is known.

Files of `data/` that are read: the closed classes and pronouns (own tables), and `data/lexicon/*.tsv`, one file a source, so that
licences stay apart (NOTICE) and a source can be left out. `python tools/morphology/compile_lexicon.py` builds the latter.
Each line of a lexicon file: lemma, UPOS, flags (comma-separated, see `FLAGS`), count.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from functools import lru_cache
from importlib.resources import files
from zlib import crc32

from kz_textkit.morphology.morphotactics import read_table
from kz_textkit.morphology.stems import Entry, Stems, read_packed

__all__ = [
    "FLAGS",
    "SOURCES",
    "START_STATES",
    "SURNAMES",
    "Entry",
    "Lexicon",
    "digest_of_tables",
    "load",
    "name_lemma",
    "surname_gender",
    "worked_out",
]

SOURCES = ("own", "hunspell", "kaznlp", "ktb", "apertium", "unimorph", "unilex", "kaznerd")

TABLES = ("pronouns.tsv", "closed.tsv", "russian.txt", "not_surnames.tsv")
"""What stems come from beside the files of the sources."""

FLAGS = {
    "fem": "Gender=Fem",
    "masc": "Gender=Masc",
}

EPENTHESIS = ("кт", "нк", "пт", "ск", "лк", "рк", "нг")
"""Ends of loans that take -і before suffixes that begin with a consonant: факт, фактіні; банк, банкіде."""

RELATIONAL = ("лық", "лік", "дық", "дік", "тық", "тік")
"""Ends of nouns that are adjectives as well: қалалық, тілдік."""

LEARNED = ("ия", "ика", "ара", "ис", "из", "логия", "мет", "фил")
"""Stems before these that make adjectives rather than nouns: партиялық, тарихаралық, классицистік."""

POSSESSED = ("басы", "асты", "үсті", "тегі", "іші")
"""Ends of compounds that are possessives already, and go on as such: отбасында, жерастынан, оттегінің."""

POSSESSED_LENGTH = 6

START_STATES = {
    "NOUN": "NOUN",
    "PROPN": "NOUN",
    "ADJ": "ADJ",
    "ADV": "ADV",
    "VERB": "V",
    "AUX": "V",
    "NUM": "NUM",
    "ADP": "ADP",
    "PRON": "CASE",
}


SURNAMES = (
    ("ова", "Fem"),
    ("ева", "Fem"),
    ("ина", "Fem"),
    ("қызы", "Fem"),
    ("вна", "Fem"),
    ("ов", "Masc"),
    ("ев", "Masc"),
    ("ин", "Masc"),
    ("ұлы", "Masc"),
    ("вич", "Masc"),
)
"""Ends of surnames and patronymics that tell gender."""


FEMALE_SURNAMES = ("ова", "ева", "ина")


@lru_cache(maxsize=1)
def not_surnames() -> frozenset[str]:
    """Names, in small letters, that end as surnames do and are none (`data/not_surnames.tsv`)."""
    return frozenset(name for (name,) in read_table("not_surnames.tsv"))


def surname_gender(name: str) -> str:
    """Gender that the end of a surname or patronymic tells, as a UD feature, or nothing.

    >>> surname_gender("Әуезов"), surname_gender("Абайқызы"), surname_gender("Абай"), surname_gender("Украина")
    ('Gender=Masc', 'Gender=Fem', '', '')
    """
    if name.lower() in not_surnames():
        return ""
    for end, gender in SURNAMES:
        if name.endswith(end) and len(name) > len(end) + 2:
            return f"Gender={gender}"
    return ""


def name_lemma(name: str) -> str:
    """Lemma of a name: a woman's surname is a form of the man's, as in the treebank.

    >>> name_lemma("Сәтбаева"), name_lemma("Айгүл"), name_lemma("Аргентина")
    ('Сәтбаев', 'Айгүл', 'Аргентина')
    """
    return name[:-1] if name.endswith(FEMALE_SURNAMES) and len(name) > 5 and name.lower() not in not_surnames() else name


class Lexicon:
    """Stems by their letters in lower case."""

    def __init__(self) -> None:
        self.stems = Stems()
        self.reduced: dict[str, tuple[str, ...]] = {}
        """Stems without their narrow vowel, and what they stand for: `орн` -> `орын`."""
        self.reductions: dict[str, str] = {}
        """The same from the full stem."""
        self.keeps_vowel: set[str] = set()
        """Stems of these that may also keep the vowel: `ауылы` beside `аулы`."""
        self._lemmas: dict[str, list[tuple[str, Entry]]] = {}

    def add(self, stem: str, entry: Entry) -> None:
        """Adds one reading of a stem; of two that differ in weight and source alone the heavier stays."""
        key = stem.lower()
        found = self.stems.get(key)
        if found is None:
            self.stems[key] = (entry,)
            return
        for i, other in enumerate(found):
            if other[:4] == entry[:4]:
                if entry.weight > other.weight:
                    self.stems[key] = (*found[:i], entry, *found[i + 1 :])
                return
        self.stems[key] = (*found, entry)

    def of_lemma(self, lemma: str) -> list[tuple[str, Entry]]:
        """Stems that a lemma is inflected from, with their readings; the stem has the lemma's capitals where it has its letters.

        Stems that are the lemma cut short stand before some suffixes only, and are left out.
        """
        if not self._lemmas:
            for stem, entry in self.entries():
                low = entry.lemma.lower()
                if stem == low:
                    self._lemmas.setdefault(entry.lemma, []).append((entry.lemma, entry))
                elif not low.startswith(stem):
                    self._lemmas.setdefault(entry.lemma, []).append((stem, entry))
        return self._lemmas.get(lemma, [])

    def __contains__(self, stem: str) -> bool:
        return stem in self.stems

    def entries(self) -> Iterator[tuple[str, Entry]]:
        """All (stem in lower case, reading)."""
        return ((stem, entry) for stem, found in self.stems.items() for entry in found)


def _add_pronouns(lexicon: Lexicon) -> None:
    cases = ("Nom", "Gen", "Dat", "Acc", "Loc", "Abl", "Ins")
    for lemma, feats, *columns in read_table("pronouns.tsv"):
        for case, forms in zip((*cases, ""), columns, strict=False):
            for rank, form in enumerate(forms.split()):
                own = feats.split("|") + ([f"Case={case}"] if case else [])
                if case == "Nom" and form == lemma:
                    own = [*feats.split("|"), "Case=Nom"]
                state = {"Gen": "GEN", "Loc": "LOC", "Nom": "NOM"}.get(case, "WORD")
                text = "|".join(sorted(own, key=str.lower))
                weight = math.log(400 / (rank + 1) if case == "Nom" else 200 / (rank + 1))
                lexicon.add(form, Entry(lemma, "PRON", text, state, weight, "own"))
                if case == "Gen":
                    # менің -> менікі, оның -> онікі
                    for stem in (form[:-1], form[:-2] + "і"):
                        lexicon.add(stem, Entry(lemma, "PRON", text, "PRONKI", weight - 2.0, "own"))


def _add_russian(lexicon: Lexicon) -> None:
    """Adds frequent Russian words as foreign ones, but for those that are Kazakh stems too."""
    text = files("kz_textkit.morphology").joinpath("data").joinpath("russian.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        for word in line.split():
            if word not in lexicon.stems:
                lexicon.add(word, Entry(word, "X", "Foreign=Yes", "WORD", 3.0, "own"))


VOICE_ENDS = (("с", "Voice=Rcp", 0.3), ("л", "Voice=Pass", 0.3), ("н", "Voice=Pass", -0.7))


def _add_voices(lexicon: Lexicon) -> None:
    """Reads verbs that end in a voice suffix as that voice of the shorter verb too, as the treebank does: қатыс = қат + -ыс."""
    verbs = [(stem, e) for stem, found in lexicon.stems.items() for e in found if e[1] == "VERB" and e[3] == "V"]
    stems = {stem for stem, _ in verbs}
    for stem, entry in verbs:
        for end, feats, gain in VOICE_ENDS:
            if not stem.endswith(end) or len(stem) < 4:
                continue
            narrow = stem[-2] in "ыі"
            base = stem[:-2] if narrow else stem[:-1]
            whole = stem[:-1]
            for shorter in dict.fromkeys((whole, base)):
                if shorter in stems and len(shorter) > 1 and (shorter == whole or shorter[-1] not in "аеыі"):
                    if shorter == whole and shorter[-1] not in "аеыі":
                        continue
                    lexicon.add(stem, Entry(shorter, "VERB", feats, "VFLAT", entry.weight + gain, entry.source))


def _drop_attributives(lexicon: Lexicon) -> None:
    """Leaves out adjectives that are an adverb with -ғы: the treebank reads қазіргі as қазір + -гі."""
    endings = ("ғы", "гі", "қы", "кі")
    for stem, found in [(stem, found) for stem, found in lexicon.stems.items() if stem.endswith(endings)]:
        if any(e.upos == "ADJ" for e in found):
            base = lexicon.stems.get(stem[:-2], ())
            if any(e.state in ("ADV", "ADP") and e.source == "own" for e in base):
                lexicon.stems[stem] = tuple(e for e in found if e.upos != "ADJ")


@lru_cache(maxsize=4096)
def _weight(count: str) -> float:
    return math.log(float(count))


_DOUBLED = tuple(letter * 2 for letter in "смнлтфкр")


TELL_GENDER = ("own", "ktb", "apertium")
"""Sources that say which names are given names."""


def _given_gender(entries: Collection[Entry]) -> str:
    """Gender of what has been met as a given name and as no other name: most sources don't say it."""
    own = {e.feats for e in entries if e.upos == "PROPN" and e.source in TELL_GENDER}
    return own.pop() if len(own) == 1 else ""


def _add_source(lexicon: Lexicon, source: str, text: str, featured: Collection[tuple[str, str]]) -> None:
    """Adds the words of a file of the dictionary, but for those of closed classes that `featured` has with features."""
    stems, add = lexicon.stems, lexicon.add
    for line in text.splitlines():
        if line[0] == "#":
            continue
        lemma, upos, flags, count = line.split("\t")
        key = lemma.lower()
        if (key, upos) in featured:
            continue
        feats = FLAGS[flags] if flags else surname_gender(lemma) if upos == "PROPN" else ""
        if upos == "PROPN" and not feats and key in stems:
            feats = _given_gender(stems[key])
        if feats == "Gender=Fem":
            lemma = name_lemma(lemma)
        weight = _weight(count)
        entry = Entry(lemma, upos, feats, START_STATES.get(upos, "WORD"), weight, source)
        if key in stems:
            add(key, entry)
        else:
            stems[key] = (entry,)
        if upos == "ADJ":
            # adjectives stand before verbs as they are: жақсы оқиды
            add(key, Entry(lemma, "ADV", "", "WORD", weight - 2.0, source))
        elif upos == "NOUN" or upos == "PROPN":
            if (
                len(key) > 7
                and key.endswith(RELATIONAL)
                and upos == "NOUN"
                and not any(e.upos == "ADJ" for e in stems.get(key[:-3], ()))
            ):
                gain = 0.7 if key[:-3].endswith(LEARNED) else -1.0
                add(key, Entry(lemma, "ADJ", "", "ADJ", weight + gain, source))
            if upos == "NOUN" and len(key) >= POSSESSED_LENGTH and key.endswith(POSSESSED):
                add(key, Entry(lemma, "NOUN", "Number[psor]=Plur,Sing|Person[psor]=3", "P3", weight, source))
            if key.endswith(EPENTHESIS) and len(key) > 2:
                add(key + "і", entry._replace(weight=weight - 0.5))
            elif len(key) > 3 and key.endswith((*_DOUBLED, "зд", "ист")):
                add(key[:-1], entry._replace(weight=weight - 1.0))


def load(without: Collection[str] = ()) -> Lexicon:
    """The dictionary from the files of the package, sources named in `without` left out.

    >>> load().stems["кітап"][0].lemma
    'кітап'
    """
    lexicon = Lexicon()
    _add_vowel_loss(lexicon)
    packed = None if without else read_packed(_packed_files(), digest_of_tables())
    if packed is None:
        _add_stems(lexicon, without)
    else:
        lexicon.stems = Stems(packed)
    return lexicon


def worked_out(without: Collection[str] = ()) -> Lexicon:
    """The dictionary as the tables say it, whether it is packed or not."""
    lexicon = Lexicon()
    _add_vowel_loss(lexicon)
    _add_stems(lexicon, without)
    return lexicon


def digest_of_tables() -> str:
    """Tells one state of the tables from another."""
    folder = files("kz_textkit.morphology").joinpath("data")
    paths = [folder.joinpath(name) for name in TABLES] + [folder.joinpath("lexicon").joinpath(f"{source}.tsv") for source in SOURCES]
    return f"{crc32(b''.join(path.read_bytes() for path in paths if path.is_file())):08x}"


def _packed_files() -> Iterator[str]:
    folder = files("kz_textkit.morphology").joinpath("data").joinpath("lexicon")
    for source in SOURCES:
        path = folder.joinpath(f"{source}.packed")
        yield path.read_text(encoding="utf-8") if path.is_file() else ""


def _add_vowel_loss(lexicon: Lexicon) -> None:
    for full, short, *keeps in read_table("vowel_loss.tsv"):
        if keeps:
            lexicon.keeps_vowel.add(full)
        lexicon.reduced[short] = (*lexicon.reduced.get(short, ()), full)
        lexicon.reductions[full] = short


def _add_stems(lexicon: Lexicon, without: Collection[str]) -> None:
    _add_pronouns(lexicon)
    featured: set[tuple[str, str]] = set()
    for form, lemma, upos, feats, state, weight in read_table("closed.tsv"):
        if feats:
            featured.add((form, upos))
        lexicon.add(form, Entry(lemma, upos, feats, state, math.log(float(weight)), "own"))
    folder = files("kz_textkit.morphology").joinpath("data").joinpath("lexicon")
    for source in SOURCES:
        path = folder.joinpath(f"{source}.tsv")
        if source in without or not path.is_file():
            continue
        _add_source(lexicon, source, path.read_text(encoding="utf-8"), featured)
    _add_russian(lexicon)
    _add_voices(lexicon)
    _drop_attributives(lexicon)
