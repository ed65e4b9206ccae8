#!/bin/sh
# Writes the assembler source of embedded_files (lingtan/load/library.h): every file named on the command line, by its
# path below the first directory. Usage: embed.sh rulesets FILE...
set -eu
top=$1
shift
n=0
printf '\t.section .rodata,"a",%%progbits\n'
for file in "$@"; do
	printf 'name%d:\t.asciz "%s"\ntext%d:\t.incbin "%s"\nend%d:\t.byte 0\n' $n "${file#"$top"/}" $n "$file" $n
	n=$((n + 1))
done
printf '\t.section .data.rel.ro,"aw",%%progbits\n\t.balign 8\n\t.globl embedded_files\nembedded_files:\n'
i=0
while [ $i -lt $n ]; do
	printf '\t.8byte name%d, text%d, end%d - text%d\n' $i $i $i $i
	i=$((i + 1))
done
printf '\t.8byte 0, 0, 0\n\t.section .note.GNU-stack,"",%%progbits\n'
