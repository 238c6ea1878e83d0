"""The report in a real browser: Chromium without a screen, driven over WebDriver."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import kz_textkit as kz
from browser import chromium
from kz_textkit.report import write_report
from repository import RAW

HOSTILE = """1-дәріс. Су <script>document.title = "ұрланды"</script>

Судың <img src="x" onerror="document.title = 'ұрланды'"> орны ӛте зор. Ӛзен мен кӛл елдің байлығы. Ӛзен толы су.

2-дәріс. Дала

"""
LONG = f"Ұ{'за' * 120}қ сӛз де бар, ҧ{'за' * 120}н да бар. "
HOSTILE += f"""{LONG * 3}
Дала кең, орман қалың. <svg onload="document.title = 'ұрланды'"></svg> Дала мен орманды қорғау керек.
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with chromium(tmp_path_factory.mktemp("chromium")) as session:
        yield session


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("report")
    kz.run(RAW, folder / "corpus", workers=1)
    (folder / "hostile.txt").write_text(HOSTILE, "utf-8")
    kz.run(folder / "hostile.txt", folder / "hostile", workers=1)
    corpus = kz.Corpus(folder / "corpus")
    for language in ("en", "kk", "ru"):
        write_report(corpus, folder / f"{language}.html", language=language)
    write_report(kz.Corpus(folder / "hostile"), folder / "hostile.html")
    return {name: folder / f"{name}.html" for name in ("en", "kk", "ru", "hostile")}


def open_page(browser: Any, path: Path, *, width: int = 1400) -> None:
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    for log in ("browser", "performance"):
        browser.get_log(log)
    browser.get(path.as_uri())


def terms(browser: Any) -> list[str]:
    return browser.execute_script(
        "return [...document.querySelectorAll('#term-table tbody tr')].filter(r => !r.hidden).map(r => r.cells[1].dataset.term)"
    )


@pytest.mark.parametrize("name", ["en", "kk", "ru", "hostile"])
def test_the_page_opens_without_errors_or_requests(browser: Any, reports: dict[str, Path], name: str) -> None:
    open_page(browser, reports[name])
    assert browser.get_log("browser") == []
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    urls = {e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"}
    assert {url for url in urls if not url.startswith(("file:", "data:"))} == set()
    assert len([url for url in urls if url.startswith("file:")]) == 1
    assert browser.title != "ұрланды"


@pytest.mark.parametrize("width", [375, 1400])
@pytest.mark.parametrize("name", ["en", "kk", "ru", "hostile"])
def test_the_page_fits_the_screen(browser: Any, reports: dict[str, Path], name: str, width: int) -> None:
    open_page(browser, reports[name], width=width)
    browser.execute_script("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width


def test_terms_are_found_by_search(browser: Any, reports: dict[str, Path]) -> None:
    open_page(browser, reports["kk"])
    everything = terms(browser)
    search = browser.find_element("id", "term-search")
    search.send_keys("КІТАП")
    found = terms(browser)
    assert found and len(found) < len(everything)
    assert found == [term for term in everything if "кітап" in term.lower()]
    search.send_keys("ЖОҚСӨЗ")
    assert terms(browser) == []
    assert browser.find_element("id", "no-match").is_displayed()


def test_function_words_are_shown_when_asked_for(browser: Any, reports: dict[str, Path]) -> None:
    open_page(browser, reports["en"])
    before = terms(browser)
    assert "және" not in before
    browser.find_element("id", "show-stop").click()
    assert "және" in terms(browser)
    assert len(terms(browser)) > len(before)


def test_columns_are_sorted_both_ways_and_words_in_kazakh_order(browser: Any, reports: dict[str, Path]) -> None:
    open_page(browser, reports["en"])
    browser.find_element("css selector", "th.term button").click()
    ascending = terms(browser)
    alphabet = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
    first_letters = [alphabet.index(term[0].lower()) for term in ascending if term[0].lower() in alphabet]
    assert first_letters == sorted(first_letters)
    assert browser.find_element("css selector", "th.term").get_attribute("aria-sort") == "ascending"
    browser.find_element("css selector", "th.term button").click()
    assert terms(browser) == ascending[::-1]
    browser.find_element("css selector", "th.count button").click()
    counts = browser.execute_script(
        "return [...document.querySelectorAll('#term-table tbody tr')].filter(r => !r.hidden).map(r => +r.cells[2].dataset.value)"
    )
    assert counts == sorted(counts, reverse=True)


def test_a_term_of_the_table_joins_the_plot_and_leaves_it(browser: Any, reports: dict[str, Path]) -> None:
    open_page(browser, reports["en"])

    def tracks() -> list[str]:
        return browser.execute_script("return [...document.querySelectorAll('.track')].map(t => t.dataset.term)")

    first = tracks()
    added = next(term for term in terms(browser) if term not in first)
    click = "[...document.querySelectorAll('.terms td.term')].find(c => c.dataset.term === arguments[0]).firstElementChild.click()"
    browser.execute_script(click, added)
    assert tracks() == [*first, added]
    assert browser.execute_script("return document.querySelector('.track:last-child path').getAttribute('d').length") > 0
    browser.execute_script(click, added)
    assert tracks() == first


def test_the_report_prints_on_pages(browser: Any, reports: dict[str, Path]) -> None:
    open_page(browser, reports["kk"])
    printed = browser.execute_cdp_cmd("Page.printToPDF", {"printBackground": True, "preferCSSPageSize": True})
    assert len(printed["data"]) > 10_000
