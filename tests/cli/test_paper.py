"""The forms that people print and sign: what is on them, how many pages, that templates are checked and the same file gives the same bytes."""
import os
import re
import subprocess

import harness
from harness import CSUS, TREE, Case
from projects import EVALUATOR, OWNER, YEAR, ProjectCase

DAY = ["--date", "2026-03-27"]
TEMPLATES = sorted(p.stem for p in (TREE / "templates").glob("*.yaml") if p.stem != "certificate")


def text_of(path):
    return subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout


def pages_of(path):
    """(number of pages, size in points) as poppler sees them."""
    told = subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True, check=True).stdout
    size = re.search(r"Page size: +([0-9.]+) x ([0-9.]+)", told)
    return int(re.search(r"Pages: +(\d+)", told).group(1)), (round(float(size.group(1))), round(float(size.group(2))))


class Papers(ProjectCase):
    def park(self):
        path = self.new()
        self.lingtan("finding", "add", path, "major", "自有货车 1 辆为国五排放", "--item", "6.1.1", "--due", "2026-04-26", "--as", EVALUATOR)
        self.lingtan("finding", "add", path, "minor", "天然气总表检定过期", "--place", "M03", "--as", EVALUATOR)
        return path

    def paper(self, form, path, *args, name=None, code=0):
        to = self.dir / (name or form + ".pdf")
        self.lingtan("paper", form, path, "-o", to, "--force", *DAY, *args, code=code)
        return to

    def test_one_page_for_each_finding(self):
        path = self.park()
        printed = self.paper("nonconformity", path)
        self.assertEqual(pages_of(printed), (2, (595, 842)))
        pages = text_of(printed).split("\f")
        self.assertIn("F01", pages[0])
        self.assertIn("自有货车 1 辆为国五排放", pages[0])
        self.assertIn("6.1.1", pages[0])
        self.assertIn("T/CSUS 66-2023", pages[0])
        self.assertNotIn("F02", pages[0])
        self.assertIn("M03", pages[1])
        self.assertIn("第1页共1页", pages[1].replace(" ", ""))
        only = self.paper("nonconformity", path, "--only", "F02")
        self.assertEqual(pages_of(only)[0], 1)
        self.assertNotIn("F01", text_of(only))
        self.assert_refused(self.lingtan("paper", "nonconformity", path, "-o", only, "--force", "--only", "F09", code=4), "F09")
        # what the park writes makes the type smaller, not the page longer
        self.lingtan("finding", "answer", path, "F01", "已换", "--cause", "漏登。" * 150, "--correction", "核对。" * 150, "--as", OWNER)
        self.assertEqual(pages_of(self.paper("nonconformity", path))[0], 2)

    def test_every_form_is_printed(self):
        """Chinese and English by turns; each in both with LINGTAN_FULL=1."""
        path = self.park()
        listed = {p["id"]: p for p in self.lingtan("paper", "list", "--json").json()}
        self.assertEqual(sorted(listed), TEMPLATES)
        english = {p["id"]: p["title"] for p in self.lingtan("paper", "list", "--json", "--lang", "en").json()}
        for i, (form, info) in enumerate(sorted(listed.items())):
            for lang in ("zh", "en") if os.environ.get("LINGTAN_FULL") == "1" else ("zh", "en")[i % 2:][:1]:
                printed = self.paper(form, path, "--lang", lang, name="%s-%s.pdf" % (form, lang))
                size = {"a4": (595, 842), "a4_landscape": (842, 595), "a5": (420, 595)}[info["size"]]
                self.assertEqual(pages_of(printed)[1], size, form)
                self.assertIn(info["title"] if lang == "zh" else english[form], text_of(printed), form)

    def test_a_visit(self):
        """Plan, pocket list and sign-in sheets name the stops with their people, items and places; a sample's sheet its seed."""
        path = self.new()
        for words in (["engagement", YEAR, "applicant=管委会", "criteria=" + CSUS, "body=示例评价机构", "contract=HT-1"], ["team", YEAR + "/林静", "role=leader"], ["team", YEAR + "/陈总", "role=approver"],
                      ["stop", "S01", "day=2026-03-25", "from=9:00", "to=9:40", "title=会议室", "kind=opening"],
                      ["stop", "S02", "day=2026-03-25", "from=14:00", "to=17:30", "title=能源站", "kind=site"],
                      ["presence", "S01/林静", "planned=yes", "post=组长"], ["presence", "S01/来客", "organisation=园区办"], ["meter", "M03", "name=天然气总表", "class=1.0"],
                      ["calibration", "M03/2023-11-20", "until=2025-11-19"], ["stop_place", "S02/M03", "planned=yes"],
                      ["note", "text=铅封完好", "stop=S02"], ["population", YEAR + "/企业", "kind=tenant", "size=46", "basis=其余随机", "must=energy:1", "list=名录.xlsx"], ["place", "T1", "kind=tenant", "name=甲厂", "energy_share=40"]):
            self.lingtan("fill", path, *words, "--as", EVALUATOR)
        plan = text_of(self.paper("plan", path))
        for text in ("示例评价机构", "HT-1", "能源站", "14:00-17:30", "天然气总表", "组长"):
            self.assertIn(text, plan)
        self.assertNotIn("来客", plan)  # came, and was not planned
        self.assertNotIn("陈总", plan)  # decides, and is not of the team
        self.assertIn("T/CSUS 66-2023《", text_of(self.paper("acceptance", path)))
        pocket = self.paper("pocket", path)
        self.assertEqual(pages_of(pocket), (2, (420, 595)))
        sheets = text_of(pocket).split("\f")
        self.assertIn("检定有效至", sheets[1])
        self.assertIn("2025-11-19", sheets[1])
        self.assertNotIn("M03", sheets[0])
        self.assertIn("组长", text_of(self.paper("attendance", path, "--only", "S01")))
        self.assertIn("铅封完好", text_of(self.paper("site_record", path, "--only", "S02")))
        drawn = self.lingtan("sample", path, "企业", "draw", "2", "--seed", "20260318", "--reason", "两家够用", "--as", EVALUATOR)
        self.assertIn("45 个没有能耗占比", drawn.out)
        found = text_of(self.paper("sampling", path))
        for text in ("46", "名录.xlsx", "登记的 1 个在前", "其余随机", "能耗前 1", "至少 40%", "20260318", "两家够用", "甲厂"):
            self.assertIn(text, found)
        # a year later the stops of this one are printed where it is said
        self.lingtan("add", path, "--standard", CSUS, "--stage", "operation", "--year", "2026", "--type", "production", "--as", EVALUATOR)
        self.assert_refused(self.lingtan("paper", "attendance", path, "--only", "S01", "-o", self.folder / "去年.pdf", code=4), "--year")
        self.assertIn("组长", text_of(self.paper("attendance", path, "--only", "S01", "--year", YEAR, name="去年.pdf")))

    def test_signed_paper_comes_back(self):
        """By the number at its foot: at the stop, at the finding, and coverage sees the sign-in sheet."""
        path = self.park()
        for stop in ("S01", "S02"):
            self.lingtan("stop", path, stop, "day=2026-03-25", "from=9:00", "to=9:40", "title=会议室", "--as", EVALUATOR)
            self.lingtan("stop", path, stop, "done", "--as", EVALUATOR)
        missing = lambda: {g["what"] for g in self.document("coverage", path, code=None)["gaps"] if g["gap"] == "no-sign-in"}
        self.assertEqual(missing(), {"S01", "S02"})
        sheets = text_of(self.paper("attendance", path)).split("\f")
        self.assertIn("归档号 attendance/S01", sheets[0])
        self.assertIn("归档号 attendance/S02", sheets[1])
        self.assertIn("归档号 nonconformity/F02", text_of(self.paper("nonconformity", path)))
        self.assertIn("归档号 plan", text_of(self.paper("plan", path)))
        scans = {name: self.write(name, "%%PDF-1.4\n%% %s\n" % name) for name in ("签到.pdf", "现场.pdf", "不符合.pdf", "计划.pdf")}
        for back, name in (("attendance/S01", "签到.pdf"), ("nonconformity/F02", "不符合.pdf"), ("plan", "计划.pdf")):
            self.assertIn(back, self.lingtan("attach", path, back, scans[name], "--as", EVALUATOR).out)
        self.assertEqual(missing(), {"S02"})
        self.assertEqual(self.document("stop", path, "S01")["sheet"], "签到.pdf")
        evidence = {e["number"]: [f["name"] for f in e["evidence"]] for e in self.document("findings", path)["findings"]}
        self.assertEqual(evidence, {"F01": [], "F02": ["不符合.pdf"]})
        for back in ("attendance/S09", "nonconformity/F09", "attendance"):
            self.lingtan("attach", path, back, scans["现场.pdf"], "--as", EVALUATOR, code=4)
        self.assertNotIn("现场.pdf", self.lingtan("evidence", path).out)
        self.assert_holds(path)

    def test_a_reminder_names_what_is_owed_and_no_more(self):
        path = self.new()
        for values in (["title=电费结算单", "owner=周工", "state=insufficient", "due=2026-03-20"], ["title=最先到期", "owner=周工", "state=asked", "due=2026-03-17"], ["title=已经收到的图", "owner=周工", "state=received"],
                            ["title=能耗台账", "department=经济发展科", "state=asked"], ["title=全交了的", "owner=吴工", "state=received"]):
            self.lingtan("fill", path, "request", *values, "--as", EVALUATOR)
        pages = text_of(self.paper("reminder", path)).rstrip("\f").split("\f")
        self.assertEqual(len(pages), 2)
        pages.sort(key=lambda page: "经济发展科" in page)
        self.assertLess(pages[0].index("最先到期"), pages[0].index("电费结算单"))  # by day
        self.assertIn("逾期 10 天", pages[0])
        self.assertNotIn("能耗台账", pages[0])
        self.assertIn("能耗台账", pages[1])
        self.assertIn("经济发展科", pages[1])
        for text in ("已经收到的图", "全交了的", "吴工"):
            self.assertNotIn(text, "".join(pages))

    def test_same_file_and_day_same_bytes(self):
        path = self.park()
        first = self.paper("verification", path, name="a.pdf").read_bytes()
        self.assertEqual(first, self.paper("verification", path, name="b.pdf").read_bytes())
        self.assertNotEqual(first, self.lingtan("paper", "verification", path, "-o", self.dir / "c.pdf", "--date", "2026-03-28") and (self.dir / "c.pdf").read_bytes())
        self.assert_refused(self.lingtan("paper", "verification", path, "-o", self.dir / "a.pdf", code=4), "a.pdf", "--force")

    def test_a_template_of_the_body(self):
        path = self.park()
        own = self.write("own.yaml", "paper: own\ntitle: {zh: 自用表, en: Own form}\nhelp: {zh: 自用, en: own}\nsize: a5\nblocks:\n"
                                     "- {block: text, text: {zh: '园区：{park.name}，代码：{park.code}', en: x}}\n"
                                     "- block: table\n  rows: finding\n  fields:\n  - {id: n, title: {zh: 序, en: n}}\n"
                                     "  - {id: finding.fact, title: {zh: 事实, en: Fact}, share: '4'}\n  - {title: {zh: 看过, en: Seen}, tick: yes}\n  blank: '40'\n")
        printed = self.paper("own", path, "--template", own)
        text = text_of(printed)
        self.assertEqual(pages_of(printed)[1], (420, 595))
        self.assertGreater(pages_of(printed)[0], 1)
        # the head of a table stands on each page
        self.assertEqual(text.count("看过"), pages_of(printed)[0])
        self.assertIn("代码：____________", text)

    def test_rows_are_chosen_and_put_in_order(self):
        """match with among, sort, if_any; a place of signatures is not alone on its page."""
        path = self.park()
        head = "paper: own\ntitle: {zh: 自用表, en: Own form}\nhelp: {zh: 自用, en: own}\nsize: a5\nblocks:\n"
        columns = "fields: [{id: n, title: {zh: 序, en: n}}, {id: finding.fact, title: {zh: 事实, en: Fact}}, {id: finding.cause, title: {zh: 原因, en: Cause}, if_any: yes}]"
        own = self.write("own.yaml", head + "- {block: table, rows: finding, match: grade, among: 'major,minor', sort: 'place,fact', %s}\n"
                         "- {block: table, title: {zh: 观察, en: o}, rows: finding, match: grade, among: observation, if_any: yes, %s}\n" % (columns, columns))
        text = text_of(self.paper("own", path, "--template", own))
        self.assertLess(text.index("国五"), text.index("天然气"))
        self.assertNotIn("原因", text)
        self.assertNotIn("观察", text)
        self.write("own.yaml", head + "- {block: table, rows: finding, blank: '17', %s}\n- {block: text, text: {zh: 以下签字, en: x}}\n- {block: sign, fields: [{title: {zh: 组长, en: Leader}}]}\n" % columns)
        pages = text_of(self.paper("own", path, "--template", own)).rstrip("\f").split("\f")
        self.assertIn("19", pages[-1])
        self.assertIn("以下签字", pages[-1])
        self.assertIn("组长", pages[-1])

    def test_what_is_taller_than_a_page_goes_on(self):
        """A pair, a cell of a table, a name to be signed: to the last word, with the column's title."""
        path = self.new()
        self.lingtan("finding", "add", path, "major", "漏登。" * 1500 + "终点", "--item", "6.1.1", "--as", EVALUATOR)
        head = "paper: own\ntitle: {zh: 自用表, en: Own form}\nhelp: {zh: 自用, en: own}\nsize: a5\neach: finding\nblocks:\n"
        for block in ("{block: fields, fields: [{id: finding.number, title: {zh: 编号, en: n}}, {id: finding.fact, title: {zh: 事实甲, en: Fact}}]}",
                      "{block: fields, fields: [{id: finding.number, title: {zh: 编号, en: n}}, {id: finding.item, title: {zh: 条款, en: i}}, {id: finding.fact, title: {zh: 事实甲, en: Fact}}]}",
                      "{block: table, rows: finding, fields: [{id: finding.fact, title: {zh: 事实甲, en: Fact}}, {id: finding.number, title: {zh: 编号, en: n}}]}",
                      "{block: sign, fields: [{id: finding.fact, title: {zh: 事实甲, en: Fact}}, {title: {zh: 组长, en: Leader}}]}",
                      "{block: table, rows: finding, fields: [{id: finding.number, title: {zh: 编号, en: n}}, {id: finding.fact, title: {zh: 事实甲, en: Fact}}]}"):
            text = text_of(self.paper("own", path, "--template", self.write("own.yaml", head + "- " + block + "\n")))
            self.assertIn("终点", text, block)
            self.assertEqual((text.count("漏"), text.count("登")), (1500, 1500), block)  # none beyond the edge either
            self.assertGreaterEqual(text.count("事实甲"), 2 if "table" in block else 1, block)

    def test_a_form_of_more_pages_than_anybody_prints(self):
        """One row fills a page; 35 tables of 60 of them are refused for what they are, and nothing is left behind."""
        path = self.new()
        block = "- {block: table, blank: 60, lines: 30, fields: [{title: {zh: 甲, en: A}}]}\n"
        self.write("own.yaml", "paper: own\ntitle: {zh: 自用表, en: Own form}\nhelp: {zh: 自用, en: own}\nsize: a5\nblocks:\n" + block * 35)
        refused = self.lingtan("paper", "own", path, "-o", self.dir / "x.pdf", "--template", self.dir / "own.yaml", code=3)
        self.assert_refused(refused, "“自用表”超过 2000 页")
        self.assertFalse((self.dir / "x.pdf").exists())

    def test_no_character_is_lost(self):
        """cairo's subset of a font leaves out a piece of some glyphs (src/export/subset.h): they are to be seen, and to be found."""
        path = self.new()

        def ink(text):
            own = self.write("own.yaml", "paper: own\ntitle: {zh: 自用表, en: Own form}\nhelp: {zh: 自用, en: own}\nsize: a5\nblocks:\n- {block: text, text: {zh: '%s', en: x}}\n" % text)
            printed = self.paper("own", path, "--template", own)
            self.assertIn(text, text_of(printed))
            pixels = subprocess.run(["pdftoppm", "-r", "60", "-gray", str(printed)], capture_output=True, check=True).stdout.split(b"255\n", 1)[1]
            return sum(255 - p for p in pixels)

        nothing = ink("一" * 20)
        for character in "如瘃":
            self.assertGreater(ink(character * 20), nothing * 1.1, character)

    def test_a_text_has_an_end(self):
        path = self.new()
        self.lingtan("finding", "add", path, "major", "漏登。" * 1500, "--item", "6.1.1", "--as", EVALUATOR)
        self.write("own.yaml", "paper: own\ntitle: {zh: 自用表, en: Own form}\nhelp: {zh: 自用, en: own}\nsize: a4\neach: finding\nblocks:\n- {block: text, text: {zh: '%s', en: x}}\n" % ("{finding.fact}" * 90))
        self.assert_refused(self.lingtan("paper", "own", path, "-o", self.dir / "x.pdf", "--template", self.dir / "own.yaml", code=4), "1 MB")
        self.assertFalse((self.dir / "x.pdf").exists())

    def test_usage(self):
        path = self.park()
        self.lingtan("paper", "nonconformity", path, code=2)
        self.lingtan("paper", "nonconformity", code=2)
        self.assert_refused(self.lingtan("paper", "nothing", path, "-o", self.dir / "x.pdf", code=4), "nonconformity")
        self.assertFalse((self.dir / "x.pdf").exists())
        self.lingtan("paper", "nonconformity", path, "-o", self.dir / "x.pdf", "--readonly")
        self.assertTrue((self.dir / "x.pdf").exists())

    def test_one_of_the_body_beside_ours(self):
        """Listed, found, named among those there are; what is no form is none; a wrong one is told by its file's name."""
        folder = self.dir / "data" / "lingtan" / "templates"
        folder.mkdir(parents=True)
        own = "paper: minutes\ntitle: {zh: 会议纪要, en: Minutes}\nhelp: {zh: 自用, en: own}\nsize: a5\norder: '41'\nblocks:\n- {block: gap}\n"
        (folder / "minutes.yaml").write_text(own, "utf-8")
        (folder / "body.yaml").write_text((TREE / "templates" / "certificate.yaml").read_text("utf-8"), "utf-8")
        (folder / "notes.txt").write_text(own, "utf-8")
        listed = lambda: {p["id"]: p for p in self.lingtan("paper", "list", "--json").json()}
        found = listed()
        self.assertEqual(sorted(found), sorted(TEMPLATES + ["minutes"]))
        self.assertEqual([found["minutes"][k] for k in ("title", "size", "wrong", "template")], ["会议纪要", "a5", False, str(folder / "minutes.yaml")])
        path = self.new()
        self.assertIn("会议纪要", self.lingtan("paper", "minutes", path, "-o", self.dir / "m.pdf").out)
        self.assert_refused(self.lingtan("paper", "minute", path, "-o", self.dir / "m.pdf", code=4), "minutes")
        self.assert_refused(self.lingtan("paper", "../templates/minutes", path, "-o", self.dir / "m.pdf", code=4), "minutes")
        self.assert_refused(self.lingtan("paper", "body", path, "-o", self.dir / "m.pdf", code=4), "minutes")
        # a standard that the project has no assessment of is called by its code all the same
        self.lingtan("engagement", path, "applicant=甲", "criteria=" + CSUS + ",t-ipif-2023", "--as", EVALUATOR)
        accepted = text_of(self.paper("acceptance", path))
        self.assertIn("T/IPIF 0000—2023", accepted)
        self.assertNotIn("t-ipif", accepted)
        scan = self.write("scan.pdf", "%PDF-1.4 signed")
        self.lingtan("attach", path, "minutes", scan)
        self.assertIn("signed", self.lingtan("evidence", path, "--json").out)
        (folder / "minutes.yaml").write_text(own.replace("gap", "gup"), "utf-8")
        self.assertEqual([listed()["minutes"][k] for k in ("title", "wrong")], ["minutes", True])
        self.assertEqual(len(listed()), len(TEMPLATES) + 1)


class Templates(Case):
    def test_a_wrong_one_of_the_body_leaves_the_others(self):
        """In the folder of the body: told with its place, listed as wrong; one that calls itself otherwise is none."""
        folder = self.dir / "data" / "lingtan" / "templates"
        folder.mkdir(parents=True)
        listed = lambda: {p["id"]: p for p in self.lingtan("paper", "list", "--json").json()}
        plan = (TREE / "templates" / "plan.yaml").read_text("utf-8")
        (folder / "plan.yaml").write_text(plan.replace("zh: 评价计划", "zh: 本机构的计划"), "utf-8")
        self.assertEqual([listed()["plan"][k] for k in ("title", "wrong")], ["本机构的计划", False])
        for text, said in ((plan.replace("rows: team", "rows: teams"), "plan.yaml:"), (plan.replace("paper: plan", "paper: other"), "other"), ("[", "plan.yaml:")):
            (folder / "plan.yaml").write_text(text, "utf-8")
            found = listed()
            self.assertEqual((found["plan"]["wrong"], found["plan"]["title"], found["review"]["wrong"], len(found)), (True, "评价计划", False, len(TEMPLATES)))
            self.assertIn(said, self.lingtan("paper", "list").err)

    def found(self, text):
        path = self.write("t.yaml", "paper: t\ntitle: {zh: 表, en: Form}\nhelp: {zh: 用途, en: use}\nsize: a4\n" + text)
        run = self.lingtan("check", path, "--lang", "en", code=1)
        return run.both

    def test_unknown_names_are_errors(self):
        self.assertIn("t.yaml:6:", self.found("blocks:\n- {block: box, title: {zh: 甲, en: a}, id: park.nothing}\n"))
        self.assertIn("no field 'nothing'", self.found("blocks:\n- {block: box, title: {zh: 甲, en: a}, id: park.nothing}\n"))
        self.assertIn("no data 'moon'", self.found("blocks:\n- {block: text, text: {zh: '{moon.name}', en: a}}\n"))
        self.assertIn("many rows", self.found("blocks:\n- {block: box, title: {zh: 甲, en: a}, id: finding.fact}\n"))
        self.assertIn("no data 'moon'", self.found("each: moon\nblocks:\n- {block: gap}\n"))
        # nothing behind a brace that does not end is lost in silence
        self.assertIn("t.yaml:6:", self.found("blocks:\n- {block: text, text: {zh: '前 {park.name" + "后" * 60 + "', en: a}}\n"))

    def test_a_key_of_another_block_is_an_error(self):
        self.assertIn("does not know this key", self.found("blocks:\n- {block: gap, lines: '3'}\n"))
        self.assertIn("needs title", self.found("blocks:\n- {block: box, id: park.name}\n"))
        self.assertIn("whole number, 1 to 60", self.found("blocks:\n- {block: box, title: {zh: 甲, en: a}, lines: '0'}\n"))
        self.assertIn("whole number, 1 to 6 ", self.found("blocks:\n- {block: fields, across: '9', fields: [{id: park.name, title: {zh: 甲, en: a}}]}\n"))
        self.assertIn("no choice 'chief'", self.found("blocks:\n- {block: table, rows: team, match: role, among: 'leader,chief', fields: [{title: {zh: 甲, en: a}}]}\n"))
        self.assertIn("no field 'age'", self.found("blocks:\n- {block: table, rows: team, sort: 'role,age', fields: [{title: {zh: 甲, en: a}}]}\n"))
        self.assertIn("together", self.found("blocks:\n- {block: table, rows: finding, match: number, fields: [{title: {zh: 甲, en: a}}]}\n"))


if __name__ == "__main__":
    harness.main()
