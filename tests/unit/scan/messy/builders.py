"""Eighteenth hand: tables of systems in the short names of those who built them: Hungarian, SAP, initials of pinyin, romaji, prefixes of tables, endings. Labelled before a scan ever saw them."""

from messy import values as v
from messy.frame import Case, as_csv, as_gz, as_json, as_jsonl, as_parquet, as_sqlite, as_xlsx
from messy.makers import CODES, DAY, ID, NUM, TEL, TEXT, WHEN, WORD, code, day, fmt, key, put, seq, whole
from messy.tables import case


@case(60)
def tbl_member(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("lngMemberID", seq(60, "{}", 20417), "customer_no|number|order_no!", key("customer_no")),
        ("strName", v.name, "name_cn!"),
        ("strIDCard", v.prc, ID, key(ID)),
        ("strMobile", v.mobile, TEL, key(TEL)),
        ("nAge", whole(18, 79), "age|number!"),
        ("dtBirth", day("%Y/%m/%d", 1950, 2005), "birth_date|date!"),
        ("bMarried", ["True", "False"], "boolean|marital_status|category?"),
        ("strAddr", v.address, "address_cn!"),
        ("dblBalance", v.money, "number"),
        ("dtLastLogin", v.moment, WHEN),
    )
    c.suffix, c.writer = ".xlsx", as_xlsx()


@case(70)
def t_ryxx(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("xm", v.name, "name_cn!"),
        ("xb", ["1", "2"], "gender|category|number|boolean?"),
        ("csrq", day("%Y%m%d", 1950, 2004), "birth_date|date|number!"),
        ("sfzh", v.prc, ID, key(ID)),
        ("lxdh", v.mobile, TEL, key(TEL)),
        ("mz", ["汉族", "回族", "满族", "维吾尔族"], "ethnicity!"),
        ("hyzk", ["未婚", "已婚", "丧偶"], "marital_status!"),
        ("jtzz", v.address, "address_cn!"),
        ("bz", ["", "已核实", "外来务工", "空挂户"], TEXT),
        ("djsj", v.moment, WHEN),
    )
    c.writer = as_csv(encoding="gb18030")


@case(80)
def pa0002_sap(c: Case) -> None:
    put(
        c,
        ("PERNR", lambda r: "000" + v.num(r, 5, "1234"), "employee_no|order_no|number!"),
        ("NACHN", lambda r: v.latin(r).split(" ", 1)[1], "name_part|name_latin!"),
        ("VORNA", lambda r: v.latin(r).split(" ", 1)[0], "name_part|name_latin!"),
        ("GBDAT", day("%Y%m%d", 1958, 2003), "birth_date|date|number!"),
        ("GESCH", ["1", "2"], "gender|category|number|boolean?"),
        ("FAMST", ["0", "1", "2", "3"], "marital_status|category|number?"),
        ("NATIO", ["DE", "CN", "FR", "PL"], "nationality|country|category!"),
        ("BEGDA", day("%Y%m%d"), "date|number"),
        ("BUKRS", ["1000", "2000", "3100"], "category|number|order_no"),
        ("ANSAL", lambda r: f"{r.randint(28, 140)}000.00", "income|number!"),
    )
    c.suffix, c.writer = ".txt", as_csv(delimiter="|")
    c.count = False


@case(90)
def kna1_customers(c: Case) -> None:
    put(
        c,
        ("KUNNR", lambda r: "0000" + v.num(r, 6, "123"), "customer_no|order_no|number?"),
        ("NAME1", v.firm, "org_name|text"),
        ("ORT01", ["Hamburg", "Bremen", "Rotterdam", "Antwerpen"], WORD + "|address_text"),
        ("PSTLZ", lambda r: v.num(r, 5, "123456789"), "postcode_intl|number|order_no"),
        ("STRAS", lambda r: f"{r.choice(('Hafenstraße', 'Am Kai', 'Speicherweg'))} {r.randint(1, 220)}", "address_latin|address_text|text?"),
        ("LAND1", ["DE", "NL", "BE"], "country|category"),
        ("STCEG", lambda r: "DE" + v.num(r, 9, "123456789"), "vat_eu|order_no|taxpayer_no|text"),
        ("KTOKD", ["ZKUN", "ZEXP", "ZINT"], WORD),
        ("ERDAT", day("%Y%m%d"), "date|number"),
    )  # fmt: skip
    c.count = False


@case(60)
def usr_account(c: Case) -> None:
    put(
        c,
        ("usrId", v.guid, "uuid|customer_no|order_no?"),
        ("usrNm", lambda r: f"{r.choice(v.FIRST).lower()}_{v.num(r, 3)}", "social_account|text!"),
        ("usrEmailAddr", v.email, "email!"),
        ("usrMblNo", v.mobile, TEL, key(TEL)),
        ("usrPwdHash", lambda r: v.hexes(r, 64), "hash|password?"),
        ("usrSttsCd", ["A", "S", "D"], WORD),
        ("mktAgreeYn", ["Y", "N"], "boolean|category"),
        ("regDt", v.moment, WHEN),
        ("lastLoginIp", v.ip, "ipv4?"),
    )
    c.suffix, c.writer = ".jsonl", as_jsonl()
    c.count = False


@case(50)
def huanzhe_visits(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("jzlsh", code("MZ2026######"), "medical_record_no|order_no!"),
        ("hzxm", v.name, "name_cn!"),
        ("hzsfzh", v.prc, ID, key(ID)),
        ("jzksmc", ["心血管内科", "骨科门诊", "儿科", "皮肤科"], WORD + "|org_name"),
        ("zdmc", ["高血压病", "腰椎间盘突出", "湿疹", "急性支气管炎"], "diagnosis|category|medical_text!"),
        ("zdbm", ["I10.x00", "M51.202", "L30.900", "J20.900"], "icd10!"),
        ("ysxm", v.name, "name_cn!"),
        ("ysgh", code("#####"), "employee_no|number|order_no!"),
        ("zfy", fmt(10, 2400, 2), "number"),
        ("kfrq", day(), DAY),
    )
    c.suffix, c.writer = ".db", as_sqlite
    c.count = False


@case(60)
def vitals_nurse(c: Case) -> None:
    put(
        c,
        ("pt_mrn", code("00######"), "medical_record_no|order_no|number!"),
        ("bp_sys_val", whole(90, 180), "lab_result|number!"),
        ("bp_dia_val", whole(50, 110), "lab_result|number!"),
        ("hr_bpm", whole(48, 130), "lab_result|number!"),
        ("spo2_pct", whole(88, 100), "lab_result|number!"),
        ("body_temp_c", fmt(35.8, 39.9, 1), "lab_result|number!"),
        ("dx_desc", ["Type 2 diabetes mellitus", "Essential hypertension", "Asthma"], "diagnosis|medical_text|category!"),
        ("allergy_flg", ["0", "1"], "boolean|number|category?"),
        ("chart_ts", lambda r: v.moment(r).replace(" ", "T"), WHEN),
        ("attnd_phys_nm", v.latin, "name_latin!"),
    )  # fmt: skip
    c.suffix, c.writer = ".parquet", as_parquet
    c.count = False


@case(60)
def ec_subject_dm(c: Case) -> None:
    put(
        c,
        ("subjNum", code("1##-0##"), "trial_subject|order_no!"),
        ("siteCd", ["101", "102", "107"], "category|number|order_no"),
        ("brthYr", whole(1940, 2004), "birth_date|number|date!"),
        ("sexTxt", ["Female", "Male"], "gender!"),
        ("raceTxt", ["ASIAN", "WHITE", "BLACK OR AFRICAN AMERICAN"], "ethnicity|category!"),
        ("armCd", ["A", "B", "PBO"], WORD),
        ("bldSmplBarcd", code("BS26######"), "specimen_no|order_no!"),
        ("labHgbVal", fmt(8, 17, 1), "lab_result|number!"),
        ("aeTerm", ["Nausea", "Headache", "Fatigue"], "medical_text|diagnosis|category|text!"),
        ("icfSignDt", day("%d-%b-%Y"), "date|text"),
    )
    c.count = False


@case(100)
def t_veh_rt(c: Case) -> None:
    spots = [v.lonlat(c.r) for _ in range(100)]
    put(
        c,
        ("f_vin", lambda r: v.vin(r, "LGX"), "vin!"),
        ("f_cph", v.plate, "plate_cn!"),
        ("f_lng", tuple(a for a, _ in spots), "trajectory|longitude|number!"),
        ("f_lat", tuple(b for _, b in spots), "trajectory|latitude|number!"),
        ("f_spd", fmt(0, 130, 1), "vehicle_speed|number?"),
        ("f_soc", whole(5, 100), "vehicle_speed|charging_record|number?"),
        ("f_odo", whole(100, 190000), "vehicle_speed|number?"),
        ("f_acc_sts", ["0", "1"], "boolean|number|category"),
        ("f_gps_ts", v.ms, "timestamp|number|order_no"),
        ("f_imei", v.imei, "imei!"),
    )
    c.suffix, c.writer = ".csv.gz", as_gz
    c.count = False


@case(50)
def tsp_owner_bind(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("czxm", v.name, "name_cn!"),
        ("czsjh", v.mobile, TEL, key(TEL)),
        ("czsfzh", v.prc, ID, key(ID)),
        ("clpp", ["比亚迪", "吉利", "上汽大众"], WORD + "|org_name"),
        ("clys", ["白", "黑", "银灰"], WORD),
        ("fdjh", code("@##@######"), "engine_no|order_no", key("engine_no")),
        ("iccidNo", v.iccid, "iccid", key("iccid")),
        ("bindSj", v.moment, WHEN),
    )


@case(60)
def fund_khzl(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("c_custno", code("1000######"), "customer_no|order_no|number", key("customer_no")),
        ("c_custname", v.name, "name_cn!"),
        ("c_identityno", v.prc, ID, key(ID)),
        ("c_mobileno", v.mobile, TEL, key(TEL)),
        ("c_bankacco", v.card, "bank_card", key("bank_card")),
        ("c_nameinbank", v.name, "name_cn!"),
        ("f_realshares", fmt(100, 99999, 2), "investor_holding|number?"),
        ("c_fundcode", ["110022", "161725", "005827"], "securities_code|category|number|order_no"),
        ("d_opendate", day("%Y%m%d"), "date|number"),
        ("c_risklvl_desc", ["保守型", "稳健型", "进取型"], WORD),
    )
    c.suffix, c.writer = ".json", as_json


@case(70)
def aml_party(c: Case) -> None:
    put(
        c,
        ("ctnm", v.name, "name_cn!"),
        ("citp_desc", ["居民身份证", "护照", "港澳居民来往内地通行证"], WORD),
        ("ctnt", ["CHN", "USA", "SGP"], "nationality|country|category!"),
        ("ctvc", ["教师", "个体经营", "公务员", "司机"], "occupation|category!"),
        ("crat", fmt(50000, 900000, 2), "number"),
        ("crtp_ccy", ["CNY", "USD", "HKD"], "currency|category"),
        ("tcac_acct_no", lambda r: "6228" + v.num(r, 12), "bank_account|bank_card|order_no|number!"),
        ("tstm_ts", lambda r: day("%Y%m%d")(r) + f"{r.randint(0, 23):02}{r.randint(0, 59):02}{r.randint(0, 59):02}", WHEN + "|number|order_no"),
    )  # fmt: skip
    c.count = False


@case(60)
def crew_roster(c: Case) -> None:
    put(
        c,
        ("CrewFullNm", v.latin, "name_latin!"),
        ("CrewRankCd", ["MSTR", "C/O", "2/E", "AB"], "category|occupation|text?"),
        ("PsptNum", v.passport, "passport_cn|order_no!"),
        ("PsptExpDt", day("%Y-%m-%d", 2027, 2034), DAY),
        ("NtnltyCd", ["PHL", "CHN", "IND", "UKR"], "nationality|country|category!"),
        ("DOB", day("%d/%m/%Y", 1962, 2003), "birth_date|date!"),
        ("BirthPlcTxt", ["Cebu", "Dalian", "Mumbai", "Odesa"], WORD + "|address_text?"),
        ("VslImoNo", v.imo, "imo_number"),
        ("VslNmTxt", ["XIN HAI TONG 28", "EVER ACE", "MSC ANNA"], "vessel_name|category|text"),
        ("SignOnPortCd", ["CNSHA", "SGSIN", "NLRTM"], "un_locode|category"),
    )
    c.count = False


@case(70)
def bkg_cntr(c: Case) -> None:
    put(
        c,
        ("bkgRefNo", code("COSU########"), "order_no|bill_of_lading"),
        ("cntrNo", v.container, "container_no"),
        ("cntrSzTyp", ["22G1", "45G1", "42R1"], WORD),
        ("polCd", ["CNYSN", "CNNGB", "HKHKG"], "un_locode|category"),
        ("cneeNm", v.firm, "org_name|text"),
        ("cneeAddrTxt", v.street, "address_latin|address_text?"),
        ("grsWgtKgs", fmt(2000, 28000, 1), "number"),
        ("cmdtyDesc", ["FURNITURE PARTS", "GLASSWARE", "AUTO PARTS"], "cargo_name|category|text"),
        ("etaDt", day(), DAY),
        ("hsCdVal", ["940390", "701337", "870899"], "hs_code|category|number"),
    )
    c.count = False


@case(60)
def ri_bordereau(c: Case) -> None:
    put(
        c,
        ("trtyRefCd", code("TTY-2026-###"), "treaty_no|order_no"),
        ("cdntNm", ["Pacific Mutual Insurance Co.", "Harbour Re Ltd", "Nordstern AG"], "org_name|category|text"),
        ("polNoTxt", code("PL26-########"), "policy_no|order_no?"),
        ("insdNm", v.latin, "name_latin!"),
        ("insdDobDt", day("%Y-%m-%d", 1945, 2002), "birth_date|date!"),
        ("clmRefNo", code("CL-######"), "claim_no|order_no?"),
        ("lossDescTxt", ["Water damage", "Rear-end collision", "Kitchen fire"], TEXT),
        ("sumInsdAmt", whole(10000, 900000), "number"),
        ("ccyCd", ["USD", "EUR", "CNY"], "currency|category"),
        ("uwYr", whole(2019, 2026), "number|date|category"),
    )  # fmt: skip
    c.count = False


@case(60)
def kokyaku_master(c: Case) -> None:
    put(
        c,
        ("kokyaku_no", code("K######"), "customer_no|order_no?"),
        ("shimei", ["佐藤健一", "鈴木美咲", "高橋大輔", "渡辺由美子", "田中翔太"], "name_other|name_cn!"),
        ("shimei_kana", ["サトウケンイチ", "スズキミサキ", "タカハシダイスケ", "ワタナベユミコ"], "name_other!"),
        ("seinengappi", day("%Y/%m/%d", 1950, 2004), "birth_date|date!"),
        ("seibetsu", ["男", "女"], "gender!"),
        ("yubin_bango", lambda r: f"{v.num(r, 3, '123')}-{v.num(r, 4)}", "postcode_intl|order_no|text"),
        ("jusho", lambda r: f"東京都{r.choice(('港区芝浦', '大田区蒲田', '江東区豊洲'))}{r.randint(1, 6)}-{r.randint(1, 30)}-{r.randint(1, 20)}", "address_text|address_cn|text!"),
        ("denwa_bango", lambda r: f"090-{v.num(r, 4)}-{v.num(r, 4)}", "phone_intl!"),
        ("toroku_bi", day("%Y/%m/%d"), DAY),
        ("kaiin_rank", ["ゴールド", "シルバー", "レギュラー"], WORD),
    )  # fmt: skip
    c.count = False


@case(60)
def tbl_mitarbeiter(c: Case) -> None:
    put(
        c,
        ("persNr", code("4####"), "employee_no|number|order_no!"),
        ("nachName", lambda r: v.latin(r).split(" ", 1)[1], "name_part|name_latin!"),
        ("gebDat", day("%d.%m.%Y", 1960, 2003), "birth_date|date!"),
        ("geschl", ["m", "w"], "gender|category!"),
        ("famStand", ["ledig", "verheiratet", "geschieden"], "marital_status|category!"),
        ("telPriv", lambda r: f"+49 17{v.num(r, 1)} {v.num(r, 7)}", "phone_intl!"),
        ("ibanNr", v.iban, "iban!"),
        ("krankTage", whole(0, 30), NUM),
        ("eintrDat", day("%d.%m.%Y"), DAY),
        ("kstStelle", ["4100", "4200", "5010"], "category|number|order_no"),
    )
    c.writer = as_csv(delimiter=";")
    c.count = False


@case(50)
def cli_abonados(c: Case) -> None:
    put(
        c,
        ("nom_abonado", v.latin, "name_latin!"),
        ("fec_nac", day("%d/%m/%Y", 1950, 2003), "birth_date|date!"),
        ("tel_movil", lambda r: f"+34 6{v.num(r, 2)} {v.num(r, 3)} {v.num(r, 3)}", "phone_intl!"),
        ("dir_correo", v.email, "email!"),
        ("cod_plan", ["P10", "P25", "PFAM"], WORD + "|order_no"),
        ("num_imsi", lambda r: "21407" + v.num(r, 10), "imsi!"),
        ("fec_alta", day("%d/%m/%Y"), DAY),
        ("est_civil", ["soltero", "casada", "viuda"], "marital_status|category!"),
    )
    c.count = False


@case(50)
def sal_fiche(c: Case) -> None:
    put(
        c,
        ("mat_sal", code("M#####"), "employee_no|order_no!"),
        ("nomPrenom", v.latin, "name_latin!"),
        ("dateNaiss", day("%d/%m/%Y", 1960, 2003), "birth_date|date!"),
        ("adrMail", v.email, "email!"),
        ("sitFam", ["célibataire", "marié", "divorcé"], "marital_status|category!"),
        ("salBrutMens", fmt(1800, 7000, 2), "income|number!"),
        ("codPost", lambda r: r.choice(("75", "69", "13")) + v.num(r, 3, "0"), "postcode_intl|number|category|order_no"),
        ("libPoste", ["Comptable", "Chef de quai", "Grutier"], "occupation|category!"),
    )  # fmt: skip
    c.writer = as_csv(delimiter=";", encoding="cp1252")
    c.count = False


@case(70)
def order_dtl(c: Case) -> None:
    put(
        c,
        ("ord_no", code("SO2026########"), "order_no"),
        ("buyerNick", lambda r: f"tb{v.num(r, 7)}", "social_account|text|order_no|customer_no!"),
        ("收货人Name", v.name, "name_cn!"),
        ("收货人tel", v.mobile, TEL, key(TEL)),
        ("rcv_addr_txt", v.address, "address_cn!"),
        ("sku_desc", ["无线耳机 白色", "儿童保温杯 500ml", "纯棉T恤 L"], "cargo_name|category|text"),
        ("pay_amt", v.money, "number"),
        ("isGift_yn", ["Y", "N"], "boolean|category"),
        ("kuaidiNo", lambda r: "YT" + v.num(r, 13), "express_waybill|order_no"),
        ("beizhu_txt", ["", "尽快发货", "不要打电话", "放门口"], TEXT),
    )
    c.count = False


@case(60)
def hr_ygda(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("yggh", code("2#####"), "employee_no|number|order_no!"),
        ("ygxm", v.name, "name_cn!"),
        ("sfzhm", v.prc, ID, key(ID)),
        ("zgxl", ["本科", "硕士", "大专"], "education!"),
        ("zzmm", ["中共党员", "群众", "共青团员"], "political_status!"),
        ("rzrq", day(), DAY),
        ("gzkh", v.card, "bank_card!"),
        ("jjlxr", v.name, "name_cn!"),
        ("jjlxrdh", v.mobile, TEL + "!"),
        ("bmmc", ["财务部", "港务一队", "信息中心"], WORD + "|org_name"),
    )
    c.count = False


@case(80)
def cdr_voice(c: Case) -> None:
    put(
        c,
        ("zjhm_caller", v.mobile, TEL + "!"),
        ("callee_nbr", v.mobile, TEL + "!"),
        ("call_dur_sec", whole(3, 1800), "number"),
        ("start_tm", v.moment, WHEN),
        ("cell_cd", code("460-00-####-#####"), CODES),
        ("roam_flg", ["0", "1"], "boolean|number|category"),
        ("chrg_amt", fmt(0, 9, 2), "number"),
    )
    c.count = False


@case(60)
def wl_dispatch(c: Case) -> None:
    put(
        c,
        ("yundan_no", lambda r: "SF" + v.num(r, 13), "express_waybill|order_no"),
        ("sijiXm", v.name, "name_cn!"),
        ("sijiDh", v.mobile, TEL, key(TEL)),
        ("che_pai", v.plate, "plate_cn!"),
        ("fahuoDz", v.address, "address_cn!"),
        ("hwmc", ["汽车零部件", "冷冻水产", "日化用品"], "cargo_name|category|text"),
        ("zl_kg", whole(20, 9000), NUM),
        ("dddd_sj", v.moment, WHEN),
    )
    c.count = False


# Nobody is in these


@case(80)
def aws_obs(c: Case) -> None:
    put(
        c,
        ("stnNo", ["58367", "58362", "58369"], "weather_station|category|number|order_no"),
        ("obsTm", v.moment, WHEN),
        ("airTmpVal", fmt(-8, 38, 1), "weather_value|number"),
        ("rhPct", whole(20, 100), "weather_value|number"),
        ("windSpd10m", fmt(0, 25, 1), "weather_value|number"),
        ("presHpa", fmt(990, 1035, 1), "weather_value|number"),
        ("visKm", fmt(0, 30, 1), "weather_value|number"),
        ("wxDesc", ["晴", "多云", "小雨", "雾"], "weather_value|category|text"),
        ("qcFlg", ["0", "1", "2"], NUM),
    )


@case(60)
def mara_material(c: Case) -> None:
    put(
        c,
        ("MATNR", lambda r: "000000" + v.num(r, 8, "1234"), "order_no|number"),
        ("MAKTX", ["Lagerbock 40mm", "Dichtung", "Flansch DN80"], "cargo_name|category|text"),
        ("MEINS", ["ST", "KG", "M"], WORD),
        ("MATKL", ["01001", "01002", "02010"], "category|number|order_no"),
        ("BRGEW", fmt(0.1, 90, 3), "number"),
        ("EAN11", v.ean, "ean"),
        ("LVORM", ["", "X"], "category|boolean|text"),
    )
    c.count = False
