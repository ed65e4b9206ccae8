"""What a key costs on the screen: the workbench beside a bare list and known programs, through the same pseudo-terminal in one run.

Usage: bench_screens.py BUILD_DIR [full]. A time is from the key's bytes going out to the last byte of what it changed coming
in; a start from the fork to the last byte of the first screen. Medians, with the 99th of a hundred where it says p99.
Programs that are not installed are left out and named.
"""
import hashlib
import pathlib
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "tui"), str(HERE.parent / "cli")]
import park  # noqa: E402
from screen import Screen  # noqa: E402

COLS, ROWS = 100, 32


def percentile(values, part):
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


class Keys:
    """Latencies in ms and bytes of keys pressed one after the other, each when the screen rests."""

    def __init__(self, s, names, n):
        self.ms, self.bytes = [], []
        for i in range(n):
            s.press(names[i % len(names)])
            found = s.settle(0)
            if found["bytes"]:
                self.ms.append(found["last_us"] / 1000)
                self.bytes.append(found["bytes"])

    def __str__(self):
        if not self.ms:
            return "%9s %7s %7s" % ("-", "-", "-")
        return "%9.2f %7.2f %7d" % (statistics.median(self.ms), percentile(self.ms, 0.99), statistics.median(self.bytes))


def memory_mib(pid):
    with open("/proc/%d/status" % pid) as f:
        for line in f:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return 0


def start(command, env, cwd, before=(), **more):
    s = Screen(command, cols=COLS, rows=ROWS, env=env, cwd=cwd, **more)
    found = s.settle()
    for key in before:
        s.keys(key)
    return s, found["last_us"] / 1000


def measure(name, command, env, cwd, n, before=(), keys=("Down",) * 40 + ("Up",) * 40, page=("PageDown", "PageDown", "PageUp", "PageUp"), starts=7):
    if not shutil.which(str(command[0])):
        print("%-24s not installed" % name)
        return None
    times = []
    for _ in range(starts):
        s, ms = start(command, env, cwd)
        times.append(ms)
        s.close()
    s, _ = start(command, env, cwd, before)
    with s:
        key = Keys(s, keys, n)
        paged = Keys(s, page, n // 4) if page else None
        s.ask("idle", 1000)  # what is kept of the last key is kept once
        wakes = s.ask("idle", 3000)["wakes"] / 3
        mib = memory_mib(s.pid)
    print("%-24s %8.1f %s %s %6.1f %6.1f" % (name, statistics.median(times), key, paged or Keys(None, (), 0), mib, wakes))
    return statistics.median(times), key, paged, mib, wakes


def peers(build, folder, env, n):
    rows = folder / "rows.db"
    bare = build / "tests" / "bench" / "bare_list"
    subprocess.run([str(bare), "--make", str(rows)], check=True)
    files = folder / "files"
    files.mkdir()
    for i in range(78):
        (files / ("可再生能源利用率 %02d.txt" % i)).write_text("零碳园区\n" * 40, "utf-8")
    text = folder / "long.txt"
    text.write_text("".join("%d 可再生能源利用率与余热评估 renewable share %d\n" % (i, i * 7) for i in range(400)), "utf-8")
    git = folder / "git"
    for new in (git, pathlib.Path(env["XDG_CONFIG_HOME"])):
        new.mkdir(parents=True, exist_ok=True)
    subprocess.run("git init -q . && for i in $(seq 78); do GIT_AUTHOR_DATE=2026-01-01T00:00:00Z git -c user.name=a -c user.email=a@b "
                   "commit -q --allow-empty -m \"可再生能源利用率 $i\"; done", shell=True, cwd=str(git), check=True)
    found = measure("bare list", [bare, rows], env, folder, n)
    measure("nano", ["nano", "--ignorercfiles", text], env, folder, n)
    measure("nnn", ["nnn", files], env, folder, n)
    measure("vim", ["vim", "-u", "NONE", "-N", "-n", text], env, folder, n)
    measure("tig", ["tig"], env, git, n)
    measure("mc", ["mc", "-d", files, files], env, folder, n)
    measure("htop", ["htop"], env, folder, n)
    sheet = folder / "long.sc"
    sheet.write_text("".join("let A%d = %d\n" % (i, i * 7) for i in range(400)), "utf-8")
    measure("sc", ["sc", sheet], env, folder, n)
    return found


def project(bench, n_evidence):
    """Every item answered, and so many pieces of evidence."""
    path = park.sample_park(bench, leave=())
    items = [a["item"] for a in park.read_sheet(park.sample_text(park.CSUS))["answers"]]
    have = len(items)
    for i in range(have, n_evidence):
        name = "佐证/现场记录 %03d.txt" % i
        bench.write(name, "第 %d 份现场记录\n" % i)
        bench.run("attach", path.name, items[i % len(items)], name, "--locator", "第1页", "--as", park.EVALUATOR)
    return path


def within(name, value, limit, unit):
    ok = value <= limit
    print("%-52s %8.2f %s  limit %.2f%s" % (name, value, unit, limit, "" if ok else "  MISSED"))
    return ok


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    n = 400 if len(sys.argv) > 2 else 120
    with tempfile.TemporaryDirectory(prefix="lingtan-bench-") as name:
        folder = pathlib.Path(name)
        bench = park.Bench(build / "lingtan", folder, fixed=False)
        env = bench.environment()
        print("%-24s %8s %9s %7s %7s %9s %7s %7s %6s %6s" % ("", "start ms", "key ms", "p99", "bytes", "page ms", "p99", "bytes", "MiB", "wake/s"))
        bare = peers(build, folder, env, n)
        path = project(bench, 300)
        lingtan = [build / "lingtan", path.name, "--as", park.EVALUATOR]
        # of a hundred keys the 99th would be the slowest but one: what the machine did meanwhile
        overview = measure("lingtan, overview", lingtan, env, folder, 4 * n)
        walk = measure("lingtan, walk", lingtan, env, folder, n, before=("1",))
        limits(bare, overview, walk)
        burst(lingtan, env, folder)
        answers(lingtan, env, folder, n)
    return 0


def limits(bare, overview, walk):
    start_ms, key, page, _, _ = bare
    bare_key, bare_page = statistics.median(key.ms), statistics.median(page.ms)
    print()
    within("first settled screen, all answered, 300 evidence", overview[0], 3 * start_ms, "ms")
    within("cursor key in a list (1.5 of the bare list's)", statistics.median(overview[1].ms), 1.5 * bare_key, "ms")
    within("cursor key in a list, p99 (twice the median's limit)", percentile(overview[1].ms, 0.99), 3 * bare_key, "ms")
    within("cursor key in the walk (1.5 of the bare list's page)", statistics.median(walk[1].ms), 1.5 * bare_page, "ms")
    within("bytes a key in the walk", statistics.median(walk[1].bytes), 1600, "B ")
    within("resident memory", max(overview[3], walk[3]), 16, "MiB")
    within("wake-ups when left alone", max(overview[4], walk[4]), 0, "/s")


def burst(command, env, folder):
    s, _ = start(command, env, folder, ("1",))
    with s:
        # ends elsewhere than it began, or nothing would have to be drawn
        names = (["Down"] * 25 + ["Up"] * 15) * 5
        down, up = b"\x1bOB", b"\x1bOA"
        s.send(b"".join(down if name == "Down" else up for name in names))
        within("200 keys sent at once", s.settle(0)["last_us"] / 1000, 30, "ms")


class Write:
    """The rows of an answer, its cell and its entry, written into a copy of the project by SQLite alone: the same pages, synchronised as often."""

    def __init__(self, path):
        copy = path.with_name("written.db")
        shutil.copy(path, copy)
        self.db = sqlite3.connect(str(copy), isolation_level=None)
        self.db.executescript("PRAGMA journal_mode=PERSIST; PRAGMA synchronous=EXTRA;")
        self.body, = self.db.execute("SELECT body FROM entry ORDER BY n DESC LIMIT 1").fetchone()
        self.ms = []

    def again(self, n):
        for i in range(n):
            number = len(self.ms)
            begun = time.perf_counter()
            self.db.execute("BEGIN IMMEDIATE")
            self.db.execute("UPDATE answer SET verdict_result = ? WHERE rung = 'evaluator' AND item = '4.1.1'", (("met", "not-met")[number % 2],))
            self.db.execute("INSERT INTO entry (hash, body) VALUES (?, ?)", (hashlib.sha256(b"%d" % number).hexdigest(), self.body))
            self.db.execute("COMMIT")
            self.ms.append((time.perf_counter() - begun) * 1000)


def answers(command, env, folder, n):
    """Met, not met, met: from the key to the screen with the new totals, its commit within. A disk has its moods: the bare writes come in turn."""
    write = Write(folder / command[1])
    s, _ = start(command, env, folder, ("1",))
    with s:
        s.type("4.1.1")
        s.keys("Enter")
        ms = []
        for _ in range(8):
            ms += Keys(s, ("2", "1"), n // 8).ms
            write.again(n // 8)
    within("an answer committed and shown (its write by SQLite + 1)", statistics.median(ms), statistics.median(write.ms) + 1, "ms")


if __name__ == "__main__":
    sys.exit(main())
