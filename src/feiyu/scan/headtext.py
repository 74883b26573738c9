"""A header as words.

Headers come in Chinese, English, pinyin and abbreviations, in snake case, camel case, with brackets, units and numbers behind them.

Rules this module keeps:
 * a word is read in one way: small letters without accents, simplified characters, the singular, one writing of an abbreviation;
 * what only counts, measures or explains is no word of a header.
"""

import re
from functools import lru_cache
from unicodedata import normalize

from feiyu.scan import headwords
from feiyu.scan.normalize import FOLD

BRACKETS = re.compile(r"[(\[{【（<].*?[)\]}】）>]|[*#:：]+$")
EXPLAINED = re.compile(r"[(\[{【（<](.{2,24}?)[)\]}】）>]")
WRITTEN = re.compile(r"(?:[hkM]Pa|[kM]W|[kMG]?Hz|kWh|m?mol|[mM]mHg|dB|mAh?)(?![A-Za-z])")
"""Units with capitals inside, which are one word."""
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
SIGNS = {ord("〒"): " 邮便番号 ", ord("℡"): " tel ", ord("№"): " no "}
"""Signs that stand for a word."""
HAN = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
NARROW = re.compile("[\uff65-\uff9f]+")
"""Kana of half width, as old systems of Japan write them."""
MARKS = (
    r"\u0591-\u05c7\u064b-\u065f\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd\u09d7\u0a01-\u0a03\u0a3c-\u0a51\u0a70\u0a71\u0a81-\u0a83\u0abc-\u0acd"
    r"\u0b01-\u0b03\u0b3c-\u0b57\u0b82\u0bbe-\u0bcd\u0c00-\u0c04\u0c3e-\u0c56\u0c81-\u0c83\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d4d\u0d81-\u0d83\u0dca-\u0ddf"
    r"\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u1056-\u1060\u135d-\u135f\u17b4-\u17d3"
)
"""Vowels and tones of Hebrew, Arabic, the scripts of India and Sri Lanka, Thai, Lao, Burmese, Amharic and Khmer, which stand on letters and divide no word."""
WORD = re.compile(rf"[{HAN}]+|(?:[^\W_{HAN}]|[{MARKS}])+")
HASH = re.compile(r"(?<=[A-Za-z.]) ?#(?=\W*$)")
"""The number sign of America behind a noun."""
CUSTOM = re.compile(r"(?<=[A-Za-z0-9])__(?:c|pc|r|x|e|s)$")
"""Behind the names of fields that users of Salesforce add."""
LISTED = re.compile(
    rf"(?<=[{HAN}])\s*(?:[,;。]|:(?=\s*[0-9A-Za-z]|[^:]*[、/;,])|[-=]>?(?=[0-9])|(?=(?:[-\s]*[0-9]{{1,2}}\s?[-=:.、]?>?\s?[{HAN}]+[\s,;/、()]*){{2,}}$)).*$"
)
"""What explains a Chinese header behind it: other words behind a comma, or a list of codes (``性别 1男 2女``)."""
PER = re.compile(
    r"(?<![A-Za-z])(?:[munpkµμ]?(?:mol|g|I?U|Eq|cal|cd)|[kM]?W|次|[0-9x*^]*10\^?[0-9]*)/(?:[dmµ]?[lL]|k?g|h|min|s|m[²³23]?|分)(?![A-Za-z])"
)
"""Units of concentrations and rates, which say nothing but that something is measured."""
POSSESSIVE = re.compile(r"['’]s\b")
NUMBER = re.compile(r"(?<![^\W\d_])[nN][°º](?:[.:])?|(?<=[^\W\d_] )n\.$")
"""The number sign of Romance languages, and the n. behind a noun of Italian."""
EITHER = re.compile(r"(?<=[a-zà-ÿ]{3})/-?(?:in|innen|r|e|a|o|as|os|ya)(?![^\W\d_])")
"""The other sex behind a word: ``Patient/in``, ``Nato/a``."""
ACCENT = {
    code: plain
    for code in (*range(0xC0, 0x250), *range(0x386, 0x3CF), *range(0x1E00, 0x1F00))
    if ((plain := normalize("NFKD", chr(code))[0]).isascii() or plain > "\u0370") and plain.isalpha()
} | {
    ord("ß"): "ss",
    ord("ø"): "o",
    ord("ł"): "l",
    ord("đ"): "d",
    ord("ı"): "i",
    ord("æ"): "ae",
    ord("œ"): "oe",
    0x307: None,
}
COUNTED = re.compile(r"([a-z]{4,}(?=[0-9])|[a-z]{3}(?=[0-9]+(?:h|m|min)$))[0-9]{1,2}(?:h|m|min|d)?", re.ASCII)
"""A word with its number: ``code1``, ``address2``; or with its time or height: ``precip1h``, ``temp2m``."""
MONEY = frozenset(
    [
        "cny",
        "rmb",
        "usd",
        "eur",
        "hkd",
        "hk",
        "jpy",
        "krw",
        "gbp",
        "sgd",
        "chf",
        "myr",
        "thb",
        "inr",
        "aed",
        "twd",
        "ntd",
        "aud",
        "brl",
        "idr",
        "vnd",
        "php",
        "yuan",
        "元",
        "万元",
        "亿元",
        "円",
        "원",
    ]
)
"""Currencies at the end of a header, which change nothing about its sense."""
UNITS = frozenset(["cm", "mm", "m", "km", "kg", "g", "mg", "ml", "l", "s", "h", "min", "kw", "mw", "kwh", "v", "a", "w", "pa", "kpa", "hpa", "mmhg", "hz", "rpm", "db", "kgs", "hg", "mmol", "umol", "mol", "dl", "ng", "iu", "u", "t", "teu", "pcs", "nm", "mpa", "kv", "ma", "mah", "ah", "gb", "mb", "kb"])  # fmt: skip
"""Units behind a Chinese word, which would else be read as abbreviations of words."""
PRESSURES = frozenset(["hpa", "kpa", "mmhg"])
"""Units that are no abbreviations of words anywhere."""


TRADITIONAL = str.maketrans(
    "電話號碼國郵機證帳賬戶銀車編單員齡別業職學診斷貨運險緯經軌跡發動時間額現狀態婚姻護聯絡繫絡姓稱類訂購買賣價數量體檢驗結論遲還駕駛執區縣鄉鎮門"
    "樓層廠營執誌錄遞與個臨產親倉傳傷餘優儲黨冊軍況凍淨準憑處劃則創辦務歷壓參變臺啟問圖場聲備複頭獎嬰實審對導屬歲崗幣師帶庫應開異張歸當徑徵總掃擔"
    "據掛損攝攜條來極構槍標樣檔樁橫殘氣測瀏溫濕灣熱點獻環療監盤確種積稅簽篩係緊約級納縱線組細織終綁統續維縮繳網罰脈腦臉膽艙藥藍薦裝見觀規視覽訊記"
    "許設訪評識訴試詢詳語請讀負責貫費資賠贈轉軟載輔輛輻輸達過進違連選採錢鉛鏈銷長閱隊際陸隨頁項順顧預領頻風驅騎顏術醫傑義書華決筆補專遠蓋勞無雙團"
    "園關陣報貴質貿財貸賓贊"
    "會們匯滙鑰鎖鋼換製衛藝議讓課謝豐貓賽趙輪農遊鄰鄭釋鈔閉閏陳雜離靈頓頸飛飲飯館騰鬥魚鳥麥黃龍齒牆癥痺瘡眾矯礎窮簡糧緩聽膚臟蘇蟲衝褲襯訓誤調諾謄譯贏趕躍較輕適邊釐針鋪錶鏡鐘鐵鑑陰陽隱雲靜須題顯飾養駐髮鬆麗齊籤託佈併傭僱儘兌凱劑勵協嚴圍塊壞壽夠奪奬妝孫寶將尋屆島巖幫廣廢彈彙後徹復惡愛慮憶戲戰拋捨揚搖撥擁擇擊擬攔敗於昇晝曆東棄榮樂橋櫃歡毀沒淚淺渦湯溝滅滿漁漢漸潔潤澤濃濟濾為煙燈燒爐牽犧獨獲瑪畢畫皺盜禮穩競節範築籃籌紀紅紙純絕給綠練績繼纖羅習肅脅腳腸膠興舉舊艦莊萬葉著蒐蔣虛裡襲覺計說諮謀講",
    "电话号码国邮机证账账户银车编单员龄别业职学诊断货运险纬经轨迹发动时间额现状态婚姻护联络系络姓称类订购买卖价数量体检验结论迟还驾驶执区县乡镇门"
    "楼层厂营执志录递与个临产亲仓传伤余优储党册军况冻净准凭处划则创办务历压参变台启问图场声备复头奖婴实审对导属岁岗币师带库应开异张归当径征总扫担"
    "据挂损摄携条来极构枪标样档桩横残气测浏温湿湾热点献环疗监盘确种积税签筛系紧约级纳纵线组细织终绑统续维缩缴网罚脉脑脸胆舱药蓝荐装见观规视览讯记"
    "许设访评识诉试询详语请读负责贯费资赔赠转软载辅辆辐输达过进违连选采钱铅链销长阅队际陆随页项顺顾预领频风驱骑颜术医杰义书华决笔补专远盖劳无双团"
    "园关阵报贵质贸财贷宾赞"
    "会们汇汇钥锁钢换制卫艺议让课谢丰猫赛赵轮农游邻郑释钞闭闰陈杂离灵顿颈飞饮饭馆腾斗鱼鸟麦黄龙齿墙症痹疮众矫础穷简粮缓听肤脏苏虫冲裤衬训误调诺誊译赢赶跃较轻适边厘针铺表镜钟铁鉴阴阳隐云静须题显饰养驻发松丽齐签托布并佣雇尽兑凯剂励协严围块坏寿够夺奖妆孙宝将寻届岛岩帮广废弹汇后彻复恶爱虑忆戏战抛舍扬摇拨拥择击拟拦败于升昼历东弃荣乐桥柜欢毁没泪浅涡汤沟灭满渔汉渐洁润泽浓济滤为烟灯烧炉牵牺独获玛毕画皱盗礼稳竞节范筑篮筹纪红纸纯绝给绿练绩继纤罗习肃胁脚肠胶兴举旧舰庄万叶着搜蒋虚里袭觉计说咨谋讲",
)
"""Traditional characters of headers, brought to simplified ones."""


@lru_cache(maxsize=4096)
def tokens(header: str) -> tuple[str, ...]:
    """The words of a header: Latin words in lower case, runs of Chinese; brackets and counting numbers at the end are left out."""
    text = NARROW.sub(lambda kana: normalize("NFKC", kana[0]), header)
    text = CUSTOM.sub("", text.translate(FOLD).strip()).translate(TRADITIONAL)
    text = LISTED.sub("", HASH.sub(" no", text))
    text = BRACKETS.sub(" ", text).strip() or text
    text = PER.sub(" ", text.translate(SIGNS)).strip() or text
    text = EITHER.sub("", NUMBER.sub(" no ", text))
    text = WRITTEN.sub(lambda unit: f" {unit[0].lower()}", text)
    text = POSSESSIVE.sub("", CAMEL.sub(" ", text))
    found = _how_many(WORD.findall(text.lower().translate(ACCENT)))
    while len(found) > 1 and (
        found[-1].isdigit()
        or found[-1] in MONEY
        or (found[-1] in UNITS and (not found[0].isascii() or found[-1] in PRESSURES))
    ):
        found.pop()
    if (
        found
        and (len(found) > 1 or not found[-1][-1:].isdigit())
        and (counted := COUNTED.fullmatch(found[-1]))
    ):
        found[-1] = _one_way(counted[1])
    return alone(tuple(found))


def _how_many(words: list[str]) -> list[str]:
    """The words in one way; ``count`` in front of what there is a number of: several things have no number of their own."""
    found = [_one_way(word) for word in words]
    of = found[:1] == ["of"] or found[:2] == ["no", "of"]
    things = words[found.index("of") + 1 :] if of else words[1:] if words[:1] and words[0] in HOW_MANY else []
    if any(word in PEOPLE or _one_way(word) == word[:-1] for word in (things if of else things[-1:])):
        return ["count", *found[len(found) - len(things) :]]
    return found


HOW_MANY, PEOPLE = (
    ("number", "num", "n", "nb", "nbr"),
    ("people", "persons", "children", "staff", "men", "women"),
)
"""Short for the number of what follows, and words of which there are several without an s."""


def alone(head: tuple[str, ...]) -> tuple[str, ...]:
    """A single word without the number behind it."""
    if len(head) != 1 or not (word := head[0].rstrip("0123456789")):
        return head
    return (word if word == head[0] else headwords.same().get(word, word),)


VOWEL = re.compile("[aeiouy]")
"""Words without one are first letters of pinyin sooner than plurals, but for known abbreviations."""


def _one_way(word: str) -> str:
    """A Latin word in the singular and in its one writing."""
    if (
        len(word) >= 4
        and word.isascii()
        and word[-1] == "s"
        and word[-2] not in "sui"
        and word != "pays"
        and (VOWEL.search(word) or word[:-1] in headwords.same())
    ):
        word = word[:-1]
    if len(word) > 8 and word.endswith("nummer"):
        word = word.removesuffix("mmer").removesuffix("u") + "r"  # as its abbreviation: flugnr
    return headwords.same().get(word, word)


def written(word: str) -> tuple[str, ...]:
    """The tokens of a word of the data: small Latin letters, and Chinese without them, need no reading."""
    if ONLY_HAN.fullmatch(word):
        return (_one_way(word.translate(TRADITIONAL)),)
    if word.isascii() and word.islower() and word.replace(" ", "").isalpha():
        found = tuple(map(_one_way, word.split()))
        if found[-1] not in MONEY and found[-1] not in PRESSURES:
            return found
    return tokens(word)


ONLY_HAN = re.compile("[\u3400-\u9fff]+")


def explained(header: str) -> list[str]:
    """What stands in brackets."""
    return EXPLAINED.findall(header.translate(FOLD))


SIDES = re.compile(r"\s*[/|\n]\s*")
LISTED_SIDES = re.compile(r"[/|+&、,，;；\n及和与或]")
NO_HAN, LATIN_WORD = re.compile(f"[^{HAN}]+"), re.compile(r"[^\W\d_]{3,}")


def halves(header: str) -> tuple[str, ...]:
    """The two sides of a header that is said in Chinese and again in other letters, ``姓名/Nome``; one where the other is a unit; none of other headers."""
    sides = SIDES.split(header.translate(FOLD).strip())
    if (
        len(sides) != 2
        or not all(sides)
        or bool(NO_HAN.fullmatch(sides[0])) == bool(NO_HAN.fullmatch(sides[1]))
    ):
        return ()
    han, other = sorted(sides, key=lambda side: NO_HAN.fullmatch(side) is not None)
    said = set(tokens(other))
    return (han, other) if LATIN_WORD.search(other) and said.isdisjoint(MONEY | UNITS) else (han,)


def listed(header: str) -> list[str]:
    """The parts of a header that names several things."""
    return LISTED_SIDES.split(header.translate(FOLD))
