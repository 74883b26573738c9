"""Which encoding a text is in, from its first bytes.

A wrong guess turns every name and address into other characters, so that nothing is found in them; a guess is
therefore only made where it is clear.

Rules this module keeps:
 * a byte order mark decides; then strict UTF-8; then what decodes without an error *and* reads like its language;
 * text that is nearly all valid UTF-8 is damaged UTF-8, never something else: the reader names the bad byte;
 * Polish, Czech, Turkish, Arabic, Thai, Greek and Hebrew code pages are only seen where their own letters stand as these languages put them;
 * what the user names is believed;
 * when no encoding fits clearly the answer is None, and the source is refused.

Sources: GB 18030-2022; Big5 (CNS 11643 planes as decoded by CPython); WHATWG Encoding (byte order marks).
"""

import codecs
import re

from feiyu.scan.errors_sources import UnknownEncoding

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Characters that tables are full of: function words, addresses, surnames, given names, trades, table headings.
_SIMPLIFIED = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学"
    "法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外"
    "天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很"
    "省市区县镇乡路街号楼室层弄村组园山东西南北京上海广州深圳江苏浙江安徽福建河湖四川重庆"
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程魏吕丁任沈"
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛超秀霞刚桂英华玉兰红文斌宇浩欣怡姓名证件身份编码手机电话地址邮箱备注客户金额单价日期时间"
    "类型状态男女汉族有限公司银行卡账户车牌销售订单品牌型数据联系记录序合计否是"
    "批次放让步接收熄火启停仓库存货运输装卸箱柜港船舶航班检验测试温湿压流档位经纬速里程充桩池码采集源供应商料件质保修换退付款税额率总均值率编制审核科室床病诊断药剂血尿样本师护士"
    "优良差污染轻度重中雨雪风晴阴云雾"
    "学校院系班级课程教育职务岗薪资奖勤假离入出境签证护照客户投保险赔案基金股票持仓净债券利息贷借还违约信用评描述说明版描规格颜色材尺寸产地厂商网站点击浏览登录设备端口协议站台站轨迹"
)
_TRADITIONAL = frozenset(
    "的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過子說產種面而方後多定行學"
    "法所民得經十三之進著等部度家電力裡如水化高自二理起小物現實加量都兩體制機當使點從業本去把性好應開它合還因由其些然前外"
    "天政四日那社義事平形相全表間樣與關各重新線內數正心反你明看原又麼利比或但質氣第向道命此變條只沒結解問意建月公無系軍很"
    "省市區縣鎮鄉路街號樓室層巷村里園山東西南北臺灣台高雄新竹桃桂林香港九龍中環"
    "王李張劉陳楊黃趙吳周徐孫馬朱胡郭何林羅鄭梁謝宋唐許韓馮鄧曹彭曾蕭田董袁潘蔣蔡余杜葉程魏呂丁任沈"
    "偉芳娜敏靜麗強磊軍洋勇豔傑娟濤超秀霞剛桂英華玉蘭紅文斌宇浩欣怡姓名證件身份編碼手機電話地址郵箱備註客戶金額單價日期時間"
    "類型狀態男女有限公司銀行卡帳戶車牌銷售訂單品牌型資料聯絡記錄序合計否是"
    "批次放讓步接收啟停倉庫存貨運輸裝卸箱櫃港船舶航班檢驗測試溫濕壓流檔位經緯速里程充電池採集源供應商料件質保修換退付款稅額率總均值編製審核科室床病診斷藥劑血尿樣本師護士"
    "學校院系班級課程教育職務崗薪資獎勤假離入出境簽證護照投保險賠案基金股票持倉淨債券利息貸借還違約信用評描述說明規格顏色材尺寸產地廠商網站點擊瀏覽登錄設備端口協議戶口號碼統一編號身分字證通訊行動電話性別年月生"
)
_JAPANESE = frozenset(
    "日本人年月時分秒週曜番号氏名姓住所電話携帯郵便都道府県市区町村丁目地東京大阪愛知神奈川埼玉千葉兵庫福岡北海静広島宮城京男女性別生出誕昭和平成令大正明治"
    "会社員職業務部課係長所属役株式有限合同組合学校学生病院医師患者診療薬科体重身血圧検査値結果治験被験者同意取得実施施設責任担当有害事象重篤因果関係可能"
    "金額円税込単価数量合計請求支払入送品商注文契約保険証券口座銀行支店普通預金振込納期受付登録更新削除開始終了予定完了備考摘要内容種類区分状態有無不明"
    "佐藤鈴木高橋田中伊渡辺山本村小林加吉斎松井上木林清水崎池橋阿部石川前岡長谷後近坂遠青福太三原竹野中島今河健一郎太子美恵由香直真優翔蓮葵陽結菜"
    "船港便空国内外貨物車両運転者乗客積荷航海員機械工場製造型式自動未済正常異回目次第新旧他約個本枚台件点用使方法事項報告書表理由"
)
_LATIN = frozenset(
    "àáâãäåæçèéêëìíîïðÐÞñòóôõöøùúûüýþßÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝœŒšŠžŽŸ°ºª€£§«»–—’‘“”²³¹½¼¾±·…µ×÷¿¡©®¢¥´`\u00a0"
)
_THAI_SIGNS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_KANA = re.compile("[\u3040-\u30ff]")
_HANGUL = frozenset(
    "이다는의가을를에한하고도로지기사인대자시정전주서김박최조강윤장임오신권황안송류홍민수영희철우은현준연호동구군읍면리길번성명화"
    "부산울광경남북충청제세종특별역"
)
_CYRILLIC = ("cp1251", "koi8_r", "cp866")
_IN_ZONE = 0.2
_ENOUGH = 0.18
"""Share of the different characters beyond ASCII that must be familiar; true text measures 0.21 to 0.9, a wrong guess 0.2 at most, where a handful of characters says nothing."""
_ALONE = 0.03
"""The same where only one encoding decodes at all: a wrong one seldom decodes without an error."""


NAMED = {
    "utf-8": "utf-8", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be", "gb18030": "gb18030", "gbk": "gb18030", "gb2312": "gb18030",
    "big5": "big5hkscs", "big5hkscs": "big5hkscs", "shift_jis": "cp932", "cp932": "cp932", "euc_jp": "euc_jp", "euc_kr": "cp949", "cp949": "cp949",
    **{f"cp{number}": f"cp{number}" for number in (874, *range(1250, 1259))}, **{f"windows{number}": f"cp{number}" for number in (874, *range(1250, 1259))},
    "koi8_r": "koi8_r", "cp866": "cp866", "iso8859_1": "cp1252", "iso8859_2": "iso8859_2", "iso8859_5": "iso8859_5", "iso8859_6": "iso8859_6", "iso8859_9": "cp1254",
    "tis_620": "cp874",
}  # fmt: skip
"""What a user may name, and how Python calls it."""


def named(encoding: str) -> str:
    """The encoding that a user names.

    Raises:
        UnknownEncoding: it is none of ``NAMED``.
    """
    plain = encoding.strip().lower().replace("-", "_")
    for spelling in (plain, plain.replace("_", ""), plain.replace("_", "-"), plain.replace("iso_", "iso")):
        if spelling in NAMED:
            return NAMED[spelling]
    raise UnknownEncoding(encoding=encoding[:40], allowed=", ".join(NAMED))


def detect(head: bytes, *, whole: bool = False, wanted: str = "") -> tuple[str, int] | None:
    """The encoding of ``head`` and the length of its byte order mark; None when no answer is clear.

    ``whole`` says that nothing follows the head, so that it may not end inside a character. ``wanted``: the one that the user names, against
    which only a byte order mark speaks.
    """
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name, len(mark)
    if wanted:
        return wanted, 0
    wide = _without_mark(head)
    if wide is not None:
        return wide, 0
    if _decodes(head, "utf-8", whole=whole) is not None or _damaged_utf8(head):
        return "utf-8", 0
    guess = legacy(head, whole=whole)
    return None if guess is None else (guess, 0)


def legacy(head: bytes, *, whole: bool = False) -> str | None:
    """The older encoding in which ``head`` reads like a language; None when none, or more than one, does, or where it is damaged UTF-8."""
    if _damaged_utf8(head):
        return None
    texts = {
        name: text
        for name in ("gb18030", "big5", "cp932", "euc_jp", "euc_kr", "cp1252", "cp1251", "koi8_r", "cp866")
        if (text := _decodes(head, "cp950" if name == "big5" else name, whole=whole)) is not None
        or (name == "big5" and (text := _decodes(head, "big5hkscs", whole=whole)) is not None)
    }
    if (
        "gb18030" in texts
    ):  # a short Chinese text may look Russian; a Russian one decodes as Chinese by chance only
        texts = {name: text for name, text in texts.items() if name not in _CYRILLIC}
    for name, told in (("cp1253", _greek), ("cp1255", _hebrew)):
        text = _decodes(head, name, whole=whole)
        if text is not None and told(
            text
        ):  # their letters stand where others of Russian do, but not where its р, т, ы and я do
            texts = {other: text for other, text in texts.items() if other not in _CYRILLIC}
    least = _ALONE if len(texts) == 1 else _ENOUGH
    scores = {name: score for name, text in texts.items() if (score := _familiar(text, name)) >= least}
    ranked = sorted(scores, key=lambda name: scores[name], reverse=True)
    eastern = max((score for name, score in scores.items() if not name.startswith("cp")), default=0.0)
    if eastern <= _IN_ZONE and (regional := _regional(head, whole=whole)) is not None:
        return regional  # no words of Chinese, Japanese or Korean speak against it
    if not ranked or (len(ranked) > 1 and scores[ranked[1]] > 0.7 * scores[ranked[0]]):
        return None
    return {"big5": "big5hkscs"}.get(ranked[0], ranked[0])


def _regional(head: bytes, *, whole: bool) -> str | None:
    """A code page of one byte for a letter, where its own letters stand as only its languages put them."""
    for name, told in (
        ("cp874", _thai),
        ("cp1256", _arabic),
        ("cp1250", _central),
        ("cp1254", _turkish),
        ("cp1253", _greek),
        ("cp1255", _hebrew),
    ):
        text = _decodes(head, name, whole=whole)
        if text is not None and told(text):
            return name
    return None


def _thai(text: str) -> bool:
    """Signs stand above and below consonants only, and the vowels that are written first stand before one."""
    thai = re.findall("[\u0e01-\u0e5b]", text)
    high = sum(char > "\x7f" for char in text)
    signs = len(re.findall(f"[{_THAI_SIGNS}]", text))
    wrong = len(
        re.findall(
            f"(?<![\u0e01-\u0e3a\u0e47-\u0e4e])[{_THAI_SIGNS}]|[\u0e40-\u0e44](?![\u0e01-\u0e2e])", text
        )
    )
    return (
        len(thai) >= 40
        and len(set(thai)) >= 12
        and len(thai) * 50 >= high * 49
        and signs * 12 >= len(thai)
        and wrong * 100 <= len(thai)
    )


def _arabic(text: str) -> bool:
    """Every fifth word or so begins with the article; hardly any letter stands alone."""
    words = re.findall("[\u0621-\u064a]+", text)
    letters, high = sum(map(len, words)), sum(char > "\x7f" for char in text)
    article = sum(word.startswith("ال") for word in words)
    alone = sum(len(word) == 1 for word in words)
    return (
        letters >= 40 and letters * 20 >= high * 19 and article * 20 >= len(words) and alone * 5 <= len(words)
    )


def _greek(text: str) -> bool:
    """Words of one case, or with a capital first, nearly half of whose letters are vowels; small ones have accents among them."""
    high = [char for char in text if char > "\x7f"]
    letters = re.findall("[Ά-ώ]", text)
    accents, small = len(re.findall("[άέήίόύώ]", text)), len(re.findall("[ά-ώ]", text))
    vowels = sum(char in "αεηιουωάέήίόύώΑΕΗΙΟΥΩΆΈΉΊΌΎΏϊΪ" for char in letters)
    broken = len(re.findall("ς[α-ώ]|[A-Za-z][Ά-ώ]|[Ά-ώ][A-Za-z]", text))
    return (
        len(letters) >= 20
        and len(set(letters)) >= 12
        and len(letters) * 20 >= len(high) * 19
        and _in_case(re.findall("[Ά-ώ]{2,}", text))
        and vowels * 5 >= len(letters) * 2
        and accents * 20 >= small
        and broken * 50 <= len(letters)
    )


def _hebrew(text: str) -> bool:
    """Letters in words; those written at the end of a word stand there only."""
    high = [char for char in text if char > "\x7f"]
    letters = re.findall("[א-ת]", text)
    inside, ends = len(re.findall("[ךםןףץ][א-ת]|[A-Za-z][א-ת]", text)), len(re.findall("[ךםןףץ]", text))
    return (
        len(letters) >= 20 and len(set(letters)) >= 12 and len(letters) * 20 >= len(high) * 19 and ends * 30 >= len(letters)
        and inside * 10 <= ends
    )  # fmt: skip


def _central(text: str) -> bool:
    """Letters of Polish or Czech, alone between ASCII letters."""
    return any(
        _alone_in(text, own, also)
        for own, also in (("łąęśżźćńŁĄĘŚŻŹĆŃ", "óÓ"), ("řěůčšžŘČŠŽ", "áéíýúóďťňÁÍ"))
    )


def _turkish(text: str) -> bool:
    """Letters of Turkish, and none of those that Icelandic has in their places."""
    return _alone_in(text, "ışğİŞĞ", "çöüÇÖÜâî", kinds=2)


def _alone_in(text: str, own: str, also: str, *, kinds: int = 3) -> bool:
    """Whether nearly all letters beyond ASCII are of one language, so many kinds of them its own, and they stand within words."""
    high = [char for char in text if char > "\x7f"]
    mine = [char for char in high if char in own]
    within = len(re.findall(f"(?<=[A-Za-z{also}])[{own}]|[{own}](?=[A-Za-z{also}])", text))
    return (
        len(mine) >= 4 and len(set(mine)) >= kinds and len(mine) * 4 >= len(high) and within * 10 >= len(mine) * 7
        and sum(char in own or char in also for char in high) * 20 >= len(high) * 19
    )  # fmt: skip


def _decodes(head: bytes, name: str, *, whole: bool) -> str | None:
    try:
        return codecs.getincrementaldecoder(name)("strict").decode(head, final=whole)
    except UnicodeDecodeError:
        return None


def _without_mark(head: bytes) -> str | None:
    """UTF-16 without a byte order mark: text with ASCII in it has every other byte zero there."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    least = len(head) // 20
    if odd > least and even * 20 < odd and _decodes(head[: len(head) & ~1], "utf-16-le", whole=False):
        return "utf-16-le"
    if even > least and odd * 20 < even and _decodes(head[: len(head) & ~1], "utf-16-be", whole=False):
        return "utf-16-be"
    return None


def _damaged_utf8(head: bytes) -> bool:
    """Whether nine in ten of the non-ASCII bytes stand in valid sequences of three or more bytes."""
    high = len(head) - len(head.translate(None, bytes(range(128, 256))))
    kept = "".join(char for char in head.decode("utf-8", "ignore") if ord(char) > 0x7F)
    long = sum(len(char.encode()) for char in kept if ord(char) > 0x7FF)
    return long * 10 >= high * 9


def _familiar(text: str, name: str) -> float:
    """The share of non-ASCII characters that text in this encoding is usually made of."""
    high = [char for char in text if ord(char) > 0x7F]
    if not high:
        return 0.0
    if name in ("cp932", "euc_jp"):
        return _japanese(high)
    if name == "euc_kr":
        return sum(char in _HANGUL for char in high) / len(high)
    if name == "cp1252":
        return _western(text, high)
    if name in _CYRILLIC:
        return _cyrillic(text, high)
    known = _SIMPLIFIED if name == "gb18030" else _TRADITIONAL
    high = [
        char for char in high if char.isalpha() and char < "\uff00"
    ]  # a sign such as ￥ or ℃ is of no language
    if not high:
        return 0.0
    han = [char for char in high if "\u4e00" <= char <= "\u9fff"]
    if len(han) * 2 < len(high):
        return 0.0
    different = set(high)  # a table says the same words over and over
    share = sum(char in known for char in different) / len(different)
    return max(share, _IN_ZONE) if name == "gb18030" and _gb2312_zone(high) else share


def _japanese(high: list[str]) -> float:
    """Kana, and the characters of Japanese tables; what is Chinese or Korean becomes half-width kana between characters that nobody uses."""
    narrow = sum("\uff61" <= char <= "\uff9f" for char in high)
    letters = {char for char in high if char.isalpha() and char < "\uff00"}
    known = sum(char in _JAPANESE or _KANA.match(char) is not None for char in letters)
    wide = sum(char.isalpha() and char < "\uff00" for char in high)
    if not letters or (narrow and (known * 10 < len(letters) * 6 or narrow > wide)):
        return 0.0
    return known / len(letters)


def _gb2312_zone(high: list[str]) -> bool:
    """Whether the characters lie where GB 2312 has them: half of Big5 does not, and Hangul only in its beginning."""
    codes = [char.encode("gb18030") for char in high]
    pairs = [
        code for code in codes if len(code) == 2 and code[1] >= 0xA1 and (code[0] <= 0xA9 or code[0] >= 0xB0)
    ]
    late = sum(code[0] > 0xC8 for code in pairs)
    return len(codes) >= 8 and len(pairs) * 20 >= len(codes) * 19 and late * 5 >= len(codes)


def _cyrillic(text: str, high: list[str]) -> float:
    """Words of one case, or with a capital first, whose letters are mostly the usual ones.

    The bytes of a Chinese text fall into both cases at random; what is written in capitals becomes small letters in another page, but seldom ones.
    """
    letters = [char for char in high if "А" <= char <= "я" or char in "ЁёІіЇїЄєҐґЎўЂђЈјЉљЊњЋћЏџ"]
    signs = sum(char in "№«»—–" for char in high)
    words = re.findall("[А-яЁёІіЇїЄєҐґЎў]{2,}", text)
    together = sum(map(len, words))
    if min(len(letters) + signs, together * 5 / 4) * 20 < len(high) * 19 or not _in_case(words):
        return 0.0
    usual = sum(char.lower() in _USUAL_CYRILLIC for char in letters) / len(letters)
    return usual if usual >= _USUAL else 0.0


_USUAL_CYRILLIC, _USUAL = frozenset("оеаинтсрвлкмдпуяіј"), 0.64
"""The letters that stand in words most often, and the least share of them: true text has 0.69 and more, another page's 0.61 at most."""


def _in_case(words: list[str]) -> bool:
    """Whether nearly all words are small, in capitals, or have a capital first."""
    return sum(word.islower() or word.isupper() or word.istitle() for word in words) * 20 >= len(words) * 19


def _western(text: str, high: list[str]) -> float:
    """Western letters stand alone between ASCII letters, or two of one case inside a word, or with a capital at its beginning; the halves of a Chinese character come in pairs."""
    lone = len(re.findall("(?<![^\\x00-\\x7f])[^\\x00-\\x7f](?![^\\x00-\\x7f])", text))
    lone += 2 * len(re.findall("(?<=[A-Za-z])[ß-öø-ÿ]{2}(?![^\\x00-\\x7f])", text))
    lone += 2 * len(re.findall("(?<=[A-Z])[À-ÖØ-Þ]{2}(?=[A-Z])", text))
    lone += 2 * len(re.findall("(?<![A-Za-z])(?<![^\\x00-\\x7f])[À-ÖØ-Þ][ß-öø-ÿ](?=[a-z])", text))
    familiar = sum(char in _LATIN for char in high)
    return familiar / len(high) if lone * 10 >= len(high) * 8 and familiar * 10 >= len(high) * 9 else 0.0
