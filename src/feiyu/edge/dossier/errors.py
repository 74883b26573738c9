"""Refusals around dossiers."""

from feiyu.base.errors import BadInput, Conflict, TooLarge
from feiyu.base.text import Text


class NoDetermination(Conflict):
    """A dossier is made from a signed determination."""

    code = "EDGE-0020"
    message = Text(
        "场景 {scenario} 还没有已签署的路径判定。", "Scenario {scenario} has no signed determination yet."
    )
    hint = Text(
        "请先扫描数据文件并作出路径判定：feiyu file。",
        "Scan the file and determine its pathway first: feiyu file.",
    )


class BadAnswer(BadInput):
    """An answer that cannot be one."""

    code = "EDGE-0021"
    message = Text("“{question}”的回答有误：{reason}", "The answer to “{question}” is wrong: {reason}")
    hint = Text("日期写作 2026-11-28，人数写整数，选择题从所列选项中选择。",
                "Write days as 2026-11-28, persons as whole numbers, and choose one of the options.")  # fmt: skip


class UnknownQuestion(BadInput):
    """No paper asks this."""

    code = "EDGE-0022"
    message = Text("没有这个问题：{name}。", "There is no question {name}.")
    hint = Text("问题清单见 feiyu dossier show。", "feiyu dossier show lists the questions.")


class UnknownPaper(BadInput):
    """The dossier has no such paper."""

    code = "EDGE-0023"
    message = Text(
        "本套材料没有“{name}”；可选：{allowed}。", "This dossier has no paper {name}; it has: {allowed}."
    )
    hint = Text("免予申报的出境不编制申报表；告知同意类材料仅在涉及个人信息时编制。",
                "An exempt export has no declaration; notice and consent are made where there are persons.")  # fmt: skip


class UnknownProcedure(BadInput):
    """No package is known for it."""

    code = "EDGE-0024"
    message = Text(
        "没有办理事项“{name}”的材料；可选：{allowed}。",
        "No package is known for {name}; there are: {allowed}.",
    )
    hint = Text("按路径判定选择。", "Choose as the determination says.")


class UnknownMaterial(BadInput):
    """The package has no such material to attach."""

    code = "EDGE-0025"
    message = Text(
        "本事项没有可附的材料“{name}”；可选：{allowed}。",
        "Nothing called {name} is attached here; there are: {allowed}.",
    )
    hint = Text("由飞鱼编制的材料不需另附；签章后的扫描件附在同名材料下。",
                "What Feiyu makes need not be attached; a signed scan is attached under its material's name.")  # fmt: skip


class AttachmentTooLarge(TooLarge):
    """A file beyond what a dossier keeps."""

    code = "EDGE-0026"
    message = Text(
        "{name} 为 {size} 字节，超过上限 {limit} 字节。",
        "{name} has {size} bytes, over the limit of {limit}.",
    )
    hint = Text("请压缩扫描件后再附。", "Make the scan smaller and attach it again.")


class NotReady(Conflict):
    """The papers are not complete."""

    code = "EDGE-0027"
    message = Text(
        "材料尚不齐备，有{count}项问题，首项：{first}",
        "The papers are not complete: {count} {count?finding:findings}, the first: {first}",
    )
    hint = Text("先补齐，再提交；确需先行提交部分材料的，加 --incomplete。",
                "Put them right first; to hand in what there is, add --incomplete.")  # fmt: skip


class NoVersion(BadInput):
    """The dossier has no such version."""

    code = "EDGE-0028"
    message = Text("没有第 {number} 版；已有：{have}。", "There is no version {number}; there are: {have}.")
    hint = Text(
        "每次编制（feiyu dossier make）产生一个版本。", "Each making (feiyu dossier make) leaves a version."
    )
