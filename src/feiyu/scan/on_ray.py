"""The scan on a Ray cluster: the same code over the same files, shared out among its workers (``shared_out``).

Rules this module keeps:
 * the workers must reach the addresses that they are told (a shared folder, a bucket, a database), and each finds a password in its own
   environment.

Trust: who can read the cluster's memory during a scan can read the files it reads, and learns no more by the key.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from feiyu.base.clock import Clock, SystemClock
from feiyu.scan.errors import UnknownWorkers
from feiyu.scan.limits import Limits
from feiyu.scan.model import Profile
from feiyu.scan.remote.errors import MissingExtra
from feiyu.scan.shared_out import Wanted, profile_shared_out, shared_address

if TYPE_CHECKING:
    from feiyu.scan.own import OwnTypes

HERE = "ray"
"""A Ray of its own on this machine, for this scan."""
_DEFAULT = Limits()


def profile_on_ray(
    address: str,
    *,
    on: str = HERE,
    table: str | None = None,
    query: str | None = None,
    own: "OwnTypes | None" = None,
    limits: Limits = _DEFAULT,
    clock: Clock | None = None,
) -> Profile:
    """Scan a source on Ray. ``on``: ``ray`` for this machine, ``ray://host:port`` for a cluster, ``auto`` for the one this machine is part of.

    Raises:
        UnknownWorkers: ``on`` is none of these.
        MissingExtra: Ray is not installed.
        BadInput: as a local scan.
    """
    if on not in (HERE, "auto") and not on.startswith("ray://"):
        raise UnknownWorkers(on=on)
    now = (clock or SystemClock()).now()
    wanted = Wanted(
        address=shared_address(address), table=table, query=query, limits=limits, own=own, now=now
    )
    wanted.open().close()  # what is wrong with the address is told before a cluster is joined
    with _joined(on) as ray:
        return profile_shared_out(wanted, _Ray(ray))


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


@contextmanager
def _joined(on: str) -> Iterator[Any]:
    """Ray, joined for this scan; left again if it was not joined before."""
    try:
        import ray
    except ImportError:
        raise MissingExtra(what="Ray", extra="ray") from None
    if ray.is_initialized():
        yield ray
        return
    if on == HERE:
        ray.init(
            num_cpus=os.cpu_count(), include_dashboard=False, log_to_driver=False, configure_logging=False
        )
    else:
        ray.init(address=on, log_to_driver=False, configure_logging=False)
    try:
        yield ray
    finally:
        ray.shutdown()
