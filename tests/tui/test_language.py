"""Chinese and English, switched while it runs: nothing of the one is left in the other, and nothing moves."""
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import park  # noqa: E402
from case import EVALUATOR, ScreenCase, main  # noqa: E402

PLACES = {"overview": (), "walk": ("F5",), "help": ("F5", "F1"), "remark": ("F5", "F4"), "go to": ("F6",)}
HAN = re.compile(r"[\u4e00-\u9fff]")


class Language(ScreenCase):
    def setUp(self):
        super().setUp()
        self.empty()

    def test_there_and_back(self):
        for name, keys in PLACES.items():
            with self.subTest(name):
                s = self.open()
                s.keys(*keys)
                chinese = s.text()
                s.keys("C-t")
                english = s.text()
                self.assertNotEqual(english, chinese)
                s.keys("C-t")
                self.assertEqual(s.text(), chinese)
                s.close()

    def test_english_chrome_has_no_chinese(self):
        """Only the names of the park and of who sits there are."""
        s = self.open("--lang", "en", cols=132, rows=43)
        for keys in ((), ("F5",), ("Enter",), ("F6",), ("Esc", "F4"), ("Esc", "F1")):
            s.keys(*keys)
            text = s.text().replace(park.NAME, "").replace(EVALUATOR.partition(":")[0], "")
            self.assertIsNone(HAN.search(text), "%s\n%s" % (keys, s.shown()))

    def test_the_language_of_the_command_line_and_of_the_environment(self):
        for args, env, word in ((("--lang", "en"), {}, "F1 help"), (("--lang", "zh"), {}, "F1 帮助"), ((), {"LC_ALL": "", "LANG": "en_US.UTF-8"}, "F1 help")):
            s = self.open(*args, env=env)
            self.assertTrue(s.has(word), s.shown())


if __name__ == "__main__":
    main()
