"""The language kk: tokens, lexical attributes and sentence ends of Kazakh."""

import pickle

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from kz_textkit.lang.kk import Kazakh
from kz_textkit.lang.kk.examples import sentences as examples
from kz_textkit.lang.kk.lex_attrs import like_num, word_shape
from kz_textkit.lang.kk.stop_words import STOP_WORDS
from kz_textkit.lang.kk.tokenizer_exceptions import ABBREVIATIONS_AFTER, ABBREVIATIONS_BEFORE, ABBREVIATIONS_CLOSING


def pipeline() -> Language:
    nlp: Language = Kazakh()
    nlp.add_pipe("kk_sentences")
    return nlp


NLP = pipeline()


def tokens(text: str) -> str:
    return "|".join(t.text for t in NLP.make_doc(text))


def sentences(text: str) -> list[str]:
    return [s.text.strip() for s in NLP(text).sents]


def test_spacy_finds_the_language_by_entry_point() -> None:
    assert type(spacy.blank("kk")) is Kazakh


WHOLE = """
қарым-қатынас іс-әрекеті 41-бапқа 55-ші 1990-жылдары БҰҰ-ның АҚШ-тың IT-дің т.б. б.з.д. ж.ж. т.с.с. ж.т.б. Н.Ә. ас-Сауд О'Нил Нұр-Сұлтан
сондай-ақ 3,5 12.05.2001 18:30 8-701-555-20-20 1/3 https://egov.kz/cms?a=1 info@kitap.kz kitap.kz COVID-19 проф. млрд. e-mail
"""


@pytest.mark.parametrize("word", WHOLE.split())
def test_one_word_is_one_token(word: str) -> None:
    assert tokens(word) == word


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("«Көктем»-нің", "«|Көктем|»|-нің"),
        ("Ә.Б.Сейітов", "Ә.Б.|Сейітов"),
        ("М. Әуезов", "М.|Әуезов"),
        ("Қ.МҰҚАНОВ", "Қ.|МҰҚАНОВ"),
        ("(Ж.-П.Сартр)", "(|Ж.-П.|Сартр|)"),
        ("1995 ж. туған.", "1995|ж.|туған|."),
        ("(нан, су, т.б.).", "(|нан|,|су|,|т.б.|)|."),
        ("1848-1923", "1848|-|1923"),
        ("1848–1923 жж.", "1848|–|1923|жж."),
        ("XV-XVIII ғасыр", "XV|-|XVIII|ғасыр"),
        ("5% және 7%-ға", "5|%|және|7%-ға"),
        ("Сәлем 👨‍👩‍👧🇰🇿 👍🏽!", "Сәлем|👨‍👩‍👧|🇰🇿|👍🏽|!"),
        ("б. з. д. V ғасыр, мыс. Мысыр", "б.|з.|д.|V|ғасыр|,|мыс.|Мысыр"),
        ("№5 мектеп, §3", "№|5|мектеп|,|§|3"),
        ("$100, 200₸", "$|100|,|200|₸"),
        ("10кг ұн", "10|кг|ұн"),
        ("Келді.Кетті", "Келді|.|Кетті"),
        ("ҚР.БҒМ", "ҚР|.|БҒМ"),
        ("Қайда?!", "Қайда|?|!"),
        ("Сол ма?..", "Сол|ма|?|.|."),
        ("Кетті...", "Кетті|..."),
        ("болды,-деді", "болды|,|-|деді"),
        ("«Кел»-деді ол", "«|Кел|»|-|деді|ол"),
        ("ағасы-Ерлан", "ағасы|-|Ерлан"),
        ("және/немесе", "және|/|немесе"),
        ("Кіріспе......5", "Кіріспе|......|5"),
        ("____________", "____________"),
        ("том V.", "том|V|."),
        ("а) үй; б) түз", "а|)|үй|;|б|)|түз"),
        ("1. Үй 1.2. Түз", "1|.|Үй|1.2|.|Түз"),
        ("info@kitap.kz, kitap.kz.", "info@kitap.kz|,|kitap.kz|."),
        ("дейді.ол", "дейді.ол"),
        ("(1963 ж.т.), б.д.б.", "(|1963|ж.т.|)|,|б.д.б."),
        ("М., 1983. – 85-б.", "М.|,|1983|.|–|85-б."),
        ("21.05.2007.№254", "21.05.2007|.|№|254"),
    ],
)
def test_tokens(text: str, expected: str) -> None:
    assert tokens(text) == expected


@given(st.text(alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from("аәбғқұіАҚ .,-–«»!?0123%()т\n\u00a0")), max_size=120))
def test_no_character_is_lost_whatever_the_text(text: str) -> None:
    doc = NLP(text)
    assert doc.text == text
    assert "".join(s.text_with_ws for s in doc.sents) == text


@pytest.mark.parametrize(
    "word",
    [
        "0",
        "3,5",
        "1 000".replace(" ", ""),
        "-5",
        "1/3",
        "55-ші",
        "20-сыншы",
        "35-те",
        "100-ден",
        "2-еуі",
        "он",
        "Жүз",
        "жиырмасыншы",
        "үшеу",
        "XIX",
        "I",
    ],
)
def test_numbers_look_like_numbers(word: str) -> None:
    assert like_num(word)


@pytest.mark.parametrize("word", ["1990-жылдары", "41-бапқа", "бесік", "онда", "C", "D", "МХ", "COVID-19", "т.б.", "-", "IIII", "VX"])
def test_other_words_do_not_look_like_numbers(word: str) -> None:
    assert not like_num(word)


def test_word_shapes_are_those_of_spacy() -> None:
    for word in ["Алматы", "ел", "АҚШ-тың", "2030", "қ" * 120]:
        assert word_shape(word) == spacy.lang.lex_attrs.word_shape(word)


def test_stop_words_are_function_words_in_lower_case() -> None:
    assert {"және", "үшін", "олардың", "болып", "емес", "ғой"} <= STOP_WORDS
    assert not STOP_WORDS & {"адам", "билік", "қала", "мектеп", "саясат"}
    assert all(w == w.lower() and " " not in w for w in STOP_WORDS)
    assert NLP.vocab["Бірақ"].is_stop


def test_abbreviations_are_listed_once() -> None:
    forms = [a for a, _ in ABBREVIATIONS_BEFORE + ABBREVIATIONS_AFTER + ABBREVIATIONS_CLOSING]
    assert len(forms) == len(set(forms))


@pytest.mark.parametrize("sentence", examples)
def test_an_example_is_one_sentence(sentence: str) -> None:
    assert sentences(sentence) == [sentence]


@pytest.mark.parametrize(
    "text",
    [
        # | marks the sentence ends inside the text.
        "Таң атты. |Мал өрді.",
        "Кім бұл? |Білмеймін! |Иә...",
        "Көктем келді… |Қар еріді.",
        "Шығыстанушы Ә. Қайырбеков пен Т.С.Омаров 1995 ж. Алматыда кездесті. |Олар көп сөйлесті.",
        "Кітап 1987 ж. |Бұл жылы ол жиырмада еді.",
        "Нан, су, ет, т.б. азық дайын. |Жолға шығайық.",
        "Базардан нан, май, т.б. алды. |Үйге қайтты.",
        "Ауылда тары, бидай, т.б. |Малға жем де мол.",
        "Ғұндар б.д.б. Орталық Азияда өмір сүрді. |Қыздары Айгүл (1990 ж.т.), Сара (1995 ж.т.) Алматыда тұрады.",
        "Деректер 85-б. Кесте түрінде берілген. |Қараңыз.",
        "Мәжіліске проф. Ахметов, акад. Сәтпаев, т.б. келді. |– Кірейік, – деді Ә. Омаров. |– Иә.",
        "Дала б.з.д. VII ғасырда қоныстанған. |Оның дәлелі көп.",
        "«Ертең кел!» – деді атам. |Мен бас изедім.",
        "– Қайда барасың? – деп сұрады ол. |– Үйге. |– Жақсы.",
        "— Тоқта! |— Неге?",
        "Ол: «Мен барамын. |Сен қал», – деді.",
        "«Бұл кімнің аты?» деген сұрақ туды.",
        "1. Кіріспе бөлім. |2. Негізгі бөлім.",
        "1-бап. Жалпы ережелер. |Бұл заң баршаға ортақ.",
        "2.1-кесте. Халық саны. |І тарау. Құқық. |№5 сурет. Жайлау. |Қосымша 2. Тізім.".replace("І", "I"),
        "Әдебиет: 1. Абай. Қара сөздер. |2. Шоқан. Жазбалар.".replace("Абай. ", "Абай. |").replace("Шоқан. ", "Шоқан. |"),
        'Хат жазды."Келемін" деді. |Күтті.'.replace('."', '.|"'),
        '"Жүр!"деді ағам. |Ердім.',
        "– Бар ма?- деді шал.-|Жоқ.".replace("-|", "|-"),
        "Құрамы мынадай: су; тұз; ұн. |Бәрін араластырыңыз.",
        "Орташа жас – 35. |Бұл аз емес.",
        "Жылдамдық сағатына 90 км. |Жол тегіс.",
        "Ақсақал (1890 ж. туған. Қазір жоқ) ақын еді. |Өлеңі қалды.",
        "Қоңыр күз. |(Сурет). |Жапырақ сарғайды.",
        "Сөмкесін «алды-ау!.. |Кетті-ау!» деп ойладым.",
        "Бағасы 2 млрд. АҚШ доллары. |Қымбат.",
        "Сабақ бітті.Балалар тарады.".replace(".Б", ".|Б"),
        "Мекенжайы: Абай к., 5-үй. |Келіңіз.",
        "Жаңалықты айКөмек таратты. |iKomek те бар.",
        "БІРІНШІ БӨЛІМ. |ЖАЛПЫ ЕРЕЖЕ.",
        "Жаңа тақырып\n\nЖаңа абзац басталды. |Ол ұзақ.".replace("\n\n", "\n\n|"),
    ],
)
def test_sentence_ends(text: str) -> None:
    expected = [s.strip() for s in text.split("|")]
    assert sentences(text.replace("|", "")) == expected


def test_sentence_starts_that_are_given_stay_when_asked() -> None:
    nlp = Kazakh()
    nlp.add_pipe("kk_sentences", config={"overwrite": False})
    doc = nlp(Doc(nlp.vocab, ["Кел", ".", "Отыр", "."], sent_starts=[True, False, False, False]))
    assert len(list(doc.sents)) == 1


def test_the_splitter_scores_like_one_of_spacy() -> None:
    nlp = pipeline()
    gold = Doc(nlp.vocab, ["Кел", ".", "Отыр", "."], [False, True, False, False], sent_starts=[True, False, True, False])
    assert nlp.evaluate([Example(nlp.make_doc(gold.text), gold)])["sents_f"] == 1.0


def test_the_pipeline_survives_disk_and_processes(tmp_path) -> None:
    text = "Қыс келді. Н.Ә.Сейітов 5%-ға өсті, т.б. айтты."
    expected = [(t.text, t.is_sent_start) for t in NLP(text)]
    NLP.to_disk(tmp_path / "kk")
    again = spacy.load(tmp_path / "kk")
    assert [(t.text, t.is_sent_start) for t in again(text)] == expected
    assert again.tokenizer.max_cache_size == NLP.tokenizer.max_cache_size
    assert pickle.loads(pickle.dumps(NLP.tokenizer))(text).text == text
    docs = NLP.pipe([text] * 4, n_process=2, batch_size=2)
    assert all([(t.text, t.is_sent_start) for t in d] == expected for d in docs)
