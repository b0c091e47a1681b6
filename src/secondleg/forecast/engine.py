"""Where the tasks of a back-test are carried out: one by one, on the cores of this machine, or on a Dask cluster.

joblib does the sharing out in each case; a cluster is its Dask backend (extra `cluster`). Tasks are pickled to where
they run, results come back in order, and the numbers are the same wherever that is.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from secondleg.errors import BadInput, ForecastError, MissingExtra

__all__ = ["Engine", "Progress"]

Item = TypeVar("Item")
Result = TypeVar("Result")

Progress = Callable[[int, int], None]
"""Called with how many tasks are done, and of how many."""

CONNECT_SECONDS: Final = 10.0
"""How long a scheduler may take to answer."""

LOCAL: Final = "local:"
"""Before the number of workers of a cluster that is started on this machine for the run."""


@dataclass(frozen=True, slots=True)
class Engine:
    """`jobs` processes of this machine (1: this process; 0: as many as it has cores), or the Dask `cluster` whose
    scheduler is at that address (`tcp://host:8786`; `local:2` starts one of two workers for the run).
    """

    jobs: int = 1
    cluster: str | None = None

    def __post_init__(self) -> None:
        if self.jobs < 0:
            raise BadInput(
                f"{self.jobs} jobs cannot run; give 1 or more, or 0 for as many as there are cores."
            )
        if self.cluster is not None and self.cluster.startswith(LOCAL):
            workers = self.cluster.removeprefix(LOCAL)
            if not workers.isdecimal() or int(workers) < 1:
                raise BadInput(
                    f"{self.cluster!r} does not say how many workers to start; write it as local:2."
                )

    def map(
        self,
        function: Callable[[Item], Result],
        items: Iterable[Item],
        total: int,
        progress: Progress | None = None,
    ) -> list[Result]:
        """`function` of each of the `total` items, in their order.

        Items are asked for only as they are needed, so that not all have to be in memory at once.

        Raises:
            MissingExtra: a cluster is asked for and the extra `cluster` is not installed.
            ForecastError: no scheduler answers at the cluster's address.
        """
        done: list[Result] = []
        for result in self._results(function, items, total):
            done.append(result)
            if progress is not None:
                progress(len(done), total)
        return done

    def _results(
        self, function: Callable[[Item], Result], items: Iterable[Item], total: int
    ) -> Iterator[Result]:
        jobs = min(self.jobs or os.cpu_count() or 1, total)
        if self.cluster is None and jobs <= 1:
            yield from map(function, items)
            return
        import joblib

        calls = (joblib.delayed(function)(item) for item in items)
        if self.cluster is None:
            yield from joblib.Parallel(n_jobs=jobs, return_as="generator", batch_size=1)(calls)
            return
        with _client(self.cluster) as client, joblib.parallel_config(backend="dask", client=client):
            yield from joblib.Parallel(n_jobs=-1, return_as="generator", batch_size=1)(calls)


@contextmanager
def _client(address: str) -> Iterator[Any]:
    """A client of the cluster at `address`; one that was started for the run ends with it."""
    try:
        import distributed
    except ImportError as missing:
        raise MissingExtra("running on a cluster", "cluster") from missing
    client_of: Callable[..., Any] = distributed.Client
    local_cluster: Callable[..., Any] = distributed.LocalCluster
    if address.startswith(LOCAL):
        workers = int(address.removeprefix(LOCAL))
        with (
            local_cluster(
                n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None
            ) as cluster,
            client_of(cluster) as client,
        ):
            yield client
        return
    try:
        client = client_of(address, timeout=CONNECT_SECONDS)
    except (OSError, TimeoutError, ValueError) as error:
        raise ForecastError(
            f"no Dask scheduler answers at {address}: {error}. Start one with: dask scheduler, and give its "
            "address as --cluster tcp://HOST:8786; or let --cluster local:2 start one here."
        ) from error
    with client:
        yield client
