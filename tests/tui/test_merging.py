"""Merges and patches on a screen: shown first, decided by digits, written as one step; what is refused keeps its reason."""
import pathlib
import re
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from case import ScreenCase, main, sanitized  # noqa: E402
from park import CSUS, EVALUATOR, LEADER, OWNER, REVIEWER, sample_text  # noqa: E402

OTHER = "示例·陈工:evaluator"


class MergingCase(ScreenCase):
    def pair(self):
        """The sample on two laptops: each answered something of its own, and one item both."""
        mine = self.sample()
        theirs = self.bench.dir / "对方.lingtan"
        shutil.copy(mine, theirs)
        for path, who, points, remark in ((mine, EVALUATOR, "8", "制度已发布，覆盖采集、核算、报送。"), (theirs, OTHER, "6", "制度已发布，缺数据质量职责，扣 2 分。")):
            self.bench.run("set", path.name, "10.2.7", "points:" + points, "--remark", remark, "--as", who)
        self.bench.run("set", theirs.name, "7.2.3", "points:3", "--as", OTHER)
        shutil.rmtree(self.bench.home / "state" / "lingtan" / "heads", ignore_errors=True)
        return mine, theirs

    def command(self, s, words, path):
        s.type(":")
        s.type(words)
        s.keys("Enter")
        s.settle()
        s.keys("C-u")
        s.type(str(path))
        s.keys("Enter")


class Merge(MergingCase):
    def test_evidence_of_the_other_file_is_opened(self):
        _, theirs = self.pair()
        self.bench.write("只在对方.txt", "对方的记录\n")
        self.bench.run("attach", theirs.name, "10.2.7", "只在对方.txt", "--locator", "第3段", "--as", OTHER)
        got = self.bench.dir / "got"
        program = self.bench.write("bin/xdg-open", "#!/bin/sh\ncat \"$1\" > '%s.part'\nmv '%s.part' '%s'\n" % (got, got, got))
        program.chmod(0o755)
        s = self.open(who=LEADER, cols=100, rows=32, env={"PATH": "%s:/usr/bin:/bin" % program.parent, "DISPLAY": ":9"})
        self.command(s, "合并", theirs)
        s.wait("共同起点")
        s.settle()
        s.keys("F2")
        s.wait(re.compile("1 +对方 只在对方.txt +第3段"))
        s.type("1")
        s.wait("打开一份副本")
        s.wait(lambda q: got.exists())
        self.assertEqual(got.read_text("utf-8"), "对方的记录\n")

    def test_two_laptops(self):
        mine, theirs = self.pair()
        s = self.open(who=LEADER, cols=100, rows=32)
        self.command(s, "合并", theirs)
        s.wait("共同起点")
        s.settle()
        self.assertRegex(s.text(), r"我方 示例·李工 \+1 +对方 示例·陈工 \+2")
        self.assertRegex(s.text(), r"冲突 2 +已定 0")
        self.assertRegex(s.text(), r"1 原值.*2 我方.*3 对方")
        s.keys("F2")
        self.assertTrue(s.has("10.2.7 两方都没有佐证"), s.shown())
        # writing is refused as long as something is open; digits decide, and go to the next
        s.keys("Enter")
        s.wait("还有 2 处未定")
        s.type("3")
        s.wait("已定 1")
        s.keys("F8")
        s.wait("已定 0")
        s.type("3")
        s.wait("已定 1")
        s.keys("Esc")
        s.wait("已定的 1 处留着")
        self.command(s, "合并", theirs)
        s.wait("上次定的 1 处还在")
        self.assertRegex(s.text(), r"冲突 2 +已定 1")
        s.type("2")
        s.wait("已定 2")
        s.keys("Enter")
        s.wait("已合并")
        self.assertEqual(self.bench.drafts("theirs") + self.bench.drafts("mine"), [])
        self.assertRegex(s.lines()[0], "覆盖")
        s.keys("F8")
        s.settle()
        s.keys("F8")
        self.leave(s)
        entries = self.document("log", mine)["entries"]
        kinds = [e["kind"] for e in entries]
        self.assertIn("merge", kinds)
        self.assertEqual(kinds[-1], "undo")
        self.assertIs(self.document("verify", mine)["holds"], True)

    def kill(self, s):
        s.signal("SIGKILL")
        self.assertEqual(s.end(), -9)
        s.close()

    def test_what_was_decided_is_there_when_the_program_was_killed(self):
        """A side and a third value; what was taken back is open, and so is what somebody changed meanwhile."""
        mine, theirs = self.pair()
        s = self.open(who=EVALUATOR)
        self.command(s, "合并", theirs)
        s.wait("共同起点")
        s.type("4")
        s.wait("F2 确定")
        s.keys("C-End")
        s.type("另补\\职责。")
        s.keys("F2")
        s.wait(re.compile("✓ 10.2.7 .* 合写"))
        s.type("3")
        s.wait("已定 2")
        s.keys("F8")
        s.wait("已定 1")
        s.type("2")
        s.wait("已定 2")
        self.kill(s)
        s = self.open(who=EVALUATOR)
        self.command(s, "合并", theirs)
        s.wait("上次定的 2 处还在")
        self.assertTrue(s.has(re.compile("› ✓ 10.2.7 .* 合写")), s.shown())
        s.type("4")
        s.wait("另补\\职责。")
        s.keys("Esc", "F8", "F8")
        self.assertRegex(s.text(), "已定 0")
        s.type("3")
        s.wait("已定 1")
        self.kill(s)
        # another value is another question
        self.bench.run("set", mine.name, "10.2.7", "points:5", "--remark", "制度已发布，我方改写。", "--as", EVALUATOR)
        s = self.open(who=EVALUATOR)
        self.command(s, "合并", theirs)
        s.wait("共同起点")
        self.assertRegex(s.text(), "冲突 2 +已定 0")

    def test_what_another_decided_is_not_there(self):
        """A text written anew goes in under the name of who wrote it, and in no other role."""
        _, theirs = self.pair()
        for who in (EVALUATOR, "示例·周工:evaluator", EVALUATOR.replace("evaluator", "leader"), EVALUATOR):
            s = self.open(who=who)
            self.command(s, "合并", theirs)
            s.wait("共同起点")
            s.settle()
            is_again = s.has("上次定的 1 处还在")
            self.assertEqual(is_again, bool(self.bench.drafts("另补职责。")) and who == EVALUATOR, s.shown())
            if not self.bench.drafts("另补职责。"):
                s.type("4")
                s.wait("F2 确定")
                s.keys("C-End")
                s.type("另补职责。")
                s.keys("F2")
                s.wait("已定 1")
            self.kill(s)
        self.assertTrue(is_again)

    def write_text(self, s, words):
        """On the text of 10.2.7, behind what both wrote."""
        s.type("4")
        s.wait("F2 确定")
        s.keys("C-End")
        s.type(words)
        s.keys("F2")
        s.wait("已定 1")

    def test_what_was_written_anew_outlives_the_side_that_is_taken_after_it(self):
        _, theirs = self.pair()
        s = self.open(who=EVALUATOR)
        self.command(s, "合并", theirs)
        s.wait("共同起点")
        self.write_text(s, "另补职责。")
        s.until(lambda q: q.has(re.compile("› ✓ 10.2.7 .* 合写")), "Up")
        s.type("3")
        s.wait(re.compile("✓ 10.2.7 .* 对方 *$"))
        self.kill(s)
        s = self.open(who=EVALUATOR)
        self.command(s, "合并", theirs)
        s.wait("上次定的 1 处还在")
        s.keys("F8")
        self.assertRegex(s.text(), "已定 0")
        s.type("4")
        s.wait("另补职责。")
        s.keys("F2")
        s.wait("已定 1")
        s.keys("F8")
        self.assertEqual(self.bench.drafts("另补职责。"), [])

    def test_what_was_written_anew_is_shown_also_on_the_smallest_screen(self):
        """What somebody added to both texts, when it is taken, when a side is, and no more once it is taken back."""
        _, theirs = self.pair()
        s = self.open(who=EVALUATOR, cols=60, rows=18)
        self.command(s, "合并", theirs)
        s.wait("共同起点")
        self.assertRegex(s.text(), r"我方 示例·李工 \+1 +对方 示例·陈工 \+2")
        self.write_text(s, "另补。")
        self.assertFalse(s.has("另补。"), s.shown())
        s.until(lambda q: q.has(re.compile("› ✓ 10.2.7 .* 合写")), "Up")
        shown = r"(?s)%s +制度已发布，覆盖采集.*扣 2 分。另补。"
        self.assertRegex(s.text(), shown % "所写")
        s.type("3")
        s.until(lambda q: q.has(re.compile("› ✓ 10.2.7 .* 对方 *$")), "Up")
        self.assertRegex(s.text(), shown % "另写未取")
        s.keys("F8", "4", "F2", "F8")
        s.wait("已定 0")
        self.assertFalse(s.has("另补。"), s.shown())

    def test_what_was_written_anew_and_cannot_be_taken_now_stays_and_is_told(self):
        mine, theirs = self.pair()
        s = self.open(who=EVALUATOR)
        self.command(s, "合并", theirs)
        s.wait("共同起点")
        self.write_text(s, "另补职责。")
        self.kill(s)
        self.bench.run("submit", mine.name, "--as", EVALUATOR, "--reason", "佐证随后补")
        s = self.open(who=EVALUATOR)
        self.command(s, "合并", theirs)
        s.wait("上次另写的 1 处现在用不上，所写的留着：")
        self.assertRegex(s.text(), "已定 0")
        self.assertRegex(s.text(), r"› ✓ 10.2.7 .* 已提交")
        words = "制度已发布，缺数据质量职责，扣2分。另补职责。"
        self.assertRegex("".join(s.text().split()), "另写未取.*" + words)
        s.type("4")
        s.wait("只能取一方；上次另写的：")
        self.assertRegex("".join(s.text().split()), "上次另写的：.*" + words)
        s.type("3")
        s.wait("已定 1")
        s.keys("Esc")
        s.wait("已定的 1 处留着")
        self.assertTrue(self.bench.drafts("另补职责。"))

    def test_decisions_of_which_no_draft_can_be_kept_go_only_when_asked_twice(self):
        """What can be kept by then is; what was taken back asks for nothing."""
        _, theirs = self.pair()
        s = self.open(who=EVALUATOR)
        self.command(s, "合并", theirs)
        s.wait("共同起点")
        drafts = self.bench.home / "state" / "lingtan" / "drafts"
        shutil.rmtree(drafts, ignore_errors=True)
        drafts.write_text("", "utf-8")
        s.type("3")
        s.wait("已定 1")
        s.keys("Esc")
        s.wait("已定的 1 处还没有写入，也存不下")
        drafts.unlink()
        s.keys("F8")
        s.wait("已定 0")
        s.type("2")
        s.wait("已定 1")
        s.keys("Esc")
        s.wait("已定的 1 处留着")

    def test_a_draft_that_cannot_be_removed_is_told(self):
        _, theirs = self.pair()
        s = self.open(who=EVALUATOR)
        self.command(s, "合并", theirs)
        s.wait("共同起点")
        s.type("3")
        s.wait("已定 1")
        (draft,) = self.bench.drafts("theirs")
        draft.unlink()
        draft.mkdir()
        s.keys("F8")
        s.wait("收回了，但草稿删不掉")
        self.assertRegex(s.text(), "已定 0")

    def test_the_methods_that_lack_are_called_by_name(self):
        """What was used and what lacks stand in words; where there is no room for both, what lacks."""
        self.sample()
        assessment = "%s/operation/2025" % CSUS
        for item, method in (("4.1.2", "访谈"), ("4.1.3", "访谈"), ("4.1.3", "复算")):
            self.bench.run("fill", self.path.name, "method", "assessment=" + assessment, "item=" + item, "method=" + method, "on=2026-03-25", "--as", EVALUATOR)
        s = self.open(cols=80, rows=24)
        s.keys("F9")
        s.type("覆盖")
        s.keys("Enter")
        s.wait(re.compile("^ 覆盖 "))
        self.assertRegex(s.text(), r"4\.1\.1 .* 缺文件  ")
        self.assertRegex(s.text(), r"4\.1\.2 .* 访谈 缺文件  ")
        self.assertRegex(s.text(), r"4\.1\.3 .* 缺文件 观察  ")

    # ---- what takes long ----

    def held(self):
        """A file; while it is there whatever is watched goes on by a step for each look at the clock, four a second."""
        if sanitized():
            self.skip("nothing can be loaded before the runtime of the sanitizers")
        self.hold = self.bench.dir / "慢"
        return {"LINGTAN_TEST_SLOW": self.hold}

    def begin(self, words, path):
        """The preview of a file is asked for, and takes long."""
        s = self.open(who=LEADER, env=self.held())
        s.type(":")
        s.type(words)
        s.keys("Enter", "C-u")
        s.type(str(path))
        self.hold.touch()
        s.press("Enter")
        return s

    def all_theirs(self):
        """Nothing was answered here and all of it there."""
        mine = self.empty()
        theirs = self.bench.dir / "对方.lingtan"
        shutil.copy(mine, theirs)
        self.bench.write("评价.yaml", sample_text(CSUS))
        self.bench.run("import", theirs.name, "评价.yaml", "--assessment", "%s/operation/2025" % CSUS, "--as", OTHER)
        shutil.rmtree(self.bench.home / "state" / "lingtan" / "heads", ignore_errors=True)
        return mine, theirs

    def test_a_merge_that_takes_long_is_stopped_while_theirs_is_read(self):
        mine, theirs = self.all_theirs()
        before = mine.read_bytes(), theirs.read_bytes()
        s = self.begin("合并", theirs)
        s.wait("正在处理")
        s.press("Esc")
        s.wait("已取消，没有读完")
        self.hold.unlink()
        s.settle()
        self.assertRegex(s.lines()[0], "^ 总览")
        self.assertEqual((mine.read_bytes(), theirs.read_bytes()), before)
        self.leave(s)

    def test_a_key_that_bounces_writes_nothing_that_nobody_has_seen(self):
        mine, theirs = self.all_theirs()
        before = mine.read_bytes()
        s = self.open(who=LEADER)
        s.type(":")
        s.type("合并")
        s.keys("Enter", "C-u")
        s.type(str(theirs))
        s.send(b"\r\r")
        s.wait("预览，尚未写入")
        s.rest()
        self.assertRegex(s.lines()[0], "^ 合并 .*预览，尚未写入")
        self.assertEqual(mine.read_bytes(), before)
        self.leave(s)

    def words_come(self, s, kind):
        """What was typed stands on the preview, and nothing was written."""
        s.wait("3 号变压器铭牌 630 kVA")
        self.assertRegex(s.lines()[0], "^ %s .*预览，尚未写入" % kind)
        s.keys("Esc")
        self.assertRegex(s.lines()[0], "^ %s .*预览，尚未写入" % kind)
        self.assertNotIn("merge", [e["kind"] for e in self.document("log", self.path)["entries"]])

    def test_what_is_typed_while_theirs_is_read_is_kept(self):
        """Words come in their turn, once the preview stands there; Enter again is no order to write."""
        _, theirs = self.all_theirs()
        s = self.begin("合并", theirs)
        s.wait("正在处理")
        s.press("Enter", "Enter", "C-n")
        s.send("3 号变压器铭牌 630 kVA")
        self.hold.unlink()
        self.words_come(s, "合并")

    def test_what_is_typed_while_a_patch_is_read_is_kept(self):
        _, theirs = self.pair()
        self.bench.run("patch", "make", theirs.name, "-o", "对方.ltpatch", "--as", OTHER)
        s = self.begin("收补丁", self.bench.dir / "对方.ltpatch")
        s.press("C-n")
        s.send("3 号变压器铭牌 630 kVA")
        s.wait("预览，尚未写入")
        self.hold.unlink()
        self.words_come(s, "补丁")

    def test_what_theirs_purged_is_said_to_go_here_too(self):
        mine = self.sample()
        theirs = self.bench.dir / "对方.lingtan"
        self.bench.write("涉密.txt", "租户的底数\n")
        self.bench.run("attach", mine.name, "10.2.7", "涉密.txt", "--locator", "第3段", "--as", EVALUATOR)
        shutil.copy(mine, theirs)
        self.bench.run("set", mine.name, "7.2.3", "points:3", "--as", EVALUATOR)
        self.bench.run("purge", theirs.name, "涉密.txt", "--reason", "涉密", "--as", LEADER)
        shutil.rmtree(self.bench.home / "state" / "lingtan" / "heads", ignore_errors=True)
        s = self.open(who=LEADER, cols=60, rows=18)
        self.command(s, "合并", theirs)
        s.wait("对方清除的佐证 1 份，这里也一并销毁，撤销找不回")
        s.keys("Enter")
        s.wait("已合并")
        self.leave(s)
        self.assertNotIn("租户的底数".encode(), mine.read_bytes())
        self.assertEqual(self.document("verify", mine)["purged"], 1)

    def test_what_another_wrote_meanwhile_was_not_looked_at(self):
        mine, theirs = self.pair()
        s = self.open(who=LEADER, cols=100, rows=32)
        self.command(s, "合并", theirs)
        s.wait("共同起点")
        s.settle()
        s.type("3")
        s.wait("已定 1")
        s.type("3")
        s.wait("已定 2")
        self.bench.run("set", mine.name, "7.2.5", "points:1", "--as", EVALUATOR)
        s.keys("Enter")
        s.wait("刚被另一处改动过，本次没有写入")
        self.assertEqual([e["kind"] for e in self.document("log", mine)["entries"]][-1], "set")

    def test_a_third_value(self):
        mine, theirs = self.pair()
        s = self.open(who=EVALUATOR, cols=100, rows=32)
        self.command(s, "合并", theirs)
        s.wait("共同起点")
        s.keys("F12")
        self.assertTrue(s.has("4 另写"), s.shown())
        # the text of both, made one
        s.type("4")
        s.wait("F2 确定")
        s.keys("C-End")
        s.type("另补职责。")
        s.keys("F2")
        s.wait(re.compile("✓ 10.2.7 .* 合写 *$"))
        # more points than the item has are no points of it; the figure of either side stands beside
        s.wait(re.compile(r"我方 [\d.~]+ +对方 [\d.~]+"))
        figures = re.search(r"我方 ([\d.~]+) +对方 ([\d.~]+)", next(l for l in s.lines() if "评分项" in l)).groups()
        with_theirs = self.bench.dir / "另.lingtan"
        shutil.copy(mine, with_theirs)
        self.bench.run("set", with_theirs.name, "10.2.7", "points:6", "--as", EVALUATOR)
        for shown, path in zip(figures, (mine, with_theirs)):
            for text, end in zip(shown.split("~"), ("low", "high")):
                self.assertAlmostEqual(float(text), float(self.document("score", path)["total"][end]), delta=0.1)
        for points, word in (("11", "11 分不在 0 到 10 之间"), ("x", "“x”不是数")):
            s.type("4")
            s.wait("记在你名下")
            s.keys("C-u")
            s.type(points)
            s.keys("Enter")
            s.wait(word)
            self.assertIn("已定 1 ", s.text())
        s.type("4")
        s.wait("记在你名下")
        s.keys("C-u")
        s.type("7")
        s.keys("Enter")
        s.wait("已定 2")
        s.keys("Enter")
        s.wait("已合并")
        self.leave(s)
        last = self.document("log", mine)["entries"][-1]
        self.assertEqual({c["group"]: c["new"][:2] for c in last["changes"] if c["table"] == "answer" and "10.2.7" in c["key"]},
                         {"verdict": ["points", "7"], "remark": ["制度已发布，覆盖采集、核算、报送。\n制度已发布，缺数据质量职责，扣 2 分。另补职责。"]})
        self.assertIs(self.document("verify", mine)["holds"], True)

    def test_a_third_value_is_by_who_typed_it(self):
        mine = self.sample()
        theirs = self.bench.dir / "对方.lingtan"
        self.bench.run("finding", "add", mine.name, "minor", "调适报告缺一栋", "--item", "9.2.4", "--as", EVALUATOR)
        shutil.copy(mine, theirs)
        for path, who, text in ((mine, "示例·郑工:park", "六月前补两栋"), (theirs, OWNER, "七月前补三栋")):
            self.bench.run("finding", "answer", path.name, "F01", text, "--as", who)
        shutil.rmtree(self.bench.home / "state" / "lingtan" / "heads", ignore_errors=True)
        s = self.open(who=OWNER, cols=100, rows=32)
        self.command(s, "合并", theirs)
        s.wait("共同起点")
        s.type("4")
        s.wait("F2 确定")
        s.keys("C-End")
        s.type("，以此为准。")
        s.keys("F2")
        s.wait("已定 1")
        s.keys("Enter")
        s.wait("已合并")
        self.leave(s)
        (answer,) = [c["new"] for c in self.document("log", mine)["entries"][-1]["changes"] if c["table"] == "finding" and c["group"] == "answer"]
        self.assertEqual(answer, ["六月前补两栋\n七月前补三栋，以此为准。", OWNER.split(":")[0]])

    def test_sizes_and_languages(self):
        mine, theirs = self.pair()
        for cols, rows, lang, who in ((60, 18, "zh", OWNER), (132, 43, "en", LEADER)):
            s = self.open("--lang", lang, who=who, cols=cols, rows=rows)
            self.command(s, "merge" if lang == "en" else "合并", theirs)
            s.wait("+1")
            s.settle()
            self.assertIn("10.2.7", s.text())
            if who == OWNER:  # may decide between two, but writes no third answer on another's rung
                s.type("4")
                s.wait("F2 确定")
                s.keys("F2")
                s.wait("自己的层级")
                s.wait("已定 0")
            s.keys("Esc", "Esc", "Esc")
            self.leave(s)

    def test_another_project(self):
        mine = self.sample()
        other = self.bench.new("别的.lingtan")
        s = self.open(who=LEADER)
        self.command(s, "合并", other)
        s.wait("另一个项目")
        self.leave(s)


class Patch(MergingCase):
    def test_item_by_item(self):
        mine = self.sample()
        copy = self.bench.dir / "复核.lingtan"
        shutil.copy(mine, copy)
        for words in (("remark", copy.name, "10.2.7", "请按在线终端重算占比"), ("remark", copy.name, "7.2.1", "同意")):
            self.bench.run(*words, "--as", REVIEWER)
        self.bench.run("patch", "make", copy.name, "-o", "复核.patch", "--as", REVIEWER)
        shutil.rmtree(self.bench.home / "state" / "lingtan" / "heads", ignore_errors=True)
        s = self.open(who=LEADER, cols=100, rows=32)
        self.command(s, "收补丁", self.bench.dir / "复核.patch")
        s.wait("只是自称")
        self.assertRegex(s.text(), r"示例·赵工 技术复核人")
        for _ in range(3):
            if any(l.startswith(" › ") and "10.2.7" in l for l in s.lines()):
                break
            s.keys("Down")
            s.settle()
        self.assertIn("请按在线终端重算占比", s.text())
        s.type("2")
        s.wait("写明为什么不收")
        s.type("清单是旧的")
        s.keys("Enter")
        s.wait("不收 1")
        s.keys("Enter")
        s.wait("收 1 条，不收 1 条")
        self.leave(s)
        self.assertEqual([r["item"] for r in self.document("remarks", mine)["remarks"] if "终端" in r["text"]], [])
        self.assertIn("同意", [r["text"] for r in self.document("remarks", mine)["remarks"]])
        self.assertIs(self.document("verify", mine)["holds"], True)

    def test_what_was_refused_is_there_when_the_program_was_killed(self):
        mine = self.sample()
        copy = self.bench.dir / "复核.lingtan"
        shutil.copy(mine, copy)
        self.bench.run("remark", copy.name, "10.2.7", "请按在线终端重算占比", "--as", REVIEWER)
        self.bench.run("remark", copy.name, "7.2.1", "同意", "--as", REVIEWER)
        self.bench.run("patch", "make", copy.name, "-o", "复核.patch", "--as", REVIEWER)
        shutil.rmtree(self.bench.home / "state" / "lingtan" / "heads", ignore_errors=True)
        for told in ("收 2", "上次定的 1 条还在"):
            s = self.open(who=LEADER)
            self.command(s, "收补丁", self.bench.dir / "复核.patch")
            s.wait(told)
            if told == "收 2":
                s.type("2")
                s.wait("写明为什么不收")
                s.type("清单是旧的")
                s.keys("Enter")
            s.wait("不收 清单是旧的", again=True)
            self.assertTrue(s.has("清单是旧的"), s.shown())
            s.signal("SIGKILL")
            s.end()
            s.close()
        s = self.open(who=LEADER)
        self.command(s, "收补丁", self.bench.dir / "复核.patch")
        s.keys("Esc")
        s.wait("已定的 1 条留着")
        self.command(s, "收补丁", self.bench.dir / "复核.patch")
        s.keys("Enter")
        s.wait("收 1 条，不收 1 条")
        self.assertEqual(self.bench.drafts("refused"), [])


    def test_a_conflict_that_was_taken_is_not_left_without_a_word(self):
        """Nothing is refused in it; where no draft can be kept that is told, and once one can be it is."""
        _, theirs = self.pair()
        self.bench.run("patch", "make", theirs.name, "-o", "对方.ltpatch", "--as", OTHER)
        s = self.open(who=LEADER)
        self.command(s, "收补丁", self.bench.dir / "对方.ltpatch")
        s.wait("预览，尚未写入")
        s.until(lambda q: q.has(re.compile("› . 10.2.7")), "Down")
        drafts = self.bench.home / "state" / "lingtan" / "drafts"
        shutil.rmtree(drafts, ignore_errors=True)
        drafts.write_text("", "utf-8")
        s.type("1")
        s.keys("Esc")
        s.wait("已定的 1 条还没有写入，也存不下")
        drafts.unlink()
        s.keys("Esc")
        s.wait("已定的 1 条留着")
        self.command(s, "收补丁", self.bench.dir / "对方.ltpatch")
        s.wait("上次定的 1 条还在")


class Aside(MergingCase):
    def test_a_file_that_is_only_read(self):
        mine = self.sample()
        s = self.open("--readonly", who=REVIEWER)
        s.type(":")
        s.type("副册")
        s.keys("Enter")
        s.wait("原文件一字不动，写在本机副册里")
        self.go_to(s, "10.2.7")
        s.keys("F4")
        s.settle()
        s.type("请补在线清单")
        s.keys("F2")
        s.settle()
        s.keys("Esc", "Esc")
        s.settle()
        s.type(":")
        s.type("出补丁")
        s.keys("Enter")
        s.wait("写到哪个文件")
        s.keys("C-u")
        s.type(str(self.bench.dir / "p"))
        s.keys("Enter")
        s.wait("补丁已写好")
        self.leave(s)
        shown = self.document("patch", "show", self.bench.dir / "p")
        self.assertIn("请补在线清单", str(shown["changes"]))
        self.assertEqual([r for r in self.document("remarks", mine)["remarks"] if "在线清单" in r["text"]], [])


if __name__ == "__main__":
    main()
