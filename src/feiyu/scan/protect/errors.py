"""Refusals of the protection of data."""

from feiyu.base.errors import BadInput, Conflict, TooLarge
from feiyu.base.text import Text


class BadPlan(BadInput):
    """A protection plan is wrong at a place."""

    code = "SCAN-0150"
    message = Text("保护方案 {place} 有误：{reason}。", "The protection plan is wrong at {place}: {reason}.")
    hint = Text(
        "用 feiyu protect 文件 --advise 生成一份可用的方案，再对照修改。",
        "Make a working plan with feiyu protect FILE --advise and compare.",
    )


class UnknownFields(BadInput):
    """The plan speaks of fields that the table does not have, or does not speak of all."""

    code = "SCAN-0151"
    message = Text(
        "{name} 的字段与方案不符：{fields}。", "The fields of {name} do not fit the plan: {fields}."
    )
    hint = Text(
        "该表的字段为：{known}。请修改方案，或用 others 说明其余字段如何处理。",
        "The table has: {known}. Correct the plan, or say with others what becomes of the rest.",
    )


class NeedsKey(BadInput):
    """A method needs a key and none was given."""

    code = "SCAN-0152"
    message = Text(
        "字段 {fields} 的处理方式需要假名化密钥。", "What is done to {fields} needs a pseudonym key."
    )
    hint = Text(
        "用 feiyu keys pseudonym 密钥库 生成密钥，再以 --keystore 指定该密钥库。",
        "Make one with feiyu keys pseudonym KEYSTORE and name the keystore with --keystore.",
    )


class TooFewRows(BadInput):
    """A table has fewer rows than k."""

    code = "SCAN-0153"
    message = Text(
        "{name} 只有 {rows} 行，无法做到 {k}-匿名。",
        "{name} has only {rows} {rows?row:rows} and cannot be {k}-anonymous.",
    )
    hint = Text("请改用更小的 k，或合并更多数据。", "Take a smaller k or put more data together.")


class TooManyGroups(TooLarge):
    """The quasi-identifiers take more different combinations than memory allows."""

    code = "SCAN-0154"
    message = Text(
        "准标识符的不同组合超过 {limit} 种。",
        "The quasi-identifiers have more than {limit} different combinations.",
    )
    hint = Text(
        "请先在方案中对这些字段做日期、地区或数值泛化。",
        "Generalise dates, areas or numbers among them first, in the same plan.",
    )


class OutputExists(Conflict):
    """The output is there already."""

    code = "SCAN-0155"
    message = Text("输出文件 {name} 已存在。", "The output {name} is there already.")
    hint = Text("请换一个文件名，或先移走它。", "Take another name, or move it away first.")


class UnknownOutput(BadInput):
    """The output's name does not say a format that can be written."""

    code = "SCAN-0157"
    message = Text(
        "无法由文件名 {name} 判断输出格式。", "The name {name} does not say a format that can be written."
    )
    hint = Text("请使用 .csv、.jsonl 或 .parquet。", "Use .csv, .jsonl or .parquet.")
