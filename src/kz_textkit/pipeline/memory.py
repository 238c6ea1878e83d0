"""Memory that is no longer used goes back to the system: Python frees it, and the C library may keep it for itself."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Callable
from functools import lru_cache

import pyarrow as pa

__all__ = ["give_back_free_memory", "give_back_memory"]


def give_back_memory() -> None:
    """Free what nothing refers to any more, and where the C library can be told to (glibc), give the pages back."""
    gc.collect()
    give_back_free_memory()


def give_back_free_memory() -> None:
    """Give back what is free already: to look for what nothing refers to takes long in a process that knows many words."""
    pa.default_memory_pool().release_unused()
    _trim()


@lru_cache(maxsize=1)
def _trimmer() -> Callable[[int], object] | None:
    try:
        found: Callable[[int], object] = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):
        return None
    return found


def _trim() -> None:
    trim = _trimmer()
    if trim is not None:
        trim(0)
