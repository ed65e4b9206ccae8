#!/bin/sh
# Prints what the analyzers said of the tree, from the files in which each put its findings. Fails where there is any, where a
# reading is missing (a tool that is not there or ended without a word leaves none), and where one says what is no finding.
# Usage: analyze.sh FILE...
set -u
said=': (fatal |internal compiler )?(warning|error|performance|portability): '
n=0
missing=0
for reading in "$@"; do
	if [ ! -f "$reading" ]; then
		echo "$reading: not made; V=1 shows the command" >&2
		missing=$((missing + 1))
	elif [ -s "$reading" ]; then
		grep -E "$said" "$reading" || head -n 5 "$reading"
		found=$(grep -cE "$said" "$reading")
		n=$((n + (found ? found : 1)))
	fi
done
echo "$# readings of the tree, $missing missing, $n findings"
[ $# -gt 0 ] && [ $n -eq 0 ] && [ $missing -eq 0 ]
