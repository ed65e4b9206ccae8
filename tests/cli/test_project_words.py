"""The words on a project: they do what the same sheet would do, on one rung and nobody else's, refuse what is wrong as a whole,
and take every text as text."""
import json
import re

import harness
import projects
from harness import CSUS, IDS, NDRC, SAMPLES, SEESA, sanitized, sheet
from projects import A, APPROVER, EVALUATOR, LEADER, OWNER, PLANNING, REVIEWER, SHEET_ONLY, SUBJECT, YEAR, ProjectCase, digest


class Journal(ProjectCase):
    """The journal tells what was chosen by the titles of the forms, never by a word of the program's own."""

    def test_choices_in_words(self):
        path = self.new()
        self.lingtan("stop", path, "title=能源站", "day=2026-03-25", "from=14:00", "to=17:30", "people=林静", "items=4.2.1", "--as", LEADER)
        self.lingtan("must", path, "4.1.1", "--as", LEADER)
        self.lingtan("fill", path, "settings", "sign_off=leader,reviewer", "separation=strict", "--reason", "合同约定", "--as", "示例机构:body")
        self.lingtan("fill", path, "engagement", YEAR, "applicant=示例园区", "responsible=示例园区", "criteria=" + CSUS, "consulting=no", "--as", LEADER)
        told = {lang: self.lingtan("log", path, "--all", "--lang", lang).out for lang in ("zh", "en")}
        for lang, lines in (("zh", ("查看要点：（计划时定）", "计划到场：是", "必查：是", "设置 会签顺序 值：评价组长、技术复核人", "设置 人员分离 值：严格",
                                    "评价依据：T/CSUS 66-2023", "两年内为园区做过咨询：否", "全文：T/CSUS 66-2023")),
                            ("en", ("what to check: (by the plan)", "Planned: yes", "obligatory: yes", "full text: T/CSUS 66-2023"))):
            for line in lines:
                self.assertRegex(told[lang], "(?im)%s$" % re.escape(line), lang)

    def test_an_answer_to_a_finding_is_no_upgrade(self):
        path = self.new()
        self.lingtan("finding", "add", path, "minor", "缺记录", "--item", "4.2.1", "--due", "2026-04-26", "--as", EVALUATOR)
        self.lingtan("finding", "answer", path, "F01", "已补", "--as", OWNER)
        self.assertRegex(self.lingtan("log", path).out, "答复不符合项  不符合项 F01")


class Titles(ProjectCase):
    """What the program shows as a title is understood when it is typed back; what several are called is refused by their names."""

    def test_on_a_project(self):
        path = self.new()
        plain = self.folder / "plain.lingtan"
        plain.write_bytes(path.read_bytes())
        for file, words in ((path, ("土地集约利用水平", "4.2.2 绿化规划实施与养护")), (plain, ("4.2.1", "4.2.2"))):
            self.lingtan("set", file, words[0], "points:8", "--as", "李工:评价员" if file == path else "李工:evaluator")
            self.lingtan("set", file, words[1], "points:7", "--as", EVALUATOR)
        self.assert_same_score(path, plain)
        log = self.document("log", path)["entries"]
        self.assertEqual([(e["by"], e["role"]) for e in log[-2:]], [("李工", "evaluator"), ("林静", "evaluator")])
        for typed, node in (("总分", "total"), ("Total", "total"), ("总分　", "total"), ("土地集约利用水平", "4.2.1")):
            self.assertEqual(self.document("explain", path, typed), self.document("explain", path, node), typed)
        self.assertEqual(self.document("gap", path, "--grade", "智慧零碳园区", "--as", OWNER), self.document("gap", path, "--grade", "zero-carbon", "--as", OWNER))
        self.assertEqual(self.document("score", path, "--rung", "评价"), self.document("score", path, "--rung", "evaluator"))
        title = self.document("explain", path, "energy.renewable_share")["title"]
        self.lingtan("quantity", path, title, "23", "%", "--year", YEAR, "--as", EVALUATOR)
        self.assertEqual(self.document("explain", path, title)["id"], "energy.renewable_share")
        self.assertEqual(self.document("log", path)["entries"][-1]["changes"][0]["key"].split("|")[-1], "energy.renewable_share")
        self.lingtan("fill", path, "人员", "王五", "单位=示例单位", "--as", LEADER)
        self.assertIn("示例单位", self.lingtan("show", path, "人员", "王五").out)
        with self.untouched():
            self.assert_refused(self.lingtan("explain", path, "基础分", code=4), "“基础分”不止一个：base_points, base；请写其中一个的标识")
            for typed, meant in (("总总分", "total"), ("totl", "total"), ("energy.renewble_share", "energy.renewable_share"), ("可再生能源利用", "energy.renewable_share"),
                                 ("$pass_mrk", "$pass_mark"), ("section.41", "section.4, section.11"), ("section", "section.4, section.5, section.6, …"), ("411", "4.1.1")):
                self.assert_refused(self.lingtan("explain", path, typed, code=4), "“%s”；可能是 %s\n" % (typed, meant))
            self.assert_refused(self.lingtan("explain", path, "$与此无关", code=4), "“$与此无关”；全部见 lingtan standard " + CSUS)
            self.assert_refused(self.lingtan("gap", path, "--grade", "零", "--as", OWNER, code=4), "零")

    def test_an_assessment_by_a_part_that_fits_no_other(self):
        path = self.new()
        whole = self.document("score", path, "--assessment", A)
        by_part = (CSUS, CSUS + "/operation", CSUS + "/" + YEAR, "T/CSUS 66-2023", "T/CSUS 66-2023 实施运管", "T/CSUS 66-2023 " + YEAR, "ｔ-csus-66-2023")
        for typed in by_part:
            self.assertEqual(self.document("score", path, "--assessment", typed), whole, typed)
        self.lingtan("add", path, "--standard", CSUS, "--stage", "planning", "--year", YEAR, "--type", "production", "--as", LEADER)
        self.lingtan("add", path, "--standard", "ndrc-910-2025", "--year", YEAR, "--as", LEADER)
        self.lingtan("assign", path, "4.2.1", "王五", "--assessment", CSUS + "/planning", "--as", OWNER)
        for typed, owed in ((CSUS + "/planning", 1), (CSUS + "/operation", 0), ("ndrc-910-2025", 0)):
            self.assertEqual(len(self.document("owes", path, "--assessment", typed)["owed"]), owed, typed)
        self.assertEqual(self.document("score", path, "--assessment", "ndrc-910-2025/" + YEAR)["standard"], "ndrc-910-2025")
        by_stage = self.write("s.yaml", sheet(CSUS + "/planning", [{"item": "4.2.1", "points": "7"}], park_type="production"))
        self.lingtan("import", path, by_stage, "--as", EVALUATOR)
        self.assertEqual(self.document("log", path)["entries"][-1]["changes"][0]["key"].split("|")[:2], [PLANNING, "evaluator"])
        with self.untouched():
            for typed in (CSUS, "T/CSUS 66-2023", CSUS + "/" + YEAR):
                for word in (["set", path, "4.2.2", "points:7", "--as", EVALUATOR], ["score", path], ["owes", path], ["findings", path], ["notes", path]):
                    err = self.lingtan(*word, "--assessment", typed, code=4).err
                    self.assertIn("“%s”不止一个：%s, %s" % (typed, A, PLANNING), err)
            for typed in ("t-csus", CSUS + "/", "/operation", CSUS + "/2024", "operation", YEAR, "", CSUS + "//" + YEAR):
                self.assertIn("没有评价“%s”" % typed, self.lingtan("score", path, "--assessment", typed, code=4).err)

    def test_an_item_without_a_number_is_called_by_its_title(self):
        path = self.new()
        for lang, title in (("zh", "可再生能源与碳汇已尽用"), ("en", "Renewables and sinks used as far as possible")):
            out = self.lingtan("score", path, "--lang", lang).out
            self.assertIn("\n  %s\n" % title, out)
            self.assertNotIn("j.maximised", out)
        self.set(path, "可再生能源与碳汇已尽用", "yes")
        told = self.lingtan("log", path).out
        self.assertIn("  填写  可再生能源与碳汇已尽用 结论：是\n", told)
        self.assertNotIn("j.maximised", told)

    def test_a_refusal_calls_things_as_the_journal_does(self):
        """No keys of the file, which begin with the name of the assessment and hold ids of chance."""
        path, bill = self.new(), self.write("电费单.pdf", b"bill")
        line = ("year=2025", "scope=2", "system=energy", "amount=100", "unit=kWh", "factor=grid-2023-national")
        self.lingtan("line", "add", path, "source=网电", *line, "--as", OWNER)
        self.lingtan("stop", path, "title=首次会议", "--as", EVALUATOR)
        with self.untouched():
            for words, who, zh, en in (
                    (("set", path, "4.2.1", "points:8", "--rung", "evaluator"), OWNER, "“园区”不能改“评价 4.2.1 土地集约利用水平”的结论：", "park may not change evaluator 4.2.1 "),
                    (("line", "remove", path, "网电"), EVALUATOR, "不能改“碳盘查 网电”的", "may not change inventory line 网电, "),
                    (("line", "add", path, "source=新购电", *line), REVIEWER, "不能改“碳盘查 新购电”的", "may not change inventory line 新购电, "),
                    (("attach", path, "4.2.1", bill, "--locator", "第1页"), REVIEWER, "不能改“佐证 电费单.pdf”的文件", "电费单.pdf, "),
                    (("stop", path, "S01", "people=王五"), OWNER, "不能改“到场 S01 王五”的", "S01 王五, ")):
                self.assertIn(zh, self.lingtan(*words, "--as", who, code=4).err)
                err = self.lingtan(*words, "--as", who, "--lang", "en", code=4).err
                self.assertIn(en, err)
                self.assertNotRegex(err, "[0-9a-f]{8}|[|]")

    def test_points_as_they_are_said(self):
        path = self.new()
        plain = self.folder / "plain.lingtan"
        plain.write_bytes(path.read_bytes())
        self.lingtan("set", plain, "4.2.1", "points:8", "--as", EVALUATOR)
        change = self.document("log", plain)["entries"][-1]["changes"]
        for n, (item, typed) in enumerate((("4.2.1", "8"), ("第4.2.1条", "８"), ("第 ４．２．１ 条", "8分"), ("4.2.1", "８．０ 分"), ("4.2.1", "points:８"))):
            file = self.folder / ("said%d.lingtan" % n)
            file.write_bytes(path.read_bytes())
            self.lingtan("set", file, item, typed, "--as", EVALUATOR)
            self.assertEqual(self.document("log", file)["entries"][-1]["changes"], change, typed)
            self.assert_same_score(file, plain)
        with self.untouched():
            self.assertIn("条款 4.2.1：99 分不在 0 到", self.lingtan("set", path, "4.2.1", "９９分", "--as", EVALUATOR, code=4).err)
            self.assertIn("points:N", self.lingtan("set", path, "4.2.1", "分", "--as", EVALUATOR, code=4).err)
            self.assertIn("met | not-met", self.lingtan("set", path, "4.1.1", "8", "--as", EVALUATOR, code=4).err)

    def test_of_standards(self):
        for n, words in enumerate((("T/CSUS 66-2023", "生产制造", "实施运管"), ("智慧零碳园区评价标准", "production", "operation"))):
            path = self.folder / ("%d.lingtan" % n)
            self.lingtan("new", path, "--park", "示例园区", "--standard", words[0], "--type", words[1], "--stage", words[2], "--year", YEAR, "--as", EVALUATOR)
            self.assertEqual(self.document("score", path)["standard"], CSUS)
            self.assertEqual(self.document("log", path)["entries"][0]["changes"][-2]["key"], A)
            self.lingtan("add", path, "--standard", "发改环资〔2025〕910号", "--year", YEAR, "--as", EVALUATOR)
        self.assertEqual(self.document("standard", "T/CSUS 66-2023"), self.document("standard", CSUS))
        plain = self.document("score", path, "--assessment", A)
        for typed in ("T/CSUS 66-2023 实施运管 2025", "t-csus-66-2023／operation／２０２５", "T/CSUS 66-2023 Implementation and operation 2025"):
            self.assertEqual(self.document("score", path, "--assessment", typed), plain, typed)
        self.assert_refused(self.lingtan("score", path, "--assessment", "T/CSUS 66-2023 实施运管 2024", code=4), "实施运管 2024")

    def test_a_standard_by_its_name_beside_a_broken_one(self):
        sets, words = self.folder / "sets", ("T/CSUS 66-2023", CSUS)
        (sets / "aaa").mkdir(parents=True)
        (sets / "aaa" / "ruleset.yaml").write_text("ruleset: aaa\nwrong: 1\n")
        (sets / "aaa" / "items.yaml").write_text("items: []\n")
        for word in words:
            self.assertEqual(self.lingtan("standard", word, "--rulesets", sets).err, "")
            run = self.lingtan("new", self.folder / ("%d.lingtan" % words.index(word)), "--park", "示例园区", "--standard", word, "--type", "生产制造",
                               "--stage", "实施运管", "--year", YEAR, "--rulesets", sets, "--as", EVALUATOR)
            self.assertEqual(run.err, "")
        self.assertIn("aaa/ruleset.yaml:", self.lingtan("standard", "aaa", "--rulesets", sets, code=3).err)

    def test_what_there_is_to_choose_is_told_by_its_title(self):
        path = self.folder / "x.lingtan"
        words = ["new", path, "--park", "示例园区", "--standard", CSUS, "--year", YEAR, "--as", EVALUATOR]
        run = self.lingtan(*words, "--type", "商务", "--stage", "operation", code=4)
        self.assertIn("园区类型（park_type）没有“商务”，可选：production（生产制造）、logistics（仓储物流）、office（商务办公）", run.err)
        run = self.lingtan(*words, "--type", "office", "--stage", "run", "--lang", "en", code=4)
        self.assertIn("stage has no 'run'; one of: planning (Planning and design), operation (Implementation and operation)", run.err)
        self.lingtan(*words, "--type", "office", "--stage", "operation")
        self.assertIn("没有角色“总工”；有 park（园区）、evaluator（评价员）、", self.lingtan("set", path, "4.1.1", "met", "--as", "李工:总工", code=2).err)
        self.assertIn("条款 4.1.3 不适用于这种园区和阶段（商务办公，实施运管）", self.lingtan("set", path, "4.1.3", "na:无", "--as", EVALUATOR, code=4).err)

    def test_a_list_that_is_cut_shows_it(self):
        path = self.new()
        for year in range(2001, 2014):
            self.lingtan("add", path, "--standard", CSUS, "--stage", "operation", "--type", "production", "--year", str(year), "--as", EVALUATOR)
        run = self.lingtan("score", path, code=4)
        self.assertRegex(run.err, r"用 --assessment 指明：(t-csus-66-2023/operation/20[0-9]{2}, )+…\n")
        self.assertRegex(self.lingtan("show", path, "没有的", code=4).err, "没有表单“没有的”；有哪些见 lingtan form\n")


class Same(ProjectCase):
    """A sheet taken into a project scores what the sheet scores."""

    def subject(self, name, file="p.lingtan"):
        stage, park_type = SUBJECT[name]
        return self.new(file, standard=name, stage=stage, park_type=park_type)

    def test_the_samples(self):
        for name in IDS:
            with self.subTest(standard=name):
                path, of = self.subject(name, name + ".lingtan"), SAMPLES / (name + ".yaml")
                self.lingtan("import", path, of, "--as", EVALUATOR)
                self.assert_same_score(path, of)
                self.assert_same_score(path, of, "--rung", "evaluator")
                self.assertEqual(self.document("score", path)["rung"], "evaluator")
                self.assertRegex(self.lingtan("score", path).out, "  评价\n")
                for node in [None] + [o["id"] for o in self.document("score", of)["outcomes"]]:
                    words = [node] if node else []
                    here, there = self.document("explain", path, *words), self.document("explain", of, *words)
                    self.assertEqual(projects.without(here, SHEET_ONLY), projects.without(there, SHEET_ONLY), node)
                self.assertEqual(self.document("gap", path, "--rung", "evaluator", "--as", OWNER), self.document("gap", of))
                self.assert_holds(path)

    def test_gap_to_a_grade(self):
        rows = [dict(r, points="3") if "points" in r else r for r in projects.sample(CSUS)["answers"]]
        of = self.write("answers.yaml", sheet(A, [{k: v for k, v in r.items() if k not in SHEET_ONLY} for r in rows], park_type="production"))
        path = self.new()
        self.lingtan("import", path, of, "--as", EVALUATOR)
        for grade in ("low-carbon", "zero-carbon"):
            self.assertEqual(self.document("gap", path, "--grade", grade, "--rung", "evaluator", "--as", OWNER), self.document("gap", of, "--grade", grade))
        # it is the park's; who assesses is told so
        self.assertIn("建议开关", self.lingtan("gap", path, "--as", EVALUATOR).err)
        for words in ([path, "--as", OWNER], [of]):
            self.assertNotIn("建议开关", self.lingtan("gap", *words).err)

    def test_as_json(self):
        for name in (CSUS, SEESA):
            path = self.subject(name, name + ".lingtan")
            of = self.write(name + ".json", json.dumps(projects.sample(name), ensure_ascii=False))
            self.lingtan("import", path, of, "--as", EVALUATOR)
            self.assert_same_score(path, SAMPLES / (name + ".yaml"))

    def test_word_by_word(self):
        """What set and quantity write one at a time is what the sheet says at once."""
        for name in (CSUS, SEESA):
            with self.subTest(standard=name):
                said = projects.sample(name)
                path = self.subject(name, name + ".lingtan")
                rows, amounts = said["answers"], [q for q in said["quantities"] if "na" not in q]
                if sanitized():
                    rows, amounts = rows[::4], amounts[::4]
                for r in rows:
                    result = r.get("result") or ("points:" + r["points"] if "points" in r else "na:" + r["na"])
                    self.set(path, r["item"], result, *(["--remark", r["remark"]] if "remark" in r else []))
                for q in amounts:
                    self.quantity(path, q["id"], q["value"], q["unit"], *(["--source", q["source"]] if "source" in q else []))
                plain = [{k: v for k, v in r.items() if k not in SHEET_ONLY} for r in rows]
                stage, park_type = SUBJECT[name]
                of = self.write("same.yaml", sheet(said["assessment"], plain, amounts, park_type=park_type))
                self.assert_same_score(path, of)
                self.assertEqual(self.document("explain", path), self.document("explain", of))

    def test_imported_on_top(self):
        """A second sheet changes what it names and leaves the rest; the same sheet again changes nothing."""
        path = self.subject(CSUS)
        of = SAMPLES / (CSUS + ".yaml")
        self.lingtan("import", path, of, "--as", EVALUATOR)
        before = self.document("score", path)
        self.lingtan("import", path, of, "--as", EVALUATOR)
        self.assertEqual(self.document("score", path), before)
        self.assertEqual([e for e in self.entries(path)[2:] if e["changes"]], [])
        text = of.read_text("utf-8").replace('{item: "4.2.1", points: "8"', '{item: "4.2.1", points: "3"')
        self.lingtan("import", path, self.write("part.yaml", sheet(A, [{"item": "4.2.1", "points": "3"}], park_type="production")), "--as", EVALUATOR)
        self.assert_same_score(path, self.write("whole.yaml", text))
        self.lingtan("undo", path, "--as", EVALUATOR)
        self.assertEqual(self.document("score", path), before)

    def test_an_unset_answer_is_open_again(self):
        path = self.new()
        empty = self.document("score", path, "--rung", "evaluator")
        self.set(path, "4.2.1", "points:8")
        self.quantity(path, "emission", "12", "tCO2")
        self.assertNotEqual(self.document("score", path, "--rung", "evaluator"), empty)
        self.set(path, "4.2.1", "unset")
        self.quantity(path, "emission", "unset")
        self.assertEqual(self.document("score", path, "--rung", "evaluator"), empty)
        self.assert_holds(path)


class Set(ProjectCase):
    def test_it_takes_what_a_sheet_takes(self):
        path = self.new()
        for item, result, entry in (
                ("4.1.1", "met", {"result": "met"}), ("4.1.1", "not-met", {"result": "not-met"}), ("4.1.3", "na:非生产制造类型", {"na": "非生产制造类型"}), ("4.1.3", "na:not-production", {"na": "not-production"}),
                ("4.1.3", "na:", {"na": ""}), ("4.1.1", "na:not-yet-built", {"na": "not-yet-built"}), ("4.1.2", "na:not-yet-built", {"na": "not-yet-built"}), ("4.1.1", "yes", {"result": "yes"}),
                ("4.1.1", "points:5", {"points": "5"}), ("4.2.1", "points:8.5", {"points": "8.5"}), ("4.2.1", "points:0", {"points": "0"}), ("4.2.1", "points:10", {"points": "10"}),
                ("4.2.1", "points:10.1", {"points": "10.1"}), ("4.2.1", "points:-1", {"points": "-1"}), ("4.2.1", "points:8.50", {"points": "8.50"}), ("4.2.1", "points:08", {"points": "08"}),
                ("4.2.1", "points:1e1", {"points": "1e1"}), ("4.2.1", "points:", {"points": ""}), ("4.2.1", "points:8,5", {"points": "8,5"}), ("4.2.1", "points:1.0000000000001", {"points": "1.0000000000001"}),
                ("4.2.1", "points:0.000000000001", {"points": "0.000000000001"}), ("4.2.1", "met", {"result": "met"}), ("4.2.1", "yes", {"result": "yes"}), ("j.maximised", "yes", {"result": "yes"}),
                ("j.maximised", "no", {"result": "no"}), ("j.maximised", "met", {"result": "met"}), ("nothing", "met", {"result": "met"}), ("", "met", {"item": "", "result": "met"}),
                ("4.2", "met", {"result": "met"}), ("total", "points:5", {"points": "5"}), ("4.1.1", "maybe", {"result": "maybe"})):
            with self.subTest(item=item, result=result):
                remark = ["--remark", "复核同意"]
                of = self.write("one.yaml", sheet(A, [dict({"item": item, "remark": "复核同意"}, **entry)], park_type="production"))
                taken = self.lingtan("score", of, code=(0, 3, 4)).code == 0
                before = self.entries(path)
                run = self.set(path, item, result, *remark, code=0 if taken else (2, 4))
                if taken:
                    self.assert_same_score(path, of)
                    self.set(path, item, "unset")
                else:
                    self.assertEqual(run.out, "")
                    self.assertNotEqual(run.err, "")
                    self.assertEqual(self.entries(path), before)
        self.assert_holds(path)

    def test_a_result_is_not_guessed(self):
        path = self.new()
        for result in ("", "Points:8", "points:八", "points: 8", "MET", "符合", "8x", "points=8", "na", "unset:"):
            with self.subTest(result=result):
                with self.untouched():
                    self.set(path, "4.2.1", result, code=4)
        # what an input method or a slip puts beside it is no guess
        for points, result in enumerate(("points：1", "points:２", "points:3 "), 1):
            with self.subTest(result=result):
                self.set(path, "4.2.1 ", result)
                self.assertEqual(self.entries(path)[-1]["changes"][0]["new"], ["points", str(points), ""])

    def test_quantities(self):
        path = self.new()
        for name, value, unit, entry in (
                ("land.green_cover", "30.5", "%", {"value": "30.5", "unit": "%"}), ("land.green_cover", "0.305", "1", {"value": "0.305", "unit": "1"}), ("land.green_cover", "101", "%", {"value": "101", "unit": "%"}),
                ("land.green_cover", "-1", "%", {"value": "-1", "unit": "%"}), ("land.green_cover", "30.5", "kWh", {"value": "30.5", "unit": "kWh"}), ("land.green_cover", "30.5", "zork", {"value": "30.5", "unit": "zork"}),
                ("emission", "5", "kgCO2", {"value": "5", "unit": "kgCO2"}), ("emission", "5", None, {"value": "5"}), ("emission", "1,5", None, {"value": "1,5"}), ("nothing", "5", None, {"value": "5"}),
                ("emission", "na:x", None, {"na": "x"}), ("emission", "", None, {"value": ""}), ("emission", "99999999999999999999999999999999", "tCO2", {"value": "99999999999999999999999999999999", "unit": "tCO2"})):
            with self.subTest(quantity=name, value=value, unit=unit):
                of = self.write("one.yaml", sheet(A, [], [dict({"id": name, "year": YEAR}, **entry)], park_type="production"))
                taken = self.lingtan("score", of, code=(0, 3, 4)).code == 0
                before = self.entries(path)
                run = self.quantity(path, name, value, *([unit] if unit else []), code=0 if taken else (2, 4))
                if taken:
                    self.assert_same_score(path, of)
                    self.quantity(path, name, "unset")
                else:
                    self.assertNotEqual(run.err, "")
                    self.assertEqual(self.entries(path), before)
        self.lingtan("quantity", path, "emission", "5", code=2)
        self.quantity(path, "emission", "5", year="20x5", code=4)
        self.assert_holds(path)

    def test_a_quantity_that_may_be_excused(self):
        path = self.new(standard=NDRC, stage=None, park_type=None)
        self.quantity(path, "water.reuse_rate", "na:条件不具备")
        self.quantity(path, "emission.fuel", "na:条件不具备", code=4)
        self.assert_holds(path)

    def test_another_year_does_not_count(self):
        path = self.new()
        self.quantity(path, "emission", "7", "tCO2", year="2024")
        self.assertIsNone(self.document("score", path, "--rung", "evaluator")["balance"]["emission"])
        self.quantity(path, "emission", "8", "tCO2")
        self.assertEqual(self.document("score", path)["balance"]["emission"], "8")

    def test_measured_once_used_everywhere(self):
        path = self.new()
        self.lingtan("add", path, "--standard", NDRC, "--stage", "", "--year", YEAR, "--as", LEADER)
        self.assertEqual(len(self.documents_of(path)), 2)
        self.quantity(path, "waste.solid_use_rate", "93.6", "%")
        for a in self.documents_of(path):
            node = self.lingtan("explain", path, "waste.solid_use_rate", "--assessment", a, "--json", code=0).json()
            self.assertEqual((node["low"], node["high"]), ("93.6", "93.6"), a)

    @staticmethod
    def documents_of(path):
        return [r[0] for r in projects.query(path, "SELECT assessment FROM assessment ORDER BY assessment")]

    def test_wrong_usage(self):
        path = self.rich()
        sha = projects.query(path, "SELECT sha256 FROM evidence")[0][0]
        with self.untouched():
            for words in (["new"], ["new", self.folder / "n.lingtan"], ["add", path], ["set", path], ["set", path, "4.2.1"], ["set", path, "4.2.1", "points:8", "more"], ["set", path, "4.2.1", "points:8", "--remark"],
                          ["quantity", path], ["quantity", path, "emission"], ["import", path], ["attach", path, "4.2.1"], ["attach", path, "4.2.1", path], ["extract", path], ["extract", path, sha], ["purge", path],
                          ["verify"], ["verify", path, "--head"], ["log"], ["undo"], ["undo", path, "x"], ["redo"], ["copy", path], ["copy"], ["rescue", path], ["evidence"], ["submit"], ["log", path, "--nonsense"],
                          ["set", path, "4.2.1", "points:8", "--dry-run-not"]):
                with self.subTest(words=words[:1] + words[2:]):
                    run = self.lingtan(*words, code=2)
                    self.assertEqual(run.out, "")

    def test_a_long_name_in_a_message_is_cut_between_characters(self):
        path, name = self.new(), 3 * "一二三四五六七八九十"
        for words in (("paper", name, path, "-o", self.dir / "o.pdf"), ("profile", "show", path, name), ("patch", "make", path, "--since", "x" + name, "-o", self.dir / "o.patch"),
                      ("requests", path, "x" + name, "asked"), ("findings", path, "x" + name), ("people", path, name), ("set", path, "xx" + name), ("fill", path, "person", "x" + name)):
            with self.subTest(words=words[0]):
                run = self.lingtan(*words, "--as", LEADER, code=(0, 2, 3, 4))
                self.assertNotIn("\\x", run.both)
                self.assertFalse(run.err and words[0] in ("paper", "profile", "patch") and name[:15] not in run.err, run)

    def test_every_word_is_in_the_help(self):
        for lang in ("zh", "en"):
            said = self.lingtan("--help", "--lang", lang).out
            for word in ("new", "add", "set", "quantity", "import", "attach", "evidence", "extract", "purge", "submit", "log", "verify", "undo", "redo", "copy", "rescue", "--readonly", "--as", "--role", "--assessment"):
                self.assertIn(word, said)

    def test_json_is_one_document_or_nothing(self):
        path = self.new()
        photo = self.write("photo.jpg", b"photo")
        for words in (["set", path, "4.2.1", "points:8"], ["quantity", path, "emission", "1", "tCO2", "--year", YEAR], ["attach", path, "4.2.1", photo, "--locator", "第3页"], ["undo", path], ["redo", path],
                      ["import", path, SAMPLES / (CSUS + ".yaml"), "--dry-run"], ["extract", path, "photo.jpg", "-o", self.dir / "out"], ["copy", path, self.dir / "to.lingtan"], ["submit", path, "--reason", "完成"]):
            with self.subTest(word=words[0]):
                run = self.lingtan(*words, "--json", "--as", EVALUATOR)
                if run.out.strip():
                    run.json()


class EveryForm(ProjectCase):
    def test_what_the_standards_at_hand_hardly_have(self):
        """Tiers by hand and by a figure, a line, check points: the journal says them in words, explaining says which of them hold, and a project is what its sheet is."""
        answers = [{"item": "tiers6", "tier": "middle"}, {"item": "checks8", "checks": ["c1", "c3"]}, {"item": "less4", "na": "absent"}, {"item": "points10", "na": "other", "reason": "没有这样的设施"}]
        figures = [{"id": "reuse", "value": "60", "unit": "%", "year": YEAR}, {"id": "heat", "value": "44", "unit": "GJ", "year": YEAR}]
        small = ["--rulesets", harness.TREE / "tests/core/small"]
        path = self.new("p.lingtan", "--place", "north", *small, standard="forms", stage=None, park_type=None)
        of = self.write("a.yaml", sheet("forms//" + YEAR, answers, figures).replace("rung: evaluator\n", "rung: evaluator\nplace: north\n"))
        self.lingtan("import", path, of, "--as", EVALUATOR)
        keep = lambda score: {key: score[key] for key in ("outcomes", "controls", "sections", "total", "grade")}
        self.assertEqual(keep(self.document("score", path)), keep(self.document("score", of, *small)))
        said = self.lingtan("log", path, "--all").out
        for words in ("清单 结论：甲、丙", "选档 结论：middle", "越少越好的档 结论：不适用：没有", "零至十分 结论：不适用：其他（写明）"):
            self.assertIn(words, said)
        self.assertIn("没有这样的设施", said)
        explained = lambda item: self.lingtan("explain", path, item).out
        self.assertEqual([line.strip() for line in explained("checks8").splitlines()[1:4]], ["检查点：[x] 甲 → 1", "检查点：[ ] 乙 → 3", "检查点：[x] 丙 → 4"])
        self.assertEqual([line.strip() for line in explained("tiers6").splitlines() if "所选" in line], ["档次：middle → 4  （所选）"])
        self.assertEqual([c["holds"] for c in self.document("explain", path, "checks8")["checks"]], [True, False, True])
        self.assertEqual([t["id"] for t in self.document("explain", path, "tiers6")["tiers"] if t["chosen"]], ["middle"])
        self.assertRegex(explained("steps6"), r"= 4 / 满分 6 .*\n  档次：≥ 20 → 2\n")
        self.assertRegex(explained("line5"), r"= 4 / 满分 5 .*\n  直线：80 → 0，35 → 5 ")
        # none of the checks is one word, however it is said
        self.set(path, "checks8", "not-met")
        self.assertIn("没有改动", self.set(path, "checks8", "checks:").out)
        self.set(path, "checks8", "checks：c1、ｃ3")
        self.assertEqual([c["holds"] for c in self.document("explain", path, "checks8")["checks"]], [True, False, True])
        self.set(path, "checks8", "not-met")
        self.assert_holds(path)


class Import(ProjectCase):
    def test_dry_run_changes_not_one_byte(self):
        path = self.rich()
        for of in (SAMPLES / (CSUS + ".yaml"), self.write("part.yaml", sheet(A, [{"item": "4.2.7", "points": "3"}, {"item": "4.2.1", "points": "1"}], park_type="production"))):
            with self.untouched():
                run = self.lingtan("import", path, of, "--dry-run", "--as", EVALUATOR)
                self.assertIn("4.2.7", run.out, "the change is not shown")
                self.lingtan("import", path, of, "--dry-run", "--json", "--as", EVALUATOR).json()
        # what it showed is what happens
        self.lingtan("import", path, of, "--as", EVALUATOR)
        self.assertEqual(len(self.entries(path)[-1]["changes"]), 2)

    def test_one_wrong_entry_refuses_all(self):
        path = self.rich()
        good = sheet(A, [{"item": "4.2.5", "points": "3"}, {"item": "4.2.6", "points": "4"}, {"item": "4.2.7", "points": "5"}], [{"id": "waste.solid_use_rate", "year": YEAR, "value": "90", "unit": "%"}],
                     [{"id": "x1", "year": YEAR, "kind": "emission", "scope": "2", "system": "energy", "source": "grid_power", "activity": "5", "unit": "kWh", "factor": "grid-2023-national"}], park_type="production")
        for old, new, code in (('"4.2.7", points: "5"', '"4.2.77", points: "5"', 4), ('"4.2.7", points: "5"', '"4.2.7", points: "55"', 4), ('"4.2.7", points: "5"', '"4.2.7", result: "met"', 4),
                               ('"4.2.7"', '"4.2.6"', (3, 4)), ('points: "5"', 'points: "5x"', (3, 4)), ('points: "5"', 'pints: "5"', (3, 4)), ('value: "90"', 'value: "190"', 4), ('unit: "%"', 'unit: "kWh"', 4),
                               ("waste.solid_use_rate", "waste.nothing", 4), ("grid-2023-national", "grid-nothing", (3, 4)), ('unit: "kWh"', 'unit: "t"', (3, 4)), (good[-6:], "", (3, 4))):
            text = good.replace(old, new, 1)
            self.assertNotEqual(text, good)
            of = self.write("wrong.yaml", text)
            line = harness.line_of(text, new) if new else 1
            for more in ([], ["--dry-run"]):
                with self.subTest(new=new, more=more), self.untouched():
                    run = self.lingtan("import", path, of, "--as", EVALUATOR, *more, code=code)
                    if new and '"4.2.6"' != new:
                        self.assertRegex(run.both, r"wrong\.yaml:%d:[0-9]+: " % line)
        self.lingtan("import", path, self.write("good.yaml", good), "--as", EVALUATOR)
        self.assertEqual(self.document("explain", path, "4.2.7")["low"], "5")
        self.assert_holds(path)

    def test_unknown_figures_and_wrong_units_are_refused(self):
        """What a score would refuse is refused before it is in the file, each entry at its line, of whatever year."""
        path = self.new()
        line = {"year": YEAR, "scope": "2", "system": "energy", "source": "grid_power", "activity": "12000000", "unit": "kWh", "factor": "grid-2023-national"}
        for quantities, lines, word in (([{"id": "nothing.known", "year": YEAR, "value": "3"}], [], "nothing.known"), ([{"id": "land.green_cover", "year": YEAR, "value": "3", "unit": "kWh"}], [], "kWh"),
                                        ([{"id": "land.green_cover", "year": YEAR, "value": "3", "unit": "x"}], [], "x"), ([], [dict(line, unit="kg")], "kg"), ([], [dict(line, unit="x")], "x"),
                                        ([], [dict(line, factor="nothing")], "nothing"), ([], [dict(line, unit="kg", year="2024")], "kg"), ([], [dict(line, factor="nothing", year="2024")], "nothing")):
            with self.subTest(quantities=quantities, lines=lines), self.untouched():
                text = sheet(A, [{"item": "4.2.1", "points": "8"}], quantities, lines, park_type="production")
                run = self.lingtan("import", path, self.write("s.yaml", text), "--as", EVALUATOR, "--lang", "en", code=4)
                self.assertRegex(run.err, r"(?m)^\S*s\.yaml:%d:\d+: error: .*%s" % (len(text.splitlines()), word))
        self.lingtan("import", path, self.write("s.yaml", sheet(A, [], [], [line, dict(line, year="2024")], park_type="production")), "--as", EVALUATOR)
        self.document("score", path)

    def test_it_is_one_entry(self):
        path = self.new()
        before, empty = len(self.entries(path)), self.document("score", path, "--rung", "evaluator")
        self.lingtan("import", path, SAMPLES / (CSUS + ".yaml"), "--as", EVALUATOR)
        entries = self.entries(path)
        self.assertEqual(len(entries), before + 1)
        self.assertEqual((entries[-1]["by"], entries[-1]["role"]), ("林静", "evaluator"))
        self.assertGreater(len(entries[-1]["changes"]), 120)
        self.lingtan("undo", path, "--as", EVALUATOR)
        self.assertEqual(self.document("score", path, "--rung", "evaluator"), empty)
        self.lingtan("redo", path, "--as", EVALUATOR)
        self.assert_same_score(path, SAMPLES / (CSUS + ".yaml"))

    def test_the_rung_of_a_sheet_is_for_who_may_write_it(self):
        path = self.new()
        for rung, mine, other in (("self", OWNER, EVALUATOR), ("evaluator", EVALUATOR, OWNER), ("reviewer", REVIEWER, EVALUATOR), ("awarded", APPROVER, REVIEWER)):
            with self.subTest(rung=rung):
                of = self.write("rung.yaml", sheet(A, [{"item": "4.2.1", "points": "4"}], park_type="production", rung=rung))
                with self.untouched():
                    self.lingtan("import", path, of, "--as", other, code=4)
                self.lingtan("import", path, of, "--as", mine)
                self.assertEqual(self.entries(path)[-1]["changes"][0]["key"], "%s|%s|4.2.1" % (A, rung))

    def test_bad_sheets(self):
        path = self.rich()
        with self.untouched():
            for name, data in (("empty", b""), ("noise", self.bytes_of(1, 5000)), ("GBK", "assessment: 园区".encode("gbk")), ("deep", b"[" * 10000), ("aliases", b"a: &a [*a]\n"), ("no assessment", b"answers: []\n"),
                               ("another standard", sheet("nope/operation/2025", [{"item": "4.2.1", "points": "1"}]).encode()), ("a project", path.read_bytes())):
                with self.subTest(sheet=name):
                    run = self.lingtan("import", path, self.write("bad.yaml", data), "--as", EVALUATOR, code=(3, 4))
                    self.assertRegex(run.err, "bad.yaml|nope")
            self.lingtan("import", path, "missing.yaml", "--as", EVALUATOR, code=3)
            self.lingtan("import", path, self.dir, "--as", EVALUATOR, code=3)


class Rungs(ProjectCase):
    WHO = (("self", OWNER), ("evaluator", EVALUATOR), ("reviewer", REVIEWER), ("awarded", APPROVER))

    def test_they_do_not_touch_each_other(self):
        path = self.new()
        sheets = {}
        for n, (rung, who) in enumerate(self.WHO):
            for k in range(1, 6):
                self.set(path, "4.2.%d" % k, "points:%d" % (n + k), who=who)
            self.quantity(path, "emission", str(100 + n), "tCO2", who=who)
            sheets[rung] = self.write(rung + ".yaml", sheet(A, [{"item": "4.2.%d" % k, "points": str(n + k)} for k in range(1, 6)], [{"id": "emission", "year": YEAR, "value": str(100 + n), "unit": "tCO2"}],
                                                            park_type="production", rung=rung))
            # the highest rung with answers is shown
            self.assertEqual(self.document("score", path)["rung"], rung)
        for rung, who in self.WHO:
            self.assert_same_score(path, sheets[rung], "--rung", rung)
            self.assert_same_score(path, sheets[rung], "--role", who.split(":")[1])
            self.assertEqual(self.document("score", path, "--role", who.split(":")[1])["rung"], rung)
        before = {rung: self.document("score", path, "--rung", rung) for rung, _ in self.WHO}
        self.set(path, "4.2.1", "points:10", who=REVIEWER)
        self.set(path, "4.2.2", "unset", who=REVIEWER)
        for rung, _ in self.WHO:
            if rung == "reviewer":
                self.assertNotEqual(self.document("score", path, "--rung", rung), before[rung])
            else:
                self.assertEqual(self.document("score", path, "--rung", rung), before[rung])
        self.assert_holds(path)

    def test_nobody_writes_anothers(self):
        path = self.rich()
        with self.untouched():
            for rung, who in self.WHO:
                for other, _ in self.WHO:
                    if other != rung:
                        run = self.set(path, "4.2.1", "points:1", "--rung", other, who=who, code=4)
                        self.assert_refused(run)
            self.set(path, "4.2.1", "points:1", "--rung", "nope", code=2)
            self.set(path, "4.2.1", "points:1", who="某人:emperor", code=2)
        self.set(path, "4.2.1", "points:1", "--rung", "evaluator")
        self.set(path, "4.2.2", "points:2", who="组长甲:leader")
        self.assertEqual(self.entries(path)[-1]["changes"][0]["key"], A + "|evaluator|4.2.2")

    def test_the_role_apart_from_the_name(self):
        path = self.new()
        self.lingtan("set", path, "4.2.1", "points:3", "--as", "何园", "--role", "park")
        last = self.entries(path)[-1]
        self.assertEqual((last["by"], last["role"], last["changes"][0]["key"]), ("何园", "park", A + "|self|4.2.1"))
        self.lingtan("set", path, "4.2.1", "points:4", "--as", "林静")
        last = self.entries(path)[-1]
        self.assertEqual((last["by"], last["role"], last["changes"][0]["key"]), ("林静", "evaluator", A + "|evaluator|4.2.1"))
        self.lingtan("set", path, "4.2.1", "points:5")
        self.assertNotEqual(self.entries(path)[-1]["by"], "")

    def test_one_person_does_not_climb_two_rungs(self):
        path = self.new()
        self.set(path, "4.2.1", "points:3", who="林静:evaluator")
        with self.untouched():
            self.set(path, "4.2.1", "points:4", who="林静:reviewer", code=4)


class Assessments(ProjectCase):
    def both(self):
        path = self.new()
        self.lingtan("add", path, "--standard", CSUS, "--stage", "planning", "--type", "production", "--year", YEAR, "--as", LEADER)
        return path

    def test_a_shared_item_is_ambiguous(self):
        path = self.both()
        with self.untouched():
            run = self.set(path, "4.2.1", "points:8", code=4)
            self.assert_refused(run, A, PLANNING)
        self.set(path, "4.2.1", "points:8", "--assessment", A)
        self.set(path, "4.2.1", "points:3", "--assessment", PLANNING)
        for a, points in ((A, "8"), (PLANNING, "3")):
            of = self.write("one.yaml", sheet(a, [{"item": "4.2.1", "points": points}], park_type="production"))
            self.assert_same_score(path, of, "--assessment", a)
            self.assertEqual(self.document("explain", path, "4.2.1", "--assessment", a)["low"], points)
        with self.untouched():
            photo = self.write("photo.jpg", b"photo")
            self.attach(path, "4.2.1", photo, code=4)
            for wrong in ("nope", CSUS, CSUS + "/operation/2024", CSUS + "/nope/" + YEAR, "", "|", A + "/"):
                with self.subTest(assessment=wrong):
                    run = self.set(path, "4.2.1", "points:8", "--assessment", wrong, code=4)
                    self.assertNotEqual(run.err, "")

    def test_only_those_that_have_the_item_are_told_to_choose_from(self):
        path, other = self.both(), SEESA + "/operation/" + YEAR
        self.lingtan("add", path, "--standard", SEESA, "--stage", "operation", "--year", YEAR, "--as", LEADER)
        with self.untouched():
            for item in ("4.2.2", "12.1.3"):  # by the standard's own number too
                run = self.set(path, item, "points:8", code=4)
                self.assert_refused(run, A, PLANNING)
                self.assertNotIn(SEESA, run.err)
            # where none has it, or no item is named, one may be any of them
            self.assert_refused(self.set(path, "99.9", "points:8", code=4), A, PLANNING, other)
            self.assert_refused(self.lingtan("score", path, code=4), A, PLANNING, other)

    def test_an_item_is_known_by_the_number_that_the_standard_gives_it(self):
        """12-3 is clause 12.1.3, so it stands in the report; the file holds one name of it, whichever was written."""
        path, proof = self.new(), self.write("证明.txt", "证明")
        self.lingtan("set", path, "12.1.3", "points:6", "--as", EVALUATOR)
        self.lingtan("attach", path, "12.1.3", proof, "--locator", "第1页", "--as", EVALUATOR)
        self.lingtan("remark", path, "12.1.3", "看过", "--as", EVALUATOR)
        self.lingtan("onsite", path, "12.1.3", "conforms", "属实", "--as", EVALUATOR)
        log = self.document("log", path)["entries"][-4:]
        self.assertEqual([e["command"].split()[1] for e in log], ["12-3"] * 4)
        self.assertNotIn("12.1.3", str(log))
        self.assertEqual(self.document("explain", path, "12.1.3"), self.document("explain", path, "12-3"))
        self.assertEqual(self.document("remarks", path, "12.1.3"), self.document("remarks", path, "12-3"))
        self.assertEqual(len(self.document("remarks", path, "12.1.3")["remarks"]), 1)
        self.assertEqual(len(self.document("inspections", path, "12.1.3")), 1)
        self.lingtan("finding", "add", path, "minor", "无台账", "--item", "12.1.3", "--as", EVALUATOR)
        self.assertIn('"12-3"', self.lingtan("findings", path, "--json").out)
        # a beginning is no number
        for word in (["set", path, "12.1", "points:6"], ["explain", path, "12.1"]):
            self.assertIn("12.1”", self.lingtan(*word, "--as", EVALUATOR, code=4).err)

    def test_a_sheet_knows_items_by_the_number_that_the_standard_gives_them(self):
        """Owners fill it in with the printed standard beside them."""
        head = "assessment: %s\npark_type: production\nanswers:\n" % A
        path, known = self.new(), "- {item: 4.2.1, points: 8}\n"
        rows = self.write("表.csv", "#assessment,%s\n条款,得分\n12.1.3,6\n" % A)
        sheet = self.write("表.yaml", head + known + "- {item: 12.1.3, points: 6}\n")
        by_id = self.write("表2.yaml", head + known + "- {item: 12-3, points: 6}\n")
        self.assertEqual(self.document("score", sheet), self.document("score", by_id))
        self.assertEqual(self.document("explain", sheet, "12.1.3"), self.document("explain", by_id, "12-3"))
        self.lingtan("import", path, sheet, "--as", EVALUATOR)
        self.assertEqual(self.document("explain", path, "12-3")["low"], "6")
        self.assertEqual(self.document("import", path, rows, "--as", EVALUATOR)["changed"], False)
        self.assertIn("12-3", str(self.entries(path)[-1]))
        self.assertNotIn("12.1.3", str(self.document("log", path)))
        # the other name of an item that is answered already, and a number that is no item's
        for first, second in (("12-3", "12.1.3"), ("12.1.3", "12-3")):
            twice = self.write("两次.yaml", head + known + "- {item: %s, points: 6}\n- {item: %s, points: 5}\n- {item: 12.1, points: 1}\n" % (first, second))
            with self.subTest(first=first, second=second), self.untouched():
                for words in (["score", twice], ["import", path, twice, "--as", EVALUATOR]):
                    told = self.lingtan(*words, "--lang", "en", code=4).err
                    self.assertIn("两次.yaml:6:3: error: item 12-3, 12.1.3 of the standard, is answered twice", told)
                    self.assertRegex(told, r"两次.yaml:7:3: error: .*12\.1'")
                    self.assertEqual(told.count("error:"), 2, told)

    def test_whatever_takes_an_item_takes_the_standards_number(self):
        path = self.new()
        self.lingtan("profile", "set", path, "head", "id=ours", "responsible=本机构", "title_zh=本机构数值", "title_en=Ours", "--as", LEADER)

        def do(*words, who=EVALUATOR):
            self.lingtan(*words, "--as", who)
        do("assign", path, "12.1.3", "何园", who=LEADER)
        do("must", path, "12.1.3", "controls", who=LEADER)
        do("note", path, "表封完好")
        do("note", path, "台账缺页")
        do("file", path, "表封完好", "12.1.3")
        do("file", path, "台账缺页", "4.2.1,12.1.3")
        do("finding", "add", path, "minor", "无台账", "--item", "12.1.3")
        do("stop", path, "title=能源站", "day=2026-03-25", "from=14:00", "to=17:30", "items=12.1.3,7.2.1", who=LEADER)
        do("interview", path, "person=何园", "text=每月抄表", "items=7.2.1,12.1.3")
        do("profile", "set", path, "points", "12.1.3", "value=10", "cite=第15页", who=LEADER)
        do("set", path, "12.1.3", "points:6")
        do("follow", path, "12.1.3", "--year", "2026", who=LEADER)
        log = self.document("log", path)["entries"]
        changes = str([e["changes"] for e in log])
        self.assertEqual((changes.count("12.1.3"), changes.count("12-3") >= 9), (0, True), changes)
        self.assertEqual([e["command"].split()[1] for e in log if e["command"].split()[0] in ("assign", "must", "follow")], ["12-3"] * 3)
        for word, of in (("notes", lambda d: len(d)), ("findings", lambda d: len(d["findings"]))):
            for item, n in (("12.1.3", 2 if word == "notes" else 1), ("12-3", 2 if word == "notes" else 1), ("7.2.1", 0)):
                self.assertEqual(of(self.document(word, path, "--item", item, "--assessment", A)), n, word + item)
        self.assertIn("12-3", self.lingtan("profile", "show", path, "--assessment", A).out)
        # which of several is meant is not asked of a filter
        self.assertEqual(len(self.document("findings", path, "--item", "12.1.3")["findings"]), 1)
        # a section is none, nor what no standard has
        self.assertIn("99.9", self.lingtan("assign", path, "99.9", "何园", "--assessment", A, "--as", LEADER, code=4).err)
        do("assign", path, "4", "规划局", "--assessment", A, who=LEADER)

    def test_a_patch_is_taken_by_the_standards_number(self):
        path, theirs = self.new(), self.folder / "另一份.lingtan"
        self.lingtan("copy", path, theirs)
        start = self.document("verify", path)["head"]
        for item in ("12.1.3", "4.2.1", "4.2.2"):
            self.lingtan("set", theirs, item, "points:6", "--as", EVALUATOR)
        patch = self.folder / "a.patch"
        self.lingtan("patch", "make", theirs, "--since", start, "-o", patch, "--as", EVALUATOR)
        shown = self.lingtan("patch", "apply", path, patch, "--dry-run", "--accept", "12.1.3", "--reason", "只收一条", "--as", LEADER)
        self.assertRegex(shown.out, r"(?m)^收 12-3$")
        self.assertRegex(shown.out, r"(?m)^不收 4\.2\.1")
        shown = self.lingtan("patch", "apply", path, patch, "--dry-run", "--reject", "12.1.3=没有台账", "--as", LEADER)
        self.assertRegex(shown.out, r"(?m)^不收 12-3  没有台账$")
        self.assertIn("12.1.4", self.lingtan("patch", "apply", path, patch, "--accept", "12.1.4", "--reason", "试", "--as", LEADER, code=4).err)

    def test_what_an_input_method_gives_is_understood(self):
        """Full-width digits and marks, and the words for a result, as on the screens and in sheets; what is prose stays as it is."""
        path = self.new()
        for item, typed in (("４.２.１", "points：８.５"), (" 4。2。2", "points:７"), ("１２－３", "ｐｏｉｎｔｓ:6"), ("4.1.1", "符合"), ("4.1.2", " 不符合　"), ("4.1.3", "不适用：非生产（仓储）：无炉")):
            self.lingtan("set", path, item, typed, "--as", "李工：evaluator")
        self.assertEqual(self.document("score", path, "--as", "何园：park")["rung"], "self")
        self.lingtan("quantity", path, "energy.renewable_share", "２３。４", "％", "--year", "２０２５年", "--as", EVALUATOR)
        self.lingtan("document", path, "４.２.１", "conforms", "--as", EVALUATOR)
        self.lingtan("stop", path, "title=能源站", "day=2026-03-25", "from=14:00", "to=17:30", "people=林静、李工", "items=４.２.１，12.1.3", "--as", LEADER)
        log = self.document("log", path)["entries"]
        found = {c["key"].split("|")[-1]: c["new"] for e in log for c in e["changes"] if c["group"] in ("verdict", "value")}
        self.assertEqual(found, {"4.2.1": ["points", "8.5", ""], "4.2.2": ["points", "7", ""], "12-3": ["points", "6", ""], "4.1.1": ["met", "", ""], "4.1.2": ["not-met", "", ""],
                                 "4.1.3": ["na", "other", "非生产（仓储）：无炉"], "energy.renewable_share": ["23.4", "%", "", ""]})
        self.assertEqual({(e["by"], e["role"]) for e in log if e["kind"] == "set"}, {("李工", "evaluator")})
        self.assertEqual({c["key"].split("|")[-1] for c in log[-1]["changes"] if c["table"] in ("stop_item", "presence")}, {"4.2.1", "12-3", "林静", "李工"})
        self.lingtan("quantity", path, "energy.renewable_share", "５０％", "--year", YEAR, "--as", EVALUATOR)
        self.assertEqual(self.document("log", path)["entries"][-1]["changes"][0]["new"], ["50", "%", "", ""])
        self.assert_refused(self.lingtan("quantity", path, "energy.renewable_share", "50%", "kWh", "--year", YEAR, "--as", EVALUATOR, code=4), "50%")
        # the two dashes of an option, as they come then; what is no option is a word
        self.lingtan("set", path, "4.2.3", "points:7", "——remark", "——原文如此", "—as=林静：evaluator")
        self.assertIn("——原文如此", self.lingtan("explain", path, "4.2.3", "－－rung", "evaluator").out)
        self.assert_refused(self.lingtan("set", path, "4.2.3", "不", "符合", "--as", EVALUATOR, code=2), "“符合”是多出来的，有空格的内容请加引号；用法：lingtan set FILE ITEM RESULT")
        log = self.document("log", path)["entries"]
        # what no input method would give is refused by the name that was typed
        with self.untouched():
            for item, typed in (("４.２.９９", "points:1"), ("4.2.1", "points：八"), ("4.2.1", "很好")):
                self.assert_refused(self.lingtan("set", path, item, typed, "--as", EVALUATOR, code=4), item)
            self.assert_refused(self.lingtan("set", path, "4.2.1", "points：8、5", "--as", EVALUATOR, code=4), "8、5")
            for value, unit in (("否", "%"), ("符合", "%"), ("8、5", "%"), ("1", "是")):
                run = self.lingtan("quantity", path, "energy.renewable_share", value, unit, "--year", YEAR, "--as", EVALUATOR, code=4)
                self.assert_refused(run, "“%s”" % (unit if value == "1" else value))
            self.assert_refused(self.lingtan("set", path, "4.2.1", "points:1", "--as", "李工：评价", code=(2, 4)), "评价")

    def test_an_item_of_one_alone_needs_no_name(self):
        path = self.new()
        self.lingtan("add", path, "--standard", SEESA, "--stage", "operation", "--year", YEAR, "--as", LEADER)
        self.set(path, "12-1", "points:8")
        self.set(path, "b1", "met")
        self.assert_same_score(path, self.write("a.yaml", sheet(A, [{"item": "12-1", "points": "8"}], park_type="production")), "--assessment", A)
        self.assert_same_score(path, self.write("b.yaml", sheet(SEESA + "/operation/" + YEAR, [{"item": "b1", "result": "met"}])), "--assessment", SEESA + "/operation/" + YEAR)

    def test_what_cannot_be_added(self):
        path = self.both()
        with self.untouched():
            for standard, stage, year, code in ((CSUS, "planning", YEAR, 4), (CSUS, "nope", YEAR, 4), ("nope", "planning", YEAR, 4), (CSUS, "planning", "x", (2, 4)), (CSUS, "operation", "", (2, 4)), (CSUS, "a/b", YEAR, 4)):
                with self.subTest(standard=standard, stage=stage, year=year):
                    self.lingtan("add", path, "--standard", standard, "--stage", stage, "--type", "production", "--year", year, "--as", LEADER, code=code)
        for more in ("2024", "2026"):
            self.lingtan("add", path, "--standard", CSUS, "--stage", "operation", "--type", "office", "--year", more, "--as", LEADER)
        self.assertEqual(self.document("score", path, "--assessment", CSUS + "/operation/2026")["park_type"], "office")
        self.assertEqual(self.document("score", path, "--assessment", A)["park_type"], "production")
        self.assert_holds(path)

    def test_one_that_is_not_there(self):
        path = self.new()
        for word in ("score", "explain", "gap", "submit"):
            run = self.lingtan(word, path, "--assessment", PLANNING, code=4)
            self.assert_refused(run, A)
        run = self.lingtan("explain", path, "nope", code=4)
        self.assertIn("nope", run.err)


class Undo(ProjectCase):
    def test_back_and_forth(self):
        path = self.new()
        states = [self.document("score", path, "--rung", "evaluator")]
        self.set(path, "4.2.1", "points:5", "--remark", "一")
        states.append(self.document("score", path, "--rung", "evaluator"))
        self.set(path, "4.2.1", "points:6")
        states.append(self.document("score", path, "--rung", "evaluator"))
        self.quantity(path, "emission", "5", "tCO2")
        states.append(self.document("score", path, "--rung", "evaluator"))
        entries = self.entries(path)
        for n in (2, 1, 0):
            self.lingtan("undo", path, "--as", EVALUATOR)
            self.assertEqual(self.document("score", path, "--rung", "evaluator"), states[n])
        for n in (1, 2, 3):
            self.lingtan("redo", path, "--as", EVALUATOR)
            self.assertEqual(self.document("score", path, "--rung", "evaluator"), states[n])
        now = self.entries(path)
        self.assertEqual(now[:len(entries)], entries, "an entry was changed and not added")
        self.assertEqual(len(now), len(entries) + 6)
        self.assertEqual([e["undoes"] for e in now[len(entries):len(entries) + 3]], [e["hash"] for e in entries[:-4:-1]])
        with self.untouched():
            self.lingtan("redo", path, "--as", EVALUATOR, code=4)
        # what came back may go once more
        self.lingtan("undo", path, "--as", EVALUATOR)
        self.assertEqual(self.document("score", path, "--rung", "evaluator"), states[2])
        self.assert_holds(path)

    def test_what_was_done_since_closes_the_way_to_redo(self):
        path = self.new()
        self.set(path, "4.2.1", "points:5")
        self.lingtan("undo", path, "--as", EVALUATOR)
        self.set(path, "4.2.3", "points:3", who="王工:evaluator")
        self.lingtan("redo", path, "--as", EVALUATOR)
        self.lingtan("undo", path, "--as", EVALUATOR)
        self.set(path, "4.2.2", "points:6")
        with self.untouched():
            self.assertIn("没有可以重做的操作", self.lingtan("redo", path, "--as", EVALUATOR, code=4).err)

    def test_there_is_nothing(self):
        path = self.new()
        with self.untouched():
            for word in ("undo", "redo"):
                for who in (EVALUATOR, LEADER):
                    self.assert_refused(self.lingtan(word, path, "--as", who, code=4))

    def test_of_somebody_else(self):
        path = self.new()
        self.set(path, "4.2.1", "points:5")
        with self.untouched():
            for who in (OWNER, REVIEWER, "王工:evaluator", "林静 :evaluator", LEADER):
                self.lingtan("undo", path, "--as", who, code=4)
        self.lingtan("undo", path, "--as", EVALUATOR)
        with self.untouched():
            self.lingtan("redo", path, "--as", "王工:evaluator", code=4)

    def test_each_takes_back_his_own(self):
        path = self.new()
        self.set(path, "4.2.1", "points:5")
        self.set(path, "4.2.2", "points:6", who="王工:evaluator")
        self.lingtan("undo", path, "--as", EVALUATOR)
        self.assert_same_score(path, self.write("s.yaml", sheet(A, [{"item": "4.2.2", "points": "6"}], park_type="production")), "--rung", "evaluator")

    def test_of_what_somebody_has_changed_since(self):
        path = self.new()
        self.set(path, "4.2.1", "points:5")
        self.set(path, "4.2.1", "points:6", who="王工:evaluator")
        with self.untouched():
            self.lingtan("undo", path, "--as", EVALUATOR, code=4)

    def test_across_a_submission(self):
        path = self.new()
        self.set(path, "4.2.1", "points:5")
        self.lingtan("submit", path, "--reason", "现场评价结束", "--as", EVALUATOR)
        with self.untouched():
            self.lingtan("undo", path, "--as", EVALUATOR, code=4)
        self.set(path, "4.2.2", "points:5", "--reason", "笔误")
        self.lingtan("undo", path, "--as", EVALUATOR)
        with self.untouched():
            self.lingtan("undo", path, "--as", EVALUATOR, code=4)
        self.assert_holds(path)

    def test_a_tie_is_taken_back_and_the_bytes_stay(self):
        path = self.new()
        self.set(path, "4.2.1", "points:5")
        data = self.bytes_of(4, 5000)
        self.attach(path, "4.2.1", self.write("photo.jpg", data))
        tied = self.document("evidence", path)
        self.lingtan("undo", path, "--as", EVALUATOR)
        self.assertEqual(projects.stored(path, digest(data)), data)
        self.assertTrue(any("4.2.1" in u for u in map(json.dumps, self.document("evidence", path)["unsupported"])))
        self.assert_holds(path)
        self.lingtan("redo", path, "--as", EVALUATOR)
        self.assertEqual(self.document("evidence", path), tied)
        self.assert_holds(path)


class Rounds(ProjectCase):
    def submitted(self):
        path = self.new()
        self.set(path, "4.2.1", "points:5")
        self.set(path, "4.2.1", "points:4", who=OWNER)
        self.lingtan("submit", path, "--rung", "evaluator", "--reason", "现场评价结束", "--as", EVALUATOR)
        return path

    def test_a_change_after_it_needs_a_reason(self):
        path = self.submitted()
        with self.untouched():
            run = self.set(path, "4.2.1", "points:6", code=4)
            self.assert_refused(run, "--reason")
            self.set(path, "4.2.2", "points:6", code=4)
            self.set(path, "4.2.1", "unset", code=4)
            self.set(path, "4.2.1", "points:6", "--reason", "", code=4)
            self.set(path, "4.2.1", "points:6", "--reason", "  ", code=4)
            of = self.write("again.yaml", sheet(A, [{"item": "4.2.1", "points": "9"}], park_type="production"))
            self.lingtan("import", path, of, "--as", EVALUATOR, code=4)
            # what would be refused is shown, and refused all the same
            run = self.lingtan("import", path, of, "--as", EVALUATOR, "--dry-run", code=4)
            self.assertIn("4.2.1", run.out)
            self.assertIn("--reason", run.err)
            self.lingtan("import", path, of, "--as", EVALUATOR, "--dry-run", "--reason", "复测后更正")
        self.set(path, "4.2.1", "points:6", "--reason", "复测后更正")
        self.assertEqual(self.entries(path)[-1]["reason"], "复测后更正")
        self.assertIn("复测后更正", self.lingtan("log", path).out)
        self.assert_holds(path)

    def test_other_rungs_and_assessments_are_free(self):
        path = self.submitted()
        self.set(path, "4.2.1", "points:3", who=OWNER)
        self.set(path, "4.2.1", "points:3", who=REVIEWER)
        self.lingtan("add", path, "--standard", CSUS, "--stage", "planning", "--type", "production", "--year", YEAR, "--as", LEADER)
        self.set(path, "4.2.1", "points:3", "--assessment", PLANNING)
        self.assert_holds(path)

    def test_the_round_is_an_anchor(self):
        path = self.submitted()
        rounds = [c for e in self.entries(path) for c in e["changes"] if c["table"] == "round"]
        self.assertEqual(len(rounds), 1)
        self.assertEqual(rounds[0]["new"][0], "submitted")
        self.assertIn(rounds[0]["new"][1], [e["hash"] for e in self.entries(path)])

    def test_only_who_may(self):
        path = self.rich()
        with self.untouched():
            self.lingtan("submit", path, "--rung", "reviewer", "--reason", "x", "--as", EVALUATOR, code=4)
            self.lingtan("submit", path, "--rung", "evaluator", "--reason", "x", "--as", OWNER, code=4)
            self.lingtan("submit", path, "--rung", "nope", "--reason", "x", "--as", EVALUATOR, code=2)


if __name__ == "__main__":
    harness.main()
