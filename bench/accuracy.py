"""How often the scan is right on labelled messy files, and what it got wrong.

The files are those of ``tests/unit/scan/messy``: written for the purpose, from a seed, without knowledge of the detector.

    python bench/accuracy.py                    the seed of the tests and four others
    python bench/accuracy.py --wrong            also every answer that was not acceptable
    python bench/accuracy.py --inexact          also every acceptable answer that was not the best
    python bench/accuracy.py weavers porters    only the files of these hands
"""

import sys
import tempfile
from pathlib import Path

from feiyu.base.errors import FeiyuError
from feiyu.scan import profile

sys.path.append(str(Path(__file__).parents[1] / "tests" / "unit" / "scan"))
from messy import measure, tables

SEEDS = (tables.SEED, 1, 2, 3, 4)


def main(arguments: list[str]) -> None:
    """Measure and print."""
    show = sys.stdout.write
    hands = [one for one in arguments if not one.startswith("-")] or tables.HANDS
    show("seed       columns  acceptable   exact  alarms  missed  not found inside  counts off\n")
    for seed in SEEDS:
        with tempfile.TemporaryDirectory() as folder:
            one = measure.measure(profile, Path(folder), seed=seed, hands=hands, refused=FeiyuError)
        show(
            f"{seed:<10} {one.columns:>7}  {one.acceptable / one.columns:>9.1%}  {one.best / one.columns:>6.1%}  {len(one.alarms):>6}"
            f"  {len(one.missed):>6}  {len(one.unfound):>16}  {len(one.counts):>10}\n"
        )
        if "--wrong" in arguments:
            for line in (*one.wrong, *one.alarms, *one.missed, *one.unfound, *one.counts):
                show(f"    {line[:300]}\n")
        if "--inexact" in arguments:
            for line in one.second:
                show(f"    {line[:300]}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
