"""The instrument itself, on small programs: what it types, sees, waits for and notes."""
import pathlib
import re
import sys

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent), str(pathlib.Path(__file__).resolve().parent.parent / "cli")]
from harness import Case, environment, main  # noqa: E402
from screen import Ended, Screen, full_width  # noqa: E402

# Draws what it reads, hexadecimal, one byte a row; ends at q. The first argument is written first, as it stands.
ECHO = r"""
import os, sys, termios, tty
before = termios.tcgetattr(0)
tty.setraw(0)
os.write(1, sys.argv[1].encode("utf-8", "surrogateescape").decode("unicode_escape").encode("latin-1"))
while True:
    data = os.read(0, 100)
    os.write(1, data.hex().encode() + b" ")
    if b"q" in data:
        break
if len(sys.argv) < 3:
    termios.tcsetattr(0, termios.TCSADRAIN, before)
"""
# Thinks for a while between a key and its answer, in a sleep, in a child and in a short look for the rest of the key: none of them is
# waiting for input.
SLOW = r"""
import os, select, subprocess, time, tty
tty.setraw(0)
os.write(1, b"ready")
os.read(0, 1)
time.sleep(0.2)
subprocess.run(["sh", "-c", "exec sleep 0.2"])
select.select([0], [], [], 0.1)
os.write(1, b" done")
os.read(0, 1)
"""


class Instrument(Case):
    def screen(self, *command, **more):
        more.setdefault("env", environment(self.dir))
        s = Screen(command, **more)
        self.addCleanup(s.close)
        return s

    def echo(self, first="", *more, **options):
        s = self.screen(sys.executable, "-c", ECHO, first, *more, **options)
        s.settle()
        return s

    def test_keys_are_those_of_the_terminal(self):
        for term, sent in (("xterm-256color", "1b5b31357e 1b4f41"), ("linux", "1b5b5b45 1b5b41"), ("screen", "1b5b31357e 1b4f41")):
            s = self.echo(term=term)
            s.keys("F5", "Up", "C-r", "Esc", "零")
            self.assertEqual(s.text().strip(), sent + " 12 1b e99bb6", term)

    def test_settled_means_that_the_program_waits_for_input(self):
        s = self.screen(sys.executable, "-c", SLOW)
        s.settle()
        self.assertEqual(s.text().strip(), "ready")
        s.keys("x")
        self.assertEqual(s.text().strip(), "ready done")

    def test_wide_characters_take_two_cells(self):
        s = self.echo(r"\xe9\x9b\xb6\xe7\xa2\xb3\xf0\xa0\xae\xb7\xf0\x9f\x8c\xbfx")
        self.assertEqual(s.find("x"), (0, 8))
        self.assertEqual(s.cursor(), (0, 9))

    def test_styles(self):
        s = self.echo(r"\x1b[1;38;5;80;48;5;23mA\x1b[0mB\x1b[31mC\x1b[7mD\x1b[0;2mE\x1b[38;2;2;2;2mF\x1b[22mG")
        self.assertEqual([" ".join(s.style_at(c)) for c in "ABCDEFG"],
                         ["80 23 b", "- - ", "1 - ", "1 - r", "- - d", "#020202 - d", "#020202 - "])

    def test_state_of_the_terminal(self):
        s = self.echo(r"\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[?1000h", "raw")
        self.assertEqual((s.state().alternate, s.state().shown, s.state().paste, s.state().mouse), (True, False, True, 1))
        s.paste("零")
        self.assertIn(b"\x1b[200~".hex() + "e99bb6", s.text())
        s.keys("q")
        self.assertEqual(s.end(), 0)
        self.assertFalse(s.modes()["as_before"])

    def test_a_program_that_cleans_up(self):
        s = self.echo()
        self.assertFalse(s.modes()["as_before"])
        s.keys("q")
        self.assertEqual(s.end(), 0)
        self.assertTrue(s.modes()["as_before"])

    def test_signals_and_a_lost_terminal(self):
        s = self.echo()
        s.signal("SIGTERM")
        self.assertEqual(s.end(), -15)
        s = self.echo()
        s.hang_up()
        self.assertEqual(s.end(), -1)

    def test_waiting_in_vain_fails_with_the_screen(self):
        s = self.echo("there")
        with self.assertRaisesRegex(AssertionError, r"'elsewhere' does not come\n[^|]*\|there"):
            s.wait("elsewhere", seconds=0.1)
        s.press("q")
        s.end()
        with self.assertRaisesRegex(Ended, "has ended with 0"):
            s.wait("elsewhere")

    def test_what_stood_there_before_the_keys_is_not_waited_for(self):
        s = self.echo("there")
        s.keys("x")
        with self.assertRaisesRegex(AssertionError, "'there' stood there before the last keys"):
            s.wait("there")
        s.wait("there", again=True)
        s.wait("there")  # no key since
        s.press("y", "z")
        with self.assertRaisesRegex(AssertionError, "'78 ' stood there"):
            s.wait("78 ")
        s.wait("7a")
        s.wait("78 ")

    def test_a_program_that_never_rests_is_not_waited_for_for_ever(self):
        s = self.screen("sh", "-c", "while :; do echo there; sleep 0.01; done")
        with self.assertRaisesRegex(AssertionError, "'elsewhere' does not come"):
            s.wait("elsewhere", seconds=0.2)

    def test_what_is_waited_for_may_be_a_file(self):
        s = self.screen("sh", "-c", "sleep 0.3; touch \"$0\"; read x", self.dir / "here")
        self.assertTrue(s.wait(lambda s: list(self.dir.glob("here")), seconds=10))

    def test_keys_that_lead_nowhere_come_to_an_end(self):
        s = self.echo()
        s.until(lambda s: s.text().count("78") == 3, "x")
        with self.assertRaisesRegex(AssertionError, "4 times x, in vain"):
            s.until(lambda s: s.has("elsewhere"), "x", most=4)

    def test_bytes_that_no_program_sends(self):
        for first, note in ((r"\xff", "not UTF-8"), (r"\xe9\x9bx", "cut off"), (r"\xc2\x85", r"U\+0085"), (r"\xe2\x80\xae", r"U\+202E"),
                            (r"\x01", "control character 01"), (r"\x1b[30;1H", "row 30 column 1 of 24 rows"), (r"\x1b[2;81H", "column 81"),
                            (r"\xf8\x88\x80\x80\x80", "not UTF-8"), (r"\xe0\x80\x80", "not UTF-8"), (r"\x1b[90G", "column 90")):
            s = self.echo(first)
            notes = s.state().notes
            self.assertTrue(notes and re.search(note, notes[0]), "%s: %s" % (first, notes))
        s = self.echo(r"\x1b[24;80H\x1b(0q\x1b(B\xe9\x9b\xb6\x1b]2;title\x07\x1b[?25l\r\n\x0e\x0f")
        self.assertEqual(s.state().notes, [])

    def test_the_palette_of_the_linux_console(self):
        s = self.echo(r"a\x1b]Rb\x1b]2;title\x07c")
        self.assertEqual((s.text().strip(), s.state().notes), ("abc", []))

    def test_resize(self):
        s = self.screen("sh", "-c", "trap 'stty size' WINCH; echo ready; while :; do read x; done")
        s.wait("ready")
        s.resize(101, 33)
        s.wait("33 101")

    def test_what_was_there_stays_after_a_resize(self):
        s = self.echo(r"\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[?1h\x1b[31mA\xe9\x9b\xb6\x1b[3;5H\x1b[1;38;5;80mB\x1b[24;80H\x1b[2mC", cols=80, rows=24)
        s.resize(6, 3)
        s.resize(120, 40)
        state = s.state()
        self.assertEqual((state.alternate, state.shown, state.paste, state.application, state.cursor), (True, False, True, True, (2, 5)))
        self.assertEqual(s.lines()[:3], ["A零", "", "    B"])
        self.assertEqual([" ".join(s.style_at(c)) for c in "AB"], ["1 - ", "80 - b"])
        s.press("q")
        s.wait("71")
        self.assertEqual(" ".join(s.style_at("71")), "80 - bd")

    def test_a_repeated_character(self):
        s = self.echo(r"x\x1b[4b|\xe9\x9b\xb6\x1b[b|\x1b[m\x1b[99999999b|")
        self.assertTrue(s.text().startswith("xxxxx|零零|||||"), s.text())

    def test_full_width(self):
        self.assertEqual(full_width("1.q?:/ 零"), "１．ｑ？：／\u3000零")


if __name__ == "__main__":
    main()
