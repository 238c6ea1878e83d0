"""The analyser: paradigms of Kazakh, both ways, and the words that are not plain stems with suffixes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kz_textkit.morphology import Analysis, MorphAnalyzer
from kz_textkit.morphology.inventory import FEATURES, UPOS
from kz_textkit.morphology.morphotactics import arcs, read_table
from kz_textkit.morphology.phonology import attach, contexts, detach
from unimorph import LOOKALIKES, REASONS, check_nouns, check_verbs

PX3 = "Number[psor]=Plur,Sing|Person[psor]=3"

# form, lemma, UPOS, features
PARADIGMS = """
балалар	бала	NOUN	Case=Nom|Number=Plur
үйлерінің	үй	NOUN	Case=Gen|Number=Plur|Number[psor]=Plur,Sing|Person[psor]=3
кітабы	кітап	NOUN	Case=Nom|Number[psor]=Plur,Sing|Person[psor]=3
кітапқа	кітап	NOUN	Case=Dat
жүрегі	жүрек	NOUN	Case=Nom|Number[psor]=Plur,Sing|Person[psor]=3
құлағымызды	құлақ	NOUN	Case=Acc|Number[psor]=Plur|Person[psor]=1
орнына	орын	NOUN	Case=Dat|Number[psor]=Plur,Sing|Person[psor]=3
халқының	халық	NOUN	Case=Gen|Number[psor]=Plur,Sing|Person[psor]=3
аузымен	ауыз	NOUN	Case=Ins|Number[psor]=Plur,Sing|Person[psor]=3
адамнан	адам	NOUN	Case=Abl
қыздан	қыз	NOUN	Case=Abl
сөзбен	сөз	NOUN	Case=Ins
тілектеріңізді	тілек	NOUN	Case=Acc|Number=Plur|Number[psor]=Sing|Person[psor]=2|Polite=Form
ауылдағы	ауыл	NOUN	Case=Loc
тастай	тас	NOUN	_
станцияда	станция	NOUN	Case=Loc
педагогтар	педагог	NOUN	Case=Nom|Number=Plur
институтқа	институт	NOUN	Case=Dat
университетте	университет	NOUN	Case=Loc
банкте	банк	NOUN	Case=Loc
фактіні	факт	NOUN	Case=Acc
процеске	процесс	NOUN	Case=Dat
апрельде	апрель	NOUN	Case=Loc
октябрі	октябрь	NOUN	Case=Nom|Number[psor]=Plur,Sing|Person[psor]=3
реализмнің	реализм	NOUN	Case=Gen
билік	билік	NOUN	Case=Nom
билікке	билік	NOUN	Case=Dat
билігі	билік	NOUN	Case=Nom|Number[psor]=Plur,Sing|Person[psor]=3
жақсырақ	жақсы	ADJ	Degree=Cmp
үлкендер	үлкен	ADJ	Case=Nom|Number=Plur
қазіргі	қазір	ADV	Case=Nom
дейінгі	дейін	ADP	Case=Nom
үшінші	үш	NUM	NumType=Ord
екінші	екі	NUM	NumType=Ord
жиырмасыншы	жиырма	NUM	NumType=Ord
екеуі	екеу	NUM	Case=Nom|Number[psor]=Plur,Sing|NumType=Coll|Person[psor]=3
маған	мен	PRON	Case=Dat|Number=Sing|Person=1|PronType=Prs
сенің	сен	PRON	Case=Gen|Number=Sing|Person=2|PronType=Prs
онымен	ол	PRON	Case=Ins|Number=Sing|Person=3|PronType=Prs
мұнда	бұл	PRON	Case=Loc|PronType=Dem
соған	сол	PRON	Case=Dat|PronType=Dem
осыдан	осы	PRON	Case=Abl|PronType=Dem
өзінің	өз	PRON	Case=Gen|Number[psor]=Plur,Sing|Person[psor]=3|PronType=Prs|Reflex=Yes
кімге	кім	PRON	Case=Dat|PronType=Int
бәрін	бәрі	PRON	Case=Acc|Number[psor]=Plur,Sing|Person[psor]=3|PronType=Tot
оқиды	оқы	VERB	Aspect=Hab|Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin
оқуға	оқы	VERB	Case=Dat|VerbForm=Ger
оқып	оқы	VERB	Aspect=Perf|VerbForm=Conv
тауып	тап	VERB	Aspect=Perf|VerbForm=Conv
табады	тап	VERB	Aspect=Hab|Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin
қорқады	қорық	VERB	Aspect=Hab|Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin
қояды	қой	VERB	Aspect=Hab|Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin
қою	қой	VERB	Case=Nom|VerbForm=Ger
жияды	жи	VERB	Aspect=Hab|Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin
киеді	ки	VERB	Aspect=Hab|Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin
бардық	бар	VERB	Mood=Ind|Number=Plur|Person=1|Tense=Past|VerbForm=Fin
айтпадым	айт	VERB	Mood=Ind|Number=Sing|Person=1|Polarity=Neg|Tense=Past|VerbForm=Fin
келген	кел	VERB	Tense=Past|VerbForm=Part
келгенін	кел	VERB	Case=Acc|Number[psor]=Plur,Sing|Person[psor]=3|Tense=Past|VerbForm=Ger
баратын	бар	VERB	Aspect=Imp|VerbForm=Part
жазылған	жаз	VERB	Tense=Past|VerbForm=Part|Voice=Pass
айтысып	айт	VERB	Aspect=Perf|VerbForm=Inf|Voice=Rcp
жаздырды	жаздыр	VERB	Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin
көрсе	көр	VERB	Mood=Cnd|Number=Sing|Person=3|VerbForm=Conv
барсын	бар	VERB	Mood=Opt|Number=Sing|Person=3|VerbForm=Fin
барайық	бар	VERB	Mood=Opt|Number=Plur|Person=1|VerbForm=Fin
алыңыз	ал	VERB	Mood=Imp|Number=Sing|Person=2|Polite=Form|VerbForm=Fin
бармақ	бар	VERB	Mood=Des|Number=Sing|Person=3|Tense=Fut|VerbForm=Fin
барғым	бар	VERB	Mood=Des|Number=Sing|Person=1|VerbForm=Inf
келіпті	кел	VERB	Evident=Fh|Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin
келер	кел	VERB	Tense=Fut|VerbForm=Part
болмас	бол	VERB	Mood=Ind|Number=Sing|Person=3|Polarity=Neg|Tense=Fut|VerbForm=Fin
айтушы	айт	VERB	Mood=Pot|VerbForm=Part
отырмын	отыр	AUX	Mood=Ind|Number=Sing|Person=1|Tense=Pres|VerbForm=Fin
еді	е	AUX	Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin
емеспін	е	AUX	Aspect=Hab|Mood=Ind|Number=Sing|Person=1|Polarity=Neg|Tense=Pres|VerbForm=Fin
Алматыда	Алматы	PROPN	Case=Loc
Назарбаевтың	Назарбаев	PROPN	Case=Gen|Gender=Masc
Нұрсұлтанқызының	Нұрсұлтанқызы	PROPN	Case=Gen|Gender=Fem
АҚШ-тың	АҚШ	PROPN	Case=Gen
БҰҰ-ның	БҰҰ	PROPN	Case=Gen
IT-дің	IT	PROPN	Case=Gen
55-ші	55	NUM	NumType=Ord
35-те	35	NUM	Case=Loc|NumType=Card
2008	2008	NUM	NumType=Ord
41-бапқа	41-бап	NOUN	Case=Dat
1990-жылдары	1990-жыл	NOUN	Case=Nom|Number=Plur|Number[psor]=Plur,Sing|Person[psor]=3
қарым-қатынасымыздың	қарым-қатынас	NOUN	Case=Gen|Number[psor]=Plur|Person[psor]=1
іс-әрекеті	іс-әрекет	NOUN	Case=Nom|Number[psor]=Plur,Sing|Person[psor]=3
ма	ма	PART	_
«	«	PUNCT	_
"""
ROWS = [tuple("" if field == "_" else field for field in line.split("\t")) for line in PARADIGMS.strip("\n").split("\n")]

NOUNS = (
    "бала",
    "үй",
    "кітап",
    "жүрек",
    "орын",
    "адам",
    "қыз",
    "сөз",
    "тау",
    "ай",
    "станция",
    "институт",
    "апрель",
    "клуб",
    "көл",
    "жұмыс",
    "ұлт",
)
VERBS = ("бар", "кел", "оқы", "тап", "қой", "жи", "айт", "жүр", "сөйле", "қорық", "біл", "жаз", "төк", "ұш", "дамы", "есті", "жу")


@pytest.fixture(scope="module")
def morph() -> MorphAnalyzer:
    return MorphAnalyzer()


def readings(analyses: list[Analysis]) -> set[tuple[str, str, str]]:
    return {(a.lemma, a.upos, a.feats) for a in analyses}


@pytest.mark.parametrize(("form", "lemma", "upos", "feats"), ROWS, ids=[row[0] for row in ROWS])
def test_forms_have_their_reading(morph: MorphAnalyzer, form: str, lemma: str, upos: str, feats: str) -> None:
    assert (lemma, upos, feats) in readings(morph.parse(form))


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("балалы", (("бала", "бала", "NOUN"), ("лы", "лы", "ADP"))),
        ("кедергісіз", (("кедергі", "кедергі", "NOUN"), ("сіз", "сыз", "ADP"))),
        ("дайынбыз", (("дайын", "дайын", "ADJ"), ("быз", "е", "AUX"))),
        ("кімдікі", (("кім", "кім", "PRON"), ("дікі", "кі", "ADP"))),
        ("ертең-ақ", (("ертең", "ертең", "ADV"), ("-ақ", "-ақ", "ADV"))),
        ("болады-ау", (("болады", "бол", "VERB"), ("ау", "ау", "PART"))),
        ("келші", (("кел", "кел", "VERB"), ("ші", "шы", "PART"))),
    ],
)
def test_tokens_of_two_words_name_them(morph: MorphAnalyzer, form: str, words: tuple[tuple[str, str, str], ...]) -> None:
    assert words in {tuple((w.form, w.lemma, w.upos) for w in a.words) for a in morph.parse(form)}


@pytest.mark.parametrize("form", ["көрген жоқ", "барған емес", "келген емеспін", "деген екен", "жазып отырмын"])
def test_analytic_verb_forms_are_one_reading(morph: MorphAnalyzer, form: str) -> None:
    best = morph.parse(form)[0]
    assert best.upos == "VERB"
    assert " " not in best.lemma
    assert best.known


@pytest.mark.parametrize(
    ("form", "lemma"),
    [("пульсарларымыздың", "пульсар"), ("блокбастерлерге", "блокбастер"), ("Зундерманнан", "Зундерман"), ("харлаптап", "харлапта")],
)
def test_unknown_words_get_a_sensible_lemma(morph: MorphAnalyzer, form: str, lemma: str) -> None:
    analyses = morph.parse(form)
    assert not any(a.known for a in analyses)
    assert lemma in {a.lemma for a in analyses[:4]}


@pytest.mark.parametrize(("form", "lemma"), [("көрінмеді", "көрін"), ("шешпедың", "шеш"), ("мектептарға", "мектеп")])
def test_suffixes_of_the_wrong_row_do_not_hide_the_stem(morph: MorphAnalyzer, form: str, lemma: str) -> None:
    assert any(a.lemma == lemma and a.known for a in morph.parse(form))


@given(st.text(min_size=1, max_size=25))
@settings(max_examples=200, deadline=None)
def test_no_token_is_left_without_reading(text: str) -> None:
    analyses = ANALYZER.parse(text)
    assert analyses
    assert all(a.lemma and a.upos in UPOS for a in analyses)
    assert sum(a.score for a in analyses) == pytest.approx(1.0, abs=0.001)


ANALYZER = MorphAnalyzer()


@pytest.mark.slow
@given(st.sampled_from([(lemma, "NOUN") for lemma in NOUNS] + [(lemma, "VERB") for lemma in VERBS]), st.data())
@settings(max_examples=300, deadline=None)
def test_what_is_generated_is_analysed(word: tuple[str, str], data: st.DataObject) -> None:
    lemma, upos = word
    form, _, feats = data.draw(st.sampled_from(ANALYZER.paradigm(lemma, upos)))
    assert (lemma, upos, feats) in readings(ANALYZER.parse(form))
    assert form in ANALYZER.generate(lemma, upos, feats)


@pytest.mark.parametrize("lemma", NOUNS)
def test_paradigm_of_a_noun_is_complete(morph: MorphAnalyzer, lemma: str) -> None:
    found = {feats for _, _, feats in morph.paradigm(lemma, "NOUN")}
    for case in FEATURES["Case"]:
        assert f"Case={case}" in found
        assert f"Case={case}|Number=Plur|{PX3}" in found


@pytest.mark.parametrize(
    ("stem", "suffix", "written"),
    [
        ("орын", "ға", "орынға"),
        ("жүрек", "ім", "жүрегім"),
        ("оқы", "у", "оқу"),
        ("сүй", "у", "сүю"),
        ("ки", "у", "кию"),
        ("теп", "іп", "теуіп"),
    ],
)
def test_writing_together_and_taking_apart_are_inverse(stem: str, suffix: str, written: str) -> None:
    assert attach(stem, suffix, verb=True) == written
    assert any((stem, suffix) in detach(written[:cut], written[cut:]) for cut in range(1, len(written) + 1))


@pytest.mark.parametrize(
    ("stem", "row"), [("бала", "b"), ("кеңсе", "f"), ("келу", "f"), ("тарих", "b"), ("коммунизм", "f"), ("банк", "f")]
)
def test_harmony_of_native_words_and_loans(stem: str, row: str) -> None:
    assert contexts(stem)[0][0] == row


def test_tables_use_the_features_of_the_inventory() -> None:
    for found in arcs().values():
        for arc in found:
            for name, value in arc.feats:
                assert name in FEATURES
                assert not value or value in FEATURES[name], arc


def test_examples_of_the_tables_are_analysed(morph: MorphAnalyzer) -> None:
    for table in ("nominal.tsv", "verbal.tsv"):
        for row in read_table(table):
            example = row[9]
            assert any(a.known for a in morph.parse(example)), example


@pytest.mark.slow
def test_published_paradigms_are_analysed_and_generated(shared: Path, morph: MorphAnalyzer) -> None:
    nouns = list(check_nouns(shared / "data" / "unimorph" / "kaz.noun.tsv", morph))
    assert sum(c.analysed for c in nouns) / len(nouns) >= 0.98
    assert sum(c.generated for c in nouns) / len(nouns) >= 0.98
    verbs = list(check_verbs(shared / "data" / "unimorph" / "kaz.sm", morph, lambda text: text.translate(LOOKALIKES)))
    assert sum(c.lemmatised for c in verbs) / len(verbs) >= 0.90
    assert all(c.reason in REASONS for c in (*nouns, *verbs) if c.reason)
    assert all(c.reason for c in verbs if not c.analysed)


@pytest.mark.slow
def test_treebank_words_are_among_the_candidates_without_its_own_entries(shared: Path) -> None:
    analyzer = MorphAnalyzer(without=("ktb",))
    total = lemma_and_upos = everything = 0
    for line in (shared / "data" / "ktb" / "kk_ktb-dev.conllu").read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        if len(fields) != 10 or not fields[0].isdigit() or fields[3] in ("PUNCT", "X"):
            continue
        found = analyzer.parse(fields[1])
        feats = "" if fields[5] == "_" else fields[5]
        total += 1
        lemma_and_upos += any((a.lemma, a.upos) == (fields[2], fields[3]) for a in found)
        everything += any((a.lemma, a.upos, a.feats) == (fields[2], fields[3], feats) for a in found)
    assert lemma_and_upos / total >= 0.97
    assert everything / total >= 0.95


def test_sources_can_be_left_out() -> None:
    bare = MorphAnalyzer(without=("hunspell", "kaznlp", "ktb", "apertium", "unimorph", "unilex", "kaznerd"))
    assert not any(source != "own" for _, e in bare.lexicon.entries() for source in [e.source])
    assert bare.parse("маған")[0].lemma == "мен"


def test_same_word_same_analysis(morph: MorphAnalyzer) -> None:
    first = morph.parse("жүргізгендіктен")
    morph.parse("басқа")
    assert morph.parse("жүргізгендіктен") == first == MorphAnalyzer().parse("жүргізгендіктен")
