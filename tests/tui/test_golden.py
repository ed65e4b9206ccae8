"""Screens against what was looked at and taken for good; `make golden` takes them anew."""
import os
import pathlib
import sys
import unittest

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent), str(pathlib.Path(__file__).resolve().parent.parent / "cli")]
import golden  # noqa: E402
import scenes  # noqa: E402
from harness import sanitized  # noqa: E402

LINGTAN = os.path.abspath(sys.argv.pop(1))


@unittest.skipIf(sanitized(LINGTAN), "the held clock is a preloaded library, which sanitizers do not take")
class Golden(unittest.TestCase):
    def test_every_screen_is_as_it_was_taken_for_good(self):
        styles = golden.Styles(golden.GOLDEN / "styles.txt")
        known = set(styles.letters)
        with golden.place() as folder:
            bench = scenes.Stage(LINGTAN, folder)
            for scene in scenes.SCENES:
                with self.subTest(scene.name):
                    found = golden.check(scene, bench, styles)
                    if found:
                        self.fail("%s; look at it, then make golden\n%s" % (scene.name, found[:6000]))
        self.assertEqual(set(styles.letters), known)

    def test_no_golden_is_left_over(self):
        names = {path.stem for path in golden.GOLDEN.glob("*.txt")} - {"styles"}
        self.assertEqual(names, {scene.name for scene in scenes.SCENES})


if __name__ == "__main__":
    unittest.main()
