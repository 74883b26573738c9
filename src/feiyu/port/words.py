"""What the closed words of the port's events mean, for whoever reads a receipt.

Rules this module keeps:
 * a word is explained where it is declared: by a procedure, a rule book's routes, the list of semantic types;
 * nothing is loaded before somebody asks for a word.
"""

from collections.abc import Callable, Mapping

from feiyu.base.text import Text
from feiyu.evidence.crl import State
from feiyu.port.model import BASIS_NAMES, BASIS_STATES, BasisKind, BasisState
from feiyu.port.original import KINDS
from feiyu.registry.cases.procedure import PROCEDURES, Procedure, load_procedure
from feiyu.registry.scenarios.model import MODE_NAMES, Mode
from feiyu.registry.scenarios.templates import type_name
from feiyu.rules.model import ROUTE_NAMES, Route

Means = Callable[[str], Text | None]
LEVELS = {
    "D": Text("D（申报）", "D (declared)"),
    "L": Text("L（日志）", "L (logs)"),
    "M": Text("M（计量）", "M (metered)"),
    "S": Text("S（封存）", "S (sealed)"),
}
ROLES = {
    "cii": Text("关键信息基础设施运营者", "Operator of critical infrastructure"),
    "central_organ": Text("中央和国家机关", "Central organ of the state"),
    "bank_insurer": Text("银行保险机构", "Bank or insurer"),
    "other": Text("其他", "Other"),
}
REVOCATION = {
    State.GOOD: Text("按当时的吊销列表，未被吊销", "Not revoked, by the list of that time"),
    State.LATER: Text("签名之后被吊销", "Revoked after it was signed"),
    State.NO_LIST: Text("不明：没有吊销列表", "Unknown: no list"),
    State.EXPIRED: Text("不明：吊销列表已过期", "Unknown: the list was over"),
    State.NOT_BY_ISSUER: Text(
        "不明：吊销列表不是由签发者签名", "Unknown: the list is not signed by the issuer"
    ),
    State.AFTER_END: Text(
        "不明：吊销列表制于证书到期之后", "Unknown: the list was made after the certificate's end"
    ),
    State.UNUSABLE: Text("不明：吊销列表不可用或不涵盖此证书", "Unknown: no list that can be used covers it"),
}


def _procedure(find: Callable[[Procedure], Mapping[str, Text]]) -> Means:
    """By the first procedure that knows the word; those that share one name it alike."""

    def means(word: str) -> Text | None:
        return next(
            (found[word] for name in PROCEDURES if word in (found := find(load_procedure(name)))), None
        )

    return means


def _route(word: str) -> Text | None:
    return ROUTE_NAMES[Route(word)] if word in set(Route) else None


_state = _procedure(lambda one: {key: state.name for key, state in one.states.items()})
_COMMON: Mapping[str, Means] = {
    "route": _route,
    "before": _route,
    "after": _route,
    "mode": lambda word: MODE_NAMES[Mode(word)] if word in set(Mode) else None,
    "procedure": lambda word: load_procedure(word).name if word in PROCEDURES else None,
    "material": _procedure(lambda one: {each.id: each.name for each in one.materials}),
    "step": _procedure(lambda one: {each.id: each.name for each in one.transitions}),
    "from": _state,
    "to": _state,
    "fields": type_name,
    "found": type_name,
    "role": ROLES.get,
    "level": LEVELS.get,
    "evidence_level": LEVELS.get,
    "revocation": lambda word: REVOCATION[State(word)] if word in set(State) else None,
}
_OF_BASIS: Mapping[str, Means] = {
    "kind": lambda word: BASIS_NAMES[BasisKind(word)] if word in set(BasisKind) else None,
    "state": lambda word: BASIS_STATES[BasisState(word)] if word in set(BasisState) else None,
}
_OF_ORIGINAL: Mapping[str, Means] = {"kind": KINDS.get}


def words_of(event: str) -> Mapping[str, Means]:
    """What the closed words of one type of event mean, by the datum's name."""
    own = _OF_BASIS if event.startswith("basis.") else _OF_ORIGINAL if event.startswith("filing.") else {}
    return {**_COMMON, **own}
