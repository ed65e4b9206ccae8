"""Readiness: each check has its id, severity, two sentences and a place to jump to; errors block, warnings take a person's tick that lapses with its particulars."""
import re

import harness
import projects
from harness import SAMPLES, SEESA, TREE
from projects import APPROVER, EVALUATOR, LEADER, OWNER, REVIEWER, YEAR, ProjectCase

BODY = "机构:body"


class ReadyCase(ProjectCase):
    def ready(self, path, *args, code=(0, 1)):
        return self.document("ready", path, *args, code=code)

    def ids(self, path, *args):
        return {f["id"] for f in self.ready(path, *args)["findings"]}

    def found(self, path, id, *args):
        (found,) = [f for f in self.ready(path, *args)["findings"] if f["id"] == id]
        return found

    def tick(self, path, id, *args, who=REVIEWER, code=0):
        return self.lingtan("ready", path, "--tick", id, *args, "--as", who, code=code)


class Checks(ReadyCase):
    def test_every_finding_is_whole(self):
        path = self.new()
        self.set(path, "4.1.1", "not-met")
        self.set(path, "4.2.1", "points:5")
        document = self.ready(path, code=1)
        severities = [f["severity"] for f in document["findings"]]
        self.assertEqual(severities, sorted(severities, key=["error", "warning", "note"].index))
        self.assertEqual([document[k] for k in ("errors", "warnings", "notes")], [severities.count(s) for s in ("error", "warning", "note")])
        self.assertEqual(document["unticked"], document["warnings"])
        self.assertEqual(len({f["id"] for f in document["findings"]}), len(severities))
        for f in document["findings"]:
            self.assertTrue(f["id"].startswith(f["check"]) and f["text"]["zh"] and f["text"]["en"] and f["jump"]["to"] and f["jump"]["field"], f)
            self.assertNotIn("{", f["text"]["zh"] + f["text"]["en"])
        run = self.lingtan("ready", path, "--lang", "en", code=1)
        self.assertIn("assess it again  [veto]\n", run.out)
        self.assertEqual(self.found(path, "veto:4.1.1")["jump"], {"to": "item", "id": "4.1.1", "field": "verdict"})

    def test_result(self):
        path = self.new()
        self.set(path, "4.1.1", "not-met")
        ids = self.ids(path)
        self.assertLessEqual({"veto:4.1.1", "open-control:4.1.2", "open-item:4.2.1", "no-grade", "not-submitted:evaluator", "not-signed:leader", "weak-number"}, ids)
        told = self.lingtan("ready", path, code=1).out
        self.assertIn("数值（1 项：各条分值）  [weak-number]", told)
        # what has no number in its name is called by its title; only what is ticked shows its id
        self.assertIn("条款 可再生能源与碳汇已尽用 还没有结论，得分只是区间：请评价这一条  [条款未评]\n", told)
        self.assertNotIn("j.maximised", told)
        self.assertIn("[open-innovation:12-2]", told)
        self.assertIn("条款 4.2.1 还没有结论", told)
        self.assertNotIn("open-control:4.1.1", ids)
        self.set(path, "4.1.1", "met", "--no-evidence", "现场看过")
        ids = self.ids(path)
        self.assertIn("no-evidence-reason:4.1.1", ids)
        self.assertNotIn("veto:4.1.1", ids)

    def test_evidence(self):
        path = self.new()
        self.set(path, "4.2.1", "points:5")
        self.assertIn("no-evidence:4.2.1", self.ids(path))
        self.attach(path, "4.2.1", self.write("a/表.pdf", self.bytes_of(1, 500)), "见附件")
        self.assertIn("vague-locator:4.2.1", self.ids(path))
        self.attach(path, "4.2.1", self.write("b/表.pdf", self.bytes_of(2, 500)), "第3页")
        ids = self.ids(path)
        self.assertNotIn("vague-locator:4.2.1", ids)
        self.assertIn("duplicate-file:表.pdf", ids)
        self.assertIn("2", self.found(path, "duplicate-file:表.pdf")["text"]["en"])

    def test_items_against_figures(self):
        path = self.new()
        self.quantity(path, "land.green_cover", "30.5", "%", who=OWNER)
        self.set(path, "4.2.2", "points:7", who=OWNER)
        self.set(path, "4.2.2", "points:7")
        self.assertNotIn("contradiction:4.2.2", self.ids(path))
        self.quantity(path, "land.green_cover", "20", "%")
        self.assertIn("20", self.found(path, "contradiction:4.2.2")["text"]["en"])
        self.set(path, "4.2.2", "points:5")
        self.assertNotIn("contradiction:4.2.2", self.ids(path))

    def test_the_inventory_and_its_meters(self):
        path = self.new()
        add = lambda *fields: self.lingtan("line", "add", path, "kind=emission", "system=energy", "year=" + YEAR, *fields, "--as", EVALUATOR)
        add("source=grid_power", "amount=100", "unit=kWh", "factor=grid-2023-national", "scope=2")
        add("source=natural_gas", "unit=m3", "scope=1")
        self.lingtan("fill", path, "meter", "meter=M01", "name=关口表", "--as", EVALUATOR)
        for on, until in (("2025-04-18", "2026-04-17"), ("2024-04-18", "2025-04-17")):
            self.lingtan("fill", path, "calibration", "meter=M01", "on=" + on, "until=" + until, "--as", EVALUATOR)
        found = {f["id"]: f for f in self.ready(path, "--on", "2026-04-18")["findings"]}
        (id,) = [i for i in found if i.startswith("ledger-")]
        ((line,),) = projects.query(path, "SELECT line FROM line WHERE activity_source = 'natural_gas'")
        self.assertEqual(id, "ledger-open:natural_gas (%s)" % line[:8])
        self.assertEqual(found[id]["jump"], {"to": "line", "id": line, "field": "amount"})
        self.assertIn("2026-04-17", found["calibration-expired:M01"]["text"]["en"])
        self.assertNotIn("calibration-expired:M01", self.ids(path, "--on", "2026-04-17"))

    def test_what_was_said(self):
        path = self.new()
        self.set(path, "4.2.1", "points:5")
        for grade in ("major", "minor", "observation"):
            self.lingtan("finding", "add", path, grade, "事实", "--item", "6.1.1", "--owner", "何园", "--as", EVALUATOR)
        self.lingtan("finding", "object", path, "F02", "不同意", "--as", OWNER)
        self.lingtan("submit", path, "--as", LEADER, "--reason", "初评")
        self.lingtan("return", path, "4.2.1", "缺页码", "--as", REVIEWER)
        found = {f["id"]: f["severity"] for f in self.ready(path)["findings"]}
        for id, severity in (("open-major:F01", "error"), ("open-minor:F02", "warning"), ("open-objection:F02", "warning"), ("open-observation:F03", "note"), ("sent-back:4.2.1", "error"), ("owed:何园", "note")):
            self.assertEqual(found.get(id), severity, id)

    def test_items_that_decide_nothing_are_one_warning(self):
        path = self.new("指南.lingtan", standard="t-ipif-2023", stage=None, park_type="industrial")
        self.lingtan("import", path, SAMPLES / "t-ipif-2023.yaml", "--as", EVALUATOR)
        found = {f["id"]: f for f in self.ready(path)["findings"]}
        self.assertEqual(found["open-guidance"]["severity"], "warning")
        listed = found["open-guidance"]["text"]["en"].split("(")[1].split(")")[0]
        n, ids = listed.split(": ")
        self.assertEqual(len(ids.split(", ")), int(n))
        self.assertGreater(int(n), 50)
        self.assertFalse({"open-item:" + i for i in ids.split(", ")} & set(found))

    def test_a_draft_gives_specimens_only(self):
        path = self.new("草案.lingtan", standard=SEESA, park_type=None)
        self.assertTrue([i for i in self.ids(path) if i.startswith("draft-standard:")])

    def test_a_protected_word_takes_approval_and_rule(self):
        path = self.new()
        self.lingtan("fill", path, "settings", "certificate_title=零碳园区认证证书", "--as", LEADER)
        self.assertEqual(self.found(path, "protected-word:零碳园区认证证书")["jump"]["to"], "setting")
        self.lingtan("fill", path, "settings", "certification_approval=示例 1", "certification_rule=示例 2", "--as", BODY)
        self.assertNotIn("protected-word:零碳园区认证证书", self.ids(path))


class Data(ReadyCase):
    """The checks are data: a file of them is held to its rules, and the program has every one that it speaks of."""
    TEXT = (TREE / "db" / "readiness.yaml").read_text("utf-8")

    def check(self, text, code=1):
        return self.lingtan("check", self.write("readiness.yaml", text), "--lang", "en", code=code)

    def test_what_ships_is_clean_and_mistakes_are_found(self):
        self.check(self.TEXT, code=0)
        for old, new, said in (("check: veto", "check: no-grade", "stands there twice"), ("暂不评级：整改后", "暂不评级 {more}：整改后", "have not the same"), ("severity: error", "severity: grave", "none of: error"),
                               ("jump: item", "jump: moon", "none of: item"), ("field: verdict, ", "", "field")):
            with self.subTest(new=new):
                changed = self.TEXT.replace(old, new, 1)
                self.assertFalse(changed == self.TEXT)
                run = self.lingtan("check", self.write("readiness.yaml", changed), "--lang", "en", code=1)
                self.assertIn(said, run.both)

    def test_every_check_of_the_program_is_declared(self):
        declared = set(re.findall(r"check: ([a-z-]+),", self.TEXT))
        used = set()
        for path in sorted((TREE / "src" / "app").glob("ready_*.c")):
            used |= {w for w in re.findall(r'"([a-z]+(?:-[a-z]+)*)"', path.read_text("utf-8")) if w in declared or "-" in w}
        self.assertEqual(used - declared, set())
        self.assertEqual(declared - used, set())


class Ticked(ReadyCase):
    def test_a_tick_names_a_person_and_lapses_with_its_particulars(self):
        path = self.new()
        self.attach(path, "4.2.1", self.write("a/表.pdf", self.bytes_of(1, 500)))
        self.attach(path, "4.2.1", self.write("b/表.pdf", self.bytes_of(2, 500)))
        before = self.ready(path)["unticked"]
        self.tick(path, "duplicate-file:表.pdf")
        at = self.found(path, "duplicate-file:表.pdf")
        self.assertEqual(at["ticked_by"], "周岚")
        self.assertEqual(self.ready(path)["unticked"], before - 1)
        last = self.entries(path)[-1]
        self.assertEqual((last["kind"], last["by"]), ("tick", "周岚"))
        with self.untouched():
            self.assertIs(self.document("ready", path, "--tick", "duplicate-file:表.pdf", "--as", REVIEWER)["changed"], False)
        self.attach(path, "4.2.1", self.write("c/表.pdf", self.bytes_of(3, 500)))
        self.assertIsNone(self.found(path, "duplicate-file:表.pdf")["ticked_by"])
        # a reason that is said otherwise is another one, however alike they begin
        for reason in ("现场看过", "现场看过，无书面材料"):
            self.set(path, "4.1.1", "met", "--no-evidence", reason, "--reason", "补充")
            self.assertIsNone(self.found(path, "no-evidence-reason:4.1.1")["ticked_by"])
            self.tick(path, "no-evidence-reason:4.1.1")
        self.assert_holds(path)

    def test_refused(self):
        path = self.new()
        self.set(path, "4.1.1", "not-met")
        self.lingtan("finding", "add", path, "observation", "事实", "--item", "6.1.1", "--as", EVALUATOR)
        with self.untouched():
            for id, who in (("veto:4.1.1", REVIEWER), ("open-observation:F01", REVIEWER), ("nothing", REVIEWER), ("weak-number", OWNER)):
                with self.subTest(id=id, who=who):
                    self.tick(path, id, who=who, code=4)
            self.assertNotRegex(self.tick(path, "veto:4.1.1", "--lang", "en", code=4).err.replace(path.name, ""), "[\u4e00-\u9fff]")
            self.tick(path, "weak-number", "--readonly", code=5)
            self.lingtan("ready", path, "--on", "soon", code=4)
        for who in (EVALUATOR, LEADER, REVIEWER, APPROVER, BODY):
            self.tick(path, "weak-number", who=who)


if __name__ == "__main__":
    harness.main()
