"""Where numbers come from, the way to the next grade, amounts and profiles: the words that read an answer sheet (continued from test_words.py)."""
import decimal

import harness
import test_words
from harness import SAMPLES, line_of, outcome, sheet

D = decimal.Decimal


def walk(node):
    yield node
    for child in node.get("inputs") or []:
        yield from walk(child)


class Explain(test_words.Words):
    def test_the_total_without_a_node(self):
        tree = self.document("explain", SAMPLES / "t-csus-66-2023.yaml")
        self.assertEqual(tree["id"], "total")
        self.assertEqual(tree["low"], "89.65")
        ids = {n["id"] for n in walk(tree)}
        for name in ("base", "body", "extra", "section.4", "4.2.1", "4.1.1", "12-1", "base_points"):
            self.assertIn(name, ids)
        for n in walk(tree):
            for key in ("id", "kind", "title", "state", "low", "high"):
                self.assertIn(key, n)
            if n["kind"] == "node":
                for key in ("op", "clause", "cite", "origin", "inputs"):
                    self.assertIn(key, n)

    def test_weights(self):
        tree = self.document("explain", SAMPLES / "t-csus-66-2023.yaml", "body")
        self.assertEqual([i["id"] for i in tree["inputs"]], ["section.%d" % n for n in range(4, 12)])
        self.assertEqual([D(w) for w in tree["weights"]], [D(w) for w in ("0.15", "0.15", "0.05", "0.20", "0.10", "0.10", "0.20", "0.05")])
        self.assertEqual(D(tree["low"]), sum(D(w) * D(i["low"]) for w, i in zip(tree["weights"], tree["inputs"])))

    def test_an_item_shows_clause_cite_remark_and_evidence(self):
        path = SAMPLES / "t-csus-66-2023.yaml"
        node = self.document("explain", path, "4.2.1")
        self.assertEqual((node["clause"], node["cite"], node["remark"]), ("4.2.1", "S004:875", "工业用地增加值 36.9 亿元/km2"))
        self.assertEqual((node["evidence"], node["locator"]), ("能源统计报表2023-2025.xlsx", "表3"))
        for name in ("section.4", "total"):
            text = self.lingtan("explain", path, name).out
            for word in ("4.2.1", "S004:875", "工业用地增加值 36.9 亿元/km2", "能源统计报表2023-2025.xlsx", "表3", "示例"):
                self.assertIn(word, text)

    def test_why_not_applicable(self):
        path = self.write("s.yaml", sheet("t-csus-66-2023/operation/2025", [{"item": "4.1.3", "na": "other", "reason": "园区没有锅炉"}], park_type="production"))
        self.assertIn("园区没有锅炉", self.lingtan("explain", path, "controls").out)
        self.assertEqual(self.document("explain", path, "4.1.3")["state"], "na")

    def test_why_a_quantity_is_not_applicable(self):
        path = SAMPLES / "ndrc-910-2025.yaml"
        self.assertIn("清洁能源口径未见定义", self.lingtan("explain", path, "energy.clean_share").out)
        self.assertIn("清洁能源口径未见定义", self.lingtan("explain", path, "energy.clean_share", "--json").out)

    def test_why_there_is_no_value(self):
        path = self.write("s.yaml", self.ndrc("199999"))
        self.assertIn("没有规定限值", self.lingtan("explain", path, "core").out)
        self.assertEqual(self.document("explain", path, "core")["state"], "none")

    def test_a_value_as_it_was_typed(self):
        path = SAMPLES / "ndrc-910-2025.yaml"
        text = self.lingtan("explain", path, "power.net").out
        self.assertIn("66000", text)
        self.assertIn("6600 10^4kWh", text)
        self.assertIn("电费结算单2025.pdf", text)
        self.assertIn("10^4kWh", self.lingtan("explain", path, "power.net", "--json").out)

    def test_rounding_is_part_of_the_trace(self):
        path = SAMPLES / "t-seesa-2024.yaml"
        node = self.document("explain", path, "composite")
        self.assertEqual((node["low"], node["high"]), ("58.5", "85.2"))
        self.assertEqual((node["before"]["low"], node["before"]["high"]), ("58.509678730158", "85.179678730158"))
        self.assertIn("half_even", self.last.out)

    def test_the_lines_of_the_inventory_are_reached(self):
        run = self.lingtan("explain", SAMPLES / "t-csus-66-2023.yaml", "emission")
        for word in ("68336.4084", "锅炉天然气", "grid-2023-national", "0.5306"):
            self.assertIn(word, run.out)

    def test_needs(self):
        path = self.write("s.yaml", self.csus())
        node = [n for n in walk(self.document("explain", path, "judged")) if n["id"] == "innovation_counts"][0]
        self.assertIs(node["unset"], True)
        self.assertEqual((node["low"], node["high"]), ("0", "1"))

    def test_steps_and_compare(self):
        path = self.write("s.yaml", self.ndrc("999999"))
        text = self.lingtan("explain", path, "target").out
        for word in ("200000", "1000000", "0.2", "0.3", "N2"):
            self.assertIn(word, text)


class Gap(test_words.Words):
    def apply(self, text, steps, name):
        """The sheet with the steps taken."""
        forms = {i["id"]: i["form"] for i in self.standard(name)["items"]}
        lines = text.splitlines()
        done = {s["item"] for s in steps}
        lines = [x for x in lines if not any('item: "%s"' % i in x for i in done)]
        at = [i for i, x in enumerate(lines) if x.startswith("answers:")][0]
        lines[at] = "answers:"
        for s in steps:
            form = forms[s["item"]]
            self.assertIn(form, ("met", "points", "judgement"), s)
            if form == "points":
                new = '- {item: "%s", points: "%s"}' % (s["item"], s["to"])
            else:
                new = '- {item: "%s", result: "%s"}' % (s["item"], "yes" if form == "judgement" else "met")
            lines.insert(at + 1, new)
        return "\n".join(lines) + "\n"

    def reach(self, text, name, grade):
        path = self.write("g.yaml", text)
        g = self.document("gap", path, "--grade", grade)
        self.assertEqual(g["grade"], grade)
        steps = g["steps"]
        for s in steps:
            for key in ("item", "title", "reason", "from", "to", "gain"):
                self.assertIn(key, s)
        kinds = {i["id"]: i["kind"] for i in self.standard(name)["items"]}
        vetoes = [i for i, s in enumerate(steps) if kinds[s["item"]] == "control"]
        self.assertEqual(vetoes, list(range(len(vetoes))), "vetoes first: %s" % steps)
        gains = [D(s["gain"]) for s in steps if s["reason"] == "gain"]
        self.assertEqual(gains, sorted(gains, reverse=True))
        self.assertEqual(len({s["item"] for s in steps}), len(steps))
        text2 = self.lingtan("gap", path, "--grade", grade).out
        for s in steps:
            self.assertIn(s["item"], text2)
        if g["reached"]:
            after = self.score_text(self.apply(text, steps, name))
            self.assertIn(after["grade"]["id"] or after["grade"]["low"], self.at_least(name, grade), after["grade"])
            if steps:
                less = self.score_text(self.apply(text, steps[:-1], name))
                self.assertNotIn(less["grade"]["id"] or less["grade"]["low"], self.at_least(name, grade))
        return g

    def at_least(self, name, grade):
        order = {"t-csus-66-2023": ["low-carbon", "zero-carbon"], "ndrc-910-2025": ["core-met", "all-met"]}[name]
        return order[order.index(grade):]

    def test_csus_from_nothing(self):
        text = sheet("t-csus-66-2023/operation/2025", [{"item": "4.1.1", "result": "not-met"}], park_type="production")
        g = self.reach(text, "t-csus-66-2023", "low-carbon")
        self.assertIs(g["reached"], True)
        self.assertEqual(sum(1 for s in g["steps"] if s["reason"] == "veto"), 14)
        # 20 + 3 x 4 (chapter 5) + 2.8 x 2 + 2.6 x 4 (chapter 7) + 2 x 6 (chapter 10) = 60
        self.assertEqual(len(g["steps"]), 14 + 4 + 6 + 6)
        self.assertEqual([s["from"] for s in g["steps"][:2]], ["0", None])

    def test_csus_vetoes_then_nothing_else(self):
        text = self.csus(**{"8.1.1": "not-met", "10.1.2": "not-met"})
        g = self.reach(text, "t-csus-66-2023", "low-carbon")
        self.assertEqual(sorted(s["item"] for s in g["steps"]), ["10.1.2", "8.1.1"])

    def test_csus_zero_carbon_with_the_judgement(self):
        text = self.csus(points="5", judged="no", **{"8.1.1": "not-met"})
        g = self.reach(text, "t-csus-66-2023", "zero-carbon")
        self.assertIs(g["reached"], True)
        self.assertIn("j.maximised", [s["item"] for s in g["steps"]])

    def test_csus_offices(self):
        text = sheet("t-csus-66-2023/planning/2025", [], park_type="office")
        g = self.reach(text, "t-csus-66-2023", "low-carbon")
        self.assertIs(g["reached"], True)
        self.assertFalse([s for s in g["steps"] if s["item"].startswith("5.")])

    def test_what_no_item_can_close_is_said(self):
        g = self.reach(self.ndrc("200000", fuel="50000"), "ndrc-910-2025", "core-met")
        self.assertIs(g["reached"], False)
        core = [c for c in g["conditions"] if c["node"] == "core"][0]
        self.assertEqual((core["holds"], core["amount"], core["limit"], core["short_by"]), (False, "0.25", "0.2", "0.05"))
        g = self.reach(self.csus(emission="101"), "t-csus-66-2023", "zero-carbon")
        self.assertIs(g["reached"], False)
        self.assertIn("1", [c["short_by"] for c in g["conditions"] if c["node"] == "zero"])

    def test_next_grade_by_itself_and_at_the_top(self):
        g = self.document("gap", self.write("g.yaml", self.csus(judged="no")))
        self.assertEqual(g["grade"], "zero-carbon")
        g = self.document("gap", self.write("g.yaml", self.csus()))
        self.assertEqual((g["reached"], g["steps"]), (True, []))

    def test_no_threshold(self):
        g = self.document("gap", self.write("g.yaml", self.ndrc("199999")))
        self.assertIs(g["reached"], False)
        self.assertEqual(g["steps"], [])
        core = [c for c in g["conditions"] if c["node"] == "core"][0]
        self.assertIsNone(core["limit"])
        self.assertIsNone(core["short_by"])
        self.assertIn("没有规定限值", self.lingtan("gap", self.dir / "g.yaml").out)


class Amounts(test_words.Words):
    def balance(self, quantities=(), inventory=(), code=0):
        return self.score_text(sheet("t-csus-66-2023/operation/2025", [], quantities, inventory, park_type="production"), code=code)["balance"]

    def line(self, **more):
        row = {"year": "2025", "kind": "emission", "scope": "2", "system": "energy", "source": "grid_power", "activity": "12000000", "unit": "kWh",
               "factor": "grid-2023-national"}
        row.update(more)
        return {k: v for k, v in row.items() if v is not None}

    def test_units_are_converted(self):
        for value, unit, tonnes in (("5", "kgCO2", "0.005"), ("5", "gCO2", "0.000005"), ("1.5", "10^4tCO2", "15000"), ("1.5", "万tCO2", "15000"), ("2", "tCO₂", "2"),
                                    ("1", None, "1")):
            row = {"id": "emission", "value": value, "unit": unit}
            b = self.balance([{k: v for k, v in row.items() if v is not None}])
            self.assertEqual(b["emission"], tonnes, unit)
            self.assertEqual(b["unit"], "tCO2")

    def test_energy_units(self):
        def power(value, unit):
            text = self.ndrc("250000").replace('{id: "power.other_in", value: "0", unit: "MWh"}', '{id: "power.other_in", value: "%s", unit: "%s"}' % (value, unit))
            return outcome(self.score_text(text), "emission")["value"]
        self.assertEqual(power("30000", "MWh"), "25975")
        for value, unit in (("30000000", "kWh"), ("3000", "10^4kWh"), ("3000", "万kWh"), ("30", "GWh"), ("108000", "GJ"), ("108000000", "MJ"), ("30000000", "度")):
            self.assertEqual(power(value, unit), "25975", unit)

    def test_a_share_as_a_ratio(self):
        text = (SAMPLES / "ndrc-910-2025.yaml").read_text("utf-8").replace('value: "93.6", unit: "%"', 'value: "0.8", unit: "1"')
        r = self.score_text(text)
        self.assertEqual([o["value"] for o in r["outcomes"] if "solid" in o["id"]], ["1"])
        r = self.score_text(text.replace('"0.8"', '"0.799999999999"'))
        self.assertEqual([o["value"] for o in r["outcomes"] if "solid" in o["id"]], ["0"])

    def test_wrong_units_are_refused(self):
        for unit in ("kWh", "t", "tCO2e", "zork", "tco2", "tCO2/a", "%"):
            with self.subTest(unit=unit):
                text = sheet("t-csus-66-2023/operation/2025", [], [{"id": "emission", "value": "1", "unit": unit}], park_type="production")
                run = self.lingtan("score", self.write("s.yaml", text), code=4)
                self.assertIn("s.yaml:6:", run.err)
                self.assertIn("emission", run.err)

    def test_another_year_is_ignored(self):
        self.assertIsNone(self.balance([{"id": "emission", "year": "2024", "value": "1", "unit": "tCO2"}])["emission"])
        b = self.balance([{"id": "emission", "year": "2024", "value": "1", "unit": "tCO2"}, {"id": "emission", "year": "2025", "value": "2", "unit": "tCO2"}])
        self.assertEqual(b["emission"], "2")
        b = self.balance(inventory=[self.line(), self.line(year="2024", activity="1")])
        self.assertEqual(b["emission"], "6367.2")

    def test_lines_add_up(self):
        self.assertEqual(self.balance(inventory=[self.line()])["emission"], "6367.2")
        for activity, unit in (("12000", "MWh"), ("1200", "10^4kWh"), ("12", "GWh"), ("43200", "GJ")):
            self.assertEqual(self.balance(inventory=[self.line(activity=activity, unit=unit)])["emission"], "6367.2", unit)
        b = self.balance(inventory=[self.line(), self.line(activity="1", unit="MWh"),
                                    self.line(kind="absorption", activity="96", unit="ha", factor=None, factor_value="2.5", factor_unit="tCO2/ha", note="n"),
                                    self.line(kind="offset", activity="7", unit="t", factor=None, factor_value="1", factor_unit="tCO2/t", note="n")])
        self.assertEqual((b["emission"], b["absorption"], b["offset"], b["net"]), ("6367.7306", "240", "7", "6120.7306"))

    def test_the_order_of_lines_changes_nothing(self):
        rows = [self.line(activity=str(n) + ".123456789", unit=u) for n, u in ((1, "kWh"), (7, "MWh"), (3, "GJ"), (11, "10^4kWh"))]
        self.assertEqual(self.balance(inventory=rows), self.balance(inventory=rows[::-1]))

    def test_a_year_is_numbers_or_text(self):
        text = sheet("t-csus-66-2023/operation/2025", [], [{"id": "emission", "year": "2025", "value": "2", "unit": "tCO2"}], park_type="production")
        self.assertEqual(self.score_text(text.replace('year: "2025"', "year: 2025"))["balance"]["emission"], "2")

    def test_lines_that_are_refused(self):
        for row, word in ((self.line(unit="t"), "kgCO2/kWh"), (self.line(factor="nothing"), "nothing"), (self.line(kind="emmission"), "emmission"),
                          (self.line(factor=None), "factor"), (self.line(factor="ch4-industrial-waste-water", unit="t"), "tCH4"), (self.line(unit="zork"), "zork"),
                          (self.line(scope="9"), "9"), (self.line(factor_value="1", factor_unit="tCO2/kWh", note="n"), "factor"), (self.line(year="20x5"), "20x5"),
                          (self.line(activity="1,5"), "1,5"), (self.line(activity="-12"), "-12")):
            with self.subTest(row=row):
                text = sheet("t-csus-66-2023/operation/2025", [], [], [row], park_type="production")
                run = self.lingtan("score", self.write("s.yaml", text), code=(3, 4))
                self.assertIn("s.yaml:6:", run.err)
                self.assertIn(word, run.err)

    def test_an_amount_typed_beside_the_ledger_is_held_against_it(self):
        summed = self.balance(inventory=[self.line()])["emission"]
        for value, differs in (("1", True), (summed, False)):
            text = sheet("t-csus-66-2023/operation/2025", [], [{"id": "emission", "value": value, "unit": "tCO2"}], [self.line()], park_type="production")
            result = self.score(self.write("s.yaml", text))
            self.assertEqual(result["balance"]["emission"], summed)
            self.assertEqual("s.yaml:6:" in self.last.err, differs, self.last.err)
            self.assertEqual(summed in self.last.err, differs)

    def test_too_big_is_an_error_and_not_a_wrong_number(self):
        text = sheet("t-csus-66-2023/operation/2025", [], [], [self.line(activity="99999999999999999999999999", unit="GWh")], park_type="production")
        self.lingtan("score", self.write("s.yaml", text), code=(3, 4))

    def test_thirteen_places_are_refused(self):
        text = sheet("t-csus-66-2023/operation/2025", [], [{"id": "emission", "value": "1.0000000000001", "unit": "tCO2"}], park_type="production")
        run = self.lingtan("score", self.write("s.yaml", text), code=(3, 4))
        self.assertIn("s.yaml:6:", run.err)


class Profile(test_words.Words):
    HEAD = 'profile: our-values\nruleset: t-csus-66-2023\nresponsible: 示例机构\ntitle: {zh: 我方数值, en: Our values}\n'

    def profile(self, parameters=(), points=(), head=HEAD):
        return self.write("profile.yaml", head + "\n".join(harness.lines_of("parameters", parameters) + harness.lines_of("points", points)) + "\n")

    def all_points(self, name="t-csus-66-2023"):
        return [{"item": i["id"], "value": i["points"]["value"], "cite": "标准第 9 页"} for i in self.standard(name)["items"] if i["points"]["value"] is not None]

    def test_parameters_are_replaced(self):
        p = self.profile([{"id": "innovation_counts", "value": "0", "cite": "第 4 页"}])
        self.assertEqual(self.document("check", p)["errors"], 0)
        r = self.score_text(self.csus(), "--profile", p)
        self.assertEqual(r["profile"], "our-values")
        judged = outcome(r, "judged")
        self.assertEqual((judged["value"], judged["needs"]), ("100", []))
        p = self.profile([{"id": "pass_mark", "value": "120.5", "cite": "第 4 页"}])
        r = self.score_text(self.csus(), "--profile", p)
        self.assertEqual(outcome(r, "pass")["value"], "0")
        self.assertEqual(r["grade"]["otherwise"], "not-reached")

    def test_all_points_of_our_own_remove_the_reason_for_a_specimen(self):
        before = self.score_text(self.csus())
        self.assertEqual(before["specimen_because"], ["illustrative: $points"])
        self.assertEqual(before["origin"], "illustrative")
        p = self.profile(points=self.all_points())
        r = self.score_text(self.csus(), "--profile", p)
        self.assertEqual(r["specimen_because"], [])
        self.assertNotEqual(r["origin"], "illustrative")
        self.assertEqual(r["total"]["value"], "120")
        self.assertNotIn("样张", self.lingtan("score", self.dir / "sheet.yaml", "--profile", p).out)

    def test_one_illustrative_number_left_keeps_it(self):
        p = self.profile(points=self.all_points()[:-1])
        r = self.score_text(self.csus(), "--profile", p)
        self.assertEqual(r["specimen_because"], ["illustrative: $points"])

    def test_points_are_replaced_and_bound_the_answers(self):
        points = self.all_points()
        for row in points:
            if row["item"] in ("4.2.1", "4.2.2"):
                row["value"] = {"4.2.1": "4.5", "4.2.2": "15.5"}[row["item"]]
        p = self.profile(points=points)
        node = self.document("explain", self.write("s.yaml", sheet("t-csus-66-2023/operation/2025", [{"item": "4.2.2", "points": "15.5"}], park_type="production")), "4.2.2",
                             "--profile", p)
        self.assertEqual((node["points"], node["origin"], node["low"]), ("15.5", "user", "15.5"))
        text = sheet("t-csus-66-2023/operation/2025", [{"item": "4.2.1", "points": "4.6"}], park_type="production")
        run = self.lingtan("score", self.write("s.yaml", text), "--profile", p, code=4)
        self.assertIn("s.yaml:5:", run.err)

    def test_points_that_no_longer_sum_to_the_maximum_are_found(self):
        p = self.profile(points=[{"item": "4.2.1", "value": "20", "cite": "第 9 页"}])
        run = self.lingtan("check", p, "--lang", "en", code=1)
        self.assertIn("90", run.both)
        self.assertIn("80", run.both)

    WRONG = (([{"id": "nothing", "value": "1", "cite": "x"}], [], '"nothing"'),
             ([{"id": "innovation_counts", "value": "2", "cite": "x"}], [], '"2"'),
             ([], [{"item": "99.9", "value": "1", "cite": "x"}], '"99.9"'),
             ([], [{"item": "4.1.1", "value": "1", "cite": "x"}], '"4.1.1"'),
             ([{"id": "pass_mark", "value": "60"}], [], '"60"'),
             ([], [{"item": "4.2.1", "value": "-1", "cite": "x"}], '"-1"'),
             ([], [{"item": "4.2.1", "value": "1,5", "cite": "x"}], "1,5"),
             ([{"id": "pass_mark", "value": "60", "cite": "x"}, {"id": "pass_mark", "value": "61", "cite": "x"}], [], '"61"'),
             ([], [{"item": "4.2.1", "value": "8", "cite": "x"}, {"item": "4.2.1", "value": "10", "cite": "y"}], '"10"'))

    def test_what_a_profile_gets_wrong_is_found_by_check(self):
        for parameters, points, part in self.WRONG:
            with self.subTest(part=part):
                p = self.profile(parameters, points)
                line = line_of(p.read_text("utf-8"), part)
                self.assertRegex(self.lingtan("check", p, code=1).both, r"profile\.yaml:%d:[0-9]+: " % line)

    def test_what_a_profile_gets_wrong_is_refused_by_score(self):
        empty = self.write("s.yaml", sheet("t-csus-66-2023/operation/2025", park_type="production"))
        for parameters, points, part in self.WRONG:
            with self.subTest(part=part):
                p = self.profile(parameters, points)
                line = line_of(p.read_text("utf-8"), part)
                run = self.lingtan("score", empty, "--profile", p, code=(3, 4))
                self.assertRegex(run.err, r"profile\.yaml:%d:[0-9]+: " % line)

    def test_a_profile_of_another_ruleset(self):
        run = self.lingtan("score", self.write("s.yaml", self.ndrc("250000")), "--profile", self.profile(), code=4)
        self.assertIn("t-csus-66-2023", run.err)

    def test_a_profile_of_no_ruleset(self):
        p = self.profile(head=self.HEAD.replace("t-csus-66-2023", "nope"))
        self.assertIn("nope", self.lingtan("score", self.write("s.yaml", self.csus()), "--profile", p, code=4).err)
        self.assertIn("nope", self.lingtan("check", p, code=1).both)


if __name__ == "__main__":
    harness.main()
