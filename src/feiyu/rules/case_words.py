"""The words of the form in which worked cases are given, and what they are called here (see ``cases``)."""

from datetime import date

SWITCHES = {"fixture_lists": "accept"}
COUNTS = {
    "general_before": "general_ytd_before",
    "general_in": "general_in_shipment",
    "general_overlap": "general_overlap_with_ytd",
    "general_exempt": "general_exempt_in_shipment",
    "sensitive_before": "sensitive_ytd_before",
    "sensitive_in": "sensitive_in_shipment",
    "sensitive_overlap": "sensitive_overlap_with_ytd",
    "sensitive_exempt": "sensitive_exempt_in_shipment",
}
ZERO_IF_NULL = frozenset({"general_overlap", "general_exempt", "sensitive_overlap", "sensitive_exempt"})
GROUNDS = {
    "contract": "contract", "hr": "hr", "emergency": "emergency", "statutory_duty": "statutory_duty",
    "auto_guide_carveout": "auto_guide", "auto_guide": "auto_guide",
}  # fmt: skip
MODES = frozenset(
    {
        "transfer", "store_abroad", "remote_access_from_abroad", "overseas_direct_processing",
        "accessed_in_prc_by_overseas_staff", "domestic_only",
    }
)  # fmt: skip
LICENCES = {
    "hgr": "hgr", "mapping": "mapping", "surveying": "mapping", "export_control": "export_control",
    "tech_export": "technology_export", "technology_export": "technology_export", "none": "none",
}  # fmt: skip
CITIES = {
    "广州": "guangzhou", "深圳": "shenzhen", "珠海": "zhuhai", "佛山": "foshan", "惠州": "huizhou", "东莞": "dongguan",
    "中山": "zhongshan", "江门": "jiangmen", "肇庆": "zhaoqing",
}  # fmt: skip
COUNTRIES = {
    "HKG": "HK",
    "MAC": "MO",
    "HONG KONG": "HK",
    "MACAO": "MO",
    "MACAU": "MO",
    "香港": "HK",
    "澳门": "MO",
}
PATHS = {
    "ciio": "exporter.ciio", "zone": "exporter.zone", "sector": "exporter.sector",
    "registered_in": "exporter.registered_in_zone", "exports_from": "exporter.export_activity_in_zone",
    "handles_persons": "exporter.handles_persons_total", "origin": "data_origin", "important_status": "important_data",
    "ground": "exemption.claim", "ground_conditions": "exemption.conditions_met", "ground_scope": "exemption.scope",
    "recipient_restricted": "recipient.on_pipl42_list", "recipient_country": "recipient.country",
    "onward_outside_gba": "recipient.onward_outside_gba", "foreign_judicial_request": "flags.foreign_judicial_request",
    "approval_obtained": "flags.approval_obtained", "licence_required": "flags.licence_required",
    "licence_obtained": "flags.licence_obtained", "splitting_indicated": "flags.splitting_indicated",
    "negative_list_covered": "lists.negative_list.covered", "negative_list_on_list": "lists.negative_list.on_list",
    "negative_list_consequence": "lists.negative_list.consequence",
    "general_list_in_force": "lists.general_list.in_force", "general_list_matches": "lists.general_list.scenario_match",
    "general_list_conditions": "lists.general_list.conditions_met", "prior_issued": "prior.issued",
    "prior_effective": "prior.effective", "prior_unchanged": "prior.unchanged",
    **{fact: f"counts.{name}" for fact, name in COUNTS.items()},
    **dict.fromkeys(
        (
            "contract_individual_party", "contract_necessary", "contract_fields_minimal", "hr_employees_only",
            "hr_labour_rules", "hr_collective_contract", "hr_necessary", "emergency_now", "emergency_necessary",
            "statutory_duty_prc", "statutory_duty_necessary", "auto_reported",
        ),
        "exemption.conditions_met",
    ),
}  # fmt: skip
IMPORTANT = {
    "no": "none", "suspected": "self_suspected", "self-suspected": "self_suspected", "notified": "notified_or_published",
    "published": "notified_or_published", "yes": "notified_or_published",
}  # fmt: skip
ORIGINS = frozenset(
    {"prc", "overseas_only", "overseas_plus_prc_pi", "overseas_plus_prc_important", "unknown"}
)
SECTORS = {
    "automotive": "auto", "icv": "auto", "vehicle": "auto", "vehicles": "auto", "car": "auto", "car_maker": "auto",
    "connected_vehicle": "auto", "intelligent_connected_vehicle": "auto",
}  # fmt: skip
ZONES = {
    "lingang": "shanghai", "pudong": "shanghai", "hetao": "guangdong", "shenzhen": "guangdong", "qianhai": "guangdong",
    "nansha": "guangdong", "hengqin": "guangdong", "pingtan": "fujian",
}  # fmt: skip
NESTED = frozenset(
    {
        "exporter", "exemption", "counts", "lists", "recipient", "flags", "prior", "general_list", "negative_list",
        "item", "facts",
    }
)  # fmt: skip
UNITS = frozenset({"natural_persons", "natural_person", "persons", "individuals"})
WINDOWS = ("calendar_year", "since_jan_1", "ytd")
MECHANISMS = frozenset({"SA", "SCC", "CERT", "GBA_SCC"})
CURRENT_BOOK = date(2024, 3, 22)
STATED_UNDER_WAY = ("without the required", "without required")
