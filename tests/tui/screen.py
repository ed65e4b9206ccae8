"""A program on a screen: typed to, looked at, resized, killed. Nothing here waits for a time; everything waits for what is seen.

    with Screen([lingtan, "park.lingtan"], cols=100, rows=32) as s:
        s.wait("逐项")
        s.keys("Down", "Down", "Enter")
        print(s.text())
"""
import collections
import json
import os
import pathlib
import re
import signal
import subprocess
import time
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
TREE = HERE.parent.parent
SECONDS = 60  # how long anything may take before the test fails; a machine under load takes long
FRAME_MS = 300  # for what else belongs to the frame in which something came, where the program goes on drawing
MOST = 5  # times that, where the program draws all the while and what is waited for does not come
VARIANT = "release"
BUILT = set()

Style = collections.namedtuple("Style", "fg bg flags")
State = collections.namedtuple("State", "rows cols cursor shown alternate mouse bells paste application bytes wrong notes exit")


class Ended(AssertionError):
    """The program has ended where it should not have."""


def tool(name):
    """A program or library of this folder; `make check` has built it, a test that is run by hand builds it now."""
    path = TREE / "build" / VARIANT / "tests" / "tui" / name
    newest = max(f.stat().st_mtime for f in HERE.glob("*.[ch]") if not f.name.startswith("test_"))
    if path not in BUILT and (not path.exists() or path.stat().st_mtime < newest):
        build(path)
    BUILT.add(path)
    return path


def build(path):
    done = subprocess.run(["make", "-s", "VARIANT=" + VARIANT, str(path.relative_to(TREE))], cwd=str(TREE), capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError("%s cannot be built:\n%s" % (path.name, done.stdout + done.stderr))


def full_width(text):
    """The full-width twins of ASCII, as an input method sends them."""
    return "".join("\u3000" if c == " " else chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def cells_of(character):
    """Combining marks take none."""
    return 0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1


class Screen:
    def __init__(self, command, cols=80, rows=24, term="xterm-256color", env=None, cwd=None, seconds=SECONDS):
        self.command = [str(c) for c in command]
        self.seconds = seconds
        self.stood = None  # the rows before the last keys, as long as nothing was waited for since
        self.is_seen = True  # the screen was waited for since the last key
        env = dict(os.environ if env is None else env, TERM=term)
        env.pop("LINES", None)
        env.pop("COLUMNS", None)
        self.process = subprocess.Popen([str(tool("driver")), str(cols), str(rows)] + self.command, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, env=env, cwd=None if cwd is None else str(cwd))
        self.pid = self.answer()["pid"]

    # ---- talking to the driver ----

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("the driver has ended with %s" % self.process.wait())
        value = json.loads(line.decode("utf-8"))
        if "error" in value:
            raise RuntimeError(value["error"])
        return value

    def ask(self, *words):
        self.process.stdin.write((" ".join(str(w) for w in words) + "\n").encode("ascii"))
        self.process.stdin.flush()
        return self.answer()

    def close(self):
        if self.process.stdin:
            try:
                self.process.stdin.close()
            except BrokenPipeError:
                pass
        self.process.wait()
        self.process.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    # ---- typing ----

    def before_input(self):
        """Keeps what stands there; of keys that come all at once what stood before the first of them."""
        if self.is_seen:
            self.look()
            self.stood = self.rows_now
        self.is_seen = False

    def send(self, data):
        """Bytes as they are, or text in UTF-8; does not wait."""
        self.before_input()
        data = data.encode("utf-8") if isinstance(data, str) else data
        if data:
            self.ask("send", data.hex())

    def press(self, *names):
        """Keys by name or, with one character, as text; all at once, does not wait."""
        for name in names:
            if len(name) == 1:
                self.send(name)
            else:
                self.before_input()
                self.ask("key", name)

    def keys(self, *names):
        """Keys one after the other, each after the screen has settled."""
        for name in names:
            self.press(name)
            self.settle()

    def type(self, text):
        self.send(text)
        self.settle()

    def paste(self, text):
        self.before_input()
        self.ask("paste", (text.encode("utf-8") if isinstance(text, str) else text).hex())
        self.settle()

    def click(self, row, col, button=1):
        self.before_input()
        self.ask("mouse", button, row, col, "down")
        self.ask("mouse", button, row, col, "up")
        self.settle()

    def resize(self, cols, rows, settle=True):
        self.ask("resize", cols, rows)
        if settle:
            self.settle()

    # ---- waiting ----

    def settle(self, quiet_ms=2, rest=False):
        """Until all input is read, the program waits for more and all its output is on the screen."""
        found = self.ask("settle", quiet_ms, int(self.seconds * 1000), int(rest))
        if not found["settled"]:
            self.fail("the screen does not come to rest")
        self.is_seen = True
        return found

    def rest(self):
        """The same, and what the program does when nobody types for a while is done as well: so the screen stays."""
        self.settle(rest=True)

    def wait(self, what, seconds=None, again=False):
        """Until a text stands on the screen, or a function of this screen is true; returns what it gave. A function may look at
        files as well: it is asked again though nothing is drawn. A text that stood there before the last keys would be waited
        for in vain, and what the keys do might still be under way: that is refused, unless again says that it may stand there."""
        test = what if callable(what) else lambda s: s.find(what)
        if self.stood and not again and not callable(what) and self.find_in(self.stood, what):
            raise AssertionError("%r stood there before the last keys; wait for what is new\n%s" % (what, "\n".join(self.stood)))
        patience = seconds or self.seconds
        began = heard = time.monotonic()
        over = has_come = False
        while True:
            found = test(self)
            if found:
                self.stood, self.is_seen = None, True
                if has_come:
                    self.ask("settle", 2, FRAME_MS, 0)
                return found
            if over:
                name = getattr(what, "__name__", "condition") if callable(what) else repr(what)
                self.fail("%s does not come" % name)
            state = self.ask("output", int(min(0.1, patience) * 1000))
            now = time.monotonic()
            has_come = has_come or state["bytes"] > 0
            heard = now if state["bytes"] > 0 else heard
            over = now - heard >= patience or now - began >= MOST * patience or (state["ended"] and state["bytes"] == 0)

    def until(self, test, *keys, most=100):
        """These keys again and again until the test of this screen is true, which may be at once."""
        for _ in range(most):
            if test(self):
                return
            self.keys(*keys)
        if not test(self):
            self.fail("%d times %s, in vain" % (most, " ".join(keys)))

    def to_row(self, what):
        """Down until a selected row, of that in front or of what is behind it, has this text or pattern after its mark."""
        pattern = what if hasattr(what, "search") else re.compile(re.escape(what))
        self.until(lambda s: any(pattern.search(line.partition("›")[2]) for line in s.lines()), "Down")

    def to_field(self, label):
        """Tab until the cursor stands in the field of this label."""
        pattern = re.compile(r"(^|\s)" + re.escape(label) + r"( \*)?(\s|$)")
        self.until(lambda s: pattern.search(s.lines()[s.cursor()[0]]), "Tab")

    def end(self, seconds=None):
        """Until the program has ended; its exit status, negative for a signal."""
        code = self.ask("end", int((seconds or self.seconds) * 1000))["exit"]
        if code is None:
            self.fail("the program does not end")
        return code

    def signal(self, name):
        self.ask("signal", int(getattr(signal, name)))

    def hang_up(self):
        self.ask("hangup")

    # ---- looking ----

    def look(self):
        found = self.ask("screen")
        self.rows_now = found.pop("text")
        return found

    def state(self):
        found = self.look()
        return State(**{**found, "cursor": tuple(found["cursor"])})

    def lines(self):
        """The rows, without what is blank at their right."""
        self.look()
        return [line.rstrip() for line in self.rows_now]

    def text(self):
        return "\n".join(self.lines())

    def find(self, text):
        """(row, column) of the text, else None; the column counts cells. An empty pattern object is searched for as well."""
        self.look()
        return self.find_in(self.rows_now, text)

    @staticmethod
    def find_in(rows, text):
        pattern = text if hasattr(text, "search") else re.compile(re.escape(text))
        for row, line in enumerate(rows):
            found = pattern.search(line)
            if found:
                return row, sum(cells_of(c) for c in line[:found.start()])
        return None

    def has(self, text):
        return self.find(text) is not None

    def cursor(self):
        return self.state().cursor

    def runs(self):
        """For each row the runs of one style: (column, Style, text)."""
        return [[(col, self.style_of(style), text) for col, style, text in row] for row in self.ask("cells")["runs"]]

    @staticmethod
    def style_of(text):
        return Style(*text.split(" "))

    def style(self, row, col):
        """The style of one cell."""
        found = None
        for start, style, _ in self.runs()[row]:
            if start <= col:
                found = style
        return found

    def style_at(self, text):
        where = self.find(text)
        if not where:
            self.fail("%r is not on the screen" % text)
        return self.style(*where)

    def modes(self):
        return self.ask("modes")

    def fail(self, why):
        state = self.state()
        kind = Ended if state.exit is not None else AssertionError
        ended = "; it has ended with %d" % state.exit if state.exit is not None else ""
        raise kind("%s: %s%s\n%s" % (" ".join(map(os.path.basename, self.command[:1])) or "program", why, ended, self.shown()))

    def shown(self):
        """The screen in a frame, for messages."""
        self.look()
        return "\n".join(["+" + "-" * 20] + ["|" + line.rstrip() for line in self.rows_now] + ["+" + "-" * 20])

    # ---- pictures ----

    def cells_for_picture(self):
        """The form tests/tui/picture reads: size and cursor, then one line a run."""
        found = self.ask("cells")
        out = ["%d %d %d %d %d" % (found["cols"], found["rows"], found["cursor"][0], found["cursor"][1], found["shown"])]
        for row, runs in enumerate(found["runs"]):
            for col, style, text in runs:
                fg, bg, flags = style.split(" ")
                out.append("%d %d %s %s %s %s" % (row, col, fg, bg, flags or "-", text))
        return "\n".join(out) + "\n"

    def png(self, path, theme="dark"):
        pathlib.Path(path).parent.mkdir(parents=True, exist_ok=True)
        subprocess.run([str(tool("picture")), theme, str(path)], input=self.cells_for_picture().encode("utf-8"), check=True)
