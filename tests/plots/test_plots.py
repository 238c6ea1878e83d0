"""Plots: each shows what its table has, is the same file every time, and takes any text for a term."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pandas as pd
import pytest

from kz_textkit.errors import UsageError

pytest.importorskip("matplotlib")

from kz_textkit import plots
from kz_textkit.stats.keyness import keywords
from kz_textkit.stats.occurrences import spread
from kz_textkit.stats.trend import trend
from kz_textkit.stats.vocabulary import coverage_curve, growth_curve

NASTY = "$x_1$ <b>әлем</b> & \\frac"
"""A term is data: neither a formula nor markup."""
EDGES = pd.DataFrame(
    [("билік", "саяси", 30), ("билік", NASTY, 12), ("саяси", "жүйе", 9), ("саяси", NASTY, 3)], columns=["source", "target", "together"]
)


def keyness() -> pd.DataFrame:
    table = keywords(pd.Series({"сот": 30, NASTY: 4, "ел": 2}), pd.Series({"сот": 2, "ел": 40}), size=900, reference_size=2000)
    return table.rename_axis("term").reset_index()


def spreading() -> pd.DataFrame:
    words = ["сот", "билігі", "сот", "ел", "сот", "ел"]
    tokens = pd.DataFrame({"doc_id": list("ддддее"), "section_id": "s", "sentence_id": "1", "form": words})
    return spread(tokens, ["сот", "ел", "жоқ"], parts="document")


def years() -> pd.DataFrame:
    counts = pd.DataFrame({"term": ["тіл"] * 3, "year": [1991, 2001, 2011], "count": [3, 8, 9]})
    return trend(counts, pd.DataFrame({"year": [1991, 2001, 2011], "documents": 1, "words": [900, 1000, 700]}), "year")


def across() -> pd.DataFrame:
    return pd.DataFrame({"term": ["ел", NASTY], "count": [9, 3], "1": [9, 0], "Екінші дәріс": [0, 3]})


DRAWN = {
    "bars": lambda: plots.bars_plot(keyness(), "term", "count"),
    "keywords": lambda: plots.keywords_plot(keyness(), title="1. Сот билігі"),
    "parts": lambda: plots.keywords_plot(keyness().assign(title=["1. Сот", "2. Ел", "2. Ел"]), "log_likelihood"),
    "dispersion": lambda: plots.dispersion_plot(spreading()),
    "across": lambda: plots.across_plot(across()),
    "growth": lambda: plots.growth_plot(growth_curve(["ел", "мен", "ел", "туралы"])),
    "coverage": lambda: plots.coverage_plot(coverage_curve(pd.Series({"ел": 3, "су": 1}))),
    "trend": lambda: plots.trend_plot(years()),
    "network": lambda: plots.network_plot(EDGES),
    "collocates": lambda: plots.collocates_plot(pd.DataFrame({"collocate": ["сот", NASTY], "together": [5, 2]}), "билік"),
}


@pytest.mark.parametrize("name", DRAWN)
def test_the_same_table_is_the_same_file(name: str) -> None:
    plot = DRAWN[name]()
    drawn: list[str] = []
    thread = threading.Thread(target=lambda: drawn.append(DRAWN[name]().svg()))
    thread.start()
    svg = plot.svg()
    thread.join()
    assert drawn == [svg] and svg.startswith("<?xml") and "mathdefault" not in svg
    assert plot._repr_svg_() == svg


@pytest.mark.parametrize("name", ["bars", "keywords", "parts", "across", "network", "collocates"])
def test_a_term_is_shown_to_the_letter(name: str) -> None:
    svg = DRAWN[name]().svg()
    assert "$x_1$ &lt;b&gt;әлем" in svg and "<b>" not in svg


def test_nothing_is_shown_of_an_empty_table() -> None:
    empty = keyness().iloc[:0]
    for plot in (
        plots.keywords_plot(empty),
        plots.bars_plot(empty, "term", "count"),
        plots.network_plot(EDGES.iloc[:0]),
        plots.dispersion_plot(spreading().iloc[:0]),
        plots.trend_plot(years().iloc[:0]),
        plots.parts_plot(empty.assign(title="")),
        plots.growth_plot(growth_curve([])),
        plots.across_plot(across().iloc[:0]),
    ):
        assert plot.svg().startswith("<?xml")


def test_keywords_have_their_intervals_and_counts() -> None:
    axes = DRAWN["keywords"]().axes[0]
    assert [bar.get_width() for bar in axes.patches] == keyness()["log_ratio"].tolist()
    low, high = axes.collections[0].get_segments()[0][:, 0].tolist()
    assert (low, high) == pytest.approx(keyness()[["log_ratio_low", "log_ratio_high"]].iloc[0].tolist())


def test_a_line_stands_where_the_word_stands() -> None:
    plot = DRAWN["dispersion"]()
    assert [segment[0][0] for segment in plot.axes[0].collections[0].get_segments()] == [0.5, 2.5, 4.5]
    assert [label.get_text() for label in plot.axes[0].get_yticklabels()] == ["сот  3", "ел  2", "жоқ  0"]


def test_labels_are_in_three_languages() -> None:
    labels = {
        language: plots.bars_plot(keyness(), "term", "count", language=language).axes[0].get_xlabel() for language in ("en", "kk", "ru")
    }
    assert labels == {"en": "count", "kk": "жиілігі", "ru": "частота"}
    with pytest.raises(UsageError, match="no plots in the language de"):
        plots.bars_plot(keyness(), "term", "count", language="de")


def test_a_plot_is_saved_as_its_name_says(tmp_path: Path) -> None:
    plot = DRAWN["bars"]()
    for suffix, start in ((".svg", b"<?xml"), (".png", b"\x89PNG"), (".pdf", b"%PDF")):
        plot.save(tmp_path / f"сурет{suffix}")
        assert (tmp_path / f"сурет{suffix}").read_bytes().startswith(start)
    for name in ("сурет.gif", "сурет", "absent/сурет.svg"):
        with pytest.raises(UsageError):
            plot.save(tmp_path / name)


def test_without_matplotlib_there_is_one_clear_line() -> None:
    code = (
        "import importlib.util as u, sys; find = u.find_spec\n"
        "u.find_spec = lambda name, *rest: None if name == 'matplotlib' else find(name, *rest)\n"
        "from kz_textkit.errors import UsageError\n"
        "try:\n    import kz_textkit.plots\nexcept UsageError as error:\n    print(error)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said == "plots need matplotlib, which is not installed: pip install 'kz-textkit[plots]'\n"
