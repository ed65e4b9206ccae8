"""Keys: made under a passphrase, entries signed with them, what a project knows of them, rotation and revocation."""
import base64
import json
import os
import pathlib
import pty
import select
import shutil
import subprocess

import harness
import projects
from projects import ProjectCase

NAME, PHRASE = "李工", "four unrelated words"
WHO = NAME + ":evaluator"


class KeyCase(ProjectCase):
    def setUp(self):
        super().setUp()
        self.phrase = self.write("phrase", PHRASE + "\nnot read\n")

    def make(self, name=NAME, code=0, **more):
        return self.lingtan("key", "make", "--as", name, "--passphrase-file", self.phrase, "--json", code=code, **more)

    def made(self, name=NAME):
        return self.make(name).json()

    def signed_set(self, path, item, *args, who=WHO, code=0):
        return self.lingtan("set", path, item, "met", "--as", who, "--passphrase-file", self.phrase, *args, code=code)


class Files(KeyCase):
    def test_made_listed_exported(self):
        key = self.made()
        self.assertEqual(os.stat(key["file"]).st_mode & 0o777, 0o600)
        self.assertEqual(os.stat(os.path.dirname(key["file"])).st_mode & 0o777, 0o700)
        listed = self.document("key", "list")["keys"]
        self.assertEqual([(k["person"], k["public"]) for k in listed], [(NAME, key["public"])])
        public = self.lingtan("key", "export", key["public"][:8]).out.splitlines()
        self.assertEqual(base64.b64decode(public[1])[10:].hex(), key["public"])
        out = self.dir / "body.pub"
        self.assertIn("body.pub", self.lingtan("key", "export", NAME, "-o", out).out)
        self.assertEqual(out.read_text().splitlines(), public)
        page = self.dir / "verify.html"
        self.assertEqual(self.document("key", "export", NAME, "-o", page), {"person": NAME, "public": key["public"], "path": str(page)})
        self.lingtan("key", "export", NAME, "-o", out, code=4)
        self.lingtan("key", "export", "王审", code=4)
        # nothing that the program says holds the secret
        text = pathlib.Path(key["file"]).read_text()
        self.assertNotIn(text.split("secret ")[1].strip(), json.dumps(listed) + "\n".join(public))

    def test_passphrases(self):
        self.write("phrase", "short\n")
        self.assertIn("8", self.make(code=4).err)
        self.assertEqual(self.document("key", "list")["keys"], [])
        self.lingtan("key", "make", "--as", NAME, "--passphrase-file", self.dir / "none", code=3)
        self.write("phrase", PHRASE + "\n")
        key = self.made()
        path = self.new()
        self.write("phrase", PHRASE + "x\n")
        with self.untouched():
            self.signed_set(path, "4.1.1", code=1)
        self.write("phrase", PHRASE + "\n")
        os.chmod(key["file"], 0o640)
        with self.untouched():
            self.assertIn("600", self.signed_set(path, "4.1.1", code=3).err)
        os.chmod(key["file"], 0o600)
        text = pathlib.Path(key["file"]).read_text()
        with open(key["file"], "w") as f:
            f.write(text.replace(NAME, "李二"))
        self.lingtan("set", path, "4.1.1", "met", "--as", "李二:evaluator", "--passphrase-file", self.phrase, code=1)

    def test_a_folder_too_far_down(self):
        self.write("phrase", PHRASE + "\n")
        for before in ("", "a", "ab"):
            run = self.make(code=5, env=harness.environment(self.dir, XDG_DATA_HOME="/%s%s" % (before, "长" * 1400)))
            self.assertIn("密钥文件夹的路径过长；把 XDG_DATA_HOME 设短些", run.err)
            self.assertIn("长…", run.err)

    def test_asked_on_the_terminal_without_echo(self):
        self.assertIn("--passphrase-file", self.lingtan("key", "make", "--as", NAME, "--lang", "en", code=2).err)
        for second, code in ((PHRASE, 0), ("other words here", 2)):
            shown, status = self.type_twice(PHRASE, second)
            self.assertEqual(status, code, shown)
            self.assertNotIn(PHRASE[:6], shown)
        # one that will not do is not asked for twice
        shown, status = self.type_twice("seven 7", "seven 7")
        self.assertEqual(status, 4, shown)
        self.assertIn("the passphrase is too short: 8 bytes at least", shown)
        self.assertNotIn("the same again", shown)
        self.assertEqual(len(self.document("key", "list")["keys"]), 1)

    def type_twice(self, first, second):
        pid, fd = pty.fork()
        if pid == 0:
            os.execve(harness.PROGRAM, [harness.PROGRAM, "key", "make", "--as", NAME, "--lang", "en"], harness.environment(self.dir))
        shown = b""
        answers = [(b"passphrase of", first), (b"the same again", second)]
        while select.select([fd], [], [], 60)[0]:
            try:
                part = os.read(fd, 4096)
            except OSError:
                break
            if not part:
                break
            shown += part
            if answers and answers[0][0] in shown and shown.endswith(b": "):
                os.write(fd, answers.pop(0)[1].encode() + b"\n")
        os.close(fd)
        return shown.decode("utf-8", "replace"), os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


class Signed(KeyCase):
    def test_entries_are_signed_or_claims(self):
        key = self.made()
        path = self.new(who=WHO)
        self.signed_set(path, "4.1.1")
        self.lingtan("set", path, "4.1.2", "met", "--as", WHO)
        entries = self.entries(path)
        self.assertEqual([e["kind"] for e in entries], ["new", "key", "set", "set"])
        self.assertEqual([e["signed_with"] for e in entries], [None, key["public"], key["public"], None])
        said = self.lingtan("log", path, "--lang", "en").out
        self.assertEqual((said.count(" signed "), said.count(" claimed ")), (2, 2))
        found = self.assert_holds(path)
        self.assertEqual((found["unsigned"], found["distrusted"]), (2, 0))
        self.assertEqual([(k["person"], k["public"], k["revoked"]) for k in self.document("key", "list", path)["keys"]], [(NAME, key["public"], None)])
        self.assertRegex(self.lingtan("key", "list", path).out, "^%s  %s *\n$" % (key["public"][:16], NAME))
        # undo takes the deed back, never the key
        for _ in range(2):
            self.lingtan("undo", path, "--as", WHO)
        self.lingtan("undo", path, "--as", WHO, code=4)
        self.assert_holds(path)
        self.assertEqual(len(self.document("key", "list", path)["keys"]), 1)
        self.check_with_openssl(key["public"], entries[2]["hash"], path)

    def check_with_openssl(self, public, digest, path):
        [(text,)] = projects.query(path, "SELECT signature FROM entry WHERE hash = ?", digest)
        self.assertEqual(text.split()[0], public)
        der = self.write("public.der", bytes.fromhex("302a300506032b6570032100" + public))
        message = self.write("message", b"lingtan entry signature 1\n" + digest.encode())
        signature = self.write("signature", bytes.fromhex(text.split()[1]))
        done = subprocess.run(["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", der, "-rawin", "-in", message, "-sigfile", signature], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done)

    def test_new_project_signed_from_its_first_entry(self):
        self.made()
        path = self.new("新.lingtan", "--passphrase-file", self.phrase, who=WHO)
        self.signed_set(path, "4.1.1")
        self.assertEqual([e["kind"] for e in self.entries(path)], ["new", "set"])
        self.assertEqual(self.assert_holds(path)["unsigned"], 0)

    def test_tampered_signatures_are_found(self):
        key, other = self.made(), self.made("王审")
        path = self.new(who=WHO)
        self.signed_set(path, "4.1.1")
        [(text,)] = projects.query(path, "SELECT signature FROM entry ORDER BY n DESC LIMIT 1")
        flipped = text[:-1] + ("0" if text[-1] != "0" else "1")
        borrowed = other["public"] + text[64:]
        [(earlier,)] = projects.query(path, "SELECT signature FROM entry WHERE n = 2")
        for wrong in (flipped, borrowed, earlier, "x", "", text + " "):
            bad = self.folder / "坏.lingtan"
            shutil.copyfile(path, bad)
            projects.change(bad, "UPDATE entry SET signature = ? WHERE n = 3", wrong)
            self.assert_broken(bad, check="b")
            self.assertIsNone(self.entries(bad)[2]["signed_with"] if wrong not in ("x", "", text + " ") else None)
        self.assertEqual(self.entries(path)[2]["signed_with"], key["public"])

    def test_another_key_in_the_same_name_is_refused(self):
        """Whoever sits down in somebody's name with a key of his own does not get past the recorded one."""
        key = self.made()
        path = self.new(who=WHO)
        self.signed_set(path, "4.1.1")
        os.rename(key["file"], self.dir / "away")
        forged = self.made()
        with self.untouched():
            self.assertIn(key["public"][:12], self.signed_set(path, "4.1.2", code=4).err)
            self.lingtan("key", "record", path, "--as", WHO, "--passphrase-file", self.phrase, code=4)
            self.lingtan("key", "revoke", path, key["public"], "--as", "马某:evaluator", "--reason", "遗失", code=4)
        os.rename(self.dir / "away", key["file"])
        self.lingtan("key", "record", path, forged["public"], "--key", key["public"][:12], "--as", WHO, "--passphrase-file", self.phrase)
        self.signed_set(path, "4.1.2", "--key", forged["public"][:12])
        self.assertEqual(self.entries(path)[-1]["signed_with"], forged["public"])
        self.assert_holds(path)

    def test_revoked_keys_sign_no_more(self):
        key = self.made()
        path = self.new(who=WHO)
        self.signed_set(path, "4.1.1")
        self.signed_set(path, "4.1.2")
        revoke = ("key", "revoke", path, key["public"][:12], "--as", "认证中心:body")
        with self.untouched():
            self.lingtan(*revoke, code=4)
            self.lingtan(*revoke, "--reason", "电脑遗失", "--since", "昨天", code=4)
        # what is dated the very day counts no more
        day = self.entries(path)[1]["at"][:10]
        self.lingtan(*revoke, "--reason", "电脑遗失", "--since", day)
        found = self.assert_holds(path)
        self.assertEqual(found["distrusted"], 3)
        [known] = self.document("key", "list", path)["keys"]
        self.assertEqual((known["revoked"], known["since"]), ("电脑遗失", day))
        self.assertEqual([(e["signed_with"] == key["public"], e["trusted"]) for e in self.entries(path)], [(False, False)] + [(True, False)] * 3 + [(False, False)])
        self.assertEqual(self.lingtan("log", path, "--lang", "en").out.count("signed, not trusted"), 3)
        with self.untouched():
            self.assertIn(day, self.signed_set(path, "4.1.3", code=4).err)
        os.remove(key["file"])
        fresh = self.made()
        self.signed_set(path, "4.1.3")
        self.assertEqual(self.entries(path)[-1]["signed_with"], fresh["public"])
        self.assertEqual(self.assert_holds(path)["distrusted"], 3)


if __name__ == "__main__":
    harness.main()
