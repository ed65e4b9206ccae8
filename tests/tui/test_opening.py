"""What the workbench finds out about a file before anything of it is shown."""
import pathlib
import shutil
import sqlite3
import sys

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent), str(pathlib.Path(__file__).resolve().parent.parent / "cli")]
import projects  # noqa: E402
from case import EVALUATOR, ScreenCase, main  # noqa: E402


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

    def test_with_readonly_a_file_in_wal_mode_stays_as_it_is(self):
        path = self.sample()
        db = sqlite3.connect(path)
        db.execute("PRAGMA journal_mode = WAL")
        db.close()
        before = path.read_bytes()
        s = self.open("--readonly", settle=False)
        s.wait("WAL")
        self.assertEqual(path.read_bytes(), before)
        self.assertEqual([p.name for p in path.parent.glob(path.name + "-*")], [])


if __name__ == "__main__":
    main()
