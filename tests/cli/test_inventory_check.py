"""What a verifier finds: every rule on a ledger that breaks it, none on one that does not; the real parks' own figures."""
import shutil
import subprocess

import harness
import projects
from harness import TREE, Case, environment, sheet

PARK = {"park_type": "industrial", "rung": "self"}
AS = ("--as", "示例·周工:park")


def power(id, amount, **more):
    return {"id": id, "year": "2025", "kind": "emission", "scope": "2", "system": "energy", "source": "grid_power", "activity": amount, "unit": "MWh",
            "factor": "grid-2023-national", "flow": "purchased", "carrier": "power", **more}


def memo(id, amount, **more):
    return {"id": id, "year": "2025", "kind": "memo", "system": "energy", "activity": amount, "unit": "t", **more}


def offset(id, line, **more):
    return {"id": id, "kind": "ccer", "serial_from": "A-%s" % id, "count": "10", "cancelled_on": "2026-02-01", "cancelled_year": "2025", "line": line,
            "route": "offset", **more}


def credit(id, amount="10"):
    return {"id": id, "year": "2025", "kind": "offset", "system": "ecology", "source": "ccer", "name": id, "activity": amount, "unit": "t", "factor_value": "1",
            "factor_unit": "tCO2/t", "note": "质量即二氧化碳"}


class Rules(Case):
    def project(self, lines, offsets=()):
        self.n = getattr(self, "n", 0) + 1
        file = self.dir / ("p%d.lingtan" % self.n)
        self.lingtan("new", file, "--park", "示例园区", "--standard", "t-ipif-2023", "--type", "industrial", "--year", "2025", *AS)
        text = sheet("t-ipif-2023//2025", [], [], lines, **PARK) + "\n".join(harness.lines_of("offsets", list(offsets))) + "\n"
        self.lingtan("import", file, self.write("ledger.yaml", text), *AS)
        return file

    def rules(self, file, *args):
        found = self.document("inventory", file, "--check", *args, code=(0, 1))["findings"]
        for f in found:
            self.assertTrue(f["text"] and f["table"] and f["key"], f)
        self.assertEqual(self.last.code, int(any(f["severity"] == "error" for f in found)))
        return {(f["rule"], f["key"]) for f in found}

    def test_a_clean_ledger_has_no_findings(self):
        months = {"m%02d" % (m + 1): "10" for m in range(12)}
        file = self.project([power("a", "120", **months), credit("o")], [offset("c", "o")])
        self.assertEqual(self.rules(file, "--on", "2026-03-01"), set())

    def test_lines(self):
        some = {"m%02d" % (m + 1): "10" for m in range(11)}
        every = {"m%02d" % (m + 1): "10" for m in range(12)}
        before = power("e0", "100", source="s", year="2024", factor="grid-2023-national")
        # what the months so far come to may be all of the year, and not more
        lines = [power("a", "110", **some), power("a1", "109", source="a1", **some), power("b", "121", source="b", **every), power("c1", "7", source="c"), power("c2", "7", source="c"),
                 before, power("e", "131", source="s"), power("f0", "100", source="f", year="2024"), power("f", "130", source="f"),
                 power("g", "5", source="g", flow="generated", attributes="sold", factor=None, factor_value="0", factor_unit="tCO2/MWh", note="n"),
                 power("m", "5", source="m", meter="M9"), memo("x0", "1", source="x", year="2024"), memo("x", "1" + 26 * "0", source="x")]
        lines = [{k: v for k, v in line.items() if v is not None} for line in lines]
        self.assertEqual(self.rules(self.project(lines)), {("months-missing", "a"), ("months-missing", "a1"), ("months-sum", "a1"), ("months-sum", "b"), ("doubled", "c2"), ("jump", "e"), ("jump", "x"),
                                                          ("two-routes", "g"), ("no-meter", "M9")})

    def test_what_came_in_less_what_was_sold_is_what_was_used(self):
        zero = {"factor": None, "factor_value": "0", "factor_unit": "tCO2/MWh", "note": "零"}
        bought, made, out = power("a", "100"), power("b", "50", source="pv", flow="generated", **zero), power("c", "30", source="sold", flow="sold", **zero)
        def used(id, amount):
            return power(id, amount, source="meters", name=id, flow="used", kind="memo", **zero)
        def lines(*some):
            return [{k: v for k, v in line.items() if v is not None} for line in some]
        self.assertEqual(self.rules(self.project(lines(bought, made, out))), set())
        file = self.project(lines(bought, made, out, used("u1", "70"), used("u2", "50")))
        self.assertEqual(self.rules(file), set())
        # a reading of use is no emission, under no standard
        self.assertEqual(self.document("inventory", file)["balance"]["emission"], "53.06")
        emission = self.document("inventory", file, "--standards")["standards"][0]["emission"]
        self.assertEqual(emission, "53.06")
        self.assertEqual(self.rules(self.project(lines(bought, made, out, used("u1", "70"), used("u2", "49.9")))), {("flows-differ", "u1")})
        self.assertEqual(self.rules(self.project(lines(power("a", "20"), out))), {("flows-negative", "a")})
        # heat is told in GJ, power in MWh
        heat = {"unit": "GJ", "carrier": "heat", "factor": None, "factor_value": "0.11", "factor_unit": "tCO2/GJ", "note": "供热方告知"}
        file = self.project(lines(power("h", "100", source="heat", **heat), power("u", "90", source="meters", name="u", flow="used", kind="memo", **heat), bought, used("u1", "99")))
        self.assertEqual(self.rules(file), {("flows-differ", "u"), ("flows-differ", "u1")})
        said = self.lingtan("inventory", file, "--check", "--lang", "en", code=1).out
        for part in ("= 100 GJ, the meters of use say 90", "= 100 MWh, the meters of use say 99"):
            self.assertIn(part, said)
        self.assertIn("[碳盘查 u1  flows-differ]\n", self.lingtan("inventory", file, "--check", code=1).out, "each finding with its row")

    def test_years_and_regions_of_factors(self):
        """A stale, early, foreign or undated factor is told, and so is an amount that nobody entered."""
        own = {"factor": None, "factor_value": "0.5", "factor_unit": "tCO2/MWh", "note": "供电方告知"}
        lines = [power("stale", "1", source="a", factor="grid-2021-national"), power("there", "1", source="b", factor="grid-2023-beijing"),
                 power("undated", "1", source="c", **own), power("early", "1", source="d", year="2022"), power("good", "1", source="e")]
        file = self.project([{k: v for k, v in line.items() if v is not None} for line in lines])
        self.lingtan("line", "add", file, "year=2025", "kind=emission", "scope=1", "system=energy", "source=diesel", "unit=t", "factor=diesel", *AS)
        found = self.rules(file, "--year", "2025")
        self.assertEqual({f for f in found if f[0].startswith("factor-")}, {("factor-stale", "stale"), ("factor-no-year", "undated")})
        self.assertEqual([r for r, _ in found if r == "amount-open"], ["amount-open"])
        self.assertEqual({f for f in self.rules(file, "--year", "2022") if f[0].startswith("factor-")}, {("factor-too-new", "early")})
        table = self.write("own.csv", "#factor_set,own\nid,title,value,unit,valid_to\nold,旧值,3,tCO2/t,2024-12-31\n")
        self.lingtan("factors", "import", file, table, *AS)
        self.lingtan("line", "add", file, "year=2025", "kind=emission", "scope=1", "system=energy", "source=boiler", "amount=1", "unit=t", "factor=old", *AS)
        self.assertEqual([r for r, _ in self.rules(file, "--year", "2025") if r == "factor-expired"], ["factor-expired"])
        self.lingtan("fill", file, "park", "province=广东", *AS)
        self.assertIn(("factor-elsewhere", "there"), self.rules(file, "--year", "2025"))

    def test_offsets(self):
        ids = ["o%d" % i for i in range(1, 11)]
        lines = [power("a", "1000")] + [credit(i) for i in ids]
        offsets = [offset("twice1", "o1", serial_from="X-0098", serial_to="X-0105"), offset("twice2", "o2", serial_from="X-105", serial_to="X-110"),
                   offset("near", "o3", serial_from="X-111", serial_to="X-112"), offset("bare", "o4", serial_from=None),
                   offset("kept", "o5", cancelled_on=None), offset("early", "o6", issued="2026-02-02"), offset("late", "o7", cancelled_on="2026-03-02"),
                   offset("short", "o8", kind="own", commitment_years="2"), offset("route", "a", serial_from="Z-1", route="offset"),
                   offset("year", "o9", cancelled_year="2024"), offset("same day", "o10", issued="2026-03-01", cancelled_on="2026-03-01")]
        offsets = [{k: v for k, v in o.items() if v is not None} for o in offsets]
        self.assertEqual(self.rules(self.project(lines, offsets), "--on", "2026-03-01"),
                         {("serials-twice", "twice2"), ("no-serials", "bare"), ("not-cancelled", "kept"), ("cancelled-before-issue", "early"),
                          ("cancelled-after-issue", "late"), ("commitment", "short"), ("two-routes", "route"), ("other-year", "year")})
        self.assertEqual(self.rules(self.project([power("a", "10"), credit("o")])), {("no-instrument", "o")})

    def test_the_longest_commitment_of_several_standards_counts(self):
        own = self.dir / "sets" / "zz-own"
        shutil.copytree(harness.RULESETS / "t-ipif-2023", own)
        text = (own / "ruleset.yaml").read_text("utf-8").replace("ruleset: t-ipif-2023", "ruleset: zz-own")
        least = 'title: {zh: 自建项目承诺下限, en: Least commitment of own projects}, value: "3"'
        self.assertIn(least, text)
        (own / "ruleset.yaml").write_text(text.replace(least, least.replace('"3"', '"5"')), "utf-8")
        file = self.project([power("a", "1000"), credit("o1"), credit("o2")], [offset("four", "o1", kind="own", commitment_years="4"), offset("five", "o2", kind="own", commitment_years="5")])
        self.assertEqual(self.rules(file, "--on", "2026-03-01"), set())
        self.lingtan("add", file, "--standard", "zz-own", "--type", "industrial", "--year", "2025", "--rulesets", own.parent, *AS)
        self.assertEqual(self.rules(file, "--on", "2026-03-01", "--rulesets", own.parent), {("commitment", "four")})

    def test_meters_and_registers(self):
        file = self.project([power("a", "120", meter="M1"), power("t", "9", source="t", flow="trade")])
        self.lingtan("meter", file, "M1", "name=总表", "carrier=power", *AS)
        self.assertEqual(self.rules(file), {("not-calibrated", "M1"), ("no-instrument", "t")})
        self.lingtan("calibration", file, "M1/2024-03-01", "until=2025-02-28", *AS)
        self.lingtan("calibration", file, "M1/2025-03-02", "until=2026-03-01", *AS)
        self.lingtan("greencert", file, "G1", "kind=trade", "code_from=G1", "count=9", "unit=MWh", "cancelled_on=2026-01-01", "line=t", "route=zero-factor", *AS)
        self.assertEqual(self.rules(file), {("out-of-calibration", "M1")})
        self.assertIn("1 days, from 2025-03-01", self.lingtan("inventory", file, "--check", "--lang", "en", code=1).out)
        self.lingtan("calibration", file, "M1/2025-03-01", "until=2025-03-01", *AS)
        self.assertEqual(self.rules(file), set())

    def test_what_standards_make_of_it(self):
        file = self.dir / "n.lingtan"
        self.lingtan("new", file, "--park", "示例园区", "--standard", "ndrc-910-2025", "--year", "2025", *AS)
        heat = {"id": "h", "year": "2025", "kind": "emission", "scope": "2", "system": "energy", "source": "heat", "activity": "100", "unit": "GJ",
                "factor": "heat-purchased", "flow": "purchased", "carrier": "heat"}
        text = sheet("ndrc-910-2025//2025", [], [{"id": "power.total", "year": "2025", "value": "0.5", "unit": "MWh", "source": "统计年报"},
                                                 {"id": "heat.fossil_in", "year": "2025", "value": "100", "unit": "GJ"}], [heat], rung="self")
        self.lingtan("import", file, self.write("ledger.yaml", text), *AS)
        self.assertEqual(self.rules(file), {("below-first-band", "energy.total_tce")})
        self.lingtan("quantity", file, "heat.fossil_in", "99", "GJ", "--year", "2025", *AS)
        self.assertEqual(self.rules(file), {("below-first-band", "energy.total_tce"), ("entered-differs", "heat.fossil_in")})

    def test_an_assessment_that_cannot_be_scored_is_said_and_the_others_are_checked(self):
        file = self.dir / "n.lingtan"
        self.lingtan("new", file, "--park", "示例园区", "--standard", "ndrc-910-2025", "--year", "2025", *AS)
        self.lingtan("add", file, "--standard", "t-ipif-2023", "--type", "industrial", "--year", "2025", *AS)
        self.lingtan("quantity", file, "running_months", "6", "month", "--year", "2025", *AS)
        heat = {"id": "h", "year": "2025", "kind": "emission", "scope": "2", "system": "energy", "source": "heat", "activity": "120", "unit": "GJ",
                "factor": "heat-purchased", "flow": "purchased", "carrier": "heat", **{"m%02d" % (m + 1): "10" for m in range(12)}}
        power_used = {"id": "power.total", "year": "2025", "value": "0.5", "unit": "MWh", "source": "统计年报"}
        text = sheet("ndrc-910-2025//2025", [], [power_used], [heat], rung="self")
        self.lingtan("import", file, self.write("ledger.yaml", text), *AS)
        self.lingtan("set", file, "developer", "met", *AS)
        of_ipif = ("entered-differs", "running_months")
        self.assertEqual(self.rules(file), {("below-first-band", "energy.total_tce"), of_ipif})
        # points for an item that has none, which no command takes, in an entry that holds
        last = projects.head(file)
        body = projects.bodies(file)[last][1]
        (verdict,) = [c for c in body["changes"] if c[0] == "answer"]
        verdict[4][:2] = ["points", "7"]
        text = projects.canonical(body)
        projects.change(file, "UPDATE answer SET verdict_result = 'points', verdict_value = '7'")
        projects.change(file, "UPDATE entry SET hash = ?, body = ? WHERE hash = ?", projects.digest(b"lingtan entry 1\n" + text.encode()), text, last)
        self.assertEqual(self.rules(file, "--rung", "self"), {of_ipif})
        self.assertIn("ndrc-910-2025//2025 cannot be scored and is not held against the ledger", self.lingtan("inventory", file, "--check", "--rung", "self", "--lang", "en", code=1).err)

    def test_months_of_running_come_from_the_ledger_unless_more_was_entered(self):
        months = {"m%02d" % (m + 1): "10" for m in range(12)}
        file = self.project([power("a", "120", **months)])
        self.assertEqual(self.rules(file), set())
        self.lingtan("quantity", file, "running_months", "24", "month", "--year", "2025", *AS)
        self.assertEqual(self.rules(file), set())
        self.lingtan("quantity", file, "running_months", "6", "month", "--year", "2025", *AS)
        self.assertEqual(self.rules(file), {("entered-differs", "running_months")})


class Parks(Case):
    def test_the_reported_figures_of_real_parks_and_the_sample(self):
        subprocess.run(["sh", str(TREE / "parks" / "build.sh"), str(harness.PROGRAM), str(self.dir), "fujian-offshore-wind", "jd-xian"], check=True,
                       timeout=60, stdout=subprocess.DEVNULL, env=environment(self.dir))
        found = {f["key"]: f["text"] for f in self.document("inventory", self.dir / "fujian-offshore-wind.lingtan", "--check", "--lang", "en")["findings"]
                 if f["rule"] == "implied-factor"}
        self.assertIn("5360 10^4kWh * 0.1229 (coal-power) = 6587 tce, 6590 was reported", found["mg-2"])
        self.assertIn("0.7090 kgCO2/kWh, which is no published factor", found["mg-3"])
        found = self.document("inventory", self.dir / "jd-xian.lingtan", "--check", "--lang", "en")["findings"]
        self.assertEqual([f["rule"] for f in found], ["factor-not-stated", "implied-factor"])
        self.assertIn("5670 tCO2 / 8500 MWh = 0.6671 kgCO2/kWh, which is no published factor", found[1]["text"])


if __name__ == "__main__":
    harness.main()
