"""Answer sheets as people keep them: CSV of office suites, workbooks, JSON; good ones, damaged ones, hostile ones."""
import csv
import io
import json
import pathlib
import random
import re
import shutil
import struct
import subprocess
import zipfile

import yaml

import harness
from harness import CSUS, SAMPLES, Case, environment, sanitized
from workbooks import data_xml, pack, parts, sheet_xml, strings_xml, styles_xml, workbook

ANSWERS = ["item", "result", "points", "na", "reason", "tier", "checks", "remark", "evidence", "locator"]
QUANTITIES = ["id", "year", "value", "unit", "na", "reason", "source"]
INVENTORY = ["id", "year", "kind", "scope", "system", "source", "activity", "unit", "factor", "factor_value", "factor_unit", "note"]
TITLES = {"item": "条款", "result": "结论", "points": "得分", "na": "不适用原因", "reason": "原因说明", "tier": "档次", "checks": "检查点",
          "remark": "备注", "evidence": "佐证", "locator": "定位", "id": "指标", "year": "年份", "value": "数值", "unit": "单位", "source": "来源"}
WORDS = {"met": "符合", "not-met": "不符合", "yes": "是", "no": "否"}


def render():
    return harness.PROGRAM + "-workbook"


def load(path):
    """A sheet with every scalar as its text."""
    with open(path, encoding="utf-8") as f:
        return yaml.load(f, Loader=yaml.BaseLoader)


def tables_of(sheet, chinese=False):
    """The sheet as {name: rows}: what a person would type into an office suite."""
    head = [["#" + k, sheet[k]] for k in ("rung", "assessment", "park", "park_type", "place", "note") if k in sheet]
    tables = {}
    for name, columns in (("answers", ANSWERS), ("quantities", QUANTITIES), ("inventory", INVENTORY)):
        entries = sheet.get(name)
        if not entries:
            continue
        def text(entry, key):
            value = entry.get(key, "")
            value = ", ".join(value) if isinstance(value, list) else value
            return WORDS.get(value, value) if chinese and key == "result" else value
        header = [TITLES[c] if chinese and name != "inventory" else c for c in columns]
        tables[name] = head + [header] + [[text(e, c) for c in columns] for e in entries]
        head = []
    return tables


def as_csv(tables, line_end="\r\n"):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=line_end)
    for n, (name, rows) in enumerate(tables.items()):
        if n:
            writer.writerow(["#sheet " + name])
        writer.writerows(rows)
    return out.getvalue()


def numbers_as_numbers(tables):
    """As an office suite holds what is typed: numbers are numbers, but not years' neighbours such as 4.1.1."""
    def convert(value):
        return float(value) if re.fullmatch(r"-?(0|[1-9]\d*)(\.\d+)?", value) and len(value) < 12 else value
    return {name: [[convert(v) for v in row] for row in rows] for name, rows in tables.items()}


class Same(Case):
    """The same sheet in every form scores the same."""

    def check(self, sample):
        expected = self.score(sample)
        sheet = load(sample)
        tables = tables_of(sheet)
        forms = {
            "s.json": json.dumps(sheet, ensure_ascii=False, indent=1),
            "min.json": json.dumps(sheet, ensure_ascii=True, separators=(",", ":")),
            "tab.json": json.dumps(sheet, ensure_ascii=False, indent="\t"),
            "s.csv": as_csv(tables),
            "lf.CSV": as_csv(tables, "\n"),
            "bom.csv": "\ufeff" + as_csv(tables),
            "zh.csv": as_csv(tables_of(sheet, chinese=True)),
            "gbk.csv": as_csv(tables_of(sheet, chinese=True)).encode("gbk", "strict"),
            "no-name": as_csv(tables),
            "shared.xlsx": workbook(tables),
            "inline.xlsx": workbook(tables, shared=False),
            "numbers.xlsx": workbook(numbers_as_numbers(tables)),
            "zh.xlsx": workbook(tables_of(sheet, chinese=True)),
            "no-name-either": workbook(tables),
        }
        for name, content in forms.items():
            with self.subTest(form=name):
                path = self.write(name, content)
                self.assertEqual(self.score(path), expected)
                self.lingtan("check", path, code=(0, 1))

    def test_every_sample(self):
        samples = sorted(SAMPLES.glob("*.yaml"))
        self.assertTrue(samples)
        for sample in samples:
            if "assessment" not in load(sample):
                continue
            with self.subTest(sample=sample.name):
                self.check(sample)

    def test_explain_and_gap_take_them_too(self):
        sample = SAMPLES / "t-csus-66-2023.yaml"
        path = self.write("s.xlsx", workbook(tables_of(load(sample))))
        for word in ("explain", "gap"):
            expected, got = (self.lingtan(word, p, code=(0, 1)).out for p in (sample, path))
            self.assertEqual(got.replace(str(path), "X"), expected.replace(str(sample), "X"))

    def test_standard_input(self):
        sample = SAMPLES / "t-csus-66-2023.yaml"
        expected = self.score(sample)
        text = as_csv(tables_of(load(sample)))
        self.assertEqual(self.score("-", stdin=text.encode()), expected)
        run = self.lingtan("score", "-", "--lang", "en", stdin=workbook(tables_of(load(sample))), code=3)
        self.assertIn("workbook", run.err)


class Json(Case):
    def test_characters_outside_the_first_plane(self):
        sheet = {"assessment": CSUS + "/operation/2025", "park_type": "production", "park": "𬭚業园 \U0001f3ed \\ud83d",
                 "answers": [{"item": "4.1.1", "result": "met", "remark": "𠮷"}]}
        for ascii_only in (False, True):
            path = self.write("s.json", json.dumps(sheet, ensure_ascii=ascii_only))
            self.assertEqual(self.score(path)["standard"], CSUS)
        # two escapes are the one character
        named = self.write("n.json", json.dumps({**sheet, "answers": [{"item": "4.1.1", "result": "𠮷"}]}))
        self.assertIn("does not take '𠮷'", self.lingtan("score", named, "--lang", "en", code=4).err)
        half = self.write("half.json", '{"assessment": "%s/operation/2025", "park": "\\ud83d x"}' % CSUS)
        self.lingtan("score", half, code=3)

    def test_findings_have_places(self):
        path = self.write("s.json", '{\n "assessment": "%s/operation/2025",\n "park_type": "production",\n "answers": [\n  {"item": "4.1.1", "result": "mat"}\n ]\n}\n' % CSUS)
        run = self.lingtan("score", path, code=4)
        self.assertIn("s.json:5:3:", run.err)


class Csv(Case):
    def csv(self, rows, name="s.csv"):
        return self.write(name, "#assessment,%s/operation/2025\n#park_type,production\n" % CSUS + rows)

    def test_findings_have_places(self):
        path = self.csv("条款,结论,备注\n4.1.1,符合,\"一\n二\"\n9.9.9,符合,\n4.2.1,符合,\n")
        run = self.lingtan("score", path, code=4)
        self.assertIn("s.csv:6:1:", run.err)
        self.assertIn("9.9.9", run.err)
        self.assertIn("s.csv:7:1:", run.err)
        run = self.lingtan("check", self.csv("item,points\n4.2.1,8;5\n"), "--lang", "en", code=1)
        self.assertIn("s.csv:4:7: error: '8;5' is not a number", run.both)

    def test_columns_and_parts_that_are_not_ours_are_told(self):
        path = self.csv("item,result,寄语\n4.1.1,met,x\n#sheet 填表说明\n请如实填写,谢谢\n")
        run = self.lingtan("score", path, "--lang", "en")
        self.assertIn("s.csv:3:13: warning: the column '寄语' is not one of ours", run.err)
        self.assertIn("s.csv:6:1: warning: '填表说明' has no header", run.err)

    def test_control_characters_never_reach_the_terminal(self):
        for nasty in ("\x1b[31m", "\u202e", "\x85", "\x7f"):
            run = self.lingtan("score", self.csv("item,result\n4.1.1,%s\n" % nasty), code=3)
            self.assertIn("s.csv:4:7:", run.err)

    def test_encodings_that_are_neither(self):
        for name, data in (("utf16.csv", "item,result\n".encode("utf-16")), ("latin.csv", b"item,caf\xe9,x\n"), ("cut.csv", "条".encode()[:2])):
            run = self.lingtan("score", self.write(name, data), "--lang", "en", code=3)
            self.assertIn("%s:1:" % name, run.err)
            self.assertIn("CSV UTF-8", run.err)

    def test_damaged_all_along(self):
        """Whatever is cut or changed, the answer is a score or findings, never a crash."""
        data = as_csv(tables_of(load(SAMPLES / "t-csus-66-2023.yaml"))).encode()[:700]
        rng = random.Random(7)
        for n in range(0, len(data), 23):
            self.lingtan("score", self.write("s.csv", data[:n]), code=(0, 3, 4))
            changed = bytearray(data)
            changed[n] = rng.randrange(256)
            self.lingtan("score", self.write("s.csv", bytes(changed)), code=(0, 3, 4))


WIDE = str.maketrans("0123456789.-/#", "０１２３４５６７８９．－／＃")


class Typed(Case):
    """What was typed with an input method on, in full width, says the same."""

    def test_yaml(self):
        plain = """assessment: %s/operation/2025
park_type: production
answers:
- {item: 4.1.1, result: met, remark: "甲：乙，丙"}
- {item: '4.2.1', points: 8.5}
- item: 4.2.2
  points: "7"
quantities:
- {id: energy.renewable_share, year: 2025, value: 23.4, unit: "%%", source: 统计表 第3页}
""" % CSUS
        wide = plain
        for text in ("4.1.1", "4.2.1", "4.2.2", "8.5", "23.4", ": 2025", "/operation/2025"):
            self.assertIn(text, wide)
            wide = wide.replace(text, text.translate(WIDE))
        wide = wide.replace("４．２．２", "4。2。2").replace("result: met", "result: 符合")
        expected = self.score(self.write("plain.yaml", plain))
        self.assertEqual(self.score(self.write("wide.yaml", wide)), expected)
        self.assertEqual(self.score(self.write("bom.yaml", "\ufeff" + wide.replace("\n", "\r\n"))), expected)
        self.lingtan("check", self.write("wide.yaml", wide), code=0)
        path = self.dir / "typed.lingtan"
        self.lingtan("new", path, "--park", "示例园区", "--type", "production", "--standard", CSUS, "--stage", "operation", "--year", "2025")
        self.lingtan("import", path, self.write("wide.yaml", wide), "--as", "李工:evaluator")
        self.assertEqual(self.score(path, "--rung", "evaluator")["sections"], expected["sections"])
        # what people wrote stays as they wrote it
        self.assertIn("甲：乙，丙", self.lingtan("explain", path, "4.1.1", "--rung", "evaluator").out)

    def test_csv(self):
        plain = "#assessment,%s/operation/2025\n#park_type,production\n条款,结论,得分,检查点\n4.1.1,符合,,\n4.2.1,,8.5,\n" % CSUS
        wide = plain.translate(str.maketrans("0123456789#", "０１２３４５６７８９＃")).replace("６６－２０２３", "66-2023").replace("．", ".")
        self.assertEqual(self.score(self.write("wide.csv", wide)), self.score(self.write("plain.csv", plain)))

    def test_items_and_points_as_they_are_said(self):
        """What set takes, a sheet takes; a number within a longer word chooses nothing."""
        said = [("第4.2.1条", "8分"), ("第 ４．２．２ 条", "７．５ 分"), ("产业发展规划", "6"), ("4.2.4 能源系统规划", "5分")]
        files = lambda rows: (self.write("s.yaml", harness.sheet(CSUS + "/operation/2025", [{"item": i, "points": p} for i, p in rows], park_type="production")),
                              self.write("s.csv", "#assessment,%s/operation/2025\n#park_type,production\n条款,得分\n" % CSUS + "".join("%s,%s\n" % row for row in rows)),
                              self.write("s.xlsx", workbook({"答案": [["#assessment", CSUS + "/operation/2025"], ["#park_type", "production"], ["条款", "得分"]] + [list(row) for row in rows]})))
        expected = [self.score(f) for f in files([("4.2.1", "8"), ("4.2.2", "7.5"), ("4.2.3", "6"), ("4.2.4", "5")])]
        self.assertEqual([self.score(f) for f in files(said)], expected)
        for row, told in ((("第4.2.1条款", "8"), "没有条款“第4.2.1条款”"), (("见第4.2.1条", "8"), "没有条款“见第4.2.1条”"), (("4.2.1", "8分钟"), "“8分钟”不是数"),
                          (("4.2.1", "得8分"), "“得8分”不是数"), (("4.2.1", "分"), "“分”不是数"), (("4.2.1", "8" + " " * 60 + "5分"), "不是数"), (("4.2.1", "99分"), "99 分不在 0 到")):
            for file in files([row]):
                self.assertIn(told, self.lingtan("score", file, code=(3, 4)).err)
        for file in files([("第4.2.1条", "8"), ("4.2.1", "9"), ("土地集约利用水平", "9")]):
            self.assertIn("填了两次", self.lingtan("score", file, code=(3, 4)).err)

    def test_a_name_that_is_twice_the_same(self):
        text = "assessment: %s/operation/2025\npark_type: production\nanswers:\n- {item: 4.2.1, points: 8}\n- {item: ４.2.1, points: 9}\n" % CSUS
        self.assertIn("s.yaml:5:3:", self.lingtan("score", self.write("s.yaml", text), code=3).err)

    def test_marks_of_the_format_itself_are_told(self):
        """What parts keys and columns has to be ASCII: the sentence names the mark."""
        head = "assessment: %s/operation/2025\npark_type: production\nanswers:\n" % CSUS
        for text, place in ((head.replace("t: t", "t：t"), 1), (head + "- {item： 4.1.1, result: met}\n", 4), (head + "- {item: 4.1.1， result: met}\n", 4)):
            run = self.lingtan("score", self.write("s.yaml", text), code=3)
            self.assertRegex(run.err, "s.yaml:%d:[0-9]+: 错误: .*全角的冒号或逗号；键后用半角冒号加空格" % place)
        table = "#assessment，%s/operation/2025\n条款，得分\n4.2.1，8\n" % CSUS
        run = self.lingtan("score", self.write("s.csv", table), code=3)
        self.assertIn("s.csv:1:1: 错误: “#assessment，%s/operation/2025”里是全角逗号" % CSUS, run.err)
        self.assertIn("s.csv:2:1: 错误: 没有找到表头：这一行里是全角逗号", run.err)
        for table, told in (("自评表，2025\n条目,分数值\n4.2.1,8\n", "s.csv:2:1: 错误: 没有找到表头；第一行写列名"),
                            ("自评表\n条款，得分\n4.2.1，8\n", "s.csv:2:1: 错误: 没有找到表头：这一行里是全角逗号")):
            run = self.lingtan("score", self.write("s.csv", "#assessment,%s/operation/2025\n%s" % (CSUS, table)), code=3)
            self.assertIn(told.replace(":2:", ":3:"), run.err)


    def test_a_text_is_no_sheet(self):
        for name, text in (("t.txt", "本园区自评情况说明\n各条都做到了。\n"), ("t.yaml", "- 各条都做到了\n"), ("u.yaml", "说明: 各条都做到了\n")):
            path = self.write(name, text)
            self.assertIn("%s：不是答案表，未读入；答案表先写 assessment: 标准/阶段/年份" % path, self.lingtan("score", path, code=3).err)
            self.assertIn("is no answer sheet, not loaded; a sheet begins with assessment:", self.lingtan("score", path, "--lang", "en", code=3).err)
        run = self.lingtan("score", self.write("s.yaml", "assessment: [x]\n"), code=3)
        self.assertNotIn("不是答案表", run.err)


class Rows(Case):
    """What the second program makes of a workbook."""

    def rows(self, data, code=0):
        path = self.write("book.xlsx", data)
        with open(path, "rb") as f:
            done = subprocess.run([render(), "rows"], stdin=f, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=200,
                                  env=environment(self.dir))
        self.assertEqual(done.returncode, code, done.stderr.decode())
        return done.stdout.decode("utf-8")

    def refused(self, data, words):
        """Also through lingtan: one sentence with the file's name, in the language asked for; nothing is scored."""
        path = self.write("book.xlsx", data)
        run = self.lingtan("score", path, "--lang", "en", code=3)
        self.assertIn("book.xlsx: ", run.err)
        self.assertIn(words, run.err)
        self.assertEqual(run.out, "")
        self.assertEqual(run.err.count("\n"), 1, run)
        zh = self.lingtan("score", path, "--lang", "zh", code=3)
        self.assertRegex(zh.err, "[\u4e00-\u9fff]{4}")

    def one(self, data, strings=None, styles=None, behind="", **more):
        return self.rows(pack(parts({"A": data_xml(data, behind)}, strings, styles, **more)))

    def test_numbers_truths_formulas_errors(self):
        row = ('<row r="1"><c r="A1"><v>0.30000000000000004</v></c><c r="B1"><v>1.2E+7</v></c><c r="C1" t="b"><v>1</v></c>'
               '<c r="D1" t="b"><v>0</v></c><c r="E1"><f>A1*2</f><v>0.6</v></c><c r="F1" t="str"><f>"a"&amp;"b"</f><v>ab</v></c>'
               '<c r="G1" t="e"><v>#DIV/0!</v></c><c r="H1" t="n"><v>8.5</v></c><c r="I1" t="d"><v>2026-03-27</v></c><c r="J1"><v>1e400</v></c></row>')
        self.assertEqual(self.one(row), "#sheet A\n0.3,12000000,TRUE,FALSE,0.6,ab,#DIV/0!,8.5,2026-03-27,1e400\n")

    def test_dates_and_percentages_by_style(self):
        styles = styles_xml({164: "yyyy/m/d", 165: "0.00_ ", 166: '[$-804]yyyy"年"m"月"', 167: "[h]:mm"}, [0, 14, 22, 164, 165, 166, 10, 167, 9])
        values = [46108, 46108, "46108.570949074077", 46108, 46108, 46108, "0.23400000000000001", 1.5, 1]
        row = '<row r="1">%s</row>' % "".join('<c s="%d"><v>%s</v></c>' % (n, v) for n, v in enumerate(values))
        self.assertEqual(self.one(row, styles=styles),
                         "#sheet A\n46108,2026-03-27,2026-03-27T13:42:10,2026-03-27,46108,2026-03-27,23.4%,1.5,100%\n")
        self.assertEqual(self.one('<row r="1"><c s="1"><v>44646</v></c><c s="99"><v>1</v></c></row>', styles=styles,
                                  properties='<workbookPr date1904="1"/>'), "#sheet A\n2026-03-27,1\n")
        for told, day in (("true", "2026-03-27"), ("false", "2022-03-26"), ("0", "2022-03-26")):
            self.assertEqual(self.one('<row r="1"><c s="1"><v>44646</v></c></row>', styles=styles, properties='<workbookPr date1904="%s"/>' % told), "#sheet A\n%s\n" % day)

    def test_strings_shared_inline_rich_without_reading_aids(self):
        strings = strings_xml(["园区", '<r><t>甲</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 乙</t></r>',
                               '<t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/>', "a,b", 'say "hi"', "two\nlines", "", "_x000D_\n_x005F_x0041_"])
        row = '<row r="1">%s</row>' % "".join('<c t="s"><v>%d</v></c>' % n for n in range(8))
        inline = '<row r="2"><c r="B2" t="inlineStr"><is><r><t>丙</t></r><rPh sb="0" eb="1"><t>へい</t></rPh><r><t>丁</t></r></is></c></row>'
        self.assertEqual(self.one(row + inline, strings), '#sheet A\n园区,甲 乙,東京,"a,b","say ""hi""","two\nlines",,"\n_x0041_"\n,丙丁\n')

    def test_of_merged_cells_the_first_alone(self):
        rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c></row><row r="2"><c r="A2"><v>4</v></c><c r="C2"><v>5</v></c></row>'
        self.assertEqual(self.one(rows, behind='<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>'), "#sheet A\n1,,3\n,,5\n")

    def test_rows_keep_their_numbers_and_nothing_trails(self):
        rows = '<row r="3"><c r="B3"><v>1</v></c><c r="D3" s="0"/></row><row r="5"/><row r="7"><c r="A7"><v>2</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
        self.assertEqual(self.one(rows), "#sheet A\n\n\n,1\n\n\n\n2\n")

    def test_without_places_cells_follow_each_other(self):
        self.assertEqual(self.one("<row><c><v>1</v></c><c/><c><v>2</v></c></row><row><c><v>3</v></c></row>"), "#sheet A\n1,,2\n3\n")

    def test_sheets_in_order_but_hidden_ones(self):
        made = parts({'a,"b': sheet_xml([["x"]]), "藏": sheet_xml([["y"]]), "very": sheet_xml([["z"]]), "空": sheet_xml([]), "末": sheet_xml([["w"]])},
                     states={"藏": "hidden", "very": "veryHidden"}, from_top=True)
        self.assertEqual(self.rows(pack(made)), '"#sheet a,""b"\nx\n#sheet 空\n#sheet 末\nw\n')

    def test_xml_in_utf_16(self):
        made = parts({"A": sheet_xml([["园区"]])})
        made["xl/worksheets/sheet1.xml"] = made["xl/worksheets/sheet1.xml"].replace("UTF-8", "UTF-16").encode("utf-16")
        self.assertEqual(self.rows(pack(made)), "#sheet A\n园区\n")

    def test_findings_name_sheet_and_cell(self):
        tables = {"首页": [["#assessment", CSUS + "/operation/2025"], ["#park_type", "production"]],
                  "答案": [["自评表"], ["条款", "得分", "结论"], ["4.2.1", "八", ""], ["9.9.9", "", "符合"]]}
        path = self.write("book.xlsx", workbook(tables))
        run = self.lingtan("score", path, "--lang", "en", code=3)
        self.assertIn("book.xlsx:3:2: error: '八' is not a number", run.err)
        self.assertIn("(sheet '答案', cell B3)", run.err)
        tables["答案"][2][1] = "8"
        run = self.lingtan("check", self.write("book.xlsx", workbook(tables)), code=1)
        self.assertIn("book.xlsx:4:1:", run.both)

    def test_percentages_and_thirds_score(self):
        entries = [["id", "year", "value", "unit"], ["energy.renewable_share", 2025, 0.234, "%"]]
        strings = []
        styles = styles_xml({}, [0, 10])
        rows = [["#assessment", CSUS + "/operation/2025"], ["#park_type", "production"]] + entries
        xml = sheet_xml(rows, strings).replace('<c r="C4"><v>0.234</v>', '<c r="C4" s="1"><v>0.23400000000000001</v>')
        self.assertIn('s="1"', xml)
        got = self.lingtan("explain", self.write("p.xlsx", pack(parts({"A": xml}, strings_xml(strings), styles))), "energy.renewable_share")
        typed = self.write("p.csv", "#assessment,%s/operation/2025\n#park_type,production\nid,year,value,unit\nenergy.renewable_share,2025,23.4,%%\n" % CSUS)
        self.assertIn("23.4", got.out)
        self.assertEqual(got.out, self.lingtan("explain", typed, "energy.renewable_share").out)
        # a third, as an office suite computes it, has more places than our numbers
        third = sheet_xml(rows[:-1] + [["energy.renewable_share", 2025, 1 / 3, "%"]], strings)
        got = self.lingtan("explain", self.write("t.xlsx", pack(parts({"A": third}, strings_xml(strings)))), "energy.renewable_share")
        self.assertIn("0.333333333333", got.out)

    # ---- hostile ----

    def test_bombs_are_refused_before_they_are_inflated(self):
        zeros = "<row>" + "<c/>" * 400000 + "</row>"
        self.refused(pack(parts({"A": data_xml(zeros)})), "packed more than 200 times")
        # what the archive says of a part is enough to refuse it
        data = pack(parts({"A": sheet_xml([["x", "y"]])}))
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
        self.refused(data.replace(struct.pack("<I", size), struct.pack("<I", (64 << 20) + 1)), "more than 64 MiB unpacked")
        # the parts that were read before it count with it
        self.refused(data.replace(struct.pack("<I", size), struct.pack("<I", 64 << 20)), "more than 64 MiB unpacked")
        self.refused(b"PK\3\4" + bytes(21 << 20), "larger than 20 MiB")

    def test_sizes_that_lie(self):
        """The archive says 100 bytes where there are many: no more than it said is taken."""
        data = bytearray(pack(parts({"A": sheet_xml([["x" * 50, "y"]] * 3000)})))
        with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
            size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
        changed = bytes(data).replace(struct.pack("<I", size), struct.pack("<I", 100))
        self.assertNotEqual(changed, bytes(data))
        self.refused(changed, "damaged")

    def test_document_types_are_refused(self):
        secret = self.write("secret.txt", "SECRET")
        for dtd in ('<!DOCTYPE worksheet [<!ENTITY e SYSTEM "file://%s">]>' % secret, '<!DOCTYPE worksheet SYSTEM "http://127.0.0.1:1/x.dtd">',
                    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY % p "<!ENTITY q \'&#37;p;\'>"> %p;]>'):
            xml = sheet_xml([["x"]]).replace("<worksheet", dtd + "<worksheet").replace(">x<", ">&e;<" if "&e" in dtd else ">x<")
            for part in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "_rels/.rels"):
                made = parts({"A": sheet_xml([["x"]])})
                made[part] = xml if part.startswith("xl/worksheets") else made[part].replace("?>\n", "?>\n" + dtd)
                self.refused(pack(made), "DTD")

    def test_entities_without_declaration(self):
        made = parts({"A": sheet_xml([["x"]]).replace(">x<", ">&e;<")})
        self.refused(pack(made), "damaged")

    def test_limits_of_rows_columns_and_cells(self):
        self.refused(pack(parts({"A": data_xml('<row r="100002"><c><v>1</v></c></row>')})), "more than 100000 rows")
        self.refused(pack(parts({"A": data_xml('<row r="4294967295"><c><v>1</v></c></row>')})), "more than 100000 rows")
        self.refused(pack(parts({"A": data_xml('<row r="60000"><c><v>1</v></c></row>'), "B": data_xml('<row r="60000"><c><v>1</v></c></row>')})), "more than 100000 rows")
        self.refused(pack(parts({"A": data_xml('<row><c r="GS1"><v>1</v></c></row>')})), "more than 200 columns")
        text = "".join(chr(0x4e00 + n * 7919 % 20000) for n in range(50000))
        self.refused(pack(parts({"A": sheet_xml([[text]])})), "row 1, column 1")
        once = "".join(chr(0x4e00 + n * 7919 % 20000) for n in range(30000))
        self.refused(pack(parts({"A": data_xml('<row><c t="s"><v>0</v></c></row>' * 300)}, strings_xml([once]))), "more than 16 MiB of text")

    def test_disorder_is_refused(self):
        for data in ('<row r="2"><c><v>1</v></c></row><row r="1"><c><v>1</v></c></row>', '<row><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>',
                     '<row r="0"><c><v>1</v></c></row>', '<row><c t="s"><v>0</v></c></row>', '<row><c t="s"><v>-1</v></c></row>', "<row><c><v>1</v></row>",
                     "<a>" * 200 + "</a>" * 200):
            self.refused(pack(parts({"A": data_xml(data)})), "damaged")
        merged = '<mergeCells>%s</mergeCells>' % ('<mergeCell ref="A1:GR100000"/>' * 2)
        self.refused(pack(parts({"A": data_xml("", merged)})), "damaged")
        for gone in ("xl/workbook.xml", "_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"):
            made = parts({"A": sheet_xml([["x"]])})
            del made[gone]
            self.refused(pack(made), "damaged")

    def test_other_files_that_look_alike(self):
        self.refused(pack({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}), "no .xlsx workbook")
        self.refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000), "old .xls kind, or has a password")
        self.refused(b"PK\3\4 and nothing more", "no .xlsx workbook")

    def test_control_characters_of_a_workbook_never_reach_the_terminal(self):
        for nasty in ("\u202e", "\x85", "\u200f"):
            tables = {"A" + nasty: [["#assessment", CSUS + "/operation/2025"], ["item", "remark"], ["4.1.1", nasty]]}
            self.lingtan("score", self.write("book.xlsx", workbook(tables)), code=3)

    def test_damaged_anywhere(self):
        """Cut short or changed, it is read or refused: no crash, no hanging, no control characters."""
        data = workbook(tables_of(load(SAMPLES / "t-csus-66-2023.yaml")))
        rng = random.Random(7)
        for n in range(4, len(data), len(data) // 12):
            run = self.lingtan("score", self.write("book.xlsx", data[:n]), code=3)
            self.assertIn("book.xlsx", run.err)
        for _ in range(60):
            changed = bytearray(data)
            for _ in range(rng.randrange(1, 6)):
                changed[rng.randrange(len(data))] = rng.randrange(256)
            self.lingtan("score", self.write("book.xlsx", bytes(changed)), code=(0, 3, 4))

    def test_damaged_inside(self):
        """The same with sound archives around damaged XML."""
        made = parts({"A": sheet_xml([["#assessment", CSUS + "/operation/2025"], ["#park_type", "production"], ["item", "points"], ["4.2.1", 8.5]], [])},
                     strings_xml(["#assessment", CSUS + "/operation/2025", "#park_type", "production", "item", "points", "4.2.1"]), styles_xml({164: "0.0"}, [0, 164]))
        rng = random.Random(7)
        for part in made:
            for _ in range(8):
                changed = bytearray(made[part].encode())
                at = rng.randrange(len(changed))
                changed[at:at + rng.randrange(3)] = bytes(rng.choice(b"<>/&\"'=0A\xff ") for _ in range(rng.randrange(3)))
                self.lingtan("score", self.write("book.xlsx", pack({**made, part: bytes(changed)})), code=(0, 3, 4))


class Helper(Case):
    """How the second program is found, and what is made of one that misbehaves."""

    def book(self):
        return self.write("book.xlsx", workbook(tables_of(load(SAMPLES / "t-csus-66-2023.yaml"))))

    def script(self, text):
        path = self.write("lingtan-workbook", "#!/bin/sh\n" + text)
        path.chmod(0o755)
        return environment(self.dir, LINGTAN_RENDER=path)

    def copy(self, program, to):
        path = self.dir / to
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(program, path)
        return path

    def run_copy(self, program, path):
        return subprocess.run([program, "score", path, "--lang", "en", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=200,
                              env=environment(self.dir))

    def test_beside_the_program_or_in_libexec_or_nowhere(self):
        book = self.book()
        alone = self.copy(harness.PROGRAM, "alone/bin/lingtan")
        run = self.run_copy(alone, book)
        self.assertEqual(run.returncode, 3)
        self.assertIn(b"lingtan-workbook", run.stderr)
        self.assertIn(b"LINGTAN_RENDER", run.stderr)
        # what needs no workbook needs no second program
        self.assertEqual(self.run_copy(alone, SAMPLES / "t-csus-66-2023.yaml").returncode, 0)
        self.copy(render(), "alone/libexec/lingtan/lingtan-workbook")
        self.assertEqual(self.run_copy(alone, book).returncode, 0)
        beside = self.copy(harness.PROGRAM, "beside/lingtan")
        self.copy(render(), "beside/lingtan-workbook")
        self.assertEqual(self.run_copy(beside, book).returncode, 0)

    def test_doctor_names_the_one_that_is_missing(self):
        alone = self.copy(harness.PROGRAM, "bin/lingtan")
        helpers = sorted(p for p in pathlib.Path(harness.PROGRAM).parent.glob("lingtan-*") if not p.suffix)
        self.assertGreater(len(helpers), 3)
        for helper in helpers:
            self.copy(helper, "bin/" + helper.name)
        for helper in [None] + helpers:
            if helper:
                (self.dir / "bin" / helper.name).unlink()
            run = subprocess.run([alone, "doctor", "--lang", "en"], capture_output=True, timeout=200, env=environment(self.dir))
            said = [n.name for n in helpers if ("program %s is neither" % n.name).encode() in run.stdout]
            self.assertEqual(said, [helper.name] if helper else [])
            if helper:
                self.copy(helper, "bin/" + helper.name)

    def test_the_environment_names_another(self):
        run = self.lingtan("score", self.book(), "--lang", "en", env=environment(self.dir, LINGTAN_RENDER="/nowhere/x"), code=3)
        self.assertIn("/nowhere/x", run.err)
        good = 'echo "#assessment,%s/operation/2025"; echo "#park_type,production"; echo item,result\n' % CSUS
        self.lingtan("score", self.book(), env=self.script(good))

    def test_what_it_says_is_not_trusted(self):
        """That it may take too long, which is half a minute, is tried in tests/base/test_child.c."""
        for text, words in (("printf '\\033[31mred\\n\\033[31mred\\n' >&2; exit 3", "red"), ("exit 9", "cannot be read (9)"), ("kill -SEGV $$", "signal 11"),
                            ("printf '#assessment,\\033[31m\\n'", "control character"), ("printf 'item,\\377\\n'", "neither UTF-8"), ("yes", "too much"),
                            ("head -c 18000000 /dev/zero", "too much"), ("exit 0", "empty")):
            run = self.lingtan("score", self.book(), "--lang", "en", env=self.script(text), code=3)
            self.assertIn(words, run.err)

    def test_the_box_is_closed_while_it_works(self):
        """Blocked in writing to a full pipe, the program shows how it is shut in."""
        path = self.write("big.xlsx", workbook({"A": [["x%d" % n, "y" * 50] for n in range(5000)]}))
        with open(path, "rb") as f:
            child = subprocess.Popen([render(), "rows"], stdin=f, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment(self.dir))
        try:
            self.assertEqual(child.stdout.read(1), b"#")
            status, limits = (pathlib.Path("/proc/%d/%s" % (child.pid, name)).read_text() for name in ("status", "limits"))
            self.assertIn("NoNewPrivs:\t1", status)
            self.assertRegex(limits, r"Max cpu time +10 ")
            self.assertRegex(limits, r"Max file size +0 ")
            if sanitized():
                print("not looked at: the filter, which the address sanitizer does not bear")
            elif "Seccomp:\t2" not in status:
                print("not looked at: the filter, which this kernel does not allow")
            else:
                self.assertRegex(limits, r"Max address space +536870912 ")
        finally:
            child.kill()
            child.stdout.close()
            child.wait()

    def test_usage(self):
        for args in ([], ["nonsense"], ["rows", "x"]):
            done = subprocess.run([render()] + args, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            self.assertEqual(done.returncode, 2)
            self.assertIn(b"usage", done.stderr)
        done = subprocess.run([render(), "rows"], input=b"x", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, 2)


if __name__ == "__main__":
    harness.main()
