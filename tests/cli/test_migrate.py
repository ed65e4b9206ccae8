"""A file that an older version wrote: what it says is the same, its tables are those of today, and the file as it was is kept."""
import contextlib
import os
import pathlib
import sqlite3
import subprocess

import harness
import projects
from harness import environment
from projects import EVALUATOR, ProjectCase, file_digest

OLDER = pathlib.Path(__file__).parent / "older"
CONTENT = ["entry", "blob", "chunk"]


class Older(ProjectCase):
    def older(self, version):
        path = self.folder / ("v%d.lingtan" % version)
        with contextlib.closing(sqlite3.connect(str(path))) as db:
            db.executescript((OLDER / ("v%d.sql" % version)).read_text("utf-8"))
        return path

    def first(self):
        """One of version 1: it had a table of who wrote each cell beside the journal."""
        path = self.older(2).rename(self.folder / "v1.lingtan")
        with contextlib.closing(sqlite3.connect(str(path))) as db:
            db.executescript("CREATE TABLE cell_writer (tbl TEXT NOT NULL, key TEXT NOT NULL, grp TEXT NOT NULL, depth INTEGER NOT NULL, entry TEXT NOT NULL, "
                             "PRIMARY KEY (tbl, key, grp)) STRICT, WITHOUT ROWID; INSERT INTO cell_writer VALUES ('answer', 'x', 'verdict', 1, 'y'); PRAGMA user_version = 1;")
        return path

    def schema(self, path):
        return projects.query(path, "SELECT type, name, sql FROM sqlite_master ORDER BY type, name")

    def dump(self, path):
        with contextlib.closing(projects.connect(path)) as db:
            return list(db.iterdump()), db.execute("PRAGMA user_version").fetchone()

    def becomes_one_of_today(self, version):
        path, fresh = self.first() if version == 1 else self.older(version), self.new("fresh%d.lingtan" % version)
        before, kept = {t: projects.query(path, "SELECT * FROM " + t) for t in CONTENT}, self.dump(path)
        answers = projects.query(path, "SELECT assessment, rung, item, verdict_result, verdict_value, verdict_reason FROM answer")
        self.assertGreater(len(answers), 3)
        # what is there already is not written again, but the file is opened to write
        self.lingtan("set", path, answers[0][2], answers[0][3], "--as", EVALUATOR, "--reason", "x")
        self.assertEqual(projects.query(path, "PRAGMA user_version"), projects.query(fresh, "PRAGMA user_version"))
        self.assertEqual(self.schema(path), self.schema(fresh))
        self.assertEqual({t: projects.query(path, "SELECT * FROM " + t) for t in CONTENT}, before)
        self.assertEqual(projects.query(path, "SELECT assessment, rung, item, verdict_result, verdict_value, verdict_reason FROM answer"), answers)
        self.assertEqual(self.dump(pathlib.Path(str(path) + ".v%d" % version)), kept)
        self.assert_holds(path)
        return path

    def test_it_becomes_one_of_today(self):
        for version in (1, 2):
            self.becomes_one_of_today(version)

    def test_so_does_one_with_a_ledger(self):
        path = self.becomes_one_of_today(4)
        lines, findings = self.document("line", "list", path)["rows"], self.document("findings", path)["findings"]
        self.assertEqual([(l["values"]["source"], l["values"]["amount"]) for l in lines], [("燃气锅炉", "120")])
        self.assertEqual([f["fact"] for f in findings], ["缺检定证书"])
        self.assertIn("某林场", self.lingtan("offset", path, "B1").out)

    def test_several_programs_find_it_old_at_once(self):
        path = self.older(2)
        words = [[harness.PROGRAM, "set", str(path), item, "unset", "--as", EVALUATOR, "--reason", "x"] for item in ("boundary", "developer", "no_accident", "product_energy", "statistics")]
        running = [subprocess.Popen(w, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment(self.dir)) for w in words]
        for p in running:
            _, said = p.communicate(timeout=60)
            self.assertEqual(p.returncode, 0, said.decode("utf-8", "replace"))
        self.assertEqual(projects.query(path, "SELECT count(*) FROM answer WHERE verdict_result IS NOT NULL"), [(0,)])
        self.assertEqual(sorted(os.listdir(self.folder)), [path.name, path.name + ".v2"])
        self.assert_holds(path)

    def test_verify_and_copy(self):
        path = self.older(2)
        with self.untouched():
            self.assert_holds(path)
            self.lingtan("copy", path, self.dir / "to.lingtan")
            self.lingtan("rescue", path, self.dir / "gerettet.lingtan", "--as", EVALUATOR)
        for made in ("to.lingtan", "gerettet.lingtan"):
            self.assert_holds(self.dir / made)
            self.assertEqual(self.document("score", self.dir / made, "--rung", "evaluator"), self.document("score", path, "--rung", "evaluator"))

    def test_one_whose_journal_was_changed_is_not_made_anew(self):
        path = self.older(2)
        projects.change(path, "UPDATE entry SET body = replace(body, '完成', '未完') WHERE n = 3")
        with self.untouched():
            self.assert_broken(path, check="b", tokens=["entry"])
            for words in (["score", path], ["set", path, "boundary", "unset", "--as", EVALUATOR]):
                self.assert_refused(self.lingtan(*words, code=3), path.name)

    def test_reading_it_writes_nothing(self):
        path = self.older(2)
        before = file_digest(path)
        self.assertEqual(self.document("score", path)["standard"], "ndrc-910-2025")
        self.assertEqual(len(self.entries(path)), 3)
        self.assertEqual(file_digest(path), before)
        self.assertEqual(os.listdir(self.folder), [path.name])


if __name__ == "__main__":
    harness.main()
