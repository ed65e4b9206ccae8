"""What lingtan-preview shows of files from elsewhere: words, or a small picture; nothing of what is damaged."""
import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import unittest

from files import JPEG, pdf, png

LINGTAN = pathlib.Path(sys.argv.pop(1)).resolve()
RENDER = LINGTAN.parent / "lingtan-preview"


class Preview(unittest.TestCase):
    def shown(self, content):
        with tempfile.TemporaryFile() as f:
            f.write(content)
            f.flush()
            f.seek(0)
            # libraries of fonts keep what they have to the end
            env = dict(os.environ, ASAN_OPTIONS="detect_leaks=0")
            done = subprocess.run([str(RENDER), "preview"], stdin=f, capture_output=True, timeout=60, env=env)
        self.assertEqual(done.returncode, 0, done.stderr)
        head, _, body = done.stdout.partition(b"\n")
        return head.decode("ascii"), body

    def picture(self, content, pages, width, height):
        head, body = self.shown(content)
        self.assertEqual(head, "picture %d %d %d" % (pages, width, height))
        self.assertEqual(len(body), 3 * width * height)
        return lambda x, y: tuple(body[3 * (y * width + x):][:3])

    def assert_near(self, colour, wanted):
        self.assertTrue(all(abs(a - b) < 40 for a, b in zip(colour, wanted)), "%s is not %s" % (colour, wanted))

    def test_text_in_either_encoding(self):
        for encoding in ("utf-8", "utf-8-sig", "gb18030"):
            head, body = self.shown("逐月发电量\n742.6 MWh\n".encode(encoding))
            self.assertEqual((head, body.decode("utf-8")), ("text 0", "逐月发电量\n742.6 MWh\n"), encoding)

    def test_a_long_text_is_cut_between_characters(self):
        head, body = self.shown(("零碳a" * 20000).encode("utf-8"))
        self.assertEqual(head, "text 0")
        self.assertGreater(len(body), 16000)
        self.assertLessEqual(len(body), 16384)
        body.decode("utf-8")
        for first in ("", "a", "ab"):  # wherever in a character the cut falls
            head, body = self.shown((first + "碳" * 20000).encode("utf-8"))
            self.assertEqual((head, body.decode("utf-8")), ("text 0", first + "碳" * ((16384 - len(first)) // 3)))

    def test_the_words_of_the_first_page(self):
        head, body = self.shown(pdf("BT /F 5 Tf 5 100 Td (Monthly output MWh 2025) Tj ET", 3))
        self.assertEqual(head, "text 3")
        self.assertIn(b"Monthly output MWh 2025", body)

    def test_a_page_without_words_is_a_picture(self):
        at = self.picture(pdf("1 0 0 rg 0 0 100 100 re f"), 2, 80, 160)
        self.assert_near(at(40, 20), (255, 255, 255))
        self.assert_near(at(40, 140), (255, 0, 0))

    def test_photos(self):
        at = self.picture(JPEG, 0, 8, 16)
        self.assert_near(at(4, 2), (255, 0, 0))
        self.assert_near(at(4, 13), (0, 0, 255))
        at = self.picture(png(400, 200, lambda x, y: (0, 200, 0) if x < 200 else (10, 10, 10)), 0, 160, 80)
        self.assert_near(at(20, 40), (0, 200, 0))
        self.assert_near(at(140, 40), (10, 10, 10))

    def test_as_the_camera_was_held(self):
        exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"
        turned = JPEG[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + JPEG[2:]
        at = self.picture(turned, 0, 16, 8)
        self.assert_near(at(2, 4), (0, 0, 255))
        self.assert_near(at(13, 4), (255, 0, 0))

    def test_what_is_damaged_or_of_no_kind_shows_nothing(self):
        bomb = png(1, 1, lambda x, y: (0, 0, 0)).replace(struct.pack(">II", 1, 1), struct.pack(">II", 29000, 29000), 1)
        for name, content in (("empty", b""), ("bytes", bytes(range(256)) * 8), ("half a PNG", png(64, 64, lambda x, y: (x, y, 9))[:60]), ("a huge PNG", bomb),
                              ("no PDF behind its name", b"%PDF-1.7\n" + b"\xff" * 400), ("a beginning", JPEG[:40])):
            with self.subTest(name):
                self.assertEqual(self.shown(content), ("none 0", b""))


if __name__ == "__main__":
    unittest.main()
