"""The rule `encoding`: wrong decodings are undone, and nothing else is touched."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kz_textkit.alignment import apply_edits
from kz_textkit.repair.encoding import encoding_edits, lost_letters
from paragraphs import KAZAKH, OTHERS


def mended(text: str) -> str:
    return apply_edits(text, encoding_edits(text))


def misread(text: str, written: str, read: str) -> str:
    """The bytes of `text` as a program shows them that leaves undefined bytes as control characters."""
    return "".join(bytes([byte]).decode(read, "replace").replace("\ufffd", chr(byte)) for byte in text.encode(written))


ALL_KAZAKH = "\n".join(KAZAKH.values())
MISREADINGS = [
    ("kz1048", "cp1251"),
    ("ptcp154", "cp1251"),
    ("kz1048", "latin-1"),
    ("kz1048", "cp1252"),
    ("ptcp154", "latin-1"),
    ("ptcp154", "cp1252"),
    ("utf-8", "cp1251"),
    ("utf-8", "latin-1"),
    ("utf-8", "cp1252"),
    ("utf-8", "kz1048"),
    ("utf-8", "ptcp154"),
    ("utf-8", "koi8-r"),
    ("utf-8", "cp866"),
    ("utf-8", "mac-cyrillic"),
]


@pytest.mark.parametrize(("written", "read"), MISREADINGS)
@pytest.mark.parametrize("kind", KAZAKH)
def test_kazakh_read_in_the_wrong_encoding_comes_back(kind: str, written: str, read: str) -> None:
    assert mended(misread(KAZAKH[kind], written, read)) == KAZAKH[kind]


@pytest.mark.parametrize("read", ["cp1251", "latin-1", "cp1252"])
def test_utf8_misread_twice_comes_back(read: str) -> None:
    text = KAZAKH["news"]
    assert mended(misread(misread(text, "utf-8", read), "utf-8", read)) == text
    assert mended(misread(misread(text, "kz1048", "cp1251"), "utf-8", read)) == text


@pytest.mark.parametrize("errors", ["replace", "ignore"])
def test_a_byte_that_windows_1251_has_no_letter_for_is_put_back(errors: str) -> None:
    text = "Әлия мен Иван Әуезов көшесінде тұрады, Әжесі Иісі алты алашқа белгілі"
    assert mended(text.encode().decode("cp1251", errors)) == text


def test_bytes_that_windows_1252_has_no_letter_for_are_told_by_the_word() -> None:
    text = "Алматы – Астана пойызы Сарыағашқа келді"
    assert mended(text.encode().decode("cp1252", "replace")) == text


@pytest.mark.parametrize("codec", ["kz1048", "ptcp154"])
@pytest.mark.parametrize("joint", ["\n", "\n\n", " "])
def test_one_damaged_paragraph_is_mended_in_a_sound_document(codec: str, joint: str) -> None:
    first, second, third = KAZAKH.values()
    assert mended(joint.join((first, misread(second, codec, "cp1251"), third))) == joint.join((first, second, third))


def test_paragraphs_of_different_damage_are_each_read_in_their_own_code_page() -> None:
    first, second, third = KAZAKH.values()
    damaged = [misread(first, "kz1048", "cp1251"), misread(second, "ptcp154", "cp1251"), misread(third, "utf-8", "cp1251")]
    assert mended("\n".join(damaged)) == ALL_KAZAKH


@pytest.mark.parametrize(
    ("damaged", "sound"),
    [
        ("Ќазаќстан", "Қазақстан"),
        ("їлкен", "үлкен"),
        ("жўмыс", "жұмыс"),
        ("µз", "өз"),
        ("Їкімет", "Үкімет"),
        ("ЌАЗАЌСТАН РЕСПУБЛИКАСЫНЫЅ ЇКІМЕТІ", "ҚАЗАҚСТАН РЕСПУБЛИКАСЫНЫҢ ҮКІМЕТІ"),
        ("ЌАЗАЌСТАН РЕСПУБЛИКАСЫНЫЊ ‡КІМЕТІ", "ҚАЗАҚСТАН РЕСПУБЛИКАСЫНЫҢ ҮКІМЕТІ"),
        ("¤мірде б±л к‰нніњ орны бµлек, ¦лы дала", "Өмірде бұл күннің орны бөлек, Ұлы дала"),
        ("Єылым мен білім", "Ғылым мен білім"),
    ],
)
def test_short_damaged_texts(damaged: str, sound: str) -> None:
    assert mended(damaged) == sound


@pytest.mark.parametrize("text", [*KAZAKH.values(), *OTHERS.values()], ids=[*KAZAKH, *OTHERS])
def test_clean_text_of_any_language_stays(text: str) -> None:
    assert encoding_edits(text) == []
    assert lost_letters(text) == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_quotation_in_a_clean_kazakh_text_stays(language: str) -> None:
    for text in (
        f"{KAZAKH['news']} «{OTHERS[language]}» {KAZAKH['law']}",
        f"{KAZAKH['news']}\n{OTHERS[language]}\n{KAZAKH['law']}",
    ):
        assert encoding_edits(text) == []


@pytest.mark.parametrize("codec", ["kz1048", "ptcp154"])
@pytest.mark.parametrize("language", ["be", "mk", "sr", "uk", "ru", "ky", "sah"])
def test_a_quoted_line_in_a_damaged_kazakh_text_stays(language: str, codec: str) -> None:
    sound = f"{KAZAKH['news']}\n{OTHERS[language]}\n{KAZAKH['law']}"
    damaged = f"{misread(KAZAKH['news'], codec, 'cp1251')}\n{OTHERS[language]}\n{misread(KAZAKH['law'], codec, 'cp1251')}"
    assert mended(damaged) == sound


def test_foreign_words_and_signs_in_a_kazakh_sentence_stay() -> None:
    text = (
        "Македонша «ќерка», «ноќ», «браќа», украинша «Київ», «їжак», «країна», «мої», сербше «кућа», «Љубљана», "
        "белорусша «Быкаў», «воўк» сөздері бар. Қысым ±5 мм, µ бөлшегі, 25‰ тұзды, €100, «‹ішкі›» және † белгісі, Қазақ™ брендi. "
        "СССР»… ТІРІСІ, РІ, 8В» сыныбы."
    )
    assert encoding_edits(text) == []


def test_entities_are_letters_but_addresses_and_names_with_ampersands_stay() -> None:
    assert mended("&laquo;&#1178;аза&#x49b;&raquo;&nbsp;&ndash; ел") == "«Қазақ»\u00a0– ел"
    assert mended("&amp;laquo;қала&amp;raquo;") == "«қала»"
    for text in (
        "AT&T мен R&D, http://site.kz/?a=1&b=2&copy=3",
        "HTML-да &nbsp; белгісі – бос орын",
        "<b>қалың</b> &laquo; тегі",
        "&жоқ; &foo;",
    ):
        assert encoding_edits(text) == []


def test_control_characters_go_and_windows_punctuation_comes_back() -> None:
    assert mended("қа\x02ла\x00 \x96 \x93ауыл\x94\x07") == "қала – “ауыл”\t"
    assert encoding_edits("бет\fбасы\tбаған\r\nжол\n") == []


def test_edits_are_as_small_as_the_damage() -> None:
    edits = encoding_edits("Ел астанасында ќонаќтар кґп болды")
    assert [(e.before, e.after, e.rule) for e in edits] == [
        ("ќ", "қ", "encoding"),
        ("ќ", "қ", "encoding"),
        ("ґ", "ө", "encoding"),
    ]


def test_russian_read_as_latin_comes_back_and_latin_stays() -> None:
    text = OTHERS["ru"].replace("−", "-")
    for codec in ("cp1251", "koi8-r"):
        sound = text.encode(codec, "ignore").decode(codec)
        assert (
            mended(f"{KAZAKH['news']}\n{misread(sound, codec, 'cp1252')}\nÀ la crème, où ça?")
            == f"{KAZAKH['news']}\n{sound}\nÀ la crème, où ça?"
        )
    assert encoding_edits("Әріптер: ÀÁÂÃÄÅÆÇÈÉÊË àáâãäåæçèéêë") == []


def test_lost_letters_are_told() -> None:
    assert lost_letters(KAZAKH["law"].translate(dict.fromkeys(map(ord, "әғқңөұүһіӘҒҚҢӨҰҮҺІ"), "?")))
    assert lost_letters(KAZAKH["law"].encode("cp1251", "replace").decode("cp1251"))
    assert lost_letters(KAZAKH["law"].encode("kz1048").decode("utf-8", "replace"))
    only_special = "".join(c for c in KAZAKH["law"] if c in "әғқңөұүһіӘҒҚҢӨҰҮҺІ ,.-\n")
    assert "almost only the letters special to Kazakh" in lost_letters(only_special)[0]
    one_line = f"{KAZAKH['news']}\n{only_special}\n{KAZAKH['story']}"
    assert lost_letters(one_line)[0].startswith("letters are lost beyond repair: 1 line ")


def test_questions_and_lists_of_letters_are_no_lost_letters() -> None:
    for text in (
        "Бұл не? Кім келді?? – деді ол. Қайда?! «Неге?» деп сұрады (шынымен бе?).",
        "Қазақ тілінің төл дыбыстары: ә, і, ң, ғ, ү, ұ, қ, ө, һ",
        "Ә ә Ғ ғ Қ қ Ң ң Ө ө Ұ ұ Ү ү Һ һ І і",
        "http://site.kz/?бет=1",
    ):
        assert lost_letters(text) == []


ALPHABET = "аәбқңүіРСТУЌќїµ±‰ў°ЂЃ‚ѓÐÑÒ\u0098\u009a\u00a0\ufffd&#;amplaquo12 \n«»?\x02"


@given(
    st.one_of(
        st.text(),
        st.text(ALPHABET),
        st.lists(st.sampled_from(["&amp;", "lt;", "Р°", "С‚", "вЂ", "ќаза", "Ð°", "\n", " "])).map("".join),
    )
)
def test_what_is_mended_needs_no_mending(text: str) -> None:
    edits = encoding_edits(text)
    assert all(a.end <= b.start for a, b in pairwise(edits))
    assert all(text[e.start : e.end] == e.before != e.after for e in edits)
    assert encoding_edits(apply_edits(text, edits)) == []


@pytest.mark.parametrize(("written", "read"), MISREADINGS[:9])
def test_damaged_news_come_back(shared: Path, written: str, read: str) -> None:
    text = "\n".join(news(shared, every=40))
    sound = text.encode(written, "ignore").decode(written)
    found = mended(misread(sound, written, read))
    assert len(found) == len(sound)
    assert sum(a != b for a, b in zip(found, sound, strict=True)) <= 0.001 * len(sound)


def news(shared: Path, every: int) -> list[str]:
    sentences = (shared / "data" / "kaznerd" / "IOB2_valid.txt").read_text(encoding="utf-8").split("\n\n")
    return [" ".join(line.split(" ")[0] for line in sentence.splitlines()) for sentence in sentences[::every]]


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [("Ол «cafÃ©» деп жазды.", "Ол «café» деп жазды."), ("BÃ©la BartÃ³k Алматыға келді.", "Béla Bartók Алматыға келді.")],
)
def test_western_names_in_kazakh_text_are_mended(damaged: str, clean: str) -> None:
    assert apply_edits(damaged, encoding_edits(damaged)) == clean


def test_western_names_that_are_right_stay() -> None:
    assert encoding_edits("São Paulo мен Århus қалалары, Ångström бірлігі, Âge d’or.") == []
