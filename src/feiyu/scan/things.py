"""What in a table is of things and not of persons, though its header or its values would also suit a person.

A table names persons, or it does not; words such as certificate, energy, diagnosis or post stand in both. These rules look at all fields
together and take a suspicion back only where nothing else in the table is of a person.

Rules this module keeps:
 * energy without a vehicle or a word of charging is a number, and a station is no charging station;
 * numbers of cases, certificates, bookings, without anything else of a person, are numbers of things;
 * particulars beside the number of those who have them are of groups;
 * diseases and medicines beside counts of cases, registered trials or approved products are statistics or lists of goods;
 * posts, their pay and the schooling they ask for, without anything else of a person, are offers; pay per head is a statistic;
 * whom goods are for, and since when they are made, is of the goods.

Sources: GB/T 35273-2020 Annex A (what makes a person identifiable).
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from feiyu.base.text import Text
from feiyu.scan import header
from feiyu.scan.catalogue import by_id
from feiyu.scan.detect import finished
from feiyu.scan.model import Field, Strength

CHARGED = re.compile(r"charg|soc\b|evse|\bev\b|pile|connector|ocpp|irve|itinerance|充|桩|枪", re.IGNORECASE)
CARS = {"vin", "plate_cn", "battery_code"}
VAGUE = {
    "检验单号", "检查号", "影像号", "案件编号", "案件号", "档案编号", "票号", "certificate no", "case no", "claim", "visit no", "accession no", "ticket no",
    "booking no", "booking id", "booking ref", "booking code", "confirmation no", "reservation no", "reservation id",
}  # fmt: skip
NUMBERED = {"medical_record_no", "policy_no", "claim_no", "driver_file_no", "pnr"}
HEALTH = {"diagnosis", "medical_text", "icd10"}
REGISTERED = {"trial_id", "drug_approval", "device_registration", "cas_number"}
CASES = re.compile(
    r"发病|死亡数|死亡率|例数|人数|病例数|患病|感染数|\b(?:cases|deaths|count|enrol\w*|incidence|prevalence|rate|population)\b",
    re.IGNORECASE,
)
"""Words of statistics."""
GROUPED = {
    "age", "gender", "ethnicity", "education", "marital_status", "occupation", "religion", "nationality", "political_status", "income", "blood_type", "disability",
}  # fmt: skip
HEADS = {
    "freq", "frequency", "deaths", "cases", "persons", "headcount", "人数", "例数", "病例数", "死亡数", "户数", "人次",
}  # fmt: skip
"""How many there are of a group: such a table is of groups and not of single persons."""
POSTS = {"occupation", "education", "income"}


OF_FIRMS = ("landline_cn", "tollfree_cn", "address_cn", "address_latin", "address_text")
"""What a firm, a school or an office has as well."""


def without_persons(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Take back what is of things."""
    fields = described(fields)
    held = {kind for one in fields for kind in one.holds}
    if not held & CARS and not any(CHARGED.search(one.name) for one in fields):
        charging = Text("同表没有充电的任何信息。", "Nothing else in the table is of charging.")
        fields = _become(fields, "number", {"charging_record"}, charging)
        if "weather_value" not in held:
            fields = _become(fields, "category", {"charging_station"}, charging)
        held = {kind for one in fields for kind in one.holds}
    persons = {kind for kind in held if _personal(kind)}
    nobody = Text("同表没有任何个人信息。", "Nothing in the table is of a person.")
    if persons <= NUMBERED:
        fields = tuple(
            one
            if " ".join(header.tokens(one.name)) not in VAGUE
            else _become((one,), "order_no", NUMBERED, nobody)[0]
            for one in fields
        )
    if persons <= HEALTH and (held & REGISTERED or any(CASES.search(one.name) for one in fields)):
        fields = _nobody(fields, HEALTH)
    if persons <= GROUPED and any(" ".join(header.tokens(one.name)) in HEADS for one in fields):
        fields = _nobody(fields, GROUPED)
    if "org_name" in held and persons <= {"education", *OF_FIRMS}:
        unsaid = tuple(one for one in fields if one.type == "education" and not _said(one, "education"))
        fields = tuple(
            _become((one,), "category", {"education"}, nobody)[0] if one in unsaid else one for one in fields
        )
    if persons <= WEARERS and goods(fields):
        fields = _nobody(_become(fields, "date", {"birth_date"}, nobody), WEARERS)
    if persons <= POSTS:
        per_head = tuple(one for one in fields if AVERAGES.search(one.name))
        fields = tuple(
            _become((one,), "number", {"income"}, nobody)[0] if one in per_head else one for one in fields
        )
        return _nobody(fields, POSTS)
    return fields


AVERAGES = re.compile(r"人均|户均|平均|中位|per capita|\b(?:mean|median|average|avg)\b", re.IGNORECASE)
WEARERS = {"gender", "age", "birth_date", "name_part"}
GOODS = {
    "sku", "mpn", "upc", "asin", "货号", "款号", "料号", "零件号", "part no", "part number", "item no", "style no", "product id", "product code", "product no",
    "商品编码", "商品编号", "产品编号", "产品编码", "物料编码", "物料号",
}  # fmt: skip
OFFERED = {
    "price", "unit price", "list price", "brand", "model", "series", "品牌", "型号", "规格", "单价", "售价", "吊牌价", "零售价", "商品名称", "产品名称", "品名",
    "product name", "product", "material", "color", "colour", "category", "款式", "颜色", "尺码", "size",
}  # fmt: skip
"""Words of lists of goods: what numbers them, and what else such a list says."""


DESCRIBED = {"descripcion", "designation", "libelle", "descrizione", "descricao", "omschrijving", "bezeichnung", "denominacion", "opis", "aciklama", "keterangan", "mo ta", "описание", "desc", "description"}  # fmt: skip
SHIPPED = {
    "ean", "hs_code", "container_no", "bill_of_lading", "express_waybill", "air_waybill", "customs_declaration", "un_number", "cas_number",
}  # fmt: skip
COUNTED = {
    "qty", "quantity", "cantidad", "cant", "quantite", "qte", "menge", "anzahl", "quantita", "ta", "quantidade", "qtd", "qtde", "ilosc", "miktar", "adet", "jumlah", "aantal", "luong", "количество", "кол", "precio", "prix", "preis", "prezzo",
    "preco", "cena", "prijs", "fiyat", "harga", "gia", "цена", "sku", "articulo", "article", "artikel", "articolo", "artigo", "bultos", "colis", "kolli", "unidade", "unit", "stock", "bestand", "lager", "magasin", "price", "part", "item", "material",
    "数量", "单价", "型号", "规格", "品牌", "単価", "수량", "단가",
}  # fmt: skip
"""What a description is of goods beside: what ships them, and words that count and price them."""


def described(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """A description beside nothing of goods is a text."""
    held = {kind for one in fields for kind in one.holds}
    if held & SHIPPED or any(COUNTED.intersection(header.tokens(one.name)) for one in fields):
        return fields
    why = Text("同表没有货物的任何信息。", "Nothing else in the table is of goods.")
    return tuple(
        _become((one,), "text", {"cargo_name"}, why)[0]
        if " ".join(header.tokens(one.name)) in DESCRIBED
        else one
        for one in fields
    )


def goods(fields: Sequence[Field]) -> bool:
    """Whether a table is a list of goods: something numbers them, and something else is said of goods only."""
    said = {" ".join(header.tokens(one.name)) for one in fields}
    return bool(said & GOODS and said & OFFERED)


def of_person(type_id: str) -> bool:
    """Whether a type speaks of a person, and not also of any firm."""
    one = by_id().get(type_id)
    return one is not None and one.personal and type_id not in OF_FIRMS


def _personal(kind: str) -> bool:
    one = by_id().get(kind)
    return one is not None and (one.personal or one.strength is not Strength.NONE)


def _said(field: Field, kind: str) -> bool:
    return header.evidence(field.name)[by_id()[kind].order] > 0


def _become(fields: tuple[Field, ...], kind: str, were: Collection[str], reason: Text) -> tuple[Field, ...]:
    return tuple(
        finished(replace(one, type=kind, personal=False, sensitive=False, confidence=80, reason=reason))
        if one.type in were and not one.also and not one.embedded
        else one
        for one in fields
    )


def _nobody(fields: tuple[Field, ...], kinds: Collection[str]) -> tuple[Field, ...]:
    why = Text("同表没有其他个人信息。", " Nothing else in the table is of a person.")
    return tuple(
        replace(
            one, personal=False, sensitive=False, reason=Text(one.reason.zh + why.zh, one.reason.en + why.en)
        )
        if one.type in kinds and not one.also and not one.embedded
        else one
        for one in fields
    )
