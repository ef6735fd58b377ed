"""Jobs over the processes of this machine, or over a Dask cluster: each is done once, or again."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

from kpr_validator.triage.work import FAILED, Done, judge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.process import BaseProcess

    from kpr_validator.triage.work import Job

Given = TypeVar("Given")
Got = TypeVar("Got")


class ClusterError(Exception):
    """A cluster that can't be used; says why by a text's key."""


def each(work: Callable[[Given], Got], given: Sequence[Given], workers: int) -> Iterator[Got]:
    """Yield what the work gives for each, in the order given.

    It is for work that mostly reads and hashes, which threads do beside each other.
    """
    with ThreadPoolExecutor(workers) as pool:
        yield from pool.map(work, given)


def apart(work: Callable[[Given], Got], given: Given) -> Got:
    """Return what the work gives in a process of its own, which has read no rules before."""
    with _pool(1) as pool:
        return pool.submit(work, given).result()


def on_processes(jobs: Sequence[Job], workers: int) -> Iterator[Done]:
    """Yield the result of each job as it is done; a single worker is this process itself.

    Rules with concepts of their own are read by no process that has read others.

    A process that dies takes its pool with it: what was left is then done in a process for
    each, and a job whose own process dies again has failed.
    """
    if workers == 1 and not any(job.rules.concepts() for job in jobs[:1]):
        yield from map(judge, jobs)
        return
    left = {job.key: job for job in jobs}
    pool = _pool(workers)
    try:
        with suppress(BrokenProcessPool):
            for future in as_completed([pool.submit(judge, job) for job in left.values()]):
                done = future.result()
                del left[done.key]
                yield done
    finally:  # what stops the run, as a full disk, needn't wait for the rest
        pool.shutdown(cancel_futures=True)
    for job in left.values():
        yield _alone(job)


def _alone(job: Job) -> Done:
    try:
        return apart(judge, job)
    except BrokenProcessPool:
        return Done(job.key, None, b"", FAILED)


def _pool(workers: int) -> ProcessPoolExecutor:
    """Return processes that begin anew: they have nothing of ours open."""
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_follow)


def _follow() -> None:
    """End this process when the one that began it is gone, however it went."""

    def watch(parent: BaseProcess) -> None:
        parent.join()
        os._exit(1)

    if parent := parent_process():
        Thread(target=watch, args=(parent,), daemon=True).start()


def on_cluster(jobs: Sequence[Job], address: str) -> Iterator[Done]:
    """Yield the result of each job of a Dask cluster as it is done.

    A worker that dies loses what it was at, which another then does. Raises ClusterError
    without the extra, and when nobody answers.
    """
    try:
        from distributed import Client, as_completed  # noqa: PLC0415  an extra

        client = Client(address, timeout="20s")
    except ImportError as error:
        raise ClusterError("triage.no_cluster") from error
    except (OSError, ValueError) as error:
        raise ClusterError("triage.no_answer") from error
    waiting = sorted(jobs, key=lambda job: job.key)
    with client:
        futures = [client.submit(judge, job, key=f"kpr-{job.key}", retries=2) for job in waiting]
        for future in as_completed(futures):
            yield future.result()
            future.release()
