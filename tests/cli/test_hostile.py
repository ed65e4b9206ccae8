"""Files made to break whoever opens them, brought to a project: a clear sentence that names the file, the project as it was, within the box."""
import io
import random
import signal
import struct
import subprocess
import zipfile
import zlib

import harness
import projects
from files import JPEG, pdf, png
from projects import EVALUATOR, ProjectCase
from workbooks import data_xml, pack, parts, sheet_xml, workbook

NAME = "来件"
HEAD = [["#assessment", projects.A], ["#rung", "evaluator"]]
ANSWERS = workbook({"评价": HEAD + [["item", "result"], ["4.1.1", "met"]]})
# ten times a billion laughs, and a file of this machine
ENTITIES = '<!DOCTYPE x [<!ENTITY a0 "ha">%s]>' % "".join('<!ENTITY a%d "%s">' % (n, "&a%d;" % (n - 1) * 10) for n in range(1, 11))
OUTSIDE = '<!DOCTYPE x [<!ENTITY a10 SYSTEM "file:///etc/passwd">]>'


def with_entity(declaration):
    made = parts({"评价": sheet_xml([["item", "result"], ["4.1.1", "X"]]).replace("<worksheet", declaration + "<worksheet").replace(">X<", ">&a10;<")})
    return pack(made)


def nested(depth, bytes_of_core):
    """A ZIP in a ZIP in a ZIP."""
    core = bytes_of_core
    for n in range(depth):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/workbook.xml" if n + 1 == depth else "%d.zip" % n, core)
        core = out.getvalue()
    return core


def sheets():
    """name, bytes, ending: what is no answer sheet, or more than one."""
    row = "<row><c t=\"inlineStr\"><is><t>4.1.1</t></is></c></row>"
    yield "zip bomb", pack(parts({"评价": data_xml("<row>" + "<c/>" * 2000000 + "</row>")})), ".xlsx"
    yield "zip in zip", nested(6, bytes(1 << 20)), ".xlsx"
    yield "entity bomb", with_entity(ENTITIES), ".xlsx"
    yield "entity of this machine", with_entity(OUTSIDE), ".xlsx"
    yield "a million rows", pack(parts({"评价": data_xml(row * 1000000)})), ".xlsx"
    yield "a million lines", ("#assessment,%s\nitem,result\n" % projects.A + "4.1.1,met\n" * 1000000).encode(), ".csv"
    yield "a row far down", pack(parts({"评价": data_xml('<row r="1048576"><c><v>1</v></c></row>')})), ".xlsx"
    yield "another sheet", workbook({"工资": [["姓名", "实发"], ["甲", 5000], ["乙", 6000]]}), ".xlsx"
    yield "cut in the middle", ANSWERS[:len(ANSWERS) // 2], ".xlsx"
    yield "without its end", ANSWERS[:-30], ".xlsx"
    yield "a Word file", pack({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}), ".xlsx"
    yield "an old workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000), ".xlsx"
    yield "deep XML", pack(parts({"评价": data_xml("<a>" * 100000 + "</a>" * 100000)})), ".xlsx"
    yield "deep JSON", b"[" * 200000, ".json"
    yield "our JSON, cut", b'{\n  "format": "lingtan-report",\n  "version": 1, "sections": [', ".json"
    yield "aliases", ("a: &a [x]\n" + "".join("%s: &%s [%s]\n" % (c, c, ", ".join(["*" + p] * 10)) for p, c in zip("abcdefgh", "bcdefghi"))).encode(), ".yaml"
    yield "noise", random.Random(7).randbytes(60000), ".xlsx"
    yield "nothing", b"", ".csv"


def broken_pdfs():
    yield "a page that is its own parent", b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9/Parent 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    # a sanitizer sets no limit to memory, and takes its time for each piece
    squeezed = zlib.compress(b"q " * (50000 if harness.sanitized() else 20000000), 9)
    head = (b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
            b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>endobj\n4 0 obj<</Filter/FlateDecode/Length ")
    yield "a stream that swells", head + b"%d>>stream\n" % len(squeezed) + squeezed + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    yield "a page without an end", pdf("", 1).replace(b"/MediaBox[0 0 100 200]", b"/MediaBox[0 0 1e9 1e9]")
    yield "a form that draws itself", pdf("/X Do", 1).replace(b"/Resources<<", b"/Resources<</XObject<</X 4 0 R>>")
    yield "cut", pdf("BT /F 5 Tf (x) Tj ET", 3)[:120]


def broken_pictures():
    flat = png(8, 8, lambda x, y: (1, 2, 3))
    for name, size in (("as wide as can be", (0x7fffffff, 1)), ("of no size", (0, 0)), ("huge", (60000, 60000))):
        yield "a PNG " + name, flat.replace(struct.pack(">II", 8, 8), struct.pack(">II", *size), 1)
    at = JPEG.index(b"\xff\xc0") if b"\xff\xc0" in JPEG else JPEG.index(b"\xff\xc2")
    yield "a JPEG that says it is huge", JPEG[:at + 5] + b"\xff\xff\xff\xff" + JPEG[at + 9:]
    yield "a JPEG without its tables", JPEG.replace(b"\xff\xc4", b"\xff\xfe")
    exif = b"Exif\0\0MM\0\x2a\0\0\0\x08" + b"\xff\xff" + b"\x88\x25\0\x04\0\0\0\x01\0\0\0\x08" * 200
    yield "an EXIF that points at itself", JPEG[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + JPEG[2:]


class Hostile(ProjectCase):
    def test_no_sheet_of_these_changes_anything(self):
        path = self.new()
        for name, data, ending in sheets():
            file = self.write(NAME + ending, data)
            with self.subTest(name), self.untouched(path):
                run = self.lingtan("import", path, file, "--as", EVALUATOR, code=(3, 4))
                last = run.err.strip().splitlines()[-1]
                self.assertIn(NAME, run.err)
                self.assertLess(len(last), 400, last)
                self.assertNotIn("root:", run.err + run.out)
                for word in ("signal", "信号", "SIG", "assert", "70"):
                    self.assertNotIn(word, last.replace(str(file), NAME))  # folders have any name

    def test_formulas_count_by_what_stands_beside_them(self):
        path = self.new()
        cells = '<row><c r="A1" t="inlineStr"><is><t>item</t></is></c><c r="B1" t="inlineStr"><is><t>points</t></is></c></row>'
        line = '<row><c r="A2" t="inlineStr"><is><t>4.2.1</t></is></c><c r="B2" t="%s"><f>%s</f>%s</c></row>'
        book = lambda formula, value, kind="n": pack(parts({"评价": data_xml(cells + line % (kind, formula, value))}))
        args = ("--assessment", projects.A, "--as", EVALUATOR)
        with self.untouched(path):
            # what nobody has computed yet is told, not left out; a formula that comes to nothing is nothing
            for value in ("", "<v/>", "<v></v>"):
                run = self.lingtan("import", path, self.write("无值.xlsx", book("HYPERLINK(&quot;http://127.0.0.1:1&quot;)" + "&amp;A1" * 40, value)), "--dry-run", *args, code=(3, 4))
                self.assertIn("“=HYPERLINK(", run.err)
            self.assertNotIn("=A9", self.lingtan("import", path, self.write("空.xlsx", book("A9", "<v></v>", "str")), "--dry-run", *args, code=(0, 3)).both)
            self.assertIn("不是 .xlsx 工作簿", self.lingtan("import", path, self.write("文字.xlsx", "hello"), *args, code=3).err)
            self.lingtan("import", path, self.write("错值.xlsx", book("1/0", "<v>#DIV/0!</v>")), *args, code=(3, 4))

    def test_evidence_is_kept_as_it_came_and_shows_nothing(self):
        path = self.new()
        preview = harness.PROGRAM + "-preview"
        for kind, files in ((".pdf", broken_pdfs()), (".jpg", broken_pictures())):
            for name, data in files:
                with self.subTest(name):
                    file = self.write(NAME + kind, data)
                    with open(file, "rb") as f:
                        done = subprocess.run([preview, "preview"], stdin=f, capture_output=True, timeout=300, env={"ASAN_OPTIONS": "detect_leaks=0"})
                    # what wants more memory or time than the box gives ends there, and only there
                    self.assertIn(done.returncode, (0, 3, -signal.SIGABRT, -signal.SIGKILL, -signal.SIGXCPU), done.stderr[-300:])
                    self.assertLess(len(done.stdout), 1 << 20)
                    self.attach(path, "4.1.1", file, "第1页")
                    file.unlink()
        self.assert_holds(path)
        listed = self.document("evidence", path)["evidence"]
        self.assertEqual(len(listed), len(list(broken_pdfs())) + len(list(broken_pictures())))


if __name__ == "__main__":
    harness.main()
