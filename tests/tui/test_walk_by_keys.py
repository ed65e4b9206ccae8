"""A whole assessment by keys alone: F5 leads from item to item until nothing is open; the same with full-width twins."""
import json
import os
import re
import sys

import pathlib
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from case import CSUS, EVALUATOR, ScreenCase, main  # noqa: E402
from harness import TREE  # noqa: E402
from park import LEADER, STANDARDS, YEAR  # noqa: E402
from screen import full_width  # noqa: E402

POINTS = re.compile(r"│\s+得分\s.*?/ (\d+)")
OPEN = re.compile(r"未评 (\d+)")
DONE = "没有待办了"
N_ITEMS = 79  # each wants an answer and a piece of evidence
FULL = os.environ.get("LINGTAN_FULL") == "1"


def n_open(s):
    """Of those that must be answered and of those that only add."""
    return sum(map(int, OPEN.findall(s.lines()[-2])))


def at_once(s, *keys):
    """Keys faster than anyone, one frame for all of them."""
    s.press(*keys)
    s.settle()


def answer(s, twin=lambda text: text):
    """Answers the item on the screen, full points, a number where one is measured, else the first choice, and goes on."""
    text = s.text()
    points = POINTS.search(text)
    before = n_open(s)
    if points:
        at_once(s, "Enter", *twin(points.group(1)), "Enter", "F5")
    elif "结论" in text or "分档" in text:
        at_once(s, "Enter", twin("1"), "F5")
    else:
        at_once(s, "Enter", *twin("50"), "Enter", "F5")
    if n_open(s) >= before:
        s.fail("the answer does not count")


def prove(s, twin=lambda text: text):
    """The one file of the folder for the item on the screen, and goes on."""
    at_once(s, "Enter", "Enter", *twin("12"), "Enter")
    at_once(s, "Esc", "F5")  # not before it is done: Esc stops what takes long


class Twice(ScreenCase):
    def test_one_walk_over_another(self):
        """What stands below shows its own item again, however far the one above has gone."""
        self.sample()
        s = self.open()
        self.go_to(s, "4.2.6")
        before = s.text()
        self.assertIn("交通规划完成率", before)
        s.type(":")
        s.type("逐项")
        s.keys("Enter", "F5")
        self.assertNotIn("4.2.6", s.lines()[2])
        s.keys("Esc", "Esc")
        self.assertEqual(s.text(), before)


class Walk(ScreenCase):
    def walk(self, twin=lambda text: text, most=1000, most_ties=1000):
        """How many items were answered, how many ties made, until F5 finds nothing more."""
        self.bench.write("现场/记录.txt", "现场记录\n")
        s = self.open(cols=132, rows=43)
        n = n_ties = 0
        s.keys("F5")
        while n < most and n_open(s):
            answer(s, twin)
            n += 1
        if n_ties < most_ties:
            # the folder is chosen once
            at_once(s, "Enter", "F6", "C-u", *"现场", "Enter", "Esc")
            while n_ties < most_ties and not s.has(DONE):
                prove(s, twin)
                n_ties += 1
        self.leave(s)
        self.assert_restored(s)
        self.assert_holds()
        return n, n_ties

    def assert_all_done(self, n, n_ties, wanted=N_ITEMS):
        self.assertEqual((n, n_ties), (N_ITEMS, wanted))
        score = self.score()
        self.assertEqual(score["controls"]["open"], 0)
        for section in score["sections"]:
            self.assertEqual(section["answered"], section["items"], section)
        self.assertEqual({o["id"]: o["value"] for o in score["outcomes"]}["total"], "120")
        by_screen = [e for e in self.log() if e["by"] == EVALUATOR.partition(":")[0]]
        self.assertEqual(len(by_screen), n + n_ties, "one entry an answer, one a tie")

    def test_a_whole_assessment(self):
        self.empty()
        self.assert_all_done(*self.walk())

    def test_the_same_with_full_width_digits(self):
        self.empty()
        # the ways of keys are the same: in short, a dozen ties are enough
        wanted = N_ITEMS if FULL else 12
        self.assert_all_done(*self.walk(full_width, most_ties=N_ITEMS + 1 if FULL else wanted), wanted)

    def test_the_other_standards_in_short(self):
        for standard in STANDARDS:
            if standard != CSUS:
                with self.subTest(standard):
                    self.empty(standard)
                    n, _ = self.walk(most=12, most_ties=0)
                    self.assertGreaterEqual(n, 5)
                    by_screen = [e for e in self.log() if e["by"] == EVALUATOR.partition(":")[0]]
                    self.assertEqual(len(by_screen), n)


class Forms(ScreenCase):
    def test_every_form_of_item(self):
        """Tiers and check points by digits, a figure through tiers and by its line, not applicable wherever it may be."""
        self.bench.run("new", self.path.name, "--park", "示例园区", "--standard", "forms", "--year", YEAR, "--place", "north", "--as", LEADER, "--rulesets", TREE / "tests/core/small")
        s = self.open()
        s.keys("F12", "1", "Enter")

        def at(item, *keys):
            s.keys("F7")
            s.type(item)
            s.keys("Enter", *keys)
            return s.text()

        self.assertRegex(at("tiers6", "2"), r"›2  middle +4\b")
        self.assertRegex(at("checks8", "1", "3", "1"), r"1  \[ \] 甲.*\n.*2  \[ \] 乙.*\n.*3  \[x\] 丙")
        self.assertIn("4/8", s.text())
        self.assertIn("0/8", at("checks8", "3"))
        at("checks8", "2")
        self.assertRegex(at("steps6", *"60", "Enter"), r"›2 +>=50 % +4 分 +差 20 个百分点 得 6")
        at("line5", *"50", "Enter")
        self.assertIn("3.33/5", s.text())
        self.assertRegex(at("less4", "-"), "按 Enter 不适用")
        s.keys("Enter", "1")
        self.assertRegex(s.text(), r"- less4 .* 不适用 ")
        s.keys("Delete")
        self.assertRegex(s.text(), r"◦ less4 ")
        s.keys("-", "Esc")
        self.assertTrue(s.has("- 没有记下"), s.shown())
        at("less4", "-", "Enter", "1")
        at("points10", "-", "1")
        s.type("没有这样的设施")
        s.keys("Enter")
        self.assertRegex(s.text(), "评价 +不适用 +没有这样的设施")
        self.assertRegex(at("truth2", "3", "1"), "评价 +不适用 +没有")
        at("truth1", "3")
        self.assertTrue(s.has("此项不能选不适用"), s.shown())
        s.resize(60, 18)
        s.settle()
        self.assertRegex(at("steps6"), r">=50.*4")
        self.leave(s)
        self.assert_holds()
        answers = {i["id"]: i["answers"]["evaluator"] for section in self.json_of_export()["sections"] for i in section["items"]}
        said = {item: [answers[item].get(key) for key in ("verdict", "tier", "checks", "na", "reason") if answers[item].get(key)] for item in answers}
        self.assertEqual({item: said[item] for item in ("tiers6", "checks8", "less4", "points10", "truth2")},
                         {"tiers6": ["tier", "middle"], "checks8": ["checks", ["c2"]], "less4": ["na", "absent"], "points10": ["na", "other", "没有这样的设施"], "truth2": ["na", "absent"]})

    def json_of_export(self):
        self.bench.run("export", self.path.name, "--format", "json", "-o", "all.json")
        return json.loads((self.bench.dir / "all.json").read_text("utf-8"))

    def test_what_is_longer_than_a_number_leaves_room_to_say_so(self):
        """A column of numbers typed as keys: its digits do not push out what is wrong with them."""
        self.sample()
        for cols, rows in ((60, 18), (80, 24)):
            s = self.open(cols=cols, rows=rows)
            s.keys("1")
            s.type("4.2.6")
            s.keys("Enter")
            s.type("2025 35.2 3 11.74 " * 20)
            self.assertRegex(s.text(), r"得分 +‹[\d.]+ +/ 10 +还不是数")
            s.keys("Delete", "Esc")
            s.close()

    def test_enter_that_comes_twice_leaves_the_points_as_they_are(self):
        self.sample()
        for lang, saved, asked in (("zh", "已记下", "填一个数"), ("en", "it is saved", "type a number")):
            s = self.open("--lang", lang, cols=60, rows=18)
            s.keys("1")
            s.type("4.2.6")
            foot = {"zh": ("Enter 作答", "0-9 填数"), "en": ("Enter answer", "0-9 number")}[lang]
            self.assertIn(foot[0], s.lines()[-1])
            s.keys("Enter")
            self.assertIn(foot[1], s.lines()[-1])
            self.assertNotIn(foot[0], s.lines()[-1])
            s.keys("Delete", "Enter", "Enter")
            s.wait(asked)
            s.type("8")
            s.keys("Enter")
            before = self.log()
            for key in ("Enter", "Enter", " ", "Left", "Right", "Enter"):
                s.keys(key)
                self.assertRegex(s.text(), r" 8  / 10 ")
            s.wait(saved, again=True)
            self.assertEqual(self.log(), before)
            s.close()

    def test_words_that_come_all_at_once_are_no_verdict(self):
        """Where a digit records, or a blank ticks; whoever has words is told where they go."""
        told = "打的字没有用上；"
        self.sample()
        self.bench.run("stop", self.path.name, "title=能源站", "day=2026-03-30", "from=14:00", "to=17:30", "people=示例·李工", "items=7.2.1", "--as", LEADER)
        before = len(self.log())
        for ways, goes in ((("1", "4.1.1", "Enter"), "F4 意见"), (("1", "4.1.1"), "F4 意见"), (("4",), "F4 意见"), ((":计划\r", "Enter"), "F4 记一笔"),
                           ((":覆盖\r",), "F4 记一笔"), ((":复核要点\r",), "F4 意见、答复"), ((":委托\r",), "F7 查找"), ((":计划\r",), "F7 查找"),
                           ((":资料\r",), "F7 查找"), ((":地点\r",), "F7 查找"), ((":证书\r",), "F7 查找"), ((":出证检查\r",), "F7 查找")):
            s = self.open(cols=60, rows=18)
            for way in ways:
                s.keys(way) if way == "Enter" else s.type(way)
            s.settle()
            seen = s.lines()
            for words in ("见2号厂房", "2号", "12、分区管控查询单", "2025-03-25\r", "  2号 3台"):
                s.send(words)
                s.wait(told + goes)
                self.assertEqual(s.lines()[:-3], seen[:-3], ways)
                s.keys("F12", "F12")
            s.close()
        self.assertEqual(len(self.log()), before)

    def test_words_behind_an_enter_are_no_verdict(self):
        """In one packet, as a terminal pastes lines that knows no pastes."""
        self.sample()
        before = len(self.log())
        for words in ("见2号厂房，3台", "2025-03-25 boiler 1, 3 t/h"):
            s = self.open(cols=60, rows=18)
            s.keys("1")
            s.send("4.1.1\r%s\r" % words)
            s.wait("打的字没有用上；F4 意见")
            s.rest()
            self.assertEqual(len(self.log()), before)
            s.close()

    def test_a_digit_that_was_taken_before_the_words_is_told(self):
        self.sample()
        before = len(self.log())
        s = self.open(cols=60, rows=18)
        s.keys("1")
        s.send("4.1.1\r")
        s.settle()
        s.keys("2")
        s.send("号厂房")
        s.wait("“2”按键已记下，后面的字没有用上；不对按 F8 撤销")
        s.keys("F8")
        s.wait("已撤销：4.1.1 作答；结论现为 符合")
        s.send("号厂房")
        s.wait("打的字没有用上；F4 意见")
        self.assertEqual(len(self.log()), before + 2)

    def test_a_range_is_no_number_and_asks_for_no_reason(self):
        self.sample()
        before = len(self.log())
        s = self.open(cols=60, rows=18)
        s.keys("1")
        s.send("7.2.3\r")
        s.settle()
        for write in (s.send, s.type):
            write("8-10")
            s.wait("这里填数，打的字没有用上", again=True)
            self.assertRegex(s.text(), r"得分 +8 +/ 13")
            s.keys("Esc", "Enter")
        s.send("8.5分，见3号表\r")  # what was told of it is seen
        s.wait("这里填数，打的字没有用上")
        self.assertEqual(len(self.log()), before + 2)

    def test_words_are_no_number(self):
        """Whoever types words where a number is asked for is told, and no digit of them counts."""
        told = "这里填数，打的字没有用上；按退格后再填"
        self.sample()
        before = len(self.log())
        s = self.open(cols=60, rows=18)
        s.keys("1")
        s.type("7.2.3")
        s.keys("Enter")
        for words in ("见2号厂房", "A3栋", "bu2q", "３号楼，２层"[1:]):
            s.send(words)
            s.wait(told, again=True)
            s.settle()
            self.assertNotRegex(s.text(), r"得分 .*\d.* / 13", words)
            s.keys("Esc", "Enter")
            self.assertFalse(s.has(told), s.shown())
        self.assertEqual(len(self.log()), before)
        # a unit behind the number is left out, and so is what follows it
        s.send("8.5分，见3号表")
        s.wait(told)
        self.assertRegex(s.text(), r"得分 +8\.5 +/ 13")
        s.keys("Backspace", "Backspace", "4", "Enter")
        self.assertRegex(s.text(), r"评价 8\.4 ")
        self.assertEqual(len(self.log()), before + 1)

    def test_a_digit_that_is_no_choice_says_which_are(self):
        self.sample()
        before = self.log()
        for lang, told in (("zh", "只有 1 到 4 可选"), ("en", "here 1 to 4 can be chosen")):
            s = self.open("--lang", lang, cols=60, rows=18)
            s.keys("1")
            s.type("8.1.1")
            s.keys("Enter")
            for key in "590":
                s.keys("Up", key)
                self.assertTrue(s.has(told), s.shown())
            s.close()
        self.assertEqual(self.log(), before)


if __name__ == "__main__":
    main()
