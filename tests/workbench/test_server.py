"""The command `open`: it prints its address, listens on this machine alone, and ends when it is told to."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kz_textkit.cli import app
from kz_textkit.cli.workbench import NEEDED


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has other signals")
def test_the_command_serves_until_it_is_interrupted(made: Path) -> None:
    command = [sys.executable, "-c", "import sys; from kz_textkit.cli import app; app()", "open", str(made), "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        found = re.search(r"(http://127\.0\.0\.1:\d+)/\?token=(\S{20,})", first)
        assert found is not None, first
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(), urllib.request.ProxyHandler({}))
        assert "su_zhane_dala" in opener.open(found[0], timeout=60).read().decode()
        stranger = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with pytest.raises(urllib.error.HTTPError, match="403"):
            stranger.open(found[1], timeout=60)
        process.send_signal(signal.SIGINT)
        process.wait(30)


def test_bad_input_gets_one_line(tmp_path: Path) -> None:
    for arguments in ([str(tmp_path / "жоқ")], [str(tmp_path), "--sources", str(tmp_path / "жоқ")]):
        result = CliRunner().invoke(app, ["open", *arguments])
        assert result.exit_code == 2 and result.output.count("\n") == 1


def test_what_is_not_installed_is_named_with_the_way_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "modules", {name: module for name, module in sys.modules.items() if name.split(".")[0] not in NEEDED})
    monkeypatch.setattr(sys, "meta_path", [])
    result = CliRunner().invoke(app, ["open", str(tmp_path)])
    assert result.exit_code == 2
    assert "pip install 'kz-textkit[workbench]'" in result.output
