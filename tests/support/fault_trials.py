"""Trials of `run` on a file system that fails: `python fault_trials.py kill|ENOSPC|EIO FOLDER` prints what came of them as JSON.

A corpus of two files is there, one file has changed since, one has come. A run is hit at its first call to the file system, the next
run at its second, and so on to the last. After each hit: the corpus that is found is the old one or the new one, and says so itself
(`verify`); the same run again ends well, gives the new corpus, and leaves nothing behind.

The process forks for each trial, so the libraries are loaded once; it starts no threads of its own.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from file_system_faults import KILLED, Faults
from kz_textkit.cleaning.clean import clean
from kz_textkit.corpus.files import records_of
from kz_textkit.corpus.place import place_of
from kz_textkit.corpus.verification import verify
from kz_textkit.document import RawDocument
from kz_textkit.errors import KzTextkitError
from kz_textkit.pipeline.batch import run
from kz_textkit.pipeline.process import annotated
from kz_textkit.pipeline.summary import Summary
from kz_textkit.settings import Settings

OLD = {"аю.txt": "Аю орманда тұрады. Ол балды жақсы көреді.\n", "түлкі.txt": "Тҥлкі қу аң. Ол қоянды қуып жүр.\n"}
NEW = {**OLD, "аю.txt": "Қорбаң аю ҥңгірде ұйықтап жатыр.\n", "қасқыр.txt": "Қасқыр далада жортады. Қысы ұзақ болды.\n"}


def in_child(work: Callable[[], str]) -> str:
    """What a forked process says of its work: an empty text where all is well, or what is wrong."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            said = work()
        except BaseException:
            said = traceback.format_exc()
        os.write(writing, said.encode()[-3000:])
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read().decode(errors="replace")
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    return said if code in (0, KILLED) else f"{said} (exit code {code})"


def files_of(corpus: Path) -> dict[str, str]:
    """Hash of each file."""
    return {name: record.sha256 for name, record in records_of(corpus).items()}


def write(folder: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")


def run_in(place: Path) -> Summary:
    """A run with paths that are the same wherever the trial is."""
    os.chdir(place)
    return run("raw", "out/clean", workers=1)


def hit_run(place: Path, at: int, how: int | str, log: Path) -> str:
    """A run that is hit; the calls that it made go to `log`. The only error that may come out is one for people."""
    faults = Faults(place / "out", at, how)

    def work() -> str:
        faults.install()
        try:
            run_in(place)
        except KzTextkitError as error:
            return "" if "\n" not in str(error) else f"not one line: {error}"
        finally:
            faults.folder = "\0"
            log.write_text("\n".join(faults.calls), "utf-8")
        return ""

    return in_child(work)


def check(place: Path, old: dict[str, str], new: dict[str, str]) -> str:
    """What is wrong after a hit."""

    def found() -> str:
        corpus = place_of(place / "out" / "clean")
        if files_of(corpus) not in (old, new):
            return "the corpus is neither the old one nor the new one"
        # Byte for byte one of two corpora that were verified wholly: the manifest is what is left to be looked at.
        result = verify(place / "out" / "clean", quick=True)
        return "" if result.ok else f"verify: {result.problems}"

    def again() -> str:
        summary = run_in(place)
        left = sorted(path.name for path in (place / "out").iterdir())
        if summary.failures or left != ["clean"]:
            return f"run again: {summary.failures}, {left}"
        return "" if files_of(place / "out" / "clean") == new else "run again: another corpus than without the hit"

    return in_child(found) or in_child(again)


def trials(how: int | str, folder: Path, step: int) -> dict[str, object]:
    base, log = folder / "base", folder / "calls.txt"
    for inside in ("raw", "out"):
        (base / inside).mkdir(parents=True)
    write(base / "raw", OLD)
    problems = [in_child(lambda: str(run_in(base).failures or ""))]
    old = files_of(base / "out" / "clean")
    write(base / "raw", NEW)
    done = folder / "done"
    shutil.copytree(base, done)
    problems.append(hit_run(done, -1, how, log))
    problems += [in_child(lambda place=place: str(verify(place / "out" / "clean").problems or "")) for place in (base, done)]
    new, calls = files_of(done / "out" / "clean"), log.read_text("utf-8").split("\n")
    count = 0
    for at in range(0, len(calls), step):
        place = folder / f"trial-{at}"
        shutil.copytree(base, place)
        wrong = hit_run(place, at, how, log) or check(place, old, new)
        if wrong:
            problems.append(f"{at} ({calls[at]}): {wrong}")
        shutil.rmtree(place)
        count += 1
    return {
        "trials": count,
        "calls": len(calls),
        "problems": [problem for problem in problems if problem],
        "kinds": sorted({c.split()[0] for c in calls}),
    }


if __name__ == "__main__":
    kind, where = sys.argv[1], Path(sys.argv[2])
    raw = RawDocument("д", "д.txt", "", "utf-8", "\n".join([*OLD.values(), *NEW.values()]))
    list(annotated(clean(raw), Settings()))  # Dictionaries are read once, before the trials.
    print(json.dumps(trials("kill" if kind == "kill" else getattr(errno, kind), where, int(sys.argv[3])), ensure_ascii=False, indent=1))
