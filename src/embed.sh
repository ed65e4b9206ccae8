#!/bin/sh
# Writes the assembler source of embedded_files (lingtan/load/library.h): every file named on the command line, by its
# path below the first directory, with its image from the second. Without images ("-") the text alone.
# Usage: embed.sh rulesets IMAGES|- FILE...
set -eu
top=$1
images=$2
shift 2
n=0
printf '\t.section .rodata,"a",%%progbits\n'
for file in "$@"; do
	path=${file#"$top"/}
	printf 'name%d:\t.asciz "%s"\ntext%d:\t.incbin "%s"\nend%d:\t.byte 0\n' $n "$path" $n "$file" $n
	[ "$images" = - ] || printf '\t.balign 16\nimage%d:\t.incbin "%s/%s.img"\n' $n "$images" "$path"
	n=$((n + 1))
done
printf '\t.section .data.rel.ro,"aw",%%progbits\n\t.balign 8\n\t.globl embedded_files\nembedded_files:\n'
i=0
while [ $i -lt $n ]; do
	image=image$i
	[ "$images" != - ] || image=0
	printf '\t.8byte name%d, text%d, end%d - text%d, %s\n' $i $i $i $i $image
	i=$((i + 1))
done
printf '\t.8byte 0, 0, 0, 0\n\t.section .note.GNU-stack,"",%%progbits\n'
