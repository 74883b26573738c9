"""Thirteenth hand: small lists of ports, clubs, courts and clinics, in headings of any taste. Labelled before a scan ever saw them."""

from messy import values as v
from messy.frame import CODE, Case, as_csv, as_json, as_xlsx, phone_styles, quoted
from messy.makers import seq
from messy.tables import case

ID = "prc_resident_id"
CODES = "|".join(CODE)
DATE = "date|datetime"
WORD = "category|text"
NUM = "number|category"


@case(45)
def pilot_roster(c: Case) -> None:
    c.strong = (ID,)
    c.add("班次", ["早班", "中班", "夜班"], WORD)
    c.add("引航员姓名", v.name, "name_cn", p=True)
    c.add("身份号", v.prc, ID, key=ID, damage=quoted)
    c.add("船舶（中/英文）", ["新临港/XIN LINGANG", "远海之星/OCEAN STAR"], "vessel_name|category|text")
    c.add("登轮点", ["长江口锚地", "洋山东锚地"], WORD + "|address_text")
    c.add("应急手机", v.mobile, "mobile_cn", key="mobile_cn", damage=phone_styles)
    c.add(
        "到岗打卡",
        lambda r: f"{r.randint(5, 22):02}:{r.randint(0, 59):02}:{r.randint(0, 59):02}",
        "time_of_day|datetime|text",
    )


@case(40)
def marathon(c: Case) -> None:
    c.add("Bib", seq(40, "{}", 3001), CODES)
    c.add("Runner", v.latin, "name_latin", p=True)
    c.add("M/F", ["M", "F"], "gender", p=True)
    c.add("YOB", lambda r: str(r.randint(1955, 2006)), "birth_date|number", p=None)
    c.add("Club", ["Lingang Runners", "Shanghai Hash", ""], WORD + "|org_name")
    c.add(
        "Gun Time",
        lambda r: f"{r.randint(2, 5)}:{r.randint(0, 59):02}:{r.randint(0, 59):02}",
        "time_of_day|text|datetime|category",
    )
    c.add("ICE Phone", lambda r: f"+86 {v.mobile(r)}", "mobile_cn|phone_intl", p=True)
    c.count = False


@case(40)
def vaccinations(c: Case) -> None:
    c.strong = (ID,)
    c.add("受种者", v.name, "name_cn", p=True)
    c.add("受种者证件号", lambda r: v.prc(r, low=2015, high=2023), ID, key=ID)
    c.add("疫苗", ["百白破", "麻腮风", "流感"], WORD + "|medical_text|diagnosis", p=None)
    c.add("批号", lambda r: "2026" + v.num(r, 6), CODES)
    c.add("接种部位", ["左上臂", "右上臂"], WORD + "|medical_text", p=None)
    c.add("接种时间", v.moment, "datetime")
    c.add("监护人联系电话", v.mobile, "mobile_cn", p=True)
    c.add("不良反应", ["无", "低热", "局部红肿"], WORD + "|diagnosis|medical_text", p=None)
    c.count = False


@case(50)
def arbitration(c: Case) -> None:
    c.add("Case Ref.", lambda r: f"SHIAC-2026-{v.num(r, 4)}", CODES + "|claim_no|treaty_no", p=None)
    c.add("Claimant", v.firm, "org_name")
    c.add("Counsel", v.latin, "name_latin", p=True)
    c.add("Counsel e-mail", v.email, "email", key="email")
    c.add(
        "Amount in dispute", lambda r: f"USD {r.randint(1, 90)},{v.num(r, 3)},{v.num(r, 3)}.00", "number|text"
    )
    c.add("Seat", ["Shanghai", "Hong Kong", "London"], WORD)
    c.count = False


@case(50)
def patients_fr(c: Case) -> None:
    c.add("N° dossier", lambda r: v.num(r, 7, "12"), "medical_record_no|number|order_no", p=None)
    c.add(
        "Nom et prénom",
        ["Dupont Élise", "Martin Hervé", "Benoît Chantal", "Leroux Noël"],
        "name_latin",
        p=True,
    )
    c.add("Date de naiss.", lambda r: v.date(r, "%d/%m/%Y", 1935, 2018), "birth_date", p=True)
    c.add("Médecin traitant", ["Dr Lambert", "Dr Faucheux"], "name_latin|category|text", p=None)
    c.add("Antécédents", ["Diabète de type 2", "Aucun", "Asthme"], "medical_text|diagnosis|category", p=None)
    c.add(
        "N° tél.",
        lambda r: f"06.{v.num(r, 2)}.{v.num(r, 2)}.{v.num(r, 2)}.{v.num(r, 2)}",
        "phone_intl",
        p=True,
    )
    c.writer = as_csv(delimiter=";")
    c.count = False


@case(40)
def donors_it(c: Case) -> None:
    c.add("Cognome", ["Esposito", "Ricci", "Conti", "Gallo"], "name_part", p=True)
    c.add("Nome", ["Giulia", "Matteo", "Chiara", "Luca"], "name_part|name_latin", p=True)
    c.add("Data nasc.", lambda r: v.date(r, "%d/%m/%Y", 1950, 2004), "birth_date", p=True)
    c.add("Gruppo sang.", ["A+", "O-", "B+", "AB+"], "blood_type", p=True)
    c.add("Cell.", lambda r: f"+39 3{v.num(r, 2)} {v.num(r, 7)}", "phone_intl", p=True)
    c.add("Ultima donazione", lambda r: v.date(r, "%d/%m/%Y"), DATE)
    c.suffix, c.writer = ".xlsx", as_xlsx()
    c.count = False


@case(60)
def parcel_lockers(c: Case) -> None:
    c.add("格口", lambda r: f"{r.choice('ABCD')}{r.randint(1, 40):02}", CODES)
    c.add("单号", lambda r: "JT" + v.num(r, 13), "express_waybill|order_no", p=None)
    c.add("取件人尾号", lambda r: v.num(r, 4), CODES + "|mobile_masked", p=None)
    c.add("取件人", lambda r: r.choice("王李张刘陈") + "**", "name_masked", p=True)
    c.add("小哥", v.name, "name_cn", p=True)
    c.add("小哥手机号", v.mobile, "mobile_cn", key="mobile_cn")
    c.count = False


@case(50)
def fund_sales(c: Case) -> None:
    c.strong = (ID,)
    c.add(
        "客户姓名/机构名称",
        lambda r: v.name(r) if r.random() < 0.7 else v.company(r),
        "name_cn|org_name",
        p=True,
    )
    c.add(
        "证件号码/信用代码",
        lambda r: v.prc(r) if r.random() < 0.8 else v.uscc(r),
        ID,
        p=True,
        embedded=("uscc",),
    )
    c.add("认购金额(元)", lambda r: f"{r.randint(1, 300) * 10000:,}.00", "number|investor_holding", p=None)
    c.add("适当性匹配", ["匹配", "不匹配"], WORD + "|boolean")
    c.add("理财师", v.name, "name_cn", p=True)
    c.add("银行卡（尾号）", lambda r: v.num(r, 4), CODES + "|bank_card_masked", p=None)
    c.count = False


# Nobody is in these


@case(50)
def recipes(c: Case) -> None:
    c.add("RecipeName", ["Kung Pao Chicken", "Mapo Tofu", "Caesar Salad"], WORD + "|name_latin")
    c.add("AuthorNote", ["Serve hot", "Keep chilled", "Best with rice"], WORD)
    c.add("ServesPersons", lambda r: str(r.randint(1, 8)), NUM)
    c.add("PrepMin", lambda r: str(r.randint(5, 90)), "number")
    c.add("Kcal", lambda r: str(r.randint(90, 1200)), "number")
    c.suffix, c.writer = ".json", as_json


@case(60)
def ship_particulars(c: Case) -> None:
    c.add("IMO", v.imo, "imo_number")
    c.add(
        "Name",
        ["OCEAN GRACE", "MARIA SOFIA", "VICTORIA", "SEA PRINCE"],
        "vessel_name|category|text|name_latin|name_part",
        p=None,
    )
    c.add("Built", lambda r: str(r.randint(1990, 2025)), "number|date|category")
    c.add("GT", lambda r: str(r.randint(3000, 220000)), "number")
    c.add("Owner", v.firm, "org_name")
    c.add("Class", ["CCS", "DNV", "ABS"], WORD + "|org_name|currency")
    c.add("Flag", ["Panama", "Liberia", "Hong Kong"], "country|category")


@case(40)
def water_meters(c: Case) -> None:
    c.add("点位", ["滴水湖1#", "赤风港", "泐马河闸"], WORD + "|weather_station")
    c.add("COD(mg/L)", lambda r: f"{r.uniform(5, 40):.1f}", "number|lab_result")
    c.add("氨氮", lambda r: f"{r.uniform(0.1, 2):.2f}", "number|lab_result")
    c.add("采样人数", ["2", "3"], NUM)
    c.add("水质类别", ["Ⅱ", "Ⅲ", "Ⅳ"], WORD)
