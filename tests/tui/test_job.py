"""The assessment as a job, by keys alone: engagement, team, places, samples, stops, notes, findings; what coverage finds was left out on purpose.

The whole of the sample park (parks/sample/job) is typed with LINGTAN_FULL=1; otherwise a part of it.
"""
import json
import os
import pathlib
import re
import sys

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent), str(pathlib.Path(__file__).resolve().parent.parent / "cli")]
import harness  # noqa: E402
import park  # noqa: E402
from harness import TREE, Case, main  # noqa: E402

FILE = "园区.lingtan"
LEADER = "示例·李工:leader"
FULL = os.environ.get("LINGTAN_FULL") == "1"
ROW = re.compile(r'- \{form: (\w+)(?:, row: "([^"]*)")?, set: (\[.*\])\}')


# those of parks/sample/job.txt
FINDINGS = [{"item": "6.1.1", "fact": "自有货车 1 辆为国五排放", "grade": "major", "due": "2026-04-26"},
            {"item": "9.2.4", "fact": "机电调适报告缺研发楼", "grade": "minor", "due": "2026-04-26"},
            {"place": "M03", "fact": "天然气总表 2025 年内检定过期 42 天", "grade": "minor", "due": "2026-04-26"},
            {"item": "10.2.7", "fact": "碳汇功能尚无历史数据", "grade": "observation"}]


def rows(name):
    """(form, row, fields) of a file of the sample park's job."""
    out = []
    for line in (TREE / "parks" / "sample" / "job" / (name + ".yaml")).read_text("utf-8").splitlines():
        found = ROW.match(line)
        if found:
            out.append((found.group(1), found.group(2) or "", dict(pair.split("=", 1) for pair in json.loads(found.group(3)))))
    return out


class Job(Case):
    def setUp(self):
        super().setUp()
        self.bench = park.Bench(harness.PROGRAM, self.dir)
        self.bench.new(FILE, who=LEADER)
        self.forms = {form["form"]: form for form in json.loads(self.bench.run("form", "--json").stdout)}

    # ---- hands ----

    def start(self, lang="zh", **more):
        self.bench.forget_place()
        s = self.bench.start(FILE, "--as", LEADER, "--lang", lang, **more)
        self.addCleanup(s.close)
        s.wait("F1")
        s.settle()
        return s

    def page(self, s, name):
        """By F6 and arrows."""
        s.keys("F6")
        s.to_row(name)
        s.keys("Enter")

    def fill(self, s, form, values):
        """The form that is open, field by field, then back."""
        for field in self.forms[form]["fields"]:
            if field["id"] not in values:
                continue
            s.to_field(field["label"]["zh"])
            value = values[field["id"]]
            ids = [c["id"] for c in field["choices"]] or (["yes", "no"] if field["type"] == "yes_no" else [])
            if ids:
                at = ids.index(value)
                s.keys(*([str(at + 1)] if at < 9 else ["Right"] * at + [" "]))
            else:
                s.keys("Home", "S-End")
                s.type(value)
        s.keys("Esc")
        self.assertFalse(s.has("没有存入项目"), s.shown())

    def answer(self, s, *texts):
        """Questions one after the other."""
        for text in texts:
            s.type(text)
            s.keys("Enter")

    def document(self, *words):
        return json.loads(self.bench.run(*words, "--json", code=None).stdout)

    # ---- engagement, places, samples ----

    def engage(self, s, engagement, team):
        self.page(s, "委托")
        s.keys("Enter")
        self.fill(s, "engagement", engagement)
        for person, values in team:
            s.keys("F5")
            self.fill(s, "team", dict(values, person=person))
        s.keys("1")
        self.assertTrue(s.has("✓ 已受理"), s.shown())

    def add_places(self, s, places, populations):
        self.page(s, "地点")
        for number, values in places:
            s.keys("F5")
            self.fill(s, "place", dict(values, place=number))
        s.keys("Tab")
        for name, values in populations:
            s.keys("F5")
            self.fill(s, "population", dict(values, population=name))

    def sample(self, s, population, n, seed, reason):
        """The population is found by arrows."""
        s.keys(*["Up"] * 9)
        s.to_row(population)
        s.keys("F4")
        s.keys("Home", "S-End")
        self.answer(s, n, seed, reason)

    def drawn(self, population):
        return [one["place"] for one in self.document("sample", FILE, population)["sample"]]

    # ---- the visit ----

    def add_stop(self, s, number, values, people="", items="", places=""):
        s.keys("F5")
        self.fill(s, "stop", values)
        # the list is by time: the new one is where its number stands
        for _ in range(12):
            if re.search("› . " + number, s.text()):
                break
            s.keys("Down")
        s.keys("Enter")
        self.assertIn(number, s.lines()[0])
        for text in (items, places):
            if text:
                s.keys("F5")
                self.answer(s, text)
            s.keys("Tab")
        if people:
            s.keys("F5", "Home", "S-End")
            self.answer(s, people)
        s.keys("Esc")

    def add_finding(self, s, values):
        s.keys("F5")
        self.fill(s, "finding", values)

    def test_a_part_by_keys(self):
        s = self.start()
        engagement = next(v for f, _, v in rows("engagement") if f == "engagement")
        kept = ("applicant", "assurance", "from", "to", "contract", "conflict", "conflict_on", "consulting", "impartial_on", "confidential_on")
        self.engage(s, {k: engagement[k] for k in kept if k in engagement},
                    [("示例·李工", {"role": "leader", "impartial_on": "2026-03-02", "confidential_on": "2026-03-02"}),
                     ("示例·王工", {"role": "member", "sections": "6,9", "impartial_on": "2026-03-02", "confidential_on": "2026-03-02"})])
        self.add_places(s, [("T01", {"kind": "tenant", "name": "示例企业甲", "energy_share": "31.2"}), ("T02", {"kind": "tenant", "name": "示例企业乙", "energy_share": "18.7"})],
                        [("在园企业", {"kind": "tenant", "must": "T02", "basis": "用能大户必查"})])
        self.sample(s, "在园企业", "2", "20260318", "两家都查")
        self.assertRegex(s.text(), "在园企业 .* 2 +2 .*20260318")
        first = self.drawn("在园企业")
        self.sample(s, "在园企业", "2", "20260318", "重抽一次核对")
        self.assertEqual(self.drawn("在园企业"), first)
        self.page(s, "计划")
        self.add_stop(s, "S01", {"day": "2026-03-25", "from": "9:00", "to": "9:40", "kind": "opening", "title": "管委会会议室"}, people="示例·李工，示例·王工")
        self.add_stop(s, "S02", {"day": "2026-03-25", "from": "9:30", "to": "12:00", "kind": "site", "title": "能源站"}, people="示例·李工", items="7.1.1，7.2.1", places="T01")
        # the same person at two places at once; nobody for item 7.2.1 is no matter while the leader may assess all
        self.assertTrue(s.has("冲突 1"), s.shown())
        s.keys("F4")
        self.fill(s, "stop", {"from": "10:00"})
        self.assertTrue(s.has("冲突 0"), s.shown())
        s.keys("Enter", "1", "6", "F2")
        self.assertRegex(s.text(), "7.1.1 .*看 +◦ +✓")
        self.assertTrue(s.has("实际  10:00-12:00"), s.shown())
        # a note in two keys, and from the walk likewise
        s.keys("F4")
        self.answer(s, "天然气表铅封完好")
        s.keys("F3")
        self.assertTrue(s.lines()[0].startswith(" 逐项"), s.shown())
        s.keys("C-n")
        s.type("台账缺")
        s.keys("Esc", "C-n")
        self.assertTrue(s.has("台账缺"), s.shown())  # half a note is there again
        self.answer(s, " 3 月")
        s.keys("Esc")
        self.assertRegex(s.text(), "天然气表铅封完好 .*未归")
        self.assertRegex(s.text(), "台账缺 3 月 .*未归")
        self.leave_out(s)

    def leave_out(self, s):
        """Left out on purpose: T02 is sampled and stands at no stop, nobody signed in at S02, one note is not filed."""
        s.keys("Esc")
        self.page(s, "计划")
        s.keys("1", "F2", "Tab", "Tab", "Enter", "Esc")
        s.keys("F2")
        self.assertTrue(s.lines()[0].startswith(" 覆盖"), s.shown())
        self.assertRegex(s.lines()[0], "未归记录 2  未到样本 1  未签到 1")
        gaps = {(g["gap"], g["what"]) for g in self.document("coverage", FILE)["gaps"]}
        self.assertIn(("not-visited", "T02"), gaps)
        self.assertIn(("no-sign-in", "S02"), gaps)
        # a note is filed from here
        s.to_row("天然气表")
        s.keys("Enter")
        self.answer(s, "7.2.1")
        self.assertRegex(s.lines()[0], "未归记录 1  未到样本 1  未签到 1")
        # documents apart from the site, and what is sent there stands on the stop's list
        s.keys("Tab", "1", "F5")
        self.answer(s, "抄表底数")
        s.keys("2")
        self.assertIn("抄表底数", str(self.document("stop", FILE, "S02")))

    def test_findings_and_paper(self):
        s = self.start()
        s.keys("F9")
        s.type("发现")
        s.keys("Enter")
        self.add_finding(s, {"item": "6.1.1", "fact": "自有货车 1 辆为国五排放", "grade": "major", "due": "2026-04-26"})
        self.add_finding(s, {"place": "M03", "fact": "天然气总表检定过期", "grade": "minor"})
        self.assertTrue(s.has("天然气总表检定过期"), s.shown())
        self.page(s, "表单")
        s.to_row("不符合项报告")
        s.keys("Enter")
        s.wait("已写出")
        printed = list(self.dir.glob("园区-不符合项报告-*.pdf"))
        self.assertEqual(len(printed), 1)
        self.assertTrue(printed[0].read_bytes().startswith(b"%PDF"))
        # the same again gets a name of its own; that it would be written to stands there before
        s.wait(re.compile("写到 .*-2\\.pdf"))
        s.keys("Enter")
        s.wait(re.compile("已写出 .*-2\\.pdf"))
        self.assertEqual(len(list(self.dir.glob("园区-不符合项报告-*.pdf"))), 2)

    def test_each_word_stands_where_it_belongs(self):
        """Two assessments at a stop with items of the same number; who signed, who was planned; a note that is of the other assessment."""
        self.bench.add(FILE, "t-seesa-2024")
        one, other = "t-csus-66-2023/operation/2025", "t-seesa-2024/operation/2025"
        first = "a" + "甲" * 60
        for words in (["stop", FILE, "S01", "day=2026-03-25", "from=9:00", "to=9:40", "title=会议室", "people=" + first, "items=%s:5.2.1,%s:5.2.1" % (one, other)],
                      ["stop", FILE, "S01", "sign", "丙", "园区办", "主任"], ["note", FILE, "铅封完好", "--stop", "S01"],
                      ["file", FILE, "铅封完好", "5.2.1", "--method", "observation", "--assessment", other]):
            self.bench.run(*words, "--as", LEADER)
        s = self.start()
        self.page(s, "计划")
        s.keys("Enter", "Down", "Enter")
        self.answer(s, "另一项评价的话")
        self.assertEqual([i["site_text"] for i in self.document("inspections", FILE, "--assessment", other)], ["另一项评价的话"])
        self.assertEqual(self.document("inspections", FILE, "--assessment", one), [])
        s.to_row("a甲甲")
        s.keys("Enter")
        self.assertEqual([p["person"] for p in self.document("stop", FILE, "S01")["people"] if p["signed_at"]], [first, "丙"])
        # who has signed stays as signed, and unplanned when somebody else is planned
        before = self.document("stop", FILE, "S01")["people"]
        s.to_row("丙")
        s.keys("Enter")
        self.assertTrue(s.has("丙 已经签过到"), s.shown())
        self.assertEqual(self.document("stop", FILE, "S01")["people"], before)
        s.keys("F5", "Home", "S-End")
        self.answer(s, "乙")
        self.assertEqual({p["person"]: p["planned"] for p in self.document("stop", FILE, "S01")["people"]}, {first: True, "乙": True, "丙": False})
        # a note stays with its assessment and its method; English words are a reason, an unknown number is none
        s.to_row("铅封完好")
        s.keys("Enter", "Home", "S-End")
        self.answer(s, "5.2.1，5.2.2")
        note = self.document("notes", FILE)[0]
        self.assertEqual((note["assessment"], note["items"], note["method"]), (other, ["5.2.1", "5.2.2"], "observation"))
        s.keys("Enter", "Home", "S-End")
        self.answer(s, "9.9.9")
        self.assertEqual(self.document("notes", FILE)[0]["items"], ["5.2.1", "5.2.2"])
        s.keys("Enter", "Home", "S-End")
        self.answer(s, "not relevant")
        self.assertTrue(s.has("不归条款：not relevant"), s.shown())
        self.assertEqual(self.document("notes", FILE)[0]["dropped"], "not relevant")

    def test_what_was_refused_is_not_shown(self):
        self.bench.run("requests", FILE, "ask", "economy", "--as", LEADER)
        self.bench.forget_place()
        s = self.bench.start(FILE, "--as", "示例·陈总:approver")
        self.addCleanup(s.close)
        s.wait("F1")
        self.page(s, "资料")
        s.keys("2")
        self.assertTrue(s.has("◦") and s.has("已索取") and not s.has("✓"), s.shown())

    def test_who_is_chosen_of_the_team_is_in_sight(self):
        self.bench.run("fill", FILE, "engagement", "2025", "applicant=管委会", "criteria=t-csus-66-2023", "--as", LEADER)
        for i in range(9):
            self.bench.run("fill", FILE, "team", "2025/组员%d" % i, "role=member", "--as", LEADER)
        s = self.start(cols=60, rows=18)
        self.page(s, "委托")
        s.to_row("组员8")

    def test_a_name_is_no_folder(self):
        self.bench.run("fill", FILE, "population", "2025/办公/商业", "kind=tenant", "size=46", "basis=随机", "--as", LEADER)
        s = self.start()
        self.page(s, "地点")
        s.keys("Tab")
        s.to_row("办公")
        s.keys("F3")
        s.to_row("抽样")
        s.keys("Enter")
        s.wait("已写出")
        self.assertEqual(len(list(self.dir.glob("园区-*办公-商业*.pdf"))), 1)

    def test_photos_are_placed_and_a_sampled_place_gives_way(self):
        other = "t-ipif-2023//2025"
        self.bench.add(FILE, "t-ipif-2023")
        for words in (["fill", FILE, "place", "T01", "kind=tenant", "name=示例企业甲"], ["fill", FILE, "place", "T02", "kind=tenant", "name=示例企业乙"],
                      ["fill", FILE, "population", "2025/在园企业", "kind=tenant", "size=6", "basis=随机"],
                      ["sample", FILE, "在园企业", "draw", "2", "--seed", "7", "--reason", "随机"],
                      ["stop", FILE, "S01", "day=2026-03-25", "from=9:00", "to=9:40", "title=会议室", "items=%s:4.3.1a" % other, "places=T01,T02"]):
            self.bench.run(*words, "--as", LEADER)
        self.bench.write("IMG_20260325_091000.jpg", b"\xff\xd8\xff\xe0 photo")
        self.bench.run("attach", FILE, "4.2.1", "IMG_20260325_091000.jpg", "--locator", "1", "--kind", "photo", "--assessment", "t-csus-66-2023/operation/2025", "--as", "示例·李工:evaluator")
        before = self.drawn("在园企业")
        s = self.start()
        self.page(s, "照片")
        s.keys("F2", "F4", "2")
        self.assertRegex(s.text(), r"✓ 03-25 09:10 .*S01 会议室 +T02")
        self.page(s, "地点")
        s.keys("Tab", "Enter", "1")
        self.answer(s, "停产")
        gone = self.document("sample", FILE, "在园企业")["sample"]
        self.assertEqual([(one["place"], one["reason"]) for one in gone if one["replaced_with"]], [(before[0], "停产")])
        self.assertTrue(s.has("为何替换  停产"), s.shown())
        s.keys("1")
        self.assertTrue(s.has("已经换成"), s.shown())
        # an item of another assessment by its title, and the way to it
        self.page(s, "计划")
        s.keys("Enter")
        self.assertRegex(s.text(), r"4\.3\.1a +按省级指南与行业方法")
        s.keys("F3")
        self.assertRegex(s.text(), r"^ 逐项 .*T/IPIF(.*\n)+.*4\.3\.1a  按省级指南与行业方法算排放")

    def visit(self):
        """Places, a draw of two, a stop with two items, materials asked for, three photos."""
        for words in (["fill", FILE, "engagement", "2025", "applicant=管委会", "criteria=t-csus-66-2023"],
                      ["fill", FILE, "place", "T01", "kind=tenant", "name=示例企业甲"], ["fill", FILE, "place", "T02", "kind=tenant", "name=示例企业乙"],
                      ["fill", FILE, "population", "2025/在园企业", "kind=tenant", "size=2", "basis=随机"],
                      ["sample", FILE, "在园企业", "draw", "2", "--seed", "7", "--reason", "随机"],
                      ["stop", FILE, "S01", "day=2026-03-25", "from=9:00", "to=9:40", "title=会议室", "items=7.1.1,7.2.1", "places=T01"],
                      ["requests", FILE, "ask", "economy"]):
            self.bench.run(*words, "--as", LEADER)
        for name in ("IMG_20260325_091000.jpg", "IMG_20260325_101000.jpg", "IMG_20260326_101000.jpg"):
            self.bench.write(name, b"\xff\xd8\xff\xe0 " + name.encode("ascii"))
            self.bench.run("attach", FILE, "4.2.1", name, "--locator", "1", "--kind", "photo", "--as", "示例·李工:evaluator")

    def test_what_is_printed_is_what_the_screen_stood_on(self):
        self.visit()
        pages = (("委托", "engagement", [], "F3", "acceptance", ""), ("计划", "plan", [], "F3", "plan", ""), ("计划", "plan", ["Enter"], "C-p", "pocket", "S01"),
                 ("地点", "places", [], "F3", "sampling", ""), ("地点", "places", ["Tab"], "F3", "sampling", "在园企业"),
                 ("地点", "places", ["Tab", "Enter"], "F3", "sampling", "在园企业"), ("资料", "materials", [], "F3", "reminder", ""))
        for cols, lines, lang in ((60, 18, "zh"), (80, 24, "en"), (132, 43, "zh")):
            forms = {form["id"]: form for form in json.loads(self.bench.run("paper", "list", "--json", "--lang", lang).stdout)}
            s = self.start(cols=cols, rows=lines, lang=lang)
            for zh, en, keys, key, form, only in pages:
                self.page(s, zh if lang == "zh" else en)
                s.keys(*keys, key)
                self.assertRegex(s.text(), "│ › +[0-9] +" + re.escape(forms[form]["title"][:20]))
                # of a population no stop's form, of a stop no population's
                other = forms["sampling" if only == "S01" else "pocket"]["title"]
                (row,) = [line for line in s.lines() if other[:12] in line]
                self.assertTrue(not only or only not in row.partition(other[:12])[2], s.shown())
                before = set(self.dir.glob("园区-*.pdf"))
                s.keys("Enter")
                s.wait("已写出" if lang == "zh" else "written")
                (out,) = set(self.dir.glob("园区-*.pdf")) - before
                self.assertEqual("-%s-" % only in out.name, bool(only), out.name)
                s.keys("Esc")
            s.close()

    def test_the_next_that_is_to_be_done(self):
        self.visit()
        for cols, lines, lang in ((60, 18, "zh"), (132, 43, "en")):
            s = self.start(cols=cols, rows=lines, lang=lang)
            self.page(s, "照片" if lang == "zh" else "photos")
            # round and round, and past the one that a stop got
            for day in ("03-25 10:10", "03-26 10:10", "03-25 09:10"):
                s.keys("F5")
                self.assertRegex(s.text(), "› . " + day)
            s.keys("Enter", "1")
            self.assertRegex(s.text(), "✓ 03-25 09:10 .*S01")
            s.keys("F5", "F5", "F5")
            self.assertRegex(s.text(), "› . 03-25 10:10")
            s.keys("Up", "Enter", "0")
            s.keys("Esc")
            self.page(s, "地点" if lang == "zh" else "places")
            s.keys("Tab", "Enter")
            rows = [line for line in s.lines() if re.search("T0[12]", line)]
            self.assertIn("T01", self.bench.run("stop", FILE, "S01", "--json").stdout)
            self.assertEqual(len(rows), 2, s.shown())
            s.keys("F5")
            self.assertTrue("›" in [line for line in s.lines() if re.search("T0[12]", line)][1], s.shown())
            s.keys("F5")
            self.assertTrue("›" in [line for line in s.lines() if re.search("T0[12]", line)][0], s.shown())
            s.close()

    def test_points_of_the_review(self):
        self.bench.forget_place()
        s = self.bench.start(FILE, "--as", "示例·赵工:reviewer")
        self.addCleanup(s.close)
        s.wait("F1")
        self.page(s, "复核要点")
        s.keys("1", "Down", "2")
        s.type("人日不够")
        # left, it is there again; taken, it is no draft any more
        s.keys("Esc", "2")
        self.assertTrue(s.has("人日不够") and s.has("接着上次没写完的"), s.shown())
        s.keys("F2")
        self.assertFalse(list((self.bench.home / "state" / "lingtan" / "drafts").rglob("prose.*")))
        self.assertRegex(s.text(), r"› ! 组成与能力 +有意见 .*未关")
        s.keys("F5")
        self.assertTrue(s.has("› ◦ 计划与人日"), s.shown())
        s.keys("Up", "4")
        self.assertTrue(s.has("已看 2/10  意见未关 0"), s.shown())
        self.assertIn("人日不够", str(self.document("show", FILE, "review_point")))

    def test_ids_and_verbs_of_the_program_are_said_in_words(self):
        self.bench.run("fill", FILE, "engagement", "2025", "applicant=管委会", "criteria=t-csus-66-2023,t-ipif-2023", "--as", LEADER)
        self.bench.run("fill", FILE, "request", "title=用电结算单", "state=asked", "--as", LEADER)
        s = self.start(cols=60, rows=18)
        self.page(s, "委托")
        self.assertTrue(s.has("T/CSUS 66-2023, T/IPIF") and s.has("按 1 受理") and not s.has("lingtan"), s.shown())
        for command, seen in (("日志", r"资料 填表\n.*委托 填表"), ("数据", r"亿元/km2\n"), ("证书", r"^ 证书 "), ("资料", r" 用电结算单 ")):
            s.keys("Esc", "F9")
            s.type(command)
            s.keys("Enter")
            self.assertRegex(s.text(), seen)
            self.assertNotIn("count", s.text())

    def test_it_holds_at_every_size(self):
        self.bench.run("fill", FILE, "stop", "S01", "title=会议室", "day=2026-03-25", "--as", LEADER)
        for cols, lines in ((60, 18), (80, 24), (132, 43)):
            s = self.start(cols=cols, rows=lines)
            for name, title in (("委托", "委托"), ("资料", "资料"), ("地点", "地点"), ("计划", "计划"), ("覆盖", "覆盖")):
                self.page(s, name)
                self.assertTrue(s.lines()[0].startswith(" " + title), s.shown())
                self.assertIn("F1", s.lines()[-1])
                s.keys("C-t")
                self.assertIn("F1", s.lines()[-1])
                s.keys("C-t")
            s.close()

    def add_meters(self, s):
        """Those of parks/sample/registers.txt, in the register of meters."""
        self.page(s, "地点")
        s.keys("F2")
        for line in (TREE / "parks" / "sample" / "registers.txt").read_text("utf-8").splitlines():
            verb, number, *pairs = line.split()
            if verb == "meter":
                s.keys("F5")
                self.fill(s, "meter", dict((pair.split("=", 1) for pair in pairs), meter=number))
        s.keys("Esc")

    def see_stop(self, s, stop, items):
        """Times, sign-in and a note with its items. Left out on purpose: S09 is signed by nobody, the note of S05 filed to nothing."""
        number = int(stop[1:])
        s.keys(str(number), "F2")
        if stop != "S09":
            s.keys("Tab", "Tab", "Enter", "Down", "Enter")
        s.keys("F4")
        self.answer(s, "第 %d 站看过" % number)
        if stop != "S05":
            s.to_row("第 %d 站看过" % number)
            s.keys("Enter", "Home", "S-End")
            self.answer(s, "，".join(items) or "开会，不归条款")
        s.keys("Esc")

    def print_all(self, s):
        self.page(s, "表单")
        titles = [form["title"] for form in self.document("paper", "list")]
        self.assertEqual(len(titles), 15)
        for title in titles:
            s.keys(*["Up"] * 20)
            s.to_row(title)
            s.keys("Enter")
            s.wait("已写出 ")
            s.wait(title + "-")
            (printed,) = self.dir.glob("园区-%s-*.pdf" % title)
            self.assertTrue(printed.read_bytes().startswith(b"%PDF"), title)
        s.keys("Esc")

    def test_the_whole_sample_park(self):
        if not FULL:
            self.skip("LINGTAN_FULL=1 types the whole of it")
        s = self.start()
        self.add_meters(s)
        found = rows("engagement")
        self.engage(s, next(v for f, _, v in found if f == "engagement"), [(r.split("/")[1], v) for f, r, v in found if f == "team"])
        self.add_places(s, [(r, v) for f, r, v in found if f == "place"], [(r.split("/")[1], v) for f, r, v in found if f == "population"])
        visit = rows("visit")
        planned = {r.split("/", 1)[1] for f, r, _ in visit if f == "stop_place"}
        for population, n in (("在园企业", "9"), ("一级计量表", "12"), ("新建民用建筑", "3"), ("自有车辆", "16")):
            self.sample(s, population, n, "20260318", "按抽样办法")
            # with the seed of the sample park the places that its plan was made for, and again
            first = self.drawn(population)
            self.assertEqual(len(first), int(n), population)
            self.assertLessEqual(set(first), planned, population)
            self.sample(s, population, n, "20260318", "重抽一次核对")
            self.assertEqual(self.drawn(population), first)
        self.page(s, "计划")
        items = {}
        for form, number, values in visit:
            if form != "stop":
                continue
            mine = [(f, r, v) for f, r, v in visit if r.startswith(number + "/") or v.get("stop") == number]
            items[number] = [v["item"] for f, _, v in mine if f == "stop_item"]
            # left out on purpose: T05 was drawn and stands at no stop
            places = [p for p in (r.split("/", 1)[1] for f, r, _ in mine if f == "stop_place") if p != "T05"]
            self.add_stop(s, number, values, people="，".join(r.split("/")[1] for f, r, _ in mine if f == "presence"),
                          items="，".join(items[number]), places="，".join(places))
        self.assertTrue(s.has("9 站"), s.shown())
        for number in sorted(items):
            self.see_stop(s, number, items[number])
        self.assertTrue(s.has("已到 9"), s.shown())
        s.keys("F9")
        s.type("发现")
        s.keys("Enter")
        for values in FINDINGS:
            self.add_finding(s, values)
        self.assertEqual([f["fact"] for f in self.document("findings", FILE)["findings"]], [values["fact"] for values in FINDINGS])
        self.assertEqual(len(self.document("notes", FILE)), 9)
        stops = self.document("plan", FILE)["stops"]
        self.assertEqual([(stop["stop"], stop["done"], stop["signed_in"]) for stop in stops], [("S%02d" % i, True, i != 9) for i in range(1, 10)])
        gaps = self.document("coverage", FILE)["gaps"]
        self.assertEqual({kind: [g["what"] for g in gaps if g["gap"] == kind] for kind in ("not-visited", "no-sign-in")}, {"not-visited": ["T05"], "no-sign-in": ["S09"]})
        notes = {note["id"]: note["text"] for note in self.document("notes", FILE)}
        self.assertEqual([notes[g["what"]] for g in gaps if g["gap"] == "unfiled-note"], ["第 5 站看过"])
        s.keys("Esc")
        self.print_all(s)


if __name__ == "__main__":
    main()
