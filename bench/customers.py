"""Tables of invented customers for the scan's bench: ten columns, most of them identifying; any number of rows.

    customer_no, name, resident_id, mobile, email, card_no, uscc, address, vin, remark

A block of rows is made once; every further block is the same text with all numbers drawn anew (check digits too), so that a stream of any
length has ever new persons and costs the scan's process little. ``python bench/customers.py ROWS`` writes the CSV to standard output.

Rules this module keeps:
 * the same arguments give the same bytes;
 * ``distinct`` says how many persons the rows before it were about, exactly: 57 rows of a hundred are about a new person, the
   others about one of the same block.
"""

import random
import sys
from collections.abc import Iterator
from typing import Any

FIELDS = (
    "customer_no",
    "name",
    "resident_id",
    "mobile",
    "email",
    "card_no",
    "uscc",
    "address",
    "vin",
    "remark",
)
BLOCK = 50_000
"""Rows of one block, of which ``NEW`` are about new persons."""
NEW = 28_500
"""57 of 100 rows are about a person not seen before; 2 of 100 remarks hold an identity number."""

_W18 = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_WU = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_WV = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_A31 = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_AREAS = ("310115", "310104", "110105", "440305", "330106", "320505", "510104", "420102")
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建文斌宇浩然欣怡"
_ROADS = ("世纪大道", "环湖西一路", "云汉路", "申港大道", "海港大道", "水芸路", "古棕路", "竹柏路")
_DISTRICTS = ("浦东新区南汇新城镇", "徐汇区", "黄浦区", "闵行区莘庄镇", "奉贤区四团镇")
_REMARKS = (
    "常规保养，更换机滤", "客户反映低速异响，已紧固", "软件升级至最新版本", "等待配件，预约下次到店", "洗车",
    "VIP customer, call after 6 pm", "质保内更换电机控制器", "", "轮胎换位并做四轮定位", "order 20240511-0042 delayed",
)  # fmt: skip


class Customers:
    """An endless table in blocks of bytes."""

    def __init__(self, seed: int = 1) -> None:
        import numpy as np

        self._np = np
        rng = random.Random(seed)
        self._who = np.array([*range(NEW), *(rng.randrange(NEW) for _ in range(BLOCK - NEW))], dtype=np.int64)
        order = list(range(BLOCK))
        rng.shuffle(order)
        self._who = self._who[order]
        text, places = (
            bytearray(),
            {name: [] for name in ("no", "id", "mobile", "mail", "card", "uscc", "vin", "inside")},
        )
        people = [
            (
                rng.choice(_SURNAMES) + "".join(rng.choice(_GIVEN) for _ in range(rng.choice((1, 2, 2)))),
                f"上海市{rng.choice(_DISTRICTS)}{rng.choice(_ROADS)}{rng.randrange(1, 2000)}号{rng.randrange(1, 40)}室",
                rng.choice(("example.com", "mail.example.cn", "example.org")),
            )
            for _ in range(NEW)
        ]  # fmt: skip
        self._inside_who = []

        def put(kind: str, size: int) -> None:
            places[kind].append(len(text))
            text.extend(b"0" * size)

        for who in self._who.tolist():
            name, address, domain = people[who]
            text += b"C"
            put("no", 10)
            text += f",{name},".encode()
            put("id", 18)
            text += b","
            put("mobile", 11)
            text += b",u"
            put("mail", 9)
            text += f"@{domain},".encode()
            put("card", 19)
            text += b","
            put("uscc", 18)
            text += f",{address},".encode()
            put("vin", 17)
            text += b","
            if rng.random() < 0.02:
                text += "代办人身份证".encode()
                put("inside", 18)
                text += "已核对".encode()
                self._inside_who.append(rng.randrange(NEW))
            else:
                text += rng.choice(_REMARKS).replace(",", "，").encode()
            text += b"\n"
        self._text = np.frombuffer(bytes(text), np.uint8)
        self._at = {name: np.array(found, np.int64) for name, found in places.items()}
        self._areas = np.array([list(a.encode()) for a in _AREAS], np.uint8)

    @property
    def header(self) -> bytes:
        """The first line."""
        return ",".join(FIELDS).encode() + b"\n"

    def block(self, number: int) -> bytes:
        """The rows of one block."""
        np = self._np
        out = self._text.copy()
        serial = number * NEW + np.arange(NEW, dtype=np.int64)
        ids = self.resident_ids(serial)
        who, inside = self._who, np.array(self._inside_who, np.int64)
        spread = serial * 7919 % 10**8
        self._fill(out, "no", self._digits(serial * 37 % 10**10, 10)[who])
        self._fill(out, "id", ids[who])
        self._fill(out, "inside", ids[inside])
        self._fill(out, "mobile", self._pasted(b"138", self._digits(spread, 8))[who])
        self._fill(out, "mail", self._digits(serial, 9)[who])
        self._fill(out, "card", self._cards(serial)[who])
        self._fill(out, "uscc", self._usccs(serial)[who])
        self._fill(out, "vin", self._vins(serial)[who])
        return bytes(out)

    def blocks(self, rows: int) -> Iterator[bytes]:
        """Header and rows, ``rows`` rounded up to whole blocks."""
        yield self.header
        for number in range(-(-rows // BLOCK)):
            yield self.block(number)

    def _fill(self, out: Any, name: str, values: Any) -> None:
        at = self._at[name]
        out[at[:, None] + self._np.arange(values.shape[1])] = values

    def _digits(self, numbers: Any, size: int) -> Any:
        np = self._np
        out = np.empty((len(numbers), size), np.uint8)
        rest = numbers.copy()
        for i in range(size - 1, -1, -1):
            out[:, i] = rest % 10 + 48
            rest //= 10
        return out

    def _pasted(self, prefix: bytes, digits: Any) -> Any:
        np = self._np
        return np.hstack([np.tile(np.frombuffer(prefix, np.uint8), (len(digits), 1)), digits])

    def resident_ids(self, serial: Any) -> Any:
        """One identity number for each serial number, as rows of eighteen bytes."""
        # serial → sequence (999), day (28), month (12), year (50), area
        np = self._np
        rest, sequence = serial // 999, serial % 999 + 1
        rest, day = rest // 28, rest % 28 + 1
        rest, month = rest // 12, rest % 12 + 1
        rest, year = rest // 50, rest % 50 + 1950
        body = np.hstack(
            [
                self._areas[rest % len(_AREAS)],
                self._digits(year * 10_000_000 + month * 100_000 + day * 1000 + sequence, 11),
            ]
        )
        total = (body.astype(np.int64) - 48) @ np.array(_W18)
        last = np.frombuffer(b"10X98765432", np.uint8)[total % 11]
        return np.hstack([body, last[:, None]])

    def _cards(self, serial: Any) -> Any:
        np = self._np
        body = self._pasted(b"621700", self._digits(serial * 104_729 % 10**12, 12))
        value = body.astype(np.int64) - 48
        twice = value[:, ::-1].copy()
        twice[:, ::2] *= 2
        twice -= 9 * (twice > 9)
        last = (10 - twice.sum(1) % 10) % 10 + 48
        return np.hstack([body, last[:, None].astype(np.uint8)])

    def _usccs(self, serial: Any) -> Any:
        np = self._np
        code = self._pasted(b"91310115", self._digits(serial % 50_000 * 1_999 % 10**8, 8))
        value = 11 - (code[:, 8:].astype(np.int64) - 48) @ np.array((3, 7, 9, 10, 5, 8, 4, 2)) % 11
        check = np.frombuffer(b"?123456789X0", np.uint8)[value]
        body = np.hstack([code, check[:, None]])
        rows = np.flatnonzero(check == ord("X"))
        body[rows, 16] = ord("0")  # the sum below takes digits; an X is put in its place afterwards
        total = (body.astype(np.int64) - 48) @ np.array(_WU)
        body[rows, 16] = ord("X")
        total[rows] += _A31.index("X") * _WU[16]
        last = np.frombuffer(_A31.encode(), np.uint8)[(31 - total % 31) % 31]
        return np.hstack([body, last[:, None]])

    def _vins(self, serial: Any) -> Any:
        np = self._np
        body = self._pasted(b"LSVAA49J0", self._digits(serial % 10**8, 8))
        values = {**{str(d): d for d in range(10)}, "L": 3, "S": 2, "V": 5, "A": 1, "J": 1}
        table = np.zeros(256, np.int64)
        for char, value in values.items():
            table[ord(char)] = value
        total = table[body] @ np.array(_WV)
        body[:, 8] = np.frombuffer(b"0123456789X", np.uint8)[total % 11]
        return body


def main() -> None:
    for block in Customers().blocks(int(sys.argv[1])):
        rest = memoryview(block)
        while rest:  # an unbuffered stream may take a part only, where a signal comes in between
            rest = rest[sys.stdout.buffer.write(rest) :]


if __name__ == "__main__":
    main()
