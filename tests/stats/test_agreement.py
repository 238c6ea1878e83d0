"""Every command that counts says the same as every other, and as a plain count with pandas, on the same part of a corpus."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from kz_textkit.cli import app
from kz_textkit.corpus import Corpus
from kz_textkit.pipeline.batch import run
from kz_textkit.report.contents import MOST_TERMS, gather
from kz_textkit.stats.collation import alphabetical_key

LAW = """\
Мазмұны

1-тарау. Жалпы ережелер ................ 2
2-тарау. Құқықтар ...................... 5

1-тарау. Жалпы ережелер

Бұл Заң Қазақстан Республикасының азаматтарына қолданылады. Заң бойынша азаматтар тең. Ал мемлекет заңды қорғайды.

Азаматтың міндеттері:
1) заңды сақтау;
2) салық төлеу;
3) Қазақстан Республикасының табиғатын қорғау.

2-тарау. Құқықтар

Азамат еркін сөйлейді, еркін жүреді. Оның құқығын БҰҰ да, мемлекет те қорғайды. БҰҰ құжаттары ашық.
"""
STORY = """\
1-тарау. Жол

Ол атын алып, Алматыға аттанды. Жол ұзақ болды. Жолда Қазақстан даласын көрді, ал дала кең еді. Мемлекет туралы ойламады.

2-тарау. Қала

Қала үлкен болды. Қалада көп адам жүреді. Ол қалада қалды. Ал досы ауылға қайтты, атын алып кетті.
"""
LESSON = """\
1-дәріс. Мемлекет

Мемлекет – қоғамның ұйымы. Мемлекет заң шығарады, заңды қорғайды. Қазақстан – мемлекет. БҰҰ – мемлекеттер ұйымы.

Сұрақтар

1. Мемлекет деген не?
2. Заң не үшін керек?
3. Қазақстан қандай мемлекет?
"""
PARTS: dict[str, tuple[str, ...]] = {
    "whole": (),
    "document": ("--document", "заң"),
    "two documents": ("--document", "заң", "--document", "дәріс"),
    "section": ("--section", "әңгіме:1"),
    "kind": ("--kind", "paragraph"),
    "where": ("--where", "doc_id in ('заң', 'дәріс') and language = 'kk'"),
    "all at once": ("--where", "doc_id != 'әңгіме'", "--kind", "paragraph", "--document", "заң"),
}
KINDS_OUT, LABELLED = ("toc_entry", "code"), ("list_item", "question", "outline_item", "source", "note")
PLAIN_LABEL = re.compile(r"[(\[]?(?:\d{1,3}(?:\.\d{1,3})*[.)\]]|[IVXivxІХіх]{2,5}[.)\]]|[^\W\d_][)\]])")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("agreement")
    (folder / "raw").mkdir()
    for name, text in (("заң", LAW), ("әңгіме", STORY), ("дәріс", LESSON)):
        (folder / "raw" / f"{name}.txt").write_text(text, "utf-8")
    run(folder / "raw", folder / "clean")
    return folder / "clean"


def rows_of(name: str, *arguments: object) -> list[dict[str, Any]]:
    result = CliRunner().invoke(app, [name, *map(str, arguments), "--format", "json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)  # type: ignore[no-any-return]


def plain_words(corpus: Corpus, part: str) -> pd.DataFrame:
    """The words of a part, found without the code that is tested."""
    ours = corpus.tokens[corpus.tokens["language"].isin(["kk", ""])].drop(columns="language")
    tokens = ours.merge(corpus.blocks[["doc_id", "block_id", "kind", "text", "language"]], on=["doc_id", "block_id"])
    tokens = tokens.merge(
        corpus.sections[["doc_id", "section_id", "kind"]].rename(columns={"kind": "section_kind"}), on=["doc_id", "section_id"]
    )
    labels = [PLAIN_LABEL.match(text) if kind in LABELLED else None for text, kind in zip(tokens["text"], tokens["kind"], strict=True)]
    in_label = tokens["start"].to_numpy() < [label.end() if label else 0 for label in labels]
    keep = ~in_label & ~tokens["kind"].isin(KINDS_OUT) & (tokens["section_kind"] != "contents")
    keep &= tokens["form"].str.contains(r"[^\W_]") & tokens["language"].isin(["kk", "", "und"])
    if part in ("document", "all at once"):
        keep &= tokens["doc_id"] == "заң"
    if part in ("two documents", "where"):
        keep &= tokens["doc_id"].isin(["заң", "дәріс"])
    if part in ("kind", "all at once"):
        keep &= tokens["kind"] == "paragraph"
    if part == "section":
        first = corpus.sections[(corpus.sections["doc_id"] == "әңгіме") & (corpus.sections["number"] == "1")]["section_id"].tolist()
        keep &= (tokens["doc_id"] == "әңгіме") & tokens["section_id"].isin(first)
    words = tokens[keep].copy()
    words["folded"] = words["form"].str.lower()
    words["lemma"] = words["lemma"].where(words["lemma"] != "", words["folded"])
    return words


def plain_table(words: pd.DataFrame, keys: list[str]) -> list[tuple[Any, ...]]:
    table = words.groupby(keys).agg(count=("form", "size"), documents=("doc_id", "nunique")).reset_index()
    table["sections"] = [len(g[["doc_id", "section_id"]].drop_duplicates()) for _, g in words.groupby(keys)]
    table["per_million"] = (table["count"] * 1e6 / len(words)).round(2)
    return sorted(table[[*keys, "count", "per_million", "sections", "documents"]].itertuples(index=False, name=None))


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS)
def test_freq_is_a_plain_count(made: Path, part: str) -> None:
    words = plain_words(Corpus(made), part)
    assert len(words) > 20
    columns = ["count", "per_million", "sections", "documents"]
    for by, keys in (("form", ["folded"]), ("lemma", ["lemma"]), ("lemma_upos", ["lemma", "upos"])):
        rows = rows_of("freq", made, *PARTS[part], "--by", by, "--top", "0")
        names = ["form"] if by == "form" else keys
        found = [(*(row[name].lower() if name == "form" else row[name] for name in names), *(row[c] for c in columns)) for row in rows]
        assert sorted(found) == plain_table(words, keys)
        order = [(-row["count"], alphabetical_key(row[names[0]])) for row in rows]
        assert [key[:1] + key[1][:1] for key in order] == sorted(key[:1] + key[1][:1] for key in order)
        wanted = ["form", *columns] if by == "form" else [*names, *columns, "forms"]
        assert list(rows[0]) == wanted


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS)
def test_all_commands_agree(made: Path, part: str) -> None:
    options = PARTS[part]
    size = len(plain_words(Corpus(made), part))
    for by, name in (("form", "form"), ("lemma", "lemma")):
        freq = {row[name]: (row["count"], row["per_million"]) for row in rows_of("freq", made, *options, "--by", by, "--top", "0")}
        grams = rows_of(
            "ngrams", made, *options, "--by", by, "--min", "1", "--max", "1", "--min-count", "1", "--stop-words", "--top", "0"
        )
        assert {row["ngram"]: (row["count"], row["per_million"]) for row in grams} == freq
        measures = {row["measure"]: row["value"] for row in rows_of("vocabulary", made, *options, "--by", by)}
        assert (measures["tokens"], measures["types"]) == (size, len(freq))
        node, (count, _) = next(iter(freq.items()))
        company = rows_of("collocates", made, node, *options, "--by", by, "--min-count", "1", "--stop-words", "--top", "0")
        assert {row["collocate"]: row["frequency"] for row in company} == {
            row["collocate"]: freq[row["collocate"]][0] for row in company
        }
        if part != "whole":
            keys = rows_of("keywords", made, *options, "--by", by, "--min-count", "0", "--top", "0")
            assert all((row["count"], row["per_million"]) == freq[row["term"]] for row in keys) and keys
        hits = rows_of("concordance", made, f'[{by}="{re.escape(node)}" %c]', *options, "--by", by)
        # A name may differ from another word by its capital alone: then both are found, and each has its own count.
        assert {row[by]: row["count"] for row in hits} == {t: n for t, (n, _) in freq.items() if t.lower() == node.lower()}
        assert count == freq[node][0]


def test_frequencies_csv_is_what_freq_prints(made: Path) -> None:
    written = list(csv.DictReader((made / "frequencies.csv").read_text("utf-8-sig").splitlines()))
    printed = CliRunner().invoke(app, ["freq", str(made), "--top", "0", "--format", "csv"]).stdout
    assert written == list(csv.DictReader(io.StringIO(printed)))
    assert {row["lemma"]: row["upos"] for row in written}["Қазақстан"] == "PROPN"


@pytest.mark.slow
def test_the_report_counts_what_freq_counts(made: Path) -> None:
    freq = rows_of("freq", made, "--by", "lemma", "--top", str(MOST_TERMS))
    terms = gather(Corpus(made)).terms.shown
    assert [(t.term, t.count, t.per_million) for t in terms] == [(row["lemma"], row["count"], row["per_million"]) for row in freq]


@pytest.mark.slow
def test_a_form_is_written_the_same_in_every_part(made: Path) -> None:
    for part in ("whole", "document", "where"):
        forms = [row["form"] for row in rows_of("freq", made, *PARTS[part], "--form", "--top", "0")]
        assert {"Қазақстан", "БҰҰ", "заң", "мемлекет"} <= set(forms)


@pytest.mark.slow
def test_words_of_other_languages_are_not_counted_where_tokens_say_so(made: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(made, tmp_path / "copy"))
    for path in (copy / "tokens").glob("*.parquet"):
        table = pq.read_table(path)
        place = table.column_names.index("language")
        languages = ["ru" if form == "құжаттары" else "kk" for form in table["form"].to_pylist()]
        pq.write_table(table.set_column(place, "language", pa.array(languages, pa.string())), path)
    corpus = Corpus(copy)
    forms = set(corpus.frequencies(by="form")["form"])
    assert "құжаттары" not in forms and "ашық" in forms
    assert int(corpus.frequencies(by="form")["count"].sum()) == int(Corpus(made).frequencies(by="form")["count"].sum()) - 1
