"""Seventeenth hand: a stranger's mix of every sector, with headers as people say them. Labelled before a scan ever saw them."""

from messy import values as v
from messy.frame import (
    Case,
    as_csv,
    as_fixed,
    as_gz,
    as_json,
    as_jsonl,
    as_parquet,
    as_sqlite,
    as_xlsx,
    grouped4,
    phone_styles,
    quoted,
    wide,
)
from messy.makers import CODES, DAY, ID, NUM, TEL, TEXT, WHEN, WORD, code, day, fmt, key, put, whole
from messy.tables import case


@case(60)
def adas_clips(c: Case) -> None:
    put(
        c,
        ("场景编号", code("SC-2026-####"), CODES),
        ("采集车VIN", lambda r: v.vin(r, "LSJ"), "vin!"),
        ("前视摄像头", lambda r: f"cam_front/{v.num(r, 13)}.jpg", "camera_media|text!"),
        ("激光点云", lambda r: f"lidar/{v.num(r, 13)}.pcd", "camera_media|text!"),
        ("是否含人脸", ["是", "否"], "boolean|category"),
        ("天气", ["晴", "雨", "阴"], WORD + "|weather_value"),
    )
    c.suffix, c.writer = ".jsonl", as_jsonl()
    c.count = False


@case(60)
def after_sales(c: Case) -> None:
    put(
        c,
        ("维修工单", code("WX2609####"), CODES),
        ("送修人", v.name, "name_cn!"),
        ("送修人电话", v.mobile, TEL, key(TEL, damage=phone_styles)),
        ("车牌", v.plate, "plate_cn!"),
        ("进厂里程", whole(100, 200000), "vehicle_speed|number?"),
        ("故障描述", ["刹车异响", "空调不制冷", "续航下降明显"], TEXT),
        ("工时费", fmt(100, 3000, 2), "number"),
    )
    c.count = False


@case(50)
def battery_pack(c: Case) -> None:
    put(
        c,
        ("电池包序列号", code("04QPE1A#############H0####"), "battery_code|order_no|text"),
        ("SOH(%)", fmt(70, 100, 1), "number|vehicle_speed|charging_record"),
        ("循环次数", whole(1, 2000), "number"),
        ("单体最高温度", fmt(20, 45, 1), "number|weather_value|vehicle_speed?"),
        ("出库日期", day("%Y/%m/%d"), DAY),
    )
    c.suffix, c.writer = ".parquet", as_parquet


@case(60)
def private_fund(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("合格投资者姓名", v.name, "name_cn!"),
        ("有效证件号码", v.prc, ID, key(ID, damage=quoted)),
        ("打款银行卡", v.card, "bank_card!", {"damage": grouped4}),
        ("认缴金额（万元）", whole(100, 3000), "number|investor_holding?"),
        ("产品备案编码", code("S@@###"), "order_no|securities_code|text|category"),
        ("双录完成", ["已完成", "未完成"], "category|boolean|text"),
        ("托管人", ["招商证券股份有限公司", "国泰海通证券股份有限公司"], "org_name|category"),
    )
    c.count = False


@case(60)
def fx_deals(c: Case) -> None:
    put(
        c,
        ("Deal ref", code("FX########"), CODES),
        ("Ccy pair", ["USD/CNH", "EUR/USD", "USD/JPY"], "category|currency|text"),
        ("Trader", v.latin, "name_latin!"),
        ("Cpty BIC", ["HSBCHKHH", "DEUTDEFF", "CITIUS33"], "bic"),
        ("Near leg", day("%d-%b-%y"), DAY),
        ("Notional", lambda r: f"{r.randint(1, 90)},{v.num(r, 3)},{v.num(r, 3)}", "number|text"),
    )
    c.count = False


@case(40)
def ae_reports(c: Case) -> None:
    c.count = False
    put(
        c,
        ("报告编码", code("31011520260########"), CODES),
        ("患者", lambda r: v.name(r)[0] + "**", "name_masked!"),
        ("出生年份", whole(1940, 2015), "birth_date|number|date!"),
        ("体重kg", fmt(40, 90, 1), "lab_result|number?"),
        ("怀疑药品", ["注射用头孢曲松钠", "布洛芬缓释胶囊"], "medical_text|cargo_name|category|text?"),
        ("国药准字", lambda r: "国药准字H" + v.num(r, 8), "drug_approval"),
        ("不良反应名称", ["皮疹", "恶心", "过敏性休克"], "diagnosis|medical_text|category!"),
        ("报告人职业", ["医生", "药师", "护士"], "occupation!"),
    )


@case(50)
def biobank_boxes(c: Case) -> None:
    put(
        c,
        ("Box position", code("R#-C#-#@"), CODES),
        ("Vial ID", code("BB########"), "specimen_no|order_no?"),
        ("Donor code", code("DN####"), "trial_subject|medical_record_no|customer_no|order_no?"),
        ("Collected", day("%d/%m/%Y"), DAY),
        ("Tissue", ["Liver", "Serum", "PBMC"], WORD + "|medical_text"),
        ("Sequence", lambda r: "".join(r.choices("ACGT", k=40)), "gene_sequence!"),
    )
    c.count = False


@case(60)
def gate_moves(c: Case) -> None:
    put(
        c,
        ("箱主", ["COS", "MSK", "EMC"], WORD),
        ("箱号ISO", v.container, "container_no"),
        ("集卡号", v.plate, "plate_cn!"),
        ("司机身份证后四位", code("####"), CODES + "|prc_resident_id_masked?"),
        ("进闸时间", v.moment, WHEN),
        ("过磅重量(kg)", whole(3000, 36000), "number"),
        ("铅封", code("ML#######"), "seal_no|order_no"),
    )
    c.count = False


@case(50)
def cruise_manifest(c: Case) -> None:
    put(
        c,
        ("Cabin no", code("#0##"), CODES),
        ("Guest", v.latin, "name_latin!"),
        ("Passport / ID", v.passport, "passport_cn", key("passport_cn")),
        ("Muster stn", ["A", "B", "C"], WORD),
        ("Emergency contact no.", lambda r: f"+86 {v.mobile(r)}", "mobile_cn|phone_intl!"),
        ("Folio balance", fmt(0, 900, 2), "number"),
    )
    c.strong = ("passport_cn",)
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("MV SEA PRINCE", "Voyage 2026-117"), merge=True)
    c.count = False


@case(60)
def facultative(c: Case) -> None:
    put(
        c,
        ("临分业务编号", code("FAC26####"), "treaty_no|order_no"),
        ("原保险人", ["示例财产保险股份有限公司", "示例人寿保险有限公司"], "org_name|category"),
        ("分出比例", ["20%", "35%", "50%"], "number|category|text"),
        ("被保险人", lambda r: v.company(r) if r.random() < 0.6 else v.name(r), "org_name|name_cn!"),
        ("责任限额", lambda r: f"{r.randint(1, 99)},000,000.00", "number|text"),
        ("起期", day("%Y年%m月%d日"), DAY),
    )
    c.count = False


@case(60)
def live_commerce(c: Case) -> None:
    put(
        c,
        ("达人UID", code("7##################"), "social_account|order_no|number|customer_no?"),
        ("直播间昵称", ["小鹿严选", "老陈海鲜", "Mia_好物", "阿岚穿搭"], "social_account|text|category!"),
        ("粉丝数", whole(1000, 9_000_000), "number"),
        ("MCN机构", ["示例文化传媒有限公司", "海鸥星娱文化有限公司"], "org_name|category"),
        ("结算卡", v.card, "bank_card!"),
        ("佣金率", fmt(0.05, 0.4, 2), "number"),
    )
    c.count = False


@case(70)
def refunds(c: Case) -> None:
    put(
        c,
        ("售后单号", code("AS##########"), CODES),
        ("买家旺旺", code("tb########"), "social_account|order_no!"),
        ("支付宝交易号", lambda r: "2026" + v.num(r, 24), CODES),
        (
            "退款说明",
            lambda r: r.choice(("尺码不合适", f"请退到支付宝{v.mobile(r)}", "发错货了")),
            "text!",
            {"embedded": (TEL,)},
        ),
        ("极速退款", ["1", "0"], "boolean|number|category"),
        ("平台", ["天猫", "抖音", "拼多多"], WORD),
    )
    c.suffix, c.writer = ".csv.gz", as_gz
    c.count = False


@case(80)
def radar_rain(c: Case) -> None:
    put(
        c,
        ("格点经度", fmt(120, 122, 2), "longitude|number"),
        ("格点纬度", fmt(30, 32, 2), "latitude|number"),
        ("回波强度dBZ", fmt(0, 60, 1), "number|weather_value"),
        (
            "起报时间",
            lambda r: "2026090" + str(r.randint(1, 9)) + f"{r.randint(0, 23):02}00",
            "datetime|number|date|order_no|timestamp",
        ),
        ("雨强mm/h", fmt(0, 50, 1), "weather_value|number"),
    )
    c.suffix, c.writer = ".txt", as_fixed


@case(50)
def tide_table(c: Case) -> None:
    put(
        c,
        ("验潮站", ["芦潮港", "吴淞", "绿华山"], WORD + "|weather_station|address_text"),
        ("高潮时", lambda r: f"{r.randint(0, 23):02}:{r.randint(0, 59):02}", "time_of_day"),
        ("高潮位cm", whole(200, 550), "number|weather_value"),
        ("农历", ["初一", "十五", "廿三"], WORD),
    )


@case(60)
def school_bus(c: Case) -> None:
    put(
        c,
        ("学生", v.name, "name_cn!"),
        ("上车点", ["滴水湖地铁站1号口", "海港大道站", "古棕路口"], "category|text|address_text?"),
        ("接送家长", v.name, "name_cn!"),
        ("家长微信", lambda r: "wx_" + v.hexes(r, 8), "wechat!"),
        ("家长手机", v.mobile, TEL, key(TEL, damage=wide)),
        ("缴费状态", ["已缴", "欠费"], WORD),
    )
    c.count = False


@case(60)
def community_grid(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("网格", ["第一网格", "第二网格"], WORD),
        ("居民姓名", v.name, "name_cn!"),
        ("公民身份证号", v.prc, ID, key(ID)),
        (
            "房屋门牌",
            lambda r: f"{r.randint(1, 60)}号{r.randint(101, 602)}室",
            "address_text|text|order_no|address_cn!",
        ),
        ("人户一致", ["人户一致", "人在户不在"], WORD),
        ("信教情况", ["佛教", "无", "基督教"], "religion!"),
        ("残疾类型", ["肢体残疾", "无", "视力残疾"], "disability!"),
        ("重点人员", ["否", "是"], "boolean|category"),
    )
    c.suffix, c.writer = ".db", as_sqlite


@case(50)
def hong_kong_clinic(c: Case) -> None:
    put(
        c,
        ("Chart No", code("C######"), "medical_record_no|order_no?"),
        (
            "病人姓名 Name",
            ["CHAN TAI MAN 陳大文", "WONG SIU MING 黃小明", "LEE KA YAN 李嘉欣"],
            "name_latin|name_cn|text!",
        ),
        ("HKIC", v.hkid, "hkid", key("hkid")),
        ("覆診日期", day("%d/%m/%Y"), DAY),
        ("藥物敏感", ["Penicillin", "NKDA", "Aspirin"], "medical_text|category|text?"),
        ("手提電話", lambda r: f"{r.choice('569')}{v.num(r, 7)}", "phone_intl|number|order_no!"),
    )
    c.strong = ("hkid",)
    c.count = False


@case(40)
def taiwan_members(c: Case) -> None:
    put(
        c,
        ("會員卡號", code("88########"), "customer_no|order_no|number?"),
        ("身分證字號", v.taiwan, "taiwan_id", key("taiwan_id")),
        ("行動電話", lambda r: f"09{v.num(r, 2)}-{v.num(r, 3)}-{v.num(r, 3)}", "phone_intl|text|order_no!"),
        (
            "通訊地址",
            lambda r: f"臺北市大安區和平東路{r.randint(1, 3)}段{r.randint(1, 300)}號{r.randint(2, 12)}樓",
            "address_cn|address_text!",
        ),
        (
            "生日",
            lambda r: f"{r.randint(50, 95)}/{r.randint(1, 12):02}/{r.randint(1, 28):02}",
            "birth_date|date|text!",
        ),
    )
    c.strong = ("taiwan_id",)
    c.count = False
    c.writer = as_csv(encoding="big5hkscs")


# Nobody is in these


@case(60)
def bom_lines(c: Case) -> None:
    put(
        c,
        ("父项料号", code("10########"), CODES),
        ("子项描述", ["螺栓 M6x20", "密封圈 Φ32", "线束总成"], "cargo_name|category|text"),
        ("单位用量", whole(1, 12), NUM),
        ("损耗率%", fmt(0, 5, 1), "number"),
        ("替代料", code("11########"), CODES, {"empty": 0.7}),
    )
    c.suffix, c.writer = ".xlsx", as_xlsx(second=True)


@case(50)
def tender_notices(c: Case) -> None:
    put(
        c,
        ("公告标题", ["临港新片区道路养护项目公开招标公告", "数据中心机房改造中标公告"], TEXT),
        ("预算金额(万元)", fmt(10, 900, 2), "number"),
        ("采购方式", ["公开招标", "竞争性磋商"], WORD),
        ("发布媒体", ["上海政府采购网", "中国招标投标公共服务平台"], WORD + "|org_name"),
        ("公告链接", lambda r: f"https://zb.example.com/n/{v.num(r, 8)}", "url"),
    )
    c.suffix, c.writer = ".json", as_json


@case(60)
def energy_meters(c: Case) -> None:
    put(
        c,
        ("计量点", code("MP-####"), CODES),
        ("正向有功总", fmt(1000, 90000, 2), "number"),
        ("功率因数", fmt(0.8, 1, 3), "number"),
        ("冻结时间", v.moment, WHEN),
        ("电价类别", ["大工业", "一般工商业"], WORD),
    )
