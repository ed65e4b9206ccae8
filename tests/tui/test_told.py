"""What is told is read to its end, years stand beside figures, people beside rungs, and every page has its name at the prompt."""
import pathlib
import re
import sys

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent), str(pathlib.Path(__file__).resolve().parent.parent / "cli")]
import park  # noqa: E402
from case import EVALUATOR, ScreenCase, main  # noqa: E402

PAGES = {"盘查": "盘查", "导入": "导入", "园区": "园区", "人员": "人员", "数据": "数据", "参数集": "参数集", "资料": "资料", "设置": "设置", "标准库": "标准库", "收件": "收件"}


class Told(ScreenCase):
    def test_a_long_notice_has_as_many_rows_as_it_needs(self):
        self.sample()
        s = self.open(cols=60, rows=18, env={"DISPLAY": "", "WAYLAND_DISPLAY": ""})
        s.keys("1")
        s.type("7.2.1")
        s.keys("Tab", "Tab", "Enter", "4")
        told = "".join(line.strip(" ✗") for line in s.lines()[-4:-1])
        self.assertIn("这里没有桌面，打不开系统程序；可用“取出看”存成文件", told)
        s.keys("Left")
        self.assertNotIn("没有桌面", s.text())
        # a file is written where the home folder is meant, too
        s.keys("Tab", "Tab", "Enter", "2", "C-u")
        s.type("~/取出的文件")
        s.keys("Enter")
        s.wait("已取出到")
        self.assertTrue((self.bench.home / "取出的文件").is_file())
        # help tells how much is below also from its middle
        s.keys("F1", "PageDown")
        self.assertTrue(s.has("其余"), s.shown())

    def see_selection(self, s):
        """What Shift and Left take in has another ground than the rest of the field."""
        s.type("abc")
        row, col = s.cursor()[:2]
        s.keys("S-Left")
        self.assertNotEqual(s.style(row, col - 1).bg, s.style(row, col - 2).bg)

    def test_what_is_selected_is_seen(self):
        self.sample()
        s = self.open()
        for keys, name in (("F7",), ""), (("F9",), "另存"), (("7",), ""):
            s.keys(*keys)
            if name:
                s.type(name)
                s.keys("Enter")
            self.see_selection(s)
            s.keys("Esc")

    def test_words_on_a_rung_of_others_stay_a_draft(self):
        self.sample()
        s = self.open()
        s.keys("1")
        s.type("7.2.1")
        s.keys("F9")
        s.type("看层级")
        s.keys("Enter", "1")
        s.keys("F4")
        s.wait("收起并下一项")
        s.type("写给别人的层级")
        s.keys("Esc")
        s.wait("由别人填写")
        s.wait("这些话留作草稿")
        self.assertNotIn("收起并下一项", s.text())
        self.assertTrue(self.bench.drafts("写给别人的层级"))

    def test_j_and_k_move_in_a_menu_until_words_are_typed(self):
        """As in every list; a letter that moves nothing is told not to have been used."""
        self.sample()
        s = self.open(cols=60, rows=18)
        s.keys("F9")
        s.type("看层级")
        s.keys("Enter")
        s.wait("看哪个层级")
        rows = [l for l in s.lines() if "›" in l]
        for key, is_moved in (("j", True), ("k", False), ("j", True)):
            s.keys(key)
            self.assertEqual([l for l in s.lines() if "›" in l] != rows, is_moved, s.shown())
            self.assertFalse(s.has("打的字没有用上"), s.shown())
        rows = [l for l in s.lines() if "›" in l]
        s.keys("b")
        s.wait("打的字没有用上")
        s.keys("j")
        self.assertEqual([l for l in s.lines() if "›" in l], rows)

    def test_words_of_which_no_draft_can_be_kept_do_not_seem_kept(self):
        self.sample()
        s = self.open()
        s.keys("1")
        s.type("7.2.1")
        # no folder for them can be made there
        drafts = self.bench.write("home/state/lingtan/drafts", "")
        s.keys("F4")
        s.type("还没有存下的话")
        s.wait("草稿存不下")
        drafts.unlink()
        s.type("。")
        s.wait(re.compile("字  已存"))
        self.assertTrue(self.bench.drafts("还没有存下的话。"))

    def test_a_note_of_which_no_draft_can_be_kept_goes_only_when_asked_twice(self):
        self.sample()
        s = self.open()
        self.bench.write("home/state/lingtan/drafts", "")
        s.keys("C-n")
        s.type("铅封完好")
        s.keys("Esc")
        s.wait("草稿存不下；再按 Esc 就丢掉这些话")
        self.assertTrue(s.has("铅封完好"))
        s.type("，编号可读")
        s.keys("Esc")
        s.wait("再按 Esc 就丢掉这些话")
        s.keys("Esc")
        s.wait(lambda q: not q.has("铅封完好"))

    def test_a_figure_over_the_years(self):
        self.sample()
        known = [a["id"] for a in park.read_sheet(park.sample_text(park.CSUS))["quantities"]]
        for year, value in (("2023", "10"), ("2024", "20"), ("2025", "40")):
            self.bench.run("quantity", self.path.name, known[0], value, "--year", year, "--as", park.EVALUATOR)
        s = self.open()
        s.keys("9")
        s.wait(re.compile("▃▅█"))
        with self.open("--no-unicode") as twins:
            twins.keys("9")
            twins.wait("历年")
            self.assertNotIn("█", twins.text())

    def test_who_wrote_stands_beside_the_rung(self):
        self.sample()
        s = self.open()
        s.wait(re.compile(r"自评 .*示例·周工"))
        self.assertRegex(s.text(), r"评价 .*示例·李工")

    def test_a_long_name_is_cut_at_its_end_and_leaves_room(self):
        self.sample()
        s = self.open(cols=80, rows=24, who="欧阳司马上官诸葛东方皇甫尉迟公羊澹台·某某某某某:evaluator")
        for page in ("盘查", "设置"):
            s.keys("F9")
            s.type(page)
            s.keys("Enter")
            head = s.lines()[0]
            self.assertTrue("示例园区" in head and "欧阳司马上官诸葛东.." in head and "\ufffd" not in head, head)
            s.keys("Esc")

    def test_every_page_by_its_name(self):
        self.sample()
        s = self.open(cols=132, rows=43)
        for name, badge in PAGES.items():
            s.keys("F9")
            s.type(name)
            s.keys("Enter")
            s.wait(lambda q, badge=badge: q.lines()[0].startswith(" " + badge) or q.has("─ " + badge))
            s.keys("Esc")

    def test_from_the_review_to_where_points_come_from(self):
        self.sample()
        s = self.open(who=park.REVIEWER)
        s.keys("4")
        s.wait("已看 0/")
        s.keys("Down", "F3")
        s.wait(re.compile(r"^ 追溯"))

    def test_a_page_is_not_taken_by_a_line(self):
        """Pasted or typed: what a line takes no more of is left out and that is told; the line is there to be mended."""
        page = "园区 2025 年可再生能源利用率为 35.2%，见第 3 章；2号厂房。" * 400
        self.sample()
        told = "这一行写不下了，多出的没有放进去"
        for keys, name in ((("F7",), "查找"), (("F9",), "命令"), (("F9", "园", "区", "Enter"), "园区"), (("1", "F2", "Tab", "Tab"), "挂佐证"),
                           (("F9", "合", "并", "Enter"), "合并"), (("2", "+"), "盘查")):
            for write in ("paste", "type"):
                s = self.open(cols=60, rows=18)
                s.keys(*keys)
                s.wait(lambda q, name=name: q.lines()[0].startswith(" " + name) or q.has("─ " + name))
                getattr(s, write)(page)
                self.assertTrue(s.has(told), "%s, %s\n%s" % (name, write, s.shown()))
                s.keys("C-u")
                self.assertFalse(s.has(told) or s.has("利用率"), "%s, %s\n%s" % (name, write, s.shown()))
                s.keys("零", "碳")
                self.assertTrue(s.has("零碳"), s.shown())
                s.close()

    def test_what_is_pasted_where_nothing_is_typed_is_told(self):
        self.sample()
        s = self.open()
        for key, goes in (("F5", "F4 意见"), ("3", "F7 查找"), ("4", "F4 意见")):
            s.keys(key)
            place = s.lines()[0]
            s.paste("符合 1 2 3")
            s.wait("粘贴的没有用上；" + goes)
            self.assertEqual(s.lines()[0], place)
            s.keys("Esc")

    def test_another_programs_words_are_shown_before_they_give_way(self):
        self.sample()
        for again in (False, True):
            s = self.open(cols=60, rows=18)
            s.keys("1")
            s.type("4.1.1")
            if not again:
                s.keys("F4")
            self.bench.run("set", self.path.name, "4.1.1", "met", "--remark", "甲写的%d" % again, "--as", EVALUATOR)
            if again:
                s.keys("F4")
                s.wait("甲写的1")  # what stands there now, though the screen below was drawn before
                self.bench.run("set", self.path.name, "4.1.1", "met", "--remark", "甲又写的", "--as", EVALUATOR)
            s.type("乙写的%d" % again)
            s.keys("Esc")
            s.wait(("甲又写的" if again else "甲写的0") + "”；再按 Esc 换掉，历史里有")
            s.keys("Esc")
            s.settle()
            self.assertIn("乙写的%d" % again, self.log()[-1]["changes"][0]["new"][0])
            s.close()

    def test_the_prompt_knows_what_a_page_makes(self):
        """Whoever types what is made, not how the page is called, is led to the page and not into the items."""
        self.sample()
        for lang, words, title in (("zh", "报告", "导出"), ("zh", "工作簿", "导出"), ("zh", "计量器具", "地点"), ("en", "workbook", "export"), ("en", "meters", "places")):
            s = self.open("--lang", lang, cols=60, rows=18)
            s.keys("F9")
            s.type(words)
            self.assertTrue(s.has("› " + title), "%s\n%s" % (words, s.shown()))
            s.close()


if __name__ == "__main__":
    main()
