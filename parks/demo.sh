#!/bin/sh
# A tour of the main job: project files of three real parks and the sample park, scored, explained, written out, certified as a
# specimen, verified; on a terminal it ends in the workbench. Usage: demo.sh LINGTAN OUT
set -eu
lingtan=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
rm -rf "$2"
mkdir -p "$2"
out=$(realpath "$2")
# the key of a body and what the workbench remembers: nothing of this goes into the home of whoever tries it
export LC_ALL=C.UTF-8 XDG_DATA_HOME="$out/home/data" XDG_STATE_HOME="$out/home/state" XDG_CONFIG_HOME="$out/home/config"
sample=$out/sample.lingtan
assessment=t-csus-66-2023/operation/2025
bold='' dim='' plain=''
[ -t 1 ] && bold=$(printf '\033[1m') dim=$(printf '\033[2m') plain=$(printf '\033[0m')

part() {
	printf '\n%s%s%s\n' "$bold" "$*" "$plain"
}

# said COMMAND...: how it is called
said() {
	printf '%s  $ lingtan' "$dim"
	printf ' %s' "$@" | sed "s|$out/||g"
	printf '%s\n' "$plain"
}

# run COMMAND...: "no" is an answer, too
run() {
	"$lingtan" "$@" || [ $? -eq 1 ]
}

indented() {
	sed 's/^/  /'
}

# The figure and the grade of a score: those of the last lines before what is open and what it rests on.
outcome() {
	LC_ALL=C awk '
	function pad(text, width, rest, narrow, n) {
		rest = text
		narrow = gsub(/[ -~]/, "", rest)
		for (n = narrow + length(rest) / 3 * 2; n < width; n++)
			text = text " "
		return text
	}
	BEGIN { RS = ""; FS = "\n" }
	NR == 1 { standard = $2; kind = $3; sub(/  +(评价|自评|复核|认定)$/, "", kind); next }
	/^(尚未作答|未达|参数集|样张|前提|不用规则集)/ { exit }
	{ block = $0 }
	END {
		n = split(block, line, "\n")
		grade = line[n]
		figure = ""
		for (i = 1; i <= n; i++)
			if (line[i] ~ /^(总分|综合得分|净排放|净排放量|单位能耗碳排放) / && (figure == "" || line[i] ~ /^总分/))
				figure = line[i]
		sub(/ *（.*/, "", grade)
		sub(/ *（.*/, "", figure)
		sub(/^[^ ]+ +/, "", grade)
		gsub(/  +/, " ", figure)
		sub(/  .*/, "", standard)
		print "  " pad(standard, 24) pad(kind, 28) pad(figure, 38) grade
	}'
}

printf '%s零碳 lingtan%s  从项目文件到查验证书 from a project file to a verified certificate\n' "$bold" "$plain"

part '1  建项目 project files: 三个真实园区只用公开报道的数字 three real parks, public figures only; the sample park is made up'
sh "$here/build.sh" "$lingtan" "$out" >/dev/null

part '2  评分 scores, by park type and stage: 没有公开的不猜，所以是区间 what is not public is not guessed, so it is an interval'
for park in "$here"/*/; do
	park=${park%/}
	name=${park##*/}
	sed -n 's/^name=//p' "$park/park.txt" | indented
	while read -r standard stage _ year; do
		[ "$stage" = - ] && stage=
		run score "$out/$name.lingtan" --assessment "$standard/$stage/$year" | outcome
	done <"$park/assessments.txt"
done

part '3  总分从哪里来 where the total comes from'
said explain sample.lingtan total
run explain "$sample" total --assessment $assessment | grep -E '^ *([0-9.]+ × )?(total|base|body|extra|section[^ ]*|innovation) ' | indented
said inventory sample.lingtan
run inventory "$sample" --year 2025 | grep -E '^(范围 [123]|排放合计|吸收|抵消|净排放) ' | indented

part '4  能不能出证 is it ready for a certificate'
said ready sample.lingtan
run ready "$sample" --assessment $assessment >"$out/ready.txt"
grep -v '得分无佐证' "$out/ready.txt" | head -n 6 | indented
tail -n 1 "$out/ready.txt" | indented

part '5  样张证书 a specimen: 示例数值出不了正式证书 illustrative numbers give no certificate'
body=示例认证中心:body
head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n' >"$out/home/passphrase"
chmod 600 "$out/home/passphrase"
run key make --as $body --passphrase-file "$out/home/passphrase" >/dev/null
said certificate sample.lingtan -o 样张.pdf --specimen --sign
run certificate "$sample" --assessment $assessment -o "$out/样张.pdf" --specimen --sign --as $body --passphrase-file "$out/home/passphrase" |
	tail -n +2 | indented
run key export -o "$out/body.pub" --as $body >/dev/null

part '6  报告和工作簿 report and workbook'
for format in html pdf docx xlsx; do
	case $format in xlsx) name=工作簿 ;; *) name=报告 ;; esac
	said export sample.lingtan --format $format -o $name.$format
	run export "$sample" --assessment $assessment --format $format -o "$out/$name.$format" >/dev/null
done

part '7  查验 verify'
said verify 样张.pdf --key body.pub
run verify "$out/样张.pdf" --key "$out/body.pub" | grep -v '^机构\|^颁证\|^年度' | indented
said verify sample.lingtan
run verify "$sample" | head -n 2 | indented

part "8  都在这里 everything lies in $2"
for file in "$out"/*.*; do
	[ "$file" = "$out/ready.txt" ] || printf '  %s\n' "${file##*/}"
done
printf '  打开 open: %s %s --as %s\n' "$1" "$2/sample.lingtan" 示例·李工:evaluator
[ -t 0 ] && [ -t 1 ] || exit 0
printf '\n%s按回车进工作台（F1 帮助，F9 退出 离开）Enter opens the workbench (F1 help; F9, quit leaves)%s ' "$bold" "$plain"
read -r _ || true
exec "$lingtan" "$sample" --as 示例·李工:evaluator --assessment $assessment
