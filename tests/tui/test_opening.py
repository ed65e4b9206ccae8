"""What the workbench finds out about a file before anything of it is shown."""
import json
import pathlib
import shutil
import sqlite3
import sys

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent), str(pathlib.Path(__file__).resolve().parent.parent / "cli")]
import park  # noqa: E402
import projects  # noqa: E402
from case import CSUS, EVALUATOR, ScreenCase, main  # noqa: E402
from harness import RULESETS  # noqa: E402


class Opening(ScreenCase):
    def test_facts_that_do_not_follow_from_the_journal_are_not_shown(self):
        path = self.sample()
        changed = projects.change(path, "UPDATE answer SET verdict_value = '10' WHERE rung = 'evaluator' AND item = '4.2.1'")
        self.assertEqual(changed, 1)
        s = self.bench.start(path.name, "--as", EVALUATOR)
        self.addCleanup(s.close)
        s.wait("4.2.1")
        self.assertTrue(s.has("verify"), s.shown())
        self.assertFalse(s.has("总览"), s.shown())

    def test_older_than_the_one_this_machine_knew(self):
        path = self.sample()
        before = self.dir / "before.lingtan"
        shutil.copy(path, before)
        self.bench.run("set", path.name, "4.2.6", "points:3", "--as", EVALUATOR)
        shutil.copy(before, path)
        self.open(settle=False).wait("比本机见过的旧")

    def test_keys_that_are_typed_before_there_is_a_screen_are_keys(self):
        """An F-key is no Esc with digits behind it, which would lead, or record, elsewhere."""
        self.sample()
        s = self.open(settle=False)
        s.press("F6")
        s.wait("资料       ")
        s.keys("Esc")
        self.assertTrue(s.lines()[0].startswith(" 总览"), s.shown())

    def test_a_long_text_that_is_typed_before_there_is_a_screen_is_whole(self):
        self.sample()
        s = self.open()
        self.go_to(s, "7.2.4")
        self.leave(s)
        words = "".join("第 %d 句，" % i for i in range(150))
        s = self.open(settle=False, resume=True)
        s.press("F4")
        s.send(words)
        s.wait("149 句，")
        s.keys("Esc")
        self.assertIn(words, json.dumps(self.document("log", self.path, "--all")["entries"][-1], ensure_ascii=False))

    def test_with_readonly_a_file_in_wal_mode_stays_as_it_is(self):
        path = self.sample()
        db = sqlite3.connect(path)
        db.execute("PRAGMA journal_mode = WAL")
        db.close()
        before = path.read_bytes()
        s = self.open("--readonly", settle=False)
        s.wait("WAL")
        s.settle()
        self.go_to(s, "7.2.4")
        s.keys("F4")
        self.assertTrue(s.has("只留作草稿"), s.shown())
        self.assertEqual(path.read_bytes(), before)
        self.assertEqual([p.name for p in path.parent.glob(path.name + "-*")], [])

    def test_another_edition_is_said_and_offered(self):
        sets = self.dir / "sets"
        shutil.copytree(RULESETS / CSUS, sets / CSUS)
        items = sets / CSUS / "items.yaml"
        items.write_text(items.read_text("utf-8").replace("title: {zh: ", "title: {zh: 旧", 1), "utf-8")
        self.bench.run("new", "空.lingtan", "--park", park.NAME, "--standard", CSUS, "--year", park.YEAR, "--stage", "operation", "--type", "production",
                       "--as", park.LEADER, "--rulesets", sets)
        self.path = self.bench.dir / "空.lingtan"
        s = self.open(settle=False)
        s.wait("lingtan upgrade 可换用")
        s.settle()
        self.assertIn("T/CSUS 66-2023 非已知版本", s.lines()[0])


if __name__ == "__main__":
    main()
