"""Node by node: the C program against the independent evaluator, on random partial states.

Usage: agree.py LINGTAN RULESET_FOLDER STATES
The evaluator (oracle.py) invents states for each type, stage and place and says what every node must be; the states become cases of a copy of
the ruleset, and `lingtan test` runs them.
"""
import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile

import yaml

HERE = os.path.dirname(os.path.abspath(__file__))


def selections(folder):
    """Each park type, stage and place of the ruleset; None where it has no such list."""
    with open(os.path.join(folder, "ruleset.yaml"), encoding="utf-8") as file:
        head = yaml.safe_load(file)
    lists = [[term["id"] for term in head.get(key) or []] or [None] for key in ("park_types", "stages", "places")]
    return list(itertools.product(*lists))


def states(folder, selection, count, seed):
    """What the evaluator invents and expects: one dict a state."""
    command = [sys.executable, os.path.join(HERE, "oracle.py"), "dump", folder, "--states", str(count), "--seed", str(seed)]
    for option, value in zip(("--type", "--stage", "--place"), selection):
        if value is not None:
            command += [option, value]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def ladders(folder):
    """Grades of each ladder, lowest first, `each` written out."""
    with open(os.path.join(folder, "ruleset.yaml"), encoding="utf-8") as file:
        plan = yaml.safe_load(file)["plan"]
    found = {}
    for node in plan:
        grades = []
        for rule in node.get("grades") or []:
            each = node.get("each") if "*" in rule["grade"] else [None]
            grades += [rule["grade"].replace("*", str(key)) for key in each]
        found[node["id"]] = grades
    return found


def expectation(node, said, grades):
    """One `expect` entry of a case. Of an open grade only the ends that have a name are told."""
    entry = {"node": node, "state": said["state"], "open": str(len(said["open"]))}
    if grades and said["state"] == "value":
        low, high = int(said["low"]), int(said["high"])
        if low == high:
            if "grade" in said:  # else below the first grade, and what that is called is still open
                entry["grade"] = said["grade"]
        else:
            entry["high"] = grades[high - 1]
            if low:
                entry["low"] = grades[low - 1]
    elif said["state"] in ("value", "maybe_none"):
        entry["low"], entry["high"] = said["low"], said["high"]
    if said["needs"]:
        entry["needs"] = said["needs"]
    return entry


def as_case(name, selection, state, grades):
    case = {"name": name}
    case.update({key: value for key, value in zip(("park_type", "stage", "place"), selection) if value is not None})
    for key in ("parameters", "answers", "quantities"):
        if state.get(key):
            case[key] = state[key]
    for answer in case.get("answers", []):
        if answer.get("checks") == []:
            del answer["checks"]
            answer["result"] = "not-met"
    case["expect"] = [expectation(node, said, grades.get(node)) for node, said in state["nodes"].items()]
    return case


def main():
    lingtan, folder, count = sys.argv[1], sys.argv[2].rstrip("/"), int(sys.argv[3])
    name = os.path.basename(folder)
    cases, grades = [], ladders(folder)
    for number, selection in enumerate(selections(folder)):
        for at, state in enumerate(states(folder, selection, count, seed=100 + number)):
            cases.append(as_case("%s %d" % ("/".join(filter(None, selection)), at), selection, state, grades))
    with tempfile.TemporaryDirectory() as library:
        copy = os.path.join(library, name)
        shutil.copytree(folder, copy)
        shutil.rmtree(os.path.join(copy, "cases"), ignore_errors=True)
        os.mkdir(os.path.join(copy, "cases"))
        # several files: one may hold 4 MiB
        for part in range(0, len(cases), 250):
            with open(os.path.join(copy, "cases", "random%05d.yaml" % part), "w", encoding="utf-8") as file:
                json.dump({"cases": cases[part:part + 250]}, file, ensure_ascii=False)
        done = subprocess.run([lingtan, "--lang", "en", "--rulesets", library, "test", name], capture_output=True, text=True)
    print(done.stdout[-3000:].strip() + (done.stderr if done.returncode else ""))
    n_nodes = sum(len(case["expect"]) for case in cases)
    print("%s: %d states, %d values compared" % (name, len(cases), n_nodes))
    if done.returncode != 0 or not cases:
        sys.exit(1)


main()
