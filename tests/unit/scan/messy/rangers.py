"""Twenty-fifth hand: the short names of developers once more: policies, schools, hotels, cars, tickets, wages, payments, cameras, in four languages. Labelled before a scan ever saw them."""

from messy import values as v
from messy.frame import Case, as_csv, as_fixed, as_json, as_jsonl, as_parquet, as_sqlite, as_xlsx
from messy.makers import CODES, DAY, ID, NUM, TEL, TEXT, WHEN, WORD, code, day, fmt, key, put, seq, whole
from messy.tables import case

JA = ("中島 健太", "森 由紀", "石川 翔太", "岡田 麻衣", "近藤 大輔", "西村 彩")
DE = ("Krüger", "Hofmann", "Weiß", "Schulze", "Groß")


@case(60)
def t_ins_plcy(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("plcyNbr", code("PL26########"), "policy_no|order_no!"),
        ("applntNm", v.name, "name_cn!"),
        ("insrdIdNbr", v.prc, ID, key(ID)),
        ("insrdOccpCd", ["0101", "0203", "0705"], "occupation|category|order_no|number?"),
        ("bnfcryRltn", ["配偶", "子女", "父母"], "kinship!"),
        ("premAmt", fmt(200, 30000, 2), "number"),
        ("effDt", day("%Y%m%d"), "date|number"),
        ("agntCd", code("A####"), "employee_no|order_no|category?"),
        ("payAcctNbr", v.card, "bank_card|bank_account!"),
        ("insrdMblNbr", v.mobile, TEL, key(TEL)),
        ("hlthDecl", ["无", "高血压", "甲状腺结节"], "medical_text|diagnosis|category|text!"),
        ("plcySts", ["1", "2", "9"], NUM),
    )
    c.count = False


@case(60)
def xsjbxx(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("xh", code("2023######"), "student_id|order_no|number!"),
        ("xm", v.name, "name_cn!"),
        ("xbm", ["1", "2"], "gender|number|category|boolean!"),
        ("sfzjh", v.prc, ID, key(ID)),
        ("mzm", ["01", "03", "11"], "ethnicity|category|number|order_no?"),
        ("zzmm", ["共青团员", "群众", "中共党员"], "political_status!"),
        ("yxmc", ["海洋学院", "信息学院", "外语学院"], WORD + "|org_name"),
        ("rxny", lambda r: f"{r.randint(2020, 2025)}09", "date|number|category"),
        ("jtzz", v.address, "address_cn!"),
        ("jhrxm", v.name, "name_cn!"),
        ("jhrdh", v.mobile, TEL, key(TEL)),
        ("yhkh", v.card, "bank_card!"),
        ("hkxz", ["农业", "非农业"], WORD),
    )
    c.suffix, c.writer = ".sqlite", as_sqlite
    c.count = False


@case(60)
def htl_stay(c: Case) -> None:
    put(
        c,
        ("rsvNo", code("R26########"), "order_no|pnr?"),
        ("gstNm", v.latin, "name_latin!"),
        ("gstDocTp", ["PASSPORT"], WORD),
        ("gstDocNo", lambda r: r.choice("KLMPX") + v.num(r, 8), "passport_foreign|order_no!"),
        ("natCd", ["KR", "DE", "FR", "SG"], "nationality|country!"),
        ("gstBrthDt", day("%Y-%m-%d", 1955, 2004), "birth_date!"),
        ("ckinDtm", v.moment, WHEN),
        ("rmNo", ["1203", "0817", "2101"], NUM + "|order_no"),
        ("avgRate", fmt(300, 2600, 2), "number"),
        ("gstMbl", lambda r: f"+82 10-{v.num(r, 4)}-{v.num(r, 4)}", "phone_intl!"),
        ("spclReq", ["late arrival", "high floor", "baby cot"], TEXT),
    )
    c.suffix, c.writer = (
        ".jsonl",
        as_jsonl(
            lambda row: {
                **{k: row[k] for k in ("rsvNo", "ckinDtm", "rmNo", "avgRate", "spclReq")},
                "gst": {k: row[k] for k in row if k.startswith("gst") or k == "natCd"},
            }
        ),
    )
    c.count = False


@case(80)
def veh_evt(c: Case) -> None:
    spots = [v.lonlat(c.r) for _ in range(80)]
    put(
        c,
        ("vehVin", v.vin, "vin!"),
        ("plateNbr", v.plate, "plate_cn!"),
        ("drvrNm", v.name, "name_cn!"),
        ("drvrLicNbr", v.prc, "driver_licence|prc_resident_id!"),
        ("gpsLng", tuple(a for a, _ in spots), "trajectory|longitude!"),
        ("gpsLat", tuple(b for _, b in spots), "trajectory|latitude!"),
        ("spdKph", whole(0, 120), "vehicle_speed|number?"),
        ("odoRdg", whole(10, 220000), "vehicle_speed|number?"),
        ("battSocPct", whole(3, 100), "vehicle_speed|number|charging_record?"),
        ("evtTm", v.ms, "timestamp|number"),
        ("frntImgPath", lambda r: f"/cam/front/{v.hexes(r, 10)}.jpg", "camera_media|text?"),
        (
            "swVer",
            lambda r: f"{r.randint(1, 4)}.{r.randint(0, 20)}.{r.randint(0, 9)}",
            "version|text|category",
        ),
    )
    c.suffix, c.writer = ".parquet", as_parquet
    c.count = False


@case(60)
def pax_manifest(c: Case) -> None:
    put(
        c,
        ("PAXNM", lambda r: f"{r.choice(v.FAMILY)}/{r.choice(v.FIRST)}", "name_latin!"),
        ("PNRLOC", code("@@####"), "pnr|order_no!"),
        ("TKTNBR", lambda r: "781" + v.num(r, 10), "pnr|order_no|number!"),
        ("FLTNBR", lambda r: f"MU{r.randint(500, 799)}", "voyage_no|order_no"),
        ("DEPARPT", ["PVG", "FRA", "ICN"], WORD + "|un_locode"),
        ("SEATNBR", lambda r: f"{r.randint(10, 60)}{r.choice('ACDHK')}", CODES),
        ("BAGWGT", whole(0, 46), "number"),
        ("FFPNBR", lambda r: v.num(r, 12, "6"), "customer_no|order_no|number!"),
        ("PAXDOB", day("%d%b%y", 1955, 2010), "birth_date|date!"),
        ("PAXGNDR", ["M", "F"], "gender!"),
        ("MEALCD", ["VGML", "MOML", "AVML"], WORD),
    )
    c.suffix, c.writer = ".txt", as_fixed
    c.count = False


@case(50)
def kyuyo_meisai(c: Case) -> None:
    put(
        c,
        ("shain_no", seq(50, "{:06d}", 402118), "employee_no|number|order_no!"),
        ("shimei", list(JA), "name_other|name_cn!"),
        ("seinengappi", day("%Y/%m/%d", 1960, 2003), "birth_date!"),
        ("seibetsu", ["男", "女"], "gender!"),
        ("yakushoku", ["課長", "主任", "係長"], "occupation|category|text?"),
        ("busho", ["総務部", "営業部", "物流部"], WORD + "|org_name"),
        ("kihonkyu", whole(210000, 520000), "income|number!"),
        ("koza_no", lambda r: v.num(r, 7), "bank_account|order_no|number!"),
        ("keitai", lambda r: f"090-{v.num(r, 4)}-{v.num(r, 4)}", "phone_intl!"),
        ("jusho", lambda r: f"東京都江東区{r.choice(('青海', '有明', '豊洲'))}{r.randint(1, 4)}-{r.randint(1, 20)}", "address_text|address_cn|text!"),
        ("nyusha_bi", day("%Y/%m/%d", 2000, 2025), DAY),
    )  # fmt: skip
    c.writer = as_csv(encoding="euc_jp")
    c.count = False


@case(60)
def kd_stamm(c: Case) -> None:
    put(
        c,
        ("kdnr", seq(60, "{}", 880214), "customer_no|number|order_no?"),
        ("nachn", list(DE), "name_part|name_latin!"),
        ("vorn", ["Jürgen", "Käthe", "Cem", "Zoë"], "name_part|name_latin!"),
        ("gebdat", day("%d.%m.%Y", 1950, 2003), "birth_date|date!"),
        ("strhnr", lambda r: f"{r.choice(('Ringstraße', 'Am Hafen', 'Bachweg'))} {r.randint(1, 99)}", "address_latin|address_text|text!"),
        ("plz", lambda r: v.num(r, 5, "0123456789"), "postcode_intl|number|order_no"),
        ("telpriv", lambda r: f"0{r.choice(('40', '89', '221'))}/{v.num(r, 7)}", "phone_intl!"),
        ("bankverb", v.iban, "iban!"),
        ("ums_vj", lambda r: f"{r.randint(1, 90)}.{v.num(r, 3)},{v.num(r, 2)}", "number"),
        ("erfdat", day("%d.%m.%Y"), DAY),
        ("kzwerb", ["J", "N"], "boolean|category"),
    )  # fmt: skip
    c.writer = as_csv(delimiter=";", encoding="cp1252")
    c.count = False


@case(60)
def xb_pymt(c: Case) -> None:
    put(
        c,
        ("pymtSeqNo", lambda r: v.num(r, 20, "26"), CODES),
        ("pyrNm", v.name, "name_cn!"),
        ("pyrIdNo", v.prc, ID + "!"),
        ("pyeNm", v.firm, "org_name"),
        ("pyeAcctNo", v.iban, "iban!"),
        ("pyeBkBic", ["DEUTDEFF", "CHASUS33", "HSBCHKHH"], "bic"),
        ("ccyCd", ["EUR", "USD", "HKD"], "currency|category"),
        ("pymtAmt", fmt(10, 50000, 2), "number"),
        ("purpCd", ["SUPP", "TRAD", "EDUC"], WORD),
        ("pyeCtryCd", ["DE", "US", "HK"], "country|category"),
        ("rmtInf", ["货款 INV-2026-118", "学费", "展位费"], TEXT),
        ("stlDt", day("%Y-%m-%d"), DAY),
    )
    c.suffix, c.writer = ".xlsx", as_xlsx()
    c.count = False


# Nobody is in these


@case(90)
def inv_bal(c: Case) -> None:
    put(
        c,
        ("whsCd", ["WH01", "WH07"], WORD + "|order_no"),
        ("skuNo", code("SK-######"), "order_no"),
        ("ean13", v.ean, "ean"),
        ("lotNo", lambda r: r.choice(("138", "159")) + v.num(r, 8), CODES),
        ("onHndQty", whole(0, 900), "number"),
        ("uomCd", ["PCS", "CTN"], WORD),
        ("expDt", day("%Y%m%d", 2026, 2029), "date|number"),
        ("binLoc", code("A-##-##"), "order_no|category|text"),
        ("lstUpdTs", v.ms, "timestamp|number|order_no"),
    )
    c.suffix, c.writer = ".json", as_json
