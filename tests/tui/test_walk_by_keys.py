"""A whole assessment by keys alone: F5 leads from item to item until nothing is open; the same with full-width twins."""
import re
import sys

import pathlib
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from case import CSUS, EVALUATOR, ScreenCase, main  # noqa: E402
from park import STANDARDS  # noqa: E402
from screen import full_width  # noqa: E402

POINTS = re.compile(r"│\s+得分\s.*?/ (\d+)")
OPEN = re.compile(r"未评 (\d+)")


def n_open(s):
    found = OPEN.search(s.lines()[-2])
    return int(found.group(1)) if found else 0


def answer(s, twin=lambda text: text):
    """Answers the item on the screen: full points, a number where one is measured, else the first choice."""
    text = s.text()
    points = POINTS.search(text)
    before = n_open(s)
    if points:
        s.keys("Enter")
        s.type(twin(points.group(1)))
        s.keys("Enter")
    elif "结论" in text or "分档" in text:
        s.keys("Enter")
        s.type(twin("1"))
    else:
        s.keys("Enter")
        s.type(twin("50"))
        s.keys("Enter")
    if n_open(s) >= before:
        s.fail("the answer does not count")


class Walk(ScreenCase):
    def walk(self, twin=lambda text: text, most=1000):
        s = self.open(cols=132, rows=43)
        n = 0
        while n < most:
            s.keys("F5")
            if n_open(s) == 0:
                break
            answer(s, twin)
            n += 1
        self.leave(s)
        self.assert_restored(s)
        self.assert_holds()
        return n

    def assert_all_answered(self, n):
        score = self.score()
        self.assertEqual(score["controls"]["open"], 0)
        for section in score["sections"]:
            self.assertEqual(section["answered"], section["items"], section)
        self.assertEqual({o["id"]: o["value"] for o in score["outcomes"]}["total"], "120")
        by_screen = [e for e in self.log() if e["by"] == EVALUATOR.partition(":")[0]]
        self.assertEqual(len(by_screen), n, "one entry an answer")

    def test_a_whole_assessment(self):
        self.empty()
        n = self.walk()
        self.assertEqual(n, 79)
        self.assert_all_answered(n)

    def test_the_same_with_full_width_digits(self):
        self.empty()
        self.assert_all_answered(self.walk(full_width))

    def test_the_other_standards_in_short(self):
        for standard in STANDARDS:
            if standard != CSUS:
                with self.subTest(standard):
                    self.empty(standard)
                    n = self.walk(most=12)
                    self.assertGreaterEqual(n, 5)
                    by_screen = [e for e in self.log() if e["by"] == EVALUATOR.partition(":")[0]]
                    self.assertEqual(len(by_screen), n)


if __name__ == "__main__":
    main()
