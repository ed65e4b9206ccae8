"""Rounds: what was submitted is frozen, sent back with words item by item, reopened, compared, corrected with a reason; and the
remarks beside it, whose text is never edited."""
import re

import harness
import projects
from harness import sheet
from projects import A, APPROVER, EVALUATOR, LEADER, OWNER, REVIEWER, YEAR, ProjectCase

BODY = "机构:body"
LINE = {"id": "25-03", "year": YEAR, "kind": "emission", "scope": "1", "system": "transport", "source": "diesel_own_vehicles",
        "activity": "92.5", "unit": "t", "factor_value": "3.0959", "factor_unit": "tCO2/t", "note": "加油卡汇总"}


class RoundCase(ProjectCase):
    def submitted(self, *items):
        """The park's own round 1; items in the words of set."""
        path = self.new()
        for item, result in items or (("4.2.1", "points:8"), ("4.2.2", "points:7"), ("4.1.1", "met")):
            self.set(path, item, result, who=OWNER)
        self.submit(path, OWNER)
        return path

    def submit(self, path, who, code=0):
        return self.lingtan("submit", path, "--reason", "如实填报", "--as", who, code=code)

    def send_back(self, path, *words, who=EVALUATOR, code=0):
        return self.lingtan("return", path, *words, "--as", who, code=code)

    def rounds(self, path, *args):
        return self.document("rounds", path, *args)["rounds"]

    def figures(self, path, rung, *args):
        found = self.score(path, "--rung", rung, *args)
        return found["total"], found["grade"], found["sections"], found["controls"]


class Frozen(RoundCase):
    def test_a_round_is_what_it_was(self):
        path = self.new()
        self.set(path, "4.2.1", "points:8", who=OWNER)
        self.lingtan("import", path, self.write("l.yaml", sheet(A, [], [], [LINE], park_type="production", rung="self")), "--as", OWNER)
        self.quantity(path, "land.green_cover", "30", "%", who=OWNER)
        before = self.figures(path, "self")
        self.submit(path, OWNER)
        at_once, = self.rounds(path)
        self.assertEqual((at_once["rung"], at_once["round"], at_once["state"], at_once["holds"]), ("self", 1, "submitted", True))
        self.assertIn(at_once["head"], [e["hash"] for e in self.entries(path)])
        # the other rungs, and other people's words, are not part of it
        self.set(path, "4.2.1", "points:5")
        self.quantity(path, "land.green_cover", "25", "%")
        self.lingtan("remark", path, "4.2.1", "见附图", "--as", EVALUATOR)
        self.assertEqual(self.rounds(path), [at_once])
        self.set(path, "4.2.1", "points:2", "--reason", "抄错一行", who=OWNER)
        self.lingtan("import", path, self.write("l.yaml", sheet(A, [], [], [dict(LINE, activity="96")], park_type="production", rung="self")), "--reason", "漏计", "--as", OWNER)
        # a line that is not sent back is called what people call it
        more = self.write("m.yaml", sheet(A, [], [], [dict(LINE, id="2025.北门变电所.柴油")], park_type="production", rung="self"))
        self.assert_refused(self.lingtan("import", path, more, "--as", OWNER, code=4), "（%s）" % LINE["source"])
        self.assertIs(self.rounds(path)[0]["holds"], False)
        self.assertRegex(self.lingtan("rounds", path).out, r"自评 第 1 轮  已提交  %s  之后有改动\n    20.*  何园  已提交" % at_once["state_hash"][:12])
        self.assertEqual(self.figures(path, "self", "--round", "1"), before)
        self.assertNotEqual(self.figures(path, "self"), before)
        for wrong, code in (("2", 4), ("0", 2), ("x", 2), ("-1", 2)):
            self.lingtan("score", path, "--rung", "self", "--round", wrong, code=code)
        self.lingtan("score", path, "--rung", "evaluator", "--round", "1", code=4)
        self.assert_holds(path)

    def test_each_rung_is_compared_with_its_own(self):
        path = self.submitted()
        self.set(path, "4.2.1", "points:5")
        self.submit(path, EVALUATOR)
        self.assertEqual([(r["rung"], r["holds"]) for r in self.rounds(path)], [("self", True), ("evaluator", True)])
        self.set(path, "4.2.1", "points:2", "--reason", "抄错一行")
        self.assertEqual([(r["rung"], r["holds"]) for r in self.rounds(path)], [("self", True), ("evaluator", False)])

    def test_a_further_assessment_leaves_it_as_it_was(self):
        path = self.submitted()
        self.lingtan("add", path, "--standard", "t-seesa-2024", "--stage", "operation", "--year", YEAR, "--as", LEADER)
        self.lingtan("set", path, "b1", "met", "--assessment", "t-seesa-2024/operation/" + YEAR, "--as", OWNER)
        self.quantity(path, "land.green_cover", "30", "%", who=OWNER, year="2026")
        self.assertIs(self.rounds(path, "--assessment", A)[0]["holds"], True)

    def test_twice(self):
        path = self.submitted()
        with self.untouched():
            self.submit(path, OWNER, code=4)
            for who in (REVIEWER, LEADER, EVALUATOR):
                self.lingtan("submit", path, "--rung", "self", "--reason", "x", "--as", who, code=4)

    def test_of_many_assessments(self):
        """The last round of the last of sixteen counts, like that of the first."""
        path = self.submitted()
        names = ["t-seesa-2024/operation/%d" % year for year in range(2011, 2026)]
        for name in names:
            self.lingtan("add", path, "--standard", "t-seesa-2024", "--stage", "operation", "--year", name[-4:], "--as", LEADER)
            self.lingtan("submit", path, "--assessment", name, "--as", OWNER)
        self.lingtan("reopen", path, "--assessment", name, "--reason", "再看", "--as", EVALUATOR)
        self.lingtan("submit", path, "--assessment", name, "--as", OWNER)
        with self.untouched():
            self.lingtan("submit", path, "--assessment", name, "--as", OWNER, code=4)
        self.assertEqual([(r["round"], r["state"]) for r in self.rounds(path, "--assessment", name)], [(1, "reopened"), (2, "submitted")])

    def test_more_than_nine(self):
        """Rounds are numbers: the tenth is the last, and it binds."""
        path = self.submitted()
        for n in range(2, 12):
            self.lingtan("reopen", path, "--reason", "再看", "--as", EVALUATOR)
            self.submit(path, OWNER)
        self.assertEqual([r["round"] for r in self.rounds(path)], list(range(1, 12)))
        with self.untouched():
            self.set(path, "4.2.1", "points:1", who=OWNER, code=4)
        self.send_back(path, "4.2.1", "再核")
        self.set(path, "4.2.1", "points:1", who=OWNER)
        self.assertEqual(self.rounds(path)[-1]["sent_back"][0]["changed"], True)


class SentBack(RoundCase):
    def test_only_these_items_are_open(self):
        path = self.submitted()
        with self.untouched():
            self.set(path, "4.2.1", "points:5", who=OWNER, code=4)
            self.set(path, "4.2.3", "points:5", who=OWNER, code=4)
        self.send_back(path, "4.2.1", "面积取自哪一年？", "4.2.2", "请补养护记录")
        for item in ("4.1.1", "4.2.3"):
            with self.untouched():
                run = self.set(path, item, "unset" if item == "4.1.1" else "points:1", who=OWNER, code=4)
                self.assertIn(item, run.err)
        self.set(path, "4.2.1", "points:6", "--remark", "取自 2025 年", who=OWNER)
        found, = self.rounds(path)
        self.assertEqual((found["state"], [e["state"] for e in found["events"]]), ("returned", ["submitted", "returned"]))
        self.assertEqual([(a["item"], a["text"], a["by"], a["changed"], a["answered"]) for a in found["sent_back"]],
                         [("4.2.1", "面积取自哪一年？", "林静", True, False), ("4.2.2", "请补养护记录", "林静", False, False)])
        remark = found["sent_back"][1]["remark"]
        self.lingtan("remark", path, "4.2.2", "没有养护记录，按现状计", "--reply-to", remark[:8], "--as", OWNER)
        self.assertEqual([a["answered"] for a in self.rounds(path)[0]["sent_back"]], [False, True])
        self.submit(path, OWNER)
        # one word for it, wherever it is told
        for told in (("rounds", path), ("log", path, "--all")):
            text = self.lingtan(*told, "--lang", "en").out
            self.assertIn("sent back", text)
            self.assertNotIn("returned", text)
        with self.untouched():
            self.set(path, "4.2.1", "points:7", who=OWNER, code=4)
        self.assertEqual([(r["round"], r["state"]) for r in self.rounds(path)], [(1, "returned"), (2, "submitted")])
        self.assert_holds(path)

    def test_more_of_the_same_round(self):
        path = self.submitted()
        self.send_back(path, "4.2.1", "一")
        self.send_back(path, "4.2.2", "二", who=LEADER)
        self.set(path, "4.2.2", "points:1", who=OWNER)
        self.assertEqual(len(self.rounds(path)[0]["sent_back"]), 2)

    def test_it_needs_words_and_a_round(self):
        path = self.new()
        self.set(path, "4.2.1", "points:8", who=OWNER)
        with self.untouched():
            self.assertIn("自评层级还没有提交过", self.send_back(path, "4.2.1", "为什么", code=4).err)
        self.submit(path, OWNER)
        with self.untouched():
            for words, code in ((("4.2.1",), 2), (("4.2.1", ""), 4), (("4.2.1", "  "), 4), (("4.2.1", "好", "4.2.2"), 2), (("nope", "好"), 4), ((), 2), (("4.2.1", "好", "4.2.2", "\t"), 4)):
                with self.subTest(words=words):
                    self.send_back(path, *words, code=code)
            # from the rung above alone
            for who in (OWNER, REVIEWER, APPROVER, BODY):
                with self.subTest(who=who):
                    self.send_back(path, "4.2.1", "为什么", who=who, code=4)

    def test_of_the_evaluator_by_the_reviewer(self):
        path = self.new()
        self.set(path, "4.2.1", "points:8")
        self.set(path, "4.2.2", "points:7")
        self.submit(path, LEADER)
        self.send_back(path, "4.2.1", "证据页码对不上", who=REVIEWER)
        self.set(path, "4.2.1", "points:6")
        with self.untouched():
            self.set(path, "4.2.2", "points:6", code=4)
        self.set(path, "4.2.2", "points:6", who=OWNER)
        self.assertEqual([(r["rung"], r["state"]) for r in self.rounds(path, "--rung", "evaluator")], [("evaluator", "returned")])

    def test_figures_and_lines(self):
        path = self.new(standard="t-seesa-2024", stage="operation", park_type=None)
        measured = self.measured("t-seesa-2024")
        (item, quantity), (_, other) = measured[0], next(m for m in measured if m[1] != measured[0][1])
        values = {q["id"]: q for q in projects.sample("t-seesa-2024")["quantities"]}
        for q in (quantity, other):
            self.quantity(path, q, values[q]["value"], values[q]["unit"], who=OWNER)
        self.lingtan("import", path, self.write("l.yaml", sheet("t-seesa-2024/operation/" + YEAR, [], [], [LINE, dict(LINE, id="25-04")], rung="self")), "--as", OWNER)
        self.submit(path, OWNER)

        def line(code, **more):
            return self.lingtan("import", path, self.write("l.yaml", sheet("t-seesa-2024/operation/" + YEAR, [], [], [dict(LINE, **more)], rung="self")), "--as", OWNER, code=code)
        with self.untouched():
            self.quantity(path, quantity, "1", values[quantity]["unit"], who=OWNER, code=4)
            line(4, activity="96")
            line(4, id="25-09")
        # a figure is open with the item that it measures, a line by its own name
        self.send_back(path, item, "读数？", "25-03", "漏计？")
        self.quantity(path, quantity, values[quantity]["value"][:-1] or "1", values[quantity]["unit"], who=OWNER)
        line(0, activity="96")
        with self.untouched():
            self.quantity(path, other, "1", values[other]["unit"], who=OWNER, code=4)
            line(4, id="25-04", activity="96")
        self.send_back(path, other, "单位？")
        self.quantity(path, other, values[other]["value"][:-1] or "1", values[other]["unit"], who=OWNER)
        self.assert_holds(path)

    def test_a_line_of_before_it_was_kept_who_entered_it_is_the_parks(self):
        path = self.new(standard="t-seesa-2024", stage="operation", park_type=None)
        text = sheet("t-seesa-2024/operation/" + YEAR, [], [], [LINE], rung="self")
        self.lingtan("import", path, self.write("l.yaml", text), "--as", OWNER)
        last, body = projects.head(path), projects.bodies(path)[projects.head(path)][1]
        body["changes"] = [c for c in body["changes"] if c[2] != "entered"]
        older = projects.canonical(body)
        projects.change(path, "UPDATE entry SET hash = ?, body = ? WHERE hash = ?", projects.digest(b"lingtan entry 1\n" + older.encode()), older, last)
        projects.change(path, "UPDATE line SET entered_rung = NULL")
        home = harness.environment(self.dir, XDG_STATE_HOME=self.dir / "another")  # a machine that knew it not otherwise
        self.lingtan("submit", path, "--reason", "如实填报", "--as", OWNER, env=home)
        changed = self.write("m.yaml", text.replace("92.5", "96"))
        self.assertIn("--reason", self.lingtan("import", path, changed, "--as", OWNER, code=4, env=home).err)
        self.lingtan("return", path, "25-03", "漏计？", "--as", EVALUATOR, env=home)
        self.lingtan("import", path, changed, "--as", OWNER, env=home)

    def measured(self, standard):
        """(item, quantity) of items that a quantity of the sample measures."""
        known = {q["id"] for q in projects.sample(standard)["quantities"] if "na" not in q}
        text = projects.ruleset_files(standard)[1].decode("utf-8")
        found, item = [], None
        for line in text.splitlines():
            start = re.match(r"\s*- \{?(?:item|id): \"?([^\s,\"}]+)", line)
            item = start.group(1) if start else item
            of = re.search(r"quantity: \"?([^\s,\"}]+)", line)
            if of and of.group(1) in known:
                found.append((item, of.group(1)))
        self.assertGreater(len(found), 1)
        return found

    def test_evidence_of_a_locked_item_may_still_come(self):
        path = self.new()
        self.set(path, "4.2.1", "points:8", who=OWNER)
        photo = self.write("photo.jpg", self.bytes_of(1, 500))
        self.attach(path, "4.2.1", photo, "第3页", who=OWNER)
        self.lingtan("submit", path, "--as", OWNER)
        self.attach(path, "4.2.1", photo, "第4页", who=OWNER)
        self.assertEqual(len(self.document("evidence", path)["ties"]), 2)
        # which is no slip that was corrected
        self.assertEqual([(c["id"], c["table"], c["correction"]) for c in self.document("rounds", path, "1", "--rung", "self")["changes"]], [("4.2.1", "tie", False)])


class Corrected(RoundCase):
    def test_a_slip_keeps_both_values(self):
        path = self.submitted()
        self.set(path, "4.2.1", "points:3", "--reason", "抄错一行", who=OWNER)
        last = self.entries(path)[-1]
        self.assertEqual((last["reason"], last["changes"][0]["old"], last["changes"][0]["new"]), ("抄错一行", ["points", "8", ""], ["points", "3", ""]))
        found = self.document("rounds", path, "1", "--rung", "self")
        (change,) = found["changes"]
        self.assertEqual((change["id"], change["from"], change["to"], change["by"], change["reason"], change["correction"]),
                         ("4.2.1", ["points", "8", ""], ["points", "3", ""], "何园", "抄错一行", True))
        self.assertRegex(self.lingtan("rounds", path, "1", "--rung", "self").out, "4.2.1 结论：8 分 → 3 分 .*抄错一行")

    def test_two_rounds(self):
        path = self.submitted()
        first = self.figures(path, "self")
        self.send_back(path, "4.2.1", "偏高", "4.1.1", "缺文件")
        self.set(path, "4.2.1", "points:5", who=OWNER)
        # who was asked corrects no slip, though a reason is given
        self.set(path, "4.1.1", "not-met", "--remark", "文件未齐", "--reason", "如退回意见", who=OWNER)
        self.set(path, "4.2.2", "points:6", "--reason", "笔误", who=OWNER)
        self.submit(path, OWNER)
        found = self.document("rounds", path, "1", "2", "--rung", "self")
        self.assertEqual([(c["id"], c["group"], c["from"], c["to"], c["correction"]) for c in found["changes"]],
                         [("4.1.1", "remark", None, ["文件未齐"], False), ("4.1.1", "verdict", ["met", "", ""], ["not-met", "", ""], False),
                          ("4.2.1", "verdict", ["points", "8", ""], ["points", "5", ""], False), ("4.2.2", "verdict", ["points", "7", ""], ["points", "6", ""], True)])
        self.assertEqual((found["before"]["low"], found["before"]["high"]), (first[0]["low"], first[0]["high"]))
        now = self.figures(path, "self")
        self.assertEqual((found["after"]["low"], found["after"]["high"]), (now[0]["low"], now[0]["high"]))
        self.assertEqual(self.figures(path, "self", "--round", "2"), now)
        # what comes after the second is none of their business
        self.set(path, "4.2.2", "points:1", "--reason", "又笔误", who=OWNER)
        self.assertEqual(self.document("rounds", path, "1", "2", "--rung", "self"), found)
        for wrong in (("2", "1"), ("1", "1"), ("3",), ("1", "3")):
            self.lingtan("rounds", path, *wrong, "--rung", "self", code=4)
        for wrong in (("x",), ("0",), ("1", "0")):
            self.lingtan("rounds", path, *wrong, "--rung", "self", code=2)


class Reopened(RoundCase):
    def test_by_the_rung_above_or_the_body_with_a_reason(self):
        path = self.submitted()
        with self.untouched():
            for who in (OWNER, REVIEWER, APPROVER):
                self.lingtan("reopen", path, "--rung", "self", "--reason", "x", "--as", who, code=4)
            self.lingtan("reopen", path, "--as", EVALUATOR, code=4)
            self.lingtan("reopen", path, "--reason", " ", "--as", EVALUATOR, code=4)
            self.lingtan("reopen", path, "--rung", "nope", "--reason", "x", "--as", EVALUATOR, code=2)
            self.lingtan("reopen", path, "--reason", "x", "--as", BODY, code=4)
        self.lingtan("reopen", path, "--rung", "self", "--reason", "边界有变", "--as", BODY)
        self.set(path, "4.2.3", "points:5", who=OWNER)
        self.set(path, "4.2.1", "unset", who=OWNER)
        with self.untouched():
            self.lingtan("reopen", path, "--reason", "x", "--as", EVALUATOR, code=4)
            self.send_back(path, "4.2.1", "x", code=4)
        self.submit(path, OWNER)
        self.assertEqual([(r["round"], r["state"]) for r in self.rounds(path)], [(1, "reopened"), (2, "submitted")])
        self.assertEqual([e["reason"] for e in self.rounds(path)[0]["events"]], ["如实填报", "边界有变"])
        self.assert_holds(path)

    def test_nobody_goes_back_behind_it(self):
        path = self.submitted()
        self.set(path, "4.2.1", "points:5")
        self.send_back(path, "4.2.1", "一")
        with self.untouched():
            for who in (OWNER, EVALUATOR):
                self.lingtan("undo", path, "--as", who, code=4)
        self.lingtan("reopen", path, "--reason", "x", "--as", EVALUATOR)
        with self.untouched():
            self.lingtan("undo", path, "--as", EVALUATOR, code=4)


class Remarks(RoundCase):
    def test_threads(self):
        path = self.new()
        self.lingtan("remark", path, "4.2.1", "面积是否含水面？", "--as", EVALUATOR)
        self.lingtan("remark", path, "4.2.2", "另一条", "--as", REVIEWER)
        first = self.document("remarks", path, "4.2.1")["remarks"][0]
        self.lingtan("remark", path, "4.2.1", "不含", "--reply-to", first["id"], "--as", OWNER)
        self.lingtan("remark", path, "4.2.1", "第二个问题", "--as", REVIEWER)
        reply = self.document("remarks", path, "4.2.1")["remarks"][1]
        self.lingtan("remark", path, "4.2.1", "好", "--reply-to", reply["id"][:6], "--as", EVALUATOR)
        found = self.document("remarks", path, "4.2.1")["remarks"]
        self.assertEqual([(r["text"], r["depth"], r["by"], r["rung"]) for r in found],
                         [("面积是否含水面？", 0, "林静", "evaluator"), ("不含", 1, "何园", "self"), ("好", 2, "林静", "evaluator"), ("第二个问题", 0, "周岚", "reviewer")])
        self.assertEqual(len(self.document("remarks", path)["remarks"]), 5)
        self.lingtan("settle", path, first["id"], "--as", EVALUATOR)
        self.assertEqual([r["settled_by"] for r in self.document("remarks", path, "4.2.1")["remarks"]], ["林静", None, None, None])
        self.assertIs(self.document("settle", path, first["id"], "--as", EVALUATOR)["changed"], False)
        with self.untouched():
            self.lingtan("remark", path, "4.2.1", "", "--as", EVALUATOR, code=4)
            self.lingtan("remark", path, "nope", "x", "--as", EVALUATOR, code=4)
            self.lingtan("remark", path, "4.2.2", "x", "--reply-to", first["id"], "--as", EVALUATOR, code=4)
            self.lingtan("remark", path, "4.2.1", "x", "--reply-to", "ffffff", "--as", EVALUATOR, code=4)
            self.lingtan("remark", path, "4.2.1", "x", "--reply-to", first["id"][:5], "--as", EVALUATOR, code=4)
            self.lingtan("settle", path, found[3]["id"], "--as", OWNER, code=4)
        self.assert_holds(path)

    def test_in_order_of_typing(self):
        path = self.submitted()
        self.send_back(path, "4.2.2", "一", "4.2.1", "二", "4.1.1", "三", "4.2.3", "四")
        self.assertEqual([r["text"] for r in self.document("remarks", path)["remarks"]], ["一", "二", "三", "四"])
        self.assertEqual([r["sent_back"] for r in self.document("remarks", path)["remarks"]], [1] * 4)


if __name__ == "__main__":
    harness.main()
