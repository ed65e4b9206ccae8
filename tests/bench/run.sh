#!/bin/sh
# Every figure in one table (tests/bench/table.py): the project file, the board of screens, the ledger, the core from inside, the
# screens beside other programs, certificate and exports beside what their libraries take alone.
# Usage: run.sh BUILD_DIR [full]; ROUNDS=3 says how often.
set -eu
b=$1
export LC_ALL=C.UTF-8
# attaching asks a helper, which is not beside the benchmark
export LINGTAN_RENDER="$PWD/$b/lingtan-render"
t=$b/tests/bench
# one run of what measures from inside; the scenes are made anew each time
inside="sh -ec 'rm -rf build/bench; $t/bench_store build/bench ${2:-}; $t/bench_board build/bench; $t/bench_ledger build/bench;
	$t/bench $b/lingtan rulesets tests/sample/ndrc-910-2025.yaml tests/bench/sheet.yaml tests/sample/t-csus-66-2023.yaml build/bench/scored.lingtan build/bench/attach.lingtan'"
python3 tests/bench/table.py "${ROUNDS:-3}" "$inside" "python3 tests/bench/bench_screens.py $b ${2:-}" \
	"python3 tests/bench/bench_certificate.py $b" "python3 tests/bench/bench_export.py $b"
rm -rf build/bench
