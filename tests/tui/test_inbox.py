"""Evidence at hand: a folder's files in order, what they look like, attached at a place, seen in the system's program."""
import hashlib
import os
import pathlib
import re
import stat
import sys

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent), str(pathlib.Path(__file__).resolve().parent.parent / "cli")]
import park  # noqa: E402
from case import ScreenCase, main  # noqa: E402
from files import pdf, png  # noqa: E402

FILES = {
    "乙 发电量.txt": "逐月发电量\n1月 742.6\n".encode("utf-8"),
    "甲 旧账.txt": "国标编码\n".encode("gb18030"),
    "丙 组件.png": png(40, 20, lambda x, y: (255, 0, 0) if y < 10 else (0, 0, 0)),
    "丁 统计表.pdf": pdf("BT /F 5 Tf 5 100 Td (Monthly output) Tj ET", 12),
    "戊 程序.bin": bytes(range(256)),
}


class Inbox(ScreenCase):
    def setUp(self):
        super().setUp()
        self.sample()
        for i, (name, content) in enumerate(FILES.items()):
            path = self.bench.write("现场/" + name, content)
            os.utime(path, (park.MONDAY - 3600 * i, park.MONDAY - 3600 * i))
        # no evidence: a project, and what lies beside one that is open
        for name in ("旧.lingtan", "旧.lingtan-journal"):
            self.bench.write("现场/" + name, b"")

    def inbox(self, count="5 件", **more):
        # libraries of fonts keep what they have to the end
        env = {"ASAN_OPTIONS": "detect_leaks=0", **more.pop("env", {})}
        s = self.open(env=env, **more)
        s.keys("F9")
        s.type("收件")
        s.keys("Enter")
        s.wait(re.compile("^ 收件 "))
        s.keys("F4", "C-u")
        s.type("现场")
        s.keys("Enter")
        s.wait(count)
        return s

    def names(self, s):
        return [found.group(1) for found in (re.search(r"([甲乙丙丁戊]) \S+\.(txt|png|pdf|bin) +\d", line) for line in s.lines()) if found]

    def to(self, s, name):
        s.keys("Home")
        s.to_row(re.compile("^ " + name))

    def test_names_that_are_cut_stay_told_apart(self):
        """What names have in common is left out of them, not what tells them apart; beside the list the whole name stands."""
        park_of = "_云澜湾先进制造产业园_"
        names = ["2025-01-15%s用电量台账_%d号楼.xlsx" % (park_of, n) for n in (3, 4)] + [
            "2025-01-15%s天然气台账_3号楼.xlsx" % park_of, "2025-02-15%s用电量台账_3号楼.xlsx" % park_of,
            "云澜湾先进制造产业园2025年度屋顶光伏发电量统计表（一期）.xlsx", "云澜湾先进制造产业园2025年度屋顶光伏发电量统计表（二期）.xlsx",
            "IMG_20250315_093012_配电室1号变压器铭牌.jpg", "IMG_20250315_093047_配电室2号变压器铭牌.jpg"]
        for name in names:
            self.bench.write("台账/" + name, name)
        for cols, rows in ((60, 18), (80, 24), (100, 30), (132, 43)):
            s = self.inbox(cols=cols, rows=rows)
            s.keys("F4", "C-u")
            s.type("台账")
            s.keys("Enter")
            s.wait("8 件")
            shown = [found.group(1) for found in (re.search(r"^ [ ›] (\S+\.(?:xlsx|jpg)) ", line) for line in s.lines()) if found]
            self.assertEqual(len(set(shown)), len(names), s.shown())
            s.keys("Home")
            s.until(lambda s: any(re.search(r"^ *›.*3号楼", line) and "天然气" in line for line in s.lines()), "Down")
            s.rest()
            if cols >= 100:
                right = "".join(line.partition("│")[2].strip() for line in s.lines()[2:6])
                self.assertIn(names[2], right, s.shown())
            self.leave(s)

    def test_the_order_goes_round(self):
        s = self.inbox()
        self.assertEqual(self.names(s), list("乙甲丙丁戊"))
        s.keys("0")
        self.assertEqual(self.names(s), sorted("甲乙丙丁戊"))
        s.keys("0")  # by size, the largest first
        self.assertEqual(self.names(s), sorted("甲乙丙丁戊", key=lambda c: -len(next(FILES[n] for n in FILES if n[0] == c))))
        s.keys("0")  # by kind, as files end
        self.assertEqual(self.names(s)[:3], list("戊丁丙"))

    def test_what_files_look_like(self):
        s = self.inbox()
        s.wait("1月 742.6")
        for name, shown in (("甲", "国标编码"), ("丁", "Monthly output"), ("戊", "不能预览")):
            self.to(s, name)
            s.wait(shown)
        self.to(s, "丁")
        s.wait("1/12 页")

    def test_a_photo_in_cells(self):
        s = self.inbox()
        self.to(s, "丙")
        row, col = s.wait("▀") and s.find("▀")
        style = s.style(row, col)
        self.assertEqual((style.fg, style.bg), ("196", "196"))

    def test_a_photo_without_colours_is_signs(self):
        s = self.inbox(env={"NO_COLOR": "1"})
        self.to(s, "丙")
        s.wait(re.compile(r"(==|--|::|\+\+){8}"))
        self.assertNotIn("▀", s.text())

    def test_attached_at_a_place_and_the_next_page_is_offered(self):
        s = self.inbox()
        for place in ("第 3 页 表 2", None):
            self.to(s, "丁")
            s.keys("Enter", "C-u")
            s.type("7.2.1")
            s.keys("Enter")
            s.wait("用途")
            if place:
                s.type(place)
            else:
                s.wait("第 4 页")
            s.keys("Enter")
            s.wait("已挂 1 份")
            s.keys("Esc")
            s.wait("F4 文件夹")
        self.assertRegex(s.text(), r"丁 统计表.pdf .*7\.2\.1")
        s.keys("Esc", "Esc")
        with self.open() as again:
            again.keys("1")
            again.type("7.2.1")
            again.wait("第 4 页")
            again.wait(re.compile(r"统计表.pdf +第 3 页"))

    def test_a_path_that_is_too_long_is_said(self):
        deep = self.bench.dir / "深"
        while len(os.fsencode(str(deep))) < 3800:
            deep = deep / ("d" * 200)
        deep = deep / ("d" * (4060 - len(os.fsencode(str(deep)))))
        deep.mkdir(parents=True)
        folder = os.open(str(deep), os.O_RDONLY)
        os.close(os.open("甲 " + "x" * 100 + ".txt", os.O_CREAT | os.O_WRONLY, dir_fd=folder))
        os.close(folder)
        (self.bench.dir / "近").symlink_to(deep)
        s = self.inbox()
        s.keys("F4", "C-u")
        s.type("近")
        s.keys("Enter")
        s.wait("1 件")
        s.keys("9")
        s.wait("路径太长")
        s.keys("Enter", "C-u")
        s.wait(lambda s: not s.has("路径太长"))
        s.type("7.2.1")
        s.keys("Enter")
        s.wait("用途")
        s.type("第 3 页")
        s.keys("Enter")
        s.wait("路径太长")

    def test_a_large_file_has_the_hash_of_the_one_on_file(self):
        with open(self.bench.write("现场/己 录像.png", FILES["丙 组件.png"]), "r+b") as large:
            large.truncate((16 << 20) + 1)
            large.seek(0)
            whole = hashlib.sha256(large.read()).hexdigest()
        s = self.inbox("6 件")
        self.to(s, "己")
        s.wait("挂上时算", again=True)  # it is the newest, and may have been looked at before
        s.keys("Enter", "C-u")
        s.type("7.2.1")
        s.keys("Enter")
        s.wait("用途")
        s.type("第 3 页")
        s.keys("Enter")
        s.wait("已挂 1 份")
        s.keys("Esc")
        s.wait(" ".join(whole[i : i + 4] for i in range(0, 16, 4)) + "  在档", again=True)  # likewise

    def test_the_next_start_is_here_again(self):
        s = self.inbox()
        s.wait("1月 742.6")
        s.signal("SIGTERM")
        s.end()
        again = self.open(resume=True)
        again.wait("文件夹")
        again.wait("5 件")

    def test_the_system_sees_a_copy_under_our_name(self):
        run = self.bench.dir / "run"
        run.mkdir(mode=0o700)
        program = self.bench.write("bin/xdg-open", "#!/bin/sh\nprintf '%%s\\n' \"$@\" > '%s/got'\n" % run)
        program.chmod(0o755)
        env = {"PATH": "%s:/usr/bin:/bin" % program.parent, "DISPLAY": ":9", "XDG_RUNTIME_DIR": str(run)}
        with open(self.bench.write("现场/己 录像.png", FILES["丙 组件.png"]), "r+b") as large:
            large.truncate((256 << 20) + 1)
        s = self.inbox("6 件", env=env)
        self.to(s, "己")
        s.keys("9")
        s.wait("文件超过 256 MB")
        self.to(s, "戊")
        s.keys("9")
        s.wait("不在可打开的类型里")
        self.to(s, "丙")
        s.keys("9")
        s.wait("打开一份副本")
        got = run / "got"
        s.wait(lambda q: got.exists() and got.read_text().endswith("\n"))
        path = pathlib.Path(got.read_text().strip())
        self.assertRegex(path.name, r"^evidence-\d+\.png$")
        self.assertEqual(path.read_bytes(), FILES["丙 组件.png"])
        self.assertEqual(stat.S_IMODE(path.parent.stat().st_mode), 0o700)
        s.keys("Esc", "Esc", "Esc")
        s.end()
        self.assertFalse(path.parent.exists())

    def test_without_a_desktop_it_says_so(self):
        s = self.inbox(env={"DISPLAY": "", "WAYLAND_DISPLAY": ""})
        s.keys("9")
        s.wait("没有桌面")


if __name__ == "__main__":
    main()
