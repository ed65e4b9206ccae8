"""The start screen: recent projects with a digit each, their details, files that are gone or damaged, the doors."""
import datetime
import pathlib
import re
import sys
import time

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent), str(pathlib.Path(__file__).resolve().parent.parent / "cli")]
import harness  # noqa: E402
import park  # noqa: E402
from harness import Case, main  # noqa: E402
from screen import Screen  # noqa: E402

IPIF, NDRC = "t-ipif-2023", "ndrc-910-2025"


class Start(Case):
    def bench(self, *names):
        """A folder with these projects, each opened once, the last one first in the list."""
        b = park.Bench(self.program, self.dir)
        for name, standard in names:
            b.new(name + ".lingtan", standard, park=name)
            with b.start(name + ".lingtan", "--as", park.EVALUATOR) as s:
                s.wait("总览")
                s.keys("1")
                s.wait(re.compile("^ 逐项 "))
                s.keys("C-c", "C-c", "C-c")
                s.end()
        return b

    @property
    def program(self):
        return harness.PROGRAM

    def start(self, b, *args, **more):
        s = b.start("--as", park.EVALUATOR, *args, **more)
        self.addCleanup(s.close)
        s.wait(re.compile("帮助|help"))
        s.settle()
        return s

    def test_first_time(self):
        s = self.start(park.Bench(self.program, self.dir))
        for text in ("第一次使用", "F5", "6  新建项目", "7  打开文件", "8  导入", "9  标准库"):
            self.assertTrue(s.has(text), s.shown())
        s.keys("Esc")
        self.assertEqual(s.end(), 0)

    def test_what_is_overdue_is_not_called_due_soon(self):
        b = self.bench(("甲", IPIF))
        # sanitizers take the clock of the machine
        today = datetime.datetime.fromtimestamp(b.now if b.fixed else time.time(), datetime.timezone(datetime.timedelta(hours=8))).date()
        for title, days in (("快到期的", 3), ("今天到期的", 0), ("过了期的", -14), ("还早的", 60)):
            b.run("fill", "甲.lingtan", "request", "title=" + title, "state=asked", "due=%s" % (today + datetime.timedelta(days)), "--as", park.LEADER)
        s = self.start(b, cols=132)
        self.assertRegex(s.wait("已逾期") and s.text(), r"已逾期 1 件，近期 2 件到期：甲 资料 过了期的 \d\d-\d\d，甲 资料 \S+ \d\d-\d\d，")
        self.assertFalse(s.has("还早的"))
        english = self.start(b, "--lang", "en", cols=132)
        english.wait("overdue: 1, due soon: 2: ")

    def test_a_command_of_projects_is_known_without_one(self):
        s = self.start(park.Bench(self.program, self.dir))
        s.keys("F9")
        s.type("提交")
        s.wait("“提交本轮”要先打开一个项目")
        s.type("了吗")
        s.wait("没有这个命令")

    def test_a_file_is_found_by_its_path(self):
        """Door 7: names are completed, Enter goes down into a folder and takes the file under the cursor, F3 opens it for reading."""
        b = park.Bench(self.program, self.dir)
        (b.dir / "资料").mkdir()
        b.new("资料/虚构园区.lingtan", IPIF, park="虚构园区")
        b.write("资料/说明.txt", "x")
        s = self.start(b)
        s.keys("8")
        self.assertTrue(s.has("先有项目才能导入"), s.shown())
        s.keys("7")
        s.type("没有的")
        self.assertTrue(s.has("没有这样开头的"), s.shown())
        s.keys("Enter")
        self.assertTrue(s.has("没有这个文件：没有的"), s.shown())
        s.keys("C-u")
        s.type("资")
        s.keys("Tab")
        self.assertTrue(s.has("资料/") and s.has("虚构园区.lingtan") and not s.has("说明.txt"), s.shown())
        s.keys("Enter", "F3")
        s.wait("总览")
        self.assertRegex(s.lines()[0], "虚构园区.*只读")
        s.until(lambda s: s.has("最近项目"), "Esc", most=20)
        # the beginning of a name is enough where it is the only one, of a folder and then of a file
        s.keys("7", "C-u")
        s.type("资")
        s.keys("Enter")
        s.wait("› 虚构园区.lingtan")
        s.keys("Up")
        s.type("虚构")
        s.keys("Enter")
        s.wait("总览")
        self.assertNotIn("只读", s.lines()[0])

    def test_typed_before_the_first_frame(self):
        b = park.Bench(self.program, self.dir)
        # the terminal is not asked for its width, so that the digit lies there until the first key is read
        s = Screen(["sh", "-c", 'read -r line; exec "$0"', self.program], cols=100, rows=32, cwd=b.dir, env=b.environment(LINGTAN_AMBIGUOUS=1))
        self.addCleanup(s.close)
        s.send("go\r6")
        s.settle()
        self.assertTrue(s.has("园区名称"), "the key is seen before there is a pause\n" + s.shown())

    def test_recent_projects_and_their_details(self):
        b = self.bench(("甲园区", IPIF), ("乙园区", NDRC))
        s = self.start(b)
        self.assertTrue(s.has("› 1  乙园区") and s.has("  2  甲园区"), s.shown())
        self.assertRegex(s.text(), r"乙园区 .* 评价 +0/5 .* 今天")
        self.assertRegex(s.text(), r"甲园区 .* 评价 +0/89 .* 今天")
        s.wait("日志 1 条完整")
        self.assertTrue(s.has("乙园区.lingtan"))
        self.assertRegex(s.text(), r"上次  停在 \S+ \S+")
        s.keys("Down")
        self.assertTrue(s.has("甲园区.lingtan") and s.has("› 2  甲园区"), s.shown())
        s.keys("１")  # full-width twin
        s.wait(lambda s: s.has("乙园区") and not s.has("最近项目"))
        s.until(lambda s: s.has("最近项目"), "Esc", most=20)  # wherever the project opened
        self.assertTrue(s.has("› 1  乙园区"), s.shown())

    def test_gone_and_damaged(self):
        b = self.bench(("甲园区", IPIF), ("乙园区", NDRC), ("丙园区", IPIF))
        (b.dir / "乙园区.lingtan").unlink()
        with open(b.dir / "丙园区.lingtan", "r+b") as f:
            f.truncate(5000)
        s = self.start(b)
        s.wait("文件不在")
        self.assertRegex(s.text(), r"丙园区 .*打不开 ✗")
        self.assertRegex(s.text(), r"乙园区 .*文件不在 !")
        s.keys("Down")
        s.keys("Enter")
        self.assertTrue(s.has("✗"), s.shown())
        self.assertTrue(s.has("最近项目"))
        s.keys("Delete")
        s.wait("已从列表移除")
        self.assertFalse(s.has("乙园区"), s.shown())
        self.assertTrue(s.has("› 2  甲园区"))

    def test_totals_are_hidden_from_who_looks_over_the_shoulder(self):
        b = self.bench(("甲园区", park.CSUS))
        s = self.start(b)
        self.assertRegex(s.text(), "甲园区 .*不显示")
        s.keys("F12")
        self.assertRegex(s.text(), r"甲园区 .*0\.0~\d+")

    def test_sizes_and_languages(self):
        b = self.bench(("甲园区", IPIF), ("乙园区", NDRC))
        for cols, rows in ((60, 18), (80, 24), (100, 32), (132, 43)):
            for lang, words in (("zh", ("最近项目", "新建项目", "标准库", "帮助")), ("en", ("Recent projects", "New project", "Standards", "help"))):
                s = self.start(b, "--lang", lang, cols=cols, rows=rows)
                for word in words:
                    self.assertTrue(s.has(word), s.shown())
                self.assertEqual(s.has("⠶⠶"), cols >= 80, s.shown())
                self.assertTrue(s.has("乙园区.lingtan"), s.shown())
                self.assertEqual(s.state().notes, [])
                s.close()


if __name__ == "__main__":
    main()
