"""A workbench on a small corpus, and a copy of it that may be changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette.testclient", reason="starlette not installed")

from starlette.testclient import TestClient

import kz_textkit as kz
from repository import RAW
from workbench_client import HOSTILE, ORIGIN, open_client

TEXTS = ("su_zhane_dala.txt", "atamnyn_qorzhyny.txt", "alma_bagy.pdf")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `raw` and `clean`, not to be changed."""
    folder = tmp_path_factory.mktemp("workbench") / "ауыл"
    (folder / "raw").mkdir(parents=True)
    for name in TEXTS:
        shutil.copy(RAW / name, folder / "raw")
    (folder / "raw" / "қатер.txt").write_text(HOSTILE, "utf-8")
    kz.run(folder / "raw", folder / "clean", workers=1)
    return folder


@pytest.fixture(scope="session")
def client(made: Path) -> TestClient:
    return open_client(made)


DATED = {
    "көктем": (2019, "Оқушы жаңа кітап оқыды. Ұстаз қызықты кітап сатып алды. Бала кітап оқыды. Кітап үстелде жатыр."),
    "күз": (2021, "Оқушы кітап оқиды. Әжем ескі кітап сақтайды. Оқушылар мектепке барды. Ұстаз жаңа кітап ашты."),
}
"""Texts by name, with their year."""


@pytest.fixture(scope="session")
def dated(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """The workbench on a small corpus with syntax, whose documents have years."""
    folder = tmp_path_factory.mktemp("dated") / "жылдар"
    (folder / "raw").mkdir(parents=True)
    for name, (_, text) in DATED.items():
        (folder / "raw" / f"{name}.txt").write_text(f"{text}\n", "utf-8")
    lines = ["file,year", *(f"{name}.txt,{year}" for name, (year, _) in DATED.items())]
    (folder / "raw" / "metadata.csv").write_text("\n".join(lines), "utf-8")
    kz.run(folder / "raw", folder / "clean", workers=1, settings=kz.Settings(syntax=True))
    return open_client(folder)


@pytest.fixture
def own(made: Path, tmp_path: Path) -> Path:
    """A copy of it that may be changed."""
    return Path(shutil.copytree(made, tmp_path / "ауыл"))


@pytest.fixture
def changing(own: Path) -> TestClient:
    """The workbench on the copy."""
    return open_client(own)


@pytest.fixture
def post(changing: TestClient) -> Callable[..., Any]:
    """Sends a form as our own pages do, to the workbench on the copy."""

    def send(path: str, **options: Any) -> Any:
        return changing.post(path, headers={"origin": ORIGIN, "accept-language": "en"}, **options)

    return send
