#!/usr/bin/env python3
"""Pictures of the screens for people who have not started the program: the sample park, driven by keys through a pseudo-terminal.

usage: screenshots.py LINGTAN FOLDER
The same pictures each time: clock and chance are held (fixed.c), the park and its people are made up.
"""
import pathlib
import shutil
import sys

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent)]
import park  # noqa: E402

PLACE = pathlib.Path("/tmp/示例园区")
OWNER, EVALUATOR = "示例·周工:park", "示例·李工:evaluator"
FILE = "示例园区.lingtan"


def fresh():
    bench = park.Bench(sys.argv[1], PLACE / "bench")
    park.sample_park(bench)
    return bench


def take(bench, name, keys, who=EVALUATOR, cols=100, rows=32, theme="dark", options=(), env=None, words=""):
    """One picture: the keys, then the words that are typed, from the overview with the score shown."""
    shutil.rmtree(bench.home / "state" / "lingtan" / "place", ignore_errors=True)
    (bench.home / "state" / "lingtan" / "settings" / "hide-score").write_text("off")
    with bench.start(FILE, "--as", who, *options, cols=cols, rows=rows, env=env) as s:
        s.settle()
        for key in keys:
            s.keys(key)
            s.settle()
        if words:
            s.type(words)
            s.settle()
        s.png(pathlib.Path(sys.argv[2]) / (name + ".png"), theme)


def to_item(number):
    return ["F6", "1"] + list(number)


def allow_advice(bench):
    """Gap and trial are the park's; an evaluator says why they are looked at."""
    with bench.start(FILE, "--as", EVALUATOR) as s:
        s.settle()
        s.keys("F6", "3", "Tab", "Enter")
        s.type("合同约定的预评价")
        s.keys("Enter")


def start(bench):
    with bench.start(cols=100, rows=32) as s:
        s.settle()
        s.png(pathlib.Path(sys.argv[2]) / "01-start.png")


def main():
    shutil.rmtree(PLACE, ignore_errors=True)
    pathlib.Path(sys.argv[2]).mkdir(parents=True, exist_ok=True)
    bench = fresh()
    take(bench, "02-overview", [])
    take(bench, "02-overview-light", [], theme="light", env={"LINGTAN_THEME": "light"})
    take(bench, "02-overview-en", [], options=("--lang", "en"))
    take(bench, "03-walk-control", to_item("8.1.1") + ["Enter"])
    take(bench, "04-walk-points", to_item("7.2.4") + ["Enter"])
    take(bench, "04-walk-80x24", to_item("7.2.4"), cols=80, rows=24)
    take(bench, "04-walk-60x18", to_item("7.2.4"), cols=60, rows=18)
    take(bench, "04-walk-132x43", to_item("7.2.4"), cols=132, rows=43)
    take(bench, "04-walk-ascii", to_item("7.2.4"), options=("--no-unicode", "--no-color"))
    take(bench, "05-remark", to_item("7.2.4") + ["F4"], words="；抽查 6 月、9 月结算单相符。")
    take(bench, "05-attach", to_item("7.2.3") + ["F2", "Down", "Down"])
    take(bench, "06-inventory", ["F6", "2"])
    take(bench, "09-review", ["F6", "4"])
    take(bench, "11-certificate", ["F6", "5"])
    take(bench, "12-find", ["F7"], words="照片")
    take(bench, "12-command", ["F9"], words="jy")
    take(bench, "12-help", to_item("7.2.4") + ["F1"])
    take(bench, "08-explain", ["Tab", "Down", "Down", "Down", "F3"])
    allow_advice(bench)
    take(bench, "07-result", ["F6", "3", "Tab", "Tab", "Down", "Down"])
    start(bench)
    shutil.rmtree(PLACE, ignore_errors=True)


if __name__ == "__main__":
    main()
