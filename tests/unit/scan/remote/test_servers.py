"""Databases and objects on real servers: the same persons as in the file, read only, on one snapshot."""

import json
import random
import subprocess
import sys
import urllib.parse
import zlib
from contextlib import closing

import psycopg
import pyarrow as pa
import pytest
from pyarrow import csv, orc

from feiyu.scan import profile
from feiyu.scan.remote.address import open_address
from feiyu.scan.remote.errors import ChangedWhileRead, NoSuchTable, SourceUnreachable
from feiyu.testing.persons import persons
from feiyu.testing.s3 import BUCKET
from feiyu.testing.sample import aftersales

ROWS = [
    (i, one.name, one.resident_id, one.mobile, f"备注{i}", b"\x00\xff" if i % 2 else None)
    for i, one in enumerate(persons(300, random.Random(9)))
]
TYPES = ["number", "name_cn", "prc_resident_id", "mobile_cn"]
CREATE = "CREATE TABLE person (no integer, name varchar(50), id_no varchar(20), mobile varchar(20), note text, photo {})"


def check(found):
    table = found.tables[0]
    assert (table.name, table.rows) == ("person", 300)
    assert [one.type for one in table.fields[1:4]] == TYPES[1:]
    assert table.fields[5].state == "unread"
    assert (table.persons.lower, table.persons.counted, table.persons.upper) == (300, 300, 300)


@pytest.fixture(scope="module")
def postgres(postgres_server):
    url = postgres_server.create_database()
    plain = url.replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(plain) as connection:
        connection.execute(CREATE.format("bytea"))
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO person VALUES (%s, %s, %s, %s, %s, %s)", ROWS)
        connection.execute('CREATE TABLE "Odd ""name" (j jsonb, n numeric(30,10), t timestamptz)')
        connection.execute(
            """INSERT INTO "Odd ""name" VALUES ('{"tel": "13123456789"}', 1.5, '2024-01-02 03:04:05+08')"""
        )
        connection.execute("CREATE VIEW seen AS SELECT * FROM person")
    parts = urllib.parse.urlsplit(plain)
    yield f"postgresql://{parts.username}@{parts.hostname}:{parts.port}{parts.path}", parts.password
    postgres_server.drop_database(url)


def test_postgres_tables_are_scanned_whole(postgres):
    address, password = postgres
    with closing(open_address(address, password=password)) as source:
        found = profile(source)
        assert source.unread == ("seen",)
        assert password not in repr(found.as_dict())
    assert [one.name for one in found.tables] == ['Odd "name', "person"]
    assert found.tables[0].fields[0].embedded or found.tables[0].fields[0].type == "mobile_cn"
    with closing(open_address(address, password=password, table="person")) as source:
        check(profile(source))


def test_a_second_pass_sees_the_same_rows_and_nothing_can_be_written(postgres):
    address, password = postgres
    with closing(
        open_address(address, password=password, query="SELECT id_no FROM person WHERE no < 10;")
    ) as source:
        (table,) = source.tables()
        first = [batch.num_rows for batch in table.batches()]
        with psycopg.connect(address.replace("@", f":{password}@")) as other:
            other.execute(
                "INSERT INTO person SELECT 0, name, id_no, mobile, note, photo FROM person WHERE no = 1"
            )
        assert [batch.num_rows for batch in table.batches()] == first == [10]
        with psycopg.connect(address.replace("@", f":{password}@")) as other:
            other.execute("DELETE FROM person WHERE no = 0 AND id_no <> %s", (ROWS[0][2],))


def drawn(address, password, query):
    with closing(open_address(address, password=password, query=query)) as source:
        return [list(table.batches()) for table in source.tables()]


@pytest.mark.parametrize(
    "query",
    ["SELECT 1; DROP TABLE person", "DELETE FROM person RETURNING id_no", "SELECT 1) q; COMMIT; --", "SELEC"],
)
def test_only_one_reading_statement_is_taken(postgres, query):
    address, password = postgres
    with pytest.raises(SourceUnreachable):
        drawn(address, password, query)
    with psycopg.connect(address.replace("@", f":{password}@")) as other:
        assert other.execute("SELECT count(*) FROM person").fetchone() == (300,)


def test_a_wrong_password_or_table_is_told_without_the_password(postgres):
    address, password = postgres
    with pytest.raises(SourceUnreachable) as refused:
        open_address(address, password="wrong-" + password)
    assert password not in refused.value.text("zh") + repr(refused.value.values)
    with pytest.raises(NoSuchTable):
        open_address(address, password=password, table="nothing")


@pytest.fixture(scope="module")
def mysql_server():
    from feiyu.testing.mysql import MysqlServer

    server = MysqlServer().start()
    yield server
    server.stop()


def test_mysql_tables_are_scanned_whole(mysql_server):
    address = mysql_server.create_database(CREATE.format("blob"), "CREATE VIEW seen AS SELECT * FROM person")
    name = address.rpartition("/")[2]
    with closing(mysql_server.admin()) as admin, admin.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {name}.person VALUES (%s, %s, %s, %s, %s, %s)", ROWS)
        admin.commit()
    with closing(open_address(address, password=mysql_server.password)) as source:
        check(profile(source))
        assert source.unread == ("seen",)
    with closing(
        open_address(address, password=mysql_server.password, query="SELECT id_no FROM person LIMIT 50")
    ) as source:
        (table,) = source.tables()
        assert next(iter(table.batches())).num_rows == 50
        assert profile(source).tables[0].persons.counted == 50
    for query in ("DELETE FROM person", "SELECT 1; SELECT 2"):
        with pytest.raises(SourceUnreachable):
            open_address(address, password=mysql_server.password, query=query)
    with pytest.raises(SourceUnreachable) as refused:
        open_address(address, password="wrong")
    assert "wrong" not in refused.value.text("en")


@pytest.fixture
def bucket(s3_server, monkeypatch):
    from obstore.store import S3Store

    monkeypatch.setenv("AWS_ENDPOINT_URL", s3_server.endpoint)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", s3_server.access_key)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", s3_server.secret_key)
    return S3Store(
        BUCKET, endpoint=s3_server.endpoint, access_key_id=s3_server.access_key, secret_access_key=s3_server.secret_key,
        region="us-east-1", client_options={"allow_http": True},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("variable", "value", "zh", "en"),
    [
        ("AWS_SECRET_ACCESS_KEY", "wrong", "答复“403 Forbidden", "the store answers 403 Forbidden"),
        ("AWS_ENDPOINT_URL", "http://127.0.0.1:9", "无法连接对象存储", "the store cannot be reached"),
    ],
)
@pytest.mark.parametrize("key", ["in/", "a.csv"])
def test_a_store_that_refuses_or_is_not_there_is_told(bucket, monkeypatch, variable, value, zh, en, key):
    monkeypatch.setenv(variable, value)
    with pytest.raises(SourceUnreachable) as refused:
        open_address(f"s3://{BUCKET}/scan/{key}")
    assert zh in refused.value.text("zh")
    assert en in refused.value.text("en")
    assert "X-Amz" not in refused.value.text("en")


def test_objects_and_prefixes_are_scanned(bucket, tmp_path):
    for i, name in enumerate(("b.parquet", "a.csv")):
        made = aftersales(tmp_path / name, rows=400, owners=100, tracked=10, seed=i)
        bucket.put(f"scan/in/{name}", made.read_bytes())
    one = profile(open_address(f"s3://{BUCKET}/scan/in/a.csv"))
    assert one.tables[0].persons.counted == 100
    both = profile(open_address(f"s3://{BUCKET}/scan/in/"))
    assert [(table.name, table.persons.counted) for table in both.tables] == [
        ("a.csv", 100),
        ("b.parquet", 100),
    ]
    local = profile(tmp_path / "b.parquet")
    assert [one.as_dict() for one in both.tables[1].fields] == [
        one.as_dict() for one in local.tables[0].fields
    ]


def varint(number):
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes((*out, number))


def orc_that_promises(footer, block):
    """An ORC file whose postscript names a footer of so many bytes, unpacked in blocks of so many."""
    says = [
        b"\x08" + varint(footer),
        b"\x10\x01",
        b"\x18" + varint(block),
        b"\x28\x00",
        b"\x30\x06",
        b"\x82\xf4\x03\x03ORC",
    ]
    told = b"".join(says)
    return b"ORC" + zlib.compress(bytes(4096)) + told + bytes((len(told),))


SCANNED = """
import re, resource, sys
from pathlib import Path
from feiyu.base.errors import FeiyuError
from feiyu.scan import profile
from feiyu.scan.remote.address import open_address
resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
try:
    end = str(profile(open_address(sys.argv[1])).tables[0].rows)
except FeiyuError as error:
    end = error.code
peak = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
print(end, int(peak[1]) >> 10)
"""


def test_an_orc_object_is_read_and_a_hostile_one_takes_no_memory(bucket, tmp_path):
    made = aftersales(tmp_path / "a.csv", rows=400, owners=100, tracked=10)
    rows = csv.read_csv(made)
    orc.write_table(rows, tmp_path / "a.orc", compression="zlib")
    bucket.put("scan/orc/a.orc", (tmp_path / "a.orc").read_bytes())
    there, here = profile(open_address(f"s3://{BUCKET}/scan/orc/a.orc")), profile(tmp_path / "a.orc")
    assert [one.as_dict() for one in there.fields] == [one.as_dict() for one in here.fields]
    assert there.tables[0].persons.counted == here.tables[0].persons.counted == 100
    with orc.ORCWriter(tmp_path / "bomb", compression="zstd", dictionary_key_size_threshold=1.0) as out:
        for _ in range(32):
            out.write(pa.table({"a": pa.array(["x" * (1 << 20)] * 128)}))
    hostile = {
        "bomb": (tmp_path / "bomb").read_bytes(),
        "footer": orc_that_promises(1 << 40, 1 << 18),
        "block": orc_that_promises(64, 1 << 33),
    }
    for name, data in hostile.items():
        bucket.put(f"scan/orc/{name}", data)
        ran = subprocess.run(
            [sys.executable, "-c", SCANNED, f"s3://{BUCKET}/scan/orc/{name}"], check=True, capture_output=True, text=True
        )  # fmt: skip
        end, megabytes = ran.stdout.split()
        assert end == "SCAN-0105", (name, ran.stdout)
        assert int(megabytes) < 512, (name, megabytes)


@pytest.mark.parametrize("form", ["orc", "csv"])
def test_an_object_that_is_replaced_meanwhile_is_refused(bucket, form, tmp_path):
    write = {"orc": orc.write_table, "csv": csv.write_csv}[form]
    for number in (2, 3):
        write(pa.table({"a": list(range(number))}), tmp_path / "moving")
        bucket.put("scan/moving", (tmp_path / "moving").read_bytes())
        if number == 2:
            source = open_address(f"s3://{BUCKET}/scan/moving")
    with pytest.raises(ChangedWhileRead):
        profile(source)


def test_duckdb_files_are_scanned(tmp_path):
    import duckdb

    with duckdb.connect(str(tmp_path / "x.duckdb")) as database:
        database.execute(CREATE.format("blob"))
        database.executemany("INSERT INTO person VALUES (?, ?, ?, ?, ?, ?)", ROWS)
        database.execute("CREATE VIEW seen AS SELECT 1")
    found = profile(tmp_path / "x.duckdb")
    check(found)
    assert found.partial
    (tmp_path / "bad.duckdb").write_bytes((tmp_path / "x.duckdb").read_bytes()[:9000])
    from feiyu.scan.errors_sources import Damaged

    with pytest.raises(Damaged):
        profile(tmp_path / "bad.duckdb")


PLAN = b"""format: feiyu-protect/1
purpose: trial
others: keep
fields:
  name: {do: drop}
  id_no: {do: pseudonym, type: prc_resident_id}
  mobile: {do: mask, keep: [3, 4]}
  photo: {do: drop}
  note: {do: drop}
  "no": {do: range, step: 50}
anonymity: {k: 5, quasi: ["no"]}
"""


def protected(address, out, *more):
    """Run the command as a user would; its report."""
    from typer.testing import CliRunner

    from feiyu.cli.app import build

    (out.parent / "plan.yaml").write_bytes(PLAN)
    done = CliRunner().invoke(
        build(), ["protect", address, "--plan", str(out.parent / "plan.yaml"), "--out", str(out), "--report", str(out.parent / "r.json"), *more],
    )  # fmt: skip
    assert done.exit_code == 0, done.output + repr(done.exception)
    report = json.loads((out.parent / "r.json").read_text())
    assert report["proven"]
    assert report["anonymity"]["smallest"] >= 5
    return report


@pytest.fixture
def keystore(tmp_path, monkeypatch):
    from typer.testing import CliRunner

    from feiyu.cli.app import build

    monkeypatch.setenv("FEIYU_PASSPHRASE", "correct horse battery staple")
    done = CliRunner().invoke(build(), ["keys", "pseudonym", str(tmp_path / "keystore")])
    assert done.exit_code == 0, done.output
    return str(tmp_path / "keystore")


def test_rows_of_databases_and_objects_are_protected_alike(
    postgres, mysql_server, bucket, tmp_path, monkeypatch, keystore
):
    from pyarrow import parquet

    address, password = postgres
    monkeypatch.setenv("FEIYU_SOURCE_PASSWORD", password)
    kept = ("--table", "person", "--keystore", keystore)
    before = protected(address, tmp_path / "pg.parquet", *kept)
    first = parquet.read_table(tmp_path / "pg.parquet")
    assert first.column_names == ["no", "id_no", "mobile"]
    assert first.num_rows == before["rows"]["out"] == 300
    assert before["before"]["persons"]["counted"] == before["after"]["persons"]["counted"] == 300
    mobiles = [one[:3] + "****" + one[-4:] for _, _, _, one, _, _ in ROWS]
    assert first.column("mobile").to_pylist() == mobiles  # the order of the rows, too

    there = mysql_server.create_database(CREATE.format("blob"))
    name = there.rpartition("/")[2]
    with closing(mysql_server.admin()) as admin, admin.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {name}.person VALUES (%s, %s, %s, %s, %s, %s)", ROWS)
        cursor.execute(f"INSERT INTO {name}.person VALUES (7, NULL, NULL, NULL, NULL, NULL)")
        admin.commit()
    monkeypatch.setenv("FEIYU_SOURCE_PASSWORD", mysql_server.password)
    whole = "SELECT * FROM person WHERE id_no IS NOT NULL"
    protected(there, tmp_path / "my.parquet", "--query", whole, "--keystore", keystore)
    assert parquet.read_table(tmp_path / "my.parquet") == first
    protected(there, tmp_path / "null.parquet", *kept)
    assert parquet.read_table(tmp_path / "null.parquet").column("id_no").null_count == 1

    header = "no,name,id_no,mobile,note,photo\n"
    lines = "".join(f"{no},{name},{ident},{mobile},x,\n" for no, name, ident, mobile, _, _ in ROWS)
    bucket.put("protect/in.csv", (header + lines).encode())
    protected(f"s3://{BUCKET}/protect/in.csv", tmp_path / "s3.parquet", "--keystore", keystore)
    assert parquet.read_table(tmp_path / "s3.parquet").to_pylist() == first.to_pylist()


def test_a_protected_object_is_put_once_and_replaces_nothing(bucket, tmp_path, keystore):
    from typer.testing import CliRunner

    from feiyu.cli.app import build
    from feiyu.scan.remote.errors import ObjectExists

    (tmp_path / "in.csv").write_text(
        "no,id_no\n" + "".join(f"{no},{ident}\n" for no, _, ident, _, _, _ in ROWS)
    )
    goal = f"s3://{BUCKET}/protect/{tmp_path.name}/out.csv"
    wanted = ["protect", str(tmp_path / "in.csv"), "--out", goal, "--keystore", keystore]
    assert CliRunner().invoke(build(), wanted).exit_code == 0
    found = profile(open_address(goal))
    assert found.tables[0].rows == 300
    assert "prc_resident_id" not in {one.type for one in found.fields}
    again = CliRunner().invoke(build(), wanted)
    assert isinstance(again.exception, ObjectExists) or "SCAN-0166" in again.output
