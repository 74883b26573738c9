"""Fifth hand: who is counted, and public tables once more. Labelled before a scan ever saw them.

The counts are those of the stated rule: two identity numbers in one row are two persons, a telephone or a mail counts only where nothing surer stands.
"""

from messy import values as v
from messy.frame import (
    CODE,
    Case,
    as_csv,
    as_json,
    as_jsonl,
    as_parquet,
    as_xlsx,
    id_spaced,
    phone_styles,
    quoted,
    wide,
)
from messy.makers import seq
from messy.tables import case
from messy.wards import invisible

ID = "prc_resident_id"
CODES = "|".join(CODE)
DATE = "date|datetime"
WORD = "category|text"
NUM = "number|category"


def some(c: Case, pool: list[str], n: int) -> tuple[str, ...]:
    return tuple(c.r.choice(pool) for _ in range(n))


@case(200)
def visits_repeated(c: Case) -> None:
    """The same 60 patients again and again, every number written another way."""
    c.strong = (ID,)
    people = [v.prc(c.r, low=1950, high=1998) for _ in range(60)]
    c.add("就诊卡", lambda r: "K" + v.num(r, 8), "medical_record_no|customer_no|order_no", p=None)
    c.add(
        "身份号",
        some(c, people, 200),
        ID,
        key=ID,
        damage=lambda r, x: r.choice((id_spaced, wide, invisible, quoted))(r, x),
    )
    c.add("科别", ["内科", "外科", "儿科"], WORD)
    c.add("挂号费", ["10", "25", "50"], NUM)
    c.columns[0].key = None
    c.count = False


@case(160)
def old_and_new_numbers(c: Case) -> None:
    c.strong = (ID,)
    people = [v.prc(c.r, low=1940, high=1980) for _ in range(70)]
    c.add(
        "投保人证件",
        some(c, people, 160),
        ID,
        key=ID,
        damage=lambda r, x: v.fifteen(x) if r.random() < 0.4 else x,
    )
    c.add("投保日期", v.date, DATE)
    c.add("保费", v.money, "number")


@case(90)
def permits_renewed(c: Case) -> None:
    c.strong = ("home_return_permit",)
    base = [c.r.choice("HM") + v.num(c.r, 8) for _ in range(40)]
    c.add(
        "回乡证号码",
        some(c, base, 90),
        "home_return_permit",
        key="home_return_permit",
        damage=lambda r, x: x + r.choice(("", "00", "01", "02")),
    )
    c.add("入境口岸", ["罗湖", "拱北", "浦东机场"], WORD)
    c.add("入境时间", v.moment, "datetime")


@case(120)
def household_phones(c: Case) -> None:
    """One telephone for a family of which each has an identity number; some rows have the telephone alone."""
    c.strong = (ID,)
    homes = [v.mobile(c.r) for _ in range(30)]
    at = [c.r.randrange(30) for _ in range(120)]
    ids = [v.prc(c.r) if c.r.random() < 0.8 else None for _ in range(120)]
    c.add("家庭成员身份证号", tuple(ids), ID, key=ID)
    c.add("家庭联系电话", tuple(homes[i] for i in at), "mobile_cn", key="mobile_cn", damage=phone_styles)
    c.add(
        "门牌",
        lambda r: f"{r.randint(1, 40)}号{r.randint(101, 1804)}",
        WORD + "|address_text|order_no",
        p=None,
    )


@case(100)
def bridge_of_three(c: Case) -> None:
    """Number and telephone here, telephone and mail there, mail alone elsewhere: one and the same person."""
    c.strong = (ID,)
    n = 34
    ids, phones, mails = (
        [v.prc(c.r) for _ in range(n)],
        [v.mobile(c.r) for _ in range(n)],
        [f"user{i}@example.com" for i in range(n)],
    )
    who = [c.r.randrange(n) for _ in range(100)]
    kind = [c.r.randrange(3) for _ in range(100)]
    c.add("idNo", tuple(ids[w] if k == 0 else None for w, k in zip(who, kind, strict=True)), ID, key=ID)
    c.add(
        "mobileNo",
        tuple(phones[w] if k < 2 else None for w, k in zip(who, kind, strict=True)),
        "mobile_cn",
        key="mobile_cn",
    )
    c.add(
        "mail",
        tuple(mails[w] if k > 0 else None for w, k in zip(who, kind, strict=True)),
        "email",
        key="email",
    )
    c.suffix, c.writer = ".jsonl", as_jsonl()


@case(70)
def emergency_contacts(c: Case) -> None:
    c.strong = (ID,)
    c.add("员工身份证", v.prc, ID, key=ID)
    c.add("员工手机", v.mobile, "mobile_cn", key="mobile_cn")
    c.add("紧急联系人姓名", v.name, "name_cn", p=True)
    c.add("紧急联系人手机", v.mobile, "mobile_cn", key="mobile_cn")
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("紧急联系人登记表",), merge=True)


@case(60)
def guardians_of_minors(c: Case) -> None:
    c.strong = (ID,)
    adults = [v.prc(c.r, low=1980, high=1992) for _ in range(40)]
    c.add("幼儿身份证号", lambda r: v.prc(r, low=2019, high=2023), ID, key=ID)
    c.add("幼儿姓名", v.name, "name_cn", p=True)
    c.add("父亲身份证", some(c, adults[:20], 60), ID, key=ID)
    c.add("母亲身份证", some(c, adults[20:], 60), ID, key=ID)
    c.add("过敏食物", ["鸡蛋", "花生", "无"], WORD + "|medical_text", p=None)


@case(80)
def same_person_two_forms(c: Case) -> None:
    """Hong Kong card in three writings."""
    c.strong = ("hkid",)
    people = [v.hkid(c.r) for _ in range(30)]
    c.add(
        "HKID",
        some(c, people, 80),
        "hkid",
        p=True,
        damage=lambda r, x: r.choice((x, x.replace("(", "").replace(")", ""), x.lower())),
    )
    c.add("Chinese Name", v.name, "name_cn", p=True)
    c.add("Amount HKD", v.money, "number")
    c.count = False


@case(120)
def sales_people_many_mails(c: Case) -> None:
    mails = [f"sales{i}@example.com" for i in range(4)]
    phones = [v.mobile(c.r) for _ in range(90)]
    c.add(
        "客户手机",
        some(c, phones, 120),
        "mobile_cn",
        key="mobile_cn",
        damage=lambda r, x: f'="{x}"' if r.random() < 0.5 else x,
    )
    c.add("销售邮箱", some(c, mails, 120), "email", key="email")
    c.add("意向车型", ["ES6", "Model Y", "P7"], WORD)
    c.count = False


# --- public tables once more ---------------------------------------------------------------------


@case(150)
def census_adult(c: Case) -> None:
    c.add("age", lambda r: str(r.randint(17, 90)), "age", p=True)
    c.add("workclass", ["Private", "State-gov", "Self-emp-inc"], WORD + "|occupation", p=None)
    c.add("fnlwgt", lambda r: str(r.randint(12000, 900000)), "number|order_no", p=False)
    c.add("education", ["Bachelors", "HS-grad", "Masters", "Some-college"], "education|category", p=None)
    c.add(
        "marital-status",
        ["Never-married", "Married-civ-spouse", "Divorced"],
        "marital_status|category",
        p=None,
    )
    c.add("race", ["White", "Black", "Asian-Pac-Islander"], "ethnicity|category", p=None)
    c.add("sex", ["Male", "Female"], "gender", p=True)
    c.add("hours-per-week", lambda r: str(r.randint(1, 99)), NUM, p=False)
    c.add("income", ["<=50K", ">50K"], WORD + "|income", p=None)
    c.count = False


@case(150)
def routes_dat(c: Case) -> None:
    """OpenFlights style, without a header."""
    c.add("", ["2B", "CA", "MU", "9C"], WORD, p=False)
    c.add("", lambda r: str(r.randint(300, 6000)), "number", p=False)
    c.add("", ["AER", "PVG", "LHR", "JFK"], WORD + "|country", p=False)
    c.add("", lambda r: str(r.randint(1000, 4000)), "number", p=False)
    c.add("", ["KZN", "FRA", "SIN"], WORD, p=False)
    c.add("", lambda r: "", "empty", p=False)
    c.add("", ["0", "1"], NUM + "|boolean", p=False)
    c.add("", ["CR2", "320", "77W"], WORD, p=False)
    c.writer = as_csv(header=False)


@case(200)
def covid_series(c: Case) -> None:
    c.add("Province/State", ["Hubei", "New South Wales", "", "Queensland"], WORD + "|province", p=False)
    c.add("Country/Region", ["China", "Australia", "Jordan", "Chad"], "country|category", p=False)
    c.add("Lat", lambda r: f"{r.uniform(-40, 60):.4f}", "latitude", p=False)
    c.add("Long", lambda r: f"{r.uniform(-120, 150):.4f}", "longitude", p=False)
    for day in ("1/22/20", "1/23/20", "1/24/20", "1/25/20"):
        c.add(day, lambda r: str(r.randint(0, 99999)), "number", p=False)


@case(150)
def airbnb_listings(c: Case) -> None:
    c.add("id", seq(150, "{}", 2539), "number|order_no", p=False)
    c.add(
        "name",
        ["Clean & quiet apt home by the park", "Skylit Midtown Castle", "Cozy Entire Floor"],
        WORD,
        p=False,
    )
    c.add("host_id", lambda r: v.num(r, 7, "123"), CODES + "|customer_no|imo_number", p=None)
    c.add(
        "host_name",
        ["John", "Jennifer", "Elisabeth", "LisaRoxanne", "Laura & Chris"],
        "name_part|name_latin|category",
        p=None,
    )
    c.add("neighbourhood", ["Harlem", "Midtown", "Clinton Hill", "Murray Hill"], WORD, p=False)
    c.add("latitude", lambda r: f"{r.uniform(40.5, 40.9):.5f}", "latitude|trajectory", p=None)
    c.add("longitude", lambda r: f"{r.uniform(-74.2, -73.7):.5f}", "longitude|trajectory", p=None)
    c.add("price", lambda r: f"${r.randint(30, 900)}", "number", p=False)
    c.count = False


@case(150)
def movie_ratings(c: Case) -> None:
    c.add("userId", lambda r: str(r.randint(1, 600)), "customer_no|number", p=None)
    c.add("movieId", lambda r: str(r.randint(1, 90000)), "number|order_no", p=False)
    c.add("rating", ["3.5", "4.0", "5.0"], NUM, p=False)
    c.add("timestamp", lambda r: str(1_260_000_000 + r.randrange(10**7)), "timestamp|number", p=False)
    c.count = False


@case(120)
def beijing_air(c: Case) -> None:
    for h in ("year", "month", "day", "hour"):
        c.add(
            h,
            lambda r, h=h: str(
                {
                    "year": r.randint(2010, 2015),
                    "month": r.randint(1, 12),
                    "day": r.randint(1, 28),
                    "hour": r.randint(0, 23),
                }[h]
            ),
            "number|category|date",
            p=False,
        )
    c.add("pm2.5", lambda r: r.choice((str(r.randint(3, 500)), "NA")), "number|weather_value", p=False)
    c.add("DEWP", lambda r: str(r.randint(-30, 25)), "weather_value|number", p=False)
    c.add("TEMP", lambda r: f"{r.randint(-15, 35)}.0", "weather_value|number", p=False)
    c.add("cbwd", ["NW", "SE", "cv", "NE"], WORD + "|country", p=False)
    c.add("Iws", lambda r: f"{r.uniform(0.4, 200):.2f}", "number|weather_value", p=False)


@case(100)
def vulnerabilities(c: Case) -> None:
    c.add("cve_id", lambda r: f"CVE-202{r.randint(0, 6)}-{v.num(r, 5)}", CODES, p=False)
    c.add("vendor", ["Apache", "Oracle", "Cisco", "Jenkins", "Martin"], WORD + "|org_name", p=False)
    c.add(
        "affected",
        lambda r: f"< {r.randint(1, 9)}.{r.randint(0, 9)}.{r.randint(0, 9)}.{r.randint(0, 99)}",
        WORD + "|version",
        p=False,
    )
    c.add("cvss", lambda r: f"{r.uniform(2, 10):.1f}", "number", p=False)
    c.add("published", lambda r: v.date(r) + "T10:15Z", "datetime", p=False)
    c.add(
        "references", lambda r: f"https://nvd.example.org/vuln/{v.num(r, 6)}", "url|advertising_url", p=False
    )


@case(120)
def rail_stations_cn(c: Case) -> None:
    c.add(
        "站名", ["张家口", "王岗", "李石寨", "虹桥", "陈官屯", "郭磊庄"], WORD + "|weather_station", p=False
    )
    c.add("电报码", lambda r: "".join(r.choices("ABCDEFGHJKLMN", k=3)), WORD + "|order_no", p=False)
    c.add("拼音", ["zhangjiakou", "wanggang", "lishizhai"], WORD + "|name_latin|name_part", p=False)
    c.add("所属路局", ["北京局集团", "上海局集团"], WORD + "|org_name", p=False)
    c.add("里程", lambda r: str(r.randint(1, 2300)), "number|vehicle_speed", p=False)


@case(120)
def universities_cn(c: Case) -> None:
    c.add("学校标识码", lambda r: "4" + v.num(r, 9, "1"), CODES, p=False)
    c.add("学校名称", ["复旦大学", "上海海事大学", "宁波工程学院"], "org_name|category", p=False)
    c.add("主管部门", ["教育部", "上海市"], WORD + "|province|org_name", p=False)
    c.add("办学层次", ["本科", "专科"], WORD + "|education", p=None)
    c.add("备注", ["民办", "", "中外合作办学"], WORD, p=False)


@case(120)
def holidays_and_quotas(c: Case) -> None:
    c.add("日期", v.date, DATE, p=False)
    c.add("节日", ["春节", "清明节", "国庆节", "劳动节"], WORD, p=False)
    c.add("是否调休", ["是", "否"], "boolean", p=False)
    c.add("航班量(架次)", lambda r: str(r.randint(300, 1600)), "number", p=False)
    c.add("旅客吞吐量(万人次)", lambda r: f"{r.uniform(1, 40):.2f}", "number", p=False)
    c.add("准点率", lambda r: f"{r.uniform(60, 99):.1f}%", "number|text", p=False)


@case(100)
def lego_sets(c: Case) -> None:
    c.add("set_num", lambda r: f"{v.num(r, 4, '123456789')}-1", CODES, p=False)
    c.add(
        "name",
        ["Town Mini-Figures", "Castle 2 for 1 Bonus Offer", "Harry Potter Hogwarts", "Luke Skywalker"],
        WORD,
        p=False,
    )
    c.add("year", lambda r: str(r.randint(1965, 2024)), "number|date|category", p=False)
    c.add("theme_id", lambda r: str(r.randint(1, 700)), NUM, p=False)
    c.add("num_parts", lambda r: str(r.randint(1, 4000)), "number", p=False)
    c.suffix, c.writer = ".json", as_json


@case(100)
def port_tariff(c: Case) -> None:
    c.add("HS Code", ["8703.23.41", "8507.60.00", "3004.90.90"], "hs_code", p=False)
    c.add(
        "Description",
        ["Motor cars", "Lithium-ion accumulators", "Medicaments, other"],
        WORD + "|cargo_name",
        p=False,
    )
    c.add("MFN Rate", ["15%", "10%", "Free"], WORD + "|number", p=False)
    c.add("Unit", ["PCS", "KG"], WORD, p=False)
    c.add("Port", ["CNSHG", "CNNGB", "CNTAO"], "un_locode|category", p=False)
    c.add("IMO Class", ["3", "8", "9"], NUM, p=False)
    c.suffix, c.writer = ".parquet", as_parquet


@case(80)
def pen_trace(c: Case) -> None:
    """Codes that begin as passports, permits and plates do."""
    c.add("物料", lambda r: r.choice("EGHCM") + v.num(r, 8), CODES, p=False)
    c.add("模具号", lambda r: f"沪A{r.randint(1, 9)}车间-{r.randint(1, 30)}", WORD + "|order_no", p=False)
    c.add("检验批", lambda r: v.num(r, 12, "1"), CODES, p=False)
    c.add("箱码", lambda r: "00" + v.num(r, 18), CODES, p=False)
    c.add("班次", ["甲", "乙", "丙"], WORD, p=False)
    c.add("色号", ["朱红", "金黄", "石青", "白银"], WORD, p=False)
