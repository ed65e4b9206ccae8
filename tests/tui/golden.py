"""Screens as text and styles, compared with what was looked at and taken for good. Usage: golden.py LINGTAN [--write] [SCENE...]

A scene is a way of keys to a screen (scenes.py). golden/SCENE.txt holds it in both languages at four sizes; scenes that stand for
the rest hold it also in 8 colours, on a light ground, without colour and with ASCII twins. Behind each picture its styles, run
by run: a letter, the same in all files (golden/styles.txt: foreground, background, b bold, u underline, r reverse, d dim; a dot
is the terminal's own), and how many columns where it is more than one.
The ink of a blank is not seen: it has the first letter of its ground. `make golden` writes them anew, to be read as a diff.
"""
import argparse
import contextlib
import difflib
import fcntl
import itertools
import os
import pathlib
import re
import shutil
import sys
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "cli")]

GOLDEN = HERE / "golden"
SIZES = [(60, 18), (80, 24), (100, 32), (132, 43)]
MAIN = (100, 32)
PLACE = "/tmp/lingtan-golden"
# name -> (language, terminal, environment, arguments, sizes, with styles)
FORMS = {
    "zh": ("zh", "xterm-256color", {}, [], [MAIN], True),
    "zh sizes": ("zh", "xterm-256color", {}, [], [(60, 18), (80, 24), (132, 43)], True),
    "en": ("en", "xterm-256color", {}, [], SIZES, False),
    "zh light": ("zh", "xterm-256color", {"LINGTAN_THEME": "light"}, [], [MAIN], True),
    "zh 8 colours": ("zh", "xterm", {}, [], [MAIN], True),
    "zh no colour": ("zh", "xterm-256color", {"NO_COLOR": "1"}, [], [MAIN], True),
    "zh ascii": ("zh", "xterm-256color", {}, ["--no-unicode"], [MAIN], False),
    "en ascii": ("en", "xterm-256color", {}, ["--no-unicode"], [(80, 24)], False),
}
LETTERS = "".join(map(chr, [*range(0x61, 0x7b), *range(0x41, 0x5b), *range(0x30, 0x3a), *range(0x3b1, 0x3ca), *range(0x410, 0x450), *range(0x561, 0x587)]))


class Styles:
    """Which letter a style has: those known keep theirs, new ones come behind."""

    def __init__(self, path):
        self.path = path
        self.letters = {}
        self.blanks = {}
        if path.exists():
            for line in path.read_text("utf-8").splitlines():
                letter, _, style = line.partition(" ")
                self.letters[style] = letter

    def letter(self, style):
        text = " ".join(style).rstrip()
        if text == "- -":
            return "."
        if text not in self.letters:
            self.letters[text] = next(c for c in LETTERS if c not in self.letters.values())
        return self.letters[text]

    def on_blank(self, letter):
        """The letter for a blank: of its inks none is seen, so the first with the ground stands for all."""
        if letter not in self.blanks:
            mine = self.ground(letter)
            same = [c for c in self.letters.values() if self.ground(c) == mine]
            self.blanks[letter] = "." if mine == ("-", "") else letter if mine[1] else same[0]
        return self.blanks[letter]

    def ground(self, letter):
        """Its background, and what a blank shows beside: a line under it, or the reverse."""
        style = next((s for s, c in self.letters.items() if c == letter), "- -").split(" ") + [""]
        return style[1], "".join(sorted(set(style[2]) & set("ur")))

    def save(self):
        self.path.write_text("".join("%s %s\n" % (c, s) for s, c in self.letters.items()), "utf-8")


def picture(s, styles, title, with_styles):
    state = s.state()
    out = ["== %s  cursor %s" % (title, "%d,%d" % state.cursor if state.shown else "hidden")]
    # how large a project file is follows from the tables of the version
    out += ["|" + re.sub(r"(\.lingtan +)\d+( KB)", r"\1NNN\2", line) for line in s.lines()]
    if with_styles:
        out.append("-- styles")
        for runs in s.runs():
            row = []  # letter, columns
            for i, (col, style, _) in enumerate(runs):
                end = runs[i + 1][0] if i + 1 < len(runs) else state.cols
                letter = styles.letter(style)
                if row and row[-1][0] == letter:
                    row[-1][1] += end - col
                else:
                    row.append([letter, end - col])
            if row and row[-1][0] == ".":
                row.pop()
            out.append("|" + " ".join(c + (str(n) if n > 1 else "") for c, n in row))
    if state.notes:
        raise AssertionError("%s: bytes that do not belong on a terminal: %s" % (title, state.notes))
    return out


def render(scene, bench, styles):
    """All forms of a scene as one text."""
    out = ["# %s: %s" % (scene.name, scene.__doc__.strip().splitlines()[0])]
    alike = itertools.groupby([(n, f) for n, f in FORMS.items() if n in scene.forms], lambda form: form[1][:4])
    for (lang, term, env, arguments), forms in alike:  # those that differ by size alone are one start
        project = scene.project(bench)
        home = bench.home / "state"
        shutil.rmtree(str(home), ignore_errors=True)
        scene.remember(bench)
        with bench.start(*project, "--lang", lang, *scene.arguments, *arguments, cols=MAIN[0], rows=MAIN[1], term=term, env=env) as s:
            s.rest()
            scene.steps(s)
            s.rest()
            for name, form in forms:
                for cols, rows in form[4]:
                    s.resize(cols, rows)
                    out += picture(s, styles, "%s %dx%d" % (name, cols, rows), form[5])
    return "\n".join(out) + "\n"


def columns_of(text):
    """A sign for each column; the second of a wide one is ""."""
    out = []
    for c in text:
        if unicodedata.combining(c) or unicodedata.category(c) in ("Mn", "Me", "Cf"):
            continue
        out += [c, ""] if unicodedata.east_asian_width(c) in "WF" else [c]
    return out


def seen_row(text, runs, cols, styles):
    """A row of styles without the inks of blanks."""
    letters = [run[0] for run in runs.split(" ") if run for _ in range(int(run[1:] or 1))]
    signs = columns_of(text)
    if len(signs) > cols or len(letters) > cols:
        return runs
    letters += ["."] * (cols - len(letters))
    signs += [" "] * (cols - len(signs))
    shown = [styles.on_blank(c) if sign == " " else c for c, sign in zip(letters, signs)]
    out = ["%s%s" % (c, n if n > 1 else "") for c, n in ((c, len(list(same))) for c, same in itertools.groupby(shown))]
    return " ".join(out[:-1] if out and out[-1][0] == "." else out)


def seen(picture_text, styles):
    """The text of a scene as an eye sees it."""
    out, rows, cols, row = [], [], 0, None
    for line in picture_text.splitlines():
        if line.startswith("== "):
            cols, rows, row = int(re.search(r"(\d+)x\d+", line)[1]), [], None
        elif line == "-- styles":
            row = 0
        elif line.startswith("|") and row is None:
            rows.append(line[1:])
        elif line.startswith("|"):
            line = "|" + seen_row(rows[row], line[1:], cols, styles)
            row += 1
        out.append(line)
    return "\n".join(out) + "\n"


def difference(name, golden, found):
    return "".join(difflib.unified_diff(golden.splitlines(True), found.splitlines(True), "golden/%s.txt" % name, "the screen now", n=2))


def check(scene, bench, styles, write=False):
    """The difference as text, "" where there is none."""
    found = seen(render(scene, bench, styles), styles)
    path = GOLDEN / (scene.name + ".txt")
    before = seen(path.read_text("utf-8"), styles) if path.exists() else ""
    if write and found != before:
        path.parent.mkdir(exist_ok=True)
        path.write_text(found, "utf-8")
    return difference(scene.name, before, found)


@contextlib.contextmanager
def place():
    """A folder of one name, since screens show it; one run at a time."""
    lock = pathlib.Path(PLACE + ".lock")
    if not lock.exists():  # of another user it may be read, and not be opened to be made
        lock.touch()
    with lock.open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        shutil.rmtree(PLACE, ignore_errors=True)
        os.mkdir(PLACE, 0o700)
        try:
            yield PLACE
        finally:
            shutil.rmtree(PLACE, ignore_errors=True)


def main():
    import scenes
    parse = argparse.ArgumentParser()
    parse.add_argument("lingtan")
    parse.add_argument("scene", nargs="*")
    parse.add_argument("--write", action="store_true")
    asked = parse.parse_args()
    known = {s.name: s for s in scenes.SCENES}
    styles = Styles(GOLDEN / "styles.txt")
    n = 0
    with place() as folder:
        bench = scenes.Stage(os.path.abspath(asked.lingtan), folder)
        for name in asked.scene or known:
            found = check(known[name], bench, styles, asked.write)
            n += bool(found)
            sys.stdout.write(found if not asked.write else "golden/%s.txt is new\n" % name if found else "")
    if asked.write:
        if not asked.scene:
            for path in GOLDEN.glob("*.txt"):
                if path.stem not in known and path.stem != "styles":
                    path.unlink()
        styles.save()
        return 0
    print("%d of %d scenes differ" % (n, len(asked.scene or known)))
    return 1 if n else 0


if __name__ == "__main__":
    sys.exit(main())
