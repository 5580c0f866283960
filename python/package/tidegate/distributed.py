"""A run shared out among the workers of a Dask cluster.

    from dask.distributed import Client
    from tidegate.distributed import run

    run(Client("tcp://scheduler:8786"), "qt_goes_on", paths=100_000_000, shards=1_000, folder="/shared/qt_goes_on")

Every worker must be able to read and write the folder. What a worker counts is a file of its own there, so a worker, a
scheduler or this program may die at any time: the same call goes on with the shards that are missing.
"""

from pathlib import Path
from uuid import uuid4

from dask.distributed import as_completed

from tidegate import merge, plan, shard


class ShardsFailed(RuntimeError):
    """Shards that no worker could count; those that were counted stay."""


def run(client, scenario, *, shards, folder, paths=None, seed=None, draws=None, retries=2, progress=None):
    """Counts `shards` shards of a scenario on the workers of `client` and writes the run folder, with the bytes that one
    process would write; returns its path.

    The job lies beside it, in `folder` with `.job` at the end, and may be removed afterwards. A shard whose worker raises
    an error is tried `retries` times more; one whose worker dies is taken by another, as often as the scheduler allows
    (`distributed.scheduler.allowed-failures`). Shards are merged as they arrive. `progress`, if given, is called with the
    number of those that have arrived and of all.
    """
    folder = Path(folder).resolve()
    job = folder.with_name(folder.name + ".job")
    plan(str(scenario), shards=shards, paths=paths, seed=seed, draws=draws, out=str(job))
    # Shards are files and not results, so that nothing may be taken from an earlier call.
    call = uuid4().hex[:8]
    keys = {f"tidegate-{call}-{index}": index for index in range(shards)}
    futures = client.map(shard, [str(job)] * shards, range(shards), key=list(keys), pure=False, retries=retries)
    failed = {}

    def arriving():
        for arrived, future in enumerate(as_completed(futures), start=1):
            # One shard that fails does not keep the others from being counted.
            if future.status == "finished":
                yield keys[future.key]
            else:
                failed[keys[future.key]] = "the scheduler is lost" if future.cancelled() else future.exception()
            if progress is not None:
                progress(arrived - len(failed), shards)

    try:
        return Path(merge(str(job), out=str(folder), arriving=arriving()))
    except Exception as error:
        if not failed:
            raise
        first = min(failed)
        raise ShardsFailed(
            f"{len(failed)} of {shards} shards were not counted, the first of them {first}: {failed[first]}. The others are "
            f"in {job}; the same call goes on from there"
        ) from error
