"""The overview: what it shows is what `lingtan score --json` says, for every standard, in both languages, at every size."""
import decimal
import pathlib
import re
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import park  # noqa: E402
from case import EVALUATOR, StandardsCase, main  # noqa: E402
from figures import interval, number  # noqa: E402


SIZES = [(60, 18), (80, 24), (100, 32), (132, 43)]


class Overview(StandardsCase):
    def test_a_rung_without_a_grade_has_a_dash_and_who_may_not_write_hears_how(self):
        self.bench.forget_place()
        s = self.bench.start("ndrc-910-2025.lingtan", "--as", park.REVIEWER, "--readonly", cols=80, rows=24)
        self.addCleanup(s.close)
        s.settle()
        self.assertRegex(self.row(s, "等级"), "等级 +- +核查项 ")
        s.keys("4", "1")
        s.wait("F9 里选副册")

    def test_words_that_come_all_at_once_are_no_keys(self):
        """Pasted by a terminal that knows no pastes, or sent by an input method; a few keys at once are keys."""
        told = "打的字没有用上；"
        s = self.open("示例园区.lingtan", cols=60, rows=18)
        before = s.text()
        for words in ("见2号厂房", "12、分区管控查询单", "2025-03-25 boiler 1, 3 t/h", "4q1\t2\t1.5 MW, 2 sets\r" * 40, "项目1号\r\r3 符合\r", "２号楼３层水表"):
            s.send(words)
            s.wait(told)
            s.rest()
            self.assertRegex(s.lines()[0], "^ 总览", words)
            s.keys("Up")
            self.assertEqual(s.text(), before, words)
        # what is typed behind them counts
        s.send("见2号厂房")
        s.press("F6")
        s.wait("─ 转到 ─")
        s.keys("Esc")
        # a key that is held down, and a few of them
        s.send("j" * 40)
        s.settle()
        self.assertRegex(s.lines()[0], "^ 总览")
        self.assertNotEqual(s.text(), before)
        s.send("14.2.6")
        s.wait(re.compile("^  4\\.2\\.6 "))
        s.keys("Esc")
        s.send(":资料\r")
        s.wait(re.compile("^ 资料 "))
        s.keys("Esc")
        s.send("/4.2.6")
        s.wait("交通体系规划")

    def test_years_stand_beside_the_balance(self):
        s = self.open("示例园区.lingtan")
        self.assertIn("碳平衡  2025 年 ", self.row(s, "碳平衡"), "one year has nothing to compare with")
        shutil.copy(str(self.bench.dir / "示例园区.lingtan"), str(self.bench.dir / "三年.lingtan"))
        lines = "".join('- {id: "%d-01", year: "20%d", kind: emission, system: energy, source: 锅炉, activity: "%d", unit: "10^4Nm3", factor: natural-gas}\n'
                        % (year, year, amount) for year, amount in ((23, 1400), (24, 900)))
        self.bench.write("早年.yaml", "rung: self\nassessment: t-csus-66-2023/operation/2025\npark_type: production\ninventory:\n" + lines)
        self.bench.run("import", "三年.lingtan", "早年.yaml", "--as", park.OWNER)
        self.assertIn("碳平衡  █▆▁ 2025 年 ", self.row(self.open("三年.lingtan"), "碳平衡"))
        self.assertIn("碳平衡  |:_ 2025 年 ", self.row(self.open("三年.lingtan", "--no-unicode"), "碳平衡"))

    def test_figures_are_those_of_score(self):
        s, score = self.open("示例园区.lingtan"), self.score("示例园区.lingtan")
        self.assertIn(interval(score["total"], 1), self.row(s, "总分 "))
        self.assertIn(score["grade"]["title"], self.row(s, "等级 "))
        controls = score["controls"]
        self.assertIn("%d/%d" % (controls["met"], controls["met"] + controls["not_met"] + controls["open"]), self.row(s, "控制项 "))
        self.assertEqual(len(score["sections"]), 9)
        for section in score["sections"]:
            row = self.row(s, " %s %s" % (section["id"], section["title"][:6]))
            self.assertIn(" %s " % interval(section, -2), row)
            if section["weight"]:
                self.assertIn(" %s " % number(section["weight"], 2), row)
        balance = score["balance"]
        for title, amount in (("碳排放量", balance["emission"]), ("碳吸收量", "-" + balance["absorption"]), ("净排放", balance["net"])):
            self.assertTrue(self.row(s, title).rstrip().endswith(number(amount, 1)), title)

    def test_a_total_is_not_rounded_onto_the_line_that_it_misses(self):
        """59.96 is no 60.0 beside a pass mark of 60."""
        shutil.copy(str(self.bench.dir / "示例园区.lingtan"), str(self.bench.dir / "差一点.lingtan"))
        for item, points in (("7.2.4", "0"), ("10.2.1", "3.05")):
            self.bench.run("set", "差一点.lingtan", item, "points:" + points, "--as", EVALUATOR)
        self.assertEqual(interval(self.score("差一点.lingtan")["total"], 2), "59.96~69.66")
        s = self.open("差一点.lingtan")
        self.assertIn("总分  59.96~69.66 ", self.row(s, "总分 "))
        s.keys("1")
        self.assertIn("总分 59.96~69.66 ", self.row(s, "及格 60"))
        self.assertIn("59.96~69.66", self.bench.run("--plain", "差一点.lingtan", "--as", EVALUATOR).stdout)

    def test_the_radar_says_what_was_got_of_the_full_mark(self):
        s, score = self.open("示例园区.lingtan"), self.score("示例园区.lingtan")
        text = "\n".join(s.lines())
        for section, name in (("4", "规划"), ("5", "产业"), ("8", "基础"), ("11", "运营")):
            got = next(x for x in score["sections"] if x["id"] == section)
            self.assertIn("%s %s" % (name, number(decimal.Decimal(got["low"]) * 100 / decimal.Decimal(got["maximum"]), 0)), text)
        self.assertRegex(text, "[\u2801-\u28ff]{3}")
        s = self.open("示例园区.lingtan", "--no-unicode")
        # the full mark, what can still be got and what was got, where the highest corner is
        self.assertRegex(self.row(s, "运营 78"), r"运营 78 \.\.\. +oo\*\*\*o +\.\.\. 产业 69")
        self.assertFalse(re.search("[\u2801-\u28ff]", "\n".join(s.lines())))

    def test_every_standard_leads_with_its_figure(self):
        leads = {"t-ipif-2023": ("net", 1), "t-cers-2025": ("net", 1), "t-seesa-2024": (None, 1), "ndrc-910-2025": ("intensity", -4)}
        self.assertEqual(sorted(leads), sorted(park.STANDARDS[1:]))
        for standard, (lead, places) in leads.items():
            s, score = self.open(standard + ".lingtan"), self.score(standard + ".lingtan")
            outcomes = {o["id"]: o for o in score["outcomes"]}
            self.assertIn(interval(outcomes[lead] if lead else score["total"], places), s.lines()[2], standard)
            self.assertIn("未定，最高 四星 创建" if standard == "t-seesa-2024" else score["grade"]["title"], s.lines()[3], standard)
            for outcome in outcomes.values():
                if lead and outcome["kind"] == "truth" and outcome["value"]:
                    self.assertIn("✓ 成立" if outcome["value"] == "1" else "✗ 不成立", self.row(s, outcome["title"][:8]), standard)

    def test_nothing_is_missing_at_any_size(self):
        for cols, rows in SIZES:
            for lang, leads, foot in (("zh", "总分", "F1 帮助"), ("en", "Total", "F1 help")):
                s = self.open("示例园区.lingtan", "--lang", lang, cols=cols, rows=rows)
                lines = s.lines()
                self.assertIn(leads + "  63.2~72.8", lines[2])
                self.assertTrue(lines[-1].rstrip().endswith(foot), (cols, lang))
                self.assertIn(" 12 ", "".join(lines))  # the last section
                self.assertEqual(s.state().notes, [], (cols, lang))

    def test_a_new_assessment_of_every_standard(self):
        for standard in park.STANDARDS[1:]:
            self.bench.new("new-%s.lingtan" % standard, standard)
            for cols, rows in (SIZES[0], SIZES[2]):
                s = self.open("new-%s.lingtan" % standard, cols=cols, rows=rows)
                s.keys(*["Tab", "Down"] * 5)
                self.assertEqual(s.state().notes, [], standard)
                self.assertTrue(s.has("F1 帮助"), standard)

    def test_progress_and_what_is_open_add_up(self):
        self.bench.new("空.lingtan")
        self.bench.run("set", "空.lingtan", "4.2.6", "points:6", "--as", park.EVALUATOR)
        self.bench.run("set", "空.lingtan", "12-1", "points:6", "--as", park.EVALUATOR)
        s = self.open("空.lingtan", cols=80, rows=24, shown=False)
        s.keys("1")
        done, all_, still, bonus = map(int, s.wait(lambda s: re.search(r"进度 (\d+)/(\d+) .* 未评 (\d+) +加分项未评 (\d+)", s.text())).groups())
        self.assertEqual((done, done + still, bonus), (1, all_, 11))
        s.resize(60, 18)
        self.assertIn("F12 显示分数", s.lines()[-2])
        told = self.bench.run("--plain", "空.lingtan", "--as", park.EVALUATOR).stdout
        self.assertIn("已评 1/%d，否决 0，未评 %d，缺佐证 2，退回 0，加分项未评 11\n" % (all_, still), told)

    def test_hidden_scores_stay_hidden(self):
        s = self.open("示例园区.lingtan", shown=False)
        self.assertTrue(s.has("F12 显示分数"))
        for figure in ("63.2", "72.8", "89.6", "59~69", "暂不评级"):
            self.assertFalse(s.has(figure), figure)
        s.keys("F12")
        self.assertTrue(s.has("63.2~72.8"))

    def test_tasks_are_handled_one_by_one(self):
        s = self.open("示例园区.lingtan")
        todo = [re.search(r"\d+(\.\d+)+", line).group() for line in s.lines() if re.match(r" +[✗◦!] \d", line)]
        self.assertEqual(todo[:3], ["8.1.1", "11.1.1", "4.2.6"])
        for item in todo[:3]:
            s.keys("F5")
            s.wait(re.compile("^ 逐项 "))
            self.assertTrue(any("│  %s " % item in line for line in s.lines()), item)
            s.keys("F6", "0")
            s.wait(re.compile("^ 总览 "))

    def test_tasks_begin_with_the_first_though_material_is_asked_for(self):
        shutil.copy(str(self.bench.dir / "示例园区.lingtan"), str(self.bench.dir / "待收.lingtan"))
        self.bench.run("fill", "待收.lingtan", "request", "topic=能源", "title=用电结算单", "state=asked", "due=2026-06-01", "--as", park.LEADER)
        self.bench.run("fill", "待收.lingtan", "request", "topic=能源", "title=用气结算单", "state=asked", "due=2026-05-01", "--as", park.LEADER)
        s = self.open("待收.lingtan")
        s.keys("F5")
        s.wait(re.compile("│  8.1.1 "))
        s.keys("F6", "0")
        s.wait(re.compile("^ 总览 "))
        # the last task is what is asked for: where it is kept, with the cursor on it; the next one is the first again
        s.keys("Tab", "End", "Enter")
        s.wait(re.compile("› .*用电结算单 .*已索取"))
        s.keys("Esc", "F5")
        s.wait(re.compile("│  8.1.1 "))

    def test_a_section_opens_at_its_first_open_item(self):
        s = self.open("示例园区.lingtan")
        s.keys("Down", "Down", "Down", "Down", "Enter")  # 7 能源体系
        s.wait(re.compile("^ 逐项 "))
        self.assertTrue(any("│  7.2.3 " in line for line in s.lines()))

    def test_arrows_and_tab_reach_all(self):
        s = self.open("示例园区.lingtan")
        for _ in range(10):
            s.keys("Down")
        self.assertIn("›", self.row(s, "8.1.1"))
        s.keys("Tab")
        self.assertIn("›", self.row(s, "自评"))
        s.keys("Enter")  # beside that rung
        s.wait(re.compile("^ 结果 "))
        self.assertTrue(s.has("较自评"))
        s.keys("Esc")
        s.keys("Tab")
        self.assertIn("›", self.row(s, "提高与创新"))  # where it was left
        s.keys("１")  # a full-width digit opens the items
        s.wait(re.compile("^ 逐项 "))


if __name__ == "__main__":
    main()
