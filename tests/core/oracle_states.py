"""Random answers for the independent evaluator (oracle.py), and all completions of what they leave open."""

import itertools
import json
import random
from collections import Counter

from oracle_numbers import INF, NA, NUMBER, ONE, parse, show, sign
from oracle_rules import Plan, Ruleset, Sheet, best_answer, describe, item_applies, item_points, needs_of, open_of, parameter_range, quantity_range, state_of

# ---- random answers ---------------------------------------------------------------------------------------------------------

TINY = ONE // 10**6
HUGE = 10**12 * ONE


def constants_near(plan):
    """Key -> the numbers with which the plan compares this input directly."""
    near = {}

    def note(key, *texts):
        for text in texts:
            if text.startswith("$"):
                parameter = plan.ruleset.parameters[text[1:]]
                note(key, *(parameter[word] for word in ("min", "value", "max") if word in parameter))
            elif NUMBER.match(text):
                near.setdefault(key, set()).add(parse(text))

    for item in plan.ruleset.items.values():
        if item["form"] == "measured":
            key = ("quantity", item["quantity"])
            for tier in item.get("tiers", []):
                note(key, tier["from"] if "from" in tier else tier["above"])
            if "linear" in item:
                note(key, item["linear"]["from"], item["linear"]["to"])
    for node in plan.ruleset.nodes.values():
        if node["op"] in ("steps", "linear", "compare"):
            texts = [s["from"] if "from" in s else s["above"] for s in node.get("at", [])]
            texts += [node[name] for name in ("from", "to") if name in node] + node["in"]
            for key, _ in plan.members(node):
                note(key, *texts)
    return near


def choices(low, high, near):
    """Values to try for an amount in [low, high]: its ends, the limits it meets from both sides, and one within."""
    ends = [-HUGE if low == -INF else low, HUGE if high == INF else high]
    tried = set(ends)
    for limit in near:
        tried |= {limit - TINY, limit, limit + TINY}
    if high == INF or low == -INF:
        tried |= {-TINY, 0, TINY}
    else:
        tried.add((low + high) // 2)
        if low == 0:
            tried.add(TINY)
    return sorted(x for x in tried if ends[0] <= x <= ends[1])


def ordinary(values):
    """Those of the choices that are neither huge nor next to nothing: what an answer may look like."""
    return [x for x in values if x == 0 or ONE // 100 <= abs(x) <= 10**6 * ONE] or [ONE]


def item_choices(item):
    """Values that an answer to the item can give; None if a quantity answers it."""
    form = item["form"]
    if form == "measured":
        return None
    if form == "points":
        return choices(0, item_points(item), ())
    if form == "tiers":
        return sorted({parse(tier["then"]) for tier in item["tiers"]})
    if form == "checklist":
        points = [parse(check["points"]) for check in item["checks"]]
        sets = itertools.chain.from_iterable(itertools.combinations(points, n) for n in range(len(points) + 1))
        return sorted({sum(some) for some in itertools.islice(sets, 256)} | {sum(points)})
    return [0, best_answer(item)]


def input_choices(plan):
    """Every input of the plan with the values to try for it."""
    near = constants_near(plan)
    found = {}
    for name, item in plan.ruleset.items.items():
        if item_applies(item, plan.selection) and item_choices(item):
            found["item", name] = item_choices(item)
    for name, quantity in plan.ruleset.quantities.items():
        found["quantity", name] = choices(*quantity_range(quantity), near.get(("quantity", name), ()))
    for name, parameter in plan.ruleset.parameters.items():
        found["parameter", name] = choices(*parameter_range(parameter), near.get(("parameter", name), ()))
    return found


def na_reasons_of(plan, key):
    kind, name = key
    if kind == "parameter":
        return []
    holder = plan.ruleset.items[name] if kind == "item" else plan.ruleset.quantities[name]
    listed = [plan.ruleset.reasons[reason] for reason in holder.get("na", [])]
    return [r for r in listed if not r.get("stages") or plan.selection[1] in r["stages"]]


def put(sheet, key, value):
    {"item": sheet.items, "quantity": sheet.quantities, "parameter": sheet.parameters}[key[0]][key[1]] = value


def inputs_read(plan):
    """Inputs that some node reads."""
    read = {key for keys in plan.operands.values() for key in keys}
    read |= {("quantity", plan.ruleset.items[name]["quantity"]) for kind, name in list(read)
             if kind == "item" and plan.ruleset.items[name]["form"] == "measured"}
    return read


def steps_ascend(plan, sheet):
    """Whether the limits of all steps ascend, as a ruleset must have them, whatever their parameters are."""
    values = plan.evaluate(sheet)
    for node in plan.ruleset.nodes.values():
        limits = [plan.operand(values, step["from"] if "from" in step else step["above"]) for step in node.get("at", [])]
        if any(b.lo <= a.hi for a, b in zip(limits, limits[1:])):
            return False
    return True


def random_sheet(plan, rng, inputs, open_rate):
    """A sheet with about `open_rate` of it unanswered. Parameters mostly keep their own value."""
    sheet = Sheet()
    for key, values in inputs.items():
        kind, name = key
        if kind == "parameter":
            dice = rng.random()
            if dice < 0.1:
                sheet.parameters[name] = None
            elif dice < 0.25:
                sheet.parameters[name] = rng.choice(ordinary(values))
            continue
        if rng.random() < open_rate:
            continue
        if na_reasons_of(plan, key) and rng.random() < 0.12:
            put(sheet, key, NA)
        elif kind == "quantity" and rng.random() < 0.5:
            low, high = quantity_range(plan.ruleset.quantities[name])
            top = rng.choice((20, 100, 1000)) * ONE if high == INF else high
            put(sheet, key, min(max(low, rng.randrange(low, max(top, low + ONE) + 1) // 1000 * 1000), high))
        elif kind == "item" and plan.ruleset.items[name]["form"] == "points" and rng.random() < 0.5:
            put(sheet, key, rng.randrange(0, item_points(plan.ruleset.items[name]) // 10**9 + 1) * 10**9)
        else:
            put(sheet, key, rng.choice(ordinary(values)))
    if not steps_ascend(plan, sheet):
        sheet.parameters.clear()
    for item in plan.ruleset.items.values():  # a measured item may itself be not applicable
        if item["form"] == "measured" and item_applies(item, plan.selection):
            if na_reasons_of(plan, ("item", item["id"])) and rng.random() < 0.1:
                sheet.items[item["id"]] = NA
    return sheet


# ---- brute force ------------------------------------------------------------------------------------------------------------

CAP = 4096


def unbounded_input(plan, key):
    kind, name = key
    if kind == "item":
        return False
    of = quantity_range(plan.ruleset.quantities[name]) if kind == "quantity" else parameter_range(plan.ruleset.parameters[name])
    return INF in of or -INF in of


def ends_of(plan, key, values):
    return plan.at(values, key).lo, plan.at(values, key).hi


def uses(plan, key, values, memo):
    """How often each open input is used on the ways to this value, and whether its interval must be exact."""
    if key in memo:
        return memo[key]
    kind, name = key
    if kind == "number" or not plan.at(values, key).unknown:
        result = (Counter(), True)
    elif kind == "item" and plan.ruleset.items[name]["form"] == "measured":
        result = (Counter([("quantity", plan.ruleset.items[name]["quantity"])]), True)
    elif kind != "node":
        result = (Counter([key]), kind != "item" or set(ends_of(plan, key, values)) <= set(item_choices(plan.ruleset.items[name])))
    else:
        counter, exact = Counter(), True
        node = plan.ruleset.nodes[name]
        for operand in plan.operands[name]:
            c, e = uses(plan, operand, values, memo)
            counter, exact = counter + c, exact and e
        if node["op"] == "steps":
            ends = [(v.lo, v.hi) for v in (plan.operand(values, step["then"]) for step in node["at"])]
            rising = all(a[1] <= b[0] for a, b in zip(ends, ends[1:]))
            (x, _), = plan.members(node)
            limits_known = all(plan.operand(values, s["from"] if "from" in s else s["above"]).is_certain for s in node["at"])
            # Over answers that jump, a step within the interval may be met by none of them.
            exact = exact and (rising or (x[0] == "quantity" and limits_known))
        if node["op"] == "sum" and node.get("na") == "rescale":
            exact = exact and all(w is None or plan.at(values, w).is_certain for _, w in plan.members(node))
        result = (counter, exact)
    memo[key] = result
    return result


def check_state(plan, sheet, opened, inputs):
    """Complaints about one partial sheet, and how many uncertain values were found to be exact."""
    plan.forget()
    values = plan.evaluate(sheet)
    keys = [("node", node_id) for node_id in plan.order] + [key for key in inputs if key[0] == "item"]
    seen = {key: {} for key in keys}  # value by what is unknown: projection -> result
    results = {key: set() for key in keys}
    for chosen in itertools.product(*(inputs[key] for key in opened)):
        full = sheet.copy()
        for key, value in zip(opened, chosen):
            put(full, key, value)
        at = dict(zip(opened, chosen))
        for key, value in plan.evaluate(full).items():
            if key in seen:
                result = value.lo if value.is_number else value.state
                if not value.is_certain or value.unknown:
                    return [f"{key[1]}: a complete sheet gives {describe(plan, key, {key: value})}"], 0
                results[key].add(result)
                projection = tuple(at[k] for k in opened if k in values[key].unknown)
                if seen[key].setdefault(projection, result) != result:
                    return [f"{key[1]}: changes with inputs that are neither open nor needed"], 0
    complaints, n_exact, memo = [], 0, {}
    for key in keys:
        value, got = values[key], results[key]
        numbers = [x for x in got if not isinstance(x, str)]
        if not value.is_number:
            if got != {value.state}:
                complaints.append(f"{key[1]}: is {value.state}, completions give {got}")
            continue
        if "na" in got or ("none" in got and not value.maybe_none):
            complaints.append(f"{key[1]}: {describe(plan, key, values)}, a completion gives {got - set(numbers)}")
            continue
        if any(not value.lo <= x <= value.hi for x in numbers):
            complaints.append(f"{key[1]}: {describe(plan, key, values)}, completions {show(min(numbers))}..{show(max(numbers))}")
            continue
        counter, exact = uses(plan, key, values, memo)
        if not exact or any(n > 1 for n in counter.values()):
            continue
        n_exact += not value.is_certain
        if value.maybe_none and "none" not in got:
            complaints.append(f"{key[1]}: maybe none, no completion is")
        if not numbers:
            continue
        loose = any(unbounded_input(plan, k) for k in value.unknown)
        for end, brute in ((value.lo, min(numbers)), (value.hi, max(numbers))):
            if end in (INF, -INF):
                good = abs(brute) >= 1000 * ONE and sign(brute) == sign(end)
            else:
                good = abs(end - brute) <= (ONE // 100 if loose else 0)
            if not good:
                complaints.append(f"{key[1]}: {describe(plan, key, values)}, completions {show(min(numbers))}..{show(max(numbers))}")
    return complaints, n_exact


def command_brute(arguments):
    ruleset = Ruleset(arguments.folder)
    chosen = ((arguments.type, "park_types"), (arguments.stage, "stages"), (arguments.place, "places"))
    selections = itertools.product(*([word] if word else ruleset.terms(key) or [None] for word, key in chosen))
    return max([brute(Plan(ruleset, *selection), arguments) for selection in selections])


def brute(plan, arguments):
    """All the states of one selection; 1 if one of them failed, or if nothing was compared."""
    rng = random.Random(arguments.seed)
    read = inputs_read(plan)
    inputs = {key: values for key, values in input_choices(plan).items() if key in read}
    n_failed = n_exact = n_completions = 0
    for state in range(arguments.states):
        sheet = random_sheet(plan, rng, inputs, 0)
        for name, parameter in plan.ruleset.parameters.items():  # nothing is left unset by accident
            if ("value" not in parameter or name in sheet.parameters) and sheet.parameters.get(name) is None:
                sheet.parameters[name] = rng.choice(ordinary(inputs.get(("parameter", name), [])))
        cap = CAP if state % 16 == 0 else 256  # mostly few completions, sometimes many
        opened, size = [], 1
        for key in rng.sample(sorted(inputs), len(inputs)):
            if size * len(inputs[key]) <= cap and rng.random() < 0.8:
                opened.append(key)
                size *= len(inputs[key])
        for key in opened:
            put(sheet, key, None)
        complaints, exact = check_state(plan, sheet, opened, inputs)
        n_exact += exact
        n_completions += size
        if complaints:
            n_failed += 1
            print(f"FAIL {plan.ruleset.id} state {state}: open {[name for _, name in opened]}")
            print("     " + json.dumps(sheet_as_case(plan, sheet, random.Random(0)), ensure_ascii=False))
            for line in complaints:
                print("     " + line)
    selected = "/".join(chosen or "-" for chosen in plan.selection)
    print(
        f"{plan.ruleset.id} {selected}: {arguments.states} states, {n_completions} completions,"
        f" {n_exact} uncertain values exact, {n_failed} failed"
    )
    return 1 if n_failed or not n_exact else 0


# ---- dump -------------------------------------------------------------------------------------------------------------------


def na_words(plan, key, rng):
    reason = rng.choice(na_reasons_of(plan, key))
    words = {"na": reason["id"]}
    if reason.get("needs_text") in ("yes", "true"):
        words["reason"] = "as written out"
    return words


def item_as_answer(plan, name, value, rng):
    """The answer in the words of a case that gives this value."""
    item = plan.ruleset.items[name]
    if value is NA:
        return {"item": name, **na_words(plan, ("item", name), rng)}
    if item["form"] == "points":
        return {"item": name, "points": show(value)}
    if item["form"] == "tiers":
        return {"item": name, "tier": next(tier["id"] for tier in item["tiers"] if parse(tier["then"]) == value)}
    if item["form"] == "checklist":
        checks = item["checks"]
        for n in range(1, len(checks) + 1 if value else 0):
            for some in itertools.combinations(checks, n):
                if sum(parse(check["points"]) for check in some) == value:
                    return {"item": name, "checks": [check["id"] for check in some]}
    words = ("no", "yes") if item["form"] == "judgement" else ("not-met", "met")  # not-met of a checklist: none of it
    return {"item": name, "result": words[value != 0]}


def sheet_as_case(plan, sheet, rng):
    case = {}
    for word, chosen in zip(("park_type", "stage", "place"), plan.selection):
        if chosen is not None:
            case[word] = chosen
    case["parameters"] = [
        {"id": name} if value is None else {"id": name, "value": show(value)} for name, value in sheet.parameters.items()
    ]
    case["answers"] = [item_as_answer(plan, name, v, rng) for name, v in sheet.items.items() if v is not None]
    case["quantities"] = [
        {"id": name, **na_words(plan, ("quantity", name), rng)} if v is NA else {"id": name, "value": show(v)}
        for name, v in sheet.quantities.items()
        if v is not None
    ]
    return case


def command_dump(arguments):
    plan = Plan(Ruleset(arguments.folder), arguments.type, arguments.stage, arguments.place)
    rng = random.Random(arguments.seed)
    inputs = input_choices(plan)
    for _ in range(arguments.states):
        sheet = random_sheet(plan, rng, inputs, rng.choice((0, 0.05, 0.2, 0.5, 0.8, 1)))
        values = plan.evaluate(sheet)
        nodes = {}
        for node_id in plan.order:
            value = values["node", node_id]
            nodes[node_id] = {"state": state_of(value), "open": open_of(value), "needs": needs_of(value)}
            if value.is_number:
                nodes[node_id].update(low=show(value.lo), high=show(value.hi))
                word = None
                if plan.ruleset.nodes[node_id]["op"] == "ladder":
                    word = plan.grade_word(plan.ruleset.nodes[node_id], value, values)
                if word:
                    nodes[node_id]["grade"] = word
        print(json.dumps({**sheet_as_case(plan, sheet, rng), "nodes": nodes}, ensure_ascii=False, separators=(",", ":")))
    return 0
