"""UniMorph against the analyser: how much of it is analysed and generated, and why the rest is not.

    python tools/morphology/unimorph.py ../shared/data

prints the shares and one line for each form that fails: file, lemma, form, tag, reason. The verbs of `kaz.sm` come from templates and
hold systematic errors (`REASONS`); they must be spelled in Cyrillic first (`kz_textkit.fix` mends the look-alikes).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from kz_textkit.morphology.analyzer import Analysis, MorphAnalyzer
from kz_textkit.morphology.phonology import BACK_VOWELS, FRONT_VOWELS

__all__ = ["REASONS", "Check", "check_nouns", "check_verbs", "noun_feats", "verb_feats"]

REASONS = {
    "person": "the tag names another person or other features than the form",
    "verb": "a form of another verb",
    "converb": "a converb in the place of a finite form",
    "harmony": "suffixes of both rows",
    "stem": "a misspelled stem",
    "case": "the tag names another case or possessor than the form",
    "suffix": "a misspelled suffix, or one of the other row",
    "pronoun": "a pronoun tagged as a noun",
    "letters": "letters of another alphabet",
}

CASES = {"NOM": "Nom", "GEN": "Gen", "DAT": "Dat", "ACC": "Acc", "LOC": "Loc", "ABL": "Abl", "INST": "Ins"}


class Check(NamedTuple):
    """One line of a UniMorph table."""

    lemma: str
    form: str
    tag: str
    analysed: bool
    """The analyser gives this lemma and these features."""
    lemmatised: bool
    """The analyser gives this lemma, as this part of speech."""
    generated: bool
    reason: str
    """Key of `REASONS`, or empty."""


def _join(feats: dict[str, str]) -> str:
    return "|".join(f"{name}={feats[name]}" for name in sorted(feats, key=str.lower))


def noun_feats(tag: str) -> str:
    """UD features of a noun's UniMorph tag.

    >>> noun_feats("N;PSS1P;PL")
    'Case=Nom|Number=Plur|Number[psor]=Plur|Person[psor]=1'
    """
    parts = tag.split(";")
    feats = {"Case": next((CASES[p] for p in parts if p in CASES), "Nom")}
    if "PL" in parts:
        feats["Number"] = "Plur"
    for part in parts:
        if part.startswith("PSS"):
            feats["Person[psor]"] = part[3]
            feats["Number[psor]"] = "Plur,Sing" if part[3] == "3" else {"S": "Sing", "P": "Plur"}[part[4]]
    if "LSSPEC2" in parts:
        feats["Polite"] = "Form"
    return _join(feats)


def verb_feats(tag: str) -> str:
    """UD features of a verb's UniMorph tag.

    >>> verb_feats("V;SG;1;NEG;PST")
    'Mood=Ind|Number=Sing|Person=1|Polarity=Neg|Tense=Past|VerbForm=Fin'
    """
    parts = tag.split(";")
    feats = {"VerbForm": "Fin", "Mood": "Imp" if "IMP" in parts else "Ind"}
    feats["Number"] = "Plur" if "PL" in parts else "Sing"
    feats["Person"] = next((p for p in parts if p in "123"), "2")
    if "FRML" in parts:
        feats["Polite"] = "Form"
    if "NEG" in parts:
        feats["Polarity"] = "Neg"
    if "SBJV" in parts:
        feats["Tense"] = "Fut"
    elif "PRS" in parts:
        feats["Tense"], feats["Aspect"] = "Pres", "Prog" if "PROG" in parts else "Hab"
    elif "PST" in parts:
        feats["Tense"] = "Past"
    return _join(feats)


def _rows(path: Path, spell: Callable[[str], str]) -> Iterator[tuple[str, str, str]]:
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            parts = line.rstrip("\n").split("\t")
            if len(parts) == 3:
                yield spell(parts[0]), spell(parts[1]), parts[2]


def _noun_reason(lemma: str, form: str, analyses: list[Analysis]) -> str:
    if any(a.lemma == lemma and a.upos == "PRON" for a in analyses):
        return "pronoun"
    own = [a for a in analyses if a.lemma.lower() == lemma.lower() and a.known]
    if any(a.unit != "spelling" for a in own):
        return "case"
    if not set(form.lower()) <= set("аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя- "):
        return "letters"
    return "suffix" if form[:2].lower() == lemma[:2].lower() else "stem"


def check_nouns(path: Path, analyzer: MorphAnalyzer) -> Iterator[Check]:
    """Checks the lines of `kaz.noun.tsv`, both ways."""
    for lemma, form, tag in _rows(path, str):
        feats = noun_feats(tag)
        analyses = analyzer.parse(form)
        nominal = [a for a in analyses if a.lemma.lower() == lemma.lower() and a.upos not in ("VERB", "AUX")]
        analysed = any(a.feats == feats for a in nominal)
        generated = form in analyzer.generate(lemma, "NOUN", feats)
        reason = "" if analysed and generated else _noun_reason(lemma, form, analyses)
        yield Check(lemma, form, tag, analysed, bool(nominal), generated, reason)


def verb_lemmas(gerund: str) -> set[str]:
    """Stems that a verbal noun in -у may belong to, with the words before it.

    >>> "оқы" in verb_lemmas("оқу"), "тап" in verb_lemmas("табу")
    (True, True)
    """
    base = gerund[:-1]
    found = {base, base + "ы", base + "і", base + "й"}
    if base[-1:] in ("б", "г", "ғ"):
        found.add(base[:-1] + {"б": "п", "г": "к", "ғ": "қ"}[base[-1]])
    return found | {stem.rpartition(" ")[2] for stem in found}


def _mixed(form: str) -> bool:
    vowels = [letter for letter in form if letter in BACK_VOWELS or letter in FRONT_VOWELS]
    rows = {letter in BACK_VOWELS for letter in vowels[-3:]}
    return len(rows) == 2


def _verb_reason(lemmas: set[str], form: str, analyses: list[Analysis]) -> str:
    if form.endswith(("май", "мей", "пай", "пей", "бай", "бей")):
        return "converb"
    readings = [a for a in analyses if a.upos in ("VERB", "AUX") and a.known]
    own = [a for a in readings if a.lemma in lemmas]
    if any("VerbForm=Fin" in a.feats and a.unit != "spelling" for a in own):
        return "person"
    if any(a.unit == "spelling" for a in own):
        return "suffix"
    if own:
        return "converb"
    if readings:
        return "verb"
    return "harmony" if _mixed(form) else "stem"


def check_verbs(path: Path, analyzer: MorphAnalyzer, spell: Callable[[str], str]) -> Iterator[Check]:
    """Checks the lines of `kaz.sm`; `spell` puts them into Cyrillic."""
    for lemma, form, tag in _rows(path, spell):
        feats = verb_feats(tag)
        lemmas = verb_lemmas(lemma)
        analyses = analyzer.parse(form)
        own = [a for a in analyses if a.lemma in lemmas and a.upos in ("VERB", "AUX")]
        analysed = any(a.feats == feats for a in own)
        reason = "" if analysed else _verb_reason(lemmas, form, analyses)
        yield Check(lemma, form, tag, analysed, bool(own), False, reason)


LOOKALIKES = str.maketrans("aceiopxyhABCEHIKMOPTXY", "асеіорхуһАВСЕНІКМОРТХУ")


def main(data: Path) -> None:
    """Prints the shares, the reasons with their counts, and each failing line."""
    analyzer = MorphAnalyzer()
    nouns = list(check_nouns(data / "unimorph" / "kaz.noun.tsv", analyzer))
    verbs = list(check_verbs(data / "unimorph" / "kaz.sm", analyzer, lambda text: text.translate(LOOKALIKES)))
    print(f"kaz.noun.tsv\t{len(nouns)} forms\tanalysed {_share(nouns, 'analysed'):.4f}\tgenerated {_share(nouns, 'generated'):.4f}")
    print(f"kaz.sm\t{len(verbs)} forms\tlemma {_share(verbs, 'lemmatised'):.4f}\tlemma and features {_share(verbs, 'analysed'):.4f}")
    for name, checks in (("kaz.noun.tsv", nouns), ("kaz.sm", verbs)):
        for reason, count in Counter(c.reason for c in checks if c.reason).most_common():
            print(f"{name}\t{count}\t{REASONS[reason]}")
    for name, checks in (("kaz.noun.tsv", nouns), ("kaz.sm", verbs)):
        for check in checks:
            if check.reason:
                print("\t".join((name, check.lemma, check.form, check.tag, check.reason)))


def _share(checks: list[Check], field: str) -> float:
    return sum(bool(getattr(check, field)) for check in checks) / max(len(checks), 1)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data"))
