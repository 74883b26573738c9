"""Makers of values: invented, valid by the standard they follow, from the caller's random source."""

import datetime as dt
import random
import uuid

from messy import digits as d

R = random.Random
AREAS = (
    "310104",
    "310115",
    "110108",
    "320583",
    "330106",
    "440305",
    "510104",
    "610102",
    "420102",
    "370202",
    "210202",
    "350203",
    "500103",
)
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建文斌宇浩然欣怡志远子涵思雨晓东国庆海燕春梅"
DOUBLE = ("欧阳", "上官", "司马", "诸葛", "令狐")
MINORITY = ("买买提·艾力", "阿依古丽·吐尔逊", "古丽娜扎·拜合提", "扎西多吉", "巴特尔", "乌兰图雅")
FAMILY = (
    "WANG",
    "LI",
    "ZHANG",
    "CHEN",
    "SMITH",
    "MUELLER",
    "GARCIA",
    "KOWALSKI",
    "SANTOS",
    "NGUYEN",
    "IVANOV",
    "REYES",
    "DELA CRUZ",
    "OKAFOR",
)
FIRST = (
    "WEI",
    "MIN",
    "JUN",
    "ANNA",
    "PETER",
    "MARIA",
    "JOSE",
    "OLEG",
    "RAMON",
    "LINH",
    "GRACE",
    "EMEKA",
    "THOMAS",
    "XIAOMING",
)


def num(r: R, n: int, first: str = "0123456789") -> str:
    return r.choice(first) + "".join(r.choices("0123456789", k=n - 1))


def birthday(r: R, low: int = 1955, high: int = 2004) -> tuple[int, int, int]:
    return r.randint(low, high), r.randint(1, 12), r.randint(1, 28)


def prc(r: R, area: str | None = None, low: int = 1955, high: int = 2004) -> str:
    y, m, day = birthday(r, low, high)
    body = f"{area or r.choice(AREAS)}{y}{m:02d}{day:02d}{r.randint(1, 899):03d}"
    return body + d.prc(body)


def fifteen(id18: str) -> str:
    return id18[:6] + id18[8:17]


def name(r: R) -> str:
    if r.random() < 0.04:
        return r.choice(DOUBLE) + r.choice(GIVEN)
    if r.random() < 0.03:
        return r.choice(MINORITY)
    return r.choice(SURNAMES) + "".join(r.choices(GIVEN, k=r.choice((1, 2, 2, 2))))


def latin(r: R) -> str:
    return f"{r.choice(FIRST).title()} {r.choice(FAMILY).title()}"


def mobile(r: R) -> str:
    return r.choice(
        (
            "130",
            "132",
            "135",
            "137",
            "138",
            "139",
            "150",
            "151",
            "158",
            "159",
            "166",
            "177",
            "180",
            "186",
            "188",
            "189",
            "191",
            "199",
        )
    ) + num(r, 8)


def email(r: R) -> str:
    return f"{r.choice(FIRST).lower()}.{r.choice(FAMILY).lower().replace(' ', '')}{r.randint(1, 9999)}@{r.choice(('example.com', 'mail.example.cn', 'example.co.jp', 'corp-example.de'))}"


def card(r: R, n: int = 19, bin_: str | None = None) -> str:
    body = (bin_ or r.choice(("622202", "621700", "622848", "625912", "621661"))) + num(r, n - 7)
    return body + d.luhn(body)


def uscc(r: R) -> str:
    code = num(r, 8)
    body = "91" + r.choice(AREAS) + code + d.org(code)
    return body + d.uscc(body)


def company(r: R) -> str:
    return (
        r.choice(("上海", "宁波", "苏州工业园区", "深圳市", "北京"))
        + r.choice(("远航", "青禾", "海鸥", "临港", "新辰", "博联"))
        + r.choice(("国际货运代理", "汽车零部件", "医药科技", "贸易", "融资租赁", "信息技术"))
        + r.choice(("有限公司", "股份有限公司", "有限责任公司"))
    )


def firm(r: R) -> str:
    return (
        r.choice(("Blue Whale", "Northgate", "Sakura", "Rheinland", "Pacific Rim", "Baltic"))
        + " "
        + r.choice(("Logistics", "Trading", "Pharma", "Auto Parts", "Shipping"))
        + " "
        + r.choice(("GmbH", "Ltd.", "Inc.", "Co., Ltd", "S.p.A.", "LLC"))
    )


def address(r: R) -> str:
    return r.choice((
        f"上海市浦东新区{r.choice('东西南北')}{r.choice('海山江湖')}路{r.randint(1, 999)}弄{r.randint(1, 60)}号{r.randint(101, 2304)}室",
        f"江苏省苏州市昆山市花桥镇绿地大道{r.randint(1, 999)}号{r.randint(1, 20)}幢{r.randint(101, 999)}室",
        f"广东省深圳市南山区科技园南区{r.randint(1, 30)}栋{r.randint(1, 9)}单元{r.randint(101, 999)}",
        f"浙江省杭州市西湖区文三路{r.randint(1, 999)}号{r.randint(1, 9)}楼",
        f"四川省成都市青羊区人民中路{r.randint(1, 99)}号附{r.randint(1, 9)}号",
    ))  # fmt: skip


def street(r: R) -> str:
    return f"{r.randint(1, 2999)} {r.choice(('Maple', 'Oak', 'Harbor', 'King', 'Hill'))} {r.choice(('Street', 'Ave', 'Road', 'Blvd'))}, {r.choice(('Austin, TX 78701', 'Seattle, WA 98101', 'Leeds LS1 4AP', 'Boston, MA 02110'))}"


def plate(r: R) -> str:
    head = r.choice("沪苏浙粤京鲁川豫") + r.choice("ABCDEFGHJKL")
    kind = r.random()
    if kind < 0.3:
        return head + r.choice("DF") + r.choice("0123456789ABCDEFGH") + num(r, 4)
    if kind < 0.36:
        return head + num(r, 4) + r.choice("学挂警")
    if kind < 0.42:
        return head + num(r, 5) + "D"
    return head + "".join(r.choices("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", k=2)) + num(r, 3)


def vin(r: R, wmi: str = "LSV") -> str:
    body = (
        wmi
        + "".join(r.choices("ABCDEFGHJKLMNPRSTUVWXYZ0123456789", k=5))
        + "0"
        + r.choice("KLMNPRST")
        + r.choice("ABCDE2")
        + num(r, 6)
    )
    return d.vin(body)


def vin_eu(r: R) -> str:
    return (
        r.choice(("WVWZZZ1KZ", "WDB2030461", "WBAVB13506", "ZFA31200000", "VF1RFB00"))[:9].ljust(9, "Z")
        + r.choice("ABDEF456")
        + r.choice("WPKM")
        + num(r, 6)
    )


def passport(r: R) -> str:
    return r.choice(("E" + num(r, 8), "E" + r.choice("ABCDEFGHJK") + num(r, 7), "G" + num(r, 8)))


def date(r: R, form: str = "%Y-%m-%d", low: int = 2022, high: int = 2026) -> str:
    y, m, day = birthday(r, low, high)
    return dt.date(y, m, day).strftime(form)


def moment(r: R) -> str:
    return f"{date(r)} {r.randint(0, 23):02d}:{r.randint(0, 59):02d}:{r.randint(0, 59):02d}"


def money(r: R) -> str:
    return f"{r.uniform(1, 90000):.2f}"


def container(r: R) -> str:
    body = r.choice(("COSU", "MSCU", "TGHU", "OOLU", "EISU")) + num(r, 6)
    return body + d.container(body)


def imo(r: R) -> str:
    body = num(r, 6, "789")
    return body + d.imo(body)


def awb(r: R) -> str:
    body = num(r, 7)
    return f"{r.choice(('784', '112', '781', '020', '157'))}-{body}{int(body) % 7}"


def ean(r: R) -> str:
    body = r.choice(("690", "692", "693", "400", "880")) + num(r, 9)
    return body + d.ean(body)


def iban(r: R) -> str:
    country, length = r.choice((("DE", 18), ("FR", 23), ("NL", 14), ("GB", 18)))
    if country == "NL":
        body = "ABNA" + num(r, 10)
    elif country == "GB":
        body = "NWBK" + num(r, 14)
    else:
        body = num(r, length)
    return country + d.mod97(body + country) + body


def isin(r: R) -> str:
    body = r.choice(("US", "CN", "HK", "DE")) + "0" + num(r, 8)
    return body + d.luhn36(body)


def lei(r: R) -> str:
    body = (
        r.choice(("3003", "5493", "3358"))
        + "00"
        + "".join(r.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", k=12))
    )
    return body + d.mod97(body)


def imei(r: R) -> str:
    body = r.choice(("35", "86", "01")) + num(r, 12)
    return body + d.luhn(body)


def iccid(r: R) -> str:
    body = "8986" + r.choice(("00", "03", "04", "06")) + num(r, 13)
    return body + d.luhn(body)


def hkid(r: R) -> str:
    body = r.choice("ABCDGKPRYZ") + num(r, 6)
    return f"{body}({d.hkid(body)})"


def taiwan(r: R) -> str:
    body = r.choice("ABCDEFGHJKLMNPQRSTUVXY") + r.choice("12") + num(r, 7)
    return body + d.taiwan(body)


def nric(r: R) -> str:
    p, body = r.choice("STFG"), num(r, 7)
    return p + body + d.nric(p, body)


def ms(r: R) -> str:
    return str(1_700_000_000_000 + r.randrange(60_000_000_000))


def mac(r: R) -> str:
    return r.choice((":", "-")).join(f"{r.randrange(256):02X}" for _ in range(6))


def ip(r: R) -> str:
    return f"{r.choice((10, 100, 172, 192, 203, 114, 58))}.{r.randrange(256)}.{r.randrange(256)}.{r.randrange(1, 255)}"


def guid(r: R) -> str:
    return str(uuid.UUID(int=r.getrandbits(128), version=4))


def hexes(r: R, n: int) -> str:
    return "".join(r.choices("0123456789abcdef", k=n))


def declaration(r: R, pass_id_check: bool = False) -> str:
    while True:
        text = (
            r.choice(("2227", "2248", "4227", "5345"))
            + str(r.randint(2021, 2026))
            + r.choice("01")
            + num(r, 9)
        )
        if not pass_id_check or d.prc(text[:17]) == text[17]:
            return text


def lonlat(r: R) -> tuple[str, str]:
    return f"{121 + r.random():.6f}", f"{30.7 + r.random() * 0.8:.6f}"
