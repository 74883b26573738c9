"""A determination in plain sentences, Chinese or English, from the same data.

Rules this module keeps:
 * both languages say the same things in the same order;
 * nothing is said that the determination does not hold.
"""

from collections.abc import Iterator

from feiyu.base.text import Lang, Text
from feiyu.rules.model import ROUTE_NAMES, Determination, Mark

_HEAD = Text("结论：{route}（{code}，规则 {rule}）", "Answer: {route} ({code}, rule {rule})")
_WHY = Text("理由：{reason}", "Why: {reason}")
_CITES = Text("依据：{cites}", "On the grounds of: {cites}")
_OPTIONS = Text("可选路径：{options}", "Choice: {options}")
_ACTION = Text("下一步：{title}（{action}）", "Next: {title} ({action})")
_OPEN = Text("仍可能的结论：{routes}", "Answers still open: {routes}")
_ASK = Text("需补充：{question}（{fact}）", "To be answered: {question} ({fact})")
_DUTY = Text("义务：{title}", "To do: {title}")
_WHEN = Text("；期限：{deadline}", "; when: {deadline}")
_DUE = Text("（{due}）", " ({due})")
_BY = Text("；依据：{cites}", "; under: {cites}")
_WARN = Text("注意：{warning}", "Note: {warning}")
_BOOK = Text("规则库 {rulebook}，判定日期 {at}", "Rulebook {rulebook}, as of {at}")
_TRIED = Text("规则 {rule} {title}：{mark}", "Rule {rule} {title}: {mark}")
_MARKS = {
    Mark.HIT: Text("适用", "applies"),
    Mark.MISS: Text("不适用", "does not apply"),
    Mark.UNKNOWN: Text("事实不足", "facts are missing"),
}
_AND = Text("；", "; ")


def explain(found: Determination, lang: Lang) -> list[str]:
    """The determination as sentences, most important first."""
    return list(_sentences(found, lang))


def _sentences(found: Determination, lang: Lang) -> Iterator[str]:
    def say(text: Text, **values: object) -> str:
        return text[lang].format(**values)

    yield say(_HEAD, route=ROUTE_NAMES[found.route][lang], code=found.route, rule=found.rule)
    yield say(_WHY, reason=found.reason[lang])
    if found.citations:
        cites = _AND[lang].join(f"{cite.title[lang]} {cite.article}" for cite in found.citations)
        yield say(_CITES, cites=cites)
    if found.options:
        yield say(_OPTIONS, options=_AND[lang].join(title[lang] for title in found.option_titles))
    if found.action and found.action_title:
        yield say(_ACTION, title=found.action_title[lang], action=found.action)
    if found.possible:
        yield say(_OPEN, routes=_AND[lang].join(ROUTE_NAMES[route][lang] for route in found.possible))
    for item in found.missing:
        yield say(_ASK, question=item.question[lang], fact=item.fact)
    for duty in found.obligations:
        line = say(_DUTY, title=duty.title[lang])
        if duty.deadline:
            line += say(_WHEN, deadline=duty.deadline[lang])
        if duty.due:
            line += say(_DUE, due=duty.due)
        yield line + say(
            _BY, cites=_AND[lang].join(f"{cite.alias} {cite.article}" for cite in duty.citations)
        )
    for warning in found.warnings:
        yield say(_WARN, warning=warning[lang])
    yield say(_BOOK, rulebook=found.rulebook, at=found.at)


def explain_trace(found: Determination, lang: Lang | str) -> list[str]:
    """Every rule that was tried, in order, and how it fared."""
    return [
        _TRIED[lang].format(rule=step.rule, title=step.title[lang], mark=_MARKS[step.mark][lang])
        for step in found.trace
    ]
