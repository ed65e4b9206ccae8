"""The walk of an assessment that follows another: what was said last stands as a hint, what is obligatory is marked, who owes an item is named; the overview counts it."""
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from case import CSUS, EVALUATOR, ScreenCase, main  # noqa: E402
from park import LEADER  # noqa: E402

NEXT = CSUS + "/operation/2026"


class NextCycle(ScreenCase):
    def test_hint_obligation_and_owner(self):
        path = self.sample()
        self.bench.run("follow", path.name, "4.2.1", "--kind", "surveillance", "--as", LEADER)
        self.bench.run("assign", path.name, "4.2.1", "规划局", "--due", "2026-03-20", "--assessment", NEXT, "--as", LEADER)
        s = self.open("--assessment", NEXT, cols=132, rows=43)
        self.assertIn("规划局 1", s.text())
        self.go_to(s, "4.2.1")
        s.wait("上次")
        (line,) = [l for l in s.lines() if "上次" in l]
        self.assertRegex(line, r"! 必查\s+评价 得分 \d+\s+示例·李工")
        (line,) = [l for l in s.lines() if "责任" in l and "期限" in l]
        self.assertIn("规划局", line)
        self.assertIn("2026-03-20", line)
        s.keys("Down")
        s.wait("│  4.2.2  绿化规划实施与养护")
        self.assertNotIn("必查", s.text())
        # the hint is no answer
        self.assertRegex(s.text(), r"│\s+评价\s+-\s")
        self.leave(s)
        self.assert_holds()

    def test_given_to_an_owner_in_the_walk(self):
        path = self.sample()
        s = self.open(who=LEADER)
        self.go_to(s, "4.2.6")
        s.type(":")
        s.type("交办")
        s.keys("Enter")
        s.wait("交给谁")
        s.type("交通局 2026-03-20")
        s.keys("Enter")
        s.wait("4.2.6 已交办")
        s.wait("责任  交通局")
        self.leave(s)
        (owed,) = self.document("owes", path, "--all")["owed"]
        self.assertEqual([owed[k] for k in ("id", "owner", "due")], ["4.2.6", "交通局", "2026-03-20"])

    def test_begun_from_the_screen(self):
        path = self.sample()
        s = self.open(who=LEADER)
        s.type(":")
        s.type("承接")
        s.wait("承接评价")
        s.keys("Enter")
        s.wait("监督评价")
        s.type("2")
        s.wait("已开始 T/CSUS 66-2023  实施运管  2026")
        s.type(":")
        s.type("换评价")
        s.wait("换评价")
        s.keys("Enter")
        s.wait("1  T/CSUS 66-2023  实施运管  2025")
        s.wait("2  T/CSUS 66-2023  实施运管  2026")
        s.keys("Esc")
        self.leave(s)
        cycle = self.document("cycle", path)
        self.assertEqual([cycle[k] for k in ("assessment", "kind", "of")], [NEXT, "surveillance", CSUS + "/operation/2025"])
        self.assertGreater(cycle["obligatory"], 10)

    def test_another_standard_in_the_same_file(self):
        path = self.sample()
        self.bench.add(path.name, "t-cers-2025")  # it has no stages, though it was added with one
        s = self.open(who=EVALUATOR)
        s.type(":")
        s.type("换评价")
        s.keys("Enter")
        s.wait(re.compile(r"1  T/CERS \(2025 draft\)  2025 "))
        s.type("1")
        s.wait(lambda s: not s.has("换评价") and s.find(re.compile("总览.*T/CERS")))
        self.leave(s)

    def test_engagement_is_renewed_by_a_key(self):
        """For the year that follows: parties, criteria and team are there, the contract is not."""
        path = self.sample()
        self.bench.run("fill", path.name, "engagement", "2025", "applicant=示例管委会", "criteria=" + CSUS, "contract=HT-1", "--as", LEADER)
        self.bench.run("fill", path.name, "team", "2025/示例·李工", "role=leader", "--as", LEADER)
        self.bench.run("follow", path.name, "all", "--as", LEADER)
        s = self.open("--assessment", NEXT, who=LEADER)
        s.type(":")
        s.type("委托")
        s.keys("Enter")
        s.wait("3 承接上次")
        s.keys("3")
        s.wait("已承接 2025 年的委托")
        self.assertTrue(s.has("示例管委会") and s.has("组长") and not s.has("HT-1") and not s.has("承接上次"), s.shown())
        self.leave(s)
        engagement = self.document("engagement", path, "--year", "2026")
        self.assertEqual([engagement[k] for k in ("applicant", "criteria")], ["示例管委会", [CSUS]])

    def test_small(self):
        path = self.sample()
        self.bench.run("follow", path.name, "all", "--as", LEADER)
        s = self.open("--assessment", NEXT, cols=80, rows=24)
        self.go_to(s, "4.2.1")
        s.wait("上次")
        self.leave(s)


if __name__ == "__main__":
    main()
