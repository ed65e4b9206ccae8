"""Bad input: findings or one message with file and line, the right exit code, never a crash, no control characters.

With LINGTAN_LIMITS=1 each run must also stay below 64 MiB and one second (see harness.py).
"""
import itertools
import os
import pathlib
import re
import shutil
import signal
import subprocess

import harness
from harness import CSUS, CSUS_HEAD, NDRC, RULESETS, SAMPLES, TREE, Case, environment, line_of, sanitized, sheet, thinned

GOOD = sheet("t-csus-66-2023/operation/2025", [{"item": "4.1.1", "result": "met", "remark": "REMARK"}, {"item": "4.2.1", "points": "8.5"}],
             [{"id": "emission", "value": "12", "unit": "tCO2"}], park_type="production")
PROFILE = CSUS_HEAD + 'parameters:\n- {id: innovation_counts, value: "1", cite: "REMARK"}\n'


def laughs():
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += ["a%d: &a%d [%s]" % (n, n, ", ".join(["*a%d" % (n - 1)] * 9)) for n in range(1, 12)]
    return "\n".join(lines) + "\n"


# name -> (bytes, line that the message must name or None, words of which one must be there in English)
def whole_files():
    deep = 10000
    return {
        "empty": (b"", None, ["empty"]),
        "white space": (b"\n\n   \n", None, ["empty"]),
        "only a comment": (b"# nothing\n", None, ["empty"]),
        "only a byte order mark": (b"\xef\xbb\xbf", None, ["empty"]),
        "a document mark": (b"---\n", None, []),
        "GBK": ("assessment: t-csus-66-2023/operation/2025\nremark: 园区规划\n".encode("gbk"), 2, ["UTF-8"]),
        "UTF-16": ("assessment: t-csus-66-2023\n".encode("utf-16"), None, ["UTF-8", "UTF-16"]),
        "UTF-16 without mark": ("assessment: t-csus-66-2023\n".encode("utf-16-le"), None, []),
        "Latin 1": (b"assessment: t-csus-66-2023/operation/2025\nremark: caf\xe9\n", 2, ["UTF-8"]),
        "overlong UTF-8": (b"assessment: x\nremark: \xc0\xaf\n", 2, ["UTF-8"]),
        "surrogates in UTF-8": (b"assessment: x\nremark: \xed\xa0\x80\n", 2, ["UTF-8"]),
        "cut in the middle of a character": (b"assessment: x\nremark: \xe5\x9b", 2, ["UTF-8"]),
        "a tab": (b"assessment: t-csus-66-2023/operation/2025\nanswers:\n\t- {item: 4.1.1, result: met}\n", 3, ["tab"]),
        "a billion laughs": (laughs().encode(), 1, ["anchor", "alias"]),
        "an alias to itself": (b"assessment: &a [*a]\n", 1, ["anchor", "alias"]),
        "a tag": (b"assessment: !!python/object:os.system x\n", 1, ["tag"]),
        "deep lists": (b"[" * deep + b"]" * deep + b"\n", 1, ["deep", "nest", "level"]),
        "deep lists without end": (b"answers: " + b"[" * deep, 1, []),
        "deep mappings": (b"answers: " + b"{a: " * deep + b"}" * deep, 1, ["deep", "nest", "level"]),
        "deep by indentation": ("".join(" " * n + "a:\n" for n in range(2000)).encode(), None, []),
        "deep dashes": (b"- " * deep + b"a\n", 1, ["deep", "nest", "level"]),
        "ten megabytes of a": (b"a" * (10 << 20), None, ["large", "big", "MiB", "MB", "long"]),
        "ten megabytes of lines": (b"- {item: 4.1.1, result: met}\n" * (10 * 36000), None, []),
        "ten megabytes of blanks": (b" " * (10 << 20), None, []),
        "ten megabytes of newlines": (b"\n" * (10 << 20), None, []),
        "ten megabytes of brackets": (b"[" * (10 << 20), None, []),
        "ten megabytes in one text": (b"assessment: \"" + b"x" * (10 << 20) + b"\"\n", None, []),
        "zeros": (b"\0" * 4096, None, []),
        "noise": (bytes((i * 7919 + i // 3) % 256 for i in range(4096)), None, []),
        "an unclosed quote": (b"assessment: \"t-csus\nanswers: []\n", None, []),
        "an unclosed brace": (b"assessment: x\nanswers:\n- {item: 4.1.1\n- {item: 4.1.2}\n", None, []),
        "two documents": (b"assessment: x\n---\nassessment: y\n", 2, ["document"]),
        "a list at the top": (b"- a\n- b\n", 1, []),
        "a word": (b"hello\n", 1, []),
        "a directive": (b"%YAML 9.9\n---\nassessment: x\n", None, []),
        "keys twice": (b"assessment: x\nassessment: y\n", 2, ["assessment"]),
        "JSON cut off": (b'{"assessment": "x", "answers": [', None, []),
        "a program": (pathlib.Path("/bin/sh").read_bytes()[:65536], None, []),
        "a merge key": (b"assessment: x\n<<: {answers: []}\n", 2, []),
        "a complex key": (b"? [a, b]\n: c\n", 1, []),
        "no end to a number": (b"assessment: x\nquantities:\n- {id: emission, value: " + b"9" * 100000 + b"}\n", None, []),
    }


NUMBERS = ["12abc", "nan", "NaN", ".nan", "inf", ".inf", "-.inf", "1,5", "1.", ".5", "1e3", "0x10", "1_000", "+1", "--1", "１２，５", "1 2", "1;5", "٣", "0b1", "1.5.2", "~", "true", "-", "−1", "",
           "01", "1,000.5", "'", "100000000000000000000000000000000000000", "0.0000000000001"]


class Bad(Case):
    def one_message(self, run, name, line=None, words=()):
        """Says the file and the line, in a few lines, nothing on standard output but the findings of check."""
        said = run.both
        self.assertIn(name, said, "the file is not named\n%s" % run)
        if line:
            self.assertRegex(said, r"%s:%d:[0-9]+: " % (re.escape(name), line), str(run))
        if words:
            self.assertTrue(any(w.lower() in said.lower() for w in words), "none of %s in\n%s" % (words, run))
        self.assertLess(len(said), 20000, "too much is said\n%s" % run)
        for text in said.splitlines():
            self.assertLess(len(text), 1200, "a line too long\n%s" % run)


class Files(Bad):
    def test_as_a_sheet(self):
        for name, (data, line, words) in whole_files().items():
            for word in ("score", "explain", "gap"):
                if word != "score" and len(data) > 1 << 20:
                    continue
                with self.subTest(input=name, word=word):
                    path = self.write("园区.yaml", data)
                    run = self.lingtan(word, path, "--lang", "en", code=(3, 4))
                    self.assertEqual(run.out, "")
                    self.one_message(run, "园区.yaml", line, words)

    def test_check(self):
        for name, (data, line, words) in whole_files().items():
            with self.subTest(input=name):
                run = self.lingtan("check", self.write("f.yaml", data), "--lang", "en", code=(1, 3))
                # check first asks what the file is: it may say that it is none of ours
                self.one_message(run, "f.yaml", None if "first key" in run.both else line, words and words + ["first key"])

    def test_check_as_json(self):
        for name, (data, line, words) in thinned(whole_files().items(), 3):
            with self.subTest(input=name):
                run = self.lingtan("check", self.write("f.yaml", data), "--json", code=(1, 3))
                if run.code == 1:
                    self.assertGreater(run.json()["errors"], 0)
                elif run.out.strip():
                    run.json()

    def test_as_a_profile(self):
        good = self.write("good.yaml", GOOD)
        for name, (data, line, words) in thinned(whole_files().items(), 3):
            with self.subTest(input=name):
                run = self.lingtan("score", good, "--profile", self.write("profile.yaml", data), "--lang", "en", code=(3, 4))
                self.assertEqual(run.out, "")
                self.one_message(run, "profile.yaml", line, words)

    def test_as_a_ruleset(self):
        good = self.write("good.yaml", sheet("ndrc-910-2025//2025"))
        for file in ("ruleset.yaml", "items.yaml"):
            for name, (data, line, words) in thinned(whole_files().items(), 3):
                with self.subTest(input=name, file=file):
                    folder = self.dir / "sets" / NDRC
                    shutil.rmtree(self.dir / "sets", ignore_errors=True)
                    shutil.copytree(RULESETS / NDRC, folder)
                    (folder / file).write_bytes(data)
                    run = self.lingtan("score", good, "--rulesets", self.dir / "sets", "--lang", "en", code=(1, 3, 4))
                    self.assertEqual(run.out, "")
                    self.one_message(run, file, line, words)

    def test_as_a_case(self):
        for name in ("empty", "GBK", "a tab", "a billion laughs", "deep lists", "ten megabytes of a", "zeros", "two documents"):
            data, line, words = whole_files()[name]
            with self.subTest(input=name):
                folder = self.dir / "sets" / NDRC
                shutil.rmtree(self.dir / "sets", ignore_errors=True)
                shutil.copytree(RULESETS / NDRC, folder)
                (folder / "cases" / "core.yaml").write_bytes(data)
                run = self.lingtan("test", NDRC, "--rulesets", self.dir / "sets", "--lang", "en", code=(1, 3, 4))
                self.one_message(run, "core.yaml", line, words)
                run = self.lingtan("check", folder, "--lang", "en", code=(1, 3))
                self.one_message(run, "core.yaml", None if "first key" in run.both else line, words and words + ["first key"])


class Values(Bad):
    def test_numbers_of_a_sheet(self):
        for n in thinned(NUMBERS, 3):
            for quoted in (True, False):
                if not quoted and any(c in n for c in ",'~; ") or (not quoted and n in ("", "-")):
                    continue
                scalar = '"%s"' % n if quoted else n
                for old in ('points: "8.5"', 'value: "12"'):
                    with self.subTest(number=n, quoted=quoted, at=old):
                        text = GOOD.replace(old, old.split(":")[0] + ": " + scalar)
                        run = self.lingtan("score", self.write("s.yaml", text), code=(3, 4))
                        self.assertEqual(run.out, "")
                        self.one_message(run, "s.yaml", line_of(GOOD, old))

    def test_numbers_of_a_profile(self):
        good = self.write("good.yaml", GOOD)
        for n in thinned(NUMBERS, 3):
            with self.subTest(number=n):
                p = self.write("profile.yaml", PROFILE.replace('value: "1"', 'value: "%s"' % n))
                run = self.lingtan("score", good, "--profile", p, code=(3, 4))
                self.one_message(run, "profile.yaml", line_of(PROFILE, "value:"))
                self.lingtan("check", p, code=1)

    def test_numbers_of_a_ruleset(self):
        text = (RULESETS / NDRC / "ruleset.yaml").read_text("utf-8")
        folder = self.dir / NDRC
        shutil.copytree(RULESETS / NDRC, folder)
        for n in thinned(NUMBERS, 3):
            with self.subTest(number=n):
                (folder / "ruleset.yaml").write_text(text.replace('value: "0.11"', 'value: "%s"' % n), "utf-8")
                run = self.lingtan("check", folder, code=1)
                self.one_message(run, "ruleset.yaml", line_of(text, 'value: "0.11"'))

    def test_keys_twice(self):
        for old, new in (('points: "8.5"', 'points: "8.5", points: "9"'), ('item: "4.1.1"', 'item: "4.1.1", item: "4.1.1"'), ("park_type: production", "park_type: production\npark_type: office")):
            with self.subTest(new=new):
                text = GOOD.replace(old, new)
                run = self.lingtan("score", self.write("s.yaml", text), code=3)
                self.one_message(run, "s.yaml", line_of(text, new) + new.count("\n"))

    def test_control_characters_written_out(self):
        """Escapes of a double-quoted text: NUL, ESC, BEL, CSI, DEL, line ends, bidirectional overrides, in every text a person writes."""
        escapes = ("\\0", "\\e", "\\e[2J\\e[31m", "\\a", "\\b", "\\r", "\\x9b31m", "\\x7f", "\\u009b", "\\u202e", "\\u2066", "\\x1b]0;owned\\x07", "\\n\\nlingtan: all is well", "\\t", "\\u2028", "\\ufeff")
        places = ('remark: "REMARK"', 'item: "4.1.1"', 'result: "met"', 'unit: "tCO2"', "assessment: t-csus-66-2023/operation/2025", "park_type: production", "rung: evaluator", 'value: "12"')
        for escape, place in thinned(itertools.product(escapes, places), 7, 3):
            with self.subTest(escape=escape, place=place):
                key, value = place.split(": ", 1)
                text = GOOD.replace(place, '%s: "%s%s"' % (key, value.strip('"'), escape))
                path = self.write("s.yaml", text)
                for words in (["score", path], ["score", path, "--json"], ["explain", path, "4.1.1"], ["explain", path, "4.1.1", "--json"], ["check", path], ["gap", path]):
                    run = self.lingtan(*words, code=(0, 1, 3, 4))
                    if "--json" in words and run.code == 0:
                        run.json()
                    if "all is well" in escape:
                        self.assertNotRegex(run.both, r"(?m)^lingtan: all is well")

    def test_control_characters_as_they_are(self):
        for c in ("\0", "\x1b", "\x07", "\x08", "\x0b", "\x0c", "\x7f", "\x9b", "\x85", "\u202e", "\u2066", "\u2028", "\ufffe", "\u200b"):
            with self.subTest(character=hex(ord(c))):
                path = self.write("s.yaml", GOOD.replace("REMARK", "a%s[31mb" % c))
                for words in (["score", path], ["explain", path, "4.1.1"], ["explain", path, "4.1.1", "--json"], ["check", path]):
                    run = self.lingtan(*words, code=(0, 1, 3, 4))
                    if run.code == 1:
                        self.one_message(run, "s.yaml", 5)

    def test_control_characters_in_a_ruleset_and_a_profile(self):
        folder = self.dir / "sets" / NDRC
        shutil.copytree(RULESETS / NDRC, folder)
        text = (folder / "ruleset.yaml").read_text("utf-8")
        good = self.write("good.yaml", sheet("ndrc-910-2025//2025"))
        for n, escape in enumerate(("\\e[2J", "\\x9b2J", "\\0", "\\r\\n", "\\u202e")):
            for old, new in (("title: {zh: 其他电力排放因子, en: Factor of all other power}", 'title: {zh: "其他%s", en: "%s Factor"}' % (escape, escape)), ("code: 发改环资〔2025〕910号", 'code: "a%s"' % escape),
                             ("{id: emission.fuel, title", '{id: "emission.fuel%s", title' % escape), ("op: ladder", 'op: "ladder%s"' % escape)):
                changed = text.replace(old, new, 1)
                self.assertNotEqual(changed, text)
                (folder / "ruleset.yaml").write_text(changed, "utf-8")
                asked = (["standard", NDRC], ["standard", NDRC, "--json"], ["standards"], ["score", good], ["explain", good], ["test", NDRC], ["check", folder])
                # another first word with each escape: thinned, every word still meets every place
                for words in thinned(asked[n:] + asked[:n], 3):
                    with self.subTest(escape=escape, at=old, words=words[0]):
                        self.lingtan(*words, "--rulesets", self.dir / "sets", "--lang", "en", code=(0, 1, 3, 4))
            p = self.write("p.yaml", PROFILE.replace("profile: p", 'profile: "p%s"' % escape))
            self.lingtan("score", self.write("s.yaml", GOOD), "--profile", p, code=(0, 3, 4))

    def test_control_characters_on_the_command_line(self):
        good = self.write("good.yaml", GOOD)
        for name in (b"\x1b[31mred.yaml", b"a\nb.yaml", b"\xff\xfe.yaml", b"\xc2\x9b.yaml", "\u202egpj.yaml".encode(), b"x" * 4000, b"a\x7fb"):
            for words in ([b"score", name], [b"check", name], [b"standard", name], [b"explain", str(good).encode(), name], [name], [b"test", name], [b"score", str(good).encode(), b"--profile", name],
                          [b"score", str(good).encode(), b"--park-type", name], [b"--" + name], [b"--lang", name], [b"gap", str(good).encode(), b"--grade", name],
                          [b"standards", b"--rulesets", name]):
                with self.subTest(words=words):
                    run = self.lingtan(*words, code=(2, 3, 4))
                    self.assertEqual(run.out, "")

    def test_a_file_with_such_a_name(self):
        for name in (b"\x1b[31mred.yaml", b"\xff\xfe.yaml", b"a\nb.yaml"):
            path = os.fsencode(self.dir) + b"/" + name
            with open(path, "wb") as f:
                f.write(GOOD.replace("4.1.1", "99.9").encode())
            self.assertIn("red.yaml" if b"red" in name else "yaml", self.lingtan("score", path, code=4).err)
            self.assertIn("99.9", self.lingtan("check", path, code=1).out)
            self.assertEqual(os.fsencode(self.lingtan("check", path, "--json", code=1).json()["findings"][0]["file"]).endswith(name), b"\xff" not in name)

    def test_long_texts(self):
        long = "很" * 5000
        path = self.write("s.yaml", GOOD.replace("REMARK", long))
        self.assertIn(long, self.lingtan("explain", path, "4.1.1").out.replace("\n", "").replace(" ", ""))
        run = self.lingtan("explain", self.write("s.yaml", GOOD.replace("REMARK", 4 * long)), "4.1.1", "--lang", "en", code=3)
        self.one_message(run, "s.yaml", 5, ["too long"])
        run = self.lingtan("score", self.write("s.yaml", GOOD.replace("4.1.1", "9" * 20000)), code=(3, 4))
        self.one_message(run, "s.yaml", 5)

    def test_many_answers(self):
        rows = "".join('- {item: "9.%d", result: met}\n' % n for n in range(20000))
        run = self.lingtan("score", self.write("s.yaml", "assessment: t-csus-66-2023/operation/2025\npark_type: production\nanswers:\n" + rows), code=(3, 4))
        self.assertIn("s.yaml:4:", run.err)

    def test_many_answers_twice(self):
        rows = '- {item: "4.1.1", result: met}\n' * 5000
        run = self.lingtan("check", self.write("s.yaml", "assessment: t-csus-66-2023/operation/2025\npark_type: production\nanswers:\n" + rows), code=1)
        self.assertIn("s.yaml:5:", run.both)

    def test_a_plan_that_grows(self):
        folder = self.dir / "sets" / NDRC
        shutil.copytree(RULESETS / NDRC, folder)
        text = (folder / "ruleset.yaml").read_text("utf-8")
        nodes = "plan:\n- {id: n0, op: sum, in: [\"1\", \"2\"], title: {zh: a, en: a}, origin: sourced, cite: N3}\n"
        for many in (30, 40, 5000):
            chain = "".join("- {id: n%d, op: sum, in: [n%d, n%d], title: {zh: a, en: a}, origin: sourced, cite: N3}\n" % (n, n - 1, n - 1) for n in range(1, many))
            (folder / "ruleset.yaml").write_text(text.replace("plan:\n", nodes + chain, 1), "utf-8")
            good = self.write("good.yaml", sheet("ndrc-910-2025//2025"))
            for words in (["check", folder], ["score", good], ["explain", good, "n%d" % (many - 1)], ["standard", NDRC]):
                with self.subTest(many=many, word=words[0]):
                    run = self.lingtan(*words, "--rulesets", self.dir / "sets", code=(0, 1, 3, 4))
                    self.assertLess(len(run.out), 8 << 20)


    def test_lists_in_which_each_is_compared_with_each(self):
        """Refused before that is done: it would take minutes."""
        sets = self.dir / "long"
        titled = "title: {zh: a, en: b}"
        for list_name, file, mark, entry in (("stages", "ruleset.yaml", "\nstages:\n", "- {id: s%d, " + titled + "}\n"),
                                             ("rows", "ruleset.yaml", "  rows:\n", '  - {key: "s%d", values: ["0"]}\n'),
                                             ("evidence", "items.yaml", "evidence: [\n", "  {slot: s%d, stage: both, " + titled + "},\n")):
            folder = sets / list_name / CSUS
            shutil.copytree(RULESETS / CSUS, folder)
            text = (folder / file).read_text("utf-8")
            self.assertIn(mark, text)
            (folder / file).write_text(text.replace(mark, mark + "".join(entry % n for n in range(5001)), 1), "utf-8")
            run = self.lingtan("check", folder, "--lang", "en", code=1)
            self.assertIn("%s has more than 5000 entries" % list_name, run.both)
            self.assertIn("errors: 1,", run.both)
        text = (RULESETS / "units.yaml").read_text("utf-8")
        (sets / "rows" / "units.yaml").write_text(text.replace("aliases: [", "aliases: [" + "".join("a%d, " % n for n in range(10000)), 1), "utf-8")
        shutil.copytree(RULESETS / CSUS, folder, dirs_exist_ok=True)
        self.assertIn("10000 units and aliases", self.lingtan("check", folder, "--rulesets", sets / "rows", "--lang", "en", code=3).err)


class Tables(Bad):
    """What the program ships as data and a body may change: a slip in it is told, not taken."""
    # file -> [(what stands there, what is put in its place, what is said)]
    SLIPS = {
        "db/roles.yaml": [
            ("role: leader, title", "role: evaluator, title", "role evaluator stands there twice"),
            ("rung: awarded}", "rung: given}", "rungs has no given"),
            ("apart: [leader", "apart: [lieder", "there is no role lieder"),
            ("table: park, groups", "table: park2, groups", "there is no table park2"),
            ("groups: [identity, location", "groups: [identity, place", "the table has no group place"),
            ("groups: [identity, location", "groups: [identity", "park.location has no rule"),
            ("groups: [acceptance], roles: [leader", "groups: [acceptance], roles: [lieder", "there is no role lieder"),
            ("groups: [must], roles: [evaluator, leader, body]", "groups: [must], roles: [evaluator], rung: own", "rung can only be any")],
        "db/groups.yaml": [
            ("group: location,", "group: identity,", "park: group identity stands there twice"),
            ("members: [name, code,", "members: [name, name,", "member name stands there twice"),
            ("- table: person", "- table: park", "table park stands there twice"),
            ("key: [park]", "key: []", "table park has no usable key"),
            ("merge: exclusive", "merge: none", "merge is exclusive or joined, not none")],
        "db/counts.yaml": [
            ("transport.nev_share", "transport.own_below_stage6", "stands there twice"),
            ("of: [below-stage-6]", "of: []", "does not say which places count")],
        "templates/certificate.yaml": [
            ('digits: "4"', 'digits: "0"', "'0' should be 1 to 9"),
            ("{year}-{n}", "{year}", "a number needs {series}, {year} and {n}"),
            ('valid_months: ""', 'valid_months: "3 years"', "should be 1 to 240 months"),
            ("zh: 示例认证中心", 'zh: ""', "the name of the body is needed")],
    }

    def test_slips(self):
        for name, slips in self.SLIPS.items():
            text = (TREE / name).read_text("utf-8")
            for old, new, said in slips:
                with self.subTest(file=name, new=new):
                    self.assertIn(old, text)
                    path = self.write(os.path.basename(name), text.replace(old, new, 1))
                    run = self.lingtan("check", path, "--lang", "en", code=1)
                    self.assertIn(said, run.both)


class Places(Bad):
    """What is not a file."""

    def test_a_missing_directory(self):
        good = self.write("good.yaml", GOOD)
        for words in (["score", "no/such.yaml"], ["check", "no/such"], ["score", good, "--rulesets", "no/such"], ["standards", "--rulesets", "no/such"], ["score", good, "--profile", "no/such"]):
            with self.subTest(words=words):
                run = self.lingtan(*words, code=3)
                self.one_message(run, "no/such")

    def test_a_missing_data_directory_is_no_mistake(self):
        good = self.write("good.yaml", GOOD)
        for value in (self.dir / "missing", "", None, "/dev/null", "relative/path"):
            run = self.lingtan("score", good, env=environment(self.dir, XDG_DATA_HOME=value))
            self.assertEqual(run.err, "")
        run = self.lingtan("score", good, env=environment(self.dir, XDG_DATA_HOME=None, HOME=None))
        self.assertEqual(run.err, "")

    def test_a_folder_for_a_file(self):
        good = self.write("good.yaml", GOOD)
        (self.dir / "folder.yaml").mkdir()
        for words in (["score", "folder.yaml"], ["explain", "folder.yaml"], ["gap", "folder.yaml"], ["score", good, "--profile", "folder.yaml"]):
            with self.subTest(words=words):
                self.one_message(self.lingtan(*words, code=3), "folder.yaml")
        for name in ("ruleset.yaml", "items.yaml"):
            shutil.rmtree(self.dir / "sets", ignore_errors=True)
            shutil.copytree(RULESETS / NDRC, self.dir / "sets" / NDRC)
            path = self.dir / "sets" / NDRC / name
            path.unlink()
            path.mkdir()
            with self.subTest(name=name):
                self.one_message(self.lingtan("check", self.dir / "sets" / NDRC, code=(1, 3)), name)

    def test_a_file_for_a_folder(self):
        good = self.write("good.yaml", GOOD)
        run = self.lingtan("score", good, "--rulesets", good, code=3)
        self.one_message(run, "good.yaml")
        run = self.lingtan("score", good, "--rulesets", "/dev/null", code=3)
        self.one_message(run, "/dev/null")

    def test_a_fifo(self):
        good = self.write("good.yaml", GOOD)
        os.mkfifo(self.dir / "fifo.yaml")
        for words in (["score", "fifo.yaml"], ["explain", "fifo.yaml"], ["gap", "fifo.yaml"], ["check", "fifo.yaml"], ["score", good, "--profile", "fifo.yaml"], ["score", good, "--rulesets", "fifo.yaml"]):
            with self.subTest(words=words):
                self.one_message(self.lingtan(*words, code=3), "fifo.yaml")
        shutil.copytree(RULESETS / NDRC, self.dir / "sets" / NDRC)
        for name in ("ruleset.yaml", "items.yaml", "cases/core.yaml"):
            path = self.dir / "sets" / NDRC / name
            data = path.read_bytes()
            path.unlink()
            os.mkfifo(path)
            with self.subTest(name=name):
                self.one_message(self.lingtan("check", self.dir / "sets" / NDRC, code=(1, 3)), name)
                self.one_message(self.lingtan("test", NDRC, "--rulesets", self.dir / "sets", code=(1, 3)), name)
            path.unlink()
            path.write_bytes(data)

    def test_a_fifo_among_the_rulesets(self):
        (self.dir / "sets").mkdir()
        os.mkfifo(self.dir / "sets" / "fifo")
        self.assertEqual(self.lingtan("standards", "--rulesets", self.dir / "sets").out, self.lingtan("standards").out)

    def test_devices(self):
        for name in ("/dev/null", "/dev/zero", "/dev/full"):
            for word in ("score", "check"):
                with self.subTest(name=name, word=word):
                    self.one_message(self.lingtan(word, name, code=(1, 3)), name)

    def test_links(self):
        os.symlink("loop.yaml", self.dir / "loop.yaml")
        os.symlink("nowhere", self.dir / "dangling.yaml")
        for name in ("loop.yaml", "dangling.yaml"):
            self.one_message(self.lingtan("score", name, code=3), name)
        os.symlink("good.yaml", self.dir / "link.yaml")
        self.write("good.yaml", GOOD)
        self.lingtan("score", "link.yaml")
        (self.dir / "sets").mkdir()
        os.symlink("..", self.dir / "sets" / "up")
        self.assertEqual(self.lingtan("standards", "--rulesets", self.dir / "sets").out, self.lingtan("standards").out)
        self.assertIn("errors: 0", self.lingtan("check", self.dir / "sets", "--lang", "en").out)

    def test_a_file_that_may_not_be_read(self):
        path = self.write("secret.yaml", GOOD)
        user = self.ordinary_user()
        path.chmod(0)
        self.one_message(self.lingtan("score", path, code=3, user=user), "secret.yaml", words=["权限", "may not be read"])

    def test_output_that_cannot_be_written(self):
        good = self.write("good.yaml", GOOD)
        for words in (["score", good], ["score", good, "--json"], ["standards"], ["standard", NDRC, "--json"], ["explain", good], ["test"], ["check", good], ["--help"]):
            with self.subTest(words=words):
                with open("/dev/full", "wb") as full:
                    done = subprocess.run([harness.PROGRAM] + [str(w) for w in words], stdout=full, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, timeout=200, env=environment(self.dir))
                self.assertEqual(done.returncode, 5, done.stderr)
                self.assertNotEqual(done.stderr, b"")

    def test_a_reader_that_goes_away(self):
        read, write = os.pipe()
        os.close(read)
        done = subprocess.run([harness.PROGRAM, "standard", "t-csus-66-2023"], stdout=write, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, timeout=200, env=environment(self.dir),
                              restore_signals=True)
        os.close(write)
        self.assertEqual((done.returncode, done.stderr), (-signal.SIGPIPE, b""))

    def test_nothing_open(self):
        good = self.write("good.yaml", GOOD)
        for closed, code in (("<&-", 0), (">&-", 5), ("2>&-", 0), ("<&- >&- 2>&-", 5)):
            done = subprocess.run(["/bin/sh", "-c", "exec \"$0\" score \"$1\" " + closed, harness.PROGRAM, str(good)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=200, env=environment(self.dir))
            self.assertEqual(done.returncode, code, closed)
        self.assertEqual(good.read_text("utf-8"), GOOD)

    def test_a_folder_that_is_gone(self):
        gone = self.dir / "gone"
        gone.mkdir()
        good = self.write("good.yaml", GOOD)
        done = subprocess.run(["/bin/sh", "-c", "rmdir \"$2\"; exec \"$0\" score \"$1\"", harness.PROGRAM, str(good), str(gone)], cwd=str(gone), stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=200,
                              env=environment(self.dir))
        self.assertEqual(done.returncode, 0, done.stderr)


class Memory(Bad):
    def test_no_memory(self):
        """ulimit -v: whatever is left, either it works or it says so and ends with 5 (127: the loader itself had no room)."""
        if sanitized():
            self.skip("a sanitizer reserves address space of its own")
        good = self.write("good.yaml", GOOD)
        big = self.write("big.yaml", "assessment: t-csus-66-2023/operation/2025\nanswers:\n" + "- {item: 4.1.1, result: met}\n" * 100000)
        codes = set()
        # below that the kernel itself ends what it cannot map
        least = os.path.getsize(harness.PROGRAM) // 1024 + 700
        for kib in list(range(least, least + 7000, 300)) + [16000, 20000, 28000, 40000, 64000]:
            for words in (["score", good], ["score", big], ["check", RULESETS], ["test"], ["standard", "t-csus-66-2023", "--json"]):
                with self.subTest(kib=kib, words=words[:2]):
                    run = self.run_raw(*words, memory_kib=kib, limits=False)
                    codes.add(run.code)
                    self.assert_clean(run)
                    if run.code in (126, 127):      # the loader or the shell, before the program
                        continue
                    self.assertGreaterEqual(run.code, 0, str(run))
                    self.assertIn(run.code, (0, 3, 4, 5) if big in words else (0, 5), str(run))
                    if run.code == 5:
                        self.assertEqual(len(run.err.splitlines()), 1, "not one message\n%s" % run)
                        self.assertEqual(run.out if words[0] == "score" else "", "")
        self.assertLessEqual({0, 5}, codes)


class Locale(Bad):
    def german(self):
        """The folder of a locale that writes a comma for the point."""
        if not shutil.which("localedef"):
            self.skip("localedef is not installed")
        folder = self.dir / "locales"
        folder.mkdir()
        done = subprocess.run(["localedef", "-i", "de_DE", "-f", "UTF-8", str(folder / "de_DE.UTF-8")], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=200)
        if not (folder / "de_DE.UTF-8").is_dir():
            self.skip("localedef could not make de_DE.UTF-8: " + done.stderr.decode("utf-8", "replace").strip().splitlines()[-1])
        return folder

    def test_a_comma_locale_changes_nothing(self):
        german = environment(self.dir, LC_ALL="de_DE.UTF-8", LOCPATH=self.german())
        for name in ("t-csus-66-2023", "ndrc-910-2025", "t-seesa-2024"):
            path = SAMPLES / (name + ".yaml")
            for words in (["score", path], ["score", path, "--json"], ["explain", path], ["gap", path, "--json"], ["test", name], ["standard", name], ["check", path]):
                with self.subTest(name=name, words=words[0]):
                    plain = self.lingtan(*words, "--lang", "zh")
                    other = self.lingtan(*words, "--lang", "zh", env=german)
                    self.assertEqual(plain.out, other.out)
                    self.assertEqual(plain.err, other.err)
        text = GOOD.replace("8.5", "8,5")
        run = self.lingtan("score", self.write("s.yaml", text), env=german, code=3)
        self.one_message(run, "s.yaml", line_of(text, "8,5"))

    def test_other_locales(self):
        good = self.write("good.yaml", GOOD)
        plain = self.score(good, "--lang", "zh")
        for env in ({"LC_ALL": "C"}, {"LC_ALL": "POSIX"}, {"LC_ALL": "no_SUCH.UTF-8"}, {"LC_ALL": None, "LANG": None}, {"LC_ALL": "tr_TR.UTF-8"}, {"LC_ALL": "zh_CN.GBK"}):
            with self.subTest(env=env):
                self.assertEqual(plain, self.score(good, "--lang", "zh", env=environment(self.dir, **env)))
                self.lingtan("score", good, env=environment(self.dir, **env))


if __name__ == "__main__":
    harness.main()
