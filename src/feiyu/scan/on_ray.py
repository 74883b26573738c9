"""The scan on a Ray cluster: the same code over the same files, shared out among its workers (``shared_out``).

Rules this module keeps:
 * the workers must reach the addresses that they are told (a shared folder, a bucket, a database), and each finds a password in its own
   environment.

Trust: who can read the cluster's memory during a scan can read the files it reads, and learns no more by the key.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from feiyu.scan.errors import UnknownWorkers
from feiyu.scan.remote.errors import MissingExtra

HERE = "ray"


@contextmanager
def joined(on: str) -> Iterator["_Ray"]:
    """A Ray for this scan, left again if it was not joined before.

    ``ray``: one of its own on this machine; ``ray://host:port``: a cluster; ``auto``: the one that this machine is part of.
    """
    if on not in (HERE, "auto") and not on.startswith("ray://"):
        raise UnknownWorkers(on=on)
    try:
        import ray
    except ImportError:
        raise MissingExtra(name="Ray", extra="ray") from None
    if ray.is_initialized():
        yield _Ray(ray)
        return
    if on == HERE:
        ray.init(
            num_cpus=os.cpu_count(), include_dashboard=False, log_to_driver=False, configure_logging=False
        )
    else:
        ray.init(address=on, log_to_driver=False, configure_logging=False)
    try:
        yield _Ray(ray)
    finally:
        ray.shutdown()


class _Ray:
    """The workers of a cluster."""

    one_disk = False

    def __init__(self, ray: Any) -> None:
        self._ray = ray
        self.count = max(1, int(ray.cluster_resources().get("CPU", 1)))

    def begin(self, work: Callable[..., Any], *arguments: object, **named: object) -> Any:
        return self._ray.remote(num_cpus=1, max_retries=3)(work).remote(*arguments, **named)

    def result(self, ticket: Any) -> Any:
        return self._ray.get(ticket)

    def drop(self, ticket: Any) -> None:
        self._ray.cancel(ticket)
