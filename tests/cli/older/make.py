"""Dumps a small project of today's schema version as SQL: run before the version is raised, so that the files of before are a test.

python3 tests/cli/older/make.py build/release/lingtan > tests/cli/older/vN.sql     (N = `PRAGMA user_version` of a new file)
"""
import contextlib
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

NDRC = "ndrc-910-2025"
EVALUATOR = "林静:evaluator"
ITEMS = ("boundary", "developer", "no_accident", "product_energy", "statistics")


def dump(path):
    with contextlib.closing(sqlite3.connect(str(path))) as db:
        (application,), (version,) = (db.execute("PRAGMA " + p).fetchone() for p in ("application_id", "user_version"))
        print("-- A project file of schema version %d: answers, a figure, evidence, an undone answer, a ledger's line, a batch of credits, a finding, a duty, a submitted round." % version)
        print("PRAGMA application_id = %d;\nPRAGMA user_version = %d;" % (application, version))
        for line in db.iterdump():
            print(line)


def main():
    program = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        path, photo = pathlib.Path(folder) / "p.lingtan", pathlib.Path(folder) / "照片.jpg"
        photo.write_bytes(bytes(range(256)) * 20)
        env = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "HOME": folder}

        def lingtan(*words):
            subprocess.run([program, *map(str, words)], check=True, stdout=subprocess.DEVNULL, env=env)
        lingtan("new", path, "--park", "云澜湾示例园区", "--standard", NDRC, "--year", "2025", "--as", EVALUATOR)
        for item in ITEMS:
            lingtan("set", path, item, "met", "--remark", "现场核对", "--as", EVALUATOR)
        lingtan("quantity", path, "emission.fuel", "120000", "tCO2", "--year", "2025", "--source", "能源统计表 第3页", "--as", EVALUATOR)
        lingtan("attach", path, ITEMS[0], photo, "--locator", "第1页", "--as", EVALUATOR)
        lingtan("set", path, ITEMS[1], "not-met", "--as", EVALUATOR)
        lingtan("undo", path, "--as", EVALUATOR)
        lingtan("line", "add", path, "year=2025", "kind=emission", "scope=1", "system=energy", "source=燃气锅炉", "amount=120", "unit=t", "factor_value=2", "factor_unit=tCO2/t", "--as", EVALUATOR)
        lingtan("finding", "add", path, "minor", "缺检定证书", "--item", ITEMS[2], "--as", EVALUATOR)
        lingtan("assign", path, ITEMS[3], "林静", "--as", EVALUATOR)
        lingtan("offset", path, "B1", "kind=ccer", "project=某林场", "serial_from=1", "serial_to=10", "count=10", "--as", EVALUATOR)
        lingtan("submit", path, "--reason", "完成", "--as", EVALUATOR)
        dump(path)


if __name__ == "__main__":
    main()
