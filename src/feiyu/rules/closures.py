"""Conditions compiled to closures over three truth values.

Rules this module keeps:
 * unknown is a third truth (Kleene): ``all`` with a false part is false, ``any`` with a true part is true;
 * a count that straddles a line, and a date that lies in the pair it is held against, compare as unknown;
 * what the day and the switches settle is settled once, when compiling.
"""

from collections.abc import Callable, Mapping
from datetime import date

from feiyu.rules.conditions import Condition, ParameterRef, Scope, Test, Truth
from feiyu.rules.facts import Env, span
from feiyu.rules.model import ENDLESS, Span


def compile_condition(condition: Condition, scope: Scope) -> Test:
    """Turn a condition into a closure; parameters, switches and dates are fixed by ``scope``."""
    fixed = _fixed_answer(condition, scope)
    return _FIXED[fixed] if fixed is not None else _COMPILERS[condition.word](condition, scope)


def _fixed_answer(condition: Condition, scope: Scope) -> Truth:
    """The answer of a condition that no fact can change any more, given the day and the switches."""
    if condition.word == "since":
        assert isinstance(condition.value, date)
        return scope.since >= condition.value
    if condition.word == "setting":
        return scope.switches[condition.name] == condition.value
    answers = [_fixed_answer(part, scope) for part in condition.parts]
    if condition.word == "not":
        return None if answers[0] is None else not answers[0]
    if condition.word == "all" and (False in answers or None not in answers):
        return False not in answers
    if condition.word == "any" and (True in answers or None not in answers):
        return True in answers
    return None


def _open_parts(condition: Condition, scope: Scope) -> tuple[Test, ...]:
    open_parts = [part for part in condition.parts if _fixed_answer(part, scope) is None]
    return tuple(compile_condition(part, scope) for part in open_parts)


def _compile_all(condition: Condition, scope: Scope) -> Test:
    tests = _open_parts(condition, scope)
    if len(tests) == 1:
        return tests[0]
    if len(tests) == 2:
        return _both(*tests)

    def test(env: Env) -> Truth:
        answer: Truth = True
        for part in tests:
            found = part(env)
            if found is False:
                return False
            if found is None:
                answer = None
        return answer

    return test


def _both(first: Test, second: Test) -> Test:
    def test(env: Env) -> Truth:
        one = first(env)
        if one is False:
            return False
        two = second(env)
        return two if one or two is False else None

    return test


def _compile_any(condition: Condition, scope: Scope) -> Test:
    tests = _open_parts(condition, scope)
    if len(tests) == 1:
        return tests[0]
    if len(tests) == 2:
        return _either(*tests)

    def test(env: Env) -> Truth:
        answer: Truth = False
        for part in tests:
            found = part(env)
            if found:
                return True
            if found is None:
                answer = None
        return answer

    return test


def _either(first: Test, second: Test) -> Test:
    def test(env: Env) -> Truth:
        one = first(env)
        if one:
            return True
        two = second(env)
        return two if one is False or two else None

    return test


def _compile_not(condition: Condition, scope: Scope) -> Test:
    part = condition.parts[0]
    if part.word == "is":
        return _is_not(part.name, part.value)
    if part.word == "known":
        return _not_known(part.name)
    inner = compile_condition(part, scope)

    def test(env: Env) -> Truth:
        found = inner(env)
        return None if found is None else not found

    return test


def _is_not(name: str, value: object) -> Test:
    def test(env: Env) -> Truth:
        found = env[name]
        return None if found is None else found != value

    return test


def _not_known(name: str) -> Test:
    return lambda env: env[name] is None


def _compile_is(condition: Condition, _scope: Scope) -> Test:
    name, value = condition.name, condition.value

    def test(env: Env) -> Truth:
        found = env[name]
        return None if found is None else found == value

    return test


def _compile_in(condition: Condition, _scope: Scope) -> Test:
    name = condition.name
    assert isinstance(condition.value, tuple)
    values = frozenset(condition.value)

    def test(env: Env) -> Truth:
        found = env[name]
        return None if found is None else found in values

    return test


def _line(condition: Condition, scope: Scope) -> int | None:
    """The number to compare with; ``None`` where the parameter has no value yet."""
    value = condition.value
    found = scope.parameters.get(value.name) if isinstance(value, ParameterRef) else value
    assert found is None or isinstance(found, int)
    return found


def _compile_reaches(name: str, line: int | None, *, when: bool) -> Test:
    if line is None:
        return lambda _env: None

    def test(env: Env) -> Truth:
        found = env[name]
        low, high = found if found is not None else (0, ENDLESS)
        if low >= line:
            return when
        return None if high >= line else not when

    return test


def _compile_at_least(condition: Condition, scope: Scope) -> Test:
    return _compile_reaches(condition.name, _line(condition, scope), when=True)


def _compile_more_than(condition: Condition, scope: Scope) -> Test:
    line = _line(condition, scope)
    return _compile_reaches(condition.name, None if line is None else line + 1, when=True)


def _compile_less_than(condition: Condition, scope: Scope) -> Test:
    return _compile_reaches(condition.name, _line(condition, scope), when=False)


def _compile_exceeds(condition: Condition, _scope: Scope) -> Test:
    name, other = condition.name, condition.value
    assert isinstance(other, str)

    def test(env: Env) -> Truth:
        # Only a certain excess is an excess: what is unknown is asked for elsewhere.
        first, second = env[name], env[other]
        if first is None or second is None:
            return False
        lows: Span = first
        highs: Span = second
        return lows[0] > highs[1]

    return test


def _compile_two(condition: Condition, _scope: Scope) -> Test:
    name, other = condition.name, condition.value
    assert isinstance(other, str)

    def test(env: Env) -> Truth:
        first, second = span(env[name]), span(env[other])
        if first[0] >= second[1]:
            return True
        return None if first[1] >= second[0] else False

    return test


def _compile_later(condition: Condition, _scope: Scope) -> Test:
    name, other = condition.name, condition.value
    assert isinstance(other, str)

    def test(env: Env) -> Truth:
        day, found = env[name], env[other]
        if day is None or found is None:
            return None
        first, last = found
        if day > last:
            return True
        return None if day > first else False

    return test


def _compile_before(condition: Condition, _scope: Scope) -> Test:
    name, limit = condition.name, condition.value
    assert isinstance(limit, date)

    def test(env: Env) -> Truth:
        day = env[name]
        return None if day is None else day < limit

    return test


def _compile_known(condition: Condition, _scope: Scope) -> Test:
    name = condition.name
    return lambda env: env[name] is not None


def _compile_shown(condition: Condition, _scope: Scope) -> Test:
    name = condition.name
    return lambda env: env[name] is True


def _compile_holds(condition: Condition, _scope: Scope) -> Test:
    key = defined(condition.name)
    return lambda env: env[key]


def defined(name: str) -> str:
    """The place of a named condition's truth among the computed values."""
    return f"?{name}"


def _compile_reached(condition: Condition, _scope: Scope) -> Test:
    name = condition.name

    def test(env: Env) -> Truth:
        found = env[name]
        if found is None:
            return None
        first, last = found
        at = env["at"]
        if at >= last:
            return True
        return None if at >= first else False

    return test


def _compile_past(condition: Condition, _scope: Scope) -> Test:
    name = condition.name

    def test(env: Env) -> Truth:
        found = env[name]
        if found is None:
            return None
        first, last = found
        at = env["at"]
        if at > last:
            return True
        return None if at > first else False

    return test


_COMPILERS: Mapping[str, Callable[[Condition, Scope], Test]] = {
    "all": _compile_all, "any": _compile_any, "not": _compile_not, "is": _compile_is, "in": _compile_in,
    "at_least": _compile_at_least, "more_than": _compile_more_than, "less_than": _compile_less_than,
    "reaches": _compile_two, "later": _compile_later, "before": _compile_before, "exceeds": _compile_exceeds, "known": _compile_known,
    "shown": _compile_shown, "holds": _compile_holds,
    "reached": _compile_reached, "past": _compile_past,
}  # fmt: skip
_FIXED: Mapping[Truth, Test] = {True: lambda _env: True, False: lambda _env: False}
