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
	decimals=2000000 states=2000 completions=2000 fuzz_seconds=600 keys=100000 fuzz=fuzz unsanitized=
	use_seconds=${LINGTAN_SOAK_SECONDS:-7200}
	limit=$((use_seconds + 7200))
	export LINGTAN_FULL=1 LINGTAN_KILLS=2000 LINGTAN_CORRUPTIONS=10000 LINGTAN_SEQUENCES=100
	;;
*) use_seconds=0 limit=1800 decimals=100000 states=60 completions=30 fuzz_seconds=0 keys=2000 fuzz=clang
	# minutes each with sanitizers, of code that other scripts take too: those runs are in soak
	unsanitized='tests/cli/test_made_up.py tests/cli/test_assessment.py tests/cli/test_evidence.py tests/cli/test_nothing_lost.py
	tests/cli/test_verify.py tests/cli/test_project_words.py tests/cli/test_certificate.py tests/cli/test_documents.py
	tests/cli/test_parks.py tests/cli/test_rulesets.py tests/cli/test_paper.py tests/tui/test_one_assessment.py'
	;;
esac
variants='release clang'
passed=0
failed=0
log=build/run.log
mkdir -p build
# what many scripts begin with, made once for each variant by the first that asks
export LINGTAN_TEST_MADE="$PWD/build/made"
rm -rf "$LINGTAN_TEST_MADE"

# what a script writes is flushed again and again, and proves the same in memory: where there is room in it, and files may be run
room=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
if [ -z "${TMPDIR:-}" ] && [ "${room:-0}" -gt 4000000 ] && runs=$(mktemp /dev/shm/lingtan-XXXXXX 2>/dev/null); then
	echo '#!/bin/sh' >"$runs"
	chmod +x "$runs"
	! "$runs" 2>/dev/null || export TMPDIR=/dev/shm
	rm -f "$runs"
fi

# tell STATUS NAME LOG: what came of one test
tell() {
	if [ "$1" -eq 0 ]; then
		passed=$((passed + 1))
		tail -n 1 "$3" | cut -c 1-150 | sed "s|^|ok    $2: |"
		grep -o 'skipped [A-Za-z].*' "$3" | sort -u
	else
		failed=$((failed + 1))
		echo "FAIL  $2"
		tail -n 40 "$3"
	fi
}

# side_by_side: each line of standard input is a name and a command; their output and status lie under the name. A few at a
# time: some wait for a terminal or the disk while others compute. What has not ended by the limit hangs, and is stopped.
side_by_side() {
	export limit
	xargs -P 4 -I '{}' sh -c 'set -- {}; name=$1; shift; mkdir -p "${name%/*}"; rm -f $name.status
		timeout --foreground -s INT -k 30 $limit "$@" >$name.log 2>&1; status=$?
		case $status in
		124 | 137)
			echo "stopped: had not ended after $limit s, or was killed" >>$name.log
			sed -n "s/^\[ RUN *\]/the last begun was/p" $name.log | tail -n 1 >>$name.log ;;
		esac
		echo $status >$name.status'
}

# tell_of NAME RUN: what came of a command of side_by_side
tell_of() {
	tell "$(cat "$2.status" 2>/dev/null || echo 1)" "$1" "$2.log"
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

# Everything is built first; then one queue holds all that runs, so that no core waits for the last of a kind. What takes long
# comes first: a longer file takes longer, by and large.
for variant in $variants; do
	step "build $variant" "$make" -j2 VARIANT=$variant check-variant
done
step 'build the fuzzers' "$make" -j2 VARIANT=$fuzz fuzzers

b=build/release
programs=$(find tests -name 'test_*.c' | sort | sed 's|\.c$||')
smalls=$(ls tests/core/small)
rulesets=$(ls -d rulesets/*-20[0-9][0-9])
scripts=$(ls tests/cli/test_*.py tests/tui/test_*.py)
is_left_out() {
	case " $(echo $unsanitized) " in *" $1 "*) return 0 ;; esac
	return 1
}
# others NAMES PICKED: the names that are not among those picked
others() {
	printf '%s\n' $1 | grep -vxF "$(printf '%s\n' $2)"
}
queue_script() {
	[ "$1" = release ] || ! is_left_out "$2" || return 0
	echo "build/$1/$2 python3 $2 build/$1/lingtan"
}
# names of the fuzz targets
targets=$(basename -s .c tests/fuzz/fuzz_*.c)
# of the programs those that take longest, and what waits more than it computes: begun first, so that in the end
# nothing is waited for
slowest='tests/store/test_faults tests/store/test_broken'
idle='tests/tui/test_golden.py'
{
	[ $use_seconds -eq 0 ] || echo "build/clang/random-use python3 tests/tui/random_use.py build/clang/lingtan --seconds $use_seconds"
	for variant in $variants; do
		for program in $slowest; do
			echo "build/$variant/$program build/$variant/$program"
		done
	done
	for script in $idle; do
		queue_script release $script
		queue_script clang $script
	done
	# an evaluator of its own, in Python
	for small in $smalls; do
		echo "build/brute/$small python3 tests/core/oracle.py brute tests/core/small/$small --states $completions --seed 7"
	done
	# with and without sanitizers; every script works in folders of its own
	for variant in clang release; do
		for script in $(others "$(ls -S $scripts)" "$idle"); do
			queue_script $variant $script
		done
		echo "build/$variant/storm python3 tests/tui/storm.py build/$variant/lingtan --keys $keys --seed 1"
	done
	# new input goes to a folder of its own, which comes first
	[ $fuzz_seconds -eq 0 ] || for target in $targets; do
		rm -rf build/fuzz/found/$target
		mkdir -p build/fuzz/found/$target
		echo "build/fuzz/$target.run build/fuzz/tests/fuzz/$target -max_total_time=$fuzz_seconds -artifact_prefix=build/" \
			"build/fuzz/found/$target tests/fuzz/corpus/${target#fuzz_}"
	done
	for variant in $variants; do
		for program in $(others "$programs" "$slowest"); do
			echo "build/$variant/$program build/$variant/$program"
		done
	done
	for small in $smalls; do
		echo "build/agree/$small python3 tests/core/agree.py $b/lingtan tests/core/small/$small $states"
	done
	for ruleset in $rulesets; do
		echo "build/agree/$ruleset python3 tests/core/agree.py $b/lingtan $ruleset $((states / 4))"
	done
	echo "build/decimals python3 tests/base/decimal_oracle.py $b/tests/base/decimal_oracle $decimals"
	echo "build/widths python3 tests/tui/width_oracle.py $b/tests/tui/width_oracle"
	echo "build/cases python3 tests/core/oracle.py cases $(echo $rulesets) tests/sixth/szdb-z-308-2018"
	echo "build/layers sh tests/layers.sh"
	echo "build/ratios python3 tests/bench/ratios.py $b"
} >build/queue
echo "running $(wc -l <build/queue) programs and scripts, four at a time"
side_by_side <build/queue

tell_of 'layers: no arrow points up, no standard named in C' build/layers
for variant in $variants; do
	for program in $programs; do
		cmocka build/$variant/$program
	done
done
tell_of 'ratios of computing time' build/ratios
tell_of "decimals against independent big integers, $decimals cases" build/decimals
tell_of "widths against Python's Unicode data" build/widths
tell_of 'cases against an independent evaluator' build/cases
for small in $smalls; do
	tell_of "intervals against all completions: $small" build/brute/$small
	tell_of "C against the independent evaluator: $small" build/agree/$small
done
for ruleset in $rulesets; do
	tell_of "C against the independent evaluator: ${ruleset#rulesets/}" build/agree/$ruleset
done
tell_of "screens: $keys random keys and bytes" build/release/storm
tell_of "screens: $keys random keys and bytes, sanitizers" build/clang/storm
[ $use_seconds -eq 0 ] || tell_of "random use for $use_seconds s, sanitizers" build/clang/random-use
for test in $scripts; do
	tell_of "$test" build/release/$test
	if is_left_out "$test"; then
		echo "skip  $test, sanitizers: minutes long, run by make soak"
	else
		tell_of "$test, sanitizers" build/clang/$test
	fi
done

for target in $targets; do
	corpus=tests/fuzz/corpus/${target#fuzz_}
	step "$target: replay $(find "$corpus" -type f | wc -l) inputs" build/$fuzz/tests/fuzz/$target -runs=0 -artifact_prefix=build/ "$corpus"
	[ $fuzz_seconds -eq 0 ] || tell_of "$target: $fuzz_seconds s" build/fuzz/$target.run
done

echo "$passed passed, $failed failed"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
