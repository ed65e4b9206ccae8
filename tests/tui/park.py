"""The sample park as project files, made by commands, the same bytes of fact each time: clock and chance are held by the
preloaded library of fixed.c. The park, its people, numbers and documents are made up (tests/sample)."""
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "cli")]
import screen  # noqa: E402
from harness import SAMPLES, environment, sanitized  # noqa: E402
from projects import read_sheet  # noqa: E402

OWNER, EVALUATOR, REVIEWER, APPROVER = "示例·周工:park", "示例·李工:evaluator", "示例·赵工:reviewer", "示例·陈总:approver"
LEADER = "示例·王工:leader"
CSUS = "t-csus-66-2023"
STANDARDS = [CSUS, "t-ipif-2023", "t-cers-2025", "t-seesa-2024", "ndrc-910-2025"]
# standard -> (stage, park type), as in the sample sheets
SUBJECT = {"ndrc-910-2025": (None, None), "t-cers-2025": ("operation", None), CSUS: ("operation", "production"),
           "t-ipif-2023": (None, "industrial"), "t-seesa-2024": ("operation", None)}
YEAR = "2025"
NAME = "示例园区·云澜湾先进制造产业园"
# left open so that there is something to do: a control item, some points, an innovation item; and one that fails
OPEN = ["11.1.1", "4.2.6", "7.2.3", "7.2.5", "10.2.7", "9.2.4"]
FAILED = "8.1.1"
WITHOUT_EVIDENCE = ["5.2.1", "6.2.3"]
MONDAY = 1774825200  # 2026-03-30 07:00 in China, after the visit of the sample park
ITEM = re.compile(r'- \{item: "?([^",}]+)"?')
ONE_PAGE = b"""%%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj
%% %s
trailer<</Root 1 0 R/Size 4>>
"""


class Bench:
    """A folder of its own with home, projects and a clock that goes on by a minute with each command."""

    def __init__(self, lingtan, folder, fixed=True):
        self.lingtan = os.path.abspath(str(lingtan))
        self.dir = pathlib.Path(folder)
        self.fixed = fixed and not sanitized(self.lingtan)  # their runtime must be the first library that is loaded
        self.now = MONDAY
        self.home = self.dir / "home"
        self.home.mkdir(parents=True, exist_ok=True)
        # whoever sits down here has seen the five lines for the first time
        settings = self.home / "state" / "lingtan" / "settings"
        settings.mkdir(parents=True, exist_ok=True)
        (settings / "tour").write_text("seen")

    def environment(self, **more):
        env = environment(self.home, XDG_STATE_HOME=self.home / "state", TZ="CST-8", LC_ALL="C.UTF-8")
        if self.fixed:
            library = screen.tool("fixed.so")
            env.update(LD_PRELOAD=str(library), LINGTAN_TEST_CLOCK=str(self.now))
        env.update({k: str(v) for k, v in more.items()})
        return env

    def run(self, *args, code=0):
        """A command in the folder of the projects, so that no path of this machine gets into them."""
        self.now += 60
        done = subprocess.run([self.lingtan] + [str(a) for a in args], cwd=str(self.dir), env=self.environment(), capture_output=True, text=True)
        if code is not None and done.returncode != code:
            raise AssertionError("lingtan %s\nexit code %d\n%s%s" % (" ".join(map(str, args)), done.returncode, done.stdout, done.stderr))
        return done

    def write(self, name, text):
        path = self.dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return path

    def new(self, path, standard=CSUS, who=LEADER, park=NAME, **more):
        stage, kind = SUBJECT[standard]
        args = ["new", path, "--park", park, "--standard", standard, "--year", YEAR, "--as", who]
        args += ["--stage", stage] if stage else []
        args += ["--type", kind] if kind else []
        self.run(*args)
        return self.dir / path

    def add(self, path, standard):
        stage, kind = SUBJECT[standard]
        args = ["add", path, "--standard", standard, "--year", YEAR, "--as", LEADER]
        self.run(*(args + (["--stage", stage] if stage else []) + (["--type", kind] if kind else [])))

    def forget_place(self):
        """The next start is at the overview, wherever the last one ended."""
        shutil.rmtree(self.home / "state" / "lingtan" / "place", ignore_errors=True)

    def drafts(self, words):
        """The drafts that hold the words; one is written in a pause, without a word on the screen."""
        found = []
        for path in (self.home / "state" / "lingtan" / "drafts").rglob("*"):
            try:
                # until it is whole the number of its process stands behind its name, longer than a clause's
                is_whole = not re.fullmatch(r"\.[0-9]{3,}", path.suffix)
                found += [path] if is_whole and words.encode("utf-8") in path.read_bytes() else []
            except (FileNotFoundError, IsADirectoryError):  # it has its last name by now, or is a folder
                pass
        return found

    def start(self, *args, cols=100, rows=32, term="xterm-256color", env=None, **more):
        """The workbench on a screen; the caller closes it."""
        return screen.Screen([self.lingtan, *map(str, args)], cols=cols, rows=rows, term=term, cwd=self.dir, env=self.environment(**(env or {})), **more)


def sample_text(standard, leave=(), rung="evaluator", change=None):
    """The sample sheet of a standard without the items left open; change: item -> its line's end in place of the sample's."""
    out = []
    for line in (SAMPLES / (standard + ".yaml")).read_text("utf-8").splitlines():
        found = ITEM.match(line)
        item = found and found.group(1)
        if item in leave:
            continue
        if item in (change or {}):
            line = '- {item: "%s", %s}' % (item, change[item])
        out.append("rung: " + rung if line.startswith("rung:") else line)
    return "\n".join(out) + "\n"


def documents(bench, standard):
    """The evidence that a sample sheet names, as small files; photos are left out, PDFs have a page."""
    made = []
    for answer in read_sheet(sample_text(standard))["answers"]:
        name = answer.get("evidence")
        if name and name not in made:
            made.append(name)
            bench.write(name, ONE_PAGE % name.encode("utf-8") if name.endswith(".pdf") else ("示例 " + name + "\n").encode("utf-8"))
    return made


def sample_park(bench, path="示例园区.lingtan", leave=OPEN, evidence=True):
    """One assessment under T/CSUS as after a visit: claimed by the park, evaluated but for a few items, one control item failed."""
    bench.new(path)
    assessment = "%s/operation/%s" % (CSUS, YEAR)
    bench.write("自评.yaml", sample_text(CSUS, rung="self"))
    bench.run("import", path, "自评.yaml", "--as", OWNER)
    failed = {FAILED: "result: not-met, remark: 演示时系统无法登录"} if leave else None
    bench.write("评价.yaml", sample_text(CSUS, leave, change=failed))
    bench.run("import", path, "评价.yaml", "--assessment", assessment, "--as", EVALUATOR)
    if evidence:
        attach_all(bench, path, leave)
    return bench.dir / path


def other_sample(bench, path, standard):
    """The sample park under another standard, evaluated."""
    bench.new(path, standard)
    bench.write(standard + ".yaml", sample_text(standard))
    bench.run("import", path, standard + ".yaml", "--as", EVALUATOR)
    return bench.dir / path


def attach_all(bench, path, leave):
    documents(bench, CSUS)
    for answer in read_sheet(sample_text(CSUS))["answers"]:
        item, name = answer["item"], answer.get("evidence")
        if name and item not in leave and not (leave and item in WITHOUT_EVIDENCE):
            bench.run("attach", path, item, name, "--locator", answer.get("locator", "第1页"), "--as", EVALUATOR)
