#!/usr/bin/env python3
"""An evaluator at work: evidence is attached and taken off, items are found, things done by name, two rungs are compared, the journal is
read, plain lines are answered. What the screen says is held against what the file says.

usage: test_at_work.py path/to/lingtan
"""
import json
import os
import re
import resource
import subprocess

from case import EVALUATOR, ScreenCase, main
from park import LEADER, OWNER


class AtWork(ScreenCase):
    def at_item(self, number, *args, **more):
        s = self.open(*args, **more)
        s.keys("F6", "1")
        s.settle()
        s.keys(*number)
        s.settle()
        return s

    def ties(self, item):
        """(name of the file, place) of each tie of an item."""
        listed = self.document("evidence", self.path)
        names = {e["sha256"]: e["name"] for e in listed["evidence"]}
        return [(names[t["sha256"]], t["locator"]) for t in listed["ties"] if t["item"] == item]

    # ---- evidence ----

    def test_enter_without_a_file_says_what_lacks(self):
        """The place is written, and the cursor of the list stands on a folder: Enter does not stay without a word."""
        self.sample()
        (self.bench.dir / "现场").mkdir()
        before = self.log()
        for lang, told in (("zh", "还没有选文件"), ("en", "no file is chosen")):
            s = self.open("--lang", lang, cols=60, rows=18)
            s.keys("1")
            s.type("7.2.3")
            s.keys("F2", "Tab", "Tab")
            s.type("第3页 表2")
            s.keys("Enter")
            s.wait(told)
            self.assertTrue(s.has("第3页 表2"), s.shown())
            s.keys("Esc")
            s.close()
        self.assertEqual(self.log(), before)

    def test_a_file_is_attached_with_its_place_and_taken_off(self):
        self.sample()
        folder = self.bench.dir / "现场"
        folder.mkdir()
        (folder / "结算单 6 月.txt").write_text("六月结算单\n", "utf-8")
        (folder / "结算单 7 月.txt").write_text("七月结算单\n", "utf-8")
        s = self.at_item("7.2.3")
        s.keys("F2")
        s.settle()
        s.keys("F6")
        s.settle()
        s.keys("C-u")
        s.type("现场")
        s.keys("Enter")
        s.wait("结算单 6 月.txt")
        s.type("  ")
        s.wait("已选 2 件")
        s.type("0")
        s.wait("按名称")
        self.assertTrue(s.has("已选 2 件"), "in another order, too\n" + s.shown())
        s.keys("Enter")
        s.wait("先写定位")
        s.type("第 3 页 表 2")
        s.keys("Esc", "F2")
        s.wait("第 3 页 表 2")  # who looks elsewhere first need not type it again
        s.type("  ")
        s.wait("已选 2 件")
        s.keys("Enter")
        s.wait("已挂 2 份，本条共 2 份")
        s.keys("Esc", "F2")
        self.assertFalse(s.has("第 3 页"), "tied, it is no draft any more\n" + s.shown())
        self.assertEqual(sorted(self.ties("7.2.3")), [("结算单 %d 月.txt" % n, "第 3 页 表 2") for n in (6, 7)])
        s.keys("Esc", "Tab", "Tab", "Delete")
        s.wait("已取下")
        self.assertEqual(len(self.ties("7.2.3")), 1)
        s.keys("F8")
        s.wait("已撤销：7.2.3 取下佐证")
        self.assertEqual(len(self.ties("7.2.3")), 2)
        s.keys("F8")
        s.wait("已撤销：7.2.3 挂佐证")
        self.assertEqual(self.ties("7.2.3"), [], "both went in by one command")
        self.assert_holds()

    def test_names_are_in_the_order_of_their_numbers_and_an_empty_file_is_told(self):
        self.sample()
        folder = self.bench.dir / "现场 照片"
        folder.mkdir()
        (folder / "子").mkdir()
        for n in (1, 13, 3, 38, 4):
            (folder / ("光伏 第%d张（早）.txt" % n)).write_text("%d" % n)
            os.utime(folder / ("光伏 第%d张（早）.txt" % n), (1774825200, 1774825200))
        (folder / "收据.pdf").write_bytes(b"")
        os.utime(folder / "收据.pdf", (1774825100, 1774825100))
        s = self.at_item("7.2.3")
        s.keys("F2", "F6", "C-u")
        s.type("现场 照片")
        s.keys("Enter")
        s.wait("第38张")
        self.assertEqual(re.findall(r"光伏 第(\d+)张", s.text()), ["1", "3", "4", "13", "38"])
        s.until(lambda s: s.has("│ › 子/"), "Down")
        s.keys("Enter")
        s.wait("这里没有文件；左键上一层")
        s.keys("Left")
        s.wait("第38张")
        s.until(lambda s: s.has("│ › 收据.pdf"), "Down")
        s.keys("Enter")
        s.wait("先写定位")
        s.type("第１页")
        s.keys("Enter")
        s.wait("已挂 1 份，本条共 1 份；有空文件（0 字节），请核对")

    def test_files_that_cannot_be_listed_are_told(self):
        self.sample()
        folder = self.bench.dir / "现场"
        folder.mkdir()
        for name in (b"a\nb.jpg", b"\x1b[31mred.txt", "现场照片.jpg".encode("gbk"), b".hidden", *(b"%d.jpg" % i for i in range(9))):
            with open(os.fsencode(folder) + b"/" + name, "wb") as out:
                out.write(b"x")
        for lang, told in (("zh", "其余 5 件  3 件名字有乱码或控制符，改名才能挂"), ("en", "5 more  3 have unreadable names: rename them")):
            s = self.at_item("7.2.3", "--lang", lang, cols=60, rows=18)
            s.keys("F2", "F6", "C-u")
            s.type("现场")
            s.keys("Enter")
            self.assertTrue(s.has(told), s.shown())
            s.close()

    def test_a_long_note_of_a_tie_is_kept_whole_on_the_way_out(self):
        self.sample()
        s = self.at_item("7.2.3")
        s.keys("F2", "Tab", "Tab")
        place, note = "第 3 页，" + "表" * 700, "计量表读数，" + "抄" * 700 + "完"
        s.paste(place)
        s.keys("Tab")
        s.paste(note)
        s.keys("Esc")
        self.assertEqual([p.read_text("utf-8") == place + "\n" + note for p in self.bench.drafts("抄抄")], [True])
        s.keys("F2", "Tab", "Tab")
        self.assertTrue(s.has("表表表") and s.has("抄完"), s.shown())

    def test_what_an_editor_wrote_is_taken_or_told_where_it_is(self):
        self.sample()
        elsewhere = "在别处写的".encode("gbk")
        editor = self.bench.write("编辑", b"#!/bin/sh\nprintf %s '" + elsewhere + b"' >>\"$1\"\n")
        editor.chmod(0o755)
        temporary = self.bench.dir / "临时"
        temporary.mkdir()
        s = self.at_item("7.2.3", env={"VISUAL": editor, "TMPDIR": temporary})
        s.keys("F4")
        s.type("在这里写的")
        s.keys("F4")
        s.wait("编辑器存的不是 UTF-8 文字，原文未动；编辑器里写的在")
        self.assertEqual([p.read_bytes() for p in temporary.iterdir()], ["在这里写的".encode("utf-8") + elsewhere])
        # one that ended badly and left all as it was leaves nothing behind
        for end, told in (("exit 1", "没有正常结束"), ("printf '，又写一句' >>\"$1\"", "在这里写的，又写一句")):
            editor.write_text("#!/bin/sh\n" + end + "\n")
            s.keys("F4")
            s.wait(told)
            self.assertEqual(len(list(temporary.iterdir())), 1)

    def test_a_typed_number_is_kept_on_the_way_out(self):
        self.sample()
        s = self.at_item("7.2.3")
        s.keys("Enter")
        s.type("8")
        s.keys("Esc")
        s.wait(re.compile(r"评价 +8 "))
        self.assertTrue(s.has("8  / 13") and s.has("已存"), s.shown())
        s.keys("Enter")
        s.type("99")
        s.keys("Esc")
        s.wait("99 没有记下：应在 0 到 13 之间")
        s.keys("Esc")
        self.assertTrue(s.has("8  / 13"), s.shown())
        self.assertEqual(self.document("log", self.path)["entries"][-1]["command"], "set 7.2.3 points:8")

    # ---- what goes wrong meanwhile ----

    def test_what_cannot_be_written_is_told_and_written_later(self):
        self.sample()
        s = self.open()
        self.go_to(s, "4.2.6")
        # the file cannot grow, as on a full disk
        free = resource.prlimit(s.pid, resource.RLIMIT_FSIZE)
        s.keys("F4")
        s.paste("长" * 3000)
        resource.prlimit(s.pid, resource.RLIMIT_FSIZE, (self.path.stat().st_size, free[1]))
        s.keys("Esc")
        self.assertTrue(s.has("读写出错") and s.has("长长长"), s.shown())
        resource.prlimit(s.pid, resource.RLIMIT_FSIZE, free)
        s.keys("Esc")
        self.assertEqual(self.log()[-1]["command"], "set 4.2.6 --remark")
        # the file is not where it was
        away = self.path.rename(self.path.with_suffix(".away"))
        s.keys("Enter")
        s.type("8")
        s.keys("Enter")
        self.assertTrue(s.has("文件已被移走") and s.has("8  / 10"), s.shown())
        self.assertFalse(self.path.exists())
        away.rename(self.path)
        s.keys("Enter")
        self.assertRegex(s.text(), r"评价 +8 ")
        self.assertEqual(self.log()[-1]["command"], "set 4.2.6 points:8")
        self.assert_holds()

    def test_one_line_that_cannot_be_written_is_there_to_be_taken_again(self):
        self.submitted()
        s = self.at_item("4.2.1", who=OWNER)
        s.keys("Enter")
        s.type("7")
        s.keys("Enter")
        s.type("台账抄错一行")
        away = self.path.rename(self.path.with_suffix(".away"))
        s.keys("Enter")
        self.assertTrue(s.has("文件已被移走") and s.has("台账抄错一行"), s.shown())
        away.rename(self.path)
        s.keys("Enter")
        self.assertEqual((self.log()[-1]["reason"], self.log()[-1]["command"]), ("台账抄错一行", "set 4.2.1 points:7"))
        s.close()
        # a note stays a draft until it is written
        s = self.open()
        s.keys("F9")
        s.type("记一笔")
        s.keys("Enter")
        s.type("变压器铭牌 630 千伏安")
        self.path.rename(away)
        s.keys("Enter", "Esc")
        away.rename(self.path)
        s.keys("F9")
        s.type("记一笔")
        s.keys("Enter")
        self.assertTrue(s.has("变压器铭牌 630 千伏安"), s.shown())
        s.keys("Enter")
        s.wait("记下了")
        self.assertEqual(([n["text"] for n in self.document("notes", self.path)], self.bench.drafts("变压器")), (["变压器铭牌 630 千伏安"], []))

    def test_what_another_program_writes_is_taken_in(self):
        self.sample()
        s = self.open()
        self.go_to(s, "4.2.6")
        self.bench.run("set", self.path.name, "8.1.1", "met", "--as", EVALUATOR)
        self.bench.run("set", self.path.name, "4.2.6", "points:3", "--as", EVALUATOR)
        s.keys("Enter")
        s.type("7")
        s.keys("Enter")
        s.wait("3 改为 7")
        self.assertNotIn("✗ 否决 1", s.text())
        self.assertEqual([e["command"] for e in self.log()[-3:]], ["set 8.1.1 met", "set 4.2.6 points:3", "set 4.2.6 points:7"])

    # ---- finding, doing by name ----

    def test_items_are_found_by_number_title_and_initials(self):
        self.sample()
        for typed, number in (("7.2.5", "7.2.5"), ("水务数字", "8.1.1"), ("swszhgl", "8.1.1")):
            s = self.open()
            s.keys("F7")
            s.type(typed)
            s.settle()
            self.assertTrue(s.has(number), typed + s.shown())
            s.keys("Enter")
            s.settle()
            self.assertTrue(s.has("依据") and s.has(number + "  "), typed + s.shown())
            s.close()
            self.bench.forget_place()

    def test_commands_have_names_in_both_languages_and_initials(self):
        self.sample()
        s = self.open()
        for typed in ("校验", "verify"):
            s.keys("F9")
            s.type(typed)
            s.keys("Enter")
            s.wait("✓ 完好")
        s.keys("F9")
        s.type("rz")
        s.keys("Enter")
        s.wait("处改动")
        s.keys("F9")
        s.type("没有这样的事")
        s.wait("没有这个命令")
        s.keys("Enter")
        s.wait("没有找到")

    def test_commands_of_the_program_itself(self):
        """What has a key and a name does the same by its name; a copy is whole and replaces nothing."""
        self.sample()
        s = self.open()

        def run(name):
            s.keys("F9")
            s.type(name)
            s.keys("Enter")

        self.assertTrue(s.has("F12 显示分数"), s.shown())
        run("显隐分数")
        self.assertFalse(s.has("F12 显示分数"), s.shown())
        run("中英文")
        self.assertTrue(s.lines()[0].startswith(" Overview"), s.shown())
        run("language")
        run("另存")
        s.type("副本.lingtan")
        s.keys("Enter")
        self.assertTrue(s.has("已另存到 副本.lingtan"), s.shown())
        copy = self.bench.dir / "副本.lingtan"
        self.assertIs(self.document("verify", copy)["holds"], True)
        before = copy.read_bytes()
        run("另存")
        s.type("副本.lingtan")
        s.keys("Enter")
        self.assertTrue(s.has("副本.lingtan：已有这个文件，不会覆盖"), s.shown())
        self.assertEqual(copy.read_bytes(), before)
        run("追溯")
        self.assertTrue(s.lines()[0].startswith(" 追溯"), s.shown())
        run("退出")
        self.assertEqual(s.end(), 0)

    def test_the_journal_says_who_why_and_what(self):
        self.sample()
        s = self.at_item("8.1.1")
        s.keys("Enter", "1")
        s.settle()
        s.keys("F9")
        s.type("日志")
        s.keys("Enter")
        s.settle()
        first = s.lines()[2]
        self.assertIn("8.1.1 作答", first)
        self.assertIn("示例·李工", first)
        self.assertTrue(s.has("不符合 改为 符合"), s.shown())
        # words that one row would cut have rows of their own
        s.keys("Esc", "F6", "1", "F4")
        s.type("；" + "复验时系统能登录，" * 8)
        s.keys("Esc", "F9")
        s.type("日志")
        s.keys("Enter")
        self.assertTrue(s.has("改前         演示时系统无法登录") and s.has("改后         演示时系统无法登录；复验时"), s.shown())

    def test_the_journal_names_what_commands_did(self):
        self.sample()
        run = lambda *words, who=EVALUATOR: self.bench.run(words[0], self.path.name, *words[1:], "--as", who)
        run("remark", "8.1.1", "请补演示记录")
        self.bench.run("finding", "add", self.path.name, "major", "一辆国五货车", "--item", "6.1.1", "--as", EVALUATOR)
        run("engagement", "applicant=管委会", "criteria=t-csus-66-2023", who=LEADER)
        run("meter", "M01", "name=总表")
        run("places", "T01", "kind=企业", "name=甲厂")
        run("requests", "ask", "all")
        s = self.open(rows=40)
        s.keys("F9")
        s.type("日志")
        s.keys("Enter")
        s.wait("8.1.1 写意见")
        told = re.findall(r"今天 \d\d:\d\d +示例·\S+ +(.*?)(?:   .*)?$", s.text(), re.M)
        self.assertEqual(told[:6], ["资料", "T01 地点", "M01 计量器具", "2025 委托", "一辆国五货车 发现", "8.1.1 写意见"])

    def test_the_journal_tells_several_values_at_once_in_words(self):
        self.sample()
        run = lambda *words: self.bench.run(words[0], self.path.name, *words[1:], "--as", LEADER)
        run("team", "示例·新人", "role=member", "sections=4")
        run("team", "示例·新人", "role=leader", "sections=4,7")
        run("sample", "在园企业", "kind=tenant", "size=46")
        s = self.open(cols=132, rows=40)
        s.keys("F9")
        s.type("日志")
        s.keys("Enter")
        s.settle()
        self.assertRegex(s.text(), r"地点种类 .*- 改为 企业  总数 46")
        s.keys("Down")
        s.settle()
        self.assertRegex(s.text(), r"职责 .*组员  可评板块 4 改为 组长  可评板块 4,7")

    # ---- a submitted round ----

    def test_a_submitted_round_asks_why(self):
        self.sample()
        self.bench.run("submit", self.path.name, "--as", OWNER, "--reason", "佐证随后补")
        s = self.at_item("4.2.1", who=OWNER)
        s.keys("Enter")
        s.type("7")
        s.keys("Enter")
        s.wait("更正已提交的一轮")
        s.keys("Enter")
        s.wait("要写几个字")
        s.type("台账抄错一行")
        s.keys("Enter")
        s.settle()
        last = self.log()[-1]
        self.assertEqual((last["reason"], last["command"]), ("台账抄错一行", "set 4.2.1 points:7"))

    def submitted(self):
        self.sample()
        self.bench.run("submit", self.path.name, "--as", OWNER, "--reason", "佐证随后补")

    def test_a_number_that_waits_for_its_reason_is_not_lost(self):
        self.submitted()
        s = self.at_item("4.2.1", who=OWNER)
        s.keys("Enter")
        s.type("6.5")
        s.keys("Enter")
        s.wait("更正已提交的一轮")
        s.keys("Esc")
        s.settle()
        self.assertTrue(s.has("6.5  / 10"), s.shown())
        # half a sentence of a reason, and the machine goes away; the number is there again
        drafts = self.bench.home / "state" / "lingtan" / "drafts"
        s.keys("Enter")
        s.wait("更正已提交的一轮")
        # the draft comes while keys are pressed, too
        s.until(lambda s: any("number." in p.name for p in drafts.rglob("*")), "Left", most=5000)
        s.signal("SIGKILL")
        s.end()
        s = self.open(who=OWNER, resume=True)
        s.wait("草稿 6.5 没有记下")
        s.keys("Enter")
        self.assertTrue(s.has("6.5  / 10"), s.shown())
        s.keys("Enter")
        s.wait("更正已提交的一轮")
        s.type("漏计一块")
        s.keys("Enter")
        s.settle()
        last = self.log()[-1]
        self.assertEqual((last["reason"], last["command"]), ("漏计一块", "set 4.2.1 points:6.5"))
        self.assertFalse(any("number." in p.name for p in drafts.rglob("*")))

    # ---- words in one line ----

    def killed(self, s, words, **more):
        """Without a warning, once the words are kept; then the next start."""
        s.wait(lambda s: self.bench.drafts(words))
        s.signal("SIGKILL")
        s.end()
        return self.open(**more)

    def test_a_reason_survives_esc_and_the_end_of_the_machine(self):
        self.submitted()
        s = self.at_item("4.2.1", who=OWNER)
        s.keys("Enter")
        s.type("7")
        s.keys("Enter")
        s.wait("更正已提交的一轮")
        s.type("台账抄错一行")
        s.keys("Esc", "Enter")
        self.assertTrue(s.has("台账抄错一行") and s.has("接着上次没写完的"), s.shown())
        s.type("，已改")
        s = self.killed(s, "台账抄错一行，已改", who=OWNER, resume=True)
        s.keys("Enter", "Enter")  # takes up the number, and saves it
        self.assertTrue(s.has("台账抄错一行，已改"), s.shown())
        s.keys("Enter")
        self.assertEqual((self.log()[-1]["command"], self.log()[-1]["reason"]), ("set 4.2.1 points:7", "台账抄错一行，已改"))
        self.assertEqual(self.bench.drafts("台账"), [])

    def test_what_is_said_of_one_item_is_not_said_of_another(self):
        self.submitted()
        s = self.open()
        s.keys("F6", "4", "3")
        s.wait("写明要补什么、改什么")
        s.type("请附原件")
        s.keys("Esc", "Down", "3")
        s.wait("写明要补什么、改什么")
        self.assertFalse(s.has("请附原件") or s.has("接着上次"), s.shown())
        s.keys("Esc", "Up", "3")
        self.assertTrue(s.has("请附原件"), s.shown())
        s.keys("Enter")
        self.assertEqual((self.log()[-1]["kind"], self.bench.drafts("请附原件")), ("return", []))

    def test_what_is_sent_to_the_site_waits_for_its_stop(self):
        """The words lead to one more question, which may be left; they are used once all is said."""
        self.sample()
        self.bench.run("stop", self.path.name, "S01", "title=能源站", "day=2026-03-25", "items=7.2.3", "--as", LEADER)
        s = self.open()

        def ask():
            s.keys("F6")
            s.to_row("覆盖")
            s.keys("Enter", "Tab")
            s.to_row("7.2.3")
            s.keys("F5")

        ask()
        s.type("看余热锅炉的铭牌")
        s.keys("Enter")
        s.wait("在哪一站看")
        s.keys("Esc", "F5")
        self.assertTrue(s.has("看余热锅炉的铭牌"), s.shown())
        s.type("和台账")
        s = self.killed(s, "看余热锅炉的铭牌和台账")
        ask()
        self.assertTrue(s.has("看余热锅炉的铭牌和台账"), s.shown())
        s.keys("Enter", "1")
        self.assertIn("看余热锅炉的铭牌和台账", json.dumps(self.document("inspections", self.path), ensure_ascii=False))
        self.assertEqual(self.bench.drafts("余热锅炉"), [])

    def test_another_place_of_a_tie_survives(self):
        self.sample()
        s = self.at_item("7.2.4")

        def ask():
            self.go_to(s, "7.2.4")
            s.keys("Tab", "Tab", "Enter", "1")

        s.keys("Tab", "Tab", "Enter", "1")
        before = self.ties("7.2.4")
        s.keys("C-u")
        s.type("第 12 页 表 3")
        s.keys("Tab")
        s.type("抄自正本")
        s.keys("Esc", "Enter", "1")
        self.assertTrue(s.has("第 12 页 表 3") and s.has("抄自正本") and s.has("接着上次没写完的"), s.shown())
        s.type("，第 2 行")
        s = self.killed(s, "第 12 页 表 3，第 2 行")
        self.assertEqual(self.ties("7.2.4"), before)
        ask()
        self.assertTrue(s.has("第 12 页 表 3，第 2 行") and s.has("抄自正本"), s.shown())
        s.keys("Enter")
        self.assertEqual([place for _, place in self.ties("7.2.4")][0], "第 12 页 表 3，第 2 行")
        self.assertEqual(self.bench.drafts("第 12 页"), [])
        # as it stands now, and nothing is said of a last time
        s.keys("Enter", "1")
        self.assertTrue(s.has("第 12 页 表 3，第 2 行") and not s.has("接着上次"), s.shown())

    def test_words_without_a_reason_stay_a_draft(self):
        self.submitted()
        s = self.at_item("4.2.1", who=OWNER)
        s.keys("F4")
        s.wait("收起并下一项")
        s.type("补充一句")
        s.keys("Esc")
        s.wait("更正已提交的一轮")
        # back to the words, and out of them
        s.keys("Esc")
        s.wait("收起并下一项")
        s.keys("Esc")
        s.wait("留作草稿")
        self.assertNotIn("收起并下一项", s.text())
        s.keys("F4")
        s.wait("这是上次没写完的")
        self.assertIn("补充一句", s.text())

    def test_what_was_not_sent_back_asks_why_and_what_was_does_not(self):
        self.submitted()
        self.bench.run("return", self.path.name, "4.2.1", "请重算", "--as", EVALUATOR)
        s = self.at_item("4.2.1", who=OWNER)
        s.keys("Enter")
        s.type("5")
        s.keys("Enter")
        s.settle()
        self.assertEqual(self.log()[-1]["command"], "set 4.2.1 points:5")
        s.keys("Esc")
        s.keys(*"4.2.2")
        s.keys("Enter")
        s.type("5")
        s.keys("Enter")
        s.wait("更正已提交的一轮")

    def test_plain_lines_ask_why_as_well(self):
        self.submitted()
        lines = "4.2.1\n7\n\n7\n抄错一行\nq\n"
        done = subprocess.run([self.bench.lingtan, "--plain", self.path.name, "--as", OWNER], input=lines.encode("utf-8"), capture_output=True,
                              cwd=self.bench.dir, env=self.bench.environment(), timeout=60)
        self.assertEqual(done.returncode, 0, done.stdout.decode("utf-8"))
        last = self.log()[-1]
        self.assertEqual((last["command"], last["reason"]), ("set 4.2.1 points:7", "抄错一行"))
        self.assertEqual([e["command"] for e in self.log()].count("set 4.2.1 points:7"), 1)

    # ---- review ----

    def test_what_two_rungs_differ_in_comes_first_and_is_decided(self):
        self.sample()
        s = self.open()
        s.keys("F6", "4")
        s.settle()
        if s.has("F12"):
            s.keys("F12")
        rows = s.lines()
        self.assertIn("8.1.1", next(r for r in rows if r.lstrip().startswith("›")))
        self.assertTrue(s.has("分歧 1"), s.shown())
        before = self.log()
        s.keys("1")
        # what the own rung has said otherwise is not overwritten
        self.assertTrue(s.has("自己的层级已有不同的结论，不会覆盖；要改按 2") and s.has("分歧 1"), s.shown())
        self.assertEqual(self.log(), before)
        s.keys("3")
        # nobody writes why in vain
        self.assertTrue(s.has("自评层级还没有提交，没有可退的一轮"), s.shown())
        self.bench.run("submit", self.path.name, "--as", OWNER, "--reason", "先交一稿")
        s = self.open()
        s.keys("F6", "4", "3", "Enter")
        s.wait("要写几个字")

    # ---- plain lines ----

    def plain(self, lines, *args):
        return subprocess.run([self.bench.lingtan, "--plain", self.path.name, "--as", EVALUATOR, *args], input=lines.encode("utf-8", "surrogateescape"),
                              capture_output=True, cwd=self.bench.dir, env=self.bench.environment(), timeout=60)

    def test_plain_lines_answer_as_the_screens_do(self):
        self.sample()
        done = self.plain("7.2.3\n９.５\n8.1.1\n1\nr\n现场看过\n第二行\n.\nu\n\nq\n")
        text = done.stdout.decode("utf-8")
        self.assertEqual((done.returncode, done.stderr), (0, b""), text)
        entries = self.log()
        self.assertEqual([e["command"] for e in entries[-4:]], ["set 7.2.3 points:9.5", "set 8.1.1 met", "set 8.1.1 --remark", "undo"])
        self.assertNotIn("\x1b", text)
        self.bench.write("空.pdf", b"")
        self.assertIn("已存；是空文件（0 字节），请核对；定位笼统", self.plain("7.2.3\ne\n空.pdf\n见附件\nq\n").stdout.decode("utf-8"))
        self.assert_holds()

    def test_plain_lines_survive_whatever_comes(self):
        self.sample()
        before = len(self.log())
        for lines in ("", "\x00\x01\n", "\n" * 50, "9" * 10000 + "\n", "n\n\n", "e\n/nowhere\n\n", "\udcff\udcfe\n"):
            done = self.plain(lines)
            self.assertEqual(done.returncode, 0, repr(lines[:20]) + done.stdout.decode("utf-8", "replace"))
        self.assertEqual(len(self.log()), before)

    def test_doctor_says_what_is_lacking(self):
        done = self.bench.run("doctor", "--json")
        checks = {c["id"]: c["state"] for c in json.loads(done.stdout)["checks"]}
        self.assertEqual((checks["rulesets"], checks["state"], checks["render"]), ("good", "good", "good"))
        self.assertEqual(checks["terminal"], "warning")

    # ---- from project to project ----

    def test_a_project_that_was_opened_from_the_start_closes_to_the_start(self):
        self.sample()
        self.leave(self.open())
        s = self.bench.start("--as", EVALUATOR)
        self.addCleanup(self.close, s)
        s.wait("最近项目")
        s.keys("1")
        s.wait("板块")
        s.keys("Esc")
        s.wait("最近项目")
        self.assertNotIn("评价 示例", s.lines()[0], "the project is closed")
        s.keys("Esc")
        self.assertEqual(s.end(), 0)

    def test_a_path_that_is_no_project_is_named_as_such(self):
        self.bench.write("说明.txt", "不是项目")
        done = self.bench.run("./说明.txt", code=3)
        self.assertIn("不是零碳项目文件；请换一个", done.stderr)

    # ---- the first time ----

    def test_five_lines_once(self):
        self.sample()
        (self.bench.home / "state" / "lingtan" / "settings" / "tour").unlink()
        s = self.open()
        s.wait("第一次用，看这五行")
        s.keys("Enter")
        s.settle()
        s.close()
        s = self.open()
        self.assertFalse(s.has("第一次用"), s.shown())

    def test_a_key_of_the_five_lines_does_what_they_say(self):
        self.sample()
        for key, what in (("F5", re.compile("^ 逐项 ", re.M)), ("F7", "查找"), ("F1", "帮助  总览"), ("F12", "总分 ")):
            (self.bench.home / "state" / "lingtan" / "settings" / "tour").unlink()
            s = self.open()
            s.wait("第一次用，看这五行")
            s.keys(key)
            s.wait(what, again=key == "F7")
            self.assertFalse(s.has("第一次用"), s.shown())
            s.close()


class Gone(ScreenCase):
    """An assessment that was added last, and is taken back while somebody works on it."""
    ADDED = "ndrc-910-2025"

    def add(self):
        self.sample()
        self.bench.run("add", self.path.name, "--standard", self.ADDED, "--year", "2025", "--as", EVALUATOR)
        return self.open("--assessment", "%s//2025" % self.ADDED)

    def test_who_takes_it_back_is_led_out_of_it(self):
        s = self.add()
        s.wait("910号")
        s.keys("1")
        s.keys("F8")
        s.wait("已撤销")
        s.wait("这项评价已不在项目里")
        self.assertNotIn("910号", s.lines()[0])
        s.settle()
        self.leave(s)
        self.assert_holds()

    def test_words_that_the_project_cannot_take_any_more_stay_a_draft_and_keep_nobody(self):
        s = self.add()
        s.keys("1", "F4")
        s.type("四至图缺盖章页")
        self.bench.run("undo", self.path.name, "--as", EVALUATOR)
        s.keys("Esc")
        s.wait("没有规则集")
        self.assertIn("四至图缺盖章页", s.text())
        s.keys("Esc")
        s.wait("这些话留作草稿")
        self.leave(s)
        self.bench.run("redo", self.path.name, "--as", EVALUATOR)
        s = self.open("--assessment", "%s//2025" % self.ADDED)
        s.keys("1", "F4")
        s.wait("四至图缺盖章页")


if __name__ == "__main__":
    main()
