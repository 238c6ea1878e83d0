"""The workbench as a browser sees it, more or less: requests with its cookie, without a server."""

from __future__ import annotations

from pathlib import Path

from starlette.testclient import TestClient

from kz_textkit.workbench.application import make_application
from kz_textkit.workbench.workspace import Workspace, folders_of

__all__ = ["HOST", "HOSTILE", "ORIGIN", "PORT", "TOKEN", "open_client"]

PORT, TOKEN = 8765, "not-a-secret"
HOST = f"127.0.0.1:{PORT}"
ORIGIN = f"http://{HOST}"

HOSTILE = """1-дәріс. <script>alert("тақырып")</script> Су туралы

Судың <script>document.title = "ұрланды"</script> табиғаттағы орны ӛте зор. Ӛзендер мен кӛлдер <img src=x onerror=alert(1)> елдің
байлығы. Бұл туралы "><svg onload=alert(2)> деп те жазылған. Мына \u202eжол кері\u202c оқылады.

http://kk.wikipedia.org/wiki/%3Cscript%3Ealert(3)%3C/script%3E

2-дәріс. Дала мен орман

Дала кең, орман қалың. Ӛзен бойында ел кӛп. Орман мен дала адамға қымбат, оларды қорғау керек.
"""


def open_client(folder: Path, *, port: int = PORT, enter: bool = True) -> TestClient:
    """A browser, more or less, at the workbench on a folder."""
    application = make_application(Workspace(folders_of(folder)), token=TOKEN, port=port)
    client = TestClient(application, base_url=f"http://127.0.0.1:{port}", raise_server_exceptions=False)
    if enter:
        assert client.get("/", params={"token": TOKEN}).status_code in (200, 303)
    return client
