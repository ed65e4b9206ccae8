#!/bin/sh
# Prints medians beside their limits: the whole process from outside, the core from inside. Usage: run.sh BUILD_DIR
set -eu
b=$1
export LC_ALL=C.UTF-8
exec "$b/tests/bench/bench" "$b/lingtan" rulesets tests/sample/ndrc-910-2025.yaml tests/bench/sheet.yaml tests/sample/t-csus-66-2023.yaml
