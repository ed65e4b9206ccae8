"""Terminals of every kind: those on which screens can be drawn, those on which not, and how each is left."""
import pathlib
import re
import signal
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from case import EVALUATOR, ScreenCase, harness, main  # noqa: E402
from screen import Screen  # noqa: E402

FIT = ["xterm-256color", "xterm", "screen", "screen-256color", "tmux", "tmux-256color", "linux", "vt100", "ansi", "xterm-mono"]


class Terminals(ScreenCase):
    def setUp(self):
        super().setUp()
        self.sample()

    def test_every_terminal_shows_the_project_and_is_given_back(self):
        for term in FIT:
            with self.subTest(term):
                s = self.open(term=term)
                self.assertTrue(s.has("云澜湾"), s.shown())
                s.keys("F5", "Down", "F1", "Esc")
                self.assertEqual(s.state().notes, [])
                self.leave(s)
                self.assert_restored(s, term)
                s.close()

    def refused(self, word, *args, **more):
        s = self.open(*args, settle=False, **more)
        self.assertEqual(s.end(), 2, s.shown())
        lines = [line for line in s.lines() if line]
        self.assertTrue(1 <= len(lines) <= 2, "one sentence\n" + s.shown())
        self.assertIn(word, lines[0])
        self.assertEqual(s.state().notes, [])
        self.assert_restored(s)
        return s

    def test_terminals_without_a_cursor_and_unknown_ones_get_a_sentence(self):
        self.refused("终端类型“dumb”", term="dumb")
        self.refused("terminal type 'dumb'", "--lang", "en", term="dumb")
        self.refused("不认识终端类型“nosuch”", term="nosuch")
        self.refused("不认识终端类型“”", term="")

    def test_no_terminal(self):
        for given in (dict(stdin=subprocess.DEVNULL), dict(stdin=subprocess.PIPE)):
            done = subprocess.run([str(harness.PROGRAM), self.path.name], cwd=str(self.bench.dir), env=self.bench.environment(TERM="xterm"),
                                  capture_output=True, **({"input": b""} if given["stdin"] == subprocess.PIPE else given))
            self.assertEqual((done.returncode, done.stdout), (2, b""))
            self.assertEqual(len(done.stderr.decode("utf-8").strip().splitlines()), 1)
            self.assertIn("终端", done.stderr.decode("utf-8"))

    def test_other_locales(self):
        for locale in ("C", "POSIX", "C.UTF-8", "no_SUCH.UTF-8"):
            with self.subTest(locale):
                s = self.open(env={"LC_ALL": locale})
                self.assertTrue(s.has("云澜湾"), s.shown())
                self.assertEqual(s.state().notes, [])

    def colours(self, s):
        return {part for row in s.runs() for _, style, text in row for part in (style.fg, style.bg) if part != "-"}

    def test_colours(self):
        s = self.open()
        self.assertTrue(any(c.isdigit() and int(c) > 15 for c in self.colours(s)), "256 colours")
        for term in ("xterm", "screen", "linux"):
            s = self.open(term=term)
            found = self.colours(s)
            self.assertTrue(found and all(c.isdigit() and int(c) < 16 for c in found), "%s: %s" % (term, found))
        for args, more in (((), dict(env={"NO_COLOR": "1"})), (("--no-color",), {}), ((), dict(term="vt100"))):
            s = self.open(*args, **more)
            self.assertEqual(self.colours(s), set(), (args, more))
            self.assertTrue(any(style.flags for row in s.runs() for _, style, _ in row), "bold, underline or reverse still say what is what")

    def test_ascii(self):
        s = self.open("--no-unicode")
        s.keys("F5")
        for keys in ((), ("F1",)):
            s.keys(*keys)
            strange = set(re.findall(r"[\u2190-\u2bff]", s.text()))
            self.assertEqual(strange, set(), s.shown())

    def test_signals_leave_file_and_terminal_clean(self):
        for name in ("SIGTERM", "SIGHUP", "SIGINT"):
            with self.subTest(name):
                s = self.open("--mouse")
                self.go_to(s, "4.2.6")
                s.keys("F4")
                s.type("写到一半")
                s.signal(name)
                self.assertEqual(s.end(), 0, "it ends as if it had been left")
                self.assert_restored(s, name)
                self.assert_holds()
                s.close()

    def test_a_lost_terminal_ends_the_program(self):
        s = self.open()
        self.go_to(s, "4.2.6")
        s.keys("F4")
        s.type("写到一半")
        s.hang_up()
        self.assertEqual(s.end(), -signal.SIGHUP, "in good order, and whoever waits for it sees why")
        self.assert_holds()
        self.assertTrue(self.bench.drafts("写到一半"), "what was typed last is a draft")

    def test_stopped_and_back(self):
        script = 'set -m; "$0" "$@"; stty -a | grep -q "[^-]icanon" && echo stopped; read line; fg >/dev/null; echo left'
        s = Screen(["sh", "-c", script, harness.PROGRAM, self.path.name, "--as", EVALUATOR], cols=100, rows=32, cwd=self.bench.dir, env=self.bench.environment())
        self.addCleanup(s.close)
        s.wait("总览")
        s.press("C-z")
        s.wait("stopped")
        state = s.state()
        self.assertEqual((state.alternate, state.shown, state.paste), (False, True, False))
        s.send("\n")
        s.wait("总览")
        self.assertTrue(s.state().alternate)
        s.keys("F5")
        self.assertTrue(s.has("逐项"))
        for _ in range(5):
            s.press("Esc")
        s.wait("left")
        s.end()
        self.assert_restored(s)

    def test_mouse_only_when_asked_for(self):
        s = self.open()
        self.assertEqual(s.state().mouse, 0)
        s = self.open("--mouse")
        self.assertEqual(s.state().mouse, 1)
        for button in (1, 2, 3):
            s.click(5, 10, button)
            s.resize(90, 30)
            self.assertTrue(s.lines()[-1].rstrip().endswith("F1 帮助"), "a new size after a click of button %d\n%s" % (button, s.shown()))
            s.resize(100, 32)

    def test_small_windows_get_a_sentence(self):
        s = self.open(cols=59, rows=18)
        self.assertTrue(s.has("至少 60 列 18 行"), s.shown())
        s.resize(60, 18)
        self.assertTrue(s.has("总览"), s.shown())
        s.resize(60, 17)
        self.assertTrue(s.has("至少 60 列 18 行"), s.shown())
        for cols, rows in ((1, 1), (2, 40), (200, 1), (7, 3)):
            s.resize(cols, rows)
        s.resize(100, 32)
        self.assertTrue(s.has("云澜湾"), s.shown())


if __name__ == "__main__":
    main()
