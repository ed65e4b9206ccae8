"""Rulesets on disk: every kind of mistake is found with its line, shadowing is named, failing cases are said."""
import json
import shutil

import harness
from harness import CSUS, IDS, NDRC, RULESETS, SAMPLES, SEESA, SIXTH, Case, environment, sheet, thinned

R, I = "ruleset.yaml", "items.yaml"

# ruleset, file, text replaced (its first occurrence), by what, words of the finding (in English), line of the finding counted from the line on
# which the replaced text starts (None: somewhere in that file)
EDITS = {
    # keys
    "unknown key at the top": (NDRC, R, 'edition: "1"', 'edition: "1"\ncolour: red', ["colour"], 1),
    "unknown key of a parameter": (NDRC, R, 'value: "0.11", unit', 'valu: "0.11", unit', ["valu"], 0),
    "unknown key of an item": (NDRC, I, "tags: [gate]", "tag: [gate]", ["tag"], 0),
    "unknown key of a node": (NDRC, R, "is: le, title", "iss: le, title", ["iss"], 0),
    "key twice at the top": (NDRC, R, 'edition: "1"', 'edition: "1"\nedition: "2"', ["edition"], 1),
    "key twice in an entry": (NDRC, R, 'value: "0.11"', 'value: "0.11", value: "0.12"', ["value"], 0),
    "a key is missing": (NDRC, R, "code: 发改环资〔2025〕910号\n", "", ["code"], None),
    "an item without id": (NDRC, I, "id: boundary, section", "section", ["id"], 0),
    "half of a pair is missing": (NDRC, R, "title: {zh: 其他电力排放因子, en: Factor of all other power}", "title: {zh: 其他电力排放因子}", ["en"], 0),
    # ids twice
    "parameter twice": (NDRC, R, "id: heat_factor", "id: power_factor", ["power_factor"], 0),
    "node twice": (NDRC, R, "{id: heat, op", "{id: power, op", ["power"], 0),
    "item twice": (NDRC, I, "id: boundary", "id: developer", ["developer"], 0),
    "quantity twice": (NDRC, R, "{id: heat.fossil_out", "{id: heat.fossil_in", ["heat.fossil_in"], 0),
    "section twice": (NDRC, R, "- {id: guiding, title", "- {id: conditions, title", ["conditions"], 0),
    "source twice": (NDRC, R, "- {id: N2, title", "- {id: N1, title", ["N1"], 0),
    "reason twice": (NDRC, R, "- {id: other, needs_text", "- {id: excused, needs_text", ["excused"], 0),
    "grade twice": (NDRC, R, "- {id: all-met, title", "- {id: core-met, title", ["core-met"], 0),
    "a node with the id of a quantity": (NDRC, R, "{id: heat, op", "{id: heat.fossil_in, op", ["heat.fossil_in"], None),
    "an item with the id of a node": (NDRC, I, "id: boundary", "id: core", ["core"], None),
    "evidence slot twice": (NDRC, I, "{stage: both, kind: data, title: {zh: 能耗与碳排放报表", "{slot: e1, stage: both, kind: data, title: {zh: 能耗与碳排放报表", ["e1"], 0),
    # references to nothing
    "operand": (NDRC, R, "energy.total_tce, $band.small], is", "energy.total_tcx, $band.small], is", ["energy.total_tcx"], 0),
    "parameter": (NDRC, R, "[power.net, $power_factor]", "[power.net, $power_facto]", ["power_facto"], 0),
    "parameter in steps": (NDRC, R, "then: $target.small", "then: $target.smal", ["target.smal"], 0),
    "tag": (NDRC, R, "items: gate,", "items: gates,", ["gates"], 0),
    "section of an item": (NDRC, I, "section: guiding", "section: guidding", ["guidding"], 0),
    "reason of an item": (NDRC, I, "na: [excused, other]", "na: [excusd, other]", ["excusd"], 0),
    "reason of a quantity": (NDRC, R, "na: [excused, other]", "na: [excusd, other]", ["excusd"], 0),
    "grade of a ladder": (NDRC, R, "{grade: core-met, when", "{grade: core-mett, when", ["core-mett"], 0),
    "node of a ladder": (NDRC, R, "when: [conditions, core]", "when: [conditions, cores]", ["cores"], 0),
    "unless of a ladder": (NDRC, R, "unless: banded", "unless: bandid", ["bandid"], 0),
    "document of a cite": (NDRC, R, 'cite: "N1:一"', 'cite: "N9:一"', ["N9"], 0),
    "document of an item's cite": (NDRC, I, 'cite: "N3:二"', 'cite: "N33:二"', ["N33"], 0),
    "factor set": (NDRC, R, "[grid-910, heat", "[grid-911, heat", ["grid-911"], 0),
    "table": (CSUS, R, "weight: $weight", "weight: $weights", ["weights"], 0),
    "key of a table": (CSUS, R, '{key: "11", values', '{key: "13", values', ["13"], 0),
    "column of a table": (CSUS, R, "columns: [production/planning", "columns: [productoin/planning", ["productoin"], 0),
    "parent of a section": (CSUS, R, '{id: 4.II, title: {zh: 规划编制, en: Plans}, parent: "4"', '{id: 4.II, title: {zh: 规划编制, en: Plans}, parent: "44"', ["44"], 0),
    "maximum of a section": (CSUS, R, "maximum: $section_points", "maximum: $section_point", ["section_point"], 0),
    "park type of an item": (CSUS, I, "types: [production]", "types: [producton]", ["producton"], 0),
    "stage of a grade": (CSUS, R, "stage: operation}", "stage: operaton}", ["operaton"], None),
    "stage of a reason": (CSUS, R, "stages: [planning]}", "stages: [planing]}", ["planing"], 0),
    "quantity of an item": (CSUS, I, "quantity: env.incidents", "quantity: env.incident", ["env.incident"], 0),
    "section of a node": (CSUS, R, 'each: ["4", "5"', 'each: ["4", "5x"', ["5x"], 0),
    # weights, maxima
    "a column that does not sum to 1": (CSUS, R, '{key: "4", values: ["0.20"', '{key: "4", values: ["0.25"', ["1.05", "production/planning"], None),
    "a row with a value too few": (CSUS, R, 'values: ["0.20", "0.15", "0.20", "0.15", "0.20", "0.15"]', 'values: ["0.20", "0.15", "0.20", "0.15", "0.20"]', ["values"], 0),
    "points above the maximum": (CSUS, R, "section_points, title: {zh: 每章满分, en: Points of a chapter}, value: \"80\"",
                                 "section_points, title: {zh: 每章满分, en: Points of a chapter}, value: \"79\"", ["80", "79"], None),
    "points below the maximum": (CSUS, I, 'points: {value: "10"', 'points: {value: "9"', ["79", "80"], "anywhere"),
    "a total that is short by little": (CSUS, I, 'points: {value: "10"', 'points: {value: "9.999999999999"', ["79.999999999999", "80"], "anywhere"),
    # cycles
    "a cycle of two": (NDRC, R, "in: [power.net, $power_factor]", "in: [emission, $power_factor]", ["cycle"], "cycle"),
    "a cycle of one": (NDRC, R, "in: [heat.net, $heat_factor]", "in: [heat.default, $heat_factor]", ["cycle", "heat"], 0),
    # not applicable without a policy
    "n/a without policy": (CSUS, R, 'section: "*", na: rescale', 'section: "*"', ["na"], 0),
    "n/a without policy, another": (CSUS, R, "items: innovation, na: drop", "items: innovation", ["na"], 0),
    # units
    "unit that does not exist": (NDRC, R, "unit: tCO2/GJ", "unit: tCO3/GJ", ["tCO3/GJ"], 0),
    "a sum over two units": (NDRC, R, "power, heat, emission.process]", "power, heat.net, emission.process]", ["GJ"], "emission"),
    "a comparison of two units": (NDRC, R, "in: [energy.total_tce, $band.small], is", "in: [emission, $band.small], is", ["tce"], 0),
    "a ratio whose unit is another": (NDRC, R, 'title: {zh: 单位能耗碳排放, en: Emissions per energy used}, unit: tCO2/tce', 'title: {zh: 单位能耗碳排放, en: Emissions per energy used}, unit: GJ',
                                      ["GJ"], None),
    # origin
    "illustrative without a note": (NDRC, R, 'value: "200000", unit: tce, min: "0", origin: sourced', 'value: "200000", unit: tce, min: "0", origin: illustrative', ["note"], 0),
    "proposed without a note": (NDRC, R, 'value: "200000", unit: tce, min: "0", origin: sourced', 'value: "200000", unit: tce, min: "0", origin: proposed', ["note"], 0),
    "inferred without a note": (NDRC, R, "title: {zh: 核心指标达到, en: Core indicator met}, origin: sourced", "title: {zh: 核心指标达到, en: Core indicator met}, origin: inferred", ["note"], 0),
    "sourced without a cite": (NDRC, R, 'value: "200000", unit: tce, min: "0", origin: sourced, cite: "N2:核心指标"', 'value: "200000", unit: tce, min: "0", origin: sourced', ["cite"], 0),
    "points without origin": (CSUS, I, 'points: {value: "10", origin: illustrative}', 'points: {value: "10"}', ["origin"], 0),
    # numbers
    "a number with a comma": (NDRC, R, 'value: "0.11"', 'value: "0,11"', ["0,11"], 0),
    "a number without its zero": (NDRC, R, 'value: "0.11"', 'value: ".11"', [".11"], 0),
    "an exponent": (NDRC, R, 'value: "0.11"', 'value: "11e-2"', ["11e-2"], 0),
    "a leading zero": (NDRC, R, 'value: "0.11"', 'value: "00.11"', ["00.11"], 0),
    "thirteen places": (NDRC, R, 'value: "0.11"', 'value: "0.1100000000001"', ["0.1100000000001"], 0),
    "nan": (NDRC, R, 'value: "0.11"', "value: .nan", [".nan"], 0),
    "a value outside its own bounds": (NDRC, R, 'value: "50", unit: "%"', 'value: "150", unit: "%"', ["150"], 0),
    "min above max": (NDRC, R, 'min: "0", max: "100"', 'min: "101", max: "100"', ["101"], 0),
    "a date that is none": (NDRC, R, 'published: "2025-06-30"', 'published: "soon"', ["soon"], 0),
    # words from a list
    "op": (NDRC, R, "op: ladder", "op: lader", ["lader"], 0),
    "kind": (NDRC, I, "kind: control", "kind: contrl", ["contrl"], 0),
    "form": (NDRC, I, "form: met", "form: mett", ["mett"], 0),
    "status": (NDRC, R, "status: published", "status: publishd", ["publishd"], 0),
    "origin": (NDRC, R, "origin: sourced", "origin: source", ["source"], 0),
    "is": (NDRC, R, "is: le", "is: lee", ["lee"], 0),
    "publish": (NDRC, R, "publish: grade", "publish: grad", ["grad"], 0),
    "direction": (NDRC, R, "direction: up", "direction: upp", ["upp"], 0),
    "rounding": (SEESA, R, "half_even", "half_evn", ["half_evn"], 0),
    "method": (NDRC, I, "methods: [document]", "methods: [documents]", ["documents"], 0),
    # plan
    "compare with one operand": (NDRC, R, "in: [intensity, target]", "in: [intensity]", ["core"], 0),
    "ratio with three": (NDRC, R, "in: [emission, energy.total_tce], title", "in: [emission, energy.total_tce, emission.fuel], title", ["intensity"], 0),
    "more weights than operands": (NDRC, R, 'weights: ["1", "-1"]', 'weights: ["1", "-1", "1"]', ["weights"], 0),
    "steps that do not ascend": (NDRC, R, "at: [{from: $band.small, then: $target.small}, {from: $band.large, then: $target.large}]",
                                 "at: [{from: $band.large, then: $target.small}, {from: $band.small, then: $target.large}]", ["ascend"], None),
    "each without a star": (CSUS, R, "{id: section.*, title", "{id: section, title", ["section"], None),
    # folder, YAML
    "the id is not the folder's name": (NDRC, R, "ruleset: ndrc-910-2025", "ruleset: ndrc", ["ndrc", "ndrc-910-2025"], 0),
    "an anchor": (NDRC, R, "op: ladder", "op: &a ladder", ["anchor"], 0),
    "an alias": (NDRC, R, "op: ladder", "op: *a", ["a"], 0),
    "a tag of YAML": (NDRC, R, "op: ladder", "op: !!str ladder", ["tag"], 0),
    "a second document": (NDRC, R, "notes:", "---\nnotes:", ["document"], 0),
    "a tab": (NDRC, R, "  op: ladder", "\top: ladder", ["tab"], 0),
    "a list for a text": (NDRC, R, "op: ladder", "op: [ladder]", ["single value"], 0),
    "a text for a list": (NDRC, R, "gases: [CO2]", "gases: CO2", ["list"], 0),
    "an empty value": (NDRC, R, "status: published", "status:", ["published"], 0),
    # cases
    "a case expects of nothing": (NDRC, "cases/core.yaml", "{node: core, value", "{node: cores, value", ["cores"], 0),
    "a case answers nothing": (NDRC, "cases/core.yaml", "{id: heat.fossil_out, value", "{id: heat.fosil_out, value", ["heat.fosil_out"], 0),
    "a case with an unknown key": (NDRC, "cases/core.yaml", "expect:", "expects:", ["expects"], 0),
}


class Rulesets(Case):
    def copy(self, name, under="sets"):
        target = self.dir / under / name
        shutil.copytree((SIXTH if name.startswith("szdb") else RULESETS) / name, target)
        return target

    def edit(self, folder, file, old, new):
        """Replaces the first occurrence; returns the line on which the replaced text started."""
        path = folder / file
        text = path.read_text("utf-8")
        self.assertIn(old, text, "the test is out of date: %s of %s has no %r" % (file, folder.name, old))
        at = text.index(old)
        path.write_text(text[:at] + new + text[at + len(old):], "utf-8")
        return text[:at].count("\n") + 1

    def findings(self, folder):
        result = self.document("check", folder, "--lang", "en", code=1)
        self.assertGreater(result["errors"], 0)
        self.assertEqual(result["errors"] + result["warnings"], len(result["findings"]))
        for f in result["findings"]:
            for key in ("file", "line", "column", "severity", "text"):
                self.assertIn(key, f)
            self.assertGreater(f["line"], 0, f)
            self.assertGreater(f["column"], 0, f)
            self.assertIn(f["severity"], ("error", "warning"))
        return result["findings"]

    def assert_found(self, findings, file, line, words):
        for f in findings:
            lines = line if isinstance(line, (set, list)) else [line]
            if str(f["file"]).endswith(file) and (line is None or f["line"] in lines) and all(w in f["text"] for w in words):
                return
        self.fail("no finding with %s in %s, line %s, among:\n%s" % (
            words, file, line, "\n".join("%s:%s:%s: %s" % (f["file"], f["line"], f["column"], f["text"]) for f in findings)))


class Check(Rulesets):
    def test_what_ships_is_clean(self):
        for name in IDS + ["szdb-z-308-2018"]:
            self.assertEqual(self.document("check", self.copy(name)), {"errors": 0, "warnings": 0, "findings": []})
        self.assertEqual(self.document("check", self.dir / "sets")["errors"], 0)
        self.assertEqual(self.document("check", RULESETS, SIXTH)["errors"], 0)

    def test_one_mistake_at_a_time(self):
        for name, (ruleset, file, old, new, words, after) in thinned(EDITS.items(), 3):
            with self.subTest(edit=name):
                folder = self.copy(ruleset, "one")
                try:
                    line = self.edit(folder, file, old, new)
                    text = (folder / file).read_text("utf-8")
                    if after == "cycle":        # at any node of the cycle
                        line = {text[:text.index(n)].count("\n") + 1 for n in ("{id: power, op", "{id: emission, op")}
                    elif after == "emission":
                        line = {line, line - 1, text[:text.index("{id: emission, op")].count("\n") + 1}
                    elif after in (None, "anywhere"):
                        line = None
                        file = "" if after else file
                    else:
                        # an entry may run over several lines: its first one will do
                        first = line + after
                        while first > 1 and text.splitlines()[first - 1].startswith(" ") and file != "cases/core.yaml":
                            first -= 1
                        line = {line + after, first}
                    found = self.findings(folder)
                    self.assert_found(found, file, line, words)
                    shown = self.lingtan("check", folder, "--lang", "en", code=1)
                    self.assertRegex(shown.both, r"\.yaml:[0-9]+:[0-9]+: (error|warning): ")
                finally:
                    shutil.rmtree(folder)

    def test_a_weight_that_is_no_number(self):
        folder = self.copy(CSUS)
        line = self.edit(folder, R, 'weights: ["1", "-1", "-1"]', 'weights: ["1", "-1", "4.2.1"]')
        self.lingtan("check", folder)
        path = self.dir / "园区.lingtan"
        self.lingtan("new", path, "--rulesets", self.dir / "sets", "--park", "示例园区", "--standard", CSUS, "--stage", "operation", "--type", "production", "--year", "2025", "--as", "张三:evaluator")
        self.lingtan("ready", path, code=1)
        self.edit(folder, R, 'weights: ["1", "-1", "4.2.1"]', 'na: rescale, weights: ["4.2.1", "-1", "-1"]')
        self.assert_found(self.findings(folder), R, line, ["rescale needs weights that are set"])

    def test_two_at_once_give_two(self):
        for a, b in (("operand", "section of an item"), ("parameter twice", "illustrative without a note"), ("op", "kind"), ("a number with a comma", "an exponent 2"),
                     ("unit that does not exist", "operand"), ("unknown key at the top", "op"), ("reason of an item", "node twice")):
            # both of one kind: what a document says is judged once its form is right, so that no finding is a mere echo
            with self.subTest(a=a, b=b):
                if b == "an exponent 2":
                    second = (NDRC, R, 'value: "0.2"', 'value: "2e-1"', ["2e-1"], 0)
                else:
                    second = EDITS[b]
                first = EDITS[a]
                folder = self.copy(NDRC, "two")
                try:
                    for e in (first, second):
                        self.assertEqual(e[0], NDRC)
                        self.edit(folder, *e[1:4])
                    found = self.findings(folder)
                    self.assert_found(found, first[1], None, first[4])
                    self.assert_found(found, second[1], None, second[4])
                finally:
                    shutil.rmtree(folder)

    def test_many_at_once(self):
        folder = self.copy(CSUS)
        names = ["table", "parent of a section", "park type of an item", "stage of a reason", "quantity of an item"]
        for n in names:
            self.edit(folder, *EDITS[n][1:4])
        found = self.findings(folder)
        for n in names:
            self.assert_found(found, EDITS[n][1], None, EDITS[n][4])

    def test_a_dozen_of_the_same(self):
        folder = self.copy(NDRC)
        path = folder / R
        path.write_text(path.read_text("utf-8").replace("origin: sourced, cite", "origin: guessed, cite"), "utf-8")
        n = path.read_text("utf-8").count("origin: guessed, cite")
        self.assertGreater(n, 10)
        self.assertEqual(len([f for f in self.findings(folder) if "guessed" in f["text"]]), n)

    def test_a_missing_file_of_a_ruleset(self):
        for file in (R, I):
            folder = self.copy(NDRC, "missing-" + file)
            (folder / file).unlink()
            run = self.lingtan("check", folder, code=3)
            self.assertIn(file, run.err)

    def test_units_and_factors(self):
        shutil.copy(RULESETS / "units.yaml", self.dir / "units.yaml")
        shutil.copytree(RULESETS / "factors", self.dir / "factors")
        self.assertEqual(self.document("check", self.dir / "units.yaml")["errors"], 0)
        for file, old, new, words in (("units.yaml", "{id: MWh, dimension", "{id: kWh, dimension", ["kWh"]), ("units.yaml", 'factor: "0.001"', 'factor: "0"', ["0"]),
                                      ("units.yaml", "aliases: [兆焦耳]", "aliases: [kWh]", ["kWh"]),
                                      ("factors/grid.yaml", "id: grid-2022-national", "id: grid-2021-national", ["grid-2021-national"]),
                                      ("factors/grid.yaml", "unit: kgCO2/kWh", "unit: kgCO2/zork", ["zork"]), ("factors/grid.yaml", 'value: "0.6101"', 'value: "0,6101"', ["0,6101"])):
            with self.subTest(file=file, new=new):
                before = (self.dir / file).read_bytes()
                self.edit(self.dir, file, old, new)
                self.assert_found(self.findings(self.dir / file), file, None, words)
                (self.dir / file).write_bytes(before)

    def test_several_paths(self):
        good, bad = self.copy(CSUS), self.copy(NDRC)
        self.edit(bad, *EDITS["operand"][1:4])
        run = self.lingtan("check", good, bad, SAMPLES / "ndrc-910-2025.yaml", code=1)
        self.assertIn("energy.total_tcx", run.both)
        run = self.lingtan("check", self.dir / "missing.yaml", bad, code=3)
        self.assertIn("missing.yaml", run.err)
        self.assertIn("energy.total_tcx", run.both)


class Use(Rulesets):
    SHEET = sheet("ndrc-910-2025//2025", [{"item": "developer", "result": "met"}])
    WORDS = (["standards"], ["standard", NDRC], ["test", NDRC], ["score", "s.yaml"], ["explain", "s.yaml", "core"], ["gap", "s.yaml"])

    def shadowed(self, env, *options):
        self.write("s.yaml", self.SHEET)
        for words in self.WORDS:
            with self.subTest(words=words, options=options):
                run = self.lingtan(*words, *options, env=env, code=0)
                self.assertIn(NDRC, run.both)
                self.assertIn("sets", run.both)
                if words[0] != "standards":
                    self.assertIn(NDRC, run.err, "not named on stderr:\n%s" % run)
                result = self.document(*words, *options, env=env)
                flat = self.last.out
                if words[0] == "standards":
                    row = [r for r in result if r["id"] == NDRC][0]
                    self.assertIs(row["shadows_built_in"], True)
                    self.assertIn("sets", row["from"])
                    self.assertEqual([r["shadows_built_in"] for r in result if r["id"] != NDRC], [False] * 4)
                elif words[0] in ("standard", "score"):
                    self.assertIs(result["shadows_built_in"], True)
                    self.assertIn("sets", flat)

    def test_shadowing_by_option(self):
        self.copy(NDRC)
        self.shadowed(environment(self.dir), "--rulesets", self.dir / "sets")

    def test_shadowing_by_data_directory(self):
        self.copy(NDRC, "sets/lingtan/rulesets")
        self.shadowed(environment(self.dir, XDG_DATA_HOME=self.dir / "sets"))

    def test_data_directory_of_home(self):
        self.copy(NDRC, ".local/share/lingtan/rulesets")
        self.write("s.yaml", self.SHEET)
        for value in (None, ""):
            r = self.score("s.yaml", env=environment(self.dir, XDG_DATA_HOME=value))
            self.assertIs(r["shadows_built_in"], True)

    def test_option_before_data_directory_before_built_in(self):
        one, two = self.copy(NDRC, "one"), self.copy(NDRC, "data/lingtan/rulesets")
        self.edit(one, R, 'edition: "1"', 'edition: "one"')
        self.edit(two, R, 'edition: "1"', 'edition: "two"')
        self.write("s.yaml", self.SHEET)
        self.assertEqual(self.score("s.yaml", "--rulesets", self.dir / "one")["edition"], "one")
        self.assertEqual(self.score("s.yaml")["edition"], "two")
        shutil.rmtree(self.dir / "data")
        r = self.score("s.yaml")
        self.assertEqual((r["edition"], r["shadows_built_in"], r["ruleset_from"]), ("1", False, None))
        self.assertEqual(self.last.err, "")

    def test_units_of_the_option_before_those_of_the_data_directory(self):
        self.copy(NDRC, "one"), self.copy(NDRC, "data/lingtan/rulesets")
        for folder in ("one", "data/lingtan/rulesets"):
            shutil.copy(RULESETS / "units.yaml", self.dir / folder / "units.yaml")
        self.edit(self.dir / "data/lingtan/rulesets", "units.yaml", "{id: MWh, dimension", "{id: kWh, dimension")
        self.write("s.yaml", self.SHEET)
        self.score("s.yaml", "--rulesets", self.dir / "one")
        run = self.lingtan("score", "s.yaml", code=3)
        self.assertIn("data/lingtan/rulesets/units.yaml", run.err)
        self.assertIn("kWh", run.err)

    def test_its_numbers_count(self):
        folder = self.copy(NDRC)
        self.edit(folder, R, 'value: "0.2", unit: tCO2/tce', 'value: "0.25", unit: tCO2/tce')
        r = self.score(SAMPLES / "ndrc-910-2025.yaml", "--rulesets", self.dir / "sets")
        self.assertEqual([o["value"] for o in r["outcomes"] if o["id"] == "target"], ["0.25"])

    def test_no_shadow_no_word(self):
        self.copy("szdb-z-308-2018")
        run = self.lingtan("standards", "--rulesets", self.dir / "sets")
        self.assertEqual(run.err, "")
        rows = self.document("standards", "--rulesets", self.dir / "sets")
        self.assertEqual(sorted(r["id"] for r in rows), sorted(IDS + ["szdb-z-308-2018"]))
        six = [r for r in rows if r["id"] == "szdb-z-308-2018"][0]
        self.assertIs(six["shadows_built_in"], False)
        self.assertIn("sets", six["from"])

    def test_the_sixth_by_data_directory(self):
        self.copy("szdb-z-308-2018", "data/lingtan/rulesets")
        self.assertEqual(len(self.document("standards")), 6)
        self.assertGreater(self.document("test", "szdb-z-308-2018")["passed"], 15)
        self.assertIn("5.2.18", self.lingtan("standard", "szdb-z-308-2018").out)
        s = self.write("s.yaml", sheet("szdb-z-308-2018//2025", [{"item": "5.2.1", "tier": "high"}]))
        r = self.score(s)
        self.assertEqual((r["total"]["low"], r["total"]["high"]), ("6", "100"))
        self.document("gap", s)
        self.document("explain", s)
        self.assertEqual(self.document("check", s)["errors"], 0)

    def test_a_standard_under_another_name(self):
        folder = self.copy(NDRC)
        new = folder.parent / "our-own"
        folder.rename(new)
        self.edit(new, R, "ruleset: ndrc-910-2025", "ruleset: our-own")
        self.assertEqual(self.document("check", new)["errors"], 0)
        mine = self.write("mine.yaml", (SAMPLES / "ndrc-910-2025.yaml").read_text("utf-8").replace("ndrc-910-2025//", "our-own//"))
        a = self.score(mine, "--rulesets", self.dir / "sets")
        b = self.score(SAMPLES / "ndrc-910-2025.yaml")
        self.assertEqual(a["outcomes"], b["outcomes"])
        self.assertEqual(self.document("test", "our-own", "--rulesets", self.dir / "sets")["failed"], 0)

    def test_a_failing_case(self):
        folder = self.copy(NDRC)
        self.edit(folder, "cases/core.yaml", '{node: intensity, value: "0.1798"}', '{node: intensity, value: "0.1799"}')
        options = ("--rulesets", self.dir / "sets")
        run = self.lingtan("test", NDRC, *options, "--lang", "en", code=1)
        for word in ("core.yaml", "all met, emissions built from their parts", "intensity", "0.1798", "0.1799"):
            self.assertIn(word, run.both)
        result = self.document("test", NDRC, *options, code=1)
        self.assertEqual(result["failed"], 1)
        bad = [c for c in result["cases"] if not c["passed"]]
        self.assertEqual([c["case"] for c in bad], ["all met, emissions built from their parts"])
        self.assertIn("0.1799", bad[0]["text"])
        path = SAMPLES / "ndrc-910-2025.yaml"
        self.assertIs(self.score(path, *options)["cases_failed"], True)
        for word in ("score", "explain", "gap"):
            run = self.lingtan(word, path, *options, "--lang", "en")
            self.assertRegex(run.err, "case")
            self.assertIn(NDRC, run.err)
        run = self.lingtan("test", NDRC, code=0)      # the one built in is as it was

    def test_all_failing_cases_are_named(self):
        folder = self.copy(NDRC)
        for _ in range(3):
            self.edit(folder, "cases/core.yaml", '{node: core, value: "1"}', '{node: core, value: "0" }')
        self.assertEqual(self.document("test", NDRC, "--rulesets", self.dir / "sets", code=1)["failed"], 3)

    def test_a_broken_ruleset_is_not_passed_over(self):
        folder = self.copy(NDRC)
        line = self.edit(folder, *EDITS["operand"][1:4])
        options = ("--rulesets", self.dir / "sets")
        for words in (["score", SAMPLES / "ndrc-910-2025.yaml"], ["explain", SAMPLES / "ndrc-910-2025.yaml"], ["gap", SAMPLES / "ndrc-910-2025.yaml"], ["standard", NDRC], ["test", NDRC]):
            with self.subTest(words=words):
                run = self.lingtan(*words, *options, "--lang", "en", code=3)
                self.assertRegex(run.both, r"ruleset\.yaml:%d:[0-9]+: error: .*energy\.total_tcx" % line)
        run = self.lingtan("standards", *options, code=3)
        self.assertIn("energy.total_tcx", run.both)
        # the other standards are not taken hostage
        self.score(SAMPLES / "t-csus-66-2023.yaml", *options)

    def test_digests_follow_the_text_of_an_item(self):
        folder = self.copy(NDRC)
        options = ("--rulesets", self.dir / "sets")
        digests = lambda: {i["id"]: i["digest"] for i in self.document("standard", NDRC, *options)["items"]}
        before = digests()
        self.assertEqual(before, {i["id"]: i["digest"] for i in self.document("standard", NDRC)["items"]})
        path = folder / I
        path.write_text("# a comment\n" + path.read_text("utf-8").replace(", form: met", ",  form:   met"), "utf-8")
        self.assertEqual(before, digests())
        self.edit(folder, R, 'edition: "1"', 'edition: "2"')
        self.assertEqual(before, digests())
        self.edit(folder, I, "四至明确的园中园", "四至清楚的园中园")
        after = digests()
        self.assertEqual([i for i in before if before[i] != after[i]], ["boundary"])

    def test_a_ruleset_as_json_characters(self):
        folder = self.copy(NDRC)
        (folder / I).write_text(json.dumps({"items": [
            {"id": i, "section": "conditions", "kind": "control", "form": "met", "tags": ["gate"], "title": {"zh": "甲", "en": "a"}, "methods": ["document"], "cite": "N3:一"}
            for i in ("developer", "boundary", "statistics", "no_accident")] + [
            {"id": "product_energy", "section": "guiding", "kind": "checklist", "form": "met", "tags": ["guiding"], "title": {"zh": "乙", "en": "b"},
             "methods": ["document"], "na": ["excused", "other"], "cite": "N2:引导指标"}]}, ensure_ascii=False, indent=1), "utf-8")
        self.assertEqual(self.document("check", folder)["errors"], 0)
        self.assertEqual(self.document("test", NDRC, "--rulesets", self.dir / "sets")["failed"], 0)


if __name__ == "__main__":
    harness.main()
