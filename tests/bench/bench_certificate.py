"""A certificate from the project file to the PDF on disk, whole processes, beside a page drawn by cairo and pango alone; in turns, so that both meet the
same machine. The key's passphrase is left out: it takes what Argon2id is told to take. Usage: bench_certificate.py BUILD_DIR [RUNS]"""
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "cli")]
from harness import CSUS, SAMPLES, environment  # noqa: E402

LIMIT = 1.4
MANY, EACH = 100, 40


def once(*command, **more):
    start = time.perf_counter()
    subprocess.run([str(c) for c in command], check=True, stdout=subprocess.DEVNULL, **more)
    return (time.perf_counter() - start) * 1000


def many(tool, project, home, env):
    """Computing time of each of a hundred that one process draws."""
    files = [home / ("%d.lingtan" % n) for n in range(MANY)]
    for path in files:
        shutil.copy(project, path)
    (home / "many").mkdir()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    once(tool, "certificate", *files, "-o", home / "many", "--date", "2026-03-30", env=env)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime) * 1000 / MANY


def chromium(home, env):
    """The same page, which another program makes a PDF of; make check-peers installs it."""
    if not shutil.which("chromium"):
        return None
    words = ["--headless", "--no-sandbox", "--disable-gpu", "--print-to-pdf=%s" % (home / "peer.pdf"), "file://%s" % (home / "out.svg")]
    return statistics.median(once("chromium", *words, stderr=subprocess.DEVNULL, env=env) for _ in range(3))


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    runs = int(sys.argv[2]) if len(sys.argv) > 2 and sys.argv[2].isdigit() else 15
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        env, project, out = environment(home), home / "p.lingtan", home / "out.pdf"
        tool = build / "lingtan"
        once(tool, "new", project, "--park", "示例园区·云澜湾先进制造产业园", "--standard", CSUS, "--stage", "operation", "--type", "production", "--year", "2025", "--as", "李工:leader", env=env)
        once(tool, "import", project, SAMPLES / (CSUS + ".yaml"), "--as", "李工:evaluator", env=env)
        ours, bare = [], []
        for _ in range(runs):
            ours.append(once(tool, "certificate", project, "-o", out, "--force", "--date", "2026-03-30", env=env))
            bare.append(once(build / "tests/bench/bare_page", home / "bare.pdf", env=env))
        each = many(tool, project, home, env)
        once(tool, "certificate", project, "-o", home / "out.svg", "--date", "2026-03-30", env=env)
        peer = chromium(home, env)
    a, b = statistics.median(ours), statistics.median(bare)
    print("%-46s %8.1f ms  limit %.1f x bare  %s" % ("certificate PDF, whole process", a, LIMIT, "ok" if a <= LIMIT * b else "ABOVE"))
    print("%-46s %8.1f ms  limit %d ms  %s" % ("each of %d in one process, computing" % MANY, each, EACH, "ok" if each <= EACH else "ABOVE"))
    print("%-46s %8.1f ms  %.2f x" % ("the same page by cairo and pango alone", b, a / b))
    print("%-46s %s" % ("peer: chromium makes a PDF of our .svg", "%8.1f ms" % peer if peer else "not installed"))


main()
