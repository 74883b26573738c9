"""What a header says: evidence for each semantic type, in log-odds.

Rules this module keeps:
 * a header never decides alone; it adds to what the values say;
 * what is not known as it stands is read again: shortened, as initials, as pinyin, word for word in English;
 * whose something is, and whether it is asked or counted, changes what is meant.

How a header becomes words is in ``headtext``, where words belong in ``headindex``.
"""

import re
from collections.abc import Collection
from functools import cache, lru_cache
from itertools import pairwise

from feiyu.scan import abroad, glosses, headindex, headtext, headwords, spelt
from feiyu.scan.catalogue import SemanticType, by_id, types
from feiyu.scan.model import Strength

SURE = 7.0
"""A field that a known system has under this name."""
EXACT, TAIL, PART, HINT = headindex.EXACT, headindex.TAIL, headindex.PART, 2.0
AGAINST = -8.0
OVERSHADOWED = 3.5
OTHERWISE = -2.0
CODED = ("编号", "代码", "编码", "代号", "标识", "id", "号码", "号", "码")
"""Ends of what is a number or a code; the last three are also those of telephones."""


@cache
def _nothing() -> tuple[float, ...]:
    return (0.0,) * len(types())


@lru_cache(maxsize=4096)
def evidence(header: str) -> tuple[float, ...]:
    """For each type, in order, what the header adds."""
    if fields := headwords.of_system(header):
        return _weighed(
            _with_kin({by_id()[kind].order: (SURE, headindex.LONGEST) for kind in fields}), set(), set()
        )
    head = headtext.tokens(header)
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
    _counted(head, header, found)
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
    for inside in headtext.explained(header):
        head = headtext.tokens(inside)
        for order, group in headindex.index()[1].get("".join(head), ()):
            if group == headindex.WORDS and _numbers_somebody(types()[order]):
                found[order] = max(found.get(order, (0.0, 0)), (TAIL, max(size, sum(map(len, head)))))


def _numbers_somebody(one: SemanticType) -> bool:
    return one.strength is not Strength.NONE or one.id in ("icd10", "icd9_procedure")


def _sure(found: Found, refused: Collection[int] = ()) -> bool:
    return any(value >= TAIL for order, (value, _) in found.items() if order not in refused)


def _again(head: tuple[str, ...], refused: Collection[int] = ()) -> Found:
    """What a header says, read in another way, where that is something sure."""
    for reading, kinds in headwords.readings(head, headindex.words()):
        again, _, against = _told(headtext.alone(reading))
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
    for reading in headwords.unfolded(head, headindex.words(), headindex.longer()):
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
    if all(word in NUMBERED or headtext.ONLY_HAN.fullmatch(word) for word in head):
        return ()
    known = all(word in headindex.words() or word in headwords.english() for word in head)
    if len(head) > 1 and known and not headwords.english().isdisjoint(head):
        return ()
    return glosses.read(head, headindex.words())


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
    apart, _ = headindex.near()
    known = (word[0] for word in apart if len(word) == 1 and not word[0].isascii())
    return spelt.by_spelling({*known, *headwords.plain_words()})


INITIALS = 3
"""No fewer letters are read as the first letters of a word; where they are so few, values must have a form of their own as well."""


def _spelt(head: tuple[str, ...]) -> Found:
    """What the Chinese words say that a header or its last word spells: surely where all that may be meant name one type, else weakly."""
    for part in (
        part + end for part in ("".join(head), *head[-1:]) for end in ("", "s")
    ):  # an s that was taken for a plural
        if len(part) < INITIALS or (part in headindex.words() and len(head) > 1) or part not in _spellings():
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
    for value, size, places in headindex.found_in(head):
        for order, group in places:
            if group == headindex.WORDS:
                found[order] = max(found.get(order, (0.0, 0)), (value, size))
            else:
                (hinted if group == headindex.HINTS else refused).add(order)
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
            if (firm, headindex.WORDS) in headindex.index()[1].get(head[-2], ()):
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
            for order, group in headindex.index()[0].get((owner[i:], "id"), ()):
                if group == headindex.WORDS:
                    found[order] = max(found.get(order, (0.0, 0)), (TAIL, len(owner) - i + 2))
    if end not in CODED[-3:] and not any(
        value >= TAIL and types()[order].personal for order, (value, _) in found.items()
    ):
        found.update(_number_of(owner, found))


def _is_somebody(word: str) -> bool:
    """Whether a word in Latin letters names somebody."""
    name = by_id()["name_cn"].order
    return word in headwords.persons() or (name, headindex.WORDS) in headindex.index()[1].get(word, ())


def _number_of(owner: str, found: Found) -> Found:
    """What the number of somebody is: as with another word for number, or as of anybody."""
    made = {
        order: (TAIL, size)
        for value, size, places in headindex.found_in((f"{owner}编号",))
        for order, group in places
        if value >= TAIL and group == headindex.WORDS and types()[order].strength is not Strength.NONE
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


ABROAD = re.compile("[\u3040-\u30ff\uac00-\ud7af\uff65-\uff9f]")
OF_CHINA = ("landline_cn", "tollfree_cn", "postcode_cn", "address_cn")
"""What a header in kana or Hangul does not mean."""


def _counted(head: tuple[str, ...], header: str, found: Found) -> None:
    """How many employees there are numbers none of them, and nobody has the number of several."""
    if len(head) > 1 and head[0] in headwords.listed("sums") and head[-1] not in ("no", "id"):
        none = [order for order in found if types()[order].strength is not Strength.NONE]
    elif headtext.BRACKETS.sub("", header).strip().lower() in (
        f"{one}s" for one in headwords.listed("counted")
    ):
        none = [order for order in found if types()[order].id in NUMBERS]
    else:
        none = []
    for order in none:
        del found[order]


NUMBERS = ("customer_no", "employee_no", "medical_record_no", "student_id")
"""The numbers that are given to those of whom tables count how many there are, written as anything is."""


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
    if headwords.listed("weighed").intersection(head):
        found.pop(by_id()["lab_result"].order, None)
    if len(head) > 1 and head[-1] in headwords.listed("said"):
        for kind in ("name_cn", "name_latin", "name_other", "name_masked"):
            order = by_id()[kind].order
            if found.get(order, (TAIL, 0))[0] < TAIL:
                del found[order]


NUMBERED = ("no", "code", "id")
WORDED = ("cargo_name", "vessel_name", "org_name", "occupation", "diagnosis")
"""What is said in words, and so not what its number or code is called in languages that put it first."""
PICTURES = ("face_image", "id_photo", "camera_media")


def _pictured(head: tuple[str, ...], found: Found) -> None:
    """Where a picture is kept is said of the picture."""
    if len(head) < 2 or head[-1] not in headwords.listed("pointers"):
        return
    said, _, _ = _told(head[:-1])
    for order in (by_id()[kind].order for kind in PICTURES):
        value, size = said.get(order, (0.0, 0))
        if value >= TAIL:
            found[order] = max(found.get(order, (0.0, 0)), (TAIL, size + len(head[-1])))


def _with_kin(found: Found) -> Found:
    """What names a type names its kin as well."""
    for group in headindex.kin():
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
    head = headtext.tokens(header)
    parts = (part for token in head for part in headwords.made_of(token, headindex.words()) if part != token)
    return (*head, *parts, *next(iter(_meant(head)), ()))


WITH_ANY = ("medical_text", "icd10", "name_part")
"""Types whose headers name others too: what stands in a record of a patient, and parts of names."""


@lru_cache(maxsize=4096)
def of_words(header: str) -> frozenset[str]:
    """The types of which any words are values under this header: it names one of them surely, in no vague word, and nothing else."""
    said = evidence(header)
    sure = [one for one in types() if said[one.order] >= TAIL]
    named = [one for one in sure if one.id not in WITH_ANY] or sure
    head = headtext.tokens(header)
    if len(named) != 1 or not named[0].worded or "".join(head) in headwords.vague():
        return frozenset()
    size, noun = _told(head)[0].get(named[0].order, (0.0, 0))[1], headwords.noun(head)
    if noun in headwords.vague() and size <= len(noun):
        return frozenset()  # nor does a title say what a job title does
    if head and not head[-1].isascii() and head[-1][-size:] in headwords.vague():
        return frozenset()  # it is the vague word at its end that names the type
    return frozenset([named[0].id])


def known(header: str) -> bool:
    """Whether the whole header is a word for some type."""
    return max(evidence(header)) >= EXACT


@lru_cache(maxsize=64)
def in_tongue(headers: tuple[str, ...]) -> tuple[str, ...]:
    """The headers of a table, the words of its own language among them in others that mean the same everywhere, and what is said twice once."""
    return tuple(map(_one_side, abroad.read(headers, headtext.tokens)))


def _one_side(header: str) -> str:
    """The Chinese side of a header in two languages, where it is sure and the other says nothing, or the like."""
    chinese, *other = headtext.halves(header) or ("",)
    return (
        chinese
        if _surely(chinese) - {"order_no"} and not any(_surely(one) - {*NAMES} for one in other)
        else header
    )


def of_names(header: str) -> bool:
    """Whether a header, or one of several that it puts together (``联系人/电话``), names persons."""
    parts = (header, *headtext.listed(header))
    return any(evidence(one)[by_id()["name_cn"].order] >= PART for one in parts)


def _surely(header: str) -> set[str]:
    """The types that a header names surely."""
    return {one.id for one, value in zip(types(), evidence(header), strict=True) if value >= TAIL}
