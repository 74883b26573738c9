"""The refusals of the rules engine."""

from feiyu.base.errors import BadInput
from feiyu.base.text import Text


class BadRulebook(BadInput):
    """A rulebook breaks a law of the format; nothing was loaded."""

    code = "RULES-0001"
    message = Text("规则库有误：{place}：{reason}", "The rulebook is wrong: {place}: {reason}")
    hint = Text(
        "请按所指文件与行号修改；写法见 rulebooks/README.zh.md。",
        "Correct the named file and line; rulebooks/README.en.md says how a rule is written.",
    )


class BadFact(BadInput):
    """A fact has an unknown name or a value outside its type."""

    code = "RULES-0002"
    message = Text(
        "事实“{fact}”的值不可用：{value}。可用：{allowed}",
        "The fact {fact} cannot be {value}; allowed: {allowed}",
    )
    hint = Text(
        "事实的名称、类型与取值见该规则库的 facts.yaml。",
        "facts.yaml of the rulebook lists the names, types and values of facts.",
    )


class NotFormalised(BadInput):
    """The date lies before the texts that were put into rules."""

    code = "RULES-0003"
    message = Text(
        "规则库 {rulebook} 自 {first} 起才有规则，不能回答 {at} 的问题。",
        "Rulebook {rulebook} holds rules from {first} on and cannot answer for {at}.",
    )
    hint = Text(
        "请改用该日期之后的日期，或补录更早的法规。",
        "Ask for a later date, or have the earlier law written into the rulebook.",
    )


class UnknownName(BadInput):
    """A rulebook, list, source or switch of that name does not exist."""

    code = "RULES-0004"
    message = Text(
        "规则库中没有{what}：{name}。可用：{allowed}",
        "The rulebooks hold no {what} named {name}; there are: {allowed}",
    )
    hint = Text("请核对名称。", "Check the name.")


class FixtureRefused(BadInput):
    """A list that is marked as fixture was asked for in real use."""

    code = "RULES-0005"
    message = Text(
        "清单 {name} 只是演示样例，不能用于实际判定。",
        "The list {name} is a fixture for demonstration and is refused for real use.",
    )
    hint = Text(
        "请用 feiyu rules import-list 导入官方附件。",
        "Load the official annex with feiyu rules import-list.",
    )


class TooManyFields(BadInput):
    """More changeable fields than all sets of three can be tried over."""

    code = "RULES-0006"
    message = Text(
        "可调整的字段有 {size} 个，超过上限 {limit}。",
        "{size} fields could be changed, over the limit of {limit}.",
    )
    hint = Text(
        "请先标明业务必需的字段，再生成建议。",
        "Mark the fields that the purpose needs first, then ask for advice again.",
    )


class BadCells(BadInput):
    """A typed table has faults; every one is named by its cell, and nothing was imported."""

    code = "RULES-0010"
    message = Text("{name} 有 {count} 处错误：{cells}", "{name} has {count} {count?fault:faults}: {cells}")
    hint = Text(
        "请按单元格逐一改正后重新导入；空白模板见 feiyu rules template。",
        "Correct the named cells and import again; feiyu rules template writes an empty table.",
    )


class TwoReaders(BadInput):
    """A list may be used only when two different people have read it against the official annex."""

    code = "RULES-0011"
    message = Text(
        "清单 {list} 须由两名不同的人员对照官方附件核读，现有：{readers}",
        "The list {list} must be read against the official annex by two different people; so far: {readers}",
    )
    hint = Text(
        "请在导入时用两次 --reader 写明核读人。",
        "Name both readers when importing: --reader, twice.",
    )


class BadTable(BadInput):
    """A table cannot be read at all."""

    code = "RULES-0012"
    message = Text("无法读取 {name}：{reason}", "{name} cannot be read: {reason}")
    hint = Text("请另存为 UTF-8 的 CSV 或 XLSX 后重试。", "Save it as UTF-8 CSV or as XLSX and try again.")
