"""A new project by keys alone: what follows from the choices, what is refused, what is kept, and the file that comes of it."""
import pathlib
import re
import sys

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent), str(pathlib.Path(__file__).resolve().parent.parent / "cli")]
import harness  # noqa: E402
import park  # noqa: E402
from harness import Case, main  # noqa: E402
from screen import full_width  # noqa: E402

PARK = "示例·云澜湾智慧园𠮷区"


class New(Case):
    def setUp(self):
        super().setUp()
        self.bench = park.Bench(harness.PROGRAM, self.dir)

    def open(self, *args, **more):
        s = self.bench.start(*args, "--as", park.EVALUATOR, **more)
        self.addCleanup(s.close)
        s.wait("6  ")
        s.keys("6")
        s.wait("*")
        return s

    def tick(self, s, code):
        """From the ticks of the standards, the one that begins like this."""
        for _ in range(8):
            row = s.cursor()[0]
            if code in s.lines()[row]:
                s.keys(" ")
                return
            s.keys("Down")
        self.fail("no tick for %s\n%s" % (code, s.shown()))

    def path(self):
        return self.bench.home / (PARK + ".lingtan")

    def test_made_by_keys_alone(self):
        s = self.open()
        s.wait("必填 4/7")
        s.type(PARK)
        self.assertTrue(s.has("~/%s.lingtan" % PARK) and s.has("此处可写"), s.shown())
        s.to_field("标准")
        self.tick(s, "T/CSUS")
        self.assertTrue(s.has("类型或阶段未选"), s.shown())
        s.to_field("园区类型")
        s.keys(full_width("1"))
        s.to_field("阶段")
        s.keys("1")
        self.assertTrue(s.has("产业体系       0.15") and s.has("控制项  13 项 一票否决") and not s.has("运营管理"), s.shown())
        s.keys("2")
        self.assertTrue(s.has("运营管理       0.05") and s.has("控制项  14 项 一票否决") and s.has("及格    60 分"), s.shown())
        self.assertTrue(s.has("示例，只出样张") and s.has("可建立"), s.shown())
        s.keys("F5")
        s.wait("总览")
        self.assertTrue(s.has("实施运管") and s.has("评价 示例·李工"), s.shown())
        found = self.bench.run("score", self.path(), "--json", code=None).stdout
        self.assertIn("t-csus-66-2023", found)
        self.assertEqual(self.bench.run("verify", self.path()).returncode, 0)

    def test_at_the_smallest_size_nothing_that_helps_is_cut(self):
        s = self.open(cols=60, rows=18)
        s.to_field("用地面积")
        s.type("三点二")
        self.assertTrue(s.has("“三点二”不是数；写成 12.5 这样，不带逗") and s.has("号、单位、指数和前导零"), s.shown())
        self.assertTrue(s.has("1500 亩）"), s.shown())
        s.to_field("标准")
        s.keys("Down", "Down")
        self.assertTrue(s.has("智慧零碳园区评价标准；空格勾选"), s.shown())
        self.assertFalse(s.has(".."), s.shown())
        s.keys("F3")
        s.type("三")
        s.wait("表单在后面，打的字没有用上；F3 回到表单")

    def test_several_standards_make_several_assessments(self):
        s = self.open()
        s.type(PARK)
        s.to_field("标准")
        self.tick(s, "T/CSUS")
        self.tick(s, "T/IPIF")
        for label in ("类型 T/CSUS", "类型 T/IPIF"):
            s.to_field(label)
            s.keys("2")
        s.to_field("阶段")
        s.keys("2")
        s.keys("F5")
        s.wait("总览")
        for standard in (park.CSUS, "t-ipif-2023"):
            name = "%s/operation/2025" % standard
            self.assertEqual(self.bench.run("score", self.path(), "--assessment", name, code=None).stderr, "")

    def test_nothing_is_made_of_half_a_form(self):
        s = self.open()
        s.keys("Esc", "6", "Esc", "9", "Esc", "6")  # the standards are at hand again and again
        s.keys("F5")
        self.assertTrue(s.has("这一栏必填") and s.has("新建项目"), s.shown())
        s.type(PARK)
        s.keys("F5")
        self.assertIn("标准 *", s.lines()[s.cursor()[0]])
        self.assertFalse(self.path().exists())

    def test_a_long_name_is_read_from_its_beginning_where_nobody_writes(self):
        name = "国家级新能源汽车与高端装备制造产业集群示范基地" * 4
        s = self.open(cols=80, rows=24)
        s.type(name)
        self.assertTrue(s.has("‹") and s.has(name[-6:]), s.shown())
        s.keys("Down")
        s.wait(re.compile(r"园区名称 \*  " + name[:12]))
        s.keys("Up")
        s.wait(name[-6:])

    def test_no_file_is_written_over(self):
        self.path().write_text("mine")
        s = self.open()
        s.type(PARK)
        self.assertTrue(s.has("已有这个文件，不会覆盖"), s.shown())
        s.to_field("存到")
        s.keys("C-u")
        s.type("/nowhere/x.lingtan")
        self.assertTrue(s.has("没有这个文件夹：/nowhere"), s.shown())
        s.keys("F5")
        self.assertEqual(self.path().read_text(), "mine")

    def test_escape_keeps_the_form(self):
        s = self.open()
        s.keys("Esc")
        self.assertTrue(s.has("第一次使用") and not s.has("所填都留着"), s.shown())
        s.keys("6")
        s.type(PARK)
        s.to_field("标准")
        self.tick(s, "T/SEESA")
        s.keys("Esc")
        s.wait("所填都留着")
        s.keys("Esc")
        self.assertEqual(s.end(), 0)
        s = self.open()
        s.wait("接着上次没建完的")
        self.assertTrue(s.has(PARK) and s.has("[x] T/SEESA"), s.shown())

    def test_what_can_be_kept_nowhere_goes_only_when_asked_twice(self):
        self.bench.write("home/state/lingtan/drafts", "")
        s = self.open()
        s.type(PARK)
        s.keys("Esc")
        s.wait("没有存入，草稿也存不下；再按 Esc 就丢掉所填")
        self.assertTrue(s.has(PARK))
        s.keys("Esc")
        s.wait("没有建立，所填没有留下")

    def test_killed_while_typing(self):
        s = self.open()
        s.type(PARK)
        s.wait(lambda s: self.bench.drafts(PARK))
        s.signal("SIGKILL")
        s.end()
        s = self.open()
        self.assertTrue(s.has(PARK), s.shown())

    def test_sizes(self):
        for cols, rows in ((60, 18), (80, 24), (132, 43)):
            for lang in ("zh", "en"):
                s = self.open("--lang", lang, cols=cols, rows=rows)
                s.type("x")
                self.assertEqual(s.state().notes, [])
                if cols < 100:
                    s.keys("F3")
                    self.assertTrue(s.has("由此确定" if lang == "zh" else "What follows"), s.shown())
                s.keys("Esc")
                s.close()


if __name__ == "__main__":
    main()
