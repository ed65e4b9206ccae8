"""What the command-line tests share: running the program, measuring it, and writing answer sheets.

Each test file is run as `python3 tests/cli/test_X.py PATH_TO_LINGTAN`. With LINGTAN_LIMITS=1 every run must also stay
under one second and 64 MiB (builds with sanitizers are slower and bigger, so not by default).
"""
import collections
import functools
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

LIMITS = os.environ.get("LINGTAN_LIMITS") == "1"
FULL = os.environ.get("LINGTAN_FULL") == "1"
SECONDS = 1.0
KIB = 64 * 1024
HERE = pathlib.Path(__file__).resolve().parent
TREE = HERE.parent.parent
RULESETS = TREE / "rulesets"
SAMPLES = TREE / "tests" / "sample"
SIXTH = TREE / "tests" / "sixth"
IDS = ["ndrc-910-2025", "t-cers-2025", "t-csus-66-2023", "t-ipif-2023", "t-seesa-2024"]
NDRC, CSUS, SEESA = "ndrc-910-2025", "t-csus-66-2023", "t-seesa-2024"
CSUS_HEAD = "profile: p\nruleset: t-csus-66-2023\nresponsible: 示例机构\ntitle: {zh: 我方数值, en: Our values}\n"
PROGRAM = None

# Runs the program from a small process of its own: the peak of a child starts with that of the process that made it.
MEASURE = """
import os, sys
pid = os.fork()
if pid == 0:
    os.execv(sys.argv[2], sys.argv[2:])
_, status, use = os.wait4(pid, 0)
with open(sys.argv[1], "w") as f:
    f.write("%d %d" % (os.waitstatus_to_exitcode(status), use.ru_maxrss))
"""


class Run:
    def __init__(self, args, code, out, err, seconds, kib):
        self.args, self.code, self.raw_out, self.raw_err, self.seconds, self.kib = args, code, out, err, seconds, kib
        self.out = out.decode("utf-8", "replace")
        self.err = err.decode("utf-8", "replace")

    @property
    def both(self):
        return self.out + self.err

    def json(self):
        """The one document on standard output, numbers as they stand (a float would mean an inexact number)."""
        return json.loads(self.out)

    def __str__(self):
        return "lingtan %s\nexit code %s\n--- stdout\n%s\n--- stderr\n%s" % (
            " ".join(map(str, self.args)), self.code, self.out[:3000], self.err[:3000])


def environment(home, **more):
    env = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8", "HOME": str(home),
           "XDG_DATA_HOME": str(home / "data"), "XDG_CONFIG_HOME": str(home / "config"), "XDG_STATE_HOME": str(home / "state")}
    for key in os.environ:
        if key.startswith(("ASAN_", "UBSAN_", "LSAN_", "LD_LIBRARY_PATH")):
            env[key] = os.environ[key]
    env.update({k: str(v) for k, v in more.items() if v is not None})
    for k, v in more.items():
        if v is None:
            env.pop(k, None)
    return env


def sanitized(program=None):
    return has_sanitizers(str(program or PROGRAM))


@functools.lru_cache(maxsize=None)
def has_sanitizers(program):
    with open(program, "rb") as f:
        return b"__asan_init" in f.read()


def thinned(cases, n, plain=1):
    """All of them with LINGTAN_FULL=1; else, of many alike, every nth where sanitizers run, which takes ten times as long and
    the same ways, and every plain-th where none do."""
    cases = list(cases)
    return cases if FULL else cases[::n if sanitized() else plain]


def quote(value):
    """A plain YAML scalar or a double-quoted one."""
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False)
    return json.dumps(str(value), ensure_ascii=False)


def lines_of(name, entries):
    if not entries:
        return []
    return [name + ":"] + ["- {" + ", ".join("%s: %s" % (k, quote(v)) for k, v in e.items()) + "}" for e in entries]


def sheet(assessment, answers=(), quantities=(), inventory=(), park_type=None, rung="evaluator"):
    """The text of an answer sheet, one entry a line."""
    text = ["rung: " + rung, "assessment: " + assessment]
    if park_type:
        text.append("park_type: " + park_type)
    text += lines_of("answers", answers) or ["answers: []"]
    text += lines_of("quantities", quantities) + lines_of("inventory", inventory)
    return "\n".join(text) + "\n"


def line_of(text, part):
    """The 1-based line on which part first stands."""
    return text[:text.index(part)].count("\n") + 1


def kind_of(args):
    """What a run asks for, whatever it is asked about: the word, what follows it if that is one too, and the options."""
    words = [a for a in args[:2] if isinstance(a, str) and re.fullmatch("[a-z-]+", a)]
    return (*words, *sorted(a for a in args if isinstance(a, str) and a.startswith("-")))


class Case(unittest.TestCase):
    maxDiff = 4000
    succeeded = collections.Counter()

    def setUp(self):
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="lingtan-cli-"))
        self.addCleanup(self.remove)

    def remove(self):
        for root, dirs, _ in os.walk(self.dir):
            for d in (os.path.join(root, d) for d in dirs):
                # what a link leads to is not ours
                if not os.path.islink(d):
                    os.chmod(d, 0o700)
        shutil.rmtree(self.dir, ignore_errors=True)

    def skip(self, reason):
        """The runner shows what is printed: that a test was left out is never silent."""
        print("skipped %s: %s" % (self.id().split(".", 1)[1], reason))
        self.skipTest(reason)

    def lacks(self, tool):
        """Whether a program is not installed which none of the packages of make check has: a part of the test is left out."""
        if shutil.which(tool):
            return False
        self.leaves_out("%s is not installed" % tool)
        return True

    def leaves_out(self, reason):
        """The same of a part of a test."""
        print("skipped a part of %s: %s" % (self.id().split(".", 1)[1], reason))

    def ordinary_user(self):
        """The uid to run as so that permission bits bind: None where they bind anyway; skips where it cannot be had."""
        if os.geteuid() != 0:
            return None
        nobody = 65534
        os.chmod(self.dir, 0o755)
        (self.dir / "state").mkdir(exist_ok=True)
        for root, dirs, files in os.walk(self.dir):
            for name in dirs + files:
                os.lchown(os.path.join(root, name), nobody, nobody)
        # the tree may lie where nobody else may look
        self.everybodys = shutil.copy(PROGRAM, self.dir / "lingtan")
        os.chmod(self.everybodys, 0o755)
        try:
            subprocess.run([self.everybodys, "--version"], user=nobody, check=True, capture_output=True, env=environment(self.dir), cwd="/")
        except (OSError, subprocess.CalledProcessError, ValueError) as e:
            self.skip("permission bits do not bind root, and the program cannot be run as another user (%s)" % e)
        return nobody

    def write(self, name, text):
        path = self.dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return path

    def run_raw(self, *args, env=None, cwd=None, memory_kib=None, stdin=b"", limits=True, user=None, peak=False, timeout=200, leaks=True):
        """user: a uid to run as; peak: memory is measured and held to its limit whatever else is not; leaks: sanitizers look for them."""
        command = [str(PROGRAM if user is None else self.everybodys)] + [str(a) if not isinstance(a, bytes) else a for a in args]
        if memory_kib:
            command = ["/bin/sh", "-c", "ulimit -v %d; exec \"$@\"" % memory_kib, "sh"] + command
        measured = (peak or LIMITS) and not memory_kib and user is None
        if measured:
            report = self.dir / "measured"
            command = [sys.executable, "-S", "-E", "-c", MEASURE, str(report)] + command
        env = env or environment(self.dir)
        if not leaks:
            env = dict(env, ASAN_OPTIONS=":".join(filter(None, (env.get("ASAN_OPTIONS"), "detect_leaks=0"))))
        start = time.monotonic()
        done = subprocess.run(command, input=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=timeout,
                              env=env, cwd=str(cwd or self.dir), user=user)
        seconds = time.monotonic() - start
        code, kib = done.returncode, None
        if measured:
            code, kib = map(int, report.read_text().split())
            report.unlink()
        run = Run(args, code, done.stdout, done.stderr, seconds, kib)
        if LIMITS and limits:
            self.assertLess(run.seconds, SECONDS, "slow: %s" % run)
        if kib and (peak or limits) and not sanitized():
            self.assertLess(kib, KIB, "memory: %s" % run)
        return run

    def looks_for_leaks(self, args, code):
        """A third of what a short command costs the sanitizers. What may be refused always looks; what is to succeed the first three
        times that a script asks for it with the same options, and each time with LINGTAN_FULL=1."""
        if code != 0 or FULL or not sanitized():
            return True
        self.succeeded[kind_of(args)] += 1
        return self.succeeded[kind_of(args)] <= 3

    def lingtan(self, *args, code=0, **more):
        """Runs the program; whatever it does, it neither crashes nor lets data reach the terminal as control characters."""
        run = self.run_raw(*args, leaks=self.looks_for_leaks(args, code), **more)
        self.assertGreaterEqual(run.code, 0, "killed by a signal\n%s" % run)
        self.assertNotIn(run.code, (70, 99, 134, 139), "crashed\n%s" % run)
        self.assert_clean(run)
        if code is not None:
            codes = code if isinstance(code, (tuple, list, set)) else (code,)
            self.assertIn(run.code, codes, str(run))
        return run

    def assert_clean(self, run):
        for name, data in (("stdout", run.raw_out), ("stderr", run.raw_err)):
            try:
                text = data.decode("utf-8")
            except UnicodeDecodeError as e:
                self.fail("%s is not UTF-8: %s\n%s" % (name, e, run))
            for c in text:
                n = ord(c)
                if (n < 32 and c != "\n") or 127 <= n < 160 or 0x202A <= n <= 0x202E or 0x2066 <= n <= 0x2069:
                    self.fail("control character U+%04X on %s\n%s" % (n, name, run))

    def document(self, *args, code=0, **more):
        """With --json: exactly one document on standard output, numbers as strings or counts, never floats."""
        run = self.lingtan(*args, "--json", code=code, **more)
        try:
            value = json.loads(run.out, parse_float=lambda text: self.fail("inexact number %s in\n%s" % (text, run)))
        except json.JSONDecodeError as e:
            self.fail("standard output is not one JSON document: %s\n%s" % (e, run))
        self.last = run
        return value

    def score(self, path, *args, **more):
        return self.document("score", path, *args, **more)

    def score_text(self, text, *args, **more):
        return self.score(self.write("sheet.yaml", text), *args, **more)


def outcome(result, node):
    for o in result["outcomes"]:
        if o["id"] == node:
            return o
    raise AssertionError("no outcome %s among %s" % (node, [o["id"] for o in result["outcomes"]]))


def main():
    global PROGRAM
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        sys.exit("usage: %s PATH_TO_LINGTAN [TEST...]" % sys.argv[0])
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    if not os.access(PROGRAM, os.X_OK):
        sys.exit("%s: cannot be run" % PROGRAM)
    import __main__
    unittest.main(module=__main__)
