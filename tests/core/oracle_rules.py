"""Rulesets, answers and the plan of the independent evaluator (oracle.py), as rulesets/README.md tells them."""

import os
from collections import namedtuple

import yaml

from oracle_numbers import INF, NA, NONE, NOTHING, ONE, Wrong, any_none, behind, count, divide, divide_half_even, multiply_divide, number, parse, round_places, show, sign, times, truth, without_number

# ---- rulesets ---------------------------------------------------------------------------------------------------------------


def load_yaml(path):
    with open(path, encoding="utf-8") as file:
        return yaml.load(file, yaml.BaseLoader)  # every scalar is a string


def replace_star(thing, entry):
    if isinstance(thing, str):
        return thing.replace("*", entry)
    if isinstance(thing, list):
        return [replace_star(x, entry) for x in thing]
    if isinstance(thing, dict):
        return {key: replace_star(x, entry) for key, x in thing.items()}
    return thing


def has_star(thing):
    if isinstance(thing, str):
        return "*" in thing
    if isinstance(thing, list):
        return any(has_star(x) for x in thing)
    if isinstance(thing, dict):
        return any(has_star(x) for x in thing.values())
    return False


def expand_each(node):
    """The nodes that a node with `each` stands for.

    With a star in its id: one node for every entry. Without: one node, in whose lists every entry with a star is written out.
    """
    entries = node.get("each")
    if not entries:
        return [node]
    plain = {key: x for key, x in node.items() if key != "each"}
    if "*" in node["id"]:
        return [replace_star(plain, entry) for entry in entries]
    for key, things in plain.items():
        if isinstance(things, list) and has_star(things):
            plain[key] = [
                written for x in things for written in ([replace_star(x, e) for e in entries] if has_star(x) else [x])
            ]
    return [plain]


class Ruleset:
    def __init__(self, folder):
        self.folder = folder
        data = load_yaml(os.path.join(folder, "ruleset.yaml"))
        self.data = data
        self.id = data["ruleset"]
        self.items = {item["id"]: item for item in load_yaml(os.path.join(folder, "items.yaml"))["items"]}
        self.quantities = {q["id"]: q for q in data.get("quantities") or []}
        self.parameters = {p["id"]: p for p in data.get("parameters") or []}
        self.tables = {t["id"]: t for t in data.get("tables") or []}
        self.parents = {s["id"]: s.get("parent") for s in data.get("sections") or []}
        self.reasons = {r["id"]: r for r in data.get("na_reasons") or []}
        self.nodes = {}
        for node in data["plan"]:
            for written in expand_each(node):
                if written["id"] in self.nodes:
                    raise Wrong(f"node {written['id']} twice")
                self.nodes[written["id"]] = written

    def terms(self, key):
        return [term["id"] for term in self.data.get(key) or []]

    def section_is_within(self, section, ancestor):
        while section is not None:
            if section == ancestor:
                return True
            section = self.parents.get(section)
        return False

    def items_of(self, group, section):
        return [
            item["id"]
            for item in self.items.values()
            if (item["kind"] == group or group in item.get("tags", []))
            and (section is None or self.section_is_within(item.get("section"), section))
        ]


def item_applies(item, selection):
    return all(not item.get(key) or chosen in item[key] for key, chosen in zip(("types", "stages", "places"), selection))


def item_points(item):
    """Full points; None for a truth."""
    points = item.get("points")
    if not points or "value" not in points:
        if item["form"] in ("met", "judgement"):
            return None
        raise Wrong(f"item {item['id']} of form {item['form']} has no points")
    return parse(points["value"])


def quantity_range(quantity):
    """[0, unbounded) unless given; percent [0, 100]."""
    low = parse(quantity["min"]) if "min" in quantity else 0
    high = parse(quantity["max"]) if "max" in quantity else 100 * ONE if quantity.get("unit") == "%" else INF
    return low, high


def parameter_range(parameter):
    low = parse(parameter["min"]) if "min" in parameter else -INF
    high = parse(parameter["max"]) if "max" in parameter else INF
    return low, high


# ---- answers ----------------------------------------------------------------------------------------------------------------


class Sheet:
    """Answers: item -> units or NA; quantity -> units or NA; parameter -> units, or None where it is made unset."""

    def __init__(self):
        self.items, self.quantities, self.parameters = {}, {}, {}

    def copy(self):
        other = Sheet()
        other.items.update(self.items)
        other.quantities.update(self.quantities)
        other.parameters.update(self.parameters)
        return other


def best_answer(item):
    """Full points of an item that is answered directly; None if a quantity answers it."""
    form = item["form"]
    if form == "measured":
        return None
    if form == "tiers":
        return max(parse(tier["then"]) for tier in item["tiers"])
    if form == "checklist":
        return sum(parse(check["points"]) for check in item["checks"])
    points = item_points(item)
    return ONE if points is None else points


def check_reason(ruleset, holder, reason, text, stage):
    if reason not in holder.get("na", []):
        raise Wrong(f"{holder['id']}: reason {reason} is not listed")
    declared = ruleset.reasons[reason]
    if declared.get("stages") and stage not in declared["stages"]:
        raise Wrong(f"{holder['id']}: reason {reason} does not hold in stage {stage}")
    if declared.get("needs_text") in ("yes", "true") and not text:
        raise Wrong(f"{holder['id']}: reason {reason} must be written out")


def end_of_measured(item, word):
    """The quantity with which a measured item of a group has all points, or none: an end of its line, or its last tier."""
    if "linear" in item:
        return parse(item["linear"]["to" if word == "full" else "from"])
    if word == "full" and "from" in item["tiers"][-1]:
        return parse(item["tiers"][-1]["from"])
    raise Wrong(f"all: item {item['id']} cannot be answered {word} with its group")


def answer_group(ruleset, group, selection, sheet):
    """One entry of `all`. Items that do not apply are passed over."""
    word = group["answer"]
    members = ruleset.items_of(group["items"], group.get("section"))
    if not members:
        raise Wrong(f"all: no items {group['items']} in section {group.get('section')}")
    for item_id in members:
        item = ruleset.items[item_id]
        if not item_applies(item, selection):
            continue
        if word.startswith("na:"):
            check_reason(ruleset, item, word[3:], None, selection[1])
            sheet.items[item_id] = NA
        elif item["form"] == "measured" and word in ("full", "zero"):
            sheet.quantities[item["quantity"]] = end_of_measured(item, word)
        elif word == "full" or (item["form"], word) in (("met", "met"), ("judgement", "yes")):
            sheet.items[item_id] = best_answer(item)
        elif word == "zero" or (item["form"], word) in (("met", "not-met"), ("judgement", "no")):
            if item["form"] == "tiers" and not any(parse(tier["then"]) == 0 for tier in item["tiers"]):
                raise Wrong(f"all: item {item_id} has no tier of 0 points")
            sheet.items[item_id] = 0
        else:
            raise Wrong(f"all: item {item_id} of form {item['form']}: answer {word}")


def answer_item(ruleset, answer, selection, sheet):
    item = ruleset.items.get(answer["item"])
    if item is None:
        raise Wrong(f"no item {answer['item']}")
    form = item["form"]
    if not item_applies(item, selection):
        raise Wrong(f"item {item['id']} does not apply")
    if "na" in answer:
        check_reason(ruleset, item, answer["na"], answer.get("reason"), selection[1])
        value = NA
    elif form == "measured":
        raise Wrong(f"item {item['id']} is answered by its quantity")
    elif "points" in answer:
        value = parse(answer["points"])
        if form != "points" or not 0 <= value <= item_points(item):
            raise Wrong(f"item {item['id']}: {answer['points']} points")
    elif "tier" in answer:
        found = [tier for tier in item.get("tiers", []) if tier.get("id") == answer["tier"]]
        if form != "tiers" or not found:
            raise Wrong(f"item {item['id']}: tier {answer['tier']}")
        value = parse(found[0]["then"])
    elif "checks" in answer:
        points = {check["id"]: parse(check["points"]) for check in item.get("checks", [])}
        if form != "checklist" or not set(answer["checks"]) <= set(points):
            raise Wrong(f"item {item['id']}: checks {answer['checks']}")
        value = sum(points[check] for check in answer["checks"])
    elif (form, answer.get("result")) in (("met", "met"), ("judgement", "yes")):
        value = best_answer(item)
    elif (form, answer.get("result")) in (("met", "not-met"), ("judgement", "no"), ("checklist", "not-met")):
        value = 0
    else:
        raise Wrong(f"item {item['id']} of form {form}: answer {answer}")
    sheet.items[item["id"]] = value


class Units:
    def __init__(self, path):
        self.known = {}
        for unit in load_yaml(path)["units"]:
            for name in [unit["id"], *unit.get("aliases", [])]:
                self.known[name] = (unit["dimension"], parse(unit["factor"]))

    def parts(self, expression):
        if expression in self.known:
            return [self.known[expression]]
        try:
            return [self.known[part] for part in expression.split("/")]
        except KeyError:
            raise Wrong(f"unknown unit {expression}") from None

    def convert(self, value, of, to):
        if of == to:
            return value
        a, b = self.parts(of), self.parts(to)
        if [x[0] for x in a] != [x[0] for x in b] or len(a) > 2:
            raise Wrong(f"{of} does not convert into {to}")
        numerator, denominator = value * a[0][1], b[0][1]
        if len(a) == 2:
            numerator, denominator = numerator * b[1][1], denominator * a[1][1]
        return divide_half_even(numerator, denominator)


def answer_quantity(ruleset, answer, selection, units, sheet):
    quantity = ruleset.quantities.get(answer["id"])
    if quantity is None:
        raise Wrong(f"no quantity {answer['id']}")
    if "na" in answer:
        check_reason(ruleset, quantity, answer["na"], answer.get("reason"), selection[1])
        sheet.quantities[quantity["id"]] = NA
        return
    value = parse(answer["value"])
    if "unit" in answer:
        value = units().convert(value, answer["unit"], quantity["unit"])
    low, high = quantity_range(quantity)
    if not low <= value <= high:
        raise Wrong(f"quantity {quantity['id']}: {answer['value']} is outside its range")
    sheet.quantities[quantity["id"]] = value


def sheet_of_case(ruleset, case, selection, units):
    sheet = Sheet()
    for parameter in case.get("parameters") or []:
        if parameter["id"] not in ruleset.parameters:
            raise Wrong(f"no parameter {parameter['id']}")
        sheet.parameters[parameter["id"]] = parse(parameter["value"]) if "value" in parameter else None
    for group in case.get("all") or []:
        answer_group(ruleset, group, selection, sheet)
    for answer in case.get("answers") or []:
        answer_item(ruleset, answer, selection, sheet)
    for answer in case.get("quantities") or []:
        answer_quantity(ruleset, answer, selection, units, sheet)
    return sheet


# ---- the plan ---------------------------------------------------------------------------------------------------------------

TRUTH_OPS = ("compare", "at_least", "ladder")
Step = namedtuple("Step", "limit above then")  # limit: Value


class Plan:
    """A ruleset for one park type, stage and place. Operands are keys (kind, name)."""

    def __init__(self, ruleset, park_type=None, stage=None, place=None):
        for chosen, key in ((park_type, "park_types"), (stage, "stages"), (place, "places")):
            known = ruleset.terms(key)
            if (chosen is not None and chosen not in known) or (chosen is None and known and key != "places"):
                raise Wrong(f"{ruleset.id}: {key}: {chosen} is none of {known}")
        self.ruleset = ruleset
        self.selection = (park_type, stage, place)
        self.operands = {node_id: self.list_operands(node) for node_id, node in ruleset.nodes.items()}  # `otherwise` apart
        self.read = {node_id: [key for key in dict.fromkeys(keys) if key[0] != "number"] for node_id, keys in self.operands.items()}
        self.order = self.sort()
        self.forget()

    def forget(self):
        """What each node gave for which operands: of many sheets that differ in little most is the same."""
        self.known = {node_id: {} for node_id in self.order}

    # what a node refers to

    def key(self, name):
        r = self.ruleset
        if name.startswith("$"):
            if name[1:] not in r.parameters:
                raise Wrong(f"no parameter {name}")
            return ("parameter", name[1:])
        if name in r.nodes:
            return ("node", name)
        if name in r.items:
            return ("item", name)
        if name in r.quantities:
            return ("quantity", name)
        return ("number", parse(name))

    def members(self, node):
        """Keys of the main operands, and the weight of each: a key, or None for 1. What the table does not evaluate is left out."""
        if "items" in node:
            keys = [("item", item) for item in self.ruleset.items_of(node["items"], node.get("section"))]
        elif "nodes" in node:
            keys = [("node", n) for n in self.ruleset.nodes if n.startswith(node["nodes"] + ".")]
        else:
            keys = [self.key(name) for name in node.get("in", [])]
        if "weight" in node:
            pairs = [(key, self.table_weight(node["weight"], key)) for key in keys]
            return [pair for pair in pairs if pair[1] is not None]
        if "weights" in node:
            if len(node["weights"]) != len(keys):
                raise Wrong(f"node {node['id']}: {len(keys)} operands, {len(node['weights'])} weights")
            return list(zip(keys, (self.key(w) for w in node["weights"])))
        return [(key, None) for key in keys]

    def table_weight(self, table, key):
        """READING: a node's row is what follows the last dot of its id; an item's is its section, or the next one above that has a row."""
        table = self.ruleset.tables[table.lstrip("$")]
        kind, name = key
        row = self.ruleset.items[name].get("section") if kind == "item" else str(name).rsplit(".", 1)[-1]
        rows = {r["key"]: r["values"] for r in table["rows"]}
        while kind == "item" and row not in rows and row is not None:
            row = self.ruleset.parents.get(row)
        for column, title in enumerate(table["columns"]):
            if all(part in ("*", chosen) for part, chosen in zip(title.split("/"), self.selection)):
                return self.key(rows[row][column]) if rows.get(row, ["-"] * (column + 1))[column] != "-" else None
        return None

    def list_operands(self, node):
        keys = [key for pair in self.members(node) for key in pair if key is not None]
        for name in ("min", "max", "from", "to", "points", "when_zero", "k"):
            if name in node and node[name] != "all":
                keys.append(self.key(node[name]))
        for step in node.get("at", []):
            keys += [self.key(step["from"] if "from" in step else step["above"]), self.key(step["then"])]
        for grade in node.get("grades", []):
            keys += [self.key(name) for name in grade["when"]]
        return keys

    def names_asked(self, node):
        """Nodes that must be known to word a result, though they do not change it."""
        return [self.key(other["unless"]) for other in node.get("otherwise", []) if "unless" in other]

    def sort(self):
        order, state = [], {}

        def visit(node_id):
            if state.get(node_id) == "done":
                return
            if state.get(node_id) == "active":
                raise Wrong(f"node {node_id} depends on itself")
            state[node_id] = "active"
            for kind, name in self.operands[node_id] + self.names_asked(self.ruleset.nodes[node_id]):
                if kind == "node":
                    visit(name)
            state[node_id] = "done"
            order.append(node_id)

        for node_id in self.ruleset.nodes:
            visit(node_id)
        return order

    # values

    def evaluate(self, sheet):
        """Key -> Value for all parameters, quantities, items and nodes."""
        r, values = self.ruleset, {}
        for name, parameter in r.parameters.items():
            values["parameter", name] = self.parameter(parameter, sheet)
        for name, quantity in r.quantities.items():
            values["quantity", name] = self.quantity(quantity, sheet)
        for name, item in r.items.items():
            values["item", name] = self.item(item, sheet, values)
        for node_id in self.order:
            known, given = self.known[node_id], tuple([values[key] for key in self.read[node_id]])
            if given not in known:
                known[given] = self.node(r.nodes[node_id], dict(zip(self.read[node_id], given)))  # no node reads anything else
            values["node", node_id] = known[given]
        return values

    def at(self, values, key):
        return number(key[1]) if key[0] == "number" else values[key]

    def operand(self, values, name):
        return self.at(values, self.key(name))

    @staticmethod
    def parameter(parameter, sheet):
        name = parameter["id"]
        value = sheet.parameters[name] if name in sheet.parameters else parse(parameter["value"]) if "value" in parameter else None
        if value is not None:
            return number(value)
        return number(*parameter_range(parameter), unknown=frozenset([("parameter", name)]))

    @staticmethod
    def quantity(quantity, sheet):
        value = sheet.quantities.get(quantity["id"])
        if value is NA:
            return NA
        if value is not None:
            return number(value)
        return number(*quantity_range(quantity), unknown=frozenset([("quantity", quantity["id"])]))

    def item(self, item, sheet, values):
        if not item_applies(item, self.selection):
            return NA
        answer = sheet.items.get(item["id"])
        if answer is NA:
            return NA
        if item["form"] == "measured":
            return self.measured(item, values["quantity", item["quantity"]])
        if answer is not None:
            return number(answer)
        points = item_points(item)
        return number(0, ONE if points is None else points, unknown=frozenset([("item", item["id"])]))

    @staticmethod
    def measured(item, x):
        if not x.is_number:
            return x
        if "linear" in item:
            line = item["linear"]
            return on_line(x, number(parse(line["from"])), number(parse(line["to"])), number(item_points(item)))
        steps = []
        for tier in item["tiers"]:
            limit = number(parse(tier["from"] if "from" in tier else tier["above"]))
            steps.append(Step(limit, "above" in tier, number(parse(tier["then"]))))
        # READING: below the first tier an item has 0 points; a node of op steps has no value there.
        return on_steps(x, [Step(number(-INF), False, number(0))] + steps)

    def node(self, node, values):
        value = getattr(self, "op_" + node["op"])(node, values)
        if value.is_number and node["op"] not in TRUTH_OPS:
            value = self.limited(node, value, values)
        return value

    def limited(self, node, value, values):
        if "min" in node:
            value = not_below(value, self.operand(values, node["min"]))
        if "max" in node and value.is_number:
            value = not_above(value, self.operand(values, node["max"]))
        if "round" in node and value.is_number:
            places, mode = int(node["round"]["places"]), node["round"].get("mode", "half_even")
            lo, hi = (round_places(end, places, mode) for end in (value.lo, value.hi))
            value = number(lo, hi, value.maybe_none, value.unknown)
        return value

    def main_values(self, node, values):
        return [self.at(values, key) for key, _ in self.members(node)]

    def op_sum(self, node, values):
        terms = [(self.at(values, key), number(ONE) if w is None else self.at(values, w), key) for key, w in self.members(node)]
        left = [term for term in terms if term[0].state != "na"]
        if not left:
            return NA
        if any(x.state == "none" for x, _, _ in left):
            return NONE
        if len(left) < len(terms) and node.get("na") not in ("drop", "rescale"):
            return NONE  # READING: `refuse` leaves no value, so that nothing passes for excused
        parts = [times(w, x) for x, w, _ in left]
        total = number(sum(p.lo for p in parts), sum(p.hi for p in parts), any_none(parts), behind(parts))
        if node.get("na") != "rescale" or len(left) == len(terms):
            return total
        whole, evaluated = ([times(w, self.full(key)) for _, w, key in some] for some in (terms, left))
        whole, evaluated = (number(sum(p.lo for p in some), sum(p.hi for p in some)) for some in (whole, evaluated))
        if evaluated.lo <= 0:
            return NA  # READING: nothing left that has points
        corners = [
            multiply_divide(x, a, b) for x in (total.lo, total.hi) for a in (whole.lo, whole.hi) for b in (evaluated.lo, evaluated.hi)
        ]
        return number(min(corners), max(corners), total.maybe_none, total.unknown | behind(w for _, w, _ in terms))

    def full(self, key):
        """The points that an item can bring, for rescale; 1 for a truth. READING: nothing else can be rescaled."""
        kind, name = key
        if kind != "item":
            raise Wrong(f"rescale over {name}, which is no item")
        points = item_points(self.ruleset.items[name])
        return number(ONE if points is None else points)

    def op_product(self, node, values):
        factors = self.main_values(node, values)
        if without_number(factors):
            return without_number(factors)
        product = number(ONE)
        for x in factors:
            product = times(product, x)._replace(unknown=NOTHING)
        return number(product.lo, product.hi, any_none(factors), behind(factors))

    def op_ratio(self, node, values):
        a, b = self.main_values(node, values)
        zero = self.operand(values, node["when_zero"]) if "when_zero" in node else NONE
        if without_number((a, b)):
            return without_number((a, b))
        if b.lo == b.hi == 0:
            if not zero.is_number:
                return zero
            maybe_none = any_none((a, b, zero))
            return number(zero.lo, zero.hi, maybe_none, behind((a, b, zero)) if any_none((a, b)) else zero.unknown)
        lo, hi = divide_ends(a, b)
        maybe_none = any_none((a, b))
        if b.lo > 0 or b.hi < 0:
            return number(lo, hi, maybe_none, behind((a, b)))
        if not zero.is_number:
            return number(lo, hi, True, behind((a, b)))
        return number(min(lo, zero.lo), max(hi, zero.hi), maybe_none or zero.maybe_none, behind((a, b, zero)))

    def op_steps(self, node, values):
        (x,) = self.main_values(node, values)
        if not x.is_number:
            return x
        steps = []
        for step in node["at"]:
            limit = self.operand(values, step["from"] if "from" in step else step["above"])
            steps.append(Step(limit, "above" in step, self.operand(values, step["then"])))
        return on_steps(x, steps)

    def op_linear(self, node, values):
        (x,) = self.main_values(node, values)
        ends = [self.operand(values, node[name]) for name in ("from", "to", "points")]
        return without_number([x, *ends]) or on_line(x, *ends)

    def op_compare(self, node, values):
        a, b = self.main_values(node, values)
        if without_number((a, b)):
            return without_number((a, b))
        certain, possible = {
            "ge": (a.lo >= b.hi, a.hi >= b.lo),
            "gt": (a.lo > b.hi, a.hi > b.lo),
            "le": (a.hi <= b.lo, a.lo <= b.hi),
            "lt": (a.hi < b.lo, a.lo < b.hi),
        }[node["is"]]
        return truth(certain, possible, any_none((a, b)), behind((a, b)))

    def op_at_least(self, node, values):
        left = [x for x in self.main_values(node, values) if x.state != "na"]
        k = number(len(left) * ONE) if node["k"] == "all" else self.operand(values, node["k"])
        if not left or k.state == "na":
            return NA
        if k.state == "none":
            return NONE
        # READING: a member without a value is in the way only where it would have decided: what cannot change the outcome does not
        # block it. With t true and n without value: true if t >= k, false if t + n < k, else there is no value.
        firm = [x for x in left if x.is_number and not x.maybe_none]
        n_lacking = (len(left) - len(firm)) * ONE
        can_hold = count(x.possibly for x in left) >= k.lo
        can_fail = count(x.state == "none" or x.lo >= ONE for x in left) < k.hi
        can_lack = count(x.hi >= ONE for x in firm) + n_lacking >= k.lo and count(x.lo >= ONE for x in firm) < k.hi
        if not can_hold and not can_fail:
            return NONE
        return truth(not can_fail, can_hold, k.maybe_none or (n_lacking > 0 and can_lack), behind([*left, k]))

    def op_ladder(self, node, values):
        grades = []
        for grade in node["grades"]:
            conditions = [self.operand(values, name) for name in grade["when"]]
            grades.append((grade, [v for v in conditions if v.state != "na"]))
        if not any(left for _, left in grades):
            return NA
        certain = possible = 0
        for grade, left in grades:
            # READING: a grade that is not awarded in this stage also ends the way to those above it.
            awarded = "stage" not in grade or grade["stage"] == self.selection[1]
            if not awarded or not all(v.possibly for v in left):
                break
            if certain == possible and all(v.certainly for v in left):
                certain += 1
            possible += 1
        unknown = behind(v for _, left in grades[certain:possible] for v in left)
        return number(certain * ONE, possible * ONE, False, unknown)

    def grade_word(self, node, value, values):
        """Word of a certain rank: a grade, or what a result below the first one is called."""
        if not value.is_number or value.lo != value.hi:
            return None
        if value.lo:
            return node["grades"][value.lo // ONE - 1]["grade"]
        for other in node.get("otherwise", []):
            if "unless" not in other:
                return other["grade"]
            unless = self.operand(values, other["unless"])
            if not unless.is_certain:
                return None  # READING: while a condition is open, so is the word
            if unless.is_number and unless.hi < ONE:
                return other["grade"]
        return None


def divide_ends(a, b):
    """Least and greatest a / b for b other than 0."""
    if b.lo < 0 < b.hi:
        return (0, 0) if a.lo == a.hi == 0 else (-INF, INF)
    if b.hi <= 0:
        a, b = number(-a.hi, -a.lo), number(-b.hi, -b.lo)
    ends = []
    for x in (a.lo, a.hi):
        for y in (b.lo, b.hi):
            if y == 0:
                ends.append(0 if x == 0 else sign(x) * INF)
            elif y == INF:
                ends.append(0)  # as small as you like
            else:
                ends.append(divide(x, y))
    return min(ends), max(ends)


def on_steps(x, steps):
    """`then` of the last step that x reaches; below the first there is no value."""
    candidates, undecided = [], []
    none_possible = True
    for step in reversed(steps):
        if step.above:
            certain, possible = x.lo > step.limit.hi, x.hi > step.limit.lo
        else:
            certain, possible = x.lo >= step.limit.hi, x.hi >= step.limit.lo
        if possible:
            candidates.append(step.then)
        if certain:
            none_possible = False
            break
        if possible:
            undecided.append(step.limit)
    if not candidates:
        return NONE
    for state, value in (("na", NA), ("none", NONE)):
        if all(c.state == state for c in candidates):
            return value
    numbers = [c for c in candidates if c.is_number]
    unknown = behind(candidates)
    if undecided or x.maybe_none:
        unknown |= x.unknown | behind(undecided)
    maybe_none = none_possible or x.maybe_none or len(numbers) < len(candidates) or any_none(numbers)
    return number(min(c.lo for c in numbers), max(c.hi for c in numbers), maybe_none, unknown)


def on_line(x, start, end, points):
    """points . (x - start) / (end - start), held in 0 ... points."""
    unknown = behind((x, start, end, points))
    maybe_none = any_none((x, start, end, points))
    if start.lo <= end.hi and end.lo <= start.hi:  # which way it runs is not decided
        if start.is_certain and end.is_certain:
            raise Wrong("linear: from and to are equal")
        return number(min(0, points.lo), max(0, points.hi), maybe_none, unknown)
    corners = []
    for p in (points.lo, points.hi):
        for a in (start.lo, start.hi):
            for b in (end.lo, end.hi):
                for y in (x.lo, x.hi):
                    corners.append(line_at(y, a, b, p))
    return number(min(corners), max(corners), maybe_none, unknown)


def line_at(x, start, end, points):
    """Monotone in x, start and end; that is why corners are enough."""
    rising = end > start
    if x >= end if rising else x <= end:
        return points
    if x <= start if rising else x >= start:
        return 0
    if start in (INF, -INF) or end in (INF, -INF):
        return points if start in (INF, -INF) else 0  # the limit; x lies infinitely far from the unbounded end
    return multiply_divide(points, x - start, end - start)


def not_below(x, floor):
    if floor.state == "na":
        return x
    if floor.state == "none":
        return NONE
    unknown = (x.unknown if x.hi > floor.lo or x.maybe_none else NOTHING) | (floor.unknown if floor.hi > x.lo else NOTHING)
    return number(max(x.lo, floor.lo), max(x.hi, floor.hi), any_none((x, floor)), unknown)


def not_above(x, ceiling):
    if ceiling.state == "na":
        return x
    if ceiling.state == "none":
        return NONE
    unknown = (x.unknown if x.lo < ceiling.hi or x.maybe_none else NOTHING) | (ceiling.unknown if ceiling.lo < x.hi else NOTHING)
    return number(min(x.lo, ceiling.lo), min(x.hi, ceiling.hi), any_none((x, ceiling)), unknown)


def open_of(value):
    return sorted(name for kind, name in value.unknown if kind != "parameter")


def needs_of(value):
    return sorted(name for kind, name in value.unknown if kind == "parameter")


def state_of(value):
    if not value.is_number:
        return value.state
    return "maybe_none" if value.maybe_none else "value"


def describe(plan, key, values):
    value = values[key]
    text = state_of(value)
    if value.is_number:
        text += f" {show(value.lo)}" if value.lo == value.hi else f" {show(value.lo)}..{show(value.hi)}"
        node = plan.ruleset.nodes.get(key[1])
        if key[0] == "node" and node["op"] == "ladder":
            text += f" ({plan.grade_word(node, value, values)})"
    return text + f" open={len(open_of(value))} needs={needs_of(value)}"
