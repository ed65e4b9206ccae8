"""The words of the command line: fields, exit codes, the edges of the standards, gap, explain, units, profiles."""
import decimal
import json
import re

import harness
from harness import IDS, SAMPLES, SIXTH, Case, line_of, outcome, sheet

D = decimal.Decimal
PLAIN = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]{1,12})?\Z")


def applies(item, park_type, stage):
    return (not item["types"] or park_type in item["types"]) and (not item["stages"] or stage in item["stages"])


class Words(Case):
    def standard(self, name, *args):
        return self.document("standard", name, *args)

    def answers(self, name, park_type, stage, points=None, result="met", judged="yes", **special):
        """Every item that applies, answered; points None = full."""
        rows = []
        for item in self.standard(name)["items"]:
            if not applies(item, park_type, stage):
                continue
            if item["id"] in special.get("leave", ()):
                continue
            if item["form"] == "points":
                full = item["points"]["value"]
                rows.append({"item": item["id"], "points": full if points is None else points})
            elif item["form"] == "judgement":
                rows.append({"item": item["id"], "result": judged, "remark": "复核同意"})
            elif item["form"] == "met":
                rows.append({"item": item["id"], "result": special.get(item["id"], result)})
        return rows

    def csus(self, park_type="production", stage="operation", emission="100", offset="100", answers=None, more=(), **special):
        rows = self.answers("t-csus-66-2023", park_type, stage, **special) if answers is None else answers
        year = "2025"
        quantities = [{"id": "emission", "year": year, "value": emission, "unit": "tCO2"},
                      {"id": "absorption", "year": year, "value": "0", "unit": "tCO2"},
                      {"id": "offset", "year": year, "value": offset, "unit": "tCO2"}] if emission is not None else []
        return sheet("t-csus-66-2023/%s/2025" % stage, rows, quantities + list(more), park_type=park_type)

    def ndrc(self, tce, fuel="1000", result="met", excused=True):
        rows = [{"item": i, "result": "met"} for i in ("developer", "boundary", "statistics", "no_accident")]
        rows.append({"item": "product_energy", "result": result})
        zero = ["emission.conversion", "emission.process", "power.other_in", "power.other_out", "heat.fossil_in", "heat.fossil_out", "emission.heat_measured"]
        units = {"power": "MWh", "heat": "GJ", "emission": "tCO2"}
        quantities = [{"id": "emission.fuel", "value": fuel, "unit": "tCO2"}]
        quantities += [{"id": q, "value": "0", "unit": units[q.split(".")[0]]} for q in zero]
        if tce is not None:
            quantities.append({"id": "energy.total_tce", "value": tce, "unit": "tce"})
        if excused:
            data = (harness.RULESETS / "ndrc-910-2025" / "ruleset.yaml").read_text("utf-8")
            for q in [c.split(",")[0] for c in data.split("\n- {id: ") if "na: [excused" in c]:
                quantities.append({"id": q, "na": "excused", "reason": "条件不具备"})
        return sheet("ndrc-910-2025//2025", rows, quantities)


class Usage(Words):
    def test_help_and_version(self):
        for lang, word in (("zh", "退出码"), ("en", "xit code")):
            run = self.lingtan("--help", "--lang", lang)
            self.assertIn(word, run.out)
            self.assertEqual(run.err, "")
            for name in ("standards", "standard", "check", "test", "score", "explain", "gap", "--json", "--rulesets"):
                self.assertIn(name, run.out)
        self.assertRegex(self.lingtan("--version").out, r"\Alingtan [0-9]+\.[0-9]+")

    def test_version_as_json(self):
        said = self.document("--version")
        self.assertEqual(self.lingtan("--version").out, "%s %s\n" % (said["program"], said["version"]))

    def test_wrong_usage_is_2(self):
        ok = SAMPLES / "ndrc-910-2025.yaml"
        for args in ([], ["nonsense"], ["score"], ["score", ok, "--nonsense"], ["explain"], ["explain", ok, "core", "core"], ["gap"],
                     ["gap", ok, ok], ["check"], ["standard"], ["standard", IDS[0], IDS[1]], ["standards", "x"], ["--lang"], ["--lang", "fr", "standards"],
                     ["--rulesets"], ["score", ok, "--profile"], ["score", ok, "--park-type"], ["score", ok, "--rung"], ["gap", ok, "--grade"],
                     ["standards", "-x"], ["--json"], [""], ["score", ok, "--json=1"]):
            with self.subTest(args=args):
                run = self.lingtan(*args, code=2)
                self.assertEqual(run.out, "")
                self.assertIn("lingtan", run.err)

    def test_a_missing_file_is_3_and_is_named(self):
        for word in ("score", "explain", "gap", "check"):
            for name in ("no-such.yaml", "no/such/folder/园区.yaml"):
                with self.subTest(word=word, name=name):
                    run = self.lingtan(word, name, code=3)
                    self.assertIn(name, run.err)
                    self.assertEqual(run.out, "")
        ok = SAMPLES / "ndrc-910-2025.yaml"
        for option in ("--profile", "--rulesets"):
            run = self.lingtan("score", ok, option, "no-such", code=3)
            self.assertIn("no-such", run.err)

    def test_names_that_do_not_exist_are_4_and_the_choice_is_shown(self):
        ok = SAMPLES / "t-csus-66-2023.yaml"
        for args, shown in ((["standard", "nope"], "t-csus-66-2023"), (["test", "nope"], "t-csus-66-2023"), (["score", ok, "--park-type", "nope"], "logistics"),
                            (["gap", ok, "--grade", "nope"], "zero-carbon"), (["explain", ok, "nope"], "nope"), (["score", ok, "--rung", "reviewer"], "evaluator")):
            with self.subTest(args=args):
                run = self.lingtan(*args, code=4)
                self.assertEqual(run.out, "")
                self.assertIn("nope" if "nope" in args else "reviewer", run.err)
                self.assertIn(shown, run.err)

    def test_failures_leave_standard_output_empty_or_one_document(self):
        bad = self.write("bad.yaml", self.ndrc("250000").replace("developer", "developper"))
        for args in (["score", bad], ["explain", bad], ["gap", bad], ["score", "missing.yaml"], ["standard", "nope"], ["test", "nope"]):
            with self.subTest(args=args):
                run = self.lingtan(*args, "--json", code=(3, 4))
                if run.out.strip():
                    run.json()
                self.assertNotEqual(run.err, "")

    def test_language(self):
        ok = SAMPLES / "t-csus-66-2023.yaml"
        self.assertIn("智慧零碳园区", self.lingtan("score", ok, "--lang", "zh").out)
        english = self.lingtan("score", ok, "--lang", "en").out
        self.assertIn("Smart zero-carbon park", english)
        self.assertNotIn("评价结论", english)
        names = {"zh": "不存在", "en": "not"}
        for lang, word in names.items():
            self.assertIn(word, self.lingtan("score", "missing", "--lang", lang, code=3).err)
        a, b = self.score(ok, "--lang", "zh"), self.score(ok, "--lang", "en")
        self.assertEqual([o["low"] for o in a["outcomes"]], [o["low"] for o in b["outcomes"]])
        self.assertEqual(a["specimen_because"], b["specimen_because"])

    def test_options_go_anywhere(self):
        ok = SAMPLES / "t-csus-66-2023.yaml"
        first = self.lingtan("--json", "--lang", "en", "score", ok).out
        self.assertEqual(first, self.lingtan("score", "--lang", "en", ok, "--json").out)

    def test_a_sheet_name_with_spaces_and_chinese(self):
        path = self.write("园区 答案表 (1).yaml", self.ndrc("250000"))
        self.assertEqual(self.score(path)["standard"], "ndrc-910-2025")


class Standards(Words):
    def test_list(self):
        rows = self.document("standards")
        self.assertEqual([r["id"] for r in rows], IDS)
        for r in rows:
            for key in ("id", "code", "title", "status", "origin", "from", "shadows_built_in"):
                self.assertIn(key, r)
            self.assertIn(r["status"], ("published", "draft"))
            self.assertIn(r["origin"], ("sourced", "user", "inferred", "proposed", "illustrative"))
            self.assertIsNone(r["from"])
            self.assertIs(r["shadows_built_in"], False)
        text = self.lingtan("standards")
        self.assertEqual(text.err, "")
        for r in rows:
            self.assertIn(r["id"], text.out)
            self.assertIn(r["code"], text.out)

    def test_one(self):
        for name in IDS:
            with self.subTest(name=name):
                s = self.standard(name)
                for key in ("id", "code", "title", "edition", "status", "sections", "items", "weights", "parameters", "plan", "grades", "park_types", "stages"):
                    self.assertIn(key, s)
                self.assertEqual(s["id"], name)
                for item in s["items"]:
                    self.assertRegex(item["digest"], r"\A[0-9a-f]{64}\Z")
                    if item["points"]["value"] is not None:
                        self.assertRegex(item["points"]["value"], PLAIN)
                ids = [i["id"] for i in s["items"]]
                self.assertEqual(len(ids), len(set(ids)))
                for p in s["parameters"]:
                    self.assertIsInstance(p["value"], (str, type(None)))
                text = self.lingtan("standard", name).out
                for i in s["items"]:
                    self.assertIn(i["id"], text)
                for n in s["plan"]:
                    self.assertIn(n["id"], text)

    def test_an_unset_parameter_is_null_not_zero(self):
        s = self.standard("t-csus-66-2023")
        p = [p for p in s["parameters"] if p["id"] == "innovation_counts"][0]
        self.assertIsNone(p["value"])
        self.assertEqual((p["min"], p["max"]), ("0", "1"))

    def test_digests_do_not_depend_on_language(self):
        for name in ("t-csus-66-2023", "t-ipif-2023"):
            a, b = self.standard(name, "--lang", "zh"), self.standard(name, "--lang", "en")
            self.assertEqual([i["digest"] for i in a["items"]], [i["digest"] for i in b["items"]])
            self.assertNotEqual([i["title"] for i in a["items"]], [i["title"] for i in b["items"]])

    def test_counts(self):
        kinds = {}
        for i in self.standard("t-csus-66-2023")["items"]:
            kinds[i["kind"]] = kinds.get(i["kind"], 0) + 1
        self.assertEqual(kinds["control"], 14)
        self.assertEqual(kinds["innovation"], 12)

    def test_cases(self):
        for name in IDS:
            result = self.document("test", name)
            self.assertEqual(result["failed"], 0)
            self.assertEqual(result["passed"], len(result["cases"]))
            self.assertGreater(result["passed"], 10)
            for c in result["cases"]:
                self.assertIs(c["passed"], True)
        text = self.lingtan("test")
        for name in IDS:
            self.assertIn(name, text.out)
        two = self.document("test", IDS[0], IDS[2])
        self.assertEqual(two["failed"], 0)


class Fields(Words):
    def check_number(self, text):
        if text is not None:
            self.assertIsInstance(text, str)
            self.assertRegex(text, PLAIN)

    def check(self, r):
        for key in ("standard", "park_type", "stage", "rung", "origin", "specimen_because", "outcomes", "controls", "sections", "total", "grade", "balance"):
            self.assertIn(key, r)
        self.assertIn(r["origin"], ("sourced", "user", "inferred", "proposed", "illustrative"))
        self.assertIsInstance(r["specimen_because"], list)
        for o in r["outcomes"]:
            for key in ("id", "kind", "value", "low", "high", "none", "needs", "open"):
                self.assertIn(key, o)
            self.assertIn(o["kind"], ("truth", "number", "grade"))
            self.assertIsInstance(o["needs"], list)
            self.assertIsInstance(o["open"], list)
            if o["kind"] != "grade":
                for key in ("value", "low", "high"):
                    self.check_number(o[key])
                if o["value"] is not None:
                    self.assertEqual(o["low"], o["high"])
                    self.assertEqual(o["needs"], [])
                    self.assertEqual(o["value"], o["low"])
                elif o["low"] is not None and o["low"] == o["high"]:
                    self.assertTrue(o["needs"] or o.get("maybe_none"), o)
            if o["kind"] == "truth" and o["value"] is not None:
                self.assertIn(o["value"], ("0", "1"))
        for key in ("met", "not_met", "open", "na"):
            self.assertIsInstance(r["controls"][key], int)
        self.assertIsInstance(r["controls"]["failed"], list)
        for s in r["sections"]:
            for key in ("id", "weight", "answered", "items", "value", "low", "high"):
                self.assertIn(key, s)
            for key in ("weight", "value", "low", "high"):
                self.check_number(s[key])
        if r["total"] is not None:
            for key in ("value", "low", "high"):
                self.assertIn(key, r["total"])
                self.check_number(r["total"][key])
        self.assertIn("id", r["grade"])
        self.assertIsInstance(r["grade"]["withheld_by"], list)
        if r["balance"] is not None:
            for key in ("emission", "absorption", "offset", "net", "unit"):
                self.assertIn(key, r["balance"])
            for key in ("emission", "absorption", "offset", "net"):
                self.check_number(r["balance"][key])

    def test_every_field_in_every_sample(self):
        for name in IDS:
            with self.subTest(name=name):
                r = self.score(SAMPLES / (name + ".yaml"))
                self.assertEqual(self.last.err, "")
                self.assertEqual(r["standard"], name)
                self.assertEqual(r["rung"], "evaluator")
                self.check(r)

    def test_nothing_answered_is_null_and_not_zero(self):
        for name, kind, stage in (("t-csus-66-2023", "production", "operation"), ("t-csus-66-2023", "office", "planning"), ("t-seesa-2024", None, "operation"),
                                  ("t-ipif-2023", "industrial", ""), ("t-cers-2025", None, "operation"), ("ndrc-910-2025", None, "")):
            with self.subTest(name=name, kind=kind):
                r = self.score_text(sheet("%s/%s/2025" % (name, stage), park_type=kind))
                self.check(r)
                for o in r["outcomes"]:
                    self.assertIsNone(o["value"], o)
                    self.assertTrue(o["open"] or o["needs"], o)
                self.assertIsNone(r["grade"]["id"])
                if r["total"]:
                    self.assertIsNone(r["total"]["value"])
                if r["balance"]:
                    for key in ("emission", "absorption", "offset", "net"):
                        self.assertIsNone(r["balance"][key])
                self.assertEqual(r["controls"]["met"] + r["controls"]["not_met"], 0)
                if any(i["kind"] == "control" for i in self.standard(name)["items"]):
                    self.assertGreater(r["controls"]["open"], 0)

    def test_a_zero_answer_is_zero(self):
        r = self.score_text(self.csus(points="0", emission="0", offset="0"))
        self.check(r)
        self.assertEqual(r["total"]["value"], "20")
        self.assertEqual(outcome(r, "body")["value"], "0")
        self.assertEqual(r["balance"], {"emission": "0", "absorption": "0", "offset": "0", "net": "0", "unit": "tCO2"})
        self.assertIsNone(r["grade"]["id"])
        self.assertEqual(r["grade"]["otherwise"], "not-reached")

    def test_open_names_what_is_missing(self):
        r = self.score_text(self.csus(leave=("7.2.3", "4.1.2")))
        self.assertEqual(r["total"], dict(r["total"], value=None))
        self.assertEqual(sorted(outcome(r, "total")["open"]), ["4.1.2", "7.2.3"])
        self.assertEqual(r["controls"]["open"], 1)
        seven = [s for s in r["sections"] if s["id"] == "7"][0]
        self.assertEqual((seven["answered"], seven["items"], seven["weight"], seven["value"], seven["low"], seven["high"]), (5, 6, "0.20", None, "67", "80"))

    def test_a_sheet_in_json_says_the_same(self):
        rows = self.answers("t-csus-66-2023", "office", "planning", points="3")
        text = self.csus("office", "planning", answers=rows)
        asj = json.dumps({"rung": "evaluator", "assessment": "t-csus-66-2023/planning/2025", "park_type": "office", "answers": rows,
                          "quantities": [{"id": q, "year": "2025", "value": v, "unit": "tCO2"} for q, v in (("emission", "100"), ("absorption", "0"), ("offset", "100"))]},
                         ensure_ascii=False, indent=1)
        a, b = self.score_text(text), self.score(self.write("sheet.json", asj))
        self.assertEqual(a, b)

    def test_windows_line_ends_and_byte_order_mark(self):
        text = self.csus()
        plain = self.score_text(text)
        self.assertEqual(plain, self.score_text(text.replace("\n", "\r\n")))
        self.assertEqual(plain, self.score_text(b"\xef\xbb\xbf" + text.encode()))


class Refused(Words):
    """Data that is refused: 4, or 3 where the sheet is wrong whatever the ruleset; with file, line and column."""

    def refuse(self, text, part, *words, code=4):
        path = self.write("s.yaml", text)
        run = self.lingtan("score", path, "--lang", "en", code=code)
        self.assertEqual(run.out, "")
        line = line_of(text, part)
        self.assertRegex(run.err, r"s\.yaml:%d:[0-9]+: error: " % line, str(run))
        for w in words:
            self.assertIn(w, run.err)
        check = self.lingtan("check", path, "--lang", "en", code=1)
        self.assertRegex(check.both, r"s\.yaml:%d:[0-9]+: error: " % line, str(check))
        return run

    def one(self, row, *words, **more):
        self.refuse(sheet("t-csus-66-2023/operation/2025", [{"item": "4.1.1", "result": "met"}, row], park_type="production"), 'item: "%s"' % row["item"], *words, **more)

    def test_unknown_item(self):
        self.one({"item": "99.9", "result": "met"}, "99.9")

    def test_points_out_of_range(self):
        self.one({"item": "4.2.1", "points": "10.000000000001"}, "4.2.1", "10")
        self.one({"item": "4.2.1", "points": "-0.5"}, "4.2.1")

    def test_points_at_both_ends(self):
        for points in ("0", "10", "10.000000000000", "9.999999999999"):
            self.score_text(sheet("t-csus-66-2023/operation/2025", [{"item": "4.2.1", "points": points}], park_type="production"))

    def test_points_for_a_control_and_met_for_points(self):
        self.one({"item": "4.1.2", "points": "1"}, "4.1.2")
        self.one({"item": "4.2.1", "result": "met"}, "4.2.1")
        self.one({"item": "4.1.2", "result": "maybe"}, "4.1.2")
        self.one({"item": "4.1.2", "result": "yes"}, "4.1.2")

    def test_not_applicable_without_policy(self):
        self.one({"item": "4.2.2", "na": "other"}, "4.2.2")

    def test_not_applicable_with_a_reason_of_another_stage(self):
        self.one({"item": "4.1.2", "na": "not-yet-built"}, "4.1.2")

    def test_not_applicable_with_a_reason_that_is_not_listed(self):
        self.one({"item": "9.2.2", "na": "not-production"}, "9.2.2")

    def test_not_applicable_with_a_reason_that_does_not_exist(self):
        # 4.1.2 may be not applicable, but only because it is not yet built; there is no other reason to write out
        text = sheet("t-csus-66-2023/planning/2025", [{"item": "4.1.2", "na": "nonsense"}], park_type="production")
        self.refuse(text, "nonsense", "4.1.2")

    def test_a_reason_that_needs_words(self):
        self.one({"item": "4.1.3", "na": "other"}, "4.1.3")
        r = self.score_text(sheet("t-csus-66-2023/operation/2025", [{"item": "4.1.3", "na": "other", "reason": "无锅炉"}], park_type="production"))
        self.assertEqual(r["controls"]["na"], 1)

    def test_a_reason_by_its_title(self):
        r = self.score_text(sheet("t-csus-66-2023/operation/2025", [{"item": "4.1.3", "na": "非生产制造类型"}], park_type="production"))
        self.assertEqual(r["controls"]["na"], 1)

    def test_a_reason_in_words_where_other_is_allowed(self):
        path = self.write("s.yaml", sheet("t-csus-66-2023/operation/2025", [{"item": "4.1.3", "na": "园区没有锅炉"}], park_type="production"))
        self.lingtan("score", path)
        self.assertIn("园区没有锅炉", self.lingtan("explain", path, "4.1.3").out)

    def test_an_item_of_another_park_type(self):
        text = sheet("t-csus-66-2023/planning/2025", [{"item": "5.2.1", "points": "1"}], park_type="office")
        self.refuse(text, "5.2.1", "5.2.1")

    def test_twice_answered(self):
        text = sheet("t-csus-66-2023/operation/2025", [{"item": "4.1.1", "result": "met"}, {"item": "4.1.1", "result": "not-met", "remark": "x"}], park_type="production")
        self.refuse(text, 'result: "not-met"', "4.1.1", code=3)

    def test_quantity_unknown_out_of_range_or_given_twice(self):
        base = "t-csus-66-2023/operation/2025"
        q = {"id": "energy.renewable_share", "year": "2025", "value": "100.1", "unit": "%"}
        self.refuse(sheet(base, quantities=[q], park_type="production"), "100.1", "energy.renewable_share")
        self.refuse(sheet(base, quantities=[dict(q, id="energy.nothing", value="1")], park_type="production"), "energy.nothing", "energy.nothing")
        self.refuse(sheet(base, quantities=[{"id": "emission", "value": "-1", "unit": "tCO2"}], park_type="production"), '"-1"', "emission")
        self.refuse(sheet(base, quantities=[{"id": "emission", "value": "1", "unit": "tCO2"}, {"id": "emission", "value": "2", "unit": "tCO2"}], park_type="production"),
                    'value: "2"', "emission", code=3)

    def test_years_are_years(self):
        base = "t-csus-66-2023/operation/2025"
        self.refuse(sheet(base, quantities=[{"id": "emission", "year": "20x5", "value": "1", "unit": "tCO2"}], park_type="production"), "20x5", "20x5", code=3)
        path = self.write("a.yaml", sheet("t-csus-66-2023/operation/abc", park_type="production"))
        self.lingtan("score", path, code=3)

    def test_assessment(self):
        for text in (sheet("nope/operation/2025", park_type="production"), sheet("t-csus-66-2023/nope/2025", park_type="production"),
                     sheet("t-csus-66-2023/operation/2025", park_type="nope"), sheet("t-csus-66-2023/operation/2025"), sheet("t-csus-66-2023", park_type="office")):
            with self.subTest(text=text):
                run = self.lingtan("score", self.write("s.yaml", text), code=4)
                self.assertEqual(run.out, "")
                self.assertNotEqual(run.err, "")

    def test_all_findings_not_only_the_first(self):
        text = sheet("t-csus-66-2023/operation/2025", [{"item": "99.1", "result": "met"}, {"item": "4.2.1", "points": "11"}, {"item": "4.2.2", "na": "other"}],
                     [{"id": "emission", "value": "1", "unit": "kg"}, {"id": "nothing", "value": "1"}],
                     [{"year": "2025", "kind": "emission", "system": "energy", "source": "a", "activity": "1", "unit": "t", "factor": "grid-2023-national"},
                      {"year": "2025", "kind": "emission", "system": "energy", "source": "a", "activity": "1", "unit": "t", "factor": "no-factor"}], park_type="production")
        run = self.lingtan("score", self.write("s.yaml", text), "--lang", "en", code=4)
        for line in (5, 6, 7, 9, 10, 12, 13):
            self.assertRegex(run.err, r"s\.yaml:%d:[0-9]+: error: " % line)
        findings = self.document("check", self.dir / "s.yaml", code=1)
        self.assertEqual(sorted(f["line"] for f in findings["findings"]), [5, 6, 7, 9, 10, 12, 13])
        self.assertEqual(findings["errors"], 7)
        for f in findings["findings"]:
            self.assertTrue(f["file"].endswith("s.yaml"))
            self.assertEqual(f["severity"], "error")
            self.assertGreater(f["column"], 0)
            self.assertTrue(f["text"])

    def test_all_bad_numbers_and_then_all_unknown_items(self):
        """What a sheet says is judged once its form is right: two rounds, each of them whole."""
        answers = [{"item": "99.1", "result": "met"}, {"item": "4.2.1", "points": "1,5"}, {"item": "98.1", "result": "met"}, {"item": "4.2.2", "points": "nan"}]
        run = self.lingtan("check", self.write("s.yaml", sheet("t-csus-66-2023/operation/2025", answers, park_type="production")), code=1)
        for line in ("s.yaml:6:", "s.yaml:8:"):
            self.assertIn(line, run.both)
        for answer in answers:
            if "points" in answer:
                answer["points"] = "1.5"
        run = self.lingtan("check", self.write("s.yaml", sheet("t-csus-66-2023/operation/2025", answers, park_type="production")), code=1)
        for line in ("s.yaml:5:", "s.yaml:7:"):
            self.assertIn(line, run.both)


class Edges(Words):
    def test_csus_all_met_is_120(self):
        profile = self.write("p.yaml", 'profile: ours\nruleset: t-csus-66-2023\nresponsible: 机构\ntitle: {zh: 甲, en: A}\n'
                             'parameters:\n- {id: innovation_counts, value: "1", cite: "p. 3"}\n')
        r = self.score_text(self.csus(), "--profile", profile)
        self.assertEqual(r["total"]["value"], "120")
        self.assertEqual(outcome(r, "judged")["value"], "120")
        self.assertEqual(outcome(r, "base")["value"], "20")
        self.assertEqual(r["grade"]["id"], "zero-carbon")
        self.assertEqual(r["profile"], "ours")
        self.assertEqual(r["controls"], {"met": 14, "not_met": 0, "open": 0, "na": 0, "failed": []})

    def test_csus_pass_is_certain_though_innovation_counts_is_unset(self):
        r = self.score_text(self.csus())
        self.assertEqual(r["total"]["value"], "120")
        judged = outcome(r, "judged")
        self.assertEqual((judged["value"], judged["low"], judged["high"], judged["needs"]), (None, "100", "120", ["innovation_counts"]))
        self.assertEqual(outcome(r, "pass")["value"], "1")
        self.assertEqual(outcome(r, "pass")["needs"], [])
        self.assertEqual(r["grade"]["id"], "zero-carbon")

    def test_csus_one_veto(self):
        r = self.score_text(self.csus(**{"8.1.1": "not-met"}))
        self.assertEqual(outcome(r, "base")["value"], "0")
        self.assertEqual(r["total"]["value"], "100")
        self.assertIsNone(r["grade"]["id"])
        self.assertEqual(r["grade"]["withheld_by"], ["8.1.1"])
        self.assertEqual(r["grade"]["otherwise"], "withheld")
        self.assertEqual(r["controls"]["failed"], ["8.1.1"])
        self.assertEqual(r["controls"]["not_met"], 1)
        text = self.lingtan("score", self.dir / "sheet.yaml").out
        self.assertIn("8.1.1", text)
        self.assertIn("暂不评级", text)

    def test_csus_a_veto_decides_while_all_else_is_open(self):
        r = self.score_text(sheet("t-csus-66-2023/operation/2025", [{"item": "4.1.2", "result": "not-met"}], park_type="production"))
        self.assertEqual((r["total"]["value"], r["total"]["low"], r["total"]["high"]), (None, "0", "100"))
        self.assertEqual(r["grade"]["withheld_by"], ["4.1.2"])

    def test_csus_office_planning_has_no_section_5_and_is_never_zero_carbon(self):
        r = self.score_text(self.csus("office", "planning", emission="0", offset="0"))
        self.assertEqual(r["total"]["value"], "120")
        self.assertEqual(r["grade"]["id"], "low-carbon")
        for s in r["sections"]:
            if s["id"] in ("5", "11"):
                self.assertEqual((s["weight"], s["items"], s["value"]), (None, 0, None))
        gap = self.document("gap", self.dir / "sheet.yaml", "--grade", "zero-carbon")
        self.assertIs(gap["reached"], False)
        self.assertIs(gap["never"], True)

    def test_csus_not_yet_built(self):
        rows = self.answers("t-csus-66-2023", "production", "planning", leave=("4.1.2", "6.1.1"))
        rows += [{"item": i, "na": "not-yet-built"} for i in ("4.1.2", "6.1.1")]
        r = self.score_text(self.csus(stage="planning", answers=rows))
        self.assertEqual((r["controls"]["na"], r["controls"]["not_met"], r["controls"]["open"]), (3, 0, 0))
        self.assertEqual(outcome(r, "base")["value"], "20")

    def test_csus_one_step_over_zero(self):
        r = self.score_text(self.csus(emission="100.000000000001"))
        self.assertEqual(outcome(r, "zero")["value"], "0")
        self.assertEqual(r["balance"]["net"], "0.000000000001")
        self.assertEqual(r["grade"]["id"], "low-carbon")
        r = self.score_text(self.csus(emission="99.2"))
        self.assertEqual(r["balance"]["net"], "-0.8")
        self.assertEqual(r["grade"]["id"], "zero-carbon")

    def test_csus_without_the_judgement_the_grade_is_open_not_failed(self):
        r = self.score_text(self.csus(leave=("j.maximised",)))
        self.assertIsNone(r["grade"]["id"])
        self.assertEqual(r["grade"]["low"], "low-carbon")
        self.assertEqual(r["grade"]["high"], "zero-carbon")
        self.assertIn("j.maximised", outcome(r, "grade")["open"])

    def test_csus_another_park_type_from_the_command_line(self):
        text = self.csus("logistics", "operation")
        r = self.score_text(text, "--park-type", "logistics")
        self.assertEqual(r["park_type"], "logistics")

    def test_ndrc_bands(self):
        for tce, target, core, grade in (("199999", None, None, "no-threshold"), ("200000", "0.2", "1", "all-met"), ("999999", "0.2", "1", "all-met"),
                                         ("1000000", "0.3", "1", "all-met")):
            with self.subTest(tce=tce):
                r = self.score_text(self.ndrc(tce))
                t = outcome(r, "target")
                self.assertEqual(t["value"], target)
                self.assertEqual(outcome(r, "core")["value"], core)
                self.assertIsNone(r["total"])
                if target is None:
                    for node in ("target", "core", "gap"):
                        self.assertTrue(outcome(r, node)["none"], node)
                        self.assertIsNone(outcome(r, node)["value"])
                    self.assertIn("20 万吨", t["none"])
                    self.assertIsNone(r["grade"]["id"])
                    self.assertEqual(r["grade"]["otherwise"], "no-threshold")
                    english = self.lingtan("score", self.dir / "sheet.yaml", "--lang", "en").out
                    self.assertIn("no threshold defined", english)
                else:
                    self.assertIsNone(t["none"])
                    self.assertEqual(r["grade"]["id"], grade)

    def test_ndrc_energy_unset(self):
        r = self.score_text(self.ndrc(None))
        t = outcome(r, "target")
        self.assertEqual((t["value"], t["low"], t["high"]), (None, "0.2", "0.3"))
        self.assertIs(t["maybe_none"], True)
        self.assertIn("energy.total_tce", t["open"])
        self.assertIsNone(r["grade"]["id"])

    def test_ndrc_limit_from_both_sides(self):
        r = self.score_text(self.ndrc("200000", fuel="40000"))
        self.assertEqual((outcome(r, "intensity")["value"], outcome(r, "core")["value"]), ("0.2", "1"))
        r = self.score_text(self.ndrc("200000", fuel="40000.001"))
        self.assertEqual((outcome(r, "intensity")["value"], outcome(r, "core")["value"]), ("0.200000005", "0"))
        self.assertEqual(outcome(r, "gap")["value"], "0.001")
        self.assertEqual(r["grade"]["otherwise"], "core-not-met")

    def test_drafts_are_specimens(self):
        for name in IDS:
            r = self.score(SAMPLES / (name + ".yaml"))
            draft = self.standard(name)["status"] == "draft"
            self.assertEqual(any(s.startswith("draft") for s in r["specimen_because"]), draft, name)

    def test_ndrc_is_no_specimen(self):
        self.assertEqual(self.score_text(self.ndrc("250000"))["specimen_because"], [])

    def test_ipif_gates(self):
        text = (SAMPLES / "t-ipif-2023.yaml").read_text("utf-8")
        r = self.score_text(text)
        self.assertEqual(r["grade"]["id"], "zero-carbon")
        r = self.score_text(text.replace('value: "82"', 'value: "11"'))
        self.assertIsNone(r["grade"]["id"])
        r = self.score_text(text.replace('value: "82"', 'value: "12"'))
        self.assertEqual(r["grade"]["id"], "zero-carbon")

    def sixth(self, special=(), **na):
        special = dict(special)
        rows = []
        s = self.document("standard", "szdb-z-308-2018", "--rulesets", SIXTH)
        for i in s["items"]:
            if i["id"] in special:
                rows.append(dict({"item": i["id"]}, **special[i["id"]]))
            else:
                rows.append({"item": i["id"], "tier": "high"})
        return sheet("szdb-z-308-2018//2025", rows)

    def test_the_sixth_standard(self):
        r = self.score_text(self.sixth(), "--rulesets", SIXTH)
        self.assertEqual(r["total"]["value"], "100")
        self.assertEqual(r["grade"]["id"], "1")
        r = self.score_text(self.sixth({"5.2.8": {"na": "no-object"}, "5.2.13": {"na": "other", "reason": "无"}}), "--rulesets", SIXTH)
        self.assertEqual(r["total"]["value"], "100")
        self.assertEqual(outcome(r, "block.3")["value"], "11")
        r = self.score_text(self.sixth({"5.2.7": {"na": "no-object"}, "5.2.8": {"na": "no-object"}, "5.2.1": {"tier": "none"}}), "--rulesets", SIXTH)
        self.assertEqual(r["total"]["value"], "93.333333333333")
        self.assertEqual(outcome(r, "grade")["needs"], ["level.1"])
        self.assertIsNone(r["grade"]["id"])

    def test_the_sixth_standard_refuses_what_it_does_not_know(self):
        run = self.lingtan("score", self.write("s.yaml", self.sixth({"5.2.7": {"tier": "best"}})), "--rulesets", SIXTH, code=4)
        self.assertRegex(run.err, r"s\.yaml:[0-9]+:[0-9]+: ")
        self.lingtan("score", self.write("s.yaml", self.sixth()), code=4)


class Samples(Words):
    def test_text(self):
        for name, words in (("t-csus-66-2023", ["89.65", "智慧零碳园区", "-0.5916", "样张"]), ("ndrc-910-2025", ["85193.8584", "核心指标未达到"]),
                            ("t-cers-2025", ["A 级", "70008.1944"]), ("t-ipif-2023", ["-0.5916", "样张"]), ("t-seesa-2024", ["58.5~85.2", "样张"])):
            run = self.lingtan("score", SAMPLES / (name + ".yaml"))
            self.assertEqual(run.err, "")
            for w in words:
                self.assertIn(w, run.out)

    def test_check_and_all_words(self):
        for name in IDS:
            path = SAMPLES / (name + ".yaml")
            self.assertEqual(self.document("check", path), {"errors": 0, "warnings": 0, "findings": []})
            self.lingtan("explain", path)
            self.document("explain", path)
            self.lingtan("gap", path)
            g = self.document("gap", path)
            for key in ("grade", "reached", "steps"):
                self.assertIn(key, g)

    def test_csus_sum_by_hand(self):
        r = self.score(SAMPLES / "t-csus-66-2023.yaml")
        body = sum(D(s["weight"]) * D(s["value"]) for s in r["sections"] if s["weight"])
        self.assertEqual(body, D(outcome(r, "body")["value"]))
        self.assertEqual(D(r["total"]["value"]), 20 + body + D("0.2") * D(outcome(r, "innovation")["value"]))

    def test_inventory_by_hand(self):
        def total(kind, factors):
            s = D(0)
            for line in (SAMPLES / "t-csus-66-2023.yaml").read_text("utf-8").splitlines():
                if "kind: %s," % kind not in line:
                    continue
                amount, unit = D(re.search(r'activity: "([^"]*)"', line).group(1)), re.search(r'unit: "?([^,"]*)', line).group(1)
                scale = {"10^4kWh": D(10), "10^4Nm3": D(1)}.get(unit, D(1))     # to MWh, 10^4 Nm3
                f = re.search(r"factor: ([^,}]*)", line)
                factor = factors[f.group(1)] if f else D(re.search(r'factor_value: "([^"]*)"', line).group(1))
                s += amount * scale * factor
            return s
        text = (harness.RULESETS / "factors" / "fuels.yaml").read_text("utf-8")
        m = re.search(r'id: natural-gas,.*?value: "([^"]*)", unit: ([^,]*)', text)
        gas = D(m.group(1)) * {"tCO2/10^4Nm3": D(1), "tCO2/10^3Nm3": D(10), "kgCO2/Nm3": D(10), "tCO2/Nm3": D(10000)}[m.group(2).strip('"')]
        diesel = D(re.search(r'id: diesel,.*?value: "([^"]*)", unit: tCO2/t', text).group(1))
        factors = {"natural-gas": gas, "diesel": diesel, "grid-2023-national": D("0.5306"), "heat-purchased": D("0.11"), "heat-nonfossil": D(0),
                   "waste-municipal-burnt": D("0.5573"), "waste-hazardous-burnt": D("1.6418")}
        b = self.score(SAMPLES / "t-csus-66-2023.yaml")["balance"]
        self.assertEqual(D(b["emission"]), total("emission", factors))
        self.assertEqual(D(b["absorption"]), total("absorption", factors))
        self.assertEqual(D(b["offset"]), total("offset", factors))
        self.assertEqual(D(b["net"]), D(b["emission"]) - D(b["absorption"]) - D(b["offset"]))


if __name__ == "__main__":
    harness.main()
