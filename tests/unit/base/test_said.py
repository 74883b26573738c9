"""What others say, as a reason in both languages."""

import errno
import json
from urllib.error import URLError

import pytest

from feiyu.base.errors import BadInput, Conflict
from feiyu.base.said import said
from feiyu.base.text import Text


def _raised(call, *args):
    with pytest.raises(Exception) as caught:
        call(*args)
    return caught.value


def test_a_refusal_gives_its_reason_or_else_its_message():
    reason = Text("缺少 vin", "vin is missing")
    assert said(BadInput(reason=reason)) == reason
    assert said(Conflict(reason=reason)) == reason


def test_an_exception_that_carries_a_text_says_it():
    assert said(ValueError(Text("校验和不符", "the checksum differs"))) == Text(
        "校验和不符", "the checksum differs"
    )


@pytest.mark.parametrize(
    ("by", "zh", "en"),
    [
        (
            FileNotFoundError(errno.ENOENT, "No such file or directory"),
            "文件或文件夹不存在",
            "no such file or folder",
        ),
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘已满", "the disk is full"),
        (TimeoutError("timed out"), "连接超时", "the connection timed out"),
        (_raised(json.loads, "{"), "第 1 行第 2 列不是有效的 JSON", "no valid JSON at line 1, column 2"),
        (_raised(b"a\xff".decode), "第 1 字节不是 UTF-8", "no UTF-8 at byte 1"),
        (_raised({}.__getitem__, "vin"), "缺少 vin", "vin is missing"),
    ],
)
def test_what_is_frequent_is_in_both_languages(by, zh, en):
    assert said(by).zh == zh
    assert said(by).en.startswith(en)


def test_what_the_system_said_is_found_inside_a_librarys_error():
    below = ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused")
    for by in (URLError(below), RuntimeError(RuntimeError(below))):
        assert said(by) == Text("对方拒绝连接", "the connection was refused")


def test_the_rest_is_quoted_and_bounded():
    assert said("odd thing\nmore") == Text("原始信息为“odd thing”", "odd thing")
    assert said(RuntimeError()).en == "RuntimeError"
    assert len(said("x" * 5000).en) == 300


def test_the_place_stands_before_it():
    assert said(OSError(errno.EIO, "x"), at="a.csv") == Text(
        "a.csv：磁盘读写出错", "a.csv: the disk failed to read or write"
    )
