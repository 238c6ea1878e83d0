"""The concordance: the query language, matching against a plain matcher, context, order, samples, counts, and the command."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from kz_textkit.cli import app
from kz_textkit.corpus.reader import Corpus
from kz_textkit.errors import QueryError, UsageError
from kz_textkit.pipeline.batch import run
from kz_textkit.readers import read
from kz_textkit.stats.collation import alphabetical_key
from kz_textkit.stats.cql import search
from kz_textkit.stats.cql.concordance import concordance, hit_frequencies
from kz_textkit.stats.cql.query import AllOf, AnyOf, Choice, Condition, Not, Pattern, Repeat, Series, Token, parse_query
from kz_textkit.stats.tables import search_tables
from repository import RAW


def corpus(*sentences: str, block: str = "b1") -> pd.DataFrame:
    """Tokens written as form/lemma/UPOS/feats, as far as they are given; a bar ends a block."""
    rows = []
    for number, sentence in enumerate(sentences):
        for word in sentence.split():
            if word == "¶":
                block += "x"
                continue
            form, lemma, upos, feats = ([*word.split("/"), "", "", ""])[:4]
            is_stop = form.lower() in ("мен", "және")
            ids = {"doc_id": "d", "section_id": "s1", "block_id": block, "sentence_id": f"n{number}", "token_id": f"t{len(rows):03}"}
            row = {"form": form, "lemma": lemma or form.lower(), "upos": upos, "feats": feats, "is_stop": is_stop}
            rows.append({**ids, **row, "space_after": True, "raw_start": 10 * len(rows), "raw_end": 10 * len(rows) + len(form)})
    return pd.DataFrame(rows)


def found(tokens: pd.DataFrame, query: str) -> list[str]:
    return concordance(search_tables(tokens), query)["node"].tolist()


SMALL = corpus(
    "Бала/бала/NOUN/Case=Nom жаңа/жаңа/ADJ кітап/кітап/NOUN/Case=Nom оқыды/оқы/VERB/Tense=Past|VerbForm=Fin ././PUNCT",
    "Ескі/ескі/ADJ кітапты/кітап/NOUN/Case=Acc|Number=Sing ол/ол/PRON бермеді/бер/VERB/Polarity=Neg|Tense=Past ././PUNCT ¶",
    "Кітап/кітап/NOUN/Case=Nom мен/мен/CCONJ дәптер/дәптер/NOUN/Case=Nom БАЛАНЫҢ/бала/NOUN/Case=Gen ././PUNCT",
)


@pytest.mark.parametrize(
    ("query", "nodes"),
    [
        ("кітап", ["кітап", "кітапты", "Кітап"]),
        ("КІТАП", ["кітап", "кітапты", "Кітап"]),
        ('"кітап"', ["кітап"]),
        ('"кітап" %c', ["кітап", "Кітап"]),
        ('"кітап.*" %c', ["кітап", "кітапты", "Кітап"]),
        ('"кіт"', []),
        ('"кітап|ол"', ["кітап", "ол"]),
        (r'"\."', [".", ".", "."]),
        ('"." %l', [".", ".", "."]),
        (r'"\w{2}"', ["ол"]),
        ('[lemma="бала"]', ["Бала", "БАЛАНЫҢ"]),
        ('[word="бала" %c]', ["Бала"]),
        ('[feats="Case=Nom"]', ["Бала", "кітап", "Кітап", "дәптер"]),
        ('[feats="Case=(Acc|Gen)"]', ["кітапты", "БАЛАНЫҢ"]),
        ('[feats="Case=A.*g"]', []),
        ('[feats="[^|]*=Neg"]', ["бермеді"]),
        ('[feats=""] [feats="Case=.*"]', ["жаңа кітап", "Ескі кітапты", "мен дәптер"]),
        ('[upos="VERB" & feats!="Polarity=.*"]', ["оқыды"]),
        ('[!(upos="NOUN" | upos="PUNCT") & form!=".*а"]', ["оқыды", "Ескі", "ол", "бермеді", "мен"]),
        ('[is_stop="true"]', ["мен"]),
        ('[upos="ADJ"] [lemma="кітап"]', ["жаңа кітап", "Ескі кітапты"]),
        ('("жаңа" | "Ескі" [upos="NOUN"]) [upos="NOUN" | upos="PRON"]', ["жаңа кітап", "Ескі кітапты ол"]),
        ('[lemma="кітап"] []{0,2} [upos="VERB" & feats="Tense=Past"]', ["кітап оқыды", "кітапты ол бермеді"]),
        ('[upos="NOUN"]+', ["Бала", "кітап", "кітапты", "Кітап", "дәптер БАЛАНЫҢ"]),
        ('[upos="NOUN"]{2}', ["дәптер БАЛАНЫҢ"]),
        ('"оқыды" []{2}', ["оқыды . Ескі"]),
        ('"оқыды" []{2} within s', []),
        ('"бермеді" [] []', []),
        ("бала жаңа? кітап", ["Бала жаңа кітап"]),
        ("[lemma=“бала”]", ["Бала", "БАЛАНЫҢ"]),
    ],
)
def test_queries_find_what_cqp_would(query: str, nodes: list[str]) -> None:
    assert found(SMALL, query) == nodes


@pytest.mark.parametrize(
    ("query", "place", "said"),
    [
        ("", 0, "empty"),
        ("   ", 3, "empty"),
        ("[lemma=билік]", 7, "a value in quotation marks, found билік"),
        ('[lema="билік"]', 1, "no attribute lema: choose one of form, word, lemma"),
        ('[lemma="билік"', 14, "expected &, | or ], found the end"),
        ('[lemma="билік" upos="NOUN"]', 15, "found upos"),
        ('[lemma="билік]', 7, "not closed"),
        ('[form="би(лік"]', 9, "broken regular expression"),
        ('[form="(?=би)лік"]', 7, "can't be used"),
        ('[upos="Noun"]', 7, "no part of speech Noun"),
        ('[feats="Past"]', 8, "Tense=Past"),
        ('[is_stop="иә"]', 10, "true or false"),
        ('"а"{3,1}', 3, "higher"),
        ('"а"{1000}', 4, "at most 500"),
        ('"а" within p', 11, "expected s"),
        ("(билік", 6, "found the end"),
        ("билік)", 5, "found )"),
        ('lemma="билік"', 0, "brackets"),
        ("билік{0}", 0, "no token"),
        ("билік??", 6, "found ?"),
        ("[]" * 3 + "|", 7, "found the end"),
    ],
)
def test_errors_point_at_the_place(query: str, place: int, said: str) -> None:
    with pytest.raises(QueryError) as caught:
        found(SMALL, query)
    assert said in str(caught.value)
    assert caught.value.place == place
    _, shown, caret = str(caught.value).splitlines()
    assert caret.index("^") - 4 == place
    assert shown.strip() == query.strip()


def test_a_long_query_is_shown_around_the_place_of_the_error() -> None:
    with pytest.raises(QueryError) as caught:
        parse_query('"қоғам" | ' * 40 + "[")
    _, shown, caret = str(caught.value).splitlines()
    assert len(shown) <= 90
    assert len(caret) <= len(shown) + 1


SMALL_TABLES = search_tables(SMALL)
QUERY_PIECES = st.lists(
    st.sampled_from(
        [*'[]()|&!=?*+{},%"', "lemma", "form", "upos", "feats", " ", '"а.*"', "билік", "within s", "%c", "1", "NOUN", "\\"]
    ),
    max_size=14,
).map("".join)


@given(st.one_of(st.text(max_size=40), QUERY_PIECES))
@example("(" * 2000)
@example("0\r\x00")
@example('["' + "(" * 500)
@example("а" + "?" * 3000)
@example("{²}")
@example("[form='\\")
@settings(max_examples=300, deadline=None)
def test_any_string_is_a_query_or_a_query_error(text: str) -> None:
    try:
        query = parse_query(text)
        concordance(SMALL_TABLES, text, limit=3)
    except QueryError as error:
        assert 0 <= error.place <= len(error.query)
    else:
        assert query.pattern


# A plain matcher: one token after the other, all ways tried.


def holds(condition: Condition, token: dict[str, str]) -> bool:
    if isinstance(condition, Not):
        return not holds(condition.part, token)
    if isinstance(condition, AllOf):
        return all(holds(part, token) for part in condition.parts)
    if isinstance(condition, AnyOf):
        return any(holds(part, token) for part in condition.parts)
    values = token["feats"].split("|") if condition.attribute == "feats" else [token[condition.attribute]]
    flags = re.IGNORECASE if condition.ignore_case else 0
    pattern = re.escape(condition.value) if condition.literal else condition.value
    return any(re.fullmatch(pattern, value, flags) for value in values) != condition.negated


def ends(pattern: Pattern, tokens: list[dict[str, str]], at: int) -> set[int]:
    if isinstance(pattern, Token):
        return {at + 1} if at < len(tokens) and holds(pattern.condition, tokens[at]) else set()
    if isinstance(pattern, Choice):
        return set().union(*(ends(option, tokens, at) for option in pattern.options))
    parts = pattern.parts if isinstance(pattern, Series) else ()
    if isinstance(pattern, Repeat):
        reached, here = set(), {at}
        for turn in range(min(pattern.most, len(tokens) + pattern.least) + 1):
            reached |= here if turn >= pattern.least else set()
            here = set().union(*(ends(pattern.pattern, tokens, i) for i in here)) if here else set()
        return reached
    here = {at}
    for part in parts:
        here = set().union(*(ends(part, tokens, i) for i in here)) if here else set()
    return here


def plain_matches(tokens: list[dict[str, str]], text: str) -> list[tuple[str, int]]:
    query = parse_query(text)
    units: dict[tuple[str, ...], list[dict[str, str]]] = {}
    keys = ("doc_id", "block_id", "sentence_id") if query.within == "sentence" else ("doc_id", "block_id")
    for token in tokens:
        units.setdefault(tuple(token[key] for key in keys), []).append(token)
    matches = []
    for unit in units.values():
        reached = 0
        for start in range(len(unit)):
            end = max(ends(query.pattern, unit, start), default=start)
            if end > max(start, reached):
                reached = end
                matches.append((unit[start]["token_id"], end - start))
    return matches


FORMS = ("ала", "Ала", "бала", "қала")
FEATS = ("", "Case=Nom", "Case=Acc|Number=Sing", "Tense=Past")
CONDITIONS = st.sampled_from(
    [
        *("[]", '"ала"', '"ала" %c', '".ала"', "бала", '[lemma="қ.*"]', '[form!="ала"]', '[feats="Case=.*"]', '[feats!="Case=Nom"]'),
        *('[feats=""]', '[upos="NOUN"]', '[upos="VERB" | form="бала"]', '[!upos="NOUN" & lemma!="ала"]'),
    ]
)
PATTERNS = st.recursive(
    CONDITIONS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(" ".join),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} | {two[1]})"),
        st.tuples(inner, st.sampled_from(["?", "*", "+", "{2}", "{1,2}", "{0,3}", "{2,}", "{,2}"])).map(
            lambda two: f"({two[0]}){two[1]}"
        ),
    ),
    max_leaves=5,
)
TOKENS = st.lists(
    st.tuples(
        *(st.sampled_from(FORMS), st.sampled_from(("ала", "қала", "")), st.sampled_from(("NOUN", "VERB")), st.sampled_from(FEATS)),
        st.sampled_from(("", "", "", "", "sentence", "block", "document")),
    ),
    min_size=1,
    max_size=30,
)


def rows_of(tokens: list[tuple[str, str, str, str, str]]) -> list[dict[str, str]]:
    rows, place = [], [0, 0, 0]
    for number, (form, lemma, upos, feats, border) in enumerate(tokens):
        if border:
            place[("document", "block", "sentence").index(border)] += 1
        ids = {
            "doc_id": f"d{place[0]:03}",
            "block_id": f"b{place[1]:03}",
            "sentence_id": f"n{place[2]:03}",
            "token_id": f"t{number:03}",
        }
        rows.append({**ids, "form": form, "lemma": lemma or form.lower(), "upos": upos, "feats": feats})
    return rows


@pytest.mark.slow
@given(TOKENS, PATTERNS, st.sampled_from(["", " within s"]), st.sampled_from([7, 1_000_000]))
@settings(max_examples=50, deadline=None)
def test_matches_are_those_of_a_plain_matcher(
    tokens: list[tuple[str, str, str, str, str]], pattern: str, within: str, slice_rows: int
) -> None:
    rows = rows_of(tokens)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "SLICE", slice_rows)
        table = concordance(search_tables(pd.DataFrame(rows)), pattern + within)
    lengths = [node.count(" ") + 1 for node in table["node"]]
    assert list(zip(table["token_id"], lengths, strict=True)) == plain_matches(rows, pattern + within)


def test_tokens_without_lemma_are_found_by_their_form() -> None:
    tokens = SMALL.assign(lemma="")
    assert found(tokens, '[lemma="кітап"]') == ["кітап", "Кітап"]
    assert found(tokens, "кітап") == ["кітап", "Кітап"]


def test_context_is_spaced_as_the_text_and_stays_in_the_document() -> None:
    tokens = pd.DataFrame(
        {
            "doc_id": ["a"] * 4 + ["b"],
            "block_id": ["b1", "b1", "b1", "b2", "b1"],
            "form": ["«", "Абай", "»", "жолы", "Басқа"],
            "space_after": [False, False, False, False, False],
        }
    )
    table = concordance(search_tables(tokens), '"Абай|жолы|Басқа"')
    assert table[["left", "node", "right"]].values.tolist() == [["«", "Абай", "» ¶ жолы"], ["«Абай» ¶", "жолы", ""], ["", "Басқа", ""]]


def test_context_counts_tokens_or_characters() -> None:
    tables = search_tables(SMALL)
    line = concordance(tables, '"оқыды"', context=2).iloc[0]
    assert (line["left"], line["right"]) == ("жаңа кітап", ". Ескі")
    line = concordance(tables, '"оқыды"', context=5, unit="characters").iloc[0]
    assert (line["left"], line["right"]) == ("кітап", ". Еск")
    line = concordance(tables, '"оқыды"', context=0).iloc[0]
    assert (line["left"], line["right"]) == ("", "")


def test_hits_are_sorted_in_kazakh_alphabetical_order_passing_over_punctuation() -> None:
    tokens = corpus("көп із көп ән көп ыс көп ар көп , өң көп оқу")
    tables = search_tables(tokens)
    rights = concordance(tables, '"көп"', sort="1R", context=2)["right"]
    assert [right.split()[0] for right in rights] == ["ар", "ән", "оқу", ",", "ыс", "із"]
    lefts = concordance(tables, '"көп"', sort="left", limit=4)["left"]
    assert [left.split()[-1:] for left in lefts] == [[], ["ар"], ["ән"], ["өң"]]


def test_the_first_page_of_a_sort_order_is_that_of_all_lines() -> None:
    tokens = corpus(*("бала кітап көрді қала ән бала дала тау ескі бала өзен бала зат",) * 30)
    tables = search_tables(tokens)
    everything = concordance(tables, '"бала"', sort="1R,1L")
    page = concordance(tables, '"бала"', sort="1R,1L", limit=7, offset=20)
    assert page.attrs["hits"] == len(everything) == 120
    assert page["token_id"].tolist() == everything["token_id"].tolist()[20:27]
    keys = [
        tuple(alphabetical_key(word) for word in (line.right.split()[0], line.left.split()[-1]))
        for line in everything.iloc[:-1].itertuples()
        if line.left
    ]
    assert keys == sorted(keys)


def test_a_sample_is_reproducible_and_in_text_order() -> None:
    tables = search_tables(corpus(*("бала ойнады және бала күлді",) * 50))
    first, again, other = (concordance(tables, "бала", sample=10, seed=seed)["token_id"].tolist() for seed in (1, 1, 2))
    assert first == again == sorted(first) != other
    assert len(set(first)) == 10
    assert len(concordance(tables, "бала", sample=1000)) == 100
    assert len(concordance(tables, "бала", sample=0)) == 0


def test_hits_are_counted_by_what_they_are_and_where_they_stand() -> None:
    sections = pd.DataFrame(
        {
            "doc_id": ["d", "d"],
            "section_id": ["s1", "s2"],
            "parent_id": [None, "s1"],
            "kind": "lecture",
            "number": "1",
            "title": ["Оқу", "Кітап"],
        }
    )
    tokens = SMALL.assign(section_id=["s1"] * 10 + ["s2"] * (len(SMALL) - 10))
    tables = search_tables(tokens, sections=sections)
    assert hit_frequencies(tables, "кітап", by="form").values.tolist() == [["кітап", 2, 66.67], ["кітапты", 1, 33.33]]
    assert hit_frequencies(tables, "[] кітап", by="lemma")["lemma"].tolist() == ["ескі кітап", "жаңа кітап"]
    assert hit_frequencies(tables, "кітап", by="feats")["feats"].tolist() == ["Case=Nom", "Case=Acc|Number=Sing"]
    assert hit_frequencies(tables, "кітап", by="section")[["section", "count"]].values.tolist() == [["Оқу", 2], ["Кітап", 1]]
    assert hit_frequencies(tables, "кітап", by="lecture")[["lecture", "count"]].values.tolist() == [["Оқу", 3]]
    assert hit_frequencies(tables, "жоқ", by="document").empty
    with pytest.raises(UsageError, match="choose one of"):
        hit_frequencies(tables, "кітап", by="түр")


# The corpus of the repository, on disk.


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("concordance") / "корпус"
    run(RAW, folder, workers=1)
    return folder


def call(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["concordance", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def test_hits_lead_back_to_the_raw_text(made: Path) -> None:
    code, out, _ = call(made, '"[а-яәғқңөұүһі]{6,}"', "--format", "json", "--limit", 40)
    lines = json.loads(out)
    assert code == 0
    assert len(lines) == 40
    texts = {path.stem: read(path).text for path in RAW.iterdir()}
    for line in lines:
        raw = texts[line["document"]]
        assert re.sub(r"\W", "", raw[line["raw_start"] : line["raw_end"]]).lower()[:1] == line["node"].lower()[:1]


@pytest.mark.slow
def test_counts_agree_with_the_tokens_table(made: Path) -> None:
    words = Corpus(made).words
    # The points of list labels are found, and not counted.
    for form in words.loc[words["form"].str.contains(r"[^\W\d]"), "form"].value_counts().index[:20]:
        code, out, _ = call(made, f'[form="{re.escape(form)}"]', "--by", "form", "--format", "json")
        assert code == 0
        assert sum(row["count"] for row in json.loads(out)) == int((words["form"] == form).sum())


def test_the_terminal_shows_matches_below_each_other_in_a_hundred_columns(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    code, out, err = call(made, '[form="су.*" %c]')
    lines = [line for line in out.splitlines() if line][:-1]
    assert (code, err) == (0, "")
    assert lines
    assert all(len(line) <= 100 for line in lines)


def test_wrong_queries_have_exit_code_2_and_a_caret(made: Path) -> None:
    code, out, err = call(made, "[lemma=су]")
    assert (code, out) == (2, "")
    assert err.splitlines() == ["kz-textkit: expected a value in quotation marks, found су", "    [lemma=су]", "           ^"]
    for arguments in (
        (made.parent, "су"),
        (made, "су", "--sort", "1X"),
        (made, "су", "--by", "x"),
        (made, "су", "-o", "су.doc"),
        (made, "су", "-f", "x"),
    ):
        code, out, err = call(*arguments)
        assert (code, out, err.count("\n")) == (2, "", 1)


def test_no_hits_is_one_line_and_no_error(made: Path) -> None:
    assert call(made, "жоқсөз") == (0, "no hits for жоқсөз\n", "")
    assert call(made, "жоқсөз", "--by", "section") == (0, "no hits for жоқсөз\n", "")
    assert call(made, "жоқсөз", "--format", "json") == (0, "[]\n", "kz-textkit: no hits for жоқсөз\n")
    code, out, _ = call(made, "жоқсөз", "--format", "csv")
    assert (code, out.count("\n")) == (0, 1)


def test_files_open_in_a_spreadsheet_and_hold_no_formulas(made: Path, tmp_path: Path) -> None:
    for suffix in ("csv", "json", "xlsx"):
        assert call(made, '"[–—=+-]"', "-o", tmp_path / f"сызықша.{suffix}") == (0, "", "")
    assert (tmp_path / "сызықша.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "сызықша.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    objects = json.loads((tmp_path / "сызықша.json").read_text("utf-8"))
    sheet = list(openpyxl.load_workbook(tmp_path / "сызықша.xlsx").active.iter_rows())
    assert len(lines) == len(objects) == len(sheet) - 1 > 0
    assert all(cell.data_type != "f" for row in sheet for cell in row)
    assert [row[1].value for row in sheet[1:]] == [line["node"] for line in objects]


def test_a_damaged_corpus_is_one_line(made: Path, tmp_path: Path) -> None:
    broken = tmp_path / "бүлінген"
    shutil.copytree(made, broken)
    part = next((broken / "tokens").iterdir())
    part.write_bytes(part.read_bytes()[:1000])
    code, out, err = call(broken, "су")
    assert (code, out, err.count("\n")) == (2, "", 1)
    shutil.rmtree(broken / "tokens")
    assert call(broken, "су")[0] == 2


def test_a_query_without_end_ends_in_one_line(made: Path, tmp_path: Path) -> None:
    (tmp_path / "шек.toml").write_text("[limits]\nquery_seconds = 0.001\n", "utf-8")
    code, out, err = call(made, '[]{0,500} "жоқсөз"?', "--settings", tmp_path / "шек.toml")
    assert (code, out, err.count("\n")) == (2, "", 1) and "takes longer than 0.001 seconds" in err


def test_brackets_of_layers_are_letters() -> None:
    tokens = corpus("кітабы/кітап/NOUN/Case=Nom|Person[psor]=3 кітабым/кітап/NOUN/Case=Nom|Person[psor]=1 үй/үй/NOUN/Case=Nom")
    assert found(tokens, '[feats="Person[psor]=3"]') == ["кітабы"]
    assert found(tokens, '[feats="Person[psor]=.*"]') == ["кітабы", "кітабым"]
    assert found(tokens, '[feats="Case=[NG].*" & feats!="Person[psor]=.*"]') == ["үй"]


def test_a_lemma_is_found_in_capitals_or_not() -> None:
    tokens = corpus("Қазақстанда/Қазақстан/PROPN жазда/жаз/NOUN")
    for query in ('[lemma="қазақстан"]', '[lemma="ҚАЗАҚСТАН"]', '[lemma="қазақ.*"]'):
        assert found(tokens, query) == ["Қазақстанда"]


def test_what_may_have_been_meant_is_said(made: Path) -> None:
    code, out, _ = call(made, '"АТАМНЫҢ"')
    assert (code, out) == (0, 'no hits for "АТАМНЫҢ"; did you mean "АТАМНЫҢ" %c?\n')
    assert "did you mean" not in call(made, "[upos='INTJ'] [upos='INTJ'] [upos='INTJ']")[1]


def test_sentence_borders_are_found_as_by_a_plain_reading(made: Path) -> None:
    corpus = Corpus(made)
    tokens = corpus.tokens.merge(corpus.blocks[["doc_id", "block_id", "kind"]], on=["doc_id", "block_id"])
    key = tokens["doc_id"] + tokens["block_id"] + tokens["sentence_id"]
    firsts, lasts = key != key.shift(), key != key.shift(-1)
    for query, plain in (
        ("<s> []", tokens[firsts]),
        ("[] </s>", tokens[lasts]),
        ('<s> [upos="NOUN"]', tokens[firsts & (tokens["upos"] == "NOUN")]),
        ("<s> [] </s>", tokens[firsts & lasts]),
    ):
        found = corpus.concordance(query, contents=True)
        assert found["token_id"].tolist() == plain["token_id"].tolist(), query


def test_lines_are_thinned_and_shown_in_their_sentence_or_paragraph(made: Path) -> None:
    corpus = Corpus(made)
    every = corpus.concordance("[]", context=0, limit=50)
    thin = corpus.concordance("[]", context=0, thin=7, limit=8)
    assert thin["token_id"].tolist() == every["token_id"].tolist()[::7] and thin.attrs["hits"] == every.attrs["hits"]
    sentences = corpus.sentences.set_index(["doc_id", "block_id", "sentence_id"])["text"]
    blocks = corpus.blocks.set_index(["doc_id", "block_id"])["text"]
    for unit in ("sentence", "paragraph"):
        for row in corpus.concordance("[]", unit=unit, thin=11, limit=20).itertuples():
            whole = sentences[row.document, row.block_id, row.sentence_id] if unit == "sentence" else blocks[row.document, row.block_id]
            assert "".join((row.left + row.node + row.right).split()) == "".join(whole.split())


def test_lines_are_sorted_by_the_ends_of_their_matches(made: Path) -> None:
    nodes = Corpus(made).concordance('[upos="NOUN"]', context=0, sort="ending")["node"].str.lower().tolist()
    assert nodes == sorted(nodes, key=lambda node: alphabetical_key(node[::-1]))
