"""A small cluster on this machine: a scheduler and two workers on loopback, and a corpus on them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helpers.batches import Summary, workers
from helpers.pipeline import analyse_corpus


@contextmanager
def scheduler(size: int = 2) -> Iterator[str]:
    """The address of a scheduler with some workers, each a process of its own, on loopback.

    Raises:
        ValueError: distributed is not installed.
    """
    try:
        from distributed import LocalCluster
    except ModuleNotFoundError:
        raise ValueError("distributed is not installed; install it with: pip install -e '.[cluster]'") from None
    with LocalCluster(
        n_workers=size, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        yield cluster.scheduler_address


def demo(source: Path, folder: Path, size: int = 2) -> Summary:
    """The tables of a file or folder of articles, made by a scheduler and its workers on this machine."""
    with scheduler(size) as address, workers(scheduler=address) as executor:
        print(f"{size} workers at {address}")
        return analyse_corpus(source, folder, executor)
