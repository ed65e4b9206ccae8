"""What leaves the project, from its popup: two keys write a file under a name that no file bears, long work is shown and stopped, on the screen and
on the command line."""
import json
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from case import EVALUATOR, ScreenCase, main  # noqa: E402


class Exports(ScreenCase):
    def setUp(self):
        super().setUp()
        self.empty()

    def files(self, ending):
        return sorted(p.name for p in self.bench.dir.glob("*." + ending))

    def slow(self):
        """Helpers that never answer."""
        for name in ("lingtan-workbook", "lingtan-render"):
            path = self.bench.write(name, "#!/bin/sh\nexec sleep 60\n")
            os.chmod(path, 0o755)
        return {"LINGTAN_RENDER": path}

    def test_two_keys_and_no_file_gives_way(self):
        s = self.open()
        s.keys("5")
        s.wait("出证条件")
        s.type("4")
        s.wait("报告 Word")
        s.type("6")
        s.wait("已写出")
        (first,) = self.files("json")
        kept = (self.bench.dir / first).read_bytes()
        self.assertEqual(json.loads(kept)["kind"], "third")
        s.type("6")
        s.wait("(2).json（")
        second = first.replace(".json", " (2).json")
        self.assertEqual(self.files("json"), sorted([first, second]))
        s.type("0")
        s.wait(".csv（")
        (asked,) = self.files("csv")
        self.assertIn("资料清单", asked)
        # a name that is taken is refused, whoever typed it
        s.keys("Enter")
        s.wait("写到哪个文件")
        s.keys("C-u")
        s.type(first)
        s.keys("Enter")
        s.wait("已有这个文件")
        self.assertEqual((self.bench.dir / first).read_bytes(), kept)
        # options: the park's own report, without names
        for keys in (["Tab", "Left"], ["Down", "Down", "Down", "Right"]):
            s.keys(*keys)
        s.wait("拍摄地点也去掉")
        s.type("6")
        s.wait("(3).json（")
        third = json.loads((self.bench.dir / first.replace(".json", " (3).json")).read_bytes())
        self.assertEqual((third["kind"], "facts" in third), ("self", False))
        # what comes back and is refused says why to the end of its sentence
        s.keys("Esc", "F9")
        s.type("导入")
        s.keys("Enter", "C-u")
        s.type(str(self.bench.write("别的.csv", "姓名,电话\n")))
        s.keys("Enter")
        s.wait("一处也不会导入")
        s.wait("以逗号分开")
        self.leave(s)

    def test_long_work_is_shown_and_stopped(self):
        s = self.open(env=self.slow())
        s.keys("F9")
        s.type("导出")
        s.keys("Enter")
        s.wait("报告 Word")
        # as long as the seconds are counted the screen does not come to rest
        s.send(b"1")
        s.wait("正在处理")
        s.wait("Esc 取消")
        s.press("Esc")
        s.wait("已取消")
        self.assertEqual(self.files("pdf*"), [])
        # a bundle likewise, of which a part lies ready
        s.send(b"7")
        s.wait("正在处理")
        s.press("Esc")
        s.wait("已取消")
        self.assertEqual(self.files("zip*"), [])
        # and a workbook that is read
        s.keys("Esc")
        self.bench.write("填好.xlsx", "PK\x03\x04")
        before = self.path.read_bytes()
        s.keys("F9")
        s.type("导入")
        s.keys("Enter")
        s.wait("填好.xlsx")
        s.keys("C-u")
        s.type(str(self.bench.dir / "填好.xlsx"))
        s.press("Enter")
        s.wait("正在处理")
        s.press("Esc")
        s.wait("已取消，没有读完")
        self.assertEqual(self.path.read_bytes(), before)
        self.leave(s)

    def test_on_the_command_line(self):
        s = self.bench.start("export", self.path.name, "--format", "pdf", "-o", "o.pdf", "--as", EVALUATOR, env=self.slow())
        self.addCleanup(self.close, s)
        s.wait("正在处理")
        s.press("C-c")
        s.wait("已取消")
        self.assertEqual(s.end(), 4)
        self.assertEqual(self.files("pdf*"), [])


if __name__ == "__main__":
    main()
