"""The manual page and the completions, which the program prints from its table of commands; and what make install lays out."""
import pathlib
import re
import shlex
import shutil
import subprocess

import harness
from harness import CSUS, SAMPLES, TREE, Case, environment, sanitized, thinned


# a key, a peer's file, a remark or round that is there: their own tests run these
NEED_MORE = {"purge", "settle", "merge", "verify", "register", "key", "check", "factors", "rescue", "decide"}
# a second assessment would have to be named from there on
ANOTHER = ["add", "follow", "must", "cycle"]
LATE = ["submit", "rounds", "return", "reopen"]


class Words(Case):
    def setUp(self):
        super().setUp()
        table = self.document("--help")
        self.commands = {c["name"]: c for c in table["commands"]}
        self.options = {o["name"]: o for o in table["options"]}

    def choices(self, arguments):
        """The words that a form of the arguments may begin with."""
        if arguments == "[COMMAND]":
            return set(self.commands)
        found = [part.strip().split(" ")[0] for part in arguments.split("|")]
        if len(found) < 2 or not re.fullmatch("[a-z-]+", found[0]):
            return set()
        return set(found[:next((i for i, word in enumerate(found) if not re.fullmatch("[a-z-]+", word)), len(found))])

    def test_help_cuts_nothing_off(self):
        said = self.lingtan("--help").out
        for name, command in self.commands.items():
            self.assertIn("lingtan %s %s " % (name, command["arguments"]) if command["arguments"] else "lingtan %s " % name, said)

    def test_help_of_a_word(self):
        """Usage, what it does, its own options without the others', an example that is true."""
        for name, command in thinned(self.commands.items(), 3):
            alone = self.document(name, "--help")
            self.assertEqual(alone, command)
            for lang in ("zh", "en"):
                said = self.lingtan(name, "--help", "--lang", lang).out
                self.assertIn("lingtan %s" % " ".join([name, command["arguments"]]).strip(), said.splitlines()[0])
                self.assertIn("\n  %s\n" % command["example"], said)
                listed = re.findall(r"^  (-[-a-z]+)", said, re.M)
                self.assertEqual(listed, command["options"], said)
            self.assertTrue(command["example"].startswith("lingtan " + name))
            common = {"--as", "--role", "--assessment", "--rung", "--lang", "--reason", "-o", "--key"}
            for option in re.findall(r" (--?[a-z][-a-z]*)", command["example"]):
                self.assertIn(option, set(command["options"]) | common, command["example"])
        self.assertIn("--locator TEXT                  the place in the document\n", self.lingtan("attach", "--help", "--lang", "en").out)
        self.assertNotIn("--prefer", self.lingtan("attach", "--help").out)
        self.lingtan("nothing", "--help", code=2)
        # the other way to say it
        for words, asked in ((["help"], ["--help"]), (["help", "set"], ["set", "--help"]), (["help", "--json"], ["--help", "--json"])):
            self.assertEqual(self.lingtan(*words).out, self.lingtan(*asked).out)
        self.assertIn("nothing", self.lingtan("help", "nothing", code=2).err)
        self.assertEqual(self.lingtan("park.lingtan", "--help").out, self.lingtan("--help").out)

    def test_help_where_the_library_cannot_be_read(self):
        missing = self.dir / "missing"
        for words in (["help"], ["help", "set"], ["--help"], ["--version"], ["manual"]):
            self.assertEqual(self.lingtan("--rulesets", missing, *words).out, self.lingtan(*words).out, words)
        self.assertIn("missing", self.lingtan("--rulesets", missing, "standards", code=3).err)

    def test_examples(self):
        """In the order of the table, on one project: none is a wrong use, and each does what it says where it can."""
        self.write("answers.yaml", (SAMPLES / (CSUS + ".yaml")).read_text("utf-8"))
        self.write("my-sheet.yaml", (SAMPLES / (CSUS + ".yaml")).read_text("utf-8"))
        self.write("用地平衡表.pdf", "%PDF-1.4\n")
        refused = {}
        for name in [n for n in self.commands if n not in NEED_MORE | set(LATE)] + LATE:
            words = shlex.split(self.commands[name]["example"].replace("ID", CSUS).replace("/media/stick", str(self.dir / "stick")))[1:]
            if name in ("add", "follow"):
                shutil.copy(self.dir / "park.lingtan", self.dir / "other.lingtan")
            if name in ANOTHER:
                words = ["other.lingtan" if word == "park.lingtan" else word for word in words]
            (self.dir / "stick").mkdir(exist_ok=True)
            done = self.run_raw(*words, *([] if "--as" in words else ["--as", "李工:evaluator"]))
            if done.code not in (0, 1):
                refused[name] = (done.code, done.both)
        self.assertEqual(refused, {}, "\n".join("%s %s" % (k, v) for k, v in refused.items()))

    def test_manual(self):
        lints, shows = not self.lacks("mandoc"), not self.lacks("man")
        for lang in ("zh", "en"):
            page = self.run_raw("manual", "--lang", lang).out
            plain = re.sub(r"\\f[BIR]|\\[&:]", "", page).replace("\\-", "-")
            for name, row in list(self.commands.items()) + [(n, o) for n, o in self.options.items() if o["help"]]:
                usage = " ".join([name, row.get("arguments") or row.get("argument") or ""]).strip()
                self.assertIn("\n.TP\n%s\n" % usage, plain)
            path = self.write("lingtan.1", page)
            if lints:
                self.assertEqual(subprocess.run(["mandoc", "-T", "lint", "-W", "error", path], capture_output=True, text=True).stdout, "")
            if shows:
                shown = subprocess.run(["man", "--warnings", "-E", "UTF-8", "-l", path], capture_output=True, text=True, env=environment(self.dir, MANPAGER="cat"))
                self.assertEqual((shown.returncode, shown.stderr), (0, ""))

    def complete(self, *words):
        """What bash offers for the last of these words."""
        script = ". %s; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); compopt() { :; }; _lingtan; printf '%%s\\n' \"${COMPREPLY[@]}\"" % self.bash
        done = subprocess.run(["bash", "-c", script, "bash", "lingtan", *words], capture_output=True, text=True, cwd=self.dir, check=True)
        self.assertEqual(done.stderr, "")
        return set(done.stdout.split("\n")) - {""}

    def test_bash(self):
        self.bash = self.write("bash", self.run_raw("completion", "bash").out)
        self.assertEqual(self.complete(""), set(self.commands))
        self.write("park.lingtan", "")
        self.write("park.txt", "")
        self.assertEqual(self.complete("park"), {"park.lingtan"})
        self.assertEqual(self.complete("score", "-"), set(self.options))
        self.assertEqual(self.complete("--lang", ""), {"zh", "en"})
        self.assertEqual(self.complete("merge", "a", "b", "--prefer", "m"), {"mine"})
        self.assertEqual(self.complete("export", "a", "--format", ""), {"docx", "pdf", "html", "xlsx", "csv", "json", "evidence", "requests"})
        self.assertEqual(self.complete("score", "a", "--rung", "r"), {"reviewer"})
        self.assertEqual(self.complete("score", ""), set())
        self.assertEqual(self.complete("key", "export", "re"), set())
        for name, command in self.commands.items():
            self.assertEqual(self.complete(name, ""), self.choices(command["arguments"]), name)
        self.assertGreater(len(self.complete("register", "s")), 2)

    def test_zsh_and_fish(self):
        for shell, word in (("zsh", "\t\t'%s:"), ("fish", "complete -c lingtan -n __fish_use_subcommand -a %s -d ")):
            text = self.run_raw("completion", shell).out
            for name in self.commands:
                self.assertIn(word % name, text)
            for name, option in self.options.items():
                if option["help"]:
                    self.assertIn({"zsh": "'%s[", "fish": "complete -c lingtan -%s " % ("l %s" if name[:2] == "--" else "s %s")}[shell] % (name if shell == "zsh" else name.lstrip("-")), text)
            if not self.lacks(shell):
                self.assertEqual(subprocess.run([shell, "-n", self.write("script", text)], capture_output=True, text=True).stderr, "")
        self.assertIn("bash", self.lingtan("completion", "tcsh", "--lang", "en", code=2).err)


class Install(Case):
    def make(self, *words):
        subprocess.run(["make", "-s", "-C", TREE, *words, "DESTDIR=%s" % (self.dir / "root"), "PREFIX=/usr"], check=True, capture_output=True, timeout=100)

    def test_what_is_installed_works_alone(self):
        if sanitized() or pathlib.Path(harness.PROGRAM).parent != TREE / "build" / "release":
            self.skip("make install takes the release")
        self.make("install")
        root = self.dir / "root" / "usr"
        files = sorted(str(p.relative_to(root)) for p in root.rglob("*") if p.is_file())
        self.assertIn("share/man/man1/lingtan.1", files)
        env = environment(self.dir)

        def run(*words):
            return subprocess.run([root / "bin" / "lingtan", *words], capture_output=True, text=True, check=True, cwd=self.dir, env=env).stdout

        self.assertEqual((root / "share/man/zh_CN/man1/lingtan.1").read_text("utf-8"), run("manual", "--lang", "zh"))
        run("test")
        run("new", "park.lingtan", "--park", "示例", "--standard", harness.CSUS, "--stage", "operation", "--type", "office", "--year", "2025", "--as", "李工:evaluator")
        run("certificate", "park.lingtan", "--specimen", "-o", "specimen.pdf")
        self.assertTrue((self.dir / "specimen.pdf").read_bytes().startswith(b"%PDF"))
        self.make("uninstall")
        self.assertEqual([p for p in root.rglob("*") if p.is_file()], [])


if __name__ == "__main__":
    harness.main()
