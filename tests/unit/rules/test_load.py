"""Bad rulebooks: each fault is refused, with file and line, and nothing is half loaded."""

import pytest

from feiyu.rules import load
from feiyu.rules.errors import BadRulebook
from feiyu.rules.load import packaged

BOOK = "cn/export-pathway"
RULE = """\
id: R99
order: 999
title: {zh: 样例, en: sample}
since: 2024-03-22
cite: ["cn/flow-provisions-2024#3"]
when: {is: {ciio: "yes"}}
then:
  route: SA
  why: {zh: 样例, en: sample}
"""


class Overlay:
    """The packaged rulebooks with some files replaced, added or (None) taken away; nothing is copied."""

    def __init__(self, base, changed=None, path=""):
        self.base, self.changed, self.path = base, {} if changed is None else changed, path

    @property
    def name(self):
        return self.path.rpartition("/")[2]

    def joinpath(self, name):
        return Overlay(self.base, self.changed, f"{self.path}/{name}".strip("/"))

    @property
    def _real(self):
        return self.base.joinpath(*self.path.split("/"))

    def is_file(self):
        return self.changed[self.path] is not None if self.path in self.changed else self._real.is_file()

    def is_dir(self):
        return self._real.is_dir()

    def iterdir(self):
        names = {entry.name for entry in self._real.iterdir()}
        added = {path.rpartition("/")[2] for path in self.changed if path.rpartition("/")[0] == self.path}
        for name in names | added:
            entry = self.joinpath(name)
            if entry.is_dir() or entry.is_file():
                yield entry

    def read_bytes(self):
        return self.changed[self.path].encode() if self.path in self.changed else self._real.read_bytes()


@pytest.fixture
def root():
    return Overlay(packaged())


def refused(root, match):
    with pytest.raises(BadRulebook, match=match) as caught:
        load(root)
    assert caught.value.values["place"]
    return caught.value


def add_rule(root, text, name="r99"):
    root.changed[f"{BOOK}/rules/{name}.yaml"] = text


def edit(root, path, old, new):
    text = root.joinpath(path).read_bytes().decode()
    assert old in text
    root.changed[path] = text.replace(old, new, 1)


def test_the_copy_loads(root):
    add_rule(root, RULE)
    assert load(root).book().rules[-1].id == "R99"


@pytest.mark.parametrize(
    ("old", "new", "match"),
    [
        ("when:", "whenn:", r"r99\.yaml:6: unknown key 'whenn'"),
        ("order: 999", "order: 9.5", r"r99\.yaml:2.*whole number"),
        ("order: 999\n", "", "'order' is missing"),
        ("order: 999", "order: 999\norder: 998", r"r99\.yaml:3.*stands twice"),
        ("since: 2024-03-22", "since: 2024-3-22", r"r99\.yaml:4.*not a date"),
        ("since: 2024-03-22", "since: 2024-03-22\nuntil: 2024-03-22", "ends before it begins"),
        ("en: sample}\nsince", "fr: sample}\nsince", "unknown key 'fr'"),
        ('"cn/flow-provisions-2024#3"', "", "citation is missing"),
        ("flow-provisions-2024#3", "flow-provisions-2024#99", "lists no article '99'"),
        ("cn/flow-provisions-2024#3", "cn/nowhere#3", "no registered text 'cn/nowhere'"),
        (
            "cn/flow-provisions-2024#3",
            "cn/cert-measures-2026#5",
            "on 2024-03-22 none of its texts is in force",
        ),
        ('is: {ciio: "yes"}', 'is: {cio: "yes"}', "no fact 'cio'"),
        ('is: {ciio: "yes"}', "is: {ciio: yes}", "quote it"),
        ('is: {ciio: "yes"}', 'is: {ciio: "maybe"}', "not yes or no"),
        ('is: {ciio: "yes"}', 'iss: {ciio: "yes"}', "unknown word 'iss'"),
        ('is: {ciio: "yes"}', "is: {origin: mars}", "no value of origin"),
        ('is: {ciio: "yes"}', "at_least: {ciio: 1}", "no count 'ciio'"),
        ('is: {ciio: "yes"}', "at_least: {general_total: {parameter: nothing}}", "no parameter 'nothing'"),
        ('is: {ciio: "yes"}', "at_least: {general_total: {parameter: large_handler}}", None),
        ('is: {ciio: "yes"}', "holds: nothing", "no definition 'nothing'"),
        ('is: {ciio: "yes"}', "setting: {nothing: x}", "no switch 'nothing'"),
        ('is: {ciio: "yes"}', "past: nothing", "no date 'nothing'"),
        ('is: {ciio: "yes"}', "later: {prior_filed: nothing}", "no date 'nothing'"),
        ('is: {ciio: "yes"}', "all: []", "the list is empty"),
        ('is: {ciio: "yes"}', 'is: {ciio: "yes"}, not: {known: ciio}', "exactly one word"),
        ('is: {ciio: "yes"}', "shown: origin", "not \\('truth',\\)"),
        ("route: SA", "route: SAA", "'SAA' is not one of"),
        ("  why: {zh: 样例, en: sample}\n", "", "a route needs a why"),
        ("en: sample}\n", 'en: "{nobody} sample"}\n', None),
        ("why: {zh: 样例, en: sample}", 'why: {zh: 样例, en: "{nobody}"}', "no fact or count 'nobody'"),
        ("route: SA", "oblige: [nothing]", "no obligation 'nothing'"),
        ("since: 2024-03-22", "since: 2024-03-22\noverrides: [R98]", "overrides unknown rule"),
        ("since: 2024-03-22", "since: 2024-03-22\nconfidence: sure", "'sure' is not one of"),
    ],
)
def test_a_faulty_rule_is_refused(root, old, new, match):
    assert old in RULE
    add_rule(root, RULE.replace(old, new, 1))
    if match:
        refused(root, match)
    else:
        load(root)


def test_equal_order_with_overlap_is_refused_unless_they_exclude_each_other(root):
    add_rule(root, RULE)
    add_rule(root, RULE.replace("R99", "R98").replace("ciio", "contains_pi"), "r98")
    refused(root, r"have order 999 and may both apply")
    add_rule(root, RULE.replace("R99", "R98").replace('ciio: "yes"', 'ciio: "no"'), "r98")
    assert load(root)
    add_rule(root, RULE.replace("R99", "R98").replace("2024-03-22", "2024-04-01"), "r98")
    edit(root, f"{BOOK}/rules/r99.yaml", "since: 2024-03-22", "since: 2024-03-22\nuntil: 2024-04-01")
    assert load(root)


def test_entries_of_one_rule_may_not_overlap_in_time(root):
    add_rule(root, RULE)
    add_rule(root, RULE.replace("order: 999", "order: 998").replace("2024-03-22", "2025-03-22"), "r98")
    refused(root, "R99 overlaps .* in time")


def test_a_cycle_of_exceptions_is_refused(root):
    for one, two in (("R97", "R98"), ("R98", "R99"), ("R99", "R97")):
        text = RULE.replace("id: R99", f"id: {one}").replace("order: 999", f"order: 9{one[1:]}")
        add_rule(
            root, text.replace("since: 2024-03-22", f"since: 2024-03-22\noverrides: [{two}]"), one.lower()
        )
    refused(root, "overrides make a cycle")


def test_a_text_that_ends_leaves_its_rule_uncited(root):
    edit(
        root, "sources/cn/flow-provisions-2024.yaml", "effective_from: 2024-03-22",
        "effective_from: 2024-03-22\neffective_to: 2026-12-31",
    )  # fmt: skip
    refused(root, "on 2027-01-01 none of its texts is in force")


@pytest.mark.parametrize(
    ("path", "old", "new", "match"),
    [
        ("sources/cn/dsl-2021.yaml", "id: cn/dsl-2021", "id: cn/dsl", "id must be 'cn/dsl-2021'"),
        ("sources/cn/dsl-2021.yaml", 'alias: "DSL"', 'alias: "PIPL"', "alias PIPL is taken"),
        ("sources/cn/dsl-2021.yaml", "kind: statute", "kind: rumour", "'rumour' is not one of"),
        (
            "sources/cn/csl-2016.yaml",
            "effective_to: 2025-12-31",
            "effective_to: 2015-12-31",
            "ends before it begins",
        ),
        (f"{BOOK}/rulebook.yaml", "id: cn/export-pathway", "id: cn/other", "id must be"),
        (f"{BOOK}/rulebook.yaml", "default: either", "default: neither", "'neither' is not one of"),
        (f"{BOOK}/facts.yaml", "kind: truth", "kind: thruth", "'thruth' is not one of"),
        (f"{BOOK}/facts.yaml", "upper: general_in_upper", "upper: general_upper", "no such count"),
        (f"{BOOK}/facts.yaml", 'absent: "no"', 'absent: "perhaps"', "RULES-0002"),
        (f"{BOOK}/definitions.yaml", "condition: contract_shown", "condition: ciio", "name 'ciio' is taken"),
        (
            f"{BOOK}/definitions.yaml",
            "{holds: contract_ground}",
            "{holds: in_zone}",
            "no definition 'in_zone'",
        ),
        (f"{BOOK}/parameters/contract_general.yaml", "contract_general\n", "other\n", "id must end in"),
        (
            f"{BOOK}/parameters/contract_general.yaml",
            "2024-03-22:\n",
            "2024-03-21:\n",
            "no cited text is in force",
        ),
        (
            f"{BOOK}/parameters/contract_general.yaml",
            "2024-03-22:\n",
            "2026-01-01:\n",
            "has no value on 2024-0",
        ),
        (f"{BOOK}/options.yaml", "- id: CERT", "- id: SCC", "SCC stands twice"),
        (f"{BOOK}/actions.yaml", "date: filing_due", "date: some_day", "no date 'some_day'"),
        (f"{BOOK}/obligations.yaml", "due: filing_due", "due: some_day", "no date 'some_day'"),
        ("calendar/cn/2026.yaml", "- 2026-01-04", "- 2026-01-32", "not a date"),
    ],
)
def test_other_files_are_held_to_the_same(root, path, old, new, match):
    edit(root, path, old, new)
    refused(root, match)


def test_a_missing_file_is_named(root):
    root.changed[f"{BOOK}/options.yaml"] = None
    refused(root, r"options\.yaml: the file is missing")


def test_a_rule_decides_in_every_outcome_or_in_none(root):
    mixed = """  - when: {known: ciio}
    route: SA
    why: {zh: 样例, en: sample}
  - warn: {zh: 样例, en: sample}
"""
    add_rule(root, RULE.partition("then:\n")[0] + "then:\n" + mixed)
    refused(root, "some outcomes have a route, some not")
    open_end = """  - when: {known: ciio}
    route: SA
    why: {zh: 样例, en: sample}
"""
    add_rule(root, RULE.partition("then:\n")[0] + "then:\n" + open_end)
    refused(root, "last outcome")
