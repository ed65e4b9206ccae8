"""What leaves the project, from its popup: two keys write a file under a name that no file bears, long work is shown and stopped, on the screen and
on the command line."""
import json
import os
import pathlib
import re
import shlex
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from case import EVALUATOR, ScreenCase, harness, main  # noqa: E402


class Exports(ScreenCase):
    def setUp(self):
        super().setUp()
        self.empty()

    def files(self, ending):
        return sorted(p.name for p in self.bench.dir.glob("*." + ending))

    def slow(self):
        """Helpers that never answer."""
        for name in ("lingtan-workbook", "lingtan-render"):
            path = self.bench.write(name, "#!/bin/sh\nexec sleep 60\n")
            os.chmod(path, 0o755)
        return {"LINGTAN_RENDER": path}

    def test_two_keys_and_no_file_gives_way(self):
        s = self.open()
        s.keys("5")
        s.wait("出证条件")
        s.type("4")
        s.wait("报告 Word")
        s.type("6")
        s.wait("已写出")
        (first,) = self.files("json")
        kept = (self.bench.dir / first).read_bytes()
        self.assertEqual(json.loads(kept)["kind"], "third")
        s.type("6")
        s.wait("(2).json（")
        second = first.replace(".json", " (2).json")
        self.assertEqual(self.files("json"), sorted([first, second]))
        s.type("0")
        s.wait(".csv（")
        (asked,) = self.files("csv")
        self.assertIn("资料清单", asked)
        # a name that is taken is refused, whoever typed it
        s.keys("Enter")
        s.wait("写到哪个文件")
        s.keys("C-u")
        s.type(first)
        s.keys("Enter")
        s.wait("已有这个文件")
        self.assertEqual((self.bench.dir / first).read_bytes(), kept)
        # options: the park's own report, without names
        for keys in (["Tab", "Left"], ["Down", "Down", "Down", "Right"]):
            s.keys(*keys)
        s.wait("拍摄地点也去掉")
        s.type("6")
        s.wait("(3).json（")
        third = json.loads((self.bench.dir / first.replace(".json", " (3).json")).read_bytes())
        self.assertEqual((third["kind"], "facts" in third), ("self", False))
        # what comes back and is refused says why to the end of its sentence
        s.keys("Esc", "F9")
        s.type("导入")
        s.keys("Enter", "C-u")
        s.type(str(self.bench.write("别的.csv", "姓名,电话\n")))
        s.keys("Enter")
        s.wait("一处也不会导入")
        s.wait("以逗号分开")
        self.leave(s)

    def test_one_owner_and_the_body_s_own_template(self):
        self.bench.run("assign", self.path.name, "4.2.1", "规划局", "--as", EVALUATOR)
        self.bench.run("export", self.path.name, "--format", "docx", "-o", "底稿.docx", "--as", EVALUATOR)
        self.bench.write("坏.docx", "x")
        for cols, rows, lang, words in ((60, 18, "zh", ("导出", "责任人", "底稿", "没有什么交给", "已写出", "模板不是 .docx 文件", "没有，用自带版式")),
                                        (132, 43, "en", ("export", "owner", "template", "nothing is assigned to", "written", "is no .docx file", "none: the built-in layout"))):
            s = self.open("--lang", lang, cols=cols, rows=rows)
            for name in self.files("xlsx") + self.files("json"):
                (self.bench.dir / name).unlink()
            s.keys("F9")
            s.type(words[0])
            s.keys("Enter", "Tab")
            s.to_row(words[1])
            s.keys("Enter")
            s.type("没有这个人")
            s.keys("Enter")
            s.type("4")
            s.wait(words[3])
            self.assertEqual(self.files("xlsx"), [])
            s.keys("Tab")
            s.to_row(words[1])
            s.keys("Enter", "C-u")
            s.type("规划局")
            s.keys("Enter")
            s.type("4")
            s.wait(words[4])
            s.type("6")  # what makes the project again is of everybody
            s.wait("json")
            self.assertIn("规划局", self.files("xlsx")[0])
            self.assertNotIn("规划局", self.files("json")[0])
            # the template is looked for beside the project, and kept for projects elsewhere
            s.keys("Tab")
            s.to_row(words[2])
            s.keys("Enter")
            s.wait("坏.docx")
            s.type("坏.docx")
            s.keys("Enter")
            s.type("2")
            s.wait(words[5])
            s.keys("Tab")
            s.to_row(words[2])
            s.keys("Enter", "C-u")
            s.type("底稿.docx")
            s.keys("Enter")
            kept = (self.bench.home / "state" / "lingtan" / "settings" / "export-template").read_text("utf-8")
            self.assertEqual(pathlib.Path(kept.strip()), (self.bench.dir / "底稿.docx").resolve())
            s.type("2")
            s.wait(words[4])
            s.keys("Tab")
            s.to_row(words[2])
            s.keys("Left")
            self.assertTrue(s.has(words[6]), s.shown())
            self.close(s)

    def test_long_work_is_shown_and_stopped(self):
        s = self.open(env=self.slow())
        s.keys("F9")
        s.type("导出")
        s.keys("Enter")
        s.wait("报告 Word")
        # as long as the seconds are counted the screen does not come to rest
        s.send(b"1")
        s.wait("正在处理")
        s.wait("Esc 取消")
        s.press("Esc")
        s.wait("已取消")
        self.assertEqual(self.files("pdf*"), [])
        # a bundle likewise, of which a part lies ready
        s.send(b"7")
        s.wait("正在处理")
        s.press("Esc")
        s.wait("已取消")
        self.assertEqual(self.files("zip*"), [])
        # and a workbook that is read
        s.keys("Esc")
        self.bench.write("填好.xlsx", "PK\x03\x04")
        before = self.path.read_bytes()
        s.keys("F9")
        s.type("导入")
        s.keys("Enter")
        s.wait("填好.xlsx")
        s.keys("C-u")
        s.type(str(self.bench.dir / "填好.xlsx"))
        s.press("Enter")
        s.wait("正在处理")
        s.press("Esc")
        s.wait("已取消，没有读完")
        self.assertEqual(self.path.read_bytes(), before)
        self.leave(s)

    # ---- what is typed meanwhile ----

    def gated(self):
        """Helpers that wait at a gate, then do their work. The gate lets one pass at a time."""
        self.gate = self.bench.dir / "gate"
        os.mkfifo(self.gate)
        real = pathlib.Path(harness.PROGRAM).resolve().parent
        for name in ("lingtan-workbook", "lingtan-render"):
            path = self.bench.write(name, '#!/bin/sh\nread -r go <%s\nexec %s "$@"\n' % (shlex.quote(str(self.gate)), real / name))
            os.chmod(path, 0o755)
        return {"LINGTAN_RENDER": path}

    def let_pass(self):
        self.gate.write_text("go\n")

    def begin(self, *args):
        """The export of a PDF, under way."""
        s = self.open(*args, env=self.gated())
        s.keys("F9")
        s.type("导出")
        s.keys("Enter")
        s.wait("报告 Word")
        s.send(b"1")
        s.wait("正在处理")
        return s

    def taken_in(self, s):
        """Until all that was typed has been read: it is looked for with each frame of the wait, four a second."""
        seconds = re.compile("正在处理  ([0-9]+) 秒")
        s.wait("正在处理", again=True)
        began = int(seconds.search(s.text()).group(1))
        s.wait(re.compile("正在处理  (%d|%d|%d) 秒" % (began + 2, began + 3, began + 4)))

    def test_what_is_typed_while_a_file_is_written_is_not_lost(self):
        s = self.begin("--mouse")
        words = "3 号变压器铭牌 630 kVA，油温 45 度"
        raw = words.encode("utf-8")
        s.press("q", "C-n")
        s.send(raw[:10])  # cut within a character
        self.taken_in(s)
        s.send(raw[10:20])
        s.ask("mouse", 1, 3, 3, "down")
        s.ask("mouse", 1, 3, 3, "up")
        s.send(raw[20:])
        s.ask("paste", "；现场\n已拍照".encode("utf-8").hex())
        self.taken_in(s)
        self.let_pass()
        s.wait("已写出")  # told, though keys came after it
        s.wait(words + "；现场 已拍照")
        s.keys("Enter")
        s.wait("记下了")
        self.assertEqual([n["text"] for n in self.document("notes", self.path)], [words + "；现场 已拍照"])
        self.assertEqual(len(self.files("pdf")), 1)

    def test_the_same_key_pressed_impatiently_is_no_second_order(self):
        s = self.begin()
        s.send("11")
        self.taken_in(s)
        s.send("1")
        self.let_pass()
        s.wait("已写出")
        s.settle()
        self.assertEqual(len(self.files("pdf")), 1)
        self.assertTrue(s.has("报告 Word"), s.shown())
        # another key is one: it is done in its turn
        s.send(b"1")
        s.wait("正在处理")
        s.send("16")
        self.taken_in(s)
        self.let_pass()
        s.wait(".json（")
        self.assertEqual((len(self.files("pdf")), len(self.files("json"))), (2, 1))
        # a sheet is not taken in before it was looked at
        self.bench.run("export", self.path.name, "--format", "xlsx", "-o", "甲科.xlsx")
        s.keys("Esc", "F9")
        s.type("导入")
        s.keys("Enter", "C-u")
        s.type(str(self.bench.dir / "甲科.xlsx"))
        before = self.log()
        s.press("Enter")
        s.wait("正在处理")
        s.press("Enter", "Enter")
        self.taken_in(s)
        self.let_pass()
        s.wait("甲科.xlsx")
        s.settle()
        self.assertEqual(self.log(), before)

    def test_esc_stops_what_was_asked_for_before_it_but_keeps_words(self):
        s = self.begin()
        s.send("6")
        self.taken_in(s)
        s.press("Esc")
        s.wait("已取消，没有写出文件")
        s.settle()
        self.assertTrue(s.has("报告 Word"), "the popup is still there\n" + s.shown())
        self.assertEqual(self.files("json") + self.files("pdf*"), [])
        s.send(b"1")
        s.wait("正在处理")
        s.press("q", "C-n")
        s.send("配电房")
        self.taken_in(s)
        s.press("Esc")
        s.wait("已取消，没有写出文件")
        s.wait("配电房")
        self.assertEqual(self.files("pdf*"), [])

    def test_an_esc_typed_before_it_is_seen_to_take_long_stops_nothing(self):
        """It is a key like the others that are typed meanwhile, and like a paste."""
        slow = self.bench.write("慢", "")
        render = self.bench.write("lingtan-render", '#!/bin/sh\nwhile [ -e "%s" ]; do sleep 0.05; done\nexec %s-render "$@"\n' % (slow, harness.PROGRAM))
        os.chmod(render, 0o755)
        s = self.open(env={"LINGTAN_RENDER": render})
        s.keys("F9")
        s.type("导出")
        s.keys("Enter")
        s.wait("报告 Word")
        s.send(b"1\x1b")
        s.wait("正在处理")
        s.press("F9")
        s.send("\x1b[200~日\x1b[201~志")
        s.press("Enter")
        seconds = lambda s: int(re.search(r"正在处理 +(\d+) 秒", s.text())[1])
        typed = seconds(s)
        s.wait(lambda s: seconds(s) > typed + 1)  # it has looked for an Esc
        slow.unlink()
        s.wait("处改动")
        self.assertEqual(len(self.files("pdf")), 1)
        self.leave(s)

    def test_on_the_command_line(self):
        s = self.bench.start("export", self.path.name, "--format", "pdf", "-o", "o.pdf", "--as", EVALUATOR, env=self.slow())
        self.addCleanup(self.close, s)
        s.wait("正在处理")
        s.press("C-c")
        s.wait("已取消")
        self.assertEqual(s.end(), 4)
        self.assertEqual(self.files("pdf*"), [])


if __name__ == "__main__":
    main()
