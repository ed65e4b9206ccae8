"""What leaves a project: JSON and CSV that are read again, the page, the evidence as a bundle."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import urllib.parse
import zipfile
import zlib

import harness
import projects
from exports import DAY, FORMULAS, HEADINGS, ExportCase, Strict
from projects import A, EVALUATOR, LEADER, OWNER, REVIEWER, digest

# acts on a state of the old journal
ACTS = ("round", "sent_back", "seen", "sign_off", "decision", "signing_key")


class Files(ExportCase):
    def test_a_format_that_there_is_not_is_named(self):
        path = self.new()
        run = self.lingtan("export", path, "--format", "word", "-o", self.dir / "报告.docx", "--as", EVALUATOR, code=2)
        self.assert_refused(run, "“word”", "docx")

    def test_it_appears_whole_or_not_at_all(self):
        path = self.rich()
        to = self.dir / "out.json"
        found = self.document("export", path, "--format", "json", "-o", to, *DAY)
        self.assertEqual((found["sha256"], found["size"], found["date"], found["state"]), (digest(to.read_bytes()), to.stat().st_size, "2026-03-01", "draft"))
        before = to.read_bytes()
        self.assert_refused(self.lingtan("export", path, "--format", "csv", "-o", to, code=4), "out.json", "--force")
        self.assertEqual(to.read_bytes(), before)
        self.lingtan("export", path, "--format", "csv", "-o", to, "--force", *DAY)
        self.assertNotEqual(to.read_bytes(), before)
        self.lingtan("export", path, "--format", "csv", "-o", self.dir / "none" / "x.csv", code=5)
        hard = self.dir / "hard.csv"
        os.link(path, hard)
        with self.untouched(path):
            for project in (path, hard, self.new("另.lingtan")):
                for words in (["export", path, "--format", "csv"], ["export", path, "--format", "evidence"], ["paper", "review", path]):
                    self.assert_refused(self.lingtan(*words, "-o", project, "--force", code=4), "项目文件")
        hard.unlink()
        self.assertEqual([p.name for p in self.dir.iterdir() if ".csv" in p.name or p.name.startswith("out.json.")], [])

    def test_usage(self):
        path = self.rich()
        for words in ([], ["--format", "csv"], ["--format", "rtf", "-o", "x"], ["--format", "csv", "-o", "x", "--kind", "x"], ["--format", "csv", "-o", "x", "--rung", "x"],
                      ["--format", "csv", "-o", "x", "--draft", "--final"], ["--format", "csv", "-o", "x", "--date", "x"], ["--format", "csv", "-o", "x", "--template", "x"]):
            self.lingtan("export", path, *words, code=2)
        for seconds in ("soon", "1772323200x", "-1", "253402300800", "9" * 30):
            run = self.lingtan("export", path, "--format", "csv", "-o", "x", env=harness.environment(self.dir, SOURCE_DATE_EPOCH=seconds), code=2)
            self.assertIn("SOURCE_DATE_EPOCH", run.err)

    def test_final_only_of_what_was_submitted(self):
        path = self.rich()
        self.assert_refused(self.lingtan("export", path, "--format", "json", "-o", self.dir / "f.json", "--final", code=1), "submit")
        self.lingtan("submit", path, "--reason", "现场核对", "--as", EVALUATOR)
        self.assertEqual(self.model(path, "--final")["state"], "final")

    def test_same_file_and_day_same_bytes(self):
        path = self.rich()
        # whoever writes it, where, when, from a copy of whatever name and age
        other = self.dir / "另一处"
        other.mkdir()
        copy = shutil.copy(path, other / "another name.lingtan")
        os.utime(copy, (1000000000, 1000000000))
        elsewhere = harness.environment(other, TZ="Asia/Shanghai", LC_ALL="C", LANG="de_DE.UTF-8", LANGUAGE="de", USER="x", LOGNAME="x", TMPDIR=other)
        for form in ("json", "csv", "html", "xlsx", "docx", "pdf", "evidence"):
            self.assertEqual(self.export(path, form, "--lang", "zh").read_bytes(), self.export(copy, form, "--lang", "zh", name="again", env=elsewhere).read_bytes(), form)
        # an archive that any reader takes: sums, one day for all, and nothing of the machine
        with zipfile.ZipFile(self.export(path, "xlsx")) as book:
            self.assertIsNone(book.testzip())
            self.assertEqual({(i.date_time, i.compress_type, i.create_system, i.extra) for i in book.infolist()}, {((1980, 1, 1, 0, 0, 0), zipfile.ZIP_DEFLATED, 0, b"")})
            self.assertEqual(book.infolist()[0].filename, "[Content_Types].xml")
            self.on_paper({i: book.read(i).decode("utf-8") for i in book.namelist()})
        clock = harness.environment(self.dir, SOURCE_DATE_EPOCH="1772323200")
        self.lingtan("export", path, "--format", "json", "-o", self.dir / "epoch.json", env=clock)
        self.assertEqual((self.dir / "epoch.json").read_bytes(), self.export(path, "json").read_bytes())


    def on_paper(self, parts):
        """Printed in a type that can be read: upright or across, no more pages wide than it needs, titles on each."""
        names = re.findall('<sheet name="([^"]*)"', parts["xl/workbook.xml"])
        titles = dict(re.findall('<definedName name="_xlnm.Print_Titles" localSheetId="([0-9]+)">([^<]*)<', parts["xl/workbook.xml"]))
        setup = {name: re.search('fitToWidth="([0-9]+)" fitToHeight="0" orientation="([a-z]+)"', parts["xl/worksheets/sheet%d.xml" % n]).groups() for n, name in enumerate(names, 1)}
        self.assertEqual((setup["说明"], setup["4 园区规划"], setup["碳盘查"], setup["汇总"]), (("1", "portrait"), ("1", "landscape"), ("2", "landscape"), ("1", "portrait")))
        self.assertEqual(titles[str(names.index("4 园区规划"))], "'4 园区规划'!$1:$1")
        self.assertEqual(titles[str(names.index("碳盘查"))], "'碳盘查'!$A:$A,'碳盘查'!$1:$1")
        # a text of several lines has the room for them, one of one line has that of every row
        section = parts["xl/worksheets/sheet%d.xml" % (names.index("4 园区规划") + 1)]
        heights = {re.search(">([^<]*)</t>", row).group(1): height for height, row in re.findall('<row r="[0-9]+"(?: ht="([0-9]+)")?>(.*?)</row>', section)}
        self.assertEqual((heights["条款"], heights["4.1.2"]), ("", "36"))

    def test_what_was_changed_after_a_review_stands_at_the_end(self):
        path = self.new()
        self.set(path, "4.2.1", "points:8", "--no-evidence", "现场核对")
        self.set(path, "4.1.1", "met")
        text = self.export(path, "html").read_text("utf-8")
        self.assertNotIn("修改清单", text)
        self.lingtan("submit", path, "--reason", "完成", "--as", EVALUATOR)
        self.lingtan("return", path, "4.2.1", "请重算", "--as", REVIEWER)
        total = lambda: "~".join(dict.fromkeys("%.2f" % float(self.document("score", path, "--rung", "evaluator")["total"][end]) for end in ("low", "high"))).replace(".00", "")
        before = total()
        self.set(path, "4.2.1", "points:7", "--reason", "按复核意见重算", "--no-evidence", "现场核对")
        after = total()
        self.lingtan("submit", path, "--reason", "改正", "--as", EVALUATOR)
        annex = re.sub(r"<[^>]*>", " ", self.export(path, "html", "--rung", "evaluator").read_text("utf-8").rpartition("修改清单")[2])
        self.assertNotEqual(before, after)
        trimmed = lambda text: re.sub(r"(\.\d*?)0+(?!\d)", r"\1", text)
        self.assertIn(trimmed("总分：修改前 %s，修改后 %s。" % (before, after)), trimmed(annex))
        self.assertRegex(" ".join(annex.split()), r"条款 4\.2\.1 · 结论 8 分 7 分 按复核意见重算")


class Data(ExportCase):
    def test_the_project_again_from_its_json(self):
        path = self.rich()
        self.lingtan("finding", "add", path, "minor", "绿带缺养护记录", "--item", "4.2.2", "--as", EVALUATOR)
        # the assessment as a job
        for words in (["engagement", "2025", "applicant=示例园区管委会", "criteria=T/CSUS 66-2023", "site_from=2026-03-27"], ["place", "T01", "kind=tenant", "name=示例电子厂"],
                      ["population", "2025/租户", "kind=tenant", "size=12"], ["stop", "S1", "day=2026-03-27", "from=09:00", "title=变电站"], ["presence", "S1/何园", "signed_at=2026-03-27"],
                      ["note", "text=铅封完好", "stop=S1", "items=4.2.1"], ["interview", "person=何园", "text=换过总表"]):
            self.lingtan("fill", path, *words, "--as", LEADER)
        self.lingtan("factors", "import", path, self.write("own.csv", "#factor_set,fuels\nid,title,value,unit\ndiesel,柴油,3.1,tCO2/t\n"), "--reason", "国家库新值", "--as", EVALUATOR)
        self.lingtan("submit", path, "--reason", "现场核对", "--as", EVALUATOR)
        document = self.export(path, "json")
        again = self.folder / "again.lingtan"
        self.lingtan("new", again, "--from", document, "--as", LEADER, "--lang", "en")
        self.assertRegex(self.document("log", again)["entries"][0]["reason"], "^made again from an export of project [0-9a-f]{32} at ")
        self.assert_holds(again)
        self.assertEqual(self.document("score", again), self.document("score", path))
        before, after = (json.loads(p.read_text("utf-8"))["facts"] for p in (document, self.export(again, "json", name="again.json")))
        for table in ("factor_set", "engagement", "place", "population", "stop", "presence", "note", "interview"):
            self.assertTrue(before[table], table)
        for table in before:
            if table in ACTS:
                self.assertEqual(after[table], [], table)
            elif table == "evidence":
                self.assertEqual([row["key"] for row in after[table]], [row["key"] for row in before[table]])
            else:
                self.assertEqual(after[table], before[table], table)
        entry = self.entries(again)[0]
        self.assertIn(json.loads(document.read_text("utf-8"))["project"]["head"], entry["reason"])
        self.lingtan("new", again, "--from", document, "--as", LEADER, code=4)

    def test_what_is_no_document_of_ours_makes_no_project(self):
        path = self.rich()
        model = self.model(path)
        wrong = []
        for change in (lambda m: m.update(format="x"), lambda m: m.pop("facts"), lambda m: m["facts"].update(nonsense=[{"key": ["a"], "groups": {}}]), lambda m: m.update(texts=[]),
                       lambda m: m["facts"]["answer"][0]["key"].pop(), lambda m: m["facts"]["answer"][0].update(key=[A, "emperor", "4.1.1"]),
                       lambda m: m["facts"]["answer"][0]["groups"].update(verdict=["met"]), lambda m: m["facts"]["evidence"][0].update(key=["ab"])):
            copy = json.loads(json.dumps(model))
            change(copy)
            wrong.append(json.dumps(copy))
        for text in wrong + ["", "{", "[" * 10000, "null", '{"format": "lingtan-report", "facts": []}']:
            to = self.folder / "no.lingtan"
            self.lingtan("new", to, "--from", self.write("x.json", text), "--as", LEADER, code=(3, 4))
            self.assertFalse(to.exists(), text[:80])

    def test_tables_are_read_again_and_change_nothing(self):
        path = self.rich()
        for item, text in zip(("4.1.1", "4.1.2", "4.1.3", "4.2.1", "4.2.5", "4.2.6", "4.2.7"), FORMULAS):
            self.set(path, item, "met" if item.startswith("4.1") else "points:5", "--remark", text)
        table = self.export(path, "csv")
        text = table.read_bytes()
        self.assertTrue(text.startswith(b"\xef\xbb\xbf#assessment,"))
        rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))
        for row in rows:
            for cell in row:
                self.assertFalse(cell[:1] in ("=", "+", "@") or (cell[:1] == "-" and not cell[1:].replace(".", "").isdigit()), cell)
        for rung, who in (("evaluator", EVALUATOR), ("self", OWNER)):
            for lang in ("zh", "en"):
                table = self.export(path, "csv", "--rung", rung, "--lang", lang)
                self.assertEqual(self.document("import", path, table, "--dry-run", "--as", who)["changes"], [], (rung, lang))
        table.write_bytes(table.read_bytes().replace(b",9,", b",4,"))
        self.assertEqual([c["key"] for c in self.document("import", path, table, "--dry-run", "--as", OWNER)["changes"]], [A + "|self|4.2.1"])

    def test_names_are_left_out_on_request(self):
        path = self.rich()
        self.lingtan("fill", path, "person", "林静", "phone=13800000000", "--as", EVALUATOR)
        names = ("林静", "何园", "管理员", "13800000000", "规划局")
        whole = self.export(path, "csv").read_text("utf-8"), json.dumps(self.model(path), ensure_ascii=False)
        self.assertTrue(all(n in whole[1] for n in names))
        model = self.model(path, "--without-names")
        for name in names:
            self.assertNotIn(name, json.dumps(model, ensure_ascii=False))


class Page(ExportCase):
    def page(self, path, *args):
        text = self.export(path, "html", *args).read_text("utf-8")
        return text, Strict(text)

    def test_headings_in_their_order(self):
        path = self.rich()
        for kind, headings in HEADINGS.items():
            text, page = self.page(path, "--kind", kind, "--lang", "zh")
            found = re.findall(r"<h[23][^>]*>([^<]*)</h[23]>", text)
            self.assertEqual([h for h in found if h in headings], headings, kind)
            self.assertEqual([h for h in found if h.startswith("附件")], [h for h in headings if h.startswith("附件")], kind)
            # people know the clause, and not what the ruleset calls an item
            self.assertNotIn("j.maximised", text)
            # the N7 of a factor can be looked up; the line is the evaluator's
            self.assertEqual(kind != "self", "全国电力平均 2023" in text)
            self.assertEqual(kind != "self", "N7 2023年全部40个值" in text.rpartition("参考文件清单")[2])
            self.assertEqual(kind != "statement", "3 可再生能源与碳汇已尽用" in text)
            self.assertEqual(text, self.page(path, "--kind", kind, "--lang", "zh")[0])
            self.page(path, "--kind", kind, "--lang", "en")

    def test_what_has_no_clause_is_called_by_its_title(self):
        path = self.new(standard="ndrc-910-2025", stage=None, park_type=None)
        self.lingtan("fill", path, "engagement", "2025", "applicant=示例", "criteria=ndrc-910-2025,t-ipif-2023", "--as", LEADER)
        text, page = self.page(path, "--kind", "third", "--lang", "zh")
        joined = "".join(page.texts)
        for word in ("guiding", "no_accident", "developer", "t-ipif-2023"):
            self.assertNotIn(word, joined)
        for word in ("引导指标", "发改环资〔2025〕910号, T/IPIF"):
            self.assertIn(word, joined)

    def test_the_job_is_told_where_it_was_written_down(self):
        path = self.rich()
        fill = lambda *words, who=LEADER: self.lingtan("fill", path, *words, "--as", who)
        before = self.page(path, "--kind", "third")[0]
        self.assertIn("约定的保证等级和实质性限值", before)
        fill("engagement", "2025", "applicant=示例园区管委会", "criteria=T/CSUS 66-2023", "assurance=limited", "materiality=5", "site_from=2026-03-27", "site_to=2026-03-28", "days_site=6")
        fill("engagement", "2024", "applicant=去年的申请方", "criteria=x")
        fill("team", "2025/林静", "role=member", "sector=能源", who=EVALUATOR)
        fill("place", "T01", "kind=tenant", "name=示例电子厂", "contact=何园")
        fill("population", "2025/租户", "kind=tenant", "size=12", "basis=按能耗排序")
        fill("stop", "S1", "day=2026-03-27", "from=09:00", "to=10:00", "title=变电站", "purpose=看总表")
        fill("interview", "person=何园", "text=去年换过总表", "on=2026-03-27")
        fill("presence", "S1/何园", "organisation=示例电子厂", "signed_at=2026-03-27")
        fill("note", "text=总表铅封完好", "stop=S1", "at=2026-03-27T09:10", "items=j.maximised")
        fill("settings", "certification_approval=示例 0000-001")
        self.lingtan("finding", "add", path, "minor", "绿带缺养护记录", "--item", "4.2.2", "--as", EVALUATOR)
        text, page = self.page(path, "--kind", "third")
        joined = "".join(page.texts)
        for words in ("示例园区管委会", "有限", "5%", "2026-03-27 至 2026-03-28", "现场 6", "林静", "能源", "按能耗排序", "看总表", "去年换过总表", "总表铅封完好3 可再生能源与碳汇已尽用", "示例 0000-001"):
            self.assertIn(words, joined)
        self.assertEqual([h for h in re.findall(r"<h2[^>]*>附件([^<]*)</h2>", text)], ["一  签到表", "二  现场记录", "三  访谈记录", "四  不符合项报告", "五  佐证材料清单", "六  计算书", "七  参数来源", "八  机构资质"])
        for words in ("约定的保证等级和实质性限值", "去年的申请方", "工作安排、现场日程"):
            self.assertNotIn(words, joined)
        self.assertNotIn("示例园区管委会", "".join(self.page(path, "--kind", "self")[1].texts).partition("自评价工作")[2])
        for name in ("林静", "何园"):
            self.assertNotIn(name, json.dumps(self.model(path, "--without-names")["visit"], ensure_ascii=False))

    def bars(self, text, title):
        """label -> [(ink, where it begins, how long it is)] from the top, of a chart of this title; all of it lies within the picture."""
        (height, inside), = re.findall(r'<svg viewBox="0 0 640 (\d+)" role="img" aria-label="%s"[^>]*>(.*?)</svg>' % title, text, re.S)
        labels = [(float(y), label) for y, label in re.findall(r'<text x="178.0" y="([0-9.]+)"[^>]*>([^<]*)<', inside)]
        found = {label: [] for _, label in labels}
        self.assertEqual(labels, sorted(labels))
        for x, y, width, tall, ink in re.findall(r'<rect x="([0-9.]+)" y="([0-9.]+)" width="([0-9.]+)" height="([0-9.]+)" rx="2" fill="([^"]*)"', inside):
            (label,) = (label for foot, label in labels if float(y) < foot < float(y) + float(tall))
            found[label].append((ink, float(x) - 190, float(width)))
            self.assertTrue(10 < float(tall) < 20 and float(y) + float(tall) < int(height), inside)
        return found

    def test_bars_are_the_sections_that_count_in_their_order(self):
        """As long as what was got and what can still be got; a section that the total does not take has no bar and no line of the summary."""
        path = self.sectioned(("b", "乙"), ("a", "甲"), ("out", "另计"), ("c", "丙"), plan='- {id: s.*, each: [b, a, out, c], op: sum, items: scoring, section: "*", origin: user}\n'
                              "- {id: total, op: sum, in: [s.b, s.a, s.c], publish: total, origin: user}\n")
        for item, points in (("i0", "0.25"), ("i1", "1"), ("i2", "1")):
            self.set(path, item, "points:" + points)
        text, page = self.page(path, "--lang", "zh")
        bars = self.bars(text, "各板块得分率")
        self.assertEqual(list(bars), ["乙", "甲", "丙"])
        got, possible, track = "#14805e", "#b9dccd", bars["甲"][0]
        self.assertEqual(bars, {"乙": [track, (got, 0, track[2] / 4)], "甲": [track, (got, 0, track[2])], "丙": [track, (possible, 0, track[2]), (got, 0, 0)]})
        self.assertGreater(track[2], 100)
        radar, = re.findall(r'aria-label="各板块得分率雷达图".*?</svg>', text, re.S)
        ends = [(float(x), float(y)) for x, y in re.findall(r'<line x1="320.0" y1="182.0" x2="([0-9.]+)" y2="([0-9.]+)"', radar)]
        dots = [(float(x), float(y)) for x, y in re.findall(r'<circle cx="([0-9.]+)" cy="([0-9.]+)"', radar)]
        self.assertEqual(dots, [(320, 182 - (182 - ends[0][1]) / 4), ends[1], (320, 182)])
        summary = text[text.index("得分汇总表"):text.index("各板块得分率")]
        self.assertEqual([title in summary for title in ("乙", "甲", "另计", "丙")], [True, True, False, True])

    def test_more_bars_than_a_page_has_room_for_go_on_in_another_picture(self):
        n = 481 if os.environ.get("LINGTAN_FULL") == "1" else 64
        names, of = ["第%d板块" % at for at in range(n)], -(-n // 30)
        path = self.sectioned(*(("s%d" % at, name) for at, name in enumerate(names)))
        self.lingtan("import", path, self.write("a.yaml", harness.sheet("sectioned//2025", [{"item": "i%d" % at, "points": "1"} for at in range(n)], [], [], rung="evaluator")), "--as", EVALUATOR)
        text, page = self.page(path, "--lang", "zh")
        parts = [self.bars(text, "各板块得分率（%d/%d）" % (at + 1, of)) for at in range(of)]
        self.assertEqual([list(part) for part in parts], [names[at:at + 30] for at in range(0, n, 30)])
        self.assertEqual(len({bar for part in parts for bars in part.values() for bar in bars}), 2)
        self.assertNotIn("雷达图", text)
        pdf = self.export(path, "pdf")
        seen = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True).stdout.decode("utf-8")
        pages = [re.findall(r"(第\d+板块)\s+100 %", one) for one in seen.split("\f") if "各板块得分率（" in one]
        self.assertEqual(sum(pages, []), names)
        with zipfile.ZipFile(self.export(path, "docx")) as document:
            self.assertEqual(len([name for name in document.namelist() if name.endswith(".png")]), of)

    def test_bars_of_a_balance_are_to_one_scale(self):
        path = self.new()
        for name, tonnes in (("emission", "400"), ("absorption", "100"), ("offset", "50")):
            self.quantity(path, name, tonnes, "tCO2")
        bars = self.bars(self.page(path, "--lang", "zh")[0], "排放、吸收与抵消（tCO₂）")
        (comes_in, goes_off), longest = ("#c9752e", "#14805e"), max(bar[2] for bar in sum(bars.values(), []))
        self.assertGreater(longest, 100)
        self.assertEqual(list(bars.items()), [("碳排放量", [(comes_in, 0, longest)]), ("碳吸收量", [(goes_off, 0, longest / 4)]), ("碳抵消量", [(goes_off, 0, round(longest / 8, 1))])])

    def test_nothing_is_asked_of_the_world_and_no_text_is_markup(self):
        path = self.new(park="<b>园区</b> & \"引号\" '撇'")
        evil = "<script>alert(1)</script><img src=x onerror=y> &amp; \\ ]]> {{x}} `"
        self.set(path, "4.1.1", "met", "--remark", evil)
        self.quantity(path, "land.green_cover", "30", "%", "--source", evil)
        self.attach(path, "4.1.1", self.write("a'\"<i>.txt", "x"), evil)
        text, page = self.page(path)
        joined = "".join(page.texts)
        self.assertGreaterEqual(joined.count("<script>alert(1)</script><img src=x onerror=y> &amp;"), 2)
        self.assertIn("<b>园区</b> & \"引号\" '撇'", joined)
        self.assertFalse(page.tags & {"script", "img", "iframe", "link", "object"}, page.tags)
        self.assertTrue(all(link.startswith("#") and link[1:] in page.ids for link in page.links))
        for word in ("http://", "https://"):
            self.assertNotIn(word, text.replace("http://www.w3.org/2000/svg", ""))
        self.assertIn("default-src 'none'", text)

    def test_a_result_on_illustrative_numbers_is_a_specimen(self):
        path = self.rich()
        self.assertIn('aria-hidden="true">样张</div>', self.page(path)[0])
        self.assertIn("示例值", self.page(path)[0])
        # a park that declared nothing did not declare 0
        page = self.page(path)[0]
        self.assertTrue("园区没有自行申报排放" in page and "申报排放与核定排放" not in page)

    def test_a_workbook_waits_for_no_library_that_reads_one(self):
        """They take longer to start than a workbook to write."""
        linked = subprocess.run(["ldd", harness.PROGRAM + "-book"], capture_output=True, timeout=200).stdout.decode()
        self.assertIn("libz.so", linked)
        for library in ("libzip", "libxml2", "libicu", "libcrypto", "libcairo"):
            self.assertNotIn(library, linked)

    def test_what_the_program_is_given(self):
        render = harness.PROGRAM + "-render"
        for text in (b"", b"x", b"lingtan-render 1 5 0\n", b"lingtan-render 1 2 0\n{}", b"lingtan-render 1 9 9\n{}", b"lingtan-render 1 26 0\n{\"format\":\"lingtan-report\"}",
                     b"lingtan-render 1 18446744073709551615 1\n{}"):
            with open(self.write("in", text), "rb") as f:
                done = subprocess.run([render, "html"], stdin=f, capture_output=True, timeout=200)
            self.assertIn(done.returncode, (0, 3), (text, done.stderr))


EXIF = b"\xff\xe1\x00\x10Exif\x00\x00secret.."
PREVIEW = b"\xff\xe0\x00\x0eJFXX\x00\x10secret"
ADOBE, OTHER = b"\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00\x00", b"\xff\xee\x00\x08secret"
JPEG = (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + EXIF + PREVIEW + b"\xff\xfe\x00\x08secret" + ADOBE + OTHER + b"\xff\xdb\x00\x04\x00\x01"
        + b"\xff\xda\x00\x04\x00\x00" + b"\x12\xff\x00\x34\xff\xd0\x56" + b"\xff\xc4\x00\x04\xff\xd9" + b"\xff\xda\x00\x04\x00\x00\x77" + b"\xff\xd9" + b"secret behind")


def turned(orientation, order):
    """JPEG with an Exif that says which side is up, besides what nobody shall know."""
    number = lambda n, size: n.to_bytes(size, order)
    entry = lambda tag, kind, value: number(tag, 2) + number(kind, 2) + number(1, 4) + (number(value, 2) + b"\0\0" if kind == 3 else number(value, 4))
    tiff = (b"II" if order == "little" else b"MM") + number(42, 2) + number(14, 4) + b"secret" + number(2, 2) + entry(0x010F, 4, 8) + entry(0x0112, 3, orientation) + number(0, 4)
    return JPEG.replace(EXIF, b"\xff\xe1" + (len(tiff) + 8).to_bytes(2, "big") + b"Exif\0\0" + tiff)


def chunk(kind, data):
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


IMAGE = chunk(b"IHDR", bytes.fromhex("0000000100000001080000000 0".replace(" ", ""))), chunk(b"IDAT", zlib.compress(b"\0\x7f")), chunk(b"IEND", b"")
SIGNATURE = b"\x89PNG\r\n\x1a\n"
PNG = SIGNATURE + IMAGE[0] + chunk(b"eXIf", b"secret") + chunk(b"tEXt", b"Author\0secret") + chunk(b"zzZz", b"secret") + IMAGE[1] + IMAGE[2] + b"secret behind"


class Bundle(ExportCase):
    def members(self, path, *args):
        bundle = self.export(path, "evidence", *args, name="e.zip")
        with zipfile.ZipFile(bundle) as package:
            self.assertIsNone(package.testzip())
            return {i.filename: package.read(i) for i in package.infolist()}

    def test_files_by_clause_with_hashes_and_an_index(self):
        path = self.rich()
        one = self.write("资料/用地平衡表.pdf", self.bytes_of(9, 1000))
        self.attach(path, "4.2.1", one, "第9页")
        linked = self.write("链接 #1%.txt", "linked")
        self.attach(path, "4.2.4", linked, "第1页", "--link")
        gone = self.write("<b id=x>gone&amp;.txt", "gone")
        self.attach(path, "4.2.5", gone, "第1页", "--link")
        gone.unlink()
        found = self.members(path)
        self.assertEqual(sorted(found), sorted(["4.2.1/用地平衡表.pdf", "4.2.1/2-用地平衡表.pdf", "4.2.3/照片.jpg", "4.2.4/链接 #1%.txt", "index.html", "report.json", "SHA256SUMS"]))
        self.assertEqual(sorted([found["4.2.1/用地平衡表.pdf"], found["4.2.1/2-用地平衡表.pdf"]]), sorted([one.read_bytes(), self.bytes_of(1, projects.CHUNK + 5000)]))
        for line in found["SHA256SUMS"].decode("utf-8").splitlines():
            self.assertEqual(line[:64], digest(found[line[66:]]))
        page = Strict(found["index.html"].decode("utf-8"))
        links = [urllib.parse.unquote(link) for link in page.links]
        self.assertEqual(sorted(set(links)), sorted("./" + n for n in found if "/" in n))
        self.assertIn("链接的文件读不到或已改动", "".join(page.texts))
        self.assertIn("<b id=x>gone&amp;.txt", "".join(page.texts))
        self.assertEqual(self.export(path, "evidence", name="again.zip").read_bytes(), self.export(path, "evidence", name="e.zip").read_bytes())
        linked.write_text("changed")
        self.assertNotIn("4.2.4/链接 #1%.txt", self.members(path))
        self.assertEqual(self.document("export", path, "--format", "evidence", "-o", self.dir / "n.zip")["left_out"], 2)

    def test_names_that_differ_in_case_alone_are_two_files_everywhere(self):
        path = self.new()
        for n, name in enumerate(("Meter.PDF", "meter.pdf")):
            (self.dir / str(n)).mkdir()
            self.attach(path, "4.2.1", self.write("%d/%s" % (n, name), self.bytes_of(n, 500)))
        names = [n for n in self.members(path) if n.startswith("4.2.1/")]
        self.assertEqual(len({n.lower() for n in names}), 2, names)

    def test_a_name_that_begins_with_a_dot_or_is_long(self):
        path = self.new()
        for i, name in enumerate((".a.txt", "." + "长" * 60 + ".txt", "b" * 118 + ".text")):
            self.attach(path, "4.2.1", self.write(name, "%d" % i), "第1页")
        names = sorted(n for n in self.members(path) if n.startswith("4.2.1/"))
        self.assertEqual(names, sorted("4.2.1/" + n for n in ("_.a.txt", "_." + "长" * 39 + ".txt", "b" * 118 + ".text")))

    def test_without_names_and_places(self):
        path = self.new()
        self.set(path, "4.1.1", "met")
        self.attach(path, "4.1.1", self.write("林静拍的.jpg", JPEG), "照片", "--sender", "何园")
        self.attach(path, "4.1.1", self.write("坏.jpg", JPEG[:60]), "照片")
        self.attach(path, "4.1.1", self.write("林静.png", b"\x89PNG\r\n\x1a\n" + b"x" * 50), "照片")
        self.attach(path, "4.1.1", self.write("林静截的屏.png", PNG), "照片")
        sides = {(n, order): turned(n, order) for n, order in ((6, "little"), (8, "big"), (1, "big"), (9, "little"))}
        self.set(path, "4.1.2", "met")
        for i, photo in enumerate(sides.values()):
            self.attach(path, "4.1.2", self.write("竖%d.jpg" % i, photo), "照片")
        # a finding names the same file, and must not name it so either
        self.lingtan("finding", "add", path, "minor", "事实", "--item", "4.1.1", "--as", EVALUATOR)
        self.lingtan("finding", "attach", path, "F01", self.write("林静拍的.jpg", JPEG), "--locator", "全图", "--as", EVALUATOR)
        found = self.members(path, "--without-names")
        photo, screen = (found[next(n for n in found if re.fullmatch(r"4\.1\.1/0\d" + end, n))] for end in (".jpg", ".png"))
        self.assertEqual(len([n for n in found if n.startswith("4.1.1")]), 2)
        # which side is up stays, and it alone
        bare = JPEG.replace(EXIF, b"").replace(PREVIEW, b"").replace(b"\xff\xfe\x00\x08secret", b"").replace(OTHER, b"").replace(b"secret behind", b"")
        kept = lambda n: bytes.fromhex("ffe1 0022 457869660000 4d4d002a00000008 0001 0112 0003 00000001 %04x 0000 00000000" % n) if 1 < n < 9 else b""
        self.assertEqual(sorted(data for name, data in found.items() if name.startswith("4.1.2")), sorted(bare[:20] + kept(n) + bare[20:] for n, _ in sides))
        self.assertEqual(screen, SIGNATURE + b"".join(IMAGE))
        self.assertNotIn(b"secret", photo)
        self.assertTrue(photo.startswith(b"\xff\xd8\xff\xe0") and photo.endswith(b"\x77\xff\xd9"))
        self.assertIn(b"\xff\xc4\x00\x04\xff\xd9", photo)
        for name, data in found.items():
            for word in ("林静", "何园"):
                self.assertNotIn(word.encode(), data, name)


if __name__ == "__main__":
    harness.main()
