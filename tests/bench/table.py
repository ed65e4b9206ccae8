"""All figures in one table: each benchmark run several times, medians and ranges of the runs beside limits and peers.

Usage: table.py ROUNDS COMMAND...; each COMMAND is one benchmark with its words. A line of a benchmark is a name, a figure, its
unit and what it is held against; of the table of programs each column is taken by itself.
"""
import os
import re
import shlex
import statistics
import subprocess
import sys

ROW = re.compile(r"(\S.*?)\s{2,}([\d,]+(?:\.\d+)?) ?(us|ms|s|MB/s|/s|MiB|B|x|lines/s)\b *(.*)")
PROGRAM = re.compile(r"(\S.*?)((?:\s+(?:\d+(?:\.\d+)?|-)){9})")
NOT_MEASURED = "sc-im and typst, which Debian 12 has not"


def lines_of(command):
    """What it said; a limit that was missed is a line of it, no failure."""
    done = subprocess.run(shlex.split(command), stdout=subprocess.PIPE, text=True, env=dict(os.environ, LC_ALL="C.UTF-8"))
    if done.returncode:
        sys.exit("%s: exit code %d" % (command, done.returncode))
    return done.stdout.splitlines()


def median_of(columns):
    numbers = [float(c) for c in columns if c != "-"]
    return "%.2f" % statistics.median(numbers) if numbers else "-"


def print_rows(runs):
    """The lines of one benchmark, in the order of the first run."""
    rest, programs = {}, {}
    for run in runs:
        for line in run:
            found, columns = ROW.fullmatch(line), PROGRAM.fullmatch(line)
            if columns:
                programs.setdefault(columns[1], []).append(columns[2].split())
            elif found:
                rest.setdefault((found[1], found[3]), []).append((float(found[2].replace(",", "")), found[4]))
    told = set()
    for line in runs[0]:
        found, columns = ROW.fullmatch(line), PROGRAM.fullmatch(line)
        key = columns[1] if columns else (found[1], found[3]) if found else None
        if key in told:
            continue
        told.add(key)
        if columns:
            by_column = list(zip(*programs[key]))
            starts = [float(c) for c in by_column[0]]
            print("%-24s %s   start %.1f~%.1f" % (key, " ".join("%8s" % median_of(c) for c in by_column), min(starts), max(starts)))
        elif found:
            values = [v for v, _ in rest[key]]
            print("%-58s %12.3f %-8s %10.3f~%-10.3f %s" % (key[0], statistics.median(values), key[1], min(values), max(values), rest[key][-1][1]))
        elif line.strip():
            told.discard(None)
            print(line)


def main():
    rounds = int(sys.argv[1])
    with open("/proc/loadavg") as f:
        print("%d runs of each; load of the machine at the start %s" % (rounds, f.read().split()[0]))
    print("%-58s %12s %-8s %21s %s" % ("", "median", "", "range of the medians", "held against"))
    for command in sys.argv[2:]:
        print_rows([lines_of(command) for _ in range(rounds)])
    print("not measured: " + NOT_MEASURED)


main()
