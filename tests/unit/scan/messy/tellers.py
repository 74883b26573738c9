"""Twenty-ninth hand: what companies of Lingang export of their own systems before sending it abroad: staff, wards, policies, loans, owners, parcels, gates, guests, pupils, ledgers. Labelled before a scan ever saw them."""

from messy import values as v
from messy.frame import (
    Case,
    as_csv,
    as_fixed,
    as_json,
    as_jsonl,
    as_parquet,
    as_sqlite,
    as_xlsx,
    dot_zero,
    id_spaced,
    phone_styles,
    quoted,
    wide,
)
from messy.makers import CODES, DAY, ID, NUM, TEL, TEXT, WHEN, WORD, code, day, fmt, key, put, seq, whole
from messy.tables import case


def crowd(c: Case, n: int, *makers):  # type: ignore[no-untyped-def]
    """Columns of ``n`` persons who come back in the rows, every one with the same values."""
    pool = [tuple(make(c.r) for make in makers) for _ in range(n)]
    return tuple(zip(*(c.r.choice(pool) for _ in range(c.rows)), strict=True))


def notes(c: Case, common: list[str], found: dict[int, str]) -> tuple[str, ...]:
    return tuple(found.get(i) or c.r.choice(common) for i in range(c.rows))


def trader(r: v.R) -> str:
    return v.name(r) if r.random() < 0.7 else v.company(r)


# Staff, wards, trials


@case(60)
def yuangong_xinzi(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("序号", seq(60), "number|order_no"),
        ("工号", seq(60, "LG{:05d}", 2107), "employee_no|order_no!"),
        ("姓名", v.name, "name_cn!"),
        ("出生年月", day("%Y.%m", 1968, 2003), "birth_date|date!"),
        ("民族", ["汉", "汉", "回", "满", "维吾尔"], "ethnicity|category!"),
        ("政治面貌", ["中共党员", "群众", "共青团员"], "political_status|category!"),
        ("学历", ["大专", "本科", "硕士研究生", "高中"], "education|category!"),
        ("身份证号", v.prc, ID, key(ID, damage=wide)),
        ("到岗日期", day("%Y/%m/%d", 2009, 2026), DAY),
        ("应发合计", fmt(6000, 42000, 2), "income|number!"),
        ("个税", fmt(0, 4200, 2), "income|number?"),
        ("工资卡", v.card, "bank_card|bank_account!"),
        ("紧急联系人及关系", lambda r: f"{v.name(r)}（{r.choice(('配偶', '父亲', '母亲'))}）", "name_cn|text?"),
        ("紧急联系电话", v.mobile, TEL + "!", {"damage": phone_styles}),
    )  # fmt: skip
    c.suffix, c.writer = (
        ".xlsx",
        as_xlsx(title=("2026年9月工资发放表", "单位：元　密级：内部"), merge=True, sheet="9月"),
    )
    c.count = False


@case(90)
def mzghjl(c: Case) -> None:
    c.strong = (ID,)
    told = notes(
        c,
        ["咳嗽3天", "反复头晕半年，加重1周", "右膝疼痛", "发热伴咽痛2天，最高39.1℃", "复诊开药"],
        {17: f"外伤1小时，陪同家属电话{v.mobile(c.r)}", 55: f"腹痛，医保卡遗失，证件号{v.prc(c.r)}"},
    )
    put(
        c,
        ("brid", lambda r: "0000" + v.num(r, 6), "medical_record_no|customer_no|order_no!"),
        ("mzh", lambda r: "M" + v.date(r, "%y%m%d") + v.num(r, 4), "medical_record_no|order_no!"),
        ("xm", v.name, "name_cn!"),
        ("xb", ["1", "2", "9"], "gender|number|category!"),
        ("csrq", day("%Y%m%d", 1936, 2022), "birth_date|date!"),
        ("sfzh", v.prc, ID, key(ID, empty=0.12)),
        ("lxdh", v.mobile, TEL + "!"),
        ("jtzz", v.address, "address_cn!"),
        ("ghks", ["呼吸内科", "骨科", "儿科", "神经内科"], WORD),
        ("ysgh", ["0417", "1102", "2035"], "employee_no|number|category|order_no?"),
        ("zdbm", ["J20.900", "M17.100", "R42.x00", "K35.800"], "icd10!"),
        ("zs", told, "medical_text|text!", {"embedded": (TEL, ID)}),
        ("ghsj", v.moment, WHEN),
    )
    c.writer = as_csv(encoding="gb18030")
    c.count = False


@case(80)
def shoushizhe_fangshi(c: Case) -> None:
    who = crowd(c, 26, code("PD01-06###"), code("@@@@"), lambda r: r.choice("男女"), whole(19, 74))
    put(
        c,
        ("受试者编号", who[0], "trial_subject", key("trial_subject")),
        ("姓名拼音缩写", who[1], "name_part|name_masked|category|text|order_no?"),
        ("性别", who[2], "gender!"),
        ("年龄（岁）", who[3], "age|number!"),
        ("访视名称", ["筛选期", "C1D1", "C2D1", "末次随访"], WORD),
        ("访视日期", day("%Y-%m-%d", 2025, 2026), DAY),
        ("血肌酐(μmol/L)", fmt(41, 133, 1), "lab_result|number!"),
        ("谷丙转氨酶", lambda r: r.choice(("", "<5", "↑")) + str(r.randint(6, 210)), "lab_result|number|text?"),
        ("不良事件", ["无", "恶心", "皮疹", "中性粒细胞减少", "无"], "diagnosis|medical_text|category|text!"),
        ("合并用药", ["", "阿司匹林 100mg qd", "奥美拉唑20mg", "二甲双胍"], "medical_text|text|category?"),
        ("主要研究者", ["陈立群", "沈海燕"], "name_cn!"),
        ("备注", ["", "", "超窗2天", "采血失败"], TEXT),
    )  # fmt: skip
    c.writer = as_csv(encoding="utf-8-sig", before=("方案编号：LGP-2025-018",))


# Insurers, banks, funds


@case(80)
def lc_pol_claim(c: Case) -> None:
    c.strong = (ID,)
    told = notes(
        c,
        ["行走时摔倒致右手腕骨折", "追尾，无人伤", "因急性阑尾炎住院手术", "高空坠物砸伤"],
        {22: f"报案人{v.name(c.r)}，回电{v.mobile(c.r)}", 61: f"三者车{v.plate(c.r)}负全责"},
    )
    put(
        c,
        ("plcy_no", lambda r: "PL3101" + v.num(r, 12), "policy_no|order_no!"),
        ("appnt_name", v.name, "name_cn!"),
        ("appnt_idno", v.prc, ID, key(ID)),
        ("appnt_mobile", v.mobile, TEL + "!"),
        ("insrd_name", v.name, "name_cn!"),
        ("insrd_idno", v.prc, ID, key(ID, empty=0.1)),
        ("bnf_rel", ["本人", "配偶", "子女", "法定"], "kinship|category!"),
        ("risk_code", ["1206", "0317", "1602"], "category|number|order_no"),
        ("sum_prem", v.money, "number?"),
        ("clm_no", lambda r: "CL2026" + v.num(r, 9), "claim_no|order_no?", {"empty": 0.5}),
        ("acc_date", day(), DAY),
        ("acc_desc", told, "text|medical_text!", {"embedded": (TEL, "plate_cn")}),
        ("pay_acct", v.card, "bank_card|bank_account!", {"empty": 0.4}),
    )
    c.suffix, c.writer = ".db", as_sqlite
    c.count = False


@case(90)
def retail_loan_acct(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("custNo", lambda r: "1" + v.num(r, 9), "customer_no|number|order_no!"),
        ("custName", v.name, "name_cn!"),
        ("certType", ["101", "101", "105"], "category|number|order_no"),
        ("certNo", v.prc, ID, key(ID)),
        ("mobileNo", v.mobile, TEL + "!", {"damage": dot_zero, "empty": 0.1}),
        ("spouseName", v.name, "name_cn!", {"empty": 0.5}),
        ("spouseCertNo", v.prc, ID, key(ID, empty=0.5)),
        ("loanAcctNo", lambda r: "9031" + v.num(r, 14), "bank_account|order_no|number!"),
        ("loanBal", fmt(1000, 900000, 2), "number?"),
        ("overdueDays", ["0", "0", "0", "7", "31"], "number|credit_score?"),
        ("fiveClass", ["正常", "正常", "关注", "次级"], WORD + "|credit_score?"),
        ("scoreCard", whole(380, 820), "credit_score|number?"),
        ("annualIncome", lambda r: str(r.randint(6, 90) * 10000), "income|number!"),
        ("orgCode", ["310115", "310118", "310120"], WORD + "|number|order_no|area_code"),
    )
    c.suffix, c.writer = ".parquet", as_parquet
    c.count = False


@case(80)
def touzizhe_fene(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("基金账号", lambda r: "98" + v.num(r, 10), "securities_account|order_no|number|bank_account!"),
        ("投资者名称", trader, "name_cn|org_name|text!"),
        ("证件类型", ["身份证", "统一社会信用代码"], WORD),
        ("证件号码", lambda r: v.prc(r) if r.random() < 0.7 else v.uscc(r), ID + "|uscc!"),
        ("手机", v.mobile, TEL + "!", {"damage": phone_styles, "empty": 0.2}),
        ("电子邮箱", v.email, "email!", {"empty": 0.3}),
        ("产品名称", ["临港稳健1号", "东海量化中性", "浦江债券增强A"], WORD + "|org_name"),
        ("产品代码", code("S@@###"), "securities_code|order_no"),
        ("持有份额", lambda r: f"{r.randint(1, 900)},{v.num(r, 3)}.{v.num(r, 2)}", "investor_holding|number!"),
        ("参考市值（元）", fmt(10000, 9000000, 2), "investor_holding|number!"),
        ("风险承受能力", ["C1", "C3", "C4", "C5"], WORD + "|order_no?"),
        ("合格投资者", ["是", "是", "否"], "boolean|category?"),
        ("开户日期", day("%Y年%m月%d日", 2016, 2026), DAY),
    )  # fmt: skip
    c.suffix, c.writer = ".txt", as_csv(delimiter="\t", encoding="gb18030")
    c.count = False


# Cars


@case(90)
def owner_tbox_bind(c: Case) -> None:
    spots = [v.lonlat(c.r) for _ in range(90)]
    put(
        c,
        ("vin", v.vin, "vin", key("vin")),
        ("tboxSn", lambda r: "TB7" + v.hexes(r, 9).upper(), "device_id|order_no?"),
        ("iccid", v.iccid, "iccid!"),
        ("motorNo", code("TZ220XS@#####"), "engine_no|order_no?"),
        ("ownerName", v.name, "name_cn!"),
        ("ownerMobile", v.mobile, TEL, key(TEL)),
        ("ownerCertNo", v.prc, ID, key(ID, empty=0.3)),
        ("bindTime", v.ms, "timestamp|number|datetime"),
        ("swVersion", ["3.1.8", "3.2.0", "3.2.11"], "version|category"),
        ("lastLng", tuple(a for a, _ in spots), "longitude|trajectory?"),
        ("lastLat", tuple(b for _, b in spots), "latitude|trajectory?"),
        ("totalMileage", fmt(12, 140000, 1), "vehicle_speed|number?"),
        ("remark", ["", "二手车过户", "试驾车"], TEXT),
    )
    c.suffix, c.writer = (
        ".jsonl",
        as_jsonl(
            lambda row: {
                "vin": row["vin"],
                "device": {k: row[k] for k in ("tboxSn", "iccid", "motorNo", "swVersion")},
                "owner": {k: row[k] for k in ("ownerName", "ownerMobile", "ownerCertNo")},
                **{k: row[k] for k in ("bindTime", "lastLng", "lastLat", "totalMileage", "remark")},
            }
        ),
    )
    c.count = False


@case(120)
def app_charge_session(c: Case) -> None:
    who = crowd(c, 40, v.mobile, v.plate)
    put(
        c,
        ("session_id", v.guid, "uuid|order_no|charging_record?"),
        ("mobile", who[0], TEL, key(TEL)),
        ("plate_no", who[1], "plate_cn", key("plate_cn", empty=0.25)),
        ("pile_code", lambda r: "31011500" + v.num(r, 8), "charging_station|order_no|number"),
        ("gun_id", ["1", "2", "3"], NUM),
        ("start_ts", v.ms, "timestamp|number|datetime"),
        ("elec_kwh", fmt(1, 81, 3), "number?"),
        ("amt_fen", whole(100, 12000), NUM),
        ("client_ip", v.ip, "ipv4!"),
        ("os", ["Android 15", "iOS 19.1", "HarmonyOS 6"], WORD + "|version|user_agent"),
        ("app_ver", ["6.14.0", "6.15.2", "6.2.9"], "version|category"),
        ("stop_reason", ["USER_STOP", "FULL", "E_STOP", "BALANCE"], WORD),
        ("is_refund", ["0", "0", "1"], "boolean|number|category"),
    )
    c.order = (TEL, "plate_cn")


@case(80)
def shouhou_huifang(c: Case) -> None:
    told = notes(
        c,
        ["客户满意", "反映空调异味，已预约返店", "无人接听", "等配件时间太长", "空号"],
        {9: f"车主称现换号{v.mobile(c.r)}", 33: f"另一台车{v.plate(c.r)}也要保养", 70: f"投诉，请回复{v.email(c.r)}"},
    )  # fmt: skip
    put(
        c,
        ("维修工单", lambda r: "RO" + v.date(r, "%y%m%d") + v.num(r, 4), "order_no"),
        ("车主", v.name, "name_cn!"),
        ("送修人电话", v.mobile, TEL + "!", {"damage": phone_styles}),
        ("车牌", v.plate, "plate_cn!"),
        ("底盘号", v.vin, "vin!"),
        ("进厂里程", lambda r: f"{r.randint(900, 160000)}km", "number|vehicle_speed|text?"),
        ("进厂时间", lambda r: f"{v.date(r, '%Y/%m/%d')} {r.randint(8, 17)}:{r.randint(10, 59)}", WHEN),
        ("维修项目", ["首保", "更换前刹车片", "四轮定位", "钣喷右前门"], WORD),
        ("配件批号", lambda r: "158" + v.num(r, 8), CODES),
        ("工时费", ["120.00", "0", "380.50"], NUM),
        ("服务顾问", v.name, "name_cn!"),
        ("回访内容", told, "text!", {"embedded": (TEL, "plate_cn", "email")}),
        ("评分", ["5", "4", "10", "8"], NUM),
    )
    c.writer = as_csv(encoding="gb18030")
    c.count = False


# Shops, parcels, customs, gates


@case(90)
def oms_trade_order(c: Case) -> None:
    c.strong = (ID,)
    told = notes(
        c,
        ["", "", "送礼请放贺卡", "发顺丰", "周末再送"],
        {12: f"改收件人{v.name(c.r)} {v.mobile(c.r)}", 44: f"加微信 wxid_{v.hexes(c.r, 10)}"},
    )
    put(
        c,
        ("tid", lambda r: "4" + v.num(r, 17), "order_no|number"),
        ("buyerNick", lambda r: r.choice(("tb", "海鸥", "sunny_")) + v.num(r, 6), "social_account|customer_no!"),
        ("payerName", v.name, "name_cn!"),
        ("payerIdNo", v.prc, ID, key(ID, empty=0.35)),
        ("receiverName", v.name, "name_cn!"),
        ("receiverMobile", v.mobile, TEL + "!", {"damage": phone_styles}),
        ("receiverState", ["上海市", "江苏省", "广东省"], "province|category|address_text"),
        ("receiverAddress", v.address, "address_cn!"),
        ("itemTitle", ["婴儿配方奶粉3段 800g", "保湿面霜 50ml", "全自动咖啡机"], "cargo_name|category|text"),
        ("barCode", v.ean, "ean"),
        ("payment", v.money, "number"),
        ("payTime", v.moment, WHEN),
        ("buyerMessage", told, "text!", {"embedded": (TEL, "wechat")}),
    )  # fmt: skip
    c.suffix, c.writer = ".json", as_json
    c.count = False


@case(100)
def kuaijian_paiqian(c: Case) -> None:
    sender, courier = crowd(c, 12, v.name, v.mobile, v.address), crowd(c, 7, v.name, v.mobile)
    put(
        c,
        ("快递单号", lambda r: "SF" + v.num(r, 13), "express_waybill|order_no"),
        ("寄件人", sender[0], "name_cn!"),
        ("寄件人手机", sender[1], TEL, key(TEL)),
        ("寄件地址", sender[2], "address_cn!"),
        ("收件人", v.name, "name_cn!"),
        ("收件人手机", v.mobile, TEL, key(TEL, empty=0.05, damage=wide)),
        ("收件地址", v.address, "address_cn!"),
        ("托寄物", ["文件", "服饰", "电子元件", "食品"], "cargo_name|category|text"),
        ("计费重量", lambda r: f"{r.uniform(0.1, 20):.2f}kg", "number|text"),
        ("派件员", courier[0], "name_cn!"),
        ("派件员电话", courier[1], TEL, key(TEL)),
        ("签收时间", v.moment, WHEN, {"empty": 0.1}),
        ("签收方式", ["本人签收", "驿站代收", "家门口", "前台"], WORD),
    )


@case(70)
def daili_baoguan(c: Case) -> None:
    clerk = crowd(c, 6, v.name, v.mobile)
    put(
        c,
        ("接单编号", lambda r: "BG26" + v.num(r, 6), "order_no"),
        ("报关单号", v.declaration, "customs_declaration|order_no|number"),
        ("境内收发货人", v.company, "org_name"),
        ("社会信用代码", v.uscc, "uscc"),
        ("境外收发货人", v.firm, "org_name"),
        ("监管方式", ["0110", "0615", "1210", "5034"], WORD + "|number|order_no"),
        ("商品编号", ["8708299000", "8507600090", "3304990029", "8542319000"], "hs_code|number"),
        ("申报品名", ["车身冲压件", "锂离子电池组", "面霜", "处理器芯片"], "cargo_name|category|text"),
        ("毛重（KG）", fmt(3, 24000, 2), "number"),
        ("币制", ["USD", "EUR", "CNY"], "currency|category"),
        ("总提运单", v.awb, "air_waybill|bill_of_lading|order_no"),
        ("经办报关员", clerk[0], "name_cn!"),
        ("手机", clerk[1], TEL, key(TEL)),
    )
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("代理报关业务登记表",), merge=True, second=True)


@case(90)
def zkjcjl(c: Case) -> None:
    who = crowd(c, 30, v.name, v.mobile, v.plate)
    put(
        c,
        ("lsh", lambda r: v.date(r, "%Y%m%d") + v.num(r, 6), "order_no|number"),
        ("cph", who[2], "plate_cn", key("plate_cn")),
        ("sjxm", who[0], "name_cn!"),
        ("sjdh", who[1], TEL, key(TEL)),
        ("jxh", v.container, "container_no"),
        ("qfh", code("SY######"), "seal_no|order_no"),
        ("xx", ["20GP", "40HQ", "40RF"], WORD),
        ("kz", ["空", "重"], WORD),
        ("bz", fmt(8, 42, 2), "number"),
        ("dkh", ["G1", "G4", "G7", "G12"], WORD + "|order_no"),
        ("jcsj", lambda r: f"{v.date(r)}T{r.randint(0, 23):02}:{r.randint(0, 59):02}:{r.randint(0, 59):02}", WHEN),
        ("cgdm", ["CNYSA", "CNSHA", "KRPUS", "DEHAM"], "un_locode|category"),
    )  # fmt: skip
    c.order = (TEL, "plate_cn")
    c.suffix, c.writer = ".txt", as_fixed


# Guests, passengers, pupils, flats


@case(80)
def binguan_huiyuan(c: Case) -> None:
    told = notes(
        c,
        ["", "无烟房", "高楼层", "加床一张", "延迟退房至14点"],
        {6: f"同行{v.name(c.r)} {v.prc(c.r)}", 50: f"发票发{v.email(c.r)}"},
    )
    put(
        c,
        ("预订号", lambda r: "H" + v.num(r, 9), "order_no"),
        ("会员卡号", lambda r: "86" + v.num(r, 8), "customer_no|order_no|number!"),
        ("会员等级", ["银卡", "金卡", "铂金"], WORD),
        ("积分", whole(0, 86000), NUM),
        ("住客姓名", lambda r: v.name(r) if r.random() < 0.8 else v.latin(r), "name_cn|name_latin!"),
        ("证件号", lambda r: v.prc(r) if r.random() < 0.8 else v.passport(r), ID + "|passport_cn!", {"damage": id_spaced}),
        ("国籍/地区", ["中国", "中国", "中国香港", "德国"], "nationality|country|category!"),
        ("联系电话", v.mobile, TEL + "!", {"empty": 0.15}),
        ("房号", ["0812", "1506", "2103", "0605"], WORD + "|number|order_no"),
        ("抵店", day("%Y-%m-%d", 2026, 2026), DAY),
        ("离店", day("%Y-%m-%d", 2026, 2026), DAY),
        ("房费", ["458.00", "528.00", "1288.00"], NUM),
        ("特殊要求", told, "text!", {"embedded": (ID, "email")}),
    )  # fmt: skip
    c.writer = as_csv(encoding="utf-8-sig")
    c.count = False


@case(90)
def pnl_export(c: Case) -> None:
    c.strong = ("passport_cn",)
    put(
        c,
        ("flt_no", ["MU551", "MU219", "FM841"], "voyage_no|category|order_no"),
        ("flt_dt", day("%d%b%y", 2026, 2026), DAY),
        ("dep_arr", ["PVG-LHR", "PVG-FRA", "PVG-HKT"], WORD + "|un_locode"),
        ("rec_loc", code("@@#@#@"), "pnr|order_no!"),
        ("tkt_no", lambda r: "781-" + v.num(r, 10), "pnr|order_no!"),
        ("pax_name", lambda r: f"{r.choice(v.FAMILY)}/{r.choice(v.FIRST)} {r.choice(('MR', 'MS', 'CHD'))}", "name_latin!"),
        ("dob", day("%d%b%y", 1948, 2020), "birth_date|date!"),
        ("sex", ["M", "F"], "gender!"),
        ("ppt_no", v.passport, "passport_cn", key("passport_cn")),
        ("ppt_expiry", day("%Y-%m-%d", 2027, 2035), "date|datetime"),
        ("natl", ["CHN", "CHN", "DEU", "GBR"], "nationality|country!"),
        ("ffp_no", lambda r: "MU" + v.num(r, 12), "customer_no|order_no!", {"empty": 0.4}),
        ("ctcm", v.mobile, TEL + "!", {"damage": phone_styles, "empty": 0.2}),
    )  # fmt: skip
    c.writer = as_csv(delimiter=";")
    c.count = False


@case(60)
def xinsheng_xinxi(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("班级", ["一（1）班", "一（2）班", "一（3）班"], WORD),
        ("学生姓名", v.name, "name_cn!"),
        ("性别", ["男", "女"], "gender!"),
        ("身份证件号", lambda r: v.prc(r, low=2018, high=2020), ID, key(ID, damage=quoted)),
        ("户籍地址", v.address, "address_cn!"),
        ("父亲姓名", v.name, "name_cn!"),
        ("父亲手机", v.mobile, TEL, key(TEL)),
        ("母亲姓名", v.name, "name_cn!"),
        ("母亲手机", v.mobile, TEL, key(TEL, damage=phone_styles, empty=0.1)),
        ("血型", ["A", "B", "O", "AB", ""], "blood_type|category!"),
        (
            "过敏及病史",
            ["无", "无", "花生过敏", "哮喘", "青霉素过敏"],
            "medical_text|diagnosis|text!",
        ),
        ("是否住宿", ["是", "否"], "boolean|category"),
        ("报到日期", day("%Y.%m.%d", 2026, 2026), DAY),
    )
    c.order = (ID, TEL)
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("2026级新生信息采集表", "填表人：教务处"), merge=True)


@case(90)
def yz_fwda(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("xqmc", ["滴水湖馨苑", "海尚明徕苑"], WORD + "|org_name|address_text"),
        ("fwbm", lambda r: f"{r.randint(1, 28)}-{r.randint(1, 3)}-{r.randint(101, 1804)}", "order_no|text|address_text|category?"),
        ("yzxm", v.name, "name_cn!"),
        ("yzsfzh", v.prc, ID, key(ID, empty=0.1)),
        ("yzdh", v.mobile, TEL, key(TEL)),
        ("jzmj", fmt(48, 188, 2), "number"),
        ("cph", v.plate, "plate_cn", key("plate_cn", empty=0.3)),
        ("cwh", code("B#-###"), "order_no|category|text"),
        ("rzrq", day("%Y/%m/%d", 2014, 2026), DAY),
        ("zhxm", v.name, "name_cn!", {"empty": 0.6}),
        ("wyfdj", ["2.35", "2.80", "3.10"], NUM),
        ("qfje", fmt(0, 9000, 2), "number?"),
    )  # fmt: skip
    c.order = (ID, TEL, "plate_cn")
    c.suffix, c.writer = ".sqlite", as_sqlite


# Suppliers, books, machines


@case(70)
def gongyingshang_wuliao(c: Case) -> None:
    firm = crowd(c, 18, v.company, v.uscc, v.name, v.mobile, v.email)
    put(
        c,
        ("供应商名称", firm[0], "org_name"),
        ("统一社会信用代码", firm[1], "uscc"),
        ("业务联系人", firm[2], "name_cn!"),
        ("联系手机", firm[3], TEL, key(TEL, damage=dot_zero)),
        ("邮箱", firm[4], "email", key("email", empty=0.2)),
        ("物料号", code("10##-@####"), "order_no|category|text"),
        ("物料名称", ["六角法兰螺栓", "密封圈", "高压线束", "铝压铸壳体"], "cargo_name|category|text"),
        ("规格型号", ["M8×25", "Φ32×2.5", "LV216-50", "A380"], WORD + "|order_no"),
        ("69码", v.ean, "ean"),
        ("批次号", lambda r: "177" + v.num(r, 8), CODES),
        ("含税单价", lambda r: f"￥{r.uniform(0.2, 900):.2f}", "number|text"),
        ("最小起订量", ["500", "1000", "20"], NUM),
        ("账期", ["月结30天", "月结60天", "预付"], WORD),
    )
    c.order = (TEL, "email")
    c.writer = as_csv(encoding="utf-8-sig")


@case(100)
def mingxi_zhang(c: Case) -> None:
    put(
        c,
        ("记账日期", day("%Y-%m-%d", 2026, 2026), DAY),
        ("凭证字号", lambda r: f"记-{r.randint(1, 400):04}", "order_no|text|category"),
        ("科目编码", ["1122.01", "2202.02", "6001.01.03", "6602.11"], WORD + "|number|order_no"),
        ("科目名称", ["应收账款-货款", "应付账款-暂估", "主营业务收入", "管理费用-折旧"], WORD),
        ("摘要", ["计提8月折旧", "收海鸥贸易货款", "结转成本", "暂估入库"], TEXT),
        ("业务单据", lambda r: "2026" + v.num(r, 14), "order_no|number"),
        ("往来单位", v.company, "org_name", {"empty": 0.4}),
        ("借方", lambda r: f"{r.randint(1, 900)},{v.num(r, 3)}.{v.num(r, 2)}", "number", {"empty": 0.5}),
        ("贷方", lambda r: f"{r.randint(1, 900)},{v.num(r, 3)}.{v.num(r, 2)}", "number", {"empty": 0.5}),
        ("方向", ["借", "贷", "平"], WORD),
        ("币别", ["人民币", "美元"], "currency|category"),
        ("汇率", ["1.0000", "7.0821"], NUM),
        ("附件数", whole(0, 9), NUM),
    )
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("明细账", "2026年8月　本币"), merge=True, second=True)


@case(120)
def wtg_scada_10min(c: Case) -> None:
    """Turbines and their weather; nobody at all."""
    put(
        c,
        ("data_time", lambda r: f"{v.date(r)} {r.randint(0, 23):02}:{r.randint(0, 5)}0:00", WHEN),
        ("turbine", ["WT01", "WT02", "WT07", "WT15"], WORD + "|order_no"),
        ("run_state", ["RUN", "STANDBY", "FAULT"], WORD),
        ("active_power_kw", fmt(-12, 4200, 1), "number"),
        ("rotor_rpm", fmt(0, 13, 2), "number"),
        ("gearbox_oil_temp", fmt(28, 74, 1), "number"),
        ("vib_rms_x", fmt(0, 3, 4), "number"),
        ("wind_speed_hub", fmt(0, 26, 2), "weather_value|number"),
        ("wind_dir", whole(0, 359), "weather_value|number"),
        ("air_temp", fmt(-5, 37, 1), "weather_value|number"),
        ("air_press_hpa", fmt(996, 1034, 1), "weather_value|number"),
        ("energy_counter", lambda r: "86" + v.num(r, 8), "number|order_no"),
        ("fault_code", ["0", "0", "1304", "2217"], "category|number|order_no"),
        ("batch_md5", lambda r: v.hexes(r, 32), "hash|order_no"),
    )
    c.suffix, c.writer = ".parquet", as_parquet
