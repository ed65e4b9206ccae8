"""The body's own numbers: entered with their page, checked, seen to move the total, used, taken back, written to a file and read."""
import pathlib
import re
import shutil
import sys

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent), str(pathlib.Path(__file__).resolve().parent.parent / "cli")]
import harness  # noqa: E402
import park  # noqa: E402
from harness import Case, main  # noqa: E402

FILE = "园区.lingtan"


class Profile(Case):
    def setUp(self):
        super().setUp()
        self.bench = park.Bench(harness.PROGRAM, self.dir)
        self.bench.new(FILE)
        self.bench.write("评价.yaml", park.sample_text(park.CSUS))
        self.bench.run("import", FILE, "评价.yaml", "--as", park.EVALUATOR)

    def open(self, *args, file=FILE, **more):
        s = self.bench.start(file, "--as", park.EVALUATOR, *args, **more)
        self.addCleanup(s.close)
        s.settle()
        s.wait("F1")
        s.keys("F12", "F6")
        s.to_row(re.compile("本机构的分值|own points"))
        s.keys("Enter")
        return s

    def to(self, s, what):
        """The row that begins with kind and id."""
        s.keys("Home")
        s.to_row(re.compile(what))

    def fill(self, s, row, value, page="第 9 页"):
        self.to(s, row)
        s.keys("Enter", "C-u")
        s.type(value)
        s.to_field("页码")
        s.type(page)
        s.keys("Esc")

    def total(self):
        return self.bench.run("score", FILE, "--rung", "evaluator", "--json", code=None).stdout

    def test_all_that_can_be_replaced_stands_beside_its_origin(self):
        s = self.open()
        self.assertRegex(s.text(), r"› 参数 +base_points +基础分 +20 +标准 +-")
        self.assertRegex(s.text(), r"参数 +section_points +每章满分 +80 +推断 +-")
        self.assertRegex(s.text(), r"权重 +4 +园区规划 +0\.15 +标准 +-")
        s.keys("Tab", "Tab")
        self.assertRegex(s.text(), r"分值 +4\.2\.1 +土地集约利用水平 +10 +示例 +-")
        self.assertTrue(s.has("用标准的数值") and s.has("替换 0 项"), s.shown())

    def test_a_number_moves_the_total_only_when_it_is_used(self):
        s = self.open()
        before = self.total()
        self.to(s, "提高与创新权重")
        s.keys("Enter", "C-u")
        s.type("0.1")
        s.keys("Tab")
        s.type("第 9 页")
        now, then = s.wait(lambda s: re.search(r"现 ([0-9.~]+) +改后 ([0-9.~]+)", s.text())).groups()
        self.assertNotEqual(now, then)
        s.keys("Esc")
        self.assertRegex(s.text(), r"innovat\S* +提高与创新权重 +0\.2 +标准 +0\.1 +第 9 页")
        self.assertTrue(s.has("草稿，未采用") and s.has("改后 " + then), s.shown())
        self.assertEqual(self.total(), before)
        s.keys("F5")
        s.wait("已采用，本评价按这些数值计分")
        self.assertNotEqual(self.total(), before)
        self.assertIn(then.split("~")[0][:4], self.total())
        s.keys("F8")
        self.assertTrue(s.has("草稿，未采用"), s.shown())
        self.assertEqual(self.total(), before)

    def test_sums_must_hold_before_it_is_used(self):
        s = self.open()
        self.fill(s, r"4\.2\.1 ", "8")
        self.assertTrue(s.has("还不能采用 1") and s.has("替换 1 项"), s.shown())
        s.keys("F5")
        self.assertTrue(s.has("✗") and s.has("草稿，未采用"), s.shown())
        self.fill(s, r"4\.2\.2 ", "12")
        self.assertFalse(s.has("还不能采用"), s.shown())
        s.keys("F5")
        s.wait("已采用")

    def test_a_number_that_can_be_kept_nowhere_goes_only_when_asked_twice(self):
        s = self.open()
        drafts = self.bench.home / "state" / "lingtan" / "drafts"
        shutil.rmtree(drafts, ignore_errors=True)
        drafts.write_text("")
        self.to(s, "及格线是否计创新分")
        s.keys("Enter", "C-u")
        s.type("1")
        s.keys("Esc")
        s.wait("没有存入，草稿也存不下；再按 Esc 就丢掉所填")
        s.keys("Esc")
        s.wait("没有存入，所填没有留下")

    def test_a_number_needs_its_page_and_its_range(self):
        s = self.open()
        self.to(s, "及格线是否计创新分")
        s.keys("Enter", "C-u")
        s.type("x")
        self.assertTrue(s.has("不是数"), s.shown())
        s.keys("C-u")
        s.type("-7")
        self.assertTrue(s.has("应在"), s.shown())
        s.keys("C-u")
        s.type("1")
        s.keys("Esc")
        self.assertTrue(s.has("没有存入，所填留着") and s.has("用标准的数值"), s.shown())
        s.keys("Enter")
        self.assertTrue(s.has("接着上次没填完的") and s.has("取值 *  1"), s.shown())
        s.keys("Tab")
        s.type("第 9 页")
        s.keys("Esc")
        self.assertTrue(s.has("替换 1 项"), s.shown())
        s.keys("Delete")
        self.assertTrue(s.has("替换 0 项"), s.shown())

    def test_head_file_and_back(self):
        s = self.open()
        s.keys("F4")
        self.assertTrue(s.has("责任方 *"), s.shown())
        s.to_field("责任方")
        s.keys("C-u")
        s.type("示例评价机构")
        # whether its numbers are invented is said here too
        s.to_field("数值是编造的")
        s.keys("1")
        s.keys("Esc")
        self.fill(s, "提高与创新权重", "0.1")
        s.keys("F2", "1")
        s.wait("存成参数集文件")
        s.keys("C-u")
        s.type("own.yaml")
        s.keys("Enter")
        s.wait("已存成")
        text = (self.bench.dir / "own.yaml").read_text()
        self.assertIn('responsible: "示例评价机构"', text)
        self.assertIn('made_up: "yes"', text)
        self.assertIn('value: "0.1", cite: "第 9 页"', text)
        s.keys("Delete")
        self.assertTrue(s.has("替换 0 项"), s.shown())
        long = "a" + "数" * 80 + ".yaml"
        (self.bench.dir / "own.yaml").rename(self.bench.dir / long)
        s.keys("F2", "2")
        s.type(long)
        s.keys("Enter")
        s.wait("已读入，作为草稿")
        self.assertRegex(s.text(), r"提高与创新权重 +0\.2 +标准 +0\.1 +第 9 页")
        s.keys("F5")
        s.wait("已采用")
        s.keys("F2", "3")
        s.wait("改用标准的数值，F8 撤销")

    TIERS = ("from=0 then=1.11 cite=第16页", "above=60 then=0.5 cite=第17页 note=表3", "above=120 then=0 cite=第18页")

    def tiers(self):
        """Another standard, which has a line where the body has tiers, each from a page of its own."""
        park.other_sample(self.bench, FILE.replace("园区", "特色"), "t-seesa-2024")
        path = "特色.lingtan"
        self.bench.run("profile", "set", path, "head", "id=ours", "responsible=示例机构", "title_zh=本机构数值", "title_en=Ours", "--as", park.EVALUATOR)
        for tier in self.TIERS:
            self.bench.run("profile", "set", path, "tier", "1.1.4", *tier.split(), "--as", park.EVALUATOR)
        return path

    def test_tiers_keep_their_own_pages(self):
        path = self.tiers()
        s = self.open(file=path, cols=132, rows=43)
        self.to(s, r"分档 +1\.1\.4")
        self.assertRegex(s.text(), r"› 分档 +1\.1\.4 +建筑能耗强度 +120 ~ 60 +示例 +1\.11 / 0\.5 / 0")
        s.keys("Enter")
        self.assertTrue(s.has("标准为计分线 120 ~ 60"), s.shown())
        for row in (r"第 2 档高于 \* +60 +kWh/m2", r"第 2 档得分 \* +0\.5", r"第 2 档页码 \* +第17页", r"第 2 档说明 +表3", r"第 3 档页码 \* +第18页"):
            self.assertRegex(s.text(), row)
        s.to_field("第 2 档得分")
        s.keys("C-u")
        s.type("0.4")
        s.to_field("第 3 档页码")
        s.keys("C-u")
        s.keys("Esc")
        self.assertTrue(s.has("没有存入，所填留着"), "a page is needed\n" + s.shown())
        s.keys("Enter")
        s.to_field("第 3 档页码")
        s.type("第19页")
        s.keys("Esc")
        self.assertRegex(s.text(), r"› 分档 +1\.1\.4 .* 1\.11 / 0\.4 / 0")
        s.keys("F5")
        s.wait("已采用")
        s.close()
        self.bench.run("profile", "export", path, "-o", "own.yaml")
        written = (self.bench.dir / "own.yaml").read_text()
        for tier in ('from: "0", then: "1.11", cite: "第16页"', 'above: "60", then: "0.4", cite: "第17页", note: "表3"',
                     'above: "120", then: "0", cite: "第19页"'):
            self.assertIn(tier, written)
        # the line again
        s = self.open(file=path)
        self.to(s, r"分档 +1\.1\.4")
        s.keys("Delete")
        self.to(s, r"计分线 +1\.1\.4")
        self.assertTrue(s.has("替换 0 项"), s.shown())

    def test_tiers_on_a_small_screen(self):
        path = self.tiers()
        for cols, rows in ((60, 18), (80, 24), (132, 43)):
            for lang, page in (("zh", "第 3 档页码"), ("en", "Tier 3, page")):
                s = self.open("--lang", lang, cols=cols, rows=rows, file=path)
                s.to_row(re.compile(r"1\.1\.4 .*1\.11 / 0\.5"))
                s.keys("Enter")
                s.to_field(page)
                self.assertTrue(s.has("第18页"), s.shown())
                s.keys("Esc")
                self.assertTrue(s.has("1.1.4"), s.shown())
                self.assertEqual(s.state().notes, [])
                s.close()

    def test_readonly(self):
        s = self.open("--readonly")
        s.keys("Enter")
        s.type("5")
        self.assertTrue(s.has("只读") and s.has("20"), s.shown())
        s.keys("Esc")
        self.assertTrue(s.has("替换 0 项"), s.shown())

    def test_sizes(self):
        for cols, rows in ((60, 18), (80, 24), (132, 43)):
            for lang in ("zh", "en"):
                s = self.open("--lang", lang, cols=cols, rows=rows)
                s.keys("Tab", "Enter")
                s.keys("Esc")
                self.assertTrue(s.has("0.15"), s.shown())
                self.assertEqual(s.state().notes, [])
                s.close()


if __name__ == "__main__":
    main()
