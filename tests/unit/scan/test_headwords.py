"""Headers that no word of a type fits: fields of known systems, pinyin, words written together, endings that name somebody."""

import pytest

from feiyu.scan import header, headwords
from feiyu.scan.catalogue import by_id


def said(head: str, kind: str) -> float:
    return header.evidence(head)[by_id()[kind].order]


def test_every_type_in_the_data_is_known():
    named = {kind for system in headwords.data()["systems"] for kind in system["fields"]}
    named |= {kind for group in headwords.kin() for kind in group}
    named |= {one["type"] for one in headwords.data()["made"]}
    assert named <= set(by_id())


def test_every_system_has_a_name_and_fields():
    for system in headwords.data()["systems"]:
        assert system["name"]
        assert all(system["fields"].values())


@pytest.mark.parametrize(
    "head",
    [
        "Number of employees", "No. of customers", "# of patients", "number_of_users", "numberOfPassengers", "num_employees", "NumPatients",
        "Number of household-dwelling units, 2021", "No. of visits", "n_members", "Employees", "Customers", "Patients (2024)", "Number of accounts",
    ],
)  # fmt: skip
def test_how_many_there_are_is_the_number_of_nobody(head):
    assert not [
        kind
        for kind in (*header.NUMBERS, "social_account", "bank_account", "device_id")
        if said(head, kind) > 0
    ]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("Employee No.", "employee_no"), ("No. of employee", "employee_no"), ("employee", "employee_no"), ("num_cliente", "customer_no"),
        ("No. of Passport", "passport_foreign"), ("Patient No.", "medical_record_no"), ("Student Number", "student_id"),
    ],
)  # fmt: skip
def test_a_number_of_one_is_still_its_number(head, kind):
    assert said(head, kind) > 0


@pytest.mark.parametrize("word", ["employed", "function", "generic", "correct", "altered"])
def test_words_of_english_are_no_forms_of_words_of_other_languages(word):
    assert not any(header.evidence(word)[one.order] > 0 for one in by_id().values() if one.personal)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("KUNNR", "customer_no"),
        ("KNA1-STRAS", "address_latin"),
        ("PA0002.GBDAT", "birth_date"),
        ("PID-5", "name_latin"),
        ("pid.8", "gender"),
        ("MailingStreet", "address_latin"),
        ("psn_name", "name_cn"),
        ("aac002", "prc_resident_id"),
    ],
)
def test_fields_of_systems_are_sure(head, kind):
    assert said(head, kind) == header.SURE


@pytest.mark.parametrize("head", ["", "()", "***", "°", "（计划名称），"])
def test_a_header_of_signs_says_nothing(head):
    assert set(header.evidence(head)) == {0.0}


def test_a_field_of_a_system_means_the_whole_header():
    assert said("PID-5", "pin_th") < 0  # else PID would be the Thai identity number
    assert said("pid", "pin_th") == header.EXACT
    assert said("swift delivery", "bic") < header.TAIL


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("jsyxm", "name_cn"),
        ("bbxrzjhm", "prc_resident_id"),
        ("kehushoujihaoma", "mobile_cn"),
        ("FCUSTOMERPHONE", "mobile_cn"),
        ("custnm", "name_latin"),
        ("审核医师", "name_cn"),
        ("承办法官", "name_cn"),
        ("就诊流水号", "medical_record_no"),
        ("learner_code", "student_id"),
        ("shimei_kana", "name_other"),
        ("kokyaku_no", "customer_no"),
        ("kanja_mei", "name_other"),
        ("seinengappi", "birth_date"),
        ("yundan_no", "express_waybill"),
        ("spo2_pct", "lab_result"),
        ("windSpd10m", "weather_value"),
        ("trtyRefCd", "treaty_no"),
        ("客户No", "customer_no"),
    ],
)
def test_headers_are_read_again(head, kind):
    assert said(head, kind) >= header.TAIL


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("zdjg", "diagnosis"),
        ("zcdz", "address_cn"),
        ("hwmc", "cargo_name"),
        ("kehubianhao", "customer_no"),
        ("khMc", "name_cn"),
        ("Annual_Income__c", "income"),
        ("WeChat_ID__c", "wechat"),
        ("mrtl_stat", "marital_status"),
        ("engn_no", "engine_no"),
        ("icd10cd", "icd10"),
        ("tckt_no", "pnr"),
        ("polhldr_nm", "name_latin"),
        ("お届け先〒", "postcode_intl"),
        ("Glucosa mg/dL", "lab_result"),
        ("Chófer", "name_latin"),
    ],
)
def test_words_are_read_that_are_spelt_or_shortened(head, kind):
    assert said(head, kind) >= header.TAIL


def test_what_is_spelt_alike_is_said_weakly():
    assert said("cbh", "social_security_no") == header.HINT  # 参保号, or 承包户


def test_short_words_are_short_for_one_thing_or_for_none():
    words = headwords.longer(["engine", "england", "occupation", "occasion"])
    assert headwords.short_for("engn", words) == ["engine"]
    assert headwords.short_for("occup", words) == ["occupation"]
    assert headwords.short_for("ngn", words) == []
    assert not any(said("prt_xyz", one) >= header.TAIL for one in by_id())


@pytest.mark.parametrize(
    "head", ["prj_no", "rck_no", "htl_no", "fct_no", "dpt_no", "crm_no", "spl_no", "trl_no"]
)
def test_three_consonants_are_short_for_no_longer_word(head):
    assert not any(said(head, one.id) >= header.TAIL for one in by_id().values() if one.personal)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("出生日期/D.N.", "birth_date"),
        ("姓名/Nome", "name_cn"),
        ("Sexe | 性别", "gender"),
        ("手机号\nHP", "mobile_cn"),
        ("体重/kg", "lab_result"),
    ],
)
def test_a_header_in_two_languages_is_read_in_the_one_that_is_sure(head, kind):
    (read,) = header.in_tongue((head,))
    assert said(read, kind) >= header.TAIL
    assert "/" not in read


def test_a_header_whose_other_language_says_more_is_read_whole():
    heads = ("编号/Emp ID", "证件号/Passport No.", "备注/Note", "A/B", "箱号/铅封")
    assert header.in_tongue(heads) == heads


@pytest.mark.parametrize("head", ["Rel to Mbr", "relation_to_policyholder", "Relationship with student"])
def test_in_what_relation_to_somebody_is_no_name(head):
    assert said(head, "kinship") >= header.TAIL
    assert said(head, "name_cn") < header.TAIL


def test_bags_are_weighed_and_not_bodies():
    assert said("bag weight kg", "lab_result") < header.TAIL <= said("body weight kg", "lab_result")


def test_kana_and_hangul_mean_nothing_of_china():
    assert said("연락처", "landline_cn") == header.AGAINST
    assert said("연락처", "phone_intl") >= header.TAIL


@pytest.mark.parametrize("head", ["ridership", "frontage", "yearacc", "logistic", "column", "周长", "国家"])
def test_words_that_only_end_alike_say_nothing(head):
    assert all(
        value < header.TAIL
        for one, value in zip(by_id(), header.evidence(head), strict=True)
        if by_id()[one].personal
    )


def test_what_names_a_type_names_its_kin():
    assert said("ship-address-1", "address_latin") == said("ship-address-1", "address_cn")
    assert said("street name", "address_text") == header.AGAINST


def test_what_is_said_of_somebody_is_no_name():
    assert said("AuthorNote", "name_latin") < header.HINT
    assert said("author", "name_latin") >= header.TAIL


def test_where_a_picture_is_kept_is_said_of_the_picture():
    assert said("kyc_selfie_url", "face_image") >= header.TAIL
    assert said("page_url", "face_image") < header.HINT


def test_a_noun_in_front_is_meant():
    assert said("Fecha de nacimiento del titular", "birth_date") >= header.TAIL
    assert said("Nº historia", "medical_record_no") >= header.TAIL


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("OCCUPATION_TYPE", "occupation"),
        ("vessel_name_en", "vessel_name"),
        ("speed_value", "vehicle_speed"),
        ("rainHour", "weather_value"),
        ("gds_desc", "cargo_name"),
        ("AMT_INCOME_TOTAL", "income"),
        ("id_front_img", "id_photo"),
        ("cus_brith", "birth_date"),
    ],
)
def test_what_developers_put_behind_a_noun_changes_nothing(head, kind):
    assert said(head, kind) >= header.TAIL


def test_how_many_there_are_is_none_of_them():
    assert said("tot_emp", "employee_no") <= 0
    assert said("emp", "employee_no") > 0
    assert said("total_income", "income") >= header.TAIL


def test_an_amount_is_of_no_number_of_things():
    assert said("total_claim_amount", "claim_no") < header.TAIL
    assert header.of_words("OCCUPATION_TYPE") == {"occupation"}
    assert not header.of_words("titleType")


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("性别（1男 2女）", "gender"),
        ("性别 1男 2女", "gender"),
        ("性别：0-女，1-男", "gender"),
        ("性别：男、女", "gender"),
        ("手机号，必填", "mobile_cn"),
        ("姓名：", "name_cn"),
    ],
)
def test_what_explains_a_header_is_not_read(head, kind):
    assert said(head, kind) == header.EXACT


def test_what_stands_behind_a_colon_may_be_meant():
    assert said("基本信息:姓名", "name_cn") >= header.TAIL


@pytest.mark.parametrize("head", ["dept_name", "menuName", "job_name", "模板英文名", "字典名字"])
def test_the_name_of_a_thing_is_nobodys(head):
    for kind in header.NAMES:
        assert said(head, kind) < header.HINT
    assert said(head, "org_name") < header.HINT


def test_the_name_of_a_firm_is_one():
    assert said("supplier_name", "org_name") >= header.TAIL
    assert said("supplier_name", "name_cn") < 0
    assert said("family_name", "name_part") == header.EXACT


@pytest.mark.parametrize("head", ["创建人ID", "审核人编号", "uploader_id", "推荐人用户id"])
def test_the_number_of_somebody_is_no_name(head):
    assert said(head, "customer_no") >= header.TAIL
    assert said(head, "name_cn") < header.TAIL


def test_tenants_of_a_system_are_firms():
    assert said("tenant_id", "customer_no") < header.HINT
    assert said("租户编号", "customer_no") < header.HINT


@pytest.mark.parametrize(
    ("head", "kind"), [("学校编码", "org_name"), ("职务编码", "occupation"), ("货物代码", "cargo_name")]
)
def test_a_code_is_not_what_is_said_in_words(head, kind):
    assert said(head, kind) < header.TAIL


def test_whether_somebody_is_one_names_nobody():
    assert said("是否超级管理员", "name_cn") < header.HINT
    assert said("isManager", "name_cn") < header.HINT
    assert said("是否残疾", "disability") > 0


@pytest.mark.parametrize("head", ["create_by", "updateBy", "createdby"])
def test_by_whom_something_is_done_is_somebody(head):
    assert said(head, "name_cn") >= header.TAIL
    assert said("order_by", "name_cn") < header.HINT


def test_words_under_a_vague_end_may_be_anything():
    assert header.of_words("生产厂商") == {"org_name"}
    assert not header.of_words("归属机构")
    assert not header.of_words("del_flag")


def test_money_that_is_paid_is_nobodys_income():
    assert said("pay_amount", "income") < header.TAIL
    assert said("pay_status", "country") < header.TAIL
    assert said("pays", "country") == header.EXACT


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("sfxm", "name_cn"),
        ("jcxm", "name_cn"),
        ("jkrs", "name_cn"),
        ("yhxx", "blood_type"),
        ("cpmz", "ethnicity"),
        ("jtgj", "nationality"),
        ("clzt", "vehicle_speed"),
        ("kdsj", "mobile_cn"),
    ],
)
def test_first_letters_that_also_stand_for_something_else_are_not_believed(head, kind):
    assert said(head, kind) < header.TAIL


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("shqrxm", "name_cn"),
        ("khdwlxr", "name_cn"),
        ("ghdwmc", "org_name"),
        ("cpmc", "cargo_name"),
        ("jtzz", "address_cn"),
    ],
)
def test_first_letters_of_an_owner_and_a_noun_are_read(head, kind):
    assert said(head, kind) >= header.TAIL


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("weiBaoRen", "name_cn"),
        ("weihurenyuan", "name_cn"),
        ("zhurenyishixingming", "name_cn"),
        ("yuyuedianhua", "mobile_cn"),
        ("baogaodanhao", "order_no"),
    ],
)
def test_a_noun_in_pinyin_is_read_behind_other_syllables(head, kind):
    assert said(head, kind) >= header.TAIL


@pytest.mark.parametrize("head", ["children", "shenhezhuangtai", "jiaofujine", "huanbaogongcheng"])
def test_other_syllables_say_nothing(head):
    assert max(header.evidence(head)) < header.TAIL


@pytest.mark.parametrize("head", ["create_user_id", "update_user_id", "创建人ID"])
def test_english_is_read_as_english(head):
    assert said(head, "customer_no") >= header.TAIL


def test_chinese_with_a_number_is_read_as_chinese():
    assert said("商品id", "order_no") < header.TAIL
