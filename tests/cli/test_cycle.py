"""The next cycle: last verdicts are hints and never answers, a chosen subset is obligatory, the park's changes are listed, evidence counts again when confirmed."""
import re
import shutil

import harness
import projects
from harness import CSUS, RULESETS, SEESA, SIXTH
from projects import A, EVALUATOR, LEADER, OWNER, REVIEWER, YEAR, ProjectCase

NEXT = A.replace(YEAR, "2026")


MADE = []  # the bytes of the project that every test begins with, made once


class CycleCase(ProjectCase):
    def setUp(self):
        super().setUp()
        self.path = self.folder / "园区.lingtan"
        if MADE:
            self.path.write_bytes(MADE[0])
            self.write("用地平衡表.pdf", self.bytes_of(1, projects.CHUNK + 5000))
            return
        self.rich()
        self.set(self.path, "4.2.1", "points:6", "--remark", "复核", who=REVIEWER)
        self.lingtan("finding", "add", self.path, "minor", "缺记录", "--item", "6.1.1", "--as", EVALUATOR)
        self.lingtan("fill", self.path, "park", "area=3.20", "--as", LEADER)
        MADE.append(self.path.read_bytes())

    def follow(self, *args, who=LEADER, code=0):
        return self.lingtan("follow", self.path, *args, "--as", who, code=code)

    def cycle(self, *args):
        return self.document("cycle", self.path, *args)

    def hints(self):
        return {h["item"]: h for h in self.cycle()["hints"]}


class Opened(CycleCase):
    def test_states_are_reset_and_the_last_verdicts_are_hints(self):
        before = projects.head(self.path)
        self.follow()
        found = self.cycle()
        self.assertEqual([found[k] for k in ("assessment", "kind", "of", "head")], [NEXT, "reassessment", A, before])
        self.assertEqual(projects.query(self.path, "SELECT count(*) FROM answer WHERE assessment = ?", NEXT), [(0,)])
        hint = self.hints()["4.2.1"]
        self.assertEqual([hint[k] for k in ("rung", "result", "value", "by", "remark", "obligatory", "clause_changed")], ["reviewer", "points", "6", "周岚", "复核", False, False])
        self.assertEqual([self.hints()[i]["rung"] for i in ("4.1.1", "5.1.1")], ["evaluator", None])
        self.assertEqual(self.hints()["6.1.1"]["findings"], 1)
        # what is corrected in the earlier one later is not what was said then
        self.set(self.path, "4.2.1", "points:5", "--assessment", A, who=REVIEWER)
        self.assertEqual(self.hints()["4.2.1"]["value"], "6")
        self.assertEqual([f["number"] for f in self.cycle()["old_findings"]], ["F01"])
        self.assertRegex(self.lingtan("cycle", self.path).out, "4.2.1 .*复核 6 分")
        self.lingtan("finding", "add", self.path, "minor", "看错了", "--item", "6.1.1", "--assessment", A, "--as", EVALUATOR)
        self.lingtan("finding", "withdraw", self.path, "F02", "看错了", "--as", LEADER)
        self.assertEqual(self.hints()["6.1.1"]["findings"], 1, "one that was withdrawn is none")
        self.assert_holds(self.path)

    def test_a_chosen_subset_is_obligatory(self):
        self.follow("4.2.1", "findings", "--kind", "surveillance")
        must = lambda: {i for i, h in self.hints().items() if h["obligatory"]}
        self.assertEqual(must(), {"4.2.1", "6.1.1"})
        self.lingtan("must", self.path, "4.2.1", "--off", "--as", LEADER)
        self.lingtan("must", self.path, "controls", "--as", EVALUATOR)
        self.assertIn("4.1.1", must())
        self.assertNotIn("4.2.1", must())
        ids = {f["id"] for f in self.document("ready", self.path, "--assessment", NEXT, code=1)["findings"]}
        self.assertIn("obligatory-open:4.1.1", ids)
        self.assertIn("not-looked-at:4.2.1", ids)
        self.assertNotIn("open-item:4.2.1", ids)
        self.assertEqual(self.cycle()["obligatory_open"], len(must()))
        self.set(self.path, "4.1.1", "met", "--assessment", NEXT)
        self.assertEqual(self.cycle()["obligatory_open"], len(must()) - 1)
        with self.untouched():
            for args, who, code in ((("nope",), LEADER, 4), (("4.2.1",), OWNER, 4), (("4.2.1",), REVIEWER, 4)):
                self.lingtan("must", self.path, *args, "--as", who, code=code)
            self.assertIs(self.document("must", self.path, "4.1.1", "--as", LEADER)["changed"], False)
        self.assert_holds(self.path)

    def test_what_was_said_last_stands_only_for_what_need_not_be_looked_at(self):
        self.follow("4.1.1", "--kind", "surveillance")
        take = lambda *items, code=0: self.lingtan("take", self.path, *items, "--from", "last", "--assessment", NEXT, "--as", EVALUATOR, code=code)
        with self.untouched():
            take("4.1.1", code=4)
            take("5.1.1", code=4)
            take("--all", code=4)
            self.lingtan("take", self.path, "4.2.1", "--from", "last", "--assessment", A, "--as", REVIEWER, code=4)
        take("4.2.1")
        self.assertEqual(projects.query(self.path, "SELECT verdict_value, rung FROM answer WHERE assessment = ?", NEXT), [("6", "evaluator")])

    def test_a_clause_that_reads_otherwise_now(self):
        folder = self.dir / "sets" / CSUS
        shutil.copytree(RULESETS / CSUS, folder)
        text = (folder / "items.yaml").read_text("utf-8")
        title = re.search(r"(?m)^- \{?id: 4\.2\.1\b.*?title: \{zh: ([^,}]*)", text, re.S).group(1)
        (folder / "items.yaml").write_text(text.replace("{zh: " + title, "{zh: 旧" + title, 1), "utf-8")
        self.path = self.new("旧版.lingtan", "--rulesets", self.dir / "sets")
        self.set(self.path, "4.2.1", "points:8")
        self.set(self.path, "4.2.2", "points:7")
        # without the older edition at hand it follows by that of this program
        self.follow()
        self.assertEqual([self.hints()[i]["clause_changed"] for i in ("4.2.1", "4.2.2")], [True, False])
        take = lambda item, code=0: self.lingtan("take", self.path, item, "--from", "last", "--assessment", NEXT, "--as", EVALUATOR, code=code)
        take("4.2.1", code=4)
        take("4.2.2")
        self.assertIn("edition-unknown:" + CSUS, {f["id"] for f in self.document("ready", self.path, "--assessment", A, code=1)["findings"]})
        self.assertNotIn("edition-unknown:" + CSUS, {f["id"] for f in self.document("ready", self.path, "--assessment", NEXT, code=1)["findings"]})

    def test_a_ruleset_that_only_the_file_has(self):
        name = next(p.name for p in SIXTH.iterdir() if p.is_dir())
        self.path = self.new("六.lingtan", "--rulesets", SIXTH, standard=name, stage=None, park_type=None)
        item = "5.2.1"
        self.set(self.path, item, "tier:low")
        self.follow("5.2.2")
        (digests,) = projects.query(self.path, "SELECT count(DISTINCT ruleset_digest) FROM assessment")
        self.assertEqual(digests, (1,))
        self.assertIsNotNone(self.hints()[item]["rung"])
        self.assert_holds(self.path)

    def test_refused(self):
        with self.untouched():
            self.follow("--kind", "other", code=2)
            self.follow("--year", YEAR, code=4)
            self.follow("nope", code=4)
            self.follow(who=REVIEWER, code=4)
            self.follow("4.2.1", who=OWNER, code=4)
            self.lingtan("cycle", self.path, code=4)
        self.lingtan("add", self.path, "--standard", SEESA, "--stage", "operation", "--year", YEAR, "--as", LEADER)
        with self.untouched():
            self.follow("--assessment", SEESA + "/operation/" + YEAR, code=4)
        self.follow("--assessment", A, "--year", "2028", "--reason", "三年一评")
        self.assertEqual(self.document("cycle", self.path)["assessment"], A.replace(YEAR, "2028"))
        self.lingtan("undo", self.path, "--as", LEADER)
        self.lingtan("cycle", self.path, "--assessment", A, code=4)
        # what another has added since is scored by the ruleset that came with the first
        self.lingtan("add", self.path, "--standard", SEESA, "--stage", "operation", "--year", "2026", "--as", "另一人:leader")
        self.lingtan("undo", self.path, "--as", LEADER)
        self.document("score", self.path, "--assessment", SEESA + "/operation/2026")
        self.lingtan("score", self.path, "--assessment", SEESA + "/operation/" + YEAR, code=4)
        self.assert_holds(self.path)


class Elsewhere(CycleCase):
    def test_of_another_file(self):
        old, self.path = self.path, self.new("新.lingtan", year="2026", park="新名")
        before = projects.file_digest(old)
        with self.untouched():
            self.follow("--from", old, "--assessment", "nope", code=4)
            self.follow("--from", self.folder / "none.lingtan", code=3)
            self.follow("--from", self.path, code=4)
            self.follow("--from", old, "--year", "2026", code=4)
            self.follow("--from", old, "--year", "2027", who=REVIEWER, code=4)
            nowhere = self.lingtan("follow", self.path, "--from", old, "--year", "2027", "--as", LEADER, "--lang", "en", code=(3, 5),
                                   env=harness.environment(self.dir, TMPDIR=self.folder / "none"))
            self.assertIn("temporary folder cannot be made", nowhere.err)
        self.follow("findings", "--from", old, "--year", "2027")
        self.assertEqual(projects.file_digest(old), before)
        old.unlink()
        found = self.cycle()
        self.assertEqual((found["of"], found["obligatory"]), (A, 1))
        hints = {h["item"]: h for h in found["hints"]}
        self.assertEqual([hints["4.2.1"][k] for k in ("rung", "value", "by", "clause_changed")], ["reviewer", "6", "周岚", False])
        self.assertTrue(hints["6.1.1"]["obligatory"])
        self.assertEqual([f["number"] for f in found["old_findings"]], ["F01"])
        self.assertEqual({e["name"]: (e["standing"], e["items"]) for e in found["evidence"]}, {"用地平衡表.pdf": ("unconfirmed", 1), "照片.jpg": ("unconfirmed", 1)})
        self.assertIn("park.identity", {c["id"] for c in found["changes"]})
        new = A.replace(YEAR, "2027")
        self.lingtan("take", self.path, "4.2.2", "--from", "last", "--assessment", new, "--as", EVALUATOR)
        # the same bytes again: their place of then counts
        self.lingtan("attach", self.path, "4.2.8", self.dir / "用地平衡表.pdf", "--locator", "第9页", "--assessment", new, "--as", EVALUATOR)
        self.lingtan("confirm", self.path, "用地平衡表.pdf", "--carry", "--as", EVALUATOR)
        self.assertEqual({e["name"]: (e["standing"], e["carried"]) for e in self.cycle()["evidence"]}["用地平衡表.pdf"], ("confirmed", 2))
        self.assertEqual([e for e in self.cycle()["evidence"] if e["name"].startswith("earlier")], [])
        self.assert_holds(self.path)

    def test_without_the_file_that_is_followed(self):
        old, self.path = self.path, self.new("新.lingtan", year="2026")
        self.follow("--from", old, "--year", "2027")
        new = A.replace(YEAR, "2027")
        self.set(self.path, "4.2.1", "points:6", "--assessment", new)
        name = [e["name"] for e in self.document("evidence", self.path)["evidence"]][0]
        self.lingtan("purge", self.path, name, "--reason", "对方要求", "--as", LEADER)
        self.lingtan("cycle", self.path, code=4)
        # the item can still be looked at and answered
        run = self.lingtan("--plain", self.path, "--assessment", new, "--as", EVALUATOR, stdin="4.2.1\nq\n".encode("utf-8"))
        self.assertIn("4.2.1", run.out)
        self.assertNotIn("上次", run.out)
        self.assert_holds(self.path)

    def test_a_copy_of_the_same_project_is_refused(self):
        other = self.folder / "副本.lingtan"
        self.lingtan("copy", self.path, other)
        with self.untouched():
            self.follow("--from", other, code=4)


class Since(CycleCase):
    def test_changes_of_the_park(self):
        self.follow()
        self.assertEqual(self.cycle()["changes"], [])
        self.lingtan("fill", self.path, "park", "name=新名", "area=4", "--as", LEADER)
        self.quantity(self.path, "land.green_cover", "33", "%", year="2026")
        self.quantity(self.path, "land.green_cover", "31", "%", who=REVIEWER)
        found = {(c["kind"], c["id"]): (c["from"], c["to"], c["by"]) for c in self.cycle()["changes"]}
        self.assertEqual(found[("figure", "land.green_cover")], ("31 %", "33 %", None))
        self.assertEqual(found[("corrected", "land.green_cover")], ("30.5 %", "31 %", None))
        self.assertEqual(found[("park", "park.boundary")], ("3.20", "4", "管理员"))
        self.assertIn("新名", found[("park", "park.identity")][1])
        line = {"id": "26-01", "year": "2026", "kind": "emission", "scope": "1", "system": "energy", "source": "natural_gas", "activity": "10", "unit": "m3", "factor": "gas"}
        self.lingtan("import", self.path, self.write("more.yaml", harness.sheet(NEXT, [], [], [dict(line, source="grid_power", unit="kWh", factor="grid-2023-national", scope="2")], park_type="production")), "--as", EVALUATOR)
        self.assertFalse([c for c in self.cycle()["changes"] if c["kind"] == "source"])

    def test_a_verdict_with_a_member_missing(self):
        """A journal that was written by hand may say less than a verdict has: what is missing was not said."""
        self.set(self.path, "4.2.1", "points:2.5", who=REVIEWER)
        self.follow()
        self.set(self.path, "4.2.1", "points:5", "--assessment", A, who=REVIEWER)
        moved = {}
        for h, (text, _) in ((h, projects.bodies(self.path)[h]) for h, _ in projects.line_of_entries(self.path)):
            made = text.replace('["points","2.5",""]', '["points"]')
            for before, after in moved.items():
                made = made.replace(before, after)
            if made != text:
                moved[h] = projects.digest(b"lingtan entry 1\n" + made.encode())
                projects.change(self.path, "UPDATE entry SET hash = ?, body = ? WHERE hash = ?", moved[h], made, h)
                projects.change(self.path, "UPDATE assessment SET cycle_head = ? WHERE cycle_head = ?", moved[h], h)
        self.assertEqual(len(moved), 3)
        hint = self.hints()["4.2.1"]
        self.assertEqual([hint[k] for k in ("rung", "result", "value")], ["reviewer", "points", None])

    def test_evidence_is_confirmed_by_date(self):
        self.follow()
        standing = lambda *a: {e["name"]: (e["standing"], e["valid_until"], e["confirmed_by"], e["carried"]) for e in self.cycle(*a)["evidence"]}
        self.assertEqual(standing()["用地平衡表.pdf"], ("unconfirmed", None, None, 0))
        confirm = lambda *args, who=EVALUATOR, code=0: self.lingtan("confirm", self.path, *args, "--as", who, code=code)
        confirm("用地平衡表.pdf", "--until", "2099-06-30", "--dated", "2025-03-01", "--carry")
        self.assertEqual(standing()["用地平衡表.pdf"], ("confirmed", "2099-06-30", "林静", 1))
        # its last day is one of them
        self.assertEqual([standing("--on", day)["用地平衡表.pdf"][0] for day in ("2099-06-30", "2099-07-01")], ["confirmed", "expired"])
        ties = {(t["item"], t["locator"], t["slot"]) for t in self.document("evidence", self.path)["ties"] if t["assessment"] == NEXT}
        self.assertEqual(ties, {("4.2.1", "第3页 表1", "e1")})
        self.set(self.path, "4.2.1", "points:6", "--assessment", NEXT)
        ids = lambda *a: {f["id"] for f in self.document("ready", self.path, "--assessment", NEXT, *a, code=1)["findings"]}
        self.assertFalse({"award-expired:4.2.1", "expired-evidence:用地平衡表.pdf", "date-outside:用地平衡表.pdf"} & (ids() | ids("--on", "2099-06-30")))
        self.assertLessEqual({"award-expired:4.2.1", "expired-evidence:用地平衡表.pdf"}, ids("--on", "2099-07-01"))
        confirm("照片.jpg", who=REVIEWER)
        self.assertEqual(standing()["照片.jpg"], ("confirmed", None, "周岚", 0))
        with self.untouched():
            for args, who in ((("照片.jpg", "--until", "2020-01-01"), EVALUATOR), (("照片.jpg", "--until", "soon"), EVALUATOR), (("nothing.pdf",), EVALUATOR), (("照片.jpg",), OWNER),
                              (("照片.jpg", "--dated", "2025-02-30"), EVALUATOR), (("照片.jpg", "--carry", "--assessment", A), EVALUATOR)):
                with self.subTest(args=args):
                    confirm(*args, who=who, code=4)
        self.assert_holds(self.path)


if __name__ == "__main__":
    harness.main()
