"""A window of another size shows what a fresh start in that size shows; storms of sizes do no harm."""
import pathlib
import random
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import screen  # noqa: E402
from case import ScreenCase, main  # noqa: E402

SIZES = [(60, 18), (80, 24), (100, 32), (132, 43), (300, 100)]
PLACES = {"overview": (), "walk": ("F5",), "answer": ("F5", "Enter"), "help": ("F5", "F1"), "remark": ("F5", "F4"), "go to": ("F6",)}

PEOPLE = re.compile("人员(?= +状态)")


class Resize(ScreenCase):
    def setUp(self):
        super().setUp()
        self.sample()

    def seen(self, s):
        state = s.state()
        people, after = s.find(PEOPLE), s.find("状态")
        if not people:
            return s.text(), [self.visible(row) for row in s.runs()], state.cursor if state.shown else None
        # who works on a rung is looked up when nobody types, sooner or later
        rows = [[cell for cell in self.cells(row) if i <= people[0] or not people[1] <= cell[0] < after[1]] for i, row in enumerate(s.runs())]
        return "\n".join("".join(text for _, _, text in row).rstrip() for row in rows), [self.visible(row) for row in rows], state.cursor if state.shown else None

    @staticmethod
    def cells(row):
        """Runs of one sign each."""
        out = []
        for col, style, text in row:
            for sign in text:
                out.append((col, style, sign))
                col += screen.cells_of(sign)
        return out

    @staticmethod
    def visible(row):
        """What an eye can tell apart: a blank has no colour of its own unless it is painted, underlined or turned round."""
        cells = []
        for _, style, text in row:
            plain = style.bg == "-" and not set(style.flags) & set("urs")
            cells += [(style, sign) for sign in text if sign != " " or not plain]
        return cells

    def test_as_a_fresh_start(self):
        for name, keys in PLACES.items():
            fresh = {}
            for size in SIZES:
                self.sample()
                s = self.open(cols=size[0], rows=size[1])
                s.keys(*keys)
                fresh[size] = self.seen(s)
                s.close()
            s = self.open(cols=100, rows=32)
            s.keys(*keys)
            for size in SIZES + SIZES[::-1]:
                s.resize(*size)
                with self.subTest(place=name, size=size):
                    found = self.seen(s)
                    self.assertEqual(found[0], fresh[size][0])
                    self.assertEqual(found, fresh[size])
            s.close()

    def test_storms(self):
        r = random.Random(5)
        s = self.open()
        self.go_to(s, "4.2.6")
        s.keys("F4")
        s.type("屋顶光伏已并网，测试风机在建，年发电量按统计表计。")
        for _ in range(60):
            for _ in range(r.randint(1, 6)):
                s.resize(r.randint(1, 300), r.randint(1, 100), settle=False)
            s.settle()
            self.assertEqual(s.state().notes, [])
        s.resize(100, 32)
        self.assertTrue(s.has("屋顶光伏已并网"), s.shown())
        self.leave(s)
        self.assert_restored(s)

    def test_no_row_wraps(self):
        """A wide character that does not fit at the edge becomes a blank; it is not sent, and nothing wraps."""
        s = self.open(cols=61, rows=18)
        for keys in ((), ("F5",), ("F1",), ("Esc", "F4")):
            s.keys(*keys)
            for cols in range(60, 90):
                s.resize(cols, 20)
                for line in s.lines():
                    self.assertIn(line[:1], ("", *" ┌│└"), "what wraps comes to the margin of the next row\n%s" % s.shown())
                self.assertEqual(s.state().notes, [])


if __name__ == "__main__":
    main()
