"""Kazakh in Latin and Arabic letters: there and back, what other languages are left alone, and what cleaning makes of such texts."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

import kz_textkit as kz
from kz_textkit.corpus.rebuild import gaps_of, placed_blocks, rebuild
from kz_textkit.scripts.alphabets import ALPHABETS
from kz_textkit.scripts.detection import alphabet_of
from kz_textkit.scripts.transliteration import transliterate

TEXT = (
    "Ауылдың шетіндегі көк төбеде ескі қыстау тұр. Күз түсіп, үйректер жылы жаққа ұшып кетті. "
    "Әжем таңертең ерте тұрып, қазан көтереді де, бізді шайға шақырады. Қоңыр аңның ізі жаңа жауған қарда анық көрінеді."
)
NATIVE = "аәбғдеёжзкқлмнңоөпрстұүшыі".replace("ё", "")


@pytest.mark.parametrize("alphabet", [a for a in ALPHABETS if a != "cyrillic"])
def test_a_text_comes_back(alphabet: str) -> None:
    written = kz.transliterate(TEXT, alphabet)
    assert not regex.search(r"\p{Script=Cyrillic}", written)
    assert alphabet_of(written) == alphabet
    back = kz.transliterate(written)
    assert back.lower() == TEXT.lower() if alphabet == "arabic" else back == TEXT


@pytest.mark.parametrize("alphabet", ["latin-2021", "latin-2018", "latin-2017"])
@settings(deadline=None)
@given(st.lists(st.text(NATIVE, min_size=1, max_size=8), max_size=6).map(" ".join))
def test_native_letters_come_back_by_the_tables_alone(alphabet: str, text: str) -> None:
    assert transliterate(transliterate(text, alphabet, source="cyrillic"), "cyrillic", source=alphabet) == text


@settings(deadline=None)
@given(st.text(), st.sampled_from(ALPHABETS), st.sampled_from(ALPHABETS))
def test_any_text_can_be_written_in_any_alphabet(text: str, source: str, to: str) -> None:
    transliterate(text, to, source=source)


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Қазақстан Республикасы", "Qazaqstan Respublikasy"),
        ("ҰЛТТЫҚ КІТАПХАНА", "ŪLTTYQ KITAPHANA"),
        ("Ірі қара", "Irı qara"),
        ("қоян, зиян, қуат", "qoian, zian, quat"),
        ("айдаһар", "aidahar"),
    ],
)
def test_the_alphabet_of_2021(cyrillic: str, latin: str) -> None:
    assert transliterate(cyrillic, "latin-2021") == latin
    assert transliterate(latin, "cyrillic", source="latin-2021") == cyrillic


@pytest.mark.parametrize(
    "text",
    [
        "The quick brown fox jumps over the lazy dog, and the queen answers the question.",
        "Türkiye'nin başkenti Ankara'dır; ülkenin en kalabalık şehri İstanbul'dur.",
        "O‘zbekiston poytaxti Toshkent shahri, qishloq xo‘jaligi bo‘yicha yangi qonun qabul qilindi.",
        "Azərbaycanın paytaxtı Bakıdır, qədim şəhər Xəzər dənizinin qərb sahilində yerləşir.",
        "العربية لغة جميلة وهي لغة القرآن الكريم",
    ],
)
def test_other_languages_are_left_alone(text: str) -> None:
    assert alphabet_of(text) is None
    assert kz.fix(text) == text


@pytest.mark.parametrize("alphabet", ["latin-2021", "arabic"])
def test_cleaning_keeps_the_record(alphabet: str) -> None:
    text = kz.transliterate(TEXT, alphabet)
    document = kz.clean(kz.RawDocument("үлгі", "үлгі.txt", sha256(text.encode()).hexdigest(), "utf-8", text))
    assert "көк төбеде" in document.text
    assert {e.rule for e in document.edits if e.applied} == {"script"}
    assert rebuild(placed_blocks(document), [e for e in document.edits if e.applied], gaps_of(document)) == text


def test_running_words_come_back(shared: Path) -> None:
    words = regex.findall(r"\p{Script=Cyrillic}+", (shared / "data" / "plain" / "wikipedia.txt").read_text(encoding="utf-8"))[:8000]
    for alphabet, least in (("latin-2021", 0.985), ("arabic", 0.975)):
        back = [kz.transliterate(kz.transliterate(word, alphabet, source="cyrillic"), source=alphabet) for word in words]
        assert sum(a.lower() == b.lower() for a, b in zip(words, back, strict=True)) / len(words) >= least


def test_an_unknown_alphabet_is_named() -> None:
    with pytest.raises(kz.UsageError, match="latin-2021"):
        kz.transliterate("тіл", "latin-1929")
