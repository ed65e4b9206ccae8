#!/bin/sh
# Writes the assembler source of embedded_files (lingtan/load/library.h): every file named on the command line, by its
# path (below rulesets/ for what lies there), with its image where it is YAML. Usage: embed.sh IMAGES FILE...
set -eu
images=$1
shift
n=0
table=
printf '\t.section .rodata,"a",%%progbits\n'
# the names side by side: who looks for one must not touch every text
for file in "$@"; do
	printf 'name%d:\t.asciz "%s"\n' $n "${file#rulesets/}"
	n=$((n + 1))
done
n=0
for file in "$@"; do
	printf 'digest%d:\t.asciz "%s"\n' $n "$(sha256sum <"$file" | cut -c 1-64)"
	printf 'text%d:\t.incbin "%s"\nend%d:\t.byte 0\n' $n "$file" $n
	image=0
	case $file in
	templates/*) ;;
	*.yaml)
		image=image$n
		printf '\t.balign 16\n%s:\t.incbin "%s/%s.img"\n' $image "$images" "$file"
		;;
	esac
	table="$table	.8byte name$n, text$n, end$n - text$n, $image, digest$n
"
	n=$((n + 1))
done
printf '\t.section .data.rel.ro,"aw",%%progbits\n\t.balign 8\n\t.globl embedded_files\nembedded_files:\n'
printf '%s\t.8byte 0, 0, 0, 0, 0\n\t.section .note.GNU-stack,"",%%progbits\n' "$table"
