"""The scan on a Ray cluster: the same code over the same files, shared out by table.

Every worker opens the source by its address and scans every n-th table of it; the parts are put together as a local scan puts its own. So a
report is the same to the byte, wherever its parts were made.

Rules this module keeps:
 * addresses are shipped, never data: the workers must reach the files (a shared folder, a bucket, a database);
 * no secret is shipped: each worker draws a random key for counting, and finds a password in its own environment;
 * a refusal comes back as itself.
"""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feiyu.base.clock import Clock, FixedClock, SystemClock
from feiyu.base.errors import FeiyuError
from feiyu.scan.limits import Limits
from feiyu.scan.model import Profile
from feiyu.scan.remote.address import open_address
from feiyu.scan.remote.errors import BadAddress, MissingExtra
from feiyu.scan.survey import Part, listed_tables, put_together, some_tables

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
        MissingExtra: Ray is not installed.
        BadInput: as a local scan.
    """
    clock = clock or SystemClock()
    now = clock.now()
    with (
        closing(open_address(address, table=table, query=query, limits=limits)) as source,
        _joined(on) as ray,
    ):
        share = max(1, int(ray.cluster_resources().get("CPU", 1)))
        task = ray.remote(num_cpus=1, max_retries=3)(_share)
        wanted = (
            address if "://" in address else str(Path(address).absolute()),
            table,
            query,
            limits,
            own,
            now,
        )
        waiting = [task.remote(wanted, at, share) for at in range(share)]
        parts = listed_tables(source, clock=FixedClock(now))
        for parts_or_refusal in ray.get(waiting):
            if isinstance(parts_or_refusal, tuple):
                kind, values = parts_or_refusal
                raise kind(**values)
            parts += parts_or_refusal
        return put_together(source, parts)


def _share(
    wanted: tuple[Any, ...], at: int, share: int
) -> list[Part] | tuple[type[FeiyuError], dict[str, object]]:
    """One worker's tables: those whose place is ``at`` when counted round by ``share``."""
    address, table, query, limits, own, now = wanted
    assert isinstance(now, datetime)
    try:
        with closing(open_address(address, table=table, query=query, limits=limits)) as source:
            return some_tables(source, lambda place: place % share == at, clock=FixedClock(now), own=own)
    except FeiyuError as refusal:
        return type(refusal), refusal.values


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
    elif on == "auto" or on.startswith("ray://"):
        ray.init(address=on, log_to_driver=False, configure_logging=False)
    else:
        raise BadAddress(
            address=on, reason="ray, auto or ray://host:port", reason_zh="应为 ray、auto 或 ray://主机:端口"
        )
    try:
        yield ray
    finally:
        ray.shutdown()
