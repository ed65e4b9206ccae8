#!/bin/sh
# Makes a project file of each park from what lies in its folder. Usage: parks/build.sh LINGTAN OUT [PARK...]
set -eu
mkdir -p "$2"
lingtan=$(realpath "$1") out=$(realpath "$2")
shift 2
here=$(dirname "$(realpath "$0")")
export LC_ALL=C.UTF-8

# Every line of a list that is not empty.
lines() {
	[ -f "$1" ] && grep -v '^$' "$1" || true
}

# Who works on a rung of this park.
person() {
	found=$(lines "$folder/people.txt" | sed -n "s/^$1 //p")
	echo "${found:-示例·录入:park}"
}

run() {
	LINGTAN_AS=$(person "$1")
	export LINGTAN_AS
	shift
	"$lingtan" "$@" >"$out/.said" 2>"$out/.told" </dev/null || { cat "$out/.told" >&2; exit 1; }
}

build() {
	folder=$here/$1 file=$out/$1.lingtan
	name=$(sed -n 's/^name=//p' "$folder/park.txt")
	verb=new
	lines "$folder/assessments.txt" | while read -r standard stage type year; do
		set -- --standard "$standard" --year "$year"
		[ "$stage" = - ] || set -- "$@" --stage "$stage"
		[ "$type" = - ] || set -- "$@" --type "$type"
		[ $verb = add ] || set -- "$@" --park "$name"
		run self $verb "$file" "$@"
		verb=add
	done
	lines "$folder/park.txt" | {
		set --
		while read -r field; do set -- "$@" "$field"; done
		run self fill "$file" park "$@"
	}
	for profile in "$folder"/profiles/*.yaml; do
		[ -f "$profile" ] || continue
		run body profile import "$file" "$profile"
		id=$(sed -n 's/^profile: //p' "$profile")
		ruleset=$(sed -n 's/^ruleset: //p' "$profile")
		lines "$folder/assessments.txt" | while read -r standard stage type year; do
			[ "$standard" = "$ruleset" ] || continue
			[ "$stage" != - ] || stage=
			run body profile pin "$file" "$id" --assessment "$standard/$stage/$year"
		done
	done
	for sheet in "$folder"/*.yaml; do
		run "$(sed -n 's/^rung: //p' "$sheet")" import "$file" "$sheet"
	done
	assessment=$(lines "$folder/assessments.txt" | { read -r standard stage type year; [ "$stage" != - ] || stage=; echo "$standard/$stage/$year"; })
	lines "$folder/attach.txt" | while read -r item source locator; do
		run self attach "$file" "$item" "$folder/sources/$source" --assessment "$assessment" --locator "$locator"
	done
	lines "$folder/registers.txt" | while read -r verb row fields; do
		# shellcheck disable=SC2086 -- the fields are words
		run self "$verb" "$file" "$row" $fields
	done
	tab=$(printf '\t')
	lines "$folder/job.txt" | while IFS= read -r line; do
		set -f
		IFS=$tab
		# shellcheck disable=SC2086 -- words stand between tabs
		set -- $line
		unset IFS
		for word; do
			shift
			[ "$word" != FILE ] || word=$file
			[ ! -f "$folder/job/$word" ] || word=$folder/job/$word
			set -- "$@" "$word"
		done
		run "$@"
	done
	rm -f "$out/.said" "$out/.told"
	echo "$file"
}

[ $# -gt 0 ] || set -- $(cd "$here" && for park in */; do echo "${park%/}"; done)
for park; do build "$park"; done
