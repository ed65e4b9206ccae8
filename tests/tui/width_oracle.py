#!/usr/bin/env python3
"""Compare the columns of every character with Python's Unicode data: width_oracle.py PATH_TO_ORACLE

The rule, stated here on its own: East Asian wide and full-width take 2 columns, ambiguous ones as the terminal draws them,
controls below U+0020 and DEL are drawn as ^X, tab and line end as a blank, and what is alone takes at least one column.
What is sent to the terminal takes the same columns by libc's table.
"""
import subprocess
import sys
import unicodedata


def expected(char, ambiguous):
    code = ord(char)
    if char in "\t\n":
        return 1
    if code < 0x20 or code == 0x7F:
        return 2
    if unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp", "Mn", "Me"):
        return 1
    if 0x1160 <= code <= 0x11FF or 0xD7B0 <= code <= 0xD7FB:
        return 1
    return {"W": 2, "F": 2, "A": ambiguous}.get(unicodedata.east_asian_width(char), 1)


def main():
    lines = subprocess.run([sys.argv[1]], check=True, capture_output=True, text=True).stdout.splitlines()
    compared = wrong = 0
    for line in lines:
        code, narrow, wide, drawn_narrow, drawn_wide = (int(word, 16) for word in line.split())
        char = chr(code)
        if (narrow, wide) != (drawn_narrow, drawn_wide):
            print(f"U+{code:04X}: {narrow} or {wide} columns, drawn in {drawn_narrow} or {drawn_wide}")
            wrong += 1
        if unicodedata.category(char) == "Cn":
            continue  # Python may know an older Unicode
        compared += 1
        want = expected(char, 1), expected(char, 2)
        if (narrow, wide) != want:
            print(f"U+{code:04X} {unicodedata.name(char, '')}: {narrow} or {wide} columns, wanted {want[0]} or {want[1]}")
            wrong += 1
    print(f"{compared} characters compared with Unicode {unicodedata.unidata_version}, {wrong} differ")
    sys.exit(1 if wrong or compared < 100000 else 0)


main()
