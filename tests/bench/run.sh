#!/bin/sh
# Prints medians beside their limits: the core from inside, the whole process from outside. Usage: run.sh BUILD_DIR
set -eu
b=$1
export LC_ALL=C.UTF-8
"$b/tests/bench/bench" rulesets
# whole process: 41 runs of each sample without an inventory, wall time and peak memory of the median run
python3 - "$b/lingtan" tests/sample/ndrc-910-2025.yaml tests/sample/t-csus-66-2023.yaml <<'PY'
import os, statistics, subprocess, sys, time
program, *sheets = sys.argv[1:]
for sheet in sheets:
    times, peak = [], 0
    for _ in range(41):
        start = time.perf_counter()
        child = subprocess.Popen([program, "score", sheet, "--json"], stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        times.append((time.perf_counter() - start) * 1000)
        peak = max(peak, usage.ru_maxrss)
        assert status == 0
    name = os.path.basename(sheet)
    print("%-52s %12.3f ms   limit 5" % ("lingtan score %s, whole process" % name, statistics.median(times)))
    print("%-52s %12.1f MiB  limit 10" % ("  its peak memory", peak / 1024))
true = []
for _ in range(41):
    start = time.perf_counter()
    subprocess.run(["/bin/true"])
    true.append((time.perf_counter() - start) * 1000)
print("%-52s %12.3f ms" % ("peer: /bin/true, started the same way", statistics.median(true)))
PY
