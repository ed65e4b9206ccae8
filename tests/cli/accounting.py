"""What each standard makes of a ledger, worked out from the standards' texts alone: neither from the rulesets nor from the
program. Numbers are integers of 10^-12, as the program's rule of rounding says: adding is exact, a product or quotient rounds
once to 12 places, half to even. A line's activity first becomes the factor's own unit, is multiplied with the factor, then
becomes tonnes.

    accounting.py SHEET...        the sheets in the order of rungs; prints every figure
"""
import sys

import yaml

ONE = 10 ** 12
# units as multiples of a base, by dimension
UNITS = {"kWh": ("energy", "3.6"), "MWh": ("energy", "3600"), "10^4kWh": ("energy", "36000"), "MJ": ("energy", "1"), "GJ": ("energy", "1000"),
         "t": ("mass", "1000"), "kg": ("mass", "1"), "10^4Nm3": ("gas", "10000"), "Nm3": ("gas", "1"), "ha": ("area", "10000"),
         "kgCO2": ("co2", "1"), "tCO2": ("co2", "1000"), "tCO2e": ("co2e", "1000"), "kgce": ("coal", "1"), "tce": ("coal", "1000")}
FACTORS = {  # standards 12.1, 12.4 set A (to four places), 12.5, 12.7
    "grid-2023-national": ("0.5306", "kgCO2/kWh"), "natural-gas": ("21.6219", "tCO2/10^4Nm3"), "diesel": ("3.0959", "tCO2/t"),
    "waste-hazardous-burnt": ("1.6418", "tCO2/t"), "waste-municipal-burnt": ("0.5573", "tCO2/t"), "heat-purchased": ("0.11", "tCO2/GJ"),
    "heat-nonfossil": ("0", "tCO2/GJ"), "gwp-ar5-ch4": ("28", "tCO2e/t"), "gwp-ar5-hfc-134a": ("1300", "tCO2e/t")}
POWER = {"grid_power", "pv_self_used", "green_power_trade", "direct_green_supply", "green_certificate"}
HEAT = {"heat_fossil", "heat_nonfossil"}


def number(text):
    whole, _, part = str(text).partition(".")
    sign = -1 if whole.startswith("-") else 1
    return sign * (int(whole.lstrip("-")) * ONE + int((part + "0" * 12)[:12]))


def text(value):
    sign, value = ("-" if value < 0 else ""), abs(value)
    part = ("%012d" % (value % ONE)).rstrip("0")
    return sign + str(value // ONE) + ("." + part if part else "")


def divided(above, below):
    """Integers; half to even."""
    if below < 0:
        above, below = -above, -below
    quotient, rest = divmod(above, below)
    return quotient + (2 * rest > below or (2 * rest == below and quotient % 2 == 1))


def times(a, b):
    return divided(a * b, ONE)


def over(a, b):
    return divided(a * ONE, b)


def base(unit):
    return number(UNITS[unit][1])


def product(activity, unit, factor, per, to):
    """Activity in `unit` times factor in `per`, in `to`."""
    up, down = per.split("/")
    assert UNITS[unit][0] == UNITS[down][0], (unit, per)
    amount = divided(activity * base(unit), base(down))
    return divided(times(amount, factor) * base(up), base(to))


class Ledger:
    def __init__(self, sheets):
        self.lines, self.offsets = {}, []
        for sheet in sheets:
            for line in sheet.get("inventory", []):
                known = self.lines.setdefault(line["id"], dict(line))
                known.update({k: v for k, v in line.items() if k in ("activity", "unit", "factor", "factor_value", "factor_unit")})
            self.offsets += sheet.get("offsets", [])

    def of(self, year, account, kind, scope=None):
        for line in self.lines.values():
            if line["year"] == year and line["kind"] == kind and account in line["accounts"].split(",") and (scope is None or line.get("scope") == scope):
                yield line

    def commitment(self, line):
        found = [o for o in self.offsets if o["line"] == line["id"]]
        return found[0] if found else {}


def factor_of(line):
    return (line["factor_value"], line["factor_unit"]) if "factor_value" in line else FACTORS[line["factor"]]


def is_co2(line):
    return factor_of(line)[1].startswith(("tCO2/", "kgCO2/"))


def tonnes(line):
    value, per = factor_of(line)
    return product(number(line["activity"]), line["unit"], number(value), per, "tCO2" if is_co2(line) else "tCO2e")


def energy(line, unit):
    return divided(number(line["activity"]) * base(line["unit"]), base(unit))


def total(lines, measure=tonnes):
    return sum(measure(line) for line in lines)


def coal(lines, power, gas):
    """Standard coal of power (at equivalent value), heat, natural gas and diesel, 12.6."""
    rates = {"natural-gas": (gas, "kgce/Nm3"), "diesel": ("1.4571", "kgce/kg")}
    result = 0
    for line in lines:
        rate = (power, "kgce/kWh") if line["source"] in POWER else ("0.03412", "kgce/MJ") if line["source"] in HEAT else rates.get(line.get("factor"))
        if rate and line.get("scope") != "3":
            result += product(number(line["activity"]), line["unit"], number(rate[0]), rate[1], "tce")
    return result


def by_location(lines):
    """Everything through the grid at its average (0.5306); what is supplied directly or made in the park is not."""
    return sum(product(number(l["activity"]), l["unit"], number("0.5306"), "tCO2/MWh", "tCO2") for l in lines
               if l["source"] in ("grid_power", "green_power_trade", "green_certificate"))


def by_market(lines):
    """0 where an instrument covers it, the rest at the average without traded non-fossil power (0.6096)."""
    return sum(product(number(l["activity"]), l["unit"], number("0.6096"), "tCO2/MWh", "tCO2") for l in lines if l["source"] == "grid_power")


def renewable(lines):
    return [l for l in lines if l["source"] in POWER - {"grid_power"} or l["source"] == "heat_nonfossil"]


def ndrc910(ledger, year, power="0.3000", gas="1.3300"):
    lines = list(ledger.of(year, "ndrc910", "emission"))
    fuel = total(l for l in lines if l.get("purpose") == "fuel")
    process = total(l for l in lines if l.get("purpose") == "process")
    other = total((l for l in lines if l["source"] == "grid_power"), lambda l: energy(l, "MWh"))
    heat = total((l for l in lines if l["source"] == "heat_fossil"), lambda l: energy(l, "GJ"))
    used = total((l for l in lines if l["source"] in POWER), lambda l: energy(l, "MWh"))
    direct = total((l for l in lines if l["source"] in ("direct_green_supply", "pv_self_used")), lambda l: energy(l, "MWh"))
    tce = coal(lines, power, gas)
    e_power, e_heat = times(other, number("0.8325")), times(heat, number("0.11"))
    e = fuel + e_power + e_heat + process
    limit = number("0.3") if tce >= number("1000000") else number("0.2") if tce >= number("200000") else None
    allowed = times(limit, tce) if limit else None
    return {"emission.fuel": fuel, "emission.conversion": 0, "emission.process": process, "power.other_in": other, "power.other_out": 0,
            "heat.fossil_in": heat, "heat.fossil_out": 0, "power.total": used, "power.direct_green": direct, "energy.total_tce": tce,
            "emission.bunker": 0, "emission.heat_measured": 0, "heat.default": e_heat, "power.location": by_location(lines), "power.market": by_market(lines), "power": e_power, "heat": e_heat, "emission": e, "intensity": over(e, tce),
            "direct_ratio": over(direct, used), "direct_share": times(over(direct, used), number("100")), **({"target": limit, "allowed": allowed, "gap": max(0, e - allowed)} if limit else {})}


def balance(ledger, year, account, offset=tonnes):
    e = total(l for l in ledger.of(year, account, "emission") if is_co2(l))
    a = total(ledger.of(year, account, "absorption"))
    claimed = [l for l in ledger.of(year, account, "offset")
               if ledger.commitment(l).get("kind") != "own" or int(ledger.commitment(l).get("commitment_years") or 0) >= 3]
    return e, a, claimed


def months_run(ledger, year, account):
    """Calendar months without a gap, back from the last one of the year in which any line of scopes 1 and 2 has a figure."""
    ran = set()
    for y in range(int(year) - 9, int(year) + 1):
        for line in ledger.of(str(y), account, "emission"):
            ran |= {12 * y + m for m in range(12) if line["scope"] != "3" and number(line.get("m%02d" % (m + 1)) or 0) > 0}
    last = max((m for m in ran if m // 12 == int(year)), default=None)
    n = 0
    while last is not None and last - n in ran:
        n += 1
    return n


def ipif(ledger, year):
    e, a, claimed = balance(ledger, year, "ipif")
    o = total(claimed)
    local = total(l for l in claimed if ledger.commitment(l)["local"] == "yes")
    years = [balance(ledger, str(int(year) - n), "ipif") for n in range(3)]
    mean = [divided(sum(y[0] for y in years), 3), divided(sum(y[1] for y in years), 3), divided(sum(total(y[2]) for y in years), 3)]
    left = max(0, e - a)
    own = [int(ledger.commitment(l)["commitment_years"]) for l in ledger.of(year, "ipif", "offset") if ledger.commitment(l).get("kind") == "own"]
    lines = list(ledger.of(year, "ipif", "emission"))
    before = balance(ledger, str(int(year) - 2), "ipif")[0]
    return {"running_months": months_run(ledger, year, "ipif") * ONE, "emission.before": before, "reduced": before - e, "emission": e, "absorption": a, "offset": o, "offset.local": local, "offset.elsewhere": o - local, "emission.mean3": mean[0],
            "absorption.mean3": mean[1], "offset.mean3": mean[2], "net": e - a - o, "net.mean3": mean[0] - mean[1] - mean[2], "left.absorbed": left,
            "left.local": max(0, left - local), "over_offset": max(0, o - left), **({"own_project_years": min(own) * ONE} if own else {}),
            "power.location": by_location(lines), "power.market": by_market(lines)}


def csus(ledger, year, power="0.3000", gas="1.3300", value_added="620000"):
    e = total(l for l in ledger.of(year, "csus", "emission") if is_co2(l))
    a, o = total(ledger.of(year, "csus", "absorption")), total(ledger.of(year, "csus", "offset"))
    lines = list(ledger.of(year, "csus", "emission"))
    watched = total(l for l in lines if is_co2(l) and l.get("terminal") == "yes")
    tce, green = coal(lines, power, gas), coal(renewable(lines), power, gas)
    technical = total(l for l in ledger.of(year, "csus", "absorption") if l["source"] == "capture_and_use")
    return {"emission": e, "absorption": a, "offset": o, "net": e - a - o, "absorption.technical": technical,
            "platform.monitored_emission_share": divided(watched * 100 * ONE, e), "energy.renewable_share": divided(green * 100 * ONE, tce),
            "energy.per_value_added": over(tce, number(value_added)), "power.location": by_location(lines), "power.market": by_market(lines)}


def shares(ledger, lines, scope):
    """What offsets and sinks give to a scope: the part that a line names, else all of it to its own scope."""
    result = 0
    for line in lines:
        named = {s: line["scope_" + s] for s in "123" if "scope_" + s in line}
        result += number(named.get(scope, "0")) if named else tonnes(line) if line.get("scope") == scope else 0
    return result


def cers(ledger, year):
    found = {}
    for scope in "123":
        found["emission." + scope] = total(ledger.of(year, "cers", "emission", scope))
        found["absorption." + scope] = shares(ledger, ledger.of(year, "cers", "absorption"), scope)
        found["offset." + scope] = shares(ledger, ledger.of(year, "cers", "offset"), scope)
    def ratio(scopes):
        above = sum(found["absorption." + s] + found["offset." + s] for s in scopes)
        below = sum(found["emission." + s] for s in scopes)
        return times(min(ONE, over(above, below) if below else ONE), number("100"))
    lines = list(ledger.of(year, "cers", "emission"))
    gross = {k: sum(found[k + "." + s] for s in "123") for k in ("emission", "absorption", "offset")}
    return {**found, **gross, "emission.co2": total(l for l in lines if is_co2(l)), "net": gross["emission"] - gross["absorption"] - gross["offset"],
            "covered": gross["absorption"] + gross["offset"], "ratio.1": ratio("1"), "ratio.2": ratio("2"), "ratio.3": ratio("3"), "ratio.12": ratio("12"),
            "ratio.123": ratio("123"), "power.location": by_location(lines), "power.market": by_market(lines)}


def seesa(ledger, year, power="0.3000", gas="1.3300", value_added="620000"):
    scope = {s: total(l for l in ledger.of(year, "seesa", "emission", s) if is_co2(l)) for s in "12"}
    gross = scope["1"] + scope["2"]
    sinks = total(ledger.of(year, "seesa", "absorption"))
    kinds = {}
    for line in ledger.of(year, "seesa", "offset"):
        kind = "own" if ledger.commitment(line).get("kind") == "own" else "credit"
        kinds[kind] = kinds.get(kind, 0) + tonnes(line)
    own, credits = sinks + kinds.get("own", 0), kinds.get("credit", 0)
    lines = list(ledger.of(year, "seesa", "emission"))
    bought = total((l for l in lines if l["source"] in POWER - {"pv_self_used"}), lambda l: energy(l, "kWh"))
    certified = total((l for l in lines if l["source"] in ("green_power_trade", "green_certificate")), lambda l: energy(l, "kWh"))
    tce, green = coal(lines, power, gas), coal(renewable(lines), power, gas)
    left_own = max(0, gross - own)
    return {"emission.1": scope["1"], "emission.2": scope["2"], "emission": gross, "own_reduction": own, "green_power": 0, "credits": credits,
            "left.own": left_own, "left.power": left_own, "left": max(0, left_own - credits), "absorption.sinks_and_capture": sinks,
            "reduction.own_rate": divided(own * 100 * ONE, gross), "power.green_share": divided(certified * 100 * ONE, bought),
            "energy.renewable_share": divided(green * 100 * ONE, tce), "energy.per_value_added": over(tce, number(value_added)),
            "power.location": by_location(lines), "power.market": by_market(lines)}


STANDARDS = {"ndrc-910-2025": ndrc910, "t-ipif-2023": ipif, "t-csus-66-2023": csus, "t-cers-2025": cers, "t-seesa-2024": seesa}


def read(paths):
    sheets = []
    for path in paths:
        with open(path, encoding="utf-8") as f:
            sheets.append(yaml.load(f, Loader=yaml.BaseLoader))
    return Ledger(sheets)


def accounts(paths, year="2025"):
    ledger = read(paths)
    return {name: {k: text(v) for k, v in count(ledger, year).items()} for name, count in STANDARDS.items()}


if __name__ == "__main__":
    for name, figures in accounts(sys.argv[1:]).items():
        print(name)
        for key, value in figures.items():
            print("  %-36s %s" % (key, value))
