"""Determinations a second, beside CEL and Cedar deciding the same through their Python bindings.

``python bench/rules.py [--seconds 2]``

All three answer *which rule of the national rulebook applies* for the same complete facts. The peers get the easier job:
two truth values, counts and named conditions computed for them beforehand, no citations, obligations, options or reasons.
Feiyu reads raw facts and answers in full. Figures are per CPU-second of one core, the best of the rounds, so that a busy
machine disturbs little. Their answers are compared with ours on every case before anything is timed.
"""

import argparse
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date

import cedarpy
import cel

from feiyu.rules import Rulebooks, load
from feiyu.rules.least import DataField, Kind, least_data

DAY = date(2026, 11, 22)
ROUNDS = 5
RULES = (
    ("R00", 'c.mode == "domestic_only" || c.mode == "accessed_in_prc_by_overseas_staff"'),
    ("R01", "c.secret"),
    ("R02", "c.request && !c.approved"),
    ("R03", "c.restricted"),
    ("R04", 'c.licence != "none" && !c.licensed'),
    ("R10", 'c.important == "notified_or_published" && c.sector == "auto" && c.auto_ground && !c.pi'),
    ("R11", 'c.important == "notified_or_published" && !(c.sector == "auto" && c.auto_ground)'),
    ("R20", "!c.pi"),
    ("R21", 'c.origin == "overseas_only"'),
    ("R34", "c.ground && c.general_left + c.sensitive_left < 1"),
    ("R41", "c.ciio"),
    ("R44", "c.zone && c.covered && !c.on_list"),
    ("R49", 'c.sector == "auto" && c.general > 100000 && c.general < 1000000'),
    ("R51", "c.general >= 1000000 || c.sensitive >= 10000"),
    ("R52", "c.general >= 100000 || c.sensitive >= 1"),
    ("R53", "c.general < 100000 && c.sensitive < 1"),
)


def sample(count: int) -> list[dict[str, object]]:
    """Complete facts, from a fixed seed, over all the rules above."""
    pick = random.Random(20261122)
    people = (0, 1, 500, 9_999, 10_000, 99_999, 100_000, 250_000, 999_999, 1_000_000)
    found = []
    for _ in range(count):
        rare = pick.random
        found.append({
            "mode": "domestic_only" if rare() < 0.03 else "transfer",
            "state_secret_or_core": "yes" if rare() < 0.02 else "no",
            "foreign_judicial_request": "yes" if rare() < 0.03 else "no",
            "approval_obtained": pick.choice(("yes", "no")),
            "recipient_restricted": "yes" if rare() < 0.02 else "no",
            "licence_required": "hgr" if rare() < 0.05 else "none", "licence_obtained": pick.choice(("yes", "no")),
            "important_status": "notified_or_published" if rare() < 0.08 else "none",
            "contains_pi": "yes", "origin": "overseas_only" if rare() < 0.05 else "prc",
            "sector": pick.choice(("auto", "retail", "reinsurance")), "ciio": "yes" if rare() < 0.08 else "no",
            "ground": pick.choice(("none", "none", "contract", "hr")), "ground_conditions": pick.choice(("yes", "no")),
            "ground_scope": "all", "general_before": pick.choice(people), "general_in": pick.choice(people),
            "sensitive_before": pick.choice((0, 0, 1, 9_999)), "sensitive_in": pick.choice((0, 0, 0, 1, 500)),
            "zone": pick.choice(("none", "shanghai")), "registered_in": "zone", "exports_from": "zone",
            "negative_list": "shanghai-2025", "negative_list_covered": pick.choice(("yes", "no")),
            "negative_list_on_list": "no", "recipient_country": "DE",
        })  # fmt: skip
        if rare() < 0.15:
            found[-1] |= {"contains_pi": "no", "general_in": 0, "sensitive_in": 0}
    return found


def for_peers(facts: dict[str, object]) -> dict[str, object]:
    """What the peers are told: truths, and everything computed beforehand."""
    yes = {name: value == "yes" for name, value in facts.items()}
    ground = facts["ground"] in {"contract", "hr"} and yes["ground_conditions"]
    left = [0 if ground else facts["general_in"], 0 if ground else facts["sensitive_in"]]
    return {
        "mode": facts["mode"], "secret": yes["state_secret_or_core"], "request": yes["foreign_judicial_request"],
        "approved": yes["approval_obtained"], "restricted": yes["recipient_restricted"],
        "licence": facts["licence_required"], "licensed": yes["licence_obtained"],
        "important": facts["important_status"], "pi": yes["contains_pi"], "origin": facts["origin"],
        "sector": facts["sector"], "ciio": yes["ciio"], "ground": ground, "auto_ground": False,
        "general_left": left[0], "sensitive_left": left[1], "general": facts["general_before"] + left[0],
        "sensitive": facts["sensitive_before"] + left[1], "zone": facts["zone"] != "none" and not yes["ciio"],
        "covered": yes["negative_list_covered"], "on_list": yes["negative_list_on_list"],
    }  # fmt: skip


def cel_decider() -> Callable[[dict[str, object]], str]:
    """One CEL expression, compiled once: the first rule that holds."""
    text = "".join(f'({when}) ? "{name}" : ' for name, when in RULES) + '"none"'
    program = cel.compile(text)
    return lambda told: program.execute({"c": told})


def cedar_decider() -> Callable[[dict[str, object]], str]:
    """One Cedar policy a rule; the rules are ordered, so the first among those that Cedar says hold is the answer."""
    text = "\n".join(
        f"permit(principal, action, resource) when {{ {when.replace('c.', 'context.')} }};"
        for _, when in RULES
    )
    policies = cedarpy.PolicySet.from_str(text)

    def decide(told: dict[str, object]) -> str:
        request = {"principal": 'P::"x"', "action": 'Action::"a"', "resource": 'R::"x"', "context": told}
        hits = cedarpy.is_authorized(request, policies, []).diagnostics.reasons
        return RULES[min(int(hit.removeprefix("policy")) for hit in hits)][0]

    return decide


def rate(work: Callable[[object], object], items: list, seconds: float) -> float:
    """Calls per CPU-second, best of the rounds."""
    best = 0.0
    for _ in range(ROUNDS):
        done, started = 0, time.process_time()
        while (spent := time.process_time() - started) < seconds / ROUNDS:
            for item in items[:200]:
                work(item)
            done += min(len(items), 200)
        best = max(best, done / spent)
    return best


def cold_start_ms() -> float:
    """CPU time of a fresh interpreter that loads the rulebooks and answers once, less that of one that does nothing."""
    code = (
        "import time; t = time.process_time(); from feiyu.rules import load; from datetime import date; "
        "load().determine({}, at=date(2026, 11, 22)); print((time.process_time() - t) * 1000)"
    )
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True) for _ in range(ROUNDS)
    ]
    return min(float(run.stdout) for run in runs)


def least_data_s(books: Rulebooks, facts: dict[str, object]) -> float:
    """CPU time of the advice for a profile of forty changeable fields where no small set helps: the longest search."""
    removing = (Kind.MASK, Kind.KEEP_HOME, Kind.AGGREGATE, Kind.DROP)
    fields = tuple(
        DataField(name=f"f{n}", personal=True, sensitive=n % 4 == 0, kinds=removing) for n in range(40)
    )
    told = {**facts, "general_in": 500_000, "sensitive_in": 5_000, "sector": "retail"}
    best = 1e9
    for _ in range(ROUNDS):
        started = time.process_time()
        least_data(
            books, told, fields, at=DAY, recount=lambda changes: {"general_in": 500_000 - len(changes)}
        )
        best = min(best, time.process_time() - started)
    return best


def plain() -> dict[str, object]:
    """Facts of an export with nothing special about it."""
    return {
        "mode": "transfer", "state_secret_or_core": "no", "foreign_judicial_request": "no", "recipient_restricted": "no",
        "licence_required": "none", "important_status": "none", "contains_pi": "yes", "origin": "prc", "sector": "retail",
        "ciio": "no", "general_before": 0, "general_in": 0, "sensitive_before": 0, "sensitive_in": 0,
    }  # fmt: skip


def check(items: list[dict[str, object]], books: Rulebooks, peers: dict[str, Callable]) -> int:
    """All three must agree on every item; how many rules were met."""
    met = set()
    for item in items:
        rule = books.determine(item, at=DAY, trace=False).rule
        met.add(rule)
        for name, decide in peers.items():
            answer = decide(for_peers(item))
            if answer != rule:
                sys.exit(f"{name} answers {answer}, feiyu {rule}, for {item}")
    return len(met)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=2.0, help="CPU time per measure")
    seconds = parser.parse_args().seconds
    books = load()
    items = sample(400)
    told = [for_peers(item) for item in items]
    peers = {"CEL": cel_decider(), "Cedar": cedar_decider()}
    met = check(items, books, peers)
    fast = rate(lambda item: books.determine(item, at=DAY, trace=False), items, seconds)
    full = rate(lambda item: books.determine(item, at=DAY, trace=True), items, seconds)
    others = {name: rate(decide, told, seconds) for name, decide in peers.items()}
    cold, least = cold_start_ms(), least_data_s(books, plain())
    print(f"{len(items)} sets of facts, {met} rules met, all three agree on each")
    print(f"{'feiyu, trace off':24}{fast:>12,.0f} /s")
    print(f"{'feiyu, with trace':24}{full:>12,.0f} /s")
    for name, value in others.items():
        print(f"{name + ', rule id only':24}{value:>12,.0f} /s   feiyu/{name} {fast / value:.2f}")
    print(f"{'load and first answer':24}{cold:>12,.0f} ms CPU")
    print(f"{'least data, 40 fields':24}{least:>12.2f} s CPU")
    print(json.dumps({
        "determinations_per_s": {"value": round(fast), "target": 20_000, "better": "higher", "unit": "1/s"},
        "determinations_with_trace_per_s": {"value": round(full), "target": 5_000, "better": "higher", "unit": "1/s"},
        "ratio_to_cel": {"value": round(fast / others["CEL"], 2), "target": 0.5, "better": "higher", "unit": "x"},
        "ratio_to_cedar": {"value": round(fast / others["Cedar"], 2), "target": 1, "better": "higher", "unit": "x"},
        "load_ms": {"value": round(cold), "target": 300, "better": "lower", "unit": "ms"},
        "least_data_s": {"value": round(least, 3), "target": 1, "better": "lower", "unit": "s"},
    }))  # fmt: skip


if __name__ == "__main__":
    main()
