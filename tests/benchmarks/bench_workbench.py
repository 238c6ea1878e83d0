"""How long the pages of the workbench take, and how much memory its server, on a large corpus (`scaled_corpus.py`).

    python tests/benchmarks/bench_workbench.py CORPUS [WORD]

Each page is asked for twice, in one process, as the browser asks for it; the second time other words are asked for where the first
answer would be kept. Processor time is printed beside the time on the clock: on a busy machine only the first says much.
"""

from __future__ import annotations

import argparse
import resource
import time
from pathlib import Path

from starlette.testclient import TestClient

from kz_textkit.workbench.application import make_application
from kz_textkit.workbench.workspace import Workspace, folders_of

TOKEN, PORT = "not-a-secret", 8765


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("word", nargs="?", default="адам")
    arguments = parser.parse_args()
    workspace = Workspace(folders_of(arguments.corpus))
    client = TestClient(make_application(workspace, token=TOKEN, port=PORT), base_url=f"http://127.0.0.1:{PORT}")
    client.get("/", params={"token": TOKEN}, follow_redirects=False)
    word = arguments.word
    for path in (
        *("/concordance", f"/concordance?q={word}", f'/concordance?q=[lemma="{word}"]', f'/concordance?q="{word}.*" %25c'),
        *(f"/concordance/count?q={word}", "/", "/?find=000", "/concordance?q=қырғауыл"),
    ):
        started, used = time.perf_counter(), time.process_time()
        answer = client.get(path, headers={"hx-request": "true"} if "count" in path else {})
        taken = f"{time.process_time() - used:7.2f} s of the processor {time.perf_counter() - started:7.2f} s"
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{path:<44} {answer.status_code} {taken} {memory:7.0f} MB", flush=True)


if __name__ == "__main__":
    main()
