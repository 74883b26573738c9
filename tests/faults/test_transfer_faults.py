"""A sealed transfer under every fault: nothing lost, nothing doubled, nothing false believed."""

from pathlib import Path

import pytest

from .transfer_campaign import campaign, table


@pytest.mark.campaign
@pytest.mark.timeout(1800)
def test_nothing_is_lost_doubled_or_believed(tmp_path: Path) -> None:
    rows = campaign(tmp_path)
    print(table(rows, "en"))
    assert [row.name.en for row in rows if not row.clean] == []
