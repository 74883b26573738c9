"""A leave ends at its persons, its bytes and its instant, each to the one."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feiyu.edge.errors import LeaveOver
from feiyu.edge.leave import Leave
from feiyu.registry.leases import Lease
from feiyu.registry.terms import Usage

END = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
LEAVE = Leave(id="lea_1", transfer_id="trf_1", persons=10, sensitive=3, size_bytes=1000, not_after=END)


@settings(deadline=None)
@given(st.integers(0, 12), st.integers(0, 5), st.integers(990, 1010), st.integers(-2, 2))
def test_it_covers_exactly_what_it_says(persons: int, sensitive: int, size_bytes: int, seconds: int) -> None:
    now = END + timedelta(seconds=seconds)
    fits = persons <= 10 and sensitive <= 3 and size_bytes <= 1000 and seconds < 0
    try:
        LEAVE.demand(now, persons=persons, sensitive=sensitive, size_bytes=size_bytes)
    except LeaveOver:
        assert not fits
    else:
        assert fits


def test_a_lease_is_read_as_it_was_written_and_not_otherwise() -> None:
    lease = Lease(
        id="lea_1", grant_id="grt_1", transfer_id="trf_1", exporter="pty_1", persons=1, sensitive=0, size_bytes=5,
        not_before=END - timedelta(hours=1), not_after=END,
    )  # fmt: skip
    assert Lease.of_bytes(lease.to_bytes()) == lease
    assert lease.covers(Usage(persons=1, size_bytes=5))
    assert not lease.covers(Usage(persons=1, size_bytes=6))
    with pytest.raises(Exception, match="lease"):
        Lease.of_bytes(lease.to_bytes().replace(b'"persons":1,', b""))
