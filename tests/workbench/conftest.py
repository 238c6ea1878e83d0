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
