"""Addresses: what is refused before anything is asked, and what is never shown."""

import sqlite3
from contextlib import closing

import pytest

from feiyu.scan.remote.address import is_remote, open_address, server_of, shown
from feiyu.scan.remote.errors import BadAddress, NoSuchTable, PasswordInAddress

SECRET = "hunter2"


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://me:{SECRET}@db.example/trade",
        f"mysql://me:{SECRET}@db.example/trade",
        f"postgresql://me@db.example/trade?password={SECRET}",
    ],
)
def test_a_password_in_an_address_is_refused_and_not_told(address):
    with pytest.raises(PasswordInAddress) as refused:
        open_address(address)
    assert SECRET not in str(refused.value) + repr(refused.value) + refused.value.text("zh")
    assert SECRET not in shown(address)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://db.example",
        "oracle://db.example/x",
        "postgresql://h:port/x",
        "s3://",
        f"s3://a:{SECRET}@b/key",
        "mysql:///",
    ],
)
def test_a_wrong_address_is_refused(address):
    with pytest.raises(BadAddress) as refused:
        open_address(address)
    assert SECRET not in str(refused.value)


def test_a_table_and_a_query_exclude_each_other():
    with pytest.raises(BadAddress):
        open_address("postgresql://h/x", table="t", query="SELECT 1")
    with pytest.raises(BadAddress):
        open_address("file.csv", query="SELECT 1")


def test_a_table_that_a_file_does_not_hold_is_named_with_those_that_it_holds(tmp_path):
    with closing(sqlite3.connect(tmp_path / "parts.db")) as made:
        made.execute("CREATE TABLE part (n)")
    with pytest.raises(NoSuchTable) as refused:
        open_address(str(tmp_path / "parts.db"), table="nothing")
    assert "part" in refused.value.remedy("en")


def test_the_parts_of_an_address():
    server = server_of("postgresql://a%40b@db.example:5433/tr%20ade?sslmode=verify-full")
    assert (server.user, server.host, server.port, server.database) == ("a@b", "db.example", 5433, "tr ade")
    assert server.shown == "postgresql://a@b@db.example:5433/tr ade"
    assert not server.is_here
    assert is_remote("s3://bucket/key")
    assert not is_remote("s3.csv")


def test_a_folder_is_opened_as_one_source(tmp_path):
    (tmp_path / "a.csv").write_text("x,y\n1,2\n")
    (tmp_path / "b.csv").write_text("x,y\n3,4\n")
    assert [one.name for one in open_address(str(tmp_path)).tables()] == ["a.csv", "b.csv"]
