"""A file system that fails, or dies, at a call of one's choice.

What Python code does to files goes through a handful of functions: open, write, sync, rename, make, remove. Here each of them counts
its calls for paths under one folder, and at the call that was chosen either the process ends at once, as under `kill -9` or a loss of
power, or the call fails as on a full or broken disk. A write that is hit writes half of its bytes first. The idea is that of SQLite's
tests of I/O errors and crashes (*How SQLite Is Tested*, 3.2 and 3.3).
"""

from __future__ import annotations

import builtins
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

__all__ = ["Faults"]

KILLED = 9
"""Exit code of a process that was ended here."""


class Faults:
    """Counts calls under a folder; at number `at` does what `how` says: `kill`, or the number of an error. There is no way back."""

    def __init__(self, folder: Path, at: int = -1, how: int | str = "kill") -> None:
        self.folder, self.at, self.how = os.path.realpath(folder), at, how
        self.calls: list[str] = []
        self._paths: dict[int, str] = {}

    def install(self) -> None:
        """From now on, in this process."""
        for name in ("rename", "replace", "unlink", "remove", "mkdir", "rmdir", "listdir", "scandir"):
            setattr(os, name, self._counted(name, getattr(os, name)))
        linking = os.link

        def link(source: Any, target: Any, **options: Any) -> None:
            inside = self._inside(target)
            if inside:
                self._hit("link", inside)
            linking(source, target, **options)

        os.link = link  # type: ignore[assignment]
        self._install_open()
        for name in ("fsync", "ftruncate"):
            setattr(os, name, self._counted_by_number(name, getattr(os, name)))
        writing = os.write

        def write(number: int, data: bytes) -> int:
            if number in self._paths:
                self._hit("write", self._paths[number], lambda: writing(number, data[: len(data) // 2]))
            return writing(number, data)

        os.write = write  # type: ignore[assignment]

    def _install_open(self) -> None:
        opening, opening_file = os.open, io.open
        faults = self

        def open_number(path: Any, flags: int, mode: int = 0o777, **options: Any) -> int:
            inside = self._inside(path)
            if inside:
                self._hit("open", inside)
            number = opening(path, flags, mode, **options)
            self._paths.pop(number, None)
            if inside:
                self._paths[number] = inside
            return number

        class File(io.FileIO):
            def write(self, data: Any) -> int:
                place = faults._inside(self.name) if not isinstance(self.name, int) else faults._paths.get(self.name, "")
                if place:
                    faults._hit("write", place, lambda: io.FileIO.write(self, bytes(data)[: len(data) // 2]))
                return super().write(data) or 0

        def open_file(
            file: Any, mode: str = "r", buffering: int = -1, encoding: Any = None, errors: Any = None, newline: Any = None, *more: Any
        ) -> Any:
            inside = self._paths.get(file, "") if isinstance(file, int) else self._inside(file)
            if not inside:
                return opening_file(file, mode, buffering, encoding, errors, newline, *more)
            if not isinstance(file, int):
                self._hit("open", inside)
            if not any(letter in mode for letter in "wax+"):
                return opening_file(file, mode, buffering, encoding, errors, newline, *more)
            stream = io.BufferedWriter(File(file, mode.replace("b", "").replace("t", "")))
            self._paths[stream.fileno()] = inside
            return stream if "b" in mode else io.TextIOWrapper(stream, encoding, errors, newline)

        os.open = open_number  # type: ignore[assignment]
        io.open = builtins.open = open_file  # type: ignore[assignment]

    def _counted(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def counted(path: Any = ".", *arguments: Any, **options: Any) -> Any:
            inside = self._paths.get(path, "") if isinstance(path, int) else self._inside(path, options.get("dir_fd"))
            if inside:
                self._hit(name, inside)
            return function(path, *arguments, **options)

        return counted

    def _counted_by_number(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def counted(number: int, *arguments: Any) -> Any:
            if number in self._paths:
                self._hit(name, self._paths[number])
            return function(number, *arguments)

        return counted

    def _inside(self, path: Any, folder: int | None = None) -> str:
        """The path as text where it is under the folder, else an empty one."""
        text = os.fsdecode(path)
        if folder is not None:
            return f"{self._paths[folder]}/{text}" if folder in self._paths else ""
        # Links are not followed: a call on one is a call on it.
        full = os.path.abspath(text)  # noqa: PTH100
        return full if full.startswith(self.folder) else ""

    def _hit(self, name: str, path: str, half: Callable[[], Any] | None = None) -> None:
        self.calls.append(f"{name} {os.path.relpath(path, self.folder)}")
        if len(self.calls) - 1 != self.at:
            return
        if half is not None:
            half()
        if self.how == "kill":
            os._exit(KILLED)
        assert isinstance(self.how, int)
        raise OSError(self.how, os.strerror(self.how), path)
