"""Screens against what was looked at and taken for good; `make golden` takes them anew."""
import pathlib
import sys

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent), str(pathlib.Path(__file__).resolve().parent.parent / "cli")]
import golden  # noqa: E402
import harness  # noqa: E402
import scenes  # noqa: E402
from harness import Case, main, sanitized  # noqa: E402


class Golden(Case):
    def test_every_screen_is_as_it_was_taken_for_good(self):
        if sanitized():
            self.skip("the held clock is a preloaded library, which sanitizers do not take")
        styles = golden.Styles(golden.GOLDEN / "styles.txt")
        known = set(styles.letters)
        with golden.place() as folder:
            bench = scenes.Stage(harness.PROGRAM, folder)
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
    main()
