"""A project that another program put into SQLite's WAL mode: read with what its log holds, never changed by reading, put back
into the project's own mode by who writes."""
import contextlib
import os
import shutil
import sqlite3

import harness
import projects
from harness import environment
from projects import EVALUATOR, ProjectCase

OWN_MODE, WAL = (1, 1), (2, 2)


def mode(path):
    """How the header says that the file is written and read."""
    with open(path, "rb") as f:
        return tuple(f.read(20)[18:])


class Wal(ProjectCase):
    def setUp(self):
        super().setUp()
        self.temporary = self.dir / "tmp"
        self.temporary.mkdir()
        self.env = environment(self.dir, TMPDIR=self.temporary)

    @contextlib.contextmanager
    def opened(self, path, newer):
        """Another program has path open in WAL mode, and has written what newer holds, which is in the log alone."""
        with contextlib.closing(sqlite3.connect(path)) as db, contextlib.closing(sqlite3.connect(newer)) as source:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA wal_autocheckpoint = 0")
            source.backup(db)
            db.commit()
            self.assertGreater(os.path.getsize("%s-wal" % path), 8192)
            yield db

    def logged(self, name="p.lingtan"):
        """A file and its log beside it, as a program leaves them that died; and what it holds."""
        path, newer, live = self.new(name), self.dir / "newer.lingtan", self.dir / "live.lingtan"
        shutil.copyfile(path, newer)
        self.set(newer, "4.2.1", "points:7")
        shutil.copyfile(path, live)
        with self.opened(live, newer):
            shutil.copyfile(live, path)
            shutil.copyfile("%s-wal" % live, "%s-wal" % path)
        live.unlink()
        self.assertEqual(mode(path), WAL)
        return path, self.document("score", newer)

    def left_beside(self):
        return sorted(p.name for p in self.folder.iterdir() if not p.name.endswith(".lingtan"))

    def test_with_readonly_not_a_byte_is_written(self):
        path, score = self.logged()
        with self.untouched():
            self.assertEqual(self.document("score", path, "--readonly", env=self.env), score)
            for words in (["log", path, "--readonly"], ["verify", path], ["copy", path, self.dir / "to.lingtan", "--readonly"]):
                with self.subTest(word=words[0]):
                    run = self.lingtan(*words, "--lang", "en", env=self.env)
                    self.assertIn("WAL", run.err)
        self.assertEqual(list(self.temporary.iterdir()), [])
        self.assertEqual(mode(self.dir / "to.lingtan"), OWN_MODE)
        self.assertEqual(self.document("score", self.dir / "to.lingtan"), score)
        self.assertEqual(self.lingtan("set", path, "4.2.1", "points:1", "--readonly", "--as", EVALUATOR, code=5).out, "")

    def test_on_a_medium_that_cannot_be_written(self):
        path, score = self.logged()
        user = self.ordinary_user()
        self.temporary.chmod(0o777)
        os.chmod(self.folder, 0o555)
        self.addCleanup(os.chmod, self.folder, 0o755)
        with self.untouched():
            self.assertEqual(self.document("score", path, user=user, env=self.env, limits=False), score)
            self.assertIn("WAL", self.last.err)
        self.assertEqual(list(self.temporary.iterdir()), [])

    def test_who_may_write_puts_it_back(self):
        for words in (["score"], ["set", "4.2.2", "points:3", "--as", EVALUATOR], ["copy", self.dir / "to.lingtan"]):
            with self.subTest(word=words[0]):
                path, score = self.logged("%s.lingtan" % words[0])
                run = self.lingtan(words[0], path, *words[1:])
                self.assertNotIn("WAL", run.err)
                self.assertEqual(mode(path), OWN_MODE)
                self.assertEqual(self.left_beside(), [])
                self.assert_holds(path)
                self.assertEqual([e["command"] for e in self.entries(path)][1], "set 4.2.1 points:7")
        self.assertEqual(mode(self.dir / "to.lingtan"), OWN_MODE)

    def test_while_another_program_has_it_open(self):
        path, newer = self.new(), self.dir / "newer.lingtan"
        shutil.copyfile(path, newer)
        self.set(newer, "4.2.1", "points:7")
        with self.opened(path, newer):
            self.assertEqual(self.document("score", path, env=self.env), self.document("score", newer))
            self.lingtan("copy", path, self.dir / "to.lingtan", env=self.env)
            self.assert_refused(self.lingtan("set", path, "4.2.2", "points:1", "--as", EVALUATOR, code=5, limits=False), path.name)
        self.assertEqual(mode(self.dir / "to.lingtan"), OWN_MODE)
        self.assertEqual(list(self.temporary.iterdir()), [])
        self.assertEqual(self.document("score", path), self.document("score", self.dir / "to.lingtan"))
        self.assertEqual(self.left_beside(), [])

    def test_what_can_be_saved_is_saved_from_the_log_too(self):
        path, score = self.logged()
        with self.untouched():
            self.lingtan("rescue", path, self.dir / "saved.lingtan", env=self.env)
        self.assertEqual(mode(self.dir / "saved.lingtan"), OWN_MODE)
        self.assertEqual(self.document("score", self.dir / "saved.lingtan"), score)


if __name__ == "__main__":
    harness.main()
