"""Readiness on a screen: blockers first, one key to the field that cures each, a warning ticked in the person's name."""
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from case import ScreenCase, main  # noqa: E402
from park import LEADER  # noqa: E402


class Ready(ScreenCase):
    def readiness(self, first):
        """The list of findings, once the finding FIRST is on it."""
        s = self.open(who=LEADER)
        s.type(":")
        s.type("出证检查")
        s.keys("Enter")
        s.wait(first)
        return s

    def go_on_to(self, s, words, key):
        for _ in range(60):
            if words in next(l for l in s.lines() if l.lstrip().startswith("›")):
                return
            s.keys(key)
        self.fail("no row with %r\n%s" % (words, s.shown()))

    def test_jump_and_tick(self):
        path = self.sample()
        s = self.readiness("一票否决")
        self.assertRegex(s.lines()[0], r"检查 .*阻止 \d+  须确认 \d+")
        self.assertRegex(s.text(), r"› ✗ 一票否决\s+条款 8\.1\.1 不符合")
        self.assertTrue(s.has("阻止出证；Enter 去处理"), s.shown())
        s.keys("Enter")
        s.wait("逐项")
        self.assertIn("8.1.1", s.text())
        s.keys("Esc")
        s.wait(re.compile("^ 检查 "))
        s.keys("End")
        self.go_on_to(s, "! ", "Up")
        s.type(" ")
        s.wait("已由 示例·王工 确认")
        self.assertRegex(s.text(), r"› ✓ ")
        s.keys("F8")
        self.assertRegex(s.text(), r"已撤销：(\d[\d.]+ )?确认提示")
        # no names that checks have for the program
        self.assertNotRegex(s.text(), r"[a-z]-[a-z]|[a-z]:")
        s.keys("C-r")
        self.leave(s)
        ticked = [f for f in self.document("ready", path, code=1)["findings"] if f["ticked_by"]]
        self.assertEqual([f["ticked_by"] for f in ticked], ["示例·王工"])
        self.assert_holds()

    def test_a_line_is_cured_where_it_stands(self):
        path = self.sample()
        for source in ("柴油 叉车", "汽油 公务车"):
            self.bench.run("line", "add", path.name, "year=2025", "kind=emission", "scope=1", "source=" + source, "--as", LEADER)
        s = self.readiness("碳盘查行未填")
        self.go_on_to(s, "汽油 公务车", "Down")
        s.keys("Enter")
        s.wait(re.compile("^ 盘查 "))
        self.assertIn("汽油 公务车", s.lines()[s.cursor()[0]])
        s.keys("Esc")
        s.wait("碳盘查行未填")
        self.leave(s)

    def test_what_is_not_met_asks_for_a_finding_in_the_same_pane(self):
        path = self.sample()
        s = self.open(who=LEADER)
        self.go_to(s, "8.1.1")
        self.assertRegex(s.text(), "整改  没有开不符合项")
        s.keys("Enter", "Tab", "Enter")
        self.assertRegex(s.text(), r"条款 +8\.1\.1")
        for _ in range(9):
            if s.lines()[s.cursor()[0]].lstrip().startswith("事实"):
                break
            s.keys("Tab")
        s.type("水务平台无法登录")
        s.keys("Esc")
        self.assertRegex(s.text(), r"整改  F01  严重不符合  水务平台无法登录 ")
        s.keys("F8")
        self.assertRegex(s.text(), "整改  没有开不符合项")
        s.keys("Esc")
        self.go_to(s, "4.1.1")
        self.assertFalse(s.has("整改"), s.shown())
        self.leave(s)
        self.assertEqual(self.document("findings", path)["findings"], [])


if __name__ == "__main__":
    main()
