"""The inventory of a project: lines, registers, factor sets, ledgers of tenants, declared beside verified."""

import decimal
import json
import re
import unicodedata
import zipfile

import harness
import projects
import workbooks
from projects import EVALUATOR, OWNER, ProjectCase

PARK = OWNER


class Inventory(ProjectCase):
    def line(self, path, *words, who=PARK, code=0, **more):
        return self.lingtan("line", words[0], path, *words[1:], "--as", who, code=code, **more)

    def add(self, path, source, who=PARK, **fields):
        return self.line(path, "add", "source=" + source, *["%s=%s" % (k, v) for k, v in ({"year": "2025"} | fields).items()], who=who)

    def inventory(self, path, *more, rung="self"):
        return self.document("inventory", path, "--rung", rung, *more)

    def lines(self, path, **more):
        return {l["source"]: l for l in self.inventory(path, **more)["lines"]}

    def filled(self):
        path = self.new()
        self.add(path, "柴油", scope="1", system="能源", amount="186.4", unit="t", factor="diesel")
        self.add(path, "网电", scope="范围2", system="energy", amount="31,200 MWh", factor="grid-2022-national", flow="外购", carrier="电")
        self.add(path, "通勤", scope="3", system="交通", unit="km")
        self.add(path, "绿化", kind="吸收", system="生态", amount="26.8", unit="公顷", factor_value="4.3", factor_unit="tCO2/ha", factor_cite="本园测算")
        return path

    def test_totals_are_exact_and_what_is_open_is_not_zero(self):
        path = self.filled()
        found = self.inventory(path)
        diesel = decimal.Decimal("186.4") * decimal.Decimal("3.0959")
        power = decimal.Decimal("31200") * decimal.Decimal("0.5366")
        self.assertEqual(found["balance"]["emission"], str((diesel + power).normalize()))
        self.assertEqual(found["balance"]["net"], str((diesel + power - decimal.Decimal("115.24")).normalize()))
        self.assertEqual(found["scopes"]["2"]["total"], str(power.normalize()))
        self.assertEqual(found["states"], {"counted": 3, "open": 1, "unstated": 0, "wrong": 0})
        self.assertEqual(found["power"]["purchased"], "31200000")
        self.assertIsNone(self.lines(path)["通勤"]["tonnes"])
        self.assertEqual([s["source"] for s in found["sources"]], ["网电", "柴油"])
        self.assertEqual([(s["source"], s["share_percent"]) for s in found["sinks"]], [("绿化", "100")])
        # how hard it is to cut, and why, as people judge it
        self.lingtan("fill", path, "appraisal", "emission/柴油", "difficulty=难", "why=没有电动叉车", "means=三年内换", "--as", PARK)
        self.assertEqual({s["source"]: (s["difficulty"], s["means"]) for s in self.inventory(path)["sources"]}, {"网电": (None, None), "柴油": ("hard", "三年内换")})
        self.assertIn("hard: 没有电动叉车", self.lingtan("inventory", path, "--rung", "self", "--lang", "en").out.lower())
        # an open emission leaves the balance of a standard open too
        self.assertIsNone(self.document("score", path, "--rung", "self")["balance"]["emission"])
        self.add(path, "年报光伏", scope="2", amount="8500", unit="MWh")
        self.assertEqual(self.lines(path)["年报光伏"]["factor_is"], "not_stated")
        self.assertIn("factor not stated", self.lingtan("inventory", path, "--rung", "self", "--lang", "en").out)
        self.assertEqual(self.inventory(path, "--year", "1999")["balance"]["emission"], None)

    def test_where_no_line_counts_as_emission_neither_it_nor_the_net_is_zero(self):
        path = self.new()

        def balance():
            found = self.inventory(path)
            told = self.lingtan("inventory", path, "--rung", "self").out
            rows = {line.split()[0]: line.split()[-1] for line in told.splitlines() if line.startswith(("排放合计", "吸收", "净排放"))}
            self.assertEqual("还没有一行计入排放" in told, found["balance"]["net"] is None, told)
            return found["balance"]["emission"], found["balance_co2"]["net"], rows["排放合计"], rows["净排放"]
        # CO2 of biomass and a memo stand apart, what is not filled in yet is not known
        self.add(path, "木屑", scope="1", system="能源", amount="100", unit="t", factor_value="1.5", factor_unit="tCO2/t", factor_cite="化验单", biogenic="是")
        self.add(path, "说明", kind="备忘", amount="7", unit="t")
        self.add(path, "网电", scope="2", system="能源")
        self.assertEqual(balance(), (None, None, "—", "—"))
        report = self.dir / "报告.html"
        self.lingtan("export", path, "--format", "html", "-o", report, "--as", EVALUATOR)
        self.assertRegex(re.sub(r"<[^>]+>|\s", "", report.read_text("utf-8")), "排放合计—")
        self.add(path, "绿化", kind="吸收", system="生态", amount="10", unit="t", factor_value="1", factor_unit="tCO2/t", factor_cite="测算")
        self.assertEqual(balance(), (None, None, "—", "—"))
        # nought that was counted is nought
        self.add(path, "光伏", scope="2", system="能源", amount="100", unit="MWh", factor_value="0", factor_unit="tCO2/MWh", factor_cite="自发")
        self.assertEqual(balance(), ("0", "-10", "0.00", "-10.00"))

    def test_methane_of_biomass_counts(self):
        path = self.new()
        burnt = dict(scope="1", system="能源", amount="100", unit="t", factor_cite="化验单", biogenic="是")
        self.add(path, "木屑", factor_value="1.5", factor_unit="tCO2/t", **burnt)
        self.assertIsNone(self.inventory(path)["balance"]["emission"])
        self.add(path, "木屑", gas="CH4", factor_value="0.27", factor_unit="tCO2e/t", **burnt)
        self.assertEqual(self.inventory(path)["balance"]["emission"], "27")

    def test_what_nothing_counts_in_is_null_by_scope_and_system_too(self):
        path = self.new()

        def parts():
            found = self.inventory(path)
            self.assertEqual((set(found["scopes"]), len(found["systems"])), ({"1", "2", "3", "none"}, 8))
            return [{value for part in found[name].values() for value in part.values()} for name in ("scopes", "systems", "aside")]
        self.assertEqual(parts(), [{None}] * 3)             # an empty inventory
        self.add(path, "网电", scope="2", system="能源")     # one that is to be filled
        self.assertEqual(parts(), [{None}, {None}, {"0"}])
        self.add(path, "木屑", scope="1", system="能源", amount="100", unit="t", factor_value="1.5", factor_unit="tCO2/t", factor_cite="化验单", biogenic="是")
        self.assertEqual(parts(), [{None}, {None}, {"0", "150"}])
        self.add(path, "柴油", scope="1", system="能源", amount="2", unit="t", factor_value="3", factor_unit="tCO2/t", factor_cite="测算")
        self.assertEqual(parts(), [{"0", "6"}, {"0", "6"}, {"0", "150"}])

    def test_a_line_in_a_round_that_was_submitted_is_called_a_line(self):
        path = self.new()
        self.lingtan("set", path, "4.1.1", "met", "--no-evidence", "现场核对", "--as", EVALUATOR)
        self.lingtan("submit", path, "--reason", "如实", "--as", EVALUATOR)
        with self.untouched():
            run = self.lingtan("line", "add", path, "year=2025", "source=网电", "scope=2", "system=能源", "--as", EVALUATOR, code=4)
            self.assert_refused(run, "2025 年的碳盘查行（网电）", "--reason")
            self.assertNotIn("条款", run.err)

    def test_refusals_and_open_figures_call_a_line_what_people_call_it(self):
        """Its name, else its source; ids are made by chance, and nobody knows one."""
        def refused(*words, **more):
            return self.line(path, *words, code=4, **more).err
        path = self.new(standard="t-cers-2025", park_type=None)
        self.add(path, "网电", scope="2", system="能源", amount="10", unit="MWh", factor="grid-2023-national")
        self.add(path, "柴油", name="叉车柴油", amount="5", unit="t", factor="diesel", note="没有写范围")
        id = next(l["id"] for l in self.inventory(path)["lines"] if l["source"] == "柴油")
        # a claim without a reason
        self.assertIn("网电：核定数与申报数不同", refused("verify", "网电", "11", "MWh", who=EVALUATOR))
        self.assertIn("叉车柴油: the verified figure differs", refused("verify", id, "6", "t", "--lang", "en", who=EVALUATOR))
        # what a standard cannot put anywhere
        told = self.lingtan("inventory", path, "--standards", "--rung", "self")
        self.assertRegex(told.out, "范围一排放 +未能算出 叉车柴油：未写范围\n")
        self.assertNotIn(id, told.both)
        # a round that was submitted: a line that is there, one that is added, one that is taken out, a claim; a long name leaves room for the cure
        self.set(path, "s3", "met", "--no-evidence", "现场核对", who=PARK)
        self.lingtan("submit", path, "--reason", "如实", "--as", PARK)
        for words, name in ((("set", id, "amount=6"), "叉车柴油"), (("set", id, "name=别的"), "叉车柴油"), (("remove", "网电"), "网电"),
                            (("add", "year=2025", "source=" + "蒸汽" * 200), "蒸汽" * 20), (("add", "year=2025", "source=蒸汽", "name=锅炉"), "锅炉")):
            self.assertRegex(refused(*words), r"2025 年的碳盘查行（%s）不在退回之列；更正笔误要写明原因" % name)
        self.assertIn("line of 2025 (网电)", refused("remove", "网电", "--lang", "en"))

    def test_lines_that_are_called_alike_are_told_apart_by_their_ids(self):
        path = self.new(standard="t-cers-2025", park_type=None)
        self.lingtan("add", path, "--standard", "ndrc-910-2025", "--year", "2025")
        for source, amount in (("柴油", "5"), ("柴油", ""), ("厂内 叉车", "6")):
            self.add(path, source, scope="1", system="能源", amount=amount, unit="t", factor="diesel", accounts="cers")
        full, empty = [l["id"] for l in self.inventory(path)["lines"] if l["source"] == "柴油"]
        said = self.lingtan("inventory", path, "--standards", "--rung", "self").out
        self.assertRegex(said, "范围一排放 +未能算出 柴油 \\(%s\\)：尚无排放量\n" % empty[:8])
        # names have blanks in them; one that no other line has stands alone
        self.line(path, "set", empty, "amount=7")

        def named(pattern, between, *lang):
            return sorted(re.search(pattern, self.lingtan("inventory", path, "--standards", "--rung", "self", *lang).out).group(1).split(between))
        names = sorted(("柴油 (%s)" % full[:8], "柴油 (%s)" % empty[:8], "厂内 叉车"))
        self.assertEqual(named(r"（3 行：(.*)）\n", "、"), names)
        self.assertEqual(named(r" \(3 lines: (.*)\)\n", ", ", "--lang", "en"), names)
        # in another year there may be one of the same name
        self.line(path, "set", full, "year=2024")
        self.assertEqual(named(r"（2 行：(.*)）\n", "、"), ["厂内 叉车", "柴油"])

    def test_a_side_that_nothing_counts_in_concludes_nothing(self):
        path = self.new()

        def concluded():
            found = self.document("conclusion", path)
            told = [line.split() for line in self.lingtan("conclusion", path).out.splitlines()]
            rows = {words[0] + (words[1] if words[0] == "范围" else ""): words[1 + (words[0] == "范围"):] for words in told}
            for total in found["totals"]:
                name = {"1": "范围1", "2": "范围2", "3": "范围3", "emission": "排放合计", "absorption": "吸收", "offset": "抵消", "net": "净排放"}[total["what"]]
                for key, shown in zip(("declared", "verified", "difference"), rows[name]):
                    self.assertEqual(total[key] is None, shown == "—", (total, rows[name]))
            return {t["what"]: [t[key] for key in ("declared", "verified", "difference", "share_percent")] for t in found["totals"]}
        self.add(path, "木屑", scope="1", system="能源", amount="100", unit="t", factor_value="1.5", factor_unit="tCO2/t", factor_cite="化验单", biogenic="是")
        found = concluded()
        self.assertEqual((found["1"], found["emission"], found["net"]), ([None] * 4,) * 3)
        self.assertEqual(found["absorption"], ["0", "0", "0", None])
        # what the verifier added is no difference to what nobody declared; what was declared as nought is
        fields = {"scope": "2", "system": "能源", "amount": "10", "unit": "MWh", "factor_unit": "tCO2/MWh", "factor_cite": "测算"}
        self.add(path, "网电", who=EVALUATOR, factor_value="0.5", **fields)
        self.assertEqual(concluded()["emission"], [None, "5", None, None])
        self.assertEqual([(l["source"], l["declared"], l["verified"], l["difference"]) for l in self.document("conclusion", path)["lines"]], [("网电", None, "5", "5")])
        self.add(path, "光伏", factor_value="0", **fields)
        self.assertEqual(concluded()["net"], ["0", "5", "5", None])
        # a line that neither side can count has no difference, which is not a difference of nought
        self.add(path, "蒸汽", scope="2", system="能源", amount="5", unit="GJ")
        self.lingtan("line", "verify", path, "蒸汽", "6", "GJ", "--reason", "抄错", "--as", EVALUATOR)
        self.assertIn(("蒸汽", None, None, None, None), [(l["source"], l["declared"], l["verified"], l["difference"], l["share_percent"]) for l in self.document("conclusion", path)["lines"]])
        self.assertRegex(self.lingtan("conclusion", path).out, r"蒸汽 +— +— +— +(-|—)")

    def test_what_a_verifier_alone_entered_was_not_declared(self):
        path = self.new()
        fields = {"scope": "1", "system": "能源", "factor_value": "1", "factor_unit": "tCO2/t", "factor_cite": "测算"}
        self.add(path, "煤", amount="90", unit="t", **fields)
        self.line(path, "verify", "煤", "95000", "kg", "--reason", "磅单", who=EVALUATOR)
        self.add(path, "焦炭", who=EVALUATOR, amount="100", unit="t", **fields)
        lines = {l["source"]: (l["declared_amount"], l["verified_amount"], l["declared"], l["verified"]) for l in self.document("conclusion", path)["lines"]}
        self.assertEqual(lines, {"煤": ("90", "95000", "90", "95"), "焦炭": (None, "100", None, "100")})
        told = self.lingtan("conclusion", path).out
        self.assertIn("    未申报，评价时填入：100 t\n", told)
        self.assertIn("    90 t -> 95000 kg；磅单\n", told)        # each in its own unit
        self.assertNotIn("100 -> 100", told)
        self.assertIn("not declared, entered on rung evaluator: 100 t", self.lingtan("conclusion", path, "--lang", "en").out)

    def test_a_standard_makes_no_emission_of_lines_that_are_none(self):
        for fields in ({"kind": "备忘", "amount": "7", "unit": "t"},
                       {"scope": "1", "system": "能源", "amount": "100", "unit": "t", "factor_value": "1.5", "factor_unit": "tCO2/t", "factor_cite": "化验单", "biogenic": "是"}):
            path = self.new()
            self.add(path, "单列", **fields)
            self.assertIsNone(self.document("inventory", path, "--standards", "--rung", "self")["standards"][0]["emission"])
            self.assertRegex(self.lingtan("inventory", path, "--standards", "--rung", "self").out, "排放 +未能算出")
            self.add(path, "光伏", scope="2", system="能源", amount="100", unit="MWh", factor_value="0", factor_unit="tCO2/MWh", factor_cite="自发", flow="purchased", carrier="power")
            self.assertEqual(self.document("inventory", path, "--standards", "--rung", "self")["standards"][0]["emission"], "0")
            path.unlink()

    def test_what_tells_nothing_of_the_emission_is_no_nought_of_a_standard(self):
        """Nor is nothing known wholly covered. A line that is still to be filled has no scope, flow or purpose either."""
        filled = {"amount": "100", "unit": "t", "factor_value": "1.5", "factor_unit": "tCO2/t", "factor_cite": "化验单"}
        for standard in ("t-cers-2025", "ndrc-910-2025"):
            for fields in ({"scope": "1", "biogenic": "是"}, {"scope": "1", "biogenic": "是"} | filled, {"scope": "2", "flow": "purchased"},
                           {"scope": "2", "carrier": "power", "flow": "used", "amount": "7", "unit": "MWh"}):
                path = self.new(standard=standard, park_type=None)
                self.add(path, "单列", **fields)
                (found,) = self.document("inventory", path, "--standards", "--rung", "self")["standards"]
                self.assertIsNone(found["emission"], fields)
                self.assertEqual({k for k in found["nodes"] if k.startswith(("emission", "net", "ratio"))}, set(), fields)
                self.assertNotRegex(self.lingtan("inventory", path, "--standards", "--rung", "self").out, r"比例 +100 %")
                balance = self.document("score", path, "--rung", "self", code=(0, 1))["balance"]     # of 910 there is none
                self.assertIsNone(balance and balance["net"])
                path.unlink()

    def test_numbers_end_in_one_column_whatever_the_names(self):
        path = self.filled()
        self.add(path, "hazardous_waste_burnt_on_site", scope="1", system="废弃物", amount="12", unit="t", factor_value="2.5", factor_unit="tCO2/t", factor_cite="本园测算")
        told = self.lingtan("inventory", path, "--rung", "self").out
        ends = {sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line.partition("%")[0]) for line in told.partition("各排放源\n")[2].partition("\n\n")[0].splitlines()}
        self.assertEqual(len(ends), 1, told)
        # and a rung is called by its name in the journal
        log = self.lingtan("log", path, "--all").out
        self.assertIn("首次填报的层级：自评", log)
        self.assertNotIn("self", log)

    def test_the_largest_difference_first_and_the_limit_itself_is_not_over_it(self):
        """Shares are of what was declared, those of lines of all that was."""
        path = self.new()
        for source, declared, verified in (("甲", "100", "105"), ("乙", "300", "290"), ("丙", "100", "101")):
            self.add(path, source, scope="1", amount=declared, unit="t", factor_value="1", factor_unit="tCO2/t", factor_cite="本园测算")
            self.line(path, "verify", source, verified, "t", "--reason", "复核", who=EVALUATOR)

        def found(limit):
            self.lingtan("fill", path, "settings", "materiality=" + limit, "--as", EVALUATOR)
            told = self.document("conclusion", path)
            (whole,) = (t for t in told["totals"] if t["what"] == "emission")
            return [(l.get("source"), l["difference"], l["share_percent"], l["material"]) for l in told["lines"] + [whole]]
        self.assertEqual(found("1"), [("乙", "-10", "2", True), ("甲", "5", "1", False), ("丙", "1", "0.2", False), (None, "-4", "0.8", False)])
        self.assertEqual([material for *_, material in found("0.8")], [True, True, False, False])

    def test_factors_of_another_year_are_told(self):
        path = self.filled()
        self.assertEqual((self.lines(path)["网电"]["factor_is"], self.lines(path)["网电"]["newer_factor"]), ("stale", "grid-2023-national"))
        self.add(path, "旧电", year="2022", amount="1", unit="MWh", factor="grid-2023-national", flow="purchased", carrier="power")
        self.assertEqual(self.document("inventory", path, "--rung", "self", "--year", "2022")["lines"][0]["factor_is"], "too_new")
        self.add(path, "自有", amount="1", unit="MWh", factor_value="0.5", factor_unit="tCO2/MWh", flow="purchased", carrier="power")
        self.assertEqual(self.lines(path)["自有"]["factor_is"], "no_year")

    def test_two_unit_mistakes_are_refused_with_what_was_meant(self):
        path = self.new()
        for amount, unit, factor, says in (("21.5", "m3", "natural-gas", "working conditions"), ("1", "KWH", "grid-2023-national", "kWh"),
                                           ("1", "tce", "diesel", "coefficient"), ("1", "kW", "grid-2023-national", "hours"), ("-1", "t", "diesel", "0")):
            run = self.line(path, "add", "year=2025", "source=x", "amount=" + amount, "unit=" + unit, "factor=" + factor, "--lang", "en", code=4)
            self.assertIn(says, run.err)
        self.assertEqual(self.lines(path), {})
        self.line(path, "add", "year=2025", "source=x", "nothing=1", code=4)
        self.line(path, "add", "year=2025", "source=x", "factor=nothing", code=4)
        self.line(path, "add", "source=x", "amount=1", code=4)

    def prints(self, path, words):
        """Whether the evaluator's report says it, and the workbook as well."""
        said = []
        for form in ("html", "xlsx"):
            to = self.dir / ("out." + form)
            self.lingtan("export", path, "--format", form, "-o", to, "--force", "--rung", "evaluator")
            if form == "html":
                said.append(words in to.read_text("utf-8"))
            else:
                with zipfile.ZipFile(to) as book:
                    said.append(any(words.encode() in book.read(n) for n in book.namelist() if n.startswith("xl/worksheets/")))
        self.assertEqual(said[0], said[1])
        return said[0]

    def test_a_rung_verifies_with_a_reason_and_the_conclusion_shows_both(self):
        path = self.filled()
        self.line(path, "verify", "柴油", "190", "t", who=EVALUATOR, code=4)
        self.line(path, "verify", "柴油", "190", "t", "--reason", "漏计两张加油卡", who=EVALUATOR)
        self.line(path, "set", "网电", "name=别的", "--reason", "x", who=EVALUATOR, code=4)
        self.line(path, "verify", "网电", who=EVALUATOR)
        self.assertEqual((self.lines(path)["柴油"]["amount"], self.lines(path, rung="evaluator")["柴油"]["amount"]), ("186.4", "190"))
        self.assertEqual(self.lines(path, rung="evaluator")["网电"]["verified_on"], "evaluator")
        found = self.document("conclusion", path)
        self.assertEqual([(l["source"], l["declared_amount"], l["verified_amount"], l["reason"]) for l in found["lines"]], [("柴油", "186.4", "190", "漏计两张加油卡")])
        self.lingtan("copy", path, self.dir / "又.lingtan")
        for words, reason in ((["set", "柴油", "factor_value=3.1"], "漏计两张加油卡；国家库新值"), (["verify", "柴油", "191", "t"], "漏计两张加油卡；国家库新值；再补一张")):
            self.line(self.dir / "又.lingtan", *words, "--reason", reason.rpartition("；")[2], who=EVALUATOR)
            self.assertEqual(self.document("conclusion", self.dir / "又.lingtan")["lines"][0]["reason"], reason)
        one = {t["what"]: t for t in found["totals"]}
        self.assertEqual(one["1"]["difference"], str((decimal.Decimal("3.6") * decimal.Decimal("3.0959")).normalize()))
        self.assertEqual((found["materiality_percent"], one["1"]["material"]), (None, False))
        self.lingtan("fill", path, "settings", "materiality=1.5", "data_quality=开", "--as", EVALUATOR)
        found = self.document("conclusion", path)
        self.assertEqual({t["what"]: t["material"] for t in found["totals"]}, {k: k == "1" for k in ("1", "2", "3", "emission", "absorption", "offset", "net")})
        self.assertIn("quality", found["lines"][0])
        self.lingtan("line", "set", path, "网电", "quality=实测", "--as", PARK)
        self.lingtan("fill", path, "settings", "uncertainty=总体约 4.8%", "--as", EVALUATOR)
        quality = self.document("conclusion", path)["quality"]
        power = decimal.Decimal("31200") * decimal.Decimal("0.5366")
        self.assertEqual(quality["uncertainty"], "总体约 4.8%")
        self.assertEqual([(l["level"], l["lines"], l["tonnes"]) for l in quality["levels"][:3:2]], [("measured", 1, str(power.normalize())), ("estimated", 0, "0")])
        self.assertEqual(quality["levels"][3]["lines"], 2)
        self.assertIn("uncertainty: 总体约 4.8%", self.lingtan("conclusion", path, "--lang", "en").out)
        self.assertTrue(self.prints(path, "4.8%"))
        self.lingtan("fill", path, "settings", "data_quality=关", "--as", EVALUATOR)
        self.assertFalse(self.prints(path, "4.8%"))
        self.assertIsNone(self.document("conclusion", path)["quality"])
        self.assertNotIn("4.8", self.lingtan("conclusion", path).out)
        self.lingtan("undo", path, "--as", EVALUATOR)
        self.lingtan("undo", path, "--as", EVALUATOR)
        self.lingtan("undo", path, "--as", EVALUATOR)
        self.lingtan("undo", path, "--as", EVALUATOR)
        self.lingtan("undo", path, "--as", EVALUATOR)
        self.assertEqual(self.lines(path, rung="evaluator")["柴油"]["amount"], "186.4")

    def test_a_factor_set_in_the_place_of_another_recomputes_and_keeps_the_old_value(self):
        path = self.filled()
        table = self.write("own.csv", "#factor_set,fuels\n标识,名称,因子,单位,年份,出处\ndiesel,柴油,3.1,tCO2/t,2025,国家库\n")
        before = self.entries(path)
        dry = self.document("factors", "import", path, table, "--as", PARK, "--dry-run")
        self.assertEqual((dry["lines"], dry["changed"]), (1, False))
        self.assertEqual(self.entries(path), before)
        self.lingtan("factors", "import", path, table, "--as", PARK)
        self.assertEqual(self.lines(path)["柴油"]["tonnes"], str((decimal.Decimal("186.4") * decimal.Decimal("3.1")).normalize()))
        self.assertIn("3.0959", json.dumps(self.entries(path)[-1], ensure_ascii=False))
        self.assertEqual(self.entries(path)[-1]["command"], "factors import own.csv")
        self.assertEqual([s["set"] for s in self.document("factors", "list", path) if s["digest"]], ["fuels"])
        self.write("own.csv", "#factor_set,fuels\nid,title,value,unit\ndiesel,柴油,3.2,tCO2/t\n")
        self.lingtan("factors", "import", path, table, "--as", PARK)
        self.assertEqual([f["value"] for s in self.document("factors", "list", path) if s["digest"] for f in s["factors"]], ["3.2"])
        self.lingtan("undo", path, "--as", PARK)
        self.assertEqual(self.lines(path)["柴油"]["factor_value"], "3.1")
        self.untouched_workbook(path)
        for text in ("id,value,unit\nx,1,spoon\n", "id,value,unit\nx,a,tCO2/t\n", "nothing,here\n1,2\n", "id,value,unit\n\"x,1,tCO2/t\n"):
            self.lingtan("factors", "import", path, self.write("bad.csv", text), "--as", PARK, code=(3, 4))
        self.lingtan("verify", path)

    def untouched_workbook(self, path):
        """What is written out comes back as it is, on the rung that entered it and on the one above."""
        for who, rung in ((PARK, "self"), (EVALUATOR, "evaluator")):
            book = self.dir / ("%s.xlsx" % rung)
            self.lingtan("export", path, "--format", "xlsx", "-o", book, "--force", "--rung", rung, "--as", who)
            self.assertFalse(self.document("import", path, book, "--dry-run", "--as", who)["changed"])

    def test_ledgers_of_tenants_come_in_at_once_and_twice_is_once(self):
        path = self.filled()
        one = self.write("示例企业甲.csv", "#年度,2025\n排放源,范围,活动量,单位,因子编号,1月,2月\n汽油,范围1,,t,petrol,2,3\n热力,2,100,GJ,heat-purchased,,\n")
        two = self.write("b.csv", "#place,T02\n年度,排放源,范围,用量,单位,排放因子,因子单位\n2025年,柴油,1,\"1,000.5\",t,3.0959,tCO2/t\n")
        wrong = self.write("c.csv", "排放源,活动量,单位,年度\n汽油,1,spoon,2025\n")
        self.line(path, "import", one, two, wrong, code=4)
        self.assertEqual(self.line(path, "import", one, wrong, "--lang", "en", code=4).err.count("c.csv:2"), 1)
        self.assertEqual(len(self.lines(path)), 4)
        before = len(self.entries(path))
        self.line(path, "import", one, two)
        self.assertEqual(self.entries(path)[-1]["command"], "line import 示例企业甲.csv b.csv")
        found = {(l["source"], l["place"]): l for l in self.inventory(path)["lines"]}
        self.assertEqual(found[("汽油", "示例企业甲")]["amount"], "5")
        self.assertEqual(found[("柴油", "T02")]["amount"], "1000.5")
        self.assertEqual(len(self.entries(path)), before + 1)
        self.line(path, "import", one, two)
        self.assertEqual(len(self.entries(path)), before + 1)
        self.write("b.csv", "#place,T02\n年度,排放源,范围,用量,单位\n2025,柴油,1,1001,t\n")
        self.line(path, "import", two)
        found = {(l["source"], l["place"]): l for l in self.inventory(path)["lines"]}
        self.assertEqual((found[("柴油", "T02")]["amount"], found[("柴油", "T02")]["factor_value"]), ("1001", "3.0959"))
        # of a tenant again, and without a factor
        self.line(path, "add", "year=2025", "source=天然气", "place=T02", "scope=1", "amount=3 t")
        self.untouched_workbook(path)
        self.lingtan("verify", path)

    def test_the_years_amount_follows_its_months_unless_it_was_said_otherwise(self):
        path = self.filled()
        def amount(source, *fields):
            self.line(path, "set", source, *fields)
            return self.lines(path)[source]["amount"]
        self.assertEqual(amount("通勤", "m01=1.5", "m02=2"), "3.5")
        self.assertEqual(amount("通勤", "m02=3"), "4.5")
        self.assertEqual(amount("通勤", "m01=", "m02="), None)
        self.assertEqual(amount("柴油", "m01=10"), "186.4")
        self.assertEqual(amount("柴油", "amount=10", "m02=5"), "15")
        one = self.write("甲.csv", "年度,排放源,活动量,单位,因子编号,1月,2月\n2025,汽油,5,t,petrol,2,3\n")
        self.line(path, "import", one)
        self.write("甲.csv", "年度,排放源,活动量,单位,因子编号,1月,2月\n2025,汽油,9,t,petrol,2,4\n")
        self.line(path, "import", one)
        self.assertEqual(self.lines(path)["汽油"]["amount"], "9")

    def test_workbooks_are_read_as_well(self):
        path = self.filled()
        book = self.write("T07.xlsx", workbooks.workbook({"台账": [["某企业 2025 年能源台账"], ["年度", "排放源", "范围", "用量", "单位", "因子编号"],
                                                                    ["2025", "柴油", "1", 12.5, "t", "diesel"]]}))
        self.line(path, "import", book)
        found = {(l["source"], l["place"]): l for l in self.inventory(path)["lines"]}
        self.assertEqual(found[("柴油", "T07")]["amount"], "12.5")
        own = self.write("own.xlsx", workbooks.workbook({"因子": [["因子编号", "名称", "因子值", "单位"], ["gas-own", "自测天然气", 21.7, "tCO2/10^4Nm3"]]}))
        self.lingtan("factors", "import", path, own, "--as", PARK)
        self.add(path, "锅炉", scope="1", amount="2", unit="万Nm3", factor="gas-own")
        self.assertEqual((self.lines(path)["锅炉"]["tonnes"], self.lines(path)["锅炉"]["factor_set"]), ("43.4", "own"))

    def tenant(self, **sheets):
        return workbooks.workbook(sheets | {
            "台账": [["示例企业丙 2025 年"], ["年度", "排放源", "范围", "系统", "用量", "单位", "因子编号", "能源流向", "电或热", "1月", "2月", "计量器具"],
                   ["2025", "网电", "2", "能源", "", "MWh", "grid-2023-national", "外购", "电", 10, 20.5, "M7"],
                   ["2025", "绿电", "2", "能源", 9, "MWh", "", "绿电交易", "电", "", "", ""]],
            "绿证绿电": [["凭证", "种类", "起始编码", "数量", "单位", "用于哪一行", "路径"], ["T-1", "绿电交易", "A-1", 9, "MWh", "绿电", "因子取零"]],
            "计量器具": [["编号", "名称", "量什么", "准确度等级"], ["M7", "总表", "电", "0.5S"]],
            "检定": [["器具编号", "检定日期", "有效期至"], ["M7", "2024-12-01", "2026-12-01"]]})

    def test_a_ledger_as_people_keep_it(self):
        """A title with the year, numbered rows, months with their sum, a last row that adds up."""
        path = self.new()
        months = ["%d月" % (m + 1) for m in range(12)]
        book = self.write("精密制造.xlsx", workbooks.workbook({
            "2025": [["某某公司 2025年度能源消耗台账"], ["填表人：张三"], ["序号", "能源品种", "单位"] + months + ["合计", "备注"],
                     [1, "外购电力", "万kWh"] + [10] * 12 + [120, "电费单"], [2, "柴油", "吨"] + [0.5] * 12 + [6.1, ""], ["", "合计", "t"] + [1] * 13 + [""]],
            "上年": [["2024 年"], ["能源品种", "单位", "合计"], ["柴油", "吨", 7]]}))
        run = self.line(path, "import", book)
        self.assertNotIn("序号", run.err)
        # which year was taken is said, a table at a time
        self.assertEqual([l for l in run.err.splitlines() if "年度取自标题" in l and ("“2025”" in l and "2025 年" in l or "“上年”" in l and "2024 年" in l)],
                         [l for l in run.err.splitlines() if "年度取自标题" in l])
        self.assertEqual(run.err.count("年度取自标题"), 2)
        found = {(l["year"], l["source"]): (l["amount"], l["months"][0]) for y in ("2024", "2025") for l in self.inventory(path, "--year", y)["lines"]}
        self.assertEqual(found, {("2025", "外购电力"): ("120", "10"), ("2025", "柴油"): ("6.1", "0.5"), ("2024", "柴油"): ("7", None)})
        # a sum by hand that differs is a finding
        self.assertIn(("months-sum", "2025.精密制造.柴油.1"), {(f["rule"], f["key"]) for f in self.document("inventory", path, "--check", "--year", "2025", code=(0, 1))["findings"]})

    def test_a_year_among_several_is_not_guessed(self):
        path = self.new()
        rows = "依据2019年发布的指南填写\n示例企业 2025年度能源台账\n排放源,活动量,单位,因子编号\n柴油,7,t,diesel\n"
        book = self.write("甲.csv", rows)
        before = len(self.entries(path))
        run = self.line(path, "import", book, code=4)
        self.assertIn("不止一个年度", run.err)
        self.assertEqual(len(self.entries(path)), before)
        self.line(path, "import", book, "--year", "2025")
        self.assertEqual([l["year"] for l in self.inventory(path)["lines"]], ["2025"])
        # a column settles it as well, and then no title is taken
        by_row = self.write("乙.csv", rows.replace("排放源,", "年度,排放源,").replace("柴油,", "2025,柴油,"))
        self.assertNotIn("取自标题", self.line(path, "import", by_row).err)

    def test_registers_come_with_a_tenants_workbook(self):
        path = self.new()
        book = self.write("T03-示例企业丙.xlsx", self.tenant())
        before = len(self.entries(path))
        self.line(path, "import", book)
        self.assertEqual(len(self.entries(path)), before + 1)
        lines = self.lines(path)
        self.assertEqual((lines["网电"]["amount"], lines["网电"]["months"][1], lines["网电"]["place"]), ("30.5", "20.5", "T03-示例企业丙"))
        cert = self.document("greencert", path, "T-1")["values"]
        self.assertEqual((cert["kind"], cert["count"], cert["line"], cert["route"]), ("trade", "9", lines["绿电"]["id"], "zero-factor"))
        self.assertEqual(self.document("meter", path, "M7")["values"]["place"], "T03-示例企业丙")
        self.assertEqual([r["row"] for r in self.document("calibration", path)["rows"]], ["M7/2024-12-01"])
        found = {f["rule"] for f in self.document("inventory", path, "--check", "--year", "2025", code=(0, 1))["findings"]}
        self.assertFalse({"no-meter", "not-calibrated", "out-of-calibration", "no-instrument"} & found)
        self.line(path, "import", book)
        self.assertEqual(len(self.entries(path)), before + 1)
        wrong = self.write("b.xlsx", self.tenant(抵消=[["批次", "种类", "数量"], ["C1", "不知道", 5]]))
        self.assertIn("抵消", self.line(path, "import", wrong, code=4).err)
        # a table of its own has no sheet to name
        alone = self.line(path, "import", self.write("c.csv", "批次,种类,数量\nC1,不知道,5\n"), code=4).err
        self.assertIn("种类", alone)
        self.assertNotIn("工作表", alone)
        only = self.write("c.xlsx", workbooks.workbook({"抵消": [["批次", "种类", "数量"], ["C1", "CCER", 5]]}))
        self.line(path, "import", only)
        self.assertEqual(self.document("offset", path, "C1")["values"]["count"], "5")
        self.lingtan("verify", path)

    def test_a_sheet_may_have_chinese_titles_for_months_gases_and_offsets(self):
        path = self.new()
        name = "t-csus-66-2023/operation/2025"
        book = self.write("自评.xlsx", workbooks.workbook({
            "碳盘查": [["#assessment", name], ["#rung", "自评"],
                    ["标识", "年份", "类别", "排放源", "范围", "系统", "活动量", "单位", "因子", "用途", "气体", "数据质量", "在线监测", "1月", "十二月"],
                    ["g", "2025", "排放", "柴油", "范围1", "交通", 12, "t", "diesel", "燃烧", "CO2", "实测", "是", 5, 7]],
            "抵消": [["批次", "种类", "起始编号", "数量", "注销日期", "抵用年度", "本地项目", "承诺年数", "用于哪一行", "路径"],
                   ["B1", "自有项目", "X-1", 5, "2026-01-02", "2025年", "是", 3, "g", "抵消"]]}))
        self.lingtan("import", path, book, "--as", PARK)
        line = self.lines(path)["柴油"]
        self.assertEqual([line[k] for k in ("purpose", "system", "quality", "terminal", "gas")], ["fuel", "transport", "measured", "yes", "CO2"])
        self.assertEqual((line["months"][0], line["months"][11]), ("5", "7"))
        found = self.document("offset", path, "B1")["values"]
        self.assertEqual([found[k] for k in ("kind", "serial_from", "local", "cancelled_year", "commitment_years", "line", "route")],
                         ["own", "X-1", "yes", "2025", "3", "g", "offset"])

    def test_evidence_is_tied_to_a_line(self):
        path = self.filled()
        bill = self.write("电费结算单.txt", "2025")
        self.assertIn("--locator", self.line(path, "attach", "网电", bill, code=2).err)
        self.assertIn("没有.txt：打不开", self.line(path, "attach", "网电", self.dir / "没有.txt", code=3).err)
        self.line(path, "attach", "网电", bill, "--locator", "第 2 页")
        self.assertNotIn(str(self.dir), self.entries(path)[-1]["command"])
        self.assertEqual([(e["name"], e["locator"]) for e in self.lines(path)["网电"]["evidence"]], [("电费结算单.txt", "第 2 页")])
        self.assertEqual(self.lines(path)["柴油"]["evidence"], [])
        # the same file in a second place; either is taken off by itself, the file stays
        self.line(path, "attach", "网电", bill, "--locator", "第 3 页")
        self.assertIn("--locator", self.line(path, "detach", "网电", "电费结算单.txt", code=4).err)
        self.line(path, "detach", "柴油", "电费结算单.txt", code=4)
        self.line(path, "detach", "网电", code=2)
        self.line(path, "detach", "网电", "电费结算单.txt", "--locator", "第 2 页")
        self.assertEqual([e["locator"] for e in self.lines(path)["网电"]["evidence"]], ["第 3 页"])
        digest = self.lines(path)["网电"]["evidence"][0]["sha256"]
        self.line(path, "detach", "网电", digest[:8])
        self.assertEqual(self.lines(path)["网电"]["evidence"], [])
        self.assertEqual([f["sha256"] for f in self.document("evidence", path)["evidence"]], [digest])
        self.lingtan("undo", path, "--as", PARK)
        self.lingtan("undo", path, "--as", PARK)
        self.lingtan("undo", path, "--as", PARK)
        self.assertEqual([e["locator"] for e in self.lines(path)["网电"]["evidence"]], ["第 2 页"])
        self.lingtan("undo", path, "--as", PARK)
        self.assertEqual(self.lines(path)["网电"]["evidence"], [])
        self.lingtan("verify", path)

    def test_registers(self):
        path = self.new()
        self.lingtan("offset", path, "CCER-1", "kind=CCER", "count=9000", "serial_from=A1", "cancelled_on=2026/2/24", "--as", PARK)
        self.lingtan("greencert", path, "GEC-1", "kind=绿证", "count=6000", "unit=MWh", "month=2025-06", "--as", PARK)
        self.lingtan("meter", path, "M01", "name=关口表", "class=0.2S", "--as", PARK)
        self.lingtan("calibration", path, "M01/2025-04-18", "until=2026-04-17", "--as", PARK)
        self.lingtan("offset", path, "CCER-2", "kind=nothing", "--as", PARK, code=4)
        self.assertEqual(self.document("offset", path, "CCER-1")["values"]["cancelled_on"], "2026-02-24")
        self.assertEqual([r["row"] for r in self.document("calibration", path)["rows"]], ["M01/2025-04-18"])
        # the line that it is used for may be named as people call it
        self.line(path, "add", "year=2025", "kind=抵消", "source=海上风电", "amount=9000", "unit=t", "factor_value=1", "factor_unit=tCO2/t")
        self.lingtan("offset", path, "CCER-1", "line=海上风电", "route=抵消", "cancelled_year=2025", "--as", PARK)
        self.assertEqual(self.document("offset", path, "CCER-1")["values"]["line"], self.lines(path)["海上风电"]["id"])
        self.lingtan("offset", path, "CCER-1", "line=没有这行", "--as", PARK)
        self.assertIn(("no-line", "CCER-1"), {(f["rule"], f["key"]) for f in self.document("inventory", path, "--check", code=(0, 1))["findings"]})
        self.lingtan("offset", path, "remove", "CCER-1", "--as", PARK)
        self.assertEqual(self.document("offset", path)["rows"], [])
        self.lingtan("verify", path)

    def test_lines_are_changed_and_taken_out(self):
        path = self.filled()
        key = self.lines(path)["柴油"]["id"]
        self.line(path, "set", key[:8], "amount=200", "heating_value=42.652", "heating_unit=GJ/t", "carbon=20.2", "carbon_unit=tC/TJ", "oxidation=0.98")
        self.assertEqual(self.lines(path)["柴油"]["factor_used"], "3.095909637333")
        self.line(path, "remove", "柴油")
        self.assertNotIn("柴油", self.lines(path))
        self.line(path, "remove", "柴油", code=4)
        self.lingtan("undo", path, "--as", PARK)
        self.assertEqual(self.lines(path)["柴油"]["amount"], "200")
        self.line(path, "list")
        self.lingtan("line", "burn", path, code=2)

    def test_an_amount_that_is_no_number(self):
        """No command takes it, but a file may hold it: it is refused as data, not told as a bug of the program."""
        path = self.new()
        self.add(path, "柴油", scope="1", amount="5", unit="t", factor="diesel")
        h = projects.head(path)
        body = projects.bodies(path)[h][1]
        (change,) = [c for c in body["changes"] if c[2] == "activity"]
        change[4][5] = "五"
        text = projects.canonical(body)
        projects.change(path, "UPDATE line SET activity_amount = '五'")
        projects.change(path, "UPDATE entry SET hash = ?, body = ? WHERE hash = ?", projects.digest(b"lingtan entry 1\n" + text.encode()), text, h)
        self.assertIn("“五”不是数", self.lingtan("score", path, code=4).err)
        self.assertIn(("line-wrong", "error"), {(f["rule"], f["severity"]) for f in self.document("inventory", path, "--check", code=1)["findings"]})

    def test_behind_the_last_place_that_there_is(self):
        path = self.new()
        largest = "170141183460469231731687303.715884105727"
        self.add(path, "柴油")
        h = projects.head(path)
        body = projects.bodies(path)[h][1]
        (change,) = [c for c in body["changes"] if c[2] == "order"]
        change[4] = [largest]
        text = projects.canonical(body)
        projects.change(path, "UPDATE line SET order_at = ?", largest)
        projects.change(path, "UPDATE entry SET hash = ?, body = ? WHERE hash = ?", projects.digest(b"lingtan entry 1\n" + text.encode()), text, h)
        self.add(path, "汽油")
        self.line(path, "import", self.write("more.csv", "年度,排放源,单位\n2025,煤油,t\n2025,煤,t\n"))
        self.assertEqual(projects.query(path, "SELECT DISTINCT order_at FROM line"), [(largest,)])
        self.assert_holds(path)


if __name__ == "__main__":
    harness.main()
