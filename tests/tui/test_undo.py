"""Undo and redo show what they took back: the cursor goes there, and its value is told."""
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from case import EVALUATOR, ScreenCase, main  # noqa: E402


class Undo(ScreenCase):
    def begin(self, **more):
        self.sample()
        return self.open(**more)

    def test_the_walk_goes_to_what_was_taken_back(self):
        for size in ((60, 18), (100, 32)):
            s = self.begin(cols=size[0], rows=size[1])
            s.keys("1")
            self.to_item(s, "7.2.3")
            s.keys("Enter", "3", "Enter", "Esc")
            self.to_item(s, "4.1.1")
            s.keys("Enter", "2", "Esc", "Down", "Enter")
            self.assertEqual(self.item(s), "4.1.2", s.shown())
            s.keys("F8")
            s.wait("已撤销：4.1.1 作答；结论现为 符合")
            self.assertEqual(self.item(s), "4.1.1", s.shown())
            # the cursor came here by itself: a digit answers nothing before Enter
            log = self.log()
            s.type("2")
            self.assertEqual(self.log(), log)
            s.keys("Backspace")
            s.keys("F8")
            s.wait("已撤销：7.2.3 作答；结论现在空着")
            self.assertEqual(self.item(s), "7.2.3", s.shown())
            self.to_item(s, "4.1.1")
            s.keys("C-r")
            s.wait("已重做：7.2.3 作答；结论现为 3")
            self.assertEqual(self.item(s), "7.2.3", s.shown())
            s.close()

    def to_item(self, s, item):
        s.type(item)
        s.wait(lambda s: self.item(s) == item)

    def item(self, s):
        """The number of the item that is shown: of the pane, on small screens alone."""
        return re.search(r"(?:^|│) +(\d+\.\d+\.\d+)  \S", s.text(), re.M).group(1)

    def test_elsewhere_it_is_said_and_the_screen_stays(self):
        s = self.begin(cols=60, rows=18)
        self.bench.run("set", self.path.name, "4.1.2", "met", "--remark", "缺一份查询单", "--as", EVALUATOR)
        self.bench.run("set", self.path.name, "7.2.3", "points:3", "--as", EVALUATOR)
        s.keys("F8")
        s.wait("已撤销：7.2.3 作答；结论现在空着")
        s.keys("F8")
        s.wait("已撤销：4.1.2 作答；备注现为 近三年无突发环境事件")
        self.assertRegex(s.lines()[0], "^ 总览")

    def test_of_an_import_the_item_is_named(self):
        """Also where its number is a part of another."""
        for name in ("一条.yaml", "17.2.3.yaml"):
            s = self.begin()
            self.bench.write(name, "rung: evaluator\nassessment: t-csus-66-2023/operation/2025\npark_type: production\n"
                             "answers:\n- {item: 7.2.3, points: 3}\n")
            self.bench.run("import", self.path.name, name, "--as", EVALUATOR)
            s.keys("F8")
            s.wait("已撤销：%s 导入；7.2.3 结论现在空着" % name)
            s.close()

    def test_a_number_that_is_being_typed_stays_where_it_is(self):
        s = self.begin()
        self.bench.run("set", self.path.name, "4.1.2", "not-met", "--as", EVALUATOR)
        self.go_to(s, "7.2.3")
        s.keys("Enter", "3", "F8")
        s.wait("已撤销：4.1.2 作答；结论现为 符合")
        self.assertEqual(self.item(s), "7.2.3", s.shown())
        s.keys("Enter")
        self.assertRegex(s.text(), r"得分 +3 +/ ")
        self.assert_holds()


if __name__ == "__main__":
    main()
