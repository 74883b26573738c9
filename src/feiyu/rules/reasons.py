"""Which facts make a condition true, false or unknown: the ground of "what is missing" and of "why".

Rules this module keeps:
 * named are only facts that bear on the answer as it stands, not everything that a rule could look at;
 * counts and dates are followed down to what was told.
"""

from collections.abc import Iterable, Mapping

from feiyu.rules.closures import compile_condition
from feiyu.rules.conditions import Condition, Scope, Test, Truth
from feiyu.rules.derived import CountForm, DateForm
from feiyu.rules.facts import Env
from feiyu.rules.rulebook import Definition


class Reasons:
    """Looks into conditions of one program."""

    def __init__(self, scope: Scope, definitions: Iterable[Definition]) -> None:
        self._scope = scope
        self._forms: Mapping[str, Condition | CountForm | DateForm] = {
            item.name: item.form for item in definitions
        }
        self._tests: dict[int, Test] = {}

    def of(self, condition: Condition, env: Env) -> set[str]:
        """The facts that give the condition the value it has."""
        found: set[str] = set()
        self._look(condition, env, found)
        return found

    def _value(self, condition: Condition, env: Env) -> Truth:
        test = self._tests.get(id(condition))
        if test is None:
            test = self._tests[id(condition)] = compile_condition(condition, self._scope)
        return test(env)

    def _look(self, condition: Condition, env: Env, found: set[str]) -> None:
        if condition.word == "holds":
            form = self._forms[condition.name]
            assert isinstance(form, Condition)
            self._look(form, env, found)
        elif condition.parts:
            value = self._value(condition, env)
            for part in condition.parts:
                # Under "not" the one part bears on the answer whatever its value.
                if condition.word == "not" or self._value(part, env) is value:
                    self._look(part, env, found)
        elif condition.word in {"exceeds", "reaches", "later"}:
            self._name(condition.name, env, found)
            self._name(str(condition.value), env, found)
        elif condition.name and condition.word != "setting":
            self._name(condition.name, env, found)

    def _name(self, name: str, env: Env, found: set[str]) -> None:
        form = self._forms.get(name)
        if isinstance(form, CountForm):
            self._count(form, env, found)
        elif isinstance(form, DateForm):
            self._name(form.start, env, found)
        else:
            found.add(name)

    def _count(self, form: CountForm, env: Env, found: set[str]) -> None:
        if form.word == "name":
            self._name(form.name, env, found)
        elif form.word == "cases":
            self._cases(form, env, found)
        else:
            for part in form.parts:
                self._count(part, env, found)

    def _cases(self, form: CountForm, env: Env, found: set[str]) -> None:
        for test, part in zip(form.tests, form.parts, strict=False):
            value = self._value(test, env)
            if value is None:
                self._look(test, env, found)
            if value is not False:
                self._count(part, env, found)
            if value:
                return
        self._count(form.parts[-1], env, found)
