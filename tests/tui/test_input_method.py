"""What an input method sends never does something by accident, and what it sends for ASCII counts as ASCII outside text."""
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from case import ScreenCase, main  # noqa: E402
from screen import full_width  # noqa: E402


class InputMethod(ScreenCase):
    def setUp(self):
        super().setUp()
        self.sample()

    def test_chinese_text_where_none_is_typed_changes_nothing(self):
        """It is looked for; Esc, and all is as before."""
        before = self.log()
        s = self.open()
        for keys in ((), ("F5",), ("F1",), ("Esc",), ("F6",), ("Esc",)):
            s.keys(*keys)
            place = s.lines()[0]
            for text in ("零碳园区，评价。《》、；“”", "现场照片（二）"):
                s.type(text)
                s.paste("符合 不符合 1 2 3 q u : /")
                if s.has("─ 查找 ─"):
                    s.keys("Esc")
                self.assertEqual(s.lines()[0], place, "%s\n%s" % (text, s.shown()))
        self.leave(s)
        self.assertEqual(self.log(), before)

    def test_full_width_twins_do_what_their_letters_do(self):
        for letter in "?gre":
            screens = []
            for twin in (letter, full_width(letter)):
                s = self.open()
                s.keys("F5")
                before = s.text()
                s.type(twin)
                screens.append(s.text())
                self.assertNotEqual(screens[-1], before, "%s opens something" % twin)
                s.close()
            self.assertEqual(screens[0], screens[1], letter)

    def test_a_number_typed_in_the_tree_by_full_width_digits(self):
        # the last two: as the program calls it, and as the standard does
        for text, found in (("7.2.4", "7.2.4  节能"), (full_width("7.2.4"), "7.2.4  节能"), ("７。２。４", "7.2.4  节能"), ("12-3", "12-3  负碳"), ("12.1.3", "12-3  负碳")):
            s = self.open()
            s.keys("1")
            s.type(text)
            self.assertTrue(s.has(found), "%s\n%s" % (text, s.shown()))
            s.close()

    def test_letters_where_a_number_is_awaited_do_nothing(self):
        before = self.log()
        s = self.open()
        self.go_to(s, "4.2.6")
        s.keys("Enter")
        seen = s.lines()
        for text in ("qunexrga?/:", full_width("qunexrga"), "评价"):
            s.type(text)
            # but say so in the place of the progress
            self.assertEqual(s.lines()[:-2] + s.lines()[-1:], seen[:-2] + seen[-1:])
            self.assertIn("打的字没有用上", s.lines()[-2])
        s.keys("Backspace")
        s.type("8")
        s.type("qunexrga评价")
        self.assertRegex(s.text(), r" 8  / 10 ")
        s.keys("Delete", "Esc")
        self.leave(s)
        self.assertEqual(self.log(), before)

    def test_full_width_numbers_in_a_number_field_are_the_numbers(self):
        s = self.open()
        self.go_to(s, "4.2.6")
        s.keys("Enter")
        s.type("８．５")
        s.keys("Enter")
        self.leave(s)
        newest = self.document("log", self.path, "--all")["entries"][-1]
        self.assertIn("8.5", str(newest["changes"]))

    def test_a_pasted_number_is_that_number_or_not_taken(self):
        s = self.open()
        self.go_to(s, "4.2.6")
        s.keys("Enter")
        for pasted, number in (("８．５\n", "8.5"), ("6.5 亿元/km2", "6.5"), ("7 分\r\n", "7"), (" 1,442.8 tCO2", "1442.8"),
                               ("１，２３４．５ m3", "1234.5"), ("1,2345", "12345"), ("−3", "-3")):
            s.paste(pasted)
            self.assertRegex(s.text(), r"得分 +%s +/ 10" % re.escape(number), pasted)
        s.paste("4.5")
        for pasted in ("根据总体规划第３页，慢行专章较简，" * 20, "第3页 8.5", "3.5~4.2", "2025-06-30", "1 442.8", "3,5", "5e3", "见附件"):
            s.paste(pasted)
            self.assertRegex(s.text(), r"得分 +4\.5 +/ 10", pasted)
            self.assertTrue(s.has("粘贴的不是一个数"), pasted)
        s.keys("Enter", "F8")
        s.close()

    def test_a_digit_within_words_chooses_no_purpose(self):
        """In the popup for evidence: whoever begins to write where a digit would choose writes the place, all of it."""
        for before in ((), ("Tab",)):
            for write, words in (("type", "第１页 ２ 表"), ("paste", "第１页 ２ 表"), ("send", "2号厂房 3 台")):
                s = self.open()
                self.go_to(s, "7.2.3")
                s.keys("F2", *before)
                s.wait("定位", again=True)
                chosen = re.search(r"› ?(\d)", "\n".join(l for l in s.lines() if "定位" in l or "用途" in l))
                getattr(s, write)(words)
                s.wait(words)
                self.assertEqual(re.search(r"› ?(\d)", "\n".join(l for l in s.lines() if "定位" in l or "用途" in l)).group(), chosen.group())
                s.keys("C-u", "Esc")
                s.close()
        # where nothing is written it is a choice
        s = self.open()
        self.go_to(s, "7.2.3")
        s.keys("F2", "Tab")
        s.type("２")
        s.type("页")
        s.settle()
        self.assertRegex(s.text(), r"›2")
        self.assertRegex(s.text(), r"定位 +页")
        s.keys("C-u", "Esc")
        s.close()

    def test_words_choose_nothing_from_a_list(self):
        """Nor does a digit behind them, before a key took them back."""
        s = self.open()
        s.keys("F6")
        for write in (s.send, s.type):
            write("项目部")
            s.wait("这里只能选，打的字没有用上")
            write("3")
            s.settle()
            self.assertTrue(s.has("─ 转到 ─") and s.has("这里只能选"), s.shown())
            s.keys("Backspace")
        s.keys("3")
        s.wait(re.compile("^ 结果"))
        s.close()
        before = self.log()
        for way, words, title in ((":提交本轮\r", "3台\r", "提交本轮"), (":设置\r", "12、分区管控查询单\r", "设置")):
            s = self.open()
            s.send(way)
            s.wait(title, again=True)
            s.settle()
            seen = s.lines()[:-3]
            s.send(words)
            s.wait("这里只能选，打的字没有用上")
            s.rest()
            self.assertEqual(s.lines()[:-3], seen)
            s.close()
        self.assertEqual(self.log(), before)

    def test_a_table_pasted_without_brackets_asks_for_no_phrase(self):
        s = self.open()
        self.go_to(s, "4.2.6")
        s.keys("F4")
        s.send("1号\t3台\t2套")
        s.wait("1号3台2套")
        s.keys("C-u", "Esc")

    def test_words_behind_the_key_of_a_field_are_in_it(self):
        """In one packet, as a line that stood still brings them."""
        for page, way, words in (("4.2.6", "r", "2号厂房缺3台水表"), ("4.2.6", "/", "慢行系统"), ("4.2.6", ":", "资料"), (":地点\r", "n", "天然气锅炉"), (":复核要点\r", "r", "见2号厂房")):
            s = self.open()
            s.type("1" + page if page[0] == "4" else page)
            s.settle()
            s.send(way + words)
            s.wait(words)
            s.keys("C-u", "Esc")
            s.close()

    def test_text_fields_keep_what_is_typed(self):
        text = "现场见 ３ 台逆变器：q？／：n，符合要求！"
        s = self.open()
        self.go_to(s, "4.2.6")
        s.keys("F4")
        s.type(text)
        self.assertTrue(s.has(text), s.shown())
        s.keys("Esc")
        self.leave(s)
        self.assertIn(text, str(self.document("log", self.path, "--all")))

    def test_a_character_whose_bytes_come_one_by_one_is_one(self):
        s = self.open()
        self.go_to(s, "4.2.6")
        s.keys("F4")
        for word, mark in (("甲，零碳", b""), ("乙。园区", b"\033[200~")):
            s.send(mark)
            for byte in word.encode("utf-8"):
                s.send(bytes([byte]))
                s.settle()
            s.send(mark.replace(b"200", b"201"))
        # half of one, and what is none, takes nothing with it
        for broken in (b"\xe9\x9b", b"\xff", b"\xb6\xb6", b"\xe9"):
            s.send(broken)
            s.settle()
            s.type("完")
        s.send(b"\xe9\x9b")
        s.keys("End")
        self.assertTrue(s.has("甲，零碳乙。园区完完完完"), s.shown())
        s.keys("Backspace")
        self.assertTrue(s.has("乙。园区完完完 "), s.shown())

    def test_the_cursor_stands_where_text_goes_in(self):
        s = self.open()
        self.go_to(s, "4.2.6")
        s.keys("F4")
        row, col = s.cursor()
        self.assertTrue(s.state().shown)
        for text, columns in (("a", 1), ("零", 3), ("𠮷", 5), ("e\u0301", 6), ("🌿", 8)):
            s.type(text)
            self.assertEqual((s.cursor(), s.state().shown), ((row, col + columns), True), text)
        for columns in (6, 5, 3, 1, 0):
            s.keys("Left")
            self.assertEqual(s.cursor(), (row, col + columns))
        s.keys("End", "Backspace")
        self.assertEqual(s.cursor(), (row, col + 6), "one character goes, not one byte")
        s.keys("Backspace")
        self.assertEqual(s.cursor(), (row, col + 5), "with its mark")


if __name__ == "__main__":
    main()
