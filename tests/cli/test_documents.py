"""What leaves a project for an office suite: the workbook that comes back, the Word file on the body's own."""

import re
import subprocess
import sys
import xml.etree.ElementTree
import zipfile

import formulas
import harness
import projects
import wordml
from exports import FORMULAS, HEADINGS, ExportCase, parts
from harness import TREE, sheet
from projects import A, EVALUATOR, LEADER, OWNER, YEAR


class Workbook(ExportCase):
    def test_what_was_filled_in_comes_back(self):
        path = self.rich()
        book = self.export(path, "xlsx")
        self.assertEqual(book.read_bytes(), self.export(path, "xlsx", name="again.xlsx").read_bytes())
        for rung, who in (("evaluator", EVALUATOR), ("self", OWNER)):
            for lang in ("zh", "en"):
                book = self.export(path, "xlsx", "--rung", rung, "--lang", lang)
                run = self.lingtan("import", path, book, "--dry-run", "--json", "--as", who)
                self.assertEqual((run.json()["changes"], run.err), ([], ""), (rung, lang))
        # a person fills in a cell: the difference is that cell
        edited = self.dir / "edited.xlsx"
        with zipfile.ZipFile(book) as old, zipfile.ZipFile(edited, "w") as new:
            for name in old.namelist():
                new.writestr(name, old.read(name).replace(b"<v>9</v>", b"<v>4</v>", 1))
        self.assertEqual([c["key"] for c in self.document("import", path, edited, "--dry-run", "--as", OWNER)["changes"]], [A + "|self|4.2.1"])

    def test_every_formula_comes_to_what_is_written(self):
        """By an evaluator of its own, as an office suite would: whatever form an item has, answered or not, and by whatever operation a node."""
        path = self.new("forms.lingtan", "--place", "north", "--rulesets", TREE / "tests/core/small", standard="forms", stage=None, park_type=None)
        answers = [{"item": "met5", "result": "met"}, {"item": "points10", "points": "7.25"}, {"item": "tiers6", "tier": "middle"}, {"item": "checks8", "checks": ["c1", "c3"]},
                   {"item": "north2", "result": "not-met"}, {"item": "truth1", "result": "met"}, {"item": "judged", "result": "yes", "remark": "x"}]
        figures = [{"id": "reuse", "value": "50", "year": YEAR}, {"id": "water", "value": "7", "year": YEAR}, {"id": "heat", "value": "41", "year": YEAR}]
        before = self.comes_to_what_is_written(path)
        self.lingtan("import", path, self.write("a.yaml", sheet("forms//" + YEAR, answers, figures)), "--as", EVALUATOR)
        full = self.comes_to_what_is_written(path)
        # excused although its figure is known, none of the checks, below the first tier
        for item, result in (("less4", "na:absent"), ("checks8", "checks:"), ("tiers6", "na:其他的缘故")):
            self.set(path, item, result)
        self.quantity(path, "reuse", "19.999999", "%")
        excused = self.comes_to_what_is_written(path)
        self.assertEqual(len({before, full, excused}), 3)
        # the words of both tables of the workbook and of the CSV are the same answers in another project
        score = self.document("score", path)["outcomes"]
        for form in ("xlsx", "csv"):
            other = self.new(form + ".lingtan", "--place", "north", "--rulesets", TREE / "tests/core/small", standard="forms", stage=None, park_type=None)
            self.lingtan("import", other, self.export(path, form), "--as", EVALUATOR)
            self.assertEqual(self.document("score", other)["outcomes"], score, form)
        path = self.new("operations.lingtan", "--rulesets", TREE / "tests/core/small", standard="operations", stage="run", park_type="factory")
        before = self.comes_to_what_is_written(path)
        figures = [{"id": id, "value": value, "year": YEAR} for id, value in (("energy", "1000.5"), ("emission", "300"), ("green", "60"), ("drift", "-3"))]
        self.lingtan("import", path, self.write("b.yaml", sheet("operations/run/" + YEAR, [{"item": "c1", "result": "met"}, {"item": "p1", "points": "3.3"}, {"item": "p3", "na": "absent"},
                                                                                        {"item": "x1", "points": "4"}], figures, park_type="factory")), "--as", EVALUATOR)
        self.assertNotEqual(self.comes_to_what_is_written(path), before)
        for name in ("ndrc-910-2025", "t-seesa-2024"):
            stage, park_type = projects.SUBJECT[name]
            path = self.new(name + ".lingtan", standard=name, stage=stage, park_type=park_type)
            self.lingtan("import", path, harness.SAMPLES / (name + ".yaml"), "--as", EVALUATOR)
            self.comes_to_what_is_written(path)

    def comes_to_what_is_written(self, path):
        """The results of the sheet of calculations, all of them what their formulas come to."""
        book = formulas.Workbook(self.export(path, "xlsx"))
        self.assertEqual(book.differing(), [])
        results = tuple(value for (page, cell), value in book.written.items() if page == "计算" and value is not None)
        self.assertGreater(len(results), 20)
        return results

    def test_sheets_of_many_sections(self):
        """Every section has its sheet, or there is no workbook; a name is one to a program that looks at neither case nor more than 31 units of UTF-16."""
        path = self.sectioned(("r1", "能源 & 'R/D'"), ("R1", "能源 & 'R/D'"), ("r2", "\U00020bb7" * 20), *(("s%d" % n, "章") for n in range(34)))
        book = re.findall(r'<sheet name="([^"]*)"', parts(self.export(path, "xlsx"))["xl/workbook.xml"].decode())
        self.assertEqual(len(book), 40)
        self.assertEqual(len({name.lower() for name in book}), 40)
        self.assertEqual(book[1:4], ["r1 能源 &amp;  R D ", "3", "r2 " + "\U00020bb7" * 14])
        path = self.sectioned(*(("s%d" % n, "章") for n in range(38)))
        (self.dir / "out.xlsx").unlink()
        run = self.lingtan("export", path, "--format", "xlsx", "-o", self.dir / "out.xlsx", code=3)
        self.assertIn("40", run.err)
        self.assertFalse((self.dir / "out.xlsx").exists())

    def test_a_line_that_waits_for_its_amount_comes_back_as_it_is(self):
        path = self.new()
        line = lambda *fields, who=OWNER: self.document("line", "add", path, "year=2025", "kind=emission", "scope=1", *fields, "--as", who)
        line("source=diesel", "unit=t", "factor=diesel")
        line("source=petrol", "name=汽油")
        line("source=gas", "name=窑炉", "amount=96", "unit=t", "factor=diesel", who=EVALUATOR)
        written = [self.export(path, form, "--rung", rung, name=rung + "." + form) for form in ("xlsx", "csv") for rung in ("self", "evaluator")]
        for book in written:
            for who in (OWNER, EVALUATOR):
                self.assertEqual(self.document("import", path, book, "--dry-run", "--as", who)["changes"], [], (book, who))
        # an amount that came in since is not taken away by a sheet in which its cell is still empty
        waiting = next(row for row in self.document("line", "list", path)["rows"] if row["values"]["source"] == "diesel")
        self.lingtan("line", "set", path, waiting["row"], "amount=7", "--as", OWNER)
        for book in written:
            self.assertEqual(self.document("import", path, book, "--dry-run", "--as", OWNER)["changes"], [], book)

    def test_lists_ranges_formulas_and_no_text_as_formula(self):
        path = self.new()
        for item, text in zip(("4.1.1", "4.1.2", "4.1.3"), FORMULAS):
            self.set(path, item, "met", "--remark", text)
        self.quantity(path, "land.green_cover", "30", "%", "--source", '=HYPERLINK("x")')
        found = parts(self.export(path, "xlsx"))
        sheets = b"".join(data for name, data in sorted(found.items()) if name.startswith("xl/worksheets/"))
        self.assertIn(b'<formula1>&quot;', sheets)
        self.assertIn(b'operator="between"', sheets)
        for formula in re.findall(rb"<f>([^<]*)</f>", sheets):
            self.assertNotIn(b"HYPERLINK", formula)
            self.assertNotIn(b"cmd", formula)
        self.assertIn("=1+2".encode(), sheets)
        self.assertEqual([n for n in found if "calcChain" in n or "external" in n or "vba" in n], [])

    def test_one_owner(self):
        path = self.rich()
        self.quantity(path, "land.green_cover", "30", "%")
        for what in ("4.2.1", "land.green_cover"):
            self.lingtan("assign", path, what, "何园", "--as", LEADER)
        found = parts(self.export(path, "xlsx", "--owner", "何园", "--rung", "self"))
        sheets = b"".join(data for name, data in found.items() if name.startswith("xl/worksheets/"))
        self.assertIn(b">4.2.1<", sheets)
        self.assertNotIn(b">4.2.2<", sheets)
        self.assertIn(b">land.green_cover<", sheets)
        self.assertEqual(sheets.count(b">energy."), 0)

    def test_saved_by_openpyxl(self):
        code = "import sys, openpyxl; b = openpyxl.load_workbook(sys.argv[1]); b.save(sys.argv[2])"
        python = next((p for p in (sys.executable, "/usr/bin/python3") if subprocess.run([p, "-c", "import openpyxl"], capture_output=True).returncode == 0), None)
        if not python:
            self.skip("openpyxl is not installed")
        path = self.rich()
        subprocess.run([python, "-c", code, self.export(path, "xlsx"), self.dir / "saved.xlsx"], check=True)
        self.assertEqual(self.document("import", path, self.dir / "saved.xlsx", "--dry-run", "--as", EVALUATOR)["changes"], [])


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TYPES = ('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
         '<Default Extension="xml" ContentType="application/xml"/><Default Extension="bin" ContentType="application/octet-stream"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.%s.main+xml"/></Types>')
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
NAMESPACES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
BODY = ('<w:document %s><w:body><w:p><w:r><w:t>封面 {{park}}</w:t></w:r></w:p><w:p><w:r><w:t>{{report}}</w:t></w:r></w:p><w:p><w:r><w:t>封底</w:t></w:r></w:p>'
        '<w:sectPr><w:headerReference w:type="default" r:id="rId7"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:left="1000" w:right="1000" w:top="1" w:bottom="1"/></w:sectPr></w:body></w:document>') % NAMESPACES
OWN = {"[Content_Types].xml": TYPES % "document", "_rels/.rels": RELATIONS % "", "word/document.xml": BODY, "word/_rels/document.xml.rels": RELATIONS % '<Relationship Id="rId7" Type="x/header" Target="header1.xml"/>',
       "word/header1.xml": "<w:hdr %s><w:p><w:r><w:t>示例评价机构 {{date}}</w:t></w:r></w:p></w:hdr>" % NAMESPACES,
       "word/styles.xml": '<w:styles %s><w:style w:type="paragraph" w:styleId="a9"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Kopf 1"><w:name w:val="heading 1"/></w:style></w:styles>' % NAMESPACES,
       "word/media/logo.bin": b"\x00\x01logo"}


class Word(ExportCase):
    def told(self, path, *args):
        return " ".join(re.sub(r"<[^>]*>", " ", self.export(path, "html", "--rung", "evaluator", *args).read_text("utf-8")).split())

    def test_methods_are_counted_and_sets_of_factors_named_once(self):
        path = self.new()
        for item, method in (("4.1.1", "查阅文件"), ("4.1.2", "查阅文件"), ("4.1.2", "访谈"), ("4.2.1", "查阅文件")):
            self.lingtan("fill", path, "method", "assessment=" + A, "item=" + item, "method=" + method, "on=2026-03-25", "--as", EVALUATOR)
        for name, factor, unit in (("柴油", "diesel", "t"), ("汽油", "petrol", "t")):
            self.lingtan("line", "add", path, "year=2025", "kind=emission", "scope=1", "source=" + name, "name=" + name, "amount=5", "unit=" + unit, "factor=" + factor, "--as", EVALUATOR)
        text = self.told(path, "--kind", "third")
        self.assertIn("查验方法 方法 条款数 查阅文件 3 访谈 1 ", text)
        self.assertEqual(text.count("fuels 化石燃料缺省因子（甲组）：N12"), 1)

    def test_everything_that_keeps_from_a_grade(self):
        path = self.new()
        for item in ("4.1.1", "4.1.2", "4.1.3"):
            self.set(path, item, "not-met")
        said = self.told(path).partition("未达更高等级：")[2].partition("。")[0]
        for item in ("4.1.1", "4.1.2", "4.1.3"):
            self.assertIn(item, said[:400])

    def test_a_withdrawn_finding_is_listed_and_not_reported(self):
        path = self.new()
        for fact in ("货车为国五", "总表过期"):
            self.lingtan("finding", "add", path, "minor", fact, "--item", "6.1.1", "--as", EVALUATOR)
        self.lingtan("finding", "withdraw", path, "F01", "查错车牌", "--as", LEADER)
        text = self.told(path, "--kind", "third")
        self.assertEqual((text.count("货车为国五"), text.count("总表过期")), (1, 2))

    def test_a_standard_without_grades(self):
        """Its rungs have none, which is not one that is open."""
        path = self.sectioned(("r1", "能源"))
        self.set(path, "i0", "points:1")
        table = self.told(path).partition("各层级的结果 层级 数值 等级 已答 轮次 ")[2]
        self.assertRegex(table, r"\A\S+ 1 — 1/1 ")

    def own(self, name="own.docx", **changes):
        with zipfile.ZipFile(self.dir / name, "w", zipfile.ZIP_DEFLATED) as package:
            for part, data in {**OWN, **changes}.items():
                if data is not None:
                    package.writestr(part, data)
        return self.dir / name

    def paragraphs(self, data):
        root = xml.etree.ElementTree.fromstring(data)
        return [("".join(t.text or "" for t in p.iter(W + "t")), p) for p in root.iter(W + "p")]

    def test_a_plain_file_of_ours(self):
        path = self.rich()
        evil = "<w:t>]]></w:t> & {{park}} \"x\""
        self.set(path, "4.1.2", "met", "--remark", evil)
        document = self.export(path, "docx")
        self.assertEqual(document.read_bytes(), self.export(path, "docx", name="again.docx").read_bytes())
        wordml.check(document)
        found = parts(document)
        texts = [t for t, _ in self.paragraphs(found["word/document.xml"])]
        self.assertEqual([t for t in texts if t in HEADINGS["third"]], [*HEADINGS["third"], *HEADINGS["third"]])
        self.assertTrue(any(evil in t for t in texts))
        self.assertTrue(any("〔待填〕" in t for t in texts))
        root = xml.etree.ElementTree.fromstring(found["word/document.xml"])
        self.assertTrue(list(root.iter(W + "hyperlink")))
        for name, data in found.items():
            if name.endswith(".png"):
                self.assertTrue(data.startswith(b"\x89PNG"))
        english = [t for t, _ in self.paragraphs(parts(self.export(path, "docx", "--lang", "en"))["word/document.xml"])]
        self.assertTrue(any(re.fullmatch(r"[ -~]+ \(points, of [0-9.]+\)", t) for t in english), english)

    def test_factors_and_quality_of_the_inventory(self):
        """Each factor once, in its unit, with the lines that take it; only what was emitted is counted by the quality of its data."""
        path = self.new()
        own = {"year": projects.YEAR, "kind": "emission", "scope": "1", "system": "energy", "source": "diesel", "activity": "10", "unit": "t", "factor_value": "3",
               "factor_unit": "tCO2/t", "note": "化验"}
        lines = [{"id": "l%d" % i, **own, **more} for i, more in enumerate((
            {"name": "外购柴油"}, {"name": "柴油"}, {"name": "柴油", "place": "二号库"}, {"name": "零星", "unit": "kg", "factor_unit": "kgCO2/kg"},
            {"name": "抵减", "kind": "offset"}, {"name": "去年", "year": "2024"}))]
        self.lingtan("import", path, self.write("inventory.yaml", harness.sheet(A, [], [], lines, park_type="production")), "--as", EVALUATOR)
        text = wordml.text_of(self.export(path, "docx")).split("\n")
        at = text.index("碳盘查用到的因子")
        self.assertEqual(text[at + 5 : at + 13], ["自定因子", "外购柴油、柴油、抵减、去年", "3 tCO₂/t", "化验", "自定因子", "零星", "3 kgCO₂/kg", "化验"])
        at = text.index("未说明")
        self.assertEqual(text[at + 1 : at + 4], ["4", "90.03", "100%"])

    def test_on_the_own_file_of_the_body(self):
        path = self.rich()
        found = parts(self.export(path, "docx", "--template", self.own()))
        for part in ("word/styles.xml", "word/media/logo.bin"):
            self.assertEqual(found[part], OWN[part].encode() if isinstance(OWN[part], str) else OWN[part])
        self.assertIn("示例评价机构 2026-03-01", found["word/header1.xml"].decode("utf-8"))
        paragraphs = self.paragraphs(found["word/document.xml"])
        texts = [t for t, _ in paragraphs]
        self.assertEqual((texts[0], texts[-1]), ("封面 " + projects.PARK_NAME, "封底"))
        self.assertNotIn("{{report}}", texts)
        heading = next(p for t, p in paragraphs[::-1] if t == "一、概述")
        self.assertEqual(heading.find(W + "pPr/" + W + "pStyle").get(W + "val"), "Kopf 1")
        self.assertIn(b'w:headerReference w:type="default" r:id="rId7"', found["word/document.xml"])
        # without a place for it the report stands at the end; a .dotx becomes a document
        found = parts(self.export(path, "docx", "--template", self.own(**{"word/document.xml": BODY.replace("{{report}}", "x"), "[Content_Types].xml": TYPES % "template"})))
        texts = [t for t, _ in self.paragraphs(found["word/document.xml"])]
        self.assertLess(texts.index("封底"), texts.index("第三方评价报告"))
        self.assertIn(b"document.main+xml", found["[Content_Types].xml"])

    def test_own_files_as_programs_really_write_them(self):
        path = self.rich()
        run = lambda text: "<w:r><w:t>%s</w:t></w:r>" % text
        portrait, landscape = ('<w:sectPr><w:pgSz w:w="%d" w:h="%d"/><w:pgMar w:left="1000" w:right="1000" w:top="1" w:bottom="1"/>%s</w:sectPr>' % size
                               for size in ((11906, 16838, ""), (16838, 11906, '<w:sectPrChange w:id="5" w:author="x"><w:sectPr/></w:sectPrChange>')))
        box = '<w:r><w:pict><w:txbxContent><w:p>%s</w:p></w:txbxContent></w:pict></w:r>' % run("框")
        # letters of a mark in several runs, a text box before it, the section's end in its paragraph, another section behind it
        body = '<w:document %s><w:body><w:p>%s</w:p><w:p><w:pPr>%s</w:pPr>%s%s</w:p><w:p>%s</w:p>%s</w:body></w:document>' % (
            NAMESPACES, run("{{") + '<w:proofErr w:type="spellStart"/>' + run("park") + run("}}"), portrait, box, run("{{rep") + run("ort}}"), run("横向附图"), landscape)
        # another name of the main part; headings as another program calls them; a heading style of its own is not asked for
        styles = OWN["word/styles.xml"].replace("heading 1", "Heading 1").replace("</w:styles>", '<w:style w:type="paragraph" w:styleId="zh2"><w:name w:val="标题 2"/></w:style></w:styles>')
        main = RELATIONS % '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document2.xml"/>'
        template = self.own("real.docx", **{"word/document.xml": None, "word/document2.xml": body, "word/_rels/document.xml.rels": None, "word/_rels/document2.xml.rels": OWN["word/_rels/document.xml.rels"],
                                            "_rels/.rels": main, "word/styles.xml": styles, "[Content_Types].xml": (TYPES % "document").replace("document.xml", "document2.xml")})
        found = wordml.check(self.export(path, "docx", "--template", template))["word/document2.xml"].decode("utf-8")
        texts = [t for t, _ in self.paragraphs(found)]
        self.assertEqual((texts[0], texts[-1]), (projects.PARK_NAME, "横向附图"))
        self.assertFalse([t for t in texts if "{{" in t])
        self.assertEqual(found.count("<w:sectPr>"), 2)
        self.assertLess(found.index("机构资质"), found.index('w:w="11906"'))
        self.assertIn('<w:tblW w:w="9906"', found)
        self.assertEqual([found.count('<w:pStyle w:val="%s"/>' % s) > 1 for s in ("Kopf 1", "zh2")], [True, True])
        # an earlier report as the body's own file: no id, bookmark or picture comes twice; without a mark it stands at the end
        earlier = self.export(path, "docx", name="earlier.docx")
        again = wordml.check(self.export(path, "docx", "--template", earlier))
        self.assertEqual(len([n for n in again if n.endswith(".png")]), 2 * len([n for n in wordml.check(earlier) if n.endswith(".png")]))
        # without a mark and with a tracked change of the last section the report stands before it
        wordml.check(self.export(path, "docx", "--template", self.own(**{"word/document.xml": body.replace("ort}}", "x")})))
        # alone in the cell of a table, which must end in a paragraph
        cell = BODY.replace("<w:p><w:r><w:t>{{report}}</w:t></w:r></w:p>", '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:p>%s</w:p></w:tc></w:tr></w:tbl>' % run("{{report}}"))
        wordml.check(self.export(path, "docx", "--template", self.own(**{"word/document.xml": cell})))

    def test_a_template_that_is_none(self):
        path = self.rich()
        entity = '<!DOCTYPE d [<!ENTITY a "%s">]>' % ("a" * 10)
        broken = self.own("broken.docx").read_bytes()
        wrong = [self.write("x.docx", b"x"), self.write("empty.docx", b""), self.write("cut.docx", broken[:-200]), self.own("n.docx", **{"word/document.xml": None}),
                 self.own("bomb.docx", **{"word/media/logo.bin": b"\0" * (40 << 20)}), self.own("many.docx", **{"x%d" % i: "" for i in range(2100)}), self.own("dtd.docx", **{"word/document.xml": entity + BODY}),
                 self.own("xml.docx", **{"word/document.xml": BODY[:-20]}), self.own("macro.docx", **{"word/vbaProject.bin": "x"}), self.own("body.docx", **{"word/document.xml": "<a/>"}),
                 self.own("strict.docx", **{"word/document.xml": BODY.replace("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main")})]
        for template in wrong:
            run = self.lingtan("export", path, "--format", "docx", "-o", self.dir / "no.docx", "--template", template, code=3)
            self.assertFalse((self.dir / "no.docx").exists())
            self.assertIn("模板", run.err, template)


class Paper(ExportCase):
    def text(self, document):
        return subprocess.run(["pdftotext", "-layout", document, "-"], capture_output=True, check=True).stdout.decode("utf-8")

    def unseen(self, document, page):
        """Words of a page, of Chinese characters alone, in which one has no ink; how many words were looked at."""
        number = ["-f", str(page), "-l", str(page)]
        told = subprocess.run(["pdftotext", "-bbox", *number, document, "-"], capture_output=True, check=True).stdout.decode("utf-8")
        words = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([一-龥、-】：；，（）]+)<', told)
        head, pixels = subprocess.run(["pdftoppm", "-r", "72", "-gray", *number, document], capture_output=True, check=True).stdout.split(b"255\n", 1)
        width, lost = int(head.split()[1]), []
        for left, top, right, bottom, word in words:
            left, step, rows = float(left), (float(right) - float(left)) / len(word), range(int(float(top)), int(float(bottom)))
            for i, character in enumerate(word):
                cell = b"".join(pixels[y * width + int(left + i * step) + 2:y * width + int(left + (i + 1) * step) - 1] for y in rows)
                # the mark under the text is large, and pale
                lost += [word] if "一" <= character <= "龥" and step < 30 and max(cell) - min(cell) < 48 else []
        return lost, len(words)

    def test_same_bytes_and_no_clock(self):
        path = self.rich()
        document = self.export(path, "pdf").read_bytes()
        self.assertTrue(document.startswith(b"%PDF-") and document.rstrip().endswith(b"%%EOF"))
        self.assertEqual(document, self.export(path, "pdf", name="again.pdf").read_bytes())
        self.assertIn(b"(20260301000000)", document)

    def test_contents_with_page_numbers(self):
        path = self.rich()
        long = "很长的说明。" * 3000
        self.set(path, "4.1.2", "met", "--remark", long)
        for kind in ("third", "self", "statement"):
            pages = self.text(self.export(path, "pdf", "--kind", kind)).split("\f")
            squeezed = ["".join(p.split()) for p in pages]
            for heading in HEADINGS[kind]:
                heading = "".join(heading.split())
                found = re.search(re.escape(heading) + r"(\d+)$", "\n".join("".join(l.split()) for l in pages[1].splitlines()), re.M)
                self.assertTrue(found, heading)
                self.assertIn(heading, squeezed[int(found.group(1)) - 1])
            # no heading, and no sentence that leads into a table, is left alone at the foot of a page
            for page in pages[2:-1]:
                last = ["".join(l.split()) for l in page.splitlines() if l.strip() and l.strip() not in ("样张",)][-2]
                self.assertNotIn(last, ["".join(h.split()) for h in HEADINGS[kind]])
                self.assertNotRegex(last, r"已答\d+/\d+项。$|^条款评价内容|^[0-9]+[一-龥]{4,}$")
            whole = "".join(squeezed)
            if kind == "third":
                self.assertGreaterEqual(whole.count("很长的说明。"), 2000)
            self.assertIn("样张", whole)
            self.assertIn("%d/%d" % (len(pages) - 1, len(pages) - 1), squeezed[-2])

    def test_more_pages_than_a_report_has(self):
        path, lines = self.new(), "头" + "\n" * 60000 + "尾"
        for item in ("4.1.1", "4.1.2", "4.1.3"):
            self.set(path, item, "met", "--remark", lines)
        refused = self.lingtan("export", path, "--format", "pdf", "-o", self.dir / "x.pdf", code=3)
        self.assert_refused(refused, "报告正文超过 3000 页", "--format docx")
        self.assertFalse((self.dir / "x.pdf").exists())

    def test_fonts_are_inside_and_whole_and_a_missing_character_refuses(self):
        path = self.rich()
        document = self.export(path, "pdf")
        rows = subprocess.run(["pdffonts", document], capture_output=True, check=True).stdout.decode().splitlines()[2:]
        self.assertTrue(rows)
        for row in rows:
            self.assertEqual(row.split()[-5:-2], ["yes", "yes", "yes"], row)
        self.assertEqual(subprocess.run(["qpdf", "--check", document], capture_output=True).returncode, 0)
        # what cairo leaves out of a font depends on all that was drawn before (src/export/subset.h)
        lost, n = self.unseen(document, max(n for n, page in enumerate(self.text(document).split("\f"), 1) if "如" in page))
        self.assertEqual(lost, [])
        self.assertGreater(n, 20)
        self.set(path, "4.1.2", "met", "--remark", "字\U000F0123")
        self.assert_refused(self.lingtan("export", path, "--format", "pdf", "-o", self.dir / "no.pdf", code=3))
        self.assertFalse((self.dir / "no.pdf").exists())


if __name__ == "__main__":
    harness.main()
