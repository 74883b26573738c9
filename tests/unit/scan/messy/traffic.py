"""What moves and what senses: vehicles, ships, passengers, devices, weather, logs."""

from messy import digits as d
from messy import values as v
from messy.frame import CODE, Case, as_csv, as_jsonl, as_parquet, dot_zero, wide
from messy.tables import case

ID = "prc_resident_id"
CODES = "|".join(CODE)
DATE = "date|datetime"


@case(200)
def telemetry(c: Case) -> None:
    cars = [v.vin(c.r) for _ in range(6)]
    points = [v.lonlat(c.r) for _ in range(200)]
    c.add("vin", tuple(c.r.choice(cars) for _ in range(200)), "vin", key="vin")
    c.add("ts", v.ms, "timestamp|datetime|number")
    c.add("lng", tuple(a for a, _ in points), "trajectory|longitude", p=True)
    c.add("lat", tuple(b for _, b in points), "trajectory|latitude", p=True)
    c.add("spd", lambda r: f"{r.uniform(0, 120):.1f}", "vehicle_speed|number", p=None)
    c.add("soc", lambda r: str(r.randint(5, 100)), "vehicle_speed|number|charging_record", p=None)
    c.add("odo_km", lambda r: f"{r.uniform(10, 90000):.1f}", "number|vehicle_speed", p=None)
    c.add("gear", ["P", "R", "N", "D"], "category|text")
    c.suffix, c.writer = ".parquet", as_parquet


@case(90)
def charging(c: Case) -> None:
    c.add(
        "充电订单编号",
        lambda r: "CD" + v.date(r, "%Y%m%d") + v.num(r, 10),
        CODES + "|charging_record",
        p=None,
    )
    c.add(
        "充电站",
        ["临港环湖西一路站", "申港大道快充站", "滴水湖公共站"],
        "charging_station|category|text",
        p=None,
    )
    c.add("桩编号", lambda r: "310115" + v.num(r, 8), CODES + "|charging_station", p=None)
    c.add("车架号", v.vin, "vin", key="vin", damage=wide)
    c.add("车牌号码", v.plate, "plate_cn", key="plate_cn")
    c.add("开始时间", v.moment, "datetime|charging_record")
    c.add("充电量(kWh)", lambda r: f"{r.uniform(5, 80):.2f}", "charging_record|number", p=None)
    c.add("起始SOC", lambda r: f"{r.randint(5, 60)}%", "text|number|category|charging_record", p=None)
    c.add("服务费", v.money, "number")
    c.writer = as_csv(delimiter="|")
    c.count = False


@case(70)
def tbox(c: Case) -> None:
    c.add("IMEI", v.imei, "imei", p=True)
    c.add("ICCID", v.iccid, "iccid", p=True)
    c.add("IMSI", lambda r: r.choice(("46000", "46001", "46011")) + v.num(r, 10), "imsi", p=True)
    c.add("MSISDN", lambda r: "86" + v.mobile(r), "mobile_cn", p=True)
    c.add("MAC", v.mac, "mac_address", p=True)
    c.add(
        "固件版本",
        lambda r: f"{r.randint(1, 3)}.{r.randint(0, 9)}.{r.randint(0, 20)}.{r.randint(1, 250)}",
        "version",
    )
    c.add("发动机号", lambda r: "EA211" + v.num(r, 6), "engine_no|order_no", p=None)
    c.count = False


@case(60)
def camera_refs(c: Case) -> None:
    c.add("frame_id", tuple(str(10**6 + i) for i in range(60)), "number|order_no")
    c.add(
        "cam_front",
        lambda r: f"samples/CAM_FRONT/n008-2026-{v.num(r, 8)}__CAM_FRONT__{v.num(r, 16, '1')}.jpg",
        "camera_media",
        p=None,
    )
    c.add("lidar_path", lambda r: f"sweeps/LIDAR_TOP/{v.num(r, 16, '1')}.pcd.bin", "camera_media", p=None)
    c.add(
        "ego_pose", lambda r: f"[{r.uniform(-100, 100):.3f}, {r.uniform(-100, 100):.3f}, 0.0]", "text", p=None
    )
    c.add("weather", ["sunny", "rain", "night"], "category|text|weather_value")
    c.add("timestamp_us", lambda r: "17" + v.num(r, 14), "timestamp|number|order_no")


@case(110)
def etc_passes(c: Case) -> None:
    cars = [v.plate(c.r) for _ in range(70)]
    c.add("车牌", tuple(c.r.choice(cars) for _ in range(110)), "plate_cn", key="plate_cn")
    c.add("入口站", ["临港收费站", "新场站", "祝桥站"], "category|text")
    c.add("出口时间", v.moment, "datetime")
    c.add("车型", ["一型客车", "二型货车"], "category|text")
    c.add("通行费", v.money, "number")


@case(50)
def european_cars(c: Case) -> None:
    c.add("Fahrgestellnummer (VIN)", v.vin_eu, "vin", p=True)
    c.add(
        "Kennzeichen",
        lambda r: f"{r.choice(('B', 'M', 'HH'))}-{r.choice('ABCDE')}{r.choice('XYZ')} {r.randint(1, 9999)}",
        "text|category|order_no|plate_cn",
        p=None,
    )
    c.add("Erstzulassung", lambda r: v.date(r, "%d.%m.%Y"), DATE)
    c.add("km-Stand", lambda r: str(r.randint(10, 250000)), "number")
    c.writer = as_csv(delimiter=";", encoding="utf-8")
    c.count = False


@case(40)
def crew_list(c: Case) -> None:
    c.strong = ("crew_list_no", "passport_foreign", "passport_cn")
    c.add("No.", tuple(str(i + 1) for i in range(40)), "number|order_no")
    c.add("Family name", lambda r: r.choice(v.FAMILY), "name_latin|name_part", p=True)
    c.add("Given names", lambda r: r.choice(v.FIRST), "name_latin|name_part", p=True)
    c.add(
        "Rank or rating",
        ["Master", "C/O", "2/O", "C/E", "AB", "OS", "Oiler", "Cook"],
        "occupation|category|text",
        p=None,
    )
    c.add("Nationality", ["PHL", "CHN", "UKR", "IND"], "nationality|country", p=None)
    c.add("Date of birth", lambda r: v.date(r, "%d/%m/%Y", 1960, 2003), "birth_date", p=True)
    c.add("Place of birth", ["MANILA", "ODESSA", "DALIAN", "MUMBAI"], "category|text|address_latin", p=None)
    c.add("Passport No.", lambda r: "P" + v.num(r, 7) + r.choice("ABC"), "passport_foreign", p=True)
    c.add("Seaman's book no.", lambda r: r.choice("ABC") + v.num(r, 7), "crew_list_no", p=True)
    c.count = False


@case(90)
def passengers(c: Case) -> None:
    c.add(
        "PNR",
        lambda r: "".join(r.choices("ABCDEFGHJKLMNPQRSTUVWXYZ", k=5)) + r.choice("23456789"),
        "pnr",
        p=True,
    )
    c.add(
        "PAX NAME",
        lambda r: (
            f"{r.choice(v.FAMILY).replace(' ', '')}/{r.choice(v.FIRST)} {r.choice(('MR', 'MS', 'MRS', 'CHD'))}"
        ),
        "name_latin",
        p=True,
    )
    c.add("DOC TYPE", ["P", "ID"], "category|text")
    c.add("DOC NO", v.passport, "passport_cn|passport_foreign", p=True)
    c.add("NAT", ["CHN"], "nationality|country|category", p=None)
    c.add("DOB", lambda r: v.date(r, "%d%b%y", 1955, 1999).upper(), "birth_date", p=True)
    c.add("SEAT", lambda r: f"{r.randint(1, 60)}{r.choice('ABCDEFHJK')}", "category|text|order_no")
    c.add("FLT", ["MU587", "CA1832"], "category|text|voyage_no|order_no")
    c.add("BAG TAG", lambda r: v.num(r, 10, "0"), CODES)
    c.writer = as_csv(delimiter="|")
    c.count = False


@case(24)
def passport_scans(c: Case) -> None:
    def line(r):
        number = ("E" + v.num(r, 8)).ljust(9, "<")
        birth, expiry = v.date(r, "%y%m%d", 1960, 1999), v.date(r, "%y%m%d", 2027, 2034)
        rest = "<" * 14
        parts = (
            number
            + d.mrz(number)
            + "CHN"
            + birth
            + d.mrz(birth)
            + r.choice("MF")
            + expiry
            + d.mrz(expiry)
            + rest
            + "0"
        )
        body = parts[:10] + parts[13:20] + parts[21:43]
        return parts + d.mrz(body)

    c.add("mrz2", line, "passport_mrz", p=True)
    c.add("scan_file", lambda r: f"passport_{v.num(r, 6)}.jpg", "id_photo|text|category|camera_media", p=None)
    c.count = False


@case(300)
def ais(c: Case) -> None:
    c.add("MMSI", lambda r: r.choice(("412", "413", "477", "538", "636")) + v.num(r, 6), "mmsi")
    c.add("BaseDateTime", lambda r: v.moment(r).replace(" ", "T"), "datetime")
    c.add("LAT", lambda r: f"{r.uniform(29, 32):.5f}", "latitude")
    c.add("LON", lambda r: f"{r.uniform(121, 124):.5f}", "longitude")
    c.add("SOG", lambda r: f"{r.uniform(0, 22):.1f}", "number|vehicle_speed", p=False)
    c.add("COG", lambda r: f"{r.uniform(0, 360):.1f}", "number")
    c.add("VesselName", ["XIN HAI TONG 8", "COSCO NAGOYA", "YUAN XIANG"], "vessel_name|category|text")
    c.add("IMO", lambda r: "IMO" + v.imo(r), "imo_number")
    c.add(
        "CallSign",
        lambda r: "B" + "".join(r.choices("ABCDEFGHIJKLMNOP", k=3)),
        "call_sign|category|text|order_no",
    )
    c.add("Draft", lambda r: f"{r.uniform(3, 15):.1f}", "number")


@case(180)
def weather(c: Case) -> None:
    c.add("区站号", ["58362", "58361", "54511", "59287"], "weather_station|category|number")
    c.add(
        "观测时间",
        lambda r: v.date(r, "%Y%m%d") + f"{r.randint(0, 23):02d}",
        "datetime|date|number|order_no|timestamp",
    )
    c.add("经度", ["121.4667", "121.9500", "116.4667"], "longitude")
    c.add("纬度", ["31.4000", "30.9000", "39.8000"], "latitude")
    c.add("气温(℃)", lambda r: f"{r.uniform(-8, 38):.1f}", "weather_value|number")
    c.add("本站气压(hPa)", lambda r: f"{r.uniform(990, 1035):.1f}", "weather_value|number")
    c.add("相对湿度(%)", lambda r: str(r.randint(20, 100)), "weather_value|number")
    c.add("2分钟平均风向", lambda r: str(r.randint(0, 359)), "weather_value|number")


@case(250)
def iot(c: Case) -> None:
    c.add("deviceId", ["sensor-a1", "sensor-b7", "sensor-c3"], "device_id|category|text", p=None)
    c.add("ts", lambda r: v.moment(r).replace(" ", "T") + "Z", "datetime")
    c.add("temperature", lambda r: f"{r.uniform(15, 90):.2f}", "weather_value|number")
    c.add("vibration_mm_s", lambda r: f"{r.uniform(0, 9):.3f}", "number")
    c.add("firmware", ["1.0.12.3", "1.0.12.4", "1.1.0.0"], "version")
    c.suffix, c.writer = ".jsonl", as_jsonl()


@case(160)
def app_events(c: Case) -> None:
    c.add("event_id", v.guid, "uuid", p=None)
    c.add("idfa", lambda r: v.guid(r).upper(), "device_id|uuid", p=None)
    c.add("client_ip", v.ip, "ipv4", p=True)
    c.add("ip6", lambda r: ":".join(f"{r.randrange(65536):x}" for _ in range(8)), "ipv6", p=True)
    c.add(
        "ua",
        ["Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X)", "Mozilla/5.0 (Linux; Android 14)"],
        "user_agent|text|category|device_id",
        p=None,
    )
    c.add("event_time", v.ms, "timestamp|number|datetime")
    c.add(
        "page",
        lambda r: f"/goods/detail?id={r.randint(1, 999)}",
        "text|url|category|browsing|advertising_url",
        p=None,
    )
    c.count = False


@case(140)
def access_log_table(c: Case) -> None:
    c.add("remote_addr", v.ip, "ipv4", p=True)
    c.add(
        "time_local",
        lambda r: v.date(r, "%d/%b/%Y") + f":{r.randint(0, 23):02d}:10:05 +0800",
        "datetime|text",
    )
    c.add(
        "request",
        lambda r: f"GET /api/v1/user?mobile={v.mobile(r)} HTTP/1.1",
        "text",
        p=True,
        embedded=("mobile_cn",),
    )
    c.add("status", ["200", "404", "500"], "category|number")
    c.add("bytes", lambda r: str(r.randint(100, 99999)), "number")
    c.count = False


@case(64)
def drivers(c: Case) -> None:
    c.strong = (ID,)
    c.add("驾驶员", v.name, "name_cn", p=True)
    c.add("驾驶证号", v.prc, "driver_licence|" + ID, p=True)
    c.add("档案编号", lambda r: "3101" + v.num(r, 8), "driver_file_no|order_no|number", p=None)
    c.add("准驾车型", ["C1", "B2", "A1"], "category|text")
    c.add("初次领证日期", v.date, DATE)
    c.add("联系方式", v.mobile, "mobile_cn", p=True, damage=dot_zero)
    c.count = False


@case(48)
def points_of_interest(c: Case) -> None:
    c.add(
        "name",
        ["滴水湖地铁站", "上海海昌海洋公园", "临港大学城"],
        "text|category|address_cn|org_name",
        p=None,
    )
    c.add("location", lambda r: ",".join(v.lonlat(r)), "lonlat", p=None)
    c.add("adcode", ["310115", "310120", "320583"], "area_code")
    c.add("X坐标", lambda r: f"{r.uniform(3400000, 3460000):.3f}", "plane_coordinate|number", p=None)
    c.add("Y坐标", lambda r: f"{r.uniform(380000, 420000):.3f}", "plane_coordinate|number", p=None)


@case(80)
def trip_tracks(c: Case) -> None:
    def track(r):
        x, y = 121.5 + r.random() / 3, 30.9 + r.random() / 3
        return (
            "LINESTRING ("
            + ", ".join(f"{x + k / 1000:.6f} {y + k / 1500:.6f}" for k in range(r.randint(3, 9)))
            + ")"
        )

    c.add("trip_id", tuple(f"T{i:06d}" for i in range(80)), CODES)
    c.add("driver_phone", v.mobile, "mobile_cn", key="mobile_cn")
    c.add("polyline", track, "trajectory", p=True)
    c.add("distance_m", lambda r: str(r.randint(500, 50000)), "number")
