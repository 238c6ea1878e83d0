"""The workbench in a real browser, as a user goes through it: Chromium without a screen, driven over WebDriver."""

from __future__ import annotations

import base64
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from importlib.resources import files
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

import kz_textkit as kz
from browser import chromium
from kz_textkit.cleaning.corrections import read_corrections
from kz_textkit.corpus.subcorpora import saved_subcorpora
from kz_textkit.workbench.application import make_application
from kz_textkit.workbench.workspace import Workspace, folders_of
from repository import RAW
from workbench_client import TOKEN

pytestmark = pytest.mark.slow

WIDTHS = (360, 800, 1600)
LOOKS = ((360, "light"), (1600, "dark"), (360, "dark"), (1600, "light"), (800, "light"))
SECONDS = 60
SERIOUS = ("serious", "critical")
PAGES = (
    *("/", "/concordance?q=дала", "/concordance?q=дала&names=жер,ел&categorise=on", "/keywords?document=su_zhane_dala", "/frequency"),
    *("/collocations?node=су&min_count=1&network=on", "/sketches?word=су", "/ngrams", "/vocabulary", "/dispersion?terms=су,дала"),
    *("/trends?terms=су", "/words", "/words/word?form=су", "/words/correction?form=су&right=суы", "/files", "/settings", "/metadata"),
    *("/decisions", "/share", "/documents/su_zhane_dala", "/documents/қатер", "/nothing"),
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with chromium(tmp_path_factory.mktemp("chromium")) as session:
        yield session


@pytest.fixture
def serve() -> Iterator[Callable[[Path], str]]:
    """Starts the workbench on a folder; what its address is, without the token."""
    servers = []

    def start(folder: Path) -> str:
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        server = uvicorn.Server(
            uvicorn.Config(make_application(Workspace(folders_of(folder)), token=TOKEN, port=port), log_level="error")
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        servers.append((server, thread))
        return f"http://127.0.0.1:{port}"

    yield start
    for server, thread in servers:
        server.should_exit = True
        thread.join(5)


def enter(browser: Any, at: str, *, width: int = 1400, language: str = "en") -> None:
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    )
    for log in ("browser", "performance"):
        browser.get_log(log)
    browser.get(f"{at}/?token={TOKEN}")
    browser.add_cookie({"name": "kz_language", "value": language})


def wait(browser: Any, holds: Callable[[Any], Any]) -> Any:
    return WebDriverWait(browser, SECONDS, poll_frequency=0.1, ignored_exceptions=[StaleElementReferenceException]).until(holds)


def settled(browser: Any) -> None:
    """Until htmx has nothing more to load."""
    time.sleep(0.1)
    wait(browser, lambda b: not b.execute_script("return document.querySelector('.htmx-request')"))


def check_logs(browser: Any, at: str, *, refused: int = 0) -> None:
    """No error on the console but that of pages that are to fail, no request to anywhere else."""
    said = [entry for entry in browser.get_log("browser") if "favicon" not in entry["message"]]
    assert len(said) == refused, said
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    urls = [e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"]
    hosts = {urlsplit(url).netloc for url in urls if not url.startswith(("data:", "about:"))}
    assert hosts == {urlsplit(at).netloc}


DROP = """
const [files, zone] = arguments;
const carried = new DataTransfer();
for (const [name, content] of files) {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  carried.items.add(new File([bytes], name));
}
for (const kind of ["dragenter", "dragover", "drop"]) {
  zone.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: carried }));
}
"""


def drop(browser: Any, paths: list[Path]) -> None:
    """Drop files on the page, as from a file manager."""
    files = [[path.name, base64.b64encode(path.read_bytes()).decode()] for path in paths]
    browser.execute_script(DROP, files, browser.find_element(By.CSS_SELECTOR, ".drop"))


def taken_along(browser: Any, folder: Path, selector: str) -> Path:
    """The file that a click on a link brings."""
    before = set(folder.iterdir())
    click(browser, selector)
    wait(browser, lambda _: [one for one in set(folder.iterdir()) - before if one.suffix != ".crdownload"])
    return next(one for one in set(folder.iterdir()) - before if one.suffix != ".crdownload")


def click(browser: Any, selector: str) -> None:
    element = browser.find_element(By.CSS_SELECTOR, selector)
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
    element.click()


def test_from_files_to_a_corpus_that_keeps_what_was_decided(browser: Any, serve: Callable[[Path], str], tmp_path: Path) -> None:
    folder = tmp_path / "кітап"
    folder.mkdir()
    at = serve(folder)
    enter(browser, at)
    # Files are dropped, and become a corpus.
    browser.get(f"{at}/files")
    drop(browser, [RAW / name for name in ("alma_bagy.pdf", "auyl_murazhaiy.docx", "su_zhane_dala.txt")])
    wait(browser, lambda b: "Done: documents 3" in b.find_element(By.ID, "progress").text)
    # An edit is rejected by key.
    browser.get(f"{at}/documents/su_zhane_dala")
    click(browser, ".clean .e.letters")
    wait(browser, lambda b: b.find_elements(By.CSS_SELECTOR, "#panel [data-key=r]"))
    edit = browser.find_element(By.CSS_SELECTOR, ".clean .e.selected").get_attribute("data-edit")
    browser.find_element(By.TAG_NAME, "body").send_keys("r")
    wait(browser, lambda b: b.find_elements(By.CSS_SELECTOR, f".clean .e.rejected[data-edit='{edit}']"))
    # The next one, accepted and undone.
    browser.find_element(By.TAG_NAME, "body").send_keys("n")
    wait(browser, lambda b: b.find_element(By.CSS_SELECTOR, ".clean .e.selected").get_attribute("data-edit") != edit)
    # A heading gets another title.
    click(browser, ".row.heading .open")
    wait(browser, lambda b: b.find_elements(By.CSS_SELECTOR, "#panel button[value=title]"))
    title = browser.find_element(By.XPATH, "//*[@id='panel']//form[.//button[@value='title']]//input[@name='value']")
    title.clear()
    title.send_keys("Судың жаңа атауы")
    click(browser, "#panel button[value=title]")
    wait(browser, lambda b: "Судың жаңа атауы" in b.find_element(By.CSS_SELECTOR, ".row.heading").text)
    # The run keeps both.
    browser.get(f"{at}/decisions")
    assert "Something was decided" in browser.find_element(By.TAG_NAME, "main").text
    browser.get(f"{at}/files")
    click(browser, "#progress button.main")
    wait(browser, lambda b: "Decisions carried out: 2" in b.find_element(By.ID, "progress").text)
    browser.get(f"{at}/documents/su_zhane_dala")
    assert "Судың жаңа атауы" in browser.find_element(By.CSS_SELECTOR, ".outline").text
    assert not browser.find_elements(By.CSS_SELECTOR, f"[data-edit='{edit}']")
    made = [one.action for one in read_corrections(folder / "corrections.jsonl").corrections]
    assert made == ["reject", "title"]
    # A query is built, searched, and its documents are kept under a name.
    browser.get(f"{at}/concordance")
    browser.find_element(By.XPATH, "//details[.//*[@class='builder']]/summary").click()
    browser.find_element(By.CSS_SELECTOR, "[data-part=text]").send_keys("дала")
    Select(browser.find_element(By.CSS_SELECTOR, "[data-part=upos]")).select_by_visible_text("NOUN")
    wait(browser, lambda b: b.find_element(By.NAME, "q").get_attribute("value") == '[lemma="дала" & upos="NOUN"]')
    browser.find_element(By.NAME, "q").send_keys(Keys.ENTER)
    wait(browser, lambda b: b.find_elements(By.CSS_SELECTOR, ".kwic td.node a"))
    settled(browser)
    # Lines are given categories by key, and asked for by one.
    browser.get(f"{at}/concordance?q=су&names=тура мағына,ауыспалы&categorise=on")
    browser.find_element(By.CSS_SELECTOR, "tr.line").send_keys("1")
    browser.switch_to.active_element.send_keys("2")
    settled(browser)
    wait(browser, lambda _: (tmp_path / "кітап-corpus.categories.csv").is_file())
    wait(browser, lambda _: "ауыспалы" in (tmp_path / "кітап-corpus.categories.csv").read_text("utf-8-sig"))
    browser.refresh()
    browser.find_element(By.PARTIAL_LINK_TEXT, "тура мағына").click()
    wait(browser, lambda b: len(b.find_elements(By.CSS_SELECTOR, ".kwic td.node a")) == 1)
    # What was found is taken along.
    downloads = tmp_path / "downloads"
    downloads.mkdir()
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(downloads)})
    assert taken_along(browser, downloads, ".downloads a[href*='format=csv']").read_text("utf-8-sig").count("тура мағына") == 1
    browser.get(f'{at}/concordance?q=[lemma="дала"]')
    settled(browser)
    browser.find_element(By.NAME, "name").send_keys("дала туралы")
    click(browser, "form[action='/concordance/save'] button")
    wait(browser, lambda b: "is saved" in b.find_element(By.TAG_NAME, "main").text)
    assert "su_zhane_dala" in saved_subcorpora(tmp_path / "кітап-corpus")["дала туралы"].documents
    # A line opens its page.
    browser.find_element(By.CSS_SELECTOR, ".kwic td.node a").click()
    wait(browser, lambda b: b.find_elements(By.CSS_SELECTOR, ".row.current"))
    # It is compared with another part.
    browser.get(f"{at}/keywords")
    Select(browser.find_element(By.NAME, "in")).select_by_visible_text("дала туралы")
    browser.find_element(By.NAME, "b_document").send_keys("alma_bagy")
    click(browser, "form[action='/keywords'] button.main")
    wait(browser, lambda b: b.find_elements(By.CSS_SELECTOR, "td.term"))
    # The company of a word is a picture whose words lead to their lines.
    browser.get(f"{at}/collocations?node=су&min_count=2")
    click(browser, ".network a.ring1")
    wait(browser, lambda b: b.find_elements(By.CSS_SELECTOR, ".kwic td.node a"))
    # The corpus leaves the house.
    browser.get(f"{at}/share")
    assert "# newdoc" in taken_along(browser, downloads, "a[href*='format=conllu']").read_text("utf-8")
    check_logs(browser, at)
    assert kz.verify(tmp_path / "кітап-corpus").ok


def look(browser: Any, width: int, colour: str) -> None:
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    )
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": colour}]})


def test_every_page_fits_every_width_and_everybody_can_use_it(browser: Any, serve: Callable[[Path], str], made: Path) -> None:
    at = serve(made)
    enter(browser, at)
    axe = files("axe_core_python").joinpath("axe.min.js").read_text("utf-8")
    faults: list[str] = []
    for page, (width, colour) in zip(PAGES, cycle(LOOKS), strict=False):
        look(browser, width, colour)
        browser.get(at + page)
        settled(browser)
        browser.execute_script(axe)
        for one in browser.execute_async_script("axe.run().then(arguments[0])")["violations"]:
            if one["impact"] in SERIOUS:
                node = one["nodes"][0]
                faults.append(f"{page} at {width} in {colour}: {one['id']} at {node['target']}: {node['failureSummary']}")
        for narrower in WIDTHS:
            look(browser, narrower, colour)
            wide = browser.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if wide > 0:
                faults.append(f"{page} at {narrower}: {wide} pixels too wide")
    assert faults == []
    # The visit of the page that is not there says so on the console.
    check_logs(browser, at, refused=1)


def test_language_and_colours_are_chosen_and_kept(browser: Any, serve: Callable[[Path], str], made: Path) -> None:
    at = serve(made)
    enter(browser, at)
    browser.get(f"{at}/share")
    Select(browser.find_element(By.NAME, "language")).select_by_value("ru")
    wait(browser, lambda b: b.find_element(By.TAG_NAME, "h1").text == "Экспорт")
    Select(browser.find_element(By.NAME, "theme")).select_by_value("dark")
    wait(browser, lambda b: b.find_element(By.TAG_NAME, "html").get_attribute("data-theme") == "dark")
    browser.get(at)
    assert browser.find_element(By.TAG_NAME, "html").get_attribute("data-theme") == "dark"
    assert "Обзор" in browser.find_element(By.CSS_SELECTOR, ".bar nav").text


def test_scrolling_brings_the_rest_of_a_document(browser: Any, serve: Callable[[Path], str], made: Path, tmp_path: Path) -> None:
    text = "\n\n".join(f"{i}-дәріс. Тақырып {i}\n\nБұл {i}-бөлімнің ӛз сӛзі. Оқушылар дәптерге жазды." for i in range(1, 120))
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "ұзын.txt").write_text(text, "utf-8")
    kz.run(tmp_path / "raw", tmp_path / "clean", workers=1)
    at = serve(tmp_path)
    enter(browser, at)
    browser.get(f"{at}/documents/ұзын")
    for _ in range(40):
        browser.execute_script("window.scrollTo(0, document.body.scrollHeight)")
        time.sleep(0.1)
        if not browser.find_elements(By.CSS_SELECTOR, ".more-rows"):
            break
    assert "119-бөлімнің өз сөзі" in browser.find_element(By.CSS_SELECTOR, ".sheet").text
    check_logs(browser, at)
