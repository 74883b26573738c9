"""What a request of the wrong shape is told: field by field, in both languages, by pydantic's own kinds of error."""

from collections.abc import Mapping
from typing import Any

from fastapi.exceptions import RequestValidationError

from feiyu.base.said import said
from feiyu.base.text import Text, listed

SHOWN = 10

_WRONG: Mapping[str, Text] = {
    "missing": Text("缺少这一项", "it is missing"),
    "extra_forbidden": Text("没有这一项", "there is no such field"),
    "json_invalid": Text("不是有效的 JSON", "it is no valid JSON"),
    "model_attributes_type": Text("应为 JSON 对象", "a JSON object is wanted"),
    "dict_type": Text("应为 JSON 对象", "a JSON object is wanted"),
    "list_type": Text("应为列表", "a list is wanted"),
    "string_type": Text("应为文本", "a text is wanted"),
    "string_too_short": Text("至少 {min_length} 个字符", "at least {min_length} characters are wanted"),
    "string_too_long": Text("至多 {max_length} 个字符", "at most {max_length} characters are wanted"),
    "string_pattern_mismatch": Text("须符合 {pattern}", "it must match {pattern}"),
    "too_short": Text("至少 {min_length} 项", "at least {min_length} items are wanted"),
    "too_long": Text("至多 {max_length} 项", "at most {max_length} items are wanted"),
    "int_type": Text("应为整数", "a whole number is wanted"),
    "int_parsing": Text("应为整数", "a whole number is wanted"),
    "int_from_float": Text("应为整数", "a whole number is wanted"),
    "bool_type": Text("应为 true 或 false", "true or false is wanted"),
    "bool_parsing": Text("应为 true 或 false", "true or false is wanted"),
    "greater_than": Text("须大于 {gt}", "it must be above {gt}"),
    "greater_than_equal": Text("不得小于 {ge}", "it must be {ge} or more"),
    "less_than": Text("须小于 {lt}", "it must be below {lt}"),
    "less_than_equal": Text("不得大于 {le}", "it must be {le} or less"),
    "enum": Text("可选：{expected}", "one of {expected}"),
    "literal_error": Text("可选：{expected}", "one of {expected}"),
    "date_from_datetime_parsing": Text("应为日期，如 2026-11-28", "a day is wanted, such as 2026-11-28"),
    "date_from_datetime_inexact": Text("应为日期，如 2026-11-28", "a day is wanted, such as 2026-11-28"),
    "date_type": Text("应为日期，如 2026-11-28", "a day is wanted, such as 2026-11-28"),
    "date_parsing": Text("应为日期，如 2026-11-28", "a day is wanted, such as 2026-11-28"),
    "datetime_from_date_parsing": Text(
        "应为时刻，如 2026-11-28T09:00:00+08:00", "an instant is wanted, such as 2026-11-28T09:00:00+08:00"
    ),
    "datetime_parsing": Text(
        "应为时刻，如 2026-11-28T09:00:00+08:00", "an instant is wanted, such as 2026-11-28T09:00:00+08:00"
    ),
    "timezone_aware": Text("时刻须带时区", "an instant names its zone"),
}


def told(error: RequestValidationError) -> Text:
    """The first places that are wrong, and what each should be."""
    return listed(_place(one) for one in error.errors()[:SHOWN])


def _place(one: Mapping[str, Any]) -> Text:
    known = _WRONG.get(one["type"])
    what = known.format(**one.get("ctx", {})) if known else said(str(one["msg"]))
    where = ".".join(map(str, one["loc"]))
    return Text(f"{where}：{what.zh}", f"{where}: {what.en}")
