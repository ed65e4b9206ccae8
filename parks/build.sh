#!/bin/sh
# Makes a project file of each park from what lies in its folder. Usage: parks/build.sh LINGTAN OUT [PARK...]
set -eu
lingtan=$(realpath "$1") out=$(realpath "$2")
shift 2
here=$(dirname "$(realpath "$0")")
export LC_ALL=C.UTF-8

# Every line of a list that is not empty.
lines() {
	[ -f "$1" ] && grep -v '^$' "$1" || true
}

build() {
	folder=$here/$1 file=$out/$1.lingtan
	role=park
	[ -f "$folder/role.txt" ] && role=$(cat "$folder/role.txt")
	LINGTAN_AS=${LINGTAN_AS:-示例·录入:$role}
	export LINGTAN_AS
	name=$(sed -n 's/^name=//p' "$folder/park.txt")
	verb=new
	lines "$folder/assessments.txt" | while read -r standard stage type year; do
		set -- --standard "$standard" --year "$year"
		[ "$stage" = - ] || set -- "$@" --stage "$stage"
		[ "$type" = - ] || set -- "$@" --type "$type"
		[ $verb = add ] || set -- "$@" --park "$name"
		"$lingtan" $verb "$file" "$@" >"$out/.said" </dev/null
		verb=add
	done
	lines "$folder/park.txt" | {
		set --
		while read -r field; do set -- "$@" "$field"; done
		"$lingtan" fill "$file" park "$@" >"$out/.said" </dev/null
	}
	for sheet in "$folder"/*.yaml; do
		"$lingtan" import "$file" "$sheet" >"$out/.said" </dev/null
	done
	assessment=$(lines "$folder/assessments.txt" | { read -r standard stage type year; [ "$stage" != - ] || stage=; echo "$standard/$stage/$year"; })
	lines "$folder/attach.txt" | while read -r item source locator; do
		"$lingtan" attach "$file" "$item" "$folder/sources/$source" --assessment "$assessment" --locator "$locator" >"$out/.said" </dev/null
	done
	rm -f "$out/.said"
	echo "$file"
}

[ $# -gt 0 ] || set -- $(cd "$here" && for park in */; do echo "${park%/}"; done)
for park; do build "$park"; done
