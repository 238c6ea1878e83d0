"""Pictures of every page of the workbench, at three widths, in light and dark, to be looked at; and what axe finds on each page.

    python tests/support/screenshots.py FOLDER PICTURES [--language kk] [--only concordance]

FOLDER is what `kz-textkit open` takes. The pages are served on a port of their own, and looked at with Chromium without a window.
"""

from __future__ import annotations

import argparse
import base64
import socket
import tempfile
import threading
import time
from importlib.resources import files
from pathlib import Path
from typing import Any

import uvicorn

from browser import chromium
from kz_textkit.workbench.application import make_application
from kz_textkit.workbench.workspace import Workspace, folders_of

TOKEN = "to-look-at"
LOOKS = ((360, "light"), (800, "dark"), (1600, "light"), (360, "dark"), (800, "light"), (1600, "dark"))
LONGEST = 2400
"""Pixels that a picture is high at most."""
PAGES = {
    "overview": "/",
    "concordance-empty": "/concordance",
    "concordance": "/concordance?q=су",
    "concordance-categories": "/concordance?q=су&names=тура мағына, ауыспалы мағына, анық емес&categorise=on",
    "concordance-error": '/concordance?q=[lemma="су" %26 ]',
    "concordance-nothing": "/concordance?q=далла",
    "frequency": "/frequency",
    "keywords": "/keywords",
    "collocations": "/collocations?node=су&min_count=2",
    "network": "/collocations?node=су&min_count=2&network=on",
    "sketches": "/sketches?word=су",
    "ngrams": "/ngrams?min_count=4",
    "vocabulary": "/vocabulary",
    "growth": "/vocabulary?view=growth",
    "dispersion": "/dispersion?terms=су, дала&parts=document",
    "trends": "/trends?terms=су, адам",
    "words": "/words",
    "files": "/files",
    "settings": "/settings",
    "metadata": "/metadata",
    "decisions": "/decisions",
    "share": "/share",
    "nothing": "/nothing",
}


def served(folder: Path) -> tuple[str, Workspace]:
    """The address of a workbench on a folder."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    workspace = Workspace(folders_of(folder))
    server = uvicorn.Server(uvicorn.Config(make_application(workspace, token=TOKEN, port=port), log_level="error"))
    threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True).start()
    return f"http://127.0.0.1:{port}", workspace


def pictured(browser: Any, path: Path, width: int, colour: str) -> int:
    """Save what the page looks like; by how many pixels it is too wide."""
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": colour}]})
    time.sleep(0.15)
    height = min(browser.execute_script("return document.documentElement.scrollHeight"), LONGEST)
    clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
    shot = browser.execute_cdp_cmd("Page.captureScreenshot", {"clip": clip, "captureBeyondViewport": True})
    path.write_bytes(base64.b64decode(shot["data"]))
    wide: int = browser.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wide


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("pictures", type=Path)
    parser.add_argument("--language", default="kk")
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    at, workspace = served(arguments.folder)
    pages = {**PAGES, **{f"document-{e.doc_id}": f"/documents/{e.doc_id}" for e in workspace.corpus.manifest.documents}}
    arguments.pictures.mkdir(parents=True, exist_ok=True)
    axe = files("axe_core_python").joinpath("axe.min.js").read_text("utf-8")
    with tempfile.TemporaryDirectory() as profile, chromium(Path(profile)) as browser:
        browser.get(f"{at}/?token={TOKEN}")
        browser.add_cookie({"name": "kz_language", "value": arguments.language})
        for name, path in pages.items():
            if arguments.only not in name:
                continue
            browser.get(at + path)
            time.sleep(0.5)
            for width, colour in LOOKS:
                wide = pictured(browser, arguments.pictures / f"{name}-{width}-{colour}.png", width, colour)
                if wide > 0:
                    print(f"{name} at {width}: {wide} pixels too wide")
            browser.execute_script(axe)
            for one in browser.execute_async_script("axe.run().then(arguments[0])")["violations"]:
                node = one["nodes"][0]
                print(f"{name}: {one['impact']}: {one['id']} at {node['target']}: {' '.join(node['failureSummary'].split())[:200]}")
            print(name, flush=True)


if __name__ == "__main__":
    main()
