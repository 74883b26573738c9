"""Where the log's tiles lie is a setting: a folder by default, an S3 store when many processes serve them."""

from pathlib import Path

import pytest

from feiyu.app.objects import open_tiles
from feiyu.app.settings import BadSetting, Settings
from feiyu.testing.s3 import BUCKET, S3Server

pytestmark = pytest.mark.slow


def test_tiles_lie_where_the_setting_says(tmp_path: Path, s3_server: S3Server):
    named = {
        "FEIYU_LOG_TILES": f"s3://{BUCKET}/{tmp_path.name}/log",
        "FEIYU_S3_ENDPOINT": s3_server.endpoint,
        "FEIYU_S3_ACCESS_KEY": s3_server.access_key,
        "FEIYU_S3_SECRET_KEY": s3_server.secret_key,
    }
    far = open_tiles(Settings.from_environment(named, data=tmp_path))
    far.put({"tile/0/000.p/1": bytes(32)})
    far.replace("checkpoint", b"one")
    far.replace("checkpoint", b"two")
    assert not (tmp_path / "log").exists()
    again = open_tiles(Settings.from_environment(named, data=tmp_path))
    assert (again.get("tile/0/000.p/1"), again.get("checkpoint")) == (bytes(32), b"two")
    near = open_tiles(Settings(data=tmp_path))
    near.replace("checkpoint", b"near")
    assert (tmp_path / "log" / "checkpoint").read_bytes() == b"near"


@pytest.mark.parametrize("wrong", ["/somewhere", "s3://", "http://store/bucket"])
def test_anything_but_an_s3_address_is_refused(wrong: str):
    with pytest.raises(BadSetting) as refused:
        open_tiles(Settings(log_tiles=wrong, s3_endpoint="http://127.0.0.1:1"))
    assert refused.value.values["name"] == "FEIYU_LOG_TILES"
