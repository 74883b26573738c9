"""Twenty-sixth hand: what an outside examiner would bring from the text of the task: seventeen tables of as many sectors, a good half Chinese, with every damage. Labelled before a scan ever saw them."""

from pathlib import Path

from messy import digits as d
from messy import values as v
from messy.frame import (
    Case,
    as_csv,
    as_fixed,
    as_json,
    as_jsonl,
    as_parquet,
    as_xlsx,
    dot_zero,
    id_spaced,
    phone_styles,
    wide,
)
from messy.makers import DAY, ID, NUM, TEL, TEXT, WHEN, WORD, code, day, fmt, key, put, seq, whole
from messy.tables import case


def front_sheet(title: str):  # type: ignore[no-untyped-def]
    """A workbook whose first sheet only says what to do; the table stands in the second, below two lines."""

    def write(one: Case, path: Path) -> None:
        from openpyxl import Workbook

        book = Workbook()
        notes = book.active
        notes.title = "填报须知"
        notes.append(["一、请按月填报；二、勿改表头。"])
        page = book.create_sheet("明细")
        page.append([title])
        page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(one.columns))
        page.append(["填报单位：", "临港示范公司", None, "填报日期：", "2026-09-30"])
        page.append(one.headers)
        for row in one.lines():
            page.append(row)
        with path.open("wb") as file:
            book.save(file)

    return write


def cpf(r: v.R) -> str:
    body = v.num(r, 9)
    whole_no = d.cpf(body)
    return f"{whole_no[:3]}.{whole_no[3:6]}.{whole_no[6:9]}-{whole_no[9:]}"


# Connected vehicles, funds, biomedicine


@case(90)
def che_lian_ws(c: Case) -> None:
    spots = [v.lonlat(c.r) for _ in range(90)]
    put(
        c,
        ("车架号", v.vin, "vin", key("vin")),
        ("采集时间戳(ms)", v.ms, "timestamp|number|datetime"),
        ("瞬时车速", fmt(0, 118, 1), "vehicle_speed|number?"),
        ("经纬度", tuple(f"{a},{b}" for a, b in spots), "trajectory|lonlat!"),
        ("累计里程", whole(12, 198000), "vehicle_speed|number?"),
        ("动力电池编码", lambda r: "001PE" + "".join(r.choices("ABCDEFGH0123456789", k=19)), "battery_code|order_no|text"),
        ("单体最高电压(V)", fmt(3.2, 4.2, 3), "vehicle_speed|number?"),
        ("前视图片", lambda r: f"cam_f/{v.num(r, 8)}/{v.hexes(r, 8)}.jpeg", "camera_media|text?"),
        ("软件版本", lambda r: f"{r.randint(1, 9)}.{r.randint(0, 30)}.{r.randint(0, 9)}.{r.randint(10, 240)}", "version|text"),
        ("故障等级", ["0", "1", "2", "3"], NUM),
        ("车主备注", ["", "夜间急刹", "充电慢", "导航漂移"], TEXT),
    )  # fmt: skip
    c.suffix, c.writer = ".txt", as_csv(encoding="gb18030")


@case(70)
def jj_khcyr(c: Case) -> None:
    put(
        c,
        ("jjzh", lambda r: "98" + v.num(r, 10), "securities_account|bank_account|order_no|number!"),
        ("khxm", v.name, "name_cn!"),
        ("zjhm", v.prc, ID + "!"),
        ("sjhm", v.mobile, TEL + "!"),
        ("jjdm", ["005827", "161725", "110011", "001938"], "securities_code|number|category|order_no"),
        ("jjmc", ["临港稳健混合A", "东海消费指数", "浦江债券C"], WORD + "|org_name"),
        ("cyfe", fmt(100, 900000, 2), "investor_holding|number?"),
        ("zxjz", fmt(0.6, 4.2, 4), "number"),
        ("fxcsnl", ["C1", "C2", "C3", "C5"], WORD + "|credit_score|order_no?"),
        ("khrq", day("%Y%m%d", 2012, 2026), "date|number"),
        ("yhkh", v.card, "bank_card!"),
        ("sfhg", ["1", "0"], "boolean|number|category"),
    )
    c.writer = as_csv(delimiter="|", encoding="utf-8-sig")
    c.count = False


@case(60)
def trial_visits(c: Case) -> None:
    put(
        c,
        ("studyId", ["NCT05123456", "ChiCTR2600101234"], "trial_id|category"),
        ("siteNumber", ["CN-031", "CN-044", "DE-012"], "category|text|order_no"),
        ("subjectNumber", code("S031-####"), "trial_subject", key("trial_subject")),
        ("dateOfBirth", day("%d-%b-%Y", 1940, 2003), "birth_date!"),
        ("sexAtBirth", ["Male", "Female"], "gender!"),
        ("visitName", ["Screening", "Baseline", "Week 12"], WORD),
        ("systolicBpMmHg", whole(95, 175), "lab_result|number!"),
        ("hba1cPercent", fmt(4.8, 11.2, 1), "lab_result|number!"),
        ("adverseEventTerm", ["", "Nausea", "Headache", "Rash"], "medical_text|diagnosis|category|text!"),
        ("geneVariant", lambda r: f"c.{r.randint(20, 5000)}{r.choice('ACGT')}>{r.choice('ACGT')}", "genetic_variant|text!"),
        ("kitNumber", seq(60, "K{:06d}", 300417), "order_no|specimen_no?"),
        ("informedConsentDate", day("%Y-%m-%d"), DAY),
    )  # fmt: skip
    c.suffix = ".jsonl"
    c.writer = as_jsonl(
        lambda row: {
            **{k: row[k] for k in list(row)[:6]},
            "vitals": {k: row[k] for k in ("systolicBpMmHg", "hba1cPercent")},
            "safety": [{k: row[k] for k in list(row)[8:]}],
        }
    )
    c.count = False


# Shipping, reinsurance, commerce


@case(60)
def cksj(c: Case) -> None:
    put(
        c,
        ("船名", ["新海欧", "中远荷兰", "东方珊瑚"], "vessel_name|category|text"),
        ("IMO编号", v.imo, "imo_number"),
        ("MMSI", lambda r: "413" + v.num(r, 6), "mmsi|number"),
        ("呼号", code("B@@@#"), "call_sign|order_no"),
        ("航次", code("###W"), "voyage_no|order_no|category"),
        ("提单号", lambda r: "COSU" + v.num(r, 10), "bill_of_lading|order_no"),
        ("箱号", v.container, "container_no", {"damage": lambda r, x: r.choice((x, f"{x[:4]} {x[4:10]}-{x[10]}"))}),
        ("铅封号", code("CN######"), "seal_no|order_no"),
        ("箱型尺寸", ["40HQ", "20GP", "40RF"], WORD),
        ("货重（吨）", fmt(3, 28, 2), "number"),
        ("危规编号", ["UN1263", "UN3480", ""], "un_number|category"),
        ("目的港", ["DEHAM", "NLRTM", "SGSIN", "USLAX"], "un_locode|category"),
        ("收货人", v.firm, "org_name|text?"),
        ("现场联系人及电话", lambda r: f"{v.name(r)} {v.mobile(r)}", "mobile_cn|text|name_cn!", {"embedded": (TEL,)}),
    )  # fmt: skip
    c.suffix, c.writer = ".csv", as_xlsx(title=("出口舱单数据",), merge=True, second=True)
    c.count = False


@case(60)
def ri_bordereau(c: Case) -> None:
    put(
        c,
        ("Treaty Ref", code("QS-2026-####"), "treaty_no|order_no"),
        ("Cedent", ["Donghai P&C", "Pujiang Life", "Linhai Re"], "org_name|category|text"),
        ("Original Policy No.", code("PL########"), "policy_no", key("policy_no")),
        ("Claim Ref", code("CLM-######"), "claim_no|order_no?"),
        ("Insured Name", v.latin, "name_latin!"),
        ("DOB", day("%d/%m/%Y", 1945, 2003), "birth_date!"),
        ("Sum Insured", lambda r: f"{r.randint(100, 999)},000.00", "number"),
        ("Ceded %", ["40%", "25%", "60%"], "number|text|category"),
        ("Loss Cause", ["Fire", "Windstorm", "Motor"], WORD),
        ("Cause of Death / ICD", ["I21.9", "C34.1", ""], "icd10|category!"),
        ("Ccy", ["USD", "CNY", "EUR"], "currency|category"),
        ("U/W Year", ["2024", "2025", "2026"], "number|date|category"),
    )
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("Quota Share Bordereau", "Q3 2026"))


@case(120)
def order_export(c: Case) -> None:
    people = [(v.mobile(c.r), v.name(c.r)) for _ in range(50)]
    who = [c.r.choice(people) for _ in range(120)]
    put(
        c,
        ("订单编号", lambda r: "31011519" + v.num(r, 10), "order_no|number"),
        ("支付单号", lambda r: "2026" + v.num(r, 24), "order_no|number|payment_account?"),
        ("买家昵称", lambda r: r.choice(("小鱼", "tb", "风中", "Kiki")) + v.num(r, 4), "social_account|text|customer_no!"),
        ("收件人", tuple(n for _, n in who), "name_cn!"),
        ("收件手机", tuple(m for m, _ in who), TEL, key(TEL, damage=phone_styles)),
        ("收货地址", v.address, "address_cn!"),
        ("商品条码", v.ean, "ean", {"damage": dot_zero}),
        ("商品标题", ["有机燕麦片 1kg", "蓝牙耳机 白色", "婴儿湿巾 80抽"], "cargo_name|category|text"),
        ("实付金额", lambda r: f"¥{r.randint(9, 1200)}.{v.num(r, 2)}", "number|text"),
        ("下单时间", v.moment, WHEN),
        ("买家留言", ["", "", "放门口", "周末送"], TEXT),
        ("快递单号", lambda r: "YT" + v.num(r, 13), "express_waybill|order_no"),
    )  # fmt: skip
    c.writer = as_csv(encoding="gb18030")


# Weather, staff, hospital


@case(80)
def qixiang(c: Case) -> None:
    put(
        c,
        ("区站号", ["58362", "58367", "58474"], "weather_station|number|category|order_no"),
        (
            "资料时间",
            lambda r: f"{v.date(r, '%Y%m%d')}{r.randint(0, 23):02}00",
            "datetime|number|date|order_no",
        ),
        ("气温", fmt(-3, 38, 1), "weather_value|number"),
        ("相对湿度", whole(30, 100), "weather_value|number"),
        ("10分钟平均风速", fmt(0, 22, 1), "weather_value|number"),
        ("风向", whole(0, 359), "weather_value|number"),
        ("海平面气压", fmt(990, 1035, 1), "weather_value|number"),
        ("能见度", whole(80, 30000), "weather_value|number"),
        ("质控码", ["0", "1", "9"], NUM),
    )
    c.suffix, c.writer = ".dat", as_fixed


@case(60)
def ygxx(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("工号", seq(60, "LG{:05d}", 10041), "employee_no", key("employee_no")),
        ("姓名", v.name, "name_cn!"),
        ("身份证件号码", v.prc, ID, key(ID, damage=id_spaced)),
        ("手机号", v.mobile, TEL, key(TEL, damage=wide)),
        ("企业邮箱", v.email, "email", key("email")),
        ("民族", ["汉族", "回族", "满族"], "ethnicity!"),
        ("婚姻状况", ["已婚", "未婚", "离异"], "marital_status!"),
        ("政治面貌", ["中共党员", "群众", "共青团员"], "political_status!"),
        ("学历", ["本科", "硕士", "大专"], "education!"),
        ("岗位", ["调度员", "会计", "叉车司机"], "occupation|category!"),
        ("合同到期日", day("%Y/%m/%d", 2026, 2030), DAY),
        ("应发工资", fmt(5200, 42000, 2), "income|number!"),
        ("考勤备注", ["", "外勤", "年假"], TEXT),
    )
    c.order = (ID, TEL, "email", "employee_no")
    c.suffix, c.writer = ".xlsx", front_sheet("2026年9月员工花名册")


@case(60)
def zyjl(c: Case) -> None:
    c.strong = (ID,)
    notes = [
        f"患者{v.name(c.r)}，家属电话{v.mobile(c.r)}，{x}" for x in ("血压平稳", "予以降糖", "建议复查") * 20
    ]
    put(
        c,
        ("ZYH", code("ZY26######"), "medical_record_no|order_no!"),
        ("HZXM", v.name, "name_cn!"),
        ("SFZH", v.prc, ID, key(ID)),
        ("CSRQ", day("%Y%m%d", 1940, 2015), "birth_date|date!"),
        ("XB", ["男", "女"], "gender!"),
        ("XX", ["A", "B", "O", "AB"], "blood_type|category!"),
        ("RYZD", ["2型糖尿病", "高血压病3级", "肺部感染"], "diagnosis!"),
        ("ICD_BM", ["E11.901", "I10.x05", "J18.900"], "icd10!"),
        ("SSBM", ["36.0601", "51.2300", ""], "icd9_procedure|category!"),
        ("BCJL", tuple(notes), "medical_text|text!", {"embedded": (TEL,)}),
        ("ZFY", fmt(800, 90000, 2), "number"),
        ("CYRQ", v.moment, WHEN),
    )  # fmt: skip
    c.writer = as_csv(encoding="utf-16", delimiter="\t")
    c.count = False


# Schools, property, telecommunication


@case(60)
def xuesheng_tw(c: Case) -> None:
    c.strong = ("taiwan_id",)
    put(
        c,
        ("學號", seq(60, "B1120{:04d}", 2107), "student_id|order_no", key("student_id")),
        ("學生姓名", ["陳怡君", "林冠宇", "黃雅婷", "張家豪", "吳承恩"], "name_cn!"),
        ("身分證字號", v.taiwan, "taiwan_id", key("taiwan_id")),
        ("生日", day("%Y/%m/%d", 2002, 2008), "birth_date!"),
        ("系所", ["資訊工程學系", "航運管理學系", "外國語文學系"], WORD + "|org_name"),
        ("監護人", ["陳文雄", "林麗華", "黃國榮"], "name_cn!"),
        ("連絡電話", lambda r: f"09{v.num(r, 2)}-{v.num(r, 3)}-{v.num(r, 3)}", "phone_intl", key("phone_intl")),
        ("通訊地址", lambda r: f"高雄市{r.choice(('鼓山區', '左營區'))}{r.choice(('中山路', '自由路'))}{r.randint(1, 300)}號{r.randint(2, 15)}樓", "address_cn|address_text!"),
        ("學期成績", fmt(42, 99, 1), "number?"),
        ("低收入戶", ["是", "否", "否"], "boolean|category?"),
    )  # fmt: skip
    c.order = ("taiwan_id", "phone_intl", "student_id")
    c.writer = as_csv(encoding="big5")


@case(50)
def wy_yezhu(c: Case) -> None:
    put(
        c,
        ("房号", lambda r: f"{r.randint(1, 18)}-{r.randint(1, 3)}-{r.randint(1, 22)}0{r.randint(1, 4)}", "order_no|category|text|address_text|address_cn?"),
        ("业主", v.name, "name_cn!"),
        ("联系方式", v.mobile, TEL, key(TEL, damage=dot_zero)),
        ("车牌", v.plate, "plate_cn", key("plate_cn")),
        ("建面㎡", fmt(58, 180, 2), "number"),
        ("月物业费", lambda r: f"{r.randint(200, 900)}元", "number|text"),
        ("欠费", ["0", "0", "486.5"], NUM),
        ("是否出租", ["Y", "N"], "boolean|category"),
        ("备注", ["", "装修中", "有宠物"], TEXT),
    )  # fmt: skip
    c.order = (TEL, "plate_cn")
    c.suffix, c.writer = ".xls", as_csv(encoding="gb18030", before=("海港花园业主名册,,,,,,,,",))


@case(100)
def cdr_export(c: Case) -> None:
    put(
        c,
        ("calling_nbr", v.mobile, TEL, key(TEL)),
        ("called_nbr", v.mobile, TEL, key(TEL)),
        ("imsi_no", lambda r: "46001" + v.num(r, 10), "imsi", key("imsi")),
        ("imei_no", v.imei, "imei", key("imei")),
        ("start_time", lambda r: v.date(r, "%Y%m%d") + f"{r.randint(0, 23):02}{r.randint(0, 59):02}{r.randint(0, 59):02}", "datetime|number|date"),
        ("call_dur", whole(1, 3600), NUM),
        ("lac_ci", lambda r: f"{r.randint(4096, 65000)}-{r.randint(1, 65000)}", "order_no|text|category"),
        ("roam_type", ["0", "1", "3"], NUM),
        ("call_fee", fmt(0, 12, 2), "number"),
        ("term_ip", v.ip, "ipv4!"),
    )  # fmt: skip
    c.suffix, c.writer = ".parquet", as_parquet
    c.count = False


# Customs, logistics, and needles


@case(70)
def bgd_head(c: Case) -> None:
    put(
        c,
        ("entry_id", lambda r: v.declaration(r, True), "customs_declaration|order_no"),
        ("i_e_date", day("%Y%m%d"), "date|number"),
        ("trade_co", lambda r: "3122" + v.num(r, 6), "customs_registration|order_no|number"),
        ("trade_co_scc", v.uscc, "uscc"),
        ("owner_name", v.company, "org_name"),
        ("code_ts", ["8471300000", "8703234190", "3004909099"], "hs_code|number|category"),
        ("g_name", ["便携式电脑", "越野车", "胰岛素注射液"], "cargo_name|category|text"),
        ("g_model", ["4|3|联想|无型号", "4|2|品牌车型", "4|0|10ml*1支"], TEXT + "|cargo_name"),
        ("decl_total", fmt(100, 900000, 2), "number"),
        ("trade_curr", ["USD", "CNY", "JPY"], "currency|category"),
        ("origin_country", ["502", "116", "304"], "country|category|number"),
        ("traf_mode", ["2", "5", "4"], NUM),
        ("bill_no", lambda r: "OOLU" + v.num(r, 10), "bill_of_lading|order_no"),
        ("gross_wet", whole(10, 20000), "number"),
    )
    c.suffix, c.writer = ".json", as_json


@case(2000)
def gate_texts(c: Case) -> None:
    kinds = ("车辆已放行", "地磅复称", "箱体破损已拍照", "等待查验")
    texts = [f"{c.r.choice(kinds)} 流水{v.num(c.r, 18)}" for _ in range(2000)]
    texts[217] = f"司机身份证{v.prc(c.r)}登记入场"
    texts[1011] = f"联系{v.mobile(c.r)}补单"
    texts[1966] = f"退款到{v.card(c.r, bin_='622848')}"
    put(
        c,
        ("日志序号", seq(2000), NUM + "|order_no"),
        ("记录时间", v.moment, WHEN),
        ("日志内容", tuple(texts), "text!", {"embedded": (ID, TEL, "bank_card")}),
        ("版本", lambda r: f"1.{r.randint(0, 9)}.{r.randint(0, 99)}.{r.randint(1, 250)}", "version|text"),
        ("闸道", ["G1", "G2", "G3"], WORD + "|order_no"),
    )
    c.count = False


@case(60)
def paketliste(c: Case) -> None:
    put(
        c,
        ("Sendungsnummer", lambda r: "00340" + v.num(r, 15), "express_waybill|order_no|number"),
        ("Empfänger", ["Jürgen Weiß", "Anke Größl", "Murat Yıldız", "Sofie Krämer"], "name_latin!"),
        ("Straße und Hausnr.", lambda r: f"{r.choice(('Lindenweg', 'Hafenstraße', 'Am Markt'))} {r.randint(1, 120)}", "address_latin|address_text!"),
        ("PLZ", lambda r: v.num(r, 5, "12345678"), "postcode_intl|number"),
        ("Ort", ["Hamburg", "Lübeck", "Köln"], WORD + "|address_text"),
        ("Telefonnummer", lambda r: f"+49 {r.choice(('151', '170', '160'))} {v.num(r, 8)}", "phone_intl", key("phone_intl")),
        ("Gewicht (kg)", lambda r: f"{r.randint(0, 30)},{v.num(r, 2)}", "number"),
        ("Zolltarifnummer", ["61091000", "85171300", "95030095"], "hs_code|number|category|order_no"),
        ("Warenwert", lambda r: f"{r.randint(8, 900)},{v.num(r, 2)} EUR", "number|text"),
        ("Zugestellt am", day("%d.%m.%Y"), DAY),
        ("Bemerkung", ["", "Nachbar", "Packstation"], TEXT),
    )  # fmt: skip
    c.writer = as_csv(delimiter=";")


@case(60)
def clientes_br(c: Case) -> None:
    c.strong = ("cpf_br",)
    put(
        c,
        ("Nome completo", ["João da Silva", "Maria Aparecida Souza", "Antônio Carlos Pereira", "Letícia Gonçalves"], "name_latin!"),
        ("CPF", cpf, "cpf_br", key("cpf_br")),
        ("Data de nascimento", day("%d/%m/%Y", 1948, 2004), "birth_date!"),
        ("E-mail", v.email, "email", key("email")),
        ("Celular", lambda r: f"+55 (11) 9{v.num(r, 4)}-{v.num(r, 4)}", "phone_intl", key("phone_intl")),
        ("CEP", lambda r: f"0{v.num(r, 4)}-{v.num(r, 3)}", "postcode_intl|text|order_no"),
        ("Endereço", lambda r: f"Rua {r.choice(('das Flores', 'XV de Novembro', 'Augusta'))}, {r.randint(1, 2000)}", "address_latin|address_text|text!"),
        ("Renda mensal", lambda r: f"R$ {r.randint(1, 19)}.{v.num(r, 3)},{v.num(r, 2)}", "income|number!"),
        ("Score de crédito", whole(300, 950), "credit_score|number!"),
        ("Ativo", ["Sim", "Não"], "boolean|category"),
    )  # fmt: skip
    c.order = ("cpf_br", "phone_intl", "email")


@case(60)
def haken_staff(c: Case) -> None:
    put(
        c,
        ("スタッフ番号", seq(60, "ST{:06d}", 120033), "employee_no|order_no!"),
        ("氏名", ["佐藤 美咲", "鈴木 一郎", "高橋 健", "伊藤 さくら"], "name_cn|name_other!"),
        ("フリガナ", ["サトウ ミサキ", "スズキ イチロウ", "タカハシ ケン"], "name_other|name_part!"),
        ("個人番号", lambda r: (lambda b: b + d.my_number(b))(v.num(r, 11, "123456789")), "my_number!"),
        ("生年月日", day("%Y年%m月%d日", 1960, 2004), "birth_date!"),
        ("携帯番号", lambda r: f"080-{v.num(r, 4)}-{v.num(r, 4)}", "phone_intl!"),
        ("郵便番号", lambda r: f"{v.num(r, 3, '123')}-{v.num(r, 4)}", "postcode_intl|order_no|text"),
        ("住所", lambda r: f"神奈川県横浜市{r.choice(('中区', '西区', '鶴見区'))}{r.randint(1, 5)}-{r.randint(1, 20)}-{r.randint(1, 9)}", "address_text|address_cn|text!"),
        ("時給", whole(1120, 2400), "income|number!"),
        ("既往歴", ["なし", "喘息", "高血圧"], "medical_text|diagnosis|category|text!"),
        ("備考", ["", "夜勤可", "車通勤"], TEXT),
    )  # fmt: skip
    c.writer = as_csv(encoding="cp932")
    c.count = False
