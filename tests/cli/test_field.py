"""The assessment as a job: engagement and team, places and samples, the timetable, verdicts, notes, coverage; several sheets at once; all of it undone, compared, merged."""
import csv
import io
import re
import shutil

import harness
from harness import CSUS
from projects import A, EVALUATOR, LEADER, OWNER, ProjectCase

BODY = "评价机构甲:body"
DECLARED = ["impartial_on=2026-03-02", "confidential_on=2026-03-02"]


def sheet(folder, name, rows, answers=()):
    path = folder / name
    path.write_text("rung: evaluator\nassessment: %s\n" % A + "\n".join(harness.lines_of("answers", answers) + harness.lines_of("rows", rows)) + "\n", encoding="utf-8")
    return path


class Field(ProjectCase):
    def deed(self, *words, who=EVALUATOR, code=0):
        return self.document(*words, "--as", who, code=code)

    def test_engagement(self):
        path = self.new()
        self.deed("engagement", path, "applicant=管委会", "criteria=t-csus-66-2023, t-ipif-2023", "materiality=4", "consulting=是", "conflict=none", who=LEADER)
        self.deed("team", path, "林静", "role=leader", *DECLARED, who=LEADER)
        found = self.document("engagement", path)
        self.assertEqual((found["year"], found["criteria"], found["acceptance"], [m["role"] for m in found["team"]]), ("2025", ["t-csus-66-2023", "t-ipif-2023"], None, ["leader"]))
        self.assertEqual([g["gap"] for g in found["gaps"] if g["blocks"]], ["conflict-found", "not-accepted"])
        # advice within two years stands in the way, and an evaluator does not accept
        self.lingtan("engagement", path, "accept", "--as", BODY, code=4)
        self.lingtan("engagement", path, "refuse", "--as", BODY, code=4)
        self.deed("engagement", path, "conflict=managed", "conflict_note=换人", who=LEADER)
        self.lingtan("engagement", path, "accept", "--as", EVALUATOR, code=4)
        # nor does the park assess itself
        self.deed("fill", path, "person", "何园", "roles=park", who=LEADER)
        self.deed("team", path, "何园", "role=expert", *DECLARED, who=LEADER)
        self.assertIn("何园", self.lingtan("engagement", path, "accept", "--as", BODY, code=4).err)
        self.deed("team", path, "remove", "何园", who=LEADER)
        self.deed("engagement", path, "accept", "--on", "2026-03-02", who=BODY)
        self.assertEqual(self.document("engagement", path)["acceptance"], "accepted")
        # the form does not go past the deed, and the deed done again leaves what it said
        self.lingtan("engagement", path, "acceptance=refused", "--as", LEADER, code=4)
        self.deed("engagement", path, "accept", "--on", "2026-03-03", "--conditions", "补图", "--reason", "齐", who=BODY)
        self.deed("engagement", path, "accept", who=BODY)
        found = self.document("engagement", path)
        self.assertEqual([found[k] for k in ("acceptance", "accepted_on", "conditions", "acceptance_reason")], ["accepted", "2026-03-03", "补图", "齐"])
        self.assertIn("补图", self.lingtan("engagement", path).out)
        self.assertEqual(self.document("conclusion", path, "--year", "2025")["materiality_percent"], "4")
        self.assertIn("受理", self.lingtan("log", path).out)
        # criteria against assessments, by id or as it is printed; person-days against the timetable
        told = [("criteria", "t-ipif-2023")]
        self.assertEqual([(g["gap"], g["what"], g["blocks"]) for g in found["gaps"] if g["gap"] in ("criteria", "person-days")], [(*told[0], False)])
        self.deed("engagement", path, "criteria=T/IPIF 20231", "days_site=2", who=LEADER)
        self.deed("stop", path, "title=甲", "day=2026-03-25", "people=林静,陈工", who=LEADER)
        self.deed("stop", path, "title=乙", "day=2026-03-25", "people=林静", who=LEADER)
        self.assertEqual([(g["gap"], g["what"]) for g in self.document("engagement", path)["gaps"]][-2:], [("criteria", CSUS), ("person-days", "days_site")])
        self.assertIn("约定现场 2 人日，计划排了 1 人日", {f["id"]: f["text"]["zh"] for f in self.document("ready", path, code=1)["findings"]}["engagement-incomplete:2025"])
        self.deed("engagement", path, "criteria=T/CSUS 66—2023", "days_site=1.5", who=LEADER)
        self.deed("stop", path, "S02", "day=2026-03-26", who=LEADER)
        self.assertFalse({g["gap"] for g in self.document("engagement", path)["gaps"]} & {"criteria", "person-days"})
        self.deed("engagement", path, "days_site=1", who=LEADER)
        self.assertIn("person-days", {g["gap"] for g in self.document("engagement", path)["gaps"]}, "a whole day more")
        # the next year's begins with what stays the same; what is of each year is made anew
        self.lingtan("engagement", path, "renew", "--as", LEADER, code=4)
        self.deed("sample", path, "企业", "kind=tenant", "size=3", "must=energy:1")
        self.deed("sample", path, "企业", "draw", "1", "--reason", "x")
        self.deed("engagement", path, "renew", "--year", "2026", who=LEADER)
        found = self.document("engagement", path, "--year", "2026")
        self.assertEqual([found[k] for k in ("applicant", "criteria", "materiality", "conflict", "acceptance", "days_site")], ["管委会", ["T/CSUS 66—2023"], "4", None, None, None])
        self.assertEqual([(m["person"], m["role"], m["impartial_on"]) for m in found["team"]], [("林静", "leader", None)])
        self.assertEqual([(p["population"], p["size"], p["must"], p["n"]) for p in self.document("sample", path, "--year", "2026")], [("企业", "3", "energy:1", None)])
        self.lingtan("engagement", path, "renew", "--year", "2026", "--as", LEADER, code=4)

    def test_sample(self):
        path = self.new()
        self.deed("import", path, sheet(self.folder, "places.yaml", [{"form": "place", "row": "T%d" % i, "set": ["kind=tenant", "name=企业%d" % i, "energy_share=%d" % i]} for i in range(1, 6)]))
        self.deed("sample", path, "企业", "kind=企业", "size=12", "must=energy:1")
        self.lingtan("sample", path, "企业", "draw", "4", "--as", EVALUATOR, code=4)
        drawn = self.deed("sample", path, "企业", "draw", "4", "--seed", "7", "--reason", "四家够用")
        self.assertEqual((drawn["sample"][0]["place"], drawn["sample"][0]["how"], drawn["seed"], drawn["members"]), ("T5", "must", "7", 12))
        self.assertEqual(drawn["energy_share"], str(sum(int(s["place"][1:]) for s in drawn["sample"] if s["place"][0] == "T")))
        self.lingtan("sample", path, "企业", "check")
        self.assertIn("样本 2025 企业 T5 抽中：必查，第 1 个", self.lingtan("log", path, "--all").out)
        # another seed and the first again: the same places
        other = self.deed("sample", path, "企业", "draw", "4", "--seed", "8", "--reason", "再抽")
        again = self.deed("sample", path, "企业", "draw", "4", "--seed", "7", "--reason", "还是原来的")
        self.assertNotEqual([s["place"] for s in other["sample"]], [s["place"] for s in drawn["sample"]])
        self.assertEqual([s["place"] for s in again["sample"]], [s["place"] for s in drawn["sample"]])
        last = again["sample"][-1]["place"]
        self.lingtan("sample", path, "企业", "replace", last, "--as", EVALUATOR, code=4)
        found = self.deed("sample", path, "企业", "replace", last, "--reason", "停产")
        self.assertEqual([s["replaced_with"] for s in found["sample"] if s["place"] == last], [found["sample"][-1]["place"]])
        self.lingtan("sample", path, "企业", "check")
        self.lingtan("export", path, "--format", "html", "-o", self.folder / "r.html")
        annex = re.sub(r"<[^>]+>", " ", (self.folder / "r.html").read_text("utf-8")).rsplit("抽样表", 1)[1].split("佐证材料清单")[0]
        for place in found["sample"]:
            self.assertIn(" %s " % place["place"], annex)
        self.assertRegex(annex, r"T5\s+企业5")
        self.assertRegex(annex, re.escape(last) + r"\s.*\s" + re.escape(found["sample"][-1]["place"]) + r"\s+停产")
        self.deed("sample", path, "企业", "size=13")
        self.deed("places", path, "T6", "kind=tenant", "name=企业6", "energy_share=50")
        self.lingtan("sample", path, "企业", "check", code=1)
        self.assert_holds(path)

    def test_members_and_their_figures(self):
        path = self.new()
        rows = [{"form": "place", "row": row, "set": ["kind=" + kind, "name=" + row] + more} for row, kind, more in (
            ("V1", "vehicles", ["count=3"]), ("V2", "vehicles", []), ("T1", "tenant", ["energy_share=40"]), ("T2", "tenant", []), ("T3", "tenant", ["energy_share=2"]))]
        rows += [{"form": "population", "row": "2025/" + name, "set": more} for name, more in (
            ("车", ["kind=vehicles", "size=6", "must=V1"]), ("企业", ["kind=tenant", "size=5", "must=energy:2"]), ("表", ["kind=meter", "size=3", "must=M01"]))]
        self.deed("import", path, sheet(self.folder, "总体.yaml", rows))
        # a group is as many members as it stands for, as where figures are counted; the numbers of the list follow
        drawn = self.deed("sample", path, "车", "draw", "6", "--seed", "1", "--reason", "全查")
        self.assertEqual((drawn["members"], drawn["entered"], drawn["places"]), (6, 4, 2))
        self.assertEqual(sorted(s["place"] for s in drawn["sample"]), ["V1#1", "V1#2", "V1#3", "V2", "车#5", "车#6"])
        self.assertEqual([s["place"] for s in drawn["sample"] if s["how"] == "must"], ["V1#1", "V1#2", "V1#3"])
        # one of a group is known by the group, which is not seen with it
        self.deed("stop", path, "title=停车场", "day=2026/3/26", "places=V1#2")
        self.deed("stop", path, "S01", "done", "09:00", "10:00")
        self.assertEqual([(p["place"], p["name"]) for p in self.document("plan", path, code=1)["stops"][0]["places"]], [("V1#2", "V1")])
        self.assertEqual([(p["stops"], p["populations"], p["visited"]) for p in self.document("places", path) if p["place"] == "V1"], [(["S01"], ["车"], False)])
        self.assertRegex(self.lingtan("places", path).out, r"(?m)^V1 .*  抽中$")
        self.assertEqual([s["visited"] for s in self.document("sample", path, "车")["sample"] if s["place"] in ("V1#1", "V1#2")], [False, True])
        # of two that are as large the one that is entered first is taken, and no fewer are drawn than must be
        self.assert_refused(self.lingtan("sample", path, "企业", "draw", "1", "--reason", "x", "--as", EVALUATOR, code=4), "2", "1")
        self.deed("places", path, "T2", "energy_share=2")
        drawn = self.deed("sample", path, "企业", "draw", "2", "--seed", "1", "--reason", "够用")
        self.assertEqual([(s["place"], s["how"]) for s in drawn["sample"]], [("T1", "must"), ("T2", "must")])
        self.deed("places", path, "T2", "energy_share=")
        # what has no figure is not ranked, which is said, and the share covered is a floor
        drawn = self.deed("sample", path, "企业", "draw", "3", "--seed", "1", "--reason", "够用")
        self.assertEqual({s["place"] for s in drawn["sample"] if s["how"] == "must"}, {"T1", "T3"})
        self.assertEqual([drawn[k] for k in ("not_ranked", "not_ranked_places", "energy_share", "energy_share_at_least")], [3, ["T2"], "42", True])
        shown = self.lingtan("sample", path, "企业").out
        for part in ("登记的 3 个在前，清单从 4 号起", "至少 42 %", "3 个没有能耗占比，没有参加排序（T2；清单上的 2 个）"):
            self.assertIn(part, shown)
        self.deed("sample", path, "企业", "size=", "must=all")
        self.deed("places", path, "T2", "energy_share=1")
        drawn = self.deed("sample", path, "企业", "draw", "3", "--seed", "1", "--reason", "全查")
        self.assertEqual([drawn[k] for k in ("not_ranked", "energy_share", "energy_share_at_least")], [0, "43", False])
        # a meter that must be taken is entered first
        self.assert_refused(self.lingtan("sample", path, "表", "draw", "2", "--reason", "x", "--as", EVALUATOR, code=4), "M01")
        self.deed("fill", path, "meter", "M01", "name=关口表", "carrier=power")
        self.assertEqual(self.deed("sample", path, "表", "draw", "2", "--reason", "x")["sample"][0]["place"], "M01")

    def test_an_item_of_two_assessments(self):
        path = self.new()
        self.lingtan("add", path, "--standard", CSUS, "--stage", "planning", "--year", "2025", "--type", "production", "--as", EVALUATOR)
        planning, operation = CSUS + "/planning/2025", A
        self.assert_refused(self.lingtan("stop", path, "title=x", "items=4.1.1", "--as", EVALUATOR, code=4), "--assessment")
        self.deed("stop", path, "title=资料室", "items=4.1.1,%s:4.2.1" % operation, "--assessment", planning)
        (stop,) = self.document("plan", path, code=1)["stops"]
        self.assertEqual({(i["assessment"], i["item"]) for i in stop["items"]}, {(planning, "4.1.1"), (operation, "4.2.1")})
        # that of the one that is meant comes first, the only one that has it next
        self.deed("stop", path, "S01", "items=4.1.1", "--assessment", operation)
        (stop,) = self.document("plan", path, code=1)["stops"]
        self.assertEqual([(i["assessment"], i["item"]) for i in stop["items"]], [(operation, "4.1.1")])
        self.lingtan("stop", path, "S01", "items=99.9", "--assessment", operation, "--as", EVALUATOR, code=4)
        # a note goes where it is said, stays there, and the answer says where; one of no item needs no assessment
        self.deed("note", path, "分区图", "--stop", "S01")
        self.assert_refused(self.lingtan("file", path, "分区图", "4.1.1", "--as", EVALUATOR, code=4), "--assessment")
        self.deed("file", path, "分区图", "4.1.1", "--assessment", planning)
        self.assertIn("分区图 → %s 4.2.1" % planning, self.lingtan("file", path, "分区图", "4.2.1", "--as", EVALUATOR).out)
        self.deed("file", path, "分区图", "--dropped", "与评价无关")
        self.assertEqual([(n["items"], n["dropped"]) for n in self.document("notes", path)], [([], "与评价无关")])
        self.assertIn("不归入", self.lingtan("notes", path).out)

    def test_visit(self):
        path = self.new()
        self.set(path, "4.1.3", "na:非生产制造类型")
        self.deed("team", path, "林静", "role=leader", "sections=4", who=LEADER)
        self.deed("stop", path, "title=能源站", "day=2026-03-25", "from=9:00", "to=12:00", "people=林静", "items=7.2.1,4.1.1")
        self.deed("stop", path, "title=资料室", "day=2026-03-25", "from=11:00", "to=13:00", "people=林静")
        plan = self.document("plan", path, code=1)
        self.assertEqual([(s["stop"], s["from"], [i["item"] for i in s["items"]]) for s in plan["stops"]], [("S01", "09:00", ["4.1.1", "7.2.1"]), ("S02", "11:00", [])])
        self.assertEqual([(c["conflict"], c["stop"], c["item"]) for c in plan["conflicts"]], [("twice", "S01", None), ("competence", "S01", "7.2.1")])
        self.deed("stop", path, "S02", "from=13:00", "to=14:00")
        self.deed("team", path, "林静", "sections=", who=LEADER)
        self.assertEqual(self.document("plan", path)["conflicts"], [])
        self.deed("document", path, "7.2.5", "unclear", "缺计量图", "--to-site", "看计量图", "--stop", "S02")
        # what was planned at a stop by hand stays there when the documents send it elsewhere
        for stop in ("S01", "S02"):
            self.deed("document", path, "4.1.1", "unclear", "--to-site", "看图", "--stop", stop)
        self.assertEqual([[i["item"] for i in s["items"]] for s in self.document("plan", path)["stops"]], [["4.1.1", "7.2.1"], ["4.1.1", "7.2.5"]])
        self.deed("document", path, "4.1.1", "unclear", "--to-site", "")
        self.assertEqual([[i["item"] for i in s["items"]] for s in self.document("plan", path)["stops"]], [["4.1.1", "7.2.1"], ["7.2.5"]])
        self.deed("note", path, "表封完好", "--at", "2026-03-25T09:30")
        self.deed("note", path, "食堂关了", "--stop", "S02")
        self.assertEqual([(n["text"], n["stop"]) for n in self.document("notes", path, "--unfiled")], [("表封完好", "S01"), ("食堂关了", "S02")])
        self.deed("file", path, "表封完好", "7.2.1", "7.2.5", "--method", "observation")
        self.deed("onsite", path, "7.2.5", "conforms", "图已补")
        found = {i["item"]: i for i in self.document("inspections", path)}
        self.assertEqual([found["7.2.5"][k] for k in ("document", "site", "site_stop", "methods", "notes")], ["unclear", "conforms", "S02", ["observation"], 1])
        self.lingtan("fill", path, "interview", "person=何园", "text=x", "items=7.2.1,9.9.9", "--as", EVALUATOR, code=4)
        self.deed("interview", path, "person=何园", "text=每月抄表", "items=7.2.1", "stop=S01", "on=2026-03-25")
        self.assertEqual([i["items"] for i in self.document("interview", path, "--stop", "S01")], [["7.2.1"]])
        self.assertRegex(self.lingtan("interview", path).out, r"^[0-9a-f]{8}  2026-03-25  S01  何园  7\.2\.1  每月抄表\n$")
        # filed again without a method it keeps the one it had
        self.deed("file", path, "表封完好", "7.2.1,7.2.5,7.2.6")
        self.assertEqual([(n["method"], n["items"]) for n in self.document("notes", path) if n["text"] == "表封完好"], [("observation", ["7.2.1", "7.2.5", "7.2.6"])])
        # what is written down of a stop stands where nothing else is said
        self.deed("stop", path, "S01", "done", "09:20", "12:40")
        self.deed("stop", path, "S01", "done", "--note", "晚了")
        self.deed("stop", path, "S01", "sign", "何园", "管委会", "--at", "2026-03-25 9:25")
        found = [s for s in self.document("plan", path)["stops"] if s["stop"] == "S01"][0]
        self.assertEqual([found[k] for k in ("done_from", "done_to", "done_note")], ["09:20", "12:40", "晚了"])
        self.assertEqual([p["signed_at"] for p in found["people"] if p["signed"]], ["2026-03-25T09:25"])
        gaps = {(g["gap"], g["what"]) for g in self.document("coverage", path, code=1)["gaps"]}
        self.assertNotIn("4.1.3", {what for _, what in gaps}, "what is not applicable is not to be covered")
        for gap in (("no-site-verdict", "7.2.1"), ("no-sign-in", "S02"), ("no-method", "4.1.1")):
            self.assertIn(gap, gaps)
        for gap in (("no-site-verdict", "7.2.5"), ("no-sign-in", "S01"), ("no-method", "7.2.1")):
            self.assertNotIn(gap, gaps)
        self.assertEqual(len([g for g in gaps if g[0] == "unfiled-note"]), 1)
        ready = {f["id"]: f for f in self.document("ready", path, code=1)["findings"]}
        self.assertEqual([ready["visit-gap:unfiled-note"]["severity"], ready["no-engagement:2025"]["severity"]], ["warning", "note"])
        for words in (("note", " "), ("file", "没有", "7.2.1"), ("stop", "S09", "done"), ("document", "9.9.9", "conforms"), ("document", "7.2.6", "unclear", "--stop", "S01"), ("onsite", "7.2.5", "好"), ("method", "7.2.5", "smell"), ("note", "x", "--at", "昨天"), ("stop", "S01", "sign", "赵工", "--at", "yesterday"), ("stop", "S01", "done", "22:00", "02:00"), ("stop", "S01", "from=25:00")):
            self.lingtan(words[0], path, *words[1:], "--as", EVALUATOR, code=4)
        self.lingtan("note", path, "x", "--as", OWNER, code=4)
        # one mechanism: in words, taken back, merged
        self.assertIn("观察", self.lingtan("log", path, "--all").out)
        other = self.folder / "另一台.lingtan"
        shutil.copy(path, other)
        self.deed("note", other, "另一台记的", "--stop", "S01", who="陈工:evaluator")
        self.assertIn("另一台记的", self.lingtan("diff", path, other).out)
        patch, third = self.folder / "另一台.patch", self.folder / "第三台.lingtan"
        shutil.copy(path, third)
        self.lingtan("patch", "make", other, "--since", self.entries(path)[-1]["hash"], "-o", patch, "--as", "陈工:evaluator")
        self.lingtan("patch", "apply", third, patch, "--as", LEADER)
        self.assertIn("另一台记的", [n["text"] for n in self.document("notes", third)])
        self.deed("undo", path)
        self.assertFalse([p for s in self.document("plan", path)["stops"] for p in s["people"] if p["signed"]])
        self.deed("merge", path, other, who=LEADER)
        self.assertIn("另一台记的", [n["text"] for n in self.document("notes", path)])
        self.assertFalse([p for s in self.document("plan", path)["stops"] for p in s["people"] if p["signed"]])
        self.assert_holds(path)

    def test_a_year_later(self):
        path = self.new()
        later = CSUS + "/operation/2026"
        self.deed("engagement", path, "applicant=管委会", "criteria=t-csus-66-2023", "site_from=2026-03-25", "site_to=2026-03-27", who=LEADER)
        self.deed("team", path, "林静", "role=leader", "to=2026-05-12", who=LEADER)
        self.deed("places", path, "T1", "kind=tenant", "name=企业1")
        self.deed("sample", path, "企业", "kind=tenant")
        self.deed("sample", path, "企业", "draw", "1", "--reason", "只有一家")
        self.deed("stop", path, "title=企业1", "day=2026-03-26", "from=9:00", "to=10:00", "people=林静", "places=T1")
        self.deed("stop", path, "S01", "done")
        self.deed("note", path, "去年没归入的", "--stop", "S01")
        # looked at again before the next year began: still of this one
        self.deed("stop", path, "title=整改复查", "day=2026-04-20", "from=9:00", "to=10:00", "people=林静")
        self.lingtan("add", path, "--standard", CSUS, "--stage", "operation", "--year", "2026", "--type", "production", "--as", EVALUATOR)
        year = ("--year", "2026")
        self.deed("engagement", path, "applicant=管委会", "criteria=t-csus-66-2023", "applied_on=2027-02-20", "site_from=2027-03-22", "site_to=2027-03-23", *year, who=LEADER)
        self.deed("team", path, "陈工", "role=leader", *year, who=LEADER)
        self.deed("sample", path, "企业", "kind=tenant", *year)
        self.deed("sample", path, "企业", "draw", "1", "--reason", "只有一家", *year)

        # where no year is said it is the last
        self.assertEqual(self.document("engagement", path), self.document("engagement", path, *year))

        def stops(*words, code=0):
            return [s["stop"] for s in self.document("plan", path, *words, code=code)["stops"]]

        def gaps(assessment):
            return {(g["gap"], g["what"]) for g in self.document("coverage", path, "--assessment", assessment, code=1)["gaps"] if g["gap"] in ("not-visited", "no-sign-in", "unfiled-note")}
        # the stops of last year are neither of the plan nor of the coverage, and their people no conflict of this year's team
        self.assertEqual((stops(*year), stops("--year", "2025")), ([], ["S01", "S02"]))
        self.assertEqual(gaps(later), {("not-visited", "T1")})
        self.assertEqual({g[0] for g in gaps(A)}, {"no-sign-in", "unfiled-note"})
        self.assertEqual([(p["visited"], p["stops"]) for p in self.document("places", path, *year)], [(False, [])])
        self.deed("stop", path, "title=企业1", "day=2027-03-22", "from=9:00", "to=10:00", "people=陈工", "places=T1")
        self.deed("stop", path, "title=资料室", "people=陈工", "items=4.1.1", "--assessment", later)
        self.assertEqual((stops(*year, code=1), stops("--year", "2025")), (["S03", "S04"], ["S01", "S02"]))
        self.deed("stop", path, "S03", "done")
        self.assertEqual(gaps(later), {("no-sign-in", "S03"), ("no-sign-in", "S04")})
        self.assertEqual([(p["visited"], p["stops"]) for p in self.document("places", path, *year)], [(True, ["S03"])])

    def test_surveillance_covers_what_must_be_assessed(self):
        path = self.new()
        self.deed("set", path, "4.1.1", "met", "--no-evidence", "x")
        later = CSUS + "/operation/2026"
        self.deed("follow", path, "controls", "--kind", "surveillance")
        self.deed("set", path, "4.2.1", "points:8", "--assessment", later)
        found = self.document("coverage", path, "--assessment", later, code=1)
        asked = {g["what"] for g in found["gaps"] if g["gap"] == "no-method"}
        self.assertEqual((len(asked), {"4.1.1", "4.2.1"} <= asked, {"4.2.2", "j.maximised"} & asked), (15, True, set()))

    def test_a_file_that_was_put_to_a_stop_outlives_its_tie(self):
        path = self.new()
        self.deed("stop", path, "title=能源站", "day=2026-03-25", "from=9:00", "to=12:00", who=LEADER)
        for name, stays in (("签到表.jpg", True), ("别的.jpg", False)):
            self.attach(path, "4.2.1", self.write(name, self.bytes_of(stays, 3000)), "全页")
            if stays:
                self.deed("photos", path, name, "--stop", "S01", who=LEADER)
            self.lingtan("undo", path, "--as", EVALUATOR)
            held = self.document("evidence", path)
            self.assertEqual(([e["name"] for e in held["evidence"]], held["ties"]), (["签到表.jpg"], []))
            self.assert_holds(path)
        # what could not be given to a stop by its time is told
        self.attach(path, "4.2.1", self.write("无时间.bin", b"x"), "第1页", "--kind", "photo")
        self.assertIn("时间不明 1 张", self.lingtan("photos", path, "assign", "--as", LEADER).out)
        self.assertRegex(self.lingtan("photos", path).out, r"^时间不明 +— +无时间\.bin\n$")

    def test_figures_are_counted_over_places(self):
        path = self.new()
        self.deed("quantity", path, "transport.nev_share", "68.8", "--year", "2025")
        self.deed("import", path, sheet(self.folder, "vehicles.yaml", [{"form": "place", "row": row, "set": ["kind=vehicles", "name=车", "count=" + n, "marks=" + marks]} for row, n, marks in (("V1", "44", "own,new-energy"), ("V2", "20", "own"))]))
        run = self.lingtan("explain", path, "transport.nev_share")
        self.assertIn("44 / 64", run.out)
        self.assertIn("以统计为准", run.err)
        found = self.document("explain", path, "transport.nev_share")
        self.assertEqual((found["low"], found["counted"]["base"], [p["counts"] for p in found["counted"]["places"]]), ("68.75", "64", [True, False]))
        self.assertEqual(self.document("explain", path, "transport.own_below_stage6")["low"], "0")
        # that no place has the mark proves nothing against what was typed, before a population says that these are all
        self.deed("quantity", path, "transport.own_below_stage6", "3", "--year", "2025")
        self.assertEqual(self.document("explain", path, "transport.own_below_stage6")["low"], "3")
        self.deed("sample", path, "自有", "kind=vehicles", "marks= own", "size=64")
        self.assertEqual(self.document("explain", path, "transport.own_below_stage6")["low"], "0")
        # a population that has more than is entered: what was typed stands
        self.deed("sample", path, "车辆", "kind=vehicles", "size=65")
        found = self.document("explain", path, "transport.nev_share")
        self.assertEqual((found["low"], found.get("counted")), ("68.8", None))
        self.assertEqual(self.lingtan("check", harness.TREE / "db" / "counts.yaml").code, 0)

    def test_a_count_outside_the_range_of_its_quantity_is_not_taken(self):
        shutil.copytree(harness.RULESETS / CSUS, self.dir / "sets" / CSUS)
        rules = self.dir / "sets" / CSUS / "ruleset.yaml"
        old = "- {id: transport.own_below_stage6, "
        self.assertIn(old, rules.read_text("utf-8"))
        rules.write_text(rules.read_text("utf-8").replace(old, old + 'max: "20", '), "utf-8")
        own = ("--rulesets", self.dir / "sets")
        path = self.new("园区.lingtan", *own)
        place = lambda n: sheet(self.folder, "%s.yaml" % n, [{"form": "place", "row": "V1", "set": ["kind=vehicles", "name=车", "count=" + n, "marks=own,below-stage-6"]}])
        self.deed("import", path, place("20"), *own)
        self.assertEqual(self.document("explain", path, "transport.own_below_stage6", *own)["low"], "20")
        self.deed("import", path, place("21"), *own)
        found = self.document("explain", path, "transport.own_below_stage6", *own)
        self.assertEqual((found["low"], found["high"], found.get("counted")), ("0", "20", None))
        self.assertIn("由地点统计得 21 count，超出所定范围，未采用", self.lingtan("explain", path, "transport.own_below_stage6", *own).err)
        self.assertIn("21 不在 0 到 20 之间", self.lingtan("quantity", path, "transport.own_below_stage6", "21", "--year", "2025", "--as", EVALUATOR, *own, code=4).err)

    def test_every_count_speaks_of_marks_and_quantities_that_there_are(self):
        choices = {f["id"]: {c["id"] for c in f["choices"]} for f in self.document("form", "place")["fields"]}
        known = {q for id in harness.IDS for q in re.findall(r"^- \{id: ([\w.]+)", (harness.RULESETS / id / "ruleset.yaml").read_text(), re.M)}
        rules = re.findall(r"^- \{quantity: ([\w.]+), kinds: \[(.*?)\], among: \[(.*?)\], of: \[(.*?)\]", (harness.TREE / "db" / "counts.yaml").read_text(), re.M)
        self.assertGreater(len(rules), 8)
        for quantity, kinds, among, of in rules:
            self.assertIn(quantity, known)
            self.assertLessEqual(set(kinds.split(", ")), choices["kind"])
            self.assertLessEqual(set((among + ", " + of).strip(", ").split(", ")), choices["marks"], quantity)

    def test_reminders(self):
        path = self.new()
        for words in (("title=电费单", "owner=何园", "due=2026-03-16"), ("title=平面图", "owner=何园", "due=2026-03-10"), ("title=年报", "department=统计局")):
            self.deed("fill", path, "request", "state=asked", *words)
        self.deed("requests", path, "平面图", "insufficient", "缺比例尺")
        self.deed("requests", path, "年报", "received", "--received", "2026-03-12", "--sender", "统计局 刘工")
        letters = self.document("requests", path, "remind", "--on", "2026-03-12")
        self.assertEqual([(m["owner"], m["owed"], m["overdue"], m["times"]) for m in letters], [("何园", 2, 1, None)])
        # a day of an option is read as that of a form; what nobody owes is told
        self.assertEqual(self.document("requests", path, "remind", "--on", "2026年3月12日"), letters)
        self.deed("fill", path, "request", "title=没人的", "state=asked")
        self.assertIn("另有 1 项没有责任人也没有部门", self.lingtan("requests", path, "remind", "--on", "2026-03-12").out)
        self.deed("undo", path)
        for part in ("何园：", "1. 资料 平面图（还缺：缺比例尺），2026-03-10 前（已逾期）", "2. 资料 电费单"):
            self.assertIn(part, letters[0]["text"])
        self.deed("requests", path, "reminded", "--on", "2026-03-12")
        self.deed("requests", path, "reminded", "--on", "2026-03-14", "--person", "何园")
        letters = self.document("requests", path, "remind", "--on", "2026-03-15", "--person", "何园")
        self.assertEqual([(m["reminded_on"], m["times"]) for m in letters], [("2026-03-14", "2")])
        self.assertEqual([r["received_from"] for r in self.document("requests", path)["asked"] if r["title"] == "年报"], ["统计局 刘工"])

        # the list is asked with a day and an owner, and what came is asked anew for the next year
        self.deed("requests", path, "ask", "area", "--due", "2026/3/20", "--owner", "赵园")
        self.deed("requests", path, "area", "received", "全", "--received", "2026-03-18", "--sender", "赵园")
        self.deed("requests", path, "again", "all", "--due", "2027-03-16")
        asked = {r["title"]: r for r in self.document("requests", path)["asked"]}
        area = [r["title"] for r in asked.values() if r["id"] == "area"]
        self.assertEqual([[asked[t][k] for k in ("owner", "due", "state", "note", "received_on", "received_from")] for t in area + ["年报"]],
                         [["赵园", "2027-03-16", "asked", None, None, None], [None, "2027-03-16", "asked", None, None, None]])
        self.assertEqual([asked[t]["due"] for t in ("电费单", "平面图")], ["2026-03-16", "2026-03-10"], "what is still owed stands")
        self.lingtan("requests", path, "again", "nothing", "--as", EVALUATOR, code=4)
        self.deed("undo", path)
        self.deed("fill", path, "request", "area", "state=unavailable")
        # the list itself, as a table: all of it, or what one owner was asked; it is of names, so it does not go without
        table = self.folder / "资料.csv"
        self.lingtan("export", path, "--format", "requests", "-o", table)
        rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8-sig"))))
        self.assertEqual(sorted((r["资料名称"], r["责任人"], r["收到情况"], r["催交次数"]) for r in rows if r["编号"] != "area"), [("平面图", "何园", "不齐", "2"), ("年报", "", "已收到", ""), ("电费单", "何园", "已索取", "2")])
        self.lingtan("export", path, "--format", "requests", "--owner", "统计局", "-o", table, "--force", "--lang", "en")
        self.assertEqual([(r["What is asked"], r["State"]) for r in csv.DictReader(io.StringIO(table.read_text(encoding="utf-8-sig")))], [("年报", "Received")])
        self.lingtan("export", path, "--format", "requests", "--without-names", "-o", self.folder / "无名.csv", code=4)

    def test_several_sheets_at_once(self):
        path = self.new()
        one = sheet(self.folder, "甲.yaml", [{"form": "request", "set": ["title=电费单", "state=received", "received_on=2026-03-15", "received_from=何园"]}], [{"item": "4.1.1", "result": "met"}])
        two = sheet(self.folder, "乙.yaml", [], [{"item": "4.1.2", "result": "met"}, {"item": "4.1.1", "result": "met"}])
        before = len(self.entries(path))
        self.deed("import", path, one, two)
        self.assertEqual(len(self.entries(path)), before + 1)
        self.assertEqual(self.document("show", path, "request", "电费单")["values"]["received_from"], "何园")
        wrong = sheet(self.folder, "丙.yaml", [{"form": "stop", "row": "S01", "set": ["title=站", "from=99:99"]}])
        self.lingtan("import", path, sheet(self.folder, "丁.yaml", [], [{"item": "4.1.3", "result": "met"}]), wrong, "--as", EVALUATOR, code=4)
        sets = [sheet(self.folder, name, [], [{"item": "5.1.1", "result": result}]) for name, result in (("戊.yaml", "met"), ("己.yaml", "not-met"))]
        self.assertIn("己.yaml", self.lingtan("import", path, *sets, "--as", EVALUATOR, code=4).err)
        self.assertEqual(len(self.entries(path)), before + 1)


if __name__ == "__main__":
    harness.main()
