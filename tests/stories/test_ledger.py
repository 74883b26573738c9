"""A small file, the year behind it, and the handlers beside it."""

import base64
import os
import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from feiyu.base.clock import legal_date
from feiyu.registry.access import Role
from feiyu.scan.commit import Commitment, check_opening
from feiyu.testing.persons import persons
from feiyu_sdk import EdgeClient, Refused

from .conftest import Story, owners_csv

pytestmark = pytest.mark.slow


def officer(story: Story) -> EdgeClient:
    return story.world.edge_client(Role.OFFICER)


def outside(story: Story, **more: Any) -> dict[str, Any]:
    today = legal_date(story.world.clock.now()).isoformat()
    return {"kind": "outside", "day": today, "source": "a test", **more}


def vins_csv(path: Path, count: int, *, seed: int) -> Path:
    lines = ["order_no,mobile"]
    lines += [f"SO-{n:06d},{one.mobile}" for n, one in enumerate(persons(count, random.Random(seed)))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_what_went_before_decides_the_way_of_a_small_file(story: Story) -> None:
    path = vins_csv(story.data / "small.csv", 50, seed=11)
    profile = story.world.edge_client().scan(str(path))
    scenario = story.scenario(profile)

    def route() -> str:
        return str(story.determine(profile, scenario)["determination"]["route"])

    assert route() == "EXEMPT"
    today = legal_date(story.world.clock.now())
    opening = officer(story).declare_persons(
        outside(story, kind="opening", day=date(today.year, 1, 1).isoformat(), persons=60_000)
    )[0]
    assert route() == "EXEMPT"
    entry = officer(story).declare_persons(outside(story, persons=39_950))[0]
    assert route() == "SCC_OR_CERT"  # 60,000 + 39,950 + 50 is 100,000 exactly
    totals = story.world.edge_client().ledger()
    assert totals["persons"] == {"lower": 60_000, "counted": 99_950, "upper": 99_950}
    assert totals["parts"]["D"]["entries"] == 2
    officer(story).reverse_entry(entry["id"], ground="the foreign vendor had counted records")
    assert route() == "EXEMPT"
    with pytest.raises(Refused, match="EDGE-0051"):
        officer(story).reverse_entry(entry["id"], ground="a second time")
    with pytest.raises(Refused, match="EDGE-0050"):
        officer(story).declare_persons(outside(story, kind="opening", persons=1))
    officer(story).reverse_entry(opening["id"], ground="the end of this test")
    told = [one["type"] for one in officer(story).chain()][:4]
    assert told == ["ledger.reversal", "ledger.reversal", "ledger.entry", "ledger.entry"]


def test_an_extract_counts_each_person_once_and_keeps_only_digests(story: Story) -> None:
    extract = owners_csv(story.data / "crm.csv", 40, seed=21)
    more = owners_csv(story.data / "crm-later.csv", 60, seed=21)  # the same forty, and twenty more
    made = officer(story).enter_persons(outside(story, level="L"), path=str(extract))
    again = officer(story).enter_persons(outside(story, level="L"), path=str(more))
    assert (made["persons"], again["persons"]) == (40, 60)
    part = story.world.edge_client().ledger()["parts"]["L"]
    assert part["persons"]["counted"] == 60
    run = story.world.edge.edge.runs_folder / f"{made['id']}.persons"
    held = next(one for one in persons(1, random.Random(21)))
    assert held.resident_id.encode() not in run.read_bytes()
    nonce = os.urandom(16)
    told = officer(story).spot_check(made["id"], nonce=base64.b64encode(nonce).decode(), count=5)
    of = Commitment(root=bytes.fromhex(made["commitment"]), size=made["identifiers"])
    assert told["commitment"] == made["commitment"]
    assert check_opening(of, nonce, 5, told["opened"]) == 5
    with pytest.raises(Refused, match="SCAN-0030"):
        officer(story).spot_check(made["id"], nonce=base64.b64encode(b"short").decode(), count=5)
    for one in (made, again):
        officer(story).reverse_entry(one["id"], ground="the end of this test")


def test_a_table_goes_out_and_comes_back_and_names_its_wrong_cells(story: Story) -> None:
    import io

    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(officer(story).ledger_sheet(template=True)))
    today = legal_date(story.world.clock.now())
    book.worksheets[0].append([None, "系统外", today, 1200, None, 0, None, "D", "境外 SaaS 年度报表"])
    book.worksheets[0].append([None, "outside", "soon", "many", None, 0, None, "X", None])
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(Refused) as refused:
        officer(story).import_ledger(name="filled.xlsx", content=out.getvalue())
    assert refused.value.code == "EDGE-0055"
    assert all(cell in str(refused.value) for cell in ("C3", "D3", "H3", "I3"))
    assert story.world.edge_client().ledger()["parts"].get("D") is None
    book.worksheets[0].delete_rows(3)
    out = io.BytesIO()
    book.save(out)
    (made,) = officer(story).import_ledger(name="filled.xlsx", content=out.getvalue())
    assert made["persons"] == 1200
    officer(story).reverse_entry(made["id"], ground="the end of this test")
    whole = officer(story).ledger_sheet()
    with pytest.raises(Refused, match="no new line"):
        officer(story).import_ledger(name="same.xlsx", content=whole)


def test_related_handlers_are_counted_once_by_the_groups_key(story: Story, tmp_path: Path) -> None:
    from feiyu.testing.world import world

    secret = base64.b64encode(os.urandom(32)).decode()
    mine, theirs = (
        owners_csv(story.data / "mine.csv", 50, seed=31),
        owners_csv(story.data / "theirs.csv", 80, seed=31),
    )
    officer(story).join_group(name="example-group", secret=secret)
    with world(tmp_path) as other:
        member = other.edge_client(Role.OFFICER)
        member.join_group(name="example-group", secret=secret)
        theirs.rename(other.folder / "data" / "theirs.csv")
        entry = outside(story, level="L")
        member.enter_persons(entry, path=str(other.folder / "data" / "theirs.csv"))
        share = Path(member.share_with_group()["path"])
        made = officer(story).enter_persons(entry, path=str(mine))
        copied = story.data / share.name
        copied.write_bytes(share.read_bytes())
    found = officer(story).count_group(str(copied))
    assert found["persons"]["counted"] == 80
    assert len(found["members"]) == 2
    assert b"persons" not in copied.read_bytes()[:200]
    stranger = copied.with_name("altered")
    stranger.write_bytes(copied.read_bytes()[:-1] + b"x")
    with pytest.raises(Refused, match="EDGE-0054"):
        officer(story).count_group(str(stranger))
    officer(story).reverse_entry(made["id"], ground="the end of this test")
