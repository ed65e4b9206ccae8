"""Killed at any moment: the file holds, what was answered is there, and the next start goes on where it was."""
import pathlib
import random
import re
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from case import EVALUATOR, ScreenCase, main, sanitized  # noqa: E402

TEXT = "屋顶光伏已并网，测试风机在建，𠮷年发电量按统计表计。"


class Kill(ScreenCase):
    def setUp(self):
        super().setUp()
        self.sample()

    def kill(self, s):
        s.signal("SIGKILL")
        self.assertEqual(s.end(), -9)
        s.close()

    def test_half_typed_words_are_there_again(self):
        s = self.open()
        self.go_to(s, "4.2.6")
        s.keys("F4")
        s.type(TEXT)
        s.wait(lambda q: not q.has("在写"))  # kept as a draft; the project has it when the window is left
        self.kill(s)
        self.assert_holds()
        self.assertNotIn(TEXT, str(self.document("log", self.path, "--all")))
        s = self.open(resume=True)
        self.assertTrue(s.has("› ◦ 4.2.6"), s.shown())
        if not s.has(TEXT):
            s.keys("F4")
        self.assertTrue(s.has(TEXT), s.shown())
        s.keys("Esc")
        self.leave(s)
        self.assertIn(TEXT, str(self.document("log", self.path, "--all")))

    def test_what_was_typed_before_a_jump_is_a_draft(self):
        s = self.open()
        for page, field, typed in (("园区", "地址", "云澜湾路甲 1 号"), ("参数集", "", "13579")):
            s.keys("F9")
            s.type(page)
            s.keys("Enter")
            if field:
                s.to_field(field)
            else:
                s.keys("Enter")
            # all at once: no pause in which it would be kept
            s.send(typed)
            s.press("F6")
            s.send("1")
            s.wait("Enter 作答")  # of the walk, not of the list of pages
            self.assertTrue(self.bench.drafts(typed), page)

    def half_typed(self, item, number):
        """A number in the field of an item, kept as a draft and not saved, and the program is gone; its draft."""
        s = self.open()
        self.go_to(s, item)
        s.keys("Enter")
        s.type(number)
        kept = "state/lingtan/drafts/*/number.*.%s.?" % item
        s.wait(lambda s: list(self.bench.home.glob(kept)))  # written without a word
        self.kill(s)
        return list(self.bench.home.glob(kept))[0]

    def test_a_half_typed_number_takes_nothing_that_is_typed_later(self):
        """It is offered below its cell; what looks like an item's number leads to the item, and one key takes the draft up."""
        draft = self.half_typed("4.2.6", "7")
        before = self.log()
        s = self.open(resume=True, cols=60, rows=18)
        s.wait("草稿 7 没有记下")
        s.type("4.2.2")
        s.wait(re.compile("^ *4.2.2", re.M))
        s.keys("Down", "Down", "Down", "Down", "Down")
        self.assertEqual(draft.read_text(), "7")
        s.type("4.2.6")
        s.wait("草稿 7 没有记下")
        self.assertEqual(self.log(), before)
        s.keys("Enter")
        s.wait("Enter 存")
        self.assertTrue(s.has("7  / 10") and not s.has("草稿"), s.shown())
        s.keys("Enter")
        s.wait(re.compile("评价 +(已评|7) "))
        self.assertEqual((self.log()[-1]["command"], draft.exists(), s.has("草稿")), ("set 4.2.6 points:7", False, False))

    def test_a_half_typed_number_is_dropped_by_the_key_that_says_so(self):
        draft = self.half_typed("4.2.6", "7")
        s = self.open(resume=True)
        s.keys("Delete")
        s.wait("草稿 7 不要了")
        self.assertFalse(draft.exists() or s.has("草稿 7 没有记下"), s.shown())

    def test_a_start_does_not_begin_where_digits_answer(self):
        """Killed with the cursor on a verdict: who types a number at the next start goes to that item, and answers nothing."""
        s = self.open()
        self.go_to(s, "11.1.1")
        s.keys("Enter")
        s.rest()
        self.kill(s)
        before = self.log()
        s = self.open(resume=True)
        s.wait("› ◦ 11.1.1")
        s.type("4.2.2")
        s.wait(re.compile("› . 4.2.2"))
        self.assertEqual(self.log(), before)

    def test_what_is_no_number_does_not_hold(self):
        """A half-typed number that came back as a draft and is none lets go by Esc once it is taken up, and is in no way before."""
        self.half_typed("4.2.6", ".")
        s = self.open()
        self.go_to(s, "4.2.6")  # the cursor is in the tree
        self.leave(s)
        s = self.open()
        self.go_to(s, "4.2.6")
        s.keys("Enter")
        s.wait("还不是数")
        s.keys("Esc")
        self.assertTrue(s.has(". 没有记下"), s.shown())
        self.leave(s)

    def test_a_number_waits_where_nothing_can_be_filled_in(self):
        """A half-typed number is not shown as an answer in a file that is only read, and is there again when it can be written."""
        self.half_typed("5.2.1", "8")
        s = self.open("--readonly")
        self.go_to(s, "5.2.1")
        self.assertFalse(s.has("草稿"), s.shown())
        self.leave(s)
        s = self.open()
        self.go_to(s, "5.2.1")
        s.keys("Enter")
        self.assertTrue(s.has("Enter 存"), s.shown())
        s.keys("F9", *"看层级", "Enter", "3")
        s.keys("Esc")
        self.assertTrue(s.has("8 留作草稿"), s.shown())
        self.leave(s)
        # where none can be kept it does not seem to be
        drafts = self.bench.home / "state" / "lingtan" / "drafts"
        shutil.rmtree(drafts)
        s = self.open()
        self.go_to(s, "5.2.1")
        s.keys("Enter")
        s.type("9")
        s.settle()
        shutil.rmtree(drafts, ignore_errors=True)
        drafts.write_text("")
        s.keys("F9", *"看层级", "Enter", "3")
        s.keys("Esc")
        self.assertTrue(s.has("草稿也存不下，9 没有留下"), s.shown())
        self.leave(s)

    def test_what_is_refused_does_not_hold(self):
        """A number that the data refuses is told by the first Esc and let go by the second."""
        self.empty("t-seesa-2024")
        s = self.open()
        self.go_to(s, "3.2.1")
        s.keys("Enter")
        s.type("832")
        s.keys("Esc")
        self.assertTrue(s.has("不在 0 到 100 之间") and s.has("832"), s.shown())
        s.keys("Esc")
        self.assertTrue(s.has("832 没有记下"), s.shown())
        self.leave(s)

    def test_at_random_moments(self):
        r = random.Random(11)
        for _ in range(4 if sanitized() else 12):
            s = self.open(resume=True)
            for _ in range(r.randint(1, 8)):
                s.press(r.choice(["F5", "Down", "Enter", "5", "7", "Tab", "F4", "零", "Esc", "F8", "PageDown"]))
            if r.random() < 0.5:
                s.settle()
            try:
                s.signal("SIGKILL")
            except RuntimeError:
                pass  # the last key has left the program
            self.assertIn(s.end(), (0, -9))
            s.close()
            self.assert_holds()
        s = self.open()
        self.assertTrue(s.has("云澜湾"))
        self.leave(s)

    def test_an_answer_on_the_screen_is_in_the_file(self):
        """The screen shows an answer as saved only after its transaction is on disk."""
        s = self.open()
        self.go_to(s, "4.2.6")
        s.keys("Enter")
        s.type("7")
        s.keys("Enter")
        self.assertRegex(s.text(), r"评价 +7 ")
        self.kill(s)
        newest = self.document("log", self.path)["entries"][-1]
        self.assertEqual((newest["by"], newest["command"]), (EVALUATOR.partition(":")[0], "set 4.2.6 points:7"))


if __name__ == "__main__":
    main()
