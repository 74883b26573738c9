"""``feiyu port lists``: what lies in the folder is told, and only named places are asked."""

from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding

from feiyu.app.doctor import State, _lists
from feiyu.app.settings import Settings
from feiyu.base.clock import FixedClock
from tests.unit.evidence.test_cms import _EC as KEYS
from tests.unit.evidence.test_cms import EC, datetime
from tests.unit.evidence.test_cms import NOW as THEN
from tests.unit.evidence.test_crl import DAY, listed
from tests.unit.evidence.test_crl_fetch import serving

from .conftest import feiyu


def _days(first: int, last: int) -> tuple[int, int]:
    """From now, as the makers of the certificates count from their own day."""
    on = (datetime.now(THEN.tzinfo) - THEN).days
    return on + first, on + last


def test_lists_are_shown_and_fetched_where_that_is_wanted(tmp_path: Path) -> None:
    folder = tmp_path / "lists"
    folder.mkdir()
    authorities = tmp_path / "authorities.pem"
    authorities.write_bytes(EC.root.public_bytes(Encoding.PEM))
    env = {
        "FEIYU_SIGNING_AUTHORITIES": str(authorities),
        "FEIYU_SIGNING_LISTS": str(folder),
        "COLUMNS": "200",
    }
    good = listed(by=EC.root, key=KEYS[0], days=_days(-1, 7)).public_bytes(Encoding.DER)
    (folder / "below.crl").write_bytes(listed(days=_days(-1, 7)).public_bytes(Encoding.DER))
    with serving(good) as (url, asked):
        env |= {"FEIYU_SIGNING_LIST_URLS": url}
        shown = feiyu("port", "lists", env=env).stdout
        assert "its signature is checked once" in " ".join(shown.split())
        assert not asked
        fetched = feiyu("--lang", "zh", "port", "lists", "--fetch", env=env).stdout
        assert len(asked) == 1
        assert "可用" in fetched
    (folder / "over.crl").write_bytes(
        listed(by=EC.root, key=KEYS[0], days=_days(-9, -1)).public_bytes(Encoding.DER)
    )
    (folder / "forged.crl").write_bytes(
        listed(by=EC.root, key=KEYS[2], days=_days(-1, 7)).public_bytes(Encoding.DER)
    )
    (folder / "none.crl").write_bytes(b"no list")
    told = feiyu("port", "lists", "--fetch", env=env, code=1)
    assert "over" in told.stdout
    assert "not signed by its issuer" in " ".join(told.stdout.split())
    assert "LOG" in told.stderr or "gives no list" in " ".join(told.stderr.split())


def test_the_doctor_tells_of_lists_that_are_missing_or_over(tmp_path: Path) -> None:
    authorities, folder = tmp_path / "authorities.pem", tmp_path / "lists"
    authorities.write_bytes(EC.root.public_bytes(Encoding.PEM))
    folder.mkdir()
    clock, settings = FixedClock(THEN), Settings(signing_authorities=authorities)
    assert _lists(settings, clock)[0] is State.WARN
    settings = Settings(signing_authorities=authorities, signing_lists=folder)
    assert _lists(settings, clock)[0] is State.WARN
    (folder / "root.crl").write_bytes(listed(by=EC.root, key=KEYS[0]).public_bytes(Encoding.DER))
    state, found, _ = _lists(settings, clock)
    assert (state, found.en) == (State.OK, "1 list, the first over on 2026-12-05 17:30 UTC+8")
    clock.advance(8 * DAY)
    state, found, remedy = _lists(settings, clock)
    assert (state, found.zh) == (State.WARN, "1 份中 1 份不可用：root.crl")
    assert remedy


def test_without_a_folder_the_setting_is_named(tmp_path: Path) -> None:
    assert "FEIYU_SIGNING_LISTS" in feiyu("port", "lists", code=1).stderr
