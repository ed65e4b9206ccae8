"""What a project file from somebody else, a slip or a missing part of the program must not do."""
import hashlib
import json
import sqlite3

import harness
import projects
from harness import Case, environment

ITEM = "4.2.1"


class ProjectCase(Case):
    def new(self):
        path = self.dir / "park.lingtan"
        self.lingtan("new", path, "--park", "园区AB", "--standard", "t-csus-66-2023", "--stage", "operation", "--type", "production",
                     "--year", "2025", "--as", "李", env=self.env())
        return path

    def env(self, **more):
        return environment(self.dir, XDG_STATE_HOME=self.dir / "state", **more)

    def run_on(self, *args, code=0, **more):
        return self.lingtan(*args, "--as", "李", "--lang", "en", code=code, env=self.env(**more))


class Hostile(ProjectCase):
    def test_control_characters_of_a_sound_file_do_not_reach_the_terminal(self):
        path = self.new()
        db = sqlite3.connect(path)
        (body,) = db.execute("SELECT body FROM entry").fetchone()
        body = body.replace("园区AB", "园\\u001b[31m\u202e区\\u0007")
        db.execute("UPDATE entry SET body = ?, hash = ?", (body, hashlib.sha256(b"lingtan entry 1\n" + body.encode()).hexdigest()))
        db.execute("UPDATE park SET identity_name = ?", ("园\x1b[31m\u202e区\x07",))
        db.commit()
        db.close()
        fresh = {"XDG_STATE_HOME": self.dir / "elsewhere"}
        self.lingtan("verify", path, env=environment(self.dir, **fresh))
        for words in (["score", path], ["score", path, "--json"], ["log", path], ["log", path, "--json"], ["explain", path]):
            run = self.lingtan(*words, env=environment(self.dir, **fresh))  # looks for control characters itself
            if words[0] == "score" and "--json" not in words:
                self.assertIn("\\x1B[31m", run.out)
                self.assertIn("区", run.out)

    def test_bytes_that_are_no_text_are_shown_however_many_they_are(self):
        path = self.new()
        db = sqlite3.connect(path)
        (body,) = db.execute("SELECT body FROM entry").fetchone()
        # so many entries are not held against the facts
        db.execute("UPDATE entry SET n = 3000")
        db.executemany("INSERT INTO entry VALUES (?, ?, ?, NULL)", [(n, "%064x" % n, body) for n in range(1, 2002)])
        db.execute("UPDATE park SET identity_name = CAST(? AS TEXT)", (b"\x80" * 400,))
        db.commit()
        db.close()
        run = self.lingtan("score", path, env=environment(self.dir, XDG_STATE_HOME=self.dir / "elsewhere"))
        self.assertIn("\\x80" * 400, run.out)


class Slips(ProjectCase):
    def test_a_dry_run_that_a_command_does_not_know_changes_nothing(self):
        path = self.new()
        before = path.read_bytes()
        for words in (["set", path, ITEM, "points:5"], ["undo", path], ["submit", path], ["attach", path, ITEM, path, "--page", "1"],
                      # of commands that know it for another deed
                      ["places", path, "remove", "T01"], ["team", path, "remove", "李"], ["engagement", path, "accept"], ["engagement", path, "renew"],
                      ["sample", path, "企业", "draw", "1"], ["line", "add", path, "source=柴油"], ["patch", "make", path, "-o", self.dir / "p"]):
            run = self.run_on(*words, "--dry-run", code=2)
            self.assertIn("--dry-run", run.err)
        self.assertEqual(path.read_bytes(), before)

    def test_a_text_that_is_none_is_named_in_the_language_asked_for(self):
        path = self.new()
        for words, name in ((["set", path, ITEM, "points:5", "--remark", "a\x01b"], "remark"),
                            (["new", self.dir / "other.lingtan", "--park", "x", "--standard", projects.CSUS, "--stage", "operation", "--type", "production", "--reason", "a\x01b"], "--reason")):
            self.assertIn("lingtan: %s: the text has control characters" % name, self.run_on(*words, code=4).err)


class Evidence(ProjectCase):
    def test_it_is_taken_where_the_second_program_is_missing(self):
        path = self.new()
        photo = self.write("photo.jpg", b"\xff\xd8\xff" + b"x" * 5000)
        run = self.run_on("attach", path, ITEM, photo, "--page", "1", LINGTAN_RENDER="/nonexistent")
        self.assertIn("put in", run.err)
        out = self.dir / "again.jpg"
        self.run_on("extract", path, "photo.jpg", "-o", out)
        self.assertEqual(out.read_bytes(), photo.read_bytes())

    def test_others_may_write_while_it_is_looked_at(self):
        """The second program answers once somebody else has written; meanwhile it reads on in the file that both have open."""
        path = self.new()
        photo = self.write("photo.jpg", bytes(range(256)) * 3000)
        helper = self.write("lingtan-inspect", """#!/bin/sh
head -c 300000 >/dev/null
XDG_STATE_HOME='%s' '%s' set '%s' 4.2.2 points:1 --as 王 >/dev/null || exit 9
echo '{"type": "image/jpeg", "taken": {"at": null, "latitude": null, "longitude": null, "from": null}}'
""" % (self.dir / "state", harness.PROGRAM, path))
        helper.chmod(0o755)
        for args in (("--link",), ()):
            self.run_on("attach", path, ITEM, photo, "--locator", "x%d" % len(args), *args, LINGTAN_RENDER=helper)
            said = self.run_on("evidence", path, "--json").out
            self.assertIn("image/jpeg", said)
            self.assertIn("768000", said)
        out = self.dir / "again.jpg"
        self.run_on("extract", path, "photo.jpg", "-o", out)
        self.assertEqual(out.read_bytes(), photo.read_bytes())
        self.run_on("verify", path)

    def test_a_signed_paper_is_taken_though_it_takes_long_to_look_at(self):
        """It is filed in a transaction that cannot be begun once more."""
        path = self.new()
        helper = self.write("lingtan-inspect", "#!/bin/sh\nsleep 1\necho '{\"type\": \"application/pdf\", \"taken\": {\"at\": null, \"latitude\": null, \"longitude\": null, \"from\": null}}'\n")
        helper.chmod(0o755)
        self.run_on("attach", path, "plan", self.write("plan.pdf", b"%PDF-1.4 signed"), LINGTAN_RENDER=helper)
        self.assertEqual([e["type"] for e in json.loads(self.run_on("evidence", path, "--json").out)["evidence"]], ["application/pdf"])
        self.run_on("verify", path)

    def test_what_was_purged_is_not_taken_again(self):
        path = self.new()
        # the large one begins to reach the file before its hash is known
        for name, times in (("photo.jpg", 100000), ("large.jpg", 500000)):
            photo = self.write(name, b"secret" * times)
            self.run_on("attach", path, ITEM, photo, "--page", "1")
            self.run_on("purge", path, name, "--reason", "a tenant's secret")
            for how in ([], ["--link"]):
                run = self.run_on("attach", path, ITEM, photo, "--page", "1", *how, code=4)
                self.assertIn("a tenant's secret", run.err)
            self.assertNotIn(b"secret" * 100, path.read_bytes())
        self.run_on("verify", path)


if __name__ == "__main__":
    harness.main()
