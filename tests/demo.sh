#!/bin/sh
# The main job: check, score, explain, and the way to the next grade, on the made-up sample park; then the three real parks.
# Usage: demo.sh LINGTAN
set -eu
lingtan=$1
export LC_ALL=C.UTF-8
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export XDG_STATE_HOME="$folder/state"
park=$folder/示例园区.lingtan
bold='' plain=''
[ -t 1 ] && bold=$(printf '\033[1m') && plain=$(printf '\033[0m')
show() {
	printf '\n%s# %s%s\n%s$ lingtan' "$bold" "$1" "$plain" "$bold"
	shift
	printf ' %s' "$@"
	printf '%s\n' "$plain"
	"$lingtan" "$@" || [ $? -eq 1 ]
}
# what is long, up to the list of what is open, or its first lines
brief() {
	show "$@" >"$folder/out" 2>&1
	if grep -q '^尚未作答' "$folder/out"; then sed '/^尚未作答/,$d' "$folder/out"; else sed -n '1,12p; 13s/.*/.../p' "$folder/out"; fi
}
show '五个标准 the five standards' standards
show '规则集与示例答案表都没有错误 nothing wrong in rulesets and sample sheets' check rulesets tests/sample
show '一份填错的答案表 a sheet with mistakes: every one is told' check tests/mistakes/wrong.yaml
show '规则集自带的算例 the cases that the rulesets carry' test
show '示例园区的得分 the sample park scored' score tests/sample/t-csus-66-2023.yaml
show '第 7 章得分从哪里来 where the points of chapter 7 come from' explain tests/sample/t-csus-66-2023.yaml section.7
show '到下一等级还差什么 what is missing for the next grade' gap tests/sample/t-ipif-2023.yaml
show '同一园区按 910 号文 the same park under document 910' score tests/sample/ndrc-910-2025.yaml

# the same park as a project file: who said what, when, on which evidence
printf '光伏发电量统计表\n第 1 页 2025 年各月发电量\n' >"$folder/光伏发电量统计表.txt"
sheet=tests/sample/t-csus-66-2023.yaml
show '新建项目文件 a new project file' new "$park" --park 示例先进制造产业园 --standard t-csus-66-2023 --stage operation --type production --year 2025 --as 示例·李工:evaluator
export LINGTAN_AS=示例·李工:evaluator
show '填园区情况 what the park is' fill "$park" park type=生产制造 area=3.2 land_industrial=168 province=广东
brief '园区还缺什么 what is still missing of it' show "$park" park
show '向园区要资料 material asked of the park' requests "$park" ask all
brief '先看导入会改什么 what an import would change' import "$park" $sheet --dry-run
show '导入 import it: everything or nothing' import "$park" $sheet
show '改一条 change an item' set "$park" 4.2.1 points:9 --remark 现场核对 --reason 测量复核
show '撤销 undo' undo "$park"
show '挂佐证 evidence with its place' attach "$park" 7.2.1 "$folder/光伏发电量统计表.txt" --locator '第 1 页'
brief '佐证和缺佐证的得分 evidence, and awards that lack it' evidence "$park"
show '项目的得分，和答案表一样 the project scores what the sheet scores' score "$park"
brief '记录 who did what' log "$park"
show '核对 does it hold' verify "$park"
show '另存 a copy' copy "$park" "$folder/副本.lingtan"

# the three real parks, from what public reports say of them and nothing else; the sample park with one ledger for five standards
unset LINGTAN_AS
for folder_of in parks/*/; do
	name=$(basename "$folder_of")
	printf '\n%s# %s：由 parks/ 下的文件建成 built from the files in parks/%s\n' "$bold" "$(sed -n 's/^name=//p' "$folder_of/park.txt")" "$plain"
	sh parks/build.sh "$lingtan" "$folder" "$name"
	while read -r standard stage type year; do
		[ "$stage" = - ] && stage=
		brief "$type $stage" score "$folder/$name.lingtan" --assessment "$standard/$stage/$year"
	done <"$folder_of/assessments.txt"
	read -r standard stage type year <"$folder_of/assessments.txt"
	brief '总分从哪里来 where the total comes from' explain "$folder/$name.lingtan" total --assessment "$standard/$stage/$year"
done
brief '同一本台账，910 号文的排放从哪里来 the same ledger as document 910 counts it' explain "$folder/sample.lingtan" emission --assessment ndrc-910-2025//2025
