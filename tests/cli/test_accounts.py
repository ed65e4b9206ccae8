"""Accounting by standard on the sample park: every subtotal of every standard, against accounting.py, to the last digit."""
import re
import shutil
import subprocess

import accounting
import harness
from accounting import ONE
from harness import TREE, Case, environment

PARK = TREE / "parks" / "sample"
LEDGERS = [PARK / "01-ledger.yaml", PARK / "02-ledger-verified.yaml"]


class Accounts(Case):
    def setUp(self):
        super().setUp()
        self.file = self.dir / "sample.lingtan"
        if not hasattr(Accounts, "built"):      # once for all; each test works on its own copy
            subprocess.run(["sh", str(TREE / "parks" / "build.sh"), str(harness.PROGRAM), str(self.dir), "sample"], check=True, timeout=60,
                           stdout=subprocess.DEVNULL, env=environment(self.dir))
            Accounts.built = self.file.read_bytes()
        self.file.write_bytes(Accounts.built)

    def figures(self, *args):
        found = self.document("inventory", self.file, "--standards", *args)
        return found, {s["standard"]: {**{f["id"]: f["value"] for f in s["figures"] if f["state"] != "none"}, **s["nodes"]} for s in found["standards"]}

    def test_every_subtotal_of_every_standard(self):
        for rung, ledgers in (("evaluator", LEDGERS), ("self", LEDGERS[:1])):
            found, ours = self.figures("--rung", rung)
            for standard, figures in accounting.accounts(ledgers).items():
                for key, value in figures.items():
                    if (rung, key) == ("self", "energy.per_value_added"):   # the park itself did not say its value added
                        value = None
                    self.assertEqual(ours[standard].get(key), value, "%s %s on rung %s" % (standard, key, rung))
            # and nothing is computed that the script does not know
            script = accounting.accounts(ledgers)
            for s in found["standards"]:
                computed = {f["id"] for f in s["figures"] if f["state"] == "value"}
                self.assertLessEqual(computed, set(script[s["standard"]]), s["standard"])

    def test_what_stands_for_many_is_called_by_what_it_stands_for(self):
        told = self.lingtan("inventory", self.file, "--standards").out
        for scope in "123":
            self.assertIn("  范围 %s 碳中和比例 " % scope, told)
        # a star is a wild card of the ruleset, and no word
        cers, seesa = "t-cers-2025/operation/2025", "t-seesa-2024/operation/2025"
        self.assertIn("范围 1、2、3 碳中和比例", self.lingtan("score", self.file, "--assessment", cers).out)
        self.assertIn("综合得分达 3、4、5 星", self.lingtan("score", self.file, "--assessment", seesa).out)
        self.assertIn("Composite reaches 3, 4, 5 stars", self.lingtan("score", self.file, "--assessment", seesa, "--lang", "en").out)
        self.assertIn("各章得分", self.lingtan("score", self.file, "--assessment", "t-csus-66-2023/operation/2025").out)

    def test_differences_are_explained_line_by_line(self):
        found, _ = self.figures("--rung", "evaluator")
        emission = {s["standard"]: accounting.number(s["emission"]) for s in found["standards"]}
        lines = {l["id"]: l for l in found["lines"]}
        for s in emission:      # what the lines come to is what the standard's plan says
            self.assertEqual(sum(accounting.number(l[s]["tonnes"]) for l in lines.values()), emission[s])
            plan = next(x for x in found["standards"] if x["standard"] == s)
            said = plan["nodes"].get("emission") or next(f["value"] for f in plan["figures"] if f["id"] == "emission")
            self.assertEqual(accounting.number(said), emission[s])
        for d in found["differences"]:
            told = sum(accounting.number(r["tonnes"]) for r in d["reasons"])
            self.assertEqual(told, emission[d["to"]] - emission[d["from"]])
            for reason in d["reasons"]:
                self.assertEqual(accounting.number(reason["tonnes"]), sum(accounting.number(lines[i][d["to"]]["tonnes"]) -
                                                                          accounting.number(lines[i][d["from"]]["tonnes"]) for i in reason["lines"]))
        self.assertTrue(self.lingtan("inventory", self.file, "--standards", "--lang", "en").out)

    def ledger_of_910(self):
        """One line for each rule; what each is worth stands in test_every_rule_of_910."""
        def line(id, amount, unit, **more):
            return {"id": id, "year": "2025", "kind": "emission", "scope": "1", "system": "energy", "source": id, "activity": amount, "unit": unit, **more}
        power = {"carrier": "power", "unit": "MWh", "scope": "2"}
        heat = {"carrier": "heat", "unit": "GJ", "scope": "2"}
        zero = {"factor_value": "0", "factor_unit": "tCO2/MWh", "note": "零"}
        own = {"factor_value": "0.093", "factor_unit": "tCO2/GJ", "note": "热力供应方实测"}
        return [
            line("gas", "10", "10^4Nm3", factor="natural-gas", purpose="fuel"), line("raw", "7", "10^4Nm3", factor="natural-gas", purpose="feedstock"),
            line("ship", "5", "t", factor="diesel", purpose="bunker"), line("truck", "9", "t", factor="diesel", purpose="fuel") | {"scope": "3"},
            line("coke-in", "100", "t", factor="bituminous", purpose="conversion-in"), line("coke-out", "60", "t", factor="coke", purpose="conversion-out"),
            line("steel", "20", "t", factor_value="1.6", factor_unit="tCO2/t", note="粗钢", purpose="process"),
            line("grid", "1000", flow="purchased", factor="grid-2023-national", **power), line("wind", "400", flow="direct", **zero, **power),
            line("gec", "50", flow="certificate", **zero, **power), line("trade", "60", flow="trade", **zero, **power),
            line("pv", "300", flow="generated", attributes="kept", **zero, **power), line("pv-sold", "30", flow="generated", attributes="sold", factor="grid-2023-national", **power),
            line("chp", "80", flow="generated", factor="grid-2023-national", **power), line("out", "10", flow="sold", factor="grid-2023-national", **power),
            line("pv-out", "5", flow="sold", **zero, **power),
            line("steam", "500", flow="purchased", factor="heat-purchased", **heat), line("steam-measured", "200", flow="purchased", **own, **heat),
            line("steam-direct", "70", flow="direct", **own, **heat), line("steam-out", "20", flow="sold", **own, **heat),
            line("steam-fossil-out", "40", flow="sold", factor="heat-purchased", **heat), line("geothermal", "90", flow="purchased", factor="heat-nonfossil", **heat),
            line("own-heat", "33", flow="generated", factor="heat-purchased", **heat)]

    def test_every_rule_of_910(self):
        file = self.dir / "910.lingtan"
        self.lingtan("new", file, "--park", "示例园区", "--standard", "ndrc-910-2025", "--year", "2025", "--as", "示例·周工:park")
        self.take_profile(file, "2024")
        text = harness.sheet("ndrc-910-2025//2025", [], [], self.ledger_of_910(), rung="self")
        self.lingtan("import", file, self.write("ledger.yaml", text), "--as", "示例·周工:park")
        ours = {f["id"]: f["value"] for f in self.document("inventory", file, "--standards")["standards"][0]["figures"]}
        n, t, p = accounting.number, accounting.times, accounting.product
        oxidised = lambda amount, lhv, carbon: t(n(amount), accounting.divided(n(lhv) * n(carbon) * 44, 12000 * ONE))
        expected = {"emission.fuel": t(n("10"), n("21.6219")) + t(n("5"), n("3.0959")), "emission.bunker": t(n("5"), n("3.0959")),
                    "emission.conversion": oxidised("100", "19.570", "26.1") - oxidised("60", *self.coke()), "emission.process": n("32"),
                    "emission.feedstock": t(n("7"), n("21.6219")),
                    "power.other_in": n("1030"), "power.other_out": n("10"), "heat.fossil_in": n("500"), "heat.fossil_out": n("40"),
                    "emission.heat_measured": n("18.6") + n("6.51") - n("1.86"),
                    "power.total": n("1905"), "power.direct_green": n("700")}
        for key, value in expected.items():
            self.assertEqual(ours[key], accounting.text(value), key)
        # hard coal has no coefficient of standard coal here: the sum stays open and says so
        self.assertIsNone(ours.get("energy.total_tce"))
        self.lingtan("line", "set", file, "coke-in", "factor=coke", "--as", "示例·周工:park")
        self.lingtan("line", "set", file, "coke-out", "amount=40", "--as", "示例·周工:park")
        found = self.document("inventory", file, "--standards")["standards"][0]
        ours = {f["id"]: f["value"] for f in found["figures"]}
        coal = t(n("1000") + n("400") + n("50") + n("60") + n("300") + n("30") - n("10") - n("5"), n("0.3")) \
            + p(n("500") + n("200") + n("70") + n("90") - n("20") - n("40"), "GJ", n("0.03412"), "kgce/MJ", "tce") + p(n("10"), "10^4Nm3", n("1.33"), "kgce/Nm3", "tce") \
            + t(n("5"), n("1.4571")) + t(n("60"), n("0.9714"))
        self.assertEqual(ours["energy.total_tce"], accounting.text(coal))
        heat = t(n("460"), n("0.11")) + n("23.25")
        self.assertEqual(found["nodes"]["heat"], accounting.text(heat))
        self.assertEqual(found["nodes"]["power"], accounting.text(t(n("1020"), n("0.8325"))))
        self.assertEqual(found["nodes"]["direct_share"], accounting.text(t(accounting.over(n("700"), n("1905")), n("100"))))
        rules = {(f["rule"], f["key"]) for f in self.document("inventory", file, "--check", code=(0, 1))["findings"]}
        self.assertIn(("coefficient-year", "coal.power_year"), rules)
        # the sample's coefficient is of the ledger's year
        rules = {f["rule"] for f in self.document("inventory", self.file, "--check", code=(0, 1))["findings"]}
        self.assertFalse({"coefficient-year", "coefficient-no-year"} & rules)

    def test_a_flow_of_neither_power_nor_heat_does_not_fall_out_of_910(self):
        file = self.dir / "flow.lingtan"
        park = ("--as", "示例·周工:park")
        self.lingtan("new", file, "--park", "示例园区", "--standard", "ndrc-910-2025", "--year", "2025", *park)
        for source, more in (("已写", ["carrier=power"]), ("未写", [])):
            self.lingtan("line", "add", file, "year=2025", "source=" + source, "scope=2", "flow=purchased", "amount=10", "unit=MWh", "factor=grid-2023-national", *more, *park)
        (found,) = self.document("inventory", file, "--standards")["standards"]
        self.assertIsNone(found["emission"])
        self.assertEqual([f["why"] for f in found["figures"] if f["id"] == "emission.fuel"], ["未写：未写用途，有流向而未写是电还是热：无从归类"])
        self.lingtan("line", "set", file, "未写", "carrier=power", *park)
        (found,) = self.document("inventory", file, "--standards")["standards"]
        self.assertEqual(found["emission"], accounting.text(accounting.times(accounting.number("20"), accounting.number("0.8325"))))

    def take_profile(self, file, year):
        text = (PARK / "profiles" / "ndrc-910-2025.yaml").read_text(encoding="utf-8")
        self.assertIn('coal.power_year, value: "2025"', text)
        path = self.write("profile.yaml", text.replace('coal.power_year, value: "2025"', 'coal.power_year, value: "%s"' % year))
        self.lingtan("profile", "import", file, path, "--as", "示例·李工:evaluator")
        self.lingtan("profile", "pin", file, "sample-ndrc-910-2025", "--assessment", "ndrc-910-2025//2025", "--as", "示例·李工:evaluator")

    @staticmethod
    def coke():
        text = (TREE / "rulesets" / "factors" / "fuels.yaml").read_text(encoding="utf-8")
        line = next(l for l in text.splitlines() if l.startswith("- {id: coke,"))
        return [line.split(k + ': "')[1].split('"')[0] for k in ("lhv", "cc")]

    def test_a_mean_of_years_stands_in_its_row_and_is_told_from_the_year(self):
        file = self.dir / "mean.lingtan"
        park = ("--as", "示例·周工:park")
        self.lingtan("new", file, "--park", "示例园区", "--standard", "t-ipif-2023", "--type", "industrial", "--year", "2025", *park)
        self.lingtan("add", file, "--standard", "t-cers-2025", "--stage", "operation", "--year", "2025")
        amounts = {"2023": "700", "2024": "800", "2025": "1000"}
        lines = [{"id": "grid-" + y, "year": y, "kind": "emission", "scope": "2", "system": "energy", "source": "网电", "activity": a, "unit": "MWh",
                  "carrier": "power", "flow": "purchased", "factor": "grid-2023-national"} for y, a in amounts.items()]
        lines.append({"id": "gas", "year": "2025", "kind": "emission", "scope": "1", "system": "energy", "source": "制冷剂", "activity": "10", "unit": "t", "gas": "HFC",
                      "factor_value": "2", "factor_unit": "tCO2e/t", "note": "测算"})
        self.lingtan("import", file, self.write("ledger.yaml", harness.sheet("t-ipif-2023//2025", [], [], lines, rung="self")), *park)

        def found():
            told = {s["standard"]: s for s in self.document("inventory", file, "--standards")["standards"]}
            return told["t-ipif-2023"]["emission"], told["t-ipif-2023"]["years"], told["t-cers-2025"]["emission"], told["t-cers-2025"]["years"]
        self.assertEqual(found(), ("530.6", 1, "550.6", 1))
        profile = "profile: mean\nruleset: t-ipif-2023\nresponsible: 示例机构\ntitle: {zh: 三年, en: Three years}\nparameters:\n- {id: basis_years, value: \"3\", cite: 第3页}\n"
        self.lingtan("profile", "import", file, self.write("mean.yaml", profile), "--as", "示例·李工:evaluator")
        self.lingtan("profile", "pin", file, "mean", "--assessment", "t-ipif-2023//2025", "--as", "示例·李工:evaluator")
        mean = accounting.over(sum(accounting.times(accounting.number(a), accounting.number("0.5306")) for a in amounts.values()), 3 * ONE)
        self.assertEqual(found(), (accounting.text(mean), 3, "550.6", 1))
        document = self.document("inventory", file, "--standards")
        # lines tell what they come to in the year itself, and what the mean is more or less than that stands beside them
        lines = {l["id"]: (l["t-ipif-2023"]["fate"], l["t-ipif-2023"]["tonnes"]) for l in document["lines"]}
        self.assertEqual(lines, {"grid-2025": ("counted", "530.6"), "gas": ("left_out", "0")})
        (difference,) = document["differences"]
        self.assertEqual([(r["tonnes"], r["lines"]) for r in difference["reasons"]], [("-20", ["gas"]), (accounting.text(mean - accounting.number("530.6")), [])])
        told = self.lingtan("inventory", file, "--standards").out
        self.assertRegex(told, r"排放（近 3 年平均） +%s tCO2\n" % re.escape(accounting.text(mean)))
        self.assertIn("%s  取多年平均，不只当年\n" % accounting.text(mean - accounting.number("530.6")), told)
        # a year without a figure leaves it open, and nothing is told as its difference
        self.lingtan("line", "set", file, "grid-2023", "amount=", *park)
        self.assertIsNone(found()[0])
        self.assertRegex(self.lingtan("inventory", file, "--standards").out, "排放（近 3 年平均） +未能算出\n")
        self.assertNotIn("取多年平均", self.lingtan("inventory", file, "--standards").out)

    def test_an_emission_of_the_year_before_is_no_mean(self):
        folder = self.dir / "sets" / "t-ipif-2023"
        shutil.copytree(TREE / "rulesets" / "t-ipif-2023", folder)
        text = (folder / "ruleset.yaml").read_text(encoding="utf-8")
        (folder / "ruleset.yaml").write_text(text.replace('ledger: {years: $basis_years, origin: sourced, cite: "S001:55, 163"', 'ledger: {back: "1", origin: sourced, cite: "S001:55, 163"', 1), encoding="utf-8")
        sets = ("--rulesets", folder.parent)
        file, park = self.dir / "back.lingtan", ("--as", "示例·周工:park", *sets)
        self.lingtan("new", file, "--park", "示例园区", "--standard", "t-ipif-2023", "--type", "industrial", "--year", "2025", *park)
        self.lingtan("add", file, "--standard", "t-cers-2025", "--stage", "operation", "--year", "2025", *sets)
        for year, amount in (("2024", "800"), ("2025", "1000")):
            self.lingtan("line", "add", file, "year=" + year, "source=网电", "scope=2", "amount=" + amount, "unit=MWh", "carrier=power", "flow=purchased",
                         "factor=grid-2023-national", *park)
        told = self.lingtan("inventory", file, "--standards", "--rung", "self", *sets).out
        self.assertIn("    +424.48  取别的年份的数\n", told)
        self.assertNotIn("平均，", told)

    def test_a_figure_that_was_entered_and_differs_is_told(self):
        run = self.lingtan("quantity", self.file, "emission.fuel", "23000", "tCO2", "--year", "2025", "--as", "示例·李工:evaluator")
        run = self.lingtan("score", self.file, "--assessment", "ndrc-910-2025//2025", "--rung", "evaluator", "--lang", "en", code=(0, 1))
        self.assertIn("emission.fuel: 23000 was entered, the ledger gives 23648.8584", run.err)
        self.assertIn("85193.8584", run.out)


if __name__ == "__main__":
    harness.main()
