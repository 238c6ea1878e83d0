"""A corpus as large as one likes: what a run over files of records costs, where, and what is left of it when it is killed.

    python tests/benchmarks/bench_scale.py [DATA] [--documents 200000] [--workers 2] [--folder F] [--skip one kill again]

The text is news and running text of `DATA` (`../shared/data`: KazNERD's validation part and the folder `plain`), shuffled by sentence
into documents of two thousand bytes, which stand in files of JSON lines of ten thousand documents; all of it is in a temporary folder.
As there is far less text at hand than that, sentences come again: a real crawl has more word forms, and costs more for each of them
that is new.

One run with `--workers` processes is watched from outside: the processor time of the main process (what is serial) and of its workers,
their memory every fifth of a second, and the bytes that stand beside the corpus. Then, unless they are skipped: a run with one worker
(`one`: two should take 1 / 1.85 of its time, on two cores that nobody else uses), one that is killed at half of its time and run again
(`kill`), and one in which nothing has changed (`again`).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from running_text import endless, sentences

from kz_textkit.corpus.manifest import read_manifest
from kz_textkit.corpus.verification import verify

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
DOCUMENT = 2_000
"""Bytes."""
FILE = 10_000
"""Documents of a file."""
WEB = 24_000_000
"""Documents of a large crawl."""
TICKS, PAGE = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")
PROGRAM = "from kz_textkit.cli import app; app()"


def make(folder: Path, given: list[str], documents: int) -> int:
    """Writes the files of records; how many bytes they have."""
    chance = random.Random(12)
    stream = endless(given, chance)
    for start in range(0, documents, FILE):
        with (folder / f"crawl{start // FILE:05}.jsonl").open("w", encoding="utf-8") as file:
            for number in range(start, min(start + FILE, documents)):
                text = ""
                while len(text.encode()) < DOCUMENT:
                    text += " ".join(next(stream) for _ in range(chance.randint(2, 5))) + "\n"
                record = {"text": text, "url": f"https://host{number % 997}.kz/{number}"}
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return size_of(folder)


def size_of(folder: Path) -> int:
    """Bytes of the files under a folder; a file of two names is counted once."""
    seen: dict[int, int] = {}
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                found = (Path(place) / name).stat()
            except OSError:
                continue
            seen[found.st_ino] = found.st_size
    return sum(seen.values())


@dataclass
class Watched:
    """What was seen of a run."""

    seconds: float = 0.0
    main: float = 0.0
    """Seconds of the processor of the main process."""
    workers: float = 0.0
    """Of all others."""
    main_mib: list[float] = field(default_factory=list)
    worker_mib: list[float] = field(default_factory=list)
    """Of the largest one, each time that it was looked at."""
    beside: int = 0
    """Bytes beside the corpus at most."""


class Run:
    """A run of the command line, watched until it ends."""

    def __init__(self, raw: Path, out: Path, workers: int) -> None:
        command = [sys.executable, "-c", PROGRAM, "run", str(raw), "-o", str(out), "--workers", str(workers), "--quiet"]
        self.seen = Watched()
        self._beside = out.with_name(f".{out.name}.partial")
        self._cpu: dict[int, float] = {}
        self._started = time.monotonic()
        self.process = subprocess.Popen(command, start_new_session=True)
        self._watch = threading.Thread(target=self._look, daemon=True)
        self._watch.start()

    def _look(self) -> None:
        number = 0
        while self.process.poll() is None:
            self._look_once()
            number += 1
            if number % 10 == 0:
                self.seen.beside = max(self.seen.beside, size_of(self._beside))
            time.sleep(0.2)

    def _look_once(self) -> None:
        largest = 0.0
        for pid in _family(self.process.pid):
            try:
                stat = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
                resident = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]) * PAGE / (1 << 20)
            except (OSError, IndexError):
                continue
            self._cpu[pid] = (int(stat[11]) + int(stat[12])) / TICKS
            if pid == self.process.pid:
                self.seen.main_mib.append(resident)
            else:
                largest = max(largest, resident)
        if largest:
            self.seen.worker_mib.append(largest)

    def finish(self) -> Watched:
        """Wait for its end."""
        if self.process.wait() != 0:
            raise SystemExit(f"the run failed ({self.process.returncode})")
        return self._ended()

    def kill(self) -> Watched:
        """End it, and what it has started, at once."""
        os.killpg(self.process.pid, 9)
        self.process.wait()
        return self._ended()

    def _ended(self) -> Watched:
        self.seen.seconds = time.monotonic() - self._started
        self._watch.join()
        self.seen.main = self._cpu.pop(self.process.pid, 0.0)
        self.seen.workers = sum(self._cpu.values())
        return self.seen


def _family(pid: int) -> list[int]:
    """A process and those that it has started, and they."""
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                waiting += map(int, task.read_text("ascii").split())
            except OSError:
                continue
    return found


def main() -> None:
    """Measures, and prints a line for each thing that was promised."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="?", default=DATA)
    parser.add_argument("--documents", type=int, default=200_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--folder", type=Path, default=None)
    parser.add_argument("--skip", nargs="*", default=[], choices=["one", "kill", "again", "verify"])
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder, prefix="kz-textkit-scale-") as folder:
        raw, out = Path(folder) / "raw", Path(folder) / "clean"
        raw.mkdir()
        size = make(raw, sentences(given.data), given.documents)
        print(f"{given.documents:,} documents, {size / 1e6:,.1f} MB of JSON lines in {len(list(raw.iterdir()))} files", flush=True)
        seen = Run(raw, out, given.workers).finish()
        report(seen, size, out, given.documents, given.workers)
        if "verify" not in given.skip:
            print(f"verify --quick: {'all right' if verify(out, quick=True).ok else 'DAMAGED'}", flush=True)
        if "again" not in given.skip:
            again = Run(raw, out, given.workers).finish()
            print(f"run again, nothing changed: {again.seconds:.1f} s, {again.main + again.workers:.1f} s of processor", flush=True)
        if "kill" not in given.skip:
            killed(raw, Path(folder) / "killed", out, given.workers, seen.seconds / 2)
        if "one" not in given.skip:
            shutil.rmtree(Path(folder) / "killed", ignore_errors=True)
            one = Run(raw, Path(folder) / "one", 1).finish()
            ratio = f"{one.seconds / seen.seconds:.2f} times as fast as one"
            print(f"one worker: {one.seconds:.1f} s; {given.workers} workers are {ratio} (2: >= 1.85 on idle cores)")
            print(f"the same bytes: {files_of(Path(folder) / 'one') == files_of(out)}")


def report(seen: Watched, size: int, out: Path, documents: int, workers: int) -> None:
    """Prints what was seen of a run."""
    busy = seen.main + seen.workers
    written = size_of(out)
    manifest = read_manifest(out)
    tokens = json_counts(out)
    print(f"{workers} workers: {seen.seconds:.1f} s, {busy:.1f} s of processor; {tokens:,} tokens, {tokens / busy:,.0f} a second of it")
    print(f"  share of the cores that was used: {busy / seen.seconds / workers:.2f}")
    print(f"  serial (processor time of the main process): {seen.main:.2f} s, {seen.main / busy:.2%} of all (<= 1 %)")
    print(f"  output: {written / 1e6:,.1f} MB in {len(manifest.parts)} parts, {written / size:.2f} times the input (<= 2.5)")
    print(f"  beside the corpus at most: {seen.beside / 1e6:,.1f} MB, {seen.beside / written:.2f} times the output (<= 1)")
    halves = [seen.worker_mib[len(seen.worker_mib) // 2 :], seen.worker_mib[: len(seen.worker_mib) // 2]]
    most = " and ".join(f"{max(half, default=0):.0f}" for half in reversed(halves))
    print(
        f"  memory: main process {max(seen.main_mib):.0f} MiB, largest worker {most} MiB in the first and second half (<= 600, level)"
    )
    print(f"  {WEB:,} such documents: {busy / documents * WEB / 3600:.0f} core-hours (<= 30)", flush=True)


def json_counts(out: Path) -> int:
    """Tokens of a corpus, as its card says."""
    found = re.search(r"\| `tokens` \| ([\d,]+) \|", (out / "README.md").read_text("utf-8"))
    return int(found[1].replace(",", "")) if found else 0


def killed(raw: Path, out: Path, whole: Path, workers: int, after: float) -> None:
    """A run that is killed after so many seconds, and run again."""
    first = Run(raw, out, workers)
    time.sleep(after)
    lost = first.kill()
    seen = Run(raw, out, workers).finish()
    print(
        f"killed after {lost.seconds:.1f} s ({lost.main + lost.workers:.1f} s of processor), run again: {seen.seconds:.1f} s "
        f"({seen.main + seen.workers:.1f} s); the same bytes: {files_of(out) == files_of(whole)}",
        flush=True,
    )


def files_of(corpus: Path) -> dict[str, str]:
    """Hash of each file that the manifest names."""
    return {name: record.sha256 for name, record in read_manifest(corpus).files.items()}


if __name__ == "__main__":
    main()
