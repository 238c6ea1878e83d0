"""Who does the work makes no difference: one process, several, threads, Dask or Ray write the same corpus, byte for byte."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kz_textkit.cli import app
from kz_textkit.corpus import verify
from kz_textkit.corpus.files import records_of
from kz_textkit.pipeline import executors
from kz_textkit.pipeline.batch import run
from kz_textkit.pipeline.executors import ray_cluster

WORDS = (
    *(
        "бала",
        "балалар",
        "мектепте",
        "оқыды",
        "жылқы",
        "жайлауға",
        "көшті",
        "кітапты",
        "ақын",
        "өлеңін",
        "жазған",
        "ҥйде",
        "ӛзен",
        "судың",
    ),
    *("жағасында", "қазақстанның", "бағдарламасын", "дамытты", "Абай", "Алматыға", "барлығы", "туралы", "калалық", "билiк", "ержеткен"),
)


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("executors") / "raw"
    folder.mkdir()
    chance = random.Random(7)
    for number in range(24):
        sentences = [" ".join(chance.choices(WORDS, k=9)).capitalize() + "." for _ in range(20 + 4 * number)]
        (folder / f"{number:02}.txt").write_text("\n\n".join(sentences) + "\n", "utf-8")
    (folder / "бос.txt").write_bytes(b"")
    return folder


@pytest.fixture(scope="module")
def by_one(raw: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    corpus = tmp_path_factory.mktemp("one") / "clean"
    run(raw, corpus, workers=1)
    assert verify(corpus).ok
    return hashes(corpus)


def hashes(corpus: Path) -> dict[str, str]:
    return {name: record.sha256 for name, record in records_of(corpus).items()}


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a Dask scheduler with two workers of two threads."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=2, processes=True, dashboard_address=None) as cluster:
        yield cluster.scheduler_address


@pytest.mark.slow
def test_two_processes(raw: Path, by_one: dict[str, str], tmp_path: Path) -> None:
    summary = run(raw, tmp_path / "clean", workers=2)
    assert len(summary.documents) == 24 and len(summary.failures) == 1
    assert hashes(tmp_path / "clean") == by_one


def test_threads_and_the_process_is_sound_after_them(raw: Path, by_one: dict[str, str], tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as executor:
        summary = run(raw, tmp_path / "threads", executor=executor)
    assert len(summary.documents) == 24 and len(summary.failures) == 1
    assert hashes(tmp_path / "threads") == by_one
    run(raw, tmp_path / "after", workers=1)
    assert hashes(tmp_path / "after") == by_one


@pytest.mark.slow
def test_ray(raw: Path, by_one: dict[str, str], tmp_path: Path) -> None:
    pytest.importorskip("ray")
    with ray_cluster("local") as cluster:
        summary = run(raw, tmp_path / "clean", executor=cluster.executor, workers=cluster.workers)
    assert len(summary.documents) == 24 and len(summary.failures) == 1
    assert hashes(tmp_path / "clean") == by_one


@pytest.mark.slow
def test_a_cluster_of_dask_by_its_address(raw: Path, by_one: dict[str, str], tmp_path: Path, scheduler: str) -> None:
    result = CliRunner().invoke(app, ["run", str(raw), "-o", str(tmp_path / "clean"), "--dask", scheduler, "--quiet"])
    assert result.exit_code == 1 and "бос.txt" in result.stderr
    assert hashes(tmp_path / "clean") == by_one


def test_what_is_no_cluster_is_said_in_one_line(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executors, "CONNECT_SECONDS", 1)
    monkeypatch.setitem(sys.modules, "ray", None)
    for option, said in (("--dask=tcp://127.0.0.1:9", "no Dask scheduler"), ("--ray=auto", "pip install ray")):
        result = CliRunner().invoke(app, ["run", str(raw), "-o", str(tmp_path / "clean"), option])
        assert result.exit_code == 2 and said in result.stderr and result.stderr.count("\n") == 1
    assert not (tmp_path / "clean").exists()


@pytest.mark.slow
def test_dask(raw: Path, by_one: dict[str, str], tmp_path: Path, scheduler: str) -> None:
    distributed = pytest.importorskip("distributed")
    with distributed.Client(scheduler) as client, client.get_executor() as executor:
        summary = run(raw, tmp_path / "clean", executor=executor)
    assert len(summary.documents) == 24 and len(summary.failures) == 1
    assert hashes(tmp_path / "clean") == by_one
