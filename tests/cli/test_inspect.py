"""What a file is, and when and where a photo was taken: JPEG files made by hand, byte by byte."""
import json
import random
import struct
import subprocess
import sys

import harness
from harness import Case, environment, sanitized
from workbooks import workbook

NOTHING = {"at": None, "latitude": None, "longitude": None, "from": None}
ASCII, SHORT, LONG, RATIONAL, UNDEFINED = 2, 3, 4, 5, 7
TIME, GPS_LATITUDE_LETTER, GPS_LATITUDE, GPS_LONGITUDE_LETTER, GPS_LONGITUDE = 0x9003, 1, 2, 3, 4
MOMENT = b"2026:03:27 13:42:10\0"
# 22 degrees 32' 35.16" north, 114 degrees 3' 28.5" east
PLACE = {GPS_LATITUDE_LETTER: (ASCII, 2, b"N\0"), GPS_LATITUDE: (RATIONAL, 3, [(22, 1), (32, 1), (3516, 100)]),
         GPS_LONGITUDE_LETTER: (ASCII, 2, b"E\0"), GPS_LONGITUDE: (RATIONAL, 3, [(114, 1), (3, 1), (285, 10)])}


def directory(entries, at, order):
    """One image file directory at an offset of the TIFF block, with its data behind it."""
    table, data, behind = b"", b"", at + 2 + 12 * len(entries) + 4
    for tag, (kind, count, value) in sorted(entries.items()):
        if isinstance(value, list):
            value = b"".join(struct.pack(order + "LL", *pair) for pair in value)
        elif isinstance(value, int):
            value = struct.pack(order + "L", value)
        table += struct.pack(order + "HHL", tag, kind, count)
        if len(value) <= 4:
            table += value.ljust(4, b"\0")
        else:
            table += struct.pack(order + "L", behind + len(data))
            data += value + b"\0" * (len(value) % 2)
    return struct.pack(order + "H", len(entries)) + table + b"\0\0\0\0" + data


def exif(moment=MOMENT, place=PLACE, order="<", more=None):
    first_len = 2 + 12 * 2 + 4
    photo = {} if moment is None else {TIME: (ASCII, len(moment), moment)}
    photo.update(more or {})
    photo_bytes = directory(photo, 8 + first_len, order)
    gps_at = 8 + first_len + len(photo_bytes)
    first = directory({0x8769: (LONG, 1, 8 + first_len), 0x8825: (LONG, 1, gps_at)}, 8, order)
    gps = directory(place or {}, gps_at, order)
    return (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "L", 8) + first + photo_bytes + gps


def segment(marker, data):
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(data) + 2) + data


JFIF = segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")
END = segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x12\x34" * 50 + b"\xff\xd9"


def jpeg(block, before=JFIF):
    return b"\xff\xd8" + before + (segment(0xE1, b"Exif\0\0" + block) if block is not None else b"") + END


def with_place(**changed):
    place = dict(PLACE)
    for key, value in changed.items():
        tag = {"ns": GPS_LATITUDE_LETTER, "latitude": GPS_LATITUDE, "ew": GPS_LONGITUDE_LETTER, "longitude": GPS_LONGITUDE}[key]
        if value is None:
            del place[tag]
        else:
            place[tag] = value if isinstance(value, tuple) else (ASCII, 2, value) if isinstance(value, bytes) else (RATIONAL, 3, value)
    return exif(place=place)


class Inspect(Case):
    def inspect(self, data, code=0, **env):
        path = self.write("file", data)
        with open(path, "rb") as f:
            done = subprocess.run([harness.PROGRAM + "-inspect", "inspect"], stdin=f, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=200,
                                  env=environment(self.dir, **env))
        self.assertEqual(done.returncode, code, done.stderr.decode())
        return json.loads(done.stdout) if code == 0 else done.stderr.decode()

    def taken(self, data):
        facts = self.inspect(data)
        self.assertEqual(list(facts), ["type", "taken"])
        self.assertEqual(list(facts["taken"]), ["at", "latitude", "longitude", "from"])
        return facts["taken"]

    def place(self, block):
        taken = self.taken(jpeg(block))
        self.assertEqual(taken["at"], "2026-03-27T13:42:10")
        return taken["latitude"], taken["longitude"]

    def test_time_and_place_in_both_byte_orders(self):
        for order in "<>":
            facts = self.inspect(jpeg(exif(order=order)))
            self.assertEqual(facts, {"type": "image/jpeg", "taken": {"at": "2026-03-27T13:42:10", "latitude": "22.5431", "longitude": "114.0579167", "from": "exif"}})

    def test_degrees_are_exact_to_seven_places(self):
        for parts, degrees in (([(22, 1), (0, 1), (0, 1)], "22"), ([(22543123, 1000000), (0, 1), (0, 1)], "22.543123"),
                               ([(22, 1), (325860, 10000), (0, 1)], "22.5431"), ([(1, 3), (0, 1), (0, 1)], "0.3333333"),
                               ([(2, 3), (0, 1), (0, 1)], "0.6666667"), ([(89, 1), (59, 1), (599999999, 10000000)], "90"),
                               ([(90, 1), (0, 1), (0, 1)], "90"), ([(4294967295, 4294967295), (0, 1), (0, 1)], "1")):
            self.assertEqual(self.place(with_place(latitude=parts))[0], degrees)
        self.assertEqual(self.place(with_place(ns=b"S\0", ew=b"W\0")), ("-22.5431", "-114.0579167"))

    def test_places_that_are_none(self):
        zero = [(0, 1)] * 3
        for changed in ({"latitude": [(90, 1), (0, 1), (1, 1)]}, {"longitude": [(180, 1), (1, 1), (0, 1)]}, {"latitude": [(22, 0), (0, 1), (0, 1)]},
                        {"latitude": [(22, 1), (60, 1), (0, 1)]}, {"latitude": [(22, 1), (0, 1), (60, 1)]}, {"latitude": zero, "longitude": zero},
                        {"ns": None}, {"ew": None}, {"latitude": None}, {"longitude": None}, {"ns": b"X\0"}, {"ns": b"E\0"}, {"ns": (SHORT, 1, 78)},
                        {"latitude": (RATIONAL, 2, [(22, 1), (1, 1)])}, {"latitude": (ASCII, 24, b"2" * 24)}, {"latitude": (RATIONAL, 3, b"")}):
            self.assertEqual(self.place(with_place(**changed)), (None, None), changed)
        # one of the two may be zero: the equator and Greenwich are places
        self.assertEqual(self.place(with_place(latitude=zero))[0], "0")

    def test_times_that_are_none(self):
        for moment in (b"0000:00:00 00:00:00\0", b"    :  :     :  :  \0", b"2026-03-27 13:42:10\0", b"2026:02:29 00:00:00\0", b"2026:13:01 00:00:00\0",
                       b"2026:00:10 00:00:00\0", b"2026:01:32 00:00:00\0", b"2026:01:00 00:00:00\0", b"2026:01:01 24:00:00\0", b"2026:01:01 00:60:00\0",
                       b"2026:01:01 00:00:60\0", b"1969:12:31 23:59:59\0", b"2026:03:27T13:42:10\0", b"2026:03:27\0", b"\x1b[31m:03:27 13:42:10\0", b"2026:03:27 13:42:1", b""):
            taken = self.taken(jpeg(exif(moment=moment, place=None)))
            self.assertEqual(taken, NOTHING, moment)
        self.assertEqual(self.taken(jpeg(exif(moment=b"2024:02:29 23:59:59\0", place=None)))["at"], "2024-02-29T23:59:59")
        # not the time of the last change, nor one that the library would put in
        other = {0x9004: (ASCII, 20, MOMENT), 0x9000: (UNDEFINED, 4, b"0232")}
        self.assertEqual(self.taken(jpeg(exif(moment=None, place=None, more=other))), NOTHING)

    def test_exif_is_found_among_other_segments(self):
        xmp = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x/>")
        for before in (b"", JFIF, JFIF + xmp, b"\xff\xff" + JFIF, segment(0xFE, b"Exif\0\0 not here")):
            self.assertEqual(self.taken(jpeg(exif(), before))["from"], "exif")
        self.assertEqual(self.taken(jpeg(None)), NOTHING)
        # the beginning of the file alone is looked at
        self.assertEqual(self.taken(jpeg(exif(), b"".join(segment(0xED, bytes(65000)) for _ in range(5)))), NOTHING)

    def test_types(self):
        for data, kind in ((b"%PDF-1.7\n", "application/pdf"), (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\0\0\0\0", "image/png"), (b"plain words\n", "text/plain"),
                           ("园区规划".encode(), "text/plain"), (workbook({"A": [["x"]]}), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
                           (b"", "application/x-empty"), (b"\x1f\x8b\10\0" + bytes(20), "application/gzip"), (b"\x9b\xf3\1\2\xfe" * 20, "application/octet-stream")):
            facts = self.inspect(data)
            self.assertEqual(facts["type"].replace("inode/", "application/"), kind)
            self.assertEqual(facts["taken"], NOTHING)

    def test_a_file_of_the_user_does_not_tell_libmagic_what_is_what(self):
        self.write(".magic", "0 string plain wrong/type\n!:mime wrong/type\n")
        self.assertEqual(self.inspect(b"plain words\n", MAGIC=self.dir / ".magic")["type"], "text/plain")

    def test_damaged_anywhere(self):
        """Cut, changed, or noise: one JSON document, with what can still be said."""
        data = jpeg(exif())
        rng = random.Random(7)
        for n in range(0, len(data) - len(END), 9):
            self.inspect(data[:n])
        for _ in range(120):
            changed = bytearray(data)
            for _ in range(rng.randrange(1, 8)):
                changed[rng.randrange(20, len(data) - len(END))] = rng.choice((0, 1, 255, rng.randrange(256)))
            facts = self.inspect(bytes(changed))["taken"]
            if facts["at"]:
                self.assertRegex(facts["at"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$")
            self.assertEqual(facts["latitude"] is None, facts["longitude"] is None)
        for n in (1, 100, 5000):
            self.inspect(b"\xff\xd8\xff\xe1" + bytes(rng.randrange(256) for _ in range(n)))
            self.inspect(bytes(rng.randrange(256) for _ in range(n)))

    def test_three_gigabytes_take_no_more_memory_than_a_photo(self):
        path = self.write("large", jpeg(exif()))
        with open(path, "r+b") as f:
            f.truncate(3 << 30)
        report = self.dir / "measured"
        with open(path, "rb") as f:
            f.seek(1 << 30)  # wherever it was read to before
            # a word more than MEASURE knows: the program is started by a script that adds it
            script = self.write("run", '#!/bin/sh\nexec "%s-inspect" inspect\n' % harness.PROGRAM)
            script.chmod(0o755)
            done = subprocess.run([sys.executable, "-S", "-E", "-c", harness.MEASURE, str(report), str(script)], stdin=f, stdout=subprocess.PIPE, timeout=200,
                                  env=environment(self.dir))
        code, kib = map(int, report.read_text().split())
        self.assertEqual(code, 0)
        self.assertEqual(json.loads(done.stdout)["taken"]["at"], "2026-03-27T13:42:10")
        if sanitized():
            print("not measured: memory, of which the sanitizer takes its own")
        else:
            self.assertLess(kib, harness.KIB)

    def test_what_is_no_file_is_refused(self):
        done = subprocess.run([harness.PROGRAM + "-inspect", "inspect"], input=b"x", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.assertEqual((done.returncode, done.stdout), (2, b""))


if __name__ == "__main__":
    harness.main()
