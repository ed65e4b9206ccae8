"""Findings: from the fact to the verification; who may do what, what must be said, what blocks; the action plan."""
import csv
import io
import re

import harness
import projects
from harness import SEESA
from projects import A, APPROVER, EVALUATOR, LEADER, OWNER, REVIEWER, YEAR, ProjectCase

BODY = "机构:body"


class FindingCase(ProjectCase):
    def do(self, verb, path, *words, who=EVALUATOR, code=0):
        return self.lingtan("finding", verb, path, *words, "--as", who, code=code)

    def found(self, grade="major", *more):
        path = self.new()
        self.do("add", path, grade, "自有货车 1 辆为国五排放", "--item", "6.1.1", "--due", "2026-04-26", *more)
        return path

    def findings(self, path, *args):
        return self.document("findings", path, *args)["findings"]

    def one(self, path):
        (found,) = self.findings(path)
        return found


class Life(FindingCase):
    def test_from_fact_to_closing(self):
        path = self.found("major", "--owner", "何园")
        at = self.one(path)
        self.assertEqual([at[k] for k in ("number", "grade", "state", "item", "fact", "fact_by", "due", "owner", "blocks", "overdue")],
                         ["F01", "major", "open", "6.1.1", "自有货车 1 辆为国五排放", "林静", "2026-04-26", "何园", True, True])
        self.assertIs(self.findings(path, "--on", "2026-04-26")[0]["overdue"], False)
        self.do("attach", path, "F01", self.write("照片.jpg", self.bytes_of(1, 900)), "--locator", "第2张")
        self.do("answer", path, "F01", "车辆已注销并更换为新能源", "--cause", "未纳入台账", "--correction", "注销，更换", who=OWNER)
        self.assertEqual([self.one(path)[k] for k in ("state", "answer", "answer_by", "cause", "correction")],
                         ["answered", "车辆已注销并更换为新能源", "何园", "未纳入台账", "注销，更换"])
        self.do("verify", path, "F01", "rejected", "缺注销证明", who=LEADER)
        self.assertEqual([self.one(path)[k] for k in ("state", "verification", "verification_text", "verification_by")], ["open", "rejected", "缺注销证明", "管理员"])
        self.do("answer", path, "F01", "补注销证明", who=OWNER)
        self.do("attach", path, "F01", self.write("注销证明.pdf", self.bytes_of(2, 900)), "--locator", "第18页", who=OWNER)
        self.do("verify", path, "F01", "accepted", "原件已看", "--on", "2026-04-15", who=LEADER)
        at = self.one(path)
        self.assertEqual([at[k] for k in ("state", "verification_on", "blocks", "overdue")], ["closed", "2026-04-15", False, False])
        self.assertEqual([(e["name"], e["purpose"], e["locator"]) for e in sorted(at["evidence"], key=lambda e: e["purpose"])],
                         [("注销证明.pdf", "closing", "第18页"), ("照片.jpg", "fact", "第2张")])
        with self.untouched():
            for verb, words, who in (("answer", ("F01", "x"), OWNER), ("verify", ("F01", "accepted"), LEADER), ("edit", ("F01", "--due", "2026-05-01"), EVALUATOR),
                                     ("attach", ("F01", "照片.jpg"), OWNER)):
                self.do(verb, path, *words, who=who, code=4)
        self.assertEqual(projects.query(path, "SELECT count(*) FROM finding"), [(1,)])
        for entry in self.entries(path):
            self.assertNotIn(str(self.dir), entry["command"])
        self.assert_holds(path)

    def test_an_observation_is_closed_without_evidence(self):
        path = self.found("observation")
        self.do("answer", path, "F01", "已看", who=OWNER)
        self.do("verify", path, "F01", "accepted", who=LEADER)
        self.assertEqual(self.one(path)["state"], "closed")

    def test_objection(self):
        path = self.found("minor")
        with self.untouched():
            self.do("rule", path, "F01", "upheld", "无异议可处理", who=LEADER, code=4)
        self.do("object", path, "F01", "该车不属园区", who=OWNER)
        with self.untouched():
            for words, who, code in ((("F01", "maybe", "x"), LEADER, 4), (("F01", "upheld", " "), LEADER, 4), (("F01", "upheld", "x"), EVALUATOR, 4), (("F01", "upheld", "x"), OWNER, 4),
                                     (("F01", "upheld", "x"), "何园:leader", 4)):
                self.do("rule", path, *words, who=who, code=code)
        self.do("rule", path, "F01", "rejected", "行驶证登记在园区", who=BODY)
        self.assertEqual([self.one(path)[k] for k in ("state", "ruling", "ruling_by")], ["open", "rejected", "机构"])
        self.do("rule", path, "F01", "upheld", "补充材料证实", who=LEADER)
        self.assertEqual([self.one(path)[k] for k in ("state", "objection", "objection_by", "blocks")], ["withdrawn", "该车不属园区", "何园", False])

    def test_withdrawn_and_graded_anew(self):
        path = self.found("major")
        with self.untouched():
            self.do("edit", path, "F01", "--grade", "minor", code=4)
            self.do("edit", path, "F01", "--grade", "grave", "--reason", "x", code=4)
            self.do("edit", path, "F01", "--due", "2026-02-30", code=4)
            self.do("edit", path, "F01", code=2)
            self.do("withdraw", path, "F01", " ", code=4)
        self.do("edit", path, "F01", "--grade", "minor", "--reason", "仅一辆", "--due", "2026-05-26", who=LEADER)
        self.assertEqual([self.one(path)[k] for k in ("grade", "grade_before", "due", "blocks")], ["minor", "major", "2026-05-26", False])
        self.do("withdraw", path, "F01", "查错车牌", who=LEADER)
        self.assertEqual([self.one(path)[k] for k in ("state", "withdrawn", "withdrawn_by")], ["withdrawn", "查错车牌", "管理员"])
        self.assert_holds(path)


class Forms(FindingCase):
    """The same life through the forms that people fill in: the rules are those of the deeds."""

    def fill(self, path, form, *words, who=EVALUATOR, code=0):
        return self.lingtan("fill", path, form, *words, "--as", who, code=code)

    def test_a_finding_from_fact_to_closing(self):
        path = self.new()
        self.fill(path, "finding", "fact=自有货车 1 辆为国五排放", "grade=严重不符合", "item=6.1.1", "due=2026/4/26")
        at = self.one(path)
        self.assertEqual([at[k] for k in ("number", "grade", "item", "fact_by", "due", "assessment")], ["F01", "major", "6.1.1", "林静", "2026-04-26", A])
        with self.untouched():
            for words, who in ((("F01", "fact=别的"), EVALUATOR), (("F01", "answer=x"), EVALUATOR), (("F01", "grade=minor"), EVALUATOR), (("F01", "verification=通过"), EVALUATOR),
                               (("F01", "grade=minor"), OWNER), (("F02", "answer=x"), OWNER), (("grade=minor", "item=6.1.1"), EVALUATOR), (("fact=事实", "grade=minor"), EVALUATOR),
                               (("fact=事实", "grade=minor", "item=6.1.1", "answer=x"), EVALUATOR), (("F01", "ruling=upheld", "ruling_text=x"), LEADER)):
                with self.subTest(words=words, who=who):
                    self.fill(path, "finding", *words, who=who, code=4)
        self.fill(path, "finding", "F01", "answer=已更换", "cause=未纳入台账", "correction=更换", who=OWNER)
        self.do("attach", path, "F01", self.write("证明.pdf", self.bytes_of(2, 900)), "--locator", "第18页", who=OWNER)
        with self.untouched():
            self.fill(path, "finding", "F01", "verification=通过", who=OWNER, code=4)
            run = self.fill(path, "finding", "F01", "verification=通过", "verification_text=原件已看", "verified_on=2026-04-15", who="何园:leader", code=4)
            self.assert_refused(run, "何园", "别人来验证")
        self.fill(path, "finding", "F01", "verification=通过", "verification_text=原件已看", "verified_on=2026-04-15", who=LEADER)
        self.assertEqual([self.one(path)[k] for k in ("state", "verification_on", "verification_by")], ["closed", "2026-04-15", "管理员"])
        self.assertIn("自有货车", self.lingtan("show", path, "finding", "F01").out)
        self.assertIn("6.1.1", self.lingtan("show", path, "finding").out)
        self.assert_holds(path)

    def test_signing_and_deciding(self):
        path = self.new()
        self.set(path, "4.2.1", "points:5", who=OWNER)
        with self.untouched():
            for words, who, code in ((("by=别人",), LEADER, 4), (("by=周岚",), REVIEWER, 4), (("step=reviewer", "by=管理员"), LEADER, 4), (("by=管理员", "--dry-run"), LEADER, 2)):
                self.fill(path, "sign_off", *words, who=who, code=code)
        self.fill(path, "sign_off", "by=管理员", who=LEADER)
        step = self.document("signatures", path)["steps"][0]
        self.assertEqual((step["role"], step["state"], step["by"]), ("leader", "valid", "管理员"))
        self.set(path, "4.2.2", "points:5", who=OWNER)
        self.fill(path, "sign_off", "by=管理员", who=LEADER)
        with self.untouched():
            self.fill(path, "sign_off", "by=管理员", who=LEADER, code=4)
            for words, who in ((("outcome=refuse",), APPROVER), (("outcome=grant", "reason=x"), APPROVER), (("outcome=refuse", "reason=x"), LEADER), (("outcome=refuse", "reason=x", "conditions=y"), APPROVER)):
                self.fill(path, "decision", *words, who=who, code=4)
        self.fill(path, "decision", "outcome=不同意", "reason=资料不足", who=APPROVER)
        (decision,) = self.document("decisions", path)["decisions"]
        self.assertEqual([decision[k] for k in ("outcome", "reason", "by")], ["refuse", "资料不足", "许宁"])
        self.assertIn("不同意", self.lingtan("show", path, "decision").out)
        with self.untouched():
            self.fill(path, "decision", A + "/1", "reason=别的", who=APPROVER, code=4)
        self.assert_holds(path)


class Refused(FindingCase):
    def test_what_a_finding_needs(self):
        path = self.new()
        with self.untouched():
            for words, code in ((("major", "", "--item", "6.1.1"), 4), (("major", "事实"), 4), (("grave", "事实", "--item", "6.1.1"), 4), (("major", "事实", "--item", "nope"), 4),
                                (("major", "事实", "--place", "M03", "--due", "soon"), 4), (("major",), 2)):
                with self.subTest(words=words):
                    self.do("add", path, *words, code=code)
            self.do("nothing", path, "x", code=2)
            self.do("answer", path, "F01", "x", who=OWNER, code=4)
        self.do("add", path, "minor", "天然气总表检定过期 42 天", "--place", "M03")
        self.assertEqual([self.one(path)[k] for k in ("place", "item")], ["M03", None])

    def test_who_may(self):
        path = self.found()
        photo = self.write("p.jpg", self.bytes_of(1, 100))
        may = {"add": (EVALUATOR, LEADER, REVIEWER), "answer": (OWNER,), "object": (OWNER,), "withdraw": (EVALUATOR, LEADER, REVIEWER), "edit": (EVALUATOR, LEADER, REVIEWER),
               "attach": (OWNER, EVALUATOR, LEADER)}
        words = {"add": ("minor", "事实", "--item", "4.2.1"), "answer": ("F01", "答复"), "object": ("F01", "异议"), "withdraw": ("F01", "撤回"), "edit": ("F01", "--due", "2026-06-01"), "attach": ("F01", photo)}
        for verb, allowed in may.items():
            for who in (OWNER, EVALUATOR, LEADER, REVIEWER, APPROVER, BODY):
                if who not in allowed:
                    with self.subTest(verb=verb, who=who), self.untouched():
                        self.do(verb, path, *words[verb], who=who, code=4)
        self.do("answer", path, "F01", "答复", who=OWNER)
        for who in (OWNER, APPROVER, BODY):
            with self.subTest(who=who), self.untouched():
                self.do("verify", path, "F01", "accepted", "--reason", "x", who=who, code=4)

    def test_verified_by_another_and_with_evidence(self):
        path = self.found()
        with self.untouched():
            self.do("verify", path, "F01", "accepted", "--reason", "x", code=4)
        self.do("answer", path, "F01", "答复", who=OWNER)
        with self.untouched():
            # the same person in another role
            self.do("verify", path, "F01", "accepted", "--reason", "x", who="何园:evaluator", code=4)
            self.do("verify", path, "F01", "rejected", code=4)
            self.do("verify", path, "F01", "fine", "x", code=4)
            self.assertIn("F01", self.do("verify", path, "F01", "accepted", code=4).err)
            self.do("verify", path, "F01", "accepted", "--reason", "x", "--on", "yesterday", code=4)
        # so does a minor one need evidence
        self.do("edit", path, "F01", "--grade", "minor", "--reason", "不影响结论")
        with self.untouched():
            self.assertIn("F01", self.do("verify", path, "F01", "accepted", code=4).err)
        self.do("verify", path, "F01", "accepted", "--reason", "现场看过，无书面材料")
        self.assertEqual(self.one(path)["state"], "closed")


class Listed(FindingCase):
    def several(self):
        path = self.found("major", "--owner", "何园")
        self.do("add", path, "minor", "机电调适报告缺研发楼", "--item", "9.2.4", "--due", "2026-04-26")
        self.do("add", path, "minor", "天然气总表检定过期 42 天", "--place", "M03", "--due", "2026-05-01")
        self.do("add", path, "observation", "=1+1 碳汇功能尚无\"历史\"数据", "--item", "10.2.7")
        self.do("answer", path, "F02", "补测并补报告", who=OWNER)
        return path

    def test_outcomes_are_told_in_words(self):
        path = self.several()
        self.do("verify", path, "F02", "rejected", "缺报告", who=LEADER)
        self.do("object", path, "F01", "该车不属园区", who=OWNER)
        self.do("rule", path, "F01", "rejected", "行驶证登记在园区", who=BODY)
        for lang, ruled, verified, lines in (("zh", "维持", "不通过", ("    异议处理：维持，行驶证登记在园区  机构\n", "    验证：不通过，缺报告  管理员\n")),
                                             ("en", "Rejected", "Rejected", ("    ruling: Rejected, 行驶证登记在园区  机构\n", "    verification: Rejected, 缺报告  管理员\n"))):
            out = self.dir / ("outcomes-%s.csv" % lang)
            self.lingtan("findings", path, "-o", out, "--lang", lang)
            rows = list(csv.reader(io.StringIO(out.read_text("utf-8-sig"), newline="")))
            self.assertEqual((rows[1][18], rows[2][13], rows[3][13]), (ruled, verified, ""))
            told = self.lingtan("findings", path, "--lang", lang).out
            for line in lines:
                self.assertIn(line, told)
        self.assertEqual([f["verification"] for f in self.findings(path)][1], "rejected")
        # and in the report, which the park reads: an objection with what became of it
        for lang, words in (("zh", (r"异议处理 维持 行驶证登记在园区", r"验证 不通过 \d{4}-\d\d-\d\d 缺报告")),
                            ("en", (r"Ruling Rejected 行驶证登记在园区", r"Verification Rejected \d{4}-\d\d-\d\d 缺报告"))):
            out = self.dir / ("report-%s.html" % lang)
            self.lingtan("export", path, "--format", "html", "--rung", "evaluator", "-o", out, "--lang", lang)
            text = " ".join(re.sub(r"<[^>]*>", " ", out.read_text("utf-8")).split())
            for word in words:
                self.assertRegex(text, word)

    def test_filters(self):
        path = self.several()
        for args, numbers in (((), "F01 F02 F03 F04"), (("--grade", "minor"), "F02 F03"), (("--state", "answered"), "F02"), (("--item", "6.1.1"), "F01"), (("--owner", "何园"), "F01"),
                              (("--overdue", "--on", "2026-04-27"), "F01 F02"), (("--overdue", "--on", "2026-04-26"), ""), (("--state", "open", "--grade", "minor"), "F03"), (("--assessment", A), "F01 F02 F03 F04")):
            with self.subTest(args=args):
                self.assertEqual(" ".join(f["number"] for f in self.findings(path, *args)), numbers)
        for args in (("--grade", "x"), ("--state", "x")):
            self.lingtan("findings", path, *args, code=2)
        self.lingtan("findings", path, "--overdue", "--on", "x", code=4)
        self.assertIn("F04", self.lingtan("findings", path).out)

    def test_an_action_plan(self):
        path = self.several()
        for lang, first in (("zh", "编号"), ("en", "number")):
            out = self.dir / ("plan-%s.csv" % lang)
            self.lingtan("findings", path, "-o", out, "--lang", lang)
            data = out.read_bytes()
            self.assertTrue(data.startswith(b"\xef\xbb\xbf"))
            rows = list(csv.reader(io.StringIO(data[3:].decode("utf-8"), newline="")))
            self.assertEqual([len(r) for r in rows], [21] * 5)
            self.assertEqual([r[0] for r in rows], [first, "F01", "F02", "F03", "F04"])
            self.assertEqual(rows[4][4], "'=1+1 碳汇功能尚无\"历史\"数据")
            self.assertEqual((rows[2][8], rows[2][10], rows[3][3]), ("2026-04-26", "补测并补报告", "M03"))
        with self.untouched():
            self.lingtan("findings", path, "-o", out, code=4)
            self.lingtan("findings", path, "-o", self.dir / "new.csv", "--readonly", "--lang", "en")
        self.assertEqual((self.dir / "new.csv").read_bytes(), out.read_bytes())

    def test_an_action_plan_in_markdown(self):
        path = self.several()
        self.do("add", path, "minor", "a|b <script>x</script>\n第二行 *粗*", "--item", "9.2.4")
        out = self.dir / "plan.md"
        self.lingtan("findings", path, "-o", out)
        lines = out.read_text("utf-8").splitlines()
        self.assertEqual(lines[0], "# 整改计划")
        rows = lines[2:]
        self.assertEqual(len(rows), 2 + 5)
        for row in rows:
            self.assertEqual(row.replace("\\|", "").count("|"), 12)
        self.assertIn(r"a\|b \<script\>x\</script\> 第二行 \*粗\*", rows[-1])

    def test_of_two_assessments(self):
        path = self.several()
        self.lingtan("add", path, "--standard", SEESA, "--stage", "operation", "--year", YEAR, "--as", LEADER)
        self.do("add", path, "major", "事实", "--item", "b1", "--assessment", SEESA + "/operation/" + YEAR)
        self.assertEqual([f["number"] for f in self.findings(path, "--assessment", SEESA + "/operation/" + YEAR)], ["F05"])
        # another year of the same standard has the same items: who narrows a list need not say which
        self.lingtan("add", path, "--standard", projects.CSUS, "--stage", "operation", "--year", "2026", "--type", "production", "--as", LEADER)
        self.assertEqual([f["number"] for f in self.findings(path, "--item", "6.1.1")], ["F01"])
        self.assertEqual([f["number"] for f in self.findings(path, "--item", "６.１.１")], ["F01"])
        self.assertEqual(self.document("notes", path, "--item", "6.1.1"), [])
        self.assert_refused(self.lingtan("findings", path, "--item", "nope", "--grade", "grave", code=4), "没有条款“nope”")

    def test_undo(self):
        path = self.several()
        self.lingtan("undo", path, "--as", OWNER)
        self.assertEqual([f["state"] for f in self.findings(path)], ["open"] * 4)
        self.lingtan("undo", path, "--as", EVALUATOR)
        self.assertEqual(len(self.findings(path)), 3)
        self.do("add", path, "observation", "又一", "--item", "10.2.7")
        self.assertEqual([f["number"] for f in self.findings(path)], ["F01", "F02", "F03", "F04"])
        self.assert_holds(path)


if __name__ == "__main__":
    harness.main()
