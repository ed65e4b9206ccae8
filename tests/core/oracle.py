#!/usr/bin/env python3
"""oracle - an independent evaluation of rulesets, to check the data and the C program by other code.

Written from rulesets/README.md and the scoring rules alone; python3 and PyYAML, no C, nothing shared with the program.

    oracle.py cases RULESET_DIR...      run every case file; OK and FAIL lines, exit 1 on a failure
    oracle.py brute RULESET_DIR --type T --stage S --place P --states N --seed K
                                        N random partial answers; every interval against all completions of what is open; without a
                                        type, stage or place: N for each that the ruleset has
    oracle.py dump  RULESET_DIR --type T --stage S --place P --states N --seed K
                                        N random partial answers and the value of every node, one JSON object a line

Numbers are integers counting 10^-12, as exact as the rules ask; an unbounded end is an infinity of which only the sign is used.
Readings taken where the rules leave room are marked READING.

What is unknown behind a value (`open`: items and quantities, `needs`: unset parameters):
- a certain value (n/a, none, or one number that is not maybe none) has none: what cannot change the outcome does not block it;
- sum: what is behind its terms w.x that are not certain;
- steps: behind the operand and the limits that are still undecided, and behind the `then` of the steps that can be reached;
- ladder: behind the conditions of the grades that are undecided, from the one above the certain rank to the possible rank;
- ratio: behind both operands and, where the second may be 0, behind `when_zero`; only `when_zero` where the second is 0;
- min and max: behind the cap only where it can bind, behind the number only where the cap does not always bind;
- every other node: behind all its operands.
"""

import argparse
import glob
import os
import sys

import yaml

from oracle_numbers import INF, NUMBER, ONE, UNITS_FILE, Wrong, parse
from oracle_rules import Plan, Ruleset, Units, describe, load_yaml, needs_of, open_of, sheet_of_case, state_of
from oracle_states import command_brute, command_dump

def compare_expected(plan, expect, values):
    """Differences between one line of `expect` and the values."""
    name = expect["node"]
    key = plan.key(name)
    value = values.get(key)
    if value is None or key[0] not in ("node", "item", "quantity"):
        raise Wrong(f"expect: no node or item {name}")
    node = plan.ruleset.nodes[name] if key[0] == "node" else {}
    ladder = node.get("op") == "ladder"

    def end_is(text, units):
        if not ladder or NUMBER.match(text) and text not in [g["grade"] for g in node["grades"]]:
            return (text == "unbounded" and units in (INF, -INF)) or (text != "unbounded" and units == parse(text))
        ranks = {grade["grade"]: rank for rank, grade in enumerate(node["grades"], 1)}
        ranks.update({other["grade"]: 0 for other in node.get("otherwise", [])})
        return ranks.get(text, -1) * ONE == units

    wrong = []
    for word in set(expect) - {"node"}:
        want = expect[word]
        if word == "value":
            good = value.is_number and value.is_certain and value.lo == parse(want)
        elif word == "low":
            good = value.is_number and end_is(want, value.lo)
        elif word == "high":
            good = value.is_number and end_is(want, value.hi)
        elif word == "open":
            got = open_of(value)
            good = sorted(want) == got if isinstance(want, list) else int(want) == len(got)
        elif word == "needs":
            good = sorted(w for w in want if w != "none") == needs_of(value)
        elif word == "state":
            good = want == state_of(value)
        elif word == "grade":
            good = want == plan.grade_word(node, value, values)
        else:
            raise Wrong(f"expect: unknown key {word}")
        if not good:
            wrong.append(f"{name}: expected {word} {want}, got {describe(plan, key, values)}")
    return wrong


def run_case(ruleset, case, units):
    selection = (case.get("park_type"), case.get("stage"), case.get("place"))
    try:
        plan = Plan(ruleset, *selection)
        values = plan.evaluate(sheet_of_case(ruleset, case, selection, units))
        return [line for expect in case["expect"] for line in compare_expected(plan, expect, values)]
    except Wrong as wrong:
        return [str(wrong)]
    except (KeyError, TypeError, ValueError) as wrong:
        return [f"{type(wrong).__name__}: {wrong}"]


def lazily(make):
    made = []

    def get():
        if not made:
            made.append(make())
        return made[0]

    return get


def command_cases(arguments):
    units = lazily(lambda: Units(arguments.units))
    n_run = n_failed = 0
    for folder in arguments.folders:
        try:
            ruleset = Ruleset(folder)
        except (Wrong, KeyError, OSError, yaml.YAMLError) as wrong:
            print(f"FAIL {folder}: {type(wrong).__name__}: {wrong}")
            n_failed += 1
            continue
        for path in sorted(glob.glob(os.path.join(folder, "cases", "*.yaml"))):
            for case in load_yaml(path)["cases"]:
                wrong = run_case(ruleset, case, units)
                n_run += 1
                n_failed += bool(wrong)
                print(f"{'FAIL' if wrong else 'OK  '} {ruleset.id}/{os.path.basename(path)}: {case['name']}")
                for line in wrong:
                    print("     " + line)
    print(f"{n_run} cases, {n_failed} failed")
    return 1 if n_failed or not n_run else 0


# ---- commands ---------------------------------------------------------------------------------------------------------------


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    cases = commands.add_parser("cases")
    cases.add_argument("folders", nargs="+")
    cases.add_argument("--units", default=UNITS_FILE)
    cases.set_defaults(run=command_cases)
    for name, run in (("brute", command_brute), ("dump", command_dump)):
        command = commands.add_parser(name)
        command.add_argument("folder")
        command.add_argument("--type")
        command.add_argument("--stage")
        command.add_argument("--place")
        command.add_argument("--states", type=int, default=50)
        command.add_argument("--seed", type=int, default=1)
        command.set_defaults(run=run)
    arguments = parser.parse_args()
    try:
        sys.exit(arguments.run(arguments))
    except Wrong as wrong:
        sys.exit(f"oracle: {wrong}")


if __name__ == "__main__":
    main()
