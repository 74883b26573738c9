"""What a header says: evidence for each semantic type, in log-odds.

Headers come in Chinese, English, pinyin and abbreviations, in snake case, camel case, with brackets and numbers behind them.

Rules this module keeps:
 * a header never decides alone; it adds to what the values say;
 * the longest word that fits is meant: 客户编号 speaks for the customer number, not for 编号;
 * Latin words match as whole words, never inside others (``id`` does not stand in ``width``).
"""

import re
from collections.abc import Collection, Iterator
from functools import cache, lru_cache
from itertools import pairwise
from unicodedata import normalize

from feiyu.scan import abroad, glosses, headwords, spelt
from feiyu.scan.catalogue import SemanticType, by_id, types
from feiyu.scan.model import Strength
from feiyu.scan.normalize import FOLD

SURE = 7.0
"""A field that a known system has under this name."""
EXACT, TAIL, PART, HINT = 6.0, 5.0, 2.5, 2.0
AGAINST = -8.0
OVERSHADOWED = 3.5
OTHERWISE = -2.0

BRACKETS = re.compile(r"[(\[{【（<].*?[)\]}】）>]|[*#:：]+$")
EXPLAINED = re.compile(r"[(\[{【（<](.{2,24}?)[)\]}】）>]")
"""What stands in brackets."""
WRITTEN = re.compile(r"(?:[hkM]Pa|[kM]W|[kMG]?Hz|kWh|m?mol|[mM]mHg|dB|mAh?)(?![A-Za-z])")
"""Units with capitals inside, which are one word."""
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
SIGNS = {ord("〒"): " 邮便番号 ", ord("℡"): " tel ", ord("№"): " no "}
"""Signs that stand for a word."""
HAN = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
MARKS = r"\u0591-\u05c7\u064b-\u065f\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd\u09d7\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
"""Vowels and tones of Hebrew, Arabic, Hindi, Bengali and Thai, which stand on letters and divide no word."""
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
SUFFIXES = (
    "号码", "号", "编号", "代码", "编码", "码", "信息", "名称", "名", "全称", "简称", "字段", "列", "一", "二", "1", "2",
)  # fmt: skip
"""What stands behind a Chinese header word without changing its sense."""
LONGEST = 16
"""No header word is longer."""
CODED = ("编号", "代码", "编码", "代号", "标识", "id", "号码", "号", "码")
"""Ends of what is a number or a code; the last three are also those of telephones."""


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
    text = CUSTOM.sub("", header.translate(FOLD).strip()).translate(TRADITIONAL)
    text = LISTED.sub("", HASH.sub(" no", text))
    text = BRACKETS.sub(" ", text).strip() or text
    text = PER.sub(" ", text.translate(SIGNS)).strip() or text
    text = EITHER.sub("", NUMBER.sub(" no ", text))
    text = WRITTEN.sub(lambda unit: f" {unit[0].lower()}", text)
    text = POSSESSIVE.sub("", CAMEL.sub(" ", text))
    found = [_one_way(word) for word in WORD.findall(text.lower().translate(ACCENT))]
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
    return _alone(tuple(found))


def _alone(head: tuple[str, ...]) -> tuple[str, ...]:
    """A single word without the number behind it."""
    return (head[0].rstrip("0123456789") or head[0],) if len(head) == 1 else head


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


LINKS = frozenset(["de", "del", "du", "des", "di", "da", "do", "dos", "della", "dello", "von", "of"])
"""Before what only says whose it is: ``fecha de nacimiento del titular``."""
Place = tuple[int, int]
"""A type's order, and whether the word speaks for it surely (0), weakly (1) or against it (2)."""
WORDS, HINTS, AGAINST_IT = range(3)


Index = tuple[dict[tuple[str, ...], list[Place]], dict[str, list[Place]]]


@cache
def _index() -> Index:
    """Where each header word belongs: by its tokens, and by the word written as one."""
    near_apart, near_joined = _near()
    apart = {word: list(places) for word, places in near_apart.items()}
    joined = {word: list(places) for word, places in near_joined.items()}
    for kind, word in abroad.words(_written):
        if word:
            short = len(word) == 1 and word[0].isascii() and len(word[0]) < LONG_WORD
            _keep({} if short else apart, joined, word, (by_id()[kind].order, WORDS))
    for kind, word in abroad.hints(_written):
        _keep(apart, joined, word, (by_id()[kind].order, HINTS))
    return apart, joined


def _written(word: str) -> tuple[str, ...]:
    """The tokens of a word of the data: small Latin letters, and Chinese without them, need no reading."""
    if ONLY_HAN.fullmatch(word):
        return (_one_way(word.translate(TRADITIONAL)),)
    if word.isascii() and word.islower() and word.replace(" ", "").isalpha():
        found = tuple(map(_one_way, word.split()))
        if found[-1] not in MONEY and found[-1] not in PRESSURES:
            return found
    return tokens(word)


ONLY_HAN = re.compile("[\u3400-\u9fff]+")


LONG_WORD = 5
"""Shorter words of other languages are read as whole headers only: a volume is no flight."""


def _keep(
    apart: dict[tuple[str, ...], list[Place]],
    joined: dict[str, list[Place]],
    word: tuple[str, ...],
    place: Place,
) -> None:
    places = apart.setdefault(word, [])
    if place not in places:
        places.append(place)
        joined.setdefault("".join(word), []).append(place)


@cache
def _near() -> Index:
    """The same without the words of other languages, which are no parts of abbreviations."""
    apart: dict[tuple[str, ...], list[Place]] = {}
    joined: dict[str, list[Place]] = {}

    for one in types():
        for group, words in enumerate((one.headers, one.hints, one.against)):
            for word in map(_written, words):
                _keep(apart, joined, word, (one.order, group))
        for word in map(_written, one.exactly):
            joined.setdefault("".join(word), []).append((one.order, WORDS))
    for kind, word in headwords.made(_written):
        _keep(apart, joined, word, (by_id()[kind].order, WORDS))
    return apart, joined


@cache
def _words() -> frozenset[str]:
    """Every Latin word that stands in a known header, and its abbreviations."""
    apart, _ = _near()
    latin = (token for word in apart for token in word if token.isascii() and token.isalpha())
    return frozenset((*latin, *headwords.same()))


@cache
def _longer() -> headwords.Longer:
    return headwords.longer([word for word in _words() if len(word) > 3])


@cache
def _kin() -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(by_id()[kind].order for kind in group) for group in headwords.kin())


def found_in(head: tuple[str, ...]) -> Iterator[tuple[float, int, list[Place]]]:
    """Every known word that stands in a header: how it stands, how long it is, where it belongs."""
    apart, joined = _index()
    whole = "".join(head)
    if places := joined.get(whole):
        yield EXACT, len(whole), places
    for i in range(len(head)):
        for j in range(i + 1, len(head) + 1):
            part = head[i:j]
            size = sum(map(len, part))
            if part != head and size > 1 and (places := apart.get(part)):
                named = j == len(head) or (i == 0 and j > 1 and head[j] in LINKS)
                yield (TAIL if named else PART), size, places
    for k, token in enumerate(head):
        if not token.isascii():
            yield from _han_words(token, apart, last=k == len(head) - 1)


def _han_words(
    part: str, apart: dict[tuple[str, ...], list[Place]], *, last: bool
) -> Iterator[tuple[float, int, list[Place]]]:
    """Words inside a run of Chinese; at the end, or before what changes no sense, they name the whole."""
    for i in range(len(part)):
        for j in range(i + 2, min(len(part), i + LONGEST) + 1):
            places = apart.get((part[i:j],))
            if places and (i, j) != (0, len(part)):
                yield (TAIL if last and part[j:] in ("", *SUFFIXES) else PART), j - i, places


@cache
def _nothing() -> tuple[float, ...]:
    return (0.0,) * len(types())


@lru_cache(maxsize=4096)
def evidence(header: str) -> tuple[float, ...]:
    """For each type, in order, what the header adds."""
    if fields := headwords.of_system(header):
        return _weighed(_with_kin({by_id()[kind].order: (SURE, LONGEST) for kind in fields}), set(), set())
    head = tokens(header)
    if not head:
        return _nothing()
    found, hinted, refused = _told(head)
    if not _sure(found, refused):
        again = _again(head, refused) or _shortened(head, refused) or _spelt(head)
        found.update({order: told for order, told in again.items() if told > found.get(order, (0.0, 0))})
    found = _in_english(head, found)
    _explained(header, found)
    if ABROAD.search(header):
        refused |= {by_id()[kind].order for kind in OF_CHINA}
    _counted(head, found)
    _asked(head, found)
    _of_it(head, found)
    _somebody(head, found)
    _pictured(head, found)
    if not found and not hinted and not refused:
        return _nothing()
    return _weighed(_with_kin(found), hinted, refused)


Found = dict[int, tuple[float, int]]
"""What a header says for types: how surely, and by how long a word."""


def _explained(header: str, found: Found) -> None:
    """What stands in brackets behind a header may be the number that is meant: ``Tax ID (SSN)``, ``证件号（护照）``."""
    size = max((size for value, size in found.values() if value >= TAIL), default=0)
    for inside in EXPLAINED.findall(header.translate(FOLD)):
        head = tokens(inside)
        for order, group in _index()[1].get("".join(head), ()):
            if group == WORDS and _numbers_somebody(types()[order]):
                found[order] = max(found.get(order, (0.0, 0)), (TAIL, max(size, sum(map(len, head)))))


def _numbers_somebody(one: SemanticType) -> bool:
    return one.strength is not Strength.NONE or one.id in ("icd10", "icd9_procedure")


def _sure(found: Found, refused: Collection[int] = ()) -> bool:
    return any(value >= TAIL for order, (value, _) in found.items() if order not in refused)


def _again(head: tuple[str, ...], refused: Collection[int] = ()) -> Found:
    """What a header says, read in another way, where that is something sure."""
    for reading, kinds in headwords.readings(head, _words()):
        again, _, against = _told(_alone(reading))
        again = {
            order: told for order, told in again.items() if order not in against and order not in refused
        }
        if kinds is not None:
            again = {order: told for order, told in again.items() if types()[order].id in kinds}
        if head[0] == "no":  # how many of something, or the number of somebody
            again = {order: told for order, told in again.items() if types()[order].personal}
        if _sure(again):
            return {order: (min(value, TAIL), size) for order, (value, size) in again.items()}
    return {}


def _shortened(head: tuple[str, ...], refused: Collection[int]) -> Found:
    """What a header says whose unknown words are short for known ones, where all that they may be short for beside each other says one thing."""
    said: list[Found] = []
    for reading in headwords.unfolded(head, _words(), _longer()):
        told, _, against = _told(reading)
        told = {order: one for order, one in told.items() if order not in against and order not in refused}
        if not _sure(told):
            told = _again(reading, {*against, *refused})
        if any(value >= TAIL and size > len(reading[-1]) for value, size in told.values()):
            said.append(_with_kin({order: one for order, one in told.items() if one[0] >= TAIL}))
    return {
        order: (TAIL, min(each[order][1] for each in said))
        for order in (set.intersection(*map(set, said)) if said else ())
    }


PARTS = (("first", "name"), ("last", "name"))
"""What a word for a part of a name means, which may be known as one for names only."""


def _meant(head: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The ways to read a header in English, where it is not in Chinese or in English: a word for a thing or a deed among known words."""
    if all(word in NUMBERED or ONLY_HAN.fullmatch(word) for word in head):
        return ()
    known = all(word in _words() or word in headwords.english() for word in head)
    if len(head) > 1 and known and not headwords.english().isdisjoint(head):
        return ()
    return glosses.read(head, _words())


def _in_english(head: tuple[str, ...], found: Found) -> Found:
    """What a header says word for word in English, where no word for all of it is known: what only a part of it names is not meant."""
    readings = _meant(head)
    if any(value >= EXACT for value, _ in found.values()):
        if readings and readings[0] in PARTS:
            found.setdefault(by_id()["name_part"].order, max(found.values()))
        return found
    for reading in readings:
        said, _, against = _told(reading)
        said = {order: told for order, told in said.items() if order not in against}
        said = said if _sure(said) else _again(reading, against)
        if _sure(said):
            return said
    if readings and len(readings[0]) > 1:
        return {order: (min(value, PART), size) for order, (value, size) in found.items()}
    return found


@cache
def _spellings() -> dict[str, list[str]]:
    """How Chinese words of headers are spelt in Latin letters, with those of no type."""
    apart, _ = _near()
    known = (word[0] for word in apart if len(word) == 1 and not word[0].isascii())
    return spelt.by_spelling({*known, *headwords.plain_words()})


INITIALS = 3
"""No fewer letters are read as the first letters of a word; where they are so few, values must have a form of their own as well."""


def _spelt(head: tuple[str, ...]) -> Found:
    """What the Chinese words say that a header or its last word spells: surely where all that may be meant name one type, else weakly."""
    for part in (
        part + end for part in ("".join(head), *head[-1:]) for end in ("", "s")
    ):  # an s that was taken for a plural
        if len(part) < INITIALS or (part in _words() and len(head) > 1) or part not in _spellings():
            continue
        said = [
            _with_kin({o: v for o, v in _told((one,))[0].items() if v[0] >= TAIL})
            for one in _spellings()[part]
        ]
        sure = {
            order
            for order in set.intersection(*map(set, said))
            if len(part) > INITIALS or not types()[order].needs_header
        }
        return {order: (TAIL, len(part)) if order in sure else (HINT, 0) for one in said for order in one}
    return {}


def _told(head: tuple[str, ...]) -> tuple[Found, set[int], set[int]]:
    """What the words of a header say: for types surely, weakly, and against them."""
    found: Found = {}
    hinted: set[int] = set()
    refused: set[int] = set()
    for value, size, places in found_in(head):
        for order, group in places:
            if group == WORDS:
                found[order] = max(found.get(order, (0.0, 0)), (value, size))
            else:
                (hinted if group == HINTS else refused).add(order)
    _of_a_thing(head, found, refused)
    _numbered(head, found)
    return found, hinted, refused


NAMES = ("name_cn", "name_latin", "name_other", "name_masked", "name_part")


def _of_a_thing(head: tuple[str, ...], found: Found, refused: set[int]) -> None:
    """The name of a thing is nobody's."""
    if any(noun == "name" and thing in headwords.things() for thing, noun in pairwise(head)):
        refused |= {by_id()[kind].order for kind in NAMES}
        firm = by_id()["org_name"].order
        if found.get(firm) == (TAIL, len("name")):
            del found[firm]
            if (firm, WORDS) in _index()[1].get(head[-2], ()):
                found[firm] = (TAIL, len(head[-2]))


def _numbered(head: tuple[str, ...], found: Found) -> None:
    """What Chinese words with a number behind them mean: not what is said in words; and the number of somebody numbers him."""
    whole = "".join(head)
    if head[-1:] == ("id",) and len(head) > 1 and head[-2].isascii():
        if not _sure({order: v for order, v in found.items() if types()[order].personal}) and _is_somebody(
            head[-2]
        ):
            found[by_id()["customer_no"].order] = (TAIL, len(head[-2]) + 2)
        return
    if not whole or head[0].isascii() or not whole.endswith(CODED):
        return
    end = next(end for end in CODED if whole.endswith(end))
    owner = whole.removesuffix(end)
    for kind in (*WORDED, *NAMES):
        if found.get(by_id()[kind].order, (EXACT, 0))[0] < EXACT:
            del found[by_id()[kind].order]
    if head[-1] == "id" and len(head) == 2:
        for i in range(1, len(owner) - 1):
            for order, group in _index()[0].get((owner[i:], "id"), ()):
                if group == WORDS:
                    found[order] = max(found.get(order, (0.0, 0)), (TAIL, len(owner) - i + 2))
    if end not in CODED[-3:] and not any(
        value >= TAIL and types()[order].personal for order, (value, _) in found.items()
    ):
        found.update(_number_of(owner, found))


def _is_somebody(word: str) -> bool:
    """Whether a word in Latin letters names somebody."""
    name = by_id()["name_cn"].order
    return word in headwords.persons() or (name, WORDS) in _index()[1].get(word, ())


def _number_of(owner: str, found: Found) -> Found:
    """What the number of somebody is: as with another word for number, or as of anybody."""
    made = {
        order: (TAIL, size)
        for value, size, places in found_in((f"{owner}编号",))
        for order, group in places
        if value >= TAIL and group == WORDS and types()[order].strength is not Strength.NONE
    }
    if (
        not made
        and len(owner) > 2
        and owner.endswith(headwords.roles())
        and not any(v >= EXACT for v, _ in found.values())
    ):
        made = {by_id()["customer_no"].order: (TAIL, len(owner))}
    return made


def _somebody(head: tuple[str, ...], found: Found) -> None:
    """What ends in a word for somebody is a header of names, where nothing longer says otherwise."""
    last = head[-1] if head else ""
    if _whether(head):
        return
    if last.isascii():
        role = max((len(one) for one in (last, " ".join(head[-2:])) if one in headwords.persons()), default=0)
        if last.endswith("by") and (last[:-2] or "".join(head[-2:-1])) in headwords.done():
            role = len("by")
    else:
        role = max((len(one) for one in headwords.roles() if last.endswith(one)), default=0) * (len(last) > 1)
    if role and not any(value >= TAIL for value, _ in found.values()):
        found[by_id()["name_cn"].order] = (TAIL, role)


ABROAD = re.compile("[\u3040-\u30ff\uac00-\ud7af]")
OF_CHINA = ("landline_cn", "tollfree_cn", "postcode_cn", "address_cn")
"""What a header in kana or Hangul does not mean."""
THINGS = frozenset(
    ["bag", "baggage", "gross", "net", "tare", "cargo", "container", "package", "parcel", "good", "item", "product", "unit", "axle", "vehicle", "shipment", "chargeable", "load", "volume", "piece", "pallet", "carton"]
)  # fmt: skip
"""What is weighed and measured beside bodies."""


SAID = frozenset(
    [
        "note", "comment", "remark", "feedback", "message", "description", "desc", "status", "type", "category", "class", "level", "group", "tier", "segment",
        "rating", "score", "reason", "preference", "language", "source", "channel", "plan", "city", "region", "department", "dept", "division", "team",
        "count", "share", "rate", "state",
    ]
)  # fmt: skip
"""What is said of somebody, behind the word for them: no name."""


SUMS = frozenset(
    [
        "tot",
        "total",
        "cnt",
        "count",
        "avg",
        "average",
        "mean",
        "median",
        "sum",
        "pct",
        "percent",
        "num",
        "nb",
        "nr of",
    ]
)
"""In front of what is counted."""


def _counted(head: tuple[str, ...], found: Found) -> None:
    """How many employees there are numbers none of them."""
    if len(head) > 1 and head[0] in SUMS and head[-1] not in ("no", "id"):
        for order in [order for order in found if types()[order].strength is not Strength.NONE]:
            del found[order]


CALLED = ("名字", "英文名")
"""What things have as well as persons."""
WHETHER = ("是否", "有无", "能否", "可否")
TOLD_BY_YES = ("disability", "political_status", "marital_status", "medical_text", "diagnosis", "ethnicity")
"""What yes and no say of somebody."""


def _whether(head: tuple[str, ...]) -> bool:
    return (len(head) > 1 and head[0] in ("is", "has")) or head[0].startswith(WHETHER)


def _asked(head: tuple[str, ...], found: Found) -> None:
    """Whether somebody is an administrator is no name, and whether an account is the default one no account."""
    if _whether(head):
        kept = {by_id()[kind].order for kind in TOLD_BY_YES}
        for order in [order for order in found if order not in kept]:
            del found[order]


def _of_it(head: tuple[str, ...], found: Found) -> None:
    """A note about the author is no author, and the weight of a bag is nobody's."""
    if len(head) > 1 and head[0] in NUMBERED:
        for kind in WORDED:
            if found.get(by_id()[kind].order, (EXACT, 0))[0] < EXACT:
                del found[by_id()[kind].order]
    if head and (called := next((one for one in CALLED if head[-1].endswith(one)), None)):
        owner = head[-1].removesuffix(called)
        if owner and not owner.endswith(headwords.roles()):
            for kind in NAMES:
                if found.get(by_id()[kind].order, (EXACT, 0))[0] < EXACT:
                    del found[by_id()[kind].order]
    if THINGS.intersection(head):
        found.pop(by_id()["lab_result"].order, None)
    if len(head) > 1 and head[-1] in SAID:
        for kind in ("name_cn", "name_latin", "name_other", "name_masked"):
            order = by_id()[kind].order
            if found.get(order, (TAIL, 0))[0] < TAIL:
                del found[order]


NUMBERED = ("no", "code", "id")
WORDED = ("cargo_name", "vessel_name", "org_name", "occupation", "diagnosis")
"""What is said in words, and so not what its number or code is called in languages that put it first."""
POINTERS = frozenset(["url", "uri", "path", "link", "file", "key", "src", "地址", "链接", "路径"])
PICTURES = ("face_image", "id_photo", "camera_media")


def _pictured(head: tuple[str, ...], found: Found) -> None:
    """Where a picture is kept is said of the picture."""
    if len(head) < 2 or head[-1] not in POINTERS:
        return
    said, _, _ = _told(head[:-1])
    for order in (by_id()[kind].order for kind in PICTURES):
        value, size = said.get(order, (0.0, 0))
        if value >= TAIL:
            found[order] = max(found.get(order, (0.0, 0)), (TAIL, size + len(head[-1])))


def _with_kin(found: Found) -> Found:
    """What names a type names its kin as well."""
    for group in _kin():
        if best := max((found[order] for order in group if order in found), default=None):
            found.update({order: max(best, found.get(order, best)) for order in group})
    return found


def _weighed(found: Found, hinted: set[int], refused: set[int]) -> tuple[float, ...]:
    found = {**dict.fromkeys(hinted, (HINT, 0)), **found}
    longest = max((size for value, size in found.values() if value >= TAIL), default=0)
    exact = any(value >= TAIL for value, _ in found.values())
    out = []
    for order in range(len(types())):
        value, size = found.get(order, (0.0, 0))
        if value >= PART and size < longest:
            value = max(0.0, value - OVERSHADOWED)
        if value == 0.0 and exact:
            value = OTHERWISE
        out.append(AGAINST if order in refused else value)
    return tuple(out)


@lru_cache(maxsize=4096)
def said_words(header: str) -> tuple[str, ...]:
    """The words of a header, those that its words are made of, and those that it means in English."""
    head = tokens(header)
    parts = (part for token in head for part in headwords.made_of(token, _words()) if part != token)
    return (*head, *parts, *next(iter(_meant(head)), ()))


WITH_ANY = ("medical_text", "icd10", "name_part")
"""Types whose headers name others too: what stands in a record of a patient, and parts of names."""


@lru_cache(maxsize=4096)
def of_words(header: str) -> frozenset[str]:
    """The types of which any words are values under this header: it names one of them surely, in no vague word, and nothing else."""
    said = evidence(header)
    sure = [one for one in types() if said[one.order] >= TAIL]
    named = [one for one in sure if one.id not in WITH_ANY] or sure
    head = tokens(header)
    if len(named) != 1 or not named[0].worded or {"".join(head), headwords.noun(head)} & headwords.vague():
        return frozenset()
    size = _told(head)[0].get(named[0].order, (0.0, 0))[1]
    if head and not head[-1].isascii() and head[-1][-size:] in headwords.vague():
        return frozenset()  # it is the vague word at its end that names the type
    return frozenset([named[0].id])


def known(header: str) -> bool:
    """Whether the whole header is a word for some type."""
    return max(evidence(header)) >= EXACT


@lru_cache(maxsize=64)
def in_tongue(headers: tuple[str, ...]) -> tuple[str, ...]:
    """The headers of a table, the words of its own language among them in others that mean the same everywhere."""
    return abroad.read(headers, tokens)
