#!/bin/sh
# Runs every test: the unit tests of each variant, the independent tools, the command line, the fuzz corpora.
# Usage: run.sh short|full. Ends with "N passed, N failed"; fails when anything failed or nothing ran.
set -u
scale=$1
make=${MAKE:-make}
export LC_ALL=C.UTF-8
export CMOCKA_MESSAGE_OUTPUT=STDOUT
case $scale in
full)
	decimals=2000000 states=2000 fuzz_seconds=600
	export LINGTAN_FULL=1 LINGTAN_KILLS=2000 LINGTAN_CORRUPTIONS=10000 LINGTAN_SEQUENCES=100
	;;
*) decimals=100000 states=60 fuzz_seconds=0 ;;
esac
passed=0
failed=0
log=build/run.log
mkdir -p build

# tell STATUS NAME LOG: what came of one test
tell() {
	if [ "$1" -eq 0 ]; then
		passed=$((passed + 1))
		tail -n 1 "$3" | cut -c 1-150 | sed "s|^|ok    $2: |"
	else
		failed=$((failed + 1))
		echo "FAIL  $2"
		tail -n 40 "$3"
	fi
}

# step NAME COMMAND...: one test that passes or fails as a whole
step() {
	step_name=$1
	shift
	"$@" >$log 2>&1
	tell $? "$step_name" $log
}

# cmocka PROGRAM: counts each of its tests; it has run, its output and status lie beside it
cmocka() {
	log_of=$1.log
	status=$(cat "$1.status" 2>/dev/null || echo 1)
	n_ok=$(grep -c '^\[       OK \]' "$log_of")
	n_bad=$(grep -c '^\[  FAILED  \] [a-z]' "$log_of")
	n_skipped=$(grep -c '^\[  SKIPPED \] [a-z]' "$log_of")
	[ $status -eq 0 ] || [ "$n_bad" -gt 0 ] || n_bad=1
	[ "$n_ok" -gt 0 ] || n_bad=$((n_bad + 1))
	passed=$((passed + n_ok))
	if [ "$n_bad" -gt 0 ]; then
		failed=$((failed + n_bad))
		echo "FAIL  $1"
		grep -v '^\[ RUN\|^\[       OK' "$log_of" | tail -n 40
	else
		echo "ok    $1: $n_ok tests"
		[ "$n_skipped" -eq 0 ] || grep -i 'skip' "$log_of" | head -n 5
	fi
}

for variant in release asan clang; do
	step "build $variant" "$make" -j2 VARIANT=$variant check-variant
	programs=$(find tests -name 'test_*.c' | sort | sed "s|^|build/$variant/|; s|\.c$||")
	# two at a time; the slow ones begin first
	printf '%s\n' $programs | sort -t / -k 4,4r |
		xargs -P 2 -I '{}' sh -c 'rm -f {}.status; {} >{}.log 2>&1; echo $? >{}.status'
	for program in $programs; do
		cmocka "$program"
	done
done

b=build/release
step 'layers: no arrow points up, no standard named in C' sh tests/layers.sh
step "decimals against independent big integers, $decimals cases" python3 tests/base/decimal_oracle.py $b/tests/base/decimal_oracle $decimals
step "widths against Python's Unicode data" python3 tests/tui/width_oracle.py $b/tests/tui/width_oracle
step 'cases against an independent evaluator' python3 tests/core/oracle.py cases rulesets/*-20[0-9][0-9] tests/sixth/szdb-z-308-2018
for small in tests/core/small/*/; do
	python3 tests/core/oracle.py brute "$small" --states $states --seed 7 >build/brute.log 2>&1 &
	brute=$!
	step "C against the independent evaluator: $(basename "$small")" python3 tests/core/agree.py $b/lingtan "$small" $states
	wait $brute
	tell $? "intervals against all completions: $(basename "$small")" build/brute.log
done
for ruleset in rulesets/*-20[0-9][0-9]; do
	step "C against the independent evaluator: $(basename "$ruleset")" python3 tests/core/agree.py $b/lingtan "$ruleset" $((states / 4))
done
for test in tests/cli/test_*.py tests/tui/test_*.py; do
	[ -e "$test" ] || continue
	# both at once, each on a core; every script works in folders of its own
	python3 "$test" $b/lingtan >build/plain.log 2>&1 &
	plain=$!
	python3 "$test" build/asan/lingtan >build/sanitized.log 2>&1 &
	sanitized=$!
	wait $plain
	tell $? "$test" build/plain.log
	wait $sanitized
	tell $? "$test, sanitizers" build/sanitized.log
done

step 'build the fuzzers' "$make" -j2 fuzz
for target in tests/fuzz/fuzz_*.c; do
	name=$(basename "$target" .c)
	corpus=tests/fuzz/corpus/${name#fuzz_}
	step "$name: replay $(find "$corpus" -type f | wc -l) inputs" build/fuzz/$name -runs=0 -artifact_prefix=build/ "$corpus"
	[ $fuzz_seconds -eq 0 ] || step "$name: $fuzz_seconds s" build/fuzz/$name -max_total_time=$fuzz_seconds -artifact_prefix=build/ "$corpus"
done

echo "$passed passed, $failed failed"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
