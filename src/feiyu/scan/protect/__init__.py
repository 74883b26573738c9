"""Make data safer before they go: drop, mask, pseudonymise, generalise, k-anonymise; and prove it by a second scan.

Read in this order: ``plan`` (what is to be done), ``methods`` (how one value changes), ``anonymity`` (how a table becomes
k-anonymous), ``engine`` (the run), ``proof`` (what the second scan says), ``advise`` (a plan from a profile).
"""

from feiyu.scan.protect.advise import advise
from feiyu.scan.protect.engine import Outcome, protect
from feiyu.scan.protect.plan import ProtectPlan, Step, dump_plan, parse_plan

__all__ = ["Outcome", "ProtectPlan", "Step", "advise", "dump_plan", "parse_plan", "protect"]
