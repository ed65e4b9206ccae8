#!/bin/sh
# Prints what the analyzers said of the tree, from the files in which each put its findings; fails where there is any.
# Usage: analyze.sh FILE...
set -u
n=0
for said in "$@"; do
	[ -s "$said" ] || continue
	grep -E ': (warning|error|performance|portability): |: (warning|error):' "$said"
	n=$((n + $(grep -cE ': (warning|error|performance|portability): ' "$said")))
done
echo "$# readings of the tree, $n findings"
[ $# -gt 0 ] && [ $n -eq 0 ]
