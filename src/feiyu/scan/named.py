"""Names of persons that their header does not tell, or that it tells wrongly: what stands beside them decides.

Rules this module keeps:
 * words under a header as short as "name" or "family" are names where dates of birth, sexes or other names of persons stand beside;
 * a column without a telling header, all of whose values are formed like names, is one beside contacts of persons, if no other is;
 * nicknames and faxes are of a person, and nobody is counted by them;
 * a title alone is that of a book, or of a post.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from feiyu.base.text import Text
from feiyu.scan import context, headtext
from feiyu.scan.catalogue import by_id
from feiyu.scan.detect import finished
from feiyu.scan.look import Look
from feiyu.scan.model import Field, Strength
from feiyu.scan.reference import name_latin

NICKNAMES = ("nick", "nickname", "昵称", "网名", "角色名", "花名", "艺名", "ニックネーム", "닉네임")


FAX = ("fax", "telefax", "传真", "ファックス", "팩스", "факс")


def shared(field: Field) -> bool:
    """Whether a field holds what any number of persons may share, names they give themselves or a machine of an office: nobody is counted by those."""
    words = headtext.tokens(field.name)
    kinds = (*NICKNAMES, *FAX) if field.type == "social_account" else FAX
    return any(one in words or any(one in word for word in words if not word.isascii()) for one in kinds)


NAMED = {"name_cn", "name_latin", "name_other", "name_part"}
SIGNS = {
    "birth_date",
    "gender",
    "marital_status",
    "nationality",
    "employee_no",
    "name_part",
    "name_other",
    "kinship",
}
WHOLE = {
    "name", "cn", "full", "display", "user", "original", "nom", "complet", "nombre", "completo", "nome", "nama", "naam", "imie", "nazwisko", "ad", "adi",
    "soyad", "soyadi", "ho", "va", "ten", "title", "姓名", "名前", "이름",
}  # fmt: skip
TITLE = {"title"}
PARTS = {"name", "family", "given", "first", "last", "sn", "middle", "maiden", "sur", "ten", "adi"}


def beside(fields: Sequence[Field], looks: Sequence[Look]) -> tuple[Field, ...]:
    """Names whose header says little, in a table of persons."""
    held = {one for field in fields for one in field.holds}
    known = {one for one in held if one in by_id() and by_id()[one].strength is Strength.STRONG}
    if (not held & SIGNS or _goods(fields)) and not known:
        return tuple(fields)
    reason = Text(
        "列名与同表的个人信息都表明是姓名。",
        "The header and particulars of persons beside it say that these are names.",
    )
    out = []
    for one in fields:
        said = set(headtext.tokens(one.name))
        kind = next(
            (
                kind
                for kind, words in (("name_latin", WHOLE), ("name_other", WHOLE), ("name_part", PARTS))
                if said
                and said != TITLE
                and said <= words
                and looks[one.index].form_share(by_id()[kind]) >= 0.8
            ),
            None,
        )
        take = kind is not None and one.type in ("text", "category", "order_no") and not one.embedded
        out.append(finished(replace(one, type=kind, confidence=80, reason=reason)) if take and kind else one)
    return tuple(out)


def _goods(fields: Sequence[Field]) -> bool:
    """Whether a table is a list of goods: something numbers them, and something else is said of goods only."""
    said = {" ".join(headtext.tokens(one.name)) for one in fields}
    return not (said.isdisjoint(context.words("goods")) or said.isdisjoint(context.words("offered")))


def given(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Given names, of which few may differ, under 注文者名 beside the family names under 注文者姓."""
    families = {one.name[:-1] for one in fields if one.type == "name_part" and one.name[-1:] in ("姓", "氏")}
    reason = Text("与同名的姓列并列，是名。", "Beside the family names of the same persons.")
    return tuple(
        finished(replace(one, type="name_part", confidence=90, reason=reason))
        if one.type in ("category", "text", "name_cn", "name_other")
        and one.name[-1:] == "名"
        and one.name[:-1] in families
        else one
        for one in fields
    )


CONTACTS = {
    "email",
    "phone_intl",
    "mobile_cn",
    "address_latin",
    "birth_date",
    "passport_cn",
    "passport_foreign",
    "rrn_kr",
    "ssn_us",
    "nric_sg",
}
KOREAN = re.compile(
    "[김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공][가-힣]{2}"
)


def unsaid(fields: tuple[Field, ...], looks: Sequence[Look]) -> tuple[Field, ...]:
    """Names without a header that says so, beside what only persons have and no other names."""
    held = {one for field in fields for one in field.holds}
    if not held & CONTACTS or held & NAMED:
        return fields
    reason = Text(
        "形式如姓名，同表有个人联系方式且没有其他姓名。",
        "Formed like names, beside contacts of persons, and no other column has names.",
    )
    out = list(fields)
    for one in fields:
        values = set(looks[one.index].values)
        if one.type not in ("text", "category") or one.embedded or one.also or len(values) < NAMES_LEAST:
            continue
        latin = (
            sum(name_latin(v) for v in values) >= 0.5 * len(values)
            and looks[one.index].form_share(by_id()["name_latin"]) >= 0.9
        )
        if latin or _korean(values):
            kind = "name_latin" if latin else "name_other"
            out[one.index] = finished(replace(one, type=kind, confidence=75, reason=reason))
            break
    return tuple(out)


def _korean(values: Collection[str]) -> bool:
    """Whether nearly all are a family name and two syllables, and do not end alike, as names of districts and shops do."""
    ends = Counter(v[-1:] for v in values)
    names = sum(KOREAN.fullmatch(v) is not None for v in values)
    return names >= 0.9 * len(values) and max(ends.values()) <= 0.4 * len(values)


NAMES_LEAST = 5
"""So many different values at least tell names from kinds."""
