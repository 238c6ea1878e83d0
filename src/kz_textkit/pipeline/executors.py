"""Executors on many machines, as `concurrent.futures` knows them: those of Dask, and one for Ray.

A run hands its tasks to an executor and needs nothing else of it: what comes of a task is written into the folder of the run by whoever
does it, and only a few numbers come back. So the input and the output must be in folders that all machines see under the same paths,
with the same version of kz-textkit on each. The corpus is the same as one process makes it.

Dask and Ray are not installed with kz-textkit: `pip install 'kz-textkit[dask]'`, `pip install ray`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any, NamedTuple

from kz_textkit.errors import UsageError
from kz_textkit.printable import printable

__all__ = ["Cluster", "RayExecutor", "dask_cluster", "ray_cluster"]

CONNECT_SECONDS = 30


class Cluster(NamedTuple):
    """Machines that work together."""

    executor: Executor
    workers: int
    """Tasks that they do at the same time."""


@contextmanager
def dask_cluster(address: str) -> Iterator[Cluster]:
    """The Dask cluster whose scheduler is at an address, such as `tcp://10.0.0.1:8786`.

    Raises `UsageError` where Dask is not installed, or there is no such scheduler.
    """
    distributed = _module("distributed", "pip install 'kz-textkit[dask]'")
    try:
        client = distributed.Client(address, timeout=CONNECT_SECONDS)
    except (OSError, ValueError, TimeoutError) as error:
        raise UsageError(f"there is no Dask scheduler at {printable(address)}: {printable(_line(error))}") from None
    with client:
        workers = sum(client.ncores().values())
        if not workers:
            raise UsageError(
                f"the Dask scheduler at {printable(address)} has no workers: start some with `dask worker {printable(address)}`"
            )
        # A task depends on files, too: the same call may have another result.
        with client.get_executor(pure=False) as executor:
            yield Cluster(executor, workers)


@contextmanager
def ray_cluster(address: str) -> Iterator[Cluster]:
    """The Ray cluster at an address, such as `auto` (the one that this machine belongs to) or `ray://10.0.0.1:10001`; `local` starts
    one on this machine.

    Raises `UsageError` where Ray is not installed, or there is no such cluster.
    """
    ray = _module("ray", "pip install ray")
    try:
        # What we log is ours alone; nobody is told how Ray is used.
        ray.init(None if address == "local" else address, log_to_driver=False, include_dashboard=False if address == "local" else None)
    except (OSError, ValueError, RuntimeError, TimeoutError) as error:
        raise UsageError(f"there is no Ray cluster at {printable(address)}: {printable(_line(error))}") from None
    try:
        yield Cluster(RayExecutor(ray), max(1, int(ray.cluster_resources().get("CPU", 1))))
    finally:
        ray.shutdown()


class RayExecutor(Executor):
    """Does calls as tasks of Ray, each on one processor; `ray` is the module, which is connected to a cluster."""

    def __init__(self, ray: ModuleType) -> None:
        self._ray = ray
        self._remote: dict[Callable[..., Any], Any] = {}

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Hand out a call; its result is that of the future."""
        if fn not in self._remote:
            self._remote[fn] = self._ray.remote(num_cpus=1, max_retries=0)(fn)
        future: Future[Any] = self._remote[fn].remote(*args, **kwargs).future()
        return future


def _module(name: str, how: str) -> ModuleType:
    try:
        return import_module(name)
    except ImportError:
        raise UsageError(f"this needs {name}, which is not installed: {how}") from None


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
