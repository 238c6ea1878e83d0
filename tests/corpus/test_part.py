"""A part of a corpus is named one way everywhere: what a name fits, what is refused, and conditions on metadata."""

from __future__ import annotations

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from kz_textkit.cli import app
from kz_textkit.corpus import Corpus, Part
from kz_textkit.corpus.part import parts_named
from kz_textkit.corpus.where import document_condition
from kz_textkit.errors import QueryError, UsageError
from kz_textkit.pipeline.batch import run

TEXT = """\
1-дәріс. {0}

{1} туралы алғашқы дәріс осы. Ол ұзақ болады.

Сұрақтар

1. {1} деген не?

2-дәріс. Қорытынды

Сөз соңы осында айтылады.
"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("parts")
    (folder / "raw").mkdir()
    for name, title, word in (("сот", "Сот билігі", "сот"), ("партия:1", "Партиялар", "партия")):
        (folder / "raw" / f"{name}.txt").write_text(TEXT.format(title, word), "utf-8")
    run(folder / "raw", folder / "clean")
    return Corpus(folder / "clean")


def documents_and_forms(corpus: Corpus, part: Part) -> tuple[list[str], set[str]]:
    rows = corpus.relation(part=part).df()
    return list(dict.fromkeys(rows["doc_id"])), set(rows["form"])


def test_a_section_is_named_by_document_and_number_or_title(corpus: Corpus) -> None:
    first, second = corpus.documents["doc_id"].tolist()
    for name in ("сот:1", "сот/s0001", "сот:Сот билігі", "сот:1. сот", "Сот билігі", "сот б"):
        documents, forms = documents_and_forms(corpus, Part(sections=(name,)))
        assert documents == ["сот"] and "алғашқы" in forms and "Сөз" not in forms, name
    assert documents_and_forms(corpus, Part(sections=("1",), documents=(first,)))[0] == [first]
    assert documents_and_forms(corpus, Part(sections=(f"{first}:1", f"{second}:2")))[0] == [first, second]


@pytest.mark.parametrize("name", ["1", "Қорытынды", "s0001"])
def test_a_name_that_fits_several_documents_is_refused_with_the_choices(corpus: Corpus, name: str) -> None:
    with pytest.raises(UsageError, match="in 2 documents; choose from") as error:
        corpus.relation(part=Part(sections=(name,)))
    assert all(f"{doc_id}:" in str(error.value) for doc_id in corpus.documents["doc_id"])


def test_what_the_corpus_does_not_have_is_refused(corpus: Corpus) -> None:
    for part in (
        Part(sections=("9",)),
        Part(sections=("",)),
        Part(documents=("жоқ",)),
        Part(block_kinds=("verse",)),
        Part(section_kinds=("contents",)),
        Part(where="raw_chars < 0"),
        Part(where="жыл = 1991"),
    ):
        with pytest.raises(UsageError):
            corpus.relation(part=part)


def test_a_part_has_a_name_that_people_can_read(corpus: Corpus) -> None:
    assert corpus.name_of(Part()) == "the whole corpus"
    assert corpus.name_of(Part(sections=("сот:1",), block_kinds=("question",))) == "сот «1. Сот билігі»; question"
    assert corpus.name_of(Part(where="raw_chars > 3")) == "raw_chars > 3"
    out = CliRunner().invoke(app, ["freq", str(corpus.path), "--section", "сот:1"]).stdout
    assert "сот «1. Сот билігі»" in out


@pytest.mark.slow
def test_any_part_is_compared_with_any_other(corpus: Corpus) -> None:
    first = corpus.documents["doc_id"][0]
    named = {name: parts_named(corpus.tables, [name]) for name in ("сот", first, "question", "raw_chars > 10", "сот:2")}
    assert list(named.values()) == [
        Part(documents=("сот",)),
        Part(documents=(first,)),
        Part(block_kinds=("question",)),
        Part(where="(raw_chars > 10)"),
        Part(sections=("сот:2",)),
    ]
    for against in ("сот", "question", f"doc_id = '{first}'", "сот:1"):
        arguments = ["keywords", str(corpus.path), "--document", first, "--against", against, "--min-count", "1"]
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 0 and "against" in result.stdout, result.stderr
    with pytest.raises(UsageError, match="one kind"):
        parts_named(corpus.tables, ["сот", "question"])


def test_a_concordance_of_a_part_has_the_context_of_the_whole(corpus: Corpus) -> None:
    table = corpus.concordance("деген", part=Part(block_kinds=("question",), documents=("сот",)), context=3)
    assert table["document"].tolist() == ["сот"] and table.attrs["hits"] == 1
    found = corpus.concordance("туралы", part=Part(block_kinds=("paragraph",), documents=("сот",)), context=6)
    assert "билігі ¶ сот" in found["left"][0]
    assert corpus.hit_frequencies("туралы", part=Part(documents=("сот",)))["count"].tolist() == [1]


COLUMNS = {"year": "INTEGER", "genre": "VARCHAR", "tags": "VARCHAR[]", "шыққан жылы": "VARCHAR"}
ROWS = """
    SELECT * FROM (VALUES
        (1, 1991, 'заң', ['a', 'b'], '1991'), (2, 2005, 'роман', [], NULL), (3, NULL, 'д''Артаньян', ['b'], 'көп')
    ) t(id, year, genre, tags, "шыққан жылы")
"""


@pytest.mark.parametrize(
    ("condition", "ids"),
    [
        ("year >= 1991", [1, 2]),
        ("year > 1991 or genre = 'заң'", [1, 2]),
        ("year > 1991 and genre = 'заң'", []),
        ("not year > 1991", [1, 3]),
        ("genre in ('заң', \"роман\")", [1, 2]),
        ("genre not in ('заң')", [2, 3]),
        ("genre = 'д''Артаньян'", [3]),
        ("genre like '%о%'", [2]),
        ("year is null", [3]),
        ("year IS NOT NULL AND (genre = «заң» OR year = 2005)", [1, 2]),
        ("tags = 'b'", [1, 3]),
        ("tags != 'a'", [2, 3]),
        ('"шыққан жылы" = 1991', [1]),
        ("YEAR == -3 or year <> 1991", [2]),
    ],
)
def test_conditions_find_documents(condition: str, ids: list[int]) -> None:
    found = duckdb.sql(ROWS).filter(document_condition(condition, COLUMNS)).order("id").fetchall()
    assert [row[0] for row in found] == ids


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("", "expected a column"),
        ("year", "expected =, !="),
        ("year = ", "a number, or text"),
        ("year = заң", "quotation marks: 'заң'"),
        ("жыл = 3", "no column жыл"),
        ("year = 1 year = 2", "expected and, or"),
        ("(year = 1", "expected )"),
        ("genre = 'заң", "not closed"),
        ("year = 1; DROP TABLE documents", "; is neither"),
        ("year in ()", "a number, or text"),
        ("(" * 60, "more than 40"),
        ("read_csv('x') = 1", "no column read_csv"),
    ],
)
def test_what_is_no_condition_is_pointed_at(condition: str, said: str) -> None:
    with pytest.raises(QueryError) as error:
        document_condition(condition, COLUMNS)
    assert said in str(error.value) and "^" in str(error.value)


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet="yeargn=<>'\"()%;-, or1", max_size=30))
def test_a_condition_is_refused_or_runs(condition: str) -> None:
    try:
        sql = document_condition(condition, COLUMNS)
    except QueryError:
        return
    duckdb.sql(ROWS).filter(sql).fetchall()


@settings(deadline=None)
@given(st.text(max_size=20))
def test_a_value_is_a_value_whatever_it_is(value: str) -> None:
    quoted = "'" + value.replace("'", "''") + "'"
    if "\0" in value or "\ud800" <= max(value, default="") <= "\udfff":
        return
    assert duckdb.sql(ROWS).filter(document_condition(f"genre = {quoted}", COLUMNS)).fetchall() == []
