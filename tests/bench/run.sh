#!/bin/sh
# Prints medians beside their limits: the project file, the board of screens, the whole process from outside, the core from inside.
# Usage: run.sh BUILD_DIR [full]
set -eu
b=$1
export LC_ALL=C.UTF-8
# attaching asks the second program, which is not beside the benchmark
export LINGTAN_RENDER="$PWD/$b/lingtan-render"
rm -rf build/bench
"$b/tests/bench/bench_store" build/bench ${2:+"$2"}
"$b/tests/bench/bench_board" build/bench
"$b/tests/bench/bench_ledger" build/bench
"$b/tests/bench/bench" "$b/lingtan" rulesets tests/sample/ndrc-910-2025.yaml tests/bench/sheet.yaml tests/sample/t-csus-66-2023.yaml \
	build/bench/scored.lingtan build/bench/attach.lingtan
rm -rf build/bench
echo
python3 tests/bench/bench_screens.py "$b" ${2:+"$2"}
echo
python3 tests/bench/bench_certificate.py "$b"
echo
python3 tests/bench/bench_export.py "$b"
