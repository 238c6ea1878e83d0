"""The report says what is in the corpus, in three languages, and no text in it can do anything."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter

import pandas as pd
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

import kz_textkit as kz
from kz_textkit.cli import app
from kz_textkit.errors import UsageError
from kz_textkit.report import render, write_report
from kz_textkit.report.changes import changed
from kz_textkit.report.contents import MOST_NODES, MOST_TERMS, Contents, LinkRow, Some, gather
from kz_textkit.report.lines import LINES_SIZE
from kz_textkit.report.messages import LANGUAGES, messages
from kz_textkit.report.parts import NO_PART, parts
from kz_textkit.stats.terms import fold_case
from repository import RAW

HOSTILE = """1-дәріс. <script>alert("тақырып")</script> Су туралы

Судың <script>document.title = "ұрланды"</script> табиғаттағы орны ӛте зор. Ӛзендер мен кӛлдер <img src=x onerror=alert(1)> елдің
байлығы. Бұл туралы "><svg onload=alert(2)> деп те жазылған.

http://kk.wikipedia.org/wiki/%3Cscript%3Ealert(3)%3C/script%3E

2-дәріс. Дала мен орман

Дала кең, орман қалың. Ӛзен бойында ел кӛп. Орман мен дала адамға қымбат, оларды қорғау керек.
"""


class Page(HTMLParser):
    """The elements of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> kz.Corpus:
    folder = tmp_path_factory.mktemp("report") / "корпус"
    kz.run(RAW, folder, workers=1)
    return kz.Corpus(folder)


@pytest.fixture(scope="module")
def contents(corpus: kz.Corpus) -> Contents:
    return gather(corpus)


def test_every_message_stands_in_every_language_with_the_same_values() -> None:
    tables = [messages(language).table for language in LANGUAGES]
    for key in tables[0]:
        others = [table[key] for table in tables]
        assert all(text and text == text.strip() for text in others), key
        assert len({frozenset(name for _, name, _, _ in Formatter().parse(text) if name) for text in others}) == 1, key


def test_no_message_is_left_in_english() -> None:
    english, kazakh, russian = (messages(language).table for language in LANGUAGES)
    assert not [
        key for key in english if re.search("[a-z]{3}", re.sub(r"\{\w+\}|kz-textkit|log-likelihood|MATTR|TTR", "", kazakh[key]))
    ]
    assert not [
        key for key in english if re.search("[a-z]{3}", re.sub(r"\{\w+\}|kz-textkit|log-likelihood|MATTR|TTR", "", russian[key]))
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_is_one_file_that_loads_nothing(contents: Contents, language: str) -> None:
    page = render(contents, language)
    elements = Page(page).elements
    assert page.startswith("<!DOCTYPE html>")
    assert ("html", {"lang": language}) in elements
    assert not [tag for tag, attributes in elements if "src" in attributes or tag in ("iframe", "object", "embed", "base")]
    assert [attributes["href"] for tag, attributes in elements if tag == "link"] == ["data:,"]
    assert "@import" not in page and "url(" not in page
    assert len(page.encode()) < 1_000_000


def test_text_from_a_corpus_stays_text(tmp_path: Path) -> None:
    (tmp_path / "қатер.txt").write_text(HOSTILE, "utf-8")
    kz.run(tmp_path / "қатер.txt", tmp_path / "corpus", workers=1)
    contents = gather(kz.Corpus(tmp_path / "corpus"), chosen=["<script>alert(4)</script>", "су"])
    for language in LANGUAGES:
        page = render(contents, language)
        elements = Page(page).elements
        assert [tag for tag, _ in elements].count("script") == 1
        assert not [tag for tag, _ in elements if tag == "img"]
        assert not [name for _, attributes in elements for name in attributes if name.startswith("on")]
        assert "&lt;script&gt;alert(4)" in page


def test_only_addresses_on_the_web_become_links(contents: Contents) -> None:
    rows = [
        LinkRow("Су", "https://kk.wikipedia.org/wiki/%D0%A1%D1%83", True, 1, "", []),
        LinkRow("Қатер", "javascript:alert(1)", False, 1, "", ["<b>"]),
        LinkRow("", 'https://example.org/"onmouseover="alert(1)', True, 1, "", []),
    ]
    elements = Page(render(replace(contents, links=[("external", Some(rows, 3))]), "kk")).elements
    hrefs = [attributes["href"] for tag, attributes in elements if tag == "a" and not str(attributes["href"]).startswith("#")]
    assert hrefs == ["https://kk.wikipedia.org/wiki/%D0%A1%D1%83", 'https://example.org/"onmouseover="alert(1)']
    assert not [1 for _, attributes in elements if "onmouseover" in attributes]


def test_counts_agree_with_a_plain_count_over_the_tokens_table(corpus: kz.Corpus, contents: Contents) -> None:
    words = corpus.words[corpus.words["form"].map(lambda form: any(map(str.isalnum, form)))]
    lemmas = words["lemma"].where(words["lemma"] != "", words["form"].map(fold_case))
    counts = lemmas.value_counts()
    assert contents.totals["words"] == len(words)
    assert contents.terms.total == len(counts)
    assert {row.term: row.count for row in contents.terms.shown} == {row.term: counts[row.term] for row in contents.terms.shown}
    assert [row.count for row in contents.terms.shown] == counts.head(MOST_TERMS).to_list()
    assert contents.growth is not None
    assert (contents.growth.types, contents.growth.hapaxes) == (len(counts), int((counts == 1).sum()))
    assert sum(node.words for node in contents.outline) == len(words)


def test_a_corpus_without_lemmas_is_reported_by_form(corpus: kz.Corpus, tmp_path: Path) -> None:
    kz.run(RAW / "su_zhane_dala.txt", tmp_path / "corpus", workers=1)
    for path in (tmp_path / "corpus" / "tokens").glob("*.parquet"):
        table = pq.read_table(path)
        empty = pd.Series([""] * table.num_rows)
        for name in ("lemma", "upos", "feats"):
            table = table.set_column(table.column_names.index(name), name, [empty.to_list()])
        pq.write_table(table, path)
    contents = gather(kz.Corpus(tmp_path / "corpus"))
    assert not contents.by_lemma
    assert contents.parts_kind == "lecture"
    assert {"су", "өзен"} <= {row.term for row in contents.terms.shown}
    assert messages("en")("terms_about_form") in render(contents, "en")


def test_a_text_in_one_part_is_not_compared(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Көктем келді. Қар еріп, жылға ақты. Бала қуанды.\n", "utf-8")
    kz.run(tmp_path / "a.txt", tmp_path / "corpus", workers=1)
    contents = gather(kz.Corpus(tmp_path / "corpus"))
    assert contents.parts.shown == []
    assert messages("kk")("one_part") in render(contents, "kk")


def test_chosen_terms_are_plotted_and_absent_ones_named(corpus: kz.Corpus) -> None:
    tracks = gather(corpus, chosen=["Су", "кітапхана", "жоқтермин"]).tracks
    assert [(track.term, track.count > 0) for track in tracks] == [("су", True), ("кітапхана", True), ("жоқтермин", False)]


def test_lectures_are_parts_and_what_stands_around_them_is_in_none() -> None:
    rows = [
        ("s1", None, "front_matter", "", "Алғы сөз"),
        ("s2", None, "lecture", "1", "Су"),
        ("s3", "s2", "questions", "", "Сұрақтар"),
        ("s4", None, "lecture", "2", "Дала"),
    ]
    sections = pd.DataFrame(rows, columns=["section_id", "parent_id", "kind", "number", "title"]).assign(doc_id="d")
    found = parts({"d": "Табиғат"}, sections)
    assert [part.title for part in found.parts] == ["Су", "Дала"]
    assert found.of_section == [NO_PART, 0, 0, 1]
    many = pd.concat([sections.assign(doc_id=f"d{i}") for i in range(40)], ignore_index=True)
    assert parts({f"d{i}": str(i) for i in range(40)}, many).kind == "document"


def test_a_change_is_marked_letter_by_letter() -> None:
    before, after = changed("кӛп\nел", "көп ел")
    assert [(p.text, p.is_changed) for p in before] == [("к", False), ("ӛ", True), ("п", False), ("⏎", True), ("ел", False)]
    assert [(p.text, p.is_changed) for p in after] == [("к", False), ("ө", True), ("п", False), ("␣", True), ("ел", False)]


def test_a_large_corpus_gives_a_bounded_report(tmp_path: Path) -> None:
    lectures = (f"{i}-дәріс. Тақырып {i}\n\nЕлдің {i}-өзені туралы сөз.\n" for i in range(1, MOST_NODES + 11))
    (tmp_path / "a.txt").write_text("\n".join(lectures), "utf-8")
    kz.run(tmp_path / "a.txt", tmp_path / "corpus", workers=1)
    corpus = kz.Corpus(tmp_path / "corpus")
    contents = gather(corpus)
    assert len(corpus.sections) > MOST_NODES
    assert contents.outline_more == len(corpus.sections) - MOST_NODES
    assert len(contents.terms.shown) <= MOST_TERMS
    assert messages("en")("more", n=contents.outline_more) in render(contents, "en")


def test_the_command_writes_the_file_and_says_where(corpus: kz.Corpus, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["report", str(corpus.path), "-o", str(tmp_path / "есеп.html"), "--lang", "kk", "--term", "су"])
    assert result.exit_code == 0
    assert "есеп.html" in result.output
    assert '<html lang="kk">' in (tmp_path / "есеп.html").read_text("utf-8")


def test_bad_input_gives_one_line_and_exit_code_2(corpus: kz.Corpus, tmp_path: Path) -> None:
    for arguments in (
        [str(tmp_path), "-o", str(tmp_path / "a.html")],
        [str(corpus.path), "-o", str(tmp_path / "a.html"), "--lang", "de"],
        [str(corpus.path), "-o", str(tmp_path)],
    ):
        result = CliRunner().invoke(app, ["report", *arguments])
        assert result.exit_code == 2, arguments
        assert result.output.count("\n") == 1, result.output


def test_the_report_is_the_same_each_time(corpus: kz.Corpus, tmp_path: Path) -> None:
    write_report(corpus, tmp_path / "a.html")
    write_report(kz.Corpus(corpus.path), tmp_path / "b.html")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    with pytest.raises(UsageError, match="language"):
        write_report(corpus, tmp_path / "c.html", language="xx")


def test_terms_have_lines_with_their_places_up_to_a_size(corpus: kz.Corpus, contents: Contents) -> None:
    texts = set(corpus.sentences["text"])
    assert {"су", "кітапхана"} <= set(contents.lines)
    for term, lines in contents.lines.items():
        assert 0 < len(lines) <= 8
        for line in lines:
            assert any(line.left + line.node + line.right in text for text in texts), term
    size = sum(len(line.left + line.node + line.right + line.place) for lines in contents.lines.values() for line in lines)
    assert size <= LINES_SIZE
    assert any(line.place for line in contents.lines["су"])


def test_edits_have_places_and_the_words_around_them(corpus: kz.Corpus, contents: Contents) -> None:
    edits = corpus.edits.set_index(["doc_id", "start"])
    assert set(contents.places) == set(corpus.edits.loc[corpus.edits["applied"], "rule"])
    for rule, places in contents.places.items():
        assert 0 < len(places) <= 8
        for place in places:
            rows = edits.loc[[(place.document, place.start)]]
            assert rule in set(rows["rule"]) and any(before.startswith(place.before.rstrip("…")) for before in rows["before"])
            if rule == "legacy_letter":
                assert any(
                    place.left.split(" ")[-1] + place.after + place.right.split(" ")[0] in text for text in corpus.blocks["text"]
                ), place


def test_the_parts_behind_the_plot_are_called_what_they_are(contents: Contents) -> None:
    assert {band.label for band in contents.bands} & {"1", "2", "3"}
    named = [band for band in contents.bands if not band.label.isdigit()]
    assert named and all(band.label == band.title for band in named)


def test_terms_stand_before_repairs_and_the_report_has_the_title_it_is_given(corpus: kz.Corpus) -> None:
    page = render(gather(corpus, title="Су мен дала"), "kk")
    ids = [attributes["id"] for tag, attributes in Page(page).elements if tag == "section"]
    assert ids.index("terms") < ids.index("keywords") < ids.index("read") < ids.index("repaired")
    assert "<title>Су мен дала – Корпус туралы есеп</title>" in page
    assert "prefers-color-scheme: dark" in page


def test_words_go_with_their_numbers() -> None:
    russian = messages("ru")
    assert [russian("places", n=n) for n in (1, 3, 5, 11, 22, 114)] == [
        "1 место",
        "3 места",
        "5 мест",
        "11 мест",
        "22 места",
        "114 мест",
    ]
    assert russian("ratio", n=2.5) == "в 2,5 раза чаще"
    assert [messages("en")("word_count", n=n) for n in (1, 2)] == ["1 word", "2 words"]
    assert messages("kk")("coverage", percent=messages("kk").percent(0.9)) == "Мәтіннің 90\xa0%-ын құрайтын терминдер саны"
