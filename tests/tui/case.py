"""What the tests of screens share: a bench in a folder of its own, and the sample project, made once for all tests of a run."""
import fcntl
import json
import os
import pathlib
import re
import shutil
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "cli")]
import harness  # noqa: E402
import park  # noqa: E402
import screen  # noqa: E402
from harness import Case, main, sanitized  # noqa: E402,F401
from park import CSUS, EVALUATOR  # noqa: E402

SAMPLE = "示例园区.lingtan"
MADE = {}  # name -> (a folder with a made project, its file)


def made(name, make):
    if name not in MADE:
        folder = tempfile.TemporaryDirectory(prefix="lingtan-made-")
        MADE[name] = (folder, make_in(folder.name, make))
    return MADE[name][1]


def make_in(folder, make):
    return make(park.Bench(harness.PROGRAM, folder, fixed=not sanitized()))


def made_once(name, make):
    """As made(); where tests/run.sh names a folder for its run, the first script that asks makes it for all that try this program."""
    run = os.environ.get("LINGTAN_TEST_MADE")
    if not run:
        return made(name, make)
    folder = pathlib.Path(run) / pathlib.Path(harness.PROGRAM).resolve().parent.name
    folder.mkdir(parents=True, exist_ok=True)
    whole = folder / (name + ".lingtan")
    with open(folder / (name + ".lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not whole.exists():
            shutil.copy(made(name, make), folder / (name + ".half"))
            os.replace(folder / (name + ".half"), whole)
    return whole


class ScreenCase(Case):
    def setUp(self):
        super().setUp()
        self.bench = park.Bench(harness.PROGRAM, self.dir / "bench", fixed=not sanitized())
        self.path = self.bench.dir / SAMPLE

    def sample(self):
        """The sample park after a visit, with something left to do."""
        shutil.copy(made_once("sample", park.sample_park), self.path)
        return self.path

    def empty(self, standard=CSUS):
        """A project without an answer."""
        shutil.copy(made(standard, lambda b: b.new("空.lingtan", standard=standard)), self.path)
        return self.path

    def open(self, *args, who=EVALUATOR, settle=True, resume=False, **more):
        """The workbench on the project of this test, at the overview or where the last start ended."""
        if not resume:
            self.bench.forget_place()
        s = self.bench.start(self.path.name, "--as", who, *args, **more)
        self.addCleanup(self.close, s)
        if settle:
            s.settle()
        return s

    def go_to(self, s, item):
        """To an item of the walk, by its number."""
        if not s.lines()[0].startswith((" 逐项", " Items")):
            s.keys("1")
        s.type(item)
        s.wait(re.compile(r"[›] . " + re.escape(item)), again=True)  # it may have stood there
        s.settle()

    def close(self, s):
        """Whatever a test did, nothing went to the screen that does not belong there."""
        if s.process.poll() is None:
            state = s.state()
            s.close()
            if state.exit is None:
                self.assertEqual(state.notes, [], "bytes that do not belong on a terminal")

    def leave(self, s):
        """Up from level to level, and out."""
        for _ in range(20):
            if s.state().exit is not None:
                break
            s.keys("Esc")
        self.assertEqual(s.end(), 0)

    def assert_restored(self, s, how=""):
        state, modes = s.state(), s.modes()
        self.assertTrue(modes["as_before"], "%s: the settings of the terminal: %s\n%s" % (how, modes, s.shown()))
        self.assertEqual((state.alternate, state.shown, state.paste, state.mouse, state.application), (False, True, False, 0, False),
                         "%s: alternate screen, cursor, bracketed paste, mouse, application keys" % how)

    def assert_holds(self):
        done = self.bench.run("verify", self.path.name, code=None)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def log(self):
        return self.document("log", self.path)["entries"]

    def score(self, *args):
        return self.document("score", self.path, *args)


class StandardsCase(Case):
    """One bench for all tests of the class: the sample park, and what is evaluated of it under each other standard, to be looked at."""
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="lingtan-tui-")
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.bench = park.Bench(harness.PROGRAM, cls.folder)
        shutil.copy(made_once("sample", park.sample_park), cls.bench.dir / SAMPLE)
        for standard in park.STANDARDS[1:]:
            name = standard + ".lingtan"
            shutil.copy(made_once("sample-" + standard, lambda b: park.other_sample(b, name, standard)), cls.bench.dir / name)

    def json(self, *args):
        return json.loads(self.bench.run(*args, "--json").stdout)

    def score(self, path, rung="evaluator"):
        return self.json("score", path, "--rung", rung)

    def open(self, path, *args, cols=100, rows=32, shown=True):
        """The workbench at the overview, with the scores that are hidden from who assesses shown."""
        for kept in (self.bench.home / "state").rglob("*hide-score*"):
            kept.unlink()
        self.bench.forget_place()
        s = self.bench.start(path, "--as", EVALUATOR, *args, cols=cols, rows=rows)
        self.addCleanup(s.close)
        s.settle()
        if shown and s.has("F12"):
            s.keys("F12")
        return s

    def row(self, s, text):
        return next((line for line in s.lines() if text in line), None) or s.fail("no row has %r" % text)
