"""What the counts of a build with --coverage come to: lines a layer and a file, then the functions that were never entered.

Usage: coverage.py BUILD
"""
import collections
import gzip
import json
import pathlib
import subprocess
import sys
import tempfile


def counts(build):
    """{source: {line: how often}}, {source: {function: (line, how often)}}; of what stands in several objects the sum."""
    lines, functions = collections.defaultdict(collections.Counter), collections.defaultdict(dict)
    notes = [str(p.resolve()) for p in sorted(build.glob("src/**/*.gcno"))]
    with tempfile.TemporaryDirectory() as folder:
        for at in range(0, len(notes), 50):
            subprocess.run(["gcov", "--json-format", "--preserve-paths", *notes[at:at + 50]], cwd=folder, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL, check=True)
        for found in pathlib.Path(folder).glob("*.gcov.json.gz"):
            with gzip.open(found) as f:
                for source in json.load(f)["files"]:
                    name = source["file"]
                    if not name.startswith("src/"):
                        continue
                    for line in source["lines"]:
                        lines[name][line["line_number"]] += line["count"]
                    for function in source["functions"]:
                        known = functions[name].get(function["name"], (0, 0))[1]
                        functions[name][function["name"]] = (function["start_line"], known + function["execution_count"])
    return lines, functions


def share(all_lines):
    taken = sum(1 for n in all_lines if n)
    return "%6.1f %%  %6d of %6d lines" % (100 * taken / max(1, len(all_lines)), taken, len(all_lines))


def main():
    lines, functions = counts(pathlib.Path(sys.argv[1]))
    if not lines:
        sys.exit("nothing was counted in %s" % sys.argv[1])
    layers = collections.defaultdict(list)
    for name, numbers in lines.items():
        layers["/".join(name.split("/")[:2]) if name.count("/") > 1 else name] += numbers.values()
    for layer, numbers in sorted(layers.items()):
        print("%-16s %s" % (layer, share(numbers)))
    print("%-16s %s" % ("all", share([n for numbers in lines.values() for n in numbers.values()])))
    print()
    for name, numbers in sorted(lines.items(), key=lambda at: sum(1 for n in at[1].values() if n) / max(1, len(at[1]))):
        never = ["%s:%d" % (f, line) for f, (line, n) in sorted(functions[name].items(), key=lambda at: at[1]) if not n]
        print("%-36s %s%s" % (name, share(numbers.values()), "  never: " + " ".join(never) if never else ""))


main()
