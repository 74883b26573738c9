"""Eleventh hand: sheets that people type by hand, at gates, fairs, schools, yards and clinics, in several languages. Labelled before a scan ever saw them."""

from messy import digits as d
from messy import values as v
from messy.frame import CODE, Case, as_csv, as_jsonl, as_parquet, as_xlsx, id_spaced, phone_styles, wide
from messy.judges import two_headed
from messy.makers import seq
from messy.tables import case

ID = "prc_resident_id"
CODES = "|".join(CODE)
DATE = "date|datetime"
WORD = "category|text"
NUM = "number|category"
CLOCK = "time_of_day|datetime|text|category"


def clock(r: v.R) -> str:
    return f"{r.randint(7, 19)}:{r.randint(0, 59):02}"


@case(60)
def gate_book(c: Case) -> None:
    c.add("日期", lambda r: f"{r.randint(9, 11)}月{r.randint(1, 28)}日", "date|datetime|text|category")
    c.add("来访者", v.name, "name_cn", p=True)
    c.add("来访单位", v.company, "org_name")
    c.add("事由", ["送货", "面试", "设备检修", "开会"], WORD)
    c.add("被访人", v.name, "name_cn", p=True)
    c.add("车号", v.plate, "plate_cn", p=True, empty=0.4)
    c.add("进厂", clock, CLOCK)
    c.add("出厂", clock, CLOCK)
    c.add("体温", lambda r: f"{r.uniform(36, 37):.1f}℃", "lab_result|weather_value|number|text", p=None)
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("门卫登记簿", "（2026年第三季度）"), merge=True)
    c.count = False


@case(35)
def name_cards(c: Case) -> None:
    c.add("Company", v.firm, "org_name")
    c.add("Attendee", v.latin, "name_latin", p=True)
    c.add(
        "Position",
        ["Sales Manager", "CEO", "Purchasing Director", "Engineer"],
        "occupation|category|text",
        p=None,
    )
    c.add("M/P", lambda r: f"+65 {r.choice('89')}{v.num(r, 3)} {v.num(r, 4)}", "phone_intl", p=True)
    c.add("E-mail", v.email, "email", key="email")
    c.add("Add.", v.street, "address_latin|address_text", p=True)
    c.add("Interest", ["A - hot", "B", "C - later"], WORD)
    c.count = False


@case(50)
def cruise_guests(c: Case) -> None:
    c.add("Cabin", lambda r: f"{r.randint(5, 14)}{v.num(r, 3)}", NUM + "|order_no")
    c.add("Pax Name", lambda r: f"{r.choice(v.FAMILY)}/{r.choice(v.FIRST)}", "name_latin", p=True)
    c.add("D.O.B", lambda r: v.date(r, "%d-%b-%Y", 1940, 2015), "birth_date", p=True)
    c.add(
        "Passport #", lambda r: r.choice("KLMN") + v.num(r, 8), "passport_foreign|exit_entry_permit", p=True
    )
    c.add("Emergency Contact", v.latin, "name_latin", p=True)
    c.add("Emergency Tel", lambda r: f"+44 7{v.num(r, 3)} {v.num(r, 6)}", "phone_intl", p=True)
    c.add("Dietary", ["None", "Vegetarian", "Halal", "Gluten free"], WORD + "|medical_text|religion")
    c.count = False


@case(40)
def summer_camp(c: Case) -> None:
    c.add("孩子姓名", v.name, "name_cn", p=True)
    c.add("出生日期", lambda r: v.date(r, "%Y.%m.%d", 2012, 2019), "birth_date", p=True)
    c.add("就读学校", ["明珠小学", "临港第一小学", "建平实验中学"], "org_name|category|text")
    c.add(
        "有无过敏",
        ["无", "花生过敏", "海鲜过敏", "青霉素过敏"],
        "medical_text|category|text|diagnosis",
        p=None,
    )
    c.add("爸爸手机", v.mobile, "mobile_cn", key="mobile_cn")
    c.add("妈妈手机", v.mobile, "mobile_cn", p=True, empty=0.2)
    c.add("T恤尺码", ["120", "130", "140", "150"], NUM + "|text")
    c.suffix, c.writer = ".xlsx", as_xlsx()
    c.count = False


@case(70)
def yard_eir(c: Case) -> None:
    c.add("柜号", v.container, "container_no")
    c.add("柜型", ["40HQ", "20GP", "45HC"], WORD + "|order_no")
    c.add("进场", v.moment, "datetime")
    c.add("拖头", v.plate, "plate_cn", p=True)
    c.add("师傅", v.name, "name_cn", p=True)
    c.add("师傅电话", v.mobile, "mobile_cn", key="mobile_cn", damage=phone_styles)
    c.add("箱况", ["好", "破损", "污箱"], WORD)
    c.writer = as_csv(encoding="gb18030")
    c.count = False


@case(45)
def sondage(c: Case) -> None:
    c.add("Prénom", ["Chloé", "Hugo", "Inès", "Théo", "Zoé"], "name_part", p=True)
    c.add("Nom", ["Lefèvre", "Garnier", "Faure", "Rousseau", "Mercier"], "name_part|name_latin", p=True)
    c.add("Code postal", lambda r: v.num(r, 5, "12345679"), "postcode_intl|number", p=None)
    c.add("Ville", ["Lyon", "Nantes", "Lille"], WORD)
    c.add("Courriel", v.email, "email", key="email")
    c.add(
        "Tél. portable",
        lambda r: f"0{r.choice('67')} {v.num(r, 2)} {v.num(r, 2)} {v.num(r, 2)} {v.num(r, 2)}",
        "phone_intl",
        p=True,
    )
    c.add("Consentement", ["oui", "non"], "boolean|category")
    c.writer = as_csv(encoding="cp1252", delimiter=";")
    c.count = False


@case(40)
def clinica(c: Case) -> None:
    c.add("Nº historia", lambda r: v.num(r, 6, "123"), "medical_record_no|number|order_no", p=None)
    c.add(
        "Nombre del paciente",
        ["María José Ruiz", "Antonio Gómez Prieto", "Lucía Navarro", "Pablo Ortega Sanz"],
        "name_latin",
        p=True,
    )
    c.add("Fecha nac.", lambda r: v.date(r, "%d/%m/%Y", 1940, 2018), "birth_date", p=True)
    c.add("Sexo", ["H", "M"], "gender|category", p=None)
    c.add(
        "Diagnóstico",
        ["Hipertensión arterial", "Diabetes tipo 2", "Asma bronquial"],
        "diagnosis|medical_text|category",
        p=None,
    )
    c.add("Médico", ["Dr. Serrano", "Dra. Molina"], "name_latin|category|text", p=None)
    c.count = False


@case(50)
def cong_nhan(c: Case) -> None:
    c.add("STT", seq(50), NUM + "|order_no")
    c.add(
        "Họ và tên",
        ["Nguyễn Văn An", "Trần Thị Bích", "Lê Hoàng Minh", "Phạm Thu Hà"],
        "name_latin|name_other",
        p=True,
    )
    c.add("Ngày sinh", lambda r: v.date(r, "%d/%m/%Y", 1970, 2004), "birth_date", p=True)
    c.add("Số CCCD", lambda r: "0" + v.num(r, 11), "cccd_vn", p=True)
    c.add("SĐT", lambda r: f"0{r.choice('3579')}{v.num(r, 8)}", "phone_intl", p=True)
    c.add("Lương cơ bản", lambda r: f"{r.randint(5, 15)}.{v.num(r, 3)}.000", "income|number|text", p=None)
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("DANH SÁCH CÔNG NHÂN",), merge=True)
    c.count = False


@case(70)
def loan_book(c: Case) -> None:
    c.strong = (ID,)
    c.add("借据号", lambda r: "JJ" + v.num(r, 14), CODES)
    c.add("借款客户", v.name, "name_cn", p=True)
    c.add("证件", v.prc, ID, key=ID, damage=wide)
    c.add("放款日", lambda r: v.date(r, "%y/%m/%d"), DATE)
    c.add("余额(万)", lambda r: f"{r.uniform(1, 300):.2f}", "number|investor_holding", p=None)
    c.add("逾期天数", lambda r: str(r.choice((0, 0, 0, 12, 95))), "credit_score|number|category", p=None)
    c.add("五级分类", ["正常", "关注", "次级"], WORD)
    c.writer = as_csv(delimiter="\t", encoding="utf-16")


@case(80)
def smart_homes(c: Case) -> None:
    c.add("sn", lambda r: "HX" + v.num(r, 10), "device_id|order_no", p=None)
    c.add("uid", lambda r: v.num(r, 8, "12345"), "customer_no|number|order_no|social_account", p=None)
    c.add(
        "wifiSsid",
        lambda r: r.choice(("TP-LINK_", "CMCC-", "HUAWEI-")) + v.hexes(r, 4).upper(),
        "device_id|text|order_no|category",
        p=None,
    )
    c.add("wan_ip", v.ip, "ipv4", p=True)
    c.add("lastOnline", v.ms, "timestamp|number|datetime")
    c.add("lightOn", ["true", "false"], "boolean|category")
    c.add("roomTemp", lambda r: f"{r.uniform(15, 30):.1f}", "number|weather_value")
    c.suffix, c.writer = ".parquet", as_parquet
    c.count = False


@case(80)
def rides(c: Case) -> None:
    spots = [v.lonlat(c.r) for _ in range(80)]
    c.add("行程ID", lambda r: v.num(r, 19, "1"), CODES)
    c.add("司机师傅", lambda r: r.choice("王李张刘陈") + "师傅", "name_masked|name_cn|category|text", p=None)
    c.add("乘客手机", lambda r: f"{v.mobile(r)[:3]}****{v.num(r, 4)}", "mobile_masked", p=True)
    c.add(
        "上车点",
        ["临港大道地铁站1号口", "滴水湖馨苑南门", "海昌公园停车场"],
        "address_text|address_cn|text|category",
        p=None,
    )
    c.add("上车经纬度", tuple(f"{a},{b}" for a, b in spots), "lonlat|trajectory", p=None)
    c.add("应付(元)", lambda r: f"{r.uniform(8, 120):.2f}", "number")
    c.add("评分", ["5", "5", "4", ""], NUM + "|text")
    c.count = False


@case(30)
def gene_tests(c: Case) -> None:
    c.add("样本", lambda r: "LG26" + v.num(r, 6), "specimen_no|order_no", p=None)
    c.add("送检医院", ["示例区人民医院", "示例大学附属医院"], "org_name|category|text")
    c.add("受检人", v.name, "name_cn", p=True)
    c.add("年龄（岁）", lambda r: str(r.randint(20, 85)), "age", p=True)
    c.add("基因", ["EGFR", "ALK", "KRAS"], WORD + "|order_no")
    c.add(
        "核苷酸变化",
        lambda r: f"c.{r.randint(100, 3000)}{r.choice('ACGT')}>{r.choice('ACGT')}",
        "genetic_variant",
        p=True,
    )
    c.add("丰度", lambda r: f"{r.uniform(0.5, 60):.2f}%", "number|text|lab_result", p=None)
    c.count = False


@case(50)
def motor_broker(c: Case) -> None:
    c.strong = (ID,)
    c.add("姓名", v.name, "name_cn", p=True)
    c.add("证件号", v.prc, ID, key=ID, damage=id_spaced)
    c.add("牌照", v.plate, "plate_cn", p=True)
    c.add("大架号", lambda r: v.vin(r, "LSG"), "vin", p=True)
    c.add("交强险", lambda r: f"{r.choice((665, 760, 950))}.00", NUM)
    c.add("起保", lambda r: v.date(r, "%Y-%m-%d"), DATE)
    c.suffix, c.writer = ".xlsx", two_headed((("投保人", 2), ("车辆", 2), ("保费", 2)), "续保清单 10 月")
    c.count = False


@case(60)
def chat_export(c: Case) -> None:
    lines = [
        c.r.choice(("好的收到", "明天几点到货？", "发票开好了吗", "[图片]", "稍等我问下仓库"))
        for _ in range(60)
    ]
    lines[9] = f"我电话{v.mobile(c.r)}，到了打给我"
    lines[33] = f"身份证号是{v.prc(c.r)}"
    c.add("发送人", v.name, "name_cn", p=True)
    c.add("发送时间", v.moment, "datetime")
    c.add("消息", tuple(lines), "search_history|text|category", p=True, embedded=("mobile_cn", ID))
    c.add("是否撤回", ["否", "是"], "boolean|category")
    c.suffix = ".jsonl"
    c.writer = as_jsonl()
    c.count = False


@case(45)
def pracownicy(c: Case) -> None:
    c.add("Lp.", seq(45), NUM + "|order_no")
    c.add(
        "Nazwisko i imię",
        ["Kowalska Anna", "Wiśniewski Piotr", "Zieliński Łukasz", "Nowak Małgorzata"],
        "name_latin",
        p=True,
    )
    c.add("Data ur.", lambda r: v.date(r, "%d.%m.%Y", 1960, 2003), "birth_date", p=True)
    c.add("Nr rachunku", lambda r: "PL" + (lambda b: d.mod97(b + "PL") + b)(v.num(r, 24)), "iban", p=True)
    c.add(
        "Wynagrodzenie brutto",
        lambda r: f"{r.randint(4, 19)} {v.num(r, 3)},00 zł",
        "income|number|text",
        p=None,
    )
    c.add("Stanowisko", ["operator", "magazynier", "kierownik"], "occupation|category", p=None)
    c.writer = as_csv(encoding="cp1250", delimiter=";")
    c.count = False


@case(35)
def tenancies(c: Case) -> None:
    c.strong = ("hkid",)
    c.add(
        "Tenant 租客",
        lambda r: r.choice(("陳志強", "李美儀", "黃家俊", "何詠詩", "吳子軒")),
        "name_cn",
        p=True,
    )
    c.add("HKID No.", v.hkid, "hkid", key="hkid")
    c.add(
        "Flat 單位",
        lambda r: f"Flat {r.choice('ABCD')}, {r.randint(2, 40)}/F",
        "address_latin|address_text|text|category|org_name",
        p=None,
    )
    c.add("Monthly Rent (HK$)", lambda r: f"{r.randint(9, 40)},{v.num(r, 1)}00", "number|income", p=None)
    c.add("Commencement", lambda r: v.date(r, "%d %b %Y"), DATE)
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("Tenancy Schedule",))


@case(40)
def crew_medicals(c: Case) -> None:
    c.strong = (ID,)
    c.add("体检人", v.name, "name_cn", p=True)
    c.add("居民身份证", v.prc, ID, key=ID)
    c.add("身高", lambda r: str(r.randint(158, 190)), "lab_result|number", p=None)
    c.add(
        "血压mmHg", lambda r: f"{r.randint(100, 150)}/{r.randint(60, 95)}", "lab_result|text|category", p=None
    )
    c.add("色觉", ["正常", "色弱"], WORD + "|lab_result", p=None)
    c.add("乙肝表面抗原", ["阴性", "阴性", "阳性"], "lab_result|category|text", p=None)
    c.add("是否适合海上服务", ["适合", "不适合"], WORD + "|boolean")
    c.count = False


@case(60)
def air_loads(c: Case) -> None:
    c.add("MAWB#", v.awb, "air_waybill")
    c.add("SHPR", v.firm, "org_name")
    c.add("CNEE", v.firm, "org_name")
    c.add("PCS", lambda r: str(r.randint(1, 400)), "number")
    c.add("G.W.", lambda r: f"{r.uniform(10, 4000):.1f}K", "number|text|category")
    c.add("FLT", ["CK261", "CZ449", "LH8403"], "voyage_no|category")
    c.add("DEST", ["FRA", "AMS", "ORD"], WORD + "|un_locode|country")
    c.count = False


@case(70)
def crash_reports(c: Case) -> None:
    c.add(
        "user_pseudo_id", lambda r: v.hexes(r, 32), "device_id|hash|social_account|customer_no|uuid", p=None
    )
    c.add("model", ["SM-S9280", "iPhone16,2", "24031PN0DC"], WORD + "|order_no|device_id")
    c.add("os", ["Android 15", "iOS 18.1"], WORD + "|version")
    c.add("clientIp", v.ip, "ipv4", p=True)
    c.add(
        "stacktrace",
        ["NullPointerException at MainActivity:88", "OOM in ImageLoader", "ANR in service"],
        WORD,
    )
    c.add("free_mem_mb", lambda r: str(r.randint(40, 4000)), "number")
    c.count = False


@case(50)
def influencers(c: Case) -> None:
    c.add(
        "达人昵称",
        ["小鱼爱吃糖", "老张聊车", "Momo酱", "海边的卡夫卡"],
        "social_account|text|category",
        p=None,
    )
    c.add("粉丝数（万）", lambda r: f"{r.uniform(1, 900):.1f}", "number")
    c.add("报价", lambda r: str(r.randint(5, 200) * 100), "number")
    c.add("商务微信", lambda r: "wx_" + v.hexes(r, 8), "wechat", p=True)
    c.add("收款支付宝", v.mobile, "mobile_cn|payment_account", p=True)
    c.add("真名", v.name, "name_cn", p=True)
    c.count = False


# Nobody is in these


@case(60)
def bird_walks(c: Case) -> None:
    c.add("Species", ["Black-faced Spoonbill", "Great Egret", "Dunlin"], WORD + "|name_latin")
    c.add("Count", lambda r: str(r.randint(1, 300)), "number")
    c.add("Age", ["Adult", "Juvenile"], WORD + "|age")
    c.add("Sex", ["M", "F", "U"], "gender|category|text")
    c.add("Site", ["Nanhui Dongtan", "Dishui Lake"], WORD)
    c.add("Obs. date", lambda r: v.date(r, "%d/%m/%Y"), DATE)


@case(60)
def exchange_rates(c: Case) -> None:
    c.add("货币名称", ["美元", "欧元", "日元", "英镑"], "currency|category")
    c.add("现汇买入价", lambda r: f"{r.uniform(4, 900):.2f}", "number")
    c.add("中行折算价", lambda r: f"{r.uniform(4, 900):.2f}", "number")
    c.add("发布时间", lambda r: v.moment(r).replace("-", "."), "datetime|text")


@case(50)
def server_list(c: Case) -> None:
    c.add(
        "hostname",
        lambda r: f"lg-{r.choice(('web', 'db', 'mq'))}-{r.randint(1, 40):02}",
        WORD + "|order_no|device_id|social_account",
    )
    c.add("内网IP", v.ip, "ipv4", p=None)
    c.add("CPU核数", ["8", "16", "64"], NUM)
    c.add("归属部门", ["平台部", "数据部"], WORD + "|org_name")
    c.add("上架日期", v.date, DATE)
    c.count = False


@case(50)
def question_bank(c: Case) -> None:
    c.add("题号", seq(50), NUM + "|order_no")
    c.add("题干", ["船舶进出港报告应在何时提交？", "下列哪项属于重要数据？", "集装箱铅封号记录于？"], WORD)
    c.add("答案", ["A", "B", "C", "D"], WORD)
    c.add("难度", ["易", "中", "难"], WORD)
    c.add("出题年份", lambda r: str(r.randint(2019, 2026)), "number|date|category")


@case(40)
def allergens(c: Case) -> None:
    """A menu: allergies of no person."""
    c.add("菜品", ["红烧肉", "白灼虾", "宫保鸡丁", "花生酥"], WORD + "|cargo_name")
    c.add("过敏原", ["大豆", "甲壳类", "花生", "花生"], WORD + "|medical_text", p=None)
    c.add("热量(kcal)", lambda r: str(r.randint(80, 900)), "number")
    c.add("适合年龄", ["3岁以上", "全年龄"], WORD + "|age")
    c.add("售价", lambda r: f"￥{r.randint(8, 88)}", "number|text|category")
