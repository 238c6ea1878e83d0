"""Kazakh phonology: vowel harmony, classes of final sounds, archiphonemes and what they become, and the changes of stems.

Facts: the orthographic rules of 1983 (the Cyrillic alphabet of 1940 as reformed), and the descriptive grammar of the Academy of
Sciences («Қазақ грамматикасы», Астана 2002). The tables at the top are all that a linguist has to read; the functions only apply them.

A *context* is what a suffix has to know of whatever stands before it: harmony (`b` back, `f` front) and final class (one letter,
see `FINAL_CLASSES`). Contexts are two-letter strings such as `bV`.
"""

from __future__ import annotations

from functools import lru_cache

__all__ = [
    "ARCHIPHONEMES",
    "BACK",
    "FINAL_CLASSES",
    "FRONT",
    "VOWELS",
    "attach",
    "contexts",
    "detach",
    "final_class",
    "harmony",
    "realize",
    "voiced",
]

BACK, FRONT = "b", "f"

BACK_VOWELS = frozenset("аоұыяё")
FRONT_VOWELS = frozenset("әеөүіэ")
# у and и are written for both rows; ю is й+у.
VAGUE_VOWELS = frozenset("уию")
VOWELS = BACK_VOWELS | FRONT_VOWELS | VAGUE_VOWELS
VOWELS_OR_NONE = VOWELS - VAGUE_VOWELS
LOAN_LETTERS = frozenset("вёфхцчщъьэюя")

FINAL_CLASSES: dict[str, str] = {
    # V: open vowels; R: sounds after which the plural has -л- ; L: л; M: nasals; Z: voiced fricatives; T: voiceless and loan stops
    **dict.fromkeys("аәеёоөұүыіэя", "V"),
    **dict.fromkeys("рйуию", "R"),
    "л": "L",
    **dict.fromkeys("мнң", "M"),
    **dict.fromkeys("жз", "Z"),
    **dict.fromkeys("бвгғдкқпстфхһцчшщ", "T"),
}

# Archiphoneme -> final class of what stands before -> letter. `A`, `I`, `K`, `Q`, `U` depend on harmony alone.
ARCHIPHONEMES: dict[str, dict[str, str]] = {
    "L": {"V": "л", "R": "л", "L": "д", "M": "д", "Z": "д", "T": "т"},  # plural, -лық, -лы, -ла
    "N": {"V": "н", "R": "д", "L": "д", "M": "н", "Z": "д", "T": "т"},  # genitive, -нікі
    "W": {"V": "н", "R": "д", "L": "д", "M": "д", "Z": "д", "T": "т"},  # accusative
    "D": {"V": "д", "R": "д", "L": "д", "M": "д", "Z": "д", "T": "т"},  # locative, past, -дай
    "X": {"V": "д", "R": "д", "L": "д", "M": "н", "Z": "д", "T": "т"},  # ablative
    "M": {"V": "м", "R": "м", "L": "м", "M": "б", "Z": "б", "T": "п"},  # negation, question, copula of the 1st person plural
    "B": {"V": "м", "R": "м", "L": "м", "M": "м", "Z": "б", "T": "п"},  # instrumental, copula of the 1st person singular
    "G": {"V": "ғ", "R": "ғ", "L": "ғ", "M": "ғ", "Z": "ғ", "T": "қ"},  # dative, participle; front: г, к
}
HARMONIC = {"A": "ае", "I": "ыі", "K": "қк", "Q": "ғг"}
FRONTED = {"ғ": "г", "қ": "к"}

VOICING = {"қ": "ғ", "к": "г", "п": "б"}
DEVOICING = {b: a for a, b in VOICING.items()}
NARROW = frozenset("ыі")

# Loans that end in these take front suffixes, as if they ended in -і: банкте, фактіні, Омскіде; so do those in -ь: рольге.
FRONT_CLUSTERS = ("кт", "нк", "пт", "ск", "лк", "рк", "нг")
FRONT_ENDS = (*FRONT_CLUSTERS, "ь")
# Loans that keep their last sound before vowels: типі, этапы, банкі.
UNVOICING_ENDS = (*FRONT_CLUSTERS, "тип", "цип", "этап", "скоп", "троп", "штамп")

# Stems whose row the letters do not show.
HARMONY_EXCEPTIONS: dict[str, str] = {
    **dict.fromkeys(("жи", "қи", "тый", "ми", "жу", "қу", "ту", "су", "бу", "ду", "шу", "у", "ұ"), "b"),
    **dict.fromkeys(("ки", "ти", "и", "ди"), "f"),
    "қайт": "bf",
    "хал": "f",
    **dict.fromkeys(("тарих", "мұхит", "сипат", "қағидат", "тиын", "қиын", "жиын"), "b"),
}


@lru_cache(maxsize=16384)
def harmony(stem: str) -> str:
    """Harmonies that suffixes of this stem may have, the likelier first: `b`, `f`, `bf` or `fb`.

    The last vowel decides. Final -у of verbal nouns takes the row of what stands before it; и and у elsewhere in loans are front and
    back, and stems with letters of loans may waver.

    >>> harmony("қала"), harmony("кеңсе"), harmony("келу"), harmony("минут"), harmony("режим")
    ('b', 'f', 'f', 'bf', 'fb')
    """
    word = stem.lower()
    if word in HARMONY_EXCEPTIONS:
        return HARMONY_EXCEPTIONS[word]
    if word.endswith(FRONT_ENDS):
        return "fb"
    if word.endswith("аев"):
        return "bf"
    vague = ""
    for i in range(len(word) - 1, -1, -1):
        letter = word[i]
        if letter in VAGUE_VOWELS:
            glide = letter != "ю" and (word[i + 1 : i + 2] in VOWELS_OR_NONE or word[i - 1 : i] in VOWELS_OR_NONE)
            if i < len(word) - 1 and not glide:
                return "fb" if letter == "и" else "bf"
            if i == len(word) - 1:
                vague = letter
        elif letter in BACK_VOWELS:
            wavers = vague == "и" or letter == "ё"
            return ("fb" if vague == "и" else "bf") if wavers else "b"
        elif letter in FRONT_VOWELS:
            return "fb" if vague == "и" or letter == "э" or LOAN_LETTERS.intersection(word) else "f"
    return "fb" if vague == "и" else "bf"


def final_class(stem: str) -> str:
    """Class of the last sound (`FINAL_CLASSES`); hard and soft signs are looked through.

    >>> final_class("апрель"), final_class("тау"), final_class("клуб")
    ('L', 'R', 'T')
    """
    for letter in reversed(stem.lower()):
        found = FINAL_CLASSES.get(letter)
        if found:
            return found
        if letter not in "ьъ":
            break
    return "T"


@lru_cache(maxsize=16384)
def contexts(stem: str) -> tuple[str, ...]:
    """Contexts that the stem gives to its first suffix, the likelier first.

    >>> contexts("бала"), contexts("апрель")
    (('bV',), ('fL', 'bL'))
    """
    last = stem[-1:].lower()
    ends = [final_class(stem)]
    if last == "и":
        ends.append("V")
    return tuple(row + end for row in harmony(stem) for end in ends)


@lru_cache(maxsize=8192)
def realize(form: str, context: str) -> str:
    """Letters of a suffix written with archiphonemes, in a context.

    `(I)` and `(A)` stand after consonants only, `(с)` after vowels only.

    >>> realize("LAр", "bT"), realize("(с)I", "fV"), realize("(I)м", "bR")
    ('тар', 'сі', 'ым')
    """
    row, end = context[0], context[1]
    front = row == FRONT
    out: list[str] = []
    i = 0
    while i < len(form):
        letter = form[i]
        if letter == "(":
            close = form.index(")", i)
            inner = form[i + 1 : close]
            after_vowel = end == "V" if not out else FINAL_CLASSES.get(out[-1]) == "V"
            if inner in HARMONIC:
                if not after_vowel:
                    out.append(HARMONIC[inner][front])
            elif after_vowel:
                out.append(inner)
            i = close + 1
            continue
        if letter in HARMONIC:
            out.append(HARMONIC[letter][front])
        elif letter in ARCHIPHONEMES:
            shape = ARCHIPHONEMES[letter][end if not out else FINAL_CLASSES.get(out[-1], "T")]
            out.append(FRONTED.get(shape, shape) if front and letter == "G" else shape)
        else:
            out.append(letter)
        i += 1
    return "".join(out)


def voiced(stem: str) -> str:
    """The stem as it stands before a vowel: `кітаб`, `жүрег`, `құлағ`.

    >>> voiced("кітап"), voiced("бала"), voiced("тип")
    ('кітаб', 'бала', 'тип')
    """
    if stem[-1:] not in VOICING or stem.endswith(UNVOICING_ENDS):
        return stem
    return stem[:-1] + VOICING[stem[-1]]


def attach(stem: str, suffix: str, *, verb: bool = False, reduced: str = "", voices: bool = True) -> str:
    """Stem and suffix written together, with the changes of letters where they meet.

    `suffix` is in letters, as `realize` gives it. `reduced` is the stem without its narrow vowel (`орн`), for the stems that lose it;
    `voices=False` keeps қ, к, п before vowels (loans: `банкі`, `чекі`).

    >>> attach("орын", "ы", reduced="орн"), attach("құлақ", "ы"), attach("оқы", "йды", verb=True), attach("тап", "ып", verb=True)
    ('орны', 'құлағы', 'оқиды', 'тауып')
    >>> attach("қой", "ады", verb=True), attach("қой", "у", verb=True), attach("жи", "ады", verb=True), attach("оқы", "у", verb=True)
    ('қояды', 'қою', 'жияды', 'оқу')
    """
    if not suffix:
        return stem
    first = suffix[0]
    if first in "аеыіуо":
        if reduced:
            return reduced + suffix
        last = stem[-1:]
        if verb:
            if last == "п" and first in NARROW and suffix[1:2] == "п":
                return stem[:-1] + "у" + suffix
            if last in NARROW and first == "у":
                return stem[:-1] + suffix
            if last == "й" and first in "ау":
                return stem[:-1] + {"а": "я", "у": "ю"}[first] + suffix[1:]
            if last == "и" and first in "ау":
                return stem + {"а": "я", "у": "ю"}[first] + suffix[1:]
        if last == "ь" and first in NARROW:
            return stem[:-1] + suffix
        if voices:
            return voiced(stem) + suffix
        return stem + suffix
    if verb and first == "й" and stem[-1:] in NARROW:
        return stem[:-1] + "и" + suffix[1:]
    return stem + suffix


def detach(stem: str, rest: str) -> list[tuple[str, str]]:
    """Undoes `attach`: the pairs of (stem, suffix letters) that may be written as `stem` followed by `rest`, themselves first.

    Vowel loss is not undone here: the lexicon knows which stems lose one.

    >>> detach("құлағ", "ы"), detach("оқ", "иды"), detach("қо", "яды")
    ([('құлағ', 'ы'), ('құлақ', 'ы')], [('оқ', 'иды'), ('оқы', 'йды'), ('оқі', 'йды')], [('қо', 'яды'), ('қой', 'ады')])
    """
    pairs = [(stem, rest)]
    if not rest or not stem:
        return pairs
    first, last = rest[0], stem[-1]
    if first in "аеыіу":
        if last in DEVOICING:
            pairs.append((stem[:-1] + DEVOICING[last], rest))
        if first == "у":
            pairs += [(stem + "ы", rest), (stem + "і", rest)]
        elif first in NARROW:
            if last == "у" and rest[1:2] == "п":
                pairs.append((stem[:-1] + "п", rest))
            if last in "лртн":
                pairs.append((stem + "ь", rest))
    elif first == "и":
        pairs += [(stem + "ы", "й" + rest[1:]), (stem + "і", "й" + rest[1:])]
    elif first in "яю":
        plain = ("а" if first == "я" else "у") + rest[1:]
        pairs.append((stem if last == "и" else stem + "й", plain))
    return pairs
