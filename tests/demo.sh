#!/bin/sh
# The main job, on the made-up sample park: check, score, explain, and the way to the next grade. Usage: demo.sh LINGTAN
set -eu
lingtan=$1
export LC_ALL=C.UTF-8
bold='' plain=''
[ -t 1 ] && bold=$(printf '\033[1m') && plain=$(printf '\033[0m')
show() {
	printf '\n%s# %s%s\n%s$ lingtan' "$bold" "$1" "$plain" "$bold"
	shift
	printf ' %s' "$@"
	printf '%s\n' "$plain"
	"$lingtan" "$@" || [ $? -eq 1 ]
}
show '五个标准 the five standards' standards
show '规则集与示例答案表都没有错误 nothing wrong in rulesets and sample sheets' check rulesets tests/sample
show '一份填错的答案表 a sheet with mistakes: every one is told' check tests/mistakes/wrong.yaml
show '规则集自带的算例 the cases that the rulesets carry' test
show '示例园区的得分 the sample park scored' score tests/sample/t-csus-66-2023.yaml
show '第 7 章得分从哪里来 where the points of chapter 7 come from' explain tests/sample/t-csus-66-2023.yaml section.7
show '到下一等级还差什么 what is missing for the next grade' gap tests/sample/t-ipif-2023.yaml
show '同一园区按 910 号文 the same park under document 910' score tests/sample/ndrc-910-2025.yaml
