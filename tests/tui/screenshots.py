#!/usr/bin/env python3
"""Pictures of the screens for people who have not started the program: the sample park, driven by keys through a pseudo-terminal.

usage: screenshots.py LINGTAN FOLDER
The same pictures each time: clock and chance are held (fixed.c), the park and its people are made up.
"""
import os
import pathlib
import re
import shutil
import sys

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent)]
import park  # noqa: E402
import scenes  # noqa: E402

PLACE = pathlib.Path("/tmp/示例园区")
OWNER, EVALUATOR = "示例·周工:park", "示例·李工:evaluator"
FILE = "示例园区.lingtan"


def fresh():
    bench = park.Bench(sys.argv[1], PLACE / "bench")
    park.sample_park(bench)
    return bench


def take(bench, name, keys, who=EVALUATOR, cols=100, rows=32, theme="dark", options=(), env=None, words="", waits=None, file=FILE):
    """One picture: the keys, then the words that are typed, from the overview with the score shown."""
    shutil.rmtree(bench.home / "state" / "lingtan" / "place", ignore_errors=True)
    (bench.home / "state" / "lingtan" / "settings" / "hide-score").write_text("off")
    with bench.start(file, "--as", who, *options, cols=cols, rows=rows, env=env) as s:
        s.settle()
        for key in keys:
            s.keys(key)
            s.settle()
        if words:
            s.type(words)
            s.settle()
        if waits:
            s.wait(waits)
            s.settle()
        s.png(pathlib.Path(sys.argv[2]) / (name + ".png"), theme)


METER = """光伏 1 号逆变器 2025 年逐月发电量  MWh

月份      发电量      自用
 1 月      742.6     742.6
 2 月      688.1     688.1
 3 月      901.4     901.4
 4 月    1,034.9   1,034.9
 5 月    1,120.3   1,098.7
 6 月    1,077.2   1,060.5

抄表 示例·周工  2026-01-05
与结算单核对无误
"""


def visit(bench):
    """What came back from the site, as old as the visit: screens show times."""
    for name, text in (("光伏逐月发电量.txt", METER), ("结算单 2025-06.txt", "结算单\n"), ("蒸汽管网巡检.txt", "巡检\n"), ("泵站运行记录.csv", "日期,流量\n")):
        bench.write("现场/" + name, text)
    for path in bench.dir.rglob("*"):
        if path.suffix != ".lingtan" and "home" not in path.parts:
            os.utime(path, (park.MONDAY - 86400, park.MONDAY - 86400))


def to_item(number):
    return ["F6", "1"] + list(number)


def allow_advice(bench):
    """Gap and trial are the park's; an evaluator says why they are looked at."""
    with bench.start(FILE, "--as", EVALUATOR) as s:
        s.settle()
        s.keys("F6", "3", "Tab", "Enter")
        s.type("合同约定的预评价")
        s.keys("Enter")


def job(bench):
    """The assessment as a job: a project of its own, with the visit planned."""
    (plan,) = [s for s in scenes.SCENES if s.name == "15-plan"]
    file = plan.project_name()
    plan.make(bench, bench.dir / file)
    for name, page, more in (("15-engagement", "委托", ()), ("15-plan", "计划", ()), ("15-stop", "计划", ("3",)), ("15-coverage", "覆盖", ()),
                             ("15-sample", "地点", ("Tab", "Down", "Enter")), ("15-photos", "照片", ())):
        take(bench, name, ["F9", *page, "Enter", *more], who=park.LEADER, file=file)


def start(bench):
    with bench.start(cols=100, rows=32) as s:
        s.settle()
        s.png(pathlib.Path(sys.argv[2]) / "01-start.png")


def main():
    shutil.rmtree(PLACE, ignore_errors=True)
    pathlib.Path(sys.argv[2]).mkdir(parents=True, exist_ok=True)
    bench = fresh()
    visit(bench)
    people = re.compile("示例·李工 +(进行中|at work)")  # comes a moment after the first frame
    take(bench, "02-overview", [], waits=people)
    take(bench, "02-overview-light", [], theme="light", env={"LINGTAN_THEME": "light"}, waits=people)
    take(bench, "02-overview-en", [], options=("--lang", "en"))
    take(bench, "03-walk-control", to_item("8.1.1") + ["Enter"])
    take(bench, "04-walk-points", to_item("7.2.4") + ["Enter"])
    take(bench, "04-walk-80x24", to_item("7.2.4"), cols=80, rows=24)
    take(bench, "04-walk-60x18", to_item("7.2.4"), cols=60, rows=18)
    take(bench, "04-walk-132x43", to_item("7.2.4"), cols=132, rows=43)
    take(bench, "04-walk-ascii", to_item("7.2.4"), options=("--no-unicode", "--no-color"))
    take(bench, "05-remark", to_item("7.2.4") + ["F4"], words="；抽查 6 月、9 月结算单相符。")
    take(bench, "05-attach", to_item("7.2.3") + ["F2", "Down", "Down"])
    take(bench, "05-inbox", ["F9"] + list("收件") + ["Enter", "F4", "C-u"] + list("现场") + ["Enter", "0"], waits="抄表")
    take(bench, "06-inventory", ["F6", "2"])
    take(bench, "09-review", ["F6", "4"])
    take(bench, "11-certificate", ["F6", "5"])
    take(bench, "12-find", ["F7"], words="照片")
    take(bench, "12-command", ["F9"], words="jy")
    take(bench, "12-help", to_item("7.2.4") + ["F1"])
    take(bench, "08-explain", ["Tab", "Down", "Down", "Down", "F3"])
    allow_advice(bench)
    take(bench, "07-result", ["F6", "3", "Tab", "Tab", "Down", "Down"])
    take(bench, "11-ready", ["F6", "5", "5"])
    start(bench)
    job(bench)
    shutil.rmtree(PLACE, ignore_errors=True)


if __name__ == "__main__":
    main()
