"""What lies elsewhere is taken as a snapshot, and then goes the way of every file."""

import threading
import urllib.parse
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import psycopg
import pyarrow.parquet as pq
import pytest

from feiyu.edge import take
from feiyu.edge.errors import OutsideSources, RemoteNotAllowed, TakeFailed, TakeTooLarge
from feiyu.edge.model import Edge
from feiyu.edge.source import files_of
from feiyu.testing.s3 import BUCKET

from .conftest import Story, plain_csv

pytestmark = pytest.mark.slow


class Files(BaseHTTPRequestHandler):
    """Two files, a redirect, and one that breaks off."""

    content = b""

    def do_GET(self) -> None:
        if self.path == "/moved/a.csv":
            self.send_response(302)
            self.send_header("Location", "/parts/a.csv")
            self.end_headers()
            return
        self.send_response(200 if self.path.startswith("/parts/") else 404)
        self.send_header("Content-Length", str(len(self.content) + 100 * ("broken" in self.path)))
        self.end_headers()
        self.wfile.write(self.content)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def files(story: Story) -> Iterator[str]:
    Files.content = plain_csv(story.data / "remote.csv", rows=400).read_bytes()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Files)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def edge_of(story: Story, *remotes: str) -> Edge:
    return replace(story.world.edge.edge, remotes=remotes)


def left(edge: Edge) -> list[Path]:
    return sorted(edge.taken_folder.iterdir()) if edge.taken_folder.exists() else []


def test_a_file_behind_http_crosses_and_its_snapshot_goes(story: Story, files: str) -> None:
    edge = edge_of(story, f"{files}/parts/")
    path = take.take(edge, f"{files}/parts/a.csv")
    assert path.stat().st_mode & 0o777 == 0o600
    run = story.send(path, story.exempt(path))
    assert run["state"] == "sealed", run
    assert story.fetch(run["transfer_id"]).path.read_bytes() == Files.content
    assert left(edge) == []


def test_only_what_is_allowed_is_read_and_nothing_half(
    story: Story, files: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    edge = edge_of(story, f"{files}/parts/", f"{files}/moved/a.csv")
    for wrong in (
        "/secret/a.csv",
        "/parts/../secret/a.csv",
        "/parts/%2e%2e/secret/a.csv",
        "/moved/a.csv/more",
        "/parts",
    ):
        with pytest.raises(RemoteNotAllowed):
            take.take(edge, files + wrong)
    with pytest.raises(RemoteNotAllowed):
        take.take(edge_of(story), f"{files}/parts/a.csv")
    with pytest.raises(RemoteNotAllowed):
        take.take(edge, files.replace("http://", "http://user:word@") + "/parts/a.csv")
    for broken in ("/moved/a.csv", "/parts/broken.csv"):
        with pytest.raises(TakeFailed):
            take.take(edge, files + broken)
    monkeypatch.setattr(take, "MAX_BYTES", 100)
    with pytest.raises(TakeTooLarge):
        take.take(edge, f"{files}/parts/a.csv")
    assert left(edge) == []


def test_a_query_becomes_a_table_that_crosses(story: Story, postgres_server, monkeypatch) -> None:
    url = postgres_server.create_database()
    parts = urllib.parse.urlsplit(url.replace("postgresql+psycopg", "postgresql"))
    with psycopg.connect(parts.geturl()) as connection:
        connection.execute(
            "CREATE TABLE part AS SELECT n, 'part ' || n AS title, n * 3 AS pieces FROM generate_series(1, 5000) n"
        )
    monkeypatch.setenv("FEIYU_SOURCE_PASSWORD", parts.password or "")
    address = f"postgresql://{parts.username}@{parts.hostname}:{parts.port}{parts.path}"
    edge = edge_of(story, address)
    path = take.take(edge, address, query="SELECT n, title FROM part WHERE n <= 3000 ORDER BY n")
    found = pq.read_table(path)
    assert (found.num_rows, found.column_names) == (3000, ["n", "title"])
    run = story.send(path, story.exempt(path))
    assert run["state"] == "sealed", run
    got = pq.read_table(story.fetch(run["transfer_id"]).path)
    assert got.to_pydict() == found.to_pydict()
    assert left(edge) == []
    with pytest.raises(RemoteNotAllowed):
        take.take(edge, f"{address}x", query="SELECT 1")
    postgres_server.drop_database(url)


def test_an_object_is_taken_as_it_is(story: Story, s3_server, monkeypatch) -> None:
    import obstore
    from obstore.store import S3Store

    monkeypatch.setenv("AWS_ENDPOINT_URL", s3_server.endpoint)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", s3_server.access_key)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", s3_server.secret_key)
    store = S3Store(
        BUCKET, endpoint=s3_server.endpoint, access_key_id=s3_server.access_key, region="us-east-1",
        secret_access_key=s3_server.secret_key, client_options={"allow_http": True},
    )  # fmt: skip
    content = plain_csv(story.data / "object.csv", rows=300).read_bytes()
    obstore.put(store, "exports/parts.csv", content)
    edge = edge_of(story, f"s3://{BUCKET}/exports/")
    path = take.take(edge, f"s3://{BUCKET}/exports/parts.csv")
    assert path.read_bytes() == content
    path.unlink()


def test_a_folder_is_sent_file_by_file(story: Story) -> None:
    folder = story.data / "many"
    (folder / "deeper").mkdir(parents=True)
    for name in ("b.csv", "a.csv", "deeper/c.csv", ".hidden.csv"):
        plain_csv(folder / name, rows=50)
    (folder / "link.csv").symlink_to(folder / "a.csv")
    found = story.world.edge_client().files(f"{folder}/")
    assert [Path(one["path"]).relative_to(folder).as_posix() for one in found] == [
        "a.csv",
        "b.csv",
        "deeper/c.csv",
    ]
    with pytest.raises(OutsideSources):
        files_of("/etc/", story.world.edge.edge.sources)
