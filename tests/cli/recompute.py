"""What a rung of a project comes to, computed without the program: the facts by folding the journal, the inventory by exact
fractions, the score by tests/core/oracle.py.

    recompute.py FILE.lingtan RUNG [HEAD]
"""
import contextlib
import fractions
import json
import os
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "core"))
import oracle  # noqa: E402
import oracle_numbers  # noqa: E402
import projects  # noqa: E402

RULESETS = HERE.parent.parent / "rulesets"
RULES = {}
RUNGS = ["self", "evaluator", "reviewer", "awarded"]


def split(key):
    return [part.replace("%7C", "|").replace("%25", "%") for part in key.split("|")]


def cells(path, head=None):
    """(table, key, group) -> members, at an entry."""
    line = projects.line_of_entries(path)
    if head:
        line = line[:[h for h, _ in line].index(head) + 1]
    return projects.fold(line)


def answer_of(item, verdict):
    result, value, reason = verdict
    if result == "points":
        return {"item": item, "points": value}
    if result == "na":
        return {"item": item, "na": value, **({"reason": reason} if reason else {})}
    if result == "tier":
        return {"item": item, "tier": value}
    if result == "checks":
        return {"item": item, "checks": value.split(",")}
    return {"item": item, "result": result}


def nearest(found, rung):
    """Of rung -> value, that of the highest rung not above this one."""
    below = [r for r in RUNGS[:RUNGS.index(rung) + 1] if r in found]
    return found[below[-1]] if below else None


def tonnes(units, amount, unit, factor, per):
    """Activity times factor in tonnes, exactly."""
    mass, of = per.split("/", 1)
    here, there = units.parts(unit), units.parts(of)
    scale = fractions.Fraction(here[0][1], there[0][1])
    weight = {"kgCO2": fractions.Fraction(1, 1000), "tCO2": 1, "tCO2e": 1, "kgCO2e": fractions.Fraction(1, 1000)}[mass]
    return fractions.Fraction(amount) * scale * fractions.Fraction(factor) * weight


def inventory(found, rung, year, units):
    """kind -> tonnes of the lines that the rung has, each with the figure of the nearest rung."""
    sums = {}
    for (table, key, group), value in found.items():
        if (table, group) != ("line", "activity") or found.get(("line", key, "removed"), [""])[0]:
            continue
        entered = found.get(("line", key, "entered"), ["self"])[0]
        if value[0] != year or RUNGS.index(entered) > RUNGS.index(rung):
            continue
        claims = {split(k)[1]: v for (t, k, g), v in found.items() if (t, g) == ("claim", "activity") and split(k)[0] == split(key)[0]}
        factors = {split(k)[1]: v for (t, k, g), v in found.items() if (t, g) == ("claim", "factor") and split(k)[0] == split(key)[0]}
        amount, unit = nearest(claims, rung) or value[5:7]
        _, factor, per, _ = nearest(factors, rung) or found[("line", key, "factor")]
        sums[value[1]] = sums.get(value[1], 0) + tonnes(units, amount, unit, factor, per)
    return sums


def rules(standard, profile=None):
    """A ruleset, with the points and parameters of a profile in the place of its own: read once each."""
    if (standard, profile) not in RULES:
        ruleset = oracle.Ruleset(os.path.join(RULESETS, standard))
        text = projects.read_sheet(profile) if profile else {}
        for entry in text.get("points", []):
            ruleset.items[entry["item"]]["points"]["value"] = entry["value"]
        for entry in text.get("parameters", []):
            ruleset.parameters[entry["id"]]["value"] = entry["value"]
        RULES[standard, profile] = ruleset
    return RULES[standard, profile]


def total(path, rung, head=None, profile=None):
    """low, high, grade word, failed controls of the only assessment of a project; profile: the text of the one that counts."""
    found = cells(path, head)
    (name,) = {split(k)[0] for (t, k, g) in found if (t, g) == ("assessment", "ruleset")}
    standard, stage, year = name.split("/")
    park_type = found.get(("assessment", name, "subject"), ["", "", ""])[0] or None
    ruleset = rules(standard, profile)
    units = oracle.Units(oracle.UNITS_FILE)
    case = {"answers": [], "quantities": [], "park_type": park_type, "stage": stage}
    given = {}
    for (table, key, group), value in found.items():
        parts = split(key)
        if (table, group) == ("answer", "verdict") and parts[:2] == [name, rung]:
            case["answers"].append(answer_of(parts[2], value))
        if (table, group) == ("quantity", "value") and parts[1] == year and parts[2] in ruleset.quantities:
            given.setdefault(parts[2], {})[parts[0]] = value
    for quantity, by_rung in given.items():
        value = nearest(by_rung, rung)
        if value:
            case["quantities"].append({"id": quantity, "value": value[0], **({"unit": value[1]} if value[1] else {})})
    for kind, sum_of in inventory(found, rung, year, units).items():
        if sum_of * 10**12 % 1:
            raise AssertionError("%s is no decimal of twelve places" % kind)
        case["quantities"].append({"id": kind, "value": oracle_numbers.show(int(sum_of * 10**12))})
    plan = oracle.Plan(ruleset, park_type, stage)
    values = plan.evaluate(oracle.sheet_of_case(ruleset, case, (park_type, stage, None), lambda: units))
    value = values[plan.key("total")]
    (ladder,) = [n for n in ruleset.nodes.values() if n["op"] == "ladder"]
    grade = values[plan.key(ladder["id"])]
    failed = [i["id"] for i in ruleset.items.values() if i["kind"] == "control" and ("item", i["id"]) in values
              and values[("item", i["id"])].is_number and values[("item", i["id"])].hi == 0]
    # below the first grade there is none, whatever that is called
    word = plan.grade_word(ladder, grade, values) if grade.is_certain and grade.lo else None
    return {"low": oracle_numbers.show(value.lo), "high": oracle_numbers.show(value.hi), "grade": word, "failed": failed}


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        print(json.dumps(total(pathlib.Path(sys.argv[1]), *sys.argv[2:]), ensure_ascii=False))
