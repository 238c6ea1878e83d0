"""The inventory: which lemmas, parts of speech and features the analyser gives, after UD_Kazakh-KTB.

Conventions follow the majority of the treebank (Makazhanov, Sultangazina, Makhambetov, Yessenbayev 2015; Tyers, Washington 2015;
UD 2.16). A linguist's page; `UPOS` and `FEATURES` are what the tests hold the tables of suffixes to.

**Lemmas.** Nouns and adjectives: the bare stem (`кітаптарымыздан` кітап). Verbs: the bare stem, without -у (`болды` бол, `оқиды` оқы,
`қорқады` қорық), active: passive and reciprocal are features (`жазылды` жаз Voice=Pass, `айтысты` айт Voice=Rcp); causative and
reflexive stems are lemmas of their own (`жаздырды` жаздыр, `жуынды` жуын). Pronouns: the nominative (`маған` мен, `мұны` бұл). Names
keep their capital (`Алматыда` Алматы), a noun of two parts inflects its last (`қарым-қатынасымыз` қарым-қатынас). Numbers in
figures are their own lemma (`55-ші` 55).

**Nouns** (NOUN, PROPN). Every noun has a case, Nom included; Number=Plur is set, the singular is not. Possession is
Number[psor] and Person[psor]; the third person is both numbers (`Number[psor]=Plur,Sing|Person[psor]=3`), -ыңыз is Polite=Form.
The attributive -дағы/-дегі is a locative like any other (`әлемдегі` Case=Loc). The similative -дай and the equative -ша have no
case. Names of persons have Gender.

**Adjectives** (ADJ) have no features where they stand bare; inflected they have those of nouns. -рақ, -лау: Degree=Cmp. `бар`, `жоқ`,
`керек` are adjectives. **Adverbs** (ADV) have none; with -ғы/-гі they are Case=Nom (`қазіргі` қазір).

**Numerals** (NUM): NumType=Card, Ord (`үшінші` үш, years), Coll (`екеуі` екеу), and Card,Ord where the treebank leaves it open.

**Pronouns and determiners** (PRON, DET): PronType=Prs, Dem, Int, Ind, Tot, Neg; personal ones Number and Person; өз has Reflex=Yes.

**Verbs** (VERB, AUX), by VerbForm:

- Fin, finite: Mood=Ind with Tense=Past (-ды, -ған, -атын, Evident=Fh -ыпты), Aspect=Hab|Tense=Pres (-ады), Tense=Pres (`отыр`,
  `жатыр`, `тұр`, `жүр`), Tense=Fut (-ар); Mood=Imp, Opt (-сын, -йын, -йық), Des|Tense=Fut (-мақ); Number and Person always.
- Conv, converb: Aspect=Perf (-ып, -май), Aspect=Imp (-а, -й), Mood=Cnd (-са, with Number and Person), none (-ғанша, -ғалы).
- Inf: the same converbs before an auxiliary (`барып келді`), and -ғы with Mood=Des (`барғым келеді`).
- Part, before a noun: Tense=Past (-ған), Aspect=Imp (-атын), Tense=Fut (-ар, -мас), Mood=Pot (-ушы, -арлық).
- Ger, as a noun, with the features of nouns: -у, and -ған, -атын, -ар used as nouns.

Polarity=Neg is set, the affirmative is not. AUX is the copula е- (еді, екен, емес, -мын, -быз) and these verbs after a
converb: бол, ал, кел, қал, бер, отыр, жат, тұр, жүр, and less often others.

**Tokens of two words** (`Analysis.words`): -лы and -сыз of nouns (`балалы` = бала + лы/ADP), the copula (`дайынбыз` = дайын + е/AUX),
-нікі (`кімдікі` = кім + кі/ADP), clitics after a hyphen (`ертең-ақ`, `болады-ау`), -шы after an imperative. The reading's lemma,
part of speech and features are those of the first word.

**Others**: ADP postpositions, CCONJ and SCONJ, PART (ма, ғой, шығар, ше, ау), INTJ, PUNCT, SYM, X (words of other languages, and the
nominal part of fixed verb phrases: `жүзеге` асыру, `жұмыс` істеу).
"""

from __future__ import annotations

__all__ = ["FEATURES", "UPOS"]

UPOS: tuple[str, ...] = (
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X",
)  # fmt: skip

FEATURES: dict[str, tuple[str, ...]] = {
    "Aspect": ("Hab", "Imp", "Perf", "Prog"),
    "Case": ("Nom", "Gen", "Dat", "Acc", "Loc", "Abl", "Ins"),
    "Degree": ("Cmp",),
    "Evident": ("Fh",),
    "Foreign": ("Yes",),
    "Gender": ("Fem", "Masc"),
    "Mood": ("Cnd", "Des", "Imp", "Ind", "Opt", "Pot"),
    "NumType": ("Card", "Card,Ord", "Coll", "Ord"),
    "Number": ("Plur", "Sing"),
    "Number[psor]": ("Plur", "Plur,Sing", "Sing"),
    "Person": ("1", "2", "3"),
    "Person[psor]": ("1", "2", "3"),
    "Polarity": ("Neg",),
    "Polite": ("Form",),
    "PronType": ("Dem", "Ind", "Int", "Neg", "Prs", "Tot"),
    "Reflex": ("Yes",),
    "Tense": ("Fut", "Past", "Pres"),
    "VerbForm": ("Conv", "Fin", "Ger", "Inf", "Part"),
    "Voice": ("Pass", "Pass,Rcp", "Rcp"),
}
