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
import itertools
import json
import os
import random
import re
import sys
from collections import Counter, namedtuple

import yaml

PLACES = 12
ONE = 10**PLACES
INF = float("inf")
NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]{1,12})?\Z")
HERE = os.path.dirname(os.path.abspath(__file__))
UNITS_FILE = os.path.join(HERE, "..", "..", "rulesets", "units.yaml")


class Wrong(Exception):
    """The ruleset, the case or an answer does not make sense."""


# ---- decimals ---------------------------------------------------------------------------------------------------------------


def parse(text):
    """Units of 10^-12 in a decimal as it is written."""
    if not isinstance(text, str) or not NUMBER.match(text):
        raise Wrong(f"not a number: {text!r}")
    whole, _, fraction = text.partition(".")
    units = int(whole.lstrip("-")) * ONE + int((fraction + "0" * PLACES)[:PLACES])
    return -units if text.startswith("-") else units


def show(units):
    """Canonical text of a number of units; unbounded ends have a word."""
    if units in (INF, -INF):
        return "unbounded"
    whole, fraction = divmod(abs(units), ONE)
    text = str(whole) + (f".{fraction:012d}".rstrip("0") if fraction else "")
    return "-" + text if units < 0 else text


def divide_half_even(numerator, denominator):
    """The integer next to numerator / denominator; the even one of two."""
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    quotient, rest = divmod(numerator, denominator)
    if 2 * rest > denominator or (2 * rest == denominator and quotient % 2):
        quotient += 1
    return quotient


def sign(number):
    return (number > 0) - (number < 0)


def multiply(a, b):
    """a . b, rounded once; 0 times unbounded is 0."""
    if a == 0 or b == 0:
        return 0
    if a in (INF, -INF) or b in (INF, -INF):
        return sign(a) * sign(b) * INF
    return divide_half_even(a * b, ONE)


def multiply_divide(a, b, c):
    """a . b / c, rounded once; c is not 0."""
    if a == 0 or b == 0:
        return 0
    if a in (INF, -INF) or b in (INF, -INF):
        return sign(a) * sign(b) * sign(c) * INF
    if c in (INF, -INF):
        return 0
    return divide_half_even(a * b, c)


def divide(a, b):
    return multiply_divide(a, ONE, b)


def round_places(units, places, mode):
    if units in (INF, -INF):
        return units
    step = 10 ** (PLACES - places)
    if mode == "half_up":  # away from zero
        quotient, rest = divmod(abs(units), step)
        return sign(units) * (quotient + (2 * rest >= step)) * step
    return divide_half_even(units, step) * step


# ---- values -----------------------------------------------------------------------------------------------------------------

NOTHING = frozenset()


class Value(namedtuple("Value", "state lo hi maybe_none unknown")):
    """A number between lo and hi, "na", or "none"; and the inputs that can still change it."""

    __slots__ = ()

    @property
    def is_number(self):
        return self.state == "number"

    @property
    def is_certain(self):
        return not self.is_number or (self.lo == self.hi and not self.maybe_none)

    @property
    def certainly(self):  # as a truth
        return self.is_number and self.lo >= ONE and not self.maybe_none

    @property
    def possibly(self):
        return self.is_number and self.hi >= ONE


def number(lo, hi=None, maybe_none=False, unknown=NOTHING):
    hi = lo if hi is None else hi
    if lo == hi and not maybe_none:
        unknown = NOTHING
    return Value("number", lo, hi, maybe_none, unknown)


NA = Value("na", 0, 0, False, NOTHING)
NONE = Value("none", 0, 0, False, NOTHING)


def truth(certain, possible, maybe_none=False, unknown=NOTHING):
    return number(ONE if certain else 0, ONE if possible else 0, maybe_none, unknown)


def count(truths):
    return sum(truths) * ONE


def behind(values):
    """What is unknown behind any of the values."""
    return frozenset().union(*(v.unknown for v in values))


def any_none(values):
    return any(v.maybe_none for v in values)


def without_number(values):
    """None or n/a where one of the values is; READING: none before n/a."""
    states = [v.state for v in values]
    return NONE if "none" in states else NA if "na" in states else None


def times(a, b):
    corners = [multiply(x, y) for x in (a.lo, a.hi) for y in (b.lo, b.hi)]
    return number(min(corners), max(corners), any_none((a, b)), behind((a, b)))


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
        self.order = self.sort()

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
            values["node", node_id] = self.node(r.nodes[node_id], values)
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


# ---- cases ------------------------------------------------------------------------------------------------------------------


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
    """Inputs that some node reads, and all the rest."""
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
