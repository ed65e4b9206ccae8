"""Findings, signatures and decisions have forms like everything else: opened by name, filled in, saved by their own rules."""
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from case import ScreenCase, main  # noqa: E402
from park import EVALUATOR, LEADER  # noqa: E402


class Deeds(ScreenCase):
    def command(self, s, name):
        s.type(":")
        s.type(name)
        s.wait(name)
        s.keys("Enter")

    def test_a_finding_and_a_signature(self):
        path = self.sample()
        self.bench.run("finding", "add", path.name, "minor", "机电调适报告缺研发楼", "--item", "9.2.4", "--due", "2026-04-26", "--as", EVALUATOR)
        s = self.open(who=LEADER)
        self.command(s, "发现")
        s.wait("机电调适报告缺研发楼")
        self.assertIn("一般不符合", s.text())
        s.keys("Enter")
        s.wait(re.compile("^ 填写 "))
        self.assertIn("2026-04-26", s.text())
        s.keys("Esc")
        s.keys("Esc")
        self.command(s, "会签")
        s.wait("还没有人签署")
        s.keys("F5")
        s.wait(re.compile("签署人 [*]"))
        s.keys("Down", "Down")
        s.type("示例·王工")
        s.keys("F5")
        s.wait("已存入项目")
        self.leave(s)
        step = self.document("signatures", path)["steps"][0]
        self.assertEqual((step["state"], step["by"]), ("valid", "示例·王工"))
        self.assert_holds()


if __name__ == "__main__":
    main()
