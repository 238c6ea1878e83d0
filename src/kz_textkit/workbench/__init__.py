"""The workbench: a corpus in the browser, on this machine only, for people who would rather look than type.

Pages are made on the server (Starlette, Jinja2) and have stable addresses; parts of them come as they are needed by htmx, the one
script that is not ours. What a page shows is computed by the same functions that the library and the command line have; here stand the
looks, the addresses, and what keeps strangers out.
"""

from __future__ import annotations

__all__: list[str] = []
