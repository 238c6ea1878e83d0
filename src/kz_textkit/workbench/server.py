"""The server of the workbench: on the loopback address of this machine, until it is stopped."""

from __future__ import annotations

import secrets
import socket
import webbrowser
from collections.abc import Callable
from threading import Thread, Timer

import uvicorn

from kz_textkit.errors import UsageError
from kz_textkit.morphology.commonness import shared_analyzer
from kz_textkit.workbench.application import make_application
from kz_textkit.workbench.workspace import Folders, Workspace

__all__ = ["LOOPBACK", "serve"]

LOOPBACK = "127.0.0.1"
MOST_CONNECTIONS = 64
BROWSER_DELAY = 0.6
"""Seconds until the browser is opened, when the server has begun to listen."""


def serve(folders: Folders, *, port: int = 0, browser: bool = True, say: Callable[[str], None] = print) -> None:
    """Show what is in the folders in the browser until the server is stopped (Ctrl-C). Port 0 is any that is free.

    Raises `UsageError` where the port is not free.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((LOOPBACK, port))
        listener.listen()  # Who comes before the server is ready waits for it.
    except OSError as error:
        listener.close()
        raise UsageError(f"port {port} can't be used ({error.strerror or error}): give another with --port, or leave it out") from None
    port = listener.getsockname()[1]
    token = secrets.token_urlsafe(32)
    workspace = Workspace(folders)
    server = uvicorn.Server(
        uvicorn.Config(
            make_application(workspace, token=token, port=port),
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=MOST_CONNECTIONS,
            timeout_graceful_shutdown=2,
        )
    )
    first = f"http://{LOOPBACK}:{port}/?token={token}"
    say(f"The workbench is at {first}\nStop it with Ctrl-C.")
    if browser:
        timer = Timer(BROWSER_DELAY, webbrowser.open, (first,))
        timer.daemon = True
        timer.start()
    # The dictionary takes a second or two; who reads the first page does not wait for it.
    Thread(target=lambda: shared_analyzer().parse("сөз"), daemon=True).start()
    try:
        server.run(sockets=[listener])
    finally:
        listener.close()
        workspace.images.close()
