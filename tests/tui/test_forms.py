"""Forms of a project: park, people, figures, materials, settings: what is typed is checked at once and goes in as one entry."""
import json
import pathlib
import shutil
import sys

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent), str(pathlib.Path(__file__).resolve().parent.parent / "cli")]
import harness  # noqa: E402
import park  # noqa: E402
from harness import Case, main  # noqa: E402
from screen import full_width  # noqa: E402

FILE = "园区.lingtan"


class Forms(Case):
    def setUp(self):
        super().setUp()
        self.bench = park.Bench(harness.PROGRAM, self.dir)
        self.bench.new(FILE)

    def open(self, page, *args, **more):
        s = self.bench.start(FILE, "--as", park.EVALUATOR, *args, **more)
        self.addCleanup(s.close)
        s.wait("F1")
        s.settle()
        s.keys("F6")
        if isinstance(page, str):
            s.to_row(page)
            s.keys("Enter")
        else:
            s.keys(full_width(str(page)))
        return s

    def entries(self):
        return len(self.log())

    def log(self):
        return json.loads(self.bench.run("log", FILE, "--json").stdout)["entries"]

    def shown(self, *words):
        return self.bench.run("show", FILE, *words).stdout

    def test_park_goes_in_as_one_entry(self):
        before = self.entries()
        s = self.open(7)
        self.assertTrue(s.has("园区名称 *  示例园区·云澜湾"), s.shown())
        s.to_field("园区类型")
        s.type("生产制造")
        s.to_field("地址")
        s.type("示例大道 1 号")
        s.to_field("四至范围")
        s.type("东至示例东路")
        s.keys("Enter")
        s.type("西至河")
        s.to_field("管理范围总面积")
        s.type("３。2")
        self.assertTrue(s.has("改动 4 栏") and s.has("未存"), s.shown())
        s.keys("Esc")
        s.wait("总览")
        self.assertEqual(self.entries(), before + 1)
        text = self.shown("park")
        for value in ("示例大道 1 号", "西至河", "3.2", "生产制造"):
            self.assertIn(value, text)

    def test_what_can_be_kept_nowhere_goes_only_when_asked_twice(self):
        s = self.open(7)
        # no folder for drafts can be made there
        drafts = self.bench.write("home/state/lingtan/drafts", "")
        s.to_field("管理范围总面积")
        s.type("3公里")
        s.keys("Esc")
        s.wait("没有存入，草稿也存不下；再按 Esc 就丢掉所填")
        self.assertTrue(s.has("3公里"))
        drafts.unlink()
        s.type("多")
        s.keys("Esc")
        s.wait("所填留着")
        self.assertTrue(self.bench.drafts("3公里多"))
        shutil.rmtree(drafts)
        drafts.write_text("")
        s.keys("F6", "7")
        s.to_field("管理范围总面积")
        s.type("4公里")
        s.keys("Esc")
        s.wait("再按 Esc 就丢掉所填")
        s.keys("Esc")
        s.wait("没有存入项目，所填没有留下")
        self.assertNotIn("4公里", s.text())

    def test_what_is_wrong_stands_under_its_field_and_is_kept(self):
        before = self.entries()
        s = self.open(7)
        s.to_field("管理范围总面积")
        s.type("3公里")
        self.assertTrue(s.has("不是数") and s.has("有误 1"), s.shown())
        self.assertFalse(s.has("管理范围总面积："), s.shown())
        s.keys("F5")
        self.assertTrue(s.has("✗ 管理范围总面积：“3公里”不是数"), s.shown())
        s.keys("Esc")
        s.wait("所填留着")
        self.assertEqual(self.entries(), before)
        s.keys("F6", "7")
        s.wait("接着上次没填完的")
        s.to_field("管理范围总面积")
        self.assertTrue(s.has("3公里"))
        s.keys("C-u")
        s.type("3")
        s.keys("Esc")
        s.wait("总览")
        self.assertEqual(self.entries(), before + 1)
        s.keys("F6", "7")
        self.assertFalse(s.has("接着上次"), s.shown())

    def test_killed_while_typing(self):
        s = self.open(7)
        s.to_field("地址")
        s.type("打到一半")
        s.wait(lambda s: self.bench.drafts("打到一半"))
        s.signal("SIGKILL")
        s.end()
        s = self.open(7)
        self.assertTrue(s.has("打到一半"), s.shown())

    def test_people_are_added_changed_and_taken_out(self):
        s = self.open(8)
        self.assertTrue(s.has("示例·王工") and s.has("组长") and s.has("1 件"), s.shown())
        s.keys("F5")
        s.type("示例·钱工")
        s.to_field("角色")
        s.keys(full_width("2"), "Right", " ")
        self.assertTrue(s.has("[2 评价]") and s.has("[3 组长]"), s.shown())
        s.keys("Esc")
        self.assertTrue(s.has("2 件") and s.has("评价 组长"), s.shown())
        self.assertIn("示例·钱工", self.shown("person"))
        s.keys("2")
        s.to_field("电话")
        s.type("13800000000")
        s.keys("Up", "Up", "Up")
        s.type("名字不能改")
        s.keys("Esc")
        self.assertIn("13800000000", self.shown("person", "示例·钱工"))
        s.to_row("示例·钱工")
        s.keys("Delete")
        s.wait("已移除")
        self.assertFalse(s.has("示例·钱工"), s.shown())
        s.keys("F8")
        self.assertTrue(s.has("示例·钱工"), s.shown())

    def test_figures_of_the_own_rung(self):
        self.bench.run("quantity", FILE, "land.value_added", "30", "--year", "2025", "--as", park.OWNER, code=None)
        s = self.open(9)
        unset = s.text().count("未填")
        s.keys("F5", "Enter")
        self.assertTrue(s.has("[2 评价]") and s.has("2025"), s.shown())
        s.type("12.50")
        s.to_field("出处")
        s.type("台账 第 1 页")
        s.keys("Esc")
        self.assertEqual(s.text().count("未填"), unset - 1, s.shown())
        self.assertRegex(s.text(), r"12\.5 .* 评价 +台账 第 1 页")
        s.keys("Enter")
        s.to_field("不适用的理由")
        s.type("没有")
        self.assertTrue(s.has("只能填其中一项") or s.has("✗ 有误 1"), s.shown())

    def test_materials_and_what_is_offered(self):
        s = self.open("资料")
        self.assertTrue(s.has("还没有向园区要过资料"), s.shown())
        s.keys("F5", "F4")
        self.assertTrue(s.has("基本情况"), s.shown())
        s.keys("1")
        self.assertTrue(s.has("类别    基本情况"), s.shown())
        s.keys("Esc")
        self.assertTrue(s.has("没有存入项目"), s.shown())
        s.keys("F5")
        self.assertTrue(s.has("类别    基本情况"), s.shown())
        s.to_field("资料名称")
        s.type("用电结算单")
        s.keys("Esc")
        self.assertRegex(s.text(), "› ◦ 没有责任人 +用电结算单 .*已索取")
        # a key says whether it came
        s.keys("3")
        self.assertRegex(s.text(), "› ! 没有责任人 +用电结算单 .*不齐")
        s.keys("F8")
        self.assertRegex(s.text(), "用电结算单 .*已索取")

    def test_settings(self):
        s = self.open("设置")
        s.keys("2")
        self.assertTrue(s.has("[2 关]"), s.shown())
        s.keys("Esc")
        self.assertIn("关", self.shown("settings"))

    def test_settings_of_this_machine_hold_at_once(self):
        s = self.open("设置")
        before = self.entries()
        s.to_field("总分")
        s.keys("2")
        s.to_field("姓名")
        s.type("示例·孙工")
        s.to_field("语言")
        s.keys("2")
        self.assertTrue(s.has("Language") and s.has("[2 shown]"), s.shown())
        s.keys("Esc")
        s.wait("Overview")
        self.assertRegex(s.text(), r"0\.0~")
        self.assertEqual(self.entries(), before)
        s = self.bench.start(FILE)
        self.addCleanup(s.close)
        s.wait("示例·孙工")
        self.assertTrue(s.has("Overview"), s.shown())

    def test_readonly(self):
        before = self.entries()
        s = self.open(7, "--readonly")
        s.type("不能写")
        s.keys("Tab", "Tab")
        s.type("不能写")
        self.assertFalse(s.has("不能写"), s.shown())
        s.keys("Esc")
        s.wait("总览")
        self.assertEqual(self.entries(), before)

    def test_sizes(self):
        for cols, rows in ((60, 18), (80, 24), (132, 43)):
            for lang in ("zh", "en"):
                s = self.open(7, "--lang", lang, cols=cols, rows=rows)
                for _ in range(24):
                    s.press("Tab")
                s.settle()
                self.assertTrue(s.has("contact" if lang == "en" else "联系人"), s.shown())
                self.assertEqual(s.state().notes, [])
                s.close()

    def test_a_digit_among_words_chooses_nothing(self):
        """Whoever thinks to be in a field of text and types words on a choice is told so, and nothing is chosen."""
        told = "打的字没有用上"
        s = self.open("资料", cols=60, rows=18)
        s.keys("F5")
        s.to_field("收到情况")
        for words in ("见2号厂房", "2号厂房 3 台", "A3栋", "bu2q", "３号楼，２层", "25号厂房", "2025年", "3 号", "2-3号楼"):
            s.send(words)
            s.wait(told, again=True)
            self.assertTrue(s.has("[1 已索取]") and s.has("已存"), "%s\n%s" % (words, s.shown()))
            s.keys("Backspace")
            self.assertTrue(s.has("[1 已索取]") and not s.has(told), s.shown())
        s.keys("2")
        self.assertTrue(s.has("[2 已收到]"), s.shown())
        s.keys("号")
        self.assertTrue(s.has("[1 已索取]"), s.shown())
        s.keys("Tab", "S-Tab", "3")
        self.assertTrue(s.has("[3 不齐]"), s.shown())
        s.keys("2", "Left", "Right", "厂")
        self.assertTrue(s.has("[2 已收到]") and s.has(told), s.shown())

    def test_a_letter_behind_another_key_leaves_the_choice(self):
        """Words begin with a digit only where nothing came between: what was chosen and saved, or looked at, stays."""
        s = self.open("资料", cols=60, rows=18)
        s.keys("F5")
        s.to_field("收到情况")
        for keys in (("F5",), ("F1", "Esc"), ("F2",), ("C-l",)):
            for digit, chosen in (("2", "[2 已收到]"), ("3", "[3 不齐]")):
                s.keys(digit, *keys, "厂")
                self.assertTrue(s.has(chosen) and s.has("打的字没有用上"), "%s\n%s" % (keys, s.shown()))
                s.keys("Backspace")
        s.keys("2", "5", "号")
        self.assertTrue(s.has("[3 不齐]"), s.shown())

    def test_a_digit_among_words_chooses_nothing_in_a_list(self):
        s = self.open("资料")
        s.keys("F5", "F4")
        before = s.text()
        s.type("见2号厂房")
        s.wait("打的字没有用上")
        s.keys("Backspace")
        self.assertEqual(s.text(), before)
        s.keys("2")
        self.assertNotEqual(s.text(), before)
        self.assertFalse(s.has("号厂房"), s.shown())

    def test_enter_on_an_empty_list_says_which_key_begins(self):
        for page, told in (("会签", "! 还没有人签署；F5 签署"), ("发现", "! 还没有发现；F5 新增"), ("资料", "! 还没有向园区要过资料；F5 新增")):
            s = self.open("设置", cols=60, rows=18)
            s.keys("Esc", "F9")
            s.type(page)
            s.keys("Enter")
            s.wait(lambda q, page=page: q.lines()[0].startswith(" " + page))
            self.assertFalse(s.has(told), s.shown())
            self.assertNotIn("打开", s.lines()[-1])
            for key in ("Enter", "1" if page == "资料" else "Delete"):
                s.keys("Up", key)
                self.assertTrue(s.has(told), s.shown())
            s.close()


if __name__ == "__main__":
    main()
