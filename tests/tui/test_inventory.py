"""The inventory as a grid: typed like a spreadsheet, totals and balance follow each key, every cell is one entry."""
import pathlib
import re
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from case import EVALUATOR, ScreenCase, made, main  # noqa: E402
from park import OWNER  # noqa: E402
from screen import full_width  # noqa: E402

# as drawn: one line a source; the emissions of the year add up to 15,429.21, the net to 6,313.97
TABLE = """年度,类别,排放源,范围,系统,活动量,单位,因子,因子值,因子单位,因子出处,流向,电或热
2024,,柴油 叉车与应急发电,1,能源,192,t,diesel,,,,,
2025,,柴油 叉车与应急发电,1,能源,186.4,t,diesel,,,,,
2025,,天然气 食堂与涂装,1,能源,21.5,万Nm3,natural-gas,,,,,
2025,,汽油 公务车,1,交通,42.6,t,petrol,,,,,
2025,,外购电 网电,2,能源,31200,MWh,grid-2023-fujian,,,,外购,电
2025,,光伏 自发自用,2,能源,11740,MWh,,0,tCO2/MWh,自发自用,自发,电
2025,,外购热力,2,能源,8600,GJ,heat-purchased,,,,,
2025,,生活垃圾焚烧,3,废弃物,320,t,waste-municipal-burnt,,,,,
2025,,员工通勤,3,交通,,km,,,,,,
2025,吸收,厂区绿化,,生态,26.8,ha,,4.3,tCO2/ha,本园测算,,
2025,抵消,CCER 海上风电项目,,,9000,t,,1,tCO2/t,注销号 3,,
"""


def fill(bench):
    path = bench.new("盘查.lingtan")
    bench.write("t.csv", TABLE)
    bench.run("line", "import", path.name, "t.csv", "--place", "全园", "--as", EVALUATOR)
    return path


class Inventory(ScreenCase):
    def open(self, *args, **more):
        """A change that waits for the disk says so in the place of the sums: a key is done when they are back."""
        s = super().open(*args, **more)
        rest = s.settle

        def settle(quiet_ms=2):
            found = rest(quiet_ms)
            while s.has("正在处理"):
                s.wait(lambda s: not s.has("正在处理"))
                found = rest(quiet_ms)
            return found

        s.settle = settle
        return s

    def grid(self, *args, **more):
        shutil.copy(made("inventory", fill), self.path)
        s = self.open(*args, **more)
        s.keys("F6")
        s.keys("2")
        s.wait(re.compile("^ 盘查 " if "en" not in args else "^ Inventory "))
        return s

    def row(self, s, words):
        return next(line for line in s.lines() if words in line)

    def to(self, s, words):
        s.until(lambda s: "›" in self.row(s, words), "Down", most=20)

    def test_a_cell_as_in_the_line_above(self):
        s = self.grid()
        before = self.log()
        s.keys("C-d")  # nothing is above the first
        self.assertEqual(self.log(), before)
        # a line of its own, copied down cell by cell: what belongs to a cell comes with it
        self.to(s, "汽油 公务车")
        s.keys("+")
        s.type("汽油 班车")
        for _ in range(3):
            s.keys("Tab", "C-d")
        self.assertRegex(self.row(s, "汽油 班车"), r"› +4 .*汽油 班车 +42\.6 t +2\.9251 GB/T 32151")
        self.assertTrue(s.has("因子  汽油"), s.shown())
        self.assertEqual([line["amount"] for line in self.document("inventory", self.path)["lines"] if line["source"] == "汽油 班车"], ["42.6"])
        s.keys("F8", "F8")
        self.assertRegex(self.row(s, "汽油 班车"), r"42\.6 +未选")
        # what does not fit is refused, and the line is as it was
        s.until(lambda s: "›" in self.row(s, "天然气"), "Up")
        whole = self.log()
        s.until(lambda s: s.has("不配"), "Right", "C-d", most=6)
        self.assertRegex(self.row(s, "天然气"), r"21\.5 万Nm3 +21\.6219")
        self.assertEqual(self.log(), whole)
        s.keys("Left")
        s.until(lambda s: "186.4 万Nm3" in self.row(s, "天然气"), "Left", "C-d", most=3)
        s.keys("F8")
        self.assertRegex(self.row(s, "天然气"), r"21\.5 万Nm3")
        s.close()
        s = self.grid("--readonly")
        self.to(s, "天然气")
        s.keys("C-d")
        self.assertRegex(self.row(s, "天然气"), r"21\.5 万Nm3")

    def test_undo_goes_to_the_line_that_it_changed(self):
        for size in ((60, 18), (100, 32)):
            s = self.grid(cols=size[0], rows=size[1])
            self.to(s, "天然气")
            s.keys("7", "Enter")
            s.until(lambda s: "›" in self.row(s, "汽油 公务车"), "Up", most=20)
            s.keys("F8")
            s.wait("已撤销：")
            self.assertIn("›", self.row(s, "天然气"))
            s.close()

    def test_a_factor_is_chosen_where_it_has_no_column(self):
        """On the smallest screen, and with a column for each month."""
        for size, months in (((60, 18), ()), ((100, 32), ("C-g",))):
            s = self.grid(cols=size[0], rows=size[1])
            self.to(s, "汽油 公务车")
            s.keys("+")
            s.type("柴油 发电机")
            s.keys("Tab")
            s.type("12")
            s.keys("Tab")
            s.type("t")
            s.keys("Enter", *months)
            s.until(lambda s: "›" in self.row(s, "柴油 发电机"), "Up", most=20)
            self.assertRegex(s.text(), "因子  未选  F4 选")
            s.keys("Home", "Right", "Right", "F4")
            s.until(lambda s: re.search("› .*选这一行的因子", s.text()), "Down", most=40)
            s.keys("Enter")
            s.wait("─ 这一行的因子")
            s.until(lambda s: re.search("› .*柴油", s.text()), "Down", most=40)
            s.keys("Enter")
            self.assertRegex(s.text(), r"因子  柴油")
            (line,) = [line for line in self.document("inventory", self.path)["lines"] if line["source"] == "柴油 发电机"]
            self.assertEqual(line["factor"], "diesel", line)
            s.close()

    def test_what_was_half_typed_waits_while_it_is_only_read(self):
        s = self.grid()
        self.to(s, "天然气")
        s.type("77")
        s.wait("77 万Nm3 *")
        s.wait(lambda s: self.bench.drafts("77"))
        s.paste("食堂与涂装车间" * 30 + "完")
        s.wait(lambda s: self.bench.drafts("77" + "食堂与涂装车间" * 30 + "完"))
        s.signal("SIGKILL")
        s.end()
        s.close()
        s = self.open("--readonly")
        s.keys("F6", "2")
        s.wait("净排放")
        self.assertNotIn("接着上次", s.text())
        self.leave(s)

    def test_as_drawn(self):
        s = self.grid()
        self.assertIn("15,429.21", self.row(s, "排放合计"))
        self.assertIn("6,313.97", self.row(s, "净排放  "))
        self.assertRegex(self.row(s, "外购电"), r"4  2     能源    外购电 网电 +31,200 MWh +0.4211 +福建 2023 +13,138.32 14,304.88")
        self.assertRegex(self.row(s, "员工通勤"), r"未填 km +未选 +- 15,429.21")
        self.assertIn("-9,000.00", self.row(s, "CCER"))
        self.assertIn("已中和 59.1 %", s.lines()[-2])
        self.assertIn("范围 2", s.text())
        self.assertIn("91.3 %", s.text())
        self.assertIn("外购 31,200 + 自发 11,740 - 外送 0 = 用电 42,940 MWh", s.text())
        self.to(s, "柴油")
        self.assertIn("186.4 t * 3.0959 tCO2/t = 577.08", s.text())
        self.assertIn("2024  192", s.text())

    def test_where_nothing_counts_as_emission_no_total_is_shown(self):
        path = self.bench.new("单列.lingtan")
        self.bench.run("line", "add", path.name, "year=2025", "source=木屑", "scope=1", "system=能源", "amount=100 t", "factor_value=1.5",
                       "factor_unit=tCO2/t", "factor_cite=化验单", "biogenic=yes", "--as", EVALUATOR)
        shutil.copy(path, self.path)
        s = self.open()
        s.keys("F6", "2")
        s.wait(re.compile("^ 盘查 "))
        for words in ("排放合计", "净排放 "):
            self.assertRegex(self.row(s, words), words.strip() + r" +-( |$)")
        self.assertRegex(s.lines()[-2], r"净排放 - tCO2e")
        # declared and verified: neither has anything
        s.keys("C-Home", "Up", *["Right"] * 7, "Enter", "8")
        s.wait("核定值")
        for words in ("范围 1", "排放合计", "净排放"):
            self.assertRegex(self.row(s, words), words + r" +- +- +- +- *$")
        self.assertRegex(self.row(s, "吸收"), r"吸收 +0\.00 +0\.00 +0\.00 +- *$")

    def test_what_nobody_declared_is_told_as_on_the_command_line(self):
        s = self.grid()
        s.keys("C-Home", "Up", *["Right"] * 7, "Enter", "8")
        s.wait("核定值")
        s.keys(*["Down"] * 7)
        s.wait("未申报，评价时填入：")
        told = self.bench.run("conclusion", self.path.name).stdout
        said = re.search(r"未申报，评价时填入：\S+ \S+", s.text()).group()
        self.assertIn("    %s\n" % said, told)
        self.assertIn("    未申报，评价时填入：- km\n", told)

    def test_totals_follow_each_key_and_a_cell_is_one_entry(self):
        s = self.grid()
        before = len(self.log())
        self.to(s, "员工通勤")
        s.keys("Up")
        self.assertIn("›", self.row(s, "生活垃圾"))
        s.type("4")
        self.assertIn("2.23", self.row(s, "生活垃圾"))
        s.type("00")
        self.assertIn("222.92", self.row(s, "生活垃圾"))
        self.assertIn("6,358.56", s.lines()[-2])
        self.assertIn("未存", s.lines()[0])
        s.keys("Enter")
        self.assertIn("›", self.row(s, "员工通勤"))
        self.assertEqual(len(self.log()), before + 1)
        self.assertIn("6,358.56", s.lines()[-2])
        s.keys("F8")
        s.wait("6,313.97")
        self.assertIn("›", self.row(s, "生活垃圾"))
        self.assert_holds()

    def test_a_wrong_cell_warns_and_the_old_value_counts(self):
        s = self.grid()
        self.to(s, "外购电")
        before = len(self.log())
        s.type("12kg")
        self.assertIn("13,138.32", self.row(s, "外购电"))
        s.keys("Enter")
        self.assertIn("未存", s.lines()[0])
        s.keys("Backspace", "Backspace", "Esc")
        self.assertIn("5.05", self.row(s, "外购电"))
        self.assertEqual(len(self.log()), before + 1)
        # a unit that does not go with the factor says what was probably meant
        s.keys("Right")
        s.type("kW")
        self.assertIn("小时", s.text())
        s.keys("Esc")
        self.assertIn("原值仍算", s.text())
        self.assertIn("MWh", self.row(s, "外购电"))
        self.assertEqual(len(self.log()), before + 1)

    def test_a_line_is_inserted_and_filled_cell_by_cell(self):
        s = self.grid()
        self.to(s, "汽油")
        s.keys("+")
        self.assertIn("新行", s.text())
        s.type("柴油 锅炉")
        s.keys("Tab")
        s.type(full_width("10"))
        s.keys("Tab")
        s.type("t")
        s.keys("Tab")
        s.type("diesel")
        s.keys("Tab")
        s.wait(re.compile(r"柴油 锅炉 +10 t +3\.0959 "))
        self.assertRegex(self.row(s, "柴油 锅炉"), r"4  1 +交通 +柴油 锅炉 +10 t +3.0959 +GB/T 32151.22 +30.96 +1,197.51")
        lines = self.document("inventory", self.path)["lines"]
        self.assertEqual([l["source"] for l in lines][2:4], ["汽油 公务车", "柴油 锅炉"])
        # what may stand in the cell: first what is called as the line is, the newer set before the older
        self.to(s, "柴油 锅炉")
        s.keys("End", "Left", "F4")
        self.assertRegex(s.text(), r"› 1  柴油 +3.0959 tCO2/t")
        self.assertLess(s.text().index("炼厂干气 "), s.text().index("无烟煤（早期指南）"))
        # what is chosen is taken, of the set that it stands in
        s.keys("Down", "Enter")
        s.wait(lambda s: "30.96" not in self.row(s, "柴油 锅炉"))
        chosen = next(l for l in self.document("inventory", self.path)["lines"] if l["source"] == "柴油 锅炉")
        self.assertNotIn(chosen["factor"], ("diesel", "", None))
        self.assertTrue(chosen["factor_set"])
        s.keys("F8")
        s.wait("30.96")
        # a line is taken out by the menu of its cell
        s.keys("Down", "Home", "Right", "Right", "F4")
        self.assertIn("移除这一行", s.text())
        s.until(lambda s: "›" in self.row(s, "移除这一行"), "Down")
        s.keys("Enter")
        s.wait("已移除一行")
        self.assertFalse(s.has("外购电"))
        s.keys("F8")
        s.wait("外购电")
        self.assert_holds()

    def test_rows_of_a_spreadsheet_are_pasted_as_one_entry(self):
        s = self.grid()
        before = len(self.log())
        s.paste("排放源\t范围\t活动量\t单位\t因子编号\r\n乙炔\t1\t1,000.5\tkg\t\r\n蒸汽\t2\t100\tGJ\theat-purchased\r\n")
        s.wait("乙炔")
        self.assertIn("1,000.5", self.row(s, "乙炔"))
        self.assertIn("11.00", self.row(s, "蒸汽"))
        self.assertEqual(len(self.log()), before + 1)
        self.assertIn("因子未说明 1", s.text())
        # a column of amounts over the lines from the cursor on
        self.to(s, "汽油")
        s.keys("Down")
        s.until(lambda s: "›" in self.row(s, "柴油"), "Up")
        s.paste("200\n22\n")
        s.wait("619.18")
        self.assertIn("22 万Nm3", self.row(s, "天然气"))
        self.assertEqual(len(self.log()), before + 2)
        s.paste("排放源\t活动量\t单位\nx\t1\tspoon\n")
        self.assertIn("spoon", s.text())
        self.assertEqual(len(self.log()), before + 2)

    def test_months_stand_in_columns_and_the_year_follows_them(self):
        s = self.grid()
        self.to(s, "员工通勤")
        before = len(self.log())
        s.keys("C-g")
        self.assertRegex(s.lines()[4], r"排放源 +单位 +1月 +2月 +3月 +4月 +5月 +6月 +全年")
        self.assertRegex(self.row(s, "员工通勤"), r"km +- +- +- +- +- +- +未填")
        s.type("1,200")
        self.assertRegex(self.row(s, "员工通勤"), r"km .* 1,200$")
        s.keys("Tab")
        s.type("800")
        s.keys("Tab")
        self.assertRegex(self.row(s, "员工通勤"), r"km +1,200 +800 +- .* 2,000$")
        self.assertIn("2 个月 合计 2,000", s.text())
        self.assertEqual(len(self.log()), before + 2)
        # a block over two lines, from the third month on; what was typed for the year stays and is held against the months
        s.keys("Up")
        s.keys("Home", "Right", "Right", "Right", "Right")
        s.paste("30\t31\t32\n500\t\t700\n")
        s.wait("3,200")
        self.assertRegex(self.row(s, "生活垃圾"), r"t +- +- +30 +31 +32 +- +320$")
        self.assertIn("3 个月 合计 93，全年 320，差 227", s.text())
        self.assertRegex(self.row(s, "员工通勤"), r"1,200 +800 +500 +- +700 +- +3,200$")
        self.assertEqual(len(self.log()), before + 3)
        # the next gap; the second half of the year comes when the cursor is there
        s.keys("F5")
        self.assertIn("›", self.row(s, "员工通勤"))
        s.type("100")
        s.keys("Tab", "Tab", "Tab")
        self.assertRegex(s.lines()[4], r"7月 +8月 +9月 +10月 +11月 +12月 +全年")
        s.type("50")
        s.keys("Enter")
        self.assertRegex(self.row(s, "员工通勤"), r"3,350$")
        s.keys("F8")
        s.wait("3,300")
        # what cannot be is not taken
        self.assertIn("›", self.row(s, "员工通勤"))
        s.type("x")
        s.keys("Enter")
        self.assertIn("未存", s.lines()[0])
        s.keys("Esc", "C-g")
        self.assertRegex(self.row(s, "员工通勤"), r"3,300 km +未选")
        line = next(l for l in self.document("inventory", self.path)["lines"] if l["source"] == "员工通勤")
        self.assertEqual((line["amount"], line["months"][:5]), ("3300", ["1200", "800", "500", "100", "700"]))
        self.assert_holds()

    def test_another_rungs_line_asks_for_the_reason(self):
        shutil.copy(made("inventory", fill), self.path)
        s = self.open(who=OWNER)
        s.keys("F6")
        s.keys("2")
        self.assertIn("还没有盘查数据", s.text())
        s.keys("+")
        s.keys("Esc")
        self.bench.run("line", "add", self.path.name, "year=2025", "source=园区柴油", "scope=1", "amount=1", "unit=t", "factor=diesel", "--as", OWNER)
        s = self.open()
        s.keys("F6")
        s.keys("2")
        self.to(s, "园区柴油")
        s.type("2")
        s.keys("Enter")
        self.assertIn("核定理由", s.text())
        s.type("漏计一张单")
        s.keys("Enter")
        s.wait("申报 1")
        self.to(s, "园区柴油")
        self.assertIn("核定 2 t", s.text())
        s.keys("C-Home", "Up", "Right", "Right", "Right", "Right", "Right", "Enter", "8")
        s.wait("实质性限值未定")
        self.assertRegex(self.row(s, "范围 1"), r"范围 1 +3.10 +1,172.75 +1,169.65")
        self.to(s, "园区柴油")
        self.assertIn("1 -> 2 t  漏计一张单", s.text())
        self.bench.run("fill", self.path.name, "settings", "materiality=5", "data_quality=开", "uncertainty=约 4.8%", "--as", EVALUATOR)
        s.keys("Enter")
        s.wait("自发 11,740")
        self.assertIn("›", self.row(s, "园区柴油"))
        self.close(s)
        s = self.open()
        s.keys("F6", "2", "C-Home", "Up", "Right", "Right", "Right", "Right", "Right", "Enter", "8")
        s.wait("约 4.8%")
        self.assertIn("实质性限值 5 %", s.text())
        self.assertIn("未说明 100.0 %", s.text())
        found = self.document("conclusion", self.path)["lines"]
        self.assertIn(("园区柴油", "1", "2", "漏计一张单"), [(l["source"], l["declared_amount"], l["verified_amount"], l["reason"]) for l in found])

    def test_another_standard_of_the_park_stands_beside(self):
        shutil.copy(made("inventory", fill), self.path)
        self.bench.add(self.path.name, "ndrc-910-2025")
        s = self.open("--assessment", "t-csus-66-2023/operation/2025")
        s.keys("F6", "2")
        self.to(s, "外购电")
        s.wait("910号 25,974.00")
        s.keys("F3")
        s.wait("算式")
        self.assertIn("›", self.row(s, "碳排放量"))

    def test_a_line_that_a_mean_counts_is_explained_by_it(self):
        shutil.copy(made("inventory", fill), self.path)
        for standard in ("ndrc-910-2025", "t-ipif-2023"):
            self.bench.add(self.path.name, standard)
        self.pin_mean(self.path)
        s = self.open("--assessment", "t-ipif-2023")
        s.keys("F6", "2")
        self.to(s, "外购电")
        s.wait("910号 25,974.00")       # the standards have been read
        self.to(s, "CCER")
        s.keys("F3")
        s.wait("算式")
        self.assertIn("›", self.row(s, "碳抵消量"))

    def test_what_a_verifier_finds_is_gone_to(self):
        s = self.grid()
        s.keys("C-k")
        s.wait("有误")
        self.assertRegex(s.text(), r"› ✗ 台账行 +CCER 海上风电项目：登记簿中没有对应的抵消")
        self.assertRegex(s.text(), r"! 台账行 +员工通勤：活动量未填")
        self.assertIn("no-instrument", s.text())
        self.to(s, "员工通勤")
        s.keys("Enter")
        s.wait("净排放")
        self.assertIn("›", self.row(s, "员工通勤"))
        s.type("10")
        s.keys("Enter", "Esc")
        s.wait("有误")
        self.assertFalse(s.has("员工通勤：活动量未填"))
        self.assertIn("员工通勤：10 km 未说明因子", s.text())
        self.assert_holds()

    def test_standards_stand_side_by_side_with_why_they_differ(self):
        shutil.copy(made("inventory", fill), self.path)
        self.bench.add(self.path.name, "ndrc-910-2025")
        self.bench.add(self.path.name, "t-ipif-2023")
        s = self.open("--assessment", "t-csus-66-2023/operation/2025")
        s.keys("F6", "2", "F4")
        s.keys("Esc", "C-Home", "Up")
        s.until(lambda s: s.has("各标准对照"), "Right", "Right", "Right", "Right", "Right", "Right", "Enter", most=10)
        s.keys("7")
        s.wait("各按各的算")
        self.assertRegex(self.row(s, "T/IPIF"), r"- +115.24 +9,000.00 +-$")
        s.keys("Up", "Up", "Up")
        self.assertIn("›", self.row(s, "910号"))
        self.assertRegex(s.text(), r"12,835.68  因子不同 +1 行：外购电 网电")
        self.assertRegex(s.text(), r"其他电力受入量 +31,200 MWh")
        s.keys("Down", "Down", "PageDown", "PageDown", "PageDown")
        self.assertRegex(s.text(), r"电力排放（按地点） +16,554.72 tCO2")
        self.assertRegex(s.text(), r"电力排放（按市场） +19,019.52 tCO2")

    def pin_mean(self, path):
        """T/IPIF takes the mean of three years."""
        self.bench.write("mean.yaml", "profile: mean\nruleset: t-ipif-2023\nresponsible: 示例机构\ntitle: {zh: 三年, en: Three years}\n"
                         "parameters:\n- {id: basis_years, value: \"3\", cite: 第3页}\n")
        self.bench.run("profile", "import", path.name, "mean.yaml", "--as", EVALUATOR)
        self.bench.run("profile", "pin", path.name, "mean", "--assessment", "t-ipif-2023//2025", "--as", EVALUATOR)

    def compared(self, *args, **more):
        """The page of standards side by side."""
        s = self.open("--assessment", "t-ipif-2023//2025", *args, **more)
        s.keys("F6", "2", "F4")
        s.keys("Esc", "C-Home", "Up")
        heading = "Standards side by side" if "en" in args else "各标准对照"
        s.until(lambda s: s.has(heading), *["Right"] * 6, "Enter", most=10)
        s.keys("7")
        s.wait("one ledger" if "en" in args else "各按各的算")
        return s

    def test_only_two_emissions_are_told_to_be_the_same_and_a_mean_is_called_one(self):
        path = self.bench.new("均值.lingtan", "t-ipif-2023")
        self.bench.add(path.name, "t-cers-2025")
        power = ("source=网电", "scope=2", "system=能源", "unit=MWh", "carrier=power", "flow=purchased", "factor=grid-2023-national", "--as", EVALUATOR)
        for year, amount in (("2024", "800"), ("2025", "1000")):
            self.bench.run("line", "add", path.name, "year=" + year, "amount=" + amount, *power)
        shutil.copy(path, self.path)
        s = self.compared()
        s.keys("Up")
        s.wait("与 T/IPIF 0000—2023 的排放相同")
        self.assertNotIn("平均", s.text())
        self.close(s)
        # the mean of three years, of which one has no figure
        self.pin_mean(path)
        shutil.copy(path, self.path)
        s = self.compared()
        self.assertRegex(self.row(s, "近 3 年平均"), r"T/IPIF 0000—2023  近 3 年平均 .* - +-")
        self.assertNotIn("平均", self.row(s, "T/CERS"))
        s.keys("Up")
        s.wait("未能算出，无从与 T/IPIF 0000—2023 比较")
        self.close(s)
        s = self.compared("--lang", "en", cols=60, rows=18)
        self.assertRegex(self.row(s, "one ledger"), r"2025  one ledger, own rules each  +emission +net$")
        self.assertRegex(self.row(s, "mean of 3 years"), r"T/IPIF.* mean of 3 years .*- +-$")
        s.keys("Up")
        s.wait("Open: not to be compared with T/IPIF")

    def test_evidence_is_tied_with_its_place(self):
        s = self.grid()
        self.to(s, "外购电")
        self.assertIn("还没有；F2 挂", s.text())
        self.bench.write("结算单.txt", "1")
        self.bench.run("line", "attach", self.path.name, "外购热力", "结算单.txt", "--locator", "第 1 页", "--as", EVALUATOR)
        self.close(s)
        s = self.open()
        s.keys("F6", "2")
        self.to(s, "外购热力")
        s.wait("结算单.txt 第 1 页")
        s.keys("Down")
        s.keys("F2")
        s.keys("1")
        s.type("第 3 页")
        s.keys("Enter")
        s.wait("结算单.txt 第 3 页")
        s.keys("F2")
        self.assertIn("取下 结算单.txt", s.text())
        s.keys("1")
        s.wait("还没有；F2 挂")
        s.keys("F8")
        s.wait("结算单.txt 第 3 页")
        self.assert_holds()

    def test_above_the_grid_no_key_is_of_a_line(self):
        """Where the cursor stands on no line nothing is offered for one: it would be that which was left."""
        s = self.grid()
        self.assertTrue(s.has("F2 佐证") and s.has("F4 选"), s.shown())
        s.keys("C-Home", "Up")
        self.assertRegex(s.lines()[-1], "Enter 选 .*F3 追溯")
        self.assertFalse(s.has("F2 佐证") or s.has("F4 选"), s.shown())
        for key in ("F2", "F4"):
            s.keys(key)
            self.assertTrue(s.has("Enter 选") and not s.has("移除这一行"), s.shown())
        s.keys("F3")
        s.wait(re.compile("^ 追溯 "))

    def test_years_filters_and_registers_stand_above(self):
        s = self.grid()
        for _ in range(12):
            s.keys("Up")
        s.keys("Left", "Enter")
        s.wait("594.41")
        self.assertIn("[2024]", s.lines()[2])
        s.keys("Right", "Enter", "Right", "Enter")
        s.keys("2")
        self.assertIn("员工通勤", s.text())
        self.assertFalse(s.has("外购热力"))
        s.keys("Enter", "1", "Right", "Right", "Enter")
        s.wait("逐月")
        s.keys("Enter", "Right", "Enter", "1")
        s.wait("还没有登记抵消")
        s.keys("Esc")
        s.wait("净排放")
        s.keys("Enter", "5")
        s.wait("填难易")
        self.assertRegex(self.row(s, "外购电"), r"排放 +外购电 网电 +13,138.32 +85.2 % +━+╌* +-")
        self.assertRegex(self.row(s, "CCER"), r"抵消 +CCER 海上风电项目 +9,000.00 +100.0 %")
        self.bench.run("fill", self.path.name, "appraisal", "emission/外购电 网电", "difficulty=难", "why=屋顶已满", "--as", EVALUATOR)
        s.keys("Esc", "Enter", "5")
        s.wait("屋顶已满")

    def test_other_sizes_and_english(self):
        for cols, rows in ((60, 18), (80, 24), (132, 43)):
            s = self.grid("--lang", "en", cols=cols, rows=rows)
            self.assertIn("13,138.32", self.row(s, "外购电"))
            self.assertEqual(max(harness_width(line) for line in s.lines()) <= cols, True)
            self.close(s)

    def test_help_says_what_tab_does_where_the_cursor_stands(self):
        for lang, above, below in (("zh", "回到表格", "右边一格"), ("en", "back to the grid", "the cell at the right")):
            s = self.grid("--lang", lang)
            s.keys("F1")
            self.assertTrue(s.has(below) and not s.has(above), s.shown())
            s.keys("Esc", "C-Home", "Up", "F1")
            self.assertTrue(s.has(above) and not s.has(below), s.shown())
            s.keys("Esc", "Right", "Tab", "F1")
            self.assertTrue(s.has(below), s.shown())
            s.close()


def harness_width(line):
    import unicodedata
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


if __name__ == "__main__":
    main()
