"""Every character of a corpus leads to its page and box, or to its part and paragraph; concordances cite it."""

from __future__ import annotations

import pytest

from archives import shape_of, slides
from kz_textkit import Corpus, run, verify
from kz_textkit.corpus.places import Place, Places, places_of
from kz_textkit.document import Mark, RawDocument


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("places")
    raw = folder / "raw"
    raw.mkdir()
    first = shape_of("title", "Дала") + shape_of("body", "Дала – кең жазық жер.", "Онда мал өседі.", y=900_000)
    second = shape_of("title", "Су") + shape_of("body", "Су – тіршілік көзі.", y=900_000)
    (raw / "дәріс.pptx").write_bytes(slides(first, second))
    (raw / "тау.txt").write_text("Тау – биік жер. Тауда қар қалың болады.", "utf-8")
    (raw / "қор.jsonl").write_text('{"text": "Көл – жатқан су.", "author": "Сейіт"}\n{"text": "Бұлақ – аққан су."}\n', "utf-8")
    run(raw, folder / "clean")
    return Corpus(folder / "clean")


def test_places_lead_to_pages_and_paragraphs(corpus: Corpus) -> None:
    places = corpus.places[corpus.places["doc_id"] == "дәріс"]
    assert places["page"].tolist() == [1, 1, 1, 1, 2, 2, 2]
    assert set(places["part"]) == {"ppt/slides/slide1.xml", "ppt/slides/slide2.xml"}
    assert corpus.places["doc_id"].nunique() == 1


def test_a_concordance_cites_the_place_of_each_match(corpus: Corpus) -> None:
    found = corpus.concordance('[form="(?i)су|жер"]')
    assert list(zip(found["document"], found["place"], strict=True)) == [
        ("дәріс", "p. 1"),
        ("дәріс", "p. 2"),
        ("дәріс", "p. 2"),
        ("тау", ""),
        ("қор-0000001", ""),
        ("қор-0000002", ""),
    ]
    assert corpus.concordance('[form="жоқсөз"]')["place"].tolist() == []


def test_what_files_say_of_themselves_is_in_the_table_of_documents(corpus: Corpus) -> None:
    documents = corpus.documents.set_index("doc_id")
    assert documents["format"].to_dict() == {"дәріс": "pptx", "тау": "text", "қор-0000001": "jsonl", "қор-0000002": "jsonl"}
    assert documents.loc["қор-0000001", "metadata"] == '{"author": "Сейіт"}'
    assert (corpus.blocks["language"] == "kk").all()


def test_texts_of_every_format_are_rebuilt(corpus: Corpus) -> None:
    result = verify(corpus.path)
    assert result.ok, result.problems


def test_the_shortest_place_says_most() -> None:
    marks = (
        Mark(0, 50, "page", {"number": 3, "label": "xii"}),
        Mark(0, 20, "line", {"x0": 70, "y0": 90, "x1": 400, "y1": 102}),
        Mark(21, 50, "line", {"x0": 70, "y0": 104, "x1": 300, "y1": 116}),
        Mark(51, 90, "page", {"number": 4}),
    )
    places = Places(places_of(RawDocument("а", "а.pdf", "", "utf-8", "а" * 90, marks=marks)))
    assert places.at(30) == Place(21, 50, 3, "xii", 70.0, 104.0, 300.0, 116.0)
    assert [places.cited(offset) for offset in (0, 20, 60, 200)] == ["p. xii", "p. xii", "p. 4", ""]
