#!/usr/bin/env python3
"""Writes db/pinyin.txt, the initials of Chinese characters, from the readings of the Unihan database.

Usage: python3 db/pinyin.py Unihan_Readings.txt.bz2 COPYRIGHT > db/pinyin.txt
Both come with Debian's package unicode-data: /usr/share/unicode/Unihan_Readings.txt.bz2, /usr/share/doc/unicode-data/copyright.
"""
import bz2
import re
import sys
import unicodedata

FIRST, LAST, PER_ROW = 0x4E00, 0x9FFF, 32
# from the most telling: readings with how often they occur, the one most used, those of two dictionaries of today's language
FIELDS = ("kHanyuPinlu", "kMandarin", "kTGHZ2013", "kXHC1983")


def initials(field, value):
    """Letters in the order of the readings."""
    for word in value.split():
        for reading in word.split(":")[-1].split(","):
            letter = unicodedata.normalize("NFD", re.sub(r"\(\d+\)", "", reading))[:1].lower()
            if "a" <= letter <= "z":
                yield letter


def read(path):
    found = {}
    for line in bz2.open(path, "rt", encoding="utf-8"):
        code, field, value = (line.rstrip("\n").split("\t") + ["", ""])[:3]
        if code.startswith("U+") and field in FIELDS and FIRST <= int(code[2:], 16) <= LAST:
            found.setdefault(int(code[2:], 16), {})[field] = value
    return found


def two_of(fields):
    letters = []
    for field in FIELDS:
        letters += [x for x in initials(field, fields.get(field, "")) if x not in letters]
    return "".join((letters + [".", "."])[:2])


def notice(path):
    text = open(path, encoding="utf-8").read()
    start, end = text.index("COPYRIGHT AND PERMISSION NOTICE"), text.index("Unicode and the Unicode logo")
    return [line.strip() for line in text[start:end].strip().splitlines()]


def main():
    found = read(sys.argv[1])
    print("# Initials of the readings of Chinese characters, for searching by pinyin initials. Made by db/pinyin.py, not by hand.")
    print("# A row: the first code point, then for each of 32 characters the initials of its two commonest readings; . = none.")
    print("# Modified from the Unihan database 15.0.0, Unihan_Readings.txt (c) 2022 Unicode, Inc.: of the readings only initials are kept.")
    print("#")
    for line in notice(sys.argv[2]):
        print(("# " + line).rstrip())
    for row in range(FIRST, LAST + 1, PER_ROW):
        print("%04X %s" % (row, "".join(two_of(found.get(code, {})) for code in range(row, row + PER_ROW))))


main()
