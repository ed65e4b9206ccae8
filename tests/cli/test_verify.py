"""verify against every change behind its back, foreign and read-only files, copies, and what can be saved of a broken file."""
import contextlib
import hashlib
import os
import pathlib
import random
import shutil
import sqlite3

import harness
import projects
from harness import CSUS, environment, sanitized, sheet, thinned
from projects import A, CHUNK, EVALUATOR, LEADER, YEAR, ProjectCase


# ---- verify -------------------------------------------------------------------------------------------------------

class Verify(ProjectCase):
    def setUp(self):
        super().setUp()
        self.told = set()

    def broken(self, path, *statements, tokens=(), check=None):
        """A copy with that done to it is found out; in words as well, once in a test for each check that fails."""
        bad = self.folder / "坏.lingtan"
        shutil.copyfile(path, bad)
        for sql, values in statements:
            self.assertNotEqual(projects.change(bad, sql, *values), 0, "%s changed nothing" % sql)
        with self.untouched():
            found = self.assert_broken(bad, tokens=tokens, check=check)["first"]
            if found["check"] not in self.told:
                self.told.add(found["check"])
                self.assertIn("(%(check)s): %(text)s" % found, self.lingtan("verify", bad, "--lang", "en", code=1).out)

    def test_it_holds(self):
        path = self.rich()
        found = self.assert_holds(path)
        self.assertEqual(found["head"], projects.head(path))
        said = self.lingtan("verify", path, "--lang", "en").out
        self.assertIn(found["head"][:8], said, "the head is printed, to be kept elsewhere")

    def test_every_value_of_every_row(self):
        """Each column of rows of each table changed, one at a time: verify says no and names the table, the row or the hash."""
        path = self.rich()
        for table in projects.tables(path):
            cols = projects.columns(path, table)
            names = [c for c, _ in cols]
            key = [c for c, pk in cols if pk]
            rows = projects.query(path, 'SELECT %s FROM "%s" ORDER BY %s' % (", ".join('"%s"' % n for n in names), table, ", ".join('"%s"' % n for n in key)))
            picked = rows if len(rows) <= 3 else [rows[0], rows[len(rows) // 2], rows[-1]]
            for row in picked[:1] if sanitized() else picked:
                for column, old in thinned(zip(names, row), 3):
                    if isinstance(old, bytes):
                        new = bytes([old[0] ^ 1]) + old[1:] if old else b"x"
                    elif isinstance(old, int):
                        new = old + 1
                    else:
                        new = old[:-1] + ("1" if old[-1] == "0" else "0") if old else "x"
                    if new in [r[names.index(column)] for r in rows] and column in key:
                        continue
                    where = " AND ".join('"%s" IS ?' % k for k in (key or names))
                    values = [row[names.index(k)] for k in (key or names)]
                    tokens = [table] + [str(v)[:8] for v in row if isinstance(v, str) and len(v) >= 4] + [str(v) for v in row if isinstance(v, str) and 4 <= len(v) <= 40]
                    if table == "chunk":
                        tokens += [s[:8] for (s,) in projects.query(path, "SELECT sha256 FROM blob WHERE id = ?", row[names.index("blob")])]
                    if column == "hash" or column == "body":
                        tokens.append(str(new)[:8])
                    with self.subTest(table=table, column=column, row=str(values)[:80]):
                        self.broken(path, ('UPDATE "%s" SET "%s" = ? WHERE %s' % (table, column, where), [new] + values), tokens=tokens)

    def test_what_hides_behind_a_nul(self):
        path = self.rich()
        for table, column, check in (("answer", "remark_text", "d"), ("answer", "item", "d"), ("evidence", "file_name", "d"), ("entry", "hash", "b"), ("entry", "body", "b"), ("blob", "sha256", "e"),
                                     ("park", "identity_name", "d")):
            with self.subTest(table=table, column=column):
                self.broken(path, ("UPDATE {0} SET {1} = {1} || char(0) || 'x' WHERE {1} = (SELECT max({1}) FROM {0})".format(table, column), []), check="a" + check)

    def test_every_row_taken_out(self):
        path = self.rich()
        for table in projects.tables(path):
            cols = projects.columns(path, table)
            names, key = [c for c, _ in cols], [c for c, pk in cols if pk]
            rows = projects.query(path, 'SELECT %s FROM "%s" ORDER BY %s' % (", ".join('"%s"' % n for n in names), table, ", ".join('"%s"' % n for n in key)))
            for row in rows[:2] if sanitized() else rows[:8]:
                values = [row[names.index(k)] for k in key]
                with self.subTest(table=table, row=str(values)[:80]):
                    self.broken(path, ('DELETE FROM "%s" WHERE %s' % (table, " AND ".join('"%s" IS ?' % k for k in key)), values))

    def test_rows_put_in(self):
        path = self.rich()
        for sql, values, tokens in (
                ("INSERT INTO answer (assessment, rung, item, verdict_result, verdict_value, verdict_reason) VALUES (?, 'awarded', '4.2.1', 'points', '10', '')", [A], ["4.2.1", "answer"]),
                ("INSERT INTO person (name, roles_roles) VALUES ('陌生人', 'approver')", [], ["陌生人", "person"]),
                ("INSERT INTO quantity (rung, year, quantity, value_value, value_unit, value_na, value_source) VALUES ('evaluator', '2025', 'emission', '0', '', '', '')", [], ["emission", "quantity"]),
                ("INSERT INTO setting (setting, value_value) VALUES ('x', 'y')", [], ["setting", "x"]),
                ("INSERT INTO chunk (blob, n, data) SELECT max(id), 99, x'00' FROM blob", [], ["chunk", "blob"] + [r[0][:8] for r in projects.query(path, "SELECT sha256 FROM blob")]),
                ("INSERT INTO chunk (blob, n, data) VALUES (4242, 0, x'00')", [], ["chunk", "blob", "4242"]),
                ("INSERT INTO entry (hash, body) VALUES (?, '{}')", ["e" * 64], ["eeeeeeee", "entry"])):
            with self.subTest(sql=sql):
                self.broken(path, (sql, values), tokens=tokens)

    def test_answers_behind_its_back_are_named(self):
        path = self.rich()
        self.broken(path, ("UPDATE answer SET verdict_value = '10' WHERE rung = 'evaluator' AND item = '4.2.1'", []), tokens=["4.2.1"], check="d")
        self.broken(path, ("UPDATE quantity SET value_value = '90' WHERE quantity = 'land.green_cover'", []), tokens=["land.green_cover"], check="d")
        self.broken(path, ("UPDATE line SET activity_amount = '1'", []), tokens=["25-01"], check="d")

    def test_an_entry_rewritten(self):
        path = self.rich()
        for h, body in [(h, b) for h, (b, said) in projects.bodies(path).items() if '"points"' in b][:4]:
            changed = body.replace('"points"', '"Points"', 1)
            with self.subTest(entry=h[:8]):
                self.broken(path, ("UPDATE entry SET body = ? WHERE hash = ?", [changed, h]), tokens=[h[:8]], check="b")
                # with a hash that fits, it is missing from where it is named
                right = hashlib.sha256(b"lingtan entry 1\n" + changed.encode()).hexdigest()
                self.broken(path, ("UPDATE entry SET body = ?, hash = ? WHERE hash = ?", [changed, right, h]), tokens=[h[:8], right[:8], "entry"])
        for spoil in (lambda b: " " + b, lambda b: b + "\n", lambda b: b.replace(",", ", ", 1), lambda b: b.replace('"v":1', '"v":1,"x":1'), lambda b: b.replace('"v":1', '"v":2'),
                      lambda b: b[:-1], lambda b: "", lambda b: "[" * 50000, lambda b: b.replace('"rejects":[]', '"rejects":[],"rejects":[]'), lambda b: b + "\0"):
            last, body = projects.head(path), projects.bodies(path)[projects.head(path)][0]
            changed = spoil(body)
            right = hashlib.sha256(b"lingtan entry 1\n" + changed.encode()).hexdigest()
            with self.subTest(body=changed[:30]):
                self.broken(path, ("UPDATE entry SET body = ?, hash = ? WHERE hash = ?", [changed, right, last]), tokens=[right[:8], "entry"], check="b")

    def test_what_is_wrong_with_an_entry_is_said_in_one_language(self):
        path, mine = self.new(), self.folder / "我.lingtan"
        shutil.copy(path, mine)
        self.set(path, "4.2.1", "points:8")
        patch = self.folder / "审.patch"
        self.lingtan("patch", "make", path, "--since", projects.head(mine), "-o", patch, "--as", EVALUATOR)
        last, body = projects.head(path), projects.bodies(path)[projects.head(path)][0]
        changed = body.replace('"answer",', '"answer", ', 1)
        projects.change(path, "UPDATE entry SET body = ?, hash = ? WHERE hash = ?", changed, projects.digest(b"lingtan entry 1\n" + changed.encode()), last)
        patch.write_bytes(patch.read_bytes().replace(b'"answer",', b'"answer", ', 1))
        for args, code in ((("verify", path), 1), (("merge", mine, path, "--as", LEADER), 3), (("patch", "show", patch), 3)):
            for lang, its, others in (("zh", "字节（从 0 数）处不是规范写法；", "canonical at"), ("en", "journal entry: not canonical at byte ", "规范")):
                said = self.lingtan(*args, "--lang", lang, code=code).both
                self.assertIn(its, said)
                self.assertNotIn(others, said)

    def test_members_of_a_value_that_was_written_over(self):
        """More than its group has were made by nobody; fewer were, before a group grew, and come back whole when what is above is taken back."""
        for first, holds in ((["points", "8", "", "x"], False), (["points", "8"], True), (["points"], True)):
            path = self.new("%d.lingtan" % len(first))
            self.set(path, "4.2.1", "points:8")
            lower = projects.head(path)
            self.set(path, "4.2.1", "points:9")
            upper = projects.head(path)
            for h in (lower, upper):
                body = projects.bodies(path)[h][1]
                if h == upper:
                    body["parents"] = [moved]
                (change,) = [c for c in body["changes"] if c[2] == "verdict"]
                change[3 if h == upper else 4] = first
                text = projects.canonical(body)
                moved = projects.digest(b"lingtan entry 1\n" + text.encode())
                projects.change(path, "UPDATE entry SET hash = ?, body = ? WHERE hash = ?", moved, text, h)
            home = environment(self.dir, XDG_STATE_HOME=self.dir / path.stem)  # one that knew no other copy of it
            found = self.document("verify", path, code=0 if holds else 1, env=home)
            self.assertEqual(found["holds"], holds, found)
            if not holds:
                self.assertEqual(found["first"]["check"], "b")
                self.assertIn("4", found["first"]["text"])
            self.lingtan("undo", path, "--as", EVALUATOR, code=0 if holds else 3, env=home)
            if holds:
                value = (first + ["", ""])[:3]
                self.assertEqual(projects.query(path, "SELECT verdict_result, verdict_value, verdict_reason FROM answer WHERE item = '4.2.1'"), [tuple(value)])
                self.assertTrue(self.document("verify", path, env=home)["holds"])

    def test_an_undo_that_names_no_entry_brings_nothing_back(self):
        path = self.new()
        self.set(path, "4.2.1", "points:8")
        self.lingtan("undo", path, "--as", EVALUATOR)
        last, body = projects.head(path), projects.bodies(path)[projects.head(path)][1]
        body["undoes"] = None
        text = projects.canonical(body)
        projects.change(path, "UPDATE entry SET hash = ?, body = ? WHERE hash = ?", projects.digest(b"lingtan entry 1\n" + text.encode()), text, last)
        self.assertIn("没有可以重做的操作", self.lingtan("redo", path, "--as", EVALUATOR, code=4, env=environment(self.dir)).err)

    def test_an_entry_taken_out(self):
        path = self.rich()
        line = projects.line_of_entries(path)
        for h, said in line[:-1]:
            with self.subTest(entry=h[:8], depth=said["depth"]):
                self.broken(path, ("DELETE FROM entry WHERE hash = ?", [h]), tokens=[h[:8]], check="b")
        # nothing speaks of the last one but the facts that it set, and this machine
        h, said = line[-1]
        with self.subTest(entry="the last"):
            self.broken(path, ("DELETE FROM entry WHERE hash = ?", [h]), tokens=[said["changes"][0][1].split("|")[-1]], check="d")

    def test_an_entry_that_nothing_rests_on(self):
        """Its hash and place are right, and the head does not know it."""
        path = self.new()
        self.set(path, "4.2.1", "points:8")
        self.set(path, "4.2.1", "points:7")
        (_, first), (second, said), (last, newest) = projects.line_of_entries(path)
        newest = {**newest, "parents": said["parents"], "depth": said["depth"], "changes": [c[:3] + [None] + c[4:] for c in newest["changes"]]}
        body = projects.canonical(newest)
        right = hashlib.sha256(b"lingtan entry 1\n" + body.encode()).hexdigest()
        self.broken(path, ("UPDATE entry SET body = ?, hash = ? WHERE hash = ?", [body, right, last]), tokens=[second[:8]], check="b")

    def test_the_order_of_entries(self):
        path = self.rich()
        for sql in ("UPDATE entry SET n = 1000 - n", "UPDATE entry SET n = 1000 WHERE n = 3", "UPDATE entry SET n = n + 1000", "UPDATE entry SET n = 1000 WHERE n = (SELECT max(n) FROM entry)",
                    "UPDATE entry SET n = -n"):
            with self.subTest(sql=sql):
                self.broken(path, (sql, []), check="b")

    def test_chunks(self):
        path = self.rich()
        big = projects.digest(self.bytes_of(1, CHUNK + 5000))
        where = "WHERE blob = (SELECT id FROM blob WHERE sha256 = '%s')" % big
        for sql in ("UPDATE chunk SET data = zeroblob(length(data)) %s AND n = 1" % where, "UPDATE chunk SET data = substr(data, 2) %s AND n = 1" % where, "DELETE FROM chunk %s AND n = 0" % where,
                    "DELETE FROM chunk %s AND n = 1" % where, "UPDATE chunk SET data = CAST(data || x'00' AS BLOB) %s AND n = 1" % where, "UPDATE chunk SET n = n + 5 %s AND n = 1" % where,
                    "UPDATE blob SET size = size - 1 WHERE sha256 = '%s'" % big, "DELETE FROM blob WHERE sha256 = '%s'" % big):
            with self.subTest(sql=sql):
                self.broken(path, (sql, []), tokens=[big[:8]], check="e")

        with self.subTest("the same bytes cut elsewhere"):
            data = self.bytes_of(1, CHUNK + 5000)
            self.broken(path, *[("UPDATE chunk SET data = ? %s AND n = %d" % (where, n), [part]) for n, part in enumerate((data[:CHUNK - 1], data[CHUNK - 1:]))], tokens=[big[:8]], check="e")

    def test_the_schema(self):
        path = self.rich()
        for sql, name in (("CREATE TABLE zz_extra (a)", "zz_extra"), ("CREATE TABLE zz_strict (a TEXT) STRICT", "zz_strict"), ("CREATE VIEW zz_view AS SELECT 1", "zz_view"),
                          ("CREATE INDEX zz_index ON answer (item)", "zz_index"), ("CREATE TRIGGER zz_trigger AFTER INSERT ON entry BEGIN DELETE FROM answer; END", "zz_trigger"),
                          ("ALTER TABLE answer ADD COLUMN zz_column TEXT", "answer"), ("DROP TABLE setting", "setting"), ("ALTER TABLE setting RENAME TO zz_setting", "setting"),
                          ("CREATE VIRTUAL TABLE zz_fts USING fts5 (a)", "zz_fts")):
            with self.subTest(sql=sql):
                bad = self.folder / "坏.lingtan"
                shutil.copyfile(path, bad)
                try:
                    projects.change(bad, sql)
                except sqlite3.OperationalError as e:
                    if "no such module" in str(e):
                        print("skipped: this SQLite has no fts5, so no virtual table is added")
                        continue
                    raise
                self.assert_broken(bad, tokens=[name], check="a")
                # and no trigger of a foreign hand runs
                if "TRIGGER" in sql:
                    self.lingtan("set", bad, "4.2.5", "points:5", "--as", EVALUATOR, code=(0, 1, 3, 4), env=environment(self.dir, XDG_STATE_HOME=self.dir / "elsewhere"))
                    self.assertNotEqual(projects.query(bad, "SELECT count(*) FROM answer")[0][0], 0)

    def test_a_schema_text_changed_in_place(self):
        path = self.rich()
        bad = self.folder / "坏.lingtan"
        shutil.copyfile(path, bad)
        with contextlib.closing(projects.connect(bad, write=True)) as db:
            db.execute("PRAGMA writable_schema = ON")
            try:
                touched = db.execute("UPDATE sqlite_master SET sql = replace(sql, 'CHECK', 'check') WHERE name = 'answer'").rowcount
            except sqlite3.OperationalError as e:
                self.skip("this SQLite does not let its schema be written (%s)" % e)
            self.assertEqual(touched, 1)
        self.assert_broken(bad, tokens=["answer"], check="a")

    def test_anchors(self):
        path = self.new()
        kept = [projects.head(path)]
        for n in range(4):
            self.set(path, "4.2.%d" % (n + 1), "points:5")
            kept.append(projects.head(path))
        for h in kept:
            self.assert_holds(path, "--head", h)
        self.assert_holds(path, "--head", kept[0].upper())
        self.assert_broken(path, "--head", "ab" * 32, tokens=["abababab"], check="g")
        for wrong in ("", "xyz", "g" * 64, "0" * 63, "0" * 65, kept[-1] + " "):
            with self.subTest(head=wrong):
                self.lingtan("verify", path, "--head", wrong, code=2)

    def test_a_file_whose_end_was_cut_off_is_caught_by_the_anchor_alone(self):
        path = self.new()
        self.set(path, "4.2.1", "points:5")
        earlier = self.folder / "earlier.lingtan"
        shutil.copyfile(path, earlier)
        self.set(path, "4.2.1", "points:9")
        elsewhere = environment(self.dir, XDG_STATE_HOME=self.dir / "another machine")
        self.assert_holds(earlier, env=elsewhere)
        self.assert_broken(earlier, "--head", projects.head(path), tokens=[projects.head(path)[:8]], check="g", env=elsewhere)
        # this machine remembers
        self.assert_broken(earlier, tokens=[projects.head(path)[:8]], check="g")

    def test_it_says_what_it_does_not_prove(self):
        said = self.lingtan("verify", self.new(), "--lang", "en").both
        self.assertRegex(said, r"(?i)sign|claim", "names are claims as long as nothing is signed")


class Readers(ProjectCase):
    WORDS = (["score"], ["explain"], ["log"], ["evidence"], ["set", "4.2.6", "points:3"], ["undo"])

    def refused(self, path, *shown, env=None):
        for word, *more in self.WORDS:
            with self.subTest(word=word):
                run = self.lingtan(word, path, *more, "--as", EVALUATOR, "--lang", "en", code=3, env=env)
                self.assert_refused(run, path.name, "verify", "rescue", *shown)

    def test_what_does_not_follow_from_the_journal_is_not_read(self):
        path = self.rich()
        projects.change(path, "UPDATE answer SET verdict_value = '10' WHERE rung = 'evaluator' AND item = '4.2.1'")
        with self.untouched():
            self.refused(path, "4.2.1")

    def test_a_file_that_was_looked_at_is_looked_at_again_when_it_changes(self):
        """Also where size and time were put back as they were."""
        path = self.rich()
        later = self.clock(1)
        before = self.document("score", path, env=later)
        noted = list((self.dir / "state" / "lingtan" / "trusted").iterdir())
        self.assertEqual(len(noted), 1)
        text = noted[0].read_text()
        self.assertEqual(self.document("score", path, env=later), before)
        self.assertEqual(noted[0].read_text(), text)
        times = os.stat(path)
        projects.change(path, "UPDATE answer SET verdict_value = '9.5' WHERE rung = 'evaluator' AND item = '4.2.1'")
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
        self.assertEqual(os.stat(path).st_size, times.st_size)
        self.refused(path, "4.2.1", env=later)

    def test_with_readonly_nothing_is_noted(self):
        path = self.rich()
        elsewhere = dict(self.clock(1), XDG_STATE_HOME=str(self.dir / "another machine"))
        self.document("score", path, "--readonly", env=elsewhere)
        self.assertFalse((self.dir / "another machine" / "lingtan" / "trusted").exists())
        self.document("score", path, env=elsewhere)
        self.assertTrue((self.dir / "another machine" / "lingtan" / "trusted").exists())

    def test_a_journal_too_long_to_be_checked_at_opening(self):
        """It opens as fast as any; who reads it is told that its facts were not held against the journal, and verify does it."""
        path = self.new()
        self.set(path, "4.2.1", "points:5")
        self.assertNotIn("verify", self.lingtan("score", path, "--lang", "en").err)
        projects.change(path, "WITH RECURSIVE a(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM a WHERE i < 2000) "
                              "INSERT INTO entry (n, hash, body) SELECT -i, printf('%064d', i), '{}' FROM a")
        self.assertNotEqual(projects.change(path, "UPDATE answer SET verdict_value = '9'"), 0)
        for lang, said in (("en", "more than 2000 entries"), ("zh", "记录超过 2000 条")):
            self.assertEqual(self.lingtan("score", path, "--lang", lang).err.count(said), 1)
        self.assertEqual(self.lingtan("verify", path, "--json", code=1).json()["holds"], False)
        # and what did not hold is not taken for checked
        self.assertIn("more than 2000 entries", self.lingtan("score", path, "--lang", "en").err)


# ---- files that are not ours, or not writable ---------------------------------------------------------------------

class Foreign(ProjectCase):
    def words(self, path):
        """Every word that takes a project, with the rest of what it needs."""
        photo = self.write("photo.jpg", b"photo")
        answers = self.write("answers.yaml", sheet(A, [{"item": "4.2.1", "points": "8"}], park_type="production"))
        return [["score", path], ["explain", path], ["gap", path], ["log", path], ["verify", path], ["evidence", path], ["set", path, "4.2.1", "points:8"],
                ["quantity", path, "emission", "1", "tCO2", "--year", YEAR], ["add", path, "--standard", CSUS, "--stage", "planning", "--type", "production", "--year", YEAR], ["import", path, answers],
                ["import", path, answers, "--dry-run"], ["attach", path, "4.2.1", photo, "--locator", "第3页"], ["extract", path, "0" * 64, "-o", self.dir / "out"],
                ["purge", path, "0" * 64, "--reason", "涉密"], ["submit", path, "--reason", "完成"], ["undo", path], ["redo", path], ["copy", path, self.dir / "to.lingtan"]]

    def refused(self, path, *shown, sheet_too=False):
        for words in self.words(path):
            with self.subTest(file=os.path.basename(path), word=words[0]):
                # score, explain and gap take sheets too, and may say what is wrong with the sheet
                as_sheet = sheet_too and words[0] in ("score", "explain", "gap")
                run = self.lingtan(*words, "--lang", "en", code=(3, 4) if as_sheet else 3)
                if as_sheet:
                    self.assertIn(os.path.basename(path), run.err)
                else:
                    self.assert_refused(run, os.path.basename(path), *shown)
                self.assertFalse((self.dir / "out").exists())
                self.assertFalse((self.dir / "to.lingtan").exists())

    def test_what_is_no_project(self):
        for name, data in (("text", "这不是项目文件\n".encode()), ("empty", b""), ("zeros", b"\0" * 8192), ("magic only", b"SQLite format 3\0"), ("magic and zeros", b"SQLite format 3\0" + b"\0" * 8176),
                           ("pdf", b"%PDF-1.7\n"), ("noise", self.bytes_of(3, 20000))):
            path = self.write("projects/%s.lingtan" % name, data)
            with self.untouched():
                self.refused(path, sheet_too=not data.startswith(b"SQLite"))

    def test_another_programs_database(self):
        ours = self.rich()
        for name in ("empty database", "their tables", "our tables", "our number"):
            path = self.folder / (name + ".lingtan")
            if name == "our tables":
                shutil.copyfile(ours, path)
                projects.change(path, "PRAGMA application_id = 0")
            else:
                db = sqlite3.connect(path)
                db.execute("CREATE TABLE answer (a)")
                if name == "empty database":
                    db.execute("DROP TABLE answer")
                if name == "our number":
                    db.execute("PRAGMA application_id = %d" % projects.query(ours, "PRAGMA application_id")[0][0])
                db.commit()
                db.close()
            with self.untouched():
                if name == "our number":
                    for words in self.words(path):
                        with self.subTest(file=name, word=words[0]):
                            self.lingtan(*words, code=(1, 3) if words[0] == "verify" else 3)
                else:
                    self.refused(path)

    def test_a_newer_file(self):
        path = self.rich()
        version = projects.query(path, "PRAGMA user_version")[0][0]
        for more in (1, 1000):
            projects.change(path, "PRAGMA user_version = %d" % (version + more))
            with self.untouched():
                self.refused(path, "newer")

    def test_what_is_not_a_file(self):
        fifo, folder, missing = self.folder / "fifo.lingtan", self.folder / "folder.lingtan", self.folder / "missing.lingtan"
        os.mkfifo(fifo)
        folder.mkdir()
        with self.untouched():
            for path in (fifo, folder, missing, pathlib.Path("/dev/null"), pathlib.Path("/dev/zero"), missing / "p.lingtan"):
                self.refused(path, sheet_too=True)

    def test_a_pipe_in_the_place_of_its_journal(self):
        """It would be waited for; whoever sends a folder may have put it there. Beside what a link leads to as well."""
        path = self.rich()
        link = self.folder / "elsewhere" / "link.lingtan"
        link.parent.mkdir()
        link.symlink_to(path)
        for end, make in (("-journal", os.mkfifo), ("-wal", os.mkfifo), ("-shm", os.mkfifo), ("-journal", os.mkdir)):
            beside = pathlib.Path(str(path) + end)
            make(beside)
            self.refused(path, path.name + end)
            for words in (("score", link), ("log", link)):
                self.assertIn(path.name + end, self.lingtan(*words, code=3).err)
            beside.rmdir() if make is os.mkdir else beside.unlink()
        self.assert_holds(path)

    def test_a_journal_that_names_another_file(self):
        """SQLite would open that one, and remove it when it has rolled back."""
        path, torn, victim, pipe = self.rich(), self.folder / "torn.lingtan", self.write("projects/victim", b"words"), self.folder / "pipe"
        os.mkfifo(pipe)
        for named in (victim, pipe):
            projects.make_hot(path, torn)
            name = os.fsencode(named)
            page = int.from_bytes(torn.read_bytes()[16:18], "big")
            total = sum(byte if byte < 128 else byte - 256 for byte in name)
            with open(str(torn) + "-journal", "ab") as journal:
                journal.write((0x40000000 // page + 1).to_bytes(4, "big") + name + len(name).to_bytes(4, "big") + (total & 0xffffffff).to_bytes(4, "big")
                              + bytes.fromhex("d9d505f920a163d7"))
            self.refused(torn, torn.name + "-journal")
            self.lingtan("rescue", torn, self.dir / "to.lingtan", code=3)
            self.assertEqual(victim.read_bytes(), b"words")

    def test_a_journal_that_an_earlier_file_left(self):
        """It would be rolled back into a new file of that name."""
        path, torn = self.rich(), self.folder / "torn.lingtan"
        projects.make_hot(path, torn)
        torn.unlink()
        journal = pathlib.Path(str(torn) + "-journal")
        kept = journal.read_bytes()
        for words in (("new", torn, "--park", "园", "--standard", CSUS, "--stage", "operation", "--type", "production", "--year", YEAR), ("copy", path, torn)):
            self.assertIn(journal.name, self.lingtan(*words, "--as", EVALUATOR, code=3).err)
            self.assertFalse(torn.exists())
        self.assertEqual(journal.read_bytes(), kept)
        journal.write_bytes(b"\0" * 512)  # one that was done with
        self.lingtan("copy", path, torn, "--as", EVALUATOR)
        self.assert_holds(torn)

    def test_leftovers_beside_it_do_no_harm(self):
        path = self.rich()
        before = self.state(path)
        journal = pathlib.Path(str(path) + "-journal")
        for data in (b"", b"\0" * 4096, b"noise" * 1000, b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\0" * 504):
            with self.subTest(journal=data[:10]):
                journal.write_bytes(data)
                self.assertEqual(self.state(path), before)
                self.assert_holds(path)
        journal.unlink(missing_ok=True)
        self.set(path, "4.2.6", "points:3")
        self.assert_holds(path)


class ReadOnly(ProjectCase):
    def changes(self, path):
        photo = self.write("photo.jpg", b"photo")
        answers = self.write("answers.yaml", sheet(A, [{"item": "4.2.1", "points": "8"}], park_type="production"))
        sha = projects.query(path, "SELECT sha256 FROM evidence")[0][0]
        return [["set", path, "4.2.1", "points:8"], ["quantity", path, "emission", "1", "tCO2", "--year", YEAR], ["add", path, "--standard", CSUS, "--stage", "planning", "--type", "production", "--year", YEAR],
                ["import", path, answers], ["attach", path, "4.2.1", photo, "--locator", "第3页"], ["purge", path, sha, "--reason", "涉密"], ["submit", path, "--reason", "完成"], ["undo", path], ["redo", path]]

    def reads(self, path, before, **more):
        with self.untouched():
            self.assertEqual(self.document("score", path, **more), before)
            for words in (["score", path], ["log", path], ["verify", path], ["evidence", path], ["explain", path, "4.2.1"]):
                self.lingtan(*words, code=0, **more)

    def refuses(self, path, *args, **more):
        with self.untouched():
            for words in self.changes(path):
                with self.subTest(word=words[0]):
                    run = self.lingtan(*words, "--as", EVALUATOR, *args, code=5, limits=False, **more)
                    self.assert_refused(run, path.name)

    def test_when_asked(self):
        path = self.rich()
        before = self.document("score", path)
        self.reads(path, before)
        self.refuses(path, "--readonly")
        self.lingtan("import", path, self.dir / "answers.yaml", "--dry-run", "--readonly", "--as", EVALUATOR)
        self.lingtan("copy", path, self.dir / "to.lingtan", "--readonly")
        self.assert_holds(self.dir / "to.lingtan")

    def test_a_folder_and_a_file_without_permission(self):
        for folder_mode, file_mode in ((0o555, 0o644), (0o755, 0o444), (0o555, 0o444)):
            with self.subTest(folder=oct(folder_mode), file=oct(file_mode)):
                path = self.rich("p%o%o.lingtan" % (folder_mode, file_mode))
                before = self.document("score", path)
                self.changes(path)
                user = self.ordinary_user()
                os.chmod(path, file_mode)
                os.chmod(self.folder, folder_mode)
                self.addCleanup(os.chmod, self.folder, 0o755)
                self.reads(path, before, user=user)
                self.refuses(path, user=user)
                os.chmod(self.folder, 0o755)

    def test_a_file_that_must_not_be_read(self):
        path = self.rich()
        user = self.ordinary_user()
        os.chmod(path, 0)
        for word in ("log", "verify", "score", "undo"):
            self.assert_refused(self.lingtan(word, path, code=3, user=user), path.name)

    def test_a_read_only_medium(self):
        path = self.rich()
        before = self.document("score", path)
        self.changes(path)
        stick = self.mount("--bind", "-o", "ro", self.folder)
        if os.access(stick, os.W_OK):
            self.skip("the bind mount stays writable")
        self.reads(stick / path.name, before)
        self.refuses(stick / path.name)
        self.lingtan("copy", stick / path.name, self.dir / "to.lingtan")
        self.assert_holds(self.dir / "to.lingtan")
        self.lingtan("new", stick / "n.lingtan", "--park", "x", "--standard", CSUS, "--stage", "operation", "--type", "production", code=5)

    def test_a_hot_journal_is_recovered_where_one_may_write(self):
        path = self.rich()
        before = self.state(path)
        torn = self.folder / "断电.lingtan"
        projects.make_hot(path, torn)
        self.assertEqual(self.state(torn), before)
        self.assert_holds(torn)
        self.assertEqual(projects.query(torn, "SELECT count(*) FROM answer WHERE remark_text = 'unfinished'"), [(0,)])

    def test_a_hot_journal_on_a_read_only_stick(self):
        """Recovered on a temporary copy, and said so; the stick is not touched and no copy stays behind."""
        path = self.rich()
        before = self.document("score", path)
        torn = self.folder / "断电.lingtan"
        projects.make_hot(path, torn)
        temporary = self.dir / "tmp"
        temporary.mkdir(mode=0o777)
        link = self.dir / "link.lingtan"
        link.symlink_to(torn)
        env = environment(self.dir, TMPDIR=temporary)
        user = self.ordinary_user()
        os.chmod(self.folder, 0o555)
        self.addCleanup(os.chmod, self.folder, 0o755)
        with self.untouched():
            for words in (["score", torn], ["log", torn], ["verify", torn], ["evidence", torn], ["verify", link]):
                run = self.lingtan(*words, "--lang", "en", user=user, env=env, limits=False)
                self.assertRegex(run.err, r"(?i)recover|temporary|unfinished")
            self.assertEqual(self.document("score", torn, user=user, env=env, limits=False), before)
            self.lingtan("set", torn, "4.2.1", "points:1", "--as", EVALUATOR, user=user, env=env, limits=False, code=5)
        self.assertEqual(list(temporary.iterdir()), [])


# ---- copies, this machine's memory, rulesets ----------------------------------------------------------------------

class Copies(ProjectCase):
    def test_a_copy_is_the_same_and_holds(self):
        path = self.rich()
        to = self.dir / "副本.lingtan"
        with self.untouched():
            self.lingtan("copy", path, to)
        self.assertEqual(self.state(to), self.state(path))
        self.assert_holds(to)
        self.assertFalse(list(self.dir.glob("副本.lingtan-*")))
        out = self.dir / "out"
        for (sha,) in projects.query(path, "SELECT sha256 FROM evidence"):
            self.lingtan("extract", to, sha, "-o", out)
            self.assertEqual(projects.file_digest(out), sha)
            out.unlink()

    def test_an_older_file_is_said_to_be_older_once(self):
        path, old = self.new(), self.folder / "旧.lingtan"
        shutil.copyfile(path, old)
        self.set(path, "4.2.1", "points:5")
        said = self.lingtan("copy", old, self.dir / "to.lingtan", "--lang", "en").err
        self.assertEqual(said.count("older than the one this machine knew"), 1)

    def test_nothing_is_overwritten(self):
        path = self.rich()
        there = self.write("there.lingtan", "mine\n")
        with self.untouched(self.folder, there):
            self.assert_refused(self.lingtan("copy", path, there, code=4), "there.lingtan")
            self.lingtan("copy", path, path, code=4)
            self.lingtan("copy", path, self.dir / "no" / "to.lingtan", code=5)
            self.lingtan("copy", path, self.dir, code=4)

    def test_while_another_program_writes(self):
        path = self.rich()
        before = self.state(path)
        with projects.held(path, "BEGIN IMMEDIATE", "UPDATE answer SET verdict_value = '0'"):
            self.lingtan("copy", path, self.dir / "to.lingtan", limits=False)
        self.assertEqual(self.state(self.dir / "to.lingtan"), before)
        self.assert_holds(self.dir / "to.lingtan")

    def test_a_broken_file_is_not_passed_on_as_good(self):
        path = self.rich()
        projects.change(path, "UPDATE answer SET verdict_value = '10' WHERE item = '4.2.1'")
        run = self.lingtan("copy", path, self.dir / "to.lingtan", code=3)
        self.assertNotEqual(run.err, "")
        # bytes of evidence are looked at in the copy alone
        path = self.rich("bytes.lingtan")
        projects.change(path, "UPDATE chunk SET data = zeroblob(length(data)) WHERE blob = (SELECT b.id FROM blob b JOIN evidence e USING (sha256) LIMIT 1)")
        for lang in ("zh", "en"):
            said = self.document("verify", path, "--lang", lang, code=1)["first"]["text"]
            run = self.lingtan("copy", path, self.dir / (lang + ".lingtan"), "--lang", lang, code=1)
            self.assertIn((lang + ".lingtan") + said.partition(path.name)[2], run.err)

    def test_older_than_the_one_this_machine_knew(self):
        path = self.new()
        self.set(path, "4.2.1", "points:5")
        old = path.read_bytes()
        self.set(path, "4.2.1", "points:9")
        self.assertNotIn("older", self.lingtan("score", path, "--lang", "en").err)
        path.write_bytes(old)
        self.assertIn("older", self.lingtan("score", path, "--lang", "en").err)
        self.assertIn("older", self.lingtan("log", path, "--lang", "en").err)
        self.document("score", path)
        self.assert_broken(path, check="g")
        # another machine cannot know
        run = self.lingtan("score", path, "--lang", "en", env=environment(self.dir, XDG_STATE_HOME=self.dir / "elsewhere"))
        self.assertNotIn("older", run.err)

    def test_a_state_folder_that_cannot_be_written_stops_nobody(self):
        path = self.new()
        blocked = self.write("blocked", "a file")
        for n, value in enumerate((blocked, "/dev/null", "/proc/nothing", "", None, "relative/path")):
            with self.subTest(state=value):
                self.set(path, "4.2.1", "points:%d" % (n + 1), env=environment(self.dir, XDG_STATE_HOME=value))
                self.lingtan("score", path, env=environment(self.dir, XDG_STATE_HOME=value))
                self.assert_holds(path)
        self.set(path, "4.2.1", "points:9", env=environment(self.dir, XDG_STATE_HOME=None, HOME=None))
        self.assertEqual([p.name for p in self.folder.iterdir()], [path.name])

    def test_a_copy_a_day_three_kept_without_evidence(self):
        path = self.new(env=self.clock(0))
        photo = self.bytes_of(9, 400000)
        self.attach(path, "4.2.1", self.write("photo.jpg", photo), env=self.clock(0))
        for day in range(1, 6):
            for hour, points in ((0, 3), (1, 4)):
                self.set(path, "4.2.2", "points:%d" % (points + (day % 2) * 3), env=self.clock(day))
            copies = self.kept_copies()
            self.assertLessEqual(len(copies), min(3, day + 1), copies)
            self.assertGreaterEqual(len(copies), 1)
        self.assertEqual(len(copies), 3)
        mine = self.document("log", path)
        for copy in copies:
            self.assertLess(copy.stat().st_size, path.stat().st_size - 300000, "a copy holds evidence")
            self.assertNotIn(photo[100:164], copy.read_bytes())
            log = self.document("log", copy, "--readonly")
            self.assertEqual(log["project"], mine["project"])
            self.assertEqual(log["entries"], mine["entries"][:len(log["entries"])])
            self.document("score", copy, "--readonly")

    def test_one_day_is_one_copy(self):
        path = self.new()
        for n in range(4):
            self.set(path, "4.2.%d" % (n + 1), "points:5")
        self.assertEqual(len(self.kept_copies()), 1)
        other = self.new("other.lingtan")
        self.set(other, "4.2.1", "points:5")
        self.assertEqual(len(self.kept_copies()), 2)


class Rescue(ProjectCase):
    def test_what_can_be_read_of_a_broken_file(self):
        path = self.rich()
        cells = projects.fold(projects.line_of_entries(path))
        answers = {k: v for k, v in cells.items() if k[0] == "answer"}
        for name, statement in (("head", "DELETE FROM entry WHERE n = (SELECT max(n) FROM entry)"), ("facts", "DELETE FROM answer"), ("extra", "CREATE TABLE zz (a)")):
            with self.subTest(broken=name):
                bad, to = self.folder / (name + ".lingtan"), self.dir / (name + " gerettet.lingtan")
                shutil.copyfile(path, bad)
                projects.change(bad, statement)
                with self.untouched():
                    self.lingtan("rescue", bad, to, code=(0, 1))
                self.assert_holds(to, env=environment(self.dir, XDG_STATE_HOME=self.dir / "elsewhere"))
                saved = projects.fold(projects.line_of_entries(to))
                for where, members in answers.items():
                    if name == "head" and where[1].endswith("4.2.4"):
                        continue          # what the last entry said: it is gone, and the journal says so of nothing else
                    self.assertEqual(saved.get(where), members, where)

    def rescued(self, data, name):
        """What a broken file's rescue holds, or None where nothing could be saved; (cells, report)."""
        bad, to = self.folder / "坏.lingtan", self.dir / (name + ".lingtan")
        bad.write_bytes(data)
        env = environment(self.dir, XDG_STATE_HOME=self.dir / "elsewhere")
        run = self.lingtan("rescue", bad, to, "--as", EVALUATOR, "--json", code=(0, 1, 3), env=env)
        if run.code == 3:
            self.assertFalse(to.exists())
            return None
        report = run.json()
        if report["blobs_lost"]:
            self.assert_broken(to, check="e", env=env)
        else:
            self.assert_holds(to, env=env)
        self.document("log", to, env=env)
        cells = projects.fold(projects.line_of_entries(to))
        to.unlink()
        return cells, report

    def test_any_page_may_be_lost_and_no_word_is(self):
        """What people entered stands in the journal and in the tables: whatever page is gone, it is found in the other."""
        path = self.rich()
        for n in range(20):
            self.set(path, "4.2.%d" % (n % 6 + 1), "points:%d" % (n % 9 + 1), "--remark", "长" * (700 + n))
        whole = path.read_bytes()
        cells = projects.fold(projects.line_of_entries(path))
        size = projects.query(path, "PRAGMA page_size")[0][0]
        lost = []
        pages = range(len(whole) // size)
        for page in pages if os.environ.get("LINGTAN_FULL") == "1" else random.Random(1).sample(pages, 8 if sanitized() else 30):
            for filler in (b"\0",) if page % 2 else (b"\xff",):
                with self.subTest(page=page + 1, filler=filler):
                    data = whole[:page * size] + filler * size + whole[(page + 1) * size:]
                    found = self.rescued(data, "gerettet")
                    self.assertIsNotNone(found)
                    now, report = found
                    missing = {k: v for k, v in cells.items() if now.get(k) != v}
                    if missing:
                        lost.append((page + 1, sorted(missing)[:3], report))
        self.assertEqual(lost, [])

    def test_the_first_entry_lost(self):
        path = self.rich()
        cells = projects.fold(projects.line_of_entries(path))
        for sql in ("DELETE FROM entry WHERE n = 1", "DELETE FROM entry WHERE n < 5", "DELETE FROM entry WHERE n = 6", "DELETE FROM entry", "UPDATE entry SET body = 'x'", "DELETE FROM entry WHERE n % 2 = 1"):
            with self.subTest(sql=sql):
                bad = self.folder / "vorher.lingtan"
                shutil.copyfile(path, bad)
                projects.change(bad, sql)
                found = self.rescued(bad.read_bytes(), "gerettet")
                self.assertIsNotNone(found)
                self.assertEqual({k: v for k, v in cells.items() if found[0].get(k) != v}, {})
                self.assertGreater(found[1]["words"] + found[1]["entries"], 5)

    def test_what_was_saved_can_be_taken_back(self):
        """What no entry proves is one entry, in the name of who saved it."""
        path = self.rich()
        projects.change(path, "DELETE FROM entry WHERE n = 4")
        to = self.dir / "gerettet.lingtan"
        env = environment(self.dir, XDG_STATE_HOME=self.dir / "elsewhere")
        self.lingtan("rescue", path, to, "--as", EVALUATOR, code=1)
        last = self.entries(to, env=env)[-1]
        self.assertEqual((last["kind"], last["by"]), ("rescue", "林静"))
        self.lingtan("undo", to, "--as", EVALUATOR, env=env)
        self.assertEqual(projects.fold(projects.line_of_entries(to)), self.cells_of(self.entries(to, env=env)[:3]))
        self.assert_holds(to, env=env)

    @staticmethod
    def cells_of(entries):
        cells = {}
        for e in entries:
            for c in e["changes"]:
                cells[(c["table"], c["key"], c["group"])] = c["new"]
        return {k: v for k, v in cells.items() if v is not None}

    def test_the_journal_counts_where_it_is_whole(self):
        path = self.rich()
        cells = projects.fold(projects.line_of_entries(path))
        projects.change(path, "UPDATE answer SET verdict_value = '10'")
        projects.change(path, "DELETE FROM quantity")
        found = self.rescued(path.read_bytes(), "gerettet")
        self.assertEqual(found[0], cells)
        self.assertEqual((found[1]["words"], found[1]["entries_lost"]), (0, 0))

    def test_an_attached_copy_is_not_taken_for_the_file(self):
        path = self.rich()
        other = self.new("andere.lingtan")
        later = self.folder / "later.lingtan"
        shutil.copyfile(path, later)
        for n in range(5):
            self.set(later, "4.2.1", "points:%d" % n, env=environment(self.dir, XDG_STATE_HOME=self.dir / "another"))
        self.attach(path, "4.2.2", other)
        self.attach(path, "4.2.2", later)
        cells = projects.fold(projects.line_of_entries(path))
        projects.change(path, "CREATE TABLE zz (a)")
        found = self.rescued(path.read_bytes(), "gerettet")
        self.assertEqual(found[0], cells)
        self.assertEqual((found[1]["words"], found[1]["blobs_lost"]), (0, 0))

    def test_the_head_of_the_file_lost(self):
        path = self.rich()
        # what an attached file of another project says is none of its words
        other = self.new("andere.lingtan")
        self.set(other, "4.2.5", "points:3")
        self.attach(path, "4.2.2", other)
        whole = path.read_bytes()
        cells = projects.fold(projects.line_of_entries(path))
        for name, head in (("magic", b"x"), ("hundred bytes", b"\0" * 100), ("number", whole[:68] + b"\0\0\0\0"), ("version", whole[:60] + b"\0\0\x10\0"), ("page size", whole[:16] + b"\x10\x01")):
            with self.subTest(lost=name):
                found = self.rescued(head + whole[len(head):], "gerettet")
                self.assertIsNotNone(found)
                self.assertEqual({k: v for k, v in cells.items() if found[0].get(k) != v}, {})
                self.assertNotIn("4.2.5", {k[1].split("|")[-1] for k in found[0]})

    def test_half_a_file(self):
        path = self.rich()
        whole = path.read_bytes()
        for name, data in (("half", whole[:len(whole) // 2]), ("a page gone", whole[:8192] + b"\0" * 4096 + whole[12288:]), ("three bytes", whole[:3]), ("noise", self.bytes_of(5, 9000)), ("empty", b"")):
            with self.subTest(broken=name):
                bad, to = self.write("projects/%s.lingtan" % name, data), self.dir / (name + ".out.lingtan")
                with self.untouched():
                    run = self.lingtan("rescue", bad, to, code=(0, 1, 3))
                if run.code == 3:
                    self.assertFalse(to.exists())
                else:
                    self.document("log", to)

    def test_nothing_is_overwritten(self):
        path = self.rich()
        there = self.write("there.lingtan", "mine\n")
        with self.untouched(self.folder, there):
            self.lingtan("rescue", path, there, code=4)
            self.lingtan("rescue", path, path, code=4)
            self.lingtan("rescue", self.folder / "missing.lingtan", self.dir / "to.lingtan", code=3)


if __name__ == "__main__":
    harness.main()
