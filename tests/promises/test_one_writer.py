"""One run writes a corpus at a time; the second one says who does, and touches nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kz_textkit.corpus import verify
from kz_textkit.corpus.lock import Lock
from kz_textkit.errors import UsageError
from kz_textkit.pipeline.batch import run

HOLD = """
import sys, time
from pathlib import Path
from kz_textkit.corpus.lock import Lock
lock = Lock(Path(sys.argv[1]), "corpus")
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    (tmp_path / "raw").mkdir()
    for name in ("күз", "қыс"):
        (tmp_path / "raw" / f"{name}.txt").write_text(f"Бұл – {name} туралы. Ауа райы ҥнемі өзгереді.\n", "utf-8")
    return tmp_path / "raw"


@pytest.mark.slow
def test_the_second_run_says_who_writes_and_touches_nothing(raw: Path, tmp_path: Path) -> None:
    said = []

    def second(done: int, total: int, name: str) -> None:
        with pytest.raises(UsageError, match=f"process {os.getpid()} on .* since ") as error:
            run(raw, tmp_path / "clean")
        said.append(str(error.value))

    run(raw, tmp_path / "clean", progress=second)
    assert len(said) == 2 and all("\n" not in line for line in said)
    assert verify(tmp_path / "clean").ok
    assert sorted(path.name for path in tmp_path.iterdir()) == ["clean", "raw"]


@pytest.mark.slow
def test_another_process_is_waited_out_and_a_dead_one_is_not(raw: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path / ".clean.lock")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None and other.stdout.readline() == "held\n"
        done = subprocess.run(
            [sys.executable, "-c", "from kz_textkit.cli import app; app()", "run", str(raw), "-o", str(tmp_path / "clean"), "-q"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 2
        assert f"process {other.pid} on" in done.stderr and done.stderr.count("\n") == 1
        other.kill()
    assert (tmp_path / ".clean.lock").exists()
    assert len(run(raw, tmp_path / "clean").documents) == 2
    assert not (tmp_path / ".clean.lock").exists()


def test_a_lock_can_be_taken_again_when_it_was_given_back(tmp_path: Path) -> None:
    for _ in range(3):
        lock = Lock(tmp_path / "lock", "корпус")
        assert json.loads((tmp_path / "lock").read_text())["pid"] == os.getpid()
        with pytest.raises(UsageError):
            Lock(tmp_path / "lock", "корпус")
        lock.release()
        lock.release()


def test_what_stands_in_a_lock_is_shown_and_never_obeyed(tmp_path: Path) -> None:
    lock = Lock(tmp_path / "lock", "корпус")
    (tmp_path / "lock").write_text(json.dumps({"pid": "\x1b[2J", "host": ["a"], "since": "\u202e" * 200}))
    with pytest.raises(UsageError) as error:
        Lock(tmp_path / "lock", "корпус")
    assert str(error.value).isprintable() and len(str(error.value)) < 1000
    lock.release()
