#!/bin/sh
# Runs the unit tests and the scripts with a build that counts its lines (VARIANT=cov), then says which lines and functions none
# took. What a command took that was killed is not counted: nobody can catch
# SIGKILL. A workbench is counted however it ends (counts.c). Usage: coverage.sh [TEST...]: these instead of all.
set -u
make=${MAKE:-make}
b=build/cov
export LC_ALL=C.UTF-8
$make -j2 VARIANT=cov check-variant || exit 1
find $b -name '*.gcda' -delete
# as root some tests run commands as another user, whose counts are to be added too
[ "$(id -u)" -ne 0 ] || {
	chmod a+x $b
	find $b -name "*.gcno" | sed "s/gcno$/gcda/" | while read -r counts; do : >"$counts" && chmod 666 "$counts"; done
}
tests=${*:-$(find tests -name 'test_*.c' | sort) $(ls -S tests/cli/test_*.py tests/tui/test_*.py)}
for test in $tests; do
	case $test in
	*.c) echo "$b/${test%.c}" ;;
	*) echo "python3 $test $b/lingtan" ;;
	esac
done | xargs -P 2 -I '{}' sh -c '{} >/dev/null 2>&1 || echo "did not pass: {}"'
find $b -name '*.gcda' -empty -delete
python3 tests/coverage.py $b >$b/coverage.txt || exit 1
# the functions stand in the file
sed '/^$/,$d' $b/coverage.txt
echo "functions that no test enters: $b/coverage.txt"
