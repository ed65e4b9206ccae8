"""What the benchmarks promise as ratios, kept honest: computing time of whole processes, the least of several taken in turn, so that
neither the machine nor what else runs on it counts. The bounds are wide; tests/bench says the figures. Usage: ratios.py BUILD_DIR
"""
import pathlib
import resource
import subprocess
import sys
import tempfile

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "cli"))
from harness import CSUS, SAMPLES, environment  # noqa: E402


def cost(args, env):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([str(a) for a in args], check=True, stdout=subprocess.DEVNULL, env=env)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def ratio(ours, bare, env, times=9):
    """The least of one by the least of the other."""
    pairs = [(cost(ours, env), cost(bare, env)) for _ in range(times)]
    return min(a for a, _ in pairs) / max(min(b for _, b in pairs), 1e-4)


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    lingtan = build / "lingtan"
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        env = environment(home)
        project = home / "p.lingtan"
        said = {"stdout": subprocess.DEVNULL, "check": True, "env": env}
        subprocess.run([lingtan, "new", project, "--park", "示例园区", "--standard", CSUS, "--stage", "operation", "--type", "production", "--year", "2025", "--as", "李工:leader"], **said)
        subprocess.run([lingtan, "import", project, SAMPLES / (CSUS + ".yaml"), "--as", "李工:evaluator"], **said)
        rows = [
            ("a certificate by the page that cairo and pango draw alone", 4,
             [lingtan, "certificate", project, "-o", home / "c.pdf", "--force", "--specimen", "--date", "2026-03-30"], [build / "tests/bench/bare_page", home / "bare.pdf"]),
            ("a project scored by another program's start and end", 12, [lingtan, "score", project], ["/bin/true"]),
            ("a project verified by its score", 6, [lingtan, "verify", project], [lingtan, "score", project])]
        for name, bound, ours, bare in rows:
            found = ratio(ours, bare, env)
            print("%-60s %6.2f times, bound %d%s" % (name, found, bound, "" if found <= bound else "  MISSED"))
            missed += found > bound
    print("%d of %d ratios within their bounds" % (len(rows) - missed, len(rows)))
    return 1 if missed else 0


sys.exit(main())
