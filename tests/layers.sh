#!/bin/sh
# The house: which layer may include what, that no standard's id stands in C, and how long functions and files may be.
set -eu
status=0
bad() {
	echo "$1"
	status=1
}
# layer: the layers it may include
allowed() {
	case $1 in
	base) echo base ;;
	core) echo base core ;;
	load) echo base core load ;;
	store) echo base core store ;;
	export) echo base core export ;;
	app) echo base core load store app ;;
	cli) echo base core load store app cli ;;
	tui) echo base core load store app tui ;;
	esac
}
for layer in base core load store export app cli tui; do
	for file in src/$layer/*.[ch] include/lingtan/$layer/*.h; do
		[ -e "$file" ] || continue
		for included in $(sed -n 's|^#include "lingtan/\([a-z]*\)/.*|\1|p' "$file"); do
			case " $(allowed $layer) " in
			*" $included "*) ;;
			*) bad "$file includes $included" ;;
			esac
		done
	done
done
for file in $(grep -lE '#include <cyaml|#include <yaml' src/*/*.[ch] include/lingtan/*/*.h); do
	case $file in src/load/*) ;; *) bad "$file includes the YAML libraries" ;; esac
done
for file in $(grep -l '#include <sqlite3' src/*/*.[ch] include/lingtan/*/*.h); do
	case $file in src/store/*) ;; *) bad "$file includes SQLite" ;; esac
done
for file in $(grep -lE '#include <(magic|libexif/|zip|libxml/|seccomp|jpeglib|png|poppler|cairo|fontconfig/)' src/*.c src/*/*.[ch] include/lingtan/*/*.h); do
	case $file in src/export/*) ;; *) bad "$file includes a library of the helper programs" ;; esac
done
for file in $(grep -lE '#include <(n?curses|ncursesw/|panel|term\.h)' src/*.c src/*/*.[ch] include/lingtan/*/*.h); do
	case $file in src/tui/*) ;; *) bad "$file includes curses" ;; esac
done
for file in $(grep -l '#include <utf8proc' src/*.c src/*/*.[ch] include/lingtan/*/*.h); do
	case $file in src/tui/* | src/base/*) ;; *) bad "$file includes utf8proc" ;; esac
done
# SQL stands in db/, not in C
if grep -nE '"(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|PRAGMA|ATTACH|BEGIN|COMMIT|ROLLBACK|VACUUM)\b' src/*/*.[ch]; then
	bad 'SQL in C'
fi
# facts are written by the journal, and made again from it: nowhere else
for file in $(grep -lE '\b(facts_put|entry_put|entry_write)\(' src/*/*.c); do
	case $file in src/store/project.c | src/store/database.c | src/store/journal.c | src/store/join.c | src/store/rebuild.c | src/store/rescue.c) ;; *) bad "$file writes facts" ;; esac
done
# core is pure: no files, clock, environment, locale, printing
if grep -nE '\b(fopen|open|read|getenv|time|clock_gettime|setlocale|printf|fprintf|malloc|free)\(' src/core/*.c; then
	bad 'core is not pure'
fi
for id in rulesets/*/ruleset.yaml; do
	name=$(basename "$(dirname "$id")")
	if grep -nF "$name" src/*.c src/*/*.[ch] include/lingtan/*/*.h; then
		bad "$name is named in C"
	fi
done
if grep -niE 'csus|ipif|cers\b|seesa|ndrc|szdb' src/*.c src/*/*.[ch]; then
	bad 'a standard is named in C'
fi
# a function fits a screen, a file can be read in one go
if awk '
	FNR == 1 { start = 0; lines[FILENAME] }
	{ lines[FILENAME]++ }
	/^[{]/ { start = FNR }
	/^[}]/ && start { if (FNR - start > 60) { print FILENAME ":" start ": a function of " FNR - start " lines"; long = 1 } start = 0 }
	END { for (name in lines) if (lines[name] > 800) { print name ": " lines[name] " lines"; long = 1 } exit !long }
' src/*.c src/*/*.[ch] include/lingtan/*/*.h; then
	bad 'too long to be read'
fi
[ $status -eq 0 ] && echo "layers hold: $(ls src/*/*.c | wc -l) files"
exit $status
