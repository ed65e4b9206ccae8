"""Random keys and bytes into the workbench, from a seed. Usage: storm.py LINGTAN [--keys N] [--seed S] [--replay FILE]

After each burst: it lives, it rests, and it sent nothing that does not belong on a terminal. Now and then it is quit, told to
end, hung up or killed: then the project holds, the terminal is as it was, and the next start works. What was sent is written
beside the seed, so that a failure can be played again and cut down.
"""
import argparse
import json
import os
import pathlib
import random
import shutil
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "cli")]
import park  # noqa: E402
import screen  # noqa: E402
from screen import full_width  # noqa: E402

NAMED = """Up Down Left Right Up Down Left Right Home End PageUp PageDown Insert Delete Backspace Tab S-Tab Enter Enter Esc Esc
S-Up S-Down S-Left S-Right S-Home S-End C-Left C-Right C-Home C-End C-Up C-Down F1 F2 F3 F4 F5 F5 F6 F7 F8 F9 F12 C-r C-l C-a C-e C-k
C-u C-w C-y C-d C-x C-v C-t C-n C-p M-b M-f Space FocusIn FocusOut""".split()
# No slash: a path typed by chance must not leave the folder of the test.
LETTERS = "abcdefghijklmnopqrstuvwxyz?:;,.-+*%()[]{}<>=!'\"#&|~ "
HAN = "零碳园区评价标准能源体系佐证定位第页表复核，。；：、（）【】《》％"
ODD = "𠮷👨‍👩‍👧e\u0301\u0300🌿🏳️‍🌈\u200b\u202e\u2066\ufeff\u0085ｱﾊﾟ한글ก็✓━─"
# Cut in the middle, wrong, or answers nobody asked for.
BROKEN = [b"\xe9", b"\xe9\x9b", b"\xf0\xa0\xae", b"\xff\xfe", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", b"\x80\x80", b"\x1b[", b"\x1b[1;", b"\x1bO",
          b"\x1b[200~", b"\x1b[201~", b"\x1b[200~\xe9\x9b", b"\x1b[<0;3;2M", b"\x1b[<64;1;1M", b"\x1b[M !!", b"\x1b[12;40R", b"\x1b[?1;2c", b"\x1b]11;rgb:0/0/0\x07",
          b"\x1bP1$r\x1b\\", b"\x1b[99999999999999~", b"\x1b[1;2;3;4;5;6;7;8;9;10m", b"\x00", b"\x1b\x1b\x1b", b"\x1b[I\x1b[O", b"\x7f\x08", b"\x1d\x1e\x1f"]
TERMS = ["xterm-256color"] * 4 + ["xterm", "screen-256color", "tmux-256color", "linux", "vt100"]
ENDS = ["keys", "SIGTERM", "SIGHUP", "SIGINT", "SIGKILL", "hangup"]
SECONDS = 60


def draw_text(r):
    kind = r.random()
    if kind < 0.4:
        return "".join(r.choice(LETTERS) for _ in range(r.randint(1, 8)))
    if kind < 0.6:
        return "".join(r.choice("0123456789.") for _ in range(r.randint(1, 5)))
    if kind < 0.8:
        return "".join(r.choice(HAN) for _ in range(r.randint(1, 12)))
    if kind < 0.9:
        return "".join(r.choice(ODD) for _ in range(r.randint(1, 6)))
    return full_width("".join(r.choice(LETTERS + "0123456789") for _ in range(r.randint(1, 5))))


def draw_paste(r):
    parts = [draw_text(r) for _ in range(r.randint(1, 30))]
    joint = r.choice(["\n", "\r\n", " ", "\t", ""])
    data = joint.join(parts).encode("utf-8", "surrogatepass")
    if r.random() < 0.2:
        data += r.choice(BROKEN)
    if r.random() < 0.05:
        data *= 200
    return data


def draw_action(r):
    kind = r.random()
    if kind < 0.62:
        return ["key", r.choice(NAMED)]
    if kind < 0.80:
        return ["send", draw_text(r).encode("utf-8", "surrogatepass").hex()]
    if kind < 0.86:
        return ["send", r.choice(BROKEN).hex()]
    if kind < 0.90:
        return ["paste", draw_paste(r).hex()]
    if kind < 0.95:
        return ["resize", *r.choice([(60, 18), (80, 24), (100, 32), (132, 43), (300, 100), (59, 17), (1, 1), (r.randint(1, 200), r.randint(1, 80))])]
    return ["mouse", r.choice([1, 1, 1, 2, 3, 4, 5]), r.randint(0, 30), r.randint(0, 100), "down"]


class Broken(Exception):
    pass


class Storm:
    def __init__(self, lingtan, folder, seed, record):
        self.r = random.Random(seed)
        self.bench = park.Bench(lingtan, folder, fixed=False)
        self.report = self.bench.dir / "sanitizer"
        log = "log_path=%s" % self.report
        # a helper that leaks nothing of ours writes nothing
        self.sanitizers = dict(ASAN_OPTIONS=log, UBSAN_OPTIONS=log, LSAN_OPTIONS="print_suppressions=0")
        self.record = record
        # a letter for each time that the program has lent its terminal to an editor
        self.lent = self.bench.dir / "lent"
        self.lent.write_text("")
        self.s = None
        self.n_lent = self.n_echoed = 0
        self.n_keys = self.n_starts = 0
        self.ends = dict.fromkeys(ENDS, 0)

    def prepare(self):
        whole = self.bench.dir / "whole.lingtan"
        park.sample_park(self.bench, whole.name, evidence=False)
        self.project = self.bench.dir / "示例园区.lingtan"
        shutil.copy(whole, self.project)

    def note(self, *what):
        if self.record:
            self.record.write(json.dumps(what) + "\n")
            self.record.flush()

    def start(self, term, lang, cols, rows, arguments, who=park.EVALUATOR):
        self.note("start", term, lang, cols, rows, arguments, who)
        self.n_starts += 1
        self.n_echoed = 0
        editor = "printf x >>'%s'; true" % self.lent
        env = dict(self.sanitizers, EDITOR=editor, VISUAL=editor, PAGER="true")
        self.s = self.bench.start(*arguments, "--as", who, "--lang", lang, cols=cols, rows=rows, term=term, env=env, seconds=SECONDS)
        if "STORM_LOG" in os.environ:
            self.s.ask("log", os.environ["STORM_LOG"])
        self.look()

    def start_by_chance(self):
        r = self.r
        arguments = [self.project.name] if r.random() < 0.85 else []
        arguments += ["--mouse"] if r.random() < 0.3 else []
        self.start(r.choice(TERMS), r.choice(["zh", "zh", "en"]), r.choice([60, 80, 100, 132]), r.choice([18, 24, 32, 43]), arguments)

    def look(self):
        """Settled, alive or ended in order, and nothing wrong on the screen. False when it has ended."""
        self.s.settle()
        state = self.s.state()
        # what is typed after its end, or while an editor has the terminal, is written back by the terminal itself
        n_lent = self.lent.stat().st_size
        if n_lent > self.n_lent:
            self.n_lent, self.n_echoed = n_lent, state.wrong
        if state.wrong > self.n_echoed and state.exit is None:
            raise Broken("bytes that do not belong on a terminal: %s" % state.notes)
        if state.exit is None:
            return True
        if state.exit != 0:
            raise Broken("it has ended with %d" % state.exit)
        return False

    def burst(self, actions):
        self.note("burst", actions)
        for action in actions:
            self.s.ask(*action)
        self.n_keys += sum(len(a[1]) // 2 if a[0] == "send" else 1 for a in actions)
        return self.look()

    def restored(self, how):
        state, modes = self.s.state(), self.s.modes()
        left = [name for name, wrong in (("alternate screen", state.alternate), ("hidden cursor", not state.shown), ("bracketed paste", state.paste),
                                         ("mouse", state.mouse != 0), ("application keys", state.application), ("terminal settings", not modes["as_before"])) if wrong]
        if left:
            raise Broken("after %s the terminal keeps: %s" % (how, ", ".join(left)))

    def quit_by_keys(self):
        """Esc goes up, level by level, and leaves from the lowest; text under way may take one more."""
        self.s.send(b"\x1b[201~")  # a paste that was begun ends
        for _ in range(60):
            # three times: in a grid a letter would begin to be typed again, and words in a submitted round stay a draft when no reason
            # is given twice for the same
            for key in ("Esc", "Esc", "Esc", "q"):
                self.s.press(key)
                if not self.look():
                    return
        raise Broken("Esc and q do not lead out")

    def finish(self, how):
        self.note("finish", how)
        self.ends[how] += 1
        if how == "keys":
            self.quit_by_keys()
        elif how == "hangup":
            self.s.hang_up()
        else:
            self.s.signal(how)
        code = self.s.end()
        if how == "SIGKILL":
            if code != -9:
                raise Broken("killed, but it ended with %d" % code)
        elif code not in (0, -15, -1, -2, 129, 130, 143):
            raise Broken("after %s it ended with %d" % (how, code))
        if how not in ("hangup", "SIGKILL"):
            self.restored(how)
        self.s.close()
        self.s = None
        self.verify()

    def verify(self):
        done = self.bench.run("verify", self.project.name, code=None)
        if done.returncode != 0:
            raise Broken("the project does not hold:\n%s%s" % (done.stdout, done.stderr))
        left = [p.name for p in self.bench.dir.iterdir() if p.name.endswith(("-wal", "-shm"))]
        if left:
            raise Broken("left beside the project: %s" % left)

    def draw_burst(self):
        return [draw_action(self.r) for _ in range(self.r.randint(1, 12))]

    def run(self, n_keys):
        while self.n_keys < n_keys:
            if self.s is None:
                self.start_by_chance()
            if not self.burst(self.draw_burst()):
                self.restored("quitting")
                self.s.close()
                self.s = None
                self.verify()
            elif self.r.random() < 0.05:
                self.finish(self.r.choice(ENDS))
        if self.s:
            self.finish("keys")

    def replay(self, path):
        for line in pathlib.Path(path).read_text("utf-8").splitlines():
            name, *rest = json.loads(line)
            if name == "start":
                if self.s:
                    self.s.close()
                self.start(*rest)
            elif name == "finish":
                self.finish(*rest)
            elif self.s and not self.burst(*rest):
                self.s.close()
                self.s = None


def main():
    parse = argparse.ArgumentParser()
    parse.add_argument("lingtan")
    parse.add_argument("--keys", type=int, default=3000)
    parse.add_argument("--seed", type=int, default=1)
    parse.add_argument("--replay")
    asked = parse.parse_args()
    lingtan = os.path.abspath(asked.lingtan)
    kept = pathlib.Path(os.environ.get("STORM_RECORD", str(screen.TREE / "build" / ("storm-%d.jsonl" % asked.seed))))
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="lingtan-storm-") as folder:
        with open(os.devnull if asked.replay else kept, "w", encoding="utf-8") as record:
            storm = Storm(lingtan, folder, asked.seed, record)
            storm.prepare()
            try:
                storm.replay(asked.replay) if asked.replay else storm.run(asked.keys)
            except (Broken, AssertionError, RuntimeError) as e:
                for report in sorted(storm.bench.dir.glob("sanitizer*")):
                    print(report.read_text("utf-8", "replace")[:6000])
                shown = storm.s.shown() if storm.s and storm.s.process.poll() is None else ""
                print("seed %d after %d keys: %s\n%s\nplay it again: storm.py LINGTAN --replay %s" % (asked.seed, storm.n_keys, e, shown, kept))
                return 1
            finally:
                if storm.s:
                    storm.s.close()
    print("seed %d: %d keys and bytes, %d starts, ended by %s" % (asked.seed, storm.n_keys, storm.n_starts, storm.ends))
    return 0


if __name__ == "__main__":
    sys.exit(main())
