"""The four rungs side by side: totals on each, where they differ and what that moves, taking over with the evidence seen, the
inventory as each rung has it."""
import decimal

import harness
import projects
from harness import CSUS, SAMPLES, sheet
from projects import A, APPROVER, EVALUATOR, OWNER, REVIEWER, YEAR, ProjectCase

LINE = {"id": "25-03", "year": YEAR, "kind": "emission", "scope": "1", "system": "transport", "source": "diesel_own_vehicles",
        "activity": "92.5", "unit": "t", "factor_value": "3.0959", "factor_unit": "tCO2/t", "note": "加油卡汇总"}


class RungCase(ProjectCase):
    def claimed(self):
        """A project that the park has filled in."""
        path = self.new()
        self.lingtan("import", path, SAMPLES / (CSUS + ".yaml"), "--rung", "self", "--as", OWNER)
        return path

    def differences(self, path, lower="self", upper="evaluator"):
        return self.document("differences", path, lower, upper)

    def low(self, path, rung, *args):
        return decimal.Decimal(self.score(path, "--rung", rung, *args)["total"]["low"])


class Totals(RungCase):
    def test_each_rung_has_its_own(self):
        path = self.claimed()
        for n, (who, rung) in enumerate(((EVALUATOR, "evaluator"), (REVIEWER, "reviewer"), (APPROVER, "awarded"))):
            of = self.write(rung + ".yaml", sheet(A, [{"item": "4.2.1", "points": str(n)}, {"item": "8.1.1", "result": "not-met"}], park_type="production", rung=rung))
            self.lingtan("import", path, of, "--as", who)
        shown = self.document("rungs", path)
        self.assertEqual([r["rung"] for r in shown["rungs"]], ["self", "evaluator", "reviewer", "awarded"])
        for r in shown["rungs"]:
            score = self.score(path, "--rung", r["rung"])
            self.assertEqual({k: r["figure"][k] for k in ("value", "low", "high")}, {k: score["total"][k] for k in ("value", "low", "high")})
            self.assertEqual(r["grade"], score["grade"]["id"])
            self.assertEqual(r["withheld_by"], [] if r["rung"] == "self" else ["8.1.1"])
            self.assertIn("自评" if r["rung"] == "self" else "否决", self.lingtan("rungs", path).out)

    def test_of_every_standard(self):
        for name, (stage, kind) in projects.SUBJECT.items():
            with self.subTest(standard=name):
                path = self.new(name + ".lingtan", standard=name, stage=stage, park_type=kind)
                self.lingtan("import", path, SAMPLES / (name + ".yaml"), "--as", EVALUATOR)
                shown = self.document("rungs", path)
                self.assertEqual([r["has_answers"] for r in shown["rungs"]], [False, True, False, False])
                self.lingtan("rungs", path)
                self.assertEqual(self.differences(path, "self", "evaluator")["different"] > 0, True)


class Figures(RungCase):
    def test_a_figure_has_its_evidence(self):
        path, figure = self.claimed(), "industry.green_hightech_share"
        table = self.write("统计表.pdf", b"%PDF-1.4 table")
        before = self.document("verify", path)["head"]
        self.lingtan("attach", path, "energy.nothing", table, "--locator", "第3页", "--as", EVALUATOR, code=4)
        self.lingtan("attach", path, figure, table, "--locator", "第3页", "--slot", "a", "--as", EVALUATOR, code=4)
        self.assertEqual(self.document("verify", path)["head"], before)
        self.lingtan("attach", path, figure, table, "--locator", "第3页", "--as", EVALUATOR)
        for rung in ("self", "evaluator"):
            source = self.document("explain", path, figure, "--rung", rung)["source"]
            self.assertTrue(source.endswith("统计表.pdf 第3页"), source)
        self.assertEqual([t["item"] for t in self.document("evidence", path)["ties"]], [figure])
        self.lingtan("verify", path)


class Differences(RungCase):
    def test_the_largest_effect_comes_first_and_comes_true(self):
        path = self.claimed()
        self.set(path, "4.2.1", "points:5", "--remark", "按实测面积")
        self.set(path, "8.1.1", "not-met", "--remark", "演示失败")
        self.set(path, "4.2.2", "points:7")
        self.set(path, "4.2.3", "points:9")
        found = self.differences(path)
        seen = [d for d in found["differences"] if d["seen"]]
        # 4.2.3 agrees
        self.assertEqual([d["id"] for d in seen], ["8.1.1", "4.2.1", "4.2.2"])
        self.assertEqual(found["different"], 3)
        sizes = [max(abs(decimal.Decimal(d["effect_low"])), abs(decimal.Decimal(d["effect_high"]))) for d in seen]
        self.assertEqual(sizes, sorted(sizes, reverse=True))
        told = self.lingtan("differences", path, "self", "evaluator").out
        self.assertRegex(told, r"自评：8 分  何园.*\n +评价：5 分  林静.*按实测面积")
        self.assertRegex(told, r"评价：不符合  林静.*演示失败")
        first = seen[1]
        self.assertEqual((first["lower"]["says"], first["upper"]["says"], first["upper"]["reason"], first["upper"]["by"]), ("points:8", "points:5", "按实测面积", "林静"))
        self.assertEqual(first["lower"]["by"], "何园")
        before = self.low(path, "self")
        for d in seen:
            with self.subTest(item=d["id"]):
                words = d["upper"]["says"]
                self.set(path, d["id"], words, who=OWNER)
                self.assertEqual(self.low(path, "self") - before, decimal.Decimal(d["effect_low"]))
                self.set(path, d["id"], d["lower"]["says"], who=OWNER)
        unseen = [d for d in found["differences"] if not d["seen"]]
        self.assertEqual(found["differences"][-len(unseen):], unseen)
        self.assertNotIn("4.2.3", [d["id"] for d in unseen])
        self.assertIn("4.2.4", [d["id"] for d in unseen])

    def test_figures_of_the_park(self):
        path = self.new(standard="t-seesa-2024", stage="operation", park_type=None)
        self.lingtan("import", path, SAMPLES / "t-seesa-2024.yaml", "--rung", "self", "--as", OWNER)
        one = [q for q in projects.sample("t-seesa-2024")["quantities"] if "na" not in q][3]
        self.quantity(path, one["id"], str(decimal.Decimal(one["value"]) / 2), one["unit"], "--source", "结算单")
        (found,) = [d for d in self.differences(path)["differences"] if d["kind"] == "quantity"]
        self.assertEqual((found["id"], found["year"], found["upper"]["by"], found["upper"]["reason"]), (one["id"], YEAR, "林静", "结算单"))
        self.assertTrue(found["lower"]["says"].startswith(one["value"]))

    def test_lines_of_the_inventory(self):
        path = self.new()
        line = dict(LINE)
        self.lingtan("import", path, self.write("self.yaml", sheet(A, inventory=[line], park_type="production", rung="self")), "--as", OWNER)
        other = dict(LINE, activity="96", note="漏计 2 张加油卡")
        # whoever entered the line stands on its rung
        with self.untouched():
            self.lingtan("import", path, self.write("site.yaml", sheet(A, inventory=[other], park_type="production")), "--as", OWNER.split(":")[0] + ":evaluator", code=4)
        self.lingtan("import", path, self.write("site.yaml", sheet(A, inventory=[other], park_type="production")), "--as", EVALUATOR)
        (found,) = [d for d in self.differences(path)["differences"] if d["kind"] == "line"]
        self.assertEqual((found["id"], found["lower"]["says"], found["upper"]["says"], found["upper"]["reason"], found["upper"]["by"]),
                         ("25-03", "92.5 t × 3.0959", "96 t × 3.0959", "漏计 2 张加油卡", "林静"))
        self.assertIn("\n碳盘查 %s 25-03 2025 " % LINE["source"], "\n" + self.lingtan("differences", path, "self", "evaluator").out)
        # the park's own figure stands, and each rung scores with its own
        self.assertEqual(projects.query(path, "SELECT activity_amount, entered_rung FROM line"), [("92.5", "self")])
        self.assertEqual(self.score(path, "--rung", "self")["balance"]["emission"], "286.37075")
        for rung in ("evaluator", "reviewer", "awarded"):
            self.assertEqual(self.score(path, "--rung", rung)["balance"]["emission"], "297.2064")
        self.assert_holds(path)

    def test_a_line_that_the_evaluator_found_is_not_the_parks(self):
        path = self.new()
        self.lingtan("import", path, self.write("site.yaml", sheet(A, inventory=[LINE], park_type="production")), "--as", EVALUATOR)
        self.assertIsNone(self.score(path, "--rung", "self")["balance"]["emission"])
        self.assertEqual(self.score(path, "--rung", "evaluator")["balance"]["emission"], "286.37075")
        (found,) = [d for d in self.differences(path)["differences"] if d["kind"] == "line"]
        self.assertIsNone(found["lower"])
        with self.untouched():
            other = dict(LINE, system="energy")
            run = self.lingtan("import", path, self.write("r.yaml", sheet(A, inventory=[other], park_type="production", rung="reviewer")), "--as", REVIEWER, code=4)
            self.assertIn("25-03", run.err)

    def test_wrong_rungs(self):
        path = self.claimed()
        with self.untouched():
            for a, b, code in (("evaluator", "self", 4), ("self", "self", 4), ("self", "nope", 2), ("nope", "self", 2)):
                self.lingtan("differences", path, a, b, code=code)
            self.lingtan("differences", path, "self", code=2)


class Take(RungCase):
    def test_one_item(self):
        path = self.claimed()
        self.lingtan("take", path, "4.2.1", "--as", EVALUATOR)
        last = self.entries(path)[-1]
        self.assertEqual((last["kind"], last["command"], last["by"]), ("take", "take 4.2.1", "林静"))
        self.assertEqual([(c["key"], c["new"]) for c in last["changes"]], [(A + "|evaluator|4.2.1", ["points", "8", ""])])
        # the reviewer takes the nearest rung below that has it
        self.set(path, "4.2.2", "points:5")
        self.lingtan("take", path, "4.2.2", "--as", REVIEWER)
        self.assertEqual(self.entries(path)[-1]["changes"][0]["new"][1], "5")
        self.lingtan("take", path, "4.2.3", "--as", REVIEWER)
        self.assertEqual(self.entries(path)[-1]["changes"][0]["new"][1], "9")
        self.lingtan("take", path, "4.2.4", "--from", "self", "--as", REVIEWER)
        self.set(path, "4.2.6", "points:3", who=REVIEWER)
        with self.untouched():
            # only from below
            self.assertIn("evaluator", self.lingtan("take", path, "4.2.6", "--from", "reviewer", "--as", EVALUATOR, code=4).err)
            # nothing is overwritten in silence, nor taken twice
            self.assertIn("4.2.2", self.lingtan("take", path, "4.2.2", "--from", "self", "--as", REVIEWER, code=4).err)
            self.assertIs(self.document("take", path, "4.2.1", "--as", EVALUATOR)["changed"], False)
            self.lingtan("take", path, "4.2.5", "--from", "evaluator", "--as", REVIEWER, code=4)
            self.lingtan("take", path, "4.2.5", "--from", "reviewer", "--as", REVIEWER, code=4)
            self.lingtan("take", path, "4.2.5", "--as", "何园:evaluator", code=4)
            self.lingtan("take", path, "4.2.5", "--as", OWNER, code=4)
            self.lingtan("take", path, "4.2.5", "--as", "局:body", code=4)
            self.lingtan("take", path, "nope", "--as", EVALUATOR, code=4)
            self.lingtan("take", path, "--as", EVALUATOR, code=2)
        self.assert_holds(path)

    def test_in_bulk_only_with_the_evidence_seen(self):
        path = self.claimed()
        photo = self.write("photo.jpg", self.bytes_of(3, 2000))
        items = ["4.2.1", "4.2.2", "4.1.1"]
        for item in items:
            self.attach(path, item, photo, "第3页", who=OWNER)
        with self.untouched():
            run = self.lingtan("take", path, *items, "--as", EVALUATOR, code=4)
            for item in items:
                self.assertIn(item, run.err)
        self.lingtan("see", path, *items, "--as", EVALUATOR)
        # of somebody else, and of other evidence, is not enough
        with self.untouched():
            self.lingtan("take", path, *items, "--as", "王工:evaluator", code=4)
        self.attach(path, "4.2.2", photo, "第9页", who=OWNER)
        with self.untouched():
            run = self.lingtan("take", path, *items, "--as", EVALUATOR, code=4)
            self.assertIn("4.2.2", run.err)
            self.assertNotIn("4.1.1", run.err)
        self.lingtan("see", path, "4.2.2", "--as", EVALUATOR)
        self.lingtan("take", path, *items, "--as", EVALUATOR)
        last = self.entries(path)[-1]
        self.assertEqual((last["kind"], last["command"], len(last["changes"])), ("take-bulk", "take (bulk, 3)", 3))
        self.assertIn("批量采纳下一层级，3 处", self.lingtan("log", path, "--lang", "zh").out)
        self.assertIn("in bulk", self.lingtan("log", path, "--lang", "en").out)
        for item in items:
            self.assertEqual(self.document("explain", path, item, "--rung", "evaluator")["low"], self.document("explain", path, item, "--rung", "self")["low"])
        # awards without any evidence are never taken in bulk
        with self.untouched():
            self.lingtan("see", path, "4.2.3", "4.2.4", "--as", EVALUATOR, "--readonly", code=5)
        self.lingtan("see", path, "4.2.3", "4.2.4", "--as", EVALUATOR)
        with self.untouched():
            self.assertIn("4.2.3", self.lingtan("take", path, "4.2.3", "4.2.4", "--as", EVALUATOR, code=4).err)
            refused = self.lingtan("take", path, "--all", "--as", EVALUATOR, code=4).err
        self.assertIn(str(path), refused)
        self.assertNotIn(".yaml", refused, "a refusal names the project's file")
        self.assert_holds(path)

    def test_all_that_is_open(self):
        path = self.new()
        photo = self.write("photo.jpg", self.bytes_of(3, 2000))
        for item, result in (("4.2.1", "points:8"), ("4.2.2", "points:0"), ("4.1.1", "not-met"), ("4.2.3", "points:4")):
            self.set(path, item, result, who=OWNER)
        self.attach(path, "4.2.1", photo, who=OWNER)
        self.set(path, "4.2.3", "points:5")
        self.lingtan("see", path, "4.2.1", "4.2.2", "4.1.1", "--as", EVALUATOR)
        self.lingtan("take", path, "--all", "--as", EVALUATOR)
        last = self.entries(path)[-1]
        self.assertEqual(sorted(c["key"].split("|")[2] for c in last["changes"]), ["4.1.1", "4.2.1", "4.2.2"])
        self.assertEqual(self.document("explain", path, "4.2.3", "--rung", "evaluator")["low"], "5")
        taken = {d["id"]: d["upper"] for d in self.differences(path)["differences"]}
        self.assertEqual(list(taken), ["4.2.3"])
        self.lingtan("undo", path, "--as", EVALUATOR)
        self.assertEqual(len(self.differences(path)["differences"]), 4)
        self.assert_holds(path)


if __name__ == "__main__":
    harness.main()
