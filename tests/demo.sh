#!/bin/sh
# The main job, on the made-up sample park: check, score, explain, and the way to the next grade. Usage: demo.sh LINGTAN
set -eu
lingtan=$1
export LC_ALL=C.UTF-8
say() {
	printf '\n\033[1m$ lingtan %s\033[0m\n' "$*"
	"$lingtan" "$@"
}
say check rulesets tests/sample
say test
say standards
say score tests/sample/t-csus-66-2023.yaml
say explain tests/sample/t-csus-66-2023.yaml section.7
say gap tests/sample/t-ipif-2023.yaml
say score tests/sample/ndrc-910-2025.yaml
