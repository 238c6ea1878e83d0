"""A folder may hold anything: what is no file that can be read gets one line, and the rest goes on."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from kz_textkit.corpus import verify
from kz_textkit.corpus.entries import is_safe_name
from kz_textkit.errors import UsageError
from kz_textkit.pipeline import process
from kz_textkit.pipeline.batch import run
from kz_textkit.pipeline.discover import discover, numbered, safe_id
from kz_textkit.settings import Limits, Settings

GOOD = "Ауыл шетінде ескі диірмен бар. Оны атам салған, ҥй де сонда.\n"


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "диірмен.txt").write_text(GOOD, "utf-8")
    return tmp_path / "raw"


def failures(raw: Path, **options: object) -> dict[str, str]:
    """Reasons by name, after a run that took in the good file and left a whole corpus."""
    summary = run(raw, raw.parent / "clean", workers=1, **options)  # type: ignore[arg-type]
    assert "диірмен" in [entry.doc_id for entry in summary.documents]
    assert verify(raw.parent / "clean").ok
    assert all("\n" not in str(failure) and str(failure).isprintable() for failure in summary.failures)
    return {Path(failure.source).name: failure.reason for failure in summary.failures}


def test_pipes_and_sockets(raw: Path) -> None:
    os.mkfifo(raw / "құбыр.txt")
    os.mkfifo(raw / "құбыр")
    server = socket.socket(socket.AF_UNIX)
    there = Path.cwd()
    os.chdir(raw)  # Names of sockets may not be long.
    try:
        server.bind("s.txt")
    finally:
        os.chdir(there)
        server.close()
    assert failures(raw) == {"құбыр.txt": "is a pipe, not a file", "s.txt": "is a socket, not a file"}


def test_links(raw: Path) -> None:
    (raw / "өзіне.txt").symlink_to("өзіне.txt")
    (raw / "жоқ.txt").symlink_to("ешқайда.txt")
    (raw / "нөл.txt").symlink_to("/dev/zero")
    (raw / "өзіне").symlink_to("өзіне")
    (raw / "жоғары").symlink_to("..")
    (raw / "бар.txt").symlink_to("диірмен.txt")
    found = failures(raw)
    assert set(found) == {"өзіне.txt", "жоқ.txt", "нөл.txt"}
    assert found["жоқ.txt"] == "is a link that leads nowhere"
    assert found["нөл.txt"] == "is a device, not a file"
    assert discover(raw).other == {"broken link": 1, "link to a folder": 1}


def test_a_device_named_as_the_input(tmp_path: Path) -> None:
    summary = run("/dev/zero", tmp_path / "clean")
    assert [failure.reason for failure in summary.failures] == ["is a device, not a file"]
    assert not (tmp_path / "clean").exists()


def test_a_file_of_twenty_gigabytes(raw: Path) -> None:
    with (raw / "үлкен.txt").open("wb") as file:
        file.truncate(20 << 30)
    reason = failures(raw)["үлкен.txt"]
    assert "20,480 MiB" in reason and "2,000 is the limit" in reason


def test_a_limit_that_the_user_sets(raw: Path) -> None:
    (raw / "кітап.txt").write_text(GOOD * 30_000, "utf-8")
    assert "1 is the limit" in failures(raw, settings=Settings(limits=Limits(file_mb=1)))["кітап.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is locked to root")
def test_a_locked_folder_and_a_locked_file(raw: Path) -> None:
    (raw / "құлып").mkdir(mode=0)
    (raw / "жабық.txt").write_text(GOOD, "utf-8")
    (raw / "жабық.txt").chmod(0)
    try:
        assert set(failures(raw)) == {"құлып", "жабық.txt"}
    finally:
        (raw / "құлып").chmod(0o700)


def test_a_folder_that_cannot_be_looked_into(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (raw / "құлып").mkdir()
    (raw / "құлып" / "мәтін.txt").write_text(GOOD, "utf-8")
    real = Path.iterdir

    def locked(self: Path) -> object:
        if self.name == "құлып":
            raise PermissionError(13, "Permission denied", str(self))
        return real(self)

    monkeypatch.setattr(Path, "iterdir", locked)
    assert failures(raw) == {"құлып": "Permission denied"}


@pytest.mark.parametrize("change", ["shrinks", "grows", "goes"])
def test_a_file_that_changes_while_it_is_read(change: str, raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (raw / "тірі.txt").write_text(GOOD * 3, "utf-8")
    real = process.read_all

    def reading(path: Path, **options: object) -> object:
        yield from real(path, **options)  # type: ignore[arg-type]
        if path.name == "тірі.txt":
            if change == "goes":
                path.unlink()
            else:
                path.write_text(GOOD if change == "shrinks" else GOOD * 9, "utf-8")

    monkeypatch.setattr(process, "read_all", reading)
    reason = failures(raw)["тірі.txt"]
    assert "No such file" in reason if change == "goes" else "changed while it was read" in reason


def test_names_that_no_system_takes_become_names_that_all_take(raw: Path) -> None:
    names = (
        "CON",
        "nul",
        "COM1.бөлім",
        "жол\nекі",
        'сұрақ?"бар"',
        "а:б",
        "соңы.",
        " бос ",
        "\u202eтерс",
        "\x1b[2J",
        "-ж",
        "мысық-0000001",
    )
    for name in names:
        (raw / f"{name}.txt").write_text(GOOD + name.strip(), "utf-8")
    assert failures(raw) == {}
    ids = [file.doc_id for file in discover(raw).files]
    assert len({name.casefold() for name in ids}) == len(ids) == len(names) + 1
    assert all(is_safe_name(name) for name in ids)
    assert not {name.split(".")[0].upper() for name in ids} & {"CON", "NUL", "COM1"}
    assert sorted(path.stem for path in (raw.parent / "clean" / "text").iterdir()) == sorted(ids)


def test_twenty_thousand_files_of_one_name_have_ids_at_once() -> None:
    files = list(numbered([Path(f"{i}/index.txt") for i in range(20_000)]))
    assert files[0].doc_id == "index" and files[-1].doc_id == "index-20000"
    assert safe_id("index-0000001") == "index-0000001_"


def test_folders_within_folders_without_end(raw: Path) -> None:
    deep = raw
    for _ in range(300):
        deep = deep / "п"
        deep.mkdir()
    (deep / "терең.txt").write_text(GOOD, "utf-8")
    assert failures(raw) == {}


@pytest.mark.parametrize("name", ["жоқ.txt", "а\0б", "х" * 5_000])
def test_an_input_that_cannot_be_there_is_said_in_one_line(name: str, tmp_path: Path) -> None:
    for source, output in ((tmp_path / name, tmp_path / "clean"),):
        with pytest.raises(UsageError) as error:
            run(source, output)
        assert str(error.value).isprintable()
