"""Where a number comes from: the tree on the screen against `lingtan explain --json`, and the ways in and out of it."""
import decimal
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import park  # noqa: E402
from case import StandardsCase, main  # noqa: E402
from figures import change, interval, number  # noqa: E402


CSUS = "示例园区.lingtan"


class Explain(StandardsCase):
    def tree(self, path, node):
        return self.json("explain", path, *node, "--rung", "evaluator")

    def here(self, s):
        return self.row(s, " › ")

    def test_the_total_is_unfolded_as_the_command_explains_it(self):
        s, total = self.open(CSUS), self.tree(CSUS, ["total"])
        s.keys("Tab", "Tab", "F3")  # from the rungs: the figure that leads
        self.assertIn(" %s " % interval(total, 2), self.row(s, "总分   "))
        body = next(x for x in total["inputs"] if x["id"] == "body")
        for part in total["inputs"]:
            self.assertIn(" %s " % interval(part, 2), self.row(s, "─ " + part["title"]))
        s.keys("Down", "Down", "Right")
        for weight, section in zip(body["weights"], body["inputs"]):
            added = {end: decimal.Decimal(section[end]) * decimal.Decimal(weight) for end in ("low", "high")}
            row = self.row(s, "─ %s " % section["id"].split(".")[1])
            self.assertIn(" %s " % interval(added, 2), row)
            self.assertIn(" %s * %s " % (interval(section, -2), number(weight, -2)), row)

    def test_an_item_from_the_walk_stands_on_its_path(self):
        s = self.open(CSUS)
        s.keys("Down", "Down", "Down", "Down", "Enter")
        s.wait("│  7.2.3 ")
        s.keys("F3")
        s.wait(re.compile("^ 追溯 "))
        self.assertIn("7.2.3 ", self.here(s))
        self.assertIn(" 0~13 ", self.here(s))
        node = self.tree(CSUS, ["section.7"])
        for item in node["inputs"]:
            self.assertIn(" %s " % interval(item, -4), self.row(s, "─ %s %s" % (item["id"], item["title"])))
        self.assertIn("7.2.3 得满则总分 %s" % change("2.6"), self.row(s, "影响"))
        s.keys("Esc")
        s.wait("│  7.2.3 ")

    def test_clause_evidence_person_and_time(self):
        s = self.open(CSUS)
        s.keys("Down", "Down", "Down", "Down", "F3", "Right", "Right")  # 7, unfolded, its first item
        s.keys(*["Right"] if "7.2.1" not in self.here(s) else [])
        self.assertIn("7.2.1 ", self.here(s))
        self.assertRegex(self.row(s, "条款"), r"T/CSUS 66-2023  7\.2\.1 +出自 S004:\d+")
        self.assertRegex(self.row(s, "佐证 "), r"能源统计报表2023-2025\.xlsx  表2 +录入  示例·李工  今天 \d\d:\d\d")

    def test_a_figure_names_the_items_of_other_standards(self):
        self.bench.run("copy", CSUS, "两个.lingtan")
        self.bench.add("两个.lingtan", "t-seesa-2024")
        s = self.open("两个.lingtan", "--assessment", "t-csus-66-2023/operation/2025")
        s.keys("Down", "Down", "Down", "Down", "F3", "Right", "Right")
        s.keys(*["Right"] if "7.2.1" not in self.here(s) else [])
        s.keys("Right")
        s.keys(*["Down"] if "7.2.1" in self.here(s) else [])
        self.assertRegex(self.row(s, "影响"), r"另供  .*T/SEESA .* 3\.1\.1")

    def test_left_and_right_fold(self):
        s = self.open(CSUS)
        s.keys("Tab", "Tab", "F3")
        self.assertTrue(s.has("─ 控制项全部符合"), "the parts of the whole are seen at once")
        s.keys("Down")
        s.keys("Left")
        self.assertFalse(s.has("─ 控制项全部符合"))
        s.keys("Left")
        self.assertIn("总分", self.here(s))

    def test_many_are_told_by_those_that_matter(self):
        s = self.open(CSUS)
        s.keys("Tab", "F3")  # the first task: the control that fails
        self.assertIn("8.1.1 ", self.here(s))
        self.assertIn(" 不符合 ", self.here(s))
        self.assertIn(" 未评 ", self.row(s, "11.1.1 "))
        self.assertTrue(self.row(s, "其余 12 项").endswith(" 符合"))
        s.keys("Down", "Down", "Right")
        self.assertFalse(s.has("其余"))
        self.assertIn(" 符合 ", self.row(s, "4.1.1 "))

    def test_enter_leads_to_the_field(self):
        s = self.open(CSUS)
        s.keys("Tab", "F3", "Enter")
        s.wait("│  8.1.1 ")

    def test_f5_goes_round_what_is_open(self):
        s = self.open(CSUS)
        s.keys("Tab", "Tab", "F3")
        seen = []
        for _ in range(30):
            s.keys("F5")
            found = re.search(r" ([\d.]+) ", self.here(s))
            seen.append(found.group(1) if found else "")
        self.assertTrue({"4.2.6", "7.2.3", "7.2.5", "9.2.4", "10.2.7"} <= set(seen), seen)
        self.assertNotIn("4.2.1", seen)

    def test_formulas_hold_all_digits(self):
        s, node = self.open("t-cers-2025.lingtan"), self.tree("t-cers-2025.lingtan", ["emission"])
        s.keys("Tab", "F3")  # the first amount: all emissions
        parts = [number(x["low"], -12) for x in node["inputs"]]
        self.assertIn("= %s = %s" % (" + ".join(parts), number(node["low"], -12)), self.row(s, "算式"))
        for x in node["inputs"]:
            self.assertIn(" %s %s " % (number(x["low"], 1), x["unit"]), self.row(s, x["title"]))

    def test_every_standard_and_size(self):
        for standard in park.STANDARDS[1:]:
            for cols, rows, lang in ((60, 18, "zh"), (80, 24, "en"), (132, 43, "zh")):
                s = self.open(standard + ".lingtan", "--lang", lang, cols=cols, rows=rows)
                s.keys("F3", "Down", "Right", "Down", "Right", "End", "F5")
                self.assertEqual(s.state().notes, [], standard)
                self.assertTrue(s.has("条款" if lang == "zh" else "Clause"), standard)

    def test_hidden_scores_stay_hidden(self):
        s = self.open(CSUS, shown=False)
        s.keys("Down", "Down", "F3")
        s.wait(re.compile("^ 追溯 "))
        figures = ("63.15", "8.85", "59~69", "53.95")
        for figure in figures:
            self.assertFalse(s.has(figure), figure)
        s.keys("F12")
        for figure in figures:
            self.assertTrue(s.has(figure), figure)


if __name__ == "__main__":
    main()
