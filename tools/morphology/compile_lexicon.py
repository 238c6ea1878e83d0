"""Compiles the dictionary files of `data/lexicon/` from the data sets beside the repository.

    python tools/morphology/compile_lexicon.py ../shared/data

One file a source, so that licences stay apart: `hunspell.tsv` (MPL 1.1), `kaznlp.tsv`, `ktb.tsv`, `apertium.tsv` (CC BY-SA 4.0),
`unimorph.tsv` (CC BY-SA 3.0), `kaznerd.tsv` (CC BY 4.0), `unilex.tsv` (Unicode licence). Each line: lemma, UPOS, flags, count.

The spelling dictionary mixes stems with inflected forms and gives all nominals one class. It is read by growing length, with the
analyser that the shorter stems make: an entry that is an inflected form of a known stem is dropped, unless some word of the
vocabulary can only be read as that entry with a suffix.
"""

from __future__ import annotations

import math
import sys
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from apertium_tags import article_stems, read_articles
from kz_textkit.morphology.analyzer import MorphAnalyzer
from kz_textkit.morphology.lexicon import START_STATES, Entry, Lexicon, surname_gender
from kz_textkit.morphology.morphotactics import read_table
from kz_textkit.morphology.phonology import VOWELS, contexts, detach
from paths import MORPHOLOGY

Row = tuple[str, str, str, int]
TARGET = MORPHOLOGY / "lexicon"
KAZAKH = frozenset("аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя-")
LATIN_LOOKALIKES = str.maketrans("aceiopxyhABCEHIKMOPTXY", "асеіорхуһАВСЕНІКМОРТХУ")
EXCLUDED = {(lemma, upos) for lemma, upos in read_table("excluded.tsv")}
SHORT = {(stem, upos) for stem, upos in read_table("short_stems.tsv")}
UNVOICED = {"б": "п", "г": "к", "ғ": "қ"}
FINAL_CLUSTERS = ("лт", "нт", "рт", "йт", "ст", "лк", "рк", "рс", "рш")
"""Two consonants that a verb stem may end in."""
AMBIGUOUS_ENDS = frozenset({"NEG", "INTENT"})
"""Suffixes of verbs that are also ends of nouns: баяндама, қалмақ."""
PLURALS = ("лар", "лер", "дар", "дер", "тар", "тер")
UNLIKELY_ENDS = (
    "дың",
    "дің",
    "тың",
    "тің",
    "ның",
    "нің",
    "ындағы",
    "індегі",
    "ларға",
    "лерге",
    "ларды",
    "лерді",
    "ларын",
    "лерін",
    "еміз",
    "амыз",
)
"""Ends of entries that are inflected forms even where their stem is unknown."""
FEMALE_ENDS = ("а", "я", "гүл", "сұлу", "қызы")
"""Ends of female names; other names of persons are taken for male ones."""
CASE_TAGS = frozenset({"GEN", "DAT", "ACC", "LOC", "ABL", "INS"})
RUSSIAN_ENDS = ("ый", "ий", "ая", "ое", "ого", "ые", "ных", "ой", "ть", "ских", "ский", "ская", "ское", "ние")
WEIGHT_UNIT = 17
"""Tokens of the news counts that weigh as one of the annotated corpus: 594,000 to 35,000."""
KAZNLP_TAGS = {"ZE": "NOUN", "ZEQ": "PROPN", "ET": "VERB", "SE": "ADJ", "US": "ADV", "SN": "NUM", "ELK": "ADV", "OS": "INTJ"}
OPEN = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV"})
ADJECTIVE_ENDS = (
    "лы",
    "лі",
    "ды",
    "ді",
    "ты",
    "ті",
    "сыз",
    "сіз",
    "шыл",
    "шіл",
    "дай",
    "дей",
    "тай",
    "тей",
    "улы",
    "улі",
    "қыш",
    "ғыш",
    "кіш",
    "гіш",
)
PARTICIPLES = ("ған", "ген", "қан", "кен", "тын", "тін")
ATTRIBUTIVE_ENDS = ("ғы", "гі", "қы", "кі")
ADVERB_ENDS = ("ша", "ше", "лай", "лей", "дай-ақ")


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8-sig") as stream:
        yield from (line.rstrip("\r\n") for line in stream)


def kazakh_word(word: str) -> bool:
    """Whether a word is written with letters of the Kazakh alphabet and hyphens only."""
    return bool(word) and set(word.lower()) <= KAZAKH and word[0] not in "-ьъ" and word[-1] != "-"


def full_stem(stem: str, suffix: str, lexicon: Lexicon) -> str:
    """The dictionary form of a stem that is given as it stands in the word before this suffix.

    >>> full_stem("агенттіг", "і", MorphAnalyzer().lexicon), full_stem("ауз", "ы", MorphAnalyzer().lexicon)
    ('агенттік', 'ауыз')
    """
    if suffix[:1] in "аеыіуияю" and suffix:
        if stem in lexicon.reduced:
            return lexicon.reduced[stem][0]
        if any(e.upos == "VERB" for e in lexicon.stems.get(stem, ())):
            return stem
        for other, _ in detach(stem, suffix)[1:]:
            if other in lexicon.stems or (stem[-1] in "гғ" and other[-1] in "кқ"):
                return other
    return stem


def read_kaznlp(folder: Path, lexicon: Lexicon) -> tuple[list[Row], Counter[str]]:
    """Stems and word forms of the KazNLP counts; `lexicon` restores stems that a suffix has changed."""
    stems: Counter[tuple[str, str]] = Counter()
    forms: Counter[str] = Counter()
    for line in _lines(folder / "lkps"):
        form, analysis, count = line.split("\t")
        forms[form] += int(count)
        stem, _, tag = analysis.split(" ")[0].partition("_R_")
        upos = KAZNLP_TAGS.get(tag.split("_")[0])
        if upos and upos in OPEN and kazakh_word(stem):
            parts = analysis.split(" ")
            full = full_stem(stem, parts[1].partition("_")[0] if len(parts) > 1 else "", lexicon)
            if len(stem) > 2 or (full, upos) in SHORT:
                stems[full, upos] += int(count)
    rows = [(stem.title() if upos == "PROPN" else stem, upos, "", count) for (stem, upos), count in stems.items()]
    return rows, forms


def read_ktb(path: Path) -> tuple[list[Row], Counter[str]]:
    """Lemmas and word forms of the treebank."""
    stems: Counter[tuple[str, str, str]] = Counter()
    forms: Counter[str] = Counter()
    for line in _lines(path):
        if not line or line.startswith("#"):
            continue
        number, form, lemma, upos, _, feats = line.split("\t")[:6]
        if not number.isdigit():
            continue
        forms[form.lower()] += 1
        if upos in OPEN and kazakh_word(lemma):
            flag = "fem" if "Gender=Fem" in feats else "masc" if "Gender=Masc" in feats else ""
            stems[lemma, upos, flag] += 1
    return [(lemma, upos, flag, count) for (lemma, upos, flag), count in stems.items()], forms


def read_unimorph(folder: Path) -> list[Row]:
    """Lemmas of the UniMorph tables."""
    nouns = {line.split("\t")[0] for line in _lines(folder / "kaz.noun.tsv") if line}
    kinds = {"N": "NOUN", "ADJ": "ADJ", "ADV": "ADV"}
    found: set[tuple[str, str]] = {(n, "NOUN") for n in nouns}
    for line in _lines(folder / "kaz.derivations"):
        parts = line.split("\t")
        if len(parts) < 3 or ":" not in parts[2]:
            continue
        before, after = parts[2].split(":")
        for word, kind in ((parts[0], before), (parts[1], after)):
            if kind in kinds and not (kind == "N" and word[:1].isupper()):
                found.add((word, kinds[kind]))
    return [(w, "PROPN" if w[:1].isupper() else upos, "", 2) for w, upos in sorted(found) if kazakh_word(w)]


def read_kaznerd(path: Path) -> tuple[list[Row], Counter[str]]:
    """Word forms of KazNERD, and names: capitalised words tagged as persons, places and organisations."""
    forms: Counter[str] = Counter()
    names: Counter[tuple[str, str]] = Counter()
    for line in _lines(path):
        form, _, tag = line.partition(" ")
        if not form:
            continue
        forms[form.lower()] += 1
        kind = tag[2:]
        if kind in ("PERSON", "GPE", "LOCATION") and form[:1].isupper() and kazakh_word(form):
            names[form, kind] += 1
    return [(form, kind, "", count) for (form, kind), count in names.items()], forms


def read_unilex(path: Path) -> Counter[str]:
    """Counts of forms, as written."""
    counts: Counter[str] = Counter()
    for line in _lines(path):
        form, _, count = line.partition("\t")
        if count.isdigit():
            counts[form] += int(count) // 1684
    return counts


def read_hunspell(path: Path) -> tuple[list[str], list[str], list[str]]:
    """Entries of the spelling dictionary: nominals, verbal nouns in -у, names."""
    nominals: list[str] = []
    verbs: list[str] = []
    names: list[str] = []
    for line in _lines(path):
        word, _, flags = line.partition("/")
        word = word.strip()
        if any("Ѐ" <= ch <= "ӿ" for ch in word):
            word = word.translate(LATIN_LOOKALIKES)
        if len(word) < 2 or not kazakh_word(word):
            continue
        (names if word[0].isupper() else verbs if flags.startswith("M") else nominals).append(word)
    return nominals, verbs, names


def verb_stem(gerund: str, vocabulary: Counter[str]) -> list[str]:
    """Stems that a verbal noun in -у may have, by which of their forms the vocabulary knows.

    >>> verb_stem("оқу", Counter(["оқыды", "оқып"])), verb_stem("бару", Counter(["барды"])), verb_stem("қою", Counter())
    (['оқы'], ['бар'], ['қой'])
    """
    base = gerund[:-1]
    if gerund.endswith("ю"):
        if base.endswith("и"):
            return [base]
        return [base + "й"]
    if base[-1:] in "аеәоөуи":
        return [base]
    row = contexts(base)[0][0]
    narrow = base + ("ы" if row == "b" else "і")
    plain = base[:-1] + UNVOICED.get(base[-1], base[-1])
    past, participle = ("ды", "ған") if row == "b" else ("ді", "ген")
    past_t, participle_k = ("ты", "қан") if row == "b" else ("ті", "кен")
    narrow_forms = [narrow + e for e in (past, participle, past + "м")] + [
        base + "и" + e for e in ("ды", "ді", "тын", "тін", "мын", "мін")
    ]
    plain_forms = [plain + e for e in (past, past_t, participle, participle_k, past_t + "м", past + "м")]
    plain_forms += [base + e for e in ("ады", "еді", "атын", "етін")]
    found = [stem for stem, forms in ((narrow, narrow_forms), (plain, plain_forms)) if any(vocabulary[form] for form in forms)]
    if found:
        return found
    simple = len(plain) < 2 or plain[-2] in VOWELS or plain[-2] in "йу" or plain[-2:] in FINAL_CLUSTERS or base[-1] in UNVOICED
    return [plain if simple else narrow]


def nominal_class(word: str, known: dict[str, tuple[Entry, ...]]) -> str:
    """Part of speech of a nominal of the spelling dictionary, by its derivation.

    >>> noun = Entry("бала", "NOUN", "", "NOUN", 0.0, "own")
    >>> nominal_class("балалы", {"бала": (noun,)}), nominal_class("балалық", {"бала": (noun,)})
    ('ADJ', 'NOUN')
    """

    def is_nominal(stem: str) -> bool:
        return any(e.upos in ("NOUN", "ADJ", "ADV", "PROPN") for e in known.get(stem, ()))

    for end in ADJECTIVE_ENDS:
        base = word[: -len(end)]
        if word.endswith(end) and len(base) > 1:
            if end in ("қыш", "ғыш", "кіш", "гіш"):
                return "ADJ" if any(e.upos == "VERB" for e in known.get(base, ())) else "NOUN"
            if is_nominal(base) or (end[0] == "у" and f"{base}" in known):
                return "ADJ"
    for end in ATTRIBUTIVE_ENDS:
        if word.endswith(end) and len(word) > 4 and is_nominal(word[: -len(end)]):
            return "ADJ"
    for end in ADVERB_ENDS:
        if word.endswith(end) and len(word) > 4 and any(e.upos in ("ADJ", "ADV") for e in known.get(word[: -len(end)], ())):
            return "ADV"
    return "NOUN"


class Builder:
    """A growing dictionary that reads words with what it has so far."""

    def __init__(self) -> None:
        self.analyzer = MorphAnalyzer(without=("hunspell", "kaznlp", "ktb", "apertium", "unimorph", "unilex", "kaznerd"))
        self.rows: dict[str, dict[tuple[str, str, str], int]] = defaultdict(dict)

    def add(self, source: str, row: Row) -> None:
        """Adds a row to the file of a source and to the dictionary in memory."""
        lemma, upos, flags, count = row
        self.rows[source][lemma, upos, flags] = max(count, self.rows[source].get((lemma, upos, flags), 0))
        self.analyzer.lexicon.add(lemma, Entry(lemma, upos, "", START_STATES.get(upos, "WORD"), math.log(count), source))

    def inflected(self, word: str) -> bool:
        """Whether a word is an inflected form of a known stem."""
        readings = self.analyzer.dictionary_readings(word)
        return any(len(r.morphemes) > 1 and not _derived(r.morphemes) and r.morphemes[-1][1] not in AMBIGUOUS_ENDS for r in readings)

    def read(self, word: str) -> bool:
        """Whether a word has any reading from the dictionary."""
        return bool(self.analyzer.dictionary_readings(word))


def _derived(morphemes: Sequence[tuple[str, str, str]]) -> bool:
    """Whether a reading makes a new word: such words may stand in the dictionary."""
    tags = [tag for _, tag, _ in morphemes[1:]]
    attributive = "ATTR" in tags and "LOC" not in tags
    return attributive or not DERIVATIONS.isdisjoint(tags)


DERIVATIONS = frozenset(
    [
        "WITH",
        "WITHOUT",
        "NESS",
        "AGENT",
        "AGENT.NESS",
        "INCLINED",
        "INCLINED.NESS",
        "FELLOW",
        "DIM",
        "VERB",
        "VERB.REFL",
        "VERB.RCP",
        "VERB.CAUS",
        "ABLE",
        "RESULT",
        "SIM",
        "EQU",
        "ADV",
        "CMP",
        "STATE",
        "WITHOUT.NESS",
        "WITH.NESS",
        "CAUS",
        "REFL",
        "RCP.CAUS",
        "PASS.CAUS",
        "COP1SG",
        "COP2SG",
        "COP2SG.POL",
        "COP1PL",
        "PLACE",
        "NOUN",
    ]
)


def _extensions(word: str, vocabulary: list[str]) -> Iterator[str]:
    at = bisect_left(vocabulary, word)
    while at < len(vocabulary) and vocabulary[at].startswith(word):
        if vocabulary[at] != word:
            yield vocabulary[at]
        at += 1


def add_nominals(builder: Builder, nominals: Iterable[str], counts: Counter[str]) -> None:
    """Adds the nominals of the spelling dictionary that are stems."""
    vocabulary = sorted(counts)
    for word in sorted(set(nominals), key=lambda w: (len(w), w)):
        if builder.inflected(word):
            plain = [w for w in _extensions(word, vocabulary) if len(w) - len(word) < 8 and not builder.read(w)]
            if not plain:
                continue
        known = builder.analyzer.lexicon.stems
        if len(word) < 3 and (word, "NOUN") not in SHORT:
            continue
        if any(e.upos == "PROPN" and e.source == "own" for e in known.get(word, ())):
            continue
        if any(e.upos in ("NOUN", "ADJ", "ADV", "NUM", "PRON") for e in known.get(word, ())):
            upos = next(e.upos for e in known[word] if e.upos in ("NOUN", "ADJ", "ADV", "NUM", "PRON"))
            if upos in ("NUM", "PRON"):
                continue
        else:
            only_verb = any(e.upos == "VERB" for e in known.get(word, ())) and not any(counts[word + end] for end in PLURALS)
            if only_verb or (word.endswith(UNLIKELY_ENDS) and _case_marked(builder, word)):
                continue
            upos = nominal_class(word, known)
        builder.add("hunspell", (word, upos, "", 1))


def _case_marked(builder: Builder, form: str) -> bool:
    """Whether an unknown form looks like a shorter word with a case suffix."""
    return any(
        len(reading.lemma) > 3
        and reading.unit == "guess"
        and reading.upos in ("PROPN", "NOUN")
        and {m[1] for m in reading.morphemes} & CASE_TAGS
        for reading in builder.analyzer.parse(form)
    )


def add_names(builder: Builder, names: Iterable[Row]) -> None:
    """Adds the stems of names: forms that no shorter name with a suffix explains."""
    for form, kind, _, count in sorted(names, key=lambda r: (len(r[0]), r[0])):
        readings = builder.analyzer.dictionary_readings(form)
        if any(r.upos == "PROPN" for r in readings) or len(form) < 3 or form.isupper():
            continue
        if any(len(r.morphemes) > 1 and r.upos == "NOUN" for r in readings) and count < 3:
            continue
        if not _case_marked(builder, form) and not form.partition("-")[0].isupper():
            flag = "" if kind != "PERSON" else "fem" if form.endswith(FEMALE_ENDS) else "masc"
            builder.add("kaznerd", (form, "PROPN", flag, count))


def discover(builder: Builder, source: str, forms: Counter[str]) -> None:
    """Adds stems that the word forms of a source show and no other source has.

    A stem must stand bare and with at least one suffix, or bare five times. Capitals make it a name.
    """
    explained: dict[tuple[str, str], set[str]] = defaultdict(set)
    for form in forms:
        if not kazakh_word(form) or form.endswith(RUSSIAN_ENDS) or len(form) < 3 or any(r.known for r in builder.analyzer.parse(form)):
            continue
        upos = "PROPN" if form[0].isupper() else "NOUN"
        explained[form, upos].add(form)
        for reading in builder.analyzer.parse(form):
            if reading.upos == upos and reading.lemma != form and len(reading.lemma) > 2 and reading.unit in ("guess", "name"):
                explained[reading.lemma, upos].add(form)
    done: set[str] = set()
    for (stem, upos), found in sorted(explained.items(), key=lambda item: (-len(item[1]), len(item[0][0]), item[0])):
        found = found - done
        total = sum(forms[f] for f in found)
        inflected = sum(f != stem for f in found)
        if (
            forms[stem]
            and ((inflected >= 1 and total >= 3) or (forms[stem] >= 5 and not _case_marked(builder, stem)))
            and stem not in done
        ):
            builder.add(source, (stem, upos, "", total))
            done |= found


def weigh(builder: Builder, source: str, forms: Counter[str]) -> None:
    """Adds counts of known lemmas: each form of a source gives its count to its readings by their shares."""
    totals: defaultdict[tuple[str, str], float] = defaultdict(float)
    for form, count in forms.items():
        if not kazakh_word(form):
            continue
        shares: defaultdict[tuple[str, str], float] = defaultdict(float)
        for reading in builder.analyzer.parse(form):
            if reading.known and reading.upos in OPEN and reading.unit == "dictionary":
                shares[reading.lemma, reading.upos] += reading.score
        for key, share in shares.items():
            totals[key] += count * share / WEIGHT_UNIT
    for (lemma, upos), total in totals.items():
        if (
            total >= 2
            and len(lemma) > 1
            and (upos == "PROPN" or not lemma.isupper())
            and any(e.lemma == lemma and e.upos == upos for e in builder.analyzer.lexicon.stems.get(lemma.lower(), ()))
        ):
            builder.rows[source].setdefault((lemma, upos, ""), round(total))


def build(data: Path) -> Builder:
    """Reads all sources and returns the dictionary they make."""
    builder = Builder()
    ktb, _ = read_ktb(data / "ktb" / "kk_ktb-dev.conllu")
    names, kaznerd_forms = read_kaznerd(data / "kaznerd" / "IOB2_valid.txt")
    unilex = read_unilex(data / "unilex" / "kk.txt")
    nominals, gerunds, hunspell_names = read_hunspell(data / "hunspell" / "kk_KZ.dic")
    _, kaznlp_forms = read_kaznlp(data / "kaznlp", builder.analyzer.lexicon)
    counts: Counter[str] = Counter()
    counts.update(kaznlp_forms)
    counts.update(kaznerd_forms)
    for form, count in unilex.items():
        counts[form.lower()] += count
    for word in (*nominals, *gerunds):
        counts[word] += 1
    for gerund in gerunds:
        if len(gerund) < 4 and (gerund[:-1], "VERB") not in SHORT:
            continue
        if gerund.endswith(("у", "ю")):
            for stem in verb_stem(gerund, counts):
                builder.add("hunspell", (stem, "VERB", "", 1))
    for row in read_unimorph(data / "unimorph"):
        builder.add("unimorph", row)
    for row in read_kaznlp(data / "kaznlp", builder.analyzer.lexicon)[0]:
        builder.add("kaznlp", row)
    for name in hunspell_names:
        builder.add("hunspell", (name, "PROPN", "", 1))
    add_nominals(builder, nominals, counts)
    add_names(builder, names)
    with (data / "kaznerd" / "IOB2_valid.txt").open(encoding="utf-8") as stream:
        written = Counter(line.split(" ")[0].strip() for line in stream)
    discover(builder, "kaznerd", written)
    discover(builder, "unilex", unilex)
    weigh(builder, "unilex", unilex)
    for row in ktb:
        # last, so that nothing in the other files depends on the treebank
        builder.rows["ktb"][row[:3]] = row[3]
    add_articles(builder.rows, data)
    clean(builder)
    return builder


def add_articles(rows: dict[str, dict[tuple[str, str, str], int]], data: Path) -> None:
    """Adds the stems of the articles that were disambiguated by hand, but for forms of known stems.

    Those are verbal nouns and participles that Apertium has as words of their own, verbs cut before their vowel (`өрш` for `өрші`), and
    capitals of common nouns.
    """
    known = {(lemma, upos) for found in rows.values() for lemma, upos, _ in found}
    known |= {(line.split("\t")[0], line.split("\t")[1]) for line in _lines(TARGET / "own.tsv") if not line.startswith("#")}
    verbs = {lemma for lemma, upos in known if upos == "VERB"}
    common = {lemma for lemma, upos in known if upos != "PROPN"}
    for lemma, upos, flag, count in article_stems(read_articles(sorted((data / "apertium-kaz").glob("*.cg.txt")))):
        deverbal = upos != "VERB" and lemma.endswith("у") and verbs & {lemma[:-1], lemma[:-1] + "ы", lemma[:-1] + "і", lemma[:-2]}
        participle = upos != "VERB" and lemma.endswith(PARTICIPLES) and verbs & {lemma[:-3], lemma[:-4]}
        cut = upos == "VERB" and verbs & {lemma + "ы", lemma + "і"}
        capital = upos == "PROPN" and lemma.lower() in common
        if not (deverbal or participle or cut or capital or (lemma, upos) in EXCLUDED):
            rows["apertium"][lemma, upos, flag] = count


def native_stem(lemma: str, upos: str, known: Container[str], reduced: Mapping[str, tuple[str, ...]]) -> str:
    """The lemma that a stem with its last sound voiced or its vowel lost belongs to.

    >>> native_stem("шаруашылығ", "NOUN", set(), {}), native_stem("есеб", "NOUN", {"есеп"}, {}), native_stem("клуб", "NOUN", set(), {})
    ('шаруашылық', 'есеп', 'клуб')
    """
    if lemma in reduced:
        return reduced[lemma][0]
    if lemma + lemma[-1] in known and lemma[-1] in "сн":
        return lemma + lemma[-1]
    if upos in ("NOUN", "ADJ", "VERB") and lemma[-1] in UNVOICED:
        plain = lemma[:-1] + UNVOICED[lemma[-1]]
        if plain in known or lemma[-1] == "ғ" or lemma.endswith(("іг", "үг", "өг")):
            return plain
    return lemma


CAUSATIVES = ("дыр", "дір", "тыр", "тір", "ғыз", "гіз", "қыз", "кіз")
DENOMINAL = ("лат", "лет", "дат", "дет", "тат", "тет")


def is_voice_stem(lemma: str, verbs: Container[str]) -> bool:
    """Whether a word that the spelling dictionary lists without saying what it is is the causative of a verb, or a form of it.

    >>> [is_voice_stem(word, {"айт", "алда", "байланыс"}) for word in ("айтқыз", "алдат", "байланыстырыл", "байланыстыруы", "қанат")]
    [True, True, True, True, False]
    """
    for end in ("", "а", "е", "ыл", "іл", "уы", "уі"):
        stem = lemma[: len(lemma) - len(end)]
        if lemma.endswith(end) and (
            (stem.endswith(CAUSATIVES) and stem[:-3] in verbs) or (stem.endswith(DENOMINAL) and len(stem) > 4 and stem[:-1] in verbs)
        ):
            return True
    return False


def clean(builder: Builder) -> None:
    """Mends the rows of all sources together: alternants of stems, common nouns taken for names, letters of abbreviations."""
    rows = {source: dict(found) for source, found in builder.rows.items()}
    everything = [key for found in rows.values() for key in found]
    own = [line.split("\t")[:2] for line in _lines(TARGET / "own.tsv") if not line.startswith("#")]
    own_names = {lemma for lemma, upos in own if upos == "PROPN"}
    known = {lemma for lemma, _, _ in everything} | {lemma for lemma, _ in own}
    common = {lemma for source in ("kaznlp", "unimorph") for lemma, upos, _ in rows[source] if upos != "PROPN"}
    common = {lemma for lemma in common if not surname_gender(lemma)} | {lemma for lemma, upos in own if upos != "PROPN"}
    names = {lemma.lower() for lemma, upos, _ in everything if upos == "PROPN"}
    verbs = {lemma for lemma, upos, _ in everything if upos == "VERB"} | {lemma for lemma, upos in own if upos == "VERB"}
    capitals = {lemma.lower(): lemma for lemma in known if lemma.isupper() and len(lemma) > 1}
    for source, found in rows.items():
        if source == "ktb":
            continue
        mended: dict[tuple[str, str, str], int] = {}
        for (lemma, upos, flags), count in found.items():
            if (lemma, upos) in EXCLUDED or (source == "hunspell" and upos == "NOUN" and is_voice_stem(lemma, verbs)):
                continue
            if upos == "PROPN":
                if lemma.lower() in common and lemma not in own_names and not lemma.isupper():
                    continue
                lemma = capitals.get(lemma.lower(), lemma)
            else:
                if lemma in capitals and source in ("kaznlp", "hunspell"):
                    continue
                if lemma in names and lemma not in common and surname_gender(lemma):
                    continue
                lemma = native_stem(lemma, upos, known, builder.analyzer.lexicon.reduced)
            key = (lemma, upos, flags)
            mended[key] = mended.get(key, 0) + count
        builder.rows[source] = mended


def write(builder: Builder, target: Path) -> None:
    """Writes one file a source, rows in order."""
    target.mkdir(parents=True, exist_ok=True)
    for source, rows in builder.rows.items():
        lines = [f"# Built by tools/morphology/compile_lexicon.py from {source}; see NOTICE. lemma, UPOS, flags, count"]
        lines += ["\t".join((*key, str(count))) for key, count in sorted(rows.items())]
        (target / f"{source}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(build(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data")), TARGET)
