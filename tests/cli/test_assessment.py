"""A whole assessment of the made-up park: three rungs, four findings, the first round withheld by 6.1.1, the second signed and
decided. After each step every rung's total is recomputed from the file without the program (recompute.py)."""
import pathlib

import harness
import projects
import recompute
from harness import CSUS, sheet
from projects import A, YEAR, ProjectCase

PARK, LEADER, EVALUATOR, REVIEWER, APPROVER = "示例·周工:park", "示例·李工:leader", "示例·王工:evaluator", "示例·赵工:reviewer", "示例·陈总:approver"
BODY = "示例评价机构:body"
DATA = (pathlib.Path(__file__).parent / "assessment.yaml").read_text("utf-8")


def rows(name):
    """One list of the data, plain rows as in the samples."""
    return projects.read_sheet(DATA)[name]


class AssessmentCase(ProjectCase):
    def setUp(self):
        super().setUp()
        self.path = self.new(who=LEADER)
        self.answers = rows("answers")
        self.sample = projects.sample(CSUS)

    def run_as(self, who, word, *args, code=0, **more):
        return self.lingtan(word, self.path, *args, "--as", who, code=code, **more)

    def import_rung(self, rung, who, quantities=(), inventory=(), change=None):
        entries = []
        for a in self.answers:
            value = (change or {}).get(a["item"], a[rung])
            answer = {"points": value} if value.replace(".", "").isdigit() else {"result": value}
            entries.append(dict({"item": a["item"], "remark": a["remark"]}, **answer))
        text = sheet(A, entries, quantities, inventory, park_type="production", rung=rung)
        self.run_as(who, "import", self.write(rung + ".yaml", text))

    def assert_totals(self, *rungs, round_of=None):
        """The program's figures are those of the independent computation, for each rung, now or as a round had them."""
        for rung in rungs:
            with self.subTest(rung=rung, round=round_of):
                head = None
                if round_of:
                    (info,) = [r for r in self.document("rounds", self.path, "--rung", rung)["rounds"] if r["round"] == round_of]
                    head = info["head"]
                expected = recompute.total(self.path, rung, head)
                found = self.score(self.path, "--rung", rung, *(["--round", str(round_of)] if round_of else []))
                self.assertEqual((found["total"]["low"], found["total"]["high"]), (expected["low"], expected["high"]))
                self.assertEqual(found["grade"]["id"], expected["grade"])
                self.assertEqual(sorted(found["controls"]["failed"]), sorted(expected["failed"]))

    # ---- the steps ------------------------------------------------------------------------------------------------

    def park_fills_in(self):
        declared = {d["line"]: d["amount"] for d in rows("declared")}
        lines = [dict(line, activity=declared.get(line["id"], line["activity"])) for line in self.sample["inventory"]]
        self.import_rung("self", PARK, self.sample["quantities"], lines)
        names = {}
        for a in self.answers:
            if "evidence" not in a:
                continue
            if a["evidence"] not in names:
                names[a["evidence"]] = self.write("papers/" + a["evidence"], ("示例 " + a["evidence"]).encode("utf-8"))
            self.run_as(PARK, "attach", a["item"], names[a["evidence"]], "--locator", a["locator"], *(["--reason", "照片即全貌"] if a["locator"] == "照片" else []))
        self.run_as(PARK, "submit", "--reason", "自评完成")

    def team_evaluates(self):
        self.import_rung("evaluator", EVALUATOR, inventory=self.sample["inventory"], change={"6.1.1": "not-met"})
        self.run_as(LEADER, "submit", "--reason", "首轮评价")
        for f in rows("findings"):
            where = ["--item", f["item"]] if "item" in f else ["--place", f["place"]]
            self.lingtan("finding", "add", self.path, f["grade"], f["text"], *where, *(["--due", f["due"]] if "due" in f else []), "--as", EVALUATOR)

    def park_corrects(self):
        for f in rows("findings"):
            if "answer" not in f:
                continue
            self.lingtan("finding", "answer", self.path, f["id"], f["answer"], "--cause", "管理疏漏", "--correction", f["answer"], "--as", PARK)
            paper = self.write("papers/" + f["evidence"], ("示例 " + f["evidence"]).encode("utf-8"))
            self.lingtan("finding", "attach", self.path, f["id"], paper, "--locator", "第1页", "--as", PARK)
            self.lingtan("finding", "verify", self.path, f["id"], "accepted", "--on", f["closed"], "--as", LEADER)

    def second_round(self):
        self.run_as(REVIEWER, "return", "6.1.1", "整改后复评")
        self.run_as(EVALUATOR, "set", "6.1.1", "met", "--remark", "首轮 1 辆国五, 整改后符合")
        self.run_as(LEADER, "submit", "--reason", "整改后复评")
        self.import_rung("reviewer", REVIEWER)
        self.run_as(REVIEWER, "submit", "--reason", "复核完成")

    def awards(self):
        """The awarded rung equals the reviewer's: taken over in bulk, the evidence of each item seen."""
        items = [a["item"] for a in self.answers]
        for a in self.answers:
            if a["reviewer"] == "0":
                self.run_as(APPROVER, "take", a["item"])
        self.run_as(APPROVER, "see", *items)
        self.run_as(APPROVER, "take", "--all")
        self.run_as(APPROVER, "submit", "--reason", "认定")


class Whole(AssessmentCase):
    def test_two_rounds(self):
        self.park_fills_in()
        self.assert_totals("self")
        self.team_evaluates()
        self.assert_totals("self", "evaluator")
        self.assert_totals("evaluator", round_of=1)
        first = self.score(self.path, "--rung", "evaluator")
        self.assertEqual((first["grade"]["withheld_by"], first["grade"]["id"]), (["6.1.1"], None))
        self.assertEqual(self.score(self.path, "--rung", "self")["grade"]["withheld_by"], [])

        blockers = self.document("ready", self.path, code=1)["findings"]
        self.assertLessEqual({"open-major:F01", "veto:6.1.1", "no-grade", "not-signed:leader"}, {b["id"] for b in blockers if b["severity"] == "error"})
        # the verified figures stand beside the declared ones
        lines = {d["id"]: d for d in self.document("differences", self.path, "self", "evaluator")["differences"] if d["kind"] == "line"}
        self.assertEqual({k: (v["lower"]["says"].split()[0], v["upper"]["says"].split()[0]) for k, v in lines.items()}, {"25-03": ("92.5", "96"), "25-16": ("55200", "60000")})

        self.park_corrects()
        self.assertEqual([f["state"] for f in self.document("findings", self.path)["findings"]], ["closed", "closed", "closed", "open"])
        self.second_round()
        self.assert_totals("self", "evaluator", "reviewer")
        self.assert_totals("evaluator", round_of=1)
        self.assert_totals("evaluator", round_of=2)
        self.assert_totals("reviewer", round_of=1)
        self.assertEqual(self.score(self.path, "--rung", "evaluator", "--round", "1")["total"], first["total"])
        compared = self.document("rounds", self.path, "1", "2", "--rung", "evaluator")
        self.assertEqual([(c["id"], c["group"]) for c in compared["changes"]], [("6.1.1", "verdict")])
        self.assertEqual((compared["before"]["grade"], compared["after"]["grade"]), (None, recompute.total(self.path, "evaluator")["grade"]))
        self.assertIn("  智慧零碳园区\n", self.lingtan("rounds", self.path, "1", "2", "--rung", "evaluator").out)

        # reviewer against evaluator: two items, as the park's papers say
        found = self.document("differences", self.path, "evaluator", "reviewer")
        self.assertEqual({d["id"]: (d["lower"]["says"], d["upper"]["says"]) for d in found["differences"]}, {"5.2.1": ("points:12", "points:11"), "7.2.2": ("points:8", "points:7")})
        self.awards()
        self.assert_totals("self", "evaluator", "reviewer", "awarded")
        self.assertEqual(self.score(self.path, "--rung", "awarded")["total"], self.score(self.path, "--rung", "reviewer")["total"])

        for who in (LEADER, REVIEWER, APPROVER):
            self.run_as(who, "sign")
        ready = self.document("ready", self.path)
        self.assertEqual((ready["errors"], ready["ready"], ready["rung"]), (0, False, "awarded"))
        self.assertEqual({f["check"] for f in ready["findings"]}, {"weak-number", "inferred-number", "vague-locator-reason", "open-observation", "no-engagement"})
        for f in ready["findings"]:
            if f["severity"] == "warning":
                self.run_as(APPROVER, "ready", "--tick", f["id"])
        ready = self.document("ready", self.path)
        self.assertEqual((ready["unticked"], ready["ready"]), (0, True))
        self.run_as(APPROVER, "decide", "grant", "--reason", "符合全部要求")
        (decision,) = self.document("decisions", self.path)["decisions"]
        self.assertEqual((decision["outcome"], decision["by"], decision["holds"]), ("grant", "示例·陈总", True))
        self.assertEqual([s["state"] for s in self.document("signatures", self.path)["steps"]], ["valid"] * 3)
        self.assert_holds(self.path)


class Refused(AssessmentCase):
    """Every attempt has its exit code and leaves the head."""

    def refuse(self, who, word, *args, code=4):
        before = projects.head(self.path)
        with self.subTest(who=who, word=word, args=args):
            run = self.run_as(who, word, *args, code=code)
            self.assertEqual(projects.head(self.path), before)
            self.assertNotEqual(run.err, "")
            return run

    def test_across_rungs_twice_out_of_order_and_frozen(self):
        self.park_fills_in()
        self.team_evaluates()
        for who in (PARK, REVIEWER, APPROVER, BODY):
            self.refuse(who, "set", "4.2.1", "points:1", "--rung", "evaluator", "--reason", "x")
        for who in (LEADER, EVALUATOR, REVIEWER, APPROVER, BODY):
            self.refuse(who, "set", "4.2.1", "points:1", "--rung", "self", "--reason", "x")
        # one person, two rungs of one item
        self.refuse("示例·王工:reviewer", "set", "4.2.1", "points:1")
        self.refuse("示例·周工:evaluator", "set", "4.2.1", "points:1", "--reason", "x")
        # leader, reviewer and decision maker
        self.refuse("示例·李工:reviewer", "set", "4.2.1", "points:1")
        self.refuse("示例·李工:approver", "decide", "refuse", "--reason", "x")
        # whoever only attached, remarked or is registered with the team is of the team
        self.run_as("示例·吴工:evaluator", "remark", "4.2.1", "看过")
        self.run_as(LEADER, "fill", "person", "示例·郑工", "roles=复核")
        for who in ("示例·吴工:approver", "示例·郑工:approver", LEADER.split(":")[0] + ":approver"):
            self.refuse(who, "decide", "refuse", "--reason", "x")
        # a frozen round
        self.refuse(EVALUATOR, "set", "4.2.1", "points:1")
        self.refuse(EVALUATOR, "set", "4.2.1", "unset")
        self.refuse(PARK, "set", "4.2.1", "points:1")
        self.refuse(LEADER, "submit", "--reason", "x")
        self.refuse(PARK, "undo")
        # out of order, in a role without a step, without reason
        for who in (REVIEWER, APPROVER, PARK, EVALUATOR, BODY):
            self.refuse(who, "sign")
        self.run_as(LEADER, "sign")
        self.refuse(LEADER, "sign")
        self.refuse("示例·孙工:leader", "sign")
        self.refuse(APPROVER, "sign")
        self.refuse("示例·李工:reviewer", "sign")
        self.refuse(APPROVER, "decide", "grant", "--reason", "x")
        self.refuse(APPROVER, "decide", "refuse")
        self.refuse(APPROVER, "decide", "conditions", "--reason", "x")
        self.refuse(APPROVER, "decide", "refuse", "--reason", "x", "--conditions", "y")
        self.refuse(APPROVER, "decide", "maybe", "--reason", "x")
        for who in (PARK, LEADER, EVALUATOR, REVIEWER, BODY, "示例·王工:approver", "示例·周工:approver"):
            self.refuse(who, "decide", "refuse", "--reason", "x")
        self.assert_holds(self.path)

    def test_open_majors_block(self):
        self.park_fills_in()
        self.team_evaluates()
        for who in (LEADER, REVIEWER):
            self.run_as(who, "sign")
        run = self.refuse(APPROVER, "decide", "grant", "--reason", "x")
        self.assertIn("F01", run.err)
        self.refuse(APPROVER, "decide", "conditions", "--conditions", "y", "--reason", "x")
        self.run_as(APPROVER, "decide", "ask-again", "--reason", "整改未完成")
        self.run_as("示例·另一人:approver", "decide", "refuse", "--reason", "逾期")
        self.assertEqual([(d["number"], d["outcome"]) for d in self.document("decisions", self.path)["decisions"]], [(1, "ask-again"), (2, "refuse")])
        self.refuse(APPROVER, "undo")


class Signed(AssessmentCase):
    def setUp(self):
        super().setUp()
        self.run_as(PARK, "set", "4.2.1", "points:8")
        self.run_as(EVALUATOR, "set", "4.2.1", "points:7")
        self.run_as(LEADER, "sign")
        self.run_as(REVIEWER, "sign")

    def steps(self):
        return [(s["role"], s["state"], s["by"]) for s in self.document("signatures", self.path)["steps"]]

    def test_a_later_change_voids_it_visibly(self):
        self.assertEqual(self.steps(), [("leader", "valid", "示例·李工"), ("reviewer", "valid", "示例·赵工"), ("approver", "due", None)])
        hashes = [s["state_hash"] for s in self.document("signatures", self.path)["steps"]]
        # talk and duties change nothing of what was signed
        self.run_as(EVALUATOR, "remark", "4.2.1", "备查")
        self.run_as(BODY, "fill", "settings", "daily_copy=关")
        self.assertEqual([s["state_hash"] for s in self.document("signatures", self.path)["steps"]], hashes)
        self.assertEqual([s[1] for s in self.steps()], ["valid", "valid", "due"])
        # the reviewer's own rung is above the leader's
        self.run_as(REVIEWER, "set", "4.2.1", "points:6")
        self.assertEqual([s[1] for s in self.steps()], ["valid", "void", "waiting"])
        void = self.document("signatures", self.path)["steps"][1]
        self.assertEqual((void["changed_table"], void["changed_key"], void["changed_by"]), ("answer", A + "|reviewer|4.2.1", "示例·赵工"))
        self.assertIn("4.2.1", self.lingtan("signatures", self.path).out)
        self.run_as(REVIEWER, "sign")
        for word, args, who in (("set", ("4.2.2", "points:5"), EVALUATOR), ("set", ("4.2.2", "points:5"), PARK), ("quantity", ("land.green_cover", "30", "%", "--year", YEAR), EVALUATOR),
                                ("fill", ("park", "area=3.20"), LEADER)):
            with self.subTest(word=word, who=who):
                self.run_as(who, word, *args)
                self.assertEqual([s[1] for s in self.steps()], ["void", "void", "waiting"])
                self.run_as(REVIEWER, "sign", code=4)
                self.run_as(LEADER, "sign")
                self.run_as(REVIEWER, "sign")
        # what is taken back is as it was signed
        self.run_as(EVALUATOR, "set", "4.2.1", "points:1")
        self.assertEqual(self.steps()[0][1], "void")
        self.run_as(EVALUATOR, "set", "4.2.1", "points:7")
        self.assertEqual([s[1] for s in self.steps()], ["valid", "valid", "due"])
        self.lingtan("finding", "add", self.path, "minor", "事实", "--item", "4.2.1", "--as", EVALUATOR)
        self.assertEqual([s[1] for s in self.steps()], ["void", "void", "waiting"])
        self.assert_holds(self.path)

    def test_another_order(self):
        for value, who, code in (("park,reviewer", LEADER, 4), ("park,reviewer", BODY, 0)):
            self.run_as(who, "fill", "settings", "sign_off=" + value, "--reason", "本机构规定", code=code)
        self.assertEqual(self.steps(), [("park", "due", None), ("reviewer", "valid", "示例·赵工")])
        self.run_as(LEADER, "sign", code=4)
        self.run_as(PARK, "sign")
        self.assertEqual([s[1] for s in self.steps()], ["valid", "valid"])
        # the park's signature is of its own rung
        self.run_as(EVALUATOR, "set", "4.2.1", "points:2")
        self.assertEqual([s[1] for s in self.steps()], ["valid", "void"])
        # who signed a later step does not sign an earlier one, though neither holds any more
        self.run_as(PARK, "set", "4.2.2", "points:2")
        self.assertEqual([s[1] for s in self.steps()], ["void", "void"])
        self.assert_refused(self.run_as(REVIEWER.split(":")[0] + ":park", "sign", code=4), "技术复核人", "园区")
        with self.untouched():
            self.run_as(BODY, "fill", "settings", "sign_off=reviewer", code=4)
        self.run_as(BODY, "fill", "settings", "sign_off=nobody,reviewer", "--reason", "x")
        run = self.lingtan("signatures", self.path, code=4)
        self.assertIn("nobody", run.err)

    def test_one_person_does_not_sign_two_steps(self):
        self.run_as("示例·赵工:approver", "sign", code=4)
        self.run_as("示例·李工:approver", "sign", code=4)
        with self.untouched():
            self.run_as(LEADER, "fill", "settings", "separation=放宽", "--reason", "x", code=4)
            self.run_as(BODY, "fill", "settings", "separation=放宽", code=4)
        self.run_as(BODY, "fill", "settings", "separation=放宽", "--reason", "人手不足，已报备")
        self.run_as("示例·李工:approver", "sign")
        self.assertEqual(self.entries(self.path)[-2]["reason"], "人手不足，已报备")

    def test_decision_and_what_comes_after(self):
        self.run_as(APPROVER, "decide", "refuse", "--reason", "资料不足")
        self.assertIs(self.document("decisions", self.path)["decisions"][0]["holds"], True)
        self.run_as(EVALUATOR, "set", "4.2.1", "points:1")
        self.assertIs(self.document("decisions", self.path)["decisions"][0]["holds"], False)
        self.assertRegex(self.lingtan("decisions", self.path).out, "^1  不同意  示例·")
        self.assertRegex(self.lingtan("decisions", self.path, "--lang", "en").out, "^1  Refuse  示例·")
        for lang, told in (("zh", "认定决定 1：不同意。资料不足"), ("en", "Decision 1: Refuse. 资料不足")):
            page = self.dir / (lang + ".html")
            self.lingtan("export", self.path, "--format", "html", "-o", page, "--lang", lang)
            self.assertIn(told, page.read_text("utf-8"))


if __name__ == "__main__":
    harness.main()
