"""Third hand: freight, ships, aircraft, hotels, cars and customs. Written and labelled before a scan ever saw them."""

from messy import digits as d
from messy import values as v
from messy.frame import CODE, Case, as_csv, as_fixed, as_gz, as_jsonl, as_xlsx, as_zip, grouped4
from messy.makers import seq
from messy.tables import case

ID = "prc_resident_id"
CODES = "|".join(CODE)
DATE = "date|datetime"
WORD = "category|text"
NUM = "number|category"


def hmt(r: v.R) -> str:
    return v.prc(r, r.choice(("810000", "820000", "830000")))


def foreigner(r: v.R) -> str:
    y, m, day = v.birthday(r, 1960, 2000)
    body = f"9{r.choice(('11', '31', '44', '32'))}{r.choice(('840', '826', '392', '410', '250', '276'))}{y}{m:02d}{day:02d}{v.num(r, 3)}"
    return body + d.prc(body)


def dms(r: v.R, deg: int, mark: str) -> str:
    return f"{deg}°{r.randint(0, 59):02d}′{r.uniform(0, 59):04.1f}″{mark}"


@case(80)
def vessel_positions(c: Case) -> None:
    c.add("MMSI", lambda r: r.choice(("412", "413", "477", "636", "538")) + v.num(r, 6), "mmsi")
    c.add("IMO", v.imo, "imo_number", damage=lambda r, x: "IMO " + x if r.random() < 0.5 else x)
    c.add("VesselName", ["EVER GIVEN", "COSCO TAURUS", "MSC OSCAR", "OOCL HONG KONG"], "vessel_name", p=None)
    c.add("CallSign", ["H3RC", "VRKE4", "3FHL8", "BPBL"], "call_sign")
    c.add("LAT", lambda r: f"{r.uniform(29, 32):.5f}", "latitude")
    c.add("LON", lambda r: f"{r.uniform(121, 124):.5f}", "longitude")
    c.add("SOG", lambda r: f"{r.uniform(0, 22):.1f}", "number|vehicle_speed")
    c.add("COG", lambda r: f"{r.uniform(0, 359):.1f}", "number|vehicle_speed")
    c.add("NavStatus", ["Under way using engine", "At anchor", "Moored"], WORD)
    c.add("ETA", lambda r: v.date(r, "%m-%d ") + f"{r.randint(0, 23):02d}:00", "datetime|text|category|date")
    c.add("Draught", lambda r: f"{r.uniform(4, 16):.1f}", "number")
    c.add("Dest", ["CNSHA", "SGSIN", "NLRTM"], "un_locode")


@case(50)
def booking_confirmations(c: Case) -> None:
    c.add("BKG NO.", lambda r: v.num(r, 10, "6"), CODES)
    c.add("MBL", lambda r: "COSU" + v.num(r, 10, "6"), "bill_of_lading")
    c.add("HBL", lambda r: "SHSE" + v.num(r, 8), "bill_of_lading|order_no")
    c.add("POL", ["CNSHA", "CNNGB"], "un_locode")
    c.add("POD", ["DEHAM", "USLAX", "NLRTM"], "un_locode")
    c.add("CNTR NO.", v.container, "container_no", damage=lambda r, x: f"{x[:4]} {x[4:10]}-{x[10]}")
    c.add("SEAL", lambda r: "CN" + v.num(r, 7), "seal_no")
    c.add("SIZE/TYPE", ["40HQ", "20GP", "45HC"], WORD)
    c.add("Shipper", v.firm, "org_name")
    c.add("Notify Party", v.firm, "org_name")
    c.add(
        "Commodity",
        ["AUTO PARTS", "LITHIUM BATTERIES", "LADIES KNITTED T-SHIRTS"],
        "cargo_name|category|text",
    )
    c.add("UN No", ["UN3480", "UN1263", "UN1993"], "un_number")
    c.add("G.W.(KGS)", lambda r: f"{r.uniform(800, 26000):.1f}", "number")
    c.add("VSL/VOY", ["EVER ACE 0123W", "CSCL GLOBE 045E"], "voyage_no|vessel_name|category|text", p=None)
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("BOOKING LIST W48",), sheet="BKG")


@case(60)
def declaration_heads(c: Case) -> None:
    c.add("预录入编号", lambda r: "I" + v.date(r, "%Y") + v.num(r, 13), CODES + "|customs_declaration")
    c.add("海关编号", lambda r: v.declaration(r, True), "customs_declaration")
    c.add("境内收发货人", v.company, "org_name")
    c.add("统一编码", v.uscc, "uscc")
    c.add("申报日期", lambda r: v.date(r, "%Y%m%d"), DATE + "|number")
    c.add("监管方式", ["0110", "0615", "1210"], NUM + "|order_no|text")
    c.add("征免性质", ["101", "503"], NUM + "|text")
    c.add("运输工具名称", ["COSCO TAURUS/0032W", "MU7251"], "vessel_name|voyage_no|category|text", p=None)
    c.add("启运国", ["德国", "日本", "美国"], "country")
    c.add("成交总价", v.money, "number")
    c.add("币制", ["USD", "EUR", "JPY"], "currency")
    c.add("报关员", v.name, "name_cn", p=True)
    c.add("报关员联系方式", v.mobile, "mobile_cn", key="mobile_cn")
    c.writer = as_csv(encoding="gb18030", delimiter="\t")


@case(70)
def parcels_crossborder(c: Case) -> None:
    """Personal parcels: the buyer's identity number beside decoys of the same length."""
    c.strong = (ID,)
    c.add("订单流水号", lambda r: v.date(r, "%Y%m%d") + v.num(r, 10), CODES)
    c.add("物流运单编号", lambda r: "SF" + v.num(r, 13), "express_waybill")
    c.add("清单编号", lambda r: v.declaration(r), "customs_declaration")
    c.add("订购人", v.name, "name_cn", p=True)
    c.add("订购人证件号码", v.prc, ID, key=ID)
    c.add(
        "收货人电话",
        v.mobile,
        "mobile_cn",
        key="mobile_cn",
        damage=lambda r, x: x + ".0" if r.random() < 0.5 else x,
    )
    c.add("收货地址", v.address, "address_cn", p=True)
    c.add("商品条码", v.ean, "ean")
    c.add("商品货号", lambda r: r.choice("EGK") + v.num(r, 8), CODES)
    c.add("税号", ["3304990039", "2106909001"], "hs_code|number|category")
    c.add("下单时间戳", v.ms, "timestamp|number|datetime")
    c.writer = as_gz
    c.suffix = ".csv.gz"


@case(60)
def airline_checkin(c: Case) -> None:
    c.add(
        "PNR", lambda r: "".join(r.choices("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", k=6)), "pnr", p=True, key=None
    )
    c.add(
        "TKT_NO",
        lambda r: r.choice(("781", "999", "784")) + "-" + v.num(r, 10),
        "pnr|air_waybill|order_no",
        p=None,
    )
    c.add(
        "PAX_NAME",
        lambda r: f"{r.choice(v.FAMILY)}/{r.choice(v.FIRST)} {r.choice(('MR', 'MS', 'CHD'))}",
        "name_latin",
        p=True,
    )
    c.add(
        "DOC_NO",
        lambda r: r.choice((v.passport(r), r.choice("CKLX") + v.num(r, 8), v.num(r, 9, "45"))),
        "passport_cn|passport_foreign",
        p=True,
    )
    c.add("NAT", ["CHN", "USA", "GBR", "JPN"], "nationality|country", p=None)
    c.add("FLT", ["MU551", "CA1501", "FM9331"], "voyage_no|category|text")
    c.add("SEG", ["PVG-LHR", "SHA-PEK"], WORD + "|order_no")
    c.add("SEAT", lambda r: f"{r.randint(1, 60)}{r.choice('ABCDHJKL')}", WORD + "|order_no")
    c.add("SSR", ["VGML", "WCHR", "", "INFT"], WORD, p=None)
    c.add("FFP", lambda r: r.choice(("MU", "CA")) + v.num(r, 12), "customer_no|order_no|bank_account", p=None)
    c.count = False


@case(60)
def hotel_guests(c: Case) -> None:
    c.strong = (ID,)
    c.add("房号", lambda r: str(r.randint(3, 20) * 100 + r.randint(1, 30)), NUM + "|order_no|text")
    c.add(
        "住客姓名",
        lambda r: v.name(r) if r.random() < 0.8 else v.latin(r).upper(),
        "name_cn|name_latin",
        p=True,
    )
    c.add("证件类型", ["身份证", "身份证", "护照", "港澳通行证"], WORD)
    c.add(
        "证件号码",
        v.prc,
        ID + "|text",
        p=True,
        damage=lambda r, x: (
            x if r.random() < 0.7 else (v.passport(r) if r.random() < 0.6 else "H" + v.num(r, 8))
        ),
    )
    c.add("入住日期", lambda r: v.date(r, "%Y年%m月%d日"), DATE)
    c.add("离店日期", lambda r: v.date(r, "%Y年%m月%d日"), DATE)
    c.add("房价", lambda r: f"￥{r.randint(200, 2000)}.00", "number|text")
    c.add("会员等级", ["金卡", "银卡", "普通"], WORD)
    c.add("车牌", v.plate, "plate_cn", p=True, empty=0.7)
    c.count = False


@case(50)
def exit_permits(c: Case) -> None:
    c.add("xh", seq(50), "number|order_no")
    c.add("中文姓名", v.name, "name_cn", p=True)
    c.add(
        "英文姓名",
        lambda r: (
            f"{r.choice(('WANG', 'LI', 'ZHANG', 'CHEN'))}, {r.choice(('XIAOMING', 'WEI', 'JUN', 'LIHUA'))}"
        ),
        "name_latin",
        p=True,
    )
    c.add(
        "往来港澳通行证号码",
        lambda r: "C" + r.choice("ABCDEFG") + v.num(r, 7),
        "exit_entry_permit",
        key="exit_entry_permit",
    )
    c.add("有效期至", lambda r: v.date(r, "%Y.%m.%d", 2027, 2034), DATE)
    c.add("签注种类", ["G", "L", "S"], WORD)
    c.strong = ("exit_entry_permit",)


@case(40)
def hmt_permits_mixed(c: Case) -> None:
    c.strong = ("residence_permit_hmt",)
    c.add("姓名", v.name, "name_cn", p=True)
    c.add("居住证号", hmt, "residence_permit_hmt", key="residence_permit_hmt")
    c.add("通行证号", lambda r: r.choice("HM") + v.num(r, 8), "home_return_permit", p=True)
    c.add("居住地址", v.address, "address_cn", p=True)
    c.count = False


@case(40)
def permanent_residents(c: Case) -> None:
    c.strong = ("foreign_permanent_resident",)
    c.add("Full name", v.latin, "name_latin", p=True)
    c.add("永居证号码", foreigner, "foreign_permanent_resident", key="foreign_permanent_resident")
    c.add(
        "旧证号",
        lambda r: r.choice(("USA", "GBR", "JPN")) + v.num(r, 12),
        "foreign_permanent_resident|order_no",
        p=None,
    )
    c.add("国籍", ["美国", "英国", "日本", "韩国"], "nationality|country", p=None)
    c.add("在华单位", v.company, "org_name")
    c.count = False


@case(90)
def car_owners_recall(c: Case) -> None:
    c.strong = (ID,)
    c.add("召回编号", ["S2026M0012V"], WORD + "|order_no")
    c.add("底盘号", lambda r: v.vin(r, "LBV"), "vin", key=None, p=True)
    c.add(
        "零件追溯码", lambda r: "".join(r.choices("ABCDEFGHJKLMNPRSTUVWXYZ0123456789", k=17)), CODES, p=None
    )
    c.add("发动机号", lambda r: r.choice("BN") + v.num(r, 7), "engine_no", p=True)
    c.add(
        "号牌号码",
        v.plate,
        "plate_cn",
        p=True,
        damage=lambda r, x: f"{x[:2]}·{x[2:]}" if r.random() < 0.4 else x,
    )
    c.add("车主", v.name, "name_cn", p=True)
    c.add("车主证件", v.prc, ID, key=ID)
    c.add(
        "车主电话",
        lambda r: v.mobile(r),
        "mobile_cn",
        p=True,
        damage=lambda r, x: "0086" + x if r.random() < 0.3 else x,
    )
    c.add("里程(km)", lambda r: str(r.randint(10, 200000)), "number|vehicle_speed", p=None)
    c.add("4S店", v.company, "org_name")
    c.count = False


@case(120)
def ev_signals(c: Case) -> None:
    vins = [v.vin(c.r, "LRW") for _ in range(8)]
    c.add("vehicleVin", tuple(c.r.choice(vins) for _ in range(120)), "vin", key="vin")
    c.add("collectTime", v.ms, "timestamp|number|datetime")
    c.add("lng", lambda r: str(int(r.uniform(121.1, 121.9) * 1e6)), "longitude|number|trajectory", p=None)
    c.add("soc", lambda r: str(r.randint(5, 100)), "charging_record|vehicle_speed|number", p=None)
    c.add("totalVoltage", lambda r: f"{r.uniform(300, 410):.1f}", "number|vehicle_speed")
    c.add("accelPedal", lambda r: str(r.randint(0, 100)), "vehicle_speed|number", p=None)
    c.add("gear", ["D", "P", "R"], WORD + "|vehicle_speed")
    c.add(
        "batteryPack",
        lambda r: "04QPE" + "".join(r.choices("0123456789ABCDEFGHJK", k=19)),
        "battery_code|order_no|text",
        p=None,
    )
    c.add("firmware", ["2026.20.3.1", "2026.14.9", "2025.44.25"], "version", p=False)
    c.suffix, c.writer = ".jsonl", as_jsonl()


@case(60)
def parking_sessions(c: Case) -> None:
    c.add(
        "lpn", v.plate, "plate_cn", key="plate_cn", damage=lambda r, x: x.lower() if r.random() < 0.2 else x
    )
    c.add("in_img", lambda r: f"https://oss.example.com/park/{v.num(r, 12)}.jpg", "camera_media|url", p=None)
    c.add("in_time", v.moment, "datetime")
    c.add("lot", ["P1-地下", "P2-地面"], WORD)
    c.add("paid_by", ["微信", "支付宝", "ETC"], WORD)
    c.add("tx", lambda r: "4200" + v.num(r, 24), CODES)
    c.suffix, c.writer = ".zip", as_zip


@case(60)
def waybill_fixed(c: Case) -> None:
    c.add("TRACKING", lambda r: (lambda b: "RB" + b + d.s10(b) + "CN")(v.num(r, 8)), "postal_item")
    c.add("ORIGIN", ["CNSHA", "CNPVG"], "un_locode|category|text")
    c.add("WEIGHT", lambda r: f"{r.uniform(0.1, 30):.3f}", "number")
    c.add("CONSIGNEE", v.latin, "name_latin", p=True)
    c.add("PHONE", lambda r: "+1-" + v.num(r, 3, "23456789") + "-555-01" + v.num(r, 2), "phone_intl", p=True)
    c.add("ZIP", lambda r: v.num(r, 5), "postcode_intl|number")
    c.suffix, c.writer = ".txt", as_fixed
    c.count = False


@case(50)
def trucks_and_drivers(c: Case) -> None:
    c.strong = (ID,)
    c.add("司机", v.name, "name_cn", p=True)
    c.add("驾驶证号", v.prc, "driver_licence|" + ID, p=True)
    c.add("档案编号", lambda r: "3101" + v.num(r, 8), "driver_file_no|order_no", p=None)
    c.add("准驾车型", ["A2", "B2", "C1"], WORD + "|order_no")
    c.add("从业资格证号", lambda r: v.num(r, 19, "3"), CODES + "|bank_card", p=None)
    c.add("主车牌", v.plate, "plate_cn", p=True)
    c.add("挂车牌", lambda r: "沪A" + v.num(r, 4) + "挂", "plate_cn", p=True)
    c.add("收款卡号", v.card, "bank_card", p=True, damage=grouped4)
    c.add(
        "装货坐标",
        lambda r: f"POINT({r.uniform(121, 122):.6f} {r.uniform(30, 31):.6f})",
        "lonlat|trajectory",
        p=None,
    )
    c.count = False


@case(40)
def survey_points_dms(c: Case) -> None:
    c.add("点名", seq(40, "GPS{:02d}"), CODES)
    c.add("B", lambda r: dms(r, r.randint(29, 31), "N"), "latitude|lonlat|text")
    c.add("L", lambda r: dms(r, r.randint(120, 122), "E"), "longitude|lonlat|text")
    c.add("X(m)", lambda r: f"{r.uniform(3310000, 3480000):.3f}", "plane_coordinate|number")
    c.add("Y(m)", lambda r: f"{r.uniform(351000, 650000):.3f}", "plane_coordinate|number")
    c.add("H(m)", lambda r: f"{r.uniform(2, 50):.3f}", "number")


@case(60)
def port_gate_log(c: Case) -> None:
    c.add("过闸时间", v.moment, "datetime")
    c.add("车号", v.plate, "plate_cn", key=None, p=True)
    c.add("箱号1", v.container, "container_no")
    c.add("箱号2", v.container, "container_no", empty=0.6)
    c.add("箱型", ["22G1", "45G1", "42R1"], WORD + "|order_no")
    c.add("铅封", lambda r: "HJ" + v.num(r, 6), "seal_no|order_no")
    c.add("闸口", ["G01", "G02"], WORD + "|order_no")
    c.add("备注", lambda r: r.choice(("", "", "司机未带身份证", "箱损", "车牌识别失败 人工放行")), WORD)
    c.count = False
