"""The result: table, gap and trial against `lingtan score --json`, `lingtan gap --json` and a score with the same answers."""
import decimal
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import park  # noqa: E402
from case import StandardsCase, main  # noqa: E402
from figures import change, interval, number  # noqa: E402


CSUS = "示例园区.lingtan"


def exact(value):
    return decimal.Decimal(value)


class Result(StandardsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.allowed = set()

    def result(self, path, *args, **more):
        s = self.open(path, *args, **more)
        s.keys("3")
        return s

    def allow(self, s, path):
        """Gap and trial are the park's: an evaluator says why they are looked at."""
        if path not in self.allowed:
            s.keys("Tab", "Enter")
            s.type("合同约定的预评价")
            s.keys("Enter", "Esc", "3")
            self.allowed.add(path)
        return s

    def advised(self, path, *args, **more):
        return self.allow(self.result(path, *args, **more), path)

    def test_the_table_adds_up_to_the_total_beside_the_other_rung(self):
        s, own, other = self.result(CSUS), self.score(CSUS), self.score(CSUS, "self")
        at_self = {x["id"]: x for x in other["sections"]}
        low = high = exact(0)
        for section in own["sections"]:
            weight = exact(section["weight"] or "0.2")  # of innovation the ruleset's own factor
            weighted = {"low": exact(section["low"]) * weight, "high": exact(section["high"]) * weight}
            compared = exact(at_self[section["id"]]["low"]) * weight
            low, high = low + weighted["low"], high + weighted["high"]
            row = self.row(s, " %s %s" % (section["id"], section["title"]))
            for figure in (interval(section, -2), interval(weighted, 2), number(compared, 2)):
                self.assertIn(" %s " % figure, row)
            by = weighted["low"] - compared
            self.assertIn(" %s%s " % ("+" if by > 0 else "", number(by, 2)), row)
        self.assertEqual((low, high), (exact(own["total"]["low"]), exact(own["total"]["high"])))
        total = self.row(s, "总分   ")
        for figure in (interval(own["total"], 2), number(other["total"]["low"], 2), own["grade"]["title"]):
            self.assertIn(figure, total)

    def test_the_gap_is_that_of_the_command(self):
        s, gap, own = self.advised(CSUS), self.json("gap", CSUS, "--rung", "evaluator"), self.score(CSUS)
        self.assertIn("至少 %d 步" % len(gap["steps"]), self.row(s, "差距"))
        for i, step in enumerate(gap["steps"]):
            self.assertRegex(self.row(s, step["title"]), r"^ +%d +[✗◦]? *%s " % (i + 1, re.escape(step["item"])))
        # both controls repaired: the base points come whole
        last = self.row(s, gap["steps"][-1]["title"]).split("│")[0]
        self.assertIn("+20.0", last)
        self.assertTrue(last.rstrip().endswith(number(exact(own["total"]["low"]) + 20, 1)))

    def test_a_trial_is_what_the_same_answers_score(self):
        s, own = self.advised(CSUS), self.score(CSUS)
        s.keys("Tab", "Tab", "Down", "Down", "1", "0")  # after the two steps: 7.2.3 gets 10
        self.assertTrue(self.row(s, "[x] 7.2.3").rstrip().endswith(change("2.0")))
        self.bench.write("试算.yaml", park.sample_text(park.CSUS, [x for x in park.OPEN if x not in ("11.1.1", "7.2.3")],
                                                      change={"7.2.3": "points: 10"}))
        tried = self.json("score", "试算.yaml")
        self.assertNotEqual(tried["total"], own["total"])
        self.assertIn("总分  %s " % interval(tried["total"], 1), self.row(s, "试算总分"))
        self.assertIn(tried["grade"]["title"], self.row(s, "试算总分"))
        self.assertIn("原 %s" % interval(own["total"], 1), self.row(s, "原 "))
        s.keys(" ")  # switched off again
        self.assertIn("[ ] 7.2.3", self.row(s, "7.2.3 ").split("│")[1])
        s.keys("Esc")
        s.wait(" 总览 ")
        self.assertEqual(self.score(CSUS)["total"], own["total"])

    def test_wrong_numbers_are_told_and_count_for_nothing(self):
        s = self.advised(CSUS)
        s.keys("Tab", "Tab", "Down", "Down", "9", "9")
        self.assertTrue(s.has("99 分不在 0 到 13 之间"))
        self.assertFalse(s.has("试算总分"))
        s.keys("Backspace")
        self.assertTrue(s.has("试算总分"))
        s.keys("１")  # a full-width digit is the same: 91 is no better
        self.assertTrue(s.has("91 分不在"))

    def test_other_rungs_are_compared_by_digit(self):
        s = self.result(CSUS)
        s.keys("3")
        self.assertTrue(s.has("复核还没有作答"))
        s.keys("2")
        self.assertTrue(s.has("评价就是本层级"))
        s.keys("1")
        self.assertTrue(s.has("较自评"))

    def test_enter_and_f5_lead_to_items(self):
        s = self.advised(CSUS)
        s.keys("Down", "Down", "Down", "Enter")
        s.wait("│  7.2.3 ")
        s.keys("F6", "3", "Tab", "Down", "Enter")
        s.wait("│  11.1.1 ")
        s.keys("F6", "3", "F5")
        s.wait("│  8.1.1 ")

    def test_standards_without_points_show_amounts_and_conditions(self):
        for standard in park.STANDARDS[1:]:
            s, score = self.advised(standard + ".lingtan"), self.score(standard + ".lingtan")
            for outcome in score["outcomes"] if not score["sections"] else []:
                if outcome["kind"] == "truth" and outcome["value"]:
                    self.assertIn("✓ 成立" if outcome["value"] == "1" else "✗ 不成立", self.row(s, outcome["title"]), standard)
            for section in score["sections"]:
                self.assertIn(" %s " % interval(section, 2), self.row(s, section["title"]), standard)
            self.assertTrue(s.has("差距"), standard)

    def test_advice_is_closed_to_who_assesses_until_a_reason_is_given(self):
        path = "未开.lingtan"
        self.bench.new(path, park.CSUS)
        s = self.result(path)
        self.assertFalse(s.has("到此总分") or s.has("[x]"))
        s.keys("Tab", "Enter", "Enter")  # no reason, no look
        self.assertTrue(s.has("要写几个字"))
        s.type("预评价")
        s.keys("Enter")
        self.assertTrue(s.has("至少") and s.has("[x]"))
        last = self.json("log", path)["entries"][-1]
        self.assertEqual((last["reason"], last["command"]), ("预评价", "advice on"))
        s.keys("F9")
        s.type("建议开关")
        s.keys("Enter")
        self.assertTrue(s.has("评价方不再看差距和试算"))
        self.assertFalse(s.has("[x]"))

    def test_every_size_and_language(self):
        for cols, rows in ((60, 18), (80, 24), (132, 43)):
            for lang, words in (("zh", ("板块", "差距", "试算")), ("en", ("Section", "Gap", "What if"))):
                s = self.advised(CSUS, "--lang", lang, cols=cols, rows=rows)
                for word in words:
                    self.assertTrue(s.has(word), (cols, lang, word))
                    s.keys("Tab")
                self.assertEqual(s.state().notes, [], (cols, lang))

    def test_hidden_scores_stay_hidden(self):
        s = self.result(CSUS)
        hidden = ("63.1", "差距", "暂不评级")
        for words in hidden:
            self.assertTrue(s.has(words), words)
        s.keys("F12", "Tab")
        for words in hidden:
            self.assertFalse(s.has(words), words)
        self.assertTrue(s.has("F12"))


if __name__ == "__main__":
    main()
