"""Lists fetched from named places: only what reads as the issuer's newer list takes the old one's place."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from feiyu.evidence import crl
from feiyu.evidence.crl_fetch import fetch, refresh
from feiyu.evidence.errors import BadRevocationList, ListRefused

from .test_cms import _EC, EC
from .test_crl import entry, listed

DER = Encoding.DER


@contextmanager
def serving(*answers):
    """A server that gives these bodies in turn, the last again and again; a number is a status, a text a redirection."""
    left = list(answers)
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            body = left.pop(0) if len(left) > 1 else left[0]
            if isinstance(body, bytes):
                self.send_response(200)
                self.send_header("Content-Length", str(len(body) + (5 if body == b"short" else 0)))
                self.end_headers()
                self.wfile.write(body)
            else:
                self.send_response(302 if isinstance(body, str) else body)
                self.send_header("Location", str(body))
                self.send_header("Content-Length", "0")
                self.end_headers()

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/lists/a.crl?x=1", asked
        finally:
            server.shutdown()
            thread.join()


def test_a_newer_list_takes_the_place_of_the_older_and_not_the_other_way_round(tmp_path):
    first, second = listed(days=(-3, 7)), listed(entry(5), days=(-1, 7))
    with serving(*(one.public_bytes(DER) for one in (first, second, first))) as (url, asked):
        for _ in range(2):
            refresh(url, tmp_path, authorities=[EC.below])
        with pytest.raises(ListRefused, match="older"):
            refresh(url, tmp_path, authorities=[EC.below])
    assert asked == ["/lists/a.crl?x=1"] * 3
    (file,) = tmp_path.iterdir()
    assert file.read_bytes() == second.public_bytes(DER)
    assert [one.problem for one in crl.read_folder(tmp_path)] == [None]


@pytest.mark.parametrize(
    ("answer", "refusal", "why"),
    [
        (404, ListRefused, "HTTP 404"),
        ("http://127.0.0.1:1/", ListRefused, "HTTP 302"),
        (b"short", ListRefused, "ends early|IncompleteRead"),
        (b"no list", BadRevocationList, "DER or PEM"),
        (listed(key=_EC[2]).public_bytes(DER), ListRefused, "not signed by its issuer"),
        (listed(by=EC.root, key=_EC[0]).public_bytes(DER), ListRefused, "another issuer"),
    ],
    ids=["missing", "elsewhere", "cut short", "no list", "forged", "of another issuer"],
)
def test_what_is_no_better_leaves_the_old_one_in_its_place(tmp_path, answer, refusal, why):
    old = listed().public_bytes(DER)
    with serving(old, answer) as (url, _):
        refresh(url, tmp_path, authorities=[EC.below])
        with pytest.raises(refusal, match=why):
            refresh(url, tmp_path, authorities=[EC.below])
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [old]


def test_a_list_of_an_authority_that_is_not_at_hand_is_taken_and_judged_when_it_is_used(tmp_path):
    with serving(listed(key=_EC[2]).public_bytes(DER)) as (url, _):
        refresh(url, tmp_path, authorities=[EC.root])
    assert len(crl.read_folder(tmp_path)) == 1


def test_answers_have_limits_and_addresses_a_form(monkeypatch):
    monkeypatch.setattr(crl, "MAX_LIST_BYTES", 1000)
    with serving(bytes(100_000)) as (url, _):
        with pytest.raises(ListRefused, match="over 1000 bytes"):
            fetch(url, timeout_s=5)
        monkeypatch.setattr(crl, "MAX_LIST_BYTES", 1 << 30)
        with pytest.raises(ListRefused, match="timed out"):
            fetch(url, timeout_s=0.000001)
    for bad in ("file:///etc/passwd", "ldap://a/b", "nothing", "http://"):
        with pytest.raises(ListRefused, match="http or https"):
            fetch(bad, timeout_s=5)
    with pytest.raises(ListRefused):
        fetch("http://127.0.0.1:1/a.crl", timeout_s=5)
